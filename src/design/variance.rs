//! The variance of totals under all stages of a sample design.

use super::sample::{StageUnits, same_length};
use super::{DesignError, LonelyPsuPolicy, SampleDesign, Scatter, StratumTotals, stage_variance};
use crate::stats::CompensatedSum;
use nalgebra::DMatrix;

/// The variance of totals and what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct TotalVariance {
    /// Covariance matrix, one row and column a statistic, in the squared unit of the influence values.
    pub covariance: DMatrix<f64>,
    /// Degrees of freedom of the whole design: PSUs minus strata.
    pub df: u64,
    /// First-stage strata handled by the policy for lonely PSUs.
    pub lonely_strata: u64,
}

impl TotalVariance {
    /// √ of the diagonal, one entry a statistic.
    #[must_use]
    pub fn standard_errors(&self) -> Vec<f64> {
        self.covariance.diagonal().iter().map(|variance| variance.max(0.0).sqrt()).collect()
    }
}

/// The covariance matrix of totals Σ `w_i·u_i` under the design. `influence` has one row a case and one column a statistic;
/// its entries are `w_i·u_i`, weights included, and 0 for cases outside the domain.
///
/// Stage by stage: `V = V_1 + Σ_c f_c · V_2(c)`, where `V_1` is [`stage_variance`] of the PSU totals, c runs over the sampled
/// PSUs, `f_c = n/N` of the PSU's stratum, and `V_2(c)` is the same formula for the clusters within PSU c, and so on.
/// Where a stratum has no population size (selection with replacement) its PSUs add nothing from later stages: the first
/// stage then carries the whole variance (ultimate clusters). Sources: Särndal, Swensson and Wretman (1992), result 4.3.1;
/// Cochran (1977), equation 10.14 and section 11.
///
/// Runs in time proportional to cases × stages × statistics². Cluster totals are compensated sums; the order of the cases
/// does not matter beyond the last digit.
///
/// # Errors
///
/// [`DesignError`] names the case, the stage or the stratum.
pub fn total_variance(design: &SampleDesign, influence: &DMatrix<f64>, lonely: LonelyPsuPolicy) -> Result<TotalVariance, DesignError> {
    same_length(design.cases(), influence.nrows())?;
    if let Some(at) = influence.iter().position(|value| !value.is_finite()) {
        return Err(DesignError::BadInfluence {
            case: at % influence.nrows(),
            statistic: at / influence.nrows(),
        });
    }
    let statistics = influence.ncols();
    let mut covariance = DMatrix::zeros(statistics, statistics);
    let mut lonely_strata = 0;
    // The product of sampling fractions down to each cluster of the stage before.
    let mut carried: Option<Vec<f64>> = None;
    for (number, stage) in design.stages().iter().enumerate() {
        let strata = stratum_totals(stage, influence);
        for (first, last) in families(stage) {
            let factor = match (&carried, stage.strata[first].parent) {
                (Some(carried), Some(parent)) => carried[parent],
                _ => 1.0,
            };
            if factor == 0.0 {
                continue;
            }
            let found = stage_variance(&strata[first..last], statistics, lonely, number).map_err(|error| shifted(error, first))?;
            covariance += found.covariance * factor;
            if number == 0 {
                lonely_strata = found.lonely_strata;
            }
        }
        carried = Some(carry(stage, carried.as_deref()));
    }
    Ok(TotalVariance {
        covariance,
        df: design.df(),
        lonely_strata,
    })
}

/// Ranges of strata that share a parent cluster. Strata are numbered parent by parent, so that each family is one range.
fn families(stage: &StageUnits) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut first = 0;
    for position in 1..=stage.strata.len() {
        let ends = stage
            .strata
            .get(position)
            .is_none_or(|next| next.parent != stage.strata[first].parent);
        if ends {
            ranges.push((first, position));
            first = position;
        }
    }
    ranges
}

/// The scatter of cluster totals in each stratum of a stage.
fn stratum_totals(stage: &StageUnits, influence: &DMatrix<f64>) -> Vec<StratumTotals> {
    let statistics = influence.ncols();
    let mut totals = vec![CompensatedSum::new(); stage.clusters() * statistics];
    for (statistic, column) in influence.column_iter().enumerate() {
        for (&cluster, &value) in stage.cluster.iter().zip(column.iter()) {
            totals[cluster * statistics + statistic].insert(value);
        }
    }
    let mut strata: Vec<StratumTotals> = stage
        .strata
        .iter()
        .map(|stratum| StratumTotals {
            scatter: Scatter::new(statistics),
            population: stratum.population,
        })
        .collect();
    let mut row = vec![0.0; statistics];
    for (cluster, &stratum) in stage.stratum_of_cluster.iter().enumerate() {
        for (statistic, entry) in row.iter_mut().enumerate() {
            *entry = totals[cluster * statistics + statistic].finish();
        }
        strata[stratum].scatter.insert(&row);
    }
    strata
}

