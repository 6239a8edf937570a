//! Indicator trees, judged and computed weights, and service quality gaps, through the whole program.

use crate::support::{path, run_survey, text};
use manyidu::assessment::WaveAssessment;
use manyidu::assessment::weighting::Gap;
use manyidu::io::Folder;
use manyidu::pipeline::{self, Wanted};
use manyidu::survey;
use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

const ITEMS: usize = 22;
const ROWS: usize = 300;
/// Items 10–13 and 18–22 are worded the other way round (1-based).
const REVERSED: [std::ops::RangeInclusive<usize>; 2] = [10..=13, 18..=22];
/// First item of each element (1-based), and by how much its perception lags, in thousandths of a step.
const ELEMENTS: [(usize, i64); 5] = [(1, 100), (5, 900), (10, 600), (14, 300), (18, 450)];

fn is_reversed(item: usize) -> bool {
    REVERSED.iter().any(|range| range.contains(&item))
}

/// About normal, in thousandths: a sum of twelve draws, so that no platform's mathematics has a say.
fn noise(rng: &mut ChaCha8Rng) -> i64 {
    (0..12).map(|_| i64::from(rng.random_range(0..1000_u32))).sum::<i64>() - 5994
}

fn answer(thousandths: i64, item: usize) -> i64 {
    let code = ((thousandths + 500) / 1000).clamp(1, 7);
    if is_reversed(item) { 8 - code } else { code }
}

/// The answers of the shipped example: a general mood, elements that lag by [`ELEMENTS`], one answer in fifty blank.
fn simulated() -> String {
    let mut rng = ChaCha8Rng::seed_from_u64(22);
    let columns = |letter: &str| (1..=ITEMS).map(|i| format!("{letter}{i}")).collect::<Vec<_>>().join(",");
    let mut csv = format!("id,{},{}\n", columns("e"), columns("p"));
    for row in 1..=ROWS {
        let mood = noise(&mut rng);
        let (mut expected, mut perceived) = (Vec::new(), Vec::new());
        for item in 1..=ITEMS {
            let lag = ELEMENTS.iter().rev().find(|(first, _)| *first <= item).map_or(0, |(_, lag)| *lag);
            let hoped = 5900 + mood * 3 / 10 + noise(&mut rng) * 6 / 10;
            let got = hoped - lag + mood * 3 / 10 + noise(&mut rng) * 8 / 10;
            expected.push(answer(hoped, item).to_string());
            let blank = rng.random_range(0..50_u32) == 0;
            perceived.push(if blank { String::new() } else { answer(got, item).to_string() });
        }
        csv.push_str(&format!("S{row:03},{},{}\n", expected.join(","), perceived.join(",")));
    }
    csv
}

/// The committed answers are these; `MANYIDU_BLESS=1` writes them.
#[test]
fn the_shipped_answers_are_those_of_seed_22() {
    let file = path("data-samples/servqual/responses.csv");
    if std::env::var_os("MANYIDU_BLESS").is_some() {
        std::fs::write(&file, simulated()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), simulated());
}

fn assess(definition: &str) -> WaveAssessment {
    let file = path("surveys/servqual/survey.toml");
    let (survey, warnings) = survey::parse("survey.toml", "servqual", definition).unwrap_or_else(|r| panic!("{:?}", r.0));
    let run = pipeline::run(&survey, definition, &warnings, &Folder::of(&file), Wanted::default(), &|_, _| {});
    run.unwrap_or_else(|r| panic!("{:?}", r.0)).assessment.waves.remove(0)
}

/// Mean of a column in the better-is-higher direction, straight from the file.
fn column_mean(name: &str) -> f64 {
    let csv = text("data-samples/servqual/responses.csv");
    let mut lines = csv.lines();
    let at = lines.next().unwrap().split(',').position(|c| c == name).unwrap();
    let values: Vec<f64> = lines.filter_map(|l| l.split(',').nth(at).unwrap().parse().ok()).collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    if is_reversed(name[1..].parse().unwrap()) {
        8.0 - mean
    } else {
        mean
    }
}

