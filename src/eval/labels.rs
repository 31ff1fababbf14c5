//! What the linker's models are fitted on: the candidates of labelled suggestions with what a person says of them.

use super::case::Case;
use super::links::{Item, foreign, items, library, own};
use crate::Result;
use crate::document::{Clause, Document, Library, LinkKind};
use crate::link::{Carried, Judged, Judgement, Labelled, Linker, Models, Options, Sample};
use crate::segment::Segmenter;
use rayon::prelude::*;
use std::sync::Arc;

/// How many clauses of other fields stand against each suggestion when the model is fitted.
const FOREIGN: usize = 10;
/// How many policies of other fields stand against suggestions that are for fitting only.
const STRANGERS: usize = 20;

/// The candidates of every suggestion of the cases with their features: what the model is fitted on. `others` are more
/// policies, for the rarity of words.
///
/// # Errors
/// When the linker cannot be built.
pub fn labels(
    cases: &[Case],
    others: &[Document],
    segmenter: &Segmenter,
    models: &Models,
) -> Result<Vec<Vec<Labelled>>> {
    let library = library(cases, others);
    let mut linker = Linker::new(&library, segmenter, models.clone(), Options::default())?;
    cases.iter().map(|c| labelled(c, foreign(c, cases), &mut linker, &library)).collect()
}

/// The pairs that the matcher is fitted on, out of cases of [`super::fitting`]: of each suggestion the judged candidates, the
/// best of those nobody judged, and a few of other fields.
///
/// # Errors
/// When the linker cannot be built.
pub fn samples(cases: &[Case], others: &[Document], segmenter: &Segmenter, models: &Models) -> Result<Vec<Sample>> {
    let library = library(cases, others);
    let mut linker = Linker::new(&library, segmenter, models.clone(), Options::default())?;
    let mut all = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let items = items(case, &library);
        linker.restrict(own(case))?;
        all.extend(items.par_iter().flat_map_iter(|i| own_samples(i, &linker)).collect::<Vec<_>>());
        let strangers = strangers(cases, at);
        if !strangers.is_empty() {
            linker.restrict(strangers)?;
            all.extend(items.par_iter().flat_map_iter(|i| far_samples(i, &linker)).collect::<Vec<_>>());
        }
    }
    Ok(all)
}

/// The suggestions of the cases with each clause that carries them: what the vectors learn from.
pub fn carried(cases: &[Case]) -> Vec<Carried> {
    let library = library(cases, &[]);
    let clauses = |item: &Item<'_>, case: &Case| {
        let entries = case.policies.iter().filter_map(|p| library.get(&p.id));
        let clauses = entries.flat_map(|e| e.parsed.clauses.iter().map(move |c| (&e.document, c)));
        let carrying = clauses.filter(|(d, c)| matches!(item.judge(d, c), Judgement::Carries(_)));
        let text = |(document, clause): (&Document, &Clause)| clause.span.of(&document.text).to_owned();
        carrying.map(text).map(|clause| Carried { suggestion: item.query.text.clone(), clause }).collect::<Vec<_>>()
    };
    cases
        .iter()
        .flat_map(|case| items(case, &library).iter().flat_map(|i| clauses(i, case)).collect::<Vec<_>>())
        .collect()
}

/// How many candidates that nobody judged stand beside the judged ones, and how many of other fields.
const OTHERS: usize = 10;
const FAR: usize = 6;
/// What those count, of which nobody said that they do not carry the suggestion.
const UNJUDGED: f32 = 0.6;

fn own_samples(item: &Item<'_>, linker: &Linker<'_>) -> Vec<Sample> {
    let mut others = 0;
    let mut all = Vec::new();
    for (document, clause, pair) in linker.pairs(&item.query) {
        let (truth, weight) = match item.judge(document, clause) {
            Judgement::Carries(LinkKind::Partial) => ([1.0, 1.0], 0.8),
            Judgement::Carries(_) => ([1.0, 1.0], 1.0),
            Judgement::Topical => ([0.0, 1.0], 1.0),
            Judgement::Other => {
                others += 1;
                if others > OTHERS {
                    continue;
                }
                ([0.0, 0.0], UNJUDGED)
            }
        };
        all.push(Sample { pair, truth, weight, vectors: Arc::clone(linker.vectors()) });
    }
    all
}

fn far_samples(item: &Item<'_>, linker: &Linker<'_>) -> Vec<Sample> {
    let best = linker.pairs(&item.query).into_iter().take(FAR);
    best.map(|(_, _, pair)| Sample { pair, truth: [0.0, 0.0], weight: UNJUDGED, vectors: Arc::clone(linker.vectors()) })
        .collect()
}

/// Policies of other cases, spread over them.
fn strangers(cases: &[Case], at: usize) -> Vec<String> {
    let few = STRANGERS.min(cases.len().saturating_sub(1));
    let mut ids: Vec<String> = (1..=few)
        .flat_map(|k| &cases[(at + k * 7) % cases.len()].policies)
        .map(|p| p.id.clone())
        .filter(|id| cases[at].policies.iter().all(|own| own.id != *id))
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

pub(super) fn labelled(
    case: &Case,
    foreign: Vec<String>,
    linker: &mut Linker<'_>,
    library: &Library,
) -> Result<Vec<Labelled>> {
    let items = items(case, library);
    let judged = |item: &Item<'_>, linker: &Linker<'_>| -> Vec<Judged> {
        let found = linker.features(&item.query).into_iter();
        found.map(|(d, c, features)| Judged { features, judgement: item.judge(d, c) }).collect()
    };
    linker.restrict(own(case))?;
    let near: Vec<Vec<Judged>> = items.par_iter().map(|i| judged(i, linker)).collect();
    let far: Vec<Vec<Judged>> = if foreign.is_empty() {
        vec![Vec::new(); items.len()]
    } else {
        linker.restrict(foreign)?;
        items.par_iter().map(|i| judged(i, linker)).collect()
    };
    let join = |((item, candidates), mut foreign): ((&Item<'_>, Vec<Judged>), Vec<Judged>)| {
        foreign.truncate(FOREIGN);
        Labelled { candidates, foreign, gold: item.links.len() }
    };
    Ok(items.iter().zip(near).zip(far).map(join).collect())
}
