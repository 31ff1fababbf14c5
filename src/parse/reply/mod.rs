//! Sections of replies (答复): which suggestion each answers, as quoted or named, and the answer.
//!
//! Takes the text of a reply and gives its [`ReplySection`]s, the suggestions it restates (一、提案的主要内容) and the proposal it
//! answers. A reply without headings is one section. Refuses nothing; what frames the answer (title, 收悉, thanks, signature)
//! belongs to no section.

mod heading;
#[cfg(test)]
mod tests;

use super::citation::proposal_refs;
use super::heading::{Marker, Style, inline, marker};
use crate::document::{ProposalRef, ReplySection, Span};
use heading::{heading_of, named, names_a_suggestion, quoted_in_answer, quotes};

/// The answering sections of a reply, in order; they do not overlap.
pub fn sections(text: &str) -> Vec<ReplySection> {
    let body = body(text);
    let parts = parts(text, body);
    let answers = parts.into_iter().filter(|p| !restates(text, p));
    let found = answers.filter(|p| !p.span.is_empty()).enumerate();
    found.map(|(i, part)| section(text, i + 1, &part)).collect()
}

/// The suggestions that a reply repeats under 提案的主要内容, as stretches of its text.
pub fn restated(text: &str) -> Vec<Span> {
    let body = body(text);
    let parts = top(text, body);
    let own = parts.iter().filter(|p| restates(text, p));
    own.flat_map(|part| {
        let inner = Span::new(heading_of(text, part).map_or(part.words, |h| h.end), part.span.end);
        let list = list(text, inner);
        if list.is_empty() { vec![inner.trim(text)] } else { list.iter().map(|p| p.span).collect() }
    })
    .filter(|s| s.of(text).chars().any(char::is_alphanumeric))
    .collect()
}

/// The proposal a reply answers: the first that its title or opening names.
pub fn answered(text: &str) -> Option<ProposalRef> {
    let opening = Span::new(0, body(text).start);
    let refs = proposal_refs(opening.of(text));
    let number = refs.iter().find_map(|r| r.number.clone());
    let title = refs.iter().find_map(|r| r.title.clone());
    refs.first().map(|first| ProposalRef { span: first.span, number, title })
}

/// A numbered or headed part of the body.
#[derive(Debug, Clone, Copy)]
struct Part {
    span: Span,
    /// Where its words begin, after the marker.
    words: usize,
}

/// The answer proper: from 现答复如下 to the thanks.
fn body(text: &str) -> Span {
    let start = opening_end(text);
    let mut end = text.len();
    // Lines of the frame at the end.
    while let Some(line) = text[start..end].trim_end().rsplit('\n').next().filter(|l| !l.trim().is_empty()) {
        let line_start = start + text[start..end].trim_end().len() - line.len();
        if !closes(line.trim()) {
            break;
        }
        end = line_start;
    }
    let mut body = Span::new(start, end).trim(text);
    // 感谢您… at the end of the last paragraph.
    for thanks in ["感谢您", "感谢你", "感谢贵", "衷心感谢", "再次感谢", "非常感谢", "特此答复", "专此函复", "以上答复"]
    {
        if let Some(at) = body.of(text).rfind(thanks)
            && body.of(text)[..at].ends_with(['。', '！', '；', '\n', '\u{3000}', ' '])
            && body.of(text)[at..].chars().count() < 120
            && at > 0
        {
            body = Span::new(body.start, body.start + at).trim(text);
        }
    }
    body
}

