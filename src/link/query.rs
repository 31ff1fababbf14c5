//! What is asked of the linker: a suggestion with its place and date, and the options of a run.

use crate::document::{Date, UnitId};
use std::collections::HashMap;
use std::sync::Arc;

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
    /// All that its proposal suggests, which tells the field it is of; empty where that is not known. See [`share_context`].
    pub context: Arc<str>,
}

impl Query {
    /// A suggestion that stands alone: no offset, no date, no citation.
    pub fn new(id: UnitId, text: impl Into<String>) -> Self {
        Self { id, text: text.into(), offset: 0, date: None, cited: Vec::new(), context: "".into() }
    }
}

/// Gives each query the texts of all queries of its proposal as its context.
pub fn share_context(queries: &mut [Query]) {
    let mut texts: HashMap<String, String> = HashMap::new();
    for query in queries.iter() {
        let text = texts.entry(query.id.document.clone()).or_default();
        text.push_str(&query.text);
        text.push('\n');
    }
    let texts: HashMap<String, Arc<str>> = texts.into_iter().map(|(id, text)| (id, text.into())).collect();
    for query in queries {
        query.context = Arc::clone(&texts[&query.id.document]);
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
