//! From probabilities to links, kinds and a status.

use super::features::Features;
use super::linker::Weighed;
use super::model::Model;
use crate::document::{Link, LinkKind, Order, Status};

/// Most links of one suggestion.
const MOST: usize = 6;
/// Most clauses of the same topic that are shown.
const MOST_TOPICAL: usize = 2;

/// The clauses that are reported, best first, and whether each carries the suggestion.
pub(super) fn take(weighed: &[Weighed], threshold: f64, topic: f64) -> Vec<(&Weighed, bool)> {
    let carrying = weighed.iter().filter(|w| w.link >= threshold).take(MOST).map(|w| (w, true));
    let topical = weighed.iter().filter(|w| w.link < threshold && w.topic >= topic).take(MOST_TOPICAL);
    carrying.chain(topical.map(|w| (w, false))).collect()
}

/// How the clause carries the suggestion: the likeliest of the four kinds.
pub(super) fn kind(model: &Model, features: &Features) -> LinkKind {
    let kinds = [LinkKind::Verbatim, LinkKind::Adapted, LinkKind::Merged, LinkKind::Partial];
    let score = |k: usize| model.kinds[k].score(features);
    let best = (0..kinds.len()).max_by(|&a, &b| score(a).total_cmp(&score(b)).then(b.cmp(&a)));
    best.map_or(LinkKind::Adapted, |k| kinds[k])
}

/// What became of a suggestion with these links. Where a date is unknown the doubt favours 予以采纳, and the link says so.
pub(super) fn status(links: &[Link]) -> Status {
    let mut carrying = links.iter().filter(|l| l.kind.carries()).peekable();
    if carrying.peek().is_some() {
        if carrying.all(|l| l.order == Order::Before) { Status::Preexisting } else { Status::Absorbed }
    } else if links.is_empty() {
        Status::None
    } else {
        Status::TopicalOnly
    }
}
