### 满意度：程序说的每一句话（简体中文）。
### 键、属性和参数与 locales/en 中的同名文件完全一致；代码清单见 src/finding/code.rs。
### 位置（文件:行:列）另行打印，这里不再重复。所有参数都是文字，不能按数值选择变体。

## 提示的级别与行首

severity-note = 提示
severity-warning = 注意
severity-error = 错误
finding-more = （同类的另有 { $count } 条）
finding-where = 位置：
finding-expected = 应为：
finding-got = 实为：
finding-hint = 办法：

## 调查定义

toml-syntax = TOML 语法有误：{ $reason }
    .hint = 检查这里的引号、括号和等号，标点要用半角；中文的键要加引号，如 "非常满意" = 5；Windows 路径用 / 不用 \

unknown-key = 没有“{ $key }”这个键
    .expected = { $nearest }
    .got = { $key }
    .hint = 检查拼写和所在的表；相近或可用的键：{ $nearest }

missing-key = { $table } 中缺少“{ $key }”
    .hint = 在 { $table } 中补上 { $key }

wrong-value = “{ $key }”的值不能用
    .expected =
        { $expected ->
            [string] 文字
            [integer] 整数
            [number] 数字
            [boolean] true 或 false
            [array] 列表
            [object] 表
           *[other] { $expected }
        }
    .got = { $got }
    .hint = 改成“应为”一行所列的写法；文字要加英文双引号，数字和 true、false 不加

schema-too-new = 这份定义用的是更新的格式，本程序读不了
    .expected = 格式版本不高于 { $newest }
    .got = { $version }
    .hint = 升级程序；不要只改 schema_version，新版格式的含义可能不同

duplicate-id =
    { $first ->
        [dimensions] “{ $id }”在 dimensions 中用了不止一次
       *[line] “{ $id }”重复，第 { $first } 行已经用过
    }
    .expected = 每个 id 只用一次
    .got = “{ $id }”再次出现
    .hint = 给其中一个换一个 id；同一道题只能属于一个维度

unknown-reference = “{ $name }”没有定义
    .hint = 检查拼写，或先把它定义出来；相近或可用的名称：{ $nearest }

bad-id = “{ $id }”不能作为 id
    .expected = 1 至 64 个英文字母、数字、- 或 _
    .hint = 换一个只含这些字符的 id，中文名称写在 title 里；没有写 id 时用的是文件夹名，可在定义中另写 id

bad-scale = 量表“{ $scale }”前后矛盾：{ $reason }
    .hint = max 要大于 min，最多大 200；labels 的分值要在 min 与 max 之间；同一个选项不能既在 labels 又在 missing 中

nothing-to-measure =
    { $what ->
        [dimensions] 没有任何维度
        [waves] 没有任何一期调查
       *[other] 维度“{ $what }”没有题目
    }
    .hint = 至少写一个 [[dimensions]]，并在它的 items 中列出题目

bad-model =
    { $reason ->
        [paths-need-pls] 写了路径，但题目权重不是由路径模型估计的
        [empty-block] 路径模型中有的维度没有题目
        [item-repeated] 路径模型中有一道题属于两个维度
        [no-path] 路径模型中一条路径也没有
        [path-to-itself] 路径模型中有的维度指向自己
        [path-repeated] 路径模型中有一条路径写了两次
        [isolated] 有的维度没有任何路径相连
        [too-many-items] 除 "mean" 外，缺失答案的处理方法最多支持 128 题
        [one-fold] 样本外预测至少要分两份；不做时写 0
        [moderation-without-paths] 调节作用的两个维度必须不同，并且都有指向目标维度的路径
        [keys-need-pls] 这个键属于路径模型，但题目权重不是由路径模型估计的
        [part] 维度只能由自己有题目的维度组成，一个维度也只能属于一个上级维度
        [path-to-part] 属于另一个维度的部分没有自己的路径：把路径写给整体
        [higher-needs-pls] 由其他维度组成的维度（of）要求题目权重由路径模型估计
        [higher-consistent] 一致性 PLS（consistent）不能与由其他维度组成的维度（of）同用
        [higher-formed] 用重复指标法时，由各部分构成（mode-b）的整体完全由它们解释：请用 higher_order = "two-stage"
        [cycle] 路径绕成了一圈
        [group-cycle] 指标组互相包含，绕成了一圈
       *[other] 路径模型不能成立：{ $reason }
    }
    .hint = 检查 model.paths：每个维度至少连一条路径，路径不绕圈、不指向自己、不重复；不用路径模型时删去 paths，用它时写 weights = "pls"

inconsistent-judgement = “{ $of }”的两两判断前后矛盾太大（判断人：{ $judge }）
    .expected = 一致性比率 CR 不超过 { $max }
    .got = CR = { $got }
    .hint = 请判断人复核互相矛盾的几对；确要采用时写 model.inconsistency_max，报告会注明

inconsistency-allowed = “{ $of }”的两两判断一致性比率 CR = { $got }，超过惯例 0.1（判断人：{ $judge }）；测评定义允许到 { $max }
    .hint = 请判断人复核互相矛盾的几对

judgement-missing = “{ $of }”没有两两判断，而权重要由判断得出
    .hint = 增加一个 [[judgements]]，of = "{ $of }"；或者把 weights 改为其他来源

exactly-one = “{ $first }”和“{ $second }”必须写一个，也只能写一个
    .hint =
        { $first ->
            [responses] 只有一期时，在最外层写 responses（和 frame）；有几期时用 [[waves]]，responses 和 frame 都写到各期里
           *[other] 保留一个，删去另一个
        }

assumed-scale = 没有写明量表，按 1 至 5 分、5 分最好处理
    .hint = 在 [scales] 中写明 min、max、选项文字对应的分值，以及哪些答案不计分

## 文件

file-unreadable = 文件“{ $file }”打不开或读不了：{ reason-io }
    .expected = 一个可以读取的文件
    .got = “{ $file }”：{ reason-io }
    .hint = 检查文件名和相对路径是否写对，文件是否在；文件正在 Excel 中打开时先关闭

file-empty = 文件是空的，一个字节也没有
    .expected = 表头和至少一份答卷
    .got = 0 字节，或只有空白
    .hint = 重新导出一次，确认导出已经完成

header-only = 只有表头，没有一份答卷
    .expected = 表头之下至少一行
    .got = 0 行
    .hint = 重新导出，并检查导出时的筛选条件（时间范围、有效答卷）

wrong-encoding = 这里的字节不符合文件的编码，读不成文字
    .expected = { $expected }
    .got = { $got }
    .hint = 在 Excel 中另存为“CSV UTF-8（逗号分隔）”，或用文本编辑器另存为 UTF-8；答卷文件确为国标编码时，在该期写 encoding = "gb18030"

ambiguous-encoding = 不能确定文件的编码，看上去像 { $guess }
    .expected = UTF-8，或写明的 GB18030
    .got = 像是 { $guess }
    .hint = 另存为 UTF-8 最稳妥；确知是国标编码（GBK、GB2312、GB18030）时，在该期写 encoding = "gb18030"

missing-column = 表头中没有“{ $column }”这一列
    .expected = 名为“{ $column }”的一列
    .got = 相近或已有的列：{ $nearest }
    .hint = 列名要与表头完全一致，包括题号、标点和空格；表头中相近或已有的列：{ $nearest }

duplicate-column = “{ $column }”在表头中出现两次：第 { $first } 列和第 { $second } 列
    .expected = “{ $column }”只出现一次
    .got = 第 { $first } 列和第 { $second } 列都叫这个名字
    .hint = 在 Excel 中把其中一列改名，使要用的列名只出现一次

