//! The suggestions a claim names, quoted or in the report's own words.

use super::piece::brackets;
use crate::document::{Citation, ProposalRef, Span};
use regex::Regex;
use std::sync::LazyLock;

static NOUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:等)?(?:[0-9一二三四五六七八九十两多若干]+[条项点个](?:方面)?)?(?:方面)?(?:的)?(?:合理化|具体|意见|有关|主要|相关)?(?:建议|意见|内容|办法|诉求|主张|问题|做法|思路|观点|素材|举措)")
        .expect("a constant pattern")
});

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:提案|建议案)?(?:[中里])?(?:还|又|也|同时)?(?:所)?(?:提出|提到|反映|指出|呼吁|建议|提)?(?:的|了|要|:|：)?(?:关于|就|在|围绕|对于)?")
        .expect("a constant pattern")
});

/// Words that name no suggestion.
static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:还|也|又|均|已|被|为|得到|由|在|从|并|对|出台|制定|修订|起草|推动|直接|促成|的|有关|主要|相关|其|等|提案|[0-9一二三四五六七八九十两多]+[条项点件个]|方面)*$")
        .expect("a constant pattern")
});

/// A piece that only points back at what was just said: 这一建议被….
static POINTER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[,，](?:这一|该|上述|这些|此|有关|相关)(?:项|条|些)?$").expect("a constant pattern"));

static TAKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:已|均|也|被|直接|全部|完整|同时|一并|充分|得到)*(?:被|写入|写进|吸收|吸纳|采纳|纳入|体现|转化|上升|落实到|融入)").expect("a constant pattern")
});

static RULE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:专门)?(?:作出|作了|对|就)?(?:规定|明确|写入|增设|设立|确立|提出)了?").expect("a constant pattern")
});

/// The suggestions named after each proposal of the claim in `span`, in order; where a claim names none but says what the act
/// rules, that.
pub(super) fn suggestions(text: &str, span: Span, proposals: &[ProposalRef], policies: &[Citation]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (i, proposal) in proposals.iter().enumerate() {
        let next = proposals.get(i + 1).map_or(span.end, |p| p.span.start);
        let region = region(text, Span::new(proposal.span.end, next), policies);
        if !text[proposal.span.end..].starts_with('等') {
            found.extend(items_of(text, region).into_iter().filter(|s| !EMPTY.is_match(s.of(text))));
        }
    }
    if found.is_empty() && proposals.len() == 1 {
        found.extend(ruled(text, span, proposals, policies));
    }
    found
}

/// Where the suggestion stands behind a proposal's name: up to 建议, else up to the comma, the verb or the act.
fn region(text: &str, window: Span, policies: &[Citation]) -> Span {
    let act = policies.iter().map(|p| p.span.start).find(|&s| s >= window.start).unwrap_or(window.end);
    let window = Span::new(window.start, window.end.min(act));
    let piece = window.of(text);
    let quoted = brackets(piece);
    let free = |at: usize| !quoted.iter().any(|b| b.start <= at && at < b.end);
    let verb = TAKEN.find_iter(piece).find(|m| free(m.start())).map_or(piece.len(), |m| m.start());
    let noun = NOUN.find_iter(&piece[..verb]).filter(|m| free(m.start()) && m.end() > 0).last();
    let comma =
        piece.char_indices().find(|&(i, c)| matches!(c, ',' | '，' | '。' | ';' | '；') && free(i)).map(|(i, _)| i);
    let end = match noun {
        // 建议 right behind the number opens the suggestion instead of ending it.
        Some(noun)
            if LEAD.find(piece).is_none_or(|lead| noun.start() >= lead.end() || noun.end() >= lead.end() + 3) =>
        {
            noun.start()
        }
        _ => comma.unwrap_or(verb).min(verb),
    };
    let end = POINTER.find(&piece[..end]).map_or(end, |m| m.start());
    let lead = LEAD.find(piece).map_or(0, |m| m.end()).min(end);
    Span::new(window.start + lead, window.start + end).trim(text)
}

/// A region cut into suggestions: quotations, and what stands between 、.
fn items_of(text: &str, region: Span) -> Vec<Span> {
    let piece = region.of(text);
    let quotes: Vec<Span> =
        brackets(piece).into_iter().filter(|b| piece[b.range()].starts_with(['“', '「', '『'])).collect();
    if let [only] = quotes[..]
        && only.start == 0
        && only.end == piece.len()
    {
        return items(piece, inside(piece, only), 3).into_iter().map(|s| s.shift(region.start)).collect();
    }
    let mut cuts = vec![0];
    for (i, c) in piece.char_indices() {
        let within = quotes.iter().any(|q| q.start < i && i < q.end);
        if c == '、' && !within {
            cuts.push(i + c.len_utf8());
        } else if quotes.iter().any(|q| q.start == i) && quotes.iter().any(|q| q.end == i) {
            cuts.push(i);
        }
    }
    cuts.push(piece.len());
    let parts = cuts.windows(2).map(|w| {
        let part = Span::new(w[0], w[1]);
        let trimmed = piece[part.range()].trim().trim_end_matches(['、', '，', ',', '的', '等']);
        let start = part.start + (piece[part.range()].len() - piece[part.range()].trim_start().len());
        unquote(piece, Span::new(start, start + trimmed.len()))
    });
    parts.filter(|p| p.of(piece).chars().count() >= 2).map(|p| p.shift(region.start)).collect()
}

/// The inside of a quotation.
pub(super) fn inside(text: &str, quote: Span) -> Span {
    let piece = quote.of(text);
    let width = |c: Option<char>| c.map_or(0, char::len_utf8);
    Span::new(quote.start + width(piece.chars().next()), quote.end - width(piece.chars().next_back()))
}

fn unquote(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    let whole = brackets(piece).first().is_some_and(|b| b.start == 0 && b.end == piece.len());
    if whole && piece.starts_with(['“', '「', '『']) { inside(text, span) } else { span }
}

/// The items between 、 inside `span`, where there are at least `least`; else the span itself.
pub(super) fn items(text: &str, span: Span, least: usize) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start;
    for part in span.of(text).split('、') {
        parts.push(Span::new(start, start + part.len()).trim(text));
        start += part.len() + '、'.len_utf8();
    }
    if parts.len() >= least && parts.iter().all(|p| p.of(text).chars().count() >= 4) { parts } else { vec![span] }
}

/// What the act is said to rule: `《…条例》规定老旧小区…`, `对…作出规定`.
fn ruled(text: &str, span: Span, proposals: &[ProposalRef], policies: &[Citation]) -> Option<Span> {
    let from = proposals
        .iter()
        .map(|p| p.span.end)
        .chain(policies.iter().map(|p| p.span.end))
        .filter(|&e| e <= span.end)
        .max()?;
    let rest = Span::new(from, span.end);
    let piece = rest.of(text).trim_start_matches([',', '，', '中', '文', '件', ')', '）']);
    let offset = rest.end - piece.len();
    if let Some(inner) = piece.strip_prefix('对').and_then(|p| p.find("作").map(|end| &p[..end])) {
        let start = offset + '对'.len_utf8();
        return Some(Span::new(start, start + inner.len()).trim(text)).filter(|s| s.of(text).chars().count() >= 4);
    }
    let verb = RULE.find(piece)?;
    let end = piece[verb.end()..].find(['。', '；', ';', ',', '，']).map_or(piece.len(), |e| verb.end() + e);
    Some(Span::new(offset + verb.end(), offset + end).trim(text)).filter(|s| s.of(text).chars().count() >= 6)
}
