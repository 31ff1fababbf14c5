//! The report on a work summary as a page: verdicts, the summary's text with its claims marked, then every claim with its evidence.

use super::frame::{self, Highlight, Page, Tile, badge, marked, meter, pick};
use super::verify::{clause_name, heads, lead, needed_head, source, title, tone, wanted, worded};
use super::{Exporter, Html, words};
use crate::document::{Label, Lang, Order, Span, Verdict};
use crate::report::{EvidenceStep, Quoted, VerifiedClaim, VerifyReport};
use maud::{Markup, html};
use std::io::{self, Write};

impl Exporter<VerifyReport> for Html {
    fn export(&self, report: &VerifyReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let view = View { report, lang };
        let page = frame::page(Page {
            lang,
            title: &title(report, lang),
            lead: html! { (lead(report, lang)) },
            sample: report.sample,
            summary: view.summary(),
            tools: Some(view.tools()),
            body: html! { (view.table()) (view.text()) (view.claims()) (view.needed()) },
        });
        out.write_all(page.as_bytes())
    }
}

struct View<'a> {
    report: &'a VerifyReport,
    lang: Lang,
}

impl View<'_> {
    fn say<'b>(&self, zh: &'b str, en: &'b str) -> &'b str {
        pick(self.lang, zh, en)
    }

    fn summary(&self) -> Markup {
        let given = self.report.counts.iter().filter(|c| c.count > 0);
        let tiles: Vec<Tile<'_>> =
            given.map(|c| Tile { tone: tone(c.verdict), count: c.count, label: c.verdict.label(self.lang) }).collect();
        frame::tiles(&tiles)
    }

    fn tools(&self) -> Markup {
        html! {
            @for c in self.report.counts.iter().filter(|c| c.count > 0) {
                (frame::chip(tone(c.verdict), "verdict", c.verdict.name(), c.verdict.label(self.lang), c.count))
            }
            input.needs-js type="search" data-filter="words" placeholder=(self.say("查找文字", "Find words")) aria-label=(self.say("查找文字", "Find words"));
            span.push.needs-js data-count=(self.say("显示 {} 条说法", "{} claims shown")) aria-live="polite" {}
        }
    }

    fn table(&self) -> Markup {
        let heads = heads(self.lang);
        html! {
            section.group data-group {
                header { h2 { (self.say("一览表", "Table")) } }
                div.scroll { table {
                    thead { tr { th.n { (heads[0]) } th { (heads[1]) } th { (heads[3]) } th { (heads[4]) } th { (heads[8]) } th { (heads[9]) } } }
                    tbody { @for claim in &self.report.claims {
                        tr data-item data-verdict=(claim.verdict.name()) {
                            td.n { a href={ "#claim-" (claim.ordinal) } { (claim.ordinal) } }
                            td { (words::one_line(&claim.text)) }
                            td { (badge(tone(claim.verdict), claim.verdict.label(self.lang))) }
                            td { (claim.reason(self.lang)) }
                            td { (claim.grade.map_or("", |g| g.label(self.lang))) }
                            td { (claim.review.as_deref().unwrap_or_default()) }
                        }
                    } @for row in &self.report.earlier {
                        tr { @for i in [0, 1, 3, 4, 8, 9] { td { (row[i]) } } }
                    } }
                } }
            }
        }
    }

    /// The summary's own text; each claim leads to its evidence.
    fn text(&self) -> Markup {
        let lines = self.report.text.lines().map(|line| Span::within(&self.report.text, line));
        html! {
            section.group {
                header {
                    h2 { (self.say("总结原文", "The summary")) }
                    p { (self.say("点按标出的说法，可看核对结果。", "Click a marked claim to see its evidence.")) }
                }
                article.card { div.inner.report {
                    @for line in lines.filter(|l| !l.of(&self.report.text).trim().is_empty()) { p.text { (self.line(line)) } }
                } }
            }
        }
    }

    fn line(&self, line: Span) -> Markup {
        let edges = self.report.claims.iter().flat_map(|c| [c.span.start, c.span.end]);
        let mut cuts: Vec<usize> =
            edges.filter(|&e| line.start < e && e < line.end).chain([line.start, line.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        html! {
            @for pair in cuts.windows(2) { (self.stretch(Span::new(pair[0], pair[1]))) }
        }
    }

    /// A stretch inside one claim; of nested claims the inner one is marked.
    fn stretch(&self, span: Span) -> Markup {
        let over = self.report.claims.iter().filter(|c| c.span.contains(span));
        let text = span.of(&self.report.text);
        let Some(claim) = over.min_by_key(|c| (c.span.len(), c.ordinal)) else { return html! { (text) } };
        let begins = claim.span.start == span.start;
        html! {
            a.claim.(tone(claim.verdict)) href={ "#claim-" (claim.ordinal) } title=(claim.verdict.label(self.lang)) {
                @if begins { sup.num { (claim.ordinal) } }
                (text)
            }
        }
    }

    fn claims(&self) -> Markup {
        html! {
            section.group data-group {
                header { h2 { (self.say("逐条核对", "Claim by claim")) } }
                @for claim in &self.report.claims { (self.claim(claim)) }
            }
        }
    }

    fn claim(&self, claim: &VerifiedClaim) -> Markup {
        let tone = tone(claim.verdict);
        html! {
            article class={ "card " (tone) } id={ "claim-" (claim.ordinal) } data-item data-verdict=(claim.verdict.name()) {
                header {
                    h3 { (claim.ordinal) ". " (claim.kind.label(self.lang)) }
                    @if let Some(grade) = claim.grade { span.quiet { (self.say("证据等级：", "Evidence: ")) (grade.label(self.lang)) } }
                    (badge(tone, claim.verdict.label(self.lang)))
                }
                div.inner {
                    p.text { (words::one_line(&claim.text)) }
                    p { strong { (claim.reason(self.lang)) } }
                    @for check in &claim.checks { p.note.num { (check.line(self.lang)) } }
                    @for named in &claim.sources {
                        p.note { (source(named, self.lang)) @if let Some(problem) = named.problem(self.lang) { (self.say("（", " (")) (problem) (self.say("）", ")")) } }
                    }
                    (self.answers(claim))
                    @if let Some(review) = &claim.review { p.note { strong { (self.say("人工复核：", "Review: ")) } (review) } }
                }
                @for step in claim.evidence.iter().filter(|s| s.phrase.is_some() || s.clause.is_some()) { (self.step(step)) }
            }
        }
    }

    fn answers(&self, claim: &VerifiedClaim) -> Markup {
        html! {
            @if !claim.answers.is_empty() {
                div.scroll { table {
                    thead { tr { th { (self.say("所引建议", "Quoted suggestion")) } th { (self.say("总结的回应", "The summary's answer")) } } }
                    tbody { @for a in &claim.answers { tr { td { "“" (a.suggestion) "”" } td { (a.answer) } } } }
                } }
            }
        }
    }

    fn step(&self, step: &EvidenceStep) -> Markup {
        html! {
            div.pair {
                div.sides {
                    div.side {
                        div.meta { h4 { (self.say("提案建议", "Suggestion")) } @if let Some(p) = &step.phrase { p.from { (self.say("总结称 ", "named as ")) "“" (p) "”" } } (self.place(step.suggestion.as_ref())) }
                        @match &step.suggestion {
                            Some(s) => p.text { (marked(&s.text, &lit(s))) },
                            None => p.note { (self.say("提案中没有找到这一建议", "the proposal has no such suggestion")) },
                        }
                    }
                    div.side {
                        div.meta { h4 { (self.say("政策条款", "Policy clause")) } @if let Some(c) = &step.clause { p.from { (clause_name(self.report, c, self.lang)) } } }
                        @match &step.clause {
                            Some(c) => p.text { (marked(&c.text, &lit(c))) },
                            None => p.note { (Verdict::NotFound.label(self.lang)) },
                        }
                    }
                }
                (self.facts(step))
                @if step.worded { p.note { (worded(self.lang)) } }
                @if let Some(reply) = &step.reply {
                    details {
                        summary { (self.say("答复中的相应段落", "What the reply says")) @if step.cited { (self.say("（引用该文件）", " (names the policy)")) } }
                        p.where { (reply.unit) }
                        p.text { (reply.text) }
                    }
                }
            }
        }
    }

    fn place(&self, quoted: Option<&Quoted>) -> Markup {
        let Some(quoted) = quoted else { return html! {} };
        let document = self.report.documents.iter().find(|d| d.id == quoted.document);
        let title = document.map_or_else(|| quoted.document.clone(), |d| words::title(d, self.lang));
        html! { p.where { (title) " " (quoted.path) } }
    }

    fn facts(&self, step: &EvidenceStep) -> Markup {
        let Some(kind) = step.kind else { return html! {} };
        let tone = words::kind_tone(kind);
        html! {
            div.facts {
                (badge(tone, kind.label(self.lang)))
                @if let Some(order) = step.order {
                    span { (self.say("时间先后 ", "Order ")) @if order == Order::After { strong { (order.label(self.lang)) } } @else { (badge("prior", order.label(self.lang))) } }
                }
                @if let Some(score) = step.score { span { (self.say("可信度 ", "Score ")) (meter(tone, score)) } }
                @if let Some(grade) = step.grade { span { (self.say("证据等级 ", "Evidence ")) strong { (grade.label(self.lang)) } } }
            }
        }
    }

    fn needed(&self) -> Markup {
        html! {
            @if !self.report.needed.is_empty() {
                section.group {
                    header { h2 { (needed_head(self.lang)) } }
                    @for needed in &self.report.needed { p.note { (wanted(needed, self.lang)) } }
                }
            }
        }
    }
}

/// The shared pieces of a quoted text, numbered in pairs.
fn lit(quoted: &Quoted) -> Vec<Highlight> {
    let pieces = quoted.pieces.iter().enumerate().filter(|(_, s)| !s.is_empty());
    pieces.map(|(i, span)| Highlight { span: *span, number: Some(i + 1) }).collect()
}
