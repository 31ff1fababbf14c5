//! The report as Markdown: counts, the table, then every suggestion with its clauses; shared pieces stand in `<b>`, since `**` beside
//! Chinese punctuation is not emphasis (CommonMark's flanking rule).

use super::frame::{caution, pick, sample_notice};
use super::{Exporter, Markdown, table, words};
use crate::document::{Label, Lang, Span};
use crate::report::{TraceReport, TracedEvidence, TracedLink, TracedSuggestion};
use std::io::{self, Write};

/// Characters of a long text that a cell of the overview shows.
const CELL: usize = 60;

impl Exporter<TraceReport> for Markdown {
    fn export(&self, report: &TraceReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# {}\n", words::trace_title(lang))?;
        if report.sample {
            writeln!(out, "> **{}**\n", sample_notice(lang))?;
        }
        writeln!(out, "{}\n", words::coverage(report, lang))?;
        counts(report, lang, out)?;
        overview(report, lang, out)?;
        details(report, lang, out)?;
        gaps(report, lang, out)?;
        writeln!(out, "---\n\n{}", caution(lang))
    }
}

fn counts(report: &TraceReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}\n", pick(lang, "概况", "Summary"))?;
    let statuses = &report.summary.by_status;
    let heads: Vec<&str> = statuses.iter().map(|c| c.status.label(lang)).collect();
    writeln!(out, "| {} | {} |", pick(lang, "提案", "Proposal"), heads.join(" | "))?;
    writeln!(out, "|---|{}", "--:|".repeat(heads.len()))?;
    for proposal in &report.summary.by_proposal {
        let counts: Vec<String> = proposal.by_status.iter().map(|c| c.count.to_string()).collect();
        let title = report.document(&proposal.proposal).map_or(String::new(), |d| format!("《{}》", d.title));
        let name = words::proposal_number(report, &proposal.proposal, lang);
        writeln!(out, "| {}{} | {} |", cell(&name), cell(&title), counts.join(" | "))?;
    }
    let total: Vec<String> = statuses.iter().map(|c| format!("**{}**", c.count)).collect();
    writeln!(out, "| **{}** | {} |\n", pick(lang, "合计", "All"), total.join(" | "))?;
    if report.summary.by_policy.is_empty() {
        return Ok(());
    }
    let (policy, carried) = (pick(lang, "政策文件", "Policy"), pick(lang, "载有其内容的建议数", "Suggestions carried"));
    writeln!(out, "| {policy} | {carried} | {} |\n|---|--:|--:|", pick(lang, "仅同主题的建议数", "Same topic only"))?;
    for count in &report.summary.by_policy {
        let name = words::policy(report, &count.document, lang);
        writeln!(out, "| {} | {} | {} |", cell(&name), count.carried, count.topical)?;
    }
    writeln!(out)
}

fn overview(report: &TraceReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}\n", pick(lang, "一览表", "Table"))?;
    writeln!(out, "| {} |\n|{}", table::heads(lang).join(" | "), "---|".repeat(table::COLUMNS))?;
    for row in report.rows() {
        let cells = table::cells(report, &row, lang);
        let short = cells.iter().map(|c| cell(&clipped(c, CELL))).collect::<Vec<_>>();
        writeln!(out, "| {} |", short.join(" | "))?;
    }
    for row in &report.earlier {
        let short = row.iter().map(|c| cell(&clipped(c, CELL))).collect::<Vec<_>>();
        writeln!(out, "| {} |", short.join(" | "))?;
    }
    writeln!(out)
}

