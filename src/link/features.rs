//! What speaks for and against a link, as named numbers. The names are those of the model file and of `--explain`.

use super::clauses::{Clauses, meaning};
use super::look::Look;
use super::retrieve::{Asked, First};
use super::vectors::{Vectors, dot};
use crate::document::Document;
use crate::segment::{is_text, normalise};

/// The names of the features, in the order of [`Features`].
pub const NAMES: [&str; COUNT] = [
    "words",
    "bigrams",
    "concepts",
    "meaning",
    "cover",
    "cover_sentence",
    "covered",
    "mutual",
    "exact",
    "run",
    "common_string",
    "rarest",
    "actions",
    "objects",
    "figures_same",
    "figures_other",
    "heading",
    "title",
    "clause_length",
    "suggestion_length",
    "suggestion_rarity",
    "rank",
    "first",
    "lead_words",
    "lead_bigrams",
    "lead_meaning",
    "lead_cover",
    "lead_mutual",
    "matcher",
    "lead_matcher",
    "matcher_topic",
    "lead_topic",
    "cited",
    "document",
    "field",
    "field_clause",
    "embedding",
    "lead_embedding",
];
/// How many features there are.
pub(super) const COUNT: usize = 38;

/// Those that are 0 without a model for `--embeddings`.
const EMBEDDED: [&str; 2] = ["embedding", "lead_embedding"];

/// The places and names of the features that say something, with or without a model for `--embeddings`.
pub fn telling(embedded: bool) -> impl Iterator<Item = (usize, &'static str)> {
    NAMES.into_iter().enumerate().filter(move |(_, name)| embedded || !EMBEDDED.contains(name))
}

/// One number for each of [`NAMES`].
pub type Features = [f64; COUNT];

/// A clause among the candidates of a suggestion.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) first: First,
    pub(super) look: Look,
    pub(super) features: Features,
}

/// What the features need beside the two texts.
pub(super) struct Context<'a> {
    pub(super) asked: &'a Asked,
    pub(super) text: &'a str,
    pub(super) cited: &'a [String],
    pub(super) clauses: &'a Clauses,
    pub(super) vectors: &'a Vectors,
}

/// Fills in the features that one clause has by itself.
pub(super) fn own(context: &Context<'_>, found: &mut Found, document: &Document, clause_text: &str) {
    let (asked, look, first) = (context.asked, &found.look, &found.first);
    let row = first.row as usize;
    let common = common_string(context.text, clause_text);
    let (same, other) = figures(asked, context.clauses, row);
    let mean_rarity = asked.rarity.iter().sum::<f32>() / asked.rarity.len().max(1) as f32;
    let values = [
        ("words", first.words),
        ("bigrams", first.grams),
        ("concepts", first.concepts),
        ("meaning", first.meaning),
        ("embedding", first.embedding),
        ("cover", look.cover),
        ("cover_sentence", look.cover_sentence),
        ("covered", look.covered),
        ("mutual", look.mutual),
        ("exact", look.exact),
        ("run", (1.0 + look.run).ln()),
        ("common_string", (common as f32).min(20.0).ln_1p()),
        ("rarest", look.rarest),
        ("actions", of_class(asked, look, |w| w.tag.is_verb())),
        ("objects", of_class(asked, look, |w| w.tag.is_noun())),
        ("figures_same", same),
        ("figures_other", other),
        ("heading", like_terms(context, context.clauses.head(row))),
        ("title", like_terms_of_title(context, document)),
        ("clause_length", (context.clauses.seen(row).len() as f32).ln_1p()),
        ("suggestion_length", (asked.words.len() as f32).ln_1p()),
        ("suggestion_rarity", mean_rarity),
        ("document", dot(&asked.meaning, context.clauses.document_meaning(row))),
        ("field", dot(&asked.context, context.clauses.document_meaning(row))),
        ("field_clause", dot(&asked.context, context.clauses.meaning(row))),
        ("cited", if context.cited.contains(&document.id) { 1.0 } else { 0.0 }),
    ];
    for (name, value) in values {
        found.features[index(name)] = f64::from(value);
    }
}

