//! What a sentence says about the part it stands in: does it announce advice, give advice, or describe a problem?
//!
//! All functions take folded text (see [`super::view`]).

use super::words::LACKS;

/// Words for a part that gives advice; a heading or label ends in one of them.
const ADVICE_NOUNS: [&str; 16] = [
    "建议",
    "对策",
    "意见",
    "措施",
    "办法",
    "思路",
    "举措",
    "设想",
    "想法",
    "做法",
    "如下",
    "路径",
    "方案",
    "以下几点",
    "主张",
    "建言",
];
/// Words for a part that describes.
const PROBLEM_NOUNS: [&str; 17] = [
    "问题",
    "现状",
    "背景",
    "原因",
    "情况",
    "困难",
    "短板",
    "难点",
    "不足",
    "案由",
    "理由",
    "分析",
    "必要性",
    "意义",
    "表现",
    "依据",
    "困境",
];
/// Openings of a sentence that turns from the problem to the advice.
const TURNS: [&str; 13] =
    ["为此", "鉴于", "有鉴于此", "因此", "对此", "据此", "故", "综上", "基于", "针对", "为了", "结合", "所以"];
/// Words of a report on what is: they describe too.
const REPORTS: [&str; 4] = ["不能", "据统计", "调查", "调研"];
/// Modal words that put a duty on someone.
const MODALS: [&str; 14] =
    ["应该", "应当", "必须", "亟需", "需要", "应", "要", "须", "可以", "鼓励", "支持", "允许", "探索", "务必"];

/// What a piece of text is for the search of the suggestion part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cue {
    /// The label of the part that gives advice, as portals and forms print it (具体建议：).
    Labels,
    /// A heading of the advice (对策), or a sentence that announces it (提出如下建议).
    Announces,
    /// A sentence that turns to advice and gives it (为此建议…, 我们建议…).
    Advises,
    /// A label or heading of the description (问题分析：).
    Describes,
    /// None of these.
    Plain,
}

impl Cue {
    /// Whether the piece says that advice follows and gives none itself.
    pub(super) fn leads(self) -> bool {
        matches!(self, Self::Labels | Self::Announces)
    }
}

/// Reads the cue of a piece: a sentence, a label up to its colon, or a line. `piece` has no marker and no white space at
/// its ends.
pub(super) fn cue(piece: &str) -> Cue {
    let bare = piece.trim_end_matches(|c: char| ":。;,.、 -—".contains(c));
    let length = bare.chars().count();
    let closed = length < piece.chars().count();
    let announces = ADVICE_NOUNS.iter().any(|noun| bare.ends_with(noun));
    if announces && (4..=8).contains(&length) && piece.ends_with(':') && is_label(bare) {
        return Cue::Labels;
    }
    if announces && length <= 22 && !bare.contains(',') && !bare.starts_with('“') && !is_title(bare) && !is_order(bare)
    {
        return Cue::Announces;
    }
    if closed && announces_in_sentence(piece, bare) {
        return Cue::Announces;
    }
    if length <= 18 && !bare.contains(',') && PROBLEM_NOUNS.iter().any(|noun| bare.ends_with(noun)) && !is_order(bare) {
        return Cue::Describes;
    }
    if advises(bare) { Cue::Advises } else { Cue::Plain }
}

/// 具体建议, 对策和建议, 工作意见: a word for the advice with a word before it that says nothing of its matter.
fn is_label(bare: &str) -> bool {
    ["具体", "对策", "工作", "意见", "有关", "相关", "主要", "政策", "几点", "改进", "提案"]
        .iter()
        .any(|word| bare.starts_with(word))
}

/// 关于…的建议: the proposal's own title, not a heading.
fn is_title(bare: &str) -> bool {
    bare.starts_with("关于") && ["的建议", "的意见", "的提案", "的对策"].iter().any(|end| bare.ends_with(end))
}

/// 落实…措施, 完善…办法: an order whose object happens to be such a noun.
fn is_order(bare: &str) -> bool {
    bare.chars().count() > 4 && super::lexicon::begins_with_action(bare)
}

