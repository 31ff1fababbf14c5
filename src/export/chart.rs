//! A chart of one or more series, as bars for a terminal and as a small SVG file that reads well in light and dark, and
//! aloud.

use super::frame::pick;
use crate::document::Lang;
use maud::{Markup, PreEscaped, html};
use unicode_width::UnicodeWidthStr;

/// Values by label.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What the labels are, and what the values are.
    pub label_axis: String,
    /// As above.
    pub value_axis: String,
    /// Whether the labels follow each other in time: lines instead of bars.
    pub in_time: bool,
    /// The labels, in order.
    pub labels: Vec<String>,
    /// The series: a name, and a value for each label.
    pub series: Vec<(String, Vec<f64>)>,
    /// Language of the notes.
    pub lang: Lang,
}

/// Labels that an SVG bar chart shows at most.
const MOST_BARS: usize = 40;

/// Eighths of a cell.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

impl Chart {
    fn greatest(&self) -> f64 {
        self.series.iter().flat_map(|s| &s.1).copied().fold(0.0, f64::max)
    }

    /// Bars for a terminal `width` columns wide, one line a value.
    pub fn bars(&self, width: u16) -> String {
        let several = self.series.len() > 1;
        let label_width = self.labels.iter().map(|l| l.width()).max().unwrap_or(0).min(30);
        let name_width =
            if several { self.series.iter().map(|s| s.0.width()).max().unwrap_or(0).min(20) + 1 } else { 0 };
        let number_width = number(self.greatest()).len().max(4);
        let used = label_width + name_width + number_width + 4;
        let room = usize::from(width).saturating_sub(used).clamp(10, 80);
        let scale = if self.greatest() > 0.0 { room as f64 * 8.0 / self.greatest() } else { 0.0 };
        let mut out = format!("{}\n{}\n", self.title, self.value_axis);
        for (i, label) in self.labels.iter().enumerate() {
            for (at, (name, values)) in self.series.iter().enumerate() {
                let label = if at == 0 { fitted(label, label_width) } else { " ".repeat(label_width) };
                let name = if several { format!(" {}", fitted(name, name_width - 1)) } else { String::new() };
                let eighths = (values[i] * scale).round() as usize;
                let bar = format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8]);
                out += &format!("{label}{name} {:>number_width$} {bar}\n", number(values[i]));
            }
        }
        out
    }

    /// One self-contained SVG image.
    pub fn svg(&self) -> String {
        let drawn = if self.in_time { self.lines() } else { self.columns() };
        let markup = html! {
            (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {}", drawn.height)) width=(WIDTH)
                height=(drawn.height) role="img" aria-labelledby="title desc" {
                title id="title" { (self.title) }
                desc id="desc" { (self.told(&drawn.note)) }
                style { (PreEscaped(STYLE)) }
                rect class="paper" width="100%" height="100%" {}
                text class="title" x="24" y="36" { (self.title) }
                (self.legend())
                (drawn.markup)
                @if !drawn.note.is_empty() { text class="note" x="24" y=(drawn.height - 12) { (drawn.note) } }
            }
        };
        markup.into_string() + "\n"
    }

    /// The values in words, for those who cannot see them.
    fn told(&self, note: &str) -> String {
        let (colon, comma, stop) = match self.lang {
            Lang::Zh => ("：", "，", "。"),
            Lang::En => (": ", ", ", ". "),
        };
        let series = |(name, values): &(String, Vec<f64>)| {
            let each = self.labels.iter().zip(values).take(MOST_BARS).map(|(l, v)| format!("{l} {}", number(*v)));
            format!("{name}{colon}{}", each.collect::<Vec<_>>().join(comma))
        };
        let all = self.series.iter().map(series).collect::<Vec<_>>().join(stop);
        format!("{}{colon}{}{stop}{all}{stop}{note}", self.label_axis, self.value_axis)
    }

    fn legend(&self) -> Markup {
        let mut x = 24.0;
        let place = |name: &str, x: &mut f64| {
            let at = *x;
            *x += 40.0 + 7.5 * name.width() as f64;
            at
        };
        html! {
            @if self.series.len() > 1 {
                @for (i, (name, _)) in self.series.iter().enumerate() {
                    @let at = place(name, &mut x);
                    g class=(format!("s{}", i % SERIES)) {
                        path class="line" d=(format!("M{at} 58h22")) {}
                        (mark(i, at + 11.0, 58.0))
                        text class="key" x=(at + 28.0) y="62" { (name) }
                    }
                }
            }
        }
    }

    fn top(&self) -> f64 {
        if self.series.len() > 1 { 84.0 } else { 60.0 }
    }

    fn lines(&self) -> Drawn {
        let (top, bottom, left, right) = (self.top() + 14.0, 372.0, 84.0, f64::from(WIDTH) - 32.0);
        let ticks = ticks(self.greatest());
        let most = ticks.last().copied().unwrap_or(1.0);
        let times = self.times();
        let (first, last) = (times.first().copied().unwrap_or(0.0), times.last().copied().unwrap_or(0.0));
        let x = |i: usize| match last > first {
            true => left + (right - left) * (times[i] - first) / (last - first),
            false => (left + right) / 2.0,
        };
        let y = |v: f64| bottom - (bottom - top) * v / most;
        // Over a time without documents there is no line.
        let follows = |i: usize| i > 0 && times[i] - times[i - 1] <= 1.0;
        let path = |values: &[f64]| {
            let step =
                |(i, v): (usize, &f64)| format!("{}{:.1} {:.1}", if follows(i) { 'L' } else { 'M' }, x(i), y(*v));
            values.iter().enumerate().map(step).collect::<String>()
        };
        let mut free = f64::MIN;
        let told: Vec<usize> = (0..self.labels.len())
            .filter(|&i| {
                let fits = x(i) >= free;
                free = if fits { x(i) + 12.0 + 7.5 * self.labels[i].width() as f64 } else { free };
                fits
            })
            .collect();
        let markup = html! {
            text class="axis" x="24" y=(self.top() - 2.0) { (self.value_axis) }
            @for tick in &ticks {
                path class="grid" d=(format!("M{left} {:.1}H{right}", y(*tick))) {}
                text class="tick end" x=(left - 10.0) y=(format!("{:.1}", y(*tick) + 4.0)) { (number(*tick)) }
            }
            @for i in told {
                text class="tick middle" x=(format!("{:.1}", x(i))) y=(bottom + 22.0) { (self.labels[i]) }
            }
            text class="axis middle" x=((left + right) / 2.0) y=(bottom + 46.0) { (self.label_axis) }
            @for (s, (name, values)) in self.series.iter().enumerate() {
                g class=(format!("s{}", s % SERIES)) {
                    path class="line" d=(path(values)) {}
                    @for (i, value) in values.iter().enumerate() {
                        g { title { (name) " " (self.labels[i]) ": " (number(*value)) } (mark(s, x(i), y(*value))) }
                    }
                }
            }
        };
        Drawn { markup, height: 436, note: String::new() }
    }

    /// The labels as steps of time: years, or months; as they follow each other where one is neither.
    fn times(&self) -> Vec<f64> {
        let time = |label: &String| match label.split_once('-') {
            None => label.parse::<f64>().ok(),
            Some((year, month)) => Some(year.parse::<f64>().ok()? * 12.0 + month.parse::<f64>().ok()?),
        };
        let times: Option<Vec<f64>> = self.labels.iter().map(time).collect();
        times.unwrap_or_else(|| (0..self.labels.len()).map(|i| i as f64).collect())
    }

    fn columns(&self) -> Drawn {
        let shown = self.labels.len().min(MOST_BARS);
        let thick = 18.0;
        let group = thick * self.series.len() as f64 + 8.0;
        let (top, left, right) = (self.top() + 30.0, 220.0, f64::from(WIDTH) - 88.0);
        let bottom = top + group * shown as f64;
        let ticks = ticks(self.greatest());
        let most = ticks.last().copied().unwrap_or(1.0);
        let length = |v: f64| (right - left) * v / most;
        let y = |i: usize, s: usize| top + group * i as f64 + thick * s as f64 + 4.0;
        let markup = html! {
            text class="axis" x=(left) y=(self.top()) { (self.value_axis) }
            text class="axis end" x=(left - 10.0) y=(self.top()) { (self.label_axis) }
            @for tick in &ticks {
                path class="grid" d=(format!("M{:.1} {top}V{bottom}", left + length(*tick))) {}
                text class="tick middle" x=(format!("{:.1}", left + length(*tick))) y=(top - 10.0) { (number(*tick)) }
            }
            @for (i, label) in self.labels.iter().take(shown).enumerate() {
                @let middle = top + group * i as f64 + group / 2.0 + 4.5;
                text class="tick end" x=(left - 10.0) y=(middle) { title { (label) } (fitted(label, 24).trim_end()) }
                @for (s, (name, values)) in self.series.iter().enumerate() {
                    g class=(format!("s{}", s % SERIES)) {
                        rect class="bar" x=(left) y=(y(i, s)) width=(format!("{:.1}", length(values[i]))) height=(thick - 2.0) {
                            title { (name) " " (label) ": " (number(values[i])) }
                        }
                    }
                    text class="value" x=(format!("{:.1}", left + length(values[i]) + 6.0)) y=(y(i, s) + 12.5) { (number(values[i])) }
                }
            }
        };
        let rest = self.labels.len() - shown;
        let note = match (rest, self.lang) {
            (0, _) => String::new(),
            (rest, Lang::Zh) => format!("另有 {rest} 项未画出"),
            (rest, Lang::En) => format!("{rest} more are not drawn"),
        };
        Drawn { markup, height: (bottom + 40.0) as u32, note }
    }
}

