//! Tally + structure → model: how items make dimensions and how dimensions act on one another.

pub mod effects;
pub mod importance;
pub mod pls;
pub mod structure;
pub mod weighting;
