//! Which suggestion of a proposal a claim means by its words or its quotation.
//!
//! Report writers paraphrase, so that few characters may agree; the reply, which restates the suggestion in the office's words,
//! serves as a second witness of what the suggestion is about.

use crate::document::{Entry, Library, Span};
use crate::segment::normalise;
use rustc_hash::{FxHashMap, FxHashSet};

/// How rare each character and character pair is over the suggestions of a library.
#[derive(Debug)]
pub(super) struct Rarity {
    documents: f64,
    seen: FxHashMap<Gram, u32>,
}

/// A pair of neighbouring characters, or a character alone with [`ALONE`] behind it.
type Gram = [char; 2];

const ALONE: char = '\0';

/// A phrase below this share of a suggestion's words is not taken to mean it.
pub(super) const LEAST: f64 = 0.12;

impl Rarity {
    /// Counts over all suggestions of `library`.
    pub(super) fn new(library: &Library) -> Self {
        let mut seen: FxHashMap<Gram, u32> = FxHashMap::default();
        let mut documents = 0.0;
        for entry in library.entries() {
            for suggestion in &entry.parsed.suggestions {
                documents += 1.0;
                let mut grams = grams(entry.text(suggestion.span));
                grams.sort_unstable();
                grams.dedup();
                for gram in grams {
                    *seen.entry(gram).or_default() += 1;
                }
            }
        }
        Self { documents, seen }
    }

    /// Inverse document frequency (Spärck Jones 1972), smoothed.
    fn weight(&self, gram: Gram) -> f64 {
        let seen = f64::from(self.seen.get(&gram).copied().unwrap_or(0));
        let pair = if gram[1] == ALONE { 0.5 } else { 1.6 };
        pair * ((self.documents + 1.0) / (seen + 0.5)).ln().max(0.1)
    }

    /// The share of `phrase`, weighted by rarity, that `text` holds.
    pub(super) fn coverage(&self, phrase: &str, text: &str) -> f64 {
        let held: FxHashSet<Gram> = grams(text).into_iter().collect();
        let (mut shared, mut whole) = (0.0, 0.0);
        for gram in grams(phrase) {
            let weight = self.weight(gram);
            whole += weight;
            shared += if held.contains(&gram) { weight } else { 0.0 };
        }
        if whole == 0.0 { 0.0 } else { shared / whole }
    }
}

/// Characters and pairs of neighbouring characters; punctuation separates.
fn grams(text: &str) -> Vec<Gram> {
    let normal = normalise(text);
    let mut found = Vec::new();
    let mut last: Option<char> = None;
    for c in normal.text().chars() {
        if !c.is_alphanumeric() {
            last = None;
            continue;
        }
        found.push([c, ALONE]);
        found.extend(last.map(|l| [l, c]));
        last = Some(c);
    }
    found
}

/// A suggestion with what helps to recognise it.
pub(super) struct Target<'a> {
    /// Its place in the proposal's list.
    pub(super) index: usize,
    /// Its text.
    pub(super) text: &'a str,
    /// What the reply says about it.
    pub(super) reply: Option<&'a str>,
    /// The clauses it is tied to, of whatever kind: how the office words its topic.
    pub(super) clauses: Vec<&'a str>,
}

/// How much the reply and the clauses count beside the suggestion's own words.
const REPLY: f64 = 0.4;
const CLAUSE: f64 = 0.35;
/// A suggestion that another phrase of the claim already means is less likely to be meant again.
const AGAIN: f64 = 0.75;

/// Which suggestion a section of a reply answers.
pub(super) fn answered(reply: &Entry, quoted: Option<Span>, texts: &[(usize, &str)], rarity: &Rarity) -> Option<usize> {
    let quoted = reply.text(quoted?);
    let scored = texts.iter().map(|&(i, text)| (rarity.coverage(quoted, text), i));
    scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).filter(|best| best.0 >= 0.3).map(|best| best.1)
}

/// The suggestion that each phrase means; `None` where the proposal says nothing like it. The surest phrase chooses first.
pub(super) fn assign(phrases: &[&str], targets: &[Target<'_>], rarity: &Rarity) -> Vec<Option<usize>> {
    let mut scores: Vec<Vec<f64>> =
        phrases.iter().map(|p| targets.iter().map(|t| score(p, t, rarity)).collect()).collect();
    let mut chosen = vec![None; phrases.len()];
    let mut open: Vec<usize> = (0..phrases.len()).collect();
    while !open.is_empty() {
        let best = open.iter().flat_map(|&p| scores[p].iter().enumerate().map(move |(t, &s)| (s, p, t)));
        let Some((top, phrase, target)) =
            best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)))
        else {
            break;
        };
        chosen[phrase] = (top >= LEAST).then(|| targets[target].index);
        open.retain(|&p| p != phrase);
        for &other in &open {
            scores[other][target] *= AGAIN;
        }
    }
    chosen
}

fn score(phrase: &str, target: &Target<'_>, rarity: &Rarity) -> f64 {
    let reply = target.reply.map_or(0.0, |r| rarity.coverage(phrase, r));
    let clause = target.clauses.iter().map(|c| rarity.coverage(phrase, c)).fold(0.0, f64::max);
    rarity.coverage(phrase, target.text) + REPLY * reply + CLAUSE * clause
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paraphrase_finds_its_suggestion_by_rare_words() {
        let rarity = Rarity { documents: 0.0, seen: FxHashMap::default() };
        let targets = [
            Target { index: 0, text: "扩大宣传，办好讲座", reply: None, clauses: Vec::new() },
            Target {
                index: 1, text: "给老旧楼房加装电梯，财政补一半", reply: None, clauses: Vec::new()
            },
        ];
        assert_eq!(assign(&["老楼装电梯补助", "举行龙舟赛"], &targets, &rarity), [Some(1), None]);
    }
}
