//! Where ledger and corpus do not meet: answered without a reply's text, public without a published reply, lines without a proposal, replies
//! without a line, titles and dates that differ.

use super::record::{Ledger, Record, YesNo};
use super::repeat::{bare, key};
use crate::document::{Date, Document, Entry, Kind, Label, Library, Session};
use crate::parse::docnumber::same_proposal;
use crate::parse::session::same;
use crate::similar::Replies;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One place where ledger and corpus do not meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// What is missing or differs.
    pub kind: GapKind,
    /// The place of the proposal in the ledger's records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<usize>,
    /// The document of the corpus, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// What the ledger says, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<String>,
    /// What the corpus says, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corpus: Option<String>,
}

/// What is missing or differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    /// Answered, but the corpus has no reply.
    NoReply,
    /// Public, but the corpus has no reply that says where it was published.
    NotPublished,
    /// The corpus has no text of the proposal.
    NoProposal,
    /// A reply of the session without a line in the ledger.
    ReplyWithoutLine,
    /// A proposal of the session without a line in the ledger.
    ProposalWithoutLine,
    /// Ledger and corpus print different titles.
    TitleDiffers,
    /// Ledger and corpus give one title different numbers.
    NumberDiffers,
    /// The date of the reply differs.
    DateDiffers,
}

impl Label for GapKind {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::NoReply => ("已答复，语料中无答复原文", "answered, no text of the reply"),
            Self::NotPublished => ("已公开，语料中无公开的答复", "public, no published reply"),
            Self::NoProposal => ("台账有，语料中无提案原文", "no text of the proposal"),
            Self::ReplyWithoutLine => ("有答复，台账无此件", "reply without a line"),
            Self::ProposalWithoutLine => ("有提案，台账无此件", "proposal without a line"),
            Self::TitleDiffers => ("题名与提案原文不同", "title differs"),
            Self::NumberDiffers => ("提案号与提案原文不同", "number differs"),
            Self::DateDiffers => ("答复日期与答复原文不同", "date of reply differs"),
        }
    }
}

/// Holds `ledger` against `library`: what is missing or differs, by kind, then in the order of the ledger.
pub fn gaps(ledger: &Ledger, library: &Library) -> Vec<Gap> {
    let replies = Replies::new(library);
    let proposals = Proposals::new(library);
    let sessions = proposals.sessions(ledger);
    let within = |d: &Document| fits(d.session.as_ref(), &sessions);
    let mut found = Vec::new();
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, record) in ledger.records.iter().enumerate() {
        let entry = proposals.find(record, &sessions);
        if let Some(entry) = entry {
            lines.insert(&entry.document.id, at);
            differences(at, record, entry, &mut found);
        } else {
            found.push(gap(GapKind::NoProposal, at));
        }
        let answers = entry.map_or(&[][..], |e| replies.to(&e.document.id));
        found.extend(reply_gap(at, record, answers));
    }
    let beside = |kind: GapKind, d: &Document| Gap {
        kind,
        record: None,
        document: Some(d.id.clone()),
        ledger: None,
        corpus: Some(d.title.clone()),
    };
    if !sessions.is_empty() {
        let strays =
            proposals.all.iter().filter(|e| within(&e.document) && !lines.contains_key(e.document.id.as_str()));
        found.extend(strays.map(|e| beside(GapKind::ProposalWithoutLine, &e.document)));
        for reply in library.of_kind(Kind::Reply).filter(|e| within(&e.document)) {
            let listed = match replies.answered(&reply.document.id) {
                Some(proposal) => lines.contains_key(proposal),
                None => ledger.records.iter().any(|r| answers(&reply.document, r)),
            };
            if !listed {
                found.push(beside(GapKind::ReplyWithoutLine, &reply.document));
            }
        }
    }
    found.sort_by(|a, b| (a.kind, a.record, &a.document).cmp(&(b.kind, b.record, &b.document)));
    found
}

fn gap(kind: GapKind, record: usize) -> Gap {
    Gap { kind, record: Some(record), document: None, ledger: None, corpus: None }
}

/// The proposals of the corpus by number and title.
struct Proposals<'l> {
    all: Vec<&'l Entry>,
    numbers: BTreeMap<String, Vec<usize>>,
    titles: BTreeMap<String, Vec<usize>>,
}

impl<'l> Proposals<'l> {
    fn new(library: &'l Library) -> Self {
        let all: Vec<&Entry> = library.of_kind(Kind::Proposal).collect();
        let (mut numbers, mut titles) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for (at, entry) in all.iter().enumerate() {
            if let Some(number) = bare_number(&entry.document) {
                numbers.entry(key(number)).or_default().push(at);
            }
            titles.entry(bare(&entry.document.title)).or_default().push(at);
        }
        Self { all, numbers, titles }
    }

    /// Those of the number of a line, and those of its title.
    fn of(&self, record: &Record) -> (Vec<&'l Entry>, Vec<&'l Entry>) {
        let entries = |places: Option<&Vec<usize>>| places.into_iter().flatten().map(|&at| self.all[at]).collect();
        let numbered = record.number.as_deref().and_then(|n| self.numbers.get(&key(n)));
        let titled = record.title.as_deref().and_then(|t| self.titles.get(&bare(t)));
        (entries(numbered), entries(titled))
    }

