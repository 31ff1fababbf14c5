//! `suyuan show`: Print a document with its units

use super::{Global, Outcome};
use clap::Args;

/// Print a document with its units
#[derive(Debug, Args)]
pub(super) struct ShowArgs {}

impl ShowArgs {
    pub(super) fn run(&self, _global: &Global) -> suyuan::Result<Outcome> {
        Err(suyuan::Error::usage("show is not written yet", "wait"))
    }
}
