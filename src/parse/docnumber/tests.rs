use super::*;
use proptest::prelude::*;

fn docs(text: &str) -> Vec<(String, String, bool)> {
    doc_numbers(text)
        .into_iter()
        .map(|f| {
            assert_eq!(f.span.of(text), f.number.printed);
            (f.number.printed, f.number.value, f.number.repaired)
        })
        .collect()
}

fn proposals(text: &str) -> Vec<String> {
    proposal_numbers(text).into_iter().map(|f| f.number.value).collect()
}

#[test]
fn every_kind_of_bracket_gives_the_same_value() {
    for print in [
        "甲金领〔2023〕6号",
        "甲金领【2023】6号",
        "甲金领[2023]6号",
        "甲金领（2023）6号",
        "甲金领(2023) 6 号",
        "甲金领﹝2023﹞06号",
        "甲金领〔２０２３〕６号",
        "甲金领〔2023〕第6号",
    ] {
        assert_eq!(docs(print), [(print.to_owned(), "甲金领〔2023〕6号".to_owned(), false)], "{print}");
    }
    assert_eq!(docs("甲办发[1999」34号")[0].1, "甲办发〔1999〕34号");
    assert!(docs("甲办发[1999」34号")[0].2);
}

#[test]
fn running_text_before_the_code_is_cut_off() {
    for (text, printed) in [
        ("依据银发〔2022〕260号文", "银发〔2022〕260号"),
        ("现印发国办发〔2019〕6号", "国办发〔2019〕6号"),
        ("《意见》和国办发〔2019〕6号", "国办发〔2019〕6号"),
        ("按照皖政办〔2020〕3号要求", "皖政办〔2020〕3号"),
        ("和政发〔2021〕7号", "和政发〔2021〕7号"),
        ("依据国发〔2019〕5号以及银发〔2022〕260号", "国发〔2019〕5号"),
    ] {
        assert_eq!(docs(text)[0].0, printed, "{text}");
    }
}

#[test]
fn broken_prints_are_mended_and_marked() {
    for (print, value) in [
        ("皖金领〔20236", "皖金领〔2023〕6号"),
        ("银发〔2022260号", "银发〔2022〕260号"),
        ("苏财办〔201631号", "苏财办〔2016〕31号"),
        ("皖金领〔2023〕6", "皖金领〔2023〕6号"),
        ("皖金领2023〕6号", "皖金领〔2023〕6号"),
    ] {
        let framed = format!("见{print}，");
        assert_eq!(docs(&framed), [(print.to_owned(), value.to_owned(), true)], "{print}");
    }
}

#[test]
fn decrees_and_announcements_are_numbers_too() {
    for (text, value) in [
        ("粤府令第184号", "粤府令第184号"),
        ("中华人民共和国国务院令第725号", "中华人民共和国国务院令第725号"),
        ("主席令第四十五号", "主席令第45号"),
        ("公告(十四届)第五十二号", "公告（十四届）第52号"),
        ("国家税务总局公告2019年第12号", "国家税务总局公告2019年第12号"),
    ] {
        assert_eq!(docs(text), [(text.to_owned(), value.to_owned(), false)], "{text}");
    }
}

#[test]
fn years_in_brackets_that_are_no_numbers_stay_out() {
    for text in ["总体规划（2021）3个", "会议（2023）年", "标准（2019）", "第（2020）号", "第5号楼"]
    {
        assert_eq!(docs(text), [], "{text}");
    }
}

#[test]
fn every_form_of_a_proposal_number_is_read() {
    for (text, value) in [
        ("第0080号提案", "0080"),
        ("第 808 号建议", "808"),
        ("455号提案", "455"),
        ("省政协十三届一次会议第051号提案的答复", "051"),
        ("第A204号提案", "A204"),
        ("第20250688号提案", "20250688"),
        ("第10030056号建议", "10030056"),
        ("第03154号（经济发展类212号）提案", "03154"),
        ("第2022-0123号提案", "2022-0123"),
        ("关于垃圾分类的提案(13号)", "13"),
        ("第一百一十二号提案", "112"),
        ("提案编号：0456号", "0456"),
    ] {
        assert_eq!(proposals(text), [value], "{text}");
    }
}

#[test]
fn in_a_list_only_the_first_number_needs_its_sign() {
    assert_eq!(
        proposals("如第0076号《关于甲的提案》、0226号《关于乙的提案》、0497号《关于丙的提案》"),
        ["0076", "0226", "0497"]
    );
    assert_eq!(proposals("第0112号、0145号和0226号提案"), ["0112", "0145", "0226"]);
}

#[test]
fn decrees_buildings_and_document_numbers_are_no_proposals() {
    for text in ["国务院令第725号", "延医保函〔2024〕212号", "第3号楼", "第一号文件", "人民路12号", "公告第5号"]
    {
        assert_eq!(proposals(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(proposals("延医保函〔2024〕212号 对第212号提案的答复"), ["212"]);
}

#[test]
fn a_field_may_hold_a_bare_number() {
    let of = |text| proposal_number(text).map(|n| n.value);
    assert_eq!(of("0080").as_deref(), Some("0080"));
    assert_eq!(of("第0213号").as_deref(), Some("0213"));
    assert_eq!(of("第03154号（经济发展类212号）").as_deref(), Some("03154"));
    assert_eq!(of("国办发〔2019〕6号"), None);
}

#[test]
fn numbers_are_compared_as_text_then_numerically() {
    assert!(same_proposal("0080", "80") && same_proposal("A204", "A204"));
    assert!(same_proposal("A204", "a204"));
    assert!(!same_proposal("A204", "204"));
}

proptest! {
    #[test]
    fn a_number_printed_with_any_brackets_is_read_back(code in "[皖银国财浙][办发政金]{1,3}", year in 1990_u16..2060, n in 1_u32..9999) {
        for (open, close) in [('〔', '〕'), ('[', ']'), ('（', '）'), ('【', '】')] {
            let text = format!("（{code}{open}{year}{close}{n}号）");
            let got = doc_numbers(&text);
            prop_assert_eq!(got.len(), 1, "{}", text);
            prop_assert_eq!(&got[0].number.value, &format!("{code}〔{year}〕{n}号"));
            prop_assert_eq!(got[0].span.of(&text), format!("{code}{open}{year}{close}{n}号"));
        }
    }

    #[test]
    fn no_text_panics_and_spans_reproduce(text in "[第号提案令公告皖金发〔〕（）()0-9A-E、《》年 -]{0,40}") {
        for found in doc_numbers(&text).into_iter().chain(proposal_numbers(&text)) {
            prop_assert_eq!(found.span.of(&text), found.number.printed.as_str());
        }
    }
}
