//! All estimates of one wave from its tally.

use super::discriminant::PairEstimates;
use super::estimate::{Estimate, Reported, VarianceMethod};
use super::linear::linear_estimate;
use super::numbers::{Layout, numbers};
use super::replicates::Jackknife;
use super::routes::{ClosedForm, DesignFacts, design_facts};
use super::segments::SegmentColumn;
use super::shares::{Shares, non_positive_weights, shares};
use super::uncertainty::Uncertainty;
use crate::finding::{Code, Finding, Place};
use crate::model::missing::MissingMethod;
use crate::resample::WaveResample;
use crate::score::Scoring;
use crate::survey::{DimensionSpec, IndexSpec, ItemWeights, Survey};
use crate::tally::{Cell, CellKey, DomainCells, ItemTotals, Tally, WeightedSums};
use crate::weight::Weights;
use crate::weight::kish::KishSums;

/// Estimates of one wave.
#[derive(Debug, Clone)]
pub struct WaveEstimates {
    /// Shares and model.
    pub shares: Option<Shares>,
    /// Item scores, in the order of the definition.
    pub items: Vec<Reported>,
    /// Dimension scores.
    pub dimensions: Vec<Reported>,
    /// The index.
    pub index: Reported,
    /// Index and dimensions by domain.
    pub domains: Vec<(DomainCells, u64, Reported, Vec<Reported>)>,
    /// Categories of every reporting column beside each other.
    pub segments: Vec<SegmentColumn>,
    /// Path coefficients, in the order of the structure's paths.
    pub paths: Vec<Option<Estimate>>,
    /// R² by dimension.
    pub r2: Vec<Option<Estimate>>,
    /// Importance by dimension (path model) or by item (stated).
    pub importance: Vec<Option<Estimate>>,
    /// Share of R² that each path brings (Shapley values).
    pub path_shares: Vec<Option<Estimate>>,
    /// The same by Johnson's relative weights.
    pub relative_weights: Vec<Option<Estimate>>,
    /// Points of the index for one point of each item (path model).
    pub item_importance: Vec<Option<Estimate>>,
    /// By dimension, its standardised effect on the index through others, and the whole of it.
    pub mediated: Vec<(Option<Estimate>, Option<Estimate>)>,
    /// Share and correlation of every part of a dimension made of others.
    pub wholes: Vec<(Option<Estimate>, Option<Estimate>)>,
    /// HTMT and HTMT2 by pair of dimensions.
    pub discriminant: Vec<PairEstimates>,
    /// Paths free of attenuation, where the definition asks for them.
    pub consistent_paths: Vec<Option<Estimate>>,
    /// Scores of the headings of the indicator tree, without the index itself.
    pub headings: Vec<Reported>,
    /// The index under every way to item weights, and its difference from the chosen way.
    pub alternatives: Vec<(ItemWeights, Option<Estimate>, Option<Estimate>)>,
    /// Gaps between perception and expectation, in the order of [`super::gaps::GapPlan`]: items, dimensions, plain and weighted whole.
    pub gaps: Vec<Option<Estimate>>,
    /// Weighted sums of all cases.
    pub sums: WeightedSums,
    /// Replicates, and how many could not be estimated.
    pub replicates: (u64, u64),
    /// The design behind the standard errors; absent where nothing could be estimated.
    pub design: Option<DesignFacts>,
    /// Reservations.
    pub findings: Vec<Finding>,
}

