//! The concordance (上下文索引, key word in context): every node with what stands to its left and right, sorted by it.

use super::words::term;
use crate::Result;
use crate::document::{Date, Span, UnitId};
use crate::index::Index;
use crate::search::{Every, Passage};
use crate::segment::Segmenter;
use rayon::prelude::*;
use serde::Serialize;
use std::cmp::Ordering;
use std::str::FromStr;

/// How much stands on each side of the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// So many characters, white space not counted.
    Characters(usize),
    /// So many words.
    Words(usize),
}

/// What lines are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The characters to the left, from the node outwards.
    Left,
    /// The characters to the right.
    Right,
    /// The node itself.
    Node,
    /// The nth word to the left, from 1.
    LeftWord(usize),
    /// The nth word to the right, from 1.
    RightWord(usize),
    /// The date of the document; lines without one last.
    Date,
}

/// One node in its context.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// One-based in the order asked for.
    pub rank: usize,
    /// The unit it stands in.
    #[serde(serialize_with = "as_text")]
    pub unit: UnitId,
    /// Title and date of its document.
    pub title: String,
    /// As above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What stands to the left in the document's text; runs of white space are one space.
    pub left: String,
    /// The node as printed.
    pub node: String,
    /// What stands to the right.
    pub right: String,
    /// Where the node stands in the document's text.
    pub span: Span,
}

fn as_text<S: serde::Serializer>(unit: &UnitId, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(unit)
}

/// A concordance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Concordance {
    /// Nodes found, beyond the limit too.
    pub total: usize,
    /// Units and documents they stand in.
    pub units: usize,
    /// As above.
    pub documents: usize,
    /// The lines.
    pub lines: Vec<Line>,
}

impl FromStr for Context {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let number = digits.parse().map_err(|_| "give a number of characters, 20, or of words, 5w".to_owned())?;
        match text[digits.len()..].trim() {
            "" | "c" | "字" => Ok(Self::Characters(number)),
            "w" | "词" => Ok(Self::Words(number)),
            unit => Err(format!("{unit:?} is no measure of context; 20 and 20c are characters, 5w words")),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let nth = |letter: char| text.strip_prefix(letter).and_then(|n| n.parse().ok()).filter(|n| (1..=9).contains(n));
        match text {
            "left" => Ok(Self::Left),
            "right" => Ok(Self::Right),
            "node" => Ok(Self::Node),
            "date" => Ok(Self::Date),
            _ => nth('L').map(Self::LeftWord).or_else(|| nth('R').map(Self::RightWord)).ok_or_else(|| {
                format!("{text:?} is no key; the keys are left, right, node, date, L1 to L9 and R1 to R9 (words)")
            }),
        }
    }
}

/// A line while it is being sorted.
struct Draft {
    line: Line,
    keys: Vec<String>,
}

/// The concordance of the nodes in `found`: lines sorted by `keys` in turn, then as they stand in the corpus; at most `limit`
/// of them, spread evenly over all where `sample`, else the first.
///
/// # Errors
/// When the index cannot be read.
pub fn concordance(
    index: &Index,
    segmenter: &Segmenter,
    found: &Every,
    context: Context,
    keys: &[Key],
    (limit, sample): (usize, bool),
) -> Result<Concordance> {
    let total: usize = found.passages.iter().map(|p| p.highlights.len()).sum();
    let with = || found.passages.iter().filter(|p| !p.highlights.is_empty());
    let (units, mut documents) = (with().count(), with().map(|p| p.document).collect::<Vec<_>>());
    documents.dedup();
    let chosen = Chosen { total, limit, sample, sorted: !keys.is_empty() };
    let mut before = 0;
    let mut groups = Vec::new();
    for group in found.by_document() {
        groups.push((before, group));
        before += group.iter().map(|p| p.highlights.len()).sum::<usize>();
    }
    let of_document = |&(first, group): &(usize, &[Passage])| -> Result<Vec<Draft>> {
        let nodes = group.iter().flat_map(|p| p.highlights.iter().map(move |h| (p, *h)));
        let nodes: Vec<_> = nodes.enumerate().filter(|(i, _)| chosen.early(first + i)).map(|(_, node)| node).collect();
        let Some(document) = nodes.first().map(|(p, _)| found.document(p)) else { return Ok(Vec::new()) };
        let text = index.document(&document.id)?.map(|d| d.text).unwrap_or_default();
        let draft = |(passage, node): (&Passage, Span)| {
            let sides = Sides::of(&text, node.shift(passage.span.start), segmenter);
            let (left, right) = sides.shown(context);
            let line = Line {
                rank: 0,
                unit: found.id(passage),
                title: document.title.clone(),
                date: document.date,
                left,
                node: squeezed(sides.node.of(&text)),
                right,
                span: sides.node,
            };
            Draft { keys: keys.iter().map(|&key| sides.key(key, document.date)).collect(), line }
        };
        Ok(nodes.into_iter().map(draft).collect())
    };
    let drafts = groups.par_iter().map(of_document).collect::<Result<Vec<_>>>()?;
    let mut drafts: Vec<Draft> = drafts.into_iter().flatten().collect();
    drafts.sort_by(|a, b| compare(&a.keys, &b.keys)); // stable: what is equal stays in the order of the corpus
    let kept = drafts.into_iter().enumerate().filter(|(i, _)| chosen.late(*i)).map(|(_, draft)| draft.line);
    let lines = kept.enumerate().map(|(i, line)| Line { rank: i + 1, ..line }).collect();
    Ok(Concordance { total, units, documents: documents.len(), lines })
}

