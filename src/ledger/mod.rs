//! The ledger (办理台账) of a year's proposals: takes a `.csv` or `.xlsx` file, gives its proposals ([`Ledger`]), the counts and rates
//! recomputed from them ([`figures()`]), what is due ([`due()`]) and what does not fit the corpus ([`gaps()`]).
//!
//! Columns are tied to fields by the user, by name or by what their cells hold, and the mapping is part of the result. Nothing is lost:
//! every odd cell, repeated number, merged cell, row of totals or note is a [`Warning`] with its place. Refuses a file that is no table and a table
//! without a header of a ledger. Knows no words for the reader; `export` has them.

mod cells;
mod columns;
mod due;
mod field;
mod figures;
mod filter;
mod gaps;
mod grid;
mod head;
mod names;
mod problem;
mod read;
mod record;
mod repeat;
mod rows;
mod scale;
#[cfg(test)]
mod tests;
mod value;
mod workbook;

pub use columns::Columns;
pub use due::{Due, DueKind, due, today};
pub use field::Field;
pub use figures::{Family, Figures, Part, Rate, RateName, Share, figures};
pub use filter::{Filter, Test};
pub use gaps::{Gap, GapKind, gaps};
pub use problem::{ColumnName, Place, Problem, Warning};
pub use read::{Options, read};
pub use record::{ColumnRead, How, Ledger, Passed, Record, Role, Satisfaction, SheetRead, State, YesNo};
pub use scale::{Grade, Scale};
