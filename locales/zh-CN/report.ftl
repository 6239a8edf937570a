### 满意度：报告中的每一句话（简体中文）。
### 键和参数与 locales/en 中的同名文件完全一致。所有参数都是文字，不能按数值选择变体。

## 通用

report-kind-report = 顾客满意度测评报告
report-kind-sampling = 抽样与代表性核查报告
report-summary = 摘要
report-contents = 目录
report-comma = 、
report-semicolon = ；
report-sentence-gap = { "" }
report-range = { $low }{ "\u00A0" }至{ "\u00A0" }{ $high }
report-index = 满意度指数
report-no-interval = 无法给出区间
report-no-score = 无得分
report-this-wave = 本期
report-caveat-not-probability = 受访者不是随机抽取的，或抽样方法不明：区间、概率和显著性只在“假如是随机样本”的前提下成立
report-no-waves = 没有任何一期结果
report-colophon = 由 { $name } { $version } 生成。同样的输入得到逐字节相同的报告；全部数值取自 assessment.json。

report-base = 计入的答卷 { $n } 份（各行的 n 可能较少） · { $weighting } · 置信水平 { $level } · { $wave }
report-base-weighted = 加权
report-base-equal = 未加权（各份答卷权重相等）
report-base-counts = 计入的答卷 n = { $n }（收到 { $received }） · 未加权计数 · { $wave }
report-base-coverage = 计入的答卷 n = { $n }（收到 { $received }） · 未加权计数 · 置信水平 { $level } · { $wave }
report-base-received = 收到的答卷 { $received } 份 · 未加权计数 · { $wave }
report-base-outcomes = 抽取的样本 { $drawn } 个 · 未加权计数 · { $wave }
report-base-wave = { $wave } { $n } 份
report-base-waves = 计入的答卷：{ $waves }（各行的 n 可能较少） · { $weighting } · 置信水平 { $level }
report-base-comparison = 指数的 n：{ $from } { $before }、{ $to } { $after } · 两期各自的权重 · 置信水平 { $level }
report-base-scorecard = 评分表得分 { $points } · 现场评分，没有抽样误差 · { $wave }
report-base-files = 摘要值按文件的原始字节计算

## 摘要

report-index-of-wave = 满意度指数（{ $wave }）
report-index-interval = { $level } 置信区间 { $interval }
report-readings-title = 对照评价方案
report-change-title = 与以往相比
report-stands-out = 主要发现
report-provisional = 暂定：分数线为假定值
report-provisional-running = 等级对照为暂定：分数线未经机构规则确认
report-provisional-long = 暂定：下面的分数线是假定值，没有经认证机构的规则确认。取得认证机构备案的规则并填入方案之前，不要对外使用这里的对照结果。
report-reading-met = 达到“{ $grade }”的分数线 { $line }：区间 { $interval } 全部不低于分数线
report-reading-not-met = 达不到“{ $grade }”的分数线 { $line }：区间 { $interval } 全部低于分数线
report-reading-cannot-tell = 是否达到“{ $grade }”的分数线 { $line }，不能断定：区间 { $interval } 跨过 { $line }（单侧检验“不低于 { $line }”的 p = { $probability }）
report-reading-no-interval = 是否达到“{ $grade }”的分数线 { $line }，不能断定：指数没有区间
report-reading-points-met = 评分表得分 { $points }，达到“{ $grade }”的分数线 { $line }
report-reading-points-not-met = 评分表得分 { $points }，没有达到“{ $grade }”的分数线 { $line }
report-reading-no-scorecard = 这个方案按现场审核评分，调查指数不能换算成它的分数；没有提供评分表，因此不作对照
report-reading-no-index = 没有指数，不作对照

report-named-score = { $name } { $score }（{ $interval }，n = { $n }）
report-extremes = 按点估计，得分最高的维度：{ $highest }；最低的维度：{ $lowest }；区间重叠的维度之间不能断定高低
report-first-priority-total-effect = 最应先改进：{ $name }。它每提高 1 分，指数预计提高 { $importance } 分；现在得分 { $score }，低于图中各维度平均的 { $mean }
report-first-priority-stated = 最应先改进：{ $name }。受访者自评重要性 { $importance }，高于平均；现在得分 { $score }，低于各题平均的 { $mean }
report-important-total-effect = 按点估计，没有维度既重要、得分又低于平均（区间跨过分界的不能排除）。模型中与指数联系最强的是{ $name }：高 1 分的，指数平均高 { $importance } 分，不能由此证明因果；现在得分 { $score }，图中各维度平均 { $mean }
report-important-stated = 没有哪道题既重要、得分又低于平均。受访者自评最重要的是{ $name }（重要性 { $importance }）；现在得分 { $score }，各题平均 { $mean }
report-warnings-count = { $gates ->
        [none] 各期共有 { $warnings } 条注意事项，详见“保留意见”一章
       *[some] 各期共有 { $warnings } 条注意事项，{ $gates } 项质量门槛未达到，详见“保留意见”一章
    }

## 章

report-chapter-results = 测评结果
report-chapter-trend = 历次变化
report-chapter-priorities = 优先改进
report-chapter-sample = 样本与代表性
report-chapter-cleaning = 数据清理
report-chapter-quality = 答卷质量
report-chapter-weights = 权重
report-chapter-model = 测评模型
report-chapter-determination = 对照评价方案
report-chapter-domains = 分组结果
report-chapter-reservations = 保留意见
report-chapter-provenance = 出处与复算

## 列

report-column-dimension = 维度
report-column-item = 题目
report-column-quantity = 测量内容
report-column-subject = 内容
report-column-wave = 期次
report-column-group = 组别
report-column-index = 满意度指数
report-column-score = 得分
report-column-se = 标准误
report-column-interval = { $level } 置信区间
report-column-n = n
report-column-df = 自由度
report-column-method = 方差估计
report-column-items = 题数
report-column-alpha = Cronbach α
report-column-alpha-standardised = 标准化 α
report-column-composite = 组合信度 ρc
report-column-ave = AVE
report-column-item-share = 维度内份额
report-column-distribution = 答案分布（左差右好，%）
report-column-missing = 没有得分的答案
report-column-before = 前期
report-column-after = 后期
report-column-change = 变化（分）
report-column-p = p
report-column-p-holm = p（Holm）
report-column-reading = 结论
report-column-importance = 重要性
report-column-importance-interval = 重要性的 { $level } 置信区间
report-column-performance = 得分
report-column-quadrant = 象限
report-column-stratum = 层
report-column-population = 顾客数
report-column-drawn = 抽取
report-column-received = 收到
report-column-population-share = 占顾客
report-column-sample-share = 占样本
report-column-target = 应有
report-column-achieved = 达成
report-column-coverage = n ÷ 顾客
report-column-verdict = 结论
report-column-test = 检验
report-column-statistic = χ²
report-column-expected = 期望数
report-column-residual = 标准化残差
report-column-p-exact = p（精确）
report-column-rate = 比率
report-column-share = 值
report-column-remark = 说明
report-column-rule = 规则
report-column-effect = 作用
report-column-hit = 命中
report-column-excluded-first = 由它首先排除
report-column-reference = 依据
report-column-with-exclusions = 排除后
report-column-without-exclusions = 不排除
report-column-difference = 差
report-column-gate = 质量门槛
report-column-wanted = 要求
report-column-got = 实际
report-column-step = 步骤
report-column-weight-sum = 权重之和
report-column-weight-min = 最小
report-column-weight-max = 最大
report-column-kish = Kish 效应
report-column-n-effective = 有效样本量
report-column-factor-base = 基础权重
report-column-factor-nonresponse = 无回答调整
report-column-factor-post = 事后分层
report-column-factor-calibration = 边际与截尾
report-column-weight-cv = 变异系数
report-column-margin-error = 与目标的最大误差
report-column-weight-margin = 边际
report-column-weight-category = 类别
report-column-target-share = 总体
report-column-before-share = 校准前（加权）
report-column-after-share = 校准后（加权）
report-column-weight-final = 最终权重
report-column-path = 路径
report-column-coefficient = 系数
report-column-r2 = R²
report-column-outer-weight = 外部权重
report-column-loading = 载荷
report-column-grade = 等级
report-column-line = 分数线
report-column-margin = 得分减分数线
report-column-probability = 单侧 p
report-column-source = 来源
report-column-confidence = 可靠程度
report-column-status = 性质
report-column-condition = 条件
report-column-severity = 级别
report-column-finding = 内容
report-column-place = 位置
report-column-hint = 办法
report-column-file-kind = 用途
report-column-file = 文件
report-column-bytes = 字节
report-column-encoding = 编码
report-column-sha256 = SHA-256

## 事实

