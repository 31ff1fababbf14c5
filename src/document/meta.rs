//! A document, what is known of it, and how it came to be known.

use super::Date;
use serde::{Deserialize, Serialize};

/// One proposal, reply, policy or report: its text and what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Unique in the corpus: the record's own id, or the file's stem (with its folder where two stems are the same).
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its title, without 《》.
    pub title: String,
    /// 文号 of a policy or letter, 提案号 of a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// The session a proposal was filed at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// The issuing body, the answering unit or the proposer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// 成文日期 of a policy, filing date of a proposal: the date that decides the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Of a reply: the number, title or id of the proposal it answers, as given or read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// How each piece of metadata came to be known, and what was repaired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The original text; every span of the program counts its bytes.
    pub text: String,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 提案、建议.
    Proposal,
    /// 答复.
    Reply,
    /// 政策文件, laws and regulations included.
    Policy,
    /// 提案办理工作总结.
    Report,
}

/// A number as a paper prints it and as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Number {
    /// As printed: `皖金领〔20236`, `第0080号`.
    pub printed: String,
    /// Normalised for comparison: `皖金领〔2023〕6号`, `0080`.
    pub value: String,
    /// Whether `value` mends a broken print.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repaired: bool,
}

/// A session of a CPPCC committee or people's congress, normalised: 省政协十三届一次会议.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Session {
    /// As printed.
    pub printed: String,
    /// `政协` or `人大`, where the text says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The place or level as printed: 省, 全国, 安徽省, 枝江市.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// 届.
    pub term: u16,
    /// 次.
    pub meeting: u16,
}

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The file, as given on the command line and relative where that was relative.
    pub path: String,
    /// One-based record of a table, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<usize>,
    /// Where it was published, as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// BLAKE3 of the file's bytes (of the record's text in a table), hexadecimal.
    pub digest: String,
    /// Whether it is marked as fiction, sample text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
}

/// How a field came to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The field: `kind`, `title`, `number`, `date`, …
    pub field: String,
    /// Where its value comes from.
    pub origin: Origin,
    /// In English, one clause: what was read or repaired.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// Where a field's value comes from, most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The record of a table.
    Record,
    /// The folder's name.
    Folder,
    /// A `manifest.csv` beside the files.
    Manifest,
    /// Read from the text.
    Text,
    /// Guessed: the text leaves it open.
    Guess,
    /// Mended: the print is broken.
    Repaired,
}
