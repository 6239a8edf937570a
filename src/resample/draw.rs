//! Who is drawn: random numbers of a replicate and the factors that follow from them.

use super::cases::Cases;
use crate::design::replicates::bootstrap::{draw_units, rescaling};
use crate::stats::random::{Purpose, generator, shuffle};

/// How many units are drawn in each stratum.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawSize {
    /// As many as there are: Efron's bootstrap, as other path-model programs draw. Its variance of a mean is `(n_h − 1)/n_h` of the usual one.
    All,
    /// `n_h − 1` of `n_h`, with replacement, each drawn unit counting `n_h / (n_h − 1)` times (J. N. K. Rao & C. F. J. Wu, "Resampling
    /// inference with complex survey data", *JASA* 83 (1988) 231–241, section 2, in the form for weights of Rao, Wu & Yue, *Survey
    /// Methodology* 18 (1992) 209–217). Its variance of a mean is the usual one, `(1 − f_h) s_h² / n_h`.
    ///
    /// A stratum's sampling fraction `f_h` shrinks its factors towards 1 by `√(1 − f_h)`; an absent number means no correction.
    RaoWu {
        /// Sampling fractions by stratum number.
        fractions: std::collections::BTreeMap<u16, f64>,
    },
}

impl DrawSize {
    /// Rao–Wu without finite population correction.
    #[must_use]
    pub fn rao_wu() -> Self {
        Self::RaoWu {
            fractions: std::collections::BTreeMap::new(),
        }
    }
}

/// Factors of one replicate: case `i` of cell `c` counts `keep_c + scale_c · times_i` times its weight. Cells are stretches of cases of one
/// stratum, post-stratum and weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Factors {
    /// How often each case was drawn, in canonical order.
    pub times: Vec<u16>,
    /// Factor of a drawing, by cell.
    pub scale: Vec<f64>,
    /// Factor of being there at all, by cell; 0 without finite population correction.
    pub keep: Vec<f64>,
    /// How often each unit was drawn.
    units: Vec<u16>,
    /// The unit of every drawing, in the order of drawing.
    drawings: Vec<u32>,
    /// Sums of weights of the post-strata, while they are brought to what they should be.
    posts: Vec<f64>,
}

impl Factors {
    /// Everybody once.
    #[must_use]
    pub fn ones(cases: &Cases) -> Self {
        Self {
            times: vec![1; cases.len()],
            scale: vec![1.0; cases.cells.len()],
            keep: vec![0.0; cases.cells.len()],
            units: vec![1; cases.unit_count()],
            drawings: Vec::with_capacity(cases.unit_count()),
            posts: vec![0.0; cases.posts.len()],
        }
    }

    /// Draws replicate `number`. A stratum with a single unit keeps it: nothing can be learnt of its variance.
    ///
    /// With `calibrated`, each post-stratum is brought back to the sum of weights it has without resampling, as the weighting step did.
    pub fn draw(&mut self, cases: &Cases, size: &DrawSize, calibrated: bool, seed: u64, number: u64) {
        let mut generator = generator(seed, Purpose::Bootstrap, number);
        self.units.fill(0);
        self.drawings.clear();
        self.keep.fill(0.0);
        self.scale.fill(1.0);
        for stratum in &cases.strata {
            let count = stratum.units.len();
            let drawn = &mut self.units[stratum.units.clone()];
            if count < 2 {
                drawn.fill(1);
                continue;
            }
            let draws = match size {
                DrawSize::All => count,
                DrawSize::RaoWu { .. } => count - 1,
            };
            draw_units(&mut generator, count, draws, |unit| {
                self.drawings.push((stratum.units.start + unit) as u32);
                drawn[unit] = drawn[unit].saturating_add(1);
            });
            if let DrawSize::RaoWu { fractions } = size {
                let fraction = fractions.get(&stratum.number).copied().unwrap_or(0.0).clamp(0.0, 1.0);
                let (keep, scale) = rescaling(count, draws, fraction);
                self.keep[stratum.cells.clone()].fill(keep);
                self.scale[stratum.cells.clone()].fill(scale);
            }
        }
        for (times, unit) in self.times.iter_mut().zip(&cases.unit) {
            *times = self.units[*unit as usize];
        }
        if calibrated {
            self.calibrate(cases);
        }
    }

    /// Brings every post-stratum back to its sum of weights.
    pub fn calibrate(&mut self, cases: &Cases) {
        self.posts.fill(0.0);
        for (at, cell) in cases.cells.iter().enumerate() {
            let drawn: u64 = self.times[cell.cases.clone()].iter().map(|t| u64::from(*t)).sum();
            self.posts[cell.post] += cell.weight * (self.keep[at] * cell.cases.len() as f64 + self.scale[at] * drawn as f64);
        }
        for (at, cell) in cases.cells.iter().enumerate() {
            let (wanted, found) = (cases.posts[cell.post], self.posts[cell.post]);
            if found > 0.0 {
                self.keep[at] *= wanted / found;
                self.scale[at] *= wanted / found;
            }
        }
    }

