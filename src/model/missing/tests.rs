//! Laws and second routes; reference values stand in `tests/it`.

use super::*;
use proptest::prelude::*;

type Rows = Vec<[Option<f64>; 3]>;

/// Answers 0 to 6 that share a source, some missing.
fn rows(missing: f64) -> impl Strategy<Value = Rows> {
    let row = (0_i8..7, [0_i8..5, 0_i8..5, 0_i8..5], [0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0]);
    prop::collection::vec(row, 40..80).prop_map(move |rows| {
        rows.into_iter()
            .map(|(shared, own, chance)| {
                let answer = |j: usize| (chance[j] >= missing).then(|| f64::from(shared + own[j]));
                [answer(0), answer(1), answer(2)]
            })
            .collect()
    })
}

fn sorted(rows: &Rows) -> Vec<Pattern> {
    patterns(rows.iter().map(|row| (1.0, row.as_slice())))
}

fn close(a: &Moments, b: &Moments, tolerance: f64) -> bool {
    let vectors = a.mean.iter().chain(&a.sd).zip(b.mean.iter().chain(&b.sd));
    vectors.into_iter().all(|(x, y)| (x - y).abs() < tolerance) && (&a.correlation - &b.correlation).amax() < tolerance
}

/// Log-likelihood of the answers given, from the rows one by one.
fn log_likelihood(rows: &Rows, moments: &Moments) -> f64 {
    let one = |row: &[Option<f64>; 3]| {
        let seen: Vec<usize> = (0..3).filter(|j| row[*j].is_some()).collect();
        if seen.is_empty() {
            return 0.0;
        }
        let covariance = DMatrix::from_fn(seen.len(), seen.len(), |a, b| {
            moments.correlation[(seen[a], seen[b])] * moments.sd[seen[a]] * moments.sd[seen[b]]
        });
        let off = nalgebra::DVector::from_fn(seen.len(), |a, _| row[seen[a]].unwrap() - moments.mean[seen[a]]);
        let factor = covariance.cholesky().unwrap();
        -0.5 * (factor.determinant().ln() + factor.solve(&off).dot(&off))
    };
    rows.iter().map(one).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Without a gap all methods are the same moments.
    #[test]
    fn all_agree_when_nothing_is_missing(rows in rows(0.0)) {
        let patterns = sorted(&rows);
        let plain = mean_replacement(&patterns, 3).unwrap();
        for method in [MissingMethod::Pairwise, MissingMethod::Listwise, MissingMethod::Em] {
            prop_assert!(close(&moments(method, &patterns, 3).unwrap(), &plain, 1e-9));
        }
    }

    /// Second route: at the EM solution the likelihood of the answers, computed from the rows, has no slope in any
    /// mean, spread or correlation.
    #[test]
    fn em_is_where_the_likelihood_is_flat(rows in rows(0.25)) {
        let (found, _) = em(&sorted(&rows), 3, EmOptions::default()).unwrap();
        let slope = |change: &dyn Fn(&mut Moments, f64)| {
            let at = |step: f64| {
                let mut moved = found.clone();
                change(&mut moved, step);
                log_likelihood(&rows, &moved)
            };
            (at(1e-4) - at(-1e-4)) / 2e-4
        };
        let curvature = rows.len() as f64;
        for j in 0..3 {
            prop_assert!(slope(&|m: &mut Moments, step| m.mean[j] += step).abs() < 1e-5 * curvature);
            prop_assert!(slope(&|m: &mut Moments, step| m.sd[j] += step).abs() < 1e-5 * curvature);
            for k in 0..j {
                let both = |m: &mut Moments, step: f64| {
                    m.correlation[(j, k)] += step;
                    m.correlation[(k, j)] += step;
                };
                prop_assert!(slope(&both).abs() < 1e-5 * curvature);
            }
        }
    }

    /// Second route: when only the last item has gaps, maximum likelihood has a closed form (Anderson 1957): moments of
    /// the complete items from everybody, the regression of the last on them from those who answered it.
    #[test]
    fn em_meets_the_closed_form_of_one_item_with_gaps(rows in rows(0.0), gaps in prop::collection::vec(0.0f64..1.0, 80)) {
        let rows: Rows = rows.iter().zip(&gaps).map(|(r, gap)| [r[0], r[1], r[2].filter(|_| *gap > 0.3)]).collect();
        let complete = sorted(&rows.iter().filter(|r| r[2].is_some()).copied().collect());
        let (all, part) = (sorted(&rows.iter().map(|r| [r[0], r[1], Some(0.5 * r[0].unwrap() + r[1].unwrap().sin())]).collect()), complete);
        let (all, part) = (mean_replacement(&all, 3).unwrap(), mean_replacement(&part, 3).unwrap());
        let covariance = |m: &Moments, j: usize, k: usize| m.correlation[(j, k)] * m.sd[j] * m.sd[k];
        let among = |m: &Moments| DMatrix::from_fn(2, 2, |j, k| covariance(m, j, k));
        let with = nalgebra::DVector::from_fn(2, |j, _| covariance(&part, j, 2));
        let slope = among(&part).cholesky().unwrap().solve(&with);
        let residual = covariance(&part, 2, 2) - slope.dot(&with);
        let mean = part.mean[2] + (0..2).map(|j| slope[j] * (all.mean[j] - part.mean[j])).sum::<f64>();
        let variance = residual + (slope.transpose() * among(&all) * &slope)[(0, 0)];
        let (found, _) = em(&sorted(&rows), 3, EmOptions::default()).unwrap();
        prop_assert!((found.mean[2] - mean).abs() < 1e-8);
        prop_assert!((found.sd[2] - variance.sqrt()).abs() < 1e-8);
        let crossed = among(&all) * &slope;
        for j in 0..2 {
            prop_assert!((covariance(&found, j, 2) - crossed[j]).abs() < 1e-7);
            prop_assert!((found.mean[j] - all.mean[j]).abs() < 1e-8);
        }
    }

    /// A case of weight 2 is two cases, under every method.
    #[test]
    fn weights_are_counts(rows in rows(0.15)) {
        let twice = patterns(rows.iter().enumerate().map(|(i, row)| (if i % 2 == 0 { 2.0 } else { 1.0 }, row.as_slice())));
        let even = rows.iter().enumerate().filter(|(i, _)| i % 2 == 0).map(|(_, row)| row);
        let repeated = patterns(rows.iter().chain(even).map(|row| (1.0, row.as_slice())));
        for method in [MissingMethod::Mean, MissingMethod::Pairwise, MissingMethod::Listwise, MissingMethod::Em] {
            match (moments(method, &twice, 3), moments(method, &repeated, 3)) {
                (Ok(a), Ok(b)) => prop_assert!(close(&a, &b, 1e-8)),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}

#[test]
fn contradictory_pairs_are_refused() {
    // a agrees with b, b with c, and a opposes c, each among other people.
    let mut rows = Vec::new();
    for x in 0..6 {
        let x = f64::from(x);
        rows.push([Some(x), Some(x), None]);
        rows.push([None, Some(x), Some(x)]);
        rows.push([Some(x), None, Some(5.0 - x)]);
    }
    let patterns = patterns(rows.iter().map(|row| (1.0, row.as_slice())));
    assert!(matches!(pairwise(&patterns, 3), Err(MissingError::NotPositiveDefinite { smallest }) if smallest < -0.9));
    assert_eq!(listwise(&patterns, 3), Err(MissingError::NoCompleteCases));
}

#[test]
fn faults_are_named() {
    let never = [[Some(1.0), None, Some(2.0)], [Some(2.0), None, Some(1.0)]];
    let sorted = patterns(never.iter().map(|row| (1.0, row.as_slice())));
    assert_eq!(mean_replacement(&sorted, 3), Err(MissingError::NoVariance { item: 1 }));
    let apart = [[Some(1.0), None], [Some(2.0), None], [None, Some(1.0)], [None, Some(2.0)]];
    let sorted = patterns(apart.iter().map(|row| (1.0, row.as_slice())));
    assert_eq!(pairwise(&sorted, 2), Err(MissingError::NoPair { first: 0, second: 1 }));
}
