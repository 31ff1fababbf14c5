//! The network: BERT's encoder (Devlin et al. 2019), and RoBERTa's, which differs in where positions begin.
//!
//! Takes the numbers of a text's tokens; gives a vector for each. One text at a time: what it gives cannot depend on what
//! else is asked.

use super::config::{Config, REMEDY};
use super::weights::Weights;
use crate::{Error, Result};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, Axis, Slice, concatenate};
use std::path::Path;

/// The encoder with its weights.
pub(super) struct Bert {
    words: Array2<f32>,
    /// One row a position, that of the first kind of text added.
    positions: Array2<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    heads: usize,
    activation: fn(f32) -> f32,
    first_position: usize,
}

struct Layer {
    /// Queries, keys and values side by side.
    attention: Linear,
    attended: Linear,
    attended_norm: Norm,
    widened: Linear,
    narrowed: Linear,
    norm: Norm,
}

struct Linear {
    weight: Array2<f32>,
    bias: Array1<f32>,
}

struct Norm {
    weight: Array1<f32>,
    bias: Array1<f32>,
    epsilon: f32,
}

impl Bert {
    pub(super) fn new(config: &Config, at: &Path, weights: &Weights<'_>) -> Result<Self> {
        let activation = match config.hidden_act.as_str() {
            "gelu" => gelu,
            "gelu_new" | "gelu_pytorch_tanh" => gelu_by_tanh,
            "relu" => |x: f32| x.max(0.0),
            other => {
                let problem =
                    format!("hidden_act is {other:?}; gelu, gelu_new, gelu_pytorch_tanh and relu can be read");
                return Err(Error::input(at, None, problem, REMEDY));
            }
        };
        let (size, table) = (config.hidden_size, |name: &str| format!("embeddings.{name}_embeddings.weight"));
        let mut positions = weights.matrix(&table("position"), config.max_position_embeddings, size)?;
        let kinds = weights.matrix(&table("token_type"), config.type_vocab_size, size)?;
        if config.type_vocab_size > 0 {
            positions += &kinds.row(0);
        }
        Ok(Self {
            words: weights.matrix(&table("word"), config.vocab_size, size)?,
            positions,
            norm: Norm::new(config, "embeddings.LayerNorm", weights)?,
            layers: (0..config.num_hidden_layers).map(|at| Layer::new(config, at, weights)).collect::<Result<_>>()?,
            heads: config.num_attention_heads,
            activation,
            first_position: config.first_position(),
        })
    }

    /// Components of a vector.
    pub(super) fn dimensions(&self) -> usize {
        self.words.ncols()
    }

    /// How many words it knows.
    pub(super) fn vocabulary(&self) -> usize {
        self.words.nrows()
    }

    /// How many tokens a text may have.
    pub(super) fn most(&self) -> usize {
        self.positions.nrows() - self.first_position
    }

    /// A row for each token. There are no more than [`Bert::most`], and all are below [`Bert::vocabulary`].
    pub(super) fn forward(&self, tokens: &[u32]) -> Array2<f32> {
        let mut x = Array2::zeros((tokens.len(), self.dimensions()));
        for (at, (mut row, &token)) in x.axis_iter_mut(Axis(0)).zip(tokens).enumerate() {
            row += &self.words.row(token as usize);
            row += &self.positions.row(self.first_position + at);
        }
        self.norm.apply(&mut x);
        for layer in &self.layers {
            x = layer.forward(x, self.heads, self.activation);
        }
        x
    }
}

impl Layer {
    fn new(config: &Config, at: usize, weights: &Weights<'_>) -> Result<Self> {
        let (size, wide) = (config.hidden_size, config.intermediate_size);
        let name = |part: &str| format!("encoder.layer.{at}.{part}");
        let linear = |part: &str, out, of| Linear::new(&name(part), out, of, weights);
        let [queries, keys, values] =
            ["query", "key", "value"].map(|part| linear(&format!("attention.self.{part}"), size, size));
        let (queries, keys, values) = (queries?, keys?, values?);
        let joined = "three matrices of one shape stand under each other";
        let attention = Linear {
            weight: concatenate(Axis(0), &[queries.weight.view(), keys.weight.view(), values.weight.view()])
                .expect(joined),
            bias: concatenate(Axis(0), &[queries.bias.view(), keys.bias.view(), values.bias.view()]).expect(joined),
        };
        Ok(Self {
            attention,
            attended: linear("attention.output.dense", size, size)?,
            attended_norm: Norm::new(config, &name("attention.output.LayerNorm"), weights)?,
            widened: linear("intermediate.dense", wide, size)?,
            narrowed: linear("output.dense", size, wide)?,
            norm: Norm::new(config, &name("output.LayerNorm"), weights)?,
        })
    }

