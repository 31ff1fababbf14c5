//! Where in a hit the wanted strings stand, as spans of the original text, merged; and the stretch around them to show.

use super::pattern::{Pattern, chars_of};
use crate::document::Span;
use crate::segment::normalise;

/// The spans of `text` where one of the patterns stands: rising, parted, each non-empty. Those that overlap are one; those that
/// only touch stay two, since they are two occurrences.
pub(super) fn spans(text: &str, patterns: &[Pattern]) -> Vec<Span> {
    let form = normalise(text);
    let chars = chars_of(&form);
    let mut found: Vec<(usize, usize)> = patterns.iter().flat_map(|p| p.find_in(&chars)).collect();
    found.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (start, end) in found {
        match merged.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged.into_iter().map(|(start, end)| form.span_of_chars(start, end)).collect()
}

/// The stretch of `text` of at most `most` characters that shows most highlighted characters; the first of equals. It
/// begins a little before its first highlight.
pub fn window(text: &str, highlights: &[Span], most: usize) -> Span {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let count = bounds.len() - 1;
    if count <= most {
        return Span::new(0, text.len());
    }
    let lead = most / 5;
    let index = |byte: usize| bounds.partition_point(|&b| b < byte);
    let mut best = (0, 0);
    for first in highlights {
        let start = index(first.start).saturating_sub(lead).min(count - most);
        let shown = Span::new(bounds[start], bounds[start + most]);
        let seen: usize = highlights.iter().map(|h| h.overlap(shown)).sum();
        if seen > best.0 {
            best = (seen, start);
        }
    }
    let cut = highlights.iter().find(|h| h.start < bounds[best.1] && bounds[best.1] < h.end);
    let start = cut.map_or(best.1, |h| index(h.start)); // no highlight is cut at the front
    Span::new(bounds[start], bounds[start + most])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn highlighted<'a>(text: &'a str, wanted: &[&str]) -> Vec<&'a str> {
        let patterns: Vec<_> = wanted.iter().filter_map(|w| Pattern::new(w)).collect();
        spans(text, &patterns).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn highlights_are_those_of_the_original() {
        assert_eq!(highlighted("扶持中\u{200b}小企業、中小企业", &["小企业"]), ["小企業", "小企业"]);
        assert_eq!(highlighted("推廣 ＡＰＰ 和app", &["app"]), ["ＡＰＰ", "app"]);
    }

    #[test]
    fn overlapping_highlights_merge() {
        assert_eq!(highlighted("政府性融资担保机构", &["融资担保", "担保机构"]), ["融资担保机构"]);
    }

    #[test]
    fn touching_highlights_stay_two() {
        assert_eq!(highlighted("担保担保", &["担保"]), ["担保", "担保"]);
    }

    #[test]
    fn the_window_shows_the_densest_place() {
        let text = format!("担保{}担保和担保", "略".repeat(100));
        let shown = window(&text, &spans(&text, &[Pattern::new("担保").unwrap()]), 20);
        assert!(shown.of(&text).ends_with("担保和担保"));
    }

    proptest! {
        #[test]
        fn every_highlight_reads_as_what_was_wanted(text in "[中小企業业 \u{200b}，a-cＡ]{0,40}", wanted in "[中小企业ab]{1,3}") {
            let pattern = Pattern::new(&wanted).unwrap();
            let found = spans(&text, std::slice::from_ref(&pattern));
            for span in &found {
                prop_assert!(!pattern.find_in(&chars_of(&normalise(span.of(&text)))).is_empty());
            }
            prop_assert!(found.windows(2).all(|w| w[0].end <= w[1].start));
            prop_assert_eq!(found.is_empty(), pattern.find_in(&chars_of(&normalise(&text))).is_empty());
            let shown = window(&text, &found, 10);
            prop_assert!(shown.of(&text).chars().count() <= 10);
        }
    }
}
