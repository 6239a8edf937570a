### 各期能否比较、变化从何而来、随时间的图、外部对照。

## 发现

assessment-unusable =
    { $reason ->
        [version] “{ $file }”的格式版本与本程序不同
        [wave] “{ $file }”里没有“{ $wanted }”这一期
        [level] “{ $file }”的置信水平与本调查不同
       *[shape] “{ $file }”不是可用的 assessment.json
    }
    .expected =
        { $reason ->
            [version] schema_version = { $wanted }
            [wave] { $got }
            [level] { $wanted }
           *[shape] 本程序写出的 assessment.json（schema_version = { $wanted }）
        }
    .got =
        { $reason ->
            [wave] { $wanted }
           *[other] { $got }
        }
    .hint =
        { $reason ->
            [version] 用写出该文件的程序版本重新运行那一次调查，或改用能读该版本的程序
            [wave] 用 assessment_wave 写明文件中的期次 id
            [level] 用相同的 design.level 重新运行那一次调查
           *[shape] 检查路径是否指向 run 写出的 assessment.json，且文件完整
        }
latest-wave-taken = 最新一期“{ $wave }”必须有答卷，不能取自先前的 assessment.json
    .hint = 为这一期写 responses；先前的各期才可以写 assessment
wave-taken = “{ $wave }”一期取自“{ $file }”：估计值按当时发布的原样使用，没有重新计算；需要答卷的内容（测量不变性、重新加权、改变清理规则）对这一期无从谈起
bad-break =
    { $reason ->
       *[first] 第一期“{ $wave }”之前没有可以比较的调查
    }
    .hint = wave 写改变之后的第一期
not-comparable = { $from } → { $to }：{ $count } 项不作比较，因为两期之间口径有变（{ $what }）
    .hint = 若仍可比，在 [[breaks]] 里写 comparable 说明理由，或用平行样本测得的 offsets；否则不画趋势
comparable-reserved = { $from } → { $to }：作了比较，但有保留（{ $what }）
    .hint = 若口径确实改变，写一段 [[breaks]]；若没有，在问卷修改记录里补上
bad-series =
    { $reason ->
        [period] 没有时期
        [repeated] 时期“{ $got }”出现两次
        [value] “{ $got }”不是数
        [share] “{ $got }”不是 0 到 1 的比例
        [base] “{ $got }”不是个案数；比例需要 n
        [interval] 区间的下限高于上限，或不含数值
        [source] 没有来源
       *[error] “{ $got }”不是标准误
    }
    .expected =
        { $reason ->
            [period] 时期名称，例如 2025-03
            [repeated] 每个时期一行
            [value] 数，例如 81.4
            [share] 0 … 1
            [base] 正整数
            [interval] lower ≤ value ≤ upper
            [source] 文献、网址或文件
           *[error] 正数
        }
    .hint = 改正这一格；没有的数值留空

## 口径改变

break-wording = 题目措辞
break-scale = 量表
break-options = 选项
break-mode = 调查方式
break-frame = 抽样框
break-question-order = 题目顺序
break-items = 题目增减
break-index-rule = 指数的算法
break-questionnaire = 问卷版本
break-mode-web = 网络
break-mode-phone = 电话
break-mode-paper = 纸质
break-mode-face-to-face = 面访
break-mode-mixed = 混合方式
break-declared =
    { $noted ->
        [yes] 自{ $wave }起改变了{ $what }：{ $note }
       *[no] 自{ $wave }起改变了{ $what }
    }
break-found-scale = 两期的量表不同：{ $items }
break-found-wording = 两期的题目措辞不同：{ $items }
break-found-options = 两期的选项文字不同：{ $items }
break-found-items = 只有一期有答案，或换了维度的题目：{ $items }
break-found-mode = 调查方式由“{ $before }”改为“{ $after }”
break-found-frame = 只在一期抽样框中的层（{ $count } 个）：{ $items }
break-found-index-rule = 两期的指数或题目权重不是同一算法
break-found-questionnaire = 问卷由 { $before } 改为 { $after }，没有记录说明改了什么

## 报告：能否比较

