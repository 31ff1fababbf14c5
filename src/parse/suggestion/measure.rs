//! Cuts a suggestion into atomic measures: the smallest stretches with their own verb and object that an office could adopt
//! or refuse alone. Background, purpose and result are left out; means and conditions stay in.

use super::atom::atoms;
use super::items::Draft;
use super::tagger::{Model, Sequence, stretches};
use super::view::View;
use std::ops::Range;

/// The measures of a suggestion, in characters. A suggestion always has one: its head, or all of it.
pub(super) fn measures(view: &View<'_>, draft: &Draft, model: &Model) -> Vec<Range<usize>> {
    let atoms = atoms(view, draft.range.clone(), draft.head.as_ref());
    let tags = model.tags(&Sequence::new(view, &atoms));
    let mut found = stretches(&atoms, &tags);
    if found.is_empty() {
        found.extend(draft.head.clone().or(Some(draft.range.clone())));
    }
    found
}
