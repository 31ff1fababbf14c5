//! Where a report names proposals and policies: by number, by title, by both, or by a word that refers back
//! (该提案, 其提出的; 该条例, 《条例》, 国办发〔2019〕6号文件, a short name such as 长护险办法 of 长期护理保险办法).

use super::piece::brackets;
use crate::document::{Citation, Number, ProposalRef, Span};
use crate::parse::docnumber::{FoundNumber, doc_numbers, proposal_numbers};
use regex::Regex;
use std::sync::LazyLock;

/// All mentions of a text, in order.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    pub(super) proposals: Vec<ProposalRef>,
    pub(super) policies: Vec<Citation>,
}

impl Mentions {
    pub(super) fn proposals_in(&self, span: Span) -> Vec<ProposalRef> {
        self.proposals.iter().filter(|p| span.contains(p.span)).cloned().collect()
    }

    pub(super) fn policies_in(&self, span: Span) -> Vec<Citation> {
        self.policies.iter().filter(|p| span.contains(p.span)).cloned().collect()
    }
}

/// What acts are called.
pub(super) const ACTS: &str =
    "条例|办法|方案|意见|细则|通知|规定|措施|规划|决定|纲要|指引|批复|标准|规则|政策|计划|要点|清单|公告|目录|法";

/// A list of numbers without 第: 0011号、0022号、0033号.
static BARE_LIST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:[0-9]{3,5}号、)+[0-9]{3,5}号").expect("a constant pattern"));

static ANAPHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:该|此|这件|这份|这一|上述)(?:件)?(?:提案|建议案|议案)|其(?:中)?(?:所提|提出|建议|关于|呼吁)|提案(?:还|又|也|同时)(?:提出|建议)|(?:^|[，,；;。])(?P<bare>提案(?:关于|提出|所提))")
        .expect("a constant pattern")
});

static BACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:该|此|上述|前述|这一|这部|这份|这个|同一)(?:部|份|项|个)?(?P<a>{ACTS}|文件)|(?:写入|写进|纳入|被|由|在|列入|载入|充实到|体现在|体现到|吸收到|吸纳到)(?P<b>条例|办法|方案|细则|规定)|^(?P<c>条例|办法|方案|细则|意见)(?:均|也|已|中|对|作|明确|专门|还|都|规定|第)"
    ))
    .expect("a constant pattern")
});

static NICKNAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<run>\p{Han}{3,12}?)(?P<act>条例|办法|方案|意见|细则|规定)").expect("a constant pattern")
});

/// All mentions in `text`. `starts` are the byte offsets where pieces begin.
pub(super) fn mentions(text: &str, starts: &[usize]) -> Mentions {
    let titles: Vec<Span> = titles(text);
    let mut proposals = numbered(text, &titles);
    let taken: Vec<Span> = proposals.iter().map(|p| p.span).collect();
    let free = |t: &&Span| !taken.iter().any(|p| p.overlap(**t) > 0);
    let (own, acts): (Vec<Span>, Vec<Span>) =
        titles.iter().filter(free).copied().partition(|t| is_proposal(inner(text, *t)));
    proposals.extend(own.into_iter().map(|t| titled(text, t)));
    proposals.sort_by_key(|p| p.span.start);
    let mut policies = cited(text, &acts);
    refer_back(text, starts, &titles, &mut policies);
    name_again(text, &mut proposals, &titles);
    Mentions { proposals, policies }
}

/// The outermost 《…》 of a text.
fn titles(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('《') {
        let start = from + at;
        let inside = brackets(&text[start..]).into_iter().next().filter(|b| b.start == 0);
        match inside {
            Some(b) => {
                found.push(b.shift(start));
                from = start + b.end;
            }
            None => from = start + '《'.len_utf8(),
        }
    }
    found
}

fn inner(text: &str, title: Span) -> &str {
    text[title.range()].trim_start_matches('《').strip_suffix('》').unwrap_or(&text[title.range()])
}

