//! Outcome rates of the fieldwork: response, cooperation, refusal and contact.
//!
//! Source: AAPOR, Standard Definitions: Final Dispositions of Case Codes and Outcome Rates for Surveys, sections on
//! RR1–RR6, COOP1–4, REF1–3 and CON1–3; the location rates LOC1–2 as outcomerate has them. Symbols: I complete, P partial, R refusal and break-off, NC non-contact,
//! O other, UH unknown whether a household (or the right kind of unit) is there, UO other unknown eligibility,
//! NE known not to be eligible, e the share of the unknown cases taken to be eligible.
//! A panel without a probability sample has no response rate; report its participation rate under that name instead.

use serde::Serialize;

/// How many drawn cases ended in each final disposition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct DispositionCounts {
    /// Complete interviews, I.
    pub complete: u64,
    /// Partial interviews, P.
    pub partial: u64,
    /// Refusals and break-offs, R.
    pub refusal: u64,
    /// Eligible, never reached, NC.
    pub non_contact: u64,
    /// Eligible, reached, no interview for another reason, O.
    pub other: u64,
    /// Unknown whether an eligible unit is there at all, UH.
    pub unknown_household: u64,
    /// Eligibility unknown for another reason, UO.
    pub unknown_other: u64,
    /// Known not to be eligible, NE.
    pub not_eligible: u64,
}

/// The final disposition of a case, as the outcome rates distinguish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FinalClass {
    /// Complete interview, I: AAPOR final code 1.1.
    Complete,
    /// Partial interview, P: 1.2.
    Partial,
    /// Refusal or break-off, R: 2.1.
    Refusal,
    /// Eligible, never reached, NC: 2.2.
    NonContact,
    /// Eligible, reached, no interview for another reason, O: 2.3.
    Other,
    /// Unknown whether an eligible unit is there, UH: 3.1.
    UnknownHousehold,
    /// Eligibility unknown for another reason, UO: 3.2 to 3.9.
    UnknownOther,
    /// Known not to be eligible, NE: 4.
    NotEligible,
}

impl FinalClass {
    /// All, in the order of the AAPOR codes.
    pub const ALL: [Self; 8] = [
        Self::Complete,
        Self::Partial,
        Self::Refusal,
        Self::NonContact,
        Self::Other,
        Self::UnknownHousehold,
        Self::UnknownOther,
        Self::NotEligible,
    ];

    /// Its word, as `survey.toml` and files have it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Refusal => "refusal",
            Self::NonContact => "non-contact",
            Self::Other => "other",
            Self::UnknownHousehold => "unknown-household",
            Self::UnknownOther => "unknown-other",
            Self::NotEligible => "not-eligible",
        }
    }

    /// The class of a final code of the AAPOR Standard Definitions (`1.1`, `2.112`, `4.70` …) or of a word of this list.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        let word = code.to_ascii_lowercase().replace('_', "-");
        let digits = || code.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let mut parts = code.split('.');
        let (first, second) = (parts.next()?, parts.next().unwrap_or_default());
        let by_number = || match (first, second.bytes().next()) {
            ("1", Some(b'1')) => Some(Self::Complete),
            ("1", Some(b'2')) => Some(Self::Partial),
            ("2", Some(b'1')) => Some(Self::Refusal),
            ("2", Some(b'2')) => Some(Self::NonContact),
            ("2", Some(b'3')) => Some(Self::Other),
            ("3", Some(b'1')) => Some(Self::UnknownHousehold),
            ("3", Some(b'2'..=b'9')) => Some(Self::UnknownOther),
            ("4", _) => Some(Self::NotEligible),
            _ => None,
        };
        let by_word = Self::ALL.into_iter().find(|class| class.as_str() == word);
        by_word.or_else(|| digits().then(by_number).flatten())
    }
}

/// Where the share e of eligible cases among the unknown ones comes from. Whoever publishes RR3 or RR4 must say so.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EligibilityShare {
    /// As among the cases whose eligibility is known (the CASRO rule): e = (I+P+R+NC+O)/(I+P+R+NC+O+NE).
    Casro,
    /// A share with a reason of its own, 0..=1; any other number leaves every rate that needs e undefined.
    Given(f64),
}

