### 题目以外的话：单题指标、投诉、开放题。

touchpoint-complaint-rate = 投诉率
