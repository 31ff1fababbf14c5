//! A small neural matcher: does this clause say what that suggestion asks for, whatever the words, and is it at least of its topic?
//!
//! Attention between the words of the two texts (Bahdanau, Cho, Bengio 2015) sets beside each word what the other text has for it; a
//! small network compares the two and what it finds is pooled over either text (decomposable attention: Parikh et al. 2016).
//! Attention starts from the likeness of the words and learns from there.
//! `match_train` fits it. File: magic `SUYUANM2`, the 64 bit check of the vectors it was fitted with, then the parameters of each
//! network as little endian `f32`.

use super::vectors::{Vectors, dot};

/// Components of a word vector.
pub(super) const INPUT: usize = 128;
/// Components of the learnt projection.
pub(super) const SMALL: usize = 64;
/// Width of the hidden layers.
pub(super) const HIDDEN: usize = 64;
/// What is compared of a word: both projections, their product, their distance, best likeness, rarity.
pub(super) const COMPARED: usize = 4 * SMALL + 2;
pub(super) const POOLED: usize = 4 * HIDDEN;

/// The questions that the network answers: whether the clause carries the suggestion, and whether it is of its topic.
pub(super) const ANSWERS: usize = 2;

/// Where each matrix begins among the parameters.
pub(super) const P: usize = 0;
pub(super) const W1: usize = P + INPUT * SMALL;
pub(super) const B1: usize = W1 + COMPARED * HIDDEN;
pub(super) const W2: usize = B1 + HIDDEN;
pub(super) const B2: usize = W2 + POOLED * HIDDEN;
pub(super) const W3: usize = B2 + HIDDEN;
pub(super) const B3: usize = W3 + ANSWERS * HIDDEN;
/// How many parameters there are.
pub(super) const PARAMETERS: usize = B3 + ANSWERS;
/// Inputs and outputs of each matrix, for the start of the fitting.
pub(super) const MATRICES: [(usize, usize, usize); 4] =
    [(P, INPUT, SMALL), (W1, COMPARED, HIDDEN), (W2, POOLED, HIDDEN), (W3, HIDDEN, ANSWERS)];

const MAGIC: &[u8; 8] = b"SUYUANM2";
/// How much attention prefers the likest word before it has learnt anything.
const SHARPNESS: f32 = 8.0;

/// The words of one text: their rows among the vectors (`None` has the zero vector) and rarities, 0 to 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    pub(super) rows: Vec<Option<u32>>,
    pub(super) rarity: Vec<f32>,
}

/// A suggestion and a clause: what the matcher sees of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pair {
    pub(super) left: Words,
    pub(super) right: Words,
    /// The likeness of each left word to each right word, 0 to 1, row by row.
    pub(super) likeness: Vec<f32>,
}

impl Pair {
    /// Whether one of the sides has no word.
    pub(super) fn is_empty(&self) -> bool {
        self.left.rows.is_empty() || self.right.rows.is_empty()
    }
}

/// Networks that were fitted apart, whose log odds are averaged (Breiman 1996).
#[derive(Debug, Clone, PartialEq)]
pub struct Matcher {
    pub(super) networks: Vec<Network>,
    /// The [`Vectors::check`] of the vectors it was fitted with.
    pub(super) vectors: u64,
}

/// One network.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    pub(super) parameters: Vec<f32>,
}

/// What a forward pass leaves behind for the backward pass, of one side.
pub(super) struct Trace {
    /// Attention to the words of the other side, row by row.
    pub(super) attention: Vec<f32>,
    pub(super) compared: Vec<f32>,
    pub(super) hidden: Vec<f32>,
    /// For each hidden unit the word that is highest.
    pub(super) highest: Vec<usize>,
    /// Sum of the rarities.
    pub(super) total: f32,
}

pub(super) struct Forward {
    pub(super) traces: [Trace; 2],
    pub(super) pooled: Vec<f32>,
    pub(super) top: Vec<f32>,
    /// The projections of the words of either side.
    pub(super) projected: [Vec<f32>; 2],
    pub(super) scores: [f32; ANSWERS],
}

impl Matcher {
    /// Networks that were fitted with `vectors`.
    pub fn new(networks: Vec<Network>, vectors: &Vectors) -> Self {
        Self { networks, vectors: vectors.check() }
    }

    /// Reads the form above; `None` where the bytes do not have it.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (check, rest) = rest.split_at_checked(8)?;
        let all: Vec<f32> = rest.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        let whole = !rest.is_empty() && rest.len() % (4 * PARAMETERS) == 0 && all.iter().all(|p| p.is_finite());
        let networks = all.chunks(PARAMETERS).map(|p| Network { parameters: p.to_vec() }).collect();
        whole.then(|| Self { networks, vectors: u64::from_le_bytes(check.try_into().unwrap_or_default()) })
    }

    /// The bytes of its file.
    pub fn write(&self) -> Vec<u8> {
        let parameters = self.networks.iter().flat_map(|n| &n.parameters).flat_map(|p| p.to_le_bytes());
        MAGIC.iter().copied().chain(self.vectors.to_le_bytes()).chain(parameters).collect()
    }

    /// The log odds that the right text carries the left one, and that it is of its topic.
    pub(super) fn scores(&self, pair: &Pair, vectors: &Vectors) -> [f32; ANSWERS] {
        if pair.is_empty() || self.networks.is_empty() {
            return [EMPTY; ANSWERS];
        }
        let mut mean = [0.0; ANSWERS];
        for network in &self.networks {
            add(&mut mean, &network.forward(pair, vectors).scores, 1.0 / self.networks.len() as f32);
        }
        mean
    }
}

