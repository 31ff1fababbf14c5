//! Claims of absorption: a proposal, a verb of taking up, and a policy (or a problem answered in practice).

use super::figure::figures;
use super::mention::Mentions;
use super::phrase;
use super::piece::{End, Piece};
use crate::document::{Claim, ClaimKind, Span};
use regex::Regex;
use std::sync::LazyLock;

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "吸收|吸纳|采纳|采用|借鉴|纳入|列入|写入|写进|载入|体现|转化|上升(?:为|到)|落实到|融入|参考|规定|明确|反映(?:到|在)|充实到|\
         出台|印发|制定|修订|起草|确认|回应|落地|固化|升级为|依据",
    )
    .expect("a constant pattern")
});

/// Verbs that say absorption even where no act is named.
static STRONG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("吸收|吸纳|采纳|转化为|写入|写进").expect("a constant pattern"));

/// A stretch that tells of results, not of what the act took up.
static RESULT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("新增|累计|覆盖率|惠及|同比|环比|全年|截至|今年以来|达到?[0-9]").expect("a constant pattern")
});

static SUBCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9一二三四五六七八九十两]+\s*[条项点个][^，,。；;]{0,6}?(?:建议|意见)[^。；;]{0,8}?[，,]?(?:其中)?[^。；;，,0-9]{0,4}?[0-9一二三四五六七八九十两]+\s*[条项点个][^。；;，,]{0,14}?(?:写入|写进|采纳|吸收|吸纳|纳入|体现|转化|被)")
        .expect("a constant pattern")
});

/// A claim with the pieces that its figures may still be read from.
pub(super) struct Found {
    pub(super) claim: Claim,
    /// Pieces that belong to it alone.
    pub(super) consumed: std::ops::Range<usize>,
}

#[derive(Default)]
struct Group {
    first: usize,
    end: usize,
    proposal: bool,
    policy: bool,
    verb: bool,
}

impl Group {
    fn complete(&self) -> bool {
        self.proposal && self.policy && self.verb
    }
}

/// All claims of absorption in `pieces`.
pub(super) fn absorptions(text: &str, pieces: &[Piece], mentions: &Mentions) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let end = (at..pieces.len()).find(|&i| pieces[i].end > End::Comma).map_or(pieces.len(), |i| i + 1);
        if let Some(answers) = answered(text, pieces, at..end, mentions) {
            at = answers.consumed.end.max(end);
            found.push(answers);
            continue;
        }
        for group in groups(text, pieces, at..end, mentions) {
            if let Some(mut next) = claim(text, pieces, &group, mentions) {
                inherit_act(text, &mut next.claim, found.last());
                found.push(next);
            }
        }
        at = end;
    }
    found
}

fn has_proposal(mentions: &Mentions, span: Span) -> bool {
    mentions.proposals.iter().any(|p| span.contains(p.span))
}

fn has_policy(mentions: &Mentions, span: Span) -> bool {
    mentions.policies.iter().any(|p| span.contains(p.span))
}

/// Cuts a stretch between semicolons into groups, each with its own proposal.
fn groups(text: &str, pieces: &[Piece], range: std::ops::Range<usize>, mentions: &Mentions) -> Vec<Group> {
    let mut done = Vec::new();
    let mut open = Group { first: range.start, end: range.start, ..Group::default() };
    for i in range {
        let span = pieces[i].span;
        let (proposal, policy) = (has_proposal(mentions, span), has_policy(mentions, span));
        let listed = proposal && pieces[i].span.of(text).starts_with(['第', '0']) && !open.verb && open.proposal;
        let piece = span.of(text);
        let told = RESULT.is_match(piece) && !figures(text, span).is_empty();
        let praise = piece.starts_with('为') && piece.contains("提供");
        let result = !proposal && !policy && (told || praise);
        if open.complete() && (proposal || result) && !listed {
            done.push(std::mem::replace(&mut open, Group { first: i, end: i, ..Group::default() }));
        }
        if !open.proposal && !open.policy && !proposal && !policy && !VERB.is_match(span.of(text)) {
            // A lead-in without substance stays outside.
            open.first = i + 1;
        }
        open.end = i + 1;
        open.proposal |= proposal;
        open.policy |= policy;
        open.verb |= VERB.is_match(&outside_quotes(span.of(text)));
    }
    done.push(open);
    done
}

