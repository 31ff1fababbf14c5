//! Verbs of official advice: what an office is asked to do. General Mandarin administrative verbs, by class; no nouns of any field.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Two-character verbs of action. One act of an office each.
const ACTIONS: &str = "加强 加大 加快 建立 建设 建成 完善 健全 推进 推动 推广 推行 推出 推介 制定 制订 出台 修订 修改 编制 编写 编撰 开展 开设 开通 开发 开放 \
     实施 实行 实现 落实 落地 强化 优化 深化 细化 量化 规范 统一 统筹 整合 整治 整顿 支持 扶持 鼓励 引导 督促 促进 促使 搭建 打造 构建 组建 \
     筹建 创建 创新 设立 设置 成立 增加 增设 增强 增补 扩大 拓展 拓宽 延伸 提高 提升 降低 减少 减轻 减免 免除 取消 简化 压缩 缩短 放宽 \
     放开 清理 清除 废除 废止 淘汰 禁止 严禁 杜绝 防止 防范 严格 严控 严惩 严厉 打击 查处 惩治 处罚 监管 监督 监测 检查 检测 检验 排查 摸清 \
     普查 调查 调整 改革 改善 改进 改造 改变 转变 转换 培育 培养 培训 选拔 选派 选聘 聘请 引进 引入 吸引 吸纳 招聘 配备 配置 配齐 安排 组织 \
     协调 协助 协同 联合 联动 合作 对接 衔接 共享 共建 共同 参与 宣传 普及 教育 指导 帮助 帮扶 服务 提供 给予 发放 补贴 补助 奖励 表彰 资助 救助 \
     保障 保护 保证 确保 维护 修复 治理 管理 管控 控制 限制 约束 考核 考评 评估 评价 评选 评定 认定 认证 审批 审查 审核 审计 登记 备案 公布 公开 \
     公示 发布 发挥 发展 发动 发行 借鉴 学习 参照 参考 利用 运用 应用 使用 采用 采取 采购 购买 纳入 列入 融入 植入 写入 明确 界定 确定 确立 制作 \
     划定 划分 区分 分类 分级 突出 重视 注重 坚持 坚决 树立 弘扬 传承 挖掘 激发 激活 激励 盘活 丰富 充实 扩充 补充 补齐 补足 夯实 巩固 稳定 稳步 \
     探索 试点 试行 研究 谋划 规划 布局 设计 建构 形成 营造 创造 创设 畅通 打通 打破 破除 破解 化解 解决 消除 克服 缓解 应对 处理 处置 回收 收集 \
     汇总 汇集 集中 整理 梳理 归集 建档 存储 投入 投资 投放 筹集 筹措 募集 拨付 拨出 划拨 下放 下达 下沉 移交 移送 交由 委托 授权 赋予 授予 允许 \
     准许 放权 要求 责成 责令 追究 问责 约谈 曝光 通报 报告 上报 反馈 回应 听取 征求 邀请 召开 举办 举行 主办 承办 牵头 领导 主导 带动 带头 示范 \
     倡导 提倡 号召 动员 呼吁 争取 申请 申报 申办 恢复 保留 保持 保存 延长 延续 提前 推迟 适当 适时 适度 尽快 尽早 及时 抓紧 抓好 抓住 抓实 做好 \
     做大 做强 做实 做优 搞好 办好 建好 用好 用足 管好 守住 把好 把握 把关 理顺 厘清 压实 扛起 履行 执行 贯彻 遵守 依法 依托 依靠 充分 大力 积极 \
     着力 着重 重点 全面 全力 切实 真正 进一步 逐步 逐渐 逐年 定期 持续 不断 继续 深入 广泛 主动 率先 试行 启动 启用 开启 停止 暂停 暂缓 叫停 \
     关停 搬迁 迁移 安装 加装 配套 铺设 新建 扩建 改建 翻新 更新 升级 维修 养护 种植 培植 生产 销售 销毁 运行 运营 经营 接入 接收 接纳 连接 链接 \
     联系 联合 联网 聚焦 聚集 集聚 凝聚 汇聚 聚合 结合 配合 融合 综合 兼顾 平衡 均衡 分担 承担 负责 担保 贷款 融资 减税 减负 降费 免费 免收 收取 \
     征收 缴纳 核定 核实 核查 核减 核销 清退 退还 返还 补偿 赔偿 理赔 投保 参保 覆盖 扩面 提标 扩容 挂钩 倾斜 优先 优待 照顾 关爱 关心 关注 尊重 \
     慰问 走访 陪护 培优 评优 奖补 注入 输送 派驻 派遣 派出 轮训 轮岗 交流 互认 互通 对照 比照 参加 编入 列支 单列 另行 提取 预留 留出 腾出 让出 \
     撤销 撤并 合并 归并 拆除 拆分 分离 剥离 隔离 转化 转移 转让 转型 转办 转变 转接 转入 转为 变更 替代 取代 代替 替换 更换 缩小 扩展 放大 提炼 \
     总结 推选 推荐 举荐 评审 论证 测算 预测 预警 预防 预先 提醒 警示 劝阻 制止 阻断 切断 堵住 遏制 抑制 纠正 整改 弥补 补救 抢救 抢修 抢占 瞄准 \
     借用 设定 指定 加速 进行 拟定 拟订 修建 兴建 建造 开辟 开办 创办 兴办 编印 印发 颁布 颁发 公告 通知 告知 签订 签署 订立 分摊 分流 分步 分批 \
     分期 选用 选取 挑选 筛选 遴选 录用 聘用 任用 留用 留住 抽查 抽检 巡查 督查 督导 督办 举报 疏导 疏通 疏浚 清运 清查 绿化 美化 净化 收购 收储 \
     租赁 出租 转租 承租 经办 代办 帮办 预约 预付 垫付 支付 结算 清算 核算 编列 安置 安顿 收治 救治 诊疗 医治 康复 接种 筛查 体检 随访 护理 照护 托管 \
     看护 授课 授权 教授 讲解 演练 演出 展示 展览 展现 推送 推介 播放 刊登 刊发 报道 讲好 唱响 叫响 擦亮 打响 做精 做细 做深 做活 抓细 抓牢 抓常 \
     夯牢 筑牢 织密 守牢 严管 严查 严打 严防 从严 从快 从重 从优 严明 严肃 加密 加固 加设 加入 加装 加派 加挂 增挂 增开 增配 增派 增补 补建 补充 \
     改良 改进 改用 改为 换发 换用 调动 调配 调度 调剂 调研 调处 调解 仲裁 起诉 立法 立项 立规 执法 普法 释法 守法 修法 建章 定标 定级 定价 限价 限定 \
     限期 规定 约定 商定 商请 协商 磋商 会商 共商 共治 共管 共用 互助 互联 联防 联控 联席 联办 合办 合建 合营 并轨 并入 归入 归口 归集 计入 列为 设为 \
     定为 视为 作为 改由 转由 交给 划归 划入 拨给 配给 送到 引向 投向 用于 专用 挪作 回购 回访 回应 复核 复查 复审 复垦 轮作 休耕 退出 退耕 禁养 禁用 \
     禁售 限制 限行 限高 限速 错峰 避让 疏解 腾退 腾空 挖潜 提质 增效 扩建 扩招 扩权 放活 搞活 用活 管住 管控 压减 压缩 压降 核准 特许 许可 准予 保有 \
     守护 呵护 爱护 珍惜 珍视 重建 重塑 重构 再造 再建 追加 追缴 追偿 追回 善用 慎用 巧用 活用 牢记 把牢 把住 摒弃 抛弃 克服 根治 铲除 肃清 查找 查清 \
     查明 摸底 摸排 盘点 统计 核对 比对 匹配 适配 选配 选育 繁育 培土 深耕 深挖 深究 明晰 明示 标明 标注 标识 注明 载明 写明 讲明 说明 阐明 立足 \
     着眼 放眼 面向 瞄准 对标 对准 看齐 赶超 超前 前移 后移 下移 上移 上收 上线 下架 下调 上调 调高 调低 提级 降级 降格 降本 降耗 节约 节能 减排 减量 \
     增量 增收 增信 增资 注资 融通 贴息 贴补 让利 分红 分利 确权 赋权 赋能 赋码 贯标 对表 挂牌 摘牌 揭榜 领衔 挂帅 牵线 搭桥 站台 背书 护航 兜底 托底";

