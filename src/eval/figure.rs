//! A measured figure with its bootstrap interval.

use serde::Serialize;

/// Resamples of a bootstrap.
const RESAMPLES: usize = 1000;
/// Seed of the resampling: the same input gives the same interval.
const SEED: u64 = 0x5eed_2023;

/// A figure with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// The figure itself; `None` where nothing was there to measure.
    pub value: Option<f64>,
    /// 2.5th percentile of the bootstrap.
    pub low: Option<f64>,
    /// 97.5th percentile.
    pub high: Option<f64>,
    /// Gold items (or judged items) the figure rests on.
    pub n: usize,
}

/// Right, predicted and gold items of one cluster (a proposal): what precision, recall and F1 are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Gold items that were found.
    pub found: usize,
    /// Predicted items that are right.
    pub right: usize,
    /// Items predicted.
    pub predicted: usize,
    /// Items in the gold.
    pub gold: usize,
}

impl Counts {
    /// Sum over clusters.
    pub fn sum<'a>(counts: impl IntoIterator<Item = &'a Self>) -> Self {
        counts.into_iter().fold(Self::default(), |a, b| Self {
            found: a.found + b.found,
            right: a.right + b.right,
            predicted: a.predicted + b.predicted,
            gold: a.gold + b.gold,
        })
    }

    /// Share of the predicted items that are right; `None` without predictions.
    pub fn precision(self) -> Option<f64> {
        (self.predicted > 0).then(|| self.right as f64 / self.predicted as f64)
    }

    /// Share of the gold items that were found; `None` without gold.
    pub fn recall(self) -> Option<f64> {
        (self.gold > 0).then(|| self.found as f64 / self.gold as f64)
    }

    /// Harmonic mean of precision and recall (van Rijsbergen 1979), 0 where one is 0; `None` without gold.
    pub fn f1(self) -> Option<f64> {
        let recall = self.recall()?;
        let precision = self.precision().unwrap_or(0.0);
        Some(if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 })
    }

    /// Precision, recall and F1 over clusters, named `{name}_precision`, `{name}_recall`, `{name}_f1`.
    pub fn figures(name: &str, clusters: &[Self]) -> Vec<(String, Figure)> {
        let gold = clusters.iter().map(|c| c.gold).sum();
        let figure = |end: &str, statistic: fn(Self) -> Option<f64>| {
            let figure = bootstrap(clusters, gold, |sample| statistic(Self::sum(sample.iter().copied())));
            (format!("{name}_{end}"), figure)
        };
        vec![figure("precision", Self::precision), figure("recall", Self::recall), figure("f1", Self::f1)]
    }
}

/// The statistic over all clusters with the percentile interval of a cluster bootstrap (Efron and Tibshirani 1993): clusters
/// are drawn with replacement, so that items of one proposal stay together. `n` is what the figure rests on.
pub fn bootstrap<T>(clusters: &[T], n: usize, statistic: impl Fn(&[&T]) -> Option<f64>) -> Figure {
    let all: Vec<&T> = clusters.iter().collect();
    let value = if all.is_empty() { None } else { statistic(&all) };
    if value.is_none() {
        return Figure { value, low: None, high: None, n };
    }
    let mut random = SplitMix(SEED);
    let mut sample = all.clone();
    let mut values: Vec<f64> = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        sample.iter_mut().for_each(|slot| *slot = all[random.below(all.len())]);
        values.extend(statistic(&sample));
    }
    values.sort_by(f64::total_cmp);
    Figure { value, low: percentile(&values, 0.025), high: percentile(&values, 0.975), n }
}

/// Linear interpolation between the closest ranks (Hyndman and Fan 1996, type 7) of sorted values.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    Some(sorted[below] + (sorted[above] - sorted[below]) * place.fract())
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; the bias of the multiplication is under 2⁻³² for the counts here.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(found: usize, predicted: usize, gold: usize) -> Counts {
        Counts { found, right: found, predicted, gold }
    }

    #[test]
    fn f1_is_the_harmonic_mean_of_precision_and_recall() {
        assert_eq!(counts(2, 4, 2).f1(), Some(2.0 / 3.0));
        assert_eq!(counts(0, 0, 3).f1(), Some(0.0));
        assert_eq!(counts(0, 3, 0).f1(), None);
    }

    #[test]
    fn an_interval_holds_its_value_and_is_the_same_every_time() {
        let clusters: Vec<Counts> = (0..20).map(|i| counts(i % 4, 4, 3 + i % 2)).collect();
        let f1 = || Counts::figures("link", &clusters)[2].1;
        assert_eq!(f1(), f1());
        assert!(f1().low < f1().value && f1().value < f1().high);
    }

    #[test]
    fn equal_clusters_leave_no_width() {
        let figure = Counts::figures("link", &[counts(1, 2, 2); 5])[0].1;
        assert_eq!((figure.low, figure.high, figure.n), (Some(0.5), Some(0.5), 10));
    }

    #[test]
    fn nothing_measured_is_no_value() {
        assert_eq!(bootstrap(&[] as &[Counts], 0, |_| Some(1.0)).value, None);
    }
}
