//! What is looked for in a text, whatever its form: where it stands, and which records of a segment can have it.

use super::bits::Bits;
use super::fuzzy::Fuzzy;
use super::near::Near;
use super::pattern::Pattern;
use super::segment::Segment;
use super::text::Text;
use super::wild::Wild;
use crate::Result;
use crate::document::Span;
use crate::segment::Segmenter;
use std::ops::Range;
use tantivy::schema::Field;

/// Something to be found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Finder {
    /// Any of these strings.
    Strings(Vec<Pattern>),
    /// A string with gaps.
    Wild(Wild),
    /// A name that may be misprinted.
    Fuzzy(Fuzzy),
    /// Things near each other.
    Near(Near),
    /// Any of these.
    Any(Vec<Finder>),
}

impl Finder {
    /// Where it stands: ranges of characters of the normal form, which may overlap.
    pub(super) fn find_in(&self, text: &Text<'_>) -> Vec<Range<usize>> {
        match self {
            Self::Strings(patterns) => patterns.iter().flat_map(|p| p.find_in(&text.chars)).collect(),
            Self::Wild(wild) => wild.find_in(text),
            Self::Fuzzy(fuzzy) => fuzzy.find_in(text).into_iter().map(|(range, _)| range).collect(),
            Self::Near(near) => near.find_in(text),
            Self::Any(all) => all.iter().flat_map(|f| f.find_in(text)).collect(),
        }
    }

    /// How much of it stands in a text: occurrences, of which a misprinted one counts for less.
    pub(super) fn weight_in(&self, text: &Text<'_>) -> f64 {
        match self {
            Self::Fuzzy(fuzzy) => fuzzy.find_in(text).iter().map(|(_, edits)| 1.0 / (1 + 2 * edits) as f64).sum(),
            Self::Near(near) => near.find_in(text).len() as f64 / near.parts.len() as f64,
            other => other.find_in(text).len() as f64,
        }
    }

    /// The records whose `field` of bigrams may have it: all that have it, and perhaps others.
    pub(super) fn candidates(&self, segment: &Segment<'_>, field: Field) -> Result<Bits> {
        let any = |patterns: &[Pattern]| segment.any(field, patterns);
        let all = |patterns: Vec<Pattern>| {
            let and = |all: Bits, p: &Pattern| any(std::slice::from_ref(p)).map(|found| all.and(&found));
            patterns.iter().try_fold(segment.alive.clone(), and)
        };
        match self {
            Self::Strings(patterns) => any(patterns),
            Self::Wild(wild) => all(wild.parts()),
            Self::Fuzzy(fuzzy) => any(&fuzzy.parts()),
            Self::Near(near) => {
                let and = |all: Bits, part: &Self| part.candidates(segment, field).map(|found| all.and(&found));
                near.parts.iter().try_fold(segment.alive.clone(), and)
            }
            Self::Any(parts) => {
                let or = |all: Bits, part: &Self| part.candidates(segment, field).map(|found| all.or(&found));
                parts.iter().try_fold(Bits::none(segment.max_doc()), or)
            }
        }
    }
}

/// The spans of `text` where one of `finders` stands: rising, parted, each non-empty. Those that overlap are one; those that
/// only touch stay two, since they are two occurrences.
pub(super) fn spans(text: &str, finders: &[&Finder], segmenter: &Segmenter) -> Vec<Span> {
    if finders.is_empty() {
        return Vec::new();
    }
    let view = Text::new(text, segmenter);
    let mut found: Vec<Range<usize>> = finders.iter().flat_map(|f| f.find_in(&view)).collect();
    found.sort_unstable_by_key(|r| (r.start, r.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged.iter().map(|range| view.span(range)).collect()
}
