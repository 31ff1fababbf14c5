//! The fields of a ledger.

use crate::document::Label;
use serde::{Deserialize, Serialize};

/// What a column of a ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 提案号.
    Number,
    /// 届次.
    Session,
    /// 案由, 标题.
    Title,
    /// 提案人.
    Proposer,
    /// 提案 or 建议, where one ledger holds both.
    Genre,
    /// 办理方式: 主办, 分别办理, 会办, …
    Role,
    /// 主办单位.
    Lead,
    /// 会办单位.
    Co,
    /// 承办处室.
    Office,
    /// 重点提案, 领导督办.
    Key,
    /// 收到日期.
    Received,
    /// 交办日期.
    Assigned,
    /// 办理时限.
    Deadline,
    /// 答复日期.
    Answered,
    /// 办理状态.
    State,
    /// 办理结果: A, B, C, D.
    Result,
    /// 沟通方式.
    Communication,
    /// 满意度.
    Satisfaction,
    /// 是否公开.
    Public,
    /// 答复文号.
    ReplyNumber,
    /// Text or address of the reply.
    ReplyText,
    /// 备注.
    Remark,
    /// Whether the row is fiction.
    Sample,
    /// 序号: counts the rows, means nothing.
    Serial,
}

use Field::{
    Answered, Assigned, Co, Communication, Deadline, Genre, Key, Lead, Number, Office, Proposer, Public, Received,
    Remark, ReplyNumber, ReplyText, Role, Sample, Satisfaction, Serial, Session, State, Title,
};

impl Field {
    /// Every field, in the order a ledger is shown.
    pub const ALL: [Self; 24] = [
        Number,
        Session,
        Title,
        Proposer,
        Genre,
        Role,
        Lead,
        Co,
        Office,
        Key,
        Received,
        Assigned,
        Deadline,
        Answered,
        State,
        Self::Result,
        Communication,
        Satisfaction,
        Public,
        ReplyNumber,
        ReplyText,
        Remark,
        Sample,
        Serial,
    ];

    /// The name that `--column NAME=FIELD` takes: `number`, `reply_text`.
    pub fn name(self) -> &'static str {
        match self {
            Number => "number",
            Session => "session",
            Title => "title",
            Proposer => "proposer",
            Genre => "genre",
            Role => "role",
            Lead => "lead",
            Co => "co",
            Office => "office",
            Key => "key",
            Received => "received",
            Assigned => "assigned",
            Deadline => "deadline",
            Answered => "answered",
            State => "state",
            Self::Result => "result",
            Communication => "communication",
            Satisfaction => "satisfaction",
            Public => "public",
            ReplyNumber => "reply_number",
            ReplyText => "reply_text",
            Remark => "remark",
            Sample => "sample",
            Serial => "serial",
        }
    }

    /// The field of a name, English ([`Field::name`]) or Chinese (its label).
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|f| f.name() == name.to_ascii_lowercase() || f.labels().0 == name)
    }

    /// Whether two columns may both hold it.
    pub(super) fn repeats(self) -> bool {
        matches!(self, Key | Satisfaction | Communication | Remark | Serial)
    }

    /// Whether it holds a date.
    pub fn is_date(self) -> bool {
        matches!(self, Received | Assigned | Deadline | Answered)
    }
}

impl Label for Field {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Number => ("提案号", "number"),
            Session => ("届次", "session"),
            Title => ("案由", "title"),
            Proposer => ("提案人", "proposer"),
            Genre => ("类型", "genre"),
            Role => ("办理方式", "role"),
            Lead => ("主办单位", "lead unit"),
            Co => ("会办单位", "co-handling units"),
            Office => ("承办处室", "office"),
            Key => ("重点督办", "key proposal"),
            Received => ("收到日期", "received"),
            Assigned => ("交办日期", "assigned"),
            Deadline => ("办理时限", "deadline"),
            Answered => ("答复日期", "answered"),
            State => ("办理状态", "state"),
            Self::Result => ("办理结果", "result"),
            Communication => ("沟通情况", "communication"),
            Satisfaction => ("满意度", "satisfaction"),
            Public => ("是否公开", "publicity"),
            ReplyNumber => ("答复文号", "reply number"),
            ReplyText => ("答复内容", "reply text"),
            Remark => ("备注", "remark"),
            Sample => ("样例标记", "sample mark"),
            Serial => ("序号", "serial number"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_of_its_own_that_is_found_again() {
        for field in Field::ALL {
            assert_eq!(Field::of_name(field.name()), Some(field));
            assert_eq!(Field::of_name(field.labels().0), Some(field));
        }
    }
}
