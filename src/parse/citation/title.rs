//! The outermost 《…》 of a text, nested and broken ones included, and what kind of thing a title names.

use crate::document::Span;

/// The most bytes of a title; a 《 whose 》 is farther off was never closed.
const LONGEST: usize = 480;

/// What a title names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// A law, regulation, plan, notice, …
    Policy,
    /// A proposal: …的提案.
    Proposal,
    /// A newspaper, a book, a form, a contract, a certificate, a study.
    Other,
}

/// A title in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Title {
    /// With its outer 《》.
    pub(super) span: Span,
    /// Without them.
    pub(super) inner: Span,
}

/// The outermost titles of `text`, in order. A title that lost its 》 ends where a name of an act ends.
pub(super) fn titles(text: &str) -> Vec<Title> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('《') {
        let start = from + at;
        match title(text, start) {
            Some(title) => {
                from = title.span.end;
                found.push(title);
            }
            None => from = start + '《'.len_utf8(),
        }
    }
    found
}

fn title(text: &str, start: usize) -> Option<Title> {
    let open = '《'.len_utf8();
    let (mut depth, mut last_close, mut breaks) = (0_usize, None, 0);
    for (offset, c) in text[start..].char_indices() {
        let at = start + offset;
        match c {
            // A second title in a list begins: this one was never closed.
            '《' if depth > 0 && text[..at].ends_with(['及', '和', '与', '、', '，', '）', ')']) => break,
            '《' => depth += 1,
            '》' => {
                depth -= 1;
                last_close = Some(at);
                if depth == 0 {
                    let inner = Span::new(start + open, at).trim(text);
                    let span = Span::new(start, at + c.len_utf8());
                    return (!inner.is_empty()).then_some(Title { span, inner });
                }
            }
            '\n' => breaks += 1,
            _ => {}
        }
        if matches!(c, '。' | '；') || breaks > 1 || offset > LONGEST {
            break;
        }
    }
    // 《关于印发《X》的通知 without its last 》; 《X办法[2019]5号 without any.
    let end = match last_close {
        Some(close) => {
            let after = close + '》'.len_utf8();
            let tail = ["的通知", "的决定", "的公告", "的意见", "的函"].iter().find(|t| text[after..].starts_with(**t));
            after + tail.map_or(0, |t| t.len())
        }
        None => {
            let rest = &text[start + open..];
            let stop = rest.find(['[', '〔', '（', '(', '，', ',', '。', '；', '“', '\n', '：', ':'])?;
            let end = start + open + stop;
            if names(&rest[..stop]) != Names::Policy || stop > LONGEST / 2 {
                return None;
            }
            end
        }
    };
    let inner = Span::new(start + open, end).trim(text);
    Some(Title { span: Span::new(start, end), inner })
}

/// Nouns that end the name of a policy.
const ACTS: &[&str] = &[
    "条例",
    "办法",
    "方案",
    "意见",
    "细则",
    "规定",
    "规则",
    "规划",
    "决定",
    "通知",
    "通告",
    "公告",
    "纲要",
    "计划",
    "措施",
    "批复",
    "指引",
    "标准",
    "规程",
    "准则",
    "法典",
    "宪法",
    "章程",
    "预案",
    "目录",
    "清单",
    "要点",
    "规范",
    "解释",
    "政策",
    "制度",
    "导则",
    "通则",
    "大纲",
    "指南",
    "复函",
    "通报",
    "工作报告",
    "纪要",
    "总规",
    "安排",
    "决议",
    "命令",
    "指导意见",
    "公报",
    "意见稿",
    "白皮书",
    "路线图",
    "行动",
    "若干条",
    "条",
];

/// Endings that look like those of a policy and are none.
const NONE: &[&str] = &[
    "兵法",
    "方法",
    "做法",
    "书法",
    "用法",
    "说法",
    "想法",
    "看法",
    "研究报告",
    "分析报告",
    "调研报告",
    "评估报告",
    "调查报告",
    "可行性报告",
    "鉴定意见",
    "律师函",
    "审查意见",
    "处理意见",
    "答复意见",
    "告知书",
    "通知书",
    "决定书",
    "意见书",
    "承诺书",
    "施工方案",
    "设计方案",
    "检查方案",
    "明细目录",
    "行动者",
    "建设方案图",
];

