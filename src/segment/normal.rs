//! The normal form of a text, with the way back: full and half width, odd spaces, radicals and traditional characters meet,
//! and every byte range of the normal form knows its [`Span`] in the original.

use super::fold::{self, DROPPED, is_han};
use crate::document::Span;

/// Runs of this many spaces, or a tab, between Chinese characters are columns, not loose setting, and part words.
const COLUMN_SPACES: usize = 4;

/// A text in normal form. Case is kept; line ends are `\n`; spaces beside Chinese characters and at line ends are gone,
/// other runs of spaces are one, columns are parted by a tab.
#[derive(Debug, Clone)]
pub struct Normal<'a> {
    original: &'a str,
    text: String,
    /// Byte of each character in the normal form, and the length at the end.
    at: Vec<u32>,
    /// Byte in the original of each character of the normal form.
    origin: Vec<u32>,
}

/// The normal form of `text`.
pub fn normalise(text: &str) -> Normal<'_> {
    let mut writer = Writer {
        normal: Normal {
            original: text,
            text: String::with_capacity(text.len()),
            at: Vec::with_capacity(text.len() / 3 + 1),
            origin: Vec::with_capacity(text.len() / 3 + 1),
        },
        spaces: None,
        last: None,
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\r' if chars.peek().is_some_and(|&(_, next)| next == '\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => writer.line_end(at),
            c if c.is_whitespace() => writer.space(at, c),
            c => {
                let mut folded = fold::fold(c);
                if fold::depends_on_context(folded) {
                    let after = text[at + c.len_utf8()..].chars().map(fold::fold).find(|&c| c != DROPPED);
                    folded = fold::by_context(writer.last, folded, after);
                }
                if folded != DROPPED {
                    writer.character(at, folded);
                }
            }
        }
    }
    writer.normal.at.push(writer.normal.text.len() as u32);
    writer.normal
}

struct Writer<'a> {
    normal: Normal<'a>,
    /// Byte of the first of the spaces that wait for what follows, and how wide they are.
    spaces: Option<(usize, usize)>,
    last: Option<char>,
}

impl Writer<'_> {
    fn push(&mut self, at: usize, c: char) {
        self.normal.at.push(self.normal.text.len() as u32);
        self.normal.origin.push(at as u32);
        self.normal.text.push(c);
        self.last = Some(c);
    }

    fn line_end(&mut self, at: usize) {
        self.spaces = None;
        self.push(at, '\n');
    }

    fn space(&mut self, at: usize, c: char) {
        let width = if c == '\t' { COLUMN_SPACES } else { 1 };
        let (start, before) = self.spaces.unwrap_or((at, 0));
        self.spaces = Some((start, before + width));
    }

    fn character(&mut self, at: usize, c: char) {
        if let Some((start, width)) = self.spaces.take() {
            match self.last {
                None | Some('\n') => {}
                Some(_) if width >= COLUMN_SPACES => self.push(start, '\t'),
                Some(last) if wide(last) || wide(c) => {}
                Some(_) => self.push(start, ' '),
            }
        }
        self.push(at, c);
    }
}

/// Chinese characters and punctuation: spaces beside them carry no meaning.
fn wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{2014}'..='\u{2026}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

