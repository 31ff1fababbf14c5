//! Dates of official texts: takes a text, gives every date with its span as [`Date`].
//!
//! Reads 2023年5月2日, 2022年11月, 二〇二三年五月二日, 2023-05-02, 2023/4/24, 2023.5.2, 2018- 01- 11. Prints that lost 年 or 月 (2023915日,
//! 20164月, a line `202352`) are mended where only one date fits, and marked; where several fit, nothing is given. A day without a
//! year (8月7日, 87日) is a date only in [`dates_in_year`], where the caller knows the year.

use super::numeral::{arabic_digit, chinese_digit, integer};
use crate::document::{Date, Span};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A date in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The date as printed.
    pub span: Span,
    /// The date.
    pub date: Date,
    /// Whether the print is broken and `date` mends it.
    pub repaired: bool,
}

/// A digit of any form, Arabic or Chinese; ten and its multiples as well.
const YEAR: &str = r"(?:[12１２][0-9０-９]{3}|[一二][〇零○◯O0０一二三四五六七八九]{3})";
const SMALL: &str = r"(?:[0-9０-９]{1,2}|[元正]|[〇零○一二三四五六七八九十廿卅]{1,3})";

/// 2023年5月2日 with day and month optional; white space may stand anywhere (2019 年 1 月).
static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"(?P<y>{YEAR})[\s　]*年(?:[\s　]*(?P<m>{SMALL})[\s　]*月(?:份|[\s　]*(?P<d>{SMALL})[\s　]*[日号])?)?"
    ))
});
/// 2023-05-02, 2023/4/24, 2023.5.2 and 2023-05.
static SEPARATED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?P<y>(?:19|20|21)[0-9]{2})(?:[ 　]*[-/.－／．—–][ 　]*(?P<m>[0-9]{1,2})[ 　]*[-/.－／．—–][ 　]*(?P<d>[0-9]{1,2})|[-/－](?P<m2>[01][0-9]))",
    )
});
/// 2023915日, 20164月, 2023年915日: 年 or 月 is lost.
static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?P<y>(?:19|20)[0-9]{2})年?(?P<rest>[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,4}日|[0-9]{1,2}月)")
});
/// A line that is nothing but digits which begin with a year.
static BARE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^[ \t　]*(?P<y>(?:19|20)[0-9]{2})(?P<rest>[0-9]{2,4})[ \t　]*\r?$"));
/// 8月7日 and, 月 lost, 87日.
static WITHOUT_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(r"(?P<m>{SMALL})[\s　]*月[\s　]*(?P<d>{SMALL})[\s　]*日|(?P<rest>[0-9]{{2,4}})日"))
});

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// Every date of `text` that names its year, in order; they do not overlap. A year alone (2023年) is a date without month.
pub fn dates(text: &str) -> Vec<Dated> {
    let mut found = Vec::new();
    found.extend(WRITTEN.captures_iter(text).filter_map(|c| written(text, &c)));
    found.extend(SEPARATED.captures_iter(text).filter_map(|c| separated(text, &c)));
    found.extend(BROKEN.captures_iter(text).filter_map(|c| broken(text, &c)));
    found.extend(BARE.captures_iter(text).filter_map(|c| broken(text, &c)));
    disjoint(found)
}

/// As [`dates`], and the days without a year (8月7日, 87日) taken as days of `year`; these count as repaired where 月 is lost.
pub fn dates_in_year(text: &str, year: u16) -> Vec<Dated> {
    let mut found = dates(text);
    found.extend(WITHOUT_YEAR.captures_iter(text).filter_map(|c| without_year(text, &c, year)));
    disjoint(found)
}

/// The date that a field of a record holds: any form of [`dates`], `20230502`, a time behind the date. `None` where it holds none or a
/// contradiction.
pub fn field(text: &str) -> Option<Dated> {
    let text = text.trim_end();
    let span = Span::new(0, text.len()).trim(text);
    let digits = span.of(text);
    if digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()) {
        let date =
            Date::new(digits[..4].parse().ok()?, digits[4..6].parse::<u8>().ok()?, digits[6..].parse::<u8>().ok()?)?;
        return Some(Dated { span, date, repaired: false });
    }
    if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Dated { span, date: Date::new(digits.parse().ok()?, None, None)?, repaired: false });
    }
    dates(text).into_iter().next()
}

/// Sorts by place; of two that overlap the longer stays, of equal ones the one that needed no repair.
fn disjoint(mut found: Vec<Dated>) -> Vec<Dated> {
    found.sort_by_key(|d| (std::cmp::Reverse(d.span.len()), d.repaired, d.span.start));
    let mut kept: Vec<Dated> = Vec::new();
    for date in found {
        if kept.iter().all(|k| k.span.overlap(date.span) == 0) {
            kept.push(date);
        }
    }
    kept.sort_by_key(|d| d.span.start);
    kept
}

