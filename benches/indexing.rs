//! Indexing, side by side: `suyuan index` from the file to the committed index, against tantivy with a plain jieba
//! search-mode tokenizer and a bigram field for the same clauses from memory, on the same cores.
//!
//! `cargo bench --bench indexing [-- FILE [ROUNDS]]`; the file is `../shared/data/regulations/regulations.jsonl` unless
//! named. The two take turns, and the best of each counts, since the machine may have other work. The bound is 1.3.

#![allow(clippy::print_stdout, clippy::print_stderr)]

#[path = "comparison/jieba.rs"]
mod jieba;
#[path = "system/memory.rs"]
mod memory;

use jieba::{Plain, Stream};
use jieba_rs::Jieba;
use memory::peak_memory;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use suyuan::index::{Index, Update};
use suyuan::ingest::{Options, discover};
use suyuan::segment::Segmenter;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexWriter, TantivyDocument};

/// The bound that the project sets itself.
const BOUND: f64 = 1.3;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let standard = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/regulations/regulations.jsonl");
    let file = arguments.first().map_or_else(standard, PathBuf::from);
    let rounds = arguments.get(1).map_or(Ok(3), |r| r.parse::<usize>())?;
    if !file.is_file() {
        println!("skipped: {} is not there", file.display());
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut texts = Vec::new();
    for round in 0..rounds {
        let dir = folder.path().join(format!("ours{round}"));
        ours.push(index(&dir, &file)?);
        if round == 0 {
            println!("peak memory after the first run: {} MB", peak_memory() / 1024);
            let again = index(&dir, &file)?;
            println!("second run without changes: {:.2} s", again.as_secs_f64());
            texts = clauses(&dir)?;
            println!("{} units, {} characters", texts.len(), texts.iter().map(|t| t.chars().count()).sum::<usize>());
        }
        std::fs::remove_dir_all(&dir)?;
        let dir = folder.path().join(format!("theirs{round}"));
        theirs.push(plain(&dir, &texts)?);
        std::fs::remove_dir_all(&dir)?;
        println!("round {}: suyuan {:.2} s, plain {:.2} s", round + 1, seconds(&ours), seconds(&theirs));
    }
    let best = |all: &[Duration]| all.iter().min().map_or(0.0, Duration::as_secs_f64);
    let ratio = best(&ours) / best(&theirs);
    let verdict = if ratio <= BOUND { "within" } else { "beyond" };
    println!(
        "best: suyuan {:.2} s, plain {:.2} s; ratio {ratio:.2}, {verdict} the bound of {BOUND}",
        best(&ours),
        best(&theirs)
    );
    Ok(())
}

fn seconds(all: &[Duration]) -> f64 {
    all.last().map_or(0.0, Duration::as_secs_f64)
}

fn index(dir: &Path, file: &Path) -> Result<Duration, Failure> {
    let start = Instant::now();
    let segmenter = Segmenter::new(None)?;
    let update = Update {
        dir,
        segmenter: &segmenter,
        options: &Options::default(),
        rebuild: false,
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    let summary = update.run(&discover(&[file.to_owned()]).files)?;
    let elapsed = start.elapsed();
    if !summary.problems.is_empty() {
        println!("{} records were skipped, the first because: {}", summary.problems.len(), summary.problems[0].message);
    }
    Ok(elapsed)
}

fn clauses(dir: &Path) -> Result<Vec<String>, Failure> {
    let library = Index::open(dir)?.library()?;
    let texts = library.entries().iter().flat_map(|e| e.parsed.units().into_iter().map(|u| e.text(u.span).to_owned()));
    Ok(texts.collect())
}

fn plain(dir: &Path, texts: &[String]) -> Result<Duration, Failure> {
    let start = Instant::now();
    std::fs::create_dir_all(dir)?;
    let mut schema = Schema::builder();
    let options = |name: &str| {
        let indexing = TextFieldIndexing::default().set_tokenizer(name);
        TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions))
    };
    let words = schema.add_text_field("words", options("jieba") | STORED);
    let grams = schema.add_text_field("grams", options("bigrams"));
    let index = tantivy::Index::create_in_dir(dir, schema.build())?;
    let jieba = Plain { jieba: Some(Arc::new(Jieba::new())), stream: Stream::default() };
    index.tokenizers().register("jieba", TextAnalyzer::builder(jieba).build());
    let bigrams = Plain { jieba: None, stream: Stream::default() };
    index.tokenizers().register("bigrams", TextAnalyzer::builder(bigrams).build());
    let threads = std::thread::available_parallelism()?.get();
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * 100_000_000)?;
    for text in texts {
        writer.add_document(record(words, grams, text))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(start.elapsed())
}

fn record(words: Field, grams: Field, text: &str) -> TantivyDocument {
    let mut record = TantivyDocument::new();
    record.add_text(words, text);
    record.add_text(grams, text);
    record
}
