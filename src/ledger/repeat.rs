//! Rows that are one proposal: lines of one merged cell, a proposal entered twice, on one sheet or two.

use super::Field;
use super::problem::{Problem, Warning};
use super::record::Record;
use std::collections::BTreeMap;

/// Puts what a further row of the same proposal says into `record`: units are added, what was empty is filled, the last reply and the
/// least advanced state count. Gives the fields in which the rows say different things.
pub(super) fn absorb(record: &mut Record, other: Record) -> Vec<Field> {
    let mut differs = Vec::new();
    let mut tell = |field: Field, differ: bool| {
        if differ {
            differs.push(field);
        }
    };
    tell(Field::Role, fill(&mut record.role, other.role));
    tell(Field::Result, fill(&mut record.result, other.result));
    tell(Field::Public, fill(&mut record.public, other.public));
    tell(Field::Deadline, fill(&mut record.deadline, other.deadline));
    tell(Field::Received, fill(&mut record.received, other.received));
    tell(Field::Assigned, fill(&mut record.assigned, other.assigned));
    tell(Field::Office, fill(&mut record.office, other.office));
    tell(Field::Proposer, fill(&mut record.proposer, other.proposer));
    for (field, slot, value) in [
        (Field::Title, &mut record.title, other.title),
        (Field::Session, &mut record.session, other.session),
        (Field::Genre, &mut record.genre, other.genre),
        (Field::ReplyNumber, &mut record.reply_number, other.reply_number),
        (Field::ReplyText, &mut record.reply_text, other.reply_text),
        (Field::Remark, &mut record.remark, other.remark),
    ] {
        let differ = fill(slot, value);
        tell(field, differ && field != Field::Remark);
    }
    tell(Field::Answered, record.answered.is_some() && other.answered.is_some() && record.answered != other.answered);
    record.answered = match (record.answered, other.answered) {
        (Some(a), Some(b)) => Some(if b.last() > a.last() { b } else { a }),
        (a, b) => a.or(b),
    };
    tell(Field::State, record.state.is_some() && other.state.is_some() && record.state != other.state);
    record.state = match (record.state, other.state) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    tell(Field::Satisfaction, fill_worst(&mut record.satisfaction, other.satisfaction));
    tell(Field::Communication, fill(&mut record.communication, other.communication));
    record.face_to_face |= other.face_to_face;
    record.key = record.key.max(other.key);
    for (mine, theirs) in [(&mut record.lead, other.lead), (&mut record.co, other.co)] {
        for unit in theirs {
            if !mine.contains(&unit) {
                mine.push(unit);
            }
        }
    }
    record.places.extend(other.places);
    differs
}

/// Fills an empty slot; tells whether both are filled and differ.
fn fill<T: PartialEq>(slot: &mut Option<T>, value: Option<T>) -> bool {
    match (slot.as_ref(), value) {
        (Some(mine), Some(theirs)) => *mine != theirs,
        (None, theirs) => {
            *slot = theirs;
            false
        }
        _ => false,
    }
}

fn fill_worst<T: Ord + Copy>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let differ = slot.is_some() && value.is_some() && *slot != value;
    *slot = (*slot).max(value);
    differ
}

/// Joins rows of one proposal and tells of numbers that two proposals share.
pub(super) fn join(records: Vec<Record>, warnings: &mut Vec<Warning>) -> Vec<Record> {
    let mut kept: Vec<Record> = Vec::new();
    let mut numbered: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for record in records {
        let (Some(number), Some(place)) = (record.number.clone(), record.places.first().cloned()) else {
            kept.push(record);
            continue;
        };
        let others = numbered.entry(key(&number)).or_default();
        let rivals: Vec<usize> = others.iter().copied().filter(|&at| one_session(&kept[at], &record)).collect();
        let first_place = |at: usize| kept[at].places.first().cloned().unwrap_or_else(|| place.clone());
        if let Some(&at) = rivals.iter().find(|&&at| titles_meet(&kept[at], &record)) {
            let (name, other) = (record.name(), first_place(at));
            let differs = absorb(&mut kept[at], record);
            warnings.push(Warning { place, problem: Problem::Again { name, other, differs } });
            continue;
        }
        if let Some(&at) = rivals.first() {
            let other = first_place(at);
            let title = record.title.clone().unwrap_or_default();
            let other_title = kept[at].title.clone().unwrap_or_default();
            warnings.push(Warning { place, problem: Problem::SameNumber { number, other, title, other_title } });
        }
        others.push(kept.len());
        kept.push(record);
    }
    kept
}

fn one_session(a: &Record, b: &Record) -> bool {
    a.session.as_ref().zip(b.session.as_ref()).is_none_or(|(a, b)| a == b)
}

/// Whether two titles are alike, or one is not filled in.
fn titles_meet(a: &Record, b: &Record) -> bool {
    a.title.as_ref().zip(b.title.as_ref()).is_none_or(|(a, b)| alike(a, b))
}

/// What two numbers share that are the same in one session: 0080 and 80.
pub(super) fn key(number: &str) -> String {
    number.parse::<u64>().map_or_else(|_| number.to_owned(), |n| n.to_string())
}

/// Whether two titles are the same but for punctuation and the noun at their end.
pub(super) fn alike(a: &str, b: &str) -> bool {
    bare(a) == bare(b)
}

/// What two titles share that are [`alike`].
pub(super) fn bare(title: &str) -> String {
    let letters: String = super::value::fold(title).chars().filter(|c| c.is_alphanumeric()).collect();
    let mut title = letters.as_str();
    for tail in ["提案", "建议案", "建议", "议案", "案", "的"] {
        title = title.strip_suffix(tail).unwrap_or(title);
    }
    title.strip_prefix("关于").unwrap_or(title).to_owned()
}
