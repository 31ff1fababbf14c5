//! Terms of texts with what they weigh: BM25 over weighted term counts, and cosines.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Saturation of a term's count in a text, and how much a text's length matters (Robertson & Walker 1994).
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// Saturation of a term's count in the query.
const K3: f64 = 8.0;

/// Terms with their weighted counts, in an order that does not depend on hashing: sums of floats must not either.
pub(super) type Bag = BTreeMap<String, f32>;

/// An inverted index of bags.
#[derive(Default)]
pub(super) struct Space {
    terms: FxHashMap<String, Vec<(u32, f32)>>,
    lengths: Vec<f64>,
    norms: Vec<f64>,
    mean: f64,
}

impl Space {
    /// Adds a bag after those that are there.
    pub(super) fn add(&mut self, bag: Bag) {
        let at = u32::try_from(self.lengths.len()).expect("a library has fewer texts than 2^32");
        self.lengths.push(length(&bag));
        for (term, count) in bag {
            self.terms.entry(term).or_default().push((at, count));
        }
    }

    /// Weighs what was added; to be called once, before the first question.
    pub(super) fn close(mut self) -> Self {
        self.mean = (self.lengths.iter().sum::<f64>() / self.lengths.len().max(1) as f64).max(1.0);
        // By term, so that the sums do not depend on hashing.
        let mut terms: Vec<&String> = self.terms.keys().collect();
        terms.sort_unstable();
        let mut squares = vec![0.0_f64; self.lengths.len()];
        for term in terms {
            let rarity = self.rarity(term);
            for &(at, count) in self.postings(term) {
                squares[at as usize] += (damped(count) * rarity).powi(2);
            }
        }
        self.norms = squares.into_iter().map(f64::sqrt).collect();
        self
    }

    /// For every text, its BM25 score as a share of what the query scores against itself.
    pub(super) fn shares(&self, query: &Bag) -> Vec<f64> {
        let mut scores = vec![0.0; self.lengths.len()];
        let mut itself = 0.0;
        let own = length(query);
        for (term, count) in query {
            let weight = self.rarity(term) * asked(*count);
            itself += weight * self.saturated(*count, own);
            for &(at, found) in self.postings(term) {
                scores[at as usize] += weight * self.saturated(found, self.lengths[at as usize]);
            }
        }
        scores.iter_mut().for_each(|score| *score /= f64::max(itself, f64::MIN_POSITIVE));
        scores
    }

    /// For every text, its cosine with the query, terms weighted by the logarithm of their count and by rarity (Salton &
    /// Buckley 1988).
    pub(super) fn cosines(&self, query: &Bag) -> Vec<f64> {
        let mut scores = vec![0.0; self.lengths.len()];
        let mut square = 0.0;
        for (term, count) in query {
            let rarity = self.rarity(term);
            let weight = damped(*count) * rarity;
            square += weight * weight;
            for &(at, found) in self.postings(term) {
                scores[at as usize] += weight * damped(found) * rarity;
            }
        }
        let own = square.sqrt();
        for (score, norm) in scores.iter_mut().zip(&self.norms) {
            *score /= f64::max(own * norm, f64::MIN_POSITIVE);
        }
        scores
    }

    /// The terms that the text `at` shares with `query` and what each adds to its BM25 score, most first.
    pub(super) fn shared(&self, query: &Bag, at: usize) -> Vec<(String, f64)> {
        let weight = |(term, count): (&String, &f32)| {
            let found = self.postings(term);
            let found = found[found.binary_search_by_key(&at, |(at, _)| *at as usize).ok()?].1;
            let weight = self.rarity(term) * asked(*count) * self.saturated(found, self.lengths[at]);
            Some((term.clone(), weight))
        };
        let mut shared: Vec<(String, f64)> = query.iter().filter_map(weight).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1));
        shared
    }

    /// The cosine of two bags, terms weighted as in [`Space::cosines`].
    pub(super) fn cosine(&self, a: &Bag, b: &Bag) -> f64 {
        let weight = |term: &str, count: f32| damped(count) * self.rarity(term);
        let norm = |bag: &Bag| bag.iter().map(|(t, c)| weight(t, *c).powi(2)).sum::<f64>().sqrt();
        let product = |(term, count): (&String, &f32)| Some(weight(term, *count) * weight(term, *b.get(term)?));
        let dot: f64 = a.iter().filter_map(product).sum();
        if dot > 0.0 { dot / (norm(a) * norm(b)) } else { 0.0 }
    }

    fn postings(&self, term: &str) -> &[(u32, f32)] {
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

fn damped(count: f32) -> f64 {
    1.0 + f64::from(count).ln().max(0.0)
}

fn asked(count: f32) -> f64 {
    let count = f64::from(count);
    count * (K3 + 1.0) / (count + K3)
}
