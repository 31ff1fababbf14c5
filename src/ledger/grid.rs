//! A sheet as rows of cells, whatever file it came from; merged cells are filled in and remembered.

/// A sheet of a workbook, or a whole text table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The sheet's name.
    pub(super) name: Option<String>,
    /// Whether the workbook hides it.
    pub(super) hidden: bool,
    /// Its rows, blank ones included where the file tells of them.
    pub(super) rows: Vec<GridRow>,
    /// Merged areas over more than one row or column.
    pub(super) merges: Vec<Merge>,
    /// Rows that could not be read: line and problem.
    pub(super) broken: Vec<(usize, String)>,
}

/// One row.
#[derive(Debug, Default, Clone)]
pub(super) struct GridRow {
    /// One-based row of a sheet, line of a text table.
    pub(super) number: usize,
    /// Its cells from the first column on.
    pub(super) cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its text; dates as `2023-03-20`.
    pub(super) text: String,
    /// Whether it holds an error.
    pub(super) error: bool,
    /// The merged area it belongs to, as a place in [`Grid::merges`].
    pub(super) merge: Option<usize>,
}

/// A merged area; rows one-based, columns zero-based, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) rows: (usize, usize),
    pub(super) columns: (usize, usize),
}

impl Merge {
    /// Whether it covers several rows.
    pub(super) fn is_tall(&self) -> bool {
        self.rows.1 > self.rows.0
    }
}

impl GridRow {
    /// The text of column `at`; empty where the row is shorter.
    pub(super) fn text(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |c| c.text.trim())
    }

    /// Whether all cells are empty.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|c| c.text.trim().is_empty())
    }

    /// The different texts of the row, each once, in order.
    pub(super) fn distinct(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for text in self.cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()) {
            if !found.contains(&text) {
                found.push(text);
            }
        }
        found
    }
}

impl Grid {
    /// The number of columns.
    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0)
    }

    /// The row of this number.
    pub(super) fn row(&self, number: usize) -> Option<&GridRow> {
        self.rows.binary_search_by_key(&number, |r| r.number).ok().map(|at| &self.rows[at])
    }

    /// Gives every cell of a merged area the text of its first cell.
    pub(super) fn fill(&mut self) {
        for (id, merge) in self.merges.clone().iter().enumerate() {
            let value = self.row(merge.rows.0).and_then(|r| r.cells.get(merge.columns.0)).cloned().unwrap_or_default();
            let from = self.rows.partition_point(|r| r.number < merge.rows.0);
            let to = self.rows.partition_point(|r| r.number <= merge.rows.1);
            for row in &mut self.rows[from..to] {
                if row.cells.len() <= merge.columns.1 {
                    row.cells.resize(merge.columns.1 + 1, Cell::default());
                }
                for cell in &mut row.cells[merge.columns.0..=merge.columns.1] {
                    *cell = Cell { merge: Some(id), ..value.clone() };
                }
            }
        }
    }
}

/// The letter of a zero-based column: A, B, …, Z, AA.
pub(super) fn letter(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)));
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letter), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
