//! The date that decides the order: 成文日期 from the signature (落款), never 发布时间 without saying so.

use super::issuer::is_body;
use super::lines::{Head, Key};
use super::{Known, Reading};
use crate::document::{Date, Kind, Span};
use crate::parse::date::{self, Dated};
use regex::Regex;
use std::sync::LazyLock;

/// 2020年5月14日 … 通过: how laws are dated.
static ADOPTED: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?:通过|批准|公布|发布|修订|修正|公告)"));
/// Names of offices that sign decrees.
static SIGNER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(?:总\s*理|省\s*长|市\s*长|州\s*长|县\s*长|区\s*长|主\s*任|部\s*长|局\s*长|主\s*席|署\s*长|行\s*长|院\s*长)[\s　:：]",
    )
});
static KEYED: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"发布|来源|时间|公开|浏览|点击|更新|施行|起|至|截止|有效|生效|废止"));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// How near a dated line comes to a signature, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Beneath or beside the name of a body.
    Signed,
    /// Alone on its line, or with 办理结果 or the like.
    Alone,
    /// …印发: the imprint at the foot.
    Imprint,
}

/// The date of a text of this kind. `year` helps to read a day without a year.
pub(super) fn read(text: &str, kind: Kind, head: &Head, year: Option<u16>, known: &Known<'_>) -> Option<Reading<Date>> {
    let key = |key: Key| {
        let span = head.value(text, key)?;
        let dated = date::field(span.of(text))?;
        Some(reading(text, Dated { span: dated.span.shift(span.start), ..dated }, ""))
    };
    if kind == Kind::Proposal
        && let Some(filed) = key(Key::Filed).or_else(|| key(Key::Day)).or_else(|| in_header(text, head))
    {
        return Some(filed);
    }
    let places = places(text, head, year);
    let best = |place: Place| places.iter().filter(move |(p, _)| *p == place);
    // The first signature is the notice's own; those further down belong to what is attached.
    let signed = best(Place::Signed).next().map(|(_, d)| reading(text, *d, "signed"));
    let alone = || best(Place::Alone).next_back().map(|(_, d)| reading(text, *d, "on a line of its own"));
    let imprint = || best(Place::Imprint).next_back().map(|(_, d)| reading(text, *d, "the imprint at the foot"));
    let adopted = || adopted(text, head, known.history);
    let published = || {
        let found = key(Key::Published)
            .or_else(|| key(Key::Day))
            .map(|r| (r.value, r.span))
            .or_else(|| Some((known.published?, None)));
        found.map(|(value, span)| {
            Reading::guess(value, span, "the date of publication stands for it: no 成文日期 found")
        })
    };
    signed.or_else(|| key(Key::Signed)).or_else(adopted).or_else(alone).or_else(imprint).or_else(published)
}

/// The day in a header line of several pieces: 第0012号  …会议  提案人：…  2023年1月14日.
fn in_header(text: &str, head: &Head) -> Option<Reading<Date>> {
    head.short(text).filter(|l| !KEYED.is_match(l.of(text))).find_map(|line| {
        let dated = date::dates(line.of(text)).into_iter().find(|d| d.date.day().is_some())?;
        Some(reading(text, Dated { span: dated.span.shift(line.start), ..dated }, ""))
    })
}

fn reading(text: &str, dated: Dated, detail: &str) -> Reading<Date> {
    match dated.repaired {
        true => Reading::repaired(dated.date, dated.span, dated.span.of(text)),
        false => Reading::new(dated.date, dated.span, detail),
    }
}

/// The short lines with one date in them, in the order of the text.
fn places(text: &str, head: &Head, year: Option<u16>) -> Vec<(Place, Dated)> {
    let lines = head.all.iter().enumerate().filter(|(_, l)| l.len() <= 180);
    lines.filter_map(|(i, line)| place(text, head, i, *line, year)).collect()
}

fn place(text: &str, head: &Head, at: usize, line: Span, year: Option<u16>) -> Option<(Place, Dated)> {
    let words = line.of(text);
    if words.chars().count() > 60 || !words.contains(|c: char| c.is_ascii_digit() || "０１２一二〇○".contains(c))
    {
        return None;
    }
    let whole = |d: &Dated| words.trim_matches(['(', ')', '（', '）']).trim() == d.span.of(words);
    // A day without a year is a date only as a line of its own.
    let bare = || year.map(|y| date::dates_in_year(words, y)).filter(|d| d.first().is_some_and(whole));
    let found = Some(date::dates(words)).filter(|d| !d.is_empty()).or_else(bare)?;
    let [dated] = found[..] else { return None };
    dated.date.day()?;
    let dated_in_text = Dated { span: dated.span.shift(line.start), ..dated };
    let (before, after) = (words[..dated.span.start].trim(), words[dated.span.end..].trim());
    let loose = |s: &str| s.trim_matches(['(', ')', '（', '）', '〔', '〕']).trim().to_owned();
    let (before, after) = (loose(before), loose(after));
    if after.starts_with("印发") || after.starts_with("抄送") {
        return Some((Place::Imprint, dated_in_text));
    }
    let behind = after.is_empty()
        || ["办理类别", "办理结果", "类别", "联系", "主动公开", "同意公开"].iter().any(|w| after.starts_with(w));
    if before.contains(['。', '，', ',', '；']) || !behind || KEYED.is_match(&before) {
        return None;
    }
    if before.split(['、', ' ', '　']).filter(|p| !p.is_empty()).all(is_body) && !before.is_empty() {
        return Some((Place::Signed, dated_in_text));
    }
    let above = at.checked_sub(1).map(|i| head.all[i].of(text));
    let spread = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let under_body = above.is_some_and(|a| {
        let pieces: Vec<&str> = a.split(['、', ' ', '　', '\u{a0}']).filter(|p| !p.is_empty()).collect();
        SIGNER.is_match(a) || (a.chars().count() <= 80 && (pieces.iter().all(|p| is_body(p)) || is_body(&spread(a))))
    });
    let alone = before.is_empty() || before.chars().count() <= 16;
    match (before.is_empty() && under_body, alone) {
        (true, _) => Some((Place::Signed, dated_in_text)),
        (false, true) => Some((Place::Alone, dated_in_text)),
        _ => None,
    }
}

/// Of a law: the last day on which it was adopted, amended or published, from the record or the bracket under its title; the day it takes
/// effect does not count.
fn adopted(text: &str, head: &Head, history: Option<&str>) -> Option<Reading<Date>> {
    let last = |words: &str| {
        let dates = date::dates(words);
        let mut last = None;
        for (i, dated) in dates.iter().enumerate() {
            let end = dates.get(i + 1).map_or(words.len(), |next| next.span.start);
            let what = &words[dated.span.end..end];
            if ADOPTED.is_match(what) && !what.trim_start().starts_with("施行") && dated.date.day().is_some() {
                last = Some(*dated);
            }
        }
        last
    };
    if let Some(dated) = history.and_then(last) {
        return Some(Reading::new(dated.date, None, "the last adoption or amendment on record"));
    }
    // The bracket may be broken over lines.
    let open = head.all.iter().take(8).find(|l| l.of(text).starts_with(['（', '(']) && ADOPTED.is_match(l.of(text)))?;
    let close = text[open.start..].find(['）', ')']).map_or(open.end, |i| open.start + i);
    let bracket = Span::new(open.start, close.max(open.end).min(text.len()));
    let dated = last(bracket.of(text))?;
    Some(Reading::new(dated.date, dated.span.shift(bracket.start), "the last adoption or amendment under the title"))
}
