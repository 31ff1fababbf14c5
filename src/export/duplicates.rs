//! Groups of nearly identical documents as a table for a terminal, Markdown, a page, CSV and JSON.

use super::frame::{self, Page, pick};
use super::md::cell;
use super::words::one_line;
use super::{Csv, Exporter, Format, Html, Json, Markdown, Report, csv, export, pretty};
use crate::document::{Label, Lang};
use crate::similar::{Copy, Difference, Duplicates, Group, Member};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use maud::{Markup, html};
use std::io::{self, Write};

/// Characters of a difference that the table shows.
const SHOWN: usize = 40;
/// Differing places of two documents that a report for reading prints; CSV counts all, JSON has all.
const PRINTED: usize = 20;

impl Report for Duplicates {
    const STEM: &'static str = "duplicates";

    fn write(&self, format: Format, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        export(self, format, lang, out)
    }
}

/// A table `width` columns wide.
pub fn duplicates_table(report: &Duplicates, lang: Lang, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width).set_header(match lang {
        Lang::Zh => ["组", "相同份额", "文件", "差异"],
        Lang::En => ["Group", "Share", "Document", "Differences"],
    });
    for (number, group) in (1..).zip(&report.groups) {
        table.add_row([number.to_string(), String::new(), member(&group.first, lang), String::new()]);
        for copy in &group.others {
            let first = copy.differences.first().map(|d| brief(d, lang)).unwrap_or_default();
            let told = format!("{}\n{first}", counted(copy, lang));
            table.add_row([String::new(), percent(copy.share), member(&copy.member, lang), told.trim_end().to_owned()]);
        }
    }
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    if report.groups.is_empty() {
        format!("{}\n", lead(report, lang))
    } else {
        format!("{}\n{}\n", table.trim_fmt(), lead(report, lang))
    }
}

impl Exporter<Duplicates> for Json {
    fn export(&self, report: &Duplicates, _lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        pretty(report, out)
    }
}

impl Exporter<Duplicates> for Csv {
    fn export(&self, report: &Duplicates, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let heads = match lang {
            Lang::Zh => [
                "组",
                "文件",
                "类型",
                "编号",
                "届次",
                "标题",
                "单位",
                "日期",
                "相同份额",
                "重复率",
                "差异处",
                "首处差异",
            ],
            Lang::En => [
                "group",
                "document",
                "kind",
                "number",
                "session",
                "title",
                "issuer",
                "date",
                "share",
                "repeated",
                "differences",
                "first_difference",
            ],
        };
        let rows = (1..).zip(&report.groups).flat_map(|(number, group): (usize, &Group)| {
            let first = row(number, &group.first, lang, [String::new(), String::new(), String::new(), String::new()]);
            let others = group.others.iter().map(move |copy| {
                let place = copy.differences.first().map(|d| change(d, lang)).unwrap_or_default();
                let figures = [
                    format!("{:.4}", copy.share),
                    format!("{:.4}", copy.repeated),
                    copy.differences.len().to_string(),
                    place,
                ];
                row(number, &copy.member, lang, figures)
            });
            std::iter::once(first).chain(others).collect::<Vec<_>>()
        });
        csv::write_rows(&heads, rows, out)
    }
}

impl Exporter<Duplicates> for Markdown {
    fn export(&self, report: &Duplicates, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# {}\n\n{}\n", title(lang), lead(report, lang))?;
        if report.groups.iter().any(sample) {
            writeln!(out, "> {}\n", frame::sample_notice(lang))?;
        }
        for (number, group) in (1..).zip(&report.groups) {
            writeln!(out, "## {number}. {}\n\n{}\n", cell(&group.first.title), cell(&facts(&group.first)))?;
            for copy in &group.others {
                writeln!(
                    out,
                    "### {} {}\n\n{}；{}\n",
                    cell(&copy.member.title),
                    percent(copy.share),
                    cell(&facts(&copy.member)),
                    counted(copy, lang)
                )?;
                if !copy.differences.is_empty() {
                    let heads = pick(lang, "| 首件 | 本件 |", "| first | this one |");
                    writeln!(out, "{heads}\n|---|---|")?;
                    for d in copy.differences.iter().take(PRINTED) {
                        writeln!(out, "| {} | {} |", cell(&d.first_text), cell(&d.second_text))?;
                    }
                    writeln!(out, "{}", more(copy, lang))?;
                }
            }
        }
        Ok(())
    }
}

impl Exporter<Duplicates> for Html {
    fn export(&self, report: &Duplicates, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let page = frame::page(Page {
            lang,
            title: title(lang),
            lead: html! { (lead(report, lang)) },
            sample: report.groups.iter().any(sample),
            summary: html! {},
            tools: None,
            body: html! { @for (number, group) in (1..).zip(&report.groups) { (card(number, group, lang)) } },
        });
        out.write_all(page.as_bytes())
    }
}

