//! Whether the suggestions a claim names are carried by the policies it names, in an order that allows it.

use super::chain::{self, Step};
use super::matching::{Target, assign};
use super::{Check, Finding, Named, Reason, Sources, Work};
use crate::document::{Claim, Document, Entry, LinkKind, Order, Span, Verdict};
use crate::parse::claim::{Figure, figures};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The verdict on a claim of absorption and the steps that lead to it.
pub(super) fn judge(claim: &Claim, named: &Named, sources: &Sources<'_>) -> (Finding, Vec<Step>) {
    if let Some(early) = named.early() {
        let steps = steps(claim, named, &BTreeSet::new(), sources);
        return (early, steps.into_iter().filter(|s| s.phrase.is_some()).collect());
    }
    if named.proposals.is_empty() {
        return (Finding::plain(Verdict::Unverifiable, Reason::ProposalUnnamed), Vec::new());
    }
    let acts: BTreeSet<String> = named.policies.iter().filter_map(|p| p.document.clone()).collect();
    let steps = steps(claim, named, &acts, sources);
    if acts.is_empty() {
        return (unnamed_act(&steps), steps);
    }
    match impossible(named, sources) {
        Some(early) => (early, steps),
        None => (weigh(claim, &steps, named, sources), steps),
    }
}

/// The proposals and policies of a claim as documents.
fn documents<'a>(named: &Named, sources: &Sources<'a>) -> (Vec<&'a Document>, Vec<&'a Document>) {
    let get = |list: &[super::Resolved]| {
        let ids: BTreeSet<&str> = list.iter().filter_map(|r| r.document.as_deref()).collect();
        ids.into_iter().filter_map(|id| sources.library.get(id)).map(|e| &e.document).collect::<Vec<_>>()
    };
    (get(&named.proposals), get(&named.policies))
}

/// Every named policy is no later than every named proposal.
fn impossible(named: &Named, sources: &Sources<'_>) -> Option<Finding> {
    let (proposals, policies) = documents(named, sources);
    let (mut reasons, mut checks) = (Vec::new(), Vec::new());
    for policy in &policies {
        for proposal in &proposals {
            let (Some(a), Some(b)) = (policy.date, proposal.date) else { return None };
            let order = a.order(b);
            if !matches!(order, Some(Ordering::Less | Ordering::Equal)) {
                return None;
            }
            let title = policy.title.clone();
            reasons.push(Reason::PolicyEarlier { title: title.clone(), policy: a, proposal: b });
            let work = Work::Dates { title, policy: a, proposal: b };
            checks.push(Check { work, stated: b.to_string(), computed: a.to_string(), holds: Some(false) });
        }
    }
    reasons.truncate(1);
    (!checks.is_empty()).then_some(Finding { verdict: Verdict::ImpossibleOrder, reasons, checks })
}

/// The steps of a claim: one for each suggestion it names, or all suggestions of a proposal named alone.
fn steps(claim: &Claim, named: &Named, acts: &BTreeSet<String>, sources: &Sources<'_>) -> Vec<Step> {
    let text = &sources.report.text;
    let mut done = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (i, (reference, resolved)) in claim.proposals.iter().zip(&named.proposals).enumerate() {
        let Some(entry) = resolved.document.as_deref().and_then(|id| sources.library.get(id)) else { continue };
        let next = claim.proposals.get(i + 1).map_or(claim.span.end, |p| p.span.start);
        let own: Vec<Span> = phrases(claim, reference.span, next);
        if own.is_empty() && !seen.insert(entry.document.id.as_str()) {
            continue;
        }
        seen.insert(entry.document.id.as_str());
        if own.is_empty() {
            done.extend((0..entry.parsed.suggestions.len()).map(|i| chain::step(entry, i, None, acts, sources)));
        } else {
            done.extend(matched(text, &own, entry, acts, sources));
        }
    }
    done
}

/// The phrases that belong to the proposal named at `at`: those behind it up to the next, or all where it is the only one.
fn phrases(claim: &Claim, at: Span, next: usize) -> Vec<Span> {
    let several = claim.proposals.iter().any(|p| p.number != claim.proposals[0].number);
    let mine = |s: &&Span| !several || (s.start >= at.end && s.end <= next);
    let again = !several && at != claim.proposals[0].span;
    if again { Vec::new() } else { claim.suggestions.iter().filter(mine).copied().collect() }
}

fn matched(text: &str, phrases: &[Span], entry: &Entry, acts: &BTreeSet<String>, sources: &Sources<'_>) -> Vec<Step> {
    let sections = chain::sections(entry, sources);
    let targets: Vec<Target<'_>> = (0..entry.parsed.suggestions.len())
        .map(|index| Target {
            index,
            text: entry.text(entry.parsed.suggestions[index].span),
            reply: sections[index].map(|(reply, s)| reply.text(reply.parsed.sections[s].span)),
            clauses: chain::clauses(entry, index, acts, sources),
        })
        .collect();
    let words: Vec<&str> = phrases.iter().map(|p| p.of(text)).collect();
    let chosen = assign(&words, &targets, &sources.rarity);
    let step = |(phrase, index): (&Span, Option<usize>)| match index {
        Some(index) => chain::step(entry, index, Some(*phrase), acts, sources),
        None => chain::unmatched(entry, *phrase),
    };
    phrases.iter().zip(chosen).map(step).collect()
}

