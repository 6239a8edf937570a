//! Findings: everything the program has to say about a file, a definition or a result.
//!
//! A finding is a value, not a printed line. It names its code, how grave it is, where it was seen, and carries the
//! arguments of its message; the wording lives in `locales/*/program.ftl` so that every finding reads the same in the terminal,
//! in `assessment.json` and in the report, in Chinese and in English.

use crate::locale::{Lang, Messages, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Display;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal : $severity:ident),+ $(,)?) => {
        /// The closed list of things that can be found. The text form is stable: scripts and auditors may cite it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum Code { $($(#[$doc])* #[serde(rename = $text)] $name),+ }

        impl Code {
            /// Every code, in the order of declaration.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The stable text form, which is also the key of the message in `locales/*/program.ftl`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text),+ }
            }

            /// How grave a finding of this code is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    // --- the definition -------------------------------------------------------------------------------------------
    /// The TOML text itself cannot be parsed.
    TomlSyntax = "toml-syntax": Error,
    /// A key that no part of the definition knows.
    UnknownKey = "unknown-key": Error,
    /// A required key is absent.
    MissingKey = "missing-key": Error,
    /// A value has the wrong type or is not one of the allowed words.
    WrongValue = "wrong-value": Error,
    /// The definition asks for a newer program.
    SchemaTooNew = "schema-too-new": Error,
    /// Two waves, dimensions or items share an id.
    DuplicateId = "duplicate-id": Error,
    /// A name is used that is defined nowhere.
    UnknownReference = "unknown-reference": Error,
    /// An id holds characters that cannot be part of a file name or a key.
    BadId = "bad-id": Error,
    /// A scale whose bounds or labels contradict each other.
    BadScale = "bad-scale": Error,
    /// A dimension without items, or a survey without dimensions or waves.
    NothingToMeasure = "nothing-to-measure": Error,
    /// The structural model is not admissible.
    BadModel = "bad-model": Error,
    /// A judge of pairs contradicts himself too much.
    InconsistentJudgement = "inconsistent-judgement": Error,
    /// A judge contradicts himself more than custom allows, and the definition accepts it.
    InconsistencyAllowed = "inconsistency-allowed": Warning,
    /// Weights are to come from judgements that are not there.
    JudgementMissing = "judgement-missing": Error,
    /// Neither or both of two keys of which exactly one is wanted.
    ExactlyOne = "exactly-one": Error,
    /// No scale was stated; 1 to 5 is taken.
    AssumedScale = "assumed-scale": Warning,
    // --- files ----------------------------------------------------------------------------------------------------
    /// A named file does not exist or cannot be read.
    FileUnreadable = "file-unreadable": Error,
    /// Nothing at all in the file.
    FileEmpty = "file-empty": Error,
    /// A header and not one answer.
    HeaderOnly = "header-only": Error,
    /// A workbook of a spreadsheet program where CSV text is wanted.
    NotACsv = "not-a-csv": Error,
    /// A file given as definition that is no TOML file.
    NotADefinition = "not-a-definition": Error,
    /// Rows without any text were passed over.
    BlankRows = "blank-rows": Note,
    /// Bytes that are not text in the stated or recognised encoding.
    WrongEncoding = "wrong-encoding": Error,
    /// The encoding cannot be told with certainty and none is stated.
    AmbiguousEncoding = "ambiguous-encoding": Error,
    /// A column that the definition names is not in the header.
    MissingColumn = "missing-column": Error,
    /// Two columns carry the same name, so a reference to it is ambiguous.
    DuplicateColumn = "duplicate-column": Error,
    /// A row with more or fewer fields than the header.
    RaggedRow = "ragged-row": Error,
    /// A quoted field that never ends.
    UnclosedQuote = "unclosed-quote": Error,
    /// A quoted field that swallowed what look like whole rows.
    SwallowedRows = "swallowed-rows": Error,
    /// Text after a closing quote.
    TextAfterQuote = "text-after-quote": Error,
    /// A field of unreasonable length.
    FieldTooLong = "field-too-long": Error,
    /// More problems of one kind than are worth listing.
    MoreOfTheSame = "more-of-the-same": Error,
    /// A count that is not a whole number from 0.
    BadCount = "bad-count": Error,
    // --- sample and draw ------------------------------------------------------------------------------------------
    /// A frame with more units than row numbers can name.
    FrameTooLong = "frame-too-long": Error,
    /// A unit of the frame without an id.
    BlankUnitId = "blank-unit-id": Error,
    /// Two units of the frame share an id.
    RepeatedUnitId = "repeated-unit-id": Error,
    /// A tab or a line break within a cell that is sealed.
    BrokenUnitCell = "broken-unit-cell": Error,
    /// A size that is not a number from 0.
    BadUnitSize = "bad-unit-size": Error,
    /// A unit of the frame without a cluster.
    BlankCluster = "blank-cluster": Error,
    /// A plan whose parts contradict each other.
    BadPlan = "bad-plan": Error,
    /// A design that the frame does not allow.
    BadDesign = "bad-design": Error,
    /// Joint inclusion probabilities that cannot be worked out.
    NoJointProbabilities = "no-joint-probabilities": Error,
    /// A row of a list of drawn units that cannot be used.
    BadDrawList = "bad-draw-list": Error,
    /// A draw record or commitment that cannot be read.
    BadDrawRecord = "bad-draw-record": Error,
    /// The frame is not the one that was sealed.
    FrameNotSealed = "frame-not-sealed": Error,
    /// A seed that was known before the frame was sealed.
    SeedBeforeFrame = "seed-before-frame": Error,
    /// Nothing shows that the seed was not chosen for its result.
    SeedNotCommitted = "seed-not-committed": Warning,
    /// What came back does not keep to the draw.
    DrawNotKept = "draw-not-kept": Warning,
    /// The record of a draw cannot be verified with what is at hand.
    DrawNotVerified = "draw-not-verified": Warning,
    // --- frame and design -----------------------------------------------------------------------------------------
    /// Respondents of a stratum that the frame does not list.
    StratumNotInFrame = "stratum-not-in-frame": Error,
    /// A row of the frame that is the sum of all others.
    TotalRow = "total-row": Error,
    /// A column of the frame that no one reads.
    FrameColumnIgnored = "frame-column-ignored": Warning,
    /// A stratum with clearly fewer interviews than its target.
    StratumShort = "stratum-short": Warning,
    /// The sample's composition differs from the frame by more than chance.
    SampleDiffersFromFrame = "sample-differs-from-frame": Warning,
    /// Fewer interviews than the stated margin needs.
    RequiredSizeNotReached = "required-size-not-reached": Warning,
    /// No dispositions: no response rate.
    NoDispositions = "no-dispositions": Note,
    /// The method says that everybody was asked, the frame says otherwise.
    CensusIncomplete = "census-incomplete": Warning,
    /// A large share of the interviews was excluded.
    ManyExcluded = "many-excluded": Warning,
    /// Interviews without an identity: duplicates among them cannot be found.
    IdentityMissing = "identity-missing": Warning,
    /// A stratum listed twice in the frame.
    DuplicateStratum = "duplicate-stratum": Error,
    /// The frame counts fewer customers than answered.
    FrameSmallerThanSample = "frame-smaller-than-sample": Error,
    /// More drawn than the frame holds, or more answered than drawn.
    MoreDrawnThanFrame = "more-drawn-than-frame": Error,
    /// A final code of a case that is neither AAPOR's nor explained in the definition.
    CaseCodeUnknown = "case-code-unknown": Error,
    /// A case without an id.
    CaseWithoutId = "case-without-id": Error,
    /// The same id twice among the cases: an id has one final code.
    CaseRepeated = "case-repeated": Error,
    /// Cases, frame and answers do not add up.
    CasesUnbalanced = "cases-unbalanced": Error,
    /// A weight that is not a positive number.
    BadWeight = "bad-weight": Error,
    /// A category of a margin that somebody gave and that has no target.
    MarginWithoutTarget = "margin-without-target": Error,
    /// A category of a margin with a target and too few respondents to carry it.
    MarginCategoryTooSmall = "margin-category-too-small": Error,
    /// Targets of a margin that describe another population than the frame or another margin.
    MarginTotalsContradict = "margin-totals-contradict": Error,
    /// A target that is not a number from 0.
    BadTarget = "bad-target": Error,
    /// The weights do not meet their margins.
    WeightsNotConverged = "weights-not-converged": Error,
    /// Calibration gives weights of zero or less.
    WeightsNegative = "weights-negative": Error,
    /// Bounds of trimming that cannot keep the sum of the weights.
    TrimImpossible = "trim-impossible": Error,
    /// Weights cannot be made for another reason.
    WeightsImpossible = "weights-impossible": Error,
    /// Base weights of a stratum that do not follow from the frame.
    WeightsContradictFrame = "weights-contradict-frame": Warning,
    /// More distinct base weights than cells can be kept for.
    TooManyWeights = "too-many-weights": Error,
    /// The response files need more strata or domain categories than the packed form holds.
    TooManyCategories = "too-many-categories": Error,
    /// Interviews in the response file and completes in the disposition table disagree.
    DispositionsDisagree = "dispositions-disagree": Warning,
    /// No frame: coverage cannot be checked and no finite population correction is applied.
    NoFrame = "no-frame": Warning,
    /// The sampling method is unknown or not random; intervals are "as if" only.
    NotProbability = "not-probability": Warning,
    /// A stratum of the frame without a respondent.
    StratumEmpty = "stratum-empty": Warning,
    /// A stratum that was sampled and has no interview: its weight would be lost in silence.
    StratumUnanswered = "stratum-unanswered": Error,
    /// Strata that the definition has weighted as one.
    StrataMerged = "strata-merged": Note,
    /// A class of non-response that was sampled and in which nobody answered.
    ResponseClassEmpty = "response-class-empty": Error,
    /// Classes of non-response without the numbers drawn.
    ResponseClassesUnknown = "response-classes-unknown": Error,
    /// More combinations of categories than cells can be kept for.
    TooManyCombinations = "too-many-combinations": Error,
    /// Respondents of a cluster that the list of clusters does not have.
    ClusterNotListed = "cluster-not-listed": Error,
    /// A cluster of fewer customers than answered.
    ClusterBelowSample = "cluster-below-sample": Error,
    /// A stratum with a single respondent: its variance cannot be estimated.
    LonelyStratum = "lonely-stratum": Warning,
    /// A respondent without a cluster, in a sample of clusters.
    PsuMissing = "psu-missing": Error,
    /// A cluster name that occurs in several strata; it is read as a cluster of its own in each.
    PsuInStrata = "psu-in-strata": Warning,
    /// The frame counts fewer clusters of a stratum than have respondents: no finite population correction there.
    PsusBelowSample = "psus-below-sample": Warning,
    /// Standard errors by linearisation and by jackknife differ by more than allowed.
    VarianceRoutesDiffer = "variance-routes-differ": Warning,
    // --- answers --------------------------------------------------------------------------------------------------
    /// An answer that is neither a code nor a label of its scale.
    UnknownLabel = "unknown-label": Warning,
    /// A number outside the scale.
    OutOfScale = "out-of-scale": Warning,
    /// A date or time that does not exist.
    ImpossibleDate = "impossible-date": Warning,
    /// Impossible times take a larger share than the definition allows.
    TooManyImpossibleDates = "too-many-impossible-dates": Error,
    /// A duration that is not a number of seconds.
    BadDuration = "bad-duration": Warning,
    /// Faulty answers take a larger share than the definition allows.
    TooManyFaults = "too-many-faults": Error,
    // --- estimates ------------------------------------------------------------------------------------------------
    /// A domain with fewer respondents than may be reported on.
    BaseTooSmall = "base-too-small": Note,
    /// A mean that is withheld because few respondents stand behind it.
    WithheldSmall = "withheld-small": Note,
    /// A mean that is withheld so that one of few respondents cannot be computed from it.
    WithheldComplement = "withheld-complement": Note,
    /// A whole that is withheld because its difference from the published one speaks of few respondents.
    WithheldDifference = "withheld-difference": Note,
    /// Nobody answered any item of a dimension.
    DimensionUnanswered = "dimension-unanswered": Warning,
    /// An item without a single answer.
    ItemUnanswered = "item-unanswered": Warning,
    /// Too few respondents for a standard error.
    TooFewRespondents = "too-few-respondents": Warning,
    /// No respondent is left after cleaning.
    NobodyLeft = "nobody-left": Warning,
    /// An item that everybody answered alike: no correlation, no model.
    NoVariance = "no-variance": Warning,
    /// Weights from the spread of the answers cannot be had.
    WeightsUndefined = "weights-undefined": Warning,
    /// The path model could not be estimated.
    ModelFailed = "model-failed": Warning,
    /// Groups whose path models cannot be held against each other.
    GroupsNotCompared = "groups-not-compared": Warning,
    /// An outer weight that is not positive: the index would leave 0 to 100.
    NegativeWeight = "negative-weight": Warning,
    /// Some replicates could not be estimated.
    ReplicatesFailed = "replicates-failed": Warning,
    /// Some replicates of the bootstrap could not be estimated.
    ReplicatesDropped = "replicates-dropped": Note,
    /// Missing answers stand at their item's mean in the path model.
    MeanReplacement = "mean-replacement": Note,
    /// Interviews that the forensics of response quality flagged.
    QualityFlagged = "quality-flagged": Note,
    /// The definition says that the data are simulated or otherwise special.
    DataNotice = "data-notice": Note,
    // --- schemes and gates ----------------------------------------------------------------------------------------
    /// A scheme id that is not among the shipped or given ones.
    UnknownScheme = "unknown-scheme": Error,
    /// A scheme file that contradicts itself.
    BadScheme = "bad-scheme": Error,
    /// Two schemes share an id.
    DuplicateScheme = "duplicate-scheme": Error,
    /// A scheme that was not in force when the latest survey was carried out.
    SchemeNotInForce = "scheme-not-in-force": Error,
    /// The same for an earlier wave, which is then not read against it.
    SchemeNotInForceThen = "scheme-not-in-force-then": Note,
    /// A wave without dates: which edition was in force cannot be told.
    SurveyDateUnknown = "survey-date-unknown": Warning,
    /// Grades that do not rise, or share a cut-off.
    GradesUnordered = "grades-unordered": Error,
    /// A cut-off below 0 or above full marks.
    CutoffOutsideScale = "cutoff-outside-scale": Error,
    /// Points of parts that do not sum to the points of the whole.
    PointsDoNotSum = "points-do-not-sum": Error,
    /// Cut-offs said to be the body's, and the body's rule not named.
    BodyIncomplete = "body-incomplete": Error,
    /// A statement on a condition that no scheme asks.
    UnknownCondition = "unknown-condition": Error,
    /// A scorecard row that cannot be used.
    BadScorecard = "bad-scorecard": Error,
    /// A clause that the scheme does not have.
    UnknownClause = "unknown-clause": Error,
    /// A clause that is scored twice, itself or within a wider one.
    DuplicateClause = "duplicate-clause": Error,
    /// More points than the clause has.
    PointsAboveMaximum = "points-above-maximum": Error,
    /// A clause without known points.
    ClauseWithoutPoints = "clause-without-points": Error,
    /// Some of the points of a clause that is met or not met.
    NotAllOrNothing = "not-all-or-nothing": Error,
    /// A scorecard is wanted of a scheme that has none.
    NotScoredOnSite = "not-scored-on-site": Error,
    /// A scorecard without a scheme that it could belong to, or with several.
    ScorecardWithoutScheme = "scorecard-without-scheme": Error,
    /// The cut-offs used are assumed, not published by any body.
    AssumedCutoffs = "assumed-cutoffs": Warning,
    /// A quality gate of the definition is not met.
    GateFailed = "gate-failed": Warning,
    // --- certificate and sites ------------------------------------------------------------------------------------
    /// A certificate whose dates contradict each other.
    BadCertificate = "bad-certificate": Error,
    /// The column of the sites is not reported by.
    SitesNotADomain = "sites-not-a-domain": Error,
    /// Customers answered for a site that the list of sites does not have.
    SiteNotListed = "site-not-listed": Warning,
    /// A row of the actions or of the questionnaire's change log that cannot be used.
    BadRecord = "bad-record": Error,
    // --- questions beside the items -------------------------------------------------------------------------------
    /// Answers to a question beside the items that no scale and no word knows.
    SideAnswersUnknown = "side-answers-unknown": Warning,
    /// A row of a register of complaints that cannot be used.
    BadComplaint = "bad-complaint": Error,
    /// A row of a code frame or of coded answers that cannot be used.
    BadCoding = "bad-coding": Error,
    /// Fewer open answers coded twice than needed.
    CodingThin = "coding-thin": Warning,
    /// Coders agree less than conclusions need.
    CodingUnreliable = "coding-unreliable": Warning,
    // --- waves beside each other ----------------------------------------------------------------------------------
    /// An earlier assessment that a wave cannot be taken from.
    AssessmentUnusable = "assessment-unusable": Error,
    /// The latest wave without its answers.
    LatestWaveTaken = "latest-wave-taken": Error,
    /// A wave that was taken from an earlier assessment.
    WaveTaken = "wave-taken": Note,
    /// A break between waves that contradicts itself.
    BadBreak = "bad-break": Error,
    /// Two waves that are not compared in everything.
    NotComparable = "not-comparable": Warning,
    /// Two waves that are compared with a reservation.
    ComparableReserved = "comparable-reserved": Warning,
    /// A row of a series or of the benchmarks that cannot be used.
    BadSeries = "bad-series": Error,
    // --- output ---------------------------------------------------------------------------------------------------
    /// The output cannot be written.
    OutputUnwritable = "output-unwritable": Error,
    /// A form of report that this program was built without.
    FormatNotBuilt = "format-not-built": Error,
    /// The company's template of Word reports cannot be used.
    TemplateUnusable = "template-unusable": Error,
    /// The fonts of the PDF lack characters of the survey.
    GlyphsNotDrawn = "glyphs-not-drawn": Warning,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// The result stands, with the stated reservation.
    Warning,
    /// The run stops: no result could be trusted.
    Error,
}

