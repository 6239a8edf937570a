//! Refusals and laws; reference values stand in `tests/it/pls_reference.rs`.

use nalgebra::{DMatrix, dmatrix};
use proptest::prelude::*;

use super::*;

const SCHEMES: [InnerScheme; 3] = [InnerScheme::Centroid, InnerScheme::Factorial, InnerScheme::Path];

fn run(correlation: &DMatrix<f64>, structure: &Structure) -> Result<PlsEstimate, PlsError> {
    estimate(correlation, structure, InnerScheme::Path, PlsOptions::default())
}

/// Items 0 and 1 measure construct 0, item 2 is construct 1.
fn pair() -> Structure {
    Structure::new(vec![vec![0, 1], vec![2]], vec![(0, 1)], 3).unwrap()
}

fn sound() -> DMatrix<f64> {
    dmatrix![1.0, 0.5, 0.4; 0.5, 1.0, 0.3; 0.4, 0.3, 1.0]
}

#[test]
fn refuses_a_tolerance_that_cannot_be_reached() {
    for tolerance in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let options = PlsOptions {
            tolerance,
            ..PlsOptions::default()
        };
        let result = estimate(&sound(), &pair(), InnerScheme::Path, options);
        assert!(matches!(result, Err(PlsError::Tolerance { .. })));
    }
}

#[test]
fn refuses_a_matrix_of_another_size() {
    let error = run(&DMatrix::identity(2, 3), &pair()).unwrap_err();
    let expected = PlsError::Size {
        rows: 2,
        columns: 3,
        items: 3,
    };
    assert_eq!(error, expected);
}

#[test]
fn names_the_item_without_variance() {
    for value in [f64::NAN, 0.0] {
        let mut correlation = sound();
        correlation.row_mut(1).fill(value);
        correlation.column_mut(1).fill(value);
        let error = run(&correlation, &pair()).unwrap_err();
        assert_eq!(error, PlsError::NoItemVariance { item: 1 });
    }
}

#[test]
fn refuses_what_is_not_a_correlation_matrix() {
    let mut covariance = sound();
    covariance[(2, 2)] = 4.0;
    let error = run(&covariance, &pair()).unwrap_err();
    let expected = PlsError::Diagonal { item: 2, value: 4.0 };
    assert_eq!(error, expected);
    for (value, mirrored) in [(0.1, 0.3), (1.2, 1.2), (f64::INFINITY, f64::INFINITY)] {
        let mut wrong = sound();
        wrong[(1, 2)] = value;
        wrong[(2, 1)] = mirrored;
        let expected = PlsError::Entry {
            row: 1,
            column: 2,
            value,
            mirrored,
        };
        assert_eq!(run(&wrong, &pair()).unwrap_err(), expected);
    }
}

#[test]
fn names_the_construct_whose_items_cancel_out() {
    let correlation = dmatrix![1.0, -1.0, 0.4; -1.0, 1.0, -0.4; 0.4, -0.4, 1.0];
    let error = run(&correlation, &pair()).unwrap_err();
    assert_eq!(error, PlsError::NoScoreVariance { construct: 0 });
}

#[test]
fn names_the_construct_unrelated_to_its_neighbours() {
    let correlation = dmatrix![1.0, 0.5, 0.0; 0.5, 1.0, 0.0; 0.0, 0.0, 1.0];
    let error = run(&correlation, &pair()).unwrap_err();
    assert_eq!(error, PlsError::NoSignal { construct: 0 });
}

#[test]
fn names_the_construct_with_dependent_predictors() {
    let correlation = dmatrix![1.0, 1.0, 0.4; 1.0, 1.0, 0.4; 0.4, 0.4, 1.0];
    let blocks = vec![vec![0], vec![1], vec![2]];
    let structure = Structure::new(blocks, vec![(0, 2), (1, 2)], 3).unwrap();
    for scheme in SCHEMES {
        let error = estimate(&correlation, &structure, scheme, PlsOptions::default());
        assert_eq!(error.unwrap_err(), PlsError::DependentPredictors { construct: 2 });
    }
}

#[test]
fn running_out_of_steps_is_an_error() {
    let options = PlsOptions {
        iterations_max: 1,
        ..PlsOptions::default()
    };
    let result = estimate(&sound(), &pair(), InnerScheme::Path, options);
    let Err(PlsError::NotConverged { iterations, last_change }) = result else {
        panic!("{result:?}");
    };
    assert_eq!(iterations, 1);
    assert!(last_change > 0.01);
}

#[test]
fn single_items_give_a_path_analysis() {
    let blocks = vec![vec![0], vec![1], vec![2]];
    let structure = Structure::new(blocks, vec![(0, 2), (1, 2)], 3).unwrap();
    let model = run(&sound(), &structure).unwrap();
    assert_eq!(model.outer_weights, [[1.0], [1.0], [1.0]]);
    assert_eq!(model.construct_correlation, sound());
    assert!((model.paths[0] - (0.4 - 0.5 * 0.3) / 0.75).abs() < 1e-15);
    assert_eq!(model.r2[0], None);
    let explained = model.paths[0] * 0.4 + model.paths[1] * 0.3;
    assert!((model.r2[2].unwrap() - explained).abs() < 1e-15);
}

