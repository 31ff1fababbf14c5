//! What a count can be broken down by: properties of a document or unit, and how they are read.

use super::region::region;
use crate::Result;
use crate::document::{Document, Kind, Label, Lang, UnitKind};
use crate::index::Index;
use crate::search::{Every, Passage};
use crate::similar::grade;
use rayon::prelude::*;
use std::str::FromStr;

/// A property of a document or unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Year of the document's date.
    Year,
    /// Year and month of it.
    Month,
    /// 类型.
    Kind,
    /// Sort of the unit.
    Unit,
    /// Issuing body, answering unit or proposer.
    Issuer,
    /// Province, or 全国 for bodies of the whole country.
    Region,
    /// 届次.
    Session,
    /// Class of a reply's result (办理结果类别).
    Class,
    /// The document itself.
    Document,
}

impl Facet {
    /// All facets.
    pub const ALL: [Self; 9] = [
        Self::Year,
        Self::Month,
        Self::Kind,
        Self::Unit,
        Self::Issuer,
        Self::Region,
        Self::Session,
        Self::Class,
        Self::Document,
    ];

    /// The name a person types.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Kind => "kind",
            Self::Unit => "unit",
            Self::Issuer => "issuer",
            Self::Region => "region",
            Self::Session => "session",
            Self::Class => "class",
            Self::Document => "document",
        }
    }

    /// Whether its values follow each other in time.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Year | Self::Month)
    }
}

impl Label for Facet {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Year => ("年份", "year"),
            Self::Month => ("月份", "month"),
            Self::Kind => ("类型", "kind"),
            Self::Unit => ("单元", "unit"),
            Self::Issuer => ("单位", "issuer"),
            Self::Region => ("地区", "region"),
            Self::Session => ("届次", "session"),
            Self::Class => ("办理结果类别", "class"),
            Self::Document => ("文件", "document"),
        }
    }
}

impl FromStr for Facet {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let fits = |f: &Self| f.name() == text || f.labels().0 == text;
        Self::ALL.into_iter().find(fits).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|f| f.name()).collect();
            format!("{text:?} is nothing to count by; choose from {}", names.join(", "))
        })
    }
}

/// The values of one group, one for each facet; `None` where it is not known.
pub type Values = Vec<Option<String>>;

/// The values of every document of a set of units.
pub struct Facets {
    facets: Vec<Facet>,
    lang: Lang,
    documents: Vec<Values>,
}

impl Facets {
    /// Reads the values of `facets`, in words of `lang`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read(index: &Index, every: &Every, facets: &[Facet], lang: Lang) -> Result<Self> {
        let of = |d: &Document| facets.iter().map(|&f| value(index, f, d, lang)).collect::<Result<Values>>();
        let documents = every.documents.par_iter().map(of).collect::<Result<_>>()?;
        Ok(Self { facets: facets.to_vec(), lang, documents })
    }

    /// The values of a passage.
    pub fn of(&self, passage: &Passage) -> Values {
        let mut values = self.documents[passage.document].clone();
        for (value, facet) in values.iter_mut().zip(&self.facets) {
            if *facet == Facet::Unit {
                *value = Some(passage.kind.label(self.lang).to_owned());
            }
        }
        values
    }
}

fn value(index: &Index, facet: Facet, document: &Document, lang: Lang) -> Result<Option<String>> {
    Ok(match facet {
        Facet::Year => document.date.map(|d| d.year().to_string()),
        Facet::Month => document.date.and_then(|d| d.month().map(|m| format!("{}-{m:02}", d.year()))),
        Facet::Kind => Some(document.kind.label(lang).to_owned()),
        Facet::Unit => Some(UnitKind::Passage.label(lang).to_owned()), // of each passage: see `of`
        Facet::Issuer => document.issuer.clone(),
        Facet::Region => region(document),
        Facet::Session => document.session.as_ref().map(|s| s.printed.clone()),
        Facet::Class if document.kind != Kind::Reply => None,
        Facet::Class => index.document(&document.id)?.and_then(|d| grade(&d.text)).map(String::from),
        Facet::Document => Some(document.id.clone()),
    })
}

/// The order of groups by their values: rising, what is not known last.
pub(super) fn rising(a: &Values, b: &Values) -> std::cmp::Ordering {
    let key = |v: &Values| v.iter().map(|v| (v.is_none(), v.clone())).collect::<Vec<_>>();
    key(a).cmp(&key(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_named_in_either_language() {
        assert_eq!("year".parse(), Ok(Facet::Year));
        assert_eq!("年份".parse(), Ok(Facet::Year));
        assert!("colour".parse::<Facet>().is_err_and(|e| e.contains("region")));
    }

    #[test]
    fn what_is_not_known_comes_last() {
        let value = |v: &str| vec![Some(v.to_owned())];
        let mut all = vec![vec![None], value("2023"), value("2021")];
        all.sort_by(rising);
        assert_eq!(all, [value("2021"), value("2023"), vec![None]]);
    }
}
