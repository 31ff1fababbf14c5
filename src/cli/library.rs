//! Where a command takes its documents from: the index, or files read on the spot.

use super::Global;
use clap::Args;
use rayon::prelude::*;
use std::path::PathBuf;
use suyuan::Result;
use suyuan::document::{Document, Entry, Library};
use suyuan::{index::Index, ingest, parse};

/// Where the documents are.
#[derive(Debug, Args)]
pub(super) struct Documents {
    /// Read this file or folder on the spot instead of the index; may be repeated
    #[arg(long, value_name = "PATH", help_heading = "Documents")]
    corpus: Vec<PathBuf>,
}

/// The documents of a run.
pub(super) struct Loaded {
    pub(super) library: Library,
    /// Whether a file or record could not be read: the run goes on, and ends with status 2.
    pub(super) failed: bool,
}

impl Documents {
    /// The documents where some were asked for or the index is there; `None` where neither is.
    pub(super) fn load_if_any(&self, global: &Global) -> Result<Option<Loaded>> {
        let any = !self.corpus.is_empty() || Index::exists(&global.index);
        if any { self.load(global).map(Some) } else { Ok(None) }
    }

    /// The documents with their units.
    pub(super) fn load(&self, global: &Global) -> Result<Loaded> {
        if self.corpus.is_empty() {
            return Ok(Loaded { library: Index::open(&global.index)?.library()?, failed: false });
        }
        let found = ingest::discover(&self.corpus);
        let options = ingest::Options::default();
        let read: Vec<(Vec<Document>, ingest::Report)> =
            found.files.par_iter().map(|file| ingest::read(file, &options)).collect();
        let mut errors: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        let mut documents = Vec::new();
        for (read, report) in read {
            documents.extend(read);
            errors.extend(report.errors.iter().map(ToString::to_string));
        }
        errors.iter().for_each(|error| eprintln!("suyuan: {error}"));
        let entry = |document: Document| Entry { parsed: parse::parse(&document), document };
        let entries = documents.into_par_iter().map(entry).collect();
        Ok(Loaded { library: Library::new(entries), failed: !errors.is_empty() })
    }
}
