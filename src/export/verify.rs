//! The report on a work summary as Markdown and as a table; the page is in `verify_html`.

use super::frame::{caution, pick, sample_notice};
use super::md::{cell, clipped, text};
use super::review::{Reviewed, letters};
use super::{Csv, Exporter, Format, Markdown, Report, csv, export, words};
use crate::document::{Kind, Label, Lang, Verdict};
use crate::report::{EvidenceStep, Quoted, VerifiedClaim, VerifyReport};
use crate::verify::{LedgerUse, Needed};
use std::io::{self, Write};

/// Characters of a claim that the summary table shows.
const CELL: usize = 60;

impl Report for VerifyReport {
    const STEM: &'static str = "verify";

    fn write(&self, format: Format, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        export(self, format, lang, out)
    }
}

/// The tone of a verdict.
pub(super) fn tone(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported | Verdict::Consistent => "good",
        Verdict::Partly => "part",
        Verdict::ImpossibleOrder => "prior",
        Verdict::NotFound => "topic",
        Verdict::MissingSource | Verdict::Unverifiable => "none",
        Verdict::Inconsistent => "warn",
    }
}

/// The title of the report.
pub(super) fn title(report: &VerifyReport, lang: Lang) -> String {
    let name = &report.report.title;
    match lang {
        Lang::Zh => format!("办理总结逐条核对：{name}"),
        Lang::En => format!("A work summary, claim by claim: {name}"),
    }
}

/// What the run covered, in one paragraph.
pub fn lead(report: &VerifyReport, lang: Lang) -> String {
    let found = found(report, lang);
    report.ledger.as_ref().map_or(found.clone(), |used| format!("{found}{}", ledger(used, lang)))
}

/// What ledger the figures were held against.
fn ledger(used: &LedgerUse, lang: Lang) -> String {
    let LedgerUse { path, proposals, warnings, other_session, .. } = used;
    match (lang, other_session) {
        (Lang::Zh, Some(session)) => format!("台账{path}是{session}的，与总结届次不同，没有用来核对。"),
        (Lang::En, Some(session)) => {
            format!(
                " The ledger {path} is of {session}, another session than the summary's: nothing was held against it."
            )
        }
        (Lang::Zh, None) if *warnings > 0 => {
            format!("数字与台账{path}（{proposals}件提案，{warnings}处需要核对，见 suyuan ledger）对照。")
        }
        (Lang::Zh, None) => format!("数字与台账{path}（{proposals}件提案）对照。"),
        (Lang::En, None) => {
            let odd =
                if *warnings > 0 { format!(", {warnings} places to check, see suyuan ledger") } else { String::new() };
            format!(" Figures were held against the ledger {path} ({proposals} proposals{odd}).")
        }
    }
}

/// How many claims came to which verdict.
fn found(report: &VerifyReport, lang: Lang) -> String {
    let given = report.counts.iter().filter(|c| c.count > 0);
    let counts: Vec<String> = given.map(|c| format!("{} {}", c.verdict.label(lang), c.count)).collect();
    let all = report.claims.len();
    match lang {
        Lang::Zh if all == 0 => "文中没有找到可以核对的说法。".to_owned(),
        Lang::Zh => format!("共找到{all}条可核对的说法：{}。总结自身的说法不作为证据。", counts.join("，")),
        Lang::En if all == 0 => "No claim that can be checked was found.".to_owned(),
        Lang::En => format!("{all} claims found: {}. The summary never witnesses for itself.", counts.join(", ")),
    }
}

/// The head over what to get.
pub fn needed_head(lang: Lang) -> &'static str {
    pick(lang, "待补充的材料", "What to get")
}

/// What to get, with the claims that wait for it.
pub fn wanted(needed: &Needed, lang: Lang) -> String {
    let claims = needed.claims.iter().map(usize::to_string).collect::<Vec<_>>().join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh => format!("{}（说法{claims}）", needed.wanted(lang)),
        Lang::En => format!("{} (claims {claims})", needed.wanted(lang)),
    }
}

