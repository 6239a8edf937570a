//! A short list drawn by name, such as the sites that a visit sees.

use super::keys::DrawKeys;
use crate::ingest::decode::hexadecimal;
use crate::sample::frame::UnitFrame;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Every unit in the order of the keys: the first n are the sample, the next the reserve.
#[must_use]
pub fn ranked(frame: &UnitFrame, seed: &str) -> Vec<DrawnUnit> {
    let keys = DrawKeys::new(frame.sha256(), seed);
    let unit = |row: &u32| DrawnUnit {
        id: String::from_utf8_lossy(frame.id(*row)).into_owned(),
        key: hexadecimal(&keys.key(frame.id(*row))),
    };
    let mut units: Vec<DrawnUnit> = frame.order().iter().map(unit).collect();
    units.sort_by(|a, b| a.key.cmp(&b.key).then_with(|| a.id.cmp(&b.id)));
    units
}

/// Draws `size` units, all of them when there are fewer.
#[must_use]
pub fn draw_named(frame: &UnitFrame, seed: &str, size: usize) -> Draw {
    let mut drawn = ranked(frame, seed);
    let reserve = drawn.split_off(size.min(drawn.len()));
    Draw {
        frame_sha256: frame.sha256().to_owned(),
        seed: seed.to_owned(),
        units: frame.len() as u64,
        drawn,
        reserve,
    }
}

/// A unit with its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawnUnit {
    /// The unit.
    pub id: String,
    /// Its key, hexadecimal.
    pub key: String,
}

/// A draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Draw {
    /// SHA-256 of the canonical frame.
    pub frame_sha256: String,
    /// Seed.
    pub seed: String,
    /// Units in the frame.
    pub units: u64,
    /// Drawn, in the order of their keys.
    pub drawn: Vec<DrawnUnit>,
    /// Not drawn, in the same order: the next replaces one that cannot be visited.
    pub reserve: Vec<DrawnUnit>,
}

/// A filed draw held against the recomputed one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawDifference {
    /// Filed but not drawn, by the recomputation.
    pub extra: Vec<String>,
    /// Drawn but not filed.
    pub missing: Vec<String>,
    /// Filed more than once.
    pub repeated: Vec<String>,
    /// Filed with another key than the recomputed one.
    pub other_key: Vec<String>,
}

impl DrawDifference {
    /// True when nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Draw {
    /// Holds a filed draw (ids, and keys where they were filed) against this one.
    #[must_use]
    pub fn compare(&self, filed: &[(String, Option<String>)]) -> DrawDifference {
        let drawn: BTreeMap<&str, &str> = self.drawn.iter().map(|u| (u.id.as_str(), u.key.as_str())).collect();
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        let mut difference = DrawDifference::default();
        for (id, key) in filed {
            *times.entry(id).or_default() += 1;
            match (drawn.get(id.as_str()), key) {
                (None, _) => difference.extra.push(id.clone()),
                (Some(own), Some(key)) if !own.eq_ignore_ascii_case(key) => difference.other_key.push(id.clone()),
                _ => {}
            }
        }
        let repeated = times.iter().filter(|(_, count)| **count > 1);
        difference.repeated = repeated.map(|(id, _)| (*id).to_owned()).collect();
        let missing = drawn.keys().filter(|id| !times.contains_key(*id));
        difference.missing = missing.map(|id| (*id).to_owned()).collect();
        difference
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_changed_draw_is_named() {
        let frame = UnitFrame::of_ids(["a", "b", "c", "d"].map(str::to_owned));
        let draw = draw_named(&frame, "s", 2);
        let honest: Vec<_> = draw.drawn.iter().map(|u| (u.id.clone(), Some(u.key.clone()))).collect();
        assert!(draw.compare(&honest).is_empty());
        let swapped = [(draw.reserve[0].id.clone(), None), honest[1].clone(), honest[1].clone()];
        let difference = draw.compare(&swapped);
        assert_eq!(difference.extra, [draw.reserve[0].id.clone()]);
        assert_eq!(difference.missing, [draw.drawn[0].id.clone()]);
        assert_eq!(difference.repeated, [draw.drawn[1].id.clone()]);
        let forged = [(honest[0].0.clone(), Some("00".to_owned())), honest[1].clone()];
        assert_eq!(draw.compare(&forged).other_key, [honest[0].0.clone()]);
    }

    proptest! {
        #[test]
        fn order_of_rows_has_no_effect(ids in proptest::collection::btree_set("[a-z]{1,6}", 1..30), seed in "\\PC{0,12}", size in 0_usize..40) {
            let forward = UnitFrame::of_ids(ids.iter().cloned());
            let backward = UnitFrame::of_ids(ids.iter().rev().cloned());
            let draw = draw_named(&forward, &seed, size);
            prop_assert_eq!(&draw, &draw_named(&backward, &seed, size));
            prop_assert_eq!(draw.drawn.len(), size.min(ids.len()));
            // A larger sample holds the smaller one.
            prop_assert!(draw_named(&forward, &seed, size + 1).drawn.starts_with(&draw.drawn));
        }
    }
}