report-fact-n = 作答人数 n（指数）
report-fact-n-effective = 有效样本量（指数）
report-fact-se = 标准误
report-fact-level = 置信水平
report-fact-method = 抽样方法
report-fact-probability = 随机样本
report-fact-field = 调查时间
report-fact-population = 抽样框中的顾客
report-fact-drawn = 抽取
report-fact-received = 收到的答卷
report-fact-counted = 计入的答卷
report-fact-questionnaire = 问卷版本
report-fact-response-rate = 回答率
report-fact-required = 所需样本量
report-fact-excluded = 排除的答卷
report-fact-set-aside = 不计分的答案（个）
report-fact-wave = 期次
report-fact-scheme = 内部加权方案
report-fact-iterations = 迭代次数
report-fact-last-change = 末次权重变化
report-fact-replicates = 重复样本
report-fact-replicates-failed = 其中无法估计
report-fact-document = 依据文件
report-fact-rule = 机构规则
report-fact-grade-certain = 可断定达到的最高等级线
report-fact-grade-possible = 可能达到的最高等级线
report-fact-conditions-met = 其他条件
report-fact-survey-id = 调查编号
report-fact-population-text = 调查对象
report-fact-sponsor = 委托方
report-fact-conductor = 执行方
report-fact-mode = 调查方式
report-fact-basis = 依据标准
report-fact-program = 程序
report-fact-seed = 计算用的随机种子（重复样本的分组与抽取、置换检验；与抽样的种子无关）
report-fact-item-weights = 题目权重
report-fact-schema = 结果格式版本

## 图

report-figure-trend = 满意度指数的历次变化
report-figure-trend-dimensions = 各维度的历次变化
report-figure-dimensions = 各维度得分
report-figure-coverage = 样本与顾客的构成
report-figure-priorities = 重要性与表现
report-figure-of-wave = { $title }（{ $wave }）
report-figure-data = 图中的数据
report-figure-data-elsewhere = 图中的数据见表“{ $table }”。
report-figure-left-out = “{ $figure }”图没有画出：{ $reason }
report-figure-reason-empty = 没有可画的数值
report-figure-reason-number = 有数值超出图的范围
report-figure-reason-interval = 有区间的下限高于上限
report-figure-reason-wave = 有两期同名
report-figure-reason-size = 内容太多，放不进一张图
report-figure-reason-drawing = 绘图失败
report-figure-note-interval = 细线或阴影为 { $level } 置信区间；n 为作答人数（维度取作答最多的一题）。
report-figures-left-out = 图的说明
report-axis-score = 得分（0–100）
report-axis-share = 占比（%）
report-axis-importance-total-effect = 重要性：该维度提高 1 分，指数提高的分数
report-axis-importance-stated = 重要性：受访者自评的平均值
report-axis-performance = 表现：得分（0–100）
report-legend-sample = 样本
report-legend-population = 顾客
report-crosshair = 平均值
report-line = { $grade } { $line }
report-line-provisional = { $grade } { $line }（暂定）
report-alt-trend = { $title }，共 { $waves } 期{ $interval ->
    [yes] ，带置信区间
   *[no] {""}
}。
report-alt-dimensions = { $title }：指数和 { $count } 个维度，0–100 分{ $interval ->
    [yes] ，带置信区间
   *[no] {""}
}。{ $scores }。
report-alt-coverage = { $title }：{ $count } 个层在样本和顾客中所占的比例，样本占比带置信区间。{ $largest }
report-alt-coverage-largest = 相差最大的是{ $name }：样本 { $sample }，顾客 { $population }。
report-alt-priorities = { $title }：{ $count } 个点，横轴为重要性，纵轴为得分；由重到轻（重要性 / 得分）：{ $points }。
report-quadrant-first = 优先改进
report-quadrant-keep = 继续保持
report-quadrant-later = 可以缓办
report-quadrant-keep-low = 维持即可

## 章：results

report-results-intro = 得分都在 0 至 100 之间：全部选最差为 0，全部选最好为 100。主要得分都带标准误、置信区间和作答人数 n（维度和指数取其中作答最多的一题的人数，各题人数见题目表）；“–”表示没有定义，原因写在下面，不是 0 分。
report-table-dimensions = 指数与各维度
report-table-reliability = 各维度的信度与收敛效度
report-table-items = 各题得分与答案分布
report-is-index = 即满意度指数
report-share-in-index = 占指数 { $share }
report-note-effective = 有效样本量 { $n }（Kish 效应 { $kish }）：权重不等时，样本在精度上相当于这么多份等权答卷。
report-single-item = 只有一道题，没有定义
report-note-reliability = 缺答按该题平均分代入后计算：α 由协方差计算，标准化 α 由相关系数计算；ρc 和 AVE 由路径模型的载荷计算，没有路径模型时没有定义。
report-note-distribution = 分布按权重计算，只含有得分的答案，依次为从最差到最好的各个选项；没有得分的答案为未加权个数。
report-scale = 量表 { $low } 至 { $high }
report-scale-reversed = 量表 { $low } 至 { $high }，反向题，得分已转为越高越好
report-missing-count = { $reason } { $n }
report-no-missing = 无
report-earlier-results = { $wave }：指数与各维度
report-method-taylor = 泰勒线性化
report-method-delete-one = 刀切法（逐个）
report-method-delete-psu = 刀切法（逐群）
report-method-delete-group = 刀切法（分组）
report-method-bootstrap = 自助法

## 章：trend

report-trend-single = 只有一期调查，没有可以比较的结果。
report-table-comparison = { $from } → { $to }

## 章：priorities

report-priorities-none = 题目权重既不是由路径模型估计的，也不是受访者自评的重要性，因此没有重要性可以对照。
report-priorities-intro-total-effect = 重要性是路径模型中的总效应：该维度提高 1 分，指数预计提高多少分。模型描述的是统计上的联系，不能证明因果。右下象限（重要而得分低）最应先改进。
report-priorities-intro-stated = 重要性是受访者对每道题自评的平均值。右下象限（重要而得分低）最应先改进。
report-table-priorities = 重要性与得分（按象限排列）
report-note-priorities = 分界为平均值：重要性 { $importance }，得分 { $performance }。区间不跨过分界的才断定象限；跨过的列“不能断定”，括注为点估计所在的象限。

## 章：sample

report-sample-not-probability = 局限：受访者不是随机抽取的，或抽样方法不明。本报告的标准误、置信区间和 p 值只在“假如是简单随机样本”的前提下成立，不能据此声称误差范围，也不能推断全体顾客。
report-sample-no-frame = 局限：没有抽样框。无法检查样本是否覆盖全部顾客，也不做有限总体校正。
report-sample-no-dispositions = 没有访问结果表（各样本最后完成、拒访、未接触等的个数），因此不能计算回答率。
report-required-reached = 误差不超过 ±{ $margin }（{ $level } 置信水平）需要 { $n } 份，实有 { $achieved } 份，已达到；实际误差约 ±{ $reached }
report-required-missed = 误差不超过 ±{ $margin }（{ $level } 置信水平）需要 { $n } 份，实有 { $achieved } 份，没有达到；实际误差约 ±{ $reached }
report-table-strata = 各层的顾客、抽取与答卷
report-note-strata = “n ÷ 顾客”是计入的答卷占该层顾客的比例，不是抽样框对总体的覆盖率；抽样框的缺漏见披露清单第 5 项。“份额达标”指计入的答卷不少于应有份数的 { $limit }，不表示该层单独的结果足够精确。“占样本”下面是 Wilson 置信区间。
report-verdict-pass = 份额达标
report-verdict-short = 份额不足
report-verdict-empty = 无人作答
report-verdict-not-judged = 无从判断
report-table-fit = 样本构成与抽样框的拟合优度
report-table-fit-drawn = 样本构成与各层抽取数的拟合优度（抽取数由设计决定，差异只来自作答）
report-note-dispositions = 完成 { $complete }，部分完成 { $partial }，拒访 { $refusal }，未接触 { $noncontact }，其他 { $other }，资格不明 { $unknown }，不合格 { $ineligible }。这是清理前的访问结果：清理排除的答卷仍算作完成，扣除后 { $rate } 为 { $after }。
report-fit-pearson = 皮尔逊 χ²
report-fit-pearson-fpc = 皮尔逊 χ²（有限总体校正）
report-fit-clusters = Rao–Scott F（按整群抽样计算）
report-note-fit-clusters = 同一群内的受访者彼此相近，各层计数的方差按群计算；把受访者当作独立抽取的检验会误报差异，故不列出。
report-note-fit-fixed = 设计已固定此构成，或作答的群过少，无可检验。
report-note-fit = 最小期望数 { $expected }（小于 5 时 p 只是近似）；构成的差异度 { $dissimilarity }，即有这么大比例的答卷要换到别的层，构成才与抽样框一致。检验假定各层抽样比相同；有意按不同比例抽样时，差异属于设计。
report-table-fit-strata = 各层的偏离
report-note-fit-strata = 残差为正表示该层偏多，带有限总体校正；精确 p 由超几何分布计算。
report-table-rates = 回答率与其他结果率（AAPOR）
report-note-rates = 粗体为调查定义所选的回答率。e 为资格不明的样本中估计合格的比例。
report-rate-rr1 = 完成 ÷（全部合格 + 全部资格不明），最低
report-rate-rr2 = 完成与部分完成 ÷（全部合格 + 全部资格不明）
report-rate-rr3 = 完成 ÷（全部合格 + e × 资格不明）
report-rate-rr4 = 完成与部分完成 ÷（全部合格 + e × 资格不明）
report-rate-rr5 = 完成 ÷ 全部合格，不计资格不明
report-rate-rr6 = 完成与部分完成 ÷ 全部合格，不计资格不明，最高
report-rate-e = e = { $e }，按资格已知样本中的合格比例（CASRO）
report-rate-unknown-left-out = 有 { $cases } 个资格不明的样本没有计入，只有确知它们都不合格时才可以使用
report-rate-coop1 = 合作率：完成 ÷ 接触到的合格样本
report-rate-coop2 = 合作率：完成与部分完成 ÷ 接触到的合格样本
report-rate-coop3 = 合作率：完成 ÷（完成、部分完成与拒访）
report-rate-coop4 = 合作率：完成与部分完成 ÷（完成、部分完成与拒访）
report-rate-ref1 = 拒访率，分母同 RR1
report-rate-ref2 = 拒访率，分母同 RR3
report-rate-ref3 = 拒访率，分母同 RR5
report-rate-con1 = 接触率，分母同 RR1
report-rate-con2 = 接触率，分母同 RR3
report-rate-con3 = 接触率，分母同 RR5
report-earlier-sample = { $wave }：样本与回答率

