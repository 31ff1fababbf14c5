//! Character bigrams with positions: what makes any substring findable, and phrases exact.
//!
//! Letters and digits of a text form runs; punctuation, spaces and line ends part them. Every character of a run starts
//! exactly one gram: itself and the next character, or itself alone at the end of the run. So a string of two or more
//! characters is a phrase of bigrams, and a single character is the prefix of the grams that it starts.

use super::{Normal, Token, lower};

/// One gram of a text in normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gram<'a> {
    /// One or two characters, in lower case of the normal form's bytes when compared (see `lower`).
    pub text: &'a str,
    /// Index of its first character in the normal form.
    pub position: usize,
}

/// Whether `c` belongs to a run: letters, digits, Chinese characters.
pub fn is_text(c: char) -> bool {
    // Most characters are Chinese, and the general test is slow on them.
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}

/// Calls `emit` with every gram of `normal`, in order.
pub fn each_gram<'a>(normal: &'a str, mut emit: impl FnMut(Gram<'a>)) {
    let mut chars = normal.char_indices().enumerate().peekable();
    while let Some((position, (at, c))) = chars.next() {
        if !is_text(c) {
            continue;
        }
        let end = match chars.peek() {
            Some(&(_, (next, d))) if is_text(d) => next + d.len_utf8(),
            _ => at + c.len_utf8(),
        };
        emit(Gram { text: &normal[at..end], position });
    }
}

/// The bigrams of `form` as tokens, single characters at the ends of runs included.
pub(super) fn grams(form: &Normal<'_>) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(form.char_count());
    each_gram(form.text(), |gram| {
        let end = gram.position + gram.text.chars().count();
        let span = form.span_of_chars(gram.position, end);
        tokens.push(Token { span, term: lower(gram.text), tag: super::Tag::NONE });
    });
    tokens
}
