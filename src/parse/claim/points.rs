//! Points that a report counts and then tells: `做到“五个结合”：一是…二是…`, `采取三项措施：第一，…第二，…`.

use super::figure::chinese;
use crate::document::Span;
use regex::Regex;
use std::sync::LazyLock;

static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"“?(?P<n>[二两三四五六七八九十]{1,2}|[0-9]{1,2})(?:个|项|条|点|大|方面|类)[^，,。；;：:“”]{0,10}”?(?:[^，,。；;：:“”]{0,8})$")
        .expect("a constant pattern")
});

/// A stated number of points and the points told behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enumeration {
    /// As stated.
    pub stated: usize,
    /// As told: 一是, 二是, … without a gap.
    pub points: usize,
}

/// The number that the stretch in `span` states at its end and the points that follow it, at least two; `None` where there are none.
pub fn enumeration(text: &str, span: Span) -> Option<Enumeration> {
    let captures = COUNTED.captures(span.of(text))?;
    let number = captures.name("n")?.as_str();
    let stated = number.parse().ok().or_else(|| chinese(number).map(|v| v as usize))?;
    let rest = text[span.end..].strip_prefix(['：', ':', '。', '，', ',', '；', ';'])?.trim_start();
    let points = points(rest)?;
    Some(Enumeration { stated, points })
}

/// How many points of one kind open in order from the start of `text`, within its paragraph or, where each has one of its own, in the
/// paragraphs that follow.
fn points(text: &str) -> Option<usize> {
    const DIGITS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let kinds: [&dyn Fn(char) -> Vec<String>; 3] = [
        &|d| vec![format!("{d}是")],
        &|d| vec![format!("第{d}，"), format!("第{d},"), format!("第{d}是")],
        &|d| vec![format!("（{d}）"), format!("({d})")],
    ];
    kinds.iter().find_map(|marks| {
        if !marks('一').iter().any(|m| text.starts_with(m.as_str())) {
            return None;
        }
        let mut at = 0;
        let mut told = 0;
        for digit in DIGITS {
            let found = marks(digit).iter().filter_map(|m| text[at..].find(m.as_str())).min();
            let Some(next) = found.map(|i| at + i) else { break };
            // A point of a new paragraph must open it.
            let line = text[at..next].rfind('\n').map(|i| at + i + 1);
            if line.is_some_and(|start| !text[start..next].trim().is_empty()) {
                break;
            }
            told += 1;
            at = next + digit.len_utf8();
        }
        (told >= 2).then_some(told)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(usize, usize)> {
        let end = text.find(['：', '。'])?;
        enumeration(text, Span::new(0, end)).map(|e| (e.stated, e.points))
    }

    #[test]
    fn points_are_counted_up_to_the_last_in_order() {
        assert_eq!(read("做到“四个坚持”：一是坚持快，二是坚持准，三是坚持实。重要任务之一是宣传。"), Some((4, 3)));
        assert_eq!(read("采取两项措施：第一，建账。第二，销号。"), Some((2, 2)));
        assert_eq!(read("抓好三个方面工作。\n（一）建账。甲。\n（二）销号。\n（三）回访。\n二、下一步"), Some((3, 3)));
    }

    #[test]
    fn what_is_not_counted_or_not_told_is_no_enumeration() {
        assert_eq!(read("工作情况如下：一是建账。二是销号。"), None);
        assert_eq!(read("推动三个转变。会议指出其他事项。"), None);
    }
}