## 章：cleaning

report-cleaning-intro = 清理不删除任何答卷，只决定是否计入。每一份被排除或标记的答卷、每一个不计分的答案，都在 ledger.csv 中列明行号、规则和依据的事实。
report-cleaning-no-rules = 调查定义没有规定清理规则，全部答卷都计入。
report-table-rules = 清理规则
report-effect-excludes = 排除
report-effect-flags = 只标记
report-note-rules = 一份答卷可以命中几条规则，只由最先命中的排除规则排除。
report-table-without = 排除与不排除的结果对照
report-note-without = 差为排除后减不排除。差别大时，结论取决于清理规则，应当逐条核对。
report-earlier-cleaning = { $wave }：清理
report-table-gates = 质量门槛
report-gate =
    { $gate ->
        [respondents_min] 有效答卷数
        [response_rate_min] 回答率
        [excluded_share_max] 排除比例的上限
        [no_empty_stratum] 无人作答的层
        [required_size] 所需样本量
       *[other] { $gate }
    }

## 章：weights

report-weights-intro = 最终权重 = 基础权重 × 无回答调整 × 事后分层，每一个因子都保留。
report-weights-column = 基础权重取自答卷文件的权重列。
report-weights-drawn = 基础权重为各层顾客数 ÷ 抽取数；无回答调整为各层抽取数 ÷ 计入的答卷数。
report-weights-equal = 没有抽取数，也没有权重列，基础权重都是 1。
report-weights-poststratified = 事后分层把各层的权重之和调整到抽样框的顾客数。
report-weights-not-poststratified = 没有抽样框，不做事后分层。
report-weights-margins =
    { $method ->
        [rake] 随后用迭代加权（raking）
       *[other] 随后用校准（{ $method }）
    }把权重调整到总体的分布：{ $margins }。迭代 { $iterations } 次后，误差最大的一类与目标相差 { $error }。权重不等使平均值的方差最多为原来的 { $kish } 倍（Kish）；边际能解释的那部分作答差异已从标准误中扣除。
report-weights-trimmed = 过大、过小的权重截到 { $min } 至 { $max } 之间，差额分给其余答卷，因此与目标的最大误差现为 { $error }。
report-table-margins = 校准前后的各边际
report-note-weights-digest = 权重摘要为该步之后全部单元权重的 SHA-256 的开头；完整值和每一步之前的摘要见 assessment.json。
report-table-steps = 各步之后的权重
report-step =
    { $step ->
        [base] 基础权重
        [nonresponse] 无回答调整之后
        [poststratification] 事后分层之后
        [rake] 迭代加权（raking）之后
        [linear] 线性校准之后
        [logit] logit 校准之后
        [bounded-linear] 有界线性校准之后
        [trim] 截尾之后
       *[other] { $step }
    }
report-note-steps = Kish 效应 = n·Σw² ÷ (Σw)²，有效样本量 = (Σw)² ÷ Σw²。
report-table-factors = 各层的权重因子（平均值）
report-whole-sample = 全部样本
report-earlier-weights = { $wave }：各层的权重因子

## 章：model

report-model-intro = 题目权重的来源：{ $source }。
report-model-none = 没有使用路径模型。
report-model-failed = 路径模型没有估计出来，原因见“保留意见”一章。
report-scheme-centroid = 形心（相关的符号）
report-scheme-factorial = 因子（相关系数）
report-scheme-path = 路径加权（前因变量用回归系数，结果变量用相关系数）
report-table-paths = 路径系数（标准化）
report-note-paths = 标准误和区间由重复样本得到，每个重复样本都重新估计整个模型；区间不含 0 的路径显著不为 0。
report-table-r2 = 解释的方差
report-table-loadings = 外部权重与载荷
report-note-loadings = 外部权重和载荷按标准化的题目计算；维度内份额是题目得分在维度得分中所占的份额，各维度内合计 100%。

## 章：weighting

report-chapter-weighting = 权重的来源与影响
report-weighting-intro = 题目在维度中的权重：{ $items }。权重是一种选择，下面说明它从哪里来、换一种选择指数会变多少。
report-weighting-tree = 维度和指标组在指数中的权重：{ $tree }。
report-index-weights-given = 由测评定义给出（没有写的等权）
report-index-weights-ahp = 层次分析法（AHP）两两判断
report-index-weights-critic = CRITIC 法（得分的差异 × 与其他得分的冲突）
report-index-weights-principal-component = 得分的第一主成分
report-table-headings = 指标体系：各级得分与权重
report-column-heading = 指标
report-column-share-in-heading = 在上级中的权重
report-note-headings = 上级得分 = Σ 权重 × 下级得分；同一上级之下的权重合计 100%。
report-table-judgements = 两两判断与一致性
report-base-judgements = 判断不是抽样得来的，没有抽样误差
report-column-judged = 被比较的对象属于
report-column-judged-weights = 得出的权重
report-column-judges = 判断人
report-column-consistency-ratio = 合并后的 CR
report-note-judgements = 权重是判断矩阵的主特征向量（Saaty 1980）；多位判断人逐项取几何平均。一致性比率 CR 不超过 0.1 为惯例可接受；只有一两个对象时不会矛盾，没有 CR。
report-table-choices = 换一种题目权重，指数是多少
report-column-item-weights = 题目权重的来源
report-column-difference-from-chosen = 与所选方法之差（分）
report-column-difference-interval = 差的 { $level } 置信区间
report-choice-chosen = 本报告采用
report-note-choices = 各行用同一批作答；差的区间考虑了两者来自同一批受访者，所以比指数本身的区间窄。熵值法、CRITIC 法和主成分反映作答在哪里差异大，并不反映顾客认为什么重要；是否采用要有理由。“–”表示这批作答得不出该权重。
report-choices-within = 换用这 { $ways } 种方法，指数在 { $low } 至 { $high } 之间，与采用的方法最多相差 { $furthest } 分，不超过抽样误差（±{ $margin } 分）：结论不取决于权重的选择。
report-choices-beyond = 换用这 { $ways } 种方法，指数在 { $low } 至 { $high } 之间，与采用的方法最多相差 { $furthest } 分，超过抽样误差（±{ $margin } 分）：引用指数时必须说明权重的来源。

## 章：service-gap

report-chapter-service-gap = 服务质量差距（SERVQUAL）
report-gap-intro = 差距 = 感知 − 期望，以量表的分值为单位，反向题已先转向；负数表示没有达到顾客的期望。要素差距是其题目差距的平均。
report-gap-missed = { $total } 个要素中有 { $count } 个可以断定没有达到期望（区间全部低于 0）；差距最大的是{ $name }（{ $gap }）。
report-gap-none-missed = 没有哪个要素可以断定没有达到期望（区间全部低于 0）。
report-gap-below = 没有达到期望
report-gap-above = 高于期望
report-gap-open = 不能断定（区间含 0）
report-gap-plain = 总差距（各要素等权）
report-gap-weighted = 总差距（按重要性 100 分加权）
report-note-gap = 加权差距 = Σ 分数 × 要素差距 ÷ 100（Parasuraman、Zeithaml 和 Berry 1988）。标准误由重复样本得到，考虑了感知和期望来自同一批受访者。
report-table-gap-elements = 各要素的差距
report-table-gap-items = 各题的感知、期望与差距
report-column-element = 要素
report-column-points = 重要性（100 分）
report-column-gap = 差距
report-column-perceived = 感知（均值）
report-column-expected-mean = 期望（均值）

## 章：determination

