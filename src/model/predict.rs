//! Prediction (`PLSpredict`): how well the model foretells the answers of people it was not
//! estimated from.
//!
//! Respondents are parted into folds. For each fold the model is estimated from
//! all others; the scores of the constructs that act directly on an explained
//! construct give its score, and its loadings and the items' means and spreads
//! give the answers ("direct antecedents"). Two naive rivals do the same: the
//! mean of the others, and a linear regression of each item on all items of all
//! other constructs, which knows more than the model lets itself know (what
//! seminr calls LM).
//!
//! This cannot be had from correlations: it needs every respondent, in three
//! passes over the packed answers (sums of all, sums of the fold, foretelling).
//! A gap stands at the mean of the others; only answers given are foretold.
//!
//! **Dimensions made of others.** No published rule for them is known to this project; what follows is a convention of its own. A whole is a
//! construct like any other, as in the rest of the program: both stages are estimated without the fold, the whole's weights on the items of its parts make the score of whoever is
//! in the fold, and where the whole is explained, its items are foretold from its own foretold score by their loadings on it. Parts have no paths and
//! foretell nothing of their own. The regression that stands beside leaves out every item of the construct, which for a whole are those of all its
//! parts: with the parts' items an item would be foretold from itself.
//!
//! Source: G. Shmueli, S. Ray, J. M. Velasquez Estrada & S. B. Chatla, "The
//! elephant in the room: predictive performance of PLS models", *Journal of
//! Business Research* 69 (2016) 4552–4564; G. Shmueli et al., *European Journal
//! of Marketing* 53 (2019) 2322–2347.

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use super::pls::{InnerScheme, OuterMode, PlsError, PlsEstimate, PlsOptions, estimate_with};
use super::structure::Structure;
use crate::stats::CompensatedSum;

/// The respondents to be foretold. Rows count from 0.
pub struct Cases<'a> {
    /// Their number.
    pub count: usize,
    /// Writes the answers of a row, one an item of the structure; NaN is a gap.
    pub answers: &'a (dyn Fn(usize, &mut [f64]) + Sync),
    /// Weight of a row, above 0.
    pub weight: &'a (dyn Fn(usize) -> f64 + Sync),
    /// Fold of a row, from 0. As many folds as rows is leaving one out.
    pub fold: &'a (dyn Fn(usize) -> usize + Sync),
}

/// Errors of prediction of one item, in the units of its answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PredictionError {
    /// Position of the item.
    pub item: usize,
    /// Root mean square error of the path model.
    pub rmse: f64,
    /// Mean absolute error of the path model.
    pub mae: f64,
    /// Root mean square error of the linear regression; `None` where items are linearly dependent in a fold.
    pub rmse_linear: Option<f64>,
    /// Mean absolute error of the linear regression.
    pub mae_linear: Option<f64>,
    /// `Q² = 1 − Σe²/Σ(x − mean of the others)²`: above 0 the model foretells better than the mean does.
    pub q2: Option<f64>,
}

/// Why nothing could be foretold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PredictError {
    /// Fewer than two folds with somebody in them.
    #[error("prediction needs at least two folds with respondents")]
    Folds,
    /// An item that does not vary among the others of a fold.
    #[error("item {item} has no variance outside fold {fold}")]
    NoItemVariance {
        /// The item.
        item: usize,
        /// The fold.
        fold: usize,
    },
    /// The model cannot be estimated without a fold.
    #[error("without fold {fold}: {error}")]
    Estimate {
        /// The fold.
        fold: usize,
        /// Why.
        error: PlsError,
    },
}

/// Errors of prediction for every item of every explained construct, in the order of the blocks.
///
/// Weighted means of squared and absolute errors over all respondents. The
/// result does not depend on the number of threads.
///
/// # Errors
/// [`PredictError`] of the first fold at fault.
pub fn predict(
    cases: &Cases<'_>,
    structure: &Structure,
    modes: &[OuterMode],
    scheme: InnerScheme,
    options: PlsOptions,
) -> Result<Vec<PredictionError>, PredictError> {
    let mut rows_of: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for row in 0..cases.count {
        rows_of.entry((cases.fold)(row)).or_default().push(row);
    }
    if rows_of.len() < 2 {
        return Err(PredictError::Folds);
    }
    let centre = centres(cases, structure.item_count());
    let mut total = Sums::new(structure.item_count());
    let mut answers = vec![f64::NAN; structure.item_count()];
    for row in 0..cases.count {
        (cases.answers)(row, &mut answers);
        total.insert(&answers, &centre, (cases.weight)(row));
    }
    let folds: Vec<(usize, Vec<usize>)> = rows_of.into_iter().collect();
    let one = |(fold, rows): &(usize, Vec<usize>)| {
        let trained = Trained::without(*fold, rows, cases, &total, &centre, structure, (modes, scheme, options))?;
        Ok(trained.errors(rows, cases, structure))
    };
    let of_folds: Result<Vec<Vec<Errors>>, PredictError> = folds.par_iter().map(one).collect();
    let targets = targets(structure);
    let mut sums = vec![Errors::default(); targets.len()];
    for fold in of_folds? {
        sums.iter_mut().zip(fold).for_each(|(sum, more)| sum.combine(&more));
    }
    Ok(targets.iter().zip(sums).map(|((_, item), sum)| sum.finish(*item)).collect())
}

