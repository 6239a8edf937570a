//! What the path model can only tell from respondents, in a second pass over the packed answers: how well it foretells
//! people it was not estimated from, and interactions. Nothing of a single respondent leaves this module.

use super::Scoring;
use crate::ingest::Responses;
use crate::model::moderation::{Interaction, ModerationEstimate, ModerationSums};
use crate::model::pls::{PlsEstimate, PlsOptions};
use crate::model::predict::{Cases, PredictionError, predict};
use crate::survey::Survey;
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
        for row in self.rows() {
            let answers = self.responses.row(row);
            let blocks = structure.blocks().iter().zip(&pls.outer_weights);
            let scores: Vec<f64> = blocks.map(|block| score_of(answers, block)).collect();
            let weight = (self.weight_of_row)(row);
            sums.iter_mut().for_each(|(_, sums)| sums.insert(&scores, weight));
        }
        sums.into_iter().filter_map(|(i, sums)| Some((i, sums.finish()?))).collect()
    }
}
