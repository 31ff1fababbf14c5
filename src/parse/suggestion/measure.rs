//! Cuts a suggestion into atomic measures: the smallest stretches with their own verb and object that an office could adopt
//! or refuse alone. Background, purpose and result are left out; means and conditions stay in.
//!
//! Of all ways to cut, the one is taken that promises the most hits for the measures it names (Jansche 2007), not the most
//! probable tagging: where it is open how far a measure reaches, the stretch in the middle overlaps most readings.

use super::atom::{Atom, atoms};
use super::items::Draft;
use super::lattice::Lattice;
use super::tagger::{Model, Sequence};
use super::view::View;
use std::ops::Range;

/// Longest measure, in atoms.
const LONGEST: usize = 12;
/// What a measure must promise, in expected hits: about half of the F1 to be had.
const WORTH: f64 = 0.45;
/// What the reading itself counts beside those it overlaps.
const EXACT: f64 = 0.1;
/// A less probable reading is not looked at.
const FAINT: f64 = 0.01;

/// The measures of a suggestion, in characters. A suggestion always has one: its head, or all of it.
pub(super) fn measures(view: &View<'_>, draft: &Draft, model: &Model) -> Vec<Range<usize>> {
    let atoms = atoms(view, draft.range.clone(), draft.head.as_ref());
    let lattice = Lattice::new(model.scores(&Sequence::new(view, &atoms)));
    let mut found = choose(&atoms, &lattice);
    if found.is_empty() {
        found.extend(draft.head.clone().or(Some(draft.range.clone())));
    }
    found
}

/// The stretches, apart from one another, with the greatest sum of expected hits less [`WORTH`] each.
fn choose(atoms: &[Atom], lattice: &Lattice) -> Vec<Range<usize>> {
    let readings: Vec<Vec<f64>> = (0..atoms.len()).map(|start| lattice.stretches(start, LONGEST)).collect();
    let reach = |start: usize, end: usize| atoms[start].range.start..atoms[end].range.end;
    // A hit is an overlap of half of what both cover together.
    let hits = |start: usize, end: usize| -> f64 {
        let own = reach(start, end);
        let mut sum = EXACT * readings[start][end - start];
        for (other, lengths) in readings.iter().enumerate().take(end + 1).skip(start.saturating_sub(LONGEST)) {
            for (length, probability) in lengths.iter().enumerate() {
                if half(&own, &reach(other, other + length)) {
                    sum += probability;
                }
            }
        }
        sum
    };
    // By the atom behind the last one looked at: the greatest sum, and where its last stretch starts.
    let mut best: Vec<(f64, Option<usize>)> = vec![(0.0, None); atoms.len() + 1];
    for end in 0..atoms.len() {
        best[end + 1] = (best[end].0, None);
        for start in (end + 1).saturating_sub(LONGEST)..=end {
            if readings[start][end - start] >= FAINT {
                let sum = best[start].0 + hits(start, end) - WORTH;
                if sum > best[end + 1].0 {
                    best[end + 1] = (sum, Some(start));
                }
            }
        }
    }
    let mut found = Vec::new();
    let mut behind = atoms.len();
    while behind > 0 {
        match best[behind].1 {
            Some(start) => {
                found.push(reach(start, behind - 1));
                behind = start;
            }
            None => behind -= 1,
        }
    }
    found.reverse();
    found
}

/// Whether two ranges share at least half of what they cover together.
fn half(a: &Range<usize>, b: &Range<usize>) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    2 * shared >= a.len() + b.len() - shared
}
