//! Our numbers, laid out as the reference files are.

use super::study::{Moments, Numbers, SCHEMES, Study};
use manyidu::index::fornell::{fornell_index, item_shares};
use manyidu::measure::factor::{FactorMethod, OneFactor, omega, one_factor};
use manyidu::measure::factorability::{bartlett, eigenvalues, kmo};
use manyidu::measure::reliability as rel;
use manyidu::measure::validity::{fornell_larcker, item_vif};
use manyidu::model::effects::{indirect_effects, total_effects};
use manyidu::model::fit::{global_fit, goodness_of_fit, implied_construct_correlation, implied_item_correlation};
use manyidu::model::importance::{importance, item_importances};
use manyidu::model::inner_model::{f2_fixed_scores, f2_reestimated, inner_vif, ols_inference, r2_adjusted};
use manyidu::model::pls::{InnerScheme, OuterMode, PlsEstimate, PlsOptions, estimate_unscaled};
use manyidu::model::plsc::{ConsistentEstimate, correct};
use nalgebra::DMatrix;

/// Weights, loadings, paths and R² under a prefix.
pub fn put_model(out: &mut Numbers, study: &Study, model: &PlsEstimate, at: &str) {
    for (items, (weights, loadings)) in study.structure.blocks().iter().zip(model.outer_weights.iter().zip(&model.loadings)) {
        for (item, (weight, loading)) in items.iter().zip(weights.iter().zip(loadings)) {
            out.put(&format!("{at}/outer_weights/{}", study.items[*item]), *weight);
            out.put(&format!("{at}/loadings/{}", study.items[*item]), *loading);
        }
    }
    put_paths(out, study, &model.paths, &format!("{at}/path_coefficients"));
    for (construct, r2) in study.constructs.iter().zip(&model.r2) {
        out.put_some(&format!("{at}/r2/{construct}"), *r2);
    }
}

pub fn put_paths(out: &mut Numbers, study: &Study, values: &[f64], at: &str) {
    for (&(from, to), value) in study.structure.paths().iter().zip(values) {
        out.put(&format!("{at}/{}", study.arrow(from, to)), *value);
    }
}

fn put_square(out: &mut Numbers, rows: &[String], columns: &[String], matrix: &DMatrix<f64>, at: &str) {
    for (i, row) in rows.iter().enumerate() {
        for (j, column) in columns.iter().enumerate() {
            out.put(&format!("{at}/{row}/{column}"), matrix[(i, j)]);
        }
    }
}

fn put_effects(out: &mut Numbers, study: &Study, effects: &DMatrix<f64>, at: &str) {
    for to in 0..study.constructs.len() {
        for from in study.structure.antecedents(to) {
            if effects[(from, to)] != 0.0 {
                out.put(&format!("{at}/{}", study.arrow(from, to)), effects[(from, to)]);
            }
        }
    }
}

/// The part `schemes` of a reference file.
pub fn schemes(out: &mut Numbers, study: &Study, moments: &Moments) {
    for (name, scheme) in SCHEMES {
        let at = format!("schemes/{name}");
        let model = study.estimate(&moments.correlation, scheme);
        put_model(out, study, &model, &at);
        put_square(
            out,
            &study.items,
            &study.constructs,
            &model.cross_loadings,
            &format!("{at}/cross_loadings"),
        );
        let correlation = &model.construct_correlation;
        put_square(
            out,
            &study.constructs,
            &study.constructs,
            correlation,
            &format!("{at}/lv_correlations"),
        );
        inner(out, study, moments, (&model, scheme), &at);
        measurement(out, study, moments, &model, &at);
        effects_and_index(out, study, moments, &model, &at);
        scores(out, study, moments, &model, &at);
    }
}

