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

format-not-built = 这个程序编译时没有带上“{ $format }”格式
    .expected = 程序带有的格式：{ $built }
    .got = { $format }
    .hint = 去掉这个格式，或用默认功能重新编译（cargo build --release，不加 --no-default-features）
template-unusable = Word 模板“{ $file }”不能用：{ $fault ->
        [not-word] 它不是 Word 文件（.docx）
        [too-large] 它太大
        [macros] 它含有宏
        [outside] 它的页眉、页脚或样式引用了文件以外的内容
       *[damaged] 其中有缺失或读不了的部分
    }
    .expected = 一个不含宏、不引用外部内容的 .docx 文件
    .got = “{ $file }”
    .hint = 在 Word 里打开模板，另存为“Word 文档（*.docx）”，删去链接的图片，再试一次
glyphs-not-drawn = PDF 的内嵌字体缺少 { $count } 个字符：{ $characters }
    .hint = PDF 中它们显示为“〓”；网页、Word 和 Excel 中不受影响。可换成常用字，或去掉表情符号
