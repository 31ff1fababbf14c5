//! Where a string stands in the records of a segment, by the positions of its bigrams.

use super::bits::Bits;
use super::pattern::{Pattern, Piece};
use super::segment::{Matches, Segment};
use crate::Result;
use rustc_hash::FxHashMap;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

/// Records with where something starts in each, rising.
type Starts = Vec<(u32, Vec<u32>)>;

impl Segment<'_> {
    /// The records in which any of these strings stands; `field` is one of bigrams.
    pub(super) fn any(&self, field: Field, patterns: &[Pattern]) -> Result<Bits> {
        let mut records = Bits::none(self.max_doc());
        for pattern in patterns {
            match &pattern.pieces()[..] {
                [(_, Piece::Gram(gram))] if !pattern.is_whole_number() => {
                    self.each(field, gram, |record| records.insert(record))?
                }
                [(_, Piece::Prefix(first))] => self.each_beginning(field, *first, |record| records.insert(record))?,
                _ => self.pattern(field, pattern)?.iter().for_each(|(record, _)| records.insert(*record)),
            }
        }
        Ok(records)
    }

    /// The records in which a string stands, with how often; `field` is one of bigrams.
    pub(super) fn pattern(&self, field: Field, pattern: &Pattern) -> Result<Matches> {
        if let ([(_, Piece::Gram(gram))], false) = (&pattern.pieces()[..], pattern.is_whole_number()) {
            return self.term(field, gram);
        }
        let mut starts = self.starts(field, pattern)?;
        for (later, longer) in pattern.continuations() {
            let longer: FxHashMap<u32, Vec<u32>> = match starts.is_empty() {
                true => break,
                false => self.starts(field, &longer)?.into_iter().collect(),
            };
            starts.retain_mut(|(record, starts)| {
                if let Some(longer) = longer.get(record) {
                    starts.retain(|s| !longer.iter().any(|l| l + later == *s));
                }
                !starts.is_empty()
            });
        }
        Ok(starts.into_iter().map(|(record, starts)| (record, starts.len() as u32)).collect())
    }

    /// Where a string starts, in each record.
    fn starts(&self, field: Field, pattern: &Pattern) -> Result<Starts> {
        let mut grams = Vec::new();
        let mut prefix = None;
        for (distance, piece) in pattern.pieces() {
            match piece {
                Piece::Gram(gram) => {
                    let Some(postings) = self.postings(field, &gram, IndexRecordOption::WithFreqsAndPositions)? else {
                        return Ok(Vec::new());
                    };
                    grams.push((distance, postings));
                }
                Piece::Prefix(first) => prefix = Some((distance, first)),
            }
        }
        match (prefix, self.meet(grams)) {
            (None, starts) => Ok(starts.unwrap_or_default()),
            (Some((_, first)), None) => self.beginning(field, first, None),
            (Some((distance, first)), Some(mut starts)) => {
                let within = Bits::of(self.max_doc(), starts.iter().map(|s| s.0));
                let found: FxHashMap<u32, Vec<u32>> =
                    self.beginning(field, first, Some(&within))?.into_iter().collect();
                starts.retain_mut(|(record, starts)| {
                    let positions = found.get(record).map_or(&[][..], Vec::as_slice);
                    starts.retain(|s| positions.binary_search(&(s + distance)).is_ok());
                    !starts.is_empty()
                });
                Ok(starts)
            }
        }
    }

    fn each(&self, field: Field, term: &str, mut emit: impl FnMut(u32)) -> Result<()> {
        let Some(mut postings) = self.postings(field, term, IndexRecordOption::Basic)? else { return Ok(()) };
        while postings.doc() != TERMINATED {
            if self.alive.has(postings.doc()) {
                emit(postings.doc());
            }
            postings.advance();
        }
        Ok(())
    }

    fn each_beginning(&self, field: Field, first: char, mut emit: impl FnMut(u32)) -> Result<()> {
        self.postings_beginning(field, first, IndexRecordOption::Basic, |mut postings| {
            while postings.doc() != TERMINATED {
                if self.alive.has(postings.doc()) {
                    emit(postings.doc());
                }
                postings.advance();
            }
        })
    }

    /// Where all grams stand at their distances: the starts of the string in each record. `None` without grams.
    fn meet(&self, mut grams: Vec<(u32, SegmentPostings)>) -> Option<Starts> {
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

    /// Where a character stands, in each record; only in `within`, if given.
    fn beginning(&self, field: Field, first: char, within: Option<&Bits>) -> Result<Starts> {
        let mut found: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        self.postings_beginning(field, first, IndexRecordOption::WithFreqsAndPositions, |mut postings| {
            while postings.doc() != TERMINATED {
                let record = postings.doc();
                if within.map_or_else(|| self.alive.has(record), |w| w.has(record)) {
                    postings.append_positions_with_offset(0, found.entry(record).or_default());
                }
                postings.advance();
            }
        })?;
        let mut found: Starts = found.into_iter().collect();
        found.sort_unstable_by_key(|(record, _)| *record);
        found.iter_mut().for_each(|(_, positions)| positions.sort_unstable());
        Ok(found)
    }

    /// The postings of every gram that begins with a character.
    fn postings_beginning(
        &self,
        field: Field,
        first: char,
        option: IndexRecordOption,
        mut emit: impl FnMut(SegmentPostings),
    ) -> Result<()> {
        let broken = |e: &dyn std::fmt::Display| self.index.broken(e);
        let inverted = self.reader.inverted_index(field).map_err(|e| broken(&e))?;
        let mut bytes = [0; 4];
        let prefix = first.encode_utf8(&mut bytes).as_bytes().to_vec();
        let mut upper = prefix.clone();
        if let Some(last) = upper.last_mut() {
            *last += 1; // the last byte of a character in UTF-8 is never 255
        }
        let mut terms = inverted.terms().range().ge(&prefix).lt(&upper).into_stream().map_err(|e| broken(&e))?;
        while terms.advance() {
            emit(inverted.read_postings_from_terminfo(terms.value(), option).map_err(|e| broken(&e))?);
        }
        Ok(())
    }
}
