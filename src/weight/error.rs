//! Why weights cannot be made. Every condition names the category or the class, so that it can be told to the user.

/// A condition under which a weighting step refuses to give weights.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WeightError {
    /// Vectors that should go by cell have different lengths.
    #[error("{what} has {got} entries for {cells} cells")]
    Shape {
        /// The vector.
        what: &'static str,
        /// Its length.
        got: usize,
        /// Number of cells.
        cells: usize,
    },
    /// There is nobody to weight.
    #[error("there are no cases to weight")]
    NoCases,
    /// A weight that is not positive and finite.
    #[error("weight {weight} of cell {cell} is not a positive number")]
    BadWeight {
        /// Position of the cell.
        cell: usize,
        /// The weight.
        weight: f64,
    },
    /// A class whose sampled units all failed to answer: nobody is left to carry its weight.
    #[error("class {class}: {sampled} sampled, nobody answered; merge it with another class")]
    EmptyClass {
        /// Name of the class.
        class: String,
        /// Units sampled in it.
        sampled: u64,
    },
    /// More answered than were sampled.
    #[error("class {class}: {answered} answered of {sampled} sampled")]
    MoreAnsweredThanSampled {
        /// Name of the class.
        class: String,
        /// Units that answered.
        answered: u64,
        /// Units sampled.
        sampled: u64,
    },
    /// A category with a target and too few respondents to carry it.
    #[error("{margin} = {category}: {cases} respondents for a target of {target}, at least {needed} are needed")]
    CategoryTooSmall {
        /// Name of the margin.
        margin: String,
        /// Name of the category.
        category: String,
        /// Respondents in it.
        cases: u64,
        /// Fewest that are accepted.
        needed: u64,
        /// Its target.
        target: f64,
    },
    /// A target that is not a positive number although somebody of the category answered.
    #[error("{margin} = {category}: {target} is no target for a category that answered")]
    BadTarget {
        /// Name of the margin.
        margin: String,
        /// Name of the category.
        category: String,
        /// The target.
        target: f64,
    },
    /// Two margins that describe populations of different size.
    #[error("the targets of {first} sum to {first_total}, those of {second} to {second_total}")]
    TotalsContradict {
        /// Name of one margin.
        first: String,
        /// Sum of its targets.
        first_total: f64,
        /// Name of the other.
        second: String,
        /// Sum of its targets.
        second_total: f64,
    },
    /// Bounds that no weight can satisfy, or that do not enclose 1.
    #[error("bounds {lower} … {upper} must satisfy 0 ≤ lower < 1 < upper")]
    BadBounds {
        /// Lower bound.
        lower: f64,
        /// Upper bound.
        upper: f64,
    },
    /// The iteration did not reach its tolerance.
    #[error("not converged after {iterations} iterations: {at} is off by {error} (relative), tolerance {tolerance}")]
    NotConverged {
        /// Iterations done.
        iterations: u64,
        /// Margin and category, or auxiliary variable, with the largest error.
        at: String,
        /// Its relative error.
        error: f64,
        /// The tolerance.
        tolerance: f64,
    },
    /// Weights at or below zero came out.
    #[error("{cases} cases got a weight of zero or less, the smallest {smallest}")]
    NegativeWeights {
        /// Cases concerned.
        cases: u64,
        /// Smallest weight.
        smallest: f64,
    },
    /// The bounds of trimming cannot hold the sum of the weights, or leave nobody to take what was cut.
    #[error("trimming to {lower} … {upper} cannot keep the sum {sum} over {cases} cases")]
    TrimImpossible {
        /// Lower bound.
        lower: f64,
        /// Upper bound.
        upper: f64,
        /// Sum of the weights.
        sum: f64,
        /// Cases.
        cases: u64,
    },
    /// Weights differ within a cluster that is to share one.
    #[error("the weights within cluster {cluster} differ")]
    UnequalWithinCluster {
        /// Position of the cluster.
        cluster: usize,
    },
}
