//! Cuts the advice of a proposal into suggestions: the highest numbered or headed items beneath any wrapper, else paragraphs
//! with heads, else the parts of a list of semicolons, else the sentences that open with advice.

use super::cue::{Cue, cue, head_leaning, leaning};
use super::marker::{self, Item};
use super::view::{View, ends_sentence};
use crate::document::Level;
use std::ops::Range;

/// A suggestion before its measures are cut, in characters.
pub(super) struct Draft {
    pub(super) path: Vec<Level>,
    pub(super) head: Option<Range<usize>>,
    pub(super) range: Range<usize>,
}

/// Longest run-in head, in characters.
const HEAD: usize = 45;
/// Longest head on a line of its own without a stop.
const HEAD_LINE: usize = 24;

/// The suggestions in `advice`.
pub(super) fn drafts(view: &View<'_>, advice: Range<usize>) -> Vec<Draft> {
    let outline = marker::outline(&marker::markers(view, advice.clone()));
    let numbered = numbered(view, advice.clone(), &outline);
    let mut drafts = match numbered.first().map(|draft| draft.0) {
        Some(first) => {
            let mut all = preamble(view, advice.start..first);
            all.extend(numbered.into_iter().map(|(_, draft)| draft));
            all
        }
        None => unnumbered(view, advice),
    };
    drafts.retain(|draft| draft.range.len() >= 4);
    drafts
}

/// The items of the highest list beneath the wrappers, each with the start of its marker.
fn numbered(view: &View<'_>, advice: Range<usize>, outline: &[Item]) -> Vec<(usize, Draft)> {
    let mut depth = 0;
    let mut members: Vec<usize> = (0..outline.len()).filter(|&i| outline[i].depth == 0).collect();
    let within = |i: usize, depth: usize| children(outline, i, depth);
    loop {
        let mut wrappers: Vec<usize> =
            members.iter().copied().filter(|&i| is_wrapper(view, outline, i, advice.end)).collect();
        // A wrapper stands first; a later item that sounds like one is an item among others.
        if wrappers.first() != members.first() {
            wrappers.clear();
        }
        let lone = members.len() == 1 && !within(members[0], depth + 1).is_empty();
        let expand: Vec<usize> = if lone { members.clone() } else { wrappers };
        let expand = if expand.is_empty() { describing(view, outline, &members, depth) } else { expand };
        let inner: Vec<usize> = expand.iter().flat_map(|&i| within(i, depth + 1)).collect();
        if inner.is_empty() {
            break;
        }
        members = inner;
        depth += 1;
    }
    let mut drafts: Vec<(usize, Draft)> = members
        .iter()
        .map(|&i| {
            let end = outline[i + 1..].iter().find(|o| o.depth <= depth).map_or(advice.end, |o| o.marker.start);
            let range = tidy(view, outline[i].marker.end..end);
            let mut path: Vec<Level> = Vec::new();
            for level in 0..depth {
                if let Some(above) = (0..i).rev().find(|&j| outline[j].depth == level) {
                    path.push(wrapper_level(view, outline, above));
                }
            }
            let head = head(view, &range);
            path.push(level(view, outline[i].marker.start..outline[i].marker.end, head.clone()));
            (outline[i].marker.start, Draft { path, head, range })
        })
        .collect();
    one_paragraph(view, &mut drafts);
    drafts
}

/// The last item, where the list describes (reasons, problems) and one of orders stands behind it, so that the outline took
/// the second list for a part of the first one's last item.
fn describing(view: &View<'_>, outline: &[Item], members: &[usize], depth: usize) -> Vec<usize> {
    let Some(&last) = members.last() else { return Vec::new() };
    let inner = children(outline, last, depth + 1);
    let mean = |list: &[usize]| {
        let head = |&i: &usize| {
            let start = outline[i].marker.end;
            head_leaning(&view.folded(start..view.len().min(start + HEAD)))
        };
        list.iter().map(head).sum::<f64>() / list.len().max(1) as f64
    };
    let follows = inner.len() >= 2 && mean(members) < -0.6 && mean(&inner) > 0.5;
    if follows { vec![last] } else { Vec::new() }
}

fn children(outline: &[Item], i: usize, depth: usize) -> Vec<usize> {
    let end = (i + 1..outline.len()).find(|&j| outline[j].depth < depth).unwrap_or(outline.len());
    (i + 1..end).filter(|&j| outline[j].depth == depth).collect()
}

