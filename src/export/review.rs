//! 人工复核: what a person wrote in the last column of an earlier table survives the next run.
//!
//! Each kind of report says what tells its rows ([`Reviewed`]); the comparison looks at letters and digits alone, so that it does not
//! matter how a spreadsheet has changed spaces, line ends, leading zeros or the encoding of the file. A review whose row is not found
//! again is kept at the end of the new table.

use super::{Format, Report, csv, frame::pick};
use crate::document::Lang;
use crate::{Error, Result, ingest};
use std::collections::HashMap;
use std::io::ErrorKind;
use std::marker::PhantomData;
use std::path::Path;

/// What to do with a table that cannot be read.
const MOVE: &str = "mend it or move it away: it may hold reviews";

/// A report whose table has a last column for a person.
pub trait Reviewed: Report {
    /// The heads of its columns, the review last.
    fn heads(lang: Lang) -> Vec<&'static str>;

    /// What tells a row of its table.
    fn key(cells: &[String]) -> Vec<String>;

    /// The cells of its rows.
    fn rows_of_cells(&self, lang: Lang) -> Vec<Vec<String>>;

    /// Puts the reviews beside the rows, in their order, and the rows that are gone at the end.
    fn review(&mut self, reviews: Vec<Option<String>>, earlier: Vec<Vec<String>>);
}

/// The reviews of an earlier table of a report of type `R`.
#[derive(Debug)]
pub struct Reviews<R> {
    /// All rows of the table, those without a review too.
    rows: Vec<Vec<String>>,
    of: PhantomData<R>,
}

impl<R: Reviewed> Reviews<R> {
    /// The reviews in the table that the next run will write into `folder`; none where it writes no table.
    ///
    /// # Errors
    /// Those of [`Reviews::read`].
    pub fn beside(folder: Option<&Path>, formats: &[Format]) -> Result<Self> {
        match folder {
            Some(folder) if formats.contains(&Format::Csv) => Self::read(&folder.join(format!("{}.csv", R::STEM))),
            _ => Ok(Self::from(Vec::new())),
        }
    }

    /// Reads the reviews out of a table that an earlier run wrote and a person filled; none where there is no such file.
    ///
    /// # Errors
    /// When the file cannot be read, or is not such a table: it would be overwritten, and a person's work with it.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            // A path that runs through a file is for [`super::Outputs::open`] to refuse.
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Self::from(Vec::new()));
            }
            Err(e) => return Err(Error::io(path, e, "close the program that has it open")),
        };
        // Excel on Chinese Windows saves CSV in GB18030, and 'Unicode text' in UTF-16 with tabs.
        let text = ingest::decode(&bytes, false).map_err(|p| Error::input(path, None, p.problem, MOVE))?.text;
        let delimiter = delimiter(&text);
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let columns = R::heads(Lang::Zh).len();
        let known = |h: &str| [Lang::Zh, Lang::En].iter().any(|l| R::heads(*l)[columns - 1] == h.trim());
        let heads = reader.headers().map_err(|e| unreadable(path, &e))?;
        if heads.is_empty() {
            return Ok(Self::from(Vec::new()));
        }
        if heads.len() < columns || !heads.get(columns - 1).is_some_and(known) {
            let remedy = "its reviews would be lost: move it away or give another folder with --out";
            return Err(Error::input(path, 1, "this is not a table that suyuan wrote (no column 人工复核)", remedy));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| unreadable(path, &e))?;
            let row: Vec<String> = record.iter().take(columns).map(|c| csv::unguarded(c).to_owned()).collect();
            if row.len() == columns {
                rows.push(row);
            }
        }
        Ok(Self::from(rows))
    }

    fn from(rows: Vec<Vec<String>>) -> Self {
        Self { rows, of: PhantomData }
    }

    /// How many reviews there are.
    pub fn len(&self) -> usize {
        self.rows.iter().filter(|row| review_of(row).is_some()).count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts every review beside its row of `report`, those without a row at the end. Of rows told alike the first gets the first.
    pub fn apply(self, report: &mut R, lang: Lang) {
        let mut waiting: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            waiting.entry(R::key(row)).or_default().push(place);
        }
        let keys: Vec<Vec<String>> = report.rows_of_cells(lang).iter().map(|row| R::key(row)).collect();
        let mut seen: HashMap<&Vec<String>, usize> = HashMap::new();
        let mut used = vec![false; self.rows.len()];
        let mut reviews = Vec::new();
        for key in &keys {
            let places = waiting.get(key).map_or(&[][..], Vec::as_slice);
            let at = seen.entry(key).or_default();
            let alone = keys.iter().filter(|k| *k == key).count() == 1;
            let filled = |p: &&usize| review_of(&self.rows[**p]).is_some();
            let own = places.get(*at).filter(filled).or_else(|| places.iter().find(filled).filter(|_| alone));
            *at += 1;
            reviews.push(own.and_then(|&place| {
                used[place] = true;
                review_of(&self.rows[place]).map(str::to_owned)
            }));
        }
        let lost = self.rows.into_iter().zip(used).filter(|(row, used)| !used && review_of(row).is_some());
        let earlier = lost.map(|(mut row, _)| {
            row[0] = pick(lang, "前次", "earlier").to_owned();
            row
        });
        report.review(reviews, earlier.collect());
    }
}

fn review_of(row: &[String]) -> Option<&str> {
    row.last().map(String::as_str).filter(|review| !review.trim().is_empty())
}

/// Letters and digits of a cell alone.
pub(super) fn letters(cell: &str) -> String {
    cell.chars().filter(|c| c.is_alphanumeric()).collect()
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
