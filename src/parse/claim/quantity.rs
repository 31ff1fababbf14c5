//! Claims of numbers: a whole with its parts, rates with their base, lists with their number, results in the world.

use super::family::{self, Family};
use super::figure::{Figure, figures};
use super::mention::Mentions;
use super::piece::{End, Piece};
use crate::document::{Claim, ClaimKind, Span};
use regex::Regex;
use std::sync::LazyLock;

static PARTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:其中|分别为|分别是|包括|包含|即|其余|另)").expect("a constant pattern"));
static LIST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:即|分别是|分别为|包括|具体是|如)").expect("a constant pattern"));
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("截至|截止|统计|同期|今年|去年|上半年|全年|据|(?:印发|实施|出台)后").expect("a constant pattern")
});
static GROWTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("同比|环比|增长|增幅|增速|下降|提高|提升|降低|上升|减少|降幅|增加").expect("a constant pattern")
});
static RATE: LazyLock<Regex> = LazyLock::new(|| Regex::new("率|占|比例|比重|达标").expect("a constant pattern"));
static FUTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("下一步|力争|将(?:进一步|继续|力争)|目标|计划到|到20[0-9]{2}年").expect("a constant pattern")
});
static HANDLING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "提案|建议|意见|答复|座谈|走访|调研|督办|提醒|面商|会办|主办|协办|办结|视察|培训|通报|委员|沟通|回访|抽查|文件",
    )
    .expect("a constant pattern")
});
/// 现已全部按时办结: what the rates behind it (均为100%) say again.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:全部|均已|均按|全都|悉数)[^，,。；;]{0,20}(?:办结|答复|办理完毕|办复|公开|平台|系统)$")
        .expect("a constant pattern")
});
/// Figures that describe how work is arranged, not what was done.
static ARRANGEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[一二三四五六七八九十两]+(?:个|项|条|种|类|级)?(?:方面|环节|层面|阶段|机制|责任|关口|要求)")
        .expect("a constant pattern")
});

/// What the pieces of a claim say so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    Parts(Option<Family>),
    Grades,
    Rate,
    List,
}

struct Group {
    first: usize,
    end: usize,
    state: State,
    rated: bool,
    /// A full stop stands behind it.
    stopped: bool,
}

/// All claims of numbers in the pieces that `free` allows.
pub(super) fn quantities(text: &str, pieces: &[Piece], free: &[bool], mentions: &Mentions) -> Vec<Claim> {
    let mut done: Vec<Group> = Vec::new();
    let mut open: Option<Group> = None;
    for (i, piece) in pieces.iter().enumerate() {
        let mut read = if free[i] { usable(text, piece.span) } else { Vec::new() };
        if free[i] && read.is_empty() && listed(piece.span, mentions) >= 2 {
            read = of_list(text, piece.span, mentions);
        }
        open = step(text, piece.span, i, read, open, &mut done, free[i], mentions);
        if let Some(group) = open.as_mut() {
            group.stopped |= piece.end == End::Stop;
            if piece.end == End::Semicolon && !matches!(group.state, State::Parts(_) | State::Grades) {
                done.extend(open.take());
            }
        }
    }
    done.extend(open);
    done.into_iter().flat_map(|g| claims(text, pieces, free, &g, mentions)).collect()
}

/// The figures of a piece that can carry a claim.
fn usable(text: &str, span: Span) -> Vec<Figure> {
    if FUTURE.is_match(span.of(text)) {
        return Vec::new();
    }
    let arrangement: Vec<Span> =
        ARRANGEMENT.find_iter(span.of(text)).map(|m| Span::new(m.start(), m.end()).shift(span.start)).collect();
    let mut found = figures(text, span);
    found.retain(|f| !arrangement.iter().any(|a| a.overlap(f.span) > 0));
    let small = |f: &Figure| f.value < 10.0 && f.span.of(text).starts_with(|c: char| "二三四五六七八九两".contains(c));
    if found.iter().all(small) && found.len() < 2 && !span.of(text).starts_with("其中") {
        found.clear();
    }
    found
}

/// The number of a list of acts or proposals, however small: 出台了《甲》《乙》《丙》三份文件.
fn of_list(text: &str, span: Span, mentions: &Mentions) -> Vec<Figure> {
    let named = mentions.policies.iter().map(|p| p.span).chain(mentions.proposals.iter().map(|p| p.span));
    let named: Vec<Span> = named.filter(|n| span.contains(*n)).collect();
    let (first, last) = (named.iter().map(|n| n.start).min(), named.iter().map(|n| n.end).max());
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let near = |f: &Figure| {
        let behind = f.span.start >= last && text[last..f.span.start].trim_matches(['等', '共', '提', '案']).is_empty();
        behind || (f.span.end <= first && text[f.span.end..first].chars().count() <= 8)
    };
    let mut found = figures(text, span);
    found.retain(|f| near(f) && ["件", "份", "个", "部", "项", "条"].contains(&f.unit.as_str()));
    found
}

#[expect(clippy::too_many_arguments, reason = "one step of a small state machine")]
fn step(
    text: &str,
    span: Span,
    i: usize,
    read: Vec<Figure>,
    open: Option<Group>,
    done: &mut Vec<Group>,
    free: bool,
    mentions: &Mentions,
) -> Option<Group> {
    let piece = span.of(text);
    let list = LIST.is_match(piece) && free && (listed(span, mentions) >= 2 || piece.matches('、').count() >= 1);
    let Some(mut group) = open else {
        return (!read.is_empty()).then(|| start(text, span, i, &read, mentions));
    };
    if read.is_empty() {
        let joins = !group.stopped && free && (list || PARTS.is_match(piece) && piece.chars().count() <= 6);
        if joins {
            group.end = i + 1;
            group.state = if list { State::List } else { State::Parts(None) };
            return Some(group);
        }
        done.push(group);
        return None;
    }
    if let Some(state) = joined(text, span, &read, &group) {
        group.rated |= state == State::Rate || read.iter().any(Figure::is_percent);
        group.state = state;
        group.end = i + 1;
        group.stopped = false;
        return Some(group);
    }
    done.push(group);
    Some(start(text, span, i, &read, mentions))
}

