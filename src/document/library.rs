//! The documents of a run held in memory with what was read out of them: what linking, verification and evaluation work on.

use super::{Clause, Document, Kind, Parsed, Span, Suggestion, UnitId, UnitKind};
use std::collections::HashMap;

/// Documents with their units, ordered by id.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
}

/// A document with its units.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The document.
    pub document: Document,
    /// What was read out of it.
    pub parsed: Parsed,
}

impl Library {
    /// A library of `entries`; of two with the same id the first stays.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        entries.dedup_by(|later, first| later.document.id == first.document.id);
        let by_id = entries.iter().enumerate().map(|(i, e)| (e.document.id.clone(), i)).collect();
        Self { entries, by_id }
    }

    /// All entries, by id.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries of one kind, by id.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| e.document.kind == kind)
    }

    /// The entry with this id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).map(|&i| &self.entries[i])
    }

    /// The clause of this name.
    pub fn clause(&self, id: &UnitId) -> Option<(&Document, &Clause)> {
        let entry = self.get(&id.document).filter(|_| id.kind == UnitKind::Clause)?;
        Some((&entry.document, entry.parsed.clauses.get(id.ordinal.checked_sub(1)?)?))
    }

    /// The suggestion of this name.
    pub fn suggestion(&self, id: &UnitId) -> Option<(&Document, &Suggestion)> {
        let entry = self.get(&id.document).filter(|_| id.kind == UnitKind::Suggestion)?;
        Some((&entry.document, entry.parsed.suggestions.get(id.ordinal.checked_sub(1)?)?))
    }
}

impl Entry {
    /// The text of a span of this document.
    pub fn text(&self, span: Span) -> &str {
        span.of(&self.document.text)
    }
}
