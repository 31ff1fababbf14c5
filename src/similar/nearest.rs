//! What was found: plain data.

use super::grade;
use super::matter::Matter;
use crate::document::{Date, Document, Entry, Kind};
use serde::{Deserialize, Serialize};

/// What was asked and what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// What was asked.
    pub asked: Asked,
    /// The answers: one for the whole text, or one for each of its suggestions.
    pub parts: Vec<Part>,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// The id of the proposal, where it is one of the corpus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Its title; empty for a plain text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Its text.
    pub text: String,
}

/// What was found for the whole text, or for one suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The one-based suggestion; `None` for the whole text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<usize>,
    /// Its words; empty for the whole text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The past matters, nearest first.
    pub nearest: Vec<Nearest>,
}

/// A past matter: a proposal, or a reply whose proposal the corpus does not have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Nearest {
    /// The id of its record.
    pub document: String,
    /// Proposal or reply.
    pub kind: Kind,
    /// Its 提案号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its session as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Its title.
    pub title: String,
    /// When it was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Whether it is marked as fiction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    /// How near it, or a twin of it, is: 0 nothing shared, 1 the query itself.
    pub score: f64,
    /// The share of the query's text that stands in it word for word (查重): 0 to 1.
    pub repeated: f64,
    /// The words that say most, strongest first.
    pub shared: Vec<SharedWord>,
    /// Its suggestions that are nearest to the query or its suggestions, with what was answered to them; strongest first.
    pub aligned: Vec<Aligned>,
    /// What was replied.
    pub replies: Vec<PastReply>,
    /// Matters that are nearly the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<Twin>,
}

/// A word that a matter shares with the query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharedWord {
    /// Its normal form.
    pub word: String,
    /// What it adds to the matter's BM25 score of words.
    pub weight: f64,
}

/// A past suggestion that speaks for its matter, with the answer to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Aligned {
    /// The suggestion as `suyuan show` takes it: `0076#s3`; a section where only the reply is known.
    pub unit: String,
    /// Its words.
    pub text: String,
    /// The one-based suggestion of the query that it is nearest to; `None` for plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<usize>,
    /// The words of that suggestion; empty for plain text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub own_text: String,
    /// Cosine of the two, words weighted by rarity: 0 to 1.
    pub score: f64,
    /// What was answered to it.
    pub answers: Vec<Answered>,
}

/// A passage of a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The reply's id.
    pub document: String,
    /// The section as `suyuan show` takes it: `reply-0076#r2`.
    pub unit: String,
    /// Its words.
    pub text: String,
    /// The policies it names, as printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<String>,
    /// Whether the reply says that this passage answers the suggestion; otherwise it is the nearest in its words.
    pub stated: bool,
}

/// A reply to a past proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastReply {
    /// The id of its record.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Its 文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The unit that replied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The class of the result as printed: A, B, C, D, 甲, 乙, 丙, 丁.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<char>,
}

/// A matter that is nearly the same as one that is told in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Twin {
    /// The id of its record.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Its session as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// When it was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The share of the text of both that both have.
    pub share: f64,
    /// What was replied.
    pub replies: Vec<PastReply>,
}

impl Nearest {
    pub(super) fn new(
        matter: &Matter<'_>,
        score: f64,
        repeated: f64,
        shared: Vec<SharedWord>,
        aligned: Vec<Aligned>,
    ) -> Self {
        let Document { id, kind, number, session, title, date, source, .. } = &matter.head().document;
        Self {
            document: id.clone(),
            kind: *kind,
            number: number.as_ref().map(|n| n.value.clone()),
            session: session.as_ref().map(|s| s.printed.clone()),
            title: title.clone(),
            date: *date,
            sample: source.sample,
            score,
            repeated,
            shared,
            aligned,
            replies: replies(matter),
            twins: Vec::new(),
        }
    }

    /// The reply of this id, its own or a twin's.
    pub fn reply(&self, id: &str) -> Option<&PastReply> {
        let all = self.replies.iter().chain(self.twins.iter().flat_map(|t| &t.replies));
        all.into_iter().find(|r| r.document == id)
    }
}

impl Twin {
    pub(super) fn new(matter: &Matter<'_>, share: f64) -> Self {
        let Document { id, session, title, date, .. } = &matter.head().document;
        let session = session.as_ref().map(|s| s.printed.clone());
        Self { document: id.clone(), title: title.clone(), session, date: *date, share, replies: replies(matter) }
    }
}

fn replies(matter: &Matter<'_>) -> Vec<PastReply> {
    let reply = |entry: &&Entry| {
        let document = &entry.document;
        PastReply {
            document: document.id.clone(),
            title: document.title.clone(),
            number: document.number.as_ref().map(|n| n.value.clone()),
            unit: document.issuer.clone(),
            date: document.date,
            class: grade(&document.text),
        }
    };
    matter.replies.iter().map(reply).collect()
}
