//! Search as a whole, against what reading every text would find.

use super::*;
use crate::index::Update;
use crate::ingest::{Options, discover};
use crate::segment::is_text;
use proptest::prelude::*;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

struct World {
    dir: tempfile::TempDir,
    segmenter: Segmenter,
}

impl World {
    /// Indexes texts, a table each, in two runs, so that there are several segments.
    fn new(texts: &[&str]) -> Self {
        let world = Self { dir: tempfile::tempdir().unwrap(), segmenter: Segmenter::new(None).unwrap() };
        for (i, text) in texts.iter().enumerate() {
            let record = serde_json::json!({
                "id": format!("{i:03}"), "kind": if i % 2 == 0 { "policy" } else { "reply" }, "title": format!("第{i}件"),
                "number": format!("云财〔2023〕{i}号"), "issuer": "云岭市财政局", "date": format!("{}-05", 2020 + i), "text": text,
            });
            std::fs::write(world.file(i), record.to_string()).unwrap();
        }
        world.update(texts.len() / 2);
        world.update(texts.len());
        world
    }

    fn file(&self, i: usize) -> std::path::PathBuf {
        self.dir.path().join(format!("{i:03}.jsonl"))
    }

    /// Indexes the first files.
    fn update(&self, count: usize) {
        let update = Update {
            dir: &self.dir.path().join("index"),
            segmenter: &self.segmenter,
            options: &Options::default(),
            rebuild: false,
            stop: &AtomicBool::new(false),
            progress: &|_| {},
        };
        let paths: Vec<_> = (0..count).map(|i| self.file(i)).collect();
        assert!(update.run(&discover(&paths).files).unwrap().problems.is_empty());
    }

    fn search(&self, query: &str) -> Found {
        self.ask(Request { query: parse(query).unwrap(), units: Vec::new(), sort: Sort::Score, limit: 100 })
    }

    fn ask(&self, request: Request) -> Found {
        let index = Index::open(self.dir.path().join("index")).unwrap();
        Engine::open(&index, &self.segmenter).unwrap().search(&request).unwrap()
    }

    /// The documents found, in order.
    fn ids(&self, query: &str) -> Vec<usize> {
        self.search(query).hits.iter().map(|h| h.document.id.parse().unwrap()).collect()
    }

    fn sorted(&self, query: &str) -> Vec<usize> {
        let mut ids = self.ids(query);
        ids.sort_unstable();
        ids
    }
}

const TEXTS: [&str; 8] = [
    "扶持中小企业发展，惠企政策直达快享。",
    "金融惠企服务专员下沉到企业。",
    "小企业，大担当。",
    "關於扶持中小企業的意見",
    "支持农业保险扩面、增品、提标。",
    "推广 ＡＰＰ 办理，第十二条所称的补贴。",
    "中\u{200b}小\u{3000}企业和农业",
    "加强组织领导。",
];

#[test]
fn any_substring_of_two_or_more_characters_is_found() {
    let world = World::new(&TEXTS);
    assert_eq!(world.sorted("小企业"), [0, 2, 3, 6]);
    assert_eq!(world.sorted("惠企"), [0, 1]);
    assert_eq!(world.sorted("\"织领\""), [7]);
    for (i, text) in TEXTS.iter().enumerate() {
        let form = crate::segment::normalise(text);
        let chars: Vec<char> = form.text().chars().collect();
        for window in chars.windows(3).filter(|w| w.iter().all(|c| crate::segment::is_text(*c))) {
            let wanted: String = window.iter().collect();
            assert!(world.sorted(&format!("“{wanted}”")).contains(&i), "{wanted} in {text}");
        }
    }
}

#[test]
fn a_single_character_is_found() {
    let world = World::new(&TEXTS);
    assert_eq!(world.sorted("农"), [4, 6]);
    assert_eq!(world.sorted("“意见”"), [3]);
    assert_eq!(world.sorted("見"), [3]);
}

#[test]
fn the_denied_is_denied_exactly() {
    let world = World::new(&TEXTS);
    assert_eq!(world.sorted("企业 AND NOT 中小企业"), [1, 2]);
    assert_eq!(world.sorted("企业 -小企业"), [1]);
    assert_eq!(world.sorted("NOT 企业 类型:政策"), [4]);
    assert_eq!(world.sorted("（农业 OR 惠企）－保险"), [0, 1, 6]);
}

#[test]
fn phrases_keep_to_their_punctuation() {
    let world = World::new(&TEXTS);
    assert_eq!(world.sorted("\"扩面，增品\""), [4]);
    assert!(world.sorted("\"扩面增品\"").is_empty());
    assert_eq!(world.sorted("\"企业，大\""), [2]);
    assert_eq!(world.sorted("app办理"), [5]);
}

#[test]
fn fields_kinds_and_dates_hold_for_the_units_of_a_document() {
    let world = World::new(&TEXTS);
    assert_eq!(world.sorted("文号:〔2023〕4号 农业"), [4]);
    assert_eq!(world.sorted("企业 日期:..2021"), [0, 1]);
    assert_eq!(world.sorted("企业 日期:2022-05-03..2023"), [2, 3]);
    assert_eq!(world.sorted("单位:财政局 类型:答复 惠企"), [1]);
    assert_eq!(world.sorted("标题:第3件 企业"), [3]);
    let title = world.search("第3件");
    assert_eq!((title.total, title.hits[0].unit.is_none()), (1, true));
}

