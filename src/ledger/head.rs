//! Finds the header of a sheet: the row that names most fields, with titles above it and perhaps a second line below.

use super::Field;
use super::columns::name_of;
use super::grid::{Grid, GridRow};
use super::problem::Place;
use super::record::Passed;
use std::collections::BTreeSet;

/// Rows in which a header is looked for.
const DEPTH: usize = 30;

/// Parts a group's name from the column's own where a header has two lines.
pub(super) const UNDER: &str = " › ";

/// The header of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Texts above it.
    pub(super) titles: Vec<String>,
    /// The row of its last line.
    pub(super) row: usize,
    /// The name of each column.
    pub(super) names: Vec<String>,
    /// The place in [`Grid::rows`] of the first row below it.
    pub(super) first: usize,
}

/// The header of `grid`, or why it has none. `given` are names a user tied to fields.
pub(super) fn find(grid: &Grid, given: &[String]) -> Result<Head, Passed> {
    if grid.rows.iter().all(GridRow::is_blank) {
        return Err(Passed::Empty);
    }
    let scores: Vec<usize> = grid.rows.iter().take(DEPTH).map(|row| score(row, given)).collect();
    let best = scores.iter().copied().max().unwrap_or(0);
    let at = scores.iter().position(|&s| s == best).filter(|_| best >= 2).ok_or(Passed::NoHeader)?;
    let width = grid.width();
    let last = last_line(grid, at);
    let upper = (at > 0).then(|| &grid.rows[at - 1]).filter(|row| row.distinct().len() > 1);
    let names: Vec<String> = (0..width)
        .map(|column| {
            let own = grid.rows[at].text(column);
            let above = upper.map_or("", |row| row.text(column));
            let below = if last > at { grid.rows[last].text(column) } else { "" };
            joined(&[above, own, below])
        })
        .collect();
    let top = if upper.is_some() { at - 1 } else { at };
    let titles = grid.rows[..top].iter().flat_map(|r| r.distinct()).map(one_line).collect();
    Ok(Head { titles, row: grid.rows[last].number, names, first: last + 1 })
}

/// The different texts of a column's header, top first.
fn joined(texts: &[&str]) -> String {
    let mut found: Vec<String> = Vec::new();
    for text in texts.iter().map(|t| one_line(t)).filter(|t| !t.is_empty()) {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found.join(UNDER)
}

fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim).collect()
}

/// How many different fields a row names.
fn score(row: &GridRow, given: &[String]) -> usize {
    let texts = row.distinct();
    // A row of proposals holds titles and dates, and a header does not repeat itself.
    let fields: BTreeSet<Field> = texts.iter().filter_map(|t| name_of(t)).map(|(f, _)| f).collect();
    let asked = texts.iter().filter(|t| given.iter().any(|g| super::names::plain(g) == super::names::plain(t)));
    let named = fields.len() + asked.filter(|t| name_of(t).is_none()).count();
    let telling = fields.contains(&Field::Number) || fields.contains(&Field::Title) || named >= 4;
    if telling || !given.is_empty() { named } else { 0 }
}

/// The last line of a header that begins in row `at`: where merged cells reach down, or, without merged cells, a line that names columns
/// under a group and leaves number and title empty.
fn last_line(grid: &Grid, at: usize) -> usize {
    let number = grid.rows[at].number;
    let reach = grid.merges.iter().filter(|m| m.rows.0 <= number && number < m.rows.1 && m.rows.1 <= number + 2);
    if let Some(end) = reach.map(|m| m.rows.1).max() {
        return grid.rows.iter().rposition(|r| r.number <= end).unwrap_or(at);
    }
    let Some(next) = grid.rows.get(at + 1).filter(|r| !r.is_blank()) else { return at };
    let head = &grid.rows[at];
    let main = (0..head.cells.len())
        .filter(|&c| matches!(name_of(head.text(c)), Some((Field::Number | Field::Title | Field::Serial, _))));
    let empty = main.map(|c| next.text(c)).all(str::is_empty);
    let below = next.distinct();
    let names = below.iter().filter(|t| name_of(t).is_some()).count();
    if empty && names > 0 && names * 2 >= below.len() { at + 1 } else { at }
}

/// The place of a row.
pub(super) fn place(grid: &Grid, row: usize) -> Place {
    Place { sheet: grid.name.clone(), row, column: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::grid::Cell;

    fn grid(rows: &[&[&str]]) -> Grid {
        let row = |(i, cells): (usize, &&[&str])| GridRow {
            number: i + 1,
            cells: cells.iter().map(|t| Cell { text: (*t).to_owned(), ..Cell::default() }).collect(),
        };
        Grid { rows: rows.iter().enumerate().map(row).collect(), ..Grid::default() }
    }

    #[test]
    fn titles_stand_above_the_header() {
        let grid = grid(&[
            &["某局2023年提案办理台账"],
            &[""],
            &["序号", "提案号", "案由", "办理方式"],
            &["1", "001", "关于甲的提案", "主办"],
        ]);
        let head = find(&grid, &[]).unwrap();
        assert_eq!((head.titles, head.row, head.first), (vec!["某局2023年提案办理台账".to_owned()], 3, 3));
    }

    #[test]
    fn a_second_line_of_a_header_is_joined_to_its_group() {
        let grid = grid(&[
            &["提案号", "案由", "办理单位", "", "沟通情况"],
            &["", "", "主办", "会办", ""],
            &["001", "关于甲的提案", "甲局", "乙局", "面商"],
        ]);
        let head = find(&grid, &[]).unwrap();
        assert_eq!(head.names, ["提案号", "案由", "办理单位 › 主办", "会办", "沟通情况"]);
        assert_eq!(head.first, 2);
    }

    #[test]
    fn a_sheet_without_a_header_is_passed_over() {
        assert_eq!(find(&grid(&[&["统计", "12"], &["合计", "30"]]), &[]), Err(Passed::NoHeader));
        assert_eq!(find(&grid(&[&["", ""]]), &[]), Err(Passed::Empty));
    }
}
