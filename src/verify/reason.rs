//! Why a claim got its verdict, as data: what was found and the numbers and names in it. The sentences, in Chinese and English, are
//! in `wording.rs` and nowhere else. Words of the report or of a document stand in the fields as printed.

use crate::document::{ClaimKind, Date};
use crate::ledger::Filter;
use serde::{Deserialize, Serialize};

/// One ground of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are what the variant's line says, as strings for print")]
pub enum Reason {
    /// The claim names no proposal.
    ProposalUnnamed,
    /// The claim names no policy.
    PolicyUnnamed,
    /// Every policy named is no later than the proposals.
    PolicyEarlier { title: String, policy: Date, proposal: Date },
    /// No suggestion was read out of the proposal.
    NoSuggestions,
    /// Each of the suggestions named has its clause.
    AllFound { total: usize },
    /// The proposals named, without their suggestions, have clauses.
    Found,
    /// The claim says 部分采纳, and so it is.
    PartlyAsStated,
    /// The clauses carry a part of the suggestion.
    OnlyPart,
    /// Of the suggestions named some are carried in part.
    SomeInPart { total: usize, full: usize, part: usize },
    /// Of the suggestions named some have no clause.
    SomeMissing { total: usize, missing: usize },
    /// Of the proposals named some have no clause.
    ProposalsMissing { count: usize },
    /// Clauses on the same topic only.
    TopicOnly,
    /// The proposal has no such suggestion, and the policies no such clause.
    NotAsked,
    /// The proposal has no such suggestion; no policy is named.
    QuoteNotInProposal,
    /// No clause in the policies named.
    NoClause,
    /// A part is a bound (超、近、约): the sum can be checked roughly only.
    BoundedParts,
    /// The parts make the whole.
    PartsAgree { total: String, unit: String },
    /// The parts do not exhaust the whole, nor need they.
    PartsLeaveOut { total: String, rest: String, unit: String },
    /// The parts come to more or less than the whole.
    PartsDiffer { total: String, whole: String, gap: String, more: bool, unit: String },
    /// A part alone, not above the whole.
    PartWithin { part: String, whole: String },
    /// A part above the whole.
    PartExceeds { part: String, whole: String },
    /// The same thing counted twice, differently.
    Restated { here: String, there: String, unit: String },
    /// A figure printed twice alike; the summary is no witness for itself.
    SaidTwice { here: String, unit: String },
    /// A count that the summary's other counts give.
    CountedBefore { here: String, unit: String },
    /// A rate agrees with its base.
    RateAgrees { computed: String, stated: String },
    /// A rate whose last digits were cut off.
    RateCut { computed: String, stated: String },
    /// A rate within its bound.
    RateWithin { computed: String, stated: String },
    /// A rate that its base does not give; the base that would, where the claim prints one.
    RateDiffers { work: String, stated: String, base: Option<String> },
    /// A share of a base that is not printed.
    BaseImplied { part: String, rate: String, side: Side, base: String },
    /// A share above 100%.
    Above100 { stated: String },
    /// Shares of exclusive parts added up.
    Shares { total: String, holds: bool },
    /// The difference of two counts.
    Gap { now: String, then: String, gap: String, stated: String, holds: bool },
    /// A change in the other direction than its verb.
    Direction { from: String, to: String, verb: String },
    /// The growth from one count to another.
    Growth { from: String, to: String, computed: String, stated: String, holds: bool },
    /// A growth over the base that a document of the corpus prints.
    Witnessed { title: String, base: String, computed: String, stated: String, holds: bool },
    /// A list as long as it is said to be.
    ListAgrees { stated: String, listed: usize, unit: String, repeated: usize },
    /// A list that ends with 等: a part of what is counted.
    ListOpen { stated: String, listed: usize, unit: String, repeated: usize },
    /// A list longer or shorter than it is said to be.
    ListDiffers { stated: String, listed: usize, unit: String, repeated: usize },
    /// More suggestions taken than there are.
    TakenExceeds { asked: usize, taken: usize },
    /// The proposal has another number of suggestions.
    AskedDiffers { stated: usize, found: usize },
    /// As many suggestions have clauses as the claim says.
    TakenAgrees { asked: usize, taken: usize },
    /// Another number of suggestions has clauses.
    TakenDiffers { stated: usize, found: usize },
    /// No day of any calendar.
    ImpossibleDate { printed: String },
    /// A cut-off before or after the summary was published.
    CutOff { printed: String, published: Date, holds: bool },
    /// The day an act comes into force.
    InForce { stated: String, own: String, holds: bool },
    /// The day an act was issued, as stated and as the act is dated.
    Issued { title: String, stated: String, own: Date, holds: bool },
    /// The corpus does not say when the act was issued.
    Undated { title: String },
    /// A source is missing, or number and title do not belong together.
    Source { cause: Cause },
    /// The ledger counts as many proposals, or another number.
    LedgerCount { filter: Filter, count: usize, stated: String, holds: bool },
    /// The ledger gives such a rate, or another; the proposals it lacks.
    LedgerRate { part: Filter, computed: String, stated: String, lacking: Vec<String>, holds: bool },
    /// All of several figures agree with the ledger.
    LedgerAgrees { count: usize },
    /// What the ledger tells agrees, but it does not tell all.
    LedgerSilent,
    /// The ledger has another title under this number.
    LedgerTitle { number: String, title: String },
    /// Nothing in the corpus to hold a figure against.
    Unrecorded { kind: ClaimKind },
}

