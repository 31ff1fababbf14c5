//! Figures in running text: value, unit, printed decimals and bound (超、近、约、多、余), each with its span.
//!
//! Numbers that count nothing (dates, 文号, 提案号, sessions, versions, titles, quotations) are left out.

use super::piece::brackets;
use crate::document::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A number with its unit as a report prints it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// From the bound to the unit: `超20亿条`.
    pub span: Span,
    /// What it stands for, 万 and 亿 multiplied out; percents as printed (37.1).
    pub value: f64,
    /// Half a unit of the last printed digit, multiplied out likewise.
    pub half: f64,
    /// Digits after the decimal point.
    pub decimals: usize,
    /// 件, 条, 家, `%`, 个百分点, 倍, 元, …; `名次` of a rank; empty where the print lost it.
    pub unit: String,
    /// Whether the number is a bound.
    pub bound: Bound,
    /// What stands before it, back to the last comma, stop or figure.
    pub label: Span,
}

/// How exactly a figure is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// As printed.
    Exact,
    /// 超、逾、多、余、不少于: at least.
    AtLeast,
    /// 近、不足: a little less.
    JustBelow,
    /// 约: about.
    About,
}

impl Figure {
    /// Whether it is a percentage.
    pub fn is_percent(&self) -> bool {
        self.unit == "%"
    }

    /// The number as printed, bound and unit included.
    pub fn printed<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

const DIGITS: &str = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?";
const UNITS: &str = "个百分点|百分点|平方公里|平方米|公里|人次|件次|家次|户次|场次|个工作日|工作日|元|件|条|项|个|家|户|次|场|份|处|人|名|位|篇|\
                     期|部|起|笔|台|套|座|所|批|天|倍|吨|亩|种|类|辆|本|册|例|轮|门|支|只|张|宗|％|﹪|%";

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r"(?P<bound>不少于|不低于|不足|不到|超过|突破|至少|将近|接近|大约|超|逾|近|约)?\s*(?:(?P<num>{DIGITS})|百分之(?P<cnpct>[零〇一二三四五六七八九十百点]+|{DIGITS})|(?P<cn>[零〇一二三四五六七八九十百千两]{{1,9}}))\s*(?P<more>余|多)?\s*(?P<scale>万亿|千万|百万|万|亿)?\s*(?P<more2>余|多)?\s*(?P<unit>{UNITS})?"
    );
    Regex::new(&pattern).expect("a constant pattern")
});

static RANK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:全国|全省|全市|全区|全县|世界|全球|居|列|排名|排|保持)[^，,。；;、\s]{0,6}?第\s*(?P<n>[0-9]+|[一二三四五六七八九十]+)(?:位|名)?")
        .expect("a constant pattern")
});

/// Numbers that count nothing.
static NO_COUNT: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[上中下]旬|底|末|初)?|底|末|初)?",
        r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[上中下]旬|底|末|初|份)?",
        r"(?:19|20)\d{2}\s*[-—－./]\s*\d{1,2}\s*[-—－./]\s*\d{1,2}",
        r"\d{1,2}[:：]\d{2}",
        r"[〔\[【﹝(（]\s*(?:19|20)\d{2}\s*[〕\]】﹞)）」]\s*\d{1,4}\s*号",
        r"第?\s*[A-E]?\d{1,8}(?:[-—]\d{1,5})?\s*号",
        r"第?[零〇一二三四五六七八九十百]{1,6}号",
        r"第?\s*[零〇一二三四五六七八九十百两0-9]{1,5}\s*[届章条款项期批轮]?[、和至]?第[零〇一二三四五六七八九十百两0-9]{1,5}\s*[届章条款项期批轮次]",
        r"第\s*[零〇一二三四五六七八九十百两0-9]{1,5}\s*[届章条款项期批轮次]",
        r"[一二三四五六七八九十]{1,3}届(?:[一二三四五六七八九十]{1,3}次)?(?:[、和至][一二三四五六七八九十]{1,3}次)*",
        r"[一二三四五六七八九十]{1,3}次(?:全体)?会议",
        r"\d+(?:\.\d+){2,}|\d+\.\d+\s*版|[A-Za-z]+\d+|\d+[A-Za-z]+",
        r"“?十[二三四五]五”?",
    ];
    Regex::new(&parts.join("|")).expect("a constant pattern")
});

