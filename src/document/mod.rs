//! The core types: documents, their units, spans, dates, links and claims. Knows nothing else of the program.
//!
//! Every extracted thing carries a byte [`Span`] into [`Document::text`]; `&text[span.range()]` reproduces it.

mod citation;
mod claim;
mod date;
mod label;
mod library;
mod link;
mod meta;
mod span;
mod unit;
mod verdict;

pub use citation::{Citation, ProposalRef};
pub use claim::{Claim, ClaimKind};
pub use date::Date;
pub use label::{Label, Lang};
pub use library::{Entry, Library};
pub use link::{Candidate, Evidence, EvidenceKind, Link, LinkKind, Linked, Order, Status};
pub use meta::{Document, Kind, Note, Number, Origin, Session, Source};
pub use span::Span;
pub use unit::{Clause, Level, Parsed, ReplySection, Responsible, Suggestion, Unit, UnitId, UnitKind};
pub use verdict::{Grade, Verdict};
