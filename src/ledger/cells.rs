//! One cell into one field of a record, with what is odd about it.

use super::grid::Cell;
use super::problem::Problem;
use super::record::{Record, Role, State};
use super::value::{self, DateCell, fold};
use super::{Field, Scale};
use crate::document::Date;
use crate::parse::docnumber::proposal_number;

/// What is needed to understand a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells<'a> {
    /// The scale of results.
    pub(super) scale: &'a Scale,
    /// The year of the ledger, where its titles tell it.
    pub(super) year: Option<u16>,
}

impl Cells<'_> {
    /// Puts a filled cell into `record`.
    pub(super) fn put(&self, record: &mut Record, field: Field, cell: &Cell) -> Vec<Problem> {
        let printed = cell.text.trim().to_owned();
        if cell.error || is_error(&printed) {
            return vec![Problem::CellError { text: printed }];
        }
        let folded = fold(&printed);
        if folded.is_empty() {
            return Vec::new();
        }
        let problems = if field.is_date() {
            self.date(record, field, &folded, &printed)
        } else {
            self.words(record, field, &folded, &printed)
        };
        if problems.is_empty() && wide(&printed) && (field.is_date() || matches!(field, Field::Number | Field::Result))
        {
            return vec![Problem::FullWidth { text: printed, read: folded }];
        }
        problems
    }

    fn date(&self, record: &mut Record, field: Field, folded: &str, printed: &str) -> Vec<Problem> {
        if value::is_void(folded) || folded == "无" {
            return Vec::new();
        }
        let text = printed.to_owned();
        let (date, problem) = match value::date(folded) {
            DateCell::Date(date) => (Some(date), None),
            DateCell::Serial(read) => (Some(read), Some(Problem::SerialDate { text, read })),
            DateCell::Yearless(month, day) => {
                let read = self.year.and_then(|year| Date::new(year, month, day));
                (read, Some(Problem::YearlessDate { text, read }))
            }
            DateCell::Impossible => (None, Some(Problem::ImpossibleDate { text })),
            DateCell::Words => (None, Some(Problem::NoDate { text })),
        };
        let slot = match field {
            Field::Received => &mut record.received,
            Field::Assigned => &mut record.assigned,
            Field::Deadline => &mut record.deadline,
            _ => &mut record.answered,
        };
        *slot = slot.or(date);
        problem.into_iter().collect()
    }

    fn words(&self, record: &mut Record, field: Field, folded: &str, printed: &str) -> Vec<Problem> {
        let unknown = || vec![Problem::Unknown { field, text: printed.to_owned() }];
        let void = value::is_void(folded);
        match field {
            Field::Number => {
                let known = proposal_number(folded);
                let problems = if known.is_none() { unknown() } else { Vec::new() };
                record.number = Some(known.map_or_else(|| folded.to_owned(), |n| n.value));
                return problems;
            }
            Field::Role if !void => {
                let role = value::role(folded);
                let problems = if role.is_none() { unknown() } else { Vec::new() };
                record.role = Some(role.unwrap_or_else(|| Role::Other(folded.to_owned())));
                return problems;
            }
            Field::State if !void => match value::state(folded) {
                Some(state) => record.state = Some(state),
                None => return unknown(),
            },
            Field::Result if !void => match value::grade(folded, self.scale) {
                Some(grade) => record.result = Some(grade),
                None => return unknown(),
            },
            Field::Satisfaction => match value::satisfaction(folded) {
                Some(said) => record.satisfaction = record.satisfaction.max(Some(said)),
                None => return unknown(),
            },
            Field::Public => match value::public(folded) {
                Some(public) => record.public = Some(public),
                None => return unknown(),
            },
            Field::Communication => {
                let (answer, face) = value::communication(folded);
                record.communication = Some(record.communication.map_or(answer, |earlier| earlier.min(answer)));
                record.face_to_face |= face;
            }
            Field::Key => {
                let key = value::key(folded) == super::record::YesNo::Yes;
                record.key = Some(record.key.unwrap_or(false) || key);
            }
            _ if !void => text(record, field, folded, printed),
            _ => {}
        }
        Vec::new()
    }
}

/// Fields of plain text.
fn text(record: &mut Record, field: Field, folded: &str, printed: &str) {
    let one_line: String = printed.split(['\r', '\n']).map(str::trim).collect();
    let slot = match field {
        Field::Title => {
            let bare = one_line.strip_prefix('《').and_then(|t| t.strip_suffix('》'));
            record.title = Some(bare.map_or(one_line.clone(), str::to_owned));
            return;
        }
        Field::Lead => return record.lead.extend(units(printed)),
        Field::Co => return record.co.extend(units(printed)),
        Field::Session => &mut record.session,
        Field::Proposer => &mut record.proposer,
        Field::Genre => &mut record.genre,
        Field::Office => &mut record.office,
        Field::ReplyNumber => &mut record.reply_number,
        Field::ReplyText => {
            record.reply_text = Some(printed.to_owned());
            return;
        }
        Field::Remark => &mut record.remark,
        _ => return,
    };
    let kept = if folded.chars().count() < 40 { folded.to_owned() } else { one_line };
    *slot = Some(
        slot.take()
            .map_or(kept.clone(), |earlier| if earlier == kept { earlier } else { format!("{earlier}；{kept}") }),
    );
}

/// The units that a cell lists.
fn units(printed: &str) -> Vec<String> {
    let parts = printed.split(['、', '，', ',', '；', ';', '/', '\n', '\r', '　']);
    let mut found: Vec<String> = Vec::new();
    for part in parts.map(fold).filter(|p| !p.is_empty() && !value::is_void(p) && p != "无") {
        if !found.contains(&part) {
            found.push(part);
        }
    }
    found
}

/// Whether digits or letters are printed in full width.
fn wide(printed: &str) -> bool {
    printed.chars().any(|c| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
}

fn is_error(printed: &str) -> bool {
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"].contains(&printed)
}

/// Where state and date of reply contradict each other or one of them is missing. `printed` is the state's label.
pub(super) fn settle(record: &mut Record, printed: &str) -> Option<Problem> {
    match (record.state, record.answered) {
        (None, Some(_)) => {
            record.state = Some(State::Done);
            Some(Problem::StateDerived)
        }
        (Some(State::Done), None) => Some(Problem::DoneWithoutDate),
        (Some(State::Pending | State::UnderWay), Some(answered)) => {
            Some(Problem::DateWithoutDone { text: printed.to_owned(), answered })
        }
        _ => None,
    }
}
