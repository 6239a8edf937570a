# Statistical disclosure control: what is withheld, and why.

withheld-small = withheld: n < { $min }
    .hint = Combine small groups, or collect more interviews; design.domain_base_min sets the base

withheld-complement = withheld: a group with n < { $min } could be computed from it
    .hint = Combine the small group with another to publish both

withheld-difference = withheld: it differs from the published result by fewer than { $min } interviews, whose answers could be computed
    .hint = The number of these interviews and their lines are in the ledger

report-note-withheld = Results of groups with n < { $min } are withheld ({ $small } in this wave), and { $complementary } more so that these cannot be computed from totals, nested groups, dimensions or the index. All tables, charts and files, JSON included, withhold the same.
