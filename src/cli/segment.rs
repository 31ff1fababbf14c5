//! `suyuan segment`: Show the tokens that the program sees in a text

use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use comfy_table::{Table, presets};
use serde::Serialize;
use std::io::{IsTerminal, Read};
use std::path::Path;
use suyuan::segment::{Segmenter, Token, normalise};
use suyuan::{Error, Result};

/// Show the tokens that the program sees in a text
#[derive(Debug, Args)]
pub(super) struct SegmentArgs {
    /// Text, or a file of text; standard input where nothing or - is given
    #[arg(value_name = "TEXT|FILE")]
    input: Option<String>,
    /// Tokens to show
    #[arg(long, value_enum, default_value_t = Mode::Words, help_heading = "Segmenting")]
    mode: Mode,
    /// Form of the output [default: table on a terminal, text in a pipe]
    #[arg(long, value_enum, help_heading = "Output")]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// Every token, punctuation included
    All,
    /// Words, for ranking and linking
    Words,
    /// Words and the words inside them, for the index
    Search,
    /// Character bigrams, for the index
    Bigrams,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Terms with their tags, WORD/TAG, one paragraph a line
    Text,
    /// One token a row, with its byte span
    Table,
    /// The normal form and the tokens
    Json,
}

#[derive(Serialize)]
struct Seen {
    normal: String,
    tokens: Vec<SeenToken>,
}

#[derive(Serialize)]
struct SeenToken {
    start: usize,
    end: usize,
    text: String,
    term: String,
    tag: String,
}

impl SegmentArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let segmenter = Segmenter::new(global.user_dict.as_deref())?;
        let text = self.text()?;
        let cut = |text: &str| match self.mode {
            Mode::All => segmenter.tokens(text),
            Mode::Words => segmenter.words(text),
            Mode::Search => segmenter.search_tokens(text),
            Mode::Bigrams => segmenter.bigrams(text),
        };
        let tokens = cut(&text);
        let terminal = std::io::stdout().is_terminal();
        let out = match self.format.unwrap_or(if terminal { Format::Table } else { Format::Text }) {
            Format::Text => text.lines().map(|line| line_of(&cut(line)) + "\n").collect(),
            Format::Table => table(&text, &tokens),
            Format::Json => json(&text, &tokens)?,
        };
        super::print(&out)?;
        Ok(if tokens.is_empty() { Outcome::Nothing } else { Outcome::Found })
    }

    fn text(&self) -> Result<String> {
        let remedy = "give a text, a UTF-8 file, or a text on standard input";
        match self.input.as_deref() {
            None | Some("-") => {
                let mut text = String::new();
                std::io::stdin().read_to_string(&mut text).map_err(|e| Error::io("-", e, remedy))?;
                Ok(text)
            }
            Some(path) if Path::new(path).is_file() => {
                std::fs::read_to_string(path).map_err(|e| Error::io(path, e, remedy))
            }
            Some(text) => Ok(text.to_owned()),
        }
    }
}

fn line_of(tokens: &[Token]) -> String {
    let word = |t: &Token| match t.tag.as_str() {
        "" => t.term.clone(),
        tag => format!("{}/{tag}", t.term),
    };
    tokens.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn table(text: &str, tokens: &[Token]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header(["bytes", "text", "term", "tag"]);
    for Token { span, term, tag } in tokens {
        let printed = span.of(text).replace('\n', "\\n");
        table.add_row([format!("{}..{}", span.start, span.end), printed, term.replace('\n', "\\n"), tag.to_string()]);
    }
    format!("{}\n\n{table}\n", normalise(text).text())
}

fn json(text: &str, tokens: &[Token]) -> Result<String> {
    let seen = |t: &'_ Token| SeenToken {
        start: t.span.start,
        end: t.span.end,
        text: t.span.of(text).to_owned(),
        term: t.term.clone(),
        tag: t.tag.to_string(),
    };
    let seen = Seen { normal: normalise(text).text().to_owned(), tokens: tokens.iter().map(seen).collect() };
    super::json(&seen)
}
