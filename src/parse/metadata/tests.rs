use super::*;
use crate::document::Origin;
use proptest::prelude::*;

fn of(text: &str) -> Metadata {
    let read = read(text, &Known::default());
    for span in
        [read.title.as_ref().and_then(|r| r.span), read.date.as_ref().and_then(|r| r.span)].into_iter().flatten()
    {
        assert!(text.get(span.range()).is_some());
    }
    read
}

fn title(m: &Metadata) -> &str {
    m.title.as_ref().map_or("", |t| &t.value)
}

fn date(m: &Metadata) -> String {
    m.date.as_ref().map_or(String::new(), |d| d.value.to_string())
}

fn issuer(m: &Metadata) -> &str {
    m.issuer.as_ref().map_or("", |i| &i.value)
}

#[test]
fn a_notice_gives_title_number_issuer_and_its_own_date() {
    let m = of(
        "甲省人民政府办公厅关于印发甲省\n促进乙业发展若干措施的通知\n甲政办发〔2023〕12号\n各市人民政府，省政府各部门：\n　　《甲省促进乙业发展若干措施》已经省政府同意，现印发给你们，请认真贯彻执行。\n甲省人民政府办公厅\n2023年5月2日\n（此件公开发布）\n甲省促进乙业发展若干措施\n一、总体要求\n某附件\n省发展改革委\n2023年4月1日\n",
    );
    assert_eq!(m.kind.as_ref().unwrap().value, Kind::Policy);
    assert_eq!(title(&m), "甲省人民政府办公厅关于印发甲省促进乙业发展若干措施的通知");
    assert_eq!(m.number.as_ref().unwrap().value.value, "甲政办发〔2023〕12号");
    assert_eq!((issuer(&m), date(&m).as_str()), ("甲省人民政府办公厅", "2023-05-02"));
}

#[test]
fn a_title_printed_twice_is_taken_once() {
    let m = of(
        "关于印发乙业试验区方案的通知\n发布时间：2023-06-01 来源：省厅\n关于印发乙业试验区方案的通知\n甲金领〔20236\n各市：\n正文如下。\n甲省金融工作领导小组\n202352\n",
    );
    assert_eq!(title(&m), "关于印发乙业试验区方案的通知");
    let number = m.number.as_ref().unwrap();
    assert_eq!(
        (number.value.value.as_str(), number.origin, number.detail.as_str()),
        ("甲金领〔2023〕6号", Origin::Repaired, "printed 甲金领〔20236")
    );
    assert_eq!((date(&m).as_str(), m.date.as_ref().unwrap().origin), ("2023-05-02", Origin::Repaired));
    assert_eq!(issuer(&m), "甲省金融工作领导小组");
}

#[test]
fn a_proposal_is_read_from_its_header_lines() {
    let m = of(
        "关于缓解乙业困难的建议\n提案编号：第0107号\n届次：省政协十三届一次会议\n提案人：某界别（3人联名）\n提出日期：2023-01-12\n\n近年来，乙业有困难。为此，建议：一、设立基金。\n",
    );
    assert_eq!(m.kind.as_ref().unwrap().value, Kind::Proposal);
    assert_eq!(title(&m), "关于缓解乙业困难的建议");
    assert_eq!(m.number.as_ref().unwrap().value.value, "0107");
    let session = &m.session.as_ref().unwrap().value;
    assert_eq!((session.term, session.meeting, session.place.as_deref()), (13, 1, Some("省")));
    assert_eq!((issuer(&m), date(&m).as_str()), ("某界别（3人联名）", "2023-01-12"));
}

#[test]
fn one_line_or_markdown_may_hold_all_of_a_header() {
    for text in [
        "关于缓解乙业困难的提案\n第0107号  省政协十三届一次会议  提案人：李某某等4位委员  2023年1月14日\n\n案由:乙业有困难。\n",
        "> 【虚构样例】\n\n# 关于缓解乙业困难的提案\n\n**提案编号**：第0107号　**届次**：省政协十三届一次会议　**提案人**：李某某等4位委员　**日期**：2023年1月14日\n\n案由:乙业有困难。\n",
    ] {
        let m = of(text);
        assert_eq!(m.kind.as_ref().unwrap().value, Kind::Proposal);
        assert_eq!((title(&m), m.number.as_ref().unwrap().value.value.as_str()), ("关于缓解乙业困难的提案", "0107"));
        assert_eq!(
            (m.session.as_ref().unwrap().value.term, issuer(&m), date(&m).as_str()),
            (13, "李某某等4位委员", "2023-01-14")
        );
    }
}

#[test]
fn issuers_side_by_side_stay_apart() {
    let m = of("甲委员会 发展改革委 科技部 财政部关于印发《乙方案》的通知\n甲发〔2022〕26号\n现印发给你们。\n");
    assert_eq!(
        (title(&m), issuer(&m)),
        ("甲委员会 发展改革委 科技部 财政部关于印发《乙方案》的通知", "甲委员会、发展改革委、科技部、财政部")
    );
}

