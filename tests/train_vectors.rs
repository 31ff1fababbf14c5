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
fn a_corpus_without_text_is_an_error_with_a_remedy() {
    let root = TempDir::new().unwrap();
    fs::create_dir(root.path().join("corpus")).unwrap();
    let output = train(&root, "1", "one.bin").code(2).get_output().stderr.clone();
    assert!(String::from_utf8(output).unwrap().contains("name files or folders with texts"));
}
