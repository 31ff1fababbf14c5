//! Sessions (届次) of CPPCC committees and people's congresses: takes a text, gives every session with its span as [`Session`].
//!
//! Reads 省政协十三届一次会议, 政协第十三届安徽省委员会第一次会议, 武定县第九届政协第四次会议, 十三届全国人大五次会议 and, in a list, the second of
//! 十三届一次、二次会议. Refuses meetings of standing committees and of party committees, at which no proposals are filed.

use super::numeral::integer;
use crate::document::{Session, Span};
use regex::Regex;
use std::sync::LazyLock;

/// A session in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSession {
    /// The session as printed, body and place included.
    pub span: Span,
    /// The session.
    pub session: Session,
}

const COUNT: &str = r"(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})";

static CORE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"第?(?P<term>{COUNT})届(?P<mid>[^\s，。；、,;:：《》“”（）()]{{0,16}}?)第?(?P<meeting>{COUNT})次(?P<list>(?:[、和及](?:第?{COUNT}次))*)(?P<tail>(?:全体)?(?:会议|大会|全会)|\z|[、第提建])"
    ))
});
static LISTED: LazyLock<Regex> = LazyLock::new(|| compiled(&format!(r"第?(?P<meeting>{COUNT})次")));
/// Body and place before the core, read backwards from it.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:中国人民政治协商会议|政协|人大)?(?:全国|[\p{Han}×XxA-Z]{1,9}?(?:自治区|自治州|自治县|[省市县区州盟旗])|[省市县区州])?(?:委员会|政协|人民代表大会|人大)?$",
    )
});
/// What a sentence may put before a place name, so that it is not taken into it.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^.*(?:关于|答复|办理|承办|参加|出席|召开|提交|收到|以及|由|对|在|的|就|向|是|为|与|至|将|自|号|和(?:中国人民政治协商会议|政协|全国|省|市))",
    )
});

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// Every session of `text`, in order.
pub fn sessions(text: &str) -> Vec<FoundSession> {
    CORE.captures_iter(text).flat_map(|c| read(text, &c)).collect()
}

/// The first session of `text`, without its place in it: for fields and titles.
pub fn session(text: &str) -> Option<Session> {
    sessions(text).into_iter().next().map(|found| found.session)
}

/// Whether two sessions are the same as far as both say: equal 届 and 次, no contradiction of body (政协/人大) or place.
pub fn same(a: &Session, b: &Session) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => a == b || (a.ends_with(b.as_str()) || b.ends_with(a.as_str())),
        _ => true,
    };
    a.term == b.term && a.meeting == b.meeting && agree(&a.body, &b.body) && agree(&a.place, &b.place)
}

fn read(text: &str, c: &regex::Captures<'_>) -> Vec<FoundSession> {
    let (Some(whole), Some(term), Some(mid), Some(meeting)) =
        (c.get(0), c.name("term"), c.name("mid"), c.name("meeting"))
    else {
        return Vec::new();
    };
    let refused = ["常务", "常委", "主席会议", "中央", "执行委员", "党组", "党委", "理事", "监事", "董事"];
    if refused.iter().any(|w| mid.as_str().contains(w)) {
        return Vec::new();
    }
    let before = before(text, whole.start());
    let number = |text: &str| integer(text).and_then(|n| u16::try_from(n).ok());
    let Some(term) = number(term.as_str()) else { return Vec::new() };
    let (body, place) = body_and_place(before.of(text), mid.as_str());
    let tail = c.name("tail").map_or("", |t| t.as_str());
    // Without a body, 第三届…第二次 is a session only when it says so itself.
    if body.is_none() && !tail.ends_with('议') {
        return Vec::new();
    }
    let meetings = std::iter::once((meeting.as_str(), before.start))
        .chain(c.name("list").into_iter().flat_map(|list| {
            LISTED
                .captures_iter(list.as_str())
                .filter_map(move |m| Some((m.name("meeting")?.as_str(), list.start() + m.get(0)?.start())))
        }))
        .collect::<Vec<_>>();
    let last = meetings.len() - 1;
    let end_of = |i: usize, meeting: &str| {
        let bare = Span::within(text, meeting).end + "次".len();
        let full = if tail.ends_with(['议', '会']) { whole.end() } else { bare };
        if i == last { full } else { bare }
    };
    let found = meetings.iter().enumerate().filter_map(|(i, &(meeting, start))| {
        let span = Span::new(start, end_of(i, meeting));
        let printed = span.of(text).to_owned();
        let session = Session { printed, body: body.clone(), place: place.clone(), term, meeting: number(meeting)? };
        Some(FoundSession { span, session })
    });
    found.collect()
}

