//! Assembles what a run found into plain data: no formatting, no words for the reader.
//!
//! [`of_library`] lists what to ask the linker (with what the replies say to it), [`trace`] puts its findings into a [`TraceReport`];
//! [`verify`] puts what checking a work summary found into a [`VerifyReport`], [`ledger`] a ledger recounted into a [`LedgerReport`].

mod answers;
mod asked;
mod assemble;
mod document;
#[cfg(test)]
pub(crate) mod fixture;
mod given;
mod ledger;
mod sheet;
mod summary;
mod trace;
mod verify;

pub use answers::{Answer, Cited};
pub use asked::{Asked, complete, of_library};
pub use assemble::{Scope, Traced, trace};
pub use document::DocumentRef;
pub use given::given;
pub use ledger::{LedgerReport, ledger};
pub use sheet::{Sheet, SheetCitation, SheetUnit, sheet};
pub use trace::{
    Coverage, KindCount, Missing, MissingKind, Piece, PolicyCount, ProposalCount, Reason, Row, StatusCount, Summary,
    TraceReport, TracedCandidate, TracedEvidence, TracedLink, TracedSuggestion,
};
pub use verify::{Answered, EvidenceStep, Quoted, VerdictCount, VerifiedClaim, VerifyReport, verify};
