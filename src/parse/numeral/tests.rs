use super::*;
use proptest::prelude::*;

fn values(text: &str) -> Vec<(&str, f64)> {
    numerals(text).into_iter().map(|n| (n.span.of(text), n.value)).collect()
}

#[test]
fn arabic_numbers_are_read_with_separators_decimals_and_multipliers() {
    assert_eq!(values("共62件,采集超20亿条、47.74亿条"), [("62", 62.0), ("20亿", 2e9), ("47.74亿", 4_774_000_000.0)]);
    assert_eq!(
        values("223.7万户,1,234人,１２％,1.5 万"),
        [("223.7万", 2_237_000.0), ("1,234", 1234.0), ("１２％", 12.0), ("1.5", 1.5)]
    );
    assert_eq!(values("1亿2000万元和3万5千人、5千万"), [("1亿2000万", 1.2e8), ("3万5千", 35_000.0), ("5千万", 5e7)]);
    assert_eq!(values("2023.5.2"), [("2023", 2023.0), ("5", 5.0), ("2", 2.0)]);
    assert_eq!(values("提高7.5个百分点,3百分点"), [("7.5", 7.5), ("3", 3.0)]);
}

#[test]
fn chinese_numbers_are_read_with_and_without_units() {
    for (text, value) in [
        ("十二", 12.0),
        ("二〇二四", 2024.0),
        ("二○一九", 2019.0),
        ("二O一九", 2019.0),
        ("四千二百八十七", 4287.0),
        ("廿三", 23.0),
        ("卅", 30.0),
        ("一百零五", 105.0),
        ("二百五", 250.0),
        ("三万五", 35_000.0),
        ("一万零五", 10_005.0),
        ("三亿五千万", 350_000_000.0),
        ("十二万亿", 12e12),
        ("百万", 1e6),
        ("一百一十", 110.0),
        ("三点五", 3.5),
        ("一千二百万三千", 12_003_000.0),
        ("壹佰贰拾", 120.0),
    ] {
        assert_eq!(values(text), [(text, value)], "{text}");
    }
}

#[test]
fn rates_and_fractions_keep_their_scale() {
    let one = |text: &str| numerals(text)[0];
    assert_eq!((one("百分之三十").value, one("百分之三十").scale), (30.0, Scale::Percent));
    assert_eq!((one("千分之五").value, one("5‰").scale), (5.0, Scale::Permille));
    assert_eq!(one("68.3%").step, 0.1);
    assert_eq!(one("1.5万").step, 1000.0);
    assert_eq!(one("三分之二").value, 2.0 / 3.0);
    assert_eq!((one("下降三成七").value, one("八成采编人员").value), (37.0, 80.0));
    assert_eq!(one("一成立就").scale, Scale::Plain);
    assert_eq!(one("百分之九十五点六").value, 95.6);
}

#[test]
fn vague_numbers_say_so() {
    for text in ["4100余条", "20多万人", "七八十家", "三四个", "百余件", "十几年", "几十万"] {
        assert!(numerals(text)[0].inexact, "{text}");
    }
    assert_eq!(values("100余万人,七八十家,百余件"), [("100余万", 1e6), ("七八十", 70.0), ("百", 100.0)]);
    assert!(!numerals("62件")[0].inexact);
}

#[test]
fn an_enumeration_is_not_a_decimal_and_words_of_hundreds_are_no_numbers() {
    assert_eq!(values("提出三点一是坚持"), [("三", 3.0), ("一", 1.0)]);
    assert_eq!(values("百姓千方百计"), []);
}

#[test]
fn an_integer_is_the_whole_text() {
    assert_eq!(integer("十二"), Some(12));
    assert_eq!(integer(" １２ "), Some(12));
    assert_eq!(integer("第十二"), None);
    assert_eq!(integer("1.5"), None);
    assert_eq!(integer("12%"), None);
    assert_eq!(integer(""), None);
}

fn spelled(n: u64) -> String {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let group = |n: u64| {
        let mut out = String::new();
        let mut zero = false;
        for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let d = (n / unit % 10) as usize;
            if d == 0 {
                zero = !out.is_empty();
            } else {
                if zero {
                    out.push('零');
                }
                zero = false;
                out += digits[d];
                out += name;
            }
        }
        out
    };
    let (high, low) = (n / 10_000, n % 10_000);
    match (high, low) {
        (0, _) => group(low),
        (_, 0) => format!("{}万", group(high)),
        _ if low < 1000 => format!("{}万零{}", group(high), group(low)),
        _ => format!("{}万{}", group(high), group(low)),
    }
}

proptest! {
    #[test]
    fn every_number_spelled_out_is_read_back(n in 1_u64..100_000_000) {
        prop_assert_eq!(integer(&spelled(n)), Some(n));
        prop_assert_eq!(integer(&n.to_string()), Some(n));
    }

    #[test]
    fn spans_lie_on_characters_and_do_not_overlap(text in "[一二三十百千万亿分之点成余0-9.,，%年O甲]{0,24}") {
        let mut last = 0;
        for n in numerals(&text) {
            prop_assert!(n.span.start >= last && !n.span.is_empty());
            prop_assert!(text.get(n.span.range()).is_some());
            prop_assert!(n.value.is_finite());
            last = n.span.end;
        }
    }
}

#[test]
fn whole_numbers_are_spelt_as_they_are_read() {
    for n in [1, 9, 10, 12, 20, 99, 100, 105, 110, 112, 1000, 1001, 1010, 2023, 9999] {
        assert_eq!(integer(&chinese(n)), Some(n), "{}", chinese(n));
    }
    assert_eq!([12, 105, 112, 2020].map(chinese), ["十二", "一百零五", "一百一十二", "二千零二十"]);
}
