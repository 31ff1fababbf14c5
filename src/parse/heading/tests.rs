//! Markers as official texts print them, and what only looks like one.

use super::*;

fn read(line: &str) -> Option<(Style, u32)> {
    marker(line).map(|m| (m.style, m.value))
}

#[test]
fn official_markers_are_read_in_half_and_full_width() {
    for line in ["一、总则", "　　一．总则", "一.总则", "## 一、总则"] {
        assert_eq!(read(line), Some((Style::Han, 1)), "{line}");
    }
    for line in ["（十二）育才", "(十二)育才", "十二）育才", "（ 十二 ）育才"] {
        assert_eq!(read(line), Some((Style::HanParen, 12)), "{line}");
    }
    for line in ["3.修路", "３．修路", "3、修路", "3﹒修路", "⒊修路"] {
        assert_eq!(read(line), Some((Style::Arabic, 3)), "{line}");
    }
    for line in ["（3）修路", "(3)修路", "3）修路", "⑶修路"] {
        assert_eq!(read(line), Some((Style::ArabicParen, 3)), "{line}");
    }
    assert_eq!(read("③修路"), Some((Style::Circled, 3)));
    assert_eq!(read("——修路"), Some((Style::Bullet, 0)));
}

#[test]
fn markers_of_laws_are_told_from_references_to_them() {
    assert_eq!(read("## 第一章　总则"), Some((Style::Chapter, 1)));
    assert_eq!(read("第一千二百六十条 本法施行"), Some((Style::Article, 1260)));
    assert_eq!(read("第十二条之一 罚则"), Some((Style::Article, 12)));
    assert_eq!(read("第2条【范围】"), Some((Style::Article, 2)));
    assert_eq!(read("第二分编 所有权"), Some((Style::Subpart, 2)));
    assert_eq!(read("第五条规定的情形"), None);
    assert_eq!(read("第五条第二款"), None);
}

#[test]
fn quantities_and_pairs_are_no_markers() {
    for line in ["1.5亿元", "2.5万户", "一、二线城市", "1、2号楼", "2023年", "十年来", "0.5%", "3 000元"]
    {
        assert_eq!(read(line), None, "{line}");
    }
}

#[test]
fn a_number_behind_a_number_is_left_to_the_lines_around_it() {
    let line = "3.2024年新增的桥";
    assert_eq!(read(line), None);
    assert_eq!(before_number(line).map(|m| (m.value, &line[m.body..])), Some((3, "2024年新增的桥")));
}

#[test]
fn decimal_headings_know_their_depth() {
    assert_eq!(read("1.1 目的"), Some((Style::Decimal(2), 1)));
    assert_eq!(read("2.1.3　职责"), Some((Style::Decimal(3), 3)));
    assert_eq!(read("2　组织"), Some((Style::Decimal(1), 2)));
    assert_eq!(read("12"), Some((Style::Bare, 12)));
}

#[test]
fn ordinals_and_sequence_words_have_values() {
    assert_eq!(read("一是修路"), Some((Style::Is, 1)));
    assert_eq!(read("二要修桥"), Some((Style::Is, 2)));
    assert_eq!(read("其次，修桥"), Some((Style::First, 2)));
    assert_eq!(read("第三，修桥"), Some((Style::First, 3)));
    assert_eq!(read("另一方面，修桥"), Some((Style::Side, 2)));
}

#[test]
fn a_marker_gives_the_byte_where_its_words_begin() {
    let line = "　（二） 修路";
    let found = marker(line).unwrap();
    assert_eq!((found.span.of(line), &line[found.body..]), ("（二）", "修路"));
}

#[test]
fn a_run_of_ordinals_must_rise_and_may_lack_full_stops() {
    let text = "做法：一是修路，统一是基础二是架桥；三是通水。";
    let values: Vec<u32> = inline(text, Style::Is).iter().map(|m| m.value).collect();
    assert_eq!(values, [1, 2, 3]);
    assert!(inline("统一是基础，二是重复", Style::Is).is_empty());
    assert!(inline("只有一是修路。", Style::Is).is_empty());
}

#[test]
fn chinese_numerals_are_read_to_thousands() {
    for (text, value) in
        [("十", 10), ("二十", 20), ("一百零三", 103), ("一百一十", 110), ("二〇", 20), ("九百九十九", 999)]
    {
        assert_eq!(han_number(text), Some((value, text.len())), "{text}");
    }
}

#[test]
fn annex_labels_are_told_from_words_that_begin_alike() {
    for line in ["附件", "附件1", "附件：名单", "附件2 名单", "附:名单", "附 件", "附件一", "附录A"]
    {
        assert!(annex(line).is_some(), "{line}");
    }
    for line in ["附近居民", "附则", "附条件的", "附件中的表格", "附件所列单位"] {
        assert!(annex(line).is_none(), "{line}");
    }
    let line = "附件1：名单";
    let (label, body) = annex(line).unwrap();
    assert_eq!((label.of(line), &line[body..]), ("附件1", "名单"));
}
