//! Full-text search: takes a query, gives hits with exact highlights.
//!
//! A query is read by [`parse`] and answered by [`Engine::search`]. What matches is decided on characters: any string of
//! the text is found, phrases and NOT are exact. What comes first is decided on words, by BM25 over exact counts, so that
//! the order depends on the documents alone and not on how the index came to be. Nothing here writes.

mod bits;
mod documents;
mod every;
mod finder;
mod fuzzy;
mod highlight;
mod leaf;
mod lexer;
mod lookup;
mod near;
mod numeral;
mod pattern;
mod query;
mod read;
mod segment;
mod syntax;
mod text;
mod wild;
mod words;

#[cfg(test)]
mod tests;

pub use every::{Every, Passage};
pub use highlight::window;
pub use query::{DateRange, Field, Form, Near, Query, TextQuery};
pub use syntax::{date_range, kind, parse};
pub use text::Scope;
pub use words::Synonyms;

use crate::Result;
use crate::document::{Document, Kind, Span, UnitId, UnitKind};
use crate::index::{Index, unit_of_code};
use crate::segment::Segmenter;
use bits::Bits;
use documents::Documents;
use finder::Finder;
use leaf::{HEADING, Leaf, Scoring, Wanted};
use near::Rule;
use segment::Segment;
use std::cmp::{Ordering, Reverse};
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

/// An index opened for search.
pub struct Engine<'a> {
    index: &'a Index,
    segmenter: &'a Segmenter,
    synonyms: Option<&'a Synonyms<'a>>,
    documents: Documents,
    segments: Vec<Segment<'a>>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What must hold.
    pub query: Query,
    /// Units of these kinds only; empty for all, documents by title included.
    pub units: Vec<Target>,
    /// Which come first.
    pub sort: Sort,
    /// At most so many hits.
    pub limit: usize,
}

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A document, found by its title.
    Document,
    /// A unit of this kind.
    Unit(UnitKind),
}

/// Which hits come first. What is equal stands in the order of the documents' ids, and then of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best match.
    #[default]
    Score,
    /// The latest.
    Newest,
    /// The earliest; those without a date last.
    Oldest,
    /// The lowest 文号 or 提案号, its figures by their values; those without one last.
    Number,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// How many hits there are, beyond the limit too.
    pub total: usize,
    /// The first of them.
    pub hits: Vec<Hit>,
}

/// A unit or document that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The unit; `None` for a document found by its title.
    pub unit: Option<UnitId>,
    /// Its document, without the text.
    pub document: Document,
    /// The headings above it, one a line.
    pub path: String,
    /// Its text; of a document its title.
    pub text: String,
    /// Where the text stands in the document's; empty for a title.
    pub span: Span,
    /// The wanted strings in `text`, rising and parted.
    pub highlights: Vec<Span>,
    /// How well it matches: comparable within one search only.
    pub score: f64,
}

/// A query whose texts are prepared.
enum Node {
    All,
    None,
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Leaf(Leaf),
    Documents(Vec<bool>),
}

impl<'a> Engine<'a> {
    /// Opens an index for search.
    ///
    /// # Errors
    /// When the index was made with another lexicon or user dictionary, or cannot be read.
    pub fn open(index: &'a Index, segmenter: &'a Segmenter) -> Result<Self> {
        index.check(segmenter)?;
        let documents = Documents::open(index)?;
        let readers = index.searcher().segment_readers();
        let open = |(i, reader)| Segment::open(index, i, reader, &documents.rank);
        let segments = readers.iter().enumerate().map(open).collect::<Result<_>>()?;
        Ok(Self { index, segmenter, synonyms: None, documents, segments })
    }

    /// The same, with other names for the words of bare queries.
    #[must_use]
    pub fn with_synonyms(self, synonyms: &'a Synonyms<'a>) -> Self {
        Self { synonyms: Some(synonyms), ..self }
    }

