### Manyidu: every word the program says (English).
### Keys, attributes and arguments are those of the same file in locales/zh-CN; the list of codes is in src/finding/code.rs.
### The place (file:line:column) is printed apart and not repeated here. All arguments are text: no variant by number.

## Severities and line prefixes

severity-note = note
severity-warning = warning
severity-error = error
finding-more = (more of this kind: { $count })
finding-where = where:{" "}
finding-expected = expected:{" "}
finding-got = got:{" "}
finding-hint = hint:{" "}

## The survey definition

toml-syntax = The TOML text cannot be parsed: { $reason }
    .hint = Check quotes, brackets and equals signs here; punctuation has to be plain ASCII; keys in Chinese need quotes, "非常满意" = 5; write paths with / instead of \

unknown-key = There is no key “{ $key }”
    .expected = { $nearest }
    .got = { $key }
    .hint = Check the spelling and the table it stands in; nearest or known keys: { $nearest }

missing-key = “{ $key }” is missing in { $table }
    .hint = Add { $key } to { $table }

wrong-value = The value of “{ $key }” cannot be used
    .expected =
        { $expected ->
            [string] a text
            [integer] a whole number
            [number] a number
            [boolean] true or false
            [array] a list
            [object] a table
           *[other] { $expected }
        }
    .got = { $got }
    .hint = Write it as the line “expected” says; texts need double quotes, numbers and true or false none

schema-too-new = This definition uses a newer format than this program reads
    .expected = format version up to { $newest }
    .got = { $version }
    .hint = Update the program; do not just change schema_version, the newer format may mean something else

duplicate-id =
    { $first ->
        [dimensions] “{ $id }” is used more than once in dimensions
       *[line] “{ $id }” is used twice, first on line { $first }
    }
    .expected = each id once
    .got = “{ $id }” again
    .hint = Give one of them another id; an item belongs to one dimension only

unknown-reference = “{ $name }” is not defined
    .hint = Check the spelling or define it; nearest or known names: { $nearest }

bad-id = “{ $id }” cannot be an id
    .expected = 1 to 64 letters a to z, digits, - or _
    .hint = Choose an id of these characters and put the full name into title; without an id the folder's name is taken, so state one

bad-scale = The scale “{ $scale }” contradicts itself: { $reason }
    .hint = max has to exceed min by 1 to 200; codes in labels lie between them; an answer cannot stand in both labels and missing

nothing-to-measure =
    { $what ->
        [dimensions] There is no dimension
        [waves] There is no wave
       *[other] The dimension “{ $what }” has no items
    }
    .hint = Write at least one [[dimensions]] and list its questions in items

bad-model =
    { $reason ->
        [paths-need-pls] Paths are given, but the item weights do not come from the path model
        [empty-block] A dimension of the path model has no item
        [item-repeated] An item stands in two dimensions of the path model
        [no-path] The path model has no path
        [path-to-itself] A dimension of the path model points at itself
        [path-repeated] A path of the path model is given twice
        [isolated] No path touches one of the dimensions
        [too-many-items] Ways to deal with missing answers other than "mean" take at most 128 items
        [one-fold] Prediction needs at least two folds, or 0 for none
        [moderation-without-paths] An interaction needs two different dimensions that both act on its target
        [keys-need-pls] This key belongs to the path model, but the item weights do not come from it
        [part] A dimension can be made only of dimensions with items of their own, and be a part of one other
        [path-to-part] A dimension that is a part of another has no paths of its own: give the paths to the whole
        [higher-needs-pls] A dimension made of others (of) needs item weights from the path model
        [higher-consistent] Consistent PLS (consistent) does not go with dimensions made of others (of)
        [higher-formed] With repeated indicators a whole that its parts form (mode-b) is explained by them alone: use higher_order = "two-stage"
        [cycle] The paths run in a circle
        [group-cycle] Groups hold one another in a circle
       *[other] The path model is not admissible: { $reason }
    }
    .hint = Check model.paths: a path for every dimension, no circles, none to itself, none twice; without a path model remove paths, with one write weights = "pls"

inconsistent-judgement = The pairwise judgements on "{ $of }" contradict themselves too much (judge: { $judge })
    .expected = a consistency ratio CR of at most { $max }
    .got = CR = { $got }
    .hint = Have the judge look again at the pairs that contradict each other; to use them all the same, set model.inconsistency_max, which the report will state

inconsistency-allowed = The pairwise judgements on "{ $of }" have the consistency ratio CR = { $got }, above the customary 0.1 (judge: { $judge }); the definition allows up to { $max }
    .hint = Have the judge look again at the pairs that contradict each other

judgement-missing = There are no pairwise judgements on "{ $of }", but the weights are to come from them
    .hint = Add a [[judgements]] with of = "{ $of }", or take the weights from elsewhere

exactly-one = Exactly one of “{ $first }” and “{ $second }” has to be given
    .hint =
        { $first ->
            [responses] For a single wave give responses (and frame) at the top; for several use [[waves]] and give responses and frame in each
           *[other] Keep one and remove the other
        }

assumed-scale = No scale is stated; 1 to 5 with 5 as the best is taken
    .hint = State min, max, the codes behind the answer labels and the answers without a score in [scales]

## Files

file-unreadable = The file “{ $file }” cannot be opened or read: { reason-io }
    .expected = a file that can be read
    .got = “{ $file }”: { reason-io }
    .hint = Check the name, the relative path and that the file is there; close it if it is open in Excel

file-empty = The file is empty, without a single byte
    .expected = a header and at least one row
    .got = nothing, or blanks only
    .hint = Export it again and wait until the export is complete

header-only = There is a header and not one answer
    .expected = at least one row below the header
    .got = 0 rows
    .hint = Export again and check the filters of the export (dates, valid answers)

wrong-encoding = The bytes here do not fit the encoding of the file
    .expected = { $expected }
    .got = { $got }
    .hint = Save as “CSV UTF-8 (Comma delimited)” in Excel, or as UTF-8 in a text editor; if a response file really is in a Chinese national encoding, write encoding = "gb18030" in its wave

ambiguous-encoding = The encoding of the file is not certain; it looks like { $guess }
    .expected = UTF-8, or GB18030 where stated
    .got = what looks like { $guess }
    .hint = Saving as UTF-8 is safest; if it is surely GBK, GB2312 or GB18030, write encoding = "gb18030" in its wave

missing-column = The header has no column “{ $column }”
    .expected = a column named “{ $column }”
    .got = nearest or existing columns: { $nearest }
    .hint = The name has to match the header exactly, with number, punctuation and spaces; nearest or existing columns: { $nearest }

duplicate-column = The header has “{ $column }” twice: columns { $first } and { $second }
    .expected = “{ $column }” once
    .got = columns { $first } and { $second } both carry it
    .hint = Rename one of them in Excel, so that the name used stands once

ragged-row = This row has another number of fields than the header
    .expected = { $expected }
    .got = { $got }
    .hint = Mostly an answer with a comma and no quotes, or a row broken by a line break; export again from the survey platform, do not join files by hand

