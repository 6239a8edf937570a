# Words of comparing the structural model between groups and waves.

groups-not-compared =
    { $reason ->
        [too-few] The groups of “{ $by }” were not compared: fewer than two have { $min } respondents
        [too-many] The groups of “{ $by }” were not compared: there are more than six
        [too-large] The groups of “{ $by }” were not compared: there are too many respondents for enough permutations
        [no-model] The groups of “{ $by }” were not compared: there is no path model
        [weights] The groups of “{ $by }” were not compared: a respondent's weight is not positive
       *[other] The groups of “{ $by }” were not compared: the model of a group could not be estimated ({ $detail })
    }
    .hint = Name the larger groups in groups, or combine small ones; in a small group the coefficients of a path model are mostly chance

report-chapter-groups = Groups compared
report-groups-intro = Are different customers driven by different things? Before groups are compared, one has to know whether they understand the same questions in the same way. Where they do not, one name stands for two things and the figures cannot be compared. So each comparison has two steps: whether it can be made at all, then whether anything differs.
report-heading-groups-by = By “{ $column }”
report-heading-groups-waves = Between waves
report-groups-left-out = Left out for too few respondents: { $groups }.
report-groups-base = Compared: { $groups }.
report-groups-size = { $name } (n = { $n })
report-groups-pair = { $first } and { $second }
report-groups-not-comparable = { $pair }: the groups mean different things by { $dimensions }, which cannot be compared. The { $paths } paths that touch them are not compared, and their scores should not be read side by side.
report-groups-no-difference = { $pair }: of the { $paths } paths that can be compared, none shows a difference. That does not prove the groups alike; with this many people no difference can be seen.
report-groups-differences = { $pair }: of the { $paths } paths that can be compared, these differ:
report-groups-difference = { $path }: { $a } for { $first }, { $b } for { $second } (Holm: { $p }). Where the coefficient is larger, it acts more strongly.

report-table-group-invariance = Can they be compared?
report-table-group-invariance-of = Can they be compared? { $pair } (measurement invariance, MICOM)
report-column-score-correlation = Score correlation c
report-column-group-mean-difference = Difference of means
report-column-group-variance-ratio = Log ratio of variances
report-group-invariance-none = not comparable
report-group-invariance-partial = paths comparable
report-group-invariance-full = comparable, may be pooled
report-group-invariance-unknown = cannot be tested
report-note-group-invariance = Each p is from { $permutations } permutations. Where the p of c is { $alpha } or less, the groups weigh the items differently and the dimension cannot be compared. Means are in standard deviations of the pooled score; where one of the last two p is { $alpha } or less, paths can be compared but the groups not be pooled. Here failing is the bad news, so there is no correction for many tests: it would only let more dimensions pass.

report-table-group-paths = Does anything differ?
report-table-group-paths-of = Does anything differ? { $pair }
report-column-first = First group
report-column-second = Second group
report-column-p-permutation = p (permutation)
report-column-p-henseler = Henseler's probability
report-column-p-welch = p (Welch)
report-path-not-comparable = not comparable
report-path-differs = differs
report-path-same = no difference seen
report-note-group-paths = Read by the permutation test as corrected by Holm; the other columns stand beside it. The correction is over all { $tests } tests of this comparison. { $permutations } permutations, { $failed } of them with a group that could not be estimated; { $replicates } bootstrap replicates of each group, { $lost } failed in all; seed { $seed }. Respondents are exchanged with their weights; strata are not kept.

report-table-omnibus = All groups at once
report-column-spread = Mean squared difference
report-note-omnibus = The question is whether the path differs between any two of the groups; p corrected over the paths by Holm and BH. Where it does, the tables of pairs say between which.
report-fold-groups-pairs = Figures of every pair ({ $wave })
report-fold-groups-readings = How to read these tests, and where they come from ({ $wave })

report-groups-reading-configural = Step 1, configural invariance: the same items, codes and algorithm for every group. This program sees to it; there is nothing to test (Henseler, Ringle & Sarstedt 2016).
report-groups-reading-compositional = Step 2, compositional invariance: scores made with the weights of one group and of the other should correlate by nearly 1. Where c is significantly lower, the groups mean different things by the dimension.
report-groups-reading-equality = Step 3, equal means and variances: needed only where groups are to be pooled.
report-groups-reading-permutation = Permutation test: if it did not matter who belongs to which group, shuffling the memberships would make differences as large. p is the share of shuffles that do (Chin & Dibbern 2010; Phipson & Smyth 2010).
report-groups-reading-henseler = Henseler's probability that the first coefficient is not above the second, from comparing the bootstrap replicates of both groups one by one; near 0 the first is larger, near 1 the second (Henseler 2012).
report-groups-reading-welch = Welch's test: the difference over its bootstrap standard error, the variances not taken for equal, degrees of freedom by Welch and Satterthwaite (Sarstedt, Henseler & Ringle 2011).
report-groups-reading-multiplicity = Many tests: the more of them, the more differences appear by chance. Holm bounds the probability of any false one; BH bounds the share of false ones among those called different, and is less strict (Holm 1979; Benjamini & Hochberg 1995).
