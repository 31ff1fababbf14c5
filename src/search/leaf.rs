//! One text of a query, found in the index: which records have it, and what it adds to their scores.

use super::bits::Bits;
use super::finder::Finder;
use super::fuzzy::Fuzzy;
use super::near::{Near, Rule};
use super::pattern::Pattern;
use super::query::{Field, Form, TextQuery};
use super::segment::{Matches, Segment};
use super::wild::Wild;
use super::words::{Count, Synonyms, Word, parts_of, words_of};
use crate::Result;
use crate::index::Fields;
use crate::segment::Segmenter;
use tantivy::schema;

/// Term-frequency saturation and length normalisation of BM25 (Robertson and Zaragoza 2009).
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// What a word in a heading above the unit counts, against one in the unit.
pub(super) const HEADING: f64 = 0.3;

/// A text of a query, prepared.
pub(super) struct Leaf {
    pub(super) field: Field,
    /// What is shown of it in a text.
    pub(super) finder: Finder,
    pub(super) wanted: Wanted,
}

/// How the records that have it are known.
pub(super) enum Wanted {
    /// By the index: the string as typed, or else all words, where there are any.
    Strings {
        /// The string, in all its prints.
        whole: Vec<Pattern>,
        /// Its words, where they need not stand together.
        words: Vec<Word>,
        /// Its words, for ranking.
        ranked: Vec<Word>,
    },
    /// By reading the texts; with how much of it stands in each record of each segment.
    Read(Vec<Vec<(u32, f64)>>),
}

impl Leaf {
    /// `None` where the text has nothing that can be searched.
    pub(super) fn new(query: &TextQuery, segmenter: &Segmenter, synonyms: Option<&Synonyms<'_>>) -> Option<Self> {
        if let Form::Words | Form::Exact = query.form {
            let whole = Pattern::all(&query.text);
            let exact = query.form == Form::Exact;
            let ranked = words_of(&query.text, segmenter, synonyms.filter(|_| !exact));
            let several = ranked.len() > 1 || ranked.iter().any(Word::has_others);
            let words = if exact || !several { Vec::new() } else { ranked.clone() };
            let patterns = whole.iter().chain(words.iter().flat_map(|w| &w.patterns)).cloned().collect();
            let some = !whole.is_empty();
            let finder = Finder::Strings(patterns);
            return some.then_some(Self {
                field: query.field,
                finder,
                wanted: Wanted::Strings { whole, words, ranked },
            });
        }
        Some(Self::read(query.field, finder(query, segmenter)?))
    }

    /// A leaf whose texts have to be read.
    pub(super) fn read(field: Field, finder: Finder) -> Self {
        Self { field, finder, wanted: Wanted::Read(Vec::new()) }
    }

    /// Whether it is looked for in units, and so takes part in ranking.
    pub(super) fn ranks(&self) -> bool {
        self.field.is_of_unit()
    }

    /// Whether it stands in the text that a hit shows.
    pub(super) fn shows(&self) -> bool {
        matches!(self.field, Field::Text | Field::Body)
    }

    /// The fields of bigrams it is looked for in.
    pub(super) fn fields(&self, fields: &Fields) -> Vec<schema::Field> {
        match self.field {
            Field::Text => vec![fields.grams, fields.path_grams],
            Field::Body | Field::Title => vec![fields.grams],
            Field::Heading => vec![fields.path_grams],
            Field::Number => vec![fields.number],
            Field::Issuer => vec![fields.issuer],
            Field::Session => vec![fields.session],
        }
    }

    /// Of these records those that its field belongs to.
    pub(super) fn in_scope(&self, records: Bits, segment: &Segment<'_>) -> Bits {
        match self.field {
            Field::Text | Field::Heading => records,
            Field::Body => records.without(&segment.documents),
            _ => records.and(&segment.documents),
        }
    }

    /// The records that have it; of a field of the document, the records of the documents that have it.
    pub(super) fn records(&self, segment: &Segment<'_>, fields: &Fields) -> Result<Bits> {
        let (whole, words) = match &self.wanted {
            Wanted::Strings { whole, words, .. } => (whole, words),
            Wanted::Read(found) => {
                let records = found.get(segment.ordinal).into_iter().flatten().map(|f| f.0);
                return Ok(Bits::of(segment.max_doc(), records));
            }
        };
        let scope = self.fields(fields);
        let has = |patterns: &[Pattern]| -> Result<Bits> {
            let or = |any: Bits, &field: &schema::Field| segment.any(field, patterns).map(|found| any.or(&found));
            scope.iter().try_fold(Bits::none(segment.max_doc()), or)
        };
        let mut records = has(whole)?;
        if let Some((first, rest)) = words.split_first() {
            let mut all = has(&first.patterns)?;
            for word in rest {
                all = all.and(&has(&word.patterns)?);
            }
            records = records.or(&all);
        }
        Ok(self.in_scope(records, segment))
    }
}

/// What a query finds by reading.
fn finder(query: &TextQuery, segmenter: &Segmenter) -> Option<Finder> {
    let strings = |patterns: Vec<Pattern>| (!patterns.is_empty()).then_some(Finder::Strings(patterns));
    match query.form {
        Form::Words | Form::Exact => strings(Pattern::all(&query.text)),
        Form::Wild => Wild::new(&query.text).map(Finder::Wild),
        Form::Fuzzy(edits) => Fuzzy::new(&query.text, edits).map(Finder::Fuzzy),
        Form::Slop { words, ordered } => match parts_of(&query.text, segmenter) {
            parts if parts.len() < 2 => strings(Pattern::all(&query.text)),
            parts => {
                let parts = parts.into_iter().map(Finder::Strings).collect();
                Some(Finder::Near(Near { parts, rule: Rule::Window { words, ordered } }))
            }
        },
    }
}

