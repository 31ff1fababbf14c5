//! Fits the tagger of measures on labelled proposals: a conditional random field over a
//! chain of atoms (Lafferty, McCallum and Pereira 2001) with a quadratic penalty.

use super::atom::{Atom, atoms};
use super::items;
use super::lattice::{Lattice, Scores};
use super::tagger::{Model, N, Sequence, TAGS, Tag, allowed, transition_name};
use super::view::View;
use crate::document::Span;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Passes over the data.
const PASSES: usize = 20;
/// Step of the gradient.
const RATE: f64 = 0.15;
/// Weight of the quadratic penalty, for every suggestion that has the feature.
const PENALTY: f64 = 0.25;
/// Features seen in fewer suggestions are left out.
const RARE: usize = 2;

/// A proposal whose suggestions and measures a person cut.
#[derive(Debug, Clone)]
pub struct Labelled<'a> {
    /// The text.
    pub text: &'a str,
    /// Every suggestion with its measures, as byte spans.
    pub suggestions: Vec<(Span, Vec<Span>)>,
}

/// Fits a model on labelled proposals. The same proposals give the same weights.
pub fn fit(proposals: &[Labelled<'_>]) -> Model {
    let mut examples = Vec::new();
    for proposal in proposals {
        let view = View::new(proposal.text);
        for (span, measures) in &proposal.suggestions {
            let measures: Vec<Range<usize>> = measures.iter().map(|m| view.range(*m)).collect();
            examples.push(example(&view, view.range(*span), &measures));
        }
    }
    chain(&examples)
}

/// A suggestion with its gold measures, ready for fitting.
struct Example {
    sequence: Sequence,
    gold: Vec<Tag>,
}

/// The example of a suggestion at `range` whose measures a person cut, all in characters.
fn example(view: &View<'_>, range: Range<usize>, measures: &[Range<usize>]) -> Example {
    let range = items::tidy(view, range);
    let head = items::head(view, &range);
    let atoms = atoms(view, range, head.as_ref());
    Example { gold: gold_tags(&atoms, measures), sequence: Sequence::new(view, &atoms) }
}

/// An atom belongs to the measure that covers at least half of it.
fn gold_tags(atoms: &[Atom], measures: &[Range<usize>]) -> Vec<Tag> {
    let mut last = None;
    let mut acted = false;
    let mut tag = |atom: &Atom| {
        let shared = |m: &Range<usize>| atom.range.end.min(m.end).saturating_sub(atom.range.start.max(m.start));
        let measure = measures.iter().position(|m| 2 * shared(m) >= atom.range.len());
        let tag = match measure {
            None if !atom.opens_sentence() && acted => Tag::After,
            None => Tag::Out,
            Some(_) if measure == last => Tag::Inside,
            Some(_) => Tag::Begin,
        };
        last = measure;
        acted = tag != Tag::Out;
        tag
    };
    atoms.iter().map(&mut tag).collect()
}

/// Fits the weights: every step goes up the gradient of one suggestion's log-likelihood less its share of the penalty, with
/// a rate that falls with the feature's own history (AdaGrad, Duchi et al. 2011).
fn chain(examples: &[Example]) -> Model {
    let names = Names::of(examples);
    let encoded: Vec<Encoded> = examples.iter().map(|example| names.encode(example)).collect();
    let mut weights = vec![[0.0_f64; N]; names.list.len()];
    let mut means = weights.clone();
    let mut history = vec![[1e-6_f64; N]; names.list.len()];
    let mut order: Vec<usize> = (0..encoded.len()).collect();
    for pass in 0..PASSES {
        // A fixed shuffle, another on every pass.
        order.sort_by_key(|&i| ((i + 1) * 7919 + pass * 104_729) % 1009);
        for &i in &order {
            let mut gradient: HashMap<usize, [f64; N]> = HashMap::new();
            encoded[i].gradient(&weights, &mut gradient);
            for (feature, slope) in gradient {
                for tag in 0..N {
                    let slope = slope[tag] - PENALTY * weights[feature][tag];
                    history[feature][tag] += slope * slope;
                    weights[feature][tag] += RATE * slope / history[feature][tag].sqrt();
                }
            }
        }
        // The mean over the passes is steadier than the last pass (Polyak and Juditsky 1992).
        for (mean, weight) in means.iter_mut().zip(&weights) {
            (0..N).for_each(|tag| mean[tag] += weight[tag] / PASSES as f64);
        }
    }
    let weights = names.list.into_iter().zip(means).map(|(name, w)| (name, w.map(|w| w as f32))).collect();
    Model { weights }
}

/// The features that are common enough, with their numbers.
struct Names {
    list: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Names {
    fn of(examples: &[Example]) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for Example { sequence, .. } in examples {
            let transitions = sequence.transitions.iter().flatten();
            let transitions = transitions.flat_map(|c| TAGS.map(|previous| transition_name(previous, c)));
            let mut names: Vec<String> = sequence.emissions.iter().flatten().cloned().chain(transitions).collect();
            names.sort_unstable();
            names.dedup();
            names.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
        }
        let list: Vec<String> = counts.into_iter().filter(|(_, n)| *n >= RARE).map(|(name, _)| name).collect();
        let numbers = list.iter().cloned().enumerate().map(|(i, name)| (name, i)).collect();
        Self { list, numbers }
    }

    fn encode(&self, example: &Example) -> Encoded {
        let number = |name: &String| self.numbers.get(name).copied();
        let transitions = |contexts: &[String; 3]| {
            TAGS.map(|previous| contexts.iter().filter_map(|c| number(&transition_name(previous, c))).collect())
        };
        Encoded {
            emissions: example.sequence.emissions.iter().map(|e| e.iter().filter_map(number).collect()).collect(),
            transitions: example.sequence.transitions.iter().map(transitions).collect(),
            opens: example.sequence.opens.clone(),
            gold: example.gold.iter().map(|&tag| tag as usize).collect(),
        }
    }
}

/// An example with numbers for features.
struct Encoded {
    emissions: Vec<Vec<usize>>,
    /// For every tag before.
    transitions: Vec<[Vec<usize>; N]>,
    gold: Vec<usize>,
    opens: Vec<bool>,
}

impl Encoded {
    /// Scores of every tag behind every tag, at every atom; impossible ones are minus infinity.
    fn scores(&self, weights: &[[f64; N]]) -> Scores {
        let at = |i: usize| {
            let mut scores = [[f64::NEG_INFINITY; N]; N];
            for (previous, row) in scores.iter_mut().enumerate() {
                for (tag, score) in row.iter_mut().enumerate() {
                    if allowed(TAGS[previous], TAGS[tag], self.opens[i]) && (i > 0 || previous == 0) {
                        let features = self.emissions[i].iter().chain(&self.transitions[i][previous]);
                        *score = features.map(|&f| weights[f][tag]).sum();
                    }
                }
            }
            scores
        };
        (0..self.gold.len()).map(at).collect()
    }

    /// Adds the gradient of the log-likelihood: features of the gold tags less their expectation (Lafferty et al.
    /// 2001).
    fn gradient(&self, weights: &[[f64; N]], gradient: &mut HashMap<usize, [f64; N]>) {
        let lattice = Lattice::new(self.scores(weights));
        for i in 0..lattice.len() {
            let gold_before = if i == 0 { 0 } else { self.gold[i - 1] };
            for previous in 0..N {
                for tag in 0..N {
                    let expected = lattice.edge(i, previous, tag);
                    let gold = f64::from(u8::from((previous, tag) == (gold_before, self.gold[i])));
                    if gold == 0.0 && expected < 1e-9 {
                        continue;
                    }
                    for &feature in self.emissions[i].iter().chain(&self.transitions[i][previous]) {
                        gradient.entry(feature).or_default()[tag] += gold - expected;
                    }
                }
            }
        }
    }
}
