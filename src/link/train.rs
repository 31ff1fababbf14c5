//! Trains word vectors: skip-gram with negative sampling (Mikolov et al. 2013), the same bytes at any number of threads.
//!
//! The texts are cut into words side by side; the descent itself is one stream, step after step. Shards trained side by side
//! and averaged were tried: they are quicker and learn less (docs/linking.md has the figures).

use super::vectors::{Vectors, dot, normalise};
use crate::segment::Segmenter;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Components of a vector.
    pub dimensions: usize,
    /// Words to either side that count as company, at most.
    pub window: usize,
    /// Drawn words for each true one.
    pub negative: usize,
    /// Times that the texts are gone through.
    pub epochs: usize,
    /// Fewest occurrences of a word.
    pub min_count: u32,
    /// Most words, the commonest first.
    pub most: usize,
    /// Words more common than this share are skipped now and then.
    pub subsample: f64,
}

impl Default for Training {
    fn default() -> Self {
        Self { dimensions: 128, window: 6, negative: 8, epochs: 10, min_count: 4, most: 52_000, subsample: 1e-4 }
    }
}

/// Paragraphs as words of a vocabulary.
struct Corpus {
    words: Vec<(String, u32)>,
    counts: Vec<u64>,
    paragraphs: Vec<Vec<u32>>,
    seen: u64,
}

/// Learning rate at the start; falls to a hundredth of it.
const RATE: f32 = 0.025;
/// Paragraphs between one and the next in the stream.
const STRIDE: usize = 97;

/// Trains on texts and gives the bytes of a vectors file. The same paragraph counts once. `progress` is told the share that is
/// done, 0 to 1.
pub fn train(texts: &[String], segmenter: &Segmenter, how: &Training, mut progress: impl FnMut(f64)) -> Vec<u8> {
    let corpus = read(texts, segmenter, how);
    let size = corpus.words.len() * how.dimensions;
    let mut random = Random(0x5eed);
    let half = 0.5 / how.dimensions as f32;
    let total: u64 = corpus.counts.iter().sum();
    let mut pass = Descent {
        how,
        rate: RATE,
        table: sampling_table(&corpus.counts),
        keep: corpus.counts.iter().map(|&c| keep_probability(c, total, how.subsample)).collect(),
        input: (0..size).map(|_| (random.unit() * 2.0 - 1.0) * half).collect(),
        output: vec![0.0; size],
        error: vec![0.0; how.dimensions],
        random,
    };
    let steps = (how.epochs * corpus.paragraphs.len()).max(1);
    for epoch in 0..how.epochs {
        // Neighbouring paragraphs say the same things: a stride through them keeps the stream mixed.
        for (at, paragraph) in mixed(&corpus.paragraphs).enumerate() {
            let done = (epoch * corpus.paragraphs.len() + at) as f64 / steps as f64;
            pass.rate = RATE * (1.0 - done as f32).max(0.01);
            pass.paragraph(paragraph);
            if at % 1000 == 0 {
                progress(done);
            }
        }
    }
    for row in pass.input.chunks_exact_mut(how.dimensions) {
        normalise(row);
    }
    Vectors::write(&corpus.words, &pass.input, how.dimensions, corpus.seen)
}

/// All paragraphs, each [`STRIDE`]th first, then those beside them.
fn mixed(paragraphs: &[Vec<u32>]) -> impl Iterator<Item = &Vec<u32>> {
    (0..STRIDE).flat_map(move |from| paragraphs.iter().skip(from).step_by(STRIDE))
}

/// The state of the descent.
struct Descent<'a> {
    how: &'a Training,
    rate: f32,
    table: Vec<u32>,
    keep: Vec<f64>,
    random: Random,
    input: Vec<f32>,
    output: Vec<f32>,
    error: Vec<f32>,
}

