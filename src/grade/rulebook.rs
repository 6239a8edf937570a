//! The schemes and scorecards of a survey, read together and held against its dates.

use super::scheme::{self, Reads, Scheme};
use super::{Scorecard, read_scorecard};
use crate::evidence::InputFile;
use crate::finding::{Code, Finding, Place, Refusal};
use crate::io::World;
use crate::survey::Survey;
use crate::survey::definition::Wave;
use std::collections::BTreeMap;

/// The schemes and scorecards that a definition names, read and checked.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// In the order named.
    entries: Vec<Entry>,
    /// Scorecards, by scheme.
    scorecards: BTreeMap<String, Scorecard>,
    /// The files.
    pub inputs: Vec<InputFile>,
}

/// What one name in `schemes` stands for: one scheme, or the editions of a document.
#[derive(Debug, Clone)]
struct Entry {
    name: String,
    place: Place,
    editions: Vec<Scheme>,
    /// Text of the file, to tell a changed copy from the original.
    texts: Vec<String>,
}

/// The day of a wave that decides which edition was in force: the last of its fieldwork.
#[must_use]
pub fn survey_date(wave: &Wave) -> Option<&str> {
    wave.field_end.as_deref().or(wave.field_start.as_deref())
}

/// Reads the schemes and scorecards that a definition names; all faults are told at once.
pub fn read_rulebook(survey: &Survey, world: &dyn World) -> Result<Rulebook, Refusal> {
    let mut rules = Rulebook {
        entries: Vec::new(),
        scorecards: BTreeMap::new(),
        inputs: Vec::new(),
    };
    let mut faults = Vec::new();
    for (position, name) in survey.schemes.iter().enumerate() {
        let place = survey
            .scheme_places
            .get(position)
            .cloned()
            .unwrap_or_else(|| Place::file(&survey.file));
        match read_entry(name, place, world, &mut rules.inputs) {
            Ok(entry) => rules.entries.push(entry),
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    let readable = faults.is_empty();
    faults.extend(same_ids(&rules.entries));
    if let Some(latest) = survey.waves.last().and_then(survey_date) {
        faults.extend(rules.entries.iter().filter_map(|e| not_in_force(e, latest, Code::SchemeNotInForce)));
    }
    if readable {
        faults.extend(unknown_conditions(survey, &rules.entries));
        faults.extend(unknown_elements(survey, &rules.entries));
        faults.extend(read_scorecards(survey, world, &mut rules));
    }
    if faults.is_empty() { Ok(rules) } else { Err(Refusal(faults)) }
}

impl Rulebook {
    /// The schemes that a wave is read against: of every name the edition in force on its date. The scorecard belongs to
    /// the latest wave, which is the one that is audited.
    #[must_use]
    pub fn for_wave(&self, wave: &Wave, latest: bool) -> (Vec<(&Scheme, Option<&Scorecard>)>, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut chosen = Vec::new();
        for entry in &self.entries {
            let edition = match survey_date(wave) {
                Some(day) => entry.editions.iter().rfind(|s| s.in_force_on(day)),
                None => entry.editions.last(),
            };
            match (edition, survey_date(wave)) {
                (Some(scheme), date) => {
                    let dated = scheme.in_force_from.is_some() || scheme.in_force_until.is_some();
                    if date.is_none() && dated && entry.editions.len() > 1 {
                        let finding = Finding::new(Code::SurveyDateUnknown, Place::subject(&wave.id));
                        findings.push(finding.with("scheme", &entry.name).with("edition", &scheme.document));
                    }
                    chosen.push((scheme, self.scorecards.get(&scheme.id).filter(|_| latest)));
                }
                (None, Some(day)) => findings.extend(not_in_force(entry, day, Code::SchemeNotInForceThen).map(|f| f.about(&wave.id))),
                (None, None) => {}
            }
        }
        (chosen, findings)
    }

    /// The newest edition of the scheme at a position of the definition's list.
    #[must_use]
    pub fn newest(&self, position: usize) -> Option<&Scheme> {
        self.entries.get(position)?.editions.last()
    }

    /// The scorecard files.
    pub fn scorecard_inputs(&self) -> impl Iterator<Item = &InputFile> {
        self.scorecards.values().map(|card| &card.input)
    }

    fn scheme(&self, id: &str) -> Option<&Scheme> {
        self.entries.iter().flat_map(|e| &e.editions).find(|s| s.id == id)
    }
}

fn read_entry(name: &str, place: Place, world: &dyn World, inputs: &mut Vec<InputFile>) -> Result<Entry, Refusal> {
    let is_file = std::path::Path::new(name).extension().is_some_and(|e| e == "toml");
    let texts: Vec<(String, String)> = if is_file {
        vec![(name.to_owned(), read_text(name, world)?)]
    } else {
        let found = scheme::shipped_editions(name);
        found.into_iter().map(|(id, text)| (id.to_owned(), text.to_owned())).collect()
    };
    if texts.is_empty() {
        return Err(unknown_scheme(name, place).into());
    }
    let mut editions = Vec::new();
    for (file, text) in &texts {
        inputs.push(InputFile::text("scheme", file, text));
        editions.push(Scheme::parse(file, text)?);
    }
    Ok(Entry {
        name: name.to_owned(),
        place,
        editions,
        texts: texts.into_iter().map(|(_, text)| text).collect(),
    })
}

fn read_text(file: &str, world: &dyn World) -> Result<String, Finding> {
    let fault = |reason: String| {
        Finding::new(Code::FileUnreadable, Place::file(file))
            .with("file", file)
            .with("reason", reason)
    };
    let mut text = String::new();
    let mut reader = world.open(file).map_err(|e| fault(format!("{:?}", e.kind())))?;
    reader.read_to_string(&mut text).map_err(|e| fault(format!("{:?}", e.kind())))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn unknown_scheme(id: &str, place: Place) -> Finding {
    let known = scheme::shipped_ids();
    let near = crate::survey::nearest(id, known.iter().copied()).unwrap_or_else(|| known.join(", "));
    Finding::new(Code::UnknownScheme, place).with("scheme", id).with("nearest", near)
}

/// Two schemes of one id, or a changed copy that still bears the id of a shipped scheme.
fn same_ids(entries: &[Entry]) -> Vec<Finding> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for entry in entries {
        for (scheme, text) in entry.editions.iter().zip(&entry.texts) {
            let shipped = scheme::shipped(&scheme.id).filter(|shipped| *shipped != text.as_str());
            let other = seen.insert(&scheme.id, &entry.name).or(shipped.map(|_| "manyidu"));
            if let Some(other) = other {
                let finding = Finding::new(Code::DuplicateScheme, entry.place.clone());
                faults.push(finding.with("id", &scheme.id).with("file", &entry.name).with("other", other));
            }
        }
    }
    faults
}

fn not_in_force(entry: &Entry, day: &str, code: Code) -> Option<Finding> {
    if entry.editions.is_empty() || entry.editions.iter().any(|s| s.in_force_on(day)) {
        return None;
    }
    let scheme = entry.editions.last()?;
    let open = |day: &Option<String>| day.clone().unwrap_or_else(|| "…".to_owned());
    let period = format!("{} – {}", open(&scheme.in_force_from), open(&scheme.in_force_until));
    let finding = Finding::new(code, entry.place.clone())
        .with("scheme", &entry.name)
        .with("document", &scheme.document)
        .with("period", period)
        .with("date", day);
    Some(finding.with("instead", instead(scheme, day)))
}

/// The shipped edition of the same document that was in force on a day, or what the file says took its place.
fn instead(scheme: &Scheme, day: &str) -> String {
    let family = scheme.family.as_deref().map(scheme::shipped_editions).unwrap_or_default();
    let parsed = family.iter().filter_map(|(id, text)| Some((*id, Scheme::parse(id, text).ok()?)));
    let fits = parsed.filter(|(_, s)| s.in_force_on(day)).map(|(id, _)| id.to_owned()).next();
    fits.or_else(|| scheme.superseded_by.clone()).unwrap_or_else(|| "–".to_owned())
}

fn unknown_conditions(survey: &Survey, entries: &[Entry]) -> Vec<Finding> {
    let schemes = || entries.iter().flat_map(|e| &e.editions);
    let known: Vec<&str> = schemes().flat_map(|s| s.conditions.iter().map(|c| c.id.as_str())).collect();
    let unknown = survey.declared.keys().filter(|id| !known.contains(&id.as_str()));
    unknown
        .map(|id| {
            let place = survey.declared_places.get(id).cloned().unwrap_or_else(|| Place::file(&survey.file));
            let near = crate::survey::nearest(id, known.iter().copied()).unwrap_or_else(|| known.join(", "));
            Finding::new(Code::UnknownCondition, place)
                .with("condition", id)
                .with("nearest", near)
        })
        .collect()
}

/// An element that no scheme names is a slip, where a scheme names any.
fn unknown_elements(survey: &Survey, entries: &[Entry]) -> Vec<Finding> {
    let schemes = entries.iter().flat_map(|e| &e.editions);
    let known: Vec<&str> = schemes.flat_map(|s| s.elements.iter().map(|e| e.id.as_str())).collect();
    let unknown = survey.elements.iter().filter(|(element, _)| !known.contains(&element.as_str()));
    unknown
        .filter(|_| !known.is_empty())
        .map(|(element, dimension)| {
            let near = crate::survey::nearest(element, known.iter().copied()).unwrap_or_else(|| known.join(", "));
            let finding = Finding::new(Code::UnknownReference, Place::file(&survey.file)).about(&dimension.zh);
            finding.with("name", element).with("nearest", near)
        })
        .collect()
}

/// Scorecards go to the schemes they are named for; one alone goes to the only scheme that is scored on site.
fn read_scorecards(survey: &Survey, world: &dyn World, rules: &mut Rulebook) -> Vec<Finding> {
    let scored: Vec<String> = rules
        .entries
        .iter()
        .flat_map(|e| &e.editions)
        .filter(|s| s.reads == Reads::Scorecard)
        .map(|s| s.id.clone())
        .collect();
    let without = |file: &str| {
        let finding = Finding::new(Code::ScorecardWithoutScheme, survey.scorecard_place.clone());
        finding.with("file", file).with("schemes", scored.join(", "))
    };
    let mut faults = Vec::new();
    let mut wanted: Vec<(String, String)> = survey.scorecards.iter().map(|(id, file)| (id.clone(), file.clone())).collect();
    match (&survey.scorecard, scored.as_slice()) {
        (Some(file), [only]) => wanted.push((only.clone(), file.clone())),
        (Some(file), _) => faults.push(without(file)),
        (None, _) => {}
    }
    for (id, file) in wanted {
        let Some(scheme) = rules.scheme(&id).cloned() else {
            faults.push(without(&file));
            continue;
        };
        match read_scorecard(&file, world, &scheme) {
            Ok(card) => {
                rules.scorecards.insert(id, card);
            }
            Err(refusal) => faults.extend(refusal.0),
        }
    }
    faults
}
