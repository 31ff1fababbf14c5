//! Reads labelled cases: a folder with `case.json`, `policies.json`, `proposals/`, `replies/`, `report.txt`, `links.jsonl`,
//! `claims.jsonl`. A policy's text stands in the case's `policies/` folder (`<id>.txt`) or in a table of a data folder, by id.

use super::data::Data;
use crate::document::{Date, Document, Entry, Kind, Library, LinkKind, Number, Order, Source, Status};
use crate::{Error, Result, parse};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};

/// A labelled case with its documents.
#[derive(Debug, Clone)]
pub struct Case {
    /// The `case` of `case.json`, else the folder's name.
    pub name: String,
    /// The folder.
    pub path: PathBuf,
    /// The policies, in the order of `policies.json`; each with its text.
    pub policies: Vec<Document>,
    /// The proposals, by number; the id is the file's stem.
    pub proposals: Vec<Document>,
    /// The replies, by number; the id is `replies/` and the file's stem, `reply_to` the stem.
    pub replies: Vec<Document>,
    /// The work summary, where there is one; its id is `report`.
    pub report: Option<Document>,
    /// The gold suggestions with their links, in the order of the file.
    pub links: Vec<GoldSuggestion>,
    /// The gold claims of the report.
    pub claims: Vec<GoldClaim>,
}

/// A suggestion that a person cut out and linked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldSuggestion {
    /// The proposal's number: the stem of its file.
    pub proposal: String,
    /// One-based in the proposal.
    pub suggestion: usize,
    /// Verbatim in the proposal.
    pub text: String,
    /// Clauses that carry it.
    #[serde(default)]
    pub links: Vec<GoldLink>,
    /// Clauses of the same topic that do not.
    #[serde(default)]
    pub topical: Vec<GoldClause>,
    /// What became of it.
    pub status: Status,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// A clause that carries a suggestion.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldLink {
    /// The policy's id.
    pub policy: String,
    /// Where the clause or its sentence begins.
    pub clause_quote: String,
    /// How it carries the suggestion.
    pub label: LinkKind,
    /// Which came first.
    pub order: Order,
}

/// A clause of the same topic.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldClause {
    /// The policy's id.
    pub policy: String,
    /// Where the clause or its sentence begins.
    pub clause_quote: String,
}

/// A claim of the report with a person's verdict.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldClaim {
    /// Verbatim in the report.
    pub text: String,
    /// `absorption`, `count`, `rate` or `outcome`.
    pub kind: String,
    /// Numbers of the proposals it names.
    #[serde(default)]
    pub proposals: Vec<String>,
    /// Ids or titles of the policies it names.
    #[serde(default)]
    pub policies: Vec<String>,
    /// The verdict.
    pub verdict: String,
    /// Why.
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
struct Head {
    case: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct PolicyHead {
    pub(super) id: String,
    title: String,
    #[serde(default)]
    doc_no: Option<String>,
    #[serde(default)]
    signed: Option<String>,
    #[serde(default)]
    issuer: Option<String>,
    #[serde(default)]
    source: Option<String>,
}

impl Case {
    /// Reads the case in folder `path`; policy texts that its `policies/` folder lacks are taken from `data`.
    ///
    /// # Errors
    /// A file that is missing or malformed, a policy without text, a suggestion whose text its proposal does not have.
    pub fn load(path: &Path, data: &Data) -> Result<Self> {
        let head: Head = object(&path.join("case.json"))?;
        let folder = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let case = Self {
            name: head.case.unwrap_or(folder),
            path: path.to_owned(),
            policies: policies(path, data)?,
            proposals: documents(path, "proposals", Kind::Proposal)?,
            replies: documents(path, "replies", Kind::Reply)?,
            report: report(path)?,
            links: rows(&path.join("links.jsonl"))?,
            claims: optional_rows(&path.join("claims.jsonl"))?,
        };
        case.check()?;
        Ok(case)
    }

    /// All documents of the case with what is read out of them.
    pub fn library(&self) -> Library {
        let documents = self.policies.iter().chain(&self.proposals).chain(&self.replies).chain(&self.report);
        let entry = |document: &Document| Entry { document: document.clone(), parsed: parse::parse(document) };
        Library::new(documents.map(entry).collect())
    }

    /// The proposal of this number.
    pub fn proposal(&self, number: &str) -> Option<&Document> {
        self.proposals.iter().find(|p| p.id == number)
    }

