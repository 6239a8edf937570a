//! The designs of the study.

use crate::estimators::{Margins, Sample};
use crate::population::{FINE, Person, SHOP, draw, groups};
use crate::study::{Expected, Method, Scenario};
use manyidu::design::estimate::ProportionMethod::{Logit, Mean, Wilson};
use manyidu::design::replicates::balanced::brr;
use manyidu::design::replicates::bootstrap::{BootstrapPlan, rao_wu};
use manyidu::design::replicates::delete_group::delete_a_group;
use manyidu::design::replicates::jackknife::{jk1, jkn};
use manyidu::design::replicates::{Centre, PrimaryUnits};
use manyidu::design::{LonelyPsuPolicy, Stage};
use manyidu::stats::Interval;
use manyidu::stats::random::uniform;
use rand_chacha::ChaCha12Rng;

const FAIL: LonelyPsuPolicy = LonelyPsuPolicy::Fail;
const EVERYBODY: fn(&Person) -> bool = |_| true;
const SCORE: fn(&Person) -> f64 = |p| p.score;

/// True values.
struct Truth {
    score: f64,
    satisfied: f64,
    complained: f64,
    loss: f64,
    online: f64,
    online_loss: f64,
}

fn average(people: &[Person], inside: impl Fn(&Person) -> bool, of: impl Fn(&Person) -> f64) -> f64 {
    let values: Vec<f64> = people.iter().filter(|p| inside(p)).map(of).collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn method(name: &'static str, truth: f64, expected: Expected) -> Method {
    Method { name, truth, expected }
}

fn sampled<'a>(people: &'a [Person], drawn: &[usize]) -> Vec<&'a Person> {
    drawn.iter().map(|at| &people[*at]).collect()
}

/// All designs.
pub fn scenarios(people: &[Person]) -> Vec<Scenario<'_>> {
    let truth = Truth {
        score: average(people, EVERYBODY, SCORE),
        satisfied: average(people, EVERYBODY, |p| p.satisfied),
        complained: average(people, EVERYBODY, |p| p.complained),
        loss: average(people, EVERYBODY, |p| p.loss),
        online: average(people, |p| p.online, SCORE),
        online_loss: average(people, |p| p.online, |p| p.loss),
    };
    vec![
        simple(people, &truth),
        unequal_strata(people, &truth),
        pairs(people, &truth),
        lonely(people, &truth),
        heavy_and_lonely(people, &truth),
        non_response(people, &truth),
        one_stage(people, &truth),
        few_clusters(people, &truth),
        two_stages(people, &truth),
        post_stratified(people, &truth, 150),
        post_stratified(people, &truth, 600),
        raked(people, &truth),
        small_domain(people, &truth),
    ]
}

fn simple<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    let all: Vec<usize> = (0..people.len()).collect();
    Scenario {
        design: "simple random, n = 150",
        methods: vec![
            method("mean, Taylor, t", truth.score, Expected::Nominal),
            method("share of a half, Wilson", truth.satisfied, Expected::Nominal),
            method("share of a half, logit", truth.satisfied, Expected::Nominal),
            method(
                "share of a twelfth, Wilson",
                truth.complained,
                Expected::Near("a count of about 12 takes few values: coverage moves in steps about 95 %"),
            ),
            method(
                "share of a twelfth, logit",
                truth.complained,
                Expected::Near("a count of about 12 takes few values: coverage moves in steps about 95 %"),
            ),
            method(
                "share of a twelfth, ± t·SE",
                truth.complained,
                Expected::Near("the count is skewed and the interval is not: the misses pile up on one side; the report does not use it"),
            ),
        ],
        draw: Box::new(move |words| {
            let drawn = draw(words, &all, 150);
            let sample = Sample::stratified(sampled(people, &drawn), |_| 0, |_| people.len() as u64);
            vec![
                sample.taylor(FAIL, EVERYBODY, SCORE),
                sample.share(Wilson, |p| p.satisfied),
                sample.share(Logit, |p| p.satisfied),
                sample.share(Wilson, |p| p.complained),
                sample.share(Logit, |p| p.complained),
                sample.share(Mean, |p| p.complained),
            ]
        }),
    }
}

/// Sizes that are not in proportion, down to 3 of 100.
const SIZES: [usize; 8] = [25, 20, 20, 15, 12, 10, 5, 3];

