//! Reads one numeral at a place of a text.

use super::composed::Composed;
use super::{Numeral, Scale, arabic_digit, chinese_digit, power, tens};
use crate::document::Span;

/// A number read from some place on: its value, the worth of its last place, and where it ends.
#[derive(Clone, Copy)]
struct Number {
    value: f64,
    step: f64,
    inexact: bool,
    next: usize,
}

/// Reads numbers at character positions of one text.
pub(super) struct Reader<'a> {
    pub(super) chars: &'a [(usize, char)],
    pub(super) end: usize,
}

impl Reader<'_> {
    fn at(&self, i: usize) -> Option<char> {
        self.chars.get(i).map(|&(_, c)| c)
    }

    fn before(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|i| self.at(i))
    }

    fn offset(&self, i: usize) -> usize {
        self.chars.get(i).map_or(self.end, |&(offset, _)| offset)
    }

    /// The numeral that starts at `start`, and where the search goes on.
    pub(super) fn numeral(&self, start: usize) -> Option<(Numeral, usize)> {
        let number = self.fraction(start).or_else(|| self.plain(start))?;
        let (number, scale) = number;
        let vague = |c| matches!(c, '余' | '餘' | '多' | '几' | '来');
        let around = self.at(number.next).is_some_and(vague) || matches!(self.before(start), Some('几' | '数'));
        let span = Span::new(self.offset(start), self.offset(number.next));
        let (value, step) = (number.value, number.step);
        Some((Numeral { span, value, step, scale, inexact: number.inexact || around }, number.next))
    }

    /// 百分之三十, 千分之五, 三分之二.
    fn fraction(&self, start: usize) -> Option<(Number, Scale)> {
        let of = |i: usize| self.at(i) == Some('分') && self.at(i + 1) == Some('之');
        let scale = match self.at(start)? {
            '百' if of(start + 1) => Scale::Percent,
            '千' if of(start + 1) => Scale::Permille,
            _ => {
                let base = self.any(start).filter(|n| of(n.next) && n.value > 0.0)?;
                let part = self.any(base.next + 2)?;
                let step = part.step / base.value;
                return Some((Number { value: part.value / base.value, step, ..part }, Scale::Plain));
            }
        };
        Some((self.any(start + 3)?, scale))
    }

    /// A number and the sign behind it: %, ‰, 成.
    fn plain(&self, start: usize) -> Option<(Number, Scale)> {
        let mut number = self.any(start)?;
        let scale = match self.at(number.next) {
            Some('%' | '％' | '﹪') => Scale::Percent,
            Some('‰') => Scale::Permille,
            Some('成') if self.tenths(&mut number) => return Some((number, Scale::Percent)),
            _ => return Some((number, Scale::Plain)),
        };
        number.next += 1;
        Some((number, scale))
    }

    /// 三成 and 三成七: changes the number to per cent; false where 成 begins another word (一成立, 三成员).
    fn tenths(&self, number: &mut Number) -> bool {
        let after = self.at(number.next + 1);
        let word = after.is_some_and(|c| "立为员功本果就长效分交熟品人不都型套群片".contains(c));
        if word || !(1.0..10.0).contains(&number.value) || number.value.fract() != 0.0 {
            return false;
        }
        let unit = after.and_then(chinese_digit).filter(|&d| d > 0);
        let listed = matches!(self.at(number.next + 2), Some('是' | '要' | '、'));
        let unit = unit.filter(|_| !listed);
        *number = Number {
            value: number.value * 10.0 + f64::from(unit.unwrap_or(0)),
            step: if unit.is_some() { 1.0 } else { 10.0 },
            next: number.next + 1 + usize::from(unit.is_some()),
            ..*number
        };
        true
    }

    fn any(&self, start: usize) -> Option<Number> {
        self.arabic(start).or_else(|| self.chinese(start))
    }

    /// An Arabic number with thousands separators, decimals and multipliers: `1,234`, `1.5万`, `3万5千`.
    fn arabic(&self, start: usize) -> Option<Number> {
        let mut total = self.arabic_term(start)?;
        let Some((exponent, inexact, next)) = self.multiplier(total.next) else { return Some(total.into_number()) };
        total.shift(exponent, inexact, next);
        let total = total.into_number();
        // 3万5千: a second term counts only with a smaller multiplier of its own.
        let smaller = |t: &Term| self.multiplier(t.next).is_some_and(|(e, _, _)| e < exponent);
        if self.arabic_term(next).as_ref().is_none_or(|t| !smaller(t)) {
            return Some(total);
        }
        let rest = self.arabic(next)?;
        Some(Number { value: total.value + rest.value, inexact: total.inexact || rest.inexact, ..rest })
    }

    /// The multipliers at `at` (`万`, `亿`, `千万`, `万亿`, `余万`): exponent, whether 余 or 多 stands before them, and the next place.
    fn multiplier(&self, at: usize) -> Option<(i32, bool, usize)> {
        let vague = matches!(self.at(at), Some('余' | '多')) && matches!(self.at(at + 1), Some('万' | '亿'));
        let mut next = at + usize::from(vague);
        let mut exponent = 0;
        while let Some(p) = self.at(next).and_then(power).filter(|&p| next - at < 3 && (p > 1 || exponent == 0)) {
            exponent += p;
            next += 1;
        }
        // 5十 is no number, and 3百分点 is per cent points.
        let points = self.at(next) == Some('分') && self.at(next.wrapping_sub(1)) == Some('百');
        (exponent > 1 && !points).then_some((exponent, vague, next))
    }

    /// Digits with separators and decimals.
    fn arabic_term(&self, start: usize) -> Option<Term> {
        let digits = |mut i: usize| {
            let from = i;
            while self.at(i).and_then(arabic_digit).is_some() {
                i += 1;
            }
            (i > from).then_some(i)
        };
        let push = |text: &mut String, from: usize, to: usize| {
            text.extend((from..to).filter_map(|i| char::from_digit(self.at(i).and_then(arabic_digit)?, 10)));
        };
        let mut next = digits(start)?;
        let mut text = String::new();
        push(&mut text, start, next);
        if text.len() <= 3 && !text.starts_with('0') {
            while self.at(next) == Some(',') && digits(next + 1) == Some(next + 4) {
                push(&mut text, next + 1, next + 4);
                next += 4;
            }
        }
        let point = |i| matches!(self.at(i), Some('.' | '．'));
        let mut decimals = 0;
        if let Some(end) = point(next).then(|| digits(next + 1)).flatten() {
            // 2023.5.2 and 1.1.2 are dates and section numbers, not decimals.
            let dotted = point(end) && digits(end + 1).is_some();
            let continued = start > 1 && point(start - 1) && self.at(start - 2).and_then(arabic_digit).is_some();
            if !dotted && !continued {
                text.push('.');
                push(&mut text, next + 1, end);
                decimals = i32::try_from(end - next - 1).unwrap_or(i32::MAX);
                next = end;
            }
        }
        Some(Term { text, decimals, exponent: 0, inexact: false, next })
    }

    /// A Chinese number: `十二`, `二〇二四`, `四千二百八十七`, `三点五`.
    fn chinese(&self, start: usize) -> Option<Number> {
        let whole = self.positional(start).or_else(|| self.composed(start))?;
        let next = whole.next;
        let decimal = |i: usize| self.at(i).and_then(chinese_digit).filter(|_| self.at(i) != Some('两'));
        if self.at(next) != Some('点') || decimal(next + 1).is_none() || whole.inexact {
            return Some(whole);
        }
        let end = (next + 1..).find(|&i| decimal(i).is_none())?;
        // 提出四点一是…: the digit begins an enumeration.
        if matches!(self.at(end), Some('是' | '要' | '、')) {
            return Some(whole);
        }
        let digits: String = (next + 1..end).filter_map(|i| char::from_digit(decimal(i)?, 10)).collect();
        let value = format!("{}.{digits}", whole.value).parse().ok()?;
        let step = 10_f64.powi(-i32::try_from(digits.len()).ok()?);
        Some(Number { value, step, inexact: false, next: end })
    }

    /// Digit by digit: `二〇二四`, `二O一九`, `一二三`; two neighbours without a zero (七八) are an estimate, not a number.
    fn positional(&self, start: usize) -> Option<Number> {
        self.at(start).and_then(chinese_digit)?;
        // A zero between Chinese digits is printed in every way: O, o, 0, ０.
        let zero = |i: usize| {
            matches!(self.at(i), Some('O' | 'o' | '0' | '０' | 'Ｏ'))
                && self.at(i + 1).is_some_and(|c| chinese_digit(c).is_some() || matches!(c, '年' | 'O' | '0' | '０'))
        };
        let digit = |i: usize| self.at(i).and_then(chinese_digit).or_else(|| zero(i).then_some(0));
        let next = (start..).find(|&i| digit(i).is_none())?;
        let digits: Vec<u32> = (start..next).filter_map(digit).collect();
        let unit = self.at(next).is_some_and(|c| power(c).is_some());
        if digits.len() < 2 || digits.len() > 15 || (unit && digits.len() == 2) {
            return None;
        }
        if let [low, high] = digits[..]
            && low > 0
            && high == low + 1
        {
            return Some(Number { value: f64::from(low), step: 1.0, inexact: true, next });
        }
        let value = digits.iter().fold(0.0, |v, &d| v * 10.0 + f64::from(d));
        Some(Number { value, step: 1.0, inexact: false, next })
    }

    /// With units: `四千二百八十七`, `十二`, `三万五`, `百万`, `廿三`.
    fn composed(&self, start: usize) -> Option<Number> {
        let mut sum = Composed::default();
        let mut next = start;
        while let Some(c) = self.at(next) {
            let follows = self.at(next + 1);
            let step = if let Some(d) = chinese_digit(c) {
                let estimate = follows.and_then(chinese_digit) == Some(d + 1)
                    && d > 0
                    && self.at(next + 2).is_some_and(|u| power(u).is_some());
                sum.digit(d, estimate).then_some(1 + usize::from(estimate))
            } else if let Some(t) = tens(c) {
                sum.tens(t).then_some(1)
            } else if let Some(p) = power(c) {
                let bare = next == start && p > 1;
                let led = follows.is_some_and(|f| power(f).is_some_and(|q| q > 3) || matches!(f, '余' | '多'));
                // 百 in 百分之 and 百分点 is not ours; 百, 千, 万 alone begin words (百姓, 千方百计, 万一).
                let part = c == '百' && follows == Some('分');
                (!part && (!bare || led) && sum.unit(p)).then_some(1)
            } else {
                let vague =
                    matches!(c, '余' | '多') && next > start && follows.is_some_and(|f| matches!(f, '万' | '亿'));
                sum.inexact |= vague;
                vague.then_some(1)
            };
            let Some(step) = step else { break };
            next += step;
        }
        let value = sum.value();
        (next > start).then_some(Number { value: value as f64, step: 1.0, inexact: sum.inexact, next })
    }
}

/// An Arabic number before it becomes a float: kept as text so that 47.74亿 is exact.
struct Term {
    text: String,
    decimals: i32,
    exponent: i32,
    inexact: bool,
    next: usize,
}

impl Term {
    fn shift(&mut self, exponent: i32, inexact: bool, next: usize) {
        self.exponent += exponent;
        self.inexact |= inexact;
        self.next = next;
    }

    fn into_number(self) -> Number {
        let value = format!("{}e{}", self.text, self.exponent).parse().unwrap_or(f64::INFINITY);
        let step = format!("1e{}", self.exponent - self.decimals).parse().unwrap_or(1.0);
        Number { value, step, inexact: self.inexact, next: self.next }
    }
}
