### 满意度：条件及其依据、怎样达到下一等级、哪些不是改进的抓手、关于等级和措施的问题（简体中文）。
### 键和参数与 locales/en 中的同名文件完全一致。中文没有单复数之分。

## 条件的依据

fact-method-not-random = 调查定义写明的抽样方法不是随机抽样
fact-method-unknown = 调查定义写明抽样方法不明，无从核实
fact-draw-verified = 答卷已与抽样记录（SHA-256 { $digest }…）核对，没有不符
fact-draw-contradicted = 答卷已与抽样记录（SHA-256 { $digest }…）核对，有不符之处
fact-draw-no-record = 调查定义写明为随机抽样，但没有可供核对的抽样记录
fact-survey-age = 实地调查于 { $ended } 结束；{ $event }：{ $day }
fact-survey-no-day = 实地调查于 { $ended } 结束；没有给出评定日期
fact-recorded = 年度计划记录：{ $proofs }
fact-recorded-and-unproven = 年度计划记录：{ $proofs }；没有证明的：{ $days }
fact-recorded-unproven = 年度计划中有，但没有证明：{ $days }
fact-recorded-open = 年度计划中有，尚未完成
fact-draw-record = “{ $wave }”期的抽样记录：{ $file }
fact-actions-open-and-unproven = 已到期的 { $count } 项措施中，{ $open } 项没有完成（{ $names }），{ $unproven } 项记为完成但没有证明（{ $without }）
fact-actions-held-late = 已到期的 { $count } 项措施都已完成并有证明，其中 { $fresh } 项在这一期限以内；晚于到期日完成的：{ $names }
reading-day-decision = 评定日期
certificate-source-definition = 调查定义所写
sites-source-usual = 管理体系审核的惯例（CCAA 论坛，2012，ccaa.ok-iso.com）

report-amount-months = { $value } 个月
report-amount-years = { $value } 年
report-amount-times = { $value } 次
report-amount-people = { $value } 人
report-amount-interviews = { $value } 份

## 怎样达到下一等级

report-settle-beyond-reach = 是否达到“{ $grade }”的 { $line }：如果得分不变，有效答卷要由 { $n } 份增加到约 { $needed } 份才能断定（已计入有限总体校正）；而按本期的回收情况，即使向抽样框中的 { $population } 位顾客全部发出，也只能得到约 { $reachable } 份。只增加样本不能断定，需要提高得分
report-reaches-by-point = 按点估计可以；所需分数的区间上端超过 100 分
report-reaches-not-acted = 不能直接改进
report-note-not-acted = 预期和品牌形象影响满意度，但不是改进服务就能直接提高的，而是服务的结果，所以不作为改进的方向。
report-not-alone-dimensions = 单独提高到 100 分也达不到的：{ $names }。
report-not-alone-items = 另有 { $count } 道题，单独提高到 100 分也达不到。
report-not-alone-items-none = 没有哪一道题单独提高就可以达到“{ $grade }”：所看的 { $count } 道题，提高到 100 分也不够。

## 最应先改进的

report-axis-importance-total-effect-items = 重要性：该题提高 1 分，指数提高的分数
report-axis-importance-stated-items = 重要性：受访者自评的平均
report-quadrant-untold = 不能断定
report-quadrant-by-point = 按点估计：{ $quadrant }
report-quadrant-not-acted = 不能直接改进
report-driver-not-acted = （不能直接改进：它是服务的结果。）
report-first-priority-untold-total-effect = 按点估计，最应先改进的是{ $name }：高 1 分的，指数平均高 { $importance } 分；现在得分 { $score }（图中平均 { $mean }）。其区间跨过分界，不能断定
report-first-priority-untold-stated = 按点估计，最应先改进的是{ $name }：受访者自评重要性 { $importance }，现在得分 { $score }（各题平均 { $mean }）。其区间跨过分界，不能断定

## 证书与等级

report-fact-certificate-grade = 证书等级
report-column-grade-granted-named = 是否达到证书等级（{ $grade }）
report-grade-held-earlier = 此前整个置信区间都低于“{ $grade }”分数线的：{ $waves }。

## 审核员的问题

question-grade-open-sample = { $wave }的置信区间跨过“{ $grade }”的分数线，是否达到不能断定。有没有别的证据说明等级保持，或下次是否把样本扩大到能够断定（得分不变时，由 { $n } 份增加到约 { $needed } 份）？
question-grade-open-score = { $wave }的置信区间跨过“{ $grade }”的分数线，是否达到不能断定。只增加样本不够，指数须再提高 { $rise } 分才能断定达到。有没有别的证据说明等级保持，打算怎样提高得分？
question-grade-earlier-below = { $waves }指数的整个置信区间都低于“{ $grade }”的分数线，而证书于 { $issued } 颁发。当时授予、其后保持这一等级的依据是什么？
question-earlier-action = { $verdict ->
    [up] 此前针对它的措施“{ $item }”（{ $date } 完成）之后，{ $after }显著上升；最近一期之后没有新的措施。
    [down] 此前针对它的措施“{ $item }”（{ $date } 完成）之后，{ $after }反而显著下降；最近一期之后没有新的措施。
    [not-shown] 此前针对它的措施“{ $item }”（{ $date } 完成）之后，{ $after }看不出变化；最近一期之后没有新的措施。
    [not-yet-asked] 此前针对它的措施“{ $item }”已于 { $date } 完成，其后还没有调查过；最近一期之后没有新的措施。
    [open] 此前针对它的措施“{ $item }”（到期 { $date }）尚未完成；最近一期之后没有新的措施。
   *[other] 此前针对它的措施“{ $item }”（{ $date } 完成）效果无从比较；最近一期之后没有新的措施。
}
question-drop-acted = “{ $name }”比 { $from }显著下降 { $points } 分。{ $earlier }原因查清了吗，打算怎么办？
question-target-missed-acted = “{ $name }”没有达到目标 { $target } 分。{ $earlier }打算怎么办？
question-action-late = 措施“{ $item }”应于 { $date } 完成，实际于 { $closed } 完成。为什么推迟？
report-glance-more = 另有 { $count } 个问题，见年度监督报告。
