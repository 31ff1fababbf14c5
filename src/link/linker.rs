//! The linker: ranks, looks, weighs and decides.

use super::align;
use super::background::Background;
use super::boilerplate::is_boilerplate;
use super::clauses::{Clauses, meaning};
use super::decide;
use super::features::{self, COUNT, Context, Features, Found};
use super::look::Similarities;
use super::matcher::Pair;
use super::model::Model;
use super::models::Models;
use super::retrieve::{Asked, retrieve};
use super::vectors::Vectors;
use super::words::Reader;
use super::{Options, Query};
use crate::document::{Candidate, Clause, Document, Library, Link, LinkKind, Linked, Order, UnitId};
use crate::segment::Segmenter;
use crate::{Error, Result};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::sync::Arc;

/// How many clauses the first pass keeps.
const FIRST: usize = 200;
/// How many of them are weighed with all features.
const CLOSE: usize = 40;

/// Links suggestions to the clauses of a library's policies.
pub struct Linker<'a> {
    library: &'a Library,
    segmenter: &'a Segmenter,
    models: Models,
    clauses: Clauses,
    allowed: Option<Vec<bool>>,
    options: Options,
}

/// A clause weighed for a suggestion.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    pub(super) found: Found,
    pub(super) link: f64,
    pub(super) topic: f64,
}

/// What spoke for and against a link.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// The clause.
    pub clause: UnitId,
    /// Calibrated probability that it carries the suggestion, 0 to 1.
    pub score: f64,
    /// The log odds before any feature.
    pub bias: f64,
    /// Each feature, strongest first.
    pub reasons: Vec<Reason>,
}

/// One feature's part in a decision.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Reason {
    /// The feature's name.
    pub feature: &'static str,
    /// Its value.
    pub value: f64,
    /// What it adds to the log odds; negative speaks against.
    pub contribution: f64,
}

impl<'a> Linker<'a> {
    /// Reads the policies of `library` for linking with `models`.
    ///
    /// # Errors
    /// When `options.pool` names a document that the library does not have, or embeddings cannot be kept.
    pub fn new(library: &'a Library, segmenter: &'a Segmenter, models: Models, options: Options) -> Result<Self> {
        let reader = Reader::new(segmenter, &models.vectors, &models.thesaurus);
        let mut clauses = Clauses::new(library, &reader, &models.vectors, models.thesaurus.len());
        if let Some(embedding) = &models.embedding {
            let texts = (0..clauses.rows.len()).map(|row| clauses.clause(library, row));
            clauses.embeddings =
                embedding.of_clauses(texts.map(|(document, clause)| clause.span.of(&document.text)))?;
        }
        let allowed = allowed(library, &options.pool)?;
        Ok(Self { library, segmenter, models, clauses, allowed, options })
    }

    /// The same linker with another pool of documents; empty for all.
    ///
    /// # Errors
    /// When the pool names a document that the library does not have.
    pub fn restrict(&mut self, pool: Vec<String>) -> Result<()> {
        self.allowed = allowed(self.library, &pool)?;
        self.options.pool = pool;
        Ok(())
    }

    /// The vectors that it reads with.
    pub fn vectors(&self) -> &Arc<Vectors> {
        &self.models.vectors
    }

    /// Weighs with another model.
    pub fn set_model(&mut self, model: Model) {
        self.models.model = Arc::new(model);
    }

