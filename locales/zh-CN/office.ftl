# 各种文件格式的用语
report-xlsx-overview = 总览
report-xlsx-texts = 文字
report-xlsx-sheet = 工作表
report-xlsx-chapter = 章
report-xlsx-shows = 内容
report-xlsx-subject = 事项
report-xlsx-words = 文字
report-xlsx-note = { $column }（附注）
report-xlsx-lower = { $column }（下限）
report-xlsx-upper = { $column }（上限）
report-xlsx-arm-below = { $column }：图中误差线向下
report-xlsx-arm-above = { $column }：图中误差线向上
report-docx-page = 第
report-docx-of = 页，共
report-docx-pages = 页