/// Estimates everything of one wave. What cannot be estimated is refused by name; the rest goes on. Where weights are estimated, errors and
/// intervals come from `resample`, or without it from the jackknife.
#[must_use]
pub fn estimate_wave(
    survey: &Survey,
    wave: &str,
    tally: &Tally,
    weights: &Weights,
    domains: Vec<DomainCells>,
    resample: Option<&WaveResample>,
) -> WaveEstimates {
    let members: Vec<Vec<u16>> = domains.iter().map(|d| d.members.clone()).collect();
    let jackknife = Jackknife::new(tally, weights, &members);
    let sums = jackknife.total().clone();
    let mut findings = unanswered(survey, wave, &sums);
    let fitted = if tally.case_count() == 0 {
        Err(Finding::new(Code::NobodyLeft, Place::subject(wave)))
    } else {
        shares(survey, &sums)
    };
    let shares = match fitted {
        Ok(shares) => shares,
        Err(finding) => return refused(survey, tally, weights, domains, sums, findings, finding),
    };
    findings.extend(shares.model.iter().flat_map(|model| non_positive_weights(survey, model)));
    let layout = Layout::of(survey, &domains);
    let full = numbers(survey, &layout, &sums, jackknife.domain_totals(), &shares);
    let again = |sums: &WeightedSums, domains: &[ItemTotals]| Ok(numbers(survey, &layout, sums, domains, &self::shares(survey, sums)?));
    let intervals = (survey.design.interval, survey.design.level);
    let mut spread = resample
        .and_then(|r| Uncertainty::bootstrap(r, intervals, wave, &domains, &jackknife, again))
        .unwrap_or_else(|| Uncertainty::jackknife(&jackknife, wave, &full, again));
    findings.append(&mut spread.findings);
    let pooled = tally.without_groups();
    let context = Context {
        survey,
        wave,
        pooled: &pooled,
        weights,
        full: &full,
        jackknife: &jackknife,
        spread: &spread,
    };
    let closed = context.closed_forms(&layout, &shares);
    let (design, of_design) = design_facts(survey, wave, (tally, weights), &jackknife, &closed, &spread.variance);
    findings.extend(of_design);
    let dimensions: Vec<Reported> = (0..layout.dimensions).map(|d| context.dimension(d, &shares)).collect();
    let index = context.index(&layout, &shares);
    let segments = context.segments(&layout, &domains);
    let by_domain = context.by_domain(&layout, domains);
    findings.extend(reservations(survey, wave, &sums, &shares));
    WaveEstimates {
        items: items(survey, &pooled, weights, &sums),
        paths: (0..layout.paths).map(|p| context.plain(layout.paths() + p)).collect(),
        r2: (0..layout.dimensions).map(|d| context.plain(layout.r2() + d)).collect(),
        importance: (0..layout.importance).map(|i| context.plain(layout.importance() + i)).collect(),
        path_shares: (0..layout.paths).map(|p| context.plain(layout.path_shares() + p)).collect(),
        relative_weights: (0..layout.paths).map(|p| context.plain(layout.relative_weights() + p)).collect(),
        item_importance: context.run(layout.item_importance(), survey.scored_items),
        mediated: context.pairs(layout.mediated(), layout.dimensions),
        wholes: context.pairs(layout.wholes(), layout.parts),
        discriminant: context.discriminant(&layout),
        consistent_paths: (0..layout.paths).map(|p| context.plain(layout.consistent() + p)).collect(),
        headings: (0..layout.headings).map(|h| context.heading(&layout, h, &shares)).collect(),
        alternatives: context.alternatives(&layout),
        gaps: (0..layout.gaps.len()).map(|g| context.plain(layout.gaps() + g)).collect(),
        shares: Some(shares),
        dimensions,
        index,
        domains: by_domain,
        segments,
        sums,
        replicates: spread.replicates,
        design: Some(design),
        findings,
    }
    .with_claims_of(survey)
}

impl WaveEstimates {
    /// With what the design lets claim of their precision.
    fn with_claims_of(self, survey: &Survey) -> Self {
        if survey.design.claims_precision() {
            self
        } else {
            self.without_precision(survey)
        }
    }

    /// Scores of a sample that is not random: values without standard errors and intervals, which would hold only as if it were one. What
    /// describes the model (paths, R², effects on the index) is inference about the model and keeps them; stated importance is an answer like others.
    fn without_precision(mut self, survey: &Survey) -> Self {
        let bare = |reported: &mut Reported| *reported = std::mem::replace(reported, NOTHING).without_precision();
        let scores = self.items.iter_mut().chain(&mut self.dimensions).chain(&mut self.headings);
        scores.chain(std::iter::once(&mut self.index)).for_each(bare);
        for (_, _, index, dimensions) in &mut self.domains {
            std::iter::once(index).chain(dimensions).for_each(bare);
        }
        let plain = |estimate: &mut Option<Estimate>| *estimate = estimate.map(Estimate::without_precision);
        self.gaps.iter_mut().for_each(plain);
        if survey.model.weights == ItemWeights::StatedImportance {
            self.importance.iter_mut().for_each(plain);
        }
        for (_, index, difference) in &mut self.alternatives {
            plain(index);
            plain(difference);
        }
        self.segments.clear();
        if let Some(design) = &mut self.design {
            design.routes.clear();
        }
        self.findings.retain(|finding| finding.code != Code::VarianceRoutesDiffer);
        self
    }
}