unclosed-quote = The quote opening here never ends, up to the end of the file (line { $line })
    .expected = a closing quote followed by a separator or a line end
    .got = the end of the file on line { $line }, the quote still open
    .hint = Remove this stray quote in a text editor, or close it at the end of the answer

swallowed-rows = The quote opening here swallowed what look like whole rows (up to line { $line })
    .expected = the text of one answer
    .got = what look like whole rows, up to line { $line }
    .hint = Remove this stray quote in a text editor, or close it at the end of the answer; a quote inside an answer is written twice ("")

text-after-quote = The quoted field opening here is followed by text after its closing quote (line { $line })
    .expected = a separator or a line end after the closing quote
    .got = more text on line { $line }
    .hint = A quote inside an answer is written twice (""); or export again from the survey platform

field-too-long = The field opening here is longer than { $bytes } bytes, which no answer is
    .hint = Mostly a quote without its partner: check the quotes here in a text editor

more-of-the-same = More problems of this kind ({ $code }), not listed one by one: { $count }
    .hint = Mend those listed and check again; they often have the same cause

bad-count = The column “{ $column }” has to hold a count
    .expected = 0 or a positive whole number, without thousands separator or unit
    .got = { $got }
    .hint = Set the column to the General format in Excel, keep whole numbers only and save as CSV again

## Frame and design

stratum-not-in-frame = The frame does not list the stratum “{ $stratum }” (interviews in it: { $count })
    .expected = a stratum that { $frame } lists: { $nearest }
    .got = “{ $stratum }”, interviews: { $count }
    .hint = Compare the names in both files (spaces, short forms, full-width letters); if the stratum exists, add it to { $frame }; nearest or listed strata: { $nearest }

duplicate-stratum = The frame lists the stratum “{ $stratum }” twice, first on line { $first }
    .hint = Join the rows and check the count; if they are two strata, give them different names

frame-smaller-than-sample = The stratum “{ $stratum }” has more respondents ({ $n }) than customers in the frame ({ $population })
    .expected = at least { $n } customers in the frame
    .got = { $population }
    .hint = Check whether the frame's count is out of date and whether respondents are repeated or in the wrong stratum

# what = drawn: more drawn than customers; what = answered: more answered (drawn) than were drawn (population).
more-drawn-than-frame =
    { $what ->
        [drawn] More were drawn ({ $drawn }) than the frame holds ({ $population })
       *[answered] More answered ({ $drawn }) than were drawn ({ $population })
    }
    .hint = Customers, drawn and answered must not increase in this order; check the columns population and drawn of the frame

bad-weight = The weight cannot be used
    .expected = a number above 0
    .got = { $got }
    .hint = Give the base weight of this interview (1 / selection probability); to leave an interview out use a cleaning rule, not a weight of 0

margin-without-target = { $n } interviews have “{ $category }” in “{ $column }”, which has no target
    .expected = a target above 0 for every category of the margin
    .got = { $category }: { $n } interviews
    .hint = Add the category to the targets of this margin, correct the answers, or exclude these interviews by a cleaning rule; without a target nobody knows what they weigh

margin-category-too-small = “{ $category }” of margin “{ $column }” has a target and { $n } respondents
    .expected = at least { $needed }
    .got = { $n }
    .hint = Merge the category with another one, in the answers and in the targets, or lower weighting.category_base_min if so few may stand for all of them

margin-totals-contradict = The targets of margin “{ $column }” sum to { $total }, but { $first } says { $first_total }
    .expected = { $first_total }, or shares that sum to 1
    .got = { $total }
    .hint = Take all targets from one source and one day, or give shares instead of people

bad-target = The target of “{ $category }” in margin “{ $column }” cannot be used
    .expected = a number from 0
    .got = { $got }
    .hint = Give people or shares without thousands separators or per cent signs

weights-not-converged = The weights do not meet the margins: after { $iterations } iterations “{ $at }” is still off by { $error }%
    .expected = a relative miss of at most { $tolerance }
    .got = { $error }%
    .hint = Margins may contradict each other for these respondents (a combination that nobody has), or bounds may be too narrow: merge categories, drop a margin, or widen lower and upper

weights-negative = Calibration gives { $n } interviews a weight of zero or less, the smallest { $smallest }
    .expected = weights above 0
    .got = { $smallest }
    .hint = Use method = "rake", or "logit" or "bounded-linear" with lower and upper; or merge categories

trim-impossible = The bounds of weighting.trim cannot keep the sum of the weights over { $n } interviews
    .hint = Widen lower and upper, which are multiples of the mean weight

weights-impossible = The weights cannot be made: { $reason }
    .hint = Check [weighting] and its targets

weights-contradict-frame = The weights of stratum “{ $stratum }” do not follow from the frame: their mean is { $mean }, customers ÷ drawn gives { $expected }
    .expected = { $expected }
    .got = { $mean }
    .hint = Check whether the weight column belongs to this frame, or holds weights that were already adjusted; say so in the report if they were

too-many-weights = There are more than { $limit } different base weights
    .hint = There is mostly one base weight a stratum; check that the column holds weights, and round them if need be

too-many-categories = “{ $column }” has more than { $limit } different values
    .hint = This is mostly an id, a time or an open answer and no grouping; use columns such as region or customer type

dispositions-disagree = Complete and partial interviews in the disposition table do not add up to the response file
    .expected = { $expected } (response file)
    .got = { $got } (disposition table)
    .hint = Check that both are of the same wave and cut-off date; the response rate follows the disposition table

no-frame = There is no frame: coverage cannot be checked and no finite population correction is applied
    .hint = Provide a CSV of customers by stratum (the strata columns and population) and name it as frame of the wave

not-probability = Respondents were not drawn at random, or it is not known how; margins of error hold only “as if” they had been
    .hint = State design.method truthfully; draw the next wave at random from the customer list to claim a sampling error

stratum-empty = The stratum “{ $stratum }” has no respondent (customers in the frame: { $population })
    .hint = The result does not speak for this stratum; interview some of them, or report it as not covered

lonely-stratum = The stratum “{ $stratum }” has a single respondent, or a single cluster where clusters were drawn; its sampling error cannot be estimated
    .hint = Join it with a similar stratum or interview more of its customers; design.lonely_psu says what the variance does with it

psu-missing = A respondent without a cluster, though columns.psu says that clusters were drawn
    .expected = the name of a cluster
    .got = an empty cell
    .hint = Fill in the cluster; where everybody was drawn by themselves, leave columns.psu out

psu-in-strata = The cluster “{ $psu }” occurs in { $strata } strata ({ $count } such names); it is read as a cluster of its own in each
    .hint = If it is one and the same cluster, correct the strata; if not, nothing needs to be done

psus-below-sample = The frame counts { $psus } clusters in “{ $stratum }”, but { $sampled } have respondents; no finite population correction is made
    .expected = at least { $sampled }
    .got = { $psus }
    .hint = Correct the column psus of the frame: all clusters of the stratum, drawn or not

variance-routes-differ = The standard errors of “{ $subject }” by linearisation and by jackknife differ by more than { $percent }%
    .expected = about the same
    .got = { $taylor } and { $jackknife }
    .hint = Rely on the larger one; look for few clusters, strata of one cluster, or weights that vary much

