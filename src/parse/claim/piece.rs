//! Cuts a report into pieces: stretches between commas, semicolons and full stops, with brackets and quotations kept whole.
//!
//! Reports copied from web pages lose characters: a full stop before 二是 may be missing, a quotation may not close. Ordinals
//! that rise (一是…二是…) therefore end a sentence too, and a bracket without its partner is ignored.

use crate::document::Span;

/// What ends a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Comma,
    Semicolon,
    Stop,
}

/// A stretch of text without a comma of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) end: End,
}

const PAIRS: [(char, char); 9] = [
    ('《', '》'),
    ('“', '”'),
    ('（', '）'),
    ('(', ')'),
    ('〔', '〕'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〈', '〉'),
];

/// A bracket must close within this many bytes, or it counts as unpaired.
const LONGEST_BRACKET: usize = 450;

/// The ranges inside closed brackets and quotations, brackets included, outermost only.
pub(super) fn brackets(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, open, close)) = next_opener(text, from) {
        match closer(&text[at..], open, close) {
            Some(length) => {
                found.push(Span::new(at, at + length));
                from = at + length;
            }
            None => from = at + open.len_utf8(),
        }
    }
    found
}

fn next_opener(text: &str, from: usize) -> Option<(usize, char, char)> {
    text[from..].char_indices().find_map(|(i, c)| {
        let pair = PAIRS.iter().find(|p| p.0 == c)?;
        Some((from + i, pair.0, pair.1))
    })
}

/// The length from the opener at the start of `text` to the end of its partner.
fn closer(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, c) in text.char_indices().take_while(|&(i, c)| i < LONGEST_BRACKET && c != '\n') {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(i + c.len_utf8());
            }
        }
    }
    None
}

/// The pieces of `text` in order; empty ones are left out.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let inside = brackets(text);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize, kind: End| {
        let span = Span::new(start, end).trim(text);
        if !span.is_empty() {
            pieces.push(Piece { span, end: kind });
        } else if let Some(last) = pieces.last_mut() {
            last.end = last.end.max(kind);
        }
    };
    let mut brackets = inside.iter().peekable();
    let mut expected = 1_usize;
    let mut skip = 0;
    for (i, c) in text.char_indices() {
        if i < skip {
            continue;
        }
        while brackets.next_if(|b| b.end <= i).is_some() {}
        if let Some(bracket) = brackets.peek().filter(|b| b.start == i) {
            skip = bracket.end;
            continue;
        }
        if c == '\n' {
            expected = 1;
        }
        if let Some(kind) = separator(text, i, c) {
            push(start, i, kind);
            start = i + c.len_utf8();
        } else if i > start && ["比如", "例如"].iter().any(|w| text[i..].starts_with(w)) {
            push(start, i, End::Comma);
            start = i;
        } else if let Some(n) = ordinal(&text[i..])
            && (n == expected || (n == 1 && text[..i].ends_with(['。', ':', '：', ',', '，', ';', '；', '\n', ' '])))
            && (n > 1 || i == start || text[start..i].trim().is_empty())
        {
            push(start, i, End::Stop);
            start = i;
            expected = n + 1;
        }
    }
    push(start, text.len(), End::Stop);
    pieces
}

/// The kind of separator that `c` at byte `i` is; a comma between groups of digits is none.
fn separator(text: &str, i: usize, c: char) -> Option<End> {
    match c {
        '。' | '！' | '？' | '!' | '?' | '\n' | '\r' => Some(End::Stop),
        '；' | ';' => Some(End::Semicolon),
        '，' => Some(End::Comma),
        ',' => {
            let digits = |s: &str| s.chars().take_while(char::is_ascii_digit).count();
            let before = text[..i].ends_with(|c: char| c.is_ascii_digit());
            (!(before && digits(&text[i + 1..]) == 3)).then_some(End::Comma)
        }
        _ => None,
    }
}

/// The value of an ordinal such as 二是 at the start of `text`.
fn ordinal(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let n = "一二三四五六七八九十".chars().position(|d| Some(d) == chars.clone().next())?;
    chars.next();
    (chars.next() == Some('是')).then_some(n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        pieces(text).iter().map(|p| p.span.of(text)).collect()
    }

    #[test]
    fn rising_ordinals_end_a_sentence_whose_stop_is_lost() {
        assert_eq!(texts("一是建立台账,明确时限二是定期督办。"), ["一是建立台账", "明确时限", "二是定期督办"]);
        assert_eq!(texts("重要任务之一是宣传"), ["重要任务之一是宣传"]);
    }

    #[test]
    fn brackets_and_quotations_are_kept_whole() {
        assert_eq!(
            texts("共30件（主办10件，会办20件），提出“先试,后推”"),
            ["共30件（主办10件，会办20件）", "提出“先试,后推”"]
        );
    }

    #[test]
    fn an_unclosed_quotation_does_not_swallow_the_text() {
        assert_eq!(texts("提出“先试,后推\n第二段"), ["提出“先试", "后推", "第二段"]);
    }

    #[test]
    fn a_thousands_comma_separates_nothing() {
        assert_eq!(texts("共1,234件,办结"), ["共1,234件", "办结"]);
    }
}
