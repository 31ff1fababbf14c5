//! The report on a work summary: its text, every claim with its verdict and evidence, and what is missing.

use super::DocumentRef;
use crate::document::{
    ClaimKind, Document, Entry, Grade, Lang, Library, LinkKind, Order, Span, UnitId, UnitKind, Verdict,
};
use crate::verify::{Check, LedgerUse, Needed, Reason, Resolved, Step, Verified, sentence};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A work summary taken apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerifyReport {
    /// The summary.
    pub report: DocumentRef,
    /// Its text: the spans of the claims count its bytes.
    pub text: String,
    /// Whether sample (fictional) documents take part.
    pub sample: bool,
    /// How many claims came to which verdict; every verdict is listed.
    pub counts: Vec<VerdictCount>,
    /// The claims in the order of the text.
    pub claims: Vec<VerifiedClaim>,
    /// What to get, in the order of the text.
    pub needed: Vec<Needed>,
    /// The ledger that the figures were held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<LedgerUse>,
    /// The documents of the corpus that take part, by id.
    pub documents: Vec<DocumentRef>,
    /// Rows of an earlier table with a person's review that this run did not find again, as they stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Vec<String>>,
}

/// How often a verdict was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictCount {
    /// The verdict.
    pub verdict: Verdict,
    /// Claims.
    pub count: usize,
}

/// A claim with its verdict and all that speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerifiedClaim {
    /// One-based, in the order of the text.
    pub ordinal: usize,
    /// What is claimed.
    pub kind: ClaimKind,
    /// Where it stands in the summary.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// What checking it came to.
    pub verdict: Verdict,
    /// Why; [`VerifiedClaim::reason`] words it.
    pub reasons: Vec<Reason>,
    /// How strong the evidence is, of an absorption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Worked lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// The proposals and policies it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Resolved>,
    /// The suggestions it quotes, each with the answer the summary gives to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answered>,
    /// The chain of evidence, one a suggestion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceStep>,
    /// 人工复核: what a person wrote beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

impl VerifiedClaim {
    /// Why, in one sentence.
    pub fn reason(&self, lang: Lang) -> String {
        sentence(&self.reasons, lang)
    }
}

/// A quoted suggestion and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The suggestion as the summary words it.
    pub suggestion: String,
    /// The answer.
    pub answer: String,
}

/// Suggestion, reply and clause side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceStep {
    /// The summary's words for the suggestion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phrase: Option<String>,
    /// The proposal's suggestion; `None` where it says nothing like it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Quoted>,
    /// The clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Quoted>,
    /// How the clause carries the suggestion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<LinkKind>,
    /// Which came first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// The probability of the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The section of the reply that answers the suggestion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Quoted>,
    /// Whether that section names the policy.
    pub cited: bool,
    /// Whether the clause was found by the summary's words for the suggestion, not by the suggestion's own.
    pub worded: bool,
    /// How strong all this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
}

/// A unit of a document in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// The unit: `0076#s3`.
    pub unit: String,
    /// The document, by id.
    pub document: String,
    /// Its path: `二、（三）`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Its text.
    pub text: String,
    /// The pieces that suggestion and clause share, in bytes of `text`, in pairs by their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Span>,
}

/// The report on `document` out of what checking it found.
pub fn verify(document: &Document, verified: &Verified, library: &Library) -> VerifyReport {
    let claims: Vec<VerifiedClaim> = verified.claims.iter().map(|v| claim(document, v, library)).collect();
    let mut ids: BTreeSet<&str> =
        claims.iter().flat_map(|c| &c.sources).filter_map(|s| s.document.as_deref()).collect();
    let steps = claims.iter().flat_map(|c| &c.evidence);
    ids.extend(steps.flat_map(|s| [&s.suggestion, &s.clause, &s.reply]).flatten().map(|q| q.document.as_str()));
    let documents: Vec<DocumentRef> =
        ids.into_iter().filter_map(|id| library.get(id)).map(|e| (&e.document).into()).collect();
    let count = |verdict| claims.iter().filter(|c| c.verdict == verdict).count();
    VerifyReport {
        report: document.into(),
        text: document.text.clone(),
        sample: document.source.sample || documents.iter().any(|d| d.sample),
        counts: Verdict::ALL.into_iter().map(|verdict| VerdictCount { verdict, count: count(verdict) }).collect(),
        needed: verified.needed.clone(),
        ledger: verified.ledger.clone(),
        claims,
        documents,
        earlier: Vec::new(),
    }
}

fn claim(document: &Document, verification: &crate::verify::Verification, library: &Library) -> VerifiedClaim {
    let claim = &verification.claim;
    let words = |span: Span| span.of(&document.text).to_owned();
    let answers = claim.suggestions.iter().zip(&claim.answers);
    VerifiedClaim {
        ordinal: claim.ordinal,
        kind: claim.kind,
        span: claim.span,
        text: words(claim.span),
        verdict: verification.verdict,
        reasons: verification.reasons.clone(),
        grade: verification.grade,
        checks: verification.checks.clone(),
        sources: verification.sources.clone(),
        answers: answers.map(|(s, a)| Answered { suggestion: words(*s), answer: words(*a) }).collect(),
        evidence: verification.chain.iter().map(|s| step(s, document, library)).collect(),
        review: None,
    }
}

fn step(step: &Step, document: &Document, library: &Library) -> EvidenceStep {
    let side = |unit: &Option<UnitId>, left: bool| {
        let pieces = step.pieces.iter().map(|e| if left { e.left } else { e.right }).collect::<Vec<_>>();
        unit.as_ref().and_then(|u| quoted(u, &pieces, library))
    };
    EvidenceStep {
        phrase: step.phrase.map(|p| p.of(&document.text).to_owned()),
        suggestion: side(&step.suggestion, true),
        clause: side(&step.clause, false),
        kind: step.kind,
        order: step.order,
        score: step.score,
        reply: step.reply.as_ref().and_then(|u| quoted(u, &[], library)),
        cited: step.cited,
        worded: step.worded,
        grade: step.grade,
    }
}

fn quoted(unit: &UnitId, pieces: &[Span], library: &Library) -> Option<Quoted> {
    let entry = library.get(&unit.document)?;
    let (span, path) = place(unit, entry)?;
    let inside = pieces
        .iter()
        .map(|p| if span.contains(*p) { Span::new(p.start - span.start, p.end - span.start) } else { Span::new(0, 0) });
    Some(Quoted {
        unit: unit.to_string(),
        document: unit.document.clone(),
        path,
        text: entry.text(span).to_owned(),
        pieces: inside.collect(),
    })
}

fn place(unit: &UnitId, entry: &Entry) -> Option<(Span, String)> {
    let at = unit.ordinal.checked_sub(1)?;
    match unit.kind {
        UnitKind::Clause => entry.parsed.clauses.get(at).map(|c| (c.span, c.path_text(true))),
        UnitKind::Suggestion => entry.parsed.suggestions.get(at).map(|s| (s.span, s.path_text(true))),
        UnitKind::ReplySection => entry.parsed.sections.get(at).map(|s| (s.span, String::new())),
        UnitKind::Claim | UnitKind::Passage => None,
    }
}
