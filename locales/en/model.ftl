# Words of the structural model and of measurement: intervals of discriminant validity, higher-order dimensions, comparisons of groups.

## Discriminant validity (HTMT)

report-table-htmt = Discriminant validity by pair (HTMT)
report-column-pair = Dimensions
report-column-htmt = HTMT
report-column-htmt2 = HTMT2
report-htmt-distinct = holds
report-htmt-close = close to the limit
report-htmt-same = not established
report-htmt-unknown = no interval, no reading
report-htmt-warning = Discriminant validity is not established for: { $pairs } (the interval of HTMT contains 1). Read the effects that the model divides between them as one.
report-note-htmt = HTMT: mean correlation between items of different dimensions over the mean correlation within them; 1 means that the two cannot be told apart. The reading follows the upper bound of HTMT: below 0.90 discriminant validity holds, from 0.90 to 1 it is close to the limit, from 1 on it is not established. HTMT2 takes geometric means and is less biased where loadings differ; it is given for comparison and decides nothing, because its interval is wide where correlations are near 0 and it is undefined where they are negative. A dimension of one item has no HTMT.
report-reading-htmt = HTMT, HTMT2: the upper bound should stay below 0.90, the limit used in this report; for dimensions that differ clearly in meaning the stricter 0.85 is also in use (Henseler, Ringle & Sarstedt 2015; by interval: Franke & Sarstedt 2019; HTMT2: Roemer, Schuberth & Henseler 2021).

## Contributions

report-column-johnson-weight = Relative weight (Johnson)

## How it is computed

report-model-algorithm = Computation: every item starts with weight 1; weights are renewed until the absolute changes of all of them in one step add up to less than { $tolerance }, in at most { $max } steps, beyond which there is an error and no result. Each dimension is turned so that its weights sum to a positive number, in every replicate for itself. Items are standardised; correlations carry the final weights of the design.

## Dimensions made of others

report-table-whole = What “{ $dimension }” is made of
report-column-part-share = Share of the whole
report-column-part-correlation = Correlation with the whole
report-whole-formed = “{ $dimension }” is formed by these dimensions: each is one side of it, and they need not go together. The share is by how many points the whole rises with one point of the part.
report-whole-shown = “{ $dimension }” shows in these dimensions: customers for whom the whole is high rate each part higher. The share is by how many points the whole rises with one point of the part.
report-whole-two-stage = Two stages: the parts first in the place of the whole, then their scores as its items (Sarstedt et al. 2019)
report-whole-repeated = Repeated indicators: the whole has all items of its parts a second time, everything at once (Lohmöller 1989)
report-note-whole = { $method }. The shares of the parts add up to 1. Parts act through the whole and have no arrows of their own; what is said of them under what drives satisfaction is by their share.

## Importance of items

report-priorities-items = The same map for every item: with one point more of an item its dimension rises by the item's share, and the index with it. Items are named by their ids in the picture and in full in the table.
report-table-priorities-items = Importance and score of every item
report-figure-priorities-items = Importance and score of every item

report-note-prediction-wholes = The items of a dimension made of others are foretold from the whole, by their loadings on it; both stages are estimated without the people to be foretold. No rule for this has been published; this one is a convention of this program. The regression leaves out all items of the whole.
