//! Links for the proposals a report names, towards the policies it names: what [`super::verify`] takes as evidence.

use super::{Rarity, Sources, chain, named_sessions, resolve};
use crate::Result;
use crate::document::{Claim, Document, Entry, Kind, Library, Linked, Span, UnitId, UnitKind};
use crate::link::{Linker, Options, Query};
use crate::parse::claim::claims;
use crate::segment::Segmenter;
use std::collections::{BTreeSet, HashMap};

/// What linking found for a report.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// For the suggestions of the proposals it names.
    pub suggestions: Vec<Linked>,
    /// For the words in which it names them. They only lead to a clause: what they mean must stand in the proposal.
    pub phrases: Vec<Worded>,
}

/// The words of a claim for a suggestion, and the clauses of the named policies nearest to them.
#[derive(Debug, Clone)]
pub struct Worded {
    /// In the report.
    pub phrase: Span,
    /// Its candidates, best first.
    pub linked: Linked,
}

impl From<Vec<Linked>> for Links {
    fn from(suggestions: Vec<Linked>) -> Self {
        Self { suggestions, phrases: Vec::new() }
    }
}

/// Links every suggestion of the proposals that `report` names to the clauses of the policies it names (of all policies where it
/// names none of the library), and each claim's own words to the policies of that claim. What the report itself cites is no hint
/// to the linker: only replies are.
///
/// # Errors
/// Those of the linker.
pub fn links(report: &Document, library: &Library, segmenter: &Segmenter) -> Result<Links> {
    let (proposals, policies) = named(report, library);
    if proposals.is_empty() || library.of_kind(Kind::Policy).next().is_none() {
        return Ok(Links::default());
    }
    let options = Options { pool: policies.into_iter().collect(), candidates: 1, ..Options::default() };
    let mut linker = Linker::new(library, segmenter, options)?;
    let sources = Sources {
        report,
        library,
        linked: HashMap::new(),
        worded: HashMap::new(),
        sessions: Vec::new(),
        rarity: Rarity::new(library),
        counts: super::figures::Counts::default(),
    };
    let entries = proposals.iter().filter_map(|id| library.get(id));
    let queries: Vec<Query> = entries.flat_map(|entry| queries(entry, &sources)).collect();
    let suggestions = linker.link_all(&queries);
    let mut phrases = Vec::new();
    for claim in claims(&report.text).iter().filter(|c| !c.suggestions.is_empty()) {
        phrases.extend(worded(claim, report, library, &mut linker)?);
    }
    Ok(Links { suggestions, phrases })
}

/// The clauses of a claim's own policies that its words lead to; none where it names no policy of the library.
fn worded(claim: &Claim, report: &Document, library: &Library, linker: &mut Linker<'_>) -> Result<Vec<Worded>> {
    let found = claim.policies.iter().filter_map(|p| resolve::policy(p, &report.text, library).document);
    let pool: BTreeSet<String> = found.collect();
    if pool.is_empty() {
        return Ok(Vec::new());
    }
    linker.restrict(pool.into_iter().collect())?;
    let query = |phrase: &Span| {
        let id = UnitId { document: report.id.clone(), kind: UnitKind::Claim, ordinal: claim.ordinal };
        Worded { phrase: *phrase, linked: linker.link(&Query::new(id, phrase.of(&report.text))) }
    };
    Ok(claim.suggestions.iter().map(query).collect())
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