fn inner(out: &mut Numbers, study: &Study, moments: &Moments, (model, scheme): (&PlsEstimate, InnerScheme), at: &str) {
    let n = study.answers.nrows() as f64;
    let structure = &study.structure;
    for (construct, name) in study.constructs.iter().enumerate() {
        let predictors = structure.incoming()[construct].len();
        let adjusted = model.r2[construct].and_then(|r2| r2_adjusted(r2, n, predictors));
        out.put_some(&format!("{at}/r2_adj/{name}"), adjusted);
    }
    let vif = inner_vif(structure, &model.construct_correlation);
    let fixed = f2_fixed_scores(structure, &model.paths, &model.r2, &model.construct_correlation);
    let modes = study.modes(OuterMode::ModeA);
    let again = f2_reestimated(&moments.correlation, structure, &modes, scheme, PlsOptions::default()).unwrap();
    let ols = ols_inference(structure, model, n);
    for (path, &(from, to)) in structure.paths().iter().enumerate() {
        let arrow = study.arrow(from, to);
        out.put_some(&format!("{at}/vif_inner/{arrow}"), vif[path]);
        out.put_some(&format!("{at}/f2_fixed_scores/{arrow}"), fixed[path]);
        out.put_some(&format!("{at}/f2_seminr_reestimated/{arrow}"), again[path]);
        let inference = ols[path].unwrap();
        out.put(&format!("{at}/ols_inference/{arrow}/se"), inference.standard_error);
        out.put(&format!("{at}/ols_inference/{arrow}/t"), inference.t);
        out.put(&format!("{at}/ols_inference/{arrow}/p"), inference.p_value);
    }
}

fn measurement(out: &mut Numbers, study: &Study, moments: &Moments, model: &PlsEstimate, at: &str) {
    let mut communalities = Vec::new();
    let ave: Vec<Option<f64>> = model.loadings.iter().map(|l| rel::average_variance_extracted(l)).collect();
    for (construct, name) in study.constructs.iter().enumerate() {
        let (items, loadings) = (&study.structure.blocks()[construct], &model.loadings[construct]);
        out.put_some(&format!("{at}/AVE/{name}"), ave[construct]);
        out.put_some(&format!("{at}/rhoC/{name}"), rel::composite_reliability(loadings));
        let rho = rel::rho_a(&moments.correlation, items, &model.outer_weights[construct]);
        out.put_some(&format!("{at}/rhoA/{name}"), rho);
        for (item, loading) in items.iter().zip(loadings) {
            let communality = loading * loading;
            out.put(&format!("{at}/communality/{}", study.items[*item]), communality);
            let redundancy = communality * model.r2[construct].unwrap_or(0.0);
            out.put(&format!("{at}/redundancy/{}", study.items[*item]), redundancy);
            if items.len() > 1 {
                communalities.push(communality);
            }
        }
    }
    let compared = fornell_larcker(&ave, &model.construct_correlation);
    for (name, compared) in study.constructs.iter().zip(compared) {
        out.put_some(&format!("{at}/fornell_larcker/sqrt_AVE/{name}"), compared.map(|c| c.root_ave));
    }
    let r2: Vec<f64> = model.r2.iter().flatten().copied().collect();
    out.put_some(&format!("{at}/gof_plspm"), goodness_of_fit(&communalities, &r2));
}

fn effects_and_index(out: &mut Numbers, study: &Study, moments: &Moments, model: &PlsEstimate, at: &str) {
    let total = total_effects(&study.structure, &model.paths).unwrap();
    put_effects(out, study, &total, &format!("{at}/total_effects"));
    let indirect = indirect_effects(&study.structure, &model.paths).unwrap();
    put_effects(out, study, &indirect, &format!("{at}/indirect_effects"));
    let count = study.constructs.len();
    let sd: Vec<f64> = (0..count).map(|c| study.index_sd(model, moments, c)).collect();
    let weights: Vec<Vec<f64>> = (0..count).map(|c| study.index_weights(model, moments, c)).collect();
    let mean: Vec<f64> = (0..count).map(|c| study.index(&moments.means, &weights[c], c)).collect();
    let in_points = DMatrix::from_fn(count, count, |from, to| importance(total[(from, to)], sd[to], sd[from]).unwrap());
    put_effects(out, study, &in_points, &format!("{at}/unstd_total_effects_0_100"));
    let paths = study.structure.paths().iter().zip(&model.paths);
    let unstandardised: Vec<f64> = paths.map(|(&(from, to), path)| path * sd[to] / sd[from]).collect();
    put_paths(out, study, &unstandardised, &format!("{at}/unstd_path_coefficients_0_100"));
    for (construct, name) in study.constructs.iter().enumerate() {
        let items = &study.structure.blocks()[construct];
        for (item, weight) in items.iter().zip(&weights[construct]) {
            out.put(&format!("{at}/normalised_unstd_weights/{}", study.items[*item]), *weight);
        }
        let index = format!("{at}/index_0_100/{name}");
        out.put(&format!("{index}/mean"), mean[construct]);
        out.put(&format!("{index}/sd"), sd[construct]);
        let rival = |weights: &[f64]| study.index(&moments.means, weights, construct);
        out.put(
            &format!("{index}/mean_if_std_weights_normalised"),
            rival(&model.outer_weights[construct]),
        );
        out.put(&format!("{index}/mean_equal_weights"), rival(&vec![1.0; items.len()]));
        let (low, high): (Vec<f64>, Vec<f64>) = items
            .iter()
            .map(|item| (study.answers.column(*item).min(), study.answers.column(*item).max()))
            .unzip();
        let means = study.block(&moments.means, construct);
        let observed = fornell_index(&means, &weights[construct], &low, &high);
        out.put_some(&format!("{index}/mean_observed_minmax"), observed);
        map(out, study, (&total, &in_points), (&weights, &mean), moments, construct, at);
    }
}

