//! What a reader is told of documents, evidence and gaps, in the language of the report. Words of verdicts are in `document::label`.

use super::frame::pick;
use crate::document::{EvidenceKind, Kind, Lang, LinkKind, Origin, Status};
use crate::report::{DocumentRef, Missing, MissingKind, TraceReport, TracedLink, TracedSuggestion};

/// Why two pieces are aligned.
pub(super) fn evidence_kind(kind: EvidenceKind, lang: Lang) -> &'static str {
    match kind {
        EvidenceKind::Exact => pick(lang, "相同文字", "same words"),
        EvidenceKind::Related => pick(lang, "相近用语", "related terms"),
        EvidenceKind::Figure => pick(lang, "相同数字", "same figure"),
        EvidenceKind::Name => pick(lang, "相同名称", "same name"),
    }
}

/// Where a piece of metadata comes from.
pub(super) fn origin(origin: Origin, lang: Lang) -> &'static str {
    match origin {
        Origin::Record => pick(lang, "表中所给", "given in the table"),
        Origin::Folder => pick(lang, "据文件夹", "from the folder"),
        Origin::Manifest => pick(lang, "据清单", "from the manifest"),
        Origin::Text => pick(lang, "读自正文", "read from the text"),
        Origin::Guess => pick(lang, "推测", "guessed"),
        Origin::Repaired => pick(lang, "已修复", "repaired"),
    }
}

/// The tone of a status.
pub(super) fn status_tone(status: Status) -> &'static str {
    match status {
        Status::Absorbed => "good",
        Status::Preexisting => "prior",
        Status::TopicalOnly => "topic",
        Status::None => "none",
    }
}

/// The tone of a kind of link.
pub(super) fn kind_tone(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Verbatim | LinkKind::Adapted | LinkKind::Merged => "good",
        LinkKind::Partial => "part",
        LinkKind::Topical => "topic",
    }
}

/// `第0076号`, marked where the proposal is fiction; see [`bare_number`].
pub(super) fn proposal_number(report: &TraceReport, id: &str, lang: Lang) -> String {
    let name = bare_number(report, id, lang);
    match report.document(id) {
        Some(document) => marked(document, name, lang),
        None => name,
    }
}

/// `第0076号`, with the session where the report has two proposals of that number; the id where a proposal has no number.
pub(super) fn bare_number(report: &TraceReport, id: &str, lang: Lang) -> String {
    let proposal = report.document(id).filter(|d| d.kind == Kind::Proposal);
    let Some((document, number)) = proposal.and_then(|d| Some((d, d.number.as_ref()?))) else { return id.to_owned() };
    let value = number.value.trim_start_matches('第').trim_end_matches('号');
    let same =
        |d: &&DocumentRef| d.kind == Kind::Proposal && d.number.as_ref().is_some_and(|n| n.value == number.value);
    let shared = report.documents.iter().filter(same).count() > 1;
    let session = document.session.as_ref().filter(|_| shared).map_or("", |s| &s.printed);
    match lang {
        Lang::Zh if session.is_empty() => format!("第{value}号"),
        Lang::Zh => format!("第{value}号（{session}）"),
        Lang::En if session.is_empty() => format!("No. {value}"),
        Lang::En => format!("No. {value} ({session})"),
    }
}

fn marked(document: &DocumentRef, name: String, lang: Lang) -> String {
    if document.sample { format!("{}{name}", pick(lang, "【样本】", "[sample] ")) } else { name }
}

/// `《标题》`, marked where the document is fiction; the id where it has no title.
pub(super) fn title(document: &DocumentRef, lang: Lang) -> String {
    let title = if document.title.is_empty() { document.id.clone() } else { format!("《{}》", document.title) };
    marked(document, title, lang)
}

/// `皖金领〔2023〕6号 · 2023-05-02`; says what is not known, and how a repaired number was printed.
pub(super) fn number_and_date(document: &DocumentRef, lang: Lang) -> String {
    let number = match &document.number {
        None => pick(lang, "文号待补充", "number unknown").to_owned(),
        Some(n) if n.repaired => match lang {
            Lang::Zh => format!("{}（原文印作“{}”）", n.value, n.printed),
            Lang::En => format!("{} (printed “{}”)", n.value, n.printed),
        },
        Some(n) => n.value.clone(),
    };
    let date = document.date.map_or(pick(lang, "成文日期待补充", "date unknown").to_owned(), |d| d.to_string());
    format!("{number} · {date}")
}

