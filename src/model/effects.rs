//! What a change of one construct does to another, along every chain of paths.
//!
//! With `B[from, to]` the path coefficients of a model without cycles,
//! the total effects are `T = B + B² + B³ + …` and the indirect effects are
//! `T − B`. Source: K. A. Bollen, *Structural equations with latent variables*
//! (1989), chapter 8. They are summed here in causal order, so that an effect
//! without any chain of paths is exactly 0.

use nalgebra::DMatrix;

use super::structure::Structure;

/// Total effects, row = from, column = to, in the units of the coefficients.
///
/// The diagonal is 0, as is every pair that no chain of paths joins
/// ([`Structure::antecedents`] tells which are joined). `coefficients` stand in
/// the order of [`Structure::paths`]; `None` when their number differs.
pub fn total_effects(structure: &Structure, coefficients: &[f64]) -> Option<DMatrix<f64>> {
    effects(structure, coefficients).map(|effects| effects.total)
}

/// Indirect effects: the part of [`total_effects`] that passes through at
/// least one other construct. Laid out and undefined like those.
pub fn indirect_effects(structure: &Structure, coefficients: &[f64]) -> Option<DMatrix<f64>> {
    effects(structure, coefficients).map(|effects| effects.indirect)
}

struct Effects {
    total: DMatrix<f64>,
    indirect: DMatrix<f64>,
}

fn effects(structure: &Structure, coefficients: &[f64]) -> Option<Effects> {
    if coefficients.len() != structure.paths().len() {
        return None;
    }
    let count = structure.construct_count();
    let mut total = DMatrix::zeros(count, count);
    let mut indirect = DMatrix::zeros(count, count);
    for &to in structure.order() {
        for before in &structure.incoming()[to] {
            let coefficient = coefficients[before.path];
            for from in 0..count {
                indirect[(from, to)] += total[(from, before.from)] * coefficient;
            }
            total[(before.from, to)] = coefficient;
        }
        for from in 0..count {
            total[(from, to)] += indirect[(from, to)];
        }
    }
    Some(Effects { total, indirect })
}

#[cfg(test)]
mod tests {
    use nalgebra::dmatrix;
    use proptest::prelude::*;

    use super::*;

    fn model(paths: Vec<(usize, usize)>, count: usize) -> Structure {
        let blocks = (0..count).map(|item| vec![item]).collect();
        Structure::new(blocks, paths, count).unwrap()
    }

    #[test]
    fn a_chain_multiplies_and_branches_add() {
        let structure = model(vec![(0, 1), (1, 2), (0, 2)], 3);
        let coefficients = [0.5, 0.4, 0.3];
        let total = total_effects(&structure, &coefficients).unwrap();
        let indirect = indirect_effects(&structure, &coefficients).unwrap();
        assert_eq!(total, dmatrix![0.0, 0.5, 0.5; 0.0, 0.0, 0.4; 0.0, 0.0, 0.0]);
        assert_eq!(indirect, dmatrix![0.0, 0.0, 0.2; 0.0, 0.0, 0.0; 0.0, 0.0, 0.0]);
    }

    #[test]
    fn coefficients_must_match_the_paths() {
        let structure = model(vec![(0, 1)], 2);
        assert_eq!(total_effects(&structure, &[]), None);
        assert_eq!(indirect_effects(&structure, &[0.1, 0.2]), None);
    }

    proptest! {
        /// Second route: T = (I − B)⁻¹ − I, on every path of five constructs
        /// whose causal order is not their position.
        #[test]
        fn equals_the_inverse(coefficients in prop::collection::vec(-2.0f64..2.0, 10)) {
            let order = [3usize, 0, 4, 2, 1];
            let mut paths = Vec::new();
            for (rank, &from) in order.iter().enumerate() {
                paths.extend(order[rank + 1..].iter().map(|&to| (from, to)));
            }
            let structure = model(paths.clone(), 5);
            let mut direct = DMatrix::zeros(5, 5);
            for (&(from, to), &coefficient) in paths.iter().zip(&coefficients) {
                direct[(from, to)] = coefficient;
            }
            let identity = DMatrix::<f64>::identity(5, 5);
            let inverse = (&identity - &direct).try_inverse().unwrap() - &identity;
            let total = total_effects(&structure, &coefficients).unwrap();
            let indirect = indirect_effects(&structure, &coefficients).unwrap();
            prop_assert!((&total - inverse).amax() < 1e-12);
            prop_assert!((total - direct - indirect).amax() < 1e-12);
        }
    }
}
