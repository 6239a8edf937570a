#!/usr/bin/env bash
# Whole-process figures of the main job on simulated answers: seconds per step, rows a second, peak memory.
# usage: bash benches/measure.sh [rows]      needs /usr/bin/time (GNU time)
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-1000000}
cargo build --release --quiet
bin=target/release/manyidu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$bin" simulate --rows "$rows" --seed 7 --out "$work/survey" >/dev/null
printf 'rows\t%s\ncsv bytes\t%s\n' "$rows" "$(stat -c %s "$work"/survey/responses-*.csv)"
for _ in 1 2 3; do
  /usr/bin/time -f 'wall s\t%e\ncpu s\t%U\npeak KiB\t%M' "$bin" run "$work/survey/survey.toml" --out "$work/out" --timings 2>"$work/log" >/dev/null
  grep -P '^(read|clean|tally|estimate|write|wall s|cpu s|peak KiB)\t' "$work/log" | tr '\n' ' '
  awk -F'\t' -v rows="$rows" '/^wall s/ { printf "rows/s %.0f\n", rows / $2 }' "$work/log"
done
