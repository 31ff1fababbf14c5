//! From probabilities to links, kinds and a status.

use super::features::Features;
use super::linker::Weighed;
use super::model::Model;
use crate::document::{Link, LinkKind, Linked, Order, Status, UnitId};
use std::collections::BTreeMap;

/// Most links of one suggestion.
const MOST: usize = 6;
/// Most clauses of the same topic that are shown.
const MOST_TOPICAL: usize = 2;

/// The clauses that are reported, best first, and whether each carries the suggestion.
pub(super) fn take<'w>(
    weighed: impl Iterator<Item = &'w Weighed> + Clone,
    threshold: f64,
    topic: f64,
) -> Vec<(&'w Weighed, bool)> {
    let carrying = weighed.clone().filter(|w| w.link >= threshold).take(MOST).map(|w| (w, true));
    let topical = weighed.filter(|w| w.link < threshold && w.topic >= topic).take(MOST_TOPICAL);
    carrying.chain(topical.map(|w| (w, false))).collect()
}

/// How the clause carries the suggestion: the likeliest of the four kinds.
pub(super) fn kind(model: &Model, features: &Features) -> LinkKind {
    let kinds = [LinkKind::Verbatim, LinkKind::Adapted, LinkKind::Merged, LinkKind::Partial];
    let score = |k: usize| model.kinds[k].score(features);
    let best = (0..kinds.len()).max_by(|&a, &b| score(a).total_cmp(&score(b)).then(b.cmp(&a)));
    best.map_or(LinkKind::Adapted, |k| kinds[k])
}

/// Several suggestions of one proposal that the same clause carries were merged into it (合并概括), but for what it has
/// taken over word by word.
pub(super) fn merge(all: &mut [Linked]) {
    let mut carried: BTreeMap<(String, UnitId), usize> = BTreeMap::new();
    let name = |linked: &Linked, link: &Link| (linked.suggestion.document.clone(), link.clause.clone());
    for linked in all.iter() {
        for link in linked.links.iter().filter(|l| l.kind.carries()) {
            *carried.entry(name(linked, link)).or_default() += 1;
        }
    }
    for linked in all {
        let proposal = linked.suggestion.document.clone();
        for link in &mut linked.links {
            let several = carried.get(&(proposal.clone(), link.clause.clone())).is_some_and(|&n| n > 1);
            if several && link.kind.carries() && link.kind != LinkKind::Verbatim {
                link.kind = LinkKind::Merged;
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::UnitKind;

    fn linked(proposal: &str, ordinal: usize, kind: LinkKind, order: Order) -> Linked {
        let suggestion = UnitId { document: proposal.into(), kind: UnitKind::Suggestion, ordinal };
        let clause = UnitId { document: "plan".into(), kind: UnitKind::Clause, ordinal: 4 };
        let link = Link { suggestion: suggestion.clone(), clause, kind, score: 0.6, order, evidence: Vec::new() };
        Linked {
            suggestion,
            status: status(std::slice::from_ref(&link)),
            links: vec![link],
            candidates: Vec::new(),
            uncovered: Vec::new(),
        }
    }

    #[test]
    fn suggestions_of_one_proposal_in_the_same_clause_are_merged() {
        let mut all = [
            linked("7", 1, LinkKind::Adapted, Order::After),
            linked("7", 2, LinkKind::Verbatim, Order::After),
            linked("8", 1, LinkKind::Adapted, Order::After),
        ];
        merge(&mut all);
        let kinds: Vec<LinkKind> = all.iter().map(|l| l.links[0].kind).collect();
        assert_eq!(kinds, [LinkKind::Merged, LinkKind::Verbatim, LinkKind::Adapted]);
    }

    #[test]
    fn an_earlier_policy_alone_is_preexisting_and_a_topical_clause_is_no_absorption() {
        let of = |kind, order| linked("7", 1, kind, order).status;
        assert_eq!(of(LinkKind::Partial, Order::Before), Status::Preexisting);
        assert_eq!(of(LinkKind::Partial, Order::Unknown), Status::Absorbed);
        assert_eq!(of(LinkKind::Topical, Order::After), Status::TopicalOnly);
        assert_eq!(status(&[]), Status::None);
    }
}
