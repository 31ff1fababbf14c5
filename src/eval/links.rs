//! Scores the linking of labelled cases: candidates, links, kinds, order, status, calibration, placebo.
//!
//! The suggestions are given, so that linking is scored apart from extraction. Every figure leaves one case out: the model
//! that links a case was fitted, and its thresholds chosen, on the other cases.

use super::case::{Case, GoldSuggestion};
use super::hit::{Squeezed, hits};
use super::labels::labelled;
use super::{Counts, Figure, Miss, Part, bootstrap};
use crate::Result;
use crate::document::{
    Clause, Document, Entry, Kind, Library, LinkKind, Linked, Order, Span, Status, UnitId, UnitKind,
};
use crate::link::{Judgement, Labelled, Linker, Models, Options, Query, fit, share_context};
use crate::parse::parse;
use crate::segment::Segmenter;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The ranks at which recall is told.
const RANKS: [usize; 5] = [1, 3, 5, 10, 20];

/// A gold clause of a suggestion: quotes that stand in the same clause count once.
pub(super) struct Gold {
    policy: String,
    quotes: Vec<Vec<(Span, Span)>>,
    label: LinkKind,
    order: Order,
    text: String,
}

/// A suggestion with what a person says, ready for scoring.
pub(super) struct Item<'a> {
    gold: &'a GoldSuggestion,
    pub(super) query: Query,
    pub(super) links: Vec<Gold>,
    topical: Vec<Gold>,
}

/// The suggestions of a case as queries, in the order of the file.
pub(super) fn items<'a>(case: &'a Case, library: &Library) -> Vec<Item<'a>> {
    let squeezed: BTreeMap<&str, Squeezed> = case.policies.iter().map(|p| (p.id.as_str(), Squeezed::new(p))).collect();
    let item = |gold: &'a GoldSuggestion| {
        let id = UnitId { document: gold.proposal.clone(), kind: UnitKind::Suggestion, ordinal: gold.suggestion };
        let proposal = case.proposal(&gold.proposal);
        let query = Query {
            offset: proposal.and_then(|p| p.text.find(&gold.text)).unwrap_or(0),
            date: proposal.and_then(|p| p.date),
            ..Query::new(id, gold.text.clone())
        };
        let of = |policy: &str, quote: &str, label, order| Gold {
            policy: policy.to_owned(),
            quotes: vec![squeezed.get(policy).map_or_else(Vec::new, |s| s.places(quote))],
            label,
            order,
            text: quote.to_owned(),
        };
        let links = gold.links.iter().map(|l| of(&l.policy, &l.clause_quote, l.label, l.order)).collect();
        let topical =
            gold.topical.iter().map(|t| of(&t.policy, &t.clause_quote, LinkKind::Topical, Order::Unknown)).collect();
        Item { gold, query, links: once(links, library), topical }
    };
    let mut items: Vec<Item<'_>> = case.links.iter().map(item).collect();
    let mut queries: Vec<Query> = items.iter().map(|i| i.query.clone()).collect();
    share_context(&mut queries);
    items.iter_mut().zip(queries).for_each(|(item, query)| item.query = query);
    items
}

/// Joins the quotes that stand in the same clause.
fn once(all: Vec<Gold>, library: &Library) -> Vec<Gold> {
    let mut joined: Vec<(Option<usize>, Gold)> = Vec::new();
    for gold in all {
        let clause = library.get(&gold.policy).and_then(|entry| {
            let text = &entry.document.text;
            entry.parsed.clauses.iter().position(|c| gold.hit(&entry.document.id, c.span, text))
        });
        let same = |(place, other): &&mut (Option<usize>, Gold)| {
            clause.is_some() && *place == clause && other.policy == gold.policy
        };
        match joined.iter_mut().find(same) {
            Some((_, first)) => first.quotes.extend(gold.quotes),
            None => joined.push((clause, gold)),
        }
    }
    joined.into_iter().map(|(_, gold)| gold).collect()
}

impl Gold {
    fn hit(&self, document: &str, clause: Span, text: &str) -> bool {
        self.policy == document && self.quotes.iter().any(|places| hits(clause, places, text))
    }
}

impl Item<'_> {
    pub(super) fn judge(&self, document: &Document, clause: &Clause) -> Judgement {
        let hit = |g: &&Gold| g.hit(&document.id, clause.span, &document.text);
        match self.links.iter().find(hit) {
            Some(gold) => Judgement::Carries(gold.label),
            None if self.topical.iter().any(|g| hit(&g)) => Judgement::Topical,
            None => Judgement::Other,
        }
    }
}

