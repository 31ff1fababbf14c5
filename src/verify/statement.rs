//! What a claim says of the proposals of a year that a ledger could tell: counts by role, state, result, publicity, rates, and
//! 全部按期办结 without a figure. Takes the claim's words; gives the conditions a ledger has to count by. What is not understood beyond
//! doubt (a part of a series, proposals of one party, things other than proposals) is left out.

use crate::document::Span;
use crate::ledger::{Filter, RateName, Role, Satisfaction, State, Test};
use crate::parse::claim::{Bound, Figure, figures, grade};
use regex::Regex;
use std::sync::LazyLock;

/// One statement that a ledger could tell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    /// The number as printed, or the words that stand for it (`全部按期办结`).
    pub(super) printed: String,
    /// The number.
    pub(super) value: f64,
    /// Half a unit of its last digit.
    pub(super) half: f64,
    /// Digits behind the point.
    pub(super) decimals: usize,
    /// Whether it is a bound.
    pub(super) bound: Bound,
    /// What is said.
    pub(super) says: Says,
}

/// What a statement counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Says {
    /// So many proposals.
    Count(Filter),
    /// Such a share; of several bases a report may mean, any that agrees counts, and the first is shown.
    Share(Vec<(Filter, Filter)>),
}

/// The statements of a claim, and whether they are all of its figures.
#[derive(Debug, Default)]
pub(super) struct Statements {
    pub(super) found: Vec<Statement>,
    pub(super) complete: bool,
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

/// Words that make a count one of something else, or of a part that no ledger knows.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "转化|纳入|吸收|采纳|吸纳|系列|带队|走访|座谈|调研|催办|提醒|培训|通报|集体提案|党派|界别|联名|委员提出|闭会|平时|经济类|社会类|建设类|\
         同比|增长|增加|减少|去年|上年|累计答复|意见建议|会议纪要|抽查|回访|样本",
    )
});
static SERIES: LazyLock<Regex> = LazyLock::new(|| regex("系列|其中[^，,。；;]{0,2}$|参与"));
static TOTAL: LazyLock<Regex> =
    LazyLock::new(|| regex("(?:承办|收到|接收|接到|交办|受理|办理|承接|分办)[^，,。；;]*$"));
static RATES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?P<timely>按期|按时|如期|及时|限时)(?:办结|答复|办复|办理)?率|(?P<done>办结|答复|办复|办理|回复)率|(?P<face>面商|见面|走访)率|\
         (?P<talk>沟通|联系|协商|沟通联系|见面沟通)率|(?P<pleased>满意)[率度]|(?P<public>公开)率|(?P<rated>反馈)率",
    )
});
static ALL_TIMELY: LazyLock<Regex> = LazyLock::new(|| {
    let when = "在?(?:规定|法定|要求的?)?(?:时限|期限|时间)(?:内|前)|按期|按时|如期|限时|限期";
    regex(&format!(
        "(?:全部|均|都|全数|一律)[^，,。；;]{{0,6}}(?:{when})[^，,。；;]{{0,4}}(?:办结|答复|办复|回复|办理|完成)"
    ))
});
static ALL_DONE: LazyLock<Regex> =
    LazyLock::new(|| regex("(?:全部|均已|都已|全数|一律)[^，,。；;在按如限]{0,4}(?:办结|答复|办复|办理完毕|办理完成)"));
static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?:全部|均|都)[^，,。；;]{0,8}?在?(?P<n>[0-9]{1,2}|[一二三四五六七八九十])个月(?:之?内)[^，,。；;]{0,4}(?:办结|答复|办复|回复)",
    )
});