/// The six AAPOR response rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ResponseRateDefinition {
    /// I/(I+P+R+NC+O+UH+UO): all unknown cases count as eligible; the lowest rate.
    Rr1,
    /// (I+P)/(I+P+R+NC+O+UH+UO).
    Rr2,
    /// I/(I+P+R+NC+O+e(UH+UO)).
    Rr3,
    /// (I+P)/(I+P+R+NC+O+e(UH+UO)).
    Rr4,
    /// I/(I+P+R+NC+O): no unknown case counts as eligible.
    Rr5,
    /// (I+P)/(I+P+R+NC+O); the highest rate.
    Rr6,
}

impl ResponseRateDefinition {
    /// All six, in order.
    pub const ALL: [Self; 6] = [Self::Rr1, Self::Rr2, Self::Rr3, Self::Rr4, Self::Rr5, Self::Rr6];

    /// Whether partial interviews count as responses.
    #[must_use]
    pub const fn counts_partials(self) -> bool {
        matches!(self, Self::Rr2 | Self::Rr4 | Self::Rr6)
    }

    /// How much of the cases of unknown eligibility stands in the denominator.
    const fn unknown_cases(self) -> UnknownCases {
        match self {
            Self::Rr1 | Self::Rr2 => UnknownCases::AllEligible,
            Self::Rr3 | Self::Rr4 => UnknownCases::EstimatedShare,
            Self::Rr5 | Self::Rr6 => UnknownCases::NoneEligible,
        }
    }
}

/// What a reader must know about a response rate before using it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResponseRateNote {
    /// RR5 and RR6 are valid only if there are no cases of unknown eligibility, or if it is justified that none of them
    /// is eligible. Here there are some.
    UnknownEligibilityLeftOut {
        /// UH + UO.
        cases: u64,
    },
}

/// A response rate that says which one it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct ResponseRate {
    /// Which of the six.
    pub definition: ResponseRateDefinition,
    /// The rate, 0..=1; `None` when its denominator is 0 or e is undefined.
    pub rate_share: Option<f64>,
    /// The e used, for RR3 and RR4 only.
    pub eligibility_share: Option<f64>,
    /// A condition on its use, where there is one.
    pub note: Option<ResponseRateNote>,
}

/// Cooperation, refusal and contact beside the response rates; each 0..=1, `None` when its denominator is 0 or its e is
/// undefined. The denominators of REF and CON 1, 2, 3 are those of RR1, RR3, RR5.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct OutcomeRates {
    /// RR1 to RR6, in order.
    pub response: [ResponseRate; 6],
    /// I/(I+P+R+O).
    pub coop1: Option<f64>,
    /// (I+P)/(I+P+R+O).
    pub coop2: Option<f64>,
    /// I/(I+P+R).
    pub coop3: Option<f64>,
    /// (I+P)/(I+P+R).
    pub coop4: Option<f64>,
    /// R/(I+P+R+NC+O+UH+UO).
    pub ref1: Option<f64>,
    /// R/(I+P+R+NC+O+e(UH+UO)).
    pub ref2: Option<f64>,
    /// R/(I+P+R+NC+O).
    pub ref3: Option<f64>,
    /// (I+P+R+O)/(I+P+R+NC+O+UH+UO).
    pub con1: Option<f64>,
    /// (I+P+R+O)/(I+P+R+NC+O+e(UH+UO)).
    pub con2: Option<f64>,
    /// (I+P+R+O)/(I+P+R+NC+O).
    pub con3: Option<f64>,
    /// (I+P+R+NC+O)/(I+P+R+NC+O+UH+UO): the share of cases found to be there and eligible.
    pub loc1: Option<f64>,
    /// (I+P+R+NC+O)/(I+P+R+NC+O+e(UH+UO)).
    pub loc2: Option<f64>,
}

#[derive(Clone, Copy)]
enum UnknownCases {
    AllEligible,
    EstimatedShare,
    NoneEligible,
}

/// The same with each case counted by its weight, so that the rates are those of the frame and not of the draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct DispositionSums {
    /// Complete interviews, I.
    pub complete: f64,
    /// Partial interviews, P.
    pub partial: f64,
    /// Refusals and break-offs, R.
    pub refusal: f64,
    /// Eligible, never reached, NC.
    pub non_contact: f64,
    /// Eligible, reached, no interview for another reason, O.
    pub other: f64,
    /// Unknown whether an eligible unit is there at all, UH.
    pub unknown_household: f64,
    /// Eligibility unknown for another reason, UO.
    pub unknown_other: f64,
    /// Known not to be eligible, NE.
    pub not_eligible: f64,
}

