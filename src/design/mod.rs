//! Design-based estimation: how the sample was drawn, and what that does to the variance of any estimate.
//!
//! [`estimate`] holds the estimators. The kernel below them has three layers, each usable alone:
//!
//! 1. [`scatter`]: mergeable sums of cluster totals within a stratum (count, mean, centred cross-products).
//! 2. [`stage`]: the variance of one stage of selection from such sums, with finite-population correction and the policy
//!    for lonely PSUs. It never sees a case, so it runs below the tally.
//! 3. [`variance`]: all stages of a [`SampleDesign`] from influence values, one row a case.
//!
//! **How to use it for any estimator.** Write the estimate as a smooth function of weighted totals; the influence value of
//! case i is `w_i · u_i`, where u is the linearised variable (for a mean `(y_i − ȳ)/Σw`). A case outside the domain, or
//! without a value, has influence 0 and stays in the design: that is what makes domain variances right. Weights that were
//! calibrated enter through residuals: replace u by what calibration leaves of it before multiplying by w.
//!
//! Sources: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, chapters 3 to 5; Cochran (1977), Sampling
//! Techniques, chapters 5, 10 and 11; Binder (1983), International Statistical Review 51, 279–292. The numbers equal those
//! of R's `survey`.

pub mod error;
pub mod estimate;
pub mod hypothesis;
pub mod replicates;
pub mod sample;
pub mod scatter;
pub mod stage;
pub mod variance;

pub use error::DesignError;
pub use sample::{SampleDesign, Stage, StageStratum, StageUnits, WeightContradiction};
pub use scatter::Scatter;
pub use stage::{LonelyPsuPolicy, StageVariance, StratumTotals, stage_variance};
pub use variance::{TotalVariance, total_variance};