fn written(text: &str, c: &Captures<'_>) -> Option<Dated> {
    let whole = c.get(0)?;
    let year = small(c.name("y")?.as_str())?;
    if digit_before(text, whole.start()) {
        return None;
    }
    let part = |name: &str| c.name(name).and_then(|m| small(m.as_str())).and_then(|n| u8::try_from(n).ok());
    let full = Date::new(year, part("m"), part("d"));
    let end = match full {
        Some(_) => whole.end(),
        // 2023年13月: only the year stands.
        None => whole.start() + whole.as_str().find('年')? + '年'.len_utf8(),
    };
    let date = full.or_else(|| Date::new(year, None, None))?;
    Some(Dated { span: Span::new(whole.start(), end), date, repaired: false })
}

fn separated(text: &str, c: &Captures<'_>) -> Option<Dated> {
    let whole = c.get(0)?;
    let edge = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit() || matches!(ch, '-' | '/' | '.'));
    let after = text[whole.end()..].chars().next();
    let sentence_end = after == Some('.') && !text[whole.end() + 1..].starts_with(|ch: char| ch.is_ascii_digit());
    if edge(text[..whole.start()].chars().next_back()) || (edge(after) && !sentence_end) {
        return None;
    }
    let number = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<u8>().ok());
    let year = c.name("y")?.as_str().parse().ok()?;
    let date = Date::new(year, number("m").or_else(|| number("m2")), number("d"))?;
    Some(Dated { span: Span::new(whole.start(), whole.end()), date, repaired: false })
}

fn broken(text: &str, c: &Captures<'_>) -> Option<Dated> {
    let whole = c.get(0)?;
    let (year, rest) = (c.name("y")?, c.name("rest")?);
    // 2023年9月 and 2023年5日 need no mending or leave the month open.
    let written_year = text[year.end()..].starts_with('年');
    if digit_before(text, year.start())
        || (written_year && (rest.as_str().ends_with('月') || rest.as_str().contains('月')))
    {
        return None;
    }
    let date = only_fit(year.as_str().parse().ok()?, rest.as_str())?;
    let span = Span::new(year.start(), if rest.end() < whole.end() { rest.end() } else { whole.end() });
    Some(Dated { span, date, repaired: true })
}

fn without_year(text: &str, c: &Captures<'_>, year: u16) -> Option<Dated> {
    let whole = c.get(0)?;
    if digit_before(text, whole.start()) {
        return None;
    }
    let (date, repaired) = match c.name("rest") {
        Some(rest) => (only_fit(year, rest.as_str())?, true),
        None => {
            let part = |name: &str| small(c.name(name)?.as_str()).and_then(|n| u8::try_from(n).ok());
            (Date::new(year, part("m")?, part("d")?)?, false)
        }
    };
    Some(Dated { span: Span::new(whole.start(), whole.end()), date, repaired })
}

/// The one date of `year` that the digits of `rest` (`52`, `915日`, `4月`, `4月7日`) can mean; `None` where there are several.
fn only_fit(year: u16, rest: &str) -> Option<Date> {
    if let Some((month, day)) = rest.split_once('月') {
        let day = day.trim_end_matches('日');
        let day = if day.is_empty() { None } else { Some(day.parse::<u8>().ok()?) };
        return Date::new(year, month.parse::<u8>().ok()?, day);
    }
    let digits = rest.trim_end_matches('日');
    let fits = |at: usize| {
        let (month, day) = (digits.get(..at)?, digits.get(at..)?);
        // A leading zero is printed in both parts or in none: 0502, not 052.
        let padded = (digits.starts_with('0') || day.starts_with('0')) && digits.len() < 4;
        let whole = !month.is_empty() && !day.is_empty() && day.len() <= 2 && !padded;
        Date::new(year, month.parse::<u8>().ok()?, day.parse::<u8>().ok()?).filter(|_| whole)
    };
    let mut all = [1, 2].into_iter().filter_map(fits);
    let only = all.next()?;
    all.next().is_none().then_some(only)
}

/// A year, month or day of any print: `05`, `２０２３`, 二〇二三, 十一, 元.
fn small(text: &str) -> Option<u16> {
    if matches!(text, "元" | "正") {
        return Some(1);
    }
    if let Some(number) = integer(text) {
        return u16::try_from(number).ok();
    }
    let digit = |c: char| arabic_digit(c).or_else(|| chinese_digit(c)).or_else(|| (c == 'O').then_some(0));
    text.chars().try_fold(0_u16, |value, c| value.checked_mul(10)?.checked_add(u16::try_from(digit(c)?).ok()?))
}

