//! The seeded draw against its test vector, and laws of every design.

use super::{customers, reference};
use crate::support::text;
use manyidu::ingest::table::Reading;
use manyidu::io::Memory;
use manyidu::sample::draw::design::{DrawDesign, Selection, StratumDraw, WithinCluster};
use manyidu::sample::draw::{Role, draw, draw_named, ranked};
use manyidu::sample::frame::{FrameColumns, UnitFrame, read_frame};
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

// --- the seeded draw ---------------------------------------------------------------------------------------------

fn sha256(text: &str) -> String {
    let bytes: Vec<String> = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

/// Ids in byte order, each on a line.
fn digest_of_sorted(mut ids: Vec<String>) -> String {
    ids.sort_unstable();
    sha256(&(ids.join("\n") + "\n"))
}

/// The 6,194 schools as a CSV file in another order than the canonical one, read as a user's frame is.
fn schools(columns: &FrameColumns) -> UnitFrame {
    let rows: Vec<String> = text("tests/reference/api_frame.tsv")
        .lines()
        .map(|l| l.replace('\t', ","))
        .collect();
    let csv: Vec<String> = std::iter::once("cds,stype".to_owned()).chain(rows.into_iter().rev()).collect();
    let world = Memory([("f.csv".to_owned(), csv.join("\r\n").into_bytes())].into());
    read_frame("f.csv", &world, Reading::default(), columns).unwrap().0
}

fn by_type() -> FrameColumns {
    FrameColumns {
        id: "cds".to_owned(),
        strata: vec!["stype".to_owned()],
        ..FrameColumns::default()
    }
}

fn ids(frame: &UnitFrame, rows: impl Iterator<Item = u32>) -> Vec<String> {
    rows.map(|row| String::from_utf8_lossy(frame.id(row)).into_owned()).collect()
}

/// Reference: Python hashlib on the 6,194 schools of `apipop` (`seeded_draw.json`, `SAMPLING.md`).
#[test]
fn the_seeded_draw_is_that_of_the_test_vector() {
    let vector = reference("seeded_draw.json");
    let frame = schools(&by_type());
    assert_eq!(frame.len() as u64, vector["N"].as_u64().unwrap());
    assert_eq!(frame.sha256(), vector["frame_sha256"].as_str().unwrap());
    let seed = vector["seed"].as_str().unwrap();
    // The short form for registers and the design of one stratum are the same draw.
    let simple = &vector["srs_n200"];
    let named = draw_named(&frame, seed, 200);
    let drawn: Vec<String> = named.drawn.iter().map(|u| u.id.clone()).collect();
    assert_eq!(drawn[..10], strings(&simple["first10"]));
    assert_eq!(named.drawn[0].key, simple["key_of_first"].as_str().unwrap());
    let unstratified = FrameColumns {
        strata: Vec::new(),
        seal: vec!["stype".to_owned()],
        ..by_type()
    };
    let plain = schools(&unstratified);
    assert_eq!(plain.sha256(), frame.sha256());
    let whole = DrawDesign {
        columns: unstratified,
        selection: Selection::SimpleRandom,
        strata: vec![StratumDraw {
            stratum: String::new(),
            elements: 6194,
            size: 200,
            reserve: 5,
        }],
        within: None,
    };
    let rows = draw(&plain, &whole, seed).unwrap().rows;
    assert_eq!(ids(&plain, rows.iter().take(200).map(|r| r.row)), drawn);
    assert_eq!(
        ids(&plain, rows.iter().skip(200).map(|r| r.row)),
        ranked(&frame, seed)[200..205].iter().map(|u| u.id.clone()).collect::<Vec<_>>()
    );
    assert_eq!(digest_of_sorted(drawn), simple["sample_sha256_sorted_ids"].as_str().unwrap());
    // By stratum the keys stay those of the whole frame.
    let stratified = &vector["stratified_proportional_200"];
    let strata = frame.strata.names.iter().map(|name| StratumDraw {
        stratum: name.clone(),
        elements: 0,
        size: stratified["alloc"][name].as_u64().unwrap(),
        reserve: if name == "E" { 5 } else { 0 },
    });
    let design = DrawDesign {
        columns: by_type(),
        strata: strata.collect(),
        ..whole
    };
    let rows = draw(&frame, &design, seed).unwrap().rows;
    for (kind, first) in stratified["first3"].as_object().unwrap() {
        let of_kind = rows
            .iter()
            .filter(|r| r.role == Role::Main && frame.strata.name(frame.strata.of(r.row)) == kind);
        assert_eq!(ids(&frame, of_kind.take(3).map(|r| r.row)), strings(first), "{kind}");
    }
    let main = rows.iter().filter(|r| r.role == Role::Main).map(|r| r.row);
    assert_eq!(
        digest_of_sorted(ids(&frame, main)),
        stratified["sample_sha256_sorted_ids"].as_str().unwrap()
    );
    let reserve = rows.iter().filter(|r| r.role == Role::Reserve).map(|r| r.row);
    assert_eq!(ids(&frame, reserve), strings(&vector["substitution_example"]["E_reserve_first5"]));
}

// --- laws of every design ----------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever the design: the order of the file changes nothing, as many are drawn as were wanted, nobody twice, and the
    /// probabilities of a draw of units sum to its size.
    #[test]
    fn no_design_depends_on_the_order_of_the_file(
        sizes in prop::collection::vec(0_u32..50, 40..120),
        selection in prop::sample::select(vec![Selection::SimpleRandom, Selection::Systematic, Selection::PpsSystematic, Selection::Sampford]),
        within in prop::sample::select(vec![None, Some(WithinCluster::All), Some(WithinCluster::Units(3))]),
        seed in "[a-z0-9]{1,8}",
    ) {
        let name = |text: &str| text.to_owned();
        let columns = FrameColumns {
            id: name("id"),
            strata: vec![name("region")],
            cluster: within.map(|_| name("shop")),
            size: Some(name("size")),
            sort: vec![name("size")],
            seal: Vec::new(),
        };
        let stratum = |name: &str| StratumDraw { stratum: name.to_owned(), elements: 0, size: 3, reserve: 1 };
        let design = DrawDesign { columns: columns.clone(), selection, strata: vec![stratum("r0"), stratum("r1")], within };
        let drawn = |reversed: bool| {
            let world = Memory([("f.csv".to_owned(), customers(&sizes, reversed).into_bytes())].into());
            let (frame, _) = read_frame("f.csv", &world, Reading::default(), &columns).unwrap();
            let rows = draw(&frame, &design, &seed).unwrap().rows;
            let units: Vec<_> = rows.iter().map(|r| (ids(&frame, std::iter::once(r.row)), r.role, r.order, r.probability)).collect();
            (frame.sha256().to_owned(), units)
        };
        let forwards = drawn(false);
        prop_assert_eq!(&forwards, &drawn(true));
        let mut seen: Vec<_> = forwards.1.iter().map(|u| u.0.clone()).collect();
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen.len(), forwards.1.len());
        let main: Vec<f64> = forwards.1.iter().filter_map(|u| u.3).collect();
        prop_assert!(main.iter().all(|p| *p > 0.0 && *p <= 1.0));
        match within {
            None => prop_assert_eq!(main.len(), 6),
            Some(WithinCluster::Units(_)) => prop_assert_eq!(main.len(), 18),
            Some(WithinCluster::All) => prop_assert!(main.len() >= 6),
        }
    }
}

