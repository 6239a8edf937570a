### Whether waves can be compared, what moved the index, charts over time, other indices.

## Findings

assessment-unusable =
    { $reason ->
        [version] The form of “{ $file }” has another version than this program
        [wave] “{ $file }” has no wave “{ $wanted }”
        [level] The confidence level of “{ $file }” is not that of this survey
       *[shape] “{ $file }” is not a usable assessment.json
    }
    .expected =
        { $reason ->
            [version] schema_version = { $wanted }
            [wave] { $got }
            [level] { $wanted }
           *[shape] an assessment.json as this program writes it (schema_version = { $wanted })
        }
    .got =
        { $reason ->
            [wave] { $wanted }
           *[other] { $got }
        }
    .hint =
        { $reason ->
            [version] Run that survey again with this version of the program, or use a program that reads the older form
            [wave] Name the wave of the file with assessment_wave
            [level] Run that survey again with the same design.level
           *[shape] See that the path leads to an assessment.json that run wrote, and that the file is whole
        }
latest-wave-taken = The latest wave, “{ $wave }”, needs its answers and cannot be taken from an earlier assessment.json
    .hint = Give responses for this wave; assessment is for earlier ones
wave-taken = Wave “{ $wave }” is taken from “{ $file }”: its estimates stand as they were published and are not made anew; what needs answers (measurement invariance, other weights, other cleaning) is not to be had for it
bad-break =
    { $reason ->
       *[first] There is no wave before “{ $wave }” to compare it with
    }
    .hint = Write in wave the first wave that was done the new way
not-comparable = { $from } → { $to }: { $count } quantities are not compared, because something else changed between the waves ({ $what })
    .hint = Where they are comparable all the same, say why with comparable in [[breaks]], or give offsets measured in a parallel sample; otherwise no trend is drawn
comparable-reserved = { $from } → { $to }: compared with a reservation ({ $what })
    .hint = If the way of asking did change, write it in [[breaks]]; if not, add an entry to the log of the questionnaire
bad-series =
    { $reason ->
        [period] There is no period
        [repeated] Period “{ $got }” stands twice
        [value] “{ $got }” is not a number
        [share] “{ $got }” is not a share from 0 to 1
        [base] “{ $got }” is not a number of cases; shares need n
        [interval] The interval has its ends the wrong way round, or leaves out the value
        [source] There is no source
       *[error] “{ $got }” is not a standard error
    }
    .expected =
        { $reason ->
            [period] name of a period, for example 2025-03
            [repeated] one row a period
            [value] a number, for example 81.4
            [share] 0 … 1
            [base] a whole number above 0
            [interval] lower ≤ value ≤ upper
            [source] publication, address or file
           *[error] a number above 0
        }
    .hint = Mend the cell; leave blank what there is not

## What changed

break-wording = the wording
break-scale = the scale
break-options = the answer options
break-mode = the mode
break-frame = the frame
break-question-order = the order of the questions
break-items = the items
break-index-rule = how the index is made
break-questionnaire = the version of the questionnaire
break-mode-web = web
break-mode-phone = telephone
break-mode-paper = paper
break-mode-face-to-face = face to face
break-mode-mixed = mixed modes
break-declared =
    { $noted ->
        [yes] From { $wave } on, { $what } changed: { $note }
       *[no] From { $wave } on, { $what } changed
    }
break-found-scale = The waves have other scales: { $items }
break-found-wording = The waves word questions differently: { $items }
break-found-options = The waves offer other answers: { $items }
break-found-items = Answered in one of the waves only, or moved to another dimension: { $items }
break-found-mode = The mode changed from “{ $before }” to “{ $after }”
break-found-frame = Strata that only one of the frames has ({ $count }): { $items }
break-found-index-rule = The index or the weights of the items are not made the same way in both waves
break-found-questionnaire = The questionnaire went from { $before } to { $after }, and no record says what changed

## Report: comparability

