//! Background correction: language that older documents already had was not taken from the proposal (共同来源).
//!
//! Takes the evidence of a link; for each piece in the same words it looks for clauses, of other documents dated before the
//! proposal, that have the piece. The oldest is named as its ancestor, and the piece weighs less the more of them there are.

use super::Query;
use super::clauses::Clauses;
use crate::document::{Document, Evidence, EvidenceKind, Library, Span, UnitId};
use crate::segment::{each_gram, normalise};
use std::cmp::Ordering;

/// A piece of fewer characters is common language, and has no source.
const SHORTEST: usize = 6;

/// The clauses in which ancestors are sought.
pub(super) struct Background<'a> {
    clauses: &'a Clauses,
    library: &'a Library,
}

impl<'a> Background<'a> {
    pub(super) fn new(clauses: &'a Clauses, library: &'a Library) -> Self {
        Self { clauses, library }
    }

    /// Names the ancestors of the pieces and takes off their weight. `clause` is the text the right spans point into.
    pub(super) fn correct(&self, evidence: &mut [Evidence], query: &Query, linked: &Document, clause: &str) {
        for piece in evidence.iter_mut().filter(|p| p.kind != EvidenceKind::Related) {
            let older = self.older(piece.right.of(clause), query, linked);
            let Some((first, _)) = older.first() else { continue };
            piece.ancestor = Some(first.clone());
            piece.weight /= 1.0 + older.len() as f64;
        }
    }

    /// Clauses of other documents, older than the proposal and than the linked policy, that have this string; oldest first.
    fn older(&self, piece: &str, query: &Query, linked: &Document) -> Vec<(UnitId, (u16, u8, u8))> {
        let form = normalise(piece);
        let wanted = strip(form.text());
        if wanted.chars().count() < SHORTEST {
            return Vec::new();
        }
        let mut grams = Vec::new();
        each_gram(form.text(), |g| grams.push(self.clauses.gram(&g.text.to_lowercase())));
        let rarest = grams.into_iter().flatten().min_by_key(|&g| self.clauses.grams.frequency(g));
        let Some(rarest) = rarest else { return Vec::new() };
        let mut found = Vec::new();
        for (row, _) in self.clauses.grams.of(rarest) {
            let (document, own) = self.clauses.clause(self.library, row as usize);
            let Some(date) = document.date.filter(|_| document.id != linked.id) else { continue };
            let before =
                |other: Option<crate::document::Date>| other.is_some_and(|d| date.order(d) == Some(Ordering::Less));
            if before(query.date) && before(linked.date) {
                let span: Span = own.span;
                if strip(normalise(span.of(&document.text)).text()).contains(&wanted) {
                    found.push((own.id(document), date.first()));
                }
            }
        }
        found.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
        found
    }
}

fn strip(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
