//! Whether the suggestions a claim names are carried by the policies it names, in an order that allows it.

use super::chain::{self, Step};
use super::matching::{Target, assign};
use super::{Check, Finding, Named, Sources};
use crate::document::{Claim, Document, Entry, LinkKind, Order, Span, Verdict};
use crate::parse::claim::{Figure, figures};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The verdict on a claim of absorption and the steps that lead to it.
pub(super) fn judge(claim: &Claim, named: &Named, sources: &Sources<'_>) -> (Finding, Vec<Step>) {
    let plain = |verdict, reason: &str| (Finding { verdict, reason: reason.into(), checks: Vec::new() }, Vec::new());
    if let Some(early) = named.early() {
        let steps = steps(claim, named, &BTreeSet::new(), sources);
        return (early, steps.into_iter().filter(|s| s.phrase.is_some()).collect());
    }
    if named.proposals.is_empty() {
        return plain(Verdict::Unverifiable, "总结没有写明提案号或题名，无法对应到具体提案");
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
    let mut checks = Vec::new();
    for policy in &policies {
        for proposal in &proposals {
            let (Some(a), Some(b)) = (policy.date, proposal.date) else { return None };
            let order = a.order(b);
            if !matches!(order, Some(Ordering::Less | Ordering::Equal)) {
                return None;
            }
            let line = format!("《{}》成文于{a}，提案提出于{b}", policy.title);
            checks.push(Check { line, stated: b.to_string(), computed: a.to_string(), holds: Some(false) });
        }
    }
    let first = checks.first()?;
    let reason = format!("{}，政策在先，不可能吸收该提案", first.line);
    Some(Finding { verdict: Verdict::ImpossibleOrder, reason, checks })
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
    let finding = |verdict, reason: String| Finding { verdict, reason, checks: Vec::new() };
    let all: Vec<Carried> = steps.iter().map(|s| carried(s, text, sources)).collect();
    let count = |c: Carried| all.iter().filter(|&&x| x == c).count();
    let (full, part, topic) = (count(Carried::Fully), count(Carried::Partly), count(Carried::Topic));
    let named_alone = steps.iter().all(|s| s.phrase.is_none());
    let modest = ["部分采纳", "部分吸纳", "部分吸收", "部分体现", "得到部分", "部分纳入"]
        .iter()
        .any(|w| claim.span.of(text).contains(w));
    if steps.is_empty() {
        return finding(Verdict::Unverifiable, "提案中没有读出建议，无法比对".into());
    }
    if named_alone {
        return alone(steps, &all, named);
    }
    let total = all.len();
    if full == total {
        finding(Verdict::Supported, format!("所称{total}项建议在政策中均找到对应条款"))
    } else if full + part > 0 && modest {
        finding(Verdict::Supported, "总结自称部分采纳，条款与建议部分相符".into())
    } else if full + part > 0 {
        let reason = match (full, total - full - part) {
            (0, 0) => "对应条款只承接了建议的一部分".to_owned(),
            (_, 0) => format!("所称{total}项中{full}项有对应条款，{part}项只有一部分"),
            (_, none) => format!("所称{total}项中有{none}项暂未发现对应条款"),
        };
        finding(Verdict::Partly, reason)
    } else if topic > 0 {
        finding(Verdict::NotFound, "条款与建议只是主题相关，未见直接采纳".into())
    } else if steps.iter().all(|s| s.suggestion.is_none()) {
        finding(Verdict::NotFound, "提案中没有所称的建议，也暂未发现对应条款".into())
    } else {
        finding(Verdict::NotFound, "所指政策中暂未发现对应条款".into())
    }
}

/// A proposal named without its suggestions is borne out when any of them is carried; of several proposals, all must be.
fn alone(steps: &[Step], all: &[Carried], named: &Named) -> Finding {
    let proposals: BTreeSet<&str> = named.proposals.iter().filter_map(|p| p.document.as_deref()).collect();
    let carried =
        |id: &str, kinds: &[Carried]| steps.iter().zip(all).any(|(s, c)| s.proposal == id && kinds.contains(c));
    let full = proposals.iter().filter(|id| carried(id, &[Carried::Fully])).count();
    let any = proposals.iter().filter(|id| carried(id, &[Carried::Fully, Carried::Partly])).count();
    let (verdict, reason) = if full == proposals.len() {
        (Verdict::Supported, "提案的建议在政策中找到对应条款".to_owned())
    } else if any > 0 {
        let rest = proposals.len() - any;
        let reason = if rest > 0 {
            format!("{rest}件提案暂未发现对应条款")
        } else {
            "对应条款只承接了建议的一部分".into()
        };
        (Verdict::Partly, reason)
    } else if proposals.iter().any(|id| carried(id, &[Carried::Topic])) {
        (Verdict::NotFound, "条款与建议只是主题相关，未见直接采纳".to_owned())
    } else {
        (Verdict::NotFound, "所指政策中暂未发现对应条款".to_owned())
    };
    Finding { verdict, reason, checks: Vec::new() }
}

/// No act is named: the report can only be held to what the proposal says.
fn unnamed_act(steps: &[Step]) -> Finding {
    let lost = steps.iter().filter(|s| s.suggestion.is_none()).count();
    let (verdict, reason) = if lost > 0 && lost == steps.len() {
        (Verdict::NotFound, "提案中没有找到总结所引的建议".to_owned())
    } else {
        (Verdict::Unverifiable, "总结没有写明吸收建议的政策文件，无法核对条款".to_owned())
    };
    Finding { verdict, reason, checks: Vec::new() }
}
