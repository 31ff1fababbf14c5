//! A text as folded characters with their byte offsets: what the recognisers of this folder match on.
//!
//! Folding is one character to one character (full-width to ASCII, odd spaces to a space), so that an index into the
//! folded characters is an index into the original ones.

use crate::document::Span;
use std::ops::Range;

/// Folded characters of a text, each with its byte offset in the original.
pub(super) struct View<'a> {
    text: &'a str,
    chars: Vec<char>,
    offsets: Vec<usize>,
}

impl<'a> View<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let chars = text.chars().map(fold).collect();
        let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, chars, offsets }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at `at`; `None` outside the text.
    pub(super) fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The character before `at`.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|i| self.get(i))
    }

    /// The folded characters of a range.
    pub(super) fn slice(&self, range: Range<usize>) -> &[char] {
        &self.chars[range]
    }

    /// The folded characters of a range as a string, for matching words.
    pub(super) fn folded(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    /// Whether `word` stands at `at`.
    pub(super) fn at(&self, at: usize, word: &str) -> bool {
        let mut rest = self.chars.get(at..).unwrap_or_default().iter();
        word.chars().all(|c| rest.next() == Some(&c))
    }

    /// The range without white space at its ends.
    pub(super) fn trim(&self, range: Range<usize>) -> Range<usize> {
        self.trim_matches(range, char::is_whitespace)
    }

    /// The range without the characters that `drop` names at its ends.
    pub(super) fn trim_matches(&self, range: Range<usize>, drop: impl Fn(char) -> bool) -> Range<usize> {
        let Range { mut start, mut end } = range;
        while start < end && drop(self.chars[start]) {
            start += 1;
        }
        while start < end && drop(self.chars[end - 1]) {
            end -= 1;
        }
        start..end
    }

    /// The range in bytes of the original text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.offsets[range.start], self.offsets[range.end])
    }

    /// The characters of a byte span; one that ends inside a character takes all of it.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let place = |byte: usize| self.offsets.partition_point(|&offset| offset < byte).min(self.chars.len());
        place(span.start)..place(span.end).max(place(span.start))
    }

    /// The original text of a range.
    pub(super) fn original(&self, range: Range<usize>) -> &'a str {
        self.span(range).of(self.text)
    }
}

/// Full-width forms to ASCII, odd spaces to a space, brackets and quotes of one family to one form.
fn fold(c: char) -> char {
    match c {
        '\u{3000}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\u{a0}' | '\t' | '\u{feff}' | '\u{200b}' => ' ',
        '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}' => '\n',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '﹒' => '.',
        '﹙' => '(',
        '﹚' => ')',
        '﹕' | '︰' => ':',
        '﹔' => ';',
        '﹐' => ',',
        '｡' => '。',
        '﹑' | '､' => '、',
        '「' | '『' | '〝' => '“',
        '」' | '』' | '〞' => '”',
        _ => c,
    }
}

/// Whether a sentence ends with this folded character.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '\n' | ';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_one_character_for_one_character() {
        let view = View::new("（１）　甲，乙：𠀀丙");
        assert_eq!(view.folded(0..view.len()), "(1) 甲,乙:𠀀丙");
        assert_eq!(view.original(7..9), "：𠀀");
    }

    #[test]
    fn trimming_stops_at_what_is_kept() {
        let view = View::new("  甲乙。 ");
        assert_eq!(view.original(view.trim(0..view.len())), "甲乙。");
        assert_eq!(view.trim(0..2), 2..2);
    }
}
