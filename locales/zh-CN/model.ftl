# 结构模型和测量质量的用语：区分效度的区间、高阶维度、分组比较。

## 区分效度（HTMT）

report-table-htmt = 两两之间是否各是一回事（HTMT）
report-column-pair = 两个维度
report-column-htmt = HTMT
report-column-htmt2 = HTMT2
report-htmt-distinct = 各是一回事
report-htmt-close = 接近，但不是同一回事
report-htmt-same = 不能断定是两回事
report-htmt-unknown = 没有区间，不作判断
report-htmt-warning = HTMT 的区间含 1：{ $pairs }。顾客的回答分不清这些维度，模型在它们之间划分的影响要当作一个整体来读。
report-note-htmt = HTMT：不同维度的题目之间的平均相关，除以同一维度题目之间的平均相关；1 表示两个维度实为一回事。HTMT2 用几何平均，允许载荷不同。按区间上限判断：低于 0.90 为各是一回事，0.90 至 1 为接近，达到 1 则不能区分。单题维度没有 HTMT。
report-reading-htmt = HTMT、HTMT2：区间应在 1 以下，意思相近的维度以 0.90 为界，其余以 0.85 为界（Henseler、Ringle 和 Sarstedt，2015；区间的用法见 Franke 和 Sarstedt，2019；HTMT2 见 Roemer、Schuberth 和 Henseler，2021）。

## 贡献

report-column-relative-weight = 相对权重（Johnson）
