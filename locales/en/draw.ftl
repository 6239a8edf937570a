## The record of the draw, point by point

draw-question-cases-drawn = Was everybody with a final disposition drawn, or in the reserve?
draw-question-drawn-have-cases = Has everybody of the main sample a final disposition?
line-of-cases = cases
verify-cases = { $cases } with a final disposition, { $reserve } of them substitutes that were asked

report-table-draw-checks = The record of the draw, point by point
report-column-draw-question = Question
report-column-draw-answer = Answer
report-column-draw-against = Against it
report-draw-answer-holds = yes
report-draw-answer-does-not-hold = no
report-draw-answer-cannot-tell = cannot be told
report-note-draw-checks = The program does each of these again: it draws from the sealed list with the seed and holds the result against the list of the drawn, the answers and the cases, one by one. What speaks against a point is counted; ids are never shown.
report-table-draw-strata = The draw by stratum, substitutes asked, and who answered
report-column-draw-elements = To draw from
report-column-draw-main = Main sample
report-column-draw-reserve = Reserve
report-column-draw-asked = Substitutes asked
report-column-draw-responded-main = Main sample, answered
report-column-draw-responded-reserve = Substitutes, answered
report-note-draw-strata = A substitute is asked, in its order, only where somebody of the main sample cannot be; once asked it needs a final disposition like the main sample.
report-fact-draw-commitment = SHA-256 of the commitment (filed first)
report-fact-draw-sealed = Frame and design sealed on
report-fact-draw-seed-from = Where the seed comes from, and when
report-fact-draw-cases = Cases with a final disposition
report-fact-draw-missing = Main sample, no answers
report-probability-stated = yes (as the definition says, not verified)
report-probability-none = no
report-probability-verified = yes, held against the record of the draw
report-probability-not-kept = as the definition says, but the record of the draw was not kept to
report-told-draw-record = record of the draw
report-told-seed = seed of the draw

report-draw-open = Nothing contradicts the record of the draw, but not every point can be told; see the table. Supply the missing files and verify again.
report-table-rates-waves = Outcome rates by wave
report-base-outcomes-waves = cases drawn in each row · unweighted counts
report-column-share-of-drawn = Of the drawn
report-column-population-estimated = Customers, estimated
report-note-partials-drawn = Customers are estimated from the drawn: each stands for customers ÷ drawn of its stratum; those found not to be eligible are left out, so that the sum is below the frame.

## A disposition table that does not add up

dispositions-unbalanced =
    { $what ->
        [drawn] The outcomes of stratum “{ $stratum }” in the disposition table do not add up to the number drawn by the frame
        [no-stratum] The stratum “{ $stratum }” of the disposition table is not in the frame
       *[answers] Completes and partials of the disposition table are not as many as persons answered (who answered twice counts once)
    }
    .expected = { $wanted }
    .got = { $found }
    .hint = Check that disposition table, frame and answers are of the same wave and cut-off date; there is no report while numbers do not add up

report-column-iterations = Iterations
report-column-weights-digest = Digest of weights

report-r-population = From the customers of each stratum alone, knowing nothing of those who did not respond (population-based R-indicator, Bianchi and others 2019): R { $r }, standard error { $se }, { $interval }: { $verdict }. The bias of sampling is not taken off and cases not eligible count as non-response, so it is a second look and not to be compared with the R-indicator above.
report-r-word-representative = no sign of selective response
report-r-word-selective = response is selective
report-r-word-unclear = it cannot be told whether response is selective
report-r-word-too-small = the sample is too small for a verdict
