# 加权的基础：层、无回答加权组、群。

stratum-unanswered = “{ $stratum }”层抽了样，却没有一份有效答卷：这一层的 { $population } 位顾客会悄悄丢失
    .expected = 至少一份有效答卷
    .got = 0 份（抽取 { $drawn } 位）
    .hint = 补充访问，或写明与哪一层合并加权：weighting.merge_strata = [["{ $stratum }", "…"]]

strata-merged = 合并加权的层：{ $strata }（基础权数最大与最小之比：{ $ratio }）
    .hint = 只合并抽样比相近、顾客相近的层；各层的覆盖情况仍分别列出

response-class-empty = 无回答加权组“{ $class }”抽了 { $sampled } 位，无人回答：这一组的权数会悄悄丢失
    .hint = weighting.nonresponse 少用几列，或换用取值更粗的列

response-classes-unknown = 无回答加权组需要知道抽取人数
    .expected = 抽样框中的 drawn 列，或逐例访问结果文件
    .hint = 在抽样框中加上 drawn，或为这一轮给出 cases 文件；cases.properties 的列只在该文件中

too-many-combinations = 分组列与边际、加权组的列共有 { $count } 种取值组合
    .expected = 不超过 { $limit } 种
    .hint = 减少分组列，或换用取值较少的列

cluster-not-listed = 群“{ $cluster }”（层：{ $stratum }）有人回答，而“{ $file }”没有列出它
    .hint = 名单应包含总体的全部群，名称与答卷中的一致

cluster-below-sample = 群“{ $cluster }”的顾客数少于答卷数
    .expected = 至少 { $interviews }
    .got = { $units }
    .hint = 更正 units，或检查是否有重复答卷
