//! The documents and their units on disk, in tantivy: written incrementally, read whole or by id.
//!
//! Takes [`Document`]s, gives [`Library`] and [`Entry`]; [`crate::search`] asks it questions. Refuses an index of another
//! format, and says what to do. One record stands for each document (its text and everything read out of it) and one for
//! each unit (clause, suggestion, reply section, claim, passage). tantivy is known here and in `search` only.

mod record;
mod schema;
mod state;
mod tokenize;
mod update;

#[cfg(test)]
mod tests;

pub use state::{Counts, FileState};
pub use update::{Problem, Progress, Summary, Update};

pub(crate) use schema::{DOCUMENT_RECORD, Fields, unit_of_code};

use crate::document::{Document, Entry, Library};
use crate::segment::Segmenter;
use crate::{Error, Result};
use rayon::prelude::*;
use state::{State, Stored};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tantivy::columnar::StrColumn;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, ReloadPolicy, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

/// The folder inside the index folder that tantivy has for itself.
const STORE: &str = "store";

/// An index opened for reading: the state of its last commit.
pub struct Index {
    dir: PathBuf,
    fields: Fields,
    searcher: Searcher,
    state: State,
    heads: OnceLock<Vec<Option<StrColumn>>>,
}

impl Index {
    /// Whether there is an index in `dir`, of any format.
    pub fn exists(dir: impl AsRef<Path>) -> bool {
        dir.as_ref().join(STORE).join("meta.json").is_file()
    }

    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// When there is none, it cannot be read, or it is of another format version.
    pub fn open(dir: impl AsRef<Path>) -> Result<Self> {
        let dir = dir.as_ref().to_owned();
        let none = |problem: String| Error::index(&dir, problem, "run `suyuan index` first");
        let store = dir.join(STORE);
        if !Self::exists(&dir) {
            return Err(none("there is no index here".to_owned()));
        }
        let index = tantivy::Index::open_in_dir(&store).map_err(|e| unusable(&dir, &e))?;
        let state = match State::of(&index, &dir)? {
            Stored::Current(state) => state,
            Stored::Other(format) => return Err(state::other_format(&dir, format)),
            Stored::Nothing => return Err(none("nothing has been indexed here yet".to_owned())),
        };
        let fields = Fields::of(&index.schema()).map_err(|e| unusable(&dir, &e))?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader: tantivy::IndexReader = reader.map_err(|e| unusable(&dir, &e))?;
        Ok(Self { dir, fields, searcher: reader.searcher(), state, heads: OnceLock::new() })
    }

    /// The folder it was opened in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What it holds, over all files.
    pub fn counts(&self) -> Counts {
        self.state.counts()
    }

    /// The files it was made from, by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &FileState)> {
        self.state.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// Refuses a segmenter that cuts otherwise than the one the index was made with.
    ///
    /// # Errors
    /// When lexicon, user dictionary or normalisation differ.
    pub fn check(&self, segmenter: &Segmenter) -> Result<()> {
        if self.state.segmenter == segmenter.digest() {
            return Ok(());
        }
        let problem = "it was made with another lexicon or user dictionary";
        Err(Error::index(&self.dir, problem, "run `suyuan index` again, with the same --user-dict as the search"))
    }

    /// The document of this id.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<Document>> {
        let document = |address| Ok(record::document(&self.fields, self.head(address)?, &self.stored(address)?));
        self.find(id)?.map(document).transpose()
    }

    /// The document of this id with its units.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn entry(&self, id: &str) -> Result<Option<Entry>> {
        self.find(id)?.map(|address| self.entry_at(address)).transpose()
    }

    /// All documents with their units.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn library(&self) -> Result<Library> {
        let addresses = self.document_addresses()?;
        Ok(Library::new(addresses.par_iter().map(|&a| self.entry_at(a)).collect::<Result<_>>()?))
    }

    fn entry_at(&self, address: DocAddress) -> Result<Entry> {
        record::entry(&self.fields, self.head(address)?, &self.stored(address)?).map_err(|e| self.broken(e))
    }

    fn stored(&self, address: DocAddress) -> Result<TantivyDocument> {
        self.searcher.doc(address).map_err(|e| self.broken(e))
    }

    fn find(&self, id: &str) -> Result<Option<DocAddress>> {
        let term = Term::from_field_text(self.fields.id, id);
        Ok(self.addresses(&term)?.into_iter().next())
    }

    fn document_addresses(&self) -> Result<Vec<DocAddress>> {
        self.addresses(&Term::from_field_u64(self.fields.unit, DOCUMENT_RECORD))
    }

    /// The records with this term that have not been deleted.
    fn addresses(&self, term: &Term) -> Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for (ordinal, segment) in self.searcher.segment_readers().iter().enumerate() {
            let inverted = segment.inverted_index(term.field()).map_err(|e| self.broken(e))?;
            let postings = inverted.read_postings(term, IndexRecordOption::Basic).map_err(|e| self.broken(e))?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    found.push(DocAddress::new(ordinal as u32, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(found)
    }

    pub(crate) fn broken(&self, error: impl std::fmt::Display) -> Error {
        unusable(&self.dir, &error)
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The document without its text and units, as a hit shows it.
    pub(crate) fn head(&self, address: DocAddress) -> Result<Document> {
        let heads = self.heads.get_or_init(|| self.searcher.segment_readers().iter().map(heads).collect());
        let column = heads.get(address.segment_ord as usize).and_then(Option::as_ref);
        let mut text = String::new();
        if let Some((column, ord)) = column.and_then(|c| Some((c, c.ords().first(address.doc_id)?))) {
            column.ord_to_str(ord, &mut text).map_err(|e| self.broken(e))?;
        }
        serde_json::from_str(&text).map_err(|e| self.broken(e))
    }
}

/// The column of what is known of the documents of a segment.
fn heads(segment: &SegmentReader) -> Option<StrColumn> {
    segment.fast_fields().str("head").ok().flatten()
}

/// An index that tantivy, or what it gives, cannot be used.
fn unusable(dir: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::index(dir, error, "delete the folder and run `suyuan index` again")
}