    /// Links one suggestion.
    pub fn link(&self, query: &Query) -> Linked {
        let asked = self.ask(query);
        let weighed = self.weigh(query, &asked);
        let threshold = self.options.threshold.unwrap_or(self.models.model.threshold);
        let taken = decide::take(self.telling(query, &weighed), threshold, self.models.model.topic_threshold);
        let background = Background::new(&self.clauses, self.library);
        let mut links = Vec::new();
        let mut carried = vec![0.0_f32; asked.words.len()];
        for (weighed, carries) in taken {
            let row = weighed.found.first.row as usize;
            let (document, clause) = self.clauses.clause(self.library, row);
            let evidence = self.evidence(query, &asked, row, &background);
            // What no reader could check in the two texts is no absorption.
            let carries = carries && !evidence.is_empty();
            let kind =
                if carries { decide::kind(&self.models.model, &weighed.found.features) } else { LinkKind::Topical };
            if carries {
                carried.iter_mut().zip(&weighed.found.look.best).for_each(|(c, b)| *c = c.max(*b));
            }
            let (suggestion, order) = (query.id.clone(), order(query, document));
            links.push(Link { suggestion, clause: clause.id(document), kind, score: weighed.link, order, evidence });
        }
        let status = decide::status(&links);
        let uncovered = if status_has_links(&links) {
            align::uncovered(&query.text, &asked, &carried).into_iter().map(|s| s.shift(query.offset)).collect()
        } else {
            Vec::new()
        };
        let candidates = self.candidates(&weighed);
        Linked { suggestion: query.id.clone(), status, links, candidates, uncovered }
    }

    /// Links many suggestions side by side; the answers stand in the order of the queries. Of several suggestions that one
    /// clause carries it says 合并概括.
    pub fn link_all(&self, queries: &[Query]) -> Vec<Linked> {
        let mut all: Vec<Linked> = queries.par_iter().map(|q| self.link(q)).collect();
        Self::merge(&mut all);
        all
    }

    /// Says 合并概括 where one clause carries several of the suggestions linked.
    pub fn merge(all: &mut [Linked]) {
        decide::merge(all);
    }

    /// What spoke for and against linking the suggestion to a clause; `None` where the clause is not among the candidates.
    pub fn explain(&self, query: &Query, clause: &UnitId) -> Option<Explanation> {
        let asked = self.ask(query);
        let weighed = self.weigh(query, &asked);
        let found = weighed.iter().find(|w| {
            let (document, own) = self.clauses.clause(self.library, w.found.first.row as usize);
            own.id(document) == *clause
        })?;
        let contributions = self.models.model.link.contributions(&found.found.features);
        let mut reasons: Vec<Reason> = features::telling(self.models.embedding.is_some())
            .map(|(k, feature)| Reason { feature, value: found.found.features[k], contribution: contributions[k] })
            .collect();
        reasons.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        Some(Explanation { clause: clause.clone(), score: found.link, bias: self.models.model.link.bias, reasons })
    }

    /// The candidates of a suggestion with their features, best first: what the model is fitted on.
    pub fn features(&self, query: &Query) -> Vec<(&'a Document, &'a Clause, Features)> {
        let asked = self.ask(query);
        let found = self.find(query, &asked);
        found
            .into_iter()
            .map(|f| {
                let (document, clause) = self.clauses.clause(self.library, f.first.row as usize);
                (document, clause, f.features)
            })
            .collect()
    }

    /// The candidates of a suggestion as the matcher sees them, best first: what it is fitted on.
    pub fn pairs(&self, query: &Query) -> Vec<(&'a Document, &'a Clause, Pair)> {
        let asked = self.ask(query);
        let mut similarities = Similarities::new(&asked, &self.clauses, &self.models.vectors);
        self.close(&asked, &mut similarities)
            .into_iter()
            .map(|found| {
                let row = found.first.row as usize;
                let (document, clause) = self.clauses.clause(self.library, row);
                (document, clause, similarities.pair(row, &found.look))
            })
            .filter(|(_, _, pair)| !pair.is_empty())
            .collect()
    }

    fn ask(&self, query: &Query) -> Asked {
        let reader = Reader::new(self.segmenter, &self.models.vectors, &self.models.thesaurus);
        let (text, vectors) = (&query.text, &self.models.vectors);
        let mut asked = Asked::new(text, reader.read(text), &self.clauses, vectors);
        if !query.context.is_empty() {
            let rows = reader.read(&query.context).into_iter().filter_map(|w| w.row);
            meaning(rows, vectors, &self.clauses.common, &mut asked.context);
        }
        if let Some(embedding) = &self.models.embedding {
            asked.embedding = embedding.of_suggestion(text);
        }
        asked
    }

