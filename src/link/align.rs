//! The evidence: which pieces of a suggestion stand in a clause, and in which words.
//!
//! Words are aligned one to one where the clause has them or their like; neighbours that run on in both texts are joined
//! into one piece. A piece weighs the information it shares: the rarity of its words in bits, times their likeness.

use super::clauses::named;
use super::look::CONCEPT;
use super::retrieve::Asked;
use super::vectors::{Vectors, dot};
use super::words::Word;
use crate::document::{Evidence, EvidenceKind, Span};

/// Likeness below which two words are not shown as aligned: with less, a reader sees no kinship.
const LIKE: f32 = 0.6;
/// Likeness below which a word of the suggestion counts as not covered.
const COVERED: f32 = 0.5;
/// Most pieces.
const MOST: usize = 12;
/// Lightest piece, in bits.
const LIGHTEST: f64 = 5.0;

/// An aligned pair of words.
#[derive(Clone, Copy)]
struct Pair {
    left: usize,
    right: usize,
    like: f32,
}

/// The aligned pieces of a suggestion and a clause, heaviest first; spans into the two texts as given.
pub(super) fn align(asked: &Asked, words: &[Word], vectors: &Vectors, left: &str, right: &str) -> Vec<Evidence> {
    let pairs = pairs(asked, words, vectors);
    let mut pieces: Vec<Evidence> = Vec::new();
    let mut last: Option<Pair> = None;
    for pair in pairs {
        let weight = f64::from(asked.rarity[pair.left] * pair.like) / std::f64::consts::LN_2;
        let (l, r) = (asked.words[pair.left].span, words[pair.right].span);
        let kind = kind(&asked.words[pair.left], pair.like);
        let joins = last.is_some_and(|p| {
            (p.like >= 1.0) == (pair.like >= 1.0)
                && touches(left, asked.words[p.left].span, l)
                && touches(right, words[p.right].span, r)
        });
        match pieces.last_mut().filter(|_| joins) {
            Some(piece) => {
                (piece.left.end, piece.right.end) = (l.end, r.end);
                piece.weight += weight;
                piece.kind = piece.kind.max(kind);
            }
            None => pieces.push(Evidence { left: l, right: r, kind, weight, ancestor: None }),
        }
        last = Some(pair);
    }
    pieces.retain(|p| p.weight >= LIGHTEST);
    pieces.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.left.cmp(&b.left)));
    pieces.truncate(MOST);
    pieces
}

/// One partner for every word of the suggestion that has one, in the order of the suggestion. The same word comes first;
/// of several places of it, the one that continues the last pair.
fn pairs(asked: &Asked, words: &[Word], vectors: &Vectors) -> Vec<Pair> {
    let runs = named(words);
    let mut pairs: Vec<Pair> = Vec::new();
    for (left, own) in asked.words.iter().enumerate() {
        let follows = pairs.last().filter(|p| p.left + 1 == left).map(|p| p.right + 1);
        let like = |right: usize| {
            let other = &words[right];
            if other.term == own.term {
                return 1.0;
            }
            if !may_differ(own) || !may_differ(other) {
                return 0.0;
            }
            let shared = runs.iter().any(|n| {
                (usize::from(n.first)..usize::from(n.after)).contains(&right) && own.concepts.contains(&n.concept)
            });
            let cosine = own.row.zip(other.row).map_or(0.0, |(a, b)| dot(vectors.vector(a), vectors.vector(b)));
            if shared { cosine.clamp(CONCEPT, 0.99) } else { cosine.clamp(0.0, 0.99) }
        };
        let best = (0..words.len()).map(|right| Pair { left, right, like: like(right) }).max_by(|a, b| {
            let next = |p: &Pair| Some(p.right) == follows;
            a.like.total_cmp(&b.like).then(next(a).cmp(&next(b))).then(b.right.cmp(&a.right))
        });
        pairs.extend(best.filter(|p| p.like >= LIKE));
    }
    pairs
}

/// Whether another word may stand for this one. A figure or a single character is itself or nothing.
fn may_differ(word: &Word) -> bool {
    word.term.chars().nth(1).is_some()
        && !word.tag.as_str().starts_with('m')
        && !word.term.contains(|c: char| c.is_ascii_digit())
}

fn kind(word: &Word, like: f32) -> EvidenceKind {
    if like < 1.0 {
        EvidenceKind::Related
    } else if word.term.chars().any(|c| c.is_ascii_digit()) {
        EvidenceKind::Figure
    } else if word.tag.as_str().starts_with("nz") || word.tag.as_str().starts_with("nt") {
        EvidenceKind::Name
    } else {
        EvidenceKind::Exact
    }
}

/// Whether `next` comes after `span` with nothing of weight between: at most two characters, none of them ending a sentence.
fn touches(text: &str, span: Span, next: Span) -> bool {
    next.start >= span.end && {
        let between = &text[span.end..next.start];
        between.chars().count() <= 2 && !between.contains(['。', '；', ';', '\n'])
    }
}

/// The parts of a suggestion that no clause carries: segments between punctuation of which less than a third is covered.
pub(super) fn uncovered(text: &str, asked: &Asked, carried: &[f32]) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = 0;
    let ends =
        text.char_indices().filter(|(_, c)| "，,。；;！!？?：:\n".contains(*c)).map(|(at, c)| (at, at + c.len_utf8()));
    for (end, next) in ends.chain([(text.len(), text.len())]) {
        let span = Span::new(start, end).trim(text);
        start = next;
        let inside = (0..asked.words.len()).filter(|&i| span.contains(asked.words[i].span));
        let (mut had, mut all, mut count) = (0.0, 0.0_f32, 0);
        for i in inside {
            all += asked.rarity[i];
            had += if carried[i] >= COVERED { asked.rarity[i] } else { 0.0 };
            count += 1;
        }
        if count >= 2 && had < all / 3.0 {
            parts.push(span);
        }
    }
    parts
}
