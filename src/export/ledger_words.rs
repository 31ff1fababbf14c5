//! What a reader is told of the odd places of a ledger: where, what is wrong, what to do.

use super::frame::pick;
use crate::document::{Label, Lang};
use crate::ledger::{ColumnName, Field, Place, Problem};

/// `工作表“2023”第5行F列（收到日期）`.
pub fn place(place: &Place, lang: Lang) -> String {
    let sheet = place.sheet.as_ref().map_or_else(String::new, |name| match lang {
        Lang::Zh => format!("工作表“{name}”"),
        Lang::En => format!("sheet {name}, "),
    });
    let row = match lang {
        Lang::Zh => format!("第{}行", place.row),
        Lang::En => format!("row {}", place.row),
    };
    let column = place.column.as_ref().map_or_else(String::new, |c| column(c, lang));
    format!("{sheet}{row}{column}")
}

fn column(column: &ColumnName, lang: Lang) -> String {
    let ColumnName { letter, header } = column;
    match (lang, header.is_empty()) {
        (Lang::Zh, true) => format!("{letter}列"),
        (Lang::Zh, false) => format!("{letter}列（{header}）"),
        (Lang::En, true) => format!(", column {letter}"),
        (Lang::En, false) => format!(", column {letter} ({header})"),
    }
}

fn fields(fields: &[Field], lang: Lang) -> String {
    fields.iter().map(|f| f.label(lang)).collect::<Vec<_>>().join(pick(lang, "、", ", "))
}

/// What is odd, and what to do about it; the remedy is empty where nothing need be done.
pub fn problem(problem: &Problem, lang: Lang) -> (String, String) {
    let (what, todo) = match lang {
        Lang::Zh => zh(problem),
        Lang::En => en(problem),
    };
    (what, todo.to_owned())
}

fn zh(problem: &Problem) -> (String, &'static str) {
    use Problem as P;
    let label = |f: &Field| f.label(Lang::Zh);
    let other = |p: &Place| place(p, Lang::Zh);
    match problem {
        P::ImpossibleDate { text } => (format!("“{text}”不是存在的日期，按未填处理"), "请改为实际日期"),
        P::NoDate { text } => (format!("“{text}”不是日期，按未填处理"), "请改为日期，文字移入备注"),
        P::YearlessDate { text, read: Some(read) } => (format!("“{text}”没有年份，按台账年份读作{read}"), "请补上年份"),
        P::YearlessDate { text, read: None } => {
            (format!("“{text}”没有年份，台账题名中也没有，按未填处理"), "请补上年份")
        }
        P::SerialDate { text, read } => (format!("“{text}”是表格软件的日期序号，读作{read}"), "请将单元格设为日期格式"),
        P::DateOrder { first, first_date, second, second_date } => {
            (format!("{}{second_date}早于{}{first_date}", label(second), label(first)), "请核对这两个日期")
        }
        P::Unknown { field: Field::Role, text } => {
            (format!("不认识的办理方式“{text}”，按原文单列"), "请改为主办、分别办理、会办等")
        }
        P::Unknown { field: Field::Number, text } => (format!("“{text}”不像提案号，按原文保留"), "请核对提案号"),
        P::Unknown { field, text } => {
            (format!("不认识的{}“{text}”，按未填处理", label(field)), "请改用通行说法；办理结果的说法可用 --scale 设定")
        }
        P::CellError { text } => (format!("公式出错（{text}），按未填处理"), "请修正公式或填入数值"),
        P::FullWidth { text, read } => (format!("“{text}”是全角字符，读作{read}"), ""),
        P::NoNumber { title } => (format!("没有提案号：{title}"), "请补上提案号"),
        P::NoTitle { number } => (format!("没有案由：{number}"), "请补上案由"),
        P::SameNumber { number, other: o, title, other_title } => (
            format!("提案号{number}与{}相同，题名不同（“{title}”与“{other_title}”），两件都计入", other(o)),
            "请核对提案号；不同届次的请加届次列",
        ),
        P::Again { name, other: o, differs } if differs.is_empty() => {
            (format!("{name}与{}是同一件，只计一件", other(o)), "")
        }
        P::Again { name, other: o, differs } => (
            format!("{name}与{}是同一件，只计一件；两处的{}不同", other(o), fields(differs, Lang::Zh)),
            "请核对并删去一处",
        ),
        P::Merged { text, from, to, one: true } => {
            (format!("合并单元格“{text}”占第{from}至{to}行，读作一件提案的多行"), "")
        }
        P::Merged { text, from, to, one: false } => (format!("合并单元格“{text}”占第{from}至{to}行，逐行读作此值"), ""),
        P::Continued { name } => (format!("没有提案号和案由，读作上一件（{name}）的续行"), ""),
        P::DoneWithoutDate => ("已办结，但没有答复日期".into(), "请补上答复日期，否则无法算按期率"),
        P::DateWithoutDone { text, answered } => {
            (format!("状态为{text}，却有答复日期{answered}；按状态计"), "请核对办理状态")
        }
        P::StateDerived => ("状态未填，有答复日期，按已办结计".into(), ""),
        P::Totals { text, says: Some(says), counted } if says != counted => {
            (format!("合计行“{text}”写{says}，其上共读到{counted}件；合计行不计入"), "请核对是否缺行或重复")
        }
        P::Totals { text, .. } => (format!("合计行“{text}”，不计入"), ""),
        P::NoteRow { text } => (format!("表外文字“{}”，不计入", short(text)), ""),
        P::Section { text } => (format!("表内标题“{text}”，用作其下各行的办理方式"), ""),
        P::HeaderAgain => ("重复的表头，不计入".into(), ""),
        P::BlankRows { count } => (format!("此前有{count}个空行，跳过"), ""),
        P::Broken { text } => (format!("此处无法读取：{text}"), "请修正后重新运行"),
        P::NoColumn { field } => {
            (format!("没有“{}”列，与它有关的数和率未算", label(field)), "如有其他列名，请用 --column 列名=字段 指明")
        }
        P::NoSuchColumn { name } => (format!("--column {name}：没有这一列"), "请用表头中的列名或列的字母"),
    }
}

