//! `suyuan verify`: Take a work summary apart, claim by claim

use super::ledger::Reading;
use super::library::Documents;
use super::names::{Named, listed, named};
use super::output::Output;
use super::{Global, Outcome};
use clap::Args;
use comfy_table::{ContentArrangement, Table, presets};
use std::path::{Path, PathBuf};
use suyuan::document::{Document, Kind, Label, Lang, Library, Origin, Verdict};
use suyuan::export;
use suyuan::parse::metadata;
use suyuan::report::{self, VerifyReport};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result, ingest, ledger, verify};

/// Take a work summary apart, claim by claim
///
/// Prints a table of the claims with their verdicts and what is missing; with --out DIR writes DIR/verify.md, .html, .csv and
/// .json; what a person wrote in the last column of DIR/verify.csv (人工复核) stays there. The summary may be a file outside the corpus. Ends with status 1 where no claim is found, or where --fail-on asks for it.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// The work summary: a file, or the id, number or title of a document
    #[arg(value_name = "REPORT")]
    report: String,
    /// End with status 1 when a claim has one of these verdicts, apart by commas: supported, partly, not_found,
    /// impossible_order, missing_source, consistent, inconsistent, unverifiable
    #[arg(long, value_name = "VERDICT", value_delimiter = ',', help_heading = "Checking")]
    fail_on: Vec<Verdict>,
    /// Hold the report's counts and rates against this ledger (.csv or .xlsx, see suyuan ledger)
    #[arg(long, value_name = "FILE", help_heading = "Ledger")]
    ledger: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    documents: Documents,
}

impl VerifyArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let lang = global.lang.into();
        // Reviews are read before the outputs are opened, and the outputs before the work starts.
        let reviews = self.output.reviews()?;
        let place = self.output.open::<VerifyReport>()?;
        let ledger = match &self.ledger {
            Some(path) => Some(ledger::read(path, &self.reading.options()?)?),
            None => None,
        };
        let loaded = self.documents.load(global)?;
        let document = self.document(&loaded.library)?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let links = verify::links(&document, &loaded.library, &segmenter, &global.models()?)?;
        let mut verified = verify::verify(&document, &loaded.library, &links);
        if let Some(ledger) = &ledger {
            verify::against(&mut verified, &document, ledger);
        }
        let mut report = report::verify(&document, &verified, &loaded.library);
        reviews.apply(&mut report, lang);
        place.write(&report, global, |width| table(&report, lang, width))?;
        let failed = report.claims.iter().any(|c| self.fail_on.contains(&c.verdict));
        Ok(match (loaded.failed, failed || report.claims.is_empty()) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Nothing,
            (false, false) => Outcome::Found,
        })
    }

    /// The summary: a file where there is one of that name, else a document of the corpus.
    fn document(&self, library: &Library) -> Result<Document> {
        let path = Path::new(&self.report);
        if path.is_file() {
            return read(path);
        }
        if path.is_dir() {
            return Err(Error::input(path, None, "it is a folder", "give one summary; verify takes one at a time"));
        }
        match named(library, &self.report, None) {
            Named::One(entry) if entry.document.kind == Kind::Report => Ok(entry.document.clone()),
            Named::One(entry) => Err(other(&self.report, entry.document.kind)),
            Named::Many(entries) => {
                let remedy = format!("give one of the ids: {}", listed(&entries));
                Err(Error::usage(format!("{} stands for several documents", self.report), remedy))
            }
            Named::None(nearest) => {
                let reports: Vec<_> = nearest.into_iter().filter(|e| e.document.kind == Kind::Report).collect();
                let near =
                    if reports.is_empty() { String::new() } else { format!("; the nearest: {}", listed(&reports)) };
                let remedy = format!("give the path of a text file or the id of a document{near}");
                Err(Error::usage(format!("there is no file or document {}", self.report), remedy))
            }
        }
    }
}

/// Reads the summary from a file of its own.
fn read(path: &Path) -> Result<Document> {
    let remedy = "give a text, Markdown or HTML file, or a table with one record";
    let found = ingest::discover(&[path.to_owned()]);
    let Some(file) = found.files.first() else {
        return Err(found
            .errors
            .into_iter()
            .next()
            .unwrap_or_else(|| Error::input(path, None, "it is no document", remedy)));
    };
    let as_kind = |kind| ingest::read(file, &ingest::Options { kind, ..ingest::Options::default() });
    let (documents, _) = as_kind(None);
    if let [document] = &documents[..]
        && document.kind != Kind::Report
        && !guessed(document)
        && !metadata::counts_proposals(&document.text)
    {
        return Err(other(&path.display().to_string(), document.kind));
    }
    let (mut documents, read) = as_kind(Some(Kind::Report));
    match (documents.len(), read.errors.into_iter().next()) {
        (1, _) => Ok(documents.remove(0)),
        (_, Some(error)) => Err(error),
        (n, None) => Err(Error::input(path, None, format!("it holds {n} documents"), remedy)),
    }
}

/// Whether nothing in the document says what kind it is.
fn guessed(document: &Document) -> bool {
    document.notes.iter().filter(|n| n.field == "kind").all(|n| n.origin == Origin::Guess)
}

/// A document of another kind has no claims to check.
fn other(name: &str, kind: Kind) -> Error {
    let (zh, en) = kind.labels();
    let remedy = match kind {
        Kind::Proposal => "give the summary (办理总结); a proposal is followed to its clauses by `suyuan trace`",
        _ => "give the summary (办理总结)",
    };
    Error::usage(format!("{name} is a {en} ({zh}), not a work summary"), remedy)
}

/// The claims in a table, the verdicts counted, and what is missing.
fn table(report: &VerifyReport, lang: Lang, width: u16) -> String {
    let mut out = format!("{}\n{}\n", report.report.title, export::verify_lead(report, lang));
    if report.claims.is_empty() {
        return out;
    }
    let heads = export::verify_heads(lang);
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width);
    table.set_header([heads[0], heads[1], heads[3], heads[4]]);
    for claim in &report.claims {
        let mut text: String = claim.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((at, _)) = text.char_indices().nth(80) {
            text.truncate(at);
            text.push('…');
        }
        table.add_row([claim.ordinal.to_string(), text, claim.verdict.label(lang).to_owned(), claim.reason(lang)]);
    }
    out.push_str(&format!("{table}\n"));
    if !report.needed.is_empty() {
        out.push_str(&format!("{}{}\n", export::verify_needed_head(lang), if lang == Lang::Zh { "：" } else { ":" }));
        report.needed.iter().for_each(|n| out.push_str(&format!("- {}\n", export::verify_wanted(n, lang))));
    }
    out
}
