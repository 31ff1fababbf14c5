//! `suyuan segment`: Show the tokens that the program sees in a text

use super::{Global, Outcome};
use clap::Args;

/// Show the tokens that the program sees in a text
#[derive(Debug, Args)]
pub(super) struct SegmentArgs {}

impl SegmentArgs {
    pub(super) fn run(&self, _global: &Global) -> suyuan::Result<Outcome> {
        Err(suyuan::Error::usage("segment is not written yet", "wait"))
    }
}
