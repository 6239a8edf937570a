### Manyidu: every sentence of the reports (English).
### Keys and arguments are those of the same file in locales/zh-CN. All arguments are text; they cannot select variants by number.

## Throughout

report-kind-report = Customer satisfaction report
report-kind-sampling = Validation of sampling and representativeness
report-summary = Summary
report-contents = Contents
report-comma = { ", " }
report-semicolon = { "; " }
report-sentence-gap = { " " }
report-range = { $low }{ "\u00A0" }to{ "\u00A0" }{ $high }
report-index = Satisfaction index
report-no-interval = no interval can be given
report-no-score = no score
report-this-wave = this wave
report-caveat-not-probability = Respondents were not selected at random, or the method is unknown: intervals, probabilities and significance hold only as if this were a random sample
report-no-waves = There is no wave
report-colophon = Made by { $name } { $version }. The same input gives the same report, byte for byte; every number is taken from assessment.json.

report-base = interviews that count { $n } (fewer in rows with missing answers) · { $weighting } · confidence level { $level } · { $wave }
report-base-weighted = weighted
report-base-equal = unweighted (all interviews weigh the same)
report-base-counts = interviews that count n = { $n } ({ $received } received) · unweighted counts · { $wave }
report-base-coverage = interviews that count n = { $n } ({ $received } received) · unweighted counts · confidence level { $level } · { $wave }
report-base-received = interviews received { $received } · unweighted counts · { $wave }
report-base-outcomes = cases drawn { $drawn } · unweighted counts · { $wave }
report-base-wave = { $wave }: { $n }
report-base-waves = interviews that count: { $waves } (fewer in rows with missing answers) · { $weighting } · confidence level { $level }
report-base-comparison = n of the index: { $from }: { $before }, { $to }: { $after } · each wave with its own weights · confidence level { $level }
report-base-scorecard = points of the scorecard { $points } · scored on site, no sampling error · { $wave }
report-base-files = digests are those of the original bytes

## Summary

report-index-of-wave = Satisfaction index ({ $wave })
report-index-interval = { $level } confidence interval { $interval }
report-readings-title = Read against schemes
report-change-title = Against earlier waves
report-stands-out = What stands out
report-provisional = Provisional: cut-offs assumed
report-provisional-running = Grade lines provisional: no rule of a body confirms them
report-provisional-long = Provisional: the cut-offs below are assumed; no body's rule confirms them. Do not use this reading in public before the body's filed rule has been obtained and entered in the scheme.
report-reading-met = Meets the numeric line of { $grade }, { $line }: the interval { $interval } lies at or above it
report-reading-not-met = Does not reach the numeric line of { $grade }, { $line }: the interval { $interval } lies below it
report-reading-cannot-tell = Whether it meets the numeric line of { $grade } cannot be told: the interval { $interval } straddles { $line } (one-sided p for “at least { $line }”: { $probability })
report-reading-no-interval = Whether it meets the numeric line of { $grade }, { $line }, cannot be told: the index has no interval
report-reading-points-met = The scorecard's { $points } points meet the numeric line of { $grade }, { $line }
report-reading-points-not-met = The scorecard's { $points } points do not reach the numeric line of { $grade }, { $line }
report-reading-no-scorecard = This scheme is scored on site; a survey index cannot be turned into its points. There is no scorecard, so there is no reading
report-reading-no-index = There is no index, so there is no reading

report-named-score = { $name } { $score } ({ $interval }, n = { $n })
report-extremes = By point estimate, highest dimension: { $highest }; lowest: { $lowest }; where intervals overlap the order cannot be told
report-first-priority-total-effect = To improve first: { $name }. One point more of it goes with { $importance } points of the index; it scores { $score }, below the mean of { $mean } over the dimensions of the map
report-first-priority-stated = To improve first: { $name }. Its stated importance is { $importance }, above the mean; it scores { $score }, below the mean of { $mean } over all items
report-important-total-effect = By point estimate no dimension is both important and below the mean (those whose intervals cross a line cannot be ruled out). Most strongly tied to the index in the model is { $name }: one point more of it goes with { $importance } points of the index, which proves no cause; it scores { $score }, the mean over the dimensions of the map is { $mean }
report-important-stated = No item is both important and below the mean. Stated to matter most is { $name } (importance { $importance }); it scores { $score }, the mean over all items is { $mean }
report-warnings-count = { $gates ->
        [none] Over all waves: warnings { $warnings }; see the chapter on reservations
       *[some] Over all waves: warnings { $warnings }, quality gates not met { $gates }; see the chapter on reservations
    }

## Chapters

report-chapter-results = Results
report-chapter-trend = Changes between waves
report-chapter-priorities = What to improve first
report-chapter-sample = Sample and representativeness
report-chapter-cleaning = Cleaning
report-chapter-quality = Response quality
report-chapter-weights = Weights
report-chapter-model = Model
report-chapter-determination = Reading against schemes
report-chapter-domains = Groups
report-chapter-reservations = Reservations
report-chapter-provenance = Provenance and recomputing

## Columns

report-column-dimension = Dimension
report-column-item = Item
report-column-quantity = Quantity
report-column-subject = Subject
report-column-wave = Wave
report-column-group = Group
report-column-index = Index
report-column-score = Score
report-column-se = SE
report-column-interval = { $level } interval
report-column-n = n
report-column-df = df
report-column-method = Variance by
report-column-items = Items
report-column-alpha = Cronbach's α
report-column-alpha-standardised = Standardised α
report-column-composite = Composite reliability ρc
report-column-ave = AVE
report-column-item-share = Share in dimension
report-column-distribution = Answers, worst to best (%)
report-column-missing = Answers without a score
report-column-before = Before
report-column-after = After
report-column-change = Change (points)
report-column-p = p
report-column-p-holm = p (Holm)
report-column-reading = Reading
report-column-importance = Importance
report-column-importance-interval = { $level } interval of importance
report-column-performance = Score
report-column-quadrant = Quadrant
report-column-stratum = Stratum
report-column-population = Customers
report-column-drawn = Drawn
report-column-received = Received
report-column-population-share = Of customers
report-column-sample-share = Of sample
report-column-target = Target
report-column-achieved = Achieved
report-column-coverage = n ÷ customers
report-column-verdict = Verdict
report-column-test = Test
report-column-statistic = χ²
report-column-expected = Expected
report-column-residual = Standardised residual
report-column-p-exact = p (exact)
report-column-rate = Rate
report-column-share = Value
report-column-remark = Remark
report-column-rule = Rule
report-column-effect = Effect
report-column-hit = Hit
report-column-excluded-first = Excluded by it first
report-column-reference = Reference
report-column-with-exclusions = With exclusions
report-column-without-exclusions = Nobody excluded
report-column-difference = Difference
report-column-gate = Quality gate
report-column-wanted = Required
report-column-got = Found
report-column-step = Step
report-column-weight-sum = Sum of weights
report-column-weight-min = Smallest
report-column-weight-max = Largest
report-column-kish = Kish effect
report-column-n-effective = Effective n
report-column-factor-base = Base weight
report-column-factor-nonresponse = Non-response
report-column-factor-post = Post-stratification
report-column-factor-calibration = Margins and trimming
report-column-weight-cv = CV
report-column-margin-error = Largest miss of a target
report-column-weight-margin = Margin
report-column-weight-category = Category
report-column-target-share = Population
report-column-before-share = Weighted before
report-column-after-share = Weighted after
report-column-weight-final = Final weight
report-column-path = Path
report-column-coefficient = Coefficient
report-column-r2 = R²
report-column-outer-weight = Outer weight
report-column-loading = Loading
report-column-grade = Grade
report-column-line = Line
report-column-margin = Score less line
report-column-probability = One-sided p
report-column-source = Source
report-column-confidence = Confidence
report-column-status = Status
report-column-condition = Condition
report-column-severity = Gravity
report-column-finding = Finding
report-column-place = Place
report-column-hint = What to do
report-column-file-kind = Serves as
report-column-file = File
report-column-bytes = Bytes
report-column-encoding = Encoding
report-column-sha256 = SHA-256

## Facts