## Answers

unknown-label = Answers in the column “{ $column }” that are neither a code nor a label of the scale: { $count }, for example “{ $example }”
    .expected = a code or a label of the scale
    .got = “{ $example }”
    .hint = They get no score and stand in the ledger; if they are proper answers, add them to labels or missing of the scale

out-of-scale = Answers in the column “{ $column }” outside the scale: { $count }, for example “{ $example }”
    .expected = { $min } to { $max }
    .got = “{ $example }”
    .hint = They get no score and stand in the ledger; put codes for “does not apply” or “skipped” (such as -3, 99) into missing of the scale

impossible-date = Times in the column “{ $column }” that do not exist or lie outside fieldwork: { $count }, for example “{ $example }”
    .expected = a date that exists and lies within fieldwork
    .got = “{ $example }”
    .hint = Check field_start and field_end of the wave, and that columns.submitted_format matches the file

bad-duration = Durations in the column “{ $column }” that are not a number of seconds: { $count }, for example “{ $example }”
    .expected = seconds, such as 123 or 123秒
    .hint = Give seconds; these interviews are not checked for answering too fast

too-many-faults =
    { $kind ->
        [out-of-scale] { $share }% of the answers lie outside their scale, { $max }% are allowed (in all { $count }, the first is “{ $example }”)
       *[unknown-label] { $share }% of the answers cannot be recognised, { $max }% are allowed (in all { $count }, the first is “{ $example }”)
    }
    .expected = at most { $max }%
    .got = { $share }%
    .hint =
        { $kind ->
            [out-of-scale] Numbers above max mostly mean a wrong scale: ten-point items need max = 10; codes for “skipped” or “does not apply” (such as -3, 99) belong into missing of the scale
           *[unknown-label] Mostly a column of the wrong question or a scale that lacks answers; check columns and the labels and missing of the scale rather than raise cleaning.faulty_share_max
        }

## More on files, frame and sample

not-a-csv = This is an Excel workbook ({ $kind }), not CSV text
    .expected = CSV text
    .got = an Excel workbook ({ $kind })
    .hint = Open it in Excel, save it as “CSV UTF-8 (Comma delimited)” and name that file instead

not-a-definition = “{ $file }” is not a survey definition (a .toml file)
    .expected = a survey definition such as survey.toml
    .got = { $file }
    .hint = run and check take the path of the definition; the response file is named inside it as responses; surveys/minimal/survey.toml is one to copy

blank-rows = Rows without any text were passed over: { $count }, the first one here
    .hint = They are no interviews; delete empty rows before the export and this note goes away

total-row = The row “{ $stratum }” equals the sum of all other strata ({ $population }): it looks like a total
    .expected = one stratum a row
    .got = a total of { $population }
    .hint = Delete the total from the frame; if there really is such a stratum, check its count

frame-column-ignored = The column “{ $column }” of the frame is not used
    .expected = { $known }
    .got = { $column }
    .hint = The number drawn has to be named drawn, the number of customers population; other columns do no harm

case-code-unknown = The final code “{ $got }” is not defined
    .expected = an AAPOR code (1.1, 2.112 …), a word such as complete, or a code of [cases.codes]; the nearest is { $nearest }
    .hint = Say in [cases.codes] what the code means, for example "S1" = "complete"

case-without-id = This row has no id
    .hint = Every case drawn needs its id, or it cannot be held against the answers

case-repeated = The same id already stands in line { $first }
    .expected = one final code for each id
    .hint = Keep the last code only; the history of contacts does not belong into this file

cases-unbalanced =
    { $what ->
        [drawn] The cases of stratum “{ $stratum }” are not as many as the frame says were drawn
        [no-stratum] The stratum “{ $stratum }” of the cases is not in the frame
        [table] The cases and the disposition table do not agree, in all or by outcome
        [unlisted] Answers came from ids that are not among the cases
        [closed-otherwise] Answers came from ids whose case was closed as something else than an interview
       *[no-answer] Some cases closed as complete or partial have no answers
    }
    .expected = { $wanted }
    .got = { $found }
    .hint = Check that both files are of the same wave, cut-off date and numbering; there is no report while numbers do not add up

stratum-short = The stratum “{ $stratum }” has clearly too few interviews that count: { $n }, about { $target } are wanted
    .expected = at least { $min }% of the target
    .got = { $share }%
    .hint = Interview more there; weighting changes its share, it adds no information

sample-differs-from-frame = The composition of the sample differs significantly from the frame (p = { $p })
    .hint = See the deviations by stratum in the chapter on sample and representativeness; weighting has adjusted for it, the reason still has to be told

required-size-not-reached = Interviews that count: { $n }, fewer than the { $required } that a margin of ±{ $margin } points needs
    .expected = at least { $required }
    .got = { $n }
    .hint = Interview more, or state the margin really reached

no-dispositions = There are no dispositions, so no response rate
    .hint = Write the counts of completes, refusals, non-contacts … as CSV and name it as dispositions of the wave

census-incomplete = The definition says that everybody was asked, but only { $drawn } of { $population } customers were drawn
    .expected = as many drawn as customers
    .got = { $drawn } / { $population }
    .hint = Correct design.method; it is no census

many-excluded = Cleaning excluded { $share }% of the interviews ({ $excluded } of { $received })
    .hint = See in the chapter on data cleaning which rule did it and what it changed; check whether a rule is too strict

identity-missing = Interviews without an identity: { $count }; duplicates among them cannot be found
    .hint = Check the column of columns.respondent; interviews without an identity are never taken for duplicates

too-many-impossible-dates = { $share }% of the submission times do not exist or lie outside fieldwork, { $max }% are allowed (in all { $count }, for example “{ $example }”)
    .expected = at most { $max }%
    .got = { $share }%
    .hint = Mostly field_start and field_end of another wave, or a submitted_format that does not fit; interviews from outside fieldwork belong to no wave

## Estimates

base-too-small = The domain “{ $domain }” has too few respondents to be reported on: { $n }
    .expected = at least { $min }
    .hint = Combine it with a similar domain, or interview more customers there; design.domain_base_min states the smallest base

dimension-unanswered = Nobody answered any item of the dimension “{ $dimension }”; it has no score
    .hint = Check the columns of its items; if this wave did not ask them, say so in the report

item-unanswered = The item “{ $item }” has no valid answer and no score
    .hint = Check its column and scale; if this wave did not ask it, take it out of the dimension

too-few-respondents = There are too few valid respondents ({ $n }) for a standard error or a margin of error
    .expected = at least 2
    .hint = Read the value only, without comparison or verdict; enlarge the next sample

nobody-left = No interview is left after cleaning; there is no result
    .hint = See in the ledger which rule excluded them; mostly the words of the status column or the unit of the duration are wrong

no-variance = Everybody answered the item “{ $item }” alike: it has no correlations and cannot serve the path model
    .hint = Check its column; if it is right, take the item out of the dimension or use weights = "equal"

