//! A string as it is looked for, in the index and in a text, by the same rule: letters, digits and Chinese characters must
//! agree in normal form and lower case; each mark of punctuation between them meets any one mark.

use super::numeral::variants;
use crate::segment::{is_text, lower, normalise};
use std::ops::Range;

/// A string to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Characters of the normal form, in lower case; `None` for a mark.
    chars: Vec<Option<char>>,
    /// Whether it must not be a piece of a longer number, at either end: 20条 of 120条.
    whole_number: bool,
}

/// What continues an Arabic or a Chinese number.
const NUMERALS: [&str; 2] = ["0123456789", "〇零一二三四五六七八九十百千万"];

/// A gram that must stand at a distance from the start of the string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// This gram.
    Gram(String),
    /// Any gram that begins with this character.
    Prefix(char),
}

impl Pattern {
    /// The pattern of `text`; `None` where it has no letter, digit or Chinese character. Punctuation at its ends is left out.
    pub(super) fn new(text: &str) -> Option<Self> {
        let form = normalise(text);
        let normal = lower(form.text());
        let chars: Vec<Option<char>> = normal.chars().map(|c| is_text(c).then_some(c)).collect();
        let start = chars.iter().position(Option::is_some)?;
        let end = chars.iter().rposition(Option::is_some)? + 1;
        Some(Self { chars: chars[start..end].to_vec(), whole_number: false })
    }

    /// All patterns of `text`: as typed, and with its ordinals and dates printed otherwise.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let Some(typed) = Self::new(text) else { return Vec::new() };
        let others = variants(&lower(normalise(text).text()));
        let others = others.iter().filter_map(|v| Some(Self { whole_number: true, ..Self::new(v)? }));
        std::iter::once(typed).chain(others).collect()
    }

    /// Whether it must not be a piece of a longer number.
    pub(super) fn is_whole_number(&self) -> bool {
        self.whole_number
    }

    /// The strings one character longer, by which this one is only a piece of a longer number; with how much later than
    /// theirs it starts.
    pub(super) fn continuations(&self) -> Vec<(u32, Self)> {
        let kind = |c: Option<&Option<char>>| {
            let c = c.copied().flatten()?;
            NUMERALS.into_iter().find(|all| all.contains(c))
        };
        let longer = |chars: Vec<Option<char>>| Self { chars, whole_number: false };
        let mut all = Vec::new();
        if let (true, Some(numerals)) = (self.whole_number, kind(self.chars.first())) {
            all.extend(numerals.chars().map(|c| (1, longer([&[Some(c)], &self.chars[..]].concat()))));
        }
        if let (true, Some(numerals)) = (self.whole_number, kind(self.chars.last())) {
            all.extend(numerals.chars().map(|c| (0, longer([&self.chars[..], &[Some(c)]].concat()))));
        }
        all
    }

    /// The grams that decide whether the string stands in a text, with their distances from its start.
    pub(super) fn pieces(&self) -> Vec<(u32, Piece)> {
        let mut pieces = Vec::new();
        let mut start = 0;
        while start < self.chars.len() {
            let run: String = self.chars[start..].iter().map_while(|c| *c).collect();
            let run: Vec<char> = run.chars().collect();
            let last = start + run.len() == self.chars.len();
            let mut gram = |at: usize, length: usize| {
                let text: String = run[at..at + length].iter().collect();
                pieces.push(((start + at) as u32, Piece::Gram(text)));
            };
            // Every second bigram is enough, and the last; a run that a mark follows must end there.
            (0..run.len().saturating_sub(1)).step_by(2).for_each(|at| gram(at, 2));
            if run.len() > 2 && run.len() % 2 == 1 {
                gram(run.len() - 2, 2);
            }
            match run.last() {
                Some(_) if !last => gram(run.len() - 1, 1),
                Some(&c) if run.len() == 1 => pieces.push((start as u32, Piece::Prefix(c))),
                _ => {}
            }
            start += run.len() + 1;
        }
        pieces
    }

    /// Where the string stands in a text in normal form and lower case: ranges of characters, those that overlap included.
    pub(super) fn find_in(&self, chars: &[char]) -> Vec<Range<usize>> {
        let found = self.stands_in(chars);
        if found.is_empty() || !self.whole_number {
            return found;
        }
        let longer: Vec<Range<usize>> = self
            .continuations()
            .iter()
            .flat_map(|(later, p)| p.stands_in(chars).into_iter().map(move |r| r.start + *later as usize..r.end))
            .collect();
        found.into_iter().filter(|r| longer.iter().all(|l| l.start != r.start)).collect()
    }

    fn stands_in(&self, chars: &[char]) -> Vec<Range<usize>> {
        let meets = |wanted: Option<char>, c: char| match wanted {
            Some(wanted) => wanted == c,
            None => !is_text(c),
        };
        let stands = |at: &usize| self.chars.iter().zip(&chars[*at..]).all(|(&wanted, &c)| meets(wanted, c));
        let starts = (0..(chars.len() + 1).saturating_sub(self.chars.len())).filter(stands);
        starts.map(|at| at..at + self.chars.len()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        lower(normalise(text).text()).chars().collect()
    }

    fn pieces(text: &str) -> Vec<(u32, Piece)> {
        Pattern::new(text).unwrap().pieces()
    }

    fn gram(at: u32, text: &str) -> (u32, Piece) {
        (at, Piece::Gram(text.into()))
    }

    #[test]
    fn every_second_bigram_and_the_last_cover_a_string() {
        assert_eq!(pieces("融资担保"), [gram(0, "融资"), gram(2, "担保")]);
        assert_eq!(pieces("中小企"), [gram(0, "中小"), gram(1, "小企")]);
        assert_eq!(pieces("市"), [(0, Piece::Prefix('市'))]);
    }

    #[test]
    fn a_mark_ends_a_run_and_meets_any_mark() {
        assert_eq!(pieces("省、市"), [gram(0, "省"), (2, Piece::Prefix('市'))]);
        assert_eq!(pieces("ＡＰＰ，推广"), [gram(0, "ap"), gram(1, "pp"), gram(2, "p"), gram(4, "推广")]);
        let pattern = Pattern::new("省、市").unwrap();
        let found = |text: &str| pattern.find_in(&chars(text));
        assert_eq!(found("各省，市"), vec![1..4]);
        assert!(found("省内市").is_empty() && found("省市").is_empty());
    }

    #[test]
    fn nothing_but_punctuation_is_no_pattern() {
        assert_eq!(Pattern::new("《》"), None);
    }

    #[test]
    fn another_print_of_a_number_is_no_piece_of_a_longer_one() {
        let [typed, other] = &Pattern::all("二十条")[..] else { panic!("two prints") };
        assert_eq!(typed.find_in(&chars("一百二十条")), vec![2..5]);
        assert_eq!(other.find_in(&chars("120条和20条")), vec![5..8]);
        assert!(Pattern::all("第十二")[1].find_in(&chars("第120条")).is_empty());
    }
}