ragged-row = 这一行的字段数与表头不同
    .expected = { $expected } 个字段
    .got = { $got } 个字段
    .hint = 多半是答案里有逗号而没有加引号，或者一行被换行拆开了；请从问卷平台重新导出，不要手工拼接

unclosed-quote = 这里开始的引号一直没有结束，直到文件末尾（第 { $line } 行）
    .expected = 一个结束引号，后面是分隔符或换行
    .got = 文件在第 { $line } 行结束，引号仍未结束
    .hint = 用文本编辑器删除这个多余的引号，或在这条答案的末尾补上引号

swallowed-rows = 这里开始的引号把后面的整行答卷也包了进去（到第 { $line } 行）
    .expected = 一条答案之内的文字
    .got = 第 { $line } 行为止，像是整行的答卷
    .hint = 用文本编辑器删除这个多余的引号，或在这条答案的末尾补上引号；答案里本来的引号要连写两个（""）

text-after-quote = 这里开始的带引号字段，在结束引号之后还有文字（第 { $line } 行）
    .expected = 结束引号之后紧接分隔符或换行
    .got = 第 { $line } 行，结束引号之后还有文字
    .hint = 答案里本来的引号要连写两个（""）；也可以从问卷平台重新导出

field-too-long = 这里开始的字段超过 { $bytes } 字节，不像是一条答案
    .hint = 多半是引号没有配对，用文本编辑器检查这里的引号

more-of-the-same = 同类问题（{ $code }）还有 { $count } 处，没有逐条列出
    .hint = 先改好列出的几处再检查一次，它们往往是同一个原因

bad-count = “{ $column }”列应当是个数
    .expected = 0 或正整数，不带千位分隔符和单位
    .got = { $got }
    .hint = 在 Excel 中把这一列设为“常规”格式，只留整数，再另存为 CSV

## 抽样框与抽样设计

stratum-not-in-frame = 抽样框中没有“{ $stratum }”这一层，却有 { $count } 份答卷属于它
    .expected = 抽样框 { $frame } 中列出的层：{ $nearest }
    .got = “{ $stratum }”，{ $count } 份答卷
    .hint = 核对两个文件的层名是否一致（空格、简称、全角半角）；确有此层时补进 { $frame }；抽样框中相近或已有的层：{ $nearest }

duplicate-stratum = “{ $stratum }”层在抽样框中列了两次，第 { $first } 行已有
    .hint = 合并成一行并核对顾客数；如果本是两个层，给它们不同的名称

frame-smaller-than-sample = “{ $stratum }”层的抽样框只有 { $population } 位顾客，却有 { $n } 位受访者
    .expected = 抽样框的顾客数不少于 { $n }
    .got = { $population }
    .hint = 核对抽样框的顾客数是否过期，答卷中是否有重复或层名写错的人

# what = drawn：抽取数多于顾客数；what = answered：作答数（drawn）多于抽取数（population）。
more-drawn-than-frame =
    { $what ->
        [drawn] 抽取了 { $drawn } 位，抽样框中只有 { $population } 位顾客
       *[answered] 有 { $drawn } 位作答，实际只抽取了 { $population } 位
    }
    .hint = 顾客数、抽取数、作答数应当依次不增；核对抽样框的 population 和 drawn 两列

bad-weight = 权重不能用
    .expected = 大于 0 的数
    .got = { $got }
    .hint = 补上这份答卷的基础权重（1 ÷ 入样概率）；不参加统计的答卷请用清理规则排除，不要把权重写成 0

margin-without-target = { $n } 份答卷的“{ $column }”是“{ $category }”，这一类没有目标数
    .expected = 边际的每一类都有大于 0 的目标数
    .got = { $category }：{ $n } 份
    .hint = 在这个边际的目标中补上这一类，改正作答，或用清洗规则排除这些答卷；没有目标数就不知道它们的权重

margin-category-too-small = 边际“{ $column }”的“{ $category }”有目标数，却只有 { $n } 位受访者
    .expected = 至少 { $needed } 位
    .got = { $n }
    .hint = 在作答和目标中把这一类与别的类合并；如果这么少的人可以代表这一类，调低 weighting.category_base_min

margin-totals-contradict = 边际“{ $column }”的目标数合计 { $total }，而 { $first } 是 { $first_total }
    .expected = { $first_total }，或合计为 1 的比例
    .got = { $total }
    .hint = 目标数应出自同一来源、同一日期；也可以改写成比例

bad-target = 边际“{ $column }”中“{ $category }”的目标数不能用
    .expected = 不小于 0 的数
    .got = { $got }
    .hint = 写人数或比例，不带千位分隔符和百分号

weights-not-converged = 权重达不到边际的目标：迭代 { $iterations } 次后“{ $at }”仍差 { $error }%
    .expected = 相对误差不超过 { $tolerance }
    .got = { $error }%
    .hint = 对这些受访者来说边际可能互相矛盾（有的组合没有人），或上下限太窄：合并类别，去掉一个边际，或放宽 lower 和 upper

weights-negative = 校准后有 { $n } 份答卷的权重不大于 0，最小为 { $smallest }
    .expected = 大于 0 的权重
    .got = { $smallest }
    .hint = 改用 method = "rake"，或用 "logit"、"bounded-linear" 并写明 lower 和 upper；也可以合并类别

trim-impossible = weighting.trim 的上下限不能保持 { $n } 份答卷的权重之和
    .hint = 放宽 lower 和 upper，它们是平均权重的倍数

weights-impossible = 无法得出权重：{ $reason }
    .hint = 检查 [weighting] 和其中的目标数

weights-contradict-frame = “{ $stratum }”层的权重与抽样框不符：平均为 { $mean }，顾客数 ÷ 抽取数为 { $expected }
    .expected = { $expected }
    .got = { $mean }
    .hint = 核对权重列是否属于这个抽样框，是否已经调整过；调整过的要在报告中说明

too-many-weights = 不同的基础权重超过 { $limit } 种
    .hint = 基础权重通常每层一个；请核对该列是不是权重，必要时取较少的小数位

too-many-categories = “{ $column }”的不同取值超过 { $limit } 种
    .hint = 这多半是编号、时间或开放题，不是分组；分层和分组请用地区、客户类型之类的列

dispositions-disagree = 访问结果表中完成和部分完成的份数，与答卷文件的份数不一致
    .expected = { $expected } 份（答卷文件）
    .got = { $got } 份（访问结果表）
    .hint = 核对两个文件是否为同一期、同一截止时间；回答率按访问结果表计算

no-frame = 没有抽样框：无法检查覆盖情况，也不做有限总体校正
    .hint = 提供各层顾客数的 CSV（分层列和 population 列），在该期写 frame

not-probability = 受访者不是随机抽取的，或抽样方法不明；误差范围只能当作“假如是随机样本”来看
    .hint = 如实填写 design.method；下一期从顾客名单中随机抽取，才谈得上抽样误差

stratum-empty = “{ $stratum }”层有 { $population } 位顾客，没有一位受访者
    .hint = 结果不能代表这一层；补充访问，或在报告中说明未覆盖

lonely-stratum = “{ $stratum }”层只有一位受访者（整群抽样时只有一个群），无法估计这一层的抽样误差
    .hint = 与相近的层合并，或补充访问；方差怎样处理这样的层，由 design.lonely_psu 决定

psu-missing = 有受访者没有填所属的群，而 columns.psu 说明样本是整群抽取的
    .expected = 群的名称
    .got = 空单元格
    .hint = 补上所属的群；如果受访者是逐个抽取的，就不要写 columns.psu

psu-in-strata = 群“{ $psu }”出现在 { $strata } 个层里（这样的名称共 { $count } 个），按每层各有一个群处理
    .hint = 如果是同一个群，请更正所属的层；如果不是，不必处理