fn is_proposal(title: &str) -> bool {
    let title = title.trim_end_matches(['》', '”', ' ']);
    title.ends_with("提案") || title.ends_with("建议") || title.ends_with("议案") || title.ends_with("建议案")
}

fn numbered(text: &str, titles: &[Span]) -> Vec<ProposalRef> {
    let outside = |n: &FoundNumber| !titles.iter().any(|t| t.contains(n.span));
    let refs = proposal_numbers(text).into_iter().filter(outside).map(|found| {
        let after = text[found.span.end..].trim_start();
        let noun =
            ["提案", "建议案", "建议", "议案"].iter().find(|n| after.starts_with(**n) && !after.starts_with("建议的"));
        let behind = text.len() - after.len();
        // The noun belongs to the name only where the title follows it or it is 提案: 第8号建议… may open what it suggests.
        let end = noun.filter(|n| **n != "建议").map_or(found.span.end, |n| behind + n.len());
        let title = titles.iter().find(|t| text[end..t.start.max(end)].trim().is_empty() && t.start >= end);
        let title = title.filter(|t| end == found.span.end || is_proposal(inner(text, **t)));
        let span = Span::new(found.span.start, title.map_or(end, |t| t.end));
        ProposalRef { span, number: Some(found.number), title: title.map(|t| inner(text, *t).to_owned()) }
    });
    let mut found: Vec<ProposalRef> = refs.collect();
    for run in BARE_LIST.find_iter(text).filter(|m| !titles.iter().any(|t| t.contains(Span::new(m.start(), m.end())))) {
        let sentence = text[..run.start()].rfind(['。', '\n', ';', '；']).map_or(0, |i| i);
        if !text[sentence..run.start()].contains("提案") && !text[sentence..run.start()].contains("建议") {
            continue;
        }
        let mut at = run.start();
        for printed in run.as_str().split('、') {
            let span = Span::new(at, at + printed.len());
            at = span.end + '、'.len_utf8();
            if !found.iter().any(|p| p.span.overlap(span) > 0) {
                let value = printed.trim_end_matches('号').to_owned();
                let number = Number { printed: printed.to_owned(), value, repaired: false };
                found.push(ProposalRef { span, number: Some(number), title: None });
            }
        }
    }
    found
}

/// A proposal named by its title, with a number in brackets behind it where there is one.
fn titled(text: &str, title: Span) -> ProposalRef {
    let after = &text[title.end..];
    let bracket = brackets(after).into_iter().next().filter(|b| b.start == 0 && after.starts_with(['(', '（']));
    let number = bracket.and_then(|b| proposal_numbers(&after[b.range()]).into_iter().next()).map(|n| n.number);
    let end = title.end + number.as_ref().and(bracket).map_or(0, |b| b.end);
    ProposalRef { span: Span::new(title.start, end), number, title: Some(inner(text, title).to_owned()) }
}

/// Policies named by title, by 文号, or by both.
fn cited(text: &str, titles: &[Span]) -> Vec<Citation> {
    let numbers: Vec<(Span, Number)> = doc_numbers(text).into_iter().map(cut_back).collect();
    let mut found: Vec<Citation> = Vec::new();
    let mut used = vec![false; numbers.len()];
    for &title in titles {
        let behind = numbers.iter().position(|(n, _)| {
            n.start >= title.end
                && text[title.end..n.start].trim().trim_start_matches(['(', '（', ',', '，']).is_empty()
        });
        let mut end = title.end;
        if let Some(i) = behind {
            used[i] = true;
            let close = text[numbers[i].0.end..].chars().next().filter(|c| matches!(c, ')' | '）'));
            end = numbers[i].0.end + close.map_or(0, char::len_utf8);
        }
        let number = behind.map(|i| numbers[i].1.clone());
        found.push(Citation {
            span: Span::new(title.start, end),
            title: Some(inner(text, title).to_owned()),
            number,
            article: None,
        });
    }
    let inside = |n: Span| titles.iter().any(|t| t.contains(n));
    for ((span, number), _) in numbers.into_iter().zip(used).filter(|((n, _), used)| !used && !inside(*n)) {
        found.push(Citation { span, title: None, number: Some(number), article: None });
    }
    found.sort_by_key(|c| c.span.start);
    found
}

