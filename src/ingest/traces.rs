//! Traces of how an interview came about: when it was sent, from where, by whom.

use super::facts::TimeReader;
use super::table::{Table, trimmed};
use crate::survey::Survey;
use twox_hash::XxHash64;

/// Traces by row. Addresses, devices and interviewers are keyed 64-bit digests, 0 where the cell was empty; they are
/// never written out whole.
#[derive(Debug, Clone, Default)]
pub struct Traces {
    /// Seconds of the local clock since 1970-01-01 00:00; `None` where unknown or impossible.
    pub submitted: Option<Vec<Option<i64>>>,
    /// Interviewer.
    pub interviewer: Option<Vec<u64>>,
    /// IP address.
    pub ip: Option<Vec<u64>>,
    /// Device.
    pub device: Option<Vec<u64>>,
}

/// Reads the traces of a row.
pub(super) struct TraceReader {
    submitted: Option<(usize, TimeReader)>,
    /// Columns of interviewer, IP address and device.
    columns: [Option<usize>; 3],
    seed: u64,
}

impl TraceReader {
    /// Finds the columns, where the survey has `[quality]` or a series from its answers; absent ones are complaints of the table.
    pub(super) fn of(survey: &Survey, table: &mut Table, submitted: Option<(usize, TimeReader)>) -> Option<Self> {
        let quality = survey.quality.as_ref();
        if quality.is_none() && survey.series.iter().all(|s| s.from.is_none()) {
            return None;
        }
        let columns = quality.map_or([&None, &None, &None], |q| [&q.interviewer, &q.ip, &q.device]);
        Some(Self {
            submitted,
            columns: columns.map(|name| name.as_ref().and_then(|n| table.column(n))),
            seed: survey.design.seed,
        })
    }

    pub(super) fn push(&mut self, traces: &mut Traces, record: &csv::ByteRecord) {
        let cell = |at: usize| record.get(at).map(String::from_utf8_lossy).unwrap_or_default();
        if let Some((at, times)) = &mut self.submitted {
            traces.submitted.get_or_insert_default().push(times.seconds(&cell(*at)));
        }
        let targets = [&mut traces.interviewer, &mut traces.ip, &mut traces.device];
        for ((at, target), salt) in self.columns.iter().zip(targets).zip([1, 2, 3]) {
            let Some(at) = at else { continue };
            let text = cell(*at);
            let name = trimmed(&text);
            let digest = XxHash64::oneshot(self.seed ^ (salt << 56), name.as_bytes()).max(1);
            target.get_or_insert_default().push(if name.is_empty() { 0 } else { digest });
        }
    }
}
