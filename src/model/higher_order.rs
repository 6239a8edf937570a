//! Constructs measured by other constructs: service quality by its elements, for
//! instance.
//!
//! Two ways are known. [`repeated_indicators`] gives the higher construct all
//! items of its parts a second time and estimates everything at once. It
//! stands or falls with the number of items of each part, and a formed higher
//! construct is wholly explained by its parts, so that nothing else can act on
//! it. [`two_stage`] estimates the parts first, each in the place of the whole,
//! and lets their scores be the items of the higher construct; it is the one
//! to use when paths lead to the higher construct.
//!
//! Sources: J.-B. Lohmöller, *Latent variable path modeling with partial least
//! squares* (1989), chapter 3; J.-M. Becker, K. Klein & M. Wetzels, *Long Range
//! Planning* 45 (2012) 359–394; M. Sarstedt et al., "How to specify, estimate,
//! and validate higher-order constructs in PLS-SEM", *Australasian Marketing
//! Journal* 27 (2019) 197–211 (the disjoint two-stage approach).

use nalgebra::DMatrix;

use super::pls::{InnerScheme, OuterMode, PlsError, PlsEstimate, PlsOptions, estimate_with, from_weights};
use super::structure::{HigherMethod, Structure, StructureError};

/// A path model some of whose constructs are made of others.
///
/// Constructs are numbered: those with items first, in the order of `blocks`,
/// then the higher ones in the order of `higher`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HigherOrder {
    /// Item positions of the constructs with items.
    pub blocks: Vec<Vec<usize>>,
    /// For each higher construct the constructs with items that it is made of.
    pub higher: Vec<Vec<usize>>,
    /// Paths `(from, to)`; parts take part in them through their whole only.
    pub paths: Vec<(usize, usize)>,
    /// Rows of the correlation matrix.
    pub item_count: usize,
}

/// Whether the parts show the whole or make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartDirection {
    /// The whole acts on its parts.
    Reflective,
    /// The parts act on the whole.
    Formative,
}

/// Why there is no estimate.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum HigherOrderError {
    /// A higher construct without parts, or a part that is no construct with items.
    #[error("higher construct {higher} has no parts, or one that is no construct with items")]
    Parts {
        /// Position in [`HigherOrder::higher`].
        higher: usize,
    },
    /// A part of two wholes, or with a path of its own.
    #[error("construct {construct} is a part, and also a part of another whole or an end of a path")]
    PartElsewhere {
        /// The construct.
        construct: usize,
    },
    /// Blocks and paths that make no model.
    #[error(transparent)]
    Structure(#[from] StructureError),
    /// No estimate, of either stage.
    #[error(transparent)]
    Estimate(#[from] PlsError),
}

/// The two stages of an estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoStage {
    /// Model of the first stage: each part in the place of its whole. Constructs are those of `blocks`.
    pub first_structure: Structure,
    /// Its estimate.
    pub first: PlsEstimate,
    /// Constructs of the second stage by their numbers: those with items that are no parts, then the higher ones.
    pub constructs: Vec<usize>,
    /// Model of the second stage. Its items are all items, then the scores of the constructs of the first stage.
    pub second_structure: Structure,
    /// Its estimate.
    pub second: PlsEstimate,
    /// For each higher construct the weights of the standardised items of its parts, part after part: its score has
    /// variance 1 under them.
    pub item_weights: Vec<Vec<f64>>,
}

