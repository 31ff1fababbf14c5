//! All clauses of the policies of a library, held compactly for ranking: their words, bigrams, concepts and meaning.
//!
//! Takes a [`Library`] and a segmenter; gives rows (one a clause, in the order of documents and clauses) with postings.
//! Rarity is counted over the library and over the texts that the vectors were trained on, so that it makes sense even
//! where the library has three documents.

use super::postings::{Postings, counted};
use super::vectors::{Vectors, normalise};
use super::words::{Reader, Word};
use crate::document::{Clause, Document, Entry, Kind, Library};
use crate::segment::{each_gram, normalise as normal_form};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Which clause a row is, and where its words begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its document's place in the library.
    pub(super) entry: u32,
    /// Its place among the document's clauses, from 0.
    pub(super) clause: u32,
    start: u32,
    mentions: u32,
    head: u32,
}

/// A concept named in a clause, with the words it covers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) concept: u16,
    pub(super) first: u16,
    pub(super) after: u16,
}

/// A word of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) term: u32,
    pub(super) sentence: u16,
}

/// A term of the library.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// Information in nats: how rare it is.
    pub(super) rarity: f32,
    /// Its row among the vectors.
    pub(super) row: Option<u32>,
}

/// The clauses.
pub(super) struct Clauses {
    pub(super) rows: Vec<Row>,
    pub(super) terms: Vec<Term>,
    pub(super) words: Postings,
    pub(super) grams: Postings,
    pub(super) concepts: Postings,
    /// Norm of each row's bigram weights.
    pub(super) gram_norms: Vec<f32>,
    pub(super) mean_length: f32,
    /// Unit sentence vectors, one a row.
    pub(super) meanings: Vec<f32>,
    /// Vectors of `--embeddings`, one a row; none without.
    pub(super) embeddings: Vec<f32>,
    /// Unit vectors of the documents: the mean of their clauses.
    documents: FxHashMap<u32, Vec<f32>>,
    /// What all texts have in common, taken off every sentence vector.
    pub(super) common: Vec<f32>,
    seen: Vec<Seen>,
    named: Vec<Named>,
    heads: Vec<Vec<u32>>,
    term_ids: FxHashMap<Box<str>, u32>,
    gram_ids: FxHashMap<Box<str>, u32>,
    dimensions: usize,
    paragraphs: f64,
}

/// What one document adds, with terms of its own numbering.
struct Part {
    entry: u32,
    rows: Vec<PartRow>,
    words: Local,
    grams: Local,
}

struct PartRow {
    clause: u32,
    seen: Vec<Seen>,
    named: Vec<Named>,
    grams: Vec<u32>,
    head: Vec<u32>,
}

/// For each row its distinct words, bigrams and concepts, with their counts.
#[derive(Default)]
struct Lists {
    words: Vec<Vec<(u32, u8)>>,
    grams: Vec<Vec<(u32, u8)>>,
    concepts: Vec<Vec<(u32, u8)>>,
}

/// Documents that are cut side by side before they are added: what they hold by names of their own takes much room.
const BATCH: usize = 128;

/// Strings numbered in the order they come.
#[derive(Default)]
struct Local {
    ids: FxHashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Local {
    fn id(&mut self, name: &str) -> u32 {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.into());
        self.ids.insert(name.into(), id);
        id
    }
}

impl Clauses {
    pub(super) fn new(library: &Library, reader: &Reader<'_>, vectors: &Vectors, concepts: usize) -> Self {
        let policies: Vec<(u32, &Entry)> =
            (0..).zip(library.entries()).filter(|(_, e)| e.document.kind == Kind::Policy).collect();
        let mut all = Self::empty(vectors);
        let mut lists = Lists::default();
        for batch in policies.chunks(BATCH) {
            let parts: Vec<Part> = batch.par_iter().map(|(at, entry)| part(*at, entry, reader)).collect();
            parts.into_iter().for_each(|part| all.add(part, &mut lists));
        }
        all.words = Postings::new(&lists.words, all.term_ids.len());
        all.grams = Postings::new(&lists.grams, all.gram_ids.len());
        all.concepts = Postings::new(&lists.concepts, concepts);
        all.count_terms(vectors);
        all.mean_length = all.seen.len() as f32 / all.rows.len().max(1) as f32;
        all.gram_norms = lists.grams.par_iter().map(|list| all.gram_norm(list)).collect();
        drop(lists);
        all.meanings = all.measure_meanings(vectors);
        all.measure_documents();
        all
    }

