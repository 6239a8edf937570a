//! From an SVG picture to a PNG picture.

use super::ChartError;
use super::font::{BOLD, EMBEDDED_FAMILY, REGULAR};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};
use std::sync::Arc;

/// Longest side of a picture in pixels.
const LONGEST_SIDE: f32 = 16_384.0;

/// The SVG picture as PNG bytes, enlarged by `scale` (2 suits print), on white.
///
/// Text is drawn with the embedded fonts only: characters that they lack (see [`super::missing_glyphs`]) are left out.
/// Pictures inside the SVG are never loaded. Fails if `scale` is not a positive number, the text is not SVG, or a side
/// would be longer than 16,384 pixels.
pub fn png_from_svg(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    if !scale.is_finite() || scale <= 0.0 {
        return Err(ChartError::Scale);
    }
    let tree = Tree::from_str(svg, &options()).map_err(|error| ChartError::Svg(error.to_string()))?;
    let (width, height) = ((tree.size().width() * scale).round(), (tree.size().height() * scale).round());
    if width > LONGEST_SIDE || height > LONGEST_SIDE {
        return Err(ChartError::TooLarge);
    }
    let mut pixels = Pixmap::new(width.max(1.0) as u32, height.max(1.0) as u32).ok_or(ChartError::TooLarge)?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    encoded(&pixels).map_err(|error| ChartError::Drawing(error.to_string()))
}

/// Charts are even areas: unfiltered rows of opaque pixels are both smaller and several times faster than the best filter
/// of each row, and hardly larger at a low level of compression.
fn encoded(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(2));
    encoder.set_filter(png::Filter::NoFilter);
    let colours: Vec<u8> = pixels.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(bytes)
}

fn options() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    for bytes in [REGULAR, BOLD] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
    }
    fonts.set_sans_serif_family(EMBEDDED_FAMILY);
    Options {
        font_family: EMBEDDED_FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::tiny_skia::Pixmap;

    fn svg(text: &str) -> String {
        super::super::canvas::picture("t", 100.0, |canvas| {
            canvas.text(20.0, 60.0, text, super::super::style::TITLE, super::super::canvas::Align::Left);
        })
        .unwrap()
    }

    fn dark_pixels(png: &[u8]) -> usize {
        Pixmap::decode_png(png)
            .unwrap()
            .pixels()
            .iter()
            .filter(|pixel| pixel.red() < 128)
            .count()
    }

    #[test]
    fn the_picture_has_the_scaled_size_and_is_not_blank() {
        for (scale, width, height) in [(1.0, 960, 100), (2.0, 1920, 200), (0.5, 480, 50)] {
            let png = png_from_svg(&svg("满意度 Index"), scale).unwrap();
            let pixels = Pixmap::decode_png(&png).unwrap();
            assert_eq!((pixels.width(), pixels.height()), (width, height));
            assert!(dark_pixels(&png) > 100);
        }
    }

    #[test]
    fn the_same_picture_gives_the_same_bytes() {
        assert_eq!(png_from_svg(&svg("满意"), 2.0), png_from_svg(&svg("满意"), 2.0));
    }

    #[test]
    fn both_fonts_are_found_and_no_other() {
        assert!(dark_pixels(&png_from_svg(&svg("满意度"), 1.0).unwrap()) > 200);
        assert!(dark_pixels(&png_from_svg(&svg("عربى"), 1.0).unwrap()) < dark_pixels(&png_from_svg(&svg("满意度"), 1.0).unwrap()));
    }

    #[test]
    fn bad_scales_and_texts_are_errors() {
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert_eq!(png_from_svg(&svg("a"), scale), Err(ChartError::Scale));
        }
        assert_eq!(png_from_svg(&svg("a"), 100.0), Err(ChartError::TooLarge));
        assert!(matches!(png_from_svg("<svg", 1.0), Err(ChartError::Svg(_))));
    }

    #[test]
    fn pictures_within_the_picture_are_not_loaded() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href=\"{path}\" width=\"9\" height=\"9\"/></svg>"
        );
        assert_eq!(dark_pixels(&png_from_svg(&svg, 1.0).unwrap()), 0);
    }
}
