//! What a survey can say of a clause of a scorecard, as the text of its evidence. It is never points.

use super::words::{Words, percent};
use crate::assessment::{Assessment, WaveAssessment};
use crate::grade::scheme::SurveyPart;
use crate::index::estimate::Estimate;
use crate::locale::Lang;
use crate::round::printed;
use crate::survey::Role;

/// The latest wave's evidence for a part of a survey; nothing where the survey has none.
#[must_use]
pub fn scorecard_evidence(assessment: &Assessment, lang: Lang, part: SurveyPart) -> Option<String> {
    let wave = assessment.waves.last()?;
    let words = Words::of(lang);
    let (survey, title) = (words.text(&assessment.survey.title), words.text(&wave.title));
    let of_estimate = |key: &str, dimension: &str, estimate: &Estimate| {
        words.say(
            key,
            &[
                ("survey", &survey),
                ("wave", &title),
                ("dimension", &dimension),
                ("value", &printed(estimate.value, 1)),
                ("interval", &interval(&words, estimate)),
                ("n", &estimate.n),
            ],
        )
    };
    match part {
        SurveyPart::Index => Some(of_estimate("/evidence-index", "", wave.index.estimate.as_ref()?)),
        SurveyPart::Complaints => {
            let complaints = wave.dimensions.iter().find(|d| d.role == Role::Complaints)?;
            let name = words.text(&complaints.title);
            Some(of_estimate("/evidence-complaints", &name, complaints.score.estimate.as_ref()?))
        }
        SurveyPart::Fieldwork => Some(fieldwork(&words, &survey, &title, wave)),
        SurveyPart::Priorities => priorities(&words, &survey, &title, wave),
    }
}

fn interval(words: &Words, estimate: &Estimate) -> String {
    estimate.interval.map_or_else(String::new, |i| {
        words.say(
            "/evidence-interval",
            &[("low", &printed(i.lower, 1)), ("high", &printed(i.upper, 1))],
        )
    })
}

fn fieldwork(words: &Words, survey: &str, title: &str, wave: &WaveAssessment) -> String {
    let method = serde_json::to_value(wave.coverage.method).ok();
    let method = method.as_ref().and_then(serde_json::Value::as_str).unwrap_or("unknown");
    words.say(
        "/evidence-fieldwork",
        &[
            ("survey", &survey),
            ("wave", &title),
            ("method", &words.word(&format!("/method-{method}"))),
            ("received", &wave.coverage.received),
            ("n", &wave.coverage.n),
            ("rate", &percent(wave.coverage.response_rate)),
        ],
    )
}

fn priorities(words: &Words, survey: &str, title: &str, wave: &WaveAssessment) -> Option<String> {
    let map = wave.priorities.as_ref()?;
    let first: Vec<String> = super::chapters::first_priorities(wave, map)
        .take(2)
        .map(|p| words.text(&p.title))
        .collect();
    (!first.is_empty()).then(|| {
        let names = first.join(&words.word("comma"));
        words.say("/evidence-priorities", &[("survey", &survey), ("wave", &title), ("names", &names)])
    })
}
