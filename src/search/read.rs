//! Finds by reading: the records that the index leaves open are read, and the text decides.

use super::finder::Finder;
use super::leaf::Leaf;
use super::query::Field;
use super::segment::Segment;
use super::text::Text;
use super::{Engine, HEADING};
use crate::Result;
use rayon::prelude::*;
use tantivy::schema::{self, Value};
use tantivy::{DocAddress, TantivyDocument};

impl Engine<'_> {
    /// The records of each segment in whose `field` something stands, with how much of it; headings count for less.
    pub(super) fn read(&self, leaf: &Leaf) -> Result<Vec<Vec<(u32, f64)>>> {
        self.segments.iter().map(|segment| self.read_segment(leaf, segment)).collect()
    }

    fn read_segment(&self, leaf: &Leaf, segment: &Segment<'_>) -> Result<Vec<(u32, f64)>> {
        let mut candidates = super::Bits::none(segment.max_doc());
        for field in leaf.fields(self.index.fields()) {
            candidates = candidates.or(&leaf.finder.candidates(segment, field)?);
        }
        let records: Vec<u32> = leaf.in_scope(candidates, segment).iter().collect();
        let weight = |&record: &u32| -> Result<Option<(u32, f64)>> {
            let texts = self.texts(leaf.field, DocAddress::new(segment.ordinal as u32, record))?;
            let weight: f64 = texts.iter().map(|(text, share)| share * self.weight(&leaf.finder, text)).sum();
            Ok((weight > 0.0).then_some((record, weight)))
        };
        let found: Vec<Option<(u32, f64)>> = records.par_iter().with_min_len(32).map(weight).collect::<Result<_>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    fn weight(&self, finder: &Finder, text: &str) -> f64 {
        if text.is_empty() { 0.0 } else { finder.weight_in(&Text::new(text, self.segmenter)) }
    }

    /// The texts of a record that a field stands for, with what they count.
    fn texts(&self, field: Field, address: DocAddress) -> Result<Vec<(String, f64)>> {
        if matches!(field, Field::Number | Field::Issuer | Field::Session) {
            let head = self.index.head(address)?;
            let text = match field {
                Field::Number => head.number.map(|n| n.printed),
                Field::Issuer => head.issuer,
                _ => head.session.map(|s| s.printed),
            };
            return Ok(text.into_iter().map(|text| (text, 1.0)).collect());
        }
        let record: TantivyDocument = self.index.searcher().doc(address).map_err(|e| self.index.broken(e))?;
        let of = |field: schema::Field| record.get_first(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let (text, path) = (|| of(self.index.fields().words), || of(self.index.fields().path_words));
        Ok(match field {
            Field::Heading => vec![(path(), 1.0)],
            Field::Text => vec![(text(), 1.0), (path(), HEADING)],
            _ => vec![(text(), 1.0)],
        })
    }
}
