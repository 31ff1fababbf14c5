//! A document on its way: what the record, the folder and the manifest say is collected, then the text fills what is missing.

use super::columns::Field;
use super::html::Page;
use super::manifest::Row;
use super::{InputFile, Options, kind};
use crate::document::{Date, Document, Kind, Note, Number, Origin, Source};
use crate::parse::metadata::{self, Known, Reading};
use crate::parse::{date, docnumber, session};
use crate::{Error, Result};

/// What is known before the text is asked.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) text: String,
    /// The fields as their source gives them, with where they come from.
    fields: Vec<(Field, String, Origin)>,
    source: Source,
}

impl Draft {
    /// A draft of the one document of `file`; `digest` is that of its bytes.
    pub(super) fn of_file(file: &InputFile, digest: String) -> Self {
        let source = Source { path: file.path.to_string_lossy().into_owned(), digest, ..Source::default() };
        Self { id: file.id.clone(), source, ..Self::default() }
    }

    /// A draft of the record number `record` of a table.
    pub(super) fn of_record(file: &InputFile, record: usize, id: Option<String>, text: String) -> Self {
        let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
        let mut draft = Self::of_file(file, digest);
        draft.id = id.unwrap_or_else(|| format!("{}-{record}", file.id));
        draft.source.record = Some(record);
        draft.text = text;
        draft
    }

    /// Adds a field; the first value of a field stays, but a source may be an address and a name.
    pub(super) fn set(&mut self, field: Field, value: &str, origin: Origin) {
        let value = value.trim();
        let known = self.fields.iter().any(|(f, _, o)| *f == field && *o == origin);
        if !value.is_empty() && (!known || field == Field::Source) {
            self.fields.push((field, value.to_owned(), origin));
        }
    }

    /// Takes text and metadata of a saved page.
    pub(super) fn take_page(&mut self, page: Page) {
        self.text = page.text;
        self.source.sample = page.sample;
        for (field, value) in [
            (Field::Title, page.title),
            (Field::Published, page.published),
            (Field::Source, page.url),
            (Field::Number, page.number),
        ] {
            self.set(field, value.as_deref().unwrap_or(""), Origin::Record);
        }
    }

    fn take_manifest(&mut self, row: Option<&Row>) {
        for (&field, value) in row.into_iter().flatten() {
            if !self.fields.iter().any(|(f, _, _)| *f == field) {
                self.fields.push((field, value.clone(), Origin::Manifest));
            }
        }
    }

    fn field(&self, field: Field) -> Option<(&str, Origin)> {
        self.fields.iter().find(|(f, _, _)| *f == field).map(|(_, value, origin)| (value.as_str(), *origin))
    }

    /// The document, its missing metadata read from the text.
    ///
    /// # Errors
    /// When a field names an unknown kind, or there is no text.
    pub(super) fn finish(mut self, file: &InputFile, options: &Options) -> Result<Document> {
        if self.text.trim().is_empty() {
            return Err(self.error(file, "the text is empty", "fill it in, or remove it"));
        }
        self.take_manifest(file.manifest.as_ref());
        let mut notes = Vec::new();
        let given_kind = self.kind(file, options, &mut notes)?;
        let date = self.date(Field::Date, &mut notes);
        let published = self.date(Field::Published, &mut Vec::new());
        let title = self.take(Field::Title, &mut notes).map(|t| trim_title(&t));
        let (url, source_name) = self.source_parts();
        let issuer = self.take(Field::Issuer, &mut notes);
        let read = metadata::read(
            &self.text,
            &Known {
                kind: given_kind,
                title: title.as_deref(),
                issuer: issuer.as_deref(),
                number: self.field(Field::Number).map(|(v, _)| v),
                published,
                history: self.field(Field::History).map(|(v, _)| v),
            },
        );
        let kind = given_kind.unwrap_or_else(|| adopt("kind", read.kind.clone(), &mut notes).unwrap_or(Kind::Policy));
        let number = self.number(kind, &mut notes).or_else(|| adopt("number", read.number, &mut notes));
        let session = self
            .take(Field::Session, &mut notes)
            .and_then(|s| session::session(&s))
            .or_else(|| adopt("session", read.session, &mut notes));
        let reply_to = self.reply_to(&mut notes).or_else(|| adopt("reply_to", read.reply_to, &mut notes));
        let title = title.or_else(|| adopt("title", read.title, &mut notes));
        let answer = reply_to.as_ref().filter(|_| kind == Kind::Reply);
        let title = title.or_else(|| {
            let told = answer?;
            notes.push(note("title", Origin::Guess, "the letter has no title: named for the proposal it answers"));
            let number = told.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            Some(if number { format!("第{told}号提案的答复") } else { format!("《{told}》的答复") })
        });
        let title = title.unwrap_or_else(|| {
            notes.push(note("title", Origin::Guess, "no title found: the id stands for it"));
            self.id.clone()
        });
        let issuer = issuer.or_else(|| adopt("issuer", read.issuer, &mut notes)).or_else(|| {
            let name = source_name?;
            notes.push(note("issuer", Origin::Guess, "the source's name taken as the issuer"));
            Some(name)
        });
        let date = date.or_else(|| adopt("date", read.date, &mut notes));
        let sample = self.field(Field::Sample).is_some_and(|(v, _)| truth(v)) || read.sample || self.source.sample;
        notes.sort_by(|a, b| a.field.cmp(&b.field));
        let source = Source { url, sample, ..self.source };
        Ok(Document {
            id: self.id,
            kind,
            title,
            number,
            session,
            issuer,
            date,
            reply_to,
            source,
            notes,
            text: self.text,
        })
    }

