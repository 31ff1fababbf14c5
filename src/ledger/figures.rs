//! The counts and rates of a ledger, each with its numerator, its base and the proposals that are missing from it.

use super::Field;
use super::filter::{Filter, Test};
use super::record::{Ledger, Record, Role, Satisfaction, State};
use crate::document::Label;
use serde::{Deserialize, Serialize};

/// Every count and rate of a ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Proposals.
    pub total: usize,
    /// Counts, by families whose parts exclude each other.
    pub parts: Vec<Part>,
    /// Rates.
    pub rates: Vec<Rate>,
}

/// A family of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// By session.
    Session,
    /// By kind of paper.
    Genre,
    /// By role.
    Role,
    /// Key proposals.
    Key,
    /// By state.
    State,
    /// By result.
    Result,
    /// By the proposer's verdict.
    Satisfaction,
    /// By publicity.
    Public,
    /// By office.
    Office,
}

impl Label for Family {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Session => Field::Session.labels(),
            Self::Genre => Field::Genre.labels(),
            Self::Role => Field::Role.labels(),
            Self::Key => Field::Key.labels(),
            Self::State => Field::State.labels(),
            Self::Result => Field::Result.labels(),
            Self::Satisfaction => Field::Satisfaction.labels(),
            Self::Public => Field::Public.labels(),
            Self::Office => Field::Office.labels(),
        }
    }
}

/// One count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The family.
    pub family: Family,
    /// Which proposals are counted.
    pub filter: Filter,
    /// How many.
    pub count: usize,
    /// What the share is of: the proposals with any value of the family.
    pub base: usize,
    /// `count` of `base` in per cent; `None` of nothing.
    pub percent: Option<f64>,
}

/// A rate that reports speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateName {
    /// 办结率.
    Done,
    /// 按期办结率.
    OnTime,
    /// 沟通率.
    Communication,
    /// 面商率.
    FaceToFace,
    /// 满意率: satisfied and mostly satisfied, of all who should say.
    Satisfaction,
    /// The same of those alone who said something.
    SatisfactionRated,
    /// Satisfied without mostly satisfied, of all who should say.
    Satisfied,
    /// 反馈率: how many said something.
    Rated,
    /// 公开率.
    Public,
}

impl RateName {
    /// Every rate, in the order shown.
    pub const ALL: [Self; 9] = [
        Self::Done,
        Self::OnTime,
        Self::Communication,
        Self::FaceToFace,
        Self::Satisfaction,
        Self::SatisfactionRated,
        Self::Satisfied,
        Self::Rated,
        Self::Public,
    ];

    /// The field without which it cannot be told.
    fn needs(self) -> &'static [Field] {
        match self {
            Self::Done => &[Field::State, Field::Answered],
            Self::OnTime => &[Field::Deadline],
            Self::Communication | Self::FaceToFace => &[Field::Communication],
            Self::Public => &[Field::Public],
            _ => &[Field::Satisfaction],
        }
    }

    /// Which proposals are the numerator and the base.
    pub fn filters(self) -> (Filter, Filter) {
        let pleased = || Test::Satisfaction(vec![Satisfaction::Satisfied, Satisfaction::Mostly]);
        let (part, base) = match self {
            Self::Done => return (Filter::of(Test::State(State::Done)), Filter::default()),
            Self::OnTime => (Test::OnTime, Test::Timed),
            Self::Communication => (Test::Communicated, Test::CommunicationDue),
            Self::FaceToFace => (Test::FaceToFace, Test::CommunicationDue),
            Self::Satisfaction => (pleased(), Test::SatisfactionDue),
            Self::SatisfactionRated => (pleased(), Test::Rated),
            Self::Satisfied => (Test::Satisfaction(vec![Satisfaction::Satisfied]), Test::SatisfactionDue),
            Self::Rated => (Test::Rated, Test::SatisfactionDue),
            Self::Public => (Test::Public, Test::PublicDue),
        };
        (Filter::of(part), Filter::of(base))
    }
}

impl Label for RateName {
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Done => ("办结率", "answered"),
            Self::OnTime => ("按期办结率", "answered in time"),
            Self::Communication => ("沟通率", "proposer spoken with"),
            Self::FaceToFace => ("面商率", "spoken with face to face"),
            Self::Satisfaction => ("满意率（含基本满意）", "satisfied or mostly"),
            Self::SatisfactionRated => ("满意率（含基本满意，只计已反馈）", "satisfied or mostly, of verdicts given"),
            Self::Satisfied => ("满意率（不含基本满意）", "satisfied without mostly"),
            Self::Rated => ("满意度反馈率", "verdicts given"),
            Self::Public => ("公开率", "reply public"),
        }
    }
}

