//! What is asked of the linker: the suggestions of the library's proposals, or those that a person cut out.

use super::Answer;
use crate::document::{Date, Entry, Kind, Library, Span, UnitId, UnitKind};

/// A suggestion to be linked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The id of the proposal's record, or the proposal as a person's file names it.
    pub proposal: String,
    /// Its one-based number in the proposal.
    pub suggestion: usize,
    /// From the outermost heading to its own head; empty where a person's file gave it.
    pub path: String,
    /// Its words.
    pub text: String,
    /// Where they stand in the proposal; `0..text.len()` where a person's file gave them.
    pub span: Span,
    /// The date that decides the order.
    pub date: Option<Date>,
    /// What replies say to it.
    pub answers: Vec<Answer>,
}

impl Asked {
    /// Its name.
    pub fn id(&self) -> UnitId {
        UnitId { document: self.proposal.clone(), kind: UnitKind::Suggestion, ordinal: self.suggestion }
    }
}

/// The suggestions of `proposals`, in their order; of all proposals of the library where `proposals` is empty.
pub fn of_library(library: &Library, proposals: &[&Entry]) -> Vec<Asked> {
    let all: Vec<&Entry> = library.of_kind(Kind::Proposal).collect();
    let chosen = if proposals.is_empty() { &all[..] } else { proposals };
    chosen.iter().flat_map(|entry| of_proposal(library, entry)).collect()
}

fn of_proposal(library: &Library, entry: &Entry) -> Vec<Asked> {
    let answers = super::answers::answers(library, entry);
    let suggestions = entry.parsed.suggestions.iter().zip(answers);
    suggestions
        .map(|(suggestion, answers)| Asked {
            proposal: entry.document.id.clone(),
            suggestion: suggestion.ordinal,
            path: suggestion.path_text(true),
            text: entry.text(suggestion.span).to_owned(),
            span: suggestion.span,
            date: entry.document.date,
            answers,
        })
        .collect()
}
