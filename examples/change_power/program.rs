//! The same two waves through the whole program: files in, change and standard error out.

use super::{Answers, ITEMS};
use manyidu::index::quantity::Family;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::survey;
use std::collections::BTreeMap;

/// Change of the index and its standard error.
pub fn change(clusters: bool, before: &Answers, after: &Answers) -> (f64, f64) {
    let column = if clusters { "psu" } else { "respondent" };
    let items: Vec<String> = (0..ITEMS).map(|item| format!("\"q{item}\"")).collect();
    let definition = format!(
        "id = \"pair\"\ntitle = \"t\"\n[[waves]]\nid = \"one\"\nresponses = \"1.csv\"\n[[waves]]\nid = \"two\"\nresponses = \"2.csv\"\n\
         [columns]\n{column} = \"unit\"\n[scales.x]\nmin = 0\nmax = 10\n[[dimensions]]\nid = \"satisfaction\"\nitems = [{}]\n\
         [design]\nmethod = \"simple-random\"\n",
        items.join(", ")
    );
    let (survey, warnings) = survey::parse("survey.toml", "pair", &definition).expect("an admissible definition");
    let files = BTreeMap::from([("1.csv".to_owned(), csv(before)), ("2.csv".to_owned(), csv(after))]);
    let run =
        pipeline::run(&survey, &definition, &warnings, &Memory(files), Wanted::default(), &|_, _| {}).expect("waves that can be estimated");
    let comparison = run.assessment.comparisons.into_iter().next().expect("two waves");
    let index = comparison.of(Family::Index).next().expect("an index");
    (
        index.change_points.expect("a change"),
        index.standard_error.expect("a standard error"),
    )
}

fn csv(answers: &Answers) -> Vec<u8> {
    let names: Vec<String> = (0..ITEMS).map(|item| format!("q{item}")).collect();
    let mut text = format!("unit,{}\n", names.join(","));
    for (unit, row) in answers {
        let row: Vec<String> = row.iter().map(u8::to_string).collect();
        text += &format!("u{unit},{}\n", row.join(","));
    }
    text.into_bytes()
}
