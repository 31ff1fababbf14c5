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
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let tree = tree(text);
        tree.clauses()
            .iter()
            .map(|c| format!("{} | {}", c.path_text(true), c.span.of(text).replace('\n', "/")))
            .collect()
    }

    const NOTICE: &str = "某市人民政府关于加强桥梁养护的意见\n某政发〔2020〕1号\n各区人民政府：\n为了加强桥梁养护，现提出如下意见。\n\
        一、总体要求\n桥梁养护要坚持安全第一，做到有人管、有钱修。\n二、主要任务\n（一）建立台账。各区要逐桥登记，每年更新一次。\n\
        （二）分类养护。\n1.特大桥每月巡查一次。\n2.小桥每季巡查一次。\n三、保障措施\n各区要把养护经费列入预算。\n某市人民政府\n2020年1月2日\n";

    #[test]
    fn a_notice_gives_its_lowest_items_with_their_paths() {
        assert_eq!(
            shown(NOTICE),
            [
                "一、总体要求 | 一、总体要求/桥梁养护要坚持安全第一，做到有人管、有钱修。",
                "二、主要任务 / （一）建立台账 | （一）建立台账。各区要逐桥登记，每年更新一次。",
                "二、主要任务 / （二）分类养护 / 1. | 1.特大桥每月巡查一次。",
                "二、主要任务 / （二）分类养护 / 2. | 2.小桥每季巡查一次。",
                "三、保障措施 | 三、保障措施/各区要把养护经费列入预算。",
            ]
        );
    }

    #[test]
    fn articles_have_paragraphs_and_items() {
        let text = "## 第一章 总则\n\n第一条 为了护桥，制定本条例。\n\n第二条 管桥单位应当履行下列职责：\n\n（一）巡查桥梁；\n\n（二）修补桥面。\n\n\
            前款所称桥梁，包括涵洞。\n\n第三条 本条例自公布之日起施行。\n";
        assert_eq!(
            shown(text),
            [
                "第一章总则 / 第一条 | 第一条 为了护桥，制定本条例。",
                "第一章总则 / 第二条 / 第一款 | 第二条 管桥单位应当履行下列职责：",
                "第一章总则 / 第二条 / 第一款管桥单位应当履行下列职责 / （一） | （一）巡查桥梁；",
                "第一章总则 / 第二条 / 第一款管桥单位应当履行下列职责 / （二） | （二）修补桥面。",
                "第一章总则 / 第二条 / 第二款 | 前款所称桥梁，包括涵洞。",
                "第一章总则 / 第三条 | 第三条 本条例自公布之日起施行。",
            ]
        );
    }

    #[test]
    fn the_own_texts_of_the_nodes_tile_the_text() {
        for text in ["", "\n\n", "甲", NOTICE] {
            let tree = tree(text);
            let mut at = 0;
            for node in tree.nodes() {
                assert_eq!(node.own.start, at);
                at = node.own.end;
            }
            assert_eq!(at, text.len());
        }
    }
}
