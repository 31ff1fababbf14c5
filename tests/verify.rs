//! `suyuan verify` through the real binary, on a small invented corpus.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

const CORPUS: &str = r#"{"id":"p1","kind":"proposal","title":"关于加快老旧小区加装电梯的提案","number":"0101","session":"市政协五届一次会议","date":"2022-01-10","text":"老旧小区老人上下楼难。\n建议：\n一、设立加装电梯专项补助资金，按每台十五万元给予补助。\n二、由街道牵头办理加装电梯审批手续，实行一窗受理。"}
{"id":"p2","kind":"proposal","title":"关于保护古树名木的提案","number":"0102","session":"市政协五届一次会议","date":"2022-06-11","text":"古树管护经费不足。\n建议：\n一、为古树名木建立电子档案。\n二、设立古树管护专项资金。"}
{"id":"g1","kind":"policy","title":"某市既有住宅加装电梯管理办法","number":"某政发〔2022〕3号","date":"2022-03-15","text":"第一条 为规范加装电梯，制定本办法。\n第二条 设立加装电梯专项补助资金，按每台十五万元给予补助。\n第三条 古树名木建立电子档案。"}
"#;

const REPORT: &str = "政协提案办理工作总结\n发布时间：2022-12-01\n我局共承办提案30件，其中主办10件、会办19件。沟通率、办结率均为100%。\
第0101号提案提出的设立加装电梯专项补助资金的建议，已写入《某市既有住宅加装电梯管理办法》（某政发〔2022〕3号）。\
第0102号提案关于为古树名木建立电子档案的建议，被《某市既有住宅加装电梯管理办法》采纳。\
第0999号提案的建议也写入《某市既有住宅加装电梯管理办法》。\
第0101号《关于修建图书馆的提案》的建议写入《某市既有住宅加装电梯管理办法》。\n";

fn corpus(report: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("documents.jsonl"), CORPUS).unwrap();
    fs::write(dir.path().join("summary.txt"), report).unwrap();
    dir
}

fn verify(dir: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir.path()).args(["verify", "summary.txt", "--corpus", "documents.jsonl"]).args(args);
    command
}

