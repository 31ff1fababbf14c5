//! Policies and proposals that a text names.
//!
//! Takes any text and gives each 《…》 with its 文号 in either order, a 文号 alone, short names (以下简称《意见》, “意见”) and words that
//! refer back (该条例, 上述《办法》) with the full title, nicknames (民营经济“25条”), and 第X条第X款 behind them. Refuses newspapers, books,
//! forms and studies, the text's own number, and 本条例, by which an act means itself.

mod article;
mod back;
mod proposal;
mod title;

use super::docnumber::{FoundNumber, doc_numbers};
use crate::document::{Citation, Span};
pub use proposal::proposal_refs;
use title::{Names, Title, names, titles};

/// The policies that `text` names, in order; their spans do not overlap.
pub fn citations(text: &str) -> Vec<Citation> {
    if !text.contains(['《', '号', '条', '该']) {
        return Vec::new();
    }
    let titles = titles(text);
    let numbers = doc_numbers(text);
    let mut used = vec![false; numbers.len()];
    let mut found: Vec<Citation> = Vec::new();
    let mut aliases = back::Aliases::default();
    for title in &titles {
        // 以下简称《办法》 defines a name; the policy was named before it.
        let before = text[..title.span.start].trim_end_matches(['省', '市', '县', '区', '：', ':', '“']);
        if before.ends_with("简称") || before.ends_with("下称") || before.ends_with("简称为") {
            continue;
        }
        let citation = titled(text, title, &numbers, &mut used);
        let kind = names(title.inner.of(text));
        let known = citation.number.is_some() || citation.article.is_some();
        if kind == Names::Proposal || kind == Names::Other && (!known || personal(title.inner.of(text))) {
            continue;
        }
        let citation = match aliases.full(title.inner.of(text), &found) {
            Some(full) => Citation { title: full.title, number: citation.number.or(full.number), ..citation },
            // 《办法》 whose full name stands nowhere names nothing.
            None if title::is_noun(title.inner.of(text)) && citation.number.is_none() => continue,
            None => citation,
        };
        aliases.read(text, &citation, found.len());
        found.push(citation);
    }
    found.extend(alone(text, &titles, &numbers, &used));
    back::refer_back(text, &titles, &aliases, &mut found);
    let nicknames = back::nicknames(text, &titles);
    found.extend(nicknames);
    found.sort_by_key(|c| c.span.start);
    found.dedup_by(|later, first| first.span.overlap(later.span) > 0);
    found
}

/// Names of certificates and the like, which a number behind them does not make a policy.
fn personal(title: &str) -> bool {
    ["证", "书", "表", "报", "合同", "协议", "单"].iter().any(|end| title.ends_with(end))
}

/// The citation of a title: with the number behind or before it, and the article behind both.
fn titled(text: &str, title: &Title, numbers: &[FoundNumber], used: &mut [bool]) -> Citation {
    let mut span = title.span;
    let mut number = None;
    let next = numbers.partition_point(|n| n.span.start < title.span.end);
    if let Some(found) = numbers.get(next)
        && joins(&text[title.span.end..found.span.start])
    {
        used[next] = true;
        number = Some(found.number.clone());
        span.end = closed(text, title.span.end, found.span.end);
    } else if let Some(before) = next.checked_sub(1)
        && let Some(found) = numbers.get(before).filter(|n| n.span.end <= title.span.start)
        && !used[before]
        && leads(&text[found.span.end..title.span.start])
    {
        used[before] = true;
        number = Some(found.number.clone());
        span.start = found.span.start;
    }
    if number.is_none()
        && let Some(within) = numbers.iter().position(|n| title.inner.contains(n.span))
    {
        // 《某办法（某政发〔2020〕1号）》.
        used[within] = true;
        number = Some(numbers[within].number.clone());
    }
    let inner = match &number {
        Some(n) => title.inner.of(text).split(n.printed.as_str()).next().unwrap_or_default(),
        None => title.inner.of(text),
    };
    let inner = inner.trim_end_matches(['（', '(', '〔', '[', ' ']);
    Citation { span, title: Some(flat(inner)), number, article: article::after(text, span.end) }
}

/// Whether what stands between a title and a number ties them.
fn joins(between: &str) -> bool {
    between.len() <= 30
        && between
            .trim()
            .trim_start_matches(['（', '(', '【', '[', '?', '？', '，', ',', '"', '”', '》'])
            .trim()
            .trim_start_matches("文号")
            .trim_start_matches(['：', ':'])
            .is_empty()
}

/// Whether what stands between a number and a title behind it ties them: 某政发〔2020〕1号文件《…》.
fn leads(between: &str) -> bool {
    matches!(
        between.trim(),
        "" | "文件" | "文" | "，" | "," | "即" | "文，" | "印发的" | "文件印发的" | "发布的" | "公布的"
    )
}

