# 统计披露控制：哪些结果不公布，为什么。

withheld-small = 不公布：n < { $min }
    .hint = 合并小组，或增加访问；最小基数由 design.domain_base_min 规定

withheld-complement = 不公布：否则可由它推算出 n < { $min } 的小组
    .hint = 把小组与其他组合并后，两者即可公布

withheld-difference = 不公布：与已公布的结果只差不到 { $min } 份答卷，相减即可推算出这些答卷
    .hint = 这些答卷的份数和行号见清洗台账

report-note-withheld = n < { $min } 的组不公布结果（本期 { $small } 个数），另有 { $complementary } 个数不公布，以免由合计、上下级分组、维度或指数推算出来。各表、各图和各种文件（包括 JSON）同样处理。
