//! The one ranking of this module: which texts of a pool are nearest to a text.
//!
//! Takes [`Text`]s, gives a score for each. Words (with the words inside them) and character bigrams are ranked apart by BM25 (Robertson &
//! Walker 1994; k₁ = 1.2, b = 0.75) over weighted fields (BM25F, Robertson, Zaragoza & Taylor 2004), each as a share of
//! what the query would score against itself; bigrams by their cosine too (Salton & Buckley 1988), and sentence vectors by
//! theirs (smooth inverse frequency: Arora, Liang & Ma 2017). A short question is best answered by the shares, a long text
//! by the cosine: the weights move from one to the other with the query's length. A passage is helped by the best passages
//! of the document it stands in, and by the standing of that document.

use super::space::{Bag, Space};
use crate::document::Span;
use crate::link::{Vectors, common, meaning};
use crate::segment::{Segmenter, Token, is_han};
use rayon::prelude::*;
use std::sync::Arc;

/// Weight of a term in the title, in a marked part, and elsewhere.
const TITLE: f32 = 4.0;
const PART: f32 = 2.0;
const REST: f32 = 1.0;
/// Texts that are cut into terms at a time.
const BATCH: usize = 4096;
/// Characters up to which a query is a short question, and from which it is a long text.
const SHORT_TO: f64 = 30.0;
const LONG_FROM: f64 = 70.0;
/// Passages that speak for the document they stand in.
const SPEAKERS: usize = 3;
/// What a document's speakers count beside the passage itself, and what its standing adds.
const DOCUMENT: f64 = 0.7;
const STANDING: f64 = 0.018;

/// What each ranking counts in the sum.
struct Weights {
    words: f64,
    grams: f64,
    cosine: f64,
    meaning: f64,
}

/// Chosen on the tuning halves of `suyuan eval --retrieval` and `suyuan eval --letters`.
const SHORT: Weights = Weights { words: 0.85, grams: 1.7, cosine: 0.3, meaning: 0.5 };
const LONG: Weights = Weights { words: 0.0, grams: 0.0, cosine: 1.0, meaning: 0.0 };

/// A text to rank, or to ask with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text<'a> {
    /// Its title; empty where it has none.
    pub title: &'a str,
    /// Its words.
    pub text: &'a str,
    /// The parts of `text` that count more: the suggestions of a proposal.
    pub parts: &'a [Span],
}

/// Texts ready to be ranked.
pub struct Pool {
    segmenter: Segmenter,
    vectors: Arc<Vectors>,
    common: Vec<f32>,
    words: Space,
    grams: Space,
    meanings: Vec<f32>,
    /// For each text the document it is a passage of.
    documents: Vec<u32>,
    /// How high the document of each text stands.
    standing: Vec<f64>,
}

/// A text cut into terms.
pub(super) struct Terms {
    pub(super) words: Bag,
    grams: Bag,
    meaning: Vec<f32>,
    chars: usize,
}

