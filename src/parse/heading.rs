//! Heading markers: 一、 / （一） / 1. / （1） / ① / 1.1 / 第X章 / 第X条 / 一是 / 首先 / ——, in half and full width.
//!
//! Takes a line, or a place in one, and gives the marker that stands there with its value. Knows nothing of the lines
//! around it: whether a marker opens an item is for the parser that sees its neighbours. Refuses what only looks like one
//! (1.5亿元, 一、二线城市, 第五条规定的情形).

use crate::document::Span;

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
        c if digit(c).is_some() => arabic(rest),
        c => single(c),
    };
    let (style, value, len) = found?;
    let end = at + len;
    let body = text.len() - text[end..].trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len();
    Some(Marker { style, value, span: Span::new(at, end), body })
}

/// Style, value and length in bytes of a marker at the start of the text.
type Found = Option<(Style, u32, usize)>;

/// The value of a digit in half or full width.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

fn han_digit(c: char) -> Option<u32> {
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
fn number(text: &str, places: usize) -> Option<(u32, usize)> {
    let digits: &str = &text[..text.find(|c| digit(c).is_none()).unwrap_or(text.len())];
    let count = digits.chars().count();
    let value = digits.chars().filter_map(digit).fold(0_u32, |n, d| n.saturating_mul(10).saturating_add(d));
    (1..=places).contains(&count).then_some((value, digits.len()))
}

/// Either kind of number.
fn any_number(text: &str) -> Option<(u32, usize)> {
    han_number(text).or_else(|| number(text, 4))
}

fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{3000}', '\u{2002}', '\u{A0}']).len()
}

fn next(text: &str) -> Option<char> {
    text.chars().next()
}

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
    (value > 0 && next(after).is_some_and(|c| digit(c).is_some())).then_some(Marker {
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
        let continues_number = !clear && previous.is_some_and(|p| han_digit(p).is_some() || digit(p).is_some());
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
        Style::Arabic | Style::Decimal(_) => digit(c).is_some() || single(c).is_some_and(|f| f.0 == style),
        Style::Circled => single(c).is_some_and(|f| f.0 == style),
        _ => false,
    }
}

/// Whether every marker of a run inside a text must stand after punctuation, not the first alone.
fn needs_clear(style: Style) -> bool {
    matches!(style, Style::Arabic | Style::Decimal(_) | Style::Han | Style::First | Style::Side)
}

