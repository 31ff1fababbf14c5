//! Finds the past proposals nearest to a text, a file or a proposal, with the replies they were given.
//!
//! Takes a [`Library`] and gives [`Nearest`] proposals with what they share. `pool` ranks, on the terms that `space` weighs.

mod difference;
mod duplicates;
mod grade;
mod pool;
mod replies;
mod shingle;
mod space;

pub use difference::Difference;
pub use duplicates::{Copy, Duplicates, Group, Member, duplicates};
pub use grade::grade;
pub use pool::{Pool, Text};
pub use replies::Replies;

use crate::document::{Date, Document, Entry, Kind, Library, Span};
use crate::segment::Segmenter;
use pool::telling;
use serde::{Deserialize, Serialize};
use space::Bag;

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
    replies: Replies<'a>,
    proposals: Vec<&'a Entry>,
    pool: Pool,
}

impl<'a> Similar<'a> {
    /// Reads the proposals of `library`, on all threads.
    pub fn new(library: &'a Library, segmenter: &Segmenter) -> Self {
        let proposals: Vec<&Entry> = library.of_kind(Kind::Proposal).collect();
        let spans = |entry: &&Entry| entry.parsed.suggestions.iter().map(|s| s.span).collect();
        let parts: Vec<Vec<Span>> = proposals.iter().map(spans).collect();
        let text = |(entry, parts): (&&'a Entry, _)| {
            let document: &'a Document = &entry.document;
            Text { title: &document.title, text: &document.text, parts }
        };
        let texts: Vec<Text<'_>> = proposals.iter().zip(parts.iter().map(Vec::as_slice)).map(text).collect();
        Self { replies: Replies::new(library), pool: Pool::new(&texts, segmenter), proposals }
    }

    /// The `limit` nearest proposals, nearest first; equals by id. Those that share nothing are left out.
    pub fn nearest(&self, query: Query<'_>, limit: usize) -> Vec<Nearest> {
        let terms = self.pool.cut(Text { title: query.title, text: query.text, parts: query.suggestions });
        let itself = |at: usize| query.itself == Some(self.proposals[at].document.id.as_str());
        let scores = self.pool.rank(&terms).into_iter().enumerate();
        let mut ranked: Vec<(usize, f64)> = scores.filter(|(at, score)| *score > 0.0 && !itself(*at)).collect();
        // The proposals stand by id, so that a stable sort leaves equals in that order.
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.truncate(limit);
        let own = self.own(query);
        ranked.into_iter().map(|(at, score)| self.describe(at, score, &terms.words, &own)).collect()
    }

    /// What suggestions are compared with: the query's own suggestions, or the query as a whole.
    fn own(&self, query: Query<'_>) -> Vec<(Option<usize>, Bag)> {
        let plain = |text: &str| self.pool.plain(text);
        if query.suggestions.is_empty() {
            return vec![(None, plain(query.text))];
        }
        let own = query.suggestions.iter().enumerate();
        own.map(|(i, span)| (Some(i + 1), plain(span.of(query.text)))).collect()
    }

    fn describe(&self, at: usize, score: f64, words: &Bag, own: &[(Option<usize>, Bag)]) -> Nearest {
        let entry = self.proposals[at];
        let Document { id, number, session, title, date, source, .. } = &entry.document;
        let shared = named(self.pool.words().shared(words, at));
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
            let theirs = self.pool.plain(text);
            for (number, ours) in own {
                let score = self.pool.words().cosine(ours, &theirs);
                if score > best.as_ref().map_or(ALIGNED, |b| b.score) {
                    let unit = suggestion.id(&entry.document).to_string();
                    best = Some(Aligned { unit, text: text.to_owned(), own: *number, score });
                }
            }
        }
        best.map(|b| Aligned { score: rounded(b.score), ..b })
    }
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
