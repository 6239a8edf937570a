//! Tally → measurement: reliability and validity of each dimension, from moments alone.

pub mod agreement;
pub mod factor;
pub mod factorability;
pub mod htmt;
pub mod micom;
pub mod reliability;
pub mod validity;
