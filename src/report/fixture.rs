//! A small invented world with hand-made links, for the tests of reports and their formats.

use super::{Scope, TraceReport, Traced, of_library, trace};
use crate::document::{
    Citation, Clause, Document, Entry, Evidence, EvidenceKind, Kind, Level, Library, Link, LinkKind, Linked, Number,
    Order, Parsed, ReplySection, Source, Span, Status, Suggestion, UnitId,
};
use crate::similar::Replies;

const PROPOSAL: &str = "关于扶持村级养蜂产业的提案\n\
一、由县级财政设立蜂业风险补偿金，首期规模不低于300万元，对受灾蜂农给予补偿。\n\
二、在乡镇设立蜂产品检测点，免费为蜂农检测蜂蜜。\n\
三、组织蜂农进校园开展科普。";

const POLICY: &str = "一、加大财政支持\n\
（一）建立风险分担机制。县财政安排300万元设立蜂业风险补偿金，用于补偿因灾受损的蜂农。\n\
（二）完善检测服务。依托乡镇农技站布设蜂产品检测点，检测费用由县财政承担。";

const OLDER: &str = "一、检测服务。支持有条件的乡镇布设蜂产品检测点。";

const REPLY: &str = "一、关于设立蜂业风险补偿金的建议。我局已会同财政部门印发《蜂业发展若干措施》（蜂政〔2024〕3号），并参照《养蜂保险指引》执行。";

fn at(text: &str, piece: &str) -> Span {
    let start = text.find(piece).unwrap_or_else(|| panic!("{piece} is not in the text"));
    Span::new(start, start + piece.len())
}

fn document(id: &str, kind: Kind, title: &str, number: Option<&str>, date: Option<&str>, text: &str) -> Document {
    let number = number.map(|n| Number { printed: n.to_owned(), value: n.to_owned(), repaired: false });
    Document {
        id: id.to_owned(),
        kind,
        title: title.to_owned(),
        number,
        session: None,
        issuer: None,
        date: date.map(|d| d.parse().unwrap()),
        reply_to: (kind == Kind::Reply).then(|| "第0031号".to_owned()),
        source: Source { path: format!("{id}.txt"), sample: true, ..Source::default() },
        notes: Vec::new(),
        text: text.to_owned(),
    }
}

fn level(marker: &str, head: &str) -> Level {
    Level { marker: marker.to_owned(), head: head.to_owned() }
}

fn clause(text: &str, ordinal: usize, path: Vec<Level>, line: &str) -> Clause {
    let start = text.find(line).unwrap();
    let end = text[start..].find('\n').map_or(text.len(), |e| start + e);
    Clause { ordinal, path, heading: None, span: Span::new(start, end), responsible: Vec::new() }
}

