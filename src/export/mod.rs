//! Report → bytes: one file a format. Outputs are opened before the work starts, so that a bad path fails early, and are put
//! in place only when they are complete, so that a failed run leaves the previous report as it was.

mod brief;
mod chart;
mod concord;
mod csv;
mod draft;
mod duplicates;
pub(crate) mod frame;
mod grid;
mod html;
mod ledger;
mod ledger_sections;
mod ledger_words;
mod md;
mod output;
mod review;
mod sheet;
mod similar;
mod similar_html;
mod table;
#[cfg(test)]
mod tests;
mod verify;
mod verify_html;
mod verify_json;
mod words;

use crate::document::Lang;
use crate::report::TraceReport;
use std::io::{self, Write};

pub use brief::{explained, trace_table};
pub use chart::Chart;
pub use concord::{
    collocations_grid, collocations_note, concordance_grid, concordance_lines, concordance_note, count_chart,
    count_grid, frequency_chart, frequency_grid, keyness_grid, keyness_note,
};
pub use draft::write_draft;
pub use duplicates::duplicates_table;
pub use grid::Grid;
pub use ledger::ledger_tables;
pub use ledger_words::{place as ledger_place, problem as ledger_problem};
pub use output::Outputs;
pub use review::{Reviewed, Reviews};
pub use sheet::{sheet_text, unit_text};
pub use similar::nearest_table;
pub use verify::{
    heads as verify_heads, lead as verify_lead, needed_head as verify_needed_head, wanted as verify_wanted,
};

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Markdown.
    Md,
    /// One self-contained page.
    Html,
    /// The table, UTF-8 with a byte order mark: opens in Excel.
    Csv,
    /// Everything, for programs.
    Json,
}

impl Format {
    /// All formats, in the order they are written.
    pub const ALL: [Self; 4] = [Self::Md, Self::Html, Self::Csv, Self::Json];

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A report that can be written in every [`Format`].
pub trait Report {
    /// The name of its files, without the extension.
    const STEM: &'static str;

    /// Writes the report in `format`.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn write(&self, format: Format, lang: Lang, out: &mut dyn Write) -> io::Result<()>;
}

/// A way to write reports of type `R`. A format implements it once for every kind of report.
trait Exporter<R> {
    fn export(&self, report: &R, lang: Lang, out: &mut dyn Write) -> io::Result<()>;
}

struct Markdown;
struct Html;
struct Csv;
struct Json;

/// Writes `report` in `format`.
fn export<R>(report: &R, format: Format, lang: Lang, out: &mut dyn Write) -> io::Result<()>
where
    Markdown: Exporter<R>,
    Html: Exporter<R>,
    Csv: Exporter<R>,
    Json: Exporter<R>,
{
    match format {
        Format::Md => Markdown.export(report, lang, out),
        Format::Html => Html.export(report, lang, out),
        Format::Csv => Csv.export(report, lang, out),
        Format::Json => Json.export(report, lang, out),
    }
}

impl Report for TraceReport {
    const STEM: &'static str = "trace";

    fn write(&self, format: Format, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        export(self, format, lang, out)
    }
}

impl Exporter<TraceReport> for Json {
    fn export(&self, report: &TraceReport, _lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        pretty(report, out)
    }
}

/// A value as indented JSON.
fn pretty<T: serde::Serialize>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
