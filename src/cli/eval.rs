//! `suyuan eval`: Score the program on labelled cases

use super::{Global, Outcome};
use clap::Args;

/// Score the program on labelled cases
#[derive(Debug, Args)]
pub(super) struct EvalArgs {}

impl EvalArgs {
    pub(super) fn run(&self, _global: &Global) -> suyuan::Result<Outcome> {
        Err(suyuan::Error::usage("eval is not written yet", "wait"))
    }
}
