//! What a text is, from its title and its opening. The genre comes from the body, not from the noun: a 提案 is often titled …的建议, and an
//! answer to a 提案 says 您的建议.

use super::Reading;
use super::lines::{Head, Key};
use crate::document::Kind;
use crate::parse::session;
use regex::Regex;
use std::sync::LazyLock;

static REPLY_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:(?:提案|建议|议案|建议案|议事原案|代表意见|书面意见|第[A-E]?[0-9-]{1,9}号).{0,60}(?:答复|复函|回复|会办意见|协办意见|办理意见|办理情况)(?:的?函|摘要|意见|的?公示)?|.*(?:答复函|会办意见|协办意见)(?:的函)?)(?:[（(].*[)）])?$",
    )
});
static REPLY_OPENING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:您|你|您们|你们|贵单位|贵委|贵会|贵党派|贵界别|委员|代表)[^。]{0,60}(?:提案|建议|议案)[^。]{0,80}(?:收悉|答复如下|函复如下|回复如下|办理情况)|(?:提案|建议)[^。]{0,40}收悉[^。]{0,80}(?:答复|函复|回复)",
    )
});
static REPORT_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:提案|建议|议案).{0,40}(?:总结|办理(?:工作|总体)?情况(?:的?报告|通报|汇报)?|工作情况的?报告|审查情况的?报告|情况的?报告|情况汇报|工作报告|办理情况)(?:[（(].*[)）])?$|(?:办理|提案).{0,12}总结$",
    )
});
static REPORT_BODY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:共|累计)?(?:承办|办理|收到|交办|提交)[^。]{0,30}(?:提案|建议)[^。]{0,20}[0-9０-９一二三四五六七八九十百]+\s*件",
    )
});
static PROPOSAL_TITLE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?:提案|建议|建议案|议案|的案|对策|思考)(?:[（(].*[)）])?$"));
static PROPOSAL_BODY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:为此|鉴于此|因此|对此|故)[，,]?(?:我们|本人|特|我|建议|提出)|建议如下|提出(?:如下|以下)建议|(?:几点|具体|对策)建议|(?m)^\s*(?:调研情况|问题分析|具体建议|案\s*由|背景情况|建议)\s*[:：]",
    )
});
static POLICY_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:通知|意见|方案|计划|措施|办法|规划|要点|条例|规定|决定|细则|纲要|公告|通告|通报|批复|令|法|法典|规则|解释|规范|标准|指南|指引|清单|制度|政策|章程|目录|预案|决议|函|复函)(?:[（(][^（）()]*[)）])?$",
    )
});
static ARTICLE: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?m)^[\s　]*第[一二三四五六七八九十百]{1,5}条[\s　]"));
/// Papers of the party and the government are titled …的建议 as well.
static OFFICIAL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"^(?:中共|中国共产党|国务院|[\p{Han}]{2,20}(?:人民政府|办公厅|委员会|厅|局))[\p{Han}、 　]{0,40}关于")
});

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// Whether a text counts proposals that were handled, as a work summary does, whatever its title.
pub fn counts_proposals(text: &str) -> bool {
    REPORT_BODY.is_match(text)
}

/// The kind of `text`, titled `title`: a reading where title or header say it, else a guess.
pub(super) fn read(text: &str, title: &str, head: &Head) -> Reading<Kind> {
    let opening: String = text.chars().take(1200).collect();
    let sure = |kind, detail| Reading::new(kind, None, detail);
    let asked = REPLY_OPENING.is_match(&opening) && !opening.contains("请示");
    let report = REPORT_TITLE.is_match(title) && !title.contains("通知");
    let reply = REPLY_TITLE.is_match(title) && !title.ends_with("批复") && !title.contains("通知");
    let filed = [Key::Proposer, Key::Filed].iter().any(|&k| head.value(text, k).is_some());
    // A report's title may name 办理情况 as a reply's does: the letter's opening decides.
    if reply && (asked || !report) && (asked || session::session(title).is_some() || title.contains(['复', '函'])) {
        return sure(Kind::Reply, "by its title");
    }
    if report && !asked {
        return sure(Kind::Report, "by its title");
    }
    let official = OFFICIAL.is_match(title) || title.starts_with("中共");
    if filed && !asked && !official {
        return sure(Kind::Proposal, "by its header lines");
    }
    if asked {
        return sure(Kind::Reply, "by its opening sentence");
    }
    if PROPOSAL_TITLE.is_match(title) && !official {
        return sure(Kind::Proposal, "by its title");
    }
    if POLICY_TITLE.is_match(title) || ARTICLE.find_iter(text).count() >= 3 {
        return sure(Kind::Policy, if POLICY_TITLE.is_match(title) { "by its title" } else { "by its articles" });
    }
    guess(text, &opening)
}

fn guess(text: &str, opening: &str) -> Reading<Kind> {
    if REPORT_BODY.is_match(opening)
        && (text.contains("办结率") || text.contains("满意率") || text.contains("提案办理"))
    {
        return Reading::guess(Kind::Report, None, "it counts proposals that were handled");
    }
    if PROPOSAL_BODY.is_match(text) {
        return Reading::guess(Kind::Proposal, None, "it introduces suggestions");
    }
    Reading::guess(Kind::Policy, None, "nothing says what it is")
}