/// The policies of the cases, and `others` beside them, with their clauses.
pub fn library(cases: &[Case], others: &[Document]) -> Library {
    let policies = cases.iter().flat_map(|c| &c.policies).chain(others).filter(|d| d.kind == Kind::Policy);
    Library::new(policies.map(|d| Entry { parsed: parse(d), document: d.clone() }).collect())
}

/// The policies of the other cases that are none of this one.
pub(super) fn foreign(case: &Case, cases: &[Case]) -> Vec<String> {
    let others = cases.iter().flat_map(|c| &c.policies).filter(|p| case.policies.iter().all(|own| own.id != p.id));
    let mut ids: Vec<String> = others.map(|p| p.id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

pub(super) fn own(case: &Case) -> Vec<String> {
    case.policies.iter().map(|p| p.id.clone()).collect()
}

/// What was found for one suggestion of a case.
struct Outcome<'a> {
    case: &'a str,
    item: &'a Item<'a>,
    linked: Linked,
    /// The rank of each gold clause among the candidates, from 0, in the case's pool and in the wide one.
    ranks: Vec<Option<usize>>,
    wide: Vec<Option<usize>>,
    /// Squared errors of the probabilities: of all candidates, and of those a person judged or the program reported.
    brier: Vec<f64>,
    hard: Vec<f64>,
}

/// Scores the linking of `cases`, each by a model fitted on the others. `others` are more policies for the wide pool and the
/// background.
///
/// # Errors
/// When the linker cannot be built.
pub fn score(cases: &[Case], others: &[Document], segmenter: &Segmenter, models: &Models) -> Result<Part> {
    let library = library(cases, others);
    let options = Options { candidates: 20, ..Options::default() };
    let mut linker = Linker::new(&library, segmenter, models.clone(), options)?;
    let labels: Vec<Vec<Labelled>> =
        cases.iter().map(|c| labelled(c, foreign(c, cases), &mut linker, &library)).collect::<Result<_>>()?;
    let all_items: Vec<Vec<Item<'_>>> = cases.iter().map(|c| items(c, &library)).collect();
    let mut outcomes = Vec::new();
    let mut placebo = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let rest: Vec<&[Labelled]> =
            labels.iter().enumerate().filter(|(c, _)| *c != at || cases.len() == 1).map(|(_, l)| &l[..]).collect();
        linker.set_model(if cases.len() > 1 { fit(&rest) } else { (*models.model).clone() });
        let queries: Vec<Query> = all_items[at].iter().map(|i| i.query.clone()).collect();
        linker.restrict(Vec::new())?;
        let wide = linker.link_all(&queries);
        linker.restrict(own(case))?;
        let near = linker.link_all(&queries);
        for ((item, linked), wide) in all_items[at].iter().zip(near).zip(wide) {
            outcomes.push(Outcome {
                case: &case.name,
                item,
                ranks: ranks(item, &linked, &library),
                wide: ranks(item, &wide, &library),
                brier: brier(item, &linked, &library, false),
                hard: brier(item, &linked, &library, true),
                linked,
            });
        }
        let foreign = foreign(case, cases);
        if !foreign.is_empty() {
            linker.restrict(foreign)?;
            let found = linker.link_all(&queries);
            placebo.extend(found.iter().map(|l| l.links.iter().any(|l| l.kind.carries())));
        }
    }
    Ok(part(&outcomes, &placebo, &library))
}

/// The rank of each gold clause among the candidates.
fn ranks(item: &Item<'_>, linked: &Linked, library: &Library) -> Vec<Option<usize>> {
    let rank = |gold: &Gold| linked.candidates.iter().position(|c| hit(gold, &c.clause, library));
    item.links.iter().map(rank).collect()
}

fn hit(gold: &Gold, clause: &UnitId, library: &Library) -> bool {
    library.clause(clause).is_some_and(|(d, c)| gold.hit(&d.id, c.span, &d.text))
}

/// Squared errors of the candidates' probabilities; of those alone that a person judged or the program reports, if `hard`.
fn brier(item: &Item<'_>, linked: &Linked, library: &Library, hard: bool) -> Vec<f64> {
    let mut errors = Vec::new();
    for candidate in &linked.candidates {
        let Some((document, clause)) = library.clause(&candidate.clause) else { continue };
        let judgement = item.judge(document, clause);
        let reported = linked.links.iter().any(|l| l.clause == candidate.clause);
        if !hard || judgement != Judgement::Other || reported {
            let truth = if matches!(judgement, Judgement::Carries(_)) { 1.0 } else { 0.0 };
            errors.push((candidate.score - truth).powi(2));
        }
    }
    errors
}