report-chapter-comparability = 各期能否比较
report-comparability-intro = 两期的差别要算作顾客看法的变化，两期就得问法相同。下面列出两期之间声明的和数据中查出的改变。受影响的项目不作比较，除非调查定义说明了为什么仍可比，或者给出平行样本测得的差值及其标准误。
report-comparability-none = 没有声明也没有查出口径的改变：题目、量表、选项、调查方式、抽样框的分层在比较的各期之间一致。
report-comparability-aliases = 题目按固定的 id 对应，列名可以逐期不同。
report-table-breaks = { $from } → { $to }：口径的改变
report-column-what-changed = 改变
report-column-known = 如何得知
report-column-touches = 影响
report-column-consequence = 处理
report-origin-declared = 调查定义声明
report-origin-found = 数据中查出
report-effect-breaks = 不比较
report-effect-bridged = 搭桥后比较
report-effect-reservation = 有保留地比较
report-touches-everything = 全部
report-bridge-comparable = 视为可比：{ $reason }
report-bridge-offsets = 扣除 { $offsets }（来源：{ $source }）
report-bridge-offset = { $of } { $points } 分（标准误 { $se }）
report-bridged-change = 已扣除口径差 { $points }（标准误 { $se }）
report-not-compared = 不比较
report-trend-breaks = 竖虚线处口径改变且没有搭桥，两侧不连线。
report-table-taken = 取自先前 assessment.json 的各期
report-column-digest = SHA-256
report-column-program = 程序
report-column-survey-wave = 调查 / 期次
report-note-taken = 这些数值按当时发布的原样使用；与答卷有关的一切（例如两期重复作答的人、测量不变性）对它们无从谈起。
report-table-invariance = { $from } → { $to }：测量不变性（MICOM）
report-column-correlation = 得分相关 c
report-column-composition-p = 组成不变 p
report-column-mean-difference = 均值差（标准差单位）
report-column-mean-p = 均值 p
report-column-variance-ratio = 方差比（对数）
report-column-variance-p = 方差 p
report-invariance-full = 完全不变：组成、均值、方差都看不出差别
report-invariance-partial = 组成不变：得分可以比较
report-invariance-none = 组成有别：得分变化里还含有“量的是什么”的变化，读时请留意
report-invariance-undetermined = 不能判定
report-note-invariance = 第一步（题目、处理、算法相同）由同一份调查定义保证；第二步看两期的题目权重给同一批人算出的得分是否一致；第三步看均值和方差。置换 { $permutations } 次（失败 { $failed } 次），p 未作多重校正；均值有差别正是要测的变化，不妨碍比较。依据：Henseler、Ringle、Sarstedt（2016）。{ $exchange }
report-base-invariance = { $from } n = { $before }、{ $to } n = { $after } · 置换检验 · 置信水平 { $level }
report-invariance-index = 指数所依据的维度在 { $from } → { $to } 之间组成有别（c = { $c }，{ $p }）：指数的变化同时含有题目权重的变化。
report-base-comparability = { $from } 与 { $to } · 声明与查出的改变，不含估计

## 报告：指数变化从何而来

