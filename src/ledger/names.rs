//! The names that offices give the columns of a ledger.

use super::Field::{
    self, Answered, Assigned, Co, Communication, Deadline, Genre, Key, Lead, Number, Office, Proposer, Public,
    Received, Remark, ReplyNumber, ReplyText, Role, Sample, Satisfaction, Serial, Session, State, Title,
};

/// Names in full, the more telling first.
const NAMES: [(Field, &[&str]); 24] = [
    (Number, &["提案号", "提案编号", "建议编号", "建议号", "案号", "提案建议编号", "提案建议号", "编号", "号"]),
    (Session, &["届次", "会议届次", "届别", "会次", "会议"]),
    (Title, &["案由", "标题", "题目", "题名", "事由", "提案名称", "提案内容", "建议内容", "名称", "主题", "内容"]),
    (
        Proposer,
        &["提案人", "提案者", "第一提案人", "建议人", "领衔代表", "提案单位", "委员", "代表", "委员姓名", "代表姓名"],
    ),
    (Genre, &["提案类型", "建议提案", "提案建议", "件别", "文种", "性质", "类型"]),
    (
        Role,
        &[
            "办理方式",
            "承办方式",
            "办理类型",
            "办理性质",
            "承办类型",
            "办理角色",
            "承办角色",
            "承办性质",
            "主办会办",
            "主会办",
            "主协办",
            "主办或会办",
            "办理类别",
        ],
    ),
    (Lead, &["主办单位", "牵头单位", "主办部门", "牵头部门", "领办单位", "承办单位", "主办", "牵头"]),
    (Co, &["会办单位", "协办单位", "配合单位", "会办部门", "协办部门", "配合部门", "会办", "协办"]),
    (
        Office,
        &[
            "承办处室",
            "承办科室",
            "责任处室",
            "责任科室",
            "牵头处室",
            "主办处室",
            "承办部门",
            "责任部门",
            "处室",
            "科室",
            "股室",
        ],
    ),
    (
        Key,
        &[
            "是否领导督办",
            "是否重点提案",
            "是否重点",
            "重点提案",
            "重点督办",
            "领导督办",
            "督办领导",
            "领衔领导",
            "领办领导",
            "重点",
            "督办",
        ],
    ),
    (Received, &["收到日期", "收文日期", "接收日期", "收件日期", "收到时间", "收文时间", "接收时间", "登记日期"]),
    (Assigned, &["交办日期", "分办日期", "转办日期", "交办时间", "分办时间", "转办时间", "派发时间"]),
    (
        Deadline,
        &[
            "办理时限",
            "办结时限",
            "答复时限",
            "办理期限",
            "答复期限",
            "办结期限",
            "截止日期",
            "截止时间",
            "应办结日期",
            "应答复日期",
            "限办日期",
            "时限",
            "期限",
        ],
    ),
    (
        Answered,
        &[
            "答复日期",
            "答复时间",
            "办结日期",
            "办结时间",
            "回复日期",
            "办复日期",
            "复函日期",
            "实际办结日期",
            "实际答复日期",
            "完成时间",
            "办理时间",
        ],
    ),
    (
        State,
        &["办理状态", "办理进度", "办理进展", "是否办结", "办结情况", "状态", "进度", "进展", "进展情况", "办理情况"],
    ),
    (
        Field::Result,
        &[
            "办理结果",
            "结果类别",
            "答复类别",
            "办结类别",
            "答复分类",
            "结果分类",
            "解决程度",
            "采纳情况",
            "结果",
            "类别",
            "分类",
        ],
    ),
    (
        Communication,
        &["沟通方式", "沟通情况", "是否沟通", "联系沟通", "沟通联系", "面商情况", "是否面商", "沟通", "面商"],
    ),
    (
        Satisfaction,
        &[
            "委员满意度",
            "满意度",
            "满意情况",
            "是否满意",
            "委员评价",
            "代表评价",
            "反馈意见",
            "委员意见",
            "评价",
            "满意",
        ],
    ),
    (Public, &["是否公开", "公开情况", "公开方式", "公开属性", "公开类别", "是否同意公开", "公开"]),
    (ReplyNumber, &["答复文号", "复函文号", "发文字号", "答复编号", "复函编号", "文号"]),
    (ReplyText, &["答复内容", "答复正文", "答复意见", "答复全文", "复函内容", "答复网址", "公开网址", "公开链接"]),
    (Remark, &["备注", "说明"]),
    (Sample, &["样例", "虚构", "sample"]),
    (Serial, &["序号", "序", "行号", "no", "#"]),
];

