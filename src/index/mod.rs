//! Tally + model → estimates: dimensions, the index and domains, each with its standard error and interval.

pub mod alternatives;
mod calibrated;
pub mod categories;
pub mod comparison;
pub mod discriminant;
pub mod estimate;
pub mod fornell;
pub mod gaps;
pub mod group_tests;
pub mod groups;
mod influence;
pub mod linear;
pub mod linked;
pub mod model_numbers;
mod numbers;
pub mod path_numbers;
pub mod quantity;
pub mod replicates;
pub mod routes;
pub mod segments;
pub mod shares;
pub mod tree;
mod uncertainty;
pub mod wave;
