### 题目以外的话：单题指标（净推荐值、满意率、费力度）、投诉、开放题。

## 提示

side-answers-unknown = “{ $column }”列有 { $count } 个答案既不在量表中，也不是定义里的词，按缺失处理
    .hint = 在量表的 labels 或 missing 中，或在 [complaints] 的 yes、no 中补上这些写法

bad-complaint =
    { $reason ->
        [category] 没有写明投诉的类别
        [received] 受理日期不是日期：“{ $got }”
        [closed] 办结日期不是日期：“{ $got }”
        [order] 办结日期早于受理日期：“{ $got }”
       *[other] 投诉台账的这一行不能用：{ $reason }
    }
    .expected =
        { $reason ->
            [category] 非空的类别
            [order] 不早于受理日期
           *[other] YYYY-MM-DD；尚未办结的，办结日期留空
        }
    .got = “{ $got }”
    .hint = 改正台账中的这一格后重新运行；台账不会被程序修改

bad-coding =
    { $reason ->
        [code-empty] 编码表中的编码是空的，或含有分隔符：“{ $got }”
        [code-repeated] 编码表中“{ $got }”出现了两次
        [label] 编码没有名称
        [row] 找不到这份答卷：“{ $got }”
        [coder] 没有写明编码员
        [coder-absent] 没有编码员“{ $got }”的编码
        [code] 编码表中没有“{ $got }”
        [repeated] 同一编码员对同一份答卷编了两次
       *[other] 这一行不能用：{ $reason }
    }
    .expected =
        { $reason ->
            [row] 答卷文件中的物理行号（line），或受访者编号（respondent）
            [code] 编码表中的编码；几个编码用 ; 隔开
            [repeated] 每位编码员对每份答卷只有一行
           *[other] 非空且不重复
        }
    .got = “{ $got }”
    .hint = 行号从 1 数起，第 1 行是表头；列名是 line 或 respondent、coder、code，多期时还有 wave

coding-thin = 开放题“{ $question }”只有 { $double } 条由两人编码，少于应有的 { $required } 条
    .hint = 请第二位编码员独立再编；应有数是已编条数的一成，至少 50 条，不足 50 条的全部

coding-unreliable = 开放题“{ $question }”的编码一致性 α = { $alpha }，低于 0.80
    .hint = 修订编码表和编码规则，由两人重新独立编码；在此之前各编码的比例只能暂作参考

## 词

touchpoint-complaint-rate = 投诉率
report-chapter-touchpoints = 推荐、满意率与费力度
report-chapter-complaints = 投诉
report-chapter-open-answers = 开放题
touchpoint-nps = 净推荐值（NPS）
touchpoint-csat = 满意率（CSAT）
touchpoint-ces = 费力度（CES）
touchpoint-handling = 投诉者对处理的满意度
report-part-promoters = 推荐者
report-part-passives = 中立者
report-part-detractors = 贬损者
report-part-top = 计入的答案
report-part-with-codes = { $part }（{ $codes } 分）
report-answer-worst = { $at }（最差）
report-answer-best = { $at }（最好）

## 列与表

report-column-touchpoint = 指标
report-column-value = 数值
report-column-missing-count = 未作答
report-column-answers = 答案
report-column-share-percent = 比例
report-column-category = 类别
report-column-mention-share = 占全部提及
report-column-cumulative = 累计
report-column-register-count = 件数
report-column-closed-count = 已办结
report-column-days-median = 办结天数（中位数）
report-column-keyword = 关键词
report-column-respondents = 人数
report-column-code-label = 编码
report-column-alpha-code = 单码 α
report-column-detractors = 贬损者
report-column-passives = 中立者
report-column-promoters = 推荐者
report-column-nps = 净推荐值
report-table-touchpoints = 单题指标
report-table-touchpoint-parts = 各部分的比例
report-table-touchpoint-domains = 分组的单题指标
report-table-complaints = 受访者提到的投诉内容
report-table-register = 投诉台账
report-table-keywords = 关键词
report-table-open-codes = 人工编码

## 图

report-figure-nps = 净推荐值
report-figure-likert = 各题答案分布
report-figure-complaints = 投诉内容
report-axis-nps = 净推荐值
report-axis-item-score = 得分
report-alt-nps = { $title }：{ $count } 行，每行从左到右是贬损者、中立者、推荐者的比例，中立者居中；数值见下表。
report-alt-likert = { $title }：{ $count } 道题，每行从左到右是最差到最好的答案，中间的答案居中；数值见下表。
report-alt-complaints = { $title }：{ $count } 个类别由多到少，折线是累计比例；数值见下表。
report-legend-complaints-asked = 提到它的投诉者比例
report-legend-cumulative-asked = 累计占全部提及
report-legend-complaints-register = 占全部投诉
report-legend-cumulative-register = 累计占全部投诉
report-figure-note-likert = 加权比例（%）；中间的答案居中，向右为较好的答案。反向题已经转正。
report-figure-note-nps = 从左到右是贬损者、中立者、推荐者的加权比例（%），中立者居中；净推荐值及其区间见图后的表。
report-figure-note-register = 台账是全数，没有抽样误差，所以没有区间。
report-complaint-pooled = 其他（各不足 3 人）
report-complaint-pooled-count = 其他（{ $count } 类，各不足 3 人）

