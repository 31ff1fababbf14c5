//! Which rows of a ledger a count counts: conditions that all must hold, each with its words for the reader.

use super::record::{Record, Role, Satisfaction, State, YesNo};
use crate::document::{Label, Lang};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Conditions that all must hold; none means every proposal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filter(pub Vec<Test>);

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// The role is one of these.
    Role(Vec<Role>),
    /// The role is not filled in.
    NoRole,
    /// Of a key proposal.
    Key,
    /// In this state.
    State(State),
    /// The state is not filled in.
    NoState,
    /// With this result.
    Result(String),
    /// With any result.
    Graded,
    /// Of this kind of paper (提案, 建议).
    Genre(String),
    /// Of this session.
    Session(String),
    /// Handled by this office.
    Office(String),
    /// The proposer was spoken with.
    Communicated,
    /// The proposer was spoken with face to face.
    FaceToFace,
    /// Communication is due: the ledger does not say that it does not apply.
    CommunicationDue,
    /// The proposer's verdict is one of these.
    Satisfaction(Vec<Satisfaction>),
    /// A verdict of the proposer is due.
    SatisfactionDue,
    /// The proposer gave a verdict.
    Rated,
    /// Public.
    Public,
    /// Not public.
    NotPublic,
    /// Publicity is due.
    PublicDue,
    /// Answered no later than its deadline.
    OnTime,
    /// Answered, and whether in time can be told.
    Timed,
    /// Answered within so many months of receipt.
    Within(u8),
    /// Answered, with the date of receipt.
    Dated,
}

impl Filter {
    /// A filter of one condition.
    pub fn of(test: Test) -> Self {
        Self(vec![test])
    }

    /// This filter with one more condition.
    #[must_use]
    pub fn and(mut self, test: Test) -> Self {
        self.0.push(test);
        self
    }

    /// Whether `record` fulfils every condition.
    pub fn holds(&self, record: &Record) -> bool {
        self.0.iter().all(|t| t.holds(record))
    }

    /// The proposals that fulfil it, in the order of the ledger.
    pub fn select<'r>(&self, records: &'r [Record]) -> Vec<&'r Record> {
        records.iter().filter(|r| self.holds(r)).collect()
    }

    /// The conditions in words.
    pub fn label(&self, lang: Lang) -> String {
        if self.0.is_empty() {
            return match lang {
                Lang::Zh => "全部提案".to_owned(),
                Lang::En => "all proposals".to_owned(),
            };
        }
        let joint = match lang {
            Lang::Zh => "，",
            Lang::En => ", ",
        };
        self.0.iter().map(|t| t.label(lang)).collect::<Vec<_>>().join(joint)
    }
}

impl Test {
    fn holds(&self, r: &Record) -> bool {
        match self {
            Self::Role(roles) => r.role.as_ref().is_some_and(|role| roles.contains(role)),
            Self::NoRole => r.role.is_none(),
            Self::Key => r.key == Some(true),
            Self::State(state) => r.state == Some(*state),
            Self::NoState => r.state.is_none(),
            Self::Result(grade) => r.result.as_ref() == Some(grade),
            Self::Graded => r.result.is_some(),
            Self::Genre(genre) => r.genre.as_ref() == Some(genre),
            Self::Session(session) => r.session.as_ref() == Some(session),
            Self::Office(office) => r.office.as_ref() == Some(office),
            Self::Communicated => r.communication == Some(YesNo::Yes),
            Self::FaceToFace => r.communication == Some(YesNo::Yes) && r.face_to_face,
            Self::CommunicationDue => due(r, r.communication.map(|c| c != YesNo::NotApplicable)),
            Self::Satisfaction(wanted) => r.satisfaction.is_some_and(|s| wanted.contains(&s)),
            Self::SatisfactionDue => due(r, r.satisfaction.map(|s| s != Satisfaction::NotApplicable)),
            Self::Rated => {
                r.satisfaction.is_some_and(|s| !matches!(s, Satisfaction::NotApplicable | Satisfaction::NoAnswer))
            }
            Self::Public => r.public == Some(YesNo::Yes),
            Self::NotPublic => r.public == Some(YesNo::No),
            Self::PublicDue => due(r, r.public.map(|p| p != YesNo::NotApplicable)),
            Self::OnTime => matches!(timing(r), Some(Ordering::Less | Ordering::Equal)),
            Self::Timed => timing(r).is_some(),
            Self::Within(months) => within(r, *months) == Some(true),
            Self::Dated => within(r, 0).is_some(),
        }
    }