#[test]
fn gaps_are_perception_less_expectation() {
    let run = run_survey("servqual");
    let gaps = run.assessment.waves[0].service_gaps.as_ref().unwrap();
    assert_eq!(gaps.items.len(), ITEMS);
    let value = |gap: &Gap| gap.gap.unwrap().value;
    let mut by_element = Vec::new();
    for (element, (first, _)) in ELEMENTS.iter().enumerate() {
        let last = ELEMENTS.get(element + 1).map_or(ITEMS, |(next, _)| next - 1);
        let by_hand: Vec<f64> = (*first..=last)
            .map(|i| column_mean(&format!("p{i}")) - column_mean(&format!("e{i}")))
            .collect();
        for (item, hand) in gaps.items[first - 1..last].iter().zip(&by_hand) {
            assert!((value(item) - hand).abs() < 1e-12, "{} {hand}", item.id);
            assert!((item.perceived.unwrap() - item.expected.unwrap() - hand).abs() < 1e-12);
        }
        by_element.push(by_hand.iter().sum::<f64>() / by_hand.len() as f64);
        assert!((value(&gaps.dimensions[element]) - by_element[element]).abs() < 1e-12);
    }
    let points = [12.0, 32.0, 22.0, 18.0, 16.0];
    let weighted: f64 = by_element.iter().zip(points).map(|(gap, points)| gap * points / 100.0).sum();
    assert!((gaps.weighted.unwrap().value - weighted).abs() < 1e-12);
    assert!((gaps.plain.unwrap().value - by_element.iter().sum::<f64>() / 5.0).abs() < 1e-12);
    // The story: reliability lags most, all but tangibles for certain.
    let worst = gaps.dimensions.iter().min_by(|a, b| value(a).total_cmp(&value(b))).unwrap();
    assert_eq!(worst.id, "reliability");
    for gap in gaps.dimensions.iter().filter(|d| d.id != "tangibles") {
        assert!(gap.gap.unwrap().interval.unwrap().upper < 0.0, "{}", gap.id);
    }
}

/// The error of a gap is that of the difference of paired answers.
#[test]
fn the_error_of_a_gap_is_that_of_paired_differences() {
    let run = run_survey("servqual");
    let gaps = run.assessment.waves[0].service_gaps.as_ref().unwrap();
    let csv = text("data-samples/servqual/responses.csv");
    // Item 1 with everybody who answered it: the blanks of the others do not matter to it.
    let pairs: Vec<(f64, Option<f64>)> = csv
        .lines()
        .skip(1)
        .map(|l| {
            let cells: Vec<&str> = l.split(',').collect();
            (cells[1].parse().unwrap(), cells[1 + ITEMS].parse().ok())
        })
        .collect();
    let n = pairs.len() as f64;
    let answered = pairs.iter().filter(|p| p.1.is_some()).count() as f64;
    let mean_e = pairs.iter().map(|p| p.0).sum::<f64>() / n;
    let mean_p = pairs.iter().filter_map(|p| p.1).sum::<f64>() / answered;
    let linearised: f64 = pairs
        .iter()
        .map(|(e, p)| (p.map_or(0.0, |p| (p - mean_p) / answered) - (e - mean_e) / n).powi(2))
        .sum();
    let expected = (linearised * n / (n - 1.0)).sqrt();
    let got = gaps.items[0].gap.unwrap().standard_error.unwrap();
    // Replicates and linearisation agree to first order in 1/n.
    assert!((got / expected - 1.0).abs() < 0.002, "{got} {expected}");
}

#[test]
fn judgements_weigh_the_tree() {
    let run = run_survey("servqual");
    let wave = &run.assessment.waves[0];
    let weighting = wave.weighting.as_ref().unwrap();
    let root = weighting.judgements.iter().find(|j| j.of == "index").unwrap();
    assert_eq!(root.judges.len(), 2);
    // Geometric means of the two judges: tangibles : delivery = √(1/4 · 1/5), tangibles : people = √(1/2 · 1/2),
    // delivery : people = √(3 · 2); for three parts the weights are the geometric means of the rows.
    let (td, tp, dp) = ((0.05_f64).sqrt(), 0.5_f64, 6.0_f64.sqrt());
    let rows = [(td * tp).cbrt(), (dp / td).cbrt(), (1.0 / (tp * dp)).cbrt()];
    let total: f64 = rows.iter().sum();
    let by_hand = [
        ("tangibles", rows[0] / total),
        ("delivery", rows[1] / total),
        ("people", rows[2] / total),
    ];
    for (name, weight) in by_hand {
        let got = root.weights.iter().find(|(id, _)| id == name).unwrap().1;
        assert!((got - weight).abs() < 1e-12, "{name} {got} {weight}");
    }
    // delivery 2 : 1, people 1 : 1.
    let score = |id: &str| wave.dimensions.iter().find(|d| d.id == id).unwrap().score.estimate.unwrap().value;
    let delivery = (2.0 * score("reliability") + score("responsiveness")) / 3.0;
    let people = f64::midpoint(score("assurance"), score("empathy"));
    let heading = |id: &str| {
        let heading = weighting.headings.iter().find(|h| h.id == id).unwrap();
        heading.score.estimate.unwrap().value
    };
    assert!((heading("delivery") - delivery).abs() < 1e-10);
    assert!((heading("people") - people).abs() < 1e-10);
    let index = by_hand[0].1 * score("tangibles") + by_hand[1].1 * delivery + by_hand[2].1 * people;
    assert!((wave.index.estimate.unwrap().value - index).abs() < 1e-10);
    assert!((heading("index") - index).abs() < 1e-10);
    // What a dimension weighs in the whole tree.
    let weight = wave.dimensions.iter().find(|d| d.id == "reliability").unwrap().weight.unwrap();
    assert!((weight - by_hand[1].1 * 2.0 / 3.0).abs() < 1e-12);
}

