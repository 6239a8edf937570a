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
report-note-invariance = 第一步（题目、处理、算法相同）由同一份调查定义保证；第二步看两期的题目权重给同一批人算出的得分是否一致；第三步看均值和方差。置换 { $permutations } 次（失败 { $failed } 次），p 未作多重校正；均值有差别正是要测的变化，不妨碍比较。依据：Henseler、Ringle、Sarstedt（2016）。
report-base-invariance = { $from } n = { $before }、{ $to } n = { $after } · 置换检验 · 置信水平 { $level }
report-invariance-index = 指数所依据的维度在 { $from } → { $to } 之间组成有别（c = { $c }，{ $p }）：指数的变化同时含有题目权重的变化。
report-base-comparability = { $from } 与 { $to } · 声明与查出的改变，不含估计
