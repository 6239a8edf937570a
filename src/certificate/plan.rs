//! The plan of a year and what became of it: surveys, audits, reviews, call-backs, each with its proof.

use super::calendar::Day;
use super::evidence::EvidenceKind;
use super::records::Cells;
use crate::evidence::InputFile;
use crate::finding::Refusal;
use crate::ingest::table::{Reading, Table};
use crate::io::World;
use crate::locale::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An entry of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanEntry {
    /// The piece of evidence that it provides; absent for other work.
    pub kind: Option<EvidenceKind>,
    /// What was planned.
    #[serde(serialize_with = "crate::locale::plain_where_same")]
    pub item: Text,
    /// Who does it.
    #[serde(serialize_with = "crate::locale::plain_where_same")]
    pub owner: Text,
    /// Day by which it is to be done.
    pub due: Day,
    /// Day on which it was done; absent while it is open.
    pub done: Option<Day>,
    /// Reference to the proof; empty when there is none.
    pub proof: String,
}

/// Word for work that is no piece of evidence.
const OTHER: &str = "other";

/// Reads a plan: a CSV with the columns `kind`, `item`, `owner`, `due`, `done`, `proof`, and `item_zh`, `item_en`,
/// `owner_zh`, `owner_en` where a language has words of its own. All faults are told together.
pub(super) fn read_plan(file: &str, world: &dyn World) -> Result<(Vec<PlanEntry>, InputFile), Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let [kind, item, owner, due, done, proof] = ["kind", "item", "owner", "due", "done", "proof"].map(|name| table.column(name));
    let [items, owners] = [("item", item), ("owner", owner)].map(|(name, plain)| table.in_two(name, plain));
    table.settle()?;
    let mut plan = Vec::new();
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let cells = Cells {
            file,
            line,
            record: &record,
        };
        let mut faults = Vec::new();
        let name = cells.text(kind);
        let read = EvidenceKind::named(&name);
        if read.is_none() && name != OTHER {
            let words = EvidenceKind::words().chain([OTHER]);
            let all: Vec<&str> = words.collect();
            let near = crate::survey::nearest(&name, all.iter().copied()).unwrap_or_else(|| all.join(", "));
            faults.push(cells.fault(kind, "plan-kind", &name).with("nearest", near));
        }
        if cells.text(item).is_empty() {
            faults.push(cells.fault(item, "item", ""));
        }
        match (cells.date(due), cells.date_or_blank(done)) {
            (Ok(due), Ok(done)) => plan.push(PlanEntry {
                kind: read,
                item: cells.in_two(items),
                owner: cells.in_two(owners),
                due,
                done,
                proof: cells.text(proof),
            }),
            (due, done) => faults.extend(due.err().into_iter().chain(done.err())),
        }
        faults.into_iter().for_each(|f| table.complain(f));
    }
    let input = InputFile::new("plan", file, &table.facts);
    table.finish()?;
    Ok((plan, input))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;

    fn read(rows: &str) -> Result<Vec<PlanEntry>, Vec<String>> {
        let text = format!("kind,item,owner,due,done,proof\n{rows}");
        let world = Memory([("p.csv".to_owned(), text.into_bytes())].into());
        let reasons = |r: Refusal| r.0.into_iter().map(|f| f.args["reason"].clone()).collect();
        read_plan("p.csv", &world).map(|(plan, _)| plan).map_err(reasons)
    }

    #[test]
    fn a_kind_is_a_piece_of_evidence_or_other_work() {
        let plan = read("internal-audit,内审,质量部,2025-06-30,2025-06-20,IA-1\nother,培训,人事部,2025-08-01,,\n").unwrap();
        assert_eq!(plan[0].kind, Some(EvidenceKind::InternalAudit));
        assert_eq!((plan[1].kind, plan[1].done), (None, None));
    }

    #[test]
    fn faults_of_a_row_are_told_together() {
        assert_eq!(read("audit,,a,2025-02-30,x,\n").unwrap_err(), ["plan-kind", "item", "date", "date"]);
    }
}
