#!/usr/bin/env bash
# Whole-process figures of a weighted mean with its standard error and raking: 50 strata, margins of 5, 6 and 2 categories.
# usage: bash benches/weights.sh [rows] [replicate groups]      needs /usr/bin/time (GNU time); keeps the data where KEEP says
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-1000000}
groups=${2:-200}
bin=${BIN:-target/release/manyidu}
[ -x "$bin" ] || cargo build --release --quiet
work=${KEEP:-$(mktemp -d)}
[ -n "${KEEP:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
# Answers of a linear congruential generator: strata of unequal size, categories that hang together with the answer.
awk -v rows="$rows" 'BEGIN {
  x = 12345; print "stratum,region,age,sex,y"
  for (i = 0; i < rows; i++) {
    x = (x * 1103515245 + 12345) % 2147483648; u = x / 2147483648; s = int(50 * u * u)
    x = (x * 1103515245 + 12345) % 2147483648; r = int(5 * x / 2147483648)
    x = (x * 1103515245 + 12345) % 2147483648; a = int(6 * (x / 2147483648) ^ 1.3)
    x = (x * 1103515245 + 12345) % 2147483648; g = (x / 2147483648 < 0.4 + 0.03 * a)
    x = (x * 1103515245 + 12345) % 2147483648; y = 1 + int((4 + a * 0.6 + r * 0.3) * (x / 2147483648))
    printf "s%02d,r%d,a%d,g%d,%d\n", s, r, a, g, (y > 10 ? 10 : y)
  }
}' > "$work/r.csv"
awk -v rows="$rows" 'BEGIN { print "stratum,population"; for (s = 0; s < 50; s++) printf "s%02d,%d\n", s, rows * 2 }' > "$work/f.csv"
cat > "$work/survey.toml" <<TOML
title = "weights"
dimensions = [{ id = "satisfaction", items = ["y"] }]
[[waves]]
id = "w"
responses = "r.csv"
frame = "f.csv"
[scales.ten]
min = 1
max = 10
[columns]
strata = ["stratum"]
[design]
method = "stratified"
replicate_groups = $groups
[[weighting.margins]]
column = "region"
targets = { r0 = 0.25, r1 = 0.2, r2 = 0.2, r3 = 0.2, r4 = 0.15 }
[[weighting.margins]]
column = "age"
targets = { a0 = 0.2, a1 = 0.2, a2 = 0.15, a3 = 0.15, a4 = 0.15, a5 = 0.15 }
[[weighting.margins]]
column = "sex"
targets = { g0 = 0.5, g1 = 0.5 }
TOML
printf 'rows\t%s\tgroups\t%s\n' "$rows" "$groups"
/usr/bin/time -f 'wall s\t%e\ncpu s\t%U\nsystem s\t%S\npeak KiB\t%M' "$bin" run "$work/survey.toml" --out "$work/out" --timings 2>"$work/log" >/dev/null || { tail -20 "$work/log"; exit 1; }
grep -P '^(read|clean|tally|estimate|write|wall s|cpu s|system s|peak KiB)\t' "$work/log" | tr '\n' ' '
echo
