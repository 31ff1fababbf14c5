//! Collocations: the words that stand near a node more often than chance would have it.

use super::measure::Contingency;
use super::words::{Table, entry, has_meaning, merge, nodes_in, with_words};
use crate::search::{Every, Passage};
use crate::segment::Segmenter;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;
use std::str::FromStr;

/// What counts as near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// So many words to the left and to the right, within the unit.
    Words(usize, usize),
    /// The whole unit: a word is counted once in each.
    Unit,
}

/// What collocates are sorted by, the greatest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Log-likelihood: how sure.
    LogLikelihood,
    /// Normalised PMI: how exclusive.
    Npmi,
    /// PMI, which favours rare words.
    Pmi,
    /// How often together.
    Count,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What counts as near.
    pub window: Window,
    /// How often a collocate must stand near the node at least.
    pub min_count: u64,
    /// What comes first.
    pub order: Order,
    /// Whether words without meaning of their own (的, 和, 在, …) are left out.
    pub meaning_only: bool,
    /// At most so many.
    pub limit: usize,
}

/// A word near the node.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collocate {
    /// One-based in the order asked for.
    pub rank: usize,
    /// The word.
    pub word: String,
    /// How often it stands near the node: words, or units where the window is the unit.
    pub together: u64,
    /// Of them to the left and to the right; 0 where the window is the unit.
    pub left: u64,
    /// As above.
    pub right: u64,
    /// How often it stands anywhere in the corpus outside of nodes.
    pub anywhere: u64,
    /// How often it would stand near the node by chance.
    pub expected: f64,
    /// Log-likelihood ratio G².
    pub log_likelihood: f64,
    /// In bits.
    pub pmi: f64,
    /// −1 to 1.
    pub npmi: f64,
}

/// The collocates of a node.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collocations {
    /// Nodes in the corpus.
    pub nodes: u64,
    /// Places near a node, and all: words, or units.
    pub near: u64,
    /// As above.
    pub total: u64,
    /// Words that stand near often enough, beyond the limit too.
    pub found: usize,
    /// The first of them; only those seen more often than expected.
    pub collocates: Vec<Collocate>,
}

impl FromStr for Window {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no window; give words on both sides (5), left and right (2,5), or unit");
        let number = |n: &str| n.trim().parse().map_err(|_| wrong());
        match text.split_once([',', '，']) {
            _ if matches!(text, "unit" | "clause") => Ok(Self::Unit),
            Some((left, right)) => Ok(Self::Words(number(left)?, number(right)?)),
            None => number(text).map(|n| Self::Words(n, n)),
        }
    }
}

/// Counts of one word, or of all.
#[derive(Default, Clone, Copy)]
struct Counts {
    left: u64,
    right: u64,
    /// Units in which it stands together with the node.
    units: u64,
    anywhere: u64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.left += other.left;
        self.right += other.right;
        self.units += other.units;
        self.anywhere += other.anywhere;
    }

    fn together(self) -> u64 {
        self.left + self.right + self.units
    }
}

#[derive(Default)]
struct Tally {
    words: Table<Counts>,
    all: Counts,
    nodes: u64,
}

/// The collocates of the nodes in `found`, which is a part of `corpus`. The words that a node covers are no collocates, and a
/// place between two nodes counts once, for the nearer one.
pub fn collocations(corpus: &Every, found: &Every, segmenter: &Segmenter, settings: &Settings) -> Collocations {
    let nodes = nodes_in(corpus, found);
    let tally = |mut tally: Tally, (i, passage): (usize, &Passage)| {
        let nodes = nodes.get(&i).copied().unwrap_or_default();
        with_words(segmenter, &passage.text, nodes, |words, nodes| match settings.window {
            Window::Words(left, right) => tally.words_near(words, nodes, (left, right)),
            Window::Unit => tally.units_with(words, nodes),
        });
        tally.nodes += nodes.len() as u64;
        tally
    };
    let passages = corpus.passages.par_iter().enumerate().with_min_len(64);
    let tally = passages.fold(Tally::default, tally).reduce(Tally::default, |mut a, b| {
        a.words = merge(a.words, b.words, Counts::add);
        a.all.add(b.all);
        a.nodes += b.nodes;
        a
    });
    ranked(tally, segmenter, settings)
}