/// Items to be foretold, with their constructs.
fn targets(structure: &Structure) -> Vec<(usize, usize)> {
    let explained = (0..structure.construct_count()).filter(|c| !structure.incoming()[*c].is_empty());
    explained
        .flat_map(|c| structure.blocks()[c].iter().map(move |item| (c, *item)))
        .collect()
}

/// Answer of the first respondent who gave one: near enough to the mean for sums around it not to lose digits.
fn centres(cases: &Cases<'_>, items: usize) -> Vec<f64> {
    let mut centre = vec![f64::NAN; items];
    let mut answers = vec![f64::NAN; items];
    for row in 0..cases.count {
        (cases.answers)(row, &mut answers);
        for (centre, answer) in centre.iter_mut().zip(&answers) {
            if centre.is_nan() {
                *centre = *answer;
            }
        }
        if centre.iter().all(|c| !c.is_nan()) {
            break;
        }
    }
    centre
}

/// Sums of answers around fixed centres, over those who answered both items of a pair.
#[derive(Clone)]
struct Sums {
    weight: f64,
    pair_weight: DMatrix<f64>,
    /// Row: the item summed; column: its partner. The diagonal is the plain sum.
    pair_sum: DMatrix<f64>,
    product: DMatrix<f64>,
}

impl Sums {
    fn new(items: usize) -> Self {
        let zero = DMatrix::zeros(items, items);
        Self {
            weight: 0.0,
            pair_weight: zero.clone(),
            pair_sum: zero.clone(),
            product: zero,
        }
    }

    fn insert(&mut self, answers: &[f64], centre: &[f64], weight: f64) {
        self.weight += weight;
        for (k, (y, centre_k)) in answers.iter().zip(centre).enumerate().filter(|(_, (y, _))| !y.is_nan()) {
            for (j, (x, centre_j)) in answers.iter().zip(centre).enumerate().filter(|(_, (x, _))| !x.is_nan()) {
                self.pair_weight[(j, k)] += weight;
                self.pair_sum[(j, k)] += weight * (x - centre_j);
                self.product[(j, k)] += weight * (x - centre_j) * (y - centre_k);
            }
        }
    }

    fn less(&self, other: &Self) -> Self {
        Self {
            weight: self.weight - other.weight,
            pair_weight: &self.pair_weight - &other.pair_weight,
            pair_sum: &self.pair_sum - &other.pair_sum,
            product: &self.product - &other.product,
        }
    }
}

/// What was learnt from everybody outside a fold.
struct Trained {
    mean: Vec<f64>,
    sd: Vec<f64>,
    model: PlsEstimate,
    /// By target: items of all other constructs and their coefficients, for standardised items.
    linear: Vec<Option<(Vec<usize>, DVector<f64>)>>,
}

impl Trained {
    fn without(
        fold: usize,
        rows: &[usize],
        cases: &Cases<'_>,
        total: &Sums,
        centre: &[f64],
        structure: &Structure,
        (modes, scheme, options): (&[OuterMode], InnerScheme, PlsOptions),
    ) -> Result<Self, PredictError> {
        let items = structure.item_count();
        let mut gone = Sums::new(items);
        let mut answers = vec![f64::NAN; items];
        for &row in rows {
            (cases.answers)(row, &mut answers);
            gone.insert(&answers, centre, (cases.weight)(row));
        }
        let rest = total.less(&gone);
        let shift: Vec<f64> = (0..items).map(|j| rest.pair_sum[(j, j)] / rest.pair_weight[(j, j)]).collect();
        let covariance = |j: usize, k: usize| {
            let crossed = shift[k] * rest.pair_sum[(j, k)] + shift[j] * rest.pair_sum[(k, j)];
            (rest.product[(j, k)] - crossed + shift[j] * shift[k] * rest.pair_weight[(j, k)]) / rest.weight
        };
        let variances = (0..items).map(|j| covariance(j, j));
        let sd: Vec<f64> = variances.map(|v| if v > 1e-12 { v.sqrt() } else { f64::NAN }).collect();
        if let Some(item) = sd.iter().position(|sd| sd.is_nan()) {
            return Err(PredictError::NoItemVariance { item, fold });
        }
        let correlation = DMatrix::from_fn(items, items, |j, k| {
            if j == k {
                1.0
            } else {
                covariance(j.min(k), j.max(k)) / (sd[j] * sd[k])
            }
        });
        let model = estimate_with(&correlation, structure, modes, scheme, options);
        let model = model.map_err(|error| PredictError::Estimate { fold, error })?;
        let linear = targets(structure)
            .iter()
            .map(|target| linear(&correlation, structure, *target))
            .collect();
        let mean = shift.iter().zip(centre).map(|(shift, centre)| shift + centre).collect();
        Ok(Self { mean, sd, model, linear })
    }

