//! What one respondent answers.

use super::case::{Answer, Case, RowKind};
use super::ids::Ids;
use super::plan::{ItemPlan, SimulationPlan};
use super::population::Population;
use crate::stats::random::{below, normal_pair, uniform};
use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;

/// Makes the rows of one wave.
pub(super) struct Respondents<'a> {
    plan: &'a SimulationPlan,
    model: &'a Population,
    wave: usize,
    items: Vec<ItemRule<'a>>,
    attention_range: u8,
    rng: ChaCha12Rng,
    words_per_row: u128,
    ids: Ids,
    deviates: Vec<f64>,
    latent: Vec<f64>,
}

/// An item with what does not change from row to row.
struct ItemRule<'a> {
    item: &'a ItemPlan,
    dimension: usize,
    thresholds: &'a [f64],
    range: u8,
    noise: f64,
    may_not_apply: bool,
}

/// Single draws of a row beside the deviates and the answers: seconds, source, comment (2), attention, cut, and spare.
const OTHER_DRAWS: usize = 12;

impl<'a> Respondents<'a> {
    pub(super) fn new(plan: &'a SimulationPlan, model: &'a Population, wave: usize) -> Self {
        let rule = |(dimension, item): (usize, &'a ItemPlan)| {
            let scale = plan.scale(&item.scale)?;
            let noise = (1.0 - item.loading * item.loading).sqrt();
            let may_not_apply = scale.not_applicable.is_some();
            Some(ItemRule {
                item,
                dimension,
                thresholds: &scale.thresholds,
                range: scale.range(),
                noise,
                may_not_apply,
            })
        };
        let items: Vec<ItemRule<'a>> = plan.items().filter_map(rule).collect();
        let pairs = (plan.dimensions.len() + items.len() + 1).div_ceil(2);
        // Two words a draw; whole windows of 64 words, which the generator makes at once.
        let words = (2 * (2 * pairs + 2 * items.len() + OTHER_DRAWS)).next_multiple_of(64);
        let mut rng = ChaCha12Rng::seed_from_u64(plan.seed);
        rng.set_stream(2 * wave as u64 + 1);
        Self {
            plan,
            model,
            wave,
            items,
            attention_range: plan.scale(&plan.attention.scale).map_or(1, super::plan::ScalePlan::range),
            rng,
            words_per_row: words as u128,
            ids: Ids::new(plan),
            deviates: vec![0.0; 2 * pairs],
            latent: Vec::with_capacity(plan.dimensions.len()),
        }
    }

    /// Digits of a respondent number.
    pub(super) fn id_digits(&self) -> usize {
        self.ids.digits()
    }