#[test]
fn a_reply_says_what_it_answers_and_who_signs() {
    let m = of(
        "对省政协十三届一次会议第0107号提案的答复\n类别：A\n某界别：\n　　你们提出的《关于缓解乙业困难的建议》收悉，现答复如下：\n　　一、关于设立基金。已列入计划。\n甲省财政厅\n二○二三年九月二十日\n（联系人：某处）\n",
    );
    assert_eq!(m.kind.as_ref().unwrap().value, Kind::Reply);
    assert_eq!(m.reply_to.as_ref().unwrap().value, "0107");
    assert_eq!((issuer(&m), date(&m).as_str()), ("甲省财政厅", "2023-09-20"));
    let bare = of(
        "关于加强丙业工作的建议的答复\n\n您提出的《关于加强丙业工作的建议》收悉，现答复如下：已办理。\n办理结果：B                2023年5月18日\n",
    );
    assert_eq!(bare.kind.as_ref().unwrap().value, Kind::Reply);
    assert_eq!(bare.reply_to.as_ref().unwrap().value, "关于加强丙业工作的建议");
    assert_eq!(date(&bare), "2023-05-18");
}

#[test]
fn a_report_has_only_its_date_of_publication_and_says_so() {
    let m = of(
        "省政协十三届一次会议提案办理工作总结\n\n发布时间:2023-12-01 10:22 来源: 省甲局\n\n今年以来，我局共承办提案62件。\n解读\n文件下载",
    );
    assert_eq!(m.kind.as_ref().unwrap().value, Kind::Report);
    assert_eq!((date(&m).as_str(), m.date.as_ref().unwrap().origin), ("2023-12-01", Origin::Guess));
    assert_eq!((issuer(&m), m.session.as_ref().unwrap().value.meeting), ("省甲局", 1));
}

#[test]
fn a_decree_gives_the_act_it_announces() {
    let m = of(
        "甲省人民政府令\n第184号\n《甲省乙业管理办法》已经省政府常务会议通过，现予公布。\n省长　　某某\n2023年3月4日\n甲省乙业管理办法\n第一条　为了管理，制定本办法。\n",
    );
    assert_eq!(title(&m), "甲省乙业管理办法");
    assert_eq!(m.number.as_ref().unwrap().value.value, "甲省人民政府令第184号");
    assert_eq!(date(&m), "2023-03-04");
}

#[test]
fn a_law_is_dated_by_its_last_amendment() {
    let m = of(
        "甲市乙业条例\n（2011年11月17日甲市第十三届人民代表大会常务委员会第三十次会议通过　2020年5月14日甲市第十五届人民代表大会常务委员会第二十一次会议修正）\n第一条　为了管理，制定本条例。\n第二条　本条例所称乙业。\n第三条　市政府管理。\n",
    );
    assert_eq!((title(&m), date(&m).as_str()), ("甲市乙业条例", "2020-05-14"));
    assert_eq!(issuer(&m), "甲市人民代表大会常务委员会");
    assert_eq!(m.kind.as_ref().unwrap().value, Kind::Policy);
}

#[test]
fn meta_blocks_and_furniture_are_not_the_title() {
    let m = of(
        "索引号： | 000014/2023-0001 | 发布机构： | 甲市人民政府\n【字体： 大 中 小 】\n您当前所在的位置： 首页 > 政务公开\n发文日期2023年12月21日\n甲市促进乙业办法\n甲府规〔2023〕4号\n第一条 为了促进乙业，制定本办法。\n",
    );
    assert_eq!(title(&m), "甲市促进乙业办法");
    assert_eq!((issuer(&m), date(&m).as_str()), ("甲市人民政府", "2023-12-21"));
}

#[test]
fn policies_of_the_party_called_suggestions_are_no_proposals() {
    let m = of("中共甲省委关于制定乙业规划的建议\n（2023年10月29日中共甲省委全体会议通过）\n一、总体要求。\n");
    assert_ne!(m.kind.as_ref().unwrap().value, Kind::Proposal);
}

#[test]
fn fiction_says_so() {
    assert!(of("【样例】甲\n正文").sample);
    assert!(of("甲\n正文很长\n（本文内容纯属虚构）").sample);
    assert!(!of("关于样例调查的通知\n正文").sample);
}

#[test]
fn a_text_without_any_sign_is_a_guess() {
    let m = of("没有任何标志的一段话，说了一些事情。");
    assert_eq!(m.kind.as_ref().unwrap().origin, Origin::Guess);
    assert_eq!((m.title, m.number, m.date), (None, None, None));
}

proptest! {
    #[test]
    fn no_text_panics(text in "[关于的通知提案编号：第0-9号届次会议年月日\n 　（）《》〔〕甲乙省厅。，]{0,80}") {
        of(&text);
    }
}
