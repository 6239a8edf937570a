//! Hostile text in every place that takes text from outside: titles, categories, item ids, file names, notices. The page has the
//! elements and attributes that it has with harmless text, one for one, and in a browser nothing runs, opens or is fetched.
//!
//! The strings are the Big List of Naughty Strings (`tests/hostile`) and those of a grammar: what breaks out of a context × what does
//! harm × how it is written.

use super::browser::{ask, assert_silent, rendered};
use super::support::run_survey;
use manyidu::assessment::Assessment;
use manyidu::io::Folder;
use manyidu::pipeline::{self, Wanted};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::LazyLock;

/// A character that no chart font has, on every text, hostile or not: both pages then remark on missing glyphs alike.
const RARE: char = '\u{13000}';

static ASSESSMENT: LazyLock<Assessment> = LazyLock::new(|| run_survey("appliance-after-sales").assessment);

/// What ends the context that a text stands in: text, attribute, comment, CDATA, raw text, style, script, template, JSON.
const BREAKERS: [&str; 19] = [
    "",
    "\"",
    "'",
    "`",
    "\">",
    "'>",
    "-->",
    "]]>",
    "</title>",
    "</style>",
    "</script>",
    "</svg>",
    "</text>",
    "</td></table>",
    "}",
    "*/",
    "\\",
    "{{",
    "&quot;>",
];

/// What does harm once it is markup, style, script, an address or a template.
const PAYLOADS: [&str; 24] = [
    "<script>window.pwned=1;alert(1)</script>",
    "<img src=x onerror=\"window.pwned=1\">",
    "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x>",
    "<iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<style>@import url(http://127.0.0.1:9/x.css);*{display:none}</style>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css>",
    "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9/\">",
    "<base href=http://127.0.0.1:9/>",
    "<object data=http://127.0.0.1:9/x></object><embed src=http://127.0.0.1:9/x>",
    "<form action=http://127.0.0.1:9/><input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\" onload=\"alert(1)\"/></foreignObject>",
    " onmouseover=alert(1) style=animation-name:x autofocus tabindex=1 x=",
    "javascript:alert(1)//",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7*7 }}{% for x in range(9) %}x{% endfor %}{# x #}",
    ";}*{background:url(http://127.0.0.1:9/x)} @page{size:1cm}",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;",
    "\u{202e}tpircs\u{202c}\u{2066}\u{200f}\u{feff}<b>",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}<!--\u{0}\u{8}\u{1b}[31m",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
];

/// The same in other spellings.
fn written(text: &str, way: usize) -> String {
    match way {
        0 => text.to_owned(),
        1 => text.to_uppercase(),
        2 => text.replace(' ', "/"),
        _ => text.replace(' ', "\n\t").replace('<', "<\u{0}"),
    }
}

static STRINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let list: Vec<String> = serde_json::from_str(include_str!("../hostile/blns.json")).unwrap();
    let mut all: BTreeSet<String> = list.into_iter().filter(|s| !s.is_empty()).collect();
    for breaker in BREAKERS {
        for payload in PAYLOADS {
            all.extend((0..4).map(|way| format!("{breaker}{}", written(payload, way))));
        }
    }
    all.into_iter().collect()
});

/// Gives every text from outside another: the same text the same, in order of first appearance.
struct Swap {
    item_ids: BTreeSet<String>,
    known: BTreeMap<String, String>,
    /// The first of [`STRINGS`] that is given away; `None` for harmless text of the same shape.
    first: Option<usize>,
}

impl Swap {
    fn of(&mut self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let next = self.known.len();
        let given = match self.first {
            Some(first) => format!("{}{RARE}", STRINGS[(first + next) % STRINGS.len()]),
            None => format!("x{next}{RARE}"),
        };
        self.known.entry(text.to_owned()).or_insert(given).clone()
    }

    /// The words of a table's keys.
    fn keys(&mut self, value: &mut Value) {
        if let Value::Object(all) = value {
            *all = std::mem::take(all).into_iter().map(|(key, one)| (self.of(&key), one)).collect();
        }
    }

