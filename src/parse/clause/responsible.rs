//! Responsibility brackets and lines: （牵头单位：甲局；责任单位：乙局、丙局）, 〔责任单位：甲局〕, （省财政厅牵头负责）, 责任单位：甲局.
//!
//! Takes the text of a clause and gives who leads and who takes part. 下同 hands a bracket down to the clauses after it.

use crate::document::{Responsible, Span};

/// Words that name a role before a colon, as printed.
const ROLES: &[&str] = &[
    "牵头责任单位",
    "协同责任单位",
    "责任单位和部门",
    "牵头单位",
    "责任单位",
    "配合单位",
    "参与单位",
    "参加单位",
    "协办单位",
    "主办单位",
    "实施单位",
    "落实单位",
    "牵头部门",
    "责任部门",
    "配合部门",
    "参加部门",
    "负责单位",
    "协同单位",
    "支持单位",
    "完成单位",
    "组织单位",
    "承办单位",
    "牵头处室",
    "责任处室",
    "责任主体",
    "责任领导",
    "责任人",
    "完成时限",
    "时限要求",
    "时间要求",
    "完成时间",
    "牵头",
    "配合",
    "分工",
];

/// Words that end a bracket without colon: 甲局牵头，乙局配合.
const VERBS: &[&str] = &[
    "按职责分工分别负责",
    "按职责分工负责",
    "按职责负责",
    "分别负责",
    "共同负责",
    "会同有关单位负责",
    "牵头负责",
    "牵头落实",
    "负责落实",
    "牵头",
    "负责",
    "配合",
    "参加",
    "参与",
    "落实",
    "实施",
];

/// Whether a line is a responsibility line of its own: 责任单位：甲局、乙局.
pub(super) fn opens_line(line: &str) -> bool {
    let line = line.trim_start_matches(['（', '(', '〔', '[', '【']);
    role(line).is_some_and(|(_, rest)| !rest.trim().is_empty() && line.len() < 600)
}

/// The role at the start of `text` and what follows its colon.
fn role(text: &str) -> Option<(&'static str, &str)> {
    ROLES.iter().find_map(|&role| {
        let rest = text.strip_prefix(role)?.strip_prefix(['：', ':', '】', '］'])?;
        Some((role, rest.trim_start_matches(['：', ':'])))
    })
}

/// What the brackets of one clause say.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) found: Vec<Responsible>,
    /// 下同: the clauses after it inherit the units.
    pub(super) inherited: bool,
}

/// Reads the responsibility brackets and lines inside `span` of `text`.
pub(super) fn read(text: &str, span: Span) -> Read {
    let mut out = Read::default();
    let words = span.of(text);
    // Every role and verb holds one of these; most clauses hold none inside a bracket.
    if !["责任", "牵头", "负责", "配合", "单位", "部门", "参加", "落实", "实施", "分工"]
        .iter()
        .any(|w| words.contains(w))
    {
        return out;
    }
    for bracket in brackets(words) {
        let inner = Span::new(bracket.start + first_len(words, bracket), bracket.end - last_len(words, bracket));
        if let Some(found) = inside(inner.of(words), bracket.shift(span.start)) {
            out.inherited |= hands_down(inner.of(words));
            out.found.extend(found);
        }
    }
    let mut at = span.start;
    for line in words.split_inclusive('\n') {
        let core = Span::new(at, at + line.len()).trim(text);
        if core.start > span.start && opens_line(core.of(text)) && !core.of(text).starts_with(['（', '(', '〔', '['])
        {
            out.found.extend(inside(core.of(text), core).unwrap_or_default());
        }
        at += line.len();
    }
    out
}

/// 下同 after the units; not after a remark on their order (排第一的为牵头单位，下同), which hands nothing down.
fn hands_down(inner: &str) -> bool {
    let Some(before) = inner.trim_end().strip_suffix("下同") else { return false };
    !["第一", "首位", "排名", "排在", "列在"].iter().any(|word| before.contains(word))
}

fn first_len(words: &str, span: Span) -> usize {
    span.of(words).chars().next().map_or(0, char::len_utf8)
}

fn last_len(words: &str, span: Span) -> usize {
    span.of(words).chars().next_back().map_or(0, char::len_utf8)
}

/// Outermost brackets of any width, in order.
fn brackets(words: &str) -> Vec<Span> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, c) in words.char_indices() {
        match c {
            '（' | '(' | '〔' | '[' | '【' | '［' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            '）' | ')' | '〕' | ']' | '】' | '］' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(Span::new(start, at + c.len_utf8()));
                }
            }
            _ => {}
        }
    }
    found
}

