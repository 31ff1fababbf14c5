//! Scores the ranking of `suyuan similar` where the right answer is known: letters with their official replies, and lay
//! questions with the articles of law that answer them.
//!
//! Whatever was chosen or learnt was so on one half of the queries and is reported on the other. The half of a query is the lowest
//! bit of the first byte of the BLAKE3 digest of its id: 0 for tuning, 1 held out.

use super::case::rows;
use super::{Figure, Miss, Part, bootstrap};
use crate::link::Vectors;
use crate::segment::Segmenter;
use crate::similar::{Pool, Text};
use crate::{Error, Result};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// Places in the list at which articles are counted.
const NEAR: usize = 10;
const FAR: usize = 100;

#[derive(Deserialize)]
struct Letter {
    id: String,
    letter: String,
    reply: String,
}

#[derive(Deserialize)]
struct Question {
    qid: Value,
    query: String,
    gold: Vec<String>,
}

#[derive(Deserialize)]
struct Article {
    name: String,
    content: String,
}

/// What came of one query.
struct Ranked {
    id: String,
    held_out: bool,
    query: String,
    /// How many places of the list come before each right answer; the best first. Capped at the list's end.
    places: Vec<usize>,
    /// Right answers, those that the pool lacks included.
    gold: usize,
}

/// Finds the reply of each letter among all replies of `file` (JSON Lines: `id`, `letter`, `reply`), the letter's text being
/// the query.
///
/// # Errors
/// A file that cannot be read or a malformed record.
pub fn letters(file: &Path, segmenter: &Segmenter, vectors: Arc<Vectors>) -> Result<Part> {
    let letters: Vec<Letter> = rows(file)?;
    let replies: Vec<Text<'_>> = letters.iter().map(|l| Text { text: &l.reply, ..Text::default() }).collect();
    let pool = Pool::new(&replies, segmenter, vectors);
    let rank = |(at, letter): (usize, &Letter)| {
        let scores = pool.scores(Text { text: &letter.letter, ..Text::default() });
        Ranked {
            id: letter.id.clone(),
            held_out: held_out(&letter.id),
            query: letter.letter.clone(),
            places: vec![place(&scores, at)],
            gold: 1,
        }
    };
    let ranked: Vec<Ranked> = letters.par_iter().enumerate().map(rank).collect();
    Ok(part("letters", &file.display().to_string(), &ranked, &[1, NEAR]))
}

/// Finds the articles that answer each question of `queries` (JSON Lines: `qid`, `query`, `gold`, names of articles) among all
/// articles of the table `articles` (`name`, `content`).
///
/// # Errors
/// A file that cannot be read or a malformed record.
pub fn retrieval(queries: &Path, articles: &Path, segmenter: &Segmenter, vectors: Arc<Vectors>) -> Result<Part> {
    let questions: Vec<Question> = rows(queries)?;
    let articles: Vec<Article> = rows(articles)?;
    if articles.is_empty() {
        return Err(Error::input(queries, None, "there are no articles to find", "give their table with --articles"));
    }
    let texts: Vec<String> = articles.iter().map(|a| format!("{}\n{}", a.name, a.content)).collect();
    let texts: Vec<Text<'_>> = texts.iter().map(|text| Text { text, ..Text::default() }).collect();
    let (documents, standing) = documents(&articles);
    let pool = Pool::new(&texts, segmenter, vectors).with_documents(documents, standing);
    let numbers: FxHashMap<&str, usize> = articles.iter().enumerate().map(|(i, a)| (a.name.as_str(), i)).collect();
    let rank = |question: &Question| {
        let scores = pool.scores(Text { text: &question.query, ..Text::default() });
        let gold: FxHashSet<usize> = question.gold.iter().filter_map(|g| numbers.get(g.as_str()).copied()).collect();
        let mut places: Vec<usize> = gold.iter().map(|&at| place(&scores, at)).collect();
        places.sort_unstable();
        let id = question.qid.as_str().map_or_else(|| question.qid.to_string(), str::to_owned);
        let held_out = held_out(&id);
        Ranked { id, held_out, query: question.query.clone(), places, gold: question.gold.len() }
    };
    let ranked: Vec<Ranked> = questions.par_iter().map(rank).collect();
    Ok(part("retrieval", &queries.display().to_string(), &ranked, &[NEAR, FAR]))
}

