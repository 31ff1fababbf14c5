//! Rates: recomputed from a numerator and a base, in the claim itself or counted earlier in the report.

use super::arithmetic::{is_part, named, number};
use super::figures::Counts;
use super::{Check, Finding, Reason, Side, Work};
use crate::document::{Claim, Verdict};
use crate::parse::claim::{Bound, Figure};
use regex::Regex;
use std::sync::LazyLock;

static GROWTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("同比|环比|增长|增幅|增速|下降|提高|提升|降低|上升|减少|降幅|增加").expect("a constant pattern")
});

/// Findings on the rates of a claim.
pub(super) fn rates(text: &str, claim: &Claim, all: &[Figure], counts: &Counts) -> Vec<Finding> {
    let percents = all.iter().enumerate().filter(|(_, f)| f.is_percent() && !GROWTH.is_match(f.label.of(text)));
    let mut findings: Vec<Finding> = percents.filter_map(|(i, _)| one(text, claim, all, i, counts)).collect();
    findings.extend(shares(text, all));
    findings
}

/// A numerator with its base and how the two are written.
struct Pair {
    part: f64,
    base: f64,
    terms: String,
    /// The base is contradicted where the report states it: a rate that differs is not to blame.
    disputed: bool,
}

fn one(text: &str, claim: &Claim, all: &[Figure], at: usize, counts: &Counts) -> Option<Finding> {
    let rate = &all[at];
    let pairs = pairs(text, claim, all, at, counts);
    if pairs.is_empty() {
        return implied(text, all, at).or_else(|| excessive(text, rate));
    }
    let judged: Vec<(Agreement, &Pair)> = pairs.iter().map(|p| (agreement(rate, p), p)).collect();
    let best = judged.iter().min_by_key(|(a, _)| *a)?;
    let (agree, pair) = match best.0 {
        Agreement::No => judged.iter().find(|(_, p)| !p.disputed)?,
        _ => best,
    };
    let computed = pair.part / pair.base * 100.0;
    let decimals = rate.decimals.max(1) + 1;
    let shown = format!("{computed:.decimals$}%");
    let stated = rate.printed(text).to_owned();
    let work = format!("{} ÷ {} = {shown}", pair.terms, number(pair.base));
    let check = Check {
        work: Work::Against { work: work.clone(), stated: stated.clone() },
        stated: stated.clone(),
        computed: shown.clone(),
        holds: Some(*agree != Agreement::No),
    };
    let (verdict, reason) = match agree {
        Agreement::Rounded => (Verdict::Consistent, Reason::RateAgrees { computed: shown, stated }),
        Agreement::Cut => (Verdict::Consistent, Reason::RateCut { computed: shown, stated }),
        Agreement::Bounded => (Verdict::Consistent, Reason::RateWithin { computed: shown, stated }),
        Agreement::No => {
            let base = hidden_base(rate, pair, all).map(number);
            (Verdict::Inconsistent, Reason::RateDiffers { work, stated, base })
        }
    };
    Some(Finding::worked(verdict, reason, check))
}

/// The numerators and bases a rate may mean, likeliest first.
fn pairs(text: &str, claim: &Claim, all: &[Figure], at: usize, counts: &Counts) -> Vec<Pair> {
    let rate = &all[at];
    let before: Vec<&Figure> = all[..at].iter().filter(|f| !f.is_percent() && f.unit != "名次").collect();
    let single = |part: f64, base: f64| Pair { part, base, terms: number(part), disputed: false };
    let wholes = |unit: &str| wholes(text, claim, unit, counts);
    let named = labelled(text, rate, counts, &wholes);
    if !named.is_empty() {
        return named;
    }
    if let [.., part, base] = before[..]
        && text[base.span.end..rate.span.start].trim() == "的"
    {
        // 完成83个，是任务80个的103.8%: the count before 的 is the base.
        return (part.unit == base.unit).then(|| single(part.value, base.value)).into_iter().collect();
    }
    if let Some(part) = before.last() {
        let inside = before[..before.len() - 1]
            .iter()
            .rev()
            .find(|f| f.unit == part.unit && !is_part(text, f) && f.value >= part.value);
        let own = before.len() >= 2 || is_part(text, part) || counts_itself(text, part, rate);
        if !own {
            return Vec::new();
        }
        if let Some(base) = inside {
            return vec![single(part.value, base.value)];
        }
        let outside = wholes(&part.unit).into_iter().filter(|w| w.value >= part.value);
        let pair = |w: Whole| Pair { disputed: w.disputed, ..single(part.value, w.value) };
        let found: Vec<Pair> = outside.map(pair).collect();
        let sibling: f64 = all.iter().filter(|f| f.unit == part.unit && is_part(text, f)).map(|f| f.value).sum();
        if is_part(text, part) && sibling > part.value && found.iter().all(|p| p.disputed) {
            return vec![single(part.value, sibling)];
        }
        return found;
    }
    Vec::new()
}

