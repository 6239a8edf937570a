//! The template of a company: a Word file whose look a report takes over.
//!
//! Taken are its styles by the names that Word gives them (`heading 1`, `Title`, `caption`, …), theme, fonts, numbering of
//! headings, head, foot, size and margins of the page. Its text is not, nor its settings. Refused is what would make a
//! report more than a document: macros, and parts that lie outside of the file.

use super::package::{Package, Relationship};
use super::styles::{Found, StyleIds, joined};
use super::xml::Fonts;
use resvg::usvg::roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// Most parts of a template, and most bytes of all of them, so that a crafted archive cannot fill the memory.
const PARTS_MAX: usize = 500;
const BYTES_MAX: u64 = 32 * 1024 * 1024;

/// Parts that the look comes from, by the last word of the type of their relationship.
const TAKEN: [&str; 6] = ["styles", "theme", "fontTable", "numbering", "header", "footer"];

const BODY: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";

/// Why a template cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// It is no archive, or a damaged one.
    #[error("not a Word file (.docx)")]
    NotWord,
    /// It is larger than any template should be.
    #[error("too large")]
    TooLarge,
    /// A part that every Word file has is missing or cannot be read.
    #[error("a part is missing or cannot be read")]
    Damaged,
    /// It holds macros.
    #[error("it holds macros")]
    Macros,
    /// Its head, foot or styles lie in part outside of the file.
    #[error("it refers to something outside of the file")]
    Outside,
}

impl TemplateFault {
    /// Key of its wording.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotWord => "not-word",
            Self::TooLarge => "too-large",
            Self::Damaged => "damaged",
            Self::Macros => "macros",
            Self::Outside => "outside",
        }
    }
}

/// A template that was read and found fit.
#[derive(Debug, Clone)]
pub struct WordTemplate {
    package: Package,
    styles: StyleIds,
    lacking: String,
    root: String,
    section_open: String,
    section: String,
    width: usize,
    names_chinese_font: bool,
    numbers_chapters: bool,
}

impl WordTemplate {
    /// Reads a template from the bytes of its file.
    pub fn read(bytes: &[u8]) -> Result<Self, TemplateFault> {
        let parts = parts(bytes)?;
        if parts.keys().any(|path| path.to_lowercase().contains("vba")) {
            return Err(TemplateFault::Macros);
        }
        let package = package(&parts)?;
        let text = |path: &str| {
            parts
                .get(path)
                .and_then(|b| std::str::from_utf8(b).ok())
                .ok_or(TemplateFault::Damaged)
        };
        let (body, styles_text) = (text(BODY)?, text(STYLES)?);
        let body_tree = parsed(body)?;
        let styles_tree = parsed(styles_text)?;
        let found = found(&styles_tree);
        let (styles, lacking) = joined(&found);
        let root = body_tree.root_element();
        let open = body
            .get(root.range())
            .and_then(|t| t.split_inclusive('>').next())
            .ok_or(TemplateFault::Damaged)?;
        let section = root
            .descendants()
            .rfind(|n| n.has_tag_name("sectPr") || n.tag_name().name() == "sectPr");
        let (section_open, section_inner) = section.map_or_else(
            || Ok((String::from("<w:sectPr>"), super::PAGE.to_owned())),
            |node| section_parts(body, node).ok_or(TemplateFault::Damaged),
        )?;
        Ok(Self {
            root: open.to_owned(),
            width: section.and_then(width).unwrap_or(super::WIDTH),
            names_chinese_font: names_chinese_font(&styles_tree),
            numbers_chapters: numbers_chapters(&styles_tree),
            section_open,
            section: section_inner,
            package,
            styles,
            lacking,
        })
    }

    pub(super) fn styles(&self) -> (StyleIds, String) {
        (self.styles.clone(), self.lacking.clone())
    }

    /// Width of the text in twentieths of a point.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// True when its first heading bears a number of its own.
    pub(super) fn numbers_chapters(&self) -> bool {
        self.numbers_chapters
    }

    /// Runs take the fonts of the template; where it names none for Chinese, ours.
    pub(super) fn fonts(&self, ours: Fonts) -> Fonts {
        Fonts {
            east_asian: if self.names_chinese_font { None } else { ours.east_asian },
            latin: None,
            chinese: ours.chinese,
        }
    }

    /// True when its pages have a head or foot (`header`, `footer`).
    pub(super) fn has(&self, kind: &str) -> bool {
        self.section.contains(&format!("<w:{kind}Reference"))
    }

