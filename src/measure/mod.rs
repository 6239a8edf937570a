//! Tally → measurement: reliability and validity of each dimension, from moments alone.

pub mod htmt;
pub mod micom;
pub mod reliability;
