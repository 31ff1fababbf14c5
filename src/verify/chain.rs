//! The chain of evidence of an absorption: suggestion → section of the reply → policy it cites → clause, and its grade.
//!
//! Grades follow the evidence an analyst asks for: (1) the proposal comes before the policy, (2) the clause carries the
//! suggestion, (3) the reply names the policy for that suggestion, (5) an earlier edition of the policy lacks the passage, (6) no
//! older common source has the wording. 1+2+5+6 is strong, 1+2+3 credible, 1+2 possible; else the report alone says so.

use super::{Sources, matching, resolve};
use crate::document::{Date, Entry, Evidence, Grade, Kind, Library, Link, LinkKind, Order, Span, UnitId, UnitKind};
use crate::parse::docnumber::{proposal_numbers, same_proposal};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// One suggestion that a claim names, followed to the clause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The words of the report that mean the suggestion; `None` where it names the proposal alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phrase: Option<Span>,
    /// The proposal.
    pub proposal: String,
    /// The suggestion; `None` where the proposal says nothing like it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<UnitId>,
    /// The clause that carries it, or the nearest one on the same topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<UnitId>,
    /// How the clause carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<LinkKind>,
    /// Which came first, proposal or policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// The probability of the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The section of the reply that answers the suggestion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<UnitId>,
    /// Whether that section names the policy.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cited: bool,
    /// Whether the clause was found by the report's words for the suggestion, not by the suggestion's own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub worded: bool,
    /// How strong all this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Aligned pieces of suggestion and clause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Evidence>,
}

impl Step {
    /// Whether a clause that can have taken the suggestion carries it.
    pub fn carries(&self) -> bool {
        self.kind.is_some_and(LinkKind::carries) && self.order != Some(Order::Before)
    }
}

/// The chain for suggestion number `index` of a proposal, towards the policies `acts` (all policies where it is empty).
pub(super) fn step(
    proposal: &Entry,
    index: usize,
    phrase: Option<Span>,
    acts: &BTreeSet<String>,
    sources: &Sources<'_>,
) -> Step {
    let suggestion = proposal.parsed.suggestions[index].id(&proposal.document);
    let own = best_link(&suggestion, acts, sources);
    let carried = own.is_some_and(|l| l.kind.carries());
    let found = phrase.filter(|_| !carried).and_then(|p| by_words(&suggestion, p, acts, proposal, sources));
    let worded = found.is_some();
    let best = found.as_ref().or(own);
    let section = sections(proposal, sources)[index];
    let policy = best.map(|l| l.clause.document.clone()).or_else(|| acts.first().cloned());
    let names = section.is_some_and(|(r, s)| policy.as_ref().is_some_and(|p| cited(r, s, sources.library).contains(p)));
    let mut step = Step {
        phrase,
        proposal: proposal.document.id.clone(),
        suggestion: Some(suggestion),
        clause: best.map(|l| l.clause.clone()),
        kind: best.map(|l| l.kind),
        order: best.map(|l| l.order),
        score: best.map(|l| l.score),
        reply: section.map(|(r, s)| UnitId {
            document: r.document.id.clone(),
            kind: UnitKind::ReplySection,
            ordinal: s + 1,
        }),
        cited: names,
        worded,
        grade: None,
        pieces: best.map_or_else(Vec::new, |l| l.evidence.clone()),
    };
    step.grade = Some(grade(&step, best, sources));
    step
}

/// A phrase of the report that no suggestion of the proposal matches.
pub(super) fn unmatched(proposal: &Entry, phrase: Span) -> Step {
    let proposal = proposal.document.id.clone();
    Step {
        phrase: Some(phrase),
        proposal,
        suggestion: None,
        clause: None,
        kind: None,
        order: None,
        score: None,
        reply: None,
        cited: false,
        worded: false,
        grade: None,
        pieces: Vec::new(),
    }
}

/// Least probability from which the report's words lead to a clause. The linker's probabilities hold for any suggestion and any
/// clause; that a report names the very act raises the odds some tenfold, so that even odds stand at this value.
const WORDED: f64 = 0.07;

/// The clause that the report's words for a suggestion lead to, as a link of the suggestion; its evidence is left out, for it would
/// point into the report.
fn by_words(
    suggestion: &UnitId,
    phrase: Span,
    acts: &BTreeSet<String>,
    proposal: &Entry,
    sources: &Sources<'_>,
) -> Option<Link> {
    let linked = sources.worded.get(&phrase)?;
    let top = linked.candidates.first().filter(|c| c.score >= WORDED && acts.contains(&c.clause.document))?;
    let (policy, _) = sources.library.clause(&top.clause)?;
    let order = match (proposal.document.date, policy.date) {
        (Some(a), Some(b)) => match a.order(b) {
            Some(Ordering::Less) => Order::After,
            Some(_) => Order::Before,
            None => Order::Unknown,
        },
        _ => Order::Unknown,
    };
    let same = linked.links.iter().find(|l| l.clause == top.clause && l.kind.carries());
    let kind = same.map_or(LinkKind::Adapted, |l| l.kind);
    Some(Link {
        suggestion: suggestion.clone(),
        clause: top.clause.clone(),
        kind,
        score: top.score,
        order,
        evidence: Vec::new(),
    })
}