/// What `title` names, by its last noun; the brackets at its end （试行）, （2018—2035年） do not count.
pub(super) fn names(title: &str) -> Names {
    let title = bare(title);
    if ["提案", "议案", "建议案"].iter().any(|n| title.ends_with(n)) {
        return Names::Proposal;
    }
    if title.ends_with("建议") {
        // 《中共中央关于制定…规划的建议》 is a policy.
        return if title.starts_with("中共") { Names::Policy } else { Names::Proposal };
    }
    let policy = ACTS.iter().any(|n| title.ends_with(n)) || title.ends_with('法') && title.chars().count() >= 3;
    if policy && !NONE.iter().any(|n| title.ends_with(n)) { Names::Policy } else { Names::Other }
}

/// A title without closing brackets, quotes and white space at its end.
pub(super) fn bare(title: &str) -> &str {
    let mut title = title.trim();
    loop {
        let before = title;
        title = title.trim_end_matches(['》', '〉', '>', '＞', '”', '"', ' ', '\u{3000}', '等']);
        for (open, close) in [('（', '）'), ('(', ')'), ('〔', '〕')] {
            if let Some(at) = title.strip_suffix(close).and_then(|t| t.rfind(open)).filter(|&at| at > 0) {
                title = title[..at].trim_end();
            }
        }
        if title == before {
            return title;
        }
    }
}

/// Whether `title` is nothing but the noun of an act: 办法, 条例, 实施方案, 总体规划.
pub(super) fn is_noun(title: &str) -> bool {
    let head = ["实施", "总体", "暂行", "试行", "指导", "管理", "若干", "行动", "工作", "建设", "专项"];
    let mut rest = title.trim();
    while let Some(cut) = head.iter().find_map(|h| rest.strip_prefix(h)) {
        rest = cut;
    }
    ACTS.contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        titles(text).iter().map(|t| t.inner.of(text)).collect()
    }

    #[test]
    fn titles_nest_with_brackets_of_every_kind() {
        assert_eq!(inner("见《关于印发〈养桥办法〉的通知》。"), ["关于印发〈养桥办法〉的通知"]);
        assert_eq!(inner("见《关于印发<养桥办法>的通知》。"), ["关于印发<养桥办法>的通知"]);
        assert_eq!(inner("见《关于印发《养桥办法》的通知》和《护路条例》"), ["关于印发《养桥办法》的通知", "护路条例"]);
        assert_eq!(inner("见《《养桥条例》实施细则》"), ["《养桥条例》实施细则"]);
    }

    #[test]
    fn a_title_that_lost_its_bracket_ends_with_its_act() {
        assert_eq!(inner("依《关于印发《养桥办法》的通知，各区照办。"), ["关于印发《养桥办法》的通知"]);
        assert_eq!(inner("依《某县养桥办法[2019]5号，照办。"), ["某县养桥办法"]);
        assert!(inner("《 未完的话。").is_empty());
    }

    #[test]
    fn titles_of_policies_are_told_from_other_titles() {
        for title in [
            "养桥条例",
            "养桥办法（试行）",
            "某市总体规划（2020—2035年）",
            "公路法",
            "关于印发〈养桥办法〉的通知",
            "政府工作报告",
        ] {
            assert_eq!(names(title), Names::Policy, "{title}");
        }
        for title in ["关于养桥的提案", "关于养桥的建议"] {
            assert_eq!(names(title), Names::Proposal, "{title}");
        }
        for title in ["人民日报", "桥梁可行性研究报告", "养桥方法", "房屋租赁合同", "身份证", "行政处罚决定书"]
        {
            assert_eq!(names(title), Names::Other, "{title}");
        }
    }

    #[test]
    fn a_bare_noun_is_no_title() {
        assert!(is_noun("办法") && is_noun("总体规划") && is_noun("实施方案"));
        assert!(!is_noun("养桥办法"));
    }
}