fn draw_strata(words: &mut ChaCha12Rng, strata: &[Vec<usize>], size: impl Fn(usize) -> usize) -> Vec<usize> {
    strata
        .iter()
        .enumerate()
        .flat_map(|(at, list)| draw(words, list, size(at)))
        .collect()
}

fn unequal_strata<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    let strata = groups(people, |p| p.stratum);
    Scenario {
        design: "8 strata, 25 to 3 drawn, with FPC",
        methods: vec![
            method("mean, Taylor, t", truth.score, Expected::Nominal),
            method("mean, JKn, t", truth.score, Expected::Nominal),
            method("mean, Rao–Wu, 200 replicates, t", truth.score, Expected::Nominal),
            method("share of a half, Wilson", truth.satisfied, Expected::Nominal),
            method("share of a half, logit", truth.satisfied, Expected::Nominal),
            method("domain of a fifth, mean, Taylor, t", truth.online, Expected::Nominal),
        ],
        draw: Box::new(move |words| {
            let drawn = draw_strata(words, &strata, |h| SIZES[h]);
            let sample = Sample::stratified(sampled(people, &drawn), |p| p.stratum, |h| strata[h].len() as u64);
            let (units, unit) = PrimaryUnits::of_design(&sample.design).expect("units");
            let jackknife = jkn(&units, Centre::FullEstimate, FAIL).expect("two units a stratum");
            let plan = BootstrapPlan {
                replicates: 200,
                seed: 1 + manyidu::stats::random::below(words, 1 << 40),
                centre: Centre::ReplicateMean,
            };
            let bootstrap = rao_wu(&units, plan, None).expect("two units a stratum");
            vec![
                sample.taylor(FAIL, EVERYBODY, SCORE),
                sample.replicated(&jackknife, &unit, SCORE),
                sample.replicated(&bootstrap, &unit, SCORE),
                sample.share(Wilson, |p| p.satisfied),
                sample.share(Logit, |p| p.satisfied),
                sample.taylor(FAIL, |p| p.online, SCORE),
            ]
        }),
    }
}

fn pairs<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    let strata = groups(people, |p| p.fine);
    Scenario {
        design: "20 strata of 240, two drawn in each",
        methods: vec![
            method("mean, Taylor, t (20 df)", truth.score, Expected::Nominal),
            method("mean, half samples, t", truth.score, Expected::Nominal),
            method("mean, JKn, t", truth.score, Expected::Nominal),
            method(
                "mean, Taylor, normal quantile",
                truth.score,
                Expected::Below("1.96 in place of t(20) = 2.09"),
            ),
        ],
        draw: Box::new(move |words| {
            let drawn = draw_strata(words, &strata, |_| 2);
            let sample = Sample::stratified(sampled(people, &drawn), |p| p.fine, |_| FINE as u64);
            let (units, unit) = PrimaryUnits::of_design(&sample.design).expect("units");
            let halves = brr(&units.with_replacement(), Centre::FullEstimate).expect("pairs");
            let jackknife = jkn(&units, Centre::FullEstimate, FAIL).expect("pairs");
            vec![
                sample.taylor(FAIL, EVERYBODY, SCORE),
                sample.replicated(&halves, &unit, SCORE),
                sample.replicated(&jackknife, &unit, SCORE),
                sample.taylor_normal(SCORE),
            ]
        }),
    }
}

/// One person in 48 everywhere: strata of 240 give five, strata of 48 a single one.
fn lonely<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    let strata = groups(people, small_or_fine);
    let adjust = "holds a lonely unit against the grand mean, so differences between strata count as error";
    Scenario {
        design: "one in 48: 12 strata of 240 with five drawn, 40 strata of 48 with a single one",
        methods: vec![
            method(
                "mean, lonely strata merged by fives, t",
                truth.score,
                Expected::AtLeast("differences between merged strata count as error"),
            ),
            method("mean, policy adjust, t", truth.score, Expected::AtLeast(adjust)),
            method("mean, JKn, policy adjust, t", truth.score, Expected::AtLeast(adjust)),
            method(
                "mean, policy average, t",
                truth.score,
                Expected::AtLeast("a lonely stratum of one is taken to add what a stratum of five adds"),
            ),
            method(
                "mean, policy certainty, t",
                truth.score,
                Expected::Below("lonely strata are taken to add nothing"),
            ),
        ],
        draw: Box::new(move |words| {
            let drawn = draw_strata(words, &strata, |s| strata[s].len() / 48);
            let people = sampled(people, &drawn);
            let merged = Sample::stratified(people.clone(), |p| p.fine, |_| FINE as u64);
            let sample = Sample::stratified(people, small_or_fine, |s| strata[s].len() as u64);
            let (units, unit) = PrimaryUnits::of_design(&sample.design).expect("units");
            let jackknife = jkn(&units, Centre::FullEstimate, LonelyPsuPolicy::Adjust).expect("some pairs");
            vec![
                merged.taylor(FAIL, EVERYBODY, SCORE),
                sample.taylor(LonelyPsuPolicy::Adjust, EVERYBODY, SCORE),
                sample.replicated(&jackknife, &unit, SCORE),
                sample.taylor(LonelyPsuPolicy::Average, EVERYBODY, SCORE),
                sample.taylor(LonelyPsuPolicy::Certainty, EVERYBODY, SCORE),
            ]
        }),
    }
}