fn part(outcomes: &[Outcome<'_>], placebo: &[bool], library: &Library) -> Part {
    let mut part = Part::default();
    let mut groups: BTreeMap<(&str, &str), Vec<&Outcome<'_>>> = BTreeMap::new();
    for outcome in outcomes {
        groups.entry((outcome.case, &outcome.item.gold.proposal)).or_default().push(outcome);
    }
    let clusters: Vec<Vec<&Outcome<'_>>> = groups.into_values().collect();
    for (name, pick) in [("recall_at", false), ("wide_recall_at", true)] {
        for k in RANKS {
            let of = move |o: &Outcome<'_>| {
                let ranks = if pick { &o.wide } else { &o.ranks };
                ranks.iter().map(|r| if r.is_some_and(|r| r < k) { 1.0 } else { 0.0 }).collect()
            };
            part.figures.push((format!("{name}_{k}"), mean(&clusters, of)));
        }
    }
    let counts: Vec<Counts> =
        clusters.iter().map(|c| Counts::sum(&c.iter().map(|o| counts(o, library)).collect::<Vec<_>>())).collect();
    part.figures.extend(Counts::figures("link", &counts));
    part.figures.push(("type_accuracy".into(), mean(&clusters, |o| on_hits(o, library, |l, g| l.kind == g.label))));
    part.figures.push(("order_accuracy".into(), mean(&clusters, |o| on_hits(o, library, |l, g| l.order == g.order))));
    let status = |o: &Outcome<'_>| vec![if o.linked.status == o.item.gold.status { 1.0 } else { 0.0 }];
    part.figures.push(("status_accuracy".into(), mean(&clusters, status)));
    part.figures.push(("topical_error".into(), mean(&clusters, |o| topical_errors(o, library))));
    part.figures.push(("brier".into(), mean(&clusters, |o| o.brier.clone())));
    part.figures.push(("brier_hard".into(), mean(&clusters, |o| o.hard.clone())));
    let placebo: Vec<f64> = placebo.iter().map(|&p| if p { 1.0 } else { 0.0 }).collect();
    let average = |sample: &[&f64]| Some(sample.iter().copied().sum::<f64>() / sample.len() as f64);
    part.figures.push(("placebo_links".into(), bootstrap(&placebo, placebo.len(), average)));
    part.decisions.push(("links".into(), outcomes.iter().map(|o| decision(o, library)).collect()));
    part.decisions.push(("confusion_status".into(), confusion_status(outcomes)));
    part.decisions.push(("confusion_type".into(), confusion_type(outcomes, library)));
    part.misses = outcomes.iter().flat_map(|o| misses(o, library)).collect();
    part
}

/// The mean over all values of all suggestions.
fn mean(clusters: &[Vec<&Outcome<'_>>], values: impl Fn(&Outcome<'_>) -> Vec<f64>) -> Figure {
    let all: Vec<(f64, f64)> = clusters
        .iter()
        .map(|c| {
            let values: Vec<f64> = c.iter().flat_map(|o| values(o)).collect();
            (values.iter().sum(), values.len() as f64)
        })
        .collect();
    let n = all.iter().map(|(_, n)| n).sum::<f64>() as usize;
    bootstrap(&all, n, |sample| {
        let (sum, count) = sample.iter().fold((0.0, 0.0), |(s, n), (v, m)| (s + v, n + m));
        (count > 0.0).then(|| sum / count)
    })
}

fn counts(outcome: &Outcome<'_>, library: &Library) -> Counts {
    let carrying: Vec<&UnitId> = outcome.linked.links.iter().filter(|l| l.kind.carries()).map(|l| &l.clause).collect();
    let gold = &outcome.item.links;
    Counts {
        found: gold.iter().filter(|g| carrying.iter().any(|c| hit(g, c, library))).count(),
        right: carrying.iter().filter(|c| gold.iter().any(|g| hit(g, c, library))).count(),
        predicted: carrying.len(),
        gold: gold.len(),
    }
}

