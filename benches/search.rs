//! Search in an index of laws and regulations: word, phrase, boolean and substring queries with snippets, warm; and the
//! time from the start of the process to the first result.
//!
//! `cargo bench --bench search [-- FILE|INDEX]`; `../shared/data/regulations/regulations.jsonl` is indexed unless a file or
//! the folder of an index is named. The queries are drawn from the texts, the same in every run. The bounds are a median of
//! 5 ms, a 99th percentile of 25 ms, and 250 ms to the first result.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use suyuan::index::{Index, Update};
use suyuan::ingest::{Options, discover};
use suyuan::search::{Engine, Request, Sort, parse, window};
use suyuan::segment::Segmenter;

/// Queries of each sort.
const QUERIES: usize = 200;
/// Hits of each query, and characters of their snippets, as the command prints them.
const HITS: usize = 20;
const SNIPPET: usize = 80;
/// Starts of the process.
const STARTS: usize = 15;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let argument = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let standard = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/regulations/regulations.jsonl");
    let given = argument.map_or_else(standard, PathBuf::from);
    if !given.exists() {
        println!("skipped: {} is not there", given.display());
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let segmenter = Segmenter::new(None)?;
    let dir = if given.is_dir() { given } else { made(&given, folder.path(), &segmenter)? };
    let index = Index::open(&dir)?;
    let counts = index.counts();
    println!("{} documents, {} clauses, {} passages", counts.documents(), counts.clauses, counts.passages);
    let opening = Instant::now();
    let engine = Engine::open(&index, &segmenter)?;
    println!("opened in {:.1} ms", millis(opening.elapsed()));

    let mut all = Vec::new();
    for (sort, queries) in queries(&index, &segmenter)? {
        for query in &queries {
            answered(&engine, query)?; // warm
        }
        let mut times = Vec::with_capacity(queries.len());
        let mut hits = 0;
        for query in &queries {
            let (elapsed, total) = answered(&engine, query)?;
            times.push((elapsed, query.as_str()));
            hits += total;
        }
        told(sort, &mut times, hits / queries.len().max(1));
        all.extend(times.into_iter().map(|(time, _)| (time, String::new())));
    }
    let mut all: Vec<(Duration, &str)> = all.iter().map(|(time, text)| (*time, text.as_str())).collect();
    told("all", &mut all, 0);
    started(&dir)
}

fn made(file: &Path, folder: &Path, segmenter: &Segmenter) -> Result<PathBuf, Failure> {
    let dir = folder.join("index");
    let stop = AtomicBool::new(false);
    let options = Options::default();
    let update = Update { dir: &dir, segmenter, options: &options, rebuild: false, stop: &stop, progress: &|_| {} };
    update.run(&discover(&[file.to_owned()]).files)?;
    Ok(dir)
}

/// Parsing, searching and cutting the snippets of one query; and how many hits there are.
fn answered(engine: &Engine<'_>, query: &str) -> Result<(Duration, usize), Failure> {
    let start = Instant::now();
    let request = Request { query: parse(query)?, units: Vec::new(), sort: Sort::Score, limit: HITS };
    let found = engine.search(&request)?;
    let shown: usize = found.hits.iter().map(|h| window(&h.text, &h.highlights, SNIPPET).len()).sum();
    std::hint::black_box(shown);
    Ok((start.elapsed(), found.total))
}

/// Numbers that look random and are the same in every run (Marsaglia 2003, xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Queries of every sort, drawn from the clauses.
fn queries(index: &Index, segmenter: &Segmenter) -> Result<Vec<(&'static str, Vec<String>)>, Failure> {
    let library = index.library()?;
    let texts: Vec<String> =
        library.entries().iter().flat_map(|e| e.parsed.clauses.iter().map(|c| e.text(c.span).to_owned())).collect();
    let mut draw = Draw(0x5eed_5eed_5eed_5eed);
    let mut word = || loop {
        let words = segmenter.words(&texts[draw.below(texts.len())]);
        let words: Vec<&str> = words.iter().map(|w| w.term.as_str()).filter(|t| t.chars().count() > 1).collect();
        if !words.is_empty() {
            return words[draw.below(words.len())].to_owned();
        }
    };
    let words: Vec<String> = (0..QUERIES).map(|_| word()).collect();
    let boolean: Vec<String> = (0..QUERIES)
        .map(|i| match (i % 4, word(), word(), word()) {
            (0, a, b, _) => format!("{a} AND {b}"),
            (1, a, b, _) => format!("{a} OR {b}"),
            (2, a, b, _) => format!("{a} -{b}"),
            (_, a, b, c) => format!("({a} OR {b}) {c}"),
        })
        .collect();
    let mut draw = Draw(0x0dd5_eed5_0dd5_eed5);
    let mut stretch = |least: usize, most: usize| loop {
        let chars: Vec<char> = texts[draw.below(texts.len())].chars().collect();
        let length = least + draw.below(most - least + 1);
        let start = draw.below(chars.len().saturating_sub(length));
        let stretch = chars.get(start..start + length).unwrap_or_default();
        if !stretch.is_empty() && stretch.iter().all(|c| suyuan::segment::is_han(*c)) {
            return stretch.iter().collect::<String>();
        }
    };
    let phrases = (0..QUERIES).map(|_| format!("\"{}\"", stretch(4, 10))).collect();
    let substrings = (0..QUERIES).map(|_| stretch(2, 4)).collect();
    let singles = (0..QUERIES / 4).map(|_| stretch(1, 1)).collect();
    let sentences = (0..QUERIES / 4).map(|_| stretch(10, 20)).collect();
    let mut others: Vec<String> = Vec::new();
    for _ in 0..QUERIES / 8 {
        others.push(format!("\"{} {}\"~3", word_of(&words, &mut draw), word_of(&words, &mut draw)));
        others.push(format!("{} NEAR/5 {}", word_of(&words, &mut draw), word_of(&words, &mut draw)));
        others.push(format!("{}*", word_of(&words, &mut draw)));
    }
    Ok(vec![
        ("words", words),
        ("phrases", phrases),
        ("boolean", boolean),
        ("substrings", substrings),
        ("single characters", singles),
        ("long bare queries", sentences),
        ("slop, NEAR, prefix", others),
    ])
}

fn word_of<'w>(words: &'w [String], draw: &mut Draw) -> &'w str {
    &words[draw.below(words.len())]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The share of the times that lies at or below.
fn percentile(sorted: &[(Duration, &str)], share: f64) -> f64 {
    let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len());
    millis(sorted[at - 1].0)
}

fn told(sort: &str, times: &mut [(Duration, &str)], hits: usize) {
    times.sort_unstable();
    let (median, high) = (percentile(times, 0.5), percentile(times, 0.99));
    let slowest = times.last().map_or("", |t| t.1);
    println!("{sort:>20}: median {median:6.2} ms, 99 % {high:6.2} ms, {hits:>6} hits on average; slowest {slowest}");
}

/// Starts the program anew for a query, as a user does.
fn started(dir: &Path) -> Result<(), Failure> {
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let start = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_suyuan"));
        let output = command.args(["search", "安全生产 责任制", "--index"]).arg(dir).output()?;
        times.push((start.elapsed(), ""));
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
    }
    times.sort_unstable();
    let (median, high) = (percentile(&times, 0.5), percentile(&times, 1.0));
    println!("from the start of the process to its end: median {median:.0} ms, slowest of {STARTS} {high:.0} ms");
    Ok(())
}
