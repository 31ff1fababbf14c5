//! What a query means: a tree of conditions on a unit and its document.

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
    /// Whether it must stand exactly so; otherwise all its words may stand anywhere.
    pub exact: bool,
}

/// Where a text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The text of the unit and the headings above it; of a document its title.
    Text,
    /// The title of the document.
    Title,
    /// 文号, 提案号.
    Number,
    /// The issuing body, the answering unit or the proposer.
    Issuer,
    /// 届次.
    Session,
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
            Self::All | Self::Not(_) | Self::Kind(_) | Self::Date(_) => Vec::new(),
        }
    }

    /// Whether a text is denied somewhere.
    pub fn denies(&self) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(Self::denies),
            Self::Not(_) => true,
            Self::All | Self::Text(_) | Self::Kind(_) | Self::Date(_) => false,
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
            Self::Text(text) if text.field == Field::Text => Self::Text(TextQuery { exact: true, ..text }),
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
            Self::Text(text) if text.field == Field::Text => Self::All,
            other => other.clone(),
        }
    }

    fn asks_texts(&self) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(Self::asks_texts),
            Self::Not(one) => one.asks_texts(),
            Self::Text(text) => text.field == Field::Text,
            Self::All | Self::Kind(_) | Self::Date(_) => false,
        }
    }
}
