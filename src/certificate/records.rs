//! Records beside the answers: improvement actions and the change log of the questionnaire.

use super::calendar::Day;
use super::plan::{PlanEntry, read_plan};
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::{InTwo, Reading, Table, trimmed};
use crate::io::World;
use crate::locale::Text;
use crate::survey::Survey;
use crate::survey::surveillance::INDEX;
use crate::survey::touchpoints::{COMPLAINT_HANDLING, COMPLAINT_RATE, MeasureKind};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longest text of a cell that is kept.
const TEXT_MAX: usize = 200;

/// An improvement action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImprovementAction {
    /// What is to be done.
    #[serde(serialize_with = "crate::locale::plain_where_same")]
    pub item: Text,
    /// Who does it.
    #[serde(serialize_with = "crate::locale::plain_where_same")]
    pub owner: Text,
    /// Day by which it is to be done.
    pub due: Day,
    /// Day on which it was done; absent while it is open.
    pub closed: Option<Day>,
    /// Reference to the proof; empty when there is none.
    pub proof: String,
    /// Wave from which it follows, where that is stated.
    pub wave: Option<String>,
    /// What it is to move: `index`, a dimension or an item; absent where that is not stated.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quantity: Option<String>,
}

impl ImprovementAction {
    /// True when it was closed after the day by which it was due.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.closed.is_some_and(|closed| closed > self.due)
    }
}

/// A change of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionnaireChange {
    /// Day of the change.
    pub date: Day,
    /// What was changed.
    #[serde(serialize_with = "crate::locale::plain_where_same")]
    pub change: Text,
}

/// The records of a survey. `None` where the definition names no file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// Improvement actions, in the order of the file.
    pub actions: Option<Vec<ImprovementAction>>,
    /// Changes of the questionnaire, in the order of the file.
    pub questionnaire: Option<Vec<QuestionnaireChange>>,
    /// The plan, in the order of the file.
    pub plan: Option<Vec<PlanEntry>>,
    /// The files.
    pub inputs: Vec<InputFile>,
}

