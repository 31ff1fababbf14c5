//! Words that name the kind of a document: values of a column, names of folders.

use crate::document::Kind;

/// The kind that a cell or an option names: `policy`, 政策文件, 答复, …
pub(super) fn of_word(word: &str) -> Option<Kind> {
    let word = word.trim().to_lowercase();
    let english = match word.trim_end_matches('s') {
        "proposal" | "suggestion" | "motion" | "proposal_text" => Some(Kind::Proposal),
        "reply" | "replie" | "answer" | "response" => Some(Kind::Reply),
        "policy" | "policie" | "regulation" | "law" | "document" => Some(Kind::Policy),
        "report" | "summary" | "summarie" => Some(Kind::Report),
        _ => None,
    };
    english.or_else(|| chinese(&word))
}

/// The kind that a folder's or a table's name stands for; nothing where the name holds no such word.
pub(super) fn of_folder(name: &str) -> Option<Kind> {
    if name.is_ascii() {
        let words = name.split(|c: char| !c.is_ascii_alphanumeric());
        return words.filter(|w| !w.is_empty() && *w != "document" && *w != "documents").find_map(of_word);
    }
    chinese(name)
}

/// The kind that a file's name stands for when it is nothing but such a word: `report.txt`, `总结2023.txt`.
pub(super) fn of_stem(stem: &str) -> Option<Kind> {
    let bare: String =
        stem.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '-' | '_' | ' ' | '年' | '度')).collect();
    let exact = ["提案", "答复", "复函", "政策", "总结", "工作总结", "办理总结", "提案办理总结", "提案办理工作总结"];
    if bare.is_ascii() {
        of_word(&bare).filter(|_| bare != "document" && bare != "documents")
    } else {
        exact.contains(&bare.as_str()).then(|| chinese(&bare)).flatten()
    }
}

/// 提案答复 is a reply and 提案办理总结 a report: the more telling word decides.
fn chinese(word: &str) -> Option<Kind> {
    let has = |words: &[&str]| words.iter().any(|w| word.contains(w));
    if has(&["答复", "复函", "回复"]) {
        Some(Kind::Reply)
    } else if has(&["总结", "办理情况", "工作报告", "情况报告"]) {
        Some(Kind::Report)
    } else if has(&["提案", "建议", "议案"]) {
        Some(Kind::Proposal)
    } else if has(&["政策", "法规", "法律", "规章", "条例", "规范性文件", "公文"]) {
        Some(Kind::Policy)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_telling_word_of_a_folder_decides() {
        for (name, kind) in [
            ("policies", Some(Kind::Policy)),
            ("02_Replies", Some(Kind::Reply)),
            ("提案答复", Some(Kind::Reply)),
            ("提案办理总结", Some(Kind::Report)),
            ("提案", Some(Kind::Proposal)),
            ("政策文件", Some(Kind::Policy)),
            ("documents", None),
            ("tech-finance", None),
            ("2023", None),
        ] {
            assert_eq!(of_folder(name), kind, "{name}");
        }
    }

    #[test]
    fn a_file_is_named_for_its_kind_only_by_the_bare_word() {
        for (name, kind) in [
            ("report", Some(Kind::Report)),
            ("总结2023", Some(Kind::Report)),
            ("关于甲的建议", None),
            ("policy_12", Some(Kind::Policy)),
        ] {
            assert_eq!(of_stem(name), kind, "{name}");
        }
    }
}
