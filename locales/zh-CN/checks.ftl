# 样本、清理、答卷质量、权重、保留意见、披露、复算各章的补充说法。

report-sensitivity-bound = 变化的 { $level } 置信区间包含 0，区间排除了超过 { $bound } 分的变化（升或降）。

## 各层

report-note-few = n 不足 { $few } 的层加了标记：只看这一层时，比例的误差超过约 ±14 个百分点（95% 置信水平，未作有限总体校正）。

## 答卷质量

report-quality-reading-single = 核查 { $screened } 份答卷，其中 { $flagged } 份（{ $flagged_share }）被某项指标标记；没有一份被两类及以上的指标标记。
report-quality-unreachable = 其中{ $names }的界线无人可及，这几项没有标记说明不了什么。
report-quality-not-run = 没有运行：{ $names }（原因见下表）。
report-quality-unreachable-outside-range = 标记不了任何人：界线在该指标可能的取值之外
report-quality-unreachable-excluded-before = 标记不了任何人：这样长的答卷已由清理规则排除
report-quality-without-nothing = 被标记的只有 { $flagged } 份答卷，不计入它们的结果与已公布的结果相差太少，列出会使这几份的答案可以推算，因此不列；对结果的影响也只限于这几份。

## 规则与指标的设置

report-rule-with-settings = { $reason }（{ $settings }）
report-setting-keep =
    { $value ->
        [first] 保留第一份
       *[other] 保留最后一份
    }
report-setting-answers-max = 问题答案多于 { $value } 个
report-setting-answered-share-min = 作答题数不足应答题数的 { $percent }
report-setting-seconds-min = 界限 { $value } 秒
report-setting-run-max = 最多允许连续 { $value } 题
report-setting-run-min = 连续 { $value } 题起
report-setting-fence = 四分位距倍数 { $value }
report-setting-correlation-min = 题间相关至少 { $value }
report-setting-pairs = { $value } 对题
report-setting-share-min = 相同题目至少 { $percent }
report-setting-expected-max = 同等满意的人中出现的概率不超过 { $value }
report-setting-items-min = 至少共同作答 { $value } 题
report-setting-seed = 随机种子 { $value }
report-setting-window-seconds = 时段 { $value } 秒
report-setting-alpha = 显著性水平 { $value }
report-setting-interviews-min = { $value } 份起

report-reference-duplicate = GB/T 26316-2023（ISO 20252:2019）：一位受访者一份答卷
report-reference-required = AAPOR《标准定义》：按适用题目的作答比例划分完成
report-reference-unfinished = AAPOR《标准定义》：中断、部分完成
report-reference-faulty = 中国消费者协会 2017：经取值和逻辑审核作废的答卷
report-reference-attention = Meade & Craig 2012，Psychological Methods 17(3)：指定作答的检测题
report-reference-too-fast = Huang 等 2012，J. Business and Psychology 27：作答时间
report-reference-straight-line = Johnson 2005，J. Research in Personality 39：最长相同作答

## 抽样核查报告首页

report-conclusion = 结论
report-gate-open = 齐全
report-gate-closed = 不齐全
report-cover-drawn = 是否随机样本？{ $list }。
report-cover-response = 回答率 { $rate }（{ $name }，抽取 { $drawn }）；扣除清理排除的答卷后为 { $after }。
report-cover-substitutes = 启用备选 { $asked } 个，其中 { $answered } 个作答。
report-cover-excluded = 收到答卷 { $received } 份，清理排除 { $excluded } 份，计入 { $n } 份。
report-cover-lowest = { $strata } 个层中有 { $passed } 个份额达标（不少于应有份数的 { $limit }）；达成最低的是{ $name }：{ $achieved }，n = { $n }。
report-cover-one-stratum = 样本没有分层，不作分层的核对。
report-cover-r = 就{ $variables }而言，{ $verdict }（R 指标 { $r }，{ $interval }）；其他特征没有核对。
report-cover-r-without = { $waves }没有计算 R 指标。
report-cover-weights = 最大权数是最小权数的 { $ratio } 倍，加权的设计效应（Kish）为 { $kish }：{ $n } 份答卷相当于 { $effective } 份等权的答卷。
report-cover-weights-equal = 各份答卷的权数相同，加权不影响精度。
report-cover-gate-open = 披露清单中发布前必须齐全的各项都已齐全。
report-cover-lacking = 另有第 { $items } 项不齐全，应在发布前补齐或说明。

## 抽样步骤与公式

