//! The nearest past proposals as a table for a terminal and as CSV.

use super::csv::write_rows;
use super::frame::pick;
use super::words::one_line;
use crate::document::Lang;
use crate::similar::{Nearest, PastReply};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

/// Characters of a suggestion that the table shows.
const SHOWN: usize = 60;

/// A table `width` columns wide.
pub fn nearest_table(found: &[Nearest], lang: Lang, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width).set_header(match lang {
        Lang::Zh => ["相近度", "提案", "相近之处", "答复"],
        Lang::En => ["Score", "Proposal", "In common", "Replies"],
    });
    for near in found {
        let replies = near.replies.iter().map(|r| reply(r, lang)).collect::<Vec<_>>().join("\n");
        table.add_row([format!("{:.2}", near.score), proposal(near, lang), common(near, lang), replies]);
    }
    let shares = [(1, 30), (2, 38), (3, 24)];
    for (column, share) in shares {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(share)));
        }
    }
    if let Some(column) = table.column_mut(0) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    if found.is_empty() {
        return pick(lang, "未找到相近的提案\n", "no proposal shares anything with it\n").to_owned();
    }
    format!("{}\n", table.trim_fmt())
}

/// One proposal a row, UTF-8 with a byte order mark.
pub fn nearest_csv(found: &[Nearest], lang: Lang) -> String {
    let heads = match lang {
        Lang::Zh => {
            ["序号", "相近度", "提案", "提案号", "届次", "标题", "日期", "共有词语", "相近建议", "相近建议原文", "答复"]
        }
        Lang::En => [
            "no",
            "score",
            "proposal",
            "number",
            "session",
            "title",
            "date",
            "shared",
            "nearest_suggestion",
            "suggestion_text",
            "replies",
        ],
    };
    let rows = found.iter().enumerate().map(|(i, near)| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let aligned =
            near.aligned.as_ref().map_or((String::new(), String::new()), |a| (a.unit.clone(), a.text.clone()));
        let replies = near.replies.iter().map(|r| reply(r, lang)).collect::<Vec<_>>().join("\n");
        vec![
            (i + 1).to_string(),
            format!("{:.4}", near.score),
            near.document.clone(),
            text(&near.number),
            text(&near.session),
            near.title.clone(),
            near.date.map(|d| d.to_string()).unwrap_or_default(),
            shared(near, lang),
            aligned.0,
            aligned.1,
            replies,
        ]
    });
    let mut bytes = Vec::new();
    write_rows(&heads, rows, &mut bytes).expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("rows of strings are UTF-8")
}

fn proposal(near: &Nearest, lang: Lang) -> String {
    let sample = if near.sample { pick(lang, "【样本】", "[sample] ") } else { "" };
    let facts = [Some(near.document.clone()), near.session.clone(), near.date.map(|d| d.to_string())];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    format!("{sample}{}\n{}", near.title, facts.join(" · "))
}

fn shared(near: &Nearest, lang: Lang) -> String {
    near.shared.iter().map(|s| s.word.as_str()).collect::<Vec<_>>().join(pick(lang, "、", ", "))
}

fn common(near: &Nearest, lang: Lang) -> String {
    let Some(aligned) = &near.aligned else { return shared(near, lang) };
    let text = one_line(&aligned.text);
    let short: String = text.chars().take(SHOWN).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("{}\n{} {short}{more}", shared(near, lang), aligned.unit)
}

fn reply(reply: &PastReply, lang: Lang) -> String {
    let class = reply.class.map(|c| format!("{}{c}", pick(lang, "类别", "class ")));
    let facts = [Some(reply.document.clone()), reply.unit.clone(), reply.date.map(|d| d.to_string()), class];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
