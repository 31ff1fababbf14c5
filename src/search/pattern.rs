//! A string as it is looked for, in the index and in a text, by the same rule: letters, digits and Chinese characters must
//! agree in normal form and lower case; each mark of punctuation between them meets any one mark.

use crate::segment::{Normal, is_text, lower, normalise};

/// A string to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Characters of the normal form, in lower case; `None` for a mark.
    chars: Vec<Option<char>>,
}

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
        Some(Self { chars: chars[start..end].to_vec() })
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

    /// Where the string stands in a text in normal form: ranges of characters, those that overlap included.
    pub(super) fn find_in(&self, chars: &[char]) -> Vec<(usize, usize)> {
        let meets = |wanted: Option<char>, c: char| match wanted {
            Some(wanted) => wanted == c,
            None => !is_text(c),
        };
        let stands = |at: &usize| self.chars.iter().zip(&chars[*at..]).all(|(&wanted, &c)| meets(wanted, c));
        let starts = (0..(chars.len() + 1).saturating_sub(self.chars.len())).filter(stands);
        starts.map(|at| (at, at + self.chars.len())).collect()
    }
}

/// The characters of a normal form in lower case, as [`Pattern::find_in`] wants them.
pub(super) fn chars_of(form: &Normal<'_>) -> Vec<char> {
    form.text().chars().map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let found = |text: &str| pattern.find_in(&chars_of(&normalise(text)));
        assert_eq!(found("各省，市"), [(1, 4)]);
        assert!(found("省内市").is_empty() && found("省市").is_empty());
    }

    #[test]
    fn nothing_but_punctuation_is_no_pattern() {
        assert_eq!(Pattern::new("《》"), None);
    }
}
