//! Scores per respondent, for the export that the user has to ask for. Nothing below the tally reads them.

use super::Scoring;
use crate::clean::Cleaned;
use crate::ingest::Responses;
use crate::survey::Survey;

/// Dimension scores of the respondents that count.
#[derive(Debug, Clone, Default)]
pub struct RespondentScores {
    /// Wave of each respondent.
    pub wave: Vec<String>,
    /// Row of the response file.
    pub line: Vec<u32>,
    /// Stratum of each respondent.
    pub stratum: Vec<String>,
    /// Final weight.
    pub weight: Vec<f64>,
    /// Score from 0 to 100 for each dimension, in the order of the definition; `None` where no item was answered.
    pub dimensions: Vec<(String, Vec<Option<f64>>)>,
}

/// Adds the respondents of one wave.
///
/// A respondent's score of a dimension is `Σ v_j s_j / Σ v_j` over the answered items, `v` being the item weights of the
/// wave and `s` the item scores from 0 to 100.
pub fn respondent_scores(
    out: &mut RespondentScores,
    survey: &Survey,
    wave: &str,
    responses: &Responses,
    cleaned: &Cleaned,
    item_weights: &[Option<Vec<f64>>],
    weight_of_row: impl Fn(usize) -> f64,
) {
    let scoring: Vec<Scoring> = survey.items.iter().map(Scoring::of).collect();
    if out.dimensions.is_empty() {
        out.dimensions = survey.dimensions.iter().map(|d| (d.id.clone(), Vec::new())).collect();
    }
    for row in (0..responses.len()).filter(|row| cleaned.kept.get(*row) == Some(&true)) {
        out.wave.push(wave.to_owned());
        out.line.push(responses.line.get(row).copied().unwrap_or(0));
        let stratum = responses
            .stratum
            .get(row)
            .and_then(|s| responses.strata.names().get(usize::from(*s)));
        out.stratum.push(stratum.cloned().unwrap_or_default());
        out.weight.push(weight_of_row(row));
        let answers = responses.row(row);
        for ((dimension, weights), (_, scores)) in survey.dimensions.iter().zip(item_weights).zip(&mut out.dimensions) {
            let weights = weights.as_deref().unwrap_or_default();
            let (mut sum, mut total) = (0.0, 0.0);
            for (item, weight) in dimension.items.iter().zip(weights) {
                let (Some(packed), Some(scoring)) = (answers.get(*item), scoring.get(*item)) else {
                    continue;
                };
                if let Some(steps) = scoring.steps(*packed) {
                    sum += weight * scoring.percent(f64::from(steps));
                    total += weight;
                }
            }
            scores.push((total > 0.0).then(|| sum / total));
        }
    }
}

/// The scores as CSV text (UTF-8 with a byte-order mark). Unanswered dimensions are empty cells.
#[must_use]
pub fn csv(scores: &RespondentScores) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    let fixed = ["wave", "line", "stratum", "weight"];
    // Writing into memory cannot fail.
    let _ = writer.write_record(fixed.into_iter().chain(scores.dimensions.iter().map(|(id, _)| id.as_str())));
    for (row, (((wave, line), stratum), weight)) in scores
        .wave
        .iter()
        .zip(&scores.line)
        .zip(&scores.stratum)
        .zip(&scores.weight)
        .enumerate()
    {
        let mut cells = vec![
            wave.clone(),
            line.to_string(),
            crate::text::spreadsheet_safe(stratum),
            weight.to_string(),
        ];
        let score = |values: &Vec<Option<f64>>| values.get(row).copied().flatten().map_or_else(String::new, |s| s.to_string());
        cells.extend(scores.dimensions.iter().map(|(_, values)| score(values)));
        let _ = writer.write_record(&cells);
    }
    writer.into_inner().unwrap_or_default()
}
