//! The kinds of report: the same assessment for different readers.

use super::figures::Figures;
use super::page::Page;
use super::words::Words;
use super::{chapters, document::Document};
use crate::assessment::Assessment;
use crate::locale::Lang;

/// Whom a report is for, and so which chapters it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What an enterprise hands in: everything.
    Evidence,
    /// What an auditor needs who looks at the sample only: how people were drawn, reached and weighted, and whom they
    /// stand for.
    Sampling,
    /// What an analyst hands in every year: plan, waves, changes, targets, actions, grade, and what will be asked.
    Surveillance,
    /// What a director reads: one page.
    Summary,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Evidence, Self::Sampling, Self::Surveillance, Self::Summary];

    /// Name of its files without language and ending.
    #[must_use]
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Evidence => "report",
            Self::Sampling => "sampling",
            Self::Surveillance => "surveillance",
            Self::Summary => "summary",
        }
    }

    /// Its file in a language: Chinese without a mark, for example `report.html`, `report.en.html`.
    #[must_use]
    pub fn file(self, lang: Lang, ending: &str) -> String {
        match lang {
            Lang::Zh => format!("{}.{ending}", self.stem()),
            Lang::En => format!("{}.en.{ending}", self.stem()),
        }
    }

    /// Chapters by id, in the order of this kind.
    pub(super) const fn chapters(self) -> &'static [&'static str] {
        match self {
            Self::Evidence => &[
                "results",
                "trend",
                "moves",
                "comparability",
                "benchmark",
                "targets",
                "priorities",
                "touchpoints",
                "complaints",
                "open-answers",
                "sample",
                "cleaning",
                "quality",
                "weights",
                "measurement",
                "model",
                "groups",
                "weighting",
                "service-gap",
                "determination",
                "domains",
                "actions",
                "reservations",
                "disclosure",
                "questionnaire",
                "provenance",
                "certificate",
                "sign-off",
            ],
            Self::Sampling => &[
                "sample",
                "cleaning",
                "weights",
                "disclosure",
                "questionnaire",
                "provenance",
                "sign-off",
            ],
            Self::Surveillance => &[
                "plan",
                "fieldwork",
                "trend",
                "moves",
                "comparability",
                "series",
                "benchmark",
                "targets",
                "touchpoints",
                "complaints",
                "actions",
                "priorities",
                "grade",
                "certificate",
                "questions",
                "reservations",
                "disclosure",
                "provenance",
                "sign-off",
            ],
            Self::Summary => &["glance"],
        }
    }
}

/// A report as a value: the same for every form it is written in. `digest` is that of the assessment it is made from.
#[must_use]
pub fn document(assessment: &Assessment, kind: Kind, lang: Lang, figures: &Figures, digest: &str) -> Document {
    let named = crate::assessment::labels::named(assessment, lang);
    let assessment = named.as_ref();
    let page = Page {
        kind,
        assessment,
        figures,
        words: Words::of(lang),
    };
    let (words, survey) = (page.words, &assessment.survey);
    let notice = survey.notice.as_ref().map(|n| words.text(n)).unwrap_or_default();
    Document {
        lang: lang.tag(),
        stem: kind.stem(),
        kind: words.word(&format!("kind-{}", kind.stem())),
        title: words.text(&survey.title),
        subtitle: chapters::summary::subtitle(&page),
        running: running(&notice, assessment, words),
        notice,
        summary: match kind {
            Kind::Evidence | Kind::Surveillance => chapters::summary::summary(&page),
            Kind::Summary => chapters::summary::shortened(&page),
            Kind::Sampling => chapters::summary::sampling(&page),
        },
        chapters: chapters::chapters(&page, kind.chapters()),
        drill: chapters::drill::drill(&page),
        digest: digest.to_owned(),
        colophon: words.say(
            "colophon",
            &[
                ("name", &super::words::shown(&assessment.producer.name)),
                ("version", &super::words::shown(&assessment.producer.version)),
            ],
        ),
    }
}

/// What stands at the foot of every page: the notice of the survey, and that grade lines are provisional where they are.
fn running(notice: &str, assessment: &Assessment, words: Words) -> String {
    let provisional = assessment
        .waves
        .last()
        .is_some_and(|w| w.determinations.iter().any(|d| d.provisional));
    let mark = if provisional {
        words.word("provisional-running")
    } else {
        String::new()
    };
    let parts = [notice, mark.as_str()];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}
