//! `suyuan ledger`: Recount a ledger (台账): figures, deadlines, gaps

use super::library::Documents;
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use suyuan::document::{Date, Lang};
use suyuan::export::{self, Outputs};
use suyuan::ledger::{self, Columns, Scale};
use suyuan::report::{self, LedgerReport};
use suyuan::{Error, Result};

/// Recount a ledger (台账): figures, deadlines, gaps
///
/// Reads a .csv or .xlsx ledger, shows which column was read as what, recomputes every count and rate, lists what is overdue, due soon or
/// was answered late, and, where there is a corpus (--corpus or an index), which replies and proposals are missing from it. Ends with
/// status 1 where the ledger holds no proposal.
#[derive(Debug, Args)]
pub(super) struct LedgerArgs {
    /// The ledger: a .csv or .xlsx file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    reading: Reading,
    /// The day that decides what is due [default: today in Beijing, by the system's clock]
    #[arg(long, value_name = "DATE", help_heading = "Deadlines")]
    today: Option<Date>,
    /// List what is due within N days
    #[arg(long, value_name = "N", default_value_t = 10, help_heading = "Deadlines")]
    due_in: u16,
    /// Write the report into this folder
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Formats, apart by commas [default: all four with --out; without it, tables]
    #[arg(long, value_enum, value_name = "FORMAT", value_delimiter = ',', help_heading = "Output")]
    format: Vec<Format>,
    #[command(flatten)]
    documents: Documents,
}

/// How a ledger is read.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// What a column of the ledger holds: its header or letter, =, and a field such as number, title, role, deadline; may be repeated
    #[arg(long, value_name = "NAME=FIELD", help_heading = "Ledger")]
    column: Vec<String>,
    /// The scale of results, for example A=已解决|已采纳,B=列入计划,C=留作参考
    #[arg(long, value_name = "SCALE", help_heading = "Ledger")]
    scale: Option<String>,
    /// The one sheet of the workbook to read
    #[arg(long, value_name = "NAME", help_heading = "Ledger")]
    sheet: Option<String>,
}

impl Reading {
    pub(super) fn options(&self) -> Result<ledger::Options> {
        let mut columns = Columns::default();
        self.column.iter().try_for_each(|spec| columns.add(spec))?;
        let scale = self.scale.as_deref().map(Scale::parse).transpose()?.unwrap_or_default();
        Ok(ledger::Options { columns, scale, sheet: self.sheet.clone() })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables on the terminal
    Table,
    /// Markdown
    Md,
    /// One self-contained page
    Html,
    /// One table, for Excel
    Csv,
    /// Everything, for programs
    Json,
}

impl Format {
    fn file(self) -> Option<export::Format> {
        match self {
            Self::Table => None,
            Self::Md => Some(export::Format::Md),
            Self::Html => Some(export::Format::Html),
            Self::Csv => Some(export::Format::Csv),
            Self::Json => Some(export::Format::Json),
        }
    }
}

impl LedgerArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let lang = global.lang.into();
        let formats: Vec<export::Format> = self.format.iter().filter_map(|f| f.file()).collect();
        if self.out.is_none() && self.format.len() > 1 {
            return Err(Error::usage("several formats cannot go to standard output", "give a folder with --out"));
        }
        let chosen = if formats.is_empty() { export::Format::ALL.to_vec() } else { formats.clone() };
        let outputs = self.out.as_ref().map(|dir| Outputs::open(dir, "ledger", &chosen)).transpose()?;
        let clock = || Error::usage("the system's clock gives no day", "give one with --today 2023-11-30");
        let today = self.today.or_else(ledger::today).ok_or_else(clock)?;
        if today.day().is_none() {
            return Err(Error::usage(format!("--today {today} is not a whole day"), "write --today 2023-11-30"));
        }
        let read = ledger::read(&self.file, &self.reading.options()?)?;
        let loaded = self.documents.load_if_any(global)?;
        let report = report::ledger(read, today, self.due_in, loaded.as_ref().map(|l| &l.library));
        self.write(&report, outputs, formats.first().copied(), global, lang)?;
        let failed = loaded.is_some_and(|l| l.failed);
        Ok(match (failed, report.figures.total) {
            (true, _) => Outcome::Failed,
            (false, 0) => Outcome::Nothing,
            (false, _) => Outcome::Found,
        })
    }

    fn write(
        &self,
        report: &LedgerReport,
        outputs: Option<Outputs>,
        format: Option<export::Format>,
        global: &Global,
        lang: Lang,
    ) -> Result<()> {
        if let (None, Some(format)) = (&outputs, format) {
            let mut bytes = Vec::new();
            let written = export::write_ledger(report, format, lang, &mut bytes);
            written.map_err(|e| Error::io("standard output", e, "report this as a fault"))?;
            return super::print(&String::from_utf8_lossy(&bytes));
        }
        let paths = outputs.map(|outputs| outputs.ledger(report, lang)).transpose()?;
        if global.quiet && paths.is_some() {
            return Ok(());
        }
        let mut out = export::ledger_tables(report, lang, super::width());
        if let Some(paths) = paths {
            let paths: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
            out.push_str(&format!("→ {}\n", paths.join("  ")));
        }
        super::print(&out)
    }
}