/// Stands where a result is taken from its place for a moment.
const NOTHING: Reported = Reported {
    estimate: None,
    refusal: None,
};

/// What is to be said of a wave's estimates as a whole.
fn reservations(survey: &Survey, wave: &str, sums: &WeightedSums, shares: &Shares) -> Vec<Finding> {
    let mut findings = Vec::new();
    if survey.index == IndexSpec::Composite && shares.of_tree().is_none() {
        findings.push(Finding::new(Code::WeightsUndefined, Place::subject(wave)).with("of", "index"));
    }
    if sums.cases < 2 {
        findings.push(Finding::new(Code::TooFewRespondents, Place::subject(wave)).with("n", sums.cases));
    }
    findings.extend(gaps_in_the_model(survey, wave, sums, shares));
    findings
}

/// How the path model deals with missing answers, where there are any.
fn gaps_in_the_model(survey: &Survey, wave: &str, sums: &WeightedSums, shares: &Shares) -> Option<Finding> {
    let gap = |j: usize| sums.count.get(j).is_some_and(|c| *c < sums.weight * (1.0 - 1e-12));
    if shares.model.is_none() || !(0..survey.scored_items).any(gap) {
        return None;
    }
    let method = match survey.model.missing {
        MissingMethod::Mean => "mean",
        MissingMethod::Pairwise => "pairwise",
        MissingMethod::Listwise => "listwise",
        MissingMethod::Em => "em",
    };
    Some(Finding::new(Code::MeanReplacement, Place::subject(wave)).with("method", method))
}

/// What the reporting of single numbers needs to know.
pub(super) struct Context<'a> {
    pub(super) survey: &'a Survey,
    wave: &'a str,
    /// The tally without replicate groups, for closed forms.
    pooled: &'a Tally,
    weights: &'a Weights,
    pub(super) full: &'a [Option<f64>],
    pub(super) jackknife: &'a Jackknife<'a>,
    pub(super) spread: &'a Uncertainty,
}

