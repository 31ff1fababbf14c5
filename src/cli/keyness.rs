//! `suyuan keyness`: Words that tell one part of the corpus from another (主题词)

use super::filters::Filters;
use super::texts::{Opened, Tabled, outcome};
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use serde::Serialize;
use suyuan::concord::{Keyness, KeynessRequest, keyness};
use suyuan::export::{keyness_grid, keyness_note};
use suyuan::search::{self, Query};
use suyuan::{Error, Result};

/// Words that are more frequent in one part of the corpus than in another (主题词)
///
/// QUERY and the query of --against are written as for `search` and name units: 类型:提案, 日期:2023, 单位:财政局, or a text that they
/// hold. The measures are log-likelihood (Rayson and Garside 2000), how sure, and log ratio (Hardie 2014), how large.
#[derive(Debug, Args)]
pub(super) struct KeynessArgs {
    /// The part to study, in one argument
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// The part to compare it with [default: everything else that passes the filters]
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true, help_heading = "Keyness")]
    against: Option<String>,
    /// How often a word must occur in both together at least
    #[arg(long, value_name = "N", default_value_t = 5, help_heading = "Keyness")]
    min_count: u64,
    /// In how many documents, where it is more frequent, at least
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "Keyness")]
    min_documents: u64,
    /// Which measure decides the order
    #[arg(long, value_enum, default_value_t = SortArg::Ll, help_heading = "Keyness")]
    sort: SortArg,
    /// The words that are rarer in the part studied
    #[arg(long, help_heading = "Keyness")]
    negative: bool,
    /// Words without meaning of their own too (的, 和, 在, …)
    #[arg(long, help_heading = "Keyness")]
    all_words: bool,
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
    /// Log ratio: how large
    Ratio,
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    against: &'a str,
    #[serde(flatten)]
    found: &'a Keyness,
}

impl KeynessArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let opened = Opened::new(global)?;
        let texts = opened.texts(&self.filters, false)?;
        let against = match &self.against {
            Some(typed) => texts.query(typed)?,
            None => self.filters.apply(Query::Not(Box::new(search::parse(&self.query)?.exactly())))?,
        };
        let (study, reference) = (texts.find(&texts.query(&self.query)?)?, texts.find(&against)?);
        let typed = self.against.as_deref().unwrap_or_default();
        for (part, typed) in [(&study, self.query.as_str()), (&reference, typed)] {
            if part.passages.is_empty() {
                let what = if typed.is_empty() { "the rest of the corpus" } else { typed };
                return Err(Error::usage(
                    format!("there is no text in {what}, and so nothing to compare"),
                    "widen the query, or name the other part with --against",
                ));
            }
        }
        let request = KeynessRequest {
            min_count: self.min_count,
            min_documents: self.min_documents,
            negative: self.negative,
            by_ratio: self.sort == SortArg::Ratio,
            meaning_only: !self.all_words,
            limit: self.limit,
        };
        let found = keyness(&study, &reference, &opened.segmenter, &request);
        let lang = global.lang.into();
        let grid = keyness_grid(&found, lang);
        self.tabled.write(&Answer { query: &self.query, against: typed, found: &found }, &grid, |width| match found
            .keywords
            .len()
        {
            0 => String::new(),
            _ => format!("{}{}\n", grid.table(width), keyness_note(&found, lang)),
        })?;
        Ok(outcome(found.found, &self.query, global))
    }
}
