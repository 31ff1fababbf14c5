//! Scores the cutting of proposals into suggestions and measures against labelled proposals, by intersection over union of
//! at least one half, in characters; and against the suggestions of cases.

use super::case::{Case, rows};
use super::{Counts, Data, Miss, Part};
use crate::document::Span;
use crate::parse::suggestion::train::{self, Labelled};
use crate::parse::suggestion::{Model, suggestions_by};
use crate::{Error, Result};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Overlap from which a predicted span is the gold one.
const OVERLAP: f64 = 0.5;

/// The labels of the parts that some portals print before them; `…_unlabelled` figures are taken without.
static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:调研情况|问题分析|具体建议|具体意见)[：:]")
        .expect("the pattern is a constant that the tests compile")
});

/// A proposal whose suggestions and measures a person cut. Spans are half-open, in Unicode code points of `content`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldProposal {
    /// The proposal's number.
    #[serde(alias = "id")]
    pub proposal_number: String,
    /// The text; where it is empty, [`load`] takes it from a table, by the number.
    #[serde(default)]
    pub content: String,
    /// Where problem and suggestions stand.
    #[serde(default)]
    pub sections: Sections,
    /// The suggestions, in order.
    pub suggestions: Vec<GoldCut>,
}

/// The parts of a labelled proposal.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
pub struct Sections {
    /// Background and problem.
    #[serde(default)]
    pub problem: Option<[usize; 2]>,
}

/// A suggestion that a person cut.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldCut {
    /// The suggestion.
    pub span: [usize; 2],
    /// Its atomic measures.
    #[serde(default)]
    pub measures: Vec<[usize; 2]>,
}

/// Spans of one proposal, in characters.
#[derive(Debug, Default)]
struct Cut {
    suggestions: Vec<Span>,
    measures: Vec<Span>,
}

/// Reads labelled proposals, one JSON record a line; a text that a record lacks is found in the tables of `folders`.
///
/// # Errors
/// A file that cannot be read, a malformed line, a text that is nowhere, a span that its text does not have.
pub fn load(file: &Path, folders: &[PathBuf]) -> Result<Vec<GoldProposal>> {
    let mut proposals: Vec<GoldProposal> = rows(file)?;
    let lacking: Vec<String> =
        proposals.iter().filter(|p| p.content.is_empty()).map(|p| p.proposal_number.clone()).collect();
    let data = if lacking.is_empty() { Data::default() } else { Data::load_ids(folders, &lacking)? };
    for (i, proposal) in proposals.iter_mut().enumerate() {
        if proposal.content.is_empty() {
            let number = &proposal.proposal_number;
            let found = data.text(number).ok_or_else(|| {
                let problem = format!("the record has no content, and the text of {number} is nowhere");
                Error::input(file, i + 1, problem, "give the folder of its table with --data")
            })?;
            proposal.content = found.0.to_owned();
        }
        let length = proposal.content.chars().count();
        let spans = proposal.suggestions.iter().flat_map(|s| s.measures.iter().chain([&s.span]));
        if let Some([start, end]) = spans.copied().find(|[start, end]| start >= end || *end > length) {
            let problem = format!("the span {start}..{end} is not in its text of {length} characters");
            return Err(Error::input(file, i + 1, problem, "count characters (code points) of the content from 0"));
        }
    }
    Ok(proposals)
}

/// A model of measures fitted on these proposals.
pub fn fit<'a>(proposals: impl IntoIterator<Item = &'a GoldProposal>) -> Model {
    let labelled = |proposal: &'a GoldProposal| {
        let text = &proposal.content;
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let span = |[start, end]: [usize; 2]| Span::new(ends[start], ends[end]);
        let cut = |s: &GoldCut| (span(s.span), s.measures.iter().copied().map(span).collect());
        Labelled { text, suggestions: proposal.suggestions.iter().map(cut).collect() }
    };
    train::fit(&proposals.into_iter().map(labelled).collect::<Vec<_>>())
}

/// Models for scoring what they were not fitted on: proposal `i` is cut by a model fitted on the proposals of the other
/// folds (`j % folds != i % folds`) and on `more`.
pub fn cross_fit(proposals: &[GoldProposal], more: &[GoldProposal], folds: usize) -> Vec<Model> {
    let others = |fold: usize| {
        let own = proposals.iter().enumerate().filter(move |(i, _)| i % folds != fold).map(|(_, p)| p);
        fit(own.chain(more))
    };
    (0..folds).map(others).collect()
}

/// Scores the program's cutting of `proposals`, as they stand and with the labels of the parts removed. Measures are cut
/// by the shipped model, or by those of [`cross_fit`] where there are any.
pub fn score(name: &str, proposals: &[GoldProposal], models: &[Model]) -> Part {
    let bare: Vec<GoldProposal> = proposals.iter().map(without_labels).collect();
    let mut part = score_as(name, proposals, models, "");
    let other = score_as(name, &bare, models, "_unlabelled");
    part.figures.extend(other.figures);
    part.decisions.extend(other.decisions);
    part.misses.extend(other.misses);
    part
}

