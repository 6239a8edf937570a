//! What can be said of a sample whose draw nobody recorded: consistent with chance, or not. Never "random".
//!
//! Tests look at places in the frame (sorted positions) and, where the list is not in the order of the frame, at the order of the
//! list. Every p is adjusted for the number of tests by Holm's method. A sample that was taken by hand and looks like chance passes;
//! one that was drawn properly fails once in twenty at a level of 95 %. That is why the verdict never says more than it does.

pub mod runs;
pub mod serial;
pub mod uniform;

use crate::stats::{holm_defined, hypergeometric_two_sided_p};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A test.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceTest {
    /// Kolmogorov–Smirnov: places in the frame against even ones.
    FramePositions,
    /// χ² of the ten parts of the frame.
    FrameDeciles,
    /// Rank sum: drawn units nearer to one end of the frame.
    FrameEnds,
    /// The greatest stretch without a drawn unit.
    GreatestGap,
    /// Runs up and down of the places in the order of the list.
    RunsUpAndDown,
    /// Runs of the first and the second half of the frame in the order of the list.
    RunsOfHalves,
    /// Serial correlation of the places in the order of the list.
    SerialCorrelation,
    /// Exact hypergeometric test of a stratum's number.
    Stratum(String),
}

/// A test with its result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceResult {
    /// The test.
    pub test: EvidenceTest,
    /// Its statistic: D, X², W, distance, runs, runs, r₁, number drawn.
    pub statistic: f64,
    /// Two-sided p, except for the greatest gap, where a large one counts.
    pub p_value: f64,
    /// The same adjusted over all tests by Holm's method.
    pub p_holm: f64,
}

/// What the tests say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceVerdict {
    /// No adjusted p is below 1 − level: the sample could be a simple random one. It need not be.
    ConsistentWithChance,
    /// One is: a simple random sample would hardly look like this.
    NotConsistentWithChance,
    /// Too few units for any test.
    NotTested,
}

/// Evidence of one sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Units of the frame.
    pub frame: u64,
    /// Units drawn, each once.
    pub n: u64,
    /// True when the list is in the order of the frame, so that its order says nothing.
    pub in_frame_order: bool,
    /// Level, strictly between 0 and 1.
    pub level: f64,
    /// Every test that could be made.
    pub tests: Vec<EvidenceResult>,
    /// What they say.
    pub verdict: EvidenceVerdict,
}

/// One stratum: name, units in the frame, units drawn.
pub type StratumCount = (String, u64, u64);

/// Makes every test that can be made. `positions` are places in the frame from 1, in the order of the list, all different; strata
/// are tested where the sample is claimed to be a simple random one.
#[must_use]
pub fn evidence(positions: &[u64], frame: u64, strata: &[StratumCount], level: f64) -> Evidence {
    let mut sorted = positions.to_vec();
    sorted.sort_unstable();
    let in_frame_order = sorted == positions;
    let n = positions.len() as u64;
    let mut found: Vec<(EvidenceTest, f64, f64)> = Vec::new();
    let mut add = |test: EvidenceTest, result: Option<(f64, f64)>| {
        found.extend(result.map(|(statistic, p)| (test, statistic, p)));
    };
    let ks = uniform::kolmogorov_smirnov(&sorted, frame).filter(|_| n >= 5);
    add(EvidenceTest::FramePositions, ks.map(|t| (t.distance, t.p_value)));
    let deciles = uniform::deciles(&sorted, frame);
    add(EvidenceTest::FrameDeciles, deciles.map(|t| (t.statistic, t.p_value)));
    let ranks = uniform::rank_sum(&sorted, frame).filter(|_| n >= 10);
    add(EvidenceTest::FrameEnds, ranks.map(|t| (t.statistic, t.p_value)));
    let gaps = uniform::gaps(&sorted, frame).filter(|_| n >= 5);
    add(EvidenceTest::GreatestGap, gaps.map(|t| (t.greatest as f64, t.p_value)));
    if !in_frame_order && n >= 20 {
        let up_down = runs::runs_up_and_down(positions);
        add(EvidenceTest::RunsUpAndDown, up_down.map(|t| (t.runs as f64, t.p_value)));
        let halves: Vec<bool> = positions.iter().map(|p| 2 * p > frame).collect();
        let of_halves = runs::runs_of_two_kinds(&halves);
        add(EvidenceTest::RunsOfHalves, of_halves.map(|t| (t.runs as f64, t.p_value())));
        let places: Vec<f64> = positions.iter().map(|p| *p as f64).collect();
        let serial = serial::serial_correlation(&places);
        add(EvidenceTest::SerialCorrelation, serial.map(|t| (t.r, t.p_value)));
    }
    for (name, units, drawn) in strata.iter().filter(|_| strata.len() > 1) {
        let p = hypergeometric_two_sided_p(*drawn, frame, *units, n);
        add(EvidenceTest::Stratum(name.clone()), p.map(|p| (*drawn as f64, p)));
    }
    judged(found, frame, n, in_frame_order, level)
}

fn judged(found: Vec<(EvidenceTest, f64, f64)>, frame: u64, n: u64, in_frame_order: bool, level: f64) -> Evidence {
    let raw: Vec<Option<f64>> = found.iter().map(|(_, _, p)| Some(*p)).collect();
    let adjusted = holm_defined(&raw);
    let each = found.into_iter().zip(adjusted);
    let tests: Vec<EvidenceResult> = each
        .map(|((test, statistic, p_value), holm)| EvidenceResult {
            test,
            statistic,
            p_value,
            p_holm: holm.unwrap_or(p_value),
        })
        .collect();
    let verdict = if tests.is_empty() {
        EvidenceVerdict::NotTested
    } else if tests.iter().any(|t| t.p_holm < 1.0 - level) {
        EvidenceVerdict::NotConsistentWithChance
    } else {
        EvidenceVerdict::ConsistentWithChance
    };
    Evidence {
        frame,
        n,
        in_frame_order,
        level,
        tests,
        verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_hundred_customers_are_no_chance() {
        let first: Vec<u64> = (1..=100).collect();
        let found = evidence(&first, 10_000, &[], 0.95);
        assert!(found.in_frame_order);
        assert_eq!(found.verdict, EvidenceVerdict::NotConsistentWithChance);
        assert!(found.tests.iter().all(|t| t.p_value <= t.p_holm));
    }

    #[test]
    fn too_few_are_not_tested() {
        assert_eq!(evidence(&[3, 1], 10, &[], 0.95).verdict, EvidenceVerdict::NotTested);
    }

    /// Draws by keys are found consistent about as often as the level says, and never much less.
    #[test]
    fn draws_by_keys_are_consistent() {
        use crate::sample::draw::keys::DrawKeys;
        let mut consistent = 0;
        for seed in 0..200 {
            let keys = DrawKeys::new("frame", &seed.to_string());
            let mut keyed: Vec<(u64, u64)> = (1..=2000_u64).map(|p| (keys.leading(&p.to_be_bytes()), p)).collect();
            keyed.sort_unstable();
            let positions: Vec<u64> = keyed.iter().take(120).map(|(_, p)| *p).collect();
            let found = evidence(&positions, 2000, &[], 0.95);
            assert_eq!(found.tests.len(), 7);
            consistent += u32::from(found.verdict == EvidenceVerdict::ConsistentWithChance);
        }
        assert!((180..=200).contains(&consistent), "{consistent}");
    }
}
