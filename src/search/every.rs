//! Every unit that matches, with its text, in the order of the documents' ids and of the text: what concordances and counts
//! work on. Titles and headings are not among the units. Where units overlap, as claims of a report may, what both have is
//! handed over with the first alone, so that nothing is counted twice.

use super::finder::{Finder, spans};
use super::{Engine, Query, Target};
use crate::Result;
use crate::document::{Document, Span, UnitId, UnitKind};
use crate::index::unit_of_code;
use rayon::prelude::*;
use std::collections::BTreeMap;
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

/// All units that match a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Every {
    /// Their documents, by id, without the texts.
    pub documents: Vec<Document>,
    /// The units, by document and then as they stand in its text.
    pub passages: Vec<Passage>,
}

/// One unit that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Which of [`Every::documents`] it stands in.
    pub document: usize,
    /// What it is.
    pub kind: UnitKind,
    /// One-based among the document's units of its kind.
    pub ordinal: usize,
    /// Where it stands in the document's text, without what an earlier one has.
    pub span: Span,
    /// The text there.
    pub text: String,
    /// The wanted strings in `text`, rising and parted.
    pub highlights: Vec<Span>,
}

impl Every {
    /// The document of a passage.
    pub fn document(&self, passage: &Passage) -> &Document {
        &self.documents[passage.document]
    }

    /// The name of a passage.
    pub fn id(&self, passage: &Passage) -> UnitId {
        UnitId { document: self.document(passage).id.clone(), kind: passage.kind, ordinal: passage.ordinal }
    }

    /// The passages of each document that has any, in order.
    pub fn by_document(&self) -> Vec<&[Passage]> {
        self.passages.chunk_by(|a, b| a.document == b.document).collect()
    }
}

const UNITS: [Target; 5] = [
    Target::Unit(UnitKind::Clause),
    Target::Unit(UnitKind::Suggestion),
    Target::Unit(UnitKind::ReplySection),
    Target::Unit(UnitKind::Claim),
    Target::Unit(UnitKind::Passage),
];

impl Engine<'_> {
    /// Every unit of these sorts (of all sorts, where none is named) that matches.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn every(&self, query: &Query, units: &[Target]) -> Result<Every> {
        let units = if units.is_empty() { &UNITS } else { units };
        let root = self.prepare(query)?;
        let mut leaves = Vec::new();
        root.wanted(&mut leaves);
        let finders: Vec<&Finder> = leaves.iter().filter(|l| l.shows()).map(|l| &l.finder).collect();
        let mut found: Vec<(u32, DocAddress)> = Vec::new();
        for (ordinal, segment) in self.segments.iter().enumerate() {
            let records = self.matches(&root, segment)?.and(&self.targets(segment, units, query));
            let records = records.without(&segment.documents);
            let address = |r: u32| (segment.document[r as usize], DocAddress::new(ordinal as u32, r));
            found.extend(records.iter().map(address));
        }
        found.sort_by_cached_key(|&(document, address)| (document, self.place(address)));
        let mut place: BTreeMap<u32, usize> = found.iter().map(|&(document, _)| (document, 0)).collect();
        place.values_mut().enumerate().for_each(|(i, at)| *at = i);
        let ranks: Vec<u32> = place.keys().copied().collect();
        let head = |&rank: &u32| self.index.head(self.documents.cards[rank as usize].address);
        let documents = ranks.par_iter().map(head).collect::<Result<_>>()?;
        let passage = |&(document, address): &(u32, DocAddress)| self.passage(place[&document], address, &finders);
        let passages = found.par_iter().with_min_len(64).map(passage).collect::<Result<Vec<_>>>()?;
        let mut passages: Vec<Passage> = passages.into_iter().flatten().collect();
        passages.chunk_by_mut(|a, b| a.document == b.document).for_each(part);
        Ok(Every { documents, passages })
    }

    fn passage(&self, document: usize, address: DocAddress, finders: &[&Finder]) -> Result<Option<Passage>> {
        let record: TantivyDocument = self.index.searcher().doc(address).map_err(|e| self.index.broken(e))?;
        let text = record.get_first(self.index.fields().words).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let (_, start, code, ordinal) = self.place(address);
        let Some(kind) = unit_of_code(code) else { return Ok(None) };
        let span = Span::new(start as usize, start as usize + text.len());
        let highlights = spans(&text, finders, self.segmenter);
        Ok(Some(Passage { document, kind, ordinal: ordinal as usize, span, text, highlights }))
    }
}

/// Takes from the passages of one document what an earlier one has.
fn part(passages: &mut [Passage]) {
    let mut end = 0;
    for passage in passages {
        if passage.span.start < end {
            let cut = passage.text.len().min(end - passage.span.start);
            passage.text.drain(..cut);
            passage.span = Span::new(passage.span.start + cut, passage.span.end);
            passage.highlights.retain(|h| h.start >= cut);
            passage.highlights.iter_mut().for_each(|h| *h = Span::new(h.start - cut, h.end - cut));
        }
        end = end.max(passage.span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_units_share_is_handed_over_once() {
        let text = "甲乙丙丁戊";
        let passage = |start: usize, end: usize, nodes: &[(usize, usize)]| Passage {
            document: 0,
            kind: UnitKind::Claim,
            ordinal: 1,
            span: Span::new(start, end),
            text: text[start..end].to_owned(),
            highlights: nodes.iter().map(|&(a, b)| Span::new(a, b)).collect(),
        };
        let mut all = [passage(0, 9, &[(3, 6)]), passage(3, 6, &[(0, 3)]), passage(3, 15, &[(0, 3), (9, 12)])];
        part(&mut all);
        let shown: Vec<&str> = all.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(shown, ["甲乙丙", "", "丁戊"]);
        assert_eq!((all[1].highlights.len(), all[2].highlights[0].of(&all[2].text)), (0, "戊"));
        assert!(all.iter().all(|p| p.span.of(text) == p.text));
    }
}
