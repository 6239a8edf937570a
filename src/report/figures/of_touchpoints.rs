//! Figures of single questions, of the answers to items, and of complaints.

use super::{Figure, FigureTable, LIKERT, Maker};
use crate::assessment::touchpoints::{ComplaintCategory, PartKind, Touchpoint, TouchpointKind};
use crate::assessment::{ItemResult, WaveAssessment};
use crate::report::charts::{self, ChartError, DivergingBar, DivergingBars, Pareto, ParetoRow};
use crate::report::document::Column;
use crate::report::words::{self, count, number, percent};
use crate::touchpoints::register::RegisterCategory;
use std::collections::BTreeMap;

/// Most answers of a scale that can be told apart by their shade.
const ANSWERS_MAX: usize = 7;
/// Most items in one picture: more would be set smaller than 6 points on a page.
const ITEMS_MAX: usize = 24;

/// Items by picture: whole dimensions as long as there is room, and no picture of more than [`ITEMS_MAX`].
fn pictures<'a>(items: &[&'a ItemResult]) -> Vec<Vec<&'a ItemResult>> {
    let mut pictures: Vec<Vec<&ItemResult>> = Vec::new();
    for of_dimension in items.chunk_by(|a, b| a.dimension == b.dimension) {
        for part in of_dimension.chunks(ITEMS_MAX) {
            match pictures.last_mut() {
                Some(last) if last.len() + part.len() <= ITEMS_MAX => last.extend(part),
                _ => pictures.push(part.to_vec()),
            }
        }
    }
    pictures
}

