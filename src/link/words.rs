//! A text as the linker sees it: its content words with rarity, meaning and concepts, sentence by sentence.

use super::thesaurus::Thesaurus;
use super::vectors::Vectors;
use crate::document::Span;
use crate::segment::{Segmenter, Tag, Token, normalise};

/// Words that carry no content of their own.
const STOP: &str = "的 了 和 与 及 或 在 对 把 被 将 应 应当 等 为 是 不 要 可以 并 由 从 到 上 下 中 以 其 也 都 就 让 给 一 个 这 那 \
    有 建议 能 用 不能 该 所 者 之 于 各 按照 按 根据 依法 地 得 着 过 而 则 且 但 若 如 又 再 才 还 只 会 来 去 里 后 前 时 这些 那些 \
    什么 怎么 自己 我们 他们 它 他 她 以及 并且 或者 有关 相关 进行 通过 对于 关于 因 因为 所以 同时 此 每 某 本 第 条 款 项 章 节";

/// A content word of a text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Its normal form.
    pub(super) term: String,
    /// Where it stands in the text that was read.
    pub(super) span: Span,
    /// Its word class.
    pub(super) tag: Tag,
    /// Its row among the vectors.
    pub(super) row: Option<u32>,
    /// Its sentence, from 0.
    pub(super) sentence: u16,
    /// Concepts whose term covers it.
    pub(super) concepts: Vec<u16>,
}

/// Reads texts into [`Word`]s.
pub(super) struct Reader<'a> {
    segmenter: &'a Segmenter,
    vectors: &'a Vectors,
    thesaurus: &'a Thesaurus,
}

impl<'a> Reader<'a> {
    pub(super) fn new(segmenter: &'a Segmenter, vectors: &'a Vectors, thesaurus: &'a Thesaurus) -> Self {
        Self { segmenter, vectors, thesaurus }
    }

    /// The content words of a text in order.
    pub(super) fn read(&self, text: &str) -> Vec<Word> {
        let form = normalise(text);
        let tokens = self.segmenter.words_of(&form);
        let mentions = self.mentions(&form, &tokens);
        let breaks: Vec<usize> =
            text.char_indices().filter(|(_, c)| is_break(*c)).map(|(at, c)| at + c.len_utf8()).collect();
        let mut words = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.into_iter().enumerate() {
            if is_stop(&token.term) {
                continue;
            }
            let sentence = breaks.partition_point(|&b| b <= token.span.start);
            words.push(Word {
                row: self.vectors.row(&token.term),
                span: token.span,
                tag: token.tag,
                sentence: u16::try_from(sentence).unwrap_or(u16::MAX),
                concepts: mentions[at].clone(),
                term: token.term,
            });
        }
        words
    }

    /// For each token, the concepts whose term covers it. A term of two characters must not straddle two words.
    fn mentions(&self, form: &crate::segment::Normal<'_>, tokens: &[Token]) -> Vec<Vec<u16>> {
        let mut of_token = vec![Vec::new(); tokens.len()];
        for mention in self.thesaurus.mentions(form.text()) {
            let span = form.span(mention.start, mention.end);
            let first = tokens.partition_point(|t| t.span.end <= span.start);
            let after = tokens.partition_point(|t| t.span.start < span.end);
            let short = form.text()[mention.start..mention.end].chars().nth(2).is_none();
            if short && after - first > 1 {
                continue;
            }
            of_token[first..after].iter_mut().for_each(|c: &mut Vec<u16>| c.push(mention.concept));
        }
        of_token
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '？' | '!' | '?' | '\n')
}

fn is_stop(term: &str) -> bool {
    static STOPS: std::sync::LazyLock<rustc_hash::FxHashSet<&'static str>> =
        std::sync::LazyLock::new(|| STOP.split_whitespace().collect());
    STOPS.contains(term)
}
