//! The trace in short, for a terminal: a row a suggestion with its best clause, and the counts.

use super::frame::{pick, sample_notice};
use super::words;
use crate::document::{Label, Lang};
use crate::report::{TraceReport, TracedSuggestion};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// Characters of a text that a cell shows.
const SHOWN: usize = 40;
/// Characters of a title or a head that a cell shows.
const NAMED: usize = 24;
/// Reasons named for a link.
const REASONS: usize = 8;

/// The table `width` columns wide, with what it covers above and the counts below.
pub fn trace_table(report: &TraceReport, lang: Lang, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width).set_header(match lang {
        Lang::Zh => ["提案", "建议", "结论", "最相应的条款", "方式与先后", "可信度"],
        Lang::En => ["Proposal", "Suggestion", "Status", "Best clause", "Kind and order", "Score"],
    });
    for suggestion in &report.suggestions {
        table.add_row(row(report, suggestion, lang));
    }
    if let Some(column) = table.column_mut(5) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let sample = if report.sample { format!("{}\n", sample_notice(lang)) } else { String::new() };
    format!("{sample}{}\n{}\n{}\n", words::coverage(report, lang), table.trim_fmt(), counts(report, lang))
}

fn row(report: &TraceReport, suggestion: &TracedSuggestion, lang: Lang) -> [String; 6] {
    let proposal = words::bare_number(report, &suggestion.proposal, lang);
    let text = format!("{} {}", suggestion.suggestion, clipped(&suggestion.text, SHOWN));
    let status = suggestion.status.label(lang).to_owned();
    let Some(link) = suggestion.links.first() else {
        return [proposal, text, status, String::new(), String::new(), String::new()];
    };
    let title = report.document(&link.document).map_or(link.document.as_str(), |d| &d.title);
    let more = match (suggestion.links.len() - 1, lang) {
        (0, _) => String::new(),
        (n, Lang::Zh) => format!("\n（另有 {n} 条）"),
        (n, Lang::En) => format!("\n({n} more)"),
    };
    let step = link.clause.rsplit(" / ").next().unwrap_or_default();
    [
        proposal,
        text,
        status,
        format!("《{}》\n{}{more}", clipped(title, NAMED), clipped(step, NAMED)),
        format!("{}\n{}", link.kind.label(lang), link.order.label(lang)),
        format!("{:.2}", link.score),
    ]
}

fn counts(report: &TraceReport, lang: Lang) -> String {
    let counts = report.summary.by_status.iter().map(|c| format!("{} {}", c.status.label(lang), c.count));
    counts.collect::<Vec<_>>().join(pick(lang, "，", ", "))
}

/// For every link, what spoke for and against it, strongest first.
pub fn explained(report: &TraceReport, lang: Lang) -> String {
    let mut out = String::new();
    for suggestion in &report.suggestions {
        for link in suggestion.links.iter().filter(|l| !l.reasons.is_empty()) {
            let name = format!("{}#s{}", suggestion.proposal, suggestion.suggestion);
            out.push_str(&format!("\n{name} → {}  {} {:.2}\n", link.unit, link.kind.label(lang), link.score));
            for reason in link.reasons.iter().take(REASONS) {
                out.push_str(&format!("  {:+.2}  {} = {:.3}\n", reason.contribution, reason.feature, reason.value));
            }
        }
    }
    out
}

fn clipped(text: &str, limit: usize) -> String {
    let text = words::one_line(text);
    match text.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