report-chapter-moves = 指数变化从何而来
report-moves-intro = 指数是各部分得分的加权平均。下面把它的变化无剩余地拆开：得分变化乘以两期平均权重，权重变化乘以（两期平均得分 − 两期平均指数）；按顾客构成，则拆成各类顾客自身的变化和构成的变化。拆分是算术，不说明原因；某一部分是否真的变了，以它的区间为准。
report-moves-pair = { $from } → { $to }
report-moves-sentence = 指数变化 { $change } 分，其中得分变化贡献 { $scores } 分，权重变化贡献 { $weights } 分。
report-moves-bridge = 另须注意：比较时已从后期指数扣除口径差 { $points } 分，下列各行是扣除之前发布值的拆分。
report-moves-weights = 权重变化（合计）
report-moves-sum = 合计（指数）
report-moves-unanswered = 漏答的分布
report-moves-note-dimensions = 每一步是一个维度得分变化的贡献；最后一步是全部权重变化之和。
report-moves-note-items = 每一步是一道题得分变化的贡献；最后一步是全部权重变化之和。
report-figure-moves = 指数变化从何而来
report-figure-moves-of = 指数变化从何而来：{ $from } → { $to }
report-alt-moves = { $from } 的指数 { $before } 到 { $to } 的 { $after }：得分变化贡献 { $scores } 分，权重变化贡献 { $weights } 分，逐步列出。
report-table-moves-dimensions = 按维度
report-table-moves-items = 按题目
report-table-moves-mix = 按“{ $column }”的构成
report-column-part = 部分
report-column-score-before = 前期得分
report-column-score-after = 后期得分
report-column-weight-before = 前期权重
report-column-weight-after = 后期权重
report-column-by-score = 得分贡献
report-column-by-weight = 权重贡献
report-column-by-both = 合计贡献
report-column-mix-share-before = 前期占比
report-column-mix-share-after = 后期占比
report-column-within = 自身变化
report-column-mix = 构成变化
report-note-moves = 中点分解：平均权重 × 得分变化 +（平均得分 − 平均指数）× 权重变化，等于两种先后次序的平均（Shapley 值）；剩余不到十亿分之一分。得分贡献下面的区间 = 平均权重 × 得分变化的区间（权重视为已知）；权重贡献没有区间。
report-note-moves-mix = 自身变化 = 平均占比 × 该类指数的变化；构成变化 = （该类平均指数 − 平均指数）× 占比的变化。“漏答的分布”是总体指数与各类加权平均之差的变化，没有漏答时为 0。
moves-refused-dimensions = 不能按维度拆分：两期的维度或权重不全
moves-refused-items = 不能按题目拆分：两期的题目不同，或某题的权重不能估计
moves-refused-mix = 不能按“{ $column }”的构成拆分：两期的类别不同，或有的类别样本太小而不单独报告

## 报告：随时间的图

