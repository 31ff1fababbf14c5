//! Which document of the corpus a report means: by number, by title, and whether the two belong together.

use super::Cause;
use crate::document::{Citation, Document, Entry, Kind, Library, ProposalRef, Session};
use crate::parse::docnumber::same_proposal;
use crate::parse::title::{pairs, plain, request, without_edition};
use serde::{Deserialize, Serialize};

/// What became of looking up one proposal or policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// As the report names it.
    pub printed: String,
    /// The kind that was looked for.
    pub kind: Kind,
    /// The document found, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Why it was not found, or what does not belong together; [`Resolved::problem`] words it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// Whether the report's number and title contradict each other or the corpus.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conflict: bool,
}

impl Resolved {
    fn found(printed: String, kind: Kind, document: &Document) -> Self {
        Self { printed, kind, document: Some(document.id.clone()), cause: None, conflict: false }
    }

    fn conflict(printed: String, kind: Kind, document: &Document, cause: Cause) -> Self {
        Self { printed, kind, document: Some(document.id.clone()), cause: Some(cause), conflict: true }
    }

    /// The same document without the contradiction, which is told where it is printed.
    pub(super) fn without_conflict(self) -> Self {
        if self.conflict { Self { cause: None, conflict: false, ..self } } else { self }
    }

    fn missing(printed: String, kind: Kind, cause: Cause) -> Self {
        Self { printed, kind, document: None, cause: Some(cause), conflict: false }
    }
}

/// Two titles whose character pairs agree by this share (Dice 1945) are taken for one title misprinted.
const ALIKE: f64 = 0.75;

/// Finds the proposal a report names. `sessions` are those the report speaks of: a number is unique only within one.
pub(super) fn proposal(reference: &ProposalRef, text: &str, library: &Library, sessions: &[Session]) -> Resolved {
    let printed = name(reference, text);
    let kind = Kind::Proposal;
    let in_session = |e: &&Entry| {
        let Some(own) = e.document.session.as_ref() else { return true };
        sessions.is_empty() || sessions.iter().any(|s| s.term == own.term)
    };
    let all: Vec<&Entry> = library.of_kind(Kind::Proposal).filter(in_session).collect();
    let by_number = |e: &&&Entry| match (&reference.number, &e.document.number) {
        (Some(a), Some(b)) => same_proposal(&a.value, &b.value),
        _ => false,
    };
    let numbered: Vec<&Entry> = all.iter().filter(by_number).copied().collect();
    let Some(title) = reference.title.as_deref() else {
        return match numbered[..] {
            [only] => Resolved::found(printed, kind, &only.document),
            [] => Resolved::missing(printed.clone(), kind, Cause::ProposalAbsent { printed }),
            [first, ..] => closest(&numbered, sessions).map_or_else(
                || {
                    let cause = Cause::ProposalAmbiguous { printed: printed.clone(), count: numbered.len() };
                    Resolved::missing(printed.clone(), kind, cause)
                },
                |e| Resolved::found(printed.clone(), first.document.kind, &e.document),
            ),
        };
    };
    let same = |e: &&&Entry| same_title(title, &e.document.title);
    if let Some(entry) = numbered.iter().find(same) {
        return Resolved::found(printed, kind, &entry.document);
    }
    if let Some(entry) = all.iter().find(same) {
        return match (&reference.number, &entry.document.number) {
            (Some(stated), Some(own)) => {
                let cause = Cause::ProposalNumber {
                    title: title.to_owned(),
                    own: own.printed.clone(),
                    stated: stated.printed.clone(),
                };
                Resolved::conflict(printed, kind, &entry.document, cause)
            }
            _ => Resolved::found(printed, kind, &entry.document),
        };
    }
    match numbered.first() {
        Some(entry) => {
            let cause =
                Cause::ProposalTitle { number: number_of(reference).to_owned(), title: entry.document.title.clone() };
            Resolved::conflict(printed, kind, &entry.document, cause)
        }
        None => Resolved::missing(printed.clone(), kind, Cause::ProposalAbsent { printed }),
    }
}

fn number_of(reference: &ProposalRef) -> &str {
    reference.number.as_ref().map_or("该号", |n| n.printed.as_str())
}

/// How the report names it, for the reader: number and title, whatever word refers back to them.
fn name(reference: &ProposalRef, text: &str) -> String {
    match (&reference.number, &reference.title) {
        (Some(number), Some(title)) => format!("{}《{title}》", number.printed),
        (Some(number), None) => number.printed.clone(),
        (None, Some(title)) => format!("《{title}》"),
        (None, None) => reference.span.of(text).to_owned(),
    }
}

fn closest<'a>(numbered: &[&'a Entry], sessions: &[Session]) -> Option<&'a Entry> {
    let exact = |e: &&&Entry| {
        e.document
            .session
            .as_ref()
            .is_some_and(|own| sessions.iter().any(|s| s.term == own.term && s.meeting == own.meeting))
    };
    let mut found = numbered.iter().filter(exact);
    let first = found.next()?;
    found.next().is_none().then_some(*first)
}

