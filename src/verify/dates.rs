//! Dates of a claim: a cut-off (截至9月中旬) lies before publication; a date of entry into force is the one the act prints.

use super::{Check, Finding, Reason, Sources, Work};
use crate::document::{Claim, Date, Document, Verdict};
use crate::parse::date::dates;
use regex::Regex;
use std::cmp::Ordering;
use std::sync::LazyLock;

static CUT_OFF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"截(?:至|止)(?:到)?\s*(?:(?P<y>(?:19|20)\d{2})\s*年|(?P<last>去年|上年)|今年|目前)?\s*(?:(?P<m>\d{1,2})\s*月)?\s*(?:(?P<d>\d{1,2})\s*日)?(?P<part>上旬|中旬|下旬|底|末|初|年底)?")
        .expect("a constant pattern")
});

static IN_FORCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)起(?:正式)?(?:施行|实施|生效)")
        .expect("a constant pattern")
});

/// What the dates of a claim say; `None` where it has none to compare.
pub(super) fn check(claim: &Claim, sources: &Sources<'_>) -> Option<Finding> {
    cut_off(claim, sources.report).or_else(|| in_force(claim, sources))
}

/// When the report was published, by its own line where its metadata do not say.
fn published(report: &Document) -> Option<Date> {
    let line = report.text.lines().find(|l| l.contains("发布时间") || l.contains("发布日期") || l.contains("发布："));
    line.and_then(|l| dates(l).into_iter().next()).map(|d| d.date).or(report.date)
}

fn cut_off(claim: &Claim, report: &Document) -> Option<Finding> {
    let published = published(report)?;
    let piece = claim.span.of(&report.text);
    let captures = CUT_OFF.captures(piece)?;
    let number = |name: &str| captures.name(name).and_then(|m| m.as_str().parse::<u16>().ok());
    let year = number("y").unwrap_or(published.year() - u16::from(captures.name("last").is_some()));
    let month = number("m").and_then(|m| u8::try_from(m).ok());
    if month.is_none() && number("y").is_none() {
        return None;
    }
    let day = number("d").and_then(|d| u8::try_from(d).ok());
    let printed = captures.get(0)?.as_str().trim();
    let Some(date) = Date::new(year, month, month.and(day)) else {
        let printed = printed.to_owned();
        let check = Check {
            work: Work::ImpossibleDate { printed: printed.clone() },
            stated: printed.clone(),
            computed: String::new(),
            holds: Some(false),
        };
        return Some(Finding::worked(Verdict::Inconsistent, Reason::ImpossibleDate { printed }, check));
    };
    // 底 and 末 mean the last day of the month or year.
    let ends = captures.name("part").is_some_and(|p| matches!(p.as_str(), "底" | "末" | "年底" | "下旬"));
    let late = date.order(published) == Some(Ordering::Greater) || (ends && date.last() > published.last());
    let printed = printed.to_owned();
    let check = Check {
        work: Work::CutOff { printed: printed.clone(), published, late },
        stated: printed.clone(),
        computed: published.to_string(),
        holds: Some(!late),
    };
    let verdict = if late { Verdict::Inconsistent } else { Verdict::Consistent };
    Some(Finding::worked(verdict, Reason::CutOff { printed, published, holds: !late }, check))
}

fn in_force(claim: &Claim, sources: &Sources<'_>) -> Option<Finding> {
    let piece = claim.span.of(&sources.report.text);
    let stated = IN_FORCE.captures(piece)?.name("date")?.as_str();
    let stated_date = dates(stated).first()?.date;
    let policy = claim.policies.iter().find_map(|p| {
        super::resolve::policy(p, &sources.report.text, sources.library)
            .document
            .and_then(|id| sources.library.get(&id))
    })?;
    let own = IN_FORCE.captures_iter(&policy.document.text).last()?.name("date")?.as_str().to_owned();
    let own_date = dates(&own).first()?.date;
    let holds = own_date == stated_date;
    let stated = stated.to_owned();
    let check = Check {
        work: Work::InForce { stated: stated.clone(), own: own.clone() },
        stated: stated.clone(),
        computed: own.clone(),
        holds: Some(holds),
    };
    let verdict = if holds { Verdict::Consistent } else { Verdict::Inconsistent };
    Some(Finding::worked(verdict, Reason::InForce { stated, own, holds }, check))
}