    fn swap(&mut self, key: &str, value: &mut Value) {
        const OUTSIDE: [&str; 16] = [
            "zh",
            "en",
            "category",
            "column",
            "stratum",
            "file",
            "questionnaire",
            "margin",
            "owner",
            "proof",
            "site",
            "number",
            "seed",
            "seed_source",
            "seed_date",
            "sealed_on",
        ];
        // Words of ours that say which list a line is of, under a key that elsewhere names a file.
        const OURS: [&str; 5] = ["frame", "old-frame", "list", "responses", "cases"];
        match value {
            Value::String(text) if key == "file" && OURS.contains(&text.as_str()) => {}
            Value::String(text) if OUTSIDE.contains(&key) || self.item_ids.contains(text) => *text = self.of(text),
            Value::Array(all) => all.iter_mut().for_each(|one| self.swap(key, one)),
            Value::Object(all) => all.iter_mut().for_each(|(key, one)| self.swap(key, one)),
            _ => {}
        }
    }
}

/// The assessment with other texts, and how many different ones it took.
fn swapped(assessment: &Assessment, first: Option<usize>) -> (Assessment, usize) {
    let mut json = serde_json::to_value(assessment).unwrap();
    let ids = assessment.waves.iter().flat_map(|w| &w.items).map(|i| i.id.clone());
    let mut swap = Swap {
        item_ids: ids.collect(),
        known: BTreeMap::new(),
        first,
    };
    swap.swap("", &mut json);
    let mut actions = json["actions"].take();
    for action in actions.as_array_mut().into_iter().flatten() {
        if let Some(text) = action["item"].as_str() {
            action["item"] = Value::String(swap.of(text));
        }
    }
    json["actions"] = actions;
    // Labels are found by the words of the files, which have other words now; the labels themselves were swapped as zh and en.
    let labels = &mut json["survey"]["labels"];
    for column in labels["columns"].as_object_mut().unwrap().values_mut() {
        swap.keys(&mut column["values"]);
    }
    swap.keys(&mut labels["columns"]);
    for wave in json["waves"].as_array_mut().unwrap() {
        for mode in wave["coverage"]["accounting"]["modes"].as_array_mut().into_iter().flatten() {
            mode["mode"] = Value::String(swap.of(mode["mode"].as_str().unwrap()));
        }
    }
    for column in ["mode", "register"] {
        let column = &mut json["survey"]["labels"][column];
        *column = Value::String(swap.of(column.as_str().unwrap()));
    }
    for standard in json["survey"]["basis"].as_array_mut().into_iter().flatten() {
        *standard = Value::String(swap.of(standard.as_str().unwrap()));
    }
    (serde_json::from_value(json).unwrap(), swap.known.len())
}

/// A start tag: its name and its attributes as the browser reads them, entities not yet resolved.
type Tag = (String, Vec<(String, String)>);

/// The start tags of a page by the tokenisation rules of the HTML standard (13.2.5), as far as a page can reach them: comments, raw
/// text of `style` and `script`, quoted and bare attributes.
fn start_tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, after) = start_tag(rest);
            rest = after;
            if matches!(tag.0.as_str(), "style" | "script" | "textarea" | "iframe" | "noscript") {
                let end = format!("</{}", tag.0);
                rest = rest.find(&end).map_or("", |at| &rest[at..]);
            }
            tags.push(tag);
        } else if rest.starts_with(['/', '!', '?']) {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        }
    }
    tags
}

fn start_tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap();
    let name = text[..end].to_ascii_lowercase();
    let (mut rest, mut attributes) = (&text[end..], Vec::new());
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return ((name, attributes), after);
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))
            .expect("a tag that never ends");
        let key = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            attributes.push((key, String::new()));
            continue;
        };
        let after = after.trim_start();
        let (value, left) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).expect("an attribute that never ends"),
            _ => after.split_at(after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap()),
        };
        attributes.push((key, value.to_owned()));
        rest = left;
    }
}

/// The tags outside pictures, and those within.
fn parted(html: &str) -> (Vec<Tag>, Vec<Tag>) {
    let (mut outside, mut inside) = (String::new(), String::new());
    let mut rest = html;
    while let Some((before, picture)) = rest.split_once("<svg") {
        let (picture, after) = picture.split_once("</svg>").unwrap();
        outside.push_str(before);
        let _ = write!(inside, "<svg{picture}</svg>");
        rest = after;
    }
    outside.push_str(rest);
    (start_tags(&outside), start_tags(&inside))
}

