//! Brings an index up to date with a list of files: only new and changed ones are read, removed ones leave.
//!
//! Everything of one run becomes visible in one commit; a run that is stopped commits the files it has finished, and a run
//! that is killed leaves the last commit. Of two documents with the same id the one in the first file (by path) stays,
//! whatever the order in which they were added.

use super::record;
use super::state::{self, Counts, FileState, State, Stored};
use super::{Fields, STORE, tokenize, unusable};
use crate::document::{Document, Entry, Note};
use crate::ingest::{self, InputFile, Options};
use crate::segment::Segmenter;
use crate::{Error, Result, parse};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::schema::Term;
use tantivy::{IndexWriter, TantivyDocument};

/// Memory of each indexing thread before it writes a segment, in bytes.
const ARENA: usize = 150_000_000;
/// Files are read and parsed together up to this many bytes; a longer file goes alone.
const BATCH: u64 = 8_000_000;
/// A segment of which more than this share is deleted is written anew.
const DELETED_SHARE: f32 = 0.2;
/// Indexing threads beyond this gain nothing on disks of today and cost an arena each.
const MOST_THREADS: usize = 8;

/// Something that was not indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as given.
    pub file: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the files done with.
    pub done: u64,
    /// Bytes of all the files to read.
    pub total: u64,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Summary {
    /// What the index holds now.
    pub counts: Counts,
    /// Files read in this run.
    pub read: usize,
    /// Files that had not changed.
    pub unchanged: usize,
    /// Files that left.
    pub removed: usize,
    /// Why everything was read again, where it was.
    pub rebuilt: Option<&'static str>,
    /// Whether the run was stopped before its end.
    pub stopped: bool,
    /// What was not indexed, in the order of the files.
    pub problems: Vec<Problem>,
    /// What was guessed about the files read in this run, or why one was passed over.
    pub remarks: Vec<Problem>,
    /// How the metadata of the documents read in this run came to be known, by document id.
    pub notes: Vec<(String, Note)>,
}

/// One run of indexing.
pub struct Update<'a> {
    /// The folder of the index.
    pub dir: &'a Path,
    /// Cuts the texts.
    pub segmenter: &'a Segmenter,
    /// How files are read.
    pub options: &'a Options,
    /// Read everything again.
    pub rebuild: bool,
    /// Set by another thread to stop.
    pub stop: &'a AtomicBool,
    /// Told after every batch of files.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// A file that has to be read.
#[derive(Clone)]
struct Pending {
    name: String,
    file: InputFile,
    state: FileState,
}

impl Update<'_> {
    /// Brings the index up to date with `files`.
    ///
    /// # Errors
    /// When the index cannot be written. A file that cannot be read is a [`Problem`].
    pub fn run(&self, files: &[InputFile]) -> Result<Summary> {
        let (index, previous) = self.open()?;
        let rebuilt = self.reason(previous.as_ref());
        let state = match previous {
            Some(state) if rebuilt.is_none() => state,
            _ => State::new(self.segmenter.digest()),
        };
        let mut summary = Summary { rebuilt, ..Summary::default() };
        let files: BTreeMap<String, &InputFile> = files.iter().map(|f| (name(&f.path), f)).collect();
        let left: Vec<String> = state.files.keys().filter(|n| !files.contains_key(*n)).cloned().collect();
        let pending = self.plan(&files, &state, !left.is_empty());
        (summary.removed, summary.unchanged) = (left.len(), files.len() - pending.len());
        if pending.is_empty() && left.is_empty() && rebuilt.is_none() && self.committed(&index)? {
            finish(&state, &mut summary);
            return Ok(summary);
        }
        let fields = Fields::of(&index.schema()).map_err(|e| self.failed(e))?;
        let mut run =
            Run { update: self, writer: self.writer(&index)?, fields, state, files: &files, owners: HashMap::new() };
        if rebuilt.is_some() {
            run.writer.delete_all_documents().map_err(|e| self.failed(e))?;
        }
        for file in left {
            run.forget(&file);
        }
        run.index(pending, &mut summary)?;
        finish(&run.state, &mut summary);
        run.commit()?;
        Ok(summary)
    }

    /// Opens the store, or makes it anew where there is none or it is of an older format.
    fn open(&self) -> Result<(tantivy::Index, Option<State>)> {
        let store = self.dir.join(STORE);
        let remedy = "see that the folder of the index can be written to";
        if store.join("meta.json").is_file() {
            let opened = tantivy::Index::open_in_dir(&store).map_err(|e| unusable(self.dir, &e))?;
            match State::of(&opened, self.dir)? {
                Stored::Current(state) => return Ok((opened, Some(state))),
                Stored::Other(format) if !state::is_older(format) => return Err(state::other_format(self.dir, format)),
                // Of an older format, or never committed: it can only be made anew.
                _ => std::fs::remove_dir_all(&store).map_err(|e| Error::io(&store, e, remedy))?,
            }
        }
        std::fs::create_dir_all(&store).map_err(|e| Error::io(&store, e, remedy))?;
        let index = tantivy::Index::create_in_dir(&store, Fields::schema()).map_err(|e| self.failed(e))?;
        Ok((index, None))
    }

    fn reason(&self, previous: Option<&State>) -> Option<&'static str> {
        let previous = previous?;
        if self.rebuild {
            Some("as asked for")
        } else if previous.program != env!("CARGO_PKG_VERSION") {
            Some("the index was made by another version of the program")
        } else if previous.segmenter != self.segmenter.digest() {
            Some("the lexicon or the user dictionary changed")
        } else {
            None
        }
    }

    /// The files to read, by name. Those of which a document was left out for its id are read again whenever anything
    /// changes, since it may have its turn now.
    fn plan(&self, files: &BTreeMap<String, &InputFile>, state: &State, left: bool) -> Vec<Pending> {
        let pending = |(name, file): (&String, &&InputFile)| Pending::new(name, file, self.options);
        let mut pending: Vec<Pending> = files.par_iter().map(pending).collect();
        let changed = |p: &Pending| {
            let known = state.files.get(&p.name);
            known.is_none_or(|k| k.fingerprint.is_empty() || k.fingerprint != p.state.fingerprint)
        };
        let anything = left || pending.iter().any(changed);
        pending.retain(|p| changed(p) || anything && state.files.get(&p.name).is_some_and(|k| k.clash));
        pending
    }

    fn committed(&self, index: &tantivy::Index) -> Result<bool> {
        Ok(index.load_metas().map_err(|e| self.failed(e))?.payload.is_some())
    }

    fn writer(&self, index: &tantivy::Index) -> Result<IndexWriter> {
        tokenize::register(index.tokenizers(), self.segmenter);
        let threads = rayon::current_num_threads().clamp(1, MOST_THREADS);
        let writer = index.writer_with_num_threads(threads, ARENA * threads).map_err(|e| match e {
            tantivy::TantivyError::LockFailure(..) => {
                Error::index(self.dir, "another suyuan is writing to it", "wait until it has ended")
            }
            e => self.failed(e),
        })?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }

    fn failed(&self, error: impl std::fmt::Display) -> Error {
        Error::index(self.dir, error, "see that the disk has room and the folder can be written to, then run again")
    }
}

