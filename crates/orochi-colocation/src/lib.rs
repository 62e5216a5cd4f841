//! Co-location: a calibrated likelihood ratio for one person having carried two phones (`docs/methods/colocation.md`).
//!
//! The one way through: [`Track`]s of [`Registration`]s are prepared under a [`Model`] ([`Scene::new`]), which works
//! out once for each device how usual each place is for it at each hour; a pair of devices is then one sweep over two
//! sorted lists, which finds the independent occasions on which both were registered close in time and what each is
//! worth ([`Scene::explain`]). [`fit()`] makes a model from tracks whose owners are known; [`validate()`] says how good
//! the method is on such tracks, beside the reference approach.
//!
//! What may surprise a reader:
//! - No case, no engine, no files: everything is a pure function of registrations, settings and model, the same
//!   on any number of threads.
//! - What is usual for a device is learnt from its other days. The more of a device is known, the
//!   more its ratios can say.
//! - A model is for a relevant population. Fit and report again where that changes.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod co_movement;
mod device;
mod expected;
pub mod fit;
mod ground;
mod habit;
mod home;
mod kernel;
mod meeting_ratio;
mod model;
mod occasion;
mod pairs;
mod population;
pub mod read;
mod reference;
mod registration;
mod scene;
mod settings;
mod slices;
pub mod validate;

pub use co_movement::{CoMovement, CoMovementSettings};
pub use fit::{Fit, Strangers, TooFew, fit};
pub use habit::HabitWeights;
pub use kernel::Kernels;
pub use meeting_ratio::GapShares;
pub use model::{Decision, DecisionWeights, Model, Unfit, VERSION};
pub use occasion::{Occasion, OccasionSummary};
pub use read::{Unreadable, read};
pub use registration::{Registration, Track};
pub use scene::{Scene, Score, SharedGround};
pub use settings::Settings;
pub use validate::{SliceRatio, Validation, validate};
