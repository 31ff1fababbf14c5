//! Counts that a list or the corpus can confirm: `4件，即…`, `…等7件`, `6条建议中有5条写进《…》`.

use super::chain::{self, Step};
use super::{Check, Finding, Named, Reason, Sources, Work};
use crate::document::{Claim, Entry, Verdict};
use crate::parse::claim::{Figure, enumeration, figures};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A list against its number. With 等 and no number behind it the list is a lower bound.
pub(super) fn listed(claim: &Claim, named: &Named, sources: &Sources<'_>) -> Option<Finding> {
    let text = &sources.report.text;
    let proposals: Vec<_> = claim
        .proposals
        .iter()
        .map(|p| (p.span, p.number.as_ref().map(|n| n.value.clone()).or(p.title.clone())))
        .collect();
    let policies: Vec<_> = claim
        .policies
        .iter()
        .map(|p| (p.span, p.title.clone().or(p.number.as_ref().map(|n| n.value.clone()))))
        .collect();
    let items = if proposals.len() >= 2 { &proposals } else { &policies };
    let (first, last) = (items.first()?.0, items.last()?.0);
    if items.len() < 2 {
        return generic(claim, sources);
    }
    let unit = |f: &&Figure| ["件", "份", "个", "部", "项", "条"].contains(&f.unit.as_str());
    let all = figures(text, claim.span);
    let before = all.iter().rfind(|f| unit(f) && f.span.end <= first.start);
    let after = all.iter().find(|f| unit(f) && f.span.start >= last.end);
    let stated = after.or(before)?;
    let distinct: BTreeSet<&Option<String>> = items.iter().map(|i| &i.1).collect();
    let tail = &text[last.end..claim.span.end];
    let open = after.is_none() && tail.trim_start_matches("提案").starts_with('等');
    let finding = count(stated.value, distinct.len(), open, &stated.unit, items.len() - distinct.len());
    if finding.verdict == Verdict::Inconsistent {
        return Some(finding);
    }
    Some(named.early().map_or(finding.clone(), |early| Finding { checks: finding.checks, ..early }))
}

fn count(stated: f64, listed: usize, open: bool, unit: &str, repeated: usize) -> Finding {
    let shown = super::arithmetic::number(stated);
    let unit = unit.to_owned();
    let work = Work::Listed { stated: shown.clone(), listed, unit: unit.clone(), repeated };
    let check = |holds| Check { work, stated: shown.clone(), computed: listed.to_string(), holds };
    match (open, stated as usize) {
        (_, n) if n == listed => {
            let reason = Reason::ListAgrees { stated: shown.clone(), listed, unit, repeated };
            Finding::worked(Verdict::Consistent, reason, check(Some(true)))
        }
        (true, n) if n > listed => {
            let reason = Reason::ListOpen { stated: shown.clone(), listed, unit, repeated };
            Finding::worked(Verdict::Unverifiable, reason, check(None))
        }
        _ => {
            let reason = Reason::ListDiffers { stated: shown.clone(), listed, unit, repeated };
            Finding::worked(Verdict::Inconsistent, reason, check(Some(false)))
        }
    }
}

static INTRO: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[,，:：]?\s*(?:即|分别是|分别为)[:：]?").expect("a constant pattern"));

/// `3个方面，即甲、乙、丙`: items that are neither proposals nor policies.
fn generic(claim: &Claim, sources: &Sources<'_>) -> Option<Finding> {
    let text = &sources.report.text;
    let piece = claim.span.of(text);
    let intro = INTRO.find(piece)?;
    let all = figures(text, claim.span);
    let stated = all.iter().rfind(|f| f.span.end <= claim.span.start + intro.start())?;
    let list = piece[intro.end()..].trim();
    if figures(list, crate::document::Span::new(0, list.len())).len() > 1 || !list.contains('、') {
        return None;
    }
    let open = list.ends_with('等');
    let listed = list.split('、').map(|i| i.matches('和').count().min(1) + 1).sum();
    let listed = if list.contains('和') && list.split('、').count() == stated.value as usize {
        stated.value as usize
    } else {
        listed
    };
    Some(count(stated.value, listed, open, &stated.unit, 0))
}

/// `五个结合：一是…二是…`: the points that follow, counted, against the number said.
pub(super) fn enumerated(claim: &Claim, text: &str) -> Option<Finding> {
    let found = enumeration(text, claim.span)?;
    Some(count(found.stated as f64, found.points, false, "个", 0))
}

static ASKED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:建议|意见)").expect("a constant pattern"));
static TAKEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("写入|写进|采纳|吸收|吸纳|纳入|体现|转化|反映|落实").expect("a constant pattern"));

/// `第…号提案共提出7条建议，其中4条写入《…》` against the proposal's suggestions and their links.
pub(super) fn suggestions(claim: &Claim, named: &Named, sources: &Sources<'_>) -> Option<(Finding, Vec<Step>)> {
    let text = &sources.report.text;
    let (number, printed) = (claim.proposals.first()?.span, claim.span.of(text));
    let one = claim.proposals.iter().all(|p| p.number == claim.proposals[0].number);
    let counts: Vec<Figure> =
        figures(text, claim.span).into_iter().filter(|f| ["条", "项", "点", "个"].contains(&f.unit.as_str())).collect();
    let (asked, taken) = (counts.first()?, counts.get(1)?);
    if !one || asked.span.start < number.end || !TAKEN.is_match(printed) {
        return None;
    }
    if !ASKED.is_match(&text[asked.span.end..taken.span.start]) {
        return None;
    }
    if let Some(early) = named.early() {
        return Some((early, Vec::new()));
    }
    let entry: &Entry = sources.library.get(named.proposals.first()?.document.as_deref()?)?;
    let acts = named.policies.iter().filter_map(|p| p.document.clone()).collect::<BTreeSet<_>>();
    let steps: Vec<Step> =
        (0..entry.parsed.suggestions.len()).map(|i| chain::step(entry, i, None, &acts, sources)).collect();
    let whole = entry.parsed.suggestions.len();
    let found = steps.iter().filter(|s| s.carries()).count();
    let (stated_whole, stated_taken) = (asked.value as usize, taken.value as usize);
    let check = |work, stated: usize, found: usize| Check {
        work,
        stated: stated.to_string(),
        computed: found.to_string(),
        holds: Some(stated == found),
    };
    let checks = vec![
        check(Work::Asked { stated: stated_whole, found: whole }, stated_whole, whole),
        check(Work::Taken { stated: stated_taken, found }, stated_taken, found),
    ];
    let (verdict, reason) = if stated_taken > stated_whole {
        (Verdict::Inconsistent, Reason::TakenExceeds { asked: stated_whole, taken: stated_taken })
    } else if whole != stated_whole {
        (Verdict::Inconsistent, Reason::AskedDiffers { stated: stated_whole, found: whole })
    } else if found == stated_taken {
        (Verdict::Consistent, Reason::TakenAgrees { asked: whole, taken: found })
    } else {
        (Verdict::Inconsistent, Reason::TakenDiffers { stated: stated_taken, found })
    };
    let finding = Finding { verdict, reasons: vec![reason], checks };
    Some((finding, steps.into_iter().filter(Step::carries).collect()))
}
