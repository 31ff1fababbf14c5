//! `suyuan train-vectors`: Train word vectors on a corpus of your own

use super::labelled::LabelledArgs;
use super::{Global, Outcome};
use clap::Args;
use std::io::IsTerminal;
use std::path::PathBuf;
use suyuan::eval::{fitting, labels};
use suyuan::ingest;
use suyuan::link::{APART, Training, train};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result};

/// Train word vectors on a corpus of your own
///
/// Skip-gram with negative sampling. The same corpus gives the same bytes at any number of threads. Takes files, folders and
/// tables as `index` does; text files of any kind will do. Labelled suggestions then tune the vectors, so that words of
/// suggestions come near those of the clauses that carry them; beside FILE.bin stand FILE.first.bin and FILE.second.bin, each
/// tuned to one half of these, with which `suyuan fit --models` fits a matcher to the other half.
#[derive(Debug, Args)]
pub(super) struct TrainVectorsArgs {
    /// Files and folders to train on
    #[arg(value_name = "CORPUS", required = true)]
    corpus: Vec<PathBuf>,
    #[command(flatten)]
    labelled: LabelledArgs,
    /// Write the vectors to this file
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: PathBuf,
    /// Components of a vector, a multiple of eight
    #[arg(long, value_name = "N", default_value_t = Training::default().dimensions, help_heading = "Training")]
    dimensions: usize,
    /// Times that the texts are gone through
    #[arg(long, value_name = "N", default_value_t = Training::default().epochs, help_heading = "Training")]
    epochs: usize,
    /// Most words, the commonest first
    #[arg(long, value_name = "N", default_value_t = Training::default().most, help_heading = "Training")]
    words: usize,
    /// Fewest occurrences of a word
    #[arg(long, value_name = "N", default_value_t = Training::default().min_count, help_heading = "Training")]
    min_count: u32,
}

impl TrainVectorsArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        if self.dimensions == 0 || !self.dimensions.is_multiple_of(8) {
            let problem = format!("--dimensions {} is not a multiple of eight", self.dimensions);
            return Err(Error::usage(problem, "give 64, 128, …"));
        }
        if let Some(folder) = self.output.parent().filter(|f| !f.as_os_str().is_empty() && !f.is_dir()) {
            return Err(Error::input(folder, None, "this is no folder", "make it, or name another file"));
        }
        let pairs = fitting::halves(self.labelled.load()?).map(|half| labels::carried(&half));
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let mut failed = false;
        let mut texts = Vec::new();
        let found = ingest::discover(&self.corpus);
        for file in &found.files {
            let (documents, report) = ingest::read(file, &ingest::Options::default());
            texts.extend(documents.into_iter().map(|d| d.text));
            for error in &report.errors {
                failed = true;
                eprintln!("suyuan: {error}");
            }
        }
        if texts.is_empty() {
            return Err(Error::usage("there is no text to train on", "name files or folders with texts"));
        }
        let how = Training {
            dimensions: self.dimensions,
            epochs: self.epochs,
            most: self.words,
            min_count: self.min_count,
            ..Training::default()
        };
        let bar = (std::io::stderr().is_terminal() && !global.quiet).then(|| indicatif::ProgressBar::new(1000));
        let trained = train(&texts, &pairs, &segmenter, &how, |done| {
            if let Some(bar) = &bar {
                bar.set_position((done * 1000.0) as u64);
            }
        });
        if let Some(bar) = &bar {
            bar.finish_and_clear();
        }
        super::write(&self.output, &trained.all)?;
        for (half, ending) in APART.into_iter().enumerate() {
            let path = self.output.with_extension(ending);
            if let Some(halves) = &trained.halves {
                super::write(&path, &halves[half])?;
            } else if path.is_file() {
                // Of an earlier run: it does not belong to these vectors.
                std::fs::remove_file(&path).map_err(|e| Error::io(&path, e, "remove it"))?;
            }
        }
        Ok(if failed { Outcome::Failed } else { Outcome::Found })
    }
}