/// A 文号 without the words of the sentence that run into its code: 写入甲政发〔2021〕7号.
fn cut_back(found: FoundNumber) -> (Span, Number) {
    let FoundNumber { span, mut number } = found;
    let code_of = |s: &str| s.find(['〔', '[', '【', '﹝', '（', '(']).unwrap_or(0);
    let running = ['入', '为', '在', '到', '被', '进', '由', '据', '照', '与', '了', '是', '于', '即', '将', '把'];
    let cut = |s: &str| {
        let head = &s[..code_of(s)];
        let at = head.rfind(running).map_or(0, |i| i + head[i..].chars().next().map_or(0, char::len_utf8));
        if head[at..].chars().count() >= 2 { at } else { 0 }
    };
    let start = span.start + cut(&number.printed);
    number.value = number.value[cut(&number.value)..].to_owned();
    number.printed = number.printed[cut(&number.printed)..].to_owned();
    (Span::new(start, span.end), number)
}

/// Adds the words that refer back to a policy named earlier, and resolves short titles to the full ones.
fn refer_back(text: &str, starts: &[usize], titles: &[Span], policies: &mut Vec<Citation>) {
    let mut back: Vec<(Span, String)> = Vec::new();
    let in_title = |at: usize| titles.iter().any(|t| t.start <= at && at < t.end);
    for (i, &start) in starts.iter().enumerate() {
        let piece = &text[start..starts.get(i + 1).copied().unwrap_or(text.len())];
        for captures in BACK.captures_iter(piece) {
            let Some(act) = ["a", "b", "c"].iter().find_map(|n| captures.name(n)) else { continue };
            let whole = captures.get(0).filter(|_| captures.name("a").is_some()).unwrap_or(act);
            let span = Span::new(start + whole.start(), start + act.end());
            (!in_title(span.start)).then(|| back.push((span, act.as_str().to_owned())));
        }
        for captures in NICKNAME.captures_iter(piece) {
            let (Some(run), Some(act)) = (captures.name("run"), captures.name("act")) else { continue };
            let end = start + act.end();
            if in_title(end - 1) {
                continue;
            }
            let before =
                policies.iter().rev().filter(|p| p.span.end <= start + run.start()).filter_map(|p| p.title.as_deref());
            let known = before.filter(|t| t.contains(act.as_str())).find_map(|t| nickname(run.as_str(), t));
            if let Some(length) = known {
                let span = Span::new(start + run.end() - length, end);
                back.push((span, format!("{}{}", &run.as_str()[run.len() - length..], act.as_str())));
            }
        }
    }
    for (span, act) in back {
        if policies.iter().any(|p| p.span.overlap(span) > 0) {
            continue;
        }
        let earlier = policies.iter().rev().filter(|p| p.span.end <= span.start);
        let fits = |title: &str| act == "文件" || title.contains(&act) || nickname(&act, title).is_some();
        let antecedent =
            earlier.into_iter().find(|p| p.title.as_deref().is_some_and(fits) || (act == "文件" && p.number.is_some()));
        if let Some(found) = antecedent.cloned() {
            policies.push(Citation { span, ..found });
            policies.sort_by_key(|p| p.span.start);
        }
    }
    resolve_short(policies);
}

/// The length of the longest ending of `run` (three characters or more) whose characters stand in `title` in that order.
fn nickname(run: &str, title: &str) -> Option<usize> {
    let chars: Vec<(usize, char)> = run.char_indices().collect();
    let candidates = chars.iter().enumerate().filter(|(i, _)| chars.len() - i >= 3);
    candidates.map(|(_, &(at, _))| &run[at..]).find(|ending| subsequence(ending, title)).map(str::len)
}

