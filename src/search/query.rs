//! What a query means: a tree of conditions on a unit and its document.

use super::text::Scope;
use crate::document::{Date, Kind};

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Everything.
    All,
    /// All of them hold.
    And(Vec<Query>),
    /// At least one holds.
    Or(Vec<Query>),
    /// It does not hold.
    Not(Box<Query>),
    /// The text, or a field, has this.
    Text(TextQuery),
    /// These stand near each other.
    Near(Near),
    /// The document is of this kind.
    Kind(Kind),
    /// The document's date lies between these, both included.
    Date(DateRange),
}

/// Something to be found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextQuery {
    /// Where.
    pub field: Field,
    /// What, as typed.
    pub text: String,
    /// How it must stand there.
    pub form: Form,
}

/// How a text must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// All its words anywhere; where it stands as typed comes first.
    Words,
    /// As typed.
    Exact,
    /// Its words with at most so many others among them, in one sentence.
    Slop {
        /// Most other words.
        words: usize,
        /// Whether they keep their order.
        ordered: bool,
    },
    /// As typed, with `?` for a character and `*` for a few.
    Wild,
    /// As typed, but for so many edits.
    Fuzzy(usize),
}

/// Things that stand near each other: each near the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// Texts of one field, or several by [`Query::Or`].
    pub parts: Vec<Query>,
    /// Most words between two of them.
    pub words: Option<usize>,
    /// What they share.
    pub scope: Scope,
}

/// Where a text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The text of the unit and the headings above it; of a document its title.
    Text,
    /// The text of the unit alone.
    Body,
    /// The headings above the unit.
    Heading,
    /// The title of the document.
    Title,
    /// 文号, 提案号.
    Number,
    /// The issuing body, the answering unit or the proposer.
    Issuer,
    /// 届次.
    Session,
}

impl Field {
    /// Whether it is one of the unit, not of the document.
    pub fn is_of_unit(self) -> bool {
        matches!(self, Self::Text | Self::Body | Self::Heading)
    }
}

impl TextQuery {
    /// All words of a text.
    pub fn words(field: Field, text: impl Into<String>) -> Self {
        Self { field, text: text.into(), form: Form::Words }
    }

    /// A text as it is.
    pub fn exact(field: Field, text: impl Into<String>) -> Self {
        Self { field, text: text.into(), form: Form::Exact }
    }
}

/// Days from the first to the last, either open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateRange {
    /// Not before the first day of this.
    pub from: Option<Date>,
    /// Not after the last day of this.
    pub to: Option<Date>,
}

impl DateRange {
    /// Whether it ends before it begins.
    pub fn is_empty(self) -> bool {
        let (first, last) = self.days();
        first > last
    }

    /// The days as numbers YYYYMMDD, both included.
    pub(super) fn days(self) -> (u64, u64) {
        let number = |(y, m, d): (u16, u8, u8)| u64::from(y) * 10_000 + u64::from(m) * 100 + u64::from(d);
        (self.from.map_or(0, |d| number(d.first())), self.to.map_or(u64::MAX, |d| number(d.last())))
    }
}

impl Query {
    /// The texts that a hit may show, in the order typed: those that are not denied.
    pub fn wanted(&self) -> Vec<&TextQuery> {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().flat_map(Self::wanted).collect(),
            Self::Text(text) => vec![text],
            Self::Near(near) => near.parts.iter().flat_map(Self::wanted).collect(),
            Self::All | Self::Not(_) | Self::Kind(_) | Self::Date(_) => Vec::new(),
        }
    }

    /// Whether a text is denied somewhere.
    pub fn denies(&self) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(Self::denies),
            Self::Not(_) => true,
            Self::All | Self::Text(_) | Self::Near(_) | Self::Kind(_) | Self::Date(_) => false,
        }
    }

    /// The same, with every text to be found in units as it is written, not word by word: what a concordance asks.
    #[must_use]
    pub fn exactly(self) -> Self {
        let each = |all: Vec<Self>| all.into_iter().map(Self::exactly).collect();
        match self {
            Self::And(all) => Self::And(each(all)),
            Self::Or(all) => Self::Or(each(all)),
            Self::Not(one) => Self::Not(Box::new(one.exactly())),
            Self::Text(text) if text.form == Form::Words && text.field.is_of_unit() => {
                let exact = |chunk| Self::Text(TextQuery::exact(text.field, chunk));
                Self::And(text.text.split_whitespace().map(exact).collect())
            }
            other => other,
        }
    }

    /// What it asks of the documents alone, whatever their texts hold: the subcorpus that its hits are counted in.
    #[must_use]
    pub fn frame(&self) -> Self {
        match self {
            Self::And(all) => Self::And(all.iter().map(Self::frame).filter(|q| *q != Self::All).collect()),
            Self::Or(all) if all.iter().any(Self::asks_texts) => Self::All,
            Self::Not(one) if one.asks_texts() => Self::All,
            Self::Text(text) if text.field.is_of_unit() => Self::All,
            Self::Near(_) => Self::All,
            other => other.clone(),
        }
    }

    fn asks_texts(&self) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(Self::asks_texts),
            Self::Not(one) => one.asks_texts(),
            Self::Text(text) => text.field.is_of_unit(),
            Self::Near(_) => true,
            Self::All | Self::Kind(_) | Self::Date(_) => false,
        }
    }
}
