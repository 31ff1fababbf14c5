//! The thesaurus of policy concepts: terms that stand for each other, whatever the words they are cut into.
//!
//! Takes the bundled `assets/thesaurus.txt` (its form stands in its head); gives the concepts named in a text in normal
//! form, with the characters they cover. Longer terms hide the shorter ones inside them.

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

static SOURCE: &str = include_str!("assets/thesaurus.txt");
static BUNDLED: LazyLock<Arc<Thesaurus>> = LazyLock::new(|| Arc::new(Thesaurus::parse(SOURCE)));

/// Concepts and the terms that name them.
#[derive(Debug)]
pub struct Thesaurus {
    finder: AhoCorasick,
    /// For each term, its concepts.
    concepts: Vec<Vec<u16>>,
    terms: Vec<String>,
    count: usize,
}

/// A concept named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The concept.
    pub concept: u16,
    /// First byte of the normal form.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Thesaurus {
    /// The one that comes with the program.
    pub fn bundled() -> Arc<Self> {
        Arc::clone(&BUNDLED)
    }

    /// Reads the form described in the head of the bundled file.
    pub fn parse(source: &str) -> Self {
        let lines = source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with(['#', '[']));
        let mut of_term: FxHashMap<&str, Vec<u16>> = FxHashMap::default();
        let mut order = Vec::new();
        let mut count = 0;
        for (line, concept) in lines.zip(0_u16..) {
            count = usize::from(concept) + 1;
            for term in line.split_whitespace().filter(|t| *t != "=") {
                let concepts = of_term.entry(term).or_insert_with(|| {
                    order.push(term);
                    Vec::new()
                });
                if !concepts.contains(&concept) {
                    concepts.push(concept);
                }
            }
        }
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&order)
            .expect("a few thousand short terms fit into an automaton");
        let concepts = order.iter().map(|t| of_term[t].clone()).collect();
        Self { finder, concepts, terms: order.iter().map(|t| (*t).to_owned()).collect(), count }
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// All terms, in the order of the file.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The terms of a text in normal form, by start, each with the terms that stand for the same concepts.
    pub fn synonyms(&self, normal: &str) -> Vec<(Range<usize>, Vec<String>)> {
        let others = |term: usize| {
            let shared =
                |other: &usize| *other != term && self.concepts[*other].iter().any(|c| self.concepts[term].contains(c));
            (0..self.terms.len()).filter(shared).map(|other| self.terms[other].clone()).collect()
        };
        self.finder.find_iter(normal).map(|m| (m.range(), others(m.pattern().as_usize()))).collect()
    }

    /// The concepts named in a text in normal form, in order.
    pub fn mentions(&self, normal: &str) -> Vec<Mention> {
        let found = self.finder.find_iter(normal);
        let all = found.flat_map(|m| {
            let concepts = &self.concepts[m.pattern().as_usize()];
            concepts.iter().map(move |&concept| Mention { concept, start: m.start(), end: m.end() })
        });
        all.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_term_hides_a_shorter_one_inside_it() {
        let thesaurus = Thesaurus::parse("[甲]\n# 注\n修桥 造桥\n修桥铺路 公益\n");
        let found = thesaurus.mentions("人人修桥铺路，造桥");
        assert_eq!(found.iter().map(|m| m.concept).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(&"人人修桥铺路，造桥"[found[0].start..found[0].end], "修桥铺路");
    }

    #[test]
    fn synonyms_are_the_other_terms_of_the_concepts() {
        let thesaurus = Thesaurus::parse("修桥 造桥\n修桥铺路 公益\n造桥 架桥\n");
        assert_eq!(thesaurus.synonyms("去造桥"), [(3..9, vec!["修桥".to_owned(), "架桥".to_owned()])]);
    }

    #[test]
    fn the_bundled_terms_have_at_least_two_characters_and_stand_once_in_a_line() {
        assert!(Thesaurus::bundled().len() > 300);
        for line in SOURCE.lines().filter(|l| !l.starts_with(['#', '['])) {
            let mut terms: Vec<&str> = line.split_whitespace().collect();
            assert!(terms.iter().all(|t| t.chars().count() >= 2), "{line}");
            terms.sort_unstable();
            assert!(terms.windows(2).all(|w| w[0] != w[1]), "a term twice: {line}");
        }
    }
}