/// A rate that names its part by a label (A类占73.6%, 采纳和部分采纳率): counts stated before, in this claim or earlier.
fn labelled(text: &str, rate: &Figure, counts: &Counts, wholes: &dyn Fn(&str) -> Vec<Whole>) -> Vec<Pair> {
    let label = rate.label.of(text);
    if label.contains('均') || label.contains('都') || label.trim_start().starts_with('占') {
        return Vec::new();
    }
    let parts = named(text, label, rate.span.start, counts);
    let Some(first) = parts.first() else { return Vec::new() };
    let part: f64 = parts.iter().map(|p| p.figure.value).sum();
    let terms = parts.iter().map(|p| number(p.figure.value)).collect::<Vec<_>>().join(" + ");
    let terms = if parts.len() > 1 { format!("（{terms}）") } else { terms };
    let pair = |base: f64, disputed: bool| Pair { part, base, terms: terms.clone(), disputed };
    let found: Vec<Pair> = wholes(&first.figure.unit).iter().map(|w| pair(w.value, w.disputed)).collect();
    if !found.is_empty() && found.iter().all(|p| p.disputed) && is_part(text, &first.figure) {
        // The parts beside it make a whole of their own.
        let siblings = counts.parts.iter().filter(|c| c.claim == first.claim && c.figure.unit == first.figure.unit);
        let whole: f64 = siblings.map(|c| c.figure.value).sum();
        if whole > part {
            return vec![pair(whole, false)];
        }
    }
    found
}

/// A whole that a rate may be taken of.
#[derive(Debug, Clone, Copy)]
struct Whole {
    value: f64,
    disputed: bool,
}

/// The wholes in `unit` stated elsewhere, likeliest first: of proposals the number the report is about, of other things the last before.
fn wholes(text: &str, claim: &Claim, unit: &str, counts: &Counts) -> Vec<Whole> {
    let earlier = counts.whole_before(claim.span.start, unit);
    let main = counts.proposals(text).filter(|c| c.figure.unit == unit && c.claim != claim.span);
    let Some(found) = (if unit == "件" { main.or(earlier) } else { earlier.or(main) }) else { return Vec::new() };
    match counts.disputed(found.claim) {
        Some(d) if (d.whole - found.figure.value).abs() < 1e-9 => {
            [d.whole, d.total].map(|value| Whole { value, disputed: true }).to_vec()
        }
        _ => vec![Whole { value: found.figure.value, disputed: false }],
    }
}

/// Whether a lone count is the numerator of the rate behind it (26件转化为…,转化率) and not its base (承办62件,办结率).
fn counts_itself(text: &str, part: &Figure, rate: &Figure) -> bool {
    let label = part.label.of(text);
    let base = ["承办", "共收", "总数", "收到", "立案"].iter().any(|w| label.contains(w));
    !base && !text[part.span.end..rate.span.start].contains('。')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    Rounded,
    Cut,
    Bounded,
    No,
}

fn agreement(rate: &Figure, pair: &Pair) -> Agreement {
    let computed = pair.part / pair.base * 100.0;
    let gap = computed - rate.value;
    match rate.bound {
        Bound::Exact if gap.abs() <= rate.half + 1e-9 => Agreement::Rounded,
        Bound::Exact if (0.0..2.0 * rate.half).contains(&gap) => Agreement::Cut,
        Bound::AtLeast if gap >= -1e-9 => Agreement::Bounded,
        Bound::JustBelow if gap <= rate.half && gap >= -0.1 * rate.value => Agreement::Bounded,
        Bound::About if gap.abs() <= (0.05 * rate.value).max(rate.half) => Agreement::Bounded,
        _ => Agreement::No,
    }
}

