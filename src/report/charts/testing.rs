//! What the tests of all charts share.

use resvg::usvg::roxmltree::{self, Document};

/// Texts that break a careless picture.
pub(super) const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"quotes\" & 'apostrophes' &amp; ]]> <!-- --> <?xml?>",
    "控制\u{0}\u{1}\u{8}\u{b}\u{1b}[31m\u{7f}\u{85}字符",
    "\u{202e}反转\u{2066}\u{200f}文字\u{202c}",
    "\u{fffe}\u{ffff}\u{feff}",
    "line\nbreak\ttab\r\n",
    "😀 عربى \u{301}\u{301}\u{301}",
    "",
];

/// Fails unless the picture is well-formed, has its accessible parts and holds no foreign element; then looks into it.
pub(super) fn parse_checked<T>(svg: &str, look: impl FnOnce(&Document<'_>) -> T) -> T {
    let document = Document::parse(svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert!(root.attribute("viewBox").is_some());
    assert_eq!(root.first_element_child().unwrap().tag_name().name(), "title");
    let known = ["svg", "title", "rect", "line", "polyline", "polygon", "circle", "text"];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(known.contains(&node.tag_name().name()), "{:?}", node.tag_name());
    }
    resvg::usvg::Tree::from_str(svg, &resvg::usvg::Options::default()).unwrap();
    look(&document)
}

/// Number of elements with a tag and an attribute of a value.
pub(super) fn count(svg: &str, tag: &str, attribute: &str, value: &str) -> usize {
    parse_checked(svg, |document| {
        let all = document.descendants().filter(|node| node.tag_name().name() == tag);
        all.filter(|node| node.attribute(attribute) == Some(value)).count()
    })
}

/// All texts drawn, in their order.
pub(super) fn shown_texts(svg: &str) -> Vec<String> {
    parse_checked(svg, |document| {
        let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
        texts.map(|node| node.text().unwrap_or_default().trim().to_owned()).collect()
    })
}

/// Left, top, right and bottom of all texts drawn in pixels, measured with the embedded fonts.
pub(super) fn text_boxes(svg: &str) -> Vec<(String, [f64; 4])> {
    let ruler = super::font::Ruler::new().unwrap();
    parse_checked(svg, |document| {
        let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
        texts
            .map(|node| {
                let number = |name| node.attribute(name).unwrap().parse::<f64>().unwrap() / 10.0;
                let text = node.text().unwrap_or_default().trim().to_owned();
                let size = number("font-size");
                let bold = node.attribute("font-weight") == Some("bold");
                let width = ruler.width(
                    &text,
                    super::style::Type {
                        size,
                        bold,
                        ..super::style::LABEL
                    },
                );
                let left = match node.attribute("text-anchor") {
                    Some("end") => number("x") - width,
                    Some("middle") => number("x") - width / 2.0,
                    _ => number("x"),
                };
                let top = number("y");
                (text, [left, top, left + width, top + size * 0.9])
            })
            .collect()
    })
}

/// Fails if two texts of the picture overlap or one leaves it.
pub(super) fn assert_texts_apart(svg: &str) {
    let height = parse_checked(svg, |document| {
        document.root_element().attribute("height").unwrap().parse::<f64>().unwrap()
    });
    let boxes = text_boxes(svg);
    for (index, (text, [left, top, right, bottom])) in boxes.iter().enumerate() {
        assert!(
            *left >= 0.0 && *right <= 960.0 && *top >= 0.0 && *bottom <= height,
            "{text} leaves the picture"
        );
        for (other, [l, t, r, b]) in boxes.iter().skip(index + 1) {
            let apart = right <= l || r <= left || bottom <= t || b <= top;
            assert!(apart, "\"{text}\" and \"{other}\" overlap");
        }
    }
}
