//! Tables with one document a record: JSON records a line (read as a stream) and CSV. A record that cannot be read is an error with its
//! line, and the rest goes on. Ledgers (台账) and the labels of evaluation cases are no documents: they are passed over.

use super::columns::{Field, Resolved};
use super::decode::decode;
use super::draft::Draft;
use super::{InputFile, Options, Report, separated};
use crate::document::{Document, Origin};
use crate::{Error, Result};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::io::{BufRead, BufReader};

/// How many records are looked at before the columns are tied to fields.
const SAMPLE: usize = 50;

/// Columns that only labels of evaluation cases have.
const LABELS: [&str; 9] =
    ["verdict", "clause_quote", "links", "topical", "suggestions", "measures", "pos", "neg", "qid"];
/// Columns of a ledger; three of them and no text make one.
const LEDGER: [&str; 22] = [
    "序号",
    "提案号",
    "提案编号",
    "案号",
    "案由",
    "标题",
    "提案标题",
    "提案题目",
    "提案人",
    "界别",
    "状态",
    "办理状态",
    "办理结果",
    "办理意见",
    "办理时间",
    "办结时间",
    "办结日期",
    "主办单位",
    "承办单位",
    "承办处室",
    "会办单位",
    "责任人",
];

/// Reads JSON records, one a line.
pub(super) fn json_lines(
    file: &InputFile,
    options: &Options,
    sink: &mut dyn FnMut(Document),
    report: &mut Report,
) -> Result<()> {
    let sample: Vec<_> = Lines::open(file)?.filter_map(|(_, r)| r.ok()).take(SAMPLE).collect();
    if sample.is_empty() {
        let Some((line, problem)) = Lines::open(file)?.find_map(|(line, r)| Some((line, r.err()?))) else {
            return Err(Error::input(&file.path, None, "the file is empty", "remove it, or fill it"));
        };
        return Err(Error::input(&file.path, line, problem, "write one JSON object a line"));
    }
    let mut headers: Vec<String> = Vec::new();
    for key in sample.iter().flat_map(|r| r.keys()) {
        if !headers.contains(key) {
            headers.push(key.clone());
        }
    }
    let rows: Vec<Vec<String>> = sample.iter().map(|r| cells(r, &headers)).collect();
    drop(sample);
    let Some(mut table) = Table::new(file, options, headers, &rows, report)? else { return Ok(()) };
    for (at, (line, record)) in Lines::open(file)?.enumerate() {
        match record {
            Ok(record) => {
                table.learn(&record, options);
                let cells = cells(&record, &table.headers);
                table.record(at + 1, line, &cells, options, sink, report);
            }
            Err(problem) => report.errors.push(Error::input(&file.path, line, problem, "mend the line, or remove it")),
        }
    }
    Ok(())
}

/// Reads a table with a header row, separated by commas, tabs or semicolons.
pub(super) fn csv(
    file: &InputFile,
    options: &Options,
    sink: &mut dyn FnMut(Document),
    report: &mut Report,
) -> Result<()> {
    let bytes = std::fs::read(&file.path)
        .map_err(|e| Error::io(&file.path, e, "check that the file exists and may be read"))?;
    let decoded = decode(&bytes, false).map_err(|p| Error::input(&file.path, None, p.problem, p.remedy))?;
    drop(bytes);
    report.remarks.extend(decoded.remark);
    let read = separated::rows(&decoded.text);
    let broken = read.broken.into_iter().map(|(line, problem, remedy)| Error::input(&file.path, line, problem, remedy));
    report.errors.extend(broken);
    let mut rows = read.rows;
    // Spreadsheets often open with a title that fills one cell.
    let filled = |row: &Vec<String>| row.iter().filter(|c| !c.trim().is_empty()).count();
    let head = rows.iter().position(|(_, row)| filled(row) > 1).unwrap_or(0);
    if rows.len() <= head + 1 {
        return Err(Error::input(
            &file.path,
            None,
            "the table has no rows below its header",
            "add rows, or remove the file",
        ));
    }
    let (_, headers) = rows.remove(head);
    let rows = &rows[head..];
    let sample: Vec<Vec<String>> = rows.iter().take(SAMPLE).map(|(_, row)| row.clone()).collect();
    let width = headers.len();
    let Some(mut table) = Table::new(file, options, headers, &sample, report)? else { return Ok(()) };
    for (at, (line, row)) in rows.iter().enumerate() {
        if filled(row) == 0 {
            continue;
        }
        if row.len() != width {
            let problem = format!("the row has {} cells where the header has {width}", row.len());
            report.errors.push(Error::input(
                &file.path,
                *line,
                problem,
                "put quotation marks around cells that hold separators",
            ));
            continue;
        }
        table.record(at + 1, *line, row, options, sink, report);
    }
    Ok(())
}

/// A table whose columns are tied to fields.
struct Table<'a> {
    file: &'a InputFile,
    headers: Vec<String>,
    columns: Resolved,
    lengths: Vec<f64>,
    seen: FxHashMap<String, usize>,
}

