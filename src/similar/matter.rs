//! A past matter: what was asked and what was answered belong together.

use super::Replies;
use crate::document::{Entry, Kind, Library};

/// A proposal with its replies, or a reply whose proposal the library does not have.
pub(super) struct Matter<'l> {
    pub(super) proposal: Option<&'l Entry>,
    /// By id.
    pub(super) replies: Vec<&'l Entry>,
    head: &'l Entry,
}

impl<'l> Matter<'l> {
    /// The proposal, else the reply.
    pub(super) fn head(&self) -> &'l Entry {
        self.head
    }

    /// The proposal and the replies.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'l Entry> + '_ {
        self.proposal.into_iter().chain(self.replies.iter().copied())
    }
}

/// The matters of `library`, by the id of their heads.
pub(super) fn matters(library: &Library) -> Vec<Matter<'_>> {
    let replies = Replies::new(library);
    let proposals = library.of_kind(Kind::Proposal).map(|proposal| Matter {
        proposal: Some(proposal),
        replies: replies.to(&proposal.document.id).to_vec(),
        head: proposal,
    });
    let lone = library.of_kind(Kind::Reply).filter(|reply| replies.answered(&reply.document.id).is_none());
    let lone = lone.map(|reply| Matter { proposal: None, replies: vec![reply], head: reply });
    let mut matters: Vec<Matter<'_>> = proposals.chain(lone).collect();
    matters.sort_by(|a, b| a.head.document.id.cmp(&b.head.document.id));
    matters
}