fn card(number: usize, group: &Group, lang: Lang) -> Markup {
    html! {
        section.group {
            header { h2 { (number) ". " (group.first.title) } p { (facts(&group.first)) } }
            @for copy in &group.others {
                article.card.part {
                    header {
                        h3 { (copy.member.title) }
                        span.quiet { (facts(&copy.member)) }
                        (frame::badge("part", &percent(copy.share)))
                    }
                    div.inner { p.note { (counted(copy, lang)) } }
                    @for d in copy.differences.iter().take(PRINTED) {
                        div.pair { div.sides {
                            div.side { h4 { (pick(lang, "首件", "First")) } p.text { (side(&d.first_text, &d.second_text)) } }
                            div.side { h4 { (pick(lang, "本件", "This one")) } p.text { (side(&d.second_text, &d.first_text)) } }
                        } }
                    }
                    div.inner { p.note { (more(copy, lang)) } }
                }
            }
        }
    }
}

/// A text with what differs from `other` marked: all between the common beginning and the common end.
fn side(text: &str, other: &str) -> Markup {
    let head: usize = text.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (rest, other) = (&text[head..], &other[head..]);
    let back = rest.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b);
    let tail: usize = back.map(|(a, _)| a.len_utf8()).sum();
    let (middle, end) = rest.split_at(rest.len() - tail);
    html! { (text[..head]) @if !middle.is_empty() { mark.e4 { (middle) } } (end) }
}

fn row(number: usize, member: &Member, lang: Lang, figures: [String; 4]) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut row = vec![
        number.to_string(),
        member.document.clone(),
        member.kind.label(lang).to_owned(),
        text(&member.number),
        text(&member.session),
        member.title.clone(),
        text(&member.issuer),
        member.date.map(|d| d.to_string()).unwrap_or_default(),
    ];
    row.extend(figures);
    row
}

fn title(lang: Lang) -> &'static str {
    pick(lang, "内容基本相同的文件", "Nearly identical documents")
}

fn lead(report: &Duplicates, lang: Lang) -> String {
    let (groups, copies) = (report.groups.len(), report.groups.iter().map(|g| g.others.len()).sum::<usize>());
    let least = percent(report.least);
    match lang {
        Lang::Zh => format!(
            "{} 份文件中有 {groups} 组内容基本相同（相同文字不低于 {least}），每组首件之外共 {copies} 份。",
            report.documents
        ),
        Lang::En => format!(
            "{groups} groups of nearly identical texts (sharing at least {least}) among {} documents; {copies} beside the first of each group.",
            report.documents
        ),
    }
}

fn sample(group: &Group) -> bool {
    group.first.sample || group.others.iter().any(|c| c.member.sample)
}

fn facts(member: &Member) -> String {
    let date = member.date.map(|d| d.to_string());
    let facts =
        [Some(member.document.clone()), member.number.clone(), member.session.clone(), member.issuer.clone(), date];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn member(member: &Member, lang: Lang) -> String {
    let sample = if member.sample { pick(lang, "【样本】", "[sample] ") } else { "" };
    format!("{sample}{}\n{}", member.title, facts(member))
}

fn counted(copy: &Copy, lang: Lang) -> String {
    let (repeated, places) = (percent(copy.repeated), copy.differences.len());
    match lang {
        Lang::Zh => format!("重复首件的文字占本件 {repeated}，差异 {places} 处"),
        Lang::En => format!("{repeated} of it stands in the first; {places} places differ"),
    }
}

fn more(copy: &Copy, lang: Lang) -> String {
    let left = copy.differences.len().saturating_sub(PRINTED);
    match (left, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("另有 {left} 处差异，见 JSON。"),
        (_, Lang::En) => format!("{left} more places: see the JSON."),
    }
}

fn change(difference: &Difference, lang: Lang) -> String {
    let none = pick(lang, "（无）", "(none)");
    let words = |text: &str| if text.is_empty() { none.to_owned() } else { one_line(text) };
    format!("{} → {}", words(&difference.first_text), words(&difference.second_text))
}

fn brief(difference: &Difference, lang: Lang) -> String {
    let short = |text: &str| {
        let cut: String = text.chars().take(SHOWN).collect();
        if cut.len() < text.len() { cut + "…" } else { cut }
    };
    let (first_text, second_text) = (short(&difference.first_text), short(&difference.second_text));
    change(&Difference { first_text, second_text, ..difference.clone() }, lang)
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
