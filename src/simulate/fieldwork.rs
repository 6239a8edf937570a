//! A sample that can be proven from list to answers: the customer list, sealed and drawn from by the code of `sample draw`, and one
//! final disposition for everybody who was asked.
//!
//! So many are drawn as are asked in the end, less those found not to be eligible; each of these is replaced by the next of the
//! reserve, so that main sample and substitutes together are the numbers drawn of the frame. Who of them answers, refuses or is not
//! reached is a random order of its own (`ChaCha12`, stream 2³² + w of wave w), which also gives the seed of the draw, modes and days.

use super::case::{Case, RowKind};
use super::counts::{Design, Disposition, not_answered};
use super::ids::Ids;
use super::plan::{LeadColumn, PlanError, SamplePlan, SimulationPlan, StratumPlan, WavePlan};
use crate::evidence::InputFile;
use crate::ingest::table::Reading;
use crate::io::Memory;
use crate::sample::draw::Role;
use crate::sample::draw::design::{DrawDesign, Selection};
use crate::sample::draw::record::{Commitment, DrawRecord, ListedUnit, Seed, SeedSource, list_csv};
use crate::sample::draw::request::{DrawRequest, ReserveRequest, SizeRequest, design as design_of};
use crate::sample::draw::steps::file_text;
use crate::sample::frame::{FrameColumns, UnitFrame, read_frame};
use crate::stats::random::below;
use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;
use std::collections::{BTreeMap, VecDeque};
use std::io;

/// First stream of the fieldwork, above those of rows.
const STREAM: u64 = 1 << 32;

/// Final codes (AAPOR) of those who gave no interview, in the order of [`not_answered`].
const CODES: [&str; 6] = ["2.1", "2.2", "2.3", "3.1", "3.2", "4"];

/// Position of those not eligible in that order.
const NOT_ELIGIBLE: usize = 5;

/// The fieldwork of one wave.
pub(super) struct Fieldwork<'a> {
    plan: &'a SimulationPlan,
    wave: &'a WavePlan,
    sample: &'a SamplePlan,
    ids: Identities<'a>,
    /// Those asked in each stratum who may answer, in the order in which final codes are given out.
    queues: Vec<VecDeque<u64>>,
    not_eligible: Vec<Vec<u64>>,
    closed: Vec<ClosedCase>,
    rng: ChaCha12Rng,
    /// List, commitment, record and drawn list, by name.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// One case with its final code.
struct ClosedCase {
    number: u64,
    stratum: usize,
    code: &'static str,
    mode: usize,
    day: u64,
}

/// How a customer's number is written.
struct Identities<'a> {
    column: &'a str,
    prefix: String,
    digits: usize,
}

impl Identities<'_> {
    fn text(&self, number: u64) -> String {
        format!("{}{number:0width$}", self.prefix, width = self.digits)
    }

    fn number(&self, text: &str) -> Option<u64> {
        text.strip_prefix(self.prefix.as_str())?.parse().ok()
    }
}

impl<'a> Fieldwork<'a> {
    /// Makes the list, seals it, draws. `None` where the wave has no list.
    pub(super) fn new(plan: &'a SimulationPlan, position: usize, design: &Design) -> Result<Option<Self>, PlanError> {
        let Some((wave, sample)) = plan.waves.get(position).and_then(|w| Some((w, w.sample.as_ref()?))) else {
            return Ok(None);
        };
        let identity = plan.leading.iter().find_map(|column| match column {
            LeadColumn::Respondent(column, prefix) => Some((column, prefix)),
            _ => None,
        });
        let (column, prefix) = identity.ok_or_else(|| PlanError::UnknownName {
            what: "a sample",
            name: "respondent".to_owned(),
        })?;
        let numbers = Ids::new(plan);
        let ids = Identities {
            column,
            prefix: format!("{prefix}{}", wave.id),
            digits: numbers.digits(),
        };
        let mut rng = ChaCha12Rng::seed_from_u64(plan.seed);
        rng.set_stream(STREAM + position as u64);
        let mut fieldwork = Self {
            plan,
            wave,
            sample,
            ids,
            queues: Vec::new(),
            not_eligible: Vec::new(),
            closed: Vec::new(),
            rng,
            files: Vec::new(),
        };
        let others = not_answered(design);
        let units = fieldwork.draw(&fieldwork.customers(numbers, design)?, design, &others)?;
        fieldwork.ask(&units, &others)?;
        Ok(Some(fieldwork))
    }