    /// Both passes: the candidates, best first, without their features.
    fn close(&self, asked: &Asked, similarities: &mut Similarities<'_>) -> Vec<Found> {
        let firsts = retrieve(asked, &self.clauses, self.allowed.as_deref(), FIRST);
        let mut found: Vec<(f32, Found)> = firsts
            .into_iter()
            .map(|first| {
                let look = similarities.look(first.row as usize);
                let score = first.fused + 2.0 * look.mutual + look.cover;
                (score, Found { first, look, features: [0.0; COUNT] })
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.first.row.cmp(&b.1.first.row)));
        found.truncate(CLOSE.max(self.options.candidates));
        found.into_iter().map(|(_, f)| f).collect()
    }

    /// The candidates with all their features, best first.
    fn find(&self, query: &Query, asked: &Asked) -> Vec<Found> {
        let mut similarities = Similarities::new(asked, &self.clauses, &self.models.vectors);
        let mut found = self.close(asked, &mut similarities);
        let (clauses, vectors) = (&self.clauses, &*self.models.vectors);
        let context = Context { asked, text: &query.text, cited: &query.cited, clauses, vectors };
        for one in &mut found {
            let (document, clause) = clauses.clause(self.library, one.first.row as usize);
            let pair = similarities.pair(one.first.row as usize, &one.look);
            let [carries, topic] = self.models.matcher.scores(&pair, vectors);
            one.features[features::index("matcher")] = f64::from(carries);
            one.features[features::index("matcher_topic")] = f64::from(topic);
            features::own(&context, one, document, clause.span.of(&document.text));
        }
        features::against_others(&mut found);
        found
    }

    /// The candidates with their probabilities, likeliest first.
    fn weigh(&self, query: &Query, asked: &Asked) -> Vec<Weighed> {
        let mut all: Vec<Weighed> = self
            .find(query, asked)
            .into_iter()
            .map(|found| Weighed {
                link: self.models.model.link.probability(&found.features),
                topic: self.models.model.topic.probability(&found.features),
                found,
            })
            .collect();
        all.sort_by(|a, b| b.link.total_cmp(&a.link).then(a.found.first.row.cmp(&b.found.first.row)));
        all
    }

    /// Those candidates that say something of their own; none where the suggestion does not.
    fn telling<'w>(&'w self, query: &Query, weighed: &'w [Weighed]) -> impl Iterator<Item = &'w Weighed> + Clone {
        let empty = is_boilerplate(&query.text);
        weighed.iter().filter(move |w| {
            let (document, clause) = self.clauses.clause(self.library, w.found.first.row as usize);
            !empty && !is_boilerplate(clause.span.of(&document.text))
        })
    }

    fn candidates(&self, weighed: &[Weighed]) -> Vec<Candidate> {
        let best = weighed.iter().take(self.options.candidates);
        best.map(|w| {
            let (document, clause) = self.clauses.clause(self.library, w.found.first.row as usize);
            Candidate { clause: clause.id(document), score: w.link }
        })
        .collect()
    }

    fn evidence(
        &self,
        query: &Query,
        asked: &Asked,
        row: usize,
        background: &Background<'_>,
    ) -> Vec<crate::document::Evidence> {
        let (document, clause) = self.clauses.clause(self.library, row);
        let reader = Reader::new(self.segmenter, &self.models.vectors, &self.models.thesaurus);
        let text = clause.span.of(&document.text);
        let words = reader.read(text);
        let mut evidence = align::align(asked, &words, &self.models.vectors, &query.text, text);
        background.correct(&mut evidence, query, document, text);
        for piece in &mut evidence {
            piece.left = piece.left.shift(query.offset);
            piece.right = piece.right.shift(clause.span.start);
        }
        evidence
    }
}

fn status_has_links(links: &[Link]) -> bool {
    links.iter().any(|l| l.kind.carries())
}

/// Whether the policy came after the proposal. One of the same day cannot have absorbed it.
fn order(query: &Query, document: &Document) -> Order {
    match query.date.zip(document.date).and_then(|(asked, given)| asked.order(given)) {
        Some(Ordering::Less) => Order::After,
        Some(_) => Order::Before,
        None => Order::Unknown,
    }
}

