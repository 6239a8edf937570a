### 满意度：年度监督报告的每一句话（简体中文）。
### 键和参数与 locales/en 中的同名文件完全一致。所有参数都是文字，不能按数值选择变体。

report-kind-surveillance = 顾客满意度年度监督报告
report-kind-summary = 一页摘要

report-chapter-plan = 计划与完成
report-chapter-fieldwork = 历次抽样与访问
report-chapter-targets = 对照目标
report-chapter-actions = 改进措施及其后的变化
report-chapter-grade = 等级是否保持
report-chapter-questions = 下次审核会问什么
report-chapter-glance = 一览

## 计划与完成

report-plan-reading = 计划 { $count } 项，已完成 { $done } 项，其中 { $late } 项晚于计划日期。
report-table-plan = 年度计划与完成情况
report-base-plan = 计划 { $count } 项 · 按 plan 文件的记录
report-column-plan-item = 计划事项
report-column-done = 完成
report-plan-late = { $date }，晚于计划
report-note-plan = 证明只列出编号，本程序没有核对其内容。“材料”一栏是这一项可以在监督审核时出示的材料。
report-table-log = 问卷修改与复核记录
report-base-log = 记录 { $count } 条 · 按问卷记录文件
report-column-date = 日期
report-column-log-change = 修改或复核

fact-plan-done = 按计划完成：{ $item }（{ $date }），证明 { $proof }
fact-plan-unproven = { $item }已于 { $date } 完成，但没有证明
fact-plan-open = 计划中有“{ $item }”（到期 { $date }），尚未完成

## 历次抽样与访问

report-fieldwork-intro = 各期怎样抽样、抽中的人最后怎样了、多少答卷计入结果。各行从抽样框到计入的答卷依次排列，可逐期对照。
report-table-fieldwork = 历次抽样与访问结果
report-column-fieldwork = 项目
report-fieldwork-field = 访问日期
report-fieldwork-method = 抽样
report-fieldwork-random = 随机抽样
report-fieldwork-not-random = 非随机或不明
report-fieldwork-questionnaire = 问卷版本
report-fieldwork-population = 抽样框中的顾客
report-fieldwork-drawn = 抽取
report-fieldwork-not-eligible = 不合格
report-fieldwork-contacted = 接触到
report-fieldwork-interviews = 完成与部分完成
report-fieldwork-received = 收到的答卷
report-fieldwork-excluded = 按规则排除
report-fieldwork-counted = 计入的答卷
report-fieldwork-response-rate = 回答率
report-fieldwork-n-effective = 有效样本量（Kish，计入的全部答卷）
report-fieldwork-kish = 加权的设计效应（Kish）
report-fieldwork-strata-passed = 份额达标的层
report-note-fieldwork = 回答率为 AAPOR 的 { $rate }。“收到的答卷”含重复提交，所以可以多于“完成与部分完成”。

## 对照目标

report-targets-reading = { $wave }的 { $count } 项目标：达到 { $met } 项，未达到 { $missed } 项，不能断定 { $open } 项。
report-table-targets = 结果对照目标（{ $wave }）
report-column-goal = 目标
report-column-found = 结果
report-column-off-target = 相差
report-note-targets = 只有整个置信区间都不低于目标才算达到，整个区间都低于目标才算未达到；区间跨过目标的，抽样误差不容许下结论。
report-target-met = 达到
report-target-not-met = 未达到
report-target-cannot-tell = 不能断定
report-target-not-available = 无从对照

## 改进措施

report-effects-reading = { $count } 项措施中：{ $up } 项之后所指的得分显著上升，{ $down } 项之后显著下降，{ $unshown } 项之后不能断定有变化；{ $waiting } 项完成之后还没有调查过，{ $open } 项尚未完成。
report-table-effects = 措施之后的变化
report-column-moves = 所指的得分
report-note-effects = 比较的是提出措施的那一期，与措施完成之后开始的第一期。p 值对所列的全部措施做 Holm 校正。上升发生在措施之后，不等于由措施引起：同一时期还有别的变化。得分都是全部顾客的得分，只在部分地区或人群实施的措施，在其中未必看得出来。
report-effect-up = ▲ 之后上升
report-effect-down = ▼ 之后下降
report-effect-not-shown = 不能断定有变化
report-effect-not-yet-asked = 完成后尚未调查
report-effect-open = 尚未完成
report-effect-not-comparable = 两期的问法不同，不作比较
report-effect-not-measured = 没有可比的得分

