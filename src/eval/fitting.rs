//! Reads labelled suggestions that stand alone: one line a suggestion, with the policy that was looked through, the clauses that
//! carry it and those of its topic. They serve for fitting only; nothing is ever scored on them.

use super::Data;
use super::case::{Case, GoldClause, GoldLink, GoldSuggestion, rows};
use crate::document::{Document, Kind, LinkKind, Order, Source, Status};
use crate::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A line: `{"policy", "text", "links": [["where the clause begins", "adapted"]], "topical": ["…"], "status"}`.
#[derive(Deserialize)]
struct Line {
    policy: String,
    text: String,
    links: Vec<(String, LinkKind)>,
    topical: Vec<String>,
    status: Status,
}

/// The suggestions of a file as cases of one policy each, by the policies' ids; the policies' texts are found in `data`.
///
/// # Errors
/// A file that cannot be read, a line of another form, a policy whose text is in none of the folders.
pub fn load(file: &Path, data: &[PathBuf]) -> Result<Vec<Case>> {
    let mut groups: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in rows::<Line>(file)? {
        groups.entry(line.policy.clone()).or_default().push(line);
    }
    let wanted: Vec<String> = groups.keys().cloned().collect();
    let texts = Data::load_ids(data, &wanted)?;
    groups.into_iter().map(|(id, lines)| case(file, &id, lines, &texts)).collect()
}

/// Parts cases in two by the lowest bit of the first byte of the BLAKE3 digest of their policy's id.
pub fn halves(cases: Vec<Case>) -> [Vec<Case>; 2] {
    let odd = |case: &Case| blake3::hash(case.name.as_bytes()).as_bytes()[0] & 1 == 1;
    let (second, first) = cases.into_iter().partition(odd);
    [first, second]
}

/// A line of real clauses with suggestions written for them.
#[derive(Deserialize)]
struct PairLine {
    document: String,
    clause: String,
    pos: Vec<String>,
    partial: Option<String>,
    neg: Vec<String>,
}

/// Pairs as cases, one a document: each line is `{"document", "clause", "pos": […], "partial", "neg": […]}`, a clause with
/// suggestions that it carries, one of which it carries a part, and some that it does not.
///
/// # Errors
/// Those of [`load`].
pub fn pairs(file: &Path, data: &[PathBuf]) -> Result<Vec<Case>> {
    let mut groups: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for pair in rows::<PairLine>(file)? {
        let begins: String = pair.clause.chars().filter(|c| !c.is_whitespace()).take(BEGINS).collect();
        let mut add = |text: String, label: Option<LinkKind>| {
            let (links, topical, status) = match label {
                Some(label) => (vec![(begins.clone(), label)], Vec::new(), Status::Absorbed),
                None => (Vec::new(), vec![begins.clone()], Status::TopicalOnly),
            };
            let policy = pair.document.clone();
            groups.entry(policy.clone()).or_default().push(Line { policy, text, links, topical, status });
        };
        pair.pos.into_iter().for_each(|text| add(text, Some(LinkKind::Adapted)));
        pair.partial.into_iter().for_each(|text| add(text, Some(LinkKind::Partial)));
        pair.neg.into_iter().for_each(|text| add(text, None));
    }
    let wanted: Vec<String> = groups.keys().cloned().collect();
    let texts = Data::load_ids(data, &wanted)?;
    groups.into_iter().map(|(id, lines)| case(file, &id, lines, &texts)).collect()
}

/// Characters that name a clause by its beginning.
const BEGINS: usize = 24;

fn case(file: &Path, id: &str, lines: Vec<Line>, texts: &Data) -> Result<Case> {
    let Some((text, place)) = texts.text(id) else {
        let problem = format!("the text of policy {id} is nowhere");
        return Err(Error::input(file, None, problem, "give its folder with --data"));
    };
    let policy = Document {
        id: id.to_owned(),
        kind: Kind::Policy,
        title: String::new(),
        number: None,
        session: None,
        issuer: None,
        date: None,
        reply_to: None,
        source: Source { path: place.display().to_string(), ..Source::default() },
        notes: Vec::new(),
        text: text.to_owned(),
    };
    let links = lines.into_iter().zip(1..).map(|(line, ordinal)| suggestion(line, ordinal)).collect();
    Ok(Case {
        name: id.to_owned(),
        path: file.to_owned(),
        policies: vec![policy],
        proposals: Vec::new(),
        replies: Vec::new(),
        report: None,
        links,
        claims: Vec::new(),
    })
}

fn suggestion(line: Line, ordinal: usize) -> GoldSuggestion {
    let policy = line.policy;
    let link = |(clause_quote, label)| GoldLink { policy: policy.clone(), clause_quote, label, order: Order::Unknown };
    let topical = |clause_quote| GoldClause { policy: policy.clone(), clause_quote };
    GoldSuggestion {
        proposal: policy.clone(),
        suggestion: ordinal,
        text: line.text,
        links: line.links.into_iter().map(link).collect(),
        topical: line.topical.into_iter().map(topical).collect(),
        status: line.status,
        note: String::new(),
    }
}
