//! Main text of a saved government page: page furniture off, lines and tables kept. Takes the decoded source, gives text and what the
//! page's `<meta>` say.

mod flatten;
mod select;

use scraper::{Html, Selector};

/// What a page gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The title and the main text, a line a block.
    pub text: String,
    /// The title of the article.
    pub title: Option<String>,
    /// 发布时间, as printed.
    pub published: Option<String>,
    /// The address the page gives of itself.
    pub url: Option<String>,
    /// The 文号 that a `<meta>` names.
    pub number: Option<String>,
    /// Whether the page, in its article or around it, is marked as fiction.
    pub sample: bool,
}

/// Reads the source of a page. Never fails: a page without anything else gives the text of its body.
pub fn main_text(source: &str) -> Page {
    let page = Html::parse_document(source);
    let meta = |names: &[&str]| names.iter().find_map(|name| meta(&page, name));
    let title =
        meta(&["ArticleTitle", "article:title", "og:title"]).or_else(|| heading(&page)).or_else(|| site_title(&page));
    let body = match select::main(&page) {
        Some((node, true)) => flatten::text(node),
        Some((node, false)) => flatten::text_without_links(node),
        None => String::new(),
    };
    let body = select::without_furniture(&body);
    Page {
        text: with_title(&body, title.as_deref()),
        title,
        published: meta(&["PubDate", "publishdate", "article:published_time", "firstpublishedtime", "pubdate"]),
        url: meta(&["Url", "og:url", "ArticleUrl"]).or_else(|| canonical(&page)),
        sample: is_sample(&page),
        number: meta(&["FileNum", "wenhao", "DocNumber"]),
    }
}

/// The body with the title above it, where its first lines do not hold it.
fn with_title(body: &str, title: Option<&str>) -> String {
    let plain = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let head: String = body.lines().filter(|l| !l.trim().is_empty()).take(8).map(plain).collect();
    match title.filter(|t| !t.is_empty() && !head.contains(&plain(t))) {
        Some(title) => format!("{title}\n\n{body}"),
        None => body.to_owned(),
    }
}

fn meta(page: &Html, name: &str) -> Option<String> {
    let all = Selector::parse("meta").ok()?;
    let is = |value: Option<&str>| value.is_some_and(|v| v.eq_ignore_ascii_case(name));
    let found = page.select(&all).find(|m| is(m.attr("name")) || is(m.attr("property")))?;
    let content = found.attr("content")?.trim();
    (!content.is_empty()).then(|| content.to_owned())
}

fn heading(page: &Html) -> Option<String> {
    let places = [
        "h1",
        "ucaptitle",
        ".xxgk_title",
        ".article-title",
        ".arc_title",
        ".content-title",
        ".xl-title",
        ".main_title",
        ".title",
    ];
    places.iter().find_map(|place| {
        let selector = Selector::parse(place).ok()?;
        let texts =
            page.select(&selector).map(|node| flatten::text(node).split_whitespace().collect::<Vec<_>>().join(""));
        texts.into_iter().find(|t| (6..=120).contains(&t.chars().count()))
    })
}

/// `<title>` without the site's name.
fn site_title(page: &Html) -> Option<String> {
    let selector = Selector::parse("title").ok()?;
    let title = page.select(&selector).next()?.text().collect::<String>();
    let first = title.split(['_', '|']).next()?.split(" - ").next()?.trim();
    let site = |s: &str| {
        ["局", "厅", "委", "府", "网", "网站", "办公室", "中心", "委员会"].iter().any(|w| s.trim().ends_with(w))
    };
    let first = first
        .rsplit_once('-')
        .filter(|(title, name)| site(name) && title.chars().count() >= 6)
        .map_or(first, |(t, _)| t);
    (!first.is_empty()).then(|| first.trim().to_owned())
}

/// A banner above the article marks a page as well as a line in it.
fn is_sample(page: &Html) -> bool {
    let mut lines = page.root_element().text().map(str::trim).filter(|t| !t.is_empty() && t.len() <= 240);
    lines.any(crate::parse::metadata::marks_fiction)
}

fn canonical(page: &Html) -> Option<String> {
    let selector = Selector::parse("link[rel=canonical]").ok()?;
    page.select(&selector).next()?.attr("href").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html><head><title>关于甲的通知_某市人民政府</title>
        <meta name="ArticleTitle" content="某市人民政府关于促进甲的通知"><meta name="PubDate" content="2023-05-08 10:00">
        <style>p{color:red}</style></head><body>
        <div class="nav"><a href="/">首页</a> &gt; <a>政务公开</a></div>
        <div class="sidebar"><ul><li><a>最新文件一</a></li><li><a>最新文件二</a></li></ul></div>
        <div class="TRS_Editor"><p style="text-align:center">某市人民政府关于促进甲的通知</p><p>某政发〔2023〕5号</p>
        <p>各县（市、区）人民政府：</p><p>　　为促进甲，现将有关
           事项通知如下。甲、乙、丙三项工作要抓紧办理，落实到位，及时报告结果，确保完成全年任务。</p>
        <table><tr><th>项目</th><th>金额</th></tr><tr><td><p>甲</p></td><td>10<br>万元</td></tr></table>
        <p>某市人民政府</p><p>2023年5月2日</p><script>var a = 1;</script><p>【打印本页】【关闭窗口】</p></div>
        <div class="footer">版权所有：某市人民政府办公室 ICP备00000001号</div></body></html>"#;

    #[test]
    fn the_article_is_read_and_the_furniture_is_not() {
        let page = main_text(PAGE);
        let expected = "某市人民政府关于促进甲的通知\n某政发〔2023〕5号\n各县（市、区）人民政府：\n为促进甲，现将有关事项通知如下。甲、乙、丙三项工作要抓紧办理，落实到位，及时报告结果，确保完成全年任务。\n项目 | 金额\n甲 | 10 万元\n某市人民政府\n2023年5月2日\n";
        assert_eq!(page.text.replace('\u{3000}', ""), expected);
        assert_eq!(page.title.as_deref(), Some("某市人民政府关于促进甲的通知"));
        assert_eq!(page.published.as_deref(), Some("2023-05-08 10:00"));
    }

    #[test]
    fn a_page_without_a_known_container_gives_its_densest_part() {
        let unknown = PAGE
            .replace("TRS_Editor", "x1")
            .replace(r#"<p style="text-align:center">某市人民政府关于促进甲的通知</p>"#, "");
        let page = main_text(&unknown);
        assert!(page.text.starts_with("某市人民政府关于促进甲的通知\n\n某政发"), "{}", page.text);
        assert!(page.text.contains("甲 | 10 万元") && !page.text.contains("最新文件") && !page.text.contains("版权"));
    }

    #[test]
    fn an_article_in_a_table_cell_keeps_its_lines_and_a_banner_marks_fiction() {
        let page = main_text(
            "<title>关于甲的答复-某市某局</title><center>【虚构样例】</center><table><tr><td id=zoom><p>某字〔2023〕8号</p><p>某委员：</p><p>收悉，答复如下。</p><p>某市某局</p><p>2023年1月2日</p></td></tr></table>",
        );
        assert_eq!(page.text, "关于甲的答复\n\n某字〔2023〕8号\n某委员：\n收悉，答复如下。\n某市某局\n2023年1月2日\n");
        assert!(page.sample);
    }

    #[test]
    fn a_page_without_anything_gives_an_empty_text() {
        assert_eq!(main_text("").text, "");
        assert_eq!(main_text("<p>短</p>").text, "短\n");
    }
}
