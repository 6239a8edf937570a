//! Partial R-indicators: which property, and which category of it, response depends on.
//!
//! Unconditional: the spread of propensities between the categories of a property, everything else left as it is.
//! Conditional: the spread that remains within groups that are alike in all other properties of the model.
//! Source: Schouten, Shlomo and Skinner (2011), Journal of Official Statistics 27(2), 231–253.

use super::propensity::{self, Propensities};
use super::{Core, Design, ResponseSample, total};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One category of a property.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartialCategory {
    /// The category.
    pub category: String,
    /// Σ of the design weights in it.
    pub population: f64,
    /// Mean propensity in it.
    pub mean_propensity: f64,
    /// `±√(N_c/N)·|ρ̄_c − ρ̄|`: negative where it responded less than the whole; bias not taken off.
    pub unconditional: f64,
    /// Standard error of it, from drawing alone.
    pub unconditional_se: f64,
    /// `√(Σ_c w (ρ − ρ̄ of those alike)²/N)`; bias not taken off.
    pub conditional: f64,
}

/// One property.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartialIndicator {
    /// The property.
    pub variable: String,
    /// Spread between its categories, 0 to 0.5, bias taken off.
    pub unconditional: f64,
    /// The same with its bias.
    pub unconditional_unadjusted: f64,
    /// Half the standard error of R with this property alone; it serves for the conditional one as well (RISQ manual 2.1).
    pub standard_error: Option<f64>,
    /// Spread within those alike in all other properties, bias taken off.
    pub conditional: f64,
    /// The same with its bias.
    pub conditional_unadjusted: f64,
    /// Each category.
    pub categories: Vec<PartialCategory>,
}

pub(super) fn partial(sample: &ResponseSample, design: &Design<'_>, fit: &Propensities, core: &Core, variable: usize) -> PartialIndicator {
    let deviations = from_those_alike(sample, design, fit, variable);
    let (name, names) = sample
        .variables
        .get(variable)
        .map(|v| (v.name.clone(), v.categories.clone()))
        .unwrap_or_default();
    let category = |(code, name): (usize, String)| {
        let inside: Vec<bool> = sample.cells.iter().map(|c| c.codes.get(variable) == Some(&code)).collect();
        category(design, fit, core, &deviations, &inside, name)
    };
    let categories: Vec<PartialCategory> = names.into_iter().enumerate().map(category).collect();
    let length = |of: &dyn Fn(&PartialCategory) -> f64| total(categories.iter().map(|c| of(c) * of(c))).sqrt();
    let (unconditional, conditional) = (length(&|c| c.unconditional), length(&|c| c.conditional));
    let remains = core.bias_factor.sqrt();
    let alone = sample.only(variable);
    let alone_error = || {
        let fit = propensity::fit(&alone, fit.link).ok()?;
        Core::of(&Design::of(&alone), &fit).r_variance
    };
    PartialIndicator {
        variable: name,
        unconditional: unconditional * remains,
        unconditional_unadjusted: unconditional,
        standard_error: alone_error().map(|v| v.sqrt() / 2.0),
        conditional: conditional * remains,
        conditional_unadjusted: conditional,
        categories,
    }
}

/// Propensity of each cell less the mean propensity of those alike in all other variables.
fn from_those_alike(sample: &ResponseSample, design: &Design<'_>, fit: &Propensities, variable: usize) -> Vec<f64> {
    let others = |codes: &[usize]| -> Vec<usize> {
        let kept = codes.iter().enumerate().filter(|(at, _)| *at != variable);
        kept.map(|(_, code)| *code).collect()
    };
    let mut alike: BTreeMap<Vec<usize>, (f64, f64)> = BTreeMap::new();
    for ((cell, mass), p) in sample.cells.iter().zip(&design.mass).zip(&fit.of_cell) {
        let sums = alike.entry(others(&cell.codes)).or_default();
        sums.0 += mass;
        sums.1 += mass * p;
    }
    let mean = |codes: &[usize]| alike.get(&others(codes)).map_or(0.0, |(mass, sum)| sum / mass);
    sample
        .cells
        .iter()
        .zip(&fit.of_cell)
        .map(|(cell, p)| p - mean(&cell.codes))
        .collect()
}

fn category(design: &Design<'_>, fit: &Propensities, core: &Core, deviations: &[f64], inside: &[bool], name: String) -> PartialCategory {
    let sum = |of: &dyn Fn(usize) -> f64| {
        let cells = design.mass.iter().zip(inside).enumerate().filter(|(_, (_, inside))| **inside);
        total(cells.map(|(at, (mass, _))| mass * of(at)))
    };
    let p = |at: usize| fit.of_cell.get(at).copied().unwrap_or(0.0);
    let all = design.population;
    let population = sum(&|_| 1.0);
    let mean = sum(&p) / population;
    let kept = |wanted: bool| -> Vec<f64> {
        let pairs = fit.of_cell.iter().zip(inside);
        pairs.map(|(p, inside)| if *inside == wanted { *p } else { 0.0 }).collect()
    };
    let within = design.variance_of_total(&kept(true));
    let outside = design.variance_of_total(&kept(false));
    let weight = 1.0 / population - 1.0 / all;
    let squares = sum(&|at| deviations.get(at).map_or(0.0, |d| d * d));
    PartialCategory {
        category: name,
        population,
        mean_propensity: mean,
        unconditional: (population / all).sqrt() * (mean - core.mean),
        unconditional_se: (population / all * (within * weight * weight + outside / (all * all))).sqrt(),
        conditional: (squares / all).sqrt(),
    }
}
