//! The calendar of the certificate, what each visit wants, and the sites. There only when the definition has them.

use super::super::document::{Block, Cell, Column, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, count, short};
use super::determination::{confidence, status};
use crate::certificate::calendar::EventKind;
use crate::certificate::evidence::{EvidenceKind, EvidenceVerdict, Holding};
use crate::certificate::sites::{SiteReading, SiteResult, SitesAssessment, VisitKind};
use crate::certificate::{CalendarEntry, CertificateAssessment, holding_key};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(certificate) = &page.assessment.certificate {
        blocks.push(page.paragraph("certificate-intro", &[]));
        blocks.push(facts(page, certificate));
        blocks.push(Block::Table(calendar(page, certificate)));
        let visits: Vec<_> = certificate.entries.iter().filter(|e| !e.evidence.is_empty()).collect();
        let nowhere = held_nowhere(&visits);
        blocks.extend(visits.iter().map(|entry| Block::Table(evidence(page, entry, &nowhere))));
        blocks.extend(visits.last().into_iter().flat_map(|entry| elsewhere(page, entry, &nowhere)));
    }
    if let Some(sites) = &page.assessment.sites {
        let title = page.words.text(&sites.title);
        blocks.push(Block::Heading {
            text: page.words.say("sites-heading", &[("site", &title)]),
        });
        let frame = [("file", &words::shown(&sites.file)), ("digest", &words::shown(&sites.frame_sha256))];
        blocks.push(page.paragraph("sites-intro", &frame.map(|(name, text)| (name, text as &dyn std::fmt::Display))));
        blocks.push(Block::Table(samples(page, sites)));
        blocks.push(Block::Table(results(page, sites, &title)));
    }
    blocks
}

fn facts(page: &Page<'_>, certificate: &CertificateAssessment) -> Block {
    let months = |months: u32| page.words.say("months", &[("months", &months)]);
    let or_not_stated = |text: Option<String>| text.unwrap_or_else(|| page.words.word("not-stated"));
    let mut facts = vec![
        page.fact("certificate-scheme", page.words.text(&certificate.title)),
        page.fact("certificate-number", or_not_stated(certificate.number.as_deref().map(words::shown))),
        page.fact(
            "certificate-body",
            or_not_stated(certificate.body.as_ref().map(|b| page.words.text(b))),
        ),
        page.fact("certificate-grade", or_not_stated(granted(page, certificate))),
        page.fact("certificate-issued", certificate.issued.to_string()),
        page.fact("certificate-until", certificate.valid_until.to_string()),
        page.fact("certificate-validity", months(certificate.validity_months)),
        page.fact("certificate-interval", months(certificate.surveillance_months)),
        page.fact("certificate-lead", or_not_stated(certificate.reapplication_months.map(months))),
        page.fact("certificate-source", page.words.text(&certificate.source)),
    ];
    let mut standing = status(page, certificate.status).text;
    if let Some(known) = certificate.confidence {
        standing = format!("{standing}{}{}", page.words.word("semicolon"), confidence(page, known));
    }
    facts.push(page.fact("certificate-status", standing));
    Block::Facts { facts }
}

/// Title of the grade that was granted; its short name where no scheme of the waves has it.
fn granted(page: &Page<'_>, certificate: &CertificateAssessment) -> Option<String> {
    let held = page.assessment.surveillance.as_ref().and_then(|s| s.grade.as_ref());
    let title = held.and_then(|h| h.granted.as_ref()).map(|g| page.words.text(g));
    title.or_else(|| certificate.grade.as_deref().map(words::shown))
}

fn calendar(page: &Page<'_>, certificate: &CertificateAssessment) -> Table {
    let columns = ["event", "from", "until", "#held", "#missing-evidence", "#elsewhere"];
    let mut table = page.table("table-calendar", &columns, page.words.word("base-certificate"));
    for entry in &certificate.entries {
        let number = |holding: Holding| {
            let those = entry.evidence.iter().filter(|e| e.holding == holding).count();
            if entry.evidence.is_empty() {
                words::NOTHING.to_owned()
            } else {
                count(those as u64)
            }
        };
        table.rows.push(Row::of(vec![
            page.words.text(&entry.title).into(),
            entry.event.from.to_string().into(),
            entry.event.until.to_string().into(),
            number(Holding::Held).into(),
            number(Holding::Missing).into(),
            number(Holding::NotAvailable).into(),
        ]));
    }
    let window = page.words.say("note-window", &[("days", &certificate.window_days)]);
    table.notes.push(window);
    if !certificate.entries.iter().any(|e| e.event.kind == EventKind::Reapplication) {
        table.notes.push(page.words.word("note-no-lead"));
    }
    table
}

fn evidence(page: &Page<'_>, entry: &CalendarEntry, nowhere: &[EvidenceKind]) -> Table {
    let columns = ["evidence", "holding", "fact", "source", "confidence"];
    let mut table = page.table("table-evidence", &columns, page.words.word("base-certificate"));
    let (title, until) = (page.words.text(&entry.title), entry.event.until.to_string());
    table.caption = page.words.say("table-evidence", &[("visit", &title), ("date", &until)]);
    let row = |e: &EvidenceVerdict| {
        let tone = match e.holding {
            Holding::Held => Tone::Good,
            Holding::Missing => Tone::Bad,
            Holding::NotAvailable => Tone::Plain,
        };
        Row::of(vec![
            page.words.text(&e.title).into(),
            Cell::from(page.words.word(&format!("/{}", holding_key(e.holding)))).toned(tone),
            page.words.text(&e.fact).into(),
            page.words.text(&e.source).into(),
            confidence(page, e.confidence).into(),
        ])
    };
    table.rows = entry.evidence.iter().filter(|e| !nowhere.contains(&e.evidence)).map(row).collect();
    table
}

