//! What frames an act: title and salutation before it, signature and date after it, tables of contents, lists of annexes,
//! and where a notice's annexes and the acts it carries begin.

use super::Role;
use super::line::Line;
use crate::parse::heading::{self, Style};

/// What the frame says of a line; lines without one are body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Opens or continues a node of this role.
    Open(Role),
    /// Goes on with the node of the line before it.
    Continue,
}

/// Nouns that end the title of an act.
const ACTS: &[&str] = &[
    "规定",
    "办法",
    "方案",
    "意见",
    "措施",
    "细则",
    "计划",
    "规划",
    "预案",
    "规则",
    "条例",
    "纲要",
    "通知",
    "章程",
    "制度",
    "指引",
    "标准",
    "规程",
    "要点",
    "清单",
    "目录",
    "名单",
    "请示",
    "报告",
    "指南",
    "指标",
    "规范",
    "决定",
    "公告",
    "通告",
    "表",
    "批复",
    "函",
    "总体规划",
];

/// Reads the frame of every line.
pub(super) fn frames(text: &str, lines: &[Line]) -> Vec<Option<Frame>> {
    let mut frames = vec![None; lines.len()];
    for (i, line) in lines.iter().enumerate() {
        if line.is_furniture(text) {
            frames[i] = Some(Frame::Open(Role::Matter));
        }
    }
    opening(text, lines, &mut frames);
    contents(text, lines, &mut frames);
    annexes(text, lines, &mut frames);
    signatures(text, lines, &mut frames);
    acts(text, lines, &mut frames);
    frames
}

/// Title, 文号 and salutation at the top.
fn opening(text: &str, lines: &[Line], frames: &mut [Option<Frame>]) {
    let mut i = 0;
    while let Some(line) = lines.get(i) {
        let title = line.is_cell() && line.marker.is_none() && !super::line_is_contents(line.text(text));
        let known = line.is_date(text) || line.is_number(text) || frames[i].is_some();
        let bracket = line.chars <= 120
            && line.text(text).starts_with(['（', '('])
            && line.text(text).ends_with(['）', ')'])
            && line.marker.is_none();
        // A cell right before a numbered heading is a title only at the very top.
        if !(title || known || bracket) || i > 24 {
            break;
        }
        frames[i] = Some(Frame::Open(Role::Matter));
        i += 1;
    }
    if let Some(line) = lines.get(i)
        && salutes(text, line)
    {
        frames[i] = Some(Frame::Open(Role::Matter));
    }
}

/// 各区人民政府，市政府各部门：
fn salutes(text: &str, line: &Line) -> bool {
    let words = line.text(text);
    matches!(line.last, '：' | ':')
        && line.marker.is_none()
        && !words.contains('。')
        && !words.contains("如下")
        && line.chars <= 300
        && ["政府", "各", "委", "局", "厅", "部", "院", "会", "公司", "单位", "同志", "你"]
            .iter()
            .any(|w| words.contains(w))
}

/// A table of contents: from 目录 to the line before the first heading that was already listed.
fn contents(text: &str, lines: &[Line], frames: &mut [Option<Frame>]) {
    for i in 0..lines.len() {
        if !super::line_is_contents(lines[i].text(text)) {
            continue;
        }
        let Some(first) = lines.get(i + 1).map(|line| entry(line.text(text))) else { continue };
        let again = (i + 2..lines.len().min(i + 400)).find(|&k| entry(lines[k].text(text)) == first);
        let Some(end) = again.filter(|&k| lines[i + 1..k].iter().all(|l| !matches!(l.last, '。' | '；'))) else {
            continue;
        };
        for (k, frame) in frames[i..end].iter_mut().enumerate() {
            *frame = Some(if k == 0 { Frame::Open(Role::Contents) } else { Frame::Continue });
        }
    }
}

/// An entry of a table of contents without white space, leaders and page number.
fn entry(line: &str) -> String {
    let plain: String =
        line.chars().filter(|c| !c.is_whitespace() && !matches!(c, '#' | '…' | '·' | '.' | '－' | '-')).collect();
    plain.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
}

/// Annexes, and the lists of annexes before a signature.
fn annexes(text: &str, lines: &[Line], frames: &mut [Option<Frame>]) {
    let mut i = 0;
    while i < lines.len() {
        let Some((_, body)) = heading::annex(lines[i].text(text)).filter(|_| frames[i].is_none()) else {
            i += 1;
            continue;
        };
        let titled = body < lines[i].text(text).len();
        let mut end = i + 1;
        while end < lines.len() && end < i + 60 && listed(text, &lines[end], lines[i].chars) {
            end += 1;
        }
        let rest = lines.get(end);
        let closes =
            rest.is_none_or(|l| l.is_date(text) || l.is_furniture(text) || l.is_cell() && dated_soon(text, lines, end));
        let file = [".doc", ".xls", ".pdf", ".docx", ".xlsx", ".zip", ".rar", ".jpg", ".wps"]
            .iter()
            .any(|f| lines[i].text(text).ends_with(f));
        // 附件：1.名单 can only be a list.
        let numbered = titled && heading::marker(&lines[i].text(text)[body..]).is_some_and(|m| m.value == 1);
        if numbered || (titled || end > i + 1) && (closes || end > i + 1 && lines[end - 1].chars <= 60) || file {
            for (k, frame) in frames[i..end].iter_mut().enumerate() {
                *frame = Some(if k == 0 { Frame::Open(Role::Matter) } else { Frame::Continue });
            }
            i = end;
            continue;
        }
        frames[i] = Some(Frame::Open(Role::Annex));
        i += 1;
        // Its title, over as many lines as it takes.
        let mut taken = 0;
        while i < lines.len() && !titled && taken < 4 && title_line(text, lines, i) {
            // A short cell beneath a title is the first of a table.
            if taken > 0 && lines[i].chars < 5 {
                break;
            }
            frames[i] = Some(Frame::Continue);
            i += 1;
            taken += 1;
        }
    }
}

