//! Word vectors: what words mean by the company they keep, and how common they are in official texts.
//!
//! Takes a file written by `suyuan train-vectors`; gives a word's row, its unit vector and the share of paragraphs that
//! have it. The bundled file is unpacked on first use.
//!
//! Format, little endian: magic `SUYUANV1`, `u32` dimensions, `u32` words, `u64` paragraphs; then for each word `u8` length,
//! its UTF-8 bytes, `u32` paragraphs that have it, and one `i8` a dimension: the unit vector scaled so that its largest
//! component is ±127 (a unit vector needs no scale of its own: it is normalised again when read).

use crate::{Error, Result};
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

const MAGIC: &[u8; 8] = b"SUYUANV1";
static BYTES: &[u8] = include_bytes!("assets/vectors.bin");
static BUNDLED: LazyLock<Arc<Vectors>> = LazyLock::new(|| {
    Arc::new(Vectors::read(BYTES).expect("the bundled file was written by this program and is tested"))
});

/// Words with unit vectors and frequencies.
#[derive(Debug)]
pub struct Vectors {
    dimensions: usize,
    rows: Vec<f32>,
    paragraphs: u64,
    frequency: Vec<u32>,
    words: Vec<Box<str>>,
    index: FxHashMap<Box<str>, u32>,
}

impl Vectors {
    /// Those trained on official texts and bundled with the program.
    pub fn bundled() -> Arc<Self> {
        Arc::clone(&BUNDLED)
    }

    /// Those of a file.
    ///
    /// # Errors
    /// When the file cannot be read or was not written by `suyuan train-vectors`.
    pub fn open(path: &Path) -> Result<Self> {
        let remedy = "give a file that `suyuan train-vectors` wrote";
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e, remedy))?;
        Self::read(&bytes).ok_or_else(|| Error::input(path, None, "no word vectors, or cut short", remedy))
    }

    /// Reads the format above; `None` where the bytes do not have it.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let dimensions = u32::from_le_bytes(take(&mut rest)?) as usize;
        let count = u32::from_le_bytes(take(&mut rest)?) as usize;
        let paragraphs = u64::from_le_bytes(take(&mut rest)?);
        let mut vectors = Self {
            dimensions,
            rows: Vec::with_capacity(count.min(1 << 20) * dimensions.min(1 << 10)),
            paragraphs,
            frequency: Vec::new(),
            words: Vec::new(),
            index: FxHashMap::default(),
        };
        for row in 0..u32::try_from(count).ok()? {
            let [length] = take(&mut rest)?;
            let (word, tail) = rest.split_at_checked(length.into())?;
            rest = tail;
            let word: Box<str> = std::str::from_utf8(word).ok()?.into();
            vectors.frequency.push(u32::from_le_bytes(take(&mut rest)?));
            let (row_bytes, tail) = rest.split_at_checked(dimensions)?;
            rest = tail;
            let start = vectors.rows.len();
            vectors.rows.extend(row_bytes.iter().map(|&b| f32::from(b.cast_signed())));
            normalise(&mut vectors.rows[start..]);
            vectors.index.insert(word.clone(), row);
            vectors.words.push(word);
        }
        rest.is_empty().then_some(vectors)
    }

    /// Writes the format above.
    pub(super) fn write(words: &[(String, u32)], rows: &[f32], dimensions: usize, paragraphs: u64) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(u32::try_from(dimensions).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(u32::try_from(words.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(paragraphs.to_le_bytes());
        for ((word, frequency), row) in words.iter().zip(rows.chunks_exact(dimensions)) {
            bytes.push(u8::try_from(word.len()).unwrap_or(0));
            bytes.extend(word.as_bytes());
            bytes.extend(frequency.to_le_bytes());
            let largest = row.iter().fold(f32::MIN_POSITIVE, |m, x| m.max(x.abs()));
            bytes.extend(row.iter().map(|x| ((x / largest * 127.0).round() as i8).cast_unsigned()));
        }
        bytes
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Components of a vector.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The row of a word in normal form.
    pub fn row(&self, word: &str) -> Option<u32> {
        self.index.get(word).copied()
    }

    /// The word of a row.
    pub fn word(&self, row: u32) -> &str {
        &self.words[row as usize]
    }

    /// The unit vector of a row.
    pub fn vector(&self, row: u32) -> &[f32] {
        let start = row as usize * self.dimensions;
        &self.rows[start..start + self.dimensions]
    }

    /// A number that tells these vectors from others: of words, sizes and components (FNV-1a, Fowler, Noll, Vo 1991).
    pub fn check(&self) -> u64 {
        let words = self.words.iter().flat_map(|w| w.bytes());
        let sample =
            self.rows.iter().step_by(self.dimensions.max(1)).flat_map(|x| ((x * 127.0).round() as i32).to_le_bytes());
        words
            .chain(sample)
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    /// Whether these were trained on the same texts as `other`, as far as words, their counts and dimensions tell.
    pub(super) fn same_words(&self, other: &Self) -> bool {
        let texts = (self.dimensions, self.paragraphs) == (other.dimensions, other.paragraphs);
        texts && self.frequency == other.frequency && self.words == other.words
    }

    /// In how many paragraphs of the training texts the word of a row stood.
    pub fn frequency(&self, row: u32) -> u32 {
        self.frequency[row as usize]
    }

    /// How many paragraphs the training texts had.
    pub fn paragraphs(&self) -> u64 {
        self.paragraphs
    }
}

/// Brings a vector to length 1; leaves the zero vector.
pub(super) fn normalise(vector: &mut [f32]) {
    let norm = dot(vector, vector).sqrt();
    if norm > 0.0 {
        vector.iter_mut().for_each(|x| *x /= norm);
    }
}

/// The scalar product, in eight lanes so that it vectorises and is always summed in the same order.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + tail
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_at_checked(N)?;
    *rest = tail;
    head.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let words = [("桥梁".to_owned(), 3), ("隧道".to_owned(), 2)];
        let bytes = Vectors::write(&words, &[0.6, 0.8, -1.0, 0.0], 2, 9);
        let read = Vectors::read(&bytes).unwrap();
        assert_eq!((read.len(), read.paragraphs(), read.frequency(1)), (2, 9, 2));
        assert!((read.vector(0)[1] - 0.8).abs() < 0.01);
        assert!(Vectors::read(&bytes[..bytes.len() - 1]).is_none());
    }

    #[test]
    fn the_bundled_vectors_can_be_read_and_are_at_most_eight_megabytes() {
        assert!(BYTES.len() <= 8 << 20);
        let vectors = Vectors::bundled();
        assert_eq!(vectors.dimensions() % 8, 0);
    }
}
