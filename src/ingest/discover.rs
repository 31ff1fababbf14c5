//! Lists the files of a corpus: takes files and folders, gives the files that may hold documents, each with the id and what its
//! surroundings say of it, and names those it passes over. Reads nothing but manifests.

use super::manifest::{self, Manifests, Row};
use super::{Options, columns::Field, kind};
use crate::document::Kind;
use crate::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Changes when the same file would give another document: then everything is read again.
const VERSION: &[u8] = b"ingest 2";

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text or Markdown: one document.
    Text,
    /// A saved page: one document.
    Html,
    /// JSON records, one a line.
    JsonLines,
    /// A table, one document a row.
    Csv,
}

impl Format {
    /// The format that a file's extension stands for.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" | "text" | "md" | "markdown" => Self::Text,
            "html" | "htm" | "shtml" | "xhtml" => Self::Html,
            "jsonl" | "ndjson" => Self::JsonLines,
            "csv" | "tsv" => Self::Csv,
            _ => return None,
        })
    }

    /// Whether a file of this format holds one document a record.
    pub fn is_table(self) -> bool {
        matches!(self, Self::JsonLines | Self::Csv)
    }
}

/// A file to read.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Where it is: as given, or found under the folder that was given.
    pub path: PathBuf,
    /// How it is read.
    pub format: Format,
    /// The id of its document; of a table, the name from which records without an id get theirs.
    pub id: String,
    /// The kind that a folder's name (or a table's own) stands for, with that name.
    pub(super) folder: Option<(Kind, String)>,
    /// What a manifest says of it.
    pub(super) manifest: Option<Row>,
}

/// A file that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// The file.
    pub path: PathBuf,
    /// In English, one clause.
    pub reason: String,
}

/// The files of a corpus.
#[derive(Debug, Default)]
pub struct Discovery {
    /// To be read, by path.
    pub files: Vec<InputFile>,
    /// Passed over, by path.
    pub passed: Vec<Passed>,
    /// Paths that do not exist, folders and manifests that cannot be read.
    pub errors: Vec<Error>,
}

impl InputFile {
    /// BLAKE3, hexadecimal, of everything its documents depend on: bytes, id, surroundings, options. A file whose fingerprint is as
    /// before gives the same documents as before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn fingerprint(&self, options: &Options) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        let mut part = |bytes: &[u8]| {
            hasher.update(&bytes.len().to_le_bytes());
            hasher.update(bytes);
        };
        part(VERSION);
        part(self.id.as_bytes());
        part(self.path.to_string_lossy().as_bytes());
        part(format!("{:?} {:?} {:?}", options.kind, self.folder, self.manifest).as_bytes());
        part(options.columns.spec().as_bytes());
        let file = std::fs::File::open(&self.path);
        let hashed = file.and_then(|file| hasher.update_reader(file).map(|h| h.finalize()));
        let hash = hashed.map_err(|e| Error::io(&self.path, e, "check that the file exists and may be read"))?;
        Ok(hash.to_hex().to_string())
    }
}

/// Lists what is to be read under `paths`, files and folders. A file named itself is read whatever its name; in folders, files that are
/// no documents are passed over. The ids depend on the set of files alone: the stem, with as many folders before it as make it unique.
pub fn discover(paths: &[PathBuf]) -> Discovery {
    let mut found = Discovery::default();
    let mut seen: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for path in paths {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk(path, &mut seen, &mut found),
            Ok(_) if Format::of(path).is_some() => {
                let top = path.parent().unwrap_or(Path::new("")).to_owned();
                seen.entry(path.clone()).or_insert(top);
            }
            Ok(_) => found.errors.push(Error::input(path, None, "this format is not read", REMEDY)),
            Err(e) => found.errors.push(Error::io(path, e, "check the path")),
        }
    }
    let mut manifests = Manifests::default();
    for (path, top) in &seen {
        let Some(format) = Format::of(path) else { continue };
        let manifest = manifests.row(path, top, &mut found.errors);
        let id = manifest.as_ref().and_then(|row| row.get(&Field::Id).cloned()).unwrap_or_else(|| stem(path));
        found.files.push(InputFile {
            path: path.clone(),
            format,
            id,
            folder: folder_kind(path, top, format),
            manifest,
        });
    }
    for (manifest, name) in manifests.orphans() {
        let problem = format!("it names {}, which is not there", name.display());
        found.errors.push(Error::input(manifest, None, problem, "add the file, or remove the row"));
    }
    unique(&mut found.files);
    found.passed.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

