//! The stretch of a hit to show, around what was wanted.

use crate::document::Span;

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
    use crate::search::finder::{Finder, spans};
    use crate::search::pattern::Pattern;
    use crate::segment::{Segmenter, normalise};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(None).unwrap());

    fn marked(text: &str, wanted: &[&str]) -> Vec<Span> {
        let finder = Finder::Strings(wanted.iter().filter_map(|w| Pattern::new(w)).collect());
        spans(text, &[&finder], &SEGMENTER)
    }

    fn highlighted<'a>(text: &'a str, wanted: &[&str]) -> Vec<&'a str> {
        marked(text, wanted).iter().map(|s| s.of(text)).collect()
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
        let shown = window(&text, &marked(&text, &["担保"]), 20);
        assert!(shown.of(&text).ends_with("担保和担保"));
    }

    proptest! {
        #[test]
        fn every_highlight_reads_as_what_was_wanted(text in "[中小企業业 \u{200b}，a-cＡ]{0,40}", wanted in "[中小企业ab]{1,3}") {
            let found = marked(&text, &[&wanted]);
            let plain = |text: &str| normalise(text).text().to_ascii_lowercase();
            for span in &found {
                prop_assert!(plain(span.of(&text)).contains(&plain(&wanted)));
            }
            prop_assert!(found.windows(2).all(|w| w[0].end <= w[1].start));
            prop_assert!(found.iter().all(|s| !s.is_empty()));
            prop_assert_eq!(found.is_empty(), !plain(&text).contains(&plain(&wanted)));
            let shown = window(&text, &found, 10);
            prop_assert!(shown.of(&text).chars().count() <= 10);
        }

        #[test]
        fn what_is_highlighted_is_what_reading_character_by_character_finds(text in "[中小企業业 \u{200b}，a-cＡ]{0,40}", wanted in "[中小企业ab]{1,3}") {
            let form = normalise(&text);
            let chars: Vec<char> = form.text().to_ascii_lowercase().chars().collect();
            let string: Vec<char> = wanted.chars().collect();
            let mut covered = vec![false; chars.len()];
            for start in 0..(chars.len() + 1).saturating_sub(string.len()) {
                if chars[start..start + string.len()] == string[..] {
                    covered[start..start + string.len()].fill(true);
                }
            }
            let found = marked(&text, &[&wanted]);
            for (i, covered) in covered.iter().enumerate() {
                let at = form.span_of_chars(i, i + 1).start;
                prop_assert_eq!(found.iter().any(|s| s.start <= at && at < s.end), *covered, "{:?} at {}", &text, at);
            }
        }

        #[test]
        fn a_highlight_alone_is_found_again(text in "[金融惠企服务张三丰，。a ]{0,30}", kind in 0_usize..4) {
            let finder = match kind {
                0 => Finder::Wild(crate::search::wild::Wild::new("金?服").unwrap()),
                1 => Finder::Wild(crate::search::wild::Wild::new("金*务").unwrap()),
                2 => Finder::Wild(crate::search::wild::Wild::new("惠*").unwrap()),
                _ => Finder::Fuzzy(crate::search::fuzzy::Fuzzy::new("张三丰", 1).unwrap()),
            };
            let found = spans(&text, &[&finder], &SEGMENTER);
            prop_assert!(found.windows(2).all(|w| w[0].end <= w[1].start));
            for span in found {
                prop_assert!(!spans(span.of(&text), &[&finder], &SEGMENTER).is_empty(), "{}", span.of(&text));
            }
        }
    }
}
