//! Goodness of fit: all strata at once, and one by one.

use super::super::super::document::{Row, Table};
use super::super::super::page::Page;
use super::super::super::words::{self, count, df, number, p_value, percent};
use crate::assessment::WaveAssessment;
use crate::coverage::FitReference;
use crate::coverage::goodness_of_fit::GoodnessOfFit;
use crate::design::hypothesis::goodness_of_fit::DesignFit;

pub(super) fn fit_tests(page: &Page<'_>, wave: &WaveAssessment, fit: &GoodnessOfFit) -> Table {
    let title = match wave.coverage.fit_reference {
        Some(FitReference::Drawn) => "table-fit-drawn",
        _ => "table-fit",
    };
    let mut table = page.table(title, &["test", "#statistic", "#df", "#p"], page.base_counts(wave));
    if wave.coverage.clustered {
        clustered(page, wave, &mut table);
        return table;
    }
    let row = |name: &str, test: Option<&crate::coverage::goodness_of_fit::ChiSquaredTest>| {
        Row::of(vec![
            page.words.word(name).into(),
            number(test.map(|t| t.statistic), 2).into(),
            df(test.map(|t| t.df)).into(),
            p_value(test.map(|t| t.p_value)).into(),
        ])
    };
    table.rows.push(row("fit-pearson", Some(&fit.pearson)));
    table.rows.push(row("fit-pearson-fpc", fit.pearson_fpc.as_ref()));
    table.rows.push(row("fit-likelihood-ratio", Some(&fit.likelihood_ratio)));
    let exact = |name: &str, p: Option<f64>| {
        let none = || words::NOTHING.into();
        Row::of(vec![page.words.word(name).into(), none(), none(), p_value(p).into()])
    };
    if fit.multinomial_p.is_some() {
        table.rows.push(exact("fit-multinomial", fit.multinomial_p));
        table.rows.push(exact("fit-hypergeometric", fit.hypergeometric_p));
    }
    let (expected, dissimilarity) = (number(Some(fit.smallest_expected), 1), percent(Some(fit.dissimilarity)));
    table.notes.push(
        page.words
            .say("note-fit", &[("expected", &expected), ("dissimilarity", &dissimilarity)]),
    );
    table
}

/// The one test that holds where clusters were drawn.
fn clustered(page: &Page<'_>, wave: &WaveAssessment, table: &mut Table) {
    match wave.coverage.design_fit {
        Some(DesignFit { f, .. }) => table.rows.push(Row::of(vec![
            page.words.word("fit-clusters").into(),
            number(Some(f.statistic), 2).into(),
            format!("{} / {}", df(Some(f.df1)), df(Some(f.df2))).into(),
            p_value(Some(f.p_value)).into(),
        ])),
        None => table.notes.push(page.words.word("note-fit-fixed")),
    }
    table.notes.push(page.words.word("note-fit-clusters"));
}

pub(super) fn fit_strata(page: &Page<'_>, wave: &WaveAssessment, fit: &GoodnessOfFit) -> Table {
    let mut table = page.table(
        "table-fit-strata",
        &["stratum", "#n", "#expected", "#residual", "#p-exact", "#p-holm"],
        page.base_counts(wave),
    );
    for (stratum, row) in wave.coverage.strata.iter().zip(&fit.strata) {
        table.rows.push(Row::of(vec![
            words::shown(&stratum.stratum).into(),
            count(row.counts.observed).into(),
            number(Some(row.expected), 1).into(),
            number(row.standardised_residual_fpc, 2).into(),
            p_value(row.hypergeometric_p).into(),
            p_value(row.hypergeometric_p_holm).into(),
        ]));
    }
    table.notes.push(page.words.word("note-fit-strata"));
    table
}
