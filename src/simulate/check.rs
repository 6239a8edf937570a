//! What makes a plan contradict itself.

use super::plan::SimulationPlan;
use std::collections::BTreeSet;

/// Why a plan cannot be simulated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// Nothing to write.
    #[error("a plan needs at least one row, wave, stratum, scale, dimension and item")]
    Empty,
    /// A name is used that the plan does not define (in time for a path).
    #[error("{what} names {name}, which is not defined before it")]
    UnknownName {
        /// The part of the plan.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A share outside its range.
    #[error("{what} = {value} is outside its range")]
    OutOfRange {
        /// The part of the plan.
        what: &'static str,
        /// The value.
        value: f64,
    },
    /// The coefficients explain more than all of a dimension.
    #[error("the paths into {dimension} explain a variance of {explained}, which is not below 1")]
    PathsTooStrong {
        /// The dimension.
        dimension: String,
        /// Explained variance.
        explained: f64,
    },
    /// More people are needed than the stratum has.
    #[error("stratum {stratum}: {drawn} drawn of {population}")]
    SampleTooLarge {
        /// The stratum.
        stratum: String,
        /// People to draw.
        drawn: u64,
        /// People there are.
        population: u64,
    },
    /// The list of a wave cannot be drawn from.
    #[error("no sample is drawn: {reason}")]
    NotDrawn {
        /// Why.
        reason: String,
    },
}

impl SimulationPlan {
    /// Refuses a plan that contradicts itself.
    pub(super) fn check(&self) -> Result<(), PlanError> {
        let empty = self.rows == 0
            || self.waves.is_empty()
            || self.strata.is_empty()
            || self.dimensions.is_empty()
            || self.scales.iter().any(|s| s.thresholds.is_empty())
            || self.dimensions.iter().any(|d| d.items.is_empty());
        if empty {
            return Err(PlanError::Empty);
        }
        self.check_names()?;
        self.check_ranges()
    }

    fn check_names(&self) -> Result<(), PlanError> {
        let unknown = |what, name: &str| PlanError::UnknownName {
            what,
            name: name.to_owned(),
        };
        let scales = self.items().map(|(_, item)| &item.scale).chain([&self.attention.scale]);
        for name in scales {
            self.scale(name).ok_or_else(|| unknown("an item", name))?;
        }
        let mut known = BTreeSet::new();
        for dimension in &self.dimensions {
            let stray = dimension.sources.iter().find(|(name, _)| !known.contains(name.as_str()));
            if let Some((name, _)) = stray {
                return Err(unknown("a path", name));
            }
            known.insert(dimension.id.as_str());
        }
        for shift in &self.shifts {
            self.dimension(&shift.dimension)
                .ok_or_else(|| unknown("a shift", &shift.dimension))?;
            let wave = shift.wave.as_ref().filter(|w| !self.waves.iter().any(|known| known.id == **w));
            let stratum = shift
                .stratum
                .as_ref()
                .filter(|s| !self.strata.iter().any(|known| known.values.contains(s)));
            if let Some(name) = wave.or(stratum) {
                return Err(unknown("a shift", name));
            }
        }
        let odd = self.strata.iter().find(|s| s.values.len() != self.strata_columns.len());
        odd.map_or(Ok(()), |stratum| Err(unknown("a stratum", &stratum.name())))
    }

    fn check_ranges(&self) -> Result<(), PlanError> {
        let p = &self.planted;
        let kinds = [p.duplicate, p.straight_line, p.too_fast, p.inattentive, p.partial, p.faulty];
        let item_count = self.items().count();
        let within = |what, value: f64, low: f64, high: f64| {
            let fits = (low..=high).contains(&value);
            if fits { Ok(()) } else { Err(PlanError::OutOfRange { what, value }) }
        };
        for share in kinds {
            within("planted", share, 0.0, 0.5)?;
        }
        within("planted", kinds.iter().sum(), 0.0, 0.5)?;
        within("planted.missing", p.missing, 0.0, 0.5)?;
        within(
            "attention.after_items",
            self.attention.after_items as f64,
            0.0,
            0.6 * item_count as f64,
        )?;
        within("seconds_min", f64::from(self.seconds_min), 30.0, 90.0)?;
        for wave in &self.waves {
            within("waves.days", f64::from(wave.days), 1.0, 3660.0)?;
            within("waves.growth", wave.growth, 0.0, 1e6)?;
            if let Some(sample) = &wave.sample {
                within("waves.sample.reserve", sample.reserve, f64::MIN_POSITIVE, 1.0)?;
                within("waves.sample.modes", sample.modes.len() as f64, 1.0, 100.0)?;
                let days = (sample.seed_day - sample.sealed_on).get_days();
                within("waves.sample.seed_day", f64::from(days), 0.0, f64::from(i32::MAX))?;
            }
            within("waves.impossible_dates", wave.impossible_dates as f64, 0.0, self.rows as f64 / 4.0)?;
        }
        for stratum in &self.strata {
            within("strata.response", stratum.response, 1e-6, 1.0)?;
        }
        for (_, item) in self.items() {
            within("items.loading", item.loading, 0.0, 1.0)?;
            within("items.not_applicable", item.not_applicable, 0.0, 0.5)?;
        }
        for scale in &self.scales {
            within("scales.thresholds", scale.thresholds.len() as f64, 1.0, 200.0)?;
        }
        self.comment.as_ref().map_or(Ok(()), |c| within("comment.share", c.share, 0.0, 1.0))
    }
}