/// Pieces that a longer name holds together; the first rule that fits counts.
const PIECES: [(Field, &[&[&str]]); 17] = [
    (ReplyNumber, &[&["答复", "号"], &["复函", "号"]]),
    (Number, &[&["提案", "号"], &["建议", "号"], &["案", "编号"]]),
    (Deadline, &[&["时限"], &["期限"], &["截止"], &["应", "日期"], &["限", "日期"]]),
    (Received, &[&["收", "日期"], &["收", "时间"]]),
    (Assigned, &[&["交办", "日"], &["交办", "时间"], &["分办", "日"], &["转办", "日"]]),
    (
        Answered,
        &[&["答复", "日"], &["答复", "时间"], &["办结", "日"], &["办结", "时间"], &["回复", "时间"], &["完成", "时间"]],
    ),
    (Satisfaction, &[&["满意"], &["评价"]]),
    (Communication, &[&["沟通"], &["面商"], &["走访"]]),
    (Public, &[&["公开"]]),
    (Key, &[&["重点"], &["督办"], &["领衔"]]),
    (Field::Result, &[&["结果"], &["办理", "类别"], &["答复", "类别"]]),
    (State, &[&["状态"], &["进度"], &["进展"], &["是否", "办结"]]),
    (Role, &[&["办理", "方式"], &["主办", "会办"], &["主", "协办"]]),
    (Co, &[&["会办", "单位"], &["协办", "单位"], &["配合", "单位"], &["会办"], &["协办"]]),
    (Office, &[&["处室"], &["科室"], &["股室"]]),
    (Lead, &[&["主办", "单位"], &["牵头", "单位"], &["承办", "单位"]]),
    (Title, &[&["案由"], &["标题"], &["提案", "名"], &["建议", "名"], &["题"]]),
];

/// How well a column's folded name stands for a field: the field and a certainty up to 3; `None` for a name that says nothing.
pub(super) fn by_name(name: &str) -> Option<(Field, f64)> {
    let name = plain(name);
    if name.is_empty() {
        return None;
    }
    let english = Field::ALL.into_iter().find(|f| f.name().replace('_', "") == name);
    if let Some(field) = english {
        return Some((field, 3.0));
    }
    let full = NAMES.iter().find_map(|(field, names)| {
        let at = names.iter().position(|n| *n == name)?;
        Some((*field, 3.0 - 0.02 * at as f64))
    });
    full.or_else(|| {
        let holds = |pieces: &[&str]| pieces.iter().all(|p| name.contains(p));
        let rule = PIECES.iter().find(|(_, rules)| rules.iter().any(|r| holds(r)));
        rule.filter(|_| name.chars().count() <= 20).map(|(field, _)| (*field, 2.0))
    })
}

/// A name without brackets, punctuation and white space: `是否 公开（是/否）` → `是否公开`.
pub(super) fn plain(name: &str) -> String {
    let folded = super::value::fold(name);
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in folded.chars() {
        match c {
            '(' | '[' | '〔' => depth += 1,
            ')' | ']' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 && (c.is_alphanumeric() || c == '#') => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    // 提案（建议）号 is named by all of it, （件） by nothing else.
    if out.is_empty() { folded.chars().filter(|c| c.is_alphanumeric()).collect() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_offices_use_stand_for_their_field() {
        let of = |name| by_name(name).map(|(f, _)| f);
        assert_eq!(of("提案（建议）号"), Some(Number));
        assert_eq!(of("委员满意度（满意/基本满意/不满意）"), Some(Satisfaction));
        assert_eq!(of("规定答复时限"), Some(Deadline));
        assert_eq!(of("实际办结\n时间"), Some(Answered));
        assert_eq!(of("是否 公开"), Some(Public));
        assert_eq!(of("复函文号"), Some(ReplyNumber));
        assert_eq!(of("Answered"), Some(Answered));
        assert_eq!(of("经办人电话"), None);
    }
}
