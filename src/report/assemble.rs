//! Puts a [`TraceReport`] together from what was asked and what was linked.

use super::DocumentRef;
use super::asked::Asked;
use super::summary::summarise;
use super::trace::{
    Coverage, Missing, MissingKind, Piece, Reason, TraceReport, TracedCandidate, TracedEvidence, TracedLink,
    TracedSuggestion,
};
use crate::document::{Document, Evidence, Kind, Library, Link, Linked, Span, UnitId};
use crate::similar::Replies;
use std::collections::BTreeSet;

/// A suggestion and what the linker found for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Traced {
    /// What was asked.
    pub asked: Asked,
    /// What was found; its spans in the suggestion count from the same byte as [`Asked::span`].
    pub linked: Linked,
    /// For each of its links, what spoke for and against it; empty where that was not asked for.
    pub reasons: Vec<Vec<Reason>>,
}

/// What a trace was asked to look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope {
    /// The proposals by id, in the order of the report, those without a suggestion included.
    pub proposals: Vec<String>,
    /// The policies compared with, by id; empty for all of the library.
    pub policies: Vec<String>,
    /// The least score of a link; `None` for the model's own threshold.
    pub min_score: Option<f64>,
}

/// The report over `traced`, in its order. Links to clauses that `library` does not have are left out.
pub fn trace(library: &Library, replies: &Replies<'_>, scope: &Scope, traced: Vec<Traced>) -> TraceReport {
    let suggestions: Vec<TracedSuggestion> = traced.into_iter().map(|t| suggestion(library, t)).collect();
    let documents = documents(library, scope, &suggestions);
    let summary = summarise(&suggestions, &scope.proposals);
    let coverage = coverage(library, replies, scope, suggestions.len());
    let missing = missing(&documents, scope, &suggestions);
    let sample = documents.iter().any(|d| d.sample);
    TraceReport { sample, coverage, summary, documents, suggestions, missing, earlier: Vec::new() }
}

fn suggestion(library: &Library, traced: Traced) -> TracedSuggestion {
    let Traced { asked, linked, reasons } = traced;
    let source = Source::of(library, &asked);
    let mut reasons = reasons.into_iter();
    let links = linked.links.iter().filter_map(|found| {
        let reasons = reasons.next().unwrap_or_default();
        link(library, &asked, &source, found, reasons)
    });
    let links = links.collect();
    let candidates = linked.candidates.iter().filter_map(|c| candidate(library, &c.clause, c.score)).collect();
    let uncovered = linked.uncovered.iter().filter_map(|s| source.piece(*s)).collect();
    let Asked { proposal, suggestion, path, text, span, date, answers } = asked;
    let status = linked.status;
    TracedSuggestion {
        proposal,
        suggestion,
        path,
        text,
        span,
        date,
        status,
        links,
        candidates,
        uncovered,
        answers,
        review: None,
    }
}

/// The text that spans of a suggestion count in.
struct Source<'a>(&'a str);

impl<'a> Source<'a> {
    fn of(library: &'a Library, asked: &'a Asked) -> Self {
        let document = library.get(&asked.proposal).map(|e| e.document.text.as_str());
        let stands = |text: &&str| text.get(asked.span.range()) == Some(asked.text.as_str());
        Self(document.filter(stands).unwrap_or(&asked.text))
    }

    fn piece(&self, span: Span) -> Option<Piece> {
        Some(Piece { span, text: self.0.get(span.range())?.to_owned() })
    }
}

fn link(
    library: &Library,
    asked: &Asked,
    source: &Source<'_>,
    found: &Link,
    reasons: Vec<Reason>,
) -> Option<TracedLink> {
    let (policy, clause) = library.clause(&found.clause)?;
    let cites = |a: &&super::Answer| a.cites.iter().any(|c| c.document.as_deref() == Some(&policy.id));
    Some(TracedLink {
        document: policy.id.clone(),
        clause: clause.path_text(true),
        unit: found.clause.to_string(),
        text: clause.span.of(&policy.text).to_owned(),
        span: clause.span,
        kind: found.kind,
        score: rounded(found.score),
        order: found.order,
        evidence: found.evidence.iter().filter_map(|e| evidence(source, policy, e)).collect(),
        cited_by: asked.answers.iter().filter(cites).map(|a| a.unit().to_owned()).collect(),
        reasons,
        review: None,
    })
}

fn evidence(source: &Source<'_>, policy: &Document, found: &Evidence) -> Option<TracedEvidence> {
    Some(TracedEvidence {
        left: source.piece(found.left)?,
        right: Source(&policy.text).piece(found.right)?,
        kind: found.kind,
        weight: rounded(found.weight),
        ancestor: found.ancestor.clone(),
    })
}

