//! What the determination, the map of priorities and the certificate say of the shipped survey, and of changes to it.

use crate::support::office::tables;
use crate::support::{path, run_survey};
use manyidu::assessment::Assessment;
use manyidu::certificate::evidence::{EvidenceKind, Holding};
use manyidu::grade::scheme::{shipped, shipped_ids};
use manyidu::grade::{Determination, LeverBasis, LeverKind, Verdict};
use manyidu::locale::Lang;
use manyidu::report::document::{Document, Table, Tone};
use manyidu::report::{self, Kind, figures::figures};
use manyidu::stats::Interval;
use std::sync::LazyLock;

static APPLIANCE: LazyLock<Assessment> = LazyLock::new(|| run_survey("appliance-after-sales").assessment);

fn of_index(assessment: &Assessment, wave: usize) -> &Determination {
    &assessment.waves[wave].determinations[0]
}

fn changed(change: impl FnOnce(&mut Assessment)) -> Assessment {
    let mut assessment = APPLIANCE.clone();
    change(&mut assessment);
    assessment
}

fn document(assessment: &Assessment, lang: Lang) -> Document {
    report::document(assessment, Kind::Evidence, lang, &figures(assessment, lang), "")
}

fn html(assessment: &Assessment, lang: Lang) -> String {
    report::html::render(&document(assessment, lang), lang).unwrap()
}

/// The row of a table whose first cell begins so.
fn cells(table: &Table, subject: &str) -> Vec<(String, String, Tone)> {
    let row = table.rows.iter().find(|r| r.cells[0].text.starts_with(subject)).unwrap();
    row.cells.iter().map(|c| (c.text.clone(), c.note.clone(), c.tone)).collect()
}

#[test]
fn conditions_say_what_the_waves_and_records_show() {
    let of = |wave: usize, id: &str| {
        let conditions = &of_index(&APPLIANCE, wave).conditions;
        let found = conditions.iter().find(|c| c.condition == id).unwrap();
        (
            found.verdict,
            found.got,
            found.fact.as_ref().map(|f| f.en.clone()).unwrap_or_default(),
        )
    };
    // The draw of 2025 is verified; those of the years before are claims.
    assert_eq!(of(2, "random-sampling").0, Verdict::Met);
    assert_eq!([0, 1].map(|wave| of(wave, "random-sampling").0), [Verdict::CannotTell; 2]);
    // Audits of 2024 and 2025 with proof; the review of 2025 has none.
    let (verdict, got, fact) = of(2, "internal-audit");
    assert_eq!((verdict, got), (Verdict::Met, Some(2.0)));
    assert!(fact.contains("SIM-IA-2024") && fact.contains("SIM-IA-2025"), "{fact}");
    let (verdict, got, fact) = of(2, "management-review");
    assert_eq!((verdict, got), (Verdict::Met, Some(1.0)));
    assert!(fact.contains("without proof: 2025-08-29"), "{fact}");
    assert_eq!(
        of(0, "internal-audit").0,
        Verdict::NotAvailable,
        "nothing was done by the day of issue"
    );
    // 2025-06-01 to the visit of 2025-09-28: three months and 27 days.
    let (verdict, got, _) = of(2, "survey-within-12-months");
    assert_eq!(verdict, Verdict::Met);
    assert!((got.unwrap() - (3.0 + 27.0 / 31.0)).abs() < 1e-12);
    // What the table shows is not asked for a second time.
    let missing: Vec<&str> = of_index(&APPLIANCE, 2).missing.iter().map(|m| m.subject.as_str()).collect();
    assert!(
        !missing.contains(&"random-sampling") && !missing.contains(&"internal-audit"),
        "{missing:?}"
    );
}