report-determination-none = 调查定义没有列出评价方案，不作对照。
report-determination-intro = 下面只说测评结果与方案分数线的关系。是否授予等级，由认证机构按其规则并经审核决定。分数线与未经修约的数值比较（GB/T 8170 全数值比较法）：94.996 不算达到 95。
report-table-grades = 分数线
report-note-grades = 区间全部在分数线以上才算达到，全部在线下算达不到，跨过分数线则不能断定；单侧 p 由得分的 t 分布计算。
report-note-grades-points = 得分直接与分数线比较；现场评分没有抽样误差，因此没有概率。
report-table-conditions = 分数以外的条件
report-note-conditions = “没有证据”：调查和定义所列的记录都看不出，须另行举证；本程序不作假定。
report-met = 达到
report-not-met = 未达到
report-cannot-tell = 不能断定
report-not-available = 没有证据
report-rounding-would-change = 修约到一位小数会改变结论
report-no-body = 尚未填写
report-grade-none = 无
report-conditions-all = 全部满足
report-conditions-open = 有未满足或尚无证据的
report-confidence-h = 高：标准原文或多个来源一致
report-confidence-m = 中：一个可靠来源
report-confidence-l = 低：一个较弱来源
report-confidence-inf = 推断
report-confidence-no-source = 没有来源
report-status-fixed = 文件已定
report-status-assumed = 假定
report-status-body = 机构规则
report-earlier-determination = { $wave }：分数线

report-column-condition-proof = 证明材料
report-column-block = 部分
report-column-block-points = 满分
report-column-applicable = 适用
report-column-obtained = 得分
report-column-open = 未评
report-column-room = 还可增加（总分）
report-column-arithmetic = 步骤
report-column-points-of = 分
report-column-index-effect = 每提高 1 分，指数提高
report-column-needed = 到线需提高
report-column-needed-certain = 整个区间到线需提高
report-column-reaches-alone = 单独可否达到
report-column-cost = 费用（自定单位）
report-column-scheme-path = 方案中的位置
report-column-assumed-value = 暂定值
report-fact-in-force = 有效期
report-fact-total = 总分
report-fact-grade-if-against = 凡不能断定的都按不利计，仍成立的等级
report-in-force-unknown = 没有查到
report-in-force-from = { $from } 起
report-in-force-superseded = { $period }，由 { $by } 代替
report-total-both = 修约前 { $unrounded }，修约后 { $rounded }；{ $compared }
report-compared-full-value = 以修约前的数值与分数线比较（全数值比较法）
report-compared-rounded = 按机构规则，以修约后的数值与分数线比较（修约值比较法）
report-reading-blank-scorecard = 评分表还是空白的，不作对照；调查指数不能换算成评分表的分数
report-reading-method = 这是测评方法的标准，没有等级和分数线；按调查日期引用这一版，各章是否符合由审核员核对
report-reading-deductions-fail = 特殊扣分 { $count } 项，达到 { $at } 项即不合格，不论总分多少
report-reading-open-met = 已达到“{ $grade }”的分数线 { $line }：还有条款没有评分，总分在 { $range } 之间，全部不低于分数线
report-reading-open-not-met = 达不到“{ $grade }”的分数线 { $line }：还有条款没有评分，总分在 { $range } 之间，全部低于分数线
report-reading-open-cannot-tell = 是否达到“{ $grade }”的分数线 { $line }，不能断定：还有条款没有评分，总分在 { $range } 之间
report-base-audit = 现场审核评分表 · { $wave }
report-base-scheme = 方案 { $scheme }
report-table-blocks = 评分表：各部分得分
report-note-sections = 各部分的得分另列，不与指数相加；比重见方案文件。
report-table-arithmetic = 评分表：总分的计算
report-arithmetic-obtained = 实得分
report-arithmetic-applicable = 适用条款的总分
report-arithmetic-not-applicable = 不适用的条款共 { $points } 分，不计入
report-arithmetic-scored = 扣分、加分之前
report-arithmetic-renormalised = 实得分 ÷ 适用条款总分 × 满分
report-arithmetic-as-is = 不折算
report-arithmetic-deductions = 特殊扣分
report-arithmetic-bonuses = 特殊加分
report-arithmetic-count = { $count } 项
report-arithmetic-total = 总分
report-arithmetic-open = 未评的条款按 0 分和满分各算一次
report-elements-none = 方案要求问卷覆盖的服务质量要素：{ $open }。调查定义没有写明各维度对应哪个要素，不作核对。
report-elements-some = 服务质量要素与问卷维度：{ $covered }；没有对应维度的要素：{ $open }。
report-elements-all = 服务质量要素都有对应的问卷维度：{ $covered }。
report-element-covered = { $element }（{ $dimensions }）
report-missing-title = 还缺少：
report-missing-body-rule = 认证机构的规则：机构名称、规则编号、版本、日期和分数线。填入之前，等级只是暂定的对照
report-missing-index = 满意度指数
report-missing-interval = 指数的置信区间：没有区间，就不能断定是否在分数线以上
report-missing-scorecard = 现场审核的评分表
report-missing-clause-score = 还没有评分的条款：{ $names }
report-missing-clause-proof = 已评分、但没有写全证据、审核员和日期的条款：{ $names }
report-missing-condition-proof = 需要另行举证的条件：{ $names }
report-next-index = 下一条分数线是“{ $grade }”的 { $line }：指数还差 { $gap } 分。抽样有误差，要使整个置信区间都不低于分数线，指数须提高 { $certain } 分（标准误不变）。
report-next-index-above = 下一条分数线是“{ $grade }”的 { $line }：指数已高出 { $gap } 分，但区间跨过分数线。要使整个置信区间都不低于分数线，可以把指数再提高 { $certain } 分（标准误不变），也可以增加样本。
report-next-index-no-interval = 下一条分数线是“{ $grade }”的 { $line }。指数没有置信区间，算不出提高多少才能断定达到。
report-next-points = 下一条分数线是“{ $grade }”的 { $line }：总分还差 { $gap } 分。
report-next-points-open = 下一条分数线是“{ $grade }”的 { $line }：还有条款没有评分；已评的部分按现在的得分，未评的部分全按 0 分计，还差 { $certain } 分。
report-next-failed = 总分已不低于“{ $grade }”的分数线 { $line }，但特殊扣分过多；须先完成整改，减少特殊扣分的项数。
report-next-blocks = 只在其中一个部分补足失分，就可以达到的部分：{ $blocks }。
report-next-no-block = 没有哪一个部分单独补足失分就可以达到，需要几个部分一起改进。
report-settle = 是否达到“{ $grade }”的 { $line }：如果得分不变，有效答卷由 { $n } 份增加到约 { $needed } 份，区间就不再跨过分数线
report-settle-beyond = 是否达到“{ $grade }”的 { $line }：如果得分不变，要约 { $needed } 份有效答卷才能断定，多于抽样框中的 { $population } 位顾客；只增加样本不能断定，需要提高得分
report-settle-never = 是否达到“{ $grade }”的 { $line }：得分正好在分数线上，增加样本也不能断定
report-table-improvements = 怎样达到“{ $grade }”
report-note-improvements-model = 先列单独可以达到的，再按费用（没有填写费用的按所需分数）由少到多。作用是路径模型的总效应，括注为它的置信区间：这是模型对现有数据的说明，不是试验的结论；实际改进之后应以下一期调查为准。得分最高为 100。
report-note-improvements-weight = 先列单独可以达到的，再按费用（没有填写费用的按所需分数）由少到多。作用按指数中的权重计算：其他得分不变，这一项提高 1 分，指数提高这么多。得分最高为 100。
report-needed-at-least = 至少 { $low }
report-reaches-yes = 可以
report-reaches-no = 不可以（超过 100 分）
report-together = 没有哪个维度单独可以达到。几个维度一起改进，由花费最少的做起：
report-together-step = { $name }提高 { $points } 分，指数提高 { $gain } 分
report-improvements-items = { $wave }：改进单个题目的效果
report-table-assumed = 其他暂定值
report-assumed-fold = { $wave }：方案中没有经机构规则确认的其他数值

## 章：domains

report-domains-none = 调查定义没有列出分组。
report-domains-intro = 每个得分下面是它的置信区间。每列另有一张表，把各组与其余各组之和比较（不与包含它自己的总体比较），并对多组比较作了校正。
report-table-domains = 按“{ $column }”分组
report-small-group = 不足 30 人，慎用
report-note-domains = 每行的 n 为该组的受访者。组间差异是否超出抽样误差，要看区间，不能只看得分高低。
report-earlier-domains = { $wave }：分组结果

## 章：reservations

report-reservations-intro = 下面是程序对各期数据和结果的全部保留意见。引用本报告的数值时，应当一并说明。
report-reservations-none = 没有保留意见。
report-table-findings = 全部保留意见
report-all-waves = 各期

## 章：provenance

report-table-files = 输入文件
report-file-kind =
    { $kind ->
        [definition] 调查定义
        [responses] 答卷
        [frame] 抽样框
        [dispositions] 访问结果表
        [scorecard] 评分表
        [scheme] 评价方案
        [cases] 样本结果（逐个）
        [frame-list] 抽样名单
        [draw] 抽样记录
        [draw-list] 抽取名单
        [contacted] 联系过的名单
        [clusters] 群的名单
        [targets] 加权的已知总数
        [complaints] 投诉台账
        [code-frame] 编码表
        [coded-answers] 编码结果
        [series] 随时间的数值
        [benchmarks] 其他已公布的指数
        [actions] 改进措施
        [plan] 年度计划
        [questionnaire-log] 问卷修改记录
        [sites] 场所名单
       *[other] { $kind }
    }
