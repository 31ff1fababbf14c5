//! Where two nearly identical texts differ: sentence by sentence, by the longest common subsequence.

use crate::document::Span;
use crate::segment::{is_text, normalise};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// The largest table that is filled, in cells: where texts are longer, all between the common beginning and the common end counts as one difference.
const CELLS: usize = 1 << 24;

/// A place where two texts differ: sentences of the one that stand for sentences of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Where the first text's sentences stand; empty where it has none.
    pub first: Span,
    /// Where the second text's sentences stand; empty where it has none.
    pub second: Span,
    /// The words of the first.
    pub first_text: String,
    /// The words of the second.
    pub second_text: String,
}

/// The places where `first` and `second` differ, in the order of the texts. Print, spaces and punctuation do not count.
pub(super) fn differences(first: &str, second: &str) -> Vec<Difference> {
    let (a, b) = (sentences(first), sentences(second));
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let mut number = |text: &str, span: &Span| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(plain(span.of(text))).or_insert(next)
    };
    let left: Vec<u32> = a.iter().map(|s| number(first, s)).collect();
    let right: Vec<u32> = b.iter().map(|s| number(second, s)).collect();
    let mut found = Vec::new();
    for (from, to) in gaps(&left, &right) {
        let piece = |text: &str, spans: &[Span], range: &std::ops::Range<usize>| match spans.get(range.clone()) {
            Some([one, .., last]) => Span::new(one.start, last.end),
            Some([one]) => *one,
            _ => {
                let at = spans.get(range.start).map_or(text.len(), |s| s.start);
                Span::new(at, at)
            }
        };
        let (x, y) = (piece(first, &a, &from), piece(second, &b, &to));
        let words = |span: Span, text: &str| span.of(text).to_owned();
        found.push(Difference { first: x, second: y, first_text: words(x, first), second_text: words(y, second) });
    }
    found
}

/// The sentences that have words, without the space around them.
fn sentences(text: &str) -> Vec<Span> {
    let pieces = text.split_inclusive(['。', '；', '！', '？', ';', '\n']);
    let spans = pieces.map(|piece| Span::within(text, piece).trim(text));
    spans.filter(|span| span.of(text).chars().any(is_text)).collect()
}

fn plain(sentence: &str) -> String {
    normalise(sentence).text().chars().filter(|c| is_text(*c)).map(|c| c.to_ascii_lowercase()).collect()
}

type Gap = (std::ops::Range<usize>, std::ops::Range<usize>);

/// The ranges that are not in the longest common subsequence, pairwise.
fn gaps(a: &[u32], b: &[u32]) -> Vec<Gap> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a_rest, b_rest) = (&a[head..], &b[head..]);
    let tail = a_rest.iter().rev().zip(b_rest.iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a_rest[..a_rest.len() - tail], &b_rest[..b_rest.len() - tail]);
    let shared = if x.len().saturating_mul(y.len()) <= CELLS { subsequence(x, y) } else { Vec::new() };
    let mut gaps: Vec<Gap> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (p, q) in shared.into_iter().chain([(x.len(), y.len())]) {
        if i < p || j < q {
            gaps.push((head + i..head + p, head + j..head + q));
        }
        (i, j) = (p + 1, q + 1);
    }
    gaps
}

/// The longest common subsequence as pairs of places (Wagner & Fischer 1974).
fn subsequence(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_changed_an_added_and_a_lost_sentence_are_told() {
        let first = "木桥已经朽坏。请拨款五万元。请派人看守。谢谢。";
        let second = "木桥已经朽坏。请拨款八万元。谢谢。另请安装路灯。";
        let found = differences(first, second);
        let words: Vec<(&str, &str)> = found.iter().map(|d| (&*d.first_text, &*d.second_text)).collect();
        assert_eq!(words, [("请拨款五万元。请派人看守。", "请拨款八万元。"), ("", "另请安装路灯。")]);
    }

    #[test]
    fn print_does_not_count_as_a_difference() {
        assert_eq!(differences("木 桥已經朽壞。\n谢谢！", "木桥已经朽坏。谢谢。"), []);
    }

    proptest! {
        #[test]
        fn every_difference_reproduces_its_words(a in "[甲乙丙。\n]{0,12}", b in "[甲乙丙。\n]{0,12}") {
            for d in differences(&a, &b) {
                prop_assert_eq!(d.first.of(&a), &d.first_text);
                prop_assert_eq!(d.second.of(&b), &d.second_text);
            }
            prop_assert!(differences(&a, &a).is_empty());
        }
    }
}