const REMEDY: &str = "save it as .txt, .html, .jsonl or .csv";

fn walk(top: &Path, seen: &mut BTreeMap<PathBuf, PathBuf>, found: &mut Discovery) {
    // Everything that is not hidden: a corpus is no repository, .gitignore has no say.
    let walker = ignore::WalkBuilder::new(top).standard_filters(false).hidden(true).follow_links(true).build();
    for entry in walker {
        let path = match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => entry.into_path(),
            Ok(_) => continue,
            Err(e) => {
                found.errors.push(Error::input(top, None, e.to_string(), "check the folder and its permissions"));
                continue;
            }
        };
        match (no_document(&path), Format::of(&path)) {
            (Some(reason), _) => found.passed.push(Passed { path, reason: reason.to_owned() }),
            (None, Some(_)) => {
                seen.entry(path).or_insert_with(|| top.to_owned());
            }
            (None, None) => found.passed.push(Passed { path, reason: format!("this format is not read; {REMEDY}") }),
        }
    }
}

/// Why a file found in a folder is no document, by its name.
fn no_document(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    let papers = ["readme", "license", "licence", "changelog", "notice", "copying", "contributing"];
    if name == manifest::NAME {
        Some("a manifest, read with the files it names")
    } else if papers.iter().any(|p| stem == *p || stem.starts_with(&format!("{p}-"))) {
        Some("a paper about the files")
    } else if name.ends_with(".json") {
        Some("a settings or case file, not one record a line")
    } else if name.starts_with("~$") || name.ends_with('~') {
        Some("a temporary file")
    } else {
        None
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned())
}

/// The nearest folder, up to the one that was given, whose name stands for a kind. Before it comes the file's own name: a table's where it
/// holds such a word, a text's where it is such a word (`report.txt`).
fn folder_kind(path: &Path, top: &Path, format: Format) -> Option<(Kind, String)> {
    let own = stem(path);
    let named = if format.is_table() { kind::of_folder(&own) } else { kind::of_stem(&own) };
    let of = |name: String| kind::of_folder(&name).map(|k| (k, name));
    named.map(|k| (k, own)).or_else(|| folders(path, top).into_iter().find_map(of))
}

/// The names of the folders of `path`, nearest first, down from and with `top`.
fn folders(path: &Path, top: &Path) -> Vec<String> {
    let name = |p: &Path| p.file_name().map(|n| n.to_string_lossy().into_owned());
    let mut names: Vec<String> =
        path.ancestors().skip(1).take_while(|p| *p != top && p.starts_with(top)).filter_map(name).collect();
    // `.` and `..` have no name of their own.
    names.extend(name(top).or_else(|| top.canonicalize().ok().as_deref().and_then(name)));
    names
}

/// Makes ids unique: files of one folder that differ in their extension alone keep it, others take their folders in front.
fn unique(files: &mut [InputFile]) {
    let single: Vec<usize> = (0..files.len()).filter(|&i| !files[i].format.is_table()).collect();
    let key = |file: &InputFile| (file.path.parent().map(Path::to_owned), file.id.clone());
    let twins = repeated(single.iter().map(|&i| key(&files[i])));
    for &i in &single {
        if twins.contains(&key(&files[i])) {
            let name = files[i].path.file_name().map(|n| n.to_string_lossy().into_owned());
            files[i].id = name.unwrap_or_else(|| files[i].id.clone());
        }
    }
    let base: Vec<String> = files.iter().map(|f| f.id.clone()).collect();
    for depth in 1..64 {
        let clashing = repeated(single.iter().map(|&i| files[i].id.clone()));
        let clashes: Vec<usize> = single.iter().copied().filter(|&i| clashing.contains(&files[i].id)).collect();
        if clashes.is_empty() {
            break;
        }
        for i in clashes {
            let folders: Vec<String> = files[i]
                .path
                .ancestors()
                .skip(1)
                .take(depth)
                .filter_map(|p| p.file_name())
                .map(|n| n.to_string_lossy().into_owned())
                .collect();
            let prefix: String = folders.iter().rev().map(|f| format!("{f}/")).collect();
            files[i].id = format!("{prefix}{}", base[i]);
        }
    }
}

