//! `suyuan search` through the real binary.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeSet;

struct World(tempfile::TempDir);

/// Invented documents: id, kind, number, issuer, date, text.
const DOCUMENTS: [(&str, &str, &str, &str, &str, &str); 7] = [
    ("a", "policy", "云政〔2021〕3号", "云岭市政府", "2021-03-01", "一、扶持中小企业发展。\n二、惠企政策直达快享。"),
    ("b", "policy", "云金〔2022〕8号", "云岭市金融局", "2022-06-15", "一、开展金融惠企服务。\n二、银行服务小企业。"),
    (
        "c",
        "policy",
        "云财〔2023〕5号",
        "云岭市财政局",
        "2023-05",
        "一、設立風險補償資金池。\n二、支持農業保險擴面、增品。",
    ),
    ("d", "proposal", "0031", "", "2023-01", "建议：\n一、支持农业保险扩面增品。\n二、推广ＡＰＰ办理。"),
    ("e", "reply", "", "云岭市财政局", "2023-09-01", "一、关于“农业保险”的建议。我局已安排资金。"),
    ("f", "policy", "", "", "", "一、中\u{200b}小\u{3000}企 业减税。\n二、招收研究生。"),
    ("g", "policy", "", "", "", "一、研究生物质能。"),
];

impl World {
    fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        let record = |d: &(&str, &str, &str, &str, &str, &str)| {
            serde_json::json!({
                "id": d.0, "kind": d.1, "title": format!("{}号文", d.0), "number": d.2, "issuer": d.3, "date": d.4, "text": d.5,
            })
            .to_string()
        };
        let table = DOCUMENTS.iter().map(record).collect::<Vec<_>>().join("\n");
        std::fs::write(world.0.path().join("table.jsonl"), table).unwrap();
        world.run(&["index", "--corpus", "table.jsonl"]).assert().success();
        world
    }

    fn run(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("suyuan").unwrap();
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    fn hits(&self, arguments: &[&str]) -> Vec<Value> {
        let mut all = vec!["search", "--format", "jsonl", "-n", "100"];
        all.extend(arguments);
        let out = self.run(&all).output().unwrap();
        assert!(out.status.code() != Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }

    /// The documents found, as letters.
    fn found(&self, arguments: &[&str]) -> String {
        let ids: Vec<String> = self.hits(arguments).iter().map(|h| h["id"].as_str().unwrap().to_owned()).collect();
        ids.iter().filter_map(|id| id.split('#').next()).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

#[test]
fn a_table_of_queries_finds_what_it_should() {
    let world = World::new();
    let table: [(&str, &str); 26] = [
        ("小企业", "abf"),
        ("中小企业", "af"),
        ("\"中小企业\"", "af"),
        ("惠企", "ab"),
        ("惠企服务", "b"),
        ("农业保险", "cde"),
        ("農業保險", "cde"),
        ("\"农业保险扩面\"", "cd"),
        ("“扩面、增品”", "c"),
        ("\"扩面，增品\"", "c"),
        ("\"扩面增品\"", "d"),
        ("農業 AND NOT 資金", "cd"),
        ("农业 -扩面", "e"),
        ("小企业 NOT 中小企业", "b"),
        ("惠企 OR 农业", "abcde"),
        ("（惠企 ｜ 农业） －服务", "acde"),
        ("app", "d"),
        ("ＡＰＰ办理", "d"),
        ("税", "f"),
        ("标题：ａ号文 企业", "a"),
        ("文号:〔2022〕8号 惠企", "b"),
        ("单位:财政局 农业", "ce"),
        ("类型:答复 农业", "e"),
        ("日期:2022..2023-02 (企业 OR 农业)", "bd"),
        ("日期:>=2023-05 农业", "ce"),
        ("扩面增品 农业", "cd"),
    ];
    for (query, expected) in table {
        assert_eq!(world.found(&[query]), expected, "{query}");
    }
}

#[test]
fn options_filter_as_the_fields_do() {
    let world = World::new();
    assert_eq!(world.found(&["农业", "--kind", "policy"]), "c");
    assert_eq!(world.found(&["农业", "--kind", "答复", "--kind", "proposal"]), "de");
    assert_eq!(world.found(&["农业", "--from", "2023-02", "--to", "2023-08"]), "c");
    assert_eq!(world.found(&["农业", "--issuer", "财政局"]), "ce");
    assert_eq!(world.found(&["农业", "--unit", "suggestion"]), "d");
    assert_eq!(world.found(&["*", "--kind", "policy", "--unit", "document"]), "abcfg");
}

#[test]
fn words_come_before_accidents_and_sorting_follows_dates() {
    let world = World::new();
    let order = |arguments: &[&str]| -> Vec<String> {
        world.hits(arguments).iter().map(|h| h["id"].as_str().unwrap()[..1].to_owned()).collect()
    };
    assert_eq!(order(&["研究生"]), ["f", "g"]);
    assert_eq!(order(&["农业", "--sort", "newest"])[0], "e");
    assert_eq!(order(&["农业", "--sort", "oldest"])[0], "d");
    assert_eq!(order(&["支持 OR 惠企", "--sort", "number"]), ["d", "a", "c", "b"]);
}

#[test]
fn highlights_are_byte_offsets_into_the_documents_text() {
    let world = World::new();
    for hit in world.hits(&["小企业 OR 農業保險"]) {
        let id = hit["id"].as_str().unwrap();
        let text = DOCUMENTS.iter().find(|d| id.starts_with(d.0)).unwrap().5;
        let spans = hit["highlights"].as_array().unwrap();
        assert!(!spans.is_empty(), "{hit}");
        for span in spans {
            let place = |end| span[end].as_u64().unwrap() as usize;
            let shown = text[place("start")..place("end")].replace(['\u{200b}', '\u{3000}', ' '], "");
            assert!(["小企业", "农业保险", "農業保險"].contains(&shown.as_str()), "{shown}");
        }
    }
}

#[test]
fn errors_point_at_the_place_and_exit_with_2() {
    let world = World::new();
    let cases = [
        ("(农业", 1, "^"),
        ("农业 颜色:红", 4, "     ^"),
        ("农业 “保险", 4, "     ^"),
        ("农业 OR", 6, "       ^"),
        ("农业 李明~1", 4, "     ^"),
        ("“农业 保险”~", 8, "           ^"),
        ("农业 NEAR/x 保险", 4, "     ^"),
        ("农业 NEAR/5 -保险", 1, "^"),
        ("类型:（提案 或者）", 8, "            ^"),
        ("日期:昨天", 4, "     ^"),
    ];
    for (query, character, caret) in cases {
        let output = world.run(&["search", query]).assert().code(2).get_output().clone();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains(&format!("query, character {character}:")), "{message}");
        assert!(message.ends_with(&format!("\n  {query}\n  {caret}\n")), "{message}");
    }
}

#[test]
fn nothing_found_is_exit_status_1() {
    let world = World::new();
    world.run(&["search", "航天飞机"]).assert().code(1);
    let empty = world.run(&["search", "航天飞机", "--format", "json"]).assert().code(1).get_output().clone();
    let answer: Value = serde_json::from_slice(&empty.stdout).unwrap();
    assert_eq!(answer["total"], 0);
}

#[test]
fn every_format_carries_the_same_hits() {
    let world = World::new();
    let out = |format: &str| {
        let output = world.run(&["search", "惠企", "--format", format]).assert().success().get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    };
    let csv = out("csv");
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() == 3, "{csv}");
    let json: Value = serde_json::from_str(&out("json")).unwrap();
    assert_eq!((json["total"].as_u64(), json["hits"].as_array().unwrap().len()), (Some(2), 2));
    let table = out("table");
    assert!(table.contains("a#c2") && table.contains("【惠企】") && table.contains("共 2 条"), "{table}");
}