/// The value of Chinese digits up to 千; `None` for what is no number.
pub(super) fn chinese(text: &str) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).map(|p| p as f64);
    let (mut total, mut pending) = (0.0, None);
    for c in text.chars().map(|c| match c {
        '零' => '〇',
        '两' => '二',
        other => other,
    }) {
        let unit = match c {
            '十' => 10.0,
            '百' => 100.0,
            '千' => 1000.0,
            _ => {
                let value = digit(c)?;
                pending = Some(pending.unwrap_or(0.0) * 10.0 + value);
                continue;
            }
        };
        total += pending.take().unwrap_or(1.0) * unit;
    }
    Some(total + pending.unwrap_or(0.0))
}

/// Full-width digits and thousands commas folded, for `parse`.
fn plain(number: &str) -> String {
    let fold = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        '．' => Some('.'),
        ',' => None,
        other => Some(other),
    };
    number.chars().filter_map(fold).collect()
}

/// The figures of `range` in `text`, in order.
pub fn figures(text: &str, range: Span) -> Vec<Figure> {
    let part = range.of(text);
    let masked = masks(part);
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while let Some(captures) = FIGURE.captures_at(part, at) {
        let Some(whole) = captures.get(0) else { break };
        let number = ["num", "cnpct", "cn"].iter().find_map(|n| captures.name(n));
        let place = number.map_or(whole.start(), |n| n.start());
        if let Some(mask) = masked.iter().find(|m| m.start <= place && place < m.end) {
            at = mask.end;
            continue;
        }
        at = whole.end();
        if let Some(figure) = figure(part, &captures, range.start) {
            found.push(figure);
        }
    }
    for captures in RANK.captures_iter(part) {
        let (Some(whole), Some(n)) = (captures.get(0), captures.name("n")) else { continue };
        let after = part[whole.end()..].chars().next();
        let quoted = masked.iter().any(|m| m.start <= n.start() && n.start() < m.end);
        if quoted || after.is_some_and(|c| "届次章条款项期批轮号阶段".contains(c)) {
            continue;
        }
        if let Some(value) = n.as_str().parse().ok().or_else(|| chinese(n.as_str())) {
            let span = Span::new(n.start() - "第".len(), whole.end()).shift(range.start);
            found.retain(|f| f.span.overlap(span) == 0);
            let unit = "名次".to_owned();
            found.push(Figure { span, value, half: 0.0, decimals: 0, unit, bound: Bound::Exact, label: span });
        }
    }
    found.sort_by_key(|f| f.span.start);
    label(text, range, &mut found);
    inherit(text, &mut found);
    found
}

/// Titles, quotations and numbers that count nothing, inside `part`.
fn masks(part: &str) -> Vec<Span> {
    let quoting = |b: &Span| part[b.range()].starts_with(['《', '“', '「', '『', '〈']);
    let mut masked: Vec<Span> = brackets(part).into_iter().filter(quoting).collect();
    masked.extend(NO_COUNT.find_iter(part).map(|m| Span::new(m.start(), m.end())));
    masked
}

fn figure(part: &str, captures: &regex::Captures<'_>, offset: usize) -> Option<Figure> {
    let whole = captures.get(0)?;
    let text_of = |name: &str| captures.name(name).map(|m| m.as_str());
    let unit = text_of("unit").unwrap_or_default();
    let before = part[..whole.start()].chars().next_back();
    let (value, decimals, percent) = match (text_of("num"), text_of("cnpct"), text_of("cn")) {
        (Some(number), ..) => {
            let number = plain(number);
            let decimals = number.split_once('.').map_or(0, |(_, d)| d.len());
            (number.parse::<f64>().ok()?, decimals, false)
        }
        (None, Some(number), _) => {
            let digits = plain(number);
            let value = digits.parse().ok().or_else(|| chinese_decimal(number))?;
            (value, digits.split_once(['.', '点']).map_or(0, |(_, d)| d.chars().count()), true)
        }
        (None, None, Some(number)) if !unit.is_empty() && !before.is_some_and(|c| "第每之统唯专".contains(c)) => {
            (chinese(number).filter(|&v| v >= 2.0)?, 0, false)
        }
        _ => return None,
    };
    let factor = match text_of("scale") {
        Some("万亿") => 1e12,
        Some("亿") => 1e8,
        Some("千万") => 1e7,
        Some("百万") => 1e6,
        Some("万") => 1e4,
        _ => 1.0,
    };
    let more = captures.name("more").is_some() || captures.name("more2").is_some();
    let bound = match text_of("bound") {
        Some("超" | "超过" | "突破" | "逾" | "至少" | "不少于" | "不低于") => Bound::AtLeast,
        Some("近" | "将近" | "接近" | "不足" | "不到") => Bound::JustBelow,
        Some(_) => Bound::About,
        None if more => Bound::AtLeast,
        None => Bound::Exact,
    };
    let unit = match unit {
        _ if percent => "%",
        "％" | "﹪" => "%",
        "百分点" => "个百分点",
        other => other,
    };
    let span = Span::new(whole.start(), whole.start() + whole.as_str().trim_end().len()).shift(offset);
    let half = 0.5 * 10_f64.powi(-(decimals as i32)) * factor;
    Some(Figure { span, value: value * factor, half, decimals, unit: unit.to_owned(), bound, label: span })
}