#[test]
fn visits_tell_the_record_of_the_draw_and_every_gap_of_the_actions() {
    let certificate = APPLIANCE.certificate.as_ref().unwrap();
    let of = |entry: usize, kind: EvidenceKind| certificate.entries[entry].evidence.iter().find(|e| e.evidence == kind).unwrap();
    let holding = |entry: usize| of(entry, EvidenceKind::DrawRecord).holding;
    assert_eq!([holding(1), holding(2)], [Holding::Missing, Holding::Held]);
    assert!(of(2, EvidenceKind::DrawRecord).fact.en.ends_with(": draw-2025.json"));
    let fact = &of(3, EvidenceKind::ActionsClosed).fact.zh;
    assert!(
        fact.contains("老年顾客电话报修专线") && fact.contains("工程师返修案例复训"),
        "{fact}"
    );
    assert!(
        of(2, EvidenceKind::ActionsClosed).fact.zh.contains("西南区常用配件前置仓"),
        "closed late"
    );
    // What the plan has for one visit is in the table of each, and not in the list of what nothing shows.
    let page = html(&APPLIANCE, Lang::Zh);
    let (_, list) = page.split_once("调查数据和年度计划中都没有").unwrap();
    let list = &list[..list.find("</ul>").unwrap()];
    assert!(list.contains("证书范围与标志的使用"), "{list}");
    for elsewhere in ["内部审核", "投诉统计", "抽取记录", "回访复核记录"] {
        assert!(!list.contains(elsewhere), "{elsewhere}: {list}");
    }
    assert!(page.contains("证书等级") && page.contains("3A 级"));
}

