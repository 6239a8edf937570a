//! The margins of a definition held against the categories that the respondents gave.

use super::classes::ResponseClasses;
use super::cluster_list::ClusterList;
use super::margin::{Category, TOTALS_TOLERANCE};
use crate::coverage::frame::Frame;
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Findings, Place, Refusal};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::ingest::{DomainColumn, Responses};
use crate::io::World;
use crate::round::printed;
use crate::survey::Survey;
use crate::survey::weighting::{MarginSpec, WeightingSpec};
use std::collections::BTreeMap;

/// Sums of targets this close to 1 are read as shares.
const SHARES_TOLERANCE: f64 = 1e-6;

/// What is known of the population of a wave beside its frame, ready for use.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    /// Classes of non-response, where the definition has them.
    pub classes: Option<ResponseClasses>,
    /// All clusters of the population, where they are listed.
    pub clusters: Option<ClusterList>,
    /// The margins, in the order of the definition.
    pub margins: Vec<TargetMargin>,
    /// Files that targets were read from.
    pub inputs: Vec<InputFile>,
}

/// One margin with a category for every value of its column.
#[derive(Debug, Clone)]
pub struct TargetMargin {
    /// Position of its column among [`Responses::domains`].
    pub column: usize,
    /// Name of the column.
    pub name: String,
    /// Categories by their numbers in the column. Those that only interviews which do not count have stand with a target of 0.
    pub categories: Vec<Category>,
}

/// A target as written.
type Written = (String, f64, Place);

/// Reads the targets of a wave and holds them against its interviews that count: every category met needs a target, every target
/// needs respondents, all margins (and the frame) must speak of one population. All faults are told together.
pub fn read_targets(
    survey: &Survey,
    responses: &Responses,
    kept: &[bool],
    frame: Option<&Frame>,
    world: &dyn World,
) -> Result<Targets, Refusal> {
    let Some(spec) = &survey.weighting else {
        return Ok(Targets::default());
    };
    let mut findings = Findings::default();
    let mut inputs = Vec::new();
    let mut written = Vec::new();
    for margin in &spec.margins {
        match targets_of(margin, world) {
            Ok((targets, input)) => {
                inputs.extend(input);
                written.push((margin, targets));
            }
            Err(refusal) => refusal.0.into_iter().for_each(|f| findings.add(f)),
        }
    }
    let population = population(&written, frame);
    let mut margins = Vec::new();
    for (margin, targets) in &written {
        let Some(column) = responses.domains.iter().position(|d| d.name == margin.column) else {
            continue;
        };
        let Some(values) = responses.domains.get(column) else { continue };
        contradiction(margin, targets, population.as_ref())
            .into_iter()
            .for_each(|f| findings.add(f));
        let cases = Cases::of(values, kept);
        let held = Held {
            spec,
            margin,
            responses,
            cases: &cases,
        };
        margins.push(TargetMargin {
            column,
            name: margin.column.clone(),
            categories: held.categories(values, targets, population.as_ref().map(|(_, n)| *n), &mut findings),
        });
    }
    findings.settle()?;
    Ok(Targets {
        margins,
        inputs,
        ..Targets::default()
    })
}

fn targets_of(margin: &MarginSpec, world: &dyn World) -> Result<(Vec<Written>, Option<InputFile>), Refusal> {
    let Some(file) = &margin.file else {
        return Ok((margin.targets.clone(), None));
    };
    let mut table = Table::open(world, file, Reading::default())?;
    let (category, target) = (table.column("category"), table.column("target"));
    table.settle()?;
    let mut targets: Vec<Written> = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
        let name = crate::text::shown(trimmed(&cell(category)), 80);
        let text = cell(target);
        let place = Place::cell(file, line, target.map_or(0, |at| at as u64 + 1));
        let number = trimmed(&text).parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
        let Some(number) = number else {
            let finding = Finding::new(Code::BadTarget, place)
                .with("column", &margin.column)
                .with("category", &name);
            table.complain(finding.with("got", crate::text::redacted(&text)));
            continue;
        };
        if let Some(first) = targets.iter().find(|(earlier, _, _)| *earlier == name) {
            let finding = Finding::new(Code::DuplicateId, Place::line(file, line)).with("id", &name);
            table.complain(finding.with("first", first.2.line.unwrap_or(0)));
        }
        targets.push((name, number, place));
    }
    let input = InputFile::new("targets", file, &table.facts);
    table.finish()?;
    Ok((targets, Some(input)))
}

