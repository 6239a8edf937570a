## Controls of the page and the way down from a dimension

report-page-skip = Skip to the content
report-page-theme = Appearance
report-page-theme-auto = As the system
report-page-theme-light = Light
report-page-theme-dark = Dark
report-page-find = Filter
report-page-rows = rows

report-drill-title = From dimensions to items and groups
report-drill-intro = Open a dimension to see its items, and how each group of customers rates it.
report-drill-items = { $dimension }: items
report-drill-domains = { $dimension }: by { $column }

## Figures: radar, distribution of weights, how long answering took

report-figure-radar = Shape of the dimension scores
report-alt-radar = { $title }, 0 in the middle and 100 at the rim: { $scores }.
report-figure-note-radar = A radar shows shape only; read lengths off the bars and the table. { $note }
report-figure-weight-distribution = Distribution of the weights
report-alt-weight-distribution = { $title }: relative weights (mean 1) from { $from } to { $below }, Kish effect { $kish }, effective n { $effective }.
report-figure-note-weight-distribution = Relative weights have mean 1. Unequal weights raise the variance by the Kish effect of { $kish }; effective n { $effective }.
report-axis-relative-weight = Relative weight (mean 1)
report-column-relative-weight = Relative weight
report-column-of-all = Share
report-legend-counted = Interviews that count
report-figure-durations = How long answering took
report-alt-durations = { $title }: { $n } interviews by duration, median { $median } (minutes:seconds).
report-figure-note-durations = Median { $median } (minutes:seconds). The first and the last step are merged until they hold { $least } interviews; none holds fewer.
report-axis-durations = Duration (minutes:seconds)
report-column-durations = Duration (minutes:seconds)
report-heading-durations = How long answering took
report-durations = Of the interviews that count, { $n } have a recorded duration and { $unknown } do not; the median is { $median } (minutes:seconds). Durations are reported as merged counts only, which belong to nobody in particular.
