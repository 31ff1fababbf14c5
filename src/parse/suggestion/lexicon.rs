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
     立足 围绕 把 将 对 由 让 给 使 向 从 在 以 为 按 按照 根据 通过 借助 借力 参与";

/// One-character verbs that open a measure only with a particle after them (建好, 设为) are left to the words above;
/// these open one by themselves.
const PREPOSITIONS: [&str; 21] = [
    "把", "将", "对", "由", "让", "给", "使", "向", "从", "在", "以", "为", "按", "按照", "根据", "通过", "借助",
    "针对", "围绕", "结合", "立足",
];

static ACTION_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ACTIONS.split_whitespace().filter(|w| !PREPOSITIONS.contains(w)).collect());

/// Whether folded text begins with a verb of action, or an adverb that only goes with one.
pub(super) fn begins_with_action(text: &str) -> bool {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.skip(2).take(2).any(|end| ACTION_SET.contains(&text[..end]))
}