fn en(problem: &Problem) -> (String, &'static str) {
    use Problem as P;
    let label = |f: &Field| f.label(Lang::En);
    let other = |p: &Place| place(p, Lang::En);
    match problem {
        P::ImpossibleDate { text } => {
            (format!("{text:?} is no date of the calendar; taken as empty"), "give the real date")
        }
        P::NoDate { text } => {
            (format!("{text:?} is no date; taken as empty"), "give a date, and move words to the remarks")
        }
        P::YearlessDate { text, read: Some(read) } => {
            (format!("{text:?} has no year; read as {read}, the year of the ledger"), "add the year")
        }
        P::YearlessDate { text, read: None } => {
            (format!("{text:?} has no year, nor has the ledger's title; taken as empty"), "add the year")
        }
        P::SerialDate { text, read } => {
            (format!("{text:?} is a spreadsheet's day number; read as {read}"), "give the cell the format of a date")
        }
        P::DateOrder { first, first_date, second, second_date } => {
            (format!("{} {second_date} lies before {} {first_date}", label(second), label(first)), "check both dates")
        }
        P::Unknown { field: Field::Role, text } => {
            (format!("unknown role {text:?}; counted under that name"), "use 主办, 分别办理, 会办 or the like")
        }
        P::Unknown { field: Field::Number, text } => {
            (format!("{text:?} does not look like a number; kept as it is"), "check the number")
        }
        P::Unknown { field, text } => (
            format!("unknown {} {text:?}; taken as empty", label(field)),
            "use a common word; words of results can be set with --scale",
        ),
        P::CellError { text } => {
            (format!("the formula failed ({text}); taken as empty"), "mend the formula or give a value")
        }
        P::FullWidth { text, read } => (format!("{text:?} is in full width; read as {read}"), ""),
        P::NoNumber { title } => (format!("no number: {title}"), "add the number"),
        P::NoTitle { number } => (format!("no title: {number}"), "add the title"),
        P::SameNumber { number, other: o, title, other_title } => (
            format!(
                "number {number} is also that of {}, with another title ({title:?}, {other_title:?}); both are counted",
                other(o)
            ),
            "check the numbers; for several sessions add a column of sessions",
        ),
        P::Again { name, other: o, differs } if differs.is_empty() => {
            (format!("{name} is also in {}; counted once", other(o)), "")
        }
        P::Again { name, other: o, differs } => (
            format!("{name} is also in {}; counted once, but they differ in {}", other(o), fields(differs, Lang::En)),
            "check, and remove one of them",
        ),
        P::Merged { text, from, to, one: true } => {
            (format!("merged cell {text:?} covers rows {from} to {to}; read as rows of one proposal"), "")
        }
        P::Merged { text, from, to, one: false } => {
            (format!("merged cell {text:?} covers rows {from} to {to}; read as the value of each"), "")
        }
        P::Continued { name } => (format!("no number and no title; read as more of the proposal above ({name})"), ""),
        P::DoneWithoutDate => {
            ("answered, but without the date of the reply".into(), "add the date; without it timeliness cannot be told")
        }
        P::DateWithoutDone { text, answered } => (
            format!("the state is {text}, yet there is a date of reply {answered}; the state counts"),
            "check the state",
        ),
        P::StateDerived => ("no state, but a date of reply; counted as answered".into(), ""),
        P::Totals { text, says: Some(says), counted } if says != counted => (
            format!(
                "the row of totals {text:?} says {says}, {counted} proposals were read above it; it is not counted"
            ),
            "check for missing or repeated rows",
        ),
        P::Totals { text, .. } => (format!("row of totals {text:?}, not counted"), ""),
        P::NoteRow { text } => (format!("words beside the table, {:?}, not counted", short(text)), ""),
        P::Section { text } => (format!("heading inside the table, {text:?}: the role of the rows below it"), ""),
        P::HeaderAgain => ("the header once more, not counted".into(), ""),
        P::BlankRows { count } => (format!("{count} blank rows before this one, passed over"), ""),
        P::Broken { text } => (format!("cannot be read here: {text}"), "mend it and run again"),
        P::NoColumn { field } => (
            format!("no column for {}; what depends on it is not computed", label(field)),
            "if it has another name, give --column NAME=FIELD",
        ),
        P::NoSuchColumn { name } => {
            (format!("--column {name}: there is no such column"), "use a name of the header or a letter")
        }
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}