fn candidate(library: &Library, id: &UnitId, score: f64) -> Option<TracedCandidate> {
    let (policy, clause) = library.clause(id)?;
    Some(TracedCandidate {
        document: policy.id.clone(),
        clause: clause.path_text(true),
        unit: id.to_string(),
        text: clause.span.of(&policy.text).to_owned(),
        span: clause.span,
        score: rounded(score),
    })
}

/// Six decimals: more would be noise of the arithmetic.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn documents(library: &Library, scope: &Scope, suggestions: &[TracedSuggestion]) -> Vec<DocumentRef> {
    let mut ids: BTreeSet<&str> = scope.proposals.iter().map(String::as_str).collect();
    for suggestion in suggestions {
        ids.insert(&suggestion.proposal);
        ids.extend(suggestion.answers.iter().map(|a| a.document.as_str()));
        ids.extend(suggestion.candidates.iter().map(|c| c.document.as_str()));
        for link in &suggestion.links {
            ids.insert(&link.document);
            ids.extend(link.evidence.iter().filter_map(|e| e.ancestor.as_ref()).map(|a| a.document.as_str()));
        }
    }
    ids.into_iter().filter_map(|id| library.get(id)).map(|e| DocumentRef::from(&e.document)).collect()
}

fn coverage(library: &Library, replies: &Replies<'_>, scope: &Scope, suggestions: usize) -> Coverage {
    let chosen = |id: &str| scope.policies.is_empty() || scope.policies.iter().any(|p| p == id);
    let policies: Vec<_> = library.of_kind(Kind::Policy).filter(|e| chosen(&e.document.id)).collect();
    let answering: usize = scope.proposals.iter().map(|id| replies.to(id).len()).sum();
    Coverage {
        proposals: scope.proposals.len(),
        suggestions,
        replies: answering,
        policies: policies.len(),
        clauses: policies.iter().map(|e| e.parsed.clauses.len()).sum(),
        min_score: scope.min_score,
    }
}

fn missing(documents: &[DocumentRef], scope: &Scope, suggestions: &[TracedSuggestion]) -> Vec<Missing> {
    let mut missing: BTreeSet<Missing> = BTreeSet::new();
    let lacks = |document: &str, what| Missing { document: document.to_owned(), what, detail: String::new() };
    for document in documents.iter().filter(|d| matches!(d.kind, Kind::Proposal | Kind::Policy)) {
        let without = [(document.date.is_none(), MissingKind::Date), (document.number.is_none(), MissingKind::Number)];
        missing.extend(without.into_iter().filter(|(absent, _)| *absent).map(|(_, what)| lacks(&document.id, what)));
    }
    let spoken: BTreeSet<&str> = suggestions.iter().map(|s| s.proposal.as_str()).collect();
    let silent = scope.proposals.iter().filter(|p| !spoken.contains(p.as_str()));
    missing.extend(silent.map(|p| lacks(p, MissingKind::Suggestions)));
    for answer in suggestions.iter().flat_map(|s| &s.answers) {
        for cited in answer.cites.iter().filter(|c| c.document.is_none()) {
            let (document, detail) = (answer.document.clone(), cited.text.clone());
            missing.insert(Missing { document, what: MissingKind::Policy, detail });
        }
    }
    missing.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use crate::document::Span;
    use crate::report::{MissingKind, fixture};

    #[test]
    fn every_piece_of_evidence_reproduces_its_words() {
        let (library, report) = (fixture::library(), fixture::report());
        let text = |id: &str, span: Span| span.of(&library.get(id).unwrap().document.text).to_owned();
        for suggestion in &report.suggestions {
            assert_eq!(text(&suggestion.proposal, suggestion.span), suggestion.text);
            for link in &suggestion.links {
                assert_eq!(text(&link.document, link.span), link.text);
                for found in &link.evidence {
                    assert_eq!(text(&suggestion.proposal, found.left.span), found.left.text);
                    assert_eq!(text(&link.document, found.right.span), found.right.text);
                }
            }
        }
    }

    #[test]
    fn a_reply_that_names_the_policy_stands_beside_the_link() {
        let report = fixture::report();
        assert_eq!(report.suggestions[0].links[0].cited_by, ["r31#r1"]);
        assert!(report.suggestions[1].links[0].cited_by.is_empty(), "it answers the first suggestion alone");
    }

    #[test]
    fn gaps_in_the_material_are_listed() {
        let missing = fixture::report().missing;
        let has = |document: &str, what| missing.iter().any(|m| m.document == document && m.what == what);
        assert!(has("z0", MissingKind::Date) && has("z0", MissingKind::Number));
        let policy = missing.iter().find(|m| m.what == MissingKind::Policy).unwrap();
        assert_eq!((policy.document.as_str(), policy.detail.as_str()), ("r31", "《养蜂保险指引》"));
    }

    #[test]
    fn suggestions_without_a_clause_keep_their_row() {
        let report = fixture::report();
        let rows = report.rows();
        assert_eq!(rows.len(), 4);
        assert!(rows[3].link.is_none() && rows[3].number == 4);
    }
}
