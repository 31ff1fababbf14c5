//! The title of a text: the first line that can be one, with the lines it is broken over.

use super::Reading;
use super::lines::{Head, Key};
use crate::document::Span;
use crate::parse::{date, docnumber, heading};
use regex::Regex;
use std::sync::LazyLock;

/// A title has at most so many characters, over at most so many lines.
const LONGEST: usize = 150;
const LINES: usize = 5;

/// How titles of official papers end.
static END: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:通知|意见|方案|计划|措施|办法|规划|要点|条例|规定|决定|细则|纲要|公告|通告|通报|批复|复函|答复函|函|答复|回复|摘要|令|法|法典|规则|解释|规范|标准|指南|指引|清单|制度|政策|章程|目录|预案|提案|建议|建议案|议案|对策|案|思考|总结|报告|情况|纪要|若干规定|决议|准则|守则|协定|公约|名单|解读|问答|流程)(?:[（(][^（）()]{1,30}[)）])?(?:》的通知)?$";
    compiled(pattern)
});
/// A line that begins so goes on with the title above it.
static GOES_ON: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:的|等|和|与|及|[（(](?:试行|暂行|征求意见稿|修订|送审稿|草案|[0-9０-９]{4}))"));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// The title: by key (标题：), else from the first lines; of a decree, that of the act it announces.
pub(super) fn read(text: &str, head: &Head) -> Option<Reading<String>> {
    if let Some(act) = decree(text, head) {
        return Some(act);
    }
    let keyed = head.value(text, Key::Title).filter(|s| possible(s.of(text)) && s.of(text).chars().count() >= 6);
    if let Some(span) = keyed {
        return Some(Reading::new(tidy(span.of(text)), span, ""));
    }
    let at = (0..head.lines.len().min(12)).find(|&i| starts(text, &head.lines[i..]))?;
    let lines = &head.lines[at..];
    let span = joined(text, lines);
    let broken = span.of(text).contains('\n');
    Some(Reading::new(tidy(span.of(text)), span, if broken { "joined over several lines" } else { "" }))
}

/// Whether a title begins with the first of `lines`; a body's name does so only above 关于…
fn starts(text: &str, lines: &[Span]) -> bool {
    let line = lines[0].of(text);
    let issuer = line.split(['、', ' ', '　']).filter(|p| !p.is_empty()).all(super::issuer::is_body);
    let goes_on =
        lines.get(1).is_some_and(|l| ["关于", "转发", "印发", "批转", "对"].iter().any(|w| l.of(text).starts_with(w)));
    possible(line) && !skipped(line) && (!issuer || goes_on)
}

/// The first line with those that belong to it.
fn joined(text: &str, lines: &[Span]) -> Span {
    let first = lines[0];
    let mut last = first;
    for (i, &next) in lines.iter().enumerate().skip(1).take(LINES) {
        let whole = Span::new(first.start, last.end);
        let done = finished(&tidy(whole.of(text)));
        let line = next.of(text);
        let length = whole.of(text).chars().count() + line.chars().count();
        if length > LONGEST || !possible(line) || skipped(line) || repeats(text, first, next) {
            break;
        }
        if done && !GOES_ON.is_match(line) {
            break;
        }
        // An unfinished title goes on only when one of the next lines ends it.
        let ends = lines[i..].iter().take(LINES + 1 - i).take_while(|l| possible(l.of(text)) && !skipped(l.of(text)));
        if !done && !ends.into_iter().any(|l| END.is_match(&tidy(l.of(text)))) {
            break;
        }
        last = next;
    }
    Span::new(first.start, last.end)
}

/// Whether a title can end here: with a noun of papers, its brackets closed; a title with 关于 only with 的 before the noun.
fn finished(title: &str) -> bool {
    static OF: LazyLock<Regex> = LazyLock::new(|| compiled(r"的[\p{Han}“”]{0,10}(?:[（(][^（）()]{1,30}[)）])?$"));
    let count = |c: char| title.matches(c).count();
    let closed = count('《') == count('》') && count('“') == count('”') && count('（') == count('）');
    closed && END.is_match(title) && (!title.contains("关于") || OF.is_match(title))
}

