//! Fits the networks of the [`Matcher`](super::Matcher) to judged pairs: Adam (Kingma and Ba 2015) on the logistic loss, with
//! decoupled decay of the weights (Loshchilov and Hutter 2019). Deterministic: the shards of a batch are summed in their order,
//! whatever the threads.

use super::matcher::{
    ANSWERS, B1, B2, B3, COMPARED, Forward, HIDDEN, INPUT, MATRICES, Network, P, PARAMETERS, POOLED, Pair, SMALL,
    Trace, W1, W2, W3, Words, add,
};
use super::random::Random;
use super::vectors::{Vectors, dot};
use rayon::prelude::*;
use std::sync::Arc;

/// A pair with the truth and how much it counts.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The pair.
    pub pair: Pair,
    /// 1 where the clause carries the suggestion, else 0; 1 where it is at least of its topic, else 0.
    pub truth: [f32; ANSWERS],
    /// How much it counts.
    pub weight: f32,
    /// The vectors that its words were looked up in.
    pub vectors: Arc<Vectors>,
}

/// Rounds through all samples.
const EPOCHS: usize = 5;
const BATCH: usize = 64;
/// Shards of a batch whose gradients are summed in order.
const SHARDS: usize = 4;
const RATE: f32 = 1e-3;
/// Share of the weights that is forgotten at each step, times the rate.
const DECAY: f32 = 1e-2;
/// How much each of the answers counts in the loss.
const SHARES: [f32; ANSWERS] = [1.0, 0.5];
const SEED: u64 = 0x5eed;

/// Fits a new network; the same samples and `number` give the same network, another number one that began differently. `told`
/// hears the round and its mean loss.
pub fn fit_network(samples: &[Sample], number: usize, mut told: impl FnMut(usize, f32)) -> Network {
    let mut random = Random(SEED + number as u64);
    let mut network = start(&mut random);
    let (mut first, mut second) = (vec![0.0_f32; PARAMETERS], vec![0.0_f32; PARAMETERS]);
    let steps = EPOCHS * samples.len().div_ceil(BATCH);
    let mut step = 0;
    for epoch in 0..EPOCHS {
        let mut order: Vec<usize> = (0..samples.len()).collect();
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for batch in order.chunks(BATCH) {
            let part = |part: &[usize]| {
                let mut gradient = vec![0.0; PARAMETERS];
                let loss: f32 = part.iter().map(|&s| backward(&network, &samples[s], &mut gradient)).sum();
                (gradient, loss)
            };
            let parts: Vec<(Vec<f32>, f32)> = batch.par_chunks(BATCH / SHARDS).map(part).collect();
            step += 1;
            let rate = RATE * (1.0 - 0.95 * step as f32 / steps as f32);
            let (fade1, fade2) = (1.0 - 0.9_f32.powi(step), 1.0 - 0.999_f32.powi(step));
            for (k, parameter) in network.parameters.iter_mut().enumerate() {
                let g = parts.iter().map(|(gradient, _)| gradient[k]).sum::<f32>() / batch.len() as f32;
                first[k] = 0.9 * first[k] + 0.1 * g;
                second[k] = 0.999 * second[k] + 0.001 * g * g;
                let move_by = (first[k] / fade1) / ((second[k] / fade2).sqrt() + 1e-8);
                *parameter -= rate * (move_by + DECAY * *parameter);
            }
            loss += parts.iter().map(|(_, l)| l).sum::<f32>();
        }
        told(epoch, loss / samples.len().max(1) as f32);
    }
    network
}

/// A network that knows nothing yet (Glorot and Bengio 2010).
fn start(random: &mut Random) -> Network {
    let mut parameters = vec![0.0; PARAMETERS];
    for (start, inputs, outputs) in MATRICES {
        let reach = (6.0 / (inputs + outputs) as f32).sqrt();
        for value in &mut parameters[start..start + inputs * outputs] {
            *value = (random.unit() * 2.0 - 1.0) * reach;
        }
    }
    parameters[B3..].fill(-1.0);
    Network { parameters }
}

