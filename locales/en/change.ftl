## Changes between waves: which are real

report-trend-intro = A difference of two waves has sampling error. People who answered in both (or clusters drawn in both) make the two estimates correlated, and the standard error takes that into account. What is of one kind is tested and adjusted together: the index; the dimensions; the items; the index by group; the dimensions by group. A change is stated only where the adjusted p is below the significance level; otherwise one cannot conclude, which does not mean that nothing changed. Whether two confidence intervals overlap is no test: waiting until two 95% intervals no longer overlap is a test at p of about 0.0056.
report-trend-elsewhere = Against earlier waves only results of everybody are listed here (index, dimensions, items); between earlier waves only the index and the dimensions. All other changes, with intervals and p-values, are in the data file assessment.json.
report-trend-in-surveillance = Changes of items against earlier waves, and of dimensions by group, are in the annual surveillance report.
report-note-changes = Changes in points, later less earlier; intervals are not adjusted, their standard error stands below. p is two-sided (degrees of freedom after Satterthwaite). Adjustment is over the { $tests } tests of this family (the index is a family of its own); the reading follows p after { $adjustment }; BH is Benjamini and Hochberg's. “Not after …”: the interval alone leaves 0 out, but tested together with its family that is not enough. Detectable change: a true change of this size is found with a probability of { $power } in a test by itself.
report-note-equivalence = Equivalent: a change of { $margin } points or more can be ruled out (two one-sided tests; the { $level } interval lies within ±{ $margin } points).
report-note-bh = BH { $p }
report-note-se = SE { $se }
report-note-se-linked = SE { $se } (if independent { $independent })
report-column-detectable = Detectable change
report-changes-items = { $from } → { $to }: items
report-changes-domains = { $from } → { $to }: index by group
report-changes-domain-dimensions = { $from } → { $to }: dimensions by group
report-changes-measures = { $from } → { $to }: other measures

report-direction-up = ▲ up
report-direction-down = ▼ down
report-direction-equivalent = equivalent: change below { $margin } points
report-direction-not-significant = cannot conclude
report-direction-undetermined = undetermined
report-direction-small = but below { $margin } points
report-direction-adjusted-away = not after { $adjustment }
report-direction-adjusted-away-small = not once adjusted, and small
report-adjustment-holm = Holm
report-adjustment-bh = Benjamini–Hochberg

report-change-up = { $name }: up { $points } points on { $from } ({ $level } confidence interval { $interval }, { $test }); the change is significant
report-change-down = { $name }: down { $points } points on { $from } ({ $level } confidence interval { $interval }, { $test }); the change is significant
report-change-equivalent = { $name }: { $signed } points on { $from } ({ $level } confidence interval { $interval }, { $test }); a change of { $margin } points or more can be ruled out
report-change-not-significant = { $name }: { $signed } points on { $from } ({ $level } confidence interval { $interval }, { $test }); one cannot conclude that it changed
report-change-undetermined = { $name }: { $signed } points on { $from }, but a standard error is missing, so it cannot be told from sampling error
report-change-absent = { $name }: cannot be compared with { $from }, as one wave has no score
report-largest-change = Largest change of a dimension: { $sentence }

report-shared-respondents = respondents
report-shared-clusters = clusters (primary sampling units)
report-shared-unknown = The answers have no column by which people could be recognised in both waves (or the definition says that numbers do not carry over), so the waves are taken as independent samples.
report-shared-none = No { $kind } are in both waves, so the waves are taken as independent samples.
report-shared-some = { $n } { $kind } are in both waves ({ $share } of the later one). The correlation of the two estimates of the index is { $correlation }, so the standard error of the change is { $se }; as if independent it would be { $independent }.
report-shared-no-correlation = { $n } { $kind } are in both waves ({ $share } of the later one), but the correlation of the index cannot be estimated from them; the standard error of the change is that of independent samples ({ $independent }).
report-sensitivity = What change these samples could have seen: the index has to differ by { $significant } points to be significant; a true change of { $detectable } points is found with a probability of { $power }.

report-formula-change = Standard error of a change = √(SE² before + SE² after − 2 × correlation × SE before × SE after), the correlation estimated from the respondents or clusters of both waves, degrees of freedom after Satterthwaite; p-values are adjusted within each family by Holm's and by Benjamini and Hochberg's method.

## Groups against the rest

report-table-segments = Groups of “{ $column }” against the rest
report-column-rest = Rest
report-column-rest-difference = Group less rest
report-column-p-bh = p (BH)
report-column-letters = Higher than
report-column-since-before = Since the wave before
report-standing-above = ▲ above the rest
report-standing-below = ▼ below the rest
report-standing-not-significant = cannot conclude
report-letters-none = none
report-note-segments = Rest: everybody of the column who is not in the group; the standard error of the difference comes from replicates of the same design, degrees of freedom after Satterthwaite. p (BH) is adjusted over the { $tests } tests of this column (Benjamini and Hochberg). Letters: groups whose index is significantly lower, capital at 95%, small at 90% ({ $pairs } pairs, adjusted likewise). Effective n is (Σw)²/Σw².
report-note-segments-before = ▲▼: the index of the group has changed significantly since { $from } (see the table of groups under changes between waves).