// --- joint probabilities -----------------------------------------------------------------------------------------

/// Over 3,000 seeds each pair is drawn as often as the file says that it is, and a simple random sample has n(n−1)/(N(N−1)).
#[test]
fn pairs_are_drawn_as_often_as_their_joint_probability_says() {
    use manyidu::sample::draw::pairs::drawn_pairs;
    let csv = "id,size\na,1\nb,2\nc,3\nd,4\ne,5\nf,6\ng,7\nh,8\n";
    let world = Memory([("f.csv".to_owned(), csv.as_bytes().to_vec())].into());
    let columns = FrameColumns {
        id: "id".to_owned(),
        size: Some("size".to_owned()),
        ..FrameColumns::default()
    };
    let frame = read_frame("f.csv", &world, Reading::default(), &columns).unwrap().0;
    let design = |selection| DrawDesign {
        columns: columns.clone(),
        selection,
        strata: vec![StratumDraw {
            stratum: String::new(),
            elements: 8,
            size: 3,
            reserve: 0,
        }],
        within: None,
    };
    let simple = drawn_pairs(&frame, &design(Selection::SimpleRandom), "s").unwrap();
    assert_eq!(simple.len(), 3);
    assert!(simple.iter().all(|p| (p.joint_probability - 6.0 / 56.0).abs() < 1e-15));
    let mut seen: std::collections::BTreeMap<(String, String), (u64, f64)> = std::collections::BTreeMap::new();
    let seeds = 3000_u64;
    for seed in 0..seeds {
        for pair in drawn_pairs(&frame, &design(Selection::Sampford), &seed.to_string()).unwrap() {
            let entry = seen.entry((pair.first, pair.second)).or_insert((0, pair.joint_probability));
            entry.0 += 1;
            assert!((entry.1 - pair.joint_probability).abs() < 1e-12);
        }
    }
    // Σ over all pairs of π_kl is n(n−1)/2; the pairs that never came have the rest.
    assert!(seen.values().map(|(_, p)| p).sum::<f64>() > 3.0 - 0.01);
    for (pair, (count, p)) in seen {
        let (share, error) = (count as f64 / seeds as f64, (p * (1.0 - p) / seeds as f64).sqrt());
        assert!((share - p).abs() < 4.5 * error + 1e-3, "{pair:?}: {share} is not {p}");
    }
}