report-methods = 计算方法
report-formula-score = 题目得分 =（答案 − 量表最低分）÷（量表最高分 − 最低分）× 100；反向题先反转。题目的平均得分按最终权重计算。
report-formula-fornell = 维度得分（Fornell 指数）= Σ 份额 × 题目平均得分；份额由路径模型的未标准化外部权重乘以量表全距得到，每个维度内合计为 1。全选最低为 0，全选最高为 100。
report-formula-stated = 维度得分 = Σ 份额 × 题目平均得分；份额与受访者自评重要性的平均值成正比，每个维度内合计为 1。
report-formula-fixed = 维度得分 = Σ 份额 × 题目平均得分；份额相等或由调查定义给出，每个维度内合计为 1。
report-formula-spread = 维度得分 = Σ 份额 × 题目平均得分；份额由作答的差异得出（熵值法、CRITIC 法或第一主成分），每个维度内合计为 1。
report-formula-composite = 满意度指数 = Σ 维度权重 × 维度得分；维度权重合计为 1。
report-formula-taylor = 泰勒线性化：把得分写成总量之比的线性近似，在各层内（按受访者，整群抽样时按群的合计）计算其方差，再按层相加；有抽样框且为随机样本时，乘以有限总体校正系数。
report-formula-delete-one = 刀切法（逐个）：每次去掉一位受访者，权重、份额、模型全部重新估计；方差由各次结果与全样本结果之差的平方得到。
report-formula-delete-psu = 刀切法（逐群，JKn）：每次去掉整个一群，权重、份额、模型全部重新估计；方差由各次结果与全样本结果之差的平方逐层得到。
report-formula-delete-group = 刀切法（分组）：把受访者（整群抽样时为整个群）随机分成若干组，每次去掉一组，权重、份额、模型全部重新估计（Kott，2001）；分组只取决于受访者和随机种子，与文件中的先后无关。
report-formula-bootstrap = 自助法：每个重复样本都在各层内有放回地重新抽取受访者，抽取人数比该层人数少一，抽中者相应加权（Rao 与 Wu，1988），权重、份额、模型全部重新估计；标准误是各重复样本结果的标准差。随机数为 ChaCha8，以随机种子为密钥、以重复样本序号为流，既不取决于文件中的先后，也不取决于机器。
report-formula-interval-percentile = 自助法的置信区间：取各重复样本结果的下、上分位数（百分位区间），置信水平 { $level }。
report-formula-interval-basic = 自助法的置信区间：把各重复样本结果的分位数以估计值为中心翻转（基本区间），置信水平 { $level }。
report-formula-interval-bca = 自助法的置信区间：各重复样本结果的分位数，按偏差和随取值变化的标准误修正（BCa；Efron，1987），置信水平 { $level }。
report-formula-interval-studentised = 自助法的置信区间：由各重复样本自身的 t 统计量的分位数得到，其标准误来自 20 组的刀切法（学生化区间），置信水平 { $level }。
report-formula-interval-t = 自助法的置信区间：估计值 ± t × 各重复样本结果的标准差，置信水平 { $level }。
report-formula-interval = 其他置信区间 = 得分 ± t × 标准误；t 为学生 t 分布的分位数，自由度见各表，置信水平 { $level }。
report-formula-kish = 有效样本量按 Kish：(Σw)² ÷ Σw²。
report-formula-rounding = 计算中不修约，只在打印时修约（四舍五入）；分数线与未修约的值比较。
report-recompute = 如何复算
report-recompute-run = 取得上表中的文件，核对 SHA-256，按调查定义中的相对路径放好。
report-recompute-verify = 用同一版本的程序运行 manyidu run { $definition }，得到的 assessment.json 应与本报告所附的逐字节相同。
report-recompute-json = assessment.json 含有未修约的全部数值；ledger.csv 含有每一份被排除或标记的答卷。

## 章：certificate

report-chapter-certificate = 证书与监督审核
report-certificate-intro = 下面的日期由发证日期推算；证书是否仍然有效，以阅读之日为准。各次审核要看的材料，凡调查和所附记录中已有的都写明依据；“缺”是应有而没有（包括时候未到），“无从得知”须由管理体系另行提供。审核究竟要看什么，以认证机构的规则为准。
report-fact-certificate-scheme = 方案
report-fact-certificate-number = 证书编号
report-fact-certificate-body = 发证机构
report-fact-certificate-issued = 发证日期
report-fact-certificate-until = 有效至
report-fact-certificate-validity = 有效期
report-fact-certificate-interval = 监督审核间隔
report-fact-certificate-lead = 再认证提前申请
report-fact-certificate-source = 有效期和间隔的来源
report-fact-certificate-status = 其性质
report-months = { $months } 个月
report-not-stated = 没有写明
report-table-calendar = 证书日历
report-column-event = 事项
report-column-from = 最早
report-column-until = 最晚
report-column-held = 已有
report-column-missing-evidence = 缺
report-column-elsewhere = 无从得知
report-base-certificate = 依据调查定义和所附记录 · 没有抽样误差
report-note-window = 监督审核可在到期日之前 { $days } 天以内进行（项目设置，没有来源规定）。按月推算的日期取对应日，没有对应日的取月末（《民法典》第二百零二条）。
report-note-no-lead = 没有写明再认证须提前多久申请；认证机构的规则会规定。
report-table-evidence = { $visit }（{ $date }）：要看的材料
report-evidence-elsewhere = 各次审核还要看下面的材料。调查数据和年度计划中都没有，须由管理体系另行提供：
report-column-evidence = 材料
report-column-holding = 有无
report-column-fact = 依据的事实
report-note-evidence = 清单由认证机构网页和 GB/T 19001-2016 9.1.2 归纳而成（假定），没有读到哪一份规则这样列出。
report-table-actions = 改进措施
report-base-actions = 措施 { $count } 项 · 按 actions 文件的记录
report-column-action = 措施
report-column-owner = 负责
report-column-due = 到期
report-column-closed = 完成
report-column-proof = 证明
report-action-open = 未完成
report-action-unproven = { $date }，没有证明
report-action-proven = { $date }
report-note-actions = 是否已经逾期，要看读这份报告的日子。证明只列出编号，本程序没有核对其内容。
report-sites-heading = 各场所：{ $site }
report-sites-intro = 场所名单取自 { $file }，名单摘要（SHA-256）为 { $digest }。抽查的场所由名单摘要和约定的种子算出，任何人都可以重算核对。
report-table-samples = 抽查场所数
report-base-sites = 场所 { $count } 个 · 没有抽样误差
report-column-visit = 审核
report-column-multiple = √n 的倍数
report-column-sites = 抽查场所数
report-note-samples = 抽查数 = 倍数 × √场所数，向上取整，至少 1 个。倍数是管理体系认证的惯例，用于本方案是假定，以认证机构的规则为准。
report-table-sites = 各场所的指数与对照
report-column-site = 场所
report-sites-whole = 整体
report-site-certain = 确定达到：{ $grade }
report-site-possible = 可能达到：{ $grade }
report-note-sites = 每行的 n 为该场所的受访者，得分下面是它的置信区间。一个场所的等级线对照不是证书的等级：证书按整体授予。场所之间未作多重比较校正。

## 样本核查与披露 / validation of the sample, disclosure