psus-below-sample = 抽样框中“{ $stratum }”只有 { $psus } 个群，却有 { $sampled } 个群有受访者；不作有限总体校正
    .expected = 至少 { $sampled }
    .got = { $psus }
    .hint = 更正抽样框的 psus 列：该层全部的群，不论抽中与否

variance-routes-differ = “{ $subject }”的标准误，线性化与刀切法相差超过 { $percent }%
    .expected = 大致相同
    .got = { $taylor } 与 { $jackknife }
    .hint = 以较大的为准；查看是否群太少、有只含一个群的层，或权重差异很大

## 答案

unknown-label = “{ $column }”列有 { $count } 个答案既不是分值，也不是量表中的选项，例如“{ $example }”
    .expected = 量表中的分值或选项
    .got = “{ $example }”
    .hint = 这些答案不计分，已逐条记入清理记录；如果是正常选项，把它加进量表的 labels 或 missing

out-of-scale = “{ $column }”列有 { $count } 个答案超出量表范围，例如“{ $example }”
    .expected = { $min } 至 { $max }
    .got = “{ $example }”
    .hint = 这些答案不计分，已逐条记入清理记录；表示“不适用”“跳过”的代码（如 -3、99）写进量表的 missing

impossible-date = “{ $column }”列有 { $count } 个时间不存在或不在调查期内，例如“{ $example }”
    .expected = 调查期内真实存在的日期
    .got = “{ $example }”
    .hint = 核对该期的 field_start、field_end，以及 columns.submitted_format 与文件中的写法是否一致

bad-duration = “{ $column }”列有 { $count } 个答题用时不是秒数，例如“{ $example }”
    .expected = 秒数，如 123 或 123秒
    .hint = 换成秒数；这些答卷不参加“作答过快”的检查

too-many-faults =
    { $kind ->
        [out-of-scale] { $share }% 的答案超出了量表的范围，允许 { $max }%（共 { $count } 个，第一个是“{ $example }”）
       *[unknown-label] { $share }% 的答案不能识别，允许 { $max }%（共 { $count } 个，第一个是“{ $example }”）
    }
    .expected = 不超过 { $max }%
    .got = { $share }%
    .hint =
        { $kind ->
            [out-of-scale] 数字大于 max 多半是量表写错了：十分制的题要写 max = 10；表示“跳过”“不适用”的代码（如 -3、99）写进量表的 missing
           *[unknown-label] 多半是列对错了题，或量表缺了选项；核对列名和量表的 labels、missing，不要靠放宽 cleaning.faulty_share_max 来通过
        }

## 答卷、抽样框与样本的更多情形

not-a-csv = 这是 Excel 工作簿（{ $kind }），不是 CSV 文本
    .expected = CSV 文本
    .got = Excel 工作簿（{ $kind }）
    .hint = 在 Excel 中打开，另存为“CSV UTF-8（逗号分隔）”，再把文件名改成 .csv 的那一个

not-a-definition = “{ $file }”不是调查定义（.toml 文件）
    .expected = survey.toml 这样的调查定义
    .got = { $file }
    .hint = run 和 check 后面写调查定义的路径，答卷文件的名字写在定义里的 responses；可以照 surveys/minimal/survey.toml 写一份

blank-rows = 有 { $count } 个空行，已略过（第一个在这里）
    .hint = 空行不算答卷；在 Excel 中删除末尾的空行后再导出，就不会再有这条提示

total-row = “{ $stratum }”这一行正好等于其他各层之和（{ $population }），像是合计行
    .expected = 每行一个层
    .got = 合计 { $population }
    .hint = 从抽样框中删除合计行；如果真有这样一层，请核对顾客数

frame-column-ignored = 抽样框中的“{ $column }”列没有用到
    .expected = { $known }
    .got = { $column }
    .hint = 抽取数的列名要写成 drawn，顾客数写成 population；其他列可以不管

case-code-unknown = 最后结果代码“{ $got }”没有定义
    .expected = AAPOR 代码（1.1、2.112 …）、complete 等名称，或 [cases.codes] 中定义的代码；最接近的是 { $nearest }
    .hint = 在 [cases.codes] 中写明这个代码的含义，例如 "S1" = "complete"

case-without-id = 这一行没有编号
    .hint = 每个被抽中的样本都要有编号，才能与答卷核对

case-repeated = 同一编号已在第 { $first } 行出现过
    .expected = 每个编号只有一个最后结果
    .hint = 只保留最后的结果代码；接触过程的记录不要放在这个文件里

cases-unbalanced =
    { $what ->
        [drawn] 层“{ $stratum }”的个案数与抽样框的抽取数不一致
        [no-stratum] 个案清单中的层“{ $stratum }”不在抽样框中
        [table] 个案清单与访问结果表的总数不一致，或各类结果的分布不一致
        [unlisted] 有答卷的编号不在个案清单中
        [closed-otherwise] 有答卷的编号在个案清单中记为其他结果，而不是完成或部分完成
       *[no-answer] 个案清单中记为完成或部分完成的编号，有些没有答卷
    }
    .expected = { $wanted }
    .got = { $found }
    .hint = 核对两个文件是否为同一期、同一截止时间、同一编号；数字对不上时不出报告

stratum-short = “{ $stratum }”层的有效答卷明显不足：{ $n } 份，应有约 { $target } 份
    .expected = 不低于应有份数的 { $min }%
    .got = { $share }%
    .hint = 补充访问这一层；加权只能调整它的比重，不能增加它的信息

sample-differs-from-frame = 有效样本的构成与抽样框有显著差异（p = { $p }）
    .hint = 看报告“样本与代表性”一章中各层的偏离；加权已按抽样框调整，但要说明差异的原因

required-size-not-reached = 有效答卷 { $n } 份，少于误差 ±{ $margin } 个百分点所需的 { $required } 份
    .expected = 至少 { $required } 份
    .got = { $n } 份
    .hint = 补充访问，或在报告中写明实际的误差

no-dispositions = 没有访问结果表，不能计算回答率
    .hint = 把完成、拒访、未联系上等的份数写成 CSV，在该期的 dispositions 中写上文件名

census-incomplete = 定义说是全部调查，但抽样框有 { $population } 位顾客，只抽取了 { $drawn } 位
    .expected = 抽取数等于顾客数
    .got = { $drawn } / { $population }
    .hint = 改正 design.method；没有全部调查就不是普查

many-excluded = 清理排除了 { $share }% 的答卷（{ $excluded } / { $received }）
    .hint = 看报告“数据清理”一章，是哪条规则排除的、排除前后结果差多少；核对规则是否太严

identity-missing = 有 { $count } 份答卷没有受访者标识，查不出其中的重复
    .hint = 核对 columns.respondent 的列；没有标识的答卷不会被当作重复

too-many-impossible-dates = { $share }% 的答卷时间不存在或不在调查期内，允许 { $max }%（共 { $count } 份，例如“{ $example }”）
    .expected = 不超过 { $max }%
    .got = { $share }%
    .hint = 多半是 field_start、field_end 写错了期，或 columns.submitted_format 与文件不符；真是调查期外的答卷就不要混在这一期里

## 估计

base-too-small = 分组“{ $domain }”的受访者太少（{ $n } 人），不单独报告
    .expected = 至少 { $min } 人
    .hint = 与相近的分组合并，或在该分组补充访问；最小基数由 design.domain_base_min 设定

dimension-unanswered = 维度“{ $dimension }”的题目没有一位受访者作答，没有得分
    .hint = 核对这些题目的列名；本期没有问到时，在报告中说明

item-unanswered = 题目“{ $item }”没有一个有效答案，没有得分
    .hint = 核对列名和量表；本期没有问到时，从维度中去掉这道题

too-few-respondents = 有效受访者太少（{ $n } 位），无法估计标准误和误差范围
    .expected = 至少 2 位
    .hint = 只看分值，不作比较和判定；下一期增加样本

