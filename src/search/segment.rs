//! One segment of the index: which of its records have a term or a string, and how often.

use super::bits::Bits;
use super::pattern::{Pattern, Piece};
use crate::Result;
use crate::index::{DOCUMENT_RECORD, Index};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::columnar::ColumnValues;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

/// Records with how often they have something, rising.
pub(super) type Matches = Vec<(u32, u32)>;

/// A segment opened for search.
pub(super) struct Segment<'a> {
    index: &'a Index,
    reader: &'a SegmentReader,
    /// The rank by id of the document of each record.
    pub(super) document: Vec<u32>,
    /// [`DOCUMENT_RECORD`] or the kind of unit of each record.
    pub(super) unit: Arc<dyn ColumnValues<u64>>,
    /// First byte and ordinal of each unit.
    pub(super) start: Arc<dyn ColumnValues<u64>>,
    pub(super) ordinal: Arc<dyn ColumnValues<u64>>,
    /// Sums of the lengths of what has not been deleted: words of the texts, words of the headings. tantivy's own sums
    /// keep the deleted ones.
    pub(super) length_sums: [u64; 2],
    /// The records that have not been deleted.
    pub(super) alive: Bits,
    /// Of them those of documents.
    pub(super) documents: Bits,
}

impl<'a> Segment<'a> {
    /// Opens a segment; `rank` gives the rank of a document's id.
    pub(super) fn open(index: &'a Index, reader: &'a SegmentReader, rank: &FxHashMap<String, u32>) -> Result<Self> {
        let broken = |e: &dyn std::fmt::Display| index.broken(e);
        let column = |name| reader.fast_fields().column_first_or_default::<u64>(name).map_err(|e| broken(&e));
        let (unit, start, ordinal) = (column("unit")?, column("start")?, column("ordinal")?);
        let alive = Bits::of(reader.max_doc(), reader.doc_ids_alive());
        let documents = Bits::of(reader.max_doc(), alive.iter().filter(|&r| unit.get_val(r) == DOCUMENT_RECORD));
        let mut document = vec![0; reader.max_doc() as usize];
        if let Some(ids) = reader.fast_fields().str("document").map_err(|e| broken(&e))? {
            let mut ranks = Vec::with_capacity(ids.dictionary().num_terms());
            let mut terms = ids.dictionary().stream().map_err(|e| broken(&e))?;
            while terms.advance() {
                let id = std::str::from_utf8(terms.key()).unwrap_or_default();
                ranks.push(rank.get(id).copied().unwrap_or(0)); // ids of deleted documents have no rank
            }
            for record in alive.iter() {
                let ord = ids.ords().first(record).unwrap_or(0);
                document[record as usize] = ranks.get(ord as usize).copied().unwrap_or(0);
            }
        }
        let sum = |field| -> Result<u64> {
            let lengths = reader.get_fieldnorms_reader(field).map_err(|e| broken(&e))?;
            Ok(alive.iter().map(|record| u64::from(lengths.fieldnorm(record))).sum())
        };
        let length_sums = [sum(index.fields().words)?, sum(index.fields().path_words)?];
        Ok(Self { index, reader, document, unit, start, ordinal, length_sums, alive, documents })
    }

    pub(super) fn max_doc(&self) -> u32 {
        self.reader.max_doc()
    }

    /// Lengths in tokens of a field, quantised as tantivy keeps them.
    pub(super) fn lengths(&self, field: Field) -> Result<tantivy::fieldnorm::FieldNormReader> {
        self.reader.get_fieldnorms_reader(field).map_err(|e| self.index.broken(e))
    }

    /// The records that have a term, with its frequency.
    pub(super) fn term(&self, field: Field, term: &str) -> Result<Matches> {
        let mut matches = Vec::new();
        if let Some(mut postings) = self.postings(field, term, IndexRecordOption::WithFreqs)? {
            while postings.doc() != TERMINATED {
                if self.alive.has(postings.doc()) {
                    matches.push((postings.doc(), postings.term_freq()));
                }
                postings.advance();
            }
        }
        Ok(matches)
    }

    fn postings(&self, field: Field, term: &str, option: IndexRecordOption) -> Result<Option<SegmentPostings>> {
        let inverted = self.reader.inverted_index(field).map_err(|e| self.index.broken(e))?;
        let term = Term::from_field_text(field, term);
        inverted.read_postings(&term, option).map_err(|e| self.index.broken(e))
    }