    /// The customer list, in the order of the numbers.
    fn customers(&self, numbers: Ids, design: &Design) -> Result<Vec<u8>, PlanError> {
        let strata = (0_usize..)
            .zip(&design.population)
            .flat_map(|(stratum, n)| (0..*n).map(move |_| stratum));
        let mut customers: Vec<(u64, usize)> = (0_u64..).zip(strata).map(|(at, stratum)| (numbers.number(at), stratum)).collect();
        customers.sort_unstable();
        let rows = customers.iter().map(|(number, stratum)| self.labelled(*number, *stratum));
        self.table(&[], rows).map_err(|error| not_drawn(&error))
    }

    /// Id and values of the strata columns.
    fn labelled(&self, number: u64, stratum: usize) -> Vec<String> {
        let values = self.plan.strata.get(stratum).map(|s| s.values.clone()).unwrap_or_default();
        std::iter::once(self.ids.text(number)).chain(values).collect()
    }

    fn table(&self, more: &[&str], rows: impl Iterator<Item = Vec<String>>) -> io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let strata = self.plan.strata_columns.iter().map(String::as_str);
        writer.write_record(std::iter::once(self.ids.column).chain(strata).chain(more.iter().copied()))?;
        for row in rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    /// Seals, makes the seed known, draws; the files of all that are kept.
    fn draw(&mut self, customers: &[u8], design: &Design, others: &[[u64; 6]]) -> Result<Vec<ListedUnit>, PlanError> {
        let name = self.wave.sample_files();
        let (frame, input) = self.frame(&name.customers, customers)?;
        let design = self.design(&frame, design, others)?;
        let announced = SeedSource {
            source: Some(self.sample.seed_source.clone()),
            date: Some(self.sample.seed_day.to_string()),
        };
        let sealed_on = Some(self.sample.sealed_on.to_string());
        let commitment = Commitment::seal(&frame, input.clone(), design.clone(), sealed_on, announced.clone());
        let filed = file_text(&commitment).map_err(|error| not_drawn(&error))?;
        let kept = commitment.kept(InputFile::text("draw", "", &filed).sha256);
        let seed = Seed {
            value: self.seed(),
            from: announced,
        };
        let (record, units) = DrawRecord::of_draw(&frame, input, design, seed, Some(kept)).map_err(|error| not_drawn(&error))?;
        let list = list_csv(&units, &record.frame.sha256, &record.seed.value);
        let record = file_text(&record).map_err(|error| not_drawn(&error))?;
        self.files = vec![
            (name.customers, customers.to_vec()),
            (name.commitment, filed.into_bytes()),
            (name.record, record.into_bytes()),
            (name.drawn, list),
        ];
        Ok(units)
    }

    /// The list as the program reads it.
    fn frame(&self, file: &str, customers: &[u8]) -> Result<(UnitFrame, InputFile), PlanError> {
        let columns = FrameColumns {
            id: self.ids.column.to_owned(),
            strata: self.plan.strata_columns.clone(),
            ..FrameColumns::default()
        };
        let world = Memory([(file.to_owned(), customers.to_vec())].into());
        let faults = |refusal: crate::finding::Refusal| {
            let codes: Vec<String> = refusal.0.iter().map(|f| format!("{:?}", f.code)).collect();
            not_drawn(&codes.join(", "))
        };
        read_frame(file, &world, Reading::default(), &columns).map_err(faults)
    }

    fn design(&self, frame: &UnitFrame, design: &Design, others: &[[u64; 6]]) -> Result<DrawDesign, PlanError> {
        let names = || self.plan.strata.iter().map(StratumPlan::name);
        let main = design.drawn.iter().zip(others).map(|(drawn, others)| drawn - others[NOT_ELIGIBLE]);
        let request = DrawRequest {
            columns: FrameColumns {
                id: self.ids.column.to_owned(),
                strata: self.plan.strata_columns.clone(),
                ..FrameColumns::default()
            },
            selection: Selection::SimpleRandom,
            size: SizeRequest::ByStratum(names().zip(main).collect()),
            reserve: ReserveRequest::Share(self.sample.reserve),
            within: None,
        };
        let drawn = design_of(frame, request).map_err(|error| not_drawn(&error))?;
        let needed: BTreeMap<String, u64> = names().zip(others.iter().map(|o| o[NOT_ELIGIBLE])).collect();
        let short = drawn.strata.iter().any(|s| needed.get(&s.stratum).is_some_and(|n| *n > s.reserve));
        if short {
            return Err(PlanError::OutOfRange {
                what: "waves.sample.reserve",
                value: self.sample.reserve,
            });
        }
        Ok(drawn)
    }