fn sum(targets: &[Written]) -> f64 {
    targets.iter().map(|(_, target, _)| target).sum()
}

fn are_shares(targets: &[Written]) -> bool {
    (sum(targets) - 1.0).abs() < SHARES_TOLERANCE
}

/// The population that all margins have to speak of, with what says so: the frame, or else the first margin in people.
fn population(written: &[(&MarginSpec, Vec<Written>)], frame: Option<&Frame>) -> Option<(String, f64)> {
    let of_margins = || written.iter().find(|(_, targets)| !are_shares(targets));
    let first = || of_margins().map(|(margin, targets)| (margin.column.clone(), sum(targets)));
    frame.map(|f| (f.input.file.clone(), f.population() as f64)).or_else(first)
}

fn contradiction(margin: &MarginSpec, targets: &[Written], population: Option<&(String, f64)>) -> Option<Finding> {
    let (first, total) = population?;
    let differs = !are_shares(targets) && (sum(targets) - total).abs() > TOTALS_TOLERANCE * total;
    differs.then(|| {
        let place = targets.first().map_or_else(|| margin.place.clone(), |(_, _, place)| place.clone());
        Finding::new(Code::MarginTotalsContradict, place)
            .with("column", &margin.column)
            .with("total", printed(sum(targets), 4))
            .with("first", first)
            .with("first_total", printed(*total, 4))
    })
}

/// Interviews that count in each category of a column, and the first row of each.
struct Cases {
    count: Vec<u64>,
    first: Vec<usize>,
}

impl Cases {
    fn of(column: &DomainColumn, kept: &[bool]) -> Self {
        let categories = column.categories.names().len();
        let (mut count, mut first) = (vec![0_u64; categories], vec![usize::MAX; categories]);
        for (row, (category, kept)) in column.of_row.iter().zip(kept).enumerate() {
            if let (true, Some(n), Some(first)) = (*kept, count.get_mut(usize::from(*category)), first.get_mut(usize::from(*category))) {
                *n += 1;
                *first = (*first).min(row);
            }
        }
        Self { count, first }
    }
}

/// One margin beside its respondents.
struct Held<'a> {
    spec: &'a WeightingSpec,
    margin: &'a MarginSpec,
    responses: &'a Responses,
    cases: &'a Cases,
}

impl Held<'_> {
    fn categories(&self, column: &DomainColumn, targets: &[Written], population: Option<f64>, findings: &mut Findings) -> Vec<Category> {
        // Shares of a population that nobody counted: one each would do, the mean weight is then 1 over n.
        let unit = if are_shares(targets) {
            population.unwrap_or(self.counted() as f64)
        } else {
            1.0
        };
        let mut open: BTreeMap<&str, &Written> = targets.iter().map(|t| (t.0.as_str(), t)).collect();
        let mut categories = Vec::new();
        for ((name, cases), first) in column.categories.names().iter().zip(&self.cases.count).zip(&self.cases.first) {
            let target = open.remove(name.as_str());
            match target {
                Some((_, target, place)) if *target > 0.0 => self.enough(name, *cases, place, findings),
                _ if *cases > 0 => findings.add(self.without_target(name, *cases, *first)),
                _ => {}
            }
            categories.push(Category {
                name: name.clone(),
                target: target.map_or(0.0, |(_, target, _)| target * unit),
            });
        }
        for (name, _, place) in open.values().filter(|(_, target, _)| *target > 0.0) {
            self.enough(name, 0, place, findings);
        }
        categories
    }

    fn counted(&self) -> u64 {
        self.cases.count.iter().sum()
    }

    fn enough(&self, category: &str, cases: u64, place: &Place, findings: &mut Findings) {
        let needed = self.spec.category_base_min.max(1);
        if cases < needed {
            let finding = Finding::new(Code::MarginCategoryTooSmall, place.clone()).with("column", &self.margin.column);
            findings.add(finding.with("category", category).with("n", cases).with("needed", needed));
        }
    }

    fn without_target(&self, category: &str, cases: u64, row: usize) -> Finding {
        let line = self.responses.line.get(row).map_or(0, |l| u64::from(*l));
        Finding::new(Code::MarginWithoutTarget, Place::line(&self.responses.file, line))
            .with("column", &self.margin.column)
            .with("category", category)
            .with("n", cases)
    }
}