/// The byte after 现答复如下： or, where there is none, after the salutation or 收悉.
fn opening_end(text: &str) -> usize {
    let limit = text.char_indices().nth(1200).map_or(text.len(), |(at, _)| at);
    let head = &text[..limit];
    for cue in ["如下"] {
        let mut from = 0;
        while let Some(at) = head[from..].find(cue).map(|at| from + at) {
            let after = at + cue.len();
            from = after;
            let before = &head[..at];
            let sentence = &before
                [before.rfind(['。', '\n']).map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8))..];
            let hands = ["答复", "函复", "回复", "复函", "办理情况", "有关情况", "意见", "报告", "说明", "汇报"]
                .iter()
                .any(|w| sentence.contains(w));
            let tail = &text[after..];
            let skip = bracket_len(tail);
            let stop = tail[skip..].chars().next();
            if hands && matches!(stop, Some('：' | ':' | '。' | '，' | ',' | '\n')) {
                return after + skip + stop.map_or(0, char::len_utf8);
            }
        }
    }
    if let Some(at) = head.find("收悉") {
        let rest = &text[at..];
        return at
            + rest
                .find(['。', '，', '\n'])
                .map_or("收悉".len(), |i| i + rest[i..].chars().next().map_or(0, char::len_utf8));
    }
    let mut at = 0;
    for line in head.split_inclusive('\n').take(8) {
        let core = line.trim();
        let frames = core.is_empty()
            || core.ends_with(['：', ':']) && core.chars().count() < 60
            || core.chars().count() < 60 && !core.ends_with('。');
        if !frames {
            break;
        }
        at += line.len();
    }
    if text[at..].trim().is_empty() { 0 } else { at }
}

