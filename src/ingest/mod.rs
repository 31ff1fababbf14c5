//! Reads files and tables into [`Document`]s: takes paths, gives documents with text, metadata and provenance.
//!
//! [`discover`] lists the files of a corpus with the id and the surroundings (folder, `manifest.csv`) of each; [`read`] and [`each`]
//! read one of them. Refuses nothing as a whole: a file or record that cannot be read is an error of its own, with its place and a
//! remedy, and the rest goes on. Files that are no documents (ledgers, labels of evaluation cases, READMEs) are passed over and named.
//!
//! `text` of a document is the decoded original, of a page the extracted main text; all spans of the program count its bytes.

mod columns;
mod decode;
mod discover;
mod draft;
mod html;
mod kind;
mod manifest;
mod separated;
mod table;
#[cfg(test)]
mod tests;

pub use columns::{Columns, Field};
pub use decode::{Decoded, decode};
pub use discover::{Discovery, Format, InputFile, Passed, discover};
pub use html::{Page, main_text};
pub(crate) use separated::rows as separated_rows;

use crate::document::{Document, Kind};
use crate::{Error, Result};
use draft::Draft;

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The kind of every document, whatever folder and text say.
    pub kind: Option<Kind>,
    /// Which column of a table holds which field; what is not named is guessed.
    pub columns: Columns,
}

/// What one file gave.
#[derive(Debug, Default)]
pub struct Report {
    /// Records or files that could not be read.
    pub errors: Vec<Error>,
    /// What was guessed about the file as a whole: its encoding, its columns.
    pub remarks: Vec<String>,
    /// Why the file holds no documents, where it was passed over.
    pub passed: Option<String>,
}

/// The documents of one file, with what [`each`] reports.
pub fn read(file: &InputFile, options: &Options) -> (Vec<Document>, Report) {
    let mut documents = Vec::new();
    let report = each(file, options, &mut |document| documents.push(document));
    (documents, report)
}

/// Reads one file and hands its documents over one by one, in order: a large table is never held as a whole.
pub fn each(file: &InputFile, options: &Options, sink: &mut dyn FnMut(Document)) -> Report {
    let mut report = Report::default();
    let outcome = match file.format {
        Format::Text => text(file, options, sink, &mut report),
        Format::Html => page(file, options, sink, &mut report),
        Format::JsonLines => table::json_lines(file, options, sink, &mut report),
        Format::Csv => table::csv(file, options, sink, &mut report),
    };
    report.errors.extend(outcome.err());
    report
}

/// Title and session that a `manifest.csv` in the folder of `file` gives to it, for files that are no documents: ledgers. A manifest that
/// cannot be read says nothing here; reading the corpus tells of it.
pub(crate) fn manifest_titles(file: &std::path::Path) -> Vec<String> {
    let top = file.parent().unwrap_or(std::path::Path::new(""));
    let row = manifest::Manifests::default().row(file, top, &mut Vec::new()).unwrap_or_default();
    [Field::Title, Field::Session].iter().filter_map(|f| row.get(f).cloned()).filter(|t| !t.is_empty()).collect()
}

fn text(file: &InputFile, options: &Options, sink: &mut dyn FnMut(Document), report: &mut Report) -> Result<()> {
    let (decoded, digest) = load(file, report)?;
    let mut draft = Draft::of_file(file, digest);
    draft.text = decoded.text;
    sink(draft.finish(file, options)?);
    Ok(())
}

fn page(file: &InputFile, options: &Options, sink: &mut dyn FnMut(Document), report: &mut Report) -> Result<()> {
    let (decoded, digest) = load(file, report)?;
    let page = main_text(&decoded.text);
    let mut draft = Draft::of_file(file, digest);
    draft.take_page(page);
    if draft.text.trim().is_empty() {
        let remedy = "save the page again with its text, or save the text as .txt";
        return Err(Error::input(&file.path, None, "the page has no text", remedy));
    }
    sink(draft.finish(file, options)?);
    Ok(())
}

fn load(file: &InputFile, report: &mut Report) -> Result<(Decoded, String)> {
    let bytes = std::fs::read(&file.path)
        .map_err(|e| Error::io(&file.path, e, "check that the file exists and may be read"))?;
    let decoded =
        decode(&bytes, file.format == Format::Html).map_err(|p| Error::input(&file.path, None, p.problem, p.remedy))?;
    if let Some(remark) = &decoded.remark {
        report.remarks.push(remark.clone());
    }
    Ok((decoded, blake3::hash(&bytes).to_hex().to_string()))
}
