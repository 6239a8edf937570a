//! What the next grade would take: points by block of a scorecard; improvements of dimensions and items by their effect on
//! the index; the sample that would settle a line that cannot be told.

use super::scheme::{Reads, Scheme};
use super::{Arithmetic, BlockReading, GradeVerdict, SurveyEvidence, Verdict};
use crate::coverage::Coverage;
use crate::index::estimate::{Estimate, VarianceMethod};
use crate::locale::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something whose score moves the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// Dimension or item.
    pub kind: LeverKind,
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Points of the index for one point of it.
    pub effect: f64,
    /// Lower and upper end of the interval of the effect; absent where the effect is a given weight.
    pub effect_interval: Option<(f64, f64)>,
    /// Where the effect comes from.
    pub basis: LeverBasis,
    /// Score now, 0 to 100.
    pub score: f64,
    /// Cost of one point, in the user's unit.
    pub cost: Option<f64>,
    /// False for what nobody can raise by improving a service: what people expected beforehand, and the image of the brand. It
    /// acts on the index all the same, and is shown.
    pub actionable: bool,
}

/// What is improved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeverKind {
    /// A dimension.
    Dimension,
    /// An item of a dimension.
    Item,
}

/// Where the effect of an improvement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeverBasis {
    /// Total effect in the path model: a statement of the model, not of an experiment.
    TotalEffect,
    /// Weight in the index: arithmetic.
    Weight,
}

/// What the next grade would take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NextGrade {
    /// The lowest grade whose line is not met for certain.
    pub grade: String,
    /// Its title.
    pub title: Text,
    /// Its cut-off.
    pub line: f64,
    /// Points from the score to the line; negative when the score is above it. Absent while clauses are open.
    pub gap: Option<f64>,
    /// Points by which the score has to rise until its whole interval reaches the line, at the present standard error.
    pub gap_certain: Option<f64>,
    /// Blocks of the scorecard with room, most room first.
    pub blocks: Vec<BlockRoom>,
    /// Points that special deductions cost now.
    pub deduction_points: f64,
    /// Improvements of dimensions and items, cheapest first: those that reach the line, by cost where all costs are known, else by
    /// points; after them those that alone do not reach it; last what is not acted on directly.
    pub improvements: Vec<Improvement>,
    /// The improvements of dimensions that together reach the line, cheapest first; empty where one alone does, or none can.
    pub together: Vec<Step>,
}

/// A block of a scorecard with points still to gain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BlockRoom {
    /// Clause.
    pub block: String,
    /// Title.
    pub title: Text,
    /// Points of the total still to gain.
    pub room: f64,
    /// True when this room alone reaches the line.
    pub suffices: bool,
}

/// An improvement of one dimension or item and how much of it reaches the line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Improvement {
    /// Dimension or item.
    pub kind: LeverKind,
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Where its effect comes from.
    pub basis: LeverBasis,
    /// Score now, 0 to 100.
    pub score: f64,
    /// Points of the index for one point of it.
    pub effect: f64,
    /// Lower end of the interval of the effect.
    pub effect_low: Option<f64>,
    /// Upper end.
    pub effect_high: Option<f64>,
    /// Points by which it has to rise until the index is on the line: gap / effect, 0 when it is there.
    pub needed: f64,
    /// The same until the whole interval reaches the line.
    pub needed_certain: Option<f64>,
    /// The same as `needed_certain` at the upper and at the lower end of the effect; the second is absent when the lower end is
    /// not above 0.
    pub needed_certain_low: Option<f64>,
    /// See there.
    pub needed_certain_high: Option<f64>,
    /// True when its score stays within 100 then.
    pub reaches: bool,
    /// False for what is not acted on directly: expectations and image.
    #[serde(default = "yes")]
    pub actionable: bool,
    /// Cost until the whole interval reaches the line, in the user's unit.
    pub cost: Option<f64>,
}

/// Assessments from before there was a difference.
fn yes() -> bool {
    true
}

/// A part of a combined improvement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Dimension.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Points by which it rises.
    pub points: f64,
    /// Points that the index gains.
    pub gain: f64,
    /// Cost.
    pub cost: Option<f64>,
}

/// The sample that would settle a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Settling {
    /// Grade.
    pub grade: String,
    /// Title.
    pub title: Text,
    /// Cut-off.
    pub line: f64,
    /// Respondents now.
    pub n: u64,
    /// Respondents with which the interval would no longer straddle the line if the score stayed where it is; absent where
    /// the score lies on the line, so that no sample settles it.
    pub n_needed: Option<u64>,
    /// Customers in the frame.
    pub population: Option<u64>,
    /// True when the frame holds fewer customers than that.
    pub beyond_population: bool,
    /// Interviews to be had if every customer of the frame were asked and as many of a hundred answered and counted as now: customers
    /// times respondents over drawn. Absent where either is unknown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reachable: Option<u64>,
    /// True when the finite population correction went into it.
    pub finite_population_correction: bool,
}

