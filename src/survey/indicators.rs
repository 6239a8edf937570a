//! The indicator tree above the dimensions, and judgements on what weighs how much in it.
//!
//! Level 1 is the index, the levels below are groups, the last but one the dimensions, the last the items. Without groups
//! the dimensions stand directly under the index. Judgements are turned into weights here, once: they do not depend on
//! any answer.

use super::definition::{Definition, ItemWeights};
use super::{DimensionSpec, Document, ItemSpec, nearest};
use crate::finding::{Code, Finding, Findings};
use crate::locale::Text;
use crate::model::weighting::ahp::{AhpError, CONSISTENCY_RATIO_MAX, Judgements};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the root of the tree in judgements.
pub const ROOT: &str = "index";

/// Several dimensions or groups under one heading of the indicator tree.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Short name, unlike that of any dimension.
    pub id: String,
    /// Title; the id when absent.
    pub title: Option<Text>,
    /// Dimensions or groups under it, by id. Each stands under one heading only.
    pub parts: Vec<String>,
    /// Share among its neighbours; equal shares when absent.
    pub weight: Option<f64>,
}

/// One judge's pairwise judgements on the parts of a node (analytic hierarchy process).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// Whose parts are compared: a dimension (its items), a group, or `index` (what stands directly under it).
    pub of: String,
    /// Who judged; several judges of one node are aggregated by the geometric mean.
    pub judge: Option<String>,
    /// The parts in the order of `upper`; the order of the definition when absent.
    #[serde(default)]
    pub order: Vec<String>,
    /// How many times as important the first is as the others, then the second as those after it, and so on: for three
    /// parts `[["3", "5"], ["2"]]`. From `1/9` to `9`.
    pub upper: Vec<Vec<String>>,
}

/// Where the weights of the groups and dimensions in the index come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IndexWeights {
    /// `dimensions.weight` and `groups.weight`; equal where absent.
    #[default]
    Given,
    /// Pairwise judgements (`judgements`) for each heading with more than one part.
    Ahp,
    /// Spread times conflict of the scores.
    Critic,
    /// First principal component of the scores.
    PrincipalComponent,
}

/// The indicator tree, checked.
#[derive(Debug, Clone)]
pub struct TreeSpec {
    /// Where the weights come from.
    pub weights: IndexWeights,
    /// Headings, parts before the headings that hold them; the last is the index.
    pub nodes: Vec<NodeSpec>,
    /// What was judged, by node.
    pub judged: Vec<JudgedNode>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct NodeSpec {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What stands under it.
    pub parts: Vec<Part>,
    /// Given or judged shares of the parts, sum 1.
    pub shares: Vec<f64>,
}

/// Something under a heading, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A dimension.
    Dimension(usize),
    /// Another heading.
    Node(usize),
}

/// Judgements on one node, and how far they contradict themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JudgedNode {
    /// Dimension, group or `index`.
    pub of: String,
    /// Parts and their weights, sum 1.
    pub weights: Vec<(String, f64)>,
    /// Judges, each with the consistency ratio; absent for one or two parts, which cannot contradict one another.
    pub judges: Vec<(String, Option<f64>)>,
    /// Consistency ratio of all judges together.
    pub consistency_ratio: Option<f64>,
}

impl TreeSpec {
    /// True when no answer has a say in the shares of the tree.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self.weights, IndexWeights::Given | IndexWeights::Ahp)
    }

    /// True for a tree of more than the dimensions directly under the index.
    #[must_use]
    pub fn has_groups(&self) -> bool {
        self.nodes.len() > 1
    }
}

/// Builds the tree and turns judgements into the weights of items and shares of the tree.
pub(super) fn check(
    definition: &Definition,
    document: &Document,
    dimensions: &[DimensionSpec],
    items: &mut [ItemSpec],
    findings: &mut Findings,
) -> TreeSpec {
    let mut check = Check {
        definition,
        document,
        dimensions,
        findings,
    };
    let mut tree = check.tree();
    tree.judged = check.judgements(&mut tree, items);
    tree
}