/// Where a finding was seen. Lines and columns count from 1; a column counts characters, not bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// File as the user named it, never an absolute path.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// Physical line of the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
    /// Character in the line, or field number where the place is a cell of a table.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u64>,
    /// Wave, item, dimension, stratum or key that is concerned.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: Some(file.into()),
            ..Self::default()
        }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(file: impl Into<String>, line: u64) -> Self {
        Self {
            line: Some(line),
            ..Self::file(file)
        }
    }

    /// A character or cell of a file.
    #[must_use]
    pub fn cell(file: impl Into<String>, line: u64, column: u64) -> Self {
        Self {
            column: Some(column),
            ..Self::line(file, line)
        }
    }

    /// Something that is in no file: a wave, a dimension, an estimate.
    #[must_use]
    pub fn subject(subject: impl Into<String>) -> Self {
        Self {
            subject: Some(subject.into()),
            ..Self::default()
        }
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}")?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
                if let Some(column) = self.column {
                    write!(f, ":{column}")?;
                }
            }
        }
        match (&self.file, &self.subject) {
            (Some(_), Some(subject)) => write!(f, " [{subject}]"),
            (None, Some(subject)) => write!(f, "{subject}"),
            _ => Ok(()),
        }
    }
}

/// One thing found: see the module documentation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Which of the closed list of things this is.
    pub code: Code,
    /// Where it was seen.
    pub place: Place,
    /// Arguments of the message. Values are cleaned of control characters and cut at 120 characters.
    pub args: BTreeMap<&'static str, String>,
}

