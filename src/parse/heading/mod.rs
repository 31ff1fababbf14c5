//! Heading markers: 一、 / （一） / 1. / （1） / ① / 1.1 / 第X章 / 第X条 / 一是 / 首先 / ——, in half and full width.
//!
//! Takes a line, or a place in one, and gives the marker that stands there with its value. Knows nothing of the lines
//! around it: whether a marker opens an item is for the parser that sees its neighbours. Refuses what only looks like one
//! (1.5亿元, 一、二线城市, 第五条规定的情形).

mod annex;
mod number;
#[cfg(test)]
mod tests;

use super::numeral::arabic_digit;
use crate::document::Span;
pub use annex::annex;
pub use number::han_number;
use number::{any_number, blank, han_digit, next, number};

/// The family a marker belongs to; within one list all markers have the same style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// 第X编、第X部分、第X篇.
    Part,
    /// 第X分编.
    Subpart,
    /// 第X章.
    Chapter,
    /// 第X节.
    Section,
    /// 第X条.
    Article,
    /// 一、 and 一．.
    Han,
    /// （一）, 一） and ㈠.
    HanParen,
    /// 1. and 1、 and 1﹒.
    Arabic,
    /// （1）, 1） and ⑴.
    ArabicParen,
    /// ①.
    Circled,
    /// 1.1 (depth 2), 1.1.1 (depth 3), and `1　总则` (depth 1).
    Decimal(u8),
    /// 一是、一要.
    Is,
    /// 首先、其次、最后, 第一， and 第一是.
    First,
    /// 一方面、另一方面.
    Side,
    /// A. and a）.
    Letter,
    /// ——, •, ●: no value.
    Bullet,
    /// A number alone on its line, as the first cell of a table's row.
    Bare,
}

/// A marker found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Its family.
    pub style: Style,
    /// Its number, from 1; 0 for bullets.
    pub value: u32,
    /// The marker itself, without white space or `#` before it.
    pub span: Span,
    /// The byte where the item's own words begin.
    pub body: usize,
}

impl Marker {
    /// The marker as printed, without white space: `（八）`, `第三条`.
    pub fn printed(&self, text: &str) -> String {
        self.span.of(text).chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// The marker at the start of `line`, after white space and the `#` or `*` of markdown. Spans count from the start of `line`.
pub fn marker(line: &str) -> Option<Marker> {
    let start = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || c == '#' || c == '*').len();
    marker_at(line, start)
}

/// The marker that stands exactly at byte `at` of `text`, which must be a character boundary.
pub fn marker_at(text: &str, at: usize) -> Option<Marker> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let found = match first {
        '（' | '(' => parenthesised(rest),
        '第' => law(rest).or_else(|| sequence(rest)),
        '首' | '其' | '再' | '最' => sequence(rest),
        '另' => side(rest),
        '—' | '－' | '-' | '•' | '●' | '·' | '▪' | '■' | '◆' | '○' | '\u{F06C}' | '\u{F0B7}' => {
            bullet(rest)
        }
        'A'..='Z' | 'a'..='z' => letter(rest),
        c if han_digit(c).is_some() => side(rest).or_else(|| han(rest)),
        c if arabic_digit(c).is_some() => arabic(rest),
        c => single(c),
    };
    let (style, value, len) = found?;
    let end = at + len;
    let body = text.len() - text[end..].trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len();
    Some(Marker { style, value, span: Span::new(at, end), body })
}

/// Style, value and length in bytes of a marker at the start of the text.
type Found = Option<(Style, u32, usize)>;

/// （一） and （1）, white space allowed inside.
fn parenthesised(text: &str) -> Found {
    let open = next(text)?.len_utf8();
    let inner = open + blank(&text[open..]);
    let (style, (value, len)) = match han_number(&text[inner..]) {
        Some(found) => (Style::HanParen, found),
        None => match number(&text[inner..], 3) {
            Some(found) => (Style::ArabicParen, found),
            None => return lettered(&text[inner..]).map(|(value, len)| (Style::Letter, value, inner + len)),
        },
    };
    let close = inner + len + blank(&text[inner + len..]);
    let c = next(&text[close..]).filter(|c| matches!(c, '）' | ')'))?;
    (value > 0).then_some((style, value, close + c.len_utf8()))
}

/// `A）` with its parenthesis.
fn lettered(text: &str) -> Option<(u32, usize)> {
    let c = next(text).filter(char::is_ascii_alphabetic)?;
    let close = next(&text[1..]).filter(|c| matches!(c, '）' | ')'))?;
    Some((c.to_ascii_lowercase() as u32 - 'a' as u32 + 1, 1 + close.len_utf8()))
}

