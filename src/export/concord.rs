//! Concordances, counts, frequencies, collocations and keywords as tables, CSV and charts.

use super::chart::{Chart, fitted, number, title};
use super::frame::pick;
use super::grid::Grid;
use crate::concord::{Collocations, Concordance, Facet, Frequency, Group, Keyness, Line, Values};
use crate::document::{Label, Lang};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands for a value that is not known.
fn unknown(lang: Lang) -> String {
    pick(lang, "不详", "unknown").to_owned()
}

fn values(values: &Values, lang: Lang) -> impl Iterator<Item = String> {
    values.iter().map(move |v| v.clone().unwrap_or_else(|| unknown(lang)))
}

fn label(group: &Values, lang: Lang) -> String {
    values(group, lang).collect::<Vec<_>>().join(" · ")
}

fn heads(facets: &[Facet], lang: Lang, rest: &[&str]) -> Vec<String> {
    facets.iter().map(|f| f.label(lang)).chain(rest.iter().copied()).map(str::to_owned).collect()
}

/// A measure with its decimals.
fn places(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) { text.replace('-', "") } else { text }
}

fn optional(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| places(v, 3))
}

/// Groups, with a last row for all of them where `all` gives one.
pub fn count_grid(groups: &[Group], facets: &[Facet], all: Option<&Group>, nodes: bool, lang: Lang) -> Grid {
    let rest: &[&str] = match (lang, nodes) {
        (Lang::Zh, true) => &["出现次数", "单元数", "文件数"],
        (Lang::Zh, false) => &["单元数", "文件数"],
        (Lang::En, true) => &["occurrences", "units", "documents"],
        (Lang::En, false) => &["units", "documents"],
    };
    let cells = |first: Vec<String>, g: &Group| {
        let counts = [g.occurrences, g.units, g.documents];
        first.into_iter().chain(counts[3 - rest.len()..].iter().map(usize::to_string)).collect()
    };
    let mut rows: Vec<Vec<String>> = groups.iter().map(|g| cells(values(&g.values, lang).collect(), g)).collect();
    if let Some(all) = all {
        let mut first = vec![String::new(); facets.len()];
        first.iter_mut().take(1).for_each(|f| *f = pick(lang, "合计", "all").to_owned());
        rows.push(cells(first, all));
    }
    let numbers = (facets.len()..facets.len() + rest.len()).collect();
    Grid { heads: heads(facets, lang, rest), numbers, rows }
}

/// The units of each group as a chart; occurrences where there are `nodes`.
pub fn count_chart(query: &str, groups: &[Group], facets: &[Facet], nodes: bool, lang: Lang) -> Chart {
    let value = |g: &Group| if nodes { g.occurrences } else { g.units } as f64;
    let what = if nodes { pick(lang, "出现次数", "occurrences") } else { pick(lang, "单元数", "units") };
    Chart {
        title: title(lang, query, what),
        label_axis: heads(facets, lang, &[]).join(" · "),
        value_axis: what.to_owned(),
        in_time: matches!(facets, [one] if one.is_time()),
        labels: groups.iter().map(|g| label(&g.values, lang)).collect(),
        series: vec![(query.to_owned(), groups.iter().map(value).collect())],
        lang,
    }
}

/// Frequencies, one row a query and group.
pub fn frequency_grid(all: &[Frequency], facets: &[Facet], lang: Lang) -> Grid {
    let rest = match lang {
        Lang::Zh => ["出现次数", "每百万词", "含有文件数", "文件数", "总词数", "DP", "Juilland D"],
        Lang::En => ["occurrences", "per million", "with it", "documents", "words", "DP", "Juilland D"],
    };
    let row = |f: &Frequency| {
        let numbers = [
            f.occurrences.to_string(),
            places(f.per_million, 2),
            f.documents.to_string(),
            f.all_documents.to_string(),
            f.words.to_string(),
            optional(f.dp),
            optional(f.juilland_d),
        ];
        std::iter::once(f.query.clone()).chain(values(&f.values, lang)).chain(numbers).collect()
    };
    let mut heads = heads(facets, lang, &rest);
    heads.insert(0, pick(lang, "检索式", "query").to_owned());
    Grid { numbers: (facets.len() + 1..heads.len()).collect(), heads, rows: all.iter().map(row).collect() }
}

