//! The lines of a text before its body: which of them are headers with a key (提案编号：第0012号), which are page furniture.

use crate::document::Span;
use regex::Regex;
use std::sync::LazyLock;

/// How many lines are taken as possible header.
const HEAD: usize = 40;
/// A line this long is the body.
const LONG: usize = 100;

/// What a header line gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Number,
    ProposalNumber,
    Session,
    Issuer,
    Proposer,
    Origin,
    Signed,
    Filed,
    Published,
    /// 日期 alone: of a proposal its filing, of anything else unclear.
    Day,
    Title,
    Other,
}

const KEYS: [(Key, &[&str]); 12] = [
    (Key::Number, &["发文字号", "发文文号", "文件字号", "文号", "文件编号", "发文号"]),
    (Key::ProposalNumber, &["提案编号", "提案号", "建议编号", "建议号", "议案编号", "案号", "编号"]),
    (Key::Session, &["会议届次", "届次", "届别"]),
    (
        Key::Issuer,
        &[
            "发文机关",
            "发文机构",
            "发布机构",
            "发布机关",
            "发文单位",
            "制定机关",
            "印发单位",
            "发布单位",
            "公开主体",
            "承办单位",
            "答复单位",
            "主办单位",
        ],
    ),
    (
        Key::Proposer,
        &["第一提案人", "提案人", "提案单位", "提案者", "提出单位", "提出人", "建议人", "领衔代表", "领衔人"],
    ),
    (Key::Origin, &["信息来源", "文章来源", "来源", "供稿单位", "发布人"]),
    (
        Key::Signed,
        &[
            "成文日期",
            "成文时间",
            "发文日期",
            "发文时间",
            "签发日期",
            "印发日期",
            "印发时间",
            "生成日期",
            "生成时间",
            "落款日期",
            "答复日期",
            "答复时间",
        ],
    ),
    (
        Key::Filed,
        &["提出日期", "提出时间", "提案日期", "提案时间", "提交日期", "提交时间", "立案日期", "立案时间", "收件日期"],
    ),
    (Key::Published, &["发布时间", "发布日期", "公开日期", "公布日期", "发表时间", "更新时间", "发布于"]),
    (Key::Day, &["日期", "时间"]),
    (Key::Title, &["文件名称", "信息名称", "标题", "名称", "题目", "提案题目", "提案名称", "事由"]),
    (
        Key::Other,
        &[
            "索引号",
            "索引号码",
            "统一编号",
            "登记号",
            "分类",
            "类别",
            "类别号",
            "主题分类",
            "主题词",
            "主题",
            "体裁",
            "界别",
            "联名",
            "附议",
            "附议人",
            "联系人",
            "联系电话",
            "浏览次数",
            "点击量",
            "点击数",
            "阅读次数",
            "访问次数",
            "浏览量",
            "字号",
            "字体",
            "字体大小",
            "作者",
            "责任编辑",
            "编辑",
            "审核",
            "办理结果",
            "办理类型",
            "会办单位",
            "办法",
            "有效性",
            "有效期",
            "失效日期",
            "实施日期",
            "施行日期",
            "生效日期",
            "发布渠道",
            "公开方式",
            "公开类别",
            "公开范围",
            "信息有效性",
            "关键词",
            "备注",
            "文种",
            "案由",
            "分享到",
            "分享",
            "鉴于",
        ],
    ),
];

static KEY: LazyLock<Regex> = LazyLock::new(|| {
    let mut words: Vec<&str> = KEYS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    // Two-character keys are spread with spaces to fill a line: 类 别.
    let spread = |w: &str| w.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(r"[\s　]*");
    let words = words.into_iter().map(spread).collect::<Vec<_>>().join("|");
    let pattern = format!(r"(?:^|[\s　|｜\[【（(•·*-])(?P<key>{words})[\s　*]*(?:[\]】][\s　]*[:：|｜]?|[:：|｜])");
    Regex::new(&pattern).expect("the pattern is built from constants that the tests compile")
});
/// 发文日期2021年12月21日: a key without colon before a date.
static BARE_DATE_KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?P<key>成文日期|发文日期|发布日期|发布时间|印发日期|公开日期)[\s　]*(?P<value>(?:19|20)[0-9]{2}[年./-].*)$",
    )
    .expect("the pattern is a constant that the tests compile")
});
static FURNITURE: LazyLock<Regex> = LazyLock::new(|| {
    let button = r"(?:打印本页|打印|关闭窗口|关闭本页|关闭|收藏|分享|下载|复制链接|我要纠错|纠错|返回顶部|返回|字体|字号|大|中|小|正文|首页|[:：])";
    let buttons = format!(r"(?:[\s　|｜\[【（(\]】）)]*{button})+[\s　\]】）)]*");
    let rest = r"[\s\-–—_=*·.|>]+|【?字[体号]\s*[:：].*|(?:您)?(?:当前)?(?:所在)?的?位置\s*[:：].*|您(?:现在|当前).*位置.*|首页\s*[>＞›].*|关注\s*·.*|.*(?:政策解读|解读】?|一图读懂.*)\s*(?:19|20)\d{2}-\d{2}-\d{2}|扫一扫.*|[上下]一[篇条]\s*[:：].*|责任编辑.*|解读\s*文件下载|解读|文件下载|--\s*>|点击查看.*|第\s*\d+\s*页.*|\d{1,3}";
    let pattern = format!("^(?:{buttons}|{rest})$");
    Regex::new(&pattern).expect("the pattern is a constant that the tests compile")
});
static SAMPLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[【（(\[](?:样例|虚构|示例|样本|sample|fiction)[^】）)\]]{0,30}[】）)\]]|(?:纯属|均为|均系|系|为)虚构|虚构(?:样例|文本|材料|数据)|样例(?:数据|文本|文件)")
        .expect("the pattern is a constant that the tests compile")
});

