//! tantivy with a plain jieba tokenizer and its own query parser: what one sets up in an afternoon.

use super::engine::{Answer, Asked, Engine, Failure, Row};
use super::jieba::{Plain, Stream};
use jieba_rs::Jieba;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use suyuan::search::{DateRange, Field as Where, Form, Query, TextQuery};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, QueryParser};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{LowerCaser, TextAnalyzer};
use tantivy::{IndexWriter, Searcher, TantivyDocument};

pub struct Tantivy {
    searcher: Searcher,
    parser: QueryParser,
    document: Field,
    text: Field,
}

/// Columns that are searched as texts.
const TEXTS: [&str; 6] = ["title", "heading", "text", "number", "session", "issuer"];

impl Tantivy {
    pub fn build(dir: &Path, rows: &[Row]) -> Result<Self, Failure> {
        std::fs::create_dir_all(dir)?;
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("jieba")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing).set_stored();
        let document = schema.add_text_field("document", STRING | STORED);
        let kind = schema.add_text_field("kind", STRING);
        let day = schema.add_u64_field("day", INDEXED | FAST);
        let texts = TEXTS.map(|name| schema.add_text_field(name, options.clone()));
        let index = tantivy::Index::create_in_dir(dir, schema.build())?;
        let jieba = Plain { jieba: Some(Arc::new(Jieba::new())), stream: Stream::default() };
        index.tokenizers().register("jieba", TextAnalyzer::builder(jieba).filter(LowerCaser).build());
        let threads = std::thread::available_parallelism()?.get();
        let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * 100_000_000)?;
        for row in rows {
            let mut record = TantivyDocument::new();
            record.add_text(document, &row.document);
            record.add_text(kind, &row.kind);
            record.add_u64(day, row.day);
            let values = [&row.title, &row.heading, &row.text, &row.number, &row.session, &row.issuer];
            for (field, value) in texts.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
                record.add_text(*field, value);
            }
            writer.add_document(record)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let mut parser = QueryParser::for_index(&index, texts[..3].to_vec());
        parser.set_conjunction_by_default();
        Ok(Self { searcher: index.reader()?.searcher(), parser, document, text: texts[2] })
    }
}

impl Engine for Tantivy {
    fn answer(&self, asked: &Asked<'_>, limit: usize) -> Result<Option<Answer>, Failure> {
        let typed = if asked.as_typed { Some(asked.typed.to_owned()) } else { written(asked.query) };
        let Some(Ok(query)) = typed.map(|typed| self.parser.parse_query(&typed)) else { return Ok(None) };
        let (total, best) = self.searcher.search(&query, &(Count, TopDocs::with_limit(limit).order_by_score()))?;
        let snippets = match query.is::<AllQuery>() {
            true => None,
            false => Some(SnippetGenerator::create(&self.searcher, &*query, self.text)?),
        };
        let mut hits = Vec::with_capacity(best.len());
        for (_, address) in best {
            let record: TantivyDocument = self.searcher.doc(address)?;
            let document = record.get_first(self.document).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
            let snippet = snippets.as_ref().map_or(String::new(), |s| s.snippet_from_doc(&record).to_html());
            hits.push((document, snippet));
        }
        Ok(Some(Answer { total, hits }))
    }
}

/// The query in tantivy's syntax; `None` where it has none for it.
fn written(query: &Query) -> Option<String> {
    Some(match query {
        Query::All => "*".to_owned(),
        Query::And(all) => {
            let mut out = String::from("(");
            if all.iter().all(|q| matches!(q, Query::Not(_))) {
                out += "+* ";
            }
            for one in all {
                match one {
                    Query::Not(one) => write!(out, "-({}) ", written(one)?).ok()?,
                    one => write!(out, "+{} ", grouped(&written(one)?)).ok()?,
                }
            }
            out + ")"
        }
        Query::Or(all) => format!("({})", all.iter().map(written).collect::<Option<Vec<_>>>()?.join(" OR ")),
        Query::Not(one) => format!("(+* -({}))", written(one)?),
        Query::Text(text) => words(text)?,
        Query::Near(near) => match (&near.parts[..], near.words) {
            ([Query::Text(a), Query::Text(b)], Some(n)) => format!("\"{} {}\"~{n}", plain(&a.text), plain(&b.text)),
            _ => return None,
        },
        Query::Kind(kind) => format!("kind:{}", format!("{kind:?}").to_lowercase()),
        Query::Date(range) => {
            let (from, to) = days(range);
            format!("day:[{from} TO {to}]")
        }
    })
}

fn grouped(written: &str) -> String {
    if written.starts_with(['(', '"']) || !written.contains(' ') { written.to_owned() } else { format!("({written})") }
}

fn words(query: &TextQuery) -> Option<String> {
    let field = match query.field {
        Where::Text => "",
        Where::Body => "text:",
        Where::Heading => "heading:",
        Where::Title => "title:",
        Where::Number => "number:",
        Where::Issuer => "issuer:",
        Where::Session => "session:",
    };
    let text = plain(&query.text);
    match query.form {
        Form::Words => {
            let each = text.split_whitespace().map(|word| format!("{field}\"{word}\""));
            let all = each.collect::<Vec<_>>();
            Some(if all.len() == 1 { all.concat() } else { format!("({})", all.join(" AND ")) })
        }
        Form::Exact => Some(format!("{field}\"{text}\"")),
        Form::Slop { words, .. } => Some(format!("{field}\"{text}\"~{words}")),
        Form::Wild | Form::Fuzzy(_) => None,
    }
}

fn plain(text: &str) -> String {
    text.replace(['"', '\\'], " ")
}

/// First and last day of a range, YYYYMMDD.
pub fn days(range: &DateRange) -> (u64, u64) {
    let number = |(y, m, d): (u16, u8, u8)| u64::from(y) * 10_000 + u64::from(m) * 100 + u64::from(d);
    (range.from.map_or(1, |d| number(d.first())), range.to.map_or(99_999_999, |d| number(d.last())))
}
