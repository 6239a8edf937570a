//! The plan as a survey definition (`survey.toml`), ready to run beside the files it names.

use super::plan::{AnswerForm, FileEncoding, LeadColumn, ScalePlan, SimulationPlan, WavePlan};
use crate::locale::Text;
use std::fmt::Write as _;

/// The text of `survey.toml`.
pub(super) fn survey_toml(plan: &SimulationPlan) -> String {
    let mut parts = vec![head(plan), waves(plan), columns(plan)];
    parts.extend(cases(plan));
    parts.extend(plan.scales.iter().map(|scale| scale_table(plan, scale)));
    parts.extend([dimensions(plan), items(plan), cleaning(plan), model(plan)]);
    if !plan.appendix.is_empty() {
        parts.push(plan.appendix.clone());
    }
    parts.join("\n")
}

fn string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn strings<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(string).collect::<Vec<_>>().join(", "))
}

fn text(text: &Text) -> String {
    if text.zh == text.en {
        string(&text.zh)
    } else {
        format!("{{ zh = {}, en = {} }}", string(&text.zh), string(&text.en))
    }
}

fn head(plan: &SimulationPlan) -> String {
    let schemes = strings(plan.schemes.iter().map(String::as_str));
    format!(
        "schema_version = 1\nid = {}\ntitle = {}\npopulation = {}\nnotice = {}\nmode = \"web\"\nschemes = {schemes}\n",
        string(&plan.id),
        text(&plan.title),
        text(&plan.population),
        text(&plan.notice),
    )
}

fn waves(plan: &SimulationPlan) -> String {
    let tables = plan.waves.iter().map(|wave| {
        let encoding = if wave.encoding == FileEncoding::Gb18030 { "gb18030" } else { "utf-8" };
        let span = jiff::ToSpan::days(i64::from(wave.days) - 1);
        let end = wave.first_day.checked_add(span).unwrap_or(wave.first_day);
        let id = &wave.id;
        let table = format!(
            "[[waves]]\nid = {}\nresponses = {}\nencoding = \"{encoding}\"\nfield_start = \"{}\"\nfield_end = \"{end}\"\nframe = {}\ndispositions = {}\n",
            string(id),
            string(&format!("responses-{id}.csv")),
            wave.first_day,
            string(&format!("frame-{id}.csv")),
            string(&format!("dispositions-{id}.csv")),
        );
        table + &sample(wave)
    });
    tables.collect::<Vec<_>>().join("\n")
}

/// The files that prove the sample of a wave.
fn sample(wave: &WavePlan) -> String {
    if wave.sample.is_none() {
        return String::new();
    }
    let files = wave.sample_files();
    format!(
        "cases = {}\ndraw = {}\nframe_list = {}\ndraw_list = {}\n",
        string(&files.cases),
        string(&files.record),
        string(&files.customers),
        string(&files.drawn),
    )
}

/// How the files of single cases are read; nothing where there are none.
fn cases(plan: &SimulationPlan) -> Option<String> {
    let [code, mode, closed] = &plan.waves.iter().find_map(|wave| wave.sample.as_ref())?.case_columns;
    Some(format!(
        "[cases]\ncode = {}\nmode = {}\nclosed = {}\n",
        string(code),
        string(mode),
        string(closed),
    ))
}

fn columns(plan: &SimulationPlan) -> String {
    let mut out = "[columns]\n".to_owned();
    let mut put = |key: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{key} = {value}");
    };
    for column in &plan.leading {
        match column {
            LeadColumn::Submitted(name) => put("submitted", &string(name)),
            LeadColumn::Duration(name, _) => put("duration", &string(name)),
            LeadColumn::Respondent(name, _) => put("respondent", &string(name)),
            LeadColumn::Strata => {
                let names = strings(plan.strata_columns.iter().map(String::as_str));
                put("strata", &names);
                put("domains", &names);
            }
            LeadColumn::Serial(_) | LeadColumn::Source(..) => {}
        }
    }
    out
}

