//! Byte ranges into a document's original text.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open byte range into the original text of a document; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an end before the start gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The text it stands for.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Bytes that both cover.
    pub fn overlap(self, other: Span) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Intersection over union (Jaccard 1912), 0 to 1; 0 where both are empty.
    pub fn iou(self, other: Span) -> f64 {
        let shared = self.overlap(other);
        let union = self.len() + other.len() - shared;
        if union == 0 { 0.0 } else { shared as f64 / union as f64 }
    }

    /// The same span moved `offset` bytes to the right: from a piece of a text into the whole.
    pub fn shift(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// The span of `piece` inside `whole`.
    ///
    /// # Panics
    /// When `piece` is not a subslice of `whole`.
    pub fn within(whole: &str, piece: &str) -> Self {
        let start = (piece.as_ptr() as usize).checked_sub(whole.as_ptr() as usize);
        let start = start.filter(|s| s + piece.len() <= whole.len());
        let start = start.unwrap_or_else(|| panic!("the piece is not part of the text"));
        Self { start, end: start + piece.len() }
    }

    /// The span without white space at either end.
    pub fn trim(self, text: &str) -> Self {
        let piece = self.of(text);
        let start = self.start + (piece.len() - piece.trim_start().len());
        Self::new(start, start + piece.trim().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intersection_over_union_counts_shared_bytes() {
        assert_eq!(Span::new(0, 4).iou(Span::new(2, 6)), 2.0 / 6.0);
        assert_eq!(Span::new(0, 2).iou(Span::new(2, 4)), 0.0);
    }

    #[test]
    fn trim_takes_off_ideographic_spaces() {
        let text = "\u{3000}甲乙 \n";
        assert_eq!(Span::new(0, text.len()).trim(text).of(text), "甲乙");
    }
}
