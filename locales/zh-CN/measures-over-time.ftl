# 由答卷按提交时间做成的系列

report-series-by-week = 周
report-series-by-month = 月
report-series-file-answers = { $waves } 的答卷，按提交时间分{ $by }
report-series-answers = 每{ $by }一个点，来自 { $waves } 中计入的答卷，按提交时间归入各{ $by }，用该期调查的权数加权；比例的界限按有效样本量 (Σw)²/Σw² 计算，加权相同时就是答卷数。答题不足 { $base } 份的{ $by }不列出。
report-series-answers-too-small = 不足 { $base } 份而没有列出：{ $periods }。
report-series-answers-withheld = { $periods }也不列出：另有不足 { $base } 份的答卷没有列出或没有提交时间，若其余各段都公布，由合计相减就能推算出这几份的答案。
report-series-answers-untimed = 有 { $untimed } 份答案没有可用的提交时间，不在任何一{ $by }中。
report-series-gaps = 有 { $gaps } 处中断（如两次调查之间）：线不跨越中断相连，跨越中断的极差不计入，各判断规则不跨越中断，EWMA 与 CUSUM 在中断之后重新开始；中心与离散程度取自全部时期。
report-forecast-gaps = 不作预测：时期之间有中断，“下一时期”与“去年同期”都无从确定
report-table-series-values = 各时期的数值

# 指标之外的目标

report-note-targets-ceiling = 投诉率的目标是上限：整个区间不高于上限才算达到，整个区间高于上限才算未达到。

report-complaints-categories-withheld = 说出投诉内容的受访者太少，达不到分组的最小基数，各类投诉的人数和比例都不公布。