/// Completes the summary from the state that is committed.
fn finish(state: &State, summary: &mut Summary) {
    summary.counts = state.counts();
    for (file, known) in &state.files {
        let problem = |message: &String| Problem { file: file.clone(), message: message.clone() };
        summary.problems.extend(known.problems.iter().map(problem));
    }
}

/// How a file is called in the index.
fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Pending {
    /// A file whose fingerprint cannot be taken has an empty one; reading it will say why.
    fn new(name: &str, file: &InputFile, options: &Options) -> Self {
        let state = FileState {
            size: std::fs::metadata(&file.path).map_or(0, |d| d.len()),
            fingerprint: file.fingerprint(options).unwrap_or_default(),
            ..FileState::default()
        };
        Self { name: name.to_owned(), file: file.clone(), state }
    }
}

/// A run that has its writer.
struct Run<'a> {
    update: &'a Update<'a>,
    writer: IndexWriter,
    fields: Fields,
    state: State,
    files: &'a BTreeMap<String, &'a InputFile>,
    /// The file that has the document of an id.
    owners: HashMap<String, String>,
}

fn parsed(documents: Vec<Document>) -> Vec<Entry> {
    documents.into_par_iter().map(|document| Entry { parsed: parse::parse(&document), document }).collect()
}

/// A file that was read and parsed.
struct Parsed {
    file: Pending,
    entries: Vec<Entry>,
    report: ingest::Report,
}

