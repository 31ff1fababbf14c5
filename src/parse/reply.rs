//! Sections of replies (答复): which suggestion each answers, as quoted or named, and the answer.
//!
//! Takes the text of a reply and gives its [`ReplySection`]s, the suggestions it restates (一、提案的主要内容) and the proposal it
//! answers. A reply without headings is one section. Refuses nothing; what frames the answer (title, 收悉, thanks, signature)
//! belongs to no section.

use super::citation::proposal_refs;
use super::heading::{self, Marker, Style};
use crate::document::{ProposalRef, ReplySection, Span};

/// The most characters of a heading sentence without 建议, 问题 or 方面.
const RUN_IN: usize = 60;

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
        || short && heading::marker(line).is_none()
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
        let run = heading::inline(words, style);
        let earlier = run.first().is_some_and(|m| best.first().is_none_or(|b| m.span.start < b.span.start));
        if earlier {
            best = run;
        }
    }
    if best.is_empty() {
        best.extend(words.split_inclusive('\n').find_map(|line| {
            let at = line.as_ptr() as usize - words.as_ptr() as usize;
            let found =
                heading::marker(line).filter(|m| m.value == 1 && matches!(m.style, Style::Han | Style::HanParen))?;
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

/// Words that end the name of a suggestion.
const NOUNS: &[&str] = &["建议", "问题", "方面", "意见", "诉求", "提议", "事项", "情况", "请求"];

/// Whether a stretch opens with the name of a suggestion: 关于…的建议, 针对“…”的问题, 关于….
fn names_a_suggestion(words: &str) -> bool {
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
fn heading_of(text: &str, part: &Part) -> Option<Span> {
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

/// Whether a span stands in quotation marks.
fn quotes(text: &str, span: Span) -> bool {
    text[..span.start].ends_with('“') && text[span.end..].starts_with('”')
}

/// The suggestion named in a heading, without 关于, 的建议 and the quotation marks around the whole.
fn named(text: &str, heading: Span) -> Option<Span> {
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
fn quoted_in_answer(text: &str, answer: Span) -> Option<Span> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |s: &ReplySection| {
            let of = |span: Option<Span>| span.map_or("", |s| s.of(text));
            format!("{}|{}|{}", of(s.heading), of(s.quoted), s.answer.of(text))
        };
        sections(text).iter().map(show).collect()
    }

    const FRAME: &str = "对省政协十届一次会议第0012号提案的答复\n类别：A\n甲委员：\n您提出的《关于养桥的提案》收悉。经商乙厅，现答复如下：\n";
    const END: &str = "感谢您对养桥工作的支持。\n某省路桥厅\n2020年5月6日\n";

    #[test]
    fn sections_quote_the_suggestion_they_answer() {
        let text = format!(
            "{FRAME}一、关于“逐桥建档。年年更新”的建议。我厅已建档三千座。\n二、关于增拨经费的问题。财力所限，暂难增加。\n{END}"
        );
        assert_eq!(
            shown(&text),
            [
                "关于“逐桥建档。年年更新”的建议|逐桥建档。年年更新|我厅已建档三千座。",
                "关于增拨经费的问题|增拨经费|财力所限，暂难增加。",
            ]
        );
    }

    #[test]
    fn a_heading_without_quotes_may_be_followed_by_the_proposals_words() {
        let text = format!(
            "{FRAME}一、关于先试后推。您提出的“先试三座再铺开”的建议很有价值，已列入计划。\n二、关于宣传。已办活动三场。\n{END}"
        );
        assert_eq!(shown(&text)[0], "关于先试后推|先试三座再铺开|您提出的“先试三座再铺开”的建议很有价值，已列入计划。");
        assert_eq!(shown(&text)[1], "关于宣传|宣传|已办活动三场。");
    }

    #[test]
    fn unnumbered_paragraphs_that_begin_with_the_suggestion_are_sections() {
        let text = format!("{FRAME}关于逐桥建档的建议，我们办理情况是：已建档。\n关于增拨经费问题。暂难增加。\n{END}");
        assert_eq!(
            shown(&text),
            ["关于逐桥建档的建议|逐桥建档|我们办理情况是：已建档。", "关于增拨经费问题|增拨经费|暂难增加。"]
        );
    }

    #[test]
    fn a_reply_of_one_paragraph_is_one_section() {
        let text = "甲代表：\n您提出的建议收悉，现答复如下：桥已修好，明年再补路面。感谢您的支持！\n某厅\n2020年5月6日";
        assert_eq!(shown(text), ["||桥已修好，明年再补路面。"]);
    }

    #[test]
    fn restated_suggestions_are_no_answers() {
        let text = format!(
            "{FRAME}一、提案的主要内容\n1.逐桥建档。\n2.增拨经费。\n二、办理情况\n（一）关于逐桥建档。已建档。\n（二）关于增拨经费。暂难增加。\n{END}"
        );
        assert_eq!(shown(&text), ["关于逐桥建档|逐桥建档|已建档。", "关于增拨经费|增拨经费|暂难增加。"]);
        let again: Vec<&str> = restated(&text).iter().map(|s| s.of(&text)).collect();
        assert_eq!(again, ["1.逐桥建档。", "2.增拨经费。"]);
    }

    #[test]
    fn the_answered_proposal_is_read_from_title_and_opening() {
        let text = format!("{FRAME}桥已修好。\n{END}");
        let found = answered(&text).unwrap();
        assert_eq!((found.number.unwrap().value.as_str(), found.title.as_deref()), ("0012", Some("关于养桥的提案")));
    }

    #[test]
    fn sections_do_not_overlap_and_hold_their_parts() {
        for text in ["", "答复", "一、", "现答复如下：", "关于的建议", "如下：一、二、", "一、关于“甲的建议。\n二、"]
        {
            let mut at = 0;
            for s in sections(text) {
                assert!(s.span.start >= at && s.span.contains(s.answer), "{text}");
                at = s.span.end;
            }
        }
    }
}
