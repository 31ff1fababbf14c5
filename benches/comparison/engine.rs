//! What the three engines have in common: they index rows, and answer queries.

use std::path::Path;
use std::time::Instant;
use suyuan::index::Index;
use suyuan::search::Query;

pub type Failure = Box<dyn std::error::Error>;

/// One unit of a document, with what is known of the document.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub document: String,
    pub title: String,
    pub heading: String,
    pub text: String,
    pub kind: String,
    pub number: String,
    pub session: String,
    pub issuer: String,
    /// First day of its date, YYYYMMDD; 0 where unknown.
    pub day: u64,
}

/// The first hits of a query.
pub struct Answer {
    /// Hits in all.
    pub total: usize,
    /// Documents and snippets of the first of them.
    pub hits: Vec<(String, String)>,
}

/// A query, as typed and as understood.
pub struct Asked<'a> {
    pub typed: &'a str,
    pub query: &'a Query,
    /// Whether the typing itself is what the query is about: then it is not put into the engine's own syntax.
    pub as_typed: bool,
}

/// An engine with an index.
pub trait Engine {
    /// The first `limit` hits with snippets, and how many there are in all; `None` where the engine has no way to ask this.
    fn answer(&self, asked: &Asked<'_>, limit: usize) -> Result<Option<Answer>, Failure>;
}

/// All units of an index, as rows; their metadata too where `whole`.
pub fn rows(dir: &Path, whole: bool) -> Result<Vec<Row>, Failure> {
    let library = Index::open(dir)?.library()?;
    let mut rows = Vec::new();
    for entry in library.entries() {
        let document = &entry.document;
        for unit in entry.parsed.units() {
            let heads: Vec<&str> = unit.path.iter().map(|l| l.head.as_str()).filter(|h| !h.is_empty()).collect();
            let bare = Row { document: document.id.clone(), text: entry.text(unit.span).to_owned(), ..Row::default() };
            let day = |(y, m, d): (u16, u8, u8)| u64::from(y) * 10_000 + u64::from(m) * 100 + u64::from(d);
            rows.push(if whole {
                Row {
                    title: document.title.clone(),
                    heading: heads.join("\n"),
                    kind: format!("{:?}", document.kind).to_lowercase(),
                    number: document.number.as_ref().map_or(String::new(), |n| n.value.clone()),
                    session: document.session.as_ref().map_or(String::new(), |s| s.printed.clone()),
                    issuer: document.issuer.clone().unwrap_or_default(),
                    day: document.date.map_or(0, |d| day(d.first())),
                    ..bare
                }
            } else {
                bare
            });
        }
    }
    Ok(rows)
}

/// Bytes of all files in a folder and below.
pub fn size(dir: &Path) -> u64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries.map(|e| if e.path().is_dir() { size(&e.path()) } else { e.metadata().map_or(0, |m| m.len()) }).sum()
}

/// What something took, in seconds, and its result.
pub fn timed<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<(f64, T), Failure> {
    let start = Instant::now();
    let result = work()?;
    Ok((start.elapsed().as_secs_f64(), result))
}
