//! Clause trees of policies, laws and regulations.
//!
//! Takes the text of a policy and gives a [`Tree`]: its nodes' own stretches follow one another and tile the text, so that
//! every character belongs to exactly one place. [`Tree::clauses`] reads off what a link can point to: the lowest numbered
//! item, or an unnumbered paragraph beneath a heading. Title, salutation, preamble, signature, tables of contents and page
//! furniture are places of the tree and no clauses. Refuses nothing: a text without structure is paragraphs.

mod build;
mod head;
mod line;
mod matter;
mod read;
mod responsible;

use super::heading::{Marker, Style};
use crate::document::{Clause, Span};

/// What a node of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Title, 文号, salutation, signature, date, page furniture, lists of annexes.
    Matter,
    /// The paragraphs that say why and on what ground, up to 现提出如下意见.
    Preamble,
    /// A table of contents.
    Contents,
    /// The title of an act carried by a notice (印发通知).
    Act,
    /// An annex: its label and title.
    Annex,
    /// A numbered item or a heading without number, with the words beside it.
    Item,
    /// A numbered item inside a paragraph: 一是…
    Inline,
    /// A paragraph without number; beneath an article, a 款.
    Paragraph,
    /// Cells of a table.
    Table,
}

/// A place of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// Its marker, in bytes of the whole text.
    pub marker: Option<Marker>,
    /// Its head without the marker: a heading line, or the run-in head before the first 。.
    pub head: Option<Span>,
    /// Its own text, white space after it included; the own texts of all nodes tile the text.
    pub own: Span,
    /// The node it stands beneath, by its place in [`Tree::nodes`].
    pub parent: Option<usize>,
    /// Whether it says nothing beyond its head, so that what follows belongs to it.
    pub head_only: bool,
}

impl Node {
    /// The style of its marker.
    pub fn style(&self) -> Option<Style> {
        self.marker.map(|m| m.style)
    }
}

/// The clause tree of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Node>,
}

/// Reads the clause tree of `text`.
pub fn tree(text: &str) -> Tree<'_> {
    Tree { text, nodes: build::nodes(text) }
}

impl<'t> Tree<'t> {
    /// The nodes in the order of the text.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The text it was read from.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The clauses in the order of the text; they do not overlap.
    pub fn clauses(&self) -> Vec<Clause> {
        read::clauses(self)
    }

    /// How many nodes stand above node `index`.
    pub fn depth(&self, index: usize) -> usize {
        std::iter::successors(self.nodes[index].parent, |&i| self.nodes[i].parent).count()
    }
}

/// Whether a line is the heading of a table of contents.
fn line_is_contents(line: &str) -> bool {
    let mut words = line.chars().filter(|c| !c.is_whitespace() && *c != '#');
    (words.next(), words.next(), words.next()) == (Some('目'), Some('录'), None)
}

#[cfg(test)]
mod tests;
