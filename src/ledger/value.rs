//! What the cells of a ledger mean: dates, roles, states, results, answers of yes and no. Takes a cell's text, gives its meaning or says
//! that it has none; decides nothing from other cells.

use super::record::{Role, Satisfaction, State, YesNo};
use super::scale::Scale;
use crate::document::Date;
use crate::parse::date;
use crate::segment::normalise;
use regex::Regex;
use std::sync::LazyLock;

/// A cell's text in half width, simplified, without line ends and spaces at its ends.
pub(super) fn fold(text: &str) -> String {
    let joined: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    normalise(&joined).text().trim().to_owned()
}

/// Whether a folded cell says that nothing applies: —, /, 不适用.
pub(super) fn is_void(folded: &str) -> bool {
    let dashes = !folded.is_empty() && folded.chars().all(|c| matches!(c, '-' | '—' | '/' | '\\' | '*' | '.' | ' '));
    dashes || matches!(folded, "不适用" | "不涉及" | "不需要" | "无需" | "n/a" | "N/A" | "NA")
}

/// What a cell of a date column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DateCell {
    /// A date.
    Date(Date),
    /// A day number of a spreadsheet, printed as a number.
    Serial(Date),
    /// Month and day alone.
    Yearless(u8, u8),
    /// A date that no calendar has: 2023-02-30.
    Impossible,
    /// No date.
    Words,
}

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d{4})\s*[-—/.年]\s*(\d{1,2})(?:\s*[-—/.月]\s*(\d{1,2}))?").expect("a constant pattern")
});
static YEARLESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\d{1,2})\s*[-—/.月]\s*(\d{1,2})\s*日?$").expect("a constant pattern"));

/// Reads a folded, non-empty cell of a date column.
pub(super) fn date(folded: &str) -> DateCell {
    if let Some(c) = NUMERIC.captures(folded) {
        let part = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<u16>().ok());
        let small = |i: usize| part(i).map(|n| u8::try_from(n).unwrap_or(u8::MAX));
        let date = part(1).and_then(|year| Date::new(year, small(2), small(3)));
        return date.map_or(DateCell::Impossible, DateCell::Date);
    }
    if let Some(c) = YEARLESS.captures(folded) {
        let part = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<u8>().ok()).unwrap_or(0);
        let exists = Date::new(2024, part(1), part(2)).is_some();
        return if exists { DateCell::Yearless(part(1), part(2)) } else { DateCell::Impossible };
    }
    let digits = folded.bytes().all(|b| b.is_ascii_digit());
    if digits && folded.len() == 8 {
        return date::field(folded).map_or(DateCell::Impossible, |d| DateCell::Date(d.date));
    }
    if let Ok(serial) = folded.parse::<f64>() {
        // 20000 is a day of 1954, 80000 one of 2119: numbers outside are no days of a ledger.
        let day = (20_000.0..80_000.0).contains(&serial).then(|| of_serial(serial, false)).flatten();
        return day.map_or(DateCell::Words, DateCell::Serial);
    }
    date::field(folded).filter(|d| d.date.month().is_some()).map_or(DateCell::Words, |d| DateCell::Date(d.date))
}

/// The day that a spreadsheet counts as `serial`: 1 is 1 January 1900 and 60 the 29 February that year did not have, or, in workbooks
/// of the 1904 system, 0 is 1 January 1904.
pub(super) fn of_serial(serial: f64, since_1904: bool) -> Option<Date> {
    if !(0.0..120_000.0).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i64;
    let since_1900 = if days < 60 { days } else { days - 1 };
    let epoch = if since_1904 { day_number(1904, 1, 1) + days } else { day_number(1899, 12, 31) + since_1900 };
    of_day_number(epoch)
}