/// For each article the number of its law, and how high that law stands: `ln(1 + n)` for `n` laws that cite it by its title.
fn documents(articles: &[Article]) -> (Vec<u32>, Vec<f64>) {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut of_article = Vec::with_capacity(articles.len());
    for article in articles {
        let next = u32::try_from(numbers.len()).expect("there are fewer laws than articles in memory");
        of_article.push(*numbers.entry(law(&article.name)).or_insert(next));
    }
    let mut citing: FxHashMap<&str, FxHashSet<u32>> = FxHashMap::default();
    for (article, &from) in articles.iter().zip(&of_article) {
        for text in [&article.name, &article.content] {
            for cited in text.split('《').skip(1).filter_map(|rest| rest.split('》').next()) {
                citing.entry(bare(cited)).or_default().insert(from);
            }
        }
    }
    let standing = articles.iter().zip(&of_article).map(|(article, own)| {
        let count = citing.get(bare(law(&article.name))).map_or(0, |from| from.iter().filter(|f| *f != own).count());
        (count as f64).ln_1p()
    });
    let standing = standing.collect();
    (of_article, standing)
}

/// The law that an article's name begins with: all before 第…条.
fn law(name: &str) -> &str {
    match name.rfind('第') {
        Some(at) if at > 0 && name[at..].contains('条') => &name[..at],
        _ => name,
    }
}

/// A title without the name of the country, which citations leave out.
fn bare(title: &str) -> &str {
    title.trim().trim_start_matches("中华人民共和国")
}

fn held_out(id: &str) -> bool {
    blake3::hash(id.as_bytes()).as_bytes()[0] & 1 == 1
}

/// How many texts come before text `at`; of equals those that stand before it.
fn place(scores: &[f64], at: usize) -> usize {
    let own = scores[at];
    scores.iter().enumerate().filter(|(i, score)| **score > own || **score == own && *i < at).count()
}

fn part(name: &str, file: &str, ranked: &[Ranked], depths: &[usize]) -> Part {
    let mut part = Part::default();
    for (half, suffix) in [(true, ""), (false, "_tuning")] {
        let own: Vec<&Ranked> = ranked.iter().filter(|r| r.held_out == half).collect();
        for &depth in depths {
            part.figures.push((format!("{name}_recall_{depth}{suffix}"), mean(&own, |r| recall(r, depth))));
        }
        part.figures.push((format!("{name}_mrr_10{suffix}"), mean(&own, reciprocal)));
    }
    let decision = |r: &Ranked| json!({"id": r.id, "held_out": r.held_out, "ranks": r.places.iter().map(|p| p + 1).collect::<Vec<_>>()});
    part.decisions.push((name.to_owned(), ranked.iter().map(decision).collect()));
    let missed = ranked.iter().filter(|r| r.places.first().is_none_or(|&place| place >= NEAR));
    part.misses = missed
        .map(|r| Miss {
            part: name.to_owned(),
            case: file.to_owned(),
            document: r.id.clone(),
            problem: "missed".into(),
            gold: r.query.clone(),
            predicted: r.places.first().map_or_else(String::new, |place| format!("rank {}", place + 1)),
        })
        .collect();
    part
}

fn recall(ranked: &Ranked, depth: usize) -> f64 {
    ranked.places.iter().filter(|&&place| place < depth).count() as f64 / ranked.gold.max(1) as f64
}

/// One over the rank of the first right answer, 0 where it is beyond the tenth.
fn reciprocal(ranked: &Ranked) -> f64 {
    ranked.places.first().filter(|&&place| place < NEAR).map_or(0.0, |&place| 1.0 / (place + 1) as f64)
}

fn mean(ranked: &[&Ranked], value: impl Fn(&Ranked) -> f64) -> Figure {
    bootstrap(ranked, ranked.len(), |sample| {
        let sum: f64 = sample.iter().map(|r| value(r)).sum();
        (!sample.is_empty()).then(|| sum / sample.len() as f64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_stands_as_high_as_the_laws_that_cite_it() {
        let article = |name: &str, content: &str| Article { name: name.into(), content: content.into() };
        let articles = [
            article("中华人民共和国渡口法第一条", "渡口由船工管理。"),
            article("渡口法实施细则第一条", "根据《渡口法》制定本细则。"),
            article("渡口法实施细则第二条之一", "依照《中华人民共和国渡口法》和《渡口法实施细则》处理。"),
        ];
        let (documents, standing) = documents(&articles);
        assert_eq!(documents, [0, 1, 1]);
        assert_eq!(standing, [2.0_f64.ln(), 0.0, 0.0], "a law does not lift itself");
    }

    #[test]
    fn of_equal_scores_the_first_comes_first() {
        assert_eq!(place(&[0.5, 0.7, 0.5], 2), 2);
        assert_eq!(place(&[0.5, 0.7, 0.5], 0), 1);
    }

    #[test]
    fn recall_counts_right_answers_that_the_pool_lacks() {
        let ranked = Ranked { id: "1".into(), held_out: true, query: String::new(), places: vec![0, 50], gold: 4 };
        assert!((recall(&ranked, 10) - 0.25).abs() < 1e-9);
        assert!((recall(&ranked, 100) - 0.5).abs() < 1e-9);
    }
}
