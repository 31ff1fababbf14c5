//! The one error type of the library: boxed, non-exhaustive, and always saying where it happened and what to do.

use std::fmt;
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthChar;

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
    #[error("query, character {}: {problem}; {remedy}\n{}", character(query, *offset), Pointer { query, offset: *offset })]
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

/// The one-based number of the character at a byte.
fn character(text: &str, offset: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < offset).count() + 1
}

/// A query on a line, and below it a caret under the character at a byte; a Chinese character is two columns wide.
struct Pointer<'a> {
    query: &'a str,
    offset: usize,
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |c: char| if c.is_control() || c.is_whitespace() && c.width() != Some(2) { ' ' } else { c };
        let line: String = self.query.chars().map(shown).collect();
        let before = self.query.char_indices().take_while(|(at, _)| *at < self.offset).map(|(_, c)| shown(c));
        let columns: usize = before.map(|c| c.width().unwrap_or(0)).sum();
        write!(f, "  {line}\n  {:columns$}^", "")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_offending_character() {
        let query = "农业 ab\u{3000}(保险";
        let error = Error::query(query, query.find('(').unwrap(), "this bracket is never closed", "close it");
        let expected =
            "query, character 7: this bracket is never closed; close it\n  农业 ab\u{3000}(保险\n           ^";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn the_caret_may_stand_behind_the_end() {
        let error = Error::query("甲\nOR", 6, "p", "r").to_string();
        assert!(error.ends_with("  甲 OR\n       ^"), "{error}");
    }
}
