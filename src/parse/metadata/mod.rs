//! Metadata that a text gives of itself: takes a text and what is already known of it, gives kind, title, number, session, issuer, date
//! and the proposal it answers, each with its place in the text and how sure it is.
//!
//! Reads the lines before the body (title, 文号, header lines such as 提案编号：), the signature (落款) and, of replies, the opening
//! sentence. Never takes 发布时间 for 成文日期 without saying so. Refuses to guess where nothing points anywhere: the field stays empty.

mod issuer;
mod kind;
mod lines;
mod reply;
mod signed;
mod title;

pub use kind::counts_proposals;

use super::docnumber;
use super::session;
use crate::document::{Date, Kind, Number, Origin, Session, Span};
use lines::{Head, Key};

/// What is known before the text is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The kind.
    pub kind: Option<Kind>,
    /// The title.
    pub title: Option<&'a str>,
    /// The issuer.
    pub issuer: Option<&'a str>,
    /// The number, as given.
    pub number: Option<&'a str>,
    /// 发布日期.
    pub published: Option<Date>,
    /// How a law came about: who adopted and amended it when.
    pub history: Option<&'a str>,
}

/// Something read, with where it stands and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// Where it comes from: [`Origin::Text`], [`Origin::Guess`] or [`Origin::Repaired`].
    pub origin: Origin,
    /// In English, one clause; empty where it is plain.
    pub detail: String,
    /// Where it stands in the text; a title over several lines spans them all.
    pub span: Option<Span>,
}

impl<T> Reading<T> {
    fn new(value: T, span: impl Into<Option<Span>>, detail: &str) -> Self {
        Self { value, origin: Origin::Text, detail: detail.to_owned(), span: span.into() }
    }

    fn guess(value: T, span: impl Into<Option<Span>>, detail: &str) -> Self {
        Self { origin: Origin::Guess, ..Self::new(value, span, detail) }
    }

    fn repaired(value: T, span: impl Into<Option<Span>>, printed: &str) -> Self {
        Self { origin: Origin::Repaired, ..Self::new(value, span, &format!("printed {printed}")) }
    }
}

/// What a text says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// What it is.
    pub kind: Option<Reading<Kind>>,
    /// Its title, without line breaks.
    pub title: Option<Reading<String>>,
    /// 文号 of a policy or letter, 提案号 of a proposal.
    pub number: Option<Reading<Number>>,
    /// The session of a proposal, or that a reply or report speaks of.
    pub session: Option<Reading<Session>>,
    /// The issuing body, the answering unit or the proposer.
    pub issuer: Option<Reading<String>>,
    /// 成文日期, or the filing date.
    pub date: Option<Reading<Date>>,
    /// Of a reply: the number or title of the proposal it answers.
    pub reply_to: Option<Reading<String>>,
    /// Whether it is marked as fiction.
    pub sample: bool,
}

/// Whether a short line marks its text as fiction: 【虚构样例】, 纯属虚构.
pub(crate) fn marks_fiction(line: &str) -> bool {
    lines::marks_fiction(line)
}

/// Reads the metadata of `text`; what is `known` guides the reading and is read again where the text says it.
pub fn read(text: &str, known: &Known<'_>) -> Metadata {
    let head = Head::of(text);
    let title = title::read(text, &head);
    let named = known.title.map(str::to_owned).or_else(|| title.as_ref().map(|t| t.value.clone()));
    let named = named.as_deref().unwrap_or("");
    let kind = match known.kind {
        Some(kind) => Reading::new(kind, None, "known"),
        None => kind::read(text, named, &head),
    };
    let number = number(text, named, kind.value, &head, known.history);
    let year = number.as_ref().and_then(|n| year_of(&n.value)).or_else(|| known.published.map(Date::year));
    let date = signed::read(text, kind.value, &head, year, known);
    let issuer = issuer::read(text, named, kind.value, &head, date.as_ref().and_then(|d| d.span), known.history);
    let answers = (kind.value == Kind::Reply).then(|| reply::read(text, named, &head)).flatten();
    let session = session_of(text, named, kind.value, &head);
    Metadata { sample: head.sample, kind: Some(kind), title, number, session, issuer, date, reply_to: answers }
}

/// The year in a 文号.
fn year_of(number: &Number) -> Option<u16> {
    let open = number.value.find('〔')? + '〔'.len_utf8();
    number.value.get(open..open + 4)?.parse().ok()
}

