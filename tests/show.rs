//! `suyuan show` through the real binary, on a small invented corpus.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

const CORPUS: &str = r#"{"id":"q1","kind":"proposal","title":"关于修缮乡村水井的提案","number":"0007","session":"县政协九届三次会议","date":"2021-02-01","text":"村里的水井年久失修。\n建议：\n一、把水井修缮列入民生实事，安排专项经费。\n二、建立水井管护员制度。"}
{"id":"z1","kind":"policy","title":"乡村饮水安全实施方案","number":"水办〔2021〕12号","date":"2021-05-06","text":"一、加强修缮\n（一）落实经费。县财政安排水井修缮经费。（牵头单位：县水利局；责任单位：县财政局）\n（二）建立管护制度。每村设水井管护员一名。"}
{"id":"f1","kind":"reply","title":"对第0007号提案的答复","reply_to":"0007","session":"县政协九届三次会议","issuer":"县水利局","date":"2021-06-01","text":"一、关于“安排专项经费”的建议。已印发《乡村饮水安全实施方案》（水办〔2021〕12号），并报《水井名录编制规程》。"}
"#;

fn show(args: &[&str]) -> (String, String, i32) {
    let dir: TempDir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("documents.jsonl"), CORPUS).unwrap();
    let mut command = Command::cargo_bin("suyuan").unwrap();
    let output = command.current_dir(dir.path()).args(["show", "--corpus", "documents.jsonl"]).args(args).output();
    let output = output.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

#[test]
fn a_policy_is_shown_as_the_tree_of_its_clauses() {
    insta::assert_snapshot!(show(&["z1"]).0, @r###"
文档            z1
类型            政策文件  [表中所给]
标题            乡村饮水安全实施方案  [表中所给]
文号            水办〔2021〕12号  [表中所给]
日期            2021-05-06  [表中所给]
文件            documents.jsonl

一、加强修缮
  （一）落实经费  [z1#c1] 条款
      （一）落实经费。县财政安排水井修缮经费。（牵头单位：县水利局；责任单位：县财政局）
      · 责任 牵头单位：县水利局
      · 责任 责任单位：县财政局

  （二）建立管护制度  [z1#c2] 条款
      （二）建立管护制度。每村设水井管护员一名。
"###);
}

#[test]
fn a_proposal_is_found_by_its_number_and_names_its_reply() {
    let (out, _, status) = show(&["第7号"]);
    assert_eq!(status, 0);
    assert!(out.contains("关于修缮乡村水井的提案") && out.contains("f1"), "{out}");
}

#[test]
fn one_unit_is_shown_alone() {
    let (out, _, status) = show(&["q1#s2"]);
    assert_eq!(status, 0);
    assert!(out.contains("建立水井管护员制度") && !out.contains("专项经费"), "{out}");
}

#[test]
fn every_unit_of_the_json_form_reproduces_its_words() {
    for id in ["q1", "z1", "f1"] {
        let sheet: serde_json::Value = serde_json::from_str(&show(&[id, "--format", "json"]).0).unwrap();
        let record = CORPUS.lines().find(|l| l.contains(&format!("\"id\":\"{id}\""))).unwrap();
        let text = serde_json::from_str::<serde_json::Value>(record).unwrap()["text"].as_str().unwrap().to_owned();
        let units = sheet["units"].as_array().unwrap();
        assert!(!units.is_empty(), "{id} has no units");
        for unit in units {
            let bound = |end: &str| usize::try_from(unit["span"][end].as_u64().unwrap()).unwrap();
            assert_eq!(&text[bound("start")..bound("end")], unit["text"].as_str().unwrap());
        }
    }
}

#[test]
fn an_unknown_id_names_the_nearest_and_ends_with_status_one() {
    let (_, error, status) = show(&["z2"]);
    assert_eq!(status, 1);
    assert!(error.contains("z1 (乡村饮水安全实施方案)"), "{error}");
}

#[test]
fn an_unknown_unit_names_those_there_are() {
    let (_, error, status) = show(&["q1#s9"]);
    assert_eq!(status, 2);
    assert!(error.contains("q1#s1") && error.contains("q1#s2"), "{error}");
}

#[test]
fn without_an_index_the_remedy_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let output = Command::cargo_bin("suyuan").unwrap().current_dir(dir.path()).args(["show", "q1"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("suyuan index"));
}
