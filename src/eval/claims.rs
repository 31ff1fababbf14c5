//! Scores the claims of reports: which a person marked are found, and whether their verdict is the person's.
//!
//! A gold claim is found when a predicted claim covers at least half of its text; of several the one with the best intersection
//! over union is judged. A predicted claim that covers half of no gold claim is spurious. Verdicts of absorption rest on links:
//! [`gold_links`] gives a library with the links that a person made, so that verifying is measured apart from linking.

use super::case::{Case, GoldClaim, GoldClause};
use super::{Figure, Miss, Part, bootstrap};
use crate::Result;
use crate::document::{
    Document, Entry, Kind, Lang, Library, Link, LinkKind, Linked, Order, Span, Status, Suggestion, UnitId, UnitKind,
};
use crate::link::Models;
use crate::segment::Segmenter;
use crate::verify::{Links, Verification, links, verify};
use serde_json::{Value, json};

/// Share of a gold claim that a predicted one has to cover.
const OVERLAP: f64 = 0.5;

/// One report: what was judged and how.
#[derive(Debug, Default)]
struct Judged {
    gold: usize,
    found: usize,
    right: usize,
    spurious: usize,
}

/// Scores the claims of `case.report` for each case with the links given for it. Figures are named `claims_found`,
/// `claims_spurious_per_report` and `verdict_accuracy`, with `suffix` behind.
pub fn score(cases: &[(&Case, &Library, &Links)], suffix: &str) -> Part {
    let mut part = Part::default();
    let mut reports: Vec<Judged> = Vec::new();
    let mut decisions: Vec<Value> = Vec::new();
    for (case, library, links) in cases {
        let Some(report) = case.report.as_ref().filter(|_| !case.claims.is_empty()) else { continue };
        let verified = verify(report, library, links).claims;
        reports.push(judge(case, report, &verified, &mut part.misses, &mut decisions));
    }
    let total = |count: fn(&Judged) -> usize, sample: &[&Judged]| sample.iter().map(|r| count(r)).sum::<usize>() as f64;
    let share = |part: fn(&Judged) -> usize, whole: fn(&Judged) -> usize| -> Figure {
        let n = reports.iter().map(whole).sum();
        bootstrap(&reports, n, |s| (total(whole, s) > 0.0).then(|| total(part, s) / total(whole, s)))
    };
    let spurious =
        bootstrap(&reports, reports.len(), |s| (!s.is_empty()).then(|| total(|r| r.spurious, s) / s.len() as f64));
    part.figures = vec![
        (format!("claims_found{suffix}"), share(|r| r.found, |r| r.gold)),
        (format!("claims_spurious_per_report{suffix}"), spurious),
        (format!("verdict_accuracy{suffix}"), share(|r| r.right, |r| r.found)),
    ];
    part.decisions = vec![(format!("claims{suffix}"), Value::Array(decisions))];
    part
}

fn judge(
    case: &Case,
    report: &Document,
    found: &[Verification],
    misses: &mut Vec<Miss>,
    decisions: &mut Vec<Value>,
) -> Judged {
    let spans: Vec<Option<Span>> = places(&report.text, &case.claims);
    let mut judged = Judged { gold: case.claims.len(), ..Judged::default() };
    let miss = |problem: &str, gold: String, predicted: String| Miss {
        part: "claims".into(),
        case: case.name.clone(),
        document: report.id.clone(),
        problem: problem.into(),
        gold,
        predicted,
    };
    for (gold, span) in case.claims.iter().zip(&spans) {
        let best = span.and_then(|s| best(s, found));
        decisions.push(json!({
            "case": case.name, "text": gold.text, "gold": gold.verdict,
            "predicted": best.map(|b| b.verdict.name()), "span": best.map(|b| b.claim.span), "reason": best.map(|b| b.reason(Lang::Zh)),
        }));
        let Some(best) = best else {
            misses.push(miss("missed claim", gold.text.clone(), String::new()));
            continue;
        };
        judged.found += 1;
        if best.verdict.name() == gold.verdict {
            judged.right += 1;
        } else {
            let said = format!("{}: {}", best.verdict.name(), best.reason(Lang::Zh));
            misses.push(miss("wrong verdict", format!("{}: {}", gold.verdict, gold.text), said));
        }
    }
    for extra in found.iter().filter(|f| !spans.iter().flatten().any(|s| covers(f.claim.span, *s))) {
        judged.spurious += 1;
        misses.push(miss("spurious claim", String::new(), extra.claim.span.of(&report.text).to_owned()));
    }
    judged
}

/// Where the gold claims stand; the same words twice are taken in order.
fn places(text: &str, claims: &[GoldClaim]) -> Vec<Option<Span>> {
    let mut from = 0;
    let place = |claim: &GoldClaim| {
        let at = text[from..].find(&claim.text).map(|i| i + from).or_else(|| text.find(&claim.text))?;
        from = from.max(at + claim.text.len());
        Some(Span::new(at, at + claim.text.len()))
    };
    claims.iter().map(place).collect()
}

fn covers(predicted: Span, gold: Span) -> bool {
    predicted.overlap(gold) as f64 >= OVERLAP * gold.len() as f64
}

fn best(gold: Span, found: &[Verification]) -> Option<&Verification> {
    let covering = found.iter().filter(|f| covers(f.claim.span, gold));
    covering.max_by(|a, b| {
        a.claim.span.iou(gold).total_cmp(&b.claim.span.iou(gold)).then(b.claim.ordinal.cmp(&a.claim.ordinal))
    })
}

