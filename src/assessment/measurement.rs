//! How well the items measure the dimensions: reliability and validity beyond alpha.

use crate::index::discriminant::PairEstimates;
use crate::index::estimate::Estimate;
use crate::index::wave::WaveEstimates;
use crate::measure::factor::{FactorMethod, omega, one_factor};
use crate::measure::factorability::{bartlett, eigenvalues, kmo};
use crate::measure::reliability::{alpha_without_item, average_variance_extracted, item_rest_correlations, lambda6, rho_a};
use crate::measure::validity::{fornell_larcker, item_vif, misplaced_items};
use crate::model::missing::MissingMethod;
use crate::model::pls::{OuterMode, PlsEstimate};
use crate::survey::{DimensionSpec, Survey};
use nalgebra::DMatrix;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Measurement quality of a wave. Whatever is undefined is absent, for a single item nearly everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measurement {
    /// What stands for missing answers in the correlations.
    pub missing: MissingMethod,
    /// Kaiser–Meyer–Olkin measure over all items.
    pub kmo: Option<f64>,
    /// Bartlett's χ² over all items.
    pub bartlett_chi_squared: Option<f64>,
    /// Its degrees of freedom.
    pub bartlett_df: Option<f64>,
    /// Its p-value.
    pub bartlett_p_value: Option<f64>,
    /// Dimensions.
    pub dimensions: Vec<DimensionMeasurement>,
    /// Items.
    pub items: Vec<ItemMeasurement>,
    /// Pairs of dimensions of several items each: whether they can be told apart.
    #[serde(default)]
    pub pairs: Vec<PairMeasurement>,
}

/// How far two dimensions can be told apart by the correlations of their items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairMeasurement {
    /// The dimension that stands first in the definition.
    pub first: String,
    /// The other one.
    pub second: String,
    /// HTMT (J. Henseler, C. M. Ringle & M. Sarstedt, *Journal of the Academy of Marketing Science* 43 (2015) 115–135).
    pub htmt: Option<Estimate>,
    /// HTMT2, which lets loadings differ (E. Roemer, F. Schuberth & J. Henseler, *Industrial Management & Data Systems* 121 (2021) 2637–2650).
    pub htmt2: Option<Estimate>,
}

/// Measurement quality of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionMeasurement {
    /// Dimension.
    pub dimension: String,
    /// Outer mode in the path model.
    pub outer: Option<OuterMode>,
    /// ω by one common factor (maximum likelihood, items as answered).
    pub omega: Option<f64>,
    /// True when one factor does not describe the items, so that there is no ω (Heywood case).
    pub heywood: bool,
    /// Guttman's λ6.
    pub lambda6: Option<f64>,
    /// ρA of the path model's score.
    pub rho_a: Option<f64>,
    /// Kaiser–Meyer–Olkin measure.
    pub kmo: Option<f64>,
    /// Largest eigenvalue of the correlations of its items.
    pub eigenvalue_first: Option<f64>,
    /// Second largest: above 1 the items may measure more than one thing.
    pub eigenvalue_second: Option<f64>,
    /// √AVE, to be above the next.
    pub root_ave: Option<f64>,
    /// Largest absolute correlation with another dimension.
    pub correlation_max: Option<f64>,
    /// That dimension.
    pub closest: Option<String>,
}

/// Measurement quality of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemMeasurement {
    /// Item.
    pub item: String,
    /// Its dimension.
    pub dimension: String,
    /// Weighted share of respondents without a score.
    pub missing_share: f64,
    /// Correlation with the sum of the other items of its dimension.
    pub rest_correlation: Option<f64>,
    /// α of the dimension without it.
    pub alpha_without: Option<f64>,
    /// Variance inflation among the items of its dimension.
    pub vif: Option<f64>,
    /// Correlations with the scores of all dimensions, in the order of the definition; empty without a path model.
    pub cross_loadings: Vec<f64>,
    /// Dimension it is closer to than to its own.
    pub strays_to: Option<String>,
}

/// What all parts are made from.
struct Source<'a> {
    survey: &'a Survey,
    estimates: &'a WaveEstimates,
    correlation: DMatrix<f64>,
    covariance: DMatrix<f64>,
    sd: Vec<f64>,
    pls: Option<&'a PlsEstimate>,
}

/// The measurement part; `None` when there are no correlations, as when nobody answered an item.
pub(crate) fn measurement(survey: &Survey, estimates: &WaveEstimates) -> Option<Measurement> {
    let method = survey.model.missing;
    let (sd, correlation) = estimates.sums.correlations_by(method, survey.scored_items).ok()?;
    let covariance = DMatrix::from_fn(sd.len(), sd.len(), |a, b| correlation[(a, b)] * sd[a] * sd[b]);
    let source = Source {
        survey,
        estimates,
        pls: estimates.shares.as_ref().and_then(|s| s.model.as_ref()).map(|m| &m.pls),
        correlation,
        covariance,
        sd,
    };
    let all: Vec<usize> = (0..survey.scored_items).collect();
    let test = bartlett(&source.correlation, &all, source.n());
    Some(Measurement {
        missing: method,
        kmo: kmo(&source.correlation, &all).map(|k| k.overall),
        bartlett_chi_squared: test.map(|t| t.chi_squared),
        bartlett_df: test.map(|t| t.df),
        bartlett_p_value: test.map(|t| t.p_value),
        dimensions: source.dimensions(),
        items: source.items(),
        pairs: source.pairs(),
    })
}

