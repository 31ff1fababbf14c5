//! Builds the tree: places every line beneath the heading it belongs to.

use super::line::{Line, lines};
use super::matter::{Frame, frames};
use super::{Node, Role, head};
use crate::document::Span;
use crate::parse::heading::{self, Marker, Style};

/// The nodes of `text` in order; their own texts tile it.
pub(super) fn nodes(text: &str) -> Vec<Node> {
    let lines = lines(text);
    let frames = frames(text, &lines);
    let mut builder = Builder::new(text, &lines, &frames);
    for i in 0..lines.len() {
        builder.line(i);
    }
    builder.finish()
}

struct Builder<'a> {
    text: &'a str,
    lines: &'a [Line],
    frames: &'a [Option<Frame>],
    nodes: Vec<Node>,
    /// The open headings from the outermost in, as places in `nodes`; the first, where there is one, is an act or annex.
    open: Vec<usize>,
    /// Lines before this one belong to the preamble of their act.
    preamble: usize,
    /// Whether numbered lines follow the style 1 / 1.1.
    decimal: bool,
    /// The line that an empty marker above it took for its head.
    taken: Option<usize>,
    /// Whether the line above opened a row of a table, which takes the lines up to the next marker.
    row: bool,
}

/// Where a style stands among the others; laws come before all.
fn rank(style: Option<Style>) -> u8 {
    match style {
        None => 3,
        Some(Style::Part) => 1,
        Some(Style::Subpart) => 2,
        Some(Style::Chapter) => 3,
        Some(Style::Section) => 4,
        Some(Style::Article) => 5,
        Some(Style::Han) => 10,
        Some(Style::Decimal(depth)) => 9 + depth,
        Some(Style::HanParen) => 11,
        Some(Style::Arabic | Style::Bare) => 12,
        Some(Style::ArabicParen) => 13,
        Some(Style::Circled | Style::Letter) => 14,
        Some(Style::Is | Style::First | Style::Side | Style::Bullet) => 15,
    }
}

