//! The segmenter as tantivy's tokenizers: words with the words inside them, and character bigrams.
//! Positions are characters of the normal form; offsets are of no use to the index and are left zero.

use crate::segment::{Segmenter, each_gram, normalise};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Name of the tokenizer of words.
pub(crate) const WORDS: &str = "suyuan_words";
/// Name of the tokenizer of bigrams.
pub(crate) const GRAMS: &str = "suyuan_grams";

/// Registers both tokenizers; tantivy does not store them.
pub(super) fn register(tokenizers: &TokenizerManager, segmenter: &Segmenter) {
    let words = Terms { segmenter: Some(segmenter.clone()), buffer: Buffer::default() };
    tokenizers.register(WORDS, TextAnalyzer::builder(words).build());
    let grams = Terms { segmenter: None, buffer: Buffer::default() };
    tokenizers.register(GRAMS, TextAnalyzer::builder(grams).build());
}

/// Words where there is a segmenter, bigrams where there is none.
#[derive(Clone)]
struct Terms {
    segmenter: Option<Segmenter>,
    buffer: Buffer,
}

/// The terms of one text, back to back, so that no term is allocated for itself.
#[derive(Clone, Default)]
struct Buffer {
    text: String,
    /// End in `text`, and position, of each term.
    terms: Vec<(u32, u32)>,
    next: usize,
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = &'a mut Buffer;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let Self { segmenter, buffer } = self;
        buffer.clear();
        let form = normalise(text);
        match segmenter {
            Some(segmenter) => segmenter.each_search_term(form.text(), |term, position| buffer.push(term, position)),
            None => each_gram(form.text(), |gram| buffer.push(gram.text, gram.position)),
        }
        buffer.text.make_ascii_lowercase();
        buffer
    }
}

impl Buffer {
    fn clear(&mut self) {
        self.text.clear();
        self.terms.clear();
        self.next = 0;
        self.token.reset();
    }

    fn push(&mut self, term: &str, position: usize) {
        self.text.push_str(term);
        self.terms.push((self.text.len() as u32, position as u32));
    }
}

impl TokenStream for &mut Buffer {
    fn advance(&mut self) -> bool {
        let Some(&(end, position)) = self.terms.get(self.next) else { return false };
        let start = self.next.checked_sub(1).map_or(0, |before| self.terms[before].0);
        let buffer = &mut **self;
        buffer.token.text.clear();
        buffer.token.text.push_str(&buffer.text[start as usize..end as usize]);
        buffer.token.position = position as usize;
        buffer.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_come_in_lower_case_with_rising_positions() {
        let mut words = Terms { segmenter: Some(Segmenter::new(None).unwrap()), buffer: Buffer::default() };
        let mut stream = words.token_stream("推广ＡＰＰ，中华人民共和国");
        let mut seen = Vec::new();
        stream.process(&mut |token| seen.push((token.text.clone(), token.position)));
        assert_eq!(seen[..3], [("推广".into(), 0), ("app".into(), 2), ("中华人民共和国".into(), 6)]);
        assert!(seen.contains(&("人民".into(), 8)), "{seen:?}");
    }
}