impl Finding {
    /// A finding at a place, without arguments yet.
    #[must_use]
    pub fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            place,
            args: BTreeMap::new(),
        }
    }

    /// Adds an argument of the message; hostile text is made harmless here, once.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.args.insert(name, crate::text::shown(&value.to_string(), 120));
        self
    }

    /// Names what is concerned, beside the place in the file.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.place.subject = Some(crate::text::shown(&subject.into(), 120));
        self
    }

    /// Gravity, which follows from the code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The finding with its wording in both languages, as it travels in `assessment.json`.
    #[must_use]
    pub fn record(&self) -> FindingRecord {
        let (zh, en) = (Messages::of(Lang::Zh), Messages::of(Lang::En));
        let key = self.code.as_str();
        let part = |attribute: &str| {
            Some(Text {
                zh: zh.attribute(key, attribute, &self.args)?,
                en: en.attribute(key, attribute, &self.args)?,
            })
        };
        FindingRecord {
            code: self.code,
            severity: self.severity(),
            place: self.place.clone(),
            message: Text {
                zh: zh.message(key, &self.args),
                en: en.message(key, &self.args),
            },
            expected: part("expected"),
            got: part("got"),
            hint: part("hint"),
        }
    }
}

/// A finding with its wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingRecord {
    /// Stable code.
    pub code: Code,
    /// Gravity.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What.
    pub message: Text,
    /// What was expected there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<Text>,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub got: Option<Text>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<Text>,
}