report-fact-n = n (index)
report-fact-n-effective = Effective n (index)
report-fact-se = Standard error
report-fact-level = Confidence level
report-fact-method = Selection
report-fact-probability = Probability sample
report-fact-field = Fieldwork
report-fact-population = Customers in the frame
report-fact-drawn = Drawn
report-fact-received = Interviews received
report-fact-counted = Interviews that count
report-fact-questionnaire = Questionnaire version
report-fact-response-rate = Response rate
report-fact-required = Sample size needed
report-fact-excluded = Interviews left out
report-fact-set-aside = Answers set aside
report-fact-wave = Wave
report-fact-scheme = Inner scheme
report-fact-iterations = Iterations
report-fact-last-change = Last change of weights
report-fact-replicates = Replicates
report-fact-replicates-failed = Not estimable
report-fact-document = Document
report-fact-rule = Rule of the body
report-fact-grade-certain = Highest line met by the whole interval
report-fact-grade-possible = Highest line possibly met
report-fact-conditions-met = Other conditions
report-fact-survey-id = Survey
report-fact-population-text = Population
report-fact-sponsor = Sponsor
report-fact-conductor = Carried out by
report-fact-mode = Mode
report-fact-basis = Standards
report-fact-program = Program
report-fact-seed = Seed of the computation (replicates, permutations; not the seed of the draw)
report-fact-item-weights = Item weights
report-fact-schema = Version of the result format

## Figures

report-figure-trend = Satisfaction index over the waves
report-figure-trend-dimensions = Dimensions over the waves
report-figure-dimensions = Scores of the dimensions
report-figure-coverage = Sample and customers compared
report-figure-priorities = Importance and performance
report-figure-of-wave = { $title } ({ $wave })
report-figure-data = Numbers behind the figure
report-figure-data-elsewhere = The numbers of the figure are in the table “{ $table }”.
report-figure-left-out = The figure “{ $figure }” was not drawn: { $reason }
report-figure-reason-empty = there is nothing to draw
report-figure-reason-number = a number lies outside the range of the figure
report-figure-reason-interval = the lower end of an interval lies above its upper end
report-figure-reason-wave = two waves have the same name
report-figure-reason-size = there is too much for one picture
report-figure-reason-drawing = drawing failed
report-figure-note-interval = Thin lines or shading: { $level } confidence interval; n: people who answered (for a dimension, its most answered item).
report-figures-left-out = About the figures
report-axis-score = Score (0–100)
report-axis-share = Share (%)
report-axis-importance-total-effect = Importance: points of the index for one point of the dimension
report-axis-importance-stated = Importance: mean as stated by respondents
report-axis-performance = Performance: score (0–100)
report-legend-sample = Sample
report-legend-population = Customers
report-crosshair = Means
report-line = { $grade } { $line }
report-line-provisional = { $grade } { $line } (provisional)
report-alt-trend = { $title }: { $waves } waves{ $interval ->
    [yes] , with confidence intervals
   *[no] {""}
}.
report-alt-dimensions = { $title }: the index and { $count } dimensions from 0 to 100{ $interval ->
    [yes] , with confidence intervals
   *[no] {""}
}. { $scores }.
report-alt-coverage = { $title }: shares of { $count } strata among respondents and customers, with intervals of the respondents' shares. { $largest }
report-alt-coverage-largest = The largest difference: { $name }, { $sample } of the respondents and { $population } of the customers.
report-alt-priorities = { $title }: { $count } points, importance to the right, score upwards; most important first (importance / score): { $points }.
report-quadrant-first = Improve first
report-quadrant-keep = Keep up
report-quadrant-later = Low priority
report-quadrant-keep-low = Possible overkill

## Chapter: results

report-results-intro = Scores run from 0 to 100: the worst answer throughout gives 0, the best gives 100. The main ones come with standard error, interval and number of people who answered, n (for dimensions and the index that of the most answered item; the table of items has each). “–” means undefined, with the reason under it; it is not a score of 0.
report-table-dimensions = Index and dimensions
report-table-reliability = Reliability and convergent validity of the dimensions
report-table-items = Items: scores and answers
report-is-index = is the satisfaction index
report-share-in-index = { $share } of the index
report-note-effective = Effective n { $n } (Kish effect { $kish }): with unequal weights the sample is as precise as this many equally weighted interviews.
report-single-item = a single item: undefined
report-note-reliability = With gaps at the mean of their item: α from covariances, standardised α from correlations; ρc and AVE from the loadings of the path model, undefined without one.
report-note-distribution = Answers are weighted, with a score only, from the worst option to the best; answers without a score are unweighted counts.
report-scale = scale { $low } to { $high }
report-scale-reversed = scale { $low } to { $high }, reversed; the score is turned so that higher is better
report-missing-count = { $reason } { $n }
report-no-missing = none
report-earlier-results = { $wave }: index and dimensions
report-method-taylor = Taylor linearisation
report-method-delete-one = jackknife, one at a time
report-method-delete-psu = jackknife, one cluster at a time
report-method-delete-group = jackknife by groups
report-method-bootstrap = bootstrap

## Chapter: trend

report-trend-single = There is one wave only, so there is nothing to compare.
report-table-comparison = { $from } → { $to }

## Chapter: priorities

report-priorities-none = Item weights are neither estimated by a path model nor stated by respondents, so there are no importances to hold against.
report-priorities-intro-total-effect = Importance is the total effect in the path model: by how many points the index is expected to rise with one point of the dimension. The model describes association and does not prove cause. Bottom right (important, low score) comes first.
report-priorities-intro-stated = Importance is the mean that respondents gave each item. Bottom right (important, low score) comes first.
report-table-priorities = Importance and score, by quadrant
report-note-priorities = Quadrants meet at the means: importance { $importance }, score { $performance }. A quadrant is told only where no interval of the point crosses them; elsewhere the point estimate stands in small print.

## Chapter: sample

report-sample-not-probability = Limitation: respondents were not selected at random, or the method is unknown. Standard errors, intervals and p-values in this report hold only as if this were a simple random sample; no margin of error can be claimed from them and nothing inferred about all customers.
report-sample-no-frame = Limitation: there is no frame. Whether the sample covers all customers cannot be checked, and there is no finite population correction.
report-sample-no-dispositions = There is no table of dispositions (completes, refusals, non-contacts and so on), so there is no response rate.
report-required-reached = a margin of ±{ $margin } at { $level } needs { $n }; there are { $achieved }, enough; the margin reached is about ±{ $reached }
report-required-missed = a margin of ±{ $margin } at { $level } needs { $n }; there are { $achieved }, too few; the margin reached is about ±{ $reached }
report-table-strata = Customers, drawn and interviews by stratum
report-note-strata = “n ÷ customers” is the share of the customers of the stratum whose interviews count, not how well the frame covers the population; for gaps of the frame see item 5 of the disclosure checklist. “Share sufficient” means at least { $limit } of the target; it does not mean that the stratum by itself is measured well. Under the share of the sample stands its Wilson interval.
report-verdict-pass = share sufficient
report-verdict-short = share short
report-verdict-empty = nobody
report-verdict-not-judged = not judged
report-table-fit = Composition of the sample against the frame
report-table-fit-drawn = Composition of the sample against the numbers drawn (the design fixed these; only response can differ)
report-note-dispositions = Complete { $complete }, partial { $partial }, refusal { $refusal }, non-contact { $noncontact }, other { $other }, unknown eligibility { $unknown }, not eligible { $ineligible }. These are outcomes before cleaning: interviews excluded by cleaning still count as complete; without them { $rate } is { $after }.
report-fit-pearson = Pearson χ²
report-fit-pearson-fpc = Pearson χ², finite population corrected
report-fit-clusters = Rao–Scott F, clusters as drawn
report-note-fit-clusters = Respondents of one cluster are alike, so the variance of each count comes from the clusters. Tests that take respondents for independent draws would find too much and are left out.
report-note-fit-fixed = The design fixes this composition, or too few clusters answered: there is nothing to test.
report-note-fit = Smallest expected count { $expected } (below 5 the p is rough). Dissimilarity { $dissimilarity }: the share of interviews that would have to be in another stratum to match the frame. The test assumes one sampling fraction throughout; where strata were sampled at different rates on purpose, a difference is by design.
report-table-fit-strata = Deviation by stratum
report-note-fit-strata = A positive residual means too many; it is finite population corrected. The exact p is hypergeometric.
report-table-rates = Response and other outcome rates (AAPOR)
report-note-rates = In bold: the response rate that the definition puts first. e is the share of cases of unknown eligibility taken to be eligible.
report-rate-rr1 = completes ÷ (all eligible + all unknown); the lowest
report-rate-rr2 = completes and partials ÷ (all eligible + all unknown)
report-rate-rr3 = completes ÷ (all eligible + e × unknown)
report-rate-rr4 = completes and partials ÷ (all eligible + e × unknown)
report-rate-rr5 = completes ÷ all eligible, without the unknown
report-rate-rr6 = completes and partials ÷ all eligible, without the unknown; the highest
report-rate-e = e = { $e }, as among cases of known eligibility (CASRO)
report-rate-unknown-left-out = leaves out { $cases } cases of unknown eligibility, which is valid only if none of them is eligible
report-rate-coop1 = cooperation: completes ÷ eligible cases contacted
report-rate-coop2 = cooperation: completes and partials ÷ eligible cases contacted
report-rate-coop3 = cooperation: completes ÷ (completes, partials and refusals)
report-rate-coop4 = cooperation: completes and partials ÷ (completes, partials and refusals)
report-rate-ref1 = refusals, denominator of RR1
report-rate-ref2 = refusals, denominator of RR3
report-rate-ref3 = refusals, denominator of RR5
report-rate-con1 = contact, denominator of RR1
report-rate-con2 = contact, denominator of RR3
report-rate-con3 = contact, denominator of RR5
report-earlier-sample = { $wave }: sample and response rates

