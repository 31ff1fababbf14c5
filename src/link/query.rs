//! What is asked of the linker: a suggestion with its place and date, and the options of a run.

use crate::document::{Date, UnitId};

/// A suggestion to be linked.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Its name; `document` is the proposal's id.
    pub id: UnitId,
    /// Its text.
    pub text: String,
    /// Byte at which the text starts in its document, so that evidence points into the document; 0 where it stands alone.
    pub offset: usize,
    /// When the proposal was filed.
    pub date: Option<Date>,
    /// Ids of the policies that the reply or the report cites for it.
    pub cited: Vec<String>,
}

impl Query {
    /// A suggestion that stands alone: no offset, no date, no citation.
    pub fn new(id: UnitId, text: impl Into<String>) -> Self {
        Self { id, text: text.into(), offset: 0, date: None, cited: Vec::new() }
    }
}

/// How to link.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Lowest probability of a link, 0 to 1; `None` for the one chosen when the model was fitted.
    pub threshold: Option<f64>,
    /// How many of the best-ranked clauses to report whatever their kind.
    pub candidates: usize,
    /// Ids of the documents to link to; empty for all policies of the library. Ancestors are sought in all of them.
    pub pool: Vec<String>,
}
