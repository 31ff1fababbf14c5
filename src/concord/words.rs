//! The words of a passage with the places of the nodes among them.

use crate::document::Span;
use crate::search::{Every, Passage};
use crate::segment::{Segmenter, lower, normalise};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A table of counts by word, in lower case of the normal form.
pub(super) type Table<T> = FxHashMap<Box<str>, T>;

/// The entry of a word in a table.
pub(super) fn entry<'t, T: Default>(table: &'t mut Table<T>, word: &str) -> &'t mut T {
    if !table.contains_key(word) {
        table.insert(word.into(), T::default());
    }
    table.get_mut(word).expect("it was put in above")
}

/// Adds the counts of one table to another.
pub(super) fn merge<T: Default>(mut into: Table<T>, from: Table<T>, add: impl Fn(&mut T, T)) -> Table<T> {
    if into.len() < from.len() {
        return merge(from, into, add);
    }
    for (word, count) in from {
        add(into.entry(word).or_default(), count);
    }
    into
}

/// Calls `each` with the words of a passage in lower case and the words that each node covers.
pub(super) fn with_words<T>(
    segmenter: &Segmenter,
    text: &str,
    nodes: &[Span],
    each: impl FnOnce(&[&str], &[Range<usize>]) -> T,
) -> T {
    let original = normalise(text);
    let form = lower(original.text());
    let (mut words, mut places) = (Vec::with_capacity(form.len() / 5), Vec::new());
    segmenter.each_word(original.text(), |word, at| {
        words.push(&form[at..at + word.len()]);
        places.push((at, at + word.len()));
    });
    let covered = nodes.iter().map(|&node| {
        let node = original.range_of(node);
        let first = places.partition_point(|&(_, end)| end <= node.start);
        first..places.partition_point(|&(start, _)| start < node.end).max(first)
    });
    each(&words, &covered.collect::<Vec<_>>())
}

/// Number of words of each passage.
pub(super) fn sizes(segmenter: &Segmenter, passages: &[Passage]) -> Vec<u64> {
    let size = |p: &Passage| {
        let mut words = 0;
        segmenter.each_word(normalise(&p.text).text(), |_, _| words += 1);
        words
    };
    passages.par_iter().with_min_len(32).map(size).collect()
}

/// The nodes of each passage of `corpus`, by its place; `found` is a part of it.
pub(super) fn nodes_in<'f>(corpus: &Every, found: &'f Every) -> FxHashMap<usize, &'f [Span]> {
    let name = |every: &'f Every, p: &'f Passage| (every.document(p).id.as_str(), p.kind, p.ordinal);
    let with = found.passages.iter().filter(|p| !p.highlights.is_empty());
    let nodes: FxHashMap<_, &[Span]> = with.map(|p| (name(found, p), &p.highlights[..])).collect();
    let here = |p: &Passage| nodes.get(&(corpus.document(p).id.as_str(), p.kind, p.ordinal)).copied();
    corpus.passages.iter().enumerate().filter_map(|(i, p)| Some((i, here(p)?))).collect()
}

/// Whether a word has meaning of its own: particles, prepositions, conjunctions, exclamations and the like have none.
pub(super) fn has_meaning(segmenter: &Segmenter, word: &str) -> bool {
    let tag = segmenter.words(word).first().map(|t| t.tag).unwrap_or_default();
    !matches!(tag.as_str().as_bytes().first(), Some(b'u' | b'p' | b'c' | b'y' | b'e' | b'o'))
}

/// Leaves only the nodes that begin and end where words do.
pub fn whole_words(found: &mut Every, segmenter: &Segmenter) {
    found.passages.par_iter_mut().with_min_len(32).for_each(|passage| {
        if !passage.highlights.is_empty() {
            let words = segmenter.words(&passage.text);
            passage.highlights.retain(|node| {
                let starts = words.binary_search_by_key(&node.start, |w| w.span.start).is_ok();
                starts && words.binary_search_by_key(&node.end, |w| w.span.end).is_ok()
            });
        }
    });
}

/// A word in the form in which tables have it.
pub(super) fn term(text: &str) -> String {
    lower(normalise(text).text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_covers_every_word_it_touches() {
        let segmenter = Segmenter::new(None).unwrap();
        let text = "支持 中\u{200b}小企業发展";
        let at = text.find("小企業").unwrap();
        let node = Span::new(at, at + "小企業".len());
        with_words(&segmenter, text, &[node], |words, nodes| {
            let covered: String = words[nodes[0].clone()].concat();
            assert!(covered.contains("小企业") && !covered.contains("支持"), "{words:?} {nodes:?}");
            assert_eq!(words.concat(), "支持中小企业发展");
        });
    }
}
