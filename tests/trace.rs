//! `suyuan trace` through the real binary, on a small invented corpus.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const CORPUS: &str = r#"{"id":"q1","kind":"proposal","title":"关于扶持村级养蜂产业的提案","number":"0031","session":"县政协九届三次会议","date":"2024-01-15","text":"蜂农抗风险能力弱。\n建议：\n一、由县级财政设立蜂业风险补偿金，首期规模不低于300万元，对受灾蜂农给予补偿。\n二、在乡镇设立蜂产品检测点，免费为蜂农检测蜂蜜。\n三、加强组织领导，完善工作机制。"}
{"id":"z1","kind":"policy","title":"蜂业发展若干措施","number":"蜂政〔2024〕3号","date":"2024-06-02","text":"一、加大财政支持\n（一）建立风险分担机制。县财政设立蜂业风险补偿金，首期规模不低于300万元，对受灾蜂农给予补偿。\n（二）完善检测服务。在乡镇设立蜂产品检测点，免费为蜂农检测蜂蜜。"}
{"id":"z0","kind":"policy","title":"农村公路养护办法","number":"县交〔2020〕8号","date":"2020-03-01","text":"第一条 为了加强农村公路养护，制定本办法。\n第二条 农村公路养护资金由县级人民政府纳入预算。"}
{"id":"f1","kind":"reply","title":"对第0031号提案的答复","reply_to":"0031","session":"县政协九届三次会议","issuer":"县农业局","date":"2024-07-01","text":"一、关于“设立蜂业风险补偿金”的建议。已印发《蜂业发展若干措施》（蜂政〔2024〕3号）。\n二、关于“设立蜂产品检测点”的建议。正在布点。"}
"#;

fn corpus() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("documents.jsonl"), CORPUS).unwrap();
    dir
}

fn trace(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir).args(["trace", "--corpus", "documents.jsonl"]).args(args);
    command
}

fn json(dir: &Path, args: &[&str]) -> serde_json::Value {
    let output = trace(dir, args).args(["--format", "json"]).output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn a_suggestion_is_linked_to_the_clause_that_carries_it() {
    let report = json(corpus().path(), &[]);
    let first = &report["suggestions"][0];
    assert_eq!(
        (&first["proposal"], &first["suggestion"], &first["status"]),
        (&"q1".into(), &1.into(), &"absorbed".into())
    );
    let link = &first["links"][0];
    assert_eq!((&link["document"], &link["order"]), (&"z1".into(), &"after".into()));
    assert!(link["text"].as_str().unwrap().contains("首期规模不低于300万元"));
    assert!(link["score"].as_f64().unwrap() > 0.5 && !link["evidence"].as_array().unwrap().is_empty());
    assert_eq!(link["cited_by"][0], "f1#r1");
}

#[test]
fn a_suggestion_without_a_clause_is_listed_too() {
    let report = json(corpus().path(), &[]);
    let third = &report["suggestions"][2];
    assert_eq!(third["status"], "none");
    assert!(third["links"].as_array().unwrap().is_empty());
}

#[test]
fn evidence_reproduces_the_words_of_both_documents() {
    let report = json(corpus().path(), &[]);
    let record = |id: &str| {
        let line = CORPUS.lines().find(|l| l.contains(&format!("\"id\":\"{id}\""))).unwrap();
        serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned()
    };
    let cut = |text: &str, piece: &serde_json::Value| {
        let at = |end: &str| usize::try_from(piece["span"][end].as_u64().unwrap()).unwrap();
        assert_eq!(&text[at("start")..at("end")], piece["text"].as_str().unwrap());
    };
    for suggestion in report["suggestions"].as_array().unwrap() {
        cut(&record("q1"), suggestion);
        for link in suggestion["links"].as_array().unwrap() {
            let policy = record(link["document"].as_str().unwrap());
            cut(&policy, link);
            for found in link["evidence"].as_array().unwrap() {
                cut(&record("q1"), &found["left"]);
                cut(&policy, &found["right"]);
            }
        }
    }
}

#[test]
fn suggestions_that_a_person_cut_out_are_linked_as_given() {
    let dir = corpus();
    let given =
        "{\"proposal\":\"0031\",\"suggestion\":7,\"text\":\"由县级财政设立蜂业风险补偿金，首期规模不低于300万元\"}\n";
    fs::write(dir.path().join("given.jsonl"), given).unwrap();
    let report = json(dir.path(), &["--suggestions", "given.jsonl", "--candidates", "2"]);
    let first = &report["suggestions"][0];
    assert_eq!((&first["proposal"], &first["suggestion"]), (&"0031".into(), &7.into()));
    assert_eq!((&first["date"], &first["links"][0]["document"]), (&"2024-01-15".into(), &"z1".into()));
    let candidates = first["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 2);
    assert!(candidates[0]["score"].as_f64() >= candidates[1]["score"].as_f64());
}

#[test]
fn the_report_is_written_in_four_formats_and_keeps_what_a_person_wrote() {
    let dir = corpus();
    trace(dir.path(), &["--out", "report"]).assert().success();
    let table = dir.path().join("report/trace.csv");
    let csv = fs::read_to_string(&table).unwrap();
    assert!(csv.starts_with('\u{feff}'));
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().unwrap().clone();
    let mut rows: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    rows[0][9] = "已核对，同意".to_owned();
    let mut writer = csv::Writer::from_path(&table).unwrap();
    writer.write_record(&heads).unwrap();
    rows.iter().for_each(|r| writer.write_record(r).unwrap());
    writer.flush().unwrap();

    trace(dir.path(), &["--out", "report"]).assert().success();
    for format in ["csv", "html", "md", "json"] {
        let written = fs::read_to_string(dir.path().join(format!("report/trace.{format}"))).unwrap();
        assert!(written.contains("已核对，同意"), "{format} lost the review");
    }
    assert_eq!(fs::read_dir(dir.path().join("report")).unwrap().count(), 4, "no draft is left");
}

#[test]
fn a_folder_that_cannot_be_written_fails_before_the_work() {
    let dir = corpus();
    fs::write(dir.path().join("report"), "a file").unwrap();
    let assert = trace(dir.path(), &["--out", "report"]).assert().code(2);
    assert!(String::from_utf8_lossy(&assert.get_output().stderr).contains("--out"));
}

#[test]
fn no_link_at_all_ends_with_status_one() {
    let dir = corpus();
    fs::write(dir.path().join("given.csv"), "proposal,text\nX,为退休教师举办书法展览\n").unwrap();
    trace(dir.path(), &["--suggestions", "given.csv", "--policy", "z0"]).assert().code(1);
}

#[test]
fn an_unknown_proposal_or_policy_is_an_error_that_names_the_nearest() {
    let dir = corpus();
    for args in [&["q2"][..], &["--policy", "z3"]] {
        let assert = trace(dir.path(), args).assert().code(2);
        let error = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert!(error.contains("the nearest: "), "{error}");
    }
}

#[test]
fn without_an_index_the_remedy_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let output = Command::cargo_bin("suyuan").unwrap().current_dir(dir.path()).arg("trace").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("suyuan index"));
}

