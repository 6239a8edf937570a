//! Another published index beside ours, with the precision that was published with it, if any.
//!
//! A difference is tested only where both sides have an interval; otherwise it is shown as two numbers and nothing is claimed. Who was asked
//! and how may differ between the two, which no test can see.

use crate::assessment::WaveAssessment;
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::index::estimate::Reported;
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::locale::Text;
use crate::stats::{Interval, holm_defined, two_sided_multiplier};
use crate::trend::change::{WaveEstimate, change_between};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longest text of a cell that is kept.
const TEXT_MAX: usize = 200;

/// Level of a published interval where the file does not say.
const LEVEL: f64 = 0.95;

/// One published value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BenchmarkValue {
    /// Name of the index.
    #[serde(serialize_with = "crate::locale::plain_where_same")]
    pub name: Text,
    /// Period; compared with the wave of that id.
    pub period: String,
    /// Value, on 0 to 100.
    pub value: f64,
    /// Published interval.
    pub interval: Option<Interval>,
    /// Published number of respondents.
    pub n: Option<u64>,
    /// Where it was published.
    #[serde(serialize_with = "crate::locale::plain_where_same")]
    pub source: Text,
}

/// A published value beside our wave of the same period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BenchmarkComparison {
    /// The published value.
    pub benchmark: BenchmarkValue,
    /// Our wave of the period; absent where we have none.
    pub wave: Option<String>,
    /// Our index in it.
    pub ours: Option<Reported>,
    /// Ours less theirs, in points.
    pub difference: Option<f64>,
    /// Interval of the difference; absent unless both sides have a precision.
    pub interval: Option<Interval>,
    /// Two-sided p of no difference, likewise.
    pub p_value: Option<f64>,
    /// The same, adjusted by Holm's method over all rows that are tested.
    pub p_value_holm: Option<f64>,
}

/// Other indices beside ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Benchmarks {
    /// The file.
    pub input: InputFile,
    /// Its rows, in the order of the file.
    pub rows: Vec<BenchmarkComparison>,
}

/// Reads the file: `name`, `period`, `value`, `source`, and `lower`, `upper`, `level`, `n` where they were published;
/// `name_zh`, `name_en`, `source_zh`, `source_en` where a language has words of its own.
pub fn read_benchmarks(file: &str, world: &dyn World) -> Result<(Vec<BenchmarkValue>, InputFile), Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let [name, period, value, source] = ["name", "period", "value", "source"].map(|column| table.column(column));
    let [lower, upper, level, n] = ["lower", "upper", "level", "n"].map(|column| table.optional_column(column));
    let [names, sources] = [("name", name), ("source", source)].map(|(column, plain)| table.in_two(column, plain));
    table.settle()?;
    let mut rows = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let text = |at: Option<usize>| {
            let cell = at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
            crate::text::shown(trimmed(&cell), TEXT_MAX)
        };
        let fault = |at: Option<usize>, reason: &str| {
            let place = at.map_or_else(|| Place::line(file, line), |at| Place::cell(file, line, at as u64 + 1));
            Finding::new(Code::BadSeries, place).with("reason", reason).with("got", text(at))
        };
        let number = |at: Option<usize>| text(at).parse::<f64>().ok().filter(|v| v.is_finite());
        let mut faults = Vec::new();
        let found = number(value).filter(|v| (0.0..=100.0).contains(v));
        if found.is_none() {
            faults.push(fault(value, "value"));
        }
        if text(period).is_empty() {
            faults.push(fault(period, "period"));
        }
        if text(source).is_empty() {
            faults.push(fault(source, "source"));
        }
        let stated = [lower, upper].iter().any(|at| !text(*at).is_empty());
        let level = number(level).unwrap_or(LEVEL);
        let ends = number(lower).zip(number(upper));
        let interval = ends.map(|(lower, upper)| Interval { lower, upper, level });
        let fits = |i: &Interval| i.lower < i.upper && found.is_none_or(|v| (i.lower..=i.upper).contains(&v)) && level > 0.0 && level < 1.0;
        if stated && !interval.as_ref().is_some_and(fits) {
            faults.push(fault(lower, "interval"));
        }
        let cases = text(n).parse::<u64>().ok();
        if cases.is_none() && !text(n).is_empty() {
            faults.push(fault(n, "base"));
        }
        let sound = faults.is_empty();
        faults.into_iter().for_each(|f| table.complain(f));
        rows.extend(found.filter(|_| sound).map(|value| BenchmarkValue {
            name: names.read(text),
            period: text(period),
            value,
            interval,
            n: cases,
            source: sources.read(text),
        }));
    }
    let input = InputFile::new("benchmarks", file, &table.facts);
    table.finish()?;
    Ok((rows, input))
}

