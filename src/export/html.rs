//! The trace as a page: figures, then every suggestion beside its clauses with the shared pieces lit in pairs, then the table.

use super::frame::{self, Highlight, Page, Tile, badge, marked, meter, pick};
use super::{Exporter, Html, table, words};
use crate::document::{Label, Lang, Order, Span};
use crate::report::{Piece, TraceReport, TracedLink, TracedSuggestion};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::io::{self, Write};

impl Exporter<TraceReport> for Html {
    fn export(&self, report: &TraceReport, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let view = View::new(report, lang);
        let page = frame::page(Page {
            lang,
            title: words::trace_title(lang),
            lead: html! { (words::coverage(report, lang)) },
            sample: report.sample,
            summary: view.summary(),
            tools: Some(view.tools()),
            body: html! { (view.groups()) (view.counts()) (view.gaps()) (view.table()) },
        });
        out.write_all(page.as_bytes())
    }
}

/// The report with what the page needs beside it.
struct View<'a> {
    report: &'a TraceReport,
    lang: Lang,
    /// Short names of documents for the filters: ids may hold spaces.
    keys: BTreeMap<&'a str, String>,
}

impl<'a> View<'a> {
    fn new(report: &'a TraceReport, lang: Lang) -> Self {
        let links = report.suggestions.iter().flat_map(|s| &s.links).map(|l| l.document.as_str());
        let proposals = report.suggestions.iter().map(|s| s.proposal.as_str());
        let mut keys: BTreeMap<&str, String> = links.chain(proposals).map(|id| (id, String::new())).collect();
        keys.values_mut().enumerate().for_each(|(i, key)| *key = format!("d{i}"));
        Self { report, lang, keys }
    }

    fn say<'b>(&self, zh: &'b str, en: &'b str) -> &'b str {
        pick(self.lang, zh, en)
    }

    fn key(&self, id: &str) -> &str {
        self.keys.get(id).map_or("", String::as_str)
    }

    fn summary(&self) -> Markup {
        let counts = &self.report.summary.by_status;
        let tiles: Vec<Tile<'_>> = counts
            .iter()
            .map(|c| Tile { tone: words::status_tone(c.status), count: c.count, label: c.status.label(self.lang) })
            .collect();
        frame::tiles(&tiles)
    }

    fn tools(&self) -> Markup {
        let name = |id: &str| self.report.document(id).map_or_else(|| id.to_owned(), |d| words::title(d, self.lang));
        let policies = self.report.summary.by_policy.iter().map(|p| &p.document);
        let policies: Vec<(String, String)> = policies.map(|id| (self.key(id).to_owned(), name(id))).collect();
        let proposals =
            self.report.summary.by_proposal.iter().map(|p| &p.proposal).filter(|id| !self.key(id).is_empty());
        let proposals: Vec<(String, String)> =
            proposals.map(|id| (self.key(id).to_owned(), words::proposal_number(self.report, id, self.lang))).collect();
        html! {
            @for c in &self.report.summary.by_status {
                (frame::chip(words::status_tone(c.status), "status", &c.status.labels().1.replace(' ', "-"), c.status.label(self.lang), c.count))
            }
            (frame::choice("proposal", self.say("全部提案", "All proposals"), &proposals))
            (frame::choice("policy", self.say("全部政策文件", "All policies"), &policies))
            input.needs-js type="search" data-filter="words" placeholder=(self.say("查找文字", "Find words")) aria-label=(self.say("查找文字", "Find words"));
            span.push.needs-js data-count=(self.say("显示 {} 条建议", "{} suggestions shown")) aria-live="polite" {}
        }
    }

    fn groups(&self) -> Markup {
        let mut numbered = self.report.rows().into_iter().map(|r| r.number);
        let same = |a: &TracedSuggestion, b: &TracedSuggestion| a.proposal == b.proposal;
        html! {
            @for group in self.report.suggestions.chunk_by(same) {
                section.group data-group {
                    (self.group_head(&group[0].proposal, group.len()))
                    @for suggestion in group {
                        @let numbers: Vec<usize> = numbered.by_ref().take(suggestion.links.len().max(1)).collect();
                        (self.card(suggestion, &numbers))
                    }
                }
            }
        }
    }

