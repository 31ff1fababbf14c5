//! Recomputes the counts and rates of a claim, each as a worked line with both numbers.
//!
//! Nothing is repaired: where figures do not agree, both are shown. A rate agrees when it lies within half of its last printed
//! digit, or when its digits were cut off instead of rounded, which is said.

use super::figures::{Counted, Counts, Sum};
use super::{Check, Finding, Reason, Work};
use crate::document::{Claim, Verdict};
use crate::parse::claim::{Bound, Family, Figure, family, figures, grade};

/// What the arithmetic of a claim says; `None` where it has nothing to recompute.
pub(super) fn check(text: &str, claim: &Claim, counts: &Counts) -> Option<Finding> {
    let all = figures(text, claim.span);
    let plain: Vec<Figure> = all.iter().filter(|f| !f.is_percent() && f.unit != "名次").cloned().collect();
    let mut findings = Vec::new();
    let main = Sum::of(text, claim.span, &plain);
    let nested = Sum::nested(text, claim.span, &plain).into_iter().filter(|n| main.as_ref() != Some(n));
    findings.extend(main.iter().filter_map(|s| sum(text, s, &plain, counts)));
    findings.extend(nested.filter_map(|s| sum(text, &s, &plain, counts)));
    findings.extend(plain.iter().filter_map(|f| crossing(text, f, counts)));
    findings.extend(restated(text, claim, &plain, counts));
    findings.extend(plain.iter().filter_map(|f| of_parts(text, claim, f, counts)));
    findings.extend(super::twice::twice(text, claim, &plain, counts));
    findings.extend(super::rate::rates(text, claim, &all, counts));
    findings.extend(super::rate::changes(text, claim, &all));
    combine(findings)
}

/// One finding out of several: what contradicts decides, then what agrees.
pub(super) fn combine(findings: Vec<Finding>) -> Option<Finding> {
    let rank = |v: Verdict| match v {
        Verdict::Inconsistent => 0,
        Verdict::Consistent => 1,
        _ => 2,
    };
    let mut findings = findings;
    findings.sort_by_key(|f| rank(f.verdict));
    let verdict = findings.first()?.verdict;
    let decisive = findings.iter().filter(|f| f.verdict == verdict);
    let reasons = decisive.flat_map(|f| f.reasons.iter().cloned()).collect();
    let checks = findings.into_iter().flat_map(|f| f.checks).collect();
    Some(Finding { verdict, reasons, checks })
}

/// Whole against parts.
fn sum(text: &str, sum: &Sum, all: &[Figure], counts: &Counts) -> Option<Finding> {
    let parts: Vec<&Figure> = sum.parts.iter().map(|&i| &all[i]).collect();
    let outside = || counts.proposals(text).filter(|c| parts.first().is_some_and(|p| p.unit == c.figure.unit));
    let mut whole = match sum.whole {
        Some(i) => all[i].clone(),
        None => outside()?.figure.clone(),
    };
    if let Some(disputed) = outside().filter(|_| sum.whole.is_none()).and_then(|c| counts.disputed(c.claim)) {
        // The whole is contradicted where it stands: parts that make either side of it are no mistake.
        let own: f64 = parts.iter().map(|p| p.value).sum();
        if (own - disputed.total).abs() < 1e-6 {
            whole.value = disputed.total;
        }
    }
    if parts.len() < 2 {
        return parts.first().map(|part| subset(text, part, &whole));
    }
    let total: f64 = parts.iter().map(|p| p.value).sum();
    let terms = parts.iter().map(|p| number(p.value)).collect::<Vec<_>>().join(" + ");
    let unit = &whole.unit;
    let (stated, computed) = (number(whole.value), number(total));
    let exact = whole.bound == Bound::Exact && parts.iter().all(|p| p.bound == Bound::Exact);
    let equal = (total - whole.value).abs() < 1e-6;
    let check = |holds| Check {
        work: Work::Sum { work: format!("{terms} = {computed}"), whole: stated.clone(), unit: unit.clone() },
        stated: stated.clone(),
        computed: computed.clone(),
        holds,
    };
    if !exact {
        return Some(Finding::worked(Verdict::Unverifiable, Reason::BoundedParts, check(None)));
    }
    if equal {
        let reason = Reason::PartsAgree { total: computed.clone(), unit: unit.clone() };
        return Some(Finding::worked(Verdict::Consistent, reason, check(Some(true))));
    }
    let exhaustive = sum.family.is_some() || total > whole.value || total >= 0.8 * whole.value;
    if !exhaustive {
        let rest = number(whole.value - total);
        let reason = Reason::PartsLeaveOut { total: computed.clone(), rest, unit: unit.clone() };
        return Some(Finding::worked(Verdict::Unverifiable, reason, check(None)));
    }
    let reason = Reason::PartsDiffer {
        total: computed.clone(),
        whole: stated.clone(),
        gap: number((whole.value - total).abs()),
        more: total > whole.value,
        unit: unit.clone(),
    };
    Some(Finding::worked(Verdict::Inconsistent, reason, check(Some(false))))
}