impl Context<'_> {
    /// A score by closed form where the shares are given, by replicates where they are themselves estimated.
    fn dimension(&self, dimension: usize, shares: &Shares) -> Reported {
        let Some(spec) = self.survey.dimensions.get(dimension) else {
            return self.replicated(dimension, self.everybody(), "");
        };
        let base = Base::of_dimension(self.pooled, self.weights, &spec.items, |_| true);
        if self.shares_are_estimated() {
            return self.replicated(dimension, base, &spec.id);
        }
        self.closed_form(&coefficients(self.survey, shares, &[(dimension, 1.0)]), base, &spec.id)
    }

    fn index(&self, layout: &Layout, shares: &Shares) -> Reported {
        let IndexSpec::Composite = self.survey.index else {
            let IndexSpec::Dimension(at) = self.survey.index else {
                return self.replicated(layout.index(), self.everybody(), "index");
            };
            return self.dimension(at, shares);
        };
        if self.shares_are_estimated() || !self.survey.tree.is_fixed() || self.full.get(layout.index()).copied().flatten().is_none() {
            return self.replicated(layout.index(), self.everybody(), "index");
        }
        let parts: Vec<(usize, f64)> = shares.of_tree().unwrap_or_default().iter().copied().enumerate().collect();
        let a = coefficients(self.survey, shares, &parts);
        self.closed_form(&a, self.everybody(), "index")
    }

    /// A heading of the indicator tree, like an index of what stands under it.
    fn heading(&self, layout: &Layout, heading: usize, shares: &Shares) -> Reported {
        let weights = shares.of_node.get(heading).and_then(Option::as_deref);
        let id = self.survey.tree.nodes.get(heading).map_or("", |n| n.id.as_str());
        let (Some(weights), false) = (weights, self.shares_are_estimated() || !self.survey.tree.is_fixed()) else {
            return self.replicated(layout.headings() + heading, self.everybody(), id);
        };
        let parts: Vec<(usize, f64)> = weights.iter().copied().enumerate().filter(|(_, w)| *w != 0.0).collect();
        self.closed_form(&coefficients(self.survey, shares, &parts), self.everybody(), id)
    }

    fn alternatives(&self, layout: &Layout) -> Vec<(ItemWeights, Option<Estimate>, Option<Estimate>)> {
        let first = layout.alternatives();
        let one = |(at, way): (usize, &ItemWeights)| (*way, self.plain(first + 2 * at), self.plain(first + 2 * at + 1));
        layout.ways.iter().enumerate().map(one).collect()
    }

    /// Numbers that stand one after the other.
    fn run(&self, first: usize, count: usize) -> Vec<Option<Estimate>> {
        (first..first + count).map(|position| self.plain(position)).collect()
    }

    /// Numbers that stand two by two.
    fn pairs(&self, first: usize, count: usize) -> Vec<(Option<Estimate>, Option<Estimate>)> {
        let one = |at: usize| (self.plain(first + 2 * at), self.plain(first + 2 * at + 1));
        (0..count).map(one).collect()
    }

    /// HTMT and HTMT2 of every pair that has them.
    fn discriminant(&self, layout: &Layout) -> Vec<PairEstimates> {
        let pairs = layout.pairs.iter().enumerate();
        pairs
            .map(|(at, (first, second))| PairEstimates {
                first: *first,
                second: *second,
                htmt: self.plain(layout.discriminant() + 2 * at),
                htmt2: self.plain(layout.discriminant() + 2 * at + 1),
            })
            .collect()
    }

    /// Dimensions and index with fixed shares: what has a closed form beside its replicates.
    fn closed_forms(&self, layout: &Layout, shares: &Shares) -> Vec<ClosedForm> {
        if self.shares_are_estimated() {
            return Vec::new();
        }
        let linear = |parts: &[(usize, f64)]| {
            let a = coefficients(self.survey, shares, parts);
            linear_estimate(self.pooled, self.weights, &a, |_| true)
        };
        let ids = self.survey.dimensions.iter().enumerate();
        let mut forms: Vec<ClosedForm> = ids.map(|(d, spec)| (spec.id.clone(), d, linear(&[(d, 1.0)]))).collect();
        if matches!(self.survey.index, IndexSpec::Composite) && self.survey.tree.is_fixed() {
            let parts: Vec<(usize, f64)> = shares.of_tree().unwrap_or_default().iter().copied().enumerate().collect();
            forms.push(("index".to_owned(), layout.index(), linear(&parts)));
        }
        forms
    }

    fn shares_are_estimated(&self) -> bool {
        self.survey.model.weights.are_estimated()
    }

    fn everybody(&self) -> Base {
        self.base_of(|_| true)
    }

    /// The respondents of some cells.
    pub(super) fn base_of(&self, inside: impl Fn(&CellKey) -> bool) -> Base {
        let count = |key: &CellKey, cell: &Cell| if inside(key) { cell.case_count() } else { 0 };
        Base::of(self.pooled, self.weights, count)
    }

    fn closed_form(&self, a: &[f64], base: Base, subject: &str) -> Reported {
        let any = a.iter().any(|a| *a != 0.0);
        let estimate = any.then(|| linear_estimate(self.pooled, self.weights, a, |_| true)).flatten();
        match estimate {
            Some(e) => {
                let level = self.survey.design.level;
                Reported::of(Estimate::new(
                    e.value,
                    e.variance,
                    e.df,
                    level,
                    base.n,
                    base.n_effective,
                    VarianceMethod::Taylor,
                ))
            }
            None => self.unanswered(subject),
        }
    }

    fn replicated(&self, position: usize, base: Base, subject: &str) -> Reported {
        match self.plain_with(position, base, self.jackknife.df()) {
            Some(estimate) => Reported::of(estimate),
            None => self.unanswered(subject),
        }
    }

    /// Every domain with its respondents, its index and its dimensions.
    fn by_domain(&self, layout: &Layout, domains: Vec<DomainCells>) -> Vec<(DomainCells, u64, Reported, Vec<Reported>)> {
        let one = |(number, domain): (usize, DomainCells)| {
            let cases = self.jackknife.domain_totals().get(number).map_or(0, |t| t.cases);
            let (index, of_dimensions) = self.domain(layout, number, &domain);
            (domain, cases, index, of_dimensions)
        };
        domains.into_iter().enumerate().map(one).collect()
    }

    /// Index and dimensions of a domain.
    fn domain(&self, layout: &Layout, number: usize, domain: &DomainCells) -> (Reported, Vec<Reported>) {
        let inside = |key: &CellKey| domain.members.contains(&key.domain);
        let everybody = self.base_of(inside);
        let first = layout.domain(number);
        let of_dimension = |(at, spec): (usize, &DimensionSpec)| {
            let base = Base::of_dimension(self.pooled, self.weights, &spec.items, inside);
            self.of_domain(first + 1 + at, base, domain)
        };
        let dimensions = self.survey.dimensions.iter().enumerate().map(of_dimension).collect();
        (self.of_domain(first, everybody, domain), dimensions)
    }

    /// One number of a domain. A base below the stated one is not reported on, so that nobody is recognised.
    fn of_domain(&self, position: usize, base: Base, domain: &DomainCells) -> Reported {
        let smallest = self.survey.design.domain_base_min;
        if base.n < smallest {
            let finding = Finding::new(Code::BaseTooSmall, Place::subject(self.wave)).with("domain", &domain.category);
            return Reported::refused(&finding.with("n", base.n).with("min", smallest));
        }
        // A domain has the degrees of freedom of the respondents or clusters that it touches, and of those who answered.
        let df = self.jackknife.df_of(|number| domain.members.contains(&number));
        let df = df.map(|df| df.min(base.n as f64 - 1.0));
        match self.plain_with(position, base, df) {
            Some(estimate) => Reported::of(estimate),
            None => self.unanswered(&domain.category),
        }
    }

    fn plain(&self, position: usize) -> Option<Estimate> {
        self.plain_with(position, self.everybody(), self.jackknife.df())
    }

    fn plain_with(&self, position: usize, base: Base, df: Option<f64>) -> Option<Estimate> {
        let value = self.full.get(position).copied().flatten()?;
        let variance = self.spread.variance.get(position).copied().flatten();
        let estimate = Estimate::new(
            value,
            variance,
            df,
            self.survey.design.level,
            base.n,
            base.n_effective,
            self.spread.method,
        );
        let interval = self.spread.intervals.get(position).copied();
        Some(interval.map_or(estimate, |interval| estimate.with_interval(interval)))
    }

    fn unanswered(&self, subject: &str) -> Reported {
        Reported::refused(&Finding::new(Code::DimensionUnanswered, Place::subject(self.wave)).with("dimension", subject))
    }
}

