//! Keyness: the words that are more frequent in one corpus than in another.

use super::measure::{Frequencies, per_million};
use super::words::{Table, entry, has_meaning, merge, with_words};
use crate::search::{Every, Passage};
use crate::segment::Segmenter;
use rayon::prelude::*;
use serde::Serialize;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// How often a word must stand in both corpora together at least.
    pub min_count: u64,
    /// In how many documents of the corpus where it is more frequent, at least: a word of one document says little.
    pub min_documents: u64,
    /// Whether to list the words that are rarer in the studied corpus instead.
    pub negative: bool,
    /// Whether the greatest difference comes first, instead of the surest.
    pub by_ratio: bool,
    /// Whether words without meaning of their own are left out.
    pub meaning_only: bool,
    /// At most so many.
    pub limit: usize,
}

/// A word that tells the corpora apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Keyword {
    /// One-based in the order asked for.
    pub rank: usize,
    /// The word.
    pub word: String,
    /// How often in the corpus studied, also per million words and in how many documents.
    pub study: u64,
    /// As above.
    pub study_per_million: f64,
    /// As above.
    pub study_documents: u64,
    /// The same of the reference corpus.
    pub reference: u64,
    /// As above.
    pub reference_per_million: f64,
    /// As above.
    pub reference_documents: u64,
    /// G²: how sure the difference is.
    pub log_likelihood: f64,
    /// How large it is: each point is a doubling.
    pub log_ratio: f64,
}

/// The keywords of a corpus against another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Keyness {
    /// Documents and words of the corpus studied.
    pub study_documents: usize,
    /// As above.
    pub study_words: u64,
    /// The same of the reference corpus.
    pub reference_documents: usize,
    /// As above.
    pub reference_words: u64,
    /// Keywords, beyond the limit too.
    pub found: usize,
    /// The first of them.
    pub keywords: Vec<Keyword>,
}

#[derive(Default, Clone, Copy)]
struct Count {
    words: u64,
    documents: u64,
}

/// The words of a corpus: all of them, and of each how often and in how many documents.
fn tally(corpus: &Every, segmenter: &Segmenter) -> (u64, Table<Count>) {
    let document = |mut sum: (u64, Table<Count>), passages: &&[Passage]| {
        let mut own: Table<u64> = Table::default();
        for passage in *passages {
            with_words(segmenter, &passage.text, &[], |words, _| {
                sum.0 += words.len() as u64;
                words.iter().for_each(|word| *entry(&mut own, word) += 1);
            });
        }
        for (word, words) in own {
            let count = sum.1.entry(word).or_default();
            *count = Count { words: count.words + words, documents: count.documents + 1 };
        }
        sum
    };
    let add = |a: &mut Count, b: Count| *a = Count { words: a.words + b.words, documents: a.documents + b.documents };
    let empty = || (0, Table::default());
    let documents = corpus.by_document();
    documents.par_iter().fold(empty, document).reduce(empty, |a, b| (a.0 + b.0, merge(a.1, b.1, add)))
}

/// The keywords of `study` against `reference`. Where a unit is in both, it counts in both.
pub fn keyness(study: &Every, reference: &Every, segmenter: &Segmenter, request: &Request) -> Keyness {
    let (study_words, mut words) = tally(study, segmenter);
    let (reference_words, other) = tally(reference, segmenter);
    if request.negative {
        other.keys().for_each(|word| {
            entry(&mut words, word);
        });
    }
    let keyword = |(word, here): (Box<str>, Count)| {
        let there = other.get(&word).copied().unwrap_or_default();
        let counts = Frequencies {
            study: here.words,
            study_size: study_words,
            reference: there.words,
            reference_size: reference_words,
        };
        let log_ratio = counts.log_ratio();
        let documents = if request.negative { there.documents } else { here.documents };
        let often = here.words + there.words >= request.min_count && documents >= request.min_documents;
        let telling = if request.negative { log_ratio < 0.0 } else { log_ratio > 0.0 };
        let wanted = often && telling && (!request.meaning_only || has_meaning(segmenter, &word));
        wanted.then(|| Keyword {
            rank: 0,
            word: word.into(),
            study: here.words,
            study_per_million: per_million(here.words, study_words),
            study_documents: here.documents,
            reference: there.words,
            reference_per_million: per_million(there.words, reference_words),
            reference_documents: there.documents,
            log_likelihood: counts.log_likelihood(),
            log_ratio,
        })
    };
    let words: Vec<(Box<str>, Count)> = words.into_iter().collect();
    let mut keywords: Vec<Keyword> = words.into_par_iter().filter_map(keyword).collect();
    let (first, second) = (|k: &Keyword| k.log_likelihood, |k: &Keyword| k.log_ratio.abs());
    let key = |k: &Keyword| if request.by_ratio { (second(k), first(k)) } else { (first(k), second(k)) };
    keywords.sort_by(|a, b| {
        let (a_key, b_key) = (key(a), key(b));
        b_key.0.total_cmp(&a_key.0).then(b_key.1.total_cmp(&a_key.1)).then_with(|| a.word.cmp(&b.word))
    });
    let found = keywords.len();
    keywords.truncate(request.limit);
    keywords.iter_mut().enumerate().for_each(|(i, k)| k.rank = i + 1);
    Keyness {
        study_documents: study.documents.len(),
        study_words,
        reference_documents: reference.documents.len(),
        reference_words,
        found,
        keywords,
    }
}
