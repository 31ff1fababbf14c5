//! Why a matter was found: the words it shares, its suggestions nearest to those of the query, and what was answered to them.

use super::matter::Matter;
use super::nearest::{Aligned, Answered, SharedWord};
use super::pool::{Pool, telling};
use super::replies::answering;
use super::rounded;
use super::space::Bag;
use crate::document::{Entry, ReplySection, UnitId, UnitKind};

/// Least cosine at which a suggestion speaks for its proposal.
const ALIGNED: f64 = 0.1;
/// Least cosine at which a section that names no suggestion is taken to answer one.
const ANSWERS: f64 = 0.1;
/// Shared words that are named as the reason.
const NAMED: usize = 8;
/// Past suggestions told for a plain text.
const TOLD: usize = 3;

/// The telling words that weigh most; of a word and a longer one around it the longer.
pub(super) fn named(shared: Vec<(String, f64)>) -> Vec<SharedWord> {
    let mut named: Vec<SharedWord> = Vec::new();
    for (word, weight) in shared.into_iter().filter(|(word, _)| telling(word)) {
        if named.iter().any(|n| n.word.contains(word.as_str())) {
            continue;
        }
        let first = named.iter().position(|n| word.contains(n.word.as_str()));
        if let Some(first) = first {
            // The longer word takes the place of the first inside it; the others inside it go.
            named[first].word.clone_from(&word);
            let mut at = 0;
            named.retain(|n| (at <= first || !word.contains(n.word.as_str()), at += 1).0);
        } else if named.len() < NAMED {
            named.push(SharedWord { word, weight: rounded(weight) });
        }
    }
    named
}

/// For each suggestion of the query (number, words, terms) the past suggestion nearest to it, strongest first; for a plain text the nearest few.
pub(super) fn aligned(pool: &Pool, matter: &Matter<'_>, own: &[(Option<usize>, String, Bag)]) -> Vec<Aligned> {
    let past = past(pool, matter);
    let mut aligned: Vec<Aligned> = Vec::new();
    for (number, words, ours) in own {
        let mut scored: Vec<(f64, usize)> =
            past.iter().enumerate().map(|(i, p)| (pool.words().cosine(ours, &p.bag), i)).collect();
        scored.retain(|(score, _)| *score > ALIGNED);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.truncate(if number.is_some() { 1 } else { TOLD });
        aligned.extend(scored.into_iter().map(|(score, at)| Aligned {
            unit: past[at].unit.clone(),
            text: past[at].text.clone(),
            own: *number,
            own_text: number.map_or_else(String::new, |_| words.clone()),
            score: rounded(score),
            answers: past[at].answers(pool, matter),
        }));
    }
    aligned.sort_by(|a, b| b.score.total_cmp(&a.score));
    aligned
}

/// A past suggestion, or a section of a reply where only that is known.
struct Past {
    unit: String,
    text: String,
    bag: Bag,
    /// Its place among the proposal's suggestions, or the reply's sections.
    at: usize,
}

fn past(pool: &Pool, matter: &Matter<'_>) -> Vec<Past> {
    let past = |unit: UnitId, text: &str, at: usize| Past {
        unit: unit.to_string(),
        text: text.to_owned(),
        bag: pool.plain(text),
        at,
    };
    match matter.proposal {
        Some(entry) => {
            let suggestions = entry.parsed.suggestions.iter().enumerate();
            suggestions.map(|(at, s)| past(s.id(&entry.document), entry.text(s.span), at)).collect()
        }
        None => {
            let entry = matter.head();
            let sections = entry.parsed.sections.iter().enumerate();
            sections
                .map(|(at, s)| past(section_id(entry, s), entry.text(s.quoted.or(s.heading).unwrap_or(s.answer)), at))
                .collect()
        }
    }
}

impl Past {
    /// What the replies answer to it: the section that names it, else the nearest in its words.
    fn answers(&self, pool: &Pool, matter: &Matter<'_>) -> Vec<Answered> {
        let Some(proposal) = matter.proposal else {
            let entry = matter.head();
            return vec![answered(entry, &entry.parsed.sections[self.at], true)];
        };
        let suggestions: Vec<String> =
            proposal.parsed.suggestions.iter().map(|s| proposal.text(s.span).to_owned()).collect();
        let mut answers = Vec::new();
        for reply in &matter.replies {
            let assigned = answering(reply, &suggestions);
            let sections = &reply.parsed.sections;
            let stated = sections.iter().zip(&assigned).filter(|(_, to)| **to == Some(self.at));
            let stated: Vec<Answered> = stated.map(|(section, _)| answered(reply, section, true)).collect();
            if stated.is_empty() {
                answers.extend(self.nearest(pool, reply, &assigned));
            }
            answers.extend(stated);
        }
        answers
    }

    /// The section of a reply that is nearest in its words, among those that answer no other suggestion.
    fn nearest(&self, pool: &Pool, reply: &Entry, assigned: &[Option<usize>]) -> Option<Answered> {
        let mut best: Option<(f64, &ReplySection)> = None;
        for (section, _) in reply.parsed.sections.iter().zip(assigned).filter(|(_, to)| to.is_none()) {
            let score = pool.words().cosine(&self.bag, &pool.plain(reply.text(section.span)));
            if score > best.map_or(ANSWERS, |b| b.0) {
                best = Some((score, section));
            }
        }
        best.map(|(_, section)| answered(reply, section, false))
    }
}

fn section_id(entry: &Entry, section: &ReplySection) -> UnitId {
    UnitId { document: entry.document.id.clone(), kind: UnitKind::ReplySection, ordinal: section.ordinal }
}

fn answered(reply: &Entry, section: &ReplySection, stated: bool) -> Answered {
    let mut cites: Vec<String> = Vec::new();
    for citation in reply.parsed.citations.iter().filter(|c| section.span.contains(c.span)) {
        let printed = reply.text(citation.span);
        if !cites.iter().any(|c| c == printed) {
            cites.push(printed.to_owned());
        }
    }
    Answered {
        document: reply.document.id.clone(),
        unit: section_id(reply, section).to_string(),
        text: reply.text(section.answer).trim().to_owned(),
        cites,
        stated,
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    fn words(shared: &[(&str, f64)]) -> Vec<String> {
        let shared = shared.iter().map(|(w, x)| ((*w).to_owned(), *x)).collect();
        named(shared).into_iter().map(|n| n.word).collect()
    }

    #[test]
    fn of_a_word_and_those_inside_it_only_the_longest_is_named() {
        assert_eq!(words(&[("企业", 3.0), ("小微", 2.0), ("小微企业", 1.0), ("融资", 0.5)]), ["小微企业", "融资"]);
        assert_eq!(words(&[("小微企业", 3.0), ("小微", 2.0)]), ["小微企业"]);
    }

    #[test]
    fn figures_and_single_characters_are_no_reason() {
        assert_eq!(words(&[("2023", 3.0), ("桥", 2.0), ("木桥", 1.0)]), ["木桥"]);
    }
}
