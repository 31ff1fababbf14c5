//! Linking: suggestions of real proposals against every clause of the laws and regulations, as `suyuan trace` does it.
//!
//! `cargo bench --bench linking [-- POLICIES PROPOSALS [SUGGESTIONS]]`; without files those of `../shared/data` are taken. The bounds
//! are 60 s and 2 GB for 1,000 suggestions on two cores, reading the texts included.

#![allow(clippy::print_stdout, clippy::print_stderr)]

#[path = "system/memory.rs"]
mod memory;

use memory::peak_memory;
use std::path::{Path, PathBuf};
use std::time::Instant;
use suyuan::document::{Document, Entry, Kind, Library};
use suyuan::ingest::{Options as Reading, discover, read};
use suyuan::link::{Linker, Models, Options, Query, share_context};
use suyuan::parse::parse;
use suyuan::segment::Segmenter;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let standard = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let file = |at: usize, name: &str| arguments.get(at).map_or_else(|| standard(name), PathBuf::from);
    let (policies, proposals) = (file(0, "regulations/regulations.jsonl"), file(1, "proposals/jiangsu_2019.jsonl"));
    let wanted = arguments.get(2).map_or(Ok(1000), |n| n.parse::<usize>())?;
    if let Some(absent) = [&policies, &proposals].into_iter().find(|f| !f.is_file()) {
        println!("skipped: {} is not there", absent.display());
        return Ok(());
    }
    let start = Instant::now();
    let library =
        Library::new([(&policies, Kind::Policy), (&proposals, Kind::Proposal)].into_iter().flat_map(entries).collect());
    let clauses: usize = library.of_kind(Kind::Policy).map(|e| e.parsed.clauses.len()).sum();
    let mut queries: Vec<Query> = library.of_kind(Kind::Proposal).flat_map(suggestions).take(wanted).collect();
    share_context(&mut queries);
    println!("texts read and cut: {:.1} s", start.elapsed().as_secs_f64());
    let segmenter = Segmenter::new(None)?;
    let linker = Linker::new(&library, &segmenter, Models::bundled(), Options::default())?;
    println!("{clauses} clauses ready: {:.1} s", start.elapsed().as_secs_f64());
    let linking = Instant::now();
    let linked = linker.link_all(&queries);
    let links: usize = linked.iter().map(|l| l.links.iter().filter(|l| l.kind.carries()).count()).sum();
    println!("{} suggestions linked ({links} links): {:.1} s", linked.len(), linking.elapsed().as_secs_f64());
    println!("all: {:.1} s, peak memory {} MB", start.elapsed().as_secs_f64(), peak_memory() / 1024);
    Ok(())
}

fn entries((file, kind): (&PathBuf, Kind)) -> Vec<Entry> {
    let options = Reading { kind: Some(kind), ..Reading::default() };
    let documents = discover(std::slice::from_ref(file)).files.into_iter().flat_map(|f| read(&f, &options).0);
    documents.map(|document: Document| Entry { parsed: parse(&document), document }).collect()
}

fn suggestions(entry: &Entry) -> Vec<Query> {
    let query = |s: &suyuan::document::Suggestion| Query {
        date: entry.document.date,
        ..Query::new(s.id(&entry.document), entry.text(s.span))
    };
    entry.parsed.suggestions.iter().map(query).collect()
}