/// Reads the records that a definition names; faults of both files are told together.
pub fn read_records(survey: &Survey, world: &dyn World) -> Result<Records, Refusal> {
    let mut records = Records::default();
    let mut faults = Vec::new();
    if let Some(file) = &survey.actions {
        let waves: Vec<&str> = survey.waves.iter().map(|w| w.id.as_str()).collect();
        let quantities = quantities(survey);
        let known: Vec<&str> = quantities.iter().map(String::as_str).collect();
        match read_actions(file, &waves, &known, world) {
            Ok((actions, input)) => {
                records.actions = Some(actions);
                records.inputs.push(input);
            }
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    if let Some(file) = survey.certificate.as_ref().and_then(|c| c.questionnaire_log.as_ref()) {
        match read_log(file, world) {
            Ok((changes, input)) => {
                records.questionnaire = Some(changes);
                records.inputs.push(input);
            }
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    if let Some(file) = &survey.surveillance.plan {
        match read_plan(file, world) {
            Ok((plan, input)) => {
                records.plan = Some(plan);
                records.inputs.push(input);
            }
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    if faults.is_empty() { Ok(records) } else { Err(Refusal(faults)) }
}

/// What an action can move: the index, the dimensions, the items, the measures in points.
fn quantities(survey: &Survey) -> Vec<String> {
    let dimensions = survey.dimensions.iter().map(|d| d.id.clone());
    let items = survey.scored().iter().map(|i| i.id.clone());
    let touchpoints = &survey.touchpoints;
    let in_points = touchpoints.measures.iter().filter(|m| m.kind != MeasureKind::Ces);
    let complaints = touchpoints.complaints.as_ref();
    let rate = complaints.and_then(|c| c.column.as_ref()).map(|_| COMPLAINT_RATE.to_owned());
    let handling = complaints.and_then(|c| c.handling).map(|_| COMPLAINT_HANDLING.to_owned());
    let measures = in_points.map(|m| m.id.clone()).chain(rate).chain(handling);
    std::iter::once(INDEX.to_owned())
        .chain(dimensions)
        .chain(items)
        .chain(measures)
        .collect()
}

/// A row as its cells, with where they stand.
pub(super) struct Cells<'a> {
    pub(super) file: &'a str,
    pub(super) line: u64,
    pub(super) record: &'a csv::ByteRecord,
}

impl Cells<'_> {
    pub(super) fn text(&self, column: Option<usize>) -> String {
        let cell = column
            .and_then(|at| self.record.get(at))
            .map(String::from_utf8_lossy)
            .unwrap_or_default();
        crate::text::shown(trimmed(&cell), TEXT_MAX)
    }

    /// A text with the words of each language that has a column of its own.
    pub(super) fn in_two(&self, columns: InTwo) -> Text {
        columns.read(|at| self.text(at))
    }

    pub(super) fn fault(&self, column: Option<usize>, reason: &str, got: &str) -> Finding {
        let place = column.map_or_else(
            || Place::line(self.file, self.line),
            |at| Place::cell(self.file, self.line, at as u64 + 1),
        );
        Finding::new(Code::BadRecord, place).with("reason", reason).with("got", got)
    }

    /// A date that has to be there.
    pub(super) fn date(&self, column: Option<usize>) -> Result<Day, Finding> {
        let text = self.text(column);
        let read = text.parse::<Date>().ok().filter(|_| text.len() == 10);
        read.map(Day).ok_or_else(|| self.fault(column, "date", &text))
    }

    /// A date that may be blank.
    pub(super) fn date_or_blank(&self, column: Option<usize>) -> Result<Option<Day>, Finding> {
        if self.text(column).is_empty() {
            Ok(None)
        } else {
            self.date(column).map(Some)
        }
    }
}

fn read_actions(
    file: &str,
    waves: &[&str],
    quantities: &[&str],
    world: &dyn World,
) -> Result<(Vec<ImprovementAction>, InputFile), Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let [item, owner, due, closed, proof] = ["item", "owner", "due", "closed", "proof"].map(|name| table.column(name));
    let [wave, quantity] = ["wave", "quantity"].map(|name| table.optional_column(name));
    let [items, owners] = [("item", item), ("owner", owner)].map(|(name, plain)| table.in_two(name, plain));
    table.settle()?;
    let mut actions = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let cells = Cells {
            file,
            line,
            record: &record,
        };
        let stated = |column| Some(cells.text(column)).filter(|text| !text.is_empty());
        let (of_wave, moves) = (stated(wave), stated(quantity));
        let mut faults = Vec::new();
        if cells.text(item).is_empty() {
            faults.push(cells.fault(item, "item", ""));
        }
        if let Some(name) = of_wave.as_ref().filter(|name| !waves.contains(&name.as_str())) {
            let near = crate::survey::nearest(name, waves.iter().copied()).unwrap_or_else(|| waves.join(", "));
            faults.push(cells.fault(wave, "wave", name).with("nearest", near));
        }
        if let Some(name) = moves.as_ref().filter(|name| !quantities.contains(&name.as_str())) {
            let near = crate::survey::nearest(name, quantities.iter().copied()).unwrap_or_else(|| quantities.join(", "));
            faults.push(cells.fault(quantity, "quantity", name).with("nearest", near));
        }
        match (cells.date(due), cells.date_or_blank(closed)) {
            (Ok(due), Ok(closed)) => actions.push(ImprovementAction {
                item: cells.in_two(items),
                owner: cells.in_two(owners),
                due,
                closed,
                proof: cells.text(proof),
                wave: of_wave,
                quantity: moves,
            }),
            (due, closed) => faults.extend(due.err().into_iter().chain(closed.err())),
        }
        faults.into_iter().for_each(|f| table.complain(f));
    }
    let input = InputFile::new("actions", file, &table.facts);
    table.finish()?;
    Ok((actions, input))
}

fn read_log(file: &str, world: &dyn World) -> Result<(Vec<QuestionnaireChange>, InputFile), Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let [date, change] = ["date", "change"].map(|name| table.column(name));
    let change = table.in_two("change", change);
    table.settle()?;
    let mut changes = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let cells = Cells {
            file,
            line,
            record: &record,
        };
        match cells.date(date) {
            Ok(date) => changes.push(QuestionnaireChange {
                date,
                change: cells.in_two(change),
            }),
            Err(finding) => table.complain(finding),
        }
    }
    let input = InputFile::new("questionnaire-log", file, &table.facts);
    table.finish()?;
    Ok((changes, input))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;

    type Fault = (Option<u64>, Option<u64>, String);

    fn read(rows: &str) -> Result<Vec<ImprovementAction>, Vec<Fault>> {
        let text = format!("item,owner,due,closed,proof,wave,quantity\n{rows}");
        let world = Memory([("a.csv".to_owned(), text.into_bytes())].into());
        let faults = |r: Refusal| {
            r.0.into_iter()
                .map(|f| (f.place.line, f.place.column, f.args["reason"].clone()))
                .collect()
        };
        read_actions("a.csv", &["2024", "2025"], &["index", "quality"], &world)
            .map(|(actions, _)| actions)
            .map_err(faults)
    }

    #[test]
    fn an_open_action_has_no_day_of_closing() {
        let actions = read("上门提醒,客服部,2025-10-31,,,2025,quality\n").unwrap();
        assert_eq!((actions[0].closed, actions[0].wave.as_deref()), (None, Some("2025")));
        assert_eq!(actions[0].quantity.as_deref(), Some("quality"));
    }

    #[test]
    fn words_of_a_language_stand_in_columns_of_their_own() {
        let text = "item,item_en,owner,owner_zh,due,closed,proof\n上门提醒,Call before the visit,After-sales,售后部,2025-10-31,,\n培训,,HR,,2025-10-31,,\n";
        let world = Memory([("a.csv".to_owned(), text.as_bytes().to_vec())].into());
        let (actions, _) = read_actions("a.csv", &[], &[], &world).unwrap();
        let of = |zh: &str, en: &str| Text {
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        assert_eq!(actions[0].item, of("上门提醒", "Call before the visit"));
        assert_eq!(actions[0].owner, of("售后部", "After-sales"));
        assert_eq!(actions[1].item, Text::same("培训"), "a blank cell says the same in both");
        let json = serde_json::to_value(&actions).unwrap();
        assert_eq!((&json[1]["item"], &json[0]["item"]["zh"]), (&"培训".into(), &"上门提醒".into()));
        assert_eq!(serde_json::from_value::<Vec<ImprovementAction>>(json).unwrap(), actions);
    }

    #[test]
    fn every_fault_of_a_row_is_told_with_its_cell() {
        let fault = |line, column, reason: &str| (Some(line), Some(column), reason.to_owned());
        assert_eq!(
            read("a,b,2025-02-30,2025-13-01,,2026,qualty\n,b,2025-01-01,,,,\n").unwrap_err(),
            [
                fault(2, 6, "wave"),
                fault(2, 7, "quantity"),
                fault(2, 3, "date"),
                fault(2, 4, "date"),
                fault(3, 1, "item")
            ]
        );
    }
}
