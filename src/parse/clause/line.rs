//! Lines of a policy and what each can be told to be by itself: a date, page furniture, a cell, a heading.

use crate::document::Span;
use crate::parse::heading::{self, Marker, Style};

/// A line with the blank lines after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// First byte, white space before the words included.
    pub(super) start: usize,
    /// The words, without white space at the ends.
    pub(super) core: Span,
    /// The marker that opens it, in bytes of the whole text.
    pub(super) marker: Option<Marker>,
    /// Characters of the words.
    pub(super) chars: usize,
    /// Its last character.
    pub(super) last: char,
}

/// The lines of `text` that are not blank, in order.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::with_capacity(text.len() / 120);
    let mut start = 0;
    for piece in text.split_inclusive('\n') {
        let core = Span::new(start, start + piece.len()).trim(text);
        let visible = |c: &char| !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{200C}' | '\u{200D}') && !c.is_whitespace();
        if let Some(last) = core.of(text).chars().rfind(visible) {
            let marker = heading::marker(&text[core.start..start + piece.len()]).map(|m| Marker {
                span: m.span.shift(core.start),
                body: (m.body + core.start).min(core.end),
                ..m
            });
            let chars = core.of(text).chars().take(400).count();
            found.push(Line { start, core, marker, chars, last });
        }
        start += piece.len();
    }
    found
}

impl Line {
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        self.core.of(text)
    }

    /// The words after the marker.
    pub(super) fn body(&self) -> Span {
        Span::new(self.marker.map_or(self.core.start, |m| m.body), self.core.end)
    }

    /// Whether it ends as a sentence or a member of a list does.
    pub(super) fn closed(&self) -> bool {
        matches!(self.last, '。' | '；' | ';' | '：' | ':' | '！' | '？' | '，' | ',' | '.')
    }

    /// A short line without marker and without punctuation at its end: a cell of a table, a signature, a title.
    pub(super) fn is_cell(&self) -> bool {
        self.marker.is_none_or(|m| m.style == Style::Bare) && !self.closed() && self.chars <= 40
    }

    pub(super) fn style(&self) -> Option<Style> {
        self.marker.map(|m| m.style)
    }

    pub(super) fn opens(&self, value: u32) -> bool {
        self.marker.is_some_and(|m| m.value == value && m.style != Style::Bare)
    }

    /// The caption of a figure or table: 图1　…, 表2　….
    pub(super) fn is_caption(&self, text: &str) -> bool {
        let number = self.text(text).strip_prefix(['图', '表']).map(|rest| rest.trim_start());
        self.is_cell()
            && number.is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            })
    }

    /// 2019年1月24日, 二〇〇六年十二月三十日, alone on its line.
    pub(super) fn is_date(&self, text: &str) -> bool {
        if self.chars > 24 {
            return false;
        }
        let words: String = self.text(text).chars().filter(|c| !c.is_whitespace()).collect();
        let words = words.trim_end_matches("印发");
        let numeral = |c: char| c.is_numeric() || "〇○零一二三四五六七八九十ΟОO元".contains(c);
        let mut parts = words.split(['年', '月']);
        let well = |part: Option<&str>, most: usize| {
            part.is_some_and(|p| !p.is_empty() && p.chars().count() <= most && p.chars().all(numeral))
        };
        well(parts.next(), 4)
            && well(parts.next(), 3)
            && parts.next().is_some_and(|p| p.strip_suffix('日').is_some_and(|p| well(Some(p), 3)))
            && parts.next().is_none()
    }

    /// 国发〔2019〕4号 and the like, alone on its line.
    pub(super) fn is_number(&self, text: &str) -> bool {
        let words = self.text(text);
        self.chars <= 30
            && words.ends_with('号')
            && words.contains(['〔', '[', '【', '﹝', '第', '（', '('])
            && words.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
    }

    /// Page furniture, notes on publication and the like: never part of an act.
    pub(super) fn is_furniture(&self, text: &str) -> bool {
        let words = self.text(text);
        if self.chars > 160 {
            return false;
        }
        const OPENINGS: &[&str] = &[
            "【字体",
            "【字号",
            "【打印",
            "【关闭",
            "【音频解读",
            "【文字解读",
            "【一图读懂",
            "【视频解读",
            "【图解",
            "字体：",
            "字号：",
            "字体:",
            "当前位置",
            "您当前",
            "您的位置",
            "首页 >",
            "首页>",
            "关注 ·",
            "公开方式",
            "主办单位：",
            "责任编辑",
            "发布时间",
            "发布日期",
            "发文日期",
            "发布机构",
            "发文机关",
            "索引号",
            "索 引 号",
            "主题分类",
            "成文日期",
            "浏览次数",
            "点击量",
            "阅读次数",
            "分享到",
            "扫一扫",
            "我要纠错",
            "上一篇",
            "下一篇",
            "抄送",
            "版权所有",
            "承办单位：",
            "文件下载",
            "相关链接",
            "打印本页",
            "关闭窗口",
            "信息来源",
            "来源：",
            "来源:",
            "- - -",
            "此件公开",
            "（此件",
            "(此件",
            "（本文有删减",
            "（联系",
            "(联系",
            "本文链接",
            "文章来源",
            "【来源",
        ];
        OPENINGS.iter().any(|opening| words.starts_with(opening))
    }

    /// A line that names the units responsible for the item above it.
    pub(super) fn is_responsibility(&self, text: &str) -> bool {
        self.marker.is_none() && super::responsible::opens_line(self.text(text))
    }
}
