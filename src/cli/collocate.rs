//! `suyuan collocate`: Words that stand near a text (搭配)

use super::filters::Filters;
use super::texts::{Answer, Opened, Tabled, looks_for_text, no_text, outcome};
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use suyuan::Result;
use suyuan::concord::{Order, Settings, Window, collocations};
use suyuan::export::{collocations_grid, collocations_note};

/// Words that stand near a text more often than chance would have it (搭配)
///
/// QUERY is written as for `search`; each of its texts is looked for exactly as it is written. The measures are log-likelihood
/// (Dunning 1993), PMI (Church and Hanks 1990) and NPMI (Bouma 2009), against all units that pass the filters.
#[derive(Debug, Args)]
pub(super) struct CollocateArgs {
    /// The node, in one argument
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// What counts as near: words on each side (5), to the left and right (2,5), or the whole clause or other unit (unit)
    #[arg(long, value_name = "N|L,R|unit", default_value = "5", help_heading = "Collocation")]
    window: Window,
    /// How often a word must stand near at least
    #[arg(long, value_name = "N", default_value_t = 3, help_heading = "Collocation")]
    min_count: u64,
    /// Which measure decides the order
    #[arg(long, value_enum, default_value_t = SortArg::Ll, help_heading = "Collocation")]
    sort: SortArg,
    /// Words without meaning of their own too (的, 和, 在, …)
    #[arg(long, help_heading = "Collocation")]
    all_words: bool,
    /// Only occurrences that begin and end where words do
    #[arg(long, help_heading = "Collocation")]
    whole_words: bool,
    #[command(flatten)]
    filters: Filters,
    /// Most words to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 30, help_heading = "Output")]
    limit: usize,
    #[command(flatten)]
    tabled: Tabled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SortArg {
    /// Log-likelihood: how sure
    Ll,
    /// Normalised mutual information: how exclusive
    Npmi,
    /// Mutual information, which favours rare words
    Pmi,
    /// How often together
    Count,
}

impl CollocateArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let opened = Opened::new(global)?;
        let texts = opened.texts(&self.filters, self.whole_words)?;
        let query = texts.query(&self.query)?;
        if !looks_for_text(&query) {
            return Err(no_text(&self.query));
        }
        let settings = Settings {
            window: self.window,
            min_count: self.min_count,
            order: match self.sort {
                SortArg::Ll => Order::LogLikelihood,
                SortArg::Npmi => Order::Npmi,
                SortArg::Pmi => Order::Pmi,
                SortArg::Count => Order::Count,
            },
            meaning_only: !self.all_words,
            limit: self.limit,
        };
        let found = collocations(&texts.frame(&query)?, &texts.find(&query)?, &opened.segmenter, &settings);
        let lang = global.lang.into();
        let grid = collocations_grid(&found, lang);
        self.tabled.write(&Answer { query: &self.query, found: &found }, &grid, |width| {
            match found.collocates.len() {
                0 => String::new(),
                _ => format!("{}{}\n", grid.table(width), collocations_note(&found, lang)),
            }
        })?;
        Ok(outcome(found.found, &self.query, global))
    }
}
