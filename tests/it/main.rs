//! One binary for all integration tests, so that the heavy dependencies are linked once. `tests/README.md` says what each
//! file proves.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(
    clippy::type_complexity,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_collect,
    clippy::needless_range_loop,
    reason = "tables of a test are tuples, file names are our own, and texts are short"
)]

mod answer_series;
mod architecture;
mod balance_reference;
mod broken;
mod browser;
mod calibrated_survey;
mod careless_reference;
mod cases;
mod certificate;
mod change;
mod change_measures;
mod checks;
mod cli;
mod clusters;
mod comparable;
mod design_reference;
mod design_tests_reference;
mod determination;
mod determinism;
mod disclosure_attack;
mod exchanging;
mod ground;
mod group_comparison;
mod higher_order;
mod hostile_pages;
mod laws;
mod model_routes;
mod office;
mod parity;
mod pls_reference;
mod pls_walk;
mod quality;
mod r_indicator_reference;
mod replication_reference;
mod resampling_reference;
mod sample;
mod sampling_reference;
mod schemes;
mod simulate_reference;
mod support;
mod surveillance;
mod surveys;
mod tools;
mod touchpoints;
mod weighting;
mod weighting_reference;
