//! Reading through the whole of ingest: real files in a temporary folder, and the shared texts where they are there.

use super::*;
use crate::document::Origin;
use std::path::PathBuf;

fn write(dir: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path
}

fn read_one(name: &str, bytes: &[u8], options: &Options) -> (Vec<Document>, Report) {
    let dir = tempfile::tempdir().unwrap();
    let path = write(&dir, name, bytes);
    let found = discover(&[path]);
    assert_eq!(found.files.len(), 1, "{:?}", found.errors);
    read(&found.files[0], options)
}

#[test]
fn a_text_in_gb18030_gives_its_decoded_text() {
    let text = "关于加强甲的提案\n提案编号：第0012号\n\n建议市政府建立机制。\n";
    let (documents, report) = read_one("proposals/0012.txt", &encoding_rs::GB18030.encode(text).0, &Options::default());
    assert_eq!(documents[0].text, text);
    assert_eq!((documents[0].id.as_str(), documents[0].kind), ("0012", Kind::Proposal));
    assert!(report.remarks[0].contains("gb18030"));
}

#[test]
fn records_that_cannot_be_read_are_reported_with_their_line_and_the_rest_goes_on() {
    let lines = "{\"id\":\"a\",\"title\":\"甲\",\"text\":\"甲甲\"}\n{\"id\":\"b\",\"text\":\"\\ud800\"}\nnot json\n[1]\n\n{\"id\":\"c\",\"text\":\"\"}\n{\"id\":\"a\",\"title\":\"丁\",\"text\":\"丁丁\"}\n";
    let (documents, report) = read_one("policies.jsonl", lines.as_bytes(), &Options::default());
    let ids: Vec<_> = documents.iter().map(|d| (d.id.as_str(), d.source.record)).collect();
    assert_eq!(ids, [("a", Some(1)), ("a~6", Some(6))]);
    let lines: Vec<String> = report.errors.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for (error, place) in lines.iter().zip(["line 2", "line 3", "line 4", "line 6"]) {
        assert!(error.contains(place), "{error}");
    }
    assert!(documents.iter().all(|d| d.kind == Kind::Policy));
}

#[test]
fn a_table_with_chinese_headers_is_read_and_the_guess_is_told() {
    let csv =
        "提案编号,案由,正文,提案人,提出日期\n0012,关于甲的提案,\"第一行\n第二行，\"\"引号\"\"\",某委员,2023-01-12\n";
    let (documents, report) = read_one("提案.csv", csv.as_bytes(), &Options::default());
    let d = &documents[0];
    assert_eq!((d.id.as_str(), d.kind, d.title.as_str()), ("提案-1", Kind::Proposal, "关于甲的提案"));
    assert_eq!(d.number.as_ref().unwrap().value, "0012");
    assert_eq!((d.issuer.as_deref(), d.date.unwrap().to_string().as_str()), (Some("某委员"), "2023-01-12"));
    assert_eq!(d.text, "第一行\n第二行，\"引号\"");
    assert!(report.remarks[0].contains("text=正文"), "{:?}", report.remarks);
}

#[test]
fn a_quotation_mark_that_is_never_closed_costs_one_row() {
    let csv = "id,title,text\n1,甲,甲文\n2,乙,\"乙文\n3,丙,丙文\n4,丁\n5,戊,戊文\n";
    let (documents, report) = read_one("policies.csv", csv.as_bytes(), &Options::default());
    let ids: Vec<_> = documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["1", "3", "5"]);
    let errors: Vec<String> = report.errors.iter().map(ToString::to_string).collect();
    assert!(errors[0].contains("line 3") && errors[0].contains("never closed"), "{errors:?}");
    assert!(errors[1].contains("line 5") && errors[1].contains("2 cells"), "{errors:?}");
}

#[test]
fn a_ledger_and_labels_are_passed_over() {
    let ledger = "序号,提案编号,案由,承办处室,办理状态\n1,0012,关于甲的提案,一处,已办结\n";
    let (documents, report) = read_one("台账.csv", ledger.as_bytes(), &Options::default());
    assert!(documents.is_empty() && report.passed.unwrap().contains("台账") && report.errors.is_empty());
    let labels = "{\"text\":\"采纳了建议\",\"kind\":\"absorption\",\"verdict\":\"supported\"}\n";
    let (documents, report) = read_one("claims.jsonl", labels.as_bytes(), &Options::default());
    assert!(documents.is_empty() && report.passed.is_some());
}