impl From<DispositionCounts> for DispositionSums {
    fn from(counts: DispositionCounts) -> Self {
        Self {
            complete: counts.complete as f64,
            partial: counts.partial as f64,
            refusal: counts.refusal as f64,
            non_contact: counts.non_contact as f64,
            other: counts.other as f64,
            unknown_household: counts.unknown_household as f64,
            unknown_other: counts.unknown_other as f64,
            not_eligible: counts.not_eligible as f64,
        }
    }
}

impl DispositionCounts {
    /// More cases of a class.
    pub fn add(&mut self, class: FinalClass, cases: u64) {
        let count = match class {
            FinalClass::Complete => &mut self.complete,
            FinalClass::Partial => &mut self.partial,
            FinalClass::Refusal => &mut self.refusal,
            FinalClass::NonContact => &mut self.non_contact,
            FinalClass::Other => &mut self.other,
            FinalClass::UnknownHousehold => &mut self.unknown_household,
            FinalClass::UnknownOther => &mut self.unknown_other,
            FinalClass::NotEligible => &mut self.not_eligible,
        };
        *count = count.saturating_add(cases);
    }

    /// Cases of a class.
    #[must_use]
    pub const fn of(&self, class: FinalClass) -> u64 {
        match class {
            FinalClass::Complete => self.complete,
            FinalClass::Partial => self.partial,
            FinalClass::Refusal => self.refusal,
            FinalClass::NonContact => self.non_contact,
            FinalClass::Other => self.other,
            FinalClass::UnknownHousehold => self.unknown_household,
            FinalClass::UnknownOther => self.unknown_other,
            FinalClass::NotEligible => self.not_eligible,
        }
    }

    /// All cases with a final disposition, which must equal the cases drawn.
    #[must_use]
    pub fn total(&self) -> u128 {
        let all = [
            self.complete,
            self.partial,
            self.refusal,
            self.non_contact,
            self.other,
            self.unknown_household,
            self.unknown_other,
            self.not_eligible,
        ];
        all.into_iter().map(u128::from).sum()
    }

    /// The share e under a rule, 0..=1; `None` when no eligibility is known or the given share lies outside.
    #[must_use]
    pub fn eligibility_share(&self, rule: EligibilityShare) -> Option<f64> {
        DispositionSums::from(*self).eligibility_share(rule)
    }

    /// One response rate.
    #[must_use]
    pub fn response_rate(&self, definition: ResponseRateDefinition, rule: EligibilityShare) -> ResponseRate {
        DispositionSums::from(*self).response_rate(definition, rule)
    }

    /// All AAPOR rates of these counts under one rule for e.
    #[must_use]
    pub fn outcome_rates(&self, rule: EligibilityShare) -> OutcomeRates {
        DispositionSums::from(*self).outcome_rates(rule)
    }
}

impl DispositionSums {
    /// Cases known to be eligible: I+P+R+NC+O.
    #[must_use]
    pub fn known_eligible(&self) -> f64 {
        self.contacted() + self.non_contact
    }

    /// Cases of unknown eligibility: UH+UO.
    #[must_use]
    pub fn unknown(&self) -> f64 {
        self.unknown_household + self.unknown_other
    }

    /// The share e under a rule, 0..=1; `None` when no eligibility is known or the given share lies outside.
    #[must_use]
    pub fn eligibility_share(&self, rule: EligibilityShare) -> Option<f64> {
        match rule {
            EligibilityShare::Casro => {
                let eligible = self.known_eligible();
                share(eligible, eligible + self.not_eligible)
            }
            EligibilityShare::Given(given) => (0.0..=1.0).contains(&given).then_some(given),
        }
    }

    /// One response rate.
    #[must_use]
    pub fn response_rate(&self, definition: ResponseRateDefinition, rule: EligibilityShare) -> ResponseRate {
        let responses = if definition.counts_partials() {
            self.interviews()
        } else {
            self.complete
        };
        let unknown_cases = definition.unknown_cases();
        let left_out = matches!(unknown_cases, UnknownCases::NoneEligible) && self.unknown() > 0.0;
        ResponseRate {
            definition,
            rate_share: self.rate(responses, unknown_cases, rule),
            eligibility_share: match unknown_cases {
                UnknownCases::EstimatedShare => self.eligibility_share(rule),
                UnknownCases::AllEligible | UnknownCases::NoneEligible => None,
            },
            note: left_out.then(|| ResponseRateNote::UnknownEligibilityLeftOut {
                // A whole number for counts; for weighted cases the nearest one.
                cases: crate::round::printed(self.unknown(), 0).parse().unwrap_or(u64::MAX),
            }),
        }
    }