impl Run<'_> {
    /// Takes out everything of a file.
    fn forget(&mut self, file: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.file, file));
        self.state.files.remove(file);
    }

    fn index(&mut self, pending: Vec<Pending>, summary: &mut Summary) -> Result<()> {
        let names: HashSet<&str> = pending.iter().map(|p| p.name.as_str()).collect();
        for (file, known) in self.state.files.iter().filter(|(file, _)| !names.contains(file.as_str())) {
            self.owners.extend(known.documents.iter().map(|id| (id.clone(), file.clone())));
        }
        let total = pending.iter().map(|p| p.state.size).sum();
        let mut done = 0;
        let mut pending = VecDeque::from(pending);
        while !pending.is_empty() {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while pending.front().is_some_and(|p| batch.is_empty() || bytes + p.state.size <= BATCH) {
                bytes += pending[0].state.size;
                batch.extend(pending.pop_front());
            }
            if let [file] = &batch[..]
                && file.state.size > BATCH
            {
                summary.read += 1;
                pending.extend(self.stream(file.clone(), summary)?);
            } else {
                let batch: Vec<Parsed> = batch.into_par_iter().map(|file| self.parse(file)).collect();
                for Parsed { mut file, entries, report } in batch {
                    if summary.stopped || self.update.stop.load(Ordering::Relaxed) {
                        summary.stopped = true;
                        return Ok(());
                    }
                    summary.read += 1;
                    self.forget(&file.name);
                    let mut again = BTreeSet::new();
                    self.put(&mut file, entries, &mut again, summary)?;
                    pending.extend(self.end(file, report, &again, summary));
                }
            }
            if summary.stopped {
                return Ok(());
            }
            done += bytes;
            (self.update.progress)(Progress { done, total });
        }
        Ok(())
    }

    fn parse(&self, file: Pending) -> Parsed {
        let (documents, report) = ingest::read(&file.file, self.update.options);
        Parsed { file, entries: parsed(documents), report }
    }

    /// Reads a long table piece by piece, so that it is never held as a whole.
    fn stream(&mut self, mut file: Pending, summary: &mut Summary) -> Result<Vec<Pending>> {
        self.forget(&file.name);
        let (input, options) = (file.file.clone(), self.update.options);
        let (mut piece, mut bytes, mut failure) = (Vec::new(), 0, None);
        let mut again = BTreeSet::new();
        let report = ingest::each(&input, options, &mut |document| {
            bytes += document.text.len() as u64;
            piece.push(document);
            if bytes >= BATCH && failure.is_none() && !summary.stopped {
                bytes = 0;
                failure = self.put(&mut file, parsed(std::mem::take(&mut piece)), &mut again, summary).err();
            }
        });
        failure.map_or(Ok(()), Err)?;
        self.put(&mut file, parsed(piece), &mut again, summary)?;
        Ok(self.end(file, report, &again, summary))
    }

    /// Hands documents of a file to the writer, those whose id it may have.
    fn put(
        &mut self,
        file: &mut Pending,
        mut entries: Vec<Entry>,
        again: &mut BTreeSet<String>,
        summary: &mut Summary,
    ) -> Result<()> {
        entries.retain(|entry| self.claim(&entry.document.id, file, again));
        let added = entries.par_iter().map(|entry| self.write(&file.name, entry)).collect::<Result<Vec<bool>>>()?;
        summary.stopped |= added.contains(&false);
        for entry in entries {
            file.state.counts.add(&entry);
            file.state.documents.push(entry.document.id.clone());
            let id = entry.document.id;
            summary.notes.extend(entry.document.notes.into_iter().map(|note| (id.clone(), note)));
        }
        Ok(())
    }

    /// Enters a file that was read to its end, or takes it out where the run was stopped in it; gives the files that lost
    /// an id to it, to be read again.
    fn end(
        &mut self,
        mut file: Pending,
        report: ingest::Report,
        again: &BTreeSet<String>,
        summary: &mut Summary,
    ) -> Vec<Pending> {
        if summary.stopped {
            self.forget(&file.name);
        } else {
            let errors = report.errors.iter().map(Error::to_string);
            file.state.problems = errors.chain(std::mem::take(&mut file.state.problems)).collect();
            let remark = |message| Problem { file: file.name.clone(), message };
            summary.remarks.extend(report.remarks.into_iter().chain(report.passed).map(remark));
            self.state.files.insert(file.name, file.state);
        }
        again.iter().filter_map(|later| self.take_back(later)).collect()
    }

    /// Takes a file out again, to be read once more.
    fn take_back(&mut self, name: &str) -> Option<Pending> {
        self.forget(name);
        self.owners.retain(|_, owner| owner != name);
        self.files.get(name).map(|file| Pending::new(name, file, self.update.options))
    }

    /// Whether the document `id` of `file` is to be indexed: the first file by name has it. A later file that has it
    /// already goes to `again`.
    fn claim(&mut self, id: &str, file: &mut Pending, again: &mut BTreeSet<String>) -> bool {
        let owner = self.owners.get(id).cloned();
        match owner {
            Some(owner) if owner == file.name => {
                let problem = format!("the id {id} stands twice in this file; the first is kept, rename the other");
                file.state.problems.push(problem);
                return false;
            }
            Some(owner) if owner < file.name => {
                file.state.clash = true;
                file.state.problems.push(format!("the id {id} is taken by {owner}; rename one of the two"));
                return false;
            }
            Some(later) => drop(again.insert(later)),
            None => {}
        }
        self.owners.insert(id.to_owned(), file.name.clone());
        true
    }

    /// Hands a document's records to the writer; false where the run was stopped.
    fn write(&self, file: &str, entry: &Entry) -> Result<bool> {
        if self.update.stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let records = record::records(&self.fields, file, entry).map_err(|e| self.update.failed(e))?;
        let operations = records.into_iter().map(UserOperation::<TantivyDocument>::Add);
        self.writer.run(operations).map_err(|e| self.update.failed(e))?;
        Ok(true)
    }

    fn commit(mut self) -> Result<()> {
        let payload = serde_json::to_string(&self.state).map_err(|e| self.update.failed(e))?;
        let mut commit = self.writer.prepare_commit().map_err(|e| self.update.failed(e))?;
        commit.set_payload(&payload);
        commit.commit().map_err(|e| self.update.failed(e))?;
        self.writer.wait_merging_threads().map_err(|e| self.update.failed(e))
    }
}