    fn errors(&self, rows: &[usize], cases: &Cases<'_>, structure: &Structure) -> Vec<Errors> {
        let targets = targets(structure);
        let mut errors = vec![Errors::default(); targets.len()];
        let mut answers = vec![f64::NAN; structure.item_count()];
        for &row in rows {
            (cases.answers)(row, &mut answers);
            let z: Vec<f64> = answers.iter().enumerate().map(|(j, x)| self.standardised(j, *x)).collect();
            let scores = self.scores(&z, structure);
            let mut foretold = vec![0.0; scores.len()];
            for (&(from, to), coefficient) in structure.paths().iter().zip(&self.model.paths) {
                foretold[to] += coefficient * scores[from];
            }
            for (errors, (&(construct, item), linear)) in errors.iter_mut().zip(targets.iter().zip(&self.linear)) {
                if answers[item].is_nan() {
                    continue;
                }
                let loading = self.model.cross_loadings[(item, construct)];
                let by_regression = linear.as_ref().map(|(items, slopes)| {
                    let sum: f64 = items.iter().zip(slopes).map(|(j, slope)| slope * z[*j]).sum();
                    self.sd[item] * (z[item] - sum)
                });
                let error = self.sd[item] * (z[item] - loading * foretold[construct]);
                errors.insert((cases.weight)(row), error, by_regression, answers[item] - self.mean[item]);
            }
        }
        errors
    }

    fn standardised(&self, item: usize, answer: f64) -> f64 {
        if answer.is_nan() {
            0.0
        } else {
            (answer - self.mean[item]) / self.sd[item]
        }
    }

    fn scores(&self, z: &[f64], structure: &Structure) -> Vec<f64> {
        let blocks = structure.blocks().iter().zip(&self.model.outer_weights);
        let score = |(items, weights): (&Vec<usize>, &Vec<f64>)| items.iter().zip(weights).map(|(j, w)| w * z[*j]).sum();
        blocks.map(score).collect()
    }
}

/// Regression of an item on all items outside of its construct, each once.
fn linear(correlation: &DMatrix<f64>, structure: &Structure, (construct, item): (usize, usize)) -> Option<(Vec<usize>, DVector<f64>)> {
    let own = &structure.blocks()[construct];
    let mut items: Vec<usize> = Vec::new();
    for other in structure.blocks().iter().flatten() {
        if !own.contains(other) && !items.contains(other) {
            items.push(*other);
        }
    }
    let among = DMatrix::from_fn(items.len(), items.len(), |a, b| correlation[(items[a], items[b])]);
    let with = DVector::from_fn(items.len(), |a, _| correlation[(items[a], item)]);
    let slopes = among.cholesky()?.solve(&with);
    Some((items, slopes))
}

/// Sums of errors of one item.
#[derive(Clone)]
struct Errors {
    weight: CompensatedSum,
    squares: CompensatedSum,
    absolute: CompensatedSum,
    linear_squares: CompensatedSum,
    linear_absolute: CompensatedSum,
    linear_known: bool,
    naive_squares: CompensatedSum,
}

impl Default for Errors {
    fn default() -> Self {
        let zero = CompensatedSum::default();
        Self {
            weight: zero,
            squares: zero,
            absolute: zero,
            linear_squares: zero,
            linear_absolute: zero,
            linear_known: true,
            naive_squares: zero,
        }
    }
}

impl Errors {
    fn insert(&mut self, weight: f64, error: f64, linear: Option<f64>, naive: f64) {
        self.weight.insert(weight);
        self.squares.insert(weight * error * error);
        self.absolute.insert(weight * error.abs());
        self.naive_squares.insert(weight * naive * naive);
        match linear {
            Some(linear) => {
                self.linear_squares.insert(weight * linear * linear);
                self.linear_absolute.insert(weight * linear.abs());
            }
            None => self.linear_known = false,
        }
    }

    fn combine(&mut self, other: &Self) {
        self.weight.combine(&other.weight);
        self.squares.combine(&other.squares);
        self.absolute.combine(&other.absolute);
        self.linear_squares.combine(&other.linear_squares);
        self.linear_absolute.combine(&other.linear_absolute);
        self.linear_known &= other.linear_known;
        self.naive_squares.combine(&other.naive_squares);
    }

    fn finish(&self, item: usize) -> PredictionError {
        let weight = self.weight.finish();
        let naive = self.naive_squares.finish();
        PredictionError {
            item,
            rmse: (self.squares.finish() / weight).sqrt(),
            mae: self.absolute.finish() / weight,
            rmse_linear: self.linear_known.then(|| (self.linear_squares.finish() / weight).sqrt()),
            mae_linear: self.linear_known.then(|| self.linear_absolute.finish() / weight),
            q2: (naive > 0.0).then(|| 1.0 - self.squares.finish() / naive),
        }
    }
}