    /// The beginning of its body, which declares the namespaces that its section uses.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// Its last section with further heads or feet.
    pub(super) fn section(&self, references: &str) -> String {
        format!("{}{references}{}</w:sectPr>", self.section_open, self.section)
    }

    /// Its parts with the styles that reports need and it lacks.
    pub(super) fn package(&self, lacking: &str) -> Package {
        let mut package = self.package.clone();
        if let Some(styles) = package.parts.get_mut(STYLES) {
            let text = String::from_utf8_lossy(styles).into_owned();
            if let Some(end) = text.rfind("</w:styles>") {
                *styles = [&text[..end], lacking, &text[end..]].concat().into_bytes();
            }
        }
        package
    }
}

/// Every part of the archive by its path.
fn parts(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, TemplateFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| TemplateFault::NotWord)?;
    if archive.len() > PARTS_MAX {
        return Err(TemplateFault::TooLarge);
    }
    let mut left = BYTES_MAX;
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| TemplateFault::NotWord)?;
        let name = file.name().map_err(|_| TemplateFault::NotWord)?.into_owned();
        let mut held = Vec::new();
        // One byte more than is left shows that there was too much, whatever the archive says of its sizes.
        file.take(left + 1).read_to_end(&mut held).map_err(|_| TemplateFault::NotWord)?;
        left = left.checked_sub(held.len() as u64).ok_or(TemplateFault::TooLarge)?;
        if !name.ends_with('/') {
            parts.insert(name, held);
        }
    }
    if parts.contains_key("[Content_Types].xml") && parts.contains_key(BODY) {
        Ok(parts)
    } else {
        Err(TemplateFault::NotWord)
    }
}

fn parsed(text: &str) -> Result<Document<'_>, TemplateFault> {
    let tree = Document::parse(text).map_err(|_| TemplateFault::Damaged)?;
    // Pieces of text are put together with it, so the usual prefix must be the one it uses.
    if text.contains("xmlns:w=\"") {
        Ok(tree)
    } else {
        Err(TemplateFault::Damaged)
    }
}

/// The parts that the look needs: those that the body names, and those that these name.
fn package(parts: &BTreeMap<String, Vec<u8>>) -> Result<Package, TemplateFault> {
    let mut package = Package::default();
    for (id, kind, target) in relationships(parts, BODY)? {
        if TAKEN.contains(&kind.as_str()) {
            package.relationships.push(Relationship { id, kind, target });
        }
    }
    // The body and ours look for these two at their usual place.
    let usual = |kind: &str, at: &str| package.relationships.iter().all(|r| r.kind != kind || r.target == at);
    if !usual("styles", "styles.xml") || !usual("numbering", "numbering.xml") {
        return Err(TemplateFault::Damaged);
    }
    let mut wanted: Vec<String> = package.relationships.iter().map(|r| format!("word/{}", r.target)).collect();
    let mut seen = BTreeSet::new();
    while let Some(path) = wanted.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let bytes = parts.get(&path).ok_or(TemplateFault::Damaged)?;
        wanted.extend(
            relationships(parts, &path)?
                .into_iter()
                .map(|(_, _, target)| format!("word/{target}")),
        );
        let of_part = relationships_path(&path);
        if let Some(relationships) = parts.get(&of_part) {
            package.parts.insert(of_part, relationships.clone());
        }
        package.parts.insert(path, bytes.clone());
    }
    package.kinds = kinds(parts, &package.parts)?;
    Ok(package)
}

fn relationships_path(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{name}.rels")
}

/// Id, last word of the type, and target of each relationship of a part.
fn relationships(parts: &BTreeMap<String, Vec<u8>>, part: &str) -> Result<Vec<(String, String, String)>, TemplateFault> {
    let Some(bytes) = parts.get(&relationships_path(part)) else {
        return Ok(Vec::new());
    };
    let text = std::str::from_utf8(bytes).map_err(|_| TemplateFault::Damaged)?;
    let tree = Document::parse(text).map_err(|_| TemplateFault::Damaged)?;
    let mut found = Vec::new();
    for node in tree.root_element().children().filter(Node::is_element) {
        let attribute = |name: &str| node.attribute(name).map(str::to_owned).ok_or(TemplateFault::Damaged);
        let kind = attribute("Type")?;
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        // What the text of the template links to is left behind with its text.
        let counts = part != BODY || TAKEN.contains(&kind.as_str());
        if counts && node.attribute("TargetMode") == Some("External") {
            return Err(TemplateFault::Outside);
        }
        let target = attribute("Target")?;
        let target = target.strip_prefix("/word/").unwrap_or(&target).to_owned();
        if counts && (target.starts_with('/') || target.contains("..")) {
            return Err(TemplateFault::Outside);
        }
        if counts {
            found.push((attribute("Id")?, kind, target));
        }
    }
    Ok(found)
}

