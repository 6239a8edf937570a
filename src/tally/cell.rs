//! One cell of the tally.

/// What the cases of a cell have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// Number of the stratum.
    pub stratum: u16,
    /// Number of the cluster; 0 where no clusters were drawn.
    pub psu: u16,
    /// Number of the base weight.
    pub weight_class: u16,
    /// Number of the combination of domain categories.
    pub domain: u16,
    /// Replicate group.
    pub group: u16,
}

/// Exact sums over the cases of a cell; `x_j` is the number of steps of item `j` above its worst answer.
///
/// `count_j` = cases that answered `j`; `sum_j` = Σ `x_j`; `product_jk` = Σ `x_j` `x_k` over cases that answered both.
/// Where somebody left an item out, `pairs` adds `count_jk` = cases that answered both, and `sum_jk` = Σ `x_j` over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub(super) cases: u64,
    pub(super) count: Vec<u64>,
    pub(super) sum: Vec<u64>,
    /// Upper triangle, row by row.
    pub(super) product: Vec<u64>,
    /// `None` while every case answered every item.
    pub(super) pairs: Option<Box<Pairs>>,
    /// Cases by the items they answered; empty unless asked for.
    pub(super) patterns: super::patterns::Patterns,
    /// For each item, cases by number of steps; grows to the largest number seen.
    pub(super) histogram: Vec<Vec<u64>>,
}

/// Sums over pairs of items, needed once somebody left an item out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pairs {
    /// Upper triangle of `count_jk`.
    pub(super) count: Vec<u64>,
    /// Full matrix of `sum_jk`, row `j`, column `k`.
    pub(super) sum: Vec<u64>,
}

/// Position of `(j, k)`, `j ≤ k`, in an upper triangle of `p` rows.
pub(super) const fn upper(p: usize, j: usize, k: usize) -> usize {
    j * p - (j * (j + 1)) / 2 + k
}

impl Cell {
    /// A cell without cases.
    #[must_use]
    pub fn new(item_count: usize) -> Self {
        Self {
            cases: 0,
            count: vec![0; item_count],
            sum: vec![0; item_count],
            product: vec![0; item_count * (item_count + 1) / 2],
            pairs: None,
            patterns: super::patterns::Patterns::new(),
            histogram: vec![Vec::new(); item_count],
        }
    }

    /// Cases in the cell.
    #[must_use]
    pub fn case_count(&self) -> u64 {
        self.cases
    }

    /// Cases that answered an item.
    #[must_use]
    pub fn answered(&self, item: usize) -> u64 {
        self.count.get(item).copied().unwrap_or(0)
    }

    /// Cases by number of steps of an item.
    #[must_use]
    pub fn histogram(&self, item: usize) -> &[u64] {
        self.histogram.get(item).map(Vec::as_slice).unwrap_or_default()
    }

    /// Adds one case. The plain route, to which the block kernel is held by a test.
    pub fn insert(&mut self, steps: &[Option<u8>]) {
        let p = self.count.len();
        if steps.iter().any(Option::is_none) {
            self.widen();
        }
        self.cases += 1;
        for (j, x) in steps.iter().enumerate().take(p) {
            let Some(x) = x.map(u64::from) else { continue };
            self.count[j] += 1;
            self.sum[j] += x;
            add_to_histogram(&mut self.histogram[j], x as usize, 1);
            for (k, y) in steps.iter().enumerate().take(p) {
                let Some(y) = y.map(u64::from) else { continue };
                if let Some(pairs) = &mut self.pairs {
                    pairs.sum[j * p + k] += x;
                    if j <= k {
                        pairs.count[upper(p, j, k)] += 1;
                    }
                }
                if j <= k {
                    self.product[upper(p, j, k)] += x * y;
                }
            }
        }
    }

    /// Adds the cases of another cell.
    pub fn combine(&mut self, other: &Self) {
        if other.pairs.is_some() {
            self.widen();
        }
        if let Some(pairs) = &mut self.pairs {
            match &other.pairs {
                Some(theirs) => {
                    add(&mut pairs.count, &theirs.count);
                    add(&mut pairs.sum, &theirs.sum);
                }
                None => {
                    let theirs = other.complete_pairs();
                    add(&mut pairs.count, &theirs.count);
                    add(&mut pairs.sum, &theirs.sum);
                }
            }
        }
        super::patterns::combine(&mut self.patterns, &other.patterns);
        self.cases += other.cases;
        add(&mut self.count, &other.count);
        add(&mut self.sum, &other.sum);
        add(&mut self.product, &other.product);
        for (mine, theirs) in self.histogram.iter_mut().zip(&other.histogram) {
            for (steps, cases) in theirs.iter().enumerate() {
                add_to_histogram(mine, steps, *cases);
            }
        }
    }

    /// Makes room for pair sums; what was complete so far says what they are.
    pub(super) fn widen(&mut self) {
        if self.pairs.is_none() {
            self.pairs = Some(Box::new(self.complete_pairs()));
        }
    }

    fn complete_pairs(&self) -> Pairs {
        let p = self.count.len();
        let sum = self.sum.iter().flat_map(|s| std::iter::repeat_n(*s, p)).collect();
        Pairs {
            count: vec![self.cases; p * (p + 1) / 2],
            sum,
        }
    }
}

fn add(to: &mut [u64], from: &[u64]) {
    to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
}

pub(super) fn add_to_histogram(histogram: &mut Vec<u64>, steps: usize, cases: u64) {
    if cases == 0 {
        return;
    }
    if histogram.len() <= steps {
        histogram.resize(steps + 1, 0);
    }
    histogram[steps] += cases;
}
