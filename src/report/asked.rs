//! What is asked of the linker: the suggestions of the library's proposals, or those that a person cut out.

use super::Answer;
use super::answers::answers;
use crate::document::{Date, Entry, Kind, Library, Span, Suggestion, UnitId, UnitKind};
use crate::link::Query;
use crate::similar::Replies;

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

    /// The question to the linker.
    pub fn query(&self) -> Query {
        let cites = self.answers.iter().flat_map(|a| &a.cites);
        let mut cited: Vec<String> = cites.filter_map(|c| c.document.clone()).collect();
        cited.sort();
        cited.dedup();
        Query { offset: self.span.start, date: self.date, cited, ..Query::new(self.id(), self.text.clone()) }
    }
}

/// The suggestions of `proposals`, in their order; of all proposals of the library where `proposals` is empty.
pub fn of_library(library: &Library, replies: &Replies<'_>, proposals: &[&Entry]) -> Vec<Asked> {
    let all: Vec<&Entry> = library.of_kind(Kind::Proposal).collect();
    let chosen = if proposals.is_empty() { &all[..] } else { proposals };
    chosen.iter().flat_map(|entry| of_proposal(replies, entry)).collect()
}

fn of_proposal(replies: &Replies<'_>, entry: &Entry) -> Vec<Asked> {
    let suggestions = &entry.parsed.suggestions;
    let head = |s: &Suggestion| s.path.last().map_or(String::new(), |level| level.head.clone());
    let words: Vec<String> = suggestions.iter().map(|s| format!("{}\n{}", head(s), entry.text(s.span))).collect();
    let answered = suggestions.iter().zip(answers(replies, entry, &words));
    answered
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

/// Adds to suggestions that a person cut out what the library knows of their proposals: the date where none was given, and the answers.
/// `find` gives the proposal of a name.
pub fn complete<'a>(replies: &Replies<'a>, asked: &mut [Asked], find: impl Fn(&str) -> Option<&'a Entry>) {
    for group in asked.chunk_by_mut(|a, b| a.proposal == b.proposal) {
        let Some(entry) = find(&group[0].proposal) else { continue };
        let words: Vec<String> = group.iter().map(|a| a.text.clone()).collect();
        for (asked, answers) in group.iter_mut().zip(answers(replies, entry, &words)) {
            asked.date = asked.date.or(entry.document.date);
            asked.answers = answers;
        }
    }
}