/// The strongest link to the acts: what carries before what is on the same topic, then the fuller kind, then the score.
fn best_link<'a>(suggestion: &UnitId, acts: &BTreeSet<String>, sources: &Sources<'a>) -> Option<&'a Link> {
    let linked = sources.linked.get(suggestion)?;
    let wanted = |l: &&Link| acts.is_empty() || acts.contains(&l.clause.document);
    let rank = |l: &&Link| {
        let class = match l.kind {
            LinkKind::Verbatim | LinkKind::Adapted | LinkKind::Merged => 0,
            LinkKind::Partial => 1,
            LinkKind::Topical => 2,
        };
        (l.order == Order::Before, class)
    };
    linked
        .links
        .iter()
        .filter(wanted)
        .min_by(|a, b| rank(a).cmp(&rank(b)).then(b.score.total_cmp(&a.score)).then(a.clause.cmp(&b.clause)))
}

/// The reply to a proposal: by its number, id or title.
pub(super) fn reply_to<'a>(proposal: &Entry, library: &'a Library) -> Option<&'a Entry> {
    let own = &proposal.document;
    let answers = |reply: &&Entry| {
        let Some(to) = reply.document.reply_to.as_deref() else {
            return !own.title.is_empty() && reply.document.text.contains(&own.title);
        };
        let number = own.number.as_ref().is_some_and(|n| {
            same_proposal(to, &n.value) || proposal_numbers(to).iter().any(|f| same_proposal(&f.number.value, &n.value))
        });
        to.eq_ignore_ascii_case(&own.id) || to == own.title || number
    };
    library.of_kind(Kind::Reply).find(answers)
}

/// For each suggestion of a proposal the reply and the place of the section that answers it.
pub(super) fn sections<'a>(proposal: &Entry, sources: &Sources<'a>) -> Vec<Option<(&'a Entry, usize)>> {
    let texts: Vec<(usize, &str)> =
        proposal.parsed.suggestions.iter().enumerate().map(|(i, s)| (i, proposal.text(s.span))).collect();
    let mut found = vec![None; texts.len()];
    let Some(reply) = reply_to(proposal, sources.library) else { return found };
    for (place, section) in reply.parsed.sections.iter().enumerate() {
        let quoted = section.quoted.or(section.heading);
        if let Some(index) = matching::answered(reply, quoted, &texts, &sources.rarity) {
            found[index].get_or_insert((reply, place));
        }
    }
    found
}

/// The texts of the clauses of `acts` that linking tied to a suggestion, on whatever ground.
pub(super) fn clauses<'a>(
    proposal: &Entry,
    index: usize,
    acts: &BTreeSet<String>,
    sources: &Sources<'a>,
) -> Vec<&'a str> {
    let id = proposal.parsed.suggestions[index].id(&proposal.document);
    let links = sources.linked.get(&id).map_or(&[][..], |l| &l.links);
    let wanted = links.iter().filter(|l| acts.is_empty() || acts.contains(&l.clause.document));
    wanted.filter_map(|l| sources.library.clause(&l.clause)).map(|(d, c)| c.span.of(&d.text)).collect()
}

/// The policies that a section of a reply names, by id.
pub(super) fn cited(reply: &Entry, section: usize, library: &Library) -> Vec<String> {
    let span = reply.parsed.sections[section].span;
    let inside = reply.parsed.citations.iter().filter(|c| span.contains(c.span));
    let ids: BTreeSet<String> =
        inside.filter_map(|c| resolve::policy(c, &reply.document.text, library).document).collect();
    ids.into_iter().collect()
}

fn grade(step: &Step, link: Option<&Link>, sources: &Sources<'_>) -> Grade {
    let Some(link) = link.filter(|l| l.kind.carries() && l.order == Order::After) else { return Grade::SelfStated };
    let own_wording = !link.evidence.is_empty() && link.evidence.iter().all(|e| e.ancestor.is_none());
    if own_wording && earlier_edition_lacks(link, sources) {
        Grade::Strong
    } else if step.cited {
        Grade::Credible
    } else {
        Grade::Possible
    }
}

/// Whether the corpus has an earlier edition of the policy and none of its clauses carries the suggestion.
fn earlier_edition_lacks(link: &Link, sources: &Sources<'_>) -> bool {
    let Some(policy) = sources.library.get(&link.clause.document) else { return false };
    let earlier = |e: &&Entry| {
        e.document.id != policy.document.id
            && before(e.document.date, policy.document.date)
            && resolve::dice(&e.document.title, &policy.document.title) >= 0.7
    };
    let editions: Vec<&str> =
        sources.library.of_kind(Kind::Policy).filter(earlier).map(|e| e.document.id.as_str()).collect();
    let linked = sources.linked.get(&link.suggestion);
    let carried =
        |id: &str| linked.is_some_and(|l| l.links.iter().any(|l| l.kind.carries() && l.clause.document == id));
    !editions.is_empty() && !editions.into_iter().any(carried)
}

fn before(a: Option<Date>, b: Option<Date>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.order(b) == Some(Ordering::Less))
}
