//! `suyuan similar` through the real binary, on a small invented corpus.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

const CORPUS: &str = r#"{"id":"q1","kind":"proposal","title":"关于推进老旧小区加装电梯的提案","number":"0101","session":"市政协五届一次会议","date":"2022-01-10","text":"老旧小区老人上下楼难。\n建议：\n一、设立加装电梯专项补助资金，按每台十五万元给予补助。\n二、简化加装电梯审批手续，实行一窗受理。"}
{"id":"q2","kind":"proposal","title":"关于保护城市古树名木的提案","number":"0102","session":"市政协五届一次会议","date":"2022-01-11","text":"古树管护经费不足。\n建议：\n一、为古树名木建立电子档案。\n二、设立古树管护专项资金。"}
{"id":"q3","kind":"proposal","title":"关于加快加装电梯的提案","number":"0101","session":"市政协五届二次会议","date":"2023-01-09","text":"加装电梯进展缓慢。\n建议：\n一、提高加装电梯补助标准。"}
{"id":"f1","kind":"reply","title":"对市政协五届一次会议第0101号提案的答复","reply_to":"0101","session":"市政协五届一次会议","issuer":"市住房局","date":"2022-06-20","text":"类别：A\n委员：\n您提出的提案收悉，现答复如下：\n我局已设立补助资金。"}
"#;

fn corpus() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("documents.jsonl"), CORPUS).unwrap();
    dir
}

fn similar(dir: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir.path()).args(["similar", "--corpus", "documents.jsonl"]).args(args);
    command
}

fn json(dir: &TempDir, args: &[&str]) -> serde_json::Value {
    let output = similar(dir, args).args(["--format", "json"]).assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

#[test]
fn the_nearest_proposal_comes_first_with_its_reply_and_the_reason() {
    let found = json(&corpus(), &["为老旧小区加装电梯设立补助资金"]);
    let first = &found[0];
    assert_eq!(first["document"], "q1");
    assert_eq!(first["replies"][0]["document"], "f1");
    assert_eq!(first["replies"][0]["class"], "A");
    assert_eq!(first["aligned"]["unit"], "q1#s1");
    assert!(first["shared"].as_array().unwrap().iter().any(|w| w["word"].as_str().unwrap().contains("电梯")));
}

#[test]
fn a_reply_belongs_to_the_proposal_of_its_own_session() {
    let found = json(&corpus(), &["加装电梯"]);
    let of = |id: &str| found.as_array().unwrap().iter().find(|f| f["document"] == id).unwrap().clone();
    assert_eq!(of("q1")["replies"].as_array().unwrap().len(), 1);
    assert!(of("q3")["replies"].as_array().unwrap().is_empty(), "0101 of the second session was not answered");
}

#[test]
fn a_proposal_is_not_its_own_neighbour() {
    let found = json(&corpus(), &["q1"]);
    assert!(found.as_array().unwrap().iter().all(|f| f["document"] != "q1"));
    assert_eq!(found[0]["document"], "q3");
    assert_eq!(found[0]["aligned"]["own"], 1);
}

#[test]
fn a_number_of_two_sessions_asks_for_an_id() {
    let assert = similar(&corpus(), &["0101"]).assert().code(2);
    let error = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(error.contains("q1") && error.contains("q3") && error.contains("五届二次"), "{error}");
}

#[test]
fn a_draft_in_a_file_is_read_as_a_proposal() {
    let dir = corpus();
    fs::write(dir.path().join("draft.txt"), "关于古树的提案\n建议：\n一、给古树建立电子档案。").unwrap();
    let found = json(&dir, &["draft.txt"]);
    assert_eq!((&found[0]["document"], &found[0]["aligned"]["unit"]), (&"q2".into(), &"q2#s1".into()));
}

#[test]
fn nothing_in_common_ends_with_status_one() {
    similar(&corpus(), &["zebra xylophone"]).assert().code(1);
}

#[test]
fn the_same_bytes_come_out_with_one_thread_and_with_two() {
    let dir = corpus();
    let run =
        |threads| similar(&dir, &["加装电梯补助", "--format", "csv", "--threads", threads]).output().unwrap().stdout;
    assert_eq!(run("1"), run("2"));
}

#[test]
fn the_table_keeps_its_columns_with_wide_characters() {
    let output = similar(&corpus(), &["古树档案", "--format", "table", "-n", "1"]).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    let column = |line: &str, words: &str| line.find(words).map(|at| line[..at].width());
    let head = column(lines[1], "相近之处").unwrap();
    let found = lines.iter().find_map(|line| column(line, "q2#s1"));
    assert_eq!(found, Some(head), "{table}");
    assert!(lines.iter().all(|line| line.width() <= 120), "{table}");
}
