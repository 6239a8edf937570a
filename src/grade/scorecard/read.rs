//! Reading `scorecard.csv` and holding it against its scheme.

use super::{SPECIAL_BONUSES, SPECIAL_DEDUCTIONS, ScoreRow, Scorecard};
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::grade::scheme::{Scheme, Scoring};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Points may miss their sum or their maximum by this much: they are written with a few decimals.
const TOLERANCE: f64 = 1e-6;

/// Most special deductions or bonuses that a card can sensibly state.
const COUNT_MAX: f64 = 1000.0;

/// Reads the scorecard of a scheme. Columns `clause` and `obtained` are needed; `points`, `applicable`, `scoring`,
/// `sampled`, `conforming`, `evidence`, `auditor`, `date`, `remark` may be there. All faults are told at once.
pub fn read_scorecard(file: &str, world: &dyn World, scheme: &Scheme) -> Result<Scorecard, Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let needed = [table.column("clause"), table.column("obtained")];
    table.settle()?;
    let optional = |name: &str| table.optional_column(name);
    let columns = Columns {
        clause: needed[0],
        obtained: needed[1],
        points: optional("points"),
        applicable: optional("applicable"),
        scoring: optional("scoring"),
        sampled: optional("sampled"),
        conforming: optional("conforming"),
        proof: [optional("evidence"), optional("auditor"), optional("date")],
    };
    let mut card = Scorecard {
        input: InputFile::new("scorecard", file, &table.facts),
        rows: Vec::new(),
        deductions: 0,
        bonuses: 0,
    };
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let mut record = csv::ByteRecord::new();
    let mut sound = true;
    while let Some(line) = table.next_row(&mut record)? {
        let row = Row {
            record: &record,
            columns: &columns,
            scheme,
            place: Place::line(file, line),
        };
        if let Err(finding) = row.add_to(&mut card, &mut lines, line) {
            sound = false;
            table.complain(*finding);
        }
    }
    // A row that was refused is missing from every sum: that would only be told twice.
    if sound {
        let doubled = nested(file, &card, &lines);
        let wrong = if doubled.is_empty() { sums(file, &card, scheme) } else { doubled };
        wrong.into_iter().for_each(|finding| table.complain(finding));
    }
    table.finish()?;
    Ok(card)
}

struct Columns {
    clause: Option<usize>,
    obtained: Option<usize>,
    points: Option<usize>,
    applicable: Option<usize>,
    scoring: Option<usize>,
    sampled: Option<usize>,
    conforming: Option<usize>,
    proof: [Option<usize>; 3],
}

struct Row<'a> {
    record: &'a csv::ByteRecord,
    columns: &'a Columns,
    scheme: &'a Scheme,
    place: Place,
}

type Fault = Box<Finding>;

