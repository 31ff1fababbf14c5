//! 第X条第X款第X项 behind the name of an act.

use crate::parse::heading::han_number;

/// The articles named right behind byte `at`, as printed; the brackets of a short name (以下简称《办法》) may stand between.
pub(super) fn after(text: &str, at: usize) -> Option<String> {
    let mut rest = text[at..].trim_start_matches([' ', '\u{3000}']);
    if let Some(inside) = rest.strip_prefix(['（', '(']) {
        let close = inside.find(['）', ')']).filter(|&c| inside[..c].contains("称"))?;
        rest = inside[close..].trim_start_matches(['）', ')', ' ']);
    }
    for word in ["文件", "文", "中的", "中", "的", "之", "规定的"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let mut len = 0;
    let mut named = false;
    loop {
        let joined =
            rest[len..].strip_prefix(['、', '和', '至', '及', '与', '，']).filter(|r| named && r.starts_with('第'));
        let from = joined.map_or(len, |r| rest.len() - r.len());
        let Some((step, unit)) = step(&rest[from..]) else { break };
        // Only 编/章/条 begin a reference; 第二款 behind an act's name alone means nothing.
        if !named && !matches!(unit, '编' | '章' | '节' | '条') {
            break;
        }
        named = true;
        len = from + step;
    }
    named.then(|| rest[..len].chars().filter(|c| !c.is_whitespace()).collect())
}

/// One step 第五条 / 第（六）项 / （二）: its length and unit.
fn step(text: &str) -> Option<(usize, char)> {
    let blank = |t: &str| t.len() - t.trim_start_matches([' ', '\u{3000}']).len();
    let (mut at, ordinal) = match text.strip_prefix('第') {
        Some(rest) => (text.len() - rest.len(), true),
        None => (0, false),
    };
    at += blank(&text[at..]);
    let bracket = text[at..].starts_with(['（', '(']);
    if !ordinal && !bracket {
        return None;
    }
    while let Some(rest) = text[at..].strip_prefix(['（', '(']) {
        at = text.len() - rest.len();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let len = han_number(rest).map_or(digits, |(_, len)| len);
        if len == 0 {
            return None;
        }
        at += len;
        let close = text[at..].strip_prefix(['）', ')'])?;
        at = text.len() - close.len();
    }
    if !bracket {
        let rest = &text[at..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let len = han_number(rest).map_or(digits, |(_, len)| len);
        if len == 0 {
            return None;
        }
        at += len;
        at += blank(&text[at..]);
    }
    let unit = text[at..].chars().next().filter(|c| "编章节条款项点目".contains(*c));
    match unit {
        Some(unit) => {
            at += unit.len_utf8();
            if let Some(rest) = text[at..].strip_prefix('之') {
                at = han_number(rest).map_or(at, |(_, len)| text.len() - rest.len() + len);
            }
            Some((at, unit))
        }
        // 第四条（二): the 项 of an article without its noun.
        None if bracket && !ordinal => Some((at, '项')),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_read_down_to_their_items() {
        for (text, article) in [
            ("第五条第二款规定", "第五条第二款"),
            ("第 76 条和第七十七条", "第76条和第七十七条"),
            ("第二章第六条", "第二章第六条"),
            ("（以下简称《办法》）第五条第（六）项", "第五条第（六）项"),
            ("第十二条之一", "第十二条之一"),
        ] {
            assert_eq!(after(text, 0).as_deref(), Some(article), "{text}");
        }
        for text in ["第二次修订", "第二款", "规定", "（2020年通过）第"] {
            assert_eq!(after(text, 0), None, "{text}");
        }
    }
}
