//! Heads: heading lines, run-in heads that end at the first 。, 第一条（标题）, and the introducing sentence before a list.

use super::line::Line;
use crate::document::Span;
use crate::parse::heading::Style;

/// The most characters a run-in head may have.
const RUN_IN: usize = 30;
/// The most characters a heading line may have.
const HEADING: usize = 50;

/// The head of an item's line and whether the line says nothing beyond it.
///
/// `continued` is whether what follows (a paragraph, a list) can be its body.
pub(super) fn of_item(text: &str, line: &Line, continued: bool) -> (Option<Span>, bool) {
    let body = line.body();
    let words = body.of(text);
    if line.style() == Some(Style::Article) {
        return of_article(text, body);
    }
    match words.find(['。', '；', ';', '！', '？']) {
        // 引导降费让利。… or a sentence that is the whole item.
        Some(at) => {
            let rest = words[at..].chars().skip(1).any(|c| !c.is_whitespace());
            let sentence = words[at..].starts_with('。');
            let short = words[..at].chars().count() <= RUN_IN && words[..at].matches(['，', ',']).count() <= 2;
            match (rest, sentence && short) {
                (true, true) => (Some(Span::new(body.start, body.start + at).trim(text)), false),
                (false, true) if continued => (Some(Span::new(body.start, body.start + at).trim(text)), true),
                _ => (colon(text, body), false),
            }
        }
        None if words.ends_with(['：', ':', '，', ',']) => (None, false),
        None => {
            let whole = line.chars <= HEADING || structural(line.style());
            if whole { (Some(body), true) } else { (colon(text, body), false) }
        }
    }
}

/// 第一条（标题） and 第一条【标题】; a heading line of its own where an article has no sentence.
fn of_article(text: &str, body: Span) -> (Option<Span>, bool) {
    let words = body.of(text);
    for (open, close) in [('（', '）'), ('【', '】'), ('(', ')'), ('[', ']')] {
        if let Some(rest) = words.strip_prefix(open)
            && let Some(at) = rest.find(close).filter(|&at| rest[..at].chars().count() <= RUN_IN)
        {
            let start = body.start + open.len_utf8();
            let only = rest[at + close.len_utf8()..].trim().is_empty();
            return (Some(Span::new(start, start + at)), only);
        }
    }
    let heading =
        !words.is_empty() && words.chars().count() <= 20 && !words.contains(['。', '；', '：', '，', ':', ',']);
    if heading { (Some(body), true) } else { (None, words.is_empty()) }
}

/// 工作目标：到2025年…: a short head before a colon.
fn colon(text: &str, body: Span) -> Option<Span> {
    let words = body.of(text);
    let at = words.find(['：', ':'])?;
    let head = &words[..at];
    let plain = head.chars().count() <= 15 && !head.contains(['，', ',', '。', '“', '《', '、']);
    let follows = words[at..].chars().skip(1).any(|c| !c.is_whitespace());
    (plain && follows && !head.is_empty()).then(|| Span::new(body.start, body.start + at))
}

/// The run-in head of a paragraph without number: 坚持需求导向。…
pub(super) fn of_paragraph(text: &str, core: Span) -> Option<Span> {
    let words = core.of(text);
    let at = words.find(['。', '，', ',', '；'])?;
    let run_in =
        words[at..].starts_with('。') && words[..at].chars().count() <= 16 && words.len() > at + '。'.len_utf8();
    if run_in { Some(Span::new(core.start, core.start + at)) } else { colon(text, core) }
}

fn structural(style: Option<Style>) -> bool {
    matches!(style, Some(Style::Part | Style::Subpart | Style::Chapter | Style::Section))
}

/// The sentence that introduces a list, where the text ends with one (…应当具备下列条件：), at most `most` characters.
pub(super) fn introduction(text: &str, words: Span, most: usize) -> Option<Span> {
    let core = words.trim(text);
    let words = core.of(text).strip_suffix(['：', ':'])?;
    let start =
        words.rfind(['。', '；', '\n']).map_or(0, |at| at + words[at..].chars().next().map_or(0, char::len_utf8));
    let mut found = Span::new(core.start + start, core.start + words.len()).trim(text);
    while found.of(text).chars().count() > most {
        let at = found.of(text).find(['，', ','])?;
        let width = found.of(text)[at..].chars().next().map_or(0, char::len_utf8);
        found = Span::new(found.start + at + width, found.end);
    }
    (!found.is_empty()).then_some(found)
}