/// Frequencies per million words as a chart, one series a query. `all` holds the same groups for each query.
pub fn frequency_chart(all: &[Frequency], facets: &[Facet], lang: Lang) -> Chart {
    let by_query: Vec<&[Frequency]> = all.chunk_by(|a, b| a.query == b.query).collect();
    let names: Vec<&str> = by_query.iter().map(|s| s[0].query.as_str()).collect();
    let first = by_query.first().copied().unwrap_or_default();
    let known = |f: &&Frequency| f.values.iter().all(Option::is_some) || !facets.iter().any(|f| f.is_time());
    let value_axis = pick(lang, "每百万词出现次数", "occurrences per million words").to_owned();
    Chart {
        title: title(lang, &names.join(pick(lang, "、", ", ")), &value_axis),
        value_axis,
        label_axis: heads(facets, lang, &[]).join(" · "),
        in_time: matches!(facets, [one] if one.is_time()),
        labels: first.iter().filter(known).map(|f| label(&f.values, lang)).collect(),
        series: by_query
            .iter()
            .map(|s| (s[0].query.clone(), s.iter().filter(known).map(|f| f.per_million).collect()))
            .collect(),
        lang,
    }
}

/// Collocates, best first.
pub fn collocations_grid(found: &Collocations, lang: Lang) -> Grid {
    let heads = match lang {
        Lang::Zh => ["序号", "搭配词", "共现", "左", "右", "总频次", "期望", "对数似然", "PMI", "NPMI"],
        Lang::En => {
            ["no", "collocate", "together", "left", "right", "anywhere", "expected", "log-likelihood", "PMI", "NPMI"]
        }
    };
    let row = |c: &crate::concord::Collocate| {
        vec![
            c.rank.to_string(),
            c.word.clone(),
            c.together.to_string(),
            c.left.to_string(),
            c.right.to_string(),
            c.anywhere.to_string(),
            places(c.expected, 2),
            places(c.log_likelihood, 2),
            places(c.pmi, 2),
            places(c.npmi, 3),
        ]
    };
    grid(&heads, (2..10).chain([0]).collect(), found.collocates.iter().map(row).collect())
}

/// Keywords, best first.
pub fn keyness_grid(found: &Keyness, lang: Lang) -> Grid {
    let heads = match lang {
        Lang::Zh => [
            "序号",
            "主题词",
            "频次",
            "每百万词",
            "文件数",
            "参照频次",
            "参照每百万词",
            "参照文件数",
            "对数似然",
            "对数比",
        ],
        Lang::En => [
            "no",
            "keyword",
            "study",
            "per million",
            "documents",
            "reference",
            "ref. per million",
            "ref. documents",
            "log-likelihood",
            "log ratio",
        ],
    };
    let row = |k: &crate::concord::Keyword| {
        vec![
            k.rank.to_string(),
            k.word.clone(),
            k.study.to_string(),
            places(k.study_per_million, 2),
            k.study_documents.to_string(),
            k.reference.to_string(),
            places(k.reference_per_million, 2),
            k.reference_documents.to_string(),
            places(k.log_likelihood, 2),
            places(k.log_ratio, 2),
        ]
    };
    grid(&heads, (2..10).chain([0]).collect(), found.keywords.iter().map(row).collect())
}

fn grid(heads: &[&str], numbers: Vec<usize>, rows: Vec<Vec<String>>) -> Grid {
    Grid { heads: heads.iter().map(|h| (*h).to_owned()).collect(), numbers, rows }
}

/// The lines of a concordance with all that is known of them.
pub fn concordance_grid(found: &Concordance, lang: Lang) -> Grid {
    let heads = match lang {
        Lang::Zh => ["序号", "左文", "节点", "右文", "编号", "标题", "日期", "起", "止"],
        Lang::En => ["no", "left", "node", "right", "id", "title", "date", "start", "end"],
    };
    let row = |l: &Line| {
        vec![
            l.rank.to_string(),
            l.left.clone(),
            l.node.clone(),
            l.right.clone(),
            l.unit.to_string(),
            l.title.clone(),
            l.date.map_or_else(String::new, |d| d.to_string()),
            l.span.start.to_string(),
            l.span.end.to_string(),
        ]
    };
    grid(&heads, vec![0, 7, 8], found.lines.iter().map(row).collect())
}