/// One-character verbs that open a measure only with a particle after them (建好, 设为) are left to the words above;
/// these open one by themselves.
const PREPOSITIONS: &[&str] = &[
    "把", "将", "对", "由", "让", "给", "使", "向", "从", "在", "以", "为", "按", "按照", "根据", "通过", "借助",
    "针对", "围绕", "结合", "立足", "与", "同", "和", "就", "除", "经", "凡", "待", "除了", "基于", "随着", "依据",
    "遵循", "参照", "凭",
];

static ACTION_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ACTIONS.split_whitespace().filter(|w| !PREPOSITIONS.contains(w)).collect());

/// Verbs and connectives that open a clause of purpose or result when they do not open the sentence.
const RESULTS: &[&str] = &[
    "从而",
    "以便",
    "以期",
    "以利",
    "以此",
    "以更好",
    "以切实",
    "以进一步",
    "进而",
    "使得",
    "使其",
    "使之",
    "使",
    "让",
    "确保",
    "保证",
    "保障",
    "实现",
    "做到",
    "达到",
    "避免",
    "防止",
    "减少",
    "降低",
    "提高",
    "提升",
    "增强",
    "促进",
    "促使",
    "推动",
    "带动",
    "助推",
    "助力",
    "满足",
    "解决",
    "缓解",
    "形成",
    "营造",
    "有利于",
    "有助于",
    "便于",
    "最终",
    "真正",
    "切实",
    "有效",
    "充分",
    "不断",
    "共同",
    "为",
    "激发",
    "才能",
    "方便",
];
/// Modal words that put a duty on someone.
pub(super) const MODALS: &[&str] = &[
    "应当", "应该", "应", "要", "必须", "须", "需要", "需", "可以", "可", "还要", "还应", "还可", "也要", "也可",
    "也应", "既要", "不得", "不准", "不能", "亟需", "务必", "更要", "能够", "严禁", "禁止",
];
/// Offices and people who act.
const AGENTS: &[&str] = &[
    "政府",
    "各级",
    "各地",
    "各市",
    "各县",
    "各部门",
    "各单位",
    "相关部门",
    "有关部门",
    "省政府",
    "省级",
    "市级",
    "县级",
    "我省",
    "我市",
    "我县",
    "全省",
    "全市",
    "国家",
    "部门",
    "财政",
    "教育",
    "企业",
    "学校",
    "高校",
    "医院",
    "机构",
    "社区",
    "街道",
    "乡镇",
    "银行",
    "省",
    "市",
    "县",
];
/// Words that only describe what is or is wrong.
const LACKS: &[&str] = &[
    "不足",
    "缺乏",
    "难以",
    "问题",
    "滞后",
    "薄弱",
    "不够",
    "较低",
    "不高",
    "存在",
    "尚未",
    "缺少",
    "不完善",
    "不健全",
    "导致",
    "困难",
    "下降",
    "不强",
    "不力",
    "不清",
    "不明",
    "偏低",
    "偏少",
    "严重",
    "制约",
    "瓶颈",
    "短板",
    "无法",
    "不到位",
    "不合理",
    "不规范",
    "不平衡",
    "困境",
    "矛盾",
    "隐患",
    "没有",
    "仍然",
    "往往",
    "目前",
    "当前",
    "近年来",
    "由于",
    "虽然",
    "但是",
    "不少",
    "很多",
    "许多",
    "之一",
];
/// Adverbs that stand before a verb of action.
const ADVERBS: &[&str] = &[
    "进一步",
    "逐步",
    "积极",
    "大力",
    "尽快",
    "及时",
    "充分",
    "全面",
    "切实",
    "着力",
    "加快",
    "不断",
    "持续",
    "深入",
    "广泛",
    "主动",
    "率先",
    "严格",
    "科学",
    "合理",
    "有效",
    "定期",
    "适时",
    "适当",
    "适度",
    "重点",
    "坚决",
    "依法",
    "抓紧",
    "努力",
    "统一",
    "分类",
    "稳步",
    "有序",
    "鼓励",
    "引导",
    "支持",
    "还",
    "也",
    "再",
];

