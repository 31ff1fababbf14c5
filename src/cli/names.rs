//! What a person types to name a document: its id, its number, or its title.

use std::collections::BTreeSet;
use suyuan::document::{Entry, Kind, Library};
use suyuan::parse::docnumber::same_proposal;

/// Suggestions offered for a name that is not known.
const NEAREST: usize = 5;

/// What a name stands for.
pub(super) enum Named<'a> {
    /// One document.
    One(&'a Entry),
    /// Several, by id: the same number in several sessions.
    Many(Vec<&'a Entry>),
    /// None; the ids nearest to it.
    None(Vec<&'a Entry>),
}

/// Looks `name` up among the documents of `kind`, or of all kinds: by id, else by number (提案号 or 文号), else by title.
pub(super) fn named<'a>(library: &'a Library, name: &str, kind: Option<Kind>) -> Named<'a> {
    let fits = |e: &&'a Entry| kind.is_none_or(|k| e.document.kind == k);
    if let Some(entry) = library.get(name).filter(fits) {
        return Named::One(entry);
    }
    let all: Vec<&Entry> = library.entries().iter().filter(fits).collect();
    let find = |test: &dyn Fn(&Entry) -> bool| all.iter().copied().filter(|e| test(e)).collect::<Vec<_>>();
    let bare = name.trim_start_matches('第').trim_end_matches('号');
    let numbered = |e: &Entry| {
        e.document.number.as_ref().is_some_and(|n| match e.document.kind {
            Kind::Proposal => same_proposal(n.value.trim_start_matches('第').trim_end_matches('号'), bare),
            _ => n.value == name || n.printed == name,
        })
    };
    let titled = |e: &Entry| plain(&e.document.title) == plain(name) && !plain(name).is_empty();
    for mut found in [find(&numbered), find(&titled)] {
        match found.len() {
            0 => {}
            1 => return Named::One(found.remove(0)),
            _ => return Named::Many(found),
        }
    }
    Named::None(nearest(&all, name))
}

/// The ids of `entries` with what tells them apart, for a message.
pub(super) fn listed(entries: &[&Entry]) -> String {
    let one = |e: &&Entry| {
        let session = e.document.session.as_ref().map_or(String::new(), |s| format!(", {}", s.printed));
        format!("{} ({}{session})", e.document.id, e.document.title)
    };
    entries.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The documents whose id, number or title shares most character pairs with `name` (Dice 1945), best first, then by id.
fn nearest<'a>(all: &[&'a Entry], name: &str) -> Vec<&'a Entry> {
    let wanted = pairs(name);
    let likeness = |text: &str| {
        let found = pairs(text);
        2.0 * wanted.intersection(&found).count() as f64 / (wanted.len() + found.len()).max(1) as f64
    };
    let score = |e: &&'a Entry| {
        let number = e.document.number.as_ref().map_or(0.0, |n| likeness(&n.value));
        likeness(&e.document.id).max(number).max(likeness(&e.document.title))
    };
    let mut scored: Vec<(f64, &Entry)> = all.iter().map(|e| (score(e), *e)).filter(|(s, _)| *s > 0.0).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(NEAREST).map(|(_, e)| e).collect()
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let padded = format!("^{}$", text.to_lowercase());
    let chars: Vec<char> = padded.chars().collect();
    chars.windows(2).map(|w| (w[0], w[1])).collect()
}