impl<'a> Normal<'a> {
    /// The normal form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text it was made from.
    pub fn original(&self) -> &'a str {
        self.original
    }

    /// Number of characters of the normal form.
    pub fn char_count(&self) -> usize {
        self.origin.len()
    }

    /// The span in the original of the characters `start..end` of the normal form.
    ///
    /// # Panics
    /// When `end` is beyond the number of characters.
    pub fn span_of_chars(&self, start: usize, end: usize) -> Span {
        if start >= end {
            let at = self.origin.get(start).map_or(self.original.len(), |&at| at as usize);
            return Span::new(at, at);
        }
        let last = self.origin[end - 1] as usize;
        let length = self.original[last..].chars().next().map_or(0, char::len_utf8);
        Span::new(self.origin[start] as usize, last + length)
    }

    /// The span in the original of the bytes `start..end` of the normal form, both on character boundaries.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.span_of_chars(self.char_at(start), self.char_at(end))
    }

    /// Index of the character that starts at byte `at` of the normal form, or of the next one.
    pub fn char_at(&self, at: usize) -> usize {
        self.at.partition_point(|&byte| (byte as usize) < at)
    }

    /// Byte in the normal form of its character `index`.
    pub fn byte_of(&self, index: usize) -> usize {
        self.at[index] as usize
    }

    /// The stretch of the normal form that stands for the bytes `span` of the original.
    pub fn range_of(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.origin.partition_point(|&byte| (byte as usize) < span.start);
        let end = self.origin.partition_point(|&byte| (byte as usize) < span.end);
        self.byte_of(start)..self.byte_of(end)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn normal(text: &str) -> String {
        normalise(text).text().to_owned()
    }

    #[test]
    fn loose_setting_closes_up_and_columns_stay_apart() {
        assert_eq!(normal("局\u{3000}长 签 发"), "局长签发");
        assert_eq!(normal("2023 年 5 月 hello  world"), "2023年5月hello world");
        assert_eq!(normal("姓名\u{3000}\u{3000}\u{3000}\u{3000}单位\t电话"), "姓名\t单位\t电话");
    }

    #[test]
    fn traditional_meets_simplified_and_reign_titles_stay() {
        assert_eq!(normal("關於發展農業的幾點意見"), "关于发展农业的几点意见");
        assert_eq!(normal("乾隆年間乾燥，著名學者著力瞭解"), "乾隆年间干燥,著名学者着力了解");
        assert_eq!(normal("答覆與覆蓋"), "答复与覆盖");
    }

    #[test]
    fn line_ends_are_one_and_zero_width_goes() {
        assert_eq!(normal("甲\u{200b}乙 \r\n \u{2002}丙\r丁"), "甲乙\n丙\n丁");
    }

    #[test]
    fn a_found_piece_leads_back_to_the_original() {
        let text = "扶持\u{3000}中\u{200b}小企業，𠀀";
        let form = normalise(text);
        let at = form.text().find("中小企业").unwrap();
        assert_eq!(form.span(at, at + "中小企业".len()).of(text), "中\u{200b}小企業");
    }

    /// Texts of the characters that make trouble.
    pub(in crate::segment) fn messy() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[一-龥]{1,6}",
            "[a-zA-Z0-9.%-]{1,6}",
            "[ \u{3000}\u{2002}\u{a0}\t\n\r]{1,3}",
            "[，。、；：（）〔〕“”！？﹒﹪]{1,2}",
            "[\u{200b}\u{feff}\u{ad}]{1,2}",
            "[乾著藉瞭覆徵隆力]{1,3}",
            "[𠀀𠮷🏠ａＺ９⺠⻓豈灣]{1,3}",
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn offsets_rise_and_lie_on_character_boundaries(text in messy()) {
            let form = normalise(&text);
            let mut end = 0;
            for i in 0..form.char_count() {
                let span = form.span_of_chars(i, i + 1);
                prop_assert!(span.start >= end && !span.is_empty());
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                end = span.end;
            }
        }

        #[test]
        fn normalising_twice_changes_nothing(text in messy()) {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once);
        }

        #[test]
        fn only_spaces_and_invisible_characters_are_left_out(text in messy()) {
            let form = normalise(&text);
            let kept: std::collections::HashSet<usize> =
                (0..form.char_count()).map(|i| form.span_of_chars(i, i + 1).start).collect();
            for (at, c) in text.char_indices() {
                prop_assert!(kept.contains(&at) || c.is_whitespace() || fold::fold(c) == DROPPED, "{c:?} lost");
            }
        }
    }
}
