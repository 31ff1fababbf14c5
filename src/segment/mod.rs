//! Turns text into tokens: the only place that knows jieba.
//!
//! Takes any text and gives [`Token`]s whose spans point into it, whatever the width, spacing or script it is printed in:
//! the text is brought into a normal form first ([`normalise`]), cut there, and led back. A segmenter never changes, adds
//! or skips a character. Refuses only a malformed user dictionary.

mod dictionary;
mod fold;
mod gram;
mod normal;

pub use fold::is_han;
pub use gram::{Gram, each_gram, is_text};
pub use normal::{Normal, normalise};

use crate::document::Span;
use crate::{Error, Result};
use jieba_rs::Jieba;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Raised whenever normalisation or cutting changes, so that an index built before is built anew.
const REVISION: u32 = 1;

/// One token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the original text.
    pub span: Span,
    /// Its normal form in lower case: what is compared and counted.
    pub term: String,
    /// Its word class in the notation of the dictionary; empty for grams.
    pub tag: Tag,
}

/// A word class: `n` noun, `v` verb, `ns` place, `nt` organisation, `m` numeral, `x` punctuation, … (ICTCLAS notation).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tag([u8; Tag::MOST]);

impl Tag {
    /// The longest tag, in ASCII letters.
    const MOST: usize = 7;
    const NONE: Self = Self([0; Self::MOST]);

    /// The tag of this name; `None` where it is longer than seven letters or has other characters in it.
    pub fn new(name: &str) -> Option<Self> {
        let valid = name.len() <= Self::MOST && name.bytes().all(|b| b.is_ascii_alphanumeric());
        let mut bytes = [0; Self::MOST];
        valid.then(|| bytes[..name.len()].copy_from_slice(name.as_bytes()))?;
        Some(Self(bytes))
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&b| b == 0).unwrap_or(Self::MOST);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }

    /// Whether it is a noun of any kind, names included.
    pub fn is_noun(&self) -> bool {
        self.0[0] == b'n'
    }

    /// Whether it is a verb of any kind, verbal nouns included.
    pub fn is_verb(&self) -> bool {
        self.0[0] == b'v'
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({:?})", self.as_str())
    }
}

/// Cuts texts into tokens. Cheap to clone: the dictionary is shared.
#[derive(Clone)]
pub struct Segmenter {
    /// The dictionary with the user's words; where there are none, the bundled one serves.
    own: Option<Arc<Jieba>>,
    digest: Arc<str>,
}

/// The dictionary with the bundled lexicon, loaded once a process, when first asked: that takes some 0.1 s.
static BUNDLED: LazyLock<Jieba> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    dictionary::add_bundled(&mut jieba);
    jieba
});

/// A piece of the normal form while it is being cut: the slice, and its first and last-but-one character.
struct Piece<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    tag: &'a str,
}

impl Segmenter {
    /// A segmenter with the bundled dictionary and lexicon, and the user's own words where a file is given: one word a
    /// line, `WORD`, `WORD TAG`, `WORD FREQUENCY` or `WORD FREQUENCY TAG`; `#` opens a comment.
    ///
    /// # Errors
    /// When the file cannot be read, or a line of it does not have that form.
    pub fn new(user_dict: Option<&Path>) -> Result<Self> {
        let mut digest = blake3::Hasher::new();
        digest.update(&REVISION.to_le_bytes());
        dictionary::update_digest(&mut digest);
        let Some(path) = user_dict else {
            return Ok(Self { own: None, digest: digest.finalize().to_hex().as_str().into() });
        };
        let bytes = std::fs::read(path)
            .map_err(|e| Error::io(path, e, "give --user-dict a file of words, one a line, that can be read"))?;
        let entries = dictionary::parse(path, &bytes)?;
        let mut jieba = Jieba::clone(&BUNDLED);
        dictionary::add(&mut jieba, path, &entries)?;
        digest.update(&bytes);
        Ok(Self { own: Some(Arc::new(jieba)), digest: digest.finalize().to_hex().as_str().into() })
    }

    fn jieba(&self) -> &Jieba {
        self.own.as_deref().unwrap_or_else(|| &BUNDLED)
    }

