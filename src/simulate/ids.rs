//! Numbers of customers: spread over all numbers of so many digits, each once.

use super::plan::SimulationPlan;

/// Multiplier of the numbers: coprime to every power of ten, so that they do not repeat.
const STEP: u64 = 7_654_321;

/// Number of the first customer.
const START: u128 = 314_159;

/// The numbers of a plan; the same rule in every wave.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids {
    modulus: u64,
}

impl Ids {
    /// At least six digits, and ten times as many numbers as there are rows, or customers where a list of them is written.
    pub(super) fn new(plan: &SimulationPlan) -> Self {
        let listed = plan.waves.iter().filter(|wave| wave.sample.is_some());
        let customers = listed.map(|wave| plan.strata.iter().map(|s| wave.customers(s)).sum::<u64>()).max();
        let most = plan.rows.max(customers.unwrap_or(0));
        let mut modulus = 1_000_000;
        while modulus / 10 < most {
            modulus *= 10;
        }
        Self { modulus }
    }

    /// Digits of a number.
    pub(super) fn digits(self) -> usize {
        self.modulus.ilog10() as usize
    }

    /// The number at a position.
    pub(super) fn number(self, position: u64) -> u64 {
        ((u128::from(position) * u128::from(STEP) + START) % u128::from(self.modulus)) as u64
    }
}
