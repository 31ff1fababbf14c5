//! What a person sees, format by format.

use super::{Format, Outputs, Report, Reviews};
use crate::document::Lang;
use crate::report::{TraceReport, fixture};
use std::fs;

fn written(report: &TraceReport, format: Format, lang: Lang) -> String {
    let mut bytes = Vec::new();
    report.write(format, lang, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_csv_table_opens_in_excel_and_marks_sample_texts() {
    let csv = written(&fixture::report(), Format::Csv, Lang::Zh);
    assert!(csv.starts_with('\u{feff}') && csv.contains("\r\n"));
    insta::assert_snapshot!(csv.trim_start_matches('\u{feff}').replace("\r\n", "\n"), @r###"
序号,提案编号,提案建议,政策文件（文号·成文日期）,对应条款（层级路径＋原文）,采纳方式,依据,时间先后,可信度,人工复核
1,【样本】第0031号,由县级财政设立蜂业风险补偿金，首期规模不低于300万元，对受灾蜂农给予补偿。,【样本】《蜂业发展若干措施》（蜂政〔2024〕3号 · 2024-06-02）,"一、加大财政支持 / （一）建立风险分担机制
（一）建立风险分担机制。县财政安排300万元设立蜂业风险补偿金，用于补偿因灾受损的蜂农。",改写细化,相同文字：“蜂业风险补偿金”；相同数字：“300万元”；相近用语：“受灾蜂农给予补偿”↔“补偿因灾受损的蜂农”；答复引用该文件：r31#r1,政策在后,0.91,
2,【样本】第0031号,在乡镇设立蜂产品检测点，免费为蜂农检测蜂蜜。,【样本】《蜂业发展若干措施》（蜂政〔2024〕3号 · 2024-06-02）,"一、加大财政支持 / （二）完善检测服务
（二）完善检测服务。依托乡镇农技站布设蜂产品检测点，检测费用由县财政承担。",部分采纳,相同文字：“蜂产品检测点”；共同来源：【样本】《农产品检测实施方案》（文号待补充 · 成文日期待补充）,政策在后,0.66,
3,【样本】第0031号,在乡镇设立蜂产品检测点，免费为蜂农检测蜂蜜。,【样本】《农产品检测实施方案》（文号待补充 · 成文日期待补充）,"一、检测服务
一、检测服务。支持有条件的乡镇布设蜂产品检测点。",仅同主题,相近用语：“乡镇设立蜂产品检测点”↔“乡镇布设蜂产品检测点”,日期不详，待补充,0.31,
4,【样本】第0031号,组织蜂农进校园开展科普。,,,暂未发现对应条款,,,,
"###);
}

#[test]
fn the_markdown_report_shows_both_texts_with_what_they_share() {
    insta::assert_snapshot!(written(&fixture::report(), Format::Md, Lang::Zh), @r###"
# 提案建议采纳溯源报告

> **样本文本：所依据的材料中有虚构的示例文件，结果只作演示，不反映任何真实提案或政策。**

1 件提案、3 条建议，对照 2 份政策文件的 3 条条款，参考 1 份答复。

## 概况

| 提案 | 予以采纳 | 已有政策覆盖 | 主题相关未见直接采纳 | 暂未发现对应条款 |
|---|--:|--:|--:|--:|
| 【样本】第0031号《关于扶持村级养蜂产业的提案》 | 2 | 0 | 0 | 1 |
| **合计** | **2** | **0** | **0** | **1** |

| 政策文件 | 载有其内容的建议数 | 仅同主题的建议数 |
|---|--:|--:|
| 【样本】《蜂业发展若干措施》（蜂政〔2024〕3号 · 2024-06-02） | 2 | 0 |
| 【样本】《农产品检测实施方案》（文号待补充 · 成文日期待补充） | 0 | 1 |

## 一览表

| 序号 | 提案编号 | 提案建议 | 政策文件（文号·成文日期） | 对应条款（层级路径＋原文） | 采纳方式 | 依据 | 时间先后 | 可信度 | 人工复核 |
|---|---|---|---|---|---|---|---|---|---|
| 1 | 【样本】第0031号 | 由县级财政设立蜂业风险补偿金，首期规模不低于300万元，对受灾蜂农给予补偿。 | 【样本】《蜂业发展若干措施》（蜂政〔2024〕3号 · 2024-06-02） | 一、加大财政支持 / （一）建立风险分担机制 （一）建立风险分担机制。县财政安排300万元设立蜂业风险补偿金，用于补偿因… | 改写细化 | 相同文字：“蜂业风险补偿金”；相同数字：“300万元”；相近用语：“受灾蜂农给予补偿”↔“补偿因灾受损的蜂农”；答复引用… | 政策在后 | 0.91 |  |
| 2 | 【样本】第0031号 | 在乡镇设立蜂产品检测点，免费为蜂农检测蜂蜜。 | 【样本】《蜂业发展若干措施》（蜂政〔2024〕3号 · 2024-06-02） | 一、加大财政支持 / （二）完善检测服务 （二）完善检测服务。依托乡镇农技站布设蜂产品检测点，检测费用由县财政承担。 | 部分采纳 | 相同文字：“蜂产品检测点”；共同来源：【样本】《农产品检测实施方案》（文号待补充 · 成文日期待补充） | 政策在后 | 0.66 |  |
| 3 | 【样本】第0031号 | 在乡镇设立蜂产品检测点，免费为蜂农检测蜂蜜。 | 【样本】《农产品检测实施方案》（文号待补充 · 成文日期待补充） | 一、检测服务 一、检测服务。支持有条件的乡镇布设蜂产品检测点。 | 仅同主题 | 相近用语：“乡镇设立蜂产品检测点”↔“乡镇布设蜂产品检测点” | 日期不详，待补充 | 0.31 |  |
| 4 | 【样本】第0031号 | 组织蜂农进校园开展科普。 |  |  | 暂未发现对应条款 |  |  |  |  |

## 【样本】第0031号《关于扶持村级养蜂产业的提案》

### 建议1 — 予以采纳

一、

**1. 【样本】《蜂业发展若干措施》（蜂政〔2024〕3号 · 2024-06-02）** — 改写细化，政策在后，可信度 0.91

> 由县级财政设立<b>蜂业风险补偿金</b>，首期规模不低于<b>300万元</b>，对<b>受灾蜂农给予补偿</b>。
>

一、加大财政支持 / （一）建立风险分担机制

> （一）建立风险分担机制。县财政安排<b>300万元</b>设立<b>蜂业风险补偿金</b>，用于<b>补偿因灾受损的蜂农</b>。
>

- 相同文字：“蜂业风险补偿金”
- 相同数字：“300万元”
- 相近用语：“受灾蜂农给予补偿”↔“补偿因灾受损的蜂农”
- 答复引用该文件：r31#r1


### 建议2 — 予以采纳

二、

**2. 【样本】《蜂业发展若干措施》（蜂政〔2024〕3号 · 2024-06-02）** — 部分采纳，政策在后，可信度 0.66

> 在乡镇设立<b>蜂产品检测点</b>，免费为蜂农检测蜂蜜。
>

一、加大财政支持 / （二）完善检测服务

> （二）完善检测服务。依托乡镇农技站布设<b>蜂产品检测点</b>，检测费用由县财政承担。
>

- 相同文字：“蜂产品检测点”
- 共同来源：【样本】《农产品检测实施方案》（文号待补充 · 成文日期待补充）

**3. 【样本】《农产品检测实施方案》（文号待补充 · 成文日期待补充）** — 仅同主题，日期不详，待补充，可信度 0.31

> 在<b>乡镇设立蜂产品检测点</b>，免费为蜂农检测蜂蜜。
>

一、检测服务

> 一、检测服务。支持有条件的<b>乡镇布设蜂产品检测点</b>。
>

- 相近用语：“乡镇设立蜂产品检测点”↔“乡镇布设蜂产品检测点”

- 未见对应的部分：免费为蜂农检测蜂蜜

### 建议3 — 暂未发现对应条款

三、

> 组织蜂农进校园开展科普。
>


## 原始材料缺失，待补充

- 【样本】《对第0031号提案的答复》引用的《养蜂保险指引》不在语料中，原始材料缺失，待补充
- 【样本】《农产品检测实施方案》缺成文日期，时间先后无法判断，待补充
- 【样本】《农产品检测实施方案》缺文号或提案号，待补充

---

本报告由文本比对生成：相近的文字是线索，不是结论；可信度是按已标注样本校准的概率估计，采纳与否请人工复核。
"###);
}

#[test]
fn the_table_on_the_terminal_keeps_its_columns() {
    insta::assert_snapshot!(super::trace_table(&fixture::report(), Lang::Zh, 110), @r###"
样本文本：所依据的材料中有虚构的示例文件，结果只作演示，不反映任何真实提案或政策。
1 件提案、3 条建议，对照 2 份政策文件的 3 条条款，参考 1 份答复。
──────────────────────────────────────────────────────────────────────────────────────────────────────────────
 提案       建议                              结论               最相应的条款             方式与先后   可信度
══════════════════════════════════════════════════════════════════════════════════════════════════════════════
 第0031号   1 由县级财政设立蜂业风险补偿金    予以采纳           《蜂业发展若干措施》     改写细化       0.91
            ，首期规模不低于300万元，对受灾                      （一）建立风险分担机制   政策在后
            蜂农给予补偿。
──────────────────────────────────────────────────────────────────────────────────────────────────────────────
 第0031号   2 在乡镇设立蜂产品检测点，免费    予以采纳           《蜂业发展若干措施》     部分采纳       0.66
            为蜂农检测蜂蜜。                                     （二）完善检测服务       政策在后
                                                                 （另有 1 条）
──────────────────────────────────────────────────────────────────────────────────────────────────────────────
 第0031号   3 组织蜂农进校园开展科普。        暂未发现对应条款
──────────────────────────────────────────────────────────────────────────────────────────────────────────────
予以采纳 2，已有政策覆盖 0，主题相关未见直接采纳 0，暂未发现对应条款 1
"###);
}

#[test]
fn the_english_report_keeps_the_documents_own_words() {
    let md = written(&fixture::report(), Format::Md, Lang::En);
    assert!(md.contains("no clause found") && md.contains("Sample texts:") && md.contains("组织蜂农进校园"));
    assert!(!md.contains("暂未发现"));
}

#[test]
fn the_json_report_has_the_documented_record_for_every_suggestion() {
    let json: serde_json::Value = serde_json::from_str(&written(&fixture::report(), Format::Json, Lang::Zh)).unwrap();
    let first = &json["suggestions"][0];
    for key in ["proposal", "suggestion", "text", "status", "links", "candidates"] {
        assert!(!first[key].is_null(), "no {key}");
    }
    let link = &first["links"][0];
    for key in ["document", "clause", "text", "span", "kind", "score", "order", "evidence"] {
        assert!(!link[key].is_null(), "no {key} in a link");
    }
    assert_eq!((link["document"].as_str(), link["kind"].as_str()), (Some("z1"), Some("adapted")));
}

#[test]
fn the_page_ties_the_two_sides_of_every_piece_of_evidence() {
    let html = written(&fixture::report(), Format::Html, Lang::Zh);
    assert_eq!(html.matches(r#"<mark class="e1" data-e="1" data-n="1">蜂业风险补偿金</mark>"#).count(), 2);
    assert!(html.contains(r#"<span class="gap">免费为蜂农检测蜂蜜</span>"#));
    assert!(html.contains("共同来源：【样本】《农产品检测实施方案》"));
    if let Ok(path) = std::env::var("SUYUAN_LOOK") {
        fs::write(path, html).unwrap();
    }
}

#[test]
fn what_a_person_wrote_survives_the_next_run_though_excel_changed_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("trace.csv");
    let write = |report: &TraceReport| {
        Outputs::open::<TraceReport>(dir.path(), &[Format::Csv]).unwrap().write(report, Lang::Zh).unwrap();
    };
    write(&fixture::report());
    // A person fills the last column of two rows; Excel saves GB18030 with bare line feeds and drops the leading zeros.
    let filled = fs::read_to_string(&path).unwrap().trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let filled = filled.replace("政策在后,0.91,", "政策在后,0.91,同意").replace("第0031号", "31");
    let filled = filled.replace("暂未发现对应条款,,,,", "暂未发现对应条款,,,,\"查无，\n待询\"");
    fs::write(&path, encoding_rs::GB18030.encode(&filled).0).unwrap();

    let mut report = fixture::report();
    let reviews = Reviews::read(&path).unwrap();
    assert_eq!(reviews.len(), 2);
    reviews.apply(&mut report, Lang::Zh);
    assert_eq!(report.suggestions[0].links[0].review.as_deref(), Some("同意"));
    assert_eq!(report.suggestions[2].review.as_deref(), Some("查无，\n待询"));
    assert!(report.earlier.is_empty());
    write(&report);
    assert_eq!(Reviews::<TraceReport>::read(&path).unwrap().len(), 2);
}

#[test]
fn a_review_whose_row_is_gone_is_kept_at_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("trace.csv");
    let mut report = fixture::report();
    report.suggestions[1].links[1].review = Some("另议".to_owned());
    Outputs::open::<TraceReport>(dir.path(), &[Format::Csv]).unwrap().write(&report, Lang::Zh).unwrap();

    let mut next = fixture::report();
    next.suggestions[1].links.truncate(1);
    Reviews::read(&path).unwrap().apply(&mut next, Lang::Zh);
    assert_eq!(next.earlier.len(), 1);
    assert_eq!((next.earlier[0][0].as_str(), next.earlier[0][9].as_str()), ("前次", "另议"));
}

#[test]
fn a_table_of_another_kind_is_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("trace.csv");
    fs::write(&path, "a,b\n1,2\n").unwrap();
    let error = Reviews::<TraceReport>::read(&path).unwrap_err().to_string();
    assert!(error.contains("trace.csv, line 1") && error.contains("人工复核"), "{error}");
}