fn number(text: &str, title: &str, kind: Kind, head: &Head, history: Option<&str>) -> Option<Reading<Number>> {
    let reading = |number: Number, span: Span| match number.repaired {
        true => {
            let printed = number.printed.clone();
            Reading::repaired(number, span, &printed)
        }
        false => Reading::new(number, span, ""),
    };
    if kind == Kind::Proposal {
        let keyed = head.value(text, Key::ProposalNumber).or_else(|| head.value(text, Key::Number));
        let keyed = keyed.and_then(|span| Some(reading(docnumber::proposal_number(span.of(text))?, span)));
        let alone = || {
            let lines = head.lines.iter().take(8);
            lines.filter(|l| l.of(text).chars().count() <= 24).find_map(|l| {
                let line = l.of(text).trim_matches(['(', ')', '（', '）']);
                let number =
                    docnumber::proposal_number(line).filter(|_| line.ends_with('号') || line.starts_with('第'))?;
                Some(reading(number, *l))
            })
        };
        let titled = || {
            docnumber::proposal_numbers(title).into_iter().next().map(|f| Reading::new(f.number, None, "in the title"))
        };
        // 第0012号  省政协…会议  提案人：…: one line for all of it.
        let inline = || {
            head.short(text).find_map(|line| {
                let found = docnumber::proposal_numbers(line.of(text)).into_iter().next()?;
                Some(reading(found.number, found.span.shift(line.start)))
            })
        };
        return keyed.or_else(alone).or_else(titled).or_else(inline);
    }
    let keyed = head.value(text, Key::Number).and_then(|span| {
        let found = docnumber::doc_numbers(span.of(text)).into_iter().next()?;
        Some(reading(found.number, found.span.shift(span.start)))
    });
    let alone = || {
        head.lines.iter().find_map(|&line| {
            let found = docnumber::doc_numbers(line.of(text)).into_iter().next()?;
            let around: usize = line.of(text).chars().count() - found.span.of(line.of(text)).chars().count();
            (around <= 4).then(|| reading(found.number, found.span.shift(line.start)))
        })
    };
    // Of a law, the decree that published it.
    let published = || {
        let all = docnumber::doc_numbers(history?);
        let decree = all.into_iter().find(|f| f.number.value.contains("令第"))?;
        Some(Reading::new(decree.number, None, "the decree that published it"))
    };
    keyed.or_else(alone).or_else(|| decree(text, head)).or_else(published)
}

/// A decree over two lines: …国务院令, 第725号.
fn decree(text: &str, head: &Head) -> Option<Reading<Number>> {
    let pairs = head.lines.iter().zip(head.lines.iter().skip(1)).take(8);
    let mut pairs = pairs.filter(|(first, second)| {
        let (first, second) = (first.of(text), second.of(text).trim_matches(['(', ')', '（', '）']));
        first.ends_with(['令', '告'])
            && first.chars().count() <= 40
            && second.starts_with('第')
            && second.ends_with('号')
    });
    let (first, second) = pairs.next()?;
    let line = format!("{}{}", first.of(text), second.of(text).trim_matches(['(', ')', '（', '）']));
    let plain: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let number = docnumber::doc_numbers(&plain).into_iter().next()?.number;
    Some(Reading::new(number, Span::new(first.start, second.end), "over two lines"))
}

fn session_of(text: &str, title: &str, kind: Kind, head: &Head) -> Option<Reading<Session>> {
    if kind == Kind::Policy {
        return None;
    }
    let keyed = head.value(text, Key::Session).and_then(|span| {
        let found = session::sessions(span.of(text)).into_iter().next()?;
        Some(Reading::new(found.session, found.span.shift(span.start), ""))
    });
    let titled = || session::session(title).map(|s| Reading::new(s, None, "in the title"));
    let opening = || {
        let lines = head.lines.iter().take(10);
        lines
            .flat_map(|&line| session::sessions(line.of(text)).into_iter().map(move |f| (line, f)))
            .next()
            .map(|(line, found)| Reading::new(found.session, found.span.shift(line.start), "in the opening lines"))
    };
    let inline = || {
        head.short(text).find_map(|line| {
            let found = session::sessions(line.of(text)).into_iter().next()?;
            Some(Reading::new(found.session, found.span.shift(line.start), ""))
        })
    };
    // Reports and proposals name sessions in passing: only a letter's opening says whose it is.
    keyed.or_else(titled).or_else(|| match kind {
        Kind::Reply => opening(),
        Kind::Proposal => inline(),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