fn compare(a: &[String], b: &[String]) -> Ordering {
    // What has nothing there (the end of the text) comes last.
    let empty = |k: &[String]| k.iter().map(String::is_empty).collect::<Vec<_>>();
    let pairs = a.iter().zip(b).zip(empty(a).into_iter().zip(empty(b)));
    pairs
        .map(|((a, b), (no_a, no_b))| no_a.cmp(&no_b).then_with(|| a.cmp(b)))
        .find(|o| o.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Which lines are wanted. A sample is taken before sorting, the first lines after it.
struct Chosen {
    total: usize,
    limit: usize,
    sample: bool,
    sorted: bool,
}

impl Chosen {
    /// Of the nodes in the order of the corpus.
    fn early(&self, i: usize) -> bool {
        match (self.sample, self.sorted) {
            _ if self.limit >= self.total => true,
            (true, _) => (i + 1) * self.limit / self.total > i * self.limit / self.total,
            (false, true) => true,
            (false, false) => i < self.limit,
        }
    }

    /// Of the lines when they are sorted.
    fn late(&self, i: usize) -> bool {
        i < self.limit
    }
}

/// A node in the text of its document.
struct Sides<'t> {
    text: &'t str,
    node: Span,
    segmenter: &'t Segmenter,
}

/// A word beside the node, and where it ends away from it.
type Beside = (String, usize);

/// Characters on each side in which words are looked for.
const REACH: usize = 120;

impl<'t> Sides<'t> {
    fn of(text: &'t str, node: Span, segmenter: &'t Segmenter) -> Self {
        Self { text, node, segmenter }
    }

    fn shown(&self, context: Context) -> (String, String) {
        let (left, right) = (&self.text[..self.node.start], &self.text[self.node.end..]);
        let (from, to) = match context {
            Context::Characters(n) => (before(left, n), after(right, n)),
            Context::Words(n) => {
                let (words_left, words_right) = self.words();
                let from = if n == 0 {
                    left.len()
                } else {
                    words_left.get(n - 1).or(words_left.last()).map_or(left.len(), |w| w.1)
                };
                let to = if n == 0 { 0 } else { words_right.get(n - 1).or(words_right.last()).map_or(0, |w| w.1) };
                (from, to)
            }
        };
        (squeezed(&left[from..]), squeezed(&right[..to]))
    }

    /// The words to the left, from the node outwards, each with its first byte in the text; and those to the right, each with
    /// its end in the text behind the node. They are cut in their paragraph, and do not leave it.
    fn words(&self) -> (Vec<Beside>, Vec<Beside>) {
        let (left, right) = (&self.text[..self.node.start], &self.text[self.node.end..]);
        let from = before(left, REACH).max(left.rfind('\n').map_or(0, |at| at + 1));
        let to = after(right, REACH).min(right.find('\n').unwrap_or(right.len()));
        let all = self.segmenter.words(&self.text[from..self.node.end + to]);
        let left = all.iter().rev().filter(|w| from + w.span.end <= self.node.start);
        let right = all.iter().filter(|w| from + w.span.start >= self.node.end);
        (
            left.map(|w| (w.term.clone(), from + w.span.start)).collect(),
            right.map(|w| (w.term.clone(), from + w.span.end - self.node.end)).collect(),
        )
    }

    fn key(&self, key: Key, date: Option<Date>) -> String {
        let (left, right) = (&self.text[..self.node.start], &self.text[self.node.end..]);
        match key {
            Key::Left => term(&left[before(left, REACH)..]).chars().rev().filter(|c| !c.is_whitespace()).collect(),
            Key::Right => term(&right[..after(right, REACH)]).split_whitespace().collect(),
            Key::Node => term(self.node.of(self.text)),
            Key::LeftWord(n) => self.words().0.into_iter().nth(n - 1).map_or_else(String::new, |w| w.0),
            Key::RightWord(n) => self.words().1.into_iter().nth(n - 1).map_or_else(String::new, |w| w.0),
            Key::Date => date.map_or_else(String::new, |d| d.to_string()),
        }
    }
}

/// Where the last `n` characters of a text that are no white space begin.
fn before(text: &str, n: usize) -> usize {
    let mut places = text.char_indices().rev().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at);
    if n == 0 { text.len() } else { places.nth(n - 1).unwrap_or(0) }
}

