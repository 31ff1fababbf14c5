//! Counts that a list or the corpus can confirm: `4件，即…`, `…等7件`, `6条建议中有5条写进《…》`.

use super::chain::{self, Step};
use super::{Check, Finding, Named, Sources};
use crate::document::{Claim, Entry, Verdict};
use crate::parse::claim::{Figure, figures};
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
    let (holds, verdict, reason) = match (open, stated as usize) {
        (false, n) if n == listed => {
            (Some(true), Verdict::Consistent, format!("所列{listed}{unit}，与所称{shown}{unit}相符"))
        }
        (true, n) if n > listed => (
            None,
            Verdict::Unverifiable,
            format!("所列{listed}{unit}后有“等”字，只是所称{shown}{unit}的一部分，无法全部核对"),
        ),
        (true, n) if n == listed => {
            (Some(true), Verdict::Consistent, format!("所列{listed}{unit}，与所称{shown}{unit}相符"))
        }
        _ => (Some(false), Verdict::Inconsistent, format!("称{shown}{unit}，实列{listed}{unit}")),
    };
    let twice = if repeated > 0 { format!("（另有{repeated}项重复）") } else { String::new() };
    let line = format!("所称{shown}{unit}，所列{listed}{unit}{twice}");
    Finding {
        verdict,
        reason: reason + &twice,
        checks: vec![Check { line, stated: shown, computed: listed.to_string(), holds }],
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
    let checks = vec![
        Check {
            line: format!("提案共有建议：所称{stated_whole}条，提案内{whole}条"),
            stated: stated_whole.to_string(),
            computed: whole.to_string(),
            holds: Some(whole == stated_whole),
        },
        Check {
            line: format!("找到对应条款：所称{stated_taken}条，比对得{found}条"),
            stated: stated_taken.to_string(),
            computed: found.to_string(),
            holds: Some(found == stated_taken),
        },
    ];
    let (verdict, reason) = if stated_taken > stated_whole {
        (Verdict::Inconsistent, format!("称{stated_whole}条建议中有{stated_taken}条写入"))
    } else if whole != stated_whole {
        (Verdict::Inconsistent, format!("所称{stated_whole}条建议，提案内为{whole}条"))
    } else if found == stated_taken {
        (Verdict::Consistent, format!("{whole}条建议中有{found}条找到对应条款，与所称相符"))
    } else {
        (Verdict::Inconsistent, format!("所称{stated_taken}条写入，文本比对只找到{found}条有对应条款"))
    };
    Some((Finding { verdict, reason, checks }, steps.into_iter().filter(Step::carries).collect()))
}
