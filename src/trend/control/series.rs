//! A series from its file to its charts.

use super::answers::FromAnswers;
use super::change_point::{ChangePoint, autocorrelation, change_point};
use super::cusum::{CusumSettings, cusum};
use super::ewma::{EwmaSettings, ewma};
use super::forecast::{Forecast, forecast, with_gaps};
use super::individuals::individuals;
use super::proportions::{Share, proportions};
use super::run_length;
use super::stretches::Stretches;
use super::{ControlChart, DRAWN_MIN, JUDGED_MIN};
use crate::assessment::WaveAssessment;
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use crate::locale::Text;
use crate::survey::over_time::{Series, SeriesKind};
use crate::trend::comparability::{INDEX, PairComparability};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Longest name of a period that is kept.
pub(super) const NAME_MAX: usize = 40;

/// One period of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesValue {
    /// Period, as the file names it.
    pub period: String,
    /// Value; a share from 0 to 1 for series of shares.
    pub value: f64,
    /// Cases behind it.
    pub n: Option<u64>,
    /// Effective number of cases, (Σw)²/Σw², which limits of shares rest on; that of the cases where absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n_effective: Option<f64>,
    /// Standard error of the value, where the file has one.
    pub standard_error: Option<f64>,
}

/// A series with its charts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesAssessment {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What the values are.
    pub kind: SeriesKind,
    /// The file; absent for what is made from the waves themselves.
    pub input: Option<InputFile>,
    /// What it rests on, where it is made from answers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answers: Option<FromAnswers>,
    /// Periods (from 0) that do not follow directly on the one before; lines, ranges and rules do not reach over them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub after_gaps: Vec<usize>,
    /// The values, oldest first.
    pub values: Vec<SeriesValue>,
    /// Values from which centre and limits are taken.
    pub baseline: usize,
    /// Periods in a year.
    pub per_year: usize,
    /// True where there are enough values to draw.
    pub drawn: bool,
    /// True where there are enough values in the baseline to judge.
    pub judged: bool,
    /// Charts; empty where there are too few values.
    pub charts: Vec<ControlChart>,
    /// Correlation of each value with the one before it.
    pub autocorrelation: Option<f64>,
    /// The most likely single shift of the level, where there are enough values to judge.
    pub change_point: Option<ChangePoint>,
    /// The next period.
    pub forecast: Forecast,
}

/// Values of a series, before any chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The values, oldest first.
    pub values: Vec<SeriesValue>,
    /// What they are.
    pub kind: SeriesKind,
    /// Which of them follow one another.
    pub stretches: Stretches,
    /// The file.
    pub input: Option<InputFile>,
    /// What they rest on, where they are made from answers.
    pub answers: Option<FromAnswers>,
}

impl Found {
    /// Values without a gap.
    #[must_use]
    pub fn unbroken(values: Vec<SeriesValue>, kind: SeriesKind, input: Option<InputFile>) -> Self {
        Self {
            values,
            kind,
            stretches: Stretches::whole(),
            input,
            answers: None,
        }
    }
}