    /// Record, folder, manifest, in this order; the option before all of them.
    fn kind(&self, file: &InputFile, options: &Options, notes: &mut Vec<Note>) -> Result<Option<Kind>> {
        if let Some(kind) = options.kind {
            notes.push(note("kind", Origin::Record, "given for the run"));
            return Ok(Some(kind));
        }
        let (named, folder) = (self.field(Field::Kind), file.folder.as_ref());
        match (named, folder) {
            (Some((value, Origin::Record)), _) => {
                // A column called `type` may hold anything: what is no kind leaves the question open.
                let kind = kind::of_word(value);
                notes.extend(kind.map(|_| note("kind", Origin::Record, "")));
                Ok(kind.or(folder.map(|(kind, _)| *kind)))
            }
            (_, Some((kind, name))) => {
                notes.push(note("kind", Origin::Folder, &format!("named {name}")));
                Ok(Some(*kind))
            }
            (Some((value, origin)), None) => {
                let kind = kind::of_word(value).ok_or_else(|| {
                    let problem = format!("the manifest calls its kind {value:?}");
                    self.error(file, &problem, "write proposal, reply, policy or report")
                })?;
                notes.push(note("kind", origin, ""));
                Ok(Some(kind))
            }
            (None, None) => Ok(None),
        }
    }

    fn take(&self, field: Field, notes: &mut Vec<Note>) -> Option<String> {
        let (value, origin) = self.field(field)?;
        notes.push(note(field.name(), origin, ""));
        Some(value.to_owned())
    }

    fn number(&self, kind: Kind, notes: &mut Vec<Note>) -> Option<Number> {
        let (value, origin) = self.field(Field::Number)?;
        let proposal = docnumber::proposal_number(value).filter(|_| kind == Kind::Proposal);
        let number = proposal.or_else(|| docnumber::doc_number(value)).or_else(|| docnumber::proposal_number(value));
        let Some(number) = number else {
            notes.push(note(
                "number",
                Origin::Guess,
                &format!("{value:?} is no number of a document and was left out"),
            ));
            return None;
        };
        match number.repaired {
            true => notes.push(note("number", Origin::Repaired, &format!("printed {}", number.printed))),
            false => notes.push(note("number", origin, "")),
        }
        Some(number)
    }

    fn date(&self, field: Field, notes: &mut Vec<Note>) -> Option<Date> {
        let (value, origin) = self.field(field)?;
        match date::field(value) {
            Some(read) if read.repaired => {
                notes.push(note("date", Origin::Repaired, &format!("printed {}", read.span.of(value))));
                Some(read.date)
            }
            Some(read) => {
                notes.push(note("date", origin, ""));
                Some(read.date)
            }
            None => {
                notes.push(note("date", Origin::Guess, &format!("{value:?} is no date and was left out")));
                None
            }
        }
    }

    /// The proposal answered: its number, or what the record says. `a204` may be a number or an id: it stays as written.
    fn reply_to(&self, notes: &mut Vec<Note>) -> Option<String> {
        let value = self.take(Field::ReplyTo, notes)?;
        let number = docnumber::proposal_number(&value).map(|n| n.value);
        Some(number.filter(|n| !n.eq_ignore_ascii_case(value.trim())).unwrap_or(value))
    }

    /// The source as an address; a source that is a name is given apart.
    fn source_parts(&self) -> (Option<String>, Option<String>) {
        let values = self.fields.iter().filter(|(f, _, _)| *f == Field::Source).map(|(_, value, _)| value.as_str());
        let is_address = |v: &&str| v.contains("://") || v.is_ascii();
        (values.clone().find(is_address).map(str::to_owned), values.clone().find(|v| !is_address(v)).map(str::to_owned))
    }

    fn error(&self, file: &InputFile, problem: &str, remedy: &str) -> Error {
        Error::input(&file.path, self.source.record, problem, remedy)
    }
}

/// Takes what the text gave and notes where it comes from.
fn adopt<T>(field: &str, reading: Option<Reading<T>>, notes: &mut Vec<Note>) -> Option<T> {
    let reading = reading?;
    notes.push(note(field, reading.origin, &reading.detail));
    Some(reading.value)
}

fn note(field: &str, origin: Origin, detail: &str) -> Note {
    Note { field: field.to_owned(), origin, detail: detail.to_owned() }
}

fn truth(value: &str) -> bool {
    matches!(value.trim().to_lowercase().as_str(), "1" | "true" | "yes" | "y" | "是" | "sample")
        || ["样例", "虚构"].iter().any(|word| value.contains(word))
}

/// A title without 《》 around all of it.
fn trim_title(title: &str) -> String {
    let title = title.trim();
    let inner =
        title.strip_prefix('《').and_then(|t| t.strip_suffix('》')).filter(|t| !t.contains('《') && !t.contains('》'));
    inner.unwrap_or(title).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::truth;

    #[test]
    fn a_sample_may_be_called_so_in_a_longer_word() {
        assert!(["是", "样例", "虚构", "虚构样例", "yes"].into_iter().all(truth));
        assert!(!["", "否", "no", "0"].into_iter().any(truth));
    }
}
