//! The document → the body of a Word file.

use super::Pictures;
use super::styles::{Style, StyleIds, in_cell};
use super::xml::{Fonts, Look, escaped, field, mark, paragraph, run};
use crate::report::document::{Block, Cell, Chapter, Document, Fact, Picture, Row, Summary, Table, Tone};
use crate::report::forms::columns::{self, bar_in_words};
use std::fmt::Write;

/// English Metric Units of one twentieth of a point.
const EMU: usize = 635;
/// Tallest picture, as a share of the width of the text.
const TALLEST: f64 = 1.35;

/// A report of no more chapters is read without contents.
const CHAPTERS_READ_AT_ONCE: usize = 2;

const MUTED: &str = "5B6770";
const BLUE: &str = "005A8C";

/// What the body is made with.
pub(super) struct Setting<'a> {
    /// Styles as the file knows them.
    pub styles: &'a StyleIds,
    /// Fonts of runs.
    pub fonts: Fonts,
    /// Width of the text in twentieths of a point.
    pub width: usize,
    /// PNG pictures by figure.
    pub pictures: &'a Pictures,
    /// Heading of the contents.
    pub contents: &'a str,
    /// True when the headings of chapters number themselves.
    pub numbered: bool,
}

/// The body and the figures whose pictures it shows, in the order of their relationships `rIdPicture1`, `rIdPicture2`, ….
pub(super) fn body(document: &Document, setting: &Setting<'_>) -> (String, Vec<String>) {
    let mut body = Body {
        setting,
        out: String::new(),
        shown: Vec::new(),
    };
    body.cover(document);
    let long = document.chapters.len() > CHAPTERS_READ_AT_ONCE;
    if long {
        body.contents(&document.chapters);
    }
    for (at, chapter) in document.chapters.iter().enumerate() {
        body.chapter(chapter, at == 0 && long);
    }
    body.small(&document.colophon);
    body.small(&format!("assessment.json SHA-256 {}", document.digest));
    (body.out, body.shown)
}

struct Body<'a> {
    setting: &'a Setting<'a>,
    out: String,
    shown: Vec<String>,
}

/// Colour of the words and of the ground.
const fn colors(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Plain => ("1F2933", "F4F6F8"),
        Tone::Good => ("0B6B4A", "E2F3EC"),
        Tone::Bad => ("9C2F00", "FBE9E1"),
        Tone::Unsure => ("7A5200", "FCF1D8"),
    }
}

/// The words of a tone; the plain one takes the colour of the style.
fn toned(tone: Tone) -> Look {
    match tone {
        Tone::Plain => Look::default(),
        tone => Look::default().bold(true).color(colors(tone).0),
    }
}

