//! Skip-gram with negative sampling (Mikolov et al. 2013) over paragraphs of numbered words: one stream of steps, so that the
//! number of threads changes nothing.

use super::random::Random;
use super::train::Training;
use super::vectors::{dot, normalise};

/// Learning rate at the start; falls to a hundredth of it.
const RATE: f32 = 0.025;
/// The same when the vectors are tuned to pairs: falls to a tenth.
const TUNING_RATE: f32 = 0.012;
/// Paragraphs between one and the next in the stream.
const STRIDE: usize = 97;

/// The state of the descent.
#[derive(Clone)]
pub(super) struct Descent<'a> {
    how: &'a Training,
    rate: f32,
    table: Vec<u32>,
    keep: Vec<f64>,
    random: Random,
    input: Vec<f32>,
    output: Vec<f32>,
    error: Vec<f32>,
}

impl<'a> Descent<'a> {
    /// Vectors at random for words of these counts.
    pub(super) fn new(counts: &[u64], how: &'a Training) -> Self {
        let size = counts.len() * how.dimensions;
        let mut random = Random(0x5eed);
        let half = 0.5 / how.dimensions as f32;
        let total: u64 = counts.iter().sum();
        Self {
            how,
            rate: RATE,
            table: sampling_table(counts),
            keep: counts.iter().map(|&c| keep_probability(c, total, how.subsample)).collect(),
            input: (0..size).map(|_| (random.unit() * 2.0 - 1.0) * half).collect(),
            output: vec![0.0; size],
            error: vec![0.0; how.dimensions],
            random,
        }
    }

    /// Learns from paragraphs; `progress` is told the share that is done, 0 to 1.
    pub(super) fn learn(&mut self, paragraphs: &[Vec<u32>], progress: impl FnMut(f64)) {
        self.stream(paragraphs, self.how.epochs, (RATE, RATE / 100.0), progress);
    }

    /// The vectors, each of length 1, when what was learnt has been tuned to these paragraphs.
    pub(super) fn tuned(&self, paragraphs: &[Vec<u32>]) -> Vec<f32> {
        let mut pass = self.clone();
        pass.stream(paragraphs, 1, (TUNING_RATE, TUNING_RATE / 10.0), |_| ());
        pass.input.chunks_exact_mut(self.how.dimensions).for_each(normalise);
        pass.input
    }

    /// Goes through the paragraphs while the rate falls evenly.
    fn stream(
        &mut self,
        paragraphs: &[Vec<u32>],
        epochs: usize,
        (from, to): (f32, f32),
        mut progress: impl FnMut(f64),
    ) {
        let steps = (epochs * paragraphs.len()).max(1);
        for epoch in 0..epochs {
            // Neighbouring paragraphs say the same things: a stride through them keeps the stream mixed.
            for (at, paragraph) in strided(paragraphs).enumerate() {
                let done = (epoch * paragraphs.len() + at) as f64 / steps as f64;
                self.rate = from + (to - from) * done as f32;
                self.paragraph(paragraph);
                if at % 1000 == 0 {
                    progress(done);
                }
            }
        }
    }

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

/// All paragraphs, each [`STRIDE`]th first, then those beside them.
fn strided(paragraphs: &[Vec<u32>]) -> impl Iterator<Item = &Vec<u32>> {
    (0..STRIDE).flat_map(move |from| paragraphs.iter().skip(from).step_by(STRIDE))
}
