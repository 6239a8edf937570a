## 网页报告上的控件与下钻

report-page-skip = 跳到正文
report-page-theme = 外观
report-page-theme-auto = 跟随系统
report-page-theme-light = 浅色
report-page-theme-dark = 深色
report-page-find = 筛选
report-page-rows = 行

report-drill-title = 从维度到题目和人群
report-drill-intro = 展开一个维度，可看到它的各个题目，以及各类顾客在该维度上的得分。
report-drill-items = { $dimension }：题目
report-drill-domains = { $dimension }：按 { $column }

## 图：雷达图、权重分布、作答用时

report-figure-radar = 各维度得分的形状
report-alt-radar = { $title }，中心为 0 分，外圈为 100 分：{ $scores }。
report-figure-note-radar = 雷达图只看形状，长短请看条形图和表。{ $note }
report-figure-weight-distribution = 权重分布
report-alt-weight-distribution = { $title }：相对权重（平均为 1）从 { $from } 到 { $below }，Kish 效应 { $kish }，有效样本量 { $effective }。
report-figure-note-weight-distribution = 相对权重的平均为 1。权重不等使方差增大的倍数（Kish 效应）为 { $kish }，有效样本量 { $effective }。
report-axis-relative-weight = 相对权重（平均为 1）
report-column-relative-weight = 相对权重
report-column-of-all = 占比
report-legend-counted = 计入分析的答卷
report-figure-durations = 作答用时
report-alt-durations = { $title }：{ $n } 份答卷按用时分布，中位数 { $median }（分:秒）。
report-figure-note-durations = 中位数 { $median }（分:秒）。首段和末段合并到至少 { $least } 份答卷，各段都不少于 { $least } 份。
report-axis-durations = 用时（分:秒）
report-column-durations = 用时（分:秒）
report-heading-durations = 作答用时
report-durations = 计入分析的答卷中，{ $n } 份有用时记录，{ $unknown } 份没有；用时中位数为 { $median }（分:秒）。用时只以合并后的计数报告，不对应任何个人。
