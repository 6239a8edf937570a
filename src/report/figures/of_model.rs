//! The path model as a picture.

use super::{Figure, FigureTable, Maker};
use crate::assessment::{DimensionResult, ModelResult, WaveAssessment};
use crate::report::charts::{self, ChartError, PathArrow, PathDiagram, PathNode};
use crate::report::words::{number, points};

impl Maker<'_> {
    pub(super) fn path_model(&self, wave: &WaveAssessment, model: &ModelResult) -> Result<Figure, ChartError> {
        let title = self.titled("path-model", wave);
        let explained = |id: &str| model.r2.iter().find(|r| r.dimension == id);
        let node = |d: &DimensionResult| PathNode {
            name: self.words.text(&d.title),
            detail: match explained(&d.id) {
                Some(r2) => format!("{} · R² {}", points(d.score.estimate.as_ref()), number(Some(r2.r2.value), 2)),
                None => points(d.score.estimate.as_ref()),
            },
            emphasised: self.assessment.survey.index_dimension.as_deref() == Some(&d.id),
        };
        // Parts act through the dimension that is made of them; the table beside the picture has them.
        let is_part = |id: &String| wave.dimensions.iter().any(|d| d.parts.contains(id));
        let shown: Vec<&DimensionResult> = wave.dimensions.iter().filter(|d| !is_part(&d.id)).collect();
        let place = |id: &str| shown.iter().position(|d| d.id == id);
        let mut arrows = Vec::new();
        let mut table = FigureTable {
            header: self.columns(&["path", "#coefficient", "#interval"]),
            rows: Vec::new(),
        };
        for path in &model.paths {
            let (Some(from), Some(to)) = (place(&path.from), place(&path.to)) else {
                continue;
            };
            let label = number(Some(path.coefficient.value), 2);
            let certain = path.coefficient.interval.is_some_and(|i| i.lower > 0.0 || i.upper < 0.0);
            let name = |at: usize| shown.get(at).map(|d| self.words.text(&d.title)).unwrap_or_default();
            table.rows.push(vec![
                format!("{} → {}", name(from), name(to)),
                number(Some(path.coefficient.value), 3),
                self.words.interval_with(path.coefficient.interval, 3),
            ]);
            arrows.push(PathArrow {
                from,
                to,
                value: path.coefficient.value,
                label,
                certain,
            });
        }
        let alt_text = self.words.say("alt-path-model", &[("title", &title), ("count", &arrows.len())]);
        let chart = PathDiagram {
            title: title.clone(),
            nodes: shown.iter().copied().map(node).collect(),
            arrows,
            note: self.words.word("figure-note-path-model"),
        };
        Ok(Figure {
            id: "path-model".to_owned(),
            svg: charts::path_diagram(&chart)?,
            title,
            alt_text,
            table,
        })
    }
}
