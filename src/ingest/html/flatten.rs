//! An element to text: a line a block, a row of a table a line, white space as a browser shows it.

use scraper::{ElementRef, Node};

/// Elements whose text is never read.
const SILENT: [&str; 16] = [
    "script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "video", "audio", "select",
    "button", "form", "input", "textarea", "nav",
];
/// Elements that stand on lines of their own.
const BLOCK: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "tr",
    "ul",
];

/// Whether the text of an element is not shown.
pub(super) fn silent(element: &scraper::node::Element) -> bool {
    let hidden = element.attr("style").is_some_and(|s| {
        let style: String = s.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    hidden || element.attr("hidden").is_some() || SILENT.contains(&element.name())
}

/// The text of `root`, lines trimmed, no more than one empty line in a row.
pub(super) fn text(root: ElementRef<'_>) -> String {
    flatten(root, false)
}

/// As [`text`], without lists of links: for an element that may hold more than the article.
pub(super) fn text_without_links(root: ElementRef<'_>) -> String {
    flatten(root, true)
}

fn flatten(root: ElementRef<'_>, drop_links: bool) -> String {
    let mut out = Lines { drop_links, ..Lines::default() };
    // The element that was chosen is no cell, even where old pages lay out in tables.
    children(root, &mut out, false);
    out.finish()
}

/// Whether a block is a list of links: two or more that hold nearly all of its text.
fn is_link_list(element: ElementRef<'_>) -> bool {
    if !matches!(
        element.value().name(),
        "ul" | "ol" | "dl" | "div" | "section" | "aside" | "header" | "footer" | "table"
    ) {
        return false;
    }
    let count = |node: ElementRef<'_>| node.text().map(|t| t.trim().chars().count()).sum::<usize>();
    let links: Vec<usize> =
        element.descendants().filter_map(ElementRef::wrap).filter(|e| e.value().name() == "a").map(count).collect();
    links.len() >= 2 && links.iter().sum::<usize>() * 10 >= count(element) * 8
}

fn walk(element: ElementRef<'_>, out: &mut Lines, in_cell: bool) {
    if silent(element.value()) || (out.drop_links && is_link_list(element)) {
        return;
    }
    let name = element.value().name();
    // Paragraphs inside a cell stay on the line of their row.
    let block = BLOCK.contains(&name) && !in_cell;
    let cell = matches!(name, "td" | "th");
    let layout = cell && is_layout(element);
    if block {
        out.end_line();
    }
    if cell && !layout {
        out.cell();
    }
    children(element, out, (in_cell || cell) && !layout);
    if block || layout {
        out.end_line();
    }
    if matches!(name, "p" | "table" | "h1" | "h2" | "h3") && !in_cell {
        out.end_line();
    }
}

/// Reads what stands in an element; `in_cell` says that it stays on the line of its row.
fn children(element: ElementRef<'_>, out: &mut Lines, in_cell: bool) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.push(text),
            Node::Element(_) => {
                if let Some(child) = ElementRef::wrap(child) {
                    if child.value().name() == "br" {
                        if in_cell { out.push(" ") } else { out.end_line() }
                    } else {
                        walk(child, out, in_cell && !is_row(child));
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_row(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "tr")
}

/// A cell that holds an article is layout, as old pages have it: several paragraphs of length.
fn is_layout(cell: ElementRef<'_>) -> bool {
    let long: usize = cell.text().map(|t| t.trim().chars().count()).sum();
    long > 400
}

/// Lines being put together.
#[derive(Default)]
struct Lines {
    drop_links: bool,
    done: String,
    line: String,
    /// White space that waits for the next character; a line break of the source between two Han characters is nothing.
    pending: Option<Space>,
}

#[derive(Clone, Copy, PartialEq)]
enum Space {
    Blank,
    Break,
}

impl Lines {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' | '\r' => self.pending = Some(Space::Break),
                c if c.is_ascii_whitespace() => self.pending = self.pending.or(Some(Space::Blank)),
                '\u{200b}' | '\u{feff}' => {}
                c => {
                    let wide = |c: char| c > '\u{2e7f}';
                    let joined = self.line.chars().next_back().is_some_and(wide) && wide(c);
                    let nothing = |p| self.line.is_empty() || (joined && p == Space::Break);
                    if self.pending.is_some_and(|p| !nothing(p)) {
                        self.line.push(' ');
                    }
                    self.pending = None;
                    self.line.push(if c == '\u{a0}' { ' ' } else { c });
                }
            }
        }
    }

    fn cell(&mut self) {
        if !self.line.trim().is_empty() {
            self.line.push_str(" | ");
        }
        self.pending = None;
    }

    fn end_line(&mut self) {
        self.pending = None;
        let line = self.line.trim();
        if !line.is_empty() {
            self.done.push_str(line);
            self.done.push('\n');
        }
        self.line.clear();
    }

    fn finish(mut self) -> String {
        self.end_line();
        self.done
    }
}