    /// Adds the rows of a document under the numbers that its terms have here.
    fn add(&mut self, part: Part, lists: &mut Lists) {
        let words: Vec<u32> = part.words.names.iter().map(|n| intern(&mut self.term_ids, n)).collect();
        let grams: Vec<u32> = part.grams.names.iter().map(|n| intern(&mut self.gram_ids, n)).collect();
        for row in part.rows {
            let head: Vec<u32> = row.head.iter().map(|&t| words[t as usize]).collect();
            if self.rows.last().is_none_or(|r| r.entry != part.entry) || self.heads.last() != Some(&head) {
                self.heads.push(head);
            }
            self.rows.push(Row {
                entry: part.entry,
                clause: row.clause,
                start: self.seen.len() as u32,
                mentions: self.named.len() as u32,
                head: self.heads.len() as u32 - 1,
            });
            let seen = row.seen.iter().map(|s| Seen { term: words[s.term as usize], ..*s });
            self.seen.extend(seen.clone());
            lists.words.push(counted(seen.map(|s| s.term).collect()));
            lists.grams.push(counted(row.grams.iter().map(|&g| grams[g as usize]).collect()));
            lists.concepts.push(counted(row.named.iter().map(|n| n.concept.into()).collect()));
            self.named.extend(row.named);
        }
    }

    fn empty(vectors: &Vectors) -> Self {
        Self {
            rows: Vec::new(),
            terms: Vec::new(),
            words: Postings::default(),
            grams: Postings::default(),
            concepts: Postings::default(),
            gram_norms: Vec::new(),
            mean_length: 0.0,
            meanings: Vec::new(),
            embeddings: Vec::new(),
            documents: FxHashMap::default(),
            common: common(vectors),
            seen: Vec::new(),
            named: Vec::new(),
            heads: Vec::new(),
            term_ids: FxHashMap::default(),
            gram_ids: FxHashMap::default(),
            dimensions: vectors.dimensions(),
            paragraphs: vectors.paragraphs() as f64,
        }
    }

    /// The words of a row in order.
    pub(super) fn seen(&self, row: usize) -> &[Seen] {
        let end = self.rows.get(row + 1).map_or(self.seen.len(), |r| r.start as usize);
        &self.seen[self.rows[row].start as usize..end]
    }

    /// The concepts named in a row, with the words they cover.
    pub(super) fn named(&self, row: usize) -> &[Named] {
        let end = self.rows.get(row + 1).map_or(self.named.len(), |r| r.mentions as usize);
        &self.named[self.rows[row].mentions as usize..end]
    }

    /// The terms of the headings above a row.
    pub(super) fn head(&self, row: usize) -> &[u32] {
        &self.heads[self.rows[row].head as usize]
    }

    /// The number of a word in normal form.
    pub(super) fn term(&self, word: &str) -> Option<u32> {
        self.term_ids.get(word).copied()
    }

    /// The number of a bigram in normal form.
    pub(super) fn gram(&self, gram: &str) -> Option<u32> {
        self.gram_ids.get(gram).copied()
    }

    /// The document and clause of a row.
    pub(super) fn clause<'l>(&self, library: &'l Library, row: usize) -> (&'l Document, &'l Clause) {
        let Row { entry, clause, .. } = self.rows[row];
        let entry = &library.entries()[entry as usize];
        (&entry.document, &entry.parsed.clauses[clause as usize])
    }

    /// The unit sentence vector of a row.
    pub(super) fn meaning(&self, row: usize) -> &[f32] {
        &self.meanings[row * self.dimensions..][..self.dimensions]
    }

    /// The vector of `--embeddings` of a row; empty without.
    pub(super) fn embedding(&self, row: usize) -> &[f32] {
        let dimensions = self.embeddings.len() / self.rows.len().max(1);
        &self.embeddings[row * dimensions..][..dimensions]
    }

    /// How rare a word is that the library may not have: `ln((N + 1) / (n + ½))` over library and training texts.
    pub(super) fn rarity(&self, term: Option<u32>, row: Option<u32>, vectors: &Vectors) -> f32 {
        let here = term.map_or(0, |t| self.words.frequency(t)) as f64;
        let there = f64::from(row.map_or(0, |r| vectors.frequency(r)));
        self.information(here + there)
    }

    fn information(&self, having: f64) -> f32 {
        ((self.paragraphs + self.rows.len() as f64 + 1.0) / (having + 0.5)).ln() as f32
    }

    /// How rare a bigram is, in the library alone.
    pub(super) fn gram_rarity(&self, gram: u32) -> f32 {
        ((self.rows.len() as f32 + 1.0) / (self.grams.frequency(gram) as f32 + 0.5)).ln()
    }

    fn count_terms(&mut self, vectors: &Vectors) {
        let blank = Term { rarity: 0.0, row: None };
        let mut terms = vec![blank; self.term_ids.len()];
        for (word, &id) in &self.term_ids {
            let row = vectors.row(word);
            terms[id as usize] = Term { rarity: self.rarity(Some(id), row, vectors), row };
        }
        self.terms = terms;
    }

    fn gram_norm(&self, list: &[(u32, u8)]) -> f32 {
        let square = |&(gram, count): &(u32, u8)| (gram_weight(count) * self.gram_rarity(gram)).powi(2);
        list.iter().map(square).sum::<f32>().sqrt()
    }

    /// The unit vector of a row's document.
    pub(super) fn document_meaning(&self, row: usize) -> &[f32] {
        &self.documents[&self.rows[row].entry]
    }

    fn measure_documents(&mut self) {
        let mut documents: FxHashMap<u32, Vec<f32>> = FxHashMap::default();
        for row in 0..self.rows.len() {
            let sum = documents.entry(self.rows[row].entry).or_insert_with(|| vec![0.0; self.dimensions]);
            sum.iter_mut().zip(self.meaning(row)).for_each(|(s, x)| *s += x);
        }
        documents.values_mut().for_each(|v| normalise(v));
        self.documents = documents;
    }

    fn measure_meanings(&self, vectors: &Vectors) -> Vec<f32> {
        let mut all = vec![0.0; self.rows.len() * self.dimensions];
        all.par_chunks_mut(self.dimensions.max(1)).enumerate().for_each(|(row, vector)| {
            let rows = self.seen(row).iter().filter_map(|s| self.terms[s.term as usize].row);
            meaning(rows, vectors, &self.common, vector);
        });
        all
    }
}