/// A part by itself can only be too large.
fn subset(text: &str, part: &Figure, whole: &Figure) -> Finding {
    let (p, w) = (number(part.value), number(whole.value));
    let holds = part.value <= whole.value || part.bound == Bound::JustBelow;
    let work = Work::Plain { work: format!("{p} {} {w}", if holds { "≤" } else { ">" }) };
    let check = Check { work, stated: p.clone(), computed: w.clone(), holds: (!holds).then_some(false) };
    if holds {
        let part = part.printed(text).to_owned();
        Finding::worked(Verdict::Unverifiable, Reason::PartWithin { part, whole: w }, check)
    } else {
        Finding::worked(Verdict::Inconsistent, Reason::PartExceeds { part: p, whole: w }, check)
    }
}

/// 重点提案6件: a quality that cuts across the parts and is never added to them, but cannot be above the whole.
fn crossing(text: &str, figure: &Figure, counts: &Counts) -> Option<Finding> {
    let label = figure.label.of(text);
    let cuts = family(label) == Some(Family::Crossing) && (label.contains("提案") || label.contains("建议"));
    let total = counts.proposals(text).filter(|c| c.figure.unit == figure.unit && c.figure.span != figure.span)?;
    (cuts && figure.unit == "件" && total.figure.bound == Bound::Exact).then(|| subset(text, figure, &total.figure))
}

/// The same total printed twice: `46件提案共提出…` against 共承办提案46件.
fn restated(text: &str, claim: &Claim, all: &[Figure], counts: &Counts) -> Option<Finding> {
    let total = counts.proposals(text).filter(|c| counts.disputed(c.claim).is_none())?;
    let first = all.first().filter(|f| f.unit == "件" && f.label.is_empty() && f.bound == Bound::Exact)?;
    if total.claim == claim.span || total.figure.span.start > first.span.start {
        return None;
    }
    let after = &text[first.span.end..];
    let whole = ["提案共", "提案中", "提案全部", "提案总", "建议共", "提案均"].iter().any(|w| after.starts_with(w));
    let clause = text[..first.span.start].trim_end().ends_with(['。', '，', ',', '；', ';', '\n', '、'])
        || claim.span.start == first.span.start;
    let differs = (total.figure.value - first.value).abs() > 0.0;
    (whole && clause && differs).then(|| {
        let (a, b) = (number(first.value), number(total.figure.value));
        let reason = Reason::Restated { here: a.clone(), there: b.clone(), unit: first.unit.clone() };
        let work = Work::Plain { work: format!("{a} ≠ {b}") };
        Finding::worked(Verdict::Inconsistent, reason, Check { work, stated: a, computed: b, holds: Some(false) })
    })
}

/// A count of parts that the report has counted one by one: 对主办和会办的11件提案 against 主办6件、会办5件.
fn of_parts(text: &str, claim: &Claim, figure: &Figure, counts: &Counts) -> Option<Finding> {
    let label = figure.label.of(text).trim_start_matches(['对', '将', '把', '就']).strip_suffix('的')?;
    let names: Vec<&str> = label.split(['和', '及', '与', '、']).map(core).collect();
    let counted = |name: &&str| {
        let same = |c: &&Counted| {
            c.claim != claim.span && c.figure.unit == figure.unit && core(c.figure.label.of(text)) == *name
        };
        counts.parts.iter().find(same)
    };
    let parts: Vec<&Counted> = names.iter().map(counted).collect::<Option<_>>()?;
    if figure.bound != Bound::Exact {
        return None;
    }
    let total: f64 = parts.iter().map(|p| p.figure.value).sum();
    let terms = parts.iter().map(|p| number(p.figure.value)).collect::<Vec<_>>().join(" + ");
    let (stated, computed, unit) = (number(figure.value), number(total), figure.unit.clone());
    let holds = (total - figure.value).abs() < 1e-6;
    if let Some(disputed) = counts.disputed(parts.first()?.claim).filter(|_| !holds) {
        // Where the parts do not make their whole, the whole less the other parts may be what is meant.
        let rest = disputed.whole - (disputed.total - total);
        return ((rest - figure.value).abs() < 1e-6).then(|| {
            let (whole, others) = (number(disputed.whole), number(disputed.total - total));
            let work =
                Work::Against { work: format!("{whole} − {others} = {stated}"), stated: format!("{stated}{unit}") };
            let check = Check { work, stated: stated.clone(), computed: stated.clone(), holds: Some(true) };
            Finding::worked(Verdict::Consistent, Reason::CountedBefore { here: stated, unit }, check)
        });
    }
    let work = if parts.len() > 1 { format!("{terms} = {computed}") } else { computed.clone() };
    let check = Check {
        work: Work::Against { work, stated: format!("{stated}{unit}") },
        stated: stated.clone(),
        computed: computed.clone(),
        holds: Some(holds),
    };
    Some(if holds {
        Finding::worked(Verdict::Consistent, Reason::CountedBefore { here: stated, unit }, check)
    } else {
        Finding::worked(Verdict::Inconsistent, Reason::Restated { here: stated, there: computed, unit }, check)
    })
}

