//! Side by side in one run: suyuan, tantivy with a plain jieba tokenizer, and SQLite FTS5 with its trigram tokenizer.
//!
//! `cargo bench --bench comparison [-- FILE [ROUNDS]]` prints the tables of `docs/search.md`: time and size of the index of
//! the same clauses, latency of the same queries with snippets, and how many queries of `tests/queries` each answers rightly.
//! The file is `../shared/data/regulations/regulations.jsonl` unless named; without it, only the table of queries is answered.

#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs, unreachable_pub)]

mod engine;
mod fts5;
mod jieba;
mod plain;
mod table;

use engine::{Answer, Asked, Engine, Failure, Row, rows, size, timed};
use fts5::Fts5;
use plain::Tantivy;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use suyuan::index::{Index, Update};
use suyuan::ingest::{Options, discover};
use suyuan::search::{self, Request, Sort, parse, window};
use suyuan::segment::Segmenter;

/// Hits with snippets that every query asks for.
const LIMIT: usize = 20;

/// Queries by sort, for latency: common and rare, all of words that any corpus of laws has.
const QUERIES: [(&str, [&str; 8]); 4] = [
    ("word", ["企业", "保险", "处罚", "监督管理", "知识产权", "档案", "养老", "碳排放"]),
    (
        "phrase",
        [
            "\"人民政府\"",
            "\"法律责任\"",
            "\"应当自收到\"",
            "\"主管部门\"",
            "\"融资担保\"",
            "\"本条例自\"",
            "\"依法追究刑事责任\"",
            "\"公共数据\"",
        ],
    ),
    (
        "boolean",
        [
            "企业 AND 贷款",
            "养老 OR 托育",
            "处罚 NOT 罚款",
            "(农业 OR 林业) 保险",
            "学校 食品 -幼儿园",
            "消防 安全 检查",
            "(水库 | 河道) -采砂",
            "数据 AND 安全 NOT 个人",
        ],
    ),
    ("substring", ["小企业", "业保险", "境保护", "识产权", "政府应", "权人", "会团体", "府性"]),
];

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let standard = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/regulations/regulations.jsonl");
    let file = arguments.first().map_or_else(standard, PathBuf::from);
    let rounds = arguments.get(1).map_or(Ok(20), |r| r.parse::<usize>())?;
    let folder = tempfile::tempdir()?;
    right(folder.path())?;
    if !file.is_file() {
        println!("skipped the rest: {} is not there", file.display());
        return Ok(());
    }
    scale(folder.path(), &file, rounds)
}

/// How many queries of the table each engine answers rightly.
fn right(folder: &Path) -> Result<(), Failure> {
    let queries = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries");
    let cases = table::cases(&queries.join("queries.tsv"))?;
    let dir = folder.join("table");
    build(&dir, &queries.join("corpus.jsonl"))?;
    let rows = rows(&dir, true)?;
    let (plain, trigram) =
        (Tantivy::build(&folder.join("table-tantivy"), &rows)?, Fts5::build(&folder.join("table-fts5"), &rows)?);
    let results = [table::own(&dir, &cases)?, table::rival(&plain, &cases)?, table::rival(&trigram, &cases)?];
    let mut topics: Vec<&str> = cases.iter().map(|c| c.topic.as_str()).collect();
    topics.dedup();
    println!("| queries answered rightly | of | suyuan | tantivy, jieba | FTS5, trigram |\n|---|--:|--:|--:|--:|");
    let line = |name: &str, holds: &dyn Fn(&str) -> bool| {
        let chosen: Vec<usize> = (0..cases.len()).filter(|&i| holds(&cases[i].topic)).collect();
        let right = results.iter().map(|r| chosen.iter().filter(|&&i| r[i]).count().to_string());
        println!("| {name} | {} | {} |", chosen.len(), right.collect::<Vec<_>>().join(" | "));
    };
    topics.iter().for_each(|topic| line(topic, &|t| t == *topic));
    line("**all**", &|_| true);
    Ok(())
}

