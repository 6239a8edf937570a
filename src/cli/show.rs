//! What people and programs see: findings, results, progress.

use indicatif::{ProgressBar, ProgressStyle};
use manyidu::finding::{Code, Finding, FindingRecord, Severity};
use manyidu::locale::{Lang, Messages};
use manyidu::pipeline::Step;
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::Instant;

/// Findings shown one by one on a terminal; JSON always has all of them.
const SHOWN_MAX: usize = 50;

/// Standard output for results, standard error for everything else.
pub struct Terminal {
    /// Language of messages.
    pub lang: Lang,
    /// True when standard output carries one JSON value.
    pub json: bool,
    progress: ProgressBar,
    /// When each step began, in the order met.
    steps: Mutex<Vec<(String, Instant)>>,
}

impl Terminal {
    /// A terminal; the progress display shows only where somebody can see it.
    pub fn new(lang: Lang, json: bool) -> Self {
        let progress = if std::io::stderr().is_terminal() {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            progress.set_style(style);
        }
        Self {
            lang,
            json,
            progress,
            steps: Mutex::new(Vec::new()),
        }
    }

    /// Prints a line for people: the wording of a key.
    pub fn say(&self, key: &'static str, args: &[(&'static str, String)]) {
        self.progress.finish_and_clear();
        let args: BTreeMap<&'static str, String> = args.iter().cloned().collect();
        let text = Messages::of(self.lang).message(key, &args);
        // A closed pipe is no reason to fail.
        let _ = if self.json {
            writeln!(std::io::stderr(), "{text}")
        } else {
            writeln!(std::io::stdout(), "{text}")
        };
    }

    /// The wording of a key without arguments.
    pub fn word(&self, key: &str) -> String {
        Messages::of(self.lang).word(key)
    }

    /// Prints one JSON value on standard output.
    pub fn print_json(&self, value: &serde_json::Value) {
        self.progress.finish_and_clear();
        let _ = writeln!(std::io::stdout(), "{value:#}");
    }

    /// Prints text on standard output as it is.
    pub fn print(text: &str) {
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// Prints findings on standard error, gravest first.
    pub fn findings(&self, findings: &[FindingRecord]) {
        self.progress.finish_and_clear();
        let mut sorted: Vec<&FindingRecord> = findings.iter().collect();
        sorted.sort_by_key(|f| std::cmp::Reverse(f.severity));
        // Every error is told; of reservations of one kind the first, and how many more: the report has them all.
        let mut more: BTreeMap<Code, u64> = BTreeMap::new();
        sorted.retain(|f| {
            let seen = more.entry(f.code).and_modify(|n| *n += 1).or_insert(0);
            f.severity == Severity::Error || *seen == 0
        });
        for finding in sorted.iter().take(SHOWN_MAX) {
            let _ = write!(std::io::stderr(), "{}", finding.lines(self.lang));
            let others = more
                .get(&finding.code)
                .copied()
                .filter(|n| *n > 0 && finding.severity != Severity::Error);
            if let Some(others) = others {
                let args = BTreeMap::from([("count", others.to_string())]);
                let text = Messages::of(self.lang).message("finding-more", &args);
                let _ = writeln!(std::io::stderr(), "  {text}");
            }
        }
        if sorted.len() > SHOWN_MAX {
            let _ = writeln!(std::io::stderr(), "… +{}", sorted.len() - SHOWN_MAX);
        }
    }

    /// Tells why nothing was done.
    pub fn refuse(&self, findings: &[Finding]) {
        let records: Vec<FindingRecord> = findings.iter().map(Finding::record).collect();
        self.findings(&records);
        let of = |severity: Severity| records.iter().filter(|r| r.severity == severity).count();
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        if self.json {
            self.print_json(&serde_json::json!({ "ok": false, "errors": errors, "warnings": warnings, "findings": records }));
        } else {
            let args = BTreeMap::from([("errors", errors.to_string()), ("warnings", warnings.to_string())]);
            let _ = writeln!(std::io::stderr(), "{}", Messages::of(self.lang).message("check-problems", &args));
        }
    }

    /// Shows where a run is.
    pub fn step(&self, wave: &str, step: Step) {
        let words = Messages::of(self.lang);
        let text = match step {
            Step::Reading(bytes) => format!("{} {wave} {} MB", words.word("progress-reading"), bytes / 1_000_000),
            Step::Cleaning | Step::Tallying | Step::Estimating => format!("{} {wave}", words.word("progress-estimating")),
        };
        self.progress.set_message(text);
        self.progress.tick();
        self.began(match step {
            Step::Reading(_) => "read",
            Step::Cleaning => "clean",
            Step::Tallying => "tally",
            Step::Estimating => "estimate",
        });
    }

    fn began(&self, step: &str) {
        if let Ok(mut steps) = self.steps.lock()
            && steps.last().is_none_or(|(last, _)| last != step)
        {
            steps.push((step.to_owned(), Instant::now()));
        }
    }

    /// Prints how long each step took, on standard error.
    pub fn timings(&self) {
        self.began("end");
        let Ok(steps) = self.steps.lock() else { return };
        let mut seconds: BTreeMap<&str, f64> = BTreeMap::new();
        for pair in steps.windows(2) {
            if let [(step, began), (_, ended)] = pair {
                *seconds.entry(step).or_default() += ended.duration_since(*began).as_secs_f64();
            }
        }
        for step in ["read", "clean", "tally", "estimate", "write"] {
            if let Some(seconds) = seconds.get(step) {
                let _ = writeln!(std::io::stderr(), "{step}\t{seconds:.3}");
            }
        }
    }

    /// Shows that output is being written.
    pub fn writing(&self) {
        self.progress.set_message(Messages::of(self.lang).word("progress-writing"));
        self.progress.tick();
        self.began("write");
    }
}
