//! What the report on a ledger says, section by section, in words: what every format shows.

use super::frame::pick;
use super::ledger_words::{place, problem};
use crate::document::{Label, Lang};
use crate::ledger::{DueKind, Gap, How, Part, Rate, Record, Warning};
use crate::report::LedgerReport;

/// One line of the report.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) item: String,
    pub(super) count: String,
    pub(super) base: String,
    pub(super) percent: String,
    pub(super) proposals: String,
    pub(super) place: String,
    pub(super) note: String,
}

/// A part of the report; `shown` says which columns it has, each with its head.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) shown: Vec<(Column, &'static str)>,
    pub(super) lines: Vec<Line>,
    /// Whether it tells what the columns hold.
    pub(super) is_columns: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Item,
    Count,
    Base,
    Percent,
    Proposals,
    Place,
    Note,
}

impl Column {
    pub(super) fn of(self, line: &Line) -> &str {
        match self {
            Self::Item => &line.item,
            Self::Count => &line.count,
            Self::Base => &line.base,
            Self::Percent => &line.percent,
            Self::Proposals => &line.proposals,
            Self::Place => &line.place,
            Self::Note => &line.note,
        }
    }

    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Base | Self::Percent)
    }
}

pub(super) fn title(report: &LedgerReport, lang: Lang) -> String {
    let path = report.ledger.path.rsplit(['/', '\\']).next().unwrap_or(&report.ledger.path);
    let name = report.ledger.title.as_deref().unwrap_or(path);
    match lang {
        Lang::Zh => format!("提案办理台账核算：{name}"),
        Lang::En => format!("A ledger recounted: {name}"),
    }
}

pub(super) fn lead(report: &LedgerReport, lang: Lang) -> String {
    let ledger = &report.ledger;
    let (odd, rows) = (odd(report).count(), report.figures.total);
    let encoding = ledger.encoding.as_ref().map_or_else(String::new, |e| match lang {
        Lang::Zh => format!("，编码{e}"),
        Lang::En => format!(", {e}"),
    });
    match lang {
        Lang::Zh => format!(
            "{}{encoding}：{rows}件提案，{odd}处需要核对。到期以{}为准（{}天内）。",
            ledger.path, report.today, report.due_in
        ),
        Lang::En => format!(
            "{}{encoding}: {rows} proposals, {odd} places to check. What is due is as of {} ({} days ahead).",
            ledger.path, report.today, report.due_in
        ),
    }
}

pub(super) fn odd(report: &LedgerReport) -> impl Iterator<Item = &Warning> {
    report.ledger.warnings.iter().filter(|w| !w.problem.is_remark())
}

/// What stands at the end of every report on a ledger.
pub(super) fn closing(lang: Lang) -> &'static str {
    pick(
        lang,
        "所有数和率由台账逐行重算；台账本身是否属实，须另行核对原件。",
        "Every count and rate is recomputed from the rows of the ledger; whether the ledger is right has to be checked against the papers.",
    )
}

/// The sections; `full` says that every gap has a line of its own.
pub(super) fn sections(report: &LedgerReport, lang: Lang, full: bool) -> Vec<Section> {
    let all = [
        rates(report, lang),
        counts(report, lang),
        deadlines(report, lang),
        corpus(report, lang, full),
        warnings(report, lang, false),
        columns(report, lang),
        warnings(report, lang, true),
    ];
    all.into_iter().filter(|s| !s.lines.is_empty() || !s.lead.is_empty()).collect()
}

fn shown(percent: Option<f64>) -> String {
    percent.map_or_else(|| "—".to_owned(), |p| format!("{p:.2}%"))
}

fn rates(report: &LedgerReport, lang: Lang) -> Section {
    let line = |rate: &Rate| Line {
        item: rate.name.label(lang).to_owned(),
        count: rate.share.numerator.to_string(),
        base: rate.share.denominator.to_string(),
        percent: shown(rate.share.percent),
        proposals: rate.share.lacking.join(pick(lang, "、", ", ")),
        note: match lang {
            Lang::Zh => format!("分子：{}；分母：{}", rate.share.part.label(lang), rate.share.base.label(lang)),
            Lang::En => format!("{} / {}", rate.share.part.label(lang), rate.share.base.label(lang)),
        },
        ..Line::default()
    };
    Section {
        title: pick(lang, "比率", "Rates").to_owned(),
        lead: String::new(),
        is_columns: false,
        shown: vec![
            (Column::Item, pick(lang, "比率", "Rate")),
            (Column::Count, pick(lang, "分子", "Part")),
            (Column::Base, pick(lang, "分母", "Base")),
            (Column::Percent, pick(lang, "重算", "Recomputed")),
            (Column::Proposals, pick(lang, "未达到的提案", "Lacking")),
            (Column::Note, pick(lang, "口径", "Meaning")),
        ],
        lines: report.figures.rates.iter().map(line).collect(),
    }
}

