//! The same thing counted twice in one summary: `在保余额达475亿元 … 在保余额为489亿元`.
//!
//! Only what is named by the same characters, in the same unit, at the same time and without a bound is compared.

use super::arithmetic::number;
use super::figures::{Counted, Counts};
use super::{Check, Finding, Reason, Work};
use crate::document::{Claim, Verdict};
use crate::parse::claim::{Bound, Figure};
use regex::Regex;
use std::sync::LazyLock;

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?:19|20)\d{2}年)?\d{1,2}月(?:底|末|初|[上中下]旬|\d{1,2}日)?|(?:19|20)\d{2}年(?:底|末|初)?|[上下]半年|[一二三四]季度|去年|上年|年初|本月|当月|上月|届")
        .expect("a constant pattern")
});

/// Words behind the name of a thing.
const BEHIND: [&str; 12] = ["累计", "达到", "已达", "共计", "合计", "达", "为", "共", "有", "是", "至", "升"];

/// Where a figure of the claim is printed elsewhere: that it differs, or, as a line only, that it agrees.
pub(super) fn twice(text: &str, claim: &Claim, all: &[Figure], counts: &Counts) -> Option<Finding> {
    let mut agreeing: Option<Finding> = None;
    for figure in all.iter().filter(|f| f.bound == Bound::Exact && !f.is_percent()) {
        let name = name(figure.label.of(text));
        if name.chars().count() < 5 {
            continue;
        }
        let same = |c: &&Counted| {
            let other = &c.figure;
            c.claim.overlap(claim.span) == 0
                && other.bound == Bound::Exact
                && other.unit == figure.unit
                && self::name(other.label.of(text)) == name
                && time(text, other) == time(text, figure)
        };
        let Some(other) = counts.wholes.iter().chain(&counts.parts).find(same) else { continue };
        let (here, there) = (number(figure.value), number(other.figure.value));
        let holds = here == there;
        let sign = if holds { "=" } else { "≠" };
        let check = Check {
            work: Work::Plain { work: format!("{name}：{here} {sign} {there}") },
            stated: here.clone(),
            computed: there.clone(),
            holds: Some(holds),
        };
        let unit = figure.unit.clone();
        if !holds {
            return Some(Finding::worked(Verdict::Inconsistent, Reason::Restated { here, there, unit }, check));
        }
        let said = Reason::SaidTwice { here, unit };
        agreeing = agreeing.or(Some(Finding::worked(Verdict::Unverifiable, said, check)));
    }
    agreeing
}

fn name(label: &str) -> &str {
    let mut name = label.trim();
    while let Some(rest) = BEHIND.iter().find_map(|w| name.strip_suffix(w)) {
        name = rest.trim();
    }
    name
}

/// The last time named in the figure's sentence before it.
fn time<'t>(text: &'t str, figure: &Figure) -> Option<&'t str> {
    let start = text[..figure.span.start].rfind(['。', '\n']).map_or(0, |i| i);
    TIME.find_iter(&text[start..figure.span.start]).last().map(|m| m.as_str())
}