struct Drawn {
    markup: Markup,
    height: u32,
    note: String,
}

/// Width of an image in its own units.
const WIDTH: u32 = 760;
/// Series that have a look of their own.
const SERIES: usize = 6;

/// Colours that eyes of all kinds tell apart (Okabe and Ito 2008), darkened for white paper; dashes and marks tell them apart
/// in print.
const STYLE: &str = r#"
svg { color-scheme: light dark; --paper: #fffefb; --ink: #1e2430; --soft: #5a6272; --line: #e1dcd1;
  font-family: "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
.s0 { --tone: #00639c; } .s1 { --tone: #b34700; } .s2 { --tone: #00745a; } .s3 { --tone: #9b4a80; } .s4 { --tone: #7a6100; } .s5 { --tone: #3d4350; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #1c1f26; --ink: #e6e3dc; --soft: #a9adb8; --line: #343943; }
  .s0 { --tone: #6cb9f0; } .s1 { --tone: #f29a5c; } .s2 { --tone: #4fc7a6; } .s3 { --tone: #dda0c6; } .s4 { --tone: #d9bf4a; } .s5 { --tone: #b3b8c2; }
}
.paper { fill: var(--paper); }
text { fill: var(--ink); font-size: 13px; }
.title { font-size: 17px; font-weight: 600; }
.axis, .note { fill: var(--soft); }
.tick, .value { font-variant-numeric: tabular-nums; font-size: 12px; }
.middle { text-anchor: middle; } .end { text-anchor: end; }
.grid { stroke: var(--line); fill: none; }
.line { stroke: var(--tone); stroke-width: 2; fill: none; stroke-linejoin: round; }
.s1 .line { stroke-dasharray: 8 4; } .s2 .line { stroke-dasharray: 3 3; } .s3 .line { stroke-dasharray: 10 3 2 3; }
.bar, .mark { fill: var(--tone); }
"#;

/// The mark of a series at a point: circle, square, diamond, triangle.
fn mark(series: usize, x: f64, y: f64) -> Markup {
    let d = match series % 4 {
        0 => format!("M{:.1} {y:.1}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", x - 4.0),
        1 => format!("M{:.1} {:.1}h7v7h-7z", x - 3.5, y - 3.5),
        2 => format!("M{x:.1} {:.1}l5 5l-5 5l-5 -5z", y - 5.0),
        _ => format!("M{x:.1} {:.1}l5 8.5h-10z", y - 5.5),
    };
    html! { path class="mark" d=(d) {} }
}

/// Round values from 0 to at least `greatest`: steps of 1, 2 or 5 times a power of ten.
fn ticks(greatest: f64) -> Vec<f64> {
    if greatest <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = greatest / 5.0;
    let power = 10.0_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| *s >= rough * 0.999).unwrap_or(rough);
    let count = (greatest / step).ceil() as usize;
    (0..=count).map(|i| i as f64 * step).collect()
}

/// A value as it is printed: whole numbers whole, others with as many places as they need to differ.
pub(super) fn number(value: f64) -> String {
    let text = match value.abs() {
        v if v >= 100.0 || v.fract() == 0.0 => format!("{value:.0}"),
        v if v >= 1.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    let digits = text.trim_start_matches('-').split('.').next().map_or(0, str::len);
    if digits <= 4 {
        return text;
    }
    let (whole, rest) = text.split_at(text.len() - text.split('.').nth(1).map_or(0, |p| p.len() + 1));
    let chars: Vec<char> = whole.chars().collect();
    let mut out = String::new();
    for (i, c) in chars.iter().enumerate() {
        if i > 0 && (chars.len() - i).is_multiple_of(3) && chars[i - 1] != '-' {
            out.push(',');
        }
        out.push(*c);
    }
    out + rest
}

/// A text cut or filled up to `width` columns of a terminal.
pub(super) fn fitted(text: &str, width: usize) -> String {
    let mut out = String::new();
    if text.width() > width {
        for c in text.chars() {
            if out.width() + c.to_string().width() + 1 > width {
                break;
            }
            out.push(c);
        }
        out.push('…');
    } else {
        out.push_str(text);
    }
    let filled = width.saturating_sub(out.width());
    out + &" ".repeat(filled)
}

/// The title of a chart of counts.
pub(super) fn title(lang: Lang, query: &str, what: &str) -> String {
    format!("{query}{}{what}", pick(lang, "：", ": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(in_time: bool) -> Chart {
        Chart {
            title: "“担保” <按年>".into(),
            label_axis: "年份".into(),
            value_axis: "次数".into(),
            in_time,
            labels: vec!["2021".into(), "2022".into()],
            series: vec![("担保".into(), vec![4.0, 8.0]), ("保险".into(), vec![0.0, 2.5])],
            lang: Lang::Zh,
        }
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        let out = Chart { series: vec![("担保".into(), vec![4.0, 8.0])], ..chart(false) }.bars(40);
        let length = |line: &str| line.chars().filter(|c| *c == '█').count();
        let lines: Vec<&str> = out.lines().skip(2).collect();
        assert_eq!(length(lines[1]), 2 * length(lines[0]), "{out}");
        assert!(lines[0].starts_with("2021    4 "), "{out}");
    }

    #[test]
    fn an_image_is_escaped_and_tells_its_values() {
        for svg in [chart(true).svg(), chart(false).svg()] {
            assert!(svg.contains("&lt;按年&gt;") && !svg.contains("<按年>"), "{svg}");
            assert!(
                svg.contains("<desc") && svg.contains("2021 4，2022 8") && svg.contains("prefers-color-scheme: dark")
            );
            assert!(svg.contains("担保 2022: 8"), "{svg}");
        }
    }

    #[test]
    fn time_runs_evenly_and_what_is_missing_is_a_gap() {
        let labels: Vec<String> = ["2001", "2002", "2011"].map(String::from).to_vec();
        let chart = Chart { labels, series: vec![("担保".into(), vec![1.0, 2.0, 3.0])], ..chart(true) };
        assert_eq!(chart.times(), [2001.0, 2002.0, 2011.0]);
        let svg = chart.svg();
        let line = svg.split("class=\"line\" d=\"").nth(1).and_then(|d| d.split('"').next()).unwrap_or_default();
        assert_eq!((line.matches('M').count(), line.matches('L').count()), (2, 1), "{line}");
        let months: Vec<String> = ["2022-12", "2023-01"].map(String::from).to_vec();
        let months = Chart { labels: months, ..chart }.times();
        assert_eq!(months[1] - months[0], 1.0);
    }

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        assert_eq!(ticks(7.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(0.0), [0.0, 1.0]);
        assert!(ticks(1234.0).last().is_some_and(|t| *t >= 1234.0));
    }

    #[test]
    fn numbers_are_grouped_from_five_digits() {
        assert_eq!(
            [number(12345.0), number(1234.5), number(2.34159), number(0.034)],
            ["12,345", "1234", "2.3", "0.03"]
        );
    }

    #[test]
    fn cells_fit_by_the_width_they_take_on_a_terminal() {
        assert_eq!(fitted("中小企业", 6), "中小… ");
        assert_eq!(fitted("ab", 4), "ab  ");
    }
}
