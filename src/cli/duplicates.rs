//! `suyuan duplicates`: Find nearly identical documents

use super::filters::kind;
use super::library::Documents;
use super::output::Format;
use super::{Global, Outcome};
use clap::Args;
use suyuan::Result;
use suyuan::document::{Document, Kind};
use suyuan::export::duplicates_table;
use suyuan::similar::duplicates;

/// Find nearly identical documents
///
/// Groups documents that share most of their text (查重, 并案), the earliest first, with the share and the places where the others
/// differ. Print, spaces and punctuation do not count; texts of fewer than some forty characters are left out.
#[derive(Debug, Args)]
pub(super) struct DuplicatesArgs {
    /// Least share of the text of both that both must have, 0.3 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.6, value_parser = share, help_heading = "Finding")]
    min_share: f64,
    /// Documents of this kind only (proposal, reply, policy, report); may be repeated
    #[arg(long, value_name = "KIND", value_parser = kind, help_heading = "Finding")]
    kind: Vec<Kind>,
    /// Form of the output [default: table on a terminal, csv in a pipe]
    #[arg(long, value_enum, help_heading = "Output")]
    format: Option<Format>,
    #[command(flatten)]
    documents: Documents,
}

fn share(text: &str) -> std::result::Result<f64, String> {
    let share: Option<f64> = text.parse().ok();
    share.filter(|s| (0.3..=1.0).contains(s)).ok_or_else(|| "give a number from 0.3 to 1".to_owned())
}

impl DuplicatesArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome> {
        let loaded = self.documents.load(global)?;
        let all = loaded.library.entries().iter().map(|e| &e.document);
        let wanted: Vec<&Document> = all.filter(|d| self.kind.is_empty() || self.kind.contains(&d.kind)).collect();
        let found = duplicates(&wanted, self.min_share);
        let lang = global.lang.into();
        let format = self.format.unwrap_or_else(Format::usual);
        format.print(&found, lang, |width| duplicates_table(&found, lang, width))?;
        Ok(match (loaded.failed, found.groups.is_empty()) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Nothing,
            (false, false) => Outcome::Found,
        })
    }
}
