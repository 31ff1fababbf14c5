//! Cuts a suggestion into atoms, the stretches between punctuation of which measures are made, and describes each by
//! features: how it begins and ends, what stands around it, where it stands.

use super::lexicon::{Opening, ends_like_result, hangs, lacks, mentions_action, opening};
use super::marker;
use super::view::View;
use std::collections::BTreeSet;
use std::ops::Range;

/// A stretch between two punctuation marks, without marker and connective before it.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) range: Range<usize>,
    /// The punctuation before it: `^` at the start of the suggestion, `#` behind a marker.
    before: char,
    /// The punctuation after it: `$` at the end.
    after: char,
    /// The connective taken off its start.
    lead: &'static str,
    in_head: bool,
}

/// Words before a measure that are no part of it.
const LEADS: [&str; 30] = [
    "建议",
    "同时",
    "此外",
    "另外",
    "其中",
    "一方面要",
    "另一方面要",
    "一方面",
    "另一方面",
    "并且",
    "因此",
    "为此",
    "比如",
    "例如",
    "以及",
    "进而",
    "然后",
    "首先",
    "其次",
    "再次",
    "最后",
    "一要",
    "二要",
    "三要",
    "我们建议",
    "特别是",
    "尤其是",
    "并",
    "而",
    "如",
];

/// The atoms of a suggestion in `range`, whose head is `head`.
pub(super) fn atoms(view: &View<'_>, range: Range<usize>, head: Option<&Range<usize>>) -> Vec<Atom> {
    let markers = marker::outline(&marker::markers(view, range.clone()));
    let mut atoms: Vec<Atom> = Vec::new();
    let mut start = range.start;
    let mut before = '^';
    let mut quotes = Quotes::default();
    let mut at = range.start;
    while at <= range.end {
        let marker = markers.iter().find(|item| item.marker.start == at);
        let c = view.get(at).filter(|_| at < range.end);
        let stop = c.is_none_or(|c| ",;。:!?\n".contains(c) && !quotes.open(view, at, range.end));
        if stop || marker.is_some() {
            let after = if at == range.end { '$' } else { c.filter(|_| stop).unwrap_or('#') };
            atoms.extend(atom(view, start..at, before, after, head));
            (start, before) = match marker {
                Some(item) => (item.marker.end, '#'),
                None => (at + 1, after),
            };
            at = start.max(at + 1);
            continue;
        }
        at += 1;
    }
    atoms
}

fn atom(view: &View<'_>, range: Range<usize>, before: char, after: char, head: Option<&Range<usize>>) -> Option<Atom> {
    let range = view.trim(range);
    let lead = LEADS.into_iter().find(|lead| {
        // A connective of one character is one only before a verb.
        let rest = range.start + lead.chars().count();
        view.at(range.start, lead)
            && (lead.chars().count() > 1 || opening(&view.folded(rest.min(range.end)..range.end)) == Opening::Action)
    });
    let start = range.start + lead.map_or(0, |lead| lead.chars().count());
    let range = view.trim(start.min(range.end)..range.end);
    let in_head = head.is_some_and(|head| head.start <= range.start && range.end <= head.end);
    (!range.is_empty()).then_some(Atom { range, before, after, lead: lead.unwrap_or(""), in_head })
}

impl Atom {
    /// Whether a sentence begins with it: everything but a comma or colon stands before it.
    pub(super) fn opens_sentence(&self) -> bool {
        !matches!(self.before, ',' | ':')
    }
}

/// Whether a place stands inside quotation marks or brackets that close again soon.
#[derive(Default)]
struct Quotes {
    until: usize,
    seen: usize,
}

impl Quotes {
    const LONGEST: usize = 60;

    fn open(&mut self, view: &View<'_>, at: usize, end: usize) -> bool {
        for i in self.seen..at {
            let close = match view.get(i) {
                Some('“') => '”',
                Some('《') => '》',
                Some('(') => ')',
                _ => continue,
            };
            let limit = end.min(i + Self::LONGEST);
            if let Some(found) = (i + 1..limit).find(|&j| view.get(j) == Some(close)) {
                self.until = self.until.max(found);
            }
        }
        self.seen = self.seen.max(at);
        at < self.until
    }
}

