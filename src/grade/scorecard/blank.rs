//! The blank scorecard of a scheme.

use super::{SPECIAL_BONUSES, SPECIAL_DEDUCTIONS};
use crate::grade::scheme::{Scheme, Scoring, SurveyPart};
use crate::locale::Lang;

/// A row of a blank scorecard before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankRow {
    /// Clause.
    pub clause: String,
    /// Title in the language of the card.
    pub title: String,
    /// Points as text; empty where the user has to enter them.
    pub points: String,
    /// How points are given, in the scheme's word; empty where it says nothing.
    pub scoring: &'static str,
    /// What of a survey can be evidence.
    pub survey: Option<SurveyPart>,
}

/// The clauses of a scheme with nothing obtained; a clause with indicators is asked by indicator.
fn rows(scheme: &Scheme, lang: Lang) -> Vec<BlankRow> {
    let shown = |points: Option<f64>| points.map_or_else(String::new, |p| p.to_string());
    let mut rows = Vec::new();
    for block in &scheme.blocks {
        if block.indicators.is_empty() {
            rows.push(BlankRow {
                clause: block.id.clone(),
                title: block.title.get(lang).to_owned(),
                points: shown(block.points),
                scoring: "",
                survey: None,
            });
        }
        let alone = block.indicators.len() == 1;
        for (at, indicator) in block.indicators.iter().enumerate() {
            rows.push(BlankRow {
                clause: block.clause(at),
                title: indicator.title.get(lang).to_owned(),
                // The only indicator of a block has its points.
                points: shown(indicator.points.or(block.points.filter(|_| alone))),
                scoring: match indicator.scoring {
                    Some(Scoring::AllOrNothing) => "all-or-nothing",
                    Some(Scoring::Proportional) => "proportional",
                    None => "",
                },
                survey: indicator.survey,
            });
        }
    }
    rows
}

/// A blank scorecard as CSV, with a byte order mark so that spreadsheets read the Chinese. `evidence` gives the words for what a
/// survey can say of a clause; they stand as evidence, and the points stay empty for the auditor.
#[must_use]
pub fn blank(scheme: &Scheme, lang: Lang, evidence: &dyn Fn(SurveyPart) -> Option<String>) -> String {
    let mut out = String::from("\u{feff}clause,title,points,applicable,scoring,sampled,conforming,obtained,evidence,auditor,date,remark\n");
    for row in rows(scheme, lang) {
        let proof = row.survey.and_then(evidence).unwrap_or_default();
        let cells = [
            &row.clause,
            &row.title,
            &row.points,
            "",
            row.scoring,
            "",
            "",
            "",
            &proof,
            "",
            "",
            "",
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    let rules = scheme.rules.as_ref();
    let special = [
        (SPECIAL_DEDUCTIONS, rules.is_some_and(|r| r.special_deduction_each > 0.0)),
        (SPECIAL_BONUSES, rules.is_some_and(|r| r.special_bonus_each > 0.0)),
    ];
    for (clause, _) in special.iter().filter(|(_, asked)| *asked) {
        out.push_str(&format!("{clause},,,,,,,0,,,,\n"));
    }
    out
}

/// A CSV cell. A text that a spreadsheet would take for a formula is kept a text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
