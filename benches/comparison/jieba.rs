//! jieba's search mode, or bigrams, as tantivy's tokenizer, as one would write it at first.

#![allow(unreachable_pub)]

use jieba_rs::Jieba;
use std::sync::Arc;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Words where there is a dictionary, bigrams where there is none.
#[derive(Clone)]
pub struct Plain {
    pub jieba: Option<Arc<Jieba>>,
    pub stream: Stream,
}

#[derive(Clone, Default)]
pub struct Stream {
    tokens: Vec<Token>,
    next: usize,
}

impl Tokenizer for Plain {
    type TokenStream<'a> = &'a mut Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let token = |from: usize, to: usize, position: usize| Token {
            offset_from: from,
            offset_to: to,
            position,
            text: text[from..to].to_owned(),
            position_length: 1,
        };
        self.stream.next = 0;
        self.stream.tokens = match &self.jieba {
            Some(jieba) => {
                jieba.cut_for_search(text, true).iter().map(|t| token(t.byte_start, t.byte_end, t.start)).collect()
            }
            None => {
                let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                bounds.windows(3).enumerate().map(|(i, w)| token(w[0], w[2], i)).collect()
            }
        };
        self.stream.tokens.sort_by_key(|t| t.position);
        &mut self.stream
    }
}

impl TokenStream for &mut Stream {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        let at = self.next - 1;
        &mut self.tokens[at]
    }
}
