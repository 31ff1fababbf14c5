//! The heading of a section of a reply, and the suggestion that it names or quotes.

use super::Part;
use crate::document::Span;

/// The most characters of a heading sentence without 建议, 问题 or 方面.
const RUN_IN: usize = 60;

/// Words that end the name of a suggestion.
const NOUNS: &[&str] = &["建议", "问题", "方面", "意见", "诉求", "提议", "事项", "情况", "请求"];

/// Whether a stretch opens with the name of a suggestion: 关于…的建议, 针对“…”的问题, 关于….
pub(super) fn names_a_suggestion(words: &str) -> bool {
    let words = words.trim_start();
    [
        "关于",
        "针对",
        "对于",
        "对您",
        "对你",
        "您提",
        "你提",
        "您们提",
        "你们提",
        "您在",
        "你们在",
        "对“",
        "所提",
        "提案所提",
        "您所提",
    ]
    .iter()
    .any(|o| words.starts_with(o))
        && heading_len(words).is_some()
}

/// The most bytes of a heading that names a suggestion.
const LONGEST: usize = 450;

/// The byte length of a heading at the start of `words`: to behind 建议 (问题, 方面), or to the first 。.
fn heading_len(words: &str) -> Option<usize> {
    let mut quotes = 0_i32;
    let mut comma = None;
    let named = |end: usize| NOUNS.iter().any(|n| words[..end].trim_end().ends_with(n));
    for (at, c) in words.char_indices().take_while(|(at, _)| *at <= LONGEST) {
        match c {
            '“' | '「' | '《' => quotes += 1,
            '”' | '」' | '》' => quotes -= 1,
            _ if quotes > 0 => {}
            '，' | ',' if named(at) => return Some(at),
            '，' | ',' => comma = comma.or(Some(at)),
            '。' | '\n' | '：' | ':' | '；' | ';' => return sentence_head(words, at, comma.filter(|_| !named(at))),
            // Two wide spaces stand for a line break in pasted texts.
            '\u{3000}' if words[at..].starts_with("\u{3000}\u{3000}") => return sentence_head(words, at, None),
            _ => {}
        }
    }
    comma.or((words.len() <= LONGEST).then_some(words.len())).filter(|&len| len > 0)
}

/// The head of a sentence of `end` bytes: the whole where it is short, else what stands before its first comma.
fn sentence_head(words: &str, end: usize, comma: Option<usize>) -> Option<usize> {
    let rest = words[end..].chars().any(char::is_alphanumeric);
    let short = words[..end].chars().count() <= 20;
    comma.filter(|_| !(short && rest)).or(Some(end)).filter(|&len| len > 0)
}

/// The heading of a part, without its marker; `None` where the part opens with its answer.
pub(super) fn heading_of(text: &str, part: &Part) -> Option<Span> {
    let words = &text[part.words..part.span.end];
    let len = heading_len(words)?;
    let heading = Span::new(part.words, part.words + len).trim(text);
    let named = names_a_suggestion(words) || NOUNS.iter().any(|n| heading.of(text).ends_with(n));
    let short = heading.of(text).chars().count() <= RUN_IN;
    let rest = words[len..].chars().any(char::is_alphanumeric);
    let named = named && heading.of(text).chars().count() <= 2 * RUN_IN;
    let clause = words[len..].starts_with(['，', ',']);
    (!heading.is_empty() && rest && (named || short && !clause && part.words > part.span.start)).then_some(heading)
}

/// Whether a span stands in quotation marks.
pub(super) fn quotes(text: &str, span: Span) -> bool {
    text[..span.start].ends_with('“') && text[span.end..].starts_with('”')
}

/// The suggestion named in a heading, without 关于, 的建议 and the quotation marks around the whole.
pub(super) fn named(text: &str, heading: Span) -> Option<Span> {
    let words = heading.of(text);
    let mut start = 0;
    for opening in ["关于", "针对", "对于", "对"] {
        if words.starts_with(opening) {
            start = opening.len();
            break;
        }
    }
    for opening in [
        "您们",
        "你们",
        "您",
        "你",
        "贵委",
        "贵单位",
        "委员",
        "提案中",
        "提案",
        "所提的",
        "所提",
        "中",
        "所",
        "提出的",
        "提出",
        "提及的",
        "反映的",
        "建议的",
    ] {
        start += words[start..].strip_prefix(opening).map_or(0, |_| opening.len());
    }
    if start == 0 && !NOUNS.iter().any(|n| words.ends_with(n)) {
        return None;
    }
    let mut end = words.len();
    let noun = NOUNS.iter().filter(|n| **n != "情况").find(|n| words[start..].ends_with(**n));
    if let Some(noun) = noun {
        end -= noun.len();
        end -= if words[start..end].ends_with('的') { '的'.len_utf8() } else { 0 };
    }
    let span = Span::new(heading.start + start, heading.start + end).trim(text);
    let inner = span.of(text);
    let whole =
        inner.strip_prefix('“').and_then(|w| w.strip_suffix('”')).filter(|w| !w.contains(['“', '”']) || balanced(w));
    let mark = '“'.len_utf8();
    let span = if whole.is_some() { Span::new(span.start + mark, span.end - mark) } else { span };
    (!span.trim(text).is_empty()).then(|| span.trim(text))
}

/// Whether the quotation marks inside `words` open before they close: “a”和“b” does not when its outer marks are gone.
fn balanced(words: &str) -> bool {
    let mut depth = 0;
    words.chars().all(|c| {
        depth += i32::from(c == '“') - i32::from(c == '”');
        depth >= 0
    })
}

/// 提出的“…”的建议 in the first sentences of an answer.
pub(super) fn quoted_in_answer(text: &str, answer: Span) -> Option<Span> {
    let words = answer.of(text);
    let at = ["提出的“", "提出“", "所提“", "所提的“"].iter().filter_map(|cue| words.find(cue)).min()?;
    if words[..at].chars().count() > 60 {
        return None;
    }
    let open = at + words[at..].find('“')? + '“'.len_utf8();
    let close = open + words[open..].find('”')?;
    let after = &words[close + '”'.len_utf8()..];
    let named = NOUNS.iter().any(|n| after.strip_prefix('的').unwrap_or(after).starts_with(n))
        || after.starts_with(['，', ',']);
    (named && close > open).then(|| Span::new(open, close).shift(answer.start))
}
