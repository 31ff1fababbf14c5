//! How the hits of a search are written: as a table for reading, as rows for programs.

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;
use std::io::IsTerminal;
use suyuan::document::{Label, Lang, Span};
use suyuan::search::{self, Found, Hit};
use suyuan::{Error, Result};

/// Characters of a snippet.
const SNIPPET: usize = 80;

/// A hit as it is written.
#[derive(Serialize)]
pub(super) struct Row {
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

pub(super) fn rows(found: &Found, lang: Lang) -> Vec<Row> {
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

pub(super) fn table(found: &Found, lang: Lang) -> String {
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

/// The hits of several queries as one table, with a byte-order mark.
pub(super) fn csv<'a>(all: impl Iterator<Item = (&'a str, Vec<Row>)>) -> Result<String> {
    let failed = |e: &dyn std::fmt::Display| Error::usage(e.to_string(), "report this as a fault");
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = "rank,id,unit,kind,title,number,issuer,date,path,snippet,text,start,end,score,source,query";
    writer.write_record(header.split(',')).map_err(|e| failed(&e))?;
    for (query, r) in all.flat_map(|(query, rows)| rows.into_iter().map(move |row| (query, row))) {
        let (rank, start, end, score) =
            (r.rank.to_string(), r.start.to_string(), r.end.to_string(), r.score.to_string());
        let record: [&str; 16] = [
            &rank, &r.id, r.unit, r.kind, &r.title, &r.number, &r.issuer, &r.date, &r.path, &r.snippet, &r.text,
            &start, &end, &score, &r.source, query,
        ];
        writer.write_record(record).map_err(|e| failed(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(&e))?;
    let text = String::from_utf8(bytes).map_err(|e| failed(&e))?;
    Ok(format!("\u{feff}{text}"))
}