## Chapter: cleaning

report-cleaning-intro = Cleaning deletes nothing; it decides what counts. Every interview left out or flagged and every answer set aside stands in ledger.csv with its line, its rule and the fact.
report-cleaning-no-rules = The definition has no cleaning rules; every interview counts.
report-table-rules = Cleaning rules
report-effect-excludes = excludes
report-effect-flags = flags only
report-note-rules = An interview can be hit by several rules; it is excluded by the first that says so.
report-table-without = Results with and without exclusions
report-note-without = Difference: with exclusions less without. Where it is large the conclusion depends on the rules, and each should be checked.
report-earlier-cleaning = { $wave }: cleaning
report-table-gates = Quality gates
report-gate =
    { $gate ->
        [respondents_min] Respondents
        [response_rate_min] Response rate
        [excluded_share_max] Largest share left out
        [no_empty_stratum] Strata without a respondent
        [required_size] Sample size needed
       *[other] { $gate }
    }

## Chapter: weights

report-weights-intro = Final weight = base weight × non-response × post-stratification; each factor is kept.
report-weights-column = Base weights come from the weight column of the response file.
report-weights-drawn = Base weights are customers ÷ drawn, by stratum; the non-response factor is drawn ÷ interviews that count.
report-weights-equal = There is neither a number drawn nor a weight column; all base weights are 1.
report-weights-poststratified = Post-stratification brings the weights of each stratum to the customers in the frame.
report-weights-not-poststratified = There is no frame, so there is no post-stratification.
report-weights-margins =
    { $method ->
        [rake] The weights were then raked
       *[other] The weights were then calibrated ({ $method })
    } to the population's distribution of: { $margins }. After { $iterations } iterations the worst category misses its target by { $error }. Unequal weights multiply the variance of a mean by up to { $kish } (Kish); what the margins explain of the answers is taken out of the standard errors.
report-weights-trimmed = Extreme weights were cut to between { $min } and { $max } and the difference given to the others, so that the largest miss of a target is now { $error }.
report-table-margins = Margins before and after
report-note-weights-digest = The digest is the beginning of the SHA-256 of the weights of all cells after the step; whole digests, also of what went into each step, are in assessment.json.
report-table-steps = Weights after each step
report-step =
    { $step ->
        [base] Base weights
        [nonresponse] After non-response
        [poststratification] After post-stratification
        [rake] After raking
        [linear] After linear calibration
        [logit] After logit calibration
        [bounded-linear] After bounded linear calibration
        [trim] After trimming
       *[other] { $step }
    }
report-note-steps = Kish effect = n·Σw² ÷ (Σw)²; effective n = (Σw)² ÷ Σw².
report-table-factors = Factors by stratum (means)
report-whole-sample = whole sample
report-earlier-weights = { $wave }: factors by stratum

## Chapter: model

report-model-intro = Item weights: { $source }.
report-model-none = There is no path model.
report-model-failed = The path model could not be estimated; the chapter on reservations says why.
report-scheme-centroid = centroid (sign of the correlation)
report-scheme-factorial = factorial (correlation)
report-scheme-path = path weighting (regression for antecedents, correlation for outcomes)
report-table-paths = Path coefficients (standardised)
report-note-paths = Standard errors and intervals from replicates, the whole model estimated anew in each. A path is significantly different from 0 where its interval leaves 0 out.
report-table-r2 = Variance explained
report-table-loadings = Outer weights and loadings
report-note-loadings = Outer weights and loadings are those of standardised items; the share is that of the item's score in the dimension's score, 100% in each dimension.

## Chapter: weighting

report-chapter-weighting = Where the weights come from
report-weighting-intro = Weights of the items within their dimension: { $items }. Weights are a choice; what follows says where they come from and by how much another choice would move the index.
report-weighting-tree = Weights of dimensions and groups in the index: { $tree }.
report-index-weights-given = given in the definition (equal where nothing is written)
report-index-weights-ahp = pairwise judgements (analytic hierarchy process)
report-index-weights-critic = CRITIC (spread of the scores times conflict with the others)
report-index-weights-principal-component = first principal component of the scores
report-table-headings = Indicator tree: scores and weights at each level
report-column-heading = Indicator
report-column-share-in-heading = Weight under its heading
report-note-headings = Score of a heading = Σ weight × score of its parts; the weights under one heading sum to 100%.
report-table-judgements = Pairwise judgements and their consistency
report-base-judgements = Judgements are no sample and have no sampling error
report-column-judged = Parts of
report-column-judged-weights = Weights that follow
report-column-judges = Judges
report-column-consistency-ratio = CR together
report-note-judgements = The weights are the principal eigenvector of the matrix of judgements (Saaty 1980); several judges are aggregated by the geometric mean. A consistency ratio CR of at most 0.1 is held acceptable by custom; one or two parts cannot contradict one another and have none.
report-table-choices = The index under other item weights
report-column-item-weights = Item weights from
report-column-difference-from-chosen = Difference from the chosen way (points)
report-column-difference-interval = { $level } interval of the difference
report-choice-chosen = used in this report
report-note-choices = All rows use the same answers; the interval of the difference takes into account that both come from the same respondents, which makes it narrower than that of the index. Entropy, CRITIC and the principal component say where answers differ, not what customers hold important; using them wants a reason. “–” means that these answers do not give such weights.
report-choices-within = Under these { $ways } ways the index lies between { $low } and { $high }, at most { $furthest } points from the way used, which is within its margin of error (±{ $margin } points): the conclusion does not depend on the choice of weights.
report-choices-beyond = Under these { $ways } ways the index lies between { $low } and { $high }, up to { $furthest } points from the way used, which is more than its margin of error (±{ $margin } points): whoever cites the index must say where its weights come from.

## Chapter: service-gap

report-chapter-service-gap = Service quality gaps (SERVQUAL)
report-gap-intro = Gap = perception − expectation, in steps of the scale, reversed items turned first; below zero the expectation is not met. The gap of an element is the mean of the gaps of its items.
report-gap-missed = Of { $total } elements, { $count } certainly miss the expectation (interval wholly below 0); the widest gap: { $name } ({ $gap }).
report-gap-none-missed = No element can be said to miss the expectation (interval wholly below 0).
report-gap-below = Expectation not met
report-gap-above = Above expectation
report-gap-open = Cannot be told (interval contains 0)
report-gap-plain = All elements, equally weighted
report-gap-weighted = All elements, weighted by importance out of 100
report-note-gap = Weighted gap = Σ points × gap of the element ÷ 100 (Parasuraman, Zeithaml and Berry 1988). Standard errors come from replicates and take into account that perception and expectation come from the same respondents.
report-table-gap-elements = Gaps by element
report-table-gap-items = Perception, expectation and gap by item
report-column-element = Element
report-column-points = Importance (of 100)
report-column-gap = Gap
report-column-perceived = Perception (mean)
report-column-expected-mean = Expectation (mean)

## Chapter: determination