/// The heads of the summary table.
pub fn heads(lang: Lang) -> [&'static str; 10] {
    match lang {
        Lang::Zh => ["序号", "说法", "类别", "结论", "理由", "算式", "涉及材料", "对应条款", "证据等级", "人工复核"],
        Lang::En => {
            ["No.", "Claim", "Kind", "Verdict", "Reason", "Arithmetic", "Sources", "Clauses", "Evidence", "Review"]
        }
    }
}

fn cells(report: &VerifyReport, claim: &VerifiedClaim, lang: Lang) -> Vec<String> {
    let clauses = claim.evidence.iter().filter_map(|s| s.clause.as_ref()).map(|c| clause_name(report, c, lang));
    let mut clauses: Vec<String> = clauses.collect();
    clauses.dedup();
    vec![
        claim.ordinal.to_string(),
        words::one_line(&claim.text),
        claim.kind.label(lang).to_owned(),
        claim.verdict.label(lang).to_owned(),
        claim.reason(lang),
        claim.checks.iter().map(|c| c.line(lang)).collect::<Vec<_>>().join("\n"),
        claim.sources.iter().map(|s| source(s, lang)).collect::<Vec<_>>().join("\n"),
        clauses.join("\n"),
        claim.grade.map_or(String::new(), |g| g.label(lang).to_owned()),
        claim.review.clone().unwrap_or_default(),
    ]
}

fn colon(lang: Lang) -> &'static str {
    pick(lang, "：", ": ")
}

/// A named source and what became of it.
pub(super) fn source(source: &crate::verify::Resolved, lang: Lang) -> String {
    let found = match (&source.cause, &source.document) {
        (Some(_), Some(_)) => pick(lang, "与语料不符", "does not match the corpus"),
        (None, Some(_)) => pick(lang, "已在语料中", "in the corpus"),
        _ => Verdict::MissingSource.label(lang),
    };
    let noun = if source.kind == Kind::Proposal { pick(lang, "提案", "proposal ") } else { "" };
    format!("{noun}{}{}{found}", source.printed, colon(lang))
}

/// The policy and the path of a clause.
pub(super) fn clause_name(report: &VerifyReport, clause: &Quoted, lang: Lang) -> String {
    let document = report.documents.iter().find(|d| d.id == clause.document);
    let title = document.map_or_else(|| clause.document.clone(), |d| words::title(d, lang));
    if clause.path.is_empty() { title } else { format!("{title} {}", clause.path) }
}

impl Exporter<VerifyReport> for Csv {
    fn export(&self, report: &VerifyReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let found = report.rows_of_cells(lang).into_iter();
        csv::write_rows(&heads(lang), found.chain(report.earlier.iter().cloned()), out)
    }
}

impl Reviewed for VerifyReport {
    fn heads(lang: Lang) -> Vec<&'static str> {
        heads(lang).to_vec()
    }

    /// The words of the claim.
    fn key(cells: &[String]) -> Vec<String> {
        vec![letters(&cells[1])]
    }

    fn rows_of_cells(&self, lang: Lang) -> Vec<Vec<String>> {
        self.claims.iter().map(|c| cells(self, c, lang)).collect()
    }

    fn review(&mut self, reviews: Vec<Option<String>>, earlier: Vec<Vec<String>>) {
        for (claim, review) in self.claims.iter_mut().zip(reviews) {
            claim.review = review;
        }
        self.earlier = earlier;
    }
}