impl Pool {
    /// Reads `texts`, on all threads; `vectors` say what words mean.
    pub fn new(texts: &[Text<'_>], segmenter: &Segmenter, vectors: Arc<Vectors>) -> Self {
        let common = common(&vectors);
        let (mut words, mut grams) = (Space::default(), Space::default());
        let mut meanings = Vec::with_capacity(texts.len() * vectors.dimensions());
        for batch in texts.chunks(BATCH) {
            let cut: Vec<Terms> = batch.par_iter().map(|text| cut(text, segmenter, &vectors, &common)).collect();
            for terms in cut {
                words.add(terms.words);
                grams.add(terms.grams);
                meanings.extend(terms.meaning);
            }
        }
        let (words, grams) = rayon::join(|| words.close(), || grams.close());
        let (documents, standing) = (Vec::new(), Vec::new());
        Self { segmenter: segmenter.clone(), vectors, common, words, grams, meanings, documents, standing }
    }

    /// Says which document each text is a passage of, and how high that document stands: the logarithm of one more than
    /// the documents that cite it. Both have one value a text.
    #[must_use]
    pub fn with_documents(mut self, documents: Vec<u32>, standing: Vec<f64>) -> Self {
        (self.documents, self.standing) = (documents, standing);
        self
    }

    /// The score of every text, in the order they were given: 0 nothing shared, 1 the query itself; standing comes on top.
    pub fn scores(&self, query: Text<'_>) -> Vec<f64> {
        self.rank(&self.cut(query))
    }

    pub(super) fn cut(&self, text: Text<'_>) -> Terms {
        cut(&text, &self.segmenter, &self.vectors, &self.common)
    }

    pub(super) fn rank(&self, query: &Terms) -> Vec<f64> {
        let weights = weights(query.chars);
        let words = self.words.shares(&query.words);
        let grams = self.grams.shares(&query.grams);
        let cosines = self.grams.cosines(&query.grams);
        let all = weights.words + weights.grams + weights.cosine + weights.meaning;
        let mut scores = Vec::with_capacity(words.len());
        for at in 0..words.len() {
            let meant = f64::from(self.likeness(query, at)).max(0.0);
            let sum = weights.words * words[at] + weights.grams * grams[at] + weights.cosine * cosines[at];
            // What shares no term is not found by its vector alone: every two official texts are a little alike.
            scores.push(if sum > 0.0 { (sum + weights.meaning * meant) / all } else { 0.0 });
        }
        self.lift(&mut scores);
        scores
    }

    /// Adds what the document of each passage is worth.
    fn lift(&self, scores: &mut [f64]) {
        let count = self.documents.iter().max().map_or(0, |&d| d as usize + 1);
        let mut best = vec![[0.0_f64; SPEAKERS]; count];
        for (score, &document) in scores.iter().zip(&self.documents) {
            let best = &mut best[document as usize];
            let place = best.partition_point(|b| b >= score);
            if place < SPEAKERS {
                best[place..].rotate_right(1);
                best[place] = *score;
            }
        }
        for ((score, &document), standing) in scores.iter_mut().zip(&self.documents).zip(&self.standing) {
            let speakers = best[document as usize].iter().sum::<f64>() / SPEAKERS as f64;
            if *score > 0.0 {
                *score = (*score + DOCUMENT * speakers) / (1.0 + DOCUMENT) + STANDING * standing;
            }
        }
    }

    fn likeness(&self, query: &Terms, at: usize) -> f32 {
        let size = self.vectors.dimensions();
        query.meaning.iter().zip(&self.meanings[at * size..]).map(|(a, b)| a * b).sum()
    }

    /// The words of all texts.
    pub(super) fn words(&self) -> &Space {
        &self.words
    }

    /// The telling words of a text, each as it counts.
    pub(super) fn plain(&self, text: &str) -> Bag {
        let words = self.segmenter.search_tokens(text).into_iter().filter(|t| telling(&t.term));
        bag(words.map(|t| (t.term, REST)))
    }
}

/// The weights for a query of so many characters.
fn weights(chars: usize) -> Weights {
    let long = ((chars as f64 - SHORT_TO) / (LONG_FROM - SHORT_TO)).clamp(0.0, 1.0);
    let between = |short: f64, end: f64| short + (end - short) * long;
    Weights {
        words: between(SHORT.words, LONG.words),
        grams: between(SHORT.grams, LONG.grams),
        cosine: between(SHORT.cosine, LONG.cosine),
        meaning: between(SHORT.meaning, LONG.meaning),
    }
}

fn cut(text: &Text<'_>, segmenter: &Segmenter, vectors: &Vectors, common: &[f32]) -> Terms {
    let weight = |span: Span| if text.parts.iter().any(|p| p.contains(span)) { PART } else { REST };
    let title = segmenter.search_tokens(text.title);
    let body = segmenter.search_tokens(text.text);
    let mut sense = vec![0.0; vectors.dimensions()];
    let rows = title.iter().chain(&body).filter_map(|t| vectors.row(&t.term));
    meaning(rows, vectors, common, &mut sense);
    let words = title.into_iter().map(|t| (t.term, TITLE));
    let words = bag(words.chain(body.into_iter().map(|t| (t.term, weight(t.span)))));
    // A single letter or digit at the end of a run says too little; a single character may be a word.
    let telling = |t: &Token| t.term.starts_with(is_han) || t.term.chars().nth(1).is_some();
    let pairs = |text: &str| segmenter.bigrams(text).into_iter().filter(telling);
    let grams = pairs(text.title).map(|t| (t.term, TITLE));
    let grams = bag(grams.chain(pairs(text.text).map(|t| (t.term, weight(t.span)))));
    Terms { words, grams, meaning: sense, chars: text.title.chars().count() + text.text.chars().count() }
}

fn bag(terms: impl Iterator<Item = (String, f32)>) -> Bag {
    let mut bag = Bag::new();
    for (term, weight) in terms {
        *bag.entry(term).or_default() += weight;
    }
    bag
}

/// Whether a word tells a reader something: two characters at least, not a mere figure.
pub(super) fn telling(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text<'_> {
        Text { text, ..Text::default() }
    }

    const LONG_TEXT: &str = "渡口的木桥每逢汛期便被冲断，两岸村民只得绕行二十里到上游过河，学生上学尤其不便，老人就医也常常耽误，去年冬天还有人滑入水中，        乡里多次修补都没有用，请求尽快改建为钢筋混凝土桥，并在两端加装护栏和照明。";

    #[test]
    fn a_text_is_its_own_nearest_whether_short_or_long() {
        let segmenter = Segmenter::new(None).unwrap();
        let texts = [text("修桥的经费从哪里来"), text(LONG_TEXT), text("渔船停靠须经批准")];
        let pool = Pool::new(&texts, &segmenter, Vectors::bundled());
        for (at, own) in texts.iter().enumerate() {
            let scores = pool.scores(*own);
            assert!((scores[at] - 1.0).abs() < 1e-3, "{scores:?}");
            assert!(scores.iter().enumerate().all(|(i, s)| i == at || *s < 0.9), "{scores:?}");
        }
    }

    #[test]
    fn what_shares_no_term_scores_nothing() {
        let segmenter = Segmenter::new(None).unwrap();
        let pool = Pool::new(&[text("渔船停靠须经批准")], &segmenter, Vectors::bundled());
        assert_eq!(pool.scores(text("修桥")), [0.0]);
    }

    #[test]
    fn a_passage_is_lifted_by_its_document() {
        let segmenter = Segmenter::new(None).unwrap();
        let texts =
            [text("渡船应当检验"), text("渡船应当检验"), text("渡船的检验由船检机构办理"), text("渡船的检验期为一年")];
        let pool = Pool::new(&texts, &segmenter, Vectors::bundled()).with_documents(vec![0, 1, 1, 1], vec![0.0; 4]);
        let scores = pool.scores(text("渡船检验"));
        assert!(scores[1] > scores[0], "{scores:?}");
    }
}