/// What one of the parts of a NEAR finds.
pub(super) fn place(texts: &[&TextQuery], segmenter: &Segmenter) -> Option<Finder> {
    let finders = texts.iter().map(|t| finder(t, segmenter)).collect::<Option<Vec<_>>>()?;
    Some(Finder::Any(finders))
}

/// What the scores are worked out from.
pub(super) struct Scoring<'s> {
    pub(super) segments: &'s [Segment<'s>],
    pub(super) fields: &'s Fields,
    pub(super) matched: &'s [Bits],
    /// Of each segment, by record.
    pub(super) scores: Vec<Vec<f64>>,
}

impl Scoring<'_> {
    /// Adds what a leaf says of the records that match.
    ///
    /// Words count by BM25. Where the string stands as it was typed (of a single word: as a word, and not by accident inside
    /// others), more is added than all its words can be worth, so that such records come first. What is found by reading
    /// counts as one word.
    pub(super) fn add(&mut self, leaf: &Leaf) -> Result<()> {
        match &leaf.wanted {
            Wanted::Strings { whole, ranked, .. } => self.add_words(leaf, whole, ranked),
            Wanted::Read(found) => {
                let weight = self.idf(found.iter().map(Vec::len).sum());
                for (i, found) in found.iter().enumerate() {
                    for (record, amount) in found.iter().filter(|(record, _)| self.matched[i].has(*record)) {
                        self.scores[i][*record as usize] += weight * amount * (K1 + 1.0) / (amount + K1);
                    }
                }
                Ok(())
            }
        }
    }

    fn add_words(&mut self, leaf: &Leaf, whole: &[Pattern], ranked: &[Word]) -> Result<()> {
        let mut bound = 0.0;
        let mut exact: Option<Vec<Bits>> = None;
        let single = ranked.len() == 1 && matches!(ranked[0].counts[0].0, Count::Term(_));
        let text = (self.fields.words, self.fields.grams, 1.0);
        let path = (self.fields.path_words, self.fields.path_grams, HEADING);
        let scope = match leaf.field {
            Field::Text => vec![text, path],
            Field::Heading => vec![path],
            _ => vec![text],
        };
        for (count, share) in ranked.iter().flat_map(|w| &w.counts) {
            for &(words, grams, weight) in &scope {
                let found: Vec<Matches> =
                    self.segments.iter().map(|s| counted(s, count, words, grams)).collect::<Result<_>>()?;
                let weight = weight * share * self.idf(found.iter().map(Vec::len).sum());
                bound += weight * (K1 + 1.0);
                self.add_found(&found, words, weight)?;
                if single && exact.is_none() {
                    let sets = self.segments.iter().zip(&found);
                    exact = Some(sets.map(|(s, f)| Bits::of(s.max_doc(), f.iter().map(|m| m.0))).collect());
                }
            }
        }
        for (i, segment) in self.segments.iter().enumerate() {
            let exact = match &exact {
                Some(sets) => sets[i].clone(),
                None => segment.any(scope[0].1, whole)?,
            };
            exact.and(&self.matched[i]).iter().for_each(|record| self.scores[i][record as usize] += bound);
        }
        Ok(())
    }

    /// Inverse document frequency as in BM25, never negative; counted over what has not been deleted, so that an index
    /// that has seen deletions ranks as a fresh one.
    fn idf(&self, with: usize) -> f64 {
        let all: usize = self.segments.iter().map(|s| s.living).sum();
        (1.0 + (all as f64 - with as f64 + 0.5) / (with as f64 + 0.5)).ln()
    }

    fn add_found(&mut self, found: &[Matches], field: schema::Field, weight: f64) -> Result<()> {
        let place = usize::from(field != self.fields.words);
        let sum: u64 = self.segments.iter().map(|s| s.length_sums[place]).sum();
        let mean = (sum as f64 / self.segments.iter().map(|s| s.living).sum::<usize>().max(1) as f64).max(1.0);
        for (i, segment) in self.segments.iter().enumerate() {
            let lengths = segment.lengths(field)?;
            for &(record, frequency) in found[i].iter().filter(|(record, _)| self.matched[i].has(*record)) {
                let frequency = f64::from(frequency);
                let length = f64::from(lengths.fieldnorm(record));
                let saturated = frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * length / mean));
                self.scores[i][record as usize] += weight * saturated;
            }
        }
        Ok(())
    }
}

/// The records in which something that is counted stands, with how often.
fn counted(segment: &Segment<'_>, count: &Count, words: schema::Field, grams: schema::Field) -> Result<Matches> {
    match count {
        Count::Term(term) => segment.term(words, term),
        Count::Strings(patterns) => {
            let mut all: Matches = Vec::new();
            for pattern in patterns {
                all.extend(segment.pattern(grams, pattern)?);
            }
            all.sort_unstable();
            all.dedup_by(|b, a| {
                a.0 == b.0 && {
                    a.1 += b.1;
                    true
                }
            });
            Ok(all)
        }
    }
}
