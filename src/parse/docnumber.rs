//! Numbers of documents: takes a text, gives every 文号 (皖金领〔2023〕6号, 粤府令第184号, 公告2023年第12号) and every 提案号
//! (第0080号, 0226号《…》, 第03154号) with its span as [`Number`].
//!
//! A 文号 takes running text with it (依据银发〔2022〕260号): the prefix is cut back to the agency's code. A print that lost a bracket or
//! 号 (皖金领〔20236) is mended and marked. Refuses numbers of other things: 第5号楼, and of a proposal those of decrees.

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
/// Candidates for a 提案号.
static PROPOSAL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"(?P<di>第\s*)?(?P<value>[A-Ea-eＡ-Ｅ]?{DIGITS}{{1,4}}\s?[-—–－]\s?{DIGITS}{{1,5}}|[A-Ea-eＡ-Ｅ]?{DIGITS}{{1,8}}|[〇零一二三四五六七八九十百]{{1,7}})\s*号"
    ))
});
/// The class number behind a national proposal number: （经济发展类212号）.
static CLASS: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"^\s*[（(]\p{{Han}}{{2,10}}类?\s*第?\s*{DIGITS}{{1,5}}\s*号[)）]")));

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
    let mut found: Vec<FoundNumber> = BRACKETED.captures_iter(text).filter_map(|c| bracketed(text, &c)).collect();
    let free = |found: &[FoundNumber], new: &FoundNumber| found.iter().all(|f| f.span.overlap(new.span) == 0);
    for new in DECREE.captures_iter(text).filter_map(|c| decree(text, &c)) {
        if free(&found, &new) {
            found.push(new);
        }
    }
    for new in HALF.captures_iter(text).filter_map(|c| half(text, &c)) {
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

/// Every 提案号 of `text`, in order. A number counts where 第 stands before it or 提案, 建议, 议案, 《 or a class (（经济发展类212号）) behind
/// it, and in a list with one that does; numbers of decrees, buildings and the like do not.
pub fn proposal_numbers(text: &str) -> Vec<FoundNumber> {
    let decrees = doc_numbers(text);
    let mut last_end = None;
    let mut found = Vec::new();
    for c in PROPOSAL.captures_iter(text) {
        let (Some(whole), Some(value)) = (c.get(0), c.name("value")) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let taken = decrees.iter().any(|d| d.span.overlap(span) > 0) || in_class(text, span);
        let listed = last_end.is_some_and(|end| listed(&text[end..span.start]));
        if taken || !is_proposal(text, span, c.name("di").is_some(), listed) {
            continue;
        }
        last_end = Some(span.end);
        found.push(FoundNumber { span, number: number(span.of(text), proposal_value(value.as_str()), false) });
    }
    found
}

/// The 提案号 that a field of a record holds (`第0080号`, `0080`, `0080号`, `A204`); `None` where it holds something else.
pub fn proposal_number(text: &str) -> Option<Number> {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        compiled(&format!(
            r"^\s*(?:提案|建议)?(?:编号|号)?[:：]?\s*第?\s*(?P<value>[A-Za-z]?{DIGITS}{{1,4}}\s?[-—–－]\s?{DIGITS}{{1,5}}|[A-Za-z]{{0,2}}{DIGITS}{{1,10}})\s*号?(?:\s*[（(].*[)）])?\s*$"
        ))
    });
    let c = FIELD.captures(text)?;
    let value = proposal_value(c.name("value")?.as_str());
    Some(number(text.trim(), value, false))
}

