//! Labels of annexes: 附件, 附件1, 附录A.

use super::number::{any_number, blank, next};
use crate::document::Span;

/// The label of an annex at the start of a line: 附件, 附件1, 附件二：, 附：, 附录A. Gives its span and the byte where its title begins.
pub fn annex(line: &str) -> Option<(Span, usize)> {
    let start = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || c == '#').len();
    let rest = line[start..].strip_prefix('附')?;
    let mut end = line.len() - rest.len();
    end += blank(rest);
    let word = ["件", "录", "表", "图"].into_iter().find(|word| line[end..].starts_with(word));
    end += word.map_or(0, str::len);
    let gap = blank(&line[end..]);
    let numbered = any_number(&line[end + gap..]).or_else(|| {
        next(&line[end + gap..]).filter(char::is_ascii_uppercase).filter(|_| word == Some("录")).map(|_| (0, 1))
    });
    end += numbered.map_or(0, |(_, len)| gap + len);
    let tail = &line[end..];
    let stop = next(tail.trim_start());
    let closed = match stop {
        None | Some('：' | ':' | '.' | '．' | '、') => true,
        _ => numbered.is_some() && (blank(tail) > 0 || stop.is_some_and(|c| matches!(c, '《' | '（'))),
    };
    if !closed || word.is_none() && numbered.is_none() && !matches!(stop, Some('：' | ':')) {
        return None;
    }
    let body = line.len()
        - tail.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '.' | '．' | '、')).len();
    Some((Span::new(start, end), body))
}
