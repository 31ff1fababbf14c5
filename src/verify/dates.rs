//! Dates of a claim: a cut-off (截至9月中旬) lies before publication; a date of entry into force is the one the act prints.

use super::{Check, Finding, Named, Reason, Sources, Work};
use crate::document::{Claim, Date, Document, Verdict};
use crate::parse::claim::issued as said;
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
pub(super) fn published(report: &Document) -> Option<Date> {
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
        return Some(impossible(printed.to_owned()));
    };
    // 底 and 末 mean the last day of the month or year, 中旬 and 下旬 begin on the 11th and the 21st.
    let part = captures.name("part").map_or("", |p| p.as_str());
    let begins = match part {
        "中旬" => Date::new(year, month, Some(11)),
        "下旬" => Date::new(year, month, Some(21)),
        _ => None,
    };
    let ends = matches!(part, "底" | "末" | "年底") && date.last() > published.last();
    let late = ends || begins.unwrap_or(date).order(published) == Some(Ordering::Greater);
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

/// A day that no calendar has.
fn impossible(printed: String) -> Finding {
    let check = Check {
        work: Work::ImpossibleDate { printed: printed.clone() },
        stated: printed.clone(),
        computed: String::new(),
        holds: Some(false),
    };
    Finding::worked(Verdict::Inconsistent, Reason::ImpossibleDate { printed }, check)
}

/// `《甲方案》于5月印发` against the date of the act; a month without a year is one of the summary's year or the year before.
pub(super) fn issued(claim: &Claim, named: &Named, sources: &Sources<'_>) -> Option<Finding> {
    let text = &sources.report.text;
    let (act, resolved) = claim.policies.iter().zip(&named.policies).find(|(p, _)| claim.span.contains(p.span))?;
    let issue = said(text, act, claim.span.end)?;
    if let Some(early) = named.early() {
        return Some(early);
    }
    let policy = &sources.library.get(resolved.document.as_deref()?)?.document;
    let printed = issue.span.of(text).to_owned();
    let year = issue.year.or_else(|| policy.date.map(Date::year)).or(sources.report.date.map(Date::year))?;
    let Some(stated) = Date::new(year, Some(issue.month), issue.day) else {
        return Some(impossible(printed));
    };
    let Some(own) = policy.date else {
        return Some(Finding::plain(Verdict::Unverifiable, Reason::Undated { title: policy.title.clone() }));
    };
    // The year of the act itself was taken where the summary gives none: then it must be one the summary can mean.
    let near = match (issue.year, published(sources.report)) {
        (None, Some(at)) => at.year().abs_diff(own.year()) <= 1,
        _ => true,
    };
    let holds = near && own.first() <= stated.last() && stated.first() <= own.last();
    let title = policy.title.clone();
    let check = Check {
        work: Work::Issued { title: title.clone(), stated: printed.clone(), own },
        stated: printed.clone(),
        computed: own.to_string(),
        holds: Some(holds),
    };
    let verdict = if holds { Verdict::Consistent } else { Verdict::Inconsistent };
    Some(Finding::worked(verdict, Reason::Issued { title, stated: printed, own, holds }, check))
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
