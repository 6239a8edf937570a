//! Axes: round numbers for their ends and ticks, and the way from a value to a place.

/// A linear axis with round ends and evenly spaced round ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// Value at the beginning of the axis.
    pub low: f64,
    /// Value at the end of the axis.
    pub high: f64,
    step: f64,
}

impl Scale {
    /// The axis that covers `low` to `high` with about `ticks` round steps.
    pub(super) fn covering(low: f64, high: f64, ticks: u32) -> Self {
        let step = round_step((high - low) / f64::from(ticks.max(1)));
        let first = (low / step + 1e-9).floor();
        let last = (high / step - 1e-9).ceil().max(first + 1.0);
        Self {
            low: first * step,
            high: last * step,
            step,
        }
    }

    /// The axis that shows values between `low` and `high` closely, without blowing up small differences.
    ///
    /// A margin of 6 % of the range is left on either side, and at least a tenth of the largest value in size is
    /// spanned. The axis begins at zero when the data come near it (lowest value at most a third of the highest), and
    /// does not pass 0 or 100 when no value does. Of several round steps the one that wastes least room with few
    /// and short ticks is taken.
    pub(super) fn around(low: f64, high: f64, ticks: u32) -> Self {
        let largest = low.abs().max(high.abs());
        let least_span = if largest > 0.0 { largest * 0.1 } else { 1.0 };
        let middle = f64::midpoint(low, high);
        let half = ((high - low) * 0.56).max(least_span / 2.0);
        let (mut from, mut to) = (middle - half, middle + half);
        if low >= 0.0 && (from < 0.0 || low <= high / 3.0) {
            from = 0.0;
        }
        if high <= 0.0 && to > 0.0 {
            to = 0.0;
        }
        if high <= 100.0 && to > 100.0 {
            to = 100.0;
        }
        let fitting = (ticks.saturating_sub(1).max(2)..=ticks * 2).map(|ticks| Self::covering(from, to, ticks));
        let cost = |scale: &Self| {
            let quarters = if decimals(scale.step) > decimals(scale.step * 2.0) {
                1.2
            } else {
                1.0
            };
            (scale.high - scale.low) * (1.0 + 0.05 * scale.ticks().len() as f64) * quarters
        };
        fitting
            .min_by(|a, b| cost(a).total_cmp(&cost(b)))
            .unwrap_or_else(|| Self::covering(from, to, ticks))
    }

    /// Whether the axis leaves out the zero that a reader would expect at its beginning.
    pub(super) fn leaves_out_zero(self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// Share of the axis, 0 to 1, at which a value stands; values beyond the ends stand at the end.
    pub(super) fn share(self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Values of the ticks from low to high.
    pub(super) fn ticks(self) -> Vec<f64> {
        let first = (self.low / self.step).round();
        let count = ((self.high - self.low) / self.step).round().clamp(0.0, 50.0) as u32;
        // Adding zero turns a negative zero into a plain one.
        (0..=count).map(|i| (first + f64::from(i)) * self.step + 0.0).collect()
    }

    /// A tick as text, with as many decimals as the step needs.
    pub(super) fn tick_text(self, value: f64) -> String {
        let decimals = decimals(self.step);
        format!("{value:.decimals$}")
    }

    /// The whole axis as text: `[70–90]`.
    pub(super) fn range_text(self) -> String {
        format!("[{}–{}]", self.tick_text(self.low), self.tick_text(self.high))
    }
}

/// Number of decimals needed to write a step.
fn decimals(step: f64) -> usize {
    let (mut decimals, mut scaled) = (0, step);
    while decimals < 9 && (scaled - scaled.round()).abs() > 1e-6 * scaled {
        scaled *= 10.0;
        decimals += 1;
    }
    decimals
}

/// The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `raw`.
///
/// Powers of ten are found by repeated multiplication, which gives the same digits on every platform.
fn round_step(raw: f64) -> f64 {
    let raw = raw.max(1e-9);
    let mut power = 1.0;
    while power * 10.0 <= raw {
        power *= 10.0;
    }
    while power > raw {
        power /= 10.0;
    }
    let fits = [1.0, 2.0, 2.5, 5.0, 10.0]
        .map(|m| m * power)
        .into_iter()
        .find(|&step| step >= raw * (1.0 - 1e-9));
    fits.unwrap_or(power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_round_and_cover_the_data() {
        for (low, high) in [
            (72.3, 84.9),
            (0.0, 100.0),
            (-40.0, 63.0),
            (0.012, 0.034),
            (6.1, 6.2),
            (80.0, 80.0),
            (0.0, 0.0),
            (-1e9, 1e9),
            (1e9, 1e9),
        ] {
            let scale = Scale::around(low, high, 5);
            assert!(scale.low <= low && scale.high >= high, "{low} {high} {scale:?}");
            let ticks = scale.ticks();
            assert!((2..=12).contains(&ticks.len()), "{low} {high} {ticks:?}");
            assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn indices_near_eighty_get_an_axis_of_round_numbers() {
        let scale = Scale::around(78.1, 84.9, 5);
        assert_eq!(scale.range_text(), "[76–86]");
        assert!(scale.leaves_out_zero());
        assert!(Scale::around(97.0, 100.0, 5).range_text().ends_with("–100]"));
        assert!(!Scale::around(10.0, 60.0, 5).leaves_out_zero());
    }

    #[test]
    fn ticks_are_written_with_the_decimals_they_need() {
        let scale = Scale::covering(0.0, 0.1, 4);
        let texts: Vec<String> = scale.ticks().into_iter().map(|tick| scale.tick_text(tick)).collect();
        assert_eq!(texts, ["0.000", "0.025", "0.050", "0.075", "0.100"]);
    }
}