    fn group_head(&self, id: &str, suggestions: usize) -> Markup {
        let number = words::proposal_number(self.report, id, self.lang);
        let Some(document) = self.report.document(id) else {
            return html! { header { h2 { (number) } } };
        };
        let session = document.session.as_ref().map(|s| s.printed.clone());
        let date = document.date.map(|d| d.to_string());
        let count = match self.lang {
            Lang::Zh => format!("{suggestions} 条建议"),
            Lang::En => format!("{suggestions} suggestions"),
        };
        let facts: Vec<String> = [session, document.issuer.clone(), date, Some(count)].into_iter().flatten().collect();
        html! {
            header {
                h2 { (number) @if document.title != document.id { " " (document.title) } }
                p { (facts.join(" · ")) }
            }
        }
    }

    fn card(&self, suggestion: &TracedSuggestion, numbers: &[usize]) -> Markup {
        let tone = words::status_tone(suggestion.status);
        let policies: Vec<&str> = suggestion.links.iter().map(|l| self.key(&l.document)).collect();
        let (carrying, topical): (Vec<_>, Vec<_>) =
            suggestion.links.iter().zip(numbers).partition(|(link, _)| link.kind.carries());
        html! {
            article class={ "card " (tone) } data-item data-status=(suggestion.status.labels().1.replace(' ', "-"))
                data-policy=(policies.join(" ")) data-proposal=(self.key(&suggestion.proposal)) {
                header {
                    h3 { (words::suggestion_name(suggestion, self.lang)) }
                    @if !suggestion.path.is_empty() { span.quiet { (suggestion.path) } }
                    (badge(tone, suggestion.status.label(self.lang)))
                }
                @if carrying.is_empty() { (self.alone(suggestion, numbers)) }
                @for (link, number) in &carrying { (self.pair(suggestion, link, **number)) }
                @if !topical.is_empty() {
                    details open[carrying.is_empty()] {
                        summary { (self.say("仅同主题的条款", "Clauses on the same topic only")) " (" (topical.len()) ")" }
                        @for (link, number) in &topical { (self.pair(suggestion, link, **number)) }
                    }
                }
                (self.uncovered(suggestion))
                (self.answers(suggestion))
                (self.candidates(suggestion))
            }
        }
    }

    /// A suggestion that no clause carries.
    fn alone(&self, suggestion: &TracedSuggestion, numbers: &[usize]) -> Markup {
        html! {
            @if suggestion.links.is_empty() {
                div.pair id={ "row-" (numbers.first().copied().unwrap_or_default()) } {
                    p.text { (suggestion.text) }
                    (self.review(suggestion.review.as_deref()))
                }
            }
        }
    }

    fn pair(&self, suggestion: &TracedSuggestion, link: &TracedLink, number: usize) -> Markup {
        let (left, right) = highlights(suggestion, link);
        html! {
            div.pair id={ "row-" (number) } {
                div.sides {
                    div.side {
                        div.meta { h4 { (self.say("提案建议", "Suggestion")) } (self.asked(suggestion)) }
                        p.text { (marked(&suggestion.text, &left)) }
                    }
                    div.side {
                        div.meta { h4 { (self.say("政策条款", "Policy clause")) } (self.policy(&link.document)) p.where { (link.clause) } }
                        p.text { (marked(&link.text, &right)) }
                    }
                }
                (self.facts(link))
                (self.ties(link))
                (self.sources(link))
                (self.reasons(link))
                (self.review(link.review.as_deref()))
            }
        }
    }

    fn asked(&self, suggestion: &TracedSuggestion) -> Markup {
        let number = words::proposal_number(self.report, &suggestion.proposal, self.lang);
        let date = suggestion.date.map_or(self.say("日期待补充", "date unknown").to_owned(), |d| d.to_string());
        html! { p.from { (number) " " (words::suggestion_name(suggestion, self.lang)) } p.where { (date) } }
    }