report-determination-none = The definition names no scheme, so there is no reading.
report-determination-intro = This says only how the result stands to the numeric lines of a scheme. Whether a grade is awarded is for the body to decide, by its own rule and after an audit. Lines are compared with unrounded values (GB/T 8170, full-value comparison): 94.996 does not meet 95.
report-table-grades = Lines
report-note-grades = Met where the whole interval lies at or above the line, not met where it lies below, cannot be told where it straddles the line; the one-sided p is from the t distribution of the score.
report-note-grades-points = Points are compared with the line as they are; scored on site, they have no sampling error and so no probability.
report-table-conditions = Conditions besides the score
report-note-conditions = “No evidence”: neither the survey nor the records named in the definition show it, and proof has to come from elsewhere; it is never assumed.
report-met = met
report-not-met = not met
report-cannot-tell = cannot be told
report-not-available = no evidence
report-rounding-would-change = rounding to one decimal would change this
report-no-body = not entered yet
report-grade-none = none
report-conditions-all = all met
report-conditions-open = some not met or without evidence
report-confidence-h = high: the document itself, or several independent sources
report-confidence-m = medium: one serious source
report-confidence-l = low: one weak source
report-confidence-inf = inferred
report-confidence-no-source = no source
report-status-fixed = fixed by the document
report-status-assumed = assumed
report-status-body = rule of the body
report-earlier-determination = { $wave }: lines

report-column-condition-proof = Proof
report-column-block = Part
report-column-block-points = Full points
report-column-applicable = Applies
report-column-obtained = Obtained
report-column-open = Not scored
report-column-room = To be gained (total)
report-column-arithmetic = Step
report-column-points-of = Points
report-column-index-effect = Index points for one point
report-column-needed = Points to the line
report-column-needed-certain = Points for the whole interval
report-column-reaches-alone = Enough by itself
report-column-cost = Cost (own unit)
report-column-scheme-path = Place in the scheme
report-column-assumed-value = Assumed value
report-fact-in-force = In force
report-fact-total = Total
report-fact-grade-if-against = Grade that holds if all that cannot be told went against
report-in-force-unknown = not found
report-in-force-from = from { $from }
report-in-force-superseded = { $period }, superseded by { $by }
report-total-both = { $unrounded } before rounding, { $rounded } after; { $compared }
report-compared-full-value = lines are compared with the value before rounding (full-value comparison)
report-compared-rounded = by the body's rule, lines are compared with the value after rounding
report-reading-blank-scorecard = The scorecard is still blank, so there is no reading; a survey index cannot be turned into its points
report-reading-method = This document says how to survey and has no grades; the edition is the one in force on the survey date, and whether its clauses are observed is for an auditor to check
report-reading-deductions-fail = Special deductions: { $count }; { $at } fail the audit whatever the score
report-reading-open-met = Meets the numeric line of { $grade }, { $line }: clauses are not scored yet, and the total of { $range } lies at or above it
report-reading-open-not-met = Does not reach the numeric line of { $grade }, { $line }: clauses are not scored yet, and the total of { $range } lies below it
report-reading-open-cannot-tell = Whether it meets the numeric line of { $grade }, { $line }, cannot be told: clauses are not scored yet, and the total is { $range }
report-base-audit = Scorecard of the audit on site · { $wave }
report-base-scheme = Scheme { $scheme }
report-table-blocks = Scorecard: points by part
report-note-sections = The parts are told beside the index and never added to it; their weights are in the scheme file.
report-table-arithmetic = Scorecard: how the total comes about
report-arithmetic-obtained = Points obtained
report-arithmetic-applicable = Points of the clauses that apply
report-arithmetic-not-applicable = clauses that do not apply, { $points } points, are left out
report-arithmetic-scored = Before deductions and bonus
report-arithmetic-renormalised = obtained ÷ applicable × full marks
report-arithmetic-as-is = not renormalised
report-arithmetic-deductions = Special deductions
report-arithmetic-bonuses = Special bonus
report-arithmetic-count = number: { $count }
report-arithmetic-total = Total
report-arithmetic-open = with nothing and with everything for the clauses that are not scored
report-elements-none = Elements of service quality that the scheme wants covered: { $open }. The definition does not say which dimension stands for which, so this is not checked.
report-elements-some = Elements of service quality and dimensions: { $covered }; elements without a dimension: { $open }.
report-elements-all = Every element of service quality has its dimension: { $covered }.
report-element-covered = { $element } ({ $dimensions })
report-missing-title = Missing:
report-missing-body-rule = The rule of the certification body: name, rule number, version, date and cut-offs. Until it is entered, every grade is a provisional reading
report-missing-index = The satisfaction index
report-missing-interval = The interval of the index: without it nothing can be said of a line for certain
report-missing-scorecard = The scorecard of the audit on site
report-missing-clause-score = Clauses that are not scored yet: { $names }
report-missing-clause-proof = Clauses that are scored without evidence, auditor or date: { $names }
report-missing-condition-proof = Conditions that need proof from elsewhere: { $names }
report-next-index = The next line is { $grade } at { $line }: the index is { $gap } points short. For the whole interval to lie at or above the line, it has to rise by { $certain } points (at the present standard error).
report-next-index-above = The next line is { $grade } at { $line }: the index is { $gap } points above it, but its interval straddles the line. For the whole interval to lie at or above the line, the index may rise by another { $certain } points (at the present standard error), or the sample may grow.
report-next-index-no-interval = The next line is { $grade } at { $line }. The index has no interval, so what would meet the line for certain cannot be computed.
report-next-points = The next line is { $grade } at { $line }: the total is { $gap } points short.
report-next-points-open = The next line is { $grade } at { $line }: clauses are not scored yet; with nothing for them, the total is { $certain } points short.
report-next-failed = The total is not below the line of { $grade }, { $line }, but there are too many special deductions: they have to be corrected first.
report-next-blocks = Parts in which the lost points alone would reach it: { $blocks }.
report-next-no-block = In no single part would the lost points reach it; several have to improve together.
report-settle = Whether { $grade } at { $line } is met: if the score stays where it is, about { $needed } interviews in place of { $n } would take the interval off the line
report-settle-beyond = Whether { $grade } at { $line } is met: if the score stays where it is, about { $needed } interviews would be needed, more than the { $population } customers of the frame; a larger sample alone cannot settle it, a better score can
report-settle-never = Whether { $grade } at { $line } is met: the score lies on the line, so no sample would settle it
report-table-improvements = How to reach { $grade }
report-note-improvements-model = Those that are enough by themselves come first, then by cost (by points where no cost is given). Effects are total effects of the path model, with their intervals in small print: what the model says of these data, not the outcome of an experiment; only the next wave shows what an improvement did. No score exceeds 100.
report-note-improvements-weight = Those that are enough by themselves come first, then by cost (by points where no cost is given). Effects are the weights in the index: so much for one point, everything else as it is. No score exceeds 100.
report-needed-at-least = at least { $low }
report-reaches-yes = yes
report-reaches-no = no (beyond 100)
report-together = No dimension is enough by itself. Several together, the cheapest first:
report-together-step = { $name }: { $points } points, for { $gain } points of the index
report-improvements-items = { $wave }: improving single items
report-table-assumed = Further assumed values
report-assumed-fold = { $wave }: further values of the scheme that no body's rule confirms

## Chapter: domains

report-domains-none = The definition names no groups.
report-domains-intro = Under each score stands its confidence interval. A second table of each column holds each group against all others together (never against the total, which contains it), adjusted for many groups.
report-table-domains = By “{ $column }”
report-small-group = fewer than 30: use with care
report-note-domains = The n of each row is that of the group. Whether groups differ by more than sampling error shows in the intervals, not in the scores alone.
report-earlier-domains = { $wave }: groups

## Chapter: reservations

report-reservations-intro = Everything that the program has to say against the data and results of all waves. Whoever cites a number of this report should cite these as well.
report-reservations-none = There are no reservations.
report-table-findings = All reservations
report-all-waves = all

## Chapter: provenance

report-table-files = Input files
report-file-kind =
    { $kind ->
        [definition] definition
        [responses] responses
        [frame] frame
        [dispositions] dispositions
        [scorecard] scorecard
        [scheme] scheme
        [cases] cases, one by one
        [frame-list] customer list
        [draw] record of the draw
        [draw-list] list of those drawn
        [contacted] list of those contacted
        [clusters] list of clusters
        [targets] known totals for weighting
        [complaints] register of complaints
        [code-frame] code frame
        [coded-answers] coded answers
        [series] values over time
        [benchmarks] other published indices
        [actions] improvement actions
        [plan] plan of the year
        [questionnaire-log] change log of the questionnaire
        [sites] list of sites
       *[other] { $kind }
    }
