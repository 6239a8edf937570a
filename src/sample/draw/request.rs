//! From what a user asks for to a design with a number for every stratum.

use super::design::{DesignError, DrawDesign, Selection, StratumDraw, WithinCluster, elements_by_stratum};
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::sample::allocation::{AllocationError, AllocationRule, StratumPlan, allocate};
use crate::sample::frame::{FrameColumns, UnitFrame};
use std::collections::BTreeMap;

/// How many elements are drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum SizeRequest {
    /// A total, spread over the strata.
    Total {
        /// Elements.
        size: u64,
        /// How they are spread.
        rule: AllocationRule,
        /// Fewest in a stratum.
        minimum: u64,
    },
    /// A number for each stratum.
    ByStratum(BTreeMap<String, u64>),
}

/// How large the reserve is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ReserveRequest {
    /// So many in each stratum, or in each cluster where units are drawn within clusters.
    Each(u64),
    /// This share of the number drawn there, rounded up.
    Share(f64),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawRequest {
    /// Columns of the frame.
    pub columns: FrameColumns,
    /// How elements are drawn.
    pub selection: Selection,
    /// How many.
    pub size: SizeRequest,
    /// Reserve.
    pub reserve: ReserveRequest,
    /// What is taken of a cluster.
    pub within: Option<WithinCluster>,
}

/// Why there is no design.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The frame does not allow it.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// The total cannot be spread.
    #[error(transparent)]
    Allocation(#[from] AllocationError),
    /// Selection by size without a column of sizes: clusters are then as large as their number of units, single units are not.
    #[error("selection by size needs a column of sizes")]
    NoSize,
    /// Systematic selection without an order.
    #[error("systematic selection needs a column to sort by")]
    NoSort,
    /// No number for a stratum.
    #[error("no number is given for stratum {stratum}")]
    NoNumber {
        /// Stratum.
        stratum: String,
    },
    /// A number for a stratum that is not there.
    #[error("the frame has no stratum {stratum}")]
    UnknownStratum {
        /// Stratum.
        stratum: String,
    },
}

/// Fixes the numbers of a design for a frame.
///
/// # Errors
///
/// [`RequestError`] names what does not go.
pub fn design(frame: &UnitFrame, request: DrawRequest) -> Result<DrawDesign, RequestError> {
    if request.selection.by_size() && request.columns.size.is_none() && request.columns.cluster.is_none() {
        return Err(RequestError::NoSize);
    }
    if request.selection == Selection::Systematic && request.columns.sort.is_empty() {
        return Err(RequestError::NoSort);
    }
    let elements = elements_by_stratum(frame, &request.columns)?;
    let sizes = sizes(&elements, request.size)?;
    let within = request.within.filter(|_| request.columns.cluster.is_some());
    let reserve = |size: u64| {
        // With two stages the reserve lies within each cluster, beside the units taken there.
        let taken = match within {
            Some(WithinCluster::Units(units)) => units,
            _ => size,
        };
        match request.reserve {
            ReserveRequest::Each(units) => units,
            ReserveRequest::Share(share) => (taken as f64 * share).ceil() as u64,
        }
    };
    let strata = elements.into_iter().zip(sizes).map(|((stratum, elements), size)| StratumDraw {
        stratum,
        elements,
        size,
        reserve: reserve(size),
    });
    let strata: Vec<StratumDraw> = strata.collect();
    if let Some(stratum) = strata.iter().find(|s| s.size > s.elements) {
        let error = DesignError::TooFew {
            stratum: stratum.stratum.clone(),
            wanted: stratum.size,
            elements: stratum.elements,
        };
        return Err(error.into());
    }
    Ok(DrawDesign {
        columns: request.columns,
        selection: request.selection,
        strata,
        within,
    })
}

fn sizes(elements: &[(String, u64)], request: SizeRequest) -> Result<Vec<u64>, RequestError> {
    match request {
        SizeRequest::Total { size, rule, minimum } => {
            let plan = |(_, elements): &(String, u64)| StratumPlan {
                population: *elements,
                sd: None,
                cost: None,
            };
            let plans: Vec<StratumPlan> = elements.iter().map(plan).collect();
            let sizes = allocate(rule, &plans, size, minimum)?;
            Ok(sizes.into_iter().map(|s| s.size).collect())
        }
        SizeRequest::ByStratum(mut given) => {
            let mut taken = Vec::new();
            for (stratum, _) in elements {
                let number = given.remove(stratum);
                taken.push(number.ok_or_else(|| RequestError::NoNumber { stratum: stratum.clone() })?);
            }
            match given.into_keys().next() {
                Some(stratum) => Err(RequestError::UnknownStratum { stratum }),
                None => Ok(taken),
            }
        }
    }
}

/// Reads numbers by stratum: columns `stratum` and `invitations`, or `size` where there are no invitations.
pub fn read_sizes(file: &str, world: &dyn World) -> Result<BTreeMap<String, u64>, Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let stratum = table.column("stratum");
    let size = match table.optional_column("invitations") {
        Some(at) => Some(at),
        None => table.column("size"),
    };
    table.settle()?;
    let mut sizes = BTreeMap::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let cell = |at: Option<usize>| {
            let text = at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
            trimmed(&text).to_owned()
        };
        let (name, text) = (cell(stratum), cell(size));
        match text.parse::<u64>() {
            Ok(number) => {
                sizes.insert(crate::sample::verify::as_written(name), number);
            }
            Err(_) => {
                let at = size.unwrap_or(0);
                let finding = Finding::new(Code::BadCount, Place::cell(&table.file, line, at as u64 + 1));
                let column = table.header.get(at).cloned().unwrap_or_default();
                table.complain(finding.with("column", column).with("got", crate::text::redacted(&text)));
            }
        }
    }
    table.finish()?;
    Ok(sizes)
}
