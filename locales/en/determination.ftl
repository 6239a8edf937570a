### Manyidu: conditions and their facts, the way to the next grade, what is no lever, questions on grade and actions (English).
### Keys and arguments are those of the same file in locales/zh-CN. Plain counts select plural forms.

## Conditions: what they rest on

fact-method-not-random = the definition states a selection that is not random
fact-method-unknown = the definition states the selection as unknown: nothing can be verified
fact-draw-verified = the answers were held against the record of the draw (SHA-256 { $digest }…), and nothing contradicts it
fact-draw-contradicted = the answers were held against the record of the draw (SHA-256 { $digest }…), and something contradicts it
fact-draw-no-record = the definition states random selection; there is no record of the draw to hold the answers against
fact-survey-age = fieldwork ended on { $ended }; { $event }: { $day }
fact-survey-no-day = fieldwork ended on { $ended }; no day is stated for which the result is read
fact-recorded = in the plan of the year: { $proofs }
fact-recorded-and-unproven = in the plan of the year: { $proofs }; without proof: { $days }
fact-recorded-unproven = in the plan of the year without proof: { $days }
fact-recorded-open = in the plan of the year, not done yet
fact-draw-record = Record of the draw of wave “{ $wave }”: { $file }
fact-actions-open-and-unproven = of { $count } actions due, not closed: { $open } ({ $names }); closed without proof: { $unproven } ({ $without })
fact-actions-held-late = { $count } actions due are all closed with proof, { $fresh } of them in this period; closed later than due: { $names }
reading-day-decision = day of the decision
certificate-source-definition = as the definition states
sites-source-usual = practice of audits of management systems (CCAA forum, 2012, ccaa.ok-iso.com)

report-amount-months = { $value ->
    [one] { $value } month
   *[other] { $value } months
}
report-amount-years = { $value ->
    [one] { $value } year
   *[other] { $value } years
}
report-amount-times = { $value ->
    [one] once
   *[other] { $value } times
}
report-amount-people = { $value ->
    [one] { $value } person
   *[other] { $value } people
}
report-amount-interviews = { $value ->
    [one] { $value } interview
   *[other] { $value } interviews
}

## The way to the next grade

report-settle-beyond-reach = Whether { $grade } at { $line } is met: if the score stays where it is, about { $needed } interviews in place of { $n } would take the interval off the line (finite population correction included). Were all { $population } customers of the frame asked, about { $reachable } interviews could be had at the response of this wave: a larger sample alone cannot settle it, a better score can
report-reaches-by-point = yes by point estimate; the upper end of what it takes goes beyond 100 points
report-reaches-not-acted = not acted on directly
report-note-not-acted = Expectations and image act on satisfaction, but no improvement of the service raises them directly: they follow from it. They are not read as a way to improve.
report-not-alone-dimensions = Not enough by themselves even at 100 points: { $names }.
report-not-alone-items = Further items that would not be enough by themselves even at 100 points: { $count }.
report-not-alone-items-none = No single item is enough by itself to reach { $grade }, even at 100 points ({ $count } looked at).

## What to improve first

report-axis-importance-total-effect-items = Importance: points of the index for one point of the item
report-axis-importance-stated-items = Importance: mean as stated by respondents
report-quadrant-untold = cannot be told
report-quadrant-by-point = by point estimate: { $quadrant }
report-quadrant-not-acted = not acted on directly
report-driver-not-acted = (Not acted on directly: it follows from the service.)
report-first-priority-untold-total-effect = By point estimate { $name } comes first: one point more of it goes with { $importance } points of the index, and it scores { $score } (mean of the map { $mean }); its interval crosses a line of the map, so that this cannot be told for certain
report-first-priority-untold-stated = By point estimate { $name } comes first: its stated importance is { $importance }, and it scores { $score } (mean over all items { $mean }); its interval crosses a line of the map, so that this cannot be told for certain

## Certificate and grade

report-fact-certificate-grade = Grade granted
report-column-grade-granted-named = { $grade } of the certificate reached?
report-grade-held-earlier = Earlier waves whose whole interval lay below the line of “{ $grade }”: { $waves }.

## Questions

question-grade-open-sample = The interval of { $wave } contains the line of “{ $grade }”: whether the grade is reached cannot be told. Is there other evidence that it is, or will the next sample be as large as it takes (about { $needed } interviews in place of { $n }, if the score stays where it is)?
question-grade-open-score = The interval of { $wave } contains the line of “{ $grade }”: whether the grade is reached cannot be told. A larger sample alone cannot settle it; the index would have to rise by { $rise } points. Is there other evidence, and what is being done to raise the score?
question-grade-earlier-below = The whole interval of the index lay below the line of “{ $grade }” in: { $waves }. The certificate was issued on { $issued }. On what grounds was the grade granted and kept?
question-earlier-action = { $verdict ->
    [up] The last action that names it (“{ $item }”, closed on { $date }) was followed by a significant rise ({ $after }); no action was begun after the latest wave.
    [down] The last action that names it (“{ $item }”, closed on { $date }) was followed by a significant fall ({ $after }); no action was begun after the latest wave.
    [not-shown] The last action that names it (“{ $item }”, closed on { $date }) was followed by no significant change ({ $after }); no action was begun after the latest wave.
    [not-yet-asked] The last action that names it (“{ $item }”) was closed on { $date }, and no wave was asked since; no action was begun after the latest wave.
    [open] The last action that names it (“{ $item }”, due on { $date }) is still open; no action was begun after the latest wave.
   *[other] What followed the last action that names it (“{ $item }”, closed on { $date }) cannot be measured; no action was begun after the latest wave.
}
question-drop-acted = “{ $name }” is significantly lower than in { $from }, by { $points } points. { $earlier } What is the cause, and what will be done?
question-target-missed-acted = “{ $name }” missed its target of { $target }. { $earlier } What will be done?
question-action-late = The action “{ $item }” was due on { $date } and closed on { $closed }. Why was it late?
report-glance-more = { $count ->
    [one] { $count } more question stands in the annual surveillance report.
   *[other] { $count } more questions stand in the annual surveillance report.
}
