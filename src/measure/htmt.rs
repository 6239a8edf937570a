//! Heterotrait–monotrait ratios: do two constructs measure different things?
//!
//! `HTMT(a, b) = mean |r| between the items of a and b / √(mean |r| within a · mean |r| within b)`; HTMT2 takes geometric means instead. Sources:
//! J. Henseler, C. M. Ringle & M. Sarstedt, "A new criterion for assessing discriminant validity in variance-based structural equation modeling",
//! *Journal of the Academy of Marketing Science* 43 (2015) 115–135, equation 6; E. Roemer, F. Schuberth & J. Henseler, "HTMT2 – an improved criterion for
//! assessing discriminant validity in structural equation modeling", *Industrial Management & Data Systems* 121 (2021) 2637–2650; absolute values as in
//! C. M. Ringle et al., "A perspective on using partial least squares structural equation modelling in data articles", *Data in Brief* 48 (2023) 109074.
//!
//! Both estimate the correlation of the two constructs free of measurement error, so the null to be rejected is **1**, not 0: an interval that
//! lies below 1 says that two things were measured. The usual reading is a value below 0.85 (Kline) or 0.90 (Gold et al.) for constructs
//! that are different in concept.

use nalgebra::DMatrix;

/// HTMT and HTMT2 of two blocks of items, each 0 or above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Htmt {
    /// With arithmetic means.
    pub htmt: Option<f64>,
    /// With geometric means.
    pub htmt2: Option<f64>,
}

/// What to do with a block of one item, whose correlation within is not there to be averaged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LoneItem {
    /// The ratio is undefined: one item says nothing about its own error.
    #[default]
    Undefined,
    /// The item is taken for its construct without error, correlation within 1, as seminr does.
    ItsOwnTrait,
}

/// Both ratios for two blocks of item positions. `None` for blocks without items, for correlations that are not numbers, for lone items as
/// told, and where the items of a block are unrelated.
#[must_use]
pub fn htmt(correlation: &DMatrix<f64>, a: &[usize], b: &[usize], lone: LoneItem) -> Htmt {
    let size = |i: usize, j: usize| correlation.get((i, j)).map(|r| r.abs());
    let between = Means::of(a.iter().flat_map(|i| b.iter().map(move |j| size(*i, *j))));
    let within = |block: &[usize]| match block {
        [_] if lone == LoneItem::ItsOwnTrait => Some(Means {
            arithmetic: 1.0,
            geometric: 1.0,
        }),
        _ => {
            let pairs = block
                .iter()
                .enumerate()
                .flat_map(|(at, i)| block.iter().take(at).map(move |j| size(*i, *j)));
            Means::of(pairs)
        }
    };
    let (Some(between), Some(a), Some(b)) = (between, within(a), within(b)) else {
        return Htmt { htmt: None, htmt2: None };
    };
    let ratio = |above: f64, a: f64, b: f64| {
        let value = above / (a * b).sqrt();
        value.is_finite().then_some(value)
    };
    Htmt {
        htmt: ratio(between.arithmetic, a.arithmetic, b.arithmetic),
        htmt2: ratio(between.geometric, a.geometric, b.geometric),
    }
}

/// Means of absolute correlations.
#[derive(Debug, Clone, Copy)]
struct Means {
    arithmetic: f64,
    geometric: f64,
}

impl Means {
    fn of(values: impl Iterator<Item = Option<f64>>) -> Option<Self> {
        // A product of at most a few hundred correlations; the exponent is kept apart so that it cannot run out.
        let (mut count, mut sum, mut product, mut exponent) = (0_u32, 0.0, 1.0_f64, 0_i32);
        for value in values {
            let value = value.filter(|v| v.is_finite())?;
            count += 1;
            sum += value;
            product *= value;
            if product < 1e-200 && product > 0.0 {
                product *= 1e200;
                exponent += 1;
            }
        }
        if count == 0 {
            return None;
        }
        let logarithm = libm::log(product) - f64::from(exponent) * 200.0 * std::f64::consts::LN_10;
        Some(Self {
            arithmetic: sum / f64::from(count),
            geometric: libm::exp(logarithm / f64::from(count)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;
    use proptest::prelude::*;

    #[test]
    fn two_blocks_of_two() {
        let r = dmatrix![1.0, 0.64, 0.4, 0.1; 0.64, 1.0, 0.2, -0.3; 0.4, 0.2, 1.0, 0.25; 0.1, -0.3, 0.25, 1.0];
        let found = htmt(&r, &[0, 1], &[2, 3], LoneItem::Undefined);
        assert!((found.htmt.unwrap() - 0.25 / 0.4).abs() < 1e-15);
        let geometric = (0.4_f64 * 0.1 * 0.2 * 0.3).powf(0.25);
        assert!((found.htmt2.unwrap() - geometric / 0.4).abs() < 1e-15);
    }

    #[test]
    fn a_lone_item_is_undefined_unless_taken_for_its_trait() {
        let r = dmatrix![1.0, 0.64, 0.4; 0.64, 1.0, 0.2; 0.4, 0.2, 1.0];
        assert_eq!(htmt(&r, &[0, 1], &[2], LoneItem::Undefined), Htmt { htmt: None, htmt2: None });
        assert!((htmt(&r, &[0, 1], &[2], LoneItem::ItsOwnTrait).htmt.unwrap() - 0.3 / 0.8).abs() < 1e-15);
        assert_eq!(htmt(&r, &[0, 9], &[2], LoneItem::ItsOwnTrait).htmt, None);
    }

    proptest! {
        /// Items of one factor each with loadings l: both ratios are the correlation of the factors.
        #[test]
        fn is_the_correlation_of_two_factors(loading in 0.3_f64..0.95, phi in 0.05_f64..1.0) {
            let r = DMatrix::from_fn(6, 6, |i, j| match (i == j, i / 3 == j / 3) {
                (true, _) => 1.0,
                (_, true) => loading * loading,
                _ => loading * loading * phi,
            });
            let found = htmt(&r, &[0, 1, 2], &[3, 4, 5], LoneItem::Undefined);
            prop_assert!((found.htmt.unwrap() - phi).abs() < 1e-12);
            prop_assert!((found.htmt2.unwrap() - phi).abs() < 1e-12);
        }

        /// HTMT2 lets loadings differ.
        #[test]
        fn htmt2_lets_loadings_differ(l in prop::collection::vec(0.3_f64..0.95, 6), phi in 0.05_f64..1.0) {
            let r = DMatrix::from_fn(6, 6, |i, j| match (i == j, i / 3 == j / 3) {
                (true, _) => 1.0,
                (_, true) => l[i] * l[j],
                _ => l[i] * l[j] * phi,
            });
            let found = htmt(&r, &[0, 1, 2], &[3, 4, 5], LoneItem::Undefined);
            prop_assert!((found.htmt2.unwrap() - phi).abs() < 1e-12);
        }
    }
}