/// Whether an item only announces the list beneath it: 三、对策建议（一）….
fn is_wrapper(view: &View<'_>, outline: &[Item], i: usize, end: usize) -> bool {
    let Some(next) = outline.get(i + 1).filter(|next| next.depth > outline[i].depth) else { return false };
    let inner = view.trim(outline[i].marker.end..next.marker.start.min(end));
    let text = view.folded(inner);
    !text.is_empty() && text.chars().count() <= 60 && cue(text.split('\n').next().unwrap_or(&text)).leads()
}

fn wrapper_level(view: &View<'_>, outline: &[Item], i: usize) -> Level {
    let end = outline.get(i + 1).map_or(outline[i].marker.end, |next| next.marker.start);
    let line = (outline[i].marker.end..end).find(|&at| view.get(at).is_some_and(ends_sentence)).unwrap_or(end);
    level(view, outline[i].marker.start..outline[i].marker.end, Some(view.trim(outline[i].marker.end..line)))
}

fn level(view: &View<'_>, marker: Range<usize>, head: Option<Range<usize>>) -> Level {
    let marker = view.original(view.trim(marker)).chars().filter(|c| !c.is_whitespace()).collect();
    Level { marker, head: head.map_or_else(String::new, |head| view.original(head).to_owned()) }
}

/// A range without white space and closing punctuation at its ends.
pub(super) fn tidy(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let range = view.trim_matches(range, |c| c.is_whitespace() || ",;、".contains(c));
    view.trim_matches(range.clone(), |c| c.is_whitespace() || "。;,、:!".contains(c)).start.max(range.start)
        ..view.trim_matches(range, |c| c.is_whitespace() || "。;,、:!".contains(c)).end
}

/// Where every item but the last is one paragraph, the last one is too: what follows is the proposal's farewell.
fn one_paragraph(view: &View<'_>, drafts: &mut [(usize, Draft)]) {
    let Some(((_, last), others)) = drafts.split_last_mut() else { return };
    let newline = |range: &Range<usize>| range.clone().find(|&i| view.get(i) == Some('\n'));
    if others.len() < 2 || others.iter().any(|(_, draft)| newline(&draft.range).is_some()) {
        return;
    }
    if let Some(end) = newline(&last.range) {
        last.range = tidy(view, last.range.start..end);
        last.head = head(view, &last.range);
    }
}

/// The run-in head: the first sentence where it is short and something follows it, or a short first line.
pub(super) fn head(view: &View<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let end = range.clone().find(|&i| view.get(i).is_some_and(|c| ends_sentence(c) || c == ':'))?;
    let short = end - range.start <= HEAD && end > range.start && view.get(end) != Some(';');
    (short && view.trim(end + 1..range.end).len() > 3).then(|| view.trim(range.start..end))
}

/// What stands before the first item and gives advice of its own: sentences that open with 建议 and announce nothing.
fn preamble(view: &View<'_>, range: Range<usize>) -> Vec<Draft> {
    let advising: Vec<Range<usize>> = sentences(view, range)
        .into_iter()
        .filter(|sentence| {
            let text = view.folded(sentence.clone());
            cue(&text) == Cue::Advises && !text.ends_with(':')
        })
        .collect();
    let (Some(first), Some(last)) = (advising.first(), advising.last()) else { return Vec::new() };
    vec![plain(view, tidy(view, first.start..last.end))]
}

fn plain(view: &View<'_>, range: Range<usize>) -> Draft {
    let head = head(view, &range).filter(|head| head.len() <= 20);
    let path = vec![level(view, range.start..range.start, head.clone())];
    Draft { path, head, range }
}

/// Sentences of a range with their ends, trimmed of white space.
pub(super) fn sentences(view: &View<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = range.start;
    for i in range.clone() {
        if view.get(i).is_some_and(|c| matches!(c, '。' | '!' | '?' | '\n')) || i + 1 == range.end {
            let sentence = view.trim(start..i + 1);
            if !sentence.is_empty() {
                sentences.push(sentence);
            }
            start = i + 1;
        }
    }
    sentences
}