#[test]
fn the_same_bytes_come_out_with_one_thread_and_with_two() {
    let dir = corpus();
    for (threads, out) in [("1", "a"), ("2", "b")] {
        trace(dir.path(), &["--threads", threads, "--out", out, "--candidates", "3", "--explain"]).assert().success();
    }
    for format in ["csv", "html", "md", "json"] {
        let read = |out: &str| fs::read(dir.path().join(out).join(format!("trace.{format}"))).unwrap();
        assert!(read("a") == read("b"), "{format} differs");
    }
}

/// A tiny sentence-embedding model of random weights.
fn embeddings(name: &str) -> String {
    format!("{}/tests/fixtures/embedding/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn sentence_embeddings_are_one_more_feature_and_are_kept_beside_the_index() {
    let dir = corpus();
    let features = |args: &[&str]| {
        let report = json(dir.path(), &[&["--explain"], args].concat());
        let reasons = report["suggestions"][0]["links"][0]["reasons"].as_array().unwrap().clone();
        reasons.iter().map(|r| r["feature"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let model = embeddings("mean");
    assert!(features(&["--embeddings", &model]).contains(&"embedding".to_owned()));
    assert!(!features(&[]).contains(&"embedding".to_owned()));
    let index = ["index", "--corpus", "documents.jsonl"];
    Command::cargo_bin("suyuan").unwrap().current_dir(dir.path()).args(index).assert().success();
    let mut first = None;
    for threads in ["1", "2"] {
        let args = ["trace", "--embeddings", &model, "--format", "json", "--threads", threads];
        let output = Command::cargo_bin("suyuan").unwrap().current_dir(dir.path()).args(args).output().unwrap();
        let files = fs::read_dir(dir.path().join("index")).unwrap().map(|e| e.unwrap().path());
        let kept = files.filter(|p| p.display().to_string().contains("embeddings-")).map(|p| fs::read(p).unwrap());
        let all = (output.stdout, kept.collect::<Vec<_>>());
        assert!(all.1.len() == 1 && !all.1[0].is_empty());
        assert!(first.get_or_insert(all.clone()) == &all);
    }
}

#[test]
fn a_folder_that_is_no_embedding_model_is_refused_by_its_file() {
    let dir = corpus();
    let output = trace(dir.path(), &["--embeddings", "."]).assert().code(2).get_output().stderr.clone();
    let error = String::from_utf8(output).unwrap();
    assert!(error.contains("config.json") && error.contains("Hugging Face"), "{error}");
}

#[test]
fn the_table_names_every_suggestion_with_its_best_clause() {
    let output = trace(corpus().path(), &[]).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    for words in ["1 件提案、3 条建议", "第0031号", "《蜂业发展若干措施》", "政策在后", "暂未发现对应条款 1"]
    {
        assert!(table.contains(words), "no {words} in\n{table}");
    }
}
