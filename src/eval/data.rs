//! Tables of documents: where the policy texts that a case names by id are found.

use super::case::{PolicyHead, entries, object, text_of};
use crate::document::{Document, Kind, Source};
use crate::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Texts by id, out of tables.
#[derive(Debug, Default)]
pub struct Data {
    texts: BTreeMap<String, (String, PathBuf)>,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    #[serde(alias = "original_text", alias = "content")]
    text: String,
}

#[derive(Deserialize)]
struct PolicyRecord {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default, alias = "publish_date", alias = "date")]
    signed: Option<String>,
    #[serde(alias = "original_text", alias = "content")]
    text: String,
}

#[derive(Deserialize)]
struct RecordId {
    id: String,
}

impl Data {
    /// Reads the texts that `cases` need and do not bring themselves out of the `.jsonl` tables in `folders`.
    ///
    /// # Errors
    /// A folder that cannot be read; a record of a needed id that is malformed.
    pub fn load(folders: &[PathBuf], cases: &[PathBuf]) -> Result<Self> {
        let mut wanted = Vec::new();
        for case in cases {
            let heads: Vec<PolicyHead> = object(&case.join("policies.json"))?;
            wanted.extend(heads.into_iter().map(|head| head.id));
        }
        Self::load_ids(folders, &wanted)
    }

    /// Reads the texts of the records with these ids out of the `.jsonl` tables in `folders`.
    ///
    /// # Errors
    /// As [`Data::load`].
    pub fn load_ids(folders: &[PathBuf], wanted: &[String]) -> Result<Self> {
        let mut data = Self::default();
        for folder in folders {
            for file in entries(folder)?.iter().filter(|f| f.extension().is_some_and(|e| e == "jsonl")) {
                data.read(file, wanted)?;
            }
        }
        Ok(data)
    }

    fn read(&mut self, file: &Path, wanted: &[String]) -> Result<()> {
        let text = text_of(file)?;
        for (i, line) in text.lines().enumerate() {
            // The id alone is read first: most records of a large table are not needed.
            let Ok(RecordId { id }) = serde_json::from_str(line) else { continue };
            if wanted.contains(&id) && !self.texts.contains_key(&id) {
                let record: Record = serde_json::from_str(line)
                    .map_err(|e| Error::input(file, i + 1, e.to_string(), "give the record id and text"))?;
                self.texts.insert(record.id, (record.text, file.to_owned()));
            }
        }
        Ok(())
    }

    /// Every record of the `.jsonl` tables in `folders` as a policy, in the order of the tables; records without text are skipped.
    ///
    /// # Errors
    /// A folder or table that cannot be read.
    pub fn policies(folders: &[PathBuf]) -> Result<Vec<Document>> {
        let mut all = Vec::new();
        for folder in folders {
            for file in entries(folder)?.iter().filter(|f| f.extension().is_some_and(|e| e == "jsonl")) {
                let text = text_of(file)?;
                let records = text.lines().filter_map(|line| serde_json::from_str::<PolicyRecord>(line).ok());
                all.extend(records.map(|record| Document {
                    id: record.id,
                    kind: Kind::Policy,
                    title: record.title,
                    number: None,
                    session: None,
                    issuer: None,
                    date: record.signed.and_then(|d| d.parse().ok()),
                    reply_to: None,
                    source: Source { path: file.display().to_string(), ..Source::default() },
                    notes: Vec::new(),
                    text: record.text,
                }));
            }
        }
        Ok(all)
    }

    /// The text of a record and the file it stands in.
    pub fn text(&self, id: &str) -> Option<(&str, &Path)> {
        self.texts.get(id).map(|(text, file)| (text.as_str(), file.as_path()))
    }
}