fn allowed(library: &Library, pool: &[String]) -> Result<Option<Vec<bool>>> {
    if pool.is_empty() {
        return Ok(None);
    }
    if let Some(missing) = pool.iter().find(|id| library.get(id).is_none()) {
        let remedy = "name documents of the library by their id";
        return Err(Error::usage(format!("there is no document {missing:?} to link to"), remedy));
    }
    Ok(Some(library.entries().iter().map(|e| pool.contains(&e.document.id)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Date, Entry, Kind, Source, Status, UnitKind};

    fn document(id: &str, kind: Kind, date: &str, text: &str) -> Entry {
        let document = Document {
            id: id.into(),
            kind,
            title: String::new(),
            number: None,
            session: None,
            issuer: None,
            date: date.parse().ok(),
            reply_to: None,
            source: Source::default(),
            notes: Vec::new(),
            text: text.into(),
        };
        Entry { parsed: crate::parse::parse(&document), document }
    }

    fn library() -> Library {
        let late = "一、桥梁养护\n（一）每年对跨河桥梁开展两次结构安全检测，检测结果向社会公布。\n（二）安排夜间照明经费。\n\
            二、防汛\n（一）汛期前清理河道淤泥。\n";
        let early = "一、总则\n（一）每年对跨河桥梁开展两次结构安全检测，费用由市级负担。\n";
        Library::new(vec![
            document("late", Kind::Policy, "2022-05-01", late),
            document("early", Kind::Policy, "2019-03-02", early),
        ])
    }

    fn query(text: &str) -> Query {
        let id = UnitId { document: "0009".into(), kind: UnitKind::Suggestion, ordinal: 1 };
        Query { date: Date::new(2021, 1, 20), offset: 100, ..Query::new(id, text) }
    }

    #[test]
    fn the_clause_that_says_the_same_comes_first_with_its_order_and_evidence() {
        let (library, segmenter) = (library(), Segmenter::new(None).unwrap());
        let linker =
            Linker::new(&library, &segmenter, Models::bundled(), Options { candidates: 3, ..Options::default() })
                .unwrap();
        let text = "每年对跨河桥梁开展两次结构安全检测";
        let linked = linker.link(&query(text));
        assert_eq!(linked.status, Status::Absorbed);
        assert_eq!(linked.candidates.len(), 3);
        let orders: Vec<(&str, Order)> = linked.links.iter().map(|l| (l.clause.document.as_str(), l.order)).collect();
        assert!(orders.contains(&("late", Order::After)) && orders.contains(&("early", Order::Before)), "{orders:?}");
        let link = linked.links.iter().find(|l| l.clause.document == "late").unwrap();
        let piece = &link.evidence[0];
        assert_eq!(piece.left.shift(0).start, 100);
        let (document, _) = library.clause(&link.clause).unwrap();
        assert_eq!(piece.right.of(&document.text), text);
        assert_eq!(piece.ancestor.as_ref().map(|a| a.document.as_str()), Some("early"));
        let explanation = linker.explain(&query(text), &link.clause).unwrap();
        let sum: f64 = explanation.reasons.iter().map(|r| r.contribution).sum::<f64>() + explanation.bias;
        assert!((1.0 / (1.0 + (-sum).exp()) - explanation.score).abs() < 1e-12);
    }

    #[test]
    fn a_suggestion_of_another_field_finds_nothing_and_threads_change_nothing() {
        let (library, segmenter) = (library(), Segmenter::new(None).unwrap());
        let linker = Linker::new(&library, &segmenter, Models::bundled(), Options::default()).unwrap();
        let queries = [query("为小学教师发放交通补贴"), query("清理河道里的淤泥"), query("")];
        let all = linker.link_all(&queries);
        assert!(all[0].links.iter().all(|l| !l.kind.carries()));
        assert_eq!(all[2].status, Status::None);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(one.install(|| linker.link_all(&queries)), all);
    }

    #[test]
    fn an_unknown_document_in_the_pool_is_refused() {
        let (library, segmenter) = (library(), Segmenter::new(None).unwrap());
        let options = Options { pool: vec!["nowhere".into()], ..Options::default() };
        let error = Linker::new(&library, &segmenter, Models::bundled(), options).err().unwrap().to_string();
        assert!(error.contains("nowhere"), "{error}");
    }
}