/// The importance–performance map of one target.
fn map(
    out: &mut Numbers,
    study: &Study,
    (total, in_points): (&DMatrix<f64>, &DMatrix<f64>),
    (weights, mean): (&[Vec<f64>], &[f64]),
    moments: &Moments,
    target: usize,
    at: &str,
) {
    for from in study.structure.antecedents(target) {
        let place = format!("{at}/ipma/{}", study.constructs[target]);
        let construct = format!("{place}/constructs/{}", study.constructs[from]);
        let value = in_points[(from, target)];
        out.put(&format!("{construct}/importance_unstd_total_effect"), value);
        out.put(&format!("{construct}/importance_std_total_effect"), total[(from, target)]);
        out.put(&format!("{construct}/performance"), mean[from]);
        let (low, high) = study.ends(from);
        let shares = item_shares(&weights[from], &low, &high).unwrap();
        for (item, importance) in study.structure.blocks()[from].iter().zip(item_importances(value, &shares)) {
            let place = format!("{place}/items/{}", study.items[*item]);
            out.put(&format!("{place}/importance_unstd"), importance);
            let span = study.scale.1 - study.scale.0;
            out.put(
                &format!("{place}/performance"),
                (moments.means[*item] - study.scale.0) / span * 100.0,
            );
        }
    }
}

/// The scores route: scores of the first five respondents, sums over all.
fn scores(out: &mut Numbers, study: &Study, moments: &Moments, model: &PlsEstimate, at: &str) {
    for (construct, name) in study.constructs.iter().enumerate() {
        let items = &study.structure.blocks()[construct];
        let weights = study.index_weights(model, moments, construct);
        let (mut absolute, mut sum) = (0.0, 0.0);
        for (row, answers) in study.answers.row_iter().enumerate() {
            let z = |item: usize| (answers[item] - moments.means[item]) / moments.sd[item];
            let outer = items.iter().zip(&model.outer_weights[construct]);
            let standardised: f64 = outer.map(|(item, weight)| weight * z(*item)).sum();
            let percent = |item: usize| (answers[item] - study.scale.0) / (study.scale.1 - study.scale.0) * 100.0;
            let of_index: f64 = items.iter().zip(&weights).map(|(item, weight)| weight * percent(*item)).sum();
            absolute += standardised.abs();
            sum += of_index;
            if row < 5 {
                out.put(&format!("{at}/lv_scores_std_first5_nminus1/{row}/{name}"), standardised);
                out.put(&format!("{at}/lv_scores_0_100_first5/{row}/{name}"), of_index);
            }
        }
        out.put(&format!("{at}/lv_scores_checksum/sum_abs_std/{name}"), absolute);
        out.put(&format!("{at}/lv_scores_checksum/sum_0_100/{name}"), sum);
    }
}