/// Coefficients of the item means in a weighted sum of dimensions.
pub(super) fn coefficients(survey: &Survey, shares: &Shares, parts: &[(usize, f64)]) -> Vec<f64> {
    let mut a = vec![0.0; survey.items.len()];
    for (dimension, weight) in parts {
        let (Some(spec), Some(Some(shares))) = (survey.dimensions.get(*dimension), shares.of_dimension.get(*dimension)) else {
            continue;
        };
        for (item, share) in spec.items.iter().zip(shares) {
            if let (Some(slot), Some(item)) = (a.get_mut(*item), survey.items.get(*item)) {
                *slot += weight * share * Scoring::of(item).percent(1.0);
            }
        }
    }
    a
}

/// The respondents behind a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    /// Unweighted.
    pub(super) n: u64,
    /// `(Σw)² / Σw²` over them.
    pub(super) n_effective: Option<f64>,
}

impl Base {
    /// The respondents that `count` finds in each cell.
    fn of(tally: &Tally, weights: &Weights, count: impl Fn(&CellKey, &Cell) -> u64) -> Self {
        let (mut sums, mut n) = (KishSums::new(), 0);
        for (key, cell) in tally.cells() {
            let cases = count(key, cell);
            n += cases;
            sums.insert_many(weights.of_cell(*key), cases);
        }
        Self {
            n,
            n_effective: sums.finish().map(|k| k.effective_size),
        }
    }