/// The weight of a bigram that stands `count` times.
pub(super) fn gram_weight(count: u8) -> f32 {
    1.0 + f32::from(count).ln()
}

/// The sentence vector of words: their mean, common words counting less, less what all texts share (smooth inverse
/// frequency: Arora, Liang, Ma 2017).
pub(crate) fn meaning(rows: impl Iterator<Item = u32>, vectors: &Vectors, common: &[f32], into: &mut [f32]) {
    into.fill(0.0);
    let mut count = 0.0_f32;
    for row in rows {
        let weight = smooth(vectors, row);
        into.iter_mut().zip(vectors.vector(row)).for_each(|(x, v)| *x += weight * v);
        count += 1.0;
    }
    if count > 0.0 {
        into.iter_mut().zip(common).for_each(|(x, c)| *x = *x / count - 0.9 * c);
        normalise(into);
    }
}

/// How much a word counts in a sentence vector: `a / (a + share)`.
fn smooth(vectors: &Vectors, row: u32) -> f32 {
    const A: f32 = 0.01;
    A / (A + vectors.frequency(row) as f32 / vectors.paragraphs().max(1) as f32)
}

pub(crate) fn common(vectors: &Vectors) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.dimensions()];
    let mut total = 0.0;
    for row in 0..vectors.len() as u32 {
        let share = vectors.frequency(row) as f32;
        let weight = smooth(vectors, row) * share;
        total += share;
        sum.iter_mut().zip(vectors.vector(row)).for_each(|(s, v)| *s += weight * v);
    }
    sum.iter_mut().for_each(|s| *s /= f32::max(total, 1.0));
    sum
}

fn intern(ids: &mut FxHashMap<Box<str>, u32>, name: &str) -> u32 {
    if let Some(&id) = ids.get(name) {
        return id;
    }
    let id = ids.len() as u32;
    ids.insert(name.into(), id);
    id
}

/// Reads the clauses of one document.
fn part(entry: u32, source: &Entry, reader: &Reader<'_>) -> Part {
    let mut part = Part { entry, rows: Vec::new(), words: Local::default(), grams: Local::default() };
    for (clause, at) in source.parsed.clauses.iter().zip(0..) {
        let text = source.text(clause.span);
        let words = reader.read(text);
        let seen = words.iter().map(|w| Seen { term: part.words.id(&w.term), sentence: w.sentence }).collect();
        let mut grams = Vec::new();
        each_gram(normal_form(text).text(), |gram| {
            if gram.text.chars().nth(1).is_some() {
                grams.push(part.grams.id(&gram.text.to_lowercase()));
            }
        });
        let above: Vec<&str> = clause.path.iter().map(|l| l.head.as_str()).filter(|h| !h.is_empty()).collect();
        let head = reader.read(&above.join("\n")).iter().map(|w| part.words.id(&w.term)).collect();
        part.rows.push(PartRow { clause: at, named: named(&words), seen, grams, head });
    }
    part
}

/// Runs of words under the same concept.
pub(super) fn named(words: &[Word]) -> Vec<Named> {
    let mut runs: Vec<Named> = Vec::new();
    for (word, at) in words.iter().zip(0_u16..) {
        for &concept in &word.concepts {
            match runs.iter_mut().rev().find(|r| r.concept == concept && r.after == at) {
                Some(run) => run.after = at + 1,
                None => runs.push(Named { concept, first: at, after: at + 1 }),
            }
        }
    }
    runs
}