nobody-left = 清理之后没有一份答卷可用，没有结果
    .hint = 从清理记录看是哪条规则排除的；常见原因是状态列的取值或用时的单位写错

no-variance = 题目“{ $item }”的答案全都一样，算不出相关，不能用于路径模型
    .hint = 核对列名；属实时从维度中去掉这道题，或改用 weights = "equal"

model-failed =
    { $reason ->
        [no-item-variance] 路径模型无法估计：有的题目答案全都一样
        [no-score-variance] 路径模型无法估计：有的维度内各题互相抵消
        [no-signal] 路径模型无法估计：有的维度与相邻维度不相关
        [dependent-predictors] 路径模型无法估计：同一结果的几个原因维度线性相关
        [dependent-items] 路径模型无法估计：采用模式 B 的维度内各题线性相关
        [no-pair] 路径模型无法估计：有的两题同时作答的人太少
        [not-positive-definite] 路径模型无法估计：由不同的人算出的相关互相矛盾
        [no-complete-cases] 路径模型无法估计：没有一份答卷答全了所有题目
        [em-not-converged] 路径模型无法估计：缺失太多，EM 没有收敛
        [not-converged] 路径模型无法估计：迭代没有收敛
       *[other] 路径模型无法估计：{ $reason }
    }
    .hint = 检查题目是否反向计分、是否重复、答案是否过少；也可以改用 weights = "equal"，并在报告中说明

weights-undefined = “{ $of }”的权重无法由作答的差异得出：作答没有差异，或者有的指标与其他指标方向相反
    .hint = 检查反向题（reversed = true）和重复的题；或者改用 weights = "equal"、"given"、"ahp"

negative-weight = 题目“{ $item }”在路径模型中的权重不是正数，指数可能超出 0 至 100
    .hint = 题意与同维度其他题相反时写 reversed = true；否则把它移出这个维度

replicates-failed = { $total } 个重复样本中有 { $failed } 个无法估计，因此不给标准误和误差范围
    .hint = 多半是样本太少，或有的题几乎人人答得一样：增加样本、合并小层，或改用 weights = "equal"

replicates-dropped =
    { $reason ->
        [no-item-variance] { $total } 个自助重复样本中有 { $count } 个未采用：抽到的人对“{ $item }”的回答全都一样
        [not-converged] { $total } 个自助重复样本中有 { $count } 个未采用：其中路径模型没有收敛
        [margins-not-met] { $total } 个自助重复样本中有 { $count } 个未采用：其权重无法符合边际总数
       *[other] { $total } 个自助重复样本中有 { $count } 个未采用：其中路径模型无法估计（{ $reason }）
    }
    .hint = 标准误和区间由其余重复样本得到；未采用的超过二十分之一时不给

mean-replacement =
    { $method ->
        [pairwise] 路径模型的每个相关系数由两题都作答的人算出
        [listwise] 路径模型的相关系数由全部题目都作答的人算出
        [em] 路径模型的相关系数用极大似然（EM，正态分布）考虑了缺失的答案
       *[mean] 路径模型中，缺失的答案以该题均值代替
    }
    .hint = 缺失较多时相关会被低估，读模型结果时要留意各题的作答人数

# 这一句的文字来自定义，中文取 zh，英文取 en。
data-notice = 关于数据的说明：{ $zh }

## 认证方案与质量门槛

unknown-scheme = 没有“{ $scheme }”这个方案
    .hint = 可用的方案：{ $nearest }；自己的方案写文件名，如 schemes = ["my-body.toml"]

bad-scheme = 方案文件自相矛盾：{ $reason }
    .hint = 改正方案文件：有等级的方案写 reads = "index" 或 "scorecard"，没有等级的方法标准写 "method"；有效期先始后终。manyidu scheme check 可以单独检查

duplicate-scheme = “{ $file }”的方案编号“{ $id }”已经用过（{ $other }）
    .hint = 给复制的方案换一个自己的 id：manyidu scheme new 新编号 --from 原编号 --out 文件.toml；同一方案不要列两次

scheme-not-in-force = 方案“{ $scheme }”（{ $document }）在调查日期 { $date } 不是有效的版本
    .expected = 有效期 { $period } 之内的调查日期
    .got = { $date }
    .hint = 改用当时有效的版本：{ $instead }；或核对各期的 field_start、field_end

scheme-not-in-force-then = 方案“{ $scheme }”（{ $document }，有效期 { $period }）在 { $date } 不是有效的版本，这一期不作对照

survey-date-unknown = 没有写调查日期，不知道“{ $scheme }”当时有效的是哪一版；取最新的 { $edition }
    .hint = 在这一期写上 field_start 和 field_end

grades-unordered = 等级“{ $grade }”的分数线 { $min } 不高于前一等级“{ $below }”的 { $below_min }
    .expected = 等级由低到高，分数线互不相同
    .got = { $below } { $below_min }，{ $grade } { $min }
    .hint = 按分数线由低到高排列 [[grades]]，改正重复或颠倒的 min

cutoff-outside-scale = 等级“{ $grade }”的分数线 { $min } 不在满分 { $base } 之内
    .expected = 0 至 { $base }
    .got = { $min }
    .hint = 改正 min，或把 scale_base 改为方案的满分（100、110 或 1000）

points-do-not-sum = “{ $block }”各部分的分值合计 { $sum }，与总分值 { $whole } 不符
    .expected = 合计 { $whole }
    .got = 合计 { $sum }
    .hint = 核对各条款的 points：不适用的条款也要写满分值，再在 applicable 一列填 0

body-incomplete = 等级“{ $grade }”的分数线写明取自机构规则，但 [body] 没有填全：缺 { $absent }
    .expected = [body] 的 name、rule、version、date 四项都填写
    .got = 缺 { $absent }
    .hint = 按机构备案的规则填全 [body]；还没有拿到规则时，把 status 改回 assumed

unknown-condition = 所列方案都没有“{ $condition }”这个条件
    .hint = 检查 [declared] 中的拼写；相近或可用的条件：{ $nearest }

unknown-clause = 方案“{ $scheme }”没有“{ $clause }”这个条款
    .hint = 检查 clause 一列；可用的条款：{ $nearest }。用 manyidu scorecard new 可以得到空白评分表

duplicate-clause = 条款“{ $clause }”重复计分：第 { $first } 行的“{ $wider }”已经包含它
    .hint = 同一条款只留一行；细分条款和它的上级条款只填其一

points-above-maximum = 条款“{ $clause }”的得分高于满分
    .expected = 不高于 { $max }
    .got = { $got }
    .hint = 改正 obtained（或 applicable、points）；附加分另有一行 special-bonuses

clause-without-points = 不知道条款“{ $clause }”的分值
    .expected = points 一列有数，或方案文件里有这一条的 points
    .got = 空
    .hint = 按机构的评分细则填写 points；标准没有公开各条款的分值，程序不猜

not-all-or-nothing = 条款“{ $clause }”只能得满分或 0 分
    .expected = 0 或 { $max }
    .got = { $got }
    .hint = 不符合就填 0；按抽样比例得分的条款把 scoring 写成 proportional

not-scored-on-site = 方案“{ $scheme }”不按评分表评定，没有空白评分表
    .hint = 换一个按评分表评定的方案；manyidu scheme list 列出全部方案

scorecard-without-scheme = 不知道评分表“{ $file }”属于哪个方案
    .hint = 在 schemes 中列出按评分表评定的方案；有几个时写 [scorecards]，如 "gbt27922-2011" = "scorecard.csv"。现有：{ $schemes }

bad-scorecard = 评分表中“{ $clause }”这一行不能用
    .expected = points、applicable、obtained、sampled、conforming 各列是不小于 0 的数；conforming 不大于 sampled；特殊扣分和加分是项数
    .got = { $got }
    .hint = 改正这一行；不适用的条款在 applicable 一列填 0，还没有评的条款 obtained 留空

