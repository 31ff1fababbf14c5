//! Ties the columns of a sheet to fields: what the user gave, then names, then what the cells hold.

use super::grid::{Grid, letter};
use super::head::UNDER;
use super::names::by_name;
use super::record::{ColumnRead, How, Role};
use super::value::{self, DateCell};
use super::{Field, Scale};
use crate::{Error, Result};

/// Cells of a column that are looked at.
const SAMPLE: usize = 60;
/// The share of cells that must fit before a column without a telling name is taken for a field.
const GUESS: f64 = 0.7;
/// A named column of which fewer cells fit is doubted.
const DOUBT: f64 = 0.2;

/// The columns a user tied to fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    given: Vec<(String, Field)>,
}

impl Columns {
    /// The names of columns that were given.
    pub(super) fn names(&self) -> Vec<String> {
        self.given.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Adds `NAME=FIELD`: the header or the letter of a column, and what it holds.
    ///
    /// # Errors
    /// A usage error where `=` is missing or the field is unknown.
    pub fn add(&mut self, spec: &str) -> Result<()> {
        let (name, field) = spec.rsplit_once(['=', '＝']).unwrap_or((spec, ""));
        let known = Field::of_name(field).filter(|_| !name.trim().is_empty());
        let Some(field) = known else {
            let names = Field::ALL.map(Field::name).join(", ");
            return Err(Error::usage(
                format!("--column {spec:?} does not name a column and a field"),
                format!("write NAME=FIELD, NAME the header or letter of a column and FIELD one of {names}"),
            ));
        };
        self.given.push((name.trim().to_owned(), field));
        Ok(())
    }
}

/// The columns of a sheet with what they hold, and the names given that the sheet does not have.
pub(super) fn resolve(
    headers: &[String],
    grid: &Grid,
    first_row: usize,
    given: &Columns,
    scale: &Scale,
) -> (Vec<ColumnRead>, Vec<String>) {
    let mut columns: Vec<ColumnRead> = headers
        .iter()
        .enumerate()
        .map(|(at, header)| ColumnRead { letter: letter(at), header: header.clone(), field: None, how: None })
        .collect();
    let mut missing = Vec::new();
    for (name, field) in &given.given {
        let plain = super::names::plain(name);
        let named = |c: &ColumnRead| super::names::plain(&c.header) == plain && !plain.is_empty();
        let at = columns
            .iter()
            .position(named)
            .or_else(|| columns.iter().position(|c| c.letter == name.to_ascii_uppercase()));
        match at {
            Some(at) => {
                columns[at].field = Some(*field);
                columns[at].how = Some(How::Given);
            }
            None => missing.push(format!("{name}={}", field.name())),
        }
    }
    let samples: Vec<Vec<String>> = (0..headers.len()).map(|at| sample(grid, first_row, at)).collect();
    let mut candidates = candidates(headers, &samples, scale);
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.column.cmp(&b.column)).then(a.field.cmp(&b.field)));
    for c in candidates {
        let free = columns[c.column].field.is_none();
        let taken = columns.iter().any(|other| other.field == Some(c.field));
        let again = c.field.repeats() && c.how == How::Name;
        if free && (!taken || again) {
            columns[c.column].field = Some(c.field);
            columns[c.column].how = Some(c.how);
        }
    }
    (columns, missing)
}

struct Candidate {
    column: usize,
    field: Field,
    how: How,
    score: f64,
}

fn candidates(headers: &[String], samples: &[Vec<String>], scale: &Scale) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (column, header) in headers.iter().enumerate() {
        let cells = &samples[column];
        let named = name_of(header);
        if let Some((field, certainty)) = named {
            let fit = fit(field, cells, scale);
            // 办理类别 may be the role or the result, 类别 the kind of paper: the cells decide.
            let doubt = if cells.len() >= 3 && fit.is_some_and(|f| f < DOUBT) { 2.5 } else { 0.0 };
            let score = certainty + fit.unwrap_or(0.5) - doubt;
            if score > 1.0 {
                found.push(Candidate { column, field, how: How::Name, score });
            }
        }
        if cells.is_empty() {
            continue;
        }
        for field in GUESSED {
            let fits = fit(field, cells, scale).unwrap_or(0.0);
            if fits >= GUESS && named.is_none_or(|(f, _)| f != field) {
                found.push(Candidate { column, field, how: How::Content, score: fits });
            }
        }
    }
    found
}

/// What a header says: one of two lines by both together, by its own line, by pieces of both.
pub(super) fn name_of(header: &str) -> Option<(Field, f64)> {
    let Some((_, own)) = header.rsplit_once(UNDER) else { return by_name(header) };
    let both = by_name(&header.replace(UNDER, ""));
    both.filter(|(_, certainty)| *certainty > 2.0).or_else(|| by_name(own)).or(both)
}

/// Fields that cells can tell by themselves, without a name.
const GUESSED: [Field; 8] = [
    Field::Number,
    Field::Title,
    Field::Role,
    Field::State,
    Field::Result,
    Field::Satisfaction,
    Field::Public,
    Field::Session,
];

/// The first filled cells of a column, folded.
fn sample(grid: &Grid, first_row: usize, column: usize) -> Vec<String> {
    let rows = grid.rows.iter().skip(first_row).filter(|r| r.distinct().len() > 1);
    rows.map(|r| value::fold(r.text(column))).filter(|t| !t.is_empty() && !value::is_void(t)).take(SAMPLE).collect()
}

/// The share of `cells` that make sense as `field`; `None` where any text does.
fn fit(field: Field, cells: &[String], scale: &Scale) -> Option<f64> {
    if cells.is_empty() {
        return None;
    }
    let share = |test: &dyn Fn(&str) -> bool| cells.iter().filter(|c| test(c)).count() as f64 / cells.len() as f64;
    match field {
        Field::Number => {
            let numbers: Vec<&String> = cells.iter().filter(|c| is_number(c)).collect();
            let mut unique = numbers.clone();
            unique.sort_unstable();
            unique.dedup();
            let counted = numbers.iter().enumerate().all(|(i, n)| n.parse() == Ok(i + 1)) && numbers.len() > 2;
            // 1, 2, 3, … counts rows.
            if counted { Some(0.3) } else { Some(unique.len() as f64 / cells.len() as f64) }
        }
        Field::Title => {
            Some(share(&|c| c.chars().count() >= 6 && (c.contains("关于") || c.ends_with('案') || c.ends_with("建议"))))
        }
        Field::Role => Some(share(&|c| value::role(c).is_some_and(|r| !matches!(r, Role::Other(_))))),
        Field::State => Some(share(&|c| c.chars().count() <= 8 && value::state(c).is_some() && c != "是")),
        Field::Result => Some(share(&|c| c.chars().count() <= 12 && value::grade(c, scale).is_some())),
        Field::Satisfaction => Some(share(&|c| value::satisfaction(c).is_some())),
        Field::Public => Some(share(&|c| value::public(c).is_some() && c.contains("公开"))),
        Field::Session => Some(share(&|c| crate::parse::session::session(c).is_some())),
        f if f.is_date() => Some(share(&|c| !matches!(value::date(c), DateCell::Words))),
        _ => None,
    }
}

fn is_number(folded: &str) -> bool {
    folded.chars().count() <= 12 && crate::parse::docnumber::proposal_number(folded).is_some()
}
