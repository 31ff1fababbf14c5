//! Proposals that a text names: 第0076号《…》、0226号《…》, 《关于…的提案》（第12号）, 第A204号提案.

use super::flat;
use super::title::{Names, Title, names, titles};
use crate::document::{ProposalRef, Span};
use crate::parse::docnumber::proposal_numbers;

/// The proposals that `text` names, in order: by number, by title, or by both.
pub fn proposal_refs(text: &str) -> Vec<ProposalRef> {
    let titles = titles(text);
    let mut taken = vec![false; titles.len()];
    let mut found: Vec<ProposalRef> = Vec::new();
    let mut bracketed: Vec<Span> = Vec::new();
    let numbers = proposal_numbers(text);
    // 《关于…的提案》（第12号）: the number stands in a bracket behind the title.
    for (i, title) in titles.iter().enumerate().filter(|(_, t)| names(t.inner.of(text)) == Names::Proposal) {
        let behind = numbers.iter().find(|n| n.span.start >= title.span.end);
        let tied = behind.filter(|n| opens_bracket(&text[title.span.end..n.span.start]));
        if let Some(number) = tied {
            taken[i] = true;
            bracketed.push(number.span);
            let close = text[number.span.end..].find(['）', ')']).filter(|&at| at < 40);
            let end = number.span.end
                + close.map_or(0, |at| at + text[number.span.end + at..].chars().next().map_or(0, char::len_utf8));
            found.push(named(text, Span::new(title.span.start, end), Some(number.number.clone()), Some(title)));
        }
    }
    for number in numbers.into_iter().filter(|n| !bracketed.contains(&n.span)) {
        if titles.iter().any(|t| t.span.contains(number.span)) {
            continue;
        }
        let noun = noun_after(text, number.span.end);
        let tied = |end: usize, t: &Title| {
            t.span.start >= end
                && text[end..t.span.start].trim_matches([' ', '\u{3000}', '，', ',', '：', ':']).is_empty()
        };
        let next = titles.iter().position(|t| tied(number.span.end, t) || noun > number.span.end && tied(noun, t));
        let next = next
            .filter(|&i| !taken[i] && (names(titles[i].inner.of(text)) == Names::Proposal || noun == number.span.end));
        let title = next.map(|i| {
            taken[i] = true;
            &titles[i]
        });
        let end = title.map_or(noun, |t| t.span.end);
        found.push(named(text, Span::new(number.span.start, end), Some(number.number), title));
    }
    let untied = titles.iter().zip(&taken).filter(|(t, taken)| !**taken && names(t.inner.of(text)) == Names::Proposal);
    found.extend(untied.map(|(title, _)| named(text, title.span, None, Some(title))));
    found.sort_by_key(|p| p.span.start);
    found
}

fn named(text: &str, span: Span, number: Option<crate::document::Number>, title: Option<&Title>) -> ProposalRef {
    ProposalRef { span, number, title: title.map(|t| flat(t.inner.of(text))) }
}

fn opens_bracket(between: &str) -> bool {
    between.trim_start().starts_with(['（', '(', '[', '［', '【'])
        && between.chars().count() <= 24
        && !between.contains(['）', ')', '。', '《'])
}

/// The end of the noun behind a number: 第12号提案.
fn noun_after(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let nouns = ["委员提案", "代表建议", "提案", "议案", "建议案"];
    nouns.iter().find(|n| rest.starts_with(**n)).map_or(end, |n| end + n.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |p: &ProposalRef| {
            format!("{}:{}", p.number.as_ref().map_or("", |n| n.value.as_str()), p.title.as_deref().unwrap_or(""))
        };
        proposal_refs(text).iter().map(show).collect()
    }

    #[test]
    fn a_list_prints_its_ordinal_word_once() {
        let text = "吸收第0011号《关于养桥的提案》、0022号《关于修路的提案》、0033号《关于护堤的建议》等提案";
        assert_eq!(shown(text), ["0011:关于养桥的提案", "0022:关于修路的提案", "0033:关于护堤的建议"]);
    }

    #[test]
    fn numbers_may_have_letters_years_or_stand_behind_the_title() {
        assert_eq!(shown("对第A204号提案的答复"), ["A204:"]);
        assert_eq!(shown("第20250688号提案"), ["20250688:"]);
        assert_eq!(shown("《关于养桥的提案》（第12号）收悉"), ["12:关于养桥的提案"]);
        assert_eq!(shown("《关于养桥的提案》收悉"), [":关于养桥的提案"]);
    }

    #[test]
    fn policies_and_their_numbers_are_no_proposals() {
        assert!(shown("依据《养桥办法》（甲政发〔2020〕1号）和甲令第5号").is_empty());
    }
}
