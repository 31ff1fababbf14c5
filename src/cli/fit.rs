//! `suyuan fit`: Fit the linker's models to labelled cases

use super::labelled::LabelledArgs;
use super::{Global, Outcome};
use clap::Args;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use suyuan::document::Document;
use suyuan::eval::case::{Case, folders};
use suyuan::eval::{Data, fitting, labels};
use suyuan::link::{Judged, Judgement, Labelled, Matcher, Models, fit, fit_network, telling};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result};

/// Fit the linker's models to labelled cases
///
/// The same cases give the same models. Writes `model.json`, which a person can read (for each feature its weight), and with
/// --pairs or --labelled `matcher.bin`, which is fitted on those alone and never on the cases; `--models DIR` has the other
/// commands use them.
#[derive(Debug, Args)]
pub(super) struct FitArgs {
    /// Folders of labelled cases, or a folder of such folders
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<PathBuf>,
    /// Folder of tables (.jsonl) of more policies, for the rarity of words; may be repeated
    #[arg(long, value_name = "DIR", help_heading = "Labelled data")]
    pool: Vec<PathBuf>,
    #[command(flatten)]
    labelled: LabelledArgs,
    /// Write the models to this folder
    #[arg(long, short, value_name = "DIR", help_heading = "Output")]
    output: PathBuf,
    /// Write every candidate with its features and label to this table, for models of your own
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    features: Option<PathBuf>,
}

impl FitArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let paths = folders(&self.cases)?;
        let data = Data::load(&self.labelled.data, &paths)?;
        let cases: Vec<Case> = paths.iter().map(|p| Case::load(p, &data)).collect::<Result<_>>()?;
        let others = Data::policies(&self.pool)?;
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let mut models = match &global.models {
            Some(folder) => Models::for_fitting(folder)?,
            None => Models::bundled(),
        }
        .embedded(global.embedding()?);
        std::fs::create_dir_all(&self.output)
            .map_err(|e| Error::io(&self.output, e, "name a folder that can be written"))?;
        let alone = self.labelled.load()?;
        if alone.is_empty() && !models.belong_together() {
            let problem = "the matcher does not belong to vectors.bin of --models";
            return Err(Error::usage(problem, "give --labelled or --pairs, on which one is fitted that does"));
        }
        if !alone.is_empty() {
            models.matcher = Arc::new(self.matcher(global, alone, &others, &segmenter, &models)?);
            super::write(&self.output.join("matcher.bin"), &models.matcher.write())?;
        }
        let labelled = labels::labels(&cases, &others, &segmenter, &models)?;
        if let Some(path) = &self.features {
            super::write(path, table(cases.iter().zip(&labelled), models.embedding.is_some()).as_bytes())?;
        }
        let mut model = fit(&labelled.iter().map(|l| &l[..]).collect::<Vec<_>>());
        model.embedding = models.embedding.as_ref().map(|e| e.digest().to_owned());
        super::write(&self.output.join("model.json"), super::json(&model)?.as_bytes())?;
        Ok(Outcome::Found)
    }

    /// Fits the networks of a matcher and says how they come along. Each half of the cases is read with the vectors that have not
    /// seen it, where the folder of models has them: what vectors know by heart would tell the matcher too much.
    fn matcher(
        &self,
        global: &Global,
        cases: Vec<Case>,
        others: &[Document],
        segmenter: &Segmenter,
        models: &Models,
    ) -> Result<Matcher> {
        let halves = fitting::halves(cases);
        let apart = global.models.as_deref().map_or(Ok(None), |folder| models.apart(folder))?;
        if apart.is_none() && !global.quiet {
            eprintln!(
                "suyuan: if the vectors were tuned to these suggestions, the matcher will trust them too much: run"
            );
            eprintln!("`suyuan train-vectors` with --labelled, and give its folder as --models");
        }
        let readers = apart.unwrap_or_else(|| [models.clone(), models.clone()]);
        let mut samples = Vec::new();
        for (half, models) in halves.iter().zip(&readers) {
            samples.extend(labels::samples(half, others, segmenter, models)?);
        }
        let network = |number: usize| {
            fit_network(&samples, number, |round, loss| {
                if !global.quiet {
                    let pairs = samples.len();
                    eprintln!("matcher: network {}, {pairs} pairs, round {}, loss {loss:.4}", number + 1, round + 1);
                }
            })
        };
        Ok(Matcher::new((0..NETWORKS).map(network).collect(), &models.vectors))
    }
}

/// How many networks are fitted, which begin differently.
const NETWORKS: usize = 2;

fn table<'a>(all: impl Iterator<Item = (&'a Case, &'a Vec<Labelled>)>, embedded: bool) -> String {
    let (places, names): (Vec<usize>, Vec<&str>) = telling(embedded).unzip();
    let mut out = format!("case,suggestion,foreign,label,{}\n", names.join(","));
    for (case, labelled) in all {
        for (at, suggestion) in labelled.iter().enumerate() {
            let own = suggestion.candidates.iter().map(|j| (0, j));
            for (foreign, judged) in own.chain(suggestion.foreign.iter().map(|j| (1, j))) {
                let _ = writeln!(out, "{},{},{foreign},{}", case.name, at + 1, row(judged, &places));
            }
        }
    }
    out
}

fn row(judged: &Judged, places: &[usize]) -> String {
    let label = match judged.judgement {
        Judgement::Carries(kind) => format!("{kind:?}").to_lowercase(),
        Judgement::Topical => "topical".into(),
        Judgement::Other => "other".into(),
    };
    places.iter().fold(label, |mut line, &at| {
        let _ = write!(line, ",{}", judged.features[at]);
        line
    })
}