/// Two of every five fine strata fall into five parts of 48.
fn small_or_fine(person: &Person) -> usize {
    if person.fine % 5 < 2 {
        20 + person.fine * 5 + person.shop % 20 / 4
    } else {
        person.fine
    }
}

/// Lonely units that each stand for five times as many people as another.
fn heavy_and_lonely<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    let strata = groups(people, |p| p.fine);
    let heavy = "eight heavy units carry most of the variance, which then has far fewer degrees of freedom than units less strata";
    Scenario {
        design: "20 strata of 240: a single unit drawn in 8, five in 12",
        methods: vec![
            method("mean, policy adjust, t", truth.score, Expected::Near(heavy)),
            method("mean, JKn, policy adjust, t", truth.score, Expected::Near(heavy)),
            method(
                "mean, policy average, t",
                truth.score,
                Expected::Below("a heavy lonely unit adds far more than the mean of the other strata"),
            ),
            method(
                "mean, policy certainty, t",
                truth.score,
                Expected::Below("lonely strata are taken to add nothing"),
            ),
        ],
        draw: Box::new(move |words| {
            let drawn = draw_strata(words, &strata, |h| if h % 5 < 2 { 1 } else { 5 });
            let sample = Sample::stratified(sampled(people, &drawn), |p| p.fine, |_| FINE as u64);
            let (units, unit) = PrimaryUnits::of_design(&sample.design).expect("units");
            let jackknife = jkn(&units, Centre::FullEstimate, LonelyPsuPolicy::Adjust).expect("some pairs");
            vec![
                sample.taylor(LonelyPsuPolicy::Adjust, EVERYBODY, SCORE),
                sample.replicated(&jackknife, &unit, SCORE),
                sample.taylor(LonelyPsuPolicy::Average, EVERYBODY, SCORE),
                sample.taylor(LonelyPsuPolicy::Certainty, EVERYBODY, SCORE),
            ]
        }),
    }
}

fn non_response<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    let strata = groups(people, |p| p.fine);
    Scenario {
        design: "20 strata of 240, five asked in each, 40 % answer: a third has nobody or one; neighbours merged",
        methods: vec![
            method("mean, merged to five respondents, t", truth.score, Expected::Nominal),
            method(
                "mean, merged to two respondents, t",
                truth.score,
                Expected::Near("classes of two with unequal weights: fewer degrees of freedom than units less classes"),
            ),
        ],
        draw: Box::new(move |words| {
            let asked = draw_strata(words, &strata, |_| 5);
            let answered: Vec<usize> = asked.into_iter().filter(|_| uniform(words) < 0.4).collect();
            let mut counts = vec![0_usize; strata.len()];
            answered.iter().for_each(|at| counts[people[*at].fine] += 1);
            let interval = |fewest: usize| {
                let class = classes(&counts, fewest);
                let size = |g: usize| (FINE * class.iter().filter(|c| **c == g).count()) as u64;
                let sample = Sample::stratified(sampled(people, &answered), |p| class[p.fine], size);
                sample.taylor(FAIL, EVERYBODY, SCORE)
            };
            vec![interval(5), interval(2)]
        }),
    }
}

