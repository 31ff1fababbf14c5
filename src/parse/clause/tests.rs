use super::*;
use proptest::prelude::*;

fn shown(text: &str) -> Vec<String> {
    let tree = tree(text);
    tree.clauses().iter().map(|c| format!("{} | {}", c.path_text(true), c.span.of(text).replace('\n', "/"))).collect()
}

const NOTICE: &str = "某市人民政府关于加强桥梁养护的意见\n某政发〔2020〕1号\n各区人民政府：\n为了加强桥梁养护，现提出如下意见。\n\
    一、总体要求\n桥梁养护要坚持安全第一，做到有人管、有钱修。\n二、主要任务\n（一）建立台账。各区要逐桥登记，每年更新一次。\n\
    （二）分类养护。\n1.特大桥每月巡查一次。\n2.小桥每季巡查一次。\n三、保障措施\n各区要把养护经费列入预算。\n某市人民政府\n2020年1月2日\n";

#[test]
fn a_notice_gives_its_lowest_items_with_their_paths() {
    assert_eq!(
        shown(NOTICE),
        [
            "一、总体要求 | 一、总体要求/桥梁养护要坚持安全第一，做到有人管、有钱修。",
            "二、主要任务 / （一）建立台账 | （一）建立台账。各区要逐桥登记，每年更新一次。",
            "二、主要任务 / （二）分类养护 / 1. | 1.特大桥每月巡查一次。",
            "二、主要任务 / （二）分类养护 / 2. | 2.小桥每季巡查一次。",
            "三、保障措施 | 三、保障措施/各区要把养护经费列入预算。",
        ]
    );
}

#[test]
fn articles_have_paragraphs_and_items() {
    let text = "## 第一章 总则\n\n第一条 为了护桥，制定本条例。\n\n第二条 管桥单位应当履行下列职责：\n\n（一）巡查桥梁；\n\n（二）修补桥面。\n\n\
        前款所称桥梁，包括涵洞。\n\n第三条 本条例自公布之日起施行。\n";
    assert_eq!(
        shown(text),
        [
            "第一章总则 / 第一条 | 第一条 为了护桥，制定本条例。",
            "第一章总则 / 第二条 / 第一款 | 第二条 管桥单位应当履行下列职责：",
            "第一章总则 / 第二条 / 第一款管桥单位应当履行下列职责 / （一） | （一）巡查桥梁；",
            "第一章总则 / 第二条 / 第一款管桥单位应当履行下列职责 / （二） | （二）修补桥面。",
            "第一章总则 / 第二条 / 第二款 | 前款所称桥梁，包括涵洞。",
            "第一章总则 / 第三条 | 第三条 本条例自公布之日起施行。",
        ]
    );
}

/// What must hold of every text: nodes tile it, clauses follow one another, and every part of a clause lies inside it.
fn check(text: &str) {
    let tree = tree(text);
    let mut at = 0;
    for (i, node) in tree.nodes().iter().enumerate() {
        assert_eq!(node.own.start, at);
        at = node.own.end;
        assert!(node.parent.is_none_or(|p| p < i));
        assert!(node.own.of(text).len() == node.own.len());
        assert!(node.marker.is_none_or(|m| node.own.contains(m.span)));
    }
    assert_eq!(at, text.len());
    let mut end = 0;
    for (i, clause) in tree.clauses().iter().enumerate() {
        assert_eq!(clause.ordinal, i + 1);
        assert!(clause.span.start >= end && !clause.span.is_empty());
        assert_eq!(clause.span.trim(text), clause.span);
        assert!(clause.heading.is_none_or(|h| clause.span.contains(h)));
        assert!(
            clause.responsible.iter().all(|r| text.is_char_boundary(r.span.start) && text.is_char_boundary(r.span.end))
        );
        end = clause.span.end;
    }
}

#[test]
fn a_marker_alone_on_its_line_takes_the_line_beneath_for_its_head() {
    let text = "一、指标\n（一）\n养护质量\n1.巡查次数每月不少于一次。\n2.2024年起逐桥建档。\n（二）\n养护经费\n按时拨付养护经费。\n";
    assert_eq!(
        shown(text),
        [
            "一、指标 / （一）养护质量 / 1. | 1.巡查次数每月不少于一次。",
            "一、指标 / （一）养护质量 / 2. | 2.2024年起逐桥建档。",
            "一、指标 / （二）养护经费 | （二）/养护经费/按时拨付养护经费。",
        ]
    );
}

