//! suyuan (溯源) links each suggestion of a Chinese proposal (提案、建议) to the clauses of the policy documents
//! that absorbed it, with evidence, so that a report's claims of 成果转化 can be traced.
//!
//! The modules stand in the order the data takes:
//! [`ingest`] reads files and tables into [`document::Document`]s, [`parse`] cuts them into units,
//! [`segment`] turns text into tokens, [`index`] writes them into tantivy, [`search`] asks it questions,
//! [`link`] ties suggestions to clauses, [`similar`] finds past proposals, [`concord`] counts and lists what stands in the
//! texts, [`ledger`] recounts a year's ledger, [`verify`] takes a work summary apart,
//! [`report`] assembles plain data and [`export`] writes it. [`eval`] measures all of it on labelled cases.

pub mod document;
pub mod error;

pub mod ingest;
pub mod parse;
pub mod segment;

pub mod index;
pub mod search;

pub mod ledger;
pub mod link;
pub mod similar;

pub mod concord;
pub mod verify;

pub mod export;
pub mod report;

pub mod eval;

pub use error::{Error, ErrorKind, Result};