fn repeated<K: Ord + Clone>(keys: impl Iterator<Item = K>) -> BTreeSet<K> {
    let (mut once, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for key in keys {
        if !once.insert(key.clone()) {
            twice.insert(key);
        }
    }
    twice
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        dir
    }

    #[test]
    fn files_of_the_same_name_take_their_folder_into_the_id() {
        let dir = corpus(&[
            ("case/proposals/0017.txt", "甲"),
            ("case/replies/0017.txt", "乙"),
            ("case/report.txt", "丙"),
            ("case/page.txt", "丁"),
            ("case/page.html", "丁"),
        ]);
        let found = discover(&[dir.path().to_owned()]);
        let ids: Vec<_> = found.files.iter().map(|f| f.id.as_str()).collect();
        assert_eq!(ids, ["page.html", "page.txt", "proposals/0017", "replies/0017", "report"]);
        let kinds: Vec<_> = found.files.iter().map(|f| f.folder.as_ref().map(|(k, _)| *k)).collect();
        assert_eq!(kinds, [None, None, Some(Kind::Proposal), Some(Kind::Reply), Some(Kind::Report)]);
    }

    #[test]
    fn what_is_no_document_is_passed_over_with_its_reason() {
        let dir = corpus(&[
            ("README.md", "甲"),
            ("case.json", "{}"),
            ("a.docx", "PK"),
            (".hidden.txt", "丙"),
            ("b.txt", "丁"),
        ]);
        let found = discover(&[dir.path().to_owned()]);
        assert_eq!(found.files.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), ["b"]);
        let names: Vec<_> =
            found.passed.iter().map(|p| p.path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
        assert_eq!(names, ["README.md", "a.docx", "case.json"]);
        assert!(found.passed.iter().all(|p| !p.reason.is_empty()));
    }

    #[test]
    fn a_path_that_does_not_exist_is_an_error_and_the_rest_goes_on() {
        let dir = corpus(&[("b.txt", "丁")]);
        let found = discover(&[dir.path().join("nowhere"), dir.path().join("b.txt")]);
        assert_eq!((found.files.len(), found.errors.len()), (1, 1));
    }

    #[test]
    fn the_fingerprint_follows_the_bytes_the_manifest_and_the_options() {
        let dir = corpus(&[("b.txt", "丁")]);
        let print = |options: &Options| discover(&[dir.path().to_owned()]).files[0].fingerprint(options).unwrap();
        let first = print(&Options::default());
        assert_eq!(first, print(&Options::default()));
        assert_ne!(first, print(&Options { kind: Some(Kind::Policy), ..Options::default() }));
        std::fs::write(dir.path().join("manifest.csv"), "file,title\nb.txt,标题\n").unwrap();
        let second = print(&Options::default());
        assert_ne!(first, second);
        std::fs::write(dir.path().join("b.txt"), "戊").unwrap();
        assert_ne!(second, print(&Options::default()));
    }

    #[test]
    fn a_manifest_that_names_a_missing_file_is_reported() {
        let dir = corpus(&[("b.txt", "丁"), ("manifest.csv", "file,title\nc.txt,标题\n")]);
        let found = discover(&[dir.path().to_owned()]);
        assert!(found.errors[0].to_string().contains("c.txt"));
    }
}
