//! The rows of a wave in order: which stratum and kind comes next, and the memory of those that may be repeated.

use super::answers::Respondents;
use super::case::{Answer, Case, RowKind};
use super::counts::Design;
use super::fieldwork::Fieldwork;
use super::plan::SimulationPlan;
use super::population::Population;
use super::write::RowWriter;
use crate::stats::random::below;
use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;
use std::io::{self, Write};

/// Honest rows that are remembered for duplicates; a duplicate follows its original within about this many rows.
const REMEMBERED: usize = 64;

/// What was counted while the rows were written.
pub(super) struct Fielded {
    /// Rows by kind, in the order of [`RowKind::ALL`].
    pub(super) kinds: [u64; 8],
    /// Distinct complete interviews, by stratum.
    pub(super) complete: Vec<u64>,
    /// Distinct partial interviews, by stratum.
    pub(super) partial: Vec<u64>,
    /// Rows of the file, by stratum.
    pub(super) rows: Vec<u64>,
}

/// Writes the response file of a wave.
pub(super) fn write_rows(
    plan: &SimulationPlan,
    wave: usize,
    model: &Population,
    (design, mut fieldwork): (&Design, Option<&mut Fieldwork<'_>>),
    file: &mut dyn Write,
) -> io::Result<Fielded> {
    let mut respondents = Respondents::new(plan, model, wave);
    let mut writer = RowWriter::new(plan, wave, respondents.id_digits(), file)?;
    let mut order = Order::new(plan.seed, wave, design);
    let strata = plan.strata.len();
    let mut fielded = Fielded {
        kinds: [0; 8],
        complete: vec![0; strata],
        partial: vec![0; strata],
        rows: vec![0; strata],
    };
    let mut memory: Vec<Case> = Vec::with_capacity(REMEMBERED);
    let mut honest: usize = 0;
    let mut case = empty_case();
    for row in 0..plan.rows {
        let kind = order.next_kind(!memory.is_empty());
        if kind == RowKind::Duplicate && !memory.is_empty() {
            let seconds = case.seconds;
            case = memory.swap_remove(below(&mut order.rng, memory.len() as u64) as usize);
            case.kind = RowKind::Duplicate;
            case.seconds = seconds.max(95);
        } else {
            respondents.fill(row, kind, order.next_stratum(), &mut case);
            if let Some(fieldwork) = fieldwork.as_deref_mut() {
                fieldwork.answer(row, &mut case);
            }
        }
        writer.write(row, &case)?;
        fielded.count(&case);
        if kind == RowKind::Honest {
            if memory.len() < REMEMBERED {
                memory.push(case.clone());
            } else if let Some(slot) = memory.get_mut(honest % REMEMBERED) {
                slot.clone_from(&case);
            }
            honest += 1;
        }
    }
    writer.finish()?;
    Ok(fielded)
}

fn empty_case() -> Case {
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

impl Fielded {
    fn count(&mut self, case: &Case) {
        for (count, kind) in self.kinds.iter_mut().zip(RowKind::ALL) {
            *count += u64::from(kind == case.kind);
        }
        let one_more = |counts: &mut Vec<u64>| counts.iter_mut().skip(case.stratum).take(1).for_each(|n| *n += 1);
        one_more(&mut self.rows);
        match case.kind {
            RowKind::Duplicate => {}
            RowKind::Partial => one_more(&mut self.partial),
            _ => one_more(&mut self.complete),
        }
    }

    /// Rows of one kind.
    pub(super) fn of(&self, wanted: RowKind) -> u64 {
        self.kinds
            .iter()
            .zip(RowKind::ALL)
            .filter(|(_, kind)| *kind == wanted)
            .map(|(count, _)| count)
            .sum()
    }
}

/// Two urns, drawn from without replacement: so the counts are exact and the order is random.
struct Order {
    kinds: [u64; 8],
    strata: Vec<u64>,
    rng: ChaCha12Rng,
}

impl Order {
    fn new(seed: u64, wave: usize, design: &Design) -> Self {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        rng.set_stream(2 * wave as u64);
        Self {
            kinds: design.kinds,
            strata: design.respondents.clone(),
            rng,
        }
    }

    /// The next kind; a duplicate only when there is something to repeat.
    fn next_kind(&mut self, may_repeat: bool) -> RowKind {
        let mut urn = self.kinds;
        let others = urn.iter().zip(RowKind::ALL).any(|(n, kind)| *n > 0 && kind != RowKind::Duplicate);
        if !may_repeat && others {
            for (count, _) in urn.iter_mut().zip(RowKind::ALL).filter(|(_, kind)| *kind == RowKind::Duplicate) {
                *count = 0;
            }
        }
        let at = draw(&mut self.rng, &urn);
        self.kinds.iter_mut().skip(at).take(1).for_each(|n| *n = n.saturating_sub(1));
        RowKind::ALL.get(at).copied().unwrap_or(RowKind::Honest)
    }

    fn next_stratum(&mut self) -> usize {
        let at = draw(&mut self.rng, &self.strata);
        self.strata.iter_mut().skip(at).take(1).for_each(|n| *n = n.saturating_sub(1));
        at
    }
}

/// A position, with chances in proportion to the counts.
fn draw(rng: &mut ChaCha12Rng, counts: &[u64]) -> usize {
    let mut left = below(rng, counts.iter().sum());
    for (position, count) in counts.iter().enumerate() {
        if left < *count {
            return position;
        }
        left -= count;
    }
    0
}