/// Reads the statements of the claim at `span`. Words without a figure beside it in its sentence (全部按期办结) that no other claim of
/// `claims` holds are told with it.
pub(super) fn statements(text: &str, span: Span, claims: &[Span]) -> Statements {
    let all = figures(text, span);
    let figures_of: Vec<&Figure> = all.iter().filter(|f| f.unit != "名次").collect();
    let mut found = universal(lead(text, span, claims));
    found.extend(universal(span.of(text)));
    found.extend(universal(rest(text, span, claims)));
    found.dedup();
    let mut complete = !figures_of.is_empty() || !found.is_empty();
    let roles_told = figures_of.iter().filter(|f| !roles(own_label(text, span, &all, f)).is_empty()).count();
    for figure in figures_of {
        let label = own_label(text, span, &all, figure);
        let read = if figure.is_percent() {
            shares(label)
        } else {
            count(text, span, &all, figure, label, roles_told).into_iter().map(Says::Count).collect()
        };
        complete &= !read.is_empty() || within_universal(span.of(text), figure.span.start - span.start);
        found.extend(read.into_iter().map(|says| Statement {
            printed: figure.printed(text).to_owned(),
            value: figure.value,
            half: figure.half,
            decimals: figure.decimals,
            bound: figure.bound,
            says,
        }));
    }
    Statements { found, complete }
}

/// The part of its sentence before a claim, back to the claim before it.
fn lead<'t>(text: &'t str, span: Span, claims: &[Span]) -> &'t str {
    let sentence = text[..span.start].rfind(['。', '；', ';', '\n']).unwrap_or(0);
    let before = claims.iter().map(|c| c.end).filter(|&end| end <= span.start).max().unwrap_or(0);
    &text[sentence.max(before)..span.start]
}

/// The part of its sentence behind a claim, where no other claim of the sentence follows.
fn rest<'t>(text: &'t str, span: Span, claims: &[Span]) -> &'t str {
    let after = &text[span.end..];
    let end = span.end + after.find(['。', '；', ';', '\n']).unwrap_or(after.len());
    let follows = claims.iter().any(|c| c.start >= span.end && c.start < end);
    if follows { "" } else { &text[span.end..end] }
}

/// What stands before a figure, back to the last stop or figure; unlike the figure's label it goes over 、.
fn own_label<'t>(text: &'t str, claim: Span, all: &[Figure], figure: &Figure) -> &'t str {
    let after = all.iter().filter(|f| f.span.end <= figure.span.start).map(|f| f.span.end).max();
    let from = after.unwrap_or(claim.start);
    let before = &text[from..figure.span.start];
    let stops: &[char] = if figure.is_percent() {
        &['。', '；', ';', '\n']
    } else {
        &['，', ',', '。', '；', ';', '（', '(', '：', ':', '\n']
    };
    let cut = before.rfind(stops).map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8));
    before[cut..].trim_matches(|c: char| c.is_whitespace() || "、，,和及".contains(c))
}

/// What stands behind a figure, up to the next stop or figure's label.
fn tail<'t>(text: &'t str, claim: Span, all: &[Figure], figure: &Figure) -> &'t str {
    let next = all.iter().filter(|f| f.span.start >= figure.span.end).map(|f| f.label.start.max(figure.span.end)).min();
    let end = next.unwrap_or(claim.end).min(claim.end).max(figure.span.end);
    let after = &text[figure.span.end..end];
    let cut = after.find(['，', ',', '。', '；', ';', '\n', '（', '(']).unwrap_or(after.len());
    &after[..cut]
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.contains(w))
}

/// The roles that words name, longer names first, so that 主会办 is not 会办.
fn roles(words: &str) -> Vec<Role> {
    let names: [(&str, Role); 12] = [
        ("主会办", Role::Joint),
        ("主合办", Role::Joint),
        ("分别办理", Role::Separate),
        ("分办", Role::Separate),
        ("单独办理", Role::Sole),
        ("独办", Role::Sole),
        ("主办", Role::Lead),
        ("牵头办理", Role::Lead),
        ("会办", Role::Co),
        ("协办", Role::Co),
        ("配合办理", Role::Co),
        ("参阅", Role::Reference),
    ];
    let mut rest = words.to_owned();
    let mut found = Vec::new();
    for (name, role) in names {
        if rest.contains(name) {
            rest = rest.replace(name, "　");
            if !found.contains(&role) {
                found.push(role);
            }
        }
    }
    found.sort();
    found
}