    /// Multiplies the factors of every cell by that of its cell of margins; cells beyond the list keep theirs.
    pub(super) fn multiply(&mut self, cases: &Cases, by_margin: &[f64]) {
        for (at, cell) in cases.cells.iter().enumerate() {
            let factor = by_margin.get(cell.margin).copied().unwrap_or(1.0);
            self.keep[at] *= factor;
            self.scale[at] *= factor;
        }
    }

    /// How many cases, counted by their factors, each cell of margins holds.
    pub(super) fn effective(&self, cases: &Cases, margins: usize) -> Vec<f64> {
        let mut effective = vec![0.0; margins];
        for (at, cell) in cases.cells.iter().enumerate() {
            let drawn: u64 = self.times[cell.cases.clone()].iter().map(|t| u64::from(*t)).sum();
            if let Some(sum) = effective.get_mut(cell.margin) {
                *sum += self.keep[at] * cell.cases.len() as f64 + self.scale[at] * drawn as f64;
            }
        }
        effective
    }

    /// The factors of another draw without one of `groups` groups of its drawings: every `groups`-th drawing, starting with the one of the group's number.
    ///
    /// The groups are made of drawings and not of units. A unit drawn twice stands for two people; left out as one it would make the variance of the
    /// replicate twice what it is.
    pub fn draw_without(&mut self, cases: &Cases, other: &Self, group: u16, groups: u16) {
        self.keep.copy_from_slice(&other.keep);
        self.scale.copy_from_slice(&other.scale);
        self.units.copy_from_slice(&other.units);
        for unit in other.drawings.iter().skip(usize::from(group)).step_by(usize::from(groups.max(1))) {
            let times = &mut self.units[*unit as usize];
            *times = times.saturating_sub(1);
        }
        for (times, unit) in self.times.iter_mut().zip(&cases.unit) {
            *times = self.units[*unit as usize];
        }
        self.restore_strata(cases, other);
    }

    /// Brings every stratum to the sum of weights it has under other factors: the rest of a stratum answers for a group left out of it.
    pub fn restore_strata(&mut self, cases: &Cases, other: &Self) {
        let weight = |factors: &Self, at: usize| {
            let cell = &cases.cells[at];
            let drawn: u64 = factors.times[cell.cases.clone()].iter().map(|t| u64::from(*t)).sum();
            cell.weight * (factors.keep[at] * cell.cases.len() as f64 + factors.scale[at] * drawn as f64)
        };
        for stratum in &cases.strata {
            let wanted: f64 = stratum.cells.clone().map(|at| weight(other, at)).sum();
            let found: f64 = stratum.cells.clone().map(|at| weight(self, at)).sum();
            if found > 0.0 {
                self.keep[stratum.cells.clone()].iter_mut().for_each(|k| *k *= wanted / found);
                self.scale[stratum.cells.clone()].iter_mut().for_each(|s| *s *= wanted / found);
            }
        }
    }

    /// Factor of every case, in canonical order.
    #[must_use]
    pub fn of_cases(&self, cases: &Cases) -> Vec<f64> {
        let of_cell = |(at, cell): (usize, &super::cases::Cell)| {
            let (keep, scale) = (self.keep[at], self.scale[at]);
            self.times[cell.cases.clone()]
                .iter()
                .map(move |times| keep + scale * f64::from(*times))
        };
        cases.cells.iter().enumerate().flat_map(of_cell).collect()
    }
}

