//! `[[model.compare]]`: packs the respondents of groups or waves and has their path models compared.

use super::grouping::{self, Members, kept};
use super::preparing::Prepared;
use super::resampling;
use crate::assessment::groups::{ComparedGroup, GroupComparison, GroupPair, fill};
use crate::finding::{Code, Finding, Place};
use crate::index::comparison::{ComparisonPlan, compare};
use crate::index::groups::Permutations;
use crate::index::linked::Measured;
use crate::index::path_numbers::PathFailure;
use crate::survey::Survey;
use crate::survey::comparison::{CompareGroups, CompareSpec, GROUPS_MAX};

/// Fewest respondents of a group: a setting of this project. With fewer the coefficients of a path model are hardly more than noise.
const GROUP_MIN: u64 = 30;

/// Fewest permutations from which a p-value of 0.05 can be told.
const PERMUTATIONS_MIN: u64 = 99;

/// Groups by name with their rows.
type Groups = Vec<(String, Vec<usize>)>;

/// A wave that was read, and what its estimates were made from.
type Wave<'a> = (&'a Prepared<'a>, &'a Measured);

/// All comparisons of the definition, each with its reservations.
pub(super) fn comparisons(survey: &Survey, prepared: &[Prepared<'_>], measured: &[Measured]) -> (Vec<GroupComparison>, Vec<Finding>) {
    let waves: Vec<Wave<'_>> = prepared.iter().zip(measured).collect();
    let mut all = Vec::new();
    let mut findings = Vec::new();
    for spec in &survey.model.compare {
        let (mut comparison, found) = one(survey, spec, &waves);
        if let Err(finding) = found {
            comparison.refusal = Some(finding.record());
            findings.push(finding);
        }
        all.push(comparison);
    }
    (all, findings)
}

/// A comparison; what it is of also where nothing can be compared.
fn one(survey: &Survey, spec: &CompareSpec, waves: &[Wave<'_>]) -> (GroupComparison, Result<(), Finding>) {
    let (by, members) = match &spec.groups {
        CompareGroups::Column { column, categories } => {
            let members = waves.last().map(|wave| (*wave, of_column(survey, wave.0, column, categories)));
            (Some(column.clone()), members.into_iter().collect::<Vec<_>>())
        }
        CompareGroups::Waves(ids) => {
            let waves = waves.iter().filter(|(p, _)| ids.contains(&p.wave.id));
            (
                None,
                waves.map(|wave| (*wave, vec![(wave.0.wave.id.clone(), kept(wave.0))])).collect(),
            )
        }
    };
    let mut comparison = GroupComparison {
        by,
        waves: members.iter().map(|((p, _), _)| p.wave.id.clone()).collect(),
        groups: Vec::new(),
        left_out: Vec::new(),
        permutations: spec.permutations,
        replicates: spec.permutations,
        seed: survey.design.seed,
        alpha: 1.0 - survey.design.level,
        pairs: Vec::new(),
        omnibus: Vec::new(),
        omnibus_exchange: None,
        refusal: None,
    };
    let found = compared(survey, &mut comparison, members);
    (comparison, found)
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
fn compared(survey: &Survey, comparison: &mut GroupComparison, waves: Vec<(Wave<'_>, Groups)>) -> Result<(), Finding> {
    let smallest = survey.design.domain_base_min.max(GROUP_MIN);
    let mut members: Vec<Members<'_>> = Vec::new();
    for ((prepared, measured), groups) in waves {
        let mut of_wave = Vec::new();
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
        members.push(Members {
            prepared,
            measured,
            rows: of_wave,
        });
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
    let affordable = resampling::budget(survey) / n.max(1);
    if affordable < PERMUTATIONS_MIN {
        return Err(refused("too-large"));
    }
    comparison.permutations = comparison.permutations.min(u32::try_from(affordable).unwrap_or(u32::MAX));
    comparison.replicates = comparison.permutations;
    members.retain(|wave| !wave.rows.is_empty());
    let cases = grouping::cases(survey, &members).ok_or_else(|| refused("weights"))?;
    let model = grouping::path_numbers(survey).ok_or_else(|| refused("no-model"))?;
    let plan = ComparisonPlan {
        permutations: Permutations {
            count: comparison.permutations,
            seed: comparison.seed,
            alpha: comparison.alpha,
        },
        replicates: comparison.replicates,
    };
    let found = compare(&cases, &model, plan).map_err(|failure| not_estimated(survey, refused("not-estimated"), &failure))?;
    fill(comparison, survey, &found);
    let cannot_tell = |pair: &GroupPair| pair.exchange.filter(|e| !e.can_tell(comparison.alpha));
    match comparison
        .pairs
        .iter()
        .map(cannot_tell)
        .collect::<Option<Vec<_>>>()
        .and_then(|all| all.first().copied())
    {
        Some(exchange) => {
            let finding = refused("few-exchanges").with("distinct", exchange.distinct);
            Err(finding.with("alpha", crate::round::printed(comparison.alpha, 2)))
        }
        None => Ok(()),
    }
}

/// Why a group could not be estimated, by the name of the item where there is one.
fn not_estimated(survey: &Survey, refused: Finding, failure: &PathFailure) -> Finding {
    let detail = match failure {
        PathFailure::NoVariance { item } => survey.items.get(*item).map(|i| i.id.clone()).unwrap_or_default(),
        PathFailure::Model { reason } => reason.clone(),
    };
    refused.with("detail", detail)
}
