# 报告中关于样本的说法：精度、无回答加权组、抽样阶段。

report-no-margin-claimed = 不给误差范围：受访者不是随机抽取的
report-caveat-no-margin = 受访者不是随机抽取的，或抽取方法不明：不声称误差范围。数字只描述回答了的人，不能据此推断全部顾客
report-sample-no-margin = 局限：受访者不是随机抽取的，或抽取方法不明。标准误和区间只对随机样本成立，因此各项得分不附标准误和区间，也不能推断全部顾客。
report-fpc-both-stages = 有：按所抽的群占名单全部群的比例，并按受访者占各群顾客的比例
report-r-interval-cut = { "" }（R 不会超出 0 至 1，区间据此截断。）
report-rate-loc1 = 定位率：已知合格 ÷（全部合格 + 全部资格不明）
report-rate-loc2 = 定位率：已知合格 ÷（全部合格 + e × 资格不明）
report-table-classes = 无回答加权组
report-column-nonresponse-class = 加权组
report-column-class-sampled = 抽取数（已知不合格的除外）
report-column-class-answered = 有效答卷
report-note-classes = 系数为抽取者基础权数之和除以回答者基础权数之和：同一组内，回答的人代表未回答的人。前提是组内两者没有差别。

rule-quality-overlap = 同时进行的访问
    .reason = 这份访问进行时，同一访问员还在进行另一份（存留后一次上传的答卷也会呈现这种样子）

draw-joint-written = 联合入样概率（含编号，注意保管）已写入 { $path }

no-joint-probabilities = 无法算出联合入样概率：{ $reason }
    .hint = 不用 --joint，或改抽群，或把层分小
