//! What became of every suggestion: the data behind the table every user knows (序号, 提案编号, 提案建议, 政策文件, 对应条款, 采纳方式,
//! 依据, 时间先后, 可信度, 人工复核), with its summary and with what was missing.

use super::{Answer, DocumentRef};
use crate::document::{Date, EvidenceKind, LinkKind, Order, Span, Status, UnitId};
use serde::{Deserialize, Serialize};

/// The report of one trace.
///
/// As JSON it has one record a suggestion under `suggestions`: `proposal`, `suggestion`, `text`, `status`,
/// `links: [{document, clause, text, span, kind, score, order, evidence}]` and `candidates: [{document, clause, text, span, score}]`,
/// where `document` is the id of the policy's record and `clause` the path of the clause with its heads.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TraceReport {
    /// Whether sample (fictional) documents take part; every format says so.
    pub sample: bool,
    /// What the run covered.
    pub coverage: Coverage,
    /// Counts.
    pub summary: Summary,
    /// The documents that the rest names, by id.
    pub documents: Vec<DocumentRef>,
    /// Every suggestion, by proposal, those without a clause included.
    pub suggestions: Vec<TracedSuggestion>,
    /// What is missing in the material, and what cannot be told because of it.
    pub missing: Vec<Missing>,
    /// Rows of an earlier table with a person's review that this run did not find again, as they stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Vec<String>>,
}

/// What a run looked at.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Proposals traced.
    pub proposals: usize,
    /// Their suggestions.
    pub suggestions: usize,
    /// Replies to these proposals.
    pub replies: usize,
    /// Policies compared with.
    pub policies: usize,
    /// Clauses in them.
    pub clauses: usize,
    /// Links with a lower score were left out; `None` for the model's own threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_score: Option<f64>,
}

/// Counts over the whole report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Suggestions of each status; all four, in the order of [`Status`].
    pub by_status: Vec<StatusCount>,
    /// Links of each kind that occurs, in the order of [`LinkKind`].
    pub by_kind: Vec<KindCount>,
    /// Every proposal with the statuses of its suggestions, in the order of the report.
    pub by_proposal: Vec<ProposalCount>,
    /// Every policy with a link, most suggestions first.
    pub by_policy: Vec<PolicyCount>,
}

/// How many suggestions have a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusCount {
    /// The status.
    pub status: Status,
    /// Suggestions.
    pub count: usize,
}

/// How many links are of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindCount {
    /// The kind.
    pub kind: LinkKind,
    /// Links.
    pub count: usize,
}

/// What became of a proposal's suggestions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalCount {
    /// The proposal's id.
    pub proposal: String,
    /// Its suggestions of each status, in the order of [`Status`].
    pub by_status: Vec<StatusCount>,
}

/// What a policy carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyCount {
    /// The policy's id.
    pub document: String,
    /// Suggestions that a clause of it carries.
    pub carried: usize,
    /// Suggestions that share no more than the topic with it.
    pub topical: usize,
}

/// One suggestion with all that was found for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TracedSuggestion {
    /// The id of the proposal's record, or the proposal as a person's file of suggestions names it.
    pub proposal: String,
    /// Its one-based number in the proposal.
    pub suggestion: usize,
    /// From the outermost heading to its own head.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Its words.
    pub text: String,
    /// Where it stands in the proposal; in `text` itself where a person's file gave it.
    pub span: Span,
    /// The date that decides the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What became of it.
    pub status: Status,
    /// Clauses, best first.
    pub links: Vec<TracedLink>,
    /// The best-ranked clauses whatever their kind, where they were asked for.
    pub candidates: Vec<TracedCandidate>,
    /// Parts of it that found no clause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncovered: Vec<Piece>,
    /// What replies say to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// 人工复核, of a suggestion without links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

/// A clause tied to a suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TracedLink {
    /// The id of the policy's record.
    pub document: String,
    /// The path of the clause with its heads: `三、降低成本 / （八）引导让利`.
    pub clause: String,
    /// The clause as `suyuan show` takes it: `GOV002#c8`.
    pub unit: String,
    /// Its words.
    pub text: String,
    /// Where it stands in the policy.
    pub span: Span,
    /// How it carries the suggestion.
    pub kind: LinkKind,
    /// Calibrated probability that it does, 0 to 1.
    pub score: f64,
    /// Which came first.
    pub order: Order,
    /// Aligned pieces, strongest first.
    pub evidence: Vec<TracedEvidence>,
    /// Reply sections that name this policy in answer to the suggestion, as units: `reply-0076#r2`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cited_by: Vec<String>,
    /// What spoke for and against it, where that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// 人工复核: what a person wrote beside this row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

/// A clause in the ranking of a suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TracedCandidate {
    /// The id of the policy's record.
    pub document: String,
    /// The path of the clause with its heads.
    pub clause: String,
    /// The clause as `suyuan show` takes it.
    pub unit: String,
    /// Its words.
    pub text: String,
    /// Where it stands in the policy.
    pub span: Span,
    /// Calibrated probability that it carries the suggestion, 0 to 1.
    pub score: f64,
}

/// A pair of aligned pieces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TracedEvidence {
    /// In the proposal (see [`TracedSuggestion::span`]).
    pub left: Piece,
    /// In the policy.
    pub right: Piece,
    /// Why they are aligned.
    pub kind: EvidenceKind,
    /// Shared information in bits, background taken off.
    pub weight: f64,
    /// 共同来源: the older clause that already had this language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ancestor: Option<UnitId>,
}

/// A piece of a document's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Where.
    pub span: Span,
    /// The words.
    pub text: String,
}

/// One reason of the model for or against a link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The feature's name.
    pub feature: String,
    /// Its value.
    pub value: f64,
    /// What it adds to the log odds: above 0 it speaks for the link, below 0 against.
    pub contribution: f64,
}

/// Something the material lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Missing {
    /// The document that lacks it, or that names it.
    pub document: String,
    /// What is lacking.
    pub what: MissingKind,
    /// The words that name it, for a policy that is not in the corpus.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// What may be lacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingKind {
    /// The date: the order stays open.
    Date,
    /// 文号 or 提案号.
    Number,
    /// A proposal in which no suggestion was found.
    Suggestions,
    /// A policy that a reply names and the corpus does not have.
    Policy,
}

/// A row of the table: a suggestion with one of its links, or alone.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// One-based.
    pub number: usize,
    /// The suggestion.
    pub suggestion: &'a TracedSuggestion,
    /// Its link; `None` for a suggestion without any.
    pub link: Option<&'a TracedLink>,
}

impl TraceReport {
    /// The rows of the table, in the order of the report.
    pub fn rows(&self) -> Vec<Row<'_>> {
        let pairs = self.suggestions.iter().flat_map(|suggestion| {
            let links = suggestion.links.iter().map(move |link| (suggestion, Some(link)));
            links.chain(suggestion.links.is_empty().then_some((suggestion, None)))
        });
        pairs.enumerate().map(|(i, (suggestion, link))| Row { number: i + 1, suggestion, link }).collect()
    }

    /// The document of this id, where the report names it.
    pub fn document(&self, id: &str) -> Option<&DocumentRef> {
        let found = self.documents.binary_search_by(|d| d.id.as_str().cmp(id));
        found.ok().map(|i| &self.documents[i])
    }

    /// Whether any suggestion has a link.
    pub fn found(&self) -> bool {
        self.suggestions.iter().any(|s| !s.links.is_empty())
    }
}
