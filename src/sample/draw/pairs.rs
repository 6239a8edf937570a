//! Joint inclusion probabilities of the drawn elements of a draw: what a variance by Horvitz and Thompson or Sen, Yates and Grundy needs.
//!
//! Strata are drawn independently, so that elements of two strata have the product of their own probabilities; only pairs within a stratum
//! are given. Simple random: `n(n−1)/(N(N−1))`. Systematic designs: given the order of the list (that of the keys where no columns order
//! it); pairs that no start takes together do not occur in a sample. Sampford: exactly, for lists of at most [`SAMPFORD_MAX`] elements.
//! Source: see [`super::joint`].

use super::design::{DesignError, DrawDesign, Elements, Selection};
use super::joint::{JointDesign, JointError, joint_probabilities};
use super::keys::DrawKeys;
use super::select::{SortOrder, Stratum, held_against};
use crate::sample::frame::UnitFrame;
use crate::text::spreadsheet_safe;

/// Most elements of a stratum for the joint probabilities of systematic draws: a matrix of all of them is held.
pub const SYSTEMATIC_MAX: usize = 2_000;

/// The same for Sampford's design, whose work grows with the third power.
pub const SAMPFORD_MAX: usize = 300;

/// Two drawn elements.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnPair {
    /// Their stratum; empty without strata.
    pub stratum: String,
    /// One: the id of a unit, the name of a cluster where clusters were drawn.
    pub first: String,
    /// The other.
    pub second: String,
    /// Probability that both are drawn, `π_kl`.
    pub joint_probability: f64,
}

/// Why a draw has no joint probabilities.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PairsError {
    /// Frame and design do not fit together.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// More elements than can be worked out.
    #[error("stratum {stratum} has {elements} elements, at most {most} can be worked out")]
    TooLarge {
        /// Name.
        stratum: String,
        /// Its elements.
        elements: usize,
        /// The most.
        most: usize,
    },
    /// The probabilities do not make a design.
    #[error(transparent)]
    Joint(#[from] JointError),
}

/// All pairs of drawn elements within strata, by stratum and in the order of their names.
///
/// # Errors
///
/// [`PairsError`] names the stratum.
pub fn drawn_pairs(frame: &UnitFrame, design: &DrawDesign, seed: &str) -> Result<Vec<DrawnPair>, PairsError> {
    let keys = DrawKeys::new(frame.sha256(), seed);
    let elements = Elements::of(frame, design)?;
    let lists = elements.by_stratum();
    held_against(frame, design, &lists)?;
    let order = SortOrder::of(&elements, design);
    let mut pairs = Vec::new();
    for (number, (list, wanted)) in lists.into_iter().zip(&design.strata).enumerate() {
        let stratum = Stratum {
            elements: &elements,
            keys: &keys,
            name: frame.strata.name(number as u32),
            list,
        };
        pairs.extend(of_stratum(&stratum, design.selection, wanted.size as usize, &order)?);
    }
    Ok(pairs)
}

fn of_stratum(stratum: &Stratum<'_>, selection: Selection, size: usize, order: &SortOrder<'_>) -> Result<Vec<DrawnPair>, PairsError> {
    let count = stratum.list.len();
    let most = match selection {
        Selection::SimpleRandom => usize::MAX,
        Selection::Systematic | Selection::PpsSystematic => SYSTEMATIC_MAX,
        Selection::Sampford => SAMPFORD_MAX,
    };
    if count > most {
        let stratum = stratum.name.to_owned();
        return Err(PairsError::TooLarge {
            stratum,
            elements: count,
            most,
        });
    }
    let mut chosen: Vec<u32> = stratum
        .choose(selection, size, order, &mut Vec::new())?
        .iter()
        .map(|c| c.0)
        .collect();
    chosen.sort_by_key(|element| stratum.elements.name(*element));
    let (listed, joint) = match selection {
        Selection::SimpleRandom => (Vec::new(), None),
        Selection::Systematic => {
            let sorted = stratum.sorted(order);
            let own = vec![size as f64 / count.max(1) as f64; count];
            (sorted, Some(joint_probabilities(JointDesign::Systematic, &own)?))
        }
        Selection::PpsSystematic | Selection::Sampford => {
            let sorted = stratum.sorted(order);
            let design = if selection == Selection::Sampford {
                JointDesign::Sampford
            } else {
                JointDesign::Systematic
            };
            let own = stratum.probabilities(&sorted, size)?;
            (sorted, Some(joint_probabilities(design, &own)?))
        }
    };
    let place = |element: u32| listed.iter().position(|e| *e == element);
    let simple = size as f64 * (size as f64 - 1.0) / (count as f64 * (count as f64 - 1.0));
    let mut pairs = Vec::new();
    for (at, first) in chosen.iter().enumerate() {
        for second in chosen.iter().skip(at + 1) {
            let of_matrix = joint.as_ref().zip(place(*first).zip(place(*second)));
            pairs.push(DrawnPair {
                stratum: stratum.name.to_owned(),
                first: stratum.elements.name(*first),
                second: stratum.elements.name(*second),
                joint_probability: of_matrix.and_then(|(joint, at)| joint.get(at).copied()).unwrap_or(simple),
            });
        }
    }
    Ok(pairs)
}

/// The pairs as a CSV file: `stratum,first,second,joint_probability`.
#[must_use]
pub fn pairs_csv(pairs: &[DrawnPair]) -> Vec<u8> {
    let cell = |text: &str| format!("\"{}\"", spreadsheet_safe(text).replace('"', "\"\""));
    let mut out = String::from("stratum,first,second,joint_probability\n");
    for pair in pairs {
        let (stratum, first, second) = (cell(&pair.stratum), cell(&pair.first), cell(&pair.second));
        out.push_str(&format!("{stratum},{first},{second},{}\n", pair.joint_probability));
    }
    out.into_bytes()
}
