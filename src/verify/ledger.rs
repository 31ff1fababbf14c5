//! Holds the figures of a report against a ledger (台账): counts by role, state, result, publicity, and rates. What the ledger cannot
//! tell stays as it was. The worked line names the ledger, its conditions, its figure and the proposals that make the difference.

use super::statement::{Says, Statement, statements};
use super::{Check, Reason, Verified, Work, named_sessions};
use crate::document::{ClaimKind, Document, Span, Verdict};
use crate::ledger::{Field, Filter, Ledger, Record, Share, Test};
use crate::parse::claim::Bound;
use crate::parse::docnumber::same_proposal;
use crate::parse::session::same;
use serde::{Deserialize, Serialize};

/// How many proposals a worked line names.
const NAMED: usize = 12;

/// The ledger that a report was held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerUse {
    /// The file.
    pub path: String,
    /// BLAKE3 of its bytes, hexadecimal.
    pub digest: String,
    /// Its proposals.
    pub proposals: usize,
    /// How many of its cells and rows a person should look at.
    pub warnings: usize,
    /// The sessions it is of where the report is of others: then nothing was held against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_session: Option<String>,
}

/// Holds the claims of `report` against `ledger`.
pub fn against(verified: &mut Verified, report: &Document, ledger: &Ledger) {
    let other_session = other_session(report, ledger);
    let told = other_session.is_none();
    verified.ledger = Some(LedgerUse {
        path: ledger.path.clone(),
        digest: ledger.digest.clone(),
        proposals: ledger.records.len(),
        warnings: ledger.warnings.iter().filter(|w| !w.problem.is_remark()).count(),
        other_session,
    });
    if !told {
        return;
    }
    let spans: Vec<Span> = verified.claims.iter().map(|v| v.claim.span).collect();
    for verification in &mut verified.claims {
        if matches!(verification.claim.kind, ClaimKind::Count | ClaimKind::Rate) {
            figures(verification, &report.text, &spans, ledger);
        }
        titles(verification, &report.text, ledger);
    }
    // What the ledger has told is no longer missing.
    verified.needed = super::needed(&verified.claims);
}

/// The sessions of the ledger, where the report speaks of none of them.
fn other_session(report: &Document, ledger: &Ledger) -> Option<String> {
    let spoken = named_sessions(report);
    let meets = ledger.sessions.iter().any(|l| spoken.iter().any(|r| same(l, r)));
    let apart = !spoken.is_empty() && !ledger.sessions.is_empty() && !meets;
    apart.then(|| ledger.sessions.iter().map(|s| s.printed.as_str()).collect::<Vec<_>>().join("、"))
}

/// One statement held against the ledger.
struct Held {
    holds: bool,
    reason: Reason,
    check: Check,
}

fn figures(verification: &mut super::Verification, text: &str, claims: &[Span], ledger: &Ledger) {
    let read = statements(text, verification.claim.span, claims);
    let all = read.found.len();
    let held: Vec<Held> = read.found.iter().filter_map(|s| hold(s, ledger)).collect();
    if held.is_empty() {
        return;
    }
    let complete = read.complete && held.len() == all;
    let wrong = held.iter().any(|h| !h.holds);
    let (mut reasons, mut checks) = (Vec::new(), Vec::new());
    for found in held {
        if found.holds != wrong && !reasons.contains(&found.reason) {
            reasons.push(found.reason);
        }
        checks.push(found.check);
    }
    verification.checks.extend(checks);
    if !wrong && reasons.len() > 2 {
        reasons = vec![Reason::LedgerAgrees { count: reasons.len() }];
    }
    let recorded = |r: &Reason| !matches!(r, Reason::Unrecorded { .. } | Reason::PartWithin { .. });
    let earlier: Vec<Reason> = verification.reasons.drain(..).filter(recorded).collect();
    match verification.verdict {
        _ if wrong => {
            verification.verdict = Verdict::Inconsistent;
            verification.reasons = reasons.into_iter().chain(earlier).collect();
        }
        Verdict::Unverifiable if complete => {
            verification.verdict = Verdict::Consistent;
            verification.reasons = reasons.into_iter().chain(earlier).collect();
        }
        Verdict::Unverifiable => {
            verification.reasons = earlier.into_iter().chain(reasons).chain([Reason::LedgerSilent]).collect();
        }
        _ => verification.reasons = earlier.into_iter().chain(reasons).collect(),
    }
}

/// `None` where the ledger cannot tell.
fn hold(statement: &Statement, ledger: &Ledger) -> Option<Held> {
    match &statement.says {
        Says::Count(filter) => tells(filter, ledger).then(|| count(statement, filter, ledger)),
        Says::Share(pairs) => {
            let able = pairs.iter().filter(|(part, base)| tells(part, ledger) && tells(base, ledger));
            let shares = able.map(|(part, base)| Share::of(part.clone(), base.clone(), &ledger.records));
            let shares: Vec<Share> = shares.filter(|s| s.denominator > 0).collect();
            let agrees = shares.iter().position(|s| s.percent.is_some_and(|p| within(statement, p)));
            shares.get(agrees.unwrap_or(0)).map(|share| rate(statement, share, agrees.is_some(), ledger))
        }
    }
}