fn is_law(style: Option<Style>) -> bool {
    style.is_some_and(|s| rank(Some(s)) <= 5)
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, lines: &'a [Line], frames: &'a [Option<Frame>]) -> Self {
        let decimal = lines.iter().any(|l| matches!(l.style(), Some(Style::Decimal(2..))));
        let mut builder = Self {
            text,
            lines,
            frames,
            nodes: Vec::new(),
            open: Vec::new(),
            preamble: 0,
            decimal,
            taken: None,
            row: false,
        };
        builder.preamble = builder.preamble_end(0);
        builder
    }

    fn finish(mut self) -> Vec<Node> {
        let text = self.text;
        if self.nodes.is_empty() {
            self.push(Role::Matter, None, 0, None);
        }
        self.nodes[0].own.start = 0;
        let starts: Vec<usize> = self.nodes.iter().skip(1).map(|n| n.own.start).chain([text.len()]).collect();
        for (node, end) in self.nodes.iter_mut().zip(starts) {
            node.own.end = end;
        }
        self.nodes
    }

    fn push(&mut self, role: Role, marker: Option<Marker>, start: usize, parent: Option<usize>) -> usize {
        let own = Span::new(start, start);
        self.nodes.push(Node { role, marker, head: None, own, parent, head_only: false });
        self.nodes.len() - 1
    }

    fn top(&self) -> Option<usize> {
        self.open.last().copied()
    }

    fn line(&mut self, i: usize) {
        let line = self.lines[i];
        if let Some(frame) = self.frames[i] {
            self.framed(i, frame);
            return;
        }
        if self.taken == Some(i) {
            return;
        }
        let marker = line.marker.filter(|&m| self.accepts(i, m)).or_else(|| self.before_number(i));
        match marker {
            Some(marker) => self.item(i, marker),
            None if self.row && i > 0 => {}
            None if line.is_responsibility(self.text) && self.takes_responsibility() => {}
            None => self.unmarked(i),
        }
    }

    fn takes_responsibility(&self) -> bool {
        self.nodes.last().is_some_and(|n| matches!(n.role, Role::Item | Role::Paragraph | Role::Inline))
    }

    fn framed(&mut self, i: usize, frame: Frame) {
        let line = &self.lines[i];
        self.row = false;
        match frame {
            Frame::Continue => {
                if let Some(node) = self.nodes.last_mut().filter(|n| matches!(n.role, Role::Act | Role::Annex)) {
                    let start = node.head.map_or(line.core.start, |h| h.start);
                    node.head = Some(Span::new(start, line.core.end));
                }
            }
            Frame::Open(role @ (Role::Act | Role::Annex)) => {
                self.open.clear();
                let node = self.push(role, None, line.start, None);
                self.nodes[node].head_only = true;
                let title = match heading::annex(line.text(self.text)).filter(|_| role == Role::Annex) {
                    Some((label, body)) => {
                        self.nodes[node].marker = Some(Marker {
                            style: Style::Part,
                            value: 0,
                            span: label.shift(line.core.start),
                            body: line.core.start + body,
                        });
                        Span::new(line.core.start + body, line.core.end)
                    }
                    None => line.core,
                };
                self.nodes[node].head = (!title.is_empty()).then_some(title);
                self.open.push(node);
                self.preamble = self.preamble_end(i + 1);
            }
            Frame::Open(role) => {
                let parent = self.scope();
                self.push(role, None, line.start, parent);
            }
        }
    }

    /// The act or annex that is open.
    fn scope(&self) -> Option<usize> {
        self.open.first().copied().filter(|&n| matches!(self.nodes[n].role, Role::Act | Role::Annex))
    }

    /// Whether the marker of line `i` opens an item here, and is no cell or quantity.
    fn accepts(&self, i: usize, marker: Marker) -> bool {
        let line = &self.lines[i];
        match marker.style {
            Style::Decimal(1) => self.decimal,
            Style::Letter | Style::First | Style::Side => false,
            Style::Bare => {
                let before = self.latest(Style::Bare).map_or(0, |n| n.value);
                let follows = self.lines.get(i + 1).is_some_and(|l| l.marker.is_none());
                // Rows may be left out (删减), so that a number may skip some where the row after it goes on from there.
                let on = |l: &Line| l.marker.is_some_and(|m| m.style == Style::Bare && m.value == marker.value + 1);
                let skips = before > 0 && (before + 2..before + 15).contains(&marker.value);
                let skips = skips && self.lines[i + 1..].iter().take(12).any(on);
                (marker.value == before + 1 || skips) && follows && line.last.is_ascii_digit()
            }
            Style::Han | Style::HanParen if marker.body >= line.core.end => self.head_below(i).is_some(),
            _ => marker.body < line.core.end || is_law(Some(marker.style)) || marker.style == Style::Arabic,
        }
    }

    /// The line that holds the head of a marker alone on its line: （五） above 资源效率.
    fn head_below(&self, i: usize) -> Option<usize> {
        let below = self.lines.get(i + 1).filter(|_| self.frames[i + 1].is_none())?;
        (below.is_cell() && below.marker.is_none() && !below.is_date(self.text)).then_some(i + 1)
    }

    /// The marker of `2.2024年…`, where the item before it is number one, or number two stands beneath.
    fn before_number(&self, i: usize) -> Option<Marker> {
        let line = &self.lines[i];
        let found = heading::before_number(line.text(self.text)).filter(|_| line.marker.is_none())?;
        let at = line.core.start;
        let marker = Marker { span: found.span.shift(at), body: found.body + at, ..found };
        let goes_on = self.latest(Style::Arabic).is_some_and(|m| m.value + 1 == marker.value);
        let second = |l: &Line| {
            l.marker
                .or_else(|| heading::before_number(l.text(self.text)))
                .is_some_and(|m| m.style == Style::Arabic && m.value == 2)
        };
        let begins = marker.value == 1 && self.lines[i + 1..].iter().take(6).any(second);
        (goes_on || begins).then_some(marker)
    }

    /// The latest marker of this style in the open act.
    fn latest(&self, style: Style) -> Option<Marker> {
        let scope = self.scope().unwrap_or(0);
        self.nodes[scope.min(self.nodes.len())..].iter().rev().filter_map(|n| n.marker).find(|m| m.style == style)
    }

    fn item(&mut self, i: usize, marker: Marker) {
        let line = &self.lines[i];
        self.descend(marker);
        let parent = self.top();
        let node = self.push(Role::Item, Some(marker), line.start, parent);
        self.open.push(node);
        self.preamble = self.preamble.min(i);
        if marker.body >= line.core.end || marker.style == Style::Bare {
            self.head_of_empty(i, node, marker);
            return;
        }
        let (head, head_only) = head::of_item(self.text, line, !self.in_article() && self.continued(i));
        self.nodes[node].head = head;
        self.nodes[node].head_only = head_only;
        let tabular = |l: &Line| l.is_cell() && l.marker.is_none() && !l.is_date(self.text);
        self.row = marker.style == Style::Arabic
            && head_only
            && self.frames.get(i + 1).is_some_and(Option::is_none)
            && self.lines.get(i + 1).is_some_and(tabular)
            && self.scope().is_some_and(|n| self.nodes[n].role == Role::Annex);
        self.inline(node, Span::new(line.body().start, line.core.end));
    }

    /// The head of a marker alone on its line is the line beneath it; a bare number opens a row of a table.
    fn head_of_empty(&mut self, i: usize, node: usize, marker: Marker) {
        let below = self.head_below(i);
        self.row = marker.style == Style::Bare;
        self.nodes[node].head = below.map(|k| self.lines[k].core);
        self.nodes[node].head_only = !self.row;
        self.taken = below.filter(|_| !self.row);
    }

    /// Closes the headings that do not stand above an item with this marker.
    fn descend(&mut self, marker: Marker) {
        let style = Some(marker.style);
        let keep = |b: &Self, n: usize| matches!(b.nodes[n].role, Role::Act | Role::Annex);
        if is_law(style) {
            while let Some(&top) = self.open.last() {
                let above = is_law(self.nodes[top].style()) && rank(self.nodes[top].style()) < rank(style);
                let chapter = self.nodes[top].marker.is_none() && self.nodes[top].role == Role::Item;
                if keep(self, top) || above || chapter && marker.style == Style::Article {
                    break;
                }
                self.open.pop();
            }
            return;
        }
        // A sibling is open: close down to it. Paragraphs of an article begin their own lists.
        if let Some(at) = self.open.iter().rposition(|&n| self.nodes[n].style() == style && !keep(self, n)) {
            self.open.truncate(at);
            return;
        }
        let gb = |b: &Self, n: usize| !keep(b, n) && !is_law(b.nodes[n].style()) && b.nodes[n].marker.is_some();
        while let Some(top) = self.top().filter(|&n| gb(self, n)) {
            let node = &self.nodes[top];
            let below = rank(node.style()) >= rank(style);
            let introduces = node.head_only || node.own_ends_open(self.text, self.lines);
            if !below || marker.style != Style::Han && marker.value == 1 && introduces {
                break;
            }
            self.open.pop();
        }
    }

    /// Whether an article is open.
    fn in_article(&self) -> bool {
        self.open.iter().any(|&n| self.nodes[n].style() == Some(Style::Article))
    }

    /// Whether what follows line `i` can be the body of a head: a paragraph, or the first item of a list.
    fn continued(&self, i: usize) -> bool {
        let Some(next) = self.lines.get(i + 1).filter(|_| self.frames[i + 1].is_none()) else { return false };
        let own = self.lines[i].marker;
        match next.marker.or_else(|| self.before_number(i + 1)) {
            None => !next.is_responsibility(self.text) && next.closed(),
            Some(m) => m.value <= 1 && own.is_none_or(|o| o.style != m.style),
        }
    }

    fn unmarked(&mut self, i: usize) {
        let line = &self.lines[i];
        if i < self.preamble {
            let parent = self.scope();
            self.push(Role::Preamble, None, line.start, parent);
            return;
        }
        if self.is_heading(i) {
            self.heading(i);
            return;
        }
        if self.in_table(i) || line.is_caption(self.text) {
            if self.nodes.last().is_none_or(|n| n.role != Role::Table) {
                let parent = self.top();
                self.push(Role::Table, None, line.start, parent);
            }
            return;
        }
        self.close_lists();
        let parent = self.top();
        let node = self.push(Role::Paragraph, None, line.start, parent);
        self.nodes[node].head = head::of_paragraph(self.text, line.core);
        let below_article = parent.is_some_and(|n| self.nodes[n].style() == Some(Style::Article));
        if below_article {
            self.open.push(node);
        }
        self.inline(node, line.core);
    }

    /// Closes the lists that a paragraph without number ends.
    fn close_lists(&mut self) {
        let law = self.open.iter().rposition(|&n| self.nodes[n].style() == Some(Style::Article));
        if let Some(at) = law {
            self.open.truncate(at + 1);
            return;
        }
        while let Some(top) = self.top() {
            let node = &self.nodes[top];
            if node.role != Role::Item || node.head_only {
                break;
            }
            let listed = node.style() == Some(Style::Bullet) || self.is_list_member(top);
            if !listed {
                break;
            }
            self.open.pop();
        }
    }

    /// Whether an item is one of a list whose members end with ；.
    fn is_list_member(&self, item: usize) -> bool {
        let (style, parent) = (self.nodes[item].style(), self.nodes[item].parent);
        let before = self.nodes[..item].iter().rposition(|n| n.parent == parent && n.style() == style);
        before.is_some_and(|n| {
            let own = Span::new(self.nodes[n].own.start, self.nodes[n + 1].own.start);
            own.of(self.text).trim_end().ends_with(['；', ';'])
        })
    }

    /// A heading without number: a short line alone between paragraphs.
    fn is_heading(&self, i: usize) -> bool {
        let line = &self.lines[i];
        if !line.is_cell() || line.chars > 30 || line.marker.is_some() {
            return false;
        }
        let Some(next) = self.lines.get(i + 1).filter(|_| self.frames[i + 1].is_none()) else { return false };
        let body = match next.marker {
            None => next.closed() && next.chars > line.chars || next.chars > 60,
            Some(m) => m.style != Style::Bare && (m.value <= 1 || is_law(Some(m.style))),
        };
        let settled = i == 0 || self.frames[i - 1].is_some() || !self.lines[i - 1].is_cell();
        body && settled
    }

    fn heading(&mut self, i: usize) {
        let line = &self.lines[i];
        let keep = |b: &Self, n: usize| {
            let node = &b.nodes[n];
            matches!(node.role, Role::Act | Role::Annex)
                || matches!(node.style(), Some(Style::Part | Style::Subpart))
                || matches!(node.style(), Some(Style::Han | Style::HanParen)) && node.head_only
        };
        while self.top().is_some_and(|n| !keep(self, n)) {
            self.open.pop();
        }
        let parent = self.top();
        let node = self.push(Role::Item, None, line.start, parent);
        self.nodes[node].head = Some(line.core);
        self.nodes[node].head_only = true;
        self.open.push(node);
    }

    /// A cell among cells.
    fn in_table(&self, i: usize) -> bool {
        let cell = |k: usize| self.lines.get(k).is_some_and(|l| l.is_cell() && self.frames[k].is_none());
        cell(i) && (i > 0 && cell(i - 1) || cell(i + 1))
    }

    /// Cuts 一是…二是… inside a paragraph or item into nodes of their own.
    fn inline(&mut self, parent: usize, body: Span) {
        let words = body.of(self.text);
        for style in [Style::Is, Style::HanParen, Style::ArabicParen, Style::Circled] {
            let run = heading::inline(words, style);
            let (Some(first), Some(_)) = (run.first(), run.get(1)) else { continue };
            let mean = (words.len() - first.span.start) / run.len();
            // Short members (（一）甲；（二）乙) stay in their sentence.
            if mean < 45 && style != Style::Is || mean < 24 {
                continue;
            }
            // （一）一是…: the item has no words of its own.
            let begins = first.span.start + body.start;
            if self.nodes[parent].head.is_some_and(|h| h.end > begins) || first.span.start == 0 {
                self.nodes[parent].head = None;
                self.nodes[parent].head_only = true;
            }
            for marker in run {
                let moved = Marker { span: marker.span.shift(body.start), body: marker.body + body.start, ..marker };
                self.push(Role::Inline, Some(moved), moved.span.start, Some(parent));
            }
            return;
        }
    }

    /// The first line after the preamble of the act whose body begins at line `from`.
    fn preamble_end(&self, from: usize) -> usize {
        let mut end = from;
        for i in from..self.lines.len().min(from + 60) {
            let line = &self.lines[i];
            if line.marker.is_some_and(|m| m.style != Style::Bare) && self.frames[i].is_none()
                || matches!(self.frames[i], Some(Frame::Open(Role::Act | Role::Annex)))
            {
                break;
            }
            if self.frames[i].is_none() && switches(line.text(self.text)) {
                end = i + 1;
            }
        }
        end
    }
}