/// 为此,提出如下建议: and its like, whatever stands before it in the sentence.
fn announces_in_sentence(piece: &str, bare: &str) -> bool {
    let last = bare.rsplit(',').next().unwrap_or(bare);
    let ends = ["建议", "建议如下", "意见如下", "对策如下", "如下", "以下几点", "以下几个方面", "想法", "办法"]
        .iter()
        .any(|end| last.ends_with(end));
    let names =
        ["如下建议", "以下建议", "几点建议", "如下意见", "以下意见", "如下对策", "以下对策", "下列建议", "以下几点"]
            .iter()
            .any(|name| bare.contains(name));
    let offers = ["提出", "建议", "提几", "从以下", "做好以下"].iter().any(|verb| last.contains(verb));
    (piece.ends_with(':') && (ends || names || bare.ends_with("方面入手")))
        || (names && offers)
        || (ends && bare.ends_with("如下"))
}

/// 建议…, 为此建议…, 我们建议…: the verb with its own clause after it.
fn advises(bare: &str) -> bool {
    let mut clauses = bare.split(',').take(3).peekable();
    while let Some(clause) = clauses.next() {
        let clause = TURNS.iter().find_map(|turn| clause.strip_prefix(turn)).unwrap_or(clause);
        let clause = ["我们", "本人", "我", "特", "现", "他", "她", "委员", "笔者"]
            .iter()
            .find_map(|who| clause.strip_prefix(who))
            .unwrap_or(clause);
        match clause.strip_prefix("建议") {
            Some("") if clauses.peek().is_some() => return true,
            Some(rest) if rest.chars().count() >= 4 => return true,
            _ => {}
        }
    }
    false
}

/// How far a sentence speaks for advice (positive) or description (negative): a count of its cue words, between -2 and 2,
/// times a weight for its length.
pub(super) fn leaning(piece: &str) -> f64 {
    let mut score: f64 = 0.0;
    for clause in piece.split([',', ':']) {
        let clause = clause.trim();
        if super::lexicon::begins_with_action(clause) {
            score += 0.6;
        }
        if MODALS.iter().any(|modal| clause.starts_with(modal)) {
            score += 0.6;
        }
    }
    score += 1.2 * f64::from(u8::from(piece.contains("建议") || piece.contains("应该") || piece.contains("应当")));
    score += 0.4 * MODALS.iter().filter(|modal| piece.contains(*modal)).count().min(2) as f64;
    score -= 0.6 * LACKS.iter().chain(&REPORTS).filter(|lack| piece.contains(*lack)).count().min(4) as f64;
    let figures = piece.chars().filter(char::is_ascii_digit).count();
    score -= 0.1 * figures.min(10) as f64;
    let weight = (piece.chars().count().min(80) as f64 / 40.0).max(0.25);
    score.clamp(-2.0, 2.0) * weight
}

/// The same for the opening of a list item: 1 where it orders, -1 where it names a lack, -0.3 where it does neither.
pub(super) fn head_leaning(piece: &str) -> f64 {
    let head = piece.split(['。', '\n']).next().unwrap_or(piece);
    if super::lexicon::begins_with_action(head) || MODALS.iter().any(|modal| head.starts_with(modal)) || advises(head) {
        1.0
    } else if LACKS.iter().chain(&REPORTS).any(|lack| head.contains(lack)) {
        -1.0
    } else {
        -0.3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_headings_and_announcing_sentences_announce_advice() {
        assert_eq!(cue("具体建议:"), Cue::Labels);
        for piece in [
            "对策建议",
            "几点建议",
            "办法:",
            "为此,我们特提出如下建议:",
            "为把这件事办好,建议如下:",
            "故提出以下建议。",
        ] {
            assert_eq!(cue(piece), Cue::Announces, "{piece}");
        }
    }

    #[test]
    fn a_title_and_an_order_announce_nothing() {
        assert_ne!(cue("关于修桥的建议"), Cue::Announces);
        assert_ne!(cue("落实各项防护措施"), Cue::Announces);
    }

    #[test]
    fn the_verb_with_its_own_clause_advises() {
        assert_eq!(cue("为此建议由市里统一采购路灯"), Cue::Advises);
        assert_eq!(cue("他建议,"), Cue::Announces);
    }

    #[test]
    fn description_leans_away_from_advice() {
        assert!(leaning("目前渡口设施薄弱,安全隐患严重") < 0.0);
        assert!(leaning("应当完善渡口设施,加强巡查") > 0.0);
    }
}