/// On which side of a computed base the real one lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 近: slightly above.
    SlightlyAbove,
    /// 超: below.
    Below,
    /// As printed.
    About,
}

/// What is wrong with a proposal or policy as the report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are what the variant's line says, as printed")]
pub enum Cause {
    /// The corpus does not have the proposal.
    ProposalAbsent { printed: String },
    /// The corpus has several proposals of this number.
    ProposalAmbiguous { printed: String, count: usize },
    /// The proposal of this title has another number.
    ProposalNumber { title: String, own: String, stated: String },
    /// The proposal of this number has another title.
    ProposalTitle { number: String, title: String },
    /// The corpus does not have the policy; one of a similar title, where there is one.
    PolicyAbsent { printed: String, similar: Option<String> },
    /// The policy of this title has another 文号.
    PolicyNumber { title: String, own: String, stated: String },
    /// The policy of this 文号 has another title.
    PolicyTitle { number: String, title: String },
}

/// The work of a check: the arithmetic or the comparison that a reader can follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are what the variant's line says, as printed")]
pub enum Work {
    /// A line of figures and signs alone: `13 ≤ 28`.
    Plain { work: String },
    /// Parts added up, beside the whole.
    Sum { work: String, whole: String, unit: String },
    /// A computation, beside what the summary writes.
    Against { work: String, stated: String },
    /// The base that a share implies.
    Implied { work: String, side: Side, base: String },
    /// A list, beside its number.
    Listed { stated: String, listed: usize, unit: String, repeated: usize },
    /// Suggestions of a proposal, as stated and as found.
    Asked { stated: usize, found: usize },
    /// Suggestions with clauses, as stated and as found.
    Taken { stated: usize, found: usize },
    /// Suggestions quoted in a row, and answers given to them.
    Answers { quoted: usize, answered: usize },
    /// The dates of policy and proposal.
    Dates { title: String, policy: Date, proposal: Date },
    /// A cut-off beside the date of publication.
    CutOff { printed: String, published: Date, late: bool },
    /// No day of any calendar.
    ImpossibleDate { printed: String },
    /// The day an act was issued, as stated and as the act is dated.
    Issued { title: String, stated: String, own: Date },
    /// The day an act comes into force, as stated and as the act prints it.
    InForce { stated: String, own: String },
    /// A count of the ledger, with its conditions and, of few, its proposals.
    LedgerCount { file: String, filter: Filter, count: usize, proposals: Vec<String>, stated: String },
    /// A rate of the ledger, with its conditions and the proposals it lacks.
    LedgerRate {
        file: String,
        part: Filter,
        base: Filter,
        numerator: usize,
        denominator: usize,
        computed: String,
        lacking: Vec<String>,
        more: usize,
        stated: String,
    },
    /// The title that the ledger has under a number.
    LedgerTitle { file: String, number: String, title: String },
}