    /// The proposal of a line: by number and title, by number within the ledger's session, or by title.
    fn find(&self, record: &Record, sessions: &[Session]) -> Option<&'l Entry> {
        let (numbered, titled) = self.of(record);
        let inside = |e: &&&Entry| fits(e.document.session.as_ref(), sessions);
        let open = |e: &&&Entry| e.document.session.is_none() || sessions.is_empty() || inside(e);
        let both = numbered.iter().filter(|e| titled.iter().any(|t| t.document.id == e.document.id)).find(open);
        both.or_else(|| numbered.iter().find(inside)).or_else(|| titled.iter().find(open)).copied()
    }

    /// The sessions of a ledger: those it names, else those of the proposals which bear the number and the title of its lines.
    fn sessions(&self, ledger: &Ledger) -> Vec<Session> {
        if !ledger.sessions.is_empty() {
            return ledger.sessions.clone();
        }
        let mut found: Vec<(Session, usize)> = Vec::new();
        for record in &ledger.records {
            let (numbered, titled) = self.of(record);
            let twin = numbered.iter().find(|e| titled.iter().any(|t| t.document.id == e.document.id));
            let Some(session) = twin.and_then(|e| e.document.session.clone()) else { continue };
            match found.iter_mut().find(|(s, _)| same(s, &session)) {
                Some((_, count)) => *count += 1,
                None => found.push((session, 1)),
            }
        }
        // A stray likeness does not make a session of the ledger.
        let most = found.iter().map(|(_, n)| *n).max().unwrap_or(0);
        found.into_iter().filter(|(_, n)| *n * 5 >= most).map(|(s, _)| s).collect()
    }
}

fn fits(session: Option<&Session>, sessions: &[Session]) -> bool {
    session.is_some_and(|s| sessions.iter().any(|known| same(known, s)))
}

fn bare_number(document: &Document) -> Option<&str> {
    document.number.as_ref().map(|n| n.value.trim_start_matches('第').trim_end_matches('号'))
}

fn numbered(document: &Document, number: &str) -> bool {
    bare_number(document).is_some_and(|n| same_proposal(n, number))
}

/// Whether a reply that names a number the corpus has no proposal for answers this line.
fn answers(reply: &Document, record: &Record) -> bool {
    let named = reply.reply_to.as_deref().and_then(crate::parse::docnumber::proposal_number);
    named.zip(record.number.as_ref()).is_some_and(|(a, b)| same_proposal(&a.value, b))
        || record.title.as_ref().is_some_and(|t| reply.title.contains(t.as_str()))
}

fn differences(at: usize, record: &Record, entry: &Entry, found: &mut Vec<Gap>) {
    let document = &entry.document;
    let mut tell = |kind, ledger: &str, corpus: &str| {
        found.push(Gap {
            kind,
            record: Some(at),
            document: Some(document.id.clone()),
            ledger: Some(ledger.to_owned()),
            corpus: Some(corpus.to_owned()),
        });
    };
    if let Some(title) = &record.title
        && letters(title) != letters(&document.title)
    {
        tell(GapKind::TitleDiffers, title, &document.title);
    }
    if let (Some(number), Some(theirs)) = (&record.number, &document.number)
        && !numbered(document, number)
    {
        tell(GapKind::NumberDiffers, number, &theirs.printed);
    }
}

fn letters(title: &str) -> String {
    super::value::fold(title).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn reply_gap(at: usize, record: &Record, replies: &[&Entry]) -> Vec<Gap> {
    let mut found = Vec::new();
    let public = record.public == Some(YesNo::Yes);
    let told = record.reply_text.as_deref();
    let address = told.is_some_and(|t| t.contains("http"));
    if replies.is_empty() {
        // A text in the ledger itself is a reply's text; a word or two are not.
        let text = told.is_some_and(|t| t.chars().count() >= 30 && !t.trim().starts_with("http"));
        if record.is_done() && record.answers_itself() && !text {
            found.push(gap(GapKind::NoReply, at));
        }
        if public && !address {
            found.push(gap(GapKind::NotPublished, at));
        }
        return found;
    }
    if public && !address && replies.iter().all(|r| r.document.source.url.is_none()) {
        found.push(Gap { document: Some(replies[0].document.id.clone()), ..gap(GapKind::NotPublished, at) });
    }
    let full = |d: &Date| d.day().is_some();
    let dates: Vec<Date> = replies.iter().filter_map(|r| r.document.date).filter(full).collect();
    if let Some(answered) = record.answered.filter(full).filter(|_| record.answers_itself())
        && !dates.is_empty()
        && !dates.contains(&answered)
    {
        found.push(Gap {
            document: Some(replies[0].document.id.clone()),
            ledger: Some(answered.to_string()),
            corpus: Some(dates[0].to_string()),
            ..gap(GapKind::DateDiffers, at)
        });
    }
    found
}
