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
report-note-draw-checks = 每一项都由程序当场重做：以封存的名单和种子重新抽取，再与抽取名单、答卷和样本结果逐个比对。不符之处按件计，不显示编号。
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
report-told-seed = 抽样的种子

report-draw-open = 没有与抽样记录不符之处，但并非每一项都能核对，见下表；缺的文件补齐后再核对。
report-table-rates-waves = 各期的结果率
report-base-outcomes-waves = 抽取的样本见各行 · 未加权计数
report-column-share-of-drawn = 占抽取
report-column-population-estimated = 顾客（估计）
report-note-partials-drawn = 顾客数由抽取的样本估计：每个样本代表其层的顾客数 ÷ 抽取数，已查明不合格的不计入，因此合计小于抽样框。

## 访问结果表与抽取数、答卷对不上

dispositions-unbalanced =
    { $what ->
        [drawn] 访问结果表中层“{ $stratum }”各类结果之和与抽样框的抽取数不一致
        [no-stratum] 访问结果表中的层“{ $stratum }”不在抽样框中
       *[answers] 访问结果表的完成与部分完成之和，与作答的人数不一致（重复提交只算一人）
    }
    .expected = { $wanted }
    .got = { $found }
    .hint = 核对访问结果表与抽样框、答卷是否为同一期、同一截止时间；数字对不上时不出报告

report-column-iterations = 迭代
report-column-weights-digest = 权重摘要

report-r-population = 只用各层顾客数、不用未作答者的任何信息时（基于总体的 R 指标，Bianchi 等，2019）：R { $r }，标准误 { $se }，{ $interval }：{ $verdict }。它没有扣除抽样造成的偏差，查明不合格的仍算作未作答，所以不与上面的 R 指标比较大小，只作旁证。
report-r-word-representative = 看不出回答有偏
report-r-word-selective = 回答有偏
report-r-word-unclear = 不能断定回答是否有偏
report-r-word-too-small = 样本太小，不作判断
