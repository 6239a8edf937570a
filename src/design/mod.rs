//! Design-based inference: replicate weights and tests that respect strata, clusters and weights.

pub mod replicates;