/// Two policies, a proposal with three suggestions, and a reply to it.
pub(crate) fn library() -> Library {
    let suggestions = ["由县级财政设立", "在乡镇设立", "组织蜂农"].iter().enumerate();
    let suggestions = suggestions.map(|(i, begin)| {
        let found = clause(PROPOSAL, i + 1, vec![level(["一、", "二、", "三、"][i], "")], begin);
        Suggestion { ordinal: i + 1, path: found.path, head: None, span: found.span, measures: vec![found.span] }
    });
    let proposal = Parsed { suggestions: suggestions.collect(), ..Parsed::default() };
    let top = level("一、", "加大财政支持");
    let policy = Parsed {
        clauses: vec![
            clause(POLICY, 1, vec![top.clone(), level("（一）", "建立风险分担机制")], "（一）"),
            clause(POLICY, 2, vec![top, level("（二）", "完善检测服务")], "（二）"),
        ],
        ..Parsed::default()
    };
    let older = Parsed {
        clauses: vec![clause(OLDER, 1, vec![level("一、", "检测服务")], "一、")],
        ..Parsed::default()
    };
    let cite = |title: &str, words: &str| Citation {
        span: at(REPLY, words),
        title: Some(title.to_owned()),
        number: None,
        article: None,
    };
    let reply = Parsed {
        sections: vec![ReplySection {
            ordinal: 1,
            span: Span::new(0, REPLY.len()),
            heading: None,
            quoted: Some(at(REPLY, "设立蜂业风险补偿金")),
            answer: at(REPLY, &REPLY[REPLY.find("我局").unwrap()..]),
        }],
        citations: vec![
            cite("蜂业发展若干措施", "《蜂业发展若干措施》（蜂政〔2024〕3号）"),
            cite("养蜂保险指引", "《养蜂保险指引》"),
        ],
        ..Parsed::default()
    };
    let entry = |document, parsed| Entry { document, parsed };
    let title = "关于扶持村级养蜂产业的提案";
    Library::new(vec![
        entry(document("p31", Kind::Proposal, title, Some("0031"), Some("2024-01-15"), PROPOSAL), proposal),
        entry(
            document("z1", Kind::Policy, "蜂业发展若干措施", Some("蜂政〔2024〕3号"), Some("2024-06-02"), POLICY),
            policy,
        ),
        entry(document("z0", Kind::Policy, "农产品检测实施方案", None, None, OLDER), older),
        entry(document("r31", Kind::Reply, "对第0031号提案的答复", None, Some("2024-07-01"), REPLY), reply),
    ])
}

fn unit(name: &str) -> UnitId {
    name.parse().unwrap()
}

fn evidence(policy: &str, left: &str, right: &str, kind: EvidenceKind, ancestor: Option<&str>) -> Evidence {
    Evidence { left: at(PROPOSAL, left), right: at(policy, right), kind, weight: 12.5, ancestor: ancestor.map(unit) }
}

/// What a linker might find in [`library`].
pub(crate) fn linked() -> Vec<Linked> {
    let link = |suggestion: &str, clause: &str, kind, score, order, evidence| Link {
        suggestion: unit(suggestion),
        clause: unit(clause),
        kind,
        score,
        order,
        evidence,
    };
    use EvidenceKind::{Exact, Figure, Related};
    let first = vec![
        evidence(POLICY, "蜂业风险补偿金", "蜂业风险补偿金", Exact, None),
        evidence(POLICY, "300万元", "300万元", Figure, None),
        evidence(POLICY, "受灾蜂农给予补偿", "补偿因灾受损的蜂农", Related, None),
    ];
    let second = vec![evidence(POLICY, "蜂产品检测点", "蜂产品检测点", Exact, Some("z0#c1"))];
    let third = vec![evidence(OLDER, "乡镇设立蜂产品检测点", "乡镇布设蜂产品检测点", Related, None)];
    let links = [
        (1, Status::Absorbed, vec![link("p31#s1", "z1#c1", LinkKind::Adapted, 0.914, Order::After, first)]),
        (
            2,
            Status::Absorbed,
            vec![
                link("p31#s2", "z1#c2", LinkKind::Partial, 0.66, Order::After, second),
                link("p31#s2", "z0#c1", LinkKind::Topical, 0.31, Order::Unknown, third),
            ],
        ),
        (3, Status::None, vec![]),
    ];
    let found = links.into_iter().map(|(ordinal, status, links)| Linked {
        suggestion: unit(&format!("p31#s{ordinal}")),
        status,
        links,
        candidates: Vec::new(),
        uncovered: if ordinal == 2 { vec![at(PROPOSAL, "免费为蜂农检测蜂蜜")] } else { Vec::new() },
    });
    found.collect()
}

/// The report over [`library`] and [`linked`].
pub(crate) fn report() -> TraceReport {
    let library = library();
    let replies = Replies::new(&library);
    let asked = of_library(&library, &replies, &[]);
    let traced = asked.into_iter().zip(linked()).map(|(asked, linked)| Traced { asked, linked, reasons: Vec::new() });
    let scope = Scope { proposals: vec!["p31".to_owned()], ..Scope::default() };
    trace(&library, &replies, &scope, traced.collect())
}
