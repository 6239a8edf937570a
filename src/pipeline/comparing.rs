//! `[[model.compare]]`: packs the respondents of groups or waves and has their path models compared.

use super::preparing::Prepared;
use super::resampling::{self, Packing};
use crate::assessment::groups::{ComparedGroup, GroupComparison, fill};
use crate::finding::{Code, Finding, Place};
use crate::index::comparison::{ComparisonPlan, compare};
use crate::index::groups::Permutations;
use crate::index::path_numbers::{PathFailure, PathNumbers};
use crate::model::pls::PlsOptions;
use crate::survey::Survey;
use crate::survey::comparison::{CompareGroups, CompareSpec, GROUPS_MAX};
use crate::tally::{self, Tally};
use crate::weight::{self, Weights};

/// Fewest respondents of a group: a setting of this project. With fewer the coefficients of a path model are hardly more than noise.
const GROUP_MIN: u64 = 30;

/// Permutations times respondents of one pair of groups: some seconds of one core.
const BUDGET: u64 = 20_000_000;

/// Fewest permutations from which a p-value of 0.05 can be told.
const PERMUTATIONS_MIN: u64 = 99;

/// Groups by name with their rows.
type Groups = Vec<(String, Vec<usize>)>;

/// Rows of one wave with the number of their group.
type Members = Vec<(usize, u16)>;