/// 第X编/部分/篇/分编/章/节/条.
fn law(text: &str) -> Found {
    let start = '第'.len_utf8();
    let start = start + blank(&text[start..]);
    let (value, len) = any_number(&text[start..])?;
    let at = start + len + blank(&text[start + len..]);
    let units = [
        ("分编", Style::Subpart),
        ("编", Style::Part),
        ("部分", Style::Part),
        ("篇", Style::Part),
        ("章", Style::Chapter),
        ("节", Style::Section),
        ("条", Style::Article),
    ];
    let (unit, style) = units.into_iter().find(|(unit, _)| text[at..].starts_with(unit))?;
    let mut end = at + unit.len();
    if let Some(after) = text[end..].strip_prefix('之') {
        end = han_number(after).map_or(end, |(_, len)| end + '之'.len_utf8() + len);
    }
    // 第五条规定的…, 第五条第二款, 第三章、第四章: a reference, not a heading.
    let reference = [
        "规定", "第", "、", "和", "至", "到", "中", "所", "的", "及", "或", "与", "以", "，", ",", "。", "；", "》",
        "”",
    ];
    if reference.iter().any(|word| text[end..].starts_with(word)) {
        return None;
    }
    Some((style, value, end))
}

/// 首先 / 其次 / 再次 / 最后, and 第一， / 第二是.
fn sequence(text: &str) -> Found {
    let words = [("首先", 1), ("其次", 2), ("再次", 3), ("再者", 3), ("最后", u32::MAX)];
    if let Some((word, value)) = words.into_iter().find(|(word, _)| text.starts_with(word)) {
        return Some((Style::First, value, word.len()));
    }
    let after = text.strip_prefix('第')?;
    let (value, len) = han_number(after)?;
    let end = '第'.len_utf8() + len;
    let c = next(&text[end..]).filter(|c| matches!(c, '，' | ',' | '、' | '：' | ':' | '是'))?;
    (value <= 20).then_some((Style::First, value, end + c.len_utf8()))
}

fn side(text: &str) -> Found {
    let sides = [("一方面", 1), ("另一方面", 2)];
    sides.into_iter().find(|(word, _)| text.starts_with(word)).map(|(word, value)| (Style::Side, value, word.len()))
}

/// —— and the round and square bullets; a single hyphen is none.
fn bullet(text: &str) -> Found {
    let c = next(text)?;
    let dashes = matches!(c, '—' | '－' | '-');
    let len = text.len() - text.trim_start_matches(c).len();
    let count = len / c.len_utf8();
    (if dashes { (2..=4).contains(&count) } else { count == 1 && text.len() > len }).then_some((Style::Bullet, 0, len))
}

/// `A.`, `a）`.
fn letter(text: &str) -> Found {
    let (value, len) = lettered(text).or_else(|| {
        let c = next(text)?;
        let stop = next(&text[1..]).filter(|c| matches!(c, '.' | '．' | '、'))?;
        let follows = next(&text[1 + stop.len_utf8()..])?;
        (!follows.is_ascii_alphanumeric())
            .then(|| (c.to_ascii_lowercase() as u32 - 'a' as u32 + 1, 1 + stop.len_utf8()))
    })?;
    Some((Style::Letter, value, len))
}

/// 一、 / 一． / 一） / 一是 / 一要.
fn han(text: &str) -> Found {
    let (value, len) = han_number(text)?;
    let rest = &text[len..];
    let gap = blank(rest);
    let stop = next(&rest[gap..])?;
    let end = len + gap + stop.len_utf8();
    match stop {
        '、' => {
            // 一、二线城市 and 二、三级医院 name two things.
            let follows = &text[end..];
            let pair = han_number(follows).is_some_and(|(other, _)| other == value + 1) && !follows.starts_with("二手");
            (!pair).then_some((Style::Han, value, end))
        }
        '.' | '．' | '﹒' => Some((Style::Han, value, end)),
        '）' | ')' => Some((Style::HanParen, value, end)),
        '是' | '要' if gap == 0 && value <= 20 => Some((Style::Is, value, end)),
        _ => None,
    }
}

