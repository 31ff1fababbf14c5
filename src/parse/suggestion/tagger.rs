//! Tags atoms as the beginning of a measure, its continuation, or neither: a linear chain model with fitted weights.

use super::atom::{Atom, features, transition_contexts};
use super::lattice::Scores;
use super::view::View;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The tag of an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// No measure, and none before it in the sentence: background.
    Out,
    /// A measure begins.
    Begin,
    /// The measure goes on.
    Inside,
    /// No measure, behind one of the same sentence: purpose, result, comment.
    After,
}

/// How many tags there are.
pub(super) const N: usize = 4;
pub(super) const TAGS: [Tag; N] = [Tag::Out, Tag::Begin, Tag::Inside, Tag::After];

/// What cuts a suggestion into measures: weights of every feature for the three tags, in thousandths in print.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub(super) weights: HashMap<String, [f32; N]>,
}

static FITTED: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("weights.tsv")));

impl Model {
    /// The model that is shipped.
    pub fn fitted() -> &'static Self {
        &FITTED
    }

    /// Reads `feature TAB weight TAB weight TAB weight`, one a line; lines of another form are skipped.
    pub fn read(text: &str) -> Self {
        let line = |line: &str| {
            let mut cells = line.rsplitn(N + 1, '\t');
            let mut weights = [0.0; N];
            for weight in weights.iter_mut().rev() {
                *weight = cells.next()?.parse::<f32>().ok()? / 1000.0;
            }
            Some((cells.next()?.to_owned(), weights))
        };
        Self { weights: text.lines().filter_map(line).collect() }
    }

    /// The form that [`Model::read`] takes, by feature.
    pub fn print(&self) -> String {
        let mut rows: Vec<(&String, [i32; N])> =
            self.weights.iter().map(|(name, w)| (name, w.map(|w| (w * 1000.0).round() as i32))).collect();
        rows.retain(|(_, w)| w.iter().any(|&w| w != 0));
        rows.sort();
        let cells = |w: &[i32; N]| w.map(|w| w.to_string()).join("\t");
        rows.iter().map(|(name, w)| format!("{name}\t{}\n", cells(w))).collect()
    }

    fn score(&self, feature: &str) -> [f32; N] {
        self.weights.get(feature).copied().unwrap_or_default()
    }

    /// The scores of a suggestion's atoms.
    pub(super) fn scores(&self, sequence: &Sequence) -> Scores {
        let row = |i: usize| {
            let emission = sequence.emissions[i].iter().fold([0.0; N], |sum, name| add(sum, self.score(name)));
            let mut scores = [[f64::NEG_INFINITY; N]; N];
            for (previous, row) in scores.iter_mut().enumerate().take(if i == 0 { 1 } else { N }) {
                let contexts = sequence.transitions[i].iter();
                let sums = contexts
                    .fold(emission, |sum, context| add(sum, self.score(&transition_name(TAGS[previous], context))));
                for tag in (0..N).filter(|&tag| allowed(TAGS[previous], TAGS[tag], sequence.opens[i])) {
                    row[tag] = f64::from(sums[tag]);
                }
            }
            scores
        };
        (0..sequence.emissions.len()).map(row).collect()
    }
}

fn add(a: [f32; N], b: [f32; N]) -> [f32; N] {
    std::array::from_fn(|tag| a[tag] + b[tag])
}

/// A measure goes on only behind one that has begun; within a sentence background stands before the first measure and
/// what is none behind it. `opens`: a sentence begins with this atom.
pub(super) fn allowed(previous: Tag, tag: Tag, opens: bool) -> bool {
    match tag {
        Tag::Begin => true,
        Tag::Inside => matches!(previous, Tag::Begin | Tag::Inside),
        Tag::Out => opens || previous == Tag::Out,
        Tag::After => !opens && previous != Tag::Out,
    }
}

pub(super) fn transition_name(previous: Tag, context: &str) -> String {
    format!("{previous:?}>{context}")
}

/// The features of the atoms of one suggestion.
#[derive(Debug, Clone)]
pub(super) struct Sequence {
    pub(super) emissions: Vec<Vec<String>>,
    pub(super) transitions: Vec<[String; 3]>,
    /// Whether a sentence begins with the atom.
    pub(super) opens: Vec<bool>,
}

impl Sequence {
    pub(super) fn new(view: &View<'_>, atoms: &[Atom]) -> Self {
        let transitions = (0..atoms.len()).map(|i| transition_contexts(view, atoms, i)).collect();
        let opens = atoms.iter().map(Atom::opens_sentence).collect();
        Self { emissions: features(view, atoms), transitions, opens }
    }
}