report-sample-design = 抽样框与抽样设计
report-sample-accounting = 样本去向
report-sample-rates = 回答率与其他结果率
report-sample-representativeness = 代表性
report-no-margin = 不声称误差范围：受访者不是随机抽取的，或抽样方法不明
report-accounting-none = 没有访问结果，因此无法核对从抽样框到分析样本的去向。在 [[waves]] 中用 cases 指明逐个样本的最后结果，或用 dispositions 指明各类结果的个数。
report-accounting-cases = 依据逐个样本的清单：每个编号只有一个最后结果，并已与抽样框和答卷逐一核对；数字对不上时不出报告。
report-accounting-counts = 依据各类结果的个数：合计可以核对，单个编号无法核对。
report-accounting-frame = 抽样框中的顾客
report-accounting-frame-remark = 本次调查所代表的总体
report-accounting-drawn = 抽取
report-accounting-drawn-remark = 每个都有一个最后结果
report-accounting-not-eligible = 其中：确知不合格
report-accounting-not-eligible-remark = AAPOR 4；不属于调查对象
report-accounting-unknown = 其中：资格不明
report-accounting-unknown-remark = AAPOR 3；RR3、RR4 按 e 折算
report-accounting-eligible = 确知合格
report-accounting-eligible-remark = AAPOR 1 与 2
report-accounting-contacted = 接触到
report-accounting-contacted-remark = 其余合格样本始终未接触到（AAPOR 2.2）
report-accounting-interviews = 完成与部分完成
report-accounting-interviews-remark = 其余为拒访或其他原因（AAPOR 2.1、2.3）
report-accounting-received = 收到的答卷（行）
report-accounting-received-remark = 包括同一人重复提交的
report-accounting-excluded-remark = 按最先命中的规则计，每份只计一次
report-accounting-analysed = 计入分析
report-accounting-analysed-remark = 本报告的全部估计以此为基础
report-table-accounting = 从抽样框到分析样本
report-table-balances = 必须相等的数
report-table-codes = 最后结果代码
report-table-verdicts = 各层的判定
report-table-rates-strata = 各层的结果率
report-table-rates-modes = 按最后联系方式的结果率
report-table-partials = 回答倾向与已知特征（R 指标的分解）
report-table-balance = 加权前后与顾客构成的差异
report-table-disclosure = 披露清单
report-column-disposition-step = 步骤
report-column-cases = 个数
report-column-share-of-step = 占上一步
report-column-balance = 核对
report-column-whole = 总数
report-column-parts = 各部分之和
report-column-final-code = 代码
report-column-class = 含义
report-column-mode = 最后联系方式
report-column-rr1 = RR1
report-column-rr3 = RR3
report-column-rr6 = RR6
report-column-coop1 = COOP1
report-column-ref1 = REF1
report-column-con1 = CON1
report-column-stratum-margin = 达到的误差范围
report-column-clause = 理由
report-column-property = 特征
report-column-propensity = 平均回答倾向
report-column-partial-u = 非条件分量
report-column-partial-c = 条件分量
report-column-share-before = 加权前
report-column-share-after = 加权后
report-column-asmd-before = 标准化差异（前）
report-column-asmd-after = 标准化差异（后）
report-column-item-number = 项
report-column-disclosure-item = 要求披露的内容
report-column-told = 披露
report-column-state = 状态
report-balance-drawn = 抽样框的抽取数 = 有最后结果的样本
report-balance-eligibility = 抽取 = 合格 + 资格不明 + 不合格
report-balance-contact = 合格 = 接触到 + 未接触到
report-balance-outcome = 接触到 = 完成与部分完成 + 拒访 + 其他
report-balance-answers = 完成与部分完成 = 收到的答卷 − 重复
report-balance-analysed = 收到的答卷 = 计入分析 + 被规则排除
report-balance-strata = 计入分析 = 各层之和
report-balance-holds = 相等
report-balance-fails = 不相等
report-class-complete = 完成（I）
report-class-partial = 部分完成（P）
report-class-refusal = 拒访或中断（R）
report-class-non-contact = 未接触到（NC）
report-class-other = 其他（O）
report-class-unknown-household = 不明是否有合格对象（UH）
report-class-unknown-other = 资格不明，其他（UO）
report-class-not-eligible = 不合格（NE）
report-clause-target-reached = 不少于应有份数的 { $limit }
report-clause-below-target = 低于应有份数的 { $limit }，但偶然也可能造成
report-clause-beyond-chance = 低于应有份数的 { $limit }，偶然不能解释（p < 1 − 置信水平）
report-clause-single-interview = 只有一份答卷，无法估计方差
report-clause-no-interview = 有顾客而无人作答
report-clause-no-frame = 没有抽样框，无从判断
report-verdict-fail = 份额不合格
report-note-verdicts = “应有”为计入的答卷按抽取数（没有抽取数时按顾客数）分到各层的份数；“达成”为计入份数与应有份数之比，下限为 { $limit }。误差范围指该层内比例接近一半时、按有效份数计并作有限总体校正的半宽；非概率样本不给误差范围。p 为精确的超几何检验（按整群抽样时为 Rao–Scott 检验），经 Holm 校正。判定依次看：无人作答、仅一份、低于下限且偶然不能解释（不合格）、低于下限（不足）、其余（达标）。
report-note-rates-groups = RR3 的 e 在各组内按上表的规则计算。组内样本少时，各率的波动很大。
report-note-partials = 非条件分量：该特征各类之间回答倾向的差别（负号表示回答偏少）；条件分量：其他特征都相同的人之间仍有的差别。粗体行已扣除抽样造成的偏差，分类行未扣除。分量为 0 表示回答与该特征无关。
report-note-balance = 标准化差异 = |样本比例 − 顾客比例| ÷ 顾客的标准差；不小于 0.1 的加了标记。它不随样本量变大。以事后分层的变量本身衡量，加权后的差异必然为 0，不能证明其他特征也平衡。
report-note-disclosure = * 发布门槛：第 1、4、6、8、9、11 项缺失时不得发布结果。其余各项缺失时应在发布前补齐或说明。第 5、6、9—15、19 项的数据由本程序从文件中得出。
report-rate-e-given = e = { $e }，由调查定义给出
report-fit-likelihood-ratio = 似然比 G
report-fit-multinomial = 精确检验（多项分布）
report-fit-hypergeometric = 精确检验（超几何分布，不放回）
report-r-representative = 就{ $variables }而言，看不出回答有偏：R 指标 { $r }，{ $interval }，整个区间不低于 { $wanted }。按这几项特征，受访者均值的偏差最大不超过 { $cv } 个标准差；其他特征不在其内。
report-r-selective = 就{ $variables }而言，回答有偏：R 指标 { $r }，{ $interval }，整个区间低于 { $wanted }。按这几项特征，受访者均值的偏差最大可达 { $cv } 个标准差；须看加权后的差异。
report-r-unclear = 就{ $variables }而言，无法断定回答是否有偏：R 指标 { $r }，{ $interval }，区间跨过 { $wanted }。按这几项特征，受访者均值的偏差最大约 { $cv } 个标准差。
report-r-too-small = 样本太小，不能用 R 指标下判断：R 指标 { $r }，{ $interval }，抽取 { $sampled } 个；区间的半宽超过 { $half } 时不下判断。
report-r-not-probability = 不计算 R 指标：受访者不是随机抽取的，没有“抽中而未回答”可言。
report-r-no-draw = 不计算 R 指标：不知道各层抽取了多少。
report-r-nothing-known = 不计算 R 指标：除是否回答外，对被抽中的人一无所知。
report-r-nothing-varies = 不计算 R 指标：全部回答或全部未回答。
report-r-too-few-cases = 不计算 R 指标：样本数不多于模型的参数。
report-chapter-disclosure = 披露清单与发布门槛
report-disclosure-intro = 发布结果时应当一并披露的内容，按 AAPOR 道德守则（第三部分，2021）、ESOMAR/WAPOR 指南（2014）和 ISO 20252 的报告要求归为 19 项。内容取自调查定义和数据文件；缺的逐项指出，不作假定。
report-disclosure-open = 发布门槛：通过。第 1、4、6、8、9、11 项齐全。
report-disclosure-closed = 发布门槛：未通过。第 { $items } 项不齐全，补齐以前不得发布结果。
report-told = { $key }：{ $value }
report-told-missing = 缺：{ $keys }
report-state-stated = 齐全
report-state-partly = 不齐全
report-state-missing = 缺失
report-state-not-applicable = 不适用
report-accounting-excluded = 其中：因“{ $rule }”排除
report-note-closed = 最后结果的登记日期：{ $range }。
report-sampling-label = 计入分析的答卷 · { $wave }
report-fact-strata-passed = 份额达标的层
report-fact-r-indicator = R 指标
report-fact-publishable = 披露清单的发布门槛
report-disclosure-item-1 = 委托方、出资方、执行方、分包方
report-disclosure-item-2 = 目的与数据收集方式
report-disclosure-item-3 = 题目原文、顺序、说明、语言
report-disclosure-item-4 = 调查对象、地域、排除
report-disclosure-item-5 = 抽样框：来源、日期、提供者、缺漏
report-disclosure-item-6 = 是否概率抽样；方法、层、阶段、配额
report-disclosure-item-7 = 招募方式与酬谢
report-disclosure-item-8 = 访问方式、日期、时长
report-disclosure-item-9 = 计划与实际样本量，不足的原因
report-disclosure-item-10 = 访问结果、回答率及其公式
report-disclosure-item-11 = 精确度：误差范围与置信水平；非概率样本不给
report-disclosure-item-12 = 分组的样本量与精确度
report-disclosure-item-13 = 加权：变量、目标的来源与日期、方法、设计效应
report-disclosure-item-14 = 缺失答案、插补
report-disclosure-item-15 = 质量控制：规则、排除数、复核比例
report-disclosure-item-16 = 访问员人数、培训与督导
report-disclosure-item-17 = 局限与合规声明
report-disclosure-item-18 = 联系方式、存档与数据获取
report-disclosure-item-19 = 软件、版本、文件摘要值
report-told-sponsor = 委托方
report-told-conductor = 执行方
report-told-subcontractors = 分包方
report-told-objectives = 目的
report-told-items = 计分题数
report-told-questionnaire = 问卷版本
report-told-languages = 语言
report-told-population = 调查对象
report-told-geography = 地域
report-told-exclusions = 排除
report-told-frame-source = 来源
report-told-frame-date = 日期
report-told-frame-supplier = 提供者
report-told-frame-gaps = 缺漏
report-told-frame-size = 顾客数
report-told-frame-digest = 文件 SHA-256
report-told-method = 方法
report-told-strata = 分层
report-told-drawn = 抽取
report-told-incentives = 酬谢
report-told-recruitment = 招募
report-told-mode = 填答方式
report-told-field = 访问日期
report-told-length = 时长（计划）
report-told-interviews = 计入 / 收到
report-told-planned = 误差目标所需
report-told-shortfall = 不足的原因
report-told-response-rate = 回答率
report-told-dispositions = 有最后结果的样本
report-told-precision = 指数的区间
report-told-groups = 分组数
report-told-group-base-min = 分组报告的最小份数
report-told-weighting = 加权
report-told-weight-targets = 目标的来源与日期
report-told-missing-answers = 没有得分的答案
report-told-imputation = 缺失答案的处理
report-told-rules = 规则
report-told-excluded = 排除份数
report-told-validation-share = 复核比例
report-told-interviewers = 访问员人数
report-told-supervision = 培训与督导
report-told-limitations = 局限
report-told-compliance = 合规声明
report-told-contact = 联系方式
report-told-archive = 存档
report-told-program = 软件
report-told-files = 有摘要值的文件数