report-chapter-comparability = Can the waves be compared?
report-comparability-intro = A difference between two waves is a change of opinion only where both were asked the same way. Below is what changed between them, as declared and as found in the data. What a change touches is not compared, unless the definition says why it is comparable all the same, or gives an offset that was measured, with its standard error.
report-comparability-none = Nothing is declared and nothing was found: items, scales, options, mode and strata of the frame are the same in the waves that are compared.
report-comparability-aliases = Items are matched by their stable id; their columns may have another name in each wave.
report-table-breaks = { $from } → { $to }: what changed beside opinion
report-column-what-changed = Change
report-column-known = How it is known
report-column-touches = Touches
report-column-consequence = What follows
report-origin-declared = declared in the definition
report-origin-found = found in the data
report-effect-breaks = not compared
report-effect-bridged = compared over a bridge
report-effect-reservation = compared with a reservation
report-touches-everything = everything
report-bridge-comparable = Taken to be comparable: { $reason }
report-bridge-offsets = Taken off: { $offsets } (source: { $source })
report-bridge-offset = { $of } { $points } points (SE { $se })
report-bridged-change = { $points } taken off for the change of method (SE { $se })
report-not-compared = not compared
report-trend-breaks = At an upright dashed line the way of asking changed without a bridge; no line crosses it.
report-table-taken = Waves taken from an earlier assessment.json
report-column-digest = SHA-256
report-column-program = Program
report-column-survey-wave = Survey / wave
report-note-taken = These values stand as they were published; whatever needs answers (people who answered in both waves, measurement invariance) is not to be had for them.
report-table-invariance = { $from } → { $to }: measurement invariance (MICOM)
report-column-correlation = Correlation of scores c
report-column-composition-p = p of composition
report-column-mean-difference = Difference of means (SD)
report-column-mean-p = p of means
report-column-variance-ratio = Ratio of variances (log)
report-column-variance-p = p of variances
report-invariance-full = fully invariant: composition, means and variances show no difference
report-invariance-partial = same composition: scores can be compared
report-invariance-none = composition differs: a change of the score also holds a change of what is measured
report-invariance-undetermined = cannot tell
report-note-invariance = Step 1 (same items, treatment and estimation) is given by the one definition; step 2 asks whether the item weights of either wave give the same people the same scores; step 3 looks at means and variances. { $permutations } permutations ({ $failed } failed), p without adjustment; a difference of means is the change that is to be measured and no obstacle. After Henseler, Ringle & Sarstedt (2016). { $exchange }
report-base-invariance = { $from } n = { $before }, { $to } n = { $after } · permutation test · confidence level { $level }
report-invariance-index = The dimension that is the index is composed differently in { $from } → { $to } (c = { $c }, { $p }): a change of the index also holds a change of the item weights.
report-base-comparability = { $from } and { $to } · changes declared and found, no estimates

## Report: what moved the index

report-chapter-moves = What moved the index
report-moves-intro = The index is a weighted mean of the scores of its parts. Its change is taken apart here without a remainder: changes of scores times the mean weight of both waves, changes of weights times (mean score − mean index); and by customers, into changes within each category and changes of the mix. This is arithmetic and names no cause; whether a part really changed is for its interval to say.
report-moves-pair = { $from } → { $to }
report-moves-sentence = The index changed by { $change } points: { $scores } through scores, { $weights } through weights.
report-moves-bridge = Mind that { $points } points are taken off the later index for a change of method when it is compared; the rows below take the published values apart.
report-moves-weights = Changes of weights (all)
report-moves-sum = Sum (index)
report-moves-unanswered = Spread of unanswered items
report-moves-note-dimensions = Each step is what the change of one dimension's score contributes; the last is the sum of all changes of weights.
report-moves-note-items = Each step is what the change of one item's score contributes; the last is the sum of all changes of weights.
report-figure-moves = What moved the index
report-figure-moves-of = What moved the index: { $from } → { $to }
report-alt-moves = From an index of { $before } in { $from } to { $after } in { $to }: { $scores } points through scores, { $weights } through weights, step by step.
report-table-moves-dimensions = By dimension
report-table-moves-items = By item
report-table-moves-mix = By the mix of “{ $column }”
report-column-part = Part
report-column-score-before = Score before
report-column-score-after = Score after
report-column-weight-before = Weight before
report-column-weight-after = Weight after
report-column-by-score = Through score
report-column-by-weight = Through weight
report-column-by-both = Together
report-column-mix-share-before = Share before
report-column-mix-share-after = Share after
report-column-within = Within
report-column-mix = Mix
report-note-moves = Midpoint decomposition: mean weight · change of score + (mean score − mean index) · change of weight, the mean of both orders of change (Shapley value); less than a billionth of a point is left over. The interval under a contribution is mean weight × interval of the change of the score (weights taken as known); contributions of weights have none.
report-note-moves-mix = Within = mean share × change of the category's index; mix = (mean index of the category − mean index) × change of its share. “Spread of unanswered items” is the change of the difference between the index of all and the weighted mean of the categories; 0 where nobody left anything out.
moves-refused-dimensions = Not taken apart by dimension: the waves do not have the same dimensions with a weight
moves-refused-items = Not taken apart by item: the waves do not have the same items, or the weight of one cannot be estimated
moves-refused-mix = Not taken apart by the mix of “{ $column }”: the waves do not have the same categories, or one is too small to be reported on

## Report: charts over time