/// Suggestions without markers.
fn unnumbered(view: &View<'_>, advice: Range<usize>) -> Vec<Draft> {
    let advice = after_announcement(view, advice);
    let lines = lines(view, advice.clone());
    let heads: Vec<usize> = (0..lines.len()).filter(|&i| is_head_line(view, &lines, i)).collect();
    if heads.len() >= 2 {
        let ends = heads.iter().skip(1).copied().chain([lines.len()]);
        let block = |(start, end): (&usize, usize)| {
            let range = tidy(view, lines[*start].start..lines[end - 1].end);
            // As its suggestion, a head has no punctuation at its ends; a line of nothing else is none.
            let line = tidy(view, lines[*start].clone());
            let head = (!line.is_empty() && range.start <= line.start && line.end <= range.end).then_some(line);
            let path = vec![level(view, range.start..range.start, head.clone())];
            Draft { path, head, range }
        };
        return heads.iter().zip(ends).map(block).collect();
    }
    if lines.len() >= 2 {
        let speaks = |line: &&Range<usize>| {
            let text = view.folded((*line).clone());
            leaning(&text) > 0.0 || cue(&text) == Cue::Advises || head(view, line).is_some_and(|h| h.len() <= 16)
        };
        let mut drafts: Vec<Draft> = lines.iter().filter(speaks).map(|l| plain(view, advising(view, l))).collect();
        if drafts.is_empty() {
            drafts = vec![plain(view, tidy(view, advice))];
        }
        return drafts;
    }
    running(view, advice)
}

/// A paragraph of prose from its first sentence that advises, where those before it only describe and it has no head.
fn advising(view: &View<'_>, line: &Range<usize>) -> Range<usize> {
    let sentences = sentences(view, line.clone());
    let advises = |sentence: &Range<usize>| {
        let text = view.folded(sentence.clone());
        cue(&text) == Cue::Advises || leaning(&text) > 0.0
    };
    let first = sentences.iter().position(advises).unwrap_or(0);
    let headed = sentences.first().is_some_and(|s| s.len() <= 16);
    let from = if headed && first <= 1 { 0 } else { first };
    tidy(view, sentences.get(from).map_or(line.start, |s| s.start)..line.end)
}

/// One paragraph: a list of semicolons, or sentences of which each opens anew with advice.
fn running(view: &View<'_>, advice: Range<usize>) -> Vec<Draft> {
    let sentences = sentences(view, advice.clone());
    let parts = |sentence: &Range<usize>| split_at(view, sentence.clone(), ';');
    if let Some(list) = sentences.iter().find(|s| parts(s).len() >= 2).filter(|s| 2 * s.len() > advice.len()) {
        return parts(list).into_iter().map(|part| plain(view, tidy(view, part))).collect();
    }
    let opens = |sentence: &Range<usize>| {
        let text = view.folded(sentence.clone());
        cue(&text) == Cue::Advises
            || ["同时", "另外", "此外", "再者", "最后", "其次", "还要", "还应"].iter().any(|w| text.starts_with(w))
    };
    let mut drafts: Vec<Range<usize>> = Vec::new();
    for sentence in sentences {
        match drafts.last_mut() {
            Some(last) if !opens(&sentence) => last.end = sentence.end,
            _ => drafts.push(sentence),
        }
    }
    drafts.into_iter().map(|range| plain(view, tidy(view, range))).collect()
}

/// The advice behind the pieces that only announce it.
fn after_announcement(view: &View<'_>, advice: Range<usize>) -> Range<usize> {
    let mut start = advice.start;
    while let Some(end) = (start..advice.end).find(|&i| view.get(i).is_some_and(|c| ends_sentence(c) || c == ':')) {
        let text = view.folded(view.trim(start..end + 1));
        if !text.is_empty() && !cue(&text).leads() {
            break;
        }
        start = end + 1;
    }
    let start = view.trim(start..advice.end).start;
    // 他建议,… before a list: the words of introduction belong to no item of it.
    let comma = (start..advice.end.min(start + 12)).find(|&i| view.get(i) == Some(','));
    let introduced = comma.filter(|&comma| view.folded(start..comma).ends_with("建议"));
    view.trim(introduced.map_or(start, |comma| comma + 1)..advice.end)
}

fn lines(view: &View<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    split_at(view, range, '\n').into_iter().map(|line| view.trim(line)).filter(|line| !line.is_empty()).collect()
}

/// A short line without a stop, with a longer one after it.
fn is_head_line(view: &View<'_>, lines: &[Range<usize>], i: usize) -> bool {
    let line = &lines[i];
    let open = !view.before(line.end).is_some_and(|c| "。;,!".contains(c));
    let body = lines.get(i + 1).is_some_and(|next| next.len() > line.len());
    line.len() <= HEAD_LINE && open && body
}

fn split_at(view: &View<'_>, range: Range<usize>, at: char) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for i in range.clone() {
        if view.get(i) == Some(at) {
            parts.push(start..i);
            start = i + 1;
        }
    }
    parts.push(start..range.end);
    parts.retain(|part| !view.trim(part.clone()).is_empty());
    parts
}
