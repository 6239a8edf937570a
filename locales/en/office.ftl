# Words of the forms of file
report-xlsx-overview = Overview
report-xlsx-texts = Text
report-xlsx-sheet = Sheet
report-xlsx-chapter = Chapter
report-xlsx-shows = Shows
report-xlsx-subject = Subject
report-xlsx-words = Text
report-xlsx-note = { $column } (note)
report-xlsx-lower = { $column } (lower)
report-xlsx-upper = { $column } (upper)
report-xlsx-arm-below = { $column }: error bar downwards in the chart
report-xlsx-arm-above = { $column }: error bar upwards in the chart
report-docx-page = Page
report-docx-of = of
report-docx-pages = { "" }
