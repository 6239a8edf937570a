//! What surrounds every chart: its title above and its note below.

use super::canvas::{Align, Canvas};
use super::font::Ruler;
use super::scale::Scale;
use super::style::{MARGIN, MUTED, SMALL, TITLE, WIDTH};
use super::text::{clean, elide, wrap};

/// Title and note of a chart, already broken into lines.
pub(super) struct Frame {
    title: Vec<String>,
    note: Vec<String>,
}

impl Frame {
    pub(super) fn new(ruler: &Ruler, title: &str, note: &str) -> Self {
        let width = WIDTH - 2.0 * MARGIN;
        Self {
            title: wrap(ruler, title, TITLE, width, 2),
            note: wrap(ruler, note, SMALL, width, 8),
        }
    }

    /// Height at which the content begins.
    pub(super) fn top(&self) -> f64 {
        20.0 + TITLE.leading() * self.title.len() as f64 + 12.0
    }

    /// Room that the note takes below the content.
    pub(super) fn bottom(&self) -> f64 {
        let note = SMALL.leading() * self.note.len() as f64;
        if self.note.is_empty() { 16.0 } else { 14.0 + note + 16.0 }
    }

    /// Draws the title, and the note under a content that ends at `end`.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, end: f64) {
        for (line, text) in self.title.iter().enumerate() {
            canvas.text(MARGIN, 20.0 + TITLE.leading() * (line as f64 + 0.72), text, TITLE, Align::Left);
        }
        for (line, text) in self.note.iter().enumerate() {
            let base = end + 14.0 + SMALL.leading() * (line as f64 + 0.75);
            canvas.text(MARGIN, base, text, SMALL.in_colour(MUTED), Align::Left);
        }
    }
}

/// The label of an axis, with the range shown behind it where that leaves out zero.
pub(super) fn axis_label(ruler: &Ruler, label: &str, scale: Scale, room: f64) -> String {
    let range = if scale.leaves_out_zero() {
        format!("  {}", scale.range_text())
    } else {
        String::new()
    };
    let label = elide(ruler, &clean(label), SMALL, room - ruler.width(&range, SMALL));
    format!("{label}{range}")
}
