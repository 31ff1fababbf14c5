//! `suyuan duplicates` through the real binary, on invented documents.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

const BODY: &str = "老渡口的木桥建于三十年前，桥面木板多处朽坏，汛期常被冲断，两岸村民只得绕行二十里到上游过河。学生上学、老人就医都很不便，去年冬天还有人滑入水中。建议：一、拨款五万元更换全部木板。二、在两端加装护栏和照明。三、由水务所每年检测一次。";

fn corpus() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let row = |id: &str, kind: &str, title: &str, date: &str, text: &str| {
        serde_json::json!({"id": id, "kind": kind, "title": title, "date": date, "text": text}).to_string()
    };
    let later = BODY.replace("五万元", "八万元") + "四、另设候船亭。";
    let other = "城东菜市场排水不畅，夏天臭气很重，摊主和居民多次反映仍未解决，请有关部门尽快疏通管道并增设垃圾箱，派专人每日清扫。";
    let rows = [
        row("b", "proposal", "关于修桥的提案", "2022-01-10", &later),
        row("a", "proposal", "关于老渡口木桥的提案", "2021-01-10", BODY),
        row("c", "proposal", "关于菜市场的提案", "2022-01-11", other),
        row("d", "reply", "答复", "2022-06-01", BODY),
    ];
    fs::write(dir.path().join("documents.jsonl"), rows.join("\n")).unwrap();
    dir
}

fn duplicates(dir: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir.path()).args(["duplicates", "--corpus", "documents.jsonl"]).args(args);
    command
}

fn text(dir: &TempDir, args: &[&str]) -> String {
    String::from_utf8(duplicates(dir, args).assert().success().get_output().stdout.clone()).unwrap()
}

#[test]
fn near_duplicates_are_grouped_with_the_earliest_first_and_their_differences() {
    let dir = corpus();
    let found: serde_json::Value =
        serde_json::from_str(&text(&dir, &["--kind", "proposal", "--format", "json"])).unwrap();
    assert_eq!((found["documents"].as_u64(), found["groups"].as_array().unwrap().len()), (Some(3), 1));
    let group = &found["groups"][0];
    assert_eq!((&group["first"]["document"], &group["others"][0]["document"]), (&"a".into(), &"b".into()));
    let share = group["others"][0]["share"].as_f64().unwrap();
    assert!(0.7 < share && share < 1.0, "{share}");
    let places = group["others"][0]["differences"].as_array().unwrap();
    assert!(places[0]["first_text"].as_str().unwrap().contains("五万元"), "{places:?}");
    assert!(places[0]["second_text"].as_str().unwrap().contains("八万元"), "{places:?}");
}

#[test]
fn an_identical_text_of_another_kind_shares_all() {
    let found: serde_json::Value = serde_json::from_str(&text(&corpus(), &["--format", "json"])).unwrap();
    let others = found["groups"][0]["others"].as_array().unwrap();
    let d = others.iter().find(|o| o["document"] == "d").unwrap();
    assert_eq!((d["share"].as_f64(), d["differences"].as_array().unwrap().len()), (Some(1.0), 0));
}

#[test]
fn a_share_that_none_reaches_ends_with_status_one() {
    duplicates(&corpus(), &["--kind", "proposal", "--min-share", "0.99"]).assert().code(1);
    duplicates(&corpus(), &["--min-share", "7"]).assert().code(2);
}

#[test]
fn every_format_names_the_documents_and_is_the_same_at_any_number_of_threads() {
    let dir = corpus();
    for format in ["table", "md", "html", "csv", "json"] {
        let one = text(&dir, &["--format", format, "--threads", "1"]);
        assert_eq!(one, text(&dir, &["--format", format, "--threads", "2"]), "{format}");
        assert!(one.contains("关于修桥的提案"), "{format}: {one}");
    }
}
