//! The report on a work summary as JSON: all its data, with each reason, worked line and gap as data and in words.

use super::{Exporter, Json, pretty};
use crate::document::{ClaimKind, Grade, Lang, Span, Verdict};
use crate::report::{Answered, DocumentRef, EvidenceStep, VerdictCount, VerifiedClaim, VerifyReport};
use crate::verify::{Check, LedgerUse, Needed, Reason, Resolved};
use serde::Serialize;
use std::io::{self, Write};

impl Exporter<VerifyReport> for Json {
    fn export(&self, report: &VerifyReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        pretty(&page(report, lang), out)
    }
}

#[derive(Serialize)]
struct Page<'a> {
    report: &'a DocumentRef,
    text: &'a str,
    sample: bool,
    counts: &'a [VerdictCount],
    claims: Vec<ClaimView<'a>>,
    needed: Vec<NeededView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<&'a LedgerUse>,
    documents: &'a [DocumentRef],
}

#[derive(Serialize)]
struct ClaimView<'a> {
    ordinal: usize,
    kind: ClaimKind,
    span: Span,
    text: &'a str,
    verdict: Verdict,
    reason: String,
    reasons: &'a [Reason],
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<Grade>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<CheckView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceView<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    answers: &'a [Answered],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    evidence: &'a [EvidenceStep],
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
}

#[derive(Serialize)]
struct CheckView<'a> {
    line: String,
    #[serde(flatten)]
    check: &'a Check,
}

#[derive(Serialize)]
struct SourceView<'a> {
    #[serde(flatten)]
    source: &'a Resolved,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

#[derive(Serialize)]
struct NeededView<'a> {
    #[serde(flatten)]
    needed: &'a Needed,
    wanted: String,
}

fn page(report: &VerifyReport, lang: Lang) -> Page<'_> {
    let needed = report.needed.iter().map(|needed| NeededView { needed, wanted: needed.wanted(lang) });
    Page {
        report: &report.report,
        text: &report.text,
        sample: report.sample,
        counts: &report.counts,
        claims: report.claims.iter().map(|c| claim(c, lang)).collect(),
        needed: needed.collect(),
        ledger: report.ledger.as_ref(),
        documents: &report.documents,
    }
}

fn claim(claim: &VerifiedClaim, lang: Lang) -> ClaimView<'_> {
    ClaimView {
        ordinal: claim.ordinal,
        kind: claim.kind,
        span: claim.span,
        text: &claim.text,
        verdict: claim.verdict,
        reason: claim.reason(lang),
        reasons: &claim.reasons,
        grade: claim.grade,
        checks: claim.checks.iter().map(|check| CheckView { line: check.line(lang), check }).collect(),
        sources: claim.sources.iter().map(|s| SourceView { source: s, problem: s.problem(lang) }).collect(),
        answers: &claim.answers,
        evidence: &claim.evidence,
        review: claim.review.as_deref(),
    }
}