/// Finds the policy a report names.
pub(super) fn policy(reference: &Citation, text: &str, library: &Library) -> Resolved {
    let printed = match (&reference.title, &reference.number) {
        (Some(title), Some(number)) => format!("《{title}》（{}）", number.printed),
        (Some(title), None) => format!("《{title}》"),
        (None, Some(number)) => number.printed.clone(),
        (None, None) => reference.span.of(text).to_owned(),
    };
    let kind = Kind::Policy;
    let all: Vec<&Entry> = library.of_kind(Kind::Policy).collect();
    let numbered = reference.number.as_ref().and_then(|n| {
        all.iter().find(|e| e.document.number.as_ref().is_some_and(|own| same_number(&own.value, &n.value))).copied()
    });
    let titled = reference.title.as_deref().and_then(|title| {
        let exact = all.iter().find(|e| same_act(title, &e.document.title));
        exact.or_else(|| all.iter().find(|e| carries_act(title, &e.document))).copied()
    });
    match (numbered, titled) {
        (Some(a), Some(b)) if a.document.id == b.document.id => Resolved::found(printed, kind, &a.document),
        (Some(a), _) if reference.title.is_none() => Resolved::found(printed, kind, &a.document),
        (Some(a), _) => {
            let number = reference.number.as_ref().map_or("", |n| n.printed.as_str());
            let cause = Cause::PolicyTitle { number: number.to_owned(), title: a.document.title.clone() };
            Resolved::conflict(printed, kind, &a.document, cause)
        }
        (None, Some(b)) => match (&reference.number, &b.document.number) {
            // Brackets and 号 may be lost in print, digits are not: a number that was put right still has to be the act's.
            (Some(stated), Some(own)) if !same_number(&stated.value, &own.value) => {
                let cause = Cause::PolicyNumber {
                    title: b.document.title.clone(),
                    own: own.value.clone(),
                    stated: stated.printed.clone(),
                };
                Resolved::conflict(printed, kind, &b.document, cause)
            }
            _ => Resolved::found(printed, kind, &b.document),
        },
        (None, None) => Resolved::missing(printed.clone(), kind, near(reference, &all, &printed)),
    }
}

/// That it is not there, and what is there under a similar title.
fn near(reference: &Citation, all: &[&Entry], printed: &str) -> Cause {
    let title = reference.title.as_deref().unwrap_or_default();
    let mut alike: Vec<(f64, &str)> = all
        .iter()
        .map(|e| (dice(title, &act_of(&e.document.title)), e.document.title.as_str()))
        .filter(|a| a.0 >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    Cause::PolicyAbsent { printed: printed.to_owned(), similar: alike.first().map(|(_, other)| (*other).to_owned()) }
}

fn same_number(a: &str, b: &str) -> bool {
    a == b || (a.ends_with(b) || b.ends_with(a)) && a.chars().count().abs_diff(b.chars().count()) <= 3
}

/// The act inside a notice: `某府关于印发某办法的通知` → `某办法`.
fn act_of(title: &str) -> String {
    let title = plain(title);
    let inner =
        ["印发", "公布", "转发", "发布"].iter().find_map(|v| title.split_once(v).map(|(_, rest)| rest.to_owned()));
    inner.and_then(|t| t.strip_suffix("的通知").or(t.strip_suffix("的决定")).map(str::to_owned)).unwrap_or(title)
}

/// Whether `quoted` is the title of the act or notice `title`, with or without issuer, place and edition.
fn same_act(quoted: &str, title: &str) -> bool {
    let quoted_plain = plain(quoted);
    let forms = [plain(title), plain(without_edition(title)), act_of(title), act_of(without_edition(title))];
    let about = |t: &str| t.find("关于").map(|i| t[i..].to_owned());
    forms.iter().any(|form| {
        let issued =
            about(form).is_some_and(|f| f == quoted_plain) || (about(&quoted_plain).is_some_and(|q| &q == form));
        let place = form.strip_suffix(quoted_plain.as_str()).is_some_and(is_place);
        let state = quoted_plain.strip_suffix(form.as_str()).is_some_and(|rest| rest == "中华人民共和国");
        *form == quoted_plain || issued || place || state
    })
}

fn is_place(rest: &str) -> bool {
    rest == "中华人民共和国" || (rest.chars().count() <= 8 && rest.ends_with(['省', '市', '区', '县', '州']))
}

/// Whether a line of the policy's text is this very title: one notice may carry several acts.
fn carries_act(quoted: &str, document: &Document) -> bool {
    let wanted = plain(quoted);
    wanted.chars().count() >= 6
        && document.text.lines().any(|line| line.len() < 3 * quoted.len() + 30 && plain(line) == wanted)
}

/// Whether two proposals bear one title, whatever its last noun.
fn same_title(a: &str, b: &str) -> bool {
    request(a) == request(b)
}

/// Agreement of the character pairs of two titles (Dice 1945), 0 to 1.
pub(super) fn dice(a: &str, b: &str) -> f64 {
    let (a, b) = (pairs(&plain(a)), pairs(&plain(b)));
    if a.is_empty() || b.is_empty() {
        0.0
    } else {
        2.0 * a.iter().filter(|pair| b.contains(pair)).count() as f64 / (a.len() + b.len()) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_known_by_its_own_title_and_by_that_of_its_notice() {
        let notice = "甲市人民政府办公厅关于印发甲市养犬管理办法的通知";
        assert!(same_act("甲市养犬管理办法", notice));
        assert!(same_act(notice, notice));
        assert!(same_act("关于印发甲市养犬管理办法的通知", notice));
        assert!(same_act("养犬管理办法", notice));
        assert!(!same_act("甲市养猫管理办法", notice));
        assert!(same_act("乙省数据条例", "乙省数据条例（2021年修正）"));
        assert!(!same_act("数据条例", "乙省大数据条例"));
    }

    #[test]
    fn titles_of_proposals_agree_whatever_their_last_noun() {
        assert!(same_title("关于修路的提案", "关于修路的建议"));
        assert!(!same_title("关于修路的提案", "关于修桥的提案"));
    }
}