report-methods = How it was computed
report-formula-score = Item score = (answer − lowest code) ÷ (highest code − lowest code) × 100; reversed items are turned first. Mean scores use the final weights.
report-formula-fornell = Dimension score (Fornell index) = Σ share × mean item score; shares are unstandardised outer weights of the path model times the range of the scale, 1 in all in each dimension. The lowest answers throughout give 0, the highest 100.
report-formula-stated = Dimension score = Σ share × mean item score; shares are proportional to the mean stated importance, 1 in all in each dimension.
report-formula-fixed = Dimension score = Σ share × mean item score; shares are equal or given in the definition, 1 in all in each dimension.
report-formula-spread = Dimension score = Σ share × mean item score; shares follow from how the answers differ (entropy, CRITIC or first principal component), 1 in all in each dimension.
report-formula-composite = Satisfaction index = Σ weight of dimension × dimension score; the weights sum to 1.
report-formula-taylor = Taylor linearisation: the score is written as the linear approximation of a ratio of totals, its variance computed within strata – of respondents, or of the totals of clusters where clusters were drawn – and summed; with a frame and a random sample it is finite population corrected.
report-formula-delete-one = Jackknife, one at a time: each respondent is left out once and weights, shares and model estimated anew; the variance follows from the squared differences to the full sample.
report-formula-delete-psu = Jackknife, one cluster at a time (JKn): each cluster is left out whole once and weights, shares and model estimated anew; the variance follows from the squared differences to the full sample, stratum by stratum.
report-formula-delete-group = Jackknife by groups: respondents (whole clusters, where clusters were drawn) fall into random groups, each group is left out once and weights, shares and model estimated anew (Kott 2001); groups depend on the respondent and the seed, not on the order of the file.
report-formula-bootstrap = Bootstrap: in every replicate respondents are drawn anew with replacement, one fewer than there are in each stratum, those drawn counting so much more (Rao and Wu 1988), and weights, shares and model are estimated anew. The standard error is the standard deviation of the replicates. Draws come from ChaCha8 with the seed as key and the number of the replicate as stream; they depend neither on the order of the file nor on the machine.
report-formula-interval-percentile = Interval of the bootstrap: from the lower to the upper quantile of the replicates (percentile interval), confidence level { $level }.
report-formula-interval-basic = Interval of the bootstrap: the quantiles of the replicates mirrored at the estimate (basic interval), confidence level { $level }.
report-formula-interval-bca = Interval of the bootstrap: quantiles of the replicates, moved for bias and for a standard error that changes with the value (BCa; Efron 1987), confidence level { $level }.
report-formula-interval-studentised = Interval of the bootstrap: quantiles of the replicates' own t statistics, each with a jackknife of 20 groups (studentised interval), confidence level { $level }.
report-formula-interval-t = Interval of the bootstrap: estimate ± t × standard deviation of the replicates, confidence level { $level }.
report-formula-interval = Other intervals: score ± t × standard error, t from Student's distribution with the degrees of freedom in the tables, confidence level { $level }.
report-formula-kish = Effective n after Kish: (Σw)² ÷ Σw².
report-formula-rounding = Nothing is rounded before printing (half away from zero); lines are compared with unrounded values.
report-recompute = How to recompute
report-recompute-run = Obtain the files above, check their SHA-256, and put them where the definition expects them.
report-recompute-verify = Run manyidu run { $definition } with the same version of the program; its assessment.json should equal the one delivered with this report byte for byte.
report-recompute-json = assessment.json holds every number unrounded; ledger.csv holds every interview left out or flagged.

## Chapter: certificate

report-chapter-certificate = Certificate and surveillance
report-certificate-intro = The dates below are counted from the day of issue; whether the certificate still holds is for the reader to see. Of what each visit wants to see, whatever the survey and its records have is named with its fact; “missing” is what they could have and do not, or not yet; “not available” has to come from the management system. What a visit really wants is for the body's rule to say.
report-fact-certificate-scheme = Scheme
report-fact-certificate-number = Number
report-fact-certificate-body = Issued by
report-fact-certificate-issued = Day of issue
report-fact-certificate-until = Valid until
report-fact-certificate-validity = Validity
report-fact-certificate-interval = Surveillance every
report-fact-certificate-lead = Apply for recertification before the end
report-fact-certificate-source = Source of validity and interval
report-fact-certificate-status = Their status
report-months = { $months } months
report-not-stated = not stated
report-table-calendar = Calendar
report-column-event = Event
report-column-from = From
report-column-until = Until
report-column-held = Held
report-column-missing-evidence = Missing
report-column-elsewhere = Not available
report-base-certificate = From the definition and the records beside it · no sampling error
report-note-window = A surveillance visit may take place within { $days } days before it is due (project setting; no source states a window). Periods of months end on the corresponding day, or on the last day of a month without one (Civil Code of the PRC, art. 202).
report-note-no-lead = How long before the end to apply for recertification is not stated; the body's rule says.
report-table-evidence = { $visit } ({ $date }): what is wanted
report-evidence-elsewhere = Every visit wants the following as well. Neither the survey nor the plan of the year shows it; the management system has to provide it:
report-column-evidence = Evidence
report-column-holding = There?
report-column-fact = Fact
report-note-evidence = The list is put together from pages of certification bodies and GB/T 19001-2016 9.1.2 (assumed); no rule that could be read gives it as a list.
report-table-actions = Improvement actions
report-base-actions = Actions: { $count } · as the file of actions records them
report-column-action = Action
report-column-owner = Owner
report-column-due = Due
report-column-closed = Closed
report-column-proof = Proof
report-action-open = open
report-action-unproven = { $date }, no proof
report-action-proven = { $date }
report-note-actions = Whether an action is overdue depends on the day on which this is read. A proof is cited by its number; this program has not seen it.
report-sites-heading = Sites: { $site }
report-sites-intro = The list of sites is that of { $file }; its digest (SHA-256) is { $digest }. Which sites are visited follows from this digest and an agreed seed, and anyone can work it out again.
report-table-samples = Sites to visit
report-base-sites = Sites: { $count } · no sampling error
report-column-visit = Visit
report-column-multiple = Multiple of √n
report-column-sites = Sites to visit
report-note-samples = Sites to visit = multiple × √sites, rounded up, at least 1. The multiples are the practice of audits of management systems; for this scheme they are assumed, and the body's rule decides.
report-table-sites = Index and reading of each site
report-column-site = Site
report-sites-whole = The whole
report-site-certain = Certain: { $grade }
report-site-possible = Possible: { $grade }
report-note-sites = The n of each row is that of the site, and its interval stands below the index. The reading of a site is not the grade of a certificate, which is awarded for the whole. Sites are not adjusted for multiple comparison.

## 样本核查与披露 / validation of the sample, disclosure

