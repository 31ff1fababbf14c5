//! Which reply answers which proposal, and which policy a citation means.

use crate::document::{Citation, Entry, Kind, Library};
use crate::parse::{docnumber, session};

/// Whether `reply` answers `proposal`: by the proposal's id, by its number within the same session, or by its title.
pub(crate) fn replies_to(reply: &Entry, proposal: &Entry) -> bool {
    let (reply, proposal) = (&reply.document, &proposal.document);
    let named = reply.reply_to.as_deref().map(str::trim).unwrap_or_default();
    if named == proposal.id {
        return true;
    }
    let sessions = (reply.session.as_ref(), proposal.session.as_ref());
    if matches!(sessions, (Some(a), Some(b)) if !session::same(a, b)) {
        return false;
    }
    let numbered = proposal
        .number
        .as_ref()
        .is_some_and(|n| !named.is_empty() && docnumber::same_proposal(plain(&n.value), plain(named)));
    numbered || plain_title(named) == plain_title(&proposal.title) && !proposal.title.is_empty()
}

/// The policy that `citation` means: the one of its number, else the one of its title.
pub(crate) fn cited<'a>(library: &'a Library, citation: &Citation) -> Option<&'a Entry> {
    let policies = || library.of_kind(Kind::Policy);
    let by_number = citation
        .number
        .as_ref()
        .and_then(|number| policies().find(|e| e.document.number.as_ref().is_some_and(|n| n.value == number.value)));
    by_number.or_else(|| {
        let title = plain_title(citation.title.as_deref()?);
        policies().find(|e| !title.is_empty() && plain_title(&e.document.title) == title)
    })
}

/// A number without 第…号.
fn plain(number: &str) -> &str {
    number.trim().trim_start_matches('第').trim_end_matches('号').trim()
}

fn plain_title(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}
