//! A category of a reporting column against all others of the column, and categories against one another.
//!
//! A category is held against the *rest*, never against the total: the total contains it, so that a difference from the total is smaller
//! than it looks and its error is not that of two samples. Category and rest come from one sample: the error of their difference comes
//! from replicates of the difference itself, so that whatever makes them vary together (shared clusters, estimated weights,
//! calibration) is in it. Degrees of freedom by Satterthwaite from those of both parts, not more than the design has.
//!
//! P-values against the rest are adjusted over the categories of a column, those of pairs over all pairs of the column, both by
//! Benjamini and Hochberg's method. A letter names a category that another one exceeds: capital at 95 %, small at 90 %.

use super::estimate::Estimate;
use super::numbers::{Layout, composite, dimension_score};
use super::shares::Shares;
use super::wave::{Base, Context};
use crate::stats::{benjamini_hochberg, student_t_two_sided_p};
use crate::survey::Survey;
use crate::tally::{CellKey, DomainCells, ItemTotals};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Columns of more categories have no letters: there are no more of them, and nobody reads so many pairs.
const LETTERS_MAX: usize = 26;

/// Adjusted p below which a letter is a capital.
const CAPITAL_BELOW: f64 = 0.05;

/// Adjusted p below which there is a letter at all.
const LETTER_BELOW: f64 = 0.10;

/// The categories of a reporting column beside each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SegmentColumn {
    /// Column.
    pub column: String,
    /// Its categories, in the order of the domains.
    pub segments: Vec<Segment>,
    /// Tests against the rest that were adjusted together.
    pub tests: u64,
    /// Tests of pairs that were adjusted together; 0 where there are no letters.
    pub pair_tests: u64,
}

/// One category against the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Segment {
    /// Category.
    pub category: String,
    /// Its letter; absent where the column has more categories than letters.
    pub letter: Option<char>,
    /// Respondents.
    pub n: u64,
    /// Effective number of respondents: `(Σw)² / Σw²`.
    pub n_effective: Option<f64>,
    /// The index of the rest; absent where category or rest are too small to be reported on.
    pub rest: Option<Estimate>,
    /// Index of the category less that of the rest.
    pub difference: Option<Estimate>,
    /// Two-sided p-value of no difference from the rest.
    pub p_value: Option<f64>,
    /// The same, adjusted over the categories of the column (Benjamini and Hochberg).
    pub p_value_bh: Option<f64>,
    /// Where it stands.
    pub standing: Standing,
    /// Categories whose index is lower.
    pub higher_than: Vec<Letter>,
}

/// Where a category stands to the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Significantly above the rest, after adjustment, at the level of the report.
    Above,
    /// Significantly below the rest.
    Below,
    /// A difference cannot be told from chance.
    NotSignificant,
    /// There is nothing to test with.
    Undetermined,
}

/// A category that another one exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Letter {
    /// Its letter, capital at 95 %, small at 90 %.
    pub letter: char,
    /// p-value of the pair, adjusted over all pairs of the column.
    pub p_value_bh: f64,
}

/// Which differences are numbers of the replicates.
#[derive(Debug, Clone, Default)]
pub(super) struct SegmentPlan {
    /// Numbers of the domains of every column, in their order.
    columns: Vec<Vec<usize>>,
    /// Pairs of domains that get letters.
    pairs: Vec<(usize, usize)>,
    domains: usize,
}

impl SegmentPlan {
    /// How many numbers [`numbers`] gives: two a domain, one a pair.
    pub(super) fn len(&self) -> usize {
        2 * self.domains + self.pairs.len()
    }

    pub(super) fn of(domains: &[DomainCells]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, domain) in domains.iter().enumerate() {
            by_name.entry(&domain.column).or_default().push(number);
        }
        let mut columns: Vec<Vec<usize>> = by_name.into_values().filter(|members| members.len() > 1).collect();
        columns.sort();
        let pairs_of = |members: &Vec<usize>| -> Vec<(usize, usize)> {
            let later = |at: usize| members.iter().skip(at + 1).copied();
            let pairs = members
                .iter()
                .enumerate()
                .flat_map(|(at, one)| later(at).map(move |other| (*one, other)));
            pairs.collect()
        };
        let lettered = columns.iter().filter(|members| members.len() <= LETTERS_MAX);
        Self {
            pairs: lettered.flat_map(pairs_of).collect(),
            columns,
            domains: domains.len(),
        }
    }

    /// Where the differences of pairs begin, after index of the rest and difference for every domain.
    fn pairs_from(&self) -> usize {
        2 * self.domains
    }
}