/// Days since 1 January 1970 (Hinnant 2013, “chrono-compatible low-level date algorithms”).
pub(super) fn day_number(year: u16, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day of a [`day_number`]; `None` outside the years a [`Date`] can hold.
pub(super) fn of_day_number(number: i64) -> Option<Date> {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

fn has(folded: &str, words: &[&str]) -> bool {
    words.iter().any(|w| folded.contains(w))
}

/// The role of an office in folded words; `None` where they name none or two.
pub(super) fn role(folded: &str) -> Option<Role> {
    if folded.chars().count() > 10 {
        return None;
    }
    if has(folded, &["分别办理", "分办", "分别主办"]) {
        Some(Role::Separate)
    } else if has(folded, &["主会办", "主合办", "合办", "共同主办"]) {
        Some(Role::Joint)
    } else if has(folded, &["独办", "单独办理", "单办"]) {
        Some(Role::Sole)
    } else {
        let co = has(folded, &["会办", "协办", "配合"]);
        let lead = has(folded, &["主办", "牵头", "领办"]);
        match (lead, co, has(folded, &["参阅", "参考"])) {
            (true, false, _) => Some(Role::Lead),
            (false, true, _) => Some(Role::Co),
            (false, false, true) => Some(Role::Reference),
            _ => None,
        }
    }
}

/// The state in folded words.
pub(super) fn state(folded: &str) -> Option<State> {
    let words = |w: &[&str]| has(folded, w);
    if words(&[
        "正在",
        "办理中",
        "在办",
        "进行中",
        "推进",
        "未办结",
        "未办完",
        "待答复",
        "待审核",
        "拟稿",
        "已交办",
        "已分办",
        "已受理",
        "征求意见",
    ]) {
        Some(State::UnderWay)
    } else if words(&["尚未", "未办", "未启动", "待办", "未开始", "未受理", "未答复", "未处理"]) {
        Some(State::Pending)
    } else if words(&["办结", "已答复", "办复", "已办", "完成", "销号", "答复", "√", "✓"]) || folded == "是"
    {
        Some(State::Done)
    } else if matches!(folded, "否" | "×") {
        Some(State::UnderWay)
    } else {
        None
    }
}

/// The grade of a result: a letter, or words of the scale.
pub(super) fn grade(folded: &str, scale: &Scale) -> Option<String> {
    scale.grade(folded)
}

/// The member's verdict in folded words.
pub(super) fn satisfaction(folded: &str) -> Option<Satisfaction> {
    if is_void(folded) {
        Some(Satisfaction::NotApplicable)
    } else if has(folded, &["未反馈", "未回", "未收到", "待反馈", "未评价", "无反馈", "未表态"]) {
        Some(Satisfaction::NoAnswer)
    } else if has(folded, &["不满意", "不太满意"]) {
        Some(Satisfaction::Dissatisfied)
    } else if has(folded, &["基本满意", "较满意", "比较满意"]) {
        Some(Satisfaction::Mostly)
    } else if folded.contains("满意") {
        Some(Satisfaction::Satisfied)
    } else {
        None
    }
}

/// Whether the reply is public.
pub(super) fn public(folded: &str) -> Option<YesNo> {
    if is_void(folded) || folded.contains("不单独公开") || folded.contains("不需公开") {
        Some(YesNo::NotApplicable)
    } else if has(folded, &["不公开", "不予", "不宜", "不主动", "未公开", "依申请", "不同意"]) || negative(folded)
    {
        Some(YesNo::No)
    } else if folded.contains("公开") || folded.contains("http") || affirmative(folded) {
        Some(YesNo::Yes)
    } else {
        None
    }
}

/// Whether the proposer was spoken with, and whether face to face. Words that are not a refusal tell how it was done.
pub(super) fn communication(folded: &str) -> (YesNo, bool) {
    if is_void(folded) || has(folded, &["会办意见", "送主办", "由主办"]) {
        (YesNo::NotApplicable, false)
    } else if has(folded, &["未沟通", "没有", "未联系", "待沟通", "未面商"]) || negative(folded) || folded == "0"
    {
        (YesNo::No, false)
    } else {
        let face = has(folded, &["面商", "面谈", "当面", "走访", "座谈", "上门", "登门", "见面", "调研"]);
        (YesNo::Yes, face)
    }
}

/// Whether the proposal is a key one: yes, a mark, or the name of the leader who oversees it.
pub(super) fn key(folded: &str) -> YesNo {
    if is_void(folded) || negative(folded) || has(folded, &["非重点", "一般"]) { YesNo::No } else { YesNo::Yes }
}

fn affirmative(folded: &str) -> bool {
    matches!(
        folded,
        "是" | "√" | "✓" | "✔" | "有" | "1" | "y" | "Y" | "yes" | "Yes" | "TRUE" | "true" | "全文" | "摘要" | "已"
    )
}

fn negative(folded: &str) -> bool {
    matches!(folded, "否" | "×" | "✗" | "x" | "X" | "无" | "0" | "n" | "N" | "no" | "No" | "FALSE" | "false" | "未")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_read_in_every_form_and_impossible_ones_are_told() {
        for form in [
            "2023-3-5",
            "2023/03/05",
            "2023.3.5",
            "2023年3月5日",
            "20230305",
            "２０２３－０３－０５",
            "2023-03-05 10:22",
            "二〇二三年三月五日",
        ] {
            assert_eq!(date(&fold(form)), DateCell::Date(day("2023-03-05")), "{form}");
        }
        for form in ["2023-02-30", "2023/13/1", "20231301", "2023年6月31日", "13月2日", "2023-00-10"] {
            assert_eq!(date(&fold(form)), DateCell::Impossible, "{form}");
        }
        assert_eq!(date("45005"), DateCell::Serial(day("2023-03-20")));
        assert_eq!(date("3月20日"), DateCell::Yearless(3, 20));
        assert_eq!(date("2023年3月"), DateCell::Date(day("2023-03")));
        assert_eq!(date("待定"), DateCell::Words);
        assert_eq!(date("12"), DateCell::Words);
    }

    #[test]
    fn serial_days_follow_both_systems_of_spreadsheets() {
        assert_eq!(of_serial(1.0, false), Some(day("1900-01-01")));
        assert_eq!(of_serial(61.0, false), Some(day("1900-03-01")));
        assert_eq!(of_serial(45005.75, false), Some(day("2023-03-20")));
        assert_eq!(of_serial(43543.0, true), Some(day("2023-03-20")));
        assert_eq!(of_serial(-1.0, false), None);
    }

    #[test]
    fn words_of_roles_states_and_answers_are_understood() {
        let all = ["主办件", "会办", "协办", "分办", "单独办理", "主合办", "参阅"].map(|w| role(w).unwrap());
        assert_eq!(all, [Role::Lead, Role::Co, Role::Co, Role::Separate, Role::Sole, Role::Joint, Role::Reference]);
        assert_eq!(role("主办/会办"), None);
        let states = ["尚未办理", "正在办理", "已办结答复", "未办结", "已办结"].map(|w| state(w).unwrap());
        assert_eq!(states, [State::Pending, State::UnderWay, State::Done, State::UnderWay, State::Done]);
        assert_eq!(satisfaction(&fold("—")), Some(Satisfaction::NotApplicable));
        assert_eq!(public("主动公开"), Some(YesNo::Yes));
        assert_eq!(public("不予公开"), Some(YesNo::No));
        assert_eq!(communication("面商1次、电话2次"), (YesNo::Yes, true));
        assert_eq!(communication("会办意见送主办单位"), (YesNo::NotApplicable, false));
        assert_eq!((key("王某副省长"), key("否")), (YesNo::Yes, YesNo::No));
    }

    proptest! {
        #[test]
        fn day_numbers_come_back_as_the_same_day(number in -25_000_i64..80_000) {
            let date = of_day_number(number).unwrap();
            prop_assert_eq!(day_number(date.year(), date.month().unwrap(), date.day().unwrap()), number);
        }
    }
}
