//! What the colours of the charts and of the page have to keep to, in light and in dark: contrast, and being told apart by people
//! who see colours otherwise, or in grey.

use super::style::{SERIES, SERIES_TYPE};
use plotters::style::RGBAColor;
use std::collections::BTreeMap;

const LIGHT: &str = include_str!("../../../templates/palette-light.css");
const DARK: &str = include_str!("../../../templates/palette-dark.css");
const STYLE: &str = include_str!("../../../templates/report.css");
const COLOURS: &str = include_str!("style.rs");

/// Linear red, green and blue, 0 to 1.
type Light = [f64; 3];

/// Severity 1.0 of Machado, Oliveira and Fernandes 2009 (IEEE TVCG 15(6), table 1): without long, middle, short cones.
const WITHOUT_CONES: [[[f64; 3]; 3]; 3] = [
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ],
];

fn tokens(palette: &str) -> BTreeMap<&str, Light> {
    let pairs = palette.split("--").skip(1).map(|pair| pair.split_once(": ").unwrap());
    pairs.map(|(name, value)| (name, hex(&value[..7]))).collect()
}

fn hex(text: &str) -> Light {
    let part = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    [part(1), part(3), part(5)].map(linear)
}

/// The sRGB curve undone (IEC 61966-2-1).
fn linear(value: u8) -> f64 {
    let value = f64::from(value) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn luminance(light: Light) -> f64 {
    0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
}

/// WCAG 2.2, relative luminance and contrast ratio.
fn contrast(a: Light, b: Light) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// CIELAB under D65.
fn lab(light: Light) -> [f64; 3] {
    let row = |r: [f64; 3]| r.iter().zip(light).map(|(a, b)| a * b).sum::<f64>();
    let x = row([0.412_456_4, 0.357_576_1, 0.180_437_5]) / 0.950_47;
    let y = row([0.212_672_9, 0.715_152_2, 0.072_175]);
    let z = row([0.019_333_9, 0.119_192, 0.950_304_1]) / 1.088_83;
    let f = |t: f64| {
        if t > 216.0 / 24389.0 {
            t.cbrt()
        } else {
            (24389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
}

fn distance(a: Light, b: Light) -> f64 {
    let squares = lab(a).into_iter().zip(lab(b)).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>().sqrt()
}

/// As it is seen: by everybody, without one kind of cones each, in grey.
fn seen(light: Light) -> [Light; 5] {
    let [long, middle, short] = WITHOUT_CONES.map(|m| m.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0)));
    [light, long, middle, short, [luminance(light); 3]]
}

#[test]
fn the_measures_are_those_of_their_definitions() {
    assert!((contrast(hex("#000000"), hex("#ffffff")) - 21.0).abs() < 1e-9);
    assert!(
        (contrast(hex("#767676"), hex("#ffffff")) - 4.54).abs() < 0.005,
        "the palest grey that passes"
    );
    assert!(lab(hex("#ffffff")).iter().zip([100.0, 0.0, 0.0]).all(|(a, b)| (a - b).abs() < 0.01));
    // White stays white for everybody.
    assert!(seen([1.0; 3]).iter().all(|light| distance(*light, [1.0; 3]) < 0.1));
}

#[test]
fn text_has_a_contrast_of_four_and_a_half() {
    for palette in [LIGHT, DARK] {
        let t = tokens(palette);
        let check = |text: &str, ground: &str| {
            let ratio = contrast(t[text], t[ground]);
            assert!(ratio >= 4.5, "{text} on {ground}: {ratio:.2}");
        };
        for text in ["ink", "muted", "link", "good", "bad", "unsure", "strong"] {
            ["ground", "panel", "stripe"].into_iter().for_each(|ground| check(text, ground));
        }
        ["good", "bad", "unsure"]
            .into_iter()
            .for_each(|tone| check(tone, &format!("{tone}-ground")));
        let types = ["ink", "muted", "blue", "vermilion"].map(str::to_owned).into_iter();
        let series = ["orange", "green", "purple", "amber", "azure"].map(|name| format!("{name}-type"));
        for text in types.chain(series) {
            check(&format!("chart-{text}"), "chart-white");
        }
    }
}

#[test]
fn lines_and_marks_have_a_contrast_of_three() {
    for palette in [LIGHT, DARK] {
        let t = tokens(palette);
        for mark in ["blue", "vermilion", "orange", "green", "purple", "amber", "azure", "ink"] {
            let ratio = contrast(t[format!("chart-{mark}").as_str()], t["chart-white"]);
            assert!(ratio >= 3.0, "{mark}: {ratio:.2}");
        }
    }
}

/// Series also differ in the shape of their marks; bars lie beside each other and have no shape of their own.
#[test]
fn series_and_bars_are_told_apart_by_everybody() {
    const SERIES_NAMES: [&str; 7] = ["blue", "orange", "green", "purple", "ink", "amber", "azure"];
    for palette in [LIGHT, DARK] {
        let t = tokens(palette);
        let of = |name: &str| seen(t[format!("chart-{name}").as_str()]);
        for (at, one) in SERIES_NAMES.iter().enumerate() {
            for other in SERIES_NAMES.iter().skip(at + 1) {
                let (a, b) = (of(one), of(other));
                let apart = |eyes: usize| distance(a[eyes], b[eyes]);
                assert!(apart(0) >= 15.0, "{one} {other}: {:.1}", apart(0));
                assert!((1..4).all(|eyes| apart(eyes) >= 5.0), "{one} {other}");
            }
        }
        for (one, other) in [("blue", "sky"), ("blue", "pale"), ("sky", "vermilion")] {
            for (a, b) in of(one).into_iter().zip(of(other)) {
                assert!(distance(a, b) >= 15.0, "{one} {other}: {:.1}", distance(a, b));
            }
        }
    }
}

/// The steps of the bars of answers: neighbours differ in lightness, which grey keeps.
#[test]
fn neighbouring_steps_of_answers_differ_in_lightness() {
    let step = |n: usize| hex(STYLE.split(&format!(".step{n} {{ background: ")).nth(1).unwrap().get(..7).unwrap());
    for n in 0..4 {
        for (a, b) in seen(step(n)).into_iter().zip(seen(step(n + 1))) {
            assert!(
                (lab(a)[0] - lab(b)[0]).abs() >= 5.0,
                "{n} and {}: {:.1}",
                n + 1,
                lab(a)[0] - lab(b)[0]
            );
        }
    }
}

/// Each colour that charts are drawn in follows the page into the dark: the style sheet knows it, and in light shows it as it is.
#[test]
fn the_page_knows_every_colour_of_the_charts() {
    let drawn = COLOURS.split("RGBAColor(").skip(1).filter_map(|rest| {
        let parts: Vec<&str> = rest.split(')').next()?.split(", ").collect();
        let byte = |text: &str| {
            let digits = text.strip_prefix("0x").map(|d| u8::from_str_radix(d, 16).ok());
            digits.unwrap_or_else(|| text.parse().ok())
        };
        Some([byte(parts.first()?)?, byte(parts.get(1)?)?, byte(parts.get(2)?)?])
    });
    let light = tokens(LIGHT);
    let mut known = 0;
    for [r, g, b] in drawn {
        let name = format!("#{r:02X}{g:02X}{b:02X}");
        let rule = STYLE.split(&format!("[fill=\"{name}\"] {{ fill: var(--")).nth(1);
        let token = rule.unwrap_or_else(|| panic!("{name} has no rule")).split(')').next().unwrap();
        assert!(distance(light[token], hex(&name)) < 1e-9, "{name} is not {token}");
        known += 1;
    }
    assert!(known >= 20, "{known}");
    for RGBAColor(r, g, b, _) in SERIES.iter().chain(&SERIES_TYPE) {
        assert!(STYLE.contains(&format!("[fill=\"#{r:02X}{g:02X}{b:02X}\"]")));
    }
}
