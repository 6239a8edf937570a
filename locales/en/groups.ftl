# Words of comparing the structural model between groups and waves.

groups-not-compared =
    { $reason ->
        [too-few] The groups of “{ $by }” were not compared: fewer than two have { $min } respondents
        [too-many] The groups of “{ $by }” were not compared: there are more than six
        [too-large] The groups of “{ $by }” were not compared: there are too many respondents for enough permutations
        [no-model] The groups of “{ $by }” were not compared: there is no path model
        [weights] The groups of “{ $by }” were not compared: a respondent's weight is not positive
        [few-exchanges] The groups of “{ $by }” cannot be judged: exchanging what was drawn together makes only { $distinct } different assignments, which cannot give a p-value of { $alpha }
       *[other] The groups of “{ $by }” were not compared: the model of a group could not be estimated ({ $detail })
    }
    .hint =
        { $reason ->
            [few-exchanges] Compare groups that lie in more clusters, or combine groups: what counts here is the number of clusters, not that of respondents
           *[other] Name the larger groups in groups, or combine small ones; in a small group the coefficients of a path model are mostly chance
        }

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
report-note-group-paths = Read by the permutation test as corrected by Holm; the other columns stand beside it. The correction is over all { $tests } tests of this comparison. { $permutations } permutations, { $failed } of them with a group that could not be estimated; { $replicates } bootstrap replicates of each group, { $lost } failed in all; seed { $seed }. { $exchange }
report-groups-not-judged = { $pair }: this cannot be judged. Exchanging what was drawn together makes only { $distinct } different assignments to the two groups; the smallest p-value they could give is { $p }, above { $alpha }. It is the number of clusters that is too small, not that of respondents.
report-exchange-respondents = Respondents were exchanged one by one, with their weights; strata were not kept ({ $distinct } different assignments).
report-exchange-returning = Respondents were exchanged with their weights; whoever answered in several waves exchanged only these answers of their own, because the answers of one person are alike. Strata were not kept ({ $distinct } different assignments).
report-exchange-whole-clusters = Whole clusters were exchanged ({ $units } of them, { $distinct } different assignments), because people of one cluster answer alike: exchanging them one by one would take what clusters differ by anyway for a difference of the groups. { $strata }
report-exchange-within-clusters = Respondents were exchanged with their weights, but only within their cluster, because the groups cross the clusters ({ $units } respondents are in clusters that hold several groups; { $distinct } different assignments).
report-exchange-returning-clusters = Whole clusters were exchanged ({ $units } clusters of a wave, { $distinct } different assignments), because people of one cluster answer alike; one drawn in several waves exchanged only these. { $strata }
report-exchange-strata-kept = Strata were kept.
report-exchange-strata-not-kept = Strata were not kept, as none of them holds several groups.
report-exchange-no-strata = No strata were drawn.
report-exchange-many = a million or more

report-table-omnibus = All groups at once
report-column-spread = Mean squared difference
report-note-omnibus = The question is whether the path differs between any two of the groups; p corrected over the paths by Holm and BH. Where it does, the tables of pairs say between which. { $exchange }
report-fold-groups-pairs = Figures of every pair ({ $wave })
report-fold-groups-readings = How to read these tests, and where they come from ({ $wave })

report-groups-reading-configural = Step 1, configural invariance: the same items, codes and algorithm for every group. This program sees to it; there is nothing to test (Henseler, Ringle & Sarstedt 2016).
report-groups-reading-compositional = Step 2, compositional invariance: scores made with the weights of one group and of the other should correlate by nearly 1. Where c is significantly lower, the groups mean different things by the dimension.
report-groups-reading-equality = Step 3, equal means and variances: needed only where groups are to be pooled.
report-groups-reading-permutation = Permutation test: if it did not matter who belongs to which group, shuffling the memberships would make differences as large. p is the share of shuffles that do, the observed assignment among them, and { $alpha } itself counts as a difference (Chin & Dibbern 2010; Phipson & Smyth 2010). What was drawn together is shuffled together (Winkler et al. 2015).
report-groups-reading-henseler = Henseler's probability that the first coefficient is not above the second, from comparing the bootstrap replicates of both groups one by one; near 0 the first is larger, near 1 the second (Henseler 2012). Where clusters were drawn, the replicates draw whole clusters.
report-groups-reading-welch = Welch's test: the difference over its bootstrap standard error, the variances not taken for equal, degrees of freedom by Welch and Satterthwaite (Sarstedt, Henseler & Ringle 2011), counting clusters where clusters were drawn. Like Henseler's probability it takes the groups for independent; where they share clusters or people it is mostly too cautious.
report-groups-reading-multiplicity = Many tests: the more of them, the more differences appear by chance. Holm bounds the probability of any false one; BH bounds the share of false ones among those called different, and is less strict (Holm 1979; Benjamini & Hochberg 1995).