fn names((name, attributes): &Tag) -> (String, Vec<String>) {
    (name.clone(), attributes.iter().map(|(key, _)| key.clone()).collect())
}

/// Every element with its attributes is one of the template's, in the same order as with harmless text.
fn assert_same_shape(hostile: &str, harmless: &str, which: &str) {
    let ((page, pictures), (known, known_pictures)) = (parted(hostile), parted(harmless));
    for (at, (tag, expected)) in page.iter().zip(&known).enumerate() {
        assert_eq!(names(tag), names(expected), "{which}: element {at}");
    }
    assert_eq!(page.len(), known.len(), "{which}");
    let allowed: BTreeSet<(String, String)> = known_pictures
        .iter()
        .flat_map(|(name, attributes)| attributes.iter().map(|(key, _)| (name.clone(), key.clone())))
        .collect();
    for (name, attributes) in &pictures {
        for (key, _) in attributes {
            assert!(
                allowed.contains(&(name.clone(), key.clone())),
                "{which}: <{name} {key}> in a picture"
            );
        }
    }
    for (name, attributes) in page.iter().chain(&pictures) {
        for (key, value) in attributes {
            match key.as_str() {
                "href" => assert!(value.starts_with('#'), "{which}: {name} {value}"),
                "style" => {
                    let width = value.strip_prefix("width:").and_then(|v| v.strip_suffix('%'));
                    assert!(width.is_some_and(|w| w.parse::<f64>().is_ok()), "{which}: {value}");
                }
                "src" | "action" | "data" | "formaction" | "srcdoc" => panic!("{which}: {name} {key}"),
                _ => assert!(!key.starts_with("on"), "{which}: {name} {key}"),
            }
        }
    }
    let style = |html: &str| {
        html.split_once("<style>")
            .unwrap()
            .1
            .split_once("</style>")
            .unwrap()
            .0
            .matches('{')
            .count()
    };
    assert_eq!(style(hostile), style(harmless), "{which}: rules of the style sheet");
    assert!(
        !hostile.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'),
        "{which}"
    );
}

#[test]
fn the_tokeniser_sees_what_a_careless_page_would_let_in() {
    let tags =
        start_tags("<!DOCTYPE html><p title=\"a\"><!-- <b> --><IMG src=x\nonerror='1'/><style>p<i>{}</style><a href=\"&lt;x\">&lt;u></a>");
    let seen: Vec<(String, Vec<String>)> = tags.iter().map(names).collect();
    let tag = |name: &str, keys: &[&str]| (name.to_owned(), keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>());
    assert_eq!(
        seen,
        [
            tag("p", &["title"]),
            tag("img", &["src", "onerror"]),
            tag("style", &[]),
            tag("a", &["href"])
        ]
    );
    assert_eq!(tags[1].1[1].1, "1");
}

#[test]
fn hostile_text_makes_no_element_and_no_attribute() {
    let (harmless, places) = swapped(&ASSESSMENT, None);
    assert!(places > 200, "{places}");
    assert!(STRINGS.len() > 2_000, "{}", STRINGS.len());
    let harmless = rendered(&harmless);
    let mut given = 0;
    while given < STRINGS.len() {
        let (hostile, taken) = swapped(&ASSESSMENT, Some(given));
        assert_eq!(taken, places);
        for ((name, page), (_, known)) in rendered(&hostile).iter().zip(&harmless) {
            assert_same_shape(page, known, &format!("{name} from string {given}"));
        }
        given += places;
    }
}