assumed-cutoffs = 方案“{ $scheme }”的分数线是暂定的，没有经认证机构的规则确认
    .hint = 向认证机构索取其备案规则，用 manyidu scheme new 复制方案，填写 [body]、改正分数线，并把 status 改为 body；在此之前不要对外使用这个等级

gate-failed =
    { $gate ->
        [respondents_min] 有效受访者少于要求
        [response_rate_min] 回答率低于要求
        [excluded_share_max] 被排除的答卷比例高于允许
        [no_empty_stratum] 有的层没有受访者
        [required_size] 样本量没有达到所定误差范围的要求
       *[other] 没有达到质量门槛“{ $gate }”
    }
    .expected =
        { $gate ->
            [respondents_min] 至少 { $required } 位
            [response_rate_min] 不低于 { $required }%
            [excluded_share_max] 不高于 { $required }%
            [no_empty_stratum] 没有空层
            [required_size] 至少 { $required } 位
           *[other] { $required }
        }
    .got =
        { $gate ->
            [respondents_min] { $actual } 位
            [response_rate_min] { $actual }%
            [excluded_share_max] { $actual }%
            [no_empty_stratum] { $actual } 个空层
            [required_size] { $actual } 位
           *[other] { $actual }
        }
    .hint =
        { $gate ->
            [excluded_share_max] 从清理记录看哪条规则排除得最多，核对规则和数据
           *[other] 补充访问后重新计算；门槛在 [gates] 中，不要为通过而改低
        }

## 输出

output-unwritable = “{ $file }”写不进去：{ reason-io }
    .hint = 检查文件夹是否存在、是否可写、磁盘是否已满；其中的文件正在 Excel 中打开时先关闭

missing-glyphs = 内嵌字体画不出 { $count } 个字符：{ $characters }
    .hint = 它们在图中会显示为空框；换成常用字，或去掉表情符号

## 读写失败的原因（变体名为 std::io::ErrorKind 的名称；由上面的消息引用）

reason-io =
    { $reason ->
        [NotFound] 没有这个文件或文件夹
        [PermissionDenied] 没有权限
        [IsADirectory] 这是文件夹，不是文件
        [NotADirectory] 路径中有一段不是文件夹
        [AlreadyExists] 已经存在
        [StorageFull] 磁盘已满
       *[other] { $reason }
    }

## 维度在满意度模型中的角色（GB/T 19038-2009）

role-image = 品牌形象
role-expectation = 预期质量
role-quality = 感知质量
role-value = 感知价值
role-satisfaction = 顾客满意
role-complaints = 顾客抱怨
role-loyalty = 顾客忠诚
role-other = 其他

## 清理规则

rule-unfinished = 未答完
    .reason = 状态列表明这份答卷没有完成，只反映答了的那一部分题目。

rule-quality = 答卷质量筛查
    .reason = 由 [quality] 的指标排除
rule-duplicate = 重复作答
    .reason = 同一位受访者有不止一份答卷，只计一份，否则这个人的意见会被算多次。

rule-required = 答题过少
    .reason = 答了的题目太少，或必答题没有答，不足以代表这位受访者的意见。

rule-faulty = 有无效答案
    .reason = 这份答卷里量表不认识的答案超过了允许的个数；这些答案不计分，其余答案是否计入由定义决定。

rule-attention = 检测题未通过
    .reason = 有标准答案的检测题答错了，说明受访者没有认真读题。

rule-too-fast = 作答过快
    .reason = 答题用时比认真读完题目所需的时间还短。

rule-straight-line = 连续同一答案
    .reason = 连续许多题都选同一个答案，看不出受访者对各题的区分。

## 没有得分的原因

missing-no-answer = 未作答
missing-not-asked = 未问到
missing-dont-know = 不知道
missing-refused = 拒绝回答
missing-not-applicable = 不适用
missing-invalid = 无效答案

## 调查方式

mode-web = 网络问卷
mode-phone = 电话访问
mode-paper = 纸质问卷
mode-face-to-face = 当面访问
mode-mixed = 多种方式

## 抽样方法

method-stratified = 分层随机抽样
method-simple-random = 简单随机抽样
method-census = 全部调查
method-quota = 配额抽样：不能声称误差范围
method-opt-in-panel = 自愿加入的样本库：不能声称误差范围
method-convenience = 方便抽样
method-unknown = 不明

## 题目权重的来源

weights-equal = 等权
weights-given = 事先给定
weights-stated-importance = 受访者自评的重要性
weights-pls = 偏最小二乘（PLS）路径模型估计
weights-ahp = 层次分析法（AHP）两两判断
weights-entropy = 熵值法
weights-critic = CRITIC 法
weights-principal-component = 第一主成分

## 命令行

run-done = 报告已写入 { $path }
run-gate-failed = 有 { $count } 项质量门槛没有达到；报告已写入 { $path }（退出码 1）
check-fine = 定义和文件没有问题：{ $waves } 期，收到 { $received } 份答卷，清理后计入 { $counted } 份，排除 { $excluded } 份
run-headline = { $wave }：{ $value }，收到 { $received } 份，清理后计入 { $counted } 份
check-problems = 检查完毕：{ $errors } 个错误，{ $warnings } 处注意
simulate-done = 已生成 { $rows } 份模拟答卷，写入 { $path }
bug-notice = 这是程序本身的错误，与数据和定义无关。请把上面的信息和所用的命令告诉项目维护者，不要附上受访者的资料（退出码 70）
progress-reading = 正在读取答卷
progress-estimating = 正在计算
progress-writing = 正在写报告
scheme-written = 方案已写入 { $path }；填写 [body]，改正数值，再用 manyidu scheme check { $path } 检查
scheme-fine = 方案没有问题：{ $scheme }，{ $grades } 个等级，{ $assumed } 个暂定值{ $provisional }
scheme-provisional-yes = ；分数线为暂定
scheme-provisional-no = {""}
scheme-assumed = 暂定值 { $path }：{ $value }（{ $source }）
scorecard-written = 空白评分表已写入 { $path }：{ $clauses } 个条款，其中 { $evidenced } 个预填了调查证据；得分由审核员填写
evidence-index = 调查“{ $survey }”{ $wave }：满意度指数 { $value }{ $interval }，n = { $n }；见 assessment.json
evidence-complaints = 调查“{ $survey }”{ $wave }：{ $dimension }得分 { $value }{ $interval }，n = { $n }；见 assessment.json
evidence-fieldwork = 调查“{ $survey }”{ $wave }：{ $method }，收到 { $received } 份，计入 { $n } 份，回答率 { $rate }；见 assessment.json、ledger.csv
evidence-priorities = 调查“{ $survey }”{ $wave }：最应先改进 { $names }；见 assessment.json
evidence-interval = （区间 { $low } 至 { $high }）

## 证书与场所