    /// All AAPOR rates of these sums under one rule for e.
    #[must_use]
    pub fn outcome_rates(&self, rule: EligibilityShare) -> OutcomeRates {
        let interviews_and_refusals = self.interviews() + self.refusal;
        let (complete, interviews, contacted) = (self.complete, self.interviews(), self.contacted());
        let rate = |numerator: f64, unknown: UnknownCases| self.rate(numerator, unknown, rule);
        OutcomeRates {
            response: ResponseRateDefinition::ALL.map(|definition| self.response_rate(definition, rule)),
            coop1: share(complete, contacted),
            coop2: share(interviews, contacted),
            coop3: share(complete, interviews_and_refusals),
            coop4: share(interviews, interviews_and_refusals),
            ref1: rate(self.refusal, UnknownCases::AllEligible),
            ref2: rate(self.refusal, UnknownCases::EstimatedShare),
            ref3: rate(self.refusal, UnknownCases::NoneEligible),
            con1: rate(contacted, UnknownCases::AllEligible),
            con2: rate(contacted, UnknownCases::EstimatedShare),
            con3: rate(contacted, UnknownCases::NoneEligible),
            loc1: rate(self.known_eligible(), UnknownCases::AllEligible),
            loc2: rate(self.known_eligible(), UnknownCases::EstimatedShare),
        }
    }

    /// I+P.
    fn interviews(&self) -> f64 {
        self.complete + self.partial
    }

    /// I+P+R+O.
    fn contacted(&self) -> f64 {
        self.interviews() + self.refusal + self.other
    }

