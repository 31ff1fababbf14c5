//! `suyuan index` through the real binary.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::path::Path;

struct World(tempfile::TempDir);

impl World {
    fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        let table = [
            r#"{"id":"p1","kind":"policy","title":"关于支持竹编产业的意见","number":"云政办〔2023〕7号","date":"2023-05-02","text":"一、总体要求\n扶持中小微企业。\n二、主要措施\n（一）降低担保费率。对竹编企业减半收取担保费。\n（二）发展订单融资。推广竹编订单贷。"}"#,
            r#"{"id":"t1","kind":"proposal","title":"关于发展竹编产业的建议","number":"0031","text":"竹编企业融资难。\n建议：\n一、降低竹编企业的担保费率。\n二、推广订单融资。"}"#,
        ];
        world.write("corpus/table.jsonl", &table.join("\n"));
        world.write("corpus/policies/茶叶.txt", "关于发展茶叶的意见\n一、扩大种植。\n二、打造品牌。\n");
        world
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("suyuan").unwrap();
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    fn out(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.run(arguments).assert().success().get_output().stdout.clone()).unwrap()
    }
}

#[test]
fn the_summary_counts_documents_and_units() {
    let world = World::new();
    let out = world.out(&["index"]);
    assert!(out.contains("documents: 3 (proposals 1, replies 0, policies 2, reports 0)"), "{out}");
    assert!(out.contains("suggestions 2"), "{out}");
    assert!(out.contains("files: 2 read, 0 unchanged, 0 removed"), "{out}");
}

#[test]
fn only_changed_files_are_read_again_and_removed_files_leave() {
    let world = World::new();
    world.out(&["index"]);
    assert!(world.out(&["index"]).contains("files: 0 read, 2 unchanged, 0 removed"));
    world.write("corpus/policies/茶叶.txt", "关于发展茶叶的意见\n一、改种白茶。\n");
    assert!(world.out(&["index"]).contains("files: 1 read, 1 unchanged, 0 removed"));
    assert!(world.out(&["search", "改种白茶"]).contains("改种白茶"));
    world.run(&["search", "扩大种植"]).assert().code(1);
    std::fs::remove_file(world.0.path().join("corpus/policies/茶叶.txt")).unwrap();
    assert!(world.out(&["index"]).contains("files: 0 read, 1 unchanged, 1 removed"));
    world.run(&["search", "改种白茶"]).assert().code(1);
}

#[test]
fn a_bad_record_is_reported_with_its_line_and_the_rest_goes_on() {
    let world = World::new();
    world.write(
        "corpus/bad.jsonl",
        "{\"id\":\"b1\",\"kind\":\"policy\",\"title\":\"甲\",\"text\":\"一、修路。\"}\n{broken\n",
    );
    for _ in 0..2 {
        let output = world.run(&["index"]).assert().code(2).get_output().clone();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("bad.jsonl") && message.contains("2"), "{message}");
    }
    assert!(world.out(&["search", "修路"]).contains("b1"));
}

#[test]
fn another_dictionary_has_the_index_made_anew_and_search_says_so() {
    let world = World::new();
    world.out(&["index"]);
    world.write("words.txt", "竹编订单贷\n");
    let refused = world.run(&["search", "竹编", "--user-dict", "words.txt"]).assert().code(2).get_output().clone();
    assert!(String::from_utf8(refused.stderr).unwrap().contains("run `suyuan index` again"));
    assert!(world.out(&["index", "--user-dict", "words.txt"]).contains("everything was read again: the lexicon"));
    assert!(world.out(&["search", "竹编订单贷", "--user-dict", "words.txt"]).contains("p1#c"));
}

#[test]
fn an_index_of_another_format_is_named_and_made_anew() {
    let world = World::new();
    world.out(&["index"]);
    let meta = world.0.path().join("index/store/meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let (before, after) = text.split_once("\\\"format\\\":").unwrap();
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    std::fs::write(&meta, format!("{before}\\\"format\\\":0{after}")).unwrap();
    let refused = world.run(&["search", "竹编"]).assert().code(2).get_output().clone();
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(message.contains("an older suyuan") && message.contains("run `suyuan index` again"), "{message}");
    assert!(world.out(&["index"]).contains("files: 2 read"));
    world.out(&["search", "竹编"]);
}

#[test]
fn a_column_mapping_reads_other_peoples_tables() {
    let world = World::new();
    world.write("other.csv", "编码,名字,内容\nx9,关于养蚕的意见,一、推广小蚕共育。\n");
    let map = "id=编码,title=名字,text=内容";
    world.out(&["index", "--corpus", "other.csv", "--map", map, "--kind", "policy"]);
    assert!(world.out(&["search", "小蚕共育", "--format", "jsonl"]).contains("关于养蚕的意见"));
}

#[test]
fn missing_paths_and_empty_folders_are_errors_with_a_remedy() {
    let world = World::new();
    world.run(&["index", "--corpus", "nowhere"]).assert().code(2);
    std::fs::create_dir(world.0.path().join("empty")).unwrap();
    let empty = world.run(&["index", "--corpus", "empty"]).assert().code(2).get_output().clone();
    assert!(String::from_utf8(empty.stderr).unwrap().contains("--corpus"));
}

#[test]
fn an_index_made_by_one_thread_answers_as_one_made_by_two() {
    let world = World::new();
    let hits = |threads: &str, dir: &str| {
        world.out(&["index", "--threads", threads, "--index", dir]);
        let query = ["search", "竹编 OR 企业", "--format", "json", "--index", dir, "--threads", threads];
        world.out(&query)
    };
    assert_eq!(hits("1", "one"), hits("2", "two"));
}

#[test]
fn all_of_the_shared_data_is_indexed_without_loss() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let (policies, proposals) = (data.join("policies"), data.join("proposals"));
    if !policies.is_dir() || !proposals.is_dir() {
        eprintln!("skipped: {} is not there", data.display());
        return;
    }
    let world = World::new();
    let out = world.out(&["index", "--corpus", policies.to_str().unwrap(), proposals.to_str().unwrap()]);
    assert!(out.contains("documents: 533 "), "{out}");
}
