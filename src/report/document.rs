//! What a report says of a document: everything but its text.

use crate::document::{Date, Document, Kind, Number, Session};
use serde::{Deserialize, Serialize};

/// A document that takes part in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRef {
    /// The id of its record.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its title, without 《》.
    pub title: String,
    /// 文号 or 提案号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// The session of a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// Issuer, answering unit or proposer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// 成文日期, or the filing date of a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The file it was read from.
    pub path: String,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether it is marked as fiction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
}

impl From<&Document> for DocumentRef {
    fn from(document: &Document) -> Self {
        let Document { id, kind, title, number, session, issuer, date, source, .. } = document.clone();
        Self {
            id,
            kind,
            title,
            number,
            session,
            issuer,
            date,
            path: source.path,
            url: source.url,
            sample: source.sample,
        }
    }
}

impl DocumentRef {
    /// The number as it is compared, or the id where there is none: what a reader knows the document by.
    pub fn name(&self) -> &str {
        self.number.as_ref().map_or(&self.id, |n| &n.value)
    }
}
