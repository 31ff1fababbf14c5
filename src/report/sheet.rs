//! A document as `suyuan show` prints it: metadata and how each piece of it came to be known, units, citations.

use super::{DocumentRef, Piece};
use crate::document::{
    ClaimKind, Clause, Entry, Kind, Library, Note, Parsed, ReplySection, Span, Suggestion, UnitId, UnitKind,
};
use crate::similar::{Replies, grade};
use serde::{Deserialize, Serialize};

/// A document with its units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its metadata.
    #[serde(flatten)]
    pub document: DocumentRef,
    /// How each piece of metadata came to be known, and what was repaired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Of a reply: the proposals it answers, by id; what it says it answers where none is in the corpus.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// Of a reply: the class of the result as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<char>,
    /// Of a proposal: the replies to it, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<String>,
    /// Its units in the order of the text.
    pub units: Vec<SheetUnit>,
    /// The policies it names, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<SheetCitation>,
}

/// A unit of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetUnit {
    /// Its name: `0076#s3`.
    pub unit: String,
    /// What it is.
    pub kind: UnitKind,
    /// From the outermost heading to the unit, with heads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// Of a suggestion: its atomic measures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Piece>,
    /// Of a clause: who leads and who takes part, as `role: units`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible: Vec<String>,
    /// Of a reply section: the suggestion it quotes. Of a claim: the suggestions it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quoted: Vec<Piece>,
    /// Of a claim: what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimKind>,
}

/// A policy that a document names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetCitation {
    /// Where, and as printed.
    #[serde(flatten)]
    pub piece: Piece,
    /// The id of its record; `None` where the corpus does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// The sheet of `entry`; `library` resolves what it names.
pub fn sheet(library: &Library, entry: &Entry) -> Sheet {
    let document = &entry.document;
    let known = Replies::new(library);
    let mut answers: Vec<String> = known.answered(&document.id).map(str::to_owned).into_iter().collect();
    answers.extend(document.reply_to.clone().filter(|_| answers.is_empty()));
    let replies = known.to(&document.id).iter().map(|e| e.document.id.clone()).collect();
    let class = grade(&document.text).filter(|_| document.kind == Kind::Reply);
    let citations = entry.parsed.citations.iter().map(|citation| SheetCitation {
        piece: piece(entry, citation.span),
        document: known.policy(citation).map(|policy| policy.id.clone()),
    });
    let (notes, citations) = (document.notes.clone(), citations.collect());
    Sheet { document: DocumentRef::from(document), notes, answers, class, replies, units: units(entry), citations }
}

fn units(entry: &Entry) -> Vec<SheetUnit> {
    let parsed = &entry.parsed;
    let units = parsed.units().into_iter().map(|unit| {
        let id = UnitId { document: entry.document.id.clone(), kind: unit.kind, ordinal: unit.ordinal };
        let path = unit.path.iter().map(|level| format!("{}{}", level.marker, level.head)).collect();
        let mut sheet = SheetUnit {
            unit: id.to_string(),
            kind: unit.kind,
            path,
            span: unit.span,
            text: entry.text(unit.span).to_owned(),
            measures: Vec::new(),
            responsible: Vec::new(),
            quoted: Vec::new(),
            claim: None,
        };
        fill(&mut sheet, entry, parsed, unit.ordinal - 1);
        sheet
    });
    units.collect()
}

/// What only units of one kind have.
fn fill(sheet: &mut SheetUnit, entry: &Entry, parsed: &Parsed, at: usize) {
    let pieces = |spans: &[Span]| spans.iter().map(|s| piece(entry, *s)).collect();
    match sheet.kind {
        UnitKind::Clause => sheet.responsible = responsible(&parsed.clauses[at]),
        UnitKind::Suggestion => {
            let Suggestion { measures, .. } = &parsed.suggestions[at];
            sheet.measures = pieces(measures);
        }
        UnitKind::ReplySection => {
            let ReplySection { quoted, .. } = &parsed.sections[at];
            sheet.quoted = quoted.iter().map(|s| piece(entry, *s)).collect();
        }
        UnitKind::Claim => {
            sheet.claim = Some(parsed.claims[at].kind);
            sheet.quoted = pieces(&parsed.claims[at].suggestions);
        }
        UnitKind::Passage => {}
    }
}

fn responsible(clause: &Clause) -> Vec<String> {
    let brackets = clause.responsible.iter().map(|r| {
        let units = r.units.join("、");
        if r.role.is_empty() { units } else { format!("{}：{units}", r.role) }
    });
    brackets.collect()
}

fn piece(entry: &Entry, span: Span) -> Piece {
    Piece { span, text: entry.text(span).to_owned() }
}

impl Sheet {
    /// The unit of this name.
    pub fn unit(&self, name: &str) -> Option<&SheetUnit> {
        self.units.iter().find(|u| u.unit == name)
    }
}
