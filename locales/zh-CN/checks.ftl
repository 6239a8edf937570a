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
