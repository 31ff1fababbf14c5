//! Terms of proposals with what they weigh: BM25 over weighted term counts, and cosines.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Saturation of a term's count in a proposal, and how much a proposal's length matters (Robertson & Walker 1994).
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// Saturation of a term's count in the query.
const K3: f64 = 8.0;

/// Terms with their weighted counts, in an order that does not depend on hashing: sums of floats must not either.
pub(super) type Bag = BTreeMap<String, f32>;

/// An inverted index of bags.
pub(super) struct Space {
    terms: FxHashMap<String, Vec<(usize, f32)>>,
    lengths: Vec<f64>,
    mean: f64,
}

impl Space {
    /// The bags of all proposals, in their order.
    pub(super) fn new(bags: Vec<Bag>) -> Self {
        let lengths: Vec<f64> = bags.iter().map(length).collect();
        let mean = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        let mut terms: FxHashMap<String, Vec<(usize, f32)>> = FxHashMap::default();
        for (at, bag) in bags.into_iter().enumerate() {
            for (term, count) in bag {
                terms.entry(term).or_default().push((at, count));
            }
        }
        Self { terms, lengths, mean: mean.max(1.0) }
    }

    /// For every proposal, its BM25 score as a share of what the query scores against itself.
    pub(super) fn shares(&self, query: &Bag) -> Vec<f64> {
        let mut scores = vec![0.0; self.lengths.len()];
        let mut itself = 0.0;
        let own = length(query);
        for (term, count) in query {
            let weight = self.rarity(term) * asked(*count);
            itself += weight * self.saturated(*count, own);
            for (at, found) in self.postings(term) {
                scores[*at] += weight * self.saturated(*found, self.lengths[*at]);
            }
        }
        scores.iter_mut().for_each(|score| *score /= f64::max(itself, f64::MIN_POSITIVE));
        scores
    }

    /// The terms that the proposal `at` shares with `query` and what each adds to its BM25 score, most first.
    pub(super) fn shared(&self, query: &Bag, at: usize) -> Vec<(String, f64)> {
        let weight = |(term, count): (&String, &f32)| {
            let found = self.postings(term);
            let found = found[found.binary_search_by_key(&at, |(at, _)| *at).ok()?].1;
            let weight = self.rarity(term) * asked(*count) * self.saturated(found, self.lengths[at]);
            Some((term.clone(), weight))
        };
        let mut shared: Vec<(String, f64)> = query.iter().filter_map(weight).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1));
        shared
    }

    /// The cosine of two bags, terms weighted by rarity.
    pub(super) fn cosine(&self, a: &Bag, b: &Bag) -> f64 {
        let weight = |term: &str, count: f32| (1.0 + f64::from(count).ln().max(0.0)) * self.rarity(term);
        let norm = |bag: &Bag| bag.iter().map(|(t, c)| weight(t, *c).powi(2)).sum::<f64>().sqrt();
        let product = |(term, count): (&String, &f32)| Some(weight(term, *count) * weight(term, *b.get(term)?));
        let dot: f64 = a.iter().filter_map(product).sum();
        if dot > 0.0 { dot / (norm(a) * norm(b)) } else { 0.0 }
    }

    fn postings(&self, term: &str) -> &[(usize, f32)] {
        self.terms.get(term).map_or(&[], Vec::as_slice)
    }

    fn rarity(&self, term: &str) -> f64 {
        let (all, having) = (self.lengths.len() as f64, self.postings(term).len() as f64);
        (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
    }

    fn saturated(&self, count: f32, length: f64) -> f64 {
        let count = f64::from(count);
        count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length / self.mean))
    }
}

fn length(bag: &Bag) -> f64 {
    bag.values().map(|c| f64::from(*c)).sum()
}

fn asked(count: f32) -> f64 {
    let count = f64::from(count);
    count * (K3 + 1.0) / (count + K3)
}
