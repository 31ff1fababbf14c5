//! The class of a reply's result (办理结果类别): how far the office says it solved what was asked. It is no claim about any text.

use regex::Regex;
use std::sync::LazyLock;

/// Lines at the head and at the end of a reply where the class may stand.
const HEAD: usize = 15;
const END: usize = 8;

/// The class as printed, `A` to `D` or 甲 to 丁: `类别：A`, `办理结果:B`, `第19号B类`, or a letter alone on its line. `None` where the reply
/// does not say.
pub fn grade(text: &str) -> Option<char> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        let named = r"(?:类\s*别|办理结果|办理类型|答复类型|结果分类)\s*[:：]?\s*[\[【（(“]?\s*([A-DＡ-Ｄ甲乙丙丁])\s*类?\s*[\]】）)”]?\s*(?:$|[\s，。；;,])";
        let numbered = r"号(?:提案|建议|议案)?\s*[（(]?\s*([A-DＡ-Ｄ甲乙丙丁])\s*类";
        let alone = r"^\s*[\[【（(]?\s*([A-DＡ-Ｄ甲乙丙丁])\s*类?\s*[\]】）)]?\s*$";
        Regex::new(&format!("{named}|{numbered}|{alone}")).expect("a constant pattern")
    });
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let end = lines.len().saturating_sub(END).max(HEAD.min(lines.len()));
    let places = lines[..HEAD.min(lines.len())].iter().chain(&lines[end..]);
    let found = places.filter_map(|line| NAMED.captures(line)?.iter().skip(1).flatten().next()).next()?;
    let letter = found.as_str().chars().next()?;
    Some(match letter {
        'Ａ'..='Ｄ' => char::from(b'A' + u8::try_from(u32::from(letter) - u32::from('Ａ')).unwrap_or_default()),
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::grade;

    #[test]
    fn the_class_is_read_where_replies_print_it() {
        for (text, class) in [
            ("对第19号提案的答复\n类别：A\n正文", Some('A')),
            ("类 别:Ｂ\n正文", Some('B')),
            ("对政协会议第19号提案C类的答复", Some('C')),
            ("  A  \n关于某提案的答复", Some('A')),
            ("正文\n办理结果：B\n联系电话", Some('B')),
            ("正文提到 A 类设备\n第二段", None),
            ("类别：农业", None),
        ] {
            assert_eq!(grade(text), class, "{text}");
        }
    }
}