/// Adds the gradient of the weighted logistic loss of a sample to `gradient`; gives the loss.
fn backward(network: &Network, sample: &Sample, gradient: &mut [f32]) -> f32 {
    let vectors = &*sample.vectors;
    let forward = network.forward(&sample.pair, vectors);
    let chances = forward.scores.map(|score| 1.0 / (1.0 + (-score).exp()));
    let errors = std::array::from_fn(|k| sample.weight * SHARES[k] * (chances[k] - sample.truth[k]));
    let pooled = backward_top(network, &forward, errors, gradient);
    let pair = &sample.pair;
    let mut sides = [vec![0.0; pair.left.rows.len() * SMALL], vec![0.0; pair.right.rows.len() * SMALL]];
    let [left, right] = &mut sides;
    let [seen_left, seen_right] = &forward.projected;
    let [from_left, from_right] = &forward.traces;
    let first = Side { words: &pair.left, trace: from_left, projected: [seen_left, seen_right], slopes: [left, right] };
    backward_side(network, first, &pooled[..2 * HIDDEN], gradient);
    let [left, right] = &mut sides;
    let second =
        Side { words: &pair.right, trace: from_right, projected: [seen_right, seen_left], slopes: [right, left] };
    backward_side(network, second, &pooled[2 * HIDDEN..], gradient);
    for (words, small) in [&pair.left, &pair.right].into_iter().zip(&sides) {
        for (row, small) in words.rows.iter().zip(small.chunks_exact(SMALL)) {
            let Some(row) = row else { continue };
            for (k, value) in vectors.vector(*row).iter().take(INPUT).enumerate() {
                add(&mut gradient[P + k * SMALL..][..SMALL], small, *value);
            }
        }
    }
    let likelihood = |k: usize| {
        let (truth, chance) = (sample.truth[k], chances[k]);
        SHARES[k] * (truth * chance.max(1e-7).ln() + (1.0 - truth) * (1.0 - chance).max(1e-7).ln())
    };
    -sample.weight * (0..ANSWERS).map(likelihood).sum::<f32>()
}

/// Through the upper layers; gives the slope of what was pooled.
fn backward_top(network: &Network, forward: &Forward, errors: [f32; ANSWERS], gradient: &mut [f32]) -> Vec<f32> {
    let p = &network.parameters;
    let mut top = vec![0.0; HIDDEN];
    for (k, error) in errors.into_iter().enumerate() {
        gradient[B3 + k] += error;
        add(&mut gradient[W3 + k * HIDDEN..][..HIDDEN], &forward.top, error);
        add(&mut top, &p[W3 + k * HIDDEN..][..HIDDEN], error);
    }
    top.iter_mut().zip(&forward.top).for_each(|(slope, seen)| *slope = if *seen > 0.0 { *slope } else { 0.0 });
    add(&mut gradient[B2..B2 + HIDDEN], &top, 1.0);
    let mut pooled = vec![0.0; POOLED];
    for (k, slope) in pooled.iter_mut().enumerate() {
        let at = W2 + k * HIDDEN;
        *slope = dot(&p[at..at + HIDDEN], &top);
        add(&mut gradient[at..at + HIDDEN], &top, forward.pooled[k]);
    }
    pooled
}

