//! Open answers: how many answered, keywords, codes with the agreement of coders, a few quotations.

use super::super::document::{Block, Cell, Row, Table, Tone};
use super::super::page::Page;
use super::super::words::{self, count, number, percent};
use super::touchpoints::{percent_cell, percent_interval};
use crate::assessment::WaveAssessment;
use crate::assessment::touchpoints::{CodingResult, OpenResult};
use crate::measure::agreement::{ALPHA_RELIABLE, ALPHA_TENTATIVE, AgreementReading};

pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let Some(wave) = page.latest().filter(|w| !w.open_answers.is_empty()) else {
        return Vec::new();
    };
    let mut blocks = vec![page.paragraph("open-intro", &[])];
    for question in &wave.open_answers {
        blocks.extend(of_question(page, wave, question));
        blocks.extend(in_their_words(page, wave, question));
    }
    for earlier in page.earlier().filter(|w| !w.open_answers.is_empty()) {
        let inside = earlier.open_answers.iter().flat_map(|q| of_question(page, earlier, q)).collect();
        blocks.push(page.fold("earlier-open", earlier, inside));
    }
    blocks
}

fn of_question(page: &Page<'_>, wave: &WaveAssessment, question: &OpenResult) -> Vec<Block> {
    let share = (question.n > 0).then(|| question.answered as f64 / question.n as f64);
    let mut blocks = vec![
        Block::Heading {
            text: page.words.text(&question.title),
        },
        page.paragraph(
            "open-reading",
            &[
                ("n", &count(question.n)),
                ("answered", &count(question.answered)),
                ("share", &percent(share)),
                ("nothing", &count(question.nothing)),
            ],
        ),
    ];
    if let Some(coding) = &question.coding {
        blocks.push(Block::Table(codes(page, wave, coding)));
        blocks.extend(agreement(page, coding));
    }
    blocks
}

/// Keywords and quotations: of the latest wave only, the codes tell what changed.
fn in_their_words(page: &Page<'_>, wave: &WaveAssessment, question: &OpenResult) -> Vec<Block> {
    let mut blocks = Vec::new();
    if question.keywords.is_empty() {
        blocks.push(page.paragraph("open-no-keywords", &[("least", &count(question.keyword_base_min))]));
    } else {
        blocks.push(Block::Table(keywords(page, wave, question)));
    }
    if !question.quotes.is_empty() {
        blocks.push(page.paragraph("open-quotes", &[]));
        blocks.push(Block::List {
            items: question.quotes.iter().map(|quote| words::shown(quote)).collect(),
        });
    } else if question.quotes_withheld {
        blocks.push(page.paragraph("open-quotes-withheld", &[("least", &crate::touchpoints::open::QUOTES_FROM)]));
    }
    blocks
}

fn base(page: &Page<'_>, wave: &WaveAssessment, answers: u64) -> String {
    page.words
        .say("base-open", &[("n", &count(answers)), ("wave", &page.wave_title(wave))])
}

fn keywords(page: &Page<'_>, wave: &WaveAssessment, question: &OpenResult) -> Table {
    let mut table = page.table(
        "table-keywords",
        &["keyword", "#respondents", "#share-percent", "interval"],
        base(page, wave, question.answered),
    );
    for one in &question.keywords {
        table.rows.push(Row::of(vec![
            words::shown(&one.keyword.word).into(),
            count(one.keyword.respondents).into(),
            format!("{}%", number(Some(one.share), 1)).into(),
            page.words.interval(one.interval).into(),
        ]));
    }
    let note = [
        ("least", &count(question.keyword_base_min) as &dyn std::fmt::Display),
        ("withheld", &count(question.withheld)),
    ];
    table.notes.push(page.words.say("note-keywords", &note));
    table
}

fn codes(page: &Page<'_>, wave: &WaveAssessment, coding: &CodingResult) -> Table {
    let columns = ["code-label", "#respondents", "#share-percent", "interval", "#alpha-code"];
    let mut table = page.table("table-open-codes", &columns, base(page, wave, coding.coded));
    for code in &coding.codes {
        let tone = match code.alpha.map(AgreementReading::of) {
            None | Some(AgreementReading::Reliable) => Tone::Plain,
            Some(_) => Tone::Unsure,
        };
        table.rows.push(Row::of(vec![
            page.words.text(&code.label).into(),
            count(code.n).into(),
            percent_cell(page, &code.reported),
            percent_interval(page, &code.reported),
            Cell::from(number(code.alpha, 2)).toned(tone),
        ]));
    }
    table.notes.push(page.words.word("note-codes"));
    table
}

/// How far coders agree, and what that allows.
fn agreement(page: &Page<'_>, coding: &CodingResult) -> Vec<Block> {
    let enough = coding.double_coded >= coding.required;
    let thin = page.words.say(
        if enough { "coding-enough" } else { "coding-thin" },
        &[
            ("coded", &count(coding.coded)),
            ("double", &count(coding.double_coded)),
            ("required", &count(coding.required)),
            ("coders", &count(coding.coders)),
        ],
    );
    let mut text = thin;
    let mut tone = if enough { Tone::Plain } else { Tone::Unsure };
    let gap = page.words.word("sentence-gap");
    if let Some(alpha) = &coding.alpha {
        let reading = match alpha.reading {
            AgreementReading::Reliable => "coding-reliable",
            AgreementReading::Tentative => "coding-tentative",
            AgreementReading::Unreliable => "coding-unreliable",
        };
        if alpha.reading != AgreementReading::Reliable {
            tone = Tone::Unsure;
        }
        text.push_str(&gap);
        text.push_str(&page.words.say(
            "coding-alpha",
            &[
                ("alpha", &number(Some(alpha.value), 3)),
                ("interval", &page.words.interval_with(alpha.interval, 3)),
                ("units", &count(alpha.units)),
            ],
        ));
        text.push_str(&page.words.say(
            reading,
            &[
                ("reliable", &number(Some(ALPHA_RELIABLE), 2)),
                ("tentative", &number(Some(ALPHA_TENTATIVE), 3)),
            ],
        ));
    }
    if let Some(kappa) = &coding.kappa {
        text.push_str(&gap);
        text.push_str(&page.words.say(
            "coding-kappa",
            &[
                ("kappa", &number(Some(kappa.value), 3)),
                ("interval", &page.words.interval_with(kappa.interval, 3)),
                ("observed", &percent(Some(kappa.observed))),
                ("n", &count(kappa.n)),
            ],
        ));
    }
    if coding.several {
        text.push_str(&gap);
        text.push_str(&page.words.word("coding-several"));
    }
    vec![Block::Callout { text, tone }]
}
