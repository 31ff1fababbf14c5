//! Item markers of a proposal (一、（一）1.（1）① 一是 首先 第一 建议一 ●): finds them anywhere, also without line breaks, and
//! orders them into an outline of nested lists with rising numbers.

use super::view::View;
use std::ops::Range;

/// The form of a marker; markers of one list share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// 第一章-like parts are unknown to proposals; 一、 is the outermost.
    Chinese,
    /// （一）
    ChineseParen,
    /// 1. 1、 and the like, with the delimiter.
    Digit(char),
    /// （1）
    DigitParen,
    /// ①
    Circled,
    /// 一是, 一要, 一为, with the second character.
    Shi(char),
    /// 第一, 其一: with the first character.
    Ordinal(char),
    /// 首先, 其次, 再次, 最后.
    First,
    /// 建议一.
    Advice,
    /// ● ■ ——, with the bullet.
    Bullet(char),
}

/// What stands before a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Anchor {
    /// A character of the running text: nothing sets the marker off.
    Glued,
    /// A comma.
    Comma,
    /// A stop, a colon or a closing bracket.
    Stop,
    /// Two or more spaces.
    Gap,
    /// The start of a line or of the text.
    Line,
}

/// A marker in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker {
    pub(super) style: Style,
    /// One-based; 0 where it has none (bullets) or stands for the last (最后).
    pub(super) ordinal: u32,
    pub(super) start: usize,
    /// One past the marker and the spaces after it.
    pub(super) end: usize,
    pub(super) anchor: Anchor,
}

/// A marker in its place of the outline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) marker: Marker,
    /// 0 for the outermost list.
    pub(super) depth: usize,
}

/// All markers of `range`, in order, and none inside another.
pub(super) fn markers(view: &View<'_>, range: Range<usize>) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match marker_at(view, at, &range) {
            Some(marker) if marker.end <= range.end => {
                at = marker.end.max(at + 1);
                found.push(marker);
            }
            _ => at += 1,
        }
    }
    found
}

fn marker_at(view: &View<'_>, at: usize, range: &Range<usize>) -> Option<Marker> {
    let anchor = anchor(view, at, range.start);
    let (style, ordinal, end) = bracketed(view, at)
        .or_else(|| digit(view, at, anchor))
        .or_else(|| chinese(view, at, anchor))
        .or_else(|| word(view, at, anchor))
        .or_else(|| bullet(view, at, anchor))?;
    let spaces = (end..range.end).take_while(|&i| view.get(i) == Some(' ')).count();
    Some(Marker { style, ordinal, start: at, end: end + spaces, anchor })
}

fn anchor(view: &View<'_>, at: usize, start: usize) -> Anchor {
    let spaces = (start..at).rev().take_while(|&i| view.get(i) == Some(' ')).count();
    match view.before(at - spaces).filter(|_| at - spaces > start) {
        None | Some('\n') => Anchor::Line,
        Some(_) if spaces >= 2 => Anchor::Gap,
        Some('。' | ';' | ':' | '!' | '?' | '”' | ')' | '》' | '】' | '…' | '.') => Anchor::Stop,
        Some(',' | '、') => Anchor::Comma,
        Some(_) if spaces == 1 => Anchor::Comma,
        Some(_) => Anchor::Glued,
    }
}

type Found = Option<(Style, u32, usize)>;

/// （一） (1) and the one-character forms ① ㈠ ⑴ ⒈.
fn bracketed(view: &View<'_>, at: usize) -> Found {
    let c = view.get(at)?;
    let code = c as u32;
    match c {
        '①'..='⑳' => return Some((Style::Circled, code - 0x2460 + 1, skip(view, at + 1, "、."))),
        '⑴'..='⒇' => return Some((Style::DigitParen, code - 0x2474 + 1, at + 1)),
        '⒈'..='⒛' => return Some((Style::Digit('.'), code - 0x2488 + 1, at + 1)),
        '㈠'..='㈩' => return Some((Style::ChineseParen, code - 0x3220 + 1, at + 1)),
        '(' => {}
        _ => return None,
    }
    if let Some((value, end)) = chinese_number(view, at + 1) {
        return (view.get(end)? == ')').then(|| (Style::ChineseParen, value, skip(view, end + 1, "、.")));
    }
    let (value, end) = digits(view, at + 1)?;
    (view.get(end)? == ')' && value <= 40).then(|| (Style::DigitParen, value, skip(view, end + 1, "、.")))
}