/// The text with quotations and titles taken out, so that their words are not read as the report's.
fn outside_quotes(text: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for b in super::piece::brackets(text) {
        out.push_str(&text[from..b.start]);
        from = b.end;
    }
    out + &text[from..]
}

fn claim(text: &str, pieces: &[Piece], group: &Group, mentions: &Mentions) -> Option<Found> {
    let (first, last) = (group.first, group.end.checked_sub(1)?);
    if first > last || !group.proposal {
        return None;
    }
    let span = super::core(text, Span::new(pieces[first].span.start, pieces[last].span.end));
    let own = outside_quotes(span.of(text));
    if !(group.complete() || (STRONG.is_match(&own) && group.verb)) {
        return None;
    }
    let kind = if SUBCOUNT.is_match(span.of(text)) || listed(text, span, mentions) {
        ClaimKind::Count
    } else {
        ClaimKind::Absorption
    };
    let proposals = mentions.proposals_in(span);
    let policies = mentions.policies_in(span);
    let suggestions =
        if kind == ClaimKind::Count { Vec::new() } else { phrase::suggestions(text, span, &proposals, &policies) };
    let claim = Claim { ordinal: 0, kind, span, proposals, policies, suggestions, answers: Vec::new() };
    Some(Found { claim, consumed: first..last + 1 })
}

/// A claim that names no act goes on with that of the claim before it in the same sentence: 甲的建议在方案中吸纳，乙的建议被部分采纳.
fn inherit_act(text: &str, claim: &mut Claim, before: Option<&Found>) {
    let Some(before) = before.map(|f| &f.claim).filter(|_| claim.policies.is_empty()) else { return };
    let between = text.get(before.span.end..claim.span.start);
    let same_sentence = between.is_some_and(|b| b.chars().count() <= 2 && !b.contains(['。', '\n']));
    if same_sentence && claim.kind == ClaimKind::Absorption && TAKEN_UP.is_match(&outside_quotes(claim.span.of(text))) {
        claim.policies.clone_from(&before.policies);
    }
}

static TAKEN_UP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("采纳|吸纳|吸收|体现|写入|写进|纳入").expect("a constant pattern"));

/// Whether the claim numbers its list of proposals: `…的提案有甲、乙、丙等3件`, `共3件，即甲、乙、丙`.
fn listed(text: &str, span: Span, mentions: &Mentions) -> bool {
    let named: Vec<Span> = mentions.proposals.iter().map(|p| p.span).filter(|&p| span.contains(p)).collect();
    let (Some(first), Some(last)) = (named.first(), named.last()) else { return false };
    named.len() >= 2
        && (AFTER_LIST.is_match(&text[last.end..span.end]) || BEFORE_LIST.is_match(&text[span.start..first.start]))
}

static AFTER_LIST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:提案)?等?(?:共|共计|合计)?[0-9一二三四五六七八九十]+\s*[件份个条]").expect("a constant pattern")
});
static BEFORE_LIST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9一二三四五六七八九十]+\s*[件份个条](?:提案)?[,，:：]?(?:即|分别是|分别为|包括|为|是|如)?$")
        .expect("a constant pattern")
});

static INTRO: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"提案|建议案|委员").expect("a constant pattern"));

static NOUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[”」』\s]*(?:等)?(?:[0-9一二三四五六七八九十两]+[条项点个](?:方面)?)?(?:的)?(?:方面)?(?:的)?(?:合理化)?(?:意见)?(?:建议|问题|意见|诉求|短板)").expect("a constant pattern")
});

