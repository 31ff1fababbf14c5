//! Dates whose month or day may be unknown, as official texts print them.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A date of the Gregorian calendar; month and day may be unknown. Written `2023`, `2023-05` or `2023-05-02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl Date {
    /// A date; `None` where the month or day cannot exist, or a day is given without its month.
    pub fn new(year: u16, month: impl Into<Option<u8>>, day: impl Into<Option<u8>>) -> Option<Self> {
        let (month, day) = (month.into(), day.into());
        let valid = match (month, day) {
            (None, None) => true,
            (None, Some(_)) => false,
            (Some(m), None) => (1..=12).contains(&m),
            (Some(m), Some(d)) => (1..=12).contains(&m) && (1..=days_of(year, m)).contains(&d),
        };
        (valid && (1900..=2199).contains(&year)).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, where known.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, where known.
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// The earliest day it can mean, as `(year, month, day)`.
    pub fn first(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The latest day it can mean, as `(year, month, day)`.
    pub fn last(self) -> (u16, u8, u8) {
        let month = self.month.unwrap_or(12);
        (self.year, month, self.day.unwrap_or_else(|| days_of(self.year, month)))
    }

    /// Which of two dates comes first; `None` where what is unknown of them leaves it open.
    /// Two fully known equal days are [`Ordering::Equal`].
    pub fn order(self, other: Self) -> Option<Ordering> {
        if self.last() < other.first() {
            Some(Ordering::Less)
        } else if other.last() < self.first() {
            Some(Ordering::Greater)
        } else if self.first() == self.last() && self == other {
            Some(Ordering::Equal)
        } else {
            None
        }
    }
}

fn days_of(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(400) || (year.is_multiple_of(4) && !year.is_multiple_of(100)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |m| write!(f, "-{m:02}"))?;
        self.day.map_or(Ok(()), |d| write!(f, "-{d:02}"))
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a date of the form 2023, 2023-05 or 2023-05-02");
        let mut parts = text.split('-');
        let year = parts.next().and_then(|y| y.parse().ok()).ok_or_else(wrong)?;
        let month = parts.next().map(str::parse).transpose().map_err(|_| wrong())?;
        let day = parts.next().map(str::parse).transpose().map_err(|_| wrong())?;
        if parts.next().is_some() {
            return Err(wrong());
        }
        Self::new(year, month, day).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_day_leaves_the_order_open_within_the_month() {
        let may: Date = "2023-05".parse().unwrap();
        assert_eq!(may.order("2023-05-02".parse().unwrap()), None);
        assert_eq!(may.order("2023-06-01".parse().unwrap()), Some(Ordering::Less));
    }

    #[test]
    fn impossible_days_are_refused() {
        assert!("2023-02-29".parse::<Date>().is_err());
        assert!("2024-02-29".parse::<Date>().is_ok());
        assert!("2023-13".parse::<Date>().is_err());
    }
}