    fn forward(&self, x: Array2<f32>, heads: usize, activation: fn(f32) -> f32) -> Array2<f32> {
        let mut attended = self.attended.apply(&self.attend(&x, heads));
        attended += &x;
        self.attended_norm.apply(&mut attended);
        let mut wide = self.widened.apply(&attended);
        wide.mapv_inplace(activation);
        let mut out = self.narrowed.apply(&wide);
        out += &attended;
        self.norm.apply(&mut out);
        out
    }

    /// What each token takes from all of them, head by head (Vaswani et al. 2017).
    fn attend(&self, x: &Array2<f32>, heads: usize) -> Array2<f32> {
        let (count, size) = x.dim();
        let all = self.attention.apply(x);
        let (mut out, mut scores) = (Array2::zeros((count, size)), Array2::zeros((count, count)));
        let one = size / heads;
        let scale = 1.0 / (one as f32).sqrt();
        for head in 0..heads {
            let columns = |of: usize| Slice::from(of * size + head * one..of * size + (head + 1) * one);
            let part = |of: usize| all.slice_axis(Axis(1), columns(of));
            general_mat_mul(scale, &part(0), &part(1).t(), 0.0, &mut scores);
            scores.rows_mut().into_iter().for_each(|mut row| softmax(row.as_slice_mut().unwrap_or_default()));
            general_mat_mul(1.0, &scores, &part(2), 0.0, &mut out.slice_axis_mut(Axis(1), columns(0)));
        }
        out
    }
}

impl Linear {
    fn new(name: &str, out: usize, of: usize, weights: &Weights<'_>) -> Result<Self> {
        let weight = weights.matrix(&format!("{name}.weight"), out, of)?;
        Ok(Self { weight, bias: weights.vector(&format!("{name}.bias"), out)? })
    }

    fn apply(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut out = x.dot(&self.weight.t());
        out += &self.bias;
        out
    }
}

impl Norm {
    fn new(config: &Config, name: &str, weights: &Weights<'_>) -> Result<Self> {
        let [weight, bias] = weights.norm(name, config.hidden_size)?;
        Ok(Self { weight, bias, epsilon: config.layer_norm_eps })
    }

    /// Each row to mean 0 and variance 1 (Ba, Kiros, Hinton 2016), then scaled and shifted.
    fn apply(&self, x: &mut Array2<f32>) {
        for mut row in x.rows_mut() {
            let mean = row.sum() / row.len() as f32;
            row -= mean;
            let variance = row.dot(&row) / row.len() as f32;
            row /= (variance + self.epsilon).sqrt();
            row *= &self.weight;
            row += &self.bias;
        }
    }
}

/// Shares that sum to 1.
fn softmax(row: &mut [f32]) {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    row.iter_mut().for_each(|x| *x = (*x - most).exp());
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|x| *x /= sum);
}

/// `x Φ(x)` (Hendrycks and Gimpel 2016).
fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// Its approximation by tanh, with which some models were trained.
fn gelu_by_tanh(x: f32) -> f32 {
    let inner = (2.0 / std::f32::consts::PI).sqrt() * (x + 0.044_715 * x * x * x);
    0.5 * x * (1.0 + inner.tanh())
}

/// The error function, to 1.5 · 10⁻⁷ (Abramowitz and Stegun 1964, 7.1.26).
fn erf(x: f32) -> f32 {
    const P: f32 = 0.327_591_1;
    const A: [f32; 5] = [1.061_405_4, -1.453_152, 1.421_413_7, -0.284_496_72, 0.254_829_6];
    let t = 1.0 / (1.0 + P * x.abs());
    let sum = A.iter().fold(0.0, |sum, a| (sum + a) * t);
    (1.0 - sum * (-x * x).exp()).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_function_agrees_with_its_table() {
        for (x, value) in [(0.0, 0.0), (0.1, 0.112_462_92), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3)]
        {
            assert!((erf(x) - value).abs() < 4e-7 && (erf(-x) + value).abs() < 4e-7, "{x}: {}", erf(x));
        }
        assert_eq!((erf(9.0), erf(-9.0)), (1.0, -1.0));
        assert!((gelu(1.0) - 0.841_344_7).abs() < 1e-6 && (gelu_by_tanh(1.0) - 0.841_192).abs() < 1e-6);
    }

    #[test]
    fn shares_sum_to_one_however_large_the_scores() {
        let mut row = [1000.0, 1000.0, -1000.0];
        softmax(&mut row);
        assert_eq!(row, [0.5, 0.5, 0.0]);
    }
}
