//! The one error type of the library: boxed, non-exhaustive, and always saying where it happened and what to do.

use std::fmt;
use std::path::{Path, PathBuf};

/// Shorthand for results of this library.
pub type Result<T> = std::result::Result<T, Error>;

/// An error with its place and its remedy.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system refused a file or folder.
    #[error("{}: {source}; {remedy}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
        /// What the user can do.
        remedy: String,
    },
    /// A file, a record or a text does not have the form it should.
    #[error("{}{}: {problem}; {remedy}", path.display(), Place(*line))]
    Input {
        /// The file.
        path: PathBuf,
        /// One-based line or record, where known.
        line: Option<usize>,
        /// What is wrong.
        problem: String,
        /// What the user can do.
        remedy: String,
    },
    /// The index cannot be used as it is.
    #[error("index {}: {problem}; {remedy}", path.display())]
    Index {
        /// The folder of the index.
        path: PathBuf,
        /// What is wrong.
        problem: String,
        /// What the user can do.
        remedy: String,
    },
    /// A query cannot be understood; `offset` is the byte where it goes wrong.
    #[error("query {query:?}, at byte {offset}: {problem}; {remedy}")]
    Query {
        /// The query as typed.
        query: String,
        /// Byte offset of the offending place.
        offset: usize,
        /// What is wrong.
        problem: String,
        /// What the user can do.
        remedy: String,
    },
    /// A request that cannot be met: an unknown id, a bad combination of options.
    #[error("{problem}; {remedy}")]
    Usage {
        /// What is wrong.
        problem: String,
        /// What the user can do.
        remedy: String,
    },
}

struct Place(Option<usize>);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |line| write!(f, ", line {line}"))
    }
}

impl Error {
    /// An error of the operating system on `path`.
    pub fn io(path: impl AsRef<Path>, source: std::io::Error, remedy: impl Into<String>) -> Self {
        ErrorKind::Io { path: path.as_ref().to_owned(), source, remedy: remedy.into() }.into()
    }

    /// A malformed input in `path`, at the one-based `line` or record where known.
    pub fn input(
        path: impl AsRef<Path>,
        line: impl Into<Option<usize>>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        let (line, problem, remedy) = (line.into(), problem.into(), remedy.into());
        ErrorKind::Input { path: path.as_ref().to_owned(), line, problem, remedy }.into()
    }

    /// An index that cannot be used.
    pub fn index(path: impl AsRef<Path>, problem: impl fmt::Display, remedy: impl Into<String>) -> Self {
        ErrorKind::Index { path: path.as_ref().to_owned(), problem: problem.to_string(), remedy: remedy.into() }.into()
    }

    /// A query that cannot be understood, wrong at byte `offset`.
    pub fn query(query: &str, offset: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        ErrorKind::Query { query: query.to_owned(), offset, problem: problem.into(), remedy: remedy.into() }.into()
    }

    /// A request that cannot be met.
    pub fn usage(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        ErrorKind::Usage { problem: problem.into(), remedy: remedy.into() }.into()
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
