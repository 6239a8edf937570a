# 分组和跨期比较结构模型的用语。

groups-not-compared =
    { $reason ->
        [too-few] 没有比较“{ $by }”的各组：受访者不少于 { $min } 人的组不足两个
        [too-many] 没有比较“{ $by }”的各组：组太多，最多比较六组
        [too-large] 没有比较“{ $by }”的各组：受访者太多，置换检验的次数不够
        [no-model] 没有比较“{ $by }”的各组：没有可用的路径模型
        [weights] 没有比较“{ $by }”的各组：有受访者的权重不是正数
        [few-exchanges] “{ $by }”的各组无法判断：一起抽出的必须一起置换，只有 { $distinct } 种不同的分法，得不出 { $alpha } 的 p 值
       *[other] 没有比较“{ $by }”的各组：有一组的模型估计不出来（{ $detail }）
    }
    .hint =
        { $reason ->
            [few-exchanges] 比较分布在更多群里的组，或合并一些组：这里看的是群的数目，不是受访者的人数
           *[other] 用 groups 指定较大的几组，或合并小组；组太小时，路径模型的系数几乎全是偶然
        }

report-chapter-groups = 各组之间的比较
report-groups-intro = 不同的顾客，是否被不同的事情影响？在比较之前，先要看各组对同一道题、同一个维度的理解是否相同。若不相同，同一个名称在两组里其实是两回事，数字不能相比。因此每次比较分两步：先看能不能比，再看有没有差别。
report-heading-groups-by = 按“{ $column }”比较
report-heading-groups-waves = 各期之间比较
report-groups-left-out = 受访者太少而没有比较的组：{ $groups }。
report-groups-base = 参加比较的组：{ $groups }。
report-groups-size = { $name }（n = { $n }）
report-groups-pair = { $first }与{ $second }
report-groups-not-comparable = { $pair }：两组对这些维度的理解不同，不可比较：{ $dimensions }。与它们有关的 { $paths } 条路径不作比较，也不应把两组的这些得分放在一起解读。
report-groups-no-difference = { $pair }：可以比较的 { $paths } 条路径中，没有一条显示出差异。这不证明两组相同，只说明以现有的人数看不出差别。
report-groups-differences = { $pair }：可以比较的 { $paths } 条路径中，以下各条有差异：
report-groups-difference = { $path }：{ $first } { $a }，{ $second } { $b }（Holm 校正后 { $p }）。系数大的一组，这一项对结果的影响更强。

report-table-group-invariance = 能不能比较
report-table-group-invariance-of = 能不能比较：{ $pair }（测量不变性，MICOM）
report-column-score-correlation = 得分相关 c
report-column-group-mean-difference = 均值之差
report-column-group-variance-ratio = 方差比的对数
report-group-invariance-none = 不可比较
report-group-invariance-partial = 可以比较路径
report-group-invariance-full = 可以比较，也可以合并
report-group-invariance-unknown = 无法检验
report-note-group-invariance = 每个 p 来自 { $permutations } 次置换。c 的 p 不超过 { $alpha } 时，两组的题目权重不同，维度不可比较；均值之差以合并得分的标准差为单位，两者之一的 p 不超过 { $alpha } 时，两组可以比较路径，但不能当作一个总体合并。这几项检验不通过才是坏消息，所以不作多重校正：校正只会让更多维度通过。

