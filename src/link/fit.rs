//! Fits the models to labelled candidates: weights by logistic regression, thresholds by leaving one case out.

use super::features::Features;
use super::model::{Logistic, Model};
use super::regression::{self, Example};
use crate::document::LinkKind;

/// What a person says of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It carries the suggestion, in this way.
    Carries(LinkKind),
    /// It is of the same topic, and does not.
    Topical,
    /// Neither was said of it.
    Other,
}

/// A candidate with what a person says of it.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// Its features.
    pub features: Features,
    /// What a person says.
    pub judgement: Judgement,
}

/// Penalty on squared weights, chosen by leaving one case out.
const RIDGE: f64 = 10.0;
const RIDGE_KINDS: f64 = 10.0;
/// How much a clause of another field counts beside one of the case's own policies.
const FOREIGN: f64 = 0.5;
/// What a suggestion linked to another field costs when the threshold is chosen, against the F1 of all links.
const FALSE_ALARM: f64 = 0.4;

/// What a suggestion among policies of other fields counts when the threshold of the topic is chosen.
const FAR_TOPIC: f64 = 0.05;

/// A suggestion's candidates, with the number of its gold clauses (some may not be among the candidates).
#[derive(Debug, Clone, Default)]
pub struct Labelled {
    /// The candidates.
    pub candidates: Vec<Judged>,
    /// Clauses of policies of other fields that rank best: none of them carries it.
    pub foreign: Vec<Judged>,
    /// Gold clauses.
    pub gold: usize,
}

/// Fits on cases: for each its suggestions. The thresholds are those that serve best on cases left out of the fitting.
pub fn fit(cases: &[&[Labelled]]) -> Model {
    let mut link = Vec::new();
    let mut far = Vec::new();
    let mut topic = Vec::new();
    let mut far_topic = Vec::new();
    for out in 0..cases.len() {
        let rest: Vec<&[Labelled]> =
            (0..cases.len()).filter(|&c| c != out || cases.len() == 1).map(|c| cases[c]).collect();
        let (l, t) = (fit_link(&rest), fit_topic(&rest));
        for suggestion in cases[out] {
            link.push(scored(&l, suggestion));
            let best = |m: &Logistic| suggestion.foreign.iter().map(|j| m.probability(&j.features)).fold(0.0, f64::max);
            far.push(best(&l));
            far_topic.push(best(&t));
            topic.push(scored(&t, suggestion));
        }
    }
    let threshold = best_threshold(&link, &far, cases);
    Model {
        link: fit_link(cases),
        topic: fit_topic(cases),
        kinds: [LinkKind::Verbatim, LinkKind::Adapted, LinkKind::Merged, LinkKind::Partial].map(|k| fit_kind(cases, k)),
        threshold,
        topic_threshold: best_topic_threshold(&link, (&topic, &far_topic), threshold, cases),
        embedding: None,
    }
}

fn candidates<'a>(cases: &'a [&'a [Labelled]]) -> impl Iterator<Item = &'a Judged> {
    cases.iter().flat_map(|c| c.iter()).flat_map(|s| &s.candidates)
}

fn foreign<'a>(cases: &'a [&'a [Labelled]]) -> impl Iterator<Item = Example> + 'a {
    cases.iter().flat_map(|c| c.iter()).flat_map(|s| &s.foreign).map(|j| (j.features, false, FOREIGN))
}

fn fit_link(cases: &[&[Labelled]]) -> Logistic {
    let example = |j: &Judged| (j.features, matches!(j.judgement, Judgement::Carries(_)), 1.0);
    regression::fit(&candidates(cases).map(example).chain(foreign(cases)).collect::<Vec<Example>>(), RIDGE)
}

fn fit_topic(cases: &[&[Labelled]]) -> Logistic {
    let example = |j: &Judged| (j.features, j.judgement != Judgement::Other, 1.0);
    regression::fit(&candidates(cases).map(example).chain(foreign(cases)).collect::<Vec<Example>>(), RIDGE)
}

fn fit_kind(cases: &[&[Labelled]], kind: LinkKind) -> Logistic {
    let example = |j: &Judged| match j.judgement {
        Judgement::Carries(k) => Some((j.features, k == kind, 1.0)),
        _ => None,
    };
    regression::fit(&candidates(cases).filter_map(example).collect::<Vec<Example>>(), RIDGE_KINDS)
}

fn scored(model: &Logistic, suggestion: &Labelled) -> Vec<f64> {
    suggestion.candidates.iter().map(|c| model.probability(&c.features)).collect()
}

/// The thresholds that are tried.
fn grid() -> impl Iterator<Item = f64> {
    (5..90).map(|i| f64::from(i) / 100.0)
}

/// The threshold of best F1, less what false alarms cost; of equals the higher.
fn best_threshold(scores: &[Vec<f64>], far: &[f64], cases: &[&[Labelled]]) -> f64 {
    let f1 = |threshold: f64| {
        let (mut right, mut predicted, mut gold) = (0.0, 0.0, 0.0);
        for (scores, suggestion) in scores.iter().zip(cases.iter().flat_map(|c| c.iter())) {
            gold += suggestion.gold as f64;
            for (score, judged) in scores.iter().zip(&suggestion.candidates) {
                if *score >= threshold {
                    predicted += 1.0;
                    right += if matches!(judged.judgement, Judgement::Carries(_)) { 1.0 } else { 0.0 };
                }
            }
        }
        let alarms = far.iter().filter(|&&p| p >= threshold).count() as f64 / far.len().max(1) as f64;
        2.0 * right / f64::max(predicted + gold, 1.0) - FALSE_ALARM * alarms
    };
    best_of(f1)
}

/// The threshold that best parts suggestions with a clause of their topic from those without, of those without a link. Among
/// policies of other fields every suggestion is without one.
fn best_topic_threshold(
    links: &[Vec<f64>],
    (topics, far): (&[Vec<f64>], &[f64]),
    threshold: f64,
    cases: &[&[Labelled]],
) -> f64 {
    let right = |topic: f64| {
        let mut right = FAR_TOPIC * far.iter().filter(|&&p| p < topic).count() as f64;
        for ((links, topics), suggestion) in links.iter().zip(topics).zip(cases.iter().flat_map(|c| c.iter())) {
            if suggestion.gold > 0 || links.iter().any(|&p| p >= threshold) {
                continue;
            }
            let has = suggestion.candidates.iter().any(|c| c.judgement == Judgement::Topical);
            right += if has == topics.iter().any(|&p| p >= topic) { 1.0 } else { 0.0 };
        }
        right
    };
    best_of(right)
}

fn best_of(gain: impl Fn(f64) -> f64) -> f64 {
    let best = grid().max_by(|a, b| gain(*a).total_cmp(&gain(*b)).then(a.total_cmp(b)));
    best.unwrap_or(0.5)
}