impl Body<'_> {
    fn say(&mut self, style: Style, extra: &str, text: &str, look: Look) {
        if !text.is_empty() {
            let content = run(text, look, self.setting.fonts);
            self.out.push_str(&paragraph(self.setting.styles.id(style), extra, &content));
        }
    }

    fn small(&mut self, text: &str) {
        self.say(Style::Small, "", text, Look::default());
    }

    fn callout(&mut self, text: &str, tone: Tone, look: Look) {
        let (ink, ground) = colors(tone);
        let extra = format!(
            "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"6\" w:color=\"{ink}\"/></w:pBdr>\
             <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{ground}\"/><w:ind w:left=\"140\" w:firstLineChars=\"0\" w:firstLine=\"0\"/>"
        );
        self.say(Style::Normal, &extra, text, look.color(ink));
    }

    fn entry(&mut self, text: &str, look: Look, numbering: usize) {
        let extra = format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{numbering}\"/></w:numPr>");
        self.say(Style::Entry, &extra, text, look);
    }

    fn cover(&mut self, document: &Document) {
        self.small(&document.kind);
        self.say(Style::Title, "", &document.title, Look::default());
        self.say(Style::Subtitle, "", &document.subtitle, Look::default());
        if !document.notice.is_empty() {
            self.callout(&document.notice, Tone::Unsure, Look::default().bold(true));
        }
        self.summary(&document.summary);
    }

    fn summary(&mut self, summary: &Summary) {
        let lead = Look::default().bold(true).color(BLUE).size(24);
        let keep = "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"60\"/>";
        self.say(Style::Normal, keep, &summary.label, Look::default().bold(true).size(24));
        let tight = "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>";
        self.say(
            Style::Normal,
            tight,
            &summary.value,
            Look::default().bold(true).color(BLUE).size(80),
        );
        self.say(Style::Normal, "", &summary.base, Look::default());
        self.say(Style::Normal, "", &summary.caveat, toned(Tone::Unsure));
        self.facts(&summary.facts);
        if !summary.readings.is_empty() {
            self.say(Style::Normal, keep, &summary.readings_title, lead);
        }
        for reading in &summary.readings {
            let mark = if reading.mark.is_empty() {
                String::new()
            } else {
                format!("  {}", reading.mark)
            };
            let fonts = self.setting.fonts;
            let content = run(&reading.scheme, Look::default().bold(true), fonts)
                + &run(&mark, Look::default().color(colors(Tone::Unsure).0).size(17), fonts);
            self.out
                .push_str(&paragraph(self.setting.styles.id(Style::Normal), "<w:keepNext/>", &content));
            for line in &reading.lines {
                self.entry(&line.text, toned(line.tone), super::BULLETS);
            }
        }
        if !summary.change.is_empty() {
            self.say(Style::Normal, keep, &summary.change_title, lead);
            for change in &summary.change {
                self.entry(change, Look::default(), super::BULLETS);
            }
            self.small(&summary.change_base);
        }
        if !summary.findings.is_empty() {
            self.say(Style::Normal, keep, &summary.findings_title, lead);
            for finding in &summary.findings {
                self.entry(finding, Look::default(), super::NUMBERS);
            }
        }
    }

    /// The contents with their entries, each a link to its chapter. They name no pages, because only the program that
    /// breaks the lines knows them; with `\n` they do not when they are updated either.
    fn contents(&mut self, chapters: &[Chapter]) {
        let fonts = self.setting.fonts;
        self.say(
            Style::ContentsHeading,
            "<w:pageBreakBefore/>",
            self.setting.contents,
            Look::default(),
        );
        let plain = Look::default();
        let style = self.setting.styles.id(Style::Contents);
        for (at, chapter) in chapters.iter().enumerate() {
            let mut content = String::new();
            if at == 0 {
                content.push_str(&mark("<w:fldChar w:fldCharType=\"begin\"/>", plain, fonts));
                content.push_str(&mark(
                    "<w:instrText xml:space=\"preserve\"> TOC \\o \"1-1\" \\n \\h \\z </w:instrText>",
                    plain,
                    fonts,
                ));
                content.push_str(&mark("<w:fldChar w:fldCharType=\"separate\"/>", plain, fonts));
            }
            let title = run(&self.chapter_title(chapter), plain, fonts);
            let _ = write!(
                content,
                "<w:hyperlink w:anchor=\"_Toc{}\" w:history=\"1\">{title}</w:hyperlink>",
                chapter.number
            );
            if at + 1 == chapters.len() {
                content.push_str(&mark("<w:fldChar w:fldCharType=\"end\"/>", plain, fonts));
            }
            self.out.push_str(&paragraph(style, "", &content));
        }
    }

    fn chapter_title(&self, chapter: &Chapter) -> String {
        if self.setting.numbered {
            chapter.title.clone()
        } else {
            format!("{}  {}", chapter.number, chapter.title)
        }
    }

    fn chapter(&mut self, chapter: &Chapter, on_new_page: bool) {
        let title = run(&self.chapter_title(chapter), Look::default(), self.setting.fonts);
        let id = chapter.number;
        let content = format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"_Toc{id}\"/>{title}<w:bookmarkEnd w:id=\"{id}\"/>");
        let extra = if on_new_page { "<w:pageBreakBefore/>" } else { "" };
        self.out
            .push_str(&paragraph(self.setting.styles.id(Style::Chapter), extra, &content));
        self.blocks(&chapter.blocks, Style::Section);
    }

    fn blocks(&mut self, blocks: &[Block], heading: Style) {
        for block in blocks {
            match block {
                Block::Heading { text } => self.say(heading, "", text, Look::default()),
                Block::Paragraph { text } => self.say(Style::Normal, "", text, Look::default()),
                Block::Callout { text, tone } => self.callout(text, *tone, Look::default()),
                Block::List { items } => items.iter().for_each(|item| self.entry(item, Look::default(), super::BULLETS)),
                Block::Facts { facts } => self.facts(facts),
                Block::Table(table) => self.table(table),
                Block::Figure(picture) => self.figure(picture),
                Block::Details { title, blocks } => {
                    self.say(heading, "", title, Look::default());
                    self.blocks(blocks, Style::Subsection);
                }
            }
        }
    }

    fn figure(&mut self, picture: &Picture) {
        if let Some((width, height)) = self.setting.pictures.get(&picture.id).and_then(|png| size(png)) {
            self.shown.push(picture.id.clone());
            let drawing = self.drawing(picture, f64::from(height) / f64::from(width.max(1)));
            let content = mark(&drawing, Look::default(), self.setting.fonts);
            let extra = "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>\
                         <w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";
            self.out
                .push_str(&paragraph(self.setting.styles.id(Style::Normal), extra, &content));
        }
        self.say(Style::Caption, "", &picture.alt_text, Look::default());
        self.small(&picture.base);
        if picture.data_elsewhere.is_empty() {
            self.say(Style::Small, "<w:keepNext/>", &picture.data_title, Look::default().bold(true));
            self.table(&picture.data);
        } else {
            self.small(&picture.data_elsewhere);
        }
    }

    /// The picture in the line, with what it shows for those who do not see it.
    fn drawing(&self, picture: &Picture, ratio: f64) -> String {
        let share = (TALLEST / ratio).min(1.0);
        let (width, number) = ((self.setting.width as f64 * share) as usize * EMU, self.shown.len());
        let height = (width as f64 * ratio) as usize;
        let name = escaped(&picture.id);
        format!(
            "<w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{}\"/><wp:cNvGraphicFramePr/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}.png\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"rIdPicture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>",
            escaped(&picture.alt_text)
        )
    }

    fn facts(&mut self, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        let widths = [self.setting.width * 3 / 10, self.setting.width - self.setting.width * 3 / 10];
        self.open_table(&widths, false);
        for fact in facts {
            let name = self.cell(widths[0], 1, "", &[(&fact.name, Look::default().color(MUTED), false)], false);
            let value = self.cell(widths[1], 1, "", &[(&fact.value, Look::default().bold(true), false)], false);
            let _ = write!(self.out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>{name}{value}</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        // Two tables that follow each other would become one.
        self.out.push_str(&paragraph(
            self.setting.styles.id(Style::Small),
            "<w:spacing w:before=\"0\" w:after=\"0\"/>",
            "",
        ));
    }

    fn open_table(&mut self, widths: &[usize], ruled: bool) {
        let style = if ruled {
            format!("<w:tblStyle w:val=\"{}\"/>", escaped(self.setting.styles.id(Style::Table)))
        } else {
            String::new()
        };
        let total: usize = widths.iter().sum();
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr>{style}<w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
             </w:tblPr><w:tblGrid>"
        );
        for width in widths {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
    }

    fn table(&mut self, table: &Table) {
        self.say(Style::Caption, "<w:keepNext/>", &table.caption, Look::default());
        if !table.columns.is_empty() {
            let fit = columns::fit(table, self.setting.width as f64 / 20.0);
            let widths: Vec<usize> = fit
                .shares
                .iter()
                .map(|share| (share * self.setting.width as f64) as usize)
                .collect();
            let look = Look::default().size((fit.size * 2.0) as usize);
            self.open_table(&widths, true);
            self.head(table, &widths, look);
            for row in &table.rows {
                self.row(table, row, &widths, look);
            }
            self.out.push_str("</w:tbl>");
        }
        self.small(&table.base);
        for note in &table.notes {
            self.small(note);
        }
        if table.base.is_empty() && table.notes.is_empty() {
            self.out.push_str(&paragraph(self.setting.styles.id(Style::Small), "", ""));
        }
    }

    /// The row of headings, which is repeated on every page.
    fn head(&mut self, table: &Table, widths: &[usize], look: Look) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(widths) {
            let cell = self.cell(*width, 1, "E8EDF2", &[(&column.title, look.bold(true), column.numeric)], true);
            self.out.push_str(&cell);
        }
        self.out.push_str("</w:tr>");
    }

    fn row(&mut self, table: &Table, row: &Row, widths: &[usize], look: Look) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        if row.heading {
            let text = row.cells.first().map_or("", |cell| cell.text.as_str());
            let cell = self.cell(widths.iter().sum(), widths.len(), "F4F6F8", &[(text, look.bold(true), false)], true);
            self.out.push_str(&cell);
        } else {
            for ((column, width), cell) in table.columns.iter().zip(widths).zip(&row.cells) {
                let made = self.table_cell(*width, cell, column.numeric, look.bold(row.strong));
                self.out.push_str(&made);
            }
        }
        self.out.push_str("</w:tr>");
    }

    fn table_cell(&self, width: usize, cell: &Cell, right: bool, look: Look) -> String {
        let words = Look {
            color: toned(cell.tone).color,
            ..look.bold(cell.tone != Tone::Plain)
        };
        let small = Look {
            bold: false,
            half_points: look.half_points.map(|size| size.saturating_sub(2).max(11)),
            ..Look::default().color(MUTED)
        };
        let bar = bar_in_words(cell).unwrap_or_default();
        let lines = [
            (cell.text.as_str(), words, right),
            (bar.as_str(), small, right),
            (cell.note.as_str(), small, right),
        ];
        let lines: Vec<_> = lines.into_iter().filter(|(text, _, _)| !text.is_empty()).collect();
        self.cell(width, 1, "", &lines, false)
    }

    /// A cell of one paragraph a line; one without lines has an empty paragraph, because a cell must end with one.
    fn cell(&self, width: usize, span: usize, ground: &str, lines: &[(&str, Look, bool)], keep: bool) -> String {
        let span = if span > 1 {
            format!("<w:gridSpan w:val=\"{span}\"/>")
        } else {
            String::new()
        };
        let ground = if ground.is_empty() {
            String::new()
        } else {
            format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{ground}\"/>")
        };
        let style = self.setting.styles.id(Style::Cell);
        let mut out = format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{ground}</w:tcPr>");
        for (text, look, right) in lines {
            out.push_str(&paragraph(style, &in_cell(*right, keep), &run(text, *look, self.setting.fonts)));
        }
        if lines.is_empty() {
            out.push_str(&paragraph(style, &in_cell(false, keep), ""));
        }
        out.push_str("</w:tc>");
        out
    }
}