/// Whether a paragraph hands over to what the act orders: 现提出如下意见：, 制定本办法。, 印发给你们，请认真贯彻执行。
fn switches(words: &str) -> bool {
    let words = words.trim_end_matches(['。', '：', ':', '.', '；']);
    let from = words.char_indices().rev().nth(39).map_or(0, |(at, _)| at);
    let tail = &words[from..];
    let last = tail.rfind('。').map_or(tail, |at| &tail[at + '。'.len_utf8()..]);
    let hands = ["如下", "以下意见", "以下措施", "以下规定", "以下通知", "以下意见", "以下方案"];
    hands.iter().any(|w| last.ends_with(w) || last.contains(w))
        || ["制定本", "制定以下", "制订本", "制定此", "特制定"].iter().any(|w| last.contains(w))
        || ["给你们", "贯彻执行", "组织实施", "遵照执行", "参照执行", "认真贯彻", "认真执行"]
            .iter()
            .any(|w| last.contains(w))
            && words.contains("印发") | words.contains("转发") | words.contains("给你们")
}

impl Node {
    /// Whether its own line ends with a colon, so that a list follows.
    fn own_ends_open(&self, text: &str, lines: &[Line]) -> bool {
        let at = lines.partition_point(|l| l.start <= self.own.start);
        at > 0 && lines[at - 1].text(text).ends_with(['：', ':'])
    }
}