fn on_hits(
    outcome: &Outcome<'_>,
    library: &Library,
    right: impl Fn(&crate::document::Link, &Gold) -> bool,
) -> Vec<f64> {
    let carrying = outcome.linked.links.iter().filter(|l| l.kind.carries());
    let of = |l: &crate::document::Link| outcome.item.links.iter().find(|g| hit(g, &l.clause, library));
    carrying.filter_map(|l| of(l).map(|g| if right(l, g) { 1.0 } else { 0.0 })).collect()
}

/// For each topical clause whether it was called carrying.
fn topical_errors(outcome: &Outcome<'_>, library: &Library) -> Vec<f64> {
    let carrying: Vec<&UnitId> = outcome.linked.links.iter().filter(|l| l.kind.carries()).map(|l| &l.clause).collect();
    let gold = |c: &UnitId| outcome.item.links.iter().any(|g| hit(g, c, library));
    let wrong = |t: &Gold| carrying.iter().any(|c| hit(t, c, library) && !gold(c));
    outcome.item.topical.iter().map(|t| if wrong(t) { 1.0 } else { 0.0 }).collect()
}

fn decision(outcome: &Outcome<'_>, library: &Library) -> Value {
    let link = |l: &crate::document::Link| {
        json!({
            "clause": l.clause.to_string(), "kind": l.kind, "score": l.score, "order": l.order,
            "right": outcome.item.links.iter().any(|g| hit(g, &l.clause, library)),
        })
    };
    json!({
        "case": outcome.case,
        "proposal": outcome.item.gold.proposal,
        "suggestion": outcome.item.gold.suggestion,
        "status": outcome.linked.status,
        "gold_status": outcome.item.gold.status,
        "links": outcome.linked.links.iter().map(link).collect::<Vec<_>>(),
        "ranks": outcome.ranks,
        "wide_ranks": outcome.wide,
    })
}

fn confusion_status(outcomes: &[Outcome<'_>]) -> Value {
    let mut table: BTreeMap<Status, BTreeMap<Status, usize>> = BTreeMap::new();
    for outcome in outcomes {
        *table.entry(outcome.item.gold.status).or_default().entry(outcome.linked.status).or_default() += 1;
    }
    json!(table)
}

fn confusion_type(outcomes: &[Outcome<'_>], library: &Library) -> Value {
    let mut table: BTreeMap<LinkKind, BTreeMap<LinkKind, usize>> = BTreeMap::new();
    for outcome in outcomes {
        for link in outcome.linked.links.iter().filter(|l| l.kind.carries()) {
            if let Some(gold) = outcome.item.links.iter().find(|g| hit(g, &link.clause, library)) {
                *table.entry(gold.label).or_default().entry(link.kind).or_default() += 1;
            }
        }
    }
    json!(table)
}

fn misses(outcome: &Outcome<'_>, library: &Library) -> Vec<Miss> {
    let item = outcome.item;
    let miss = |problem: &str, gold: String, predicted: String| Miss {
        part: "links".into(),
        case: outcome.case.to_owned(),
        document: format!("{}#{}", item.gold.proposal, item.gold.suggestion),
        problem: problem.into(),
        gold,
        predicted,
    };
    let text = |id: &UnitId| library.clause(id).map_or_else(String::new, |(d, c)| c.span.of(&d.text).to_owned());
    let carrying: Vec<_> = outcome.linked.links.iter().filter(|l| l.kind.carries()).collect();
    let mut all = Vec::new();
    for (gold, rank) in item.links.iter().zip(&outcome.ranks) {
        if !carrying.iter().any(|l| hit(gold, &l.clause, library)) {
            let place = rank.map_or("not among the candidates".to_owned(), |r| format!("candidate {}", r + 1));
            all.push(miss("missed", format!("{} {}", gold.policy, gold.text), place));
        }
    }
    for link in carrying {
        match item.links.iter().find(|g| hit(g, &link.clause, library)) {
            None => {
                let topical = item.topical.iter().any(|g| hit(g, &link.clause, library));
                let problem = if topical { "topical called carrying" } else { "spurious" };
                all.push(miss(problem, item.gold.text.clone(), format!("{} {}", link.clause, text(&link.clause))));
            }
            Some(gold) if gold.label != link.kind => {
                all.push(miss("wrong kind", format!("{:?}", gold.label), format!("{:?}", link.kind)));
            }
            Some(_) => {}
        }
    }
    if outcome.linked.status != item.gold.status {
        all.push(miss("wrong status", format!("{:?}", item.gold.status), format!("{:?}", outcome.linked.status)));
    }
    all
}
