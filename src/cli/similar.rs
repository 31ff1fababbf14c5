//! `suyuan similar`: Find the nearest past proposals with their replies

use super::library::Documents;
use super::names::{Named, listed, named};
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use suyuan::document::{Document, Lang, Library, Span};
use suyuan::export::{nearest_csv, nearest_table};
use suyuan::segment::Segmenter;
use suyuan::similar::{Nearest, Query, Similar};
use suyuan::{Error, Result, ingest, parse};

/// Find the nearest past proposals with their replies
#[derive(Debug, Args)]
pub(super) struct SimilarArgs {
    /// A text, a file (- for standard input), or the id, number or title of a proposal
    #[arg(value_name = "TEXT|FILE|ID")]
    input: String,
    /// How many proposals to list
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, help_heading = "Finding")]
    limit: usize,
    /// Form of the output [default: table on a terminal, csv in a pipe]
    #[arg(long, value_enum, help_heading = "Output")]
    format: Option<Format>,
    #[command(flatten)]
    documents: Documents,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Table,
    /// One proposal a row
    Csv,
    /// Everything, for programs
    Json,
    /// One record a line
    Jsonl,
}

/// What to look for, once it has been read.
struct Wanted {
    itself: Option<String>,
    title: String,
    text: String,
    suggestions: Vec<Span>,
}

impl SimilarArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let loaded = self.documents.load(global)?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let wanted = self.wanted(&loaded.library)?;
        let query = Query {
            title: &wanted.title,
            text: &wanted.text,
            suggestions: &wanted.suggestions,
            itself: wanted.itself.as_deref(),
        };
        let found = Similar::new(&loaded.library, &segmenter).nearest(query, self.limit);
        super::print(&self.printed(&found, global.lang.into())?)?;
        Ok(match (loaded.failed, found.is_empty()) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Nothing,
            (false, false) => Outcome::Found,
        })
    }

    fn wanted(&self, library: &Library) -> Result<Wanted> {
        if self.input == "-" {
            let mut text = String::new();
            let remedy = "give a UTF-8 text on standard input";
            std::io::stdin().read_to_string(&mut text).map_err(|e| Error::io("-", e, remedy))?;
            return Ok(plain(text));
        }
        match named(library, &self.input, None) {
            Named::One(entry) => {
                let suggestions = entry.parsed.suggestions.iter().map(|s| s.span).collect();
                let Document { id, title, text, .. } = entry.document.clone();
                return Ok(Wanted { itself: Some(id), title, text, suggestions });
            }
            Named::Many(entries) => {
                let remedy = format!("give one of the ids: {}", listed(&entries));
                return Err(Error::usage(format!("{} stands for several proposals", self.input), remedy));
            }
            Named::None(_) => {}
        }
        if Path::new(&self.input).is_file() { of_file(&self.input) } else { Ok(plain(self.input.clone())) }
    }

    fn printed(&self, found: &[Nearest], lang: Lang) -> Result<String> {
        let terminal = std::io::stdout().is_terminal();
        match self.format.unwrap_or(if terminal { Format::Table } else { Format::Csv }) {
            Format::Table => Ok(nearest_table(found, lang, super::width())),
            Format::Csv => Ok(nearest_csv(found, lang)),
            Format::Json => super::json(found),
            Format::Jsonl => found.iter().map(super::json_line).collect(),
        }
    }
}

fn plain(text: String) -> Wanted {
    Wanted { itself: None, title: String::new(), text, suggestions: Vec::new() }
}

fn of_file(path: &str) -> Result<Wanted> {
    let mut found = ingest::discover(&[PathBuf::from(path)]);
    if let Some(error) = found.errors.pop() {
        return Err(error);
    }
    let remedy = "give a text, a page or a table with one proposal";
    let nothing = || Error::input(path, None, "there is no text in it", remedy);
    let file = found.files.first().ok_or_else(nothing)?;
    let options = ingest::Options { kind: Some(suyuan::document::Kind::Proposal), ..ingest::Options::default() };
    let (documents, report) = ingest::read(file, &options);
    if let Some(error) = report.errors.into_iter().next() {
        return Err(error);
    }
    let document = documents.into_iter().next().ok_or_else(nothing)?;
    let suggestions = parse::parse(&document).suggestions.iter().map(|s| s.span).collect();
    Ok(Wanted { itself: None, title: document.title, text: document.text, suggestions })
}