/// Suggestions quoted in a row (针对…“a”“b”“c”建议) and the answers that follow, one between semicolons each; or problems
/// quoted and what was done about them. No act is named.
fn answered(text: &str, pieces: &[Piece], clause: std::ops::Range<usize>, mentions: &Mentions) -> Option<Found> {
    let intro = clause.clone().find(|&i| quoted_suggestions(text, pieces[i].span).is_some())?;
    let quotes = quoted_suggestions(text, pieces[intro].span)?;
    let whole = Span::new(pieces[clause.start].span.start, pieces[clause.end - 1].span.end);
    if !INTRO.is_match(&outside_quotes(&text[whole.start..pieces[intro].span.end])) {
        return None;
    }
    // An act as the subject of the answers, right behind the quotations; an act anywhere else is one that took a suggestion up.
    let act = pieces.get(intro + 1).filter(|p| clause.contains(&(intro + 1)) && has_policy(mentions, p.span));
    let act = act.filter(|p| quotes.len() >= 2 && subject(text, p.span, mentions));
    if has_policy(mentions, whole) && act.is_none() {
        return None;
    }
    let mut proposals: Vec<_> = mentions.proposals_in(Span::new(whole.start, pieces[intro].span.end));
    if proposals.is_empty() {
        // 对提案指出的问题: the proposal that the paragraph has just named.
        let paragraph = text[..whole.start].rfind('\n').map_or(0, |i| i + 1);
        proposals.extend(mentions.proposals_in(Span::new(paragraph, whole.start)).pop());
    }
    if quotes.len() < 2 && proposals.is_empty() {
        return None;
    }
    let mut answers = Vec::new();
    let mut end = clause.end;
    let from = (intro + 1..clause.end).find(|&i| !generic(pieces[i].span.of(text)))?;
    if quotes.len() >= 2 && pieces[clause.end - 1].end == End::Semicolon {
        answers.push(Span::new(pieces[from].span.start, pieces[clause.end - 1].span.end));
        while answers.len() < quotes.len() && end < pieces.len() && pieces[end - 1].end == End::Semicolon {
            let next = (end..pieces.len()).find(|&i| pieces[i].end > End::Comma).map_or(pieces.len(), |i| i + 1);
            answers.push(Span::new(pieces[end].span.start, pieces[next - 1].span.end));
            end = next;
        }
    } else {
        // One answer to all: it ends where the figures of a result begin.
        let stop = (from + 1..clause.end).find(|&i| !figures(text, pieces[i].span).is_empty()).unwrap_or(clause.end);
        end = stop;
    }
    let start = (clause.start..=intro).find(|&i| has_proposal(mentions, pieces[i].span)).unwrap_or(intro);
    let span = Span::new(pieces[start].span.start, pieces[end - 1].span.end);
    let claim = Claim {
        ordinal: 0,
        kind: ClaimKind::Absorption,
        span,
        proposals,
        policies: act.map_or_else(Vec::new, |p| mentions.policies_in(p.span)),
        suggestions: quotes,
        answers,
    };
    // Figures inside the answers are claims of their own.
    Some(Found { claim, consumed: intro..intro + 1 }).map(|f| Found { consumed: f.consumed.start..f.consumed.end, ..f })
}

/// Whether the piece opens with an act and says what it rules: 《甲办法》实行…. An act that took up, was issued or was changed is
/// the matter of [`claim`].
fn subject(text: &str, span: Span, mentions: &Mentions) -> bool {
    let act = mentions.policies.iter().find(|p| span.contains(p.span));
    act.is_some_and(|act| {
        let rest = &text[act.span.end..span.end];
        act.span.start == span.start && rest.chars().count() >= 4 && !VERB.is_match(rest)
    })
}

fn generic(piece: &str) -> bool {
    let short = piece.chars().count() <= 16;
    short
        && ["均", "积极", "逐一", "认真"].iter().any(|w| piece.contains(w))
        && (piece.contains("落实") || piece.contains("办理") || piece.contains("跟进"))
}

/// The quotations in a row that a noun such as 建议 or 问题 follows.
fn quoted_suggestions(text: &str, span: Span) -> Option<Vec<Span>> {
    let piece = span.of(text);
    let quotes: Vec<Span> =
        super::piece::brackets(piece).into_iter().filter(|b| piece[b.range()].starts_with(['“', '「', '『'])).collect();
    let last = quotes.last()?;
    NOUN.find(&piece[last.end..])?;
    let mut run: Vec<Span> = Vec::new();
    for quote in quotes.iter().rev() {
        let touches =
            run.last().is_none_or(|next| piece[quote.end..next.start].trim_matches(['、', ' ', '和', '及']).is_empty());
        if !touches {
            break;
        }
        run.push(*quote);
    }
    run.reverse();
    let inner: Vec<Span> = run.iter().map(|q| phrase::inside(piece, *q)).collect();
    let split = if inner.len() == 1 { phrase::items(piece, inner[0], 3) } else { inner };
    Some(split.into_iter().map(|s| s.shift(span.start)).collect())
}
