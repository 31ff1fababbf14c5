//! The rows of a sheet below its header: which are proposals, which go on with the one above, which are totals, headings and notes.

use super::Field;
use super::cells::Cells;
use super::grid::{Grid, GridRow, Merge};
use super::head::Head;
use super::problem::{ColumnName, Place, Problem, Warning};
use super::record::{ColumnRead, Record, Role};
use super::value;

/// The proposals of a sheet with what was odd.
pub(super) struct Rows<'a> {
    grid: &'a Grid,
    head: &'a Head,
    columns: &'a [ColumnRead],
    cells: Cells<'a>,
    pub(super) records: Vec<Record>,
    pub(super) warnings: Vec<Warning>,
    /// The role that a heading inside the table gives to the rows below it.
    section: Option<Role>,
    blanks: usize,
}

/// What a row is.
enum Sort {
    Proposal,
    More,
    Totals,
    Section(Role),
    Note,
    Header,
}

impl<'a> Rows<'a> {
    /// Reads every row of `grid` below `head`.
    pub(super) fn read(grid: &'a Grid, head: &'a Head, columns: &'a [ColumnRead], cells: Cells<'a>) -> Self {
        let mut rows =
            Self { grid, head, columns, cells, records: Vec::new(), warnings: Vec::new(), section: None, blanks: 0 };
        for row in &grid.rows[head.first.min(grid.rows.len())..] {
            rows.row(row);
        }
        rows.merged();
        rows
    }

    fn row(&mut self, row: &GridRow) {
        if row.is_blank() {
            self.blanks += 1;
            return;
        }
        if self.blanks > 0 && !self.records.is_empty() {
            self.warn(row.number, Problem::BlankRows { count: self.blanks });
        }
        self.blanks = 0;
        let text = || row.distinct().join(" ");
        match self.sort(row) {
            Sort::Header => self.warn(row.number, Problem::HeaderAgain),
            Sort::Note => self.warn(row.number, Problem::NoteRow { text: text() }),
            Sort::Section(role) => {
                self.section = Some(role);
                self.warn(row.number, Problem::Section { text: text() });
            }
            Sort::Totals => {
                let problem = Problem::Totals { text: text(), says: said(row), counted: self.records.len() };
                self.warn(row.number, problem);
            }
            Sort::Proposal => {
                let record = self.record(row);
                self.name_gaps(&record);
                self.records.push(record);
            }
            Sort::More => {
                let record = self.record(row);
                let merged = self.same_merge(row);
                if let Some(last) = self.records.last_mut() {
                    let name = last.name();
                    super::repeat::absorb(last, record);
                    if !merged {
                        self.warn(row.number, Problem::Continued { name });
                    }
                }
            }
        }
    }

    fn warn(&mut self, row: usize, problem: Problem) {
        self.warnings.push(Warning { place: self.place(row, None), problem });
    }

    fn place(&self, row: usize, column: Option<usize>) -> Place {
        let name =
            |at: usize| ColumnName { letter: self.columns[at].letter.clone(), header: self.columns[at].header.clone() };
        Place { sheet: self.grid.name.clone(), row, column: column.map(name) }
    }

    /// The text of the first column that holds `field`, folded.
    fn text(&self, row: &GridRow, field: Field) -> String {
        let mut at = (0..self.columns.len()).filter(|&i| self.columns[i].field == Some(field));
        at.find_map(|i| Some(value::fold(row.text(i))).filter(|t| !t.is_empty())).unwrap_or_default()
    }

    fn sort(&self, row: &GridRow) -> Sort {
        let same = self.head.names.iter().enumerate().filter(|(i, n)| !n.is_empty() && row.text(*i) == n.as_str());
        let distinct = row.distinct();
        let first = distinct.first().map(|t| value::fold(t).replace(' ', "")).unwrap_or_default();
        if distinct.len() > 1 && same.count() * 2 > distinct.len() {
            return Sort::Header;
        }
        let (number, title) = (self.text(row, Field::Number), self.text(row, Field::Title));
        let totals = ["合计", "总计", "小计", "共计", "总数", "累计"];
        if totals
            .iter()
            .any(|t| first.starts_with(t) || number.starts_with(t) || (title.starts_with(t) && number.is_empty()))
        {
            return Sort::Totals;
        }
        if distinct.len() == 1
            && let Some(sort) = self.lone(row, &first, &number)
        {
            return sort;
        }
        let notes = [
            "填表",
            "填报",
            "制表",
            "注:",
            "注：",
            "备注:",
            "备注：",
            "审核",
            "联系人",
            "联系电话",
            "说明:",
            "说明：",
            "单位负责",
        ];
        if notes.iter().any(|n| first.starts_with(n)) && !is_title(&title) {
            return Sort::Note;
        }
        if self.same_merge(row) {
            return Sort::More;
        }
        if number.is_empty() && title.is_empty() && self.text(row, Field::Serial).is_empty() {
            let more = self.columns.iter().enumerate().any(|(i, c)| {
                c.field.is_some_and(|f| !matches!(f, Field::Sample | Field::Remark)) && !row.text(i).is_empty()
            });
            return if more && !self.records.is_empty() { Sort::More } else { Sort::Note };
        }
        Sort::Proposal
    }

