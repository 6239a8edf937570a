//! The styles of a Word report. Each has the name that Word itself gives it, so that a company's template can take it over.

use std::collections::BTreeMap;

/// A style that reports use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// What every other one is based on.
    Normal,
    /// Title of the report.
    Title,
    /// Line under it.
    Subtitle,
    /// Chapter.
    Chapter,
    /// Heading within a chapter.
    Section,
    /// Heading within what is folded on a screen.
    Subsection,
    /// Heading of the contents, which is not itself in them.
    ContentsHeading,
    /// A line of the contents.
    Contents,
    /// Heading of a table, or what stands under a figure.
    Caption,
    /// Small print.
    Small,
    /// A paragraph in a cell of a table.
    Cell,
    /// An entry of a list.
    Entry,
    /// Head of a page.
    Header,
    /// Foot of a page.
    Footer,
    /// A table.
    Table,
}

/// A style: which, its id in a file of our own, its name, and its properties.
struct Made {
    style: Style,
    id: &'static str,
    name: &'static str,
    properties: &'static str,
}

/// No first-line indent, whatever `Normal` of a template has.
const FLUSH: &str = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";

const ALL: &[Made] = &[
    Made {
        style: Style::Normal,
        id: "Normal",
        name: "Normal",
        properties: "<w:qFormat/><w:pPr><w:spacing w:after=\"100\" w:line=\"288\" w:lineRule=\"auto\"/></w:pPr>",
    },
    Made {
        style: Style::Title,
        id: "Title",
        name: "Title",
        properties: "<w:qFormat/><w:pPr><w:spacing w:before=\"120\" w:after=\"80\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>\
                     <w:rPr><w:b/><w:bCs/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/></w:rPr>",
    },
    Made {
        style: Style::Subtitle,
        id: "Subtitle",
        name: "Subtitle",
        properties: "<w:qFormat/><w:pPr><w:spacing w:after=\"160\"/></w:pPr><w:rPr><w:color w:val=\"5B6770\"/></w:rPr>",
    },
    Made {
        style: Style::Chapter,
        id: "Heading1",
        name: "heading 1",
        properties: "<w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>\
                     <w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"005A8C\"/></w:pBdr>\
                     <w:spacing w:before=\"480\" w:after=\"200\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"0\"/></w:pPr>\
                     <w:rPr><w:b/><w:bCs/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/></w:rPr>",
    },
    Made {
        style: Style::Section,
        id: "Heading2",
        name: "heading 2",
        properties: "<w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>\
                     <w:spacing w:before=\"300\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"1\"/></w:pPr>\
                     <w:rPr><w:b/><w:bCs/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>",
    },
    Made {
        style: Style::Subsection,
        id: "Heading3",
        name: "heading 3",
        properties: "<w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>\
                     <w:spacing w:before=\"240\" w:after=\"100\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"2\"/></w:pPr>\
                     <w:rPr><w:b/><w:bCs/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr>",
    },
    Made {
        style: Style::ContentsHeading,
        id: "TOCHeading",
        name: "TOC Heading",
        properties: "<w:uiPriority w:val=\"39\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"360\" w:after=\"160\"/></w:pPr>\
                     <w:rPr><w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>",
    },
    Made {
        style: Style::Contents,
        id: "TOC1",
        name: "toc 1",
        properties: "<w:uiPriority w:val=\"39\"/><w:pPr><w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs>\
                     <w:spacing w:after=\"60\"/></w:pPr>",
    },
    Made {
        style: Style::Caption,
        id: "Caption",
        name: "caption",
        properties: "<w:uiPriority w:val=\"35\"/><w:qFormat/><w:pPr><w:spacing w:before=\"200\" w:after=\"80\"/></w:pPr>\
                     <w:rPr><w:b/><w:bCs/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>",
    },
    Made {
        style: Style::Small,
        id: "ManyiduSmall",
        name: "Manyidu Small",
        properties: "<w:pPr><w:spacing w:before=\"40\" w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/>\
                     <w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/></w:pPr>\
                     <w:rPr><w:color w:val=\"5B6770\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>",
    },
    Made {
        style: Style::Cell,
        id: "ManyiduCell",
        name: "Manyidu Cell",
        properties: "<w:pPr><w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>\
                     <w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/></w:pPr>",
    },
    Made {
        style: Style::Entry,
        id: "ManyiduEntry",
        name: "Manyidu Entry",
        properties: "<w:pPr><w:spacing w:after=\"30\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr>",
    },
    Made {
        style: Style::Header,
        id: "Header",
        name: "header",
        properties: "<w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>\
                     <w:rPr><w:color w:val=\"5B6770\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/></w:rPr>",
    },
    Made {
        style: Style::Footer,
        id: "Footer",
        name: "footer",
        properties: "<w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>\
                     <w:rPr><w:color w:val=\"5B6770\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/></w:rPr>",
    },
];

