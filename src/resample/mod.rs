//! Resampling: what would have come out had other people of the same population answered.
//!
//! The answers of one wave are held packed and without identity ([`Cases`]). A replicate is nothing but a new weight for every case, so each
//! one is a pass over the packed answers that ends in the same [`crate::tally::WeightedSums`] an estimate is made from; estimators get those
//! sums and never see a respondent. Everything that is estimated is thereby estimated anew in every replicate.
//!
//! **Random numbers** are those of ChaCha8 (D. J. Bernstein, "ChaCha, a variant of Salsa20", 2008), a counter-based generator: the key is the
//! seed, the stream is the number of the replicate ([`draw`]). A replicate thus depends on the seed, its own number and the canonical order
//! of the cases, on nothing else: not on the order of the file, the number of threads or the replicates before it.
//!
//! | File | Holds |
//! |---|---|
//! | `cases` | packed answers in canonical order |
//! | `draw` | random numbers, Rao–Wu factors, random groups, permutations |
//! | `kernel` | case weights → weighted sums, in whole numbers or in floating point |
//! | `replicates` | many replicates in parallel; failures counted by reason |
//! | `interval/` | percentile, basic, BCa, studentised |
//! | `exchange` | who changes places with whom in a permutation test |
//! | `patterns` | weighted sums by the items answered, for gaps dealt with otherwise than by the mean |
//! | `permutation` | p values of permutation tests |

pub mod cases;
pub mod draw;
pub mod exchange;
pub mod interval;
mod kernel;
mod patterns;
pub mod permutation;
pub mod replicates;

pub use cases::{Case, Cases, MISSING};
pub use draw::{DrawSize, Factors};
pub use exchange::{Exchange, ExchangeFacts, ExchangeKind, Grouped};
pub use interval::{IntervalMethod, bounds};
pub use replicates::{Margins, Replicates, Resample, Resampler, WaveResample};
