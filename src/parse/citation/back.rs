//! Names that stand for a policy named before: 以下简称《意见》, “意见”, 上述《办法》, 该条例; and nicknames: 民营经济“25条”.

use super::article;
use super::title::{self, Title};
use crate::document::{Citation, Span};
use regex::Regex;
use std::sync::LazyLock;

/// 以下简称《意见》 behind a title, within its bracket or behind a comma.
static DEFINED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^\s*[（(,，]\s*[^。；\n《（）()]{0,40}?(?:以下|下)?(?:简称|称)(?:为)?[：:]?\s*(?P<name>[^）)，,。；]{0,3}《[^》]{1,24}》|[“‘][^”’]{1,24}[”’]|[^（(）)，,。；“《]{1,16})",
    )
});
/// 该条例, 上述办法.
static BACK: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:该|上述|前述|此)(?:部|份|项|个)?(?P<act>条例|办法|方案|意见|细则|规定|规划|通知|法|决定|纲要|计划|措施|指引|文件)",
    )
});
/// “25条”, “科创20条”.
static NICKNAME: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"[“「](?P<name>\p{Han}{0,10}(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})条)[”」]"));

/// How far back 该条例 may look, in bytes.
const REACH: usize = 1500;

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// Short names with the place, in the list of citations, of what they stand for.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    names: Vec<(String, usize)>,
}

impl Aliases {
    /// Reads the short name that the text behind `citation` gives it; `place` is where the citation will stand.
    pub(super) fn read(&mut self, text: &str, citation: &Citation, place: usize) {
        let rest = &text[citation.span.end..];
        let window = &rest[..rest.char_indices().nth(80).map_or(rest.len(), |(at, _)| at)];
        let bracket = window.trim_start().starts_with(['（', '(']) || window.starts_with([',', '，']);
        if !bracket || !window.contains('称') {
            return;
        }
        let Some(name) = DEFINED.captures(window).and_then(|c| c.name("name")) else { return };
        let name = name.as_str();
        let name = name.find('《').map_or(name, |at| &name[at..]);
        let name = name.trim_matches(['《', '》', '“', '”', '‘', '’', ' ']);
        if !name.is_empty() {
            self.names.push((name.to_owned(), place));
        }
    }

    /// What the short title `name` stands for: as defined, or else the last title that ends with it.
    pub(super) fn full(&self, name: &str, before: &[Citation]) -> Option<Citation> {
        if let Some((_, place)) = self.names.iter().rev().find(|(n, _)| n == name) {
            return before.get(*place).cloned();
        }
        if !title::is_noun(name) {
            return None;
        }
        let ends =
            |c: &&Citation| c.title.as_deref().is_some_and(|t| t.len() > name.len() && title::bare(t).ends_with(name));
        before.iter().rev().find(ends).cloned()
    }
}

/// Adds the words outside 《》 that stand for a policy named before.
pub(super) fn refer_back(text: &str, titles: &[Title], aliases: &Aliases, found: &mut Vec<Citation>) {
    let taken: Vec<Span> = titles.iter().map(|t| t.span).chain(found.iter().map(|c| c.span)).collect();
    let free = |span: Span| !taken.iter().any(|t| t.overlap(span) > 0);
    let mut added: Vec<Citation> = Vec::new();
    for c in BACK.captures_iter(text) {
        let (Some(whole), Some(act)) = (c.get(0), c.name("act")) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let named = |c: &&Citation| {
            let title = c.title.as_deref();
            title.is_some_and(|t| title::bare(t).ends_with(act.as_str()))
                || act.as_str() == "文件" && c.number.is_some()
        };
        let near = |c: &&Citation| c.span.end <= span.start && span.start - c.span.end <= REACH;
        let antecedent = found.iter().rev().filter(near).find(named);
        if let Some(antecedent) = antecedent.filter(|_| free(span)) {
            added.push(Citation { span, article: article::after(text, span.end), ..antecedent.clone() });
        }
    }
    for (name, place) in &aliases.names {
        let Some(full) = found.iter().filter(|c| c.title.is_some()).nth(*place).cloned() else { continue };
        for (at, _) in text[full.span.end..].match_indices(name.as_str()) {
            let at = full.span.end + at;
            let span = Span::new(at, at + name.len());
            let quoted = text[..at].ends_with(['“', '‘']) && text[span.end..].starts_with(['”', '’']);
            let wide = '“'.len_utf8();
            // Without quotation marks a short name counts only before an article: 拍卖法第三条.
            let article = article::after(text, span.end);
            let span = if quoted { Span::new(at - wide, span.end + wide) } else { span };
            let defines = text[..span.start].ends_with(['称', '：', ':', '为']);
            if free(span) && !defines && (quoted || article.is_some() && name.chars().count() >= 3) {
                added.push(Citation { span, article, ..full.clone() });
            }
        }
    }
    found.extend(added);
}

/// Nicknames with a count: “科创20条”; a bare “25条” takes the words before it.
pub(super) fn nicknames(text: &str, titles: &[Title]) -> Vec<Citation> {
    let mut found = Vec::new();
    for c in NICKNAME.captures_iter(text) {
        let (Some(whole), Some(name)) = (c.get(0), c.name("name")) else { continue };
        let mut span = Span::new(whole.start(), whole.end());
        if titles.iter().any(|t| t.span.overlap(span) > 0)
            || name.as_str().starts_with('第')
            || text[..span.start].ends_with(['称', '为'])
        {
            continue;
        }
        let counted = name.as_str().starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        let mut title = name.as_str().to_owned();
        if counted {
            let before = prefix(&text[..span.start]);
            if before.is_empty() {
                continue;
            }
            title.insert_str(0, before);
            span.start -= before.len();
        }
        found.push(Citation { span, title: Some(title), number: None, article: None });
    }
    found
}

/// The noun before a bare “25条”: 民营经济 of 落实民营经济“25条”.
fn prefix(before: &str) -> &str {
    const STOPS: &[&str] = &[
        "落实", "出台", "印发", "实施", "执行", "贯彻", "推出", "制定", "发布", "按照", "根据", "依据", "围绕", "兑现",
        "宣传", "我省", "我市", "省委", "的", "了", "和", "及", "与", "将", "在", "对", "从", "被", "把", "《", "》",
        "、", "，", ",", "。", "；", "“", "”", "\n", "：", "（", "）", " ",
    ];
    let from = before.char_indices().rev().nth(9).map_or(0, |(at, _)| at);
    let window = &before[from..];
    let cut = STOPS.iter().filter_map(|s| window.rfind(s).map(|at| at + s.len())).max().unwrap_or(0);
    let words = &window[cut..];
    if words.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) { words } else { "" }
}
