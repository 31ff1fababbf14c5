//! `suyuan ledger` through the real binary: bundled and merged ledgers, encodings, mappings, deadlines, gaps, bad input.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn bundled() -> String {
    format!("{ROOT}/corpus/ledger/ledger-2023.csv")
}

fn merged() -> String {
    format!("{ROOT}/tests/fixtures/ledger-merged.xlsx")
}

/// Runs in an empty folder, so that no index is found by chance.
fn ledger(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir).arg("ledger").args(args);
    command
}

fn json(args: &[&str]) -> serde_json::Value {
    let dir = TempDir::new().unwrap();
    let output = ledger(dir.path(), args).args(["--format", "json"]).assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

fn table(args: &[&str]) -> String {
    let dir = TempDir::new().unwrap();
    let output = ledger(dir.path(), args).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

fn error(dir: &Path, args: &[&str]) -> String {
    let output = ledger(dir, args).assert().code(2).get_output().stderr.clone();
    String::from_utf8(output).unwrap()
}

/// Places of what is odd, `sheet row column what`.
fn warnings(report: &serde_json::Value) -> Vec<String> {
    let of = |w: &serde_json::Value| {
        let place = &w["place"];
        let column = place["column"]["letter"].as_str().unwrap_or("-");
        let sheet = place["sheet"].as_str().unwrap_or("-");
        format!("{sheet} {} {column} {}", place["row"], w["problem"]["what"].as_str().unwrap())
    };
    report["ledger"]["warnings"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn the_bundled_ledger_shows_its_four_planted_discrepancies() {
    let corpus = format!("{ROOT}/corpus");
    let report = json(&[&bundled(), "--corpus", &corpus, "--today", "2023-12-01"]);
    let part = |filter: serde_json::Value| {
        let parts = report["figures"]["parts"].as_array().unwrap();
        parts.iter().find(|p| p["filter"] == filter).unwrap()["count"].as_u64().unwrap()
    };
    assert_eq!(report["figures"]["total"], 62);
    assert_eq!(part(serde_json::json!([{"role": ["separate"]}])), 6);
    assert_eq!(part(serde_json::json!(["public"])), 9);
    let late = &report["due"][0];
    assert_eq!((late["kind"].as_str(), late["days"].as_i64()), (Some("late"), Some(2)));
    let gaps = report["gaps"].as_array().unwrap();
    let title = gaps.iter().find(|g| g["kind"] == "title_differs").unwrap();
    assert_eq!(title["document"], "0226");
    assert!(gaps.iter().any(|g| g["kind"] == "proposal_without_line" && g["document"] == "0408"));
    assert!(
        gaps.iter().all(|g| !g["document"].as_str().unwrap_or("").starts_with("hz")),
        "the city has its own ledger"
    );
}

#[test]
fn merged_cells_two_line_headers_and_sheets_of_a_workbook_are_read_and_told() {
    let report = json(&[&merged(), "--today", "2024-06-25"]);
    let records = report["ledger"]["records"].as_array().unwrap();
    assert_eq!(records.len(), 7);
    let of = |number: &str| records.iter().find(|r| r["number"] == number).unwrap();
    let two = of("056");
    assert_eq!(two["lead"], serde_json::json!(["市交通局", "市城管局"]));
    assert_eq!((two["answered"].as_str(), two["places"].as_array().unwrap().len()), (Some("2024-06-29"), 2));
    assert_eq!(of("34")["office"], "公交科", "a merged cell holds for each of its rows");
    assert_eq!(of("101")["role"], "co", "the sheet is called 会办");
    assert!(records.iter().all(|r| r["number"] != "900"), "hidden sheets are not read");
    assert_eq!(
        warnings(&report),
        [
            "主办和分办 4 - no_column",
            "主办和分办 4 - no_column",
            "主办和分办 5 G merged",
            "主办和分办 6 J serial_date",
            "主办和分办 7 B full_width",
            "主办和分办 7 B merged",
            "主办和分办 9 H impossible_date",
            "主办和分办 11 - blank_rows",
            "主办和分办 11 H yearless_date",
            "主办和分办 12 - totals",
            "主办和分办 13 - note_row",
            "会办 4 - again",
            "会办 5 - note_row",
        ]
    );
}

#[test]
fn encodings_of_a_text_table_make_no_difference() {
    let text = "提案号,案由,办理方式,办理状态\n001,关于甲的提案,主办,已办结\n002,关于乙的提案,会办,正在办理\n";
    let dir = TempDir::new().unwrap();
    let gb = encoding(text);
    let files: [(&str, Vec<u8>); 3] =
        [("utf8.csv", text.into()), ("bom.csv", [b"\xef\xbb\xbf", text.as_bytes()].concat()), ("gb.csv", gb)];
    let mut all = Vec::new();
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
        let path = dir.path().join(name).display().to_string();
        let report = json(&[&path, "--today", "2024-01-01"]);
        all.push((report["figures"].clone(), report["ledger"]["records"].clone()));
    }
    assert_eq!(all[0].0["total"], 2);
    assert!(all.windows(2).all(|w| w[0] == w[1]));
}

/// GB18030 of the few characters the test uses, as their two-byte codes.
fn encoding(text: &str) -> Vec<u8> {
    let codes = [
        ('提', 0xCCE1),
        ('案', 0xB0B8),
        ('号', 0xBAC5),
        ('由', 0xD3C9),
        ('办', 0xB0EC),
        ('理', 0xC0ED),
        ('方', 0xB7BD),
        ('式', 0xCABD),
        ('状', 0xD7B4),
        ('态', 0xCCAC),
        ('关', 0xB9D8),
        ('于', 0xD3DA),
        ('甲', 0xBCD7),
        ('的', 0xB5C4),
        ('主', 0xD6F7),
        ('已', 0xD2D1),
        ('结', 0xBDE1),
        ('乙', 0xD2D2),
        ('会', 0xBBE1),
        ('正', 0xD5FD),
        ('在', 0xD4DA),
    ];
    let mut bytes = Vec::new();
    for c in text.chars() {
        match codes.iter().find(|(known, _)| *known == c) {
            Some((_, code)) => bytes.extend(u16::to_be_bytes(*code)),
            None => bytes.push(u8::try_from(u32::from(c)).expect("every other character is ASCII")),
        }
    }
    bytes
}

#[test]
fn the_mapping_is_shown_and_can_be_set() {
    let shown = table(&[&bundled(), "--today", "2023-12-01"]);
    assert!(shown.contains("I 是否领导督办 → 重点督办（据列名）"), "{shown}");
    assert!(shown.contains("没有给出语料"), "{shown}");
    let set = table(&[&bundled(), "--today", "2023-12-01", "--column", "收到日期=assigned", "--lang", "en"]);
    assert!(set.contains("J 收到日期 → assigned (given)"), "{set}");
}

#[test]
fn the_scale_of_results_can_be_set() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("a.csv");
    fs::write(&path, "提案号,案由,办理结果\n1,关于甲的提案,立即可办\n2,关于乙的提案,长期推进\n").unwrap();
    let path = path.display().to_string();
    let plain = json(&[&path, "--today", "2024-01-01"]);
    assert_eq!(warnings(&plain).iter().filter(|w| w.contains("unknown")).count(), 2);
    let set = json(&[&path, "--today", "2024-01-01", "--scale", "A=立即可办,B=长期推进|分步实施"]);
    let results: Vec<_> = set["ledger"]["records"].as_array().unwrap().iter().map(|r| r["result"].clone()).collect();
    assert_eq!(results, ["A", "B"]);
}

#[test]
fn what_is_overdue_or_due_depends_on_the_day_given_alone() {
    let kinds = |today: &str, days: &str| {
        let report = json(&[&merged(), "--today", today, "--due-in", days]);
        let of = |d: &serde_json::Value| format!("{} {}", d["kind"].as_str().unwrap(), d["days"]);
        report["due"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(kinds("2024-06-25", "10"), ["soon 5", "late 8", "late 3"]);
    assert_eq!(kinds("2024-07-02", "100"), ["overdue 2", "soon 90", "late 8", "late 3"]);
    assert!(table(&[&merged()]).contains("时限（以"), "the day used is told");
}

#[test]
fn four_files_are_written_and_a_second_run_gives_the_same_bytes() {
    let dir = TempDir::new().unwrap();
    let run = |out: &str| {
        ledger(dir.path(), &[&bundled(), "--today", "2023-12-01", "--out", out, "--quiet"]).assert().success();
        ["md", "html", "csv", "json"].map(|e| fs::read(dir.path().join(out).join(format!("ledger.{e}"))).unwrap())
    };
    let first = run("a");
    assert_eq!(first, run("b"));
    assert!(first[2].starts_with(b"\xef\xbb\xbf"));
    let page = String::from_utf8(first[1].clone()).unwrap();
    assert!(page.contains("按期办结率") && page.contains("98.39%") && !page.contains("https://"));
}

#[test]
fn bad_input_is_named_with_a_remedy() {
    let dir = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        fs::write(dir.path().join(name), bytes).unwrap();
        name.to_owned()
    };
    let cases: [(&str, &[u8], &str); 5] = [
        ("empty.csv", b"", "empty"),
        ("words.csv", "名称,数量\n苹果,3\n".as_bytes(), "--column NAME=FIELD"),
        ("broken.xlsx", b"PK\x03\x04broken", "save it as .xlsx or .csv"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
    ];
    for (name, bytes, wanted) in cases {
        let told = error(dir.path(), &[&write(name, bytes)]);
        assert!(told.contains(name) && told.contains(wanted), "{name}: {told}");
    }
    assert!(error(dir.path(), &["none.csv"]).contains("none.csv"));
    assert!(error(dir.path(), &[&merged(), "--sheet", "无"]).contains("主办和分办"));
    assert!(error(dir.path(), &[&merged(), "--column", "案由=name"]).contains("title"));
    assert!(error(dir.path(), &[&merged(), "--scale", "A"]).contains("A=已解决"));
    ledger(dir.path(), &[&merged(), "--today", "2024-02-30"]).assert().code(2);
    let header = write("header.csv", "提案号,案由,办理方式\n".as_bytes());
    ledger(dir.path(), &[&header]).assert().code(1);
}

const REPORT: &str = "青崖市交通局2024年政协提案办理工作总结\n\n政协青崖市七届三次会议以来，我局共承办提案7件，其中主办4件、分别办理2件、会办2件。全部按时办结，\
    办结率为71.4%。面商提案者12人次。办理结果为A类2件、B类1件。针对第0999号《关于修建空中花园的提案》，出台了《青崖市空中花园管理办法》。\
    第078号《关于整治噪声扰民的提案》的建议，已写入《青崖市噪声污染防治办法》。\n";

/// Verifies `report` against the merged ledger, with a corpus that knows none of it.
fn verified(report: &str, args: &[&str]) -> serde_json::Value {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("summary.txt"), report).unwrap();
    let other = r#"{"id":"p1","kind":"proposal","title":"关于别事的提案","number":"0001","session":"市政协一届一次会议","text":"建议：一、做别事。"}"#;
    fs::write(dir.path().join("documents.jsonl"), other).unwrap();
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir.path()).args(["verify", "summary.txt", "--corpus", "documents.jsonl", "--format", "json"]);
    let output = command.args(args).assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

/// The claim that holds `piece`: its verdict, its reason and its worked lines.
fn claim(report: &serde_json::Value, piece: &str) -> (String, String, String) {
    let claims = report["claims"].as_array().unwrap();
    let found = claims.iter().find(|c| c["text"].as_str().unwrap().contains(piece)).unwrap();
    let lines: Vec<&str> =
        found["checks"].as_array().into_iter().flatten().map(|c| c["line"].as_str().unwrap()).collect();
    let of = |key: &str| found[key].as_str().unwrap().to_owned();
    (of("verdict"), of("reason"), lines.join("\n"))
}

#[test]
fn verify_holds_the_figures_of_a_summary_against_the_ledger() {
    let report = verified(REPORT, &["--ledger", &merged()]);
    assert_eq!(report["ledger"]["proposals"], 7);
    let (verdict, reason, lines) = claim(&report, "共承办提案7件");
    assert_eq!(verdict, "inconsistent");
    assert!(reason.contains("分别办理”共1件，与所写2件不符"), "{reason}");
    assert!(lines.contains("ledger-merged.xlsx：办理方式为分别办理，共1件（056），总结写2件"), "{lines}");
    let (verdict, _, lines) = claim(&report, "71.4%");
    assert_eq!(verdict, "inconsistent", "全部按时办结 stands before it");
    assert!(lines.contains("5 ÷ 7 = 71.43%") && lines.contains("缺34、102") && lines.contains("缺78、90"), "{lines}");
    let (_, reason, _) = claim(&report, "A类2件");
    assert!(reason.contains("办理结果为B”共1件，与所写1件相符"), "{reason}");
    assert_eq!(claim(&report, "12人次").0, "unverifiable", "the ledger does not count meetings");
    let (verdict, reason, _) = claim(&report, "噪声扰民");
    assert_eq!(verdict, "inconsistent", "78 is another proposal in the ledger");
    assert!(reason.contains("关于完善农村公路养护机制的提案"), "{reason}");
    assert_eq!(claim(&report, "空中花园").0, "missing_source");
}

#[test]
fn a_ledger_of_another_session_is_not_held_against_the_summary() {
    let other = REPORT.replace("七届三次", "六届二次");
    let report = verified(&other, &["--ledger", &merged()]);
    assert!(report["ledger"]["other_session"].as_str().unwrap().contains("第七届"));
    assert_eq!(claim(&report, "71.4%").0, "unverifiable");
    let without = verified(REPORT, &[]);
    assert!(without["ledger"].is_null());
}

#[test]
fn the_planted_discrepancies_of_the_bundled_summary_are_found() {
    let dir = TempDir::new().unwrap();
    let corpus = format!("{ROOT}/corpus");
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir.path()).args([
        "verify",
        "finance-bureau-2023",
        "--corpus",
        &corpus,
        "--ledger",
        &bundled(),
    ]);
    let output = command.args(["--format", "json"]).assert().success().get_output().stdout.clone();
    let report: serde_json::Value = serde_json::from_slice(&output).unwrap();
    let (verdict, reason, _) = claim(&report, "共承办省政协提案62件");
    assert!(verdict == "inconsistent" && reason.contains("分别办理”共6件"), "{reason}");
    let (verdict, _, lines) = claim(&report, "委员满意率");
    assert!(verdict == "inconsistent" && lines.contains("缺0389") && lines.contains("缺0080"), "{lines}");
    assert_eq!(claim(&report, "适合公开的10件").0, "inconsistent");
    assert_eq!(claim(&report, "11件提案").0, "inconsistent");
    assert_eq!(claim(&report, "重点提案6件").0, "consistent");
    assert_eq!(claim(&report, "会办其中3件").0, "unverifiable", "the ledger does not tell a series");
    assert_eq!(claim(&report, "催办提醒").0, "unverifiable");
}

#[test]
fn the_workbook_of_the_city_shows_which_figure_of_its_summary_is_wrong() {
    let dir = TempDir::new().unwrap();
    let corpus = format!("{ROOT}/corpus");
    let city = format!("{ROOT}/corpus/ledger/ledger-huaize-2023.xlsx");
    let read = json(&[&city, "--corpus", &corpus, "--today", "2023-12-12"]);
    assert_eq!((read["figures"]["total"].as_u64(), read["due"].as_array().unwrap().len()), (Some(148), 1));
    let of =
        |kind: &str| read["gaps"].as_array().unwrap().iter().filter(|g| g["kind"] == kind).cloned().collect::<Vec<_>>();
    assert_eq!((of("date_differs").len(), of("date_differs")[0]["ledger"].as_str()), (1, Some("2023-08-12")));
    assert_eq!(
        read["ledger"]["warnings"].as_array().unwrap().iter().filter(|w| w["problem"]["what"] == "merged").count(),
        17
    );

    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(dir.path()).args(["verify", "huaize-2023", "--corpus", &corpus, "--ledger", &city]);
    let output = command.args(["--format", "json"]).assert().success().get_output().stdout.clone();
    let report: serde_json::Value = serde_json::from_slice(&output).unwrap();
    let (verdict, reason, lines) = claim(&report, "提案148件");
    assert!(verdict == "inconsistent" && reason.contains("主办”共94件，与所写96件不符"), "{reason}");
    assert!(lines.contains("全部提案，共148件，总结写148件"), "{lines}");
    assert_eq!(claim(&report, "A类109件").0, "consistent");
    assert_eq!(claim(&report, "面商率、答复率").0, "consistent");
    let (verdict, reason, _) = claim(&report, "6个月内答复");
    assert!(verdict == "inconsistent" && reason.contains("除15"), "{reason}");
    assert_eq!(claim(&report, "采纳率91.4%").0, "inconsistent", "by arithmetic: the ledger does not count suggestions");
}
