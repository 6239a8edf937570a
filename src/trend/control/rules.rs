//! Run rules on standardised values (L. S. Nelson, "The Shewhart control chart – tests for special causes", *Journal of Quality Technology* 16
//! (1984) 237–239): rules 1, 2, 3, 5 and 6. Rules 4, 7 and 8 (alternation, too little spread, a gap in the middle) speak of how a process is sampled,
//! not of customers, and are left out.

use super::stretches::Stretches;
use super::{Rule, Signal};

/// Every signal of values in standard deviations from the centre (`limit`: 3 for Shewhart charts), in the order of periods. A pattern is
/// told at its last value, only values that take part in it on its own side can complete it, and all of it lies in one stretch.
#[must_use]
pub fn signals(z: &[f64], limit: f64, stretches: &Stretches) -> Vec<Signal> {
    let mut found = Vec::new();
    for at in 0..z.len() {
        let Some(&last) = z.get(at) else { continue };
        let first = stretches.start_of(at);
        let from = |length: usize| (at + 1).checked_sub(length).filter(|from| *from >= first);
        let window = |length: usize| from(length).and_then(|from| z.get(from..=at));
        for up in [true, false] {
            let side = |v: f64| if up { v } else { -v };
            let beyond = |line: f64, values: &[f64]| values.iter().filter(|v| side(**v) > line).count();
            let mut tell = |rule: Rule| found.push(Signal { at, rule, up });
            if side(last) > limit {
                tell(Rule::BeyondLimit);
            }
            if window(9).is_some_and(|w| beyond(0.0, w) == 9) {
                tell(Rule::NineOnOneSide);
            }
            if window(6).is_some_and(|w| w.windows(2).all(|p| side(p[1]) > side(p[0]))) {
                tell(Rule::SixTrending);
            }
            if side(last) > 2.0 && window(3).is_some_and(|w| beyond(2.0, w) >= 2) {
                tell(Rule::TwoOfThree);
            }
            if side(last) > 1.0 && window(5).is_some_and(|w| beyond(1.0, w) >= 4) {
                tell(Rule::FourOfFive);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(z: &[f64]) -> Vec<(usize, Rule, bool)> {
        signals(z, 3.0, &Stretches::whole())
            .into_iter()
            .map(|s| (s.at, s.rule, s.up))
            .collect()
    }

    #[test]
    fn each_rule_by_its_own_pattern() {
        assert_eq!(
            told(&[0.0, 3.1, 0.0, -3.5]),
            [(1, Rule::BeyondLimit, true), (3, Rule::BeyondLimit, false)]
        );
        let side = [0.5, 0.1, 0.4, 0.2, 0.6, 0.3, 0.1, 0.5, 0.2, -0.1];
        assert_eq!(told(&side), [(8, Rule::NineOnOneSide, true)]);
        assert_eq!(told(&[0.9, 0.4, 0.1, -0.3, -0.6, -0.9, 0.2]), [(5, Rule::SixTrending, false)]);
        assert_eq!(told(&[2.1, 0.0, 2.2, 0.0, 0.0]), [(2, Rule::TwoOfThree, true)]);
        assert_eq!(told(&[-1.1, -1.2, 0.3, -1.4, -1.05]), [(4, Rule::FourOfFive, false)]);
        // Five in a row rising are not six, two of four are not two of three, opposite sides do not add up.
        assert_eq!(told(&[-0.5, -0.2, 0.1, 0.3, 0.6]), []);
        assert_eq!(told(&[2.1, 0.0, 0.0, 2.2]), []);
        assert_eq!(told(&[2.1, -2.1, 0.0]), []);
    }

    proptest! {
        #[test]
        fn upside_down_turns_the_sides(z in prop::collection::vec(-4.0_f64..4.0, 0..40)) {
            let turned: Vec<f64> = z.iter().map(|v| -v).collect();
            let mut expected: Vec<Signal> = signals(&z, 3.0, &Stretches::whole()).into_iter().map(|s| Signal { up: !s.up, ..s }).collect();
            expected.sort();
            let mut found = signals(&turned, 3.0, &Stretches::whole());
            found.sort();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn what_came_before_stays(z in prop::collection::vec(-4.0_f64..4.0, 1..40), cut in 0_usize..40) {
            let cut = cut.min(z.len());
            let early: Vec<Signal> = signals(&z, 3.0, &Stretches::whole()).into_iter().filter(|s| s.at < cut).collect();
            prop_assert_eq!(signals(&z[..cut], 3.0, &Stretches::whole()), early);
        }
    }
}