/// Reads the file of a series: `period`, `value`, and `n` or `se` where they are known.
pub fn read_series(series: &Series, world: &dyn World) -> Result<(Vec<SeriesValue>, InputFile), Refusal> {
    let file = &series.file;
    let mut table = Table::open(world, file, Reading::default())?;
    let (period, value) = (table.column("period"), table.column("value"));
    let (n, se) = (table.optional_column("n"), table.optional_column("se"));
    table.settle()?;
    let mut values = Vec::new();
    let mut seen = BTreeSet::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let text = |at: Option<usize>| {
            let cell = at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default();
            crate::text::shown(trimmed(&cell), NAME_MAX)
        };
        let fault = |at: Option<usize>, reason: &str| {
            let place = at.map_or_else(|| Place::line(file, line), |at| Place::cell(file, line, at as u64 + 1));
            Finding::new(Code::BadSeries, place).with("reason", reason).with("got", text(at))
        };
        let number = |at: Option<usize>| text(at).parse::<f64>().ok().filter(|v| v.is_finite());
        let mut faults = Vec::new();
        let name = text(period);
        if name.is_empty() {
            faults.push(fault(period, "period"));
        } else if !seen.insert(name.clone()) {
            faults.push(fault(period, "repeated"));
        }
        let found = number(value);
        let is_share = series.kind == SeriesKind::Share;
        match found {
            None => faults.push(fault(value, "value")),
            Some(v) if is_share && !(0.0..=1.0).contains(&v) => faults.push(fault(value, "share")),
            Some(_) => {}
        }
        let cases = text(n).parse::<u64>().ok().filter(|n| *n > 0);
        if cases.is_none() && (is_share || !text(n).is_empty()) {
            faults.push(fault(n, "base"));
        }
        let standard_error = number(se).filter(|v| *v > 0.0);
        if standard_error.is_none() && !text(se).is_empty() {
            faults.push(fault(se, "error"));
        }
        faults.into_iter().for_each(|f| table.complain(f));
        values.extend(found.map(|value| SeriesValue {
            period: name,
            value,
            n: cases,
            n_effective: None,
            standard_error,
        }));
    }
    let input = InputFile::new("series", file, &table.facts);
    table.finish()?;
    Ok((values, input))
}

/// The index of the waves as a series, from the last break on; `None` below [`DRAWN_MIN`] waves with an index.
#[must_use]
pub fn waves_as_series(waves: &[WaveAssessment], pairs: &[PairComparability]) -> Option<Vec<SeriesValue>> {
    let joined = |a: &WaveAssessment, b: &WaveAssessment| pairs.iter().any(|p| p.from == a.id && p.to == b.id && p.allows(INDEX));
    let breaks = waves.windows(2).enumerate().filter(|(_, w)| !joined(&w[0], &w[1]));
    let start = breaks.map(|(at, _)| at + 1).next_back().unwrap_or(0);
    let value = |wave: &WaveAssessment| {
        let estimate = wave.index.estimate?;
        Some(SeriesValue {
            period: crate::text::shown(&wave.id, NAME_MAX),
            value: estimate.value,
            n: Some(estimate.n),
            n_effective: estimate.n_effective,
            standard_error: estimate.standard_error,
        })
    };
    let values: Option<Vec<SeriesValue>> = waves.get(start..)?.iter().map(value).collect();
    values.filter(|v| v.len() >= DRAWN_MIN)
}

/// Puts the values of a series under its charts. `spec` states the settings; `level` and `seed` are those of the survey.
#[must_use]
pub fn assess(spec: &Series, found: Found, level: f64, seed: u64) -> SeriesAssessment {
    let Found {
        values,
        kind,
        stretches,
        input,
        answers,
    } = found;
    let numbers: Vec<f64> = values.iter().map(|v| v.value).collect();
    let baseline = spec.baseline.unwrap_or(values.len()).min(values.len());
    let drawn = values.len() >= DRAWN_MIN;
    let judged = drawn && baseline >= JUDGED_MIN;
    let per_year = spec.periods_a_year();
    let charts = if drawn {
        charts(spec, kind, (&values, &stretches), baseline)
    } else {
        Vec::new()
    };
    SeriesAssessment {
        id: spec.id.clone(),
        title: spec.title.clone().unwrap_or_else(|| Text::same(&spec.id)),
        kind,
        input,
        answers,
        after_gaps: (1..values.len()).filter(|at| stretches.begins(*at)).collect(),
        baseline,
        per_year,
        drawn,
        judged,
        charts,
        autocorrelation: autocorrelation(&numbers, &stretches).filter(|_| drawn),
        change_point: change_point(&numbers, level, seed).filter(|_| numbers.len() >= JUDGED_MIN),
        forecast: if stretches.is_whole() {
            forecast(&numbers, per_year, level)
        } else {
            with_gaps()
        },
        values,
    }
}