report-chapter-series = Charts over time
report-series-intro = A control chart parts the usual ups and downs from what is worth asking about: what stays within the limits needs no explanation of its own. Fewer than { $drawn } periods are not drawn; limits from fewer than { $judged } are for orientation and nothing is judged by them. A signal says that something happened, not what.
report-series-too-few = Only { $periods } periods, fewer than { $drawn }: nothing is drawn.
report-series-trial = The limits rest on { $periods } periods, fewer than { $judged }: they are trial limits, and signals are not judged.
report-series-no-spread = All periods have the same value, so there are no limits.
report-series-of-waves = Satisfaction index of the waves
report-series-more = More charts: { $series }
report-series-not-judged = too few periods to judge
report-series-no-signal = no signal
report-series-signal-up = { $period } ↑ ({ $rule })
report-series-signal-down = { $period } ↓ ({ $rule })
report-series-dependent = r = { $r }: neighbouring periods hang together, so the limits are too narrow and the p of a change point too small
report-series-independent = r = { $r }: no sign that neighbouring periods hang together
report-series-dependence-unjudged = r = { $r }: too few periods to judge
report-note-chart-lines = { $chart }: centre { $centre }, limits { $limits }.
report-note-chart-centre = { $chart }: centre { $centre }.
report-column-limits-of = Limits: { $chart }
report-base-series = { $periods } periods, centre and limits from the first { $baseline } · { $file }
report-table-series = Rules and signals of the charts
report-column-chart = Chart
report-column-chart-rule = Rule
report-column-run-length-stable = Periods to a false alarm
report-column-run-length-shift = Periods to find a shift of one SD
report-column-signals = Signals
report-column-period = Period
report-column-plotted = Plotted
report-column-centre = Centre
report-column-lower-limit = Lower limit
report-column-upper-limit = Upper limit
report-column-signal = Signal
report-note-series = Average run lengths are those of independent normal values and known limits (EWMA and CUSUM by the Markov chain of Brook & Evans 1972; for CUSUM of both sides together), for the limits alone and without run rules; every further rule adds false alarms. Run rules of the chart of individual values are Nelson's (1984) 1, 2, 3, 5 and 6.
report-chart-title = { $series }: { $chart }
report-chart-individuals = individual values
report-chart-moving-range = moving ranges
report-chart-p = p chart
report-chart-p-prime = p′ chart (Laney)
report-chart-ewma = EWMA
report-chart-cusum-upper = CUSUM (upper)
report-chart-cusum-lower = CUSUM (lower)
report-chart-short-individuals = Individuals
report-chart-short-moving-range = Moving range
report-chart-short-p = p
report-chart-short-p-prime = p′
report-chart-short-ewma = EWMA
report-chart-short-cusum-upper = CUSUM up
report-chart-short-cusum-lower = CUSUM down
report-chart-rule-individuals = mean ± 2.66 × mean moving range, and run rules
report-chart-rule-moving-range = above 3.267 × mean moving range
report-chart-rule-p = mean share p ± 3√(p(1−p)/n), and run rules
report-chart-rule-p-prime = the limits of the p chart times the real spread σz of the standardised shares, and run rules
report-chart-rule-ewma = exponentially weighted moving average beyond ± L standard errors
report-chart-rule-cusum-upper = cumulative sum above h standard deviations (allowance k)
report-chart-rule-cusum-lower = cumulative sum below −h standard deviations (allowance k)
report-chart-centre = centre
report-chart-lower = lower limit
report-chart-upper = upper limit
report-chart-shift = level moved (estimate)
report-chart-signal = yes
report-chart-note-judged = Orange squares are signals.
report-chart-note-trial = Too few periods: trial limits, signals are not judged.
report-axis-value = Value
report-axis-range = Absolute difference of neighbours
report-axis-cusum = Cumulative sum (standard deviations)
report-axis-share-value = Share (%)
report-alt-control = { $title }: { $periods } periods, { $signals } signals, with centre line and limits.
report-figure-series = Control chart
report-run-rule-beyond-limit = beyond the limit
report-run-rule-nine-on-one-side = nine in a row on one side of the centre
report-run-rule-six-trending = six in a row rising or falling
report-run-rule-two-of-three = two of three beyond two standard deviations on one side
report-run-rule-four-of-five = four of five beyond one standard deviation on one side
report-fact-autocorrelation = Correlation of neighbouring periods
report-fact-change-point = Shift of the level
report-fact-forecast = Next period
report-change-point-too-few = not looked for in fewer than { $judged } periods
report-change-point-none = none found (permutation test, { $p })
report-change-point-found = from { $period } on, from { $before } to { $after } (permutation test, { $p }, { $permutations } permutations); { $count } plausible beginnings: { $plausible } ({ $share } of the bootstrap replicates)
report-forecast-given = { $value } ({ $level } interval { $interval }); root mean squared error over { $origins } rolling origins { $error }, that of “same as last year” { $naive } ({ $p })
report-forecast-not-better = no forecast: root mean squared error over { $origins } rolling origins { $error }, that of “same as last year” { $naive }, not shown to be better ({ $p })
report-forecast-too-few = no forecast: at least { $judged } periods and enough rolling origins are needed

## Report: benchmarks

report-chapter-benchmark = Beside other indices
report-benchmark-intro = Other published indices beside this one. A difference is tested only where both sides have a precision; where no interval was published two numbers stand side by side and nothing is concluded. Whom the two asked, how, and how they make their index may all differ, which no test can see.
report-table-benchmark = Published indices and ours of the same period
report-column-benchmark = Index
report-column-published = Published
report-column-ours = Ours
report-column-index-difference = Ours less published
report-note-benchmark = A published interval is turned into a standard error by its level (95% where none is stated); differences are tested by z or Welch, and Holm's adjustment is over the rows that are tested.
report-benchmark-no-interval = no interval published
report-benchmark-no-wave = we have no such wave
report-benchmark-not-tested = precision unknown, not tested
report-benchmark-above = above the published value
report-benchmark-below = below the published value
report-benchmark-open = no difference can be told
