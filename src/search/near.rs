//! Strings that stand near each other: `A NEAR/5 B`, and phrases with slop, `"A B"~3`. Distance is counted in words, as the
//! segmenter cuts them; what it leaves of a word that is only partly wanted does not count.

use super::finder::Finder;
use super::text::{Scope, Text};
use std::ops::Range;

/// Things that stand near each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Near {
    /// What must stand; each once, none over another.
    pub(super) parts: Vec<Finder>,
    pub(super) rule: Rule,
}

/// How near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Each near the next of the query, on either side: at most so many words between the two, in one sentence or clause.
    Chain {
        /// Most words between two.
        words: Option<usize>,
        /// What they share.
        scope: Scope,
    },
    /// All of them in one sentence with at most so many other words among them.
    Window {
        /// Most other words.
        words: usize,
        /// Whether they stand in the order of the query.
        ordered: bool,
    },
}

impl Near {
    /// Where the parts stand, of all constellations that hold: by start.
    pub(super) fn find_in(&self, text: &Text<'_>) -> Vec<Range<usize>> {
        let places: Vec<Vec<Range<usize>>> = self.parts.iter().map(|p| p.find_in(text)).collect();
        if places.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let mut found = match self.rule {
            Rule::Chain { words, scope } => chain(&places, text, words, scope),
            Rule::Window { words, ordered } => windows(&places, text, words, ordered),
        };
        found.sort_unstable_by_key(|r| (r.start, r.end));
        found.dedup();
        found
    }
}

/// The places that take part in a chain from the first part to the last.
fn chain(places: &[Vec<Range<usize>>], text: &Text<'_>, words: Option<usize>, scope: Scope) -> Vec<Range<usize>> {
    let near = |a: &Range<usize>, b: &Range<usize>| {
        let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
        first.end <= second.start
            && text.together(scope, first.start, second.end)
            && words.is_none_or(|most| text.words_between(first.end, second.start) <= most)
    };
    // Forwards, a place is kept that something kept before leads to; then the same backwards.
    let mut kept = places.to_vec();
    for i in 1..kept.len() {
        let (before, rest) = kept.split_at_mut(i);
        rest[0].retain(|b| before[i - 1].iter().any(|a| near(a, b)));
    }
    for i in (1..kept.len()).rev() {
        let (before, rest) = kept.split_at_mut(i);
        before[i - 1].retain(|a| rest[0].iter().any(|b| near(a, b)));
    }
    kept.concat()
}

/// The places of all windows that hold every part: from each place on, the nearest of the others.
fn windows(places: &[Vec<Range<usize>>], text: &Text<'_>, words: usize, ordered: bool) -> Vec<Range<usize>> {
    let mut all: Vec<(usize, &Range<usize>)> =
        places.iter().enumerate().flat_map(|(part, ranges)| ranges.iter().map(move |r| (part, r))).collect();
    all.sort_unstable_by_key(|(part, r)| (r.start, r.end, *part));
    let mut found = Vec::new();
    for from in 0..all.len() {
        let mut window: Vec<&Range<usize>> = Vec::with_capacity(places.len());
        let mut taken = vec![false; places.len()];
        let mut between = 0;
        for &(part, range) in &all[from..] {
            let wanted = if ordered { part == window.len() } else { !taken[part] };
            let Some(last) = window.last() else {
                if !wanted {
                    break;
                }
                taken[part] = true;
                window.push(range);
                continue;
            };
            if !wanted || range.start < last.end {
                continue;
            }
            between += text.words_between(last.end, range.start);
            if between > words || !text.together(Scope::Sentence, window[0].start, range.end) {
                break;
            }
            taken[part] = true;
            window.push(range);
        }
        if window.len() == places.len() {
            found.extend(window.into_iter().cloned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::pattern::Pattern;
    use crate::segment::Segmenter;

    fn found(parts: &[&str], rule: Rule, text: &str) -> Vec<String> {
        let segmenter = Segmenter::new(None).unwrap();
        let finder = |p: &&str| Finder::Strings(vec![Pattern::new(p).unwrap()]);
        let near = Near { parts: parts.iter().map(finder).collect(), rule };
        let view = Text::new(text, &segmenter);
        near.find_in(&view).iter().map(|r| view.span(r).of(text).to_owned()).collect()
    }

    #[test]
    fn slop_counts_words_in_either_order_or_in_order() {
        let rule = |words, ordered| Rule::Window { words, ordered };
        let text = "融资需要有效担保";
        assert_eq!(found(&["融资", "担保"], rule(2, true), text), ["融资", "担保"]);
        assert!(found(&["融资", "担保"], rule(1, false), text).is_empty());
        assert_eq!(found(&["担保", "融资"], rule(2, false), text), ["融资", "担保"]);
        assert!(found(&["担保", "融资"], rule(2, true), text).is_empty());
    }

    #[test]
    fn a_word_wanted_twice_must_stand_twice() {
        let rule = Rule::Window { words: 3, ordered: false };
        assert!(found(&["健康", "健康"], rule, "健康管理").is_empty());
        assert_eq!(found(&["健康", "健康"], rule, "健康管理和健康档案").len(), 2);
    }

    #[test]
    fn a_chain_keeps_the_places_that_lead_to_the_end() {
        let rule = Rule::Chain { words: Some(1), scope: Scope::Sentence };
        assert_eq!(found(&["甲", "乙", "丙"], rule, "甲乙丙。乙丙。甲乙"), ["甲", "乙", "丙"]);
        let clause = Rule::Chain { words: None, scope: Scope::Clause };
        assert_eq!(found(&["养老", "护理员"], clause, "养老要提质，护理员要培训；护理员进养老院"), ["护理员", "养老"]);
    }
}
