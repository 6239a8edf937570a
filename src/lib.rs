//! Manyidu (满意度): from raw customer-satisfaction answers to an index that an auditor can check line by line.
//!
//! The flow, each step a module, in this order:
//!
//! 1. [`ingest`]: files + [`survey`] definition → responses; file, row and column kept
//! 2. [`clean`]: responses + rules → who counts, and the ledger
//! 3. [`coverage`]: cases + frame + dispositions → who was drawn, reached, answered
//! 4. [`tally`]: scored cases ([`score`]) → mergeable sufficient statistics, **the waist**
//! 5. [`weight`]: cells + design + frame → weights, each factor kept
//! 6. [`model`] and [`measure`]: how items make dimensions, and how well
//! 7. [`resample`]: the same sums for other draws of the same cases
//! 8. [`index`]: dimensions, the index, domains; value, standard error, interval, n
//! 9. [`grade`]: estimates + scheme → met, not met, cannot tell
//! 10. [`trend`]: estimates of all waves → changes
//! 11. [`report`]: the [`assessment`] → files, all from one value
//!
//! [`disclosure_control`] withholds what would tell the answers of few people, before anything is made of the assessment.
//! Beside the flow: [`touchpoints`] reads what stands beside the items (single questions, complaints, open answers);
//! [`certificate`] holds waves and actions against the calendar of a certificate, and draws sites.
//!
//! [`pipeline`] makes these calls. Only [`io`] touches files; the library prints nothing and reads no clock.

pub mod assessment;
pub mod certificate;
pub mod clean;
pub mod coverage;
pub mod design;
pub mod disclosure_control;
pub mod evidence;
pub mod finding;
pub mod grade;
pub mod index;
pub mod ingest;
pub mod io;
pub mod locale;
pub mod measure;
pub mod model;
pub mod pipeline;
pub mod report;
pub mod resample;
pub mod round;
pub mod sample;
pub mod score;
pub mod simulate;
pub mod stats;
pub mod surveillance;
pub mod survey;
pub mod tally;
pub mod text;
pub mod touchpoints;
pub mod trend;
pub mod weight;
