//! Links for the proposals a report names, towards the policies it names: what [`super::verify`] takes as evidence.

use super::{Rarity, Sources, chain, named_sessions, resolve};
use crate::Result;
use crate::document::{Claim, Document, Entry, Kind, Library, Linked, Span, UnitId, UnitKind};
use crate::link::{Linker, Models, Options, Query, share_context};
use crate::parse::claim::claims;
use crate::segment::Segmenter;
use rayon::prelude::*;
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
pub fn links(report: &Document, library: &Library, segmenter: &Segmenter, models: &Models) -> Result<Links> {
    Finder::new(library, segmenter, models)?.links(report)
}

/// Finds the links of many reports on one library: policies are read once, and no suggestion is linked twice to the same policies.
pub struct Finder<'a> {
    library: &'a Library,
    linker: Linker<'a>,
    known: HashMap<(Vec<String>, String), Linked>,
}

impl<'a> Finder<'a> {
    /// Reads the policies of `library`.
    ///
    /// # Errors
    /// Those of the linker.
    pub fn new(library: &'a Library, segmenter: &'a Segmenter, models: &Models) -> Result<Self> {
        let options = Options { candidates: 1, ..Options::default() };
        Ok(Self { library, linker: Linker::new(library, segmenter, models.clone(), options)?, known: HashMap::new() })
    }

    /// The links of one report; see [`links()`].
    ///
    /// # Errors
    /// Those of the linker.
    pub fn links(&mut self, report: &Document) -> Result<Links> {
        let (proposals, policies) = named(report, self.library);
        if proposals.is_empty() || self.library.of_kind(Kind::Policy).next().is_none() {
            return Ok(Links::default());
        }
        let library = self.library;
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
        let mut suggestions = self.linked(&queries, policies.into_iter().collect())?;
        Linker::merge(&mut suggestions);
        let mut phrases = Vec::new();
        for claim in claims(&report.text).iter().filter(|c| !c.suggestions.is_empty()) {
            phrases.extend(self.worded(claim, report)?);
        }
        Ok(Links { suggestions, phrases })
    }

    /// The answers to `queries` among the clauses of `pool`, in their order.
    fn linked(&mut self, queries: &[Query], pool: Vec<String>) -> Result<Vec<Linked>> {
        // The words of a report are asked for themselves, wherever they stand in it.
        let name = |id: &UnitId| if id.kind == UnitKind::Claim { String::new() } else { id.to_string() };
        let key = |query: &Query| (pool.clone(), format!("{}\n{}", name(&query.id), query.text));
        let new: Vec<&Query> = queries.iter().filter(|q| !self.known.contains_key(&key(q))).collect();
        if !new.is_empty() {
            self.linker.restrict(pool.clone())?;
            let linked: Vec<Linked> = new.par_iter().map(|query| self.linker.link(query)).collect();
            self.known.extend(new.iter().map(|q| key(q)).zip(linked));
        }
        Ok(queries.iter().filter_map(|q| self.known.get(&key(q)).cloned()).collect())
    }

    /// The clauses of a claim's own policies that its words lead to; none where it names no policy of the library.
    fn worded(&mut self, claim: &Claim, report: &Document) -> Result<Vec<Worded>> {
        let found = claim.policies.iter().filter_map(|p| resolve::policy(p, &report.text, self.library).document);
        let pool: BTreeSet<String> = found.collect();
        if pool.is_empty() {
            return Ok(Vec::new());
        }
        let query = |phrase: &Span| {
            let id = UnitId { document: report.id.clone(), kind: UnitKind::Claim, ordinal: claim.ordinal };
            Query::new(id, phrase.of(&report.text))
        };
        let queries: Vec<Query> = claim.suggestions.iter().map(query).collect();
        let linked = self.linked(&queries, pool.into_iter().collect())?;
        Ok(claim.suggestions.iter().zip(linked).map(|(phrase, linked)| Worded { phrase: *phrase, linked }).collect())
    }
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
    let mut queries: Vec<Query> = query.collect();
    share_context(&mut queries);
    queries
}
