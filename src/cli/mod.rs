//! The command line: one file a command, each a thin shell over the library.

mod collocate;
mod count;
mod duplicates;
mod eval;
mod filters;
mod fit;
mod frequency;
mod hits;
mod index;
mod keyness;
mod kwic;
mod labelled;
mod ledger;
mod library;
mod names;
mod output;
mod search;
mod segment;
mod show;
mod similar;
mod texts;
mod trace;
mod train_vectors;
mod verify;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use suyuan::document::Lang;
use suyuan::index::Index;
use suyuan::link::{Embedding, Models};

/// Traces the suggestions of Chinese proposals (提案) to the policy clauses that absorbed them, with evidence.
#[derive(Debug, Parser)]
#[command(name = "suyuan", version, about, propagate_version = true, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
struct Global {
    /// Folder of the index
    #[arg(long, global = true, value_name = "DIR", default_value = "index", help_heading = "Global options")]
    index: PathBuf,
    /// Language of reports and tables
    #[arg(long, global = true, value_enum, default_value_t = LangArg::Zh, help_heading = "Global options")]
    lang: LangArg,
    /// Threads to use [default: all cores]
    #[arg(long, global = true, value_name = "N", help_heading = "Global options")]
    threads: Option<usize>,
    /// Own words for the segmenter, one a line: WORD [TAG]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    user_dict: Option<PathBuf>,
    /// Folder of the linker's models to use in place of the bundled ones: vectors.bin, thesaurus.txt, matcher.bin, model.json
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    models: Option<PathBuf>,
    /// Folder of a sentence-embedding model of BERT's kind (config.json, tokenizer.json or vocab.txt, model.safetensors), by
    /// which trace, verify, eval and fit rank and weigh too
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    embeddings: Option<PathBuf>,
    /// Print nothing but results and errors
    #[arg(long, short, global = true, help_heading = "Global options")]
    quiet: bool,
}

impl Global {
    /// What the linker has learnt: the bundled models, or those of --models, and what --embeddings gives.
    fn models(&self) -> suyuan::Result<Models> {
        let models = self.learnt()?.embedded(self.embedding()?);
        models.check_embedding()?;
        Ok(models)
    }

    /// The same without --embeddings, for what needs the word vectors alone.
    fn learnt(&self) -> suyuan::Result<Models> {
        self.models.as_deref().map_or_else(|| Ok(Models::bundled()), Models::open)
    }

    /// The model of --embeddings. What it makes of clauses is kept in the folder of the index, where there is an index.
    fn embedding(&self) -> suyuan::Result<Option<Embedding>> {
        let Some(folder) = &self.embeddings else { return Ok(None) };
        let mut embedding = Embedding::open(folder)?;
        if Index::exists(&self.index) {
            embedding = embedding.keep_in(&self.index)?;
        }
        if !self.quiet && std::io::stderr().is_terminal() {
            let bar = indicatif::ProgressBar::no_length();
            embedding = embedding.telling(move |done, all| {
                bar.set_length(all as u64);
                bar.set_position(done as u64);
                if done == all {
                    bar.finish_and_clear();
                }
            });
        }
        Ok(Some(embedding))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Index(index::IndexArgs),
    Segment(segment::SegmentArgs),
    Search(search::SearchArgs),
    Kwic(kwic::KwicArgs),
    Count(count::CountArgs),
    Frequency(frequency::FrequencyArgs),
    Collocate(collocate::CollocateArgs),
    Keyness(keyness::KeynessArgs),
    Show(show::ShowArgs),
    Trace(trace::TraceArgs),
    Verify(verify::VerifyArgs),
    Ledger(ledger::LedgerArgs),
    Similar(similar::SimilarArgs),
    Duplicates(duplicates::DuplicatesArgs),
    Eval(eval::EvalArgs),
    Fit(fit::FitArgs),
    TrainVectors(train_vectors::TrainVectorsArgs),
}

/// How a command ended, for the exit status.
#[allow(dead_code)] // until every command uses it
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, or something found: 0.
    Found,
    /// Nothing found: 1.
    Nothing,
    /// Done as far as possible, but some input failed: 2.
    Failed,
}

/// Writes results to standard output. A reader that has gone away (`| head`) is no error.
fn print(text: &str) -> suyuan::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(suyuan::Error::io("standard output", e, "see that it can be written to"))
        }
        _ => Ok(()),
    }
}

/// A value as indented JSON.
fn json<T: serde::Serialize + ?Sized>(value: &T) -> suyuan::Result<String> {
    let json = serde_json::to_string_pretty(value).map_err(unserialisable)?;
    Ok(json + "\n")
}

fn write(path: &Path, bytes: &[u8]) -> suyuan::Result<()> {
    std::fs::write(path, bytes).map_err(|e| suyuan::Error::io(path, e, "give a file that can be written"))
}

/// A value as one line of JSON.
fn json_line<T: serde::Serialize>(value: &T) -> suyuan::Result<String> {
    let json = serde_json::to_string(value).map_err(unserialisable)?;
    Ok(json + "\n")
}

fn unserialisable(error: serde_json::Error) -> suyuan::Error {
    suyuan::Error::usage(error.to_string(), "report this as a fault")
}

/// Columns of the terminal; 120 where there is none, so that a table in a pipe is the same everywhere.
fn width() -> u16 {
    comfy_table::Table::new().width().unwrap_or(120)
}

/// Parses the arguments, runs the command, prints an error in one line.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let run = || -> suyuan::Result<Outcome> {
        if let Some(threads) = cli.global.threads {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
            pool.map_err(|e| suyuan::Error::usage(format!("--threads {threads}: {e}"), "give a number of at least 1"))?;
        }
        match &cli.command {
            Command::Index(args) => args.run(&cli.global),
            Command::Segment(args) => args.run(&cli.global),
            Command::Search(args) => args.run(&cli.global),
            Command::Kwic(args) => args.run(&cli.global),
            Command::Count(args) => args.run(&cli.global),
            Command::Frequency(args) => args.run(&cli.global),
            Command::Collocate(args) => args.run(&cli.global),
            Command::Keyness(args) => args.run(&cli.global),
            Command::Show(args) => args.run(&cli.global),
            Command::Trace(args) => args.run(&cli.global),
            Command::Verify(args) => args.run(&cli.global),
            Command::Ledger(args) => args.run(&cli.global),
            Command::Similar(args) => args.run(&cli.global),
            Command::Duplicates(args) => args.run(&cli.global),
            Command::Eval(args) => args.run(&cli.global),
            Command::Fit(args) => args.run(&cli.global),
            Command::TrainVectors(args) => args.run(&cli.global),
        }
    };
    match run() {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) => {
            eprintln!("suyuan: {error}");
            ExitCode::from(2)
        }
    }
}
