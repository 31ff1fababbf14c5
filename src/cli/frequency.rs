//! `suyuan frequency`: How often, and how evenly

use super::filters::Filters;
use super::texts::{Drawn, Opened, looks_for_text, no_text, outcome};
use super::{Global, Outcome};
use clap::Args;
use suyuan::Result;
use suyuan::concord::{Base, Facet, Facets, Frequency};
use suyuan::export::{frequency_chart, frequency_grid};
use suyuan::search::Query;

/// How often texts occur, also per million words, over time, and how evenly they are spread
///
/// Each QUERY is written as for `search`; each of its texts is looked for exactly as it is written. DP is Gries' deviation of
/// proportions over the documents (0 even, 1 all in one), D is Juilland's D (1 even, 0 all in one).
#[derive(Debug, Args)]
pub(super) struct FrequencyArgs {
    /// What to count, one argument each
    #[arg(value_name = "QUERY", required = true)]
    queries: Vec<String>,
    /// Break down by year, month, kind, unit, issuer, region, session, class, document, one within the other
    #[arg(long, value_name = "FACET,…", value_delimiter = ',', help_heading = "Counting")]
    by: Vec<Facet>,
    /// Only occurrences that begin and end where words do
    #[arg(long, help_heading = "Counting")]
    whole_words: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    drawn: Drawn,
}

impl FrequencyArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let opened = Opened::new(global)?;
        let texts = opened.texts(&self.filters, self.whole_words)?;
        let lang = global.lang.into();
        let read = |typed: &String| match texts.query(typed) {
            Ok(query) if !looks_for_text(&query) => Err(no_text(typed)),
            other => other,
        };
        let queries: Vec<Query> = self.queries.iter().map(read).collect::<Result<_>>()?;
        let mut frequencies: Vec<Vec<Frequency>> = vec![Vec::new(); queries.len()];
        let mut frames: Vec<Query> = Vec::new();
        queries.iter().map(Query::frame).for_each(|f| {
            if !frames.contains(&f) {
                frames.push(f)
            }
        });
        for frame in frames {
            // Queries with the same conditions share a corpus, whose words are counted once.
            let corpus = texts.frame(&frame)?;
            let facets = Facets::read(&opened.index, &corpus, &self.by, lang)?;
            let base = Base::new(&corpus, &facets, &opened.segmenter);
            for (i, query) in queries.iter().enumerate().filter(|(_, q)| q.frame() == frame) {
                frequencies[i] = base.frequencies(&self.queries[i], &texts.find(query)?);
            }
        }
        let all: Vec<Frequency> = frequencies.into_iter().flatten().collect();
        let (grid, chart) = (frequency_grid(&all, &self.by, lang), frequency_chart(&all, &self.by, lang));
        self.drawn.write(&all, &grid, &chart)?;
        let occurrences: u64 = all.iter().map(|f| f.occurrences).sum();
        Ok(outcome(occurrences as usize, &self.queries.join(" "), global))
    }
}
