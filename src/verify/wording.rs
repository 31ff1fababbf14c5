//! The sentences of reasons and worked lines, in Chinese and English: the one place where they are worded.
//!
//! A comparison of texts finds, it does not prove: 不一致,需核实, never 虚假. Counters (件, 条) are left out in English; words of the
//! report stay as printed.

use super::reason::{Cause, Reason};
use super::{Check, Needed, Resolved, Verification, Want};
use crate::document::{ClaimKind, Kind, Lang};

impl Verification {
    /// Why, in one sentence.
    pub fn reason(&self, lang: Lang) -> String {
        sentence(&self.reasons, lang)
    }
}

/// Several reasons as one sentence.
pub fn sentence(reasons: &[Reason], lang: Lang) -> String {
    let worded: Vec<String> = reasons.iter().map(|r| r.text(lang)).collect();
    worded.join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    })
}

impl Check {
    /// The worked line: `6 + 5 + 51 = 62，总数62件`.
    pub fn line(&self, lang: Lang) -> String {
        self.work.text(lang)
    }
}

impl Resolved {
    /// What is wrong with it, where something is.
    pub fn problem(&self, lang: Lang) -> Option<String> {
        self.cause.as_ref().map(|c| c.text(lang))
    }
}

impl Needed {
    /// What to get.
    pub fn wanted(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match &self.want {
            Want::Document { kind: Kind::Proposal, printed } if zh => {
                format!("提案{printed}的原文、提出日期和办理答复")
            }
            Want::Document { kind: Kind::Proposal, printed } => {
                format!("the text, the date and the reply of proposal {printed}")
            }
            Want::Document { printed, .. } if zh => format!("{printed}的全文、文号和成文日期"),
            Want::Document { printed, .. } => format!("the full text, the number and the date of {printed}"),
            Want::Proposals if zh => "所引建议出自哪些提案：编号、题名和原文".into(),
            Want::Proposals => "which proposals the quoted suggestions come from: numbers, titles and texts".into(),
            Want::Records { of: ClaimKind::Rate } if zh => "办理台账和沟通、满意度等反馈表，用于重算比率".into(),
            Want::Records { of: ClaimKind::Rate } => {
                "the ledger and the feedback forms that the rates come from".into()
            }
            Want::Records { of: ClaimKind::Count } if zh => "办理台账或相应的工作记录，用于核对数量".into(),
            Want::Records { of: ClaimKind::Count } => "the ledger or the records that the numbers come from".into(),
            Want::Records { .. } if zh => "相应的统计数据及其来源，用于核对成效".into(),
            Want::Records { .. } => "the statistics that the results come from".into(),
        }
    }
}