report-sample-design = Frame and design
report-sample-accounting = What became of the sample
report-sample-rates = Outcome rates
report-sample-representativeness = Representativeness
report-no-margin = No margin of error is claimed: respondents were not drawn at random, or it is not known how
report-accounting-none = There are no dispositions, so the way from the frame to the analysed interviews cannot be followed. Name a list of single cases (cases) or a table of counts (dispositions) in [[waves]].
report-accounting-cases = From a list of single cases: each id has exactly one final code and was held against frame and answers; there is no report while numbers do not add up.
report-accounting-counts = From a table of counts: sums can be held against each other, single ids cannot.
report-accounting-frame = Customers in the frame
report-accounting-frame-remark = The population that the survey stands for
report-accounting-drawn = Drawn
report-accounting-drawn-remark = Each with one final code
report-accounting-not-eligible = of these: known not to be eligible
report-accounting-not-eligible-remark = AAPOR 4; not of the population after all
report-accounting-unknown = of these: eligibility unknown
report-accounting-unknown-remark = AAPOR 3; RR3 and RR4 count the share e of them
report-accounting-eligible = Known to be eligible
report-accounting-eligible-remark = AAPOR 1 and 2
report-accounting-contacted = Contacted
report-accounting-contacted-remark = The other eligible ones were never reached (AAPOR 2.2)
report-accounting-interviews = Complete and partial interviews
report-accounting-interviews-remark = The others refused or had another reason (AAPOR 2.1, 2.3)
report-accounting-received = Answers received (rows)
report-accounting-received-remark = Repeated submissions of a person included
report-accounting-excluded-remark = Counted once, by the first rule that hit it
report-accounting-analysed = Analysed
report-accounting-analysed-remark = All estimates of this report rest on these
report-table-accounting = From the frame to the analysed interviews
report-table-balances = Numbers that have to agree
report-table-codes = Final codes
report-table-verdicts = Verdict on each stratum
report-table-rates-strata = Outcome rates by stratum
report-table-rates-modes = Outcome rates by mode of the last contact
report-table-partials = Response and what is known of everybody drawn (partial R-indicators)
report-table-balance = Difference from the customers, before and after weighting
report-table-disclosure = Disclosure checklist
report-column-disposition-step = Step
report-column-cases = Cases
report-column-share-of-step = Of the step before
report-column-balance = Check
report-column-whole = Whole
report-column-parts = Sum of parts
report-column-final-code = Code
report-column-class = Meaning
report-column-mode = Mode of the last contact
report-column-rr1 = RR1
report-column-rr3 = RR3
report-column-rr6 = RR6
report-column-coop1 = COOP1
report-column-ref1 = REF1
report-column-con1 = CON1
report-column-stratum-margin = Margin reached
report-column-clause = Reason
report-column-property = Property
report-column-propensity = Mean propensity
report-column-partial-u = Unconditional
report-column-partial-c = Conditional
report-column-share-before = Before weighting
report-column-share-after = After weighting
report-column-asmd-before = ASMD before
report-column-asmd-after = ASMD after
report-column-item-number = Item
report-column-disclosure-item = What has to be disclosed
report-column-told = Disclosed
report-column-state = State
report-balance-drawn = Drawn by the frame = cases with a final code
report-balance-eligibility = Drawn = eligible + unknown + not eligible
report-balance-contact = Eligible = contacted + never reached
report-balance-outcome = Contacted = interviews + refusals + others
report-balance-answers = Interviews = answers received − repeated ones
report-balance-analysed = Answers received = analysed + excluded by rule
report-balance-strata = Analysed = sum of the strata
report-balance-holds = agrees
report-balance-fails = does not agree
report-class-complete = Complete (I)
report-class-partial = Partial (P)
report-class-refusal = Refusal or break-off (R)
report-class-non-contact = Non-contact (NC)
report-class-other = Other (O)
report-class-unknown-household = Unknown whether there is an eligible unit (UH)
report-class-unknown-other = Unknown eligibility, other (UO)
report-class-not-eligible = Not eligible (NE)
report-clause-target-reached = At or above { $limit } of the target
report-clause-below-target = Below { $limit } of the target; chance may account for it
report-clause-beyond-chance = Below { $limit } of the target by more than chance accounts for
report-clause-single-interview = A single interview: no variance can be told
report-clause-no-interview = Customers, but no interview
report-clause-no-frame = No frame to hold it against
report-verdict-fail = share fails
report-note-verdicts = Target: the interviews that count, spread as the draw was, or as the customers are where the draw is unknown. Achieved: interviews over target; the limit is { $limit }. The margin is the half-width for a share near one half within the stratum, by its effective number of interviews and with finite population correction; samples that are not random get none. p is the exact hypergeometric test, or Rao–Scott’s where clusters were drawn, adjusted by Holm. In this order: nobody answered; a single one did; below the limit beyond chance (fails); below the limit (short); otherwise sufficient.
report-note-rates-groups = The e of RR3 follows the rule above within each group. Rates of small groups vary a lot.
report-note-partials = Unconditional: how much propensities differ between the categories (a minus sign: responded less). Conditional: what remains between those alike in all other properties. Bold rows have the bias of sampling taken off, categories have not. 0 means that response does not depend on it.
report-note-balance = Standardised difference = |share of the sample − share of the customers| ÷ standard deviation of the customers; those of 0.1 and more are marked. It does not grow with the sample. For the variables that weights were made from it is 0 after weighting by construction, which proves nothing about others.
report-note-disclosure = * Publish gate: no result may be published without items 1, 4, 6, 8, 9 and 11. Missing parts of the others should be filled or explained first. Data of items 5, 6, 9 to 15 and 19 come from the files themselves.
report-rate-e-given = e = { $e }, given by the definition
report-fit-likelihood-ratio = Likelihood ratio G
report-fit-multinomial = Exact test (multinomial)
report-fit-hypergeometric = Exact test (hypergeometric, without replacement)
report-r-representative = By { $variables } there is no sign of selective response: R-indicator { $r }, { $interval }, the whole interval at or above { $wanted }. By these properties a mean of respondents is biased by at most { $cv } standard deviations; others are not seen.
report-r-selective = By { $variables } response is selective: R-indicator { $r }, { $interval }, the whole interval below { $wanted }. By these properties a mean of respondents may be biased by up to { $cv } standard deviations; see the differences after weighting.
report-r-unclear = By { $variables } it cannot be told whether response is selective: R-indicator { $r }, { $interval }, which contains { $wanted }. By these properties a mean of respondents is biased by at most about { $cv } standard deviations.
report-r-too-small = The sample is too small for a verdict by the R-indicator: R { $r }, { $interval }, { $sampled } drawn; there is no verdict when half the interval exceeds { $half }.
report-r-not-probability = No R-indicator: respondents were not drawn at random, so nobody was drawn and did not respond.
report-r-no-draw = No R-indicator: it is not known how many were drawn in each stratum.
report-r-nothing-known = No R-indicator: nothing is known of those drawn but whether they responded.
report-r-nothing-varies = No R-indicator: all or none responded.
report-r-too-few-cases = No R-indicator: no more cases than parameters of the model.
report-chapter-disclosure = Disclosure checklist and publish gate
report-disclosure-intro = What has to be told with a published result, in 19 items after AAPOR's Code (part III, 2021), the ESOMAR/WAPOR guideline (2014) and the reporting list of ISO 20252. Filled from the definition and the data; what is absent is named, not assumed.
report-disclosure-open = Publish gate: open. Items 1, 4, 6, 8, 9 and 11 are complete.
report-disclosure-closed = Publish gate: closed. Items { $items } are not complete; nothing may be published before they are.
report-told = { $key }: { $value }
report-told-missing = missing: { $keys }
report-state-stated = complete
report-state-partly = in part
report-state-missing = missing
report-state-not-applicable = not applicable
report-accounting-excluded = of these: excluded by “{ $rule }”
report-note-closed = Cases were closed from { $range }.
report-sampling-label = Interviews analysed · { $wave }
report-fact-strata-passed = Strata with a sufficient share
report-fact-r-indicator = R-indicator
report-fact-publishable = Publish gate of the disclosure checklist
report-disclosure-item-1 = Sponsor, funder, who conducted it, subcontractors
report-disclosure-item-2 = Objectives and collection strategy
report-disclosure-item-3 = Exact wording, order, instructions, language
report-disclosure-item-4 = Target population, geography, exclusions
report-disclosure-item-5 = Frame: source, date, supplier, coverage and gaps
report-disclosure-item-6 = Probability or not; method, strata, stages, quotas
report-disclosure-item-7 = Recruitment and incentives
report-disclosure-item-8 = Mode, fieldwork dates, length
report-disclosure-item-9 = Sample size planned and achieved, reason for a shortfall
report-disclosure-item-10 = Dispositions, response rate with its formula
report-disclosure-item-11 = Precision: margin and level; none where not random
report-disclosure-item-12 = Sizes of subgroups and their precision
report-disclosure-item-13 = Weighting: variables, source and date of targets, method, design effect
report-disclosure-item-14 = Missing answers, imputation
report-disclosure-item-15 = Quality control: rules, excluded, share validated
report-disclosure-item-16 = Interviewers, their training and supervision
report-disclosure-item-17 = Limitations and statement of compliance
report-disclosure-item-18 = Contact, archive, access to data
report-disclosure-item-19 = Software, version, digests of the files
report-told-sponsor = sponsor
report-told-conductor = conducted by
report-told-subcontractors = subcontractors
report-told-objectives = objectives
report-told-items = scored items
report-told-questionnaire = questionnaire
report-told-languages = languages
report-told-population = population
report-told-geography = geography
report-told-exclusions = exclusions
report-told-frame-source = source
report-told-frame-date = date
report-told-frame-supplier = supplier
report-told-frame-gaps = gaps
report-told-frame-size = customers
report-told-frame-digest = SHA-256 of the file
report-told-method = method
report-told-strata = strata
report-told-drawn = drawn
report-told-incentives = incentives
report-told-recruitment = recruitment
report-told-mode = mode
report-told-field = fieldwork
report-told-length = length (planned)
report-told-interviews = analysed / received
report-told-planned = needed for the wanted margin
report-told-shortfall = reason for the shortfall
report-told-response-rate = response rate
report-told-dispositions = cases with a final code
report-told-precision = interval of the index
report-told-groups = groups
report-told-group-base-min = smallest base of a group
report-told-weighting = weighting
report-told-weight-targets = source and date of targets
report-told-missing-answers = answers without a score
report-told-imputation = treatment of missing answers
report-told-rules = rules
report-told-excluded = excluded
report-told-validation-share = share validated
report-told-interviewers = interviewers
report-told-supervision = training and supervision
report-told-limitations = limitations
report-told-compliance = compliance
report-told-contact = contact
report-told-archive = archive
report-told-program = software
report-told-files = files with digests

