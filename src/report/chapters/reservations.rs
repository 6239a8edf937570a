//! Every reservation in words, those of one kind together, with place and code.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{count, shown};
use crate::finding::{FindingRecord, Place, Severity};

/// A finding and the wave that it is about; none where it is about all.
type Told<'a> = (Option<&'a str>, &'a FindingRecord);

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let mut blocks = vec![page.paragraph("reservations-intro", &[])];
    if let Some(wave) = page.latest().filter(|w| !w.gates.is_empty()) {
        blocks.push(Block::Table(super::cleaning::gates(page, wave)));
    }
    let table = findings(page);
    if table.rows.is_empty() {
        blocks.push(page.paragraph("reservations-none", &[]));
    } else {
        blocks.push(Block::Table(table));
    }
    if !page.figures.left_out.is_empty() {
        blocks.push(page.heading("figures-left-out"));
        blocks.push(Block::List {
            items: page.figures.left_out.clone(),
        });
    }
    blocks
}

/// Findings of one kind, gravity and remedy in one row, over all waves.
fn findings(page: &Page<'_>) -> Table {
    let columns = ["wave", "severity", "finding", "place", "hint"];
    let mut table = page.table("table-findings", &columns, page.base_counts_of_waves());
    let mut groups: Vec<Vec<Told<'_>>> = Vec::new();
    let of_waves = page
        .assessment
        .waves
        .iter()
        .rev()
        .flat_map(|w| w.findings.iter().map(|f| (Some(w.id.as_str()), f)));
    for told in page.assessment.findings.iter().map(|f| (None, f)).chain(of_waves) {
        let alike = |group: &&mut Vec<Told<'_>>| group.first().is_some_and(|(_, known)| is_alike(known, told.1));
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(told),
            None => groups.push(vec![told]),
        }
    }
    table.rows = groups.iter().filter_map(|group| row(page, group)).collect();
    table
}

fn is_alike(one: &FindingRecord, other: &FindingRecord) -> bool {
    (one.code, one.severity, &one.hint) == (other.code, other.severity, &other.hint)
}

fn row(page: &Page<'_>, group: &[Told<'_>]) -> Option<Row> {
    let (_, first) = group.first()?;
    let (key, tone) = match first.severity {
        Severity::Note => ("/severity-note", Tone::Plain),
        Severity::Warning => ("/severity-warning", Tone::Unsure),
        Severity::Error => ("/severity-error", Tone::Bad),
    };
    let comma = page.words.word("comma");
    let waves = distinct(
        group
            .iter()
            .map(|(wave, _)| wave.map_or_else(|| page.words.word("all-waves"), |id| page.wave_named(id))),
    );
    let messages = distinct(group.iter().map(|(_, f)| page.words.text(&f.message)));
    let mut note = Vec::new();
    if messages.len() > 1 {
        note.push(page.words.say("findings-alike", &[("count", &count(group.len() as u64))]));
    }
    for (label, part) in [
        (
            "/finding-expected",
            group.iter().map(|(_, f)| f.expected.as_ref()).collect::<Vec<_>>(),
        ),
        ("/finding-got", group.iter().map(|(_, f)| f.got.as_ref()).collect()),
    ] {
        let said = distinct(part.into_iter().flatten().map(|text| page.words.text(text)));
        if !said.is_empty() {
            note.push(format!("{}{}", page.words.word(label), said.join(&comma)));
        }
    }
    let hint = first.hint.as_ref().map(|h| page.words.text(h)).unwrap_or_default();
    Some(Row::of(vec![
        waves.join(&comma).into(),
        Cell::from(page.words.word(key)).toned(tone),
        Cell::from(merged(&messages, &comma).unwrap_or_else(|| messages.join(&page.words.word("semicolon")))).noted(note.join(" · ")),
        Cell::from(places(page, group)).noted(first.code.as_str().to_owned()),
        hint.into(),
    ]))
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// Sentences that differ in one part, as one sentence with all the parts: `“A”, “B”: …`. `None` where they share no beginning and end that
/// stop at a sign, so that neither a word nor a number is cut.
fn merged(messages: &[String], comma: &str) -> Option<String> {
    let (first, rest) = messages.split_first()?;
    if rest.is_empty() {
        return Some(first.clone());
    }
    let shared = |a: &mut dyn Iterator<Item = (usize, char)>, b: &mut dyn Iterator<Item = char>| {
        a.zip(b)
            .take_while(|((_, x), y)| x == y)
            .map(|((at, x), _)| at + x.len_utf8())
            .last()
            .unwrap_or(0)
    };
    let start = rest.iter().map(|m| shared(&mut first.char_indices(), &mut m.chars())).min()?;
    let start = first
        .get(..start)?
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| after(first, at));
    let backward: String = first.chars().rev().collect();
    let end = rest
        .iter()
        .map(|m| shared(&mut backward.char_indices(), &mut m.chars().rev()))
        .min()?;
    let tail = first.get(first.len().checked_sub(end)?..)?;
    let tail = tail.find(|c: char| !c.is_alphanumeric()).and_then(|at| tail.get(at..))?;
    let head = first.get(..start)?;
    if head.is_empty() || tail.is_empty() {
        return None;
    }
    let parts: Option<Vec<&str>> = messages
        .iter()
        .map(|m| m.get(start..m.len().checked_sub(tail.len())?).filter(|part| !part.is_empty()))
        .collect();
    // Quoted parts keep their marks: “A”, “B”.
    let between = if head.ends_with('“') && tail.starts_with('”') {
        format!("”{comma}“")
    } else {
        comma.to_owned()
    };
    Some(format!("{head}{}{tail}", parts?.join(&between)))
}