/// Estimates in two stages. `modes` by construct, higher ones included.
///
/// # Errors
/// [`HigherOrderError`].
pub fn two_stage(
    correlation: &DMatrix<f64>,
    model: &HigherOrder,
    modes: &[OuterMode],
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<TwoStage, HigherOrderError> {
    let whole_of = wholes(model)?;
    let lower = model.blocks.len();
    let ends = |construct: usize| -> Vec<usize> {
        match construct.checked_sub(lower).and_then(|h| model.higher.get(h)) {
            Some(parts) => parts.clone(),
            None => vec![construct],
        }
    };
    let mut paths = Vec::new();
    for &(from, to) in &model.paths {
        let pairs = ends(from).into_iter().flat_map(|a| ends(to).into_iter().map(move |b| (a, b)));
        paths.extend(pairs);
    }
    let first_structure = Structure::new(model.blocks.clone(), paths, model.item_count)?;
    let mode = |c: usize| modes.get(c).copied().unwrap_or_default();
    let first_modes: Vec<OuterMode> = (0..lower).map(mode).collect();
    let first = estimate_with(correlation, &first_structure, &first_modes, scheme, options)?;

    let own = (0..lower).filter(|c| whole_of[*c].is_none());
    let constructs: Vec<usize> = own.chain(lower..lower + model.higher.len()).collect();
    let place = |construct: usize| constructs.iter().position(|c| *c == construct);
    let blocks = constructs.iter().map(|&c| match c.checked_sub(lower) {
        Some(h) => model.higher[h].iter().map(|part| model.item_count + part).collect(),
        None => model.blocks[c].clone(),
    });
    let inner = model.paths.iter().filter_map(|&(from, to)| place(from).zip(place(to)));
    let second_structure = Structure::new(blocks.collect(), inner.collect(), model.item_count + lower)?;
    let second_modes: Vec<OuterMode> = constructs.iter().map(|c| mode(*c)).collect();
    let second = estimate_with(&with_scores(correlation, &first), &second_structure, &second_modes, scheme, options)?;

    let weights = |(h, parts): (usize, &Vec<usize>)| {
        let of_parts = place(lower + h).map(|at| second.outer_weights[at].as_slice()).unwrap_or_default();
        let of_part = |(part, outer): (&usize, &f64)| first.outer_weights[*part].iter().map(|w| w * outer).collect::<Vec<f64>>();
        parts.iter().zip(of_parts).flat_map(of_part).collect()
    };
    let item_weights = model.higher.iter().enumerate().map(weights).collect();
    Ok(TwoStage {
        first_structure,
        first,
        constructs,
        second_structure,
        second,
        item_weights,
    })
}

/// A model with the items of the parts repeated, and its estimate. Constructs are numbered as in [`HigherOrder`]; the
/// structure's items are all items, then the repeated ones, part after part.
#[derive(Debug, Clone, PartialEq)]
pub struct RepeatedIndicators {
    /// The enlarged model: paths as given, then those between wholes and parts.
    pub structure: Structure,
    /// Its estimate.
    pub estimate: PlsEstimate,
}

/// Estimates with repeated indicators. `directions` by higher construct, `modes` by construct, higher ones included.
///
/// # Errors
/// [`HigherOrderError`].
pub fn repeated_indicators(
    correlation: &DMatrix<f64>,
    model: &HigherOrder,
    directions: &[PartDirection],
    modes: &[OuterMode],
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<RepeatedIndicators, HigherOrderError> {
    wholes(model)?;
    let mut origin: Vec<usize> = (0..model.item_count).collect();
    let mut blocks = model.blocks.clone();
    let mut paths = model.paths.clone();
    for (h, parts) in model.higher.iter().enumerate() {
        let whole = model.blocks.len() + h;
        let start = origin.len();
        for &part in parts {
            origin.extend(&model.blocks[part]);
            paths.push(match directions.get(h).copied().unwrap_or(PartDirection::Reflective) {
                PartDirection::Reflective => (whole, part),
                PartDirection::Formative => (part, whole),
            });
        }
        blocks.push((start..origin.len()).collect());
    }
    let structure = Structure::new(blocks, paths, origin.len())?;
    let repeated = DMatrix::from_fn(origin.len(), origin.len(), |i, j| {
        correlation.get((origin[i], origin[j])).copied().unwrap_or(f64::NAN)
    });
    let modes: Vec<OuterMode> = (0..structure.construct_count())
        .map(|c| modes.get(c).copied().unwrap_or_default())
        .collect();
    let estimate = estimate_with(&repeated, &structure, &modes, scheme, options)?;
    Ok(RepeatedIndicators { structure, estimate })
}

/// A structure with parts, estimated by its method, as if its wholes were constructs like any other: the items of a whole are those of its parts, its
/// weights make a score of variance 1 of them. A whole under [`OuterMode::ModeB`] is formed by its parts, under any other it shows in them.
///
/// # Errors
/// [`PlsError`] of either stage; positions in it may be those of the enlarged model.
pub(super) fn estimate_wholes(
    correlation: &DMatrix<f64>,
    structure: &Structure,
    modes: &[OuterMode],
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<PlsEstimate, PlsError> {
    let count = structure.construct_count();
    let is_whole = |c: usize| structure.parts().get(c).is_some_and(|p| !p.is_empty());
    // Constructs in the order of this module: those with items, then the wholes.
    let numbered: Vec<usize> = (0..count)
        .filter(|c| !is_whole(*c))
        .chain((0..count).filter(|c| is_whole(*c)))
        .collect();
    let number = |construct: usize| numbered.iter().position(|c| *c == construct).unwrap_or(construct);
    let lower = (0..count).filter(|c| !is_whole(*c)).count();
    let model = HigherOrder {
        blocks: numbered.iter().take(lower).map(|c| structure.blocks()[*c].clone()).collect(),
        higher: numbered
            .iter()
            .skip(lower)
            .map(|c| structure.parts()[*c].iter().map(|part| number(*part)).collect())
            .collect(),
        paths: structure.paths().iter().map(|(from, to)| (number(*from), number(*to))).collect(),
        item_count: structure.item_count(),
    };
    let own_modes: Vec<OuterMode> = numbered.iter().map(|c| modes.get(*c).copied().unwrap_or_default()).collect();
    let of_numbers = match structure.method() {
        HigherMethod::TwoStage => two_stage(correlation, &model, &own_modes, scheme, options).map(|found| found.weights(lower)),
        HigherMethod::RepeatedIndicators => {
            let direction = |mode: &OuterMode| match mode {
                OuterMode::ModeB => PartDirection::Formative,
                _ => PartDirection::Reflective,
            };
            let directions: Vec<PartDirection> = own_modes.iter().skip(lower).map(direction).collect();
            let found = repeated_indicators(correlation, &model, &directions, &own_modes, scheme, options);
            found.map(|f| (f.estimate.outer_weights, f.estimate.iterations, f.estimate.last_change))
        }
    };
    let (of_numbers, iterations, last_change) = of_numbers.map_err(|error| match error {
        HigherOrderError::Estimate(error) => error,
        other => PlsError::HigherOrder { reason: other.to_string() },
    })?;
    let weights = (0..count).map(|c| of_numbers.get(number(c)).cloned().unwrap_or_default()).collect();
    from_weights(correlation, structure, weights, (iterations, last_change))
}

impl TwoStage {
    /// Outer weights of all constructs by number, with the steps of both stages and the larger last change.
    fn weights(self, lower: usize) -> (Vec<Vec<f64>>, u32, f64) {
        let mut weights = self.first.outer_weights;
        for (construct, own) in self.constructs.iter().zip(self.second.outer_weights) {
            // Constructs that are no parts are renewed in the second stage.
            if let Some(slot) = weights.get_mut(*construct).filter(|_| *construct < lower) {
                *slot = own;
            }
        }
        weights.extend(self.item_weights);
        (
            weights,
            self.first.iterations + self.second.iterations,
            self.first.last_change.max(self.second.last_change),
        )
    }
}

/// For each construct with items the whole that it is part of.
fn wholes(model: &HigherOrder) -> Result<Vec<Option<usize>>, HigherOrderError> {
    let mut whole_of = vec![None; model.blocks.len()];
    for (higher, parts) in model.higher.iter().enumerate() {
        if parts.is_empty() {
            return Err(HigherOrderError::Parts { higher });
        }
        for &construct in parts {
            let slot = whole_of.get_mut(construct).ok_or(HigherOrderError::Parts { higher })?;
            if slot.replace(higher).is_some() {
                return Err(HigherOrderError::PartElsewhere { construct });
            }
        }
    }
    let ends = model.paths.iter().flat_map(|&(from, to)| [from, to]);
    let faulty = |construct: &usize| whole_of.get(*construct).copied().flatten().is_some();
    match ends.into_iter().find(faulty) {
        Some(construct) => Err(HigherOrderError::PartElsewhere { construct }),
        None => Ok(whole_of),
    }
}

/// The correlation matrix enlarged by the scores of a first stage.
fn with_scores(correlation: &DMatrix<f64>, first: &PlsEstimate) -> DMatrix<f64> {
    let (items, scores) = first.cross_loadings.shape();
    DMatrix::from_fn(items + scores, items + scores, |i, j| {
        match (i.checked_sub(items), j.checked_sub(items)) {
            (None, None) => correlation[(i, j)],
            (Some(a), None) => first.cross_loadings[(j, a)],
            (None, Some(b)) => first.cross_loadings[(i, b)],
            (Some(a), Some(b)) => first.construct_correlation[(a, b)],
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::pls::estimate;
    use super::*;
    use proptest::prelude::*;

    const PATH: InnerScheme = InnerScheme::Path;

    /// Two elements of quality, the whole of them, and satisfaction: 0 and 1 make 3, which acts on 2.
    fn quality() -> HigherOrder {
        HigherOrder {
            blocks: vec![vec![0, 1], vec![2, 3, 4], vec![5, 6]],
            higher: vec![vec![0, 1]],
            paths: vec![(3, 2)],
            item_count: 7,
        }
    }

    fn correlations() -> impl Strategy<Value = DMatrix<f64>> {
        (prop::collection::vec(0.4f64..0.9, 7), prop::collection::vec(-0.2f64..0.2, 49)).prop_map(|(loading, own)| {
            let own = DMatrix::from_vec(7, 7, own) + DMatrix::identity(7, 7) * 0.5;
            let loading = DMatrix::from_vec(7, 1, loading);
            let covariance = &loading * loading.transpose() + &own * own.transpose();
            let sd = covariance.diagonal().map(f64::sqrt);
            DMatrix::from_fn(7, 7, |i, j| {
                if i == j {
                    1.0
                } else {
                    covariance[(i.max(j), i.min(j))] / (sd[i] * sd[j])
                }
            })
        })
    }

    /// The same model as a structure: parts 1 and 2, whole 0, satisfaction 3.
    fn structure(method: HigherMethod) -> Structure {
        let blocks = vec![Vec::new(), vec![0, 1], vec![2, 3, 4], vec![5, 6]];
        let parts = vec![vec![1, 2], Vec::new(), Vec::new(), Vec::new()];
        Structure::with_parts(blocks, parts, method, vec![(0, 3)], 7).unwrap()
    }

    proptest! {
        /// A structure with parts is estimated as either method has it, whatever the order of its constructs: scores of variance 1, the same paths and R².
        #[test]
        fn a_structure_with_parts_is_estimated_by_its_method(correlation in correlations(), formed in any::<bool>()) {
            let mode = if formed { OuterMode::ModeB } else { OuterMode::ModeA };
            let modes = [mode, OuterMode::ModeA, OuterMode::ModeA, OuterMode::ModeA];
            let staged = structure(HigherMethod::TwoStage);
            let found = estimate_with(&correlation, &staged, &modes, PATH, PlsOptions::default()).unwrap();
            let own = [OuterMode::ModeA, OuterMode::ModeA, OuterMode::ModeA, mode];
            let expected = two_stage(&correlation, &quality(), &own, PATH, PlsOptions::default()).unwrap();
            prop_assert!((found.paths[0] - expected.second.paths[0]).abs() < 1e-10);
            prop_assert!((found.r2[3].unwrap() - expected.second.r2[0].unwrap()).abs() < 1e-10);
            prop_assert_eq!(&found.outer_weights[0], &expected.item_weights[0]);
            prop_assert_eq!(&staged.blocks()[0], &vec![0, 1, 2, 3, 4]);
            for construct in 0..4 {
                prop_assert!((found.construct_correlation[(construct, construct)] - 1.0).abs() < 1e-10);
            }
            let repeated = structure(HigherMethod::RepeatedIndicators);
            let found = estimate_with(&correlation, &repeated, &modes, PATH, PlsOptions::default()).unwrap();
            let direction = if formed { PartDirection::Formative } else { PartDirection::Reflective };
            let expected = repeated_indicators(&correlation, &quality(), &[direction], &own, PATH, PlsOptions::default()).unwrap();
            prop_assert!((found.paths[0] - expected.estimate.paths[0]).abs() < 1e-10);
            prop_assert_eq!(&found.outer_weights[0], &expected.estimate.outer_weights[3]);
        }

        /// The score of the whole, written as a sum of items, has variance 1 and the correlations of the second stage.
        #[test]
        fn the_whole_is_a_sum_of_its_items(correlation in correlations()) {
            let modes = [OuterMode::ModeA; 4];
            let found = two_stage(&correlation, &quality(), &modes, PATH, PlsOptions::default()).unwrap();
            let weights = nalgebra::DVector::from_vec(found.item_weights[0].clone());
            let items = correlation.view((0, 0), (5, 5));
            prop_assert!(((weights.transpose() * items * &weights)[(0, 0)] - 1.0).abs() < 1e-10);
            prop_assert_eq!(&found.constructs, &[2, 3]);
            let with_item = (weights.transpose() * correlation.view((0, 5), (5, 1)))[(0, 0)];
            prop_assert!((with_item - found.second.cross_loadings[(5, 1)]).abs() < 1e-10);
            prop_assert!((found.second.paths[0] - found.second.construct_correlation[(0, 1)]).abs() < 1e-12);
        }

        /// A whole of one part is that part, by either way.
        #[test]
        fn a_whole_of_one_part_is_the_part(correlation in correlations()) {
            let plain = Structure::new(vec![vec![0, 1, 2, 3], vec![4, 5, 6]], vec![(0, 1)], 7).unwrap();
            let plain = estimate(&correlation, &plain, PATH, PlsOptions::default()).unwrap();
            let model = HigherOrder {
                blocks: vec![vec![0, 1, 2, 3], vec![4, 5, 6]],
                higher: vec![vec![0]],
                paths: vec![(2, 1)],
                item_count: 7,
            };
            let staged = two_stage(&correlation, &model, &[OuterMode::ModeA; 3], PATH, PlsOptions::default()).unwrap();
            for (ours, theirs) in staged.item_weights[0].iter().zip(&plain.outer_weights[0]) {
                prop_assert!((ours - theirs).abs() < 1e-9);
            }
            prop_assert!((staged.second.paths[0] - plain.paths[0]).abs() < 1e-9);
        }

        /// With unit weights everywhere the repeated indicators of the whole are the plain sum of all its items.
        #[test]
        fn repeated_unit_weights_are_the_plain_sum(correlation in correlations()) {
            let modes = [OuterMode::UnitWeights; 4];
            let model = quality();
            let sum = Structure::new(vec![vec![0, 1, 2, 3, 4], vec![5, 6]], vec![(0, 1)], 7).unwrap();
            let sum = estimate_with(&correlation, &sum, &modes[..2], PATH, PlsOptions::default()).unwrap();
            for direction in [PartDirection::Reflective, PartDirection::Formative] {
                let found = repeated_indicators(&correlation, &model, &[direction], &modes, PATH, PlsOptions::default()).unwrap();
                prop_assert!((found.estimate.paths[0] - sum.paths[0]).abs() < 1e-9);
            }
        }
    }

    /// What parts form is wholly explained by them.
    #[test]
    fn formed_wholes_are_wholly_explained() {
        let mut correlation = DMatrix::from_element(7, 7, 0.4);
        correlation.fill_diagonal(1.0);
        let formative = [PartDirection::Formative];
        let modes = [OuterMode::ModeA; 4];
        let found = repeated_indicators(&correlation, &quality(), &formative, &modes, PATH, PlsOptions::default()).unwrap();
        assert!((found.estimate.r2[3].unwrap() - 1.0).abs() < 1e-10);
    }

    #[test]
    fn parts_belong_to_one_whole_and_to_no_path() {
        let correlation = DMatrix::identity(7, 7);
        let fault = |model: &HigherOrder| {
            let modes = [OuterMode::ModeA; 5];
            two_stage(&correlation, model, &modes, PATH, PlsOptions::default()).unwrap_err()
        };
        let mut model = quality();
        model.higher.push(vec![1]);
        assert_eq!(fault(&model), HigherOrderError::PartElsewhere { construct: 1 });
        let mut model = quality();
        model.paths.push((0, 2));
        assert_eq!(fault(&model), HigherOrderError::PartElsewhere { construct: 0 });
        let mut model = quality();
        model.higher[0] = vec![7];
        assert_eq!(fault(&model), HigherOrderError::Parts { higher: 0 });
    }
}
