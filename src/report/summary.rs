//! Counts over the suggestions of a trace.

use super::trace::{KindCount, PolicyCount, ProposalCount, StatusCount, Summary, TracedSuggestion};
use crate::document::{LinkKind, Status};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

const STATUSES: [Status; 4] = [Status::Absorbed, Status::Preexisting, Status::TopicalOnly, Status::None];
const KINDS: [LinkKind; 5] =
    [LinkKind::Verbatim, LinkKind::Adapted, LinkKind::Merged, LinkKind::Partial, LinkKind::Topical];

/// Counts `suggestions`; `proposals` are all that were traced, those without a suggestion included.
pub(super) fn summarise(suggestions: &[TracedSuggestion], proposals: &[String]) -> Summary {
    let by_proposal = proposals.iter().map(|proposal| {
        let own = suggestions.iter().filter(|s| s.proposal == *proposal);
        ProposalCount { proposal: proposal.clone(), by_status: statuses(own) }
    });
    Summary {
        by_status: statuses(suggestions.iter()),
        by_kind: kinds(suggestions),
        by_proposal: by_proposal.collect(),
        by_policy: policies(suggestions),
    }
}

fn statuses<'a>(suggestions: impl Iterator<Item = &'a TracedSuggestion>) -> Vec<StatusCount> {
    let mut counts = STATUSES.map(|status| StatusCount { status, count: 0 });
    for suggestion in suggestions {
        counts[suggestion.status as usize].count += 1;
    }
    counts.to_vec()
}

fn kinds(suggestions: &[TracedSuggestion]) -> Vec<KindCount> {
    let mut counts = KINDS.map(|kind| KindCount { kind, count: 0 });
    for link in suggestions.iter().flat_map(|s| &s.links) {
        counts[link.kind as usize].count += 1;
    }
    counts.into_iter().filter(|c| c.count > 0).collect()
}

fn policies(suggestions: &[TracedSuggestion]) -> Vec<PolicyCount> {
    let mut counts: BTreeMap<&str, PolicyCount> = BTreeMap::new();
    for suggestion in suggestions {
        let named: BTreeSet<&str> = suggestion.links.iter().map(|l| l.document.as_str()).collect();
        for id in named {
            let fresh = || PolicyCount { document: id.to_owned(), carried: 0, topical: 0 };
            let count = counts.entry(id).or_insert_with(fresh);
            let carries = suggestion.links.iter().any(|l| l.document == id && l.kind.carries());
            *(if carries { &mut count.carried } else { &mut count.topical }) += 1;
        }
    }
    let mut counts: Vec<PolicyCount> = counts.into_values().collect();
    counts.sort_by_key(|c| (Reverse(c.carried), Reverse(c.topical)));
    counts
}
