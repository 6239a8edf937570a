//! Word, Excel and PDF files as files: well formed, self-contained, safe against hostile texts, the same every time, and
//! opened without complaint by the programs that readers have.

use crate::support::office::{REPORTS, SHIPPED, each_report, parts, squeezed, texts_within, written};
use crate::tools;
use manyidu::assessment::Assessment;
use manyidu::locale::{Lang, Text};
use manyidu::report::forms::docx::{TemplateFault, WordTemplate};
use manyidu::report::forms::{Form, Making};
use manyidu::report::{self, Files, Kind};
use resvg::usvg::roxmltree::{Document as Xml, Node};
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::Path;

/// What a survey file may try, one string a place.
const HOSTILE: [&str; 9] = [
    "=cmd|' /C calc'!A0",
    "＝HYPERLINK(\"http://example.invalid\")",
    "+1+1",
    "@SUM(1+1)*cmd",
    "</w:t></w:r><w:fldSimple w:instr=\"DDEAUTO c:\\\\windows\\\\cmd.exe\"/>",
    "#import \"x.typ\": * #{panic(1)} $x$ <label> @ref \\ *bold* _it_ `raw` // /* ",
    "#read(\"/etc/passwd\")",
    "]]>&<!-- \"'\u{202e}\u{0}\u{ffff}",
    "110101199003071234",
];

fn hostile() -> Assessment {
    let mut a = REPORTS["appliance-after-sales"].0.clone();
    let mut next = HOSTILE.iter().cycle();
    let mut text = || (*next.next().unwrap()).to_owned();
    a.survey.title = Text::same(text());
    a.survey.notice = Some(Text::same(HOSTILE.join(" ")));
    a.survey.population = Some(Text::same(text()));
    a.survey.basis = vec![text()];
    for wave in &mut a.waves {
        wave.items.iter_mut().for_each(|i| i.title = Text::same(text()));
        wave.dimensions.iter_mut().for_each(|d| d.title = Text::same(text()));
        wave.coverage.strata.iter_mut().for_each(|s| s.stratum = text());
        wave.domains.iter_mut().for_each(|d| (d.category, d.column) = (text(), text()));
        wave.inputs.iter_mut().for_each(|i| i.file = text());
        wave.findings.iter_mut().for_each(|f| f.message = Text::same(text()));
    }
    a
}

fn of<'a>(files: &'a Files, ending: &str) -> Vec<(&'a String, &'a Vec<u8>)> {
    let wanted = |(path, _): &(&String, &Vec<u8>)| Path::new(path.as_str()).extension().is_some_and(|e| e == ending);
    files.iter().filter(wanted).collect()
}