/// Whether two 提案号 of one session are the same: as text, or numerically where both are plain numbers (0080 and 80).
pub fn same_proposal(a: &str, b: &str) -> bool {
    let plain = |s: &str| s.parse::<u64>().ok();
    a == b || matches!((plain(a), plain(b)), (Some(a), Some(b)) if a == b)
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

fn proposal_value(printed: &str) -> String {
    if let Some(number) = printed.chars().all(|c| arabic_digit(c).is_none()).then(|| integer(printed)).flatten() {
        return number.to_string();
    }
    let fold = |c: char| match c {
        '—' | '–' | '－' => Some('-'),
        'Ａ'..='Ｅ' => char::from_u32(c as u32 - 'Ａ' as u32 + 'A' as u32),
        c if c.is_whitespace() => None,
        c => arabic_digit(c).and_then(|d| char::from_digit(d, 10)).or(Some(c.to_ascii_uppercase())),
    };
    printed.chars().filter_map(fold).collect()
}

/// Whether what stands around a candidate makes it a proposal's number.
fn is_proposal(text: &str, span: Span, di: bool, listed: bool) -> bool {
    let after = text[span.end..].trim_start_matches([' ', '　', '\u{a0}']);
    let before = text[..span.start].trim_end_matches([' ', '　', '\u{a0}']);
    let chinese = span.of(text).chars().all(|c| arabic_digit(c).is_none());
    let edge = |c: Option<char>| {
        c.is_some_and(|c| arabic_digit(c).is_some() || c.is_ascii_alphanumeric() || matches!(c, '-' | '—' | '.'))
    };
    if !di && edge(before.chars().next_back()) {
        return false;
    }
    let noun = [
        "提案",
        "建议",
        "议案",
        "代表",
        "委员",
        "重点提案",
        "《",
        "（提案",
        "(提案",
        "平时提案",
        "会议提案",
        "“",
        "的提案",
        "、",
    ]
    .iter()
    .take(9)
    .any(|w| after.starts_with(w));
    let class = CLASS.is_match(after);
    let keyed =
        ["提案", "编号", "提案号", "案号"].iter().any(|w| before.trim_end_matches([':', '：', '(', '（']).ends_with(w));
    let session = before.ends_with("次会议") || before.ends_with("次会") || before.ends_with("会期间");
    if noun || class || keyed || session {
        return true;
    }
    let other = [
        "令", "公告", "通告", "文", "楼", "线", "路", "台", "机", "院", "门", "车", "库", "公报", "井", "站", "桩",
        "店",
    ];
    let foreign =
        other.iter().any(|w| after.starts_with(w)) || before.ends_with(['令', '告', '〕', ']', ')', '）', '】', '年']);
    if foreign || chinese {
        return false;
    }
    listed || di || (before.ends_with(['(', '（']) && after.starts_with([')', '）']))
}

/// Whether only a list's punctuation, titles in 《》 or classes stand between two numbers.
fn listed(between: &str) -> bool {
    static LIST: LazyLock<Regex> =
        LazyLock::new(|| compiled(r"^(?:\s|[、，,;；和及与]|以及|《[^》]*》|等|提案|[（(][^（）()]*[)）])*$"));
    between.len() < 600 && LIST.is_match(between)
}

/// Whether a candidate is the class number inside 第03154号（经济发展类212号）.
fn in_class(text: &str, span: Span) -> bool {
    let before = &text[..span.start];
    let Some(open) = before.rfind(['(', '（']).filter(|&i| span.start - i < 45) else { return false };
    let inside = before[open..].trim_start_matches(['(', '（']);
    before[..open].trim_end().ends_with('号')
        && !inside.is_empty()
        && !inside.contains([')', '）'])
        && !inside.contains("提案")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn docs(text: &str) -> Vec<(String, String, bool)> {
        doc_numbers(text)
            .into_iter()
            .map(|f| {
                assert_eq!(f.span.of(text), f.number.printed);
                (f.number.printed, f.number.value, f.number.repaired)
            })
            .collect()
    }

    fn proposals(text: &str) -> Vec<String> {
        proposal_numbers(text).into_iter().map(|f| f.number.value).collect()
    }

    #[test]
    fn every_kind_of_bracket_gives_the_same_value() {
        for print in [
            "甲金领〔2023〕6号",
            "甲金领【2023】6号",
            "甲金领[2023]6号",
            "甲金领（2023）6号",
            "甲金领(2023) 6 号",
            "甲金领﹝2023﹞06号",
            "甲金领〔２０２３〕６号",
            "甲金领〔2023〕第6号",
        ] {
            assert_eq!(docs(print), [(print.to_owned(), "甲金领〔2023〕6号".to_owned(), false)], "{print}");
        }
        assert_eq!(docs("甲办发[1999」34号")[0].1, "甲办发〔1999〕34号");
        assert!(docs("甲办发[1999」34号")[0].2);
    }

    #[test]
    fn running_text_before_the_code_is_cut_off() {
        for (text, printed) in [
            ("依据银发〔2022〕260号文", "银发〔2022〕260号"),
            ("现印发国办发〔2019〕6号", "国办发〔2019〕6号"),
            ("《意见》和国办发〔2019〕6号", "国办发〔2019〕6号"),
            ("按照皖政办〔2020〕3号要求", "皖政办〔2020〕3号"),
            ("和政发〔2021〕7号", "和政发〔2021〕7号"),
            ("依据国发〔2019〕5号以及银发〔2022〕260号", "国发〔2019〕5号"),
        ] {
            assert_eq!(docs(text)[0].0, printed, "{text}");
        }
    }

    #[test]
    fn broken_prints_are_mended_and_marked() {
        for (print, value) in [
            ("皖金领〔20236", "皖金领〔2023〕6号"),
            ("银发〔2022260号", "银发〔2022〕260号"),
            ("苏财办〔201631号", "苏财办〔2016〕31号"),
            ("皖金领〔2023〕6", "皖金领〔2023〕6号"),
            ("皖金领2023〕6号", "皖金领〔2023〕6号"),
        ] {
            let framed = format!("见{print}，");
            assert_eq!(docs(&framed), [(print.to_owned(), value.to_owned(), true)], "{print}");
        }
    }

    #[test]
    fn decrees_and_announcements_are_numbers_too() {
        for (text, value) in [
            ("粤府令第184号", "粤府令第184号"),
            ("中华人民共和国国务院令第725号", "中华人民共和国国务院令第725号"),
            ("主席令第四十五号", "主席令第45号"),
            ("公告(十四届)第五十二号", "公告（十四届）第52号"),
            ("国家税务总局公告2019年第12号", "国家税务总局公告2019年第12号"),
        ] {
            assert_eq!(docs(text), [(text.to_owned(), value.to_owned(), false)], "{text}");
        }
    }

    #[test]
    fn years_in_brackets_that_are_no_numbers_stay_out() {
        for text in ["总体规划（2021）3个", "会议（2023）年", "标准（2019）", "第（2020）号", "第5号楼"]
        {
            assert_eq!(docs(text), [], "{text}");
        }
    }

    #[test]
    fn every_form_of_a_proposal_number_is_read() {
        for (text, value) in [
            ("第0080号提案", "0080"),
            ("第 808 号建议", "808"),
            ("455号提案", "455"),
            ("省政协十三届一次会议第051号提案的答复", "051"),
            ("第A204号提案", "A204"),
            ("第20250688号提案", "20250688"),
            ("第10030056号建议", "10030056"),
            ("第03154号（经济发展类212号）提案", "03154"),
            ("第2022-0123号提案", "2022-0123"),
            ("关于垃圾分类的提案(13号)", "13"),
            ("第一百一十二号提案", "112"),
            ("提案编号：0456号", "0456"),
        ] {
            assert_eq!(proposals(text), [value], "{text}");
        }
    }

    #[test]
    fn in_a_list_only_the_first_number_needs_its_sign() {
        assert_eq!(
            proposals("如第0076号《关于甲的提案》、0226号《关于乙的提案》、0497号《关于丙的提案》"),
            ["0076", "0226", "0497"]
        );
        assert_eq!(proposals("第0112号、0145号和0226号提案"), ["0112", "0145", "0226"]);
    }

    #[test]
    fn decrees_buildings_and_document_numbers_are_no_proposals() {
        for text in ["国务院令第725号", "延医保函〔2024〕212号", "第3号楼", "第一号文件", "人民路12号", "公告第5号"]
        {
            assert_eq!(proposals(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(proposals("延医保函〔2024〕212号 对第212号提案的答复"), ["212"]);
    }

    #[test]
    fn a_field_may_hold_a_bare_number() {
        let of = |text| proposal_number(text).map(|n| n.value);
        assert_eq!(of("0080").as_deref(), Some("0080"));
        assert_eq!(of("第0213号").as_deref(), Some("0213"));
        assert_eq!(of("第03154号（经济发展类212号）").as_deref(), Some("03154"));
        assert_eq!(of("国办发〔2019〕6号"), None);
    }

    #[test]
    fn numbers_are_compared_as_text_then_numerically() {
        assert!(same_proposal("0080", "80") && same_proposal("A204", "A204"));
        assert!(!same_proposal("A204", "204"));
    }

    proptest! {
        #[test]
        fn a_number_printed_with_any_brackets_is_read_back(code in "[皖银国财浙][办发政金]{1,3}", year in 1990_u16..2060, n in 1_u32..9999) {
            for (open, close) in [('〔', '〕'), ('[', ']'), ('（', '）'), ('【', '】')] {
                let text = format!("（{code}{open}{year}{close}{n}号）");
                let got = doc_numbers(&text);
                prop_assert_eq!(got.len(), 1, "{}", text);
                prop_assert_eq!(&got[0].number.value, &format!("{code}〔{year}〕{n}号"));
                prop_assert_eq!(got[0].span.of(&text), format!("{code}{open}{year}{close}{n}号"));
            }
        }

        #[test]
        fn no_text_panics_and_spans_reproduce(text in "[第号提案令公告皖金发〔〕（）()0-9A-E、《》年 -]{0,40}") {
            for found in doc_numbers(&text).into_iter().chain(proposal_numbers(&text)) {
                prop_assert_eq!(found.span.of(&text), found.number.printed.as_str());
            }
        }
    }
}
