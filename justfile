# Commands used while working on Manyidu. `just --list` shows them.

# What continuous integration runs.
ci:
    bash .ci/run

# All tests.
test:
    cargo test

# Lints as continuous integration has them.
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# The main job on a shipped survey.
run survey="appliance-after-sales":
    cargo run --release -- run surveys/{{survey}}/survey.toml

# Write the expected messages of the broken samples anew; read the difference before committing it.
bless:
    MANYIDU_BLESS=1 cargo test --test it broken

# Seconds, rows a second and peak memory of the main job.
measure rows="1000000":
    bash benches/measure.sh {{rows}}

# How often 95 % intervals hold the truth: writes the table anew.
interval-coverage:
    cargo run --release --example interval_coverage > benches/interval_coverage.md

# How often changes between waves are called, with and without a planted change: writes the table anew.
change-power:
    cargo run --release --example change_power > benches/change_power.md

# Micro-benchmarks.
bench:
    cargo bench