/// Neighbouring strata put together until each class has enough respondents; a rest joins the last class.
fn classes(counts: &[usize], fewest: usize) -> Vec<usize> {
    let (mut class, mut number, mut held) = (Vec::with_capacity(counts.len()), 0, 0);
    for count in counts {
        class.push(number);
        held += count;
        if held >= fewest {
            number += 1;
            held = 0;
        }
    }
    if held < fewest && number > 0 {
        class.iter_mut().filter(|c| **c == number).for_each(|c| *c = number - 1);
    }
    class
}

fn shops_of(people: &[Person], shops: usize, words: &mut ChaCha12Rng) -> Vec<usize> {
    let all: Vec<usize> = (0..people.len() / SHOP).collect();
    draw(words, &all, shops)
}

fn one_stage<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    Scenario {
        design: "one stage: 40 of 400 shops, everybody in them",
        methods: vec![
            method("mean, Taylor, t", truth.score, Expected::Nominal),
            method("mean, JK1, t", truth.score, Expected::Nominal),
            method(
                "mean, 20 random groups, t",
                truth.score,
                Expected::AtLeast("this jackknife has no finite population correction, and a tenth of the shops was drawn"),
            ),
            method("share of a half, Wilson", truth.satisfied, Expected::Nominal),
            method("share of a half, logit", truth.satisfied, Expected::Nominal),
            method(
                "mean, clusters ignored",
                truth.score,
                Expected::Below("people of a shop are alike: this is why the design must be stated"),
            ),
        ],
        draw: Box::new(move |words| {
            let shops = shops_of(people, 40, words);
            let sample = cluster_sample(people, &shops);
            let ignored = Sample::stratified(sample.people.clone(), |_| 0, |_| people.len() as u64);
            let (units, unit) = PrimaryUnits::of_design(&sample.design).expect("units");
            let jackknife = jk1(&units, Centre::FullEstimate).expect("40 units");
            let grouped = delete_a_group(&units, 20, 1).expect("40 units");
            vec![
                sample.taylor(FAIL, EVERYBODY, SCORE),
                sample.replicated(&jackknife, &unit, SCORE),
                sample.replicated(&grouped, &unit, SCORE),
                sample.share(Wilson, |p| p.satisfied),
                sample.share(Logit, |p| p.satisfied),
                ignored.taylor(FAIL, EVERYBODY, SCORE),
            ]
        }),
    }
}

fn cluster_sample<'a>(people: &'a [Person], shops: &[usize]) -> Sample<'a> {
    let drawn: Vec<usize> = shops.iter().flat_map(|s| s * SHOP..(s + 1) * SHOP).collect();
    let inside = sampled(people, &drawn);
    let labels: Vec<usize> = inside.iter().map(|p| p.shop).collect();
    let population = vec![(people.len() / SHOP) as u64; inside.len()];
    Sample::new(inside, &[Stage::new(&labels).with_population(&population)])
}

fn few_clusters<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    Scenario {
        design: "one stage: 5 of 400 shops",
        methods: vec![
            method("mean, Taylor, t (4 df)", truth.score, Expected::Nominal),
            method(
                "mean, Taylor, normal quantile",
                truth.score,
                Expected::Below("1.96 in place of t(4) = 2.78"),
            ),
            method(
                "euros lost, Taylor, t (4 df)",
                truth.loss,
                Expected::Below("five means of twelve lognormal amounts are far from normal"),
            ),
        ],
        draw: Box::new(move |words| {
            let shops = shops_of(people, 5, words);
            let sample = cluster_sample(people, &shops);
            vec![
                sample.taylor(FAIL, EVERYBODY, SCORE),
                sample.taylor_normal(SCORE),
                sample.taylor(FAIL, EVERYBODY, |p| p.loss),
            ]
        }),
    }
}