/// For every domain the index of the rest of its column and the difference from it; then the difference of every pair.
pub(super) fn numbers(survey: &Survey, plan: &SegmentPlan, domains: &[ItemTotals], shares: &Shares) -> Vec<Option<f64>> {
    let index = |totals: &ItemTotals| {
        let mean = |item: usize| totals.mean(item);
        let dimensions: Vec<Option<f64>> = (0..survey.dimensions.len())
            .map(|d| dimension_score(survey, shares, d, &mean))
            .collect();
        composite(survey, shares, &dimensions)
    };
    let own: Vec<Option<f64>> = domains.iter().map(index).collect();
    let of = |number: usize| own.get(number).copied().flatten();
    let mut rest: Vec<Option<f64>> = vec![None; domains.len()];
    for members in &plan.columns {
        let mut whole = ItemTotals::new(survey.items.len());
        members.iter().filter_map(|m| domains.get(*m)).for_each(|d| whole.combine(d, 1.0));
        for one in members {
            let mut others = whole.clone();
            domains.get(*one).into_iter().for_each(|own| others.combine(own, -1.0));
            if let Some(slot) = rest.get_mut(*one) {
                *slot = index(&others);
            }
        }
    }
    let difference = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a - b);
    let of_domains = (0..domains.len()).flat_map(|number| {
        let rest = rest.get(number).copied().flatten();
        [rest, difference(of(number), rest)]
    });
    let pairs = plan.pairs.iter().map(|(a, b)| difference(of(*a), of(*b)));
    of_domains.chain(pairs).collect()
}

/// What a domain's own numbers say, as far as a comparison needs it.
#[derive(Clone, Copy)]
struct Part {
    base: Base,
    variance: Option<f64>,
    df: Option<f64>,
}

