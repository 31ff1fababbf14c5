//! Metadata read from a text: kind, title, number, session, issuer, date.

use crate::document::{Date, Kind, Number, Origin, Session, Span};

/// What is known before the text is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The kind.
    pub kind: Option<Kind>,
    /// The title.
    pub title: Option<&'a str>,
    /// The issuer.
    pub issuer: Option<&'a str>,
    /// The number, as given.
    pub number: Option<&'a str>,
    /// 发布日期.
    pub published: Option<Date>,
    /// How a law came about.
    pub history: Option<&'a str>,
}

/// Something read, with where it stands and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
    /// In English, one clause; empty where it is plain.
    pub detail: String,
    /// Where it stands in the text, where it does.
    pub span: Option<Span>,
}

/// What a text says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// What it is.
    pub kind: Option<Reading<Kind>>,
    /// Title.
    pub title: Option<Reading<String>>,
    /// Number.
    pub number: Option<Reading<Number>>,
    /// Session.
    pub session: Option<Reading<Session>>,
    /// Issuer.
    pub issuer: Option<Reading<String>>,
    /// Date.
    pub date: Option<Reading<Date>>,
    /// The proposal it answers.
    pub reply_to: Option<Reading<String>>,
    /// Whether it is marked as fiction.
    pub sample: bool,
}

/// Reads the metadata of `text`.
pub fn read(text: &str, _known: &Known<'_>) -> Metadata {
    let _ = text;
    Metadata::default()
}
