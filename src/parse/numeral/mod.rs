//! Numerals of official texts, Arabic and Chinese: takes a text, gives every numeral with its span, value and precision.
//!
//! Reads 62, １２, 1,234, 1.5万, 47.74亿, 30%, 十二, 廿三, 二〇二四, 四千二百八十七, 百分之三十, 三分之二, 八成. Chinese numerals inside
//! words (统一, 三农) are given too: what counts as a figure is for the caller to say. Refuses nothing: a text without numerals gives
//! an empty list.

mod composed;
mod reader;
#[cfg(test)]
mod tests;

use crate::document::Span;
use reader::Reader;

/// A numeral in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeral {
    /// The numeral with its multiplier (万, 亿) and its percent sign, without unit.
    pub span: Span,
    /// The number; of `30%`, `百分之三十` and `三成` it is 30.
    pub value: f64,
    /// What one unit in the last printed place is worth: 1 for `62`, 0.1 for `68.3%`, 1000 for `1.5万`.
    pub step: f64,
    /// How the number is to be taken.
    pub scale: Scale,
    /// Whether the print itself says that it is not exact: 余, 多, 几, 数 beside or inside it, 七八十.
    pub inexact: bool,
}

/// How a number is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// As it is.
    Plain,
    /// Per hundred: `30%`, `百分之三十`, `三成`.
    Percent,
    /// Per thousand: `5‰`, `千分之五`.
    Permille,
}

impl Numeral {
    /// The number with its scale applied: 0.3 for `30%`.
    pub fn ratio(self) -> f64 {
        match self.scale {
            Scale::Plain => self.value,
            Scale::Percent => self.value / 100.0,
            Scale::Permille => self.value / 1000.0,
        }
    }
}

/// Every numeral of `text`, in order; they do not overlap.
pub fn numerals(text: &str) -> Vec<Numeral> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let reader = Reader { chars: &chars, end: text.len() };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        match reader.numeral(at) {
            Some((numeral, next)) => {
                found.push(numeral);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// The whole of `text` as one whole number of either form (`12`, `１２`, `十二`, `二〇二四`, `廿三`); `None` where it is anything else.
/// White space at the ends does not count.
pub fn integer(text: &str) -> Option<u64> {
    let text = text.trim();
    let [numeral] = numerals(text)[..] else { return None };
    let whole = numeral.span.len() == text.len() && numeral.scale == Scale::Plain && !numeral.inexact;
    (whole && numeral.value.fract() == 0.0 && numeral.value < 9e15).then_some(numeral.value as u64)
}

/// A whole number below ten thousand as official texts spell it: 十二, 一百零五, 二千零二十; a larger one in digits.
pub(crate) fn chinese(n: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if n == 0 || n >= 10_000 {
        return if n == 0 { DIGITS[0].to_owned() } else { n.to_string() };
    }
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text += DIGITS[0];
        }
        gap = false;
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text += DIGITS[digit as usize];
        }
        text += name;
    }
    text
}

/// The value of an Arabic digit of half or full width.
pub(crate) fn arabic_digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32))
}

/// The value of a Chinese digit, formal (壹) and 两 included.
pub(crate) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '贰' | '貳' | '两' | '兩' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten of a small unit (十百千) or a large one (万亿).
fn power(c: char) -> Option<i32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// 廿, 卅, 卌: tens in one character.
fn tens(c: char) -> Option<u64> {
    Some(match c {
        '廿' => 20,
        '卅' => 30,
        '卌' => 40,
        _ => return None,
    })
}