impl Context<'_> {
    /// Every column that has at least two categories.
    pub(super) fn segments(&self, layout: &Layout, domains: &[DomainCells]) -> Vec<SegmentColumn> {
        let plan = &layout.segments;
        let parts: Vec<Part> = domains
            .iter()
            .enumerate()
            .map(|(number, domain)| self.part(layout.domain(number), |d| domain.members.contains(&d)))
            .collect();
        let column = |members: &Vec<usize>| {
            let mut segments: Vec<Segment> = members
                .iter()
                .enumerate()
                .filter_map(|(at, number)| self.segment(layout, domains, members, &parts, (at, *number)))
                .collect();
            let tests = self.against_the_rest(&mut segments);
            SegmentColumn {
                column: members
                    .first()
                    .and_then(|m| domains.get(*m))
                    .map_or_else(String::new, |d| d.column.clone()),
                pair_tests: self.letters(layout, members, &parts, &mut segments),
                segments,
                tests,
            }
        };
        plan.columns.iter().map(column).collect()
    }

    fn part(&self, position: usize, inside: impl Fn(u16) -> bool) -> Part {
        let base = self.base_of(|key: &CellKey| inside(key.domain));
        let df = self.jackknife.df_of(&inside).map(|df| df.min(base.n as f64 - 1.0));
        Part {
            base,
            variance: self.spread.variance.get(position).copied().flatten(),
            df: df.filter(|df| *df > 0.0),
        }
    }

    fn segment(
        &self,
        layout: &Layout,
        domains: &[DomainCells],
        members: &[usize],
        parts: &[Part],
        (at, number): (usize, usize),
    ) -> Option<Segment> {
        let own = parts.get(number)?;
        let position = layout.segments() + 2 * number;
        let inside = |d: u16| {
            members
                .iter()
                .any(|m| *m != number && domains.get(*m).is_some_and(|o| o.members.contains(&d)))
        };
        let rest = self.part(position, inside);
        // A rest that is too small would tell what its own row keeps back.
        let smallest = self.survey.design.domain_base_min;
        let told = own.base.n >= smallest && rest.base.n >= smallest;
        let value = |position: usize| self.full.get(position).copied().flatten().filter(|_| told);
        let estimate = |value: f64, variance: Option<f64>, df: Option<f64>, base: Base| {
            let level = self.survey.design.level;
            Estimate::new(value, variance, df, level, base.n, base.n_effective, self.spread.method)
        };
        let variance = self.spread.variance.get(position + 1).copied().flatten();
        let difference = value(position + 1).map(|v| estimate(v, variance, self.df_of_two(own, &rest), own.base));
        Some(Segment {
            category: domains.get(number)?.category.clone(),
            letter: (members.len() <= LETTERS_MAX).then(|| char::from(b'A' + at as u8)),
            n: own.base.n,
            n_effective: own.base.n_effective,
            rest: value(position).map(|v| estimate(v, rest.variance, rest.df, rest.base)),
            p_value: difference.as_ref().and_then(p_of),
            difference,
            p_value_bh: None,
            standing: Standing::Undetermined,
            higher_than: Vec::new(),
        })
    }

    /// Satterthwaite's degrees of freedom of a difference of two parts, not more than those of the design.
    fn df_of_two(&self, one: &Part, other: &Part) -> Option<f64> {
        let (v, w) = (one.variance?, other.variance?);
        let spread = v * v / one.df? + w * w / other.df?;
        let df = (spread > 0.0).then(|| (v + w) * (v + w) / spread)?;
        Some(df.min(self.jackknife.df()?))
    }

    fn against_the_rest(&self, segments: &mut [Segment]) -> u64 {
        let p: Vec<Option<f64>> = segments.iter().map(|s| s.p_value).collect();
        let alpha = 1.0 - self.survey.design.level;
        for (segment, p) in segments.iter_mut().zip(benjamini_hochberg(&p)) {
            segment.p_value_bh = p;
            segment.standing = match (p, segment.difference.map(|d| d.value)) {
                (Some(p), Some(d)) if p < alpha && d > 0.0 => Standing::Above,
                (Some(p), Some(d)) if p < alpha && d < 0.0 => Standing::Below,
                (Some(_), _) => Standing::NotSignificant,
                _ => Standing::Undetermined,
            };
        }
        p.iter().flatten().count() as u64
    }

    /// Letters by pairs; how many pairs were tested.
    fn letters(&self, layout: &Layout, members: &[usize], parts: &[Part], segments: &mut [Segment]) -> u64 {
        let place = |number: usize| members.iter().position(|m| *m == number);
        let first = layout.segments() + layout.segments.pairs_from();
        let smallest = self.survey.design.domain_base_min;
        let pairs = layout.segments.pairs.iter().enumerate();
        let tested = pairs.filter_map(|(at, (one, other))| {
            let (a, b) = (parts.get(*one)?, parts.get(*other)?);
            let (one, other) = (place(*one)?, place(*other)?);
            let told = a.base.n >= smallest && b.base.n >= smallest;
            let value = self.full.get(first + at).copied().flatten().filter(|_| told)?;
            let se = self.spread.variance.get(first + at).copied().flatten().filter(|v| *v > 0.0)?.sqrt();
            Some((one, other, value, student_t_two_sided_p(value / se, self.df_of_two(a, b)?)?))
        });
        let tested: Vec<(usize, usize, f64, f64)> = tested.collect();
        let adjusted = benjamini_hochberg(&tested.iter().map(|t| Some(t.3)).collect::<Vec<_>>());
        for ((one, other, value, _), p) in tested.iter().zip(adjusted) {
            let (higher, lower) = if *value > 0.0 { (*one, *other) } else { (*other, *one) };
            let letter = segments.get(lower).and_then(|s| s.letter);
            let (Some(p), Some(letter)) = (p.filter(|p| *p < LETTER_BELOW), letter) else {
                continue;
            };
            if let Some(segment) = segments.get_mut(higher) {
                segment.higher_than.push(Letter {
                    letter: if p < CAPITAL_BELOW { letter } else { letter.to_ascii_lowercase() },
                    p_value_bh: p,
                });
            }
        }
        tested.len() as u64
    }
}

fn p_of(difference: &Estimate) -> Option<f64> {
    let se = difference.standard_error.filter(|se| *se > 0.0)?;
    student_t_two_sided_p(difference.value / se, difference.df?)
}