report-fact-required-formula = 所需样本量的算法
report-required-formula = 误差 e = { $margin }，比例按一半计（所需最多），{ $level } 置信水平：n0 = z² × 0.25 ÷ e² = { $simple }，进位为 { $n }
report-required-formula-finite = 误差 e = { $margin }，比例按一半计（所需最多），{ $level } 置信水平：n0 = z² × 0.25 ÷ e² = { $simple }；有限总体校正（N = { $population }）：n = n0 ÷ [1 + (n0 − 1) ÷ N]，进位为 { $n }
report-fact-allocation = 各层的抽取比例
report-allocation-proportional = { $range }：按顾客数成比例分配
report-allocation-unequal = { $range }：各层不同，由基础权数抵消
report-procedure-key = 从种子到名单：先把名单写成规范形式（编号与封存的各列，按编号排序）并求 SHA-256 摘要；每位顾客的键 = SHA-256（名单摘要 | 种子 | 编号）。不用随机数发生器：键由名单和种子唯一决定，事先无法预知，也无法挑选。
report-procedure-key-clusters = 从种子到名单：先把名单写成规范形式（编号与封存的各列，按编号排序）并求 SHA-256 摘要；每个群和每位顾客的键 = SHA-256（名单摘要 | 种子 | 名称或编号）。不用随机数发生器：键由名单和种子唯一决定，事先无法预知，也无法挑选。
report-procedure-simple-random = 把键从小到大排列，取规定的个数为主样本，紧接其后的为备选，备选按此次序启用。
report-procedure-systematic = 按{ $sort }排序（同值的按键），由摘要决定随机起点，每隔 N ÷ n 个取一个。
report-procedure-pps-systematic = 按{ $sort }排序（同值的按键），由摘要决定随机起点，以与{ $size }成比例的概率等距抽取。
report-procedure-pps-by-key = 按键排序，由摘要决定随机起点，以与{ $size }成比例的概率等距抽取。
report-procedure-sampford = 以与{ $size }成比例的概率按 Sampford 法抽取，随机性都取自同样的摘要。
report-procedure-cluster-size = 群内的顾客数
report-procedure-strata = 各层（{ $strata }）分别抽取。
report-procedure-all-of-cluster = 抽中的群全部访问。
report-procedure-of-cluster = 每个抽中的群内再按键取 { $units } 位。
report-procedure-again = 有名单、设计和种子的任何人都能得出同样的样本。

report-procedure-systematic-by-key = 按键排序，由摘要决定随机起点，每隔 N ÷ n 个取一个。

## 基数

report-base-index = n = { $n } · { $weighting } · 置信水平 { $level } · { $wave }
report-base-counts-waves = 计入的答卷：{ $waves } · 未加权计数
report-column-n-effective-all = 有效样本量（全部）

## 标准误背后的抽样设计

report-design-jackknife-groups = { $method }：随机分为 { $groups } 组，其中 { $count } 组分到了受访者，即 { $count } 次重复；由它得到的标准误，自由度最多为 { $count } 减一，见各表
report-design-jackknife-each = { $method }，{ $count } 次重复

## 权重

report-weights-ineligible-counted = 抽取的样本中有 { $n } 个（{ $share }）查明不合格。无回答调整把他们与无回答的一样计入，因此权数之和是抽样框的全部 { $population } 位顾客，多于其中合格的。同一层内各份答卷的权数相同，得分只取决于各层顾客数之比：各层不合格的比例相近时，得分不受影响；相差很大时，不合格多的层会偏重。
report-weights-ineligible-left-out = 抽取的样本中有 { $n } 个（{ $share }）查明不合格，无回答调整不把他们计作无回答。

## 保留意见

report-findings-alike = 同类共 { $count } 条
report-place-lines = { $file }，第 { $lines } 行

## 问卷

report-chapter-questionnaire = 附录：问卷
report-questionnaire-intro = 下面按答卷文件中各列的次序列出全部题目：原文、可选的答案及其分值、用途。背景信息中取自抽样框的（如分层）不是问卷中的题目，不在其内。
report-questionnaire-instructions = 作答说明原文：{ $text }
report-questionnaire-no-instructions = 调查定义没有写明作答说明。
report-table-questionnaire = 题目
report-column-question-number = 次序
report-column-question-wording = 题目原文（下面是答卷文件中的列名）
report-column-question-answers = 可选的答案与分值
report-column-question-use = 用途
report-note-questionnaire = “不计分”的答案视为缺失。跳转由“不适用”体现：没有遇到该情形的受访者选“不适用”，不计入该题的得分。
report-question-not-worded = 调查定义没有题目原文
report-question-right = 正确的答案：{ $answers }
report-question-own-words = 自由填写
report-question-categories = 选择类别
report-question-no-score = 不计分：{ $answers }
report-question-reversed = 反向题：同意表示不满意，计分时反转
report-question-use-item = 计分题
report-question-use-importance = 重要性自评
report-question-use-expectation = 期望
report-question-use-measure = 单题指标
report-question-use-complaint = 投诉
report-question-use-attention = 检测题：检查是否认真作答
report-question-use-open = 开放题
report-question-use-background = 背景题

## 披露

report-told-strategy = 收集方式
report-told-wording = 题目原文与顺序
report-told-instructions = 作答说明
report-told-length-median = 实际用时的中位数（分:秒）
report-disclosure-annexed = 见附录“问卷”
report-disclosure-missing-left-out = 不做插补：缺失的答案不计入该题的得分
report-disclosure-missing-mean = 不做插补：缺失的答案不计入该题的得分；路径模型以该题均值代替
report-disclosure-missing-pairwise = 不做插补：缺失的答案不计入该题的得分；路径模型的相关由同时作答两题的人计算
report-disclosure-missing-listwise = 不做插补：缺失的答案不计入该题的得分；路径模型只用没有缺失的答卷
report-disclosure-missing-em = 不做插补：缺失的答案不计入该题的得分；路径模型的相关由最大似然（EM）估计
report-disclosure-limit-not-random = 受访者不是随机抽取的，或抽取方法不明，不能推断全部顾客
report-disclosure-limit-no-frame = 没有抽样框，不能检查样本是否覆盖全部顾客
report-disclosure-limit-neither = 受访者不是随机抽取的，或抽取方法不明，不能推断全部顾客；没有抽样框，不能检查样本是否覆盖全部顾客