fn each_xml(bytes: &[u8], visit: &mut dyn FnMut(&str, &str, &Xml<'_>)) {
    for (path, part) in parts(bytes) {
        if path.ends_with(".xml") || path.ends_with(".rels") {
            let text = String::from_utf8(part).unwrap();
            let tree = Xml::parse(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
            visit(&path, &text, &tree);
        }
    }
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn attribute<'a>(node: &Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attributes().find(|a| a.name() == name).map(|a| a.value())
}

/// What holds of every Word file, whatever the survey says.
fn assert_sound_docx(name: &str, bytes: &[u8], chinese_font: bool) {
    let held = parts(bytes);
    each_xml(bytes, &mut |path, text, tree| {
        for node in tree.descendants().filter(Node::is_element) {
            assert_ne!(attribute(&node, "TargetMode"), Some("External"), "{name}/{path}");
            assert!(!is(&node, "fldSimple"), "{name}/{path}");
            if is(&node, "instrText") {
                let code = node.text().unwrap().trim();
                assert!(
                    ["PAGE", "NUMPAGES"].contains(&code) || code.starts_with("TOC "),
                    "{name}: field {code}"
                );
            }
            if is(&node, "tc") {
                let last = node.children().rfind(Node::is_element).unwrap();
                assert!(is(&last, "p"), "{name}: a cell ends with {:?}", last.tag_name());
            }
            if is(&node, "r") && path.starts_with("word/") {
                let fonts = node
                    .descendants()
                    .find(|n| is(n, "rFonts"))
                    .unwrap_or_else(|| panic!("{name}/{path}: a run without fonts"));
                assert!(!chinese_font || attribute(&fonts, "eastAsia").is_some(), "{name}/{path}");
            }
        }
        assert!(!text.contains("updateFields"), "{name}/{path}: asks on opening");
    });
    let body = String::from_utf8(held["word/document.xml"].clone()).unwrap();
    let tree = Xml::parse(&body).unwrap();
    let tables: Vec<_> = tree
        .descendants()
        .filter(|n| is(n, "tbl") && n.descendants().any(|c| is(&c, "tblStyle")))
        .collect();
    for table in &tables {
        let rows: Vec<_> = table.children().filter(|n| is(n, "tr")).collect();
        assert!(rows[0].descendants().any(|n| is(&n, "tblHeader")), "{name}: a head is not repeated");
        let columns = table.descendants().filter(|n| is(n, "gridCol")).count();
        let width = |cell: Node<'_, '_>| {
            let span = cell.descendants().find(|n| is(n, "gridSpan"));
            span.and_then(|s| {
                s.attributes()
                    .find(|a| a.name() == "val")
                    .map(|a| a.value().parse::<usize>().unwrap())
            })
            .unwrap_or(1)
        };
        for row in rows {
            let cells: usize = row.children().filter(|n| is(n, "tc")).map(width).sum();
            assert_eq!(cells, columns, "{name}");
        }
    }
    let pictures: Vec<_> = tree.descendants().filter(|n| is(n, "docPr")).collect();
    let ids: BTreeSet<_> = pictures.iter().map(|n| attribute(n, "id").unwrap()).collect();
    assert_eq!(ids.len(), pictures.len(), "{name}");
    assert!(pictures.iter().all(|n| !attribute(n, "descr").unwrap().is_empty()), "{name}");
    // Every part that is referred to is there, and every part has a kind.
    let kinds = String::from_utf8(held["[Content_Types].xml"].clone()).unwrap();
    for path in held.keys().filter(|p| p.ends_with(".xml") && *p != "[Content_Types].xml") {
        assert!(kinds.contains(&format!("\"/{path}\"")), "{name}: {path} has no kind");
    }
    let relations = String::from_utf8(held["word/_rels/document.xml.rels"].clone()).unwrap();
    for node in Xml::parse(&relations).unwrap().descendants().filter(|n| is(n, "Relationship")) {
        let target = format!("word/{}", node.attribute("Target").unwrap());
        assert!(held.contains_key(&target), "{name}: {target}");
    }
}

/// What holds of every workbook.
fn assert_sound_xlsx(name: &str, bytes: &[u8]) {
    let mut names = BTreeSet::new();
    each_xml(bytes, &mut |path, _, tree| {
        for node in tree.descendants().filter(Node::is_element) {
            assert_ne!(attribute(&node, "TargetMode"), Some("External"), "{name}/{path}");
            let in_sheet = path.starts_with("xl/worksheets/");
            assert!(!in_sheet || !is(&node, "f"), "{name}/{path}: a formula");
            assert!(!is(&node, "ddeLink") && !is(&node, "oleLink"), "{name}/{path}");
            if is(&node, "hyperlink") {
                assert!(
                    attribute(&node, "id").is_none() && attribute(&node, "location").is_some(),
                    "{name}/{path}"
                );
            }
            if is(&node, "sheet") && path == "xl/workbook.xml" {
                let sheet = attribute(&node, "name").unwrap();
                assert!(
                    sheet.encode_utf16().count() <= 31 && names.insert(sheet.to_lowercase()),
                    "{name}: {sheet}"
                );
            }
        }
        if path.starts_with("xl/worksheets/sheet") {
            let frozen = tree
                .descendants()
                .any(|n| is(&n, "pane") && attribute(&n, "state") == Some("frozen"));
            assert!(frozen || path.ends_with("sheet1.xml"), "{name}/{path}: the head is not frozen");
        }
    });
    // A first sheet, one of words, and one for each table: the page for directors has a single table.
    assert!(names.len() >= if name.contains("summary") { 3 } else { 6 }, "{name}: {names:?}");
}

#[test]
fn word_files_are_sound() {
    for (id, (_, files)) in REPORTS.iter() {
        for (path, bytes) in of(files, "docx") {
            assert_sound_docx(&format!("{id}/{path}"), bytes, true);
        }
    }
}

#[test]
fn workbooks_are_sound_and_have_native_charts() {
    for (id, (_, files)) in REPORTS.iter() {
        for (path, bytes) in of(files, "xlsx") {
            assert_sound_xlsx(&format!("{id}/{path}"), bytes);
        }
    }
    let held = parts(&REPORTS["appliance-after-sales"].1["report.xlsx"]);
    let charts: Vec<String> = held
        .iter()
        .filter(|(path, _)| path.starts_with("xl/charts/chart"))
        .map(|(_, xml)| String::from_utf8(xml.clone()).unwrap())
        .collect();
    assert!(charts.len() >= 5, "{}", charts.len());
    for kind in ["c:lineChart", "c:barChart", "c:scatterChart"] {
        assert!(charts.iter().any(|xml| xml.contains(kind)), "{kind}");
    }
    assert!(
        charts
            .iter()
            .any(|xml| xml.contains("<c:lineChart>") && xml.contains("<c:errBars>")),
        "a trend without intervals"
    );
}

#[test]
fn charts_of_a_workbook_show_scores_whatever_waves_are_called() {
    let charts = |path: &str| -> Vec<String> {
        let held = parts(&REPORTS["appliance-after-sales"].1[path]);
        let charts = held.into_iter().filter(|(path, _)| path.starts_with("xl/charts/chart"));
        charts.map(|(_, xml)| String::from_utf8(xml).unwrap()).collect()
    };
    // English waves are years, which are numbers: quantity, wave, score.
    for path in ["report.xlsx", "report.en.xlsx"] {
        let columns = |xml: &str, part: &str| -> Vec<String> {
            let named = |rest: &str| rest.split("</c:f>").next().unwrap().rsplit('!').next().unwrap()[..3].to_owned();
            xml.split(part).skip(1).map(named).collect()
        };
        let over_waves = |xml: &String| xml.contains("<c:lineChart>") && columns(xml, "<c:cat>").iter().all(|c| c == "$B$");
        let lines: Vec<String> = charts(path).into_iter().filter(over_waves).collect();
        assert_eq!(lines.len(), 2, "{path}");
        for values in lines.iter().map(|xml| columns(xml, "<c:val>")) {
            assert!(values.iter().all(|c| c == "$C$"), "{path}: {values:?}");
        }
        // The maps of dimensions and of items.
        assert_eq!(
            charts(path).iter().filter(|xml| xml.contains("<c:scatterChart>")).count(),
            2,
            "{path}"
        );
    }
}

#[test]
fn rows_of_a_workbook_are_as_high_as_their_words() {
    let held = parts(&REPORTS["appliance-after-sales"].1["report.en.xlsx"]);
    // The second sheet holds everything that is said in words.
    let sheet = String::from_utf8(held["xl/worksheets/sheet2.xml"].clone()).unwrap();
    let tree = Xml::parse(&sheet).unwrap();
    let heights = tree
        .descendants()
        .filter(|n| is(n, "row"))
        .filter_map(|n| attribute(&n, "ht")?.parse::<f64>().ok());
    assert!(heights.filter(|height| *height >= 30.0).count() > 50);
}

#[test]
fn no_text_of_a_survey_becomes_markup_formula_link_or_code() {
    let files = written(&hostile());
    for (path, bytes) in of(&files, "docx") {
        assert_sound_docx(path, bytes, true);
        let said = squeezed(&texts_within(&parts(bytes)["word/document.xml"], "t").concat());
        assert!(said.contains(&squeezed(HOSTILE[5])), "{path}");
    }
    for (path, bytes) in of(&files, "xlsx") {
        assert_sound_xlsx(path, bytes);
    }
    // Twelve digits and more stay text.
    let shared = parts(&files["report.xlsx"])["xl/sharedStrings.xml"].clone();
    assert!(String::from_utf8(shared).unwrap().contains("110101199003071234"));
    if !cfg!(feature = "pdf") {
        return;
    }
    let Some(program) = tools::require("pdftotext") else { return };
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in of(&files, "pdf") {
        let file = folder.path().join("hostile.pdf");
        std::fs::write(&file, bytes).unwrap();
        let text = tools::run(&program, &["-raw", "-enc", "UTF-8", file.to_str().unwrap(), "-"]).stdout;
        let text = squeezed(&String::from_utf8(text).unwrap());
        for said in [HOSTILE[0], HOSTILE[5], HOSTILE[6]] {
            assert!(text.contains(&squeezed(said)), "{path}: {said}");
        }
        for word in [&b"/JavaScript"[..], b"/Launch", b"/URI"] {
            assert!(!bytes.windows(word.len()).any(|w| w == word), "{path}");
        }
    }
}

#[test]
fn the_same_assessment_gives_the_same_bytes_in_every_form() {
    let (assessment, files) = &REPORTS["ecsi-mobile"];
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let again = pool.install(|| written(assessment));
    assert_eq!(files.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    let differing: Vec<_> = files.keys().filter(|path| files[*path] != again[*path]).collect();
    assert_eq!(differing, Vec::<&String>::new());
}

#[test]
fn each_kind_is_there_in_each_form_and_language() {
    for id in SHIPPED {
        let files = &REPORTS[id].1;
        for form in Form::built() {
            for kind in Kind::ALL {
                for lang in [Lang::Zh, Lang::En] {
                    assert!(
                        files.contains_key(&kind.file(lang, form.ending())),
                        "{id}: {kind:?} {form:?} {lang:?}"
                    );
                }
            }
        }
    }
}

/// A template as Word in Chinese writes it: its own ids, numbered headings, head with a picture, wide margins.
fn company(extra: &[(&str, &str)]) -> Vec<u8> {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |inner: &str| {
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>")
    };
    let relation = |id: &str, kind: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{target}\"/>");
    let style = |id: &str, name: &str, rest: &str| {
        format!(
            "<w:style w:type=\"paragraph\"{} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{rest}</w:style>",
            if id == "a" { " w:default=\"1\"" } else { "" }
        )
    };
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
            <Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
            <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
            <Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
            <Override PartName=\"/word/header7.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/></Types>".to_owned()),
        ("_rels/.rels", relations(&relation("rId1", "officeDocument", "word/document.xml"))),
        ("word/document.xml", format!("<w:document {W}><w:body><w:p><w:r><w:t>占位文字</w:t></w:r></w:p>\
            <w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId9\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
            <w:pgMar w:top=\"1440\" w:right=\"1800\" w:bottom=\"1440\" w:left=\"1800\" w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>")),
        ("word/_rels/document.xml.rels", relations(&[relation("rId1", "styles", "styles.xml"), relation("rId2", "numbering", "numbering.xml"),
            relation("rId9", "header", "header7.xml"), relation("rId5", "image", "media/body.png")].concat())),
        ("word/styles.xml", format!("<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"仿宋\"/></w:rPr></w:rPrDefault></w:docDefaults>{}{}{}</w:styles>",
            style("a", "Normal", "<w:pPr><w:ind w:firstLineChars=\"200\" w:firstLine=\"420\"/></w:pPr>"),
            style("1", "heading 1", "<w:basedOn w:val=\"a\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr><w:outlineLvl w:val=\"0\"/></w:pPr>"),
            style("Caption", "something else", ""))),
        ("word/numbering.xml", format!("<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"第%1章\"/></w:lvl></w:abstractNum>\
            <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>")),
        ("word/header7.xml", format!("<w:hdr {W}><w:p><w:r><w:rPr><w:rFonts w:eastAsia=\"仿宋\"/></w:rPr><w:t>某某公司</w:t></w:r></w:p></w:hdr>")),
        ("word/_rels/header7.xml.rels", relations(&relation("rId1", "image", "media/logo.png"))),
        ("word/media/logo.png", "logo".to_owned()),
        ("word/media/body.png", "left behind".to_owned()),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let replaced = |path: &str| extra.iter().any(|(other, _)| *other == path);
    let kept = parts
        .iter()
        .filter(|(path, _)| !replaced(path))
        .map(|(path, text)| (*path, text.as_str()));
    for (path, text) in kept.chain(extra.iter().copied()) {
        archive.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_company_template_gives_styles_head_and_page() {
    let template = WordTemplate::read(&company(&[])).unwrap();
    let making = Making {
        kinds: &Kind::ALL,
        forms: &[Form::Docx],
        word_template: Some(&template),
    };
    let files = report::write(&REPORTS["ecsi-mobile"].0, &making).unwrap().files;
    let bytes = &files["report.docx"];
    assert_sound_docx("with template", bytes, false);
    let held = parts(bytes);
    let body = String::from_utf8(held["word/document.xml"].clone()).unwrap();
    assert!(body.contains("<w:pStyle w:val=\"1\"/>") && !body.contains("Heading1"));
    assert!(!body.contains("占位文字") && body.contains("r:id=\"rId9\"") && body.contains("w:right=\"1800\""));
    assert!(body.contains("footerReference"), "the template has no foot, so ours is there");
    assert!(held.contains_key("word/media/logo.png") && !held.contains_key("word/media/body.png"));
    // The id of our caption is taken by another style, which stays as it is.
    let styles = String::from_utf8(held["word/styles.xml"].clone()).unwrap();
    assert!(styles.contains("something else") && styles.contains("w:styleId=\"ManyiduCaption\""));
    // Chapters number themselves; their numbers are not written twice.
    assert!(!squeezed(&texts_within(&held["word/document.xml"], "t").join("|")).contains("|1测评结果"));
    let numbering = String::from_utf8(held["word/numbering.xml"].clone()).unwrap();
    assert!(
        numbering.rfind("<w:abstractNum ").unwrap() < numbering.find("<w:num ").unwrap(),
        "abstract ones first"
    );
    let lists = Xml::parse(&numbering).unwrap().descendants().filter(|n| is(n, "num")).count();
    assert_eq!(lists, 3);
}

#[test]
fn a_template_that_is_more_than_a_look_is_refused() {
    let fault = |extra: &[(&str, &str)]| WordTemplate::read(&company(extra)).unwrap_err();
    assert_eq!(WordTemplate::read(b"no archive").unwrap_err(), TemplateFault::NotWord);
    assert_eq!(fault(&[("word/vbaProject.bin", "x")]), TemplateFault::Macros);
    let outside = "<Relationships xmlns=\"x\"><Relationship Id=\"rId1\" Type=\"a/image\" Target=\"http://example.invalid/a.png\" TargetMode=\"External\"/></Relationships>";
    assert_eq!(fault(&[("word/_rels/header7.xml.rels", outside)]), TemplateFault::Outside);
    let above = "<Relationships xmlns=\"x\"><Relationship Id=\"rId1\" Type=\"a/image\" Target=\"../../secret\"/></Relationships>";
    assert_eq!(fault(&[("word/_rels/header7.xml.rels", above)]), TemplateFault::Outside);
    assert_eq!(fault(&[("word/styles.xml", "<w:styles")]), TemplateFault::Damaged);
    let bomb = " ".repeat(40 << 20);
    assert_eq!(fault(&[("word/media/bomb.xml", &bomb)]), TemplateFault::TooLarge);
}

/// Converts a file with the office suite in a profile of its own.
fn converted(program: &Path, folder: &Path, file: &Path, to: &str) {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let output = tools::run(
        program,
        &[
            &profile,
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            folder.to_str().unwrap(),
            file.to_str().unwrap(),
        ],
    );
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(words.contains("convert "), "{words}");
}

#[test]
fn an_office_suite_opens_word_and_excel_and_shows_the_printed_numbers() {
    let (Some(program), Some(pdftotext)) = (tools::require("soffice"), tools::require("pdftotext")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    each_report(&mut |id, kind, lang, document, files| {
        // One survey in both languages is enough: the files of the others are built by the same code.
        if id != "ecsi-mobile" || kind != Kind::Evidence {
            return;
        }
        let docx = folder.path().join(format!("{}.docx", lang.tag()));
        std::fs::write(&docx, &files[&kind.file(lang, "docx")]).unwrap();
        converted(&program, folder.path(), &docx, "pdf");
        let text = tools::run(
            &pdftotext,
            &["-raw", "-enc", "UTF-8", docx.with_extension("pdf").to_str().unwrap(), "-"],
        )
        .stdout;
        let text = squeezed(&String::from_utf8(text).unwrap());
        for said in [
            &document.title,
            &document.summary.value,
            &document.summary.findings[0],
            &document.chapters[0].title,
        ] {
            assert!(text.contains(&squeezed(said)), "{lang:?}: {said}");
        }
        let xlsx = folder.path().join(format!("{}.xlsx", lang.tag()));
        std::fs::write(&xlsx, &files[&kind.file(lang, "xlsx")]).unwrap();
        // Every sheet as text, each cell as it is shown.
        converted(
            &program,
            folder.path(),
            &xlsx,
            "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,true,false,false,-1",
        );
        let shown: String = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                path.file_name().unwrap().to_string_lossy().starts_with(lang.tag()) && path.extension().is_some_and(|e| e == "csv")
            })
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect();
        let cells: BTreeSet<&str> = shown.split(['\t', '\n']).map(|cell| cell.trim_matches('"')).collect();
        let mut compared = 0;
        for table in crate::support::office::tables(document) {
            for cell in table.rows.iter().filter(|row| !row.heading).flat_map(|row| &row.cells) {
                if cell.text.ends_with(|c: char| c.is_ascii_digit() || c == '%') && !cell.text.contains('"') {
                    assert!(cells.contains(cell.text.as_str()), "{lang:?}: {} is not shown", cell.text);
                    compared += 1;
                }
            }
        }
        assert!(compared > 300, "{compared}");
    });
}

/// The page for directors is one page in every form, as its name says.
#[test]
fn the_one_page_summary_is_one_page_in_word() {
    let (Some(program), Some(pdfinfo)) = (tools::require("soffice"), tools::require("pdfinfo")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for (id, (_, files)) in REPORTS.iter() {
        for path in ["summary.docx", "summary.en.docx"] {
            let docx = folder.path().join(format!("{id}-{path}"));
            std::fs::write(&docx, &files[path]).unwrap();
            converted(&program, folder.path(), &docx, "pdf");
            let info = tools::run(&pdfinfo, &[docx.with_extension("pdf").to_str().unwrap()]).stdout;
            let info = String::from_utf8(info).unwrap();
            let pages = info.lines().find(|l| l.starts_with("Pages")).unwrap_or_default();
            assert!(pages.ends_with(" 1"), "{id}/{path}: {pages}");
        }
    }
}

#[cfg(feature = "pdf")]
#[test]
fn pdf_files_are_tagged_with_their_fonts_embedded() {
    let (Some(pdffonts), Some(pdfinfo)) = (tools::require("pdffonts"), tools::require("pdfinfo")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for (id, (_, files)) in REPORTS.iter() {
        for (path, bytes) in of(files, "pdf") {
            let file = folder.path().join("report.pdf");
            std::fs::write(&file, bytes).unwrap();
            let read = |program: &Path| String::from_utf8(tools::run(program, &[file.to_str().unwrap()]).stdout).unwrap();
            let info = read(&pdfinfo);
            let line = |name: &str| info.lines().find(|l| l.starts_with(name)).unwrap_or_default().to_owned();
            assert!(
                line("Tagged").ends_with("yes") && line("JavaScript").ends_with("no"),
                "{id}/{path}: {info}"
            );
            assert!(line("Page size").contains("A4"), "{id}/{path}: {info}");
            if path.starts_with("summary") {
                assert!(line("Pages").ends_with(" 1"), "{id}/{path} is one page: {info}");
            }
            let fonts = read(&pdffonts);
            let rows: Vec<Vec<&str>> = fonts.lines().skip(2).map(|l| l.split_whitespace().collect()).collect();
            assert_eq!(rows.len(), 2, "{id}/{path}: {fonts}");
            for row in rows {
                let flags = &row[row.len() - 5..row.len() - 2];
                assert!(
                    row[0].contains("+NotoSansSC") && flags == ["yes", "yes", "yes"],
                    "{id}/{path}: {fonts}"
                );
            }
            assert!(bytes.windows(9).any(|w| w == b"/Outlines"), "{id}/{path}: no bookmarks");
        }
    }
    if let Some(qpdf) = tools::require("qpdf") {
        let file = folder.path().join("report.pdf");
        tools::run(&qpdf, &["--check", file.to_str().unwrap()]);
    }
}
