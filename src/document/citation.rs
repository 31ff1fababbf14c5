//! References from one document to another.

use super::{Number, Span};
use serde::{Deserialize, Serialize};

/// A policy named in a text: 《…》, its 文号, an article of it, or a short name introduced by 以下简称.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The whole reference, title and number.
    pub span: Span,
    /// The title without its outer 《》; the full title where a short name was resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The 文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// 第X条 and below, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// A proposal named in a text: its number, its title, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRef {
    /// Number and title together.
    pub span: Span,
    /// The 提案号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// The title without 《》.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}