fn scale_table(plan: &SimulationPlan, scale: &ScalePlan) -> String {
    let codes = scale.min..=scale.min + i32::from(scale.range());
    let labels: Vec<String> = scale
        .labels
        .iter()
        .zip(codes.clone())
        .map(|(label, code)| format!("{} = {code}", string(label)))
        .collect();
    let mut missing: Vec<String> = Vec::new();
    if let Some((label, code)) = &scale.not_applicable {
        missing.push(format!("{} = \"not-applicable\"", string(label)));
        missing.push(format!("\"{code}\" = \"not-applicable\""));
    }
    let blanks = plan.waves.iter().any(|wave| wave.form == AnswerForm::Labels) && !plan.blank.is_empty();
    if blanks {
        missing.push(format!("{} = \"no-answer\"", string(&plan.blank)));
    }
    let mut out = format!("[scales.{}]\nmin = {}\nmax = {}\n", scale.id, codes.start(), codes.end());
    for (key, entries) in [("labels", labels), ("missing", missing)] {
        if !entries.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{key} = {{ {} }}", entries.join(", "));
        }
    }
    out
}

fn dimensions(plan: &SimulationPlan) -> String {
    let tables = plan.dimensions.iter().map(|dimension| {
        let title = dimension
            .title
            .as_ref()
            .map(|t| format!("title = {}\n", text(t)))
            .unwrap_or_default();
        let items = strings(dimension.items.iter().map(|i| i.id.as_str()));
        let scale = dimension.items.first().map(|i| string(&i.scale)).unwrap_or_default();
        format!(
            "[[dimensions]]\nid = {}\n{title}scale = {scale}\nitems = {items}\n",
            string(&dimension.id)
        )
    });
    tables.collect::<Vec<_>>().join("\n")
}

/// Items are described only where something differs from what the dimension says.
fn items(plan: &SimulationPlan) -> String {
    let mut out = String::new();
    for dimension in &plan.dimensions {
        for item in &dimension.items {
            let mut lines = Vec::new();
            if item.column != item.id {
                lines.push(format!("column = {}", string(&item.column)));
            }
            lines.push(format!("title = {}", text(&item.title)));
            if dimension.items.first().is_some_and(|first| first.scale != item.scale) {
                lines.push(format!("scale = {}", string(&item.scale)));
            }
            if item.reversed {
                lines.push("reversed = true".to_owned());
            }
            // Writing to a string cannot fail.
            let _ = writeln!(out, "[items.{}]\n{}\n", item.id, lines.join("\n"));
        }
    }
    out.trim_end().to_owned() + "\n"
}

fn cleaning(plan: &SimulationPlan) -> String {
    let scale = plan.scale(&plan.attention.scale);
    let label = scale.and_then(|s| s.labels.get(usize::from(plan.attention.right))).cloned();
    let code = scale.map(|s| (s.min + i32::from(plan.attention.right)).to_string());
    let expected: Vec<String> = label.into_iter().chain(code).collect();
    let run = plan.run_max.map(|run| format!("run_max = {run}\n")).unwrap_or_default();
    format!(
        "[design]\nmethod = \"stratified\"\n\n\
         [cleaning.duplicate]\nkeep = \"first\"\n\n\
         [cleaning.required]\nanswered_share_min = 0.8\n\n\
         [cleaning.too_fast]\nseconds_min = {}.0\n\n\
         [cleaning.straight_line]\n{run}\n\
         [cleaning.attention]\ncolumn = {}\nexpected = {}\n\n\
         [cleaning.faulty]\naction = \"flag\"\n",
        plan.seconds_min,
        string(&plan.attention.column),
        strings(expected.iter().map(String::as_str)),
    )
}

fn model(plan: &SimulationPlan) -> String {
    let mut out = "[model]\nweights = \"pls\"\n\n[model.paths]\n".to_owned();
    for dimension in plan.dimensions.iter().filter(|d| !d.sources.is_empty()) {
        let sources = strings(dimension.sources.iter().map(|(name, _)| name.as_str()));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{} = {sources}", dimension.id);
    }
    out
}
