# Further words of the chapters on sample, cleaning, response quality, weights, reservations, disclosure and recomputing.

report-sensitivity-bound = The { $level } interval of the change holds 0 and leaves out changes of more than { $bound } points, up or down.

## Strata

report-note-few = Strata with n below { $few } are marked: by themselves they give a share with a margin of more than about ±14 percentage points (95%, without finite population correction).

## Response quality

report-quality-reading-single = Of { $screened } interviews looked at, { $flagged } ({ $flagged_share }) are flagged by some index, none by indices of two or more kinds.
report-quality-unreachable = Nobody could have reached the line of: { $names }. That these flag nobody says nothing.
report-quality-not-run = Did not run: { $names } (for the reasons see the table).
report-quality-unreachable-outside-range = cannot flag anyone here: the line lies outside the values that the index can take
report-quality-unreachable-excluded-before = cannot flag anyone here: cleaning excluded every interview with so long a run
report-quality-without-nothing = Only { $flagged } interviews are flagged. Results without them would differ from the published ones by so few that their answers could be computed, so they are not listed; nor can so few interviews move the results by more than their own share.

## Settings of rules and indices

report-rule-with-settings = { $reason } ({ $settings })
report-setting-keep =
    { $value ->
        [first] the first is kept
       *[other] the last is kept
    }
report-setting-answers-max = more than { $value } faulty answers
report-setting-answered-share-min = fewer than { $percent } of the applicable items answered
report-setting-seconds-min = limit { $value } seconds
report-setting-run-max = at most { $value } items in a row
report-setting-run-min = from { $value } items in a row
report-setting-fence = { $value } interquartile ranges
report-setting-correlation-min = items correlate at least { $value }
report-setting-pairs = pairs of items: { $value }
report-setting-share-min = at least { $percent } of the items alike
report-setting-expected-max = probability of at most { $value } among the equally content
report-setting-items-min = at least { $value } items answered by both
report-setting-seed = random seed { $value }
report-setting-window-seconds = window of { $value } seconds
report-setting-alpha = level of significance { $value }
report-setting-interviews-min = from { $value } interviews

report-reference-duplicate = GB/T 26316-2023 (ISO 20252:2019): one interview a respondent
report-reference-required = AAPOR Standard Definitions: complete by share of applicable questions
report-reference-unfinished = AAPOR Standard Definitions: break-off, partial
report-reference-faulty = CCA 2017: interviews void after review of range and logic
report-reference-attention = Meade & Craig 2012, Psychological Methods 17(3): instructed response items
report-reference-too-fast = Huang et al. 2012, J. Business and Psychology 27: response time
report-reference-straight-line = Johnson 2005, J. Research in Personality 39: longstring

## First screen of the sampling report

report-conclusion = Conclusion
report-gate-open = complete
report-gate-closed = not complete
report-cover-drawn = Random sample? { $list }.
report-cover-response = Response rate { $rate } ({ $name }, { $drawn } drawn); { $after } without the interviews that cleaning left out.
report-cover-substitutes = { $asked } substitutes were asked, { $answered } of them answered.
report-cover-excluded = { $received } interviews received, { $excluded } left out by cleaning, { $n } count.
report-cover-lowest = { $passed } of { $strata } strata have a sufficient share (at least { $limit } of the target); the lowest is { $name } with { $achieved }, n = { $n }.
report-cover-one-stratum = The sample has no strata to be held against the frame.
report-cover-r = By { $variables }: { $verdict } (R-indicator { $r }, { $interval }); no other property was checked.
report-cover-r-without = No R-indicator was computed for { $waves }.
report-cover-weights = The largest weight is { $ratio } times the smallest; the design effect of weighting (Kish) is { $kish }: { $n } interviews are worth { $effective } of equal weight.
report-cover-weights-equal = All interviews have the same weight, so weighting costs no precision.
report-cover-gate-open = The items of the disclosure checklist that must be complete before publication are complete.
report-cover-lacking = Items { $items } are not complete and should be filled or explained before publication.

## How the draw goes, and formulas

