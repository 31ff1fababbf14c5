//! The index as a whole: what goes in comes out, whatever the order of adding, changing and taking away.

use super::*;
use crate::ingest::{Options, discover, read};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// A folder of invented records and its index.
struct World {
    dir: tempfile::TempDir,
    segmenter: Segmenter,
}

impl World {
    /// Files by name, each of lines `id text`; a line of one word becomes a record that cannot be read.
    fn new(files: &[(&str, &str)]) -> Self {
        let world = Self { dir: tempfile::tempdir().unwrap(), segmenter: Segmenter::new(None).unwrap() };
        std::fs::create_dir(world.dir.path().join("policies")).unwrap();
        files.iter().for_each(|(name, lines)| world.write(name, lines));
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("policies").join(name).with_extension("jsonl")
    }

    fn write(&self, name: &str, lines: &str) {
        let record = |line: &str| match line.split_once(' ') {
            Some((id, text)) => {
                serde_json::json!({"id": id, "title": format!("关于{id}的意见"), "text": text}).to_string()
            }
            None => "{".to_owned() + line,
        };
        std::fs::write(self.path(name), lines.lines().map(record).collect::<Vec<_>>().join("\n")).unwrap();
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).unwrap();
    }

    fn index_dir(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    fn update_unless(&self, stop: &AtomicBool) -> Summary {
        let files = discover(&[self.dir.path().join("policies")]).files;
        let update = Update {
            dir: &self.index_dir(),
            segmenter: &self.segmenter,
            options: &Options::default(),
            rebuild: false,
            stop,
            progress: &|_| {},
        };
        update.run(&files).unwrap()
    }

    fn update(&self) -> Summary {
        self.update_unless(&AtomicBool::new(false))
    }

    fn texts(&self) -> BTreeMap<String, String> {
        let library = Index::open(self.index_dir()).unwrap().library().unwrap();
        library.entries().iter().map(|e| (e.document.id.clone(), e.document.text.clone())).collect()
    }
}

fn map(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|&(k, v)| (k.into(), v.into())).collect()
}

#[test]
fn what_goes_in_comes_out_with_its_units() {
    let world = World::new(&[("a", "甲 一、支持竹编产业发展。\n乙 二、设立茶叶基金。")]);
    assert_eq!(world.update().read, 1);
    let index = Index::open(world.index_dir()).unwrap();
    let entry = index.entry("甲").unwrap().unwrap();
    let file = &discover(&[world.path("a")]).files[0];
    assert_eq!(entry.document.text, "一、支持竹编产业发展。");
    assert_eq!(entry.document, read(file, &Options::default()).0[0]);
    assert_eq!(entry.parsed, crate::parse::parse(&entry.document));
    assert!(index.document("丙").unwrap().is_none());
    assert_eq!(index.counts().policies, 2);
}

#[test]
fn only_what_changed_is_read_again_and_what_is_gone_leaves() {
    let world = World::new(&[("a", "甲 一"), ("b", "乙 二"), ("c", "丙 三")]);
    world.update();
    let again = world.update();
    assert_eq!((again.read, again.unchanged, again.removed), (0, 3, 0));
    world.write("b", "乙 二改");
    world.remove("c");
    let third = world.update();
    assert_eq!((third.read, third.unchanged, third.removed), (1, 1, 1));
    assert_eq!(world.texts(), map(&[("甲", "一"), ("乙", "二改")]));
}

#[test]
fn of_two_documents_with_one_id_the_first_file_has_it_in_any_order_of_coming() {
    let world = World::new(&[("b", "甲 b的\n乙 二")]);
    world.update();
    world.write("a", "甲 a的");
    let clash = world.update();
    assert_eq!(world.texts(), map(&[("甲", "a的"), ("乙", "二")]));
    assert!(clash.problems[0].file.ends_with("b.jsonl") && clash.problems[0].message.contains("is taken by"));
    assert_eq!(Index::open(world.index_dir()).unwrap().counts().policies, 2);
    world.remove("a");
    assert!(world.update().problems.is_empty());
    assert_eq!(world.texts(), map(&[("甲", "b的"), ("乙", "二")]));
}

#[test]
fn a_bad_record_is_reported_every_time_and_the_rest_goes_on() {
    let world = World::new(&[("a", "甲 一\n坏行"), ("b", "乙 二")]);
    for _ in 0..2 {
        let summary = world.update();
        let messages: Vec<_> = summary.problems.iter().map(|p| p.message.as_str()).collect();
        assert!(messages.len() == 1 && messages[0].contains("line 2"), "{messages:?}");
        assert_eq!(world.texts(), map(&[("甲", "一"), ("乙", "二")]));
    }
}

#[test]
fn a_stopped_run_leaves_a_usable_index_and_the_next_completes_it() {
    let world = World::new(&[("a", "甲 一"), ("b", "乙 二")]);
    world.update();
    world.write("a", "甲 一改");
    world.write("b", "乙 二改");
    assert!(world.update_unless(&AtomicBool::new(true)).stopped);
    assert_eq!(world.texts(), map(&[("甲", "一"), ("乙", "二")]));
    assert_eq!(world.update().read, 2);
    assert_eq!(world.texts(), map(&[("甲", "一改"), ("乙", "二改")]));
}

#[test]
fn another_dictionary_has_everything_read_again() {
    let mut world = World::new(&[("a", "甲 推出云帆竹排贷")]);
    world.update();
    let words = world.dir.path().join("index").join("words.txt");
    std::fs::write(&words, "云帆竹排贷\n").unwrap();
    let other = Segmenter::new(Some(&words)).unwrap();
    assert!(Index::open(world.index_dir()).unwrap().check(&other).is_err());
    world.segmenter = other;
    assert_eq!(world.update().rebuilt, Some("the lexicon or the user dictionary changed"));
    assert!(Index::open(world.index_dir()).unwrap().check(&world.segmenter).is_ok());
    assert_eq!(world.texts().len(), 1);
}

#[test]
fn a_missing_index_says_what_to_do() {
    let error = Index::open("no/such/folder").err().unwrap().to_string();
    assert!(error.contains("run `suyuan index` first"), "{error}");
}
