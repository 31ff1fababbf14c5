//! The table every user knows, as cells: what the CSV file, the Markdown table and the HTML table print.

use super::review::{Reviewed, letters};
use super::words;
use crate::document::{Label, Lang};
use crate::report::{Row, TraceReport};

/// Number of columns.
pub(super) const COLUMNS: usize = 10;

/// Evidence named in a cell.
const NAMED: usize = 5;

/// The heads of the columns.
pub(super) fn heads(lang: Lang) -> [&'static str; COLUMNS] {
    match lang {
        Lang::Zh => [
            "序号",
            "提案编号",
            "提案建议",
            "政策文件（文号·成文日期）",
            "对应条款（层级路径＋原文）",
            "采纳方式",
            "依据",
            "时间先后",
            "可信度",
            "人工复核",
        ],
        Lang::En => [
            "No.",
            "Proposal",
            "Suggestion",
            "Policy (number · date)",
            "Clause (path and text)",
            "Kind",
            "Basis",
            "Order",
            "Score",
            "Review",
        ],
    }
}

/// The cells of a row, in the order of [`heads`].
pub(super) fn cells(report: &TraceReport, row: &Row<'_>, lang: Lang) -> [String; COLUMNS] {
    let number = row.number.to_string();
    let proposal = words::proposal_number(report, &row.suggestion.proposal, lang);
    let text = row.suggestion.text.clone();
    let Some(link) = row.link else {
        let review = row.suggestion.review.clone().unwrap_or_default();
        let status = row.suggestion.status.label(lang).to_owned();
        let none = String::new;
        return [number, proposal, text, none(), none(), status, none(), none(), none(), review];
    };
    let clause = if link.clause.is_empty() { link.text.clone() } else { format!("{}\n{}", link.clause, link.text) };
    let basis = words::basis(report, link, NAMED, lang).join(super::frame::pick(lang, "；", "; "));
    [
        number,
        proposal,
        text,
        words::policy(report, &link.document, lang),
        clause,
        link.kind.label(lang).to_owned(),
        basis,
        link.order.label(lang).to_owned(),
        format!("{:.2}", link.score),
        link.review.clone().unwrap_or_default(),
    ]
}

impl Reviewed for TraceReport {
    fn heads(lang: Lang) -> Vec<&'static str> {
        heads(lang).to_vec()
    }

    /// Proposal, words of the suggestion, clause.
    fn key(cells: &[String]) -> Vec<String> {
        let proposal = cells[1].replace("【样本】", "").replace("[sample]", "").replace("No.", "");
        let proposal = letters(&proposal.replace(['第', '号'], "")).trim_start_matches('0').to_owned();
        vec![proposal, letters(&cells[2]), letters(&cells[4])]
    }

    fn rows_of_cells(&self, lang: Lang) -> Vec<Vec<String>> {
        self.rows().iter().map(|row| cells(self, row, lang).to_vec()).collect()
    }

    fn review(&mut self, reviews: Vec<Option<String>>, earlier: Vec<Vec<String>>) {
        let mut reviews = reviews.into_iter();
        let mut take = || reviews.next().flatten();
        for suggestion in &mut self.suggestions {
            if suggestion.links.is_empty() {
                suggestion.review = take();
            }
            for link in &mut suggestion.links {
                link.review = take();
            }
        }
        self.earlier = earlier;
    }
}
