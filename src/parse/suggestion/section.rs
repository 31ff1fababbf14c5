//! Finds the part of a proposal that gives advice (建议), behind background and problem.
//!
//! Every cut between two pieces (sentences, labels, items) is a candidate. The best one has description before it, advice
//! after it, and a cue at it: cue words decide alone where they stand, and the balance of the sentences where none does.

use super::cue::{Cue, cue, head_leaning, leaning};
use super::marker::Item;
use super::view::{View, ends_sentence};
use std::ops::Range;

/// What a cue at the cut is worth, in units of [`leaning`].
const ANNOUNCED: f64 = 25.0;
/// A label decides alone.
const LABELLED: f64 = 200.0;
const ADVISED: f64 = 3.0;
/// A list of orders behind a list of descriptions begins at the cut, for each unit of their difference.
const LIST_FOLLOWS: f64 = 8.0;
/// The first words of an item tell more than those of another sentence.
const HEAD_WEIGHT: f64 = 1.5;
/// A label of the description after the cut speaks against it.
const DESCRIBED: f64 = -8.0;
/// A list begins at the cut, or is torn apart by it.
const LIST_BEGINS: f64 = 2.0;
const LIST_TORN: f64 = -6.0;

/// Openings of lines that end the advice: signatures, requests for consideration, annexes.
const CLOSINGS: [&str; 22] = [
    "以上建议",
    "以上意见",
    "以上提案",
    "妥否",
    "当否",
    "特此",
    "此致",
    "附件",
    "附:",
    "提案人",
    "建议人",
    "联系人",
    "联系电话",
    "抄送",
    "责任编辑",
    "来源:",
    "作者:",
    "编辑:",
    "承办单位",
    "请予",
    "以上妥否",
    "签名",
];

/// A piece of the text: up to a sentence end, a colon, or the next item.
struct Piece {
    range: Range<usize>,
    cue: Cue,
    leaning: f64,
    /// How the head of the item that begins here leans.
    head: Option<f64>,
}

/// The range of the advice; empty where the text gives none. `outline` is that of the whole text.
pub(super) fn advice(view: &View<'_>, outline: &[Item]) -> Range<usize> {
    let body = body(view);
    let pieces = pieces(view, body.clone(), outline);
    let mut before = 0.0;
    let mut after: f64 = pieces.iter().map(piece_weight).sum();
    let mut best = (body.end, -after.abs().max(0.5));
    let repeated = repeated(&pieces, outline);
    for (i, piece) in pieces.iter().enumerate() {
        let own = match piece.cue {
            _ if repeated.first() == Some(&i) => ANNOUNCED,
            _ if repeated.contains(&i) => 0.0,
            Cue::Labels => LABELLED,
            Cue::Announces => ANNOUNCED,
            Cue::Advises => ADVISED,
            _ => 0.0,
        };
        let value = after - before + own + list_bonus(piece, &pieces, outline, own > 0.0);
        if value > best.1 {
            best = (piece.range.start, value);
        }
        before += piece_weight(piece);
        after -= piece_weight(piece);
    }
    best.0..closing(view, best.0..body.end)
}

/// Pieces of a list in which at least two items have a 建议： of their own: the first item with one, then those labels. The
/// advice begins with that item and not with its label.
fn repeated(pieces: &[Piece], outline: &[Item]) -> Vec<usize> {
    let item_of =
        |piece: &Piece| outline.iter().rposition(|item| item.depth == 0 && item.marker.start <= piece.range.start);
    let labels: Vec<(usize, usize)> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.cue == Cue::Announces)
        .filter_map(|(i, piece)| item_of(piece).map(|item| (item, i)))
        .filter(|&(item, i)| outline[item].marker.start < pieces[i].range.start)
        .collect();
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else { return Vec::new() };
    if outline[first.0].marker.start == outline[last.0].marker.start {
        return Vec::new();
    }
    let start = pieces.iter().position(|piece| piece.range.start == outline[first.0].marker.start);
    start.into_iter().chain(labels.iter().map(|&(_, i)| i)).collect()
}

fn piece_weight(piece: &Piece) -> f64 {
    match piece.cue {
        Cue::Describes => DESCRIBED,
        Cue::Labels | Cue::Announces => 0.0,
        _ => piece.leaning,
    }
}

/// What the list at the cut speaks for: one begins, one is torn apart, or one follows on another that describes.
fn list_bonus(piece: &Piece, pieces: &[Piece], outline: &[Item], cued: bool) -> f64 {
    let Some(at) = outline.iter().position(|item| item.marker.start == piece.range.start) else { return 0.0 };
    match outline[at].marker.ordinal {
        1 => LIST_BEGINS + list_follows(at, pieces, outline),
        _ if cued => 0.0,
        _ => LIST_TORN,
    }
}

