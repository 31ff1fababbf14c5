//! `suyuan ledger`: Recount a ledger (台账): figures, deadlines, gaps

use super::library::Documents;
use super::output::Output;
use super::{Global, Outcome};
use clap::Args;
use std::path::PathBuf;
use suyuan::document::Date;
use suyuan::export;
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
    #[command(flatten)]
    output: Output,
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

impl LedgerArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let place = self.output.open::<LedgerReport>()?;
        let clock = || Error::usage("the system's clock gives no day", "give one with --today 2023-11-30");
        let today = self.today.or_else(ledger::today).ok_or_else(clock)?;
        if today.day().is_none() {
            return Err(Error::usage(format!("--today {today} is not a whole day"), "write --today 2023-11-30"));
        }
        let read = ledger::read(&self.file, &self.reading.options()?)?;
        let loaded = self.documents.load_if_any(global)?;
        let report = report::ledger(read, today, self.due_in, loaded.as_ref().map(|l| &l.library));
        place.write(&report, global, |width| export::ledger_tables(&report, global.lang.into(), width))?;
        let failed = loaded.is_some_and(|l| l.failed);
        Ok(match (failed, report.figures.total) {
            (true, _) => Outcome::Failed,
            (false, 0) => Outcome::Nothing,
            (false, _) => Outcome::Found,
        })
    }
}