fn charts(spec: &Series, kind: SeriesKind, (values, stretches): (&[SeriesValue], &Stretches), baseline: usize) -> Vec<ControlChart> {
    let numbers: Vec<f64> = values.iter().map(|v| v.value).collect();
    let numbers = numbers.as_slice();
    let of_ewma = EwmaSettings::default();
    let of_ewma = EwmaSettings {
        weight: spec.ewma_weight.unwrap_or(of_ewma.weight),
        width: spec.ewma_width.unwrap_or(of_ewma.width),
    };
    let of_cusum = CusumSettings::default();
    let of_cusum = CusumSettings {
        allowance: spec.cusum_allowance.unwrap_or(of_cusum.allowance),
        interval: spec.cusum_interval.unwrap_or(of_cusum.interval),
    };
    let mut charts = Vec::new();
    if kind == SeriesKind::Share {
        let share = |v: &SeriesValue| Share {
            share: v.value,
            n: v.n_effective.or(v.n.map(|n| n as f64)).unwrap_or(1.0),
        };
        let shares: Vec<Share> = values.iter().map(share).collect();
        if let Some((p, prime)) = proportions(&shares, baseline, stretches) {
            charts.extend(prime);
            charts.push(p);
        }
    } else if let Some((x, ranges)) = individuals(numbers, baseline, stretches) {
        charts.push(x);
        charts.push(ranges);
    }
    if let Some(chart) = ewma(numbers, baseline, stretches, of_ewma) {
        let after = |shift| run_length::ewma(of_ewma.weight, of_ewma.width, shift);
        charts.push(with_run_lengths(chart, &after));
    }
    if let Some((up, down)) = cusum(numbers, baseline, stretches, of_cusum) {
        // Both sides are one scheme.
        let (stable, shifted) = {
            let after = |shift| run_length::cusum(of_cusum.allowance, of_cusum.interval, shift);
            (after(0.0), after(1.0))
        };
        let known = |shift: f64| if shift == 0.0 { stable } else { shifted };
        charts.push(with_run_lengths(up, &known));
        charts.push(with_run_lengths(down, &known));
    }
    charts
}

