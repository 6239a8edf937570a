//! The answers of one wave, packed and in canonical order, without identity.

use std::collections::{BTreeMap, BTreeSet};

/// A missing answer in [`Case::steps`].
pub const MISSING: u8 = u8::MAX;

/// One interview.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Steps above the worst answer, one an item, at most 200; [`MISSING`] where there is none.
    pub steps: Vec<u8>,
    /// Final weight, a positive number.
    pub weight: f64,
    /// Stratum. Numbers must not depend on the order of the file (number strata by their names).
    pub stratum: u16,
    /// Post-stratum: the cases whose weights were brought to a known sum together, numbered likewise.
    pub post: u16,
    /// Primary sampling unit, numbered likewise; `None` where every case is its own.
    pub unit: Option<u32>,
    /// Combination of reporting categories or group, numbered likewise.
    pub domain: u16,
}

/// Packed cases in canonical order: by stratum, weight, domain, unit and answers.
///
/// Cases that agree in all of these are interchangeable, so the order, and with it every draw, is the same however the rows of the file stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    pub(super) item_count: usize,
    /// Item by item, one byte a case; 0 where missing.
    pub(super) steps: Vec<u8>,
    /// Item by item, 1 where answered; empty while nobody left anything out.
    pub(super) answered: Vec<u8>,
    pub(super) weight: Vec<f64>,
    pub(super) stratum: Vec<u16>,
    pub(super) domain: Vec<u16>,
    /// Number of each case's unit, counted through all strata.
    pub(super) unit: Vec<u32>,
    /// What each case's unit was called; `None` where every case is its own.
    pub(super) name: Vec<Option<u32>>,
    /// Design strata.
    pub(super) strata: Vec<Stratum>,
    /// Stretches of cases of the same stratum, post-stratum and weight.
    pub(super) cells: Vec<Cell>,
    /// Sum of weights of each post-stratum.
    pub(super) posts: Vec<f64>,
    /// Stretches of cases of the same cell and domain: cases, cell, domain.
    pub(super) stretches: Vec<(std::ops::Range<usize>, usize, usize)>,
    pub(super) domain_count: usize,
    /// Largest number of steps.
    pub(super) steps_max: u8,
}

/// Units of one design stratum.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stratum {
    pub(super) number: u16,
    pub(super) cases: std::ops::Range<usize>,
    pub(super) units: std::ops::Range<usize>,
    /// Its cells.
    pub(super) cells: std::ops::Range<usize>,
}

/// Cases that share stratum, post-stratum, weight and margins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) cases: std::ops::Range<usize>,
    pub(super) post: usize,
    pub(super) weight: f64,
    /// Number of the cell whose cases calibration to margins treats alike; 0 where there are no margins.
    pub(super) margin: usize,
}

impl Cases {
    /// Sorts and packs. `None` when a case has another number of items, a weight that is not a positive number or more than 200 steps.
    #[must_use]
    pub fn new(item_count: usize, cases: Vec<Case>) -> Option<Self> {
        Self::in_cells(item_count, cases.into_iter().map(|case| (0, case)).collect())
    }

    /// The same with the number of each case's cell of margins, which must not depend on the order of the file: calibration in a replicate gives
    /// all cases of such a cell one factor.
    #[must_use]
    pub fn in_cells(item_count: usize, mut cases: Vec<(u32, Case)>) -> Option<Self> {
        let fits = |(_, case): &(u32, Case)| {
            let steps = case.steps.iter().all(|s| *s <= 200 || *s == MISSING);
            case.steps.len() == item_count && case.weight.is_finite() && case.weight > 0.0 && steps
        };
        if !cases.iter().all(fits) {
            return None;
        }
        let key = |(margin, case): &(u32, Case)| (case.stratum, case.post, case.weight.to_bits(), *margin, case.domain, case.unit);
        cases.sort_unstable_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.1.steps.cmp(&b.1.steps)));
        let (margins, cases): (Vec<u32>, Vec<Case>) = cases.into_iter().unzip();
        let steps_at = |item: usize| cases.iter().map(move |c| c.steps.get(item).copied().unwrap_or(MISSING));
        let complete = cases.iter().all(|c| !c.steps.contains(&MISSING));
        let steps: Vec<u8> = (0..item_count)
            .flat_map(|item| steps_at(item).map(|s| if s == MISSING { 0 } else { s }))
            .collect();
        let answered = if complete {
            Vec::new()
        } else {
            (0..item_count)
                .flat_map(|item| steps_at(item).map(|s| u8::from(s != MISSING)))
                .collect()
        };
        let (mut strata, unit) = units(&cases);
        let cells = cells(&cases, &margins, &mut strata);
        let mut posts = vec![0.0; cells.iter().map(|c| c.post + 1).max().unwrap_or(0)];
        for cell in &cells {
            posts[cell.post] += cell.weight * cell.cases.len() as f64;
        }
        Some(Self {
            item_count,
            steps_max: steps.iter().copied().max().unwrap_or(0),
            steps,
            answered,
            weight: cases.iter().map(|c| c.weight).collect(),
            stratum: cases.iter().map(|c| c.stratum).collect(),
            domain_count: cases.iter().map(|c| usize::from(c.domain) + 1).max().unwrap_or(0),
            domain: cases.iter().map(|c| c.domain).collect(),
            name: cases.iter().map(|c| c.unit).collect(),
            unit,
            strata,
            stretches: stretches(&cases, &cells),
            cells,
            posts,
        })
    }

    /// The cases of some domains only, each domain numbered by its place in `wanted`; units keep their names.
    #[must_use]
    pub(super) fn of_domains(&self, wanted: &[u16]) -> Option<Self> {
        Self::new(self.item_count, self.unpacked(wanted))
    }

    /// The cases of one domain for drawing its clusters anew, the named units. Where a stratum has a single one of the domain, strata are not kept:
    /// such a stratum would be left as it is by every draw and add nothing to the variance, which is then rather too large than too small.
    #[must_use]
    pub(super) fn of_clusters_to_draw(&self, wanted: u16) -> Option<Self> {
        let mut cases = self.unpacked(&[wanted]);
        let mut clusters: BTreeMap<u16, BTreeSet<Option<u32>>> = BTreeMap::new();
        for case in &cases {
            clusters.entry(case.stratum).or_default().insert(case.unit);
        }
        if clusters.values().any(|names| names.len() < 2) {
            cases.iter_mut().for_each(|c| c.stratum = 0);
        }
        Self::new(self.item_count, cases)
    }

    fn unpacked(&self, wanted: &[u16]) -> Vec<Case> {
        let mut kept = Vec::new();
        for cell in &self.cells {
            for at in cell.cases.clone() {
                let Some(domain) = wanted.iter().position(|d| Some(d) == self.domain.get(at)) else {
                    continue;
                };
                let step = |item: usize| {
                    let answered = self.answered_of(item).get(at).is_none_or(|a| *a == 1);
                    if answered {
                        self.steps_of(item).get(at).copied().unwrap_or(MISSING)
                    } else {
                        MISSING
                    }
                };
                kept.push(Case {
                    steps: (0..self.item_count).map(step).collect(),
                    weight: cell.weight,
                    stratum: self.stratum.get(at).copied().unwrap_or(0),
                    post: cell.post as u16,
                    unit: self.name.get(at).copied().flatten(),
                    domain: domain as u16,
                });
            }
        }
        kept
    }

    /// Number of cases.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weight.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weight.is_empty()
    }

    /// Items of a case.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.item_count
    }

    /// Number of sampling units.
    #[must_use]
    pub fn unit_count(&self) -> usize {
        self.strata.last().map_or(0, |s| s.units.end)
    }

    /// Number of strata.
    #[must_use]
    pub fn stratum_count(&self) -> usize {
        self.strata.len()
    }

    /// Steps of an item, case by case.
    pub(super) fn steps_of(&self, item: usize) -> &[u8] {
        let n = self.len();
        &self.steps[item * n..(item + 1) * n]
    }

    /// 1 where the item was answered, case by case; empty while everything is.
    pub(super) fn answered_of(&self, item: usize) -> &[u8] {
        let n = self.len();
        if self.answered.is_empty() {
            &[]
        } else {
            &self.answered[item * n..(item + 1) * n]
        }
    }
}