## 等级

report-grade-held-met = 最近一期的指数达到“{ $scheme }”中“{ $grade }”的分数线：就指数而言，等级保持。
report-grade-held-lost = 最近一期的指数低于“{ $scheme }”中“{ $grade }”的分数线：就指数而言，等级没有保持。
report-grade-held-open = 最近一期的置信区间跨过“{ $scheme }”中“{ $grade }”的分数线：是否达到证书上的等级，不能断定。
report-grade-held-unstated = 调查定义没有写明证书上的等级（[certificate] grade），下表只列出各期对照“{ $scheme }”的结果。
report-grade-held-provisional = 分数线为假定值，没有经认证机构的规则确认。
report-table-grade-held = 历次对照证书的方案
report-column-grade-certain = 可断定达到
report-column-grade-possible = 可能达到
report-column-grade-granted = 是否达到证书等级

## 下次审核会问什么

report-questions-intro = 下面的问题全部由本报告中的事实引出，按等级、结果、措施、计划与证据、样本、披露的顺序排列。请在审核之前准备好答复和证明。
report-questions-none = 本报告中没有引出问题的事实：等级、目标、措施、计划、证据、样本和披露都没有缺口。
report-table-questions = 审核员可能提出的问题
report-base-questions = 问题 { $count } 个 · 全部由本报告的事实引出
report-column-number = 序号
report-column-question = 问题
report-column-chapter = 见哪一章

question-grade-lost = { $wave }的指数低于“{ $grade }”的分数线。证书上的等级凭什么保持？
question-grade-open = { $wave }的置信区间跨过“{ $grade }”的分数线，是否达到不能断定。有没有别的证据说明等级保持？
question-grade-provisional = “{ $scheme }”的分数线为假定值。依据的是哪个机构的哪份规则、哪个版本？
question-drop = “{ $name }”比 { $from }显著下降 { $points } 分，而改进措施中没有一项针对它。原因查清了吗，打算怎么办？
question-target-missed = “{ $name }”没有达到目标 { $target } 分，也没有针对它的改进措施。打算怎么办？
question-action-overdue = 措施“{ $item }”应于 { $date } 完成，访问结束时仍未完成。现在怎样了？
question-action-unproven = 措施“{ $item }”记为已完成，但没有证明。证明在哪里？
question-plan-overdue = 计划事项“{ $item }”应于 { $date } 完成，访问结束时仍未完成。现在怎样了？
question-plan-unproven = 计划事项“{ $item }”记为已完成，但没有证明。证明在哪里？
question-evidence-missing = { $visit }（{ $until } 之前）需要“{ $evidence }”：{ $fact }。届时拿什么出示？
question-not-probability = { $wave }不是随机抽样。凭什么说结果代表顾客？
question-strata-short = { $count } 个层的答卷不足（{ $names }）。这些顾客的意见怎样得到代表？
question-gates-failed = { $count } 项自己定的质量门槛没有达到。为什么结果仍可使用？
question-disclosure-missing = 披露清单还缺 { $count } 项。什么时候补齐？
question-more = 同一类问题还有 { $count } 个。

## 一页摘要

report-table-glance = 各维度得分
report-glance-questions = 下次审核前要准备的
report-glance-up = ▲ 显著上升
report-glance-down = ▼ 显著下降
report-glance-same = 不能断定有变化

surveillance-done = 年度监督报告已写入 { $path }；审核员可能提出的问题 { $count } 个
report-glance-equivalent = 等价（变化小于约定的界限）

report-written = { $count } 个文件已写入 { $path }，全部取自 assessment.json，没有重新计算
