//! Tally + structure → model: how items make dimensions and how dimensions act on one another.

pub mod effects;
pub mod fit;
pub mod higher_order;
pub mod importance;
pub mod inner_model;
pub mod mediation;
pub mod missing;
pub mod moderation;
pub mod pls;
pub mod plsc;
pub mod predict;
pub mod relative_importance;
pub mod structure;
pub mod weighting;
