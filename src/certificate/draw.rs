//! A draw that anyone can repeat: no random numbers, only digests.
//!
//! key(id) = SHA-256(frame digest `|` seed `|` id), all in lower-case hexadecimal or as written; units are taken in
//! ascending order of their keys. The frame digest is the SHA-256 of the frame in canonical form: a line a unit, its fields
//! parted by a tab and ended by a line feed, lines in the byte order of their ids. Neither the order of a file nor the
//! program that draws has any effect; whoever knows frame and seed gets the same units, and a seed that was not known when
//! the frame was fixed cannot have been chosen for its result.

use crate::ingest::decode::hexadecimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Units to draw from, each with what else belongs to it (such as its stratum). Ids are distinct.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawFrame {
    units: BTreeMap<String, Vec<String>>,
}

impl DrawFrame {
    /// A frame of units without further fields.
    pub fn of_ids(ids: impl IntoIterator<Item = String>) -> Self {
        Self::of_units(ids.into_iter().map(|id| (id, Vec::new())))
    }

    /// A frame of units with further fields.
    pub fn of_units(units: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        Self {
            units: units.into_iter().collect(),
        }
    }

    /// Number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// True when there is nothing to draw from.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// SHA-256 of the canonical form, hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut digest = Sha256::new();
        for (id, fields) in &self.units {
            digest.update(id.as_bytes());
            for field in fields {
                digest.update(b"\t");
                digest.update(field.as_bytes());
            }
            digest.update(b"\n");
        }
        hexadecimal(&digest.finalize())
    }

    /// Every unit in the order of the keys: the first n are the sample, the next the reserve.
    #[must_use]
    pub fn ranked(&self, seed: &str) -> Vec<DrawnUnit> {
        let frame = self.sha256();
        let key = |id: &str| hexadecimal(&Sha256::digest(format!("{frame}|{seed}|{id}").as_bytes()));
        let mut units: Vec<DrawnUnit> = self
            .units
            .keys()
            .map(|id| DrawnUnit {
                id: id.clone(),
                key: key(id),
            })
            .collect();
        units.sort_by(|a, b| a.key.cmp(&b.key).then_with(|| a.id.cmp(&b.id)));
        units
    }

    /// Draws `size` units, all of them when there are fewer.
    #[must_use]
    pub fn draw(&self, seed: &str, size: usize) -> Draw {
        let mut drawn = self.ranked(seed);
        let reserve = drawn.split_off(size.min(drawn.len()));
        Draw {
            frame_sha256: self.sha256(),
            seed: seed.to_owned(),
            units: self.len() as u64,
            drawn,
            reserve,
        }
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
        let frame = DrawFrame::of_ids(["a", "b", "c", "d"].map(str::to_owned));
        let draw = frame.draw("s", 2);
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

    #[test]
    fn the_same_seed_means_another_draw_in_another_frame() {
        let one = DrawFrame::of_ids(["a", "b"].map(str::to_owned));
        let two = DrawFrame::of_units([("a".to_owned(), vec!["x".to_owned()]), ("b".to_owned(), Vec::new())]);
        assert_ne!(one.sha256(), two.sha256());
        assert_ne!(one.ranked("s")[0].key, two.ranked("s")[0].key);
    }

    proptest! {
        #[test]
        fn order_of_rows_has_no_effect(ids in proptest::collection::btree_set("[a-z]{1,6}", 1..30), seed in "\\PC{0,12}", size in 0_usize..40) {
            let forward = DrawFrame::of_ids(ids.iter().cloned());
            let backward = DrawFrame::of_ids(ids.iter().rev().cloned());
            let draw = forward.draw(&seed, size);
            prop_assert_eq!(&draw, &backward.draw(&seed, size));
            prop_assert_eq!(draw.drawn.len(), size.min(ids.len()));
            // A larger sample holds the smaller one.
            prop_assert!(forward.draw(&seed, size + 1).drawn.starts_with(&draw.drawn));
        }
    }
}
