//! `suyuan segment` through the real binary.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;

fn segment(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("suyuan").unwrap();
    command.arg("segment").args(arguments);
    command
}

fn output(command: &mut Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

#[test]
fn terms_of_the_lexicon_stay_whole_in_any_script_and_spacing() {
    for text in [
        "完善首贷户培育和知识产权质押融资",
        "完善首貸戶培育和知識產權質押融資",
        "完善 首 贷 户 培育和知识产权\u{3000}质押融资",
    ] {
        let out = output(&mut segment(&[text]));
        let words: Vec<_> = out.split_whitespace().filter_map(|w| w.split('/').next()).collect();
        assert_eq!(words, ["完善", "首贷户", "培育", "和", "知识产权质押融资"], "{text}");
    }
}

#[test]
fn json_gives_the_normal_form_and_spans_into_the_original() {
    let text = "推廣 ＡＰＰ﹒";
    let out = output(&mut segment(&[text, "--format", "json", "--mode", "all"]));
    let seen: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(seen["normal"], "推广APP.");
    for token in seen["tokens"].as_array().unwrap() {
        let place = |end| token[end].as_u64().unwrap() as usize;
        assert_eq!(token["text"], text[place("start")..place("end")]);
    }
    assert_eq!(seen["tokens"][0]["term"], "推广");
}

#[test]
fn a_users_word_is_kept_and_a_bad_line_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("words.txt");
    std::fs::write(&file, "# 自己的词\n云帆竹排贷 nz\n").unwrap();
    let file = file.to_str().unwrap();
    assert!(output(&mut segment(&["推出云帆竹排贷", "--user-dict", file])).contains("云帆竹排贷/nz"));
    std::fs::write(file, "云帆竹排贷\n甲 乙 丙\n").unwrap();
    let output = segment(&["推出", "--user-dict", file]).assert().code(2).get_output().stderr.clone();
    let message = String::from_utf8(output).unwrap();
    assert!(message.contains("line 2") && message.contains("WORD TAG"), "{message}");
}

#[test]
fn standard_input_and_files_are_read_and_a_table_is_drawn() {
    assert!(output(segment(&["-"]).write_stdin("惠企政策直达快享\n")).contains("惠企政策"));
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("text.txt");
    std::fs::write(&file, "小微企业").unwrap();
    let out = output(&mut segment(&[file.to_str().unwrap(), "--format", "table", "--mode", "search"]));
    assert!(out.contains("bytes") && out.contains("0..12"), "{out}");
}

#[test]
fn nothing_to_segment_is_exit_status_1() {
    segment(&["，。"]).assert().code(1);
}

/// Byte ranges of the words of a line, spaces not counted.
fn ranges<'a>(words: impl Iterator<Item = &'a str>) -> std::collections::HashSet<(usize, usize)> {
    let mut at = 0;
    let range = |word: &str| {
        at += word.len();
        (at - word.len(), at)
    };
    words.map(range).collect()
}

#[test]
fn the_pku_test_set_is_cut_at_least_as_well_as_by_jieba_alone() {
    let gold = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/segmentation/pku_test_gold.utf8");
    let Ok(gold) = std::fs::read_to_string(&gold) else {
        eprintln!("skipped: {} is not there", gold.display());
        return;
    };
    let segmenter = suyuan::segment::Segmenter::new(None).unwrap();
    let (mut right, mut ours, mut theirs) = (0, 0, 0);
    for line in gold.lines() {
        let wanted = ranges(line.split_whitespace());
        let text: String = line.split_whitespace().collect();
        let found = ranges(segmenter.tokens(&text).iter().map(|t| t.span.of(&text)));
        right += wanted.intersection(&found).count();
        (ours, theirs) = (ours + found.len(), theirs + wanted.len());
    }
    let f = 2.0 * right as f64 / (ours + theirs) as f64;
    println!("F = {f:.4}");
    assert!(f >= 0.81, "F = {f:.4}; jieba alone reaches .818");
}
