//! The words a reader sees for the enumerations, in Chinese and English. The wording of verdicts lives here and nowhere else.

use super::{ClaimKind, Grade, Kind, LinkKind, Order, Status, UnitKind, Verdict};
use serde::{Deserialize, Serialize};

/// The language of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

/// Something with a word for the reader.
pub trait Label {
    /// The Chinese and the English word.
    fn labels(self) -> (&'static str, &'static str);

    /// The word in `lang`.
    fn label(self, lang: Lang) -> &'static str
    where
        Self: Sized,
    {
        let (zh, en) = self.labels();
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl Label for Kind {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Proposal => ("提案", "proposal"),
            Self::Reply => ("答复", "reply"),
            Self::Policy => ("政策文件", "policy"),
            Self::Report => ("办理总结", "report"),
        }
    }
}

impl Label for UnitKind {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Clause => ("条款", "clause"),
            Self::Suggestion => ("建议", "suggestion"),
            Self::ReplySection => ("答复段", "reply section"),
            Self::Claim => ("说法", "claim"),
            Self::Passage => ("段落", "passage"),
        }
    }
}

impl Label for LinkKind {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Verbatim => ("原文采纳", "verbatim"),
            Self::Adapted => ("改写细化", "adapted"),
            Self::Merged => ("合并概括", "merged"),
            Self::Partial => ("部分采纳", "partial"),
            Self::Topical => ("仅同主题", "topical"),
        }
    }
}

impl Label for Order {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::After => ("政策在后", "policy later"),
            Self::Before => ("政策在先", "policy earlier"),
            Self::Unknown => ("日期不详，待补充", "date unknown"),
        }
    }
}

impl Label for Status {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Absorbed => ("予以采纳", "absorbed"),
            Self::Preexisting => ("已有政策覆盖", "already covered"),
            Self::TopicalOnly => ("主题相关未见直接采纳", "topical only"),
            Self::None => ("暂未发现对应条款", "no clause found"),
        }
    }
}

impl Label for ClaimKind {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Absorption => ("成果吸收", "absorption"),
            Self::Count => ("数量", "count"),
            Self::Rate => ("比率", "rate"),
            Self::Outcome => ("成效", "outcome"),
        }
    }
}

impl Label for Verdict {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Supported => ("予以采纳", "supported"),
            Self::Partly => ("部分采纳", "partly supported"),
            Self::NotFound => ("暂未发现对应条款", "no clause found"),
            Self::ImpossibleOrder => ("政策在先", "policy earlier"),
            Self::MissingSource => ("原始材料缺失，待补充", "source missing"),
            Self::Consistent => ("一致", "consistent"),
            Self::Inconsistent => ("不一致，需核实", "inconsistent, to be checked"),
            Self::Unverifiable => ("无法核对", "cannot be checked"),
        }
    }
}

impl Label for Grade {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Strong => ("强", "strong"),
            Self::Credible => ("可信", "credible"),
            Self::Possible => ("可能", "possible"),
            Self::SelfStated => ("仅自述", "stated by the report alone"),
        }
    }
}
