//! Reading a scheme file and holding it against itself.

use super::{Grade, Reads, Scheme, Status};
use crate::finding::{Code, Finding, Refusal};
use crate::survey::{Document, contradictions};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Sums of points may differ from their total by this much: points are written with a few decimals.
const SUM_TOLERANCE: f64 = 1e-6;

pub(super) fn parse(file: &str, text: &str) -> Result<Scheme, Refusal> {
    let document = Document::parse(file, text).map_err(Refusal)?;
    let found = contradictions::<Scheme>(&document);
    if !found.is_empty() {
        return Err(Refusal(found));
    }
    let scheme: Scheme = serde_json::from_value(document.value().clone())
        .map_err(|e| Finding::new(Code::BadScheme, document.place("")).with("reason", e.to_string()))?;
    let mut check = Check {
        document: &document,
        findings: Vec::new(),
    };
    check.dates(&scheme);
    check.body(&scheme);
    check.grades(&scheme);
    check.points(&scheme);
    check.ids(&scheme);
    if check.findings.is_empty() {
        Ok(scheme)
    } else {
        Err(Refusal(check.findings))
    }
}

struct Check<'a> {
    document: &'a Document,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn complain(&mut self, code: Code, path: &str, args: &[(&'static str, &dyn Display)]) {
        let finding = Finding::new(code, self.document.place(path));
        self.findings
            .push(args.iter().fold(finding, |finding, (name, value)| finding.with(name, value)));
    }

    fn dates(&mut self, scheme: &Scheme) {
        let dates = [
            ("in_force_from", scheme.in_force_from.as_deref()),
            ("in_force_until", scheme.in_force_until.as_deref()),
            ("body.date", Some(scheme.body.date.as_str()).filter(|d| !d.is_empty())),
        ];
        for (key, date) in dates {
            if let Some(text) = date.filter(|d| d.parse::<jiff::civil::Date>().is_err() || d.len() != 10) {
                self.complain(Code::WrongValue, key, &[("key", &key), ("expected", &"YYYY-MM-DD"), ("got", &text)]);
            }
        }
        if let (Some(from), Some(until)) = (&scheme.in_force_from, &scheme.in_force_until)
            && until < from
        {
            self.complain(Code::BadScheme, "in_force_until", &[("reason", &format!("{until} < {from}"))]);
        }
    }

    /// Cut-offs are the body's only when the body and its rule are named.
    fn body(&mut self, scheme: &Scheme) {
        let of_body = |g: &&Grade| g.status == Status::Body;
        if let Some(grade) = scheme.grades.iter().find(of_body).filter(|_| !scheme.body.is_complete()) {
            let parts = [
                ("name", &scheme.body.name),
                ("rule", &scheme.body.rule),
                ("version", &scheme.body.version),
                ("date", &scheme.body.date),
            ];
            let absent: Vec<&str> = parts.iter().filter(|(_, v)| v.trim().is_empty()).map(|(key, _)| *key).collect();
            self.complain(
                Code::BodyIncomplete,
                "body",
                &[("absent", &absent.join(", ")), ("grade", &grade.id)],
            );
        }
    }

    fn grades(&mut self, scheme: &Scheme) {
        let base = scheme.scale_base;
        if !(base > 0.0 && base.is_finite()) {
            self.complain(
                Code::WrongValue,
                "scale_base",
                &[("key", &"scale_base"), ("expected", &"> 0"), ("got", &base)],
            );
        }
        if scheme.grades.is_empty() != (scheme.reads == Reads::Method) {
            let reason = format!("reads = {:?}, grades: {}", scheme.reads, scheme.grades.len());
            self.complain(Code::BadScheme, "grades", &[("reason", &reason)]);
        }
        for (position, grade) in scheme.grades.iter().enumerate() {
            let path = format!("grades[{position}].min");
            if !(0.0..=base).contains(&grade.min) {
                let named: [(&'static str, &dyn Display); 3] = [("grade", &grade.id), ("min", &grade.min), ("base", &base)];
                self.complain(Code::CutoffOutsideScale, &path, &named);
            }
            let below = position.checked_sub(1).and_then(|p| scheme.grades.get(p));
            if let Some(below) = below.filter(|b| b.min >= grade.min) {
                let named: [(&'static str, &dyn Display); 4] = [
                    ("grade", &grade.id),
                    ("min", &grade.min),
                    ("below", &below.id),
                    ("below_min", &below.min),
                ];
                self.complain(Code::GradesUnordered, &path, &named);
            }
        }
    }

    fn points(&mut self, scheme: &Scheme) {
        let blocks: Vec<Option<f64>> = scheme.blocks.iter().map(|b| b.points).collect();
        self.sum("blocks", "blocks", &blocks, Some(scheme.scale_base));
        for (position, block) in scheme.blocks.iter().enumerate() {
            let points: Vec<Option<f64>> = block.indicators.iter().map(|i| i.points).collect();
            self.sum(&format!("blocks[{position}].indicators"), &block.id, &points, block.points);
        }
    }

    /// All known: they sum to the whole. Some known: they leave room for the rest.
    fn sum(&mut self, path: &str, block: &str, parts: &[Option<f64>], whole: Option<f64>) {
        let sum: f64 = parts.iter().flatten().sum();
        let negative = parts.iter().flatten().any(|p| *p < 0.0);
        let complete = !parts.is_empty() && parts.iter().all(Option::is_some);
        let wrong = whole.is_some_and(|whole| sum > whole + SUM_TOLERANCE || (complete && sum < whole - SUM_TOLERANCE));
        if negative || wrong {
            let whole = whole.map_or_else(|| "≥ 0".to_owned(), |w| w.to_string());
            self.complain(Code::PointsDoNotSum, path, &[("block", &block), ("sum", &sum), ("whole", &whole)]);
        }
    }

    fn ids(&mut self, scheme: &Scheme) {
        let mut all: Vec<(String, String)> = Vec::new();
        let named = |list: &str, at: usize| format!("{list}[{at}].id");
        all.extend(
            scheme
                .grades
                .iter()
                .enumerate()
                .map(|(at, g)| (format!("grade {}", g.id), named("grades", at))),
        );
        let conditions = scheme.conditions.iter().enumerate();
        all.extend(conditions.map(|(at, c)| (format!("condition {}", c.id), named("conditions", at))));
        for (at, block) in scheme.blocks.iter().enumerate() {
            all.push((format!("clause {}", block.id), named("blocks", at)));
            let clauses =
                (0..block.indicators.len()).map(|i| (format!("clause {}", block.clause(i)), format!("blocks[{at}].indicators[{i}]")));
            all.extend(clauses);
        }
        let mut seen: BTreeMap<String, u64> = BTreeMap::new();
        for (id, path) in all {
            let line = self.document.place(&path).line.unwrap_or(0);
            match seen.get(&id).copied() {
                Some(first) => self.complain(Code::DuplicateId, &path, &[("id", &id), ("first", &first)]),
                None => {
                    seen.insert(id, line);
                }
            }
        }
    }
}
