//! Which proposal a reply answers: its number, else its title.

use super::Reading;
use super::lines::Head;
use crate::document::Span;
use crate::parse::docnumber;
use regex::Regex;
use std::sync::LazyLock;

/// 您提出的《…》收悉, 提出的“…”的提案, 提出的关于…的建议.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:提出|提交|反映|关于|所提|您|你|贵[\p{Han}]{1,4})(?:的|了)?[\p{Han}、]{0,12}[《“](?P<quoted>[^》”《]{4,80}(?:〈[^〉]*〉)?[^》”]{0,20})[》”]|提出的(?P<plain>关于[^，。；《“]{4,60}?的(?:提案|建议|议案))",
    )
});

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// The number, else the title, of the proposal that the reply titled `title` answers.
pub(super) fn read(text: &str, title: &str, head: &Head) -> Option<Reading<String>> {
    if let Some(found) = docnumber::proposal_numbers(title).into_iter().next() {
        return Some(Reading::new(found.number.value, None, "the number in the title"));
    }
    // Salutation and opening sentence follow the title and the 文号.
    let opening: Vec<Span> = head.all.iter().copied().take(12).collect();
    let number = opening.iter().find_map(|line| {
        let words = line.of(text);
        let found = docnumber::proposal_numbers(words).into_iter().next()?;
        let told = ["提案", "建议", "议案", "收悉"].iter().any(|w| words.contains(w));
        told.then(|| Reading::new(found.number.value, found.span.shift(line.start), "the number in the opening"))
    });
    number.or_else(|| {
        opening.iter().find_map(|line| {
            let words = line.of(text);
            let c = QUOTED.captures(words).filter(|_| words.contains("提案") || words.contains("建议"))?;
            let name = c.name("quoted").or_else(|| c.name("plain"))?;
            let span = Span::new(name.start(), name.end()).shift(line.start);
            Some(Reading::new(name.as_str().to_owned(), span, "the title in the opening"))
        })
    })
}