## Chapter: measurement

report-chapter-measurement = Measurement quality
report-measurement-intro = A dimension is measured by several questions. This chapter shows whether they are consistent (reliability) and whether the dimensions can be told apart (discriminant validity). It does not change the index; it says how far to trust its parts.
report-measurement-sound = In every dimension with several items α is at least 0.7: the items are consistent.
report-measurement-weak = α is below 0.7 in: { $dimensions }. Their items are not consistent enough; read these scores with care and look at the items below.
report-measurement-single = A single item measures: { $dimensions }. Its reliability cannot be shown.
report-table-measurement = Reliability by dimension
report-column-omega = ω
report-column-rho-a = ρA
report-column-lambda6 = λ6
report-column-kmo = KMO
report-column-eigenvalues = Eigenvalues 1 / 2
report-heywood = no single factor (Heywood case)
report-outer-mode-b = formed by its items (mode B)
report-outer-unit = plain sum of its items
report-missing-mean = a gap stands at the mean of its item
report-missing-pairwise = each correlation from those who answered both items
report-missing-listwise = only people who answered every item
report-missing-em = maximum likelihood (EM)
report-note-measurement = Missing answers in correlations: { $method }. ω by one common factor (maximum likelihood); ρA and ρc from the path model. Values below 0.7 are marked.
report-note-bartlett = All items together: KMO { $kmo }; Bartlett's test χ² = { $chi }, df = { $df }, { $p } (small p: the items are related).
report-fold-measurement-readings = How to read these coefficients, and where the readings come from
report-reading-alpha = Cronbach's α: reliability of a sum of items that count alike. Usually wanted: 0.7 or more (Nunnally & Bernstein 1994); much above 0.95 items repeat each other.
report-reading-omega = ω: the same without supposing that all items count alike. Wanted: 0.7 or more (McDonald 1999).
report-reading-rho-a = ρA: reliability of the score that the path model uses. Wanted: 0.7 or more (Dijkstra & Henseler 2015).
report-reading-rho-c = Composite reliability ρc: from the loadings. Wanted: 0.7 or more (Fornell & Larcker 1981).
report-reading-ave = AVE: share of the items' variance that the dimension explains. Wanted: 0.5 or more (Fornell & Larcker 1981).
report-reading-lambda6 = Guttman's λ6: a lower bound of reliability (Guttman 1945).
report-reading-kmo = KMO: whether items share enough for a common dimension. 0.6 is poor, 0.8 good (Kaiser & Rice 1974); always 0.5 for two items.
report-reading-eigenvalues = Eigenvalues: only the first should exceed 1; a second one above 1 (marked) suggests that the items measure two different things (Kaiser 1960).
report-reading-fornell-larcker = Fornell–Larcker: the root of AVE should be above every correlation with another dimension (Fornell & Larcker 1981).
report-reading-cross-loadings = Cross-loadings: an item should be closest to its own dimension.
report-reading-item-rest = Item–rest correlation: wanted above 0.3 (Nunnally & Bernstein 1994).
report-reading-vif = VIF: above 5 an item nearly repeats the others; matters for mode B (Hair et al. 2022).
report-table-discriminant = Discriminant validity (Fornell–Larcker criterion)
report-column-root-ave = √AVE
report-column-correlation-max = Largest correlation
report-column-closest = Closest dimension
report-discriminant-met = holds
report-discriminant-not-met = does not hold
report-note-discriminant = Discriminant validity holds where √AVE exceeds the largest correlation with another dimension. Where it does not, the answers hardly tell the two dimensions apart, and effects divided between them are uncertain. AVE below 0.5 is marked.
report-table-item-measurement = Items
report-column-missing-share = Missing
report-column-rest-correlation = Item–rest correlation
report-column-alpha-without = α if item deleted
report-column-vif = VIF
report-remark-loose-item = weakly related to the other items
report-remark-better-without = α rises without it
report-remark-same-item = nearly repeats the others
report-remark-stray-item = closer to { $dimension }
report-table-cross-loadings = Cross-loadings
report-fold-cross-loadings = Correlations of every item with every dimension ({ $wave })

## Chapter: model, drivers

report-heading-drivers = What drives satisfaction
report-drivers-intro = Customers who rate one dimension higher also rate others higher. The model takes this apart along the arrows of the picture and tells by how many points “{ $index }” is expected to differ where a dimension is one point higher, including what comes by way of others. Together the dimensions explain { $share } of the differences in it.
report-driver = { $dimension } (now { $score }): 1 point more goes with about { $effect } points more of { $index } (interval { $interval }).
report-driver-uncertain = { $dimension } (now { $score }): about { $effect } points ({ $interval }); the interval includes 0, so an effect is not shown.
report-drivers-caution = These are associations between answers of the same people at the same time, read along arrows that were drawn beforehand. They say where to look first, not what an improvement will certainly bring.
report-figure-path-model = The path model
report-alt-path-model = { $title }: dimensions as boxes joined by { $count } arrows with coefficients, from antecedents on the left to outcomes on the right.
report-figure-note-path-model = In each box: score from 0 to 100, and R², the share explained by the arrows that end there. On each arrow: standardised coefficient; the thicker, the stronger. Grey and broken: its interval includes 0.
report-heading-structure = The structure in figures
report-table-mediation = How the dimensions act on the index (standardised)
report-column-direct = Direct
report-column-indirect = Through others
report-column-total = Total
report-column-vaf = Share through others
report-column-strongest-chain = Strongest chain
report-note-mediation = Share through others: indirect over total effect; below 20% hardly mediated, above 80% wholly (Hair et al. 2014); absent where both parts oppose each other. An effect through others can be told from none where its interval leaves out 0; it is estimated anew in every replicate.
report-column-r2-adjusted = Adjusted R²
report-note-r2 = R²: share of the differences between customers that the arrows explain; 0.25, 0.50 and 0.75 are read as weak, moderate and strong (Hair et al. 2022). Adjusted for the number of arrows and the effective n.
report-table-effect-sizes = What each arrow contributes
report-column-r2-share = Share of R²
report-column-f2 = f²
report-column-f2-again = f², model estimated anew
report-note-effect-sizes = Share of R²: Shapley value (LMG) and, by another way, Johnson's relative weight; by either the shares of the arrows to one dimension add up to its R², and where both columns are alike the division does not depend on the method (Johnson 2000). f²: 0.02 small, 0.15 medium, 0.35 large (Cohen 1988), once with the scores kept and once with the model estimated anew without the arrow. VIF above 5: the dimensions behind cannot be told apart well.
report-note-global-fit = Fit of the correlations implied: SRMR { $srmr } (below 0.08 is usually called good, a line made for factor models), d_ULS { $uls }, d_G { $g }; GoF { $gof }.
report-table-consistent = Paths free of attenuation (consistent PLS)
report-column-consistent = Consistent
report-note-consistent = Scores of several items hold measurement error, which makes their correlations too small; here they are divided by the root of their reliabilities ρA. The index does not depend on it.
report-consistent-inadmissible = The corrected solution cannot be relied on, for these reasons:
report-problem-reliability = reliability ρA of { $subjects } is { $value }, above 1
report-problem-loading = a loading of { $subjects } is { $value }, beyond 1
report-problem-correlation = correlation of { $subjects } is { $value }, beyond 1
report-problem-not-positive-definite = the corrected correlations contradict one another
report-problem-inflated = { $subjects }: variance inflation { $value }, above 10; the dimensions behind cannot be told apart
report-problem-explained-variance = R² of { $subjects } is { $value }, above 1
report-prediction = Does the model hold for people it has not seen? Respondents were divided into { $folds } parts, and the answers of each foretold from the others. For { $better } of { $items } items the model foretells better than their mean does; for { $beats } better than a regression on all other items.
report-fold-prediction = Prediction by item ({ $wave })
report-table-prediction = Prediction
report-column-q2 = Q²
report-column-rmse = Error (codes)
report-column-rmse-linear = Error of regression
report-note-prediction = Q² above 0: better than the mean of the others. Errors are root mean squares in codes of the scale (PLSpredict, direct antecedents; Shmueli et al. 2016). It takes a second pass over the answers.
report-table-moderation = Interactions
report-column-moderator = Depends on
report-column-simple-effect = Effect at its mean
report-column-moderation = Change for one SD
report-note-moderation = Two-stage approach: product of the scores of both dimensions, in a second pass over the answers; errors by least squares with scores taken as given; where clusters were drawn or weights differ, by the design, in which clusters vary as wholes.