impl Row<'_> {
    fn text(&self, at: Option<usize>) -> String {
        let cell = at.and_then(|at| self.record.get(at));
        trimmed(&cell.map(String::from_utf8_lossy).unwrap_or_default()).to_owned()
    }

    fn fault(&self, code: Code, args: &[(&'static str, &dyn Display)]) -> Fault {
        let finding = Finding::new(code, self.place.clone());
        let named = args.iter().fold(finding, |finding, (name, value)| finding.with(name, value));
        Box::new(named.with("clause", self.text(self.columns.clause)))
    }

    /// A number from 0, nothing when the cell is empty, a complaint for anything else.
    fn number(&self, column: &'static str, at: Option<usize>) -> Result<Option<f64>, Fault> {
        let text = self.text(at);
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
        number
            .map(Some)
            .ok_or_else(|| self.fault(Code::BadScorecard, &[("got", &format!("{column} = {text}"))]))
    }

    fn add_to(&self, card: &mut Scorecard, lines: &mut BTreeMap<String, u64>, line: u64) -> Result<(), Fault> {
        let clause = self.text(self.columns.clause);
        if let Some(first) = lines.insert(clause.clone(), line) {
            return Err(self.fault(Code::DuplicateClause, &[("first", &first), ("wider", &clause)]));
        }
        match clause.as_str() {
            SPECIAL_DEDUCTIONS => card.deductions = self.count()?,
            SPECIAL_BONUSES => card.bonuses = self.count()?,
            _ => {
                let row = self.clause(&clause)?;
                card.rows.push(row);
            }
        }
        Ok(())
    }

    fn count(&self) -> Result<u32, Fault> {
        let count = self.number("obtained", self.columns.obtained)?.unwrap_or(0.0);
        if count.fract() == 0.0 && count <= COUNT_MAX {
            Ok(count as u32)
        } else {
            Err(self.fault(Code::BadScorecard, &[("got", &format!("obtained = {count}"))]))
        }
    }

    fn clause(&self, clause: &str) -> Result<ScoreRow, Fault> {
        let block = self.block_of(clause)?;
        let applies = self.applies()?;
        let stated = self.number("points", self.columns.points)?;
        let known = stated
            .or_else(|| self.scheme_points(clause))
            .or(applies.filter(|points| *points > 0.0));
        let Some(points) = known else {
            return Err(self.fault(Code::ClauseWithoutPoints, &[]));
        };
        let applicable = applies.unwrap_or(points);
        if applicable > points + TOLERANCE {
            return Err(self.fault(Code::PointsAboveMaximum, &[("got", &applicable), ("max", &points)]));
        }
        let obtained = self.obtained(applicable)?;
        if let Some(got) = obtained.filter(|got| *got > applicable + TOLERANCE) {
            return Err(self.fault(Code::PointsAboveMaximum, &[("got", &got), ("max", &applicable)]));
        }
        let part = obtained.filter(|got| *got > 0.0 && *got < applicable - TOLERANCE);
        if let Some(got) = part.filter(|_| self.scoring(clause) == Some(Scoring::AllOrNothing)) {
            return Err(self.fault(Code::NotAllOrNothing, &[("got", &got), ("max", &applicable)]));
        }
        Ok(ScoreRow {
            clause: clause.to_owned(),
            block,
            points,
            applicable,
            // A clause that does not apply is settled: nothing of it is open.
            obtained: if applicable > 0.0 { obtained } else { Some(0.0) },
            documented: self.columns.proof.iter().all(|at| !self.text(*at).is_empty()),
        })
    }

    /// Points that apply: a number, or a word for yes or no. Nothing when the cell is empty.
    fn applies(&self) -> Result<Option<f64>, Fault> {
        match self.text(self.columns.applicable).to_lowercase().as_str() {
            "no" | "n/a" | "否" | "不适用" => Ok(Some(0.0)),
            "yes" | "是" | "适用" => Ok(None),
            _ => self.number("applicable", self.columns.applicable),
        }
    }

    /// The points themselves, or the conforming share of the sampled cases.
    fn obtained(&self, applicable: f64) -> Result<Option<f64>, Fault> {
        let stated = self.number("obtained", self.columns.obtained)?;
        let sampled = self.number("sampled", self.columns.sampled)?;
        let conforming = self.number("conforming", self.columns.conforming)?;
        let (sampled, conforming) = match (sampled, conforming) {
            (Some(sampled), Some(conforming)) if sampled > 0.0 && conforming <= sampled => (sampled, conforming),
            (None, None) => return Ok(stated),
            (sampled, conforming) => {
                let shown = |n: Option<f64>| n.map_or_else(String::new, |n| n.to_string());
                let got = format!("conforming / sampled = {} / {}", shown(conforming), shown(sampled));
                return Err(self.fault(Code::BadScorecard, &[("got", &got)]));
            }
        };
        let share = applicable * conforming / sampled;
        match stated.filter(|stated| (stated - share).abs() > 0.005) {
            Some(stated) => {
                let got = format!("obtained = {stated} ≠ {applicable} × {conforming} / {sampled}");
                Err(self.fault(Code::BadScorecard, &[("got", &got)]))
            }
            None => Ok(Some(share)),
        }
    }

    fn scoring(&self, clause: &str) -> Option<Scoring> {
        let own = match self.text(self.columns.scoring).as_str() {
            "all-or-nothing" => Some(Scoring::AllOrNothing),
            "proportional" => Some(Scoring::Proportional),
            _ => None,
        };
        own.or_else(|| indicator(self.scheme, clause).and_then(|i| i.scoring))
    }

    fn scheme_points(&self, clause: &str) -> Option<f64> {
        let block = self.scheme.blocks.iter().find(|b| b.id == clause).map(|b| b.points);
        block.unwrap_or_else(|| indicator(self.scheme, clause).and_then(|i| i.points))
    }

    /// The block that a clause is, or lies in: `5.1.4.2` lies in `5.1` when that has an indicator `5.1.4`.
    fn block_of(&self, clause: &str) -> Result<String, Fault> {
        let within = |outer: &str| clause == outer || is_below(clause, outer);
        let holds = |block: &&crate::grade::scheme::Block| {
            clause == block.id
                || (block.indicators.is_empty() && within(&block.id))
                || (0..block.indicators.len()).any(|at| within(&block.clause(at)))
        };
        if let Some(block) = self.scheme.blocks.iter().find(holds) {
            return Ok(block.id.clone());
        }
        let known: Vec<String> = clauses(self.scheme);
        // Clauses differ by a digit, so that the nearest one means nothing.
        Err(self.fault(Code::UnknownClause, &[("scheme", &self.scheme.id), ("nearest", &known.join(", "))]))
    }
}

fn indicator<'a>(scheme: &'a Scheme, clause: &str) -> Option<&'a crate::grade::scheme::Indicator> {
    let mut all = scheme
        .blocks
        .iter()
        .flat_map(|b| b.indicators.iter().enumerate().map(move |(at, i)| (b.clause(at), i)));
    all.find(|(id, _)| id == clause).map(|(_, indicator)| indicator)
}