fn details(report: &TraceReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut number = 0;
    let mut proposal = None;
    for suggestion in &report.suggestions {
        if proposal.replace(&suggestion.proposal) != Some(&suggestion.proposal) {
            let title = report.document(&suggestion.proposal).map_or(String::new(), |d| format!("《{}》", d.title));
            let name = words::proposal_number(report, &suggestion.proposal, lang);
            writeln!(out, "## {}{}\n", text(&name), text(&title))?;
        }
        let name = words::suggestion_name(suggestion, lang);
        writeln!(out, "### {name} — {}\n", suggestion.status.label(lang))?;
        if !suggestion.path.is_empty() {
            writeln!(out, "{}\n", text(&suggestion.path))?;
        }
        if suggestion.links.is_empty() {
            number += 1;
            quote(&suggestion.text, &[], out)?;
        }
        for link in &suggestion.links {
            number += 1;
            side_by_side(report, number, suggestion, link, lang, out)?;
        }
        for piece in &suggestion.uncovered {
            let piece = text(&words::one_line(&piece.text));
            writeln!(out, "- {}{piece}", pick(lang, "未见对应的部分：", "No clause for: "))?;
        }
        candidates(report, suggestion, lang, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn side_by_side(
    report: &TraceReport,
    number: usize,
    suggestion: &TracedSuggestion,
    link: &TracedLink,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let facts = [link.kind.label(lang).to_owned(), link.order.label(lang).to_owned()];
    let score = format!("{} {:.2}", pick(lang, "可信度", "score"), link.score);
    let policy = text(&words::policy(report, &link.document, lang));
    writeln!(out, "**{number}. {policy}** — {}，{score}\n", facts.join(pick(lang, "，", ", ")))?;
    let (left, right) = shared(suggestion, link);
    quote(&suggestion.text, &left, out)?;
    writeln!(out, "{}\n", text(&link.clause))?;
    quote(&link.text, &right, out)?;
    for basis in words::basis(report, link, usize::MAX, lang) {
        writeln!(out, "- {}", text(&basis))?;
    }
    for reason in &link.reasons {
        writeln!(out, "- {} = {:.3}: {:+.2}", text(&reason.feature), reason.value, reason.contribution)?;
    }
    if let Some(review) = &link.review {
        writeln!(out, "- **{}** {}", pick(lang, "人工复核：", "Review:"), text(&words::one_line(review)))?;
    }
    writeln!(out)
}

fn candidates(report: &TraceReport, suggestion: &TracedSuggestion, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    if !suggestion.candidates.is_empty() {
        writeln!(out, "\n{}\n", pick(lang, "检索排名靠前的条款：", "Best-ranked clauses:"))?;
    }
    for (rank, found) in suggestion.candidates.iter().enumerate() {
        let name = report.document(&found.document).map_or_else(|| found.document.clone(), |d| words::title(d, lang));
        let words = text(&clipped(&words::one_line(&found.text), CELL));
        writeln!(out, "{}. {:.2} {} {}: {words}", rank + 1, found.score, text(&name), text(&found.clause))?;
    }
    Ok(())
}

fn gaps(report: &TraceReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    if report.missing.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {}\n", pick(lang, "原始材料缺失，待补充", "Missing material"))?;
    for gap in &report.missing {
        writeln!(out, "- {}", text(&words::missing(report, gap, lang)))?;
    }
    writeln!(out)
}

/// The aligned pieces inside the suggestion and inside the clause, counted from their first bytes.
fn shared(suggestion: &TracedSuggestion, link: &TracedLink) -> (Vec<Span>, Vec<Span>) {
    let pieces = |side: fn(&TracedEvidence) -> Span, whole: Span| {
        let inside = link.evidence.iter().map(side).filter(|s| whole.contains(*s));
        inside.map(|s| Span::new(s.start - whole.start, s.end - whole.start)).collect()
    };
    (pieces(|e| e.left.span, suggestion.span), pieces(|e| e.right.span, link.span))
}

/// A block quotation with `pieces` in bold.
fn quote(words: &str, pieces: &[Span], out: &mut dyn Write) -> io::Result<()> {
    let mut start = 0;
    for line in words.split('\n') {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        let bold = bold(line, span, pieces);
        if !bold.trim().is_empty() {
            writeln!(out, "> {}\n>", bold.trim())?;
        }
    }
    writeln!(out)
}

fn bold(line: &str, at: Span, pieces: &[Span]) -> String {
    let mut cuts: Vec<usize> =
        pieces.iter().flat_map(|p| [p.start, p.end]).filter(|c| at.start < *c && *c < at.end).collect();
    cuts.extend([at.start, at.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut bold = String::new();
    let mut inside = false;
    for pair in cuts.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        let now = pieces.iter().any(|p| p.contains(span));
        if now != inside {
            bold.push_str(if now { "<b>" } else { "</b>" });
        }
        inside = now;
        let words = line.get(span.start - at.start..span.end - at.start).unwrap_or_default();
        bold.push_str(&escaped(words, span.start == at.start));
    }
    if inside {
        bold.push_str("</b>");
    }
    bold
}

/// Words of a document as Markdown that shows them as they are.
pub(super) fn text(words: &str) -> String {
    escaped(&words::one_line(words), true)
}

pub(super) fn cell(words: &str) -> String {
    escaped(&words.split('\n').map(str::trim).collect::<Vec<_>>().join(" "), false)
}

/// Escapes what Markdown would take for markup; at the beginning of a line also `1.`, `-`, `#` and the like.
fn escaped(words: &str, begins_line: bool) -> String {
    let mut escaped = String::with_capacity(words.len());
    let trimmed = words.trim_start();
    if begins_line && trimmed.starts_with(['#', '+', '-', '=', '~']) {
        escaped.push('\\');
    }
    let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = begins_line && digits > 0 && trimmed[digits..].starts_with(['.', ')']);
    for (i, c) in (if begins_line { trimmed } else { words }).char_indices() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&') || marker && i == digits {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

pub(super) fn clipped(words: &str, limit: usize) -> String {
    match words.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}