/// Stretches of neighbours that are alike.
fn runs(cases: &[Case], alike: impl Fn(&Case, &Case) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let one = |chunk: &[Case]| {
        let run = start..start + chunk.len();
        start = run.end;
        run
    };
    cases.chunk_by(|a, b| alike(a, b)).map(one).collect()
}

/// Strata and the unit of every case. Units are numbered by stratum, named ones by name and lone cases by their place.
fn units(cases: &[Case]) -> (Vec<Stratum>, Vec<u32>) {
    let mut strata = Vec::new();
    let mut of_case = vec![0; cases.len()];
    let mut first = 0;
    for run in runs(cases, |a, b| a.stratum == b.stratum) {
        let mut order: Vec<usize> = run.clone().collect();
        // Named units first, by name; `sort` keeps the canonical order among those that have none.
        order.sort_by_key(|at| cases.get(*at).and_then(|c| c.unit).map_or((1, 0), |unit| (0, unit)));
        let mut next = first;
        let mut previous: Option<u32> = None;
        for at in order {
            let name = cases.get(at).and_then(|c| c.unit);
            let same = name.is_some() && name == previous;
            if !same {
                next += 1;
            }
            previous = name;
            of_case[at] = (next - 1) as u32;
        }
        strata.push(Stratum {
            number: cases.get(run.start).map_or(0, |c| c.stratum),
            cases: run,
            units: first..next,
            cells: 0..0,
        });
        first = next;
    }
    (strata, of_case)
}

/// Cells, and to every stratum which are its own.
fn cells(cases: &[Case], margins: &[u32], strata: &mut [Stratum]) -> Vec<Cell> {
    let key = |case: &Case| (case.stratum, case.post, case.weight.to_bits());
    let mut cells: Vec<Cell> = Vec::new();
    for (at, (case, margin)) in cases.iter().zip(margins).enumerate() {
        let before = at
            .checked_sub(1)
            .and_then(|before| Some((cases.get(before)?, margins.get(before)?)));
        match cells
            .last_mut()
            .filter(|_| before.is_some_and(|(c, m)| key(c) == key(case) && m == margin))
        {
            Some(cell) => cell.cases.end = at + 1,
            None => cells.push(Cell {
                cases: at..at + 1,
                post: usize::from(case.post),
                weight: case.weight,
                margin: *margin as usize,
            }),
        }
    }
    for stratum in strata {
        let first = cells.partition_point(|c| c.cases.start < stratum.cases.start);
        let last = cells.partition_point(|c| c.cases.start < stratum.cases.end);
        stratum.cells = first..last;
    }
    cells
}

fn stretches(cases: &[Case], cells: &[Cell]) -> Vec<(std::ops::Range<usize>, usize, usize)> {
    let mut found = Vec::new();
    for (number, cell) in cells.iter().enumerate() {
        let mut start = cell.cases.start;
        let inside = cases.get(cell.cases.clone()).unwrap_or_default();
        for chunk in inside.chunk_by(|a, b| a.domain == b.domain) {
            let end = start + chunk.len();
            found.push((start..end, number, chunk.first().map_or(0, |c| usize::from(c.domain))));
            start = end;
        }
    }
    found
}
