//! Finds the past proposals and replies nearest to a text, a file or a proposal, and says why.
//!
//! Takes a [`Library`] and gives [`Nearest`] matters: a past proposal with its replies, or a reply whose proposal the library does not have. `pool`
//! ranks, on the terms that `space` weighs; `reason` names what is shared and sets suggestions beside their answers; `shingle` says what is
//! nearly identical, and `duplicates` finds that in a whole library.

mod difference;
mod duplicates;
mod grade;
mod matter;
mod nearest;
mod pool;
mod reason;
mod replies;
mod shingle;
mod space;

pub use difference::Difference;
pub use duplicates::{Copy, Duplicates, Group, Member, duplicates};
pub use grade::grade;
pub use nearest::{Aligned, Answered, Asked, Found, Nearest, Part, PastReply, SharedWord, Twin};
pub use pool::{Pool, Text};
pub use replies::{Replies, answering};

use crate::document::{Date, Document, Entry, Library, Span};
use crate::link::Vectors;
use crate::segment::Segmenter;
use matter::{Matter, matters};
use pool::Terms;
use shingle::Shingles;
use space::Bag;
use std::sync::Arc;

/// Matters that share this part of their text are one to a reader: they are listed together.
const TWIN: f64 = 0.5;
/// So many times the matters asked for are looked through for twins.
const LOOKED_AT: usize = 3;

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

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Whole proposals and replies.
    Whole,
    /// Single suggestions and sections of replies.
    Suggestion,
}

/// Which matters may be found; a condition that is not given holds for all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// A unit that replied (or issued the proposal) has this in its name.
    pub unit: Option<String>,
    /// The proposal or a reply is dated in these years, the first and the last.
    pub years: Option<(u16, u16)>,
    /// There is a reply.
    pub answered: bool,
}

impl Filter {
    fn lets(&self, matter: &Matter<'_>) -> bool {
        let within = |date: Option<Date>| {
            self.years.is_none_or(|(first, last)| date.is_some_and(|d| (first..=last).contains(&d.year())))
        };
        let named = |document: &Document| {
            let issuer = document.issuer.as_deref().unwrap_or_default();
            self.unit.as_deref().is_none_or(|unit| issuer.contains(unit))
        };
        let documents: Vec<&Document> = matter.entries().map(|e| &e.document).collect();
        (!self.answered || !matter.replies.is_empty())
            && documents.iter().any(|d| within(d.date))
            && documents.iter().any(|d| named(d))
    }
}

/// The past matters of a library, ready to be compared with.
pub struct Similar<'a> {
    matters: Vec<Matter<'a>>,
    /// For each text of the pool its matter.
    of_text: Vec<usize>,
    pool: Pool,
}

/// A query, or one of its suggestions, cut into terms.
struct Cut {
    terms: Terms,
    /// What suggestions are compared with: number, words, telling words.
    own: Vec<(Option<usize>, String, Bag)>,
    shingles: Shingles,
}

impl<'a> Similar<'a> {
    /// Reads the proposals and replies of `library`, on all threads.
    pub fn new(library: &'a Library, segmenter: &Segmenter, vectors: Arc<Vectors>, level: Level) -> Self {
        let matters = matters(library);
        let (mut texts, mut of_text) = (Vec::new(), Vec::new());
        let parts: Vec<Vec<Span>> =
            matters.iter().map(|m| m.head().parsed.suggestions.iter().map(|s| s.span).collect()).collect();
        for (at, (matter, parts)) in matters.iter().zip(&parts).enumerate() {
            for entry in matter.entries() {
                let found = texts_of(entry, parts, level);
                of_text.extend(found.iter().map(|_| at));
                texts.extend(found);
            }
        }
        let mut pool = Pool::new(&texts, segmenter, vectors);
        if level == Level::Suggestion {
            let documents = of_text.iter().map(|&m| u32::try_from(m).expect("fewer matters than 2^32")).collect();
            pool = pool.with_documents(documents, vec![0.0; of_text.len()]);
        }
        Self { matters, of_text, pool }
    }