/// Fills in the features that come of comparing the candidates, which stand best first.
pub(super) fn against_others(all: &mut [Found]) {
    for (lead, of) in [
        ("lead_words", "words"),
        ("lead_bigrams", "bigrams"),
        ("lead_meaning", "meaning"),
        ("lead_cover", "cover_sentence"),
        ("lead_mutual", "mutual"),
        ("lead_matcher", "matcher"),
        ("lead_embedding", "embedding"),
        ("lead_topic", "matcher_topic"),
    ] {
        let (lead, of) = (index(lead), index(of));
        let mut values: Vec<f64> = all.iter().map(|f| f.features[of]).collect();
        values.sort_by(|a, b| b.total_cmp(a));
        let (best, second) = (values.first().copied().unwrap_or(0.0), values.get(1).copied().unwrap_or(0.0));
        for found in all.iter_mut() {
            let own = found.features[of];
            found.features[lead] = own - if own >= best { second } else { best };
        }
    }
    for (rank, found) in all.iter_mut().enumerate() {
        found.features[index("rank")] = (rank as f64).ln_1p();
        found.features[index("first")] = if rank == 0 { 1.0 } else { 0.0 };
    }
}

/// The place of a feature.
pub(super) fn index(name: &str) -> usize {
    NAMES.iter().position(|n| *n == name).expect("features are named by literals which the tests go through")
}

/// Mean likeness of the suggestion's words of a class, weighted by rarity.
fn of_class(asked: &Asked, look: &Look, belongs: impl Fn(&super::words::Word) -> bool) -> f32 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for ((word, rarity), best) in asked.words.iter().zip(&asked.rarity).zip(&look.best) {
        if belongs(word) {
            sum += best * rarity;
            weight += rarity;
        }
    }
    if weight > 0.0 { sum / weight } else { 0.0 }
}

/// How many figures of the suggestion recur in the clause, and how many do not.
fn figures(asked: &Asked, clauses: &Clauses, row: usize) -> (f32, f32) {
    let seen = clauses.seen(row);
    let (mut same, mut other) = (0.0_f32, 0.0_f32);
    for (word, term) in asked.words.iter().zip(&asked.terms) {
        if word.term.chars().any(|c| c.is_ascii_digit()) {
            let recurs = term.is_some_and(|t| seen.iter().any(|s| s.term == t));
            *if recurs { &mut same } else { &mut other } += 1.0;
        }
    }
    (same.min(3.0), other.min(3.0))
}

fn like_terms(context: &Context<'_>, terms: &[u32]) -> f32 {
    let mut vector = vec![0.0; context.vectors.dimensions()];
    let rows = terms.iter().filter_map(|&t| context.clauses.terms[t as usize].row);
    meaning(rows, context.vectors, &context.clauses.common, &mut vector);
    dot(&vector, &context.asked.meaning)
}

/// The title by its bigram overlap: titles are short, and no words of theirs are kept.
fn like_terms_of_title(context: &Context<'_>, document: &Document) -> f32 {
    let title = normalise(&document.title);
    let has = |w: &&super::words::Word| title.text().contains(w.term.as_str());
    let shared: f32 =
        context.asked.words.iter().zip(&context.asked.rarity).filter(|(w, _)| has(w)).map(|(_, r)| r).sum();
    shared / context.asked.rarity.iter().sum::<f32>().max(f32::MIN_POSITIVE)
}

/// Characters of the longest string that stands in both, punctuation and spaces left out.
pub(super) fn common_string(left: &str, right: &str) -> usize {
    let characters = |text: &str| normalise(text).text().chars().filter(|c| is_text(*c)).collect::<Vec<char>>();
    let (left, right) = (characters(left), characters(right));
    let mut before = vec![0_usize; right.len() + 1];
    let mut most = 0;
    for a in &left {
        let mut corner = 0;
        for (j, b) in right.iter().enumerate() {
            let above = before[j + 1];
            before[j + 1] = if a == b { corner + 1 } else { 0 };
            most = most.max(before[j + 1]);
            corner = above;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_common_string_ignores_punctuation_and_width() {
        assert_eq!(common_string("每年修缮，３座桥梁", "要修缮3座桥"), 5);
        assert_eq!(common_string("", "桥"), 0);
    }

    #[test]
    fn every_feature_has_its_own_name() {
        let mut names = NAMES.to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COUNT);
    }
}