/// Whether line `i` still belongs to a title: a cell that the table beneath does not begin with.
fn title_line(text: &str, lines: &[Line], i: usize) -> bool {
    let line = &lines[i];
    let bracket = line.text(text).starts_with(['（', '(']) && line.marker.is_none() && line.chars <= 40;
    if !(line.is_cell() && line.marker.is_none() || bracket) {
        return false;
    }
    let previous_ends =
        i > 0 && ends_as_act(lines[i - 1].text(text)) && heading::annex(lines[i - 1].text(text)).is_none();
    bracket || !previous_ends
}

/// A further member of a list of annexes: 2.名单, or a second label.
fn listed(text: &str, line: &Line, first: usize) -> bool {
    let words = line.text(text);
    let label = heading::annex(words).is_some_and(|(_, body)| body < words.len());
    let numbered = matches!(line.style(), Some(Style::Arabic | Style::Decimal(1) | Style::Han))
        && line.chars <= 80
        && line.last != '。';
    label && line.chars <= first.max(60) || numbered
}

/// Whether a date stands within the next lines, all of them short.
fn dated_soon(text: &str, lines: &[Line], from: usize) -> bool {
    lines[from..].iter().take(8).take_while(|l| l.is_cell()).any(|l| l.is_date(text))
}

/// Dates with the names above them.
fn signatures(text: &str, lines: &[Line], frames: &mut [Option<Frame>]) {
    for i in 0..lines.len() {
        if frames[i].is_some() || !lines[i].is_date(text) {
            continue;
        }
        let mut start = i;
        while start > 0
            && i - start < 10
            && frames[start - 1].is_none()
            && lines[start - 1].is_cell()
            && lines[start - 1].marker.is_none()
        {
            start -= 1;
        }
        for (k, frame) in frames[start..=i].iter_mut().enumerate() {
            *frame = Some(if k == 0 { Frame::Open(Role::Matter) } else { Frame::Continue });
        }
    }
}

/// The titles of the acts that a notice carries.
fn acts(text: &str, lines: &[Line], frames: &mut [Option<Frame>]) {
    let mut i = 1;
    while i < lines.len() {
        let free = |k: usize| lines.get(k).is_some_and(|l| l.is_cell() && l.marker.is_none());
        if frames[i].is_some() || !free(i) || !after_an_end(text, lines, frames, i) {
            i += 1;
            continue;
        }
        let mut end = i;
        while end < i + 4 && free(end) && frames[end].is_none() {
            end += 1;
            let note = bracketed(text, lines.get(end..).unwrap_or_default()) > 0;
            if ends_as_act(lines[end - 1].text(text)) && (note || !free(end)) {
                break;
            }
        }
        let body = end + bracketed(text, &lines[end..]);
        let title = end > i && ends_as_act(lines[end - 1].text(text)) && starts_anew(lines, frames, body);
        if !title {
            i += 1;
            continue;
        }
        for (k, frame) in frames[i..end].iter_mut().enumerate() {
            *frame = Some(if k == 0 { Frame::Open(Role::Act) } else { Frame::Continue });
        }
        for frame in &mut frames[end..body] {
            *frame = Some(Frame::Open(Role::Matter));
        }
        end = body;
        if lines.get(end).is_some_and(|line| frames[end].is_none() && salutes(text, line)) {
            frames[end] = Some(Frame::Open(Role::Matter));
        }
        i = end;
    }
}

/// How many lines a bracket beneath a title takes: （某部门 某年某月某日）, （某年某月某日某会议通过）.
fn bracketed(text: &str, lines: &[Line]) -> usize {
    let opens = lines.first().is_some_and(|l| l.marker.is_none() && l.text(text).starts_with(['（', '(']));
    let closes = |l: &&Line| matches!(l.last, '）' | ')');
    let taken = lines.iter().take(3).position(|l| closes(&l));
    taken.filter(|_| opens).map_or(0, |at| at + 1)
}

/// Whether the line before `i` ends something: a sentence, or the frame of the notice.
fn after_an_end(text: &str, lines: &[Line], frames: &[Option<Frame>], i: usize) -> bool {
    let before = &lines[i - 1];
    match frames[i - 1] {
        Some(_) => before.is_date(text) || before.is_furniture(text) || before.closed(),
        None => matches!(before.last, '。' | '）'),
    }
}

/// Whether what follows a title begins at its beginning: a paragraph, or the first item.
fn starts_anew(lines: &[Line], frames: &[Option<Frame>], from: usize) -> bool {
    let Some(first) = lines.get(from) else { return false };
    let marked = lines[from..]
        .iter()
        .zip(&frames[from..])
        .take(40)
        .find(|(l, f)| f.is_none() && l.marker.is_some_and(|m| m.style != Style::Bare));
    let anew = marked.is_none_or(|(l, _)| l.opens(1) || l.style() == Some(Style::Bullet));
    let body = frames[from].is_some() || first.marker.is_some() || first.closed() || first.chars > 40;
    anew && body
}

/// Whether a line ends as a title does: …办法, …方案（试行）.
fn ends_as_act(words: &str) -> bool {
    let words = words.trim_end_matches(['》', '”']);
    let words = match words.rfind(['（', '(']) {
        Some(at) if words.ends_with(['）', ')']) => words[..at].trim_end(),
        _ => words,
    };
    ACTS.iter().any(|noun| words.ends_with(noun))
}