/// The chart with its run lengths without a shift and after one of a standard deviation.
fn with_run_lengths(chart: ControlChart, after: &dyn Fn(f64) -> Option<f64>) -> ControlChart {
    ControlChart {
        run_length_stable: after(0.0),
        run_length_shift: after(1.0),
        ..chart
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;
    use crate::trend::control::forecast::ForecastVerdict;
    use crate::trend::control::{ChartKind, Rule};

    fn spec(kind: SeriesKind) -> Series {
        let kind = serde_json::to_value(kind).unwrap();
        serde_json::from_value(serde_json::json!({ "id": "s", "file": "s.csv", "kind": kind })).unwrap()
    }

    /// Line, column and reason of a fault.
    type Fault = (Option<u64>, Option<u64>, String);

    fn read(kind: SeriesKind, text: &str) -> Result<Vec<SeriesValue>, Vec<Fault>> {
        let world = Memory([("s.csv".to_owned(), text.as_bytes().to_vec())].into());
        let faults = |r: Refusal| {
            let one = |f: Finding| (f.place.line, f.place.column, f.args["reason"].clone());
            r.0.into_iter().map(one).collect()
        };
        read_series(&spec(kind), &world).map(|(values, _)| values).map_err(faults)
    }

    #[test]
    fn every_fault_has_its_cell() {
        let fault = |line, column, reason: &str| (Some(line), Some(column), reason.to_owned());
        let text = "period,value,n,se\n2025-01,81.2,100,0.9\n2025-01,x,,\n,80,-3,0\n";
        let expected = [
            fault(3, 1, "repeated"),
            fault(3, 2, "value"),
            fault(4, 1, "period"),
            fault(4, 3, "base"),
            fault(4, 4, "error"),
        ];
        assert_eq!(read(SeriesKind::Mean, text).unwrap_err(), expected);
        let shares = "period,value,n\na,1.2,100\nb,0.5,\n";
        assert_eq!(
            read(SeriesKind::Share, shares).unwrap_err(),
            [fault(2, 2, "share"), fault(3, 3, "base")]
        );
        let good = read(SeriesKind::Mean, "period,value\na,1\nb,2\n").unwrap();
        assert_eq!((good.len(), good[1].value, good[1].n), (2, 2.0, None));
    }

    fn values(count: usize) -> Vec<SeriesValue> {
        let one = |at: usize| SeriesValue {
            period: at.to_string(),
            value: 0.3 + 0.01 * (at * 7 % 5) as f64,
            n: Some(200),
            n_effective: None,
            standard_error: None,
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn eight_are_drawn_and_twenty_judged() {
        let assess = |count| {
            assess(
                &spec(SeriesKind::Mean),
                Found::unbroken(values(count), SeriesKind::Mean, None),
                0.95,
                1,
            )
        };
        let (seven, eight, twenty) = (assess(7), assess(8), assess(20));
        assert_eq!((seven.drawn, seven.charts.len()), (false, 0));
        assert_eq!((eight.drawn, eight.judged, eight.charts.len()), (true, false, 5));
        assert!(eight.charts.iter().all(|c| c.signals.is_empty()) && eight.change_point.is_none());
        assert!(twenty.judged && twenty.change_point.is_some());
        let mut early = spec(SeriesKind::Mean);
        early.baseline = Some(8);
        assert!(!super::assess(&early, Found::unbroken(values(30), SeriesKind::Mean, None), 0.95, 1).judged);
    }

    #[test]
    fn shares_have_their_own_charts() {
        let found = assess(
            &spec(SeriesKind::Share),
            Found::unbroken(values(24), SeriesKind::Share, None),
            0.95,
            1,
        );
        let kinds: Vec<ChartKind> = found.charts.iter().map(|c| c.kind).collect();
        use ChartKind::{CusumLower, CusumUpper, Ewma, P, PPrime};
        assert_eq!(kinds, [PPrime, P, Ewma, CusumUpper, CusumLower]);
    }

    /// Two fields of twelve: a run of nine that reaches over the gap is none, and there is no forecast.
    #[test]
    fn nothing_reaches_over_a_gap() {
        let mut list = values(24);
        for (at, value) in list.iter_mut().enumerate() {
            value.value = 0.3 + if (7..17).contains(&at) { 0.01 } else { -0.01 } + 0.001 * (at % 3) as f64;
        }
        let of = |starts: &[usize]| {
            let found = Found {
                stretches: Stretches::starting_at(starts),
                ..Found::unbroken(list.clone(), SeriesKind::Mean, None)
            };
            assess(&spec(SeriesKind::Mean), found, 0.95, 1)
        };
        let nine = |s: &SeriesAssessment| s.charts[0].signals.iter().any(|s| s.rule == Rule::NineOnOneSide);
        let (whole, parted) = (of(&[]), of(&[12]));
        assert!(nine(&whole) && !nine(&parted));
        assert_eq!((parted.after_gaps.as_slice(), whole.after_gaps.is_empty()), ([12].as_slice(), true));
        assert_eq!(parted.forecast.verdict, ForecastVerdict::Gaps);
        let ranges = &parted.charts[1];
        assert_eq!(
            (ranges.kind, ranges.points[12], ranges.points[0]),
            (ChartKind::MovingRange, None, None)
        );
        let by_hand: f64 = (1..24)
            .filter(|at| *at != 12)
            .map(|at| (list[at].value - list[at - 1].value).abs())
            .sum::<f64>()
            / 22.0;
        assert!((ranges.centre[0] - by_hand).abs() < 1e-12);
        // The memory of EWMA and CUSUM begins anew: the first after the gap stands as the first of all would.
        let ewma = &parted.charts[2];
        assert!((ewma.points[12].unwrap() - (ewma.centre[0] + 0.2 * (list[12].value - ewma.centre[0]))).abs() < 1e-12);
        assert!((ewma.upper[12].unwrap() - ewma.upper[0].unwrap()).abs() < 1e-12);
        let up = &parted.charts[3];
        let z = (list[12].value - ewma.centre[0]) / up.sigma;
        assert!((up.points[12].unwrap() - (z - 0.5).max(0.0)).abs() < 1e-12);
    }
}