    fn label(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let say = |a: &str, b: &str| if zh { a.to_owned() } else { b.to_owned() };
        let with = |a: &str, b: &str, value: &str| if zh { format!("{a}为{value}") } else { format!("{b} {value}") };
        match self {
            Self::Role(roles) => {
                let names: Vec<String> = roles.iter().map(|r| r.label(lang)).collect();
                with("办理方式", "role", &names.join(if zh { "或" } else { " or " }))
            }
            Self::NoRole => say("办理方式未填", "role not filled in"),
            Self::Key => say("重点或领导督办提案", "key proposal"),
            Self::State(state) => with("办理状态", "state", state.label(lang)),
            Self::NoState => say("办理状态未填", "state not filled in"),
            Self::Result(grade) => with("办理结果", "result", grade),
            Self::Graded => say("填有办理结果", "with a result"),
            Self::Genre(genre) => with("类型", "genre", genre),
            Self::Session(session) => with("届次", "session", session),
            Self::Office(office) => with("承办处室", "office", office),
            Self::Communicated => say("已沟通", "proposer spoken with"),
            Self::FaceToFace => say("当面沟通（面商、走访、座谈等）", "spoken with face to face"),
            Self::CommunicationDue => say("应沟通（不含会办及注明不适用的）", "communication due"),
            Self::Satisfaction(wanted) => {
                let names: Vec<&str> = wanted.iter().map(|s| s.label(lang)).collect();
                with("满意度", "verdict", &names.join(if zh { "或" } else { " or " }))
            }
            Self::SatisfactionDue => say("应反馈满意度（不含会办及注明不适用的）", "verdict of the proposer due"),
            Self::Rated => say("已反馈满意度", "verdict given"),
            Self::Public => say("答复公开", "reply public"),
            Self::NotPublic => say("答复不公开", "reply not public"),
            Self::PublicDue => say("应定公开属性（不含会办及注明不适用的）", "publicity due"),
            Self::OnTime => say("答复日期不晚于办理时限", "answered by the deadline"),
            Self::Timed => say("答复日期和办理时限齐全", "with dates of reply and deadline"),
            Self::Within(months) => {
                if zh {
                    format!("收到后{months}个月内答复")
                } else {
                    format!("answered within {months} months of receipt")
                }
            }
            Self::Dated => say("收到日期和答复日期齐全", "with dates of receipt and reply"),
        }
    }
}

/// A field is due where the ledger says so, and, where its cell is empty, for proposals that the office answers itself.
fn due(record: &Record, said: Option<bool>) -> bool {
    said.unwrap_or_else(|| record.answers_itself())
}

fn timing(record: &Record) -> Option<Ordering> {
    record.answered?.order(record.deadline?)
}

/// Whether the reply came within `months` of receipt (交办 where the receipt is not known); `None` where that cannot be told.
fn within(record: &Record, months: u8) -> Option<bool> {
    let (answered, from) = (record.answered?, record.received.or(record.assigned)?);
    answered.day()?;
    let (year, month, day) = (from.year(), from.month()?, from.day()?);
    let sum = u16::from(month) - 1 + u16::from(months);
    // The same day of the month, or the next month's first where it has no such day.
    let last = (year + sum / 12, u8::try_from(sum % 12 + 1).ok()?, day);
    Some(answered.first() <= last)
}