fn chinese_decimal(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once('点').unwrap_or((text, ""));
    let digits: Option<String> = part.chars().map(|c| chinese(&c.to_string()).map(|d| format!("{d}"))).collect();
    format!("{}.{}", chinese(whole)?, digits.filter(|d| !d.is_empty()).unwrap_or("0".into())).parse().ok()
}

/// Gives each figure what stands before it, back to the last delimiter or figure.
fn label(text: &str, range: Span, found: &mut [Figure]) {
    let mut from = range.start;
    for figure in found {
        let before = &text[from..figure.span.start];
        let cut = before.rfind(['，', ',', '、', '。', '；', ';', '（', '(', '：', ':', '\n']);
        let cut = cut.map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8));
        figure.label = Span::new(from + cut, figure.span.start).trim(text);
        from = figure.span.end;
    }
}

/// A figure whose unit was lost in print takes that of the next one: 主办6分别办理5会办51件.
fn inherit(text: &str, found: &mut Vec<Figure>) {
    for i in (0..found.len().saturating_sub(1)).rev() {
        let (left, right) = found.split_at_mut(i + 1);
        let (figure, next) = (&mut left[i], &right[0]);
        let gap = &text[figure.span.end..next.span.start];
        let near = gap.chars().count() <= 12 && !gap.contains(['。', '；', ';', '\n']);
        if figure.unit.is_empty() && near && super::family::of(figure.label.of(text)).is_some() {
            figure.unit.clone_from(&next.unit);
        }
    }
    found.retain(|f| !f.unit.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(f64, String, Bound)> {
        let found = figures(text, Span::new(0, text.len()));
        found.into_iter().map(|f| (f.value, f.unit, f.bound)).collect()
    }

    #[test]
    fn a_lost_unit_is_taken_from_the_next_figure() {
        let piece = |v: f64| (v, "件".to_owned(), Bound::Exact);
        assert_eq!(all("共承办30件,其中主办4分别办理6会办20件"), [piece(30.0), piece(4.0), piece(6.0), piece(20.0)]);
    }

    #[test]
    fn scales_and_bounds_are_read() {
        assert_eq!(all("归集超20亿条数据"), [(20e8, "条".into(), Bound::AtLeast)]);
        assert_eq!(all("改造4100余处"), [(4100.0, "处".into(), Bound::AtLeast)]);
        assert_eq!(all("占总数近30%"), [(30.0, "%".into(), Bound::JustBelow)]);
        assert_eq!(all("达12.5万户"), [(125_000.0, "户".into(), Bound::Exact)]);
        assert_eq!(all("一千二百八十七件"), [(1287.0, "件".into(), Bound::Exact)]);
        assert_eq!(all("增长百分之三点五"), [(3.5, "%".into(), Bound::Exact)]);
    }

    #[test]
    fn numbers_that_count_nothing_are_left_out() {
        assert_eq!(all("2021年3月5日,十二届一次会议第0123号提案,国办发〔2019〕6号,平台3.0版,第三条,“25条”"), []);
    }

    #[test]
    fn a_rank_is_a_figure() {
        assert_eq!(all("余额继续保持全国第2等"), [(2.0, "名次".into(), Bound::Exact)]);
    }
}
