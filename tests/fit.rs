//! `suyuan fit` on two invented cases.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A case of two suggestions, of which the first is carried by the policy's first clause.
fn case(root: &Path, name: &str, carried: &str, clause: &str, other: &str) {
    let folder = root.join("cases").join(name);
    fs::create_dir_all(folder.join("proposals")).unwrap();
    fs::create_dir_all(folder.join("policies")).unwrap();
    fs::write(folder.join("case.json"), format!(r#"{{"case": "{name}"}}"#)).unwrap();
    let policies = format!(r#"[{{"id": "{name}-P", "title": "{name}办法", "signed": "2031-02-03"}}]"#);
    fs::write(folder.join("policies.json"), policies).unwrap();
    let policy =
        format!("第一条 {clause}。\n第二条 本办法自公布之日起施行，由县水务所解释。\n第三条 每年春季公布渔汛安排。\n");
    fs::write(folder.join(format!("policies/{name}-P.txt")), policy).unwrap();
    let proposal = format!("关于渡口的提案\n提出日期：2030-01-12\n\n建议：\n1.{carried}。\n2.{other}。\n");
    fs::write(folder.join("proposals/0007.txt"), proposal).unwrap();
    let first = format!(
        r#"{{"proposal": "0007", "suggestion": 1, "text": "{carried}", "links": [{{"policy": "{name}-P", "clause_quote": "{clause}", "label": "adapted", "order": "after"}}], "status": "absorbed"}}"#
    );
    let second = format!(r#"{{"proposal": "0007", "suggestion": 2, "text": "{other}", "status": "none"}}"#);
    fs::write(folder.join("links.jsonl"), format!("{first}\n{second}\n")).unwrap();
}

fn world() -> TempDir {
    let root = TempDir::new().unwrap();
    case(root.path(), "ferry", "更换渡口的全部木桩", "渡口木桩应当全部更换", "修建果园蓄水池");
    case(root.path(), "kiln", "为老窑厂装上除尘设备", "老窑厂应当安装除尘设备", "举办陶艺比赛");
    root
}

#[test]
fn the_same_cases_give_the_same_readable_model_and_a_table_of_features() {
    let root = world();
    let run = |output: &str| {
        let mut command = Command::cargo_bin("suyuan").unwrap();
        command.current_dir(root.path()).args(["fit", "cases", "-o", output, "--features", "features.csv"]);
        command.assert().success();
        fs::read_to_string(root.path().join(output).join("model.json")).unwrap()
    };
    let model = run("one");
    assert_eq!(model, run("two"));
    assert!(model.contains("\"threshold\"") && model.contains("\"mutual\""));
    let table = fs::read_to_string(root.path().join("features.csv")).unwrap();
    assert!(table.starts_with("case,suggestion,foreign,label,words,"));
    assert!(table.lines().any(|l| l.starts_with("ferry,1,0,adapted,")), "{table}");
}

#[test]
fn a_model_that_was_fitted_with_sentence_embeddings_weighs_them_and_is_not_used_without() {
    let root = world();
    let run = |args: &[&str]| Command::cargo_bin("suyuan").unwrap().current_dir(root.path()).args(args).assert();
    let model = |name: &str| format!("{}/tests/fixtures/embedding/{name}", env!("CARGO_MANIFEST_DIR"));
    let (mean, other) = (model("mean"), model("first"));
    run(&["fit", "cases", "-o", "one", "--embeddings", &mean]).success();
    let fitted = fs::read_to_string(root.path().join("one/model.json")).unwrap();
    assert!(fitted.contains("\"embedding\"") && fitted.contains("\"lead_embedding\""));
    run(&["eval", "cases", "--models", "one", "--embeddings", &mean]).success();
    for args in [&["--models", "one"][..], &["--models", "one", "--embeddings", &other]] {
        let error = run(&[&["eval", "cases"], args].concat()).code(2).get_output().stderr.clone();
        assert!(String::from_utf8_lossy(&error).contains("fitted with --embeddings"));
    }
    run(&["fit", "cases", "-o", "two", "--models", "one"]).success();
    assert!(!fs::read_to_string(root.path().join("two/model.json")).unwrap().contains("embedding"));
}

#[test]
fn labelled_suggestions_and_pairs_give_a_matcher_that_models_uses() {
    let root = world();
    let write = |name: &str, text: &str| fs::write(root.path().join(name), text).unwrap();
    fs::create_dir(root.path().join("data")).unwrap();
    let policy = "第一条 河坝每年检修一次。\\n第二条 河坝两侧禁止采砂。\\n第三条 本办法由县水务所解释。";
    write("data/t.jsonl", &format!("{{\"id\": \"dam-P\", \"text\": \"{policy}\"}}\n"));
    let labelled = r#"{"policy": "dam-P", "text": "一年修一回河坝", "links": [["第一条 河坝", "adapted"]], "topical": ["第二条"], "status": "absorbed"}"#;
    write("labelled.jsonl", &format!("{labelled}\n"));
    let pair = r#"{"document": "dam-P", "clause": "第二条 河坝两侧禁止采砂。", "pos": ["不许在坝边挖沙"], "partial": null, "neg": ["河坝两侧应当种树"]}"#;
    write("pairs.jsonl", &format!("{pair}\n"));
    let run = |args: &[&str]| Command::cargo_bin("suyuan").unwrap().current_dir(root.path()).args(args).assert();
    for output in ["one", "two"] {
        let with = ["--labelled", "labelled.jsonl", "--pairs", "pairs.jsonl", "--data", "data", "-o", output];
        run(&[&["fit", "cases"], &with[..]].concat()).success();
    }
    let read = |name: &str| fs::read(root.path().join(name)).unwrap();
    assert!(read("one/matcher.bin") == read("two/matcher.bin"));
    run(&["eval", "cases", "--models", "one"]).success();
    write("one/matcher.bin", "no matcher");
    let error = run(&["eval", "cases", "--models", "one"]).code(2).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&error).contains("matcher.bin"));
}

#[test]
fn new_vectors_want_a_new_matcher_that_reads_each_half_with_vectors_of_the_same_training() {
    let root = world();
    let write = |name: &str, text: &str| fs::write(root.path().join(name), text).unwrap();
    fs::create_dir(root.path().join("data")).unwrap();
    fs::create_dir(root.path().join("own")).unwrap();
    write("data/t.jsonl", "{\"id\": \"dam-P\", \"text\": \"第一条 河坝每年检修一次。\\n第二条 河坝两侧禁止采砂。\"}\n");
    let line = |text: &str| {
        format!(
            "{{\"policy\": \"dam-P\", \"text\": \"{text}\", \"links\": [[\"第一条 河坝\", \"adapted\"]], \"topical\": [], \"status\": \"absorbed\"}}\n"
        )
    };
    // The second has no word that says anything.
    write("labelled.jsonl", &(line("一年修一回河坝") + &line("可以由他们")));
    let run =
        |args: &str| Command::cargo_bin("suyuan").unwrap().current_dir(root.path()).args(args.split(' ')).assert();
    let error = |assert: assert_cmd::assert::Assert| {
        String::from_utf8_lossy(&assert.code(2).get_output().stderr.clone()).into_owned()
    };
    let labelled = "--labelled labelled.jsonl --data data";
    let train = format!("train-vectors cases --dimensions 136 --min-count 1 --epochs 1 -o own/vectors.bin {labelled}");
    run(&train).success();
    assert!(error(run("fit cases --models own -o own")).contains("--labelled"));
    run(&format!("fit cases --models own -o own {labelled}")).success();
    run("eval cases --models own").success();
    run("train-vectors cases/kiln --dimensions 16 --min-count 1 --epochs 1 -o own/vectors.bin").success();
    assert!(!root.path().join("own/vectors.first.bin").exists(), "it belonged to the vectors before");
    run(&train.replace("cases ", "cases/ferry ").replace("own/", "./")).success();
    for half in ["first", "second"] {
        let name = format!("vectors.{half}.bin");
        fs::rename(root.path().join(&name), root.path().join("own").join(&name)).unwrap();
    }
    assert!(error(run(&format!("fit cases --models own -o own {labelled}"))).contains("trained together"));
}

#[test]
fn a_policy_without_text_is_named() {
    let root = world();
    fs::remove_file(root.path().join("cases/ferry/policies/ferry-P.txt")).unwrap();
    let mut command = Command::cargo_bin("suyuan").unwrap();
    let output = command.current_dir(root.path()).args(["fit", "cases", "-o", "models"]).assert().code(2);
    assert!(String::from_utf8_lossy(&output.get_output().stderr).contains("ferry-P"));
}
