//! Classes of non-response by columns of the definition: everybody who answered stands for those of the same class who did not.
//!
//! A class is a combination of properties that are known of everybody drawn, from the strata of the frame or from the file of single
//! cases. Its factor is `Σ_drawn w / Σ_answered w` with base weights `N_h / drawn_h` (see [`super::nonresponse`]); who was
//! drawn and found not to be eligible is not counted among the drawn. The class rides in the key of a cell as one more
//! column that nobody reports by.

use super::calibration::WeightKey;
use super::error::WeightError;
use super::nonresponse::{ResponseClass, nonresponse_factors};
use crate::coverage::cases::Cases;
use crate::coverage::frame::Frame;
use crate::finding::{Code, Finding, Place};
use crate::ingest::{Categories, DomainColumn, Responses};
use crate::stats::CompensatedSum;
use crate::survey::Survey;
use crate::survey::weighting::WeightingSpec;
use crate::tally::Tally;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One class of non-response and its factor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClassFactor {
    /// Its categories, joined by `·`.
    pub class: String,
    /// Cases drawn, less those known not to be eligible.
    pub sampled: u64,
    /// Interviews that count.
    pub answered: u64,
    /// Factor on the base weight: base weights of the drawn over those of the answered.
    pub factor: f64,
}

/// The classes of a wave, in the form that the weights need.
#[derive(Debug, Clone)]
pub struct ResponseClasses {
    /// Position of the column of classes among [`Responses::domains`].
    column: usize,
    /// Factors by number of the class in that column.
    factors: Vec<f64>,
    /// All classes, sorted by name.
    pub rows: Vec<ClassFactor>,
}

/// Stratum and properties of a case, and the base weight of the stratum.
type Key = (String, Vec<String>);

impl ResponseClasses {
    /// Makes the classes that the definition asks for, and gives every interview its own. `None` where it asks for none.
    ///
    /// # Errors
    ///
    /// A finding where a class was sampled and nobody answered, or where nobody knows how many were drawn.
    pub fn lay(
        survey: &Survey,
        responses: &mut Responses,
        kept: &[bool],
        frame: Option<&Frame>,
        cases: Option<&Cases>,
    ) -> Result<Option<Self>, Finding> {
        let Some(spec) = survey.weighting.as_ref().filter(|w| !w.nonresponse.is_empty()) else {
            return Ok(None);
        };
        let naming = Naming { survey, spec };
        let sampled = naming
            .sampled(frame, cases)
            .ok_or_else(|| Finding::new(Code::ResponseClassesUnknown, spec.place.clone()))?;
        let base = |stratum: &str| {
            let row = frame.and_then(|f| f.strata.get(stratum));
            let drawn = row.and_then(|r| r.drawn).filter(|d| *d > 0);
            row.zip(drawn).map_or(1.0, |(r, drawn)| r.population as f64 / drawn as f64)
        };
        let key_of_row = |row: usize| -> Option<Key> {
            let id = responses.respondent.as_ref().and_then(|ids| ids.get(row).copied());
            match cases {
                Some(cases) => cases.group_of(id?).cloned(),
                None => {
                    let number = responses.stratum.get(row)?;
                    Some((responses.strata.names().get(usize::from(*number))?.clone(), Vec::new()))
                }
            }
        };
        let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
        for (key, count) in &sampled {
            let class = sums.entry(naming.class(key)).or_default();
            class.sampled += count;
            class.sampled_weight.insert_product(base(&key.0), *count as f64);
        }
        let mut names = Vec::with_capacity(responses.len());
        for row in 0..responses.len() {
            let key = key_of_row(row);
            let name = key.as_ref().map(|key| naming.class(key)).unwrap_or_default();
            if let Some((key, true)) = key.as_ref().zip(kept.get(row).copied()) {
                let class = sums.entry(name.clone()).or_default();
                class.answered += 1;
                class.answered_weight.insert(base(&key.0));
            }
            names.push(name);
        }
        let rows = factors(&sums).map_err(|error| refused(&error, &spec.place))?;
        Ok(Some(Self::ride(responses, &names, rows)))
    }

