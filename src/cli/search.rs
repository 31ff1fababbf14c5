//! `suyuan search`: Full-text search

use super::filters::Filters;
use super::hits::{self, Row};
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;
use suyuan::document::Lang;
use suyuan::index::Index;
use suyuan::search::{self, Engine, Found, Request, Sort};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result};

/// Full-text search
///
/// QUERY: words (all of them), "a phrase", -word or NOT, AND, OR, brackets, FIELD:VALUE with 标题 title, 文号 number,
/// 单位 issuer, 届次 session, 类型 kind, 日期 date (2023, 2022-05..2023, >=2023-05); * is everything. Full-width
/// operators and quotes are read alike.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// What to find, in one argument
    #[arg(value_name = "QUERY", allow_hyphen_values = true, required_unless_present = "queries")]
    query: Option<String>,
    /// File of queries, one a line (- for standard input), answered one after the other
    #[arg(long, value_name = "FILE", conflicts_with = "query", help_heading = "Query")]
    queries: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
    /// Most hits to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20, help_heading = "Output")]
    limit: usize,
    /// What comes first
    #[arg(long, value_enum, default_value_t = SortArg::Score, help_heading = "Output")]
    sort: SortArg,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Table, help_heading = "Output")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SortArg {
    /// The best match
    Score,
    /// The latest document
    Newest,
    /// The earliest document
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Table,
    /// With a byte-order mark, for spreadsheets
    Csv,
    /// One object
    Json,
    /// One hit a line
    Jsonl,
}

/// What one query found, or why it could not be answered.
#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    total: usize,
    hits: Vec<Row>,
}

impl SearchArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let queries = self.queries()?;
        let single = self.queries.is_none();
        if let (true, [text]) = (single, &queries[..]) {
            search::parse(text)?; // before anything is opened
        }
        let index = Index::open(&global.index)?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let engine = Engine::open(&index, &segmenter)?;
        let mut answers = Vec::with_capacity(queries.len());
        for text in &queries {
            let found = search::parse(text).and_then(|query| {
                let query = self.filters.apply(query)?;
                let request =
                    Request { query, units: self.filters.targets(), sort: self.sort.into(), limit: self.limit };
                engine.search(&request)
            });
            match found {
                Err(error) if single => return Err(error),
                found => answers.push((text.as_str(), found)),
            }
        }
        super::print(&self.written(&answers, global.lang.into(), single)?)?;
        let mut outcome = Outcome::Nothing;
        for (text, found) in &answers {
            match found {
                Err(error) => {
                    eprintln!("suyuan: {error}");
                    outcome = Outcome::Failed;
                }
                Ok(found) if found.total == 0 && !global.quiet => eprintln!("suyuan: nothing found for {text}"),
                Ok(found) if found.total > 0 && outcome == Outcome::Nothing => outcome = Outcome::Found,
                Ok(_) => {}
            }
        }
        Ok(outcome)
    }

    /// The queries to answer: the one given, or those of the file, empty lines left out.
    fn queries(&self) -> Result<Vec<String>> {
        let Some(path) = &self.queries else { return Ok(self.query.iter().cloned().collect()) };
        let remedy = "give --queries a file of UTF-8 text that can be read";
        let text = match path.as_os_str() == "-" {
            true => std::io::read_to_string(std::io::stdin()),
            false => std::fs::read_to_string(path),
        };
        let text = text.map_err(|e| Error::io(path, e, remedy))?;
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|l| !l.is_empty());
        Ok(lines.map(str::to_owned).collect())
    }

    fn written(&self, answers: &[(&str, Result<Found>)], lang: Lang, single: bool) -> Result<String> {
        let rows = |found: &Result<Found>| found.as_ref().map_or_else(|_| Vec::new(), |found| hits::rows(found, lang));
        let all: Vec<Answer<'_>> = match self.format {
            Format::Json | Format::Jsonl => {
                answers.iter().map(|(query, found)| Answer::new(query, found, lang)).collect()
            }
            Format::Table | Format::Csv => Vec::new(),
        };
        match (self.format, &all[..]) {
            (Format::Table, _) => Ok(answers.iter().map(|(query, found)| table(query, found, lang, single)).collect()),
            (Format::Csv, _) => hits::csv(answers.iter().map(|(query, found)| (*query, rows(found)))),
            (Format::Json, [one]) if single => super::json(one),
            (Format::Json, all) => super::json(all),
            (Format::Jsonl, [one]) if single => one.hits.iter().map(super::json_line).collect(),
            (Format::Jsonl, all) => all.iter().map(super::json_line).collect(),
        }
    }
}

impl<'a> Answer<'a> {
    fn new(query: &'a str, found: &Result<Found>, lang: Lang) -> Self {
        match found {
            Ok(found) => Self { query, error: None, total: found.total, hits: hits::rows(found, lang) },
            Err(error) => Self { query, error: Some(error.to_string()), total: 0, hits: Vec::new() },
        }
    }
}

/// The table of one query; of several, with the query above it.
fn table(query: &str, found: &Result<Found>, lang: Lang, single: bool) -> String {
    let table = found.as_ref().map_or_else(|_| String::new(), |found| hits::table(found, lang));
    if single { table } else { format!("{query}\n{table}\n") }
}

impl From<SortArg> for Sort {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Score => Self::Score,
            SortArg::Newest => Self::Newest,
            SortArg::Oldest => Self::Oldest,
        }
    }
}