/// All comparisons of the definition, each with its reservations.
pub(super) fn comparisons(survey: &Survey, prepared: &[&Prepared<'_>]) -> (Vec<GroupComparison>, Vec<Finding>) {
    let mut all = Vec::new();
    let mut findings = Vec::new();
    for spec in &survey.model.compare {
        let (mut comparison, found) = one(survey, spec, prepared);
        if let Err(finding) = found {
            comparison.refusal = Some(finding.record());
            findings.push(finding);
        }
        all.push(comparison);
    }
    (all, findings)
}

/// A comparison; what it is of also where nothing can be compared.
fn one(survey: &Survey, spec: &CompareSpec, prepared: &[&Prepared<'_>]) -> (GroupComparison, Result<(), Finding>) {
    let (by, members) = match &spec.groups {
        CompareGroups::Column { column, categories } => {
            let latest = prepared.last().copied();
            let members = latest.map(|wave| (wave, of_column(survey, wave, column, categories)));
            (Some(column.clone()), members.into_iter().collect::<Vec<_>>())
        }
        CompareGroups::Waves(ids) => {
            let waves = prepared.iter().copied().filter(|p| ids.contains(&p.wave.id));
            (None, waves.map(|wave| (wave, vec![(wave.wave.id.clone(), kept(wave))])).collect())
        }
    };
    let mut comparison = GroupComparison {
        by,
        waves: members.iter().map(|(p, _)| p.wave.id.clone()).collect(),
        groups: Vec::new(),
        left_out: Vec::new(),
        permutations: spec.permutations,
        replicates: spec.permutations,
        seed: survey.design.seed,
        alpha: 1.0 - survey.design.level,
        pairs: Vec::new(),
        omnibus: Vec::new(),
        refusal: None,
    };
    let found = compared(survey, &mut comparison, members);
    (comparison, found)
}

/// Rows that count.
fn kept(prepared: &Prepared<'_>) -> Vec<usize> {
    let kept = &prepared.cleaned.kept;
    (0..prepared.responses.len()).filter(|row| kept.get(*row) == Some(&true)).collect()
}

/// Categories of a column with their rows, in the order named, or by name.
fn of_column(survey: &Survey, prepared: &Prepared<'_>, column: &str, categories: &[String]) -> Groups {
    let Some(column) = prepared.responses.domains.iter().find(|d| d.name == column) else {
        return Vec::new();
    };
    let mut names: Vec<String> = if categories.is_empty() {
        column.categories.names().to_vec()
    } else {
        categories.to_vec()
    };
    if categories.is_empty() {
        names.retain(|name| !name.trim().is_empty());
        names.sort();
    }
    debug_assert!(survey.columns.domains.contains(&column.name));
    let rows = kept(prepared);
    let of = |name: String| {
        let number = column.categories.names().iter().position(|n| *n == name);
        let inside = |row: &&usize| number.is_some() && column.of_row.get(**row).map(|n| usize::from(*n)) == number;
        let members = rows.iter().filter(inside).copied().collect();
        (name, members)
    };
    names.into_iter().map(of).collect()
}

/// Leaves out what is too small, packs the rest and compares.
fn compared(survey: &Survey, comparison: &mut GroupComparison, waves: Vec<(&Prepared<'_>, Groups)>) -> Result<(), Finding> {
    let smallest = survey.design.domain_base_min.max(GROUP_MIN);
    let mut members: Vec<(&Prepared<'_>, Members)> = Vec::new();
    for (wave, groups) in waves {
        let mut of_wave = Members::new();
        for (name, rows) in groups {
            let group = ComparedGroup {
                name,
                n: rows.len() as u64,
                replicates_failed: 0,
            };
            if group.n < smallest {
                comparison.left_out.push(group);
                continue;
            }
            let number = comparison.groups.len() as u16;
            of_wave.extend(rows.into_iter().map(|row| (row, number)));
            comparison.groups.push(group);
        }
        members.push((wave, of_wave));
    }
    let subject = comparison.by.clone().unwrap_or_else(|| comparison.waves.join(", "));
    let refused = |reason: &str| {
        let finding = Finding::new(Code::GroupsNotCompared, Place::subject(&subject));
        finding.with("by", &subject).with("reason", reason).with("min", smallest)
    };
    match comparison.groups.len() {
        0 | 1 => return Err(refused("too-few")),
        found if found > GROUPS_MAX => return Err(refused("too-many")),
        _ => {}
    }
    let n: u64 = comparison.groups.iter().map(|g| g.n).sum();
    let affordable = BUDGET / n.max(1);
    if affordable < PERMUTATIONS_MIN {
        return Err(refused("too-large"));
    }
    comparison.permutations = comparison.permutations.min(u32::try_from(affordable).unwrap_or(u32::MAX));
    comparison.replicates = comparison.permutations;
    let weighed: Vec<(&Prepared<'_>, Tally, Weights, Members)> = members
        .into_iter()
        .map(|(wave, rows)| {
            let tally = tally::tally(survey, &wave.responses, &wave.cleaned.kept);
            let (weights, ..) = weight::weigh(survey, &wave.responses, wave.frame.as_ref(), &wave.targets, &tally)?;
            Ok((wave, tally, weights, rows))
        })
        .collect::<Result<_, Finding>>()?;
    let packed: Vec<(Packing<'_>, Members)> = weighed
        .iter()
        .map(|(wave, tally, weights, rows)| (Packing::of(survey, &wave.responses, tally, weights), rows.clone()))
        .collect();
    let cases = resampling::groups(survey.scored_items, &packed).ok_or_else(|| refused("weights"))?;
    let model = path_numbers(survey).ok_or_else(|| refused("no-model"))?;
    let plan = ComparisonPlan {
        permutations: Permutations {
            count: comparison.permutations,
            seed: comparison.seed,
        },
        replicates: comparison.replicates,
        alpha: comparison.alpha,
    };
    let found = compare(&cases, &model, plan).map_err(|failure| not_estimated(survey, refused("not-estimated"), &failure))?;
    fill(comparison, survey, &found);
    Ok(())
}

/// The path model of the definition.
fn path_numbers(survey: &Survey) -> Option<PathNumbers> {
    let structure = survey.model.structure.clone()?;
    let ranges = survey.scored().iter().map(|i| f64::from(i.scale.range())).collect();
    let model = PathNumbers::new(structure, survey.model.scheme, PlsOptions::default(), ranges)?;
    Some(model.with_modes(&survey.model.outer))
}

/// Why a group could not be estimated, by the name of the item where there is one.
fn not_estimated(survey: &Survey, refused: Finding, failure: &PathFailure) -> Finding {
    let detail = match failure {
        PathFailure::NoVariance { item } => survey.items.get(*item).map(|i| i.id.clone()).unwrap_or_default(),
        PathFailure::Model { reason } => reason.clone(),
    };
    refused.with("detail", detail)
}
