//! Links for the proposals a report names, towards the policies it names: what [`super::verify`] takes as evidence.

use super::{Rarity, Sources, chain, named_sessions, resolve};
use crate::Result;
use crate::document::{Document, Entry, Kind, Library, Linked};
use crate::link::{Linker, Options, Query};
use crate::parse::claim::claims;
use crate::segment::Segmenter;
use std::collections::{BTreeSet, HashMap};

/// Links every suggestion of the proposals that `report` names to the clauses of the policies it names (of all policies where it
/// names none of the library). What the report itself cites is no hint to the linker: only replies are.
///
/// # Errors
/// Those of the linker.
pub fn links(report: &Document, library: &Library, segmenter: &Segmenter) -> Result<Vec<Linked>> {
    let (proposals, policies) = named(report, library);
    if proposals.is_empty() || library.of_kind(Kind::Policy).next().is_none() {
        return Ok(Vec::new());
    }
    let options = Options { pool: policies.into_iter().collect(), ..Options::default() };
    let linker = Linker::new(library, segmenter, options)?;
    let sources = Sources {
        report,
        library,
        linked: HashMap::new(),
        sessions: Vec::new(),
        rarity: Rarity::new(library),
        counts: super::figures::Counts::default(),
    };
    let entries = proposals.iter().filter_map(|id| library.get(id));
    let queries: Vec<Query> = entries.flat_map(|entry| queries(entry, &sources)).collect();
    Ok(linker.link_all(&queries))
}

/// The proposals and policies of the library that the claims of `report` name, by id.
fn named(report: &Document, library: &Library) -> (BTreeSet<String>, BTreeSet<String>) {
    let sessions = named_sessions(report);
    let (mut proposals, mut policies) = (BTreeSet::new(), BTreeSet::new());
    for claim in claims(&report.text) {
        let found = claim.proposals.iter().map(|p| resolve::proposal(p, &report.text, library, &sessions));
        proposals.extend(found.filter_map(|r| r.document));
        let found = claim.policies.iter().map(|p| resolve::policy(p, &report.text, library));
        policies.extend(found.filter_map(|r| r.document));
    }
    (proposals, policies)
}

fn queries(entry: &Entry, sources: &Sources<'_>) -> Vec<Query> {
    let sections = chain::sections(entry, sources);
    let suggestions = entry.parsed.suggestions.iter().zip(sections);
    let query = suggestions.map(|(suggestion, section)| Query {
        offset: suggestion.span.start,
        date: entry.document.date,
        cited: section.map_or_else(Vec::new, |(reply, s)| chain::cited(reply, s, sources.library)),
        ..Query::new(suggestion.id(&entry.document), entry.text(suggestion.span))
    });
    query.collect()
}