fn counts(report: &LedgerReport, lang: Lang) -> Section {
    let total = report.figures.total.to_string();
    let first = Line { item: pick(lang, "提案总数", "proposals").to_owned(), count: total, ..Line::default() };
    let line = |part: &Part| Line {
        item: part.filter.label(lang),
        count: part.count.to_string(),
        base: part.base.to_string(),
        percent: shown(part.percent),
        ..Line::default()
    };
    Section {
        title: pick(lang, "数量", "Counts").to_owned(),
        lead: String::new(),
        is_columns: false,
        shown: vec![
            (Column::Item, pick(lang, "项目", "Item")),
            (Column::Count, pick(lang, "件数", "Count")),
            (Column::Base, pick(lang, "基数", "Base")),
            (Column::Percent, pick(lang, "占比", "Share")),
        ],
        lines: std::iter::once(first).chain(report.figures.parts.iter().map(line)).collect(),
    }
}

fn deadlines(report: &LedgerReport, lang: Lang) -> Section {
    let lines = report.due.iter().map(|due| {
        let record = &report.ledger.records[due.record];
        let mut notes: Vec<String> = Vec::new();
        let zh = lang == Lang::Zh;
        notes.extend(due.deadline.map(|d| if zh { format!("时限{d}") } else { format!("deadline {d}") }));
        notes.extend(record.answered.map(|d| if zh { format!("答复{d}") } else { format!("answered {d}") }));
        notes.extend(record.role.as_ref().map(|r| r.label(lang)));
        notes.extend(record.office.clone());
        Line {
            item: due.kind.label(lang).to_owned(),
            count: if due.kind == DueKind::NoDeadline { String::new() } else { due.days.to_string() },
            proposals: named(record),
            place: places(record, lang),
            note: notes.join(pick(lang, "，", ", ")),
            ..Line::default()
        }
    });
    let lines: Vec<Line> = lines.collect();
    let none = match lang {
        Lang::Zh => format!("截至{}没有逾期、{}天内到期或逾期答复的提案。", report.today, report.due_in),
        Lang::En => format!(
            "As of {} nothing is overdue, due within {} days, or was answered late.",
            report.today, report.due_in
        ),
    };
    Section {
        title: match lang {
            Lang::Zh => format!("时限（以{}为准）", report.today),
            Lang::En => format!("Deadlines (as of {})", report.today),
        },
        lead: if lines.is_empty() { none } else { String::new() },
        is_columns: false,
        shown: vec![
            (Column::Item, pick(lang, "情况", "State")),
            (Column::Count, pick(lang, "天数", "Days")),
            (Column::Proposals, pick(lang, "提案", "Proposal")),
            (Column::Place, pick(lang, "位置", "Place")),
            (Column::Note, pick(lang, "说明", "Note")),
        ],
        lines,
    }
}

/// `0080《…》`.
fn named(record: &Record) -> String {
    match (&record.number, &record.title) {
        (Some(number), Some(title)) => format!("{number}《{title}》"),
        _ => record.name(),
    }
}

fn places(record: &Record, lang: Lang) -> String {
    record.places.iter().map(|p| place(p, lang)).collect::<Vec<_>>().join(pick(lang, "、", "; "))
}