impl FindingRecord {
    /// The finding as lines for a terminal: what, where, expected, got, what to do.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> String {
        let messages = Messages::of(lang);
        let label = |key: &str| messages.message(key, &BTreeMap::new());
        let severity = label(match self.severity {
            Severity::Note => "severity-note",
            Severity::Warning => "severity-warning",
            Severity::Error => "severity-error",
        });
        let mut out = format!("{severity}[{}] {}\n", self.code.as_str(), self.message.get(lang));
        let place = self.place.to_string();
        let parts = [
            ("finding-where", (!place.is_empty()).then_some(place.as_str())),
            ("finding-expected", self.expected.as_ref().map(|t| t.get(lang))),
            ("finding-got", self.got.as_ref().map(|t| t.get(lang))),
            ("finding-hint", self.hint.as_ref().map(|t| t.get(lang))),
        ];
        for (key, value) in parts {
            if let Some(value) = value {
                out.push_str(&format!("  {}{value}\n", label(key)));
            }
        }
        out
    }
}

/// The findings that stop a run. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} problem(s), first: {}", .0.len(), .0.first().map_or("", |f| f.code.as_str()))]
pub struct Refusal(pub Vec<Finding>);

impl From<Finding> for Refusal {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

/// Collects findings over a whole pass, so that all problems are told at once.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    all: Vec<Finding>,
}

