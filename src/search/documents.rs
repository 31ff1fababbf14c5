//! What search keeps of every document in memory: the order of the ids, kinds and dates.

use crate::Result;
use crate::document::Kind;
use crate::index::Index;
use rustc_hash::FxHashMap;
use tantivy::columnar::ColumnValues;
use tantivy::{DocAddress, SegmentReader};

/// One document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Card {
    pub(super) address: DocAddress,
    kind: u64,
    /// First and last day its date can mean, YYYYMMDD; 0 where unknown.
    pub(super) first_day: u64,
    pub(super) last_day: u64,
}

/// All documents by id: the rank of a document is its place.
pub(super) struct Documents {
    pub(super) cards: Vec<Card>,
    pub(super) rank: FxHashMap<String, u32>,
}

impl Documents {
    pub(super) fn open(index: &Index) -> Result<Self> {
        let mut all: Vec<(String, Card)> = Vec::new();
        for (ordinal, reader) in index.searcher().segment_readers().iter().enumerate() {
            segment(ordinal as u32, reader, &mut all).map_err(|e| index.broken(e))?;
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let cards = all.iter().map(|(_, card)| *card).collect();
        let rank = all.into_iter().enumerate().map(|(i, (id, _))| (id, i as u32)).collect();
        Ok(Self { cards, rank })
    }
}

impl Documents {
    /// For each document the place of its number among all numbers; those without one come last.
    pub(super) fn number_places(&self, index: &Index) -> Result<Vec<u64>> {
        let mut numbers: Vec<(String, usize)> = Vec::new();
        for (rank, card) in self.cards.iter().enumerate() {
            let number = number(index.searcher().segment_reader(card.address.segment_ord), card.address.doc_id);
            numbers.extend(number.map_err(|e| index.broken(e))?.map(|n| (n, rank)));
        }
        numbers.sort_unstable();
        let mut places = vec![u64::MAX; self.cards.len()];
        let mut place = 0;
        for (i, (number, rank)) in numbers.iter().enumerate() {
            place += u64::from(i > 0 && numbers[i - 1].0 != *number);
            places[*rank] = place;
        }
        Ok(places)
    }
}

fn number(reader: &SegmentReader, record: u32) -> tantivy::Result<Option<String>> {
    let Some(column) = reader.fast_fields().str("number_order")? else { return Ok(None) };
    let Some(ord) = column.ords().first(record) else { return Ok(None) };
    let mut text = String::new();
    column.ord_to_str(ord, &mut text)?;
    Ok(Some(text))
}

fn segment(ordinal: u32, reader: &SegmentReader, all: &mut Vec<(String, Card)>) -> tantivy::Result<()> {
    let fast = reader.fast_fields();
    let (unit, kind) = (column(reader, "unit")?, column(reader, "kind")?);
    let (first, last) = (column(reader, "first_day")?, column(reader, "last_day")?);
    let Some(ids) = fast.str("document")? else { return Ok(()) };
    for record in reader.doc_ids_alive().filter(|&r| unit.get_val(r) == crate::index::DOCUMENT_RECORD) {
        let mut id = String::new();
        if let Some(ord) = ids.ords().first(record) {
            ids.ord_to_str(ord, &mut id)?;
        }
        let card = Card {
            address: DocAddress::new(ordinal, record),
            kind: kind.get_val(record),
            first_day: first.get_val(record),
            last_day: last.get_val(record),
        };
        all.push((id, card));
    }
    Ok(())
}

fn column(reader: &SegmentReader, name: &str) -> tantivy::Result<std::sync::Arc<dyn ColumnValues<u64>>> {
    reader.fast_fields().column_first_or_default(name)
}

impl Card {
    pub(super) fn is(&self, kind: Kind) -> bool {
        self.kind == kind as u64
    }

    /// Whether its date may lie in a range of days; an unknown date lies in none.
    pub(super) fn within(&self, (from, to): (u64, u64)) -> bool {
        self.last_day != 0 && self.first_day <= to && self.last_day >= from
    }
}
