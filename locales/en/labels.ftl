## Names of columns and values in reports ([labels])

label-twice = “{ $first }” and “{ $second }” of the column “{ $column }” have the same name in reports: “{ $label }”
    .expected = a different name for each value of a column
    .got = “{ $label }”
    .hint = Give them different names in [labels]; a report could not tell them apart
label-unused =
    { $what ->
        [column] There is a name for the column “{ $column }”, which no part of the reports uses
       *[other] There is a name for “{ $value }” of the column “{ $column }”, a value that never occurs
    }
    .expected =
        { $near ->
            [none] a column that the reports use, or a value that occurs
           *[other] for example “{ $nearest }”
        }
    .hint = Check the spelling in [labels]: it has to be that of the file; remove what is no longer needed
