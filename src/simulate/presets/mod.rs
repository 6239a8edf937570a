//! Ready plans.

mod appliance;
mod appliance_questions;
mod bench;
