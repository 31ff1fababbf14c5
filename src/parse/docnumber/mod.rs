//! Numbers of documents: takes a text, gives every 文号 (皖金领〔2023〕6号, 粤府令第184号, 公告2023年第12号) and every 提案号
//! (第0080号, 0226号《…》, 第03154号) with its span as [`Number`].
//!
//! A 文号 takes running text with it (依据银发〔2022〕260号): the prefix is cut back to the agency's code. A print that lost a bracket or
//! 号 (皖金领〔20236) is mended and marked. Refuses numbers of other things: 第5号楼, and of a proposal those of decrees.

mod proposal;
#[cfg(test)]
mod tests;

pub use proposal::{proposal_number, proposal_numbers, same_proposal};

use super::numeral::{arabic_digit, integer};
use crate::document::{Number, Span};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundNumber {
    /// The number as printed.
    pub span: Span,
    /// As printed and as compared.
    pub number: Number,
}

const OPEN: &str = r"[〔﹝\[［【(（「『〈<{]";
const CLOSE: &str = r"[〕﹞\]］】)）」』〉>}]";
const DIGITS: &str = r"[0-9０-９]";

/// 皖金领〔2023〕6号 with any brackets; 号 may be lost.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"(?P<prefix>[\p{{Han}}A-Za-z]{{1,24}})\s?(?P<open>{OPEN})\s*(?P<year>(?:19|20|１９|２０){DIGITS}{{2}})\s*年?\s*(?P<close>{CLOSE})\s*第?\s*(?P<serial>{DIGITS}{{1,5}})(?P<hao>\s*号)?"
    ))
});
/// 皖金领〔20236号 and 皖金领2023〕6号: one bracket is lost.
static HALF: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"(?P<prefix>[\p{{Han}}A-Za-z]{{1,24}})(?:{OPEN}\s*(?P<year>(?:19|20)[0-9]{{2}})(?P<serial>[0-9]{{1,4}})|\s?(?P<year2>(?:19|20)[0-9]{{2}}){CLOSE}\s*(?P<serial2>[0-9]{{1,4}}))(?P<hao>\s*号)?"
    ))
});
/// 国务院令第725号, 主席令第四十五号, 公告2023年第12号, 公告(十四届)第五十二号.
static DECREE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"(?P<prefix>[\p{{Han}}]{{0,24}}(?:令|公告|通告))\s?(?P<middle>{OPEN}[^\s〔（(）)〕]{{2,8}}{CLOSE}|(?P<year>(?:19|20)[0-9]{{2}})年)?\s*第\s?(?P<serial>{DIGITS}{{1,5}}|[〇零一二三四五六七八九十百]{{1,7}})\s?号"
    ))
});
/// What ends before an agency's code; the code begins behind the last of them.
const CUT: [&str; 61] = [
    "依据",
    "根据",
    "按照",
    "遵照",
    "参照",
    "执行",
    "贯彻",
    "落实",
    "下发",
    "印发",
    "转发",
    "制发",
    "发布",
    "颁布",
    "出台",
    "公布",
    "文件",
    "通知",
    "意见",
    "办法",
    "规定",
    "方案",
    "文号",
    "发文字号",
    "字号",
    "编号",
    "附件",
    "有关",
    "以及",
    "废止",
    "替代",
    "详见",
    "参见",
    "结合",
    "符合",
    "包括",
    "修订",
    "原件",
    "原文",
    "关于",
    "精神",
    "要求",
    "实施",
    "原有",
    "号",
    "入",
    "到",
    "在",
    "据",
    "的",
    "了",
    "见",
    "由",
    "被",
    "即",
    "与",
    "及",
    "自",
    "对",
    "是",
    "按",
];
/// 和 and 以 stand in codes of counties (和政发): cut before them only where a well-known head follows.
const HEADS: &str = "国中财税银证保发教科工民司人自环建交水农商文卫应审市统京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新";
/// What a code of an agency never is, although it stands before a bracketed year.
const NO_CODE: [&str; 10] = ["预案", "条例", "案例", "标准", "年度", "版", "规划", "纲要", "计划", "第"];

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// Every 文号 of `text`, decrees and announcements included, in order; they do not overlap.
pub fn doc_numbers(text: &str) -> Vec<FoundNumber> {
    // Laws hold no year in digits; the patterns, which may begin with any character, are spared them.
    let dated = ["19", "20", "１９", "２０"].iter().any(|century| text.contains(century));
    let mut found: Vec<FoundNumber> =
        if dated { BRACKETED.captures_iter(text).filter_map(|c| bracketed(text, &c)).collect() } else { Vec::new() };
    let free = |found: &[FoundNumber], new: &FoundNumber| found.iter().all(|f| f.span.overlap(new.span) == 0);
    let decrees = ["令", "公告", "通告"].iter().any(|word| text.contains(word)) && text.contains('号');
    let decrees = DECREE.captures_iter(if decrees { text } else { "" }).filter_map(|c| decree(text, &c));
    let halves = HALF.captures_iter(if dated { text } else { "" }).filter_map(|c| half(text, &c));
    for new in decrees.chain(halves) {
        if free(&found, &new) {
            found.push(new);
        }
    }
    found.sort_by_key(|f| f.span.start);
    found
}

/// The 文号 that a field of a record holds; `None` where it holds none.
pub fn doc_number(text: &str) -> Option<Number> {
    doc_numbers(text).into_iter().next().map(|f| f.number)
}