/// The end of a number with the bracket that closes it: …30号文）.
fn closed(text: &str, open: usize, end: usize) -> usize {
    if !text[open..end].trim_start().starts_with(['（', '(', '【', '[']) {
        return end;
    }
    let rest = &text[end..];
    let close = rest.char_indices().take(8).find(|(_, c)| matches!(c, '）' | ')' | '】' | ']'));
    match close {
        Some((at, c)) if !rest[..at].contains(['，', ',', '、']) => end + at + c.len_utf8(),
        _ => end,
    }
}

/// Numbers without title; not the text's own, which stands alone on its line, and not those inside titles.
fn alone<'a>(
    text: &'a str,
    titles: &'a [Title],
    numbers: &'a [FoundNumber],
    used: &'a [bool],
) -> impl Iterator<Item = Citation> + 'a {
    let free = numbers.iter().zip(used).filter(|(_, used)| !**used).map(|(n, _)| n);
    free.filter(move |n| !titles.iter().any(|t| t.span.overlap(n.span) > 0) && !own_line(text, n.span)).map(move |n| {
        Citation {
            span: n.span,
            title: None,
            number: Some(n.number.clone()),
            article: article::after(text, n.span.end),
        }
    })
}

/// Whether nothing else stands on the line of `span`.
fn own_line(text: &str, span: Span) -> bool {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let rest = [&text[start..span.start], &text[span.end..end]];
    rest.iter().all(|r| !r.chars().any(char::is_alphanumeric))
        || rest[1].trim().is_empty() && rest[0].trim_end().ends_with(['：', ':']) && rest[0].chars().count() < 12
}

/// A title on one line, without white space between Chinese characters.
fn flat(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut gap = false;
    for c in title.trim().chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && c.is_ascii_alphanumeric() && out.ends_with(|p: char| p.is_ascii_alphanumeric()) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |c: &Citation| {
            let number = c.number.as_ref().map_or("", |n| n.value.as_str());
            format!(
                "{}|{}|{}|{}",
                c.span.of(text),
                c.title.as_deref().unwrap_or(""),
                number,
                c.article.as_deref().unwrap_or("")
            )
        };
        citations(text).iter().map(show).collect()
    }

    #[test]
    fn a_title_takes_the_number_behind_or_before_it() {
        assert_eq!(
            shown("依据《养桥办法》（甲政发〔2020〕1号）办理。"),
            ["《养桥办法》（甲政发〔2020〕1号）|养桥办法|甲政发〔2020〕1号|"]
        );
        assert_eq!(
            shown("依据《养桥办法》甲政发[2020]1号文件精神"),
            ["《养桥办法》甲政发[2020]1号|养桥办法|甲政发〔2020〕1号|"]
        );
        assert_eq!(
            shown("依据甲政发〔2020〕1号《养桥办法》办理。"),
            ["甲政发〔2020〕1号《养桥办法》|养桥办法|甲政发〔2020〕1号|"]
        );
    }

    #[test]
    fn a_number_alone_is_a_citation_but_the_texts_own_is_none() {
        assert_eq!(
            shown("养桥意见\n甲政发〔2020〕1号\n已纳入乙府办〔2019〕3号文件。"),
            ["乙府办〔2019〕3号||乙府办〔2019〕3号|"]
        );
    }

    #[test]
    fn short_names_stand_for_the_full_title() {
        let text =
            "甲市印发《甲市桥梁养护管理办法》（甲政发〔2020〕1号，以下简称《办法》），《办法》第五条第二款规定了巡查。";
        let found = shown(text);
        assert_eq!(found[1], "《办法》|甲市桥梁养护管理办法|甲政发〔2020〕1号|第五条第二款");
        assert_eq!(shown("《养桥条例》已施行，该条例第三条规定了罚则。")[1], "该条例|养桥条例||第三条");
        assert_eq!(shown("《养桥条例》已施行，上述《条例》规定了罚则。")[1], "《条例》|养桥条例||");
        assert!(shown("《办法》施行后，本办法同时废止。").is_empty());
    }

    #[test]
    fn quoted_short_names_are_tied_to_their_title() {
        let text = "《关于养桥的实施意见》（以下简称“养桥十条”）印发后，“养桥十条”收效明显。";
        assert_eq!(shown(text)[1], "“养桥十条”|关于养桥的实施意见||");
    }

    #[test]
    fn nicknames_are_titles_without_number() {
        assert_eq!(shown("落实民营经济“25条”措施"), ["民营经济“25条”|民营经济25条||"]);
        assert_eq!(shown("出台“科创20条”。"), ["“科创20条”|科创20条||"]);
    }

    #[test]
    fn what_is_no_policy_is_left_out() {
        assert!(shown("《甲日报》刊登了《关于养桥的提案》和《养桥可行性研究报告》，并签订《租赁合同》。").is_empty());
    }
}