report-table-group-paths = 有没有差别
report-table-group-paths-of = 有没有差别：{ $pair }
report-column-first = 第一组
report-column-second = 第二组
report-column-p-permutation = p（置换）
report-column-p-henseler = Henseler 概率
report-column-p-welch = p（Welch）
report-path-not-comparable = 不可比较
report-path-differs = 有差异
report-path-same = 看不出差异
report-note-group-paths = 以 Holm 校正后的置换检验为准，其余各列供对照。校正的范围是本次比较的全部 { $tests } 项检验。置换 { $permutations } 次，其中 { $failed } 次有一组估计不出；每组自助抽样 { $replicates } 次，各组合计失败 { $lost } 次；随机数种子 { $seed }。{ $exchange }
report-groups-not-judged = { $pair }：无法判断。一起抽出的必须一起置换，两组之间只有 { $distinct } 种不同的分法，最小可能的 p 值是 { $p }，高于 { $alpha }。不够的是群的数目，不是受访者的人数。
report-exchange-respondents = 受访者连同其权重逐个置换，层的划分不保留（不同的分法有 { $distinct } 种）。
report-exchange-returning = 受访者连同其权重置换；几期都回答过的人只在自己的几次回答之间置换，因为同一个人的回答相近。层的划分不保留（不同的分法有 { $distinct } 种）。
report-exchange-whole-clusters = 整群一起置换（{ $units } 个群，不同的分法有 { $distinct } 种），因为同一个群里的人回答相近：逐人置换会把群与群之间本来就有的差别当成组的差别。{ $strata }
report-exchange-within-clusters = 受访者连同其权重只在本群之内置换，因为各组分布在同一些群里（含有几个组的群里共有 { $units } 名受访者，不同的分法有 { $distinct } 种）。
report-exchange-returning-clusters = 整群一起置换（各期合计 { $units } 个群，不同的分法有 { $distinct } 种），因为同一个群里的人回答相近；几期都抽中的群只在自己的各期之间置换。{ $strata }
report-exchange-strata-kept = 层的划分保留。
report-exchange-strata-not-kept = 没有一层含有几个组，所以层的划分不保留。
report-exchange-no-strata = 没有分层抽样。
report-exchange-many = 一百万或更多

report-table-omnibus = 各组同时比较
report-column-spread = 系数差的均方
report-note-omnibus = 检验的问题是：这条路径是否在任何两组之间不同。各路径的 p 按 Holm 和 BH 校正。有差异时，再看下面各对的表。{ $exchange }
report-fold-groups-pairs = 各对的详细数字（{ $wave }）
report-fold-groups-readings = 这些检验怎么读，出自哪里（{ $wave }）

report-groups-reading-configural = 第一步，构型不变性：各组用同样的题目、同样的编码、同样的算法。这由本程序保证，不需要检验（Henseler、Ringle 和 Sarstedt，2016）。
report-groups-reading-compositional = 第二步，组合不变性：用一组的权重和用另一组的权重算出的得分，相关 c 应当接近 1。c 显著低于 1 时，两组把同一个维度理解成了不同的东西。
report-groups-reading-equality = 第三步，均值和方差相等：只在想把两组合并时才需要。
report-groups-reading-permutation = 置换检验：如果属于哪一组无关紧要，把组别随机打乱，差别也会同样大。p 是打乱后差别至少同样大的比例，实际的分法也算在内，p 恰好等于 { $alpha } 时也算有差异（Chin 和 Dibbern，2010；Phipson 和 Smyth，2010）。一起抽出的一起打乱（Winkler 等，2015）。
report-groups-reading-henseler = Henseler 概率：第一组的系数不大于第二组的概率，由两组的自助样本两两相比得到；接近 0 时第一组较大，接近 1 时第二组较大（Henseler，2012）。整群抽样时，自助样本整群抽取。
report-groups-reading-welch = Welch 检验：差除以自助法标准误，不假定两组方差相等，自由度按 Welch–Satterthwaite 计算（Sarstedt、Henseler 和 Ringle，2011），整群抽样时按群数计。它和 Henseler 概率都把两组当作相互独立；两组共有一些群或一些人时，多半偏于谨慎。
report-groups-reading-multiplicity = 多重校正：检验越多，偶然出现差异的机会越大。Holm 控制出现任何一个错误结论的概率；BH 控制被称为差异的结论中错误所占的比例，较宽松（Holm，1979；Benjamini 和 Hochberg，1995）。
