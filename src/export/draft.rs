//! An outline of a draft reply out of past replies: only their words, each passage with its source. Nothing is worded anew.

use super::frame::{pick, sample_notice};
use super::md::{cell, text};
use super::similar::{name, reply, sample};
use crate::document::Lang;
use crate::similar::{Answered, Found, Nearest, Part};
use std::io::{self, Write};

/// Passages for one suggestion.
const PASSAGES: usize = 3;
/// Least cosine of a suggestion and a past one for the answer to that to be quoted: an unfit quotation is worse than none.
const FIT: f64 = 0.15;

/// The outline as Markdown: a section for each part of `found` with the passages that answered the nearest past suggestions.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_draft(found: &Found, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let asked = if found.asked.title.is_empty() { String::new() } else { format!("：{}", found.asked.title) };
    writeln!(out, "# {}{}\n", pick(lang, "答复提纲", "Outline of a reply"), cell(&asked))?;
    let rule = pick(
        lang,
        "以下各段均摘自往年答复原文，逐段注明出处；情况、数字和所引文件可能已经变化，采用前请逐一核实。",
        "Every passage below is quoted from a past reply and names its source; facts, figures and policies may have changed: check each before use.",
    );
    writeln!(out, "> {rule}\n")?;
    if sample(found) {
        writeln!(out, "> **{}**\n", sample_notice(lang))?;
    }
    for part in &found.parts {
        section(part, lang, out)?;
    }
    Ok(())
}

fn section(part: &Part, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    match part.suggestion {
        Some(number) => writeln!(out, "## {}{number}\n\n{}\n", pick(lang, "建议 ", "Suggestion "), text(&part.text))?,
        None => writeln!(out, "## {}\n", pick(lang, "可参考的往年答复", "Past answers"))?,
    }
    let passages = passages(part);
    if passages.is_empty() {
        return writeln!(
            out,
            "{}\n",
            pick(
                lang,
                "（往年答复中未找到可参考的段落，待补充）",
                "(no past reply has a passage for it: to be written)"
            )
        );
    }
    let mut cites: Vec<&str> = Vec::new();
    for (near, answer) in passages {
        for line in answer.text.lines().filter(|l| !l.trim().is_empty()) {
            writeln!(out, "> {}\n>", text(line))?;
        }
        let past = near.reply(&answer.document).map_or_else(|| answer.document.clone(), |r| reply(r, lang));
        let guess = if answer.stated { "" } else { pick(lang, "，按文字相近推定", ", nearest in its words") };
        let source = format!("{}（{past}；{}{guess}）", name(near, lang), answer.unit);
        writeln!(out, "{}{}\n", pick(lang, "出处：", "Source: "), cell(&source))?;
        cites.extend(answer.cites.iter().map(String::as_str).filter(|c| !cites.contains(c)).collect::<Vec<_>>());
    }
    if !cites.is_empty() {
        let listed = cites.join(pick(lang, "、", ", "));
        writeln!(
            out,
            "{}{}\n",
            pick(lang, "所引文件（请核对是否现行有效）：", "Policies named (check that they are in force): "),
            cell(&listed)
        )?;
    }
    Ok(())
}

/// The passages that answered the nearest past suggestions, each once.
fn passages(part: &Part) -> Vec<(&Nearest, &Answered)> {
    let mut passages: Vec<(&Nearest, &Answered)> = Vec::new();
    for near in &part.nearest {
        let answers = near.aligned.iter().filter(|a| a.score >= FIT).take(1).flat_map(|a| &a.answers);
        for answer in answers.filter(|a| !a.text.is_empty()) {
            if passages.len() < PASSAGES && !passages.iter().any(|(_, p)| p.text == answer.text) {
                passages.push((near, answer));
            }
        }
    }
    passages
}
