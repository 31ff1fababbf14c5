//! Suggestions (建议) of a proposal: finds the part that gives advice, cuts it into suggestions and every suggestion into
//! atomic measures. Takes any text and never fails; a text that gives no advice has no suggestions.
//!
//! The steps: `view` folds the text, `marker` reads its item markers into an outline, `section` finds the advice by
//! `cue`s, `items` cuts it, `measure` cuts the suggestions with a small fitted model (`tagger`, `lattice`, `train`).
//!
//! `weights.tsv` is written by `suyuan eval --extraction FILE --also-fit labels.jsonl --data DIR --fit-measures weights.tsv`;
//! `labels.jsonl` holds further labels as offsets into proposals of a table that stands in `DIR`, without their text.

mod atom;
mod cue;
mod items;
mod lattice;
mod lexicon;
mod marker;
mod measure;
mod section;
mod tagger;
pub mod train;
mod view;
mod words;

use crate::document::{Span, Suggestion};
pub use tagger::Model;
use view::View;

/// The suggestions of a proposal's text, in order, with byte spans into it. Spans do not overlap; the measures of a
/// suggestion lie inside it, in order.
pub fn suggestions(text: &str) -> Vec<Suggestion> {
    suggestions_by(text, Model::fitted())
}

/// As [`suggestions`], with the measures cut by another `model` than the shipped one.
pub fn suggestions_by(text: &str, model: &Model) -> Vec<Suggestion> {
    let view = View::new(text);
    let outline = marker::outline(&marker::markers(&view, 0..view.len()));
    let advice = section::advice(&view, &outline);
    let drafts = items::drafts(&view, advice);
    let suggestion = |(i, draft): (usize, items::Draft)| {
        let measures: Vec<Span> = measure::measures(&view, &draft, model).into_iter().map(|m| view.span(m)).collect();
        let head = draft.head.map(|head| view.span(head));
        Suggestion { ordinal: i + 1, path: draft.path, head, span: view.span(draft.range), measures }
    };
    drafts.into_iter().enumerate().map(suggestion).collect()
}

#[cfg(test)]
mod tests;
