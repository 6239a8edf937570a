//! The parts of a Word file, and the archive that holds them.

use super::DECLARATION;
use super::xml::escaped;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A relationship of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relationship {
    /// Its id.
    pub id: String,
    /// Last word of its type, such as `styles`.
    pub kind: String,
    /// The part, below `word/`.
    pub target: String,
}

/// A Word file in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Package {
    /// Parts by path.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// Kinds of content by path, of parts whose ending does not say it.
    pub kinds: BTreeMap<String, String>,
    /// Relationships of the body.
    pub relationships: Vec<Relationship>,
}

impl Package {
    /// A part of the body by its kind, in place of one that is there.
    pub(super) fn add(&mut self, path: &str, kind: &str, xml: String) {
        let there = self.relationships.iter().any(|r| r.kind == kind);
        if there {
            self.parts.insert(path.to_owned(), xml.into_bytes());
        } else {
            self.part(path, kind, &format!("rIdManyidu{kind}"), xml);
        }
    }

    /// A part of the body with the id of its relationship.
    pub(super) fn part(&mut self, path: &str, kind: &str, id: &str, xml: String) {
        self.parts.insert(path.to_owned(), xml.into_bytes());
        self.kinds.insert(path.to_owned(), format!("{WORD}.{kind}+xml"));
        self.relationships.push(Relationship {
            id: id.to_owned(),
            kind: kind.to_owned(),
            target: path.trim_start_matches("word/").to_owned(),
        });
    }

    /// The n-th picture of the body.
    pub(super) fn picture(&mut self, number: usize, png: Vec<u8>) {
        let target = format!("media/manyidu-{number}.png");
        self.parts.insert(format!("word/{target}"), png);
        self.relationships.push(Relationship {
            id: format!("rIdPicture{number}"),
            kind: "image".to_owned(),
            target,
        });
    }

    /// Our numbering of lists, behind that of a template. The schema wants all abstract ones first.
    pub(super) fn numbering(&mut self, of_lists: &str, numbers: &str) {
        const PATH: &str = "word/numbering.xml";
        let there = self.parts.get(PATH).and_then(|bytes| String::from_utf8(bytes.clone()).ok());
        let xml = there.and_then(|xml| {
            let first_num = xml
                .find("<w:num ")
                .or_else(|| xml.find("<w:numIdMacAtCleanup"))
                .or_else(|| xml.rfind("</w:numbering>"))?;
            let end = xml.find("<w:numIdMacAtCleanup").or_else(|| xml.rfind("</w:numbering>"))?;
            Some([xml.get(..first_num)?, of_lists, xml.get(first_num..end)?, numbers, xml.get(end..)?].concat())
        });
        let fresh = || format!("{DECLARATION}<w:numbering {}>{of_lists}{numbers}</w:numbering>", super::NAMESPACES);
        self.add(PATH, "numbering", xml.unwrap_or_else(fresh));
    }

    /// The archive. Its bytes follow from its parts alone: they stand in order, and without a time.
    pub(super) fn finish(mut self, body: String, core: String, app: String) -> Result<Vec<u8>, String> {
        self.parts.insert("word/document.xml".to_owned(), body.into_bytes());
        self.kinds
            .insert("word/document.xml".to_owned(), format!("{WORD}.document.main+xml"));
        self.parts.insert("docProps/core.xml".to_owned(), core.into_bytes());
        self.kinds.insert(
            "docProps/core.xml".to_owned(),
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        );
        self.parts.insert("docProps/app.xml".to_owned(), app.into_bytes());
        self.kinds.insert(
            "docProps/app.xml".to_owned(),
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        );
        self.parts.insert("_rels/.rels".to_owned(), root_relationships().into_bytes());
        let relationships = self.body_relationships().into_bytes();
        self.parts.insert("word/_rels/document.xml.rels".to_owned(), relationships);
        let kinds = self.content_types().into_bytes();
        let first = ("[Content_Types].xml".to_owned(), kinds);
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for (path, bytes) in std::iter::once(first).chain(self.parts) {
            archive.start_file(path, options).map_err(|e| e.to_string())?;
            archive.write_all(&bytes).map_err(|e| e.to_string())?;
        }
        archive.finish().map(Cursor::into_inner).map_err(|e| e.to_string())
    }

    fn body_relationships(&self) -> String {
        let mut out = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">");
        for Relationship { id, kind, target } in &self.relationships {
            let _ = write!(
                out,
                "<Relationship Id=\"{}\" Type=\"{RELATIONSHIPS}/{}\" Target=\"{}\"/>",
                escaped(id),
                escaped(kind),
                escaped(target)
            );
        }
        out + "</Relationships>"
    }

    fn content_types(&self) -> String {
        let mut out = format!(
            "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"png\" ContentType=\"image/png\"/>\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        );
        for (path, kind) in &self.kinds {
            let _ = write!(out, "<Override PartName=\"/{}\" ContentType=\"{}\"/>", escaped(path), escaped(kind));
        }
        out + "</Types>"
    }
}

fn root_relationships() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{RELATIONSHIPS}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
    )
}