impl Reason {
    /// The sentence, without a full stop.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::ProposalUnnamed => "总结没有写明提案号或题名，无法对应到具体提案".into(),
            Self::PolicyUnnamed => "总结没有写明吸收建议的政策文件，无法核对条款".into(),
            Self::PolicyEarlier { title, policy, proposal } => {
                format!("《{title}》成文于{policy}，提案提出于{proposal}，政策在先，不可能吸收该提案")
            }
            Self::NoSuggestions => "提案中没有读出建议，无法比对".into(),
            Self::AllFound { total } => format!("所称{total}项建议在政策中均找到对应条款"),
            Self::Found => "提案的建议在政策中找到对应条款".into(),
            Self::PartlyAsStated => "总结自称部分采纳，条款与建议部分相符".into(),
            Self::OnlyPart => "对应条款只承接了建议的一部分".into(),
            Self::SomeInPart { total, full, part } => {
                format!("所称{total}项中{full}项有对应条款，{part}项只有一部分")
            }
            Self::SomeMissing { total, missing } => format!("所称{total}项中有{missing}项暂未发现对应条款"),
            Self::ProposalsMissing { count } => format!("{count}件提案暂未发现对应条款"),
            Self::TopicOnly => "条款与建议只是主题相关，未见直接采纳".into(),
            Self::NotAsked => "提案中没有所称的建议，也暂未发现对应条款".into(),
            Self::QuoteNotInProposal => "提案中没有找到总结所引的建议".into(),
            Self::NoClause => "所指政策中暂未发现对应条款".into(),
            Self::BoundedParts => "分项含约数，只能核对大致范围".into(),
            Self::PartsAgree { total, unit } => format!("分项合计{total}{unit}，与总数相符"),
            Self::PartsLeaveOut { total, rest, unit } => {
                format!("所列分项合计{total}{unit}，另有{rest}{unit}未说明")
            }
            Self::PartsDiffer { total, whole, gap, more, unit } => {
                let side = if *more { "多出" } else { "少" };
                format!("分项合计{total}{unit}，比总数{whole}{unit}{side}{gap}{unit}")
            }
            Self::PartWithin { part, whole } => format!("“{part}”未超出总数{whole}，但没有材料可以核对"),
            Self::PartExceeds { part, whole } => format!("其中一项{part}大于总数{whole}"),
            Self::Restated { here, there, unit } => format!("此处为{here}{unit}，总结另一处为{there}{unit}"),
            Self::SaidTwice { here, unit } => format!("{here}{unit}前后两处一致，但没有材料可以核对"),
            Self::CountedBefore { here, unit } => format!("{here}{unit}与总结中的其他计数相符"),
            Self::RateAgrees { computed, stated } => format!("重算为{computed}，与所写{stated}相符"),
            Self::RateCut { computed, stated } => {
                format!("重算为{computed}，所写{stated}是截去尾数而非四舍五入")
            }
            Self::RateWithin { computed, stated } => format!("重算为{computed}，在“{stated}”的范围内"),
            Self::RateDiffers { work, stated, base } => {
                let hint = base.as_ref().map_or(String::new(), |b| format!("；若以{b}为基数则相符"));
                format!("{work}，与所写{stated}不符{hint}")
            }
            Self::BaseImplied { part, rate, side, base } => {
                let side = side.zh();
                format!("总结未给基数；由{part}占{rate}推算，基数应{side}{base}，没有材料可以核对")
            }
            Self::Above100 { stated } => format!("{stated}超过100%"),
            Self::Shares { total, holds: true } => format!("各项占比合计{total}"),
            Self::Shares { total, holds: false } => format!("各项占比合计{total}，不是100%"),
            Self::Gap { now, then, gap, stated, holds } => {
                format!("{now}与{then}相差{gap}，与所写{stated}{}", agrees_zh(*holds))
            }
            Self::Direction { from, to, verb } => format!("由{from}到{to}，与“{verb}”的方向相反"),
            Self::Growth { from, to, computed, stated, holds } => {
                if *holds {
                    format!("由{from}到{to}，重算为{computed}，相符")
                } else {
                    format!("由{from}到{to}应为{computed}，与所写{stated}不符")
                }
            }
            Self::Witnessed { title, base, computed, stated, holds } => {
                format!("以《{title}》所载{base}为基数，重算为{computed}，与所写{stated}{}", agrees_zh(*holds))
            }
            Self::ListAgrees { stated, listed, unit, repeated } => {
                format!("所列{listed}{unit}，与所称{stated}{unit}相符{}", repeated_zh(*repeated))
            }
            Self::ListOpen { stated, listed, unit, repeated } => {
                let twice = repeated_zh(*repeated);
                format!("所列{listed}{unit}后有“等”字，只是所称{stated}{unit}的一部分，无法全部核对{twice}")
            }
            Self::ListDiffers { stated, listed, unit, repeated } => {
                format!("称{stated}{unit}，实列{listed}{unit}{}", repeated_zh(*repeated))
            }
            Self::TakenExceeds { asked, taken } => format!("称{asked}条建议中有{taken}条写入"),
            Self::AskedDiffers { stated, found } => format!("所称{stated}条建议，提案内为{found}条"),
            Self::TakenAgrees { asked, taken } => {
                format!("{asked}条建议中有{taken}条找到对应条款，与所称相符")
            }
            Self::TakenDiffers { stated, found } => {
                format!("所称{stated}条写入，文本比对只找到{found}条有对应条款")
            }
            Self::ImpossibleDate { printed } => format!("“{printed}”不是可能的日期"),
            Self::CutOff { printed, published, holds } => {
                format!("{printed}{}于总结的发布日期{published}", if *holds { "不晚" } else { "晚" })
            }
            Self::InForce { stated, own, .. } => format!("总结称{stated}起施行，文件载明{own}起施行"),
            Self::Issued { title, stated, own, holds } => {
                format!("总结称{stated}印发，《{title}》成文于{own}，{}", agrees_zh(*holds))
            }
            Self::Undated { title } => format!("语料中的《{title}》没有成文日期，无法核对"),
            Self::Source { cause } => cause.text(Lang::Zh),
            Self::LedgerCount { filter, count, stated, holds } => {
                let what = filter.label(Lang::Zh);
                format!("台账中“{what}”共{count}件，与所写{stated}{}", agrees_zh(*holds))
            }
            Self::LedgerRate { part, computed, stated, lacking, holds } => {
                let what = part.label(Lang::Zh);
                let who = if lacking.is_empty() { String::new() } else { format!("（除{}）", lacking.join("、")) };
                // 全部按期办结 is not a figure.
                let words = !stated.contains(|c: char| c.is_ascii_digit());
                let stated = if words { format!("“{stated}”") } else { stated.clone() };
                format!("台账中“{what}”的占{computed}{who}，与所写{stated}{}", agrees_zh(*holds))
            }
            Self::LedgerAgrees { count } => format!("台账重算的{count}个数都与所写相符"),
            Self::LedgerSilent => "其余数字台账中没有，无法核对".into(),
            Self::LedgerTitle { number, title } => format!("台账中{number}题为《{title}》，与总结所引题名不符"),
            Self::Unrecorded { kind: ClaimKind::Rate } => "没有反馈表、台账等原始材料，无法重算".into(),
            Self::Unrecorded { kind: ClaimKind::Count } => "没有台账或记录可以核对这一数量".into(),
            Self::Unrecorded { .. } => "语料中没有统计材料可以核对这一成效".into(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::ProposalUnnamed => {
                "the summary gives neither number nor title of the proposal, so that none can be looked up".into()
            }
            Self::PolicyUnnamed => "the summary does not name the policy, so that no clause can be looked up".into(),
            Self::PolicyEarlier { title, policy, proposal } => {
                format!(
                    "《{title}》 is dated {policy}, the proposal {proposal}: an earlier policy cannot have absorbed it"
                )
            }
            Self::NoSuggestions => "no suggestion was found in the proposal, so that nothing can be compared".into(),
            Self::AllFound { total } => format!(
                "{} in the policy",
                counted(*total, "suggestion named has its clause", "suggestions named all have their clauses")
            ),
            Self::Found => "the proposal's suggestions have clauses in the policy".into(),
            Self::PartlyAsStated => "the summary says adopted in part, and the clause carries a part".into(),
            Self::OnlyPart => "the clause carries only a part of the suggestion".into(),
            Self::SomeInPart { total, full, part } => {
                format!("of {total} suggestions named {full} have their clause, {part} only in part")
            }
            Self::SomeMissing { total, missing } => {
                format!("for {missing} of {total} suggestions named no clause was found")
            }
            Self::ProposalsMissing { count } => {
                format!("for {} no clause was found", counted(*count, "proposal", "proposals"))
            }
            Self::TopicOnly => "the clauses share the topic only; no adoption was found".into(),
            Self::NotAsked => "the proposal does not suggest this, and no clause was found".into(),
            Self::QuoteNotInProposal => "the suggestion as quoted was not found in the proposal".into(),
            Self::NoClause => "no clause was found in the policy named".into(),
            Self::BoundedParts => "a part is a bound, so that the sum can be checked only roughly".into(),
            Self::PartsAgree { total, .. } => format!("the parts add up to {total}, as stated"),
            Self::PartsLeaveOut { total, rest, .. } => {
                format!("the parts listed add up to {total}; {rest} are left unsaid")
            }
            Self::PartsDiffer { total, whole, gap, more, .. } => {
                format!(
                    "the parts add up to {total}, {gap} {} than the total {whole}",
                    if *more { "more" } else { "less" }
                )
            }
            Self::PartWithin { part, whole } => {
                format!("“{part}” is not above the total {whole}, but there is nothing to check it against")
            }
            Self::PartExceeds { part, whole } => format!("a part of {part} is above the total {whole}"),
            Self::Restated { here, there, .. } => format!("{here} here, {there} elsewhere in the summary"),
            Self::SaidTwice { here, .. } => format!("{here} in both places, with nothing to check it against"),
            Self::CountedBefore { here, .. } => format!("{here} agrees with the summary's other counts"),
            Self::RateAgrees { computed, stated } => format!("recomputed {computed}, agrees with {stated}"),
            Self::RateCut { computed, stated } => format!("recomputed {computed}; {stated} is cut off, not rounded"),
            Self::RateWithin { computed, stated } => format!("recomputed {computed}, within “{stated}”"),
            Self::RateDiffers { work, stated, base } => {
                let hint = base.as_ref().map_or(String::new(), |b| format!("; it would be right over a base of {b}"));
                format!("{work}, not {stated} as stated{hint}")
            }
            Self::BaseImplied { part, rate, side, base } => {
                let side = side.en();
                format!(
                    "no base is given; {part} at {rate} imply a base {side} {base}, with nothing to check it against"
                )
            }
            Self::Above100 { stated } => format!("{stated} is above 100%"),
            Self::Shares { total, holds: true } => format!("the shares add up to {total}"),
            Self::Shares { total, holds: false } => format!("the shares add up to {total}, not 100%"),
            Self::Gap { now, then, gap, stated, holds } => {
                format!("{now} and {then} differ by {gap}, {}", against_en(stated, *holds))
            }
            Self::Direction { from, to, verb } => format!("{from} to {to} goes the other way than “{verb}”"),
            Self::Growth { from, to, computed, stated, holds } => {
                format!("{from} to {to} is {computed}, {}", against_en(stated, *holds))
            }
            Self::Witnessed { title, base, computed, stated, holds } => {
                format!("over the {base} printed in 《{title}》 it is {computed}, {}", against_en(stated, *holds))
            }
            Self::ListAgrees { stated, listed, repeated, .. } => {
                format!("{listed} listed, {stated} stated{}", repeated_en(*repeated))
            }
            Self::ListOpen { stated, listed, repeated, .. } => {
                let twice = repeated_en(*repeated);
                format!("the {listed} listed, followed by 等, are a part of the {stated} stated{twice}")
            }
            Self::ListDiffers { stated, listed, repeated, .. } => {
                format!("{stated} stated, {listed} listed{}", repeated_en(*repeated))
            }
            Self::TakenExceeds { asked, taken } => format!("{taken} suggestions taken out of {asked}"),
            Self::AskedDiffers { stated, found } => format!("{stated} suggestions stated, {found} in the proposal"),
            Self::TakenAgrees { asked, taken } => format!("of {asked} suggestions {taken} have clauses, as stated"),
            Self::TakenDiffers { stated, found } => {
                format!("{stated} suggestions stated as taken, clauses were found for {found}")
            }
            Self::ImpossibleDate { printed } => format!("“{printed}” is no possible date"),
            Self::CutOff { printed, published, holds } => {
                format!(
                    "“{printed}” is {} the summary's publication on {published}",
                    if *holds { "not after" } else { "after" }
                )
            }
            Self::InForce { stated, own, .. } => format!("in force from {stated} as stated, from {own} in the act"),
            Self::Issued { title, stated, own, holds } => {
                format!("《{title}》 is dated {own}, {}", against_en(&format!("“{stated}”"), *holds))
            }
            Self::Undated { title } => format!("the date of 《{title}》 is not in the corpus"),
            Self::Source { cause } => cause.text(Lang::En),
            Self::LedgerCount { filter, count, stated, holds } => {
                let what = filter.label(Lang::En);
                format!("the ledger counts {count} ({what}), {}", against_en(stated, *holds))
            }
            Self::LedgerRate { part, computed, stated, lacking, holds } => {
                let what = part.label(Lang::En);
                let who = if lacking.is_empty() { String::new() } else { format!(", lacking {}", lacking.join(", ")) };
                format!("the ledger gives {computed} ({what}{who}), {}", against_en(stated, *holds))
            }
            Self::LedgerAgrees { count } => format!("all {count} figures agree with the ledger"),
            Self::LedgerSilent => "the ledger does not tell the rest".into(),
            Self::LedgerTitle { number, title } => {
                format!("{number} in the ledger is 《{title}》, not what the summary calls it")
            }
            Self::Unrecorded { kind: ClaimKind::Rate } => "no forms or ledger to recompute it from".into(),
            Self::Unrecorded { kind: ClaimKind::Count } => "no ledger or record to check the number against".into(),
            Self::Unrecorded { .. } => "no statistics in the corpus to check the result against".into(),
        }
    }
}

