//! Points from an audit on site: the rows of a scorecard and what they come to under a scheme.

mod blank;
mod read;

pub use blank::{BlankRow, blank};
pub use read::read_scorecard;

use super::scheme::{Scheme, ScoreRules};
use crate::evidence::InputFile;
use crate::locale::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rows that count special deductions and bonuses instead of points.
const SPECIAL_DEDUCTIONS: &str = "special-deductions";
const SPECIAL_BONUSES: &str = "special-bonuses";

/// A scorecard that was read and held against its scheme.
#[derive(Debug, Clone)]
pub struct Scorecard {
    /// The file.
    pub input: InputFile,
    /// Clauses, in the order of the file.
    pub rows: Vec<ScoreRow>,
    /// Special deductions.
    pub deductions: u32,
    /// Special bonuses, as claimed.
    pub bonuses: u32,
}

/// One clause of a scorecard.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRow {
    /// Clause.
    pub clause: String,
    /// Block that it belongs to.
    pub block: String,
    /// Full points, whether or not it applies.
    pub points: f64,
    /// Points that can be obtained: 0 where the clause does not apply.
    pub applicable: f64,
    /// Points obtained; absent while nobody has scored the clause.
    pub obtained: Option<f64>,
    /// True when evidence, auditor and date are all there.
    pub documented: bool,
}

/// How the total of a scorecard comes about, step by step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Arithmetic {
    /// Points obtained in the clauses that apply and are scored.
    pub obtained: f64,
    /// Points of clauses that apply and nobody has scored yet.
    pub open: f64,
    /// Points that could be obtained: of all clauses that apply.
    pub applicable: f64,
    /// Points of clauses that do not apply.
    pub not_applicable: f64,
    /// Obtained points on the scheme's full marks, before deductions and bonus.
    pub scored: f64,
    /// True when obtained points are brought to full marks as obtained ÷ applicable.
    pub renormalised: bool,
    /// Special deductions.
    pub deductions: u32,
    /// Points taken off for them.
    pub deduction_points: f64,
    /// Deductions with which the audit is failed whatever the score; absent where the scheme has no such rule.
    pub deductions_fail_at: Option<u32>,
    /// Special bonuses, as claimed.
    pub bonuses: u32,
    /// Points given for them, after their cap.
    pub bonus_points: f64,
    /// Total when every open clause gets nothing. Points of the scheme's full marks.
    pub low: f64,
    /// Total when every open clause gets all.
    pub high: f64,
    /// Total; absent while clauses are open.
    pub total: Option<f64>,
    /// Order of these steps, in the words of the scheme.
    pub order: Text,
}

/// A block of a scheme, or a section of an audit, and what it got.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BlockReading {
    /// Clause of the block.
    pub block: String,
    /// Title.
    pub title: Text,
    /// Points of the block; absent where neither scheme nor scorecard gives them.
    pub points: Option<f64>,
    /// Points of its clauses that apply.
    pub applicable: f64,
    /// Points obtained so far.
    pub obtained: f64,
    /// Points of its clauses that nobody has scored.
    pub open: f64,
    /// Points of the total that are still to be gained here.
    pub room: f64,
}

impl Scorecard {
    /// The total and how it comes about. `None` when no clause applies.
    ///
    /// `total = obtained / applicable · base − deductions · d + min(bonuses, most) · b`, kept within 0 and base; without
    /// renormalising, obtained stands in place of the first term.
    #[must_use]
    pub fn arithmetic(&self, scheme: &Scheme) -> Option<Arithmetic> {
        let rules = scheme.rules.as_ref();
        let sum = |of: &dyn Fn(&ScoreRow) -> f64| self.rows.iter().map(of).sum::<f64>();
        let absent: f64 = self.absent_blocks(scheme).filter_map(|b| b.points).sum();
        let applicable = sum(&|r| r.applicable) + absent;
        if applicable <= 0.0 {
            return None;
        }
        let obtained = sum(&|r| r.obtained.unwrap_or(0.0));
        let open = sum(&|r| if r.obtained.is_none() { r.applicable } else { 0.0 }) + absent;
        let deduction_points = rules.map_or(0.0, |r| f64::from(self.deductions) * r.special_deduction_each);
        let bonus_points = rules.map_or(0.0, |r| f64::from(self.bonuses.min(r.special_bonus_max)) * r.special_bonus_each);
        let renormalised = renormalises(rules);
        let score = |points: f64| {
            if renormalised {
                points / applicable * scheme.scale_base
            } else {
                points
            }
        };
        let total = |points: f64| (score(points) - deduction_points + bonus_points).clamp(0.0, scheme.scale_base);
        Some(Arithmetic {
            obtained,
            open,
            applicable,
            not_applicable: sum(&|r| (r.points - r.applicable).max(0.0)),
            scored: score(obtained),
            renormalised,
            deductions: self.deductions,
            deduction_points,
            deductions_fail_at: rules.map(|r| r.special_deductions_fail_at).filter(|at| *at > 0),
            bonuses: self.bonuses,
            bonus_points,
            low: total(obtained),
            high: total(obtained + open),
            total: (open <= 0.0).then(|| total(obtained)),
            order: rules.map(|r| r.order.clone()).unwrap_or_default(),
        })
    }

    /// True when the special deductions alone fail the audit.
    #[must_use]
    pub fn fails(&self, scheme: &Scheme) -> bool {
        let at = scheme.rules.as_ref().map_or(0, |r| r.special_deductions_fail_at);
        at > 0 && self.deductions >= at
    }

    /// True when nobody has scored any clause.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.rows.iter().all(|r| r.obtained.is_none())
    }

    /// Every block of the scheme and what it got.
    #[must_use]
    pub fn blocks(&self, scheme: &Scheme) -> Vec<BlockReading> {
        let absent: f64 = self.absent_blocks(scheme).filter_map(|b| b.points).sum();
        let applicable = self.rows.iter().map(|r| r.applicable).sum::<f64>() + absent;
        let unit = if renormalises(scheme.rules.as_ref()) && applicable > 0.0 {
            scheme.scale_base / applicable
        } else {
            1.0
        };
        let reading = |block: &super::scheme::Block| {
            let rows: Vec<&ScoreRow> = self.rows.iter().filter(|r| r.block == block.id).collect();
            let on_card: f64 = rows.iter().map(|r| r.points).sum();
            let absent = if rows.is_empty() { block.points.unwrap_or(0.0) } else { 0.0 };
            let applicable = rows.iter().map(|r| r.applicable).sum::<f64>() + absent;
            let obtained: f64 = rows.iter().filter_map(|r| r.obtained).sum();
            BlockReading {
                block: block.id.clone(),
                title: block.title.clone(),
                points: block.points.or((!rows.is_empty()).then_some(on_card)),
                applicable,
                obtained,
                open: absent + rows.iter().filter(|r| r.obtained.is_none()).map(|r| r.applicable).sum::<f64>(),
                room: (applicable - obtained).max(0.0) * unit,
            }
        };
        scheme.blocks.iter().map(reading).collect()
    }

    fn absent_blocks<'a>(&'a self, scheme: &'a Scheme) -> impl Iterator<Item = &'a super::scheme::Block> {
        scheme.blocks.iter().filter(|b| !self.rows.iter().any(|r| r.block == b.id))
    }
}

fn renormalises(rules: Option<&ScoreRules>) -> bool {
    rules.is_none_or(|r| r.renormalise_not_applicable)
}

#[cfg(test)]
mod tests;
