//! `manifest.csv` beside the files: metadata that people wrote down for files which do not say it themselves.
//! Columns `file, id, kind, title, number, session, issuer, date, reply_to, source, sample`, by their names or those of
//! [`super::columns`].

use super::columns::{Columns, Field};
use super::decode::decode;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of a manifest.
pub(super) const NAME: &str = "manifest.csv";

/// What a manifest says of one file.
pub(super) type Row = BTreeMap<Field, String>;

/// The manifests of a corpus, read once a folder.
#[derive(Debug, Default)]
pub(super) struct Manifests {
    folders: BTreeMap<PathBuf, BTreeMap<PathBuf, Row>>,
}

impl Manifests {
    /// What the nearest manifest, in the file's folder or one above it up to `top`, says of `file`. A manifest that cannot be read
    /// is an error, once.
    pub(super) fn row(&mut self, file: &Path, top: &Path, errors: &mut Vec<Error>) -> Option<Row> {
        let mut folder = file.parent()?;
        loop {
            let rows = self.folder(folder, errors);
            if let Some(row) = file.strip_prefix(folder).ok().and_then(|name| rows.get(name)) {
                return Some(row.clone());
            }
            if folder == top {
                return None;
            }
            folder = folder.parent()?;
        }
    }

    fn folder(&mut self, folder: &Path, errors: &mut Vec<Error>) -> &BTreeMap<PathBuf, Row> {
        self.folders.entry(folder.to_owned()).or_insert_with(|| {
            let path = folder.join(NAME);
            if !path.is_file() {
                return BTreeMap::new();
            }
            read(&path).unwrap_or_else(|e| {
                errors.push(e);
                BTreeMap::new()
            })
        })
    }

    /// Rows that name a file which is not there.
    pub(super) fn orphans(&self) -> impl Iterator<Item = (PathBuf, &Path)> {
        self.folders.iter().flat_map(|(folder, rows)| {
            rows.keys().filter(|name| !folder.join(name).exists()).map(|name| (folder.join(NAME), name.as_path()))
        })
    }
}

fn read(path: &Path) -> Result<BTreeMap<PathBuf, Row>> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e, "check that it may be read"))?;
    let text = decode(&bytes, false).map_err(|e| Error::input(path, None, e.problem, e.remedy))?.text;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let bad = |e: csv::Error| {
        let line = e.position().and_then(|p| usize::try_from(p.line()).ok());
        Error::input(path, line, e.to_string(), "save the manifest as CSV with a header row")
    };
    let headers: Vec<String> = reader.headers().map_err(bad)?.iter().map(str::to_owned).collect();
    let names = ["file", "文件", "文件名", "path", "filename"];
    let file = headers.iter().position(|h| names.contains(&h.trim().to_lowercase().as_str()));
    let file = file.ok_or_else(|| {
        Error::input(path, 1, "no column is called file", "add a column `file` with the names of the files")
    })?;
    let columns = Columns::default().resolve(&headers, &[]);
    let mut rows = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(bad)?;
        let Some(name) = record.get(file).filter(|n| !n.is_empty()) else { continue };
        let value = |field: Field| {
            let cells = columns.of(field).iter().filter(|&&i| i != file).filter_map(|&i| record.get(i));
            cells.map(str::trim).find(|c| !c.is_empty()).map(|c| (field, c.to_owned()))
        };
        let fields = [Field::Id].into_iter().chain(Field::OF_RECORD);
        rows.insert(PathBuf::from(name.replace('\\', "/")), fields.filter_map(value).collect());
    }
    Ok(rows)
}