/// A title printed twice begins again.
fn repeats(text: &str, first: Span, next: Span) -> bool {
    let (first, next) = (tidy(first.of(text)), tidy(next.of(text)));
    next.starts_with(&first) || (first.starts_with(&next) && next.chars().count() > 6)
}

/// Of 中华人民共和国国务院令 / 第707号: the act named in 《》 in the sentence below.
fn decree(text: &str, head: &Head) -> Option<Reading<String>> {
    static ACT: LazyLock<Regex> = LazyLock::new(|| compiled(r"《([^《》]{4,80}(?:〈[^〉]+〉[^《》]{0,20})?)》"));
    let first = head.lines.first()?.of(text);
    let second = head.lines.get(1)?.of(text).trim_matches(['(', ')', '（', '）']);
    let heading = (first.ends_with('令') || first.ends_with("公告")) && first.chars().count() <= 40;
    if !(heading && second.starts_with('第') && second.ends_with('号')) {
        return None;
    }
    let lines = head.lines.iter().skip(2).take(4);
    lines.filter(|l| l.of(text).contains(['公', '发', '通'])).find_map(|&line| {
        let act = ACT.captures(line.of(text))?.get(1)?;
        Some(Reading::new(
            tidy(act.as_str()),
            Span::new(act.start(), act.end()).shift(line.start),
            "the act that the decree announces",
        ))
    })
}

/// Whether a line can be (part of) a title at all.
fn possible(line: &str) -> bool {
    let length = line.chars().filter(|c| !c.is_whitespace()).count();
    let sentence = line.contains(['。', '；', ';']) || line.ends_with(['：', ':', '，', ',']);
    (2..=LONGEST).contains(&length) && !sentence && line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Lines that stand above or below a title but are none of it.
fn skipped(line: &str) -> bool {
    static SKIP: LazyLock<Regex> = LazyLock::new(|| {
        compiled(
            r"^(?:[（(]此件|[（(]公开|类\s*别|[ABCD甲乙丙]类|附件|主动公开|内部|机密|秘密|特急|加急|（\s*\d|[（(][^）)]{0,20}[)）]$|第[一二三四五六七八九十百0-9０-９]+[章节编条]|目\s*录$|总理|省长|市长|主任)",
        )
    });
    let number = docnumber::doc_numbers(line).first().is_some_and(|n| n.span.len() * 10 >= line.len() * 7);
    let day = date::dates(line).first().is_some_and(|d| d.span.len() * 10 >= line.len() * 7);
    let section = heading::marker(line).is_some() && !line.starts_with('第');
    number || day || section || SKIP.is_match(line)
}

/// Without line breaks, and without the spaces that spread characters (几 个 问 题).
pub(super) fn tidy(title: &str) -> String {
    let chars: Vec<char> = title.trim().chars().collect();
    let wide = |c: Option<&char>| c.is_some_and(|&c| c > '\u{2e7f}' || "“”‘’—…·".contains(c));
    let mut out = String::new();
    let mut i = 0;
    while i < chars.len() {
        if chars[i].is_whitespace() {
            let from = i;
            while i < chars.len() && chars[i].is_whitespace() {
                i += 1;
            }
            // Two issuers side by side keep their space; anything else between wide characters goes.
            let broken = chars[from..i].iter().any(|c| matches!(c, '\n' | '\r'));
            let before = out.rsplit(' ').next().unwrap_or("");
            let issuers = !broken && super::issuer::is_body(before);
            let between = wide(from.checked_sub(1).and_then(|f| chars.get(f))) && wide(chars.get(i));
            if issuers || !between {
                out.push(' ');
            }
        } else {
            out.push(chars[i]);
            i += 1;
        }
    }
    let out = out.trim();
    let inner = out.strip_prefix('《').and_then(|t| t.strip_suffix('》')).filter(|t| !t.contains(['《', '》']));
    // The name of a site behind the title of its page.
    static SITE: LazyLock<Regex> = LazyLock::new(|| compiled(r"\s*[-–—_|]+>?\s*[\p{Han}]{0,30}(?:网|网站|门户|-->)?$"));
    let bare = inner.unwrap_or(out).trim_start_matches("（转载）");
    let site = SITE.find(bare).filter(|m| m.start() > 0 && (m.as_str().contains('网') || m.as_str().contains('>')));
    site.map_or(bare, |m| &bare[..m.start()]).to_owned()
}
