# 首页：说明各项是什么、有什么值得注意；签署。

report-imprint = { $name }：{ $value }
report-adjusted-p = { $adjustment } 校正后 { $p }
report-group-share = 变化并不均匀：“{ $column }”中“{ $category }”的顾客占 { $population }，其指数由 { $before } 变为 { $after }，带来总变化 { $total } 分中的 { $points } 分（{ $share }）{ $older }
report-group-share-before = ；{ $wave }其指数为 { $value }
report-targets-cover = 本期目标 { $count } 项：达到 { $met } 项，未达到 { $missed } 项，不能断定 { $open } 项
report-chapter-sign-off = 签署
report-sign-off-intro = 由编制、审核和批准的人填写；程序不填写姓名和日期。报告以数据文件 assessment.json 的 SHA-256 摘要识别，见每页页脚。
report-table-sign-off = 编制、审核与批准
report-base-sign-off = { $wave }
report-column-sign-role = 职责
report-column-sign-name = 姓名
report-column-sign-signature = 签字
report-column-sign-date = 日期
report-sign-drawn-up = 编制
report-sign-checked = 审核
report-sign-approved = 批准
report-questions-cover = 审核时可能被问到的问题 { $count } 个，见“下次审核会问什么”一章
report-earlier-in-sampling = 更早各期的同类表见《抽样与代表性核查报告》。
