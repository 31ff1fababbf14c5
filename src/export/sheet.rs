//! A document and its units as text for a terminal.

use super::frame::{pick, sample_notice};
use super::words;
use crate::document::{Kind, Label, Lang, Number, UnitKind};
use crate::report::{Sheet, SheetCitation, SheetUnit};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Columns of the names of fields.
const FIELD: usize = 16;

/// The whole document: metadata, units (passages only where `passages`), citations.
pub fn sheet_text(sheet: &Sheet, passages: bool, lang: Lang) -> String {
    let mut out = String::new();
    head(sheet, lang, &mut out);
    let units: Vec<&SheetUnit> = sheet.units.iter().filter(|u| passages || u.kind != UnitKind::Passage).collect();
    let mut path: &[String] = &[];
    for unit in &units {
        path = tree(unit, path, lang, &mut out);
    }
    if units.is_empty() {
        let none =
            pick(lang, "（未识别出结构单元；--passages 列出段落）", "(no units found; --passages lists paragraphs)");
        put(&mut out, format_args!("\n{none}\n"));
    }
    citations(&sheet.citations, lang, &mut out);
    out
}

/// One unit, with the document it stands in.
pub fn unit_text(sheet: &Sheet, unit: &SheetUnit, lang: Lang) -> String {
    let mut out = String::new();
    let document = &sheet.document;
    put(&mut out, format_args!("{}\n", words::title(document, lang)));
    put(&mut out, format_args!("{}\n", words::number_and_date(document, lang)));
    tree(unit, &[], lang, &mut out);
    let inside: Vec<SheetCitation> =
        sheet.citations.iter().filter(|c| unit.span.contains(c.piece.span)).cloned().collect();
    citations(&inside, lang, &mut out);
    out
}

fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    out.write_fmt(words).expect("writing to a String cannot fail");
}

fn head(sheet: &Sheet, lang: Lang, out: &mut String) {
    let document = &sheet.document;
    if document.sample {
        put(out, format_args!("{}\n\n", sample_notice(lang)));
    }
    let mut field = |zh: &str, en: &str, key: &str, value: Option<String>| {
        let Some(value) = value else { return };
        let name = pick(lang, zh, en);
        let gap = FIELD.saturating_sub(name.width());
        put(out, format_args!("{name}{:gap$}{value}{}\n", "", known(sheet, key, lang)));
    };
    let number = document.number.as_ref().map(|n| printed(n, lang));
    field("文档", "Document", "id", Some(document.id.clone()));
    field("类型", "Kind", "kind", Some(document.kind.label(lang).to_owned()));
    field("标题", "Title", "title", Some(document.title.clone()));
    let (zh, en) = if document.kind == Kind::Proposal { ("提案号", "Number") } else { ("文号", "Number") };
    field(zh, en, "number", number);
    field("届次", "Session", "session", document.session.as_ref().map(|s| s.printed.clone()));
    field("单位／提出者", "Issuer", "issuer", document.issuer.clone());
    field("日期", "Date", "date", document.date.map(|d| d.to_string()));
    let joined = |ids: &[String]| (!ids.is_empty()).then(|| ids.join(pick(lang, "、", ", ")));
    field("所答提案", "Answers", "reply_to", joined(&sheet.answers));
    field("办理类别", "Class", "", sheet.class.map(|c| c.to_string()));
    field("答复", "Replies", "", joined(&sheet.replies));
    field("文件", "File", "", Some(document.path.clone()));
    field("网址", "Address", "", document.url.clone());
}

/// How a field came to be known, in brackets.
fn known(sheet: &Sheet, field: &str, lang: Lang) -> String {
    let notes = sheet.notes.iter().filter(|n| !field.is_empty() && n.field == field);
    let say = |note: &crate::document::Note| {
        let origin = words::origin(note.origin, lang);
        if note.detail.is_empty() { origin.to_owned() } else { format!("{origin}: {}", note.detail) }
    };
    let notes: Vec<String> = notes.map(say).collect();
    if notes.is_empty() { String::new() } else { format!("  [{}]", notes.join("; ")) }
}

fn printed(number: &Number, lang: Lang) -> String {
    match (number.repaired, lang) {
        (false, _) => number.value.clone(),
        (true, Lang::Zh) => format!("{}（原文印作“{}”）", number.value, number.printed),
        (true, Lang::En) => format!("{} (printed “{}”)", number.value, number.printed),
    }
}

/// Prints the steps of the unit's path that differ from `before`, then the unit beneath them; gives its path.
fn tree<'a>(unit: &'a SheetUnit, before: &[String], lang: Lang, out: &mut String) -> &'a [String] {
    let shared = unit.path.iter().zip(before).take_while(|(a, b)| a == b).count();
    let own = unit.path.len().saturating_sub(1);
    for (depth, level) in unit.path.iter().enumerate().take(own).skip(shared) {
        put(out, format_args!("\n{}{level}", "  ".repeat(depth)));
    }
    let indent = "  ".repeat(own);
    let head = unit.path.last().map_or("", String::as_str);
    let kind = unit.claim.map_or(unit.kind.label(lang), |c| c.label(lang));
    put(out, format_args!("\n{indent}{head}{}[{}] {kind}\n", if head.is_empty() { "" } else { "  " }, unit.unit));
    for line in unit.text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        put(out, format_args!("{indent}    {line}\n"));
    }
    let mut list = |zh: &str, en: &str, items: Vec<&str>| {
        for item in items {
            put(out, format_args!("{indent}    {} {}\n", pick(lang, zh, en), words::one_line(item)));
        }
    };
    list("· 措施", "· measure", unit.measures.iter().map(|p| p.text.as_str()).collect());
    list("· 引述建议", "· quotes", unit.quoted.iter().map(|p| p.text.as_str()).collect());
    list("· 责任", "· responsible", unit.responsible.iter().map(String::as_str).collect());
    &unit.path
}

fn citations(citations: &[SheetCitation], lang: Lang, out: &mut String) {
    if citations.is_empty() {
        return;
    }
    put(out, format_args!("\n{}\n", pick(lang, "引用的文件", "Policies named")));
    let absent = pick(lang, "不在语料中", "not in the corpus");
    for citation in citations {
        let document = citation.document.as_deref().unwrap_or(absent);
        put(out, format_args!("  {} → {document}\n", words::one_line(&citation.piece.text)));
    }
}
