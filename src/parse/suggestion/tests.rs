//! Layouts of proposals, all invented, and properties that hold for any text.

use super::suggestions;
use proptest::prelude::*;

/// The suggestions of a text as text.
fn cut(text: &str) -> Vec<&str> {
    suggestions(text).iter().map(|s| s.span.of(text)).collect()
}

#[test]
fn numbered_lines_beneath_a_heading_are_suggestions() {
    let text = "关于修缮老码头的提案\n提案人：甲乙\n\n一、基本情况\n老码头年久失修，存在隐患。\n二、对策建议\n（一）加固护栏。由水务局更换木桩。\n（二）增设照明。夜间开放期间安装路灯。\n";
    assert_eq!(cut(text), ["加固护栏。由水务局更换木桩", "增设照明。夜间开放期间安装路灯"]);
    let found = suggestions(text);
    assert_eq!(found[0].path.iter().map(|l| l.marker.as_str()).collect::<Vec<_>>(), ["二、", "（一）"]);
    assert_eq!(found[1].head.map(|h| h.of(text)), Some("增设照明"));
}

#[test]
fn markers_in_one_running_paragraph_are_suggestions() {
    let text = "渡口客流逐年下降，一是班次少，二是票价高。为此,提出如下建议:1.增加早晚班次;2、推行联票,老人减半；3．由县里补贴渡工。";
    assert_eq!(cut(text), ["增加早晚班次", "推行联票,老人减半", "由县里补贴渡工"]);
}

#[test]
fn problems_counted_in_the_same_way_are_no_suggestions() {
    let text = "问题主要有：一是渔网堆放混乱，存在隐患。二是码头缺乏照明，事故不断。建议：一是划定堆放区。二是安装路灯。三是每月巡查。";
    assert_eq!(cut(text), ["划定堆放区", "安装路灯", "每月巡查"]);
}

#[test]
fn heads_on_their_own_lines_begin_suggestions() {
    let text = "老街日渐冷清，问题不少。\n对此，我们建议：\n铺面先活起来\n把空置铺面低价租给手艺人，租期三年。\n招牌统一管起来\n由街道统一设计招牌，费用从专项资金列支。\n";
    let found = suggestions(text);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].head.map(|h| h.of(text)), Some("铺面先活起来"));
}

#[test]
fn a_list_of_semicolons_is_a_list() {
    let text = "果农卖果难。他建议，建立产地冷库；开通果品专列；组织网上展销。";
    assert_eq!(cut(text), ["建立产地冷库", "开通果品专列", "组织网上展销"]);
}

#[test]
fn bare_prose_is_one_suggestion() {
    let text = "我县古桥众多，近年来多座垮塌，问题严重。因此，建议由文物部门牵头普查古桥，逐座建立档案。";
    assert_eq!(cut(text).len(), 1);
    assert!(cut(text)[0].ends_with("逐座建立档案"));
}

#[test]
fn the_farewell_is_no_part_of_the_last_suggestion() {
    let text = "建议：\n一、修好木桥。\n二、补平道路。\n三、种上行道树。\n以上建议，请予考虑。\n";
    assert_eq!(cut(text), ["修好木桥", "补平道路", "种上行道树"]);
}

#[test]
fn a_text_without_advice_has_no_suggestions() {
    assert!(suggestions("").is_empty());
    assert!(cut("关于古桥的情况\n").is_empty());
}

#[test]
fn a_head_is_no_measure_where_its_body_acts() {
    let text = "建议：1、强化巡查。建立夜间巡查制度，每周通报结果。2、加装路灯。";
    let found = suggestions(text);
    let measures: Vec<&str> = found[0].measures.iter().map(|m| m.of(text)).collect();
    assert!(!measures.contains(&"强化巡查"), "{measures:?}");
    assert_eq!(found[1].measures.len(), 1);
}

