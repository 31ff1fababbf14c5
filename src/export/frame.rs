//! The frame of every HTML report: head, style, script, masthead, the banner over sample texts, the bar that stays on top,
//! and the pieces that reports share (badges, tiles, texts with highlighted evidence).
//!
//! A page is self-contained: no request leaves it. It is complete without its script, on paper and without colours.
//!
//! Classes that `frame.css` knows: tones `good part prior topic none warn` (set them on `.badge .tile .chip .card .meter`);
//! `.group` (a section with `header`), `.card` (`header`, then `.pair`, `.inner` or `details`), `.pair > .sides > .side` (two texts),
//! `.text` (words of a document), `.facts`, `.ties > .tie` (one evidence pair), `.scroll > table`, `.note`, `.quiet`.
//! What `frame.js` does: a control with `data-filter="KEY"` (a `button.chip` with `data-value`, or a `select`) hides every
//! `[data-item]` whose `data-KEY` (values apart by spaces) lacks it; empty `[data-group]` go too; `data-e` lights pairs.

use crate::document::{Lang, Span};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What a page is made of.
pub(crate) struct Page<'a> {
    /// The language of the page.
    pub(crate) lang: Lang,
    /// The title, also of the browser's tab.
    pub(crate) title: &'a str,
    /// One paragraph under the title: what the run covered.
    pub(crate) lead: Markup,
    /// Whether sample (fictional) documents take part.
    pub(crate) sample: bool,
    /// Figures under the masthead: [`tiles`], or anything of the report's own.
    pub(crate) summary: Markup,
    /// Filters in the bar that stays on top; `None` for a page without.
    pub(crate) tools: Option<Markup>,
    /// The report itself.
    pub(crate) body: Markup,
}

/// The word for `lang`.
pub(crate) fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The warning that every report on sample documents carries, in any format.
pub(crate) fn sample_notice(lang: Lang) -> &'static str {
    pick(
        lang,
        "样本文本：所依据的材料中有虚构的示例文件，结果只作演示，不反映任何真实提案或政策。",
        "Sample texts: some of the documents behind this report are fiction; its findings are a demonstration, not facts.",
    )
}

/// What a text comparison can say and what not; stands at the end of every report.
pub(crate) fn caution(lang: Lang) -> &'static str {
    pick(
        lang,
        "本报告由文本比对生成：相近的文字是线索，不是结论；可信度是按已标注样本校准的概率估计，采纳与否请人工复核。",
        "This report compares texts: shared wording is a lead, not a proof. Scores are probabilities calibrated on labelled samples; a person should review every link.",
    )
}

/// The whole page of a report that compares texts.
pub(crate) fn page(page: Page<'_>) -> String {
    let lang = page.lang;
    let closing = html! {
        p { (caution(lang)) }
        p.needs-js { (pick(lang, "点按高亮文字或依据，可对照查看另一侧的对应文字。", "Click a highlight or a piece of evidence to see its partner in the other text.")) }
    };
    closed(page, closing)
}

/// The whole page as HTML, with `closing` at its end.
pub(crate) fn closed(page: Page<'_>, closing: Markup) -> String {
    let lang = page.lang;
    let markup = html! {
        (DOCTYPE)
        html lang=(pick(lang, "zh-CN", "en")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("suyuan ", env!("CARGO_PKG_VERSION")));
                title { (page.title) }
                style { (PreEscaped(include_str!("frame.css"))) }
            }
            body {
                a.skip href="#report" { (pick(lang, "跳到正文", "Skip to the report")) }
                @if page.sample {
                    div.sample role="note" { div.wrap { p { (sample_notice(lang)) } } }
                }
                header.masthead {
                    div.wrap {
                        span.mark { "溯源 SUYUAN" }
                        h1 { (page.title) }
                        p.lead { (page.lead) }
                    }
                }
                div.wrap { (page.summary) }
                @if let Some(tools) = page.tools {
                    div.tools { div.wrap { (tools) } }
                }
                main #report { div.wrap { (page.body) } }
                footer.foot {
                    div.wrap {
                        (closing)
                    }
                }
                script { (PreEscaped(include_str!("frame.js"))) }
            }
        }
    };
    markup.into_string()
}

/// One figure of a summary.
pub(crate) struct Tile<'a> {
    /// The tone: `good`, `part`, `prior`, `topic`, `none`, `warn`, or empty.
    pub(crate) tone: &'a str,
    /// How many.
    pub(crate) count: usize,
    /// Of what.
    pub(crate) label: &'a str,
}