fn digit_before(text: &str, at: usize) -> bool {
    let last = text[..at].chars().next_back();
    last.is_some_and(|c| {
        arabic_digit(c).is_some()
            || (chinese_digit(c).is_some() && text[at..].starts_with(|c| chinese_digit(c).is_some()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(String, String, bool)> {
        dates(text).into_iter().map(|d| (d.span.of(text).to_owned(), d.date.to_string(), d.repaired)).collect()
    }

    #[test]
    fn every_usual_form_is_read() {
        for (text, date) in [
            ("2023年5月2日", "2023-05-02"),
            ("2023 年 5 月 2 日", "2023-05-02"),
            ("２０２３年５月２日", "2023-05-02"),
            ("2022年11月", "2022-11"),
            ("2022年", "2022"),
            ("二〇二三年五月二日", "2023-05-02"),
            ("二○一九年十一月三十日", "2019-11-30"),
            ("二O一九年元月廿三日", "2019-01-23"),
            ("2023-05-02", "2023-05-02"),
            ("2023/4/24", "2023-04-24"),
            ("2023.5.2", "2023-05-02"),
            ("2018- 01- 11", "2018-01-11"),
            ("2023-05", "2023-05"),
        ] {
            assert_eq!(read(text), [(text.to_owned(), date.to_owned(), false)], "{text}");
            let framed = format!("甲{text}，乙");
            assert_eq!(read(&framed), [(text.to_owned(), date.to_owned(), false)], "{framed}");
        }
    }

    #[test]
    fn broken_prints_are_mended_where_only_one_date_fits() {
        for (text, date) in [
            ("2023915日", "2023-09-15"),
            ("20164月", "2016-04"),
            ("20234月7日", "2023-04-07"),
            ("202352", "2023-05-02"),
        ] {
            assert_eq!(read(text), [(text.to_owned(), date.to_owned(), true)], "{text}");
        }
        assert_eq!(read("2023111日"), [], "11 January or 1 November");
        assert_eq!(read("共202352元"), [], "a number in running text");
        assert_eq!(read("单位\n\u{3000}202352\n"), [("202352".into(), "2023-05-02".into(), true)]);
    }

    #[test]
    fn a_day_without_a_year_takes_the_year_it_is_given() {
        let text = "8月7日会议，87日答复，111日不明";
        let got: Vec<_> = dates_in_year(text, 2023).into_iter().map(|d| (d.date.to_string(), d.repaired)).collect();
        assert_eq!(got, [("2023-08-07".to_owned(), false), ("2023-08-07".to_owned(), true)]);
        assert_eq!(dates(text), []);
    }

    #[test]
    fn numbers_that_only_look_like_dates_are_left_alone() {
        for text in ["000014349/2019-00007", "2022-0123号", "12023年", "2019-2020", "1.2023.5.2.1"] {
            assert_eq!(read(text), [], "{text}");
        }
        assert_eq!(read("2023年13月")[0].1, "2023");
    }

    #[test]
    fn a_field_may_hold_a_time_or_eight_digits() {
        let of = |text| field(text).map(|d| d.date.to_string());
        assert_eq!(of("2019-01-12 16:04:48").as_deref(), Some("2019-01-12"));
        assert_eq!(of("2019/4/24 16:03:40").as_deref(), Some("2019-04-24"));
        assert_eq!(of("2023-01-05T08:00:00Z").as_deref(), Some("2023-01-05"));
        assert_eq!(of("20190112").as_deref(), Some("2019-01-12"));
        assert_eq!(of("2019").as_deref(), Some("2019"));
        assert_eq!(of("不详"), None);
    }

    proptest! {
        #[test]
        fn a_date_printed_in_any_form_is_read_back(y in 1990_u16..2060, m in 1_u8..=12, d in 1_u8..=28) {
            let date = Date::new(y, m, d).unwrap();
            for text in [format!("{y}年{m}月{d}日"), format!("{y}-{m:02}-{d:02}"), format!("{y}/{m}/{d}"), format!("{y}.{m}.{d}")] {
                let framed = format!("于{text}印发");
                let got = dates(&framed);
                prop_assert_eq!(got.len(), 1);
                prop_assert_eq!(got[0].date, date);
                prop_assert_eq!(got[0].span.of(&framed), text);
            }
        }

        #[test]
        fn no_text_panics_and_spans_lie_on_characters(text in "[0-9年月日二〇一/.\\-\n 　甲]{0,30}") {
            let mut last = 0;
            for d in dates_in_year(&text, 2023) {
                prop_assert!(d.span.start >= last && text.get(d.span.range()).is_some());
                last = d.span.end;
            }
        }
    }
}