/// Words that may stand before a modal word or verb and change nothing.
const PARTICLES: &[&str] = &[
    "还",
    "也",
    "再",
    "先",
    "又",
    "都",
    "均",
    "更",
    "并",
    "且",
    "或",
    "而",
    "但",
    "既",
    "即",
    "才",
    "将来",
    "今后",
    "首先",
    "其次",
    "最后",
    "所以",
    "因而",
    "因此",
    "及早",
    "尽早",
    "尽可能",
    "可能",
    "特别",
    "尤其",
    "妥善",
    "科学",
    "合理",
    "自主",
    "直接",
    "大幅",
    "有意识地",
    "下大力气",
    "每年",
    "每月",
    "每季度",
    "一定",
    "一律",
    "甚或",
    "先行",
    "同步",
];

/// How a stretch opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// With a verb of action, adverbs before it aside.
    Action,
    /// With a duty: 应, 要, 可以.
    Modal,
    /// With a preposition that leads to the act: 把, 对, 通过.
    Preposition,
    /// With an office or people who act.
    Agent,
    /// With a word that may open a purpose or result, and no action of its own: 从而, 使.
    Result,
    /// With a verb that is an act at the start of a sentence and a result behind one: 提高, 确保.
    Either,
    /// With its subject, the duty behind it: 学校应当开设….
    Duty,
    /// With anything else.
    Other,
}

