//! Numbers of markers, Chinese and Arabic, at the start of a text.

use crate::parse::numeral::arabic_digit;

/// The value of a Chinese digit or unit up to 千.
pub(super) fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// A Chinese numeral below ten thousand at the start of `text`: its value and its length in bytes.
pub fn han_number(text: &str) -> Option<(u32, usize)> {
    let (mut total, mut current, mut len, mut positional) = (0, 0, 0, true);
    for c in text.chars().take(8) {
        let Some(value) = han_digit(c).filter(|_| c != '○' || len > 0) else { break };
        if value < 10 {
            current = if positional && len > 0 && total == 0 { current * 10 + value } else { value };
        } else {
            positional = false;
            total += value * if current == 0 && total % (value * 10) == 0 { 1 } else { current.max(1) };
            current = 0;
        }
        len += c.len_utf8();
    }
    let value = total + current;
    (value > 0).then_some((value, len))
}

/// An Arabic number of at most `places` digits: its value and its length in bytes.
pub(super) fn number(text: &str, places: usize) -> Option<(u32, usize)> {
    let digits: &str = &text[..text.find(|c| arabic_digit(c).is_none()).unwrap_or(text.len())];
    let count = digits.chars().count();
    let value = digits.chars().filter_map(arabic_digit).fold(0_u32, |n, d| n.saturating_mul(10).saturating_add(d));
    (1..=places).contains(&count).then_some((value, digits.len()))
}

/// Either kind of number.
pub(super) fn any_number(text: &str) -> Option<(u32, usize)> {
    han_number(text).or_else(|| number(text, 4))
}

/// The length of the blanks at the start.
pub(super) fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{3000}', '\u{2002}', '\u{A0}']).len()
}

/// The first character.
pub(super) fn next(text: &str) -> Option<char> {
    text.chars().next()
}
