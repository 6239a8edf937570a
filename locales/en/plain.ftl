## Results without intervals, and figures in several parts

report-results-intro-plain = Scores run from 0 to 100: the worst answer throughout gives 0, the best gives 100; n is the number of people who answered (for dimensions and the index that of the most answered item; the table of items has each). The sample was not drawn at random, so scores have no standard errors or confidence intervals. “–” means undefined, with the reason under it; it is not a score of 0.
report-domains-intro-alone = Under each score stands its confidence interval.
report-domains-intro-plain = The sample was not drawn at random: scores by group have no confidence intervals, and differences between groups are not tested. The numbers describe those who answered.
report-note-domains-plain = The n of each row is that of the group. Higher or lower scores describe these respondents; they do not show that the customers of the groups differ.
report-figure-note-plain = n: people who answered (for a dimension, its most answered item); the sample was not drawn at random, so there are no confidence intervals.
report-named-score-plain = { $name } { $score } (n = { $n })
report-extremes-plain = Highest dimension: { $highest }; lowest: { $lowest } (of those who answered; nothing follows for all customers)
report-figure-part = { $title } ({ $at }/{ $of })
report-measurement-two-things = The second eigenvalue exceeds 1, so the items may measure two things: { $dimensions }.
report-measurement-low-ave = AVE is below 0.5, so convergent validity is not sufficient: { $dimensions }.
report-measurement-not-distinct = By the Fornell–Larcker criterion discriminant validity does not hold for: { $dimensions }.
report-note-choices-plain = All rows use the same answers. Entropy, CRITIC and the principal component say where answers differ, not what customers hold important; using them wants a reason. “–” means that these answers do not give such weights.
report-note-priorities-plain = Quadrants meet at the means: importance { $importance }, score { $performance }. The sample was not drawn at random and has no intervals: quadrants are those of the point estimates and describe those who answered.
report-base-plain = interviews that count { $n } (fewer in rows with missing answers) · { $weighting } · { $wave }
