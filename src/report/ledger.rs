//! The report on a ledger: how it was read, what it comes to, what is due, and where it and the corpus do not meet.

use super::DocumentRef;
use crate::document::{Date, Library};
use crate::ledger::{Due, Figures, Gap, Ledger, due, figures, gaps};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A ledger recounted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerReport {
    /// Whether sample (fictional) rows or documents take part.
    pub sample: bool,
    /// The ledger as read: columns, proposals, warnings.
    pub ledger: Ledger,
    /// Counts and rates.
    pub figures: Figures,
    /// The day that decides what is due.
    pub today: Date,
    /// How many days ahead were looked at.
    pub due_in: u16,
    /// What is overdue, due soon, or was answered late.
    pub due: Vec<Due>,
    /// Where ledger and corpus do not meet; `None` where no corpus was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Vec<Gap>>,
    /// The documents of the corpus that the gaps name, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentRef>,
}

/// The report on `ledger` as of `today`, with what is due within `due_in` days, held against `library` where there is one.
pub fn ledger(ledger: Ledger, today: Date, due_in: u16, library: Option<&Library>) -> LedgerReport {
    let gaps = library.map(|library| gaps(&ledger, library));
    let ids: BTreeSet<&str> = gaps.iter().flatten().filter_map(|g| g.document.as_deref()).collect();
    let entries = ids.into_iter().filter_map(|id| library?.get(id));
    let documents: Vec<DocumentRef> = entries.map(|e| (&e.document).into()).collect();
    LedgerReport {
        sample: ledger.sample || documents.iter().any(|d| d.sample),
        figures: figures(&ledger),
        due: due(&ledger, today, due_in),
        ledger,
        today,
        due_in,
        gaps,
        documents,
    }
}
