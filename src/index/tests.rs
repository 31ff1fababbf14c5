//! The index as a whole: what goes in comes out, whatever the order of adding, changing and taking away.

use super::*;
use crate::document::{Date, Kind, Source};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// A folder of invented files, one document a line as `id<TAB>text`, and its index.
struct World {
    dir: tempfile::TempDir,
    segmenter: Segmenter,
}

impl World {
    fn new(files: &[(&str, &str)]) -> Self {
        let world = Self { dir: tempfile::tempdir().unwrap(), segmenter: Segmenter::new(None).unwrap() };
        files.iter().for_each(|(name, text)| world.write(name, text));
        world
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.dir.path().join(name), text).unwrap();
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.dir.path().join(name)).unwrap();
    }

    fn index_dir(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    fn update_with(&self, stop: &AtomicBool, read: &(dyn Fn(&Path) -> Result<Read> + Sync)) -> Summary {
        let files = std::fs::read_dir(self.dir.path()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file());
        let files: Vec<_> = files.map(|path| SourceFile { path, context: String::new() }).collect();
        let update = Update {
            dir: &self.index_dir(),
            segmenter: &self.segmenter,
            options: "",
            rebuild: false,
            stop,
            progress: &|_| {},
            read,
        };
        update.run(&files).unwrap()
    }

    fn update(&self) -> Summary {
        self.update_with(&AtomicBool::new(false), &lines)
    }

    fn texts(&self) -> BTreeMap<String, String> {
        let library = Index::open(self.index_dir()).unwrap().library().unwrap();
        library.entries().iter().map(|e| (e.document.id.clone(), e.document.text.clone())).collect()
    }
}

fn lines(path: &Path) -> Result<Read> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e, "mend it"))?;
    let mut read = Read::default();
    for (i, line) in text.lines().enumerate() {
        match line.split_once('\t') {
            Some((id, text)) => read.documents.push(document(id, text, path)),
            None => read.problems.push(Error::input(path, i + 1, "no tab", "write one")),
        }
    }
    Ok(read)
}

fn document(id: &str, text: &str, path: &Path) -> Document {
    Document {
        id: id.into(),
        kind: Kind::Policy,
        title: format!("关于{id}的意见"),
        number: None,
        session: None,
        issuer: Some("云岭市财政局".into()),
        date: Date::new(2023, 5, 2),
        reply_to: None,
        source: Source { path: path.to_string_lossy().into_owned(), ..Source::default() },
        notes: Vec::new(),
        text: text.into(),
    }
}

fn map(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|&(k, v)| (k.into(), v.into())).collect()
}

#[test]
fn what_goes_in_comes_out_with_its_units() {
    let world = World::new(&[("a.tsv", "甲\t一、支持竹编产业发展。\n乙\t二、设立茶叶基金。")]);
    assert_eq!(world.update().read, 1);
    let index = Index::open(world.index_dir()).unwrap();
    let entry = index.entry("甲").unwrap().unwrap();
    assert_eq!(entry.document, document("甲", "一、支持竹编产业发展。", &world.dir.path().join("a.tsv")));
    assert_eq!(entry.parsed, crate::parse::parse(&entry.document));
    assert!(index.document("丙").unwrap().is_none());
    assert_eq!(index.counts().policies, 2);
}

#[test]
fn only_what_changed_is_read_again_and_what_is_gone_leaves() {
    let world = World::new(&[("a.tsv", "甲\t一"), ("b.tsv", "乙\t二"), ("c.tsv", "丙\t三")]);
    world.update();
    let again = world.update();
    assert_eq!((again.read, again.unchanged, again.removed), (0, 3, 0));
    world.write("b.tsv", "乙\t二改");
    world.remove("c.tsv");
    let third = world.update();
    assert_eq!((third.read, third.unchanged, third.removed), (1, 1, 1));
    assert_eq!(world.texts(), map(&[("甲", "一"), ("乙", "二改")]));
}

#[test]
fn of_two_documents_with_one_id_the_first_file_has_it_in_any_order_of_coming() {
    let world = World::new(&[("b.tsv", "甲\tb的\n乙\t二")]);
    world.update();
    world.write("a.tsv", "甲\ta的");
    let clash = world.update();
    assert_eq!(world.texts(), map(&[("甲", "a的"), ("乙", "二")]));
    assert!(clash.problems[0].file.ends_with("b.tsv") && clash.problems[0].message.contains("is taken by"));
    assert_eq!(Index::open(world.index_dir()).unwrap().counts().policies, 2);
    world.remove("a.tsv");
    assert!(world.update().problems.is_empty());
    assert_eq!(world.texts(), map(&[("甲", "b的"), ("乙", "二")]));
}

#[test]
fn a_bad_record_is_reported_every_time_and_the_rest_goes_on() {
    let world = World::new(&[("a.tsv", "甲\t一\n坏行"), ("b.tsv", "乙\t二\n乙\t重")]);
    for _ in 0..2 {
        let summary = world.update();
        let messages: Vec<_> = summary.problems.iter().map(|p| p.message.as_str()).collect();
        assert!(messages[0].contains("line 2: no tab") && messages[1].contains("乙 stands twice"), "{messages:?}");
        assert_eq!(world.texts(), map(&[("甲", "一"), ("乙", "二")]));
    }
}

#[test]
fn a_stopped_run_keeps_what_it_has_and_the_next_completes_it() {
    let world = World::new(&[("a.tsv", "甲\t一"), ("b.tsv", "乙\t二")]);
    world.update();
    world.write("a.tsv", "甲\t一改");
    world.write("b.tsv", "乙\t二改");
    let stop = AtomicBool::new(false);
    let stopping = |path: &Path| {
        stop.store(true, Ordering::Relaxed);
        lines(path)
    };
    assert!(world.update_with(&stop, &stopping).stopped);
    assert_eq!(world.texts(), map(&[("甲", "一"), ("乙", "二")]));
    assert_eq!(world.update().read, 2);
    assert_eq!(world.texts(), map(&[("甲", "一改"), ("乙", "二改")]));
}

#[test]
fn another_dictionary_has_everything_read_again() {
    let mut world = World::new(&[("a.tsv", "甲\t推出云帆竹排贷")]);
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
