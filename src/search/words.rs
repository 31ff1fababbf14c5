//! The words of a query: what must be found for each, and how it is counted for the order of the hits.

use super::numeral;
use super::pattern::Pattern;
use crate::segment::{Segmenter, Token, lower, normalise};
use std::ops::Range;

/// Where a text in normal form names something that has other names, with these; by start, parted.
pub type Synonyms<'a> = dyn Fn(&str) -> Vec<(Range<usize>, Vec<String>)> + Sync + 'a;

/// What a synonym counts, against the word as typed.
const SYNONYM: f64 = 0.5;

/// A word of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// It is there where one of these is.
    pub(super) patterns: Vec<Pattern>,
    /// What is counted, and what it weighs.
    pub(super) counts: Vec<(Count, f64)>,
}

/// Something whose occurrences are counted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Count {
    /// A term of the index: the string where it is a word.
    Term(String),
    /// These strings, wherever they stand.
    Strings(Vec<Pattern>),
}

impl Word {
    fn plain(term: &str) -> Option<Self> {
        let patterns = vec![Pattern::new(term)?];
        Some(Self { patterns, counts: vec![(Count::Term(term.to_owned()), 1.0)] })
    }

    /// An ordinal or date, whatever the form of its numerals.
    fn numeral(text: &str) -> Self {
        let patterns = Pattern::all(text);
        Self { counts: vec![(Count::Strings(patterns.clone()), 1.0)], patterns }
    }

    fn with_synonyms(text: &str, others: &[String], segmenter: &Segmenter) -> Self {
        let count = |text: &str| match &segmenter.words(text)[..] {
            [word] => Count::Term(word.term.clone()),
            _ => Count::Strings(Pattern::new(text).into_iter().collect()),
        };
        let typed = (count(text), 1.0);
        let counts = std::iter::once(typed).chain(others.iter().map(|o| (count(o), SYNONYM))).collect();
        let patterns = std::iter::once(text).chain(others.iter().map(String::as_str)).filter_map(Pattern::new);
        Self { patterns: patterns.collect(), counts }
    }

    /// Whether it stands for more than the string typed.
    pub(super) fn has_others(&self) -> bool {
        self.patterns.len() > 1
    }
}

/// Word classes that carry no meaning of their own: particles, prepositions, conjunctions.
fn is_function(tag: &str) -> bool {
    matches!(tag.as_bytes().first(), Some(b'u' | b'p' | b'c' | b'y' | b'e' | b'o'))
}

