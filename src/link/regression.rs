//! Fits a logistic regression by Newton's method with a ridge penalty (iteratively reweighted least squares).

use super::features::{COUNT, Features, NAMES};
use super::model::{Logistic, Weight};

/// An example: its features, whether it is one, and how much it counts.
pub(super) type Example = (Features, bool, f64);

/// Fits on the examples; `ridge` is the penalty on squared standardised weights. Deterministic.
pub(super) fn fit(examples: &[Example], ridge: f64) -> Logistic {
    let (means, scales) = standardise(examples);
    let used: Vec<usize> = (0..COUNT).filter(|&k| scales[k] > 1e-9).collect();
    let size = used.len() + 1;
    let mut beta = vec![0.0; size];
    for _ in 0..30 {
        let mut gradient = vec![0.0; size];
        let mut hessian = vec![0.0; size * size];
        let mut x = vec![1.0; size];
        for (features, truth, weight) in examples {
            for (at, &k) in used.iter().enumerate() {
                x[at + 1] = (features[k] - means[k]) / scales[k];
            }
            let p = 1.0 / (1.0 + (-dot(&beta, &x)).exp());
            let error = weight * (f64::from(*truth) - p);
            let curve = weight * (p * (1.0 - p)).max(1e-6);
            for i in 0..size {
                gradient[i] += error * x[i];
                let (row, by) = (&mut hessian[i * size..=i * size + i], curve * x[i]);
                row.iter_mut().zip(&x).for_each(|(h, x)| *h += by * x);
            }
        }
        for i in 1..size {
            gradient[i] -= ridge * beta[i];
            hessian[i * size + i] += ridge;
        }
        hessian[0] += 1e-9;
        let step = solve(&mut hessian, &gradient, size);
        beta.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
        if step.iter().all(|s| s.abs() < 1e-6) {
            break;
        }
    }
    let weights = used.iter().enumerate().map(|(at, &k)| Weight {
        feature: NAMES[k].to_owned(),
        mean: means[k],
        scale: scales[k],
        weight: beta[at + 1],
    });
    Logistic { bias: beta[0], weights: weights.collect() }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn standardise(examples: &[Example]) -> (Features, Features) {
    let total: f64 = examples.iter().map(|e| e.2).sum::<f64>().max(f64::MIN_POSITIVE);
    let mut means = [0.0; COUNT];
    let mut scales = [0.0; COUNT];
    for (features, _, weight) in examples {
        (0..COUNT).for_each(|k| means[k] += weight * features[k] / total);
    }
    for (features, _, weight) in examples {
        (0..COUNT).for_each(|k| scales[k] += weight * (features[k] - means[k]).powi(2) / total);
    }
    (means, scales.map(f64::sqrt))
}

/// Solves `A x = b` for a positive definite A whose lower triangle is given (Cholesky).
fn solve(a: &mut [f64], b: &[f64], size: usize) -> Vec<f64> {
    for i in 0..size {
        for j in 0..=i {
            let sum: f64 = a[i * size + j] - (0..j).map(|k| a[i * size + k] * a[j * size + k]).sum::<f64>();
            a[i * size + j] = if i == j { sum.max(1e-12).sqrt() } else { sum / a[j * size + j] };
        }
    }
    let mut x = b.to_vec();
    for i in 0..size {
        x[i] = (x[i] - (0..i).map(|k| a[i * size + k] * x[k]).sum::<f64>()) / a[i * size + i];
    }
    for i in (0..size).rev() {
        x[i] = (x[i] - (i + 1..size).map(|k| a[k * size + i] * x[k]).sum::<f64>()) / a[i * size + i];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_goes_to_the_feature_that_decides() {
        let example = |i: usize| {
            let mut x = [0.0; COUNT];
            x[0] = (i % 7) as f64;
            x[1] = (i % 5) as f64;
            (x, i % 7 > 3 || (i % 35 == 3), 1.0)
        };
        let examples: Vec<Example> = (0..350).map(example).collect();
        let fitted = fit(&examples, 1.0);
        let weight = |k: usize| fitted.weights.iter().find(|w| w.feature == NAMES[k]).map_or(0.0, |w| w.weight);
        assert!(weight(0) > 5.0 * weight(1).abs());
        assert!(fitted.weights.iter().all(|w| w.feature != NAMES[5]), "a constant feature has no weight");
    }
}
