//! What of a wave is compared with other waves: one list, so that everything reported enters the same tables.

use crate::assessment::WaveAssessment;
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
    }];
    found.extend(
        wave.dimensions
            .iter()
            .filter(|d| Some(d.id.as_str()) != index_dimension)
            .map(|d| Quantity {
                key: QuantityKey::of(Family::Dimensions, &d.id),
                title: d.title.clone(),
                reported: &d.score,
            }),
    );
    found.extend(wave.items.iter().map(|item| Quantity {
        key: QuantityKey::of(Family::Items, &item.id),
        title: item.title.clone(),
        reported: &item.score,
    }));
    found.extend(wave.domains.iter().map(|d| Quantity {
        key: QuantityKey::of_domain(&d.column, &d.category, None),
        title: index.clone(),
        reported: &d.index,
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
                }),
        );
    }
    found.extend(measures(wave));
    found
}

/// Measures beside the index. None is reported yet.
fn measures(_wave: &WaveAssessment) -> Vec<Quantity<'_>> {
    Vec::new()
}