/// The stretch before `at` that names body and place, up to `at`.
fn before(text: &str, at: usize) -> Span {
    let from = text[..at].char_indices().rev().take(24).last().map_or(at, |(i, _)| i);
    let window = &text[from..at];
    let start = BEFORE.find(window).map_or(at, |m| from + m.start());
    let lead = LEAD.find(&text[start..at]).map_or(0, |m| kept_from(m.as_str()));
    Span::new(start + lead, at)
}

/// Where the session begins after a lead such as 对 or 和政协: the body that helped to see the lead stays.
fn kept_from(lead: &str) -> usize {
    lead.rfind('和')
        .filter(|&i| ["和中国", "和政协", "和全国", "和省", "和市"].iter().any(|w| lead[i..].starts_with(w)))
        .map_or(lead.len(), |i| i + '和'.len_utf8())
}

fn body_and_place(before: &str, mid: &str) -> (Option<String>, Option<String>) {
    let both = format!("{before}\u{0}{mid}");
    let body = if both.contains("政协") || both.contains("政治协商") {
        Some("政协")
    } else if both.contains("人大") || both.contains("人民代表大会") {
        Some("人大")
    } else {
        None
    };
    let place = |part: &str| {
        let mut rest = part;
        for word in ["中国人民政治协商会议", "人民代表大会", "政协", "人大", "委员会", "第"] {
            rest = rest.trim_start_matches(word).trim_end_matches(word);
        }
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    (body.map(str::to_owned), place(before).or_else(|| place(mid)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> (Option<String>, Option<String>, u16, u16, String) {
        let found = sessions(text);
        let s = &found[0].session;
        assert_eq!(found[0].span.of(text), s.printed);
        (s.body.clone(), s.place.clone(), s.term, s.meeting, s.printed.clone())
    }

    #[test]
    fn every_variant_gives_body_place_term_and_meeting() {
        for (text, body, place, term, meeting) in [
            ("省政协十三届一次会议", "政协", Some("省"), 13, 1),
            ("政协第十三届安徽省委员会第一次会议", "政协", Some("安徽省"), 13, 1),
            ("中国人民政治协商会议第十三届全国委员会第四次会议", "政协", Some("全国"), 13, 4),
            ("政协枝江市七届四次会议", "政协", Some("枝江市"), 7, 4),
            ("武定县第九届政协第四次会议", "政协", Some("武定县"), 9, 4),
            ("市政协第十三届二次会议", "政协", Some("市"), 13, 2),
            ("政协十三届全国委员会第四次会议", "政协", Some("全国"), 13, 4),
            ("十三届全国人大五次会议", "人大", Some("全国"), 13, 5),
            ("县十六届人大二次会议", "人大", Some("县"), 16, 2),
            ("砚山县第十六届人民代表大会第二次会议", "人大", Some("砚山县"), 16, 2),
            ("政协第13届安徽省委员会第1次会议", "政协", Some("安徽省"), 13, 1),
            ("省政协十三届一次全会", "政协", Some("省"), 13, 1),
            ("政协十三届五次会议", "政协", None, 13, 5),
        ] {
            let (b, p, t, m, printed) = of(text);
            assert_eq!((b.as_deref(), p.as_deref(), t, m), (Some(body), place, term, meeting), "{text}");
            assert_eq!(printed, text);
            let framed = format!("关于对{text}第0080号提案的答复");
            assert_eq!(of(&framed), of(text), "{framed}");
        }
    }

    #[test]
    fn a_list_of_meetings_gives_each() {
        let text = "全国政协十三届一次、二次会议提案";
        let all: Vec<_> = sessions(text).into_iter().map(|f| (f.session.meeting, f.span.of(text).to_owned())).collect();
        assert_eq!(all, [(1, "全国政协十三届一次".to_owned()), (2, "二次会议".to_owned())]);
    }

    #[test]
    fn standing_committees_and_parties_hold_no_proposal_session() {
        for text in [
            "上海市第十三届人民代表大会常务委员会第三十次会议",
            "第十九届中央委员会第四次全体会议",
            "第三届理事会第二次会议",
        ] {
            assert_eq!(sessions(text), [], "{text}");
        }
    }

    #[test]
    fn the_same_session_in_two_prints_is_the_same() {
        let a = session("省政协十三届一次会议").unwrap();
        assert!(same(&a, &session("政协第十三届安徽省委员会第一次会议").unwrap()));
        assert!(!same(&a, &session("省政协十三届二次会议").unwrap()));
        assert!(!same(&a, &session("省十三届人大一次会议").unwrap()));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_spans_reproduce(text in "[第一十三届次会议政协省安徽县人大0-9、和对 ]{0,40}") {
            for found in sessions(&text) {
                prop_assert_eq!(found.span.of(&text), found.session.printed.as_str());
            }
        }
    }
}