/// Random groups of units, of equal size give or take one within each stratum: the groups of a delete-a-group jackknife. The group of
/// every unit, 0 to `groups − 1`.
#[must_use]
pub fn random_groups(cases: &Cases, groups: u16, seed: u64) -> Vec<u16> {
    let groups = u32::from(groups.max(1));
    let mut of_unit = vec![0; cases.unit_count()];
    let mut generator = generator(seed, Purpose::Groups, 0);
    let mut next = 0;
    for stratum in &cases.strata {
        let mut order: Vec<usize> = stratum.units.clone().collect();
        shuffle(&mut generator, &mut order);
        for unit in order {
            of_unit[unit] = (next % groups) as u16;
            next += 1;
        }
    }
    of_unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::replicates::bootstrap::{BootstrapPlan, rao_wu};
    use crate::design::replicates::{Centre, PrimaryUnits, StratumUnits};
    use crate::resample::Case;
    use std::collections::BTreeMap;

    fn case(x: u8, stratum: u16, unit: Option<u32>) -> Case {
        Case {
            steps: vec![x],
            weight: f64::from(stratum) * 2.0 + 1.0,
            stratum,
            post: stratum,
            unit,
            domain: 0,
        }
    }

    /// The ten answers of two strata.
    fn two_strata() -> Cases {
        let rows = [3_u8, 5, 9, 1, 4, 8].map(|x| case(x, 0, None)).into_iter();
        Cases::new(1, rows.chain([2_u8, 2, 7, 10].map(|x| case(x, 1, None))).collect()).unwrap()
    }

    /// There is one Rao–Wu generator: replicate weights of a design and replicates of a wave draw the same units and give them the same factors.
    #[test]
    fn replicates_of_a_wave_are_those_of_its_design() {
        let cases = two_strata();
        let strata = [(6, None), (4, Some(25))].map(|(sampled, population)| StratumUnits { sampled, population });
        let plan = BootstrapPlan {
            replicates: 20,
            seed: 7,
            centre: Centre::ReplicateMean,
        };
        let weights = rao_wu(&PrimaryUnits::new(strata.to_vec()).unwrap(), plan, None).unwrap();
        let size = DrawSize::RaoWu {
            fractions: [(1, 0.16)].into(),
        };
        let mut factors = Factors::ones(&cases);
        for number in 0..20 {
            factors.draw(&cases, &size, false, 7, number);
            for (ours, theirs) in factors.of_cases(&cases).iter().zip(weights.factors(number as usize)) {
                assert!((ours - theirs).abs() < 1e-12, "{ours} {theirs}");
            }
        }
    }

    /// Closed form: the variance of a stratified total is `Σ W_h² (1 − f_h) s_h²/n_h`, met within the Monte-Carlo error of 20,000 draws.
    #[test]
    fn rao_wu_gives_the_textbook_variance_of_a_total() {
        let cases = two_strata();
        let fractions: BTreeMap<u16, f64> = [(0, 0.0), (1, 0.36)].into();
        let mut factors = Factors::ones(&cases);
        let size = DrawSize::RaoWu { fractions };
        let x: Vec<f64> = cases.steps_of(0).iter().map(|s| f64::from(*s)).collect();
        let totals: Vec<f64> = (0..20_000)
            .map(|r| {
                factors.draw(&cases, &size, false, 5, r);
                factors
                    .of_cases(&cases)
                    .iter()
                    .zip(&cases.weight)
                    .zip(&x)
                    .map(|((f, w), x)| f * w * x)
                    .sum()
            })
            .collect();
        let spread = |values: &[f64]| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
        };
        let expected = 36.0 * spread(&x[..6]) / 6.0 + 144.0 * 0.64 * spread(&x[6..]) / 4.0;
        // A variance of 20,000 nearly normal values is known to √(2/20,000) = 1 %.
        assert!((spread(&totals) / expected - 1.0).abs() < 0.04, "{} {expected}", spread(&totals));
        let mean = totals.iter().sum::<f64>() / 20_000.0;
        let full: f64 = x.iter().zip(&cases.weight).map(|(x, w)| x * w).sum();
        assert!((mean - full).abs() < 4.0 * (expected / 20_000.0).sqrt());
    }

    /// Cases of one unit are drawn together; a stratum of one unit stays as it is.
    #[test]
    fn clusters_are_drawn_whole() {
        let rows = [(1_u8, 0, 7), (2, 0, 7), (3, 0, 8), (4, 0, 9), (5, 1, 1), (6, 1, 1)];
        let cases = Cases::new(1, rows.iter().map(|(x, h, u)| case(*x, *h, Some(*u))).collect()).unwrap();
        assert_eq!((cases.unit_count(), cases.stratum_count()), (4, 2));
        let mut factors = Factors::ones(&cases);
        for number in 0..50 {
            factors.draw(&cases, &DrawSize::rao_wu(), false, 1, number);
            let of = factors.of_cases(&cases);
            assert_eq!(of[0], of[1]);
            assert_eq!(of[4..], [1.0, 1.0]);
            // Two of three units are drawn, each counting 3/2: 0, 3/2 or 3 a unit, 3 in all.
            assert!((of[0] + of[2] + of[3] - 3.0).abs() < 1e-12);
        }
    }

    #[test]
    fn post_strata_keep_their_weight() {
        let cases = two_strata();
        let mut factors = Factors::ones(&cases);
        factors.draw(&cases, &DrawSize::All, true, 1, 2);
        let weight = |from: usize, to: usize| {
            factors.of_cases(&cases)[from..to]
                .iter()
                .zip(&cases.weight[from..to])
                .map(|(f, w)| f * w)
                .sum::<f64>()
        };
        assert!((weight(0, 6) - 6.0).abs() < 1e-12 && (weight(6, 10) - 12.0).abs() < 1e-12);
    }

    #[test]
    fn random_groups_are_of_equal_size() {
        let groups = random_groups(&two_strata(), 5, 3);
        assert!((0..5).all(|g| groups.iter().filter(|x| **x == g).count() == 2));
    }
}