/// Figures side by side, and their shares as one bar.
pub(crate) fn tiles(tiles: &[Tile<'_>]) -> Markup {
    let total: usize = tiles.iter().map(|t| t.count).sum();
    html! {
        ul.tiles {
            @for t in tiles { li class={ "tile " (t.tone) } { b { (t.count) } span { (t.label) } } }
        }
        @if total > 0 {
            div.shares aria-hidden="true" {
                @for t in tiles.iter().filter(|t| t.count > 0) { i class=(t.tone) style={ "flex:" (t.count) } {} }
            }
        }
    }
}

/// A chip of the bar: counts what it stands for and, with the script, filters by `key` = `value`.
pub(crate) fn chip(tone: &str, key: &str, value: &str, label: &str, count: usize) -> Markup {
    html! { button type="button" class={ "chip " (tone) } data-filter=(key) data-value=(value) aria-pressed="false" { (label) " " b { (count) } } }
}

/// A list to choose from in the bar; `(value, label)` each. `all` is the label for no choice.
pub(crate) fn choice(key: &str, all: &str, options: &[(String, String)]) -> Markup {
    html! {
        @if options.len() > 1 {
            select.needs-js data-filter=(key) aria-label=(all) {
                option value="" { (all) }
                @for (value, label) in options { option value=(value) { (label) } }
            }
        }
    }
}

/// A verdict's word in its tone.
pub(crate) fn badge(tone: &str, label: &str) -> Markup {
    html! { span class={ "badge " (tone) } { (label) } }
}

/// A score between 0 and 1 as a bar and a number with two decimals.
pub(crate) fn meter(tone: &str, score: f64) -> Markup {
    html! {
        span class={ "meter " (tone) } aria-hidden="true" { i style={ "width:" (format!("{:.0}", score * 100.0)) "%" } {} }
        strong.num { (format!("{score:.2}")) }
    }
}

/// Something highlighted in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Highlight {
    /// Where, in bytes of the text shown.
    pub(crate) span: Span,
    /// The one-based number of the evidence pair; `None` for a part that found no partner.
    pub(crate) number: Option<usize>,
}

/// `text` with its highlights. Pieces may overlap: the lower number gives the colour, and all of them light up together.
/// The number of a pair is printed before its first piece by the style sheet, so that copied text stays verbatim.
/// Spans that lie outside `text` or inside a character are clipped or left out.
pub(crate) fn marked(text: &str, highlights: &[Highlight]) -> Markup {
    let clipped: Vec<Highlight> = highlights.iter().filter_map(|h| clip(text, *h)).collect();
    let mut cuts: Vec<usize> = clipped.iter().flat_map(|h| [h.span.start, h.span.end]).chain([0, text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for pair in cuts.windows(2) { (piece(text, Span::new(pair[0], pair[1]), &clipped)) }
    }
}

/// The class of the evidence pair of this one-based number: the strongest six have a colour, the rest a thin line.
pub(crate) fn colour(number: usize) -> &'static str {
    ["e1", "e2", "e3", "e4", "e5", "e6"].get(number.wrapping_sub(1)).copied().unwrap_or("weak")
}

fn clip(text: &str, highlight: Highlight) -> Option<Highlight> {
    let span = Span::new(highlight.span.start, highlight.span.end.min(text.len()));
    let whole = text.is_char_boundary(span.start.min(text.len())) && text.is_char_boundary(span.end);
    (whole && span.start < span.end).then_some(Highlight { span, ..highlight })
}

fn piece(text: &str, span: Span, highlights: &[Highlight]) -> Markup {
    let over: Vec<&Highlight> = highlights.iter().filter(|h| h.span.contains(span)).collect();
    let mut numbers: Vec<usize> = over.iter().filter_map(|h| h.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let words = span.of(text);
    let Some(first) = numbers.first() else {
        return html! { @if over.is_empty() { (words) } @else { span.gap { (words) } } };
    };
    let begins = |n: &usize| over.iter().any(|h| h.number == Some(*n) && h.span.start == span.start);
    let printed = numbers.iter().filter(|n| begins(n)).map(usize::to_string).collect::<Vec<_>>().join(" ");
    let all = numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
    html! {
        mark class=(colour(*first)) data-e=(all) data-n=[(!printed.is_empty()).then_some(printed)] { (words) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: usize, end: usize, number: usize) -> Highlight {
        Highlight { span: Span::new(start, end), number: Some(number) }
    }

    #[test]
    fn overlapping_highlights_are_cut_into_pieces_that_keep_every_character() {
        let html = marked("甲乙丙丁", &[at(0, 6, 1), at(3, 9, 2)]).into_string();
        insta::assert_snapshot!(html, @r#"<mark class="e1" data-e="1" data-n="1">甲</mark><mark class="e1" data-e="1 2" data-n="2">乙</mark><mark class="e2" data-e="2">丙</mark>丁"#);
    }

    #[test]
    fn a_highlight_outside_the_text_is_clipped_and_one_inside_a_character_is_left_out() {
        let html = marked("甲<乙", &[at(4, 99, 1), at(1, 3, 2)]).into_string();
        assert_eq!(html, r#"甲&lt;<mark class="e1" data-e="1" data-n="1">乙</mark>"#);
    }

    #[test]
    fn a_page_is_self_contained_and_warns_over_sample_texts() {
        let make = |sample| {
            let (lead, summary, body) = (html! {}, html! {}, html! { p { "正文" } });
            page(Page { lang: Lang::Zh, title: "题", lead, sample, summary, tools: None, body })
        };
        let html = make(true);
        assert!(html.contains("样本文本") && !make(false).contains("样本文本"));
        assert!(!html.contains("http"), "a page must not reach out");
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"zh-CN\">"));
    }
}
