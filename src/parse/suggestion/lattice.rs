//! The lattice of a suggestion's tags: sums over all taggings, for fitting (expected features) and for cutting (how
//! probable a stretch is a measure).

use super::tagger::{N, Tag};

/// Scores of every tag behind every tag, at every atom; impossible ones are minus infinity. In the first row of the first
/// atom stand the scores of its tags.
pub(super) type Scores = Vec<[[f64; N]; N]>;

/// Forward and backward sums over a suggestion's atoms (Rabiner 1989).
pub(super) struct Lattice {
    scores: Scores,
    forward: Vec<[f64; N]>,
    backward: Vec<[f64; N]>,
    total: f64,
}

impl Lattice {
    pub(super) fn new(scores: Scores) -> Self {
        let n = scores.len();
        let mut forward = vec![[f64::NEG_INFINITY; N]; n];
        let mut backward = vec![[0.0; N]; n];
        for i in 0..n {
            for tag in 0..N {
                let before = |previous: usize| if i == 0 { 0.0 } else { forward[i - 1][previous] };
                forward[i][tag] = log_sum((0..N).map(|previous| before(previous) + scores[i][previous][tag]));
            }
        }
        for i in (0..n.saturating_sub(1)).rev() {
            for tag in 0..N {
                backward[i][tag] = log_sum((0..N).map(|next| scores[i + 1][tag][next] + backward[i + 1][next]));
            }
        }
        let total = forward.last().map_or(0.0, |last| log_sum(last.iter().copied()));
        Self { scores, forward, backward, total }
    }

    /// How many atoms it has.
    pub(super) fn len(&self) -> usize {
        self.scores.len()
    }

    /// The probability that atom `i` has `tag` and the one before it `previous`.
    pub(super) fn edge(&self, i: usize, previous: usize, tag: usize) -> f64 {
        let before = if i == 0 { 0.0 } else { self.forward[i - 1][previous] };
        (before + self.scores[i][previous][tag] + self.backward[i][tag] - self.total).exp()
    }

    /// The probabilities that a measure begins with atom `start` and ends with it, with the next one and so on, for at most
    /// `longest` atoms.
    pub(super) fn stretches(&self, start: usize, longest: usize) -> Vec<f64> {
        let (begin, inside) = (Tag::Begin as usize, Tag::Inside as usize);
        let mut inner = self.forward[start][begin];
        let mut last = begin;
        let mut found = Vec::with_capacity(longest);
        for end in start..self.len().min(start + longest) {
            if end > start {
                inner += self.scores[end][last][inside];
                last = inside;
            }
            let stop = self.scores.get(end + 1).map_or(0.0, |next| {
                let others = (0..N).filter(|&tag| tag != inside);
                log_sum(others.map(|tag| next[last][tag] + self.backward[end + 1][tag]))
            });
            found.push((inner + stop - self.total).exp());
        }
        found
    }
}

fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let top = values.clone().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY { top } else { top + values.map(|v| (v - top).exp()).sum::<f64>().ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lattice() -> Lattice {
        let row = |at: usize| {
            std::array::from_fn(|p| {
                std::array::from_fn(|t| if at == 0 && p > 0 { f64::NEG_INFINITY } else { (at + 2 * t) as f64 * 0.1 })
            })
        };
        Lattice::new((0..4).map(row).collect())
    }

    #[test]
    fn the_edges_of_an_atom_sum_to_one() {
        let lattice = lattice();
        for i in 0..lattice.len() {
            let sum: f64 = (0..N).flat_map(|p| (0..N).map(move |t| (p, t))).map(|(p, t)| lattice.edge(i, p, t)).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        }
    }

    #[test]
    fn the_stretches_of_a_start_sum_to_its_beginning() {
        let lattice = lattice();
        for start in 0..lattice.len() {
            let begins: f64 = (0..N).map(|p| lattice.edge(start, p, Tag::Begin as usize)).sum();
            let sum: f64 = lattice.stretches(start, lattice.len()).iter().sum();
            assert!((sum - begins).abs() < 1e-9, "{sum} {begins}");
        }
    }
}