/// Mode B, the covariance metric, consistent PLS and global fit.
pub fn other_estimators(out: &mut Numbers, study: &Study, moments: &Moments) {
    for (name, scheme) in SCHEMES {
        let model = study.estimate_mode(&moments.correlation, OuterMode::ModeB, scheme);
        put_model(out, study, &model, &format!("mode_B_all_blocks/{name}"));
        let modes = study.modes(OuterMode::ModeA);
        // plspm divides by n here.
        let n = study.answers.nrows() as f64;
        let covariance = &moments.covariance * ((n - 1.0) / n);
        let unscaled = estimate_unscaled(&covariance, &study.structure, &modes, scheme, PlsOptions::default());
        put_model(out, study, &unscaled.unwrap(), &format!("unscaled_plspm_mode_A/{name}"));
    }
    let n = study.answers.nrows() as f64;
    let model = study.estimate(&moments.correlation, InnerScheme::Path);
    let consistent = consistent(study, moments, &model);
    let at = "plsc_path_scheme";
    put_paths(out, study, &consistent.paths, &format!("{at}/path_coefficients"));
    for (construct, name) in study.constructs.iter().enumerate() {
        let loadings = &consistent.loadings[construct];
        for (item, loading) in study.structure.blocks()[construct].iter().zip(loadings) {
            out.put(&format!("{at}/loadings/{}", study.items[*item]), *loading);
        }
        out.put_some(&format!("{at}/r2/{name}"), consistent.r2[construct]);
        let predictors = study.structure.incoming()[construct].len();
        let adjusted = consistent.r2[construct].and_then(|r2| r2_adjusted(r2, n, predictors));
        out.put_some(&format!("{at}/r2_adj/{name}"), adjusted);
        out.put_some(&format!("{at}/AVE/{name}"), rel::average_variance_extracted(loadings));
        out.put_some(&format!("{at}/rhoC/{name}"), rel::composite_reliability(loadings));
        out.put_some(&format!("{at}/rhoA/{name}"), consistent.rho_a[construct]);
    }
    fit(
        out,
        study,
        moments,
        (&model.loadings, &model.paths, &model.r2, &model.construct_correlation),
        false,
        "csem_fit",
    );
    let c = &consistent;
    fit(
        out,
        study,
        moments,
        (&c.loadings, &c.paths, &c.r2, &c.construct_correlation),
        true,
        "csem_fit/plsc",
    );
}

pub fn consistent(study: &Study, moments: &Moments, model: &PlsEstimate) -> ConsistentEstimate {
    let blocks = study.structure.blocks().iter().zip(&model.outer_weights);
    let reliability: Vec<Option<f64>> = blocks
        .map(|(items, weights)| rel::rho_a(&moments.correlation, items, weights))
        .collect();
    correct(model, &study.structure, &study.modes(OuterMode::ModeA), &reliability).unwrap()
}

type Parts<'a> = (&'a [Vec<f64>], &'a [f64], &'a [Option<f64>], &'a DMatrix<f64>);

fn fit(out: &mut Numbers, study: &Study, moments: &Moments, (loadings, paths, r2, constructs): Parts<'_>, factors: bool, at: &str) {
    let implied = implied_construct_correlation(&study.structure, paths, r2, constructs);
    let is_factor = vec![factors; study.constructs.len()];
    let items = implied_item_correlation(&moments.correlation, &study.structure, loadings, &implied, &is_factor);
    let fit = global_fit(&moments.correlation, &items).unwrap();
    out.put(&format!("{at}/SRMR"), fit.srmr);
    out.put(&format!("{at}/DL"), fit.d_uls);
    // cSEM takes logarithms to base 10 where Dijkstra & Henseler (2015) take natural ones.
    out.put_some(&format!("{at}/DG"), fit.d_g.map(|d| d / std::f64::consts::LN_10.powi(2)));
    out.put_some(&format!("{at}/DML"), fit.d_ml);
    let several = loadings.iter().filter(|l| l.len() > 1);
    let communalities: Vec<f64> = several.flatten().map(|l| l * l).collect();
    let r2: Vec<f64> = r2.iter().flatten().copied().collect();
    out.put_some(&format!("{at}/GoF"), goodness_of_fit(&communalities, &r2));
}

