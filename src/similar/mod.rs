//! Finds the past proposals nearest to a text, a file or a proposal, with the replies they were given.
//!
//! Takes a [`Library`] and gives [`Nearest`] proposals with what they share. Words (with the words inside them) and character bigrams are ranked apart by BM25
//! (Robertson & Walker 1994; k₁ = 1.2, b = 0.75) over weighted fields (BM25F, Robertson, Zaragoza & Taylor 2004: title 4, suggestions 2,
//! the rest 1), each divided by what the query would score against itself, and averaged: a score of 1 is the query again.

mod grade;
mod replies;
mod space;

pub use grade::grade;
pub use replies::Replies;

use crate::document::{Date, Document, Entry, Kind, Library, Span};
use crate::segment::Segmenter;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use space::{Bag, Space};

/// Weight of a term in the title, in a suggestion, and elsewhere.
const TITLE: f32 = 4.0;
const SUGGESTION: f32 = 2.0;
const REST: f32 = 1.0;
/// Least cosine at which a suggestion speaks for its proposal.
const ALIGNED: f64 = 0.05;
/// Shared words that are named as the reason.
const NAMED: usize = 8;

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Its title; empty where it has none.
    pub title: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its suggestions in the text; empty for plain text.
    pub suggestions: &'a [Span],
    /// The id of the proposal itself, which is not to be found again.
    pub itself: Option<&'a str>,
}

impl<'a> Query<'a> {
    /// A plain text.
    pub fn text(text: &'a str) -> Self {
        Self { title: "", text, suggestions: &[], itself: None }
    }
}

/// A past proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Nearest {
    /// The id of its record.
    pub document: String,
    /// Its 提案号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its session as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Its title.
    pub title: String,
    /// When it was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Whether it is marked as fiction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    /// How near it is: 0 nothing shared, 1 the query itself.
    pub score: f64,
    /// The words that say most, strongest first.
    pub shared: Vec<SharedWord>,
    /// The suggestion of it that is nearest to the query or to one of its suggestions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aligned: Option<Aligned>,
    /// What was replied.
    pub replies: Vec<PastReply>,
}

/// A word that a proposal shares with the query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharedWord {
    /// Its normal form.
    pub word: String,
    /// What it adds to the proposal's BM25 score of words.
    pub weight: f64,
}

/// The suggestion that speaks for a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Aligned {
    /// The suggestion as `suyuan show` takes it: `0076#s3`.
    pub unit: String,
    /// Its words.
    pub text: String,
    /// The one-based suggestion of the query that it is nearest to; `None` for plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<usize>,
    /// Cosine of the two, words weighted by rarity: 0 to 1.
    pub score: f64,
}

/// A reply to a past proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastReply {
    /// The id of its record.
    pub document: String,
    /// Its title.
    pub title: String,
    /// The unit that replied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The class of the result as printed: A, B, C, D, 甲, 乙, 丙, 丁.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<char>,
}

/// The proposals of a library, ready to be compared with.
pub struct Similar<'a> {
    segmenter: &'a Segmenter,
    replies: Replies<'a>,
    proposals: Vec<&'a Entry>,
    words: Space,
    grams: Space,
}

impl<'a> Similar<'a> {
    /// Reads the proposals of `library`, on all threads.
    pub fn new(library: &'a Library, segmenter: &'a Segmenter) -> Self {
        let proposals: Vec<&Entry> = library.of_kind(Kind::Proposal).collect();
        let bags = |entry: &&Entry| {
            let spans: Vec<Span> = entry.parsed.suggestions.iter().map(|s| s.span).collect();
            bags(segmenter, &entry.document.title, &entry.document.text, &spans)
        };
        let (words, grams): (Vec<Bag>, Vec<Bag>) = proposals.par_iter().map(bags).unzip();
        let replies = Replies::new(library);
        Self { segmenter, replies, proposals, words: Space::new(words), grams: Space::new(grams) }
    }

    /// The `limit` nearest proposals, nearest first; equals by id. Those that share nothing are left out.
    pub fn nearest(&self, query: Query<'_>, limit: usize) -> Vec<Nearest> {
        let (words, grams) = bags(self.segmenter, query.title, query.text, query.suggestions);
        let scores = self.words.shares(&words).into_iter().zip(self.grams.shares(&grams));
        let scores = scores.map(|(words, grams)| f64::midpoint(words, grams)).enumerate();
        let itself = |at: usize| query.itself == Some(self.proposals[at].document.id.as_str());
        let mut ranked: Vec<(usize, f64)> = scores.filter(|(at, score)| *score > 0.0 && !itself(*at)).collect();
        // The proposals stand by id, so that a stable sort leaves equals in that order.
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.truncate(limit);
        let own = self.own(query);
        ranked.into_iter().map(|(at, score)| self.describe(at, score, &words, &own)).collect()
    }

