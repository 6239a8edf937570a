//! The draw in numbers, stratum by stratum.

use super::{AtHand, cases};
use crate::sample::draw::Role;
use crate::sample::draw::record::{DrawRecord, ListedUnit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was drawn of a stratum and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawnStratum {
    /// Name; empty where there are no strata.
    pub stratum: String,
    /// What could be drawn: units of the frame, or clusters where clusters were drawn.
    pub elements: u64,
    /// Units of the main sample.
    pub main: u64,
    /// Units of the reserve.
    pub reserve: u64,
    /// Units of the reserve that were asked: they answered, were contacted or have a closed case. Absent where nothing is known of it.
    pub reserve_asked: Option<u64>,
    /// Units of the main sample that answered.
    pub responded_main: Option<u64>,
    /// Units of the reserve that answered.
    pub responded_reserve: Option<u64>,
}

/// Counts by stratum, in the order of the design.
pub(super) fn by_stratum(record: &DrawRecord, sample: &[ListedUnit], hand: &AtHand<'_>) -> Vec<DrawnStratum> {
    let answered = |unit: &&ListedUnit| hand.responses.is_some_and(|r| r.holds(&unit.id));
    let tried = |unit: &&ListedUnit| answered(unit) || cases::asked(hand).is_some_and(|asked| asked.holds(&unit.id));
    let known = hand.responses.is_some();
    let one = |stratum: &crate::sample::draw::design::StratumDraw| {
        let of = |role: Role| {
            sample
                .iter()
                .filter(move |u| u.role == role)
                .filter(|u| u.stratum == stratum.stratum)
        };
        DrawnStratum {
            stratum: stratum.stratum.clone(),
            elements: stratum.elements,
            main: of(Role::Main).count() as u64,
            reserve: of(Role::Reserve).count() as u64,
            reserve_asked: (known || cases::asked(hand).is_some()).then(|| of(Role::Reserve).filter(tried).count() as u64),
            responded_main: known.then(|| of(Role::Main).filter(answered).count() as u64),
            responded_reserve: known.then(|| of(Role::Reserve).filter(answered).count() as u64),
        }
    };
    record.design.strata.iter().map(one).collect()
}
