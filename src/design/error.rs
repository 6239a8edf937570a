//! Why a design, or a variance under it, cannot be given. Cases, strata, stages and columns are counted from 0.

/// What is wrong with a sample design or with the values handed to it.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum DesignError {
    /// No cases at all, or no strata.
    #[error("the design has no cases")]
    Empty,
    /// No stage of selection.
    #[error("the design has no stage of selection")]
    NoStage,
    /// A column has another number of cases than the design.
    #[error("{expected} cases expected, got {got}")]
    Cases {
        /// Cases of the design.
        expected: usize,
        /// Cases handed in.
        got: usize,
    },
    /// Statistics of different number met.
    #[error("{expected} statistics expected, got {got}")]
    Statistics {
        /// Columns expected.
        expected: usize,
        /// Columns handed in.
        got: usize,
    },
    /// One cluster label stands in two strata; ask for nesting if the labels are only unique within a stratum.
    #[error("the cluster of case {case} also occurs in the stratum of case {other}, at stage {stage}")]
    ClusterInTwoStrata {
        /// Stage of selection.
        stage: usize,
        /// A case of the cluster.
        case: usize,
        /// An earlier case of the same cluster, in another stratum.
        other: usize,
    },
    /// Two cases of one stratum (and of one parent cluster) have different population sizes.
    #[error("case {case} gives its stratum another population size than case {other}, at stage {stage}")]
    PopulationDiffers {
        /// Stage of selection.
        stage: usize,
        /// A case of the stratum.
        case: usize,
        /// An earlier case of the same stratum.
        other: usize,
    },
    /// More clusters were sampled than the population holds.
    #[error("stratum {stratum} of stage {stage} has {sampled} sampled clusters but only {population} in the population")]
    PopulationBelowSampled {
        /// Stage of selection.
        stage: usize,
        /// Position of the stratum.
        stratum: usize,
        /// Clusters in the sample.
        sampled: u64,
        /// Clusters in the population.
        population: u64,
    },
    /// A weight is negative or not finite.
    #[error("the weight of case {case} is negative or not a number")]
    BadWeight {
        /// The case.
        case: usize,
    },
    /// All weights are 0.
    #[error("all weights are zero")]
    NoWeight,
    /// An influence value is not a finite number.
    #[error("the influence of case {case} on statistic {statistic} is not a finite number")]
    BadInfluence {
        /// The case.
        case: usize,
        /// The column.
        statistic: usize,
    },
    /// The totals of a stratum are not finite numbers.
    #[error("the totals of stratum {stratum} are not finite numbers")]
    BadTotals {
        /// Position of the stratum.
        stratum: usize,
    },
    /// A stratum without a sampled cluster.
    #[error("stratum {stratum} has no sampled clusters: merge it with another")]
    NotSampled {
        /// Position of the stratum.
        stratum: usize,
    },
    /// A stratum with one sampled cluster, under [`LonelyPsuPolicy::Fail`](super::LonelyPsuPolicy::Fail).
    #[error("stratum {stratum} has only one sampled cluster at stage {stage}, so its variance is unknown")]
    LonelyPsu {
        /// Stage of selection.
        stage: usize,
        /// Position of the stratum.
        stratum: usize,
    },
    /// [`LonelyPsuPolicy::Average`](super::LonelyPsuPolicy::Average) with nothing to average.
    #[error("every stratum has only one sampled cluster, so there is no variance to average")]
    OnlyLonelyPsus,
}
