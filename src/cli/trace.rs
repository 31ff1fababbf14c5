//! `suyuan trace`: Link the suggestions of proposals to policy clauses

use super::{Global, Outcome};
use clap::Args;

/// Link the suggestions of proposals to policy clauses
#[derive(Debug, Args)]
pub(super) struct TraceArgs {}

impl TraceArgs {
    pub(super) fn run(&self, _global: &Global) -> suyuan::Result<Outcome> {
        Err(suyuan::Error::usage("trace is not written yet", "wait"))
    }
}
