//! Codes given to open answers by people: the code frame, who coded what, and how far two agree.

use super::super::text_of;
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::Responses;
use crate::ingest::table::{Reading, Table};
use crate::io::World;
use crate::locale::Text;
use crate::measure::agreement::{Alpha, Kappa, cohen_kappa, krippendorff_alpha};
use crate::survey::Survey;
use crate::survey::definition::Wave;
use crate::survey::touchpoints::OpenSpec;
use crate::tally::SideColumn;
use std::collections::{BTreeMap, BTreeSet};
use twox_hash::XxHash64;

/// Share of the coded answers that a second coder has to code as well (project setting).
pub const DOUBLE_CODED_SHARE: f64 = 0.1;

/// Answers that a second coder has to code at least, or all where there are fewer (project setting).
pub const DOUBLE_CODED_MIN: u64 = 50;

/// Answers as coded.
#[derive(Debug, Clone)]
pub struct Coding {
    /// Codes of the frame, in its order, each with its labels.
    pub codes: Vec<(String, Text)>,
    /// For each code, 1 where the reported coder gave it, 0 where another; of the answers that this coder coded.
    pub columns: Vec<SideColumn>,
    /// Coders.
    pub coders: u64,
    /// Answers that the reported coder coded.
    pub coded: u64,
    /// Answers that at least two coded.
    pub double_coded: u64,
    /// Answers that at least two should have coded.
    pub required: u64,
    /// True when an answer has several codes; agreement then means the same set of codes.
    pub several: bool,
    /// Krippendorff's alpha of all coders.
    pub alpha: Option<Alpha>,
    /// Cohen's kappa of the two coders who share most answers.
    pub kappa: Option<Kappa>,
    /// Alpha of each code taken alone: given or not.
    pub code_alpha: Vec<Option<f64>>,
}

/// What a reading gives: the codes, the files, what is to be said of them.
type Read = (Coding, Vec<InputFile>, Vec<Finding>);

/// Codes by row and coder.
type Given = BTreeMap<usize, BTreeMap<String, BTreeSet<String>>>;

/// Reads frame and codes of a question for a wave; `None` where the definition names no coded file, or it holds nothing of the wave.
pub fn read_coding(
    survey: &Survey,
    wave: &Wave,
    question: &OpenSpec,
    responses: &Responses,
    kept: &[bool],
    world: &dyn World,
) -> Result<Option<Read>, Refusal> {
    let (Some(frame), Some(coded)) = (&question.written.frame, &question.written.coded) else {
        return Ok(None);
    };
    let (codes, frame_input) = read_frame(frame, world)?;
    let reader = CodedReader {
        file: coded,
        wave: &wave.id,
        waves: survey.waves.len(),
        question,
        questions: survey.touchpoints.open.len(),
        seed: survey.design.seed,
        codes: codes.iter().map(|(code, _)| code.as_str()).collect(),
        rows: RowFinder::new(responses),
    };
    let (given, coded_input) = reader.read(world)?;
    let given: Given = given.into_iter().filter(|(row, _)| kept.get(*row) == Some(&true)).collect();
    if given.is_empty() {
        return Ok(None);
    }
    if let Some(coder) = question
        .written
        .coder
        .as_ref()
        .filter(|c| !given.values().any(|of_row| of_row.contains_key(*c)))
    {
        return Err(bad(coded, 1, None, "coder-absent", coder).into());
    }
    let coding = coding(survey, question, codes, &given, responses.len());
    let findings = remarks(&coding, question, &wave.id);
    Ok(Some((coding, vec![frame_input, coded_input], findings)))
}

fn read_frame(file: &str, world: &dyn World) -> Result<(Vec<(String, Text)>, InputFile), Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let [code, label] = ["code", "label"].map(|name| table.column(name));
    let label_en = table.optional_column("label_en");
    table.settle()?;
    let mut codes: Vec<(String, Text)> = Vec::new();
    let mut faults = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let read = |at: Option<usize>| crate::text::shown(&text_of(&record, at), 80);
        let (id, zh, en) = (read(code), read(label), read(label_en));
        let fault = |at: Option<usize>, reason: &str, got: &str| bad(file, line, at, reason, got);
        if id.is_empty() || id.contains(SEPARATORS) {
            faults.push(fault(code, "code-empty", &id));
        } else if codes.iter().any(|(known, _)| *known == id) {
            faults.push(fault(code, "code-repeated", &id));
        } else if zh.is_empty() {
            faults.push(fault(label, "label", &zh));
        }
        let en = if en.is_empty() { zh.clone() } else { en };
        codes.push((id, Text { zh, en }));
    }
    let (facts, _) = table.finish()?;
    if faults.is_empty() {
        Ok((codes, InputFile::new("code-frame", file, &facts)))
    } else {
        Err(Refusal(faults))
    }
}