/// A share of proposals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The numerator's conditions.
    pub part: Filter,
    /// The base's conditions.
    pub base: Filter,
    /// The numerator.
    pub numerator: usize,
    /// The base.
    pub denominator: usize,
    /// In per cent; `None` where the base is empty.
    pub percent: Option<f64>,
    /// The proposals of the base that the numerator lacks, by name.
    pub lacking: Vec<String>,
}

impl Share {
    /// The share of `part` in `base` among `records`.
    pub fn of(part: Filter, base: Filter, records: &[Record]) -> Self {
        let in_base = base.select(records);
        let (inside, outside): (Vec<&Record>, Vec<&Record>) = in_base.iter().partition(|r| part.holds(r));
        Self {
            numerator: inside.len(),
            denominator: in_base.len(),
            percent: percent(inside.len(), in_base.len()),
            lacking: outside.iter().map(|r| r.name()).collect(),
            part,
            base,
        }
    }
}

/// A rate with its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// Which.
    pub name: RateName,
    /// Its figures.
    #[serde(flatten)]
    pub share: Share,
}

fn percent(part: usize, base: usize) -> Option<f64> {
    (base > 0).then(|| part as f64 / base as f64 * 100.0)
}

/// Recomputes the counts and rates of `ledger`. A rate whose column is missing is left out.
pub fn figures(ledger: &Ledger) -> Figures {
    let records = &ledger.records;
    let rates = RateName::ALL.into_iter().filter(|r| r.needs().iter().any(|f| ledger.has(*f)));
    let rate = |name: RateName| {
        let (part, base) = name.filters();
        Rate { name, share: Share::of(part, base, records) }
    };
    Figures {
        total: records.len(),
        parts: parts(records),
        rates: rates.map(rate).filter(|r| r.share.denominator > 0).collect(),
    }
}

fn parts(records: &[Record]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut family = |family: Family, tests: Vec<Test>, whole: bool| {
        let counts: Vec<(Filter, usize)> = tests
            .into_iter()
            .map(Filter::of)
            .map(|f| (f.select(records).len(), f))
            .filter(|(n, _)| *n > 0)
            .map(|(n, f)| (f, n))
            .collect();
        let base = if whole { records.len() } else { counts.iter().map(|(_, n)| n).sum() };
        parts.extend(counts.into_iter().map(|(filter, count)| Part {
            family,
            filter,
            count,
            base,
            percent: percent(count, base),
        }));
    };
    let several = |tests: Vec<Test>| if tests.len() > 1 { tests } else { Vec::new() };
    family(Family::Session, several(values(records, |r| r.session.clone(), Test::Session)), true);
    family(Family::Genre, several(values(records, |r| r.genre.clone(), Test::Genre)), true);
    let mut roles: Vec<Role> = records.iter().filter_map(|r| r.role.clone()).collect();
    roles.sort();
    roles.dedup();
    let mut tests: Vec<Test> = roles.into_iter().map(|r| Test::Role(vec![r])).collect();
    if !tests.is_empty() {
        tests.push(Test::NoRole);
    }
    family(Family::Role, tests, true);
    family(Family::Key, vec![Test::Key], true);
    let states = [State::Pending, State::UnderWay, State::Done].map(Test::State);
    if records.iter().any(|r| r.state.is_some()) {
        family(Family::State, states.into_iter().chain([Test::NoState]).collect(), true);
    }
    family(Family::Result, sorted(values(records, |r| r.result.clone(), Test::Result)), false);
    let verdicts = [Satisfaction::Satisfied, Satisfaction::Mostly, Satisfaction::Dissatisfied, Satisfaction::NoAnswer];
    family(Family::Satisfaction, verdicts.into_iter().map(|s| Test::Satisfaction(vec![s])).collect(), false);
    family(Family::Public, vec![Test::Public, Test::NotPublic], false);
    family(Family::Office, several(values(records, |r| r.office.clone(), Test::Office)), true);
    parts
}

/// The values of a field, each once, in the order of the ledger.
fn values(records: &[Record], of: impl Fn(&Record) -> Option<String>, test: impl Fn(String) -> Test) -> Vec<Test> {
    let mut found: Vec<String> = Vec::new();
    for value in records.iter().filter_map(of) {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found.into_iter().map(test).collect()
}

fn sorted(mut tests: Vec<Test>) -> Vec<Test> {
    let order = |t: &Test| match t {
        Test::Result(letter) => {
            "甲乙丙丁".find(letter.as_str()).map_or_else(|| letter.clone(), |at| format!("{at:04}"))
        }
        _ => String::new(),
    };
    tests.sort_by_key(order);
    tests
}
