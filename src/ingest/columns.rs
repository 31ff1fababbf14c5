//! Which column of a table holds which field: the names the project uses, the names other people use, and a user's own mapping.

use crate::{Error, Result};
use std::collections::BTreeMap;

/// A field of a document that a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Unique name.
    Id,
    /// Kind.
    Kind,
    /// Title.
    Title,
    /// 文号 or 提案号.
    Number,
    /// 届次.
    Session,
    /// Issuer, proposer or answering unit.
    Issuer,
    /// 成文日期.
    Date,
    /// 发布日期: only a substitute for the date.
    Published,
    /// The proposal a reply answers.
    ReplyTo,
    /// Address or name of the source.
    Source,
    /// Whether the document is a sample.
    Sample,
    /// How a law came about: who adopted and amended it when.
    History,
    /// Text.
    Text,
}

impl Field {
    /// What tables and manifests may both say of a document.
    pub(super) const OF_RECORD: [Self; 10] = [
        Self::Kind,
        Self::Title,
        Self::Number,
        Self::Session,
        Self::Issuer,
        Self::Date,
        Self::Published,
        Self::ReplyTo,
        Self::Source,
        Self::Sample,
    ];

    /// All fields with the project's name first and other people's names behind it, the more telling first.
    const NAMES: [(Self, &'static [&'static str]); 13] = [
        (Self::Id, &["id", "_id", "doc_id", "docid", "document_id", "uuid", "文档编号", "文件标识", "标识"]),
        (Self::Kind, &["kind", "doc_type", "type", "文种", "文件类型", "文档类型", "类型"]),
        (
            Self::Title,
            &[
                "title",
                "标题",
                "题目",
                "题名",
                "文件名称",
                "提案标题",
                "提案题目",
                "提案名称",
                "案由",
                "事由",
                "名称",
                "name",
                "subject",
                "headline",
            ],
        ),
        (
            Self::Number,
            &[
                "number",
                "文号",
                "发文字号",
                "发文文号",
                "文件编号",
                "提案号",
                "提案编号",
                "建议编号",
                "案号",
                "doc_no",
                "docno",
                "doc_number",
                "document_number",
                "no",
                "num",
                "编号",
                "字号",
            ],
        ),
        (Self::Session, &["session", "届次", "会议届次", "届别", "会议"]),
        (
            Self::Issuer,
            &[
                "issuer",
                "发文机关",
                "发布机关",
                "发布机构",
                "发文单位",
                "制定机关",
                "印发单位",
                "答复单位",
                "承办单位",
                "主办单位",
                "第一提案人",
                "提案人",
                "提案者",
                "建议人",
                "agency",
                "author",
                "department",
                "发布单位",
                "单位",
                "作者",
            ],
        ),
        (
            Self::Date,
            &[
                "date",
                "成文日期",
                "成文时间",
                "发文日期",
                "签发日期",
                "印发日期",
                "落款日期",
                "提出日期",
                "提案日期",
                "提交日期",
                "提交时间",
                "通过日期",
                "答复日期",
                "答复时间",
                "signed",
                "sign_date",
                "signed_date",
                "issued",
                "issue_date",
                "日期",
            ],
        ),
        (
            Self::Published,
            &[
                "published",
                "publish_date",
                "published_date",
                "pub_date",
                "pubdate",
                "release_date",
                "发布日期",
                "发布时间",
                "公布日期",
                "time",
                "year",
                "年份",
            ],
        ),
        (Self::ReplyTo, &["reply_to", "答复提案", "对应提案", "所答提案", "答复对象", "in_reply_to"]),
        (Self::Source, &["source", "url", "source_url", "link", "href", "来源", "网址", "链接", "原文链接"]),
        (Self::Sample, &["sample", "样例", "虚构", "fiction"]),
        (Self::History, &["history", "沿革", "立法沿革", "info"]),
        (
            Self::Text,
            &[
                "text",
                "正文",
                "全文",
                "内容",
                "原文",
                "正文内容",
                "提案内容",
                "建议内容",
                "答复内容",
                "content",
                "body",
                "original_text",
                "full_text",
                "fulltext",
                "article",
                "main_text",
            ],
        ),
    ];

    /// The project's name of the field.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(f, _)| *f == self).map_or("", |(_, names)| names[0])
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, names)| names[0] == name).map(|&(field, _)| field)
    }
}

/// A user's mapping of fields to columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    given: BTreeMap<Field, String>,
}