report-fact-required-formula = How the required size follows
report-required-formula = margin e = { $margin }, a share of one half (which needs most), level { $level }: n0 = z² × 0.25 ÷ e² = { $simple }, rounded up to { $n }
report-required-formula-finite = margin e = { $margin }, a share of one half (which needs most), level { $level }: n0 = z² × 0.25 ÷ e² = { $simple }; finite population correction (N = { $population }): n = n0 ÷ [1 + (n0 − 1) ÷ N], rounded up to { $n }
report-fact-allocation = Drawn of the customers, by stratum
report-allocation-proportional = { $range }: allocated in proportion to customers
report-allocation-unequal = { $range }: strata differ, which base weights undo
report-procedure-key = From seed to list: the list is written in a canonical form (id and sealed columns, in the order of ids) and its SHA-256 taken; the key of a customer is SHA-256(digest of the list | seed | id). There is no random number generator: keys follow from list and seed alone and can be neither foreseen nor chosen.
report-procedure-key-clusters = From seed to list: the list is written in a canonical form (id and sealed columns, in the order of ids) and its SHA-256 taken; the key of a cluster or customer is SHA-256(digest of the list | seed | name or id). There is no random number generator: keys follow from list and seed alone and can be neither foreseen nor chosen.
report-procedure-simple-random = In ascending order of keys the first ones, as many as were fixed, are the main sample; the next are the reserve, asked in this order.
report-procedure-systematic = In the order of { $sort } (ties by key), from a start that digests decide, every (N ÷ n)th one is taken.
report-procedure-pps-systematic = In the order of { $sort } (ties by key), from a start that digests decide, systematically with probabilities proportional to { $size }.
report-procedure-pps-by-key = In the order of keys, from a start that digests decide, systematically with probabilities proportional to { $size }.
report-procedure-sampford = By Sampford’s design with probabilities proportional to { $size }, all chance from the same digests.
report-procedure-cluster-size = the number of customers of the cluster
report-procedure-strata = Each stratum ({ $strata }) is drawn from by itself.
report-procedure-all-of-cluster = All customers of a drawn cluster are asked.
report-procedure-of-cluster = In each drawn cluster the { $units } with the smallest keys are taken.
report-procedure-again = Whoever has list, design and seed gets the same sample.

report-procedure-systematic-by-key = In the order of keys, from a start that digests decide, every (N ÷ n)th one is taken.

## Bases

report-base-index = n = { $n } · { $weighting } · confidence level { $level } · { $wave }
report-base-counts-waves = interviews that count: { $waves } · unweighted counts
report-column-n-effective-all = Effective n (all)

## The design behind the standard errors

report-design-jackknife-groups = { $method }: respondents are dealt into { $groups } random groups, { $count } of which have somebody, so there are { $count } replicates; its standard errors have at most { $count } less one degrees of freedom, see the tables
report-design-jackknife-each = { $method }, { $count } replicates

## Weights

report-weights-ineligible-counted = Of those drawn { $n } ({ $share }) were found not to be eligible. The non-response step counts them with those who did not respond, so that weights sum to all { $population } customers of the frame, which is more than are eligible. Within a stratum all interviews weigh the same, so scores depend on the ratio of the customers of the strata only: where the share of ineligible ones is about the same in all, scores are not affected; where it differs much, strata with many of them weigh too much.
report-weights-ineligible-left-out = Of those drawn { $n } ({ $share }) were found not to be eligible; the non-response step does not count them as non-response.

## Reservations

report-findings-alike = { $count } of this kind
report-place-lines = { $file }, line { $lines }

## The questionnaire

report-chapter-questionnaire = Annex: the questionnaire
report-questionnaire-intro = All questions in the order of the columns of the answers file: their wording, the answers with their codes, and what they are for. What is known from the frame, such as strata, is no question and not listed.
report-questionnaire-instructions = Instructions, word for word: { $text }
report-questionnaire-no-instructions = The definition does not say what instructions were given.
report-table-questionnaire = Questions
report-column-question-number = Order
report-column-question-wording = Wording (under it the column of the answers file)
report-column-question-answers = Answers and codes
report-column-question-use = Used for
report-note-questionnaire = Answers without a score are missing. “Does not apply” is the filter: who has not met the situation chooses it and is not part of the score of the question.
report-question-not-worded = the definition has no wording
report-question-right = right answers: { $answers }
report-question-own-words = in one’s own words
report-question-categories = a category
report-question-no-score = without a score: { $answers }
report-question-reversed = reversed: agreement is dissatisfaction; turned before scoring
report-question-use-item = scored
report-question-use-importance = stated importance
report-question-use-expectation = expectation
report-question-use-measure = a measure of its own
report-question-use-complaint = complaints
report-question-use-attention = whether people read the questions
report-question-use-open = open question
report-question-use-background = background

## Disclosure

report-told-strategy = collection
report-told-wording = wording and order
report-told-instructions = instructions
report-told-length-median = median of the time taken (minutes:seconds)
report-disclosure-annexed = see the annex “The questionnaire”
report-disclosure-missing-left-out = no imputation: a missing answer is not part of the score of its item
report-disclosure-missing-mean = no imputation: a missing answer is not part of the score of its item; the path model puts the item’s mean in its place
report-disclosure-missing-pairwise = no imputation: a missing answer is not part of the score of its item; correlations of the path model are of those who answered both items
report-disclosure-missing-listwise = no imputation: a missing answer is not part of the score of its item; the path model takes interviews without a gap
report-disclosure-missing-em = no imputation: a missing answer is not part of the score of its item; correlations of the path model are by maximum likelihood (EM)
report-disclosure-limit-not-random = respondents were not selected at random, or the method is unknown: nothing can be inferred about all customers
report-disclosure-limit-no-frame = there is no frame: whether the sample covers all customers cannot be checked
report-disclosure-limit-neither = respondents were not selected at random, or the method is unknown: nothing can be inferred about all customers; there is no frame: whether the sample covers all customers cannot be checked