/// The lines of a concordance for a terminal `width` columns wide: the nodes stand beneath each other, between `marks`.
pub fn concordance_lines(found: &Concordance, marks: (&str, &str), width: u16) -> String {
    let widest = |cell: fn(&Line) -> usize| found.lines.iter().map(cell).max().unwrap_or(0);
    let node = widest(|l| l.node.width()).min(24);
    let rank = widest(|l| l.rank.to_string().len());
    let id = widest(|l| l.unit.to_string().width()).min(28);
    let room = usize::from(width).saturating_sub(node + rank + id + 8) / 2;
    let left = widest(|l| l.left.width()).min(room.max(8));
    let right = widest(|l| l.right.width()).min(room.max(8));
    let line = |l: &Line| {
        let before = ending(&l.left, left);
        let (after, behind) = (beginning(&l.right, right), node.saturating_sub(l.node.width()));
        let fill = right + behind - after.width();
        format!(
            "{:>rank$}  {}{before}{}{}{}{after}{}  {}\n",
            l.rank,
            " ".repeat(left - before.width()),
            marks.0,
            l.node,
            marks.1,
            " ".repeat(fill),
            fitted(&l.unit.to_string(), id).trim_end(),
        )
    };
    found.lines.iter().map(line).collect()
}

/// As much of the end of a text as `width` columns hold.
fn ending(text: &str, width: usize) -> &str {
    let mut used = 0;
    let fits = |c: &(usize, char)| {
        used += c.1.width().unwrap_or(0);
        used <= width
    };
    let start = text.char_indices().rev().take_while(fits).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// As much of the beginning.
fn beginning(text: &str, width: usize) -> &str {
    let mut used = 0;
    let fits = |c: &(usize, char)| {
        used += c.1.width().unwrap_or(0);
        used <= width
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
    &text[..end]
}

/// What was counted, in one sentence.
pub fn concordance_note(found: &Concordance, lang: Lang) -> String {
    let (total, units, documents, shown) = (found.total, found.units, found.documents, found.lines.len());
    match lang {
        Lang::Zh => format!("共出现 {total} 次，见于 {documents} 份文件的 {units} 个单元；列出 {shown} 行"),
        Lang::En => format!("{total} occurrences in {units} units of {documents} documents, {shown} lines shown"),
    }
}

/// As above.
pub fn collocations_note(found: &Collocations, lang: Lang) -> String {
    let (nodes, near, total) = (found.nodes, number(found.near as f64), number(found.total as f64));
    let (all, shown) = (found.found, found.collocates.len());
    match lang {
        Lang::Zh => format!("节点 {nodes} 个，窗口内 {near}，全部 {total}；共 {all} 个搭配词，列出 {shown} 个"),
        Lang::En => format!("{nodes} nodes, {near} places near them of {total}; {all} collocates, {shown} shown"),
    }
}

/// As above.
pub fn keyness_note(found: &Keyness, lang: Lang) -> String {
    let (here, words) = (found.study_documents, number(found.study_words as f64));
    let (there, reference) = (found.reference_documents, number(found.reference_words as f64));
    let (all, shown) = (found.found, found.keywords.len());
    match lang {
        Lang::Zh => {
            format!(
                "研究语料 {here} 份文件、{words} 词，参照语料 {there} 份文件、{reference} 词；共 {all} 个主题词，列出 {shown} 个"
            )
        }
        Lang::En => format!(
            "{here} documents, {words} words, against {there} documents, {reference} words; {all} keywords, {shown} shown"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Span, UnitId, UnitKind};

    fn line(left: &str, node: &str, right: &str) -> Line {
        Line {
            rank: 1,
            unit: UnitId { document: "a".into(), kind: UnitKind::Clause, ordinal: 1 },
            title: String::new(),
            date: None,
            left: left.into(),
            node: node.into(),
            right: right.into(),
            span: Span::new(0, 0),
        }
    }

    #[test]
    fn nodes_stand_in_one_column_whatever_the_width_of_the_characters() {
        let lines = vec![line("推广APP", "担保", "业务"), line("，", "擔保", ""), line("发展政府性融资", "担保", "a")];
        let found = Concordance { total: 3, units: 3, documents: 1, lines };
        let out = concordance_lines(&found, ("【", "】"), 60);
        let column = |l: &str| l.split('【').next().unwrap().width();
        let end = |l: &str| l.split("  a#c1").next().unwrap().width();
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines.iter().all(|l| column(l) == column(lines[0]) && end(l) == end(lines[0])), "{out}");
    }

    #[test]
    fn what_does_not_fit_is_cut_on_the_outside() {
        assert_eq!((ending("甲乙丙", 5), beginning("甲乙丙", 5)), ("乙丙", "甲乙"));
        assert_eq!((ending("", 5), beginning("甲", 1)), ("", ""));
    }
}
