//! Suggestions that a person cut out: a table of `proposal, suggestion, text, date`, as JSONL or CSV.

use super::Asked;
use crate::document::{Date, Span};
use crate::{Error, Result, ingest};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::path::Path;

const REMEDY: &str =
    "give one record a suggestion with the fields proposal, suggestion (its number), text, date (2023-01-12)";

/// The fields of a record and the names they go by.
const PROPOSAL: [&str; 4] = ["proposal", "提案编号", "提案号", "提案"];
const SUGGESTION: [&str; 4] = ["suggestion", "建议序号", "序号", "no"];
const TEXT: [&str; 4] = ["text", "提案建议", "建议", "建议内容"];
const DATE: [&str; 4] = ["date", "提出日期", "提案日期", "日期"];

/// The suggestions in the file at `path`, in its order. `date` may be missing; a suggestion without a number is counted within its
/// proposal. Other fields are passed over. Spans count within [`Asked::text`].
///
/// # Errors
/// When the file cannot be read, or a record lacks its proposal or text or has a number or date that is none: with its line.
pub fn given(path: &Path) -> Result<Vec<Asked>> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e, "check that the file exists and may be read"))?;
    let text = ingest::decode(&bytes, false).map_err(|p| Error::input(path, None, p.problem, p.remedy))?.text;
    let records = if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        json_lines(path, &text)?
    } else {
        csv(path, &text)?
    };
    if records.is_empty() {
        return Err(Error::input(path, None, "there is no suggestion in it", REMEDY));
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    records.iter().map(|(line, record)| asked(path, *line, record, &mut counts)).collect()
}

type Record = (usize, Map<String, Value>);

fn json_lines(path: &Path, text: &str) -> Result<Vec<Record>> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let record = |(i, line): (usize, &str)| {
        let parsed = serde_json::from_str(line);
        parsed
            .map(|record| (i + 1, record))
            .map_err(|e| Error::input(path, i + 1, format!("not a JSON record: {e}"), REMEDY))
    };
    lines.map(record).collect()
}

fn csv(path: &Path, text: &str) -> Result<Vec<Record>> {
    let broken = |e: ::csv::Error| {
        let line = e.position().and_then(|p| usize::try_from(p.line()).ok());
        Error::input(path, line, e.to_string(), REMEDY)
    };
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains('\t') && !head.contains(',') { b'\t' } else { b',' };
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(broken)?.clone();
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().and_then(|p| usize::try_from(p.line()).ok()).unwrap_or_default();
        let cells = heads.iter().zip(&record).map(|(h, c)| (h.trim().to_owned(), Value::from(c)));
        records.push((line, cells.collect()));
    }
    Ok(records)
}

fn asked(path: &Path, line: usize, record: &Map<String, Value>, counts: &mut HashMap<String, usize>) -> Result<Asked> {
    let wrong = |problem: String| Error::input(path, line, problem, REMEDY);
    let proposal = field(record, &PROPOSAL).ok_or_else(|| wrong("the record names no proposal".to_owned()))?;
    let text = field(record, &TEXT).ok_or_else(|| wrong("the record has no text".to_owned()))?;
    let count = counts.entry(proposal.clone()).or_default();
    *count += 1;
    let suggestion = match field(record, &SUGGESTION) {
        None => *count,
        Some(number) => match number.parse() {
            Ok(number) if number > 0 => number,
            _ => return Err(wrong(format!("the suggestion {number:?} is not a number from 1"))),
        },
    };
    let date = field(record, &DATE).map(|date| date.parse::<Date>()).transpose().map_err(wrong)?;
    let span = Span::new(0, text.len());
    Ok(Asked { proposal, suggestion, path: String::new(), text, span, date, answers: Vec::new() })
}

/// The value of a field by any of its names, as text; `None` where it is absent or empty.
fn field(record: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let value = names.iter().find_map(|name| record.get(*name))?;
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::given;
    use std::fs;

    fn read(name: &str, content: &[u8]) -> crate::Result<Vec<super::Asked>> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, content).unwrap();
        given(&path)
    }

    #[test]
    fn json_lines_and_csv_give_the_same_suggestions() {
        let json = "{\"proposal\":\"0031\",\"suggestion\":2,\"text\":\"设立蜂产品检测点\",\"date\":\"2024-01-15\",\"links\":[]}\n";
        let csv = "\u{feff}proposal,suggestion,text,date,note\r\n0031,2,设立蜂产品检测点,2024-01-15,无\r\n";
        let (json, csv) = (read("a.jsonl", json.as_bytes()).unwrap(), read("a.csv", csv.as_bytes()).unwrap());
        assert_eq!(json, csv);
        assert_eq!((json[0].suggestion, json[0].span.len()), (2, json[0].text.len()));
    }

    #[test]
    fn a_table_in_gb18030_with_chinese_heads_is_read_and_counted() {
        let csv = "提案编号,提案建议\n0031,设立检测点\n0031,补偿蜂农\n0032,修路\n";
        let asked = read("a.csv", &encoding_rs::GB18030.encode(csv).0).unwrap();
        let numbers: Vec<(&str, usize)> = asked.iter().map(|a| (a.proposal.as_str(), a.suggestion)).collect();
        assert_eq!(numbers, [("0031", 1), ("0031", 2), ("0032", 1)]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let error = |content: &str| read("a.jsonl", content.as_bytes()).unwrap_err().to_string();
        let good = "{\"proposal\":\"1\",\"text\":\"修路\"}\n";
        assert!(error(&format!("{good}{{\"proposal\":\"1\"}}")).contains("line 2: the record has no text"));
        let bad = error(&format!("{good}{{\"proposal\":\"1\",\"text\":\"修路\",\"date\":\"去年\"}}"));
        assert!(bad.contains("line 2") && bad.contains("去年"), "{bad}");
        assert!(error("{\"proposal\":").contains("line 1: not a JSON record"));
    }
}