fn count(statement: &Statement, filter: &Filter, ledger: &Ledger) -> Held {
    let found = filter.select(&ledger.records);
    let value = found.len() as f64;
    let holds = match statement.bound {
        Bound::Exact => (statement.value - value).abs() < 0.5,
        Bound::AtLeast => value >= statement.value,
        Bound::JustBelow => value <= statement.value && value >= 0.9 * statement.value,
        Bound::About => (value - statement.value).abs() <= 0.05 * statement.value,
    };
    let few = found.len() <= NAMED && !holds;
    let proposals = if few { found.iter().map(|r| r.name()).collect() } else { Vec::new() };
    let (stated, computed) = (statement.printed.clone(), found.len().to_string());
    Held {
        holds,
        reason: Reason::LedgerCount { filter: filter.clone(), count: found.len(), stated: stated.clone(), holds },
        check: Check {
            work: Work::LedgerCount {
                file: file(ledger),
                filter: filter.clone(),
                count: found.len(),
                proposals,
                stated: stated.clone(),
            },
            stated,
            computed,
            holds: Some(holds),
        },
    }
}

fn rate(statement: &Statement, share: &Share, holds: bool, ledger: &Ledger) -> Held {
    let decimals = statement.decimals.max(1) + 1;
    let computed = share.percent.map_or_else(String::new, |p| format!("{p:.decimals$}%"));
    // Who is missing matters where the figures differ.
    let missing = if holds { &[][..] } else { &share.lacking[..] };
    let lacking: Vec<String> = missing.iter().take(NAMED).cloned().collect();
    let more = missing.len() - lacking.len();
    let stated = statement.printed.clone();
    Held {
        holds,
        reason: Reason::LedgerRate {
            part: share.part.clone(),
            computed: computed.clone(),
            stated: stated.clone(),
            lacking: lacking.clone(),
            holds,
        },
        check: Check {
            work: Work::LedgerRate {
                file: file(ledger),
                part: share.part.clone(),
                base: share.base.clone(),
                numerator: share.numerator,
                denominator: share.denominator,
                computed: computed.clone(),
                lacking,
                more,
                stated: stated.clone(),
            },
            stated,
            computed,
            holds: Some(holds),
        },
    }
}

/// Whether a rate of the ledger is what the report prints: rounded, cut off, or within its bound.
fn within(statement: &Statement, percent: f64) -> bool {
    let gap = percent - statement.value;
    match statement.bound {
        Bound::Exact => {
            gap.abs() <= statement.half + 1e-9 && statement.value < 100.0 - 1e-9
            || (0.0..2.0 * statement.half).contains(&gap)
            // 99.8 % is not 100 %.
            || (statement.value >= 100.0 - 1e-9 && gap.abs() < 1e-9)
        }
        Bound::AtLeast => gap >= -1e-9,
        Bound::JustBelow => gap <= statement.half && gap >= -0.1 * statement.value,
        Bound::About => gap.abs() <= (0.05 * statement.value).max(statement.half),
    }
}

/// The file's name without its folders.
fn file(ledger: &Ledger) -> String {
    ledger.path.rsplit(['/', '\\']).next().unwrap_or(&ledger.path).to_owned()
}

/// Whether the ledger has what the conditions ask for.
fn tells(filter: &Filter, ledger: &Ledger) -> bool {
    let any = |test: &dyn Fn(&Record) -> bool| ledger.records.iter().any(test);
    filter.0.iter().all(|test| match test {
        Test::Role(_) | Test::NoRole => any(&|r| r.role.is_some()),
        Test::Key => ledger.has(Field::Key),
        Test::State(_) | Test::NoState => any(&|r| r.state.is_some()),
        // 甲 and A are not the same scale.
        Test::Result(letter) => any(&|r| r.result.is_some()) && scale(ledger, letter),
        Test::Graded => any(&|r| r.result.is_some()),
        Test::Communicated | Test::FaceToFace | Test::CommunicationDue => any(&|r| r.communication.is_some()),
        Test::Satisfaction(_) | Test::SatisfactionDue | Test::Rated => any(&|r| r.satisfaction.is_some()),
        Test::Public | Test::NotPublic | Test::PublicDue => any(&|r| r.public.is_some()),
        Test::OnTime | Test::Timed => any(&|r| r.deadline.is_some() && r.answered.is_some()),
        Test::Within(_) | Test::Dated => {
            any(&|r| (r.received.is_some() || r.assigned.is_some()) && r.answered.is_some())
        }
        Test::Genre(_) | Test::Session(_) | Test::Office(_) => true,
    })
}

fn scale(ledger: &Ledger, letter: &str) -> bool {
    let known = ledger.scale.grades.iter().any(|g| g.letter == letter);
    known
        == ledger
            .records
            .iter()
            .filter_map(|r| r.result.as_ref())
            .all(|r| ledger.scale.grades.iter().any(|g| g.letter == *r))
}

/// Proposals that the corpus does not have: number and title as the ledger has them.
fn titles(verification: &mut super::Verification, text: &str, ledger: &Ledger) {
    for (at, named) in verification.claim.proposals.iter().enumerate() {
        let absent = verification.sources.get(at).is_some_and(|s| s.document.is_none());
        let (Some(number), Some(title)) = (&named.number, &named.title) else { continue };
        if !absent {
            continue;
        }
        let line = ledger.records.iter().find(|r| r.number.as_ref().is_some_and(|n| same_proposal(n, &number.value)));
        let Some((record, own)) = line.and_then(|r| Some((r, r.title.clone()?))) else { continue };
        let holds = record.is_titled(title);
        let work = Work::LedgerTitle { file: file(ledger), number: number.printed.clone(), title: own.clone() };
        let stated = if named.span.end > named.span.start { named.span.of(text).to_owned() } else { title.clone() };
        verification.checks.push(Check { work, stated, computed: own.clone(), holds: Some(holds) });
        if !holds {
            let reason = Reason::LedgerTitle { number: number.printed.clone(), title: own };
            verification.reasons.insert(0, reason);
            verification.verdict = Verdict::Inconsistent;
        }
    }
}
