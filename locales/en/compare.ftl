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
report-note-invariance = Step 1 (same items, treatment and estimation) is given by the one definition; step 2 asks whether the item weights of either wave give the same people the same scores; step 3 looks at means and variances. { $permutations } permutations ({ $failed } failed), p without adjustment; a difference of means is the change that is to be measured and no obstacle. After Henseler, Ringle & Sarstedt (2016).
report-base-invariance = { $from } n = { $before }, { $to } n = { $after } · permutation test · confidence level { $level }
report-invariance-index = The dimension that is the index is composed differently in { $from } → { $to } (c = { $c }, { $p }): a change of the index also holds a change of the item weights.
report-base-comparability = { $from } and { $to } · changes declared and found, no estimates
