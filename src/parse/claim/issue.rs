//! The day on which a report says that an act was issued: `《甲方案》（甲政发〔2021〕7号）于5月印发`.

use crate::document::{Citation, Span};
use regex::Regex;
use std::sync::LazyLock;

static ISSUED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[》）)，,\s]*(?:已)?于(?P<date>(?:(?P<y>(?:19|20)\d{2})\s*年|今年|当年)?\s*(?P<m>\d{1,2})\s*月(?:份|初|底|[上中下]旬)?\s*(?:(?P<d>\d{1,2})\s*日)?)(?:正式)?(?:印发|出台|发布|公布|颁布|制定出台)",
    )
    .expect("a constant pattern")
});

/// A day of issue as printed; the numbers need not be those of any calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issue {
    /// As printed, in the report.
    pub span: Span,
    /// The year, where it is printed.
    pub year: Option<u16>,
    /// The month.
    pub month: u8,
    /// The day, where it is printed.
    pub day: Option<u8>,
}

/// The day of issue that stands behind `act` and before byte `end`.
pub fn issued(text: &str, act: &Citation, end: usize) -> Option<Issue> {
    let captures = ISSUED.captures(text.get(act.span.end..end)?)?;
    let printed = captures.name("date")?;
    let number = |name: &str| captures.name(name).and_then(|m| m.as_str().parse::<u16>().ok());
    let small = |name: &str| number(name).and_then(|n| u8::try_from(n).ok());
    let span = Span::new(printed.start(), printed.end()).shift(act.span.end);
    Some(Issue { span, year: number("y"), month: small("m")?, day: small("d") })
}
