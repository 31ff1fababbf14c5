//! Where a report goes, and in which formats: the same for every command that writes one.

use super::Global;
use clap::{Args, ValueEnum};
use std::io::IsTerminal;
use std::path::PathBuf;
use suyuan::document::Lang;
use suyuan::export::{self, Outputs, Report, Reviewed, Reviews};
use suyuan::{Error, Result};

/// Form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For reading
    Table,
    /// Markdown
    Md,
    /// One self-contained page
    Html,
    /// The table, for Excel
    Csv,
    /// Everything, for programs
    Json,
}

impl Format {
    /// The format where none is named: a table for a person, CSV for a program.
    pub(super) fn usual() -> Self {
        if std::io::stdout().is_terminal() { Self::Table } else { Self::Csv }
    }

    fn of_file(self) -> Option<export::Format> {
        match self {
            Self::Table => None,
            Self::Md => Some(export::Format::Md),
            Self::Html => Some(export::Format::Html),
            Self::Csv => Some(export::Format::Csv),
            Self::Json => Some(export::Format::Json),
        }
    }

    /// Prints the report; `table` draws it as wide as it is told.
    pub(super) fn print<R: Report>(self, report: &R, lang: Lang, table: impl FnOnce(u16) -> String) -> Result<()> {
        let Some(format) = self.of_file() else { return super::print(&table(super::width())) };
        let mut bytes = Vec::new();
        let written = report.write(format, lang, &mut bytes);
        written.map_err(|e| Error::io("standard output", e, "report this as a fault"))?;
        super::print(&String::from_utf8_lossy(&bytes))
    }
}

/// The folder and the formats that the user wants a report in.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// Write the report into this folder
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Formats, apart by commas [default: all four with --out; without it, a table]
    #[arg(long, value_enum, value_name = "FORMAT", value_delimiter = ',', help_heading = "Output")]
    format: Vec<Format>,
}

impl Output {
    /// The formats of the files in --out.
    fn files(&self) -> Vec<export::Format> {
        let named: Vec<_> = self.format.iter().filter_map(|f| f.of_file()).collect();
        if named.is_empty() { export::Format::ALL.to_vec() } else { named }
    }

    /// What a person wrote into the table that this run will replace.
    pub(super) fn reviews<R: Reviewed>(&self) -> Result<Reviews<R>> {
        Reviews::beside(self.out.as_deref(), &self.files())
    }

    /// Opens the place, before the work starts: a bad path fails early.
    pub(super) fn open<R: Report>(&self) -> Result<Place> {
        match (&self.out, &self.format[..]) {
            (Some(folder), _) => Outputs::open::<R>(folder, &self.files()).map(Place::Folder),
            (None, []) => Ok(Place::Terminal(Format::Table)),
            (None, [format]) => Ok(Place::Terminal(*format)),
            (None, _) => Err(Error::usage("several formats cannot go to standard output", "give a folder with --out")),
        }
    }
}

/// Where a report goes.
pub(super) enum Place {
    Folder(Outputs),
    Terminal(Format),
}

impl Place {
    /// Writes the report. Where it goes to a folder, the table is printed too, unless --quiet, and the paths below it.
    pub(super) fn write<R: Report>(self, report: &R, global: &Global, table: impl FnOnce(u16) -> String) -> Result<()> {
        let lang = global.lang.into();
        let outputs = match self {
            Self::Terminal(format) => return format.print(report, lang, table),
            Self::Folder(outputs) => outputs,
        };
        let paths = outputs.write(report, lang)?;
        if global.quiet {
            return Ok(());
        }
        let paths: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        super::print(&format!("{}→ {}\n", table(super::width()), paths.join("  ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gets_the_files_that_are_named_and_all_where_none_is() {
        let files = |format: &[Format]| Output { out: None, format: format.to_vec() }.files();
        assert_eq!(files(&[]), export::Format::ALL);
        assert_eq!(files(&[Format::Table]), export::Format::ALL);
        assert_eq!(files(&[Format::Table, Format::Csv]), [export::Format::Csv]);
    }

    #[test]
    fn several_formats_need_a_folder() {
        let output = Output { out: None, format: vec![Format::Md, Format::Csv] };
        assert!(output.open::<suyuan::report::TraceReport>().is_err_and(|e| e.to_string().contains("--out")));
    }
}
