//! Names that may be misprinted: stretches of a text that a few edits turn into the name (Levenshtein 1966: one character
//! replaced, added or left out is one edit).
//!
//! A stretch whose first or last character is not the name's does not begin or end inside a word of the dictionary; or else
//! any neighbour could stand for the character that is missing. What is shorter than the name has three characters at
//! least: 建国 alone is not 王建国.

use super::pattern::Pattern;
use super::text::{Text, unbroken};
use crate::segment::{is_text, lower, normalise};
use std::ops::Range;

/// Fewer characters than this are no part of a name.
const SHORTEST: usize = 3;

/// A name with the most edits allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fuzzy {
    name: Vec<char>,
    most: usize,
}

/// The letters of a name that count.
fn letters(text: &str) -> Vec<char> {
    lower(normalise(text).text()).chars().filter(|c| is_text(*c)).collect()
}

/// Whether a name is long enough to be known after so many edits: two characters must stay.
pub(super) fn long_enough(text: &str, edits: usize) -> bool {
    letters(text).len() >= edits + 2
}

impl Fuzzy {
    /// The name typed as `text`; `None` where it is too short.
    pub(super) fn new(text: &str, most: usize) -> Option<Self> {
        long_enough(text, most).then(|| Self { name: letters(text), most })
    }

    /// Strings of which a text must have one: of `most` + 1 parts of the name, edits leave one as it is.
    pub(super) fn parts(&self) -> Vec<Pattern> {
        let count = self.most + 1;
        let bound = |i: usize| i * self.name.len() / count;
        let part = |i: usize| Pattern::new(&self.name[bound(i)..bound(i + 1)].iter().collect::<String>());
        (0..count).filter_map(part).collect()
    }

    /// Where it stands, with the edits: those that do not overlap better ones, by start.
    pub(super) fn find_in(&self, text: &Text<'_>) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        for start in 0..text.chars.len() {
            let shortest = (self.name.len() - self.most).max(SHORTEST.min(self.name.len()));
            for length in shortest..=self.name.len() + self.most {
                let Some(stretch) = text.chars.get(start..start + length).filter(|s| unbroken(s)) else { break };
                let edits = distance(&self.name, stretch);
                if edits <= self.most && self.bounded(text, start, stretch) {
                    found.push((start..start + length, edits));
                }
            }
        }
        found.sort_by_key(|(range, edits)| (*edits, range.len().abs_diff(self.name.len()), range.start));
        let mut best: Vec<(Range<usize>, usize)> = Vec::new();
        for (range, edits) in found {
            if best.iter().all(|(b, _)| range.end <= b.start || b.end <= range.start) {
                best.push((range, edits));
            }
        }
        best.sort_by_key(|(range, _)| range.start);
        best
    }

    fn bounded(&self, text: &Text<'_>, start: usize, stretch: &[char]) -> bool {
        (stretch.first() == self.name.first() || !text.cuts_word(start))
            && (stretch.last() == self.name.last() || !text.cuts_word(start + stretch.len()))
    }
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let best = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Segmenter;

    fn found(name: &str, text: &str) -> Vec<(String, usize)> {
        let segmenter = Segmenter::new(None).unwrap();
        let view = Text::new(text, &segmenter);
        let found = Fuzzy::new(name, 1).unwrap().find_in(&view);
        found.iter().map(|(r, edits)| (view.span(r).of(text).to_owned(), *edits)).collect()
    }

    #[test]
    fn one_edit_is_one_character() {
        assert_eq!(found("欧阳明德", "由欧阳明徳审"), [("欧阳明徳".to_owned(), 1)]);
        assert_eq!(found("欧阳明德", "歐陽明德、欧阳德"), [("歐陽明德".to_owned(), 0), ("欧阳德".to_owned(), 1)]);
        assert_eq!(distance(&letters("欧阳明德"), &letters("欧明阳德")), 2);
    }

    #[test]
    fn a_neighbour_does_not_stand_for_a_character_that_is_missing() {
        assert!(found("王建国", "扩大建国后的，建国").is_empty());
        assert!(!long_enough("李明", 1) && long_enough("李小明", 1));
    }

    #[test]
    fn some_part_of_a_name_outlives_the_edits() {
        let parts = Fuzzy::new("欧阳明德", 1).unwrap().parts();
        assert_eq!(parts, [Pattern::new("欧阳").unwrap(), Pattern::new("明德").unwrap()]);
    }
}
