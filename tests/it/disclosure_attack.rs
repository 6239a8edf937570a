//! An attack on what is withheld: from the published means and numbers alone, can a withheld mean be computed, or nearly?
//!
//! The attacker works below the tables, on the cells that all groups are made of, and not on the relations that the program knows:
//! a withheld mean is recovered where its group is a linear combination of published ones (orthogonal projection), and bounded
//! by linear programming where it is not. 1,000 random surveys of nested and crossing groups; nothing may be recovered, and no interval
//! of a small group may be narrower than the protection promised. Then small groups through the whole program.

use manyidu::disclosure_control::PROTECTION_POINTS;
use manyidu::disclosure_control::links::{Group, Layout, Links, Numbers};
use manyidu::disclosure_control::suppress::{Outcome, Quantity, Reason, Rules, suppress};
use manyidu::finding::Code;
use manyidu::io::Memory;
use manyidu::pipeline::{self, Wanted};
use manyidu::{report, survey};
use std::collections::BTreeMap;
use std::fmt::Write;

const RULES: Rules = Rules {
    base_min: 10,
    protection: PROTECTION_POINTS,
};

/// A small fixed generator.
struct Dice(u64);

impl Dice {
    fn next(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A random survey: cells of city × type, cities within regions, with respondents and sums of `numbers` dimensions.
struct Random {
    /// Region, city, type, respondents, sums.
    cells: Vec<(u64, u64, u64, u64, Vec<f64>)>,
    dimensions: usize,
}

/// A group with its cells.
struct Table {
    column: &'static str,
    cells: Vec<usize>,
    n: u64,
}

impl Random {
    fn new(seed: u64, dimensions: usize) -> Self {
        let mut dice = Dice(seed);
        let (regions, types) = (1 + dice.next(3), 1 + dice.next(3));
        let mut cells = Vec::new();
        for city in 0..2 + dice.next(5) {
            let region = city % regions;
            let size = [3, 8, 15, 60][dice.next(4) as usize];
            for kind in 0..types {
                let n = dice.next(size);
                // Some surveys are close to the end of the scale.
                let low = dice.next(3) * 50;
                let one = |dice: &mut Dice| (low + dice.next(101 - low.min(100))).min(100) as f64;
                let sums = (0..dimensions).map(|_| (0..n).map(|_| one(&mut dice)).sum()).collect();
                if n > 0 {
                    cells.push((region, city, kind, n, sums));
                }
            }
        }
        Self { cells, dimensions }
    }

    fn tables(&self) -> Vec<Table> {
        let mut groups: BTreeMap<(&'static str, u64), Table> = BTreeMap::new();
        for (at, (region, city, kind, n, _)) in self.cells.iter().enumerate() {
            for (column, category) in [("region", *region), ("city", *city), ("type", *kind)] {
                let table = groups.entry((column, category)).or_insert(Table {
                    column,
                    cells: Vec::new(),
                    n: 0,
                });
                table.cells.push(at);
                table.n += n;
            }
        }
        groups.into_values().collect()
    }

    fn n(&self) -> u64 {
        self.cells.iter().map(|c| c.3).sum()
    }

    /// Mean of a number of some cells; the index is the mean of the dimensions.
    fn mean(&self, cells: &[usize], number: usize) -> f64 {
        let n: f64 = cells.iter().map(|c| self.cells[*c].3 as f64).sum();
        let dimension = |d: usize| cells.iter().map(|c| self.cells[*c].4[d]).sum::<f64>() / n;
        if number < self.dimensions {
            dimension(number)
        } else {
            (0..self.dimensions).map(dimension).sum::<f64>() / self.dimensions as f64
        }
    }

    /// What the program withholds.
    fn protected(&self, tables: &[Table]) -> Outcome {
        let layout = Layout::new(self.dimensions, tables.len(), 0);
        let groups: Vec<Group<'_>> = tables.iter().map(|t| Group { column: t.column, n: t.n }).collect();
        let members: Vec<Vec<u16>> = tables.iter().map(|t| t.cells.iter().map(|c| *c as u16).collect()).collect();
        let mut links = Links::default();
        links.nesting(&layout, Numbers::Scores, &groups, &members);
        links.index(&layout, &(0..self.dimensions).map(|d| (d, 1.0)).collect::<Vec<_>>());
        let all: Vec<usize> = (0..self.cells.len()).collect();
        let whole = std::iter::once((all.as_slice(), self.n()));
        let mut quantities = Vec::new();
        for (group, (cells, n)) in whole.chain(tables.iter().map(|t| (t.cells.as_slice(), t.n))).enumerate() {
            quantities.extend((0..=self.dimensions).map(|number| Quantity {
                n,
                value: Some(self.mean(cells, number)),
                small: n < RULES.base_min,
                fixed: group == 0,
            }));
        }
        suppress(&quantities, links.relations(), RULES)
    }
}

/// An orthonormal basis of the span of some vectors; the residual of another from it.
#[derive(Default)]
struct Span(Vec<Vec<f64>>);

impl Span {
    fn residual(&self, vector: &[f64]) -> Vec<f64> {
        let mut rest = vector.to_vec();
        // Twice is enough (Kahan; Parlett 1980).
        for basis in self.0.iter().chain(&self.0) {
            let along: f64 = basis.iter().zip(&rest).map(|(a, b)| a * b).sum();
            rest.iter_mut().zip(basis).for_each(|(r, b)| *r -= along * b);
        }
        rest
    }

    fn holds(&self, vector: &[f64]) -> bool {
        norm(&self.residual(vector)) < 1e-9 * norm(vector)
    }

    fn add(&mut self, vector: &[f64]) {
        let rest = self.residual(vector);
        let size = norm(&rest);
        if size > 1e-9 * norm(vector) {
            self.0.push(rest.iter().map(|r| r / size).collect());
        }
    }
}

fn norm(vector: &[f64]) -> f64 {
    vector.iter().map(|v| v * v).sum::<f64>().sqrt()
}

/// Largest `c·x` over `A x = b`, `x ≥ 0`: two phases on a tableau with Bland's rule. `None` where nothing satisfies the constraints.
fn maximum(constraints: &[(Vec<f64>, f64)], objective: &[f64]) -> Option<f64> {
    let (rows, columns) = (constraints.len(), objective.len());
    let mut tableau: Vec<Vec<f64>> = Vec::new();
    for (at, (row, b)) in constraints.iter().enumerate() {
        let sign = if *b < 0.0 { -1.0 } else { 1.0 };
        let mut line: Vec<f64> = row.iter().map(|v| sign * v).collect();
        line.extend((0..rows).map(|slack| f64::from(u8::from(slack == at))));
        line.push(sign * b);
        tableau.push(line);
    }
    let mut basis: Vec<usize> = (columns..columns + rows).collect();
    let artificial: Vec<f64> = (0..columns + rows).map(|at| if at < columns { 0.0 } else { -1.0 }).collect();
    let reached = optimise(&mut tableau, &mut basis, &artificial, columns + rows);
    if reached < -1e-6 {
        return None;
    }
    // Artificial variables that stay at zero leave the basis where a real one can take their place.
    for row in 0..rows {
        if basis[row] >= columns
            && let Some(column) = (0..columns).find(|c| tableau[row][*c].abs() > 1e-9)
        {
            pivot(&mut tableau, &mut basis, row, column);
        }
    }
    let full: Vec<f64> = objective.iter().copied().chain(std::iter::repeat_n(0.0, rows)).collect();
    Some(optimise(&mut tableau, &mut basis, &full, columns))
}

fn optimise(tableau: &mut [Vec<f64>], basis: &mut [usize], objective: &[f64], enterable: usize) -> f64 {
    let last = objective.len();
    loop {
        let price = |column: usize| {
            let used: f64 = tableau.iter().zip(basis.iter()).map(|(row, b)| objective[*b] * row[column]).sum();
            objective[column] - used
        };
        let Some(column) = (0..enterable).find(|c| !basis.contains(c) && price(*c) > 1e-9) else {
            break;
        };
        let ratio = |row: &Vec<f64>| row[last] / row[column];
        let leaving = (0..tableau.len()).filter(|r| tableau[*r][column] > 1e-9);
        let leaving = leaving.min_by(|a, b| ratio(&tableau[*a]).total_cmp(&ratio(&tableau[*b])).then(basis[*a].cmp(&basis[*b])));
        let Some(row) = leaving else { return f64::INFINITY };
        pivot(tableau, basis, row, column);
    }
    tableau.iter().zip(basis.iter()).map(|(row, b)| objective[*b] * row[last]).sum()
}

fn pivot(tableau: &mut [Vec<f64>], basis: &mut [usize], row: usize, column: usize) {
    let by = tableau[row][column];
    tableau[row].iter_mut().for_each(|v| *v /= by);
    let own = tableau[row].clone();
    for (at, line) in tableau.iter_mut().enumerate().filter(|(at, _)| *at != row) {
        let _ = at;
        let factor = line[column];
        if factor != 0.0 {
            line.iter_mut().zip(&own).for_each(|(v, o)| *v -= factor * o);
        }
    }
    basis[row] = column;
}

#[test]
fn the_linear_programme_finds_known_optima() {
    // x + y = 4, x + 3y + s = 6: the most of 3x + 5y is at x = 3, y = 1; without a solution nothing.
    let constraints = [(vec![1.0, 1.0, 0.0], 4.0), (vec![1.0, 3.0, 1.0], 6.0)];
    assert!((maximum(&constraints, &[3.0, 5.0, 0.0]).unwrap() - 14.0).abs() < 1e-9);
    assert_eq!(maximum(&[(vec![1.0], 1.0), (vec![1.0], 2.0)], &[1.0]), None);
}

/// How often an attack succeeds on one random survey.
#[derive(Default, Debug, PartialEq, Eq)]
struct Attack {
    withheld: u64,
    recovered: u64,
    narrow: u64,
}

impl Random {
    /// Coefficients of a group's sum of a number over cells × dimensions.
    fn vector(&self, cells: &[usize], number: usize) -> Vec<f64> {
        let mut vector = vec![0.0; self.cells.len() * self.dimensions];
        for cell in cells {
            for d in (0..self.dimensions).filter(|d| number == self.dimensions || *d == number) {
                vector[cell * self.dimensions + d] = 1.0;
            }
        }
        vector
    }

    fn attack(&self, withhold: impl Fn(&Self, &[Table]) -> Outcome) -> Attack {
        let tables = self.tables();
        let all: Vec<usize> = (0..self.cells.len()).collect();
        let outcome = withhold(self, &tables);
        let groups: Vec<&[usize]> = std::iter::once(all.as_slice())
            .chain(tables.iter().map(|t| t.cells.as_slice()))
            .collect();
        let position = |group: usize, number: usize| group * (self.dimensions + 1) + number;
        let numbers = || (0..groups.len()).flat_map(|g| (0..=self.dimensions).map(move |number| (g, number)));
        let mut span = Span::default();
        for (group, number) in numbers().filter(|(g, k)| outcome.reasons[position(*g, *k)].is_none()) {
            span.add(&self.vector(groups[group], number));
        }
        let mut attack = Attack::default();
        for (group, number) in numbers() {
            let Some(reason) = outcome.reasons[position(group, number)] else {
                continue;
            };
            attack.withheld += 1;
            let recovered = span.holds(&self.vector(groups[group], number));
            // A group that is the whole is no secret.
            attack.recovered += u64::from(recovered && groups[group].len() < self.cells.len());
            if reason == Reason::Small && self.dimensions == 1 && number == 0 {
                let width = self.width(&groups, &outcome, group);
                // Where the headline alone tells as much (everybody at the end of the scale), no withholding helps.
                let mut headline = outcome.clone();
                headline.reasons.iter_mut().skip(2).for_each(|r| *r = Some(Reason::Complement));
                let told = width < PROTECTION_POINTS - 1e-6 && self.width(&groups, &headline, group) >= PROTECTION_POINTS;
                attack.narrow += u64::from(told);
            }
        }
        attack
    }

    /// Width of what published means and numbers say of a group: sums `s` and `100·n − s` of the cells are unknown and not negative.
    fn width(&self, groups: &[&[usize]], outcome: &Outcome, target: usize) -> f64 {
        let cells = self.cells.len();
        let mut constraints = Vec::new();
        let n = |group: &[usize]| group.iter().map(|c| self.cells[*c].3 as f64).sum::<f64>();
        for (number, group) in groups.iter().enumerate() {
            let inside = |at: usize| f64::from(u8::from(group.contains(&(at % cells))));
            constraints.push(((0..2 * cells).map(inside).collect(), n(group)));
            if outcome.reasons[number * 2].is_none() {
                let sums = (0..2 * cells).map(|at| if at < cells { inside(at) } else { 0.0 });
                constraints.push((sums.collect(), n(group) * self.mean(group, 0) / 100.0));
            }
        }
        let side = |sign: f64| -> Vec<f64> {
            let inside = |at: usize| at < cells && groups[target].contains(&at);
            (0..2 * cells).map(|at| if inside(at) { sign } else { 0.0 }).collect()
        };
        let (high, low) = (
            maximum(&constraints, &side(1.0)).unwrap(),
            -maximum(&constraints, &side(-1.0)).unwrap(),
        );
        100.0 * (high - low) / n(groups[target])
    }
}

fn surveys(count: u64, dimensions: usize) -> impl Iterator<Item = Random> {
    let all = (0..).map(move |seed| Random::new(seed * 7919 + dimensions as u64, dimensions));
    // A survey that is small as a whole has nobody to hide among.
    all.filter(|s| s.n() >= 20 && s.tables().iter().any(|t| t.n < 10))
        .take(count as usize)
}

fn total(count: u64, dimensions: usize, withhold: impl Fn(&Random, &[Table]) -> Outcome) -> Attack {
    surveys(count, dimensions).fold(Attack::default(), |sum, survey| {
        let one = survey.attack(&withhold);
        Attack {
            withheld: sum.withheld + one.withheld,
            recovered: sum.recovered + one.recovered,
            narrow: sum.narrow + one.narrow,
        }
    })
}

/// Nothing withheld is recovered from 1,000 random surveys, and no small group is told more exactly than promised.
#[test]
fn nothing_withheld_is_recovered() {
    let attack = total(1000, 1, Random::protected);
    assert!(attack.withheld > 5000, "{attack:?}");
    assert_eq!((attack.recovered, attack.narrow), (0, 0), "{attack:?}");
    // Two dimensions and the index made of them.
    let attack = total(300, 2, Random::protected);
    assert_eq!(attack.recovered, 0, "{attack:?}");
}

/// The attack is one: with the small groups alone withheld it recovers many.
#[test]
fn without_complementary_suppression_the_attack_succeeds() {
    let primary = |survey: &Random, tables: &[Table]| {
        let whole = std::iter::once(survey.n());
        let reason = |n: u64| (n < RULES.base_min).then_some(Reason::Small);
        let per_group = |n: u64| std::iter::repeat_n(reason(n), survey.dimensions + 1);
        Outcome {
            reasons: whole.chain(tables.iter().map(|t| t.n)).flat_map(per_group).collect(),
            unprotected: 0,
        }
    };
    let attack = total(200, 1, primary);
    assert!(attack.recovered > 100 && attack.narrow > 50, "{attack:?}");
}

const DEFINITION: &str = "title = \"t\"\n[[waves]]\nid = \"w\"\nresponses = \"r.csv\"\n[columns]\nrespondent = \"id\"\nduration = \"seconds\"\ndomains = [\"region\", \"city\"]\n[scales.s]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"d\"\nitems = [\"a\"]\n[[dimensions]]\nid = \"e\"\nitems = [\"b\"]\n[design]\nmethod = \"simple-random\"\n[cleaning.too_fast]\nseconds_min = 30\n";

/// A city of four in a region of three cities: withheld with the next smallest, in the assessment and so everywhere; and the whole with the
/// two excluded interviews is withheld too.
#[test]
fn small_groups_are_withheld_in_every_form() {
    let cities = [
        ("north", "n1", 4),
        ("north", "n2", 14),
        ("north", "n3", 30),
        ("south", "s1", 20),
        ("south", "s2", 22),
    ];
    let mut answers = "id,seconds,region,city,a,b\n".to_owned();
    let mut dice = Dice(5);
    for (region, city, n) in cities {
        for number in 0..n {
            let seconds = if city == "s1" && number < 2 { 5 } else { 300 };
            writeln!(
                answers,
                "{city}-{number},{seconds},{region},{city},{},{}",
                1 + dice.next(5),
                1 + dice.next(5)
            )
            .unwrap();
        }
    }
    let (survey, warnings) = survey::parse("survey.toml", "s", DEFINITION).unwrap_or_else(|r| panic!("{:?}", r.0));
    let files = Memory(BTreeMap::from([("r.csv".to_owned(), answers.into_bytes())]));
    let run = pipeline::run(&survey, DEFINITION, &warnings, &files, Wanted::default(), &|_, _| {}).unwrap_or_else(|r| panic!("{:?}", r.0));
    let wave = &run.assessment.waves[0];
    assert_eq!((wave.coverage.received, wave.coverage.n), (90, 88));
    let code = |category: &str| {
        let domain = wave.domains.iter().find(|d| d.category == category).unwrap();
        let codes: Vec<Option<Code>> = std::iter::once(&domain.index)
            .chain(&domain.dimensions)
            .map(|r| r.refusal.as_ref().map(|f| f.code))
            .collect();
        assert!(codes.iter().all(|c| *c == codes[0]), "{category}: {codes:?}");
        codes[0]
    };
    assert_eq!(code("n1"), Some(Code::WithheldSmall));
    assert_eq!(code("n2"), Some(Code::WithheldComplement));
    assert_eq!([code("n3"), code("s1"), code("s2"), code("north"), code("south")], [None; 5]);
    let withheld = wave.withheld.unwrap();
    assert_eq!(
        (withheld.small, withheld.complementary, withheld.differences, withheld.unprotected),
        (3, 3, 1, 0)
    );
    assert_eq!(
        wave.without_exclusions.index.refusal.as_ref().unwrap().code,
        Code::WithheldDifference
    );
    let files = report::files(&run.assessment, &report::Kind::ALL).unwrap_or_else(|e| panic!("{e}"));
    let english: String = files
        .iter()
        .filter(|(name, _)| name.ends_with(".en.html"))
        .map(|(_, b)| String::from_utf8_lossy(b))
        .collect();
    assert!(english.contains("withheld: n &lt; 10") || english.contains("withheld: n < 10"));
    assert!(!english.contains("has too few respondents to be reported on"));
}

/// A measure beside the index that some leave out, and the mean of the only item of the dimension as another measure.
struct Beside {
    /// Who answered the first measure in each cell, and their sum.
    cells: Vec<(u64, f64)>,
}

impl Random {
    fn beside(&self, seed: u64) -> Beside {
        let mut dice = Dice(seed);
        let one = |cell: &(u64, u64, u64, u64, Vec<f64>)| {
            let n = dice.next(cell.3 + 1);
            (n, (0..n).map(|_| dice.next(101) as f64).sum())
        };
        Beside {
            cells: self.cells.iter().map(one).collect(),
        }
    }

    /// Base of a number of a group: 0 the dimension, 1 the index, 2 the first measure, 3 the second.
    fn base(&self, beside: &Beside, cells: &[usize], number: usize) -> u64 {
        cells
            .iter()
            .map(|c| if number == 2 { beside.cells[*c].0 } else { self.cells[*c].3 })
            .sum()
    }

    /// What is withheld where measures are linked, and where they are held against their base alone.
    fn protected_beside(&self, beside: &Beside, tables: &[Table], linked: bool) -> (Layout, Outcome) {
        let layout = Layout::new(1, tables.len(), 0).with_measures(2);
        let n: Vec<Group<'_>> = tables.iter().map(|t| Group { column: t.column, n: t.n }).collect();
        let members: Vec<Vec<u16>> = tables.iter().map(|t| t.cells.iter().map(|c| *c as u16).collect()).collect();
        let mut links = Links::default();
        links.nesting(&layout, Numbers::Scores, &n, &members);
        links.index(&layout, &[(0, 1.0)]);
        if linked {
            let of_table = |t: &Table| Group {
                column: t.column,
                n: self.base(beside, &t.cells, 2),
            };
            let answered: Vec<Group<'_>> = tables.iter().map(of_table).collect();
            let somebody = |members: &Vec<u16>| -> Vec<u16> {
                let kept = members.iter().filter(|c| beside.cells[usize::from(**c)].0 > 0);
                kept.copied().collect()
            };
            links.nesting(
                &layout,
                Numbers::Measure(0),
                &answered,
                &members.iter().map(somebody).collect::<Vec<_>>(),
            );
            links.nesting(&layout, Numbers::Measure(1), &n, &members);
            (0..=tables.len()).for_each(|group| links.same(layout.of_measure(1, group), layout.of_group(group, 0)));
        }
        let all: Vec<usize> = (0..self.cells.len()).collect();
        let groups: Vec<&[usize]> = std::iter::once(all.as_slice())
            .chain(tables.iter().map(|t| t.cells.as_slice()))
            .collect();
        let quantity = |group: usize, number: usize| {
            let n = self.base(beside, groups[group], number);
            let of_measure = || groups[group].iter().map(|c| beside.cells[*c].1).sum::<f64>() / n as f64;
            let value = if number == 2 { of_measure() } else { self.mean(groups[group], 0) };
            Quantity {
                n,
                value: (n > 0).then_some(value),
                small: n < RULES.base_min,
                fixed: group == 0 && number < 2,
            }
        };
        let scores = (0..groups.len()).flat_map(|group| [(group, 0), (group, 1)]);
        let measures = [2, 3]
            .into_iter()
            .flat_map(|number| (0..groups.len()).map(move |group| (group, number)));
        let quantities: Vec<Quantity> = scores.chain(measures).map(|(group, number)| quantity(group, number)).collect();
        (layout, suppress(&quantities, links.relations(), RULES))
    }

    /// Withheld numbers, and those of them that published ones determine.
    fn attack_beside(&self, seed: u64, linked: bool) -> Attack {
        let (beside, tables) = (self.beside(seed), self.tables());
        let (layout, outcome) = self.protected_beside(&beside, &tables, linked);
        let all: Vec<usize> = (0..self.cells.len()).collect();
        let groups: Vec<&[usize]> = std::iter::once(all.as_slice())
            .chain(tables.iter().map(|t| t.cells.as_slice()))
            .collect();
        let position = |group: usize, number: usize| match number {
            0 | 1 => layout.of_group(group, number),
            _ => layout.of_measure(number - 2, group),
        };
        // Sums of the dimension by cell, then sums of the first measure; the second measure is the dimension.
        let vector = |group: usize, number: usize| {
            let mut vector = vec![0.0; 2 * self.cells.len()];
            for cell in groups[group] {
                if number != 2 {
                    vector[*cell] = 1.0;
                } else if beside.cells[*cell].0 > 0 {
                    vector[self.cells.len() + cell] = 1.0;
                }
            }
            vector
        };
        let numbers = || (0..groups.len()).flat_map(|g| (0..4).map(move |number| (g, number)));
        let somebody = |(group, number): &(usize, usize)| self.base(&beside, groups[*group], *number) > 0;
        let mut span = Span::default();
        for (group, number) in numbers()
            .filter(somebody)
            .filter(|(g, k)| outcome.reasons[position(*g, *k)].is_none())
        {
            span.add(&vector(group, number));
        }
        let mut attack = Attack::default();
        for (group, number) in numbers()
            .filter(somebody)
            .filter(|(g, k)| outcome.reasons[position(*g, *k)].is_some())
        {
            attack.withheld += 1;
            // A group that is the whole is no secret where the headline stands.
            let whole = number != 2 && groups[group].len() == self.cells.len();
            attack.recovered += u64::from(!whole && span.holds(&vector(group, number)));
        }
        attack
    }
}

fn total_beside(count: u64, linked: bool) -> Attack {
    surveys(count, 1).zip(0_u64..).fold(Attack::default(), |sum, (survey, seed)| {
        let one = survey.attack_beside(seed * 31 + 7, linked);
        Attack {
            withheld: sum.withheld + one.withheld,
            recovered: sum.recovered + one.recovered,
            narrow: 0,
        }
    })
}

/// Measures that some leave out, and measures that repeat a dimension: nothing withheld is recovered from 400 random surveys. Held against
/// their base alone, as they once were, measures give away their own small groups and those of the index.
#[test]
fn measures_give_nothing_away() {
    let attack = total_beside(400, true);
    assert!(attack.withheld > 4000, "{attack:?}");
    assert_eq!(attack.recovered, 0, "{attack:?}");
    let before = total_beside(200, false);
    assert!(before.recovered > 500, "{before:?}");
}

const BESIDE: &str = "title = \"t\"\n[[waves]]\nid = \"w\"\nresponses = \"r.csv\"\n[columns]\nrespondent = \"id\"\ndomains = [\"region\", \"city\"]\n[scales.s]\nmin = 1\nmax = 5\n[scales.t]\nmin = 0\nmax = 10\n[[dimensions]]\nid = \"d\"\nitems = [\"a\"]\nscale = \"s\"\n[[dimensions]]\nid = \"e\"\nitems = [\"b\"]\nscale = \"s\"\n[design]\nmethod = \"simple-random\"\n[[measures]]\nkind = \"nps\"\ncolumn = \"q\"\nscale = \"t\"\n[[measures]]\nkind = \"ces\"\nitem = \"a\"\n";

/// Through the whole program: four in a city answer. What stands in the tables of the net promoter score gave them away by subtraction.
#[test]
fn a_small_city_is_not_told_by_the_scores_of_the_others() {
    let cities = [
        ("north", "n1", 4),
        ("north", "n2", 14),
        ("north", "n3", 30),
        ("south", "s1", 20),
        ("south", "s2", 22),
    ];
    let mut answers = "id,region,city,a,b,q\n".to_owned();
    let mut dice = Dice(5);
    let mut score = BTreeMap::<&str, (f64, f64)>::new();
    for (region, city, n) in cities {
        for number in 0..n {
            let recommend = if city == "n1" { 2 } else { dice.next(11) };
            let (a, b) = (1 + dice.next(5), 1 + dice.next(5));
            writeln!(answers, "{city}-{number},{region},{city},{a},{b},{recommend}").unwrap();
            let of_city = score.entry(city).or_default();
            of_city.0 += f64::from(i8::from(recommend >= 9) - i8::from(recommend <= 6)) * 100.0;
            of_city.1 += 1.0;
        }
    }
    let (survey, warnings) = survey::parse("survey.toml", "s", BESIDE).unwrap_or_else(|r| panic!("{:?}", r.0));
    let files = Memory(BTreeMap::from([("r.csv".to_owned(), answers.into_bytes())]));
    let run = pipeline::run(&survey, BESIDE, &warnings, &files, Wanted::default(), &|_, _| {}).unwrap_or_else(|r| panic!("{:?}", r.0));
    let wave = &run.assessment.waves[0];
    // The whole and the cities with a sufficient base, as they were published: the rest is the small city's score to the last digit.
    let by_base = |least: f64| -> f64 {
        let (sum, n) = score.values().fold((0.0, 0.0), |(s, n), (a, b)| (s + a, n + b));
        let shown = score
            .values()
            .filter(|(_, n)| *n >= least)
            .fold((0.0, 0.0), |(s, n), (a, b)| (s + a, n + b));
        (sum - shown.0) / (n - shown.1)
    };
    assert!((by_base(10.0) + 100.0).abs() < 1e-12);
    for id in ["nps", "ces"] {
        let measure = wave.touchpoints.iter().find(|t| t.id == id).unwrap();
        let code = |city: &str| {
            let domain = measure.domains.iter().find(|d| d.category == city).unwrap();
            domain.reported.refusal.as_ref().map(|f| f.code)
        };
        assert_eq!(code("n1"), Some(Code::WithheldSmall), "{id}");
        assert_eq!(code("n2"), Some(Code::WithheldComplement), "{id}");
        assert_eq!(
            [code("n3"), code("s1"), code("s2"), code("north"), code("south")],
            [None; 5],
            "{id}"
        );
        assert!(measure.reported.estimate.is_some() && !measure.distribution.is_empty());
    }
    let index = wave.domains.iter().find(|d| d.category == "n2").unwrap();
    assert_eq!(index.index.refusal.as_ref().unwrap().code, Code::WithheldComplement);
}

/// A measure that fewer answer than a domain needs is withheld with the shares of its answers, which would tell it.
#[test]
fn the_shares_of_the_answers_do_not_tell_a_withheld_measure() {
    let mut answers = "id,region,city,a,b,q\n".to_owned();
    for number in 0..60 {
        let recommend = if number < 6 { "9" } else { "" };
        writeln!(answers, "{number},north,n{},{},4,{recommend}", number % 3, 1 + number % 5).unwrap();
    }
    let (survey, warnings) = survey::parse("survey.toml", "s", BESIDE).unwrap_or_else(|r| panic!("{:?}", r.0));
    let files = Memory(BTreeMap::from([("r.csv".to_owned(), answers.into_bytes())]));
    let run = pipeline::run(&survey, BESIDE, &warnings, &files, Wanted::default(), &|_, _| {}).unwrap_or_else(|r| panic!("{:?}", r.0));
    let nps = run.assessment.waves[0].touchpoints.iter().find(|t| t.id == "nps").unwrap();
    assert!(nps.reported.estimate.is_none() && nps.distribution.is_empty());
    assert!(nps.parts.iter().all(|p| p.reported.estimate.is_none()) && nps.domains.iter().all(|d| d.reported.estimate.is_none()));
    assert!(serde_json::to_string(nps).unwrap().matches("\"value\"").count() == 0);
}
