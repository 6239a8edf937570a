//! Whether the grade of the certificate is held, wave by wave.

use crate::assessment::Assessment;
use crate::grade::{Determination, Verdict};
use crate::locale::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The grade of a wave against the scheme of the certificate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GradeOfWave {
    /// Wave.
    pub wave: String,
    /// Highest grade whose line is met for certain.
    pub certain: Option<Text>,
    /// Highest grade whose line is met or may be met.
    pub possible: Option<Text>,
    /// Line of the granted grade against the wave's score; `NotAvailable` where no grade is stated.
    pub granted: Verdict,
    /// True while cut-offs are assumed.
    pub provisional: bool,
}

/// The grade over the waves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GradeHeld {
    /// Title of the scheme.
    pub scheme: Text,
    /// Title of the grade that was granted, where the definition states it.
    pub granted: Option<Text>,
    /// Wave by wave, oldest first.
    pub waves: Vec<GradeOfWave>,
}

impl GradeHeld {
    /// What the latest wave says of the granted grade.
    #[must_use]
    pub fn latest(&self) -> Verdict {
        self.waves.last().map_or(Verdict::NotAvailable, |w| w.granted)
    }

    /// Waves before the latest whose whole interval lay below the line of the granted grade, oldest first.
    pub fn earlier_below(&self) -> impl Iterator<Item = &GradeOfWave> {
        let earlier = self.waves.iter().rev().skip(1).rev();
        earlier.filter(|w| w.granted.is_missed())
    }
}

/// The waves against the scheme of the certificate; nothing without a certificate.
pub(super) fn grade_held(assessment: &Assessment) -> Option<GradeHeld> {
    let certificate = assessment.certificate.as_ref()?;
    let granted = certificate.grade.as_deref();
    let title = |d: &Determination, id: Option<&str>| d.grades.iter().find(|g| Some(g.grade.as_str()) == id).map(|g| g.title.clone());
    let mut name = None;
    let mut waves = Vec::new();
    for wave in &assessment.waves {
        let Some(found) = wave.determinations.iter().find(|d| d.scheme == certificate.scheme) else {
            continue;
        };
        name = title(found, granted).or(name);
        let line = found.grades.iter().find(|g| Some(g.grade.as_str()) == granted);
        waves.push(GradeOfWave {
            wave: wave.id.clone(),
            certain: title(found, found.grade_certain.as_deref()),
            possible: title(found, found.grade_possible.as_deref()),
            granted: line.map_or(Verdict::NotAvailable, |g| g.verdict),
            provisional: found.provisional,
        });
    }
    Some(GradeHeld {
        scheme: certificate.title.clone(),
        granted: name,
        waves,
    })
}