impl Findings {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.all.push(finding);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Finding>) {
        self.all.extend(others);
    }

    /// True when one of them stops the run.
    #[must_use]
    pub fn any_error(&self) -> bool {
        self.all.iter().any(|f| f.severity() == Severity::Error)
    }

    /// All findings, or a refusal holding the errors first when there are any.
    pub fn settle(self) -> Result<Vec<Finding>, Refusal> {
        if self.any_error() {
            let (mut errors, rest): (Vec<_>, Vec<_>) = self.all.into_iter().partition(|f| f.severity() == Severity::Error);
            errors.extend(rest);
            return Err(Refusal(errors));
        }
        Ok(self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_wording_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let messages = Messages::of(lang);
            for code in Code::ALL {
                assert!(messages.has(code.as_str()), "{lang:?} lacks {}", code.as_str());
                if code.severity() == Severity::Error {
                    assert!(
                        messages.has_attribute(code.as_str(), "hint"),
                        "{lang:?} {} lacks a hint",
                        code.as_str()
                    );
                }
            }
        }
    }

    #[test]
    fn hostile_arguments_are_made_harmless() {
        let finding = Finding::new(Code::UnknownLabel, Place::file("a.csv")).with("got", "a\u{202e}b\u{1b}[31m\n");
        assert_eq!(finding.args["got"], "a\u{fffd}b\u{fffd}[31m\u{fffd}");
    }
}
