//! Cuts a suggestion into atomic measures: the smallest stretches with their own verb and object that an office could adopt
//! or refuse alone. Background, purpose and result are left out; means and conditions stay in.

use super::items::Draft;
use super::lexicon::begins_with_action;
use super::view::View;
use std::ops::Range;

/// The measures of a suggestion, in characters.
pub(super) fn measures(view: &View<'_>, draft: &Draft) -> Vec<Range<usize>> {
    let body = draft.head.as_ref().map_or(draft.range.start, |head| head.end)..draft.range.end;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = body.start;
    for i in body.clone() {
        let stop = view.get(i).is_some_and(|c| ",;。:!?\n".contains(c));
        if stop || i + 1 == body.end {
            let end = if stop { i } else { i + 1 };
            let atom = view.trim(start..end);
            if atom.len() >= 4 && begins_with_action(&view.folded(atom.clone())) {
                found.push(atom);
            }
            start = i + 1;
        }
    }
    if found.is_empty() {
        found.extend(draft.head.clone().or(Some(draft.range.clone())));
    }
    found
}
