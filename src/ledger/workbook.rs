//! Workbooks (.xlsx, .xlsm) to grids: the only file that knows the crate `calamine`.

use super::grid::{Cell, Grid, GridRow, Merge};
use super::value::of_serial;
use calamine::{Data, Reader, SheetVisible, Xlsx};
use std::io::Cursor;

/// Cells beyond this many rows or columns are no ledger: a stray format at the end of a sheet must not fill the memory.
const MOST: (u32, u32) = (200_000, 400);

/// The sheets of a workbook, hidden ones too; the problem in words where the bytes are none.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, String> {
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|e| format!("it is no workbook that can be read ({e})"))?;
    let since_1904 = book.has_1904_epoch();
    let names: Vec<(String, bool)> =
        book.sheets_metadata().iter().map(|s| (s.name.clone(), s.visible != SheetVisible::Visible)).collect();
    names.into_iter().map(|(name, hidden)| sheet(&mut book, name, hidden, since_1904)).collect()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String, hidden: bool, since_1904: bool) -> Result<Grid, String> {
    let range = match book.worksheet_range(&name) {
        Ok(range) => range,
        // A chart sheet or a damaged one: the others are read all the same.
        Err(e) => {
            return Ok(Grid { name: Some(name), hidden, broken: vec![(0, e.to_string())], ..Grid::default() });
        }
    };
    let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let mut grid = Grid { name: Some(name), hidden, ..Grid::default() };
    let Some((last_row, last_column)) = range.end() else { return Ok(grid) };
    for row in 0..=last_row.min(MOST.0) {
        let value = |column| range.get_value((row, column)).map_or_else(Cell::default, |d| cell(d, since_1904));
        let mut cells: Vec<Cell> = (0..=last_column.min(MOST.1)).map(value).collect();
        while cells.last().is_some_and(|c| c.text.is_empty()) {
            cells.pop();
        }
        grid.rows.push(GridRow { number: row as usize + 1, cells });
    }
    let area = |d: &calamine::Dimensions| Merge {
        rows: (d.start.0 as usize + 1, d.end.0 as usize + 1),
        columns: (d.start.1.min(MOST.1) as usize, d.end.1.min(MOST.1) as usize),
    };
    grid.merges = merges.iter().map(area).filter(|m| m.rows.1 > m.rows.0 || m.columns.1 > m.columns.0).collect();
    grid.fill();
    Ok(grid)
}

fn cell(data: &Data, since_1904: bool) -> Cell {
    let text = match data {
        Data::Empty => String::new(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s.clone(),
        Data::Bool(b) => if *b { "是" } else { "否" }.to_owned(),
        Data::Int(i) => i.to_string(),
        Data::Float(f) => number(*f),
        Data::DateTime(d) => {
            of_serial(d.as_f64(), since_1904).map_or_else(|| number(d.as_f64()), |date| date.to_string())
        }
        Data::Error(e) => return Cell { text: e.to_string(), error: true, merge: None },
    };
    Cell { text, error: false, merge: None }
}

/// A number as a sheet shows it: whole ones without decimals.
fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { value.to_string() }
}
