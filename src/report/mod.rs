//! The assessment → files. Pure: the same value gives the same bytes.

pub mod charts;
pub mod round;
