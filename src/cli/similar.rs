//! `suyuan similar`: Find the nearest past proposals with their replies

use super::library::Documents;
use super::names::{Named, listed, named};
use super::output::Format;
use super::{Global, Outcome};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use suyuan::document::{Document, Lang, Library, Span};
use suyuan::export::{self, Outputs, nearest_table, write_draft};
use suyuan::segment::Segmenter;
use suyuan::similar::{Asked, Filter, Found, Level, Part, Query, Similar};
use suyuan::{Error, Result, ingest, parse};

/// Find the nearest past proposals with their replies
///
/// Each with the reason: the words in common, its suggestions nearest to yours, and what was answered to them. Matters that are nearly
/// the same are told together. With --draft, the answers are put together as the outline of a reply, each with its source.
#[derive(Debug, Args)]
pub(super) struct SimilarArgs {
    /// A text, a file (- for standard input), or the id, number or title of a proposal
    #[arg(value_name = "TEXT|FILE|ID")]
    input: String,
    /// How many matters to list (for each suggestion)
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, help_heading = "Finding")]
    limit: usize,
    /// What to find the nearest for
    #[arg(long = "for", value_enum, default_value_t = For::Proposal, help_heading = "Finding")]
    level: For,
    /// Answered (or issued) by a unit with this in its name
    #[arg(long, visible_alias = "unit", value_name = "NAME", help_heading = "Finding")]
    issuer: Option<String>,
    /// Of this year, or of these years: 2021..2023
    #[arg(long, value_name = "YEAR", value_parser = years, help_heading = "Finding")]
    year: Option<(u16, u16)>,
    /// Write the outline of a reply, put together from past answers, to this file (Markdown)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    draft: Option<PathBuf>,
    /// Write similar.md, .html, .csv and .json into this folder
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Form of the output [default: table on a terminal, csv in a pipe]
    #[arg(long, value_enum, help_heading = "Output")]
    format: Option<Form>,
    #[command(flatten)]
    documents: Documents,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum For {
    /// The text as a whole
    Proposal,
    /// Each of its suggestions
    Suggestion,
}

/// The forms of every report, and one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Report(Format),
    Jsonl,
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        use Form::{Jsonl, Report};
        use Format::{Csv, Html, Json, Md, Table};
        &[Report(Table), Report(Md), Report(Html), Report(Csv), Report(Json), Jsonl]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Report(format) => format.to_possible_value(),
            Self::Jsonl => Some(PossibleValue::new("jsonl").help("One matter a line")),
        }
    }
}

impl For {
    fn level(self) -> Level {
        match self {
            Self::Proposal => Level::Whole,
            Self::Suggestion => Level::Suggestion,
        }
    }
}

/// What to look for, once it has been read.
struct Wanted {
    itself: Option<String>,
    title: String,
    text: String,
    suggestions: Vec<Span>,
}

fn years(text: &str) -> std::result::Result<(u16, u16), String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let year = |text: &str| text.trim().trim_end_matches('年').parse().ok().filter(|y| (1900..=2199).contains(y));
    match (year(first), year(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        _ => Err("give a year (2022) or the first and the last (2021..2023)".to_owned()),
    }
}

impl SimilarArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        // Outputs are opened before the work starts: a bad path fails early.
        let outputs = self.out.as_deref().map(|dir| Outputs::open::<Found>(dir, &export::Format::ALL)).transpose()?;
        let draft = self.draft.as_deref().map(create).transpose()?;
        let loaded = self.documents.load(global)?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let wanted = self.wanted(&loaded.library)?;
        let lang: Lang = global.lang.into();
        let vectors = global.learnt()?.vectors;
        let similar = |level| Similar::new(&loaded.library, &segmenter, Arc::clone(&vectors), level);
        let found = self.found(&wanted, &similar(self.level.level()), self.level, false);
        if let (Some(mut file), Some(path)) = (draft, &self.draft) {
            // An outline wants answers, suggestion by suggestion.
            let answered = self.found(&wanted, &similar(Level::Suggestion), For::Suggestion, true);
            let written = write_draft(&answered, lang, &mut file);
            written.map_err(|e| Error::io(path, e, "see that the disk has room"))?;
        }
        if let Some(outputs) = outputs {
            outputs.write(&found, lang)?;
        }
        if self.format.is_some() || self.out.is_none() || !global.quiet {
            self.print(&found, lang)?;
        }
        let nothing = found.parts.iter().all(|part| part.nearest.is_empty());
        Ok(match (loaded.failed, nothing) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Nothing,
            (false, false) => Outcome::Found,
        })
    }

    fn found(&self, wanted: &Wanted, similar: &Similar<'_>, level: For, answered: bool) -> Found {
        let filter = Filter { unit: self.issuer.clone(), years: self.year, answered };
        let itself = wanted.itself.as_deref();
        let asked = Asked { document: wanted.itself.clone(), title: wanted.title.clone(), text: wanted.text.clone() };
        let one_by_one = level == For::Suggestion && !wanted.suggestions.is_empty();
        let parts = if one_by_one {
            let part = |(i, span): (usize, &Span)| {
                let text = span.of(&wanted.text);
                let nearest = similar.nearest(Query { itself, ..Query::text(text) }, &filter, self.limit);
                Part { suggestion: Some(i + 1), text: text.to_owned(), nearest }
            };
            wanted.suggestions.iter().enumerate().map(part).collect()
        } else {
            let query = Query { title: &wanted.title, text: &wanted.text, suggestions: &wanted.suggestions, itself };
            vec![Part { suggestion: None, text: String::new(), nearest: similar.nearest(query, &filter, self.limit) }]
        };
        Found { asked, parts }
    }

    fn wanted(&self, library: &Library) -> Result<Wanted> {
        if self.input == "-" {
            let mut text = String::new();
            let remedy = "give a UTF-8 text on standard input";
            std::io::stdin().read_to_string(&mut text).map_err(|e| Error::io("-", e, remedy))?;
            let suggestions = parse::suggestion::suggestions(&text).iter().map(|s| s.span).collect();
            return Ok(Wanted { suggestions, ..plain(text) });
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

    fn print(&self, found: &Found, lang: Lang) -> Result<()> {
        let format = match self.format {
            Some(Form::Jsonl) => return super::print(&lines(found)?),
            Some(Form::Report(format)) => format,
            None => Format::usual(),
        };
        format.print(found, lang, |width| nearest_table(found, lang, width))
    }
}

/// One matter a line, with the suggestion it was found for.
fn lines(found: &Found) -> Result<String> {
    #[derive(serde::Serialize)]
    struct Line<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        suggestion: Option<usize>,
        #[serde(flatten)]
        nearest: &'a suyuan::similar::Nearest,
    }
    let line = |part: &'_ Part| {
        let suggestion = part.suggestion;
        part.nearest.iter().map(|nearest| super::json_line(&Line { suggestion, nearest })).collect::<Result<String>>()
    };
    found.parts.iter().map(line).collect()
}

fn create(path: &Path) -> Result<std::fs::File> {
    std::fs::File::create(path).map_err(|e| Error::io(path, e, "give --draft a file that can be written"))
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