struct Check<'a> {
    definition: &'a Definition,
    document: &'a Document,
    dimensions: &'a [DimensionSpec],
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn complain(&mut self, code: Code, path: &str, args: &[(&'static str, &str)]) {
        let finding = Finding::new(code, self.document.place(path));
        self.findings.add(args.iter().fold(finding, |f, (name, value)| f.with(name, value)));
    }

    fn unknown(&mut self, path: &str, name: &str, known: &[&str]) {
        let near = nearest(name, known.iter().copied()).unwrap_or_else(|| known.join(", "));
        self.complain(Code::UnknownReference, path, &[("name", name), ("nearest", &near)]);
    }

    fn tree(&mut self) -> TreeSpec {
        let groups = &self.definition.groups;
        let mut parent: BTreeMap<&str, &str> = BTreeMap::new();
        let known: Vec<&str> = names(self.definition, self.dimensions).collect();
        let mut seen: BTreeSet<&str> = self.dimensions.iter().map(|d| d.id.as_str()).chain([ROOT]).collect();
        for (at, group) in groups.iter().enumerate() {
            if !seen.insert(&group.id) {
                self.complain(
                    Code::DuplicateId,
                    &format!("groups[{at}].id"),
                    &[("id", &group.id), ("first", "dimensions")],
                );
            }
            if let Some(weight) = group.weight.filter(|w| !(*w > 0.0 && w.is_finite())) {
                let path = format!("groups[{at}].weight");
                let got = weight.to_string();
                self.complain(Code::WrongValue, &path, &[("key", &path), ("expected", "> 0"), ("got", &got)]);
            }
            if group.parts.is_empty() {
                self.complain(Code::NothingToMeasure, &format!("groups[{at}].parts"), &[("what", &group.id)]);
            }
            for (p, part) in group.parts.iter().enumerate() {
                let path = format!("groups[{at}].parts[{p}]");
                if !known.contains(&part.as_str()) {
                    self.unknown(&path, part, &known);
                } else if let Some(first) = parent.insert(part, &group.id) {
                    self.complain(Code::DuplicateId, &path, &[("id", part), ("first", first)]);
                }
            }
        }
        self.nodes(&parent)
    }

    /// Headings in an order in which every part comes first. What is left over stands in a circle.
    fn nodes(&mut self, parent: &BTreeMap<&str, &str>) -> TreeSpec {
        let mut nodes: Vec<NodeSpec> = Vec::new();
        let mut waiting: Vec<usize> = (0..self.definition.groups.len()).collect();
        loop {
            let before = waiting.len();
            waiting.retain(|at| match self.node(*at, &nodes) {
                Some(node) => {
                    nodes.push(node);
                    false
                }
                None => true,
            });
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        // Unknown parts have been told already; what still waits without one runs in a circle.
        if !waiting.is_empty() && !self.findings.any_error() {
            self.complain(
                Code::BadModel,
                &format!("groups[{}].parts", waiting[0]),
                &[("reason", "group-cycle")],
            );
        }
        let all = names(self.definition, self.dimensions);
        // A part stands in the index through the dimension that is made of it.
        let is_part = |name: &&str| self.definition.dimensions.iter().any(|d| d.of.iter().any(|part| part == name));
        let top: Vec<String> = all
            .filter(|name| !parent.contains_key(name) && !is_part(name))
            .map(str::to_owned)
            .collect();
        if let Some(root) = self.assemble(ROOT, &Text::same(ROOT), &top, &nodes) {
            nodes.push(root);
        }
        TreeSpec {
            weights: self.definition.index.weights,
            nodes,
            judged: Vec::new(),
        }
    }

    fn node(&self, at: usize, nodes: &[NodeSpec]) -> Option<NodeSpec> {
        let group = self.definition.groups.get(at)?;
        let title = group.title.clone().unwrap_or_else(|| Text::same(&group.id));
        self.assemble(&group.id, &title, &group.parts, nodes)
    }

    /// `None` while a part of it is not there yet.
    fn assemble(&self, id: &str, title: &Text, parts: &[String], nodes: &[NodeSpec]) -> Option<NodeSpec> {
        let found: Vec<(Part, f64)> = parts.iter().map(|name| self.part(name, nodes)).collect::<Option<_>>()?;
        let total: f64 = found.iter().map(|(_, weight)| weight).sum();
        Some(NodeSpec {
            id: id.to_owned(),
            title: title.clone(),
            shares: found.iter().map(|(_, weight)| weight / total).collect(),
            parts: found.into_iter().map(|(part, _)| part).collect(),
        })
    }

    /// A part and its given weight.
    fn part(&self, name: &str, nodes: &[NodeSpec]) -> Option<(Part, f64)> {
        if let Some(at) = self.dimensions.iter().position(|d| d.id == name) {
            let given = self.definition.dimensions.get(at)?.weight;
            return Some((Part::Dimension(at), given.unwrap_or(1.0)));
        }
        let at = nodes.iter().position(|n| n.id == name)?;
        let given = self.definition.groups.iter().find(|g| g.id == name)?.weight;
        Some((Part::Node(at), given.unwrap_or(1.0)))
    }

    /// Weights from judgements, put where the given ones stood.
    fn judgements(&mut self, tree: &mut TreeSpec, items: &mut [ItemSpec]) -> Vec<JudgedNode> {
        let mut by_node: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, judgement) in self.definition.judgements.iter().enumerate() {
            by_node.entry(&judgement.of).or_default().push(at);
        }
        let mut judged = Vec::new();
        for (of, positions) in by_node {
            let parts = self.parts_of(of, tree, items);
            if parts.is_empty() {
                let known: Vec<&str> = names(self.definition, self.dimensions).chain([ROOT]).collect();
                self.unknown(&format!("judgements[{}].of", positions[0]), of, &known);
            } else if let Some(node) = self.judged_node(of, &parts, &positions) {
                judged.push(node);
            }
        }
        self.apply(&judged, tree, items);
        judged
    }

    /// Names of what stands under a node.
    fn parts_of(&self, of: &str, tree: &TreeSpec, items: &[ItemSpec]) -> Vec<String> {
        if let Some(dimension) = self.dimensions.iter().find(|d| d.id == of) {
            let named = dimension.items.iter().filter_map(|i| items.get(*i));
            return named.map(|i| i.id.clone()).collect();
        }
        let node = tree.nodes.iter().find(|n| n.id == of);
        let name = |part: &Part| match part {
            Part::Dimension(at) => self.dimensions.get(*at).map(|d| d.id.clone()),
            Part::Node(at) => tree.nodes.get(*at).map(|n| n.id.clone()),
        };
        node.into_iter().flat_map(|n| n.parts.iter().filter_map(name)).collect()
    }

    fn judged_node(&mut self, of: &str, parts: &[String], positions: &[usize]) -> Option<JudgedNode> {
        let mut matrices = Vec::new();
        let mut judges = Vec::new();
        for at in positions {
            let matrix = self.matrix(*at, parts)?;
            let judgement = self.definition.judgements.get(*at)?;
            let name = judgement.judge.clone().unwrap_or_else(|| format!("{}", judges.len() + 1));
            let ratio = matrix.priorities().consistency_ratio;
            self.consistent(*at, of, &name, ratio);
            judges.push((name, ratio));
            matrices.push(matrix);
        }
        let together = Judgements::aggregate(&matrices).ok()?.priorities();
        Some(JudgedNode {
            of: of.to_owned(),
            weights: parts.iter().cloned().zip(together.weights).collect(),
            judges,
            consistency_ratio: together.consistency_ratio,
        })
    }

    /// A judge who contradicts himself too much is refused, unless the definition allows it.
    fn consistent(&mut self, at: usize, of: &str, judge: &str, ratio: Option<f64>) {
        let limit = self.definition.model.inconsistency_max.unwrap_or(CONSISTENCY_RATIO_MAX);
        let Some(ratio) = ratio.filter(|r| *r > CONSISTENCY_RATIO_MAX) else {
            return;
        };
        let code = if ratio > limit {
            Code::InconsistentJudgement
        } else {
            Code::InconsistencyAllowed
        };
        let (got, wanted) = (crate::round::printed(ratio, 3), crate::round::printed(limit, 3));
        self.complain(
            code,
            &format!("judgements[{at}].upper"),
            &[("of", of), ("judge", judge), ("got", &got), ("max", &wanted)],
        );
    }

    /// The matrix in the order of the definition.
    fn matrix(&mut self, at: usize, parts: &[String]) -> Option<Judgements> {
        let judgement = self.definition.judgements.get(at)?.clone();
        let order = if judgement.order.is_empty() {
            parts.to_vec()
        } else {
            judgement.order
        };
        let known: Vec<&str> = parts.iter().map(String::as_str).collect();
        let mut sorted = order.clone();
        sorted.sort();
        sorted.dedup();
        if sorted.len() != parts.len() || order.len() != parts.len() || order.iter().any(|p| !known.contains(&p.as_str())) {
            let path = format!("judgements[{at}].order");
            let (expected, got) = (known.join(", "), order.join(", "));
            self.complain(Code::WrongValue, &path, &[("key", &path), ("expected", &expected), ("got", &got)]);
            return None;
        }
        let mut upper = Vec::new();
        for (row, words) in judgement.upper.iter().enumerate() {
            let mut numbers = Vec::new();
            for (column, word) in words.iter().enumerate() {
                let Some(number) = ratio(word) else {
                    let path = format!("judgements[{at}].upper[{row}][{column}]");
                    self.complain(
                        Code::WrongValue,
                        &path,
                        &[("key", &path), ("expected", "1/9 … 1/2, 1 … 9"), ("got", word)],
                    );
                    return None;
                };
                numbers.push(number);
            }
            upper.push(numbers);
        }
        match Judgements::from_upper(parts.len(), &upper) {
            Ok(matrix) => Some(reordered(&matrix, &order, parts)),
            Err(error) => {
                self.bad_judgement(at, &order, &error);
                None
            }
        }
    }

    fn bad_judgement(&mut self, at: usize, order: &[String], error: &AhpError) {
        let name = |position: usize| order.get(position).cloned().unwrap_or_default();
        let (path, expected, got) = match error {
            AhpError::Order { order } => (String::new(), "1 … 15".to_owned(), order.to_string()),
            AhpError::Shape { row, expected, got } => (format!("[{row}]"), format!("{}: {expected}", name(*row)), got.to_string()),
            AhpError::OffScale { row, column, value } => (
                format!("[{row}]"),
                "1/9 … 9".to_owned(),
                format!("{} : {} = {value}", name(*row), name(*column)),
            ),
            AhpError::Judges => (String::new(), "≥ 1".to_owned(), "0".to_owned()),
        };
        let path = format!("judgements[{at}].upper{path}");
        self.complain(Code::WrongValue, &path, &[("key", &path), ("expected", &expected), ("got", &got)]);
    }

    /// Judged weights replace given ones where the definition takes weights from judgements. A node without judgements
    /// that needs them is an error; one that nobody uses is said.
    fn apply(&mut self, judged: &[JudgedNode], tree: &mut TreeSpec, items: &mut [ItemSpec]) {
        let find = |of: &str| judged.iter().find(|j| j.of == of);
        let for_items = self.definition.model.weights == ItemWeights::Ahp;
        let for_tree = self.definition.index.weights == IndexWeights::Ahp;
        let judged_at = |of: &str| self.definition.judgements.iter().any(|j| j.of == of);
        let mut lacking = Vec::new();
        for dimension in self.dimensions {
            match find(&dimension.id) {
                Some(node) => {
                    for (position, (_, weight)) in dimension.items.iter().zip(&node.weights) {
                        if let Some(item) = items.get_mut(*position) {
                            item.judged = Some(*weight);
                        }
                    }
                }
                None if for_items && dimension.items.len() > 1 && !judged_at(&dimension.id) => lacking.push(dimension.id.clone()),
                None => {}
            }
        }
        for node in &mut tree.nodes {
            match find(&node.id) {
                Some(found) if for_tree => node.shares = found.weights.iter().map(|(_, w)| *w).collect(),
                None if for_tree && node.parts.len() > 1 && !judged_at(&node.id) => lacking.push(node.id.clone()),
                _ => {}
            }
        }
        for of in lacking {
            self.complain(Code::JudgementMissing, "judgements", &[("of", &of)]);
        }
    }
}

/// Everything that can stand under a heading.
fn names<'a>(definition: &'a Definition, dimensions: &'a [DimensionSpec]) -> impl Iterator<Item = &'a str> {
    let groups = definition.groups.iter().map(|g| g.id.as_str());
    dimensions.iter().map(|d| d.id.as_str()).chain(groups)
}

/// `3` or `1/3`.
fn ratio(word: &str) -> Option<f64> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|v| v.is_finite() && *v > 0.0);
    match word.split_once('/') {
        Some((above, below)) => Some(number(above)? / number(below)?),
        None => number(word),
    }
}

/// The same judgements with the things in another order.
fn reordered(matrix: &Judgements, from: &[String], to: &[String]) -> Judgements {
    let place: Vec<usize> = to.iter().filter_map(|name| from.iter().position(|f| f == name)).collect();
    matrix.in_order(&place)
}