fn corpus(report: &LedgerReport, lang: Lang, full: bool) -> Section {
    let line = |gap: &Gap| {
        let record = gap.record.and_then(|at| report.ledger.records.get(at));
        let mut notes: Vec<String> = Vec::new();
        let zh = lang == Lang::Zh;
        notes.extend(gap.ledger.as_ref().map(|l| if zh { format!("台账：{l}") } else { format!("ledger: {l}") }));
        notes.extend(gap.corpus.as_ref().map(|c| if zh { format!("语料：{c}") } else { format!("corpus: {c}") }));
        notes.extend(gap.document.as_ref().map(|d| if zh { format!("文档{d}") } else { format!("document {d}") }));
        Line {
            item: gap.kind.label(lang).to_owned(),
            proposals: record.map_or_else(String::new, named),
            place: record.map_or_else(String::new, |r| places(r, lang)),
            note: notes.join(pick(lang, "；", "; ")),
            ..Line::default()
        }
    };
    let gaps = report.gaps.as_deref().unwrap_or_default();
    let lines: Vec<Line> = if full {
        gaps.iter().map(line).collect()
    } else {
        let groups = gaps.chunk_by(|a, b| a.kind == b.kind && !tells(a) && !tells(b));
        groups.map(|group| if tells(&group[0]) { line(&group[0]) } else { gathered(report, group, lang) }).collect()
    };
    let lead = match (&report.gaps, lines.is_empty()) {
        (None, _) => pick(
            lang,
            "没有给出语料（--corpus 或索引），未核对答复和提案原文。",
            "No corpus was given (--corpus or an index): replies and proposals were not looked up.",
        ),
        (Some(_), true) => pick(lang, "台账与语料之间没有发现缺口。", "No gaps between ledger and corpus were found."),
        _ => "",
    };
    Section {
        title: pick(lang, "缺口", "Gaps").to_owned(),
        lead: lead.to_owned(),
        is_columns: false,
        shown: vec![
            (Column::Item, pick(lang, "缺口", "Gap")),
            (Column::Proposals, pick(lang, "提案", "Proposal")),
            (Column::Place, pick(lang, "位置", "Place")),
            (Column::Note, pick(lang, "说明", "Note")),
        ],
        lines,
    }
}

/// Whether a gap has more to tell than the proposal it is about.
fn tells(gap: &Gap) -> bool {
    gap.ledger.is_some() || gap.document.is_some()
}

/// Gaps of one kind in one line.
fn gathered(report: &LedgerReport, group: &[Gap], lang: Lang) -> Line {
    let records = group.iter().filter_map(|g| g.record.and_then(|at| report.ledger.records.get(at)));
    let names: Vec<String> = records.map(Record::name).collect();
    let count = match lang {
        Lang::Zh => format!("{}件", names.len()),
        Lang::En => format!("{} proposals", names.len()),
    };
    Line {
        item: group.first().map_or("", |g| g.kind.label(lang)).to_owned(),
        // A space lets a terminal break the line between two numbers.
        proposals: names.join(" "),
        note: count,
        ..Line::default()
    }
}

fn warnings(report: &LedgerReport, lang: Lang, remarks: bool) -> Section {
    let chosen = report.ledger.warnings.iter().filter(|w| w.problem.is_remark() == remarks);
    let line = |warning: &Warning| {
        let (what, todo) = problem(&warning.problem, lang);
        Line { item: what, place: place(&warning.place, lang), note: todo, ..Line::default() }
    };
    let (title, todo) = if remarks {
        (pick(lang, "读法说明", "How it was read"), pick(lang, "备注", "Remark"))
    } else {
        (pick(lang, "需要核对", "To be checked"), pick(lang, "处理", "What to do"))
    };
    Section {
        title: title.to_owned(),
        lead: String::new(),
        is_columns: false,
        shown: vec![
            (Column::Place, pick(lang, "位置", "Place")),
            (Column::Item, pick(lang, "问题", "What")),
            (Column::Note, todo),
        ],
        lines: chosen.map(line).collect(),
    }
}

fn columns(report: &LedgerReport, lang: Lang) -> Section {
    let mut lines = Vec::new();
    for sheet in &report.ledger.sheets {
        let name = sheet.name.clone().unwrap_or_default();
        if let Some(passed) = sheet.passed {
            lines.push(Line { place: name, note: passed.label(lang).to_owned(), ..Line::default() });
            continue;
        }
        for column in &sheet.columns {
            let how = column.how.map_or("", |h: How| h.label(lang));
            let field = column.field.map_or(pick(lang, "未用", "not used"), |f| f.label(lang));
            let header =
                if column.header.is_empty() { pick(lang, "（无列名）", "(no name)") } else { &column.header };
            lines.push(Line {
                item: format!("{} {header}", column.letter),
                place: name.clone(),
                note: field.to_owned(),
                proposals: how.to_owned(),
                ..Line::default()
            });
        }
    }
    let several = report.ledger.sheets.len() > 1 || report.ledger.sheets.iter().any(|s| s.name.is_some());
    let mut shown = vec![
        (Column::Item, pick(lang, "列", "Column")),
        (Column::Note, pick(lang, "读作", "Read as")),
        (Column::Proposals, pick(lang, "依据", "Because")),
    ];
    if several {
        shown.insert(0, (Column::Place, pick(lang, "工作表", "Sheet")));
    }
    Section {
        title: pick(lang, "列的对应", "Columns").to_owned(), lead: String::new(), shown, lines, is_columns: true
    }
}