/// （办理结果：B） between 如下 and its colon.
fn bracket_len(tail: &str) -> usize {
    if !tail.starts_with(['(', '（']) {
        return 0;
    }
    let close = tail.char_indices().take(30).find(|(_, c)| matches!(c, ')' | '）'));
    close.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Whether a line at the end frames the reply: thanks, signature, date, contact, result.
fn closes(line: &str) -> bool {
    let words: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    const OPENINGS: &[&str] = &[
        "感谢",
        "衷心感谢",
        "再次感谢",
        "非常感谢",
        "最后，感谢",
        "办理结果",
        "类别",
        "联系人",
        "联系电话",
        "联系单位",
        "（联系",
        "(联系",
        "承办人",
        "附件",
        "抄送",
        "此复",
        "特此",
        "专此",
        "以上答复",
        "如有",
        "如您",
        "如对",
        "主动公开",
        "公开属性",
        "（此件",
        "(此件",
        "（本文",
        "(本文",
        "（公开",
        "欢迎您",
        "签发",
        "领导签",
        "经办人",
        "办理类型",
        "办理类别",
        "是否公开",
        "答复类别",
    ];
    let short = words.chars().count() <= 28 && !words.contains(['。', '；', '，', '：', ':']);
    const FIELDS: &[&str] = &["类别", "类 别", "办理结果", "公开:", "公开：", "联系电话"];
    let fields = words.chars().count() <= 60 && !words.contains('。') && FIELDS.iter().any(|f| words.contains(f));
    words.is_empty()
        || fields
        || short && marker(line).is_none()
        || OPENINGS.iter().any(|o| words.starts_with(o)) && words.chars().count() < 160
}

/// The answering parts: the outermost list, or the list beneath 办理情况, or the paragraphs that begin with 关于….
fn parts(text: &str, body: Span) -> Vec<Part> {
    let outer = top(text, body);
    let mut found = Vec::new();
    for part in &outer {
        let inner = Span::new(heading_of(text, part).map_or(part.words, |h| h.end), part.span.end);
        let below = if restates(text, part) { Vec::new() } else { list(text, inner) };
        let about = below.iter().filter(|p| names_a_suggestion(&text[p.words..p.span.end])).count();
        // 二、办理情况 and the like only wrap what answers; so does a part whose items each name a suggestion.
        if below.len() >= 2 && (about * 2 > below.len() || wraps(text, part)) {
            found.extend(below);
        } else {
            found.push(*part);
        }
    }
    found
}

/// The outermost parts of the body.
fn top(text: &str, body: Span) -> Vec<Part> {
    let numbered = list(text, body);
    if !numbered.is_empty() {
        return numbered;
    }
    let headed = headed(text, body);
    if !headed.is_empty() {
        return headed;
    }
    vec![Part { span: body, words: body.start }]
}

/// The parts of the list that begins first inside `span`; one member is enough where it opens a line.
fn list(text: &str, span: Span) -> Vec<Part> {
    let words = span.of(text);
    let styles = [Style::Han, Style::HanParen, Style::Arabic, Style::ArabicParen, Style::Is, Style::First];
    let mut best: Vec<Marker> = Vec::new();
    for style in styles {
        let run = inline(words, style);
        let earlier = run.first().is_some_and(|m| best.first().is_none_or(|b| m.span.start < b.span.start));
        if earlier {
            best = run;
        }
    }
    if best.is_empty() {
        best.extend(words.split_inclusive('\n').find_map(|line| {
            let at = line.as_ptr() as usize - words.as_ptr() as usize;
            let found = marker(line).filter(|m| m.value == 1 && matches!(m.style, Style::Han | Style::HanParen))?;
            Some(Marker { span: found.span.shift(at), body: found.body + at, ..found })
        }));
    }
    let starts: Vec<Marker> = best;
    let ends = starts.iter().skip(1).map(|m| m.span.start).chain([words.len()]);
    let part = |(m, end): (&Marker, usize)| Part {
        span: Span::new(m.span.start, end).shift(span.start).trim(text),
        words: m.body + span.start,
    };
    starts.iter().zip(ends).map(part).collect()
}

/// The parts that open with 关于…的建议 at the start of a line or a sentence.
fn headed(text: &str, body: Span) -> Vec<Part> {
    let words = body.of(text);
    let mut starts = Vec::new();
    for (at, _) in words.match_indices("关于").chain(words.match_indices("针对")) {
        let before = words[..at].trim_end_matches([' ', '\u{3000}', '\t']);
        let opens = before.is_empty() || before.ends_with(['\n', '。', '；']);
        if opens && names_a_suggestion(&words[at..]) {
            starts.push(at);
        }
    }
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    let part = |(&start, end): (&usize, usize)| {
        let span = Span::new(start, end).shift(body.start).trim(text);
        Part { span, words: span.start }
    };
    starts.iter().zip(ends).map(part).collect()
}

/// Whether a part repeats the proposal instead of answering it.
fn restates(text: &str, part: &Part) -> bool {
    let head = &text[part.words..part.span.end];
    let line = head.split(['\n', '。', '：', ':']).next().unwrap_or_default();
    let short = line.chars().count() <= 24;
    short && ["主要内容", "建议内容", "提案内容", "提案要点", "所提建议"].iter().any(|w| line.contains(w))
}

/// Whether a part is headed 办理情况, 答复意见 or the like.
fn wraps(text: &str, part: &Part) -> bool {
    let head = &text[part.words..part.span.end];
    let line = head.split(['\n', '。', '：', ':']).next().unwrap_or_default();
    line.chars().count() <= 20
        && ["办理情况", "答复意见", "办理意见", "答复内容", "具体答复", "会办意见", "采纳情况", "落实情况"]
            .iter()
            .any(|w| line.contains(w))
}

fn section(text: &str, ordinal: usize, part: &Part) -> ReplySection {
    let heading = heading_of(text, part);
    let after = heading.map_or(part.words, |h| h.end);
    let lead = |c: char| c.is_whitespace() || matches!(c, '。' | '，' | ',' | '：' | ':' | '；');
    let words = &text[after..part.span.end];
    let answer = Span::new(after + words.len() - words.trim_start_matches(lead).len(), part.span.end);
    let quoted = heading.and_then(|h| named(text, h));
    // 关于先行试点。您提出的“先试后推”的建议…: the words in quotation marks are the proposal's own.
    let verbatim = quoted.is_none_or(|q| !quotes(text, q)).then(|| quoted_in_answer(text, answer)).flatten();
    ReplySection { ordinal, span: part.span, heading, quoted: verbatim.or(quoted), answer }
}
