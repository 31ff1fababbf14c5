//! `suyuan trace`: Link the suggestions of proposals to policy clauses

use super::library::Documents;
use super::names::{Named, listed, named};
use super::output::Output;
use super::{Global, Outcome};
use clap::Args;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;
use suyuan::document::{Entry, Kind, Lang, Library, Linked};
use suyuan::export;
use suyuan::link::{Linker, Models, Options, Query, share_context};
use suyuan::report::{self, Asked, Reason, Scope, TraceReport, Traced};
use suyuan::segment::Segmenter;
use suyuan::similar::Replies;
use suyuan::{Error, Result};

/// Link the suggestions of proposals to policy clauses
///
/// Prints a table; with --out DIR writes DIR/trace.md, .html, .csv and .json. What a person wrote in the last column of
/// DIR/trace.csv (人工复核) stays there. Ends with status 1 where no suggestion has a link.
#[derive(Debug, Args)]
pub(super) struct TraceArgs {
    /// Proposals by id, number or title [default: all]
    #[arg(value_name = "PROPOSAL")]
    proposals: Vec<String>,
    /// Link to this policy only, by id, number or title; may be repeated
    #[arg(long, value_name = "ID", help_heading = "Linking")]
    policy: Vec<String>,
    /// Link the suggestions in this JSONL or CSV file (proposal, suggestion, text, date) instead of those found in the proposals
    #[arg(long, value_name = "FILE", conflicts_with = "proposals", help_heading = "Linking")]
    suggestions: Option<PathBuf>,
    /// Least probability of a link, 0 to 1 [default: the model's own threshold]
    #[arg(long, value_name = "X", value_parser = probability, help_heading = "Linking")]
    min_score: Option<f64>,
    /// Add the K best-ranked clauses of every suggestion, with their scores, whatever their kind
    #[arg(long, value_name = "K", default_value_t = 0, help_heading = "Linking")]
    candidates: usize,
    /// Say for every link what spoke for and against it
    #[arg(long, help_heading = "Linking")]
    explain: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    documents: Documents,
}

fn probability(text: &str) -> std::result::Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err("not between 0 and 1".to_owned()) }
}

impl TraceArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let lang = global.lang.into();
        // Reviews are read before the outputs are opened, and the outputs before the work starts.
        let reviews = self.output.reviews()?;
        let place = self.output.open::<TraceReport>()?;
        let loaded = self.documents.load(global)?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let mut report = self.trace(&loaded.library, &segmenter, global.models()?)?;
        reviews.apply(&mut report, lang);
        place.write(&report, global, |width| self.table(&report, lang, width))?;
        Ok(match (loaded.failed, report.found()) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Found,
            (false, false) => Outcome::Nothing,
        })
    }

    fn trace(&self, library: &Library, segmenter: &Segmenter, models: Models) -> Result<TraceReport> {
        let replies = Replies::new(library);
        let (asked, proposals) = self.asked(library, &replies)?;
        let policies = self.policies(library)?;
        let options = Options { threshold: self.min_score, candidates: self.candidates, pool: policies.clone() };
        let linker = Linker::new(library, segmenter, models, options)?;
        let mut queries: Vec<Query> = asked.iter().map(Asked::query).collect();
        share_context(&mut queries);
        let linked = linker.link_all(&queries);
        let explain = |(linked, query): (Linked, &Query)| {
            let reasons = if self.explain { reasons(&linker, query, &linked) } else { Vec::new() };
            (linked, reasons)
        };
        let found: Vec<_> = linked.into_par_iter().zip(&queries).map(explain).collect();
        let traced = asked.into_iter().zip(found).map(|(asked, (linked, reasons))| Traced { asked, linked, reasons });
        let scope = Scope { proposals, policies, min_score: self.min_score };
        Ok(report::trace(library, &replies, &scope, traced.collect()))
    }

    /// What to ask, and the proposals it comes from.
    fn asked(&self, library: &Library, replies: &Replies<'_>) -> Result<(Vec<Asked>, Vec<String>)> {
        if let Some(path) = &self.suggestions {
            let mut asked = report::given(path)?;
            report::complete(replies, &mut asked, |name| match named(library, name, Some(Kind::Proposal)) {
                Named::One(entry) => Some(entry),
                Named::Many(_) | Named::None(_) => None,
            });
            let mut seen = BTreeSet::new();
            let proposals = asked.iter().filter(|a| seen.insert(&a.proposal)).map(|a| a.proposal.clone()).collect();
            return Ok((asked, proposals));
        }
        let mut chosen =
            self.proposals.iter().map(|name| one(library, name, Kind::Proposal)).collect::<Result<Vec<_>>>()?;
        if chosen.is_empty() {
            chosen = library.of_kind(Kind::Proposal).collect();
        }
        if chosen.is_empty() {
            let remedy = "index proposals too, or give their suggestions with --suggestions FILE";
            return Err(Error::usage("there is no proposal among the documents", remedy));
        }
        let mut seen = BTreeSet::new();
        chosen.retain(|entry| seen.insert(&entry.document.id));
        let proposals = chosen.iter().map(|entry| entry.document.id.clone()).collect();
        Ok((report::of_library(library, replies, &chosen), proposals))
    }

    fn policies(&self, library: &Library) -> Result<Vec<String>> {
        if library.of_kind(Kind::Policy).next().is_none() {
            return Err(Error::usage(
                "there is no policy among the documents",
                "index the policies to compare with too",
            ));
        }
        let named = self.policy.iter().map(|name| one(library, name, Kind::Policy));
        named.map(|entry| Ok(entry?.document.id.clone())).collect()
    }

    fn table(&self, report: &TraceReport, lang: Lang, width: u16) -> String {
        let mut out = export::trace_table(report, lang, width);
        if self.explain {
            out.push_str(&export::explained(report, lang));
        }
        out
    }
}

fn reasons(linker: &Linker<'_>, query: &Query, linked: &Linked) -> Vec<Vec<Reason>> {
    let of = |clause| {
        let reasons = linker.explain(query, clause).map(|e| e.reasons).unwrap_or_default();
        let plain = |r: suyuan::link::Reason| Reason {
            feature: r.feature.to_owned(),
            value: r.value,
            contribution: r.contribution,
        };
        reasons.into_iter().map(plain).collect()
    };
    linked.links.iter().map(|link| of(&link.clause)).collect()
}

/// The one document of `kind` that `name` stands for.
fn one<'a>(library: &'a Library, name: &str, kind: Kind) -> Result<&'a Entry> {
    let word = if kind == Kind::Policy { "policy" } else { "proposal" };
    match named(library, name, Some(kind)) {
        Named::One(entry) => Ok(entry),
        Named::Many(entries) => {
            let remedy = format!("give one of the ids: {}", listed(&entries));
            Err(Error::usage(format!("{name} stands for more than one {word}"), remedy))
        }
        Named::None(nearest) if nearest.is_empty() => {
            Err(Error::usage(format!("there is no {word} {name}"), "see the ids with `suyuan search`"))
        }
        Named::None(nearest) => {
            Err(Error::usage(format!("there is no {word} {name}"), format!("the nearest: {}", listed(&nearest))))
        }
    }
}
