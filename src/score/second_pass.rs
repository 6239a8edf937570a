//! What the path model can only tell from respondents, in a second pass over the packed answers: how well it foretells
//! people it was not estimated from, and interactions. Nothing of a single respondent leaves this module.

use super::Scoring;
use crate::design::hypothesis::regression::{Link, regression};
use crate::design::{SampleDesign, Stage};
use crate::ingest::Responses;
use crate::model::moderation::{Interaction, ModerationEstimate, ModerationSums};
use crate::model::pls::{PlsEstimate, PlsOptions};
use crate::model::predict::{Cases, PredictionError, predict};
use crate::survey::{SelectionMethod, Survey};
use nalgebra::DMatrix;
use twox_hash::XxHash64;

/// Folds when the definition says nothing, and the respondents beyond which there are then none: the passes would take
/// longer than everything else.
const FOLDS: u16 = 10;
const RESPONDENTS_MAX: usize = 20_000;

/// The respondents of a wave that count.
pub struct Pass<'a> {
    /// The survey.
    pub survey: &'a Survey,
    /// All answers.
    pub responses: &'a Responses,
    /// Rows that count.
    pub kept: &'a [bool],
    /// Final weight of a row.
    pub weight_of_row: &'a (dyn Fn(usize) -> f64 + Sync),
}