    /// Loads the dictionary in another thread, while the caller does what needs no words yet.
    pub fn warm() {
        std::thread::spawn(|| LazyLock::force(&BUNDLED));
    }

    /// Names what decides the cutting: normal form, lexicon and user dictionary. Two segmenters with the same digest cut
    /// every text alike.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Every token of the text in order, punctuation and kept spaces included: together they are the whole normal form.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let form = normalise(text);
        let mut tokens = Vec::with_capacity(form.char_count() / 2 + 1);
        self.each_piece(form.text(), |piece| tokens.push(token(&form, &piece)));
        tokens
    }

    /// The words of the text in order, without punctuation and spaces: for ranking and linking.
    pub fn words(&self, text: &str) -> Vec<Token> {
        self.words_of(&normalise(text))
    }

    /// As [`Segmenter::words`], of a text already in normal form; the spans are those of its original.
    pub fn words_of(&self, form: &Normal<'_>) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(form.char_count() / 2 + 1);
        self.each_piece(form.text(), |piece| {
            if piece.text.chars().any(is_text) {
                tokens.push(token(form, &piece));
            }
        });
        tokens
    }

    /// The words of the text, each followed by the shorter dictionary words inside it: for the index. Spans overlap.
    pub fn search_tokens(&self, text: &str) -> Vec<Token> {
        let form = normalise(text);
        let mut tokens = Vec::with_capacity(form.char_count());
        self.each_search_piece(form.text(), |piece| tokens.push(token(&form, &piece)));
        tokens
    }

    /// The character bigrams of the text, single characters at the ends of runs included: see [`Gram`].
    pub fn bigrams(&self, text: &str) -> Vec<Token> {
        gram::grams(&normalise(text))
    }

    /// Whether the dictionary has this word (in normal form).
    pub fn knows(&self, word: &str) -> bool {
        self.jieba().has_word(word)
    }

    /// The terms of [`Segmenter::search_tokens`] of a normal form, with the character they start at; for the index, which
    /// wants no spans.
    pub fn each_search_term(&self, normal: &str, mut emit: impl FnMut(&str, usize)) {
        self.each_search_piece(normal, |piece| emit(piece.text, piece.start));
    }

    /// The words of a normal form, punctuation and spaces left out, with the byte each starts at; for counting, which wants
    /// neither tags nor spans.
    pub fn each_word<'n>(&self, normal: &'n str, mut emit: impl FnMut(&'n str, usize)) {
        let mut at = 0;
        for line in normal.split_inclusive('\n') {
            for word in self.jieba().cut(line, true) {
                if word.word.chars().any(is_text) {
                    emit(word.word, at + word.byte_start);
                }
            }
            at += line.len();
        }
    }

    fn each_piece(&self, normal: &str, mut emit: impl FnMut(Piece<'_>)) {
        // Paragraph by paragraph: the scratch space of jieba grows with the longest piece it is given.
        let mut chars = 0;
        for line in normal.split_inclusive('\n') {
            let mut end = 0;
            for tag in self.jieba().tag(line, true) {
                end = tag.end;
                emit(Piece { text: tag.word, start: chars + tag.start, end: chars + tag.end, tag: tag.tag });
            }
            chars += end;
        }
    }

    fn each_search_piece(&self, normal: &str, mut emit: impl FnMut(Piece<'_>)) {
        let mut chars = 0;
        for line in normal.split_inclusive('\n') {
            let mut end = 0;
            for word in self.jieba().cut(line, true) {
                end = word.end;
                if word.word.chars().any(is_text) {
                    emit(Piece { text: word.word, start: chars + word.start, end: chars + word.end, tag: "" });
                    self.each_part(word.word, chars + word.start, &mut emit);
                }
            }
            chars += end;
        }
    }

    /// The shorter words inside `word`, by start and then length; the parts of a compound such as `WES-5.4.5`.
    fn each_part(&self, word: &str, start: usize, emit: &mut impl FnMut(Piece<'_>)) {
        if word.is_ascii() {
            let mut at = 0;
            for part in word.split(['.', '_', '-', '%']) {
                if part.len() >= 2 && part.len() < word.len() {
                    emit(Piece { text: part, start: start + at, end: start + at + part.len(), tag: "" });
                }
                at += part.len() + 1;
            }
            return;
        }
        if word.len() <= 6 {
            return; // two Chinese characters, the usual case
        }
        let bytes: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        let count = bytes.len() - 1;
        for from in 0..count {
            for to in from + 2..=count.min(from + LONGEST_PART) {
                let part = &word[bytes[from]..bytes[to]];
                if to - from < count && self.jieba().has_word(part) {
                    emit(Piece { text: part, start: start + from, end: start + to, tag: "" });
                }
            }
        }
    }
}

/// Longer dictionary words are not looked for inside a word.
const LONGEST_PART: usize = 8;

fn token(form: &Normal<'_>, piece: &Piece<'_>) -> Token {
    let span = form.span_of_chars(piece.start, piece.end);
    Token { span, term: lower(piece.text), tag: Tag::new(piece.tag).unwrap_or_default() }
}

/// Lower case that keeps every byte where it is: only ASCII letters, which is what Chinese papers mix in.
pub(crate) fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

impl fmt::Debug for Segmenter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segmenter").field("digest", &self.digest).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn segmenter() -> Segmenter {
        Segmenter::new(None).unwrap()
    }

    fn terms(tokens: &[Token]) -> Vec<&str> {
        tokens.iter().map(|t| t.term.as_str()).collect()
    }

    #[test]
    fn traditional_and_simplified_texts_have_the_same_words() {
        let s = segmenter();
        assert_eq!(terms(&s.words("關於扶持中小企業發展的意見")), terms(&s.words("关于扶持中小企业发展的意见")));
    }

    #[test]
    fn loosely_set_and_full_width_texts_have_the_same_words() {
        let s = segmenter();
        assert_eq!(terms(&s.words("２０２３ 年 扶 持 企 业")), terms(&s.words("2023年扶持企业")));
    }

    #[test]
    fn search_tokens_hold_the_words_inside_a_word() {
        let s = segmenter();
        let tokens = s.search_tokens("中华人民共和国");
        assert!(terms(&tokens).contains(&"人民") && terms(&tokens).contains(&"中华人民共和国"), "{tokens:?}");
    }

    #[test]
    fn counted_words_are_the_words_with_their_bytes() {
        let s = segmenter();
        let text = "关于扶持，\n中小企业ＡＰＰ";
        let form = normalise(text);
        let mut counted = Vec::new();
        s.each_word(form.text(), |word, at| counted.push((word, form.span(at, at + word.len()))));
        let words = s.words(text);
        assert_eq!(counted.iter().map(|c| c.1).collect::<Vec<_>>(), words.iter().map(|w| w.span).collect::<Vec<_>>());
        assert!(counted.iter().zip(&words).all(|(c, w)| lower(c.0) == w.term));
    }

    #[test]
    fn every_character_of_a_run_starts_one_gram() {
        let s = segmenter();
        assert_eq!(terms(&s.bigrams("省、市APP")), ["省", "市a", "ap", "pp", "p"]);
    }

    #[test]
    fn a_segmenter_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&segmenter());
    }

    proptest! {
        #[test]
        fn the_tokens_together_are_the_normal_form(text in normal::tests::messy()) {
            let tokens = segmenter().tokens(&text);
            let form = normalise(&text);
            let joined: String = tokens.iter().map(|t| t.term.as_str()).collect();
            prop_assert_eq!(joined, lower(form.text()));
        }

        #[test]
        fn every_token_reproduces_its_term_from_the_original(text in normal::tests::messy()) {
            let s = segmenter();
            for token in s.tokens(&text).into_iter().chain(s.search_tokens(&text)).chain(s.bigrams(&text)) {
                let piece = normalise(token.span.of(&text)).text().to_ascii_lowercase();
                // Alone, a character may lose the neighbour that decides its form, and a space its reason to stay.
                let settled = |t: &str| t.chars().filter(|c| !c.is_whitespace() && !CONTEXTUAL.contains(*c)).collect::<String>();
                prop_assert_eq!(settled(&piece), settled(&token.term));
            }
        }

        #[test]
        fn words_do_not_overlap_and_rise(text in normal::tests::messy()) {
            let words = segmenter().words(&text);
            prop_assert!(words.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        }
    }

    const CONTEXTUAL: &str = "乾干著着藉借瞭了覆复徵征";
}