## 章：measurement

report-chapter-measurement = 测量质量
report-measurement-intro = 一个维度由几道题来测量。本章看这些题是否一致（信度），各维度能否互相区分（区分效度）。它不改变指数，只说明各部分可信到什么程度。
report-measurement-sound = 凡有几道题的维度，α 都不低于 0.7：各题一致。
report-measurement-weak = α 低于 0.7 的维度：{ $dimensions }。这些维度的题目不够一致，读其得分要谨慎，并看下面各题的情况。
report-measurement-single = 只由一道题测量的维度：{ $dimensions }。其信度无从得知。
report-table-measurement = 各维度的信度
report-column-omega = ω
report-column-rho-a = ρA
report-column-lambda6 = λ6
report-column-kmo = KMO
report-column-eigenvalues = 特征值 1 / 2
report-heywood = 不是单一因子（Heywood 情形）
report-outer-mode-b = 由题目构成（模式 B）
report-outer-unit = 题目等权相加
report-missing-mean = 以该题均值代替
report-missing-pairwise = 每个相关系数由两题都作答的人算出
report-missing-listwise = 只用全部题目都作答的人
report-missing-em = 极大似然（EM）
report-note-measurement = 相关系数中缺失答案的处理：{ $method }。ω 按单一公因子（极大似然）计算，ρA 和 ρc 来自路径模型。低于 0.7 的已标出。
report-note-bartlett = 全部题目：KMO { $kmo }；Bartlett 检验 χ² = { $chi }，df = { $df }，{ $p }（p 小说明题目之间有关联）。
report-fold-measurement-readings = 这些系数怎么读，读法出自哪里
report-reading-alpha = Cronbach α：各题同等计分时总分的信度。一般要求不低于 0.7（Nunnally 和 Bernstein，1994）；远高于 0.95 时题目互相重复。
report-reading-omega = ω：不假定各题同等重要的信度。要求不低于 0.7（McDonald，1999）。
report-reading-rho-a = ρA：路径模型所用得分的信度。要求不低于 0.7（Dijkstra 和 Henseler，2015）。
report-reading-rho-c = 组合信度 ρc：由载荷算出。要求不低于 0.7（Fornell 和 Larcker，1981）。
report-reading-ave = AVE：维度解释了题目方差的多少。要求不低于 0.5（Fornell 和 Larcker，1981）。
report-reading-lambda6 = Guttman λ6：信度的一个下界（Guttman，1945）。
report-reading-kmo = KMO：各题共有的成分是否足以构成一个维度。0.6 较差，0.8 良好（Kaiser 和 Rice，1974）；两题时恒为 0.5。
report-reading-eigenvalues = 特征值：应当只有第一个大于 1；第二个也大于 1（已标出），说明题目可能分属两个不同的方面（Kaiser，1960）。
report-reading-fornell-larcker = Fornell–Larcker 准则：AVE 的平方根应大于与其他维度的相关（Fornell 和 Larcker，1981）。
report-reading-cross-loadings = 交叉载荷：题目应当与自己的维度最接近。
report-reading-item-rest = 题目与其余题目的相关：要求高于 0.3（Nunnally 和 Bernstein，1994）。
report-reading-vif = VIF：大于 5 时该题几乎重复其他题；对模式 B 有影响（Hair 等，2022）。
report-table-discriminant = 区分效度（Fornell–Larcker 准则）
report-column-root-ave = √AVE
report-column-correlation-max = 最大相关
report-column-closest = 最接近的维度
report-discriminant-met = 成立
report-discriminant-not-met = 不成立
report-note-discriminant = 维度的 √AVE 大于它与其他维度的最大相关时，区分效度成立；不成立时，顾客的回答难以区分这两个维度，影响在二者之间的划分就不确定。AVE 低于 0.5 的已标出。
report-table-item-measurement = 各题
report-column-missing-share = 缺失
report-column-rest-correlation = 与其余题目的相关
report-column-alpha-without = 去掉该题后的 α
report-column-vif = VIF
report-remark-loose-item = 与其余题目不太一致
report-remark-better-without = 去掉后 α 上升
report-remark-same-item = 几乎重复其他题
report-remark-stray-item = 更接近“{ $dimension }”
report-table-cross-loadings = 交叉载荷
report-fold-cross-loadings = 每道题与每个维度的相关（{ $wave }）

## 章：model，驱动因素

report-heading-drivers = 什么在影响满意
report-drivers-intro = 对某个维度评价较高的顾客，对别的维度往往也评价较高。模型沿着图中的箭头把这些关系分开，说明某个维度高 1 分时，“{ $index }”预计相差多少分，包括经过其他维度的部分。各维度合起来解释了它在顾客之间差异的 { $share }。
report-driver = { $dimension }（现为 { $score } 分）：提高 1 分，{ $index }约随之提高 { $effect } 分（区间 { $interval }）。
report-driver-uncertain = { $dimension }（现为 { $score } 分）：约 { $effect } 分（{ $interval }）；区间含 0，不能断定有影响。
report-drivers-caution = 这是同一批人同一时间作答之间的关联，箭头的方向是事先画定的。它说明先看哪里，不保证改进后一定如此。
report-figure-path-model = 路径模型
report-alt-path-model = { $title }：方框为维度，由 { $count } 个带系数的箭头相连，箭头从左边的前因变量指向右边的结果变量。
report-figure-note-path-model = 方框内：0 至 100 的得分；R² 为指向它的箭头所解释的比例。箭头上：标准化系数，越粗影响越强；灰色虚线的区间含 0。
report-heading-structure = 结构模型的数字
report-table-mediation = 各维度怎样影响指数（标准化）
report-column-direct = 直接
report-column-indirect = 经过其他维度
report-column-total = 合计
report-column-vaf = 间接所占
report-column-strongest-chain = 最强的一条链
report-note-mediation = 间接所占 = 间接效应 ÷ 总效应：低于 20% 几乎没有中介，高于 80% 为完全中介（Hair 等，2014）；两部分方向相反时没有定义。间接效应的区间不含 0 时，才能说确有间接影响；每个重复样本都重新估计。
report-column-r2-adjusted = 调整 R²
report-note-r2 = R²：箭头解释了顾客之间差异的多少；0.25、0.50、0.75 分别读作弱、中、强（Hair 等，2022）。调整 R² 考虑了箭头的个数和有效样本量。
report-table-effect-sizes = 每个箭头的贡献
report-column-r2-share = R² 中的份额
report-column-f2 = f²
report-column-f2-again = f²（重新估计）
report-note-effect-sizes = R² 中的份额：Shapley 值（LMG）和 Johnson 相对权重是两种算法，指向同一维度的各份额相加都等于其 R²；两列相近，说明划分不取决于算法（Johnson，2000）。f²：0.02 小、0.15 中、0.35 大（Cohen，1988），一列保持得分不变，一列去掉该箭头后重新估计整个模型。VIF 大于 5：后面的几个维度难以区分。
report-note-global-fit = 模型所隐含相关的拟合：SRMR { $srmr }（一般称低于 0.08 为良好，该界限是为因子模型定的），d_ULS { $uls }，d_G { $g }；GoF { $gof }。
report-table-consistent = 校正衰减后的路径（一致性 PLS）
report-column-consistent = 校正后
report-note-consistent = 几道题合成的得分含有测量误差，使相关偏小；这里除以各自信度 ρA 的平方根。指数不受影响。
report-consistent-inadmissible = 校正后的解不可采信，原因如下：
report-problem-reliability = { $subjects } 的信度 ρA 为 { $value }，大于 1
report-problem-loading = { $subjects } 的载荷为 { $value }，超出 1
report-problem-correlation = { $subjects } 的相关为 { $value }，超出 1
report-problem-not-positive-definite = 校正后的相关互相矛盾
report-problem-inflated = { $subjects }：方差膨胀因子 { $value }，大于 10，后面的几个维度无法区分
report-problem-explained-variance = { $subjects } 的 R² 为 { $value }，大于 1
report-prediction = 模型对没有见过的人是否成立？把受访者分成 { $folds } 份，每一份的答案由其余各份来预测。{ $items } 道题中，有 { $better } 道预测得比用均值好，有 { $beats } 道比用其他所有题目做回归好。
report-fold-prediction = 各题的样本外预测（{ $wave }）
report-table-prediction = 样本外预测
report-column-q2 = Q²
report-column-rmse = 误差（分值）
report-column-rmse-linear = 回归的误差
report-note-prediction = Q² 大于 0：比用其余人的均值好。误差为均方根，以量表分值计（PLSpredict，直接前因；Shmueli 等，2016）。需要再读一遍答卷。
report-table-moderation = 调节作用
report-column-moderator = 取决于
report-column-simple-effect = 均值处的影响
report-column-moderation = 每个标准差的变化
report-note-moderation = 两阶段法：两个维度得分的乘积，需要再读一遍答卷；标准误按最小二乘计算，得分视为已知；整群抽样或权重不等时，标准误按抽样设计计算，群作为整体变动。

