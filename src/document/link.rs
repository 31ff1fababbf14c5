//! A link from a suggestion to a clause, with its evidence.

use super::{Span, UnitId};
use serde::{Deserialize, Serialize};

/// A suggestion tied to a clause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The suggestion.
    pub suggestion: UnitId,
    /// The clause.
    pub clause: UnitId,
    /// How the clause carries the suggestion.
    pub kind: LinkKind,
    /// Calibrated probability that it does, 0 to 1.
    pub score: f64,
    /// Which came first.
    pub order: Order,
    /// Aligned pieces of both texts, strongest first.
    pub evidence: Vec<Evidence>,
}

/// How a clause carries a suggestion (采纳方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// 原文采纳.
    Verbatim,
    /// 改写细化.
    Adapted,
    /// 合并概括.
    Merged,
    /// 部分采纳.
    Partial,
    /// 仅同主题: no absorption.
    Topical,
}

impl LinkKind {
    /// Whether the clause carries the measure: every kind but [`LinkKind::Topical`].
    pub fn carries(self) -> bool {
        self != Self::Topical
    }
}

/// Whether the policy is later than the proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The policy is later: it can have absorbed the suggestion.
    After,
    /// 政策在先: it cannot.
    Before,
    /// A date is missing or too coarse.
    Unknown,
}

/// What became of a suggestion, over all its links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 予以采纳: a later clause carries it.
    Absorbed,
    /// 已有政策覆盖: only earlier clauses carry it.
    Preexisting,
    /// 主题相关未见直接采纳.
    TopicalOnly,
    /// 暂未发现对应条款.
    None,
}

/// A pair of aligned pieces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// In the proposal's text.
    pub left: Span,
    /// In the policy's text.
    pub right: Span,
    /// Why they are aligned.
    pub kind: EvidenceKind,
    /// How much it says: shared information in bits, background already taken off.
    pub weight: f64,
    /// The older document that already had this language (共同来源), where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ancestor: Option<UnitId>,
}

/// Why two pieces are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// The same characters.
    Exact,
    /// Terms that mean the same.
    Related,
    /// The same figure, deadline or amount.
    Figure,
    /// The same proper name or coined term.
    Name,
}

/// All that was found for one suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    /// The suggestion.
    pub suggestion: UnitId,
    /// What became of it.
    pub status: Status,
    /// Its links of every kind above the threshold, best first.
    pub links: Vec<Link>,
    /// The best-ranked clauses whatever their kind, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// Parts of the suggestion that found no clause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncovered: Vec<Span>,
}

/// A clause in the ranking of one suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The clause.
    pub clause: UnitId,
    /// Calibrated probability that it carries the suggestion, 0 to 1.
    pub score: f64,
}
