//! The claims of a work summary (办理总结): what it says was absorbed, counted, reached.
//!
//! Takes the report's text, gives [`Claim`]s in the order of the text, each with its span. Judges nothing: whether a claim holds
//! is the business of [`crate::verify`].

mod absorption;
mod family;
mod figure;
mod issue;
mod mention;
mod phrase;
mod piece;
mod points;
mod quantity;

pub use family::{Family, grade, of as family};
pub use figure::{Bound, Figure, figures};
pub use issue::{Issue, issued};
pub use points::{Enumeration, enumeration};

use crate::document::{Claim, ClaimKind, Span};

/// The claims of a report, in the order of its text; none of a text that claims nothing.
pub fn claims(text: &str) -> Vec<Claim> {
    let pieces = piece::pieces(text);
    let starts: Vec<usize> = pieces.iter().map(|p| p.span.start).collect();
    let mentions = mention::mentions(text, &starts);
    let absorbed = absorption::absorptions(text, &pieces, &mentions);
    let mut free: Vec<bool> = pieces.iter().map(|p| !furniture(p.span.of(text))).collect();
    for found in &absorbed {
        free[found.consumed.clone()].fill(false);
    }
    let mut claims: Vec<Claim> = absorbed.into_iter().map(|f| f.claim).collect();
    claims.extend(quantity::quantities(text, &pieces, &free, &mentions));
    let taken: Vec<Span> = claims.iter().map(|c| c.span).collect();
    let open =
        |piece: &&piece::Piece| !furniture(piece.span.of(text)) && !taken.iter().any(|t| t.overlap(piece.span) > 0);
    claims.extend(pieces.iter().filter(open).filter_map(|p| told(text, p.span, &mentions)));
    claims.sort_by_key(|c| (c.span.start, c.span.end));
    for (i, claim) in claims.iter_mut().enumerate() {
        claim.ordinal = i + 1;
    }
    claims
}

/// What a stretch claims beside absorption and figures: points that it counts (五个结合：一是…), the day an act was issued.
fn told(text: &str, span: Span, mentions: &mention::Mentions) -> Option<Claim> {
    let span = core(text, span);
    let colon = span.of(text).find(['：', ':']).map_or(span.end, |i| span.start + i);
    let span =
        if enumeration(text, Span::new(span.start, colon)).is_some() { Span::new(span.start, colon) } else { span };
    let (proposals, policies) = (mentions.proposals_in(span), mentions.policies_in(span));
    let kind = if enumeration(text, span).is_some() {
        ClaimKind::Count
    } else if policies.iter().any(|p| issued(text, p, span.end).is_some()) {
        ClaimKind::Outcome
    } else {
        return None;
    };
    Some(Claim { ordinal: 0, kind, span, proposals, policies, suggestions: Vec::new(), answers: Vec::new() })
}

/// Lines of the page around the text: publication, source, print and share buttons.
fn furniture(piece: &str) -> bool {
    let starts = [
        "发布时间",
        "发布日期",
        "来源",
        "浏览次数",
        "阅读次数",
        "点击",
        "字号",
        "上一篇",
        "下一篇",
        "责任编辑",
        "附件",
        "【",
    ];
    starts.iter().any(|s| piece.starts_with(s))
}

