//! The nearest past matters as a table for a terminal, CSV, JSON and Markdown; the page is in `similar_html`, the draft in `draft`.

use super::frame::{pick, sample_notice};
use super::md::{cell, text as plain};
use super::words::one_line;
use super::{Csv, Exporter, Format, Json, Markdown, Report, csv, export, pretty};
use crate::document::{Kind, Label, Lang};
use crate::similar::{Aligned, Answered, Found, Nearest, Part, PastReply};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use std::io::{self, Write};

/// Characters of a suggestion that the table shows.
const SHOWN: usize = 60;

impl Report for Found {
    const STEM: &'static str = "similar";

    fn write(&self, format: Format, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        export(self, format, lang, out)
    }
}

/// A table `width` columns wide.
pub fn nearest_table(found: &Found, lang: Lang, width: u16) -> String {
    if found.parts.iter().all(|part| part.nearest.is_empty()) {
        return pick(lang, "未找到相近的提案\n", "no proposal shares anything with it\n").to_owned();
    }
    let mut printed = String::new();
    for part in &found.parts {
        if let Some(head) = part_name(part, lang) {
            let short: String = one_line(&part.text).chars().take(SHOWN).collect();
            printed.push_str(&format!("{head} {short}\n"));
        }
        printed.push_str(&one_table(&part.nearest, lang, width));
    }
    printed
}

fn one_table(nearest: &[Nearest], lang: Lang, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width).set_header(match lang {
        Lang::Zh => ["相近度", "提案", "相近之处", "答复"],
        Lang::En => ["Score", "Proposal", "In common", "Replies"],
    });
    for near in nearest {
        let replies = near.replies.iter().map(|r| reply(r, lang)).collect::<Vec<_>>().join("\n");
        let name = [proposal(near, lang), twins(near, lang)].join("\n");
        table.add_row([format!("{:.2}", near.score), name.trim_end().to_owned(), common(near, lang), replies]);
    }
    let shares = [(1, 30), (2, 38), (3, 24)];
    for (column, share) in shares {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(share)));
        }
    }
    if let Some(column) = table.column_mut(0) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{}\n", table.trim_fmt())
}

impl Exporter<Found> for Json {
    fn export(&self, found: &Found, _lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        pretty(found, out)
    }
}

const HEADS_ZH: [&str; 17] = [
    "序号",
    "本件建议",
    "相近度",
    "提案",
    "类型",
    "提案号",
    "届次",
    "标题",
    "日期",
    "重复率",
    "共有词语",
    "相近建议",
    "相近建议原文",
    "答复",
    "答复段落",
    "答复原文",
    "基本相同的文件",
];
const HEADS_EN: [&str; 17] = [
    "no",
    "own_suggestion",
    "score",
    "proposal",
    "kind",
    "number",
    "session",
    "title",
    "date",
    "repeated",
    "shared",
    "nearest_suggestion",
    "suggestion_text",
    "replies",
    "answer",
    "answer_text",
    "twins",
];

/// One matter a row, UTF-8 with a byte order mark.
impl Exporter<Found> for Csv {
    fn export(&self, found: &Found, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let rows =
            found.parts.iter().flat_map(|part| (1..).zip(&part.nearest).map(move |(i, near)| row(part, i, near, lang)));
        csv::write_rows(if lang == Lang::Zh { &HEADS_ZH } else { &HEADS_EN }, rows, out)
    }
}

fn row(part: &Part, number: usize, near: &Nearest, lang: Lang) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let best = near.aligned.first();
    let answers = |value: fn(&Answered) -> &str| {
        let answers = best.map(|a| a.answers.iter().map(value).collect::<Vec<_>>());
        answers.unwrap_or_default().join("\n")
    };
    let own = part.suggestion.or(best.and_then(|a| a.own));
    vec![
        number.to_string(),
        own.map(|n| n.to_string()).unwrap_or_default(),
        format!("{:.4}", near.score),
        near.document.clone(),
        near.kind.label(lang).to_owned(),
        text(&near.number),
        text(&near.session),
        near.title.clone(),
        near.date.map(|d| d.to_string()).unwrap_or_default(),
        format!("{:.4}", near.repeated),
        shared(near, lang),
        best.map(|a| a.unit.clone()).unwrap_or_default(),
        best.map(|a| a.text.clone()).unwrap_or_default(),
        near.replies.iter().map(|r| reply(r, lang)).collect::<Vec<_>>().join("\n"),
        answers(|a| &a.unit),
        answers(|a| &a.text),
        near.twins.iter().map(|t| t.document.as_str()).collect::<Vec<_>>().join("\n"),
    ]
}

impl Exporter<Found> for Markdown {
    fn export(&self, found: &Found, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# {}\n\n{}\n", cell(&title(found, lang)), lead(found, lang))?;
        if sample(found) {
            writeln!(out, "> **{}**\n", sample_notice(lang))?;
        }
        for part in &found.parts {
            if let Some(head) = part_name(part, lang) {
                writeln!(out, "## {head}\n\n{}\n", plain(&part.text))?;
            }
            for near in &part.nearest {
                matter(near, lang, out)?;
            }
        }
        Ok(())
    }
}