/// The count that a label without a number of its own stands for: a grade, its meaning, or a part named alike.
pub(super) fn named<'c>(text: &str, label: &str, at: usize, counts: &'c Counts) -> Vec<&'c Counted> {
    if let Some(letter) = grade(label).or_else(|| meaning(label)) {
        let found = counts.graded(text, letter, at);
        if grade(label).is_some() || found.is_some() {
            return found.into_iter().collect();
        }
    }
    let tokens: Vec<&str> = label.split(['和', '及', '与', '、']).map(core).filter(|t| !t.is_empty()).collect();
    let part = |token: &str| {
        let same = |c: &&Counted| {
            let own = core(c.figure.label.of(text));
            polarity(own) == polarity(token) && (own.contains(token) || token.contains(own)) && !own.is_empty()
        };
        counts.parts.iter().rev().filter(|c| c.figure.span.end <= at).find(same)
    };
    let found: Vec<Option<&Counted>> = tokens.iter().map(|t| part(t)).collect();
    if found.iter().any(Option::is_none) { Vec::new() } else { found.into_iter().flatten().collect() }
}

/// The grade that words of result stand for: A = solved or adopted, B = under way, C = cannot be solved now.
fn meaning(label: &str) -> Option<char> {
    let has = |words: &[&str]| words.iter().any(|w| label.contains(w));
    if has(&["正在解决", "列入计划", "逐步解决", "列入规划"]) {
        Some('B')
    } else if has(&["留作参考", "暂难", "因条件"]) {
        Some('C')
    } else if has(&["已经解决", "已解决", "基本解决", "解决或采纳", "得到解决"]) {
        Some('A')
    } else {
        None
    }
}

/// A label without the words around its name: `其中已采纳` → `采纳`, `采纳率达` → `采纳`.
fn core(label: &str) -> &str {
    let mut text = label.trim();
    for lead in ["按", "其中", "得到", "予以", "已经", "已", "被", "提案", "意见建议", "建议"] {
        text = text.strip_prefix(lead).unwrap_or(text).trim();
    }
    for tail in ["约", "超", "达到", "达", "为", "占比", "占", "比例", "率", "件", "的", "均"] {
        text = text.strip_suffix(tail).unwrap_or(text).trim();
    }
    text
}

/// 部分 and 未 turn a name into another part.
fn polarity(name: &str) -> (bool, bool) {
    (name.contains("部分"), name.contains('未') || name.contains('不') || name.contains('暂'))
}

/// Whether a figure belongs to a family of exclusive parts.
pub(super) fn is_part(text: &str, figure: &Figure) -> bool {
    family(figure.label.of(text)).is_some_and(|f| f != Family::Crossing)
}