impl Descent<'_> {
    fn paragraph(&mut self, words: &[u32]) {
        let kept: Vec<u32> =
            words.iter().copied().filter(|&w| f64::from(self.random.unit()) < self.keep[w as usize]).collect();
        for (at, &word) in kept.iter().enumerate() {
            let reach = 1 + self.random.below(self.how.window);
            let from = at.saturating_sub(reach);
            for &near in &kept[from..kept.len().min(at + reach + 1)] {
                if near != word {
                    self.pair(near, word);
                }
            }
        }
    }

    /// One step: `word` predicts `near`, and does not predict the drawn words.
    fn pair(&mut self, word: u32, near: u32) {
        let size = self.how.dimensions;
        let start = word as usize * size;
        self.error.fill(0.0);
        for draw in 0..=self.how.negative {
            let (target, truth) = match draw {
                0 => (near, 1.0),
                _ => (self.table[self.random.below(self.table.len())], 0.0),
            };
            if draw > 0 && target == near {
                continue;
            }
            let vector = &self.input[start..start + size];
            let row = &mut self.output[target as usize * size..][..size];
            let step = self.rate * (truth - sigmoid(dot(vector, row)));
            for ((error, row), value) in self.error.iter_mut().zip(row).zip(vector) {
                *error += step * *row;
                *row += step * value;
            }
        }
        let vector = &mut self.input[start..start + size];
        vector.iter_mut().zip(&self.error).for_each(|(x, e)| *x += e);
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Cuts the texts into words and keeps the commonest.
fn read(texts: &[String], segmenter: &Segmenter, how: &Training) -> Corpus {
    let mut known = FxHashSet::default();
    let lines: Vec<&str> =
        texts.iter().flat_map(|t| t.lines()).map(str::trim).filter(|l| l.len() > 9 && known.insert(*l)).collect();
    let cut: Vec<Vec<String>> =
        lines.par_iter().map(|l| segmenter.words(l).into_iter().map(|t| t.term).collect()).collect();
    let mut tally: FxHashMap<&str, (u64, u32)> = FxHashMap::default();
    for words in &cut {
        let mut once = FxHashSet::default();
        for word in words {
            let entry = tally.entry(word).or_default();
            entry.0 += 1;
            entry.1 += u32::from(once.insert(word));
        }
    }
    let mut order: Vec<(&str, u64, u32)> = tally.into_iter().map(|(w, (n, df))| (w, n, df)).collect();
    order.retain(|(word, n, _)| *n >= how.min_count.into() && word.len() <= 60);
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    order.truncate(how.most);
    let index: FxHashMap<&str, u32> = order.iter().zip(0..).map(|((w, ..), i)| (*w, i)).collect();
    let paragraphs = cut.iter().map(|p| p.iter().filter_map(|w| index.get(w.as_str()).copied()).collect()).collect();
    Corpus {
        words: order.iter().map(|(w, _, df)| ((*w).to_owned(), *df)).collect(),
        counts: order.iter().map(|(_, n, _)| *n).collect(),
        paragraphs,
        seen: lines.len() as u64,
    }
}

/// Words in proportion to their count to the power ¾, to draw from.
fn sampling_table(counts: &[u64]) -> Vec<u32> {
    let weight: Vec<f64> = counts.iter().map(|&c| (c as f64).powf(0.75)).collect();
    let unit = weight.iter().sum::<f64>() / 2e6;
    weight.iter().zip(0..).flat_map(|(w, i)| std::iter::repeat_n(i, (w / unit).ceil() as usize)).collect()
}

fn keep_probability(count: u64, total: u64, threshold: f64) -> f64 {
    let share = count as f64 / total as f64;
    ((threshold / share).sqrt() + threshold / share).min(1.0)
}

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1, 1 excluded.
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_same_company_come_near_and_threads_change_nothing() {
        let company = [["河流", "湖泊"], ["教师", "医生"]];
        let words = [["污染", "治理", "环境"], ["工资", "待遇", "岗位"]];
        let lines: String = (0..600)
            .map(|i| {
                let [a, b, c] = words[i % 2];
                format!("{a}，{}，{b}，{c}，{i}\n", company[i % 2][i / 2 % 2])
            })
            .collect();
        let how = Training { dimensions: 16, epochs: 8, min_count: 2, subsample: 1.0, ..Training::default() };
        let segmenter = Segmenter::new(None).unwrap();
        let texts = [lines];
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| train(&texts, &segmenter, &how, |_| ()))
        };
        let bytes = run(1);
        assert_eq!(bytes, run(3));
        let vectors = Vectors::read(&bytes).unwrap();
        let near = |a: &str, b: &str| {
            let row = |w| vectors.vector(vectors.row(w).unwrap_or_else(|| panic!("{w}")));
            dot(row(a), row(b))
        };
        assert!(near("河流", "湖泊") > near("河流", "医生"));
    }
}