report-chapter-series = 随时间的图
report-series-intro = 控制图把平常的起伏和值得查问的变化分开：落在界限之内的起伏不必逐一解释。少于 { $drawn } 个时期不画图；基准期少于 { $judged } 个时期，界限只供参考，不作判断。信号说明“有事发生”，不说明是什么事。
report-series-too-few = 只有 { $periods } 个时期，少于 { $drawn } 个，不画图。
report-series-trial = 基准期有 { $periods } 个时期，少于 { $judged } 个：界限是试用的，不判断信号。
report-series-no-spread = 各时期的数值没有差别，无从设定界限。
report-series-of-waves = 各期调查的满意度指数
report-series-more = 更多的图：{ $series }
report-series-not-judged = 时期太少，不判断
report-series-no-signal = 没有信号
report-series-signal-up = { $period } ↑（{ $rule }）
report-series-signal-down = { $period } ↓（{ $rule }）
report-series-dependent = r = { $r }：相邻时期相互关联，界限因而偏窄，变化点的 p 偏小
report-series-independent = r = { $r }：看不出相邻时期相互关联
report-series-dependence-unjudged = r = { $r }：时期太少，不作判断
report-note-chart-lines = { $chart }：中心线 { $centre }，界限 { $limits }。
report-note-chart-centre = { $chart }：中心线 { $centre }。
report-column-limits-of = { $chart } 界限
report-base-series = { $periods } 个时期，中心线和界限取自前 { $baseline } 个 · { $file }
report-table-series = 各图的规则与信号
report-column-chart = 图
report-column-chart-rule = 规则
report-column-run-length-stable = 无变化时平均多少期误报一次
report-column-run-length-shift = 变化一个标准差后平均多少期发现
report-column-signals = 信号
report-column-period = 时期
report-column-plotted = 图上的值
report-column-centre = 中心线
report-column-lower-limit = 下限
report-column-upper-limit = 上限
report-column-signal = 信号
report-note-series = 平均链长按独立正态、界限已知计算（EWMA、CUSUM 用 Brook 和 Evans 1972 的马尔可夫链法；CUSUM 的链长是上下两侧合计），只对界限本身，不含连串规则；每多用一条规则，误报就更多。单值图的连串规则为 Nelson（1984）第 1、2、3、5、6 条。
report-chart-title = { $series }：{ $chart }
report-chart-individuals = 单值图
report-chart-moving-range = 移动极差图
report-chart-p = p 图
report-chart-p-prime = p′ 图（Laney）
report-chart-ewma = EWMA 图
report-chart-cusum-upper = CUSUM（上侧）
report-chart-cusum-lower = CUSUM（下侧）
report-chart-short-individuals = 单值图
report-chart-short-moving-range = 移动极差
report-chart-short-p = p 图
report-chart-short-p-prime = p′ 图
report-chart-short-ewma = EWMA
report-chart-short-cusum-upper = CUSUM 上
report-chart-short-cusum-lower = CUSUM 下
report-chart-rule-individuals = 均值 ± 2.66 × 平均移动极差，加连串规则
report-chart-rule-moving-range = 上限 3.267 × 平均移动极差
report-chart-rule-p = 平均比例 p ± 3√(p(1−p)/n)，加连串规则
report-chart-rule-p-prime = p 图的界限乘以标准化比例的实际离散 σz，加连串规则
report-chart-rule-ewma = 指数加权移动平均超出 ± L 个标准误
report-chart-rule-cusum-upper = 累积和超过 h 个标准差（容差 k）
report-chart-rule-cusum-lower = 累积和低于 −h 个标准差（容差 k）
report-chart-centre = 中心线
report-chart-lower = 下限
report-chart-upper = 上限
report-chart-shift = 水平改变（推定）
report-chart-signal = 是
report-chart-note-judged = 橙色方块为信号。
report-chart-note-trial = 时期太少，界限为试用，不判断信号。
report-axis-value = 数值
report-axis-range = 相邻两期之差的绝对值
report-axis-cusum = 累积和（标准差）
report-axis-share-value = 比例（%）
report-alt-control = { $title }，{ $periods } 个时期，{ $signals } 个信号，带中心线和界限。
report-figure-series = 控制图
report-run-rule-beyond-limit = 超出界限
report-run-rule-nine-on-one-side = 连续九点在中心线同侧
report-run-rule-six-trending = 连续六点递增或递减
report-run-rule-two-of-three = 三点中有两点在同侧两个标准差之外
report-run-rule-four-of-five = 五点中有四点在同侧一个标准差之外
report-fact-autocorrelation = 相邻时期的相关
report-fact-change-point = 水平改变
report-fact-forecast = 下一时期
report-change-point-too-few = 少于 { $judged } 个时期，不寻找
report-change-point-none = 没有找到（置换检验 { $p }）
report-change-point-found = 自 { $period } 起由 { $before } 变为 { $after }（置换检验 { $p }，{ $permutations } 次）；可能的起点有 { $count } 个：{ $plausible }（占自助重抽的 { $share }）
report-forecast-given = { $value }（{ $level } 区间 { $interval }）；{ $origins } 次滚动检验的均方根误差 { $error }，“与去年同期相同”为 { $naive }（{ $p }）
report-forecast-not-better = 不作预测：{ $origins } 次滚动检验的均方根误差 { $error }，“与去年同期相同”为 { $naive }，看不出更好（{ $p }）
report-forecast-too-few = 不作预测：需要至少 { $judged } 个时期和足够的滚动检验

## 报告：外部对照

report-chapter-benchmark = 外部对照
report-benchmark-intro = 与其他已公布的指数并列。只有双方都有精度时才检验差别；“未公布区间”的只并列两个数，不作结论。两个指数问的是谁、怎么问、怎么算可能都不同，检验看不到这些。
report-table-benchmark = 已公布的指数与本调查同期的指数
report-column-benchmark = 指数
report-column-published = 公布值
report-column-ours = 本调查
report-column-index-difference = 本调查 − 公布值
report-note-benchmark = 公布的区间按其置信水平（未写的按 95%）换算为标准误；差别以 z 或 Welch 检验，Holm 校正的范围是本表中检验的各行。
report-benchmark-no-interval = 未公布区间
report-benchmark-no-wave = 本调查没有这一期
report-benchmark-not-tested = 精度不明，不作检验
report-benchmark-above = 高于公布值
report-benchmark-below = 低于公布值
report-benchmark-open = 不能断定有差别
