//! What the report counts elsewhere, which a rate or a grade refers to without repeating it.

use crate::document::{Claim, Span};
use crate::parse::claim::{Bound, Family, Figure, family, figures, grade};

/// A count that later claims may build on.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) figure: Figure,
    /// Where the claim that states it stands.
    pub(super) claim: Span,
}

/// The counts of a report in the order of its text.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Wholes: 共承办60件, 意见建议120条.
    pub(super) wholes: Vec<Counted>,
    /// Parts: 主办, A类, 采纳.
    pub(super) parts: Vec<Counted>,
    /// Claims whose parts do not make their whole.
    disputed: Vec<Disputed>,
}

/// A claim that contradicts itself: what it states is no yardstick for others, but what agrees with one side of it is no mistake.
#[derive(Debug, Clone)]
pub(super) struct Disputed {
    claim: Span,
    /// What the parts come to.
    pub(super) total: f64,
    /// The whole as stated.
    pub(super) whole: f64,
}

impl Counts {
    /// Reads the counts out of `claims`.
    pub(super) fn new(text: &str, claims: &[Claim]) -> Self {
        let mut counts = Self::default();
        for claim in claims {
            let all: Vec<Figure> =
                figures(text, claim.span).into_iter().filter(|f| !f.is_percent() && f.unit != "名次").collect();
            let sum = Sum::of(text, claim.span, &all);
            counts.disputed.extend(sum.as_ref().and_then(|s| s.disputed(claim.span, &all)));
            for (i, figure) in all.iter().enumerate() {
                let counted = Counted { figure: figure.clone(), claim: claim.span };
                let part =
                    sum.as_ref().is_some_and(|s| s.parts.contains(&i)) || family(figure.label.of(text)).is_some();
                if part { counts.parts.push(counted) } else { counts.wholes.push(counted) }
            }
        }
        counts
    }

    /// The number of proposals the report is about: the first whole counted in 件 that is said to be handled.
    pub(super) fn proposals(&self, text: &str) -> Option<&Counted> {
        let handled = |c: &&Counted| {
            let label = c.figure.label.of(text);
            c.figure.unit == "件"
                && ["承办", "办理", "收到", "交办", "立案", "提案", "建议"].iter().any(|w| label.contains(w))
        };
        self.wholes.iter().find(handled).or_else(|| self.wholes.iter().find(|c| c.figure.unit == "件"))
    }

    /// How the claim in `span` contradicts itself, where it does.
    pub(super) fn disputed(&self, span: Span) -> Option<&Disputed> {
        self.disputed.iter().find(|d| d.claim == span)
    }

    /// The last whole in `unit` before `at`.
    pub(super) fn whole_before(&self, at: usize, unit: &str) -> Option<&Counted> {
        self.wholes.iter().rev().find(|c| c.figure.unit == unit && c.figure.span.end <= at)
    }

    /// The last count of grade `letter` before `at`.
    pub(super) fn graded(&self, text: &str, letter: char, at: usize) -> Option<&Counted> {
        self.parts.iter().rev().find(|c| c.figure.span.end <= at && grade(c.figure.label.of(text)) == Some(letter))
    }
}

/// A whole and its parts, as places in a list of figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    /// The whole; `None` where the parts stand alone (A类…、B类…).
    pub(super) whole: Option<usize>,
    /// The parts that exclude each other.
    pub(super) parts: Vec<usize>,
    /// The family of the parts.
    pub(super) family: Option<Family>,
}

impl Sum {
    fn disputed(&self, claim: Span, all: &[Figure]) -> Option<Disputed> {
        let whole = &all[self.whole?];
        let parts = self.parts.iter().map(|&i| &all[i]);
        let exact = parts.clone().chain([whole]).all(|f| f.bound == Bound::Exact);
        let total: f64 = parts.map(|p| p.value).sum();
        let differs = self.parts.len() >= 2 && (total - whole.value).abs() > 1e-6;
        let exhaustive = self.family.is_some() || total >= 0.8 * whole.value;
        (exact && differs && exhaustive).then_some(Disputed { claim, total, whole: whole.value })
    }
}

const MARKS: [&str; 7] = ["其中", "分别为", "分别是", "包括", "包含", "（", "("];