const TABLE_ID: &str = "ManyiduTable";
const TABLE_NAME: &str = "Manyidu Table";
/// Lines above and below as in a three-line table, hair lines between rows.
const TABLE: &str = "<w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"1F2933\"/>\
    <w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"1F2933\"/>\
    <w:insideH w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"C5CDD5\"/></w:tblBorders>\
    <w:tblCellMar><w:top w:w=\"30\" w:type=\"dxa\"/><w:left w:w=\"70\" w:type=\"dxa\"/><w:bottom w:w=\"30\" w:type=\"dxa\"/>\
    <w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>";

/// The ids by which a file knows the styles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StyleIds(BTreeMap<Style, String>);

impl StyleIds {
    /// The ids of a file with nothing but our styles.
    pub(super) fn own() -> Self {
        let ids = ALL.iter().map(|made| (made.style, made.id.to_owned()));
        Self(ids.chain([(Style::Table, TABLE_ID.to_owned())]).collect())
    }

    /// The id of a style.
    pub(super) fn id(&self, style: Style) -> &str {
        self.0.get(&style).map_or("Normal", String::as_str)
    }
}

/// A style that a template has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its id.
    pub id: String,
    /// Its name, in small letters.
    pub name: String,
    /// `paragraph`, `table`, …
    pub kind: String,
    /// True for what paragraphs have when nothing is said.
    pub default: bool,
}

/// The ids of our styles in a file that has some of them, and the XML of those it lacks.
pub(super) fn joined(found: &[Found]) -> (StyleIds, String) {
    let of = |kind: &str, name: &str| found.iter().find(|f| f.kind == kind && f.name == name.to_lowercase());
    let free = |id: &str| {
        if found.iter().any(|f| f.id == id) {
            format!("Manyidu{id}")
        } else {
            id.to_owned()
        }
    };
    let normal = found.iter().find(|f| f.kind == "paragraph" && f.default);
    let mut ids = BTreeMap::new();
    let mut lacking = Vec::new();
    for made in ALL {
        let there = of("paragraph", made.name).or_else(|| normal.filter(|_| made.style == Style::Normal));
        ids.insert(made.style, there.map_or_else(|| free(made.id), |f| f.id.clone()));
        if there.is_none() {
            lacking.push(made);
        }
    }
    let table = of("table", TABLE_NAME).map_or_else(|| free(TABLE_ID), |f| f.id.clone());
    ids.insert(Style::Table, table);
    let ids = StyleIds(ids);
    let mut xml: String = lacking.iter().map(|made| element(made, &ids)).collect();
    if of("table", TABLE_NAME).is_none() {
        xml.push_str(&format!(
            "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{TABLE_NAME}\"/>{TABLE}</w:style>",
            ids.id(Style::Table)
        ));
    }
    (ids, xml)
}

fn element(made: &Made, ids: &StyleIds) -> String {
    let id = ids.id(made.style);
    let based = match made.style {
        Style::Normal => String::new(),
        _ => format!("<w:basedOn w:val=\"{}\"/>", ids.id(Style::Normal)),
    };
    let default = if made.style == Style::Normal { " w:default=\"1\"" } else { "" };
    let custom = if made.name.starts_with("Manyidu") {
        " w:customStyle=\"1\""
    } else {
        ""
    };
    format!(
        "<w:style w:type=\"paragraph\"{default}{custom} w:styleId=\"{id}\"><w:name w:val=\"{}\"/>{based}{}</w:style>",
        made.name, made.properties
    )
}

/// Beginning of a file of styles of our own: fonts and size of everything.
pub(super) fn defaults(fonts: &str) -> String {
    format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>"
    )
}

/// Properties of a paragraph in a cell, in the order of the schema: no first-line indent, and its side.
pub(super) fn in_cell(right: bool, keep: bool) -> String {
    let keep = if keep { "<w:keepNext/>" } else { "" };
    let side = if right {
        "<w:jc w:val=\"right\"/>"
    } else {
        "<w:jc w:val=\"left\"/>"
    };
    format!("{keep}{FLUSH}{side}")
}
