# What reports say of the sample: precision, non-response classes, stages.

report-no-margin-claimed = no margin of error: respondents were not selected at random
report-caveat-no-margin = Respondents were not selected at random, or the method is unknown: no margin of error is claimed. The numbers describe those who answered; what they say of all customers cannot be told from them
report-sample-no-margin = Limitation: respondents were not selected at random, or the method is unknown. Scores stand without standard errors and intervals, because these would hold only for a random sample; nothing can be inferred about all customers.
report-fpc-both-stages = yes: clusters among all that are listed, and respondents among the customers of each cluster
report-r-interval-cut = { " " }The interval is cut to 0 to 1, which R cannot leave.
report-rate-loc1 = location: known to be eligible ÷ (all eligible + all unknown)
report-rate-loc2 = location: known to be eligible ÷ (all eligible + e × unknown)
report-table-classes = Non-response classes
report-column-nonresponse-class = Class
report-column-class-sampled = Drawn and not known to be ineligible
report-column-class-answered = Interviews that count
report-note-classes = The factor is the sum of base weights of those drawn over that of those who answered: within a class those who answered stand for those who did not. It assumes that within a class the two do not differ.

rule-quality-overlap = Interviews at the same time
    .reason = The interviewer held another interview while this one ran (stored interviews that were uploaded together look the same)

draw-joint-written = Joint inclusion probabilities (with ids, keep them safe) written to { $path }

no-joint-probabilities = The joint inclusion probabilities cannot be worked out: { $reason }
    .hint = Leave --joint out, draw clusters instead of customers, or use smaller strata