/// What follows from the items alone.
pub fn items_alone(out: &mut Numbers, study: &Study, moments: &Moments) {
    for (item, name) in study.items.iter().enumerate() {
        out.put(&format!("data_level/item_mean/{name}"), moments.means[item]);
        out.put(&format!("data_level/item_sd_nminus1/{name}"), moments.sd[item]);
        out.put(&format!("data_level/item_min/{name}"), study.answers.column(item).min());
        out.put(&format!("data_level/item_max/{name}"), study.answers.column(item).max());
    }
    let n = study.answers.nrows() as f64;
    for (construct, name) in study.constructs.iter().enumerate() {
        let items = &study.structure.blocks()[construct];
        let (raw, standardised) = (
            rel::alpha_raw(&moments.covariance, items),
            rel::alpha_standardised(&moments.correlation, items),
        );
        out.put_some(&format!("data_level/alpha_raw/{name}"), raw);
        out.put_some(&format!("data_level/alpha_std/{name}"), standardised);
        let values = eigenvalues(&moments.correlation, items).unwrap();
        out.put(&format!("data_level/eig1/{name}"), values[0]);
        out.put_some(&format!("data_level/eig2/{name}"), values.get(1).copied());
        for (item, vif) in items.iter().zip(item_vif(&moments.correlation, items).unwrap_or_default()) {
            out.put(&format!("data_level/vif_items_within_block/{}", study.items[*item]), vif);
        }
        if items.len() > 1 {
            let at = format!("psych/blocks/{name}");
            out.put(&format!("{at}/k"), items.len() as f64);
            out.put_some(&format!("{at}/alpha_raw"), raw);
            out.put_some(&format!("{at}/alpha_std"), standardised);
            values
                .iter()
                .enumerate()
                .for_each(|(i, value)| out.put(&format!("{at}/eigenvalues/{i}"), *value));
            psych(out, study, moments, items, &at);
            put_factorability(out, study, moments, items, &at);
        }
    }
    let all: Vec<usize> = (0..study.items.len()).collect();
    let test = bartlett(&moments.correlation, &all, n).unwrap();
    out.put_some("psych/all_items/KMO", kmo(&moments.correlation, &all).map(|k| k.overall));
    out.put("psych/all_items/bartlett_chisq", test.chi_squared);
    out.put("psych/all_items/bartlett_df", test.df);
    out.put("psych/all_items/bartlett_p", test.p_value);
}

fn put_factorability(out: &mut Numbers, study: &Study, moments: &Moments, items: &[usize], at: &str) {
    let adequacy = kmo(&moments.correlation, items).unwrap();
    out.put(&format!("{at}/KMO"), adequacy.overall);
    for (item, value) in items.iter().zip(adequacy.items) {
        out.put(&format!("{at}/KMO_items/{}", study.items[*item]), value);
    }
    let test = bartlett(&moments.correlation, items, study.answers.nrows() as f64).unwrap();
    out.put(&format!("{at}/bartlett_chisq"), test.chi_squared);
    out.put(&format!("{at}/bartlett_df"), test.df);
    out.put(&format!("{at}/bartlett_p"), test.p_value);
}

fn psych(out: &mut Numbers, study: &Study, moments: &Moments, items: &[usize], at: &str) {
    let n = study.answers.nrows() as f64;
    out.put_some(&format!("{at}/guttman_lambda6"), rel::lambda6(&moments.correlation, items));
    let (mean, median) = rel::inter_item_correlation(&moments.correlation, items).unwrap();
    out.put(&format!("{at}/average_r"), mean);
    out.put(&format!("{at}/median_r"), median);
    out.put_some(&format!("{at}/alpha_ase"), rel::alpha_standard_error(&moments.covariance, items, n));
    let named = |out: &mut Numbers, key: &str, values: Option<Vec<f64>>| {
        for (item, value) in items.iter().zip(values.unwrap_or_default()) {
            out.put(&format!("{at}/{key}/{}", study.items[*item]), value);
        }
    };
    named(out, "alpha_if_dropped_raw", rel::alpha_without_item(&moments.covariance, items));
    named(out, "item_rest_r", rel::item_rest_correlations(&moments.covariance, items));
    let minres = one_factor(&moments.correlation, items, FactorMethod::MinimumResidual);
    let likely = one_factor(&moments.correlation, items, FactorMethod::MaximumLikelihood);
    let correlations = |a: &usize| items.iter().map(|b| moments.correlation[(*a, *b)]).sum::<f64>();
    let all: f64 = items.iter().map(correlations).sum();
    // psych takes the total from the observed correlations: 1 − Σψ / ΣΣr.
    let of_psych = |factor: &OneFactor| 1.0 - factor.loadings.iter().map(|l| 1.0 - l * l).sum::<f64>() / all;
    out.put_some(&format!("{at}/omega_total_minres_1f"), minres.as_ref().map(of_psych));
    out.put_some(&format!("{at}/omega_total_ml_1f"), likely.as_ref().map(of_psych));
    let spread: Vec<f64> = items.iter().map(|item| moments.sd[*item]).collect();
    out.put_some(
        &format!("{at}/omega_cfa_ml_raw_lavaan"),
        likely.and_then(|factor| omega(&factor, &spread)),
    );
}
