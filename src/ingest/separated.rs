//! Text tables separated by commas, tabs or semicolons: text to rows with their lines.

/// The rows of a text table.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// One-based line and cells.
    pub(crate) rows: Vec<(usize, Vec<String>)>,
    /// Rows that could not be read: line where known, problem, remedy.
    pub(crate) broken: Vec<(Option<usize>, String, &'static str)>,
}

/// How many lines are looked at for the separator: a title above the header often has none.
const LOOK: usize = 20;

/// The rows of a table. A quotation mark that is never closed would swallow the rest: its row is reported and left out.
pub(crate) fn rows(text: &str) -> Rows {
    let delimiter = delimiter(text);
    let (mut found, mut rest, mut base) = (Rows::default(), text, 0);
    while !rest.is_empty() {
        let broken = unclosed(rest, delimiter);
        let good = broken.map_or(rest, |at| &rest[..at]);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(good.as_bytes());
        let (mut seen, mut line) = (0, 1);
        for record in reader.records() {
            match record {
                Ok(record) => {
                    // The reader's own line is that before the line end of the row above where that is \r\n.
                    let at = record.position().map_or(seen, |p| usize::try_from(p.byte()).unwrap_or(seen));
                    let at = good.len() - good[at..].trim_start_matches(['\r', '\n']).len();
                    line += good[seen..at].matches('\n').count();
                    seen = at;
                    found.rows.push((base + line, record.iter().map(str::to_owned).collect()));
                }
                Err(e) => found.broken.push((None, e.to_string(), "mend the row")),
            }
        }
        let Some(at) = broken else { break };
        let line = base + good.matches('\n').count() + 1;
        let remedy = "close it, and double the quotation marks inside a cell";
        found.broken.push((Some(line), "a quotation mark is opened here and never closed".to_owned(), remedy));
        let next = rest[at..].find('\n').map_or(rest.len(), |i| at + i + 1);
        base += rest[..next].matches('\n').count();
        rest = &rest[next..];
    }
    found
}

/// The separator that the line with most of any has most of; a comma where none has one.
fn delimiter(text: &str) -> u8 {
    let count = |line: &str, d: u8| line.bytes().filter(|&b| b == d).count();
    let most = |d: u8| text.lines().take(LOOK).map(|line| count(line, d)).max().unwrap_or(0);
    let header = text.lines().find(|line| [b',', b'\t', b';'].iter().any(|&d| count(line, d) > 0)).unwrap_or("");
    // The first line that has a separator decides; of a draw there, the table as a whole.
    [b';', b'\t', b','].into_iter().max_by_key(|&d| (count(header, d), most(d))).unwrap_or(b',')
}

/// The byte at which the record begins whose quotation mark is still open at the end.
fn unclosed(text: &str, delimiter: u8) -> Option<usize> {
    let (mut record, mut open, mut field_start) = (0, false, true);
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        if open {
            if b == b'"' {
                if bytes.get(i + 1) == Some(&b'"') {
                    i += 1;
                } else {
                    open = false;
                }
            }
        } else if b == b'"' && field_start {
            open = true;
        } else if b == b'\n' {
            record = i + 1;
        }
        field_start = !open && (b == delimiter || b == b'\n' || b == b'\r');
        i += 1;
    }
    open.then_some(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_without_separators_does_not_decide_them() {
        let found = rows("某局台账\n序号,案由\n1,\"甲;乙\"\n");
        assert_eq!(found.rows[1], (2, vec!["序号".to_owned(), "案由".to_owned()]));
        assert_eq!(found.rows[2].1[1], "甲;乙");
        assert_eq!(rows("a\tb\n1\t2\n").rows[0].1, ["a", "b"]);
    }

    #[test]
    fn lines_are_counted_alike_after_any_line_end_and_inside_cells() {
        for end in ["\n", "\r\n"] {
            let text = ["甲,乙", "1,\"二", "三\"", "", "4,5"].join(end);
            let lines: Vec<usize> = rows(&text).rows.iter().map(|r| r.0).collect();
            assert_eq!(lines, [1, 2, 5], "{end:?}");
        }
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_costs_one_row() {
        let found = rows("a,b\n1,\"x\n2,y\n3,z\n");
        assert_eq!((found.rows.len(), found.broken.len(), found.broken[0].0), (3, 1, Some(2)));
    }
}
