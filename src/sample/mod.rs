//! The sample before anybody is asked: how many, spread how, drawn by whom else can repeat it.
//!
//! [`size`] and [`allocation`] plan it, [`decide`] says what that can tell, [`plan`] puts the three together, [`frame`] seals the list of customers, [`draw`] draws
//! from it by digests, [`verify`] holds what came back against the record, [`evidence`] looks at a sample without one.

pub mod allocation;
pub mod decide;
pub mod draw;
pub mod evidence;
pub mod frame;
pub mod plan;
pub mod size;
pub mod strata;
pub mod verify;