    /// What a row of one text is: a heading, a note, or more units of the proposal above; `None` for a proposal that has no more than a
    /// number or a title.
    fn lone(&self, row: &GridRow, text: &str, number: &str) -> Option<Sort> {
        if !text.starts_with("关于")
            && let Some(role) = heading_role(text)
        {
            return Some(Sort::Section(role));
        }
        let numbered = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        if is_title(text) || numbered {
            return None;
        }
        let at = (0..self.columns.len()).find(|&i| !row.text(i).is_empty())?;
        let unit = matches!(self.columns[at].field, Some(Field::Lead | Field::Co | Field::Office));
        Some(if unit && at > 0 && !self.records.is_empty() { Sort::More } else { Sort::Note })
    }

    /// Whether the number (the title, where no column holds numbers) lies in the same merged cell as that of the last proposal.
    fn same_merge(&self, row: &GridRow) -> bool {
        let Some(last) = self.records.last().and_then(|r| r.places.last()) else { return false };
        self.proposal_merge(row.number).is_some_and(|m| (m.rows.0..=m.rows.1).contains(&last.row))
    }

    /// The merged cell over several rows that holds the number of this row.
    fn proposal_merge(&self, row: usize) -> Option<Merge> {
        let at = |field| self.columns.iter().position(|c| c.field == Some(field));
        let column = at(Field::Number).or_else(|| at(Field::Title))?;
        let cell = self.grid.row(row)?.cells.get(column)?;
        cell.merge.map(|id| self.grid.merges[id]).filter(|m| m.is_tall() && m.columns.0 == m.columns.1)
    }

    fn record(&mut self, row: &GridRow) -> Record {
        let place = self.place(row.number, None);
        let mut record = Record { places: vec![place], ..Record::default() };
        for (at, column) in self.columns.iter().enumerate() {
            let Some(field) = column.field else { continue };
            let Some(cell) = row.cells.get(at).filter(|c| !c.text.trim().is_empty()) else { continue };
            let problems = self.cells.put(&mut record, field, cell);
            // What is odd about a merged cell is told at its first row.
            if cell.merge.is_some_and(|id| self.grid.merges[id].rows.0 < row.number) {
                continue;
            }
            let place = self.place(row.number, Some(at));
            self.warnings.extend(problems.into_iter().map(|problem| Warning { place: place.clone(), problem }));
        }
        if record.role.is_none() {
            record.role.clone_from(&self.section);
        }
        record
    }

    fn name_gaps(&mut self, record: &Record) {
        let Some(row) = record.places.first().map(|p| p.row) else { return };
        if record.number.is_none() {
            self.warn(row, Problem::NoNumber { title: record.title.clone().unwrap_or_default() });
        }
        if record.title.is_none() {
            self.warn(row, Problem::NoTitle { number: record.number.clone().unwrap_or_default() });
        }
    }

    /// Tells of every merged cell over several rows, once.
    fn merged(&mut self) {
        let first = self.head.row;
        let tall: Vec<Merge> = self.grid.merges.iter().filter(|m| m.is_tall() && m.rows.0 > first).copied().collect();
        let rows: Vec<usize> = self.records.iter().flat_map(|r| r.places.iter().map(|p| p.row)).collect();
        for merge in tall {
            let covered = rows.partition_point(|&r| r <= merge.rows.1) - rows.partition_point(|&r| r < merge.rows.0);
            let column = merge.columns.0;
            let used = self.columns.get(column).is_some_and(|c| c.field.is_some_and(|f| f != Field::Serial));
            let text = self.grid.row(merge.rows.0).map(|r| r.text(column).to_owned());
            let Some(text) = text.filter(|t| covered > 1 && used && !t.is_empty()) else { continue };
            let proposal = self.proposal_merge(merge.rows.0);
            let one = proposal == Some(merge);
            if !one && proposal.is_some_and(|p| p.rows == merge.rows) {
                // The other cells of a proposal that takes several rows.
                continue;
            }
            let problem = Problem::Merged { text, from: merge.rows.0, to: merge.rows.1, one };
            self.warnings.push(Warning { place: self.place(merge.rows.0, Some(column)), problem });
        }
    }
}

fn is_title(text: &str) -> bool {
    text.starts_with("关于") || text.ends_with("提案") || text.ends_with("建议")
}

/// The role in a heading inside a table: 一、主办提案（6件）.
fn heading_role(heading: &str) -> Option<Role> {
    let ordinal = |c: char| "一二三四五六七八九十、.()（）0123456789".contains(c);
    let name = heading.trim_start_matches(ordinal);
    let name = name.split(['(', '（', ':', '：']).next().unwrap_or(name);
    value::role(name)
}

/// The one number that a row of totals gives.
fn said(row: &GridRow) -> Option<usize> {
    let words = row.distinct().join(" ");
    let folded = value::fold(&words);
    let mut numbers = folded.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty());
    let first = numbers.next()?.parse().ok();
    if numbers.next().is_some() { None } else { first }
}