/// A list that begins in the last item of another may stand behind that list and not inside its item. The more its items
/// order and those of the other describe, the likelier it does.
fn list_follows(at: usize, pieces: &[Piece], outline: &[Item]) -> f64 {
    let depth = outline[at].depth;
    let Some(parent) = (0..at).rev().find(|&i| outline[i].depth + 1 == depth) else { return 0.0 };
    let in_last = !outline[at..].iter().any(|item| item.depth < depth);
    let start = (0..=parent).rev().take_while(|&i| outline[i].depth + 1 >= depth).last().unwrap_or(parent);
    let mean = |range: std::ops::Range<usize>, depth: usize| {
        let members = range.filter(|&i| outline[i].depth == depth);
        let heads: Vec<f64> = members
            .filter_map(|i| pieces.iter().find(|piece| piece.range.start == outline[i].marker.start))
            .filter_map(|piece| piece.head)
            .collect();
        if heads.is_empty() { 0.0 } else { heads.iter().sum::<f64>() / heads.len() as f64 }
    };
    if !in_last {
        return 0.0;
    }
    LIST_FOLLOWS * (mean(at..outline.len(), depth) - mean(start..at, depth - 1)).max(0.0)
}

/// The text without title and header lines: a first line that is the title, and `提案人：…` lines after it.
fn body(view: &View<'_>) -> Range<usize> {
    let mut start = view.trim(0..view.len()).start;
    for nth in 0.. {
        let Some(end) = (start..view.len()).find(|&i| view.get(i) == Some('\n')) else { break };
        let line = view.folded(view.trim(start..end));
        let blank = line.is_empty();
        let title = nth == 0 && !line.contains('。') && line.chars().count() <= 60;
        if !(blank || is_header(&line) || (title && cue(&line) != Cue::Describes && !line.ends_with(':'))) {
            break;
        }
        start = end + 1;
    }
    start..view.len()
}

/// `提案编号：第0076号`: a short key of the register and its value.
fn is_header(line: &str) -> bool {
    const KEYS: [&str; 20] = [
        "提案",
        "编号",
        "届次",
        "界别",
        "类别",
        "日期",
        "时间",
        "联名",
        "附议",
        "联系",
        "电话",
        "单位",
        "领衔",
        "来源",
        "作者",
        "会议",
        "标题",
        "题目",
        "建议人",
        "案号",
    ];
    let Some((key, value)) = line.split_once(':') else { return line.chars().count() <= 12 && line.starts_with('第') };
    key.chars().count() <= 8
        && !value.contains('。')
        && value.chars().count() <= 50
        && KEYS.iter().any(|k| key.contains(k))
        && !value.is_empty()
}

fn pieces(view: &View<'_>, body: Range<usize>, outline: &[Item]) -> Vec<Piece> {
    let mut cuts: Vec<usize> = vec![body.start];
    cuts.extend(outline.iter().map(|item| item.marker.start).filter(|at| body.contains(at)));
    cuts.extend(body.clone().filter(|&i| view.get(i).is_some_and(|c| ends_sentence(c) || c == ':')).map(|i| i + 1));
    cuts.push(body.end);
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |pair: &[usize]| {
        let range = pair[0]..pair[1];
        let inner = view.trim(skip_marker(outline, pair[0])..pair[1].max(skip_marker(outline, pair[0])));
        let text = view.folded(inner.start.min(pair[1])..inner.end.min(pair[1]).max(inner.start.min(pair[1])));
        let opens = outline.iter().any(|item| item.marker.start == pair[0]);
        let head = opens.then(|| head_leaning(&text));
        let leaning = leaning(&text) + HEAD_WEIGHT * head.unwrap_or(0.0);
        Piece { range, cue: if text.is_empty() { Cue::Plain } else { cue(&text) }, leaning, head }
    };
    cuts.windows(2).map(piece).collect()
}

/// `at`, or the end of the marker that stands there.
fn skip_marker(outline: &[Item], at: usize) -> usize {
    outline.iter().find(|item| item.marker.start == at).map_or(at, |item| item.marker.end)
}

/// Where the advice ends: before the first closing line among its last ones.
fn closing(view: &View<'_>, range: Range<usize>) -> usize {
    let starts: Vec<usize> =
        (range.start + 1..range.end).filter(|&i| view.before(i) == Some('\n') && view.get(i) != Some('\n')).collect();
    let tail = starts.iter().rev().take(8).copied().collect::<Vec<_>>();
    let closes = |&start: &usize| {
        let end = (start..range.end).find(|&i| view.get(i) == Some('\n')).unwrap_or(range.end);
        let line = view.folded(view.trim(start..end));
        CLOSINGS.iter().any(|c| line.starts_with(c)) || is_date(&line)
    };
    tail.iter().rev().copied().find(closes).unwrap_or(range.end)
}

fn is_date(line: &str) -> bool {
    let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    bare.ends_with('日') && bare.contains('年') && bare.chars().count() <= 12
}