/// The byte after the sign that starts at `at`.
fn after(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(at, |sign| at + sign.len_utf8())
}

/// Files without their folders, which stand among the input files, each with its lines; subjects that only repeat the wave are left out.
fn places(page: &Page<'_>, group: &[Told<'_>]) -> String {
    let mut files: Vec<(String, Vec<String>)> = Vec::new();
    for (wave, finding) in group {
        let place = &finding.place;
        if place.file.is_none() && place.subject.as_deref() == *wave {
            continue;
        }
        let name = place.file.as_deref().map_or_else(
            || {
                shown(
                    &Place {
                        line: None,
                        column: None,
                        ..place.clone()
                    }
                    .to_string(),
                )
            },
            |file| shown(file.rsplit(['/', '\\']).next().unwrap_or(file)),
        );
        let line = place.line.map(|line| line.to_string());
        match files.iter_mut().find(|(known, _)| *known == name) {
            Some((_, lines)) => lines.extend(line.filter(|l| !lines.contains(l))),
            None => files.push((name, line.into_iter().collect())),
        }
    }
    let comma = page.words.word("comma");
    let said = files.into_iter().map(|(name, lines)| match lines.as_slice() {
        [] => name,
        lines => page.words.say("place-lines", &[("file", &name), ("lines", &lines.join(&comma))]),
    });
    said.collect::<Vec<_>>().join(&page.words.word("semicolon"))
}

#[cfg(test)]
mod tests {
    use super::merged;

    fn owned(messages: &[&str]) -> Vec<String> {
        messages.iter().map(|m| (*m).to_owned()).collect()
    }

    #[test]
    fn sentences_that_differ_in_one_part_become_one() {
        let columns = owned(&["“22、及时”列有 1 个答案", "“25、推荐”列有 1 个答案", "“4、口碑”列有 1 个答案"]);
        assert_eq!(merged(&columns, "、").unwrap(), "“22、及时”、“25、推荐”、“4、口碑”列有 1 个答案");
        let counts = owned(&[
            "8 of 604 interviews are flagged, 0 by two",
            "2 of 604 interviews are flagged, 0 by two",
        ]);
        assert_eq!(merged(&counts, ", "), None, "nothing is shared before the number");
        let english = owned(&["Answers in “a”: 1, for example “x”", "Answers in “ab”: 1, for example “x”"]);
        assert_eq!(merged(&english, ", ").unwrap(), "Answers in “a”, “ab”: 1, for example “x”");
        assert_eq!(merged(&owned(&["one"]), ", ").unwrap(), "one");
        assert_eq!(merged(&owned(&["one", "other"]), ", "), None);
    }
}
