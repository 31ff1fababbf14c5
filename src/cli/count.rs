//! `suyuan count`: Count what a query finds

use super::filters::Filters;
use super::texts::{Drawn, Opened, looks_for_text, outcome};
use super::{Global, Outcome};
use clap::Args;
use serde::Serialize;
use suyuan::Result;
use suyuan::concord::{Facet, Facets, Group, count};
use suyuan::export::{count_chart, count_grid};

/// Count what a query finds, by year, kind, issuer, region, …
///
/// QUERY is written as for `search`; each of its texts is looked for exactly as it is written; * is everything.
#[derive(Debug, Args)]
pub(super) struct CountArgs {
    /// What to count, in one argument
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// What to count by: year, month, kind, unit, issuer, region, session, class, document, one within the other
    #[arg(long, value_name = "FACET,…", value_delimiter = ',', default_value = "kind", help_heading = "Counting")]
    by: Vec<Facet>,
    /// Only occurrences that begin and end where words do
    #[arg(long, help_heading = "Counting")]
    whole_words: bool,
    #[command(flatten)]
    filters: Filters,
    /// Most groups to print [default: all]
    #[arg(long, short = 'n', value_name = "N", help_heading = "Output")]
    limit: Option<usize>,
    #[command(flatten)]
    drawn: Drawn,
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    by: Vec<&'static str>,
    all: &'a Group,
    groups: &'a [Group],
}

impl CountArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let opened = Opened::new(global)?;
        let texts = opened.texts(&self.filters, self.whole_words)?;
        let query = texts.query(&self.query)?;
        let nodes = looks_for_text(&query);
        let mut found = texts.find(&query)?;
        if nodes {
            found.passages.retain(|p| !p.highlights.is_empty());
        }
        let lang = global.lang.into();
        let facets = Facets::read(&opened.index, &found, &self.by, lang)?;
        let mut groups = count(&found, &facets, self.by.iter().any(|f| f.is_time()));
        let whole = count(&found, &Facets::read(&opened.index, &found, &[], lang)?, false);
        groups.truncate(self.limit.unwrap_or(usize::MAX));
        let Some(all) = whole.first() else { return Ok(outcome(0, &self.query, global)) };
        let grid = count_grid(&groups, &self.by, Some(all), nodes, lang);
        let chart = count_chart(&self.query, &groups, &self.by, nodes, lang);
        let by = self.by.iter().map(|f| f.name()).collect();
        self.drawn.write(&Answer { query: &self.query, by, all, groups: &groups }, &grid, &chart)?;
        Ok(outcome(all.units, &self.query, global))
    }
}