/// How fully a step's suggestion is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Carried {
    Fully,
    Partly,
    Topic,
    Not,
}

fn carried(step: &Step, text: &str, sources: &Sources<'_>) -> Carried {
    match step.kind {
        _ if step.order == Some(Order::Before) => Carried::Not,
        Some(LinkKind::Partial) => Carried::Partly,
        Some(LinkKind::Topical) => Carried::Topic,
        Some(_) if lacks_figure(step, text, sources) => Carried::Partly,
        Some(_) => Carried::Fully,
        None => Carried::Not,
    }
}

/// Whether the report's words name an amount that the clause does not have.
fn lacks_figure(step: &Step, text: &str, sources: &Sources<'_>) -> bool {
    let (Some(phrase), Some(clause)) = (step.phrase, step.clause.as_ref()) else { return false };
    let Some((document, clause)) = sources.library.clause(clause) else { return false };
    let wanted = figures(text, phrase);
    let held = figures(&document.text, clause.span);
    let same = |a: &Figure, b: &Figure| (a.value - b.value).abs() < 1e-9 && a.unit == b.unit;
    wanted.iter().any(|w| !held.iter().any(|h| same(w, h)))
}

fn weigh(claim: &Claim, steps: &[Step], named: &Named, sources: &Sources<'_>) -> Finding {
    let text = &sources.report.text;
    let all: Vec<Carried> = steps.iter().map(|s| carried(s, text, sources)).collect();
    let count = |c: Carried| all.iter().filter(|&&x| x == c).count();
    let (full, part, topic) = (count(Carried::Fully), count(Carried::Partly), count(Carried::Topic));
    let named_alone = steps.iter().all(|s| s.phrase.is_none());
    let modest = ["部分采纳", "部分吸纳", "部分吸收", "部分体现", "得到部分", "部分纳入"]
        .iter()
        .any(|w| claim.span.of(text).contains(w));
    if steps.is_empty() {
        return Finding::plain(Verdict::Unverifiable, Reason::NoSuggestions);
    }
    if named_alone {
        return alone(steps, &all, named);
    }
    let total = all.len();
    let (verdict, reason) = if full == total {
        (Verdict::Supported, Reason::AllFound { total })
    } else if full + part > 0 && modest {
        (Verdict::Supported, Reason::PartlyAsStated)
    } else if full + part > 0 {
        let reason = match (full, total - full - part) {
            (0, 0) => Reason::OnlyPart,
            (_, 0) => Reason::SomeInPart { total, full, part },
            (_, missing) => Reason::SomeMissing { total, missing },
        };
        (Verdict::Partly, reason)
    } else if topic > 0 {
        (Verdict::NotFound, Reason::TopicOnly)
    } else if steps.iter().all(|s| s.suggestion.is_none()) {
        (Verdict::NotFound, Reason::NotAsked)
    } else {
        (Verdict::NotFound, Reason::NoClause)
    };
    Finding::plain(verdict, reason)
}

/// A proposal named without its suggestions is borne out when any of them is carried; of several proposals, all must be.
fn alone(steps: &[Step], all: &[Carried], named: &Named) -> Finding {
    let proposals: BTreeSet<&str> = named.proposals.iter().filter_map(|p| p.document.as_deref()).collect();
    let carried =
        |id: &str, kinds: &[Carried]| steps.iter().zip(all).any(|(s, c)| s.proposal == id && kinds.contains(c));
    let full = proposals.iter().filter(|id| carried(id, &[Carried::Fully])).count();
    let any = proposals.iter().filter(|id| carried(id, &[Carried::Fully, Carried::Partly])).count();
    let (verdict, reason) = if full == proposals.len() {
        (Verdict::Supported, Reason::Found)
    } else if any > 0 {
        let count = proposals.len() - any;
        (Verdict::Partly, if count > 0 { Reason::ProposalsMissing { count } } else { Reason::OnlyPart })
    } else if proposals.iter().any(|id| carried(id, &[Carried::Topic])) {
        (Verdict::NotFound, Reason::TopicOnly)
    } else {
        (Verdict::NotFound, Reason::NoClause)
    };
    Finding::plain(verdict, reason)
}

/// No act is named: the report can only be held to what the proposal says.
fn unnamed_act(steps: &[Step]) -> Finding {
    let lost = steps.iter().filter(|s| s.suggestion.is_none()).count();
    if lost > 0 && lost == steps.len() {
        Finding::plain(Verdict::NotFound, Reason::QuoteNotInProposal)
    } else {
        Finding::plain(Verdict::Unverifiable, Reason::PolicyUnnamed)
    }
}
