//! What checking a claim came to, and how strong the evidence for an absorption is.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The outcome of checking one claim of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 予以采纳: later clauses carry all that the claim names.
    Supported,
    /// 部分采纳: later clauses carry a part of it.
    Partly,
    /// 暂未发现对应条款.
    NotFound,
    /// 政策在先: the policy is older than the proposal and cannot have absorbed it.
    ImpossibleOrder,
    /// 原始材料缺失，待补充: a proposal or policy it names is not in the corpus.
    MissingSource,
    /// 一致: the figures agree.
    Consistent,
    /// 不一致，需核实: the figures, or a title and its number, do not agree.
    Inconsistent,
    /// 无法核对: nothing in the report or the corpus can confirm it.
    Unverifiable,
}

impl Verdict {
    /// All verdicts, in the order reports count them.
    pub const ALL: [Self; 8] = [
        Self::Supported,
        Self::Partly,
        Self::NotFound,
        Self::ImpossibleOrder,
        Self::MissingSource,
        Self::Consistent,
        Self::Inconsistent,
        Self::Unverifiable,
    ];

    /// The name that machines read: `not_found`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Partly => "partly",
            Self::NotFound => "not_found",
            Self::ImpossibleOrder => "impossible_order",
            Self::MissingSource => "missing_source",
            Self::Consistent => "consistent",
            Self::Inconsistent => "inconsistent",
            Self::Unverifiable => "unverifiable",
        }
    }
}

impl FromStr for Verdict {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.trim().replace('-', "_");
        Self::ALL.into_iter().find(|v| v.name() == wanted).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|v| v.name()).collect();
            format!("{text:?} is no verdict; choose from {}", names.join(", "))
        })
    }
}

/// How strong the evidence is that a policy took a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 强: order, matching content, an earlier edition without it, no common ancestor.
    Strong,
    /// 可信: order, matching content, and the reply names the policy.
    Credible,
    /// 可能: order and matching content.
    Possible,
    /// 仅自述: only the report says so.
    SelfStated,
}