fn two_stages<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    Scenario {
        design: "two stages: half of 40 regions of 10 shops, 6 of 120 people in each",
        methods: vec![
            method(
                "mean, Taylor, both stages, t (19 df)",
                truth.score,
                Expected::AtLeast(
                    "the degrees of freedom count regions only, while half of the variance comes from people: t is a little too wide",
                ),
            ),
            method(
                "mean, Taylor, both stages, normal quantile",
                truth.score,
                Expected::Near("the other way round: the regions' half has 19 degrees of freedom, not infinitely many"),
            ),
            method(
                "mean, Taylor, second stage left out",
                truth.score,
                Expected::Below("with every other region drawn, half of the variance between people is in the second stage"),
            ),
        ],
        draw: Box::new(move |words| {
            let region = |p: &Person| p.shop / 10;
            let regions = draw(words, &(0..40).collect::<Vec<_>>(), 20);
            let lists = groups(people, region);
            let drawn: Vec<usize> = regions.iter().flat_map(|r| draw(words, &lists[*r], 6)).collect();
            let inside = sampled(people, &drawn);
            let labels: Vec<usize> = inside.iter().map(|p| region(p)).collect();
            let first = Stage::new(&labels).with_population(&vec![40; inside.len()]);
            let second = Stage::of_elements(inside.len()).with_population(&vec![120; inside.len()]);
            let both = Sample::new(inside.clone(), &[first.clone(), second]);
            let alone = Sample::new(inside, &[first]);
            vec![
                both.taylor(FAIL, EVERYBODY, SCORE),
                both.taylor_normal(SCORE),
                alone.taylor(FAIL, EVERYBODY, SCORE),
            ]
        }),
    }
}

fn post_stratified<'a>(people: &'a [Person], truth: &Truth, n: usize) -> Scenario<'a> {
    let all: Vec<usize> = (0..people.len()).collect();
    let strata = groups(people, |p| p.stratum);
    let (design, expected) = if n < 300 {
        (
            "simple random, n = 150, post-stratified to 8 groups, the smallest with 3 on average; fewer than two merged with the next",
            Expected::Near("the residuals of a group of two or three lie too near its mean: the variance is too small by about groups/n"),
        )
    } else {
        ("simple random, n = 600, post-stratified to the same groups", Expected::Nominal)
    };
    Scenario {
        design,
        methods: vec![method("mean, residual variance, t", truth.score, expected)],
        draw: Box::new(move |words| {
            let drawn = draw(words, &all, n);
            let mut counts = vec![0; strata.len()];
            drawn.iter().for_each(|at| counts[people[*at].stratum] += 1);
            let class = classes(&counts, 2);
            let size = |g: usize| {
                strata
                    .iter()
                    .zip(&class)
                    .filter(|(_, c)| **c == g)
                    .map(|(list, _)| list.len() as f64)
                    .sum()
            };
            let targets: Vec<f64> = (0..=class.last().copied().unwrap_or(0)).map(size).collect();
            let sample = Sample::stratified(sampled(people, &drawn), |_| 0, |_| people.len() as u64);
            vec![sample.post_stratified(|p| class[p.stratum], &targets)]
        }),
    }
}

fn raked<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    let margins = Margins::of_population(people);
    Scenario {
        design: "one stage: 30 of 400 shops, raked to age and stratum",
        methods: vec![
            method("mean, Taylor with residuals, t", truth.score, Expected::Nominal),
            method("mean, JK1 raked anew, t", truth.score, Expected::Nominal),
        ],
        draw: Box::new(move |words| {
            let shops = shops_of(people, 30, words);
            let sample = cluster_sample(people, &shops);
            let (units, unit) = PrimaryUnits::of_design(&sample.design).expect("units");
            let jackknife = jk1(&units, Centre::FullEstimate).expect("30 units");
            let both: [Option<Interval>; 2] = sample.raked(&margins, &jackknife, &unit);
            both.to_vec()
        }),
    }
}

fn small_domain<'a>(people: &'a [Person], truth: &Truth) -> Scenario<'a> {
    let all: Vec<usize> = (0..people.len()).collect();
    let skewed = "twelve lognormal amounts: the sample mean and its error are both small when the few large ones are missed";
    Scenario {
        design: "simple random, n = 60, domain of about 12",
        methods: vec![
            method(
                "score of the domain, Taylor, t",
                truth.online,
                Expected::Near(
                    "the variance of a domain of 12 is itself a rough estimate, with fewer effective degrees of freedom than 11",
                ),
            ),
            method("euros lost in the domain, Taylor, t", truth.online_loss, Expected::Below(skewed)),
            method(
                "euros lost by all 60, Taylor, t",
                truth.loss,
                Expected::Below("the same with 60 amounts, less"),
            ),
        ],
        draw: Box::new(move |words| {
            let drawn = draw(words, &all, 60);
            let sample = Sample::stratified(sampled(people, &drawn), |_| 0, |_| people.len() as u64);
            vec![
                sample.taylor(FAIL, |p| p.online, SCORE),
                sample.taylor(FAIL, |p| p.online, |p| p.loss),
                sample.taylor(FAIL, EVERYBODY, |p| p.loss),
            ]
        }),
    }
}
