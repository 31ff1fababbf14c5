//! What a work summary claims.

use super::{Citation, ProposalRef, Span};
use serde::{Deserialize, Serialize};

/// One claim of a report that can be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// One-based, in the order of the text.
    pub ordinal: usize,
    /// What is claimed.
    pub kind: ClaimKind,
    /// The claim in the report's text.
    pub span: Span,
    /// The proposals it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<ProposalRef>,
    /// The policies it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<Citation>,
    /// The suggestions it quotes or paraphrases, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Span>,
    /// The answers given to them, in the same order, where the report gives them one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Span>,
}

/// What a claim says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// 吸收、采纳、纳入: a policy took a proposal's suggestion.
    Absorption,
    /// A number of things, with or without its parts.
    Count,
    /// A rate with its base.
    Rate,
    /// A result in the world: 新增3家, 覆盖率超90%.
    Outcome,
}
