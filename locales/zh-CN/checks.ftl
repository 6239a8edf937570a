# 样本、清理、答卷质量、权重、保留意见、披露、复算各章的补充说法。

report-sensitivity-bound = 变化的 { $level } 置信区间包含 0，区间排除了超过 { $bound } 分的变化（升或降）。
