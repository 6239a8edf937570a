//! Ids and lists from files.

use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::sample::draw::Role;
use crate::sample::draw::record::ListedUnit;
use crate::text::spreadsheet_safe;
use std::collections::BTreeMap;

/// Ids of a file, each with the line on which it stands first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownIds {
    /// Ids in byte order with their first line.
    pub first_line: BTreeMap<String, u64>,
    /// Ids in the order of the file, each once.
    pub in_order: Vec<String>,
    /// Further rows of an id that stands there already.
    pub repeated: u64,
    /// Rows without an id.
    pub without_id: u64,
}

impl KnownIds {
    /// Whether an id is among them.
    #[must_use]
    pub fn holds(&self, id: &str) -> bool {
        self.first_line.contains_key(id)
    }
}

/// Reads the ids of a file. `kind` says what it serves as (see [`InputFile::kind`]).
pub fn read_ids(kind: &str, file: &str, world: &dyn World, reading: Reading<'_>, column: &str) -> Result<(KnownIds, InputFile), Refusal> {
    let mut table = Table::open(world, file, reading)?;
    let at = table.column(column);
    table.settle()?;
    let mut ids = KnownIds::default();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let cell = at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
        let id = trimmed(&cell);
        if id.is_empty() {
            ids.without_id += 1;
        } else if ids.holds(id) {
            ids.repeated += 1;
        } else {
            ids.first_line.insert(id.to_owned(), line);
            ids.in_order.push(id.to_owned());
        }
    }
    let input = InputFile::new(kind, file, &table.facts);
    table.finish()?;
    Ok((ids, input))
}

/// Reads a list of drawn units as `sample draw` writes it.
pub fn read_list(file: &str, world: &dyn World) -> Result<(Vec<ListedUnit>, InputFile), Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let mut column = |name: &str| table.column(name);
    let places = ["id", "role", "order"].map(&mut column);
    let optional = ["stratum", "cluster", "inclusion_probability"].map(|name| table.optional_column(name));
    table.settle()?;
    let mut units = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let text = |at: Option<usize>| {
            let cell = at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
            trimmed(&cell).to_owned()
        };
        let [id, role, order] = places.map(text);
        let [stratum, cluster, probability] = optional.map(text);
        let known = match role.as_str() {
            "main" => Some(Role::Main),
            "reserve" => Some(Role::Reserve),
            _ => None,
        };
        let (Some(role), Ok(order)) = (known, order.parse::<u64>()) else {
            let finding = Finding::new(Code::BadDrawList, Place::line(file, line));
            table.complain(
                finding
                    .with("role", crate::text::redacted(&role))
                    .with("order", crate::text::redacted(&order)),
            );
            continue;
        };
        units.push(ListedUnit {
            id: as_written(id),
            stratum: as_written(stratum),
            cluster: as_written(cluster),
            role,
            order,
            probability: probability.parse().ok(),
            line,
        });
    }
    let input = InputFile::new("draw-list", file, &table.facts);
    table.finish()?;
    Ok((units, input))
}

/// A cell without the quote that keeps a spreadsheet from taking it for a formula.
pub(crate) fn as_written(text: String) -> String {
    match text.strip_prefix('\'') {
        Some(name) if spreadsheet_safe(name) == text => name.to_owned(),
        _ => text,
    }
}