bad-certificate =
    { $reason ->
        [window] 监督审核窗口 { $got } 天，比两个日期之间的 { $limit } 天还长
        [lead] 再认证须提前 { $got } 个月申请，不短于证书的有效期
        [backwards] 有效期止于 { $got }，不在发证日期 { $limit } 之后
        [no-validity] 方案“{ $got }”没有写明有效期和监督间隔
        [out-of-range] 由发证日期 { $got } 推出的日期超出了日历
        [date] 没有这一天：“{ $got }”
        [scheme] 证书的方案“{ $got }”不在 schemes 之中
        [grade] 方案中没有“{ $got }”这一等级
       *[other] 证书的日期前后矛盾：{ $reason }
    }
    .expected =
        { $reason ->
            [window] 不超过 { $limit } 天
            [lead] 短于有效期的月数
            [backwards] 晚于 { $limit }
            [no-validity] 有效期和监督间隔的月数
            [date] YYYY-MM-DD，日历上有的日期
            [scheme] { $limit }
            [grade] { $limit }
           *[other] 日历以内的日期
        }
    .got = { $got }
    .hint =
        { $reason ->
            [window] 把 surveillance_window_days 改短；窗口在到期日之前，不能早于上一次审核的到期日
            [lead] 按认证机构的规则改正 reapplication_months
            [backwards] 对照证书改正 issued 和 valid_until
            [date] 对照证书改正日期，写成 2025-09-30 的样子
            [scheme] 改成 schemes 中的写法，或把这个方案加进 schemes
            [grade] 写方案 [[grades]] 中的 id，或留空
            [no-validity] 在 [certificate] 中写明 validity_months 和 surveillance_months，或在方案中补上 [validity]
           *[other] 对照证书改正 [certificate] 中的日期和月数
        }

sites-not-a-domain = 场所的列“{ $column }”不在 columns.domains 之中，没有分场所的结果
    .expected = { $nearest }
    .got = { $column }
    .hint = 把这一列加进 columns.domains，或把 [sites] 的 column 改成其中的一列

site-not-listed = 场所“{ $site }”有 { $n } 份答卷，场所名单中却没有它
    .expected = 名单列出全部场所
    .got = { $site }
    .hint = 在名单中补上这个场所，或改正答卷中的名称；不在名单中的场所永远不会被抽到

bad-record =
    { $reason ->
        [date] 没有这一天：“{ $got }”
        [item] 没有写明要做什么
        [wave] 调查定义中没有“{ $got }”这一期
        [quantity] 调查定义中没有“{ $got }”这个维度或题目
        [plan-kind] 没有“{ $got }”这一类计划事项
       *[other] 这一行不能用：{ $reason }
    }
    .expected =
        { $reason ->
            [date] YYYY-MM-DD，例如 2026-03-31；尚未完成的，closed 留空
            [wave] { $nearest }
            [quantity] { $nearest }
            [plan-kind] { $nearest }
           *[other] 非空的文字
        }
    .got = { $got }
    .hint =
        { $reason ->
            [date] 改正日期；在 Excel 中先把这一列设为文本，免得另存时变了样子
            [wave] 改成 [[waves]] 中的 id，或留空
            [quantity] 写 index、维度或题目的 id，或留空
            [plan-kind] 不属于任何一类证据的事项写 other
           *[other] 补上内容，或删去这一行
        }

calendar-issued = 发证
calendar-surveillance = 第 { $number } 次监督审核
calendar-reapplication = 最晚申请再认证
calendar-expiry = 证书到期

evidence-survey-done = 本年度调查的记录
evidence-questionnaire-updated = 问卷已更新或复核
evidence-frame = 抽样框
evidence-draw-record = 抽取记录（名单、方法、种子）
evidence-dispositions = 访问结果（可算回答率）
evidence-trend = 与上期结果的比较
evidence-actions-closed = 改进措施已完成并有证明
evidence-call-back-log = 回访复核记录
evidence-complaint-statistics = 投诉统计
evidence-internal-audit = 内部审核
evidence-management-review = 管理评审记录
evidence-scope-and-mark = 证书范围与标志的使用

holding-held = 已有
holding-missing = 缺
holding-not-available = 无从得知

fact-survey-held = “{ $wave }”期的实地调查于 { $date } 结束，在 { $visit } 之前 { $months } 个月以内
fact-survey-missing = { $from } 至 { $until } 之间没有结束的调查；最近一期“{ $wave }”于 { $date } 结束
fact-survey-undated = 各期都没有写明 field_end，看不出调查是何时做的
fact-no-wave = 期限以内没有调查，也就没有可看的
fact-questionnaire-log = 修改记录中有 { $count } 条在期限以内，最近一条 { $date }：{ $change }
fact-questionnaire-changed = 问卷版本由 { $before } 改为 { $after }
fact-questionnaire-same = 问卷版本仍为 { $version }，期限以内没有修改或复核记录
fact-questionnaire-no-entry = 修改记录中没有期限以内的条目
fact-questionnaire-unstated = 没有写明问卷版本，也没有修改记录
fact-frame = “{ $wave }”期的抽样框：{ $file }
fact-dispositions = “{ $wave }”期的访问结果：{ $file }
fact-no-file = “{ $wave }”期没有这样的文件
fact-trend-held = { $from } 与 { $to } 两期可以比较
fact-trend-first = “{ $wave }”是第一期，没有可比的
fact-actions-held = 已到期的 { $count } 项措施都已完成并有证明，其中 { $fresh } 项在这一期限以内
fact-actions-open = 已到期的 { $count } 项措施中有 { $open } 项没有完成：{ $names }
fact-actions-unproven = 已到期的 { $count } 项措施中有 { $unproven } 项没有证明：{ $names }
fact-actions-none = { $from } 至 { $until } 之间没有到期或完成的措施
fact-actions-no-file = 调查定义没有写明 actions 文件
fact-outside = 调查和年度计划中都没有，须由管理体系另行提供

calendar-head = 证书日历：{ $title }
calendar-range = 发证 { $issued }，有效至 { $until }
calendar-row = { $from } 至 { $until }  { $event }
calendar-day = { $until }  { $event }
calendar-no-lead = 没有写明 reapplication_months，再认证的申请期限以认证机构的规则为准
calendar-written = 日历已写入 { $path }
sites-head = 共 { $count } 个{ $what }（{ $file }），{ $visit }抽 { $size } 个：⌈{ $multiple } × √{ $count }⌉（假定值，以机构规则为准）
sites-frame = 名单摘要（SHA-256；名称按字节顺序，每行一个，以换行符结尾）：{ $digest }
sites-seed = 种子：{ $seed }
sites-rule = 键 = SHA-256(名单摘要|种子|名称)，按键从小到大取前 { $size } 个；不能前往的由备选依次替补
sites-drawn = 抽中
sites-reserve = 备选
sites-visit-initial = 初次审核
sites-visit-surveillance = 监督审核
sites-visit-recertification = 再认证
sites-written = 抽取结果已写入 { $path }
sites-agree = 与重新计算的结果一致：{ $path }
sites-differ = 与重新计算的结果不一致：{ $path }（名单、种子或审核种类与当初不同，也会如此）
sites-extra = 多出（不该在内）：{ $names }
sites-missing = 缺少（应当在内）：{ $names }
sites-repeated = 重复：{ $names }
sites-other-key = 键不相符：{ $names }

rule-quality-longstring = 最长相同作答
    .reason = 大部分题目连续选同一个答案。

rule-quality-variability = 作答离散程度（IRV）
    .reason = 同一个人的各题答案，差异远小于或远大于其他人。

rule-quality-even-odd = 奇偶一致性
    .reason = 各维度的前后两半题目相互矛盾（值高为不一致）。

rule-quality-mahalanobis = 马氏距离
    .reason = 整份答案的组合远离其他人（换算为标准正态离差）。

rule-quality-synonyms = 同义题一致性
    .reason = 多数人答得相近的题目，这份答卷答得不同。

rule-quality-antonyms = 反义题一致性
    .reason = 多数人答得相反的题目，这份答卷答得相近。

rule-quality-person-total = 个人与总体相关
    .reason = 答案的高低起伏与其他人不相符。

rule-quality-percent-match = 最大相同率
    .reason = 有另一份答卷的答案几乎完全相同，而这在满意程度相近的人中罕见。

rule-quality-burst = 集中提交
    .reason = 短时间内集中提交的答卷，多于该小时的提交量所能解释的。

rule-quality-shared-ip = 共用 IP 地址
    .reason = 几份答卷来自同一个 IP 地址。

