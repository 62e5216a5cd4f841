//! Likelihood ratios: calibrating scores, bounding them by what was validated, and measuring how good they are.
//!
//! What may surprise a reader:
//! - Everything here is in base-10 logarithms of the likelihood ratio unless a name says otherwise; costs are in bits.
//! - "Same" is the proposition in the numerator (H1, one source), "different" the one in the denominator (H2, two
//!   sources). Both sides count alike in every measure, however many cases each has.
//! - Sums run in the order of the cases on one thread: the same cases give the same figures, to the bit.
//! - A likelihood ratio is only as good as the population it was fitted on; nothing here can see that.

pub mod bound;
pub mod case;
pub mod curves;
pub mod isotonic;
pub mod kernel;
pub mod logistic;
pub mod measure;
pub mod verbal;

pub use bound::{Bounds, elub};
pub use case::Validated;
pub use measure::{Misleading, cllr, cllr_min, misleading};