#[test]
fn in_a_browser_nothing_hostile_runs_opens_or_is_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<PathBuf> = Vec::new();
    let mut put = |name: String, page: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, page).unwrap();
        files.push(file);
    };
    let (harmless, places) = swapped(&ASSESSMENT, None);
    let harmless = rendered(&harmless);
    harmless.iter().for_each(|(name, page)| put(format!("harmless-{name}"), page));
    let rounds: Vec<usize> = (0..STRINGS.len()).step_by(places).collect();
    for first in &rounds {
        // All reports of the first round; then the one that has everything.
        let pages = rendered(&swapped(&ASSESSMENT, Some(*first)).0);
        let wanted = if *first == 0 { pages.len() } else { 1 };
        pages
            .iter()
            .take(wanted)
            .for_each(|(name, page)| put(format!("{first}-{name}"), page));
    }
    let Some(answers) = ask(&files, &[json!("nodes")]) else { return };
    let (known, hostile) = answers.split_at(harmless.len());
    for (at, answer) in hostile.iter().enumerate() {
        assert_silent(answer);
        let like = if at < known.len() { &known[at] } else { &known[0] };
        for (what, same) in [("elements", &like["elements"]), ("scripts", &json!(1)), ("handlers", &json!(0))] {
            assert_eq!(&answer[what], same, "{what} of {}", answer["file"]);
        }
        assert_eq!((&answer["foreign"], &answer["ran"]), (&json!(0), &json!(0)), "{}", answer["file"]);
    }
}

/// From the files on: hostile categories, column names, titles and file names go the whole way into the page.
#[test]
fn hostile_answers_and_definitions_go_through_the_whole_program() {
    let folder = tempfile::tempdir().unwrap();
    let file = "\"><img src=x onerror=alert(1)>.csv";
    let columns = [
        "<script>alert(1)</script>",
        "\" onload=alert(1) \"",
        "{{ 7*7 }}",
        "]]><b>",
        "&lt;i&gt;",
    ];
    let payloads: Vec<String> = PAYLOADS.iter().map(|p| p.replace(['\n', '\r', '\0'], "")).collect();
    let mut table = csv::Writer::from_path(folder.path().join(file)).unwrap();
    table.write_record(columns.iter().chain(&["group"])).unwrap();
    for (at, payload) in payloads.iter().enumerate() {
        for respondent in 0..12 {
            let answer = |item: usize| ((at + respondent * 7 + item * 3 + respondent * item) % 5 + 1).to_string();
            let cells: Vec<String> = (0..columns.len()).map(answer).chain([payload.clone()]).collect();
            table.write_record(&cells).unwrap();
        }
    }
    table.flush().unwrap();
    drop(table);
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let dimension = |id: &str, items: &[&str]| {
        format!(
            "{{ id = \"{id}\", title = {}, items = {} }}",
            quoted(PAYLOADS[1]),
            serde_json::to_string(items).unwrap()
        )
    };
    let text = format!(
        "title = {}\nnotice = {}\nresponses = {}\ndimensions = [{}, {}]\n[columns]\ndomains = [\"group\"]\n",
        quoted(PAYLOADS[0]),
        quoted("</style><script>alert(1)</script>"),
        quoted(file),
        dimension("quality", &columns[..3]),
        dimension("satisfaction", &columns[3..]),
    );
    let definition = folder.path().join("survey.toml");
    std::fs::write(&definition, &text).unwrap();
    let (survey, warnings) = manyidu::survey::parse("survey.toml", "hostile", &text).unwrap_or_else(|r| panic!("{:?}", r.0));
    let world = Folder::of(&definition);
    let run = pipeline::run(&survey, &text, &warnings, &world, Wanted::default(), &|_, _| {}).unwrap_or_else(|r| panic!("{:?}", r.0));
    let categories: BTreeSet<String> = run.assessment.waves[0].domains.iter().map(|d| d.category.clone()).collect();
    assert!(categories.len() >= 20, "the categories came through: {categories:?}");
    let mut files = Vec::new();
    for (name, page) in rendered(&run.assessment) {
        let tags = start_tags(&page);
        for bad in ["img", "iframe", "b", "i", "object", "base", "form", "math", "link"] {
            assert!(!tags.iter().any(|(tag, _)| tag == bad), "{name}: <{bad}>");
        }
        assert_eq!(tags.iter().filter(|(tag, _)| tag == "script").count(), 1);
        assert!(
            tags.iter()
                .all(|(_, attributes)| !attributes.iter().any(|(key, _)| key.starts_with("on"))),
            "{name}"
        );
        let file = folder.path().join(name);
        std::fs::write(&file, page).unwrap();
        files.push(file);
    }
    let Some(answers) = ask(&files, &[json!("nodes")]) else { return };
    for answer in &answers {
        assert_silent(answer);
        assert_eq!(
            (&answer["foreign"], &answer["ran"], &answer["scripts"]),
            (&json!(0), &json!(0), &json!(1))
        );
    }
}
