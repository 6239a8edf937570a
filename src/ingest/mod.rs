//! Files + survey definition → [`Responses`]: typed answers, with file and line of every row kept.
//!
//! The text of a row is gone once it is packed: one byte an answer, two a stratum or domain, eight a respondent digest.
//! A fault of the file stops the run with all such faults told; a fault of one answer is kept for the ledger.

pub mod answer;
pub mod decode;
mod facts;
mod line_ends;
mod quote_guard;
pub mod responses;
pub mod table;
mod traces;

pub use responses::{AnswerFault, Categories, DomainColumn, Responses, RowFault};
pub use traces::Traces;

pub(crate) use facts::has_date_form;

use crate::finding::Refusal;
use crate::io::World;
use crate::survey::Survey;
use crate::survey::definition::Wave;
use table::{Reading, Table};

/// Told the number of bytes read so far; for a progress display.
pub type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// Reads the response file of one wave.
pub fn ingest(survey: &Survey, wave: &Wave, world: &dyn World, progress: Progress<'_>) -> Result<Responses, Refusal> {
    let reading = Reading {
        encoding: wave.encoding.as_deref(),
        delimiter: wave.delimiter.as_deref(),
    };
    let mut table = Table::open(world, &wave.responses, reading)?;
    table.rename(&wave.aliases);
    let mut packer = responses::Packer::new(survey, wave, &mut table);
    table.settle()?;
    let mut record = csv::ByteRecord::new();
    let mut packed: u64 = 0;
    while let Some(line) = table.next_row(&mut record)? {
        packer.push(line, &record)?;
        packed += 1;
        if packed.is_multiple_of(1 << 14) {
            let bytes = record.position().map_or(0, csv::Position::byte);
            if packed == 1 << 14 {
                packer.expect(bytes, table.facts.bytes);
            }
            progress(bytes);
        }
    }
    let (facts, noticed) = table.finish()?;
    packer.finish(facts, noticed)
}

/// The column name nearest to one that is absent, or the first few of the header.
pub(crate) fn nearest_column(wanted: &str, header: &[String]) -> String {
    crate::survey::nearest(wanted, header.iter().map(String::as_str))
        .unwrap_or_else(|| header.iter().take(8).map(String::as_str).collect::<Vec<_>>().join(", "))
}
