//! `suyuan show`: Print a document with its units

use super::library::Documents;
use super::names::{Named, listed, named};
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use suyuan::document::{Entry, Lang, Library};
use suyuan::export::{sheet_text, unit_text};
use suyuan::report::{Sheet, sheet};
use suyuan::{Error, Result};

/// Print a document with its units
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Id, number or title of a document; with #s3 one unit of it (c clause, s suggestion, r reply section, m claim, p passage)
    #[arg(value_name = "ID")]
    id: String,
    /// List the paragraphs between the units too
    #[arg(long, help_heading = "Showing")]
    passages: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    documents: Documents,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// Everything, for programs
    Json,
}

impl ShowArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let loaded = self.documents.load(global)?;
        let Some((entry, unit)) = self.find(&loaded.library)? else { return Ok(Outcome::Nothing) };
        let sheet = sheet(&loaded.library, entry);
        super::print(&self.printed(&sheet, unit, global.lang.into())?)?;
        Ok(if loaded.failed { Outcome::Failed } else { Outcome::Found })
    }

    /// The document, and the letter and number of the unit where one is named.
    fn find<'a>(&'a self, library: &'a Library) -> Result<Option<(&'a Entry, Option<&'a str>)>> {
        let parts = self.id.rsplit_once('#').filter(|_| library.get(&self.id).is_none());
        let (name, unit) = parts.map_or((self.id.as_str(), None), |(name, unit)| (name, Some(unit)));
        match named(library, name, None) {
            Named::One(entry) => Ok(Some((entry, unit))),
            Named::Many(entries) => {
                let remedy = format!("give one of the ids: {}", listed(&entries));
                Err(Error::usage(format!("{name} stands for several documents"), remedy))
            }
            Named::None(nearest) => {
                let remedy = match &nearest[..] {
                    [] => "see the ids with `suyuan search`".to_owned(),
                    near => format!("the nearest: {}", listed(near)),
                };
                eprintln!("suyuan: no document {name}; {remedy}");
                Ok(None)
            }
        }
    }

    fn printed(&self, sheet: &Sheet, unit: Option<&str>, lang: Lang) -> Result<String> {
        let Some(unit) = unit else {
            return match self.format {
                Format::Text => Ok(sheet_text(sheet, self.passages, lang)),
                Format::Json => super::json(sheet),
            };
        };
        let name = format!("{}#{unit}", sheet.document.id);
        let found = sheet.unit(&name).ok_or_else(|| {
            let names: Vec<&str> = sheet.units.iter().map(|u| u.unit.as_str()).take(40).collect();
            Error::usage(format!("there is no unit {name}"), format!("it has {}", names.join(", ")))
        })?;
        match self.format {
            Format::Text => Ok(unit_text(sheet, found, lang)),
            Format::Json => super::json(found),
        }
    }
}
