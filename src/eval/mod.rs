//! Scores the program on labelled cases: takes cases and labelled proposals, gives figures with 95 % intervals, every
//! decision and the list of misses. Formats nothing.
//!
//! One file a part: [`extraction`] scores suggestions and measures. A part takes what it needs and gives a [`Part`]; the
//! caller joins the parts with [`Evaluation::add`].

pub mod case;
pub mod claims;
mod data;
pub mod extraction;
mod figure;
pub mod fitting;
mod hit;
pub mod labels;
pub mod links;
pub mod ranking;

pub use data::Data;
pub use figure::{Counts, Figure, bootstrap};

use serde::Serialize;
use serde_json::{Map, Value};

/// What one part of the evaluation gives.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Figures by name, in the order of the table.
    pub figures: Vec<(String, Figure)>,
    /// Decisions and tables by name: what was predicted for every gold item.
    pub decisions: Vec<(String, Value)>,
    /// What was missed, and what was found that is not there.
    pub misses: Vec<Miss>,
}

/// One wrong decision, for a person to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// The part of the evaluation: `extraction`, `links`, `claims`, `letters`, `retrieval`.
    pub part: String,
    /// The case, or the file of labelled proposals.
    pub case: String,
    /// The document: a proposal's number or id.
    pub document: String,
    /// What went wrong: `missed`, `spurious`, `wrong label`, …
    pub problem: String,
    /// What a person said, where a person said something.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub gold: String,
    /// What the program said, where it said something.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub predicted: String,
}

/// All parts together. Serialises to one object: every figure by its name, then `decisions`.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// Figures by name, in the order the parts came.
    pub figures: Vec<(String, Figure)>,
    /// Decisions by name.
    pub decisions: Map<String, Value>,
    /// All misses, in the order the parts came.
    pub misses: Vec<Miss>,
}

impl Evaluation {
    /// Adds a part.
    pub fn add(&mut self, part: Part) {
        self.figures.extend(part.figures);
        self.decisions.extend(part.decisions);
        self.misses.extend(part.misses);
    }
}

impl Serialize for Evaluation {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(self.figures.len() + 1))?;
        for (name, figure) in &self.figures {
            map.serialize_entry(name, figure)?;
        }
        map.serialize_entry("decisions", &self.decisions)?;
        map.end()
    }
}
