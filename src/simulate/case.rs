//! One simulated interview, before it is written.

/// What a row of the response file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowKind {
    /// Nothing wrong.
    Honest,
    /// Repeats an earlier honest row.
    Duplicate,
    /// The same step on every item.
    StraightLine,
    /// Random answers in no time.
    TooFast,
    /// Wrong answer to the attention question.
    Inattentive,
    /// Broken off.
    Partial,
    /// One answer that no scale knows.
    Faulty,
    /// Submitted on a day that does not exist.
    ImpossibleDate,
}

impl RowKind {
    /// Every kind, in the order in which they are counted.
    pub(super) const ALL: [Self; 8] = [
        Self::Honest,
        Self::Duplicate,
        Self::StraightLine,
        Self::TooFast,
        Self::Inattentive,
        Self::Partial,
        Self::Faulty,
        Self::ImpossibleDate,
    ];
}

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Steps above the lowest code.
    Step(u8),
    /// Left blank.
    Blank,
    /// Does not apply.
    NotApplicable,
    /// Something that no scale knows.
    Unknown,
}

/// What one row says.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) kind: RowKind,
    pub(super) stratum: usize,
    /// Number in the respondent's id, unique in the wave.
    pub(super) number: u64,
    pub(super) answers: Vec<Answer>,
    pub(super) attention: Answer,
    pub(super) seconds: u32,
    /// Position in the list of sources, modulo its length.
    pub(super) source: usize,
    /// Position of the comment.
    pub(super) comment: Option<usize>,
}
