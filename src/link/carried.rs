//! Suggestions with the clauses that carry them, made into paragraphs for [`train`](super::train): words that say the same in two
//! registers seldom stand in one text, and skip-gram learns only from what stands together. Mixed at random they become
//! neighbours, as in vectors of two languages from aligned documents (Vulić and Moens 2015).

use super::random::Random;
use crate::segment::Segmenter;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// A suggestion and a clause that carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The words of the suggestion.
    pub suggestion: String,
    /// The words of the clause.
    pub clause: String,
}

/// How often each pair is mixed anew.
const MIXES: usize = 5;
/// Characters of a clause that are taken whole; of a longer one the [`BEST`] likest sentences.
const WHOLE: usize = 140;
const BEST: usize = 2;
const SEED: u64 = 0xca44;

/// For each pair the words of both, one after the other.
pub(super) fn joined(pairs: &[Carried], segmenter: &Segmenter) -> Vec<Vec<String>> {
    let words = |text: &str| segmenter.words(text).into_iter().map(|t| t.term).collect::<Vec<String>>();
    pairs.par_iter().map(|pair| [words(&pair.suggestion), words(&passage(pair))].concat()).collect()
}

/// Each list in [`MIXES`] orders of its own, all lists once before one comes again. Words without a number take part in the
/// mixing and are left out of the result.
pub(super) fn mixed(lists: &[Vec<Option<u32>>]) -> Vec<Vec<u32>> {
    let mut random = Random(SEED);
    let mut rounds = vec![Vec::new(); MIXES];
    for list in lists {
        for round in &mut rounds {
            let mut words = list.clone();
            random.shuffle(&mut words);
            round.push(words.into_iter().flatten().collect());
        }
    }
    rounds.concat()
}

/// What of the clause stands beside the suggestion: the sentences that share most bigrams with it for their length.
fn passage(pair: &Carried) -> String {
    let clause: String = pair.clause.chars().filter(|c| !c.is_whitespace()).collect();
    if clause.chars().count() <= WHOLE {
        return clause;
    }
    let asked = bigrams(&pair.suggestion.split_whitespace().collect::<String>());
    let mut sentences: Vec<(f64, &str)> = clause
        .split_inclusive(['。', '；', '！', '？'])
        .map(|s| (bigrams(s).intersection(&asked).count() as f64 / (s.chars().count() as f64).sqrt(), s))
        .collect();
    sentences.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best: String = sentences.into_iter().take(BEST).map(|(_, s)| s).collect();
    best.chars().take(WHOLE).collect()
}

fn bigrams(text: &str) -> FxHashSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(suggestion: &str, clause: &str) -> Carried {
        Carried { suggestion: suggestion.into(), clause: clause.into() }
    }

    #[test]
    fn the_words_of_both_stand_in_every_paragraph_and_each_run_mixes_alike() {
        let segmenter = Segmenter::new(None).unwrap();
        let pairs = [pair("修桥补路", "县政府应当养护公路和桥梁。")];
        let words = joined(&pairs, &segmenter).concat();
        let road = words.iter().position(|w| w == "公路").unwrap() as u32;
        let numbers = [(0..words.len() as u32).map(Some).collect::<Vec<_>>()];
        let paragraphs = mixed(&numbers);
        assert_eq!(paragraphs.len(), MIXES);
        assert!(paragraphs.iter().all(|p| p.contains(&road) && p.len() == words.len()));
        assert_eq!(paragraphs, mixed(&numbers));
    }

    #[test]
    fn of_a_long_clause_the_likest_sentences_are_taken() {
        let clause =
            format!("{}渡口木桩应当更换。{}", "本办法自公布之日起施行。".repeat(8), "由县水务所负责解释。".repeat(8));
        let taken = passage(&pair("更换渡口的木桩", &clause));
        assert!(taken.starts_with("渡口木桩应当更换。") && taken.chars().count() <= WHOLE, "{taken}");
    }
}