/// Another figure of the claim, or a sum of its parts without one, over which the rate would be right.
fn hidden_base(rate: &Figure, pair: &Pair, all: &[Figure]) -> Option<f64> {
    let counts: Vec<f64> = all.iter().filter(|f| !f.is_percent()).map(|f| f.value).collect();
    let sums = counts.iter().flat_map(|a| counts.iter().map(move |b| a + b));
    let fits = |base: &f64| {
        *base > 0.0
            && agreement(rate, &Pair { part: pair.part, base: *base, terms: String::new(), disputed: false })
                < Agreement::No
    };
    counts.iter().copied().chain(sums).find(fits)
}

/// A share of a base that is not printed: the base it implies.
fn implied(text: &str, all: &[Figure], at: usize) -> Option<Finding> {
    let rate = &all[at];
    let part = all[..at].iter().rev().find(|f| !f.is_percent() && f.unit != "名次")?;
    if !text[part.span.end..rate.span.start].contains('占') || rate.value <= 0.0 {
        return None;
    }
    let base = part.value / (rate.value / 100.0);
    let (scale, word) = if part.value >= 1e8 {
        (1e8, "亿")
    } else if part.value >= 1e4 {
        (1e4, "万")
    } else {
        (1.0, "")
    };
    let shown = format!("{:.1}{word}{}", base / scale, part.unit);
    let side = match rate.bound {
        Bound::JustBelow => Side::SlightlyAbove,
        Bound::AtLeast => Side::Below,
        _ => Side::About,
    };
    let (part, stated) = (part.printed(text).to_owned(), rate.printed(text).to_owned());
    let work = format!("{part} ÷ {}% = {shown}", number(rate.value));
    let work = Work::Implied { work, side, base: shown.clone() };
    let check = Check { work, stated: stated.clone(), computed: shown.clone(), holds: None };
    Some(Finding::worked(Verdict::Unverifiable, Reason::BaseImplied { part, rate: stated, side, base: shown }, check))
}

/// A share above 100%.
fn excessive(text: &str, rate: &Figure) -> Option<Finding> {
    let label = rate.label.of(text);
    let share = label.contains('占')
        || ["办结率", "沟通率", "满意率", "答复率", "面商率", "采纳率", "覆盖率"].iter().any(|w| label.contains(w));
    (share && rate.value > 100.0).then(|| {
        let stated = rate.printed(text).to_owned();
        let check = Check {
            work: Work::Plain { work: format!("{} > 100", number(rate.value)) },
            stated: stated.clone(),
            computed: "≤100%".into(),
            holds: Some(false),
        };
        Finding::worked(Verdict::Inconsistent, Reason::Above100 { stated }, check)
    })
}

/// Shares of exclusive parts that should come to 100%.
fn shares(text: &str, all: &[Figure]) -> Option<Finding> {
    let share = |f: &&Figure| f.is_percent() && text[..f.span.start].trim_end().ends_with('占');
    let found: Vec<&Figure> = all.iter().filter(share).collect();
    let counts = all.iter().filter(|f| !f.is_percent() && is_part(text, f)).count();
    let classes = found.iter().filter(|f| f.label.of(text).contains('类') || f.label.of(text).contains("其他")).count();
    let exclusive = found.len() == counts || (counts == 0 && classes == found.len());
    if found.len() < 3 || !exclusive || found.iter().any(|f| f.bound != Bound::Exact) {
        return None;
    }
    let total: f64 = found.iter().map(|f| f.value).sum();
    let slack: f64 = found.iter().map(|f| f.half).sum::<f64>().max(0.1);
    let terms = found.iter().map(|f| number(f.value)).collect::<Vec<_>>().join(" + ");
    let holds = (total - 100.0).abs() <= slack + 1e-9;
    let total = format!("{}%", number(total));
    let work = Work::Plain { work: format!("{terms} = {total}") };
    let check = Check { work, stated: "100%".into(), computed: total.clone(), holds: Some(holds) };
    let verdict = if holds { Verdict::Consistent } else { Verdict::Inconsistent };
    Some(Finding::worked(verdict, Reason::Shares { total, holds }, check))
}

static THAN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^[,，]?(?:较|比)[^,，。；;]{0,10}?的?$").expect("a constant pattern"));

