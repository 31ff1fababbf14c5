//! Which reply answers which proposal, and which policy a citation means.

use crate::document::{Citation, Document, Entry, Kind, Library, ProposalRef, Span};
use crate::parse::citation::proposal_refs;
use crate::parse::docnumber;
use crate::parse::resolve::Resolver;
use std::collections::{BTreeMap, BTreeSet};

/// A quotation must share this part of its character pairs with a suggestion to be taken for it.
const QUOTED: f64 = 0.4;

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
    let folded = || library.of_kind(Kind::Proposal).find(|e| e.document.id.eq_ignore_ascii_case(named));
    if let Some(entry) = library.get(named).filter(|e| e.document.kind == Kind::Proposal).or_else(folded) {
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

/// Which suggestion each section of `reply` answers: the one it quotes, else the one of the same number where there are as many.
pub fn answering(reply: &Entry, suggestions: &[String]) -> Vec<Option<usize>> {
    let suggestions: Vec<BTreeSet<(char, char)>> = suggestions.iter().map(|s| pairs(s)).collect();
    let sections = &reply.parsed.sections;
    let quoted = sections.iter().map(|section| {
        let quote = pairs(reply.text(section.quoted.or(section.heading)?));
        let scores = suggestions.iter().map(|s| quote.intersection(s).count() as f64 / quote.len().max(1) as f64);
        // The first of equals: a later one must be better.
        let best = scores.enumerate().fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best });
        (best.1 >= QUOTED).then_some(best.0)
    });
    let mut assigned: Vec<Option<usize>> = quoted.collect();
    if sections.len() == suggestions.len() {
        let taken: BTreeSet<usize> = assigned.iter().flatten().copied().collect();
        for (i, slot) in assigned.iter_mut().enumerate() {
            *slot = slot.or_else(|| (!taken.contains(&i)).then_some(i));
        }
    }
    assigned
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).map(|w| (w[0], w[1])).collect()
}
