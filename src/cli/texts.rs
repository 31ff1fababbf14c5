//! What the commands of corpus linguistics share: the index opened for search, the filters, and where results go.

use super::filters::Filters;
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use suyuan::concord::whole_words;
use suyuan::export::{Chart, Grid};
use suyuan::index::Index;
use suyuan::search::{self, Engine, Every, Query, Target};
use suyuan::segment::Segmenter;
use suyuan::{Error, Result};

/// What is opened for a run.
pub(super) struct Opened {
    pub(super) index: Index,
    pub(super) segmenter: Segmenter,
}

impl Opened {
    pub(super) fn new(global: &Global) -> Result<Self> {
        Ok(Self { index: Index::open(&global.index)?, segmenter: Segmenter::new(global.user_dict.as_deref())? })
    }

    pub(super) fn texts<'a>(&'a self, filters: &'a Filters, whole: bool) -> Result<Texts<'a>> {
        let units = filters.targets();
        if units.contains(&Target::Document) {
            let remedy = "name clause, suggestion, reply, claim or passage";
            return Err(Error::usage("titles are not counted, only the texts of units", remedy));
        }
        let engine = Engine::open(&self.index, &self.segmenter)?;
        Ok(Texts { engine, units, filters, segmenter: &self.segmenter, whole })
    }
}

/// The texts that pass the filters.
pub(super) struct Texts<'a> {
    engine: Engine<'a>,
    units: Vec<Target>,
    filters: &'a Filters,
    segmenter: &'a Segmenter,
    /// Whether nodes must begin and end where words do.
    whole: bool,
}

impl Texts<'_> {
    /// What the user typed, each text to be found as it is written, within the filters.
    pub(super) fn query(&self, typed: &str) -> Result<Query> {
        self.filters.apply(search::parse(typed)?.exactly())
    }

    /// Every unit that matches.
    pub(super) fn find(&self, query: &Query) -> Result<Every> {
        let mut found = self.engine.every(query, &self.units)?;
        if self.whole {
            whole_words(&mut found, self.segmenter);
        }
        Ok(found)
    }

    /// Every unit that may hold what the query looks for.
    pub(super) fn frame(&self, query: &Query) -> Result<Every> {
        self.engine.every(&query.frame(), &self.units)
    }
}

/// Whether `query` looks for a text, so that there are nodes to show or count.
pub(super) fn looks_for_text(query: &Query) -> bool {
    let in_text = |t: &&search::TextQuery| t.field.is_of_unit() && t.field != search::Field::Heading;
    query.wanted().iter().any(in_text)
}

/// The error for a query without a text, where one is needed.
pub(super) fn no_text(typed: &str) -> Error {
    Error::usage(format!("{typed} looks for no text"), "give a word or a phrase, with or without conditions")
}

/// Form of the output of a command that writes a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    /// For reading
    Table,
    /// With a byte-order mark, for spreadsheets
    Csv,
    /// One object
    Json,
}

/// How results that are a table are printed.
#[derive(Debug, Args)]
pub(super) struct Tabled {
    /// Form of the output
    #[arg(long, value_enum, default_value_t = TableFormat::Table, help_heading = "Output")]
    format: TableFormat,
}

impl Tabled {
    /// Prints the result; `table` writes it for reading, as wide as it is told.
    pub(super) fn write<T: serde::Serialize>(
        &self,
        data: &T,
        grid: &Grid,
        table: impl FnOnce(u16) -> String,
    ) -> Result<()> {
        super::print(&match self.format {
            TableFormat::Table => table(super::width()),
            TableFormat::Csv => grid.csv(),
            TableFormat::Json => super::json(data)?,
        })
    }
}

/// What was found, with the query as it was typed.
#[derive(serde::Serialize)]
pub(super) struct Answer<'a, T> {
    pub(super) query: &'a str,
    #[serde(flatten)]
    pub(super) found: &'a T,
}

/// Form of the output of a command whose results can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChartFormat {
    /// For reading
    Table,
    /// With a byte-order mark, for spreadsheets
    Csv,
    /// One object
    Json,
    /// Bars on the terminal
    Chart,
}

/// Where results that can be drawn go.
#[derive(Debug, Args)]
pub(super) struct Drawn {
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ChartFormat::Table, help_heading = "Output")]
    format: ChartFormat,
    /// Draw the result into this file too, as an SVG image
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    svg: Option<PathBuf>,
}

impl Drawn {
    /// Prints the result, and draws it where that is asked for.
    pub(super) fn write<T: serde::Serialize>(&self, data: &T, grid: &Grid, chart: &Chart) -> Result<()> {
        if let Some(path) = &self.svg {
            super::write(path, chart.svg().as_bytes())?;
        }
        super::print(&match self.format {
            ChartFormat::Table => grid.table(super::width()),
            ChartFormat::Csv => grid.csv(),
            ChartFormat::Json => super::json(data)?,
            ChartFormat::Chart => chart.bars(super::width()),
        })
    }
}

/// How a command ends that found so much, with a word on standard error where that is nothing.
pub(super) fn outcome(found: usize, what: &str, global: &Global) -> Outcome {
    if found == 0 {
        if !global.quiet {
            eprintln!("suyuan: nothing found for {what}");
        }
        return Outcome::Nothing;
    }
    Outcome::Found
}