fn clauses(scheme: &Scheme) -> Vec<String> {
    scheme
        .blocks
        .iter()
        .flat_map(|b| std::iter::once(b.id.clone()).chain((0..b.indicators.len()).map(|at| b.clause(at))))
        .chain([SPECIAL_DEDUCTIONS.to_owned(), SPECIAL_BONUSES.to_owned()])
        .collect()
}

fn is_below(clause: &str, outer: &str) -> bool {
    clause.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

/// A clause beside one that holds it would count twice.
fn nested(file: &str, card: &Scorecard, lines: &BTreeMap<String, u64>) -> Vec<Finding> {
    let holder = |row: &ScoreRow| {
        let outer = |other: &&ScoreRow| is_below(&row.clause, &other.clause) || (row.clause != other.clause && row.block == other.clause);
        card.rows.iter().find(outer).map(|other| other.clause.clone())
    };
    let line = |clause: &str| lines.get(clause).copied().unwrap_or(0);
    let doubled = card.rows.iter().filter_map(|row| Some((row, holder(row)?)));
    doubled
        .map(|(row, wider)| {
            Finding::new(Code::DuplicateClause, Place::line(file, line(&row.clause)))
                .with("clause", &row.clause)
                .with("first", line(&wider))
                .with("wider", wider)
        })
        .collect()
}

/// The clauses of a block sum to the block; where the scheme knows no block's points, all of them sum to full marks.
fn sums(file: &str, card: &Scorecard, scheme: &Scheme) -> Vec<Finding> {
    let on_card = |block: &str| {
        let rows: Vec<&ScoreRow> = card.rows.iter().filter(|r| r.block == block).collect();
        (!rows.is_empty()).then(|| rows.iter().map(|r| r.points).sum::<f64>())
    };
    let finding = |block: &str, sum: f64, whole: f64| {
        Finding::new(Code::PointsDoNotSum, Place::file(file))
            .with("block", block)
            .with("sum", sum)
            .with("whole", whole)
    };
    let sum_of_all: Vec<Option<f64>> = scheme.blocks.iter().map(|b| on_card(&b.id)).collect();
    let off = |block: &crate::grade::scheme::Block| {
        let (sum, whole) = (on_card(&block.id)?, block.points?);
        ((sum - whole).abs() > TOLERANCE).then(|| finding(&block.id, sum, whole))
    };
    let mut findings: Vec<Finding> = scheme.blocks.iter().filter_map(off).collect();
    let unknown = !scheme.blocks.is_empty() && scheme.blocks.iter().any(|b| b.points.is_none());
    let total: f64 = sum_of_all.iter().flatten().sum();
    let complete = sum_of_all.iter().all(Option::is_some);
    let base = scheme.scale_base;
    if unknown && (total > base + TOLERANCE || (complete && total < base - TOLERANCE)) {
        findings.push(finding(&scheme.id, total, base));
    }
    findings
}