    /// Six different numbers of 33 in ascending order and one of 16, as a lottery draws them.
    fn seed(&mut self) -> String {
        let mut balls: Vec<u64> = (1..=33).collect();
        shuffle(&mut self.rng, &mut balls);
        balls.truncate(6);
        balls.sort_unstable();
        let first: Vec<String> = balls.iter().map(|ball| format!("{ball:02}")).collect();
        format!("{} + {:02}", first.join(" "), 1 + below(&mut self.rng, 16))
    }

    /// Everybody who is asked, by stratum: the main sample, and the next of the reserve for those not eligible.
    fn ask(&mut self, units: &[ListedUnit], others: &[[u64; 6]]) -> Result<(), PlanError> {
        for (stratum, others) in self.plan.strata.iter().zip(others) {
            let name = stratum.name();
            let of = |role: Role| units.iter().filter(move |u| u.role == role).filter(|u| u.stratum == name);
            let numbers = |units: Vec<&ListedUnit>| -> Option<Vec<u64>> { units.iter().map(|u| self.ids.number(&u.id)).collect() };
            let replaced = others[NOT_ELIGIBLE] as usize;
            let main = numbers(of(Role::Main).collect()).zip(numbers(of(Role::Reserve).take(replaced).collect()));
            let (mut main, substitutes) = main.ok_or_else(|| not_drawn(&"an id is not of the list"))?;
            shuffle(&mut self.rng, &mut main);
            let mut asked = main.split_off(replaced.min(main.len()));
            asked.extend(substitutes);
            shuffle(&mut self.rng, &mut asked);
            self.not_eligible.push(main);
            self.queues.push(asked.into());
        }
        Ok(())
    }

    /// The next of a stratum who answers: gives the row its number and closes the case.
    pub(super) fn answer(&mut self, row: u64, case: &mut Case) {
        let Some(number) = self.queues.get_mut(case.stratum).and_then(VecDeque::pop_front) else {
            return;
        };
        case.number = number;
        let code = if case.kind == RowKind::Partial { "1.2" } else { "1.1" };
        self.closed.push(ClosedCase {
            number,
            stratum: case.stratum,
            code,
            mode: case.source,
            day: (u128::from(row) * u128::from(self.wave.days) / u128::from(self.plan.rows.max(1))) as u64,
        });
    }

    /// Closes the cases without an answer, whose numbers are those of the dispositions, and writes them all.
    pub(super) fn cases(&mut self, dispositions: &[Disposition]) -> io::Result<(String, Vec<u8>)> {
        let last = u64::from(self.wave.days.max(1)) - 1;
        for (stratum, disposition) in dispositions.iter().enumerate() {
            for (kind, count) in disposition.not_answered().into_iter().enumerate() {
                for _ in 0..count {
                    let from = if kind == NOT_ELIGIBLE {
                        self.not_eligible.get_mut(stratum).and_then(Vec::pop)
                    } else {
                        self.queues.get_mut(stratum).and_then(VecDeque::pop_front)
                    };
                    let number = from.ok_or_else(|| io::Error::other("fewer cases than dispositions"))?;
                    // Who was never reached is given up on the last day.
                    let given_up = matches!(kind, 1 | 3 | 4);
                    let day = below(&mut self.rng, last + 1);
                    self.closed.push(ClosedCase {
                        number,
                        stratum,
                        code: CODES.get(kind).copied().unwrap_or_default(),
                        mode: below(&mut self.rng, self.sample.modes.len() as u64) as usize,
                        day: if given_up { last } else { day },
                    });
                }
            }
        }
        self.closed.sort_unstable_by_key(|case| case.number);
        let rows = self.closed.iter().map(|case| {
            let mode = self.sample.modes.get(case.mode.checked_rem(self.sample.modes.len()).unwrap_or(0));
            let span = jiff::ToSpan::days(i64::try_from(case.day).unwrap_or(0));
            let day = self.wave.first_day.checked_add(span).unwrap_or(self.wave.first_day);
            let facts = [case.code.to_owned(), mode.cloned().unwrap_or_default(), day.to_string()];
            self.labelled(case.number, case.stratum).into_iter().chain(facts).collect()
        });
        let [code, mode, closed] = &self.sample.case_columns;
        let table = self.table(&[code, mode, closed], rows)?;
        Ok((self.wave.sample_files().cases, table))
    }
}

fn not_drawn(reason: &dyn std::fmt::Display) -> PlanError {
    PlanError::NotDrawn {
        reason: reason.to_string(),
    }
}

/// Fisher–Yates.
fn shuffle<T>(rng: &mut ChaCha12Rng, values: &mut [T]) {
    for at in (1..values.len()).rev() {
        values.swap(at, below(rng, at as u64 + 1) as usize);
    }
}
