//! What is odd about a ledger, each with its place: file, sheet, row, column. Data only; `export` words it.

use super::Field;
use crate::document::Date;
use serde::{Deserialize, Serialize};

/// A place in a ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The sheet; `None` in a text table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// One-based row of a sheet, line of a text table.
    pub row: usize,
    /// Letter and name of the column, where one is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnName>,
}

/// A column as a person finds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ColumnName {
    /// `F`.
    pub letter: String,
    /// `收到日期`.
    pub header: String,
}

/// Something odd, where it is and what was made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// Where.
    pub place: Place,
    /// What.
    pub problem: Problem,
}

/// What is odd.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Problem {
    /// A date no calendar has; left empty.
    ImpossibleDate {
        /// As printed.
        text: String,
    },
    /// Words in a column of dates; left empty.
    NoDate {
        /// As printed.
        text: String,
    },
    /// Month and day without a year; the year of the ledger is taken where it is known.
    YearlessDate {
        /// As printed.
        text: String,
        /// As read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        read: Option<Date>,
    },
    /// The day number of a spreadsheet where a date should be.
    SerialDate {
        /// As printed.
        text: String,
        /// As read.
        read: Date,
    },
    /// Dates in an order that cannot be.
    DateOrder {
        /// The field whose date should come first.
        first: Field,
        /// Its date.
        first_date: Date,
        /// The field whose date should come after.
        second: Field,
        /// Its date.
        second_date: Date,
    },
    /// A value the field does not know; counted as not filled in (a role: under its own name).
    Unknown {
        /// The field.
        field: Field,
        /// As printed.
        text: String,
    },
    /// A cell with an error of a formula (`#N/A`); left empty.
    CellError {
        /// As printed.
        text: String,
    },
    /// Full-width digits or letters, read in half width.
    FullWidth {
        /// As printed.
        text: String,
        /// As read.
        read: String,
    },
    /// A proposal without a number.
    NoNumber {
        /// Its title.
        title: String,
    },
    /// A proposal without a title.
    NoTitle {
        /// Its number.
        number: String,
    },
    /// The number of another proposal with another title: both are counted.
    SameNumber {
        /// The number.
        number: String,
        /// The other row.
        other: Place,
        /// The title here.
        title: String,
        /// The title there.
        other_title: String,
    },
    /// The same proposal again: counted once.
    Again {
        /// Its name.
        name: String,
        /// The row that counts.
        other: Place,
        /// The fields in which this row says something else.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        differs: Vec<Field>,
    },
    /// A merged cell read for every row it covers.
    Merged {
        /// Its text.
        text: String,
        /// The first row.
        from: usize,
        /// The last row.
        to: usize,
        /// Whether the rows are one proposal (its number is merged) and not several.
        one: bool,
    },
    /// A row without number and title, read as more of the proposal above it.
    Continued {
        /// The proposal above.
        name: String,
    },
    /// Answered, but without the date of the reply.
    DoneWithoutDate,
    /// A date of reply, but a state that says otherwise.
    DateWithoutDone {
        /// The state as printed.
        text: String,
        /// The date.
        answered: Date,
    },
    /// No state; taken as answered because a date of reply stands there.
    StateDerived,
    /// A row of totals, not counted as a proposal.
    Totals {
        /// Its words.
        text: String,
        /// The number it gives, where it gives one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        says: Option<usize>,
        /// Proposals counted above it.
        counted: usize,
    },
    /// A row of words beside the table, not counted.
    NoteRow {
        /// Its words.
        text: String,
    },
    /// A heading inside the table that names the role of the rows below it.
    Section {
        /// Its words.
        text: String,
    },
    /// The header once more.
    HeaderAgain,
    /// Blank rows inside the table.
    BlankRows {
        /// How many.
        count: usize,
    },
    /// A row that could not be read.
    Broken {
        /// What is wrong.
        text: String,
    },
    /// A field that the figures need, for which there is no column.
    NoColumn {
        /// The field.
        field: Field,
    },
    /// A column asked for with `--column` that is not there.
    NoSuchColumn {
        /// As asked for.
        name: String,
    },
}

impl Problem {
    /// Whether it is only told how something was read; else a person should look at it.
    pub fn is_remark(&self) -> bool {
        match self {
            Self::Totals { says, counted, .. } => says.is_none_or(|n| n == *counted),
            Self::Merged { .. }
            | Self::Continued { .. }
            | Self::NoteRow { .. }
            | Self::Section { .. }
            | Self::HeaderAgain
            | Self::BlankRows { .. }
            | Self::FullWidth { .. }
            | Self::StateDerived => true,
            Self::Again { differs, .. } => differs.is_empty(),
            _ => false,
        }
    }
}