/// 1. / 1、 / 1） / 1.1 / a number alone on its line.
fn arabic(text: &str) -> Found {
    let (value, len) = number(text, 4)?;
    let rest = &text[len..];
    if value == 0 {
        return None;
    }
    match next(rest) {
        None => Some((Style::Bare, value, len)),
        Some('\n' | '\r' | '\t') => Some((Style::Bare, value, len)),
        Some(_) if value > 999 => None,
        Some(stop @ ('.' | '．' | '﹒' | '、')) => {
            let end = len + stop.len_utf8();
            match number(&text[end..], 4) {
                Some(_) if stop != '、' => decimal(text),
                // 1、2号楼 names two things.
                Some((other, _)) if other == value + 1 => None,
                _ => Some((Style::Arabic, value, end)),
            }
        }
        Some(stop @ ('）' | ')')) => Some((Style::ArabicParen, value, len + stop.len_utf8())),
        Some(' ' | '\u{3000}' | '\u{2002}') if value < 100 => {
            let after = rest.trim_start_matches([' ', '\u{3000}', '\u{2002}']);
            match next(after) {
                None | Some('\n' | '\r') => Some((Style::Bare, value, len)),
                Some(c) if is_han(c) && !is_unit(c) => Some((Style::Decimal(1), value, len)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `1.2025年…` and `2.3人户…` at the start of `line`: an Arabic marker before a number, or a quantity. Only the lines around it
/// can tell, so that [`marker`] refuses it.
pub fn before_number(line: &str) -> Option<Marker> {
    let start = line.len() - line.trim_start().len();
    let (value, len) = number(&line[start..], 2)?;
    let after = line[start + len..].strip_prefix(['.', '．', '﹒'])?;
    let body = line.len() - after.len();
    (value > 0 && next(after).is_some_and(|c| arabic_digit(c).is_some())).then_some(Marker {
        style: Style::Arabic,
        value,
        span: Span::new(start, body),
        body,
    })
}

/// 1.1, 1.2.3: up to four parts of at most two digits, followed by words and not by a unit.
fn decimal(text: &str) -> Found {
    let (mut value, mut len) = number(text, 2)?;
    let mut depth = 1;
    while let Some(after) = text[len..].strip_prefix(['.', '．', '﹒']) {
        let Some((part, width)) = number(after, 3) else { break };
        value = part;
        len = text.len() - after.len() + width;
        depth += 1;
    }
    let gap = blank(&text[len..]);
    let c = next(&text[len + gap..]).filter(|&c| is_han(c) || matches!(c, '“' | '《'))?;
    let unit = gap == 0 && is_unit(c);
    (value > 0 && value < 100 && depth <= 4 && !unit).then_some((Style::Decimal(depth), value, len))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

/// Characters that follow a quantity, so that the number before them is no heading.
fn is_unit(c: char) -> bool {
    "万亿元倍个分米公千克吨平方年月日号级点亩版小时天人次户家件项美港欧立升寸岁度".contains(c)
}

/// Numbers that are one character: ① ⑴ ⒈ ㈠ Ⅰ.
fn single(c: char) -> Found {
    let (style, base) = match c {
        '①'..='⑳' => (Style::Circled, '①'),
        '⑴'..='⒇' => (Style::ArabicParen, '⑴'),
        '⒈'..='⒛' => (Style::Arabic, '⒈'),
        '㈠'..='㈩' => (Style::HanParen, '㈠'),
        '❶'..='❿' => (Style::Circled, '❶'),
        _ => return None,
    };
    Some((style, c as u32 - base as u32 + 1, c.len_utf8()))
}

/// The markers of one style that stand inside `text` in the order 1, 2, 3, …: 一是…二是…, （1）…（2）…
///
/// Only a run of two or more counts. The first must stand at the start or after punctuation; the others may follow any
/// character, for copies lose their full stops. Spans count from the start of `text`.
pub fn inline(text: &str, style: Style) -> Vec<Marker> {
    let mut run: Vec<Marker> = Vec::new();
    for (at, _) in text.char_indices().filter(|&(_, c)| opens(c, style)) {
        let previous = text[..at].chars().next_back();
        let clear = previous.is_none_or(|p| !p.is_alphanumeric() && !matches!(p, '—' | '～' | '~' | '-' | '/' | '、'));
        let continues_number = !clear && previous.is_some_and(|p| han_digit(p).is_some() || arabic_digit(p).is_some());
        let Some(found) = marker_at(text, at).filter(|m| m.style == style && !continues_number) else { continue };
        let wanted = run.last().map_or(1, |m| m.value.saturating_add(1));
        if found.value == wanted && (wanted > 1 && !needs_clear(style) || clear) {
            run.push(found);
        } else if found.value == 1 && clear && run.len() == 1 {
            run[0] = found;
        }
    }
    if run.len() < 2 { Vec::new() } else { run }
}

/// Whether a marker of this style can begin with `c`.
fn opens(c: char, style: Style) -> bool {
    match style {
        Style::HanParen | Style::ArabicParen => matches!(c, '（' | '(') || single(c).is_some_and(|f| f.0 == style),
        Style::Is | Style::Han => han_digit(c).is_some(),
        Style::First => matches!(c, '首' | '其' | '再' | '最' | '第'),
        Style::Side => matches!(c, '一' | '另'),
        Style::Arabic | Style::Decimal(_) => arabic_digit(c).is_some() || single(c).is_some_and(|f| f.0 == style),
        Style::Circled => single(c).is_some_and(|f| f.0 == style),
        _ => false,
    }
}

/// Whether every marker of a run inside a text must stand after punctuation, not the first alone.
fn needs_clear(style: Style) -> bool {
    matches!(style, Style::Arabic | Style::Decimal(_) | Style::Han | Style::First | Style::Side)
}
