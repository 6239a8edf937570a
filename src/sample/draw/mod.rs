//! A draw that anyone can repeat: no random numbers, only digests.
//!
//! key(id) = SHA-256(frame digest `|` seed `|` id), all in lower-case hexadecimal or as written; units are taken in
//! ascending order of their keys, the next ones are the reserve. Whatever else a design decides (a random start, a coin) is made from
//! digests with the same beginning. Neither the order of a file nor the program that draws has any effect; whoever knows frame and
//! seed gets the same units, and a seed that was not known when the frame was sealed cannot have been chosen for its result.

pub mod design;
pub mod joint;
pub mod keys;
pub mod named;
pub mod pairs;
pub mod pps;
pub mod record;
pub mod request;
mod sampford;
mod select;
pub mod steps;

pub use named::{Draw, DrawDifference, DrawnUnit, draw_named, ranked};
pub use select::{Drawn, DrawnRow, Role, draw};
