//! The units a document is cut into: clauses, suggestions, reply sections, claims, and the passages between them.

use super::{Citation, Claim, Document, Span};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One step of a path: `二`, `（三）`, `第五条`, `一是`, with the head that stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// The marker as printed, without white space: `（八）`, `第三条`, `1.`; empty for an unnumbered head.
    pub marker: String,
    /// The head beside it, where it has one: 引导降费让利.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub head: String,
}

/// A clause (条款) of a policy: the lowest numbered item, or an unnumbered paragraph beneath a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// One-based, in the order of the text.
    pub ordinal: usize,
    /// From the outermost heading to the clause itself.
    pub path: Vec<Level>,
    /// Its own run-in head, without the marker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Span>,
    /// The clause with its marker and head, without white space at the ends.
    pub span: Span,
    /// Responsibility brackets (牵头单位、责任单位), own and inherited (下同).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible: Vec<Responsible>,
}

/// A responsibility bracket: who leads, who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsible {
    /// 牵头单位, 责任单位, 配合单位, … as printed; empty where the bracket names units alone.
    pub role: String,
    /// The units, in the order printed.
    pub units: Vec<String>,
    /// The bracket in the text.
    pub span: Span,
}

/// A suggestion (建议) of a proposal: the highest numbered or headed item beneath any wrapper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// One-based, in the order of the text.
    pub ordinal: usize,
    /// The wrappers above it and its own marker and head.
    pub path: Vec<Level>,
    /// Its head, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Span>,
    /// The suggestion without its marker.
    pub span: Span,
    /// Its atomic measures: the smallest stretches with verb and object that an office could adopt or refuse alone.
    pub measures: Vec<Span>,
}

/// A section of a reply that answers one suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplySection {
    /// One-based, in the order of the text.
    pub ordinal: usize,
    /// The section with its heading.
    pub span: Span,
    /// The heading line or sentence, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Span>,
    /// The suggestion it quotes or names, without quotation marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted: Option<Span>,
    /// The answer.
    pub answer: Span,
}

/// Everything read out of one document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Parsed {
    /// Clauses, of a policy.
    pub clauses: Vec<Clause>,
    /// Suggestions, of a proposal.
    pub suggestions: Vec<Suggestion>,
    /// Answering sections, of a reply.
    pub sections: Vec<ReplySection>,
    /// Claims, of a report.
    pub claims: Vec<Claim>,
    /// Citations 《…》+文号, of any document.
    pub citations: Vec<Citation>,
    /// What is in none of the above (背景, 落款, …), paragraph by paragraph.
    pub passages: Vec<Span>,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 条款.
    Clause,
    /// 建议.
    Suggestion,
    /// 答复段.
    ReplySection,
    /// 总结中的说法.
    Claim,
    /// Anything else.
    Passage,
}

impl UnitKind {
    /// The letter that stands for it in a [`UnitId`].
    pub fn letter(self) -> char {
        match self {
            Self::Clause => 'c',
            Self::Suggestion => 's',
            Self::ReplySection => 'r',
            Self::Claim => 'm',
            Self::Passage => 'p',
        }
    }
}

/// Names one unit in the corpus: `0076#s3` is the third suggestion of document `0076`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnitId {
    /// The document's id.
    pub document: String,
    /// What it is.
    pub kind: UnitKind,
    /// One-based among the document's units of that kind.
    pub ordinal: usize,
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}{}", self.document, self.kind.letter(), self.ordinal)
    }
}

impl FromStr for UnitId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is not a unit of the form DOCUMENT#s3 (c clause, s suggestion, r reply section, m claim, p passage)"
            )
        };
        let (document, unit) = text.rsplit_once('#').ok_or_else(wrong)?;
        let letter = unit.chars().next().ok_or_else(wrong)?;
        let kinds =
            [UnitKind::Clause, UnitKind::Suggestion, UnitKind::ReplySection, UnitKind::Claim, UnitKind::Passage];
        let kind = kinds.into_iter().find(|k| k.letter() == letter).ok_or_else(wrong)?;
        let ordinal = unit[1..].parse().map_err(|_| wrong())?;
        Ok(Self { document: document.to_owned(), kind, ordinal })
    }
}

/// What all units have in common: the view that the index and `show` take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<'a> {
    /// What it is.
    pub kind: UnitKind,
    /// One-based among the document's units of that kind.
    pub ordinal: usize,
    /// From the outermost heading to the unit; empty for passages.
    pub path: &'a [Level],
    /// Where it stands.
    pub span: Span,
}

impl Parsed {
    /// All units in the order of the text; those that start at the same byte, in the order of their kinds.
    pub fn units(&self) -> Vec<Unit<'_>> {
        let clauses = self.clauses.iter().map(|c| (UnitKind::Clause, &c.path[..], c.span));
        let suggestions = self.suggestions.iter().map(|s| (UnitKind::Suggestion, &s.path[..], s.span));
        let sections = self.sections.iter().map(|s| (UnitKind::ReplySection, &[][..], s.span));
        let claims = self.claims.iter().map(|c| (UnitKind::Claim, &[][..], c.span));
        let passages = self.passages.iter().map(|p| (UnitKind::Passage, &[][..], *p));
        let mut ordinals = [0_usize; 5];
        let all = clauses.chain(suggestions).chain(sections).chain(claims).chain(passages);
        let mut units: Vec<Unit<'_>> = all
            .map(|(kind, path, span)| {
                ordinals[kind as usize] += 1;
                Unit { kind, ordinal: ordinals[kind as usize], path, span }
            })
            .collect();
        units.sort_by_key(|u| (u.span.start, u.kind, u.ordinal));
        units
    }
}

/// A path as a reader writes it: `二、（三）2.`; heads are left out unless `heads`.
pub(crate) fn path_text(path: &[Level], heads: bool) -> String {
    let step = |level: &Level| match (heads, level.head.is_empty(), level.marker.is_empty()) {
        (true, false, _) | (false, false, true) => format!("{}{}", level.marker, level.head),
        _ => level.marker.clone(),
    };
    path.iter().map(step).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" / ")
}

impl Clause {
    /// Its id in `document`.
    pub fn id(&self, document: &Document) -> UnitId {
        UnitId { document: document.id.clone(), kind: UnitKind::Clause, ordinal: self.ordinal }
    }

    /// The path as text, `二、强化支持 / （三）降低费率`; without heads where `heads` is false.
    pub fn path_text(&self, heads: bool) -> String {
        path_text(&self.path, heads)
    }
}

impl Suggestion {
    /// Its id in `document`.
    pub fn id(&self, document: &Document) -> UnitId {
        UnitId { document: document.id.clone(), kind: UnitKind::Suggestion, ordinal: self.ordinal }
    }

    /// The path as text; without heads where `heads` is false.
    pub fn path_text(&self, heads: bool) -> String {
        path_text(&self.path, heads)
    }
}