    /// Fills in the case of a row. Its kind and stratum have been decided.
    pub(super) fn fill(&mut self, row: u64, kind: RowKind, stratum: usize, case: &mut Case) {
        self.rng.set_word_pos(u128::from(row) * self.words_per_row);
        for pair in self.deviates.chunks_exact_mut(2) {
            pair.copy_from_slice(&normal_pair(&mut self.rng));
        }
        case.kind = kind;
        case.stratum = stratum;
        case.number = self.ids.number(row);
        case.source = below(&mut self.rng, 1 << 16) as usize;
        case.seconds = self.seconds(kind);
        case.comment = self.comment(kind);
        case.attention = self.attention(kind);
        self.make_latent(stratum);
        case.answers.clear();
        match kind {
            RowKind::StraightLine => self.straight_line(&mut case.answers),
            RowKind::TooFast => self.random(&mut case.answers),
            _ => self.honest(&mut case.answers),
        }
        match kind {
            RowKind::Partial => self.break_off(&mut case.answers),
            RowKind::Faulty => {
                let at = below(&mut self.rng, case.answers.len() as u64) as usize;
                case.answers
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|answer| *answer = Answer::Unknown);
            }
            _ => {}
        }
    }

    fn make_latent(&mut self, stratum: usize) {
        let own = self
            .model
            .intercepts
            .get(self.wave)
            .and_then(|w| w.get(stratum))
            .map_or(&[][..], Vec::as_slice);
        self.latent.clear();
        let residuals = self.deviates.iter().zip(&self.model.residual_sd);
        for ((mean, incoming), (z, sd)) in own.iter().zip(&self.model.sources).zip(residuals) {
            let passed: f64 = incoming
                .iter()
                .filter_map(|(from, beta)| Some(beta * self.latent.get(*from)?))
                .sum();
            self.latent.push(mean + passed + sd * z);
        }
    }

    fn honest(&mut self, answers: &mut Vec<Answer>) {
        let noises = self.deviates.iter().skip(self.latent.len());
        for (rule, z) in self.items.iter().zip(noises) {
            let chance = uniform(&mut self.rng);
            let not_applicable = if rule.may_not_apply { rule.item.not_applicable } else { 0.0 };
            answers.push(if chance < not_applicable {
                Answer::NotApplicable
            } else if chance < not_applicable + self.plan.planted.missing {
                Answer::Blank
            } else {
                let latent = self.latent.get(rule.dimension).copied().unwrap_or(0.0);
                let y = rule.item.offset + rule.item.loading * latent + rule.noise * z;
                let steps = rule.thresholds.iter().take_while(|cut| **cut < y).count() as u8;
                Answer::Step(if rule.item.reversed { rule.range - steps } else { steps })
            });
        }
    }

    /// The middle, three quarters or the top of every scale.
    fn straight_line(&mut self, answers: &mut Vec<Answer>) {
        let quarters = 2 + below(&mut self.rng, 3) as u16;
        let step = |rule: &ItemRule<'_>| Answer::Step((u16::from(rule.range) * quarters).div_ceil(4) as u8);
        answers.extend(self.items.iter().map(step));
    }

    fn random(&mut self, answers: &mut Vec<Answer>) {
        for rule in &self.items {
            answers.push(Answer::Step(below(&mut self.rng, u64::from(rule.range) + 1) as u8));
        }
    }

    /// Blank from a point between 62 % and 75 % of the items on, never before the attention question.
    fn break_off(&mut self, answers: &mut [Answer]) {
        let n = answers.len();
        let first = (n * 62).div_ceil(100).max(self.plan.attention.after_items);
        let last = (n * 75 / 100).max(first);
        let cut = first + below(&mut self.rng, (last - first) as u64 + 1) as usize;
        answers.iter_mut().skip(cut).for_each(|answer| *answer = Answer::Blank);
    }

    /// Honest interviews: 95 s plus a log-normal time around 140 s, at most half an hour. Too fast: from 12 s to two
    /// thirds of the bound.
    fn seconds(&mut self, kind: RowKind) -> u32 {
        let chance = uniform(&mut self.rng);
        if kind == RowKind::TooFast {
            let top = f64::from(self.plan.seconds_min) * 2.0 / 3.0;
            return (12.0 + (top - 12.0) * chance) as u32;
        }
        let z = self.deviates.last().copied().unwrap_or(0.0);
        (95.0 + 140.0 * libm::exp(0.45 * z)).min(1800.0) as u32
    }

    fn comment(&mut self, kind: RowKind) -> Option<usize> {
        let (chance, pick) = (uniform(&mut self.rng), uniform(&mut self.rng));
        let plan = self.plan.comment.as_ref()?;
        let writes = !matches!(kind, RowKind::Partial | RowKind::TooFast | RowKind::StraightLine) && chance < plan.share;
        writes.then_some((pick * plan.texts.len() as f64) as usize)
    }

    fn attention(&mut self, kind: RowKind) -> Answer {
        let away = 1 + below(&mut self.rng, u64::from(self.attention_range));
        let right = self.plan.attention.right;
        let wrong = (u64::from(right) + away) % (u64::from(self.attention_range) + 1);
        Answer::Step(if kind == RowKind::Inattentive { wrong as u8 } else { right })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank_case() -> Case {
        Case {
            kind: RowKind::Honest,
            stratum: 0,
            number: 0,
            answers: Vec::new(),
            attention: Answer::Blank,
            seconds: 0,
            source: 0,
            comment: None,
        }
    }

    #[test]
    fn a_row_does_not_depend_on_the_rows_before_it() {
        let plan = SimulationPlan::appliance(3);
        let model = Population::new(&plan).unwrap();
        let mut respondents = Respondents::new(&plan, &model, 1);
        let (mut first, mut again) = (blank_case(), blank_case());
        respondents.fill(41, RowKind::Honest, 2, &mut first);
        respondents.fill(7, RowKind::TooFast, 0, &mut again);
        respondents.fill(41, RowKind::Honest, 2, &mut again);
        assert_eq!(first.answers, again.answers);
        assert_eq!((first.number, first.seconds), (again.number, again.seconds));
    }

    #[test]
    fn every_kind_stays_within_the_words_of_its_row() {
        let plan = SimulationPlan::appliance(3);
        let model = Population::new(&plan).unwrap();
        let mut respondents = Respondents::new(&plan, &model, 0);
        let mut case = blank_case();
        for kind in RowKind::ALL {
            respondents.fill(5, kind, 0, &mut case);
            assert!(respondents.rng.get_word_pos() <= 6 * respondents.words_per_row, "{kind:?}");
        }
    }

    /// The second route to a mean: the analytic expectation against 40,000 simulated respondents.
    #[test]
    fn mean_answers_are_those_of_the_stated_model() {
        let mut plan = SimulationPlan::appliance(11);
        plan.rows = 40_000;
        let model = Population::new(&plan).unwrap();
        let (wave, stratum) = (2, 6);
        let mut respondents = Respondents::new(&plan, &model, wave);
        let mut sums = vec![(0.0, 0.0, 0.0); plan.items().count()];
        let mut case = blank_case();
        for row in 0..plan.rows {
            respondents.fill(row, RowKind::Honest, stratum, &mut case);
            for (sum, (answer, (_, item))) in sums.iter_mut().zip(case.answers.iter().zip(plan.items())) {
                let Answer::Step(step) = *answer else { continue };
                let range = plan.scale(&item.scale).unwrap().range();
                let good = f64::from(if item.reversed { range - step } else { step }) / f64::from(range) * 100.0;
                *sum = (sum.0 + 1.0, sum.1 + good, sum.2 + good * good);
            }
        }
        for ((n, sum, squares), (dimension, item)) in sums.into_iter().zip(plan.items()) {
            let thresholds = &plan.scale(&item.scale).unwrap().thresholds;
            let mean = model.means[wave][stratum][dimension];
            let expected = super::super::population::expected_score(item, thresholds, mean);
            let se = ((squares / n - (sum / n).powi(2)) / n).sqrt();
            assert!(
                (sum / n - expected).abs() < 4.5 * se,
                "{}: {} is not {expected} (SE {se})",
                item.id,
                sum / n
            );
        }
    }
}
