## 报告中列与取值的名称（[labels]）

label-twice = “{ $column }”列的“{ $first }”和“{ $second }”在报告里叫同一个名字：“{ $label }”
    .expected = 同一列的各个取值名称不同
    .got = “{ $label }”
    .hint = 在 [labels] 中给它们不同的名称，否则报告里分不清
label-unused =
    { $what ->
        [column] 给“{ $column }”列起了名称，报告却没有用到这一列
       *[other] 给“{ $column }”列的“{ $value }”起了名称，数据里却没有这个取值
    }
    .expected =
        { $near ->
            [none] 报告用到的列或数据里出现的取值
           *[other] 例如“{ $nearest }”
        }
    .hint = 核对 [labels] 中的写法：须与文件里的完全相同；不再需要的可以删去
