//! `suyuan kwic`, `count`, `frequency`, `collocate` and `keyness` through the real binary, on an invented corpus small enough
//! to be counted by hand.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;

struct World(tempfile::TempDir);

/// Invented documents: id, kind, issuer, date, text. Every clause is cut into words that no dictionary cuts otherwise.
const DOCUMENTS: [(&str, &str, &str, &str, &str); 5] = [
    ("a", "policy", "安徽省财政厅", "2021-03-01", "一、支持茶叶保险。\n二、推广茶叶保险，发展茶叶。"),
    ("b", "policy", "合肥市财政局", "2021-06-01", "一、支持企业。\n二、發展企業和保險。"),
    ("c", "policy", "江苏省财政厅", "2023-05-01", "一、支持茶叶。\n二、支持茶叶保险保险。"),
    ("d", "reply", "安徽省财政厅", "2023-06-01", "类别：B\n一、关于茶叶保险的建议。已支持茶叶保险。"),
    ("e", "policy", "", "", "一、中小企业。"),
];

impl World {
    fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        let record = |d: &(&str, &str, &str, &str, &str)| {
            serde_json::json!({
                "id": d.0, "kind": d.1, "title": format!("{}号文", d.0), "issuer": d.2, "date": d.3, "text": d.4,
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

    fn out(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.run(arguments).assert().success().get_output().stdout.clone()).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.out(&[arguments, &["--format", "json"]].concat())).unwrap()
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn a_concordance_lists_every_occurrence_with_exact_spans() {
    let world = World::new();
    let found = world.json(&["kwic", "保险"]);
    assert_eq!((number(&found["total"]), number(&found["documents"])), (7.0, 4.0), "{found:#}");
    for line in found["lines"].as_array().unwrap() {
        let id = line["unit"].as_str().unwrap();
        let text = DOCUMENTS.iter().find(|d| id.starts_with(d.0)).unwrap().4;
        let place = |end: &str| number(&line["span"][end]) as usize;
        let node = &text[place("start")..place("end")];
        assert!(["保险", "保險"].contains(&node) && line["node"] == node, "{line}");
        let left = line["left"].as_str().unwrap().replace(' ', "");
        assert!(text[..place("start")].replace('\n', "").ends_with(&left), "{line}");
    }
}

#[test]
fn lines_are_sorted_by_what_stands_beside_the_node() {
    let world = World::new();
    let order = |sort: &str, cell: &str| -> Vec<String> {
        let found = world.json(&["kwic", "茶叶", "--sort", sort, "--context", "1w", "--kind", "policy"]);
        found["lines"].as_array().unwrap().iter().map(|l| l[cell].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(order("R1,date", "right"), ["保险", "保险", "保险", "", ""]);
    let left = order("L1", "left");
    assert!(left.windows(2).all(|w| w[0] <= w[1]) && left[0] == "发展", "{left:?}");
    let units = order("date,R1", "unit");
    assert_eq!(units, ["a#c1", "a#c2", "a#c2", "c#c2", "c#c1"]);
}

#[test]
fn a_table_of_lines_shows_the_node_in_one_column() {
    let world = World::new();
    let out = world.out(&["kwic", "茶叶保险", "--context", "4"]);
    assert!(out.contains("支持【茶叶保险】。"), "{out}");
    assert!(out.contains("共出现 5 次，见于 3 份文件的 4 个单元；列出 5 行"), "{out}");
    assert!(world.out(&["kwic", "茶叶保险", "--sample", "2", "--lang", "en"]).contains("2 lines shown"));
    let csv = world.out(&["kwic", "茶叶保险", "--format", "csv"]);
    assert!(csv.starts_with("\u{feff}序号,左文,节点,右文") && csv.lines().count() == 6, "{csv}");
}

#[test]
fn whole_words_leave_out_strings_inside_longer_words() {
    let world = World::new();
    let total = |arguments: &[&str]| number(&world.json(&[&["kwic"], arguments].concat())["total"]);
    assert_eq!(total(&["企业", "--unit", "clause"]), 3.0);
    assert_eq!(total(&["小企业"]), 1.0);
    world.run(&["kwic", "小企业", "--whole-words"]).assert().code(1);
}

#[test]
fn counts_by_year_region_and_class_add_up() {
    let world = World::new();
    let groups = |by: &str| -> Vec<(String, f64, f64, f64)> {
        let found = world.json(&["count", "保险", "--by", by]);
        let group = |g: &Value| {
            let values: Vec<&str> = g["values"].as_array().unwrap().iter().map(|v| v.as_str().unwrap_or("-")).collect();
            (values.join(" "), number(&g["units"]), number(&g["documents"]), number(&g["occurrences"]))
        };
        found["groups"].as_array().unwrap().iter().map(group).collect()
    };
    let group = |name: &str, units: f64, documents: f64, nodes: f64| (name.to_owned(), units, documents, nodes);
    assert_eq!(groups("year"), [group("2021", 3.0, 2.0, 3.0), group("2023", 2.0, 2.0, 4.0)]);
    assert_eq!(groups("region"), [group("安徽", 4.0, 3.0, 5.0), group("江苏", 1.0, 1.0, 2.0)]);
    assert_eq!(groups("kind,class"), [group("政策文件 -", 4.0, 3.0, 5.0), group("答复 B", 1.0, 1.0, 2.0)]);
    let table = world.out(&["count", "保险", "--by", "年份"]);
    assert!(table.contains("合计") && table.contains("出现次数"), "{table}");
}

#[test]
fn everything_is_counted_without_a_text() {
    let world = World::new();
    let found = world.json(&["count", "*", "--by", "kind", "--unit", "clause"]);
    assert_eq!(number(&found["all"]["documents"]), 4.0, "{found:#}");
    assert_eq!(number(&found["all"]["units"]), 7.0, "{found:#}");
    world.run(&["count", "*", "--unit", "document"]).assert().code(2);
}

#[test]
fn frequencies_are_per_million_words_of_the_group() {
    let world = World::new();
    let found = world.json(&["frequency", "保险", "企业", "--by", "year", "--unit", "clause"]);
    let of = |query: &str, year: Option<&str>| {
        let all = found.as_array().unwrap();
        all.iter().find(|f| f["query"] == query && f["values"][0].as_str() == year).unwrap().clone()
    };
    // 2021: 一 支持 茶叶 保险 二 推广 茶叶 保险 发展 茶叶, 一 支持 企业 二 发展 企业 和 保险: 18 words or, where the numbers
    // are no words of the unit, 14. Either way the rate is the count over the words told.
    let row = of("保险", Some("2021"));
    assert_eq!((number(&row["occurrences"]), number(&row["documents"])), (3.0, 2.0));
    let rate = number(&row["occurrences"]) * 1e6 / number(&row["words"]);
    assert!((number(&row["per_million"]) - rate).abs() < 1e-6, "{row}");
    assert_eq!(number(&of("保险", Some("2023"))["occurrences"]), 2.0);
    assert_eq!(number(&of("保险", None)["occurrences"]), 0.0, "a group without the text is a row of its own");
    assert_eq!(number(&of("企业", None)["occurrences"]), 1.0);
}

#[test]
fn collocates_are_measured_against_the_whole_corpus() {
    let world = World::new();
    let found = world.json(&[
        "collocate",
        "茶叶",
        "--window",
        "0,1",
        "--min-count",
        "1",
        "--kind",
        "policy",
        "--unit",
        "clause",
    ]);
    let first = &found["collocates"][0];
    assert_eq!(first["word"], "保险");
    // To the right of 茶叶 stands 保险 three times; two nodes end their clause.
    assert_eq!([number(&first["together"]), number(&first["right"]), number(&first["left"])], [3.0, 3.0, 0.0]);
    assert_eq!([number(&first["anywhere"]), number(&found["near"]), number(&found["nodes"])], [5.0, 3.0, 5.0]);
    let total = number(&found["total"]);
    let (expected, pmi) = (3.0 * 5.0 / total, (3.0 * total / (3.0 * 5.0)).log2());
    assert!((number(&first["expected"]) - expected).abs() < 1e-9 && (number(&first["pmi"]) - pmi).abs() < 1e-9);
    let cell = |o: f64, e: f64| if o == 0.0 { 0.0 } else { o * (o / e).ln() };
    let g2 = 2.0
        * (cell(3.0, expected) + cell(2.0, 5.0 - expected) + cell(total - 5.0, (total - 3.0) * (total - 5.0) / total));
    assert!((number(&first["log_likelihood"]) - g2).abs() < 1e-9, "{first} {g2}");
    let unit = world.json(&[
        "collocate",
        "茶叶",
        "--window",
        "unit",
        "--min-count",
        "1",
        "--kind",
        "policy",
        "--unit",
        "clause",
    ]);
    let insurance = unit["collocates"].as_array().unwrap().iter().find(|c| c["word"] == "保险").unwrap().clone();
    assert_eq!(
        [number(&insurance["together"]), number(&insurance["anywhere"]), number(&unit["total"])],
        [3.0, 4.0, 7.0]
    );
}

#[test]
fn keywords_tell_one_part_from_the_other() {
    let world = World::new();
    let arguments = [
        "keyness",
        "日期:2021",
        "--against",
        "日期:2023",
        "--min-count",
        "1",
        "--min-documents",
        "1",
        "--unit",
        "clause",
    ];
    let found = world.json(&arguments);
    let word = |w: &str| found["keywords"].as_array().unwrap().iter().find(|k| k["word"] == w).cloned();
    let enterprise = word("企业").unwrap();
    assert_eq!([number(&enterprise["study"]), number(&enterprise["reference"])], [2.0, 0.0]);
    let (here, there) = (number(&found["study_words"]), number(&found["reference_words"]));
    let ratio = ((2.0 / here) / (0.5 / there)).log2();
    assert!((number(&enterprise["log_ratio"]) - ratio).abs() < 1e-9, "{enterprise}");
    let g2 = 2.0 * 2.0 * ((here + there) / here).ln();
    assert!((number(&enterprise["log_likelihood"]) - g2).abs() < 1e-9, "{enterprise}");
    assert!(word("支持").is_none(), "rarer words are not key");
    let negative = world.json(&[&arguments[..], &["--negative"]].concat());
    assert!(negative["keywords"].as_array().unwrap().iter().all(|k| number(&k["log_ratio"]) < 0.0), "{negative:#}");
    let rest = world.json(&["keyness", "类型:答复", "--min-count", "1", "--min-documents", "1"]);
    assert_eq!([number(&rest["study_documents"]), number(&rest["reference_documents"])], [1.0, 4.0]);
}

#[test]
fn output_is_the_same_at_any_number_of_threads() {
    let world = World::new();
    let commands: [&[&str]; 5] = [
        &["kwic", "保险", "--sort", "left"],
        &["count", "保险", "--by", "issuer"],
        &["frequency", "保险", "茶叶", "--by", "year"],
        &["collocate", "茶叶", "--min-count", "1"],
        &["keyness", "日期:2021", "--min-count", "1", "--min-documents", "1"],
    ];
    for command in commands {
        let out = |threads: &str| world.out(&[command, &["--threads", threads]].concat());
        assert_eq!(out("1"), out("3"), "{command:?}");
    }
}

#[test]
fn results_are_drawn_on_the_terminal_and_as_an_image() {
    let world = World::new();
    let bars = world.out(&["frequency", "保险", "企业", "--by", "year", "--format", "chart", "--svg", "years.svg"]);
    assert!(bars.contains("2021 保险") && bars.contains('█'), "{bars}");
    let image = std::fs::read_to_string(world.0.path().join("years.svg")).unwrap();
    assert!(image.contains("<svg") && image.contains("role=\"img\"") && image.contains("每百万词出现次数"), "{image}");
    world.out(&["count", "保险", "--by", "region", "--svg", "regions.svg", "--lang", "en"]);
    assert!(std::fs::read_to_string(world.0.path().join("regions.svg")).unwrap().contains("安徽: 5"));
    let failed = world.run(&["count", "保险", "--svg", "no/such/folder.svg"]).assert().code(2).get_output().clone();
    assert!(String::from_utf8(failed.stderr).unwrap().contains("folder.svg"));
}

#[test]
fn bad_requests_say_what_to_do() {
    let world = World::new();
    for (arguments, told) in [
        (&["kwic", "类型:政策"][..], "give a word or a phrase"),
        (&["kwic", "茶叶", "--sort", "up"], "L1 to L9"),
        (&["kwic", "茶叶", "--context", "5 miles"], "5w words"),
        (&["count", "茶叶", "--by", "colour"], "choose from year"),
        (&["collocate", "茶叶", "--window", "wide"], "left and right"),
        (&["keyness", "日期:1950"], "nothing to compare"),
    ] {
        let message = world.run(arguments).assert().code(2).get_output().stderr.clone();
        let message = String::from_utf8(message).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(message.contains(told), "{message}");
    }
    world.run(&["kwic", "航天飞机"]).assert().code(1);
    world.run(&["collocate", "航天飞机"]).assert().code(1);
}
