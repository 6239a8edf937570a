# The first page: what is what, and what stands out; signatures.

report-imprint = { $name }: { $value }
report-adjusted-p = { $p } after { $adjustment }
report-group-share = The change is uneven: the customers of “{ $category }” (“{ $column }”) are { $population } of all, their index went from { $before } to { $after } and brought { $points } of the { $total } points ({ $share }){ $older }
report-group-share-before = ; in { $wave } it was { $value }
report-targets-cover = Targets of this wave: { $count }; reached { $met }, missed { $missed }, cannot be told { $open }
report-chapter-sign-off = Signatures
report-sign-off-intro = To be filled in by those who drew up, checked and approved the report; the program writes no names and no dates. The report is identified by the SHA-256 digest of its data file assessment.json, at the foot of every page.
report-table-sign-off = Drawn up, checked, approved
report-base-sign-off = { $wave }
report-column-sign-role = Task
report-column-sign-name = Name
report-column-sign-signature = Signature
report-column-sign-date = Date
report-sign-drawn-up = Drawn up by
report-sign-checked = Checked by
report-sign-approved = Approved by
report-questions-cover = Questions that the next audit may ask: { $count }; see the chapter on them
report-earlier-in-sampling = The same tables of earlier waves are in the report on sampling and representativeness.