impl Columns {
    /// Reads `text=content,number=no`: the field of a document, `=`, the column or key of the table.
    ///
    /// # Errors
    /// A usage error that names the piece where a field is unknown or `=` is missing.
    pub fn parse(spec: &str) -> Result<Self> {
        let mut given = BTreeMap::new();
        for piece in spec.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let (name, column) = piece.split_once('=').unwrap_or((piece, ""));
            let field = Field::from_name(name.trim()).filter(|_| !column.trim().is_empty()).ok_or_else(|| {
                let names = Field::NAMES.map(|(_, names)| names[0]).join(", ");
                Error::usage(
                    format!("--map {piece:?} does not name a field and a column"),
                    format!("write FIELD=COLUMN, with FIELD one of {names}"),
                )
            })?;
            given.insert(field, column.trim().to_owned());
        }
        Ok(Self { given })
    }

    /// Adds `other` over this mapping: its columns win.
    pub fn extend(&mut self, other: Self) {
        self.given.extend(other.given);
    }

    /// The mapping as it was given, for a fingerprint.
    pub(super) fn spec(&self) -> String {
        self.given.iter().map(|(field, column)| format!("{}={column},", field.name())).collect()
    }

    /// Ties the columns of a table to fields; `lengths` are the mean lengths of the columns' first values in characters, by which the
    /// text is guessed where no column is named for it.
    pub(super) fn resolve(&self, headers: &[String], lengths: &[f64]) -> Resolved {
        let mut resolved = Resolved::default();
        let plain = |h: &str| h.trim().trim_start_matches('\u{feff}').to_lowercase().replace([' ', '-', '　'], "_");
        let plain_headers: Vec<String> = headers.iter().map(|h| plain(h)).collect();
        let mut taken = vec![false; headers.len()];
        for (field, names) in Field::NAMES {
            let mut columns: Vec<usize> = Vec::new();
            if let Some(wanted) = self.given.get(&field) {
                match headers
                    .iter()
                    .position(|h| h.trim() == wanted)
                    .or_else(|| plain_headers.iter().position(|h| *h == plain(wanted)))
                {
                    Some(at) => columns.push(at),
                    None => resolved.missing.push(format!("{}={wanted}", field.name())),
                }
            } else {
                columns.extend(
                    names
                        .iter()
                        .filter_map(|n| plain_headers.iter().position(|h| h == n))
                        .filter(|&at| !self.claims(&headers[at])),
                );
            }
            for &at in &columns {
                taken[at] = true;
            }
            if let Some(&first) = columns.first().filter(|&&at| plain_headers[at] != field.name()) {
                resolved.shown.push(format!("{}={}", field.name(), headers[first].trim()));
            }
            resolved.columns.insert(field, columns);
        }
        resolved.guess_text(headers, lengths, &mut taken);
        resolved.unused =
            headers.iter().zip(&taken).filter(|&(_, taken)| !taken).map(|(h, _)| h.trim().to_owned()).collect();
        resolved
    }

    fn claims(&self, header: &str) -> bool {
        self.given.values().any(|column| column == header.trim())
    }
}

/// Fields tied to the columns of one table.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    columns: BTreeMap<Field, Vec<usize>>,
    /// `text=content`: where the column's name is not the field's.
    pub(super) shown: Vec<String>,
    /// Mapped columns that the table does not have.
    pub(super) missing: Vec<String>,
    /// Columns that hold no field.
    pub(super) unused: Vec<String>,
}

impl Resolved {
    /// The columns that may hold `field`, best first: the first with a value counts.
    pub(super) fn of(&self, field: Field) -> &[usize] {
        self.columns.get(&field).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, field: Field) -> bool {
        !self.of(field).is_empty()
    }

    /// Without a column named for it, the text is the column that is clearly the longest: 60 characters, twice the next.
    fn guess_text(&mut self, headers: &[String], lengths: &[f64], taken: &mut [bool]) {
        if self.has(Field::Text) || self.missing.iter().any(|m| m.starts_with("text=")) {
            return;
        }
        let mut order: Vec<usize> = (0..headers.len()).filter(|&i| !taken[i] && lengths.get(i).is_some()).collect();
        order.sort_by(|&a, &b| lengths[b].total_cmp(&lengths[a]).then(a.cmp(&b)));
        let Some(&best) = order.first() else { return };
        let next = order.get(1).map_or(0.0, |&i| lengths[i]);
        if lengths[best] >= 60.0 && lengths[best] >= 2.0 * next {
            taken[best] = true;
            self.columns.insert(Field::Text, vec![best]);
            self.shown.push(format!("text={} (the longest column)", headers[best].trim()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(spec: &str, headers: &[&str], lengths: &[f64]) -> Resolved {
        let headers: Vec<String> = headers.iter().map(|h| (*h).to_owned()).collect();
        Columns::parse(spec).unwrap().resolve(&headers, lengths)
    }

    #[test]
    fn chinese_and_foreign_headers_are_understood_and_shown() {
        let r = resolve("", &["提案编号", "案由", "正文", "界别"], &[]);
        assert_eq!((r.of(Field::Number), r.of(Field::Title), r.of(Field::Text)), (&[0][..], &[1][..], &[2][..]));
        assert_eq!(r.shown, ["title=案由", "number=提案编号", "text=正文"]);
        assert_eq!(r.unused, ["界别"]);
    }

    #[test]
    fn the_names_of_the_project_are_not_reported_as_a_guess() {
        assert!(resolve("", &["id", "title", "text"], &[]).shown.is_empty());
    }

    #[test]
    fn a_given_mapping_wins_and_a_missing_column_is_named() {
        let r = resolve("text=body2,number=no", &["text", "body2", "no"], &[]);
        assert_eq!((r.of(Field::Text), r.of(Field::Number)), (&[1][..], &[2][..]));
        assert_eq!(resolve("text=nothing", &["text"], &[]).missing, ["text=nothing"]);
        assert!(Columns::parse("txt=body").is_err() && Columns::parse("text").is_err());
    }

    #[test]
    fn the_text_is_guessed_only_where_one_column_is_clearly_the_longest() {
        assert_eq!(resolve("", &["甲", "乙"], &[900.0, 20.0]).of(Field::Text), [0]);
        assert!(!resolve("", &["甲", "乙"], &[900.0, 800.0]).has(Field::Text));
    }
}