model-failed =
    { $reason ->
        [no-item-variance] The path model cannot be estimated: everybody answered one item alike
        [no-score-variance] The path model cannot be estimated: the items of a dimension cancel each other out
        [no-signal] The path model cannot be estimated: a dimension is not correlated with its neighbours
        [dependent-predictors] The path model cannot be estimated: the dimensions behind one result are linearly dependent
        [dependent-items] The path model cannot be estimated: items of a dimension with mode B are linearly dependent
        [no-pair] The path model cannot be estimated: too few people answered both of two items
        [not-positive-definite] The path model cannot be estimated: correlations from different people contradict one another
        [no-complete-cases] The path model cannot be estimated: nobody answered every item
        [em-not-converged] The path model cannot be estimated: EM did not settle, too many answers are missing
        [not-converged] The path model cannot be estimated: the iteration did not settle
       *[other] The path model cannot be estimated: { $reason }
    }
    .hint = Look for reversed or repeated items and for too few answers; or use weights = "equal" and say so in the report

weights-undefined = The weights within "{ $of }" cannot be had from the spread of the answers: they do not differ, or an indicator runs against the others
    .hint = Look for reversed items (reversed = true) and repeated ones; or use weights = "equal", "given" or "ahp"

negative-weight = The outer weight of the item “{ $item }” is not positive: the index may leave 0 to 100
    .hint = If it asks the opposite of its neighbours write reversed = true; else take it out of the dimension

replicates-failed = { $failed } of { $total } replicates could not be estimated, so no standard error or margin of error is given
    .hint = Mostly the sample is too small or an item is answered nearly alike by all: enlarge the sample, join small strata, or use weights = "equal"

replicates-dropped =
    { $reason ->
        [no-item-variance] { $count } of { $total } bootstrap replicates were left out: everybody drawn answered “{ $item }” alike
        [not-converged] { $count } of { $total } bootstrap replicates were left out: the path model did not settle in them
        [margins-not-met] { $count } of { $total } bootstrap replicates were left out: their weights cannot be brought to the margins
       *[other] { $count } of { $total } bootstrap replicates were left out: the path model cannot be estimated in them ({ $reason })
    }
    .hint = Standard errors and intervals come from the other replicates; beyond one in twenty none are given

mean-replacement =
    { $method ->
        [pairwise] Each correlation of the path model is that of the people who answered both items
        [listwise] The correlations of the path model are those of the people who answered every item
        [em] Correlations of the path model allow for missing answers by maximum likelihood (EM, normal distribution)
       *[mean] Missing answers stand at their item's mean in the path model
    }
    .hint = Many of them weaken the correlations; mind the number of answers to each item when reading the model

# The words come from the definition: zh in Chinese, en in English.
data-notice = About the data: { $en }

## Certification schemes and quality gates

unknown-scheme = There is no scheme “{ $scheme }”
    .hint = Shipped schemes: { $nearest }; a scheme of your own is named by its file, schemes = ["my-body.toml"]

bad-scheme = The scheme file contradicts itself: { $reason }
    .hint = Mend the scheme file: one with grades has reads = "index" or "scorecard", a method standard without grades "method"; it is in force from a day to a later one. manyidu scheme check reads it by itself

duplicate-scheme = The scheme id “{ $id }” of “{ $file }” is already taken ({ $other })
    .hint = Give your copy an id of its own: manyidu scheme new NEW-ID --from OLD-ID --out FILE.toml; list no scheme twice

scheme-not-in-force = The scheme “{ $scheme }” ({ $document }) was not in force on the survey date { $date }
    .expected = a survey date within { $period }
    .got = { $date }
    .hint = Use the edition in force then: { $instead }; or check field_start and field_end of the waves

scheme-not-in-force-then = The scheme “{ $scheme }” ({ $document }, in force { $period }) was not in force on { $date }; this wave is not read against it

survey-date-unknown = The wave has no dates, so the edition of “{ $scheme }” in force then is not known; the newest is taken: { $edition }
    .hint = State field_start and field_end of this wave

grades-unordered = The cut-off { $min } of grade “{ $grade }” is not above { $below_min } of “{ $below }” before it
    .expected = grades that rise, no two with one cut-off
    .got = { $below } { $below_min }, { $grade } { $min }
    .hint = Put [[grades]] in rising order and mend the min that is repeated or reversed

cutoff-outside-scale = The cut-off { $min } of grade “{ $grade }” lies outside full marks of { $base }
    .expected = 0 to { $base }
    .got = { $min }
    .hint = Mend min, or set scale_base to the full marks of the scheme (100, 110 or 1000)

points-do-not-sum = The points of the parts of “{ $block }” sum to { $sum }, not to { $whole }
    .expected = a sum of { $whole }
    .got = a sum of { $sum }
    .hint = Check points of the clauses: one that does not apply keeps its full points and has 0 in the column applicable

body-incomplete = The cut-off of grade “{ $grade }” is said to be the body's, but [body] lacks { $absent }
    .expected = name, rule, version and date of [body] filled in
    .got = { $absent } absent
    .hint = Fill in [body] from the filed rule; as long as you do not have it, set status back to assumed

unknown-condition = None of the schemes has a condition “{ $condition }”
    .hint = Check the spelling in [declared]; nearest or known conditions: { $nearest }

unknown-clause = The scheme “{ $scheme }” has no clause “{ $clause }”
    .hint = Check the column clause; known clauses: { $nearest }. manyidu scorecard new writes a blank scorecard

duplicate-clause = Clause “{ $clause }” is scored twice: “{ $wider }” on line { $first } holds it already
    .hint = Keep one row a clause, and either a clause or the one that holds it

points-above-maximum = Clause “{ $clause }” has more points than it can have
    .expected = { $max } at most
    .got = { $got }
    .hint = Mend obtained (or applicable, points); a bonus has its own row special-bonuses

clause-without-points = The points of clause “{ $clause }” are not known
    .expected = a number in the column points, or points of the clause in the scheme file
    .got = empty
    .hint = Enter points from the body's scoring rules; the standard does not publish them and the program does not guess

not-all-or-nothing = Clause “{ $clause }” gets all its points or none
    .expected = 0 or { $max }
    .got = { $got }
    .hint = Enter 0 where it is not met; for a clause scored by the share of a sample write proportional in the column scoring

not-scored-on-site = The scheme “{ $scheme }” has nothing that is scored on site, so there is no blank scorecard
    .hint = Name a scheme that is scored on site; manyidu scheme list tells them all

scorecard-without-scheme = It is not known which scheme the scorecard “{ $file }” belongs to
    .hint = List a scheme in schemes that is scored on site; with several write [scorecards], as "gbt27922-2011" = "scorecard.csv". Known: { $schemes }

bad-scorecard = The scorecard row “{ $clause }” cannot be used
    .expected = numbers from 0 in points, applicable, obtained, sampled, conforming; conforming not above sampled; whole numbers of special deductions and bonuses
    .got = { $got }
    .hint = Mend the row; a clause that does not apply has 0 in applicable, one that is not scored yet has obtained empty

assumed-cutoffs = The cut-offs of the scheme “{ $scheme }” are assumed; no rule of a body confirms them
    .hint = Ask the certification body for its filed rule, copy the scheme with manyidu scheme new, fill in [body], correct the cut-offs and set their status to body; do not use the grade in public before