impl Pass<'_> {
    fn rows(&self) -> Vec<usize> {
        (0..self.responses.len()).filter(|row| self.kept.get(*row) == Some(&true)).collect()
    }

    /// Folds and errors of prediction; `None` where none are wanted or the model fails without a fold.
    ///
    /// Respondents are dealt to folds in the order of a digest of who they are (of the line where nobody is named), so
    /// that folds are of equal size and do not depend on the order of the file.
    #[must_use]
    pub fn prediction(&self) -> Option<(u16, Vec<PredictionError>)> {
        let structure = self.survey.model.structure.as_ref()?;
        let mut rows = self.rows();
        let folds = match self.survey.model.prediction_folds {
            Some(folds) => folds,
            None if rows.len() <= RESPONDENTS_MAX => FOLDS,
            None => 0,
        };
        if folds < 2 || rows.len() < 2 * usize::from(folds) {
            return None;
        }
        rows.sort_by_cached_key(|row| self.digest(*row));
        let scoring: Vec<Scoring> = self.survey.items.iter().map(Scoring::of).collect();
        let answers = |at: usize, out: &mut [f64]| {
            let packed = rows.get(at).map(|row| self.responses.row(*row)).unwrap_or_default();
            for ((out, packed), scoring) in out.iter_mut().zip(packed).zip(&scoring) {
                *out = scoring.steps(*packed).map_or(f64::NAN, f64::from);
            }
        };
        let cases = Cases {
            count: rows.len(),
            answers: &answers,
            weight: &|at| rows.get(at).map_or(0.0, |row| (self.weight_of_row)(*row)),
            fold: &|at| at % usize::from(folds),
        };
        let model = &self.survey.model;
        let errors = predict(&cases, structure, &model.outer, model.scheme, PlsOptions::default()).ok()?;
        Some((folds, errors))
    }

    fn digest(&self, row: usize) -> (u64, u32) {
        let line = self.responses.line.get(row).copied().unwrap_or(0);
        let id = self.responses.respondent.as_ref().and_then(|r| r.get(row).copied());
        let id = id.filter(|id| *id != 0).unwrap_or(u64::from(line));
        (XxHash64::oneshot(self.survey.design.seed ^ 0x666f_6c64, &id.to_le_bytes()), line)
    }

    /// Interactions of the definition from the scores of the respondents, a gap standing at the mean of its item.
    /// `sd` are the standard deviations of the items in steps.
    #[must_use]
    pub fn moderation(&self, pls: &PlsEstimate, sd: &[f64], mean: &dyn Fn(usize) -> Option<f64>) -> Vec<(Interaction, ModerationEstimate)> {
        let Some(structure) = &self.survey.model.structure else {
            return Vec::new();
        };
        let wanted = self.survey.model.interactions.iter().copied();
        let mut sums: Vec<(Interaction, ModerationSums)> = wanted.filter_map(|i| Some((i, ModerationSums::new(structure, i)?))).collect();
        if sums.is_empty() {
            return Vec::new();
        }
        let scoring: Vec<Scoring> = self.survey.items.iter().map(Scoring::of).collect();
        let means: Vec<f64> = (0..scoring.len()).map(|item| mean(item).unwrap_or(f64::NAN)).collect();
        let score_of = |answers: &[u8], (items, weights): (&Vec<usize>, &Vec<f64>)| {
            let z = |item: &usize| {
                let steps = scoring.get(*item)?.steps(*answers.get(*item)?)?;
                Some((f64::from(steps) - means.get(*item)?) / sd.get(*item)?)
            };
            items
                .iter()
                .zip(weights)
                .map(|(item, weight)| weight * z(item).unwrap_or(0.0))
                .sum()
        };
        let rows = self.rows();
        let design = self.design(&rows);
        let mut columns: Vec<Vec<Vec<f64>>> = vec![Vec::new(); sums.len()];
        for row in rows {
            let answers = self.responses.row(row);
            let blocks = structure.blocks().iter().zip(&pls.outer_weights);
            let scores: Vec<f64> = blocks.map(|block| score_of(answers, block)).collect();
            let weight = (self.weight_of_row)(row);
            for ((_, sums), kept) in sums.iter_mut().zip(&mut columns) {
                sums.insert(&scores, weight);
                kept.extend(design.is_some().then(|| sums.row(&scores)));
            }
        }
        let one = |((interaction, sums), rows): ((Interaction, ModerationSums), Vec<Vec<f64>>)| {
            let found = sums.finish()?;
            let found = match &design {
                Some(design) => self.with_error_of_design(found, design, &rows)?,
                None => found,
            };
            Some((interaction, found))
        };
        sums.into_iter().zip(columns).filter_map(one).collect()
    }

    /// How the respondents were drawn, where errors of a simple random sample would not do: clusters, or weights that differ.
    fn design(&self, rows: &[usize]) -> Option<SampleDesign> {
        let weights: Vec<f64> = rows.iter().map(|row| (self.weight_of_row)(*row)).collect();
        let psu = self.responses.psu.as_ref();
        let equal = weights
            .iter()
            .zip(weights.iter().skip(1))
            .all(|(a, b)| (a - b).abs() <= 1e-9 * a.abs());
        if psu.is_none() && equal {
            return None;
        }
        let stage = match psu {
            Some((_, of_row)) => Stage::new(&rows.iter().map(|row| of_row.get(*row)).collect::<Vec<_>>()),
            None => Stage::of_elements(rows.len()),
        };
        let strata: Vec<Option<&u16>> = rows.iter().map(|row| self.responses.stratum.get(*row)).collect();
        let stage = if self.survey.design.method == SelectionMethod::Stratified {
            stage.stratified(&strata).nested()
        } else {
            stage
        };
        SampleDesign::new(&[stage], Some(&weights)).ok()
    }

    /// The error of the product's coefficient by linearisation under the design, scores taken as given; `None` where the design has no degrees of
    /// freedom for it.
    fn with_error_of_design(&self, found: ModerationEstimate, design: &SampleDesign, rows: &[Vec<f64>]) -> Option<ModerationEstimate> {
        let target = rows.first()?.len().checked_sub(2)?;
        let outcome: Vec<Option<f64>> = rows.iter().map(|row| row.get(target).copied()).collect();
        let value = |row: usize, column: usize| rows.get(row).and_then(|r| r.get(column)).copied().unwrap_or(f64::NAN);
        // A column of ones stands in the place of the target.
        let x = DMatrix::from_fn(
            rows.len(),
            target + 2,
            |row, column| if column == target { 1.0 } else { value(row, column) },
        );
        let fitted = regression(design, &outcome, &x, Link::Identity, self.survey.design.lonely_psu).ok()?;
        let variance = *fitted.covariance.get((target + 1, target + 1))?;
        (variance > 0.0 && fitted.df > 0).then(|| ModerationEstimate {
            standard_error: variance.sqrt(),
            df: fitted.df as f64,
            ..found
        })
    }
}