## 章：quality

report-quality-intro = 本章在清理后计入的答卷中，查找敷衍作答和编造答卷的迹象。标记只是提请核查，不是结论：认真作答的人也可能被标记，任何一项指标都不能证明有人造假。除非表中注明“排除”，没有任何答卷因标记而不计入。每一个标记都在 quality.csv 中列明行号、指标和事实；地址、设备和访问员只以带密钥的短代码出现。
report-quality-none = 核查的 { $screened } 份答卷都没有被标记。
report-quality-reading = 核查 { $screened } 份答卷，其中 { $flagged } 份（{ $flagged_share }）被某项指标标记，{ $several } 份（{ $several_share }）被两类及以上的指标标记，应当最先核查。
report-table-quality = 答卷质量指标
report-note-quality = 设置中写有“四分位距倍数”的指标，界线由本次调查自身的分布得出：自四分位数起再向外若干倍四分位距（以该侧中位数到四分位数距离的两倍计）。这种界线适于在多数认真作答的人中找出少数敷衍的人；敷衍的人很多时，它一个也找不出；答案本来就分散时，界线会落到指标取不到的地方，这项指标就标记不了任何人（表中注明）。离散程度和相关系数按答案占量表全距的比例计算。
report-column-quality-index = 指标
report-column-family = 迹象类别
report-column-defined = 可计算
report-column-quality-line = 标记条件
report-column-quality-range = 中位数
report-quality-line-both = 低于 { $low } 或高于 { $high }
report-quality-line-low = 低于 { $low }
report-quality-line-high = 高于 { $high }
report-quality-line-from = 达到 { $high }
report-quality-quartiles = 四分位数 { $quartiles }，最小 { $low }，最大 { $high }
report-quality-family-sameness = 答案雷同
report-quality-family-inconsistency = 前后不符
report-quality-family-copying = 与他人相同
report-quality-family-fieldwork = 提交方式
report-quality-skipped-off = 调查定义中已关闭
report-quality-skipped-no-column = 调查定义没有指明所需的列
report-quality-skipped-too-little = 题目、维度或答卷太少
report-quality-skipped-singular = 题目的协方差矩阵不可逆（有的题目可由其他题目推出，或同时作答的人太少）
report-quality-skipped-no-pairs = 相关足够强的题目不到三对
report-quality-skipped-no-spread = 半数答卷的取值相同
report-quality-skipped-coarse-times = 提交时间不能区分一小时之内的先后
report-quality-match = 最大相同率：与其他任一受访者答案相同的题目所占比例的最大值（双方都作答的题目至少 { $items } 题）。达到 { $line } 的答卷有 { $reached } 份，无人抄袭时预期为 { $expected } 份；完全相同的 { $complete } 份，预期 { $complete_expected } 份。预期值的算法：在满意程度相近的受访者之间，把每一题的答案重新分配 { $deals } 次，抄袭的答卷由此被拆散。题目少、高分多的问卷里相同率高，并不是抄袭的迹象；只有在满意程度相近的人中也属罕见（见设置）的相同率才会被标记。
report-quality-match-all = 作答足够的 { $comparable } 份答卷两两精确比较。
report-quality-match-drawn = 答卷太多，不能逐对比较：按摘要值抽取 { $looked } 份，每份与全部 { $comparable } 份比较；其余未核查。
report-figure-percent-match = 最大相同率
report-alt-percent-match = { $title }：按与其他答卷的最大相同率分布的答卷数，以及无人抄袭时的预期
report-axis-percent-match = 答案相同的题目所占比例的最大值
report-axis-interviews = 答卷数
report-legend-observed = 实际
report-legend-expected = 无人抄袭时的预期
report-figure-note-percent-match = 每 5 个百分点一段，最后一段只含完全相同的答卷。预期值为多次重新分配的平均。
report-column-match-step = 相同率
report-column-observed = 答卷数
report-column-expected-count = 预期
report-table-bursts = 集中提交
report-column-first-line = 首行行号
report-column-interviewer = 访问员
report-column-interviews = 答卷数
report-column-seconds = 历时（秒）
report-column-in-hour = 该小时内
report-column-p-bound = p（上界）
report-note-bursts = 原假设：同一钟点（同一访问员）的答卷在该小时内相互独立、均匀地到达。p 是全期出现任何一处这样的集中的概率上界。设备中存留的答卷一次上传，也会呈现这种样子。最多列出 20 处。
report-table-shared = 共用的地址和设备
report-column-code = 代码
report-column-interviewers = 访问员数
report-note-shared = 代码是带密钥的摘要值。同事和家人会共用地址；已知访问员时，只列几名访问员共用的。每种最多列出 20 个。
report-table-between = 各维度的访问员差异
report-column-icc = 组内相关 ICC
report-column-f = F
report-note-between = ICC 是访问员之间的方差所占的份额。访问员负责的地区不同，也会造成差异。
report-table-interviewers = 访问员
report-column-straight = 同一答案
report-column-matched = 相同率高
report-column-mean-seconds = 用时（秒，几何平均）
report-column-stands-out = 突出之处
report-quality-others = 其余 { $others }，{ $p }
report-quality-stands-out-straight-lines = 同一答案多
report-quality-stands-out-matches = 相同答卷多
report-quality-stands-out-short = 用时短
report-note-interviewers = 每名访问员与其余全部访问员比较；单侧 p 值经 Holm 校正。不足 5 份答卷的访问员不作判断。最多列出 50 名，突出的在前；代码是带密钥的摘要值，凭首行行号可在文件中找到姓名。
report-table-quality-without = 计入与不计入被标记答卷的结果对照
report-column-all-that-count = 全部计入
report-column-without-flagged = 不含任何被标记的
report-column-without-several = 不含被几类指标标记的
report-note-quality-without = 答卷数：不含任何被标记的 { $flagged }，不含被几类指标标记的 { $several }。差为不计入减计入。差别小时，结果不取决于被标记的答卷。
report-earlier-quality = { $wave }：答卷质量

## 标准误背后的抽样设计

report-heading-design = 标准误背后的抽样设计
report-fact-variance-unit = 计算方差的单元
report-unit-respondents = 受访者
report-unit-clusters = 群（同一群的受访者一起变动）
report-fact-design-strata = 抽样的层数
report-fact-design-clusters = 有受访者的群数
report-fact-design-respondents = 受访者数
report-fact-design-df = 自由度
report-design-df = { $df }（单元数减层数）：线性化法的标准误和区间用它；分组时按该组涉及的单元计
report-fact-design-fpc = 有限总体校正
report-fpc-none = 没有（有的总数未知，或者不是随机样本）
report-fpc-respondents = 有：按受访者占抽样框顾客的比例
report-fpc-clusters = 有：按有受访者的群占抽样框全部群的比例
report-fact-design-lonely = 只有一个单元的层
report-lonely-fail = { $count } 个；有这样的层就不给标准误
report-lonely-certainty = { $count } 个；视为必然抽中，不计方差
report-lonely-adjust = { $count } 个；与全体的均值相比
report-lonely-average = { $count } 个；按其他层的平均计
report-fact-design-jackknife = 刀切法
report-table-routes = 两种方法的标准误
report-column-se-taylor = 线性化
report-column-se-jackknife = 刀切法
report-column-se-difference = 相差
report-column-design-effect = 设计效应
report-note-routes = 两种方法估计的是同一个标准误，相差超过 { $told } 时列入保留意见。设计效应：线性化方差与同样人数的简单随机样本（有放回）方差之比。
report-sample-draw = 抽样记录
report-draw-none = 没有抽样记录，不能从抽样框和种子重新得出被抽中的人；“随机抽取”只是调查定义的陈述，未经核实。
report-draw-holds = 抽样记录核对无误：抽样框摘要、种子与被抽中的名单互相吻合，答卷都来自名单。
report-draw-fails = 抽样记录核对有出入，见下表。
report-fact-draw-record = 抽样记录 SHA-256
report-fact-draw-frame = 抽样框摘要
report-fact-draw-seed = 种子
report-fact-draw-units = 抽样框单位数
report-fact-draw-main = 主样本
report-fact-draw-reserve = 备选
report-fact-draw-responded-main = 主样本中作答
report-fact-draw-responded-reserve = 备选中作答