gate-failed =
    { $gate ->
        [respondents_min] There are fewer valid respondents than required
        [response_rate_min] The response rate is below the required one
        [excluded_share_max] A larger share of interviews is excluded than allowed
        [no_empty_stratum] Some strata have no respondent
        [required_size] The sample is smaller than the stated margin of error requires
       *[other] The quality gate “{ $gate }” is not met
    }
    .expected =
        { $gate ->
            [respondents_min] at least { $required }
            [response_rate_min] at least { $required }%
            [excluded_share_max] at most { $required }%
            [no_empty_stratum] no empty stratum
            [required_size] at least { $required }
           *[other] { $required }
        }
    .got =
        { $gate ->
            [respondents_min] { $actual }
            [response_rate_min] { $actual }%
            [excluded_share_max] { $actual }%
            [no_empty_stratum] empty strata: { $actual }
            [required_size] { $actual }
           *[other] { $actual }
        }
    .hint =
        { $gate ->
            [excluded_share_max] See in the ledger which rule excludes most, and check the rule and the data
           *[other] Interview more customers and run again; the gates stand in [gates], do not lower them to pass
        }

## Output

output-unwritable = “{ $file }” cannot be written: { reason-io }
    .hint = Check that the folder exists and is writable and the disk is not full; close its files if they are open in Excel

missing-glyphs = Characters that the embedded font cannot draw ({ $count }): { $characters }
    .hint = They appear as empty boxes in charts; use common characters or remove emoji

## Why reading or writing failed (variants are names of std::io::ErrorKind; referred to by messages above)

reason-io =
    { $reason ->
        [NotFound] there is no such file or folder
        [PermissionDenied] permission denied
        [IsADirectory] this is a folder, not a file
        [NotADirectory] a part of the path is not a folder
        [AlreadyExists] it exists already
        [StorageFull] the disk is full
       *[other] { $reason }
    }

## Roles of dimensions in the satisfaction model (GB/T 19038-2009)

role-image = Brand image
role-expectation = Expected quality
role-quality = Perceived quality
role-value = Perceived value
role-satisfaction = Customer satisfaction
role-complaints = Customer complaints
role-loyalty = Customer loyalty
role-other = Other

## Cleaning rules

rule-unfinished = Not finished
    .reason = The status column says that the interview was not completed; it speaks for a part of the questions only.

rule-quality = Screen of answer quality
    .reason = left out by the indices of [quality]
rule-duplicate = Same respondent twice
    .reason = The respondent has more than one interview; only one counts, or one person's opinion would count several times.

rule-required = Too few answers
    .reason = Too few items are answered, or a required one is not, to stand for the respondent's opinion.

rule-faulty = Faulty answers
    .reason = More answers lie outside their scales than one interview may hold; they get no score, and the definition says whether the others count.

rule-attention = Attention question failed
    .reason = A question with a known right answer was answered otherwise, so the questions were not read with care.

rule-too-fast = Answered too fast
    .reason = Answering took less time than reading the questions does.

rule-straight-line = Same answer throughout
    .reason = The same answer was given to a long run of items, which tells nothing apart.

## Why there is no score

missing-no-answer = No answer
missing-not-asked = Not asked
missing-dont-know = Don't know
missing-refused = Refused
missing-not-applicable = Not applicable
missing-invalid = Invalid answer

## Modes

mode-web = Web questionnaire
mode-phone = Telephone interview
mode-paper = Paper questionnaire
mode-face-to-face = Face-to-face interview
mode-mixed = Mixed modes

## Sampling methods

method-stratified = Stratified random sample
method-simple-random = Simple random sample
method-census = Census
method-quota = Quotas were filled: no margin of error
method-opt-in-panel = Opt-in panel: no margin of error
method-convenience = Convenience sample
method-unknown = Unknown

## Where item weights come from

weights-equal = Equal
weights-given = Given in advance
weights-stated-importance = Importance stated by respondents
weights-pls = Estimated by partial least squares (PLS) path modelling
weights-ahp = Pairwise judgements (analytic hierarchy process)
weights-entropy = Entropy
weights-critic = CRITIC
weights-principal-component = First principal component

## Command line

run-done = Report written to { $path }
run-gate-failed = Quality gates not met: { $count }; report written to { $path } (exit code 1)
check-fine = Definition and files are fine; waves: { $waves }, interviews received: { $received }, counted after cleaning: { $counted }, excluded: { $excluded }
run-headline = { $wave }: { $value }; received { $received }, counted after cleaning { $counted }
check-problems = Check finished; errors: { $errors }, warnings: { $warnings }
simulate-done = Simulated interviews: { $rows }, written to { $path }
bug-notice = This is a fault of the program, not of your data or definition. Please report the text above and the command used to the maintainers, without any respondent's data (exit code 70)
progress-reading = Reading responses
progress-estimating = Estimating
progress-writing = Writing the report
scheme-written = Scheme written to { $path }; fill in [body], correct the values, then manyidu scheme check { $path }
scheme-fine = The scheme is fine: { $scheme }, grades: { $grades }, assumed values: { $assumed }{ $provisional }
scheme-provisional-yes = ; cut-offs are provisional
scheme-provisional-no = {""}
scheme-assumed = assumed { $path }: { $value } ({ $source })
scorecard-written = Blank scorecard written to { $path }: clauses: { $clauses }, pre-filled with survey evidence: { $evidenced }; points are for the auditor to enter
evidence-index = Survey “{ $survey }” { $wave }: satisfaction index { $value }{ $interval }, n = { $n }; see assessment.json
evidence-complaints = Survey “{ $survey }” { $wave }: { $dimension } { $value }{ $interval }, n = { $n }; see assessment.json
evidence-fieldwork = Survey “{ $survey }” { $wave }: { $method }, { $received } received, { $n } counted, response rate { $rate }; see assessment.json, ledger.csv
evidence-priorities = Survey “{ $survey }” { $wave }: to be improved first: { $names }; see assessment.json
evidence-interval = { " " }(interval { $low } to { $high })

## Certificate and sites

bad-certificate =
    { $reason ->
        [window] A surveillance window of { $got } days is longer than the { $limit } days between two dates
        [lead] Applying for recertification { $got } months before the end is no shorter than the validity
        [backwards] The validity ends on { $got }, which is not after the day of issue, { $limit }
        [no-validity] The scheme “{ $got }” states no validity and no interval of surveillance
        [out-of-range] A date that follows from the day of issue { $got } lies beyond the calendar
        [date] There is no such day: “{ $got }”
        [scheme] The scheme of the certificate, “{ $got }”, is not among schemes
        [grade] The scheme has no grade “{ $got }”
       *[other] The dates of the certificate contradict each other: { $reason }
    }
    .expected =
        { $reason ->
            [window] at most { $limit } days
            [lead] fewer months than those of validity
            [backwards] after { $limit }
            [no-validity] months of validity and between visits
            [date] YYYY-MM-DD, a day of the calendar
            [scheme] { $limit }
            [grade] { $limit }
           *[other] a date within the calendar
        }
    .got = { $got }
    .hint =
        { $reason ->
            [window] Shorten surveillance_window_days; the window lies before the due date and cannot open before the visit before it is due
            [lead] Mend reapplication_months by the body's rule
            [backwards] Mend issued and valid_until by what the certificate says
            [date] Mend the date by what the certificate says, written like 2025-09-30
            [scheme] Write it as in schemes, or add the scheme there
            [grade] Write an id of the [[grades]] of the scheme, or leave it out
            [no-validity] State validity_months and surveillance_months in [certificate], or add [validity] to the scheme
           *[other] Mend the dates and months in [certificate] by what the certificate says
        }