fn score_as(name: &str, proposals: &[GoldProposal], models: &[Model], suffix: &str) -> Part {
    let mut part = Part::default();
    let mut decisions: Vec<Value> = Vec::new();
    let (mut suggestion_counts, mut measure_counts) = (Vec::new(), Vec::new());
    for (i, proposal) in proposals.iter().enumerate() {
        let gold = gold_cut(proposal);
        let model = if models.is_empty() { Model::fitted() } else { &models[i % models.len()] };
        let predicted = predicted_cut(&proposal.content, model);
        let inside =
            |span: &Span| proposal.sections.problem.is_some_and(|p| p[0] <= span.start && span.end <= p[1] + 1);
        let s = matched(&gold.suggestions, &predicted.suggestions);
        let mut m = matched(&gold.measures, &predicted.measures);
        // Measures inside the problem part are neither right nor wrong unless they hit.
        m.optional = predicted.measures.iter().map(inside).collect();
        suggestion_counts.push(s.counts());
        measure_counts.push(m.counts());
        for (kind, matched, gold, predicted) in [
            ("suggestion", &s, &gold.suggestions, &predicted.suggestions),
            ("measure", &m, &gold.measures, &predicted.measures),
        ] {
            part.misses.extend(misses(name, proposal, &format!("{kind}{suffix}"), matched, gold, predicted));
        }
        let pairs = |spans: &[Span]| spans.iter().map(|s| [s.start, s.end]).collect::<Vec<_>>();
        decisions.push(json!({
            "proposal": proposal.proposal_number,
            "suggestions": pairs(&predicted.suggestions),
            "measures": pairs(&predicted.measures),
        }));
    }
    let named = |kind: &str, counts: &[Counts]| {
        let figures = Counts::figures(kind, counts).into_iter();
        figures.map(|(figure, value)| (format!("{figure}{suffix}"), value)).collect::<Vec<_>>()
    };
    part.figures.extend(named("suggestion", &suggestion_counts));
    part.figures.extend(named("measure", &measure_counts));
    part.decisions.push((format!("extraction{suffix}"), Value::Array(decisions)));
    part
}

/// Scores the program's cutting of the cases' proposals against the suggestions that a person cut there. A person may have
/// left out a suggestion's tail and chosen among nested items, so that these figures stand beside those of labelled
/// proposals, named `case_suggestion_…`.
pub fn score_cases(cases: &[Case]) -> Part {
    let mut part = Part::default();
    let mut counts = Vec::new();
    for case in cases {
        for proposal in &case.proposals {
            let own = case.links.iter().filter(|gold| gold.proposal == proposal.id);
            let gold: Vec<Span> = own.filter_map(|gold| find(&proposal.text, &gold.text)).collect();
            if gold.is_empty() {
                continue;
            }
            let predicted = predicted_cut(&proposal.text, Model::fitted()).suggestions;
            let matched = matched(&gold, &predicted);
            counts.push(matched.counts());
            let row = GoldProposal {
                proposal_number: proposal.id.clone(),
                content: proposal.text.clone(),
                sections: Sections::default(),
                suggestions: Vec::new(),
            };
            part.misses.extend(misses(&case.name, &row, "suggestion", &matched, &gold, &predicted));
        }
    }
    part.figures = Counts::figures("case_suggestion", &counts);
    part
}

/// Where `piece` stands in `text`, in characters.
fn find(text: &str, piece: &str) -> Option<Span> {
    let start = text[..text.find(piece)?].chars().count();
    Some(Span::new(start, start + piece.chars().count()))
}

fn gold_cut(proposal: &GoldProposal) -> Cut {
    let span = |[start, end]: [usize; 2]| Span::new(start, end);
    Cut {
        suggestions: proposal.suggestions.iter().map(|s| span(s.span)).collect(),
        measures: proposal.suggestions.iter().flat_map(|s| s.measures.iter().copied().map(span)).collect(),
    }
}

fn predicted_cut(text: &str, model: &Model) -> Cut {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let place = |byte: usize| starts.partition_point(|&start| start < byte);
    let span = |span: Span| Span::new(place(span.start), place(span.end));
    let found = suggestions_by(text, model);
    Cut {
        measures: found.iter().flat_map(|s| s.measures.iter().copied().map(span)).collect(),
        suggestions: found.iter().map(|s| span(s.span)).collect(),
    }
}

/// Gold and predicted spans that belong together, one to one.
struct Matched {
    gold: Vec<bool>,
    predicted: Vec<bool>,
    optional: Vec<bool>,
}

impl Matched {
    fn counts(&self) -> Counts {
        let hits = self.gold.iter().filter(|&&hit| hit).count();
        let counted = self.predicted.iter().zip(&self.optional).filter(|(hit, optional)| **hit || !**optional).count();
        Counts { found: hits, right: hits, predicted: counted, gold: self.gold.len() }
    }
}