#[test]
fn ordinals_inside_a_paragraph_are_clauses_of_their_own() {
    let text =
        "一、措施\n（一）加强巡查。一是每月巡查一次并且登记在册，二是汛期加密巡查次数，三是发现险情立即上报处置。\n";
    assert_eq!(
        shown(text),
        [
            "一、措施 / （一）加强巡查 | （一）加强巡查。",
            "一、措施 / （一）加强巡查 / 一是 | 一是每月巡查一次并且登记在册，",
            "一、措施 / （一）加强巡查 / 二是 | 二是汛期加密巡查次数，",
            "一、措施 / （一）加强巡查 / 三是 | 三是发现险情立即上报处置。",
        ]
    );
}

#[test]
fn annexes_and_several_acts_head_their_own_trees() {
    let text = "某市关于印发两个办法的通知\n各区政府：\n现将两个办法印发给你们，请认真贯彻执行。\n附件：1.名单\n2.表格\n某市政府\n2020年1月2日\n\
        养桥办法\n为了养桥，制定本办法。\n一、桥梁要年年检查。\n护路办法\n为了护路，制定本办法。\n一、道路要月月清扫。\n附件1\n名单\n一、东桥由甲区管养。\n";
    assert_eq!(
        shown(text),
        [
            "养桥办法 / 一、 | 一、桥梁要年年检查。",
            "护路办法 / 一、 | 一、道路要月月清扫。",
            "附件1名单 / 一、 | 一、东桥由甲区管养。",
        ]
    );
}

#[test]
fn a_table_of_contents_is_no_heading() {
    let text = "养桥规划\n目录\n一、现状\n二、任务\n一、现状\n全市有桥三百座。\n二、任务\n每年检查一次。\n";
    assert_eq!(shown(text), ["一、现状 | 一、现状/全市有桥三百座。", "二、任务 | 二、任务/每年检查一次。"]);
}

#[test]
fn units_are_handed_down_to_the_items_after_下同() {
    let text = "一、任务\n（一）修桥。每年修三座。（责任单位：市路桥局，下同）\n（二）铺路。每年铺十里。\n二、保障\n（一）拨款。按时拨付。\n";
    let units: Vec<usize> = tree(text).clauses().iter().map(|c| c.responsible.len()).collect();
    assert_eq!(units, [1, 1, 0]);
}

#[test]
fn the_own_texts_of_the_nodes_tile_the_text() {
    for text in ["", "\n\n", "甲", "\u{200B}\n", "（一）\n", "附件", NOTICE] {
        check(text);
    }
}

proptest! {
    #[test]
    fn every_text_of_policy_pieces_is_tiled(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..30)) {
        check(&pieces.concat());
    }

    #[test]
    fn a_mutated_notice_is_tiled(cuts in prop::collection::vec((0..NOTICE.len(), prop::sample::select(PIECES.to_vec())), 0..8)) {
        let mut text = NOTICE.to_owned();
        for (at, piece) in cuts {
            let at = (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            text.insert_str(at, piece);
        }
        check(&text);
    }
}

const PIECES: &[&str] = &[
    "一、",
    "二、总则",
    "（一）",
    "(二)修桥。",
    "1.",
    "2.3座桥",
    "（1）甲；",
    "①",
    "——",
    "第一章 总则",
    "第二条 ",
    "第三条规定",
    "## ",
    "\n",
    "\n\n",
    "　　",
    "。",
    "；",
    "：",
    "附件",
    "附件1：",
    "目录\n",
    "一是修桥",
    "二是铺路",
    "（责任单位：甲局，下同）",
    "责任单位：乙局\n",
    "2020年1月2日\n",
    "现通知如下：\n",
    "养桥办法\n",
    "1\n",
    "2\n",
    "1.1 范围",
    "修桥铺路要抓紧",
    "图1 桥\n",
    "各区：\n",
    "\u{200B}",
];

#[test]
fn real_policies_are_tiled_where_they_are_present() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    for name in ["policies/state_council.jsonl", "policies/guangzhou.jsonl", "regulations/regulations.jsonl"] {
        let Ok(records) = std::fs::read_to_string(folder.join(name)) else {
            println!("skipped: {name} is not here");
            continue;
        };
        for line in records.lines().step_by(if name.starts_with("reg") { 20 } else { 1 }) {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = record["text"].as_str().or(record["original_text"].as_str()).unwrap_or_default();
            check(text);
        }
    }
}

#[test]
fn a_bracket_beneath_the_title_of_an_act_is_no_body() {
    let text = "某市转发养桥办法的通知\n各区：\n现将养桥办法转发给你们，请认真贯彻执行。\n某市政府\n2020年1月2日\n\
        养桥办法\n（路桥局　2019年12月1日）\n一、桥梁要年年检查。\n二、桥面要月月清扫。\n";
    let tree = tree(text);
    assert!(tree.nodes().iter().any(|n| n.role == Role::Act && n.head.is_some_and(|h| h.of(text) == "养桥办法")));
    assert_eq!(shown(text).len(), 2);
}