sites-not-a-domain = The column of the sites, “{ $column }”, is not among columns.domains, so there are no results by site
    .expected = { $nearest }
    .got = { $column }
    .hint = Add the column to columns.domains, or name one of those in [sites]

site-not-listed = Site “{ $site }” has { $n } interviews, and the list of sites does not have it
    .expected = a list of all sites
    .got = { $site }
    .hint = Add the site to the list, or mend its name in the answers; a site that is not listed is never drawn

bad-record =
    { $reason ->
        [date] There is no such day: “{ $got }”
        [item] It is not stated what is to be done
        [wave] The definition has no wave “{ $got }”
        [quantity] The definition has no dimension or item “{ $got }”
        [plan-kind] There is no kind of planned work “{ $got }”
       *[other] This row cannot be used: { $reason }
    }
    .expected =
        { $reason ->
            [date] YYYY-MM-DD, for example 2026-03-31; blank in closed while it is open
            [wave] { $nearest }
            [quantity] { $nearest }
            [plan-kind] { $nearest }
           *[other] a text
        }
    .got = { $got }
    .hint =
        { $reason ->
            [date] Mend the date; set the column to Text in Excel first, so that saving does not change its form
            [wave] Use an id of [[waves]], or leave it blank
            [quantity] Write index, or the id of a dimension or an item, or leave it blank
            [plan-kind] Write other for work that is no piece of evidence
           *[other] Fill it in, or remove the row
        }

calendar-issued = Issue
calendar-surveillance = Surveillance visit { $number }
calendar-reapplication = Last day to apply for recertification
calendar-expiry = End of validity

evidence-survey-done = Record of the year's survey
evidence-questionnaire-updated = Questionnaire updated or reviewed
evidence-frame = Frame of the sample
evidence-draw-record = Record of the draw (list, method, seed)
evidence-dispositions = Dispositions (for the response rate)
evidence-trend = Results against the wave before
evidence-actions-closed = Improvement actions closed with proof
evidence-call-back-log = Record of call-backs
evidence-complaint-statistics = Complaint statistics
evidence-internal-audit = Internal audit
evidence-management-review = Minutes of the management review
evidence-scope-and-mark = Scope of the certificate and use of the mark

holding-held = held
holding-missing = missing
holding-not-available = not available

fact-survey-held = fieldwork of wave “{ $wave }” ended on { $date }, within { $months } months before { $visit }
fact-survey-missing = no survey ended between { $from } and { $until }; the newest, “{ $wave }”, ended on { $date }
fact-survey-undated = no wave states field_end, so it cannot be seen when the survey was done
fact-no-wave = no survey falls into the period, so there is nothing to see
fact-questionnaire-log = entries of the change log in the period: { $count }; the last, of { $date }: { $change }
fact-questionnaire-changed = questionnaire version { $before } became { $after }
fact-questionnaire-same = the questionnaire is still version { $version }, and no change or review is recorded in the period
fact-questionnaire-no-entry = the change log has no entry in the period
fact-questionnaire-unstated = no version of the questionnaire is stated, and there is no change log
fact-frame = frame of wave “{ $wave }”: { $file }
fact-dispositions = dispositions of wave “{ $wave }”: { $file }
fact-no-file = wave “{ $wave }” has no such file
fact-trend-held = waves { $from } and { $to } can be compared
fact-trend-first = “{ $wave }” is the first wave; there is nothing to compare it with
fact-actions-held = actions due: { $count }, all closed with proof; { $fresh } of them in this period
fact-actions-open = actions due: { $count }, not closed: { $open } ({ $names })
fact-actions-unproven = actions due: { $count }, without proof: { $unproven } ({ $names })
fact-actions-none = no action fell due or was closed between { $from } and { $until }
fact-actions-no-file = the definition names no file of actions
fact-outside = neither the survey nor the plan of the year shows it; the management system has to provide it

