//! Groups of nearly identical documents in a whole library (查重, 并案).
//!
//! Candidates are the pairs whose MinHash signatures agree in a band (Broder 1997; bands: Leskovec, Rajaraman & Ullman 2014);
//! their shingles are then compared exactly, so that nothing is grouped by chance. A pair at the least share asked for is missed with a
//! probability of at most 1 in 100. A group is what is connected by pairs.

use super::difference::{Difference, differences};
use super::shingle::{HASHES, Shingles};
use crate::document::{Date, Document, Kind};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Shorter texts, in shingles, are left out: 已收悉 resembles 已收悉 and says nothing.
const SHORTEST: usize = 40;
/// The probability with which a pair at the least share may be missed.
const MISSED: f64 = 0.01;

/// The nearly identical documents of a library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Duplicates {
    /// The least share of text that connects two documents.
    pub least: f64,
    /// How many documents were compared.
    pub documents: usize,
    /// The groups, the largest first, then by the id of the first document.
    pub groups: Vec<Group>,
}

/// Documents that are nearly identical, the earliest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The earliest by date, then by id; the others are compared with it.
    pub first: Member,
    /// The others, by date and id.
    pub others: Vec<Copy>,
}

/// A document of a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The id of its record.
    pub document: String,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its 提案号 or 文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its session as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Whether it is marked as fiction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
}

/// A document that nearly repeats the first of its group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// The document.
    #[serde(flatten)]
    pub member: Member,
    /// The share of the text of both that both have: 0 to 1.
    pub share: f64,
    /// The share of its own text that stands in the first.
    pub repeated: f64,
    /// Where the two differ.
    pub differences: Vec<Difference>,
}

impl Member {
    /// The document as a group names it.
    pub fn new(document: &Document) -> Self {
        Self {
            document: document.id.clone(),
            kind: document.kind,
            title: document.title.clone(),
            number: document.number.as_ref().map(|n| n.value.clone()),
            session: document.session.as_ref().map(|s| s.printed.clone()),
            issuer: document.issuer.clone(),
            date: document.date,
            sample: document.source.sample,
        }
    }
}

/// The groups of `documents` (by id) whose members are connected by pairs that share at least `least` of their text (0 to 1).
pub fn duplicates(documents: &[&Document], least: f64) -> Duplicates {
    let shingles: Vec<Shingles> = documents.par_iter().map(|d| Shingles::of(&d.text)).collect();
    let mut parents: Vec<usize> = (0..documents.len()).collect();
    for (a, b) in candidates(&shingles, least) {
        let (x, y) = (root(&mut parents, a), root(&mut parents, b));
        // What is connected already need not be compared.
        if x != y && shingles[a].resemblance(&shingles[b]) >= least {
            parents[x.max(y)] = x.min(y);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..documents.len() {
        groups.entry(root(&mut parents, at)).or_default().push(at);
    }
    let groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    let mut groups: Vec<Group> = groups.into_par_iter().map(|group| describe(documents, &shingles, group)).collect();
    groups.sort_by(|a, b| b.others.len().cmp(&a.others.len()).then_with(|| a.first.document.cmp(&b.first.document)));
    Duplicates { least, documents: documents.len(), groups }
}

fn describe(documents: &[&Document], shingles: &[Shingles], mut group: Vec<usize>) -> Group {
    group
        .sort_by_key(|&at| (documents[at].date.map_or((u16::MAX, None, None), |d| (d.year(), d.month(), d.day())), at));
    let first = group[0];
    let copy = |&at: &usize| Copy {
        member: Member::new(documents[at]),
        share: super::rounded(shingles[at].resemblance(&shingles[first])),
        repeated: super::rounded(shingles[at].contained_in(&shingles[first])),
        differences: differences(&documents[first].text, &documents[at].text),
    };
    Group { first: Member::new(documents[first]), others: group[1..].iter().map(copy).collect() }
}

/// The pairs whose signatures agree in all rows of some band.
fn candidates(shingles: &[Shingles], least: f64) -> BTreeSet<(usize, usize)> {
    let rows = rows(least);
    let long: Vec<usize> = (0..shingles.len()).filter(|&at| shingles[at].len() >= SHORTEST).collect();
    let signatures: Vec<[u32; HASHES]> = long.par_iter().map(|&at| shingles[at].signature()).collect();
    let bands: Vec<usize> = (0..HASHES / rows).collect();
    let pairs = bands.into_par_iter().map(|band| {
        let mut buckets: FxHashMap<&[u32], Vec<usize>> = FxHashMap::default();
        for (signature, &at) in signatures.iter().zip(&long) {
            buckets.entry(&signature[band * rows..(band + 1) * rows]).or_default().push(at);
        }
        let pairs = |all: &Vec<usize>| {
            let after = |(i, &a): (usize, &usize)| all[i + 1..].iter().map(move |&b| (a, b)).collect::<Vec<_>>();
            all.iter().enumerate().flat_map(after).collect::<Vec<_>>()
        };
        buckets.values().flat_map(pairs).collect::<Vec<_>>()
    });
    pairs.flatten().collect()
}

/// The most rows a band may have for a pair that shares `least` to be missed seldom enough.
fn rows(least: f64) -> usize {
    let missed = |rows: &usize| (1.0 - least.powf(*rows as f64)).powf((HASHES / rows) as f64);
    (1..=16).rev().find(|rows| missed(rows) <= MISSED).unwrap_or(1)
}

/// The least member of what `at` is connected with.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_grow_with_the_least_share() {
        assert!(rows(0.3) < rows(0.6) && rows(0.6) < rows(0.9), "{} {} {}", rows(0.3), rows(0.6), rows(0.9));
        assert!((1.0 - 0.6_f64.powf(rows(0.6) as f64)).powf((HASHES / rows(0.6)) as f64) <= MISSED);
    }

    #[test]
    fn what_is_connected_through_another_is_one_group() {
        let mut parents = vec![0, 0, 1, 3];
        assert_eq!((root(&mut parents, 2), root(&mut parents, 3)), (0, 3));
    }
}