#[test]
fn a_table_without_text_is_an_error_that_names_its_columns() {
    let (_, report) = read_one("x.csv", "甲,乙\n1,2\n".as_bytes(), &Options::default());
    let error = report.errors[0].to_string();
    assert!(error.contains("甲, 乙") && error.contains("--map"), "{error}");
    let options = Options { columns: Columns::parse("text=乙").unwrap(), ..Options::default() };
    let (documents, _) = read_one("x.csv", "甲,乙\n1,正文在此\n".as_bytes(), &options);
    assert_eq!(documents[0].text, "正文在此");
}

#[test]
fn the_manifest_fills_what_the_file_does_not_say_and_the_folder_decides_the_kind() {
    let dir = tempfile::tempdir().unwrap();
    write(
        &dir,
        "corpus/manifest.csv",
        "file,kind,title,number,date,sample\npolicies/a.txt,report,甲办法,某发〔2023〕1号,202352,是\nb.txt,reply,,,,\n"
            .as_bytes(),
    );
    write(&dir, "corpus/policies/a.txt", "正文。".as_bytes());
    write(&dir, "corpus/b.txt", "正文。".as_bytes());
    let found = discover(&[dir.path().join("corpus")]);
    assert!(found.errors.is_empty(), "{:?}", found.errors);
    let all: Vec<Document> = found.files.iter().flat_map(|f| read(f, &Options::default()).0).collect();
    let (b, a) = (&all[0], &all[1]);
    assert_eq!((a.kind, a.title.as_str(), a.source.sample), (Kind::Policy, "甲办法", true));
    assert_eq!(
        (a.number.as_ref().unwrap().value.as_str(), a.date.unwrap().to_string().as_str()),
        ("某发〔2023〕1号", "2023-05-02")
    );
    assert!(a.notes.iter().any(|n| n.field == "date" && n.origin == Origin::Repaired && n.detail.contains("202352")));
    assert_eq!(b.kind, Kind::Reply);
}

#[test]
fn empty_files_and_binary_files_say_so() {
    for (bytes, word) in [(&b""[..], "empty"), (b"%PDF-1.4", "PDF"), (b"\x00\x00\x01\x02\x03\x04", "binary")] {
        let (documents, report) = read_one("a.txt", bytes, &Options::default());
        assert!(documents.is_empty() && report.errors[0].to_string().contains(word), "{:?}", report.errors);
    }
}

#[test]
fn every_table_of_the_shared_data_reads_without_a_mapping() {
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !shared.is_dir() {
        eprintln!("skipped: ../shared/data is not there");
        return;
    }
    for (name, kind, count) in [("policies", Kind::Policy, 97), ("proposals", Kind::Proposal, 436)] {
        let found = discover(&[shared.join(name)]);
        let mut documents = Vec::new();
        for file in &found.files {
            let report = each(file, &Options::default(), &mut |d| documents.push(d));
            assert!(report.errors.is_empty(), "{:?}", report.errors);
        }
        assert_eq!(documents.len(), count);
        assert!(documents.iter().all(|d| d.kind == kind && !d.text.is_empty()));
    }
}

#[test]
fn a_reply_that_names_the_id_of_its_proposal_keeps_the_case_of_the_id() {
    let line = |to: &str| {
        format!("{{\"id\":\"f\",\"kind\":\"reply\",\"title\":\"答复\",\"reply_to\":\"{to}\",\"text\":\"甲。\"}}\n")
    };
    for (written, read) in [
        ("qx031", "qx031"),
        ("Qx-7", "Qx-7"),
        ("0080", "0080"),
        ("第0080号", "0080"),
        ("第a204号", "A204"),
        ("关于甲的提案", "关于甲的提案"),
    ] {
        let (documents, _) = read_one("replies.jsonl", line(written).as_bytes(), &Options::default());
        assert_eq!(documents[0].reply_to.as_deref(), Some(read), "{written}");
    }
}
