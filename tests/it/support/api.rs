//! The samples of the California Academic Performance Index, as R's `survey` holds them, and its nine designs of them.

use manyidu::design::{SampleDesign, Stage};
use std::collections::BTreeMap;

/// One sample: columns by name, one text a school.
pub struct Api {
    columns: BTreeMap<String, Vec<String>>,
}

impl Api {
    /// `name`: `srs`, `strat`, `clus1` or `clus2`.
    pub fn read(name: &str) -> Self {
        let text = match name {
            "srs" => include_str!("../../reference/api/srs.csv"),
            "strat" => include_str!("../../reference/api/strat.csv"),
            "clus1" => include_str!("../../reference/api/clus1.csv"),
            "clus2" => include_str!("../../reference/api/clus2.csv"),
            other => panic!("no sample {other}"),
        };
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
        let columns = names
            .iter()
            .enumerate()
            .map(|(at, name)| ((*name).to_string(), rows.iter().map(|row| row[at].to_string()).collect()));
        Self {
            columns: columns.collect(),
        }
    }

    /// A column as text.
    pub fn text(&self, column: &str) -> &[String] {
        &self.columns[column]
    }

    /// A column as numbers, `None` where empty.
    pub fn numbers(&self, column: &str) -> Vec<Option<f64>> {
        self.text(column).iter().map(|cell| cell.parse().ok()).collect()
    }

    /// A column as weights.
    pub fn weights(&self, column: &str) -> Vec<f64> {
        self.numbers(column).into_iter().map(Option::unwrap).collect()
    }

    /// A column as counts.
    pub fn counts(&self, column: &str) -> Vec<u64> {
        self.text(column).iter().map(|cell| cell.parse().unwrap()).collect()
    }

    /// 1 where the column holds `word`, else 0.
    pub fn indicator(&self, column: &str, word: &str) -> Vec<Option<f64>> {
        let cells = self.text(column).iter();
        cells.map(|cell| Some(f64::from(u8::from(cell == word)))).collect()
    }

    /// A variable of the reference: a column, or `aw`, 1 for schools eligible for an award.
    pub fn variable(&self, name: &str) -> Vec<Option<f64>> {
        if name == "aw" {
            self.indicator("awards", "Yes")
        } else {
            self.numbers(name)
        }
    }
}

/// The sample and the design behind a name in `api_estimates.json`; each `call` there says how R made it.
pub fn api_design(name: &str) -> (Api, SampleDesign) {
    let api = Api::read(name.split('_').next().unwrap());
    let n = api.text("api00").len();
    let pw = api.weights("pw");
    let element = || Stage::of_elements(n);
    let strata = || element().stratified(api.text("stype"));
    let district = || Stage::new(api.text("dnum"));
    let fpc = |stage: Stage, column: &str| stage.with_population(&api.counts(column));
    let (stages, weights) = match name {
        "srs_fpc" => (vec![fpc(element(), "fpc")], None),
        "srs_pw_nofpc" => (vec![element()], Some(pw)),
        "strat_fpc" => (vec![fpc(strata(), "fpc")], Some(pw)),
        "strat_fpc_exactw" => (vec![fpc(strata(), "fpc")], None),
        "strat_nofpc" => (vec![strata()], Some(pw)),
        "clus1_fpc" => (vec![fpc(district(), "fpc")], Some(pw)),
        "clus1_nofpc" | "clus2_wr" => (vec![district()], Some(pw)),
        "clus2_fpc" => (vec![fpc(district(), "fpc1"), fpc(Stage::new(api.text("snum")), "fpc2")], None),
        other => panic!("no design {other}"),
    };
    let design = SampleDesign::new(&stages, weights.as_deref()).unwrap();
    (api, design)
}
