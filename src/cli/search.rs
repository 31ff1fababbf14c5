//! `suyuan search`: Full-text search

use super::filters::Filters;
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;
use std::io::IsTerminal;
use suyuan::document::{Label, Lang, Span};
use suyuan::index::Index;
use suyuan::search::{self, Engine, Found, Hit, Request, Sort};
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
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
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

/// Characters of a snippet.
const SNIPPET: usize = 80;

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    total: usize,
    hits: Vec<Row>,
}

/// A hit as it is written.
#[derive(Serialize)]
struct Row {
    rank: usize,
    id: String,
    unit: &'static str,
    kind: &'static str,
    title: String,
    number: String,
    issuer: String,
    date: String,
    path: String,
    snippet: String,
    text: String,
    /// Byte offsets into the document's text; into the title for a document.
    start: usize,
    end: usize,
    highlights: Vec<Span>,
    score: f64,
    source: String,
}

impl SearchArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let text = self.query.as_str();
        let query = self.filters.apply(search::parse(text)?)?;
        let index = Index::open(&global.index)?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let request = Request { query, units: self.filters.targets(), sort: self.sort.into(), limit: self.limit };
        let found = Engine::open(&index, &segmenter)?.search(&request)?;
        let lang = global.lang.into();
        let out = match self.format {
            Format::Table => table(&found, lang),
            Format::Csv => csv(&found, lang)?,
            Format::Json => json(&Answer { query: text, total: found.total, hits: rows(&found, lang) }, true)?,
            Format::Jsonl => rows(&found, lang).iter().map(|row| json(row, false)).collect::<Result<String>>()?,
        };
        super::print(&out)?;
        if found.total == 0 && !global.quiet {
            eprintln!("suyuan: nothing found for {text}");
        }
        Ok(if found.total == 0 { Outcome::Nothing } else { Outcome::Found })
    }
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

/// The densest stretch of a hit on one line, with the wanted strings between `marks`.
fn snippet(hit: &Hit, marks: (&str, &str)) -> String {
    let shown = search::window(&hit.text, &hit.highlights, SNIPPET);
    let mut out = String::from(if shown.start > 0 { "…" } else { "" });
    let mut at = shown.start;
    for mark in hit.highlights.iter().filter(|h| h.overlap(shown) > 0) {
        let (start, end) = (mark.start.max(shown.start), mark.end.min(shown.end));
        out += &format!("{}{}{}{}", &hit.text[at..start], marks.0, &hit.text[start..end], marks.1);
        at = end;
    }
    out += &hit.text[at..shown.end];
    out += if shown.end < hit.text.len() { "…" } else { "" };
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unit_label(hit: &Hit, lang: Lang) -> &'static str {
    match (&hit.unit, lang) {
        (Some(unit), lang) => unit.kind.label(lang),
        (None, Lang::Zh) => "文件",
        (None, Lang::En) => "document",
    }
}

fn rows(found: &Found, lang: Lang) -> Vec<Row> {
    let row = |(i, hit): (usize, &Hit)| Row {
        rank: i + 1,
        id: hit.unit.as_ref().map_or_else(|| hit.document.id.clone(), ToString::to_string),
        unit: unit_label(hit, lang),
        kind: hit.document.kind.label(lang),
        title: hit.document.title.clone(),
        number: hit.document.number.as_ref().map_or(String::new(), |n| n.value.clone()),
        issuer: hit.document.issuer.clone().unwrap_or_default(),
        date: hit.document.date.map_or(String::new(), |d| d.to_string()),
        path: hit.path.replace('\n', " / "),
        snippet: snippet(hit, ("【", "】")),
        text: hit.text.clone(),
        start: hit.span.start,
        end: hit.span.end,
        highlights: hit.highlights.iter().map(|h| h.shift(hit.span.start)).collect(),
        score: (hit.score * 1e4).round() / 1e4,
        source: hit.document.source.path.clone(),
    };
    found.hits.iter().enumerate().map(row).collect()
}

fn table(found: &Found, lang: Lang) -> String {
    if found.total == 0 {
        return String::new();
    }
    let terminal = std::io::stdout().is_terminal();
    let marks = if terminal { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("【", "】") };
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !terminal {
        table.set_width(110);
    }
    table.set_header(match lang {
        Lang::Zh => ["编号", "日期", "标题", "命中"],
        Lang::En => ["id", "date", "title", "match"],
    });
    for (row, hit) in rows(found, lang).into_iter().zip(&found.hits) {
        let text = match row.path.as_str() {
            "" => snippet(hit, marks),
            path => format!("{path}\n{}", snippet(hit, marks)),
        };
        table.add_row([row.id, row.date, row.title, text]);
    }
    let (shown, total) = (found.hits.len(), found.total);
    let count = match lang {
        Lang::Zh => format!("共 {total} 条，列出 {shown} 条"),
        Lang::En => format!("{total} hits, {shown} shown"),
    };
    format!("{table}\n{count}\n")
}

fn csv(found: &Found, lang: Lang) -> Result<String> {
    let failed = |e: &dyn std::fmt::Display| Error::usage(e.to_string(), "report this as a fault");
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = "rank,id,unit,kind,title,number,issuer,date,path,snippet,text,start,end,score,source";
    writer.write_record(header.split(',')).map_err(|e| failed(&e))?;
    for r in rows(found, lang) {
        let (rank, start, end, score) =
            (r.rank.to_string(), r.start.to_string(), r.end.to_string(), r.score.to_string());
        let record: [&str; 15] = [
            &rank, &r.id, r.unit, r.kind, &r.title, &r.number, &r.issuer, &r.date, &r.path, &r.snippet, &r.text,
            &start, &end, &score, &r.source,
        ];
        writer.write_record(record).map_err(|e| failed(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(&e))?;
    let text = String::from_utf8(bytes).map_err(|e| failed(&e))?;
    Ok(format!("\u{feff}{text}"))
}

fn json(value: &impl Serialize, pretty: bool) -> Result<String> {
    let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    Ok(text.map_err(|e| Error::usage(e.to_string(), "report this as a fault"))? + "\n")
}
