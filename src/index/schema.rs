//! The fields of the index.

use super::tokenize::{GRAMS, WORDS};
use crate::document::UnitKind;
use tantivy::TantivyError;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

/// Value of the field `unit` in the record of a document.
pub(crate) const DOCUMENT_RECORD: u64 = 9;

/// The fields of the two sorts of record.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Of a document's record: its id.
    pub(crate) id: Field,
    /// Of both: the id of the document.
    pub(crate) document: Field,
    /// Of both: the file it came from, for deletion.
    pub(crate) file: Field,
    /// Of both: [`DOCUMENT_RECORD`], or the kind of unit.
    pub(crate) unit: Field,
    /// Of a unit: its ordinal among the document's units of its kind.
    pub(crate) ordinal: Field,
    /// Of a unit: the first byte of its span.
    pub(crate) start: Field,
    /// Of a document: its kind.
    pub(crate) kind: Field,
    /// Of a document: the first day its date can mean, as the number YYYYMMDD; 0 where unknown.
    pub(crate) first_day: Field,
    /// Of a document: the last day its date can mean.
    pub(crate) last_day: Field,
    /// Search tokens and bigrams: of a unit its text, of a document its title.
    pub(crate) words: Field,
    pub(crate) grams: Field,
    /// Of a unit: the headings above it.
    pub(crate) path_words: Field,
    pub(crate) path_grams: Field,
    /// Of a document: bigrams of its number (as printed and as compared), session and issuer.
    pub(crate) number: Field,
    pub(crate) session: Field,
    pub(crate) issuer: Field,
    /// Of a document: what is known of it, in a column, so that its text need not be unpacked for a hit's sake.
    pub(crate) head: Field,
    /// Of a document: what its number is sorted by.
    pub(crate) number_order: Field,
    /// Stored of a document: its text, its units.
    pub(crate) text: Field,
    pub(crate) parsed: Field,
}

impl Fields {
    /// The schema of a new index.
    pub(crate) fn schema() -> Schema {
        let mut schema = Schema::builder();
        schema.add_text_field("id", STRING);
        schema.add_text_field("document", STRING | FAST);
        schema.add_text_field("file", STRING);
        schema.add_u64_field("unit", FAST | INDEXED);
        for name in ["ordinal", "start", "kind", "first_day", "last_day"] {
            schema.add_u64_field(name, FAST);
        }
        for name in ["head", "number_order"] {
            schema.add_text_field(name, TextOptions::default().set_fast("raw"));
        }
        let words = text(WORDS, IndexRecordOption::WithFreqs, true);
        let grams = text(GRAMS, IndexRecordOption::WithFreqsAndPositions, false);
        schema.add_text_field("words", words.clone() | STORED);
        schema.add_text_field("grams", grams.clone());
        schema.add_text_field("path_words", words | STORED);
        schema.add_text_field("path_grams", grams.clone());
        for name in ["number", "session", "issuer"] {
            schema.add_text_field(name, grams.clone());
        }
        stored(&mut schema, "text");
        stored(&mut schema, "parsed");
        schema.build()
    }

    /// The fields of an index that exists.
    pub(crate) fn of(schema: &Schema) -> Result<Self, TantivyError> {
        let field = |name| schema.get_field(name);
        Ok(Self {
            id: field("id")?,
            document: field("document")?,
            file: field("file")?,
            unit: field("unit")?,
            ordinal: field("ordinal")?,
            start: field("start")?,
            kind: field("kind")?,
            first_day: field("first_day")?,
            last_day: field("last_day")?,
            words: field("words")?,
            grams: field("grams")?,
            path_words: field("path_words")?,
            path_grams: field("path_grams")?,
            number: field("number")?,
            session: field("session")?,
            issuer: field("issuer")?,
            head: field("head")?,
            number_order: field("number_order")?,
            text: field("text")?,
            parsed: field("parsed")?,
        })
    }
}

fn text(tokenizer: &str, option: IndexRecordOption, norms: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}

fn stored(schema: &mut SchemaBuilder, name: &str) {
    schema.add_text_field(name, TextOptions::default().set_stored());
}

const KINDS: [UnitKind; 5] =
    [UnitKind::Clause, UnitKind::Suggestion, UnitKind::ReplySection, UnitKind::Claim, UnitKind::Passage];

/// The value of the field `unit` for a unit of this kind.
pub(crate) fn code_of_unit(kind: UnitKind) -> u64 {
    KINDS.iter().position(|&k| k == kind).map_or(DOCUMENT_RECORD, |at| at as u64)
}

/// The kind of unit that a value of the field `unit` stands for; `None` for documents.
pub(crate) fn unit_of_code(code: u64) -> Option<UnitKind> {
    KINDS.get(usize::try_from(code).ok()?).copied()
}
