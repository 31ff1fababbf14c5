//! First pass: which clauses are worth a closer look. Four retrievals over all clauses are fused by a weighted sum; a fifth
//! joins them where the user gives a model for `--embeddings`.
//!
//! Words by BM25 (Robertson and Walker 1994), character bigrams by the cosine of TF-IDF weights (Salton and Buckley
//! 1988), concepts of the thesaurus by their rarity, sentence vectors by their cosine.

use super::clauses::{Clauses, gram_weight, meaning};
use super::vectors::{Vectors, dot};
use super::words::Word;
use crate::segment::{each_gram, normalise};

/// A suggestion made ready for ranking.
pub(super) struct Asked {
    pub(super) words: Vec<Word>,
    /// For each word its number among the terms of the library.
    pub(super) terms: Vec<Option<u32>>,
    /// For each word how rare it is.
    pub(super) rarity: Vec<f32>,
    pub(super) grams: Vec<(u32, f32)>,
    pub(super) gram_norm: f32,
    pub(super) meaning: Vec<f32>,
    /// The vector of `--embeddings`; empty without.
    pub(super) embedding: Vec<f32>,
    /// The unit vector of all that its proposal suggests.
    pub(super) context: Vec<f32>,
}

/// The scores of a clause in the retrievals.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct First {
    pub(super) row: u32,
    pub(super) words: f32,
    pub(super) grams: f32,
    pub(super) concepts: f32,
    pub(super) meaning: f32,
    pub(super) embedding: f32,
    pub(super) fused: f32,
}

/// Saturation and length of BM25.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Weights of the fusion, set by hand and not yet tuned.
const FUSION: [f32; 4] = [1.0, 2.0, 0.6, 1.0];
/// What a standard deviation of `--embeddings` adds.
const EMBEDDING: f32 = 0.2;
/// No word counts more than this, in nats: what is rarer is a name or a slip.
pub(super) const RAREST: f32 = 12.0;

impl Asked {
    pub(super) fn new(text: &str, words: Vec<Word>, clauses: &Clauses, vectors: &Vectors) -> Self {
        let terms: Vec<Option<u32>> = words.iter().map(|w| clauses.term(&w.term)).collect();
        let rarity = words.iter().zip(&terms).map(|(w, t)| clauses.rarity(*t, w.row, vectors).clamp(0.0, RAREST));
        let rarity = rarity.collect();
        let mut grams = Vec::new();
        each_gram(normalise(text).text(), |gram| {
            if gram.text.chars().nth(1).is_some() {
                grams.extend(clauses.gram(&gram.text.to_lowercase()));
            }
        });
        let grams: Vec<(u32, f32)> = super::postings::counted(grams)
            .into_iter()
            .map(|(gram, count)| (gram, gram_weight(count) * clauses.gram_rarity(gram)))
            .collect();
        let gram_norm = grams.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        let mut sense = vec![0.0; vectors.dimensions()];
        meaning(words.iter().filter_map(|w| w.row), vectors, &clauses.common, &mut sense);
        Self { words, terms, rarity, grams, gram_norm, context: sense.clone(), meaning: sense, embedding: Vec::new() }
    }
}

/// The `most` best rows among those allowed, best first; ties by row.
pub(super) fn retrieve(asked: &Asked, clauses: &Clauses, allowed: Option<&[bool]>, most: usize) -> Vec<First> {
    let count = clauses.rows.len();
    let mut scores = [vec![0.0_f32; count], vec![0.0_f32; count], vec![0.0_f32; count]];
    by_words(asked, clauses, &mut scores[0]);
    by_grams(asked, clauses, &mut scores[1]);
    by_concepts(asked, clauses, &mut scores[2]);
    let mut firsts: Vec<First> = (0..count)
        .filter(|&row| allowed.is_none_or(|a| a[clauses.rows[row].entry as usize]))
        .map(|row| {
            let meaning = dot(&asked.meaning, clauses.meaning(row));
            let all = [scores[0][row], scores[1][row], scores[2][row], meaning];
            let fused = all.iter().zip(FUSION).map(|(s, w)| s * w).sum();
            let [words, grams, concepts, _] = all;
            First { row: row as u32, words, grams, concepts, meaning, embedding: 0.0, fused }
        })
        .collect();
    if !asked.embedding.is_empty() {
        by_embedding(asked, clauses, &mut firsts);
    }
    let by_score = |a: &First, b: &First| b.fused.total_cmp(&a.fused).then(a.row.cmp(&b.row));
    if firsts.len() > most && most > 0 {
        firsts.select_nth_unstable_by(most - 1, by_score);
        firsts.truncate(most);
    }
    firsts.sort_by(by_score);
    firsts
}

/// The cosine of `--embeddings`. Models differ in where and how far apart their cosines lie: what is added is how many
/// standard deviations of the clauses' cosines it is above their mean.
fn by_embedding(asked: &Asked, clauses: &Clauses, into: &mut [First]) {
    into.iter_mut().for_each(|f| f.embedding = dot(&asked.embedding, clauses.embedding(f.row as usize)));
    let count = into.len().max(1) as f64;
    let mean = into.iter().map(|f| f64::from(f.embedding)).sum::<f64>() / count;
    let variance = into.iter().map(|f| (f64::from(f.embedding) - mean).powi(2)).sum::<f64>() / count;
    let deviation = variance.sqrt().max(1e-6);
    into.iter_mut().for_each(|f| f.fused += EMBEDDING * ((f64::from(f.embedding) - mean) / deviation) as f32);
}

/// BM25 over the distinct words, as a share of what the suggestion's words weigh.
fn by_words(asked: &Asked, clauses: &Clauses, into: &mut [f32]) {
    let total: f32 = asked.rarity.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    for (at, term) in asked.terms.iter().enumerate() {
        let Some(term) = *term else { continue };
        if asked.terms[..at].contains(&Some(term)) {
            continue;
        }
        let weight = asked.rarity[at] / total;
        for (row, count) in clauses.words.of(term) {
            let length = clauses.seen(row as usize).len() as f32 / clauses.mean_length;
            let count = f32::from(count);
            into[row as usize] += weight * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length));
        }
    }
}

fn by_grams(asked: &Asked, clauses: &Clauses, into: &mut [f32]) {
    for &(gram, weight) in &asked.grams {
        let rarity = clauses.gram_rarity(gram);
        for (row, count) in clauses.grams.of(gram) {
            into[row as usize] += weight * rarity * gram_weight(count);
        }
    }
    for (score, norm) in into.iter_mut().zip(&clauses.gram_norms) {
        *score /= asked.gram_norm * norm.max(f32::MIN_POSITIVE);
    }
}

/// The share of the suggestion's concepts that a clause names, rare concepts counting more.
fn by_concepts(asked: &Asked, clauses: &Clauses, into: &mut [f32]) {
    let mut concepts: Vec<u16> = asked.words.iter().flat_map(|w| w.concepts.iter().copied()).collect();
    concepts.sort_unstable();
    concepts.dedup();
    let rarity =
        |c: u16| ((clauses.rows.len() as f32 + 1.0) / (clauses.concepts.frequency(c.into()) as f32 + 0.5)).ln();
    let total: f32 = concepts.iter().map(|&c| rarity(c)).sum::<f32>().max(1.0);
    for concept in concepts {
        let weight = rarity(concept) / total;
        for (row, _) in clauses.concepts.of(concept.into()) {
            into[row as usize] += weight;
        }
    }
}
