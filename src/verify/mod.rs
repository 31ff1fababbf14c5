//! Takes a work summary apart: for each claim the evidence, the arithmetic and a verdict.
//!
//! Takes the report, the [`Library`] and what linking found ([`Links`]); gives a [`Verification`] for each
//! claim and the list of what is missing. It finds, it does not prove: the report never witnesses for itself, and no figure is
//! repaired silently.

mod absorption;
mod arithmetic;
mod chain;
mod dates;
mod figures;
mod ledger;
mod links;
mod listing;
mod matching;
mod rate;
mod reason;
mod resolve;
mod statement;
mod twice;
mod witness;
mod wording;
mod worked;

pub use chain::Step;
pub use ledger::{LedgerUse, against};
pub use links::{Finder, Links, Worded, links};
pub use reason::{Cause, Reason, Side, Work};
pub use resolve::Resolved;
pub use wording::sentence;

use crate::document::{Claim, ClaimKind, Document, Grade, Kind, Library, Linked, Session, Span, UnitId, Verdict};
use crate::parse::claim::claims;
use crate::parse::session::sessions;
use figures::Counts;
use matching::Rarity;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One claim with its verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    /// The claim, spans into the report's text.
    pub claim: Claim,
    /// What checking it came to.
    pub verdict: Verdict,
    /// Why; [`Verification::reason`] words it.
    pub reasons: Vec<Reason>,
    /// How strong the evidence of an absorption is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Worked lines, each with the stated and the computed number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// The proposals and policies it names, as found in the corpus.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Resolved>,
    /// The chain of evidence, one step a suggestion it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<Step>,
}

/// A worked line: both numbers and the arithmetic between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The work; [`Check::line`] words it.
    pub work: Work,
    /// The number as the report states it.
    pub stated: String,
    /// The number as recomputed.
    pub computed: String,
    /// Whether they agree; `None` where that cannot be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<bool>,
}

/// What is missing, and which claims wait for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needed {
    /// What to get; [`Needed::wanted`] words it.
    #[serde(flatten)]
    pub want: Want,
    /// The claims that wait for it, by ordinal.
    pub claims: Vec<usize>,
}

/// Material that a claim waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Want {
    /// A proposal or policy that the corpus does not have (原始材料缺失).
    Document {
        /// What it is.
        kind: Kind,
        /// As the report names it.
        printed: String,
    },
    /// The proposals whose suggestions the report quotes without naming them.
    Proposals,
    /// What a figure can be recomputed from: ledger, forms, statistics.
    Records {
        /// The kind of claim that needs it.
        of: ClaimKind,
    },
}

/// All that checking a report came to.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Verified {
    /// The claims in the order of the text.
    pub claims: Vec<Verification>,
    /// What to get, in the order of the text.
    pub needed: Vec<Needed>,
    /// The ledger that the figures were held against ([`against`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<LedgerUse>,
}

/// What one line of checking found.
#[derive(Debug, Clone)]
struct Finding {
    verdict: Verdict,
    reasons: Vec<Reason>,
    checks: Vec<Check>,
}

impl Finding {
    /// A finding without a worked line.
    fn plain(verdict: Verdict, reason: Reason) -> Self {
        Self { verdict, reasons: vec![reason], checks: Vec::new() }
    }

    /// A finding with its worked line.
    fn worked(verdict: Verdict, reason: Reason, check: Check) -> Self {
        Self { verdict, reasons: vec![reason], checks: vec![check] }
    }
}

/// What all checks look things up in.
struct Sources<'a> {
    report: &'a Document,
    library: &'a Library,
    linked: HashMap<&'a UnitId, &'a Linked>,
    worded: HashMap<Span, &'a Linked>,
    sessions: Vec<Session>,
    rarity: Rarity,
    counts: Counts,
}

/// Checks every claim of `report` against `library` and what linking found ([`links()`], or links made by hand). The report itself
/// need not be in the library.
pub fn verify(report: &Document, library: &Library, links: &Links) -> Verified {
    let found = claims(&report.text);
    let sources = Sources {
        report,
        library,
        linked: links.suggestions.iter().map(|l| (&l.suggestion, l)).collect(),
        worded: links.phrases.iter().map(|w| (w.phrase, &w.linked)).collect(),
        sessions: named_sessions(report),
        rarity: Rarity::new(library),
        counts: Counts::new(&report.text, &found),
    };
    let claims: Vec<Verification> = found.into_iter().map(|claim| one(claim, &sources)).collect();
    let needed = needed(&claims);
    Verified { claims, needed, ledger: None }
}

/// The sessions a report speaks of: its own, and those of its title and first lines.
fn named_sessions(report: &Document) -> Vec<Session> {
    let head: String = report.text.chars().take(400).collect();
    let mut found: Vec<Session> = report.session.iter().cloned().collect();
    found.extend(sessions(&report.title).into_iter().chain(sessions(&head)).map(|s| s.session));
    found
}

fn one(claim: Claim, sources: &Sources<'_>) -> Verification {
    let text = &sources.report.text;
    let named = resolved(&claim, sources);
    let judged = match claim.kind {
        ClaimKind::Absorption => absorption::judge(&claim, &named, sources),
        _ => quantity(&claim, &named, sources),
    };
    let (mut finding, chain) = judged;
    if let Some(date) = dates::check(&claim, sources) {
        finding.checks.extend(date.checks);
        if date.verdict == Verdict::Inconsistent {
            finding.verdict = date.verdict;
            finding.reasons = date.reasons;
        }
    }
    debug_assert!(claim.span.end <= text.len());
    finding.checks.extend(answers(&claim));
    let grade = chain.iter().filter_map(|s| s.grade).min_by_key(|g| std::cmp::Reverse(*g));
    let Finding { verdict, reasons, checks } = finding;
    let sources = named.proposals.into_iter().chain(named.policies).fold(Vec::new(), |mut all: Vec<Resolved>, next| {
        if !all.contains(&next) {
            all.push(next);
        }
        all
    });
    Verification { claim, verdict, reasons, grade, checks, sources, chain }
}

