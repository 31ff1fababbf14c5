//! How many queries of the table in `tests/queries` each engine answers rightly: exactly the documents it names, and the right
//! one first.
//!
//! The rivals are given every query in their own syntax, translated by rule from what suyuan understands; only where the
//! typing itself is what a query is about do they get it as typed. What they have no syntax for counts as not answered.

use super::engine::{Asked, Engine, Failure};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use suyuan::search::parse;

/// The topic whose queries are about how they are typed.
const TYPING: &str = "chinese keyboard";

/// One query with what it should find.
pub struct Case {
    pub topic: String,
    query: String,
    options: String,
    hits: BTreeSet<String>,
    first: String,
}

/// The cases of the table.
pub fn cases(file: &Path) -> Result<Vec<Case>, Failure> {
    let text = std::fs::read_to_string(file)?;
    let case = |line: &str| -> Result<Case, Failure> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [topic, query, options, hits, _, first] = fields[..] else {
            return Err(format!("six columns are wanted: {line}").into());
        };
        let hits = hits.split_whitespace().map(str::to_owned).collect();
        let [topic, query, options, first] = [topic, query, options, first].map(str::to_owned);
        Ok(Case { topic, query, options, hits, first })
    };
    text.lines().skip(1).map(case).collect()
}

impl Case {
    fn is_right(&self, found: &[String]) -> bool {
        let set: BTreeSet<&String> = found.iter().collect();
        let first = self.first.is_empty() || found.first() == Some(&self.first);
        first && set == self.hits.iter().collect()
    }
}

/// Which cases another engine answers rightly.
pub fn rival(engine: &dyn Engine, cases: &[Case]) -> Result<Vec<bool>, Failure> {
    let mut right = Vec::new();
    for case in cases {
        let query = parse(&case.query)?;
        let asked = Asked { typed: &case.query, query: &query, as_typed: case.topic == TYPING };
        // A synonym would have to be typed.
        let answer = if case.options.is_empty() { engine.answer(&asked, 200)? } else { None };
        let found = answer.map(|a| a.hits.into_iter().map(|(document, _)| document).collect::<Vec<_>>());
        right.push(found.is_some_and(|found| case.is_right(&found)));
        if std::env::var_os("MISSES").is_some() && right.last() == Some(&false) {
            eprintln!("{}: {} {}", case.topic, case.query, case.options);
        }
    }
    Ok(right)
}

/// Which cases `suyuan search` answers rightly, through the binary.
pub fn own(index: &Path, cases: &[Case]) -> Result<Vec<bool>, Failure> {
    let mut right = vec![false; cases.len()];
    let mut by_options: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    cases.iter().enumerate().for_each(|(i, case)| by_options.entry(&case.options).or_default().push(i));
    for (options, numbers) in by_options {
        let queries: String = numbers.iter().map(|&i| format!("{}\n", cases[i].query)).collect();
        let mut run = Command::new(env!("CARGO_BIN_EXE_suyuan"))
            .args(["search", "--queries", "-", "--format", "jsonl", "--limit", "200", "--quiet", "--index"])
            .arg(index)
            .args(options.split_whitespace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        run.stdin.take().ok_or("the queries cannot be handed over")?.write_all(queries.as_bytes())?;
        let out = String::from_utf8(run.wait_with_output()?.stdout)?;
        for (line, &i) in out.lines().zip(&numbers) {
            let answer: serde_json::Value = serde_json::from_str(line)?;
            let ids = answer["hits"].as_array().into_iter().flatten().filter_map(|hit| hit["id"].as_str());
            let found: Vec<String> = ids.filter_map(|id| id.split('#').next()).map(str::to_owned).collect();
            right[i] = cases[i].is_right(&found);
        }
    }
    Ok(right)
}
