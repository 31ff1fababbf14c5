//! Strings with gaps: `金?服务` has one character for the ?, `普*融` any few without punctuation; `金融*` is a word that
//! begins so, `*金融` one that ends so.

use super::pattern::Pattern;
use super::text::Text;
use crate::segment::{is_text, lower, normalise};
use std::ops::Range;

/// Most characters that a `*` between others stands for.
const WIDEST: usize = 10;

/// A string with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wild {
    atoms: Vec<Atom>,
    /// Whether a `*` stands before the first or behind the last atom.
    open: (bool, bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Atom {
    /// This letter, digit or Chinese character.
    Is(char),
    /// Any mark of punctuation.
    Mark,
    /// Any letter, digit or Chinese character.
    Any,
    /// Up to [`WIDEST`] of them.
    Gap,
}

impl Wild {
    /// The string typed as `text`; `None` where it has no letter, digit or Chinese character of its own.
    pub(super) fn new(text: &str) -> Option<Self> {
        let form = normalise(text);
        let atom = |c| match c {
            '?' => Atom::Any,
            '*' => Atom::Gap,
            c if is_text(c) => Atom::Is(c),
            _ => Atom::Mark,
        };
        let mut atoms: Vec<Atom> = lower(form.text()).chars().map(atom).collect();
        atoms.dedup_by(|a, b| *a == Atom::Gap && *b == Atom::Gap);
        let gap = |atom: Option<&Atom>| atom == Some(&Atom::Gap);
        let open = (gap(atoms.first()), gap(atoms.last()));
        let start = atoms.iter().position(|a| !matches!(a, Atom::Gap | Atom::Mark))?;
        let end = atoms.iter().rposition(|a| !matches!(a, Atom::Gap | Atom::Mark))? + 1;
        let atoms = atoms[start..end].to_vec();
        atoms.iter().any(|a| matches!(a, Atom::Is(_))).then_some(Self { atoms, open })
    }

    /// The strings without gaps in it, all of which a text must have.
    pub(super) fn parts(&self) -> Vec<Pattern> {
        let solid = |atom: &Atom| matches!(atom, Atom::Is(_));
        let runs = self.atoms.chunk_by(|a, b| solid(a) == solid(b)).filter(|run| solid(&run[0]));
        let text = |run: &[Atom]| -> String {
            run.iter().filter_map(|a| if let Atom::Is(c) = a { Some(*c) } else { None }).collect()
        };
        runs.filter_map(|run| Pattern::new(&text(run))).collect()
    }

    /// Where it stands: ranges of characters, by start.
    pub(super) fn find_in(&self, text: &Text<'_>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for start in 0..text.chars.len() {
            let Some(end) = matched(&self.atoms, &text.chars, start) else { continue };
            match self.open {
                (false, true) if !text.word_starts(start) => continue,
                (true, false) if !text.word_ends(end) => continue,
                _ => {}
            }
            let first = if self.open.0 { text.word_at(start).start } else { start };
            let last = if self.open.1 { text.word_at(end - 1).end } else { end };
            found.push(first..last);
        }
        found
    }
}

/// The end of the shortest match of `atoms` at `at`.
fn matched(atoms: &[Atom], chars: &[char], at: usize) -> Option<usize> {
    let Some((first, rest)) = atoms.split_first() else { return Some(at) };
    let here = chars.get(at).copied();
    let meets = match first {
        Atom::Is(wanted) => here == Some(*wanted),
        Atom::Mark => here.is_some_and(|c| !is_text(c)),
        Atom::Any => here.is_some_and(is_text),
        Atom::Gap => {
            let most = chars[at..].iter().take(WIDEST).take_while(|c| is_text(**c)).count();
            return (0..=most).find_map(|skip| matched(rest, chars, at + skip));
        }
    };
    meets.then(|| matched(rest, chars, at + 1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Segmenter;

    fn found(wild: &str, text: &str) -> Vec<String> {
        let segmenter = Segmenter::new(None).unwrap();
        let view = Text::new(text, &segmenter);
        Wild::new(wild).unwrap().find_in(&view).iter().map(|r| view.span(r).of(text).to_owned()).collect()
    }

    #[test]
    fn a_question_mark_is_one_character_and_a_star_a_few() {
        assert_eq!(found("金?服务", "金融服务、金融惠企服务、金、服务"), ["金融服务"]);
        assert_eq!(found("普*融", "普惠金融；普及教育，融合；普融"), ["普惠金融", "普融"]);
        assert_eq!(found("A?P", "ＡＰＰ"), ["ＡＰＰ"]);
    }

    #[test]
    fn a_star_at_an_end_stays_within_the_word() {
        assert_eq!(found("金融*", "金融机构和黄金融资"), ["金融机构"]);
        assert_eq!(found("*融资", "黄金融资"), ["融资"]);
        assert_eq!(found("app*", "apple、snapple"), ["apple"]);
    }

    #[test]
    fn the_parts_are_what_stands_between_the_gaps() {
        let parts = Wild::new("*金?服务*中心").unwrap().parts();
        let expected: Vec<Pattern> = ["金", "服务", "中心"].iter().filter_map(|p| Pattern::new(p)).collect();
        assert_eq!(parts, expected);
        assert_eq!(Wild::new("?*"), None);
    }
}
