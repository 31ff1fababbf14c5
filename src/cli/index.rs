//! `suyuan index`: Read documents into the index

use super::{Global, Outcome};
use clap::Args;

/// Read documents into the index
#[derive(Debug, Args)]
pub(super) struct IndexArgs {}

impl IndexArgs {
    pub(super) fn run(&self, _global: &Global) -> suyuan::Result<Outcome> {
        Err(suyuan::Error::usage("index is not written yet", "wait"))
    }
}