/// The suggestions quoted in a row against the answers given to them one by one.
fn answers(claim: &Claim) -> Option<Check> {
    let (quoted, answered) = (claim.suggestions.len(), claim.answers.len());
    (quoted >= 2 && answered >= 1).then(|| Check {
        work: Work::Answers { quoted, answered },
        stated: quoted.to_string(),
        computed: answered.to_string(),
        holds: (quoted == answered).then_some(true),
    })
}

/// The sources of a claim as found in the corpus, in the order named.
struct Named {
    proposals: Vec<Resolved>,
    policies: Vec<Resolved>,
}

impl Named {
    fn all(&self) -> impl Iterator<Item = &Resolved> {
        self.proposals.iter().chain(&self.policies)
    }

    /// A verdict that needs no reading of the texts: a contradiction of number and title, or a missing source.
    fn early(&self) -> Option<Finding> {
        let reasons = |wanted: &dyn Fn(&&Resolved) -> bool| {
            let causes = self.all().filter(wanted).filter_map(|r| r.cause.clone());
            let mut reasons: Vec<Reason> = causes.map(|cause| Reason::Source { cause }).collect();
            reasons.dedup();
            reasons
        };
        let finding = |verdict, reasons| Finding { verdict, reasons, checks: Vec::new() };
        if self.all().any(|r| r.conflict) {
            return Some(finding(Verdict::Inconsistent, reasons(&|r| r.conflict)));
        }
        let missing = self.all().any(|r| r.document.is_none());
        missing.then(|| finding(Verdict::MissingSource, reasons(&|r| r.document.is_none())))
    }
}

fn resolved(claim: &Claim, sources: &Sources<'_>) -> Named {
    let text = &sources.report.text;
    // A word that refers back (该提案, 该办法) repeats no mistake of the name it stands for.
    let shown = |span: Span, name: &str| span.of(text).contains(name);
    let own = |resolved: Resolved, printed: bool| if printed { resolved } else { resolved.without_conflict() };
    let proposals = claim.proposals.iter().map(|p| {
        let printed = p.title.iter().chain(p.number.iter().map(|n| &n.printed)).any(|name| shown(p.span, name));
        own(resolve::proposal(p, text, sources.library, &sources.sessions), printed)
    });
    let policies = claim.policies.iter().map(|p| {
        let printed = p.title.iter().chain(p.number.iter().map(|n| &n.printed)).any(|name| shown(p.span, name));
        own(resolve::policy(p, text, sources.library), printed)
    });
    Named { proposals: proposals.collect(), policies: policies.collect() }
}

/// Counts, rates and results: lists and suggestions counted against the corpus, then arithmetic.
fn quantity(claim: &Claim, named: &Named, sources: &Sources<'_>) -> (Finding, Vec<Step>) {
    let text = &sources.report.text;
    if let Some(found) = listing::suggestions(claim, named, sources) {
        return found;
    }
    if let Some(found) = dates::issued(claim, named, sources) {
        return (found, Vec::new());
    }
    if let Some(found) = listing::enumerated(claim, text).or_else(|| listing::listed(claim, named, sources)) {
        return (found, Vec::new());
    }
    if let Some(found) = arithmetic::check(text, claim, &sources.counts).or_else(|| witness::growth(claim, sources)) {
        return (found, Vec::new());
    }
    if let Some(found) = named.early() {
        return (found, Vec::new());
    }
    (Finding::plain(Verdict::Unverifiable, Reason::Unrecorded { kind: claim.kind }), Vec::new())
}

/// What each claim waits for.
fn wants(verification: &Verification) -> Vec<Want> {
    let missing = verification.sources.iter().filter(|s| s.document.is_none());
    let mut wants: Vec<Want> = missing.map(|s| Want::Document { kind: s.kind, printed: s.printed.clone() }).collect();
    for reason in &verification.reasons {
        wants.extend(match reason {
            Reason::ProposalUnnamed => Some(Want::Proposals),
            Reason::Unrecorded { kind } => Some(Want::Records { of: *kind }),
            Reason::PartWithin { .. } | Reason::PartsLeaveOut { .. } => Some(Want::Records { of: ClaimKind::Count }),
            Reason::BaseImplied { .. } => Some(Want::Records { of: ClaimKind::Outcome }),
            _ => None,
        });
    }
    wants
}

/// Everything missing once, with the claims that wait for it: documents first, in the order of the text.
fn needed(claims: &[Verification]) -> Vec<Needed> {
    let mut needed: Vec<Needed> = Vec::new();
    for verification in claims {
        for want in wants(verification) {
            let ordinal = verification.claim.ordinal;
            match needed.iter_mut().find(|n| n.want == want) {
                Some(known) if known.claims.contains(&ordinal) => {}
                Some(known) => known.claims.push(ordinal),
                None => needed.push(Needed { want, claims: vec![ordinal] }),
            }
        }
    }
    needed.sort_by_key(|n| !matches!(n.want, Want::Document { .. }));
    needed
}
