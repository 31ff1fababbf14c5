//! 提案号: which of the numbers in a text are those of proposals.

use super::{DIGITS, FoundNumber, compiled, doc_numbers, number};
use crate::document::{Number, Span};
use crate::parse::numeral::{arabic_digit, integer};
use regex::Regex;
use std::sync::LazyLock;

/// Candidates for a 提案号.
static PROPOSAL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"(?P<di>第\s*)?(?P<value>[A-Ea-eＡ-Ｅ]?{DIGITS}{{1,4}}\s?[-—–－]\s?{DIGITS}{{1,5}}|[A-Ea-eＡ-Ｅ]?{DIGITS}{{1,8}}|[〇零一二三四五六七八九十百]{{1,7}})\s*号"
    ))
});
/// The class number behind a national proposal number: （经济发展类212号）.
static CLASS: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"^\s*[（(]\p{{Han}}{{2,10}}类?\s*第?\s*{DIGITS}{{1,5}}\s*号[)）]")));

/// Every 提案号 of `text`, in order. A number counts where 第 stands before it or 提案, 建议, 议案, 《 or a class (（经济发展类212号）) behind
/// it, and in a list with one that does; numbers of decrees, buildings and the like do not.
pub fn proposal_numbers(text: &str) -> Vec<FoundNumber> {
    let decrees = doc_numbers(text);
    let mut last_end = None;
    let mut found = Vec::new();
    for c in PROPOSAL.captures_iter(text) {
        let (Some(whole), Some(value)) = (c.get(0), c.name("value")) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let taken = decrees.iter().any(|d| d.span.overlap(span) > 0) || in_class(text, span);
        let listed = last_end.is_some_and(|end| listed(&text[end..span.start]));
        if taken || !is_proposal(text, span, c.name("di").is_some(), listed) {
            continue;
        }
        last_end = Some(span.end);
        found.push(FoundNumber { span, number: number(span.of(text), proposal_value(value.as_str()), false) });
    }
    found
}

/// The 提案号 that a field of a record holds (`第0080号`, `0080`, `0080号`, `A204`); `None` where it holds something else.
pub fn proposal_number(text: &str) -> Option<Number> {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        compiled(&format!(
            r"^\s*(?:提案|建议)?(?:编号|号)?[:：]?\s*第?\s*(?P<value>[A-Za-z]?{DIGITS}{{1,4}}\s?[-—–－]\s?{DIGITS}{{1,5}}|[A-Za-z]{{0,2}}{DIGITS}{{1,10}})\s*号?(?:\s*[（(].*[)）])?\s*$"
        ))
    });
    let c = FIELD.captures(text)?;
    let value = proposal_value(c.name("value")?.as_str());
    Some(number(text.trim(), value, false))
}

/// Whether two 提案号 of one session are the same: as text in any case (A204 and a204), or numerically where both are plain numbers
/// (0080 and 80).
pub fn same_proposal(a: &str, b: &str) -> bool {
    let plain = |s: &str| s.parse::<u64>().ok();
    a.eq_ignore_ascii_case(b) || matches!((plain(a), plain(b)), (Some(a), Some(b)) if a == b)
}

fn proposal_value(printed: &str) -> String {
    if let Some(number) = printed.chars().all(|c| arabic_digit(c).is_none()).then(|| integer(printed)).flatten() {
        return number.to_string();
    }
    let fold = |c: char| match c {
        '—' | '–' | '－' => Some('-'),
        'Ａ'..='Ｅ' => char::from_u32(c as u32 - 'Ａ' as u32 + 'A' as u32),
        c if c.is_whitespace() => None,
        c => arabic_digit(c).and_then(|d| char::from_digit(d, 10)).or(Some(c.to_ascii_uppercase())),
    };
    printed.chars().filter_map(fold).collect()
}

/// Whether what stands around a candidate makes it a proposal's number.
fn is_proposal(text: &str, span: Span, di: bool, listed: bool) -> bool {
    let after = text[span.end..].trim_start_matches([' ', '　', '\u{a0}']);
    let before = text[..span.start].trim_end_matches([' ', '　', '\u{a0}']);
    let chinese = span.of(text).chars().all(|c| arabic_digit(c).is_none());
    let edge = |c: Option<char>| {
        c.is_some_and(|c| arabic_digit(c).is_some() || c.is_ascii_alphanumeric() || matches!(c, '-' | '—' | '.'))
    };
    if !di && edge(before.chars().next_back()) {
        return false;
    }
    let noun = [
        "提案",
        "建议",
        "议案",
        "代表",
        "委员",
        "重点提案",
        "《",
        "（提案",
        "(提案",
        "平时提案",
        "会议提案",
        "“",
        "的提案",
        "、",
    ]
    .iter()
    .take(9)
    .any(|w| after.starts_with(w));
    let class = CLASS.is_match(after);
    let keyed =
        ["提案", "编号", "提案号", "案号"].iter().any(|w| before.trim_end_matches([':', '：', '(', '（']).ends_with(w));
    let session = before.ends_with("次会议") || before.ends_with("次会") || before.ends_with("会期间");
    if noun || class || keyed || session {
        return true;
    }
    let other = [
        "令", "公告", "通告", "文", "楼", "线", "路", "台", "机", "院", "门", "车", "库", "公报", "井", "站", "桩",
        "店",
    ];
    let foreign =
        other.iter().any(|w| after.starts_with(w)) || before.ends_with(['令', '告', '〕', ']', ')', '）', '】', '年']);
    if foreign || chinese {
        return false;
    }
    listed || di || (before.ends_with(['(', '（']) && after.starts_with([')', '）']))
}

/// Whether only a list's punctuation, titles in 《》 or classes stand between two numbers.
fn listed(between: &str) -> bool {
    static LIST: LazyLock<Regex> =
        LazyLock::new(|| compiled(r"^(?:\s|[、，,;；和及与]|以及|《[^》]*》|等|提案|[（(][^（）()]*[)）])*$"));
    between.len() < 600 && LIST.is_match(between)
}

/// Whether a candidate is the class number inside 第03154号（经济发展类212号）.
fn in_class(text: &str, span: Span) -> bool {
    let before = &text[..span.start];
    let Some(open) = before.rfind(['(', '（']).filter(|&i| span.start - i < 45) else { return false };
    let inside = before[open..].trim_start_matches(['(', '（']);
    before[..open].trim_end().ends_with('号')
        && !inside.is_empty()
        && !inside.contains([')', '）'])
        && !inside.contains("提案")
}