/// Pieces that proposals are made of, so that random texts reach every branch.
fn proposal() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "建议：",
        "具体建议：",
        "一、",
        "二、",
        "（一）",
        "（二）",
        "1.",
        "2、",
        "一是",
        "二是",
        "首先，",
        "最后，",
        "①",
        "②",
        "●",
        "——",
        "\n",
        "\r\n",
        "　",
        "  ",
        "加强管理",
        "，",
        "。",
        "；",
        "从而",
        "确保安全",
        "存在问题",
        "“",
        "”",
        "《",
        "》",
        "为此，",
        "𠀀",
        "a1",
        "以上建议",
        "完善制度",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let found = suggestions(text);
    let mut last = 0;
    for (i, suggestion) in found.iter().enumerate() {
        prop_assert_eq!(suggestion.ordinal, i + 1);
        prop_assert!(suggestion.span.start >= last && !suggestion.span.is_empty());
        last = suggestion.span.end;
        prop_assert!(text.get(suggestion.span.range()).is_some());
        let mut inner = suggestion.span.start;
        for measure in &suggestion.measures {
            prop_assert!(text.get(measure.range()).is_some() && !measure.is_empty());
            prop_assert!(suggestion.span.contains(*measure) && measure.start >= inner);
            inner = measure.end;
        }
        if let Some(head) = suggestion.head {
            prop_assert!(suggestion.span.contains(head) && text.get(head.range()).is_some());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn spans_are_ordered_nested_and_on_character_boundaries(text in proposal()) {
        check(&text)?;
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,120}") {
        check(&text)?;
    }
}

#[test]
fn the_label_of_the_advice_decides_against_a_list_before_it() {
    let text =
        "调研情况：我县推进三项工作。一是建设了码头。二是推进了航标更新。具体建议：一是增设夜班渡船。二是补贴渡工。";
    assert_eq!(cut(text), ["增设夜班渡船", "补贴渡工"]);
}

#[test]
fn orders_behind_a_list_of_problems_are_the_advice_without_any_cue() {
    let text = "老街冷清。1.铺面空置，存在隐患。2.招牌破旧，缺乏管理。3.停车困难，问题严重。（一）建立铺面名录。街道每季度更新。（二）统一设计招牌。（三）开放单位停车场。";
    assert_eq!(cut(text), ["建立铺面名录。街道每季度更新", "统一设计招牌", "开放单位停车场"]);
}

#[test]
fn parts_of_a_paper_that_count_its_advice_are_items() {
    let text = "具体建议：建议一：修建候船亭。建议二：更换木桩。";
    assert_eq!(cut(text), ["修建候船亭", "更换木桩"]);
    let text = "为此建议：一.修建候船亭。二.更换木桩。";
    assert_eq!(cut(text), ["修建候船亭", "更换木桩"]);
}

#[test]
fn coordinated_acts_are_measures_and_their_purpose_is_none() {
    let text = "建议：1、保障渡口安全。建立巡查制度，增配救生设备，确保群众安全出行。2、加装路灯。";
    let found = suggestions(text);
    let measures: Vec<&str> = found[0].measures.iter().map(|m| m.of(text)).collect();
    assert_eq!(measures, ["建立巡查制度", "增配救生设备"]);
}

#[test]
fn means_stay_with_the_act_they_lead_to() {
    let text = "建议：1、通过政府购买服务等方式，组织开展渡工培训，从而提高服务水平。2、加装路灯。";
    let found = suggestions(text);
    let measures: Vec<&str> = found[0].measures.iter().map(|m| m.of(text)).collect();
    assert_eq!(measures, ["通过政府购买服务等方式，组织开展渡工培训"]);
}

#[test]
fn a_head_line_that_begins_with_punctuation_lies_in_its_suggestion() {
    for text in ["建议：\n建议：①\n，加强管理\n建议：确保安全", "。，“\n二是一、\n①\n一、一、"]
    {
        check(text).unwrap();
    }
}