fn subsequence(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|d| d == c))
}

/// 《条例》 and 《指导意见》 stand for the last title that ends so.
fn resolve_short(policies: &mut [Citation]) {
    for i in 1..policies.len() {
        let (earlier, rest) = policies.split_at_mut(i);
        let Some(short) = rest[0].title.as_deref().filter(|t| t.chars().count() <= 6 && rest[0].number.is_none())
        else {
            continue;
        };
        let full = earlier
            .iter()
            .rev()
            .find(|p| p.title.as_deref().is_some_and(|t| t.len() > short.len() && t.ends_with(short)));
        if let Some(full) = full {
            rest[0].title.clone_from(&full.title);
            rest[0].number.clone_from(&full.number);
        }
    }
}

/// Adds the words that refer back to the last proposal named.
fn name_again(text: &str, proposals: &mut Vec<ProposalRef>, titles: &[Span]) {
    let mut again = Vec::new();
    for captures in ANAPHOR.captures_iter(text) {
        let Some(m) = captures.name("bare").or(captures.get(0)) else { continue };
        let span = Span::new(m.start(), m.end());
        let last = proposals.iter().rev().find(|p| p.span.end <= span.start);
        let near = last.filter(|p| !text[p.span.end..span.start].contains('\n') && span.start - p.span.end < 900);
        if let Some(antecedent) = near.filter(|_| !titles.iter().any(|t| t.contains(span))) {
            again.push(ProposalRef { span, ..antecedent.clone() });
        }
    }
    proposals.extend(again);
    proposals.sort_by_key(|p| p.span.start);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Mentions {
        let starts: Vec<usize> = super::super::piece::pieces(text).iter().map(|p| p.span.start).collect();
        mentions(text, &starts)
    }

    #[test]
    fn a_list_of_proposals_carries_its_ordinal_word_once() {
        let text = "如第0011号《关于甲的提案》、0022号《关于乙的提案》、0033号等";
        let found = read(text);
        let numbers: Vec<_> = found.proposals.iter().map(|p| p.number.as_ref().unwrap().value.as_str()).collect();
        assert_eq!(numbers, ["0011", "0022", "0033"]);
        assert_eq!(found.proposals[1].title.as_deref(), Some("关于乙的提案"));
        assert_eq!(found.proposals[1].span.of(text), "0022号《关于乙的提案》");
        assert!(found.policies.is_empty());
    }

    #[test]
    fn a_policy_is_named_by_title_by_number_and_by_words_that_refer_back() {
        let text = "写入《某省绿色信贷条例》（甲政发〔2021〕7号）。第5号提案也在该条例中体现，另一条被甲政发〔2021〕7号文件采纳。";
        let found = read(text);
        assert_eq!(found.policies.len(), 3);
        assert_eq!(found.policies[0].number.as_ref().unwrap().value, "甲政发〔2021〕7号");
        assert_eq!(found.policies[1].title.as_deref(), Some("某省绿色信贷条例"));
        assert_eq!(found.policies[1].span.of(text), "该条例");
        assert_eq!(found.policies[2].span.of(text), "甲政发〔2021〕7号");
    }

    #[test]
    fn a_short_name_is_tied_to_the_title_it_shortens() {
        let found = read("出台《某市居家养老服务条例》。此外居养老条例已作出规定");
        assert_eq!(found.policies[1].title.as_deref(), Some("某市居家养老服务条例"));
    }

    #[test]
    fn a_document_number_is_no_proposal() {
        assert!(read("依据甲府办〔2020〕12号,热线12345号码").proposals.is_empty());
    }

    #[test]
    fn a_proposal_referred_to_again_keeps_its_number() {
        let found = read("采纳了第0044号提案的建议，其提出的办法同时写入条例");
        assert_eq!(found.proposals.len(), 2);
        assert_eq!(found.proposals[1].number.as_ref().unwrap().value, "0044");
    }
}
