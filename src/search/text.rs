//! A text as it is searched: the characters of its normal form in lower case, its words, its sentences; each worked out when
//! first asked for.

use crate::document::Span;
use crate::segment::{Normal, Segmenter, is_text, normalise};
use std::cell::OnceCell;
use std::ops::Range;

/// A text in normal form that strings are looked for in.
pub(super) struct Text<'t> {
    form: Normal<'t>,
    segmenter: &'t Segmenter,
    /// In lower case.
    pub(super) chars: Vec<char>,
    words: OnceCell<Words>,
    scopes: OnceCell<Scopes>,
}

/// Where words begin and end, those inside longer words too.
struct Words {
    starts: Vec<bool>,
    ends: Vec<bool>,
    /// The words that do not lie inside others, by their first characters.
    whole: Vec<Range<usize>>,
}

/// The number of the sentence and of the clause that each character stands in.
struct Scopes {
    sentence: Vec<u32>,
    clause: Vec<u32>,
}

/// A stretch of a text that words may have to share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// To the next 。！？ or line end.
    Sentence,
    /// To the next ，；： as well; 、 does not end it.
    Clause,
}

impl<'t> Text<'t> {
    pub(super) fn new(text: &'t str, segmenter: &'t Segmenter) -> Self {
        let form = normalise(text);
        let chars = form.text().chars().map(|c| c.to_ascii_lowercase()).collect();
        Self { form, segmenter, chars, words: OnceCell::new(), scopes: OnceCell::new() }
    }

    /// The span in the original of a range of characters.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.form.span_of_chars(range.start, range.end)
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| {
            let length = self.chars.len() + 1;
            let mut words = Words { starts: vec![false; length], ends: vec![false; length], whole: Vec::new() };
            self.segmenter.each_search_term(self.form.text(), |term, start| {
                let end = start + term.chars().count();
                words.starts[start] = true;
                words.ends[end] = true;
                if words.whole.last().is_none_or(|last| last.end <= start) {
                    words.whole.push(start..end);
                }
            });
            words
        })
    }

    /// Whether a word begins at this character.
    pub(super) fn word_starts(&self, at: usize) -> bool {
        self.words().starts[at]
    }

    /// Whether a word ends before this character.
    pub(super) fn word_ends(&self, at: usize) -> bool {
        self.words().ends[at]
    }

    /// Whether a word of the dictionary would be cut before this character; what the segmenter only guesses to be a word does
    /// not count.
    pub(super) fn cuts_word(&self, at: usize) -> bool {
        let word = if at < self.chars.len() { self.word_at(at) } else { at..at };
        let term = || self.chars[word.clone()].iter().collect::<String>();
        word.start < at && !self.word_starts(at) && !self.word_ends(at) && self.segmenter.knows(&term())
    }

    /// The word that a character stands in.
    pub(super) fn word_at(&self, at: usize) -> Range<usize> {
        let whole = &self.words().whole;
        let next = whole.partition_point(|w| w.start <= at);
        let found = next.checked_sub(1).map(|i| whole[i].clone()).filter(|w| at < w.end);
        found.unwrap_or(at..at + 1)
    }

    /// How many words lie wholly between two characters.
    pub(super) fn words_between(&self, start: usize, end: usize) -> usize {
        let whole = &self.words().whole;
        let first = whole.partition_point(|w| w.start < start);
        let last = whole.partition_point(|w| w.end <= end);
        last.saturating_sub(first)
    }

    /// Whether all characters from `start` to `end` stand in one sentence, or clause.
    pub(super) fn together(&self, scope: Scope, start: usize, end: usize) -> bool {
        let scopes = self.scopes.get_or_init(|| Scopes::of(&self.chars));
        let of = match scope {
            Scope::Sentence => &scopes.sentence,
            Scope::Clause => &scopes.clause,
        };
        of[start] == of[end - 1]
    }
}

impl Scopes {
    fn of(chars: &[char]) -> Self {
        let (mut sentence, mut clause) = (0, 0);
        let mut scopes = Self { sentence: Vec::with_capacity(chars.len()), clause: Vec::with_capacity(chars.len()) };
        for (i, &c) in chars.iter().enumerate() {
            scopes.sentence.push(sentence);
            scopes.clause.push(clause);
            let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
            match c {
                '。' | '!' | '?' | '\n' => (sentence, clause) = (sentence + 1, clause + 1),
                ',' | ':' if digit(i.checked_sub(1)) && digit(Some(i + 1)) => {} // 1,000 and 9:30
                ',' | ';' | ':' => clause += 1,
                _ => {}
            }
        }
        scopes
    }
}

/// Whether nothing but letters, digits and Chinese characters stands in a range.
pub(super) fn unbroken(chars: &[char]) -> bool {
    chars.iter().all(|&c| is_text(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(text: &str, ask: impl FnOnce(&Text<'_>) -> T) -> T {
        ask(&Text::new(text, &Segmenter::new(None).unwrap()))
    }

    #[test]
    fn words_between_are_whole_words_without_punctuation() {
        with("融资，需要有效担保", |t| {
            assert_eq!(t.words_between(2, 7), 2);
            assert_eq!(t.words_between(2, 2), 0);
            assert_eq!(t.words_between(1, 7), 2);
        });
    }

    #[test]
    fn a_sentence_holds_clauses_and_figures_break_neither() {
        with("甲1,000乙、丙，丁。戊", |t| {
            assert!(t.together(Scope::Clause, 0, 9) && !t.together(Scope::Clause, 0, 11));
            assert!(t.together(Scope::Sentence, 0, 11) && !t.together(Scope::Sentence, 0, 13));
        });
    }

    #[test]
    fn words_inside_words_have_bounds_too() {
        with("扶持中小企业", |t| {
            assert!(t.word_starts(2) && t.word_ends(6) && t.word_starts(4));
            assert_eq!(t.word_at(3), 2..6);
        });
    }
}