/// One side of a pair on the way back: its words, what the way forward left, the projections of its own and of the other
/// side's words, and the slopes of both.
struct Side<'a> {
    words: &'a Words,
    trace: &'a Trace,
    projected: [&'a [f32]; 2],
    slopes: [&'a mut [f32]; 2],
}

/// Through the comparison of one side; adds to the slopes of the projections.
fn backward_side(network: &Network, side: Side<'_>, pooled: &[f32], gradient: &mut [f32]) {
    let Side { words, trace, projected: [own, other], slopes: [own_slopes, other_slopes] } = side;
    let p = &network.parameters;
    let columns = other_slopes.len() / SMALL;
    for (word, rarity) in words.rarity.iter().enumerate() {
        let unit = |k: usize| {
            let through_mean = pooled[k] * rarity / trace.total;
            let through_highest = if trace.highest[k] == word { pooled[HIDDEN + k] } else { 0.0 };
            if trace.hidden[word * HIDDEN + k] > 0.0 { through_mean + through_highest } else { 0.0 }
        };
        let hidden: Vec<f32> = (0..HIDDEN).map(unit).collect();
        add(&mut gradient[B1..B1 + HIDDEN], &hidden, 1.0);
        let compared = &trace.compared[word * COMPARED..(word + 1) * COMPARED];
        let mut back = vec![0.0; COMPARED];
        for (k, slope) in back.iter_mut().enumerate() {
            let at = W1 + k * HIDDEN;
            *slope = dot(&p[at..at + HIDDEN], &hidden);
            add(&mut gradient[at..at + HIDDEN], &hidden, compared[k]);
        }
        let mut mix = [0.0; SMALL];
        for k in 0..SMALL {
            let (x, y) = (compared[k], compared[SMALL + k]);
            let distance = back[3 * SMALL + k] * if x > y { 1.0 } else { -1.0 };
            own_slopes[word * SMALL + k] += back[k] + back[2 * SMALL + k] * y + distance;
            mix[k] = back[SMALL + k] + back[2 * SMALL + k] * x - distance;
        }
        // Through the weighted mean to the words, and through the weights to what the projections say of the two words.
        let weights = &trace.attention[word * columns..(word + 1) * columns];
        let through: Vec<f32> = other.chunks_exact(SMALL).map(|o| dot(&mix, o)).collect();
        let mean: f32 = dot(weights, &through);
        for (j, (weight, through)) in weights.iter().zip(&through).enumerate() {
            let slope = weight * (through - mean);
            let at = j * SMALL..(j + 1) * SMALL;
            add(&mut other_slopes[at.clone()], &mix, *weight);
            add(&mut other_slopes[at.clone()], &own[word * SMALL..(word + 1) * SMALL], slope);
            add(&mut own_slopes[word * SMALL..(word + 1) * SMALL], &other[at], slope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::matcher::Matcher;
    use super::*;

    /// Vectors of invented words, drawn at random.
    fn vectors() -> Arc<Vectors> {
        let mut random = Random(11);
        let words: Vec<(String, u32)> = (0..40).map(|i| (format!("词{i}"), 1)).collect();
        let rows: Vec<f32> = (0..40 * 128).map(|_| random.unit() - 0.5).collect();
        Arc::new(Vectors::read(&Vectors::write(&words, &rows, 128, 40)).unwrap())
    }

    fn pair(vectors: &Vectors, seed: u64, alike: bool) -> Pair {
        let mut random = Random(seed);
        let mut words = |n: usize| (0..n).map(|_| Some(random.below(40) as u32)).collect::<Vec<_>>();
        let left = words(3);
        let right = if alike { [&left[1..], &words(2)[..]].concat() } else { words(4) };
        let like = |a: Option<u32>, b: Option<u32>| {
            dot(vectors.vector(a.unwrap()), vectors.vector(b.unwrap())).clamp(0.0, 1.0)
        };
        let likeness = left.iter().flat_map(|&a| right.iter().map(move |&b| like(a, b))).collect();
        Pair {
            left: Words { rows: left, rarity: vec![0.5, 0.8, 0.3] },
            right: Words { rows: right, rarity: vec![0.2, 0.9, 0.6, 0.4] },
            likeness,
        }
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let vectors = vectors();
        let sample =
            Sample { pair: pair(&vectors, 3, true), truth: [1.0, 0.0], weight: 0.7, vectors: Arc::clone(&vectors) };
        let network = start(&mut Random(5));
        let mut gradient = vec![0.0; PARAMETERS];
        backward(&network, &sample, &mut gradient);
        for k in [P + 7, P + 900, W1 + 33, W1 + 5000, B1 + 4, W2 + 77, W2 + 4321, B2 + 9, W3 + 2, W3 + 70, B3, B3 + 1] {
            let loss = |by: f32| {
                let mut moved = network.clone();
                moved.parameters[k] += by;
                f64::from(backward(&moved, &sample, &mut vec![0.0; PARAMETERS]))
            };
            let slope = (loss(1e-3) - loss(-1e-3)) / 2e-3;
            assert!((slope - f64::from(gradient[k])).abs() < 2e-3, "{k}: {slope} {}", gradient[k]);
        }
    }

    #[test]
    fn it_learns_to_tell_pairs_that_share_words_and_is_read_again() {
        let vectors = vectors();
        let sample = |i: u64| {
            let alike = i.is_multiple_of(2);
            let truth = [if alike { 1.0 } else { 0.0 }; ANSWERS];
            Sample { pair: pair(&vectors, i + 10, alike), truth, weight: 1.0, vectors: Arc::clone(&vectors) }
        };
        let samples: Vec<Sample> = (0..800).map(sample).collect();
        let matcher = Matcher::new(vec![fit_network(&samples, 0, |_, _| ())], &vectors);
        let right = |i: &u64| {
            (matcher.scores(&pair(&vectors, *i, i.is_multiple_of(2)), &vectors)[0] > 0.0) == i.is_multiple_of(2)
        };
        let right = (2000..2100).filter(right).count();
        assert!(right >= 90, "{right}");
        assert_eq!(Matcher::read(&matcher.write()), Some(matcher.clone()));
        assert_eq!(Matcher::read(&matcher.write()[..100]), None);
    }
}
