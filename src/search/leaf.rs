//! One text of a query, found in the index: which records have it, and what it adds to their scores.

use super::bits::Bits;
use super::pattern::Pattern;
use super::query::{Field, TextQuery};
use super::segment::{Matches, Segment};
use crate::Result;
use crate::index::Fields;
use crate::segment::Segmenter;
use tantivy::schema;

/// Term-frequency saturation and length normalisation of BM25 (Robertson and Zaragoza 2009).
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// What a word in a heading above the unit counts, against one in the unit.
const HEADING: f64 = 0.3;

/// A text of a query, prepared.
pub(super) struct Leaf {
    field: Field,
    /// The whole string.
    pub(super) whole: Pattern,
    /// Its words, where it has several and they need not stand together.
    pub(super) words: Vec<Pattern>,
    /// The terms of its words, for ranking.
    terms: Vec<String>,
}

/// Word classes that carry no meaning of their own: particles, prepositions, conjunctions.
fn is_function(tag: &str) -> bool {
    matches!(tag.as_bytes().first(), Some(b'u' | b'p' | b'c' | b'y' | b'e' | b'o'))
}

impl Leaf {
    /// `None` where the text has nothing that can be searched.
    pub(super) fn new(query: &TextQuery, segmenter: &Segmenter) -> Option<Self> {
        let whole = Pattern::new(&query.text)?;
        let tokens = segmenter.words(&query.text);
        let meaning: Vec<_> = tokens.iter().filter(|t| !is_function(t.tag.as_str())).collect();
        let tokens = if meaning.is_empty() { tokens.iter().collect() } else { meaning };
        let mut terms: Vec<String> = Vec::new();
        for token in tokens {
            if !terms.contains(&token.term) {
                terms.push(token.term.clone());
            }
        }
        let words = match query.exact || terms.len() < 2 {
            true => Vec::new(),
            false => terms.iter().filter_map(|t| Pattern::new(t)).collect(),
        };
        Some(Self { field: query.field, whole, words, terms })
    }

    /// The strings to highlight.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        std::iter::once(&self.whole).chain(&self.words)
    }

    /// Whether it is looked for in the units' texts, and so takes part in ranking.
    pub(super) fn ranks(&self) -> bool {
        self.field == Field::Text
    }

    /// The records that have it; of a field other than the text, the records of the documents that have it.
    pub(super) fn records(&self, segment: &Segment<'_>, fields: &Fields) -> Result<Bits> {
        let scope: &[schema::Field] = match self.field {
            Field::Text => &[fields.grams, fields.path_grams],
            Field::Title => &[fields.grams],
            Field::Number => &[fields.number],
            Field::Issuer => &[fields.issuer],
            Field::Session => &[fields.session],
        };
        let has = |pattern: &Pattern| -> Result<Bits> {
            let mut records = Bits::none(segment.max_doc());
            for &field in scope {
                segment.pattern(field, pattern)?.iter().for_each(|(record, _)| records.insert(*record));
            }
            Ok(records)
        };
        let mut records = has(&self.whole)?;
        if let Some((first, rest)) = self.words.split_first() {
            let mut all = has(first)?;
            for word in rest {
                all = all.and(&has(word)?);
            }
            records = records.or(&all);
        }
        Ok(if self.ranks() { records } else { records.and(&segment.documents) })
    }
}

/// Adds to `scores` (of each segment, by record) what the leaf says of the records in `matched`.
///
/// Words count by BM25. Where the string stands as it was typed (of a single word: as a word, and not by accident inside
/// others), more is added than all its words can be worth, so that such records come first.
pub(super) fn score(
    leaf: &Leaf,
    segments: &[Segment<'_>],
    fields: &Fields,
    matched: &[Bits],
    scores: &mut [Vec<f64>],
) -> Result<()> {
    let mut bound = 0.0;
    let mut as_words = matched.iter().map(|m| Bits::none(m.bound())).collect::<Vec<_>>();
    for term in &leaf.terms {
        for (i, (field, weight)) in [(fields.words, 1.0), (fields.path_words, HEADING)].into_iter().enumerate() {
            let found: Vec<Matches> = segments.iter().map(|s| s.term(field, term)).collect::<Result<_>>()?;
            let weight = weight * idf(segments, &found);
            bound += weight * (K1 + 1.0);
            let sum: u64 = segments.iter().map(|s| s.length_sums[i]).sum();
            let mean = sum as f64 / segments.iter().map(|s| s.alive.len()).sum::<usize>().max(1) as f64;
            let add = Add { segments, field, weight, mean: mean.max(1.0), matched };
            add.to(scores, &found)?;
            if field == fields.words && leaf.terms.len() == 1 {
                for (set, found) in as_words.iter_mut().zip(&found) {
                    found.iter().for_each(|(record, _)| set.insert(*record));
                }
            }
        }
    }
    for (i, segment) in segments.iter().enumerate() {
        let single = leaf.terms.len() == 1;
        let exact = match single {
            true => as_words[i].clone(),
            false => Bits::of(segment.max_doc(), segment.pattern(fields.grams, &leaf.whole)?.iter().map(|m| m.0)),
        };
        exact.and(&matched[i]).iter().for_each(|record| scores[i][record as usize] += bound);
    }
    Ok(())
}

/// Inverse document frequency as in BM25, never negative; counted over what has not been deleted, so that an index
/// that has seen deletions ranks as a fresh one.
fn idf(segments: &[Segment<'_>], found: &[Matches]) -> f64 {
    let all: usize = segments.iter().map(|s| s.alive.len()).sum();
    let with: usize = found.iter().map(Vec::len).sum();
    (1.0 + (all as f64 - with as f64 + 0.5) / (with as f64 + 0.5)).ln()
}

/// What a term adds to the scores.
struct Add<'s> {
    segments: &'s [Segment<'s>],
    field: schema::Field,
    weight: f64,
    mean: f64,
    matched: &'s [Bits],
}

impl Add<'_> {
    fn to(&self, scores: &mut [Vec<f64>], found: &[Matches]) -> Result<()> {
        for (i, segment) in self.segments.iter().enumerate() {
            let lengths = segment.lengths(self.field)?;
            for &(record, frequency) in found[i].iter().filter(|(record, _)| self.matched[i].has(*record)) {
                let frequency = f64::from(frequency);
                let length = f64::from(lengths.fieldnorm(record));
                let saturated = frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * length / self.mean));
                scores[i][record as usize] += self.weight * saturated;
            }
        }
        Ok(())
    }
}
