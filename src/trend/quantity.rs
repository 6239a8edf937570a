//! What of a wave is compared with other waves: one list, so that everything reported enters the same tables.

use crate::assessment::WaveAssessment;
use crate::assessment::touchpoints::TouchpointKind;
use crate::index::estimate::Reported;
pub use crate::index::quantity::{DomainRef, Family, QuantityKey};
use crate::locale::Text;

/// One quantity of a wave.
#[derive(Debug, Clone)]
pub struct Quantity<'a> {
    /// Its name, the same in every wave.
    pub key: QuantityKey,
    /// Its title.
    pub title: Text,
    /// What the wave reports of it, in points of a scale of 100.
    pub reported: &'a Reported,
    /// The item whose breaks are its own, where it is made of the answers to one item; its own breaks otherwise.
    pub rests_on: Option<&'a str>,
}

/// Everything of a wave that is compared, family by family. The dimension that is the index is named once, as the index: counted twice
/// it would make its family look larger than it is.
///
/// A measure beside the index (net promoter score, share, rate) enters by a line of `measures`, with [`Family::Measures`].
#[must_use]
pub fn quantities<'a>(wave: &'a WaveAssessment, index_dimension: Option<&str>) -> Vec<Quantity<'a>> {
    let index = Text {
        zh: "满意度指数".to_owned(),
        en: "Satisfaction index".to_owned(),
    };
    let mut found = vec![Quantity {
        key: QuantityKey::index(),
        title: index.clone(),
        reported: &wave.index,
        rests_on: None,
    }];
    found.extend(
        wave.dimensions
            .iter()
            .filter(|d| Some(d.id.as_str()) != index_dimension)
            .map(|d| Quantity {
                key: QuantityKey::of(Family::Dimensions, &d.id),
                title: d.title.clone(),
                reported: &d.score,
                rests_on: None,
            }),
    );
    found.extend(wave.items.iter().map(|item| Quantity {
        key: QuantityKey::of(Family::Items, &item.id),
        title: item.title.clone(),
        reported: &item.score,
        rests_on: None,
    }));
    found.extend(wave.domains.iter().map(|d| Quantity {
        key: QuantityKey::of_domain(&d.column, &d.category, None),
        title: index.clone(),
        reported: &d.index,
        rests_on: None,
    }));
    for domain in &wave.domains {
        let dimensions = wave.dimensions.iter().zip(&domain.dimensions);
        found.extend(
            dimensions
                .filter(|(d, _)| Some(d.id.as_str()) != index_dimension)
                .map(|(d, reported)| Quantity {
                    key: QuantityKey::of_domain(&domain.column, &domain.category, Some(&d.id)),
                    title: d.title.clone(),
                    reported,
                    rests_on: None,
                }),
        );
    }
    found.extend(measures(wave));
    found
}

/// Measures beside the index. Means of codes are left out: they are not in points, and the margin of equivalence would mean
/// something else for them.
fn measures(wave: &WaveAssessment) -> impl Iterator<Item = Quantity<'_>> {
    let in_points = wave.touchpoints.iter().filter(|t| t.kind != TouchpointKind::Ces);
    in_points.map(|t| Quantity {
        key: QuantityKey::of(Family::Measures, &t.id),
        title: t.full_title(),
        reported: &t.reported,
        rests_on: t.item.as_deref(),
    })
}
