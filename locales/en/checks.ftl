# Further words of the chapters on sample, cleaning, response quality, weights, reservations, disclosure and recomputing.

report-sensitivity-bound = The { $level } interval of the change holds 0 and leaves out changes of more than { $bound } points, up or down.

## Strata

report-note-few = Strata with n below { $few } are marked: by themselves they give a share with a margin of more than about ±14 percentage points (95%, without finite population correction).
