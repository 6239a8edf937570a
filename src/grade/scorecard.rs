//! Points from an audit on site: `scorecard.csv` with clause, obtained and applicable points.

use super::scheme::Scheme;
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::ingest::table::{Reading, Table, trimmed};
use crate::io::World;

/// Rows that count special deductions and bonuses instead of points.
const SPECIAL_DEDUCTIONS: &str = "special-deductions";
const SPECIAL_BONUSES: &str = "special-bonuses";

/// A filled-in scorecard.
#[derive(Debug, Clone)]
pub struct Scorecard {
    /// The file.
    pub input: InputFile,
    /// Points obtained in clauses that apply.
    obtained: f64,
    /// Points that could have been obtained in them.
    applicable: f64,
    deductions: u32,
    bonuses: u32,
}

impl Scorecard {
    /// Total on the scheme's base: obtained over applicable, then special deductions and bonuses, capped at the base.
    #[must_use]
    pub fn total(&self, scheme: &Scheme) -> f64 {
        let base = scheme.scale_base;
        let rules = scheme.rules.as_ref();
        let renormalise = rules.is_none_or(|r| r.renormalise_not_applicable) && self.applicable > 0.0;
        let score = if renormalise {
            self.obtained / self.applicable * base
        } else {
            self.obtained
        };
        let special = rules.map_or(0.0, |r| {
            f64::from(self.bonuses.min(r.special_bonus_max)) * r.special_bonus_each - f64::from(self.deductions) * r.special_deduction_each
        });
        (score + special).clamp(0.0, base)
    }

    /// True when the special deductions alone fail the audit.
    #[must_use]
    pub fn fails(&self, scheme: &Scheme) -> bool {
        scheme
            .rules
            .as_ref()
            .is_some_and(|r| self.deductions >= r.special_deductions_fail_at)
    }
}

/// Reads a scorecard: columns `clause`, `obtained`, `applicable`; a clause that does not apply has 0 applicable points.
pub fn read_scorecard(file: &str, world: &dyn World) -> Result<Scorecard, Refusal> {
    let mut table = Table::open(world, file, Reading::default())?;
    let columns = [table.column("clause"), table.column("obtained"), table.column("applicable")];
    table.settle()?;
    let mut card = Scorecard {
        input: InputFile::new("scorecard", file, &table.facts),
        obtained: 0.0,
        applicable: 0.0,
        deductions: 0,
        bonuses: 0,
    };
    let mut record = csv::ByteRecord::new();
    while let Some(line) = table.next_row(&mut record)? {
        let text = |position: usize| {
            let cell = columns.get(position).copied().flatten().and_then(|at| record.get(at));
            trimmed(&cell.map(String::from_utf8_lossy).unwrap_or_default()).to_owned()
        };
        let number = |position: usize| text(position).parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
        let (clause, obtained, applicable) = (text(0), number(1), number(2));
        match (clause.as_str(), obtained, applicable) {
            (SPECIAL_DEDUCTIONS, Some(count), _) => card.deductions = count as u32,
            (SPECIAL_BONUSES, Some(count), _) => card.bonuses = count as u32,
            (_, Some(obtained), Some(applicable)) if obtained <= applicable => {
                card.obtained += obtained;
                card.applicable += applicable;
            }
            _ => {
                let finding = Finding::new(Code::BadScorecard, Place::line(file, line)).with("clause", &clause);
                table.complain(finding.with("got", format!("{} / {}", text(1), text(2))));
            }
        }
    }
    table.finish()?;
    Ok(card)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::scheme::{Scheme, shipped};
    use crate::io::Memory;

    fn card(rows: &str) -> Scorecard {
        let text = format!("clause,obtained,applicable\n{rows}");
        read_scorecard("c.csv", &Memory([("c.csv".to_owned(), text.into_bytes())].into())).unwrap()
    }

    #[test]
    fn clauses_that_do_not_apply_are_taken_out_of_the_base() {
        let scheme = Scheme::parse("s.toml", shipped("gbt27922-2011").unwrap()).unwrap();
        assert!((card("5.1,36,40\n5.2,0,0\n5.3,20,25\n").total(&scheme) - 56.0 / 65.0 * 100.0).abs() < 1e-12);
    }

    #[test]
    fn bonus_counts_once_and_five_deductions_fail() {
        let scheme = Scheme::parse("s.toml", shipped("gbt27922-2011").unwrap()).unwrap();
        let two_bonuses = card("5.1,36,40\n5.2,30,35\n5.3,20,25\nspecial-bonuses,2,0\n");
        assert!((two_bonuses.total(&scheme) - 87.0).abs() < 1e-12);
        assert!(!card("5.1,40,40\nspecial-deductions,4,0\n").fails(&scheme));
        assert!(card("5.1,40,40\nspecial-deductions,5,0\n").fails(&scheme));
    }

    #[test]
    fn points_above_the_maximum_are_refused() {
        let world = Memory([("c.csv".to_owned(), b"clause,obtained,applicable\n5.1,41,40\n".to_vec())].into());
        assert_eq!(read_scorecard("c.csv", &world).unwrap_err().0[0].code, Code::BadScorecard);
    }
}
