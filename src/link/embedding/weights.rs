//! The weights of a model: tensors by name out of a `.safetensors` file, of 32 or 16 bits, with or without a prefix.

use super::config::REMEDY;
use crate::{Error, Result};
use ndarray::{Array1, Array2};
use safetensors::{Dtype, SafeTensors};
use std::path::Path;

/// What the names begin with, by how the model was saved.
const PREFIXES: [&str; 5] = ["", "bert.", "roberta.", "model.", "0.auto_model."];

/// The tensors of a file.
pub(super) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    prefix: &'static str,
    path: &'a Path,
}

impl<'a> Weights<'a> {
    pub(super) fn new(bytes: &'a [u8], path: &'a Path) -> Result<Self> {
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|e| Error::input(path, None, format!("no safetensors, or cut short ({e})"), REMEDY))?;
        let has = |prefix: &&str| tensors.tensor(&format!("{prefix}embeddings.word_embeddings.weight")).is_ok();
        let prefix = PREFIXES.into_iter().find(has).ok_or_else(|| {
            Error::input(
                path,
                None,
                "it has no tensor embeddings.word_embeddings.weight: no model of BERT's kind",
                REMEDY,
            )
        })?;
        Ok(Self { tensors, prefix, path })
    }

    pub(super) fn matrix(&self, name: &str, rows: usize, columns: usize) -> Result<Array2<f32>> {
        let values = self.values(name, &[rows, columns])?;
        Ok(Array2::from_shape_vec((rows, columns), values).expect("the count of values was held against the shape"))
    }

    pub(super) fn vector(&self, name: &str, length: usize) -> Result<Array1<f32>> {
        Ok(Array1::from_vec(self.values(name, &[length])?))
    }

    /// Weight and bias of a normalisation; old models call them gamma and beta.
    pub(super) fn norm(&self, name: &str, length: usize) -> Result<[Array1<f32>; 2]> {
        let old = self.tensors.tensor(&format!("{}{name}.gamma", self.prefix)).is_ok();
        let names = if old { ["gamma", "beta"] } else { ["weight", "bias"] };
        let [weight, bias] = names.map(|part| self.vector(&format!("{name}.{part}"), length));
        Ok([weight?, bias?])
    }

    fn values(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let name = format!("{}{name}", self.prefix);
        let wrong = |problem: String| Error::input(self.path, None, format!("tensor {name} {problem}"), REMEDY);
        let tensor = self.tensors.tensor(&name).map_err(|_| wrong("is missing".into()))?;
        if tensor.shape() != shape {
            return Err(wrong(format!("has the shape {:?}, and config.json says {shape:?}", tensor.shape())));
        }
        let pairs = || tensor.data().chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
        match tensor.dtype() {
            Dtype::F32 => {
                let values = tensor.data().chunks_exact(4);
                Ok(values.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
            }
            Dtype::F16 => Ok(pairs().map(half).collect()),
            Dtype::BF16 => Ok(pairs().map(|bits| f32::from_bits(u32::from(bits) << 16)).collect()),
            other => Err(wrong(format!("holds {other:?}; F32, F16 and BF16 can be read"))),
        }
    }
}

/// A number of sixteen bits (IEEE 754 binary16).
fn half(bits: u16) -> f32 {
    let (exponent, fraction) = (u32::from(bits >> 10) & 0x1f, u32::from(bits) & 0x3ff);
    let size = match exponent {
        0 => fraction as f32 / f32::from(1_u16 << 12) / f32::from(1_u16 << 12),
        31 => f32::from_bits(0x7f80_0000 | (fraction << 13)),
        _ => f32::from_bits(((exponent + 112) << 23) | (fraction << 13)),
    };
    if bits >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_sixteen_bits_are_read_as_the_standard_has_them() {
        for (bits, value) in [(0x3c00, 1.0), (0xc000, -2.0), (0x7bff, 65504.0), (0x3555, 0.333_251_95), (0x0000, 0.0)] {
            assert_eq!(half(bits), value);
        }
        assert_eq!(half(0x0001), 2.0_f32.powi(-24));
        assert_eq!(half(0x8400), -(2.0_f32.powi(-14)));
        assert_eq!(half(0x03ff), 1023.0 * 2.0_f32.powi(-24));
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }
}