/// The roles and units in a bracket's text; `None` where it is another kind of bracket.
fn inside(inner: &str, span: Span) -> Option<Vec<Responsible>> {
    let inner = inner.trim().trim_end_matches(['。', '；', ';']);
    if role(inner).is_some() {
        let mut found: Vec<Responsible> = Vec::new();
        for part in parts(inner) {
            match role(part.trim_start()) {
                Some((role, rest)) => {
                    found.push(Responsible { role: role.to_owned(), units: units(rest), span });
                }
                None => found.last_mut()?.units.extend(units(part)),
            }
        }
        return Some(found);
    }
    let mut found = Vec::new();
    for part in inner.split(['，', ',', '；', ';']) {
        let part = part.trim();
        if part == "下同" || part.contains("第一") || part.contains("首位") {
            continue;
        }
        let verb = VERBS.iter().find(|verb| part.ends_with(*verb))?;
        let names = part[..part.len() - verb.len()].trim_end_matches('等');
        let units = units(names);
        if units.is_empty() || names.chars().count() > 300 || names.contains(['。', '“']) {
            return None;
        }
        found.push(Responsible { role: (*verb).to_owned(), units, span });
    }
    // （以下简称…负责）and （…组织实施） in running text name one thing in one part without a list: keep those that name offices.
    let office = |unit: &String| {
        [
            "部", "局", "厅", "委", "办", "院", "署", "会", "府", "行", "单位", "部门", "处", "市", "区", "县", "公司",
            "中心", "机构",
        ]
        .iter()
        .any(|end| unit.ends_with(end))
    };
    (!found.is_empty() && found.iter().all(|r| r.units.first().is_some_and(office))).then_some(found)
}

/// Cuts a bracket at every place where a new role begins.
fn parts(inner: &str) -> Vec<&str> {
    inner.split(['；', ';', '，', ',', '。', '\u{3000}']).filter(|part| !part.trim().is_empty()).collect()
}

/// Units of a list: 甲局、乙局 and 各市、县人民政府 as one.
fn units(list: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = String::new();
    for piece in list.split(['、', '，', ',']) {
        let piece = piece.trim().trim_end_matches('等');
        if piece.is_empty() || piece == "下同" || piece.contains("第一") || piece.contains("首位") {
            continue;
        }
        if !open.is_empty() {
            open.push('、');
        }
        open.push_str(piece);
        // 各市、县人民政府, 各区、各部门: the pieces before the noun belong to it.
        let bare = piece.strip_prefix('各').is_some_and(|p| matches!(p, "市" | "区" | "县" | "省" | "自治区" | "地区"));
        if !bare {
            found.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        found.push(open);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Read {
        read(text, Span::new(0, text.len()))
    }

    fn shown(text: &str) -> Vec<String> {
        whole(text).found.iter().map(|r| format!("{}={}", r.role, r.units.join("|"))).collect()
    }

    #[test]
    fn a_bracket_with_roles_gives_each_role_its_units() {
        let text = "修桥铺路。（牵头单位：市路桥局；责任单位：市水务局、各区、县政府）";
        assert_eq!(shown(text), ["牵头单位=市路桥局", "责任单位=市水务局|各区、县政府"]);
        assert_eq!(whole(text).found[0].span.of(text), "（牵头单位：市路桥局；责任单位：市水务局、各区、县政府）");
    }

    #[test]
    fn a_bracket_with_verbs_gives_them_as_roles() {
        assert_eq!(
            shown("修桥。（市路桥局牵头，市水务局、市林业局配合）"),
            ["牵头=市路桥局", "配合=市水务局|市林业局"]
        );
        assert_eq!(shown("修桥。（市路桥局、市水务局等按职责分工负责）"), ["按职责分工负责=市路桥局|市水务局"]);
    }

    #[test]
    fn a_line_of_its_own_is_read_too() {
        assert_eq!(shown("修桥。\n责任单位：市路桥局、市水务局"), ["责任单位=市路桥局|市水务局"]);
        assert_eq!(shown("修桥。〔责任单位：市路桥局〕"), ["责任单位=市路桥局"]);
    }

    #[test]
    fn other_brackets_are_left_alone() {
        for text in
            ["修桥（含引桥）。", "本办法（以下简称办法）由甲局负责。", "甲（乙）牵头单位", "按合同（见附件）实施。"]
        {
            assert!(whole(text).found.is_empty(), "{text}");
        }
    }

    #[test]
    fn units_are_handed_down_by_下同_but_a_remark_on_order_is_not() {
        assert!(whole("修桥。（责任单位：市路桥局，下同）").inherited);
        assert!(!whole("修桥。（责任单位：市路桥局、市水务局，排第一的为牵头单位，下同）").inherited);
    }
}