impl std::fmt::Display for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letter = match self {
            Self::Action => 'A',
            Self::Modal => 'M',
            Self::Preposition => 'P',
            Self::Agent => 'G',
            Self::Result => 'R',
            Self::Either => 'E',
            Self::Duty => 'D',
            Self::Other => 'O',
        };
        write!(f, "{letter}")
    }
}

/// How folded text opens.
pub(super) fn opening(text: &str) -> Opening {
    let mut rest = text;
    let mut modal = false;
    for _ in 0..4 {
        if let Some(behind) = longest(MODALS, rest).filter(|behind| !behind.is_empty()) {
            (rest, modal) = (behind, true);
        } else if let Some(behind) = longest(PARTICLES, rest).filter(|behind| behind.chars().count() >= 2) {
            rest = behind;
        } else {
            break;
        }
    }
    if modal {
        return Opening::Modal;
    }
    let starts = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    match (starts(RESULTS), begins_with_action(rest)) {
        (true, true) => return Opening::Either,
        (true, false) => return Opening::Result,
        (false, true) => return Opening::Action,
        _ => {}
    }
    if starts(PREPOSITIONS) {
        return Opening::Preposition;
    }
    if longest(ADVERBS, rest).is_some_and(begins_with_action) {
        return Opening::Action;
    }
    match duty(rest) {
        true => Opening::Duty,
        false if starts(AGENTS) => Opening::Agent,
        false => Opening::Other,
    }
}

/// What stands behind the longest of `words` that opens `text`.
fn longest<'a>(words: &[&str], text: &'a str) -> Option<&'a str> {
    words.iter().filter_map(|word| text.strip_prefix(word)).min_by_key(|behind| behind.len())
}

/// Whether a modal word stands inside folded text with a verb of action or a preposition close behind it.
pub(super) fn duty(text: &str) -> bool {
    let leads = |rest: &str| {
        let rest = longest(ADVERBS, rest).unwrap_or(rest);
        begins_with_action(rest) || PREPOSITIONS.iter().any(|word| rest.starts_with(word))
    };
    let behind = |word: &str| text.match_indices(word).any(|(at, _)| at > 0 && leads(&text[at + word.len()..]));
    MODALS.iter().any(|word| behind(word))
}

/// Ends of a stretch that leads to the act in the next one: means, condition, time, topic.
const HANGING: &[&str] = &[
    "基础上",
    "前提下",
    "情况下",
    "的同时",
    "过程中",
    "条件下",
    "背景下",
    "下",
    "时",
    "后",
    "前",
    "中",
    "上",
    "方面",
    "方式",
    "形式",
    "手段",
    "途径",
    "渠道",
    "为引领",
    "为主",
    "为导向",
    "为重点",
    "为契机",
    "为抓手",
    "为基础",
    "为核心",
    "为依托",
    "的",
    "者",
    "优势",
    "措施",
    "方法",
    "机制",
    "为载体",
    "为目标",
    "思路",
    "原则",
];

/// Whether folded text leads to an act that follows.
pub(super) fn hangs(text: &str) -> bool {
    HANGING.iter().any(|end| text.ends_with(end))
}

/// How many words of lack and description folded text has, up to 2.
pub(super) fn lacks(text: &str) -> usize {
    LACKS.iter().filter(|word| text.contains(*word)).count().min(2)
}

/// How many verbs of action stand in folded text behind its opening, up to 2.
pub(super) fn mentions_action(text: &str) -> usize {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let pair = |i: usize| {
        let end = chars.get(i + 2).map_or(text.len(), |c| c.0);
        &text[chars[i].0..end]
    };
    (2..chars.len().saturating_sub(1)).filter(|&i| ACTION_SET.contains(pair(i))).count().min(2)
}

/// Whether folded text ends like a result: …化, …力, …水平, …发展.
pub(super) fn ends_like_result(text: &str) -> bool {
    [
        "水平",
        "能力",
        "效率",
        "效益",
        "质量",
        "发展",
        "作用",
        "意识",
        "素质",
        "问题",
        "环境",
        "氛围",
        "目的",
        "需求",
        "安全",
        "健康",
        "成本",
        "积极性",
    ]
    .iter()
    .any(|end| text.ends_with(end))
}

/// Whether folded text begins with a verb of action, or an adverb that only goes with one.
pub(super) fn begins_with_action(text: &str) -> bool {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.skip(2).take(2).any(|end| ACTION_SET.contains(&text[..end]))
}
