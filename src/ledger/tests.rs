//! Whole ledgers, read and recounted.

use super::*;
use crate::document::{Date, Lang};
use std::path::PathBuf;

fn read_text(text: &str) -> Ledger {
    read_bytes("台账.csv", text.as_bytes(), &Options::default()).unwrap()
}

fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> crate::Result<Ledger> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&path, options)
}

fn bundled() -> Ledger {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus/ledger/ledger-2023.csv");
    read(path, &Options::default()).unwrap()
}

fn fields(ledger: &Ledger) -> Vec<(String, Option<Field>)> {
    ledger.sheets[0].columns.iter().map(|c| (c.header.clone(), c.field)).collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_bundled_ledger_is_read_without_a_warning_and_recounted() {
    let ledger = bundled();
    let odd: Vec<_> = ledger.warnings.iter().filter(|w| !w.problem.is_remark()).collect();
    assert!(odd.is_empty(), "{odd:?}");
    let figures = figures(&ledger);
    let count = |test: Test| Filter::of(test).select(&ledger.records).len();
    assert_eq!(figures.total, 62);
    let roles = [Role::Lead, Role::Separate, Role::Co].map(|r| count(Test::Role(vec![r])));
    assert_eq!((roles, count(Test::Key)), ([6, 6, 50], 6));
    let rate = |name| {
        let rate = figures.rates.iter().find(|r| r.name == name).unwrap();
        (rate.share.numerator, rate.share.denominator, rate.share.lacking.join(" "))
    };
    assert_eq!(rate(RateName::Done), (62, 62, String::new()));
    assert_eq!(rate(RateName::OnTime), (61, 62, "0080".into()));
    assert_eq!(rate(RateName::Communication), (12, 12, String::new()));
    assert_eq!(rate(RateName::Satisfaction), (11, 12, "0389".into()));
    assert_eq!(rate(RateName::Public), (9, 12, "0389 0568 0604".into()));
    let late = due(&ledger, day("2023-12-01"), 10);
    assert_eq!((late.len(), late[0].kind, late[0].days), (1, DueKind::Late, 2));
}

#[test]
fn odd_cells_are_told_with_their_place_and_nothing_is_lost() {
    let ledger = read_text(
        "某市2023年提案办理台账,,,,\n\n提案号,案由,办理方式,收到日期,答复日期,状态\n001,关于甲的提案,主办,2023-02-30,2023/13/1\n\
         ００2,关于乙的提案,转办,45005,待定\n001,关于丙的提案,会办,3月20日,2023-02-01\n,,,,\n合计,3件,,,\n填表人：张三,,,,\n",
    );
    assert_eq!(ledger.records.len(), 3);
    let told: Vec<(usize, String)> = ledger
        .warnings
        .iter()
        .filter(|w| !matches!(w.problem, Problem::NoColumn { .. }))
        .map(|w| (w.place.row, serde_json::to_value(&w.problem).unwrap()["what"].as_str().unwrap().to_owned()))
        .collect();
    let told: Vec<(usize, &str)> = told.iter().map(|(r, w)| (*r, w.as_str())).collect();
    assert_eq!(
        told,
        [
            (4, "impossible_date"),
            (4, "impossible_date"),
            (5, "full_width"),
            (5, "unknown"),
            (5, "serial_date"),
            (5, "no_date"),
            (6, "yearless_date"),
            (6, "same_number"),
            (6, "state_derived"),
            (6, "date_order"),
            (8, "blank_rows"),
            (8, "totals"),
            (9, "note_row"),
        ]
    );
    let place = &ledger.warnings.iter().find(|w| matches!(w.problem, Problem::ImpossibleDate { .. })).unwrap().place;
    assert_eq!(place.column.as_ref().map(|c| (c.letter.as_str(), c.header.as_str())), Some(("D", "收到日期")));
    assert_eq!(ledger.records[1].received, Some(day("2023-03-20")));
    assert_eq!(ledger.records[2].received, Some(day("2023-03-20")));
    assert_eq!(ledger.records[1].number.as_deref(), Some("002"));
}

#[test]
fn columns_without_telling_names_are_guessed_by_their_cells() {
    let ledger = read_text(
        "编号,内容,类别,情况,甲\n001,关于甲的提案,主办,已办结,A\n002,关于乙的提案,会办,正在办理,B\n003,关于丙的提案,会办,已办结,C\n",
    );
    let fields: Vec<_> = fields(&ledger).into_iter().map(|(_, f)| f).collect();
    use Field::{Number, Role, State, Title};
    assert_eq!(fields, [Some(Number), Some(Title), Some(Role), Some(State), Some(Field::Result)]);
    assert_eq!(ledger.sheets[0].columns[2].how, Some(How::Content));
}

#[test]
fn a_given_column_wins_over_the_guess_and_an_unknown_one_is_named() {
    let mut options = Options::default();
    options.columns.add("办理时间=deadline").unwrap();
    options.columns.add("C=role").unwrap();
    options.columns.add("不存在=state").unwrap();
    let text = "提案号,案由,甲,办理时间\n001,关于甲的提案,转办,2023-05-01\n";
    let ledger = read_bytes("a.csv", text.as_bytes(), &options).unwrap();
    assert_eq!(ledger.records[0].deadline, Some(day("2023-05-01")));
    assert_eq!(ledger.records[0].role, Some(Role::Other("转办".into())));
    assert!(ledger.warnings.iter().any(|w| w.problem == Problem::NoSuchColumn { name: "不存在=state".into() }));
    assert!(Columns::default().add("案由").is_err() && Columns::default().add("案由=name").is_err());
}

#[test]
fn a_proposal_entered_twice_is_counted_once_and_its_differences_are_told() {
    let ledger = read_text(
        "提案号,案由,办理方式,会办单位,办理结果\n0080,关于甲的提案,主办,乙局,A\n80,关于甲的建议,主办,丙局,B\n,,,丁局,\n",
    );
    assert_eq!(ledger.records.len(), 1);
    assert_eq!(ledger.records[0].co, ["乙局", "丙局", "丁局"]);
    assert!(
        ledger
            .warnings
            .iter()
            .any(|w| matches!(&w.problem, Problem::Again { differs, .. } if differs.contains(&Field::Result)))
    );
}

#[test]
fn headings_inside_the_table_give_the_role_of_the_rows_below() {
    let ledger = read_text(
        "提案号,案由,承办处室\n一、主办提案（2件）,,\n1,关于甲的提案,一处\n2,关于乙的提案,二处\n二、会办提案,,\n7,关于丙的提案,一处\n小计,1件,\n",
    );
    let roles: Vec<_> = ledger.records.iter().map(|r| r.role.clone().unwrap()).collect();
    assert_eq!(roles, [Role::Lead, Role::Lead, Role::Co]);
}

#[test]
fn open_proposals_are_overdue_or_due_soon_by_the_day_given() {
    let ledger = read_text(
        "提案号,案由,办理时限,办理状态,答复日期\n1,关于甲的提案,2023-06-01,正在办理,\n2,关于乙的提案,2023-06-12,尚未办理,\n3,关于丙的提案,2023-07-30,正在办理,\n4,关于丁的提案,,正在办理,\n5,关于戊的提案,2023-06-01,已办结,2023-06-01\n",
    );
    let found: Vec<_> = due(&ledger, day("2023-06-10"), 10).into_iter().map(|d| (d.kind, d.record, d.days)).collect();
    assert_eq!(found, [(DueKind::Overdue, 0, 9), (DueKind::Soon, 1, 2), (DueKind::NoDeadline, 3, 0)]);
}

#[test]
fn what_is_no_ledger_is_refused_with_a_remedy() {
    let fails = |bytes: &[u8]| read_bytes("a.csv", bytes, &Options::default()).unwrap_err().to_string();
    assert!(fails(b"").contains("empty"));
    assert!(fails("名称,数量\n苹果,3\n".as_bytes()).contains("--column"));
    assert!(fails(b"PK\x03\x04 not a workbook").contains("workbook"));
    assert!(fails(b"\xd0\xcf\x11\xe0 old").contains(".xlsx"));
}

#[test]
fn filters_are_worded_for_the_reader() {
    let filter = Filter::of(Test::Role(vec![Role::Lead, Role::Separate])).and(Test::Public);
    assert_eq!(filter.label(Lang::Zh), "办理方式为主办或分别办理，答复公开");
    assert_eq!(filter.label(Lang::En), "role lead or separately, reply public");
    assert_eq!(Filter::default().label(Lang::Zh), "全部提案");
}
