//! What is overdue, due soon, or was answered late.

use super::record::{Ledger, Record};
use super::value::{day_number, of_day_number};
use crate::document::{Date, Label};
use serde::{Deserialize, Serialize};
use std::time::{SystemTime, UNIX_EPOCH};

/// A proposal with its deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// What about it.
    pub kind: DueKind,
    /// The place of the proposal in the ledger's records.
    pub record: usize,
    /// Its deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Date>,
    /// Days past the deadline (overdue, late) or left until it (due soon).
    pub days: i64,
}

/// What about a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// Not answered, and the deadline has passed.
    Overdue,
    /// Not answered, and the deadline is near.
    Soon,
    /// Not answered, and no deadline is known.
    NoDeadline,
    /// Answered after the deadline.
    Late,
}

impl Label for DueKind {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Overdue => ("逾期未办结", "overdue"),
            Self::Soon => ("即将到期", "due soon"),
            Self::NoDeadline => ("未办结且无时限", "open, without a deadline"),
            Self::Late => ("逾期答复", "answered late"),
        }
    }
}

/// The proposals that are overdue on `today`, due within `days` days of it, or were answered late; the most pressing first.
pub fn due(ledger: &Ledger, today: Date, days: u16) -> Vec<Due> {
    let today = number(today);
    let of = |(at, record): (usize, &Record)| {
        let (kind, deadline, days) = one(record, today, i64::from(days))?;
        Some(Due { kind, record: at, deadline, days })
    };
    let mut found: Vec<Due> = ledger.records.iter().enumerate().filter_map(of).collect();
    found.sort_by_key(|d| (d.kind, if d.kind == DueKind::Soon { d.days } else { -d.days }, d.record));
    found
}

fn one(record: &Record, today: i64, soon: i64) -> Option<(DueKind, Option<Date>, i64)> {
    let Some(deadline) = record.deadline else {
        return (!record.is_done()).then_some((DueKind::NoDeadline, None, 0));
    };
    let end = number(deadline);
    if record.is_done() {
        let late = first(record.answered?) - end;
        return (late > 0).then_some((DueKind::Late, Some(deadline), late));
    }
    if end < today {
        Some((DueKind::Overdue, Some(deadline), today - end))
    } else {
        (end - today <= soon).then_some((DueKind::Soon, Some(deadline), end - today))
    }
}

/// The last day a date can mean.
fn number(date: Date) -> i64 {
    let (year, month, day) = date.last();
    day_number(year, month, day)
}

fn first(date: Date) -> i64 {
    let (year, month, day) = date.first();
    day_number(year, month, day)
}

/// Today in Beijing time (UTC+8), by the system's clock: for lists of what is due, which say the day they used.
pub fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    of_day_number(i64::try_from(seconds + 8 * 3600).ok()? / 86_400)
}