    /// Those who answered the item of a dimension that most of them answered.
    fn of_dimension(tally: &Tally, weights: &Weights, items: &[usize], inside: impl Fn(&CellKey) -> bool) -> Self {
        let of_item = |item: &usize| Self::of(tally, weights, |key, cell| if inside(key) { cell.answered(*item) } else { 0 });
        items
            .iter()
            .map(of_item)
            .max_by_key(|base| base.n)
            .unwrap_or(Self { n: 0, n_effective: None })
    }
}

fn unanswered(survey: &Survey, wave: &str, sums: &WeightedSums) -> Vec<Finding> {
    let mut findings = Vec::new();
    for dimension in &survey.dimensions {
        let silent: Vec<usize> = dimension.items.iter().copied().filter(|item| sums.mean(*item).is_none()).collect();
        if silent.len() == dimension.items.len() {
            findings.push(Finding::new(Code::DimensionUnanswered, Place::subject(wave)).with("dimension", &dimension.id));
            continue;
        }
        for item in silent.iter().filter_map(|item| survey.items.get(*item)) {
            findings.push(Finding::new(Code::ItemUnanswered, Place::subject(wave)).with("item", &item.id));
        }
    }
    findings
}

/// Mean score of every item, by closed form.
fn items(survey: &Survey, tally: &Tally, weights: &Weights, sums: &WeightedSums) -> Vec<Reported> {
    let one = |item: usize| {
        let scoring = Scoring::of(survey.items.get(item)?);
        sums.mean(item)?;
        let mut a = vec![0.0; survey.items.len()];
        *a.get_mut(item)? = scoring.percent(1.0);
        let e = linear_estimate(tally, weights, &a, |_| true)?;
        let base = Base::of_dimension(tally, weights, &[item], |_| true);
        Some(Estimate::new(
            e.value,
            e.variance,
            e.df,
            survey.design.level,
            base.n,
            base.n_effective,
            VarianceMethod::Taylor,
        ))
    };
    (0..survey.scored_items)
        .map(|item| match one(item) {
            Some(estimate) => Reported::of(estimate),
            None => {
                let id = survey.items.get(item).map(|i| i.id.clone()).unwrap_or_default();
                Reported::refused(&Finding::new(Code::ItemUnanswered, Place::subject(&id)).with("item", id))
            }
        })
        .collect()
}

/// The estimates of a wave whose shares cannot be had: items stand, everything above them is refused by one name.
fn refused(
    survey: &Survey,
    tally: &Tally,
    weights: &Weights,
    domains: Vec<DomainCells>,
    sums: WeightedSums,
    mut findings: Vec<Finding>,
    finding: Finding,
) -> WaveEstimates {
    let refusal = Reported::refused(&finding);
    findings.push(finding);
    let dimensions = vec![refusal.clone(); survey.dimensions.len()];
    let refusal_of_headings = refusal.clone();
    WaveEstimates {
        items: items(survey, &tally.without_groups(), weights, &sums),
        domains: domains.into_iter().map(|d| (d, 0, refusal.clone(), dimensions.clone())).collect(),
        dimensions,
        index: refusal,
        shares: None,
        segments: Vec::new(),
        paths: Vec::new(),
        r2: Vec::new(),
        importance: Vec::new(),
        path_shares: Vec::new(),
        relative_weights: Vec::new(),
        item_importance: Vec::new(),
        mediated: Vec::new(),
        wholes: Vec::new(),
        discriminant: Vec::new(),
        consistent_paths: Vec::new(),
        headings: vec![refusal_of_headings; survey.tree.nodes.len().saturating_sub(1)],
        alternatives: Vec::new(),
        gaps: Vec::new(),
        sums,
        replicates: (0, 0),
        design: None,
        findings,
    }
}