impl Network {
    pub(super) fn forward(&self, pair: &Pair, vectors: &Vectors) -> Forward {
        let (left, right) = (self.project(&pair.left, vectors), self.project(&pair.right, vectors));
        let (rows, columns) = (pair.left.rarity.len(), pair.right.rarity.len());
        let learnt = |i: usize, j: usize| dot(&left[i * SMALL..][..SMALL], &right[j * SMALL..][..SMALL]);
        let to_right = attention(rows, columns, |i, j| (pair.likeness[i * columns + j], learnt(i, j)));
        let to_left = attention(columns, rows, |j, i| (pair.likeness[i * columns + j], learnt(i, j)));
        let traces = [self.trace(&pair.left, &left, &right, to_right), self.trace(&pair.right, &right, &left, to_left)];
        let mut pooled = Vec::with_capacity(POOLED);
        for (trace, words) in traces.iter().zip([&pair.left, &pair.right]) {
            let mut mean = vec![0.0; HIDDEN];
            for (word, rarity) in words.rarity.iter().enumerate() {
                add(&mut mean, &trace.hidden[word * HIDDEN..(word + 1) * HIDDEN], rarity / trace.total);
            }
            pooled.extend(mean);
            pooled.extend(trace.highest.iter().enumerate().map(|(k, &word)| trace.hidden[word * HIDDEN + k]));
        }
        let p = &self.parameters;
        let mut top = p[B2..B2 + HIDDEN].to_vec();
        for (k, value) in pooled.iter().enumerate() {
            add(&mut top, &p[W2 + k * HIDDEN..][..HIDDEN], *value);
        }
        top.iter_mut().for_each(|x| *x = x.max(0.0));
        let answer = |k: usize| p[B3 + k] + dot(&top, &p[W3 + k * HIDDEN..][..HIDDEN]);
        let scores = std::array::from_fn(answer);
        Forward { traces, pooled, top, projected: [left, right], scores }
    }

    /// Compares each word with what the other side has for it. `attention` comes with the best likeness of each word.
    fn trace(&self, words: &Words, own: &[f32], other: &[f32], attention: (Vec<f32>, Vec<f32>)) -> Trace {
        let (attention, likeness) = attention;
        let p = &self.parameters;
        let count = words.rarity.len();
        let columns = other.len() / SMALL;
        let mut compared = Vec::with_capacity(count * COMPARED);
        let mut hidden = Vec::with_capacity(count * HIDDEN);
        for word in 0..count {
            let own = &own[word * SMALL..(word + 1) * SMALL];
            let mut mix = vec![0.0; SMALL];
            for (j, weight) in attention[word * columns..(word + 1) * columns].iter().enumerate() {
                add(&mut mix, &other[j * SMALL..(j + 1) * SMALL], *weight);
            }
            let start = compared.len();
            compared.extend(own);
            compared.extend(&mix);
            compared.extend(own.iter().zip(&mix).map(|(x, y)| x * y));
            compared.extend(own.iter().zip(&mix).map(|(x, y)| (x - y).abs()));
            compared.extend([likeness[word], words.rarity[word]]);
            let mut row = p[B1..B1 + HIDDEN].to_vec();
            for (k, value) in compared[start..].iter().enumerate() {
                add(&mut row, &p[W1 + k * HIDDEN..][..HIDDEN], *value);
            }
            hidden.extend(row.into_iter().map(|x| x.max(0.0)));
        }
        let highest = (0..HIDDEN).map(|k| {
            let better = |best: usize, word: usize| hidden[word * HIDDEN + k] > hidden[best * HIDDEN + k];
            (1..count).fold(0, |best, word| if better(best, word) { word } else { best })
        });
        let total = words.rarity.iter().sum::<f32>() + 1e-3;
        Trace { highest: highest.collect(), attention, compared, hidden, total }
    }

    /// The projections of the words, one after the other.
    fn project(&self, words: &Words, vectors: &Vectors) -> Vec<f32> {
        let mut all = vec![0.0; words.rows.len() * SMALL];
        for (small, row) in all.chunks_exact_mut(SMALL).zip(&words.rows) {
            let Some(row) = row else { continue };
            for (k, value) in vectors.vector(*row).iter().take(INPUT).enumerate() {
                add(small, &self.parameters[P + k * SMALL..][..SMALL], *value);
            }
        }
        all
    }
}

/// The log odds where one text has no word.
const EMPTY: f32 = -6.0;

/// For each of `rows` its weights over `columns`, and the best likeness. `score` gives the likeness of two words, and what the
/// projections say of them.
fn attention(rows: usize, columns: usize, score: impl Fn(usize, usize) -> (f32, f32)) -> (Vec<f32>, Vec<f32>) {
    let mut all = Vec::with_capacity(rows * columns);
    let mut bests = Vec::with_capacity(rows);
    for i in 0..rows {
        let start = all.len();
        let mut best = 0.0_f32;
        all.extend((0..columns).map(|j| {
            let (likeness, learnt) = score(i, j);
            best = best.max(likeness);
            likeness * SHARPNESS + learnt
        }));
        let highest = all[start..].iter().copied().fold(f32::MIN, f32::max);
        all[start..].iter_mut().for_each(|w| *w = (*w - highest).exp());
        let total: f32 = all[start..].iter().sum::<f32>().max(f32::MIN_POSITIVE);
        all[start..].iter_mut().for_each(|w| *w /= total);
        bests.push(best);
    }
    (all, bests)
}

/// `into += what * times`.
pub(super) fn add(into: &mut [f32], what: &[f32], times: f32) {
    into.iter_mut().zip(what).for_each(|(x, y)| *x += y * times);
}
