//! Mediation: along which chains of constructs one construct acts on another.

use super::structure::Structure;

/// The effect along one chain of paths.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainEffect {
    /// All constructs of the chain, both ends included.
    pub constructs: Vec<usize>,
    /// Product of the coefficients along it.
    pub value: f64,
}

/// How an effect divides into a direct and an indirect part.
#[derive(Debug, Clone, PartialEq)]
pub struct Mediation {
    /// Coefficient of the path that joins both directly; 0 where there is none.
    pub direct: f64,
    /// Specific indirect effects: each chain with at least one construct between.
    pub chains: Vec<ChainEffect>,
    /// Sum of the specific indirect effects.
    pub indirect: f64,
    /// Direct and indirect effect together.
    pub total: f64,
}

impl Mediation {
    /// Variance accounted for: the share `indirect / total` of the total effect
    /// that is mediated.
    ///
    /// Between 0 and 1 when both parts have the same sign; `None` otherwise
    /// (the parts work against each other, and no share says that) and when
    /// there is no effect. Below 20 % is usually read as hardly any mediation,
    /// above 80 % as full (J. F. Hair et al., *A primer on PLS-SEM*, 1st ed.
    /// (2014), chapter 7).
    pub fn variance_accounted_for(&self) -> Option<f64> {
        let alike = self.direct * self.indirect >= 0.0;
        (alike && self.total != 0.0).then(|| self.indirect / self.total)
    }
}

/// Divides the effect of one construct on another into its chains, in the order
/// of the paths. `None` when coefficients and paths differ in number or a
/// construct does not exist.
///
/// Source: K. A. Bollen, *Structural equations with latent variables* (1989),
/// chapter 8.
pub fn mediation(structure: &Structure, coefficients: &[f64], from: usize, to: usize) -> Option<Mediation> {
    let count = structure.construct_count();
    if coefficients.len() != structure.paths().len() || from >= count || to >= count {
        return None;
    }
    let mut found = Mediation {
        direct: 0.0,
        chains: Vec::new(),
        indirect: 0.0,
        total: 0.0,
    };
    let mut open = vec![(vec![from], 1.0)];
    while let Some((chain, value)) = open.pop() {
        let here = *chain.last()?;
        if here == to && chain.len() > 1 {
            found.total += value;
            if chain.len() == 2 {
                found.direct = value;
            } else {
                found.indirect += value;
                found.chains.push(ChainEffect { constructs: chain, value });
            }
            continue;
        }
        for (&(start, end), coefficient) in structure.paths().iter().zip(coefficients).rev() {
            if start == here {
                let mut longer = chain.clone();
                longer.push(end);
                open.push((longer, value * coefficient));
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::effects::{indirect_effects, total_effects};
    use super::*;
    use proptest::prelude::*;

    fn structure() -> Structure {
        let blocks = (0..5).map(|item| vec![item]).collect();
        let mut paths = Vec::new();
        for from in 0..5 {
            paths.extend((from + 1..5).map(|to| (from, to)));
        }
        Structure::new(blocks, paths, 5).unwrap()
    }

    proptest! {
        /// Second route: the chains add up to what the causal recursion gives.
        #[test]
        fn chains_add_up(coefficients in prop::collection::vec(-1.0f64..1.0, 10)) {
            let structure = structure();
            let total = total_effects(&structure, &coefficients).unwrap();
            let indirect = indirect_effects(&structure, &coefficients).unwrap();
            for from in 0..5 {
                for to in 0..5 {
                    let found = mediation(&structure, &coefficients, from, to).unwrap();
                    prop_assert!((found.total - total[(from, to)]).abs() < 1e-12);
                    prop_assert!((found.indirect - indirect[(from, to)]).abs() < 1e-12);
                }
            }
            // Between the ends of five constructs in a row: every subset of the three between, less the empty one.
            prop_assert_eq!(mediation(&structure, &coefficients, 0, 4).unwrap().chains.len(), 7);
        }
    }

    #[test]
    fn the_share_is_undefined_when_parts_oppose_each_other() {
        let blocks = (0..3).map(|item| vec![item]).collect();
        let structure = Structure::new(blocks, vec![(0, 1), (1, 2), (0, 2)], 3).unwrap();
        let share = |direct: f64| mediation(&structure, &[0.5, 0.4, direct], 0, 2).unwrap().variance_accounted_for();
        assert_eq!(share(-0.3), None);
        assert!((share(0.3).unwrap() - 0.4).abs() < 1e-15);
        assert_eq!(
            mediation(&structure, &[0.5, 0.4, 0.0], 2, 0).unwrap().variance_accounted_for(),
            None
        );
        assert_eq!(mediation(&structure, &[0.5], 0, 2), None);
    }
}
