//! How a stretch of official advice opens and ends: with an act of an office, a duty, a result, …

use super::words::{ACTION_SET, ADVERBS, AGENTS, HANGING, LACKS, MODALS, PARTICLES, PREPOSITIONS, RESULTS, STATES};

/// How a stretch opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// With a verb of action, adverbs before it aside.
    Action,
    /// With a duty: 应, 要, 可以.
    Modal,
    /// With a preposition that leads to the act: 把, 对, 通过.
    Preposition,
    /// With an office or people who act.
    Agent,
    /// With a word that may open a purpose or result, and no action of its own: 从而, 使.
    Result,
    /// With a verb that is an act at the start of a sentence and a result behind one: 提高, 确保.
    Either,
    /// With its subject, the duty behind it: 学校应当开设….
    Duty,
    /// With anything else.
    Other,
}

impl std::fmt::Display for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letter = match self {
            Self::Action => 'A',
            Self::Modal => 'M',
            Self::Preposition => 'P',
            Self::Agent => 'G',
            Self::Result => 'R',
            Self::Either => 'E',
            Self::Duty => 'D',
            Self::Other => 'O',
        };
        write!(f, "{letter}")
    }
}

/// How folded text opens.
pub(super) fn opening(text: &str) -> Opening {
    let mut rest = text;
    let mut modal = false;
    for _ in 0..4 {
        if let Some(behind) = longest(MODALS, rest).filter(|behind| !behind.is_empty()) {
            (rest, modal) = (behind, true);
        } else if let Some(behind) = longest(PARTICLES, rest).filter(|behind| behind.chars().count() >= 2) {
            rest = behind;
        } else {
            break;
        }
    }
    if modal {
        return Opening::Modal;
    }
    let starts = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    match (starts(RESULTS), begins_with_action(rest)) {
        (true, true) => return Opening::Either,
        (true, false) => return Opening::Result,
        (false, true) => return Opening::Action,
        _ => {}
    }
    if starts(PREPOSITIONS) {
        return Opening::Preposition;
    }
    if longest(ADVERBS, rest).is_some_and(begins_with_action) {
        return Opening::Action;
    }
    match duty(rest) {
        true => Opening::Duty,
        false if starts(AGENTS) => Opening::Agent,
        false => Opening::Other,
    }
}

/// What stands behind the longest of `words` that opens `text`.
fn longest<'a>(words: &[&str], text: &'a str) -> Option<&'a str> {
    words.iter().filter_map(|word| text.strip_prefix(word)).min_by_key(|behind| behind.len())
}

/// Whether a modal word stands inside folded text with a verb of action or a preposition close behind it.
pub(super) fn duty(text: &str) -> bool {
    let leads = |rest: &str| {
        let rest = longest(ADVERBS, rest).unwrap_or(rest);
        begins_with_action(rest) || PREPOSITIONS.iter().any(|word| rest.starts_with(word))
    };
    let behind = |word: &str| text.match_indices(word).any(|(at, _)| at > 0 && leads(&text[at + word.len()..]));
    MODALS.iter().any(|word| behind(word))
}

/// Whether folded text leads to an act that follows.
pub(super) fn hangs(text: &str) -> bool {
    HANGING.iter().any(|end| text.ends_with(end))
}

/// How many words of lack and description folded text has, up to 2.
pub(super) fn lacks(text: &str) -> usize {
    LACKS.iter().chain(STATES).filter(|word| text.contains(*word)).count().min(2)
}

/// How many verbs of action stand in folded text behind its opening, up to 2.
pub(super) fn mentions_action(text: &str) -> usize {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let pair = |i: usize| {
        let end = chars.get(i + 2).map_or(text.len(), |c| c.0);
        &text[chars[i].0..end]
    };
    (2..chars.len().saturating_sub(1)).filter(|&i| ACTION_SET.contains(pair(i))).count().min(2)
}

/// Whether folded text ends like a result: …化, …力, …水平, …发展.
pub(super) fn ends_like_result(text: &str) -> bool {
    [
        "水平",
        "能力",
        "效率",
        "效益",
        "质量",
        "发展",
        "作用",
        "意识",
        "素质",
        "问题",
        "环境",
        "氛围",
        "目的",
        "需求",
        "安全",
        "健康",
        "成本",
        "积极性",
    ]
    .iter()
    .any(|end| text.ends_with(end))
}

/// Whether folded text begins with a verb of action, or an adverb that only goes with one.
pub(super) fn begins_with_action(text: &str) -> bool {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.skip(2).take(2).any(|end| ACTION_SET.contains(&text[..end]))
}