impl Sum {
    /// The whole and parts that the figures of a claim state, where they do.
    pub(super) fn of(text: &str, claim: Span, all: &[Figure]) -> Option<Self> {
        let families: Vec<Option<Family>> = all.iter().map(|f| family(f.label.of(text))).collect();
        let places = MARKS.iter().flat_map(|m| claim.of(text).match_indices(m)).map(|(i, m)| (claim.start + i, m));
        let splits = |&(at, m): &(usize, &str)| {
            // A bracket opens the parts only right behind its whole.
            let touches = |f: &Figure| text[f.span.end..at].trim().is_empty() || !m.starts_with(['（', '(']);
            all.iter().rfind(|f| f.span.end <= at).is_some_and(touches) && all.iter().any(|f| f.span.start > at)
        };
        let mark = places.filter(splits).map(|(at, _)| at).min();
        if let Some(at) = mark {
            let whole = all.iter().rposition(|f| f.span.end <= at)?;
            let inside = bracket_at(text, claim, at);
            return Some(Self::behind(text, all, &families, whole, inside));
        }
        let last = all.len().checked_sub(1)?;
        let total = ["共计", "合计", "总计"].iter().any(|w| all[last].label.of(text).contains(w));
        if total && last >= 2 {
            let parts = (0..last).filter(|&i| all[i].unit == all[last].unit).collect();
            return Some(Self { whole: Some(last), parts, family: families[0] });
        }
        let first = families.iter().flatten().find(|f| **f != Family::Crossing).copied()?;
        let parts: Vec<usize> = (0..all.len()).filter(|&i| families[i] == Some(first)).collect();
        if parts.len() < 2 {
            return None;
        }
        let whole = (0..parts[0]).rev().find(|&i| families[i].is_none() && all[i].unit == all[parts[0]].unit);
        (whole.is_some() || first == Family::Grade).then_some(Self { whole, parts, family: Some(first) })
    }

    /// The parts behind a whole: the same unit, no quality that cuts across, nothing in brackets behind a part; where a bracket
    /// opens them, what stands inside.
    fn behind(text: &str, all: &[Figure], families: &[Option<Family>], whole: usize, inside: Option<Span>) -> Self {
        let area = inside.unwrap_or(Span::new(all[whole].span.end, text.len()));
        let nested = |f: &Figure| {
            let before = &text[area.start + usize::from(inside.is_some()) * opener(text, area)..f.span.start];
            before.matches(['（', '(']).count() > before.matches(['）', ')']).count()
        };
        let part = |i: &usize| {
            let figure = &all[*i];
            area.contains(figure.span)
                && figure.unit == all[whole].unit
                && families[*i] != Some(Family::Crossing)
                && !nested(figure)
        };
        let parts: Vec<usize> = (whole + 1..all.len()).filter(part).collect();
        let family = parts.iter().find_map(|&i| families[i]);
        Self { whole: Some(whole), parts, family }
    }

    /// The sums inside brackets behind a part: 主办34件（党派10件、委员24件）.
    pub(super) fn nested(text: &str, claim: Span, all: &[Figure]) -> Vec<Self> {
        let families: Vec<Option<Family>> = all.iter().map(|f| family(f.label.of(text))).collect();
        let sums = (1..all.len()).filter_map(|whole| {
            let at = all[whole].span.end + text[all[whole].span.end..claim.end].len()
                - text[all[whole].span.end..claim.end].trim_start().len();
            let inside = bracket_at(text, claim, at)?;
            let sum = Self::behind(text, all, &families, whole, Some(inside));
            (sum.parts.len() >= 2).then_some(sum)
        });
        sums.collect()
    }
}

/// The round bracket that opens at byte `at`, up to its partner or the end of the claim.
fn bracket_at(text: &str, claim: Span, at: usize) -> Option<Span> {
    let rest = text.get(at..claim.end).filter(|r| r.starts_with(['（', '(']))?;
    let mut depth = 0_usize;
    for (i, c) in rest.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(Span::new(at, at + i));
        }
    }
    Some(Span::new(at, claim.end))
}

/// The width of the bracket that opens `area`.
fn opener(text: &str, area: Span) -> usize {
    area.of(text).chars().next().map_or(0, char::len_utf8)
}
