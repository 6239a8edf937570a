# 结构模型和测量质量的用语：区分效度的区间、高阶维度、分组比较。

## 区分效度（HTMT）

report-table-htmt = 两两之间的区分效度（HTMT）
report-column-pair = 两个维度
report-column-htmt = HTMT
report-column-htmt2 = HTMT2
report-htmt-distinct = 成立
report-htmt-close = 接近界限
report-htmt-same = 不能确定
report-htmt-unknown = 没有区间，不作判断
report-htmt-warning = 下列维度两两之间的区分效度不能确定（HTMT 的区间含 1）：{ $pairs }。模型在它们之间划分的影响要当作一个整体来读。
report-note-htmt = HTMT：不同维度题目之间的平均相关，除以同一维度题目之间的平均相关；1 表示两个维度不能区分。结论按 HTMT 区间的上限作出：低于 0.90 为成立，0.90 至 1 为接近界限，达到 1 为不能确定。HTMT2 用几何平均，各题载荷不等时偏差较小，列出供对照，不作结论：题目之间的相关接近 0 时它的区间很宽，相关为负时没有定义。单题维度没有 HTMT。
report-reading-htmt = HTMT、HTMT2：区间上限应低于 0.90，这是本报告采用的界限；对意思相差较大的维度，文献也用更严的 0.85（Henseler、Ringle 和 Sarstedt，2015；区间的用法见 Franke 和 Sarstedt，2019；HTMT2 见 Roemer、Schuberth 和 Henseler，2021）。

## 贡献

report-column-johnson-weight = 相对权重（Johnson）

## 计算方法

report-model-algorithm = 计算方法：各题的起始权重都是 1；逐步更新，直到一步之内全部权重变化的绝对值之和小于 { $tolerance }，最多 { $max } 步，届时仍未收敛则报错，不给出结果；每个维度的符号转到权重之和为正，每个重复样本也各自如此。题目标准化后估计，相关系数按最终权重加权。

## 由其他维度组成的维度

report-table-whole = “{ $dimension }”的组成
report-column-part-share = 占整体的份额
report-column-part-correlation = 与整体的相关
report-whole-formed = “{ $dimension }”由下列维度构成：它们各自是它的一个方面，不必彼此相关。份额是某一部分提高 1 分时整体提高的分数。
report-whole-shown = “{ $dimension }”表现在下列维度上：整体高的顾客，各部分的评价也高。份额是某一部分提高 1 分时整体提高的分数。
report-whole-two-stage = 两阶段法：先用各部分代替整体估计一遍，再以它们的得分作为整体的题目（Sarstedt 等，2019）
report-whole-repeated = 重复指标法：整体再用一次各部分的全部题目，一次估计（Lohmöller，1989）
report-note-whole = { $method }。各部分的份额合计为 1。各部分通过整体起作用，自己没有箭头；“什么在影响满意”里的数字已经按份额折算。

## 题目的重要性

report-priorities-items = 同一张图也可以细到每一道题：某题提高 1 分，它所在的维度按份额提高，指数再随之提高。题目在图上以编号标出，全文见表。
report-table-priorities-items = 各题的重要性与得分
report-figure-priorities-items = 各题的重要性与得分

report-note-prediction-wholes = 由其他维度组成的维度，其题目由整体的得分按载荷预测；两个阶段都不使用待预测的人来估计。对此没有公开发表的做法，这是本程序的约定。对照的回归不用该整体的任何题目。