/// The conditions of a count of proposals; `None` where a ledger cannot tell it.
fn count(text: &str, claim: Span, all: &[Figure], figure: &Figure, label: &str, roles_told: usize) -> Option<Filter> {
    if !matches!(figure.unit.as_str(), "件" | "个" | "项" | "份") {
        return None;
    }
    let tail = tail(text, claim, all, figure);
    let things = figure.unit == "件" || tail.starts_with("提案") || tail.starts_with("建议");
    if !things || OTHER.is_match(label) && grade(label).is_none() || OTHER.is_match(tail) && !tail.contains("公开") {
        return None;
    }
    let named = roles(label);
    let scope = |filter: Filter| {
        let mut scope = named.clone();
        scope.extend(roles(tail).into_iter().filter(|r| !named.contains(r)));
        scope.sort();
        if scope.is_empty() { filter } else { filter.and(Test::Role(scope)) }
    };
    if let Some(letter) = grade(label) {
        return Some(Filter::of(Test::Result(letter.to_string())));
    }
    if let Some(verdict) = verdict(label) {
        return Some(Filter::of(Test::Satisfaction(vec![verdict])));
    }
    if has(label, &["公开"]) || has(tail, &["公开"]) {
        let not = has(label, &["不公开", "不予公开", "未公开", "不宜公开", "依申请"]);
        return Some(scope(Filter::of(if not { Test::NotPublic } else { Test::Public })));
    }
    if let Some(test) = progress(label) {
        return Some(scope(Filter::of(test)));
    }
    if has(label, &["重点", "督办", "领衔", "领办"]) {
        // 重点提案 of a certain series, or overseen by a certain leader, are a part that no ledger tells.
        let certain = has(label, &["系列", "书记", "省长", "市长", "县长", "主席"]);
        return (!certain).then(|| scope(Filter::of(Test::Key)));
    }
    if !named.is_empty() {
        let sentence = text[..figure.span.start].rfind(['。', '\n']).map_or(0, |i| i);
        let context = &text[sentence..figure.span.start];
        let alone = roles_told < 2 && named.len() < 2;
        let certain = !alone || !SERIES.is_match(label) && !context.contains("系列");
        return certain.then(|| Filter::of(Test::Role(named)));
    }
    let paper = has(label, &["提案", "建议"]) || has(tail, &["提案", "建议"]) || tail.trim().is_empty();
    (TOTAL.is_match(label) && paper && !SERIES.is_match(label) && !label.contains("其中")).then(Filter::default)
}

/// The proposer's verdict that a label names.
fn verdict(label: &str) -> Option<Satisfaction> {
    if label.contains("不满意") {
        Some(Satisfaction::Dissatisfied)
    } else if label.contains("基本满意") {
        Some(Satisfaction::Mostly)
    } else if label.contains("满意") && !label.contains("满意度") && !label.contains("满意率") {
        Some(Satisfaction::Satisfied)
    } else {
        None
    }
}

/// The state that a label names.
fn progress(label: &str) -> Option<Test> {
    if has(label, &["按期办结", "按时办结", "按期答复", "按时答复", "如期办结"]) {
        Some(Test::OnTime)
    } else if has(label, &["尚未办理", "未启动"]) {
        Some(Test::State(State::Pending))
    } else if has(label, &["正在办理", "在办", "办理中"]) {
        Some(Test::State(State::UnderWay))
    } else if has(label, &["办结", "已答复", "办复", "已办理"]) && !label.contains("未办结") {
        Some(Test::State(State::Done))
    } else if has(label, &["面商"]) {
        Some(Test::FaceToFace)
    } else if has(label, &["沟通"]) {
        Some(Test::Communicated)
    } else {
        None
    }
}

