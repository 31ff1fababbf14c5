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
    let found = whole(dir, args);
    found["parts"][0]["nearest"].clone()
}

fn whole(dir: &TempDir, args: &[&str]) -> serde_json::Value {
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
    assert_eq!(first["aligned"][0]["unit"], "q1#s1");
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
    let aligned = found[0]["aligned"].as_array().unwrap();
    assert!(aligned.iter().any(|a| a["own"] == 1 && a["unit"] == "q3#s1"), "{aligned:?}");
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
    assert_eq!((&found[0]["document"], &found[0]["aligned"][0]["unit"]), (&"q2".into(), &"q2#s1".into()));
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

/// The corpus with a reply in sections, a nearly identical proposal, and a reply whose proposal is not there.
fn rich() -> TempDir {
    let dir = corpus();
    let text = "老旧小区老人上下楼难，加装电梯推进缓慢，资金和审批都是难题，群众反映强烈，亟待解决。\n建议：\n一、设立加装电梯专项补助资金，按每台十五万元给予补助。\n二、简化加装电梯审批手续，实行一窗受理。";
    let twin = text.replace("十五万元", "十八万元");
    let reply = "关于市政协五届一次会议第0107号提案的答复\n委员：\n您提出的提案收悉，现答复如下：\n一、关于“设立加装电梯专项补助资金”的建议\n依据《既有住宅加装电梯办法》，已按每台十万元补助。\n二、关于“简化加装电梯审批手续”的建议\n审批时限已压缩至十五个工作日。\n感谢您的关心。";
    let lone = "关于某号提案的答复\n委员：\n您提出的提案收悉，现答复如下：\n一、关于古树名木保护\n全市古树名木已经逐株挂牌并建立电子档案。";
    let row = |id: &str, kind: &str, title: &str, number: &str, date: &str, issuer: &str, text: &str| {
        serde_json::json!({"id": id, "kind": kind, "title": title, "number": number, "session": "市政协五届一次会议", "date": date,
            "issuer": issuer, "text": text}).to_string()
    };
    let rows = [
        row("r1", "proposal", "关于老旧小区加装电梯的提案", "0107", "2022-01-12", "", text),
        row("r2", "proposal", "关于给老旧小区加装电梯的提案", "0108", "2022-01-13", "", &twin),
        serde_json::json!({"id": "g1", "kind": "reply", "title": "答复", "reply_to": "r1", "date": "2023-07-01", "issuer": "市建设局", "text": reply}).to_string(),
        serde_json::json!({"id": "g2", "kind": "reply", "title": "关于古树的答复", "date": "2020-07-01", "issuer": "市园林局", "text": lone}).to_string(),
    ];
    fs::write(dir.path().join("documents.jsonl"), format!("{CORPUS}{}\n", rows.join("\n"))).unwrap();
    dir
}

#[test]
fn a_past_suggestion_stands_beside_the_passage_that_answered_it() {
    let found = json(&rich(), &["简化加装电梯审批手续，实行一窗受理", "--issuer", "建设局"]);
    let near = &found[0];
    let aligned = &near["aligned"][0];
    assert_eq!(aligned["unit"], "r1#s2");
    assert_eq!((&aligned["answers"][0]["unit"], &aligned["answers"][0]["stated"]), (&"g1#r2".into(), &true.into()));
    assert!(aligned["answers"][0]["text"].as_str().unwrap().contains("十五个工作日"), "{aligned}");
}

#[test]
fn nearly_identical_proposals_are_told_together() {
    let found = json(&rich(), &["关于老旧小区加装电梯资金和审批"]);
    let ids: Vec<&str> = found.as_array().unwrap().iter().map(|n| n["document"].as_str().unwrap()).collect();
    assert!(ids.contains(&"r1") != ids.contains(&"r2"), "one of the two stands with the other: {ids:?}");
    let near = found.as_array().unwrap().iter().find(|n| n["document"] == "r1" || n["document"] == "r2").unwrap();
    let twin = &near["twins"][0];
    assert!(twin["document"] == "r1" || twin["document"] == "r2");
    assert!(twin["share"].as_f64().unwrap() > 0.5, "{twin}");
}

#[test]
fn a_proposal_copied_from_another_is_told_how_much_it_repeats() {
    let found = json(&rich(), &["r2"]);
    assert_eq!(found[0]["document"], "r1");
    assert!(found[0]["repeated"].as_f64().unwrap() > 0.8, "{}", found[0]);
}

#[test]
fn a_reply_without_its_proposal_is_found_by_itself() {
    let found = json(&rich(), &["给古树名木逐株挂牌建立电子档案"]);
    let near = found.as_array().unwrap().iter().find(|n| n["document"] == "g2").unwrap();
    assert_eq!((&near["kind"], &near["aligned"][0]["answers"][0]["unit"]), (&"reply".into(), &"g2#r1".into()));
}

#[test]
fn filters_by_unit_and_year_hold() {
    let dir = rich();
    let ids = |args: &[&str]| {
        let found = json(&dir, args);
        found.as_array().unwrap().iter().map(|n| n["document"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["加装电梯", "--issuer", "建设局"]), ["r1"]);
    assert_eq!(ids(&["古树档案", "--year", "2019..2020"]), ["g2"]);
    similar(&dir, &["加装电梯", "--year", "2023..2020"]).assert().code(2);
}

#[test]
fn each_suggestion_gets_its_own_list() {
    let dir = rich();
    let draft = "关于古树和电梯的提案\n建议：\n一、给古树名木建立电子档案。\n二、简化加装电梯审批手续。";
    fs::write(dir.path().join("draft.txt"), draft).unwrap();
    let found = whole(&dir, &["draft.txt", "--for", "suggestion", "-n", "2"]);
    let parts = found["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 2);
    assert_eq!((&parts[0]["suggestion"], &parts[1]["suggestion"]), (&1.into(), &2.into()));
    assert!(["q2", "g2"].contains(&parts[0]["nearest"][0]["document"].as_str().unwrap()), "{}", parts[0]);
    assert!(["r1", "r2", "q1"].contains(&parts[1]["nearest"][0]["document"].as_str().unwrap()), "{}", parts[1]);
}

#[test]
fn a_draft_has_only_words_of_past_replies_each_with_its_source() {
    let dir = rich();
    let text = "关于电梯的提案\n建议：\n一、设立加装电梯专项补助资金。\n二、在月球上修建码头。";
    fs::write(dir.path().join("mine.txt"), text).unwrap();
    similar(&dir, &["mine.txt", "--draft", "outline.md", "--format", "csv"]).assert().success();
    let outline = fs::read_to_string(dir.path().join("outline.md")).unwrap();
    assert!(outline.contains("> 依据《既有住宅加装电梯办法》，已按每台十万元补助。"), "{outline}");
    assert!(outline.contains("g1#r1") && outline.contains("市建设局") && outline.contains("2023-07-01"), "{outline}");
    assert!(outline.contains("所引文件") && outline.contains("《既有住宅加装电梯办法》"), "{outline}");
    let second = outline.split("建议 2").nth(1).unwrap();
    assert!(second.contains("待补充") && !second.contains("出处"), "{outline}");
}

#[test]
fn a_folder_gets_every_format() {
    let dir = rich();
    similar(&dir, &["加装电梯审批", "--out", "report"]).assert().success();
    for (file, word) in [("md", "当时的答复"), ("html", "当时的答复"), ("csv", "答复原文"), ("json", "answers")]
    {
        let text = fs::read_to_string(dir.path().join(format!("report/similar.{file}"))).unwrap();
        assert!(text.contains(word) && text.contains("r1"), "{file}: {text}");
    }
}