impl Source<'_> {
    /// Effective number of respondents.
    fn n(&self) -> f64 {
        let effective = self.estimates.index.estimate.and_then(|e| e.n_effective);
        effective.unwrap_or(self.estimates.sums.cases as f64)
    }

    fn name(&self, dimension: usize) -> String {
        self.survey.dimensions.get(dimension).map(|d| d.id.clone()).unwrap_or_default()
    }

    fn pairs(&self) -> Vec<PairMeasurement> {
        let one = |pair: &PairEstimates| PairMeasurement {
            first: self.name(pair.first),
            second: self.name(pair.second),
            htmt: pair.htmt,
            htmt2: pair.htmt2,
        };
        self.estimates.discriminant.iter().map(one).collect()
    }

    fn dimensions(&self) -> Vec<DimensionMeasurement> {
        let ave = |loadings: &Vec<f64>| average_variance_extracted(loadings);
        let ave: Vec<Option<f64>> = self.pls.map(|pls| pls.loadings.iter().map(ave).collect()).unwrap_or_default();
        let compared = self
            .pls
            .map(|pls| fornell_larcker(&ave, &self.between_dimensions(pls)))
            .unwrap_or_default();
        let one = |(number, spec): (usize, &DimensionSpec)| {
            let factor = one_factor(&self.correlation, &spec.items, FactorMethod::MaximumLikelihood);
            let spread: Vec<f64> = spec.items.iter().filter_map(|i| self.sd.get(*i).copied()).collect();
            let roots = eigenvalues(&self.correlation, &spec.items).filter(|roots| roots.len() > 1);
            let compared = compared.get(number).copied().flatten();
            let weights = self.pls.and_then(|pls| pls.outer_weights.get(number));
            DimensionMeasurement {
                dimension: spec.id.clone(),
                outer: self.pls.and_then(|_| self.survey.model.outer.get(number).copied()),
                omega: factor.as_ref().and_then(|f| omega(f, &spread)),
                heywood: factor.is_some_and(|f| f.heywood),
                lambda6: lambda6(&self.correlation, &spec.items),
                rho_a: weights
                    .filter(|_| spec.parts.is_empty())
                    .and_then(|w| rho_a(&self.correlation, &spec.items, w)),
                kmo: kmo(&self.correlation, &spec.items).map(|k| k.overall),
                eigenvalue_first: roots.as_ref().and_then(|r| r.first().copied()),
                eigenvalue_second: roots.as_ref().and_then(|r| r.get(1).copied()),
                root_ave: compared.map(|c| c.root_ave),
                correlation_max: compared.map(|c| c.largest_correlation),
                closest: compared.map(|c| self.name(c.with)),
            }
        };
        self.survey.dimensions.iter().enumerate().map(one).collect()
    }

    /// Correlations of the scores, 0 between a dimension and its parts: they are not meant to be told apart.
    fn between_dimensions(&self, pls: &PlsEstimate) -> DMatrix<f64> {
        let mut between = pls.construct_correlation.clone();
        for (whole, spec) in self.survey.dimensions.iter().enumerate() {
            for part in &spec.parts {
                between[(whole, *part)] = 0.0;
                between[(*part, whole)] = 0.0;
            }
        }
        between
    }

    fn items(&self) -> Vec<ItemMeasurement> {
        let blocks: Vec<Vec<usize>> = self.survey.dimensions.iter().map(|d| d.items.clone()).collect();
        let strays = self
            .pls
            .map(|pls| misplaced_items(&pls.cross_loadings, &blocks))
            .unwrap_or_default();
        let mut all = Vec::new();
        for spec in self.survey.dimensions.iter().filter(|d| d.parts.is_empty()) {
            let rest = item_rest_correlations(&self.covariance, &spec.items).unwrap_or_default();
            let without = alpha_without_item(&self.covariance, &spec.items).unwrap_or_default();
            let vif = item_vif(&self.correlation, &spec.items).unwrap_or_default();
            for (position, at) in spec.items.iter().enumerate() {
                let sums = &self.estimates.sums;
                let answered = sums.count.get(*at).copied().unwrap_or(0.0) / sums.weight;
                let row = self.pls.and_then(|pls| pls.cross_loadings.row_iter().nth(*at));
                let stray = strays.iter().find(|(item, _)| item == at);
                all.push(ItemMeasurement {
                    item: self.survey.items.get(*at).map(|i| i.id.clone()).unwrap_or_default(),
                    dimension: spec.id.clone(),
                    missing_share: (1.0 - answered).max(0.0),
                    rest_correlation: rest.get(position).copied(),
                    alpha_without: without.get(position).copied(),
                    vif: vif.get(position).copied(),
                    cross_loadings: row.map(|row| row.iter().copied().collect()).unwrap_or_default(),
                    strays_to: stray.map(|(_, construct)| self.name(*construct)),
                });
            }
        }
        all
    }
}
