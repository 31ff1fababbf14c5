//! Passages: what no unit of a document covers, paragraph by paragraph.

use crate::document::{Parsed, Span};

/// The most bytes that short lines are joined to.
const JOINED: usize = 1500;
/// The most bytes a line may have to be joined to its neighbours.
const SHORT: usize = 120;

/// The stretches of `text` that no unit of `parsed` covers, without white space at the ends.
///
/// Every paragraph is one passage; short lines without punctuation that follow one another (a title over two lines, a
/// signature, the cells of a table) are one together.
pub(super) fn passages(text: &str, parsed: &Parsed) -> Vec<Span> {
    let mut covered: Vec<Span> = parsed.units().iter().map(|u| u.span).collect();
    covered.sort_unstable();
    let mut found: Vec<Span> = Vec::new();
    let mut open = false;
    let mut next = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        while next < covered.len() && covered[next].end <= at {
            next += 1;
        }
        let mut start = at;
        let mut pieces = Vec::new();
        for unit in covered[next..].iter().take_while(|u| u.start < end) {
            if unit.start > start {
                pieces.push(Span::new(start, unit.start));
            }
            start = start.max(unit.end);
        }
        pieces.push(Span::new(start.min(end), end));
        for piece in pieces.into_iter().map(|p| p.trim(text)).filter(|p| says_something(p.of(text))) {
            let short = piece.len() <= SHORT && !piece.of(text).ends_with(['。', '；', '：', ':', ';', '！', '？']);
            match found.last_mut().filter(|last| open && short && piece.end - last.start <= JOINED) {
                Some(last) if !covers_between(&covered, *last, piece) => last.end = piece.end,
                _ => found.push(piece),
            }
            open = short;
        }
        at = end;
    }
    found
}

/// Whether a piece holds a letter or a digit; a lone bracket or full stop between two units is no passage.
fn says_something(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

fn covers_between(covered: &[Span], left: Span, right: Span) -> bool {
    let from = covered.partition_point(|u| u.start < left.end);
    covered[from..].first().is_some_and(|u| u.start < right.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Clause;

    fn with_clause(text: &str, clause: &str) -> Parsed {
        let start = text.find(clause).unwrap();
        let span = Span::new(start, start + clause.len());
        let clause = Clause { ordinal: 1, path: vec![], heading: None, span, responsible: vec![] };
        Parsed { clauses: vec![clause], ..Parsed::default() }
    }

    #[test]
    fn paragraphs_that_no_unit_covers_are_passages() {
        let text = "关于修桥的\n意见\n为了修桥，提出意见。\n一、修桥。\n某市\n2020年1月1日\n";
        let found = passages(text, &with_clause(text, "一、修桥。"));
        let shown: Vec<&str> = found.iter().map(|p| p.of(text)).collect();
        assert_eq!(shown, ["关于修桥的\n意见", "为了修桥，提出意见。", "某市\n2020年1月1日"]);
    }

    #[test]
    fn a_paragraph_partly_covered_gives_its_rest() {
        let text = "要点：一是修桥。以上请予落实。";
        let found = passages(text, &with_clause(text, "一是修桥。"));
        let shown: Vec<&str> = found.iter().map(|p| p.of(text)).collect();
        assert_eq!(shown, ["要点：", "以上请予落实。"]);
    }

    #[test]
    fn a_text_without_units_is_passages_alone() {
        assert_eq!(passages("第一段。\n\n第二段。", &Parsed::default()).len(), 2);
        assert!(passages(" \n", &Parsed::default()).is_empty());
    }
}