/// The policy as the table names it: `《标题》（文号·成文日期）`.
pub(super) fn policy(report: &TraceReport, id: &str, lang: Lang) -> String {
    report.document(id).map_or_else(
        || id.to_owned(),
        |d| match lang {
            Lang::Zh => format!("{}（{}）", title(d, lang), number_and_date(d, lang)),
            Lang::En => format!("{} ({})", title(d, lang), number_and_date(d, lang)),
        },
    )
}

/// What the link rests on, in phrases: at most `limit` pieces of evidence, the reply's citation, the common source.
pub(super) fn basis(report: &TraceReport, link: &TracedLink, limit: usize, lang: Lang) -> Vec<String> {
    let colon = pick(lang, "：", ": ");
    let mut basis: Vec<String> = Vec::new();
    for found in link.evidence.iter().take(limit) {
        let (left, right) = (one_line(&found.left.text), one_line(&found.right.text));
        let pieces = if left == right { format!("“{left}”") } else { format!("“{left}”↔“{right}”") };
        basis.push(format!("{}{colon}{pieces}", evidence_kind(found.kind, lang)));
    }
    if !link.cited_by.is_empty() {
        let by = link.cited_by.join(pick(lang, "、", ", "));
        basis.push(format!("{}{colon}{by}", pick(lang, "答复引用该文件", "cited in the reply")));
    }
    basis.extend(ancestors(report, link, lang));
    basis
}

/// The older documents that already had shared language of the link, each once.
pub(super) fn ancestors(report: &TraceReport, link: &TracedLink, lang: Lang) -> Vec<String> {
    let mut ids: Vec<&str> =
        link.evidence.iter().filter_map(|e| e.ancestor.as_ref()).map(|a| a.document.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let name = |id: &str| format!("{}{}", pick(lang, "共同来源：", "common source: "), policy(report, id, lang));
    ids.into_iter().map(name).collect()
}

/// A piece of text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().concat()
}

/// `建议3　（三）降低费率`.
pub(super) fn suggestion_name(suggestion: &TracedSuggestion, lang: Lang) -> String {
    format!("{}{}", pick(lang, "建议", "Suggestion "), suggestion.suggestion)
}

/// A gap as a sentence.
pub(super) fn missing(report: &TraceReport, gap: &Missing, lang: Lang) -> String {
    let name = report.document(&gap.document).map_or_else(|| gap.document.clone(), |d| title(d, lang));
    match (gap.what, lang) {
        (MissingKind::Date, Lang::Zh) => format!("{name}缺成文日期，时间先后无法判断，待补充"),
        (MissingKind::Date, Lang::En) => format!("{name} has no date: the order cannot be told"),
        (MissingKind::Number, Lang::Zh) => format!("{name}缺文号或提案号，待补充"),
        (MissingKind::Number, Lang::En) => format!("{name} has no number"),
        (MissingKind::Suggestions, Lang::Zh) => format!("{name}中未识别出建议，请核对原文"),
        (MissingKind::Suggestions, Lang::En) => format!("no suggestion was found in {name}: check its text"),
        (MissingKind::Policy, Lang::Zh) => format!("{name}引用的{}不在语料中，原始材料缺失，待补充", gap.detail),
        (MissingKind::Policy, Lang::En) => format!("{} is named in {name} but is not in the corpus", gap.detail),
    }
}

/// What the run covered, in one sentence.
pub(super) fn coverage(report: &TraceReport, lang: Lang) -> String {
    let c = &report.coverage;
    let min = c.min_score.map(|m| match lang {
        Lang::Zh => format!("；只列可信度不低于{m:.2}的对应条款"),
        Lang::En => format!("; links scoring at least {m:.2} only"),
    });
    let min = min.unwrap_or_default();
    match lang {
        Lang::Zh => format!(
            "{} 件提案、{} 条建议，对照 {} 份政策文件的 {} 条条款，参考 {} 份答复{min}。",
            c.proposals, c.suggestions, c.policies, c.clauses, c.replies
        ),
        Lang::En => format!(
            "{} suggestions of {} proposals against {} clauses of {} policies; replies consulted: {}{min}.",
            c.suggestions, c.proposals, c.clauses, c.policies, c.replies
        ),
    }
}

/// The title of the report.
pub(super) fn trace_title(lang: Lang) -> &'static str {
    pick(lang, "提案建议采纳溯源报告", "Tracing proposals to policy clauses")
}
