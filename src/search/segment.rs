//! One segment of the index: which of its records have a term or a string, and how often.

use super::bits::Bits;
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
    pub(super) index: &'a Index,
    pub(super) reader: &'a SegmentReader,
    /// The rank by id of the document of each record.
    pub(super) document: Vec<u32>,
    /// [`DOCUMENT_RECORD`] or the kind of unit of each record.
    pub(super) unit: Arc<dyn ColumnValues<u64>>,
    /// First byte and ordinal of each unit.
    pub(super) start: Arc<dyn ColumnValues<u64>>,
    pub(super) number: Arc<dyn ColumnValues<u64>>,
    /// Sums of the lengths of what has not been deleted: words of the texts, words of the headings. tantivy's own sums
    /// keep the deleted ones.
    pub(super) length_sums: [u64; 2],
    /// Its place among the segments.
    pub(super) ordinal: usize,
    /// The records that have not been deleted, and their number.
    pub(super) alive: Bits,
    pub(super) living: usize,
    /// Of them those of documents.
    pub(super) documents: Bits,
}

impl<'a> Segment<'a> {
    /// Opens the segment at a place among the others; `rank` gives the rank of a document's id.
    pub(super) fn open(
        index: &'a Index,
        ordinal: usize,
        reader: &'a SegmentReader,
        rank: &FxHashMap<String, u32>,
    ) -> Result<Self> {
        let broken = |e: &dyn std::fmt::Display| index.broken(e);
        let column = |name| reader.fast_fields().column_first_or_default::<u64>(name).map_err(|e| broken(&e));
        let (unit, start, number) = (column("unit")?, column("start")?, column("ordinal")?);
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
        let living = alive.len();
        Ok(Self { index, reader, document, unit, start, number, length_sums, ordinal, alive, living, documents })
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

    pub(super) fn postings(
        &self,
        field: Field,
        term: &str,
        option: IndexRecordOption,
    ) -> Result<Option<SegmentPostings>> {
        let inverted = self.reader.inverted_index(field).map_err(|e| self.index.broken(e))?;
        let term = Term::from_field_text(field, term);
        inverted.read_postings(&term, option).map_err(|e| self.index.broken(e))
    }
}
