//! Replies as offices write them, in invented words.

use super::*;

fn shown(text: &str) -> Vec<String> {
    let show = |s: &ReplySection| {
        let of = |span: Option<Span>| span.map_or("", |s| s.of(text));
        format!("{}|{}|{}", of(s.heading), of(s.quoted), s.answer.of(text))
    };
    sections(text).iter().map(show).collect()
}

const FRAME: &str = "对省政协十届一次会议第0012号提案的答复\n类别：A\n甲委员：\n您提出的《关于养桥的提案》收悉。经商乙厅，现答复如下：\n";
const END: &str = "感谢您对养桥工作的支持。\n某省路桥厅\n2020年5月6日\n";

#[test]
fn sections_quote_the_suggestion_they_answer() {
    let text = format!(
        "{FRAME}一、关于“逐桥建档。年年更新”的建议。我厅已建档三千座。\n二、关于增拨经费的问题。财力所限，暂难增加。\n{END}"
    );
    assert_eq!(
        shown(&text),
        [
            "关于“逐桥建档。年年更新”的建议|逐桥建档。年年更新|我厅已建档三千座。",
            "关于增拨经费的问题|增拨经费|财力所限，暂难增加。",
        ]
    );
}

#[test]
fn a_heading_without_quotes_may_be_followed_by_the_proposals_words() {
    let text = format!(
        "{FRAME}一、关于先试后推。您提出的“先试三座再铺开”的建议很有价值，已列入计划。\n二、关于宣传。已办活动三场。\n{END}"
    );
    assert_eq!(shown(&text)[0], "关于先试后推|先试三座再铺开|您提出的“先试三座再铺开”的建议很有价值，已列入计划。");
    assert_eq!(shown(&text)[1], "关于宣传|宣传|已办活动三场。");
}

#[test]
fn unnumbered_paragraphs_that_begin_with_the_suggestion_are_sections() {
    let text = format!("{FRAME}关于逐桥建档的建议，我们办理情况是：已建档。\n关于增拨经费问题。暂难增加。\n{END}");
    assert_eq!(
        shown(&text),
        ["关于逐桥建档的建议|逐桥建档|我们办理情况是：已建档。", "关于增拨经费问题|增拨经费|暂难增加。"]
    );
}

#[test]
fn a_reply_of_one_paragraph_is_one_section() {
    let text = "甲代表：\n您提出的建议收悉，现答复如下：桥已修好，明年再补路面。感谢您的支持！\n某厅\n2020年5月6日";
    assert_eq!(shown(text), ["||桥已修好，明年再补路面。"]);
}

#[test]
fn restated_suggestions_are_no_answers() {
    let text = format!(
        "{FRAME}一、提案的主要内容\n1.逐桥建档。\n2.增拨经费。\n二、办理情况\n（一）关于逐桥建档。已建档。\n（二）关于增拨经费。暂难增加。\n{END}"
    );
    assert_eq!(shown(&text), ["关于逐桥建档|逐桥建档|已建档。", "关于增拨经费|增拨经费|暂难增加。"]);
    let again: Vec<&str> = restated(&text).iter().map(|s| s.of(&text)).collect();
    assert_eq!(again, ["1.逐桥建档。", "2.增拨经费。"]);
}

#[test]
fn the_answered_proposal_is_read_from_title_and_opening() {
    let text = format!("{FRAME}桥已修好。\n{END}");
    let found = answered(&text).unwrap();
    assert_eq!((found.number.unwrap().value.as_str(), found.title.as_deref()), ("0012", Some("关于养桥的提案")));
}

#[test]
fn sections_do_not_overlap_and_hold_their_parts() {
    for text in ["", "答复", "一、", "现答复如下：", "关于的建议", "如下：一、二、", "一、关于“甲的建议。\n二、"]
    {
        let mut at = 0;
        for s in sections(text) {
            assert!(s.span.start >= at && s.span.contains(s.answer), "{text}");
            at = s.span.end;
        }
    }
}
