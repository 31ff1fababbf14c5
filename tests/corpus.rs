//! The bundled corpus and its answer key agree: what the key quotes stands in the documents as the program reads them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use suyuan::document::{Document, Kind};
use suyuan::ingest;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn documents() -> BTreeMap<String, Document> {
    let found = ingest::discover(&[corpus()]);
    assert!(found.errors.is_empty(), "{:?}", found.errors);
    let mut documents = BTreeMap::new();
    for file in &found.files {
        let (read, report) = ingest::read(file, &ingest::Options::default());
        assert!(report.errors.is_empty(), "{:?}", report.errors);
        for document in read {
            let id = document.id.clone();
            assert!(documents.insert(id.clone(), document).is_none(), "two documents are called {id}");
        }
    }
    documents
}

fn key(name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(corpus().join(name)).expect("the answer key is in the corpus");
    reader.deserialize().map(|row| row.expect("the answer key is well-formed CSV")).collect()
}

/// Asserts that `quote` stands in the document, line breaks apart.
fn stands(documents: &BTreeMap<String, Document>, id: &str, quote: &str) {
    let document = documents.get(id).unwrap_or_else(|| panic!("{id} is no document of the corpus"));
    let text = document.text.replace(['\r', '\n'], "");
    assert!(text.contains(quote), "{id} does not say {quote:?}");
}

#[test]
fn every_document_of_the_corpus_is_read_and_marked_as_fiction() {
    let documents = documents();
    let count = |kind| documents.values().filter(|d| d.kind == kind).count();
    let counts = [Kind::Proposal, Kind::Reply, Kind::Policy, Kind::Report].map(count);
    assert_eq!(counts, [25, 12, 8, 2]);
    let unmarked: Vec<_> = documents.values().filter(|d| !d.source.sample).map(|d| &d.id).collect();
    assert!(unmarked.is_empty(), "not marked as fiction: {unmarked:?}");
}

#[test]
fn suggestions_and_clauses_of_the_key_stand_in_their_documents() {
    let documents = documents();
    for row in key("expected.csv") {
        stands(&documents, &row["proposal"], &row["suggestion_text"]);
        if !row["policy"].is_empty() {
            stands(&documents, &row["policy"], &row["clause_quote"]);
        }
    }
}

#[test]
fn the_status_of_a_suggestion_follows_from_its_links() {
    let mut links: BTreeMap<(String, String), Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for row in key("expected.csv") {
        links.entry((row["proposal"].clone(), row["suggestion"].clone())).or_default().push(row);
    }
    for (suggestion, rows) in links {
        let carries = |order: &str| rows.iter().any(|r| r["kind"] != "topical" && r["order"] == order);
        let status = if carries("after") {
            "absorbed"
        } else if carries("before") {
            "preexisting"
        } else if rows.iter().any(|r| r["kind"] == "topical") {
            "topical_only"
        } else {
            "none"
        };
        assert!(rows.iter().all(|r| r["status"] == status), "{suggestion:?} should be {status}");
    }
}

#[test]
fn claims_of_the_key_stand_in_their_reports() {
    let documents = documents();
    for row in key("expected_claims.csv") {
        stands(&documents, &row["report"], &row["claim_quote"]);
        let named = row["proposals"].split(';').chain(row["policies"].split(';'));
        for id in named.filter(|id| !id.is_empty()) {
            assert!(documents.contains_key(id), "{id} is no document of the corpus");
        }
    }
}
