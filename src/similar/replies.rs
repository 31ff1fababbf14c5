//! Which reply answers which proposal, and which policy a citation means.

use crate::document::{Citation, Document, Entry, Kind, Library, ProposalRef, Span};
use crate::parse::citation::proposal_refs;
use crate::parse::docnumber;
use crate::parse::resolve::Resolver;
use std::collections::BTreeMap;

/// The replies of a library, tied to the proposals they answer.
pub struct Replies<'l> {
    resolver: Resolver<'l>,
    to: BTreeMap<&'l str, Vec<&'l Entry>>,
    answered: BTreeMap<&'l str, &'l str>,
}

impl<'l> Replies<'l> {
    /// Ties every reply of `library` to its proposal, where the library has it: by id, by number within the session, or by title.
    pub fn new(library: &'l Library) -> Self {
        let resolver = Resolver::new(library);
        let (mut to, mut answered) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::new());
        for reply in library.of_kind(Kind::Reply) {
            if let Some(proposal) = answered_by(library, &resolver, &reply.document) {
                to.entry(proposal).or_default().push(reply);
                answered.insert(reply.document.id.as_str(), proposal);
            }
        }
        Self { resolver, to, answered }
    }

    /// The replies to the proposal of this id, by id.
    pub fn to(&self, proposal: &str) -> &[&'l Entry] {
        self.to.get(proposal).map_or(&[], Vec::as_slice)
    }

    /// The id of the proposal that the reply of this id answers.
    pub fn answered(&self, reply: &str) -> Option<&'l str> {
        self.answered.get(reply).copied()
    }

    /// The policy that `citation` means.
    pub fn policy(&self, citation: &Citation) -> Option<&'l Document> {
        self.resolver.citation(citation).map(|found| found.document)
    }
}

fn answered_by<'l>(library: &'l Library, resolver: &Resolver<'l>, reply: &'l Document) -> Option<&'l str> {
    let named = reply.reply_to.as_deref().map(str::trim).unwrap_or_default();
    if let Some(entry) = library.get(named).filter(|e| e.document.kind == Kind::Proposal) {
        return Some(&entry.document.id);
    }
    let number = docnumber::proposal_number(named);
    let titled = || proposal_refs(&reply.text).into_iter().find_map(|r| r.title);
    let title = if number.is_none() && !named.is_empty() { Some(named.to_owned()) } else { titled() };
    let reference = ProposalRef { span: Span::new(0, 0), number, title };
    let exact = resolver.proposal(&reference, reply.session.as_ref());
    // A title that the corpus does not have must not hide a number that it has.
    let found = exact.or_else(|| resolver.proposal(&ProposalRef { title: None, ..reference }, reply.session.as_ref()));
    found.map(|f| f.document.id.as_str())
}
