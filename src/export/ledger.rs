//! The report on a ledger: one list of sections (`ledger_sections`) that every format writes in its own way.

use super::csv::write_rows;
use super::frame::{self, Page, Tile, pick, sample_notice};
use super::ledger_sections::{Column, Line, Section, closing, lead, odd, sections, title};
use super::ledger_words::{place, problem};
use super::md::{cell, text};
use super::{Csv, Exporter, Format, Html, Json, Markdown, Report, export, pretty};
use crate::document::{Label, Lang};
use crate::ledger::{DueKind, Warning};
use crate::report::LedgerReport;
use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use maud::{Markup, html};
use serde::Serialize;
use std::io::{self, Write};

impl Report for LedgerReport {
    const STEM: &'static str = "ledger";

    fn write(&self, format: Format, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        export(self, format, lang, out)
    }
}

/// The columns in running text: `B 提案号 → 提案号（据列名）；…`.
fn mapping(section: &Section, lang: Lang) -> String {
    let one = |line: &Line| {
        let sheet = if line.place.is_empty() { String::new() } else { format!("{} ", line.place) };
        let how = match (line.proposals.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("（{}）", line.proposals),
            (false, Lang::En) => format!(" ({})", line.proposals),
        };
        format!("{sheet}{} → {}{how}", line.item, line.note)
    };
    section.lines.iter().map(one).collect::<Vec<_>>().join(pick(lang, "；", "; "))
}

/// Tables `width` columns wide, for a terminal. The columns are told in a line; how odd cells were read is counted.
pub fn ledger_tables(report: &LedgerReport, lang: Lang, width: u16) -> String {
    let mut out = String::new();
    if report.sample {
        out.push_str(&format!("{}\n", sample_notice(lang)));
    }
    out.push_str(&format!("{}\n{}\n", title(report, lang), lead(report, lang)));
    for section in sections(report, lang, false) {
        out.push_str(&format!("\n{}\n", section.title));
        if !section.lead.is_empty() {
            out.push_str(&format!("{}\n", section.lead));
        }
        if section.lines.is_empty() {
            continue;
        }
        if section.is_columns {
            out.push_str(&format!("{}\n", mapping(&section, lang)));
            continue;
        }
        // What a rate means stands in the other formats.
        let wide = |c: Column| c == Column::Note && section.shown.iter().any(|(s, _)| *s == Column::Percent);
        let columns: Vec<&(Column, &str)> = section.shown.iter().filter(|(c, _)| !wide(*c)).collect();
        let mut table = Table::new();
        let style = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
        table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width).set_header(columns.iter().map(|(_, head)| *head));
        for line in &section.lines {
            table.add_row(columns.iter().map(|(c, _)| c.of(line)));
        }
        for (at, (column, _)) in columns.iter().enumerate() {
            if let Some(cells) = table.column_mut(at).filter(|_| column.is_number()) {
                cells.set_cell_alignment(comfy_table::CellAlignment::Right);
            }
        }
        out.push_str(&format!("{}\n", table.trim_fmt()));
    }
    out
}

impl Exporter<LedgerReport> for Csv {
    fn export(&self, report: &LedgerReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let heads = match lang {
            Lang::Zh => ["部分", "项目", "数", "基数", "比率", "提案", "位置", "说明"],
            Lang::En => ["section", "item", "count", "base", "rate", "proposals", "place", "note"],
        };
        let rows = sections(report, lang, true).into_iter().flat_map(|section| {
            let title = section.title;
            let row =
                move |l: Line| vec![title.clone(), l.item, l.count, l.base, l.percent, l.proposals, l.place, l.note];
            section.lines.into_iter().map(row)
        });
        write_rows(&heads, rows, out)
    }
}

impl Exporter<LedgerReport> for Markdown {
    fn export(&self, report: &LedgerReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# {}\n", text(&title(report, lang)))?;
        if report.sample {
            writeln!(out, "> **{}**\n", sample_notice(lang))?;
        }
        writeln!(out, "{}\n", text(&lead(report, lang)))?;
        for section in sections(report, lang, false) {
            writeln!(out, "## {}\n", section.title)?;
            if !section.lead.is_empty() {
                writeln!(out, "{}\n", section.lead)?;
            }
            if section.lines.is_empty() {
                continue;
            }
            let heads: Vec<&str> = section.shown.iter().map(|(_, head)| *head).collect();
            let rule: Vec<&str> =
                section.shown.iter().map(|(c, _)| if c.is_number() { "--:" } else { "---" }).collect();
            writeln!(out, "| {} |\n|{}|", heads.join(" | "), rule.join("|"))?;
            for line in &section.lines {
                let cells: Vec<String> = section.shown.iter().map(|(c, _)| cell(c.of(line))).collect();
                writeln!(out, "| {} |", cells.join(" | "))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "---\n\n{}", closing(lang))
    }
}

impl Exporter<LedgerReport> for Html {
    fn export(&self, report: &LedgerReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let page = Page {
            lang,
            title: &title(report, lang),
            lead: html! { (lead(report, lang)) },
            sample: report.sample,
            summary: tiles(report, lang),
            tools: None,
            body: html! { @for section in sections(report, lang, false) { (block(&section)) } },
        };
        out.write_all(frame::closed(page, html! { p { (closing(lang)) } }).as_bytes())
    }
}

impl Exporter<LedgerReport> for Json {
    fn export(&self, report: &LedgerReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let told = |warning: &Warning| {
            let (what, remedy) = problem(&warning.problem, lang);
            Told { place: place(&warning.place, lang), what, remedy, remark: warning.problem.is_remark() }
        };
        pretty(&Whole { report, told: report.ledger.warnings.iter().map(told).collect() }, out)
    }
}

/// The data, and its warnings in words.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    report: &'a LedgerReport,
    told: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    place: String,
    what: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    remedy: String,
    /// Told only, nothing to check.
    remark: bool,
}

fn tiles(report: &LedgerReport, lang: Lang) -> Markup {
    let records = &report.ledger.records;
    let due = |kind: DueKind| report.due.iter().filter(|d| d.kind == kind).count();
    let gaps = report.gaps.as_ref().map_or(0, Vec::len);
    let tile = |tone, count, label| Tile { tone, count, label };
    let all = [
        tile("none", records.len(), pick(lang, "提案", "proposals")),
        tile("good", records.iter().filter(|r| r.is_done()).count(), pick(lang, "已办结答复", "answered")),
        tile("warn", due(DueKind::Overdue), DueKind::Overdue.label(lang)),
        tile("part", due(DueKind::Soon), DueKind::Soon.label(lang)),
        tile("prior", due(DueKind::Late), DueKind::Late.label(lang)),
        tile("topic", gaps, pick(lang, "缺口", "gaps")),
        tile("warn", odd(report).count(), pick(lang, "需要核对", "to be checked")),
    ];
    let shown = all.into_iter().enumerate().filter(|(at, t)| *at < 2 || t.count > 0).map(|(_, t)| t);
    html! { ul.tiles { @for t in shown { li class={ "tile " (t.tone) } { b { (t.count) } span { (t.label) } } } } }
}

fn block(section: &Section) -> Markup {
    html! {
        section.group {
            header { h2 { (section.title) } }
            @if !section.lead.is_empty() { p.note { (section.lead) } }
            @if !section.lines.is_empty() {
                div.scroll { table {
                    thead { tr { @for (column, head) in &section.shown { th.n[column.is_number()] { (head) } } } }
                    tbody { @for line in &section.lines {
                        tr { @for (column, _) in &section.shown { td.n[column.is_number()] { (column.of(line)) } } }
                    } }
                } }
            }
        }
    }
}