/// The index that the comparison promises under another way is the index one gets by choosing that way; its error as far as two
/// methods agree on it.
#[test]
fn the_comparison_keeps_its_promise() {
    let definition = text("surveys/servqual/survey.toml");
    let equal = assess(&definition);
    let promised = &equal.weighting.as_ref().unwrap().choices;
    assert_eq!(promised.len(), 4);
    for (way, named) in [("entropy", 1), ("critic", 2), ("principal-component", 3)] {
        let chosen = assess(&format!("{definition}\n[model]\nweights = \"{way}\"\n"));
        let promise = &promised[named];
        let (got, said) = (chosen.index.estimate.unwrap(), promise.index.unwrap());
        assert!((got.value - said.value).abs() < 1e-12, "{way}");
        // The promise is made by the jackknife, the choice of estimated weights is told by 1,000 bootstrap replicates, whose
        // standard error has itself one of 1/√2000: four of these.
        let ratio = got.standard_error.unwrap() / said.standard_error.unwrap();
        assert!((ratio - 1.0).abs() < 4.0 / 2000_f64.sqrt(), "{way} {ratio}");
        let difference = promise.difference.unwrap();
        assert!((difference.value - (said.value - equal.index.estimate.unwrap().value)).abs() < 1e-12);
        assert!(difference.standard_error.unwrap() < said.standard_error.unwrap());
        for dimension in &chosen.dimensions {
            let shares: f64 = chosen
                .items
                .iter()
                .filter(|i| i.dimension == dimension.id)
                .map(|i| i.share.unwrap())
                .sum();
            assert!((shares - 1.0).abs() < 1e-12);
        }
    }
}

/// Weights of the tree from the answers: two parts share by their spread (CRITIC), and every choice stays within 0 and 100.
#[test]
fn the_tree_may_be_weighed_by_the_answers() {
    let definition = text("surveys/servqual/survey.toml");
    let base = definition.split("[[judgements]]").next().unwrap();
    let items = &definition[definition.find("# expectation").unwrap()..];
    for way in ["critic", "principal-component"] {
        let text = format!("{base}{items}").replace("weights = \"ahp\"", &format!("weights = \"{way}\""));
        let wave = assess(&text);
        let index = wave.index.estimate.unwrap();
        assert!((0.0..=100.0).contains(&index.value));
        assert!(index.standard_error.unwrap() > 0.0);
        let total: f64 = wave.dimensions.iter().map(|d| d.weight.unwrap()).sum();
        assert!((total - 1.0).abs() < 1e-12);
        let weighting = wave.weighting.unwrap();
        for heading in &weighting.headings {
            let shares: f64 = heading.parts.iter().map(|p| p.share.unwrap()).sum();
            assert!((shares - 1.0).abs() < 1e-12, "{}", heading.id);
        }
    }
}

fn refusal(definition: &str) -> Vec<String> {
    let refusal = survey::parse("survey.toml", "servqual", definition).unwrap_err();
    refusal.0.iter().map(|f| f.code.as_str().to_owned()).collect()
}

#[test]
fn faulty_trees_and_judgements_are_told_by_name() {
    let definition = text("surveys/servqual/survey.toml");
    let with = |from: &str, to: &str| definition.replacen(from, to, 1);
    // 1 over 2 by 9, 2 over 3 by 9, and yet 3 over 1 by 9.
    let circle = with("[\"1/4\", \"1/2\"], [\"3\"]", "[\"9\", \"1/9\"], [\"9\"]");
    assert_eq!(refusal(&circle), ["inconsistent-judgement"]);
    let allowed = format!("{circle}\n[model]\ninconsistency_max = 10.0\n");
    let (_, warnings) = survey::parse("survey.toml", "servqual", &allowed).unwrap();
    assert!(warnings.iter().any(|w| w.code.as_str() == "inconsistency-allowed"));
    assert_eq!(refusal(&with("upper = [[\"2\"]]", "upper = [[\"2\", \"3\"]]")), ["wrong-value"]);
    assert_eq!(refusal(&with("upper = [[\"2\"]]", "upper = [[\"12\"]]")), ["wrong-value"]);
    assert_eq!(refusal(&with("upper = [[\"2\"]]", "upper = [[\"two\"]]")), ["wrong-value"]);
    assert_eq!(refusal(&with("of = \"delivery\"", "of = \"delivry\""))[0], "unknown-reference");
    assert_eq!(
        refusal(&with("[\"assurance\", \"empathy\"]", "[\"assurance\", \"reliability\"]"))[0],
        "duplicate-id"
    );
    let circular = with(
        "parts = [\"assurance\", \"empathy\"]",
        "parts = [\"assurance\", \"empathy\", \"people\"]",
    );
    assert!(refusal(&circular).contains(&"bad-model".to_owned()), "{:?}", refusal(&circular));
    assert_eq!(refusal(&with("points = 12", "points = 13")), ["wrong-value"]);
    let lacking = with("[[judgements]]\nof = \"people\"\nupper = [[\"1\"]]\n", "");
    assert_eq!(refusal(&lacking), ["judgement-missing"]);
}
