//! A plain table of cells, for a terminal and as CSV.

use super::csv::write_rows;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};

/// A table whose every cell is text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// The columns that hold numbers, from 0: they stand to the right.
    pub numbers: Vec<usize>,
    /// The rows, each as long as the heads.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// A table `width` columns wide.
    pub fn table(&self, width: u16) -> String {
        let mut table = Table::new();
        // Rows of numbers are short, and stand close.
        let style = presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none());
        table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width).set_header(&self.heads);
        self.rows.iter().for_each(|row| {
            table.add_row(row);
        });
        for &column in &self.numbers {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        format!("{}\n", table.trim_fmt())
    }

    /// UTF-8 with a byte order mark.
    pub fn csv(&self) -> String {
        let heads: Vec<&str> = self.heads.iter().map(String::as_str).collect();
        let mut bytes = Vec::new();
        write_rows(&heads, self.rows.iter().cloned(), &mut bytes).expect("a vector can be written to");
        String::from_utf8(bytes).expect("cells are UTF-8")
    }
}
