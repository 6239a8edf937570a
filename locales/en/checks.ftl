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