    fn policy(&self, id: &str) -> Markup {
        let Some(document) = self.report.document(id) else {
            return html! { p.from { (id) } };
        };
        let title = words::title(document, self.lang);
        html! {
            p.from { @if let Some(url) = web(document.url.as_deref()) { a href=(url) rel="noopener" { (title) } } @else { (title) } }
            p.where { (words::number_and_date(document, self.lang)) }
        }
    }

    fn facts(&self, link: &TracedLink) -> Markup {
        let tone = words::kind_tone(link.kind);
        html! {
            div.facts {
                (badge(tone, link.kind.label(self.lang)))
                span { (self.say("时间先后 ", "Order ")) (self.order(link.order)) }
                span { (self.say("可信度 ", "Score ")) (meter(tone, link.score)) }
                @if !link.cited_by.is_empty() {
                    span { (self.say("答复引用该文件 ", "Cited in the reply ")) strong { (link.cited_by.join(self.say("、", ", "))) } }
                }
            }
        }
    }

    /// An order that speaks against absorption stands out.
    fn order(&self, order: Order) -> Markup {
        let label = order.label(self.lang);
        match order {
            Order::After => html! { strong { (label) } },
            Order::Before => badge("prior", label),
            Order::Unknown => badge("warn", label),
        }
    }

    fn ties(&self, link: &TracedLink) -> Markup {
        html! {
            @if !link.evidence.is_empty() {
                ul.ties aria-label=(self.say("依据", "Evidence")) {
                    @for (i, found) in link.evidence.iter().enumerate() {
                        li {
                            button type="button" class={ "tie " (frame::colour(i + 1)) } data-e=(i + 1) aria-pressed="false" {
                                b.num { (i + 1) } " "
                                (words::one_line(&found.left.text))
                                @if found.left.text != found.right.text { " ↔ " (words::one_line(&found.right.text)) }
                                span.why { (words::evidence_kind(found.kind, self.lang)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn sources(&self, link: &TracedLink) -> Markup {
        html! { @for source in words::ancestors(self.report, link, self.lang) { p.note { (source) } } }
    }

    fn reasons(&self, link: &TracedLink) -> Markup {
        html! {
            @if !link.reasons.is_empty() {
                details.aside {
                    summary { (self.say("判断依据（对数几率的加减）", "Why (what each feature adds to the log odds)")) }
                    ul.reasons {
                        @for r in &link.reasons { li { (r.feature) " = " (format!("{:.3}", r.value)) "： " strong.num { (format!("{:+.2}", r.contribution)) } } }
                    }
                }
            }
        }
    }

    fn review(&self, review: Option<&str>) -> Markup {
        html! { @if let Some(review) = review { p.note { strong { (self.say("人工复核：", "Review: ")) } (review) } } }
    }

    fn uncovered(&self, suggestion: &TracedSuggestion) -> Markup {
        let pieces: Vec<String> =
            suggestion.uncovered.iter().map(|p| format!("“{}”", words::one_line(&p.text))).collect();
        html! {
            @if !pieces.is_empty() && !suggestion.links.is_empty() {
                div.inner { p.note { (self.say("未见对应的部分（文中虚线）：", "Parts without a clause (dotted): ")) (pieces.join(self.say("、", ", "))) } }
            }
        }
    }

    fn answers(&self, suggestion: &TracedSuggestion) -> Markup {
        let spoken: Vec<_> = suggestion.answers.iter().filter(|a| !a.text.is_empty()).collect();
        html! {
            @if !spoken.is_empty() {
                details {
                    summary { (self.say("答复中的相应段落", "What the reply says")) " (" (spoken.len()) ")" }
                    @for answer in spoken {
                        p.where { (answer.unit()) }
                        p.text { (answer.text) }
                    }
                }
            }
        }
    }

    fn candidates(&self, suggestion: &TracedSuggestion) -> Markup {
        html! {
            @if !suggestion.candidates.is_empty() {
                details.aside {
                    summary { (self.say("检索排名靠前的条款", "Best-ranked clauses")) " (" (suggestion.candidates.len()) ")" }
                    div.scroll { table {
                        thead { tr { th.n { "#" } th.n { (self.say("可信度", "Score")) } th { (self.say("政策文件", "Policy")) } th { (self.say("条款", "Clause")) } } }
                        tbody { @for (i, found) in suggestion.candidates.iter().enumerate() {
                            tr {
                                td.n { (i + 1) } td.n { (format!("{:.2}", found.score)) }
                                td { (words::policy(self.report, &found.document, self.lang)) }
                                td { span.quiet { (found.clause) } br; (found.text) }
                            }
                        } }
                    } }
                }
            }
        }
    }

    fn counts(&self) -> Markup {
        let summary = &self.report.summary;
        html! {
            section.group {
                header { h2 { (self.say("分布", "Distribution")) } }
                div.scroll { table {
                    thead { tr { th { (self.say("提案", "Proposal")) } @for c in &summary.by_status { th.n { (c.status.label(self.lang)) } } } }
                    tbody { @for p in &summary.by_proposal {
                        tr {
                            td { (words::proposal_number(self.report, &p.proposal, self.lang)) " " (self.report.document(&p.proposal).map_or("", |d| d.title.as_str())) }
                            @for c in &p.by_status { td.n { (c.count) } }
                        }
                    } }
                } }
                @if !summary.by_policy.is_empty() {
                    div.scroll { table {
                        thead { tr { th { (self.say("政策文件", "Policy")) } th.n { (self.say("载有其内容的建议", "Suggestions carried")) } th.n { (self.say("仅同主题的建议", "Same topic only")) } } }
                        tbody { @for p in &summary.by_policy {
                            tr { td { (words::policy(self.report, &p.document, self.lang)) } td.n { (p.carried) } td.n { (p.topical) } }
                        } }
                    } }
                }
            }
        }
    }

    fn gaps(&self) -> Markup {
        html! {
            @if !self.report.missing.is_empty() {
                section.group {
                    header { h2 { (self.say("原始材料缺失，待补充", "Missing material")) } }
                    ul.reasons { @for gap in &self.report.missing { li { (words::missing(self.report, gap, self.lang)) } } }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let heads = table::heads(self.lang);
        html! {
            section.group.landscape {
                header { h2 { (self.say("一览表", "Table")) } }
                div.scroll { table.ten {
                    colgroup { @for _ in heads { col; } }
                    thead { tr { @for head in heads { th scope="col" { (head) } } } }
                    tbody {
                        @for row in self.report.rows() {
                            @let cells = table::cells(self.report, &row, self.lang);
                            tr { @for (i, cell) in cells.iter().enumerate() {
                                @if i == 0 { td.n { a href={ "#row-" (cell) } { (cell) } } } @else { td { (lines(cell)) } }
                            } }
                        }
                        @for row in &self.report.earlier { tr { @for cell in row { td { (lines(cell)) } } } }
                    }
                } }
            }
        }
    }
}

fn lines(cell: &str) -> Markup {
    html! { @for (i, line) in cell.split('\n').enumerate() { @if i > 0 { br; } (line) } }
}

/// An address that a browser may open; nothing that could be a script.
fn web(url: Option<&str>) -> Option<&str> {
    url.filter(|u| u.starts_with("http://") || u.starts_with("https://"))
}

/// The evidence of a link inside the suggestion and inside the clause, and the parts of the suggestion without a clause.
fn highlights(suggestion: &TracedSuggestion, link: &TracedLink) -> (Vec<Highlight>, Vec<Highlight>) {
    let inside = |whole: Span, piece: &Piece, number| {
        let span = Span::new(piece.span.start.checked_sub(whole.start)?, piece.span.end.checked_sub(whole.start)?);
        Some(Highlight { span, number })
    };
    let numbered = || link.evidence.iter().enumerate().map(|(i, e)| (Some(i + 1), e));
    let mut left: Vec<Highlight> = numbered().filter_map(|(n, e)| inside(suggestion.span, &e.left, n)).collect();
    left.extend(suggestion.uncovered.iter().filter_map(|p| inside(suggestion.span, p, None)));
    (left, numbered().filter_map(|(n, e)| inside(link.span, &e.right, n)).collect())
}
