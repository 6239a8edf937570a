## 两期之间的变化：哪些是真的

report-trend-intro = 两期之差有抽样误差。两期都回答过的人（或都抽到的群）使两期的估计相关，标准误已计入这一相关。同一类的内容一起检验、一起校正：指数、维度、题目、分组的指数、分组的维度各为一类。校正后的 p 小于显著性水平才说有变化，否则只说不能判定，这不等于没有变化。两个置信区间是否重叠不是检验：等到两个 95% 区间不再重叠，相当于 p 约为 0.0056 的检验。
report-trend-elsewhere = 与更早一期相比时，这里只列指数、维度、题目等全体答题者的结果；更早各期之间只列指数和维度。其余变化（含区间和 p 值）在数据文件 assessment.json 里。
report-trend-in-surveillance = 与更早一期相比时各题的变化、分组后各维度的变化，见年度监督报告。
report-note-changes = 变化以分计（后期减前期）；区间未经校正，其下为标准误。p 为双侧检验（Satterthwaite 自由度）。校正的范围是本类 { $tests } 项检验（指数单独成类），结论依据 { $adjustment } 校正后的 p；BH 为 Benjamini–Hochberg 法。“校正后不显著”：单看区间不含 0，但与本类各项一起检验时不足以断定。可察觉的变化：真实变化有这么大时，单项检验有 { $power } 的把握发现它。
report-note-equivalence = 等价：可以排除 { $margin } 分或更大的变化（两个单侧检验；{ $level } 区间落在 ±{ $margin } 分之内）。
report-note-bh = BH { $p }
report-note-se = 标准误 { $se }
report-note-se-linked = 标准误 { $se }（若独立 { $independent }）
report-column-detectable = 可察觉的变化
report-changes-items = { $from } → { $to }：各题目
report-changes-domains = { $from } → { $to }：各组的指数
report-changes-domain-dimensions = { $from } → { $to }：各组的各维度
report-changes-measures = { $from } → { $to }：其他指标

report-direction-up = ▲ 上升
report-direction-down = ▼ 下降
report-direction-equivalent = 等价：变化小于 { $margin } 分
report-direction-not-significant = 不能判定
report-direction-undetermined = 无法判断
report-direction-small = 但小于 { $margin } 分
report-direction-adjusted-away = { $adjustment } 校正后不显著
report-direction-adjusted-away-small = 校正后不显著，而且很小
report-adjustment-holm = Holm
report-adjustment-bh = Benjamini–Hochberg

report-change-up = { $name }比 { $from }上升 { $points } 分（{ $level } 置信区间 { $interval }，{ $test }），变化显著
report-change-down = { $name }比 { $from }下降 { $points } 分（{ $level } 置信区间 { $interval }，{ $test }），变化显著
report-change-equivalent = { $name }与 { $from }相差 { $signed } 分（{ $level } 置信区间 { $interval }，{ $test }），可以排除 { $margin } 分或更大的变化
report-change-not-significant = { $name }与 { $from }相差 { $signed } 分（{ $level } 置信区间 { $interval }，{ $test }），不能断定有变化
report-change-undetermined = { $name }与 { $from }相差 { $signed } 分，但缺少标准误，不能判断变化是否超出抽样误差
report-change-absent = { $name }与 { $from }无法比较：有一期没有得分
report-largest-change = 变化最大的维度：{ $sentence }

report-shared-respondents = 受访者
report-shared-clusters = 群（初级抽样单元）
report-shared-unknown = 答卷没有可以在两期之间认人的列（或调查定义说明编号不通用），两期按独立样本处理。
report-shared-none = 没有{ $kind }同时出现在两期，两期按独立样本处理。
report-shared-some = 有 { $n } 个{ $kind }同时出现在两期（占后期的 { $share }）。两期指数估计的相关系数为 { $correlation }，变化的标准误因此是 { $se }；若当作独立样本则是 { $independent }。
report-shared-no-correlation = 有 { $n } 个{ $kind }同时出现在两期（占后期的 { $share }），但它们对指数的相关无法估计，变化的标准误按独立样本计算（{ $independent }）。
report-sensitivity = 这两个样本能看出多大的变化：指数至少相差 { $significant } 分才会显著；真实变化有 { $detectable } 分时，有 { $power } 的把握发现它。

report-formula-change = 变化的标准误 = √（前期标准误² + 后期标准误² − 2 × 相关系数 × 前期标准误 × 后期标准误），相关系数由两期都有的受访者或群估计，自由度按 Satterthwaite；p 在每一类之内用 Holm 法和 Benjamini–Hochberg 法校正。

## 分组：与其余各组比较

report-table-segments = “{ $column }”各组与其余各组
report-column-rest = 其余
report-column-rest-difference = 与其余之差
report-column-p-bh = p（BH）
report-column-letters = 高于
report-column-since-before = 与上一期相比
report-standing-above = ▲ 高于其余
report-standing-below = ▼ 低于其余
report-standing-not-significant = 不能判定
report-letters-none = 无
report-note-segments = 其余：本列除该组以外的全部受访者；差的标准误来自同一样本设计的复制，自由度按 Satterthwaite。p（BH）在本列 { $tests } 项比较中用 Benjamini–Hochberg 法校正。字母：指数显著低于本组的组，大写为 95%，小写为 90%（{ $pairs } 对比较，同法校正）。有效 n 为（Σw）²/Σw²。
report-note-segments-before = ▲▼：该组的指数与 { $from }相比变化显著（见“历次变化”的各组一表）。
