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

format-not-built = This program was built without the form “{ $format }”
    .expected = a form it has: { $built }
    .got = { $format }
    .hint = Leave the form out, or build with the default features (cargo build --release without --no-default-features)
template-unusable = The Word template “{ $file }” cannot be used: { $fault ->
        [not-word] it is no Word file (.docx)
        [too-large] it is too large
        [macros] it holds macros
        [outside] its head, foot or styles refer to something outside of the file
       *[damaged] a part of it is missing or cannot be read
    }
    .expected = a .docx file without macros and without links to anything outside
    .got = “{ $file }”
    .hint = Open the template in Word, save it as “Word document (*.docx)”, remove linked pictures, and try again
glyphs-not-drawn = The fonts embedded in the PDF lack { $count } characters: { $characters }
    .hint = The PDF shows “〓” in their place; web page, Word and Excel are not affected. Use common characters or remove emoji
