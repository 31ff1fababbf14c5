//! `suyuan search`: Full-text search

use super::filters::Filters;
use super::hits::{self, Row};
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;
use suyuan::document::Lang;
use suyuan::index::Index;
use suyuan::link::Thesaurus;
use suyuan::search::{self, Engine, Found, Request, Sort};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result};

/// Full-text search
///
/// The query language; signs may be full-width, as a Chinese keyboard types them:
///
///   融资担保 小微企业         all words; where they stand as typed comes first
///   "融资担保"                exactly this; “…” 「…」 too
///   "融资 担保"~3             at most 3 words among them; ~>3 in this order
///   甲 OR 乙   甲 NOT 乙      either; without (-乙); (…) groups; AND binds first
///   金?服务 普*融 金融*       one character; a few; the rest of the word
///   张三丰~1                  a name with at most one character wrong
///   养老 NEAR/5 护理员        5 words apart in one sentence; NEAR/c in one clause
///   标题:担保                 标题 title, 正文 text, 标题层级 heading, 文号 number,
///                             单位 issuer, 届次 session
///   类型:提案 日期:2022..2023-05   类型 kind; 日期 date, also >=2023-05
///   *                         everything
///
/// 第十二条 meets 第12条, 2023年5月 meets 二〇二三年五月, 繁體 meets 简体.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SearchArgs {
    /// What to find, in one argument
    #[arg(value_name = "QUERY", allow_hyphen_values = true, required_unless_present = "queries")]
    query: Option<String>,
    /// File of queries, one a line (- for standard input), answered one after the other
    #[arg(long, value_name = "FILE", conflicts_with = "query", help_heading = "Query")]
    queries: Option<PathBuf>,
    /// Words of bare queries meet their synonyms too
    #[arg(long, help_heading = "Query")]
    synonyms: bool,
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
    /// The lowest 文号 or 提案号
    Number,
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
        Segmenter::warm();
        let index = Index::open(&global.index)?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let synonyms = |text: &str| Thesaurus::bundled().synonyms(text);
        let engine = Engine::open(&index, &segmenter)?;
        let engine = if self.synonyms { engine.with_synonyms(&synonyms) } else { engine };
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
            SortArg::Number => Self::Number,
        }
    }
}
