//! Which element of a page holds the article, and which lines of it are furniture.

use super::flatten::silent;
use regex::Regex;
use scraper::{ElementRef, Html, Node, Selector};
use std::sync::LazyLock;

/// Containers of the systems that Chinese government sites run on, the surest first.
const CONTAINERS: [&str; 22] = [
    "#UCAP-CONTENT",
    "#zoom",
    ".TRS_Editor",
    ".trs_editor_view",
    ".TRS_UEDITOR",
    ".pages_content",
    "#Zoom",
    ".article-content",
    ".article_content",
    ".xxgk_content",
    ".zwxl-article",
    ".content_article",
    ".wp_articlecontent",
    "#vsb_content",
    ".v_news_content",
    ".art_con",
    "#mainText",
    ".arc_cont",
    ".article-conca",
    ".view.TRS_UEDITOR",
    "#article",
    "article",
];
/// A container with fewer characters than this, and less than half of the page's, is a caption or an empty frame.
const ENOUGH: usize = 80;

/// The element that holds the article, and whether it is known to hold nothing else.
pub(super) fn main(page: &Html) -> Option<(ElementRef<'_>, bool)> {
    let body = page.select(&Selector::parse("body").ok()?).next()?;
    let whole = weight(body);
    for place in CONTAINERS {
        let Ok(selector) = Selector::parse(place) else { continue };
        let best = page.select(&selector).map(|node| (weight(node), node)).reduce(|a, b| if b.0 > a.0 { b } else { a });
        if let Some((_, node)) = best.filter(|(weight, _)| *weight >= ENOUGH || (*weight > 0 && weight * 2 >= whole)) {
            return Some((node, true));
        }
    }
    Some((densest(body), false))
}

/// Goes down as long as one child holds nearly all of the running text.
fn densest(body: ElementRef<'_>) -> ElementRef<'_> {
    let mut node = body;
    loop {
        let whole = weight(node);
        let children = node.children().filter_map(ElementRef::wrap);
        let best = children.map(|c| (weight(c), c)).reduce(|a, b| if b.0 > a.0 { b } else { a });
        match best {
            Some((weight, child)) if weight * 10 >= whole * 8 && weight >= ENOUGH => node = child,
            _ => return node,
        }
    }
}

/// Characters of running text: what stands outside links, in pieces that hold a sentence's punctuation or are long.
fn weight(node: ElementRef<'_>) -> usize {
    if silent(node.value()) || node.value().name() == "a" {
        return 0;
    }
    node.children()
        .map(|child| match child.value() {
            Node::Text(text) => {
                let text = text.trim();
                let length = text.chars().count();
                if length >= 20 || text.contains(['。', '；', '，', ',', ';']) { length } else { 0 }
            }
            _ => ElementRef::wrap(child).map_or(0, weight),
        })
        .sum()
}

static FURNITURE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)^(?:
        [【\[（(]?\s*(?:打印|打印本页|关闭|关闭窗口|返回顶部|返回列表|收藏|纠错|我要纠错|字体|字号|下载)\b.*
        |[【\[]\s*(?:打印|关闭|字体|字号|返回|大|中|小|收藏)[^】\]]*[】\]].*
        |字[体号][:：].*|大\s+中\s+小
        |分享到?[:：]?.*|分享|扫一扫.*|微信扫.*|用手机浏览.*|相关(?:链接|附件|文档|解读|阅读|稿件)[:：]?
        |(?:上|下)一[篇条][:：]?.*|(?:当前|您(?:当前)?所?在的?)位置[:：]?.*|首页\s*[>＞›].*
        |(?:浏览|点击|阅读)(?:次数|量|数)[:：].*|访问量[:：].*|责任?编辑[:：].*|(?:主办|承办)单位[:：].*(?:备案|版权|ICP).*
        |版权所有.*|.*ICP备.*|.*公网安备.*|网站标识码.*|网站地图.*
        )$";
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
});

/// The lines without those that only serve the page.
pub(super) fn without_furniture(text: &str) -> String {
    let kept = text.lines().filter(|line| line.chars().count() > 80 || !FURNITURE.is_match(line.trim()));
    kept.flat_map(|line| [line, "\n"]).collect()
}
