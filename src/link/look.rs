//! Second pass: a suggestion and a clause word by word.
//!
//! Each word of the one is compared with each word of the other: the same word, terms of one concept, or the cosine of
//! their vectors. What is left is how much of either side the other covers, rare words counting more, sentence by
//! sentence: a long clause absorbs a suggestion in one of its sentences, not by words strewn all over it.

use super::clauses::Clauses;
use super::matcher::{Pair, Words};
use super::retrieve::Asked;
use super::vectors::{Vectors, dot};
use rustc_hash::FxHashMap;

/// How alike two terms of one concept are.
pub(super) const CONCEPT: f32 = 0.85;
/// Cosines below this say nothing; above, what is left is stretched to 0..1.
const FLOOR: f32 = 0.3;

/// Most words of a clause that the matcher sees.
const MATCHED: usize = 160;

/// Similarities of a suggestion's words to terms of the library, computed once a suggestion.
pub(super) struct Similarities<'a> {
    asked: &'a Asked,
    clauses: &'a Clauses,
    vectors: &'a Vectors,
    rows: FxHashMap<u32, Vec<f32>>,
}

/// A suggestion against one clause.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    /// For each word of the suggestion its best likeness in the whole clause, 0 to 1.
    pub(super) best: Vec<f32>,
    /// For each word of the suggestion the place of its best partner.
    pub(super) partner: Vec<usize>,
    /// The sentence that covers best.
    pub(super) sentence: u16,
    /// Share of the suggestion that the clause covers.
    pub(super) cover: f32,
    /// Share of the suggestion that the best sentence covers.
    pub(super) cover_sentence: f32,
    /// Share of that sentence that the suggestion covers.
    pub(super) covered: f32,
    /// The geometric mean of the two, of the best sentence.
    pub(super) mutual: f32,
    /// Share of the suggestion that recurs in the same words.
    pub(super) exact: f32,
    /// Weight of the longest run of the same words, in nats.
    pub(super) run: f32,
    /// Likeness of the suggestion's rarest fifth.
    pub(super) rarest: f32,
}

impl<'a> Similarities<'a> {
    pub(super) fn new(asked: &'a Asked, clauses: &'a Clauses, vectors: &'a Vectors) -> Self {
        Self { asked, clauses, vectors, rows: FxHashMap::default() }
    }

    /// The likeness of every word of the suggestion to a term: 1 where it is the same.
    fn likeness(&mut self, term: u32) -> &[f32] {
        let (asked, clauses, vectors) = (self.asked, self.clauses, self.vectors);
        self.rows.entry(term).or_insert_with(|| {
            let row = clauses.terms[term as usize].row.map(|r| vectors.vector(r));
            let like = |(word, own): (&super::words::Word, &Option<u32>)| match (*own == Some(term), word.row, row) {
                (true, ..) => 1.0,
                (_, Some(mine), Some(theirs)) => stretch(dot(vectors.vector(mine), theirs)),
                _ => 0.0,
            };
            asked.words.iter().zip(&asked.terms).map(like).collect()
        })
    }

    /// What the matcher sees of the suggestion and a clause: of a long clause the words about its best sentence.
    pub(super) fn pair(&mut self, row: usize, look: &Look) -> Pair {
        let clauses = self.clauses;
        let seen = clauses.seen(row);
        let width = self.asked.words.len();
        let matrix = self.matrix(row);
        let first = seen.iter().position(|s| s.sentence == look.sentence).unwrap_or(0);
        let from = first.saturating_sub(MATCHED / 4).min(seen.len().saturating_sub(MATCHED));
        let taken = from..seen.len().min(from + MATCHED);
        let rarity = |r: f32| r.clamp(0.0, super::retrieve::RAREST) / super::retrieve::RAREST;
        let terms = seen[taken.clone()].iter().map(|s| &clauses.terms[s.term as usize]);
        let likeness = (0..width).flat_map(|i| taken.clone().map(move |j| (i, j)));
        Pair {
            left: Words {
                rows: self.asked.words.iter().map(|w| w.row).collect(),
                rarity: self.asked.rarity.iter().map(|&r| rarity(r)).collect(),
            },
            right: Words {
                rows: terms.clone().map(|t| t.row).collect(),
                rarity: terms.map(|t| rarity(t.rarity)).collect(),
            },
            likeness: likeness.map(|(i, j)| matrix[j * width + i]).collect(),
        }
    }

