#!/usr/bin/env bash
# Seconds to write every report (four kinds, two languages, HTML, Word, Excel, PDF) of three shipped surveys: from the answers (`run`),
# and from assessment.json alone (`report`).
# usage: bash benches/reports.sh      needs /usr/bin/time (GNU time)
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
bin=$PWD/target/release/manyidu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
surveys="ecsi-mobile abc-b2b appliance-after-sales"
from_answers() { for s in $surveys; do "$bin" run "surveys/$s/survey.toml" --out "$work/$s" >/dev/null 2>&1; done; }
from_assessments() { for s in $surveys; do "$bin" report "$work/$s/assessment.json" --out "$work/again-$s" >/dev/null 2>&1; done; }
export bin work surveys
export -f from_answers from_assessments
for what in from_answers from_assessments; do
  for _ in 1 2 3; do
    /usr/bin/time -f "$what\twall s %e\tcpu s %U" bash -c "$what"
  done
done
du -sh "$work/appliance-after-sales" | cut -f1
