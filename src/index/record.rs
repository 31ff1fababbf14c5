//! Documents and units as records of the index, and back.

use super::schema::{DOCUMENT_RECORD, Fields, code_of_unit};
use crate::document::{Date, Document, Entry, Level, Parsed};
use crate::parse::numeral::chinese;
use tantivy::TantivyDocument;
use tantivy::schema::Value;

/// The records of a document: its own first, then one for each unit.
pub(super) fn records(fields: &Fields, file: &str, entry: &Entry) -> Result<Vec<TantivyDocument>, serde_json::Error> {
    let units = entry.parsed.units();
    let mut records = Vec::with_capacity(units.len() + 1);
    records.push(document_record(fields, file, entry)?);
    for unit in units {
        let mut record = TantivyDocument::new();
        record.add_text(fields.document, &entry.document.id);
        record.add_text(fields.file, file);
        record.add_u64(fields.unit, code_of_unit(unit.kind));
        record.add_u64(fields.ordinal, unit.ordinal as u64);
        record.add_u64(fields.start, unit.span.start as u64);
        let text = unit.span.of(&entry.document.text);
        record.add_text(fields.words, text);
        record.add_text(fields.grams, text);
        let path = headings(unit.path);
        if !path.is_empty() {
            record.add_text(fields.path_words, &path);
            record.add_text(fields.path_grams, &path);
        }
        records.push(record);
    }
    Ok(records)
}

fn document_record(fields: &Fields, file: &str, entry: &Entry) -> Result<TantivyDocument, serde_json::Error> {
    let Entry { document, parsed } = entry;
    let mut record = TantivyDocument::new();
    record.add_text(fields.id, &document.id);
    record.add_text(fields.document, &document.id);
    record.add_text(fields.file, file);
    record.add_u64(fields.unit, DOCUMENT_RECORD);
    record.add_u64(fields.kind, document.kind as u64);
    let day = |(y, m, d): (u16, u8, u8)| u64::from(y) * 10_000 + u64::from(m) * 100 + u64::from(d);
    record.add_u64(fields.first_day, document.date.map_or(0, |d| day(Date::first(d))));
    record.add_u64(fields.last_day, document.date.map_or(0, |d| day(Date::last(d))));
    record.add_text(fields.words, &document.title);
    record.add_text(fields.grams, &document.title);
    if let Some(number) = &document.number {
        record.add_text(fields.number, format!("{}\n{}", number.value, number.printed));
        record.add_text(fields.number_order, order(&number.value));
    }
    if let Some(session) = &document.session {
        // 第十三届委员会第一次会议 is asked for as 十三届一次 too.
        let short = format!("{}届{}次", chinese(session.term.into()), chinese(session.meeting.into()));
        record.add_text(fields.session, format!("{}\n{short}", session.printed));
    }
    if let Some(issuer) = &document.issuer {
        record.add_text(fields.issuer, issuer);
    }
    let head = Document { text: String::new(), ..document.clone() };
    record.add_text(fields.head, serde_json::to_string(&head)?);
    record.add_text(fields.text, &document.text);
    record.add_text(fields.parsed, serde_json::to_string(parsed)?);
    Ok(record)
}

/// The headings above a unit, one a line, as `marker head`; levels without a head say nothing that can be searched.
fn headings(path: &[Level]) -> String {
    let heads: Vec<&str> = path.iter().map(|l| l.head.as_str()).filter(|h| !h.is_empty()).collect();
    heads.join("\n")
}

/// A number as it is sorted: its figures by their values, whatever the zeros before them.
fn order(number: &str) -> String {
    let mut key = String::new();
    let mut figures = String::new();
    let close = |figures: &mut String, key: &mut String| {
        if !figures.is_empty() {
            let plain = figures.trim_start_matches('0');
            *key += &format!("{:0>12}", plain);
            figures.clear();
        }
    };
    for c in number.chars() {
        if c.is_ascii_digit() {
            figures.push(c);
        } else {
            close(&mut figures, &mut key);
            key.push(c);
        }
    }
    close(&mut figures, &mut key);
    key
}

/// A document from its head and its record.
pub(super) fn document(fields: &Fields, head: Document, record: &TantivyDocument) -> Document {
    Document { text: stored(record, fields.text).to_owned(), ..head }
}

/// A document with its units from its head and its record.
pub(super) fn entry(fields: &Fields, head: Document, record: &TantivyDocument) -> Result<Entry, serde_json::Error> {
    let parsed: Parsed = serde_json::from_str(stored(record, fields.parsed))?;
    Ok(Entry { document: document(fields, head, record), parsed })
}

fn stored(record: &TantivyDocument, field: tantivy::schema::Field) -> &str {
    record.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn numbers_are_sorted_by_their_figures() {
        let mut numbers = ["云财〔2023〕10号", "0226", "云财〔2023〕9号", "76", "云财〔2022〕11号", "A204"];
        numbers.sort_by_key(|n| order(n));
        assert_eq!(numbers, ["76", "0226", "A204", "云财〔2022〕11号", "云财〔2023〕9号", "云财〔2023〕10号"]);
    }
}
