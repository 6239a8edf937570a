//! The closed list of codes, with how grave each is.

use super::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// A table of dispositions does not add up with the numbers drawn, or with the persons who answered.
    DispositionsUnbalanced = "dispositions-unbalanced": Error,
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
    // --- names in reports -----------------------------------------------------------------------------------------
    /// Two values of a column are given the same name.
    LabelTwice = "label-twice": Error,
    /// A name is given to a value or a column that occurs nowhere.
    LabelUnused = "label-unused": Warning,
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
