# The ground of the weights: strata, classes of non-response, clusters.

stratum-unanswered = The stratum “{ $stratum }” was sampled and has no interview that counts: its { $population } customers would be lost in silence
    .expected = at least one interview
    .got = 0 (drawn: { $drawn })
    .hint = Interview some of its customers, or say with which stratum it is weighted: weighting.merge_strata = [["{ $stratum }", "…"]]

strata-merged = Strata weighted as one: { $strata } (largest base weight over the smallest: { $ratio })
    .hint = Merge strata that were sampled alike and whose customers are alike; the coverage of each is told as it was

response-class-empty = The non-response class “{ $class }” was sampled ({ $sampled }) and nobody answered: its weight would be lost in silence
    .hint = Use fewer or wider columns in weighting.nonresponse

response-classes-unknown = Non-response classes need the numbers drawn
    .expected = the column drawn in the frame, or a file of single cases
    .hint = Add `drawn` to the frame, or list the cases of the wave; columns of cases.properties need the file of cases

too-many-combinations = The columns to report by and those of margins and classes make { $count } combinations of categories
    .expected = at most { $limit }
    .hint = Report by fewer columns, or by columns with fewer categories

cluster-not-listed = Customers answered from the cluster “{ $cluster }” (stratum: { $stratum }), which “{ $file }” does not list
    .hint = The list must hold all clusters of the population, under the names that the answers use

cluster-below-sample = The cluster “{ $cluster }” has fewer customers than answered
    .expected = at least { $interviews }
    .got = { $units }
    .hint = Correct `units`, or check whether interviews are repeated