/// The product of sampling fractions down to each cluster of this stage; 0 where one is unknown.
fn carry(stage: &StageUnits, before: Option<&[f64]>) -> Vec<f64> {
    (0..stage.clusters())
        .map(|cluster| {
            let parent = stage.strata[stage.stratum_of_cluster[cluster]].parent;
            let above = match (before, parent) {
                (Some(before), Some(parent)) => before[parent],
                _ => 1.0,
            };
            above * stage.sampling_fraction(cluster).unwrap_or(0.0)
        })
        .collect()
}

/// A stratum that an error counts from the start of its family, counted from the start of the stage.
fn shifted(error: DesignError, by: usize) -> DesignError {
    match error {
        DesignError::LonelyPsu { stage, stratum } => DesignError::LonelyPsu {
            stage,
            stratum: stratum + by,
        },
        DesignError::BadTotals { stratum } => DesignError::BadTotals { stratum: stratum + by },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stage;
    use super::*;
    use proptest::prelude::*;

    fn column(values: &[f64]) -> DMatrix<f64> {
        DMatrix::from_column_slice(values.len(), 1, values)
    }

    fn variance(design: &SampleDesign, values: &[f64]) -> f64 {
        total_variance(design, &column(values), LonelyPsuPolicy::Fail).unwrap().covariance[(0, 0)]
    }

    #[test]
    fn clusters_by_hand() {
        // PSU totals 3, 5, 10 of one stratum: mean 6, Σ² = 9 + 1 + 16 = 26, 3/2·26 = 39; 3 of 6 drawn → 19.5
        let stage = Stage::new(&["a", "a", "b", "c"]);
        let values = [1.0, 2.0, 5.0, 10.0];
        let plain = SampleDesign::new(std::slice::from_ref(&stage), None).unwrap();
        assert!((variance(&plain, &values) - 39.0).abs() < 1e-12);
        let corrected = SampleDesign::new(&[stage.with_population(&[6; 4])], None).unwrap();
        assert!((variance(&corrected, &values) - 19.5).abs() < 1e-12);
    }

    #[test]
    fn two_stages_by_hand() {
        // 2 of 4 PSUs, totals 3 and 7: (1 − 1/2)·2·8 = 8. Within: PSU one 2 of 4 with 1, 2: (1/2)·2·0.5 = 0.5;
        // PSU two 2 of 2, all drawn: 0. Times f = 1/2: 8 + 0.25.
        let stages = [
            Stage::new(&[1, 1, 2, 2]).with_population(&[4; 4]),
            Stage::of_elements(4).with_population(&[4, 4, 2, 2]),
        ];
        let design = SampleDesign::new(&stages, None).unwrap();
        assert!((variance(&design, &[1.0, 2.0, 3.0, 4.0]) - 8.25).abs() < 1e-12);
    }

    #[test]
    fn a_later_stage_without_population_is_with_replacement() {
        // As above, but nothing known of the second stage: within one 2·0.5 = 1, within two 2·0.5 = 1; 8 + (1 + 1)/2
        let stages = [Stage::new(&[1, 1, 2, 2]).with_population(&[4; 4]), Stage::of_elements(4)];
        let design = SampleDesign::new(&stages, None).unwrap();
        assert!((variance(&design, &[1.0, 2.0, 3.0, 4.0]) - 9.0).abs() < 1e-12);
        // and nothing known of the first: ultimate clusters, 2·8 = 16
        let design = SampleDesign::new(&[Stage::new(&[1, 1, 2, 2]), Stage::of_elements(4)], None).unwrap();
        assert!((variance(&design, &[1.0, 2.0, 3.0, 4.0]) - 16.0).abs() < 1e-12);
    }

    #[test]
    fn an_influence_that_is_not_a_number_is_named() {
        let design = SampleDesign::new(&[Stage::of_elements(2)], None).unwrap();
        let bad = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, f64::NAN]);
        assert_eq!(
            total_variance(&design, &bad, LonelyPsuPolicy::Fail),
            Err(DesignError::BadInfluence { case: 1, statistic: 1 })
        );
        let lonely = SampleDesign::new(&[Stage::of_elements(3).stratified(&[1, 1, 2])], None).unwrap();
        assert_eq!(
            total_variance(&lonely, &column(&[1.0, 2.0, 3.0]), LonelyPsuPolicy::Fail),
            Err(DesignError::LonelyPsu { stage: 0, stratum: 1 })
        );
    }

    fn any_cases() -> impl Strategy<Value = Vec<(u8, u8, f64, f64)>> {
        prop::collection::vec((0_u8..3, 0_u8..4, -10.0_f64..10.0, -10.0_f64..10.0), 4..60)
    }

    fn design_of(cases: &[(u8, u8, f64, f64)]) -> SampleDesign {
        let strata: Vec<u8> = cases.iter().map(|c| c.0).collect();
        let clusters: Vec<u8> = cases.iter().map(|c| c.1).collect();
        SampleDesign::new(&[Stage::new(&clusters).stratified(&strata).nested()], None).unwrap()
    }

    fn two_columns(cases: &[(u8, u8, f64, f64)]) -> DMatrix<f64> {
        DMatrix::from_fn(cases.len(), 2, |i, j| if j == 0 { cases[i].2 } else { cases[i].3 })
    }

    proptest! {
        /// V(A + B) = V(A) + V(B) + 2 Cov(A, B), and the matrix is symmetric.
        #[test]
        fn the_variance_of_a_sum_is_in_the_matrix(cases in any_cases()) {
            let design = design_of(&cases);
            let both = total_variance(&design, &two_columns(&cases), LonelyPsuPolicy::Adjust).unwrap().covariance;
            let sums: Vec<f64> = cases.iter().map(|c| c.2 + c.3).collect();
            let of_sum = total_variance(&design, &column(&sums), LonelyPsuPolicy::Adjust).unwrap().covariance[(0, 0)];
            prop_assert!((of_sum - both.sum()).abs() < 1e-9 * both.amax().max(1.0));
            prop_assert!((both[(0, 1)] - both[(1, 0)]).abs() < 1e-12 * both.amax().max(1.0));
        }

        #[test]
        fn the_order_of_the_cases_does_not_matter(cases in any_cases(), turn in 0_usize..60) {
            let mut turned = cases.clone();
            turned.rotate_left(turn % cases.len());
            let a = total_variance(&design_of(&cases), &two_columns(&cases), LonelyPsuPolicy::Certainty).unwrap();
            let b = total_variance(&design_of(&turned), &two_columns(&turned), LonelyPsuPolicy::Certainty).unwrap();
            prop_assert!((&a.covariance - &b.covariance).amax() <= 1e-12 * a.covariance.amax().max(1.0));
            prop_assert_eq!((a.df, a.lonely_strata), (b.df, b.lonely_strata));
        }

        /// Every case twice, within its cluster and with half the influence, is the same sample.
        #[test]
        fn cases_split_within_their_clusters_change_nothing(cases in any_cases()) {
            let doubled: Vec<_> = cases.iter().chain(&cases).map(|c| (c.0, c.1, c.2 / 2.0, c.3 / 2.0)).collect();
            let a = total_variance(&design_of(&cases), &two_columns(&cases), LonelyPsuPolicy::Adjust).unwrap().covariance;
            let b = total_variance(&design_of(&doubled), &two_columns(&doubled), LonelyPsuPolicy::Adjust).unwrap().covariance;
            prop_assert!((&a - &b).amax() <= 1e-10 * a.amax().max(1.0));
        }

        /// Both stages drawn completely: nothing varies. A census within the PSUs leaves the first stage alone.
        #[test]
        fn a_census_has_no_variance(cases in any_cases()) {
            let strata: Vec<u8> = cases.iter().map(|c| c.0).collect();
            let clusters: Vec<(u8, u8)> = cases.iter().map(|c| (c.0, c.1)).collect();
            let first = SampleDesign::new(&[Stage::new(&clusters).stratified(&strata)], None).unwrap();
            let units = first.first_stage();
            let population: Vec<u64> = (0..cases.len()).map(|i| units.strata[units.stratum(i).unwrap()].sampled).collect();
            let within: Vec<u64> = clusters.iter().map(|c| clusters.iter().filter(|d| *d == c).count() as u64).collect();
            let stages = [
                Stage::new(&clusters).stratified(&strata).with_population(&population),
                Stage::of_elements(cases.len()).with_population(&within),
            ];
            let census = SampleDesign::new(&stages, None).unwrap();
            let v = total_variance(&census, &two_columns(&cases), LonelyPsuPolicy::Fail).unwrap();
            prop_assert!(v.covariance.amax() == 0.0);
            prop_assert!(census.weights().iter().all(|w| *w == 1.0));
        }
    }
}
