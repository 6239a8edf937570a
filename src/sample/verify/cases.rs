//! Does everybody who was drawn have a final disposition, and nobody else?

use super::{AtHand, DrawCheck, DrawQuestion, KnownIds, LineOf, against, mark};
use crate::sample::draw::Role;
use crate::sample::draw::record::ListedUnit;
use std::collections::BTreeSet;

/// Both questions; none where there is no list of cases. Substitutes need a case only when they were asked, which the cases themselves say.
pub(super) fn checks(sample: &[ListedUnit], file: LineOf, hand: &AtHand<'_>) -> Vec<DrawCheck> {
    let Some(cases) = hand.cases else { return Vec::new() };
    let drawn: BTreeSet<&str> = sample.iter().map(|u| u.id.as_str()).collect();
    let strangers = cases.first_line.iter().filter(|(id, _)| !drawn.contains(id.as_str()));
    let main = sample.iter().filter(|u| u.role == Role::Main);
    let open = main.filter(|u| !cases.holds(&u.id));
    vec![
        against(DrawQuestion::CasesDrawn, strangers.map(|(id, line)| mark(LineOf::Cases, *line, id))),
        against(DrawQuestion::DrawnHaveCases, open.map(|u| mark(file, u.line, &u.id))),
    ]
}

/// Everybody who was asked, as far as it is told: those who were contacted, or else those whose case was closed.
pub(super) fn asked<'a>(hand: &AtHand<'a>) -> Option<&'a KnownIds> {
    hand.contacted.or(hand.cases)
}