    fn check(&self) -> Result<()> {
        let file = self.path.join("links.jsonl");
        for (i, gold) in self.links.iter().enumerate() {
            let Some(proposal) = self.proposal(&gold.proposal) else {
                let problem = format!("there is no proposals/{}.txt", gold.proposal);
                return Err(Error::input(file, i + 1, problem, "name a proposal of the case"));
            };
            if !proposal.text.contains(&gold.text) {
                let problem = format!("its text does not stand in proposals/{}.txt", gold.proposal);
                return Err(Error::input(file, i + 1, problem, "quote the proposal verbatim"));
            }
        }
        Ok(())
    }
}

/// The folders that are cases: those named, or the cases inside them, by name.
///
/// # Errors
/// When a folder cannot be read or has no case in it.
pub fn folders(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for path in paths {
        if path.join("case.json").is_file() {
            folders.push(path.clone());
            continue;
        }
        let failed = |e| Error::io(path, e, "name the folder of a labelled case, or a folder of such folders");
        let mut inner = Vec::new();
        for entry in fs::read_dir(path).map_err(failed)? {
            inner.push(entry.map_err(failed)?.path());
        }
        inner.retain(|folder| folder.join("case.json").is_file());
        if inner.is_empty() {
            return Err(Error::input(path, None, "there is no case.json in it", "name the folder of a labelled case"));
        }
        inner.sort();
        folders.extend(inner);
    }
    Ok(folders)
}

fn policies(path: &Path, data: &Data) -> Result<Vec<Document>> {
    let file = path.join("policies.json");
    let heads: Vec<PolicyHead> = object(&file)?;
    let own = |id: &str| path.join("policies").join(format!("{id}.txt"));
    let mut documents = Vec::new();
    for head in heads {
        let (text, place) = if own(&head.id).is_file() {
            (text_of(&own(&head.id))?, own(&head.id))
        } else if let Some((text, place)) = data.text(&head.id) {
            (text.to_owned(), place.to_owned())
        } else {
            let problem = format!("the text of policy {} is nowhere", head.id);
            return Err(Error::input(file, None, problem, "give its folder with --data, or put it into policies/"));
        };
        let date = head.signed.as_deref().and_then(|signed| signed.parse::<Date>().ok());
        let printed = head.doc_no.filter(|n| !n.is_empty());
        documents.push(Document {
            title: head.title,
            number: printed.map(|n| Number { value: n.clone(), printed: n, repaired: false }),
            date,
            issuer: head.issuer,
            source: Source { url: head.source, ..source(&place, &text) },
            ..document(head.id, Kind::Policy, text)
        });
    }
    Ok(documents)
}

/// The texts of a folder of the case, by name; none where there is no such folder.
fn documents(path: &Path, folder: &str, kind: Kind) -> Result<Vec<Document>> {
    let folder_path = path.join(folder);
    if !folder_path.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = entries(&folder_path)?;
    files.retain(|file| file.extension().is_some_and(|e| e == "txt"));
    let read = |file: &PathBuf| {
        let text = text_of(file)?;
        let stem = file.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        let id = if kind == Kind::Proposal { stem.clone() } else { format!("{folder}/{stem}") };
        let number = Number { printed: stem.clone(), value: stem.clone(), repaired: false };
        Ok(Document {
            title: title(&text),
            number: (kind == Kind::Proposal).then_some(number),
            session: header(&text, "届次").as_deref().and_then(parse::session::session),
            date: header(&text, "日期").as_deref().and_then(parse::date::field).map(|found| found.date),
            reply_to: (kind == Kind::Reply).then_some(stem),
            source: source(file, &text),
            ..document(id, kind, text)
        })
    };
    files.iter().map(read).collect()
}

fn report(path: &Path) -> Result<Option<Document>> {
    let file = path.join("report.txt");
    if !file.is_file() {
        return Ok(None);
    }
    let text = text_of(&file)?;
    let date = parse::date::dates(&text).last().map(|found| found.date);
    Ok(Some(Document {
        title: title(&text),
        date,
        source: source(&file, &text),
        ..document("report".into(), Kind::Report, text)
    }))
}

fn document(id: String, kind: Kind, text: String) -> Document {
    Document {
        id,
        kind,
        title: String::new(),
        number: None,
        session: None,
        issuer: None,
        date: None,
        reply_to: None,
        source: Source::default(),
        notes: Vec::new(),
        text,
    }
}

fn source(file: &Path, text: &str) -> Source {
    let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
    Source { path: file.display().to_string(), digest, ..Source::default() }
}

/// The first line that is not empty.
fn title(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

/// The value of a header line whose key ends in `key`, among the first ten lines.
fn header(text: &str, key: &str) -> Option<String> {
    let value = |line: &str| {
        let (name, value) = line.split_once(['：', ':'])?;
        name.trim().ends_with(key).then(|| value.trim().to_owned())
    };
    text.lines().take(10).find_map(value)
}

/// The entries of a folder, by name.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |e| Error::io(folder, e, "give a folder that can be read");
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}

pub(super) fn text_of(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|e| Error::io(file, e, "a labelled case needs this file, in UTF-8"))
}

pub(super) fn object<T: DeserializeOwned>(file: &Path) -> Result<T> {
    let text = text_of(file)?;
    serde_json::from_str(&text)
        .map_err(|e| Error::input(file, e.line(), e.to_string(), "see the form of labelled cases in the README"))
}

/// The records of a JSON Lines file; empty lines are skipped.
///
/// # Errors
/// A file that cannot be read, a line that is not a record of this form.
pub(super) fn rows<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>> {
    let text = text_of(file)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let row = |(i, line): (usize, &str)| {
        serde_json::from_str(line)
            .map_err(|e| Error::input(file, i + 1, e.to_string(), "see the form of labelled cases in the README"))
    };
    lines.map(row).collect()
}

fn optional_rows<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>> {
    if file.is_file() { rows(file) } else { Ok(Vec::new()) }
}
