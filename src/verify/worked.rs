//! Worked lines: the arithmetic of a check, put into Chinese or English as the sentences of `wording` are.

use super::reason::{Side, Work};
use super::wording::{listed, repeated_en, repeated_zh};
use crate::document::Lang;

impl Work {
    /// The line.
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::Plain { work } => work.clone(),
            Self::Sum { work, whole, unit } if zh => format!("{work}，总数{whole}{unit}"),
            Self::Sum { work, whole, .. } => format!("{work}, total {whole}"),
            Self::Against { work, stated } if zh => format!("{work}，总结写{stated}"),
            Self::Against { work, stated } => format!("{work}, stated {stated}"),
            Self::Implied { work, side, base } if zh => format!("{work}，所称基数应{}{base}", side.zh()),
            Self::Implied { work, side, base } => format!("{work}: the base should be {} {base}", side.en()),
            Self::Listed { stated, listed, unit, repeated } if zh => {
                format!("所称{stated}{unit}，所列{listed}{unit}{}", repeated_zh(*repeated))
            }
            Self::Listed { stated, listed, repeated, .. } => {
                format!("{stated} stated, {listed} listed{}", repeated_en(*repeated))
            }
            Self::Asked { stated, found } if zh => format!("提案共有建议：所称{stated}条，提案内{found}条"),
            Self::Asked { stated, found } => format!("suggestions: {stated} stated, {found} in the proposal"),
            Self::Taken { stated, found } if zh => format!("找到对应条款：所称{stated}条，比对得{found}条"),
            Self::Taken { stated, found } => format!("with clauses: {stated} stated, {found} found"),
            Self::Answers { quoted, answered } if zh => format!("所引建议{quoted}项，依次回应{answered}项"),
            Self::Answers { quoted, answered } => format!("{quoted} suggestions quoted, {answered} answered in turn"),
            Self::Dates { title, policy, proposal } if zh => {
                format!("《{title}》成文于{policy}，提案提出于{proposal}")
            }
            Self::Dates { title, policy, proposal } => {
                format!("《{title}》 is dated {policy}, the proposal {proposal}")
            }
            Self::CutOff { printed, published, late } if zh => {
                format!("{printed}，{}发布日期{published}", if *late { "晚于" } else { "不晚于" })
            }
            Self::CutOff { printed, published, late } => {
                format!("“{printed}” is {} publication on {published}", if *late { "after" } else { "not after" })
            }
            Self::ImpossibleDate { printed } if zh => format!("“{printed}”不是可能的日期"),
            Self::ImpossibleDate { printed } => format!("“{printed}” is no possible date"),
            Self::Issued { title, stated, own } if zh => format!("总结称{stated}印发，《{title}》成文于{own}"),
            Self::Issued { title, stated, own } => format!("issued “{stated}” as stated; 《{title}》 is dated {own}"),
            Self::InForce { stated, own } if zh => format!("总结称{stated}起施行，文件载明{own}起施行"),
            Self::InForce { stated, own } => format!("in force from {stated} as stated, from {own} in the act"),
            Self::LedgerCount { file, filter, count, proposals, stated } => {
                let (what, names) = (filter.label(lang), listed(proposals, lang));
                if zh {
                    format!("台账{file}：{what}，共{count}件{names}，总结写{stated}")
                } else {
                    format!("ledger {file}: {what}: {count}{names}, stated {stated}")
                }
            }
            Self::LedgerRate { file, part, base, numerator, denominator, computed, lacking, more, stated } => {
                let (part, base) = (part.label(lang), base.label(lang));
                let work = format!("{numerator} ÷ {denominator} = {computed}");
                let names = lacking.join(if zh { "、" } else { ", " });
                let rest = match (lacking.is_empty(), *more, zh) {
                    (true, ..) => String::new(),
                    (_, 0, true) => format!("，缺{names}"),
                    (_, more, true) => format!("，缺{names}等{}件", lacking.len() + more),
                    (_, 0, false) => format!(", lacking {names}"),
                    (_, more, false) => format!(", lacking {names} and {more} more"),
                };
                if zh {
                    format!("台账{file}：{work}（{part} ÷ {base}）{rest}，总结写{stated}")
                } else {
                    format!("ledger {file}: {work} ({part} ÷ {base}){rest}, stated {stated}")
                }
            }
            Self::LedgerTitle { file, number, title } if zh => format!("台账{file}：{number}《{title}》"),
            Self::LedgerTitle { file, number, title } => format!("ledger {file}: {number} 《{title}》"),
        }
    }
}

impl Side {
    pub(super) fn zh(self) -> &'static str {
        match self {
            Self::SlightlyAbove => "略高于",
            Self::Below => "低于",
            Self::About => "约",
        }
    }

    pub(super) fn en(self) -> &'static str {
        match self {
            Self::SlightlyAbove => "slightly above",
            Self::Below => "below",
            Self::About => "of about",
        }
    }
}
