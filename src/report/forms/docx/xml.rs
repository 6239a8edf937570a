//! Pieces of `WordprocessingML`. Every text goes through [`escaped`], and runs have the font of Chinese named.

use std::fmt::Write;

/// A text within XML: marked characters as entities, and characters that XML cannot hold as U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(u32::from(c), 0xfffe | 0xffff) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The fonts of a run. Without names of its own a run takes those of the styles, as a company's template wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fonts {
    /// Font of Chinese characters.
    pub east_asian: Option<&'static str>,
    /// Font of all others.
    pub latin: Option<&'static str>,
    /// True where quotation marks and dashes are those of Chinese.
    pub chinese: bool,
}

impl Fonts {
    /// The element that names them.
    pub(super) fn element(self) -> String {
        let mut out = String::from("<w:rFonts");
        if self.chinese {
            out.push_str(" w:hint=\"eastAsia\"");
        }
        if let Some(latin) = self.latin {
            let _ = write!(out, " w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:cs=\"{latin}\"");
        }
        if let Some(font) = self.east_asian {
            let _ = write!(out, " w:eastAsia=\"{font}\"");
        }
        out.push_str("/>");
        out
    }
}

/// How a run differs from its style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Bold.
    pub bold: bool,
    /// Colour as six hexadecimal digits.
    pub color: Option<&'static str>,
    /// Size in half points.
    pub half_points: Option<usize>,
}

impl Look {
    pub(super) fn bold(self, bold: bool) -> Self {
        Self {
            bold: self.bold || bold,
            ..self
        }
    }

    pub(super) fn color(self, color: &'static str) -> Self {
        Self {
            color: Some(color),
            ..self
        }
    }

    pub(super) fn size(self, half_points: usize) -> Self {
        Self {
            half_points: Some(half_points),
            ..self
        }
    }

    /// The properties of a run, in the order of the schema.
    pub(super) fn properties(self, fonts: Fonts) -> String {
        let mut out = format!("<w:rPr>{}", fonts.element());
        if self.bold {
            out.push_str("<w:b/><w:bCs/>");
        }
        if let Some(color) = self.color {
            let _ = write!(out, "<w:color w:val=\"{color}\"/>");
        }
        if let Some(size) = self.half_points {
            let _ = write!(out, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
        }
        out.push_str("</w:rPr>");
        out
    }
}

/// A run of text.
pub(super) fn run(text: &str, look: Look, fonts: Fonts) -> String {
    let properties = look.properties(fonts);
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// A run of anything else, such as a tab.
pub(super) fn mark(element: &str, look: Look, fonts: Fonts) -> String {
    format!("<w:r>{}{element}</w:r>", look.properties(fonts))
}

/// A field of our own with what it shows until it is computed. `code` is never a text of the survey.
pub(super) fn field(code: &'static str, shown: &str, look: Look, fonts: Fonts) -> String {
    [
        mark("<w:fldChar w:fldCharType=\"begin\"/>", look, fonts),
        mark(&format!("<w:instrText xml:space=\"preserve\"> {code} </w:instrText>"), look, fonts),
        mark("<w:fldChar w:fldCharType=\"separate\"/>", look, fonts),
        run(shown, look, fonts),
        mark("<w:fldChar w:fldCharType=\"end\"/>", look, fonts),
    ]
    .concat()
}

/// A paragraph. `extra` are properties after the style, in the order of the schema.
pub(super) fn paragraph(style: &str, extra: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{extra}</w:pPr>{content}</w:p>", escaped(style))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            escaped("<w:p>&\"'\u{0}\u{1b}\u{ffff}\n"),
            "&lt;w:p&gt;&amp;&quot;&apos;\u{fffd}\u{fffd}\u{fffd} "
        );
    }

    #[test]
    fn a_run_names_its_fonts_before_all_else() {
        let fonts = Fonts {
            east_asian: Some("Microsoft YaHei"),
            latin: Some("Arial"),
            chinese: true,
        };
        let run = run("满意", Look::default().bold(true).color("005A8C").size(20), fonts);
        assert_eq!(
            run,
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\" w:eastAsia=\"Microsoft YaHei\"/>\
             <w:b/><w:bCs/><w:color w:val=\"005A8C\"/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>\
             <w:t xml:space=\"preserve\">满意</w:t></w:r>"
        );
    }
}