impl Maker<'_> {
    /// Detractors, passives and promoters of every net promoter score, of all waves.
    pub(super) fn net_promoters(&self) -> Option<Result<Figure, ChartError>> {
        let scores: Vec<(&WaveAssessment, &Touchpoint)> = self
            .assessment
            .waves
            .iter()
            .flat_map(|wave| wave.touchpoints.iter().map(move |t| (wave, t)))
            .filter(|(_, t)| t.kind == TouchpointKind::Nps && t.reported.estimate.is_some())
            .collect();
        if scores.is_empty() {
            return None;
        }
        let several = self
            .assessment
            .waves
            .last()
            .is_some_and(|w| w.touchpoints.iter().filter(|t| t.kind == TouchpointKind::Nps).count() > 1);
        let parts = [PartKind::Detractors, PartKind::Passives, PartKind::Promoters];
        let mut table = FigureTable {
            header: self.columns(&["wave", "#detractors", "#passives", "#promoters", "#nps", "#interval", "#n"]),
            rows: Vec::new(),
        };
        let mut rows = Vec::new();
        for (wave, score) in scores {
            let share = |kind: &PartKind| {
                let part = score.parts.iter().find(|p| p.part == *kind);
                part.and_then(|p| p.reported.estimate).map_or(0.0, |e| e.value / 100.0)
            };
            let shares: Vec<f64> = parts.iter().map(share).collect();
            let title = super::wave_title(self.assessment, wave, &self.words);
            let name = if several {
                format!("{title} · {}", self.words.text(&score.title))
            } else {
                title
            };
            let estimate = score.reported.estimate;
            let value = words::signed(estimate.map(|e| e.value));
            let mut cells = vec![name.clone()];
            cells.extend(shares.iter().map(|s| percent(Some(*s))));
            cells.extend([
                value.clone(),
                self.words.interval(estimate.and_then(|e| e.interval)),
                words::count_of(estimate.map(|e| e.n)),
            ]);
            table.rows.push(cells);
            let n = estimate.map_or(0, |e| e.n);
            rows.push(DivergingBar { name, shares, value, n });
        }
        let title = self.words.word("figure-nps");
        let chart = DivergingBars {
            title: title.clone(),
            answers: ["detractors", "passives", "promoters"]
                .map(|k| self.words.word(&format!("part-{k}")))
                .to_vec(),
            value_label: self.words.word("axis-nps"),
            rows,
            note: self.words.word("figure-note-nps"),
        };
        Some(charts::diverging_bars(&chart).map(|svg| Figure {
            id: "nps".to_owned(),
            alt_text: self.words.say("alt-nps", &[("title", &title), ("count", &chart.rows.len())]),
            title,
            svg,
            table,
        }))
    }

    /// Answers to the items of the most frequent scale of at most seven answers, from the worst to the best. Many items take several pictures
    /// that break between dimensions, so that each can be read on paper.
    pub(super) fn likert(&self, wave: &WaveAssessment) -> Vec<(String, Result<Figure, ChartError>)> {
        let answered = |item: &&ItemResult| (3..=ANSWERS_MAX).contains(&item.distribution.len()) && item.score.estimate.is_some();
        let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
        for item in wave.items.iter().filter(answered) {
            *lengths.entry(item.distribution.len()).or_insert(0) += 1;
        }
        let Some((length, _)) = lengths.into_iter().max_by_key(|(_, items)| *items) else {
            return Vec::new();
        };
        let items: Vec<&ItemResult> = wave
            .items
            .iter()
            .filter(answered)
            .filter(|i| i.distribution.len() == length)
            .collect();
        let pictures = pictures(&items);
        let of = pictures.len();
        let title = |at: usize| {
            let title = self.titled(LIKERT, wave);
            let part: [(&'static str, &dyn std::fmt::Display); 3] = [("title", &title), ("at", &(at + 1)), ("of", &of)];
            if of > 1 { self.words.say("figure-part", &part) } else { title }
        };
        let id = |at: usize| {
            if at == 0 {
                LIKERT.to_owned()
            } else {
                format!("{LIKERT}-{}", at + 1)
            }
        };
        let drawn = pictures.into_iter().enumerate();
        drawn
            .map(|(at, items)| (id(at), self.likert_of(id(at), title(at), &items, length)))
            .collect()
    }

    fn likert_of(&self, id: String, title: String, items: &[&ItemResult], length: usize) -> Result<Figure, ChartError> {
        let names: Vec<String> = (1..=length).map(|at| self.answer_name(at, length)).collect();
        let mut header = self.columns(&["item"]);
        header.extend(names.iter().map(|name| Column {
            title: name.clone(),
            numeric: true,
        }));
        header.extend(self.columns(&["#score", "#n"]));
        let row = |item: &&ItemResult| {
            let estimate = item.score.estimate;
            DivergingBar {
                name: self.words.text(&item.title),
                shares: item.distribution.clone(),
                value: words::points(estimate.as_ref()),
                n: estimate.map_or(0, |e| e.n),
            }
        };
        let rows: Vec<DivergingBar> = items.iter().map(row).collect();
        let cells = |row: &DivergingBar| {
            let mut cells = vec![row.name.clone()];
            cells.extend(row.shares.iter().map(|s| percent(Some(*s))));
            cells.extend([row.value.clone(), count(row.n)]);
            cells
        };
        let table = FigureTable {
            header,
            rows: rows.iter().map(cells).collect(),
        };
        let chart = DivergingBars {
            title: title.clone(),
            answers: names,
            value_label: self.words.word("axis-item-score"),
            rows,
            note: self.words.word("figure-note-likert"),
        };
        Ok(Figure {
            id,
            svg: charts::diverging_bars(&chart)?,
            alt_text: self.words.say("alt-likert", &[("title", &title), ("count", &chart.rows.len())]),
            title,
            table,
        })
    }

    /// `1（最差）`, `2`, …, `5（最好）`.
    fn answer_name(&self, at: usize, length: usize) -> String {
        match at {
            1 => self.words.say("answer-worst", &[("at", &at)]),
            at if at == length => self.words.say("answer-best", &[("at", &at)]),
            at => at.to_string(),
        }
    }

    /// What those who complained named, or where nobody was asked, what the register holds.
    pub(super) fn complaint_pareto(&self, wave: &WaveAssessment) -> Option<Result<Figure, ChartError>> {
        let complaints = wave.complaints.as_ref()?;
        let mut rows: Vec<ParetoRow> = complaints.categories.iter().filter_map(|c| self.asked_row(c)).collect();
        let asked = !rows.is_empty();
        if let Some(register) = complaints.register.as_ref().filter(|_| !asked) {
            rows = register.categories.iter().map(register_row).collect();
        }
        if rows.is_empty() {
            return None;
        }
        let source = if asked { "asked" } else { "register" };
        let title = self.titled("complaints", wave);
        let (bar, line) = (
            self.words.word(&format!("legend-complaints-{source}")),
            self.words.word(&format!("legend-cumulative-{source}")),
        );
        let interval = |i: Option<(f64, f64)>| match i {
            Some((low, high)) => self.words.range(&number(Some(low * 100.0), 1), &number(Some(high * 100.0), 1)),
            None => words::NOTHING.to_owned(),
        };
        // A register is a full count: its shares have no interval.
        let cells = |r: &ParetoRow| {
            let mut cells = vec![r.name.clone(), count(r.n), percent(Some(r.share))];
            cells.extend(asked.then(|| interval(r.interval)));
            cells.push(percent(Some(r.cumulative)));
            cells
        };
        let mut header = self.columns(&["category", "#n"]);
        let of_numbers = |title: &String| Column {
            title: title.clone(),
            numeric: true,
        };
        header.push(of_numbers(&bar));
        if asked {
            header.extend(self.columns(&["#interval"]));
        }
        header.push(of_numbers(&line));
        let table = FigureTable {
            header,
            rows: rows.iter().map(cells).collect(),
        };
        let chart = Pareto {
            title: title.clone(),
            bar_label: bar,
            line_label: line,
            rows,
            note: if asked {
                self.note()
            } else {
                self.words.word("figure-note-register")
            },
        };
        Some(charts::pareto(&chart).map(|svg| Figure {
            id: "complaints".to_owned(),
            alt_text: self.words.say("alt-complaints", &[("title", &title), ("count", &chart.rows.len())]),
            title,
            svg,
            table,
        }))
    }

    /// A category that respondents named.
    fn asked_row(&self, category: &ComplaintCategory) -> Option<ParetoRow> {
        let estimate = category.reported.estimate?;
        Some(ParetoRow {
            name: if category.category.is_empty() {
                self.words.word("complaint-pooled")
            } else {
                words::shown(&category.category)
            },
            share: estimate.value / 100.0,
            interval: estimate.interval.map(|i| (i.lower / 100.0, i.upper / 100.0)),
            cumulative: category.cumulative.min(1.0),
            n: category.n,
        })
    }
}

/// A category of the register, which is a full count.
fn register_row(category: &RegisterCategory) -> ParetoRow {
    ParetoRow {
        name: words::shown(&category.category),
        share: category.share,
        interval: None,
        cumulative: category.cumulative.min(1.0),
        n: category.complaints,
    }
}
