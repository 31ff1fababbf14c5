//! 人工复核: what a person wrote in the last column of an earlier table survives the next run.
//!
//! Rows are told by proposal, words of the suggestion and clause, however a spreadsheet has changed spaces, line ends, leading zeros
//! or the encoding of the file. A review whose row is not found again is kept at the end of the new table.

use super::{csv, frame::pick, table};
use crate::document::Lang;
use crate::report::TraceReport;
use crate::{Error, Result, ingest};
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::Path;

/// What to do with a table that cannot be read.
const MOVE: &str = "mend it or move it away: it may hold reviews";

/// The reviews of an earlier table.
#[derive(Debug, Default)]
pub struct Reviews {
    rows: Vec<Vec<String>>,
}

impl Reviews {
    /// Reads the reviews out of a table that an earlier run wrote and a person filled; none where there is no such file.
    ///
    /// # Errors
    /// When the file cannot be read, or is not such a table: it would be overwritten, and a person's work with it.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            // A path that runs through a file is for [`super::Outputs::open`] to refuse.
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Self::default()),
            Err(e) => return Err(Error::io(path, e, "close the program that has it open")),
        };
        // Excel on Chinese Windows saves CSV in GB18030, and 'Unicode text' in UTF-16 with tabs.
        let text = ingest::decode(&bytes, false).map_err(|p| Error::input(path, None, p.problem, MOVE))?.text;
        let delimiter = delimiter(&text);
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let known = |h: &str| [Lang::Zh, Lang::En].iter().any(|l| table::heads(*l)[table::COLUMNS - 1] == h.trim());
        let heads = reader.headers().map_err(|e| unreadable(path, &e))?;
        if heads.is_empty() {
            return Ok(Self::default());
        }
        if heads.len() < table::COLUMNS || !heads.get(table::COLUMNS - 1).is_some_and(known) {
            let remedy = "its reviews would be lost: move it away or give another folder with --out";
            return Err(Error::input(path, 1, "this is not a table that suyuan wrote (no column 人工复核)", remedy));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| unreadable(path, &e))?;
            let row: Vec<String> = record.iter().take(table::COLUMNS).map(|c| csv::unguarded(c).to_owned()).collect();
            if row.last().is_some_and(|review| row.len() == table::COLUMNS && !review.trim().is_empty()) {
                rows.push(row);
            }
        }
        Ok(Self { rows })
    }

    /// How many reviews there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Puts every review beside its row of `report`; those without a row go to [`TraceReport::earlier`].
    pub fn apply(self, report: &mut TraceReport, lang: Lang) {
        let mut waiting: HashMap<[String; 3], Vec<String>> = HashMap::new();
        for row in &self.rows {
            waiting.entry(key(row)).or_default().push(row[table::COLUMNS - 1].clone());
        }
        let keys: Vec<[String; 3]> = report.rows().iter().map(|row| key(&table::cells(report, row, lang))).collect();
        let mut keys = keys.into_iter().map(|key| (waiting.get(&key).and_then(|r| r.first()).cloned(), key));
        let mut used: Vec<[String; 3]> = Vec::new();
        let mut take = || {
            let (review, key) = keys.next()?;
            used.push(key);
            review
        };
        for suggestion in &mut report.suggestions {
            if suggestion.links.is_empty() {
                suggestion.review = take();
            }
            for link in &mut suggestion.links {
                link.review = take();
            }
        }
        let lost = self.rows.into_iter().filter(|row| !used.contains(&key(row)));
        report.earlier = lost.map(|row| earlier(row, lang)).collect();
    }
}

/// What tells a row: proposal, words of the suggestion, clause.
fn key(cells: &[String]) -> [String; 3] {
    let letters = |cell: &str| -> String { cell.chars().filter(|c| c.is_alphanumeric()).collect() };
    let proposal = cells[1].replace("【样本】", "").replace("[sample]", "").replace("No.", "");
    let proposal = letters(&proposal.replace(['第', '号'], "")).trim_start_matches('0').to_owned();
    [proposal, letters(&cells[2]), letters(&cells[4])]
}

fn earlier(mut row: Vec<String>, lang: Lang) -> Vec<String> {
    row[0] = pick(lang, "前次", "earlier").to_owned();
    row
}

fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |c: char| head.matches(c).count();
    [(',', b','), ('\t', b'\t'), (';', b';')].into_iter().rev().max_by_key(|(c, _)| count(*c)).map_or(b',', |(_, b)| b)
}

fn unreadable(path: &Path, error: &::csv::Error) -> Error {
    let line = error.position().and_then(|p| usize::try_from(p.line()).ok());
    Error::input(path, line, error.to_string(), MOVE)
}
