//! `suyuan verify`: Take a work summary apart, claim by claim

use super::{Global, Outcome};
use clap::Args;

/// Take a work summary apart, claim by claim
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {}

impl VerifyArgs {
    pub(super) fn run(&self, _global: &Global) -> suyuan::Result<Outcome> {
        Err(suyuan::Error::usage("verify is not written yet", "wait"))
    }
}
