//! The questions as they were put: wording, answers and place, from the definition and the head of the response file.

use crate::locale::Text;
use crate::survey::touchpoints::AnswerSource;
use crate::survey::{ItemSpec, MissingReason, ScaleSpec, Survey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a question is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionUse {
    /// It measures a dimension.
    Item,
    /// It states how important an item is.
    Importance,
    /// It states what was expected of an item.
    Expectation,
    /// A number of its own beside the index, such as a net promoter score.
    Measure,
    /// Whether somebody complained, and of what.
    Complaint,
    /// A question with a known right answer.
    Attention,
    /// Written in one's own words.
    Open,
    /// Who somebody is, for groups.
    Background,
}

/// The allowed answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerScale {
    /// Lowest code.
    pub min: i32,
    /// Highest code.
    pub max: i32,
    /// Words of the codes, by code.
    pub labels: Vec<(i32, String)>,
    /// Answers without a score, by reason.
    pub missing: Vec<(MissingReason, String)>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// Column of the response file.
    pub column: String,
    /// Wording; absent where the definition has none and only the column is known.
    pub wording: Option<Text>,
    /// What it is for.
    pub used: QuestionUse,
    /// The dimension that it measures.
    pub dimension: Option<String>,
    /// Its scale; absent for questions without one.
    pub scale: Option<AnswerScale>,
    /// True when agreement means dissatisfaction.
    pub reversed: bool,
    /// Right answers, of a question that has some.
    pub expected: Vec<String>,
}

/// The questionnaire of the latest wave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Questionnaire {
    /// Instructions to respondents, as stated.
    pub instructions: Option<Text>,
    /// The questions, in the order of the columns of the response file.
    pub questions: Vec<Question>,
}

impl Questionnaire {
    /// True when the wording of every question is known.
    #[must_use]
    pub fn is_worded(&self) -> bool {
        self.questions.iter().all(|q| q.wording.is_some())
    }
}

/// The questions that the definition names, in the order of `header`, the columns of the latest response file; what is not there comes last.
#[must_use]
pub(crate) fn questionnaire(survey: &Survey, header: &[String]) -> Questionnaire {
    let mut questions: Vec<Question> = items(survey);
    for question in others(survey) {
        if questions.iter().all(|known| known.column != question.column) {
            questions.push(question);
        }
    }
    let place = |question: &Question| header.iter().position(|h| *h == question.column).unwrap_or(usize::MAX);
    questions.sort_by_key(place);
    Questionnaire {
        instructions: survey.disclosure.instructions.clone(),
        questions,
    }
}

fn items(survey: &Survey) -> Vec<Question> {
    let stated = |of: fn(&ItemSpec) -> Option<usize>| survey.scored().iter().filter_map(of).collect::<Vec<_>>();
    let (importances, expectations) = (stated(|i| i.importance), stated(|i| i.expectation));
    let question = |(at, item): (usize, &ItemSpec)| {
        let dimension = survey.dimensions.iter().find(|d| d.parts.is_empty() && d.items.contains(&at));
        let used = if importances.contains(&at) {
            QuestionUse::Importance
        } else if expectations.contains(&at) {
            QuestionUse::Expectation
        } else {
            QuestionUse::Item
        };
        Question {
            wording: worded(&item.title, &[&item.id, &item.column]),
            dimension: dimension.filter(|_| used == QuestionUse::Item).map(|d| d.id.clone()),
            scale: Some(scale(&item.scale)),
            reversed: item.reversed,
            ..plain(&item.column, used)
        }
    };
    survey.items.iter().enumerate().map(question).collect()
}

/// Questions that are no items of a dimension.
fn others(survey: &Survey) -> Vec<Question> {
    let mut found = Vec::new();
    for measure in &survey.touchpoints.measures {
        if let AnswerSource::Column(column) = &measure.source {
            found.push(Question {
                wording: worded(&measure.title, &[&measure.id, column]),
                scale: Some(scale(&measure.scale)),
                reversed: measure.reversed,
                ..plain(column, QuestionUse::Measure)
            });
        }
    }
    if let Some(complaints) = &survey.touchpoints.complaints {
        let columns = complaints
            .column
            .iter()
            .map(|c| &c.0)
            .chain(complaints.category.iter().map(|c| &c.0));
        found.extend(columns.map(|column| plain(column, QuestionUse::Complaint)));
    }
    if let Some(rule) = &survey.cleaning.attention {
        // Such a question is written into the head of its column as a rule: there is no other place for its wording.
        found.push(Question {
            wording: Some(Text::same(&rule.column)),
            expected: rule.expected.clone(),
            ..plain(&rule.column, QuestionUse::Attention)
        });
    }
    for open in &survey.touchpoints.open {
        found.push(Question {
            wording: worded(&open.title, &[&open.id]),
            ..plain(&open.written.column, QuestionUse::Open)
        });
    }
    // Strata come from the frame; other columns to report by are asked.
    let asked = survey.columns.domains.iter().filter(|c| !survey.columns.strata.contains(c));
    found.extend(asked.map(|column| plain(column, QuestionUse::Background)));
    found
}

fn plain(column: &str, used: QuestionUse) -> Question {
    Question {
        column: crate::text::shown(column, 200),
        wording: None,
        used,
        dimension: None,
        scale: None,
        reversed: false,
        expected: Vec::new(),
    }
}

/// The title, unless it is a name that stands in for one.
fn worded(title: &Text, names: &[&String]) -> Option<Text> {
    (!names.iter().any(|name| title.zh == **name)).then(|| title.clone())
}

fn scale(scale: &ScaleSpec) -> AnswerScale {
    let mut labels: Vec<(i32, String)> = scale.labels.iter().map(|(label, code)| (*code, label.clone())).collect();
    labels.sort();
    let mut missing: Vec<(MissingReason, String)> = scale.missing.iter().map(|(answer, why)| (*why, answer.clone())).collect();
    missing.sort();
    AnswerScale {
        min: scale.min,
        max: scale.max,
        labels,
        missing,
    }
}
