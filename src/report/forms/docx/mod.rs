//! The document → a Word file.
//!
//! The parts are written here, because the libraries at hand know neither repeated heads of tables nor words for those who
//! do not see a picture, and number pictures across the whole program, so that bytes would depend on what was written
//! before. Native tables, headings with outline, contents with their entries, and nothing that Word asks about on opening:
//! no field to be updated, no link to anything outside.
//!
//! Without a template everything about the look is ours ([`styles`]); with the template of a company ([`template`]) its
//! styles, theme, fonts, head, foot and page are taken, and only what it lacks is added.

mod body;
mod package;
mod styles;
mod template;
mod xml;

pub use template::{TemplateFault, WordTemplate};

use super::Pictures;
use crate::locale::Lang;
use crate::report::ReportError;
use crate::report::document::Document;
use crate::report::words::Words;
use body::Setting;
use package::Package;
use styles::StyleIds;
use xml::{Fonts, escaped};

/// Numbering of lists with bullets, and of numbered ones; large numbers, so that a template has none of them.
const BULLETS: usize = 90_001;
const NUMBERS: usize = 90_002;

/// Width of the text on an A4 page with margins of 20 mm, in twentieths of a point.
const WIDTH: usize = 9_638;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PAGE: &str = "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
     <w:pgMar w:top=\"1361\" w:right=\"1134\" w:bottom=\"1361\" w:left=\"1134\" w:header=\"680\" w:footer=\"680\" w:gutter=\"0\"/>";
/// The page of a report that is to stay on one.
const SHORT_PAGE: &str = "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
     <w:pgMar w:top=\"1000\" w:right=\"1134\" w:bottom=\"1000\" w:left=\"1134\" w:header=\"500\" w:footer=\"500\" w:gutter=\"0\"/>";

/// The DOCX file.
pub(super) fn render(
    document: &Document,
    lang: Lang,
    pictures: &Pictures,
    template: Option<&WordTemplate>,
) -> Result<Vec<u8>, ReportError> {
    let words = Words::of(lang);
    let (styles, lacking) = template.map_or_else(|| (StyleIds::own(), own_styles(lang)), WordTemplate::styles);
    let contents = words.word("contents");
    let setting = Setting {
        styles: &styles,
        fonts: template.map_or_else(|| fonts(lang), |t| t.fonts(fonts(lang))),
        width: template.map_or(WIDTH, WordTemplate::width),
        pictures,
        contents: &contents,
        numbered: template.is_some_and(WordTemplate::numbers_chapters),
    };
    let (content, shown) = body::body(document, &setting);
    let page = ["docx-page", "docx-of", "docx-pages"].map(|key| words.word(key));
    let [header, footer] = [
        part("hdr", &body::header(document, &setting)),
        part("ftr", &body::footer(document, &setting, [&page[0], &page[1], page[2].trim()])),
    ];
    let mut package = template.map_or_else(Package::default, |t| t.package(&lacking));
    let pngs = shown.iter().filter_map(|id| pictures.get(id));
    for (at, png) in pngs.enumerate() {
        package.picture(at + 1, png.clone());
    }
    if template.is_none() {
        package.add("word/styles.xml", "styles", lacking);
    }
    package.numbering(&abstract_numbering(), &numbering());
    package.add("word/settings.xml", "settings", settings(lang));
    let references = [("header", header), ("footer", footer)].map(|(kind, xml)| {
        let wanted = template.is_none_or(|t| !t.has(kind));
        let id = format!("rIdManyidu{kind}");
        if wanted {
            package.part(&format!("word/manyidu-{kind}.xml"), kind, &id, xml);
        }
        if wanted {
            format!("<w:{kind}Reference w:type=\"default\" r:id=\"{id}\"/>")
        } else {
            String::new()
        }
    });
    let (root, section) = match template {
        Some(template) => (template.root().to_owned(), template.section(&references.concat())),
        None => (
            format!("<w:document {NAMESPACES}>"),
            format!(
                "<w:sectPr>{}{}</w:sectPr>",
                references.concat(),
                if body::is_short(document) { SHORT_PAGE } else { PAGE }
            ),
        ),
    };
    let xml = format!("{DECLARATION}{root}<w:body>{content}{section}</w:body></w:document>");
    package.finish(xml, core(document), app()).map_err(ReportError::Word)
}

/// Fonts that a machine with an office suite has; another one puts its own in their place.
fn fonts(lang: Lang) -> Fonts {
    Fonts {
        east_asian: Some("Microsoft YaHei"),
        latin: Some("Arial"),
        chinese: lang == Lang::Zh,
    }
}

fn own_styles(lang: Lang) -> String {
    let (_, styles) = styles::joined(&[]);
    let defaults = styles::defaults(&fonts(lang).element());
    format!("{DECLARATION}<w:styles {NAMESPACES}>{defaults}{styles}</w:styles>")
}

/// A head or foot as a part.
fn part(element: &str, content: &str) -> String {
    format!("{DECLARATION}<w:{element} {NAMESPACES}>{content}</w:{element}>")
}

fn settings(lang: Lang) -> String {
    let language = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en-US",
    };
    format!(
        "{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{language}\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

fn abstract_numbering() -> String {
    let level = |format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"400\" w:hanging=\"280\"/></w:pPr></w:lvl>"
        )
    };
    [(BULLETS, level("bullet", "•")), (NUMBERS, level("decimal", "%1."))]
        .map(|(id, level)| {
            format!("<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"singleLevel\"/>{level}</w:abstractNum>")
        })
        .concat()
}

fn numbering() -> String {
    [BULLETS, NUMBERS]
        .map(|id| format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"))
        .concat()
}

/// Title and language; no date, so that the same input gives the same bytes.
fn core(document: &Document) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject>\
         <dc:description>{}</dc:description><dc:language>{}</dc:language></cp:coreProperties>",
        escaped(&document.title),
        escaped(&document.kind),
        escaped(&document.colophon),
        document.lang
    )
}

fn app() -> String {
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>{}</Application></Properties>",
        env!("CARGO_PKG_NAME")
    )
}