/// The header of a text.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The first lines that are neither empty, nor furniture, nor header lines with a key; trimmed; up to and with the first long one.
    pub(super) lines: Vec<Span>,
    /// All lines, trimmed, without the empty ones.
    pub(super) all: Vec<Span>,
    /// Whether a line at either end marks the text as fiction.
    pub(super) sample: bool,
    pairs: Vec<(Key, Span)>,
}

impl Head {
    /// Reads the header of `text`.
    pub(super) fn of(text: &str) -> Self {
        let all: Vec<Span> =
            text.lines().map(|l| trim(text, Span::within(text, l))).filter(|s| !s.is_empty()).collect();
        let mut head = Self::default();
        for (i, &line) in all.iter().take(HEAD).enumerate() {
            let words = line.of(text);
            let length = words.chars().count();
            let next = all.get(i + 1).copied();
            if length <= 200 && head.keys(text, line, next) {
                continue;
            }
            let sample = length <= 60 && SAMPLE.is_match(words);
            if !sample && !FURNITURE.is_match(words) && !is_index_number(words) {
                head.lines.push(line);
            }
            if length > LONG {
                break;
            }
        }
        let ends = all.iter().take(6).chain(all.iter().rev().take(4));
        head.sample = ends.filter(|l| l.of(text).chars().count() <= 120).any(|l| SAMPLE.is_match(l.of(text)));
        head.all = all;
        head
    }

    /// The value of the first header line with this key.
    pub(super) fn value(&self, text: &str, key: Key) -> Option<Span> {
        self.pairs.iter().find(|(k, v)| *k == key && !v.of(text).is_empty()).map(|&(_, v)| v)
    }

    /// The lines at the top that are short and no sentence.
    pub(super) fn short<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        let lines = self.all.iter().take(8).copied();
        lines.filter(move |l| l.of(text).chars().count() <= 90 && !l.of(text).contains(['。', '；', '《']))
    }

    /// Takes the pairs of a line; false where it has none and is no header line.
    fn keys(&mut self, text: &str, line: Span, next: Option<Span>) -> bool {
        let words = line.of(text);
        if let Some(c) = BARE_DATE_KEY.captures(words) {
            let (Some(key), Some(value)) = (c.name("key"), c.name("value")) else { return false };
            self.pairs.push((key_of(key.as_str()), Span::new(value.start(), value.end()).shift(line.start)));
            return true;
        }
        let found: Vec<_> = KEY.captures_iter(words).filter_map(|c| Some((c.get(0)?, c.name("key")?))).collect();
        // A key in the middle of a sentence is no header.
        let Some((first, _)) = found.first() else { return false };
        if words[..first.start()].chars().count() > 40 || words.contains('。') {
            return false;
        }
        let leads = words[..first.start()].chars().all(|c| !c.is_alphanumeric());
        for (i, (whole, key)) in found.iter().enumerate() {
            let end = found.get(i + 1).map_or(words.len(), |(next, _)| next.start());
            let mut value = trim_bars(words, Span::new(whole.end(), end)).shift(line.start);
            // Key and value on successive lines.
            if value.is_empty()
                && found.len() == 1
                && let Some(next) = next.filter(|n| !KEY.is_match(n.of(text)) && n.of(text).chars().count() <= 60)
            {
                value = next;
            }
            self.pairs.push((key_of(key.as_str()), value));
        }
        leads
    }
}

fn key_of(word: &str) -> Key {
    let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    KEYS.iter().find(|(_, words)| words.contains(&word.as_str())).map_or(Key::Other, |&(key, _)| key)
}

/// 000014349/2019-00007, 11440106718120458W/2024-00008, GZ0320240034: index numbers of sites.
fn is_index_number(line: &str) -> bool {
    line.len() >= 10
        && line.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.'))
        && line.bytes().filter(u8::is_ascii_digit).count() >= 6
}

/// Whether a short line marks its text as fiction: 【虚构样例】, 纯属虚构.
pub(super) fn marks_fiction(line: &str) -> bool {
    SAMPLE.is_match(line)
}

/// Without white space of any kind and Markdown marks at the ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let space = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let piece = span.of(text);
    let start = piece.trim_start_matches(|c| space(c) || matches!(c, '#' | '>' | '*'));
    let inner = start.trim_end_matches(space);
    let from = span.start + (piece.len() - start.len());
    Span::new(from, from + inner.len())
}

fn trim_bars(text: &str, span: Span) -> Span {
    let mark = |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '[' | '【' | '*');
    let piece = span.of(text);
    let start = piece.trim_start_matches(mark);
    let inner = start.trim_end_matches(mark);
    let from = span.start + (piece.len() - start.len());
    Span::new(from, from + inner.len())
}