/// The rates that a label names: one figure may stand for several (沟通率、办结率均为100%).
fn shares(label: &str) -> Vec<Says> {
    let scope = roles(label);
    let scoped = |(part, base): (Filter, Filter)| {
        if scope.is_empty() {
            return (part, base);
        }
        let test = || Test::Role(scope.clone());
        (part.and(test()), base.and(test()))
    };
    let named = RATES.captures_iter(label).filter_map(|c| {
        let name = [
            ("timely", RateName::OnTime),
            ("done", RateName::Done),
            ("face", RateName::FaceToFace),
            ("talk", RateName::Communication),
            ("pleased", RateName::Satisfaction),
            ("public", RateName::Public),
            ("rated", RateName::Rated),
        ];
        name.into_iter().find(|(group, _)| c.name(group).is_some()).map(|(_, rate)| rate)
    });
    let mut found: Vec<Says> = Vec::new();
    for rate in named {
        let says = Says::Share(vec![scoped(rate.filters())]);
        if !found.contains(&says) {
            found.push(says);
        }
    }
    if !found.is_empty() {
        return found;
    }
    let last = label.rsplit(['，', ',', '、']).next().unwrap_or(label);
    let is_share = has(last, &["占", "比例", "比重"]) || last.ends_with('率');
    if let Some(letter) = grade(last).filter(|_| is_share) {
        let part = Filter::of(Test::Result(letter.to_string()));
        return vec![Says::Share(vec![(part.clone(), Filter::of(Test::Graded)), (part, Filter::default())])];
    }
    let named = roles(last);
    let plain = !OTHER.is_match(last) && !last.trim_start().starts_with('占');
    if is_share && !named.is_empty() && plain {
        return vec![Says::Share(vec![(Filter::of(Test::Role(named)), Filter::default())])];
    }
    Vec::new()
}

/// 全部按期办结, 均在6个月内答复: a rate of 100 % without a figure.
fn universal(words: &str) -> Vec<Statement> {
    let whole = |printed: &str, says: Says| Statement {
        printed: printed.to_owned(),
        value: 100.0,
        half: 0.005,
        decimals: 0,
        bound: Bound::Exact,
        says,
    };
    let share = |rate: RateName| Says::Share(vec![rate.filters()]);
    let mut found = Vec::new();
    if let Some(m) = ALL_TIMELY.find(words) {
        found.push(whole(m.as_str(), share(RateName::Done)));
        found.push(whole(m.as_str(), share(RateName::OnTime)));
    } else if let Some(c) = WITHIN.captures(words) {
        let n = c["n"]
            .parse()
            .ok()
            .or_else(|| "一二三四五六七八九十".chars().position(|d| c["n"].starts_with(d)).map(|p| p + 1));
        let months = n.and_then(|n| u8::try_from(n).ok());
        let says = months.map(|m| Says::Share(vec![(Filter::of(Test::Within(m)), Filter::of(Test::Dated))]));
        found.extend(says.map(|says| whole(&c[0], says)));
    } else if let Some(m) = ALL_DONE.find(words) {
        found.push(whole(m.as_str(), share(RateName::Done)));
    }
    found
}

