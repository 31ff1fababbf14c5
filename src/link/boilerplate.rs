//! Stock phrases (套话) of official prose: 加强组织领导, 加大宣传力度, 营造良好氛围. Everybody writes them, so that they stand on both
//! sides of a comparison says nothing. What consists of little else is neither linked nor linked to.

use crate::segment::{is_text, normalise};
use regex::Regex;
use std::sync::LazyLock;

/// From this share of stock phrases on a text says nothing of its own.
const MOST: f64 = 0.6;

/// Stock phrases, by general knowledge of the genre; a short stretch may stand inside them.
const PHRASES: &[&str] = &[
    r"(进一步)?(切实)?(加强|强化)(组织|统筹)?(领导|保障|协调)(和(统筹协调|组织保障))?",
    r"(进一步)?加大.{0,6}宣传(引导|教育|解读)?(的)?(工作)?(力度)?",
    r"(广泛|深入|大力)?(开展|加强|强化|做好).{0,6}宣传(教育|引导|解读|推广)(工作|活动)?",
    r"(通过|利用|运用|依托)?(广播|报纸|电视|网络|微信公众号|公众号|新媒体|报刊|宣传栏|传统媒体)[、和等及]*(广播|报纸|电视|网络|微信公众号|公众号|新媒体|报刊|宣传栏|社区宣传栏|传统媒体|[、和等及])*(多种|多)?(形式|渠道|方式)?",
    r"营造.{0,24}(氛围|环境|风气)",
    r"形成.{0,16}(合力|格局|氛围|局面|共识)",
    r"(层层)?(压实|落实|强化|明确|压紧).{0,6}责任",
    r"(建立|健全|完善|创新)(和(完善|健全))?(工作|体制|长效|协调|相关)?(体制)?机制",
    r"(进一步)?(提高|深化|统一|转变).{0,4}(思想)?(认识|站位|思想|观念)",
    r"(把.{0,16})?(摆上|列入|纳入|摆在)重要(议事日程|位置|日程)",
    r"(狠抓|抓好|抓实|确保|推动).{0,8}(落实|落地见效|落到实处)",
    r"(凝聚|汇聚|形成)(社会|各方|工作)?(合力|共识)",
    r"(成立|组建)由?.{0,14}(任组长|挂帅|牵头)的?.{0,6}(领导小组|工作专班|专班)",
    r"(各级各部门|各级政府|各级|各部门|各地|各地区|全社会|社会各界)(和有关部门)?(要|应|应当|都要)?",
    r"(动员|引导|鼓励)(全社会|社会各界|社会力量|广大群众)?(广泛|积极)?(参与|支持|关注)",
    r"(提高|提升|增强).{0,8}(知晓率|满意度|获得感|意识|影响力)",
    r"强化.{0,4}(要素|资金|政策|队伍|制度)保障",
    r"齐抓共管|上下联动|群策群力|协同发力|常抓不懈|弘扬.{0,8}美德",
];

/// Whether a text consists of stock phrases and little else.
pub(super) fn is_boilerplate(text: &str) -> bool {
    share(text) >= MOST
}

/// The share of a text's characters (punctuation aside) that stand in stock phrases, 0 to 1.
fn share(text: &str) -> f64 {
    static STOCK: LazyLock<Regex> = LazyLock::new(|| Regex::new(&PHRASES.join("|")).expect("a constant pattern"));
    let form = normalise(text);
    let count = |piece: &str| piece.chars().filter(|c| is_text(*c)).count();
    let all = count(form.text());
    let stock: usize = STOCK.find_iter(form.text()).map(|found| count(found.as_str())).sum();
    if all == 0 { 0.0 } else { stock as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_phrases_alone_say_nothing() {
        for text in [
            "加强组织领导，各级各部门要提高认识、压实责任，形成齐抓共管的工作格局。",
            "加大宣传力度，利用广播、电视、微信公众号等多种形式，营造全社会关心支持的良好氛围",
            "健全工作机制，强化要素保障，确保各项任务落到实处。",
        ] {
            assert!(is_boilerplate(text), "{text}: {:.2}", share(text));
        }
    }

    #[test]
    fn a_measure_of_its_own_remains() {
        for text in [
            "健全快递末端网点的备案机制，在每个行政村设一处代收点。",
            "由市财政每年安排三百万元，补助山区学校更换直饮水设备。",
            "成立长江流域水质联合监测中心，按月公布断面数据。",
        ] {
            assert!(!is_boilerplate(text), "{text}: {:.2}", share(text));
        }
    }
}
