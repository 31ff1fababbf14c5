//! Counts of units, documents and nodes, broken down by facets.

use super::facet::{Facets, Values, rising};
use crate::search::Every;
use serde::Serialize;
use std::collections::BTreeMap;

/// What stands in one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// One value for each facet; `None` where it is not known.
    pub values: Values,
    /// Nodes.
    pub occurrences: usize,
    /// Units that match.
    pub units: usize,
    /// Documents they stand in.
    pub documents: usize,
}

/// Counts what was found by the facets that were read of it: groups by their values where these follow each other in time
/// (`in_time`), else the largest first.
pub fn count(found: &Every, facets: &Facets, in_time: bool) -> Vec<Group> {
    #[derive(Default)]
    struct Sum {
        units: usize,
        documents: usize,
        occurrences: usize,
        last: Option<usize>,
    }
    let mut groups: BTreeMap<Values, Sum> = BTreeMap::new();
    for passage in &found.passages {
        let sum = groups.entry(facets.of(passage)).or_default();
        sum.units += 1;
        sum.occurrences += passage.highlights.len();
        sum.documents += usize::from(sum.last != Some(passage.document)); // the passages of a document stand together
        sum.last = Some(passage.document);
    }
    let group = |(values, sum): (Values, Sum)| {
        let Sum { units, documents, occurrences, .. } = sum;
        Group { values, units, documents, occurrences }
    };
    let mut groups: Vec<Group> = groups.into_iter().map(group).collect();
    groups.sort_by(|a, b| {
        let size =
            if in_time { std::cmp::Ordering::Equal } else { (b.occurrences, b.units).cmp(&(a.occurrences, a.units)) };
        size.then_with(|| rising(&a.values, &b.values))
    });
    groups
}