/// Whether a figure at this byte of the claim is the 6 of 均在6个月内答复.
fn within_universal(words: &str, at: usize) -> bool {
    WITHIN.find(words).is_some_and(|m| m.start() <= at && at < m.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    /// Every statement as `number: conditions`, and whether that is all.
    fn read(text: &str) -> (Vec<String>, bool) {
        let all = statements(text, Span::new(0, text.len()), &[]);
        let of = |s: &Statement| match &s.says {
            Says::Count(filter) => format!("{}: {}", s.printed, filter.label(Lang::Zh)),
            Says::Share(pairs) => format!("{}: {}", s.printed, pairs[0].0.label(Lang::Zh)),
        };
        (all.found.iter().map(of).collect(), all.complete)
    }

    #[test]
    fn a_whole_and_its_roles_are_counts_of_the_ledger() {
        let (found, complete) = read("全年共承办市政协会议提案40件,其中,主办4分别办理6会办30件");
        assert_eq!(found, ["40件: 全部提案", "4: 办理方式为主办", "6: 办理方式为分别办理", "30件: 办理方式为会办"]);
        assert!(complete);
        assert_eq!(read("对主办和分别办理的10件提案，逐件沟通").0, ["10件: 办理方式为主办或分别办理"]);
        assert_eq!(read("对主办、分办的10件提案逐件沟通").0, ["10件: 办理方式为主办或分别办理"]);
    }

    #[test]
    fn one_figure_may_stand_for_several_rates() {
        let (found, complete) = read("全部在规定时限内办结，沟通率、办结率、委员满意率均为100%");
        assert_eq!(found[0], "全部在规定时限内办结: 办理状态为已办结答复");
        assert_eq!(found[1], "全部在规定时限内办结: 答复日期不晚于办理时限");
        assert_eq!(found[2..], ["100%: 已沟通", "100%: 办理状态为已办结答复", "100%: 满意度为满意或基本满意"]);
        assert!(complete);
        assert_eq!(read("主办件面商率达95%").0, ["95%: 当面沟通（面商、走访、座谈等），办理方式为主办"]);
        assert_eq!(
            read("全部提案均在6个月内答复"),
            (vec!["全部提案均在6个月内答复: 收到后6个月内答复".to_owned()], true)
        );
    }

    #[test]
    fn words_without_a_figure_are_told_with_the_claim_of_their_sentence() {
        let text = "共承办提案40件，全部按时办结，沟通率达100%。";
        let place = |piece: &str| text.find(piece).map(|at| Span::new(at, at + piece.len())).unwrap();
        let claims = [place("共承办提案40件"), place("沟通率达100%")];
        let of = |at: usize| statements(text, claims[at], &claims).found.len();
        assert_eq!((of(0), of(1)), (1, 3), "办结率 and 按期率 besides 沟通率");
        assert_eq!(statements(text, claims[0], &claims[..1]).found.len(), 3);
    }

    #[test]
    fn sessions_and_names_of_offices_do_not_hide_a_total() {
        assert_eq!(read("全系统共承办市政协五届二次会议提案148件").0, ["148件: 全部提案"]);
        assert_eq!(read("市经济和信息化局全年收到提案51件").0, ["51件: 全部提案"]);
    }

    #[test]
    fn grades_publicity_and_states_are_counts_of_the_ledger() {
        assert_eq!(read("A类20件、B类5件，A类占80%").0, ["20件: 办理结果为A", "5件: 办理结果为B", "80%: 办理结果为A"]);
        assert_eq!(
            read("其中适合公开的9件主办、分别办理答复在网站公开").0,
            ["9件: 答复公开，办理方式为主办或分别办理"]
        );
        assert_eq!(read("已办结38件，正在办理2件").0, ["38件: 办理状态为已办结答复", "2件: 办理状态为正在办理"]);
        assert_eq!(read("满意30件、基本满意2件").0, ["30件: 满意度为满意", "2件: 满意度为基本满意"]);
        assert_eq!(read("由领导督办的重点提案6件").0, ["6件: 重点或领导督办提案"]);
    }

    #[test]
    fn what_no_ledger_tells_is_left_out() {
        for text in [
            "“营商环境”系列重点提案中，我局会办其中3件",
            "26件提案转化为政策成果",
            "民主党派提案12件",
            "先后8次发出催办提醒",
            "沟通记录27份",
            "提出意见建议253条，采纳212条",
            "新增境外上市公司3家",
            "经济建设类占28.4%",
            "带队调研26次",
        ] {
            let (found, complete) = read(text);
            assert!(found.is_empty() && !complete, "{text}: {found:?}");
        }
    }
}