fn number(printed: &str, value: String, repaired: bool) -> Number {
    Number { printed: printed.to_owned(), value, repaired }
}

fn bracketed(text: &str, c: &Captures<'_>) -> Option<FoundNumber> {
    let (open, close) = (c.name("open")?.as_str(), c.name("close")?.as_str());
    let complete = c.name("hao").is_some();
    let end = c.name("hao").or_else(|| c.name("serial"))?.end();
    if !complete && (c.name("serial")?.as_str().len() > 4 || goes_on(text, end)) {
        return None;
    }
    let span = Span::new(code_start(text, c, complete)?, end);
    let code = span.of(text)[..c.name("open")?.start() - span.start].trim();
    let repaired = !complete || !matching(open, close);
    let value = bracket_value(code, c.name("year")?.as_str(), c.name("serial")?.as_str())?;
    Some(FoundNumber { span, number: number(span.of(text), value, repaired) })
}

fn half(text: &str, c: &Captures<'_>) -> Option<FoundNumber> {
    let year = c.name("year").or_else(|| c.name("year2"))?;
    let serial = c.name("serial").or_else(|| c.name("serial2"))?;
    let complete = c.name("hao").is_some();
    let end = c.name("hao").unwrap_or(serial).end();
    if !complete && goes_on(text, end) {
        return None;
    }
    let span = Span::new(code_start(text, c, complete)?, end);
    let prefix = c.name("prefix")?;
    let code = text[span.start..prefix.end()].trim();
    // With a bracket lost, only what looks like a code is one: 银发〔2022260号 yes, 会议〔20221 no.
    let like_code = code.chars().count() >= 2
        && code.ends_with([
            '发', '函', '办', '字', '文', '秘', '规', '提', '领', '电', '政', '令', '税', '金', '管', '监', '财',
        ]);
    let value = bracket_value(code, year.as_str(), serial.as_str()).filter(|_| complete || like_code)?;
    Some(FoundNumber { span, number: number(span.of(text), value, true) })
}

fn decree(text: &str, c: &Captures<'_>) -> Option<FoundNumber> {
    let (whole, prefix, serial) = (c.get(0)?, c.name("prefix")?, c.name("serial")?);
    let start = prefix.start() + cut(prefix.as_str());
    let code = text[start..prefix.end()].trim();
    if code.chars().count() < 2 && code != "令" {
        return None;
    }
    let middle = match (c.name("year"), c.name("middle")) {
        (Some(year), _) => format!("{}年", year.as_str()),
        (None, Some(m)) => {
            let inner: String = m.as_str().chars().skip(1).collect();
            format!("（{}）", inner.trim_end_matches(|ch: char| !ch.is_alphanumeric()))
        }
        _ => String::new(),
    };
    let serial = integer(serial.as_str()).filter(|&n| n > 0)?;
    let span = Span::new(start, whole.end());
    Some(FoundNumber { span, number: number(span.of(text), format!("{code}{middle}第{serial}号"), false) })
}

/// Where the code of the number begins, its prefix cut back; `None` where no code is left.
fn code_start(text: &str, c: &Captures<'_>, complete: bool) -> Option<usize> {
    let prefix = c.name("prefix")?;
    let start = prefix.start() + cut(prefix.as_str());
    let code = &text[start..prefix.end()];
    let length = code.chars().count();
    let refused = NO_CODE.iter().any(|w| code.ends_with(w)) || (code.is_ascii() && length < 3);
    ((1..=14).contains(&length) && !refused && (complete || length >= 2)).then_some(start)
}

/// How many bytes of a prefix are running text before the code.
fn cut(prefix: &str) -> usize {
    let mut at = CUT
        .iter()
        .filter_map(|w| prefix.rfind(w).map(|i| i + w.len()))
        .filter(|&i| i < prefix.len())
        .max()
        .unwrap_or(0);
    for lead in ['和', '以', '经', '为', '于', '在', '并'] {
        let rest = prefix[at..].strip_prefix(lead);
        let known = |r: &str| r.chars().next().is_some_and(|c| HEADS.contains(c)) && r.chars().count() >= 2;
        if rest.is_some_and(known) {
            at += lead.len_utf8();
        }
    }
    at
}

fn bracket_value(code: &str, year: &str, serial: &str) -> Option<String> {
    let year = half_width(year);
    let serial: u32 = half_width(serial).parse().ok().filter(|&n| n > 0)?;
    Some(format!("{code}〔{year}〕{serial}号"))
}

fn half_width(text: &str) -> String {
    text.chars().filter_map(|c| char::from_digit(arabic_digit(c)?, 10)).collect()
}

fn matching(open: &str, close: &str) -> bool {
    let pair = |open: &str| {
        [
            "〔〕", "﹝﹞", "[]", "［］", "【】", "()", "（）", "「」", "『』", "〈〉", "<>", "{}", "(）", "（)",
            "[］", "［]",
        ]
        .iter()
        .any(|p| p.starts_with(open) && p.ends_with(close))
    };
    pair(open)
}

/// Whether a number that lost its 号 goes on, so that it is another number.
fn goes_on(text: &str, at: usize) -> bool {
    text[at..]
        .starts_with(|c: char| arabic_digit(c).is_some() || matches!(c, '年' | '.' | '-' | '—' | '/' | '%' | '％'))
}