/// Width and height of a PNG picture in pixels, from its first chunk.
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (number(16)?, number(20)?);
    (width > 0 && height > 0).then_some((width, height))
}

/// What stands at the head of every page.
pub(super) fn header(document: &Document, setting: &Setting<'_>) -> String {
    let fonts = setting.fonts;
    let plain = Look::default();
    let left = [document.title.as_str(), document.notice.as_str()];
    let left = left.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    let content = [
        run(&left, plain, fonts),
        mark("<w:tab/>", plain, fonts),
        run(&document.kind, plain, fonts),
    ]
    .concat();
    paragraph(setting.styles.id(Style::Header), &ruled("bottom", setting.width), &content)
}

/// What stands at the foot of every page: the running text, the beginning of the digest, and the page of how many.
pub(super) fn footer(document: &Document, setting: &Setting<'_>, [page, of, pages]: [&str; 3]) -> String {
    let fonts = setting.fonts;
    let plain = Look::default();
    let digest: String = document.digest.chars().take(12).collect();
    let tail = if pages.is_empty() { String::new() } else { format!(" {pages}") };
    let content = [
        run(&document.running, Look::default().color(colors(Tone::Unsure).0), fonts),
        mark("<w:tab/>", plain, fonts),
        run(&format!("SHA-256 {digest}    {page} "), plain, fonts),
        field("PAGE", "1", plain, fonts),
        run(&format!(" {of} "), plain, fonts),
        field("NUMPAGES", "1", plain, fonts),
        run(&tail, plain, fonts),
    ]
    .concat();
    paragraph(setting.styles.id(Style::Footer), &ruled("top", setting.width), &content)
}

/// A line on one side, and a stop at the right margin.
fn ruled(side: &str, width: usize) -> String {
    format!(
        "<w:pBdr><w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"C5CDD5\"/></w:pBdr>\
         <w:tabs><w:tab w:val=\"clear\" w:pos=\"4153\"/><w:tab w:val=\"clear\" w:pos=\"8306\"/><w:tab w:val=\"right\" w:pos=\"{width}\"/></w:tabs>\
         <w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>"
    )
}
