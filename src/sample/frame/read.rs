//! Frame file → [`UnitFrame`], with every fault placed by its line; ids are never shown.

use super::{Groups, UNITS_MAX, UnitFrame, Unsealed};
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Faults of one kind that are told one by one.
const SHOWN: u64 = 5;

/// Columns of a frame file and what they are to the draw. Names as in the header.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameColumns {
    /// Identity of the unit.
    pub id: String,
    /// Columns that together name the stratum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strata: Vec<String>,
    /// Column that names the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// Column of the size by which units, or clusters as the sum of their units, are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// Columns by which the units are ordered for systematic selection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<String>,
    /// Further columns that are sealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seal: Vec<String>,
}

impl FrameColumns {
    /// The columns of the canonical form after the id: strata, cluster, size, sort, seal, each once.
    #[must_use]
    pub fn sealed(&self) -> Vec<String> {
        let named = self
            .strata
            .iter()
            .chain(&self.cluster)
            .chain(&self.size)
            .chain(&self.sort)
            .chain(&self.seal);
        let mut columns: Vec<String> = Vec::new();
        for name in named {
            if *name != self.id && !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        columns
    }
}

/// Reads a frame. Blank and repeated ids, cells with tabs or line breaks and unusable sizes are refused, all of them together.
pub fn read_frame(file: &str, world: &dyn World, reading: Reading<'_>, columns: &FrameColumns) -> Result<(UnitFrame, InputFile), Refusal> {
    let mut table = Table::open(world, file, reading)?;
    let id = table.column(&columns.id);
    let sealed: Vec<Option<usize>> = columns.sealed().iter().map(|name| table.column(name)).collect();
    table.settle()?;
    let place = |name: &String| table.optional_column(name);
    let strata: Vec<usize> = columns.strata.iter().filter_map(place).collect();
    let cluster = columns.cluster.as_ref().and_then(place);
    let size = columns.size.as_ref().and_then(place);
    let mut reader = Reader::default();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map(cell_text).unwrap_or_default();
        let fields: Vec<&[u8]> = sealed.iter().map(|at| cell(*at)).collect();
        let stratum: Vec<&[u8]> = strata.iter().map(|at| cell(Some(*at))).collect();
        let row = Row {
            line,
            id: cell(id),
            fields: &fields,
            stratum: &stratum,
            cluster: cluster.map(|at| cell(Some(at))),
            size: size.map(|at| cell(Some(at))),
        };
        reader.push(&row, &mut table);
        if reader.units.lines.len() >= UNITS_MAX {
            let finding = Finding::new(Code::FrameTooLong, Place::line(file, line)).with("max", UNITS_MAX);
            return Err(finding.into());
        }
    }
    reader.summed_up(&mut table);
    let input = InputFile::new("frame-list", file, &table.facts);
    table.finish()?;
    Ok((reader.frame(file)?, input))
}

fn cell_text(cell: &[u8]) -> &[u8] {
    // The file is known to be text; a cell that were none would be refused as holding a break.
    std::str::from_utf8(cell).map_or(b"\n", |text| trimmed(text).as_bytes())
}

struct Row<'a> {
    line: u64,
    id: &'a [u8],
    fields: &'a [&'a [u8]],
    stratum: &'a [&'a [u8]],
    cluster: Option<&'a [u8]>,
    size: Option<&'a [u8]>,
}

#[derive(Default)]
struct Reader {
    units: Unsealed,
    strata: Names,
    clusters: Names,
    sizes: Vec<f64>,
    /// How often each fault was met.
    faults: BTreeMap<Code, u64>,
}

impl Reader {
    fn push(&mut self, row: &Row<'_>, table: &mut Table) {
        if row.id.is_empty() {
            self.fault(Code::BlankUnitId, row.line, table, None);
        }
        let broken = |cell: &&[u8]| cell.iter().any(|b| matches!(b, b'\t' | b'\n' | b'\r'));
        if std::iter::once(&row.id).chain(row.fields).any(broken) {
            self.fault(Code::BrokenUnitCell, row.line, table, None);
        }
        if let Some(cell) = row.size {
            let text = String::from_utf8_lossy(cell);
            let size = text.parse::<f64>().ok().filter(|x| x.is_finite() && *x >= 0.0);
            if size.is_none() {
                self.fault(Code::BadUnitSize, row.line, table, Some(&text));
            }
            self.sizes.push(size.unwrap_or(0.0));
        }
        if !row.stratum.is_empty() {
            self.strata.push(&row.stratum.join("·".as_bytes()));
        }
        if let Some(cluster) = row.cluster {
            if cluster.is_empty() {
                self.fault(Code::BlankCluster, row.line, table, None);
            }
            self.clusters.push(cluster);
        }
        self.units.push(u32::try_from(row.line).unwrap_or(u32::MAX), row.id, row.fields);
    }

    fn fault(&mut self, code: Code, line: u64, table: &mut Table, got: Option<&str>) {
        let seen = self.faults.entry(code).or_default();
        *seen += 1;
        if *seen <= SHOWN {
            let mut finding = Finding::new(code, Place::line(&table.file, line));
            if let Some(got) = got {
                finding = finding.with("got", crate::text::redacted(got));
            }
            table.complain(finding);
        }
    }

