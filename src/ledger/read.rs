//! A file to a ledger: encoding or workbook, sheets, headers, columns, rows, and what is odd about all of them.

use super::cells::{Cells, settle};
use super::columns::{Columns, resolve};
use super::grid::{Cell, Grid, GridRow};
use super::head;
use super::problem::{Place, Problem, Warning};
use super::record::{Ledger, Passed, Record, SheetRead};
use super::rows::Rows;
use super::{Field, Scale, repeat, workbook};
use crate::document::{Date, Label, Lang, Session};
use crate::ingest::{decode, manifest_titles, separated_rows};
use crate::parse::session::{same, sessions};
use crate::{Error, Result};
use std::path::Path;

/// How a ledger is read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Columns tied to fields by the user.
    pub columns: Columns,
    /// The scale of results.
    pub scale: Scale,
    /// The one sheet to read; all that are ledgers without it.
    pub sheet: Option<String>,
}

/// Reads the ledger in `path`.
///
/// # Errors
/// When the file cannot be read, is neither a text table nor a workbook, or holds no header of a ledger.
pub fn read(path: impl AsRef<Path>, options: &Options) -> Result<Ledger> {
    let path = path.as_ref();
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e, "check that the file exists and may be read"))?;
    let (grids, encoding) = grids(path, &bytes)?;
    let mut ledger = Ledger {
        path: path.to_string_lossy().into_owned(),
        title: None,
        digest: blake3::hash(&bytes).to_hex().to_string(),
        encoding,
        sample: false,
        sessions: Vec::new(),
        sheets: Vec::new(),
        records: Vec::new(),
        warnings: Vec::new(),
        scale: options.scale.clone(),
    };
    // What the file is called tells its session and year where its sheets do not.
    let mut called = manifest_titles(path);
    called.extend(path.file_stem().map(|s| s.to_string_lossy().into_owned()));
    for grid in &grids {
        sheet(grid, &called, options, &mut ledger);
    }
    let heading = ledger.sheets.iter().flat_map(|s| &s.titles).next().cloned();
    ledger.title = heading.or_else(|| called.into_iter().next());
    if let Some(wanted) = options.sheet.as_ref().filter(|w| !grids.iter().any(|g| g.name.as_ref() == Some(w))) {
        let names: Vec<&str> = grids.iter().filter_map(|g| g.name.as_deref()).collect();
        let problem = format!("there is no sheet {wanted:?}");
        return Err(Error::input(
            path,
            None,
            problem,
            format!("give one of its sheets with --sheet: {}", names.join(", ")),
        ));
    }
    if ledger.sheets.iter().all(|s| s.passed.is_some()) {
        return Err(no_header(path, &ledger.sheets));
    }
    finish(&mut ledger);
    Ok(ledger)
}

fn no_header(path: &Path, sheets: &[SheetRead]) -> Error {
    let what = |s: &SheetRead| {
        let name = s.name.as_ref().map_or_else(String::new, |n| format!("sheet {n}: "));
        format!("{name}{}", s.passed.map_or("", |p| p.label(Lang::En)))
    };
    let all: Vec<String> = sheets.iter().map(what).collect();
    let problem = if all.is_empty() { "it has no sheets".to_owned() } else { all.join("; ") };
    let remedy = "a ledger has a row that names its columns (提案号, 案由, 办理方式, …) above its proposals; add it, or tie columns with --column NAME=FIELD";
    Error::input(path, None, problem, remedy)
}

/// The sheets of a workbook, or a text table as one sheet with its encoding.
fn grids(path: &Path, bytes: &[u8]) -> Result<(Vec<Grid>, Option<String>)> {
    if bytes.starts_with(b"PK\x03\x04") {
        let remedy = "open it in a spreadsheet program and save it as .xlsx or .csv";
        return workbook::sheets(bytes).map(|g| (g, None)).map_err(|p| Error::input(path, None, p, remedy));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let problem = "the file is an old .xls workbook, or one with a password";
        return Err(Error::input(path, None, problem, "save it as .xlsx or .csv without a password"));
    }
    let decoded = decode(bytes, false)
        .map_err(|p| Error::input(path, None, p.problem, "give the ledger as .xlsx, or as .csv in UTF-8 or GB18030"))?;
    let read = separated_rows(&decoded.text);
    let row = |(number, cells): (usize, Vec<String>)| GridRow {
        number,
        cells: cells.into_iter().map(|text| Cell { text, ..Cell::default() }).collect(),
    };
    let broken = read.broken.into_iter().map(|(line, problem, _)| (line.unwrap_or(0), problem)).collect();
    let grid = Grid { rows: read.rows.into_iter().map(row).collect(), broken, ..Grid::default() };
    Ok((vec![grid], Some(decoded.encoding.to_owned())))
}