/// Pairs spans by falling overlap, each at most once.
fn matched(gold: &[Span], predicted: &[Span]) -> Matched {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        pairs.extend(predicted.iter().enumerate().map(|(j, p)| (g.iou(*p), i, j)).filter(|(iou, ..)| *iou >= OVERLAP));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut matched = Matched {
        gold: vec![false; gold.len()],
        predicted: vec![false; predicted.len()],
        optional: vec![false; predicted.len()],
    };
    for (_, i, j) in pairs {
        if !matched.gold[i] && !matched.predicted[j] {
            (matched.gold[i], matched.predicted[j]) = (true, true);
        }
    }
    matched
}

fn misses(
    case: &str,
    proposal: &GoldProposal,
    kind: &str,
    matched: &Matched,
    gold: &[Span],
    predicted: &[Span],
) -> Vec<Miss> {
    let text = |span: &Span| proposal.content.chars().skip(span.start).take(span.len()).collect::<String>();
    let miss = |problem: &str, gold: String, predicted: String| Miss {
        part: "extraction".into(),
        case: case.into(),
        document: proposal.proposal_number.clone(),
        problem: format!("{problem} {kind}"),
        gold,
        predicted,
    };
    let missed = gold.iter().zip(&matched.gold).filter(|(_, hit)| !**hit);
    let spurious = predicted.iter().zip(matched.predicted.iter().zip(&matched.optional));
    let spurious = spurious.filter(|(_, (hit, optional))| !**hit && !**optional);
    missed
        .map(|(span, _)| miss("missed", text(span), String::new()))
        .chain(spurious.map(|(span, _)| miss("spurious", String::new(), text(span))))
        .collect()
}

/// The proposal with the labels of its parts taken out, and all offsets moved.
fn without_labels(proposal: &GoldProposal) -> GoldProposal {
    let text = &proposal.content;
    let labels: Vec<Span> = LABELS
        .find_iter(text)
        .map(|m| Span::new(text[..m.start()].chars().count(), text[..m.end()].chars().count()))
        .collect();
    let moved = |at: usize| at - labels.iter().map(|l| at.min(l.end).saturating_sub(l.start)).sum::<usize>();
    let pair = |[start, end]: [usize; 2]| [moved(start), moved(end)];
    let cut = |s: &GoldCut| GoldCut { span: pair(s.span), measures: s.measures.iter().copied().map(pair).collect() };
    GoldProposal {
        proposal_number: proposal.proposal_number.clone(),
        content: LABELS.replace_all(text, "").into_owned(),
        sections: Sections { problem: proposal.sections.problem.map(pair) },
        suggestions: proposal.suggestions.iter().map(cut).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(content: &str, span: &str, measures: &[&str]) -> GoldProposal {
        let place = |piece: &str| find(content, piece).map(|s| [s.start, s.end]).unwrap();
        let cut = GoldCut { span: place(span), measures: measures.iter().map(|m| place(m)).collect() };
        let sections = Sections { problem: None };
        GoldProposal { proposal_number: "1".into(), content: content.into(), sections, suggestions: vec![cut] }
    }

    #[test]
    fn spans_are_paired_once_and_by_the_best_overlap() {
        let spans = |pairs: &[(usize, usize)]| pairs.iter().map(|&(a, b)| Span::new(a, b)).collect::<Vec<_>>();
        let found = matched(&spans(&[(0, 10)]), &spans(&[(0, 6), (1, 10)]));
        assert_eq!(found.predicted, [false, true]);
        assert_eq!(found.counts(), Counts { found: 1, right: 1, predicted: 2, gold: 1 });
    }

    #[test]
    fn offsets_move_when_labels_are_removed() {
        let row = gold("问题分析：旧。具体建议：建议修缮水塔。", "修缮水塔", &["修缮水塔"]);
        let bare = without_labels(&row);
        assert_eq!(bare.content, "旧。建议修缮水塔。");
        let [start, end] = bare.suggestions[0].span;
        assert_eq!(bare.content.chars().skip(start).take(end - start).collect::<String>(), "修缮水塔");
    }

    #[test]
    fn a_right_cutting_scores_one_and_a_wrong_one_is_listed() {
        let text = "码头破旧，存在隐患。建议：1.更换木桩。2.加装护栏。";
        let mut row = gold(text, "更换木桩", &["更换木桩"]);
        row.suggestions.push(GoldCut { span: [21, 25], measures: vec![[21, 25]] });
        let part = score("mini", &[row.clone()], &[]);
        assert_eq!(part.figures.iter().find(|(n, _)| n == "suggestion_f1").unwrap().1.value, Some(1.0));
        assert!(part.misses.is_empty(), "{:?}", part.misses);
        row.suggestions.pop();
        assert_eq!(score("mini", &[row], &[]).misses[0].problem, "spurious suggestion");
    }
}