/// 341部，比年初的287部增加54部; 新增200张，较上年末的350张增长57.1%: the change against the earlier count.
fn compared(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for triple in all.windows(3) {
        let (now, then, change) = (&triple[0], &triple[1], &triple[2]);
        let between = text[then.span.end..change.span.start].trim();
        let comparable = now.unit == then.unit && !now.is_percent() && then.value > 0.0;
        if !comparable || !THAN.is_match(text[now.span.end..then.span.start].trim()) || !GROWTH.is_match(between) {
            continue;
        }
        let label = now.label.of(text);
        let grown = label.ends_with("新增") || label.ends_with("增加");
        let gap = if grown { now.value } else { (now.value - then.value).abs() };
        if change.is_percent() {
            let later = Figure { value: then.value + gap, ..then.clone() };
            findings.extend(growth(text, then, &later, change));
        } else if change.unit == now.unit && !grown {
            let holds = (gap - change.value).abs() < 1e-6;
            let (now, then, stated) = (number(now.value), number(then.value), number(change.value));
            let gap = number(gap);
            let work = Work::Against { work: format!("|{now} − {then}| = {gap}"), stated: stated.clone() };
            let check = Check { work, stated: stated.clone(), computed: gap.clone(), holds: Some(holds) };
            let verdict = if holds { Verdict::Consistent } else { Verdict::Inconsistent };
            findings.push(Finding::worked(verdict, Reason::Gap { now, then, gap, stated, holds }, check));
        }
    }
    findings
}

static FROM_TO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?P<verb>增加|增长|提高|上升|提升|扩大|增|升|下降|降低|减少|缩短|压缩|压减|降|减|缩)?(?:到了|到|至|为)$",
    )
    .expect("a constant pattern")
});

/// 由A增至B, 增长x%: the direction and the growth.
pub(super) fn changes(text: &str, claim: &Claim, all: &[Figure]) -> Vec<Finding> {
    let mut findings = compared(text, all);
    for (i, pair) in all.windows(2).enumerate() {
        let (a, b) = (&pair[0], &pair[1]);
        let lead = text[claim.span.start..a.span.start].trim_end();
        if a.unit != b.unit || !(lead.ends_with('由') || lead.ends_with('从')) {
            continue;
        }
        let between = &text[a.span.end..b.span.start];
        let Some(verb) = FROM_TO.captures(between.trim()).map(|c| c.name("verb").map_or("", |m| m.as_str())) else {
            continue;
        };
        let down = ["下降", "降低", "减少", "缩短", "压缩", "压减", "降", "减", "缩"].contains(&verb);
        let (from, to) = (number(a.value), number(b.value));
        if !verb.is_empty() && (b.value > a.value) == down && b.value != a.value {
            let work = format!("{from} → {to}");
            let check = Check {
                work: Work::Plain { work: work.clone() },
                stated: verb.to_owned(),
                computed: work,
                holds: Some(false),
            };
            let reason = Reason::Direction { from, to, verb: verb.to_owned() };
            findings.push(Finding::worked(Verdict::Inconsistent, reason, check));
        }
        let rate = all.get(i + 2).filter(|r| GROWTH.is_match(&text[b.span.end..r.span.start]));
        findings.extend(rate.and_then(|rate| growth(text, a, b, rate)));
    }
    findings
}

/// Whether the change from one value to another is the rate, and the rate recomputed.
pub(super) fn grown(from: f64, to: f64, rate: &Figure) -> Option<(bool, String)> {
    let pair = Pair { part: (to - from).abs(), base: from, terms: String::new(), disputed: false };
    let computed = pair.part / pair.base * 100.0;
    let decimals = rate.decimals.max(1) + 1;
    (from > 0.0).then(|| (agreement(rate, &pair) < Agreement::No, format!("{computed:.decimals$}%")))
}

/// Whether a stretch speaks of growth or decline.
pub(super) fn stands_for_growth(text: &str) -> bool {
    GROWTH.is_match(text)
}

fn growth(text: &str, a: &Figure, b: &Figure, rate: &Figure) -> Option<Finding> {
    if !rate.is_percent() || a.is_percent() || a.value == 0.0 {
        return None;
    }
    let (holds, shown) = grown(a.value, b.value, rate)?;
    let (from, to, stated) = (number(a.value), number(b.value), rate.printed(text).to_owned());
    let work = Work::Against { work: format!("|{to} − {from}| ÷ {from} = {shown}"), stated: stated.clone() };
    let check = Check { work, stated: stated.clone(), computed: shown.clone(), holds: Some(holds) };
    let verdict = if holds { Verdict::Consistent } else { Verdict::Inconsistent };
    Some(Finding::worked(verdict, Reason::Growth { from, to, computed: shown, stated, holds }, check))
}