impl Cause {
    /// The sentence, without a full stop.
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::ProposalAbsent { printed } if zh => format!("语料中没有提案{printed}"),
            Self::ProposalAbsent { printed } => format!("proposal {printed} is not in the corpus"),
            Self::ProposalAmbiguous { printed, count } if zh => {
                format!("语料中有{count}件{printed}提案，届次不明")
            }
            Self::ProposalAmbiguous { printed, count } => {
                format!("the corpus has {count} proposals {printed}, and the session is not clear")
            }
            Self::ProposalNumber { title, own, stated } if zh => {
                format!("《{title}》在语料中是{own}，总结写作{stated}")
            }
            Self::ProposalNumber { title, own, stated } => {
                format!("《{title}》 is {own} in the corpus, {stated} in the summary")
            }
            Self::ProposalTitle { number, title } if zh => {
                format!("{number}在语料中题为《{title}》，与总结所引题名不符")
            }
            Self::ProposalTitle { number, title } => {
                format!("{number} in the corpus is 《{title}》, not what the summary calls it")
            }
            Self::PolicyAbsent { printed, similar: None } if zh => format!("语料中没有{printed}"),
            Self::PolicyAbsent { printed, similar: None } => format!("{printed} is not in the corpus"),
            Self::PolicyAbsent { printed, similar: Some(other) } if zh => {
                format!("语料中没有{printed}，题名相近的有《{other}》")
            }
            Self::PolicyAbsent { printed, similar: Some(other) } => {
                format!("{printed} is not in the corpus; of a similar title there is 《{other}》")
            }
            Self::PolicyNumber { title, own, stated } if zh => {
                format!("《{title}》的文号是{own}，总结写作{stated}")
            }
            Self::PolicyNumber { title, own, stated } => {
                format!("the number of 《{title}》 is {own}, in the summary {stated}")
            }
            Self::PolicyTitle { number, title } if zh => {
                format!("{number}在语料中是《{title}》，与总结所引题名不符")
            }
            Self::PolicyTitle { number, title } => {
                format!("{number} in the corpus is 《{title}》, not what the summary calls it")
            }
        }
    }
}

/// Names in brackets; nothing for none.
pub(super) fn listed(names: &[String], lang: Lang) -> String {
    match (names.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", names.join("、")),
        (false, Lang::En) => format!(" ({})", names.join(", ")),
    }
}

fn agrees_zh(holds: bool) -> &'static str {
    if holds { "相符" } else { "不符" }
}

fn against_en(stated: &str, holds: bool) -> String {
    if holds { format!("as stated ({stated})") } else { format!("not {stated} as stated") }
}

pub(super) fn repeated_zh(repeated: usize) -> String {
    if repeated > 0 { format!("（另有{repeated}项重复）") } else { String::new() }
}

pub(super) fn repeated_en(repeated: usize) -> String {
    if repeated > 0 { format!(" ({repeated} more are repeated)") } else { String::new() }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