/// Puts every published value beside our wave of the same period.
#[must_use]
pub fn beside(values: Vec<BenchmarkValue>, input: InputFile, waves: &[WaveAssessment], level: f64) -> Benchmarks {
    let one = |benchmark: BenchmarkValue| {
        let wave = waves.iter().find(|w| w.id == benchmark.period);
        let ours = wave.and_then(|w| w.index.estimate);
        let tested = ours.zip(precision(&benchmark)).and_then(|(ours, theirs)| {
            let ours = WaveEstimate {
                value: ours.value,
                standard_error: ours.standard_error?,
                df: ours.df,
            };
            change_between(theirs, ours, level)
        });
        BenchmarkComparison {
            wave: wave.map(|w| w.id.clone()),
            difference: ours.map(|ours| ours.value - benchmark.value),
            ours: wave.map(|w| w.index.clone()),
            interval: tested.map(|t| t.interval),
            p_value: tested.and_then(|t| t.p_value),
            p_value_holm: None,
            benchmark,
        }
    };
    let mut rows: Vec<BenchmarkComparison> = values.into_iter().map(one).collect();
    let adjusted = holm_defined(&rows.iter().map(|r| r.p_value).collect::<Vec<_>>());
    rows.iter_mut().zip(adjusted).for_each(|(row, p)| row.p_value_holm = p);
    Benchmarks { input, rows }
}

/// The standard error behind a published interval: half of its width over the normal quantile of its level.
fn precision(benchmark: &BenchmarkValue) -> Option<WaveEstimate> {
    let interval = benchmark.interval?;
    let half = (interval.upper - interval.lower) / 2.0;
    Some(WaveEstimate {
        value: benchmark.value,
        standard_error: half / two_sided_multiplier(interval.level, None)?,
        df: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;

    fn read(rows: &str) -> Result<Vec<BenchmarkValue>, Vec<String>> {
        let text = format!("name,period,value,lower,upper,level,n,source\n{rows}");
        let world = Memory([("b.csv".to_owned(), text.into_bytes())].into());
        let faults = |r: Refusal| r.0.into_iter().map(|f| f.args["reason"].clone()).collect();
        read_benchmarks("b.csv", &world).map(|(values, _)| values).map_err(faults)
    }

    #[test]
    fn what_was_published_is_kept_and_no_more() {
        let values = read("A,2025,78.5,77.1,79.9,,1200,report\nB,2025,80.1,,,,,site\n").unwrap();
        assert_eq!(values[0].interval.unwrap().level, 0.95);
        assert_eq!((values[1].interval, values[1].n), (None, None));
        // By hand: (79.9 − 77.1)/2/1.959964 = 0.7143.
        assert!((precision(&values[0]).unwrap().standard_error - 0.7143).abs() < 5e-5);
        assert_eq!(precision(&values[1]), None);
    }

    #[test]
    fn faults_are_told() {
        assert_eq!(read("A,2025,120,,,,,s\n").unwrap_err(), ["value"]);
        assert_eq!(read("A,,80,,,,x,\n").unwrap_err(), ["period", "source", "base"]);
        assert_eq!(read("A,2025,80,81,82,,,s\n").unwrap_err(), ["interval"]);
        assert_eq!(read("A,2025,80,79,,,,s\n").unwrap_err(), ["interval"]);
    }
}