/// What no survey shows and the plan of the year has for none of the visits. What it has for one of them stands in the table of each.
fn held_nowhere(visits: &[&CalendarEntry]) -> Vec<EvidenceKind> {
    let nowhere = |kind: EvidenceKind| {
        let mut of_kind = visits.iter().flat_map(|entry| &entry.evidence).filter(|e| e.evidence == kind);
        of_kind.all(|e| e.holding == Holding::NotAvailable)
    };
    let kinds = visits.last().into_iter().flat_map(|entry| &entry.evidence).map(|e| e.evidence);
    kinds.filter(|kind| !kind.is_from_survey() && nowhere(*kind)).collect()
}

/// What every visit wants and neither survey nor plan shows, told once.
fn elsewhere(page: &Page<'_>, entry: &CalendarEntry, nowhere: &[EvidenceKind]) -> Vec<Block> {
    let item = |e: &EvidenceVerdict| {
        let (title, known) = (page.words.text(&e.title), confidence(page, e.confidence));
        let source = page.words.text(&e.source);
        page.words.say(
            "evidence-elsewhere-item",
            &[("title", &title), ("source", &source), ("confidence", &known)],
        )
    };
    let items: Vec<String> = entry.evidence.iter().filter(|e| nowhere.contains(&e.evidence)).map(item).collect();
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.extend([page.paragraph("evidence-elsewhere", &[]), Block::List { items }]);
    }
    blocks.push(page.paragraph("note-evidence", &[]));
    blocks
}

fn samples(page: &Page<'_>, sites: &SitesAssessment) -> Table {
    let columns = ["visit", "#multiple", "#sites", "source", "confidence", "status"];
    let base = page.words.say("base-sites", &[("count", &count(sites.sites.len() as u64))]);
    let mut table = page.table("table-samples", &columns, base);
    for sample in &sites.samples {
        let visit = match sample.visit {
            VisitKind::Initial => "/sites-visit-initial",
            VisitKind::Surveillance => "/sites-visit-surveillance",
            VisitKind::Recertification => "/sites-visit-recertification",
        };
        table.rows.push(Row::of(vec![
            page.words.word(visit).into(),
            short(sample.multiple).into(),
            count(sample.sites).into(),
            page.words.text(&sample.source).into(),
            confidence(page, sample.confidence).into(),
            status(page, sample.status),
        ]));
    }
    table.notes.push(page.words.word("note-samples"));
    table
}

fn results(page: &Page<'_>, sites: &SitesAssessment, title: &str) -> Table {
    let wave = page.assessment.waves.iter().find(|w| w.id == sites.wave);
    let base = wave.map_or_else(|| page.words.word("no-waves"), |w| page.base_all(w));
    let mut table = page.table("table-sites", &["site", "#n", "#index"], base);
    if let Some(first) = table.columns.first_mut() {
        title.clone_into(&mut first.title);
    }
    for reading in &sites.whole.readings {
        let mark = if reading.provisional {
            page.words.word("provisional")
        } else {
            String::new()
        };
        let scheme = page.words.text(&reading.title);
        let gap = if mark.is_empty() {
            String::new()
        } else {
            page.words.word("semicolon")
        };
        table.columns.push(Column {
            title: format!("{scheme}{gap}{mark}"),
            numeric: false,
        });
    }
    let width = sites.whole.readings.len();
    table
        .rows
        .extend(sites.sites.iter().map(|site| row(page, site, words::shown(&site.site), width)));
    table.rows.push(Row {
        strong: true,
        ..row(page, &sites.whole, page.words.word("sites-whole"), width)
    });
    table.notes.push(page.words.word("note-sites"));
    table
}

fn row(page: &Page<'_>, site: &SiteResult, name: String, width: usize) -> Row {
    let mut cells = vec![name.into(), count(site.n).into(), page.value_over_interval(&site.index)];
    cells.extend(site.readings.iter().map(|r| reading(page, site, r)));
    cells.resize(3 + width, Cell::from(words::NOTHING));
    Row::of(cells)
}

/// The highest grade that is certain, and the higher one that cannot be told.
fn reading(page: &Page<'_>, site: &SiteResult, reading: &SiteReading) -> Cell {
    if site.index.estimate.is_none() {
        return Cell::from(words::NOTHING);
    }
    let title = |grade: &Option<_>| grade.as_ref().map_or_else(|| page.words.word("grade-none"), |g| page.words.text(g));
    let certain = Cell::from(page.words.say("site-certain", &[("grade", &title(&reading.grade_certain))]));
    if reading.grade_certain == reading.grade_possible {
        return certain;
    }
    let possible = page.words.say("site-possible", &[("grade", &title(&reading.grade_possible))]);
    certain.noted(possible).toned(Tone::Unsure)
}