rule-quality-shared-device = 共用设备
    .reason = 几份答卷来自同一台设备。

quality-flagged = 答卷质量核查标记了 { $screened } 份答卷中的 { $flagged } 份，其中 { $several } 份有两类及以上的迹象
    .hint = 按 quality.csv 的行号核查，先看有几个标记的；单凭一个标记不足以排除一份答卷。

## 抽样与抽取

frame-too-long = 抽样名单超过 { $max } 行
    .hint = 按地区或年份拆成几份名单，分别抽取

blank-unit-id = 名单中有一行没有编号
    .expected = 每个单位一个不重复的编号
    .got = 空白
    .hint = 补上编号，或删去这一行；编号可以是客户号，不必是电话

repeated-unit-id = 名单中有编号重复（第一次出现在第 { $first } 行）
    .expected = 每个编号只出现一次
    .hint = 一个客户只能有一次被抽中的机会：合并重复的行

broken-unit-cell = 参与封存的单元格里有制表符或换行
    .expected = 单行文字
    .hint = 封存的规范格式以制表符分列、以换行分行，请在导出前去掉这些字符

bad-unit-size = 规模不是 0 以上的数
    .expected = 数字，不带千分位
    .got = { $got }
    .hint = 改正规模一列；不能被抽中的单位写 0

blank-cluster = 名单中有一行没有写明所属的群
    .expected = 每个单位属于一个群
    .got = 空白
    .hint = 补上群的名称；不分群的设计不要用 --cluster

bad-plan =
    { $reason ->
        [missing-option] 抽样计划不成立：缺少 { $option }
        [no-index] 抽样计划不成立：{ $option } 的最近一期没有指数
        [power] 抽样计划不成立：把握度应当在 0 和 1 之间
        [margin] 抽样计划不成立：误差范围应当大于 0；比例的误差小于 1
        [sd] 抽样计划不成立：标准差应当是正数
        [level] 抽样计划不成立：置信水平应当在 0 和 1 之间
        [proportion] 抽样计划不成立：预期比例应当在 0 和 1 之间
        [design-effect] 抽样计划不成立：设计效应应当是正数
        [response] 抽样计划不成立：预期回答率应当大于 0、不超过 1
        [population] 抽样计划不成立：总体至少有一个单位
        [interviews] 抽样计划不成立：样本量应当至少为 1、不超过总体
        [too-large] 抽样计划不成立：所需样本多得无法计数
        [no-strata] 抽样计划不成立：没有一个层有单位
        [no-variation] 抽样计划不成立：所有层的标准差都是 0，无从比较
        [stratum-sd] 抽样计划不成立：层“{ $stratum }”没有可用的标准差（sd 列）
        [stratum-cost] 抽样计划不成立：层“{ $stratum }”没有可用的单位费用（cost 列）
        [more-than-units] 抽样计划不成立：要 { $wanted } 个，各层一共只有 { $units } 个
        [minimum-too-large] 抽样计划不成立：每层最少数加起来要 { $units } 个，样本只有 { $wanted } 个
       *[other] 抽样计划不成立：{ $reason }
    }
    .hint =
        { $reason ->
            [missing-option] 补上 { $option }；用法见 --help
            [no-index] 用 --truth 和 --sd 直接给出
            [power] 例如 --power 0.8
            [margin] 例如 --margin 0.05 表示正负 5 个百分点
            [sd] 例如 --sd 18
            [level] 例如 --level 0.95
            [proportion] 不知道时用 --p 0.5，所需样本最大
            [design-effect] 简单随机抽样写 1
            [response] 例如 --response 0.4
            [population] 检查 --population 或名单
            [interviews] 检查 --n、--population 和名单
            [too-large] 放宽误差范围
            [no-strata] 检查名单和 --strata
            [no-variation] 改用 --allocate proportional
            [stratum-sd] 补上 sd 列，或改用 --allocate proportional
            [stratum-cost] 补上 cost 列，或改用 --allocate neyman
            [more-than-units] 减小样本量
            [minimum-too-large] 减小 --minimum 或加大样本
           *[other] 用法见 --help
        }

bad-design =
    { $reason ->
        [no-strata] 抽取设计不成立：没有一个层有单位
        [no-variation] 抽取设计不成立：所有层的标准差都是 0，无从比较
        [more-than-units] 抽取设计不成立：要 { $wanted } 个，各层一共只有 { $units } 个
        [minimum-too-large] 抽取设计不成立：每层最少数加起来要 { $units } 个，样本只有 { $wanted } 个
        [no-size] 抽取设计不成立：按规模抽取需要规模一列
        [no-sort] 抽取设计不成立：等距抽取需要排序的列
        [no-number] 抽取设计不成立：层“{ $stratum }”没有写明抽多少
        [unknown-stratum] 抽取设计不成立：名单中没有层“{ $stratum }”
        [other-strata] 抽取设计不成立：名单的层与设计不同：“{ $stratum }”
        [too-few] 抽取设计不成立：层“{ $stratum }”要抽 { $wanted } 个，可抽的只有 { $units } 个
        [split-cluster] 抽取设计不成立：群“{ $stratum }”跨了两个层
        [none-accepted] 抽取设计不成立：层“{ $stratum }”试了 { $units } 次仍没有得到样本（Sampford）
       *[other] 抽取设计不成立：{ $reason }
    }
    .hint =
        { $reason ->
            [no-strata] 检查名单和 --strata
            [no-variation] 改用 --allocate proportional
            [more-than-units] 减小样本量
            [minimum-too-large] 减小 --minimum 或加大样本
            [no-size] 用 --size-by 指明；群的规模缺省为其单位数
            [no-sort] 用 --sort 指明，例如按地区和注册日期排序
            [no-number] 在分配表中补上这一层
            [unknown-stratum] 改正分配表中的层名；多列的层名以“·”相连
            [other-strata] 用封存时的名单
            [too-few] 减小这一层的数目
            [split-cluster] 把群划归一个层，或不用 --strata
            [none-accepted] 改用 --method pps，或把必选单位单列一层
           *[other] 用法见 --help
        }

bad-draw-list = 抽取名单的这一行无法使用
    .expected = role 为 main 或 reserve，order 为整数
    .got = role { $role }，order { $order }
    .hint = 使用 manyidu sample draw --list 写出的文件，不要改动这两列

bad-draw-record = 不是可用的抽取记录：{ $reason }
    .expected = { $expected }
    .hint = 使用 manyidu sample draw 写出的 JSON 文件；格式见 manyidu schema draw-record

frame-not-sealed = 名单不是当初封存的那一份：现在的摘要与封存的不同（{ $buckets } / { $of } 个分组有变化）
    .expected = { $sealed }
    .got = { $got }
    .hint = 用封存时的名单抽取；要知道变了哪些行，用 manyidu sample verify --old-frame

seed-before-frame = 种子在名单封存之前就已为人所知
    .expected = 种子公布日不早于封存日 { $sealed }
    .got = { $date }
    .hint = 换一个封存之后才产生的公开数字作种子

seed-not-committed = 名单、设计与种子一同给出，无从证明种子不是挑选过的
    .hint = 先用 --commit 写出承诺文件并交给审核员，再用 --committed 和此后产生的种子抽取

draw-not-kept = 回收的答卷与抽取记录不符：{ $question ->
        [seed-after-frame] { draw-question-seed-after-frame }
        [frame-unchanged] { draw-question-frame-unchanged }
        [draw-repeats] { draw-question-draw-repeats }
        [list-is-the-sample] { draw-question-list-is-the-sample }
        [respondents-drawn] { draw-question-respondents-drawn }
        [respondents-in-frame] { draw-question-respondents-in-frame }
        [substitutes-needed] { draw-question-substitutes-needed }
        [substitutes-in-order] { draw-question-substitutes-in-order }
        [cases-drawn] { draw-question-cases-drawn }
        [drawn-have-cases] { draw-question-drawn-have-cases }
       *[other] { $question }
    }（{ $count }）
    .hint = 用 manyidu sample verify 查看是哪些行

