//! The claims of a work summary (办理总结): what it says was absorbed, counted, reached.
//!
//! Takes the report's text, gives [`Claim`]s in the order of the text, each with its span. Judges nothing: whether a claim holds
//! is the business of [`crate::verify`].

mod absorption;
mod family;
mod figure;
mod mention;
mod phrase;
mod piece;
mod quantity;

pub use family::{Family, grade, of as family};
pub use figure::{Bound, Figure, figures};

use crate::document::{Claim, Span};

/// The claims of a report, in the order of its text; none of a text that claims nothing.
pub fn claims(text: &str) -> Vec<Claim> {
    let pieces = piece::pieces(text);
    let starts: Vec<usize> = pieces.iter().map(|p| p.span.start).collect();
    let mentions = mention::mentions(text, &starts);
    let absorbed = absorption::absorptions(text, &pieces, &mentions);
    let mut free: Vec<bool> = pieces.iter().map(|p| !furniture(p.span.of(text))).collect();
    for found in &absorbed {
        free[found.consumed.clone()].fill(false);
    }
    let mut claims: Vec<Claim> = absorbed.into_iter().map(|f| f.claim).collect();
    claims.extend(quantity::quantities(text, &pieces, &free, &mentions));
    claims.sort_by_key(|c| (c.span.start, c.span.end));
    for (i, claim) in claims.iter_mut().enumerate() {
        claim.ordinal = i + 1;
    }
    claims
}

/// Lines of the page around the text: publication, source, print and share buttons.
fn furniture(piece: &str) -> bool {
    let starts = [
        "发布时间",
        "发布日期",
        "来源",
        "浏览次数",
        "阅读次数",
        "点击",
        "字号",
        "上一篇",
        "下一篇",
        "责任编辑",
        "附件",
        "【",
    ];
    starts.iter().any(|s| piece.starts_with(s))
}

/// Without the ordinal in front and white space.
fn core(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    let mut chars = piece.chars();
    let ordinal = matches!((chars.next(), chars.next()), (Some(c), Some('是')) if "一二三四五六七八九十".contains(c));
    let start = if ordinal { span.start + '一'.len_utf8() + '是'.len_utf8() } else { span.start };
    Span::new(start, span.end).trim(text)
}
