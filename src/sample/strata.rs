//! Strata for planning: counts from a table of strata, or from a list of customers whose rows are counted.

use super::allocation::StratumPlan;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use std::collections::BTreeMap;

/// A stratum by name.
pub type NamedStratum = (String, StratumPlan);

/// Reads strata, sorted by name. A file with the column `population` holds a row a stratum, with `sd` and `cost` where they are known;
/// a file without it holds a row a customer. Without strata columns there is one stratum, with an empty name.
pub fn read_strata(file: &str, world: &dyn World, reading: Reading<'_>, columns: &[String]) -> Result<Vec<NamedStratum>, Refusal> {
    let mut table = Table::open(world, file, reading)?;
    let keys: Vec<usize> = columns.iter().filter_map(|name| table.column(name)).collect();
    let [population, sd, cost] = ["population", "sd", "cost"].map(|name| table.optional_column(name));
    table.settle()?;
    let mut strata: BTreeMap<String, StratumPlan> = BTreeMap::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let cell = |at: usize| trimmed(&String::from_utf8_lossy(record.get(at).unwrap_or_default())).to_owned();
        let name = keys
            .iter()
            .map(|at| crate::text::shown(&cell(*at), 80))
            .collect::<Vec<_>>()
            .join("·");
        let Some(population) = population else {
            let counted = StratumPlan {
                population: 0,
                sd: None,
                cost: None,
            };
            strata.entry(name).or_insert(counted).population += 1;
            continue;
        };
        let mut number = |at: Option<usize>| {
            let text = at.map(cell).filter(|text| !text.is_empty())?;
            let read = text.parse::<f64>().ok().filter(|x| x.is_finite() && *x >= 0.0);
            if read.is_none() {
                let at = at.unwrap_or(0);
                let finding = Finding::new(Code::BadCount, Place::cell(&table.file, line, at as u64 + 1));
                let column = table.header.get(at).cloned().unwrap_or_default();
                let finding = finding.with("column", column).with("got", crate::text::redacted(&text));
                table.complain(finding);
            }
            read
        };
        let (units, sd, cost) = (number(Some(population)), number(sd), number(cost));
        let stratum = StratumPlan {
            population: units.unwrap_or(0.0) as u64,
            sd,
            cost,
        };
        if strata.insert(name.clone(), stratum).is_some() {
            let finding = Finding::new(Code::DuplicateStratum, Place::line(&table.file, line));
            table.complain(finding.with("stratum", name).with("first", "?"));
        }
    }
    table.finish()?;
    Ok(strata.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;

    fn read(text: &str) -> Vec<NamedStratum> {
        let world = Memory([("f.csv".to_owned(), text.as_bytes().to_vec())].into());
        read_strata("f.csv", &world, Reading::default(), &["region".to_owned()]).unwrap()
    }

    #[test]
    fn counts_are_read_and_rows_are_counted() {
        let counts = read("region,population,sd\n西,30,2.5\n东,10,\n");
        assert_eq!(counts[0].0, "东");
        assert_eq!((counts[1].1.population, counts[1].1.sd), (30, Some(2.5)));
        assert_eq!(counts[0].1.sd, None);
        let rows = read("id,region\n1,东\n2,西\n3,东\n");
        assert_eq!(rows.iter().map(|(_, s)| s.population).collect::<Vec<_>>(), [2, 1]);
    }
}
