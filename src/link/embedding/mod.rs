//! Sentence embeddings by a model that the user gives (`--embeddings`): one more ranking and one more feature.
//!
//! Takes a folder as Hugging Face lays it out for sentence-embedding models of BERT's kind, and texts; gives unit vectors,
//! the same at any number of threads. Refuses networks of another kind, and parts after pooling but normalisation.
//! The program runs without; nothing is loaded from anywhere but the folder.

mod bert;
mod config;
mod store;
mod tokens;
mod weights;

use super::vectors::normalise;
use crate::{Error, Result};
use bert::Bert;
use config::{Config, Pooling, REMEDY, Usage};
use ndarray::Axis;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use store::{Key, Store, key};
use tokens::Tokens;
use weights::Weights;

/// Texts encoded between two words of progress, after which they are also on disk.
const BATCH: usize = 128;

/// Told how many of how many clauses have been encoded.
type Progress = Box<dyn Fn(usize, usize) + Send + Sync>;

/// A sentence-embedding model, and what it has encoded so far.
pub struct Embedding {
    bert: Bert,
    tokens: Tokens,
    pooling: Pooling,
    /// What is put before a suggestion, and before a clause.
    prompts: [String; 2],
    digest: String,
    store: Mutex<Store>,
    progress: Option<Progress>,
}

impl fmt::Debug for Embedding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedding").field("digest", &self.digest).finish_non_exhaustive()
    }
}

impl Embedding {
    /// Reads a model's folder: `config.json`, `tokenizer.json` or `vocab.txt`, `model.safetensors`, and how it is used, where
    /// `modules.json` and `1_Pooling/config.json` say so (else the mean of all tokens).
    ///
    /// # Errors
    /// A file that is missing, unreadable, or of a kind that cannot be read: says which, and what to do.
    pub fn open(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            return Err(Error::input(folder, None, "this is no folder", REMEDY));
        }
        let usage = Usage::read(folder)?;
        let (at, file) = (usage.network.join("config.json"), usage.network.join("model.safetensors"));
        let config = Config::read(&at)?;
        let bytes = read_weights(&file)?;
        let bert = Bert::new(&config, &at, &Weights::new(&bytes, &file)?)?;
        let digest = digest(&usage, &bytes)?;
        drop(bytes);
        let tokens = Tokens::open(&usage, bert.most(), bert.vocabulary())?;
        let store = Mutex::new(Store::new(bert.dimensions()));
        let Usage { pooling, prompts, .. } = usage;
        let embedding = Self { bert, tokens, pooling, prompts, digest, store, progress: None };
        if embedding.encode("桥梁 bridge").iter().any(|x| !x.is_finite()) {
            return Err(Error::input(&file, None, "what it computes are no numbers", REMEDY));
        }
        Ok(embedding)
    }

    /// Keeps the vectors of clauses in `folder`, in a file that is named after the model, from one run to the next.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn keep_in(self, folder: &Path) -> Result<Self> {
        let path = folder.join(format!("embeddings-{}.bin", &self.digest[..16]));
        self.store().open(&path)?;
        Ok(self)
    }

    /// Has `progress` told how many of how many clauses have been encoded.
    #[must_use]
    pub fn telling(self, progress: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Self { progress: Some(Box::new(progress)), ..self }
    }

    /// What tells this model from every other: the BLAKE3 of its files, in hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The unit vector of a text. Of a text longer than the model can read, the mean of its parts.
    pub fn encode(&self, text: &str) -> Vec<f32> {
        let mut sum = vec![0.0; self.bert.dimensions()];
        // Opening the model has seen to it that whatever text can be cut.
        for window in self.tokens.windows(text).unwrap_or_default() {
            if window.is_empty() {
                continue;
            }
            let rows = self.bert.forward(&window);
            let mut vector = match self.pooling {
                Pooling::First => rows.row(0).to_vec(),
                Pooling::Mean => rows.sum_axis(Axis(0)).to_vec(),
            };
            normalise(&mut vector);
            let weight = window.len() as f32;
            sum.iter_mut().zip(&vector).for_each(|(s, x)| *s += weight * x);
        }
        normalise(&mut sum);
        sum
    }

    /// The vector of a suggestion.
    pub(super) fn of_suggestion(&self, text: &str) -> Vec<f32> {
        let text = format!("{}{text}", self.prompts[0]);
        let key = key(&text);
        if let Some(known) = self.store().get(&key) {
            return known.to_vec();
        }
        let vector = self.encode(&text);
        self.store().remember(key, &vector);
        vector
    }

    /// The vectors of clauses, one after the other.
    ///
    /// # Errors
    /// A file of [`Embedding::keep_in`] that cannot be written.
    pub(super) fn of_clauses<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Result<Vec<f32>> {
        let texts: Vec<String> = texts.map(|text| format!("{}{text}", self.prompts[1])).collect();
        let keys: Vec<Key> = texts.iter().map(|text| key(text)).collect();
        let mut seen = FxHashSet::default();
        let new: Vec<(Key, &str)> = {
            let store = self.store();
            let is_new = |key: &Key| store.get(key).is_none();
            let all = keys.iter().zip(&texts).filter(|(key, _)| is_new(key) && seen.insert(**key));
            all.map(|(key, text)| (*key, text.as_str())).collect()
        };
        for (at, batch) in new.chunks(BATCH).enumerate() {
            let encoded: Vec<(Key, Vec<f32>)> = batch.par_iter().map(|(key, text)| (*key, self.encode(text))).collect();
            self.store().keep(&encoded)?;
            if let Some(progress) = &self.progress {
                progress(at * BATCH + batch.len(), new.len());
            }
        }
        let store = self.store();
        Ok(keys.iter().filter_map(|key| store.get(key)).flatten().copied().collect())
    }

    fn store(&self) -> std::sync::MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bytes of the weights.
fn read_weights(file: &Path) -> Result<Vec<u8>> {
    if !file.is_file() {
        let beside = |name: &str| file.with_file_name(name).is_file();
        let problem = if beside("model.safetensors.index.json") {
            "there is no such file: the model is cut into several, which cannot be read"
        } else if beside("pytorch_model.bin") {
            "there is no such file: pytorch_model.bin has to be turned into safetensors"
        } else {
            "there is no such file"
        };
        return Err(Error::input(file, None, problem, REMEDY));
    }
    fs::read(file).map_err(|e| Error::io(file, e, REMEDY))
}

/// Tells apart whatever gives other vectors: the weights, and all that says how they are used.
fn digest(usage: &Usage, weights: &[u8]) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(weights);
    add(format!("{:?} {:?} {:?} {}", usage.pooling, usage.most, usage.prompts, usage.lower_case).as_bytes());
    for file in [usage.network.join("config.json"), Tokens::file(&usage.network)] {
        add(&fs::read(&file).map_err(|e| Error::io(&file, e, REMEDY))?);
    }
    let settings = usage.network.join("tokenizer_config.json");
    add(&if settings.is_file() {
        fs::read(&settings).map_err(|e| Error::io(&settings, e, REMEDY))?
    } else {
        Vec::new()
    });
    Ok(hasher.finalize().to_hex().to_string())
}

#[cfg(test)]
mod tests;
