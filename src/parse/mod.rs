//! Cuts a document into its units: clauses of policies, suggestions of proposals, sections of replies, claims of reports,
//! and the citations in all of them. Every unit carries its byte span into the original text.

pub mod citation;
pub mod claim;
pub mod clause;
pub mod date;
pub mod docnumber;
pub mod heading;
pub mod metadata;
pub mod numeral;
mod passage;
pub mod reply;
pub mod resolve;
pub mod session;
pub mod suggestion;
pub(crate) mod title;

use crate::document::{Document, Kind, Parsed};

/// Reads the units out of `document`, by its kind. Never fails: a text without structure is one passage.
pub fn parse(document: &Document) -> Parsed {
    let text = &document.text;
    let mut parsed = Parsed::default();
    match document.kind {
        Kind::Policy => parsed.clauses = clause::tree(text).clauses(),
        Kind::Proposal => parsed.suggestions = suggestion::suggestions(text),
        Kind::Report => parsed.claims = claim::claims(text),
        Kind::Reply => parsed.sections = reply::sections(text),
    }
    parsed.citations = citation::citations(text);
    parsed.passages = passage::passages(text, &parsed);
    parsed
}