draw-not-verified = 抽取记录未能核对：{ $question ->
        [seed-after-frame] { draw-question-seed-after-frame }
        [frame-unchanged] { draw-question-frame-unchanged }
        [draw-repeats] { draw-question-draw-repeats }
        [list-is-the-sample] { draw-question-list-is-the-sample }
        [respondents-drawn] { draw-question-respondents-drawn }
        [respondents-in-frame] { draw-question-respondents-in-frame }
        [substitutes-needed] { draw-question-substitutes-needed }
        [substitutes-in-order] { draw-question-substitutes-in-order }
        [cases-drawn] { draw-question-cases-drawn }
        [drawn-have-cases] { draw-question-drawn-have-cases }
       *[other] { $question }
    }
    .hint = 在抽取记录旁放上当时的名单，或在 [[waves]] 里用 frame_list 指明它

draw-question-seed-after-frame = 名单和设计是否在种子公布之前封存
draw-question-frame-unchanged = 名单是否仍是封存的那一份
draw-question-draw-repeats = 重新抽取是否得到同一样本
draw-question-list-is-the-sample = 抽取名单是否就是该样本
draw-question-respondents-drawn = 受访者是否都在样本或备选之中
draw-question-respondents-in-frame = 受访者是否都在名单之中
draw-question-substitutes-needed = 启用的备选是否不多于缺失的
draw-question-substitutes-in-order = 备选是否按顺序启用

allocation-proportional = 按比例
allocation-neyman = Neyman 最优
allocation-cost-optimal = 费用最优
allocation-equal = 等额
plan-unlimited = 未知或很大
plan-head = 需要 { $interviews } 份有效答卷，邀请 { $invitations } 人（预期回答率 { $response } %，总体 { $population }，置信水平 { $level } %，设计效应 { $deff }）
plan-steps = 计算：简单随机 { $simple } → 设计效应 { $deff } → 有限总体 { $population } → 邀请 { $invited }；只在最后向上取整
plan-unreachable = 总体没有这么多人可邀请：放宽误差，或提高回答率
plan-allocation = 分配到各层（{ $rule }；取整用最大余数法，合计不变）：
plan-column-stratum = 层
plan-column-population = 顾客数
plan-column-exact = 精确值
plan-column-interviews = 答卷
plan-column-invitations = 邀请
plan-anticipated = 分层均值的预期标准误：{ $se }
plan-decides = 这个样本量能断定什么：
plan-sd-stated = {"  "}指数的个体标准差：{ $sd } 分（自行给出）
plan-sd-assessment = {"  "}指数的个体标准差：{ $sd } 分（取自上一期的标准误，含设计效应）
plan-sd-assumed = {"  "}指数的个体标准差：{ $sd } 分（假定：EPSI 公布的“250 份约 ±2 分”所隐含；请用 --sd 或 --assessment 换成自己的）
plan-half-width = {"  "}指数的误差范围：±{ $index } 分；一半左右的比例：±{ $share } 个百分点
plan-change = {"  "}与上一期（{ $before } 份）相比：观察到的变化达到 { $observed } 分才显著；真实变化达到 { $found } 分才有 { $power } % 的把握发现
plan-distance = {"  "}真实指数离分数线 { $distance } 分以上，才有 { $power } % 的把握得到明确结论
plan-no-truth = {"  "}用 --truth 或 --assessment 给出假定的真实指数，即可看到每条分数线的把握
plan-lines = 假定真实指数为 { $truth }，各分数线得到明确结论的可能（所需答卷按 { $power } % 的把握）：
plan-column-scheme = 方案
plan-column-grade = 等级
plan-column-line = 分数线
plan-column-above = 断定达到
plan-column-below = 断定未达到
plan-column-unclear = 不能断定
plan-column-needed = 所需答卷
plan-written = 分配表已写入 { $path }
draw-frame = 名单 { $units } 行；封存的列：{ $columns }；摘要（SHA-256）：{ $digest }
draw-seed = 种子：{ $seed }
draw-design = 设计：{ $selection }，共抽 { $size } 个
draw-design-clusters = 设计：整群，群的抽法为{ $selection }，共抽 { $size } 个群，群内全部
draw-design-two-stage = 设计：两阶段，群的抽法为{ $selection }，共抽 { $size } 个群，每群取 { $units } 个
selection-simple-random = 简单随机（键最小者）
selection-systematic = 等距
selection-pps-systematic = 按规模等距（PPS）
selection-sampford = 按规模（Sampford）
draw-column-stratum = 层
draw-column-elements = 可抽
draw-column-drawn = 抽取
draw-column-reserve = 备选
draw-committed = 名单与设计已封存，写入 { $path }（SHA-256：{ $digest }）。先交审核员存档，等种子公布后用 --committed 抽取。
draw-result = 抽中 { $main } 个，备选 { $reserve } 个；基础权重 { $least } 至 { $most }；样本摘要：{ $digest }
draw-record-written = 抽取记录（不含编号）已写入 { $path }
draw-list-written = 抽取名单（含编号，注意保管）已写入 { $path }
draw-not-written = 用 --out 写出抽取记录，用 --list 写出抽取名单
verify-head = 抽取记录（SHA-256 { $record }）：名单 { $units } 行，摘要 { $digest }；种子 { $seed }；抽中 { $main }，备选 { $reserve }
holding-holds = 是
holding-does-not-hold = 否
holding-cannot-tell = 无从判断
verify-check = {"  ["}{ $holding }] { $question }
verify-check-count = {"  ["}{ $holding }] { $question }：{ $count } 处
verify-rows-changed = {"  "}与旧名单相比，变动的行有 { $count } 行
verify-narrowed = {"  "}变动在 { $of } 个分组的 { $buckets } 组之内，现名单中属于这些组的有 { $rows } 行；用 --old-frame 可以指出是哪些行
verify-respondents = 受访者 { $respondents } 人：样本 { $main }，备选 { $reserve }，两者之外 { $strangers }；样本中没有答卷的 { $missing } 人；重复答卷 { $repeated } 份，没有编号的 { $blank } 份
verify-holds = 结论：没有与抽取记录不符之处
verify-does-not-hold = 结论：有与抽取记录不符之处（退出码 1）
line-of-frame = 名单
line-of-old-frame = 旧名单
line-of-list = 抽取名单
line-of-responses = 答卷
evidence-head = 没有抽取记录，只能看旁证：{ $n } 个单位在 { $frame } 行名单中的位置
evidence-outside = {"  "}有 { $count } 个不在名单之中
evidence-in-order = {"  "}所给名单按总名单的顺序排列，顺序本身说明不了什么，相应检验略去
evidence-column-test = 检验
evidence-column-statistic = 统计量
evidence-column-p = p
evidence-column-holm = p（Holm）
evidence-frame-positions = 位置是否均匀（KS）
evidence-frame-deciles = 十等分（χ²）
evidence-frame-ends = 是否偏向一端（秩和）
evidence-greatest-gap = 最大间隔
evidence-runs-up-and-down = 升降游程
evidence-runs-of-halves = 前后半游程
evidence-serial-correlation = 相邻相关
evidence-stratum = 层（超几何精确检验）
evidence-consistent = 结论：与偶然相符（{ $level } % 水平）。这不证明样本是随机抽取的；只有封存的名单和抽取记录才能证明。
evidence-not-consistent = 结论：与偶然不相符（{ $level } % 水平）：简单随机样本很少会是这个样子（退出码 1）。分层或等距抽取的样本也可能如此。
evidence-not-tested = 结论：单位太少，没有可做的检验