    /// Puts the classes beside the other columns of the interviews.
    fn ride(responses: &mut Responses, names: &[String], rows: Vec<ClassFactor>) -> Self {
        let mut categories = Categories::default();
        let mut sorted: Vec<&String> = names.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        for name in sorted {
            // Classes are at most as many as rows of the frame; what does not fit shares the last number and is told by the cells.
            let _ = categories.number(name);
        }
        let of_row = names.iter().map(|name| categories.number(name).unwrap_or(u16::MAX)).collect();
        let of_name = |name: &String| rows.iter().find(|row| row.class == *name).map_or(1.0, |row| row.factor);
        let factors = categories.names().iter().map(of_name).collect();
        responses.domains.push(DomainColumn {
            name: "non-response class".to_owned(),
            reported: false,
            categories,
            of_row,
        });
        Self {
            column: responses.domains.len() - 1,
            factors,
            rows,
        }
    }

    /// The factor of the cases of a weight cell.
    #[must_use]
    pub(super) fn factor(&self, tally: &Tally, key: WeightKey) -> Option<f64> {
        let class = tally.domain_combinations().get(usize::from(key.domain))?.get(self.column)?;
        self.factors.get(usize::from(*class)).copied()
    }
}

/// Sums of one class.
#[derive(Default)]
struct Sums {
    sampled: u64,
    sampled_weight: CompensatedSum,
    answered: u64,
    answered_weight: CompensatedSum,
}

fn factors(sums: &BTreeMap<String, Sums>) -> Result<Vec<ClassFactor>, WeightError> {
    let class = |(name, sums): (&String, &Sums)| ResponseClass {
        name: name.clone(),
        sampled: sums.sampled,
        sampled_weight: sums.sampled_weight.finish(),
        answered: sums.answered,
        answered_weight: sums.answered_weight.finish(),
    };
    let classes: Vec<ResponseClass> = sums.iter().map(class).collect();
    let factors = nonresponse_factors(&classes)?;
    let row = |(class, factor): (ResponseClass, f64)| ClassFactor {
        class: class.name,
        sampled: class.sampled,
        answered: class.answered,
        factor,
    };
    Ok(classes.into_iter().zip(factors).map(row).collect())
}

fn refused(error: &WeightError, place: &Place) -> Finding {
    match error {
        WeightError::EmptyClass { class, sampled } => Finding::new(Code::ResponseClassEmpty, place.clone())
            .about(class)
            .with("class", class)
            .with("sampled", sampled),
        other => Finding::new(Code::WeightsImpossible, place.clone()).with("reason", other),
    }
}

/// How classes are named from strata and properties.
struct Naming<'a> {
    survey: &'a Survey,
    spec: &'a WeightingSpec,
}

impl Naming<'_> {
    /// Drawn cases by stratum and properties; `None` where the numbers drawn are not known.
    fn sampled(&self, frame: Option<&Frame>, cases: Option<&Cases>) -> Option<Vec<(Key, u64)>> {
        if let Some(cases) = cases {
            return Some(cases.groups.iter().map(|(key, (sampled, _))| (key.clone(), *sampled)).collect());
        }
        // Properties of single cases are in the file of single cases alone.
        let strata = &self.survey.columns.strata;
        if !self.spec.nonresponse.iter().all(|column| strata.contains(column)) {
            return None;
        }
        let rows = frame?.strata.iter();
        rows.map(|(name, row)| Some(((name.clone(), Vec::new()), row.drawn?))).collect()
    }

    /// The name of the class of a case.
    fn class(&self, (stratum, properties): &Key) -> String {
        let strata = &self.survey.columns.strata;
        let parts: Vec<&str> = stratum.split('·').collect();
        let part = |column: &String| {
            if let Some(at) = strata.iter().position(|c| c == column) {
                // A value that holds the separator itself: the whole stratum is the class.
                return if parts.len() == strata.len() {
                    parts.get(at).copied()
                } else {
                    Some(stratum.as_str())
                };
            }
            let at = self.survey.cases.properties.iter().position(|c| c == column)?;
            properties.get(at).map(String::as_str)
        };
        let parts: Vec<&str> = self.spec.nonresponse.iter().filter_map(part).collect();
        parts.join("·")
    }
}
