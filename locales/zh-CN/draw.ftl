## 抽样记录：逐项核对

draw-question-cases-drawn = 有最后结果的是否都在样本或备选之中
draw-question-drawn-have-cases = 主样本是否人人都有最后结果
line-of-cases = 样本结果
verify-cases = 有最后结果的 { $cases } 个，其中启用的备选 { $reserve } 个

report-table-draw-checks = 抽样记录逐项核对
report-column-draw-question = 问题
report-column-draw-answer = 回答
report-column-draw-against = 不符之处
report-draw-answer-holds = 是
report-draw-answer-does-not-hold = 否
report-draw-answer-cannot-tell = 无从判断
report-note-draw-checks = 每一项都由程序当场重做：以封存的名单和种子重新抽取，再与抽取名单、答卷和样本结果逐个比对。不符之处按件计；是哪几行，用 manyidu sample verify 查看，不显示编号。
report-table-draw-strata = 各层的抽取、备选的启用与作答
report-column-draw-elements = 可抽
report-column-draw-main = 主样本
report-column-draw-reserve = 备选
report-column-draw-asked = 启用的备选
report-column-draw-responded-main = 主样本中作答
report-column-draw-responded-reserve = 备选中作答
report-note-draw-strata = 备选只在主样本中有人不能访问时按顺序启用；启用后与主样本一样要有最后结果。
report-fact-draw-commitment = 承诺文件 SHA-256（先存档）
report-fact-draw-sealed = 名单与设计的封存日
report-fact-draw-seed-from = 种子的来源与公布日
report-fact-draw-cases = 有最后结果的样本
report-fact-draw-missing = 主样本中没有答卷
report-probability-stated = 是（按定义，未核实）
report-probability-none = 否
report-probability-verified = 是，已与抽样记录核对
report-probability-not-kept = 定义如此，但与抽样记录有出入
report-told-draw-record = 抽样记录
report-told-seed = 种子