/// The kinds of content of the parts that are taken.
fn kinds(parts: &BTreeMap<String, Vec<u8>>, taken: &BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, String>, TemplateFault> {
    let bytes = parts.get("[Content_Types].xml").ok_or(TemplateFault::NotWord)?;
    let text = std::str::from_utf8(bytes).map_err(|_| TemplateFault::Damaged)?;
    let tree = Document::parse(text).map_err(|_| TemplateFault::Damaged)?;
    let mut endings = BTreeMap::new();
    let mut named = BTreeMap::new();
    for node in tree.root_element().children().filter(Node::is_element) {
        let Some(kind) = node.attribute("ContentType") else { continue };
        if let Some(ending) = node.attribute("Extension") {
            endings.insert(ending.to_lowercase(), kind.to_owned());
        }
        if let Some(path) = node.attribute("PartName") {
            named.insert(path.trim_start_matches('/').to_owned(), kind.to_owned());
        }
    }
    let kind = |path: &String| {
        let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
        let kind = named.get(path).or_else(|| endings.get(&ending))?;
        (ending != "rels").then(|| (path.clone(), kind.clone()))
    };
    Ok(taken.keys().filter_map(kind).collect())
}

fn named<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// An attribute by its name without prefix.
fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attributes().find(|a| a.name() == name).map(|a| a.value())
}

fn found(styles: &Document<'_>) -> Vec<Found> {
    let of = |node: Node<'_, '_>| Found {
        id: node
            .attributes()
            .find(|a| a.name() == "styleId")
            .map_or_else(String::new, |a| a.value().to_owned()),
        name: node
            .children()
            .find(|c| c.tag_name().name() == "name")
            .and_then(|n| n.attributes().find(|a| a.name() == "val").map(|a| a.value().to_lowercase()))
            .unwrap_or_default(),
        kind: node
            .attributes()
            .find(|a| a.name() == "type")
            .map_or_else(String::new, |a| a.value().to_owned()),
        default: node
            .attributes()
            .any(|a| a.name() == "default" && matches!(a.value(), "1" | "true" | "on")),
    };
    let styles = styles.root_element().children().filter(|n| n.tag_name().name() == "style");
    styles.map(of).filter(|style| !style.id.is_empty()).collect()
}

/// True when the defaults or the style of ordinary paragraphs name a font for Chinese.
fn names_chinese_font(styles: &Document<'_>) -> bool {
    let names = |node: &Node<'_, '_>| {
        node.tag_name().name() == "rFonts" && node.attributes().any(|a| matches!(a.name(), "eastAsia" | "eastAsiaTheme"))
    };
    let counts = |node: &Node<'_, '_>| {
        let name = node.tag_name().name();
        name == "docDefaults" || name == "style" && node.attributes().any(|a| a.name() == "default" && a.value() == "1")
    };
    styles
        .root_element()
        .children()
        .filter(counts)
        .any(|node| node.descendants().any(|n| names(&n)))
}

/// True when the style of chapters bears numbers.
fn numbers_chapters(styles: &Document<'_>) -> bool {
    let is_chapter = |node: &Node<'_, '_>| {
        let name = node.children().find(|c| c.tag_name().name() == "name");
        name.is_some_and(|n| {
            n.attributes()
                .any(|a| a.name() == "val" && a.value().eq_ignore_ascii_case("heading 1"))
        })
    };
    let mut chapters = styles.root_element().children().filter(is_chapter);
    chapters.any(|style| style.descendants().any(|n| n.tag_name().name() == "numPr"))
}

/// The beginning of a section and what is in it, as they stand.
fn section_parts(body: &str, node: Node<'_, '_>) -> Option<(String, String)> {
    let text = body.get(node.range())?;
    let (open, rest) = text.split_once('>')?;
    match open.strip_suffix('/') {
        Some(open) => Some((format!("{open}>"), String::new())),
        None => Some((format!("{open}>"), rest.strip_suffix("</w:sectPr>")?.to_owned())),
    }
}

/// Width of the page less its margins.
fn width<'a>(section: Node<'a, 'a>) -> Option<usize> {
    let (size, margins) = (named(section, "pgSz")?, named(section, "pgMar")?);
    let number = |node, name| attribute(node, name).and_then(|v| v.parse::<usize>().ok());
    let outside = number(margins, "left")? + number(margins, "right")? + number(margins, "gutter").unwrap_or(0);
    number(size, "w")?.checked_sub(outside).filter(|width| *width > 2_000)
}