impl Tally {
    fn words_near(&mut self, words: &[&str], nodes: &[std::ops::Range<usize>], (left, right): (usize, usize)) {
        let mut side = vec![0_i8; words.len()];
        let distance = |place: usize, node: &std::ops::Range<usize>| {
            if place < node.start { node.start - place } else { (place + 1).saturating_sub(node.end) }
        };
        for (place, side) in side.iter_mut().enumerate() {
            let near = nodes.iter().filter(|n| {
                let reach = if place < n.start { left } else { right };
                distance(place, n) <= reach
            });
            let Some(node) = near.min_by_key(|n| distance(place, n)) else { continue };
            *side = if node.contains(&place) {
                2
            } else if place < node.start {
                -1
            } else {
                1
            };
        }
        for (word, side) in words.iter().zip(side).filter(|(_, side)| *side != 2) {
            let count = Counts { left: u64::from(side == -1), right: u64::from(side == 1), units: 0, anywhere: 1 };
            entry(&mut self.words, word).add(count);
            self.all.add(count);
        }
    }

    fn units_with(&mut self, words: &[&str], nodes: &[std::ops::Range<usize>]) {
        let covered = |place: &usize| nodes.iter().any(|n| n.contains(place));
        let free = (0..words.len()).filter(|place| !covered(place));
        let distinct: BTreeSet<&str> = free.map(|place| words[place]).collect();
        let count = Counts { units: u64::from(!nodes.is_empty()), anywhere: 1, ..Counts::default() };
        distinct.into_iter().for_each(|word| entry(&mut self.words, word).add(count));
        self.all.add(count);
    }
}

fn ranked(tally: Tally, segmenter: &Segmenter, settings: &Settings) -> Collocations {
    let (near, total) = (tally.all.together(), tally.all.anywhere);
    let often = tally.words.into_iter().filter(|(_, count)| count.together() >= settings.min_count.max(1));
    let often: Vec<(Box<str>, Counts)> = often.collect();
    let collocate = |(word, count): (Box<str>, Counts)| {
        let table = Contingency { both: count.together(), row: near, column: count.anywhere, total };
        let attracted = table.both as f64 > table.expected();
        let wanted = attracted && (!settings.meaning_only || has_meaning(segmenter, &word));
        wanted.then(|| Collocate {
            rank: 0,
            word: word.into(),
            together: table.both,
            left: count.left,
            right: count.right,
            anywhere: count.anywhere,
            expected: table.expected(),
            log_likelihood: table.log_likelihood(),
            pmi: table.pmi(),
            npmi: table.npmi(),
        })
    };
    let mut collocates: Vec<Collocate> = often.into_par_iter().filter_map(collocate).collect();
    let key = |c: &Collocate| match settings.order {
        Order::LogLikelihood => c.log_likelihood,
        Order::Npmi => c.npmi,
        Order::Pmi => c.pmi,
        Order::Count => c.together as f64,
    };
    collocates.sort_by(|a, b| key(b).total_cmp(&key(a)).then(b.together.cmp(&a.together)).then(a.word.cmp(&b.word)));
    let found = collocates.len();
    collocates.truncate(settings.limit);
    collocates.iter_mut().enumerate().for_each(|(i, c)| c.rank = i + 1);
    Collocations { nodes: tally.nodes, near, total, found, collocates }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(words: &[&str], nodes: &[std::ops::Range<usize>], window: (usize, usize)) -> Vec<(String, u64, u64)> {
        let mut tally = Tally::default();
        tally.words_near(words, nodes, window);
        let with = tally.words.iter().filter(|(_, c)| c.together() > 0);
        let mut found: Vec<_> = with.map(|(w, c)| (w.to_string(), c.left, c.right)).collect();
        found.sort();
        found
    }

    #[test]
    fn a_place_counts_for_the_nearer_node_once() {
        let words = ["甲", "乙", "点", "丙", "丁", "点", "戊"];
        let found = near(&words, &[2..3, 5..6], (2, 2));
        let expected = [("丁", 1, 0), ("丙", 0, 1), ("乙", 1, 0), ("戊", 0, 1), ("甲", 1, 0)];
        assert_eq!(found, expected.map(|(w, l, r)| (w.to_owned(), l, r)));
        let one = std::iter::once(2..3).collect::<Vec<_>>();
        assert_eq!(near(&words, &one, (0, 1)), [("丙".to_owned(), 0, 1)]);
    }

    #[test]
    fn windows_are_read_as_written() {
        assert_eq!("5".parse(), Ok(Window::Words(5, 5)));
        assert_eq!("2,0".parse(), Ok(Window::Words(2, 0)));
        assert_eq!("unit".parse(), Ok(Window::Unit));
        assert!("wide".parse::<Window>().is_err());
    }
}
