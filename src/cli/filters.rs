//! Which documents and units a command works on: the filters that search and the commands of corpus linguistics share.

use clap::{Args, ValueEnum};
use suyuan::document::{Kind, UnitKind};
use suyuan::search::{self, DateRange, Query, Target};
use suyuan::{Error, Result};

/// Filters of documents and units.
#[derive(Debug, Args)]
pub(super) struct Filters {
    /// Documents of this kind only (proposal, reply, policy, report); may be repeated
    #[arg(long, value_name = "KIND", value_parser = kind, help_heading = "Filters")]
    kind: Vec<Kind>,
    /// Units of this sort only; may be repeated
    #[arg(long, value_enum, help_heading = "Filters")]
    unit: Vec<UnitArg>,
    /// Dated on this day (month, year) or later
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = "Filters")]
    from: Option<DateRange>,
    /// Dated on this day (month, year) or earlier
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = "Filters")]
    to: Option<DateRange>,
    /// Issued by a body with this in its name
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    issuer: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitArg {
    /// Documents, by title
    Document,
    /// 条款
    Clause,
    /// 建议
    Suggestion,
    /// 答复段
    Reply,
    /// 说法
    Claim,
    /// Everything else
    Passage,
}

/// Reads a kind of document.
pub(super) fn kind(word: &str) -> std::result::Result<Kind, String> {
    search::kind(word).ok_or_else(|| "the kinds are proposal 提案, reply 答复, policy 政策, report 总结".to_owned())
}

fn day(text: &str) -> std::result::Result<DateRange, String> {
    search::date_range(text)
}

impl Filters {
    /// The conditions of `query`, and these.
    ///
    /// # Errors
    /// When the dates exclude each other.
    pub(super) fn apply(&self, query: Query) -> Result<Query> {
        let dates =
            DateRange { from: self.from.and_then(|r| r.from.or(r.to)), to: self.to.and_then(|r| r.to.or(r.from)) };
        if dates.is_empty() {
            return Err(Error::usage("--from is later than --to", "exchange them"));
        }
        Ok(search::filtered(query, &self.kind, dates, self.issuer.as_deref()))
    }

    /// The units asked for; empty for all.
    pub(super) fn targets(&self) -> Vec<Target> {
        self.unit.iter().map(|u| u.target()).collect()
    }
}

impl UnitArg {
    fn target(self) -> Target {
        match self {
            Self::Document => Target::Document,
            Self::Clause => Target::Unit(UnitKind::Clause),
            Self::Suggestion => Target::Unit(UnitKind::Suggestion),
            Self::Reply => Target::Unit(UnitKind::ReplySection),
            Self::Claim => Target::Unit(UnitKind::Claim),
            Self::Passage => Target::Unit(UnitKind::Passage),
        }
    }
}