/// The documents of a case with the suggestions and links that the program finds, from text to verdict.
///
/// # Errors
/// Those of the linker.
pub fn own_links(case: &Case, segmenter: &Segmenter, models: &Models) -> Result<(Library, Links)> {
    let library = case.library();
    let linked =
        case.report.as_ref().map_or(Ok(Links::default()), |report| links(report, &library, segmenter, models))?;
    Ok((library, linked))
}

/// The documents of a case with the suggestions and links that a person made.
pub fn gold_links(case: &Case) -> (Library, Links) {
    let mut entries: Vec<Entry> = case.library().entries().to_vec();
    for entry in entries.iter_mut().filter(|e| e.document.kind == Kind::Proposal) {
        let own = case.links.iter().filter(|gold| gold.proposal == entry.document.id);
        entry.parsed.suggestions =
            own.filter_map(|gold| suggestion(gold.suggestion, &gold.text, &entry.document)).collect();
        entry.parsed.suggestions.sort_by_key(|s| s.ordinal);
        for (i, suggestion) in entry.parsed.suggestions.iter_mut().enumerate() {
            suggestion.ordinal = i + 1;
        }
    }
    let library = Library::new(entries);
    let linked: Vec<Linked> = library.of_kind(Kind::Proposal).flat_map(|entry| linked(case, entry, &library)).collect();
    (library, linked.into())
}

fn suggestion(ordinal: usize, text: &str, proposal: &Document) -> Option<Suggestion> {
    let start = proposal.text.find(text)?;
    let span = Span::new(start, start + text.len());
    Some(Suggestion { ordinal, path: Vec::new(), head: None, span, measures: Vec::new() })
}

fn linked(case: &Case, proposal: &Entry, library: &Library) -> Vec<Linked> {
    let own = |text: &str| case.links.iter().find(|g| g.proposal == proposal.document.id && g.text == text);
    let each = proposal.parsed.suggestions.iter().filter_map(|s| Some((s, own(proposal.text(s.span))?)));
    each.map(|(suggestion, gold)| {
        let id = suggestion.id(&proposal.document);
        let link = |policy: &str, quote: &str, kind: LinkKind, order: Order| Link {
            suggestion: id.clone(),
            clause: clause(policy, quote, library),
            kind,
            score: 1.0,
            order,
            evidence: Vec::new(),
        };
        let topical = |c: &GoldClause| link(&c.policy, &c.clause_quote, LinkKind::Topical, Order::Unknown);
        let links = gold.links.iter().map(|l| link(&l.policy, &l.clause_quote, l.label, l.order));
        let links = links.chain(gold.topical.iter().map(topical)).collect();
        let status: Status = gold.status;
        Linked { suggestion: id.clone(), status, links, candidates: Vec::new(), uncovered: Vec::new() }
    })
    .collect()
}

/// The clause that holds the quotation, white space aside.
fn clause(policy: &str, quote: &str, library: &Library) -> UnitId {
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let quote = squeezed(quote);
    let holds = |entry: &&Entry| {
        entry.parsed.clauses.iter().find(|c| squeezed(entry.text(c.span)).contains(&quote)).map(|c| c.ordinal)
    };
    let ordinal = library.get(policy).as_ref().and_then(holds).unwrap_or(1);
    UnitId { document: policy.to_owned(), kind: UnitKind::Clause, ordinal }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(text: &str, verdict: &str) -> GoldClaim {
        let (text, verdict) = (text.to_owned(), verdict.to_owned());
        GoldClaim {
            text,
            kind: "count".into(),
            proposals: Vec::new(),
            policies: Vec::new(),
            verdict,
            note: String::new(),
        }
    }

    #[test]
    fn the_same_words_twice_are_taken_in_order() {
        let found = places("共3件。共3件。", &[gold("共3件", ""), gold("共3件", "")]);
        let starts: Vec<usize> = found.into_iter().flatten().map(|s| s.start).collect();
        assert_eq!(starts, [0, "共3件。".len()]);
    }

    #[test]
    fn a_claim_is_found_by_half_and_its_verdict_compared() {
        let text = "全年共承办提案9件，其中主办4件、会办5件。先后召开座谈会3次。";
        let report = Document {
            id: "report".into(),
            kind: Kind::Report,
            title: String::new(),
            number: None,
            session: None,
            issuer: None,
            date: None,
            reply_to: None,
            source: crate::document::Source::default(),
            notes: Vec::new(),
            text: text.into(),
        };
        let case = Case {
            name: "例".into(),
            path: "例".into(),
            policies: Vec::new(),
            proposals: Vec::new(),
            replies: Vec::new(),
            report: Some(report),
            links: Vec::new(),
            claims: vec![gold("共承办提案9件，其中主办4件、会办5件", "consistent")],
        };
        let library = case.library();
        let part = score(&[(&case, &library, &Links::default())], "");
        let value = |name: &str| part.figures.iter().find(|(n, _)| n == name).and_then(|(_, f)| f.value);
        assert_eq!(value("claims_found"), Some(1.0));
        assert_eq!(value("verdict_accuracy"), Some(1.0));
        assert_eq!(value("claims_spurious_per_report"), Some(1.0));
    }
}
