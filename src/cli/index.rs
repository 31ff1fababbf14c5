//! `suyuan index`: Read documents into the index

use super::{Global, Outcome};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use suyuan::document::Origin;
use suyuan::index::{Counts, Progress, Summary, Update};
use suyuan::ingest::{Columns, Discovery, Options, discover};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result};

/// Read documents into the index
#[derive(Debug, Args)]
pub(super) struct IndexArgs {
    /// Folders and files to index; what the index has from elsewhere leaves it
    #[arg(long, value_name = "DIR|FILE", num_args = 1.., default_value = "corpus", help_heading = "Input")]
    corpus: Vec<PathBuf>,
    /// Which column of a table holds which field, as FIELD=COLUMN[,FIELD=COLUMN…]; what is not named is guessed
    #[arg(long, value_name = "MAP", help_heading = "Input")]
    map: Vec<String>,
    /// Kind of all documents, whatever folder and text say
    #[arg(long, value_name = "KIND", value_parser = super::filters::kind, help_heading = "Input")]
    kind: Option<suyuan::document::Kind>,
    /// Read everything again, changed or not
    #[arg(long, help_heading = "Indexing")]
    rebuild: bool,
    /// Tell every guess, repair and passed-over file
    #[arg(long, short, help_heading = "Output")]
    verbose: bool,
}

impl IndexArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let start = Instant::now();
        let mut columns = Columns::default();
        for map in &self.map {
            columns.extend(Columns::parse(map)?);
        }
        let options = Options { kind: self.kind, columns };
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let found = discover(&self.corpus);
        if found.files.is_empty() && found.errors.is_empty() {
            let paths: Vec<_> = self.corpus.iter().map(|p| p.display().to_string()).collect();
            let remedy = "name folders or files of .txt, .md, .html, .jsonl or .csv with --corpus";
            return Err(Error::usage(format!("no document in {}", paths.join(", ")), remedy));
        }
        let stop = stop_on_interrupt()?;
        let bar = (std::io::stderr().is_terminal() && !global.quiet).then(progress_bar);
        let progress = |p: Progress| {
            if let Some(bar) = &bar {
                bar.set_length(p.total);
                bar.set_position(p.done);
            }
        };
        let update = Update {
            dir: &global.index,
            segmenter: &segmenter,
            options: &options,
            rebuild: self.rebuild,
            stop: &stop,
            progress: &progress,
        };
        let summary = update.run(&found.files)?;
        if let Some(bar) = &bar {
            bar.finish_and_clear();
        }
        if !global.quiet {
            super::print(&self.told(&found, &summary, start.elapsed().as_secs_f64()))?;
        }
        for error in &found.errors {
            eprintln!("suyuan: {error}");
        }
        for problem in &summary.problems {
            let place = if problem.message.starts_with(&problem.file) { "" } else { &format!("{}: ", problem.file) };
            eprintln!("suyuan: {place}{}", problem.message);
        }
        if summary.stopped {
            eprintln!("suyuan: stopped; the index holds what was finished, run again to complete it");
        }
        let failed = summary.stopped || !found.errors.is_empty() || !summary.problems.is_empty();
        Ok(if failed { Outcome::Failed } else { Outcome::Found })
    }

    fn told(&self, found: &Discovery, summary: &Summary, seconds: f64) -> String {
        let mut lines = Vec::new();
        if let Some(reason) = summary.rebuilt {
            lines.push(format!("everything was read again: {reason}"));
        }
        lines.push(holdings(&summary.counts));
        lines.extend(self.notes(summary));
        if !found.passed.is_empty() {
            lines.push(format!("passed over: {} files", found.passed.len()));
            if self.verbose {
                lines.extend(found.passed.iter().map(|p| format!("  {}: {}", p.path.display(), p.reason)));
            }
        }
        let Summary { read, unchanged, removed, .. } = summary;
        lines.push(format!("files: {read} read, {unchanged} unchanged, {removed} removed; {seconds:.1} s"));
        lines.join("\n") + "\n"
    }

    /// How many fields were read from the texts, guessed and repaired; with `--verbose` each guess and repair.
    fn notes(&self, summary: &Summary) -> Vec<String> {
        let mut fields: BTreeMap<(Origin, &str), usize> = BTreeMap::new();
        let doubtful = |o: Origin| matches!(o, Origin::Text | Origin::Guess | Origin::Repaired);
        let notes: Vec<_> = summary.notes.iter().filter(|(_, note)| doubtful(note.origin)).collect();
        notes.iter().for_each(|(_, note)| *fields.entry((note.origin, note.field.as_str())).or_default() += 1);
        let mut lines = Vec::new();
        for (origin, word) in
            [(Origin::Text, "read from the texts"), (Origin::Guess, "guessed"), (Origin::Repaired, "repaired")]
        {
            let of = fields.iter().filter(|((o, _), _)| *o == origin);
            let counts: Vec<_> = of.map(|((_, field), count)| format!("{field} {count}")).collect();
            if !counts.is_empty() {
                lines.push(format!("{word}: {}", counts.join(", ")));
            }
        }
        if self.verbose {
            lines.extend(summary.remarks.iter().map(|r| format!("  {}: {}", r.file, r.message)));
            let shown = notes.iter().filter(|(_, n)| n.origin != Origin::Text || !n.detail.is_empty());
            lines.extend(shown.map(|(id, n)| format!("  {id}: {}: {}", n.field, n.detail)));
        } else if !summary.remarks.is_empty() {
            lines.push(format!("remarks on files: {}; --verbose tells them", summary.remarks.len()));
        }
        lines
    }
}

fn holdings(counts: &Counts) -> String {
    let Counts { proposals, replies, policies, reports, clauses, suggestions, sections, claims, passages } = counts;
    format!(
        "documents: {} (proposals {proposals}, replies {replies}, policies {policies}, reports {reports})\n\
         units: clauses {clauses}, suggestions {suggestions}, reply sections {sections}, claims {claims}, passages {passages}",
        counts.documents()
    )
}

/// A flag that Ctrl-C sets; a second Ctrl-C ends the program at once, which leaves the last commit.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    ctrlc::set_handler(handler).map_err(|e| Error::usage(e.to_string(), "run it from an ordinary shell"))?;
    Ok(stop)
}

fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
