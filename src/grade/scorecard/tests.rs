use super::*;
use crate::finding::Code;
use crate::grade::scheme::shipped;
use crate::io::Memory;

fn scheme(id: &str) -> Scheme {
    Scheme::parse(id, shipped(id).unwrap()).unwrap()
}

fn read(id: &str, text: &str) -> Result<Scorecard, Vec<Code>> {
    let world = Memory([("c.csv".to_owned(), text.as_bytes().to_vec())].into());
    read_scorecard("c.csv", &world, &scheme(id)).map_err(|r| r.0.iter().map(|f| f.code).collect())
}

fn card(rows: &str) -> Scorecard {
    read("gbt27922-2011", &format!("clause,obtained,applicable\n{rows}")).unwrap()
}

fn total(rows: &str) -> Option<f64> {
    card(rows).arithmetic(&scheme("gbt27922-2011")).unwrap().total
}

#[test]
fn clauses_that_do_not_apply_are_taken_out_of_the_base() {
    let value = total("5.1,36,40\n5.2,0,0\n5.3,20,25\n").unwrap();
    assert!((value - 56.0 / 65.0 * 100.0).abs() < 1e-12);
    assert_eq!(total("5.1,36,\n5.2,0,不适用\n5.3,20,\n"), Some(value));
    // Deductions come after the renormalising, whole.
    let less = total("5.1,36,40\n5.2,0,0\n5.3,20,25\nspecial-deductions,2,\n").unwrap();
    assert!((value - less - 2.0).abs() < 1e-12);
}

#[test]
fn a_bonus_counts_once_and_the_total_stays_within_full_marks() {
    assert_eq!(total("5.1,36,40\n5.2,30,35\n5.3,20,25\nspecial-bonuses,1,\n"), Some(87.0));
    assert_eq!(total("5.1,36,40\n5.2,30,35\n5.3,20,25\nspecial-bonuses,2,\n"), Some(87.0));
    assert_eq!(total("5.1,40,40\n5.2,35,35\n5.3,25,25\nspecial-bonuses,1,\n"), Some(100.0));
}

#[test]
fn five_deductions_fail() {
    let scheme = scheme("gbt27922-2011");
    assert!(!card("5.1,40,40\nspecial-deductions,4,\n").fails(&scheme));
    assert!(card("5.1,40,40\nspecial-deductions,5,\n").fails(&scheme));
}

#[test]
fn a_block_that_is_not_on_the_card_is_open() {
    let arithmetic = card("5.1,40,40\n5.2,35,35\n").arithmetic(&scheme("gbt27922-2011")).unwrap();
    assert_eq!((arithmetic.low, arithmetic.high, arithmetic.total), (75.0, 100.0, None));
}

#[test]
fn proportional_points_follow_the_sample() {
    let text = "clause,points,scoring,sampled,conforming,obtained\n5.3.1,10,proportional,20,17,\n5.3.2,15,all-or-nothing,,,15\n";
    let card = read("gbt27922-2011", text).unwrap();
    assert_eq!(card.rows[0].obtained, Some(8.5));
    let beyond = text.replace("20,17", "20,21");
    assert_eq!(read("gbt27922-2011", &beyond).unwrap_err(), [Code::BadScorecard]);
}

#[test]
fn faults_of_a_card_have_names() {
    let codes = |rows: &str| read("gbt27922-2011", &format!("clause,points,scoring,obtained\n{rows}")).unwrap_err();
    assert_eq!(codes("5.4,10,,5\n"), [Code::UnknownClause]);
    assert_eq!(codes("5.3,25,,26\n"), [Code::PointsAboveMaximum]);
    assert_eq!(codes("5.3.1,10,all-or-nothing,4\n5.3.2,15,,15\n"), [Code::NotAllOrNothing]);
    assert_eq!(codes("5.3.1,10,,4\n5.3.2,16,,15\n"), [Code::PointsDoNotSum]);
    assert_eq!(codes("5.3.1,,,4\n"), [Code::ClauseWithoutPoints]);
    assert_eq!(codes("5.3,25,,20\n5.3,25,,20\n"), [Code::DuplicateClause]);
    assert_eq!(codes("5.3,25,,20\n5.3.1,25,,20\n"), [Code::DuplicateClause]);
    assert_eq!(codes("5.3,25,,many\n"), [Code::BadScorecard]);
    assert_eq!(codes("special-deductions,,,1.5\n"), [Code::BadScorecard]);
}

#[test]
fn points_that_no_document_gives_are_the_users_and_sum_to_full_marks() {
    let rows = |last: f64| {
        format!(
            "clause,points,obtained\nculture.1,10,10\nrules.1,20,20\nsystem.1,20,20\nproduct.1,20,18\ncomplaints.1,15,15\ncustomers.1,{last},14\n"
        )
    };
    let card = read("cteas1001-2017", &rows(15.0)).unwrap();
    assert_eq!(card.arithmetic(&scheme("cteas1001-2017")).unwrap().total, Some(97.0));
    assert_eq!(read("cteas1001-2017", &rows(16.0)).unwrap_err(), [Code::PointsDoNotSum]);
}

#[test]
fn the_furniture_scheme_is_read_out_of_110() {
    let card = read("tszfa1001.4-2019", "clause,obtained\nbase.1,\nextra.1,8\n");
    assert_eq!(card.unwrap_err(), [Code::ClauseWithoutPoints, Code::ClauseWithoutPoints]);
    let card = read("tszfa1001.4-2019", "clause,points,obtained\nbase.1,100,88\nextra.1,10,8\n").unwrap();
    assert_eq!(card.arithmetic(&scheme("tszfa1001.4-2019")).unwrap().total, Some(96.0));
}

#[test]
fn a_blank_card_has_every_clause_and_no_points() {
    let scheme = scheme("gbt27922-2011");
    let text = blank(&scheme, crate::locale::Lang::Zh, &|_| Some("指数 84.9, n = 600".to_owned()));
    assert_eq!(text.lines().count(), 1 + 15 + 2);
    let evidenced: Vec<&str> = text.lines().filter(|l| l.contains("84.9")).collect();
    assert_eq!(evidenced.len(), 4);
    assert!(evidenced.iter().all(|l| l.contains(",,\"指数 84.9, n = 600\",,,")), "{evidenced:?}");
    assert!(text.contains("5.3.2,投诉处理,"));
}