    /// The records in which a string stands, with how often; `field` is one of bigrams.
    pub(super) fn pattern(&self, field: Field, pattern: &Pattern) -> Result<Matches> {
        let pieces = pattern.pieces();
        if let [(_, Piece::Gram(gram))] = &pieces[..] {
            return self.term(field, gram);
        }
        let mut grams = Vec::new();
        let mut prefixes = Vec::new();
        for (distance, piece) in &pieces {
            match piece {
                Piece::Gram(gram) => {
                    let Some(postings) = self.postings(field, gram, IndexRecordOption::WithFreqsAndPositions)? else {
                        return Ok(Vec::new());
                    };
                    grams.push((*distance, postings));
                }
                Piece::Prefix(first) => prefixes.push((*distance, *first)),
            }
        }
        let starts = self.starts(grams);
        match (prefixes.first(), starts) {
            (None, starts) => Ok(starts.unwrap_or_default().into_iter().map(|(r, s)| (r, s.len() as u32)).collect()),
            (Some(&(_, first)), None) => {
                let found = self.prefix(field, first, None)?;
                Ok(found.into_iter().map(|(record, positions)| (record, positions.len() as u32)).collect())
            }
            (Some(&(distance, first)), Some(starts)) => {
                let within = Bits::of(self.max_doc(), starts.iter().map(|s| s.0));
                let found: FxHashMap<u32, Vec<u32>> = self.prefix(field, first, Some(&within))?.into_iter().collect();
                let count = |(record, starts): (u32, Vec<u32>)| {
                    let positions = found.get(&record)?;
                    let stands = |s: &&u32| positions.binary_search(&(**s + distance)).is_ok();
                    let count = starts.iter().filter(stands).count() as u32;
                    (count > 0).then_some((record, count))
                };
                Ok(starts.into_iter().filter_map(count).collect())
            }
        }
    }

    /// Where all grams stand at their distances: the starts of the string in each record. `None` without grams.
    fn starts(&self, mut grams: Vec<(u32, SegmentPostings)>) -> Option<Vec<(u32, Vec<u32>)>> {
        grams.sort_by_key(|(distance, postings)| (postings.doc_freq(), *distance));
        let (mut lead, mut rest) = {
            let mut grams = grams.into_iter();
            (grams.next()?, grams.collect::<Vec<_>>())
        };
        let mut found = Vec::new();
        let (mut starts, mut other) = (Vec::new(), Vec::new());
        let mut record = lead.1.doc();
        'records: while record != TERMINATED {
            for (_, postings) in &mut rest {
                let at = if postings.doc() < record { postings.seek(record) } else { postings.doc() };
                if at != record {
                    record = if at == TERMINATED { TERMINATED } else { lead.1.seek(at) };
                    continue 'records;
                }
            }
            if self.alive.has(record) {
                starts.clear();
                lead.1.append_positions_with_offset(0, &mut starts);
                starts.retain_mut(|p| p.checked_sub(lead.0).map(|s| *p = s).is_some());
                for (distance, postings) in &mut rest {
                    other.clear();
                    postings.append_positions_with_offset(0, &mut other);
                    starts.retain(|s| other.binary_search(&(s + *distance)).is_ok());
                }
                if !starts.is_empty() {
                    found.push((record, std::mem::take(&mut starts)));
                }
            }
            record = lead.1.advance();
        }
        Some(found)
    }

    /// Where a character stands: the positions of the grams that begin with it, by record; only in `within`, if given.
    fn prefix(&self, field: Field, first: char, within: Option<&Bits>) -> Result<Vec<(u32, Vec<u32>)>> {
        let broken = |e: &dyn std::fmt::Display| self.index.broken(e);
        let inverted = self.reader.inverted_index(field).map_err(|e| broken(&e))?;
        let mut bytes = [0; 4];
        let prefix = first.encode_utf8(&mut bytes).as_bytes().to_vec();
        let mut upper = prefix.clone();
        if let Some(last) = upper.last_mut() {
            *last += 1; // the last byte of a character in UTF-8 is never 255
        }
        let mut terms = inverted.terms().range().ge(&prefix).lt(&upper).into_stream().map_err(|e| broken(&e))?;
        let mut found: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        while terms.advance() {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = inverted.read_postings_from_terminfo(terms.value(), option);
            let mut postings = postings.map_err(|e| broken(&e))?;
            while postings.doc() != TERMINATED {
                let record = postings.doc();
                if within.map_or_else(|| self.alive.has(record), |w| w.has(record)) {
                    postings.append_positions_with_offset(0, found.entry(record).or_default());
                }
                postings.advance();
            }
        }
        let mut found: Vec<(u32, Vec<u32>)> = found.into_iter().collect();
        found.sort_unstable_by_key(|(record, _)| *record);
        found.iter_mut().for_each(|(_, positions)| positions.sort_unstable());
        Ok(found)
    }
}
