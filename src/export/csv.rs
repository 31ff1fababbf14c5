//! The table as CSV: UTF-8 with a byte order mark and CRLF, so that Excel opens it with a double click.
//!
//! A cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@` first) gets an apostrophe before it.

use super::{Csv, Exporter, Reviewed};
use crate::document::Lang;
use crate::report::TraceReport;
use std::borrow::Cow;
use std::io::{self, Write};

/// The byte order mark that makes Excel read UTF-8.
pub(super) const BOM: &[u8] = "\u{feff}".as_bytes();

impl Exporter<TraceReport> for Csv {
    fn export(&self, report: &TraceReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let found = report.rows_of_cells(lang).into_iter();
        write_rows(&TraceReport::heads(lang), found.chain(report.earlier.iter().cloned()), out)
    }
}

/// Writes a table with its heads.
pub(super) fn write_rows(
    heads: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(BOM)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(heads)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
    }
    writer.flush()
}

fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

/// The cell without the apostrophe of [`write_rows`].
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(cell)
}
