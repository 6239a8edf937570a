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

/// A report of no more chapters is read without contents and set close, so that it stays on a page.
const CHAPTERS_READ_AT_ONCE: usize = 2;

/// Whether a report is read at once.
pub(super) const fn is_short(document: &Document) -> bool {
    document.chapters.len() <= CHAPTERS_READ_AT_ONCE
}

/// Size of the type at the head and foot of a page, in points.
const MARGINAL: f64 = 8.0;

const FLUSH: &str = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";

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
    let long = !is_short(document);
    let mut body = Body {
        setting,
        out: String::new(),
        shown: Vec::new(),
        compact: !long,
    };
    body.cover(document);
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
    /// Whether the report is short, and set close so that it stays on a page.
    compact: bool,
}

/// Type and lines of a style in a short report: half points, then twentieths of a point before, after and from line to line. Lines have a
/// fixed height, because fonts of Chinese differ by a third in theirs.
const fn close_set(style: Style) -> Option<(usize, [usize; 3])> {
    Some(match style {
        Style::Title => (28, [10, 20, 340]),
        Style::Subtitle => (18, [0, 60, 240]),
        Style::Normal => (17, [0, 16, 228]),
        Style::Entry => (17, [0, 2, 222]),
        Style::Chapter => (23, [80, 40, 290]),
        Style::Section | Style::Subsection | Style::Caption => (19, [60, 20, 240]),
        Style::Small => (16, [10, 10, 210]),
        Style::Cell => (16, [0, 0, 200]),
        _ => return None,
    })
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

/// A line over what follows it on the first page, and one that stands close to the line before.
const LEAD_SPACE: &str = "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"40\"/>";
const CLOSE: &str = "<w:spacing w:before=\"0\" w:after=\"40\" w:line=\"252\" w:lineRule=\"auto\"/>";

fn lead() -> Look {
    Look::default().bold(true).color(BLUE).size(22)
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
            let look = self.sized(style, look);
            let content = run(text, look, self.setting.fonts);
            self.out
                .push_str(&paragraph(self.setting.styles.id(style), &self.spaced(style, extra), &content));
        }
    }

    /// The size of the style in a short report, unless the run has one of its own.
    fn sized(&self, style: Style, look: Look) -> Look {
        match close_set(style).filter(|_| self.compact && look.half_points.is_none()) {
            Some((size, _)) => look.size(size),
            None => look,
        }
    }

    /// Properties of a paragraph with the spacing of a short report, in the place that the schema has for it.
    fn spaced(&self, style: Style, extra: &str) -> String {
        let Some((_, [before, after, line])) = close_set(style).filter(|_| self.compact && !extra.contains("<w:spacing")) else {
            return extra.to_owned();
        };
        let spacing = format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\" w:line=\"{line}\" w:lineRule=\"exact\"/>");
        let behind = ["<w:ind ", "<w:jc "]
            .iter()
            .filter_map(|next| extra.find(next))
            .min()
            .unwrap_or(extra.len());
        let (first, rest) = extra.split_at(behind);
        format!("{first}{spacing}{rest}")
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

    /// The number with its facts on the left, readings and change beside it, what stands out below: as on the page of the other forms.
    fn summary(&mut self, summary: &Summary) {
        if summary.readings.is_empty() && summary.change.is_empty() {
            self.number(summary);
        } else {
            let left = self.setting.width * if self.compact { 30 } else { 36 } / 100;
            let widths = [left, self.setting.width - left];
            self.open_table(&widths, false);
            self.out.push_str("<w:tr>");
            self.open_cell(widths[0]);
            self.number(summary);
            self.out.push_str("</w:tc>");
            self.open_cell(widths[1]);
            self.readings(summary);
            self.out.push_str("</w:tc></w:tr></w:tbl>");
        }
        if !summary.findings.is_empty() {
            self.say(Style::Normal, self.lead_space(), &summary.findings_title, lead());
            for finding in &summary.findings {
                self.entry(finding, Look::default(), super::NUMBERS);
            }
        }
    }

    /// Space around a line over what follows it on the first page.
    fn lead_space(&self) -> &'static str {
        if self.compact {
            "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"10\" w:line=\"270\" w:lineRule=\"exact\"/>"
        } else {
            LEAD_SPACE
        }
    }

    /// A line that stands close to the one before; in a short report all do.
    fn close(&self) -> &'static str {
        if self.compact { "" } else { CLOSE }
    }

    fn open_cell(&mut self, width: usize) {
        let _ = write!(
            self.out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"top\"/></w:tcPr>"
        );
    }

    /// The number of the summary with what belongs to it.
    fn number(&mut self, summary: &Summary) {
        self.say(
            Style::Normal,
            self.lead_space(),
            &summary.label,
            Look::default().bold(true).size(22),
        );
        let tight = "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>";
        self.say(
            Style::Normal,
            tight,
            &summary.value,
            Look::default().bold(true).color(BLUE).size(if self.compact { 60 } else { 72 }),
        );
        self.say(Style::Normal, self.close(), &summary.base, Look::default());
        self.say(Style::Normal, self.close(), &summary.caveat, toned(Tone::Unsure));
        let fonts = self.setting.fonts;
        for fact in &summary.facts {
            let look = |look: Look| self.sized(Style::Normal, look);
            let content = run(&fact.name, look(Look::default().color(MUTED)), fonts)
                + &run("  ", look(Look::default()), fonts)
                + &run(&fact.value, look(Look::default().bold(true)), fonts);
            let close = self.spaced(Style::Normal, self.close());
            self.out
                .push_str(&paragraph(self.setting.styles.id(Style::Normal), &close, &content));
        }
        if summary.facts.is_empty() && summary.base.is_empty() {
            self.out.push_str(&paragraph(self.setting.styles.id(Style::Small), "", ""));
        }
    }

    fn readings(&mut self, summary: &Summary) {
        let fonts = self.setting.fonts;
        if !summary.readings.is_empty() {
            self.say(Style::Normal, self.lead_space(), &summary.readings_title, lead());
        }
        for reading in &summary.readings {
            let mark = if reading.mark.is_empty() {
                String::new()
            } else {
                format!("  {}", reading.mark)
            };
            let content = run(&reading.scheme, self.sized(Style::Normal, Look::default().bold(true)), fonts)
                + &run(&mark, Look::default().color(colors(Tone::Unsure).0).size(17), fonts);
            let keep = self.spaced(Style::Normal, &format!("<w:keepNext/>{}", self.close()));
            self.out
                .push_str(&paragraph(self.setting.styles.id(Style::Normal), &keep, &content));
            for line in &reading.lines {
                self.entry(&line.text, toned(line.tone), super::BULLETS);
            }
        }
        if !summary.change.is_empty() {
            self.say(Style::Normal, self.lead_space(), &summary.change_title, lead());
            for change in &summary.change {
                self.entry(change, Look::default(), super::BULLETS);
            }
            self.small(&summary.change_base);
        }
    }

    /// The contents with their entries, each a link to its chapter. They name no pages, because only the program that
    /// breaks the lines knows them, and a number that may be wrong is worse than none; Word puts them in when the reader updates the field.
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
                    "<w:instrText xml:space=\"preserve\"> TOC \\o \"1-1\" \\h \\z </w:instrText>",
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
        let look = self.sized(Style::Chapter, Look::default());
        let title = run(&self.chapter_title(chapter), look, self.setting.fonts);
        let id = chapter.number;
        let content = format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"_Toc{id}\"/>{title}<w:bookmarkEnd w:id=\"{id}\"/>");
        let extra = self.spaced(Style::Chapter, if on_new_page { "<w:pageBreakBefore/>" } else { "" });
        self.out
            .push_str(&paragraph(self.setting.styles.id(Style::Chapter), &extra, &content));
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
        // The heading stands in the picture; this is what it shows, in words.
        self.small(&picture.alt_text);
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
        let close = if self.compact {
            "<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>"
        } else {
            ""
        };
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr>{style}<w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>{close}\
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
        // Lines of Chinese are higher than others: without this the cells of a row stand at different heights.
        let mut out = format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{ground}<w:vAlign w:val=\"center\"/></w:tcPr>");
        for (text, look, right) in lines {
            let look = self.sized(Style::Cell, *look);
            let extra = self.spaced(Style::Cell, &in_cell(*right, keep));
            out.push_str(&paragraph(style, &extra, &run(text, look, self.setting.fonts)));
        }
        if lines.is_empty() {
            out.push_str(&paragraph(style, &self.spaced(Style::Cell, &in_cell(false, keep)), ""));
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

/// What stands at the head of every page: title and notice, and the kind of report at the right, on a line of its own where both do not
/// fit on one.
pub(super) fn header(document: &Document, setting: &Setting<'_>) -> String {
    let left = [document.title.as_str(), document.notice.as_str()];
    let left = left.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    let look = Look::default();
    let style = setting.styles.id(Style::Header);
    two_ends(
        style,
        "bottom",
        setting,
        &left,
        look,
        &document.kind,
        run(&document.kind, look, setting.fonts),
    )
}

/// What stands at the foot of every page: the running text, the beginning of the digest, and the page of how many.
pub(super) fn footer(document: &Document, setting: &Setting<'_>, [page, of, pages]: [&str; 3]) -> String {
    let fonts = setting.fonts;
    let plain = Look::default();
    let digest: String = document.digest.chars().take(12).collect();
    let tail = if pages.is_empty() { String::new() } else { format!(" {pages}") };
    let before = format!("SHA-256 {digest}    {page} ");
    let right = [
        run(&before, plain, fonts),
        field("PAGE", "1", plain, fonts),
        run(&format!(" {of} "), plain, fonts),
        field("NUMPAGES", "1", plain, fonts),
        run(&tail, plain, fonts),
    ]
    .concat();
    let shown = format!("{before}999 {of} 999{tail}");
    let look = Look::default().color(colors(Tone::Unsure).0);
    let style = setting.styles.id(Style::Footer);
    two_ends(style, "top", setting, &document.running, look, &shown, right)
}

/// A text at the left and one at the right, in one ruled line or, where they do not fit beside each other, in two.
fn two_ends(style: &str, side: &str, setting: &Setting<'_>, left: &str, look: Look, shown: &str, right: String) -> String {
    let (fonts, plain) = (setting.fonts, Look::default());
    let line = setting.width as f64 / 20.0 / MARGINAL;
    let text = run(left, look, fonts);
    if left.is_empty() || columns::length(left) + columns::length(shown) + 3.0 <= line {
        let content = [text, mark("<w:tab/>", plain, fonts), right].concat();
        return paragraph(style, &ruled(side, setting.width), &content);
    }
    let flush = format!("{FLUSH}<w:jc w:val=\"right\"/>");
    let (above, below) = (ruled(side, setting.width), flush.as_str());
    if side == "top" {
        paragraph(style, &above, &text) + &paragraph(style, below, &right)
    } else {
        // The rule stands under the last line.
        let plain_left = format!("{FLUSH}<w:jc w:val=\"left\"/>");
        paragraph(style, &plain_left, &text) + &paragraph(style, &above, &[mark("<w:tab/>", plain, fonts), right].concat())
    }
}

/// A line on one side, and a stop at the right margin.
fn ruled(side: &str, width: usize) -> String {
    format!(
        "<w:pBdr><w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"C5CDD5\"/></w:pBdr>\
         <w:tabs><w:tab w:val=\"clear\" w:pos=\"4153\"/><w:tab w:val=\"clear\" w:pos=\"8306\"/><w:tab w:val=\"right\" w:pos=\"{width}\"/></w:tabs>\
         {FLUSH}<w:jc w:val=\"left\"/>"
    )
}