fn build(dir: &Path, file: &Path) -> Result<(), Failure> {
    let segmenter = Segmenter::new(None)?;
    let update = Update {
        dir,
        segmenter: &segmenter,
        options: &Options::default(),
        rebuild: false,
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    update.run(&discover(&[file.to_owned()]).files)?;
    Ok(())
}

/// suyuan itself, through the library.
struct Own<'a>(search::Engine<'a>);

impl Engine for Own<'_> {
    fn answer(&self, asked: &Asked<'_>, limit: usize) -> Result<Option<Answer>, Failure> {
        let request = Request { query: asked.query.clone(), units: Vec::new(), sort: Sort::Score, limit };
        let found = self.0.search(&request)?;
        let hit = |h: search::Hit| {
            let shown = window(&h.text, &h.highlights, 80);
            (h.document.id, shown.of(&h.text).to_owned())
        };
        Ok(Some(Answer { total: found.total, hits: found.hits.into_iter().map(hit).collect() }))
    }
}

/// Time and size of the index, and latency, on the clauses of `file`.
fn scale(folder: &Path, file: &Path, rounds: usize) -> Result<(), Failure> {
    let (dir, plain, trigram) = (folder.join("own"), folder.join("tantivy"), folder.join("fts5"));
    let (own_time, ()) = timed(|| build(&dir, file))?;
    let rows: Vec<Row> = rows(&dir, false)?;
    let (plain_time, plain_engine) = timed(|| Tantivy::build(&plain, &rows))?;
    let (trigram_time, trigram_engine) = timed(|| Fts5::build(&trigram, &rows))?;
    let characters: usize = rows.iter().map(|r| r.text.chars().count()).sum();
    println!("\n{} clauses, {characters} characters\n", rows.len());
    println!("| | suyuan | tantivy, jieba | FTS5, trigram |\n|---|--:|--:|--:|");
    println!("| index time, s | {own_time:.1} | {plain_time:.1} | {trigram_time:.1} |");
    let megabytes = |dir: &Path| size(dir) as f64 / 1e6;
    println!("| index size, MB | {:.0} | {:.0} | {:.0} |", megabytes(&dir), megabytes(&plain), megabytes(&trigram));
    let (index, segmenter) = (Index::open(&dir)?, Segmenter::new(None)?);
    let own = Own(search::Engine::open(&index, &segmenter)?);
    let engines: [&dyn Engine; 3] = [&own, &plain_engine, &trigram_engine];
    let mut all: [Vec<f64>; 3] = Default::default();
    for (sort, queries) in QUERIES {
        let mut cells = Vec::new();
        for (engine, all) in engines.iter().zip(&mut all) {
            let (times, answered) = latencies(*engine, &queries, rounds)?;
            cells.push(format!(
                "{}{}",
                told(&times),
                if answered < 8 { format!(" ({answered} of 8)") } else { String::new() }
            ));
            all.extend(times);
        }
        println!("| {sort}: median / p99, ms | {} |", cells.join(" | "));
    }
    println!("| all: median / p99, ms | {} |", all.map(|times| told(&times)).join(" | "));
    Ok(())
}

/// Milliseconds of each query in each round, warm; and how many queries found anything.
fn latencies(engine: &dyn Engine, queries: &[&str], rounds: usize) -> Result<(Vec<f64>, usize), Failure> {
    let mut times = Vec::new();
    let mut answered = 0;
    for round in 0..=rounds {
        for typed in queries {
            let start = Instant::now();
            let query = parse(typed)?;
            let answer = engine.answer(&Asked { typed, query: &query, as_typed: false }, LIMIT)?;
            let elapsed = start.elapsed().as_secs_f64() * 1e3;
            let found = answer.is_some_and(|a| a.total > 0 && a.hits.iter().all(|h| !h.1.is_empty()));
            if round > 0 {
                times.push(elapsed);
                answered += usize::from(round == 1 && found);
            }
        }
    }
    Ok((times, answered))
}

/// Median and 99th percentile.
fn told(times: &[f64]) -> String {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() as f64 * share) as usize).min(times.len() - 1)).copied();
    format!("{:.1} / {:.1}", at(0.5).unwrap_or_default(), at(0.99).unwrap_or_default())
}
