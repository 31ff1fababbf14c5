//! The nearest past matters as a page: each with its reason, its suggestions beside their answers.

use super::frame::{self, Page, meter, pick};
use super::similar::{facts, lead, name, part_name, reply, sample, shared, title, twins};
use super::{Exporter, Html};
use crate::document::Lang;
use crate::similar::{Aligned, Found, Nearest, Part};
use maud::{Markup, html};
use std::io::{self, Write};

/// Characters of the shortest run of common words that is marked.
const RUN: usize = 4;

impl Exporter<Found> for Html {
    fn export(&self, found: &Found, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let page = frame::page(Page {
            lang,
            title: &title(found, lang),
            lead: html! { (lead(found, lang)) },
            sample: sample(found),
            summary: html! {},
            tools: None,
            body: html! { @for part in &found.parts { (section(part, lang)) } },
        });
        out.write_all(page.as_bytes())
    }
}

fn section(part: &Part, lang: Lang) -> Markup {
    html! {
        section.group {
            @if let Some(head) = part_name(part, lang) { header { h2 { (head) } p { (part.text) } } }
            @for near in &part.nearest { (matter(near, lang)) }
            @if part.nearest.is_empty() { p.note { (pick(lang, "未找到相近的提案", "no proposal shares anything with it")) } }
        }
    }
}

fn matter(near: &Nearest, lang: Lang) -> Markup {
    html! {
        article.card.prior {
            header { h3 { (name(near, lang)) } span.quiet { (facts(near, lang)) } }
            div.inner {
                div.facts {
                    span { (pick(lang, "相近度 ", "Score ")) (meter("prior", near.score)) }
                    span { (pick(lang, "共有词语 ", "In common ")) strong { (shared(near, lang)) } }
                }
                @for past in &near.replies { p.note { (pick(lang, "答复：", "Reply: ")) (reply(past, lang)) } }
                @if !near.twins.is_empty() { p.note { (twins(near, lang)) } }
            }
            @for aligned in &near.aligned { (pair(aligned, lang)) }
        }
    }
}

fn pair(aligned: &Aligned, lang: Lang) -> Markup {
    html! {
        div.pair { div.sides {
            div.side {
                div.meta { h4 { (pick(lang, "往年建议", "Past suggestion")) } p.where { (aligned.unit) } }
                // The style sheet gives a side two rows: its head and its words.
                div {
                    p.text { (marked(&aligned.text, &aligned.own_text)) }
                    @if let Some(own) = aligned.own {
                        p.note { (pick(lang, "对应本件建议 ", "for the own suggestion ")) (own) (pick(lang, "：", ": ")) (marked(&aligned.own_text, &aligned.text)) }
                    }
                }
            }
            div.side {
                div.meta {
                    h4 { (pick(lang, "当时的答复", "The answer")) }
                    @for answer in &aligned.answers { p.where { (answer.unit) @if !answer.stated { (pick(lang, "（按文字相近推定）", " (nearest in its words)")) } } }
                }
                div {
                    @if aligned.answers.is_empty() { p.note { (pick(lang, "没有找到对应的答复段落", "no passage answers it")) } }
                    @for answer in &aligned.answers { p.text { (answer.text) } }
                }
            }
        } }
    }
}

/// `text` with the runs of at least [`RUN`] characters marked that `other` has too.
fn marked(text: &str, other: &str) -> Markup {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut common = vec![false; chars.len()];
    for start in 0..chars.len().saturating_sub(RUN - 1) {
        let end = chars.get(start + RUN).map_or(text.len(), |(at, _)| *at);
        if other.contains(&text[chars[start].0..end]) {
            common[start..start + RUN].fill(true);
        }
    }
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for ((_, c), common) in chars.iter().zip(common) {
        match pieces.last_mut() {
            Some((last, piece)) if *last == common => piece.push(*c),
            _ => pieces.push((common, c.to_string())),
        }
    }
    html! { @for (common, piece) in &pieces { @if *common { mark.e1 { (piece) } } @else { (piece) } } }
}