impl Exporter<VerifyReport> for Markdown {
    fn export(&self, report: &VerifyReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# {}\n", text(&title(report, lang)))?;
        if report.sample {
            writeln!(out, "> **{}**\n", sample_notice(lang))?;
        }
        writeln!(out, "{}\n", lead(report, lang))?;
        overview(report, lang, out)?;
        for claim in &report.claims {
            details(report, claim, lang, out)?;
        }
        if !report.needed.is_empty() {
            writeln!(out, "## {}\n", needed_head(lang))?;
            for needed in &report.needed {
                writeln!(out, "- {}", text(&wanted(needed, lang)))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "---\n\n{}", caution(lang))
    }
}

fn overview(report: &VerifyReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let row = |cells: &[String]| {
        let shown = [&cells[0], &clipped(&cells[1], CELL), &cells[2], &cells[3], &cells[4], &cells[8], &cells[9]];
        format!("| {} |", shown.map(|c| cell(c)).join(" | "))
    };
    writeln!(out, "{}\n|--:|---|---|---|---|---|---|", row(&heads(lang).map(str::to_owned)))?;
    for cells in report.rows_of_cells(lang).iter().chain(&report.earlier) {
        writeln!(out, "{}", row(cells))?;
    }
    writeln!(out)
}

fn details(report: &VerifyReport, claim: &VerifiedClaim, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}. {} — {}\n", claim.ordinal, claim.kind.label(lang), claim.verdict.label(lang))?;
    writeln!(out, "> {}\n\n{}\n", text(&claim.text), text(&claim.reason(lang)))?;
    for check in &claim.checks {
        writeln!(out, "- {}", text(&check.line(lang)))?;
    }
    for named in &claim.sources {
        writeln!(out, "- {}", text(&source(named, lang)))?;
        if let Some(problem) = named.problem(lang) {
            writeln!(out, "  - {}", text(&problem))?;
        }
    }
    for answered in &claim.answers {
        writeln!(out, "- “{}” → {}", text(&answered.suggestion), text(&answered.answer))?;
    }
    for step in claim.evidence.iter().filter(|s| s.phrase.is_some() || s.clause.is_some()) {
        chain(report, step, lang, out)?;
    }
    if let Some(review) = &claim.review {
        writeln!(out, "- **{}** {}", pick(lang, "人工复核：", "Review:"), text(&words::one_line(review)))?;
    }
    writeln!(out)
}

/// That a clause was found by the summary's wording.
pub(super) fn worded(lang: Lang) -> &'static str {
    pick(
        lang,
        "条款是按总结的措辞找到的，与提案原文用语不同，请人工复核。",
        "The clause was found by the summary's wording, which differs from the proposal's: please review.",
    )
}

fn chain(report: &VerifyReport, step: &EvidenceStep, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let colon = colon(lang);
    let phrase = step.phrase.as_ref().map_or(String::new(), |p| format!("“{}” ", text(p)));
    let grade = step.grade.map_or("", |g| g.label(lang));
    let kind = step.kind.map_or(pick(lang, "暂未发现对应条款", "no clause found"), |k| k.label(lang));
    writeln!(out, "- {phrase}{kind} · {}{grade}", pick(lang, "证据等级：", "evidence: "))?;
    match &step.suggestion {
        Some(s) => writeln!(out, "  - {} {}{colon}{}", pick(lang, "提案建议", "suggestion"), s.unit, text(&s.text))?,
        None => writeln!(out, "  - {}", pick(lang, "提案中没有找到这一建议", "the proposal has no such suggestion"))?,
    }
    if let Some(clause) = &step.clause {
        writeln!(out, "  - {}{colon}{}", text(&clause_name(report, clause, lang)), text(&clause.text))?;
    }
    if step.worded {
        writeln!(out, "  - {}", text(worded(lang)))?;
    }
    if let Some(reply) = &step.reply {
        let cited = if step.cited { pick(lang, "（答复引用该文件）", " (names the policy)") } else { "" };
        writeln!(
            out,
            "  - {} {}{cited}{colon}{}",
            pick(lang, "答复", "reply"),
            reply.unit,
            text(&clipped(&reply.text, 160))
        )?;
    }
    Ok(())
}