## Chapter: quality

report-quality-intro = This chapter looks for careless and made-up interviews among those that cleaning left to count. A flag is a reason to look, not a verdict: honest respondents are hit too, and none of the indices proves that anything was invented. Nothing was left out because of a flag unless the table says “excludes”. Every flag stands in quality.csv with line, index and fact; addresses, devices and interviewers appear only as short keyed codes.
report-quality-none = Of { $screened } interviews looked at, not one is flagged.
report-quality-reading = Of { $screened } interviews looked at, { $flagged } ({ $flagged_share }) are flagged by some index, { $several } ({ $several_share }) by indices of two or more kinds. Look at the latter first.
report-table-quality = Indices of response quality
report-note-quality = Lines with a number of interquartile ranges in their settings follow from the survey itself: that many interquartile ranges (twice the distance from median to quartile on that side) beyond the quartile. They find few careless respondents among many careful ones; where very many are careless they find none; and where answers vary much anyway the line falls outside what the index can be, and the index cannot flag anyone (the table says so). Spreads and correlations are of answers as shares of their scale.
report-column-quality-index = Index
report-column-family = Kind of evidence
report-column-defined = Defined for
report-column-quality-line = Flagged when
report-column-quality-range = Median
report-quality-line-both = below { $low } or above { $high }
report-quality-line-low = below { $low }
report-quality-line-high = above { $high }
report-quality-line-from = from { $high }
report-quality-quartiles = quartiles { $quartiles }, smallest { $low }, largest { $high }
report-quality-family-sameness = everything alike
report-quality-family-inconsistency = does not fit together
report-quality-family-copying = same as somebody else's
report-quality-family-fieldwork = how it came in
report-quality-skipped-off = turned off in the definition
report-quality-skipped-no-column = the definition names no column for it
report-quality-skipped-too-little = too few items, dimensions or interviews
report-quality-skipped-singular = the covariances of the items cannot be inverted (some items follow from others, or too few answered both)
report-quality-skipped-no-pairs = fewer than three pairs of items correlate strongly enough
report-quality-skipped-no-spread = half of the interviews have the same value
report-quality-skipped-coarse-times = the times of submission do not tell moments within an hour
report-quality-match = Maximum percent match: the largest share of items that any other respondent answered alike (at least { $items } items answered by both). From { $line } on there are { $reached } interviews; if nobody copies, { $expected } are to be expected; complete matches { $complete }, expected { $complete_expected }. Expected: the answers to each item were dealt anew { $deals } times among equally content respondents, which tears copies apart. Many matches on a short questionnaire with mostly high answers are no sign of copying; an interview is flagged only when its match is also rare (see the settings) among those who are as content.
report-quality-match-all = Every one of the { $comparable } interviews with enough answers was compared with every other, exactly.
report-quality-match-drawn = There are too many for all pairs: { $looked } interviews drawn by digest were each compared with all { $comparable }. The others were not looked at.
report-figure-percent-match = Maximum percent match
report-alt-percent-match = { $title }: interviews by their largest agreement with any other, and what is to be expected when nobody copies
report-axis-percent-match = Largest share of items answered alike
report-axis-interviews = Interviews
report-legend-observed = observed
report-legend-expected = expected when nobody copies
report-figure-note-percent-match = Steps of 5 points; the last bar holds complete matches only. Expected numbers are averages over deals.
report-column-match-step = Match
report-column-observed = Interviews
report-column-expected-count = Expected
report-table-bursts = Crowds of submissions
report-column-first-line = First line
report-column-interviewer = Interviewer
report-column-interviews = Interviews
report-column-seconds = Within seconds
report-column-in-hour = In that hour
report-column-p-bound = p (bound)
report-note-bursts = Null hypothesis: the interviews of a clock hour (and interviewer) come at independent, uniform moments of it. p bounds the chance of any such crowd in the whole wave. Stored interviews that were uploaded together look the same. At most 20 are listed.
report-table-shared = Shared addresses and devices
report-column-code = Code
report-column-interviewers = Interviewers
report-note-shared = Codes are keyed digests. Colleagues and families share addresses; where interviewers are known, only what several of them used is listed. At most 20 of each.
report-table-between = Dimensions by interviewer
report-column-icc = ICC
report-column-f = F
report-note-between = ICC: share of the variance that lies between interviewers. Interviewers who work in different places differ for that reason too.
report-table-interviewers = Interviewers
report-column-straight = Straight lines
report-column-matched = Matches
report-column-mean-seconds = Seconds (geometric mean)
report-column-stands-out = Stands out in
report-quality-others = others { $others }, { $p }
report-quality-stands-out-straight-lines = straight lines
report-quality-stands-out-matches = matches
report-quality-stands-out-short = short interviews
report-note-interviewers = Each against all others; one-sided p after Holm over interviewers. Interviewers with fewer than 5 interviews are not judged. At most 50 are listed, those who stand out first; codes are keyed digests, and the first line leads to the name in the file.
report-table-quality-without = Results with and without the flagged
report-column-all-that-count = All that count
report-column-without-flagged = Without any flagged
report-column-without-several = Without those flagged by several kinds
report-note-quality-without = Interviews: without any flagged { $flagged }, without those flagged by several kinds { $several }. Difference: without less with. Where it is small, the result does not hinge on the flagged interviews.
report-earlier-quality = { $wave }: response quality

## The design behind the standard errors

report-heading-design = The design behind the standard errors
report-fact-variance-unit = Unit of the variance
report-unit-respondents = respondents
report-unit-clusters = clusters (the respondents of a cluster vary together)
report-fact-design-strata = Strata of the draw
report-fact-design-clusters = Clusters with respondents
report-fact-design-respondents = Respondents
report-fact-design-df = Degrees of freedom
report-design-df = { $df } (units minus strata): for standard errors and intervals by linearisation; in a group those of the units that it touches
report-fact-design-fpc = Finite population correction
report-fpc-none = none (a size is unknown, or the sample is not a random one)
report-fpc-respondents = yes: respondents among the customers of the frame
report-fpc-clusters = yes: clusters with respondents among all clusters of the frame
report-fact-design-lonely = Strata of a single unit
report-lonely-fail = { $count }; with one, no standard error is given
report-lonely-certainty = { $count }; each counts as certain and adds nothing
report-lonely-adjust = { $count }; each is held against the mean of all
report-lonely-average = { $count }; each adds what the others add on average
report-fact-design-jackknife = Jackknife
report-table-routes = Standard errors by both routes
report-column-se-taylor = Taylor
report-column-se-jackknife = Jackknife
report-column-se-difference = Difference
report-column-design-effect = Design effect
report-note-routes = Both routes estimate the same standard error; a difference above { $told } is told among the reservations. Design effect: the variance by linearisation against that of a simple random sample of as many respondents, drawn with replacement.
report-sample-draw = Record of the draw
report-draw-none = There is no record of the draw, so who was drawn cannot be derived again from frame and seed: “random” is a statement of the definition, not verified.
report-draw-holds = The draw holds: digest of the frame, seed and list of the drawn agree, and all answers come from that list.
report-draw-fails = The draw does not hold in every point; see the table.
report-fact-draw-record = SHA-256 of the record
report-fact-draw-frame = Digest of the frame
report-fact-draw-seed = Seed
report-fact-draw-units = Units of the frame
report-fact-draw-main = Main sample
report-fact-draw-reserve = Reserve
report-fact-draw-responded-main = Main sample, responded
report-fact-draw-responded-reserve = Reserve, responded