fn matter(near: &Nearest, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {} {:.2}\n\n{}\n", cell(&name(near, lang)), near.score, cell(&facts(near, lang)))?;
    writeln!(out, "- {}{}", pick(lang, "共有词语：", "In common: "), cell(&shared(near, lang)))?;
    for past in &near.replies {
        writeln!(out, "- {}{}", pick(lang, "答复：", "Reply: "), cell(&reply(past, lang)))?;
    }
    if !near.twins.is_empty() {
        writeln!(out, "- {}", cell(&twins(near, lang)))?;
    }
    if !near.aligned.is_empty() {
        writeln!(
            out,
            "\n{}\n|---|---|---|",
            pick(lang, "| 本件建议 | 往年建议 | 当时的答复 |", "| Own suggestion | Past suggestion | The answer |")
        )?;
    }
    for a in &near.aligned {
        let answers = a.answers.iter().map(|p| format!("{}（{}）", p.text, p.unit)).collect::<Vec<_>>().join("；");
        writeln!(out, "| {} | {}（{}） | {} |", cell(&a.own_text), cell(&a.text), cell(&a.unit), cell(&answers))?;
    }
    writeln!(out)
}

/// What was asked, as the head of a report.
pub(super) fn title(found: &Found, lang: Lang) -> String {
    let asked = if found.asked.title.is_empty() { one_line(&found.asked.text) } else { found.asked.title.clone() };
    let short: String = asked.chars().take(SHOWN).collect();
    let more = if short.len() < asked.len() { "…" } else { "" };
    format!("{}{short}{more}", pick(lang, "相近的往年提案与答复：", "Past proposals and replies: "))
}

pub(super) fn lead(found: &Found, lang: Lang) -> String {
    let count: usize = found.parts.iter().map(|p| p.nearest.len()).sum();
    let parts = found.parts.len();
    match (lang, found.parts.first().and_then(|p| p.suggestion)) {
        (Lang::Zh, None) => format!("找到 {count} 件相近的提案或答复，基本相同的并列一处。"),
        (Lang::Zh, Some(_)) => format!("逐条查找 {parts} 条建议，共 {count} 件相近的提案或答复，基本相同的并列一处。"),
        (Lang::En, None) => format!("{count} past matters; those that are nearly the same stand together."),
        (Lang::En, Some(_)) => {
            format!("{count} past matters for {parts} suggestions; those that are nearly the same stand together.")
        }
    }
}

pub(super) fn sample(found: &Found) -> bool {
    found.parts.iter().flat_map(|p| &p.nearest).any(|n| n.sample)
}

/// `建议 2`; `None` for the whole text.
pub(super) fn part_name(part: &Part, lang: Lang) -> Option<String> {
    part.suggestion.map(|number| format!("{} {number}", pick(lang, "建议", "Suggestion")))
}

/// The title, marked where it is fiction; the id where it has none.
pub(super) fn name(near: &Nearest, lang: Lang) -> String {
    let sample = if near.sample { pick(lang, "【样本】", "[sample] ") } else { "" };
    format!("{sample}{}", if near.title.is_empty() { &near.document } else { &near.title })
}

pub(super) fn facts(near: &Nearest, lang: Lang) -> String {
    let kind = (near.kind != Kind::Proposal).then(|| near.kind.label(lang).to_owned());
    let date = near.date.map(|d| d.to_string());
    let repeated = format!("{} {:.0} %", pick(lang, "本件文字重复", "own text repeated"), near.repeated * 100.0);
    let number = near.number.as_ref().filter(|n| **n != near.document).cloned();
    let facts = [
        kind,
        Some(near.document.clone()),
        number,
        near.session.clone(),
        date,
        (near.repeated >= 0.1).then_some(repeated),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn proposal(near: &Nearest, lang: Lang) -> String {
    format!("{}\n{}", name(near, lang), facts(near, lang))
}

pub(super) fn shared(near: &Nearest, lang: Lang) -> String {
    near.shared.iter().map(|s| s.word.as_str()).collect::<Vec<_>>().join(pick(lang, "、", ", "))
}

/// The matters that are nearly the same, in one line; empty where there are none.
pub(super) fn twins(near: &Nearest, lang: Lang) -> String {
    let twin = |t: &crate::similar::Twin| format!("{} {} {:.0} %", t.document, t.title, t.share * 100.0);
    let twins: Vec<String> = near.twins.iter().map(twin).collect();
    if twins.is_empty() {
        return String::new();
    }
    format!("{}{}", pick(lang, "基本相同：", "Nearly the same: "), twins.join(pick(lang, "；", "; ")))
}

fn common(near: &Nearest, lang: Lang) -> String {
    let mut lines = vec![shared(near, lang)];
    if let Some(Aligned { unit, text, answers, .. }) = near.aligned.first() {
        lines.push(format!("{unit} {}", shortened(text)));
        lines.extend(answers.iter().map(|a| format!("→ {} {}", a.unit, shortened(&a.text))));
    }
    lines.join("\n")
}

fn shortened(text: &str) -> String {
    let text = one_line(text);
    let short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

/// `reply-0076 · 市住房局 · 2022-06-20 · 类别A`.
pub(super) fn reply(reply: &PastReply, lang: Lang) -> String {
    let class = reply.class.map(|c| format!("{}{c}", pick(lang, "类别", "class ")));
    let facts = [Some(reply.document.clone()), reply.unit.clone(), reply.date.map(|d| d.to_string()), class];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
