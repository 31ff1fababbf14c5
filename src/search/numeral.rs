//! The other ways to print the ordinals and dates of a query: 第十二条 is 第12条 too, 2023年5月 is 二〇二三年五月.
//!
//! Takes a string in normal form; finds in it 第N, N条, N届N次, and dates with 年, 月 and 日. Other numbers stay as they are:
//! 三农 is not 3农.

use crate::parse::numeral::{chinese, integer};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Digits of one kind.
const NUMBER: &str = "(?:[0-9]{1,4}|[〇零一二三四五六七八九十百千]{1,7})";
const YEAR: &str = "(?:[12][0-9]{3}|[一二][〇零○o0一二三四五六七八九]{3})";
const SMALL: &str = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})";

/// A numeral that may be printed otherwise, with what makes it one.
static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    let date = format!("{YEAR}年(?:{SMALL}月(?:{SMALL}日)?)?|{SMALL}月(?:{SMALL}日)?|{SMALL}日");
    let pattern = format!("{date}|第{NUMBER}[条款项章节编届次号期批类]?|{NUMBER}届{NUMBER}次|{NUMBER}条");
    Regex::new(&pattern).expect("the pattern is a constant that the tests compile")
});
static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!("(?P<year>{YEAR})年|(?P<small>{SMALL})[月日]|(?P<number>{NUMBER})");
    Regex::new(&pattern).expect("the pattern is a constant that the tests compile")
});

/// An ordinal or date in a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Whether it is one wherever it stands: 一条 may be the beginning of 一条龙.
    pub(super) sure: bool,
}

/// The ordinals and dates of a string in normal form and lower case, by start.
pub(super) fn forms(normal: &str) -> Vec<Form> {
    let form = |m: regex::Match<'_>| {
        let text = m.as_str();
        let sure = text.starts_with('第') || text.contains(['年', '月', '届']);
        Form { range: m.range(), sure }
    };
    FORMS.find_iter(normal).map(form).collect()
}

/// How numerals are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// 2023年5月.
    Plain,
    /// 2023年05月.
    Padded,
    /// 二〇二三年五月, with this for the zero.
    Chinese(char),
}

const STYLES: [Style; 5] =
    [Style::Plain, Style::Padded, Style::Chinese('〇'), Style::Chinese('零'), Style::Chinese('○')];

/// The other ways to print a string, in a settled order; empty where it has no ordinal and no date.
pub(super) fn variants(normal: &str) -> Vec<String> {
    let forms = forms(normal);
    let mut all: Vec<String> = Vec::new();
    for style in STYLES.into_iter().filter(|_| !forms.is_empty()) {
        let mut text = String::with_capacity(normal.len());
        let mut at = 0;
        for form in &forms {
            text += &normal[at..form.range.start];
            text += &printed(&normal[form.range.clone()], style);
            at = form.range.end;
        }
        text += &normal[at..];
        if text != normal && !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

/// An ordinal or date in another style; what is no number stays.
fn printed(form: &str, style: Style) -> String {
    let mut out = String::with_capacity(form.len());
    let mut at = 0;
    for found in DIGITS.captures_iter(form) {
        let (year, small, number) = (found.name("year"), found.name("small"), found.name("number"));
        let Some(digits) = year.or(small).or(number) else { continue };
        let text = digits.as_str().replace(['○', 'o'], "〇");
        let Some(value) = integer(&text) else { continue };
        out += &form[at..digits.start()];
        out += &match style {
            Style::Plain => value.to_string(),
            Style::Padded if small.is_some() => format!("{value:02}"),
            Style::Padded => value.to_string(),
            Style::Chinese(zero) if year.is_some() => digit_by_digit(value, zero),
            Style::Chinese(_) => chinese(value),
        };
        at = digits.end();
    }
    out + &form[at..]
}

fn digit_by_digit(value: u64, zero: char) -> String {
    let digit = |d: char| if d == '0' { zero.to_string() } else { chinese(u64::from(d.to_digit(10).unwrap_or(0))) };
    value.to_string().chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_have_both_forms() {
        assert_eq!(variants("第十二条"), ["第12条"]);
        assert_eq!(variants("依照第112条"), ["依照第一百一十二条"]);
        assert_eq!(variants("二十条"), ["20条"]);
        assert_eq!(variants("5届2次"), ["五届二次"]);
        assert_eq!(variants("第三季度"), ["第3季度"]);
    }

    #[test]
    fn dates_are_padded_or_spelt_out() {
        assert_eq!(
            variants("2023年5月1日"),
            ["2023年05月01日", "二〇二三年五月一日", "二零二三年五月一日", "二○二三年五月一日"]
        );
        assert!(variants("二〇二三年十二月").contains(&"2023年12月".to_owned()));
        assert_eq!(variants("十五日内"), ["15日内"]);
    }

    #[test]
    fn other_numbers_stay() {
        for text in ["三农", "一次性", "八项规定", "五险一金", "app", "百年大计"] {
            assert_eq!(variants(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_number_that_may_be_part_of_a_word_is_not_sure() {
        assert!(!forms("一条龙服务")[0].sure && forms("第一条")[0].sure);
    }
}