impl<'a> Table<'a> {
    /// Ties the columns to fields and says how; `None` where the table holds no documents.
    fn new(
        file: &'a InputFile,
        options: &Options,
        headers: Vec<String>,
        sample: &[Vec<String>],
        report: &mut Report,
    ) -> Result<Option<Self>> {
        let mapped = options.columns != super::Columns::default();
        if let Some(label) = headers.iter().find(|h| LABELS.contains(&h.as_str())).filter(|_| !mapped) {
            report.passed = Some(format!("labels of an evaluation case (column {label})"));
            return Ok(None);
        }
        let mean = |i: usize| {
            let lengths = sample.iter().filter_map(|row| row.get(i)).map(|c| c.chars().count() as f64);
            lengths.sum::<f64>() / sample.len().max(1) as f64
        };
        let lengths: Vec<f64> = (0..headers.len()).map(mean).collect();
        let columns = options.columns.resolve(&headers, &lengths);
        if !columns.has(Field::Text) {
            let ledger = headers.iter().filter(|h| LEDGER.contains(&h.trim().trim_start_matches('\u{feff}'))).count();
            let named = file.id.contains("台账") || file.id.to_lowercase().contains("ledger");
            if columns.missing.is_empty() && (ledger >= 3 || (named && ledger >= 1)) {
                report.passed = Some("a ledger (台账), not a table of documents".to_owned());
                return Ok(None);
            }
            let names = headers.join(", ");
            let problem = format!("no column holds the text; the columns are {names}");
            return Err(Error::input(&file.path, None, problem, "name it with --map text=COLUMN"));
        }
        if !columns.shown.is_empty() {
            let unused = if columns.unused.is_empty() {
                String::new()
            } else {
                format!("; not used: {}", columns.unused.join(", "))
            };
            report.remarks.push(format!("columns read as {}{unused}", columns.shown.join(", ")));
        }
        if !columns.missing.is_empty() {
            report.remarks.push(format!("no column for {}", columns.missing.join(", ")));
        }
        Ok(Some(Self { file, headers, columns, lengths, seen: FxHashMap::default() }))
    }

    /// Takes up keys that the first records did not have.
    fn learn(&mut self, record: &serde_json::Map<String, Value>, options: &Options) {
        if record.keys().all(|k| self.headers.contains(k)) {
            return;
        }
        for key in record.keys() {
            if !self.headers.contains(key) {
                self.headers.push(key.clone());
                self.lengths.push(0.0);
            }
        }
        self.columns = options.columns.resolve(&self.headers, &self.lengths);
    }

    fn record(
        &mut self,
        number: usize,
        line: usize,
        cells: &[String],
        options: &Options,
        sink: &mut dyn FnMut(Document),
        report: &mut Report,
    ) {
        let value = |field: Field| {
            self.columns
                .of(field)
                .iter()
                .filter_map(|&i| cells.get(i))
                .find(|c| !c.trim().is_empty())
                .map(String::as_str)
        };
        let Some(text) = value(Field::Text) else {
            let remedy = "fill in the text, or remove the record";
            report.errors.push(Error::input(&self.file.path, line, "the record has no text", remedy));
            return;
        };
        let id = value(Field::Id).map(|id| id.trim().to_owned());
        let mut draft = Draft::of_record(self.file, number, id, text.to_owned());
        for field in Field::OF_RECORD.into_iter().chain([Field::History]) {
            // Two columns of one field both count where one is an address and the other a name.
            for &column in self.columns.of(field) {
                draft.set(field, cells.get(column).map_or("", String::as_str), Origin::Record);
            }
        }
        if let Some(first) = self.seen.get(&draft.id) {
            let problem = format!("the id {:?} is also that of record {first}", draft.id);
            report.remarks.push(format!("line {line}: {problem}; this one is called {}~{number}", draft.id));
            draft.id = format!("{}~{number}", draft.id);
        }
        self.seen.insert(draft.id.clone(), number);
        match draft.finish(self.file, options) {
            Ok(document) => sink(document),
            Err(e) => report.errors.push(e),
        }
    }
}

/// A record's values in the order of `headers`; lists are joined, objects and null left out.
fn cells(record: &serde_json::Map<String, Value>, headers: &[String]) -> Vec<String> {
    headers.iter().map(|h| record.get(h).map_or_else(String::new, cell)).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

/// The non-empty lines of a file as JSON objects, with their numbers.
struct Lines {
    reader: BufReader<std::fs::File>,
    line: usize,
}

impl Lines {
    fn open(file: &InputFile) -> Result<Self> {
        let handle = std::fs::File::open(&file.path)
            .map_err(|e| Error::io(&file.path, e, "check that the file exists and may be read"))?;
        Ok(Self { reader: BufReader::with_capacity(1 << 18, handle), line: 0 })
    }
}

impl Iterator for Lines {
    type Item = (usize, std::result::Result<serde_json::Map<String, Value>, String>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut bytes = Vec::new();
            self.line += 1;
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(e) => return Some((self.line, Err(e.to_string()))),
            }
            let trimmed = bytes.trim_ascii();
            let trimmed = trimmed.strip_prefix(b"\xef\xbb\xbf").unwrap_or(trimmed);
            if trimmed.is_empty() {
                continue;
            }
            return Some((self.line, object(trimmed)));
        }
    }
}

/// One line as a JSON object.
fn object(bytes: &[u8]) -> std::result::Result<serde_json::Map<String, Value>, String> {
    let value = match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_str(&decode(bytes, false).map_err(|e| e.problem)?.text),
    };
    match value {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err("the line is JSON but no object {…}".to_owned()),
        Err(e) => Err(format!("the line is no JSON record: {e}").replace(" at line 1 column", " at column")),
    }
}
