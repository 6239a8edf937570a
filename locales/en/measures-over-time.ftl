# Series made from answers by when they were sent

report-series-by-week = week
report-series-by-month = month
report-series-file-answers = answers of { $waves } by { $by } of submission
report-series-answers = One point a { $by }, from the answers of { $waves } that count, by the { $by } in which they were sent, with the weights of their wave; limits of shares rest on the effective number of answers, (Σw)²/Σw², which is their number where all weigh alike. A { $by } with fewer than { $base } answers is left out.
report-series-answers-too-small = Left out for fewer than { $base } answers: { $periods }.
report-series-answers-withheld = Left out as well: { $periods }. Fewer than { $base } answers are not listed or have no time of submission; were all other periods published, the answers of these few could be computed from the total.
report-series-answers-untimed = { $untimed } answers have no usable time of submission and are in no { $by }.
report-series-gaps = There are gaps ({ $gaps }), such as between two fields: no line, no moving range and no rule reaches over one, and EWMA and CUSUM begin anew after it; centre and spread are those of all periods.
report-forecast-gaps = no forecast: with gaps neither the next period nor the same one a year before is known to be that
report-table-series-values = Values by period

# Targets of measures beside the index

report-note-targets-ceiling = The target of a complaint rate is a ceiling: it is reached only when the whole interval is at or below it, missed only when all of it is above.

report-complaints-categories-withheld = Too few respondents said what they complained of for a group to be reported on; numbers and shares of the categories are withheld.