fn json(dir: &TempDir) -> serde_json::Value {
    let output = verify(dir, &["--format", "json"]).assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

#[test]
fn every_claim_gets_a_verdict_with_its_reason() {
    let found = json(&corpus(REPORT));
    let verdicts: Vec<&str> =
        found["claims"].as_array().unwrap().iter().map(|c| c["verdict"].as_str().unwrap()).collect();
    let wanted = ["inconsistent", "unverifiable", "supported", "impossible_order", "missing_source", "inconsistent"];
    assert_eq!(verdicts, wanted);
    let first = &found["claims"][0];
    assert_eq!(first["checks"][0]["line"], "10 + 19 = 29，总数30件");
    assert_eq!(found["claims"][2]["evidence"][0]["clause"]["document"], "g1");
    assert_eq!((&found["needed"][0]["what"], &found["needed"][0]["printed"]), (&"document".into(), &"第0999号".into()));
    assert_eq!(found["needed"][1]["what"], "records");
}

#[test]
fn spans_reproduce_the_words_of_the_summary() {
    let found = json(&corpus(REPORT));
    let text = found["text"].as_str().unwrap();
    for claim in found["claims"].as_array().unwrap() {
        let place = |end: &str| usize::try_from(claim["span"][end].as_u64().unwrap()).unwrap();
        assert_eq!(&text[place("start")..place("end")], claim["text"].as_str().unwrap());
    }
}

#[test]
fn four_files_are_written_and_the_table_opens_in_excel() {
    let dir = corpus(REPORT);
    verify(&dir, &["--out", "out"]).assert().success();
    let read = |name: &str| fs::read_to_string(dir.path().join("out").join(name)).unwrap();
    assert!(read("verify.csv").starts_with('\u{feff}'));
    assert!(read("verify.md").contains("不一致，需核实"));
    let page = read("verify.html");
    assert!(page.contains("href=\"#claim-1\"") && page.contains("id=\"claim-1\""));
    assert!(!page.contains("http://") && !page.contains("https://"));
    assert!(read("verify.json").contains("\"claims\""));
}

#[test]
fn fail_on_takes_every_verdict_and_refuses_other_words_with_the_list() {
    let dir = corpus(REPORT);
    let given = ["supported", "impossible_order", "missing_source", "inconsistent", "unverifiable"];
    for word in ["supported", "partly", "not_found", "impossible_order", "missing_source", "consistent", "inconsistent"]
    {
        verify(&dir, &["--fail-on", word]).assert().code(i32::from(given.contains(&word)));
    }
    verify(&dir, &["--fail-on", "partly,not-found,unverifiable"]).assert().code(1);
    let error = verify(&dir, &["--fail-on", "false"]).assert().code(2).get_output().stderr.clone();
    let error = String::from_utf8(error).unwrap();
    for word in given.iter().chain(&["partly", "not_found", "consistent"]) {
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn a_summary_in_gb18030_is_read_like_any_other() {
    let dir = corpus(REPORT);
    let utf8 = json(&dir);
    fs::write(dir.path().join("summary.txt"), encoding_rs::GB18030.encode(REPORT).0).unwrap();
    assert_eq!(json(&dir)["claims"], utf8["claims"]);
}

#[test]
fn what_is_no_summary_is_refused_in_clear_words() {
    let dir = corpus(REPORT);
    let refused = |name: &str, wanted: &[&str]| {
        let mut command = Command::cargo_bin("suyuan").unwrap();
        command.current_dir(dir.path()).args(["verify", name, "--corpus", "documents.jsonl"]);
        let error = command.assert().code(2).get_output().stderr.clone();
        let error = String::from_utf8(error).unwrap();
        assert!(error.contains(name) && wanted.iter().all(|w| error.contains(w)), "{error}");
    };
    fs::write(dir.path().join("empty.txt"), "\n \n").unwrap();
    refused("empty.txt", &["empty"]);
    let proposal = "关于修建渡口的提案\n提案人：某委员\n渡口破旧。为此建议：\n一、修建渡口。\n";
    fs::write(dir.path().join("proposal.txt"), proposal).unwrap();
    refused("proposal.txt", &["proposal (提案)", "suyuan trace"]);
    refused("p1", &["proposal (提案)"]);
    refused("g1", &["policy (政策文件)"]);
    fs::create_dir(dir.path().join("folder")).unwrap();
    refused("folder", &["folder", "one summary"]);
    fs::write(dir.path().join("binary.txt"), [0_u8, 159, 146, 150, 0, 1, 2]).unwrap();
    refused("binary.txt", &["binary"]);
}

#[test]
fn a_summary_without_claims_says_so() {
    for text in ["会议圆满结束。", "标题\n\n"] {
        let dir = corpus(text);
        let out = verify(&dir, &[]).assert().code(1).get_output().stdout.clone();
        assert!(String::from_utf8(out).unwrap().contains("没有找到可以核对的说法"));
    }
}

#[test]
fn an_unknown_report_is_named_with_a_remedy() {
    let dir = corpus(REPORT);
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir.path()).args(["verify", "none.txt", "--corpus", "documents.jsonl"]);
    let error = command.assert().code(2).get_output().stderr.clone();
    let error = String::from_utf8(error).unwrap();
    assert!(error.contains("none.txt") && error.contains("give the path"), "{error}");
}

#[test]
fn what_a_person_wrote_in_the_last_column_survives_the_next_run() {
    let dir = corpus(REPORT);
    verify(&dir, &["--out", "out"]).assert().success();
    let path = dir.path().join("out/verify.csv");
    let table = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = table.split("\r\n").map(str::to_owned).collect();
    let place = lines.iter().position(|l| l.contains("0999")).unwrap();
    lines[place].push_str("已去函索取");
    fs::write(&path, lines.join("\r\n")).unwrap();

    // The summary grows by a claim before that one, and the review still stands beside its claim.
    fs::write(dir.path().join("summary.txt"), REPORT.replacen("沟通率", "召开座谈会7次。沟通率", 1)).unwrap();
    verify(&dir, &["--out", "out"]).assert().success();
    let read = |name: &str| fs::read_to_string(dir.path().join("out").join(name)).unwrap();
    let row = || {
        let table = read("verify.csv");
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        rows.records().map(Result::unwrap).find(|r| &r[9] == "已去函索取").unwrap()
    };
    assert!(row()[1].contains("0999"));
    for name in ["verify.md", "verify.html", "verify.json"] {
        assert!(read(name).contains("已去函索取"), "{name}");
    }

    // The claim is gone: the review is kept at the end.
    fs::write(
        dir.path().join("summary.txt"),
        REPORT.replace("第0999号提案的建议也写入《某市既有住宅加装电梯管理办法》。", ""),
    )
    .unwrap();
    verify(&dir, &["--out", "out"]).assert().success();
    assert_eq!((&row()[0], row()[1].contains("0999")), ("前次", true));

    fs::write(&path, "a,b\n1,2\n").unwrap();
    verify(&dir, &["--out", "out"]).assert().code(2);
}

#[test]
fn reasons_lines_and_gaps_are_worded_in_the_language_asked_for() {
    let dir = corpus(REPORT);
    let output = verify(&dir, &["--lang", "en", "--format", "json"]).assert().success().get_output().stdout.clone();
    let found: serde_json::Value = serde_json::from_slice(&output).unwrap();
    let mut words: Vec<String> = Vec::new();
    let mut take = |value: &serde_json::Value| words.extend(value.as_str().map(str::to_owned));
    for claim in found["claims"].as_array().unwrap() {
        take(&claim["reason"]);
        claim["checks"].as_array().into_iter().flatten().for_each(|c| take(&c["line"]));
        claim["sources"].as_array().into_iter().flatten().for_each(|s| take(&s["problem"]));
    }
    found["needed"].as_array().unwrap().iter().for_each(|n| take(&n["wanted"]));
    assert!(words.iter().any(|w| w == "the parts add up to 29, 1 less than the total 30"), "{words:?}");
    let own = |word: &str| {
        // Titles and quotations stay as printed, and so do numbers of proposals.
        let mut depth = 0;
        let outside = word.chars().filter(|c| {
            depth += i32::from("《“".contains(*c)) - i32::from("》”".contains(*c));
            depth == 0 && !"第号》”".contains(*c)
        });
        outside.collect::<String>()
    };
    for word in &words {
        assert!(!own(word).chars().any(|c| ('\u{3000}'..'\u{ffff}').contains(&c)), "{word}");
    }
    assert_eq!(found["claims"][0]["reasons"][0]["code"], "parts_differ");
}
