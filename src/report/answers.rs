//! What replies say to the suggestions of a proposal, and which policies they name in saying it: evidence beside the text comparison.

use crate::document::{Entry, Span, UnitId, UnitKind};
use crate::similar::{Replies, answering};
use serde::{Deserialize, Serialize};

/// A section of a reply that answers a suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The reply's id.
    pub document: String,
    /// The section as `suyuan show` takes it: `reply-0076#r2`; `None` for a reply without sections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The words of the answer; empty for a reply without sections.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The policies it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Cited>,
}

/// A policy that a reply names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// As the reply prints it.
    pub text: String,
    /// The id of its record; `None` where the corpus does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

impl Answer {
    /// What the answer is called: its section, or the reply as a whole.
    pub fn unit(&self) -> &str {
        self.section.as_deref().unwrap_or(&self.document)
    }
}

/// For each of `suggestions`, head and words of suggestions of `proposal`, the answers to it.
pub(super) fn answers(replies: &Replies<'_>, proposal: &Entry, suggestions: &[String]) -> Vec<Vec<Answer>> {
    let mut answers = vec![Vec::new(); suggestions.len()];
    for reply in replies.to(&proposal.document.id) {
        if reply.parsed.sections.is_empty() {
            let whole = whole(replies, reply);
            answers.iter_mut().for_each(|a| a.push(whole.clone()));
        }
        for (section, suggestion) in answering(reply, suggestions).into_iter().enumerate() {
            if let Some(suggestion) = suggestion {
                answers[suggestion].push(section_answer(replies, reply, section));
            }
        }
    }
    answers
}

fn whole(replies: &Replies<'_>, reply: &Entry) -> Answer {
    let span = Span::new(0, reply.document.text.len());
    let cites = cites(replies, reply, span);
    Answer { document: reply.document.id.clone(), section: None, text: String::new(), cites }
}

fn section_answer(replies: &Replies<'_>, reply: &Entry, section: usize) -> Answer {
    let found = &reply.parsed.sections[section];
    let unit = UnitId { document: reply.document.id.clone(), kind: UnitKind::ReplySection, ordinal: found.ordinal };
    Answer {
        document: reply.document.id.clone(),
        section: Some(unit.to_string()),
        text: reply.text(found.answer).to_owned(),
        cites: cites(replies, reply, found.span),
    }
}

fn cites(replies: &Replies<'_>, reply: &Entry, within: Span) -> Vec<Cited> {
    let mut cites: Vec<Cited> = Vec::new();
    for citation in reply.parsed.citations.iter().filter(|c| within.contains(c.span)) {
        let document = replies.policy(citation).map(|policy| policy.id.clone());
        let cited = Cited { text: reply.text(citation.span).to_owned(), document };
        let known = |c: &Cited| c.document.is_some() && c.document == cited.document || c.text == cited.text;
        if !cites.iter().any(known) {
            cites.push(cited);
        }
    }
    cites
}
