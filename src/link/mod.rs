//! Ties suggestions to the policy clauses that carry them.
//!
//! Takes a [`crate::document::Library`] and suggestions as [`Query`]s; gives for each a [`crate::document::Linked`]: links
//! with calibrated probability, kind, order and evidence, the status, and the parts that found no clause. `docs/linking.md`
//! tells the method and its figures.
//!
//! The way of a suggestion: `retrieve` ranks all clauses, `look` compares the best of them word by word, `features`
//! names what speaks for and against, `model` weighs it, `decide` draws the line, `boilerplate` is kept out, `align` and
//! `background` give the evidence.

mod align;
mod background;
mod boilerplate;
mod carried;
mod clauses;
mod decide;
mod embedding;
mod features;
mod fit;
mod linker;
mod look;
mod match_train;
mod matcher;
mod model;
mod models;
mod postings;
mod query;
mod random;
mod regression;
mod retrieve;
mod skipgram;
mod thesaurus;
mod train;
mod vectors;
mod words;

pub use carried::Carried;
pub(crate) use clauses::{common, meaning};
pub use embedding::Embedding;
pub use features::{Features, NAMES, telling};
pub use fit::{Judged, Judgement, Labelled, fit};
pub use linker::{Explanation, Linker, Reason};
pub use match_train::{Sample, fit_network};
pub use matcher::{Matcher, Network, Pair};
pub use model::{Logistic, Model, Weight};
pub use models::{APART, Models};
pub use query::{Options, Query, share_context};
pub use thesaurus::{Mention, Thesaurus};
pub use train::{Trained, Training, train};
pub use vectors::Vectors;