fn sheet(grid: &Grid, called: &[String], options: &Options, ledger: &mut Ledger) {
    let asked = options.sheet.is_none() || options.sheet == grid.name;
    let hidden = grid.hidden && options.sheet.is_none();
    let head = match (asked, hidden) {
        (false, _) => Err(Passed::NotAsked),
        (_, true) => Err(Passed::Hidden),
        _ => head::find(grid, &options.columns.names()),
    };
    let broken = grid.broken.iter().map(|(line, text)| Warning {
        place: Place { sheet: grid.name.clone(), row: *line, column: None },
        problem: Problem::Broken { text: text.clone() },
    });
    ledger.warnings.extend(broken);
    let passed = |passed| SheetRead {
        name: grid.name.clone(),
        passed: Some(passed),
        titles: Vec::new(),
        header: 0,
        columns: Vec::new(),
        rows: 0,
    };
    let head = match head {
        Ok(head) => head,
        Err(why) => return ledger.sheets.push(passed(why)),
    };
    let (columns, missing) = resolve(&head.names, grid, head.first, &options.columns, &options.scale);
    let place = head::place(grid, head.row);
    for name in missing {
        ledger.warnings.push(Warning { place: place.clone(), problem: Problem::NoSuchColumn { name } });
    }
    let spoken = head.titles.iter().map(String::as_str).chain(grid.name.as_deref());
    let spoken = spoken.chain(called.iter().map(String::as_str));
    let year = spoken.clone().find_map(year);
    ledger.sessions.extend(spoken.flat_map(sessions).map(|s| s.session));
    let rows = Rows::read(grid, &head, &columns, Cells { scale: &options.scale, year });
    let sample = columns.iter().position(|c| c.field == Some(Field::Sample));
    ledger.sample |= sample.is_some_and(|at| grid.rows[head.first..].iter().any(|r| !r.text(at).is_empty()));
    ledger.warnings.extend(rows.warnings);
    let mut records = rows.records;
    // A workbook may have a sheet for each role.
    let role = grid.name.as_deref().and_then(|n| super::value::role(&super::value::fold(n)));
    if !columns.iter().any(|c| c.field == Some(Field::Role)) {
        records.iter_mut().filter(|r| r.role.is_none()).for_each(|r| r.role.clone_from(&role));
    }
    let read = SheetRead {
        name: grid.name.clone(),
        passed: None,
        titles: head.titles,
        header: head.row,
        columns,
        rows: records.len(),
    };
    ledger.sheets.push(read);
    ledger.records.extend(records);
}

/// The year that a title speaks of: 2023年度….
fn year(title: &str) -> Option<u16> {
    let folded = super::value::fold(title);
    let digits: Vec<(usize, char)> = folded.char_indices().collect();
    let year = |w: &[(usize, char)]| {
        let text: String = w.iter().map(|(_, c)| *c).collect();
        text.parse::<u16>().ok().filter(|y| (1990..2100).contains(y))
    };
    digits.windows(4).find_map(year)
}

/// What concerns the rows of all sheets together.
fn finish(ledger: &mut Ledger) {
    let mut records = repeat::join(std::mem::take(&mut ledger.records), &mut ledger.warnings);
    let stated = ledger.has(Field::State);
    for record in &mut records {
        // Without a column of states every state is derived, which is told once.
        ledger.warnings.extend(check(record).into_iter().filter(|w| stated || w.problem != Problem::StateDerived));
    }
    let printed: Vec<Session> =
        records.iter().filter_map(|r| r.session.as_deref()).flat_map(sessions).map(|s| s.session).collect();
    let mut known: Vec<Session> = Vec::new();
    for session in ledger.sessions.drain(..).chain(printed) {
        if !known.iter().any(|k| same(k, &session)) {
            known.push(session);
        }
    }
    ledger.sessions = known;
    ledger.records = records;
    let first = ledger.sheets.iter().find(|s| s.passed.is_none());
    let place = first.map(|s| Place { sheet: s.name.clone(), row: s.header, column: None });
    let wanted = [
        Field::Number,
        Field::Role,
        Field::Deadline,
        Field::Answered,
        Field::State,
        Field::Result,
        Field::Communication,
        Field::Satisfaction,
        Field::Public,
    ];
    let told = |f: Field| ledger.has(f) || (f == Field::Role && ledger.records.iter().any(|r| r.role.is_some()));
    let lacking: Vec<Field> = wanted.into_iter().filter(|f| !told(*f)).collect();
    if let Some(place) = place {
        ledger.warnings.extend(
            lacking.into_iter().map(|field| Warning { place: place.clone(), problem: Problem::NoColumn { field } }),
        );
    }
    let order: Vec<Option<String>> = ledger.sheets.iter().map(|s| s.name.clone()).collect();
    let sheet = |p: &Place| order.iter().position(|n| *n == p.sheet).unwrap_or(usize::MAX);
    ledger.warnings.sort_by_key(|w| (sheet(&w.place), w.place.row));
}

/// Contradictions within one proposal.
fn check(record: &mut Record) -> Vec<Warning> {
    let Some(place) = record.places.first().cloned() else { return Vec::new() };
    let state = record.state.map_or("", |s| s.label(Lang::Zh));
    let mut problems: Vec<Problem> = settle(record, state).into_iter().collect();
    let dates: [(Field, Option<Date>); 4] = [
        (Field::Received, record.received),
        (Field::Assigned, record.assigned),
        (Field::Answered, record.answered),
        (Field::Deadline, record.deadline),
    ];
    let pairs = [(0, 2), (1, 2), (0, 3), (1, 3)];
    for (a, b) in pairs {
        let ((first, Some(first_date)), (second, Some(second_date))) = (dates[a], dates[b]) else { continue };
        if second_date.last() < first_date.first() {
            problems.push(Problem::DateOrder { first, first_date, second, second_date });
        }
    }
    problems.into_iter().map(|problem| Warning { place: place.clone(), problem }).collect()
}