/// One block against one item: whatever the scheme, the weights are in the
/// ratio of the items' correlations with it, 0.4 to 0.3, and the path is
/// `(0.4² + 0.3²) / sd(0.4 z₀ + 0.3 z₁)`.
#[test]
fn a_block_against_one_item_by_hand() {
    let scale = f64::sqrt(0.4 * 0.4 + 0.3 * 0.3 + 2.0 * 0.4 * 0.3 * 0.5);
    for scheme in SCHEMES {
        let model = estimate(&sound(), &pair(), scheme, PlsOptions::default()).unwrap();
        assert!((model.outer_weights[0][0] - 0.4 / scale).abs() < 1e-15);
        assert!((model.outer_weights[0][1] - 0.3 / scale).abs() < 1e-15);
        assert!((model.paths[0] - 0.25 / scale).abs() < 1e-15);
    }
}

#[test]
fn an_item_in_no_block_gets_cross_loadings_only() {
    let correlation = dmatrix![
        1.0, 0.5, 0.4, 0.2; 0.5, 1.0, 0.3, 0.1; 0.4, 0.3, 1.0, 0.6; 0.2, 0.1, 0.6, 1.0
    ];
    let structure = Structure::new(vec![vec![0, 1], vec![2]], vec![(0, 1)], 4).unwrap();
    let model = run(&correlation, &structure).unwrap();
    let without = run(&sound(), &pair()).unwrap();
    assert_eq!(model.outer_weights, without.outer_weights);
    assert!((model.cross_loadings[(3, 1)] - 0.6).abs() < 1e-15);
}

const ITEMS: usize = 8;

/// Correlations of eight items that share one source, some of them turned the
/// wrong way, and have sources of their own.
fn correlations() -> impl Strategy<Value = DMatrix<f64>> {
    let loading = prop::collection::vec(-0.9f64..0.9, ITEMS);
    let own = prop::collection::vec(-0.3f64..0.3, ITEMS * ITEMS);
    (loading, own).prop_map(|(loading, own)| {
        let own = DMatrix::from_vec(ITEMS, ITEMS, own) + DMatrix::identity(ITEMS, ITEMS) * 0.5;
        let loading = DMatrix::from_vec(ITEMS, 1, loading);
        let covariance = &loading * loading.transpose() + &own * own.transpose();
        let sd = covariance.diagonal().map(f64::sqrt);
        DMatrix::from_fn(ITEMS, ITEMS, |i, j| {
            if i == j {
                1.0
            } else {
                covariance[(i.max(j), i.min(j))] / (sd[i] * sd[j])
            }
        })
    })
}

fn diamond() -> Structure {
    let blocks = vec![vec![0, 1, 2], vec![3, 4], vec![5], vec![6, 7]];
    let paths = vec![(0, 1), (0, 2), (1, 3), (2, 3), (0, 3)];
    Structure::new(blocks, paths, ITEMS).unwrap()
}

/// Centroid and path schemes may circle when a correlation is near zero;
/// such cases say nothing about the law.
fn settled(correlation: &DMatrix<f64>, scheme: InnerScheme) -> Option<PlsEstimate> {
    match estimate(correlation, &diamond(), scheme, PlsOptions::default()) {
        Ok(model) => Some(model),
        Err(PlsError::NotConverged { .. }) => None,
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    /// Scores have variance 1, loadings are the own column of the
    /// cross-loadings, and the signs follow the rule.
    #[test]
    fn parts_fit_together(correlation in correlations(), scheme in 0usize..3) {
        let Some(model) = settled(&correlation, SCHEMES[scheme]) else { return Ok(()) };
        let structure = diamond();
        for (construct, items) in structure.blocks().iter().enumerate() {
            let weights = &model.outer_weights[construct];
            let loadings = &model.loadings[construct];
            let variance: f64 = weights.iter().zip(loadings).map(|(w, l)| w * l).sum();
            prop_assert!((variance - 1.0).abs() < 1e-12);
            prop_assert!(weights.iter().sum::<f64>() > 0.0);
            for (&item, loading) in items.iter().zip(loadings) {
                prop_assert!((model.cross_loadings[(item, construct)] - loading).abs() < 1e-12);
            }
        }
        for r2 in model.r2.iter().flatten() {
            prop_assert!((0.0..=1.0).contains(r2));
        }
    }

    /// Turning every item of a construct turns its paths and nothing else.
    #[test]
    fn turning_a_block_turns_its_paths(correlation in correlations(), scheme in 0usize..3) {
        let Some(model) = settled(&correlation, SCHEMES[scheme]) else { return Ok(()) };
        let sign = |item: usize| if (3..5).contains(&item) { -1.0 } else { 1.0 };
        let turned = DMatrix::from_fn(ITEMS, ITEMS, |i, j| sign(i) * sign(j) * correlation[(i, j)]);
        let after = settled(&turned, SCHEMES[scheme]).unwrap();
        prop_assert_eq!(&model.outer_weights, &after.outer_weights);
        for (path, ends) in diamond().paths().iter().enumerate() {
            let expected = if ends.0 == 1 || ends.1 == 1 { -1.0 } else { 1.0 };
            prop_assert!((model.paths[path] - expected * after.paths[path]).abs() < 1e-12);
        }
    }
}
