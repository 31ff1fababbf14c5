//! What the index knows of itself: its format, the segmenter it was made with, and the files it was made from.
//! Kept in tantivy's commit, so that it is never older or newer than the records.

use crate::document::{Entry, Kind};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Version of the records' form. Raised when the schema or what is stored changes.
const FORMAT: u32 = 2;

const REMEDY: &str = "delete the folder and run `suyuan index` again";

/// What an index says of itself.
pub(super) enum Stored {
    /// Nothing has been committed.
    Nothing,
    /// It is of another format.
    Other(u32),
    /// It is of this program's format.
    Current(State),
}

/// The error for an index of another format.
pub(super) fn other_format(dir: &Path, format: u32) -> Error {
    let (age, remedy) = match format < FORMAT {
        true => ("an older", "run `suyuan index` again: it will be made anew"),
        false => ("a newer", "use that version of the program, or another folder with --index"),
    };
    Error::index(dir, format!("it was made by {age} suyuan (format {format}, this program has {FORMAT})"), remedy)
}

/// Whether `format` is one that this program replaces.
pub(super) fn is_older(format: u32) -> bool {
    format < FORMAT
}

/// The state of one commit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    format: u32,
    /// Version of the program: what it reads out of a document may differ in the next.
    pub(super) program: String,
    /// [`crate::segment::Segmenter::digest`].
    pub(super) segmenter: String,
    /// By path.
    pub(super) files: BTreeMap<String, FileState>,
}

/// What is known of a file that was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FileState {
    /// Bytes.
    pub size: u64,
    /// [`crate::ingest::InputFile::fingerprint`]; empty where it could not be read.
    pub fingerprint: String,
    /// Ids of its documents, in order.
    pub documents: Vec<String>,
    /// What its documents hold.
    pub counts: Counts,
    /// Records of it that were skipped, with the reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    /// Whether a document was left out because another file has its id: read again when anything changes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clash: bool,
}

/// What an index or a file holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// 提案.
    pub proposals: usize,
    /// 答复.
    pub replies: usize,
    /// 政策文件.
    pub policies: usize,
    /// 办理总结.
    pub reports: usize,
    /// 条款.
    pub clauses: usize,
    /// 建议.
    pub suggestions: usize,
    /// 答复段.
    pub sections: usize,
    /// 说法.
    pub claims: usize,
    /// Passages outside of these.
    pub passages: usize,
}

impl Counts {
    /// The documents of all kinds.
    pub fn documents(&self) -> usize {
        self.proposals + self.replies + self.policies + self.reports
    }

    pub(super) fn add(&mut self, entry: &Entry) {
        match entry.document.kind {
            Kind::Proposal => self.proposals += 1,
            Kind::Reply => self.replies += 1,
            Kind::Policy => self.policies += 1,
            Kind::Report => self.reports += 1,
        }
        self.clauses += entry.parsed.clauses.len();
        self.suggestions += entry.parsed.suggestions.len();
        self.sections += entry.parsed.sections.len();
        self.claims += entry.parsed.claims.len();
        self.passages += entry.parsed.passages.len();
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self {
            proposals: a.proposals + b.proposals,
            replies: a.replies + b.replies,
            policies: a.policies + b.policies,
            reports: a.reports + b.reports,
            clauses: a.clauses + b.clauses,
            suggestions: a.suggestions + b.suggestions,
            sections: a.sections + b.sections,
            claims: a.claims + b.claims,
            passages: a.passages + b.passages,
        })
    }
}

impl State {
    /// The state of a new index.
    pub(super) fn new(segmenter: &str) -> Self {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, program, segmenter: segmenter.to_owned(), files: BTreeMap::new() }
    }

    /// What the last commit says.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn of(index: &tantivy::Index, dir: &Path) -> Result<Stored> {
        let broken = |e: &dyn std::fmt::Display| Error::index(dir, e, REMEDY);
        let payload = index.load_metas().map_err(|e| broken(&e))?.payload;
        let Some(payload) = payload else { return Ok(Stored::Nothing) };
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format } = serde_json::from_str(&payload).map_err(|e| broken(&e))?;
        if format != FORMAT {
            return Ok(Stored::Other(format));
        }
        serde_json::from_str(&payload).map(Stored::Current).map_err(|e| broken(&e))
    }

    /// Over all files.
    pub(super) fn counts(&self) -> Counts {
        self.files.values().map(|f| f.counts).sum()
    }
}
