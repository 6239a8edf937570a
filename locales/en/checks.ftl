# Further words of the chapters on sample, cleaning, response quality, weights, reservations, disclosure and recomputing.

report-sensitivity-bound = The { $level } interval of the change holds 0 and leaves out changes of more than { $bound } points, up or down.