    fn summed_up(&self, table: &mut Table) {
        for (code, count) in self.faults.iter().filter(|(_, count)| **count > SHOWN) {
            let finding = Finding::new(Code::MoreOfTheSame, Place::file(&table.file));
            table.complain(finding.with("code", code.as_str()).with("count", count - SHOWN));
        }
    }

    fn frame(self, file: &str) -> Result<UnitFrame, Refusal> {
        let (strata, clusters, sizes) = (self.strata.settle(), self.clusters.settle(), self.sizes);
        let lines = self.units.lines.clone();
        match self.units.seal() {
            Ok(frame) => Ok(UnitFrame {
                strata,
                clusters,
                sizes,
                ..frame
            }),
            Err(mut repeated) => {
                repeated.sort_by_key(|r| r.second);
                let line = |row: u32| lines.get(row as usize).copied().unwrap_or(0);
                let told = repeated.iter().take(SHOWN as usize).map(|pair| {
                    let finding = Finding::new(Code::RepeatedUnitId, Place::line(file, line(pair.second).into()));
                    finding.with("first", line(pair.first))
                });
                let mut findings: Vec<Finding> = told.collect();
                if repeated.len() as u64 > SHOWN {
                    let finding = Finding::new(Code::MoreOfTheSame, Place::file(file)).with("code", Code::RepeatedUnitId.as_str());
                    findings.push(finding.with("count", repeated.len() as u64 - SHOWN));
                }
                Err(Refusal(findings))
            }
        }
    }
}

/// Names on their way to [`Groups`].
#[derive(Default)]
struct Names {
    numbers: BTreeMap<Vec<u8>, u32>,
    of_row: Vec<u32>,
    /// The last name and its number: neighbours are often alike.
    last: Option<(Vec<u8>, u32)>,
}

impl Names {
    fn push(&mut self, name: &[u8]) {
        let known = self.last.as_ref().filter(|(last, _)| last == name).map(|(_, number)| *number);
        let number = known.or_else(|| self.numbers.get(name).copied()).unwrap_or_else(|| {
            let next = self.numbers.len() as u32;
            self.numbers.insert(name.to_vec(), next);
            next
        });
        if known.is_none() {
            self.last = Some((name.to_vec(), number));
        }
        self.of_row.push(number);
    }

    /// Numbers by the byte order of the names instead of the order met.
    fn settle(mut self) -> Groups {
        let mut renumbered = vec![0_u32; self.numbers.len()];
        for (sorted, met) in self.numbers.values().enumerate() {
            if let Some(number) = renumbered.get_mut(*met as usize) {
                *number = sorted as u32;
            }
        }
        for number in &mut self.of_row {
            *number = renumbered.get(*number as usize).copied().unwrap_or(0);
        }
        let names = self
            .numbers
            .into_keys()
            .map(|name| String::from_utf8_lossy(&name).into_owned())
            .collect();
        Groups {
            names,
            of_row: self.of_row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;

    fn read(text: &str, columns: &FrameColumns) -> Result<UnitFrame, Vec<(Code, Option<u64>)>> {
        let world = Memory([("f.csv".to_owned(), text.as_bytes().to_vec())].into());
        let told = |refusal: Refusal| refusal.0.iter().map(|f| (f.code, f.place.line)).collect();
        read_frame("f.csv", &world, Reading::default(), columns)
            .map(|(frame, _)| frame)
            .map_err(told)
    }

    fn columns() -> FrameColumns {
        FrameColumns {
            id: "id".to_owned(),
            strata: vec!["region".to_owned()],
            size: Some("size".to_owned()),
            ..FrameColumns::default()
        }
    }

    #[test]
    fn the_order_of_the_file_changes_neither_digest_nor_groups() {
        let one = read("id,region,size\n1,东,3\n2,西,4\n3,东,5\n", &columns()).unwrap();
        let two = read("size,id,region\n5,3,东\n3, 1 ,东\n4,2,西\n", &columns()).unwrap();
        assert_eq!(one.sha256(), two.sha256());
        assert_eq!(one.strata.names, two.strata.names);
        assert_eq!(two.strata.name(two.strata.of(2)), "西");
        assert_eq!(two.sizes, [5.0, 3.0, 4.0]);
    }

    #[test]
    fn all_faults_are_placed() {
        let told = read("id,region,size\n,东,3\n2,\"西\n\",x\n\"3\n4\",西,1\n", &columns()).unwrap_err();
        assert_eq!(
            told,
            [
                (Code::BlankUnitId, Some(2)),
                (Code::BadUnitSize, Some(3)),
                (Code::BrokenUnitCell, Some(5)),
            ]
        );
        let twice = read("id,region,size\n1,东,3\n2,东,1\n1,西,1\n", &columns()).unwrap_err();
        assert_eq!(twice, [(Code::RepeatedUnitId, Some(4))]);
    }
}
