//! The region a document belongs to: the province that its issuer, title, session or number names.

use crate::document::{Document, Kind};
use std::sync::LazyLock;

/// Of bodies and laws of the whole country.
pub(super) const NATION: &str = "全国";

/// What such bodies, and the titles of laws, begin with.
const NATIONAL: [&str; 9] =
    ["国务院", "中华人民共和国", "全国人大", "全国人民代表大会", "全国政协", "最高人民", "国家", "中共中央", "中国"];

/// What central bodies with branches in the provinces begin with.
const CENTRAL: [&str; 2] = ["国家", "中国"];

/// Names of places with their provinces, longest first.
static PLACES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("regions.txt").lines().filter(|l| !l.starts_with('#'));
    let each = |line: &'static str| {
        let province = line.split(' ').next().unwrap_or_default();
        line.split(' ').map(move |place| (place, province))
    };
    let mut places: Vec<(&str, &str)> = lines.flat_map(each).collect();
    places.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    places
});

/// The first character of a 文号 where it stands for one province and no city uses it.
const SIGNS: [(char, &str); 20] = [
    ('京', "北京"),
    ('津', "天津"),
    ('沪', "上海"),
    ('渝', "重庆"),
    ('冀', "河北"),
    ('晋', "山西"),
    ('辽', "辽宁"),
    ('苏', "江苏"),
    ('浙', "浙江"),
    ('皖', "安徽"),
    ('闽', "福建"),
    ('赣', "江西"),
    ('鲁', "山东"),
    ('豫', "河南"),
    ('鄂', "湖北"),
    ('湘', "湖南"),
    ('粤', "广东"),
    ('桂', "广西"),
    ('琼', "海南"),
    ('国', NATION),
];

/// The province of a document, or [`NATION`]; `None` where nothing names one. The issuer of a proposal is a person, and is
/// not asked.
pub(super) fn region(document: &Document) -> Option<String> {
    let issuer = document.issuer.as_deref().filter(|_| document.kind != Kind::Proposal);
    let session = document.session.as_ref().and_then(|s| s.place.as_deref());
    let title = Some(document.title.as_str()).filter(|_| document.kind != Kind::Proposal);
    let branch = || issuer.filter(|i| CENTRAL.iter().any(|c| i.starts_with(c))).and_then(anywhere);
    let named = || [issuer, title, session].into_iter().flatten().find_map(at_head);
    let signed = || {
        let first = document.number.as_ref()?.value.chars().next()?;
        SIGNS.iter().find(|(sign, _)| *sign == first).map(|(_, province)| *province)
    };
    branch().or_else(named).or_else(signed).map(str::to_owned)
}

/// The province of the place first named in the name of a central body's branch: 国家税务总局合肥市税务局.
fn anywhere(name: &str) -> Option<&'static str> {
    name.char_indices().find_map(|(at, _)| PLACES.iter().find(|(place, _)| name[at..].starts_with(place))).map(|p| p.1)
}

/// The province of the place that a name begins with.
fn at_head(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_start_matches('《');
    if NATIONAL.iter().any(|n| name.starts_with(n)) {
        return Some(NATION);
    }
    let name = name.strip_prefix("中共").unwrap_or(name);
    PLACES.iter().find(|(place, _)| name.starts_with(place)).map(|(_, province)| *province)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(kind: &str, issuer: &str, title: &str, number: &str) -> Document {
        let number = (!number.is_empty()).then(|| serde_json::json!({"printed": number, "value": number}));
        let issuer = (!issuer.is_empty()).then_some(issuer);
        let source = serde_json::json!({"path": "a.txt", "digest": ""});
        serde_json::from_value(serde_json::json!({
            "id": "a", "kind": kind, "title": title, "issuer": issuer, "number": number, "source": source, "text": ""
        }))
        .unwrap()
    }

    #[test]
    fn the_region_is_the_province_of_the_place_that_is_named() {
        for (kind, issuer, title, number, expected) in [
            ("policy", "淄博市人民政府", "", "", Some("山东")),
            ("policy", "吉林市人民政府", "", "", Some("吉林")),
            ("policy", "海南藏族自治州人民政府", "", "", Some("青海")),
            ("policy", "海南省财政厅", "", "", Some("海南")),
            ("policy", "中共安徽省委办公厅", "", "", Some("安徽")),
            ("policy", "中山市人民政府", "", "", Some("广东")),
            ("policy", "国务院办公厅", "", "", Some(NATION)),
            ("policy", "中国人民银行", "", "", Some(NATION)),
            ("policy", "国家市场监督管理总局", "", "", Some(NATION)),
            ("policy", "国家税务总局合肥市税务局", "", "", Some("安徽")),
            ("policy", "", "上海市某条例", "", Some("上海")),
            ("policy", "市财政局", "某办法", "皖财〔2023〕1号", Some("安徽")),
            ("policy", "市财政局", "某办法", "", None),
            ("proposal", "张安徽", "安徽某事", "", None),
        ] {
            let found = region(&document(kind, issuer, title, number));
            assert_eq!(found.as_deref(), expected, "{issuer} {title} {number}");
        }
    }

    #[test]
    fn no_place_stands_in_two_provinces() {
        let mut names: Vec<&str> = PLACES.iter().map(|p| p.0).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|w| w[0] != w[1]), "{names:?}");
    }
}
