//! How often the nodes of a query stand in a corpus and in its parts, and how evenly they are spread over its documents.

use super::facet::{Facets, Values, rising};
use super::measure::{Part, deviation_of_proportions, juilland_d, per_million};
use super::words::{nodes_in, sizes};
use crate::search::Every;
use crate::segment::Segmenter;
use serde::Serialize;
use std::collections::BTreeMap;

/// One query in one group of the corpus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frequency {
    /// The query as typed.
    pub query: String,
    /// The group: one value for each facet.
    pub values: Values,
    /// Nodes.
    pub occurrences: u64,
    /// Nodes per million words of the group.
    pub per_million: f64,
    /// Documents with a node, and all of the group.
    pub documents: usize,
    /// As above.
    pub all_documents: usize,
    /// Words of the group.
    pub words: u64,
    /// Deviation of proportions over the group's documents; `None` without a node.
    pub dp: Option<f64>,
    /// Juilland's D over the group's documents.
    pub juilland_d: Option<f64>,
}

/// The frequencies of several queries in one corpus, whose sizes are counted once.
pub struct Base<'a> {
    corpus: &'a Every,
    facets: &'a Facets,
    sizes: Vec<u64>,
}

impl<'a> Base<'a> {
    /// Counts the words of `corpus`, which is every unit that may hold a node.
    pub fn new(corpus: &'a Every, facets: &'a Facets, segmenter: &Segmenter) -> Self {
        Self { corpus, facets, sizes: sizes(segmenter, &corpus.passages) }
    }

    /// The frequencies of the nodes in `found`, group by group, rising by the groups' values. Groups without a node are
    /// among them.
    pub fn frequencies(&self, query: &str, found: &Every) -> Vec<Frequency> {
        let nodes = nodes_in(self.corpus, found);
        let mut groups: BTreeMap<Values, BTreeMap<usize, Part>> = BTreeMap::new();
        for (i, passage) in self.corpus.passages.iter().enumerate() {
            let group = groups.entry(self.facets.of(passage)).or_default();
            let part = group.entry(passage.document).or_insert(Part { count: 0, size: 0 });
            part.size += self.sizes[i];
            part.count += nodes.get(&i).map_or(0, |n| n.len() as u64);
        }
        let frequency = |(values, documents): (Values, BTreeMap<usize, Part>)| {
            let parts: Vec<Part> = documents.into_values().collect();
            let (occurrences, words) = (parts.iter().map(|p| p.count).sum(), parts.iter().map(|p| p.size).sum());
            Frequency {
                query: query.to_owned(),
                values,
                occurrences,
                per_million: per_million(occurrences, words),
                documents: parts.iter().filter(|p| p.count > 0).count(),
                all_documents: parts.len(),
                words,
                dp: deviation_of_proportions(&parts),
                juilland_d: juilland_d(&parts),
            }
        };
        let mut all: Vec<Frequency> = groups.into_iter().map(frequency).collect();
        all.sort_by(|a, b| rising(&a.values, &b.values));
        all
    }
}