    /// What suggestions are compared with: the query's own suggestions, or the query as a whole.
    fn own(&self, query: Query<'_>) -> Vec<(Option<usize>, Bag)> {
        let plain = |text: &str| self.plain(text);
        if query.suggestions.is_empty() {
            return vec![(None, plain(query.text))];
        }
        let own = query.suggestions.iter().enumerate();
        own.map(|(i, span)| (Some(i + 1), plain(span.of(query.text)))).collect()
    }

    /// The telling words of a text, each as it counts.
    fn plain(&self, text: &str) -> Bag {
        let words = self.segmenter.search_tokens(text).into_iter().filter(|t| telling(&t.term));
        bag(words.map(|t| (t.term, REST)))
    }

    fn describe(&self, at: usize, score: f64, words: &Bag, own: &[(Option<usize>, Bag)]) -> Nearest {
        let entry = self.proposals[at];
        let Document { id, number, session, title, date, source, .. } = &entry.document;
        let shared = named(self.words.shared(words, at));
        let replies = self.replies.to(id).iter();
        Nearest {
            document: id.clone(),
            number: number.as_ref().map(|n| n.value.clone()),
            session: session.as_ref().map(|s| s.printed.clone()),
            title: title.clone(),
            date: *date,
            sample: source.sample,
            score: rounded(score.min(1.0)),
            shared,
            aligned: self.aligned(entry, own),
            replies: replies.map(|reply| past_reply(&reply.document)).collect(),
        }
    }

    fn aligned(&self, entry: &Entry, own: &[(Option<usize>, Bag)]) -> Option<Aligned> {
        let mut best: Option<Aligned> = None;
        for suggestion in &entry.parsed.suggestions {
            let text = entry.text(suggestion.span);
            let theirs = self.plain(text);
            for (number, ours) in own {
                let score = self.words.cosine(ours, &theirs);
                if score > best.as_ref().map_or(ALIGNED, |b| b.score) {
                    let unit = suggestion.id(&entry.document).to_string();
                    best = Some(Aligned { unit, text: text.to_owned(), own: *number, score });
                }
            }
        }
        best.map(|b| Aligned { score: rounded(b.score), ..b })
    }
}

/// Words and bigrams of a proposal, weighted by where they stand.
fn bags(segmenter: &Segmenter, title: &str, text: &str, suggestions: &[Span]) -> (Bag, Bag) {
    let weight = |span: Span| if suggestions.iter().any(|s| s.contains(span)) { SUGGESTION } else { REST };
    let words = segmenter.search_tokens(title).into_iter().map(|t| (t.term, TITLE));
    let words = words.chain(segmenter.search_tokens(text).into_iter().map(|t| (t.term, weight(t.span))));
    let grams = segmenter.bigrams(title).into_iter().map(|t| (t.term, TITLE));
    let grams = grams.chain(segmenter.bigrams(text).into_iter().map(|t| (t.term, weight(t.span))));
    (bag(words), bag(grams))
}

fn bag(terms: impl Iterator<Item = (String, f32)>) -> Bag {
    let mut bag = Bag::new();
    for (term, weight) in terms {
        *bag.entry(term).or_default() += weight;
    }
    bag
}

/// The telling words that weigh most; of a word and a longer one around it the longer.
fn named(shared: Vec<(String, f64)>) -> Vec<SharedWord> {
    let mut named: Vec<SharedWord> = Vec::new();
    for (word, weight) in shared.into_iter().filter(|(word, _)| telling(word)) {
        if let Some(inner) = named.iter_mut().find(|n| word.contains(n.word.as_str())) {
            inner.word = word;
        } else if named.len() < NAMED && !named.iter().any(|n| n.word.contains(word.as_str())) {
            named.push(SharedWord { word, weight: rounded(weight) });
        }
    }
    named
}

/// Whether a word tells a reader something: two characters at least, not a mere figure.
fn telling(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().any(char::is_alphabetic)
}

fn past_reply(reply: &Document) -> PastReply {
    PastReply {
        document: reply.id.clone(),
        title: reply.title.clone(),
        unit: reply.issuer.clone(),
        date: reply.date,
        class: grade(&reply.text),
    }
}

/// Six decimals: more would be noise of the arithmetic.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