/// Without the ordinal in front and white space.
fn core(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    let mut chars = piece.chars();
    let ordinal = matches!((chars.next(), chars.next()), (Some(c), Some('是')) if "一二三四五六七八九十".contains(c));
    let start = if ordinal { span.start + '一'.len_utf8() + '是'.len_utf8() } else { span.start };
    Span::new(start, span.end).trim(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<(ClaimKind, &str)> {
        claims(text).into_iter().map(|c| (c.kind, c.span.of(text))).collect()
    }

    #[test]
    fn quoted_suggestions_are_paired_with_the_answers_in_their_order() {
        let text = "针对提案中提出的“扩建码头”“疏浚航道”建议,我局均积极落实,新建泊位;完成清淤,新增航标8座。";
        let found = claims(text);
        let pair = found.iter().find(|c| !c.answers.is_empty()).unwrap();
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(words(&pair.suggestions), ["扩建码头", "疏浚航道"]);
        assert_eq!(words(&pair.answers), ["新建泊位", "完成清淤,新增航标8座"]);
        assert!(found.iter().any(|c| c.kind == ClaimKind::Outcome && c.span.of(text).contains("8座")));
        // With an act as the subject of the answers.
        let text =
            "针对第0031号提案提出的“岸电全覆盖”“船票进手机”建议，《甲市水上客运办法》实行泊位岸电标准化;推行电子船票。";
        let found = claims(text);
        assert_eq!((found[0].proposals.len(), found[0].policies.len(), found[0].answers.len()), (1, 1, 2));
    }

    #[test]
    fn a_claim_without_an_act_goes_on_with_that_of_its_sentence() {
        let found = claims(
            "第0031号提案关于岸电的建议在《甲市水上客运办法》中采纳，第0032号提案关于船票的建议被部分采纳。第0033号提案关于航标的建议被采纳。",
        );
        let acts: Vec<usize> = found.iter().map(|c| c.policies.len()).collect();
        assert_eq!(acts, [1, 1, 0]);
    }

    #[test]
    fn a_sentence_with_two_proposals_holds_two_claims() {
        let text = "《某省渡口条例》采纳了第0011号提案增设救生设备的建议，第0012号提案提出的夜航灯光办法写入该条例。";
        let found = claims(text);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|c| c.kind == ClaimKind::Absorption && c.policies.len() == 1));
        assert_eq!(found[1].suggestions[0].of(text), "夜航灯光");
    }

    #[test]
    fn counts_grades_and_rates_of_one_sentence_are_claims_of_their_own() {
        let text = "共承办提案48件，其中主办18件、会办30件，从结果看，A类30件、B类18件，已经解决的占62.5%。";
        let found: Vec<ClaimKind> = texts(text).into_iter().map(|c| c.0).collect();
        assert_eq!(found, [ClaimKind::Count, ClaimKind::Count, ClaimKind::Rate]);
    }

    #[test]
    fn points_counted_and_acts_dated_are_claims() {
        let found =
            texts("做到“三个统一”：一是统一登记，二是统一交办。《甲市渡口管理办法》（甲政发〔2020〕4号）于6月印发。");
        let kinds: Vec<_> = found.iter().map(|c| c.0).collect();
        assert_eq!(kinds, [ClaimKind::Count, ClaimKind::Outcome]);
        assert_eq!(found[0].1, "做到“三个统一”");
        let listed = texts("先后出台了《甲办法》《乙细则》《丙方案》三份文件。");
        assert_eq!(listed, [(ClaimKind::Count, "先后出台了《甲办法》《乙细则》《丙方案》三份文件")]);
    }

    #[test]
    fn broken_print_large_numbers_and_bounds_are_read() {
        let found = |text: &str| texts(text).into_iter().map(|c| c.1.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("我局共承办提案41件,主办9分办2会办30件,均已答复。"),
            ["我局共承办提案41件,主办9分办2会办30件"]
        );
        assert_eq!(found("平台归集数据超3.2亿条，服务企业12万余户。"), ["平台归集数据超3.2亿条，服务企业12万余户"]);
        assert_eq!(found("全市新改建渡口近四千处，约占总数的七成。").len(), 1);
        assert_eq!(
            found("截至9月中旬，用户达120.6万户，占全部用户近40%。"),
            ["截至9月中旬，用户达120.6万户，占全部用户近40%"]
        );
        let all_done = "现已全部按时办结，并全部上传至履职平台，沟通率、办结率均为100%。";
        assert_eq!(found(all_done), [all_done.trim_end_matches('。')]);
    }

    #[test]
    fn page_furniture_and_plans_claim_nothing() {
        assert!(claims("发布时间：2020-01-02　浏览次数：318\n下一步，力争办结率达98%。\n实行三级审核。").is_empty());
    }

    proptest! {
        #[test]
        fn every_span_lies_on_character_boundaries_of_any_text(text in "[《》“”（）()〔〕，。；、0-9%第号提案建议条例办法采纳写入件共其中占率一二三是\n ]{0,80}") {
            for claim in claims(&text) {
                let spans = claim.suggestions.iter().chain(&claim.answers).chain([&claim.span]);
                let named = claim.proposals.iter().map(|p| p.span).chain(claim.policies.iter().map(|p| p.span));
                for span in spans.copied().chain(named) {
                    prop_assert!(text.get(span.range()).is_some());
                }
            }
        }
    }
}