/// What parts several codes in a cell.
const SEPARATORS: [char; 4] = [';', '；', '┋', '|'];

fn bad(file: &str, line: u64, at: Option<usize>, reason: &str, got: &str) -> Finding {
    let place = Place::cell(file, line, at.map_or(1, |at| at as u64 + 1));
    let finding = Finding::new(Code::BadCoding, place).with("reason", reason);
    finding.with("got", crate::text::redacted(got))
}

/// Finds the row that a line or a respondent's id names.
struct RowFinder<'a> {
    responses: &'a Responses,
    of_respondent: BTreeMap<u64, usize>,
}

impl<'a> RowFinder<'a> {
    fn new(responses: &'a Responses) -> Self {
        let mut of_respondent = BTreeMap::new();
        for (row, digest) in responses.respondent.iter().flatten().enumerate().filter(|(_, d)| **d != 0) {
            // The first interview of an identity is the one that counts.
            of_respondent.entry(*digest).or_insert(row);
        }
        Self { responses, of_respondent }
    }

    fn line(&self, text: &str) -> Option<usize> {
        self.responses.line.binary_search(&text.parse().ok()?).ok()
    }

    fn respondent(&self, id: &str, seed: u64) -> Option<usize> {
        self.of_respondent.get(&XxHash64::oneshot(seed, id.as_bytes()).max(1)).copied()
    }
}

struct CodedReader<'a> {
    file: &'a str,
    wave: &'a str,
    waves: usize,
    question: &'a OpenSpec,
    questions: usize,
    seed: u64,
    codes: BTreeSet<&'a str>,
    rows: RowFinder<'a>,
}

impl CodedReader<'_> {
    fn read(&self, world: &dyn World) -> Result<(Given, InputFile), Refusal> {
        let mut table = Table::open(world, self.file, Reading::default())?;
        let [coder, code] = ["coder", "code"].map(|name| table.column(name));
        let mut key = |name: &str, needed: bool| if needed { table.column(name) } else { table.optional_column(name) };
        let (wave, question) = (key("wave", self.waves > 1), key("question", self.questions > 1));
        let respondent = key("respondent", false);
        let line_column = key("line", respondent.is_none());
        table.settle()?;
        let mut given = Given::new();
        let mut faults = Vec::new();
        let mut record = csv::ByteRecord::new();
        while let Some(line) = table.next_row(&mut record)? {
            let is = |at: Option<usize>, wanted: &str| at.is_none() || text_of(&record, at) == wanted;
            if !is(wave, self.wave) || !is(question, &self.question.id) {
                continue;
            }
            let fault = |at: Option<usize>, reason: &str, got: &str| bad(self.file, line, at, reason, got);
            let (who, codes) = (text_of(&record, coder), text_of(&record, code));
            let by_line = text_of(&record, line_column);
            let row = if by_line.is_empty() {
                self.rows.respondent(&text_of(&record, respondent), self.seed)
            } else {
                self.rows.line(&by_line)
            };
            let Some(row) = row else {
                faults.push(fault(line_column.or(respondent), "row", &by_line));
                continue;
            };
            if who.is_empty() {
                faults.push(fault(coder, "coder", ""));
            }
            let codes: BTreeSet<String> = codes
                .split(SEPARATORS)
                .map(|c| c.trim().to_owned())
                .filter(|c| !c.is_empty())
                .collect();
            faults.extend(
                codes
                    .iter()
                    .filter(|c| !self.codes.contains(c.as_str()))
                    .map(|c| fault(code, "code", c)),
            );
            if codes.is_empty() {
                faults.push(fault(code, "code", ""));
            }
            if given.entry(row).or_default().insert(who, codes).is_some() {
                faults.push(fault(coder, "repeated", &by_line));
            }
        }
        let (facts, _) = table.finish()?;
        if faults.is_empty() {
            Ok((given, InputFile::new("coded-answers", self.file, &facts)))
        } else {
            Err(Refusal(faults))
        }
    }
}

