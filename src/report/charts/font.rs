//! The two embedded fonts and the measuring of text with them.

use super::ChartError;
use super::style::Type;
use ttf_parser::Face;

/// Name under which the embedded fonts are known, and what a browser takes where it is not installed.
pub(super) const FAMILY: &str = "Noto Sans SC, Microsoft YaHei, PingFang SC, Hiragino Sans GB, sans-serif";
/// Name of the embedded fonts alone.
pub(super) const EMBEDDED_FAMILY: &str = "Noto Sans SC";

pub(super) static REGULAR: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSansSC-Regular.subset.ttf"));
pub(super) static BOLD: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSansSC-Bold.subset.ttf"));

/// The embedded fonts, for forms that set text themselves.
#[cfg(feature = "pdf")]
pub(in crate::report) fn embedded_fonts() -> [&'static [u8]; 2] {
    [REGULAR, BOLD]
}

/// Measures text with the advance widths of the embedded fonts.
pub(super) struct Ruler {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Ruler {
    pub(super) fn new() -> Result<Self, ChartError> {
        let face = |bytes| Face::parse(bytes, 0).map_err(|_| ChartError::Font);
        Ok(Self {
            regular: face(REGULAR)?,
            bold: face(BOLD)?,
        })
    }

    /// Width of one character in pixels; a character that the font lacks counts as a full square, the usual width of
    /// what another font would put in its place.
    pub(super) fn advance(&self, character: char, kind: Type) -> f64 {
        let face = if kind.bold { &self.bold } else { &self.regular };
        let em = f64::from(face.units_per_em()).max(1.0);
        let units = face.glyph_index(character).and_then(|glyph| face.glyph_hor_advance(glyph));
        units.map_or(1.0, |units| f64::from(units) / em) * kind.size
    }

    /// Width of a text on one line in pixels.
    pub(super) fn width(&self, text: &str, kind: Type) -> f64 {
        text.chars().map(|character| self.advance(character, kind)).sum()
    }
}

/// Characters of `text` that the embedded fonts cannot draw, each once, in order of their code.
///
/// A PNG or PDF made from a chart leaves these characters out; a browser shows them with another font. Characters that
/// are never drawn (spaces, control and direction characters) are not reported. If the embedded font itself could not
/// be read, every drawn character is reported.
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let ruler = Ruler::new();
    let drawn = super::text::clean(text);
    let mut missing: Vec<char> = drawn
        .chars()
        .filter(|&character| match &ruler {
            Ok(ruler) => ruler.regular.glyph_index(character).is_none() || ruler.bold.glyph_index(character).is_none(),
            Err(_) => true,
        })
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::style::{LABEL, VALUE};

    #[test]
    fn what_reports_need_is_in_both_fonts() {
        let signs = "±–—…·×≤≥▲▼△✓②←→↑↓％（）《》“”、。：；￥℃";
        assert!(missing_glyphs(signs).is_empty());
        assert!(missing_glyphs("顾客满意度指数：品牌形象 预期质量 感知质量 感知价值 顾客抱怨 顾客忠诚 ABC xyz 0123 %~").is_empty());
    }

    #[test]
    fn missing_characters_are_named_once_and_in_order() {
        assert_eq!(missing_glyphs("张😀堃a😀"), vec!['堃', '😀']);
        assert!(missing_glyphs("a\u{202e}b\u{0}\n").is_empty());
    }

    /// Advance widths read from the fonts' `hmtx` tables with fontTools 4.68.0, units of 1/1000 em.
    #[test]
    fn widths_are_those_of_the_font_tables() {
        let ruler = Ruler::new().unwrap();
        for (text, regular, bold) in FROM_FONTTOOLS {
            assert!((ruler.width(text, LABEL) - regular * 0.014).abs() < 1e-9, "{text}");
            assert!((ruler.width(text, VALUE) - bold * 0.014).abs() < 1e-9, "{text}");
        }
    }

    const FROM_FONTTOOLS: [(&str, f64, f64); 3] = [("满意度", 3000.0, 3000.0), ("n=1,203", 3663.0, 3916.0), ("Value…", 3583.0, 3743.0)];
}
