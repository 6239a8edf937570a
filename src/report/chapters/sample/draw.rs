//! The record of the draw, and what holding frame and answers against it gave.

use super::super::super::document::{Block, Tone};
use super::super::super::page::Page;
use super::super::super::words::{self, count, count_of};
use crate::assessment::WaveAssessment;

pub(super) fn blocks(page: &Page<'_>, wave: &WaveAssessment) -> Vec<Block> {
    let Some(draw) = &wave.coverage.draw else {
        return vec![page.paragraph("draw-none", &[])];
    };
    let facts = vec![
        page.fact("draw-record", words::shown(&draw.record_sha256)),
        page.fact("draw-frame", words::shown(&draw.frame_sha256)),
        page.fact("draw-seed", words::shown(&draw.seed)),
        page.fact("draw-units", count(draw.frame_units)),
        page.fact("draw-main", count(draw.main)),
        page.fact("draw-reserve", count(draw.reserve)),
        page.fact("draw-responded-main", count_of(draw.responded_main)),
        page.fact("draw-responded-reserve", count_of(draw.responded_reserve)),
    ];
    let (key, tone) = if draw.holds {
        ("draw-holds", Tone::Good)
    } else {
        ("draw-fails", Tone::Bad)
    };
    let text = page.words.word(key);
    vec![Block::Facts { facts }, Block::Callout { text, tone }]
}
