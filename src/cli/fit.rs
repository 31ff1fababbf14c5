//! `suyuan fit`: Fit the linker's model to labelled cases

use super::{Global, Outcome};
use clap::Args;
use std::fmt::Write;
use std::path::PathBuf;
use suyuan::eval::case::{Case, folders};
use suyuan::eval::{Data, links};
use suyuan::link::{Judged, Judgement, NAMES, fit};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result};

/// Fit the linker's model to labelled cases
///
/// The same cases give the same model, a file a person can read: for each feature its weight.
#[derive(Debug, Args)]
pub(super) struct FitArgs {
    /// Folders of labelled cases, or a folder of such folders
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<PathBuf>,
    /// Folder of tables (.jsonl) with the texts of the policies that a case names by id; may be repeated
    #[arg(long, value_name = "DIR", help_heading = "Labelled data")]
    data: Vec<PathBuf>,
    /// Folder of tables (.jsonl) of more policies, for the rarity of words; may be repeated
    #[arg(long, value_name = "DIR", help_heading = "Labelled data")]
    pool: Vec<PathBuf>,
    /// Write the model to this file
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: PathBuf,
    /// Write every candidate with its features and label to this table, for models of your own
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    features: Option<PathBuf>,
}

impl FitArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let paths = folders(&self.cases)?;
        let data = Data::load(&self.data, &paths)?;
        let cases: Vec<Case> = paths.iter().map(|p| Case::load(p, &data)).collect::<Result<_>>()?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let labels = links::labels(&cases, &Data::policies(&self.pool)?, &segmenter)?;
        if let Some(path) = &self.features {
            let mut out = format!("case,suggestion,foreign,label,{}\n", NAMES.join(","));
            for (case, labelled) in cases.iter().zip(&labels) {
                for (at, suggestion) in labelled.iter().enumerate() {
                    let own = suggestion.candidates.iter().map(|j| (0, j));
                    for (foreign, judged) in own.chain(suggestion.foreign.iter().map(|j| (1, j))) {
                        let _ = writeln!(out, "{},{},{foreign},{}", case.name, at + 1, row(judged));
                    }
                }
            }
            write(path, &out)?;
        }
        let model = fit(&labels.iter().map(|l| &l[..]).collect::<Vec<_>>());
        let text = serde_json::to_string_pretty(&model);
        write(&self.output, &(text.map_err(|e| Error::usage(e.to_string(), "report this as a fault"))? + "\n"))?;
        Ok(Outcome::Found)
    }
}

fn write(path: &std::path::Path, text: &str) -> Result<()> {
    std::fs::write(path, text).map_err(|e| Error::io(path, e, "give a file that can be written"))
}

fn row(judged: &Judged) -> String {
    let label = match judged.judgement {
        Judgement::Carries(kind) => format!("{kind:?}").to_lowercase(),
        Judgement::Topical => "topical".into(),
        Judgement::Other => "other".into(),
    };
    judged.features.iter().fold(label, |mut line, value| {
        let _ = write!(line, ",{value}");
        line
    })
}