## 推荐、满意率与费力度

report-touchpoints-intro = 这些数各由一道题得出，不进入满意度指数。标准误按抽样设计计算；比例的区间是 Wilson 区间。
report-touchpoint-reading = { $name }为 { $value }（{ $level } 置信区间 { $interval }，n = { $n }）。
report-touchpoint-reading-bare = { $name }为 { $value }（n = { $n }，没有区间）。
report-touchpoint-none = { $name }：没有结果。{ $reason }
report-nps-more-promoters = 推荐者确实多于贬损者。
report-nps-more-detractors = 贬损者确实多于推荐者。
report-nps-cannot-tell = 推荐者与贬损者孰多，不能断定。
report-touchpoints-domains = 分组的单题指标（{ $wave }）
report-earlier-touchpoints = { $wave }的单题指标
report-note-touchpoints = 净推荐值 = 推荐者（9、10 分）的比例减去贬损者（0 至 6 分）的比例，从 −100 到 100，是分不是百分比；满意率是最好几个答案的比例；费力度是原始分值的平均数。
report-note-adjusted-wald = 净推荐值的区间按小样本的 Wald 调整法：另加三个答案（推荐者 ¾、中立者 1½、贬损者 ¾）（Rocks 2016）；数值本身不调整。

## 投诉

report-complaints-intro = 投诉有两个来源：向受访者询问的结果代表全部顾客，带区间；企业的投诉台账是来找企业的人，是全数，不带区间。两者不应相加，也不应互相代替。
report-complaints-rate = { $value } 的顾客投诉过（{ $certainty }，n = { $n }）。
report-complaints-handling = 投诉过的顾客对处理的满意度平均为 { $value }（0–100，{ $certainty }，n = { $n }）。
report-certainty = { $level } 置信区间 { $interval }
report-certainty-none = 没有区间
report-note-complaints = 比例以投诉过并说明内容的受访者为基数，一人可以提到几类，所以合计可以超过 100%；累计以全部提及为基数。不足 3 人提到的类别合并，不列出名称。
report-register-reading = 台账在 { $first } 至 { $last } 间受理 { $complaints } 件，已办结 { $closed } 件，尚有 { $open } 件；从受理到办结的中位数为 { $days } 天。
report-register-per-thousand = 相当于抽样框中每千名顾客 { $rate } 件。
report-note-register = 天数按日历日计，只算已办结的；尚未办结的可能更久，所以中位数偏低。
report-base-register = 台账 { $file } · { $complaints } 件 · 全数，没有抽样误差
report-earlier-complaints = { $wave }的投诉

## 开放题

report-open-intro = 开放题由愿意多说几句的人回答，他们未必代表全部顾客；下面的人数说明什么被提到，不说明多少顾客这样看。
report-open-reading = 有效答卷 { $n } 份，其中 { $answered } 份写了内容（{ $share }），另有 { $nothing } 份写的是“无”之类。
report-open-no-keywords = 没有一个关键词有 { $least } 人以上提到，所以不列出。
report-base-open = n = { $n } 条答案 · 人数不加权 · { $wave }
report-note-keywords = 人数是提到过这个词的受访者，一人提到几次只算一人；紧接在否定词之后的词另列（如“不满意”）。分词用 jieba 词典，只取名词、动词、形容词，不取人名。不足 { $least } 人的 { $withheld } 个词不列出，以免认出个人。
report-note-codes = 比例按权重计算，以已编码的答案为基数，一条可以有几个编码。
report-coding-enough = 已编码 { $coded } 条，其中 { $double } 条由至少两人独立编码（应有 { $required } 条），编码员 { $coders } 人。
report-coding-thin = 已编码 { $coded } 条，但只有 { $double } 条由至少两人独立编码，少于应有的 { $required } 条；编码员 { $coders } 人。
report-coding-alpha = Krippendorff α = { $alpha }（区间 { $interval }，{ $units } 条）：
report-coding-reliable = 不低于 { $reliable }，编码可以采信。
report-coding-tentative = 在 { $tentative } 与 { $reliable } 之间，只能得出暂时的结论。
report-coding-unreliable = 低于 { $tentative }，编码不足以支持结论。
report-coding-kappa = 共同编码最多的两人：Cohen κ = { $kappa }（区间 { $interval }，一致 { $observed }，{ $n } 条）。
report-coding-several = 一条答案有几个编码时，全部相同才算一致。
report-open-quotes = 以下几条按与内容无关的次序抽出，个人信息已经遮盖；它们是例子，不是证据。
report-open-quotes-withheld = 写了内容的不足 { $least } 条，所以不引用原话。
report-earlier-open = { $wave }的开放题
