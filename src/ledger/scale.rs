//! The scale of results (办理结果): which letter stands for which words.

use crate::{Error, Result};
use serde::{Deserialize, Serialize};

/// The grades of a result with the words that stand for them, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Grades in their order.
    pub grades: Vec<Grade>,
}

/// One grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// `A`, `甲`, …
    pub letter: String,
    /// Words that mean it.
    pub words: Vec<String>,
}

const DEFAULT: [(&str, &[&str]); 4] = [
    ("A", &["已解决", "基本解决", "已经解决", "解决或采纳", "已采纳", "采纳", "已落实", "得到解决"]),
    ("B", &["正在解决", "列入计划", "拟解决", "计划解决", "部分采纳", "部分解决", "逐步解决", "列入规划"]),
    (
        "C",
        &[
            "留作参考",
            "供参考",
            "暂难解决",
            "难以解决",
            "无法解决",
            "不能解决",
            "暂未解决",
            "未采纳",
            "不予采纳",
            "暂不采纳",
            "不具备条件",
        ],
    ),
    ("D", &[]),
];

impl Default for Scale {
    fn default() -> Self {
        let grade = |(letter, words): &(&str, &[&str])| Grade {
            letter: (*letter).to_owned(),
            words: words.iter().map(|w| (*w).to_owned()).collect(),
        };
        Self { grades: DEFAULT.iter().map(grade).collect() }
    }
}

impl Scale {
    /// Reads `A=已解决|已采纳,B=列入计划`: letters with their words; words apart by `|` or `/`.
    ///
    /// # Errors
    /// A usage error that names the piece without `=`, letter or words, or a letter given twice.
    pub fn parse(spec: &str) -> Result<Self> {
        let mut grades: Vec<Grade> = Vec::new();
        for piece in spec.split([',', '，', ';', '；']).map(str::trim).filter(|p| !p.is_empty()) {
            let (letter, words) = piece.split_once('=').unwrap_or((piece, ""));
            let letter = super::value::fold(letter).to_uppercase();
            let words: Vec<String> =
                words.split(['|', '/', '、']).map(super::value::fold).filter(|w| !w.is_empty()).collect();
            if letter.is_empty() || letter.chars().count() > 4 || words.is_empty() {
                return Err(Error::usage(
                    format!("--scale {piece:?} does not name a grade and its words"),
                    "write for example A=已解决|已采纳,B=列入计划,C=留作参考",
                ));
            }
            if grades.iter().any(|g| g.letter == letter) {
                return Err(Error::usage(
                    format!("--scale names {letter} twice"),
                    "give each grade once, its words apart by |",
                ));
            }
            grades.push(Grade { letter, words });
        }
        if grades.is_empty() {
            return Err(Error::usage("--scale is empty", "write for example A=已解决,B=列入计划"));
        }
        Ok(Self { grades })
    }

    /// The grade that a folded cell names: by its letter (`A`, `A类`, `办理结果:A`), else by the longest of its words.
    pub(super) fn grade(&self, folded: &str) -> Option<String> {
        let upper = folded.to_uppercase();
        if let Some(letter) = self.letter(&upper) {
            return Some(letter);
        }
        let found = self.grades.iter().flat_map(|g| g.words.iter().map(move |w| (g, w)));
        let stands = |w: &str| folded.match_indices(w).any(|(at, _)| !folded[..at].ends_with(['未', '不', '难']));
        let best = found.filter(|(_, w)| stands(w)).max_by_key(|(_, w)| w.chars().count());
        best.map(|(g, _)| g.letter.clone())
    }

    fn letter(&self, upper: &str) -> Option<String> {
        const EXTRA: [&str; 5] = ["E", "甲", "乙", "丙", "丁"];
        let tail = upper.rsplit([':', '：']).next().unwrap_or(upper).trim();
        let known = self.grades.iter().map(|g| g.letter.as_str()).chain(EXTRA);
        let fits = |letter: &&str| {
            tail.strip_prefix(letter).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with(['类', '级', '(', '（', '-', '.', '、', ',', ' '])
            })
        };
        known.into_iter().find(fits).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_words_come_to_the_same_grade() {
        let scale = Scale::default();
        for cell in ["A", "A类", "a", "办理结果:A", "A(已解决)", "已基本解决", "已采纳"] {
            assert_eq!(scale.grade(cell).as_deref(), Some("A"), "{cell}");
        }
        assert_eq!(scale.grade("部分采纳").as_deref(), Some("B"));
        assert_eq!(scale.grade("未采纳").as_deref(), Some("C"));
        assert_eq!(scale.grade("甲类").as_deref(), Some("甲"));
        assert_eq!(scale.grade("待定"), None);
        assert_eq!(scale.grade("Agree"), None);
    }

    #[test]
    fn a_scale_of_ones_own_replaces_the_words() {
        let scale = Scale::parse("A=已解决|解决或采纳, B=列入计划,C=逐步解决,D=留作参考").unwrap();
        assert_eq!(scale.grade("留作参考").as_deref(), Some("D"));
        assert_eq!(scale.grade("列入规划逐步解决").as_deref(), Some("C"));
        for wrong in ["A", "=已解决", "A=", "A=甲,A=乙", ""] {
            assert!(Scale::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
