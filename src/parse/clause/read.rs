//! Reads the clauses off a tree: which nodes a link can point to, their paths, and the units responsible.

use super::{Node, Role, Tree, head, responsible};
use crate::document::{Clause, Level, Responsible, Span};
use crate::parse::heading::Style;

/// The most characters of an introducing sentence that a path carries as a head.
const INTRODUCTION: usize = 60;

pub(super) fn clauses(tree: &Tree<'_>) -> Vec<Clause> {
    let reader = Reader::new(tree);
    let mut clauses: Vec<Clause> = Vec::new();
    let mut handed: Option<(Option<usize>, Vec<Responsible>)> = None;
    let mut index = 0;
    while index < tree.nodes.len() {
        let Some((span, last)) = reader.clause(index) else {
            index += 1;
            continue;
        };
        let node = &tree.nodes[index];
        let mut read = responsible::read(tree.text, span);
        if read.inherited {
            handed = Some((node.parent, read.found.clone()));
        } else if read.found.is_empty() {
            // 下同 reaches the clauses beneath the same heading.
            if let Some((parent, units)) = &handed
                && reader.beneath(index, *parent)
            {
                read.found.clone_from(units);
            }
        }
        let heading = node.head.or_else(|| tree.nodes[last].head);
        clauses.push(Clause {
            ordinal: clauses.len() + 1,
            path: reader.path(index),
            heading,
            span,
            responsible: read.found,
        });
        index = last + 1;
    }
    clauses
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    /// Of every node, how many 款 stand at or before it in its article; 0 outside articles.
    paragraphs: Vec<u32>,
    /// Of every node, how many children it has.
    children: Vec<u32>,
    /// Whether acts and annexes belong to the path.
    scopes: bool,
}

impl<'a> Reader<'a> {
    fn new(tree: &'a Tree<'a>) -> Self {
        let mut paragraphs = vec![0; tree.nodes.len()];
        let mut children = vec![0; tree.nodes.len()];
        let mut counts = vec![0; tree.nodes.len()];
        for (i, node) in tree.nodes.iter().enumerate() {
            let Some(parent) = node.parent else { continue };
            children[parent] += 1;
            if node.role == Role::Paragraph && tree.nodes[parent].style() == Some(Style::Article) {
                counts[parent] += 1;
                let first = u32::from(!tree.nodes[parent].head_only);
                paragraphs[i] = counts[parent] + first;
            }
        }
        for (i, node) in tree.nodes.iter().enumerate() {
            if node.style() == Some(Style::Article) && !node.head_only && counts[i] > 0 {
                paragraphs[i] = 1;
            }
        }
        let bodies =
            tree.nodes.iter().filter(|n| matches!(n.role, Role::Item | Role::Paragraph) && n.parent.is_none()).count();
        let acts = tree.nodes.iter().filter(|n| matches!(n.role, Role::Act | Role::Annex)).count();
        Self { tree, paragraphs, children, scopes: acts + usize::from(bodies > 0) > 1 }
    }

    fn node(&self, index: usize) -> &'a Node {
        &self.tree.nodes[index]
    }

    /// The clause that begins at node `index`: its span and the last node it takes.
    fn clause(&self, index: usize) -> Option<(Span, usize)> {
        let node = self.node(index);
        let own = |n: usize| self.node(n).own.trim(self.tree.text);
        match node.role {
            Role::Paragraph | Role::Inline => (!own(index).is_empty()).then(|| (own(index), index)),
            Role::Item => {
                let next = index + 1;
                let body =
                    self.tree.nodes.get(next).is_some_and(|n| n.role == Role::Paragraph && n.parent == Some(index));
                let structural =
                    matches!(node.style(), Some(Style::Part | Style::Subpart | Style::Chapter | Style::Section));
                if node.style() == Some(Style::Bare) {
                    let words =
                        own(index).of(self.tree.text).chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')).count();
                    return (words >= 12).then(|| (own(index), index));
                }
                match (node.head_only, body) {
                    (true, true) if !structural => Some((Span::new(own(index).start, own(next).end), next)),
                    (true, _) if self.children[index] > 0 || structural || node.marker.is_none() => None,
                    _ => Some((own(index), index)),
                }
            }
            _ => None,
        }
    }

    /// Whether node `index` stands somewhere beneath `ancestor`.
    fn beneath(&self, index: usize, ancestor: Option<usize>) -> bool {
        let Some(ancestor) = ancestor else { return true };
        std::iter::successors(self.node(index).parent, |&i| self.node(i).parent).any(|i| i == ancestor)
    }

    fn path(&self, index: usize) -> Vec<Level> {
        let mut steps: Vec<usize> = std::iter::successors(Some(index), |&i| self.node(i).parent).collect();
        steps.reverse();
        let mut path = Vec::new();
        for (k, &step) in steps.iter().enumerate() {
            let last = k + 1 == steps.len();
            if let Some(level) = self.level(step, last) {
                path.push(level);
            }
            if self.paragraphs[step] > 0 {
                path.extend(self.paragraph_level(step, steps.get(k + 1).copied(), last));
            }
        }
        path
    }

    /// 第二款, counted: papers do not print it.
    fn paragraph_level(&self, step: usize, next: Option<usize>, last: bool) -> Option<Level> {
        // An article's first 款 is named only for itself and for the list beneath it.
        let later = next.is_some_and(|n| self.node(n).role == Role::Paragraph);
        if later {
            return None;
        }
        let head = if last { None } else { self.introduction(step) };
        let head = head.map_or(String::new(), |h| flat(h.of(self.tree.text)));
        Some(Level { marker: format!("第{}款", chinese(self.paragraphs[step])), head })
    }

    /// The sentence of a node that introduces the list beneath it.
    fn introduction(&self, step: usize) -> Option<Span> {
        let node = self.node(step);
        let start = node.marker.map_or(node.own.start, |m| m.body);
        head::introduction(self.tree.text, Span::new(start, node.own.end), INTRODUCTION)
    }

    fn level(&self, step: usize, last: bool) -> Option<Level> {
        let node = self.node(step);
        let text = self.tree.text;
        let scope = matches!(node.role, Role::Act | Role::Annex);
        if scope && !self.scopes {
            return None;
        }
        let marker = node.marker.map_or(String::new(), |m| m.printed(text));
        let mut head = node.head.map_or(String::new(), |h| flat(h.of(text)));
        if node.role == Role::Paragraph {
            // A paragraph without number has no step of its own, but its run-in head names it.
            return (!head.is_empty() && self.paragraphs[step] == 0).then_some(Level { marker, head });
        }
        if head.is_empty() && !last && self.paragraphs[step] == 0 {
            head = self.introduction(step).map_or(head, |h| flat(h.of(text)));
        }
        (!marker.is_empty() || !head.is_empty()).then_some(Level { marker, head })
    }
}

/// A head on one line.
fn flat(head: &str) -> String {
    let mut out = String::with_capacity(head.len());
    let mut gap = false;
    for c in head.trim().trim_end_matches('。').chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        // A space between two Latin words is kept, one between Chinese characters is none.
        if gap && c.is_ascii() && out.ends_with(|p: char| p.is_ascii()) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// A number below one hundred in Chinese.
fn chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |d: u32| DIGITS[(d % 10) as usize];
    match n {
        0..=9 => digit(n).to_owned(),
        10..=19 => format!("十{}", digit(n)),
        _ => format!("{}十{}", digit(n / 10), digit(n)),
    }
}