/// The features of every atom of a suggestion.
pub(super) fn features(view: &View<'_>, atoms: &[Atom]) -> Vec<Vec<String>> {
    let texts: Vec<String> = atoms.iter().map(|atom| view.folded(atom.range.clone())).collect();
    let openings: Vec<Opening> = texts.iter().map(|text| opening(text)).collect();
    let body_acts = atoms.iter().zip(&openings).filter(|(a, o)| !a.in_head && acts(**o)).count();
    (0..atoms.len()).map(|i| Place { atoms, texts: &texts, openings: &openings, body_acts }.features(i)).collect()
}

fn acts(opening: Opening) -> bool {
    matches!(opening, Opening::Action | Opening::Modal | Opening::Preposition | Opening::Agent | Opening::Duty)
}

struct Place<'a> {
    atoms: &'a [Atom],
    texts: &'a [String],
    openings: &'a [Opening],
    /// Atoms outside the head that open like an act.
    body_acts: usize,
}

impl Place<'_> {
    fn features(&self, i: usize) -> Vec<String> {
        let (atom, text, opening) = (&self.atoms[i], &self.texts[i], self.openings[i]);
        let length = bucket(text.chars().count());
        let first = atom.opens_sentence();
        let sentence = self.sentence(i);
        let mut f: Vec<String> = vec!["bias".into()];
        let mut add = |name: &str, value: &dyn std::fmt::Display| f.push(format!("{name}={value}"));
        for n in 1..=2 {
            add(&format!("p{n}"), &text.chars().take(n).collect::<String>());
        }
        add("open", &opening);
        add("len", &length);
        add("before", &atom.before);
        add("after", &atom.after);
        add("lead", &atom.lead);
        add("open+len", &format!("{opening}{length}"));
        add("open+before", &format!("{opening}{}", atom.before));
        add("open+after", &format!("{opening}{}", atom.after));
        add("open+first", &format!("{opening}{first}"));
        add("lacks", &lacks(text));
        add("lacks+open", &format!("{}{opening}", lacks(text)));
        add("acts", &mentions_action(text));
        add("acts+open", &format!("{}{opening}", mentions_action(text)));
        add("result", &ends_like_result(text));
        add("digit", &text.contains(|c: char| c.is_ascii_digit()));
        add("shi", &text.contains('是'));
        add("le", &(text.contains('了') || text.contains('已')));
        add("modal", &text.contains(['应', '须', '要', '可']));
        add("sentence lacks", &sentence.clone().any(|j| lacks(&self.texts[j]) > 0));
        add("sentence acts", &sentence.clone().filter(|&j| acts(self.openings[j])).count().min(3));
        add("advised", &sentence.clone().any(|j| j <= i && self.atoms[j].lead.ends_with("建议")));
        if atom.in_head {
            add("head", &format!("{}{}", self.body_acts.min(2), opening));
        }
        add("head+acts", &format!("{}{}", atom.in_head, self.body_acts.min(2)));
        let word = text.chars().take(2).collect::<String>();
        add(
            "preposition",
            &(if opening == Opening::Preposition {
                format!("{word}{}{}", mentions_action(text), hangs(text))
            } else {
                String::new()
            }),
        );
        add("hangs", &format!("{}{opening}", hangs(text)));
        add("headless start", &(i == 0 && !atom.in_head));
        add("alone", &(self.atoms.len() == 1));
        for pair in pairs(text) {
            add("pair", &pair);
        }
        self.within_sentence(i, &mut f);
        self.heading(i, &mut f);
        self.neighbours(i, &mut f);
        f
    }

    /// Where in its sentence it stands, and how many acts stand before it there.
    fn within_sentence(&self, i: usize, f: &mut Vec<String>) {
        let (opening, sentence) = (self.openings[i], self.sentence(i));
        let (at, left) = (i - sentence.start, sentence.end - i - 1);
        let acted = self.openings[sentence.start..i].iter().filter(|o| acts(**o)).count().min(2);
        f.push(format!("at={}", at.min(4)));
        f.push(format!("left={}", left.min(3)));
        f.push(format!("at+open={}{opening}", at.min(3)));
        f.push(format!("size={}", sentence.len().min(5)));
        f.push(format!("acted+open={acted}{opening}"));
    }

    /// Whether it heads an item within the suggestion (一是简化程序。…): a short sentence behind a marker, with acts behind it.
    fn heading(&self, i: usize, f: &mut Vec<String>) {
        let (atom, opening) = (&self.atoms[i], self.openings[i]);
        let short = bucket(self.texts[i].chars().count()) <= 5;
        let lone = short && !atom.in_head && self.sentence(i).len() == 1;
        let marked = atom.before == '#' || ["一方面", "另一方面"].contains(&atom.lead);
        let goes_on = |next: &Atom| next.before != '#' && next.before != '\n';
        let body = self.atoms[i + 1..].iter().zip(&self.openings[i + 1..]).take_while(|(next, _)| goes_on(next));
        let body_acts = body.filter(|(_, o)| acts(**o)).count().min(2);
        let follows = self.atoms.get(i + 1).is_some_and(goes_on);
        let heads = if lone && marked { body_acts } else { 0 };
        f.push(format!("heading={}{}{heads}", lone && marked, lone && follows));
        f.push(format!("heading+open={}{body_acts}{opening}", lone && marked && follows));
    }

    fn neighbours(&self, i: usize, f: &mut Vec<String>) {
        let opening = self.openings[i];
        let none = "-".to_owned();
        let name = |j: Option<usize>| {
            j.filter(|&j| j < self.atoms.len()).map_or_else(|| none.clone(), |j| self.openings[j].to_string())
        };
        let (before, after) = (name(i.checked_sub(1)), name(Some(i + 1)));
        f.push(format!("prev={before}"));
        f.push(format!("next={after}"));
        f.push(format!("prev+open={before}{opening}{}", self.atoms[i].before));
        f.push(format!("open+next={opening}{after}{}", self.atoms[i].after));
        if let Some(j) = i.checked_sub(1) {
            let hangs = hangs(&self.texts[j]);
            f.push(format!("prev hangs={hangs}"));
            f.push(format!("prev hangs+open={hangs}{}{opening}{}", self.openings[j], self.atoms[i].before));
            f.push(format!("prev s1={}", tail(&self.texts[j], 1)));
            f.push(format!("prev p2={}", self.texts[j].chars().take(2).collect::<String>()));
        }
        if let Some(next) = self.texts.get(i + 1) {
            f.push(format!("next p2={}", next.chars().take(2).collect::<String>()));
        }
    }

    /// The atoms of the sentence that atom `i` stands in.
    fn sentence(&self, i: usize) -> Range<usize> {
        let start = (0..=i).rev().find(|&j| self.atoms[j].opens_sentence()).unwrap_or(0);
        let end = (i + 1..self.atoms.len()).find(|&j| self.atoms[j].opens_sentence()).unwrap_or(self.atoms.len());
        start..end
    }
}

/// What the tag of an atom may depend on together with the tag before it.
pub(super) fn transition_contexts(view: &View<'_>, atoms: &[Atom], i: usize) -> [String; 3] {
    let opening = opening(&view.folded(atoms[i].range.clone()));
    let before = atoms[i].before;
    [String::new(), format!("{before}"), format!("{before}{opening}")]
}

/// The pairs of neighbouring Chinese characters of folded text, each once.
fn pairs(text: &str) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    let chinese = |pair: &&[char]| pair.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    chars.windows(2).filter(chinese).map(|pair| pair.iter().collect()).collect()
}

fn tail(text: &str, n: usize) -> String {
    let skip = text.chars().count().saturating_sub(n);
    text.chars().skip(skip).collect()
}

fn bucket(length: usize) -> usize {
    [4, 6, 8, 11, 15, 20, 30].iter().take_while(|&&bound| length > bound).count()
}