#[test]
fn the_exact_string_comes_first_and_words_before_accidents() {
    let world = World::new(&["研究生物，多样性保护生物", "生物多样性", "研究生物质能", "招收研究生", "研究生物多样"]);
    assert_eq!(world.ids("生物多样性")[0], 1);
    let ids = world.ids("研究生");
    assert_eq!(ids[0], 3, "{ids:?}");
    assert_eq!(ids.len(), 4);
}

#[test]
fn highlights_lie_in_the_original_text() {
    let world = World::new(&TEXTS);
    for hit in world.search("小企业").hits {
        let shown: Vec<_> = hit.highlights.iter().map(|s| s.of(&hit.text)).collect();
        assert!(
            shown.iter().all(|s| ["小企业", "小企業", "小\u{3000}企业"].contains(s)) && !shown.is_empty(),
            "{shown:?}"
        );
        assert_eq!(hit.span.of(TEXTS[hit.document.id.parse::<usize>().unwrap()]), hit.text);
    }
}

#[test]
fn an_index_that_saw_deletions_ranks_as_a_fresh_one() {
    let world = World::new(&TEXTS);
    world.update(5);
    let fresh = World::new(&TEXTS[..5]);
    for query in ["企业", "农业 OR 惠企政策", "*", "小企业发展", "业"] {
        let told = |w: &World| -> Vec<(String, u64)> {
            w.search(query).hits.into_iter().map(|h| (h.document.id, h.score.to_bits())).collect()
        };
        assert_eq!(told(&world), told(&fresh), "{query}");
    }
}

#[test]
fn sorting_by_date_and_limits_keep_the_total() {
    let world = World::new(&TEXTS);
    let query = parse("企业").unwrap();
    let units =
        vec![Target::Unit(UnitKind::Clause), Target::Unit(UnitKind::ReplySection), Target::Unit(UnitKind::Passage)];
    let found = world.ask(Request { query, units, sort: Sort::Newest, limit: 2 });
    assert_eq!((found.total, found.hits.len(), found.hits[0].document.id.as_str()), (5, 2, "006"));
}

#[test]
fn a_clause_that_denies_and_a_number_that_is_sorted() {
    let world = World::new(&TEXTS);
    let request = |sort| Request { query: parse("企业").unwrap(), units: Vec::new(), sort, limit: 100 };
    let ids: Vec<String> = world.ask(request(Sort::Number)).hits.into_iter().map(|h| h.document.id).collect();
    assert_eq!(ids, ["001", "002", "003", "006", "000"], "a paper 0号 has no number");
    assert_eq!(world.sorted("企业 -\"中小 企业\"~0"), [1, 2]);
}

#[test]
fn what_is_read_ranks_by_how_much_of_it_there_is() {
    let world = World::new(&["欧阳明徳审定。", "欧阳明德审定，欧阳明德签发。", "欧阳明德审定。", "欧阳先生审定。"]);
    assert_eq!(world.ids("欧阳明德~1"), [1, 2, 0]);
}

/// Texts with everything that makes trouble: loose setting, both scripts, full width, marks, digits, rare characters.
const MESSY: [&str; 6] = [
    "第十二条　各 级 人民政府應當設立“風險補償”資金池，規模不少於1,000萬元；逾期30日未繳的，依照《條例》處理。",
    "推廣 ＡＰＰ、ai客服（試行），Ｖ2.0版本 release notes v1.2-rc  已發布！",
    "一、扶持中小企业发展。\n（一）降低费率。融资担保费率降至1%以下，由市财政局、市金融局负责。\n（二）扩大投放。",
    "㐀𠀀𠮷字集的测试：⺠⻓⻔，𠮷野家、中\u{200b}小\u{feff}企业。",
    "自二〇二三年五月一日起施行——有效期5年。\t附件：1.名单  2.表格",
    "生物多样性保护和生物质能利用；研究生命科学。",
];

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(&MESSY));
static UNITS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let library = Index::open(WORLD.dir.path().join("index")).unwrap().library().unwrap();
    let units = |e: &crate::document::Entry| -> Vec<(String, String)> {
        e.parsed.units().iter().map(|u| (e.document.id.clone(), e.text(u.span).to_owned())).collect()
    };
    library.entries().iter().flat_map(units).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_two_or_more_characters_that_stand_together_are_found(pick in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), length in 2_usize..12) {
        let (id, text) = &UNITS[pick.index(UNITS.len())];
        let chars: Vec<char> = text.chars().collect();
        let start = from.index(chars.len());
        let wanted: String = chars[start..chars.len().min(start + length)].iter().collect();
        prop_assume!(wanted.chars().any(is_text) && !wanted.contains(['“', '”', '「', '」']));
        let found = WORLD.search(&format!("「{wanted}」"));
        let hit = found.hits.iter().find(|h| h.document.id == *id && h.text == *text);
        prop_assert!(hit.is_some(), "{wanted:?} in {text:?}");
        // Small and capital letters meet.
        let plain = |text: &str| {
            let form = crate::segment::normalise(text);
            form.text().chars().filter(|c| is_text(*c)).flat_map(char::to_lowercase).collect::<String>()
        };
        for span in &hit.unwrap().highlights {
            prop_assert!(plain(span.of(text)).contains(&plain(&wanted)), "{wanted:?}: {:?}", span.of(text));
        }
        prop_assert!(!hit.unwrap().highlights.is_empty());
    }
}
