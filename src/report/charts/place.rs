//! Finding free places for labels.

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The rectangle of a given size around a middle.
    pub(super) fn around(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            left: x - width / 2.0,
            top: y - height / 2.0,
            right: x + width / 2.0,
            bottom: y + height / 2.0,
        }
    }

    pub(super) fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn lies_in(&self, other: &Self) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }
}

/// Places already taken, and lines that a label should rather not cover.
pub(super) struct Places {
    /// Labels must stay within.
    pub bounds: Area,
    /// Labels must not touch.
    pub taken: Vec<Area>,
    /// Labels avoid covering these where they can; each is a thin rectangle.
    pub avoided: Vec<Area>,
    /// Distance in pixels beyond which a label needs a line to its spot.
    pub far: f64,
}

impl Places {
    /// The free candidate with the lowest cost, the earliest among equals; it is then taken.
    ///
    /// The cost is what comes with the candidate and one for each 4 pixels of an avoided line that it covers. Where a
    /// candidate stands so far away that it needs a line from `spot` to it, that line must not cross what is taken.
    pub(super) fn claim(&mut self, spot: (f64, f64), candidates: impl IntoIterator<Item = (Area, usize)>) -> Option<Area> {
        let mut best: Option<(usize, Area)> = None;
        for (area, own_cost) in candidates {
            if best.is_some_and(|(least, _)| least <= own_cost) || !self.is_free(&area) || self.is_cut_off(spot, &area) {
                continue;
            }
            let covered = self.avoided.iter().filter(|line| line.overlaps(&area)).count();
            let cost = own_cost + covered;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, area));
            }
        }
        let (_, area) = best?;
        if let Some(end) = leader(spot, &area, self.far) {
            self.taken.extend(beads(spot, end));
        }
        self.taken.push(area);
        Some(area)
    }

    fn is_free(&self, area: &Area) -> bool {
        area.lies_in(&self.bounds) && !self.taken.iter().any(|other| other.overlaps(area))
    }

    /// Whether the line from a spot to its label would cross something taken.
    fn is_cut_off(&self, spot: (f64, f64), area: &Area) -> bool {
        let Some(end) = leader(spot, area, self.far) else {
            return false;
        };
        let line = beads(spot, end);
        let here = Area::around(spot.0, spot.1, 1.0, 1.0);
        let mut others = self.taken.iter().filter(|other| !other.overlaps(&here));
        others.any(|other| line.iter().any(|bead| bead.overlaps(other)))
    }

    /// Marks a straight line as better not covered.
    pub(super) fn avoid_line(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.avoided.extend(beads(from, to));
    }
}

/// The end of the thin line from a spot to a label that stands more than `far` pixels away.
pub(super) fn leader(spot: (f64, f64), area: &Area, far: f64) -> Option<(f64, f64)> {
    let end = (spot.0.clamp(area.left, area.right), spot.1.clamp(area.top + 3.0, area.bottom - 3.0));
    let distance = (end.0 - spot.0).abs().max((end.1 - spot.1).abs());
    (distance > far).then_some(end)
}

/// A straight line as a chain of small squares.
fn beads(from: (f64, f64), to: (f64, f64)) -> Vec<Area> {
    let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
    let steps = (length / 4.0).ceil().clamp(1.0, 500.0) as u32;
    let bead = |step: u32| {
        let share = f64::from(step) / f64::from(steps);
        Area::around(from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share, 2.0, 2.0)
    };
    (0..=steps).map(bead).collect()
}

/// Spreads labels of one height along an upright line so that none touches the next; the order is kept.
///
/// `wanted` are the middles that the labels would like to have; the answer has the same order. Labels are pushed down
/// where they would touch, and the whole pile is moved up where it would pass `bottom`.
pub(super) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let want = |index: usize| wanted.get(index).copied().unwrap_or(top);
    let height = |index: usize| heights.get(index).copied().unwrap_or(0.0);
    order.sort_by(|&a, &b| want(a).total_cmp(&want(b)).then(a.cmp(&b)));
    let mut middles = vec![top; wanted.len()];
    let mut edge = top;
    for &index in &order {
        let middle = want(index).max(edge + height(index) / 2.0);
        edge = middle + height(index) / 2.0;
        if let Some(place) = middles.get_mut(index) {
            *place = middle;
        }
    }
    let mut edge = bottom;
    for &index in order.iter().rev() {
        if let Some(place) = middles.get_mut(index) {
            *place = place.min(edge - height(index) / 2.0);
            edge = *place - height(index) / 2.0;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_place_is_not_given_twice() {
        let bounds = Area {
            left: 0.0,
            top: 0.0,
            right: 100.0,
            bottom: 20.0,
        };
        let mut places = Places {
            bounds,
            taken: vec![],
            avoided: vec![],
            far: 18.0,
        };
        let row = || (0..4).map(|i| (Area::around(f64::from(i) * 40.0 + 20.0, 10.0, 40.0, 20.0), 0));
        let first = places.claim((20.0, 10.0), row()).unwrap();
        let second = places.claim((60.0, 10.0), row()).unwrap();
        assert!(!first.overlaps(&second));
        assert!(places.claim((60.0, 10.0), row()).is_none());
    }

    #[test]
    fn a_label_far_away_is_led_to_around_what_is_taken() {
        let bounds = Area {
            left: 0.0,
            top: 0.0,
            right: 200.0,
            bottom: 200.0,
        };
        let mut places = Places {
            bounds,
            taken: vec![Area::around(100.0, 60.0, 30.0, 10.0)],
            avoided: vec![],
            far: 18.0,
        };
        let above = Area::around(100.0, 20.0, 30.0, 10.0);
        let below = Area::around(100.0, 180.0, 30.0, 10.0);
        assert_eq!(places.claim((100.0, 100.0), [(above, 0), (below, 5)]), Some(below));
    }

    #[test]
    fn spread_labels_do_not_touch() {
        let middles = spread(&[50.0, 50.0, 52.0, 99.0], &[16.0; 4], 0.0, 100.0);
        for pair in middles.windows(2) {
            assert!(pair[1] - pair[0] >= 16.0 - 1e-9, "{middles:?}");
        }
        assert!(middles.iter().all(|m| (8.0..=92.0).contains(m)));
    }
}
