//! The table of queries, through the real binary: `queries/corpus.jsonl` is indexed once, and every line of
//! `queries/queries.tsv` must find exactly the documents it names.
//!
//! Columns: topic; query; options of the command line; `hits`, all documents that must be found; `misses`, those of the rest
//! that a search engine is most tempted to find; `first`, the document that must come first, where it matters.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

struct Case {
    topic: String,
    query: String,
    options: String,
    hits: BTreeSet<String>,
    misses: BTreeSet<String>,
    first: String,
}

fn cases() -> Vec<Case> {
    let text = std::fs::read_to_string(Path::new(ROOT).join("tests/queries/queries.tsv")).unwrap();
    let names = |field: &str| field.split_whitespace().map(str::to_owned).collect();
    let case = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [topic, query, options, hits, misses, first] = fields[..] else { panic!("six columns: {line}") };
        let (topic, query, options) = (topic.to_owned(), query.to_owned(), options.to_owned());
        Case { topic, query, options, hits: names(hits), misses: names(misses), first: first.to_owned() }
    };
    text.lines().skip(1).map(case).collect()
}

fn suyuan(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(folder).args(arguments);
    command
}

/// The answers to queries that share their options, in one run.
fn answers(folder: &Path, options: &str, cases: &[&Case]) -> Vec<Value> {
    let queries: String = cases.iter().map(|c| format!("{}\n", c.query)).collect();
    let mut arguments = vec!["search", "--queries", "-", "--format", "jsonl", "--limit", "100"];
    arguments.extend(options.split_whitespace());
    let out = suyuan(folder, &arguments).write_stdin(queries).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    let answers: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(answers.len(), cases.len(), "{}", String::from_utf8_lossy(&out.stderr));
    answers
}

/// What is wrong with an answer, if anything.
fn fault(case: &Case, answer: &Value) -> Option<String> {
    let document = |hit: &Value| hit["id"].as_str().unwrap().split('#').next().unwrap().to_owned();
    let found: Vec<String> = answer["hits"].as_array().unwrap().iter().map(document).collect();
    let set: BTreeSet<String> = found.iter().cloned().collect();
    let wrong = match &answer["error"] {
        Value::String(error) => error.clone(),
        _ if set != case.hits => {
            let (missed, beyond): (Vec<_>, Vec<_>) =
                (case.hits.difference(&set).collect(), set.difference(&case.hits).collect());
            format!("missed {missed:?}, found besides {beyond:?}")
        }
        _ if !case.first.is_empty() && found[0] != case.first => {
            format!("{} comes first, not {}", found[0], case.first)
        }
        _ => return None,
    };
    Some(format!("{}: {} {}: {wrong}", case.topic, case.query, case.options))
}

#[test]
fn every_query_of_the_table_finds_what_it_should_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Path::new(ROOT).join("tests/queries/corpus.jsonl");
    suyuan(folder.path(), &["index", "--quiet", "--corpus", corpus.to_str().unwrap()]).assert().success();
    let cases = cases();
    let mut by_options: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    cases.iter().for_each(|case| by_options.entry(&case.options).or_default().push(case));
    let mut faults = Vec::new();
    for (options, cases) in by_options {
        let answers = answers(folder.path(), options, &cases);
        faults.extend(cases.iter().zip(&answers).filter_map(|(case, answer)| fault(case, answer)));
    }
    assert!(faults.is_empty(), "{} of {} are wrong:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

#[test]
fn the_table_is_sound() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("tests/queries/corpus.jsonl")).unwrap();
    let records: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let known: BTreeSet<&str> = records.iter().map(|d| d["id"].as_str().unwrap()).collect();
    let cases = cases();
    assert!(cases.len() >= 60);
    for case in &cases {
        assert!(case.hits.is_disjoint(&case.misses), "{}", case.query);
        assert!(case.hits.union(&case.misses).all(|id| known.contains(id.as_str())), "{}", case.query);
        assert!(!case.hits.is_empty() || !case.misses.is_empty(), "{} can hardly fail", case.query);
    }
}
