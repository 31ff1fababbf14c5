//! `suyuan eval`: Score the program on labelled cases

use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use comfy_table::{CellAlignment, Table, presets};
use std::path::{Path, PathBuf};
use suyuan::eval::case::{Case, folders};
use suyuan::eval::{Data, Evaluation, Figure, Part, claims, extraction, links, ranking};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result};

/// Score the program on labelled cases
///
/// Every figure comes with a 95 % bootstrap interval over proposals.
#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    /// Folders of labelled cases, or a folder of such folders
    #[arg(value_name = "CASE")]
    cases: Vec<PathBuf>,
    /// Labelled proposals (JSON Lines) to score the cutting into suggestions and measures
    #[arg(long, value_name = "FILE", help_heading = "Labelled data")]
    extraction: Option<PathBuf>,
    /// Letters with their replies (JSON Lines: id, letter, reply): finds each letter's reply among all replies
    #[arg(long, value_name = "FILE", help_heading = "Labelled data")]
    letters: Option<PathBuf>,
    /// Questions (JSON Lines: qid, query, gold) to find the articles of --articles for
    #[arg(long, value_name = "FILE", requires = "articles", help_heading = "Labelled data")]
    retrieval: Option<PathBuf>,
    /// Articles of law (JSON Lines: name, content): the pool of --retrieval
    #[arg(long, value_name = "FILE", requires = "retrieval", help_heading = "Labelled data")]
    articles: Option<PathBuf>,
    /// Folder of tables (.jsonl) with the texts of the policies that a case names by id; may be repeated
    #[arg(long, value_name = "DIR", help_heading = "Labelled data")]
    data: Vec<PathBuf>,
    /// Folder of tables (.jsonl) all of whose policies join the pool of the wide_recall figures; may be repeated
    #[arg(long, value_name = "DIR", help_heading = "Labelled data")]
    pool: Vec<PathBuf>,
    /// Score measures by models fitted on the other folds of --extraction, not by the shipped one
    #[arg(long, value_name = "K", requires = "extraction", help_heading = "Fitting", value_parser = clap::value_parser!(u32).range(2..))]
    folds: Option<u32>,
    /// Labelled proposals to fit on beside those of --extraction; may be repeated
    #[arg(long, value_name = "FILE", requires = "extraction", help_heading = "Fitting")]
    also_fit: Vec<PathBuf>,
    /// Fit the model of measures on all labelled proposals and write its weights to this file
    #[arg(long, value_name = "FILE", requires = "extraction", help_heading = "Fitting")]
    fit_measures: Option<PathBuf>,
    /// Write every wrong decision to this file, one JSON record a line
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    misses: Option<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Table, help_heading = "Output")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One figure a row
    Table,
    /// Every figure and every decision
    Json,
}

impl EvalArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let tables = [&self.extraction, &self.letters, &self.retrieval];
        if self.cases.is_empty() && tables.iter().all(|table| table.is_none()) {
            let remedy = "name folders of cases, or give --extraction, --letters or --retrieval FILE";
            return Err(Error::usage("there is nothing to score", remedy));
        }
        // The file of misses is opened before the work starts: a bad path fails early.
        let misses = self.misses.as_deref().map(open).transpose()?;
        let evaluation = self.evaluate(global)?;
        if let (Some(file), Some(path)) = (misses, &self.misses) {
            write_misses(file, path, &evaluation)?;
        }
        let out = match self.format {
            Format::Table => table(&evaluation),
            Format::Json => super::json(&evaluation)?,
        };
        super::print(&out)?;
        Ok(Outcome::Found)
    }

    fn evaluate(&self, global: &Global) -> Result<Evaluation> {
        let folders = folders(&self.cases)?;
        let data = Data::load(&self.data, &folders)?;
        let cases: Vec<Case> = folders.iter().map(|folder| Case::load(folder, &data)).collect::<Result<_>>()?;
        let mut evaluation = Evaluation::default();
        if let Some(file) = &self.extraction {
            evaluation.add(self.extraction(file)?);
        }
        if let Some(file) = &self.letters {
            evaluation.add(ranking::letters(
                file,
                &Segmenter::new(global.user_dict.as_deref())?,
                global.learnt()?.vectors,
            )?);
        }
        if let (Some(queries), Some(articles)) = (&self.retrieval, &self.articles) {
            evaluation.add(ranking::retrieval(
                queries,
                articles,
                &Segmenter::new(global.user_dict.as_deref())?,
                global.learnt()?.vectors,
            )?);
        }
        if !cases.is_empty() {
            evaluation.add(extraction::score_cases(&cases));
            let gold: Vec<_> = cases.iter().map(claims::gold_links).collect();
            let judged: Vec<_> =
                cases.iter().zip(&gold).map(|(case, (library, linked))| (case, library, linked)).collect();
            evaluation.add(claims::score(&judged, "_gold_links"));
            let segmenter = Segmenter::new(global.user_dict.as_deref())?;
            let models = global.models()?;
            let own: Vec<_> =
                cases.iter().map(|case| claims::own_links(case, &segmenter, &models)).collect::<Result<_>>()?;
            let judged: Vec<_> =
                cases.iter().zip(&own).map(|(case, (library, linked))| (case, library, linked)).collect();
            evaluation.add(claims::score(&judged, ""));
            let others = Data::policies(&self.pool)?;
            evaluation.add(links::score(&cases, &others, &segmenter, &models)?);
        }
        Ok(evaluation)
    }
}

impl EvalArgs {
    fn extraction(&self, file: &Path) -> Result<Part> {
        let proposals = extraction::load(file, &self.data)?;
        let mut more = Vec::new();
        for file in &self.also_fit {
            more.extend(extraction::load(file, &self.data)?);
        }
        if let Some(path) = &self.fit_measures {
            let weights = extraction::fit(proposals.iter().chain(&more)).print();
            std::fs::write(path, weights)
                .map_err(|e| Error::io(path, e, "give --fit-measures a file that can be written"))?;
        }
        let folds = self.folds.map_or(0, |folds| folds as usize);
        let models = extraction::cross_fit(&proposals, &more, folds);
        Ok(extraction::score(&file.display().to_string(), &proposals, &models))
    }
}

fn open(path: &Path) -> Result<std::fs::File> {
    std::fs::File::create(path).map_err(|e| Error::io(path, e, "give --misses a file that can be written"))
}

fn write_misses(file: std::fs::File, path: &Path, evaluation: &Evaluation) -> Result<()> {
    use std::io::Write;
    let mut file = std::io::BufWriter::new(file);
    for miss in &evaluation.misses {
        let line = super::json_line(miss)?;
        file.write_all(line.as_bytes()).map_err(|e| Error::io(path, e, "see that the disk has room"))?;
    }
    file.flush().map_err(|e| Error::io(path, e, "see that the disk has room"))
}

fn table(evaluation: &Evaluation) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(["figure", "value", "95 % interval", "n"]);
    for (name, figure) in &evaluation.figures {
        table.add_row([name.clone(), number(figure.value), interval(figure), figure.n.to_string()]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}\n")
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}

fn interval(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => format!("{low:.3}–{high:.3}"),
        _ => "–".to_owned(),
    }
}