    /// Answers a request.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, request: &Request) -> Result<Found> {
        let root = self.prepare(&request.query)?;
        let mut matched = Vec::with_capacity(self.segments.len());
        for segment in &self.segments {
            let all = self.targets(segment, &request.units, &request.query);
            matched.push(self.matches(&root, segment)?.and(&all));
        }
        let scores = self.segments.iter().map(|s| vec![0.0; s.max_doc() as usize]).collect();
        let mut scoring = Scoring { segments: &self.segments, fields: self.index.fields(), matched: &matched, scores };
        let mut leaves = Vec::new();
        root.wanted(&mut leaves);
        for leaf in leaves.iter().filter(|l| l.ranks()) {
            scoring.add(leaf)?;
        }
        let finders: Vec<&Finder> = leaves.iter().filter(|l| l.shows()).map(|l| &l.finder).collect();
        let total = matched.iter().map(Bits::len).sum();
        let first = self.first(&matched, &scoring.scores, request)?;
        let hits = first.into_iter().map(|(address, score)| self.hit(address, score, &finders));
        Ok(Found { total, hits: hits.collect::<Result<_>>()? })
    }

    fn prepare(&self, query: &Query) -> Result<Node> {
        let all = |queries: &[Query]| queries.iter().map(|q| self.prepare(q)).collect::<Result<Vec<_>>>();
        let cards = |holds: &dyn Fn(&documents::Card) -> bool| self.documents.cards.iter().map(holds).collect();
        Ok(match query {
            Query::All => Node::All,
            Query::And(queries) => Node::And(all(queries)?),
            Query::Or(queries) => Node::Or(all(queries)?),
            Query::Not(query) => Node::Not(Box::new(self.prepare(query)?)),
            Query::Kind(kind) => Node::Documents(cards(&|card| card.is(*kind))),
            Query::Date(range) => Node::Documents(cards(&|card| card.within(range.days()))),
            Query::Text(text) => self.leaf(Leaf::new(text, self.segmenter, self.synonyms))?,
            Query::Near(near) => self.leaf(self.near(near))?,
        })
    }

    fn leaf(&self, leaf: Option<Leaf>) -> Result<Node> {
        let Some(mut leaf) = leaf else { return Ok(Node::None) };
        if let Wanted::Read(_) = leaf.wanted {
            leaf.wanted = Wanted::Read(self.read(&leaf)?);
        }
        match leaf.ranks() {
            true => Ok(Node::Leaf(leaf)),
            false => Ok(Node::Documents(self.documents_with(&leaf)?)),
        }
    }

    fn near(&self, near: &query::Near) -> Option<Leaf> {
        let texts: Vec<Vec<&TextQuery>> = near.parts.iter().map(Query::wanted).collect();
        let parts = texts.iter().map(|t| leaf::place(t, self.segmenter)).collect::<Option<Vec<_>>>()?;
        let rule = Rule::Chain { words: near.words, scope: near.scope };
        let field = texts.first()?.first()?.field;
        Some(Leaf::read(field, Finder::Near(near::Near { parts, rule })))
    }

    /// Which documents have a leaf in one of their fields.
    fn documents_with(&self, leaf: &Leaf) -> Result<Vec<bool>> {
        let mut holds = vec![false; self.documents.cards.len()];
        for segment in &self.segments {
            let records = leaf.records(segment, self.index.fields())?;
            records.iter().for_each(|record| holds[segment.document[record as usize] as usize] = true);
        }
        Ok(holds)
    }

    fn matches(&self, node: &Node, segment: &Segment<'_>) -> Result<Bits> {
        Ok(match node {
            Node::All => segment.alive.clone(),
            Node::None => Bits::none(segment.max_doc()),
            Node::And(nodes) => {
                let and = |all: Bits, node| self.matches(node, segment).map(|m| all.and(&m));
                nodes.iter().try_fold(segment.alive.clone(), and)?
            }
            Node::Or(nodes) => {
                let or = |any: Bits, node| self.matches(node, segment).map(|m| any.or(&m));
                nodes.iter().try_fold(Bits::none(segment.max_doc()), or)?
            }
            Node::Not(node) => segment.alive.clone().without(&self.matches(node, segment)?),
            Node::Leaf(leaf) => leaf.records(segment, self.index.fields())?,
            Node::Documents(holds) => {
                let in_document = |record: &u32| holds[segment.document[*record as usize] as usize];
                Bits::of(segment.max_doc(), segment.alive.iter().filter(in_document))
            }
        })
    }

    /// The records that may be hits. Where nothing is asked for, a query for texts finds units and titles, one that only
    /// denies texts finds units (a title that lacks a word says nothing), one without texts finds documents.
    fn targets(&self, segment: &Segment<'_>, units: &[Target], query: &Query) -> Bits {
        if units.is_empty() {
            let all = segment.alive.clone();
            return match (query.wanted().iter().any(|t| t.field.is_of_unit()), query.denies()) {
                (true, _) => all,
                (false, true) => all.without(&segment.documents),
                (false, false) => segment.documents.clone(),
            };
        }
        let wanted = |record: &u32| match unit_of_code(segment.unit.get_val(*record)) {
            Some(kind) => units.contains(&Target::Unit(kind)),
            None => units.contains(&Target::Document),
        };
        Bits::of(segment.max_doc(), segment.alive.iter().filter(wanted))
    }

    /// The first records in the order asked for.
    fn first(&self, matched: &[Bits], scores: &[Vec<f64>], request: &Request) -> Result<Vec<(DocAddress, f64)>> {
        struct Ranked {
            key: (f64, u64),
            document: u32,
            address: DocAddress,
        }
        let numbers = match request.sort {
            Sort::Number => self.documents.number_places(self.index)?,
            _ => Vec::new(),
        };
        let mut all = Vec::new();
        for (i, (segment, records)) in self.segments.iter().zip(matched).enumerate() {
            for record in records.iter() {
                let document = segment.document[record as usize];
                let card = &self.documents.cards[document as usize];
                let day = match request.sort {
                    Sort::Score => 0,
                    Sort::Newest => u64::MAX - card.last_day,
                    Sort::Oldest if card.first_day == 0 => u64::MAX,
                    Sort::Oldest => card.first_day,
                    Sort::Number => numbers[document as usize],
                };
                let score = scores[i][record as usize];
                let address = DocAddress::new(i as u32, record);
                all.push(Ranked { key: (score, day), document, address });
            }
        }
        let order = |a: &Ranked, b: &Ranked| -> Ordering {
            let by_key = a.key.1.cmp(&b.key.1).then(b.key.0.total_cmp(&a.key.0));
            by_key.then(a.document.cmp(&b.document)).then_with(|| self.place(a.address).cmp(&self.place(b.address)))
        };
        if request.limit < all.len() {
            all.select_nth_unstable_by(request.limit, order);
            all.truncate(request.limit);
        }
        all.sort_unstable_by(order);
        Ok(all.into_iter().map(|r| (r.address, r.key.0)).collect())
    }

    /// What orders the records of one document: itself, then its units as they stand in the text.
    fn place(&self, address: DocAddress) -> (Reverse<bool>, u64, u64, u64) {
        let segment = &self.segments[address.segment_ord as usize];
        let code = segment.unit.get_val(address.doc_id);
        let (start, ordinal) = (segment.start.get_val(address.doc_id), segment.number.get_val(address.doc_id));
        (Reverse(unit_of_code(code).is_none()), start, code, ordinal)
    }

    fn hit(&self, address: DocAddress, score: f64, finders: &[&Finder]) -> Result<Hit> {
        let record: TantivyDocument = self.index.searcher().doc(address).map_err(|e| self.index.broken(e))?;
        let fields = self.index.fields();
        let text = |field| record.get_first(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let (_, start, code, ordinal) = self.place(address);
        let segment = &self.segments[address.segment_ord as usize];
        let card = self.documents.cards[segment.document[address.doc_id as usize] as usize];
        let document = self.index.head(card.address)?;
        let kind = unit_of_code(code);
        let unit = kind.map(|kind| UnitId { document: document.id.clone(), kind, ordinal: ordinal as usize });
        let words = text(fields.words);
        let start = start as usize;
        let span = if unit.is_some() { Span::new(start, start + words.len()) } else { Span::new(0, 0) };
        let highlights = finder::spans(&words, finders, self.segmenter);
        Ok(Hit { unit, document, path: text(fields.path_words), text: words, span, highlights, score })
    }
}

impl Node {
    fn wanted<'n>(&'n self, leaves: &mut Vec<&'n Leaf>) {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().for_each(|n| n.wanted(leaves)),
            Self::Leaf(leaf) => leaves.push(leaf),
            Self::All | Self::None | Self::Not(_) | Self::Documents(_) => {}
        }
    }
}

/// The conditions of `query`, and that the document is of one of these kinds, dated in this range, from this issuer; what is
/// empty asks nothing.
pub fn filtered(query: Query, kinds: &[Kind], dates: DateRange, issuer: Option<&str>) -> Query {
    let mut all = vec![query];
    if !kinds.is_empty() {
        all.push(Query::Or(kinds.iter().map(|&k| Query::Kind(k)).collect()));
    }
    if dates != DateRange::default() {
        all.push(Query::Date(dates));
    }
    all.extend(issuer.map(|i| Query::Text(TextQuery::exact(Field::Issuer, i))));
    Query::And(all)
}
