//! Families of parts that together make a whole: roles of an office, grades of a result, what became of suggestions, spans of time.

/// A set of parts that exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 主办、分别办理、会办、…
    Role,
    /// A类、B类、C类、D类; 甲乙丙.
    Grade,
    /// 采纳、部分采纳、留作参考.
    Adoption,
    /// 上半年、下半年, quarters.
    Period,
    /// 满意、基本满意、不满意.
    Satisfaction,
    /// 重点、督办、领衔: a quality that cuts across the families above and is never added to them.
    Crossing,
}

const ROLES: [&str; 14] = [
    "主办",
    "分别办理",
    "分办",
    "会办",
    "协办",
    "单独办理",
    "独办",
    "主合办",
    "承办件",
    "参阅",
    "领办",
    "牵头办理",
    "参与办理",
    "配合办理",
];
const ADOPTION: [&str; 11] = [
    "采纳",
    "留作参考",
    "供参考",
    "列入计划",
    "未采纳",
    "已解决",
    "正在解决",
    "暂难解决",
    "吸纳",
    "解决或基本解决",
    "暂不采纳",
];
const PERIODS: [&str; 9] =
    ["上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "第一季度", "会议期间", "闭会期间"];
const CROSSING: [&str; 6] = ["重点提案", "重点建议", "督办", "领衔", "阅批", "联名"];

/// The family that a figure's label belongs to.
pub fn of(label: &str) -> Option<Family> {
    let has = |words: &[&str]| words.iter().any(|w| label.contains(w));
    let total = label.contains("共承办") || label.contains("共办理");
    if has(&CROSSING) {
        Some(Family::Crossing)
    } else if grade(label).is_some() {
        Some(Family::Grade)
    } else if label.contains("满意") {
        Some(Family::Satisfaction)
    } else if has(&ROLES) && !total {
        Some(Family::Role)
    } else if has(&PERIODS) {
        Some(Family::Period)
    } else if has(&ADOPTION) {
        Some(Family::Adoption)
    } else {
        None
    }
}

/// The grade letter a label names: 办结A类, 甲类.
pub fn grade(label: &str) -> Option<char> {
    let fold = |c: char| match c {
        'Ａ'..='Ｄ' => char::from_u32(c as u32 - 'Ａ' as u32 + 'A' as u32).unwrap_or(c),
        other => other,
    };
    let chars: Vec<char> = label.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
    let letter = |c: char| matches!(c, 'A'..='D' | '甲' | '乙' | '丙' | '丁');
    let pairs = chars.windows(2).rev();
    pairs.filter(|p| letter(p[0]) && matches!(p[1], '类' | '级')).map(|p| p[0]).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fall_into_their_family() {
        assert_eq!(of("分别办理"), Some(Family::Role));
        assert_eq!(of("办理结果为Ａ类的"), Some(Family::Grade));
        assert_eq!(of("领导领衔督办重点提案"), Some(Family::Crossing));
        assert_eq!(of("我局共承办提案"), None);
    }
}
