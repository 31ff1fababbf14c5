//! When a clause that the program names is the one that a person meant.
//!
//! A person names a clause by a quote: where the clause or its sentence begins. A clause hits it when its text, white space
//! removed, contains the quote, or when it lies in the sentence that the quote begins.

use crate::document::{Document, Span};

/// A document's text without white space, with the way back.
pub(super) struct Squeezed {
    text: String,
    /// For each byte of `text` the byte of the original; one more for its end.
    origin: Vec<usize>,
}

impl Squeezed {
    pub(super) fn new(document: &Document) -> Self {
        let mut squeezed = Self { text: String::new(), origin: Vec::new() };
        for (at, c) in document.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            squeezed.text.push(c);
            squeezed.origin.extend(at..at + c.len_utf8());
        }
        squeezed.origin.push(document.text.len());
        squeezed
    }

    /// Where the quote stands in the original, and the sentence it begins: each time it occurs.
    pub(super) fn places(&self, quote: &str) -> Vec<(Span, Span)> {
        let quote: String = quote.chars().filter(|c| !c.is_whitespace()).collect();
        if quote.is_empty() {
            return Vec::new();
        }
        let place = |(start, _): (usize, &str)| {
            let end = start + quote.len();
            let stop = self.text[end - quote.chars().last().map_or(0, char::len_utf8)..].find(['。', '！', '？']);
            let last = stop.map_or(self.text.len(), |s| end + s);
            let original = |from: usize, to: usize| Span::new(self.origin[from], self.origin[to.min(self.text.len())]);
            (original(start, end), original(start, last))
        };
        self.text.match_indices(&quote).map(place).collect()
    }
}

/// Whether a clause at `clause` hits a quote that stands at one of `places`.
pub(super) fn hits(clause: Span, places: &[(Span, Span)], text: &str) -> bool {
    places.iter().any(|(quote, sentence)| {
        let quote = quote.trim(text);
        clause.contains(quote) || sentence.contains(clause)
    })
}