impl Settling {
    /// True when a larger sample alone may settle the line: there are as many customers, and as many answers to be had.
    #[must_use]
    pub fn by_sample(&self) -> bool {
        self.n_needed
            .is_some_and(|needed| !self.beyond_population && self.reachable.is_none_or(|most| needed <= most))
    }
}

/// What the lowest grade that is not met for certain would take.
pub(super) fn next_grade(
    scheme: &Scheme,
    evidence: SurveyEvidence<'_>,
    grades: &[GradeVerdict],
    points: Option<&Arithmetic>,
    blocks: &[BlockReading],
) -> Option<NextGrade> {
    let grade = grades.iter().find(|g| g.verdict != Verdict::Met)?;
    let estimate = evidence.index.estimate.as_ref().filter(|_| scheme.reads == Reads::Index);
    if estimate.is_none() && points.is_none() {
        return None;
    }
    let gap = estimate
        .map(|e| e.value)
        .or(points.and_then(|p| p.total))
        .map(|value| grade.line - value);
    let gap_certain = match (estimate, points) {
        (Some(estimate), _) => estimate.interval.map(|i| grade.line - i.lower),
        (None, points) => points.map(|p| grade.line - p.low),
    };
    let mut room: Vec<BlockRoom> = points
        .into_iter()
        .flat_map(|_| blocks)
        .filter(|b| b.room > 0.0)
        .map(|b| BlockRoom {
            block: b.block.clone(),
            title: b.title.clone(),
            room: b.room,
            suffices: gap_certain.is_some_and(|gap| b.room >= gap),
        })
        .collect();
    room.sort_by(|a, b| b.room.total_cmp(&a.room).then_with(|| a.block.cmp(&b.block)));
    let levers = if estimate.is_some() { evidence.levers } else { &[] };
    let improvements = improvements(levers, gap, gap_certain);
    let alone = improvements
        .iter()
        .any(|i| i.reaches && i.actionable && i.kind == LeverKind::Dimension);
    Some(NextGrade {
        grade: grade.grade.clone(),
        title: grade.title.clone(),
        line: grade.line,
        gap,
        gap_certain,
        blocks: room,
        deduction_points: points.map_or(0.0, |p| p.deduction_points),
        together: gap_certain.filter(|_| !alone).map(|gap| together(levers, gap)).unwrap_or_default(),
        improvements,
    })
}

/// Every lever with an effect, and how far it has to go. Without an interval, certainty cannot be bought by a better score.
fn improvements(levers: &[Lever], gap: Option<f64>, gap_certain: Option<f64>) -> Vec<Improvement> {
    let Some(gap) = gap else { return Vec::new() };
    let of = |lever: &Lever| {
        let points = |gap: f64| gap.max(0.0) / lever.effect;
        let needed_certain = gap_certain.map(points);
        let until = needed_certain.unwrap_or_else(|| points(gap));
        let ends = lever.effect_interval;
        let at = |effect: f64| gap_certain.filter(|_| effect > 0.0).map(|gap| gap.max(0.0) / effect);
        Improvement {
            kind: lever.kind,
            id: lever.id.clone(),
            title: lever.title.clone(),
            basis: lever.basis,
            score: lever.score,
            effect: lever.effect,
            effect_low: ends.map(|e| e.0),
            effect_high: ends.map(|e| e.1),
            needed: points(gap),
            needed_certain,
            needed_certain_low: ends.and_then(|e| at(e.1)),
            needed_certain_high: ends.and_then(|e| at(e.0)),
            reaches: lever.score + until <= 100.0,
            cost: lever.cost.map(|cost| cost * until),
            actionable: lever.actionable,
        }
    };
    let mut all: Vec<Improvement> = levers.iter().filter(|l| l.effect > 0.0).map(of).collect();
    let order = |i: &Improvement| i.cost.unwrap_or(f64::INFINITY);
    let points = |i: &Improvement| i.needed_certain.unwrap_or(i.needed);
    all.sort_by(|a, b| {
        let reach = b.reaches.cmp(&a.reaches);
        let acted = b.actionable.cmp(&a.actionable);
        acted
            .then(reach)
            .then_with(|| order(a).total_cmp(&order(b)))
            .then_with(|| points(a).total_cmp(&points(b)))
            .then_with(|| a.kind.cmp(&b.kind))
            .then_with(|| a.id.cmp(&b.id))
    });
    all
}

/// Dimensions raised one after the other, the cheapest point of the index first, each to 100 at most. Empty when even all
/// together do not reach. Total effects add up where each dimension is raised by itself.
fn together(levers: &[Lever], gap: f64) -> Vec<Step> {
    let usable = |l: &&Lever| l.kind == LeverKind::Dimension && l.effect > 0.0 && l.actionable;
    let mut order: Vec<&Lever> = levers.iter().filter(usable).collect();
    let all_costs = order.iter().all(|l| l.cost.is_some());
    let price = |l: &Lever| {
        if all_costs {
            l.cost.unwrap_or(0.0) / l.effect
        } else {
            1.0 / l.effect
        }
    };
    order.sort_by(|a, b| price(a).total_cmp(&price(b)).then_with(|| a.id.cmp(&b.id)));
    let mut left = gap;
    let mut steps = Vec::new();
    for lever in order {
        let points = (left / lever.effect).min(100.0 - lever.score).max(0.0);
        if left <= 0.0 || points <= 0.0 {
            continue;
        }
        left -= points * lever.effect;
        steps.push(Step {
            id: lever.id.clone(),
            title: lever.title.clone(),
            points,
            gain: points * lever.effect,
            cost: lever.cost.map(|cost| cost * points),
        });
    }
    if left > 1e-9 { Vec::new() } else { steps }
}

