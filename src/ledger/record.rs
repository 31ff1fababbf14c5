//! One proposal of a ledger, and how the ledger was read.

use super::problem::{Place, Warning};
use super::{Field, Scale};
use crate::document::{Date, Label, Session};
use serde::{Deserialize, Serialize};

/// A ledger as read: its proposals, which column held what, and everything that was odd.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// The file.
    pub path: String,
    /// What it is called, in its first row or in a `manifest.csv` beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// BLAKE3 of its bytes, hexadecimal.
    pub digest: String,
    /// The encoding of a text table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Whether rows are marked as fiction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    /// The sessions it speaks of, in its titles and its column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// The sheets, in the order of the file.
    pub sheets: Vec<SheetRead>,
    /// The proposals, in the order of the file.
    pub records: Vec<Record>,
    /// What was odd, in the order of the file.
    pub warnings: Vec<Warning>,
    /// The scale of results.
    pub scale: Scale,
}

impl Ledger {
    /// Whether a column holds `field`.
    pub fn has(&self, field: Field) -> bool {
        self.sheets.iter().flat_map(|s| &s.columns).any(|c| c.field == Some(field))
    }
}

/// How one sheet was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetRead {
    /// Its name; `None` for a text table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Why it was passed over, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<Passed>,
    /// The texts above the header.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<String>,
    /// The row of the header (of its last line), as a spreadsheet counts.
    pub header: usize,
    /// Every column and what it holds.
    pub columns: Vec<ColumnRead>,
    /// Rows that hold proposals.
    pub rows: usize,
}

/// Why a sheet was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passed {
    /// It is empty.
    Empty,
    /// Hidden in the workbook.
    Hidden,
    /// No row names the columns of a ledger.
    NoHeader,
    /// Another sheet was asked for.
    NotAsked,
}

/// A column and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnRead {
    /// `A`, `B`, …, `AA`.
    pub letter: String,
    /// Its name in the header; may be empty.
    pub header: String,
    /// What it holds; `None` where it is not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// How that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<How>,
}

/// How the meaning of a column is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Given with `--column`.
    Given,
    /// By its name.
    Name,
    /// Guessed by what its cells hold.
    Content,
}

impl Label for How {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Given => ("指定", "given"),
            Self::Name => ("据列名", "by its name"),
            Self::Content => ("据内容推测", "guessed by its cells"),
        }
    }
}

impl Label for Passed {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => ("空表", "empty"),
            Self::Hidden => ("隐藏的工作表，未读", "hidden, not read"),
            Self::NoHeader => ("没有台账表头，未读", "no header of a ledger, not read"),
            Self::NotAsked => ("未指定，未读", "not asked for"),
        }
    }
}

/// One proposal of the ledger.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Record {
    /// The rows that hold it, the first first.
    pub places: Vec<Place>,
    /// 提案号 in normal form: `0080`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 届次 as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// 案由.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// 提案人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposer: Option<String>,
    /// 提案 or 建议.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// 办理方式.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// 主办单位.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead: Vec<String>,
    /// 会办单位.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co: Vec<String>,
    /// 承办处室.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Whether it is a key proposal (重点, 督办).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<bool>,
    /// 收到日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    /// 交办日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Date>,
    /// 办理时限.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Date>,
    /// 答复日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Date>,
    /// 办理状态; derived from the date of the reply where the ledger does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// 办理结果: the letter of the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// Whether the proposer was spoken with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub communication: Option<YesNo>,
    /// Whether face to face (面商).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub face_to_face: bool,
    /// What the proposer said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
    /// Whether the reply is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<YesNo>,
    /// 答复文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_number: Option<String>,
    /// Text or address of the reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_text: Option<String>,
    /// 备注.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

impl Record {
    /// How it is named to a reader: `0080`, its title, or its row.
    pub fn name(&self) -> String {
        match (&self.number, &self.title) {
            (Some(number), _) => number.clone(),
            (None, Some(title)) => format!("《{title}》"),
            (None, None) => self.places.first().map_or_else(String::new, |p| format!("#{}", p.row)),
        }
    }

    /// Whether the office answers the proposer itself: 会办 and 参阅 go to another office.
    pub fn answers_itself(&self) -> bool {
        !matches!(self.role, Some(Role::Co | Role::Reference))
    }

    /// Whether `title` is its own but for punctuation and the noun at its end.
    pub fn is_titled(&self, title: &str) -> bool {
        self.title.as_ref().is_some_and(|own| super::repeat::alike(own, title))
    }

    /// Whether it is answered.
    pub fn is_done(&self) -> bool {
        self.state == Some(State::Done)
    }
}

/// 办理方式.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 主办.
    Lead,
    /// 分别办理: each office answers for itself.
    Separate,
    /// 主会办, 合办.
    Joint,
    /// 独办, 单独办理.
    Sole,
    /// 会办, 协办.
    Co,
    /// 参阅.
    Reference,
    /// As the ledger words it.
    Other(String),
}

impl Role {
    /// The role in words.
    pub fn label(&self, lang: crate::document::Lang) -> String {
        let (zh, en) = match self {
            Self::Lead => ("主办", "lead"),
            Self::Separate => ("分别办理", "separately"),
            Self::Joint => ("主会办", "jointly"),
            Self::Sole => ("独办", "alone"),
            Self::Co => ("会办", "co-handled"),
            Self::Reference => ("参阅", "for reference"),
            Self::Other(word) => (word.as_str(), word.as_str()),
        };
        match lang {
            crate::document::Lang::Zh => zh.to_owned(),
            crate::document::Lang::En => en.to_owned(),
        }
    }
}

/// 办理状态.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 尚未办理.
    Pending,
    /// 正在办理.
    UnderWay,
    /// 已办结答复.
    Done,
}

impl Label for State {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Pending => ("尚未办理", "not begun"),
            Self::UnderWay => ("正在办理", "under way"),
            Self::Done => ("已办结答复", "answered"),
        }
    }
}

/// An answer of yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question does not arise.
    NotApplicable,
}

/// 委员满意度, worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Satisfaction {
    /// The question does not arise.
    NotApplicable,
    /// 满意.
    Satisfied,
    /// 基本满意.
    Mostly,
    /// 未反馈.
    NoAnswer,
    /// 不满意.
    Dissatisfied,
}

impl Label for Satisfaction {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::NotApplicable => ("不适用", "not applicable"),
            Self::Satisfied => ("满意", "satisfied"),
            Self::Mostly => ("基本满意", "mostly satisfied"),
            Self::NoAnswer => ("未反馈", "no answer"),
            Self::Dissatisfied => ("不满意", "not satisfied"),
        }
    }
}
