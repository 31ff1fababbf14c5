//! `suyuan similar`: Find the nearest past proposals with their replies

use super::{Global, Outcome};
use clap::Args;

/// Find the nearest past proposals with their replies
#[derive(Debug, Args)]
pub(super) struct SimilarArgs {}

impl SimilarArgs {
    pub(super) fn run(&self, _global: &Global) -> suyuan::Result<Outcome> {
        Err(suyuan::Error::usage("similar is not written yet", "wait"))
    }
}