/// What stays of the interval at a size: its half width squared is `spread · (1/n − 1/N)`, which is 0 when everybody has answered.
#[derive(Debug, Clone, Copy)]
struct Width {
    spread: f64,
    /// Customers, where respondents were drawn at random from a frame.
    population: Option<f64>,
}

impl Width {
    fn of(estimate: &Estimate, half: f64, coverage: &Coverage) -> Self {
        let n = estimate.n as f64;
        let usable = coverage.probability_sample && !coverage.clustered;
        let population = coverage.population.filter(|_| usable).map(|p| p as f64).filter(|p| *p > n);
        // Random groups take no correction, and so the interval of now has none to be undone. Every sample still has its fraction.
        let corrected = population.filter(|_| estimate.method != VarianceMethod::JackknifeDeleteGroup);
        Self {
            spread: half * half * n / corrected.map_or(1.0, |p| 1.0 - n / p),
            population,
        }
    }

    /// The smallest size at which the half width is at most a margin.
    fn size_for(self, margin: f64) -> Option<u64> {
        let all = self.spread / (margin * margin + self.population.map_or(0.0, |p| self.spread / p));
        (margin.abs() > 1e-9 && all < 1e15).then(|| (all - 1e-9).ceil() as u64)
    }
}

/// Which n would settle each line that cannot be told.
///
/// With half width `w` of the interval at n, `w² = S · (1/n − 1/N)`, so that the margin `m` is reached at `n' = S / (m² + S/N)`. S follows from
/// the interval of now: `S = w² n / (1 − n/N)` where its variance method takes the finite population correction, and `S = w² n` where it does
/// not (jackknife of random groups). N is the frame of a random sample of respondents; for clusters, and without a frame, 1/N is 0.
/// The quantile of Student's t is kept at its present degrees of freedom, which errs on the large side. Never less than one more than now:
/// an interval without the correction is too wide rather than too narrow.
pub(super) fn settling(grades: &[GradeVerdict], estimate: &Estimate, coverage: &Coverage) -> Vec<Settling> {
    let Some(interval) = estimate.interval else { return Vec::new() };
    let width = Width::of(estimate, (interval.upper - interval.lower) / 2.0, coverage);
    let asked = coverage.drawn.filter(|drawn| *drawn > 0).zip(coverage.population);
    let reachable = asked.map(|(drawn, all)| {
        let most = all as f64 * estimate.n as f64 / drawn as f64;
        (most as u64).min(all)
    });
    let of = |grade: &GradeVerdict| {
        let n_needed = grade
            .margin
            .and_then(|margin| width.size_for(margin))
            .map(|n| n.max(estimate.n + 1));
        Settling {
            grade: grade.grade.clone(),
            title: grade.title.clone(),
            line: grade.line,
            n: estimate.n,
            n_needed,
            population: coverage.population,
            beyond_population: n_needed.zip(coverage.population).is_some_and(|(needed, all)| needed > all),
            reachable,
            finite_population_correction: width.population.is_some(),
        }
    };
    grades.iter().filter(|g| g.verdict == Verdict::CannotTell).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whoever asks everybody has no sampling error: the size stays within the population however narrow the margin, and at the size found
        /// the margin is kept while at one less it is not.
        #[test]
        fn a_census_settles_every_line(spread in 0.1_f64..1e5, population in 10_u32..100_000, margin in 1e-3_f64..20.0) {
            let width = Width { spread, population: Some(f64::from(population)) };
            let half_squared = |n: f64| spread * (1.0 / n - 1.0 / f64::from(population));
            prop_assert!(half_squared(f64::from(population)).abs() < 1e-12 * spread);
            let size = width.size_for(margin).unwrap();
            prop_assert!(size <= u64::from(population));
            prop_assert!(half_squared(size as f64) <= margin * margin * (1.0 + 1e-9));
            prop_assert!(size <= 1 || half_squared(size as f64 - 1.0) >= margin * margin * (1.0 - 1e-9));
        }

        /// Without a frame the size grows with the square of the precision.
        #[test]
        fn without_a_frame_half_the_margin_takes_four_times_the_size(spread in 1e3_f64..1e6, margin in 0.1_f64..5.0) {
            let width = Width { spread, population: None };
            let (one, other) = (width.size_for(margin).unwrap(), width.size_for(margin / 2.0).unwrap());
            prop_assert!(other <= 4 * one && other + 4 > 4 * one.saturating_sub(1));
        }
    }
}