/// Where the first `n` characters of a text that are no white space end.
fn after(text: &str, n: usize) -> usize {
    let mut places = text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    if n == 0 { 0 } else { places.nth(n - 1).unwrap_or(text.len()) }
}

/// The text on one line.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides<'t>(text: &'t str, node: &str, segmenter: &'t Segmenter) -> Sides<'t> {
        Sides::of(text, Span::within(text, &text[text.find(node).unwrap()..][..node.len()]), segmenter)
    }

    #[test]
    fn context_is_counted_in_characters_or_words() {
        let segmenter = Segmenter::new(None).unwrap();
        let text = "第一条\n支持　农业保险扩面、增品、提标。\n第二条";
        let sides = sides(text, "保险", &segmenter);
        assert_eq!(sides.shown(Context::Characters(3)), ("持 农业".into(), "扩面、".into()));
        assert_eq!(sides.shown(Context::Characters(0)), (String::new(), String::new()));
        assert_eq!(sides.shown(Context::Characters(99)).0, "第一条 支持 农业");
        let (left, _) = sides.shown(Context::Words(1));
        assert!("农业".starts_with(left.as_str()) || left == "支持", "{left}");
    }

    #[test]
    fn a_word_the_node_cuts_through_is_no_context() {
        let segmenter = Segmenter::new(None).unwrap();
        let text = "服务中华人民共和国公民";
        let sides = sides(text, "人民", &segmenter);
        assert_eq!(sides.key(Key::LeftWord(1), None), "服务");
        assert_eq!(sides.key(Key::RightWord(1), None), "公民");
    }

    #[test]
    fn left_context_is_compared_from_the_node_outwards() {
        let segmenter = Segmenter::new(None).unwrap();
        assert_eq!(sides("甲乙丙丁", "丁", &segmenter).key(Key::Left, None), "丙乙甲");
        let order = compare(&["".into()], &["一".into()]);
        assert_eq!(order, Ordering::Greater, "nothing comes last");
    }

    #[test]
    fn a_sample_is_spread_evenly() {
        let chosen = Chosen { total: 10, limit: 4, sample: true, sorted: false };
        let taken: Vec<usize> = (0..10).filter(|&i| chosen.early(i)).collect();
        assert_eq!(taken, [2, 4, 7, 9]);
    }

    #[test]
    fn contexts_and_keys_are_read_as_written() {
        assert_eq!("20".parse(), Ok(Context::Characters(20)));
        assert_eq!("5w".parse(), Ok(Context::Words(5)));
        assert_eq!("5词".parse(), Ok(Context::Words(5)));
        assert!("w".parse::<Context>().is_err() && "5 miles".parse::<Context>().is_err());
        assert_eq!("R2".parse(), Ok(Key::RightWord(2)));
        assert!("R0".parse::<Key>().is_err() && "up".parse::<Key>().is_err());
    }
}
