//! `suyuan kwic`: Concordance of a query (上下文索引)

use super::filters::Filters;
use super::texts::{Answer, Opened, Tabled, looks_for_text, no_text, outcome};
use super::{Global, Outcome};
use clap::Args;
use std::io::IsTerminal;
use suyuan::Result;
use suyuan::concord::{Context, Key, concordance};
use suyuan::export::{concordance_grid, concordance_lines, concordance_note};

/// Concordance of a query: every occurrence with its context (上下文索引)
///
/// QUERY is written as for `search`; each of its texts is looked for exactly as it is written.
#[derive(Debug, Args)]
pub(super) struct KwicArgs {
    /// What to list, in one argument
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// Context on each side, in characters (20) or in words (5w)
    #[arg(long, value_name = "N", default_value = "20", help_heading = "Concordance")]
    context: Context,
    /// Order of the lines: left, right, node, date, L1 to L9, R1 to R9 (nth word), one after the other [default: as they
    /// stand in the corpus]
    #[arg(long, value_name = "KEY,…", value_delimiter = ',', help_heading = "Concordance")]
    sort: Vec<Key>,
    /// Only occurrences that begin and end where words do
    #[arg(long, help_heading = "Concordance")]
    whole_words: bool,
    /// Print N lines spread evenly over all, instead of the first
    #[arg(long, value_name = "N", conflicts_with = "limit", help_heading = "Concordance")]
    sample: Option<usize>,
    #[command(flatten)]
    filters: Filters,
    /// Most lines to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 100, help_heading = "Output")]
    limit: usize,
    #[command(flatten)]
    tabled: Tabled,
}

impl KwicArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let opened = Opened::new(global)?;
        let texts = opened.texts(&self.filters, self.whole_words)?;
        let query = texts.query(&self.query)?;
        if !looks_for_text(&query) {
            return Err(no_text(&self.query));
        }
        let found = texts.find(&query)?;
        let shown = (self.sample.unwrap_or(self.limit), self.sample.is_some());
        let found = concordance(&opened.index, &opened.segmenter, &found, self.context, &self.sort, shown)?;
        let lang = global.lang.into();
        let marks = if std::io::stdout().is_terminal() { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("【", "】") };
        let answer = Answer { query: &self.query, found: &found };
        self.tabled.write(&answer, &concordance_grid(&found, lang), |width| match found.total {
            0 => String::new(),
            _ => format!("{}{}\n", concordance_lines(&found, marks, width), concordance_note(&found, lang)),
        })?;
        Ok(outcome(found.total, &self.query, global))
    }
}
