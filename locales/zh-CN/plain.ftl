## 没有区间的结果，以及分成几张的图

report-results-intro-plain = 得分都在 0 至 100 之间：全部选最差为 0，全部选最好为 100；n 为作答人数（维度和指数取其中作答最多的一题的人数，各题人数见题目表）。样本不是随机抽取的，得分不附标准误和置信区间；“–”表示没有定义，原因写在下面，不是 0 分。
report-domains-intro-alone = 每个得分下面是它的置信区间。
report-domains-intro-plain = 样本不是随机抽取的，各组得分不附置信区间，组间差异也不作检验：下列数值只描述作答的人。
report-note-domains-plain = 每行的 n 为该组的受访者。得分的高低只是这些受访者的情况，不能推断各组顾客之间有差异。
report-figure-note-plain = n 为作答人数（维度取作答最多的一题）；样本不是随机抽取的，没有置信区间。
report-named-score-plain = { $name } { $score }（n = { $n }）
report-extremes-plain = 得分最高的维度：{ $highest }；最低的维度：{ $lowest }（只描述作答的人，不能推断全部顾客）
report-figure-part = { $title }（{ $at }/{ $of }）
report-measurement-two-things = 第二个特征值大于 1，题目可能分属两个方面：{ $dimensions }。
report-measurement-low-ave = AVE 低于 0.5，收敛效度不足：{ $dimensions }。
report-measurement-not-distinct = 按 Fornell–Larcker 准则区分效度不成立：{ $dimensions }。
report-note-choices-plain = 各行用同一批作答。熵值法、CRITIC 法和主成分反映作答在哪里差异大，并不反映顾客认为什么重要；是否采用要有理由。“–”表示这批作答得不出该权重。
report-note-priorities-plain = 分界为平均值：重要性 { $importance }，得分 { $performance }。样本不是随机抽取的，没有区间：象限按点估计列出，只描述作答的人。
report-base-plain = 计入的答卷 { $n } 份（各行的 n 可能较少） · { $weighting } · { $wave }