fn start(text: &str, span: Span, i: usize, read: &[Figure], mentions: &Mentions) -> Group {
    let families: Vec<Option<Family>> = read.iter().map(|f| family::of(f.label.of(text))).collect();
    let rated = rate(text, span, read);
    let graded = families.iter().flatten().any(|f| *f == Family::Grade);
    let state = if graded && (!rated || read.len() > 1) {
        State::Grades
    } else if rated {
        State::Rate
    } else if read.len() > 2 && families[1..].iter().flatten().count() >= 2 {
        State::Parts(families[1])
    } else if listed(span, mentions) >= 2 {
        State::List
    } else {
        State::Plain
    };
    Group { first: i, end: i + 1, state, rated, stopped: false }
}

fn listed(span: Span, mentions: &Mentions) -> usize {
    mentions
        .proposals
        .iter()
        .filter(|p| span.contains(p.span))
        .count()
        .max(mentions.policies.iter().filter(|p| span.contains(p.span)).count())
}

/// Whether a piece states a rate of something already counted (not growth).
fn rate(text: &str, span: Span, read: &[Figure]) -> bool {
    let percent = read.iter().find(|f| f.is_percent());
    percent.is_some_and(|f| {
        let before = &text[span.start..f.span.start];
        RATE.is_match(before) && !GROWTH.is_match(f.label.of(text))
    })
}

/// The state after joining the piece to the group, or `None` where a new claim begins.
fn joined(text: &str, span: Span, read: &[Figure], group: &Group) -> Option<State> {
    let piece = span.of(text);
    let first = family::of(read[0].label.of(text));
    let opens_parts = piece.starts_with("其中")
        || piece.starts_with("包括")
        || piece.starts_with("分别为")
        || piece.starts_with("分别是");
    let is_rate = rate(text, span, read);
    let bare = piece.starts_with('占') || piece.starts_with("达");
    let fresh = piece.starts_with('共') || piece.contains("件提案") || piece.starts_with('按');
    if group.stopped && !opens_parts {
        return None;
    }
    if first == Some(Family::Crossing) && !piece.starts_with("其中") {
        return None;
    }
    match group.state {
        State::Plain | State::Rate if opens_parts && !is_rate => Some(State::Parts(first)),
        State::Plain
            if matches!(first, Some(Family::Role | Family::Adoption | Family::Period))
                && !is_rate
                && !fresh
                && read.len() > 1 =>
        {
            Some(State::Parts(first))
        }
        State::Plain if first == Some(Family::Grade) => Some(State::Grades),
        State::Plain if is_rate => (!triple(text, &read[0])).then_some(State::Rate),
        State::Plain => (!fresh).then_some(State::Plain),
        State::Rate => (!is_rate && !fresh && first.is_none() && !group.rated).then_some(State::Rate),
        State::Grades if first == Some(Family::Grade) => Some(State::Grades),
        State::Grades => (bare && is_rate).then_some(State::Grades),
        State::Parts(None) if !is_rate => Some(State::Parts(first.or(Some(Family::Crossing)))),
        State::Parts(family) => {
            // 其中重点提案6件，主办12件、会办50件: what cuts across may stand before the parts.
            let across = family == Some(Family::Crossing) && first.is_some();
            let same = !is_rate && !fresh && (first == family || across || (first.is_none() && opens_parts));
            (same || (bare && is_rate)).then_some(State::Parts(if across { first } else { family }))
        }
        State::List => None,
    }
}

/// 沟通率、办结率、满意率均为100%: rates of their own.
fn triple(text: &str, figure: &Figure) -> bool {
    let label = figure.label.of(text);
    label.contains('均') || label.contains('都')
}

/// The claims of a group: the pieces without lead-ins; a quality that cuts across (重点提案6件) is a claim of its own.
fn claims(text: &str, pieces: &[Piece], free: &[bool], group: &Group, mentions: &Mentions) -> Vec<Claim> {
    let mut first = group.first;
    let leads = |i: usize| {
        let piece = pieces[i].span.of(text);
        free[i]
            && pieces[i].end == End::Comma
            && (LEAD.is_match(piece) && piece.chars().count() <= 14
                || piece.contains("系列")
                || (group.state == State::Rate && DONE.is_match(piece)))
            && usable(text, pieces[i].span).is_empty()
    };
    while first > 0 && leads(first - 1) {
        first -= 1;
    }
    let span = Span::new(pieces[first].span.start, pieces[group.end - 1].span.end);
    let span = super::core(text, span);
    let kind = match group.state {
        State::Rate => ClaimKind::Rate,
        State::Grades if group.rated => ClaimKind::Rate,
        State::Parts(_) | State::Grades | State::List => ClaimKind::Count,
        State::Plain if HANDLING.is_match(span.of(text)) && !GROWTH.is_match(span.of(text)) => ClaimKind::Count,
        State::Plain => ClaimKind::Outcome,
    };
    let (proposals, policies) = (mentions.proposals_in(span), mentions.policies_in(span));
    vec![Claim { ordinal: 0, kind, span, proposals, policies, suggestions: Vec::new(), answers: Vec::new() }]
}
