# Words of the structural model and of measurement: intervals of discriminant validity, higher-order dimensions, comparisons of groups.

## Discriminant validity (HTMT)

report-table-htmt = Is each dimension something of its own, pair by pair? (HTMT)
report-column-pair = Dimensions
report-column-htmt = HTMT
report-column-htmt2 = HTMT2
report-htmt-distinct = each its own
report-htmt-close = close, not the same
report-htmt-same = cannot be told apart
report-htmt-unknown = no interval, no reading
report-htmt-warning = The interval of HTMT holds 1 for: { $pairs }. The answers do not tell these dimensions apart; read the effects that the model divides between them as one.
report-note-htmt = HTMT: mean correlation between items of different dimensions over the mean correlation within them; 1 means that both are one thing. HTMT2 takes geometric means, which lets loadings differ. Read by the upper bound: below 0.90 each is its own, from 0.90 to 1 they are close, from 1 on they cannot be told apart. A dimension of one item has no HTMT.
report-reading-htmt = HTMT, HTMT2: the interval should stay below 1; 0.90 is the line for dimensions of like meaning, 0.85 for others (Henseler, Ringle & Sarstedt 2015; by interval: Franke & Sarstedt 2019; HTMT2: Roemer, Schuberth & Henseler 2021).

## Contributions

report-column-relative-weight = Relative weight (Johnson)