    /// Compares the suggestion with a clause.
    pub(super) fn look(&mut self, row: usize) -> Look {
        let width = self.asked.words.len();
        if width == 0 || self.clauses.seen(row).is_empty() {
            return Look { best: vec![0.0; width], partner: vec![0; width], ..Look::default() };
        }
        let matrix = self.matrix(row);
        self.sum_up(row, &matrix)
    }

    /// The likeness of each word of the clause to each word of the suggestion, row by row.
    fn matrix(&mut self, row: usize) -> Vec<f32> {
        let clauses = self.clauses;
        let seen = clauses.seen(row);
        let width = self.asked.words.len();
        let mut matrix = Vec::with_capacity(width * seen.len());
        for word in seen {
            matrix.extend_from_slice(self.likeness(word.term));
        }
        for named in clauses.named(row) {
            for (i, word) in self.asked.words.iter().enumerate() {
                if word.concepts.contains(&named.concept) {
                    for j in named.first..named.after {
                        let cell = &mut matrix[usize::from(j) * width + i];
                        *cell = cell.max(CONCEPT);
                    }
                }
            }
        }
        matrix
    }

    fn sum_up(&self, row: usize, matrix: &[f32]) -> Look {
        let (asked, clauses) = (self.asked, self.clauses);
        let seen = clauses.seen(row);
        let width = asked.words.len();
        let total: f32 = asked.rarity.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let mut look = Look { best: vec![0.0; width], partner: vec![0; width], ..Look::default() };
        let mut start = 0;
        while start < seen.len() {
            let sentence = seen[start].sentence;
            let end = start + seen[start..].iter().take_while(|s| s.sentence == sentence).count();
            let mut best = vec![0.0_f32; width];
            let (mut back, mut weight) = (0.0, 0.0_f32);
            for j in start..end {
                let cells = &matrix[j * width..(j + 1) * width];
                let rarity = clauses.terms[seen[j].term as usize].rarity.clamp(0.0, super::retrieve::RAREST);
                back += cells.iter().fold(0.0_f32, |m, &c| m.max(c)) * rarity;
                weight += rarity;
                for (i, &cell) in cells.iter().enumerate() {
                    best[i] = best[i].max(cell);
                    if cell > look.best[i] {
                        (look.best[i], look.partner[i]) = (cell, j);
                    }
                }
            }
            let cover = weighted(&best, &asked.rarity) / total;
            let covered = back / weight.max(f32::MIN_POSITIVE);
            look.cover_sentence = look.cover_sentence.max(cover);
            let mutual = (cover * covered).sqrt();
            if mutual > look.mutual {
                (look.mutual, look.sentence, look.covered) = (mutual, sentence, covered);
            }
            start = end;
        }
        look.cover = weighted(&look.best, &asked.rarity) / total;
        let same: Vec<f32> = look.best.iter().map(|&b| if b >= 1.0 { 1.0 } else { 0.0 }).collect();
        look.exact = weighted(&same, &asked.rarity) / total;
        look.run = longest_run(asked, seen.iter().map(|s| s.term));
        look.rarest = rarest(asked, &look.best);
        look
    }
}

fn stretch(cosine: f32) -> f32 {
    ((cosine - FLOOR) / (1.0 - FLOOR)).clamp(0.0, 0.99)
}

fn weighted(values: &[f32], weights: &[f32]) -> f32 {
    values.iter().zip(weights).map(|(v, w)| v * w).sum()
}

/// The heaviest run of the same words in both.
fn longest_run(asked: &Asked, seen: impl Iterator<Item = u32>) -> f32 {
    let width = asked.terms.len();
    let mut before = vec![0.0_f32; width + 1];
    let mut most = 0.0_f32;
    for term in seen {
        let mut now = vec![0.0_f32; width + 1];
        for (i, own) in asked.terms.iter().enumerate() {
            if *own == Some(term) {
                now[i + 1] = before[i] + asked.rarity[i];
                most = most.max(now[i + 1]);
            }
        }
        before = now;
    }
    most
}

/// The mean likeness of the rarest fifth of the words, two at least.
fn rarest(asked: &Asked, best: &[f32]) -> f32 {
    let mut order: Vec<usize> = (0..best.len()).collect();
    order.sort_by(|&a, &b| asked.rarity[b].total_cmp(&asked.rarity[a]).then(a.cmp(&b)));
    order.truncate((best.len() / 5).max(2));
    order.iter().map(|&i| best[i]).sum::<f32>() / order.len().max(1) as f32
}