calendar-head = Certificate calendar: { $title }
calendar-range = Issued { $issued }, valid until { $until }
calendar-row = { $from } to { $until }  { $event }
calendar-day = { $until }  { $event }
calendar-no-lead = reapplication_months is not stated: the body's rule says by when to apply for recertification
calendar-written = Calendar written to { $path }
sites-head = { $count } sites by “{ $what }” ({ $file }); { $visit } sees { $size }: ⌈{ $multiple } × √{ $count }⌉ (assumed; the body's rule decides)
sites-frame = Digest of the list (SHA-256; names in byte order, each ended by a line feed): { $digest }
sites-seed = Seed: { $seed }
sites-rule = key = SHA-256(digest of the list|seed|name); the { $size } smallest keys are drawn; the reserve replaces, in its order, a site that cannot be visited
sites-drawn = drawn
sites-reserve = reserve
sites-visit-initial = the initial audit
sites-visit-surveillance = a surveillance visit
sites-visit-recertification = recertification
sites-written = Draw written to { $path }
sites-agree = Agrees with the recomputed draw: { $path }
sites-differ = Does not agree with the recomputed draw: { $path } (also when the list, the seed or the visit is another than it was)
sites-extra = extra (not drawn): { $names }
sites-missing = missing (drawn): { $names }
sites-repeated = repeated: { $names }
sites-other-key = other key than the recomputed one: { $names }

rule-quality-longstring = Longest run of one answer
    .reason = The same answer in an unbroken run over most of the items.

rule-quality-variability = Spread of answers (IRV)
    .reason = The answers of one respondent differ far less, or far more, than those of the others.

rule-quality-even-odd = Even–odd consistency
    .reason = The two halves of the dimensions contradict each other (high is inconsistent).

rule-quality-mahalanobis = Mahalanobis distance
    .reason = The whole pattern of answers is far from that of the others (as a normal deviate).

rule-quality-synonyms = Psychometric synonyms
    .reason = Items that people answer alike were answered differently.

rule-quality-antonyms = Psychometric antonyms
    .reason = Items that people answer contrarily were answered alike.

rule-quality-person-total = Person-total correlation
    .reason = The answers do not follow the pattern of everybody else's.

rule-quality-percent-match = Maximum percent match
    .reason = Another interview has nearly the same answers, and that is rare among those equally content.

rule-quality-burst = Crowd of submissions
    .reason = Submitted with more others in a short time than the hour around explains.

rule-quality-shared-ip = Shared IP address
    .reason = Several interviews from one IP address.

rule-quality-shared-device = Shared device
    .reason = Several interviews from one device.

quality-flagged = { $flagged } of { $screened } interviews are flagged by the forensics of response quality, { $several } of them by two or more kinds of evidence
    .hint = Look at the lines in quality.csv, those with several flags first; a flag alone is no reason to leave an interview out.

## Sample and draw

frame-too-long = The frame has more than { $max } rows
    .hint = Split it by region or year and draw from each part

blank-unit-id = A row of the frame has no id
    .expected = an id of its own for every unit
    .got = blank
    .hint = Enter the id or delete the row; a customer number will do, it need not be a telephone number

repeated-unit-id = An id stands in the frame twice (first on line { $first })
    .expected = every id once
    .hint = A customer may have one chance of being drawn: merge the rows

broken-unit-cell = A sealed cell holds a tab or a line break
    .expected = text on one line
    .hint = The sealed form parts columns by tabs and rows by line feeds; remove these characters before exporting

bad-unit-size = A size is no number from 0
    .expected = a number without thousands separators
    .got = { $got }
    .hint = Correct the size column; units that cannot be drawn have 0

blank-cluster = A row of the frame has no cluster
    .expected = a cluster for every unit
    .got = blank
    .hint = Enter the name of the cluster; leave --cluster out where there are none

bad-plan =
    { $reason ->
        [missing-option] The plan does not hold: { $option } is missing
        [no-index] The plan does not hold: the latest wave of { $option } has no index
        [power] The plan does not hold: the power must lie between 0 and 1
        [margin] The plan does not hold: the margin must be above 0, and below 1 for a share
        [sd] The plan does not hold: the standard deviation must be positive
        [level] The plan does not hold: the confidence level must lie between 0 and 1
        [proportion] The plan does not hold: the expected share must lie between 0 and 1
        [design-effect] The plan does not hold: the design effect must be positive
        [response] The plan does not hold: the expected response rate must be above 0 and at most 1
        [population] The plan does not hold: the population must hold somebody
        [interviews] The plan does not hold: the number of interviews must be at least 1 and at most the population
        [too-large] The plan does not hold: more interviews are needed than can be counted
        [no-strata] The plan does not hold: no stratum has a unit
        [no-variation] The plan does not hold: every stratum has a standard deviation of 0
        [stratum-sd] The plan does not hold: stratum “{ $stratum }” has no usable standard deviation (column sd)
        [stratum-cost] The plan does not hold: stratum “{ $stratum }” has no usable cost (column cost)
        [more-than-units] The plan does not hold: { $wanted } are wanted, all strata hold { $units }
        [minimum-too-large] The plan does not hold: the minimum of every stratum adds up to { $units }, the sample is { $wanted }
       *[other] The plan does not hold: { $reason }
    }
    .hint =
        { $reason ->
            [missing-option] Give { $option }; --help shows the usage
            [no-index] Give --truth and --sd instead
            [power] For example --power 0.8
            [margin] For example --margin 0.05 for plus or minus 5 percentage points
            [sd] For example --sd 18
            [level] For example --level 0.95
            [proportion] Where nothing is known, --p 0.5 needs the most interviews
            [design-effect] 1 for a simple random sample
            [response] For example --response 0.4
            [population] Look at --population or the frame
            [interviews] Look at --n, --population and the frame
            [too-large] Widen the margin
            [no-strata] Look at the frame and --strata
            [no-variation] Use --allocate proportional
            [stratum-sd] Fill in the column sd, or use --allocate proportional
            [stratum-cost] Fill in the column cost, or use --allocate neyman
            [more-than-units] Ask for fewer
            [minimum-too-large] Lower --minimum or raise the sample
           *[other] --help shows the usage
        }

bad-design =
    { $reason ->
        [no-strata] The design does not hold: no stratum has a unit
        [no-variation] The design does not hold: every stratum has a standard deviation of 0
        [more-than-units] The design does not hold: { $wanted } are wanted, all strata hold { $units }
        [minimum-too-large] The design does not hold: the minimum of every stratum adds up to { $units }, the sample is { $wanted }
        [no-size] The design does not hold: selection by size needs a column of sizes
        [no-sort] The design does not hold: systematic selection needs columns to sort by
        [no-number] The design does not hold: no number is given for stratum “{ $stratum }”
        [unknown-stratum] The design does not hold: the frame has no stratum “{ $stratum }”
        [other-strata] The design does not hold: frame and design differ on stratum “{ $stratum }”
        [too-few] The design does not hold: { $wanted } of stratum “{ $stratum }” are wanted, { $units } can be drawn
        [split-cluster] The design does not hold: cluster “{ $stratum }” lies in two strata
        [none-accepted] The design does not hold: no sample was accepted in { $units } attempts for stratum “{ $stratum }” (Sampford)
       *[other] The design does not hold: { $reason }
    }
    .hint =
        { $reason ->
            [no-strata] Look at the frame and --strata
            [no-variation] Use --allocate proportional
            [more-than-units] Ask for fewer
            [minimum-too-large] Lower --minimum or raise the sample
            [no-size] Name it with --size-by; clusters are as large as the number of their units
            [no-sort] Name them with --sort, such as region and date of registration
            [no-number] Add the stratum to the allocation
            [unknown-stratum] Correct its name in the allocation; names of several columns are joined by “·”
            [other-strata] Use the frame as it was sealed
            [too-few] Lower the number of this stratum
            [split-cluster] Give the cluster to one stratum, or leave --strata out
            [none-accepted] Use --method pps, or make a stratum of the certain units
           *[other] --help shows the usage
        }

bad-draw-list = This row of the list of drawn units cannot be used
    .expected = role main or reserve, order a whole number
    .got = role { $role }, order { $order }
    .hint = Use the file that manyidu sample draw --list wrote and leave these columns as they are

bad-draw-record = No usable draw record: { $reason }
    .expected = { $expected }
    .hint = Use the JSON file that manyidu sample draw wrote; manyidu schema draw-record prints its format

frame-not-sealed = The frame is not the one that was sealed: its digest is another ({ $buckets } of { $of } buckets changed)
    .expected = { $sealed }
    .got = { $got }
    .hint = Draw from the frame as it was sealed; manyidu sample verify --old-frame names the rows that changed

seed-before-frame = The seed was known before the frame was sealed
    .expected = a seed that became known no earlier than { $sealed }
    .got = { $date }
    .hint = Take a public number that came up after the sealing as the seed

seed-not-committed = Frame, design and seed came together: nothing shows that the seed was not chosen for its result
    .hint = Write a commitment with --commit and file it with the auditor, then draw with --committed and a seed that comes up later

draw-not-kept = What came back does not keep to the draw record. Answered with no: { $question ->
        [seed-after-frame] { draw-question-seed-after-frame }
        [frame-unchanged] { draw-question-frame-unchanged }
        [draw-repeats] { draw-question-draw-repeats }
        [list-is-the-sample] { draw-question-list-is-the-sample }
        [respondents-drawn] { draw-question-respondents-drawn }
        [respondents-in-frame] { draw-question-respondents-in-frame }
        [substitutes-needed] { draw-question-substitutes-needed }
        [substitutes-in-order] { draw-question-substitutes-in-order }
        [cases-drawn] { draw-question-cases-drawn }
        [drawn-have-cases] { draw-question-drawn-have-cases }
       *[other] { $question }
    } ({ $count })
    .hint = manyidu sample verify shows which lines

draw-not-verified = The draw record could not be verified: { $question ->
        [seed-after-frame] { draw-question-seed-after-frame }
        [frame-unchanged] { draw-question-frame-unchanged }
        [draw-repeats] { draw-question-draw-repeats }
        [list-is-the-sample] { draw-question-list-is-the-sample }
        [respondents-drawn] { draw-question-respondents-drawn }
        [respondents-in-frame] { draw-question-respondents-in-frame }
        [substitutes-needed] { draw-question-substitutes-needed }
        [substitutes-in-order] { draw-question-substitutes-in-order }
        [cases-drawn] { draw-question-cases-drawn }
        [drawn-have-cases] { draw-question-drawn-have-cases }
       *[other] { $question }
    }
    .hint = Put the frame of that time beside the draw record, or name it in [[waves]] as frame_list

draw-question-seed-after-frame = Were frame and design sealed before the seed was known?
draw-question-frame-unchanged = Is the frame still the sealed one?
draw-question-draw-repeats = Does drawing again give the same sample?
draw-question-list-is-the-sample = Is the list of drawn units that sample?
draw-question-respondents-drawn = Was every respondent drawn, or in the reserve?
draw-question-respondents-in-frame = Do all respondents stand in the frame?
draw-question-substitutes-needed = Were no more substitutes used than units are missing?
draw-question-substitutes-in-order = Were substitutes used in their order?

allocation-proportional = proportional
allocation-neyman = Neyman
allocation-cost-optimal = cost-optimal
allocation-equal = equal
plan-unlimited = unlimited
plan-head = { $interviews } interviews, { $invitations } invitations (expected response { $response } %, population { $population }, level { $level } %, design effect { $deff })
plan-steps = Steps: simple random { $simple } → design effect { $deff } → finite population { $population } → invited { $invited }; rounded up once, at the end
plan-unreachable = The population does not hold that many to invite: widen the margin or raise the response rate
plan-allocation = Spread over the strata ({ $rule }; whole numbers by the largest remainder, adding up exactly):
plan-column-stratum = Stratum
plan-column-population = Customers
plan-column-exact = Exact
plan-column-interviews = Interviews
plan-column-invitations = Invitations
plan-anticipated = Anticipated standard error of the stratified mean: { $se }
plan-decides = What this number can decide:
plan-sd-stated = {"  "}Standard deviation of single values: { $sd } points (stated)
plan-sd-assessment = {"  "}Standard deviation of single values: { $sd } points (from the error of the earlier wave, design effect included)
plan-sd-assumed = {"  "}Standard deviation of single values: { $sd } points (assumed: implied by the ±2 at 250 interviews that EPSI publishes; give your own by --sd or --assessment)
plan-half-width = {"  "}Half width of the index: ±{ $index } points; of a share near one half: ±{ $share } percentage points
plan-change = {"  "}Against the wave before ({ $before } interviews): an observed change is significant from { $observed } points on; a true one is found with { $power } % chance from { $found } points on
plan-distance = {"  "}The true index has to be { $distance } points from a line for a clear answer with { $power } % chance
plan-no-truth = {"  "}Give a supposed true index by --truth or --assessment to see the chances of each line
plan-lines = With a true index of { $truth }, the chances of a clear answer on each line (interviews needed for { $power } %):
plan-column-scheme = Scheme
plan-column-grade = Grade
plan-column-line = Line
plan-column-above = Clearly met
plan-column-below = Clearly not met
plan-column-unclear = Cannot tell
plan-column-needed = Interviews needed
plan-written = Allocation written to { $path }
draw-frame = Frame of { $units } rows; sealed columns: { $columns }; digest (SHA-256): { $digest }
draw-seed = Seed: { $seed }
draw-design = Design: { $selection }, { $size } in all
draw-design-clusters = Design: clusters by { $selection }, { $size } clusters in all, all of their units
draw-design-two-stage = Design: two stages, clusters by { $selection }, { $size } clusters in all, { $units } units of each
selection-simple-random = simple random (smallest keys)
selection-systematic = systematic
selection-pps-systematic = systematic by size (PPS)
selection-sampford = by size (Sampford)
draw-column-stratum = Stratum
draw-column-elements = In the frame
draw-column-drawn = Drawn
draw-column-reserve = Reserve
draw-committed = List and design sealed in { $path } (SHA-256: { $digest }). File it with the auditor first; draw with --committed once the seed is known.
draw-result = { $main } drawn, { $reserve } in reserve; base weights { $least } to { $most }; digest of the sample: { $digest }
draw-record-written = Draw record (without ids) written to { $path }
draw-list-written = List of drawn units (with ids, keep it safe) written to { $path }
draw-not-written = Give --out to write the draw record and --list to write the drawn units
verify-head = Draw record (SHA-256 { $record }): frame of { $units } rows, digest { $digest }; seed { $seed }; { $main } drawn, { $reserve } in reserve
holding-holds = yes
holding-does-not-hold = NO
holding-cannot-tell = cannot tell
verify-check = {"  ["}{ $holding }] { $question }
verify-check-count = {"  ["}{ $holding }] { $question } { $count } against it
verify-rows-changed = {"  "}Rows that changed against the old frame: { $count }
verify-narrowed = {"  "}The change lies within { $buckets } of { $of } buckets, { $rows } rows of the frame as it is now; --old-frame names the rows
verify-respondents = { $respondents } respondents: { $main } of the sample, { $reserve } of the reserve, { $strangers } of neither; { $missing } of the sample without a response; { $repeated } repeated responses, { $blank } without an id
verify-holds = Verdict: nothing contradicts the draw record
verify-does-not-hold = Verdict: something contradicts the draw record (exit code 1)
line-of-frame = frame
line-of-old-frame = old frame
line-of-list = list
line-of-responses = responses
evidence-head = No draw record, only evidence: the places of { $n } units in a frame of { $frame } rows
evidence-outside = {"  "}{ $count } are not in the frame
evidence-in-order = {"  "}The list is in the order of the frame, so its order says nothing; tests of order are left out
evidence-column-test = Test
evidence-column-statistic = Statistic
evidence-column-p = p
evidence-column-holm = p (Holm)
evidence-frame-positions = Even places (KS)
evidence-frame-deciles = Ten parts (χ²)
evidence-frame-ends = Nearer to one end (rank sum)
evidence-greatest-gap = Greatest gap
evidence-runs-up-and-down = Runs up and down
evidence-runs-of-halves = Runs of the two halves
evidence-serial-correlation = Serial correlation
evidence-stratum = Stratum (exact hypergeometric)
evidence-consistent = Verdict: consistent with chance at { $level } %. That does not prove that it was drawn by chance; only a sealed frame and a draw record do.
evidence-not-consistent = Verdict: not consistent with chance at { $level } %: a simple random sample would hardly look like this (exit code 1). A stratified or systematic one may.
evidence-not-tested = Verdict: too few units for any test