    fn rate(&self, numerator: f64, unknown_cases: UnknownCases, rule: EligibilityShare) -> Option<f64> {
        let counted = match unknown_cases {
            UnknownCases::AllEligible => self.unknown(),
            UnknownCases::EstimatedShare => self.eligibility_share(rule)? * self.unknown(),
            UnknownCases::NoneEligible => 0.0,
        };
        share(numerator, self.known_eligible() + counted)
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_and_words_name_their_class() {
        let known = [
            ("1.1", FinalClass::Complete),
            ("1.2", FinalClass::Partial),
            ("2.112", FinalClass::Refusal),
            ("2.2", FinalClass::NonContact),
            ("2.35", FinalClass::Other),
            ("3.1", FinalClass::UnknownHousehold),
            ("3.21", FinalClass::UnknownOther),
            ("3.9", FinalClass::UnknownOther),
            ("4.7", FinalClass::NotEligible),
            ("4", FinalClass::NotEligible),
            ("non_contact", FinalClass::NonContact),
            ("Unknown-Other", FinalClass::UnknownOther),
        ];
        for (code, class) in known {
            assert_eq!(FinalClass::of_code(code), Some(class), "{code}");
        }
        for unknown in ["", "1", "1.3", "2.9", "5.1", "1.1a", "done"] {
            assert_eq!(FinalClass::of_code(unknown), None, "{unknown}");
        }
        let mut counts = DispositionCounts::default();
        for (at, class) in FinalClass::ALL.into_iter().enumerate() {
            counts.add(class, at as u64 + 1);
            assert_eq!(counts.of(class), at as u64 + 1);
        }
        assert_eq!(counts.total(), 36);
    }

    #[test]
    fn nothing_drawn_means_nothing_defined() {
        let rates = DispositionCounts::default().outcome_rates(EligibilityShare::Casro);
        assert!(rates.response.iter().all(|rate| rate.rate_share.is_none()));
        assert_eq!(
            [rates.coop1, rates.coop4, rates.ref1, rates.ref3, rates.con1, rates.con3],
            [None; 6]
        );
    }

    #[test]
    fn only_unknown_cases_leave_casro_undefined() {
        let counts = DispositionCounts {
            unknown_other: 10,
            ..Default::default()
        };
        assert_eq!(counts.eligibility_share(EligibilityShare::Casro), None);
        assert_eq!(
            counts
                .response_rate(ResponseRateDefinition::Rr1, EligibilityShare::Casro)
                .rate_share,
            Some(0.0)
        );
        assert_eq!(
            counts
                .response_rate(ResponseRateDefinition::Rr3, EligibilityShare::Casro)
                .rate_share,
            None
        );
        assert_eq!(
            counts
                .response_rate(ResponseRateDefinition::Rr5, EligibilityShare::Casro)
                .rate_share,
            None
        );
    }

    #[test]
    fn a_share_outside_its_range_is_refused() {
        let counts = DispositionCounts {
            complete: 5,
            unknown_other: 10,
            ..Default::default()
        };
        for bad in [-0.1, 1.1, f64::NAN] {
            let rate = counts.response_rate(ResponseRateDefinition::Rr4, EligibilityShare::Given(bad));
            assert_eq!((rate.rate_share, rate.eligibility_share), (None, None));
        }
    }

    #[test]
    fn the_note_stands_beside_rr5_and_rr6_only() {
        let counts = DispositionCounts {
            complete: 5,
            unknown_household: 2,
            unknown_other: 1,
            ..Default::default()
        };
        let rates = counts.outcome_rates(EligibilityShare::Casro);
        let noted: Vec<_> = rates
            .response
            .iter()
            .filter(|rate| rate.note.is_some())
            .map(|rate| rate.definition)
            .collect();
        assert_eq!(noted, [ResponseRateDefinition::Rr5, ResponseRateDefinition::Rr6]);
        assert_eq!(
            rates.response[4].note,
            Some(ResponseRateNote::UnknownEligibilityLeftOut { cases: 3 })
        );
        let known = DispositionCounts {
            complete: 5,
            refusal: 1,
            ..Default::default()
        };
        assert!(
            known
                .outcome_rates(EligibilityShare::Casro)
                .response
                .iter()
                .all(|rate| rate.note.is_none())
        );
    }

    #[test]
    fn the_largest_counts_do_not_overflow() {
        let most = u64::MAX;
        let counts = DispositionCounts {
            complete: most,
            partial: most,
            refusal: most,
            non_contact: most,
            other: most,
            unknown_household: most,
            unknown_other: most,
            not_eligible: most,
        };
        let rate = counts.response_rate(ResponseRateDefinition::Rr1, EligibilityShare::Casro);
        assert!((rate.rate_share.unwrap() - 1.0 / 7.0).abs() < 1e-15);
    }

    fn any_counts() -> impl Strategy<Value = DispositionCounts> {
        prop::array::uniform8(0_u64..5000).prop_map(|c| DispositionCounts {
            complete: c[0] + 1,
            partial: c[1],
            refusal: c[2],
            non_contact: c[3],
            other: c[4],
            unknown_household: c[5],
            unknown_other: c[6],
            not_eligible: c[7],
        })
    }

    proptest! {
        #[test]
        fn rates_are_shares_and_ordered(counts in any_counts(), e in 0.0_f64..=1.0) {
            let rates = counts.outcome_rates(EligibilityShare::Given(e)).response.map(|rate| rate.rate_share.unwrap());
            prop_assert!(rates.iter().all(|rate| (0.0..=1.0).contains(rate)));
            prop_assert!(rates[0] <= rates[2] && rates[2] <= rates[4]);
            prop_assert!(rates[1] <= rates[3] && rates[3] <= rates[5]);
            prop_assert!(rates[0] <= rates[1] && rates[2] <= rates[3] && rates[4] <= rates[5]);
        }

        #[test]
        fn the_ends_of_e_give_the_other_rates(counts in any_counts()) {
            let all = counts.outcome_rates(EligibilityShare::Given(1.0));
            let none = counts.outcome_rates(EligibilityShare::Given(0.0));
            prop_assert_eq!(all.response[2].rate_share, all.response[0].rate_share);
            prop_assert_eq!(none.response[2].rate_share, none.response[4].rate_share);
            prop_assert_eq!(all.ref2, all.ref1);
            prop_assert_eq!(none.con2, none.con3);
        }

        #[test]
        fn response_is_contact_times_cooperation(counts in any_counts(), e in 0.0_f64..=1.0) {
            let rates = counts.outcome_rates(EligibilityShare::Given(e));
            let pairs = [(rates.con1, 0), (rates.con2, 2), (rates.con3, 4)];
            for (contact, definition) in pairs {
                let product = contact.unwrap() * rates.coop1.unwrap();
                prop_assert!((product - rates.response[definition].rate_share.unwrap()).abs() < 1e-14);
            }
        }
    }
}