/// The effect of an item is one number with one interval, on the map and on the way to the next grade.
#[test]
fn an_item_has_the_same_effect_everywhere() {
    let mut seen = 0;
    for survey in ["appliance-after-sales", "ecsi-mobile"] {
        let assessment = if survey == "ecsi-mobile" {
            run_survey(survey).assessment
        } else {
            APPLIANCE.clone()
        };
        for wave in &assessment.waves {
            let map = wave.item_priorities.as_ref().unwrap();
            let next = wave.determinations.iter().find_map(|d| d.next.as_ref()).unwrap();
            for improvement in next
                .improvements
                .iter()
                .filter(|i| i.kind == LeverKind::Item && i.basis == LeverBasis::TotalEffect)
            {
                let importance = map.points.iter().find(|p| p.id == improvement.id).unwrap().importance;
                let interval = importance.interval.map(|i| (i.lower, i.upper));
                assert!((importance.value - improvement.effect).abs() < 1e-12, "{}", improvement.id);
                assert_eq!(improvement.effect_low.zip(improvement.effect_high), interval, "{}", improvement.id);
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn expectations_and_image_are_no_levers() {
    let next = of_index(&APPLIANCE, 2).next.as_ref().unwrap();
    let not_acted: Vec<&str> = next
        .improvements
        .iter()
        .filter(|i| !i.actionable && i.kind == LeverKind::Dimension)
        .map(|i| i.id.as_str())
        .collect();
    assert_eq!(not_acted, ["expectation", "image"]);
    let items = next.improvements.iter().filter(|i| i.kind == LeverKind::Item);
    assert!(items.clone().any(|i| !i.actionable));
    for item in items {
        assert_eq!(
            item.actionable,
            !item.id.starts_with("expectation") && !item.id.starts_with("image"),
            "{}",
            item.id
        );
    }
    let document = document(&APPLIANCE, Lang::En);
    let all = tables(&document);
    let ways = all.iter().find(|t| t.caption == "How to reach 3A").unwrap();
    assert_eq!(cells(ways, "Expected quality")[5].0, "not acted on directly");
    assert_eq!(cells(ways, "Perceived quality")[5].0, "yes");
}

#[test]
fn a_way_whose_interval_leaves_the_scale_is_one_by_point_estimate() {
    let wide = changed(|a| {
        let improvements = &mut a.waves[2].determinations[0].next.as_mut().unwrap().improvements;
        let quality = improvements.iter_mut().find(|i| i.id == "quality").unwrap();
        quality.needed_certain_high = Some(100.0 - quality.score + 0.1);
        improvements
            .iter_mut()
            .filter(|i| i.kind == LeverKind::Item)
            .for_each(|i| i.reaches = false);
    });
    let document = document(&wide, Lang::En);
    let all = tables(&document);
    let ways: Vec<_> = all.iter().filter(|t| t.caption == "How to reach 3A").collect();
    assert_eq!(ways.len(), 1, "items that reach nothing have a sentence and no table");
    let (text, _, tone) = &cells(ways[0], "Perceived quality")[5];
    assert!(text.starts_with("yes by point estimate") && *tone == Tone::Unsure, "{text}");
    assert!(html(&wide, Lang::En).contains("No single item is enough by itself to reach 3A"));
}

#[test]
fn a_quadrant_is_told_only_where_no_interval_crosses_a_line() {
    let with = |importance: (f64, f64), score: (f64, f64), id: &str| {
        let id = id.to_owned();
        let moved = changed(|a| {
            let map = a.waves[2].priorities.as_mut().unwrap();
            let (across, up) = (map.importance_mean, map.performance_mean);
            let point = map.points.iter_mut().find(|p| p.id == id).unwrap();
            let interval = |mean: f64, ends: (f64, f64)| {
                Some(Interval {
                    lower: mean + ends.0,
                    upper: mean + ends.1,
                    level: 0.95,
                })
            };
            point.importance.value = across + f64::midpoint(importance.0, importance.1);
            point.importance.interval = interval(across, importance);
            point.performance.value = up + f64::midpoint(score.0, score.1);
            point.performance.interval = interval(up, score);
        });
        let document = document(&moved, Lang::En);
        let all = tables(&document);
        let table = all.iter().find(|t| t.caption == "Importance and score, by quadrant").unwrap();
        let name = if id == "value" { "Perceived value" } else { "Expected quality" };
        (cells(table, name)[6].clone(), table.rows[0].cells[0].text.clone())
    };
    let told = |text: &str, note: &str, tone: Tone| (text.to_owned(), note.to_owned(), tone);
    let (cell, first) = with((0.1, 0.3), (-4.0, -2.0), "value");
    assert_eq!((cell, first.as_str()), (told("Improve first", "", Tone::Bad), "Perceived value"));
    let (cell, _) = with((0.1, 0.3), (-4.0, 0.1), "value");
    assert_eq!(cell, told("cannot be told", "by point estimate: Improve first", Tone::Plain));
    let (cell, _) = with((-0.01, 0.3), (-4.0, -2.0), "value");
    assert_eq!(cell, told("cannot be told", "by point estimate: Improve first", Tone::Plain));
    // However clear its place, what people expected is not improved.
    let (cell, first) = with((0.1, 0.3), (-4.0, -2.0), "expectation");
    assert_eq!(cell.0, "not acted on directly");
    assert_ne!((cell.2, first.as_str()), (Tone::Bad, "Expected quality"));
}

/// Nothing of a scheme that reaches a report is in one language only, and no key of a file stands in a report.
#[test]
fn sources_have_both_languages() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for id in shipped_ids() {
        let file: toml::Table = shipped(id).unwrap().parse().unwrap();
        let mut texts = Vec::new();
        collect(&toml::Value::Table(file), &mut texts);
        assert!(!texts.is_empty(), "{id}");
        for (zh, en) in texts {
            let name_only = zh == en && !zh.contains(' ');
            assert!(name_only || zh.chars().any(is_han), "{id}: {zh}");
            assert!(!zh.contains("no source") && !zh.contains(" and "), "{id}: {zh}");
        }
    }
    for lang in [Lang::Zh, Lang::En] {
        let page = html(&APPLIANCE, lang);
        for key in [
            "grades.3A.min",
            "conditions.system",
            "blocks.design",
            "manyidu sites",
            "manyidu scorecard",
        ] {
            assert!(!page.contains(key), "{key}");
        }
    }
    assert!(path("schemes/satisfaction-3a4a5a.toml").exists());
}

/// The value of every `source` and `order`, in both languages.
fn collect(value: &toml::Value, texts: &mut Vec<(String, String)>) {
    match value {
        toml::Value::Table(table) => {
            for (key, inner) in table {
                match inner {
                    toml::Value::String(text) if key == "source" || key == "order" => texts.push((text.clone(), text.clone())),
                    toml::Value::Table(both) if key == "source" || key == "order" => {
                        texts.push((both["zh"].as_str().unwrap().to_owned(), both["en"].as_str().unwrap().to_owned()));
                    }
                    other => collect(other, texts),
                }
            }
        }
        toml::Value::Array(all) => all.iter().for_each(|one| collect(one, texts)),
        _ => {}
    }
}