/// The label of an annex at the start of a line: 附件, 附件1, 附件二：, 附：, 附录A. Gives its span and the byte where its title begins.
pub fn annex(line: &str) -> Option<(Span, usize)> {
    let start = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || c == '#').len();
    let rest = line[start..].strip_prefix('附')?;
    let mut end = line.len() - rest.len();
    end += blank(rest);
    let word = ["件", "录", "表", "图"].into_iter().find(|word| line[end..].starts_with(word));
    end += word.map_or(0, str::len);
    let gap = blank(&line[end..]);
    let numbered = any_number(&line[end + gap..]).or_else(|| {
        next(&line[end + gap..]).filter(char::is_ascii_uppercase).filter(|_| word == Some("录")).map(|_| (0, 1))
    });
    end += numbered.map_or(0, |(_, len)| gap + len);
    let tail = &line[end..];
    let stop = next(tail.trim_start());
    let closed = match stop {
        None | Some('：' | ':' | '.' | '．' | '、') => true,
        _ => numbered.is_some() && (blank(tail) > 0 || stop.is_some_and(|c| matches!(c, '《' | '（'))),
    };
    if !closed || word.is_none() && numbered.is_none() && !matches!(stop, Some('：' | ':')) {
        return None;
    }
    let body = line.len()
        - tail.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '.' | '．' | '、')).len();
    Some((Span::new(start, end), body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(Style, u32)> {
        marker(line).map(|m| (m.style, m.value))
    }

    #[test]
    fn official_markers_are_read_in_half_and_full_width() {
        for line in ["一、总则", "　　一．总则", "一.总则", "## 一、总则"] {
            assert_eq!(read(line), Some((Style::Han, 1)), "{line}");
        }
        for line in ["（十二）育才", "(十二)育才", "十二）育才", "（ 十二 ）育才"] {
            assert_eq!(read(line), Some((Style::HanParen, 12)), "{line}");
        }
        for line in ["3.修路", "３．修路", "3、修路", "3﹒修路", "⒊修路"] {
            assert_eq!(read(line), Some((Style::Arabic, 3)), "{line}");
        }
        for line in ["（3）修路", "(3)修路", "3）修路", "⑶修路"] {
            assert_eq!(read(line), Some((Style::ArabicParen, 3)), "{line}");
        }
        assert_eq!(read("③修路"), Some((Style::Circled, 3)));
        assert_eq!(read("——修路"), Some((Style::Bullet, 0)));
    }

    #[test]
    fn markers_of_laws_are_told_from_references_to_them() {
        assert_eq!(read("## 第一章　总则"), Some((Style::Chapter, 1)));
        assert_eq!(read("第一千二百六十条 本法施行"), Some((Style::Article, 1260)));
        assert_eq!(read("第十二条之一 罚则"), Some((Style::Article, 12)));
        assert_eq!(read("第2条【范围】"), Some((Style::Article, 2)));
        assert_eq!(read("第二分编 所有权"), Some((Style::Subpart, 2)));
        assert_eq!(read("第五条规定的情形"), None);
        assert_eq!(read("第五条第二款"), None);
    }

    #[test]
    fn quantities_and_pairs_are_no_markers() {
        for line in ["1.5亿元", "2.5万户", "一、二线城市", "1、2号楼", "2023年", "十年来", "0.5%", "3 000元"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn a_number_behind_a_number_is_left_to_the_lines_around_it() {
        let line = "3.2024年新增的桥";
        assert_eq!(read(line), None);
        assert_eq!(before_number(line).map(|m| (m.value, &line[m.body..])), Some((3, "2024年新增的桥")));
    }

    #[test]
    fn decimal_headings_know_their_depth() {
        assert_eq!(read("1.1 目的"), Some((Style::Decimal(2), 1)));
        assert_eq!(read("2.1.3　职责"), Some((Style::Decimal(3), 3)));
        assert_eq!(read("2　组织"), Some((Style::Decimal(1), 2)));
        assert_eq!(read("12"), Some((Style::Bare, 12)));
    }

    #[test]
    fn ordinals_and_sequence_words_have_values() {
        assert_eq!(read("一是修路"), Some((Style::Is, 1)));
        assert_eq!(read("二要修桥"), Some((Style::Is, 2)));
        assert_eq!(read("其次，修桥"), Some((Style::First, 2)));
        assert_eq!(read("第三，修桥"), Some((Style::First, 3)));
        assert_eq!(read("另一方面，修桥"), Some((Style::Side, 2)));
    }

    #[test]
    fn a_marker_gives_the_byte_where_its_words_begin() {
        let line = "　（二） 修路";
        let found = marker(line).unwrap();
        assert_eq!((found.span.of(line), &line[found.body..]), ("（二）", "修路"));
    }

    #[test]
    fn a_run_of_ordinals_must_rise_and_may_lack_full_stops() {
        let text = "做法：一是修路，统一是基础二是架桥；三是通水。";
        let values: Vec<u32> = inline(text, Style::Is).iter().map(|m| m.value).collect();
        assert_eq!(values, [1, 2, 3]);
        assert!(inline("统一是基础，二是重复", Style::Is).is_empty());
        assert!(inline("只有一是修路。", Style::Is).is_empty());
    }

    #[test]
    fn chinese_numerals_are_read_to_thousands() {
        for (text, value) in
            [("十", 10), ("二十", 20), ("一百零三", 103), ("一百一十", 110), ("二〇", 20), ("九百九十九", 999)]
        {
            assert_eq!(han_number(text), Some((value, text.len())), "{text}");
        }
    }

    #[test]
    fn annex_labels_are_told_from_words_that_begin_alike() {
        for line in ["附件", "附件1", "附件：名单", "附件2 名单", "附:名单", "附 件", "附件一", "附录A"]
        {
            assert!(annex(line).is_some(), "{line}");
        }
        for line in ["附近居民", "附则", "附条件的", "附件中的表格", "附件所列单位"] {
            assert!(annex(line).is_none(), "{line}");
        }
        let line = "附件1：名单";
        let (label, body) = annex(line).unwrap();
        assert_eq!((label.of(line), &line[body..]), ("附件1", "名单"));
    }
}
