//! `suyuan eval` on an invented case.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PROPOSAL: &str = "关于修缮老渡口的提案\n提案编号：第0007号\n届次：县政协九届二次会议\n提出日期：2030-01-12\n\n一、基本情况\n渡口年久失修，存在隐患。\n二、对策建议\n（一）更换全部木桩，由水务所每年检测一次。\n（二）在候船亭安装太阳能路灯。\n";

/// A case of one proposal and one policy, with its policy in a table of a data folder.
fn case(root: &Path) {
    let folder = root.join("cases/ferry");
    fs::create_dir_all(folder.join("proposals")).unwrap();
    fs::create_dir_all(root.join("data")).unwrap();
    fs::write(folder.join("case.json"), r#"{"case": "ferry"}"#).unwrap();
    let policies = r#"[{"id": "P1", "title": "渡口管理办法", "doc_no": "水〔2031〕3号", "signed": "2031-02-03"}]"#;
    fs::write(folder.join("policies.json"), policies).unwrap();
    fs::write(folder.join("proposals/0007.txt"), PROPOSAL).unwrap();
    let first = r#"{"proposal": "0007", "suggestion": 1, "text": "更换全部木桩，由水务所每年检测一次", "links": [], "topical": [], "status": "none"}"#;
    let second = r#"{"proposal": "0007", "suggestion": 2, "text": "在候船亭安装太阳能路灯", "links": [{"policy": "P1", "clause_quote": "候船亭应当", "label": "adapted", "order": "after"}], "topical": [], "status": "absorbed"}"#;
    fs::write(folder.join("links.jsonl"), format!("{first}\n{second}\n")).unwrap();
    let policy = r#"{"id": "P1", "title": "渡口管理办法", "text": "渡口管理办法\n第一条 候船亭应当设置照明。\n"}"#;
    fs::write(root.join("data/policies.jsonl"), format!("{policy}\n")).unwrap();
}

/// Labelled proposals: one that is cut rightly, and one whose gold has a suggestion that is not there.
fn labelled(root: &Path) {
    let row = |content: &str, pieces: &[&str]| {
        let suggestions: Vec<String> = pieces
            .iter()
            .map(|piece| {
                let start = content[..content.find(piece).unwrap()].chars().count();
                let span = format!("[{start}, {}]", start + piece.chars().count());
                format!(r#"{{"span": {span}, "head": "", "measures": [{span}]}}"#)
            })
            .collect();
        let content = content.replace('\n', "\\n");
        format!(r#"{{"proposal_number": "1", "content": "{content}", "suggestions": [{}]}}"#, suggestions.join(", "))
    };
    let right = row("果园缺水，问题突出。具体建议：1.修建蓄水池。2.铺设滴灌管道。", &["修建蓄水池", "铺设滴灌管道"]);
    let half = row("果园缺路，问题突出。具体建议：1.拓宽机耕路。2.设置会车道。", &["拓宽机耕路", "问题突出"]);
    fs::write(root.join("extraction.jsonl"), format!("{right}\n{half}\n")).unwrap();
}

fn suyuan(root: &Path) -> Command {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(root).arg("eval");
    command
}

fn world() -> TempDir {
    let root = TempDir::new().unwrap();
    case(root.path());
    labelled(root.path());
    root
}

#[test]
fn figures_come_with_their_interval_and_count() {
    let root = world();
    let out = suyuan(root.path()).args(["--extraction", "extraction.jsonl", "--format", "json"]).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let figures: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let f1 = &figures["suggestion_f1"];
    assert_eq!(f1["value"], 0.75);
    assert_eq!(f1["n"], 4);
    assert!(f1["low"].as_f64().unwrap() <= 0.75 && f1["high"].as_f64().unwrap() >= 0.75);
    assert!(figures["measure_f1"]["value"].is_number());
    assert!(figures["suggestion_f1_unlabelled"]["value"].is_number());
    assert_eq!(figures["decisions"]["extraction"].as_array().unwrap().len(), 2);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let root = world();
    let run = |threads: &str| {
        let mut command = suyuan(root.path());
        command.args(["cases", "--data", "data", "--extraction", "extraction.jsonl", "--format", "json"]);
        command.args(["--threads", threads]).output().unwrap().stdout
    };
    assert_eq!(run("1"), run("2"));
}

#[test]
fn a_case_is_read_with_its_policy_from_the_data_folder() {
    let root = world();
    let out = suyuan(root.path()).args(["cases", "--data", "data"]).output().unwrap();
    let table = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success());
    let row = table.lines().find(|line| line.contains("case_suggestion_f1")).unwrap();
    assert!(row.contains("1.000"), "{row}");
}

#[test]
fn a_policy_without_text_is_named_with_the_remedy() {
    let root = world();
    let out = suyuan(root.path()).arg("cases/ferry").output().unwrap();
    let message = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(message.contains("policies.json") && message.contains("P1") && message.contains("--data"), "{message}");
}

#[test]
fn a_policy_text_beside_the_case_needs_no_data_folder() {
    let root = world();
    fs::create_dir(root.path().join("cases/ferry/policies")).unwrap();
    fs::write(root.path().join("cases/ferry/policies/P1.txt"), "第一条 候船亭应当设置照明。").unwrap();
    suyuan(root.path()).arg("cases/ferry").assert().success();
}

#[test]
fn misses_are_listed_one_a_line() {
    let root = world();
    suyuan(root.path()).args(["--extraction", "extraction.jsonl", "--misses", "misses.jsonl"]).assert().success();
    let misses = fs::read_to_string(root.path().join("misses.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(misses.lines().next().unwrap()).unwrap();
    assert_eq!(first["problem"], "missed suggestion");
    assert_eq!(first["gold"], "问题突出");
}

#[test]
fn a_suggestion_that_its_proposal_does_not_have_is_an_error_with_its_line() {
    let root = world();
    let file = root.path().join("cases/ferry/links.jsonl");
    let links = fs::read_to_string(&file).unwrap().replace("太阳能路灯", "风力路灯");
    fs::write(&file, links).unwrap();
    let out = suyuan(root.path()).args(["cases", "--data", "data"]).output().unwrap();
    let message = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(message.contains("links.jsonl, line 2"), "{message}");
}

#[test]
fn nothing_to_score_is_an_error() {
    let root = world();
    let out = suyuan(root.path()).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("--extraction"));
}

#[test]
fn a_model_is_fitted_on_labelled_proposals_and_its_weights_are_the_same_every_time() {
    let root = world();
    let fit = |name: &str| {
        let mut command = suyuan(root.path());
        command.args(["--extraction", "extraction.jsonl", "--folds", "2", "--fit-measures", name]).assert().success();
        fs::read_to_string(root.path().join(name)).unwrap()
    };
    let weights = fit("a.tsv");
    assert!(weights.lines().count() > 10 && weights.lines().all(|line| line.split('\t').count() == 5));
    assert_eq!(weights, fit("b.tsv"));
}

#[test]
fn a_span_outside_its_text_is_an_error_with_its_line() {
    let root = world();
    let file = root.path().join("extraction.jsonl");
    let rows = fs::read_to_string(&file).unwrap();
    fs::write(&file, rows.replacen("\"span\": [", "\"span\": [9", 1)).unwrap();
    let out = suyuan(root.path()).args(["--extraction", "extraction.jsonl"]).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("extraction.jsonl, line 1"));
}

#[test]
fn the_reply_of_each_letter_is_looked_for_among_all_replies() {
    let dir = tempfile::tempdir().unwrap();
    let topics = [
        "渡口木桥被冲断",
        "夜里猪场臭气扰民",
        "公交九路末班太早",
        "校门口无人疏导交通",
        "水库养鱼污染水源",
        "老旧电梯经常困人",
    ];
    let row = |(i, topic): (usize, &&str)| {
        format!("{{\"id\":\"{i}\",\"letter\":\"{topic}，请处理。\",\"reply\":\"您反映的{topic}一事已经查实。\"}}\n")
    };
    std::fs::write(dir.path().join("letters.jsonl"), topics.iter().enumerate().map(row).collect::<String>()).unwrap();
    let mut command = Command::cargo_bin("suyuan").unwrap();
    let output = command.current_dir(dir.path()).args(["eval", "--letters", "letters.jsonl", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.assert().success().get_output().stdout).unwrap();
    assert_eq!(
        (&found["letters_recall_1"]["value"], &found["letters_recall_1_tuning"]["value"]),
        (&1.0.into(), &1.0.into())
    );
    let halves = ["letters_recall_1", "letters_recall_1_tuning"].map(|f| found[f]["n"].as_u64().unwrap());
    assert!(halves.iter().sum::<u64>() == 6 && !halves.contains(&0), "both halves have letters: {halves:?}");
}

#[test]
fn articles_are_found_for_questions_and_questions_need_articles() {
    let dir = tempfile::tempdir().unwrap();
    let articles = "{\"name\":\"渡口法第一条\",\"content\":\"渡船须经检验。\"}\n{\"name\":\"渡口法第二条\",\"content\":\"船工须持证上岗。\"}\n";
    let question = "{\"qid\":7,\"query\":\"渡船要不要检验？\",\"gold\":[\"渡口法第一条\",\"桥梁法第九条\"]}\n";
    std::fs::write(dir.path().join("articles.jsonl"), articles).unwrap();
    std::fs::write(dir.path().join("questions.jsonl"), question).unwrap();
    let eval = || {
        let mut command = Command::cargo_bin("suyuan").unwrap();
        command.current_dir(dir.path()).args(["eval", "--retrieval", "questions.jsonl"]);
        command
    };
    eval().assert().code(2);
    let assert = eval().args(["--articles", "articles.jsonl", "--format", "json"]).assert().success();
    let found: serde_json::Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    assert_eq!(found["decisions"]["retrieval"][0]["ranks"], serde_json::json!([1]), "{found}");
    let recall =
        if found["retrieval_recall_10"]["n"] == 1 { "retrieval_recall_10" } else { "retrieval_recall_10_tuning" };
    assert_eq!(found[recall]["value"], 0.5, "the article that the table lacks counts as missed");
}
