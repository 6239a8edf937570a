//! A made-up population of customers, fixed before any sample is drawn.

use manyidu::stats::random::{below, normal_pair, uniform};
use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;

/// Somebody who could be asked.
#[derive(Clone, Copy)]
pub struct Person {
    /// One of 8 strata of very different size.
    pub stratum: usize,
    /// One of 20 small strata of 240 people; each lies within a region, not within a large stratum.
    pub fine: usize,
    /// One of 400 shops of 12 people.
    pub shop: usize,
    /// Satisfaction on ten steps, as 0 to 100.
    pub score: f64,
    /// 1 for the satisfied (70 or more), else 0: about half.
    pub satisfied: f64,
    /// 1 for those who complained, else 0: about one in twelve.
    pub complained: f64,
    /// Euros lost by a failure: lognormal, a long tail.
    pub loss: f64,
    /// One of 3 ages, for raking.
    pub age: usize,
    /// A domain of about a fifth of all.
    pub online: bool,
}

/// Sizes of the 8 strata.
const STRATA: [usize; 8] = [1200, 1000, 800, 600, 500, 400, 200, 100];
pub const SHOP: usize = 12;
pub const FINE: usize = 240;

/// People in the order of shops.
pub fn people(seed: u64) -> Vec<Person> {
    let mut words = ChaCha12Rng::seed_from_u64(seed);
    let mut strata: Vec<usize> = STRATA.iter().enumerate().flat_map(|(s, n)| std::iter::repeat_n(s, *n)).collect();
    // People of a stratum live near each other, but not only.
    for at in 0..strata.len() {
        if uniform(&mut words) < 0.3 {
            let other = below(&mut words, strata.len() as u64) as usize;
            strata.swap(at, other);
        }
    }
    let mut shop_effect = 0.0;
    strata
        .into_iter()
        .enumerate()
        .map(|(at, stratum)| {
            if at % SHOP == 0 {
                shop_effect = normal_pair(&mut words)[0];
            }
            let ([a, b], [c, _]) = (normal_pair(&mut words), normal_pair(&mut words));
            let online = uniform(&mut words) < 0.2;
            let age = below(&mut words, 3) as usize;
            let latent = 6.6 + 0.25 * (stratum as f64 - 3.0) + 0.5 * (age as f64 - 1.0) + 0.9 * shop_effect + 1.7 * a;
            let score = (latent.floor().clamp(1.0, 10.0) - 1.0) / 9.0 * 100.0;
            Person {
                stratum,
                fine: at / FINE,
                shop: at / SHOP,
                score,
                satisfied: f64::from(u8::from(score >= 66.0)),
                complained: f64::from(u8::from(0.3 * a - b > 1.5)),
                loss: (3.0 + 1.3 * c).exp(),
                age,
                online,
            }
        })
        .collect()
}

/// `size` different entries of a list, in the order drawn.
pub fn draw(words: &mut ChaCha12Rng, list: &[usize], size: usize) -> Vec<usize> {
    let mut list = list.to_vec();
    let size = size.min(list.len());
    for place in 0..size {
        let from = place + below(words, (list.len() - place) as u64) as usize;
        list.swap(place, from);
    }
    list.truncate(size);
    list
}

/// People by what `key` says of them, the groups numbered from 0.
pub fn groups(people: &[Person], key: impl Fn(&Person) -> usize) -> Vec<Vec<usize>> {
    let count = people.iter().map(&key).max().map_or(0, |largest| largest + 1);
    let mut groups = vec![Vec::new(); count];
    for (at, person) in people.iter().enumerate() {
        groups[key(person)].push(at);
    }
    groups
}
