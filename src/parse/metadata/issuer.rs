//! Who issued, answered or proposed: by key, by the title's beginning, by the signature.

use super::Reading;
use super::lines::{Head, Key};
use crate::document::{Kind, Span};
use crate::parse::date;
use regex::Regex;
use std::sync::LazyLock;

/// What names of bodies end in.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(?:[\p{Han}×XxＸ＊*（）()“”·]{1,38})?(?:人民政府|政府|国务院|办公厅|办公室|委员会|常委会|[省市县区州]委|部|委|局|厅|署|院|总队|支队|小组|专班|工作组|协会|联合会|学会|商会|工商联|指挥部|中心|公司|集团|银行|分行|法院|检察院|军委|总工会|妇联|团委|党组|联席会议|管委会|联社|大学|学校|研究院|处|科|室|司|办|盟|社|会)(?:[（(][^（）()]{1,24}[)）])?$",
    )
});
/// What the title of a paper has behind its issuer.
static TITLED: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?P<issuer>[^《》，。：“”]{2,70}?)(?:关于|印发|转发|批转|对[^外]|就|发布|颁布)"));
/// 2020年5月14日 上海市第十五届人民代表大会常务委员会第二十一次会议通过.
static ADOPTED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"日\s*(?P<issuer>(?P<place>[\p{Han}]{2,14}?)?第[一二三四五六七八九十]+届(?P<body>全国人民代表大会常务委员会|全国人民代表大会|人民代表大会常务委员会|人民代表大会)|[\p{Han}、]{0,40}?(?:法院审判委员会|检察委员会|国务院|部|委员会|局|总局|人民政府))(?:第[0-9一二三四五六七八九十百]+次|令第|公告|批准|发布|公布)",
    )
});

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// Whether `name` can be the name of a body.
pub(super) fn is_body(name: &str) -> bool {
    let name = name.trim();
    if ["关于", "印发", "转发", "同意"].iter().any(|w| name.contains(w)) {
        return false;
    }
    let words = ["机会", "一部", "全部", "内部", "外部", "干部", "社会", "大会", "会议", "等"];
    name.chars().count() >= 2
        && BODY.is_match(name)
        && !words.iter().any(|w| name.ends_with(w))
        && !name.starts_with(['第', '（', '('])
}

/// The bodies that a line or a title's beginning names, side by side or listed; `None` where a piece is none.
fn bodies(words: &str) -> Option<Vec<String>> {
    let listed = words.split(['、', ' ', '　', '\t', '\n', '\u{a0}']).map(str::trim).filter(|p| !p.is_empty());
    let pieces: Vec<String> = listed.map(str::to_owned).collect();
    if pieces.iter().all(|p| is_body(p)) && !pieces.is_empty() {
        return Some(pieces);
    }
    // A spread name: 省 财 政 厅.
    let together: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    (is_body(&together) && pieces.iter().all(|p| p.chars().count() <= 2)).then(|| vec![together])
}

/// The issuer of a text of this kind; `date` is where its date stands.
pub(super) fn read(
    text: &str,
    title: &str,
    kind: Kind,
    head: &Head,
    date: Option<Span>,
    history: Option<&str>,
) -> Option<Reading<String>> {
    let keyed = |key| head.value(text, key).map(|span| Reading::new(span.of(text).to_owned(), span, ""));
    if kind == Kind::Proposal {
        let span = head.value(text, Key::Proposer)?;
        // The filing date may stand behind the name.
        let end = date::dates(span.of(text)).first().map_or(span.end, |d| span.start + d.span.start);
        let span = super::lines::trim(text, Span::new(span.start, end));
        return (!span.is_empty()).then(|| Reading::new(span.of(text).to_owned(), span, ""));
    }
    let titled = titled(title);
    let signed = date.and_then(|date| signature(text, date, head));
    let by_key = keyed(Key::Issuer).filter(|k| bodies(&k.value).is_some());
    let source = || {
        let found = keyed(Key::Origin)?;
        let value = found.value.split_whitespace().next().unwrap_or("").to_owned();
        (value.chars().count() >= 2 && !value.contains("网"))
            .then(|| Reading::guess(value, found.span, "the page's source"))
    };
    match kind {
        Kind::Policy => {
            titled.or(signed).or(by_key).or_else(|| adopted(history.or_else(|| bracket(text, head))?)).or_else(source)
        }
        _ => signed.or(titled).or(by_key).or_else(source),
    }
}

fn titled(title: &str) -> Option<Reading<String>> {
    let issuer = TITLED.captures(title)?.name("issuer")?.as_str().trim();
    Some(Reading::new(bodies(issuer)?.join("、"), None, "named in the title"))
}

/// The bodies on the date's own line or on the lines above it.
fn signature(text: &str, date: Span, head: &Head) -> Option<Reading<String>> {
    let at = head.all.iter().position(|l| l.contains(date))?;
    let own = &text[head.all[at].start..date.start];
    let own_span = super::lines::trim(text, Span::new(head.all[at].start, date.start));
    if let Some(names) = bodies(own) {
        return Some(Reading::new(names.join("、"), own_span, "signed beside the date"));
    }
    let above = head.all[..at].iter().rev().take(8).take_while(|l| bodies(l.of(text)).is_some());
    let mut lines: Vec<Span> = above.copied().collect();
    lines.reverse();
    let span = Span::new(lines.first()?.start, lines.last()?.end);
    let names: Vec<String> = lines.iter().filter_map(|l| bodies(l.of(text))).flatten().collect();
    Some(Reading::new(names.join("、"), span, "signed above the date"))
}

/// The bracket below a law's title.
fn bracket<'a>(text: &'a str, head: &Head) -> Option<&'a str> {
    let open = head.all.iter().take(8).find(|l| l.of(text).starts_with(['（', '(']))?;
    Some(&text[open.start..])
}

/// Of a law: the body that adopted it, from the note below its title or the record of how it came about.
fn adopted(history: &str) -> Option<Reading<String>> {
    let opening: String = history.chars().take(600).collect();
    let c = ADOPTED.captures(&opening)?;
    let name = match c.name("body") {
        Some(body) => format!("{}{}", c.name("place").map_or("", |p| p.as_str()), body.as_str()),
        None => c.name("issuer")?.as_str().trim_end_matches("审判委员会").trim_end_matches("检察委员会").to_owned(),
    };
    Some(Reading::new(name, None, "the body that adopted it"))
}