fn coding(survey: &Survey, question: &OpenSpec, codes: Vec<(String, Text)>, given: &Given, rows: usize) -> Coding {
    let (level, seed) = (survey.design.level, survey.design.seed);
    let mut by_coder: BTreeMap<&String, u64> = BTreeMap::new();
    for coder in given.values().flat_map(BTreeMap::keys) {
        *by_coder.entry(coder).or_insert(0) += 1;
    }
    // The last of equals in reverse order of names: the first by name.
    let most = by_coder.iter().rev().max_by_key(|(_, n)| **n).map(|(coder, _)| (*coder).clone());
    let reported = question.written.coder.clone().or(most).unwrap_or_default();
    let column = |code: &String| {
        let mut column: SideColumn = vec![None; rows];
        for (row, of_row) in given {
            let step = of_row.get(&reported).map(|codes| u8::from(codes.contains(code)));
            column.iter_mut().skip(*row).take(1).for_each(|slot| *slot = step);
        }
        column
    };
    let columns = codes.iter().map(|(code, _)| column(code)).collect();
    let units: Vec<Vec<&BTreeSet<String>>> = given.values().map(|of_row| of_row.values().collect()).collect();
    let coded = given.values().filter(|of_row| of_row.contains_key(&reported)).count() as u64;
    let share = libm::ceil(DOUBLE_CODED_SHARE * coded as f64) as u64;
    let alone = |code: &String| {
        let units: Vec<Vec<bool>> = units
            .iter()
            .map(|unit| unit.iter().map(|codes| codes.contains(code)).collect())
            .collect();
        krippendorff_alpha(&units, level, seed).map(|alpha| alpha.value)
    };
    Coding {
        columns,
        coders: by_coder.len() as u64,
        coded,
        double_coded: units.iter().filter(|unit| unit.len() >= 2).count() as u64,
        required: share.max(DOUBLE_CODED_MIN).min(coded),
        several: units.iter().flatten().any(|codes| codes.len() > 1),
        alpha: krippendorff_alpha(&units, level, seed),
        kappa: best_pair(given, &by_coder).and_then(|pairs| cohen_kappa(&pairs, level)),
        code_alpha: codes.iter().map(|(code, _)| alone(code)).collect(),
        codes,
    }
}

/// What the two coders who share most answers gave to each of these.
fn best_pair<'a>(given: &'a Given, coders: &BTreeMap<&String, u64>) -> Option<Vec<(&'a BTreeSet<String>, &'a BTreeSet<String>)>> {
    let names: Vec<&&String> = coders.keys().collect();
    let pairs = names
        .iter()
        .enumerate()
        .flat_map(|(at, a)| names.iter().skip(at + 1).map(move |b| (**a, **b)));
    let shared = |(a, b): (&String, &String)| -> Vec<_> {
        let both = |of_row: &'a BTreeMap<String, BTreeSet<String>>| Some((of_row.get(a)?, of_row.get(b)?));
        given.values().filter_map(both).collect()
    };
    let mut best: Option<Vec<_>> = None;
    for pair in pairs {
        let found = shared(pair);
        if best.as_ref().is_none_or(|b| found.len() > b.len()) {
            best = Some(found);
        }
    }
    best
}

/// What an auditor has to know before using the codes.
fn remarks(coding: &Coding, question: &OpenSpec, wave: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if coding.double_coded < coding.required {
        let finding = Finding::new(Code::CodingThin, Place::subject(wave)).with("question", &question.id);
        findings.push(finding.with("double", coding.double_coded).with("required", coding.required));
    }
    if let Some(alpha) = coding.alpha.filter(|a| a.value < crate::measure::agreement::ALPHA_RELIABLE) {
        let finding = Finding::new(Code::CodingUnreliable, Place::subject(wave)).with("question", &question.id);
        findings.push(finding.with("alpha", crate::round::printed(alpha.value, 3)));
    }
    findings
}
