//! Labelled suggestions that models are fitted on.

use clap::Args;
use std::path::PathBuf;
use suyuan::Result;
use suyuan::eval::case::Case;
use suyuan::eval::fitting;

/// Where labelled suggestions are read from.
#[derive(Debug, Args)]
pub(super) struct LabelledArgs {
    /// Folder of tables (.jsonl) with the texts of the policies that are named by id; may be repeated
    #[arg(long, value_name = "DIR", help_heading = "Labelled data")]
    pub(super) data: Vec<PathBuf>,
    /// Clauses with suggestions that they carry and do not carry, one JSON record a line; may be repeated
    #[arg(long, value_name = "FILE", help_heading = "Labelled data")]
    pairs: Vec<PathBuf>,
    /// Labelled suggestions that belong to no case, one JSON record a line; may be repeated
    #[arg(long, value_name = "FILE", help_heading = "Labelled data")]
    labelled: Vec<PathBuf>,
}

impl LabelledArgs {
    /// The suggestions of --pairs and --labelled, as cases of one policy each.
    pub(super) fn load(&self) -> Result<Vec<Case>> {
        let mut cases = Vec::new();
        for file in &self.labelled {
            cases.extend(fitting::load(file, &self.data)?);
        }
        for file in &self.pairs {
            cases.extend(fitting::pairs(file, &self.data)?);
        }
        Ok(cases)
    }
}