/// The words of a text, each once; those without meaning are left out where any has one.
pub(super) fn words_of(text: &str, segmenter: &Segmenter, synonyms: Option<&Synonyms<'_>>) -> Vec<Word> {
    let (mut meaning, mut rest) = (Vec::new(), Vec::new());
    for chunk in text.split_whitespace() {
        let normal = lower(normalise(chunk).text());
        let tokens = segmenter.words(&normal);
        let mut at = 0;
        let mut plain = |range: Range<usize>, word: Option<Word>| {
            for token in segmenter.words(&normal[range]) {
                let kept = if is_function(token.tag.as_str()) { &mut rest } else { &mut meaning };
                kept.extend(Word::plain(&token.term));
            }
            meaning.extend(word);
        };
        for (range, others) in named(&normal, &tokens, synonyms) {
            let word = match &others[..] {
                [] => Word::numeral(&normal[range.clone()]),
                others => Word::with_synonyms(&normal[range.clone()], others, segmenter),
            };
            plain(at..range.start, Some(word));
            at = range.end;
        }
        plain(at..normal.len(), None);
    }
    let all = if meaning.is_empty() { rest } else { meaning };
    let mut words: Vec<Word> = Vec::new();
    for word in all {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The stretches of a text that are one word whatever the segmenter says, with their synonyms; ordinals and dates have none.
fn named(normal: &str, tokens: &[Token], synonyms: Option<&Synonyms<'_>>) -> Vec<(Range<usize>, Vec<String>)> {
    let bounds = |range: &Range<usize>| {
        tokens.iter().any(|t| t.span.start == range.start) && tokens.iter().any(|t| t.span.end == range.end)
    };
    let forms = numeral::forms(normal).into_iter().filter(|f| f.sure || bounds(&f.range));
    let mut all: Vec<(Range<usize>, Vec<String>)> = forms.map(|f| (f.range, Vec::new())).collect();
    let mentions = synonyms.map_or_else(Vec::new, |find| find(normal));
    all.extend(mentions.into_iter().filter(|(range, others)| !others.is_empty() && bounds(range)));
    all.sort_by_key(|(range, _)| (range.start, range.end));
    let mut parted: Vec<(Range<usize>, Vec<String>)> = Vec::new();
    for found in all {
        if parted.last().is_none_or(|last| last.0.end <= found.0.start) {
            parted.push(found);
        }
    }
    parted
}

/// The words of a phrase, for counting what stands between them: parted where it was typed with spaces, or as the segmenter
/// cuts it, or, of a single word, as the dictionary knows words in it.
pub(super) fn parts_of(text: &str, segmenter: &Segmenter) -> Vec<Vec<Pattern>> {
    let chunks: Vec<&str> = text.split_whitespace().collect();
    let parts: Vec<String> = match &chunks[..] {
        [one] => {
            let words: Vec<String> = segmenter.words(one).into_iter().map(|t| t.term).collect();
            match &words[..] {
                [word] => halves(word, segmenter),
                _ => words,
            }
        }
        many => many.iter().map(|c| (*c).to_owned()).collect(),
    };
    parts.iter().map(|part| Pattern::all(part)).filter(|patterns| !patterns.is_empty()).collect()
}

/// The fewest shorter words of the dictionary that make up a word; itself where there are none.
fn halves(word: &str, segmenter: &Segmenter) -> Vec<String> {
    let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = bounds.len() - 1;
    // For each number of characters, the start of the last word of the best cut, and its number of words.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; count + 1];
    best[0] = Some((0, 0));
    for end in 2..=count {
        for start in 0..=end - 2 {
            let whole = start == 0 && end == count;
            let Some((_, words)) = best[start].filter(|_| !whole) else { continue };
            let better = best[end].is_none_or(|(_, fewest)| words + 1 < fewest);
            if better && segmenter.knows(&word[bounds[start]..bounds[end]]) {
                best[end] = Some((start, words + 1));
            }
        }
    }
    let (mut parts, mut end) = (Vec::new(), count);
    while let Some((start, _)) = best[end].filter(|_| end > 0) {
        parts.push(word[bounds[start]..bounds[end]].to_owned());
        end = start;
    }
    parts.reverse();
    if parts.is_empty() { vec![word.to_owned()] } else { parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, synonyms: Option<&Synonyms<'_>>) -> Vec<Word> {
        words_of(text, &Segmenter::new(None).unwrap(), synonyms)
    }

    #[test]
    fn an_ordinal_is_one_word_in_all_its_forms() {
        let found = words("依照第12条的规定", None);
        assert!(found.contains(&Word::numeral("第12条")), "{found:?}");
        assert!(words("一条龙服务", None).iter().all(|w| !w.has_others()));
        assert!(words("落实二十条", None).contains(&Word::numeral("二十条")));
    }

    #[test]
    fn a_synonym_must_be_whole_words() {
        let find = |text: &str| -> Vec<(Range<usize>, Vec<String>)> {
            text.match_indices("一窗").map(|(at, t)| (at..at + t.len(), vec!["综合窗口".to_owned()])).collect()
        };
        assert!(words("一窗 受理", Some(&find))[0].has_others());
        assert!(!words("统一窗口", Some(&find))[0].has_others());
    }

    #[test]
    fn a_phrase_that_is_one_word_is_parted_by_the_dictionary() {
        let segmenter = Segmenter::new(None).unwrap();
        let expected: Vec<Vec<Pattern>> = ["融资", "担保"].iter().map(|p| Pattern::all(p)).collect();
        assert_eq!(parts_of("融资担保", &segmenter), expected);
        assert_eq!(parts_of("融资 担保", &segmenter), expected);
        assert_eq!(halves("葡萄", &segmenter), ["葡萄"]);
    }
}
