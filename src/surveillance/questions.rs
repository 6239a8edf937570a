//! What an auditor is bound to ask at the next visit, read off the assessment.
//!
//! Each question names the fact behind it and the chapter that holds the answer. Nothing is asked that the assessment does not
//! give cause for, so a survey without fault has no questions here.

use super::Surveillance;
use super::effects::EffectVerdict;
use crate::assessment::{Assessment, WaveAssessment};
use crate::certificate::calendar::Day;
use crate::certificate::evidence::Holding;
use crate::certificate::records::ImprovementAction;
use crate::certificate::{CalendarEntry, CertificateAssessment};
use crate::coverage::StratumVerdict;
use crate::grade::Verdict;
use crate::locale::{Lang, Messages, Text};
use crate::trend::Direction;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Display;

/// A question with its cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// Short name of what gives cause.
    pub cause: String,
    /// The question, with the fact behind it.
    pub text: Text,
    /// Chapter of the reports that bears on it, by id.
    pub chapter: String,
}

/// Most questions of one cause that are spelled out; what is beyond is counted in the last one.
const OF_A_CAUSE_MAX: usize = 6;

type Args<'a> = &'a [(&'static str, Text)];

/// Questions in the order in which an audit goes: grade, results, actions, plan and evidence, sample, disclosure.
pub(super) fn questions(assessment: &Assessment, found: &Surveillance) -> Vec<Question> {
    let asker = Asker {
        assessment,
        found,
        latest: assessment.waves.last(),
    };
    let causes = [
        asker.grade(),
        asker.drops(),
        asker.targets(),
        asker.actions(),
        asker.plan(),
        asker.evidence(),
        asker.sample(),
        asker.gates(),
        asker.disclosure(),
    ];
    causes.into_iter().flat_map(limited).collect()
}

/// At most [`OF_A_CAUSE_MAX`] of a cause.
fn limited(mut of_a_cause: Vec<Question>) -> Vec<Question> {
    if of_a_cause.len() > OF_A_CAUSE_MAX {
        let more = of_a_cause.len() - OF_A_CAUSE_MAX;
        let cause = of_a_cause.first().cloned();
        of_a_cause.truncate(OF_A_CAUSE_MAX);
        of_a_cause.extend(cause.map(|first| ask("more", &first.chapter, &[("count", plain(more))])));
    }
    of_a_cause
}

fn ask(cause: &str, chapter: &str, args: Args<'_>) -> Question {
    let say = |lang: Lang| {
        let args: BTreeMap<&'static str, String> = args.iter().map(|(name, text)| (*name, text.get(lang).to_owned())).collect();
        Messages::of(lang).message(&format!("question-{cause}"), &args)
    };
    Question {
        cause: cause.to_owned(),
        text: Text {
            zh: say(Lang::Zh),
            en: say(Lang::En),
        },
        chapter: chapter.to_owned(),
    }
}

fn plain(text: impl Display) -> Text {
    Text::same(text.to_string())
}

struct Asker<'a> {
    assessment: &'a Assessment,
    found: &'a Surveillance,
    latest: Option<&'a WaveAssessment>,
}

impl Asker<'_> {
    /// Last day of fieldwork of the latest wave: the day up to which this report knows anything.
    fn known_until(&self) -> Option<Date> {
        self.latest?.field_end.as_ref()?.parse().ok()
    }

    fn is_past(&self, due: Day) -> bool {
        self.known_until().is_some_and(|day| due.0 < day)
    }

    fn wave_title(&self, id: &str) -> Text {
        let wave = self.assessment.waves.iter().find(|w| w.id == id);
        wave.map_or_else(|| Text::same(id), |w| w.title.clone())
    }

    /// Names of strata, as reports call them.
    fn strata(&self, names: &[&str]) -> Text {
        let labels = self.assessment.survey.labels.as_ref();
        let joined = |lang: Lang| {
            let named = names
                .iter()
                .map(|name| labels.map_or_else(|| (*name).to_owned(), |l| l.stratum(name, lang)));
            named.collect::<Vec<_>>().join(" / ")
        };
        Text {
            zh: joined(Lang::Zh),
            en: joined(Lang::En),
        }
    }

    fn grade(&self) -> Vec<Question> {
        let Some(grade) = &self.found.grade else { return Vec::new() };
        let Some(last) = grade.waves.last() else { return Vec::new() };
        let mut questions = Vec::new();
        if let Some(granted) = &grade.granted {
            let args = [("grade", granted.clone()), ("wave", self.wave_title(&last.wave))];
            match last.granted {
                Verdict::NotMet => questions.push(ask("grade-lost", "grade", &args)),
                Verdict::CannotTell => questions.push(self.grade_open(args)),
                _ => {}
            }
            questions.extend(self.earlier_below(grade, granted));
        }
        if last.provisional {
            questions.push(ask("grade-provisional", "grade", &[("scheme", grade.scheme.clone())]));
        }
        questions
    }

    /// The line of the grade cannot be told: with the sample that would settle it where there is one, else with the rise that would. The
    /// numbers are those of the reading against the scheme.
    fn grade_open(&self, args: [(&'static str, Text); 2]) -> Question {
        let certificate = self.assessment.certificate.as_ref();
        let read = self.latest.zip(certificate).and_then(|(wave, certificate)| {
            let found = wave.determinations.iter().find(|d| d.scheme == certificate.scheme)?;
            let granted = certificate.grade.as_deref()?;
            Some((found, found.settling.iter().find(|s| s.grade == granted)?))
        });
        let Some((found, settling)) = read else {
            return ask("grade-open", "grade", &args);
        };
        let rise = found
            .next
            .as_ref()
            .filter(|n| n.grade == settling.grade)
            .and_then(|n| n.gap_certain);
        let rise = rise.map_or_else(String::new, |points| crate::round::printed(points, 2));
        let needed = settling.n_needed.map_or_else(String::new, |n| n.to_string());
        let numbers = [("n", plain(settling.n)), ("needed", plain(needed)), ("rise", plain(&rise))];
        let all: Vec<(&'static str, Text)> = args.into_iter().chain(numbers).collect();
        let cause = if settling.by_sample() {
            "grade-open-sample"
        } else {
            "grade-open-score"
        };
        let worded = if rise.is_empty() && cause == "grade-open-score" {
            "grade-open"
        } else {
            cause
        };
        Question {
            cause: "grade-open".to_owned(),
            ..ask(worded, "grade", &all)
        }
    }

    /// Waves before the latest below the line of the grade that the certificate bears.
    fn earlier_below(&self, grade: &super::grade_held::GradeHeld, granted: &Text) -> Option<Question> {
        let certificate = self.assessment.certificate.as_ref()?;
        let titles: Vec<Text> = grade.earlier_below().map(|w| self.wave_title(&w.wave)).collect();
        if titles.is_empty() {
            return None;
        }
        let joined = |lang: Lang| {
            let names: Vec<&str> = titles.iter().map(|t| t.get(lang)).collect();
            names.join(&Messages::of(lang).word("report-comma"))
        };
        let waves = Text {
            zh: joined(Lang::Zh),
            en: joined(Lang::En),
        };
        let issued = plain(certificate.issued);
        Some(ask(
            "grade-earlier-below",
            "grade",
            &[("waves", waves), ("grade", granted.clone()), ("issued", issued)],
        ))
    }

    /// Actions that are to move the quantity or, of a dimension, one of its items: with their positions.
    fn naming<'q>(&'q self, quantity: &'q str) -> impl Iterator<Item = (usize, &'q ImprovementAction)> {
        let items = self.latest.map(|w| w.items.as_slice()).unwrap_or_default();
        let of_dimension = move |item: &str| items.iter().any(|i| i.id == item && i.dimension == quantity);
        let names = move |a: &ImprovementAction| a.quantity.as_deref().is_some_and(|q| q == quantity || of_dimension(q));
        self.assessment.actions.iter().flatten().enumerate().filter(move |(_, a)| names(a))
    }

    /// True when an action that follows from the latest wave names the quantity.
    fn has_action(&self, quantity: &str) -> bool {
        let Some(latest) = self.latest else { return false };
        let from_latest = |a: &ImprovementAction| a.wave.as_deref().is_none_or(|w| w == latest.id);
        self.naming(quantity).any(|(_, a)| from_latest(a))
    }

    /// The last earlier action that names the quantity, when it was closed and what followed; nothing where no action names it.
    fn earlier_action(&self, quantity: &str) -> Option<Text> {
        let (position, action) = self.naming(quantity).max_by_key(|(at, a)| (a.closed.unwrap_or(a.due), *at))?;
        let effect = self.found.effects.iter().find(|e| e.action == position)?;
        let verdict = match effect.verdict {
            EffectVerdict::Up => "up",
            EffectVerdict::Down => "down",
            EffectVerdict::NotShown => "not-shown",
            EffectVerdict::NotYetAsked => "not-yet-asked",
            EffectVerdict::Open => "open",
            EffectVerdict::NotComparable | EffectVerdict::NotMeasured => "not-measured",
        };
        let after = effect.to.as_deref().map_or_else(Text::default, |id| self.wave_title(id));
        let say = |lang: Lang| {
            let args = BTreeMap::from([
                ("item", action.item.get(lang).to_owned()),
                ("date", action.closed.unwrap_or(action.due).to_string()),
                ("verdict", verdict.to_owned()),
                ("after", after.get(lang).to_owned()),
            ]);
            Messages::of(lang).message("question-earlier-action", &args)
        };
        Some(Text {
            zh: say(Lang::Zh),
            en: say(Lang::En),
        })
    }

    /// A question about a quantity that no action of the latest wave names, with what the last earlier one did.
    fn ask_with_action(&self, cause: &str, chapter: &str, quantity: &str, args: Args<'_>) -> Question {
        let Some(earlier) = self.earlier_action(quantity) else {
            return ask(cause, chapter, args);
        };
        let all: Vec<(&'static str, Text)> = args.iter().cloned().chain([("earlier", earlier)]).collect();
        Question {
            cause: cause.to_owned(),
            ..ask(&format!("{cause}-acted"), chapter, &all)
        }
    }

    fn drops(&self) -> Vec<Question> {
        let Some(comparison) = self.assessment.latest_comparison() else {
            return Vec::new();
        };
        let down = comparison.changes.iter().filter(|c| c.direction == Direction::Down);
        let unanswered = down.filter(|c| !self.has_action(&c.quantity));
        let question = |c: &crate::trend::Change| {
            let points = crate::round::printed(c.change_points.map_or(0.0, f64::abs), 1);
            let args = [
                ("name", c.title.clone()),
                ("points", plain(points)),
                ("from", self.wave_title(&comparison.from)),
            ];
            self.ask_with_action("drop", "trend", &c.quantity, &args)
        };
        unanswered.map(question).collect()
    }

    fn targets(&self) -> Vec<Question> {
        let Some(latest) = self.latest else { return Vec::new() };
        let of_latest = self.found.targets.iter().filter(|t| t.wave == latest.id);
        let missed = of_latest.filter(|t| t.verdict == Verdict::NotMet && !self.has_action(&t.quantity));
        let question = |t: &super::TargetReading| {
            let target = plain(crate::round::printed(t.target, 1));
            let args = [("name", t.title.clone()), ("target", target)];
            self.ask_with_action("target-missed", "targets", &t.quantity, &args)
        };
        missed.map(question).collect()
    }

    fn actions(&self) -> Vec<Question> {
        let actions = self.assessment.actions.iter().flatten();
        // What was late is asked once: by the audit that follows.
        let before = self
            .assessment
            .waves
            .iter()
            .rev()
            .nth(1)
            .and_then(|w| w.field_end.as_ref()?.parse::<Date>().ok());
        let since = |day: Day| before.is_none_or(|before| day.0 > before);
        let question = |a: &ImprovementAction| {
            let item = ("item", a.item.clone());
            match a.closed {
                None if self.is_past(a.due) => Some(ask("action-overdue", "actions", &[item, ("date", plain(a.due))])),
                Some(_) if a.proof.is_empty() => Some(ask("action-unproven", "actions", &[item])),
                Some(closed) if a.is_late() && since(closed) => {
                    let args = [item, ("date", plain(a.due)), ("closed", plain(closed))];
                    Some(ask("action-late", "actions", &args))
                }
                _ => None,
            }
        };
        actions.filter_map(question).collect()
    }

    fn plan(&self) -> Vec<Question> {
        let entries = self.found.plan.iter().flatten();
        let question = |e: &super::PlanEntry| {
            let item = ("item", e.item.clone());
            match e.done {
                None if self.is_past(e.due) => Some(ask("plan-overdue", "plan", &[item, ("date", plain(e.due))])),
                Some(_) if e.proof.is_empty() => Some(ask("plan-unproven", "plan", &[item])),
                _ => None,
            }
        };
        entries.filter_map(question).collect()
    }

    /// The first visit after the latest fieldwork.
    fn next_visit<'c>(&self, certificate: &'c CertificateAssessment) -> Option<&'c CalendarEntry> {
        let known = self.known_until();
        let mut visits = certificate.entries.iter().filter(|e| !e.evidence.is_empty());
        visits.find(|e| known.is_none_or(|day| e.event.until.0 > day))
    }

    fn evidence(&self) -> Vec<Question> {
        let visit = self.assessment.certificate.as_ref().and_then(|c| self.next_visit(c));
        let Some(visit) = visit else { return Vec::new() };
        let question = |e: &crate::certificate::evidence::EvidenceVerdict| {
            let args = [
                ("visit", visit.title.clone()),
                ("until", plain(visit.event.until)),
                ("evidence", e.title.clone()),
                ("fact", e.fact.clone()),
            ];
            ask("evidence-missing", "certificate", &args)
        };
        let missing = visit.evidence.iter().filter(|e| e.holding == Holding::Missing);
        missing.map(question).collect()
    }

    fn sample(&self) -> Vec<Question> {
        let Some(latest) = self.latest else { return Vec::new() };
        let mut questions = Vec::new();
        if !latest.coverage.probability_sample {
            questions.push(ask("not-probability", "sample", &[("wave", latest.title.clone())]));
        }
        let weak = |v: StratumVerdict| matches!(v, StratumVerdict::Fail | StratumVerdict::Empty);
        let strata: Vec<&str> = latest
            .coverage
            .strata
            .iter()
            .filter(|s| weak(s.verdict))
            .map(|s| s.stratum.as_str())
            .collect();
        if !strata.is_empty() {
            let args = [("count", plain(strata.len())), ("names", self.strata(&strata))];
            questions.push(ask("strata-short", "sample", &args));
        }
        questions
    }

    fn gates(&self) -> Vec<Question> {
        let Some(latest) = self.latest else { return Vec::new() };
        let failed = latest.gates.iter().filter(|g| !g.met).count();
        if failed == 0 {
            return Vec::new();
        }
        vec![ask("gates-failed", "reservations", &[("count", plain(failed))])]
    }

    fn disclosure(&self) -> Vec<Question> {
        let missing = self.assessment.disclosure.missing();
        if missing == 0 {
            return Vec::new();
        }
        vec![ask("disclosure-missing", "disclosure", &[("count", plain(missing))])]
    }
}
