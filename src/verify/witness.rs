//! Figures that a document of the corpus prints for the same thing at the same time: the base of a growth whose base the summary leaves out
//! (`公共泊位达到300个，比2020年底增长25%`, where a proposal says `截至2020年底，公共泊位240个`).
//!
//! The thing must be named by the same characters, counted in the same unit, at the same time; where documents disagree, none is
//! taken. Other summaries are no witnesses.

use super::arithmetic::number;
use super::rate::{grown, stands_for_growth};
use super::{Check, Finding, Reason, Sources, Work};
use crate::document::{Claim, Document, Kind, Span, Verdict};
use crate::parse::claim::{Figure, figures};
use regex::Regex;
use std::sync::LazyLock;

static THAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:比|较)(?P<time>(?:(?:19|20)\d{2}年(?:\d{1,2}月)?(?:底|末|初)?)|上年末|上年底|去年底|去年末|年初)")
        .expect("a constant pattern")
});

static TIME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:19|20)\d{2}年(?:\d{1,2}月)?(?:底|末|初)?").expect("a constant pattern"));

/// Words around the name of a thing.
const AROUND: [&str; 22] = [
    "全市", "全省", "全区", "全县", "全国", "我市", "我省", "目前", "现有", "累计", "已有", "共有", "共", "总数",
    "数量", "达到", "已达", "达", "为", "建成", "增至", "升至",
];

/// The growth of a claim against the base that the corpus prints; `None` where it prints none, or several that differ.
pub(super) fn growth(claim: &Claim, sources: &Sources<'_>) -> Option<Finding> {
    let text = &sources.report.text;
    let all = figures(text, claim.span);
    let (now, rate) = all.windows(2).map(|w| (&w[0], &w[1])).find(|(now, rate)| {
        rate.is_percent() && !now.is_percent() && stands_for_growth(&text[now.span.end..rate.span.end])
    })?;
    let between = &text[now.span.end..rate.span.start];
    let year = super::dates::published(sources.report).map(|d| d.year());
    let time = moment(THAN.captures(between)?.name("time")?.as_str(), year)?;
    let name = thing(now.label.of(text));
    if name.chars().count() < 3 {
        return None;
    }
    let (document, base) = printed(name, &now.unit, &time, sources)?;
    let (holds, computed) = grown(base.value, now.value, rate)?;
    let stated = rate.printed(text).to_owned();
    let (from, to) = (number(base.value), number(now.value));
    let check = Check {
        work: Work::Against { work: format!("|{to} − {from}| ÷ {from} = {computed}"), stated: stated.clone() },
        stated: stated.clone(),
        computed: computed.clone(),
        holds: Some(holds),
    };
    let verdict = if holds { Verdict::Consistent } else { Verdict::Inconsistent };
    let base = format!("{from}{}", base.unit);
    let reason = Reason::Witnessed { title: document.title.clone(), base, computed, stated, holds };
    Some(Finding::worked(verdict, reason, check))
}

/// The figure that the corpus prints behind `name` at `time`, and the first document that does.
fn printed<'a>(name: &str, unit: &str, time: &str, sources: &Sources<'a>) -> Option<(&'a Document, Figure)> {
    let mut found: Option<(&Document, Figure)> = None;
    let witnesses = sources.library.entries().iter().map(|e| &e.document).filter(|d| d.kind != Kind::Report);
    for document in witnesses {
        for (at, _) in document.text.match_indices(name) {
            let Some(figure) = behind(&document.text, at + name.len(), unit) else { continue };
            if spoken_of(&document.text, at).as_deref() != Some(time) {
                continue;
            }
            match &found {
                Some((_, other)) if (other.value - figure.value).abs() > 1e-9 => return None,
                Some(_) => {}
                None => found = Some((document, figure)),
            }
        }
    }
    found
}

/// The figure in `unit` right behind byte `at`.
fn behind(text: &str, at: usize, unit: &str) -> Option<Figure> {
    let end = text[at..].find(['。', '；', ';', '\n', '，', ',']).map_or(text.len(), |e| at + e);
    let figure = figures(text, Span::new(at, end)).into_iter().next()?;
    let gap = text[at..figure.span.start].chars().count();
    (figure.unit == unit && gap <= 4).then_some(figure)
}

/// The last time named in the sentence before byte `at`.
fn spoken_of(text: &str, at: usize) -> Option<String> {
    let start = text[..at].rfind(['。', '\n']).map_or(0, |i| i);
    let last = TIME.find_iter(&text[start..at]).last()?;
    moment(last.as_str(), None)
}

/// A time in one spelling: 末 is 底, and 年初 is the end of the year before.
fn moment(printed: &str, year: Option<u16>) -> Option<String> {
    let before = || year.map(|y| format!("{}年底", y - 1));
    match printed {
        "上年末" | "上年底" | "去年底" | "去年末" | "年初" => before(),
        _ => {
            let plain = printed.replace('末', "底").replace("12月底", "底");
            match plain.strip_suffix("年初").and_then(|y| y.parse::<u16>().ok()) {
                Some(y) => Some(format!("{}年底", y - 1)),
                None => Some(plain),
            }
        }
    }
}

/// The name of what is counted, without the words around it.
fn thing(label: &str) -> &str {
    let mut name = label.trim();
    loop {
        let shorter = AROUND.iter().find_map(|w| name.strip_prefix(w).or_else(|| name.strip_suffix(w)));
        match shorter {
            Some(rest) => name = rest.trim(),
            None => return name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_named_without_the_words_around_it() {
        assert_eq!(thing("全市累计建成公共泊位达到"), "公共泊位");
        assert_eq!(thing("共"), "");
    }

    #[test]
    fn times_are_compared_in_one_spelling() {
        assert_eq!(moment("2020年末", None).as_deref(), Some("2020年底"));
        assert_eq!(moment("2021年初", None).as_deref(), Some("2020年底"));
        assert_eq!(moment("上年末", Some(2021)).as_deref(), Some("2020年底"));
        assert_eq!(moment("年初", None), None);
    }
}
