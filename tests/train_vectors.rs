//! `suyuan train-vectors` on a few invented lines.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

fn train(root: &TempDir, threads: &str, output: &str) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.current_dir(root.path()).args(["train-vectors", "corpus", "-o", output, "--threads", threads]);
    command.args(["--dimensions", "16", "--epochs", "2", "--min-count", "1"]).assert()
}

#[test]
fn the_same_corpus_gives_the_same_bytes_at_any_number_of_threads() {
    let root = TempDir::new().unwrap();
    fs::create_dir(root.path().join("corpus")).unwrap();
    let lines: String = (0..60).map(|i| format!("第{i}号渡口更换木桩，每年检测一次，由水务所负责。\n")).collect();
    fs::write(root.path().join("corpus/ferry.txt"), lines).unwrap();
    train(&root, "1", "one.bin").success();
    train(&root, "2", "two.bin").success();
    let (one, two) = (fs::read(root.path().join("one.bin")).unwrap(), fs::read(root.path().join("two.bin")).unwrap());
    assert!(one.len() > 100 && one == two);
}

#[test]
fn labelled_suggestions_tune_the_vectors_and_those_kept_apart_stand_beside_them() {
    let root = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(root.path().join(name), text).unwrap();
    for name in ["corpus", "data", "plain", "tuned"] {
        fs::create_dir(root.path().join(name)).unwrap();
    }
    let lines = |i: usize| format!("第{i}号渡口更换木桩，每年检测一次，由水务所负责，不许在坝边挖沙。\n");
    write("corpus/ferry.txt", &(0..60).map(lines).collect::<String>());
    write("data/t.jsonl", "{\"id\": \"dam-P\", \"text\": \"第一条 河坝每年检修一次。\\n第二条 河坝两侧禁止采砂。\"}\n");
    let line = r#"{"policy": "dam-P", "text": "不许在坝边挖沙", "links": [["第二条 河坝", "adapted"]], "topical": [], "status": "absorbed"}"#;
    write("labelled.jsonl", &format!("{line}\n").repeat(200));
    let run = |folder: &str, more: &[&str]| {
        let mut command = Command::cargo_bin("suyuan").unwrap();
        command.current_dir(root.path()).args(["train-vectors", "corpus", "-o", &format!("{folder}/vectors.bin")]);
        command.args(["--dimensions", "16", "--epochs", "2", "--min-count", "1"]).args(more).assert().success();
        let names =
            fs::read_dir(root.path().join(folder)).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    assert_eq!(run("plain", &[]), ["vectors.bin"]);
    let tuned = run("tuned", &["--labelled", "labelled.jsonl", "--data", "data"]);
    assert_eq!(tuned, ["vectors.bin", "vectors.first.bin", "vectors.second.bin"]);
    let [all, first, second] =
        ["", "first.", "second."].map(|n| fs::read(root.path().join(format!("tuned/vectors.{n}bin"))).unwrap());
    assert!(
        first != second && (all == first || all == second),
        "pairs of one policy tune all, and one of the two kept apart"
    );
}

#[test]
fn a_corpus_without_text_is_an_error_with_a_remedy() {
    let root = TempDir::new().unwrap();
    fs::create_dir(root.path().join("corpus")).unwrap();
    let output = train(&root, "1", "one.bin").code(2).get_output().stderr.clone();
    assert!(String::from_utf8(output).unwrap().contains("name files or folders with texts"));
}
