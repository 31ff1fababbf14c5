//! Assembles what a run found into plain data: no formatting, no words for the reader.

mod document;

pub use document::DocumentRef;
