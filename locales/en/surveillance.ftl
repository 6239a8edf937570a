### Manyidu: every sentence of the yearly surveillance report (English).
### Keys and arguments are those of the same file in locales/zh-CN. All arguments are text; they cannot select variants by number.

report-kind-surveillance = Annual surveillance report on customer satisfaction
report-kind-summary = One-page summary

report-chapter-plan = Plan and what was done
report-chapter-fieldwork = Sampling and fieldwork of each wave
report-chapter-targets = Results against targets
report-chapter-actions = Improvement actions and what followed
report-chapter-grade = Whether the grade is kept
report-chapter-questions = What the next audit will ask
report-chapter-glance = At a glance

## Plan and done

report-plan-reading = Entries planned: { $count }; done: { $done }, of which later than planned: { $late }.
report-table-plan = Plan of the year and what was done
report-base-plan = { $count } entries · as the plan file records them
report-column-plan-item = Planned
report-column-done = Done
report-plan-late = { $date }, later than planned
report-note-plan = Proofs are listed by reference; their contents were not checked. The column “Evidence” names what the entry can show at a surveillance visit.
report-table-log = Changes and reviews of the questionnaire
report-base-log = { $count } entries · from the questionnaire log
report-column-date = Day
report-column-log-change = Change or review

fact-plan-done = Done as planned: { $item } ({ $date }), proof { $proof }
fact-plan-unproven = { $item } was done on { $date }, but there is no proof
fact-plan-open = The plan has “{ $item }” (due { $date }), which is not done yet

## Sampling and fieldwork

report-fieldwork-intro = How each wave was drawn, what became of those drawn, and how many interviews count. The rows go from the frame to the interviews that count, so that the waves can be held against each other.
report-table-fieldwork = Sampling and outcome of each wave
report-column-fieldwork = What
report-fieldwork-field = Fieldwork
report-fieldwork-method = Selection
report-fieldwork-random = random
report-fieldwork-not-random = not random, or unknown
report-fieldwork-questionnaire = Questionnaire
report-fieldwork-population = Customers in the frame
report-fieldwork-drawn = Drawn
report-fieldwork-not-eligible = Not eligible
report-fieldwork-contacted = Contacted
report-fieldwork-interviews = Complete and partial interviews
report-fieldwork-received = Interviews received
report-fieldwork-excluded = Excluded by rule
report-fieldwork-counted = Interviews that count
report-fieldwork-response-rate = Response rate
report-fieldwork-n-effective = Effective sample size (Kish, all interviews that count)
report-fieldwork-kish = Design effect of weighting (Kish)
report-fieldwork-strata-passed = Strata with a sufficient share
report-note-fieldwork = The response rate is AAPOR's { $rate }. Interviews received include repeated submissions, so there may be more of them than complete and partial interviews.

## Targets

report-targets-reading = Targets of { $wave }: { $count }. Reached: { $met }; missed: { $missed }; cannot be told: { $open }.
report-table-targets = Results against targets ({ $wave })
report-column-goal = Target
report-column-found = Result
report-column-off-target = Difference
report-note-targets = A target is reached only when the whole interval is at or above it, missed only when all of it is below. Where the interval contains the target, sampling error allows no conclusion.
report-target-met = reached
report-target-not-met = missed
report-target-cannot-tell = cannot be told
report-target-not-available = not available

## Actions

report-effects-reading = Improvement actions: { $count }. Followed by a significant rise of the score they name: { $up }; by a significant fall: { $down }; by no significant change: { $unshown }. Nobody asked since: { $waiting }; still open: { $open }.
report-table-effects = What followed the actions
report-column-moves = Score that it names
report-note-effects = Compared are the wave from which the action follows and the first wave that began after it was closed. The p-values are adjusted by Holm over all actions listed. A rise after an action need not come from the action: other things changed in the same time. Scores are those of all customers: what was done in one region or for one group need not show in them.
report-effect-up = ▲ higher afterwards
report-effect-down = ▼ lower afterwards
report-effect-not-shown = no significant change
report-effect-not-yet-asked = nobody asked since
report-effect-open = still open
report-effect-not-comparable = asked differently, not compared
report-effect-not-measured = no score to compare

## Grade

report-grade-held-met = The index of the latest wave reaches the line of “{ $grade }” in “{ $scheme }”: as far as the index goes, the grade of the certificate is kept.
report-grade-held-lost = The index of the latest wave is below the line of “{ $grade }” in “{ $scheme }”: as far as the index goes, the grade of the certificate is not kept.
report-grade-held-open = The interval of the latest wave contains the line of “{ $grade }” in “{ $scheme }”: whether the grade is reached cannot be told.
report-grade-held-unstated = The definition does not state the grade of the certificate ([certificate] grade); the table shows each wave against “{ $scheme }”.
report-grade-held-provisional = The cut-offs are assumed; no rule of a body confirms them.
report-table-grade-held = Each wave against the scheme of the certificate
report-column-grade-certain = Reached by the whole interval
report-column-grade-possible = Possibly reached
report-column-grade-granted = Grade of the certificate reached?

## Questions

report-questions-intro = Each question below follows from a fact of this report, in the order of grade, results, actions, plan and evidence, sample, disclosure. Have answers and proofs ready before the audit.
report-questions-none = No fact of this report gives cause for a question: grade, targets, actions, plan, evidence, sample and disclosure have no gap.
report-table-questions = Questions that an auditor may ask
report-base-questions = { $count } questions · each follows from a fact of this report
report-column-number = No.
report-column-question = Question
report-column-chapter = Chapter

question-grade-lost = The index of { $wave } is below the line of “{ $grade }”. On what grounds is the grade of the certificate kept?
question-grade-open = The interval of { $wave } contains the line of “{ $grade }”: whether the grade is reached cannot be told. Is there other evidence that it is?
question-grade-provisional = The cut-offs of “{ $scheme }” are assumed. Which rule of which body applies, in which version?
question-drop = “{ $name }” is significantly lower than in { $from }, by { $points } points, and no improvement action names it. What is the cause, and what will be done?
question-target-missed = “{ $name }” missed its target of { $target }, and no improvement action names it. What will be done?
question-action-overdue = The action “{ $item }” was due on { $date } and still open when fieldwork ended. Where does it stand?
question-action-unproven = The action “{ $item }” is recorded as closed without proof. Where is the proof?
question-plan-overdue = “{ $item }” was planned for { $date } and still open when fieldwork ended. Where does it stand?
question-plan-unproven = “{ $item }” is recorded as done without proof. Where is the proof?
question-evidence-missing = { $visit } (by { $until }) wants “{ $evidence }”: { $fact }. What will be shown?
question-not-probability = The sample of { $wave } is not random. On what grounds does it stand for the customers?
question-strata-short = Strata with too few interviews: { $count } ({ $names }). How are these customers represented?
question-gates-failed = Quality gates of your own that are not met: { $count }. Why can the results be used all the same?
question-disclosure-missing = Items missing on the disclosure checklist: { $count }. When will they be supplied?
question-more = Further questions of the same kind: { $count }.

## One page

report-table-glance = Scores of the dimensions
report-glance-questions = To be ready before the next audit
report-glance-up = ▲ significantly higher
report-glance-down = ▼ significantly lower
report-glance-same = no significant change

surveillance-done = The surveillance report is in { $path }; questions that an auditor may ask: { $count }
report-glance-equivalent = equivalent: smaller than the stated margin

report-written = { $count } files written to { $path }, all from assessment.json, nothing computed anew
