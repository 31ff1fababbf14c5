//! `suyuan search`: Full-text search

use super::{Global, Outcome};
use clap::Args;

/// Full-text search
#[derive(Debug, Args)]
pub(super) struct SearchArgs {}

impl SearchArgs {
    pub(super) fn run(&self, _global: &Global) -> suyuan::Result<Outcome> {
        Err(suyuan::Error::usage("search is not written yet", "wait"))
    }
}
