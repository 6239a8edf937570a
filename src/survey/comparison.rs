//! `[[model.compare]]`: whose path models are held against each other.

use super::definition::Definition;
use super::validate::Check;
use crate::finding::Code;
use schemars::JsonSchema;
use serde::Deserialize;

/// Permutations where the definition states no number.
const PERMUTATIONS: u32 = 1_000;

/// Fewest and most permutations: with fewer no p-value below 0.01 could come out, more say nothing new.
const PERMUTATIONS_RANGE: std::ops::RangeInclusive<u32> = 99..=100_000;

/// Most groups of a comparison: six have fifteen pairs already.
pub const GROUPS_MAX: usize = 6;

/// Groups of respondents, or waves, whose path models are compared: invariance of measurement first, then the paths. Where clusters were drawn
/// (`columns.psu`), permutations exchange whole clusters, or respondents within their cluster where groups cross clusters; whoever answered in several
/// waves exchanges only the own answers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// Column of `columns.domains` whose categories are the groups, in the latest wave.
    pub by: Option<String>,
    /// The categories to compare, two to six; all of them when absent.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Ids of the waves to compare, two to six, instead of a column.
    #[serde(default)]
    pub waves: Vec<String>,
    /// Permutations of group membership, and bootstrap replicates of each group; 1,000 when absent. Where permutations times respondents exceed 20 million (1 million with `missing = "em"`), fewer are made.
    pub permutations: Option<u32>,
}

/// A comparison, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareSpec {
    /// What is compared.
    pub groups: CompareGroups,
    /// Permutations.
    pub permutations: u32,
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompareGroups {
    /// Categories of a column in the latest wave; all of them where none is named.
    Column {
        /// The column.
        column: String,
        /// Its categories.
        categories: Vec<String>,
    },
    /// Waves by id.
    Waves(Vec<String>),
}

impl Check<'_> {
    /// The comparisons of the definition.
    pub(super) fn comparisons(&mut self, definition: &Definition) -> Vec<CompareSpec> {
        let mut specs = Vec::new();
        for (number, compare) in definition.model.compare.iter().enumerate() {
            let path = format!("model.compare[{number}]");
            let permutations = compare.permutations.unwrap_or(PERMUTATIONS);
            if !PERMUTATIONS_RANGE.contains(&permutations) {
                let path = format!("{path}.permutations");
                let got = permutations.to_string();
                let arguments = [("key", path.as_str()), ("expected", "99 … 100000"), ("got", &got)];
                self.complain(Code::WrongValue, &path, &arguments);
            }
            if let Some(groups) = self.compared(definition, compare, &path) {
                specs.push(CompareSpec { groups, permutations });
            }
        }
        specs
    }

    fn compared(&mut self, definition: &Definition, compare: &Compare, path: &str) -> Option<CompareGroups> {
        let Some(column) = compare.by.as_ref().filter(|_| compare.waves.is_empty()) else {
            if compare.by.is_some() || compare.waves.is_empty() {
                self.complain(Code::ExactlyOne, path, &[("first", "by"), ("second", "waves")]);
                return None;
            }
            let known: Vec<&str> = definition.waves.iter().map(|w| w.id.as_str()).collect();
            for wave in compare.waves.iter().filter(|w| !known.contains(&w.as_str())) {
                self.unknown(&format!("{path}.waves"), wave, &known);
            }
            if !compare.groups.is_empty() {
                self.complain(Code::ExactlyOne, path, &[("first", "groups"), ("second", "waves")]);
            }
            self.distinct(&compare.waves, &format!("{path}.waves"));
            return Some(CompareGroups::Waves(compare.waves.clone()));
        };
        let known: Vec<&str> = definition.columns.domains.iter().map(String::as_str).collect();
        if !known.contains(&column.as_str()) {
            self.unknown(&format!("{path}.by"), column, &known);
        }
        if !compare.groups.is_empty() {
            self.distinct(&compare.groups, &format!("{path}.groups"));
        }
        Some(CompareGroups::Column {
            column: column.clone(),
            categories: compare.groups.clone(),
        })
    }

    /// Two to six different names.
    fn distinct(&mut self, names: &[String], path: &str) {
        let mut sorted = names.to_vec();
        sorted.sort();
        sorted.dedup();
        if sorted.len() != names.len() || !(2..=GROUPS_MAX).contains(&names.len()) {
            let (expected, got) = (format!("2 … {GROUPS_MAX}"), names.join(", "));
            self.complain(Code::WrongValue, path, &[("key", path), ("expected", &expected), ("got", &got)]);
        }
    }
}