fn skip(view: &View<'_>, at: usize, set: &str) -> usize {
    at + usize::from(view.get(at).is_some_and(|c| set.contains(c)))
}

/// 1. 1、 1) but no decimals, years or parts of a name.
fn digit(view: &View<'_>, at: usize, anchor: Anchor) -> Found {
    if view.before(at).is_some_and(|c| c.is_ascii_alphanumeric() || "-—~第.%(约至".contains(c)) {
        return None;
    }
    let (value, end) = digits(view, at)?;
    let end = end + usize::from(view.get(end) == Some(' ') && view.get(end + 1).is_some_and(|c| "、.)".contains(c)));
    let delimiter = view.get(end)?;
    let next = view.get(end + 1);
    let plain = match delimiter {
        '、' | ')' => !next.is_some_and(|c| c.is_ascii_digit()) || delimiter == ')',
        '.' => !next.is_some_and(|c| c.is_ascii_digit()),
        ',' | ':' => anchor >= Anchor::Gap && !next.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    (plain && (1..=40).contains(&value)).then_some((Style::Digit(delimiter), value, end + 1))
}

/// 一、 and 一是, 一要, 一为.
fn chinese(view: &View<'_>, at: usize, anchor: Anchor) -> Found {
    let before = view.before(at).unwrap_or('\n');
    if "第之统唯专单万惟另任某每同其周建议十".contains(before) || chinese_digit(before).is_some() {
        return None;
    }
    let (value, end) = chinese_number(view, at)?;
    let end = end + usize::from(view.get(end) == Some(' ') && view.get(end + 1) == Some('、'));
    let next = view.get(end + 1);
    match view.get(end)? {
        '、' if next.and_then(chinese_digit).is_none() => Some((Style::Chinese, value, end + 1)),
        '.' if anchor >= Anchor::Stop => Some((Style::Chinese, value, end + 1)),
        ',' | ':' if anchor >= Anchor::Gap => Some((Style::Chinese, value, end + 1)),
        c @ ('是' | '要' | '为' | '则') if c != '为' || anchor >= Anchor::Stop => {
            let separated = next.is_some_and(|n| ",:、".contains(n));
            let other_word = matches!((c, next), ('要', Some('求')) | ('是', Some('否')));
            (!other_word).then_some((Style::Shi(c), value, end + 1 + usize::from(separated)))
        }
        _ => None,
    }
}

/// 首先 其次 最后, 第一 其一, 建议一.
fn word(view: &View<'_>, at: usize, anchor: Anchor) -> Found {
    if anchor < Anchor::Comma {
        return None;
    }
    let delimited = |end: usize| view.get(end).is_some_and(|c| ",、:是要".contains(c));
    for (words, ordinal) in
        [(["首先", "第一步"], 1), (["其次", "第二步"], 2), (["再次", "第三步"], 3), (["最后", "再者"], 0)]
    {
        if let Some(word) = words.into_iter().find(|w| view.at(at, w)) {
            let end = at + word.chars().count();
            let firm = delimited(end) || (ordinal > 0 && anchor >= Anchor::Stop && !word.starts_with('第'));
            return firm.then(|| (Style::First, ordinal, end + usize::from(delimited(end))));
        }
    }
    let advice = ["建议", "提案", "意见", "对策", "措施"].iter().any(|word| view.at(at, word));
    let (lead, skip) = match view.get(at)? {
        c @ ('第' | '其') => (c, 1),
        _ if advice && anchor >= Anchor::Stop => ('建', 2),
        _ => return None,
    };
    let (value, end) = chinese_number(view, at + skip).or_else(|| digits(view, at + skip).filter(|_| lead == '建'))?;
    match lead {
        '建' => view.get(end).is_some_and(|c| ":、. ,".contains(c)).then_some((Style::Advice, value, end + 1)),
        _ => {
            let unit = ["点", "个方面", "方面"].iter().find(|unit| lead == '第' && view.at(end, unit));
            let end = end + unit.map_or(0, |unit| unit.chars().count());
            (delimited(end) || (view.get(end) == Some(' ') && anchor >= Anchor::Gap)).then_some((
                Style::Ordinal(lead),
                value,
                end + 1,
            ))
        }
    }
}

/// ● at the start of a line or sentence; —— at the start of a line.
fn bullet(view: &View<'_>, at: usize, anchor: Anchor) -> Found {
    match view.get(at)? {
        c @ ('●' | '■' | '◆' | '◇' | '▲' | '★' | '•' | '※' | '○' | '□' | '►' | '▪' | '\u{f06c}' | '\u{f0b7}')
            if anchor > Anchor::Comma =>
        {
            Some((Style::Bullet(c), 0, at + 1))
        }
        '—' if view.get(at + 1) == Some('—') && anchor >= Anchor::Stop => Some((Style::Bullet('—'), 0, at + 2)),
        c @ ('·' | '-' | '*') if anchor == Anchor::Line => Some((Style::Bullet(c), 0, at + 1)),
        _ => None,
    }
}

fn digits(view: &View<'_>, at: usize) -> Option<(u32, usize)> {
    let end = (at..).find(|&i| !view.get(i).is_some_and(|c| c.is_ascii_digit()))?;
    if end == at || end > at + 2 {
        return None;
    }
    Some((view.slice(at..end).iter().filter_map(|c| c.to_digit(10)).fold(0, |n, d| n * 10 + d), end))
}

fn chinese_digit(c: char) -> Option<u32> {
    "一二三四五六七八九十".chars().position(|d| d == c).map(|i| i as u32 + 1)
}

/// 一 to 三十九.
fn chinese_number(view: &View<'_>, at: usize) -> Option<(u32, usize)> {
    let digit = |i: usize| view.get(i).and_then(chinese_digit);
    let first = digit(at)?;
    match (first, digit(at + 1), digit(at + 2)) {
        (10, Some(unit @ 1..=9), _) => Some((10 + unit, at + 2)),
        (1..=3, Some(10), Some(unit @ 1..=9)) => Some((first * 10 + unit, at + 3)),
        (1..=3, Some(10), _) => Some((first * 10, at + 2)),
        _ => Some((first, at + 1)),
    }
}

/// Orders markers into nested lists: a list begins with its first number and goes on with rising numbers; a list of the
/// same form that begins again is nested. Markers that belong to no list are dropped; a number above one that no list
/// leads to is kept as the head of a wrapper when it stands before every list.
pub(super) fn outline(markers: &[Marker]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut stack: Vec<List> = Vec::new();
    for (i, marker) in markers.iter().enumerate() {
        let later = &markers[i + 1..];
        if let Some(depth) = continued(&stack, marker, later) {
            stack.truncate(depth + 1);
            stack[depth].last = if marker.ordinal == 0 { LAST } else { marker.ordinal };
            items.push(Item { marker: *marker, depth });
        } else if begins(marker, later) || (stack.is_empty() && marker.ordinal > 1 && wraps(marker, later)) {
            items.push(Item { marker: *marker, depth: stack.len() });
            stack.push(List { style: marker.style, last: marker.ordinal, anchor: marker.anchor });
        }
    }
    items
}

/// The number of an item that is only called the last (最后).
const LAST: u32 = 1000;

struct List {
    style: Style,
    last: u32,
    /// Of its first marker.
    anchor: Anchor,
}

/// The depth of the list that `marker` continues.
fn continued(stack: &[List], marker: &Marker, later: &[Marker]) -> Option<usize> {
    let fits = |list: &List| match marker.style {
        Style::Bullet(_) => list.style == marker.style,
        _ if !same_family(list.style, marker.style) => false,
        Style::First if marker.ordinal == 0 => list.last != LAST,
        // One number may be missing in print, if the next but one is there.
        _ => marker.ordinal == list.last + 1 || (marker.ordinal == list.last + 2 && marker.anchor > Anchor::Comma),
    };
    let candidates: Vec<usize> = (0..stack.len()).filter(|&d| fits(&stack[d])).collect();
    let exact = |d: &usize| stack[*d].last + 1 == marker.ordinal;
    let innermost = candidates.iter().rev().copied();
    let best = innermost.clone().find(|d| exact(d)).or_else(|| innermost.clone().next())?;
    // Of several lists that the number continues, white space before it and before the outer list's items decides.
    let outer = candidates.iter().copied().find(|d| exact(d) && stack[*d].anchor >= Anchor::Gap);
    let _ = later;
    match outer {
        Some(outer) if outer < best && marker.anchor >= Anchor::Gap && stack[best].anchor < Anchor::Gap => Some(outer),
        _ => Some(best),
    }
}

/// 1. and 1、 are one list where a hasty writer mixed them.
fn same_family(a: Style, b: Style) -> bool {
    a == b || matches!((a, b), (Style::Digit(_), Style::Digit(_)) | (Style::Shi(_), Style::Shi(_)))
}

/// Whether a list begins here: its first number, and the second follows; bullets need a second one.
fn begins(marker: &Marker, later: &[Marker]) -> bool {
    match marker.style {
        Style::Bullet(_) => later.iter().any(|m| m.style == marker.style),
        Style::First => marker.ordinal == 1 && later.iter().any(|m| m.style == Style::First && m.ordinal != 1),
        _ if marker.ordinal != 1 => false,
        _ => {
            let next = later.iter().find(|m| same_family(m.style, marker.style) && m.ordinal != 1);
            next.is_some_and(|m| m.ordinal == 2 || (m.ordinal == 3 && m.anchor > Anchor::Comma))
        }
    }
}

/// Whether a lone higher number heads a part: 二、对策建议 before （一）.
fn wraps(marker: &Marker, later: &[Marker]) -> bool {
    matches!(marker.style, Style::Chinese | Style::ChineseParen | Style::Ordinal('第') | Style::Digit(_))
        && later.iter().any(|m| m.ordinal == 1 && !same_family(m.style, marker.style))
        && marker.anchor > Anchor::Comma
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline_of(text: &str) -> Vec<(usize, String)> {
        let view = View::new(text);
        let items = outline(&markers(&view, 0..view.len()));
        items.iter().map(|i| (i.depth, view.original(i.marker.start..i.marker.end).trim().to_owned())).collect()
    }

    fn shape(text: &str) -> String {
        outline_of(text).iter().map(|(depth, marker)| format!("{depth}{marker} ")).collect::<String>().trim().to_owned()
    }

    #[test]
    fn markers_without_line_breaks_are_found() {
        assert_eq!(shape("建议：1.修路。2、架桥，全长28.6公里。3．通水"), "01. 02、 03．");
    }

    #[test]
    fn decimals_years_and_plain_words_are_no_markers() {
        assert_eq!(shape("第一产业增长2.5%，统一是关键，之一是人才，（2018）号"), "");
    }

    #[test]
    fn lists_nest_by_their_form() {
        assert_eq!(
            shape("一、甲：（一）子。（二）丑。二、乙：（一）寅。（二）卯。"),
            "0一、 1（一） 1（二） 0二、 1（一） 1（二）"
        );
    }

    #[test]
    fn a_list_of_the_same_form_that_begins_again_is_nested_and_the_gap_tells_where_it_ends() {
        let text = "    一是甲。    二是乙。一是子。二是丑。三是寅。    三是丙。";
        assert_eq!(shape(text), "0一是 0二是 1一是 1二是 1三是 0三是");
    }

    #[test]
    fn a_higher_number_before_every_list_is_a_wrapper() {
        assert_eq!(shape("二、对策建议（一）甲（二）乙"), "0二、 1（一） 1（二）");
    }

    #[test]
    fn a_lone_marker_is_no_list() {
        assert_eq!(shape("主要原因一是缺钱"), "");
    }
}