/// A number as a reader writes it: no needless decimals.
pub(super) fn number(value: f64) -> String {
    let shown = format!("{value:.2}");
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;
    use crate::parse::claim::claims;

    /// The verdict on the claim that holds `piece`, and its worked lines.
    fn judged(text: &str, piece: &str) -> (Verdict, String) {
        let found = claims(text);
        let counts = Counts::new(text, &found);
        let claim = found.iter().filter(|c| c.span.of(text).contains(piece)).min_by_key(|c| c.span.len()).unwrap();
        let finding = check(text, claim, &counts).unwrap();
        (finding.verdict, finding.checks.iter().map(|c| c.line(Lang::Zh)).collect::<Vec<_>>().join("；"))
    }

    #[test]
    fn parts_are_added_up_although_the_print_lost_their_units() {
        let text = "全年共承办提案40件,其中,主办7分别办理3会办30件。";
        assert_eq!(judged(text, "40件"), (Verdict::Consistent, "7 + 3 + 30 = 40，总数40件".into()));
    }

    #[test]
    fn parts_in_brackets_belong_to_the_part_before_them() {
        let text = "共承办提案84件，其中主办34件（党派10件、委员24件）、会办50件。";
        let (verdict, lines) = judged(text, "84件");
        assert_eq!((verdict, lines.as_str()), (Verdict::Consistent, "34 + 50 = 84，总数84件；10 + 24 = 34，总数34件"));
        assert_eq!(
            judged("共承办提案84件，其中主办34件（党派10件、委员21件）、会办50件。", "84件").0,
            Verdict::Inconsistent
        );
        assert_eq!(judged("共承办提案84件（主办34件、会办50件）。", "84件").0, Verdict::Consistent);
    }

    #[test]
    fn grades_are_held_against_the_number_of_proposals() {
        let text = "共办理提案20件，其中主办5件、会办15件。从结果看，A类10件、B类7件、C类4件。";
        assert_eq!(judged(text, "A类").0, Verdict::Inconsistent);
        assert_eq!(judged(text, "主办").0, Verdict::Consistent);
    }

    #[test]
    fn a_rate_takes_its_base_from_the_report_and_may_be_cut_instead_of_rounded() {
        let text = "共办理提案60件，其中主办20件、会办40件。按结果分，A类41件、B类12件、C类7件，A类占68.3%。";
        assert_eq!(judged(text, "68.3%").0, Verdict::Consistent);
        let cut = "抽查答复29件，落实到位20件，落实率68.9%。";
        let wrong = "抽查答复29件，落实到位20件，落实率86.9%。";
        assert_eq!(judged(cut, "68.9%").0, Verdict::Consistent, "20/29 = 68.97%, cut off");
        assert_eq!(judged(wrong, "86.9%").0, Verdict::Inconsistent);
    }

    #[test]
    fn a_share_without_a_base_says_what_base_it_implies() {
        let (verdict, line) = judged("截至8月底,累计注册用户达120.6万户,占全部用户近40%。", "120.6万户");
        assert_eq!(verdict, Verdict::Unverifiable);
        assert!(line.contains("301.5万户") && line.contains("略高于"), "{line}");
    }

    #[test]
    fn changes_against_an_earlier_count_are_recomputed() {
        assert_eq!(judged("全市累计建成桥梁341座，比年初的287座增加54座。", "341").0, Verdict::Consistent);
        assert_eq!(judged("全市累计建成桥梁341座，比年初的287座增加64座。", "341").0, Verdict::Inconsistent);
        assert_eq!(judged("平均跑动次数由5次降至2次，下降60%。", "5次").0, Verdict::Consistent);
        assert_eq!(judged("平均跑动次数由5次降至7次。", "5次").0, Verdict::Inconsistent);
    }

    #[test]
    fn the_same_thing_printed_twice_is_the_same_number() {
        let text =
            |second| format!("全省渡口改造补助余额达412.5万元。各地反响良好。全省渡口改造补助余额为{second}万元。");
        assert_eq!(judged(&text("421.5"), "为421.5").0, Verdict::Inconsistent);
        assert_eq!(judged(&text("421.5"), "达412.5").0, Verdict::Inconsistent);
        assert_eq!(judged(&text("412.5"), "为412.5").0, Verdict::Unverifiable, "a summary is no witness for itself");
        let other = "截至6月底，全省渡口改造补助余额达412.5万元。截至9月底，全省渡口改造补助余额为421.5万元。";
        let found = claims(other);
        let counts = Counts::new(other, &found);
        assert!(found.iter().all(|c| check(other, c, &counts).is_none()), "two times, two numbers");
    }

    #[test]
    fn a_quality_that_cuts_across_is_never_added_and_never_above_the_whole() {
        let text = "共承办提案62件，其中重点提案6件，主办12件、会办50件。";
        assert_eq!(judged(text, "62件").0, Verdict::Consistent);
        let apart = "共承办提案62件，主办12件、会办50件。领导督办重点提案6件。";
        assert_eq!(judged(apart, "重点提案6件").0, Verdict::Unverifiable);
        assert_eq!(judged("共承办提案62件。督办重点提案66件。", "66件").0, Verdict::Inconsistent);
    }

    #[test]
    fn counts_of_named_parts_are_added_up() {
        let text =
            |n| format!("共承办提案62件，其中主办6件、分别办理5件、会办51件。对主办和分别办理的{n}件提案，逐件面商。");
        assert_eq!(judged(&text(11), "11件").0, Verdict::Consistent);
        assert_eq!(judged(&text(12), "12件").0, Verdict::Inconsistent);
    }

    #[test]
    fn shares_of_exclusive_classes_come_to_a_hundred() {
        let text = "经济类占30.0%、文教类占40.5%、其他类占32.0%。";
        assert_eq!(judged(text, "经济类").0, Verdict::Inconsistent);
    }
}