    /// The `limit` nearest matters that `filter` lets through, nearest first; equals by id. Those that share nothing are left
    /// out; those that nearly repeat a nearer one are told with it.
    pub fn nearest(&self, query: Query<'_>, filter: &Filter, limit: usize) -> Vec<Nearest> {
        let cut = self.cut(query);
        let mut scores = vec![(0.0_f64, 0_usize); self.matters.len()];
        for (text, score) in self.pool.rank(&cut.terms).into_iter().enumerate() {
            let best = &mut scores[self.of_text[text]];
            if score > best.0 {
                *best = (score, text);
            }
        }
        let itself = |at: usize| query.itself == Some(self.matters[at].head().document.id.as_str());
        let allowed = |at: usize| !itself(at) && filter.lets(&self.matters[at]);
        let found = scores.into_iter().enumerate();
        let mut ranked: Vec<(usize, (f64, usize))> = found.filter(|(at, s)| s.0 > 0.0 && allowed(*at)).collect();
        // The matters stand by id, so that a stable sort leaves equals in that order.
        ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
        ranked.truncate(limit.saturating_mul(LOOKED_AT));
        self.grouped(ranked, &cut, limit)
    }

    /// Describes the ranked matters. Of those that are nearly the same the first that was answered is told in full, the others beside it.
    fn grouped(&self, ranked: Vec<(usize, (f64, usize))>, cut: &Cut, limit: usize) -> Vec<Nearest> {
        let mut groups: Vec<Vec<(usize, f64, usize, Shingles)>> = Vec::new();
        for (at, (score, text)) in ranked {
            let shingles = Shingles::of(&self.matters[at].head().document.text);
            let shares = groups.iter().enumerate().map(|(i, group)| (shingles.resemblance(&group[0].3), i));
            match shares.filter(|(share, _)| *share >= TWIN).max_by(|a, b| a.0.total_cmp(&b.0)) {
                Some((_, i)) => groups[i].push((at, score, text, shingles)),
                None if groups.len() < limit => groups.push(vec![(at, score, text, shingles)]),
                None => {}
            }
        }
        let tell = |mut group: Vec<(usize, f64, usize, Shingles)>| {
            let best = group.iter().map(|member| member.1).fold(0.0, f64::max);
            let first = group.iter().position(|member| !self.matters[member.0].replies.is_empty()).unwrap_or(0);
            let (at, _, text, shingles) = group.remove(first);
            let mut near =
                self.describe(&self.matters[at], best, text, cut, rounded(cut.shingles.contained_in(&shingles)));
            let twin = |(at, _, _, own): (usize, f64, usize, Shingles)| {
                Twin::new(&self.matters[at], rounded(own.resemblance(&shingles)))
            };
            near.twins = group.into_iter().map(twin).collect();
            near
        };
        groups.into_iter().map(tell).collect()
    }

    fn describe(&self, matter: &Matter<'_>, score: f64, text: usize, cut: &Cut, repeated: f64) -> Nearest {
        let shared = reason::named(self.pool.words().shared(&cut.terms.words, text));
        let aligned = reason::aligned(&self.pool, matter, &cut.own);
        Nearest::new(matter, rounded(score.min(1.0)), repeated, shared, aligned)
    }

    fn cut(&self, query: Query<'_>) -> Cut {
        let terms = self.pool.cut(Text { title: query.title, text: query.text, parts: query.suggestions });
        let bag = |text: &str| self.pool.plain(text);
        let suggestions = query.suggestions.iter().enumerate();
        let own = suggestions.map(|(i, s)| (Some(i + 1), s.of(query.text).to_owned(), bag(s.of(query.text)))).collect();
        let whole = || vec![(None, query.text.to_owned(), bag(query.text))];
        let own = if query.suggestions.is_empty() { whole() } else { own };
        Cut { terms, own, shingles: Shingles::of(query.text) }
    }
}

/// What is compared of a document at this level.
fn texts_of<'t>(entry: &'t Entry, parts: &'t [Span], level: Level) -> Vec<Text<'t>> {
    let Document { title, text, .. } = &entry.document;
    let plain = |span: Span| Text { text: entry.text(span), ..Text::default() };
    let mut texts: Vec<Text<'_>> = Vec::new();
    if level == Level::Suggestion {
        texts.extend(entry.parsed.suggestions.iter().map(|s| plain(s.span)));
        texts.extend(entry.parsed.sections.iter().map(|s| plain(s.span)));
    }
    if texts.is_empty() {
        // A reply's title repeats the proposal's number and says nothing of the matter.
        let own = !entry.parsed.suggestions.is_empty();
        let title = if entry.document.kind == crate::document::Kind::Proposal { title.as_str() } else { "" };
        texts.push(Text { title, text, parts: if own { parts } else { &[] } });
    }
    texts
}

/// Six decimals: more would be noise of the arithmetic.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
